/* Kano's classes against published counts; what they do to weights, scores and gates against the formulas;
 * every message. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ve_test.h"

static ve_test *t;

/* Two functions of 25 respondents each (kano-model.proofofthepudding.be), and one of a vacuum cleaner
 * (Warwick). */
#define COUNTS                                                                                               \
    "functions = { { id = 'f1', weight = 1, kano = { M = 9, O = 10, A = 1, I = 2, R = 3, Q = 0 } },\n"       \
    "              { id = 'f2', weight = 2, kano = { M = 9, O = 5, A = 4, I = 2, R = 4, Q = 1 } },\n"        \
    "              { id = 'reel', weight = 1, kano = { A = 53.9, O = 28.2, M = 7.4, I = 8.4, R = 0.3, Q = "  \
    "1.8 } } },\n"
#define OWN                                                                                                  \
    "scale = { 0, 4 }, options = { { id = 'A', cost = 10, scores = { 4, 1, 2 } },\n"                         \
    "                              { id = 'B', cost = 9, scores = { 1, 3, 3 } } }"

static double of(const char *function, const char *column) {
    return ve_test_number(t, "functions", column, "function", function, NULL);
}

static const char *category(const char *function) {
    return ve_test_word(t, "functions", "category", "function", function, NULL);
}

static void kano(const char *model) {
    assert_int_equal(ve_test_study(t, model, "kano", NULL), VE_OK);
}

static void is(double x, double wanted) {
    assert_true(ve_test_near(x, wanted, 1e-12));
}

/* ---- published ----------------------------------------------------------------------------------- */

static void published_counts(void **state) {
    (void)state;
    kano("{ " COUNTS OWN " }");
    assert_string_equal(category("f1"), "one_dimensional");
    assert_string_equal(category("f2"), "must_be");
    assert_string_equal(category("reel"), "attractive");
    is(of("reel", "better"), (53.9 + 28.2) / (53.9 + 28.2 + 7.4 + 8.4));
    is(of("reel", "worse"), -(28.2 + 7.4) / (53.9 + 28.2 + 7.4 + 8.4));
    is(of("f1", "must_be"), 9);
    is(of("f1", "strength"), 20 / 25.0);
    is(of("f1", "category_strength"), 1 / 25.0);
    is(of("f1", "replies"), 25);
    kano("{ kano = { denominator = 'all' }, " COUNTS OWN " }");
    is(of("reel", "better"), 0.821); /* as Warwick prints it: 0.82 */
    is(of("reel", "worse"), -0.356);
    assert_true(ve_test_said(t, "Here better and worse are shares of all replies."));
}

static void says_how_sure_it_is(void **state) {
    (void)state;
    kano("{ " COUNTS OWN " }");
    double p = (11 + 2) / 26.0; /* better of f1 is 11 of 22; two for and two against are added */
    is(of("f1", "better_error"), sqrt(p * (1 - p) / 26));
    /* f1: 10 against 9 of 25; 1.65 sqrt(19 * 31 / 50) = 5.66 */
    assert_true(ve_test_warned(t, VE_W_KANO_TWO));
    /* f2: 9 against 5; 1.65 sqrt(14 * 36 / 50) = 5.24: not certain, and 5 of 25 is less than a quarter */
    assert_true(ve_test_warned(t, VE_W_KANO_UNSURE));
    assert_false(ve_test_warned(t, VE_W_KANO_FEW));
    assert_true(
        ve_test_said(t, "Must-be: f2. Without them customers leave; more than enough of them wins nobody."));
}

static void ties_go_to_what_must_be(void **state) {
    (void)state;
    kano("{ functions = { { id = 'x', kano = { A = 4, O = 4, M = 4, I = 4 } }, { id = 'y', kano = { A = 4, O "
         "= 1, I = 4 } },\n"
         "                { id = 'z', kano = { R = 3, Q = 2 } } }, " OWN " }");
    assert_string_equal(category("x"), "must_be");
    assert_string_equal(category("y"), "attractive");
    assert_string_equal(category("z"), "reverse");
    assert_true(isnan(of("z", "better")) != 0);
    assert_true(ve_test_warned(t, VE_W_KANO_FEW));
}

/* ---- from a survey --------------------------------------------------------------------------------- */

/* All 25 pairs of answers of the young; the old like it, and feel in every way without it. */
static void write_survey(int times) {
    static char text[25 * 2 * 3 * 40];
    size_t used = (size_t)snprintf(text, sizeof text, "age,f_has,f_lacks,A_f,B_f\n");
    for (int n = 0; n < 25 * 2 * times; n++) {
        int with = n % 25 / 5 + 1, without = n % 5 + 1, old = n / 25 % 2;
        used += (size_t)snprintf(text + used, sizeof text - used, "%d,%d,%d,3,2\n", old ? 70 : 30,
                                 old ? 1 : with, without);
    }
    ve_test_file(t, "s.csv", text, used);
}

#define SURVEYED                                                                                             \
    "{ attributes = { age = 'years' }, scale = { 0, 4 }, functions = { { id = 'f', kano = { functional = "   \
    "'{function}_has',\n"                                                                                    \
    "  dysfunctional = '{function}_lacks' } } }, options = { { id = 'A', cost = 1, target = ve.uniform { "   \
    "low = 60, high = 80 } },\n"                                                                             \
    "  { id = 'B', cost = 1 } }, survey = ve.csv { file = 's.csv', scores = '{option}_{function}' }"

static void counts_the_table(void **state) {
    (void)state;
    write_survey(1);
    kano(SURVEYED " }");
    /* the table has 2 Q, 1 O, 3 A, 3 M, 7 R and 9 I; its first row 1 Q, 3 A and 1 O */
    static const double young[6] = { 3, 1, 3, 9, 7, 2 }, old[6] = { 0, 5, 15, 0, 0, 5 };
    static const char *const column[6] = { "must_be",     "one_dimensional", "attractive",
                                           "indifferent", "reverse",         "questionable" };
    for (int c = 0; c < 6; c++) {
        is(of("f", column[c]), young[c] + old[c]);
        is(ve_test_number(t, "options", column[c], "option", "A", NULL), old[c] / 25);
    }
    is(of("f", "replies"), 50);
    is(ve_test_number(t, "options", "replies", "option", "A", NULL), 25);
    kano(SURVEYED ", kano = { must_be_twice = 'questionable' } }");
    is(of("f", "questionable"), 2 + 1 + 5);
}

static void doubling_customers_changes_no_share(void **state) {
    (void)state;
    write_survey(1);
    kano(SURVEYED " }");
    double better = of("f", "better"), worse = of("f", "worse"), attractive = of("f", "attractive");
    write_survey(2);
    kano(SURVEYED " }");
    is(of("f", "better"), better);
    is(of("f", "worse"), worse);
    is(of("f", "attractive"), 2 * attractive);
}

static void long_layout_and_answers_in_the_model(void **state) {
    (void)state;
    ve_test_text(t, "long.csv",
                 "who,option,age,f_has,f_lacks,f\n1,A,30,1,5,3\n1,B,30,1,5,2\n2,A,70,3,5,3\n2,B,70,3,5,1\n");
    kano("{ attributes = { age = 'years' }, functions = { { id = 'f', kano = { functional = 'f_has', "
         "dysfunctional = 'f_lacks' } } },\n"
         "  options = { { id = 'A', cost = 1 }, { id = 'B', cost = 1 } },\n"
         "  survey = ve.csv { file = 'long.csv', customer = 'who', option = 'option', scores = '{function}' "
         "} }");
    is(of("f", "one_dimensional"), 1);
    is(of("f", "must_be"), 1);
    kano("{ functions = { { id = 'f', kano = { functional = 'f_has', dysfunctional = 'f_lacks' } } },\n"
         "  options = { { id = 'A', cost = 1 }, { id = 'B', cost = 1 } },\n"
         "  survey = ve.answers { { f_has = 1, f_lacks = 4, A = { 3 }, B = { 2 } } } }");
    is(of("f", "attractive"), 1);
}

/* ---- what follows ------------------------------------------------------------------------------------ */

static double weight(const char *function) {
    return ve_test_number(t, "functions", "weight", "function", function, NULL);
}

static const double counted[3][6] = { { 9, 10, 1, 2, 3, 0 },
                                      { 9, 5, 4, 2, 4, 1 },
                                      { 7.4, 28.2, 53.9, 8.4, 0.3, 1.8 } };

static double greater(int k) {
    const double *c = counted[k];
    double all = c[0] + c[1] + c[2] + c[3];
    return fmax((c[1] + c[2]) / all, (c[0] + c[1]) / all);
}

static void run(const char *kano_field) {
    char model[1024];
    snprintf(model, sizeof model, "{ kano = { %s }, " COUNTS OWN " }", kano_field);
    assert_int_equal(ve_test_run(t, model), VE_OK);
}

static void adjusts_weights(void **state) {
    (void)state;
    static const double written[3] = { 0.25, 0.5, 0.25 }, kappa[3] = { 1, 0.5, 1.5 },
                        tan_shen[3] = { 1, 0.5, 2 };
    double sum = 0, chaudha = 0, tan = 0;
    for (int k = 0; k < 3; k++) {
        sum += written[k] * greater(k);
        chaudha += written[k] * pow(1 + greater(k), kappa[k]);
        tan += pow(written[k], 1 / tan_shen[k]);
    }
    run("use = 'weights'");
    is(weight("f2"), written[1] * greater(1) / sum);
    run("use = 'weights', adjust = 'chaudha'");
    is(weight("reel"), written[2] * pow(1 + greater(2), 1.5) / chaudha);
    run("use = 'weights', adjust = 'tan_shen'");
    is(weight("f2"), written[1] * written[1] / tan);
    run("use = 'report'");
    is(weight("f2"), 0.5);
}

static double score(const char *option, const char *function) {
    return ve_test_number(t, "scores", "score", "option", option, "function", function, NULL);
}

static void bends_scores(void **state) {
    (void)state;
    double e = exp(1);
    run("use = 'curve'");
    is(score("A", "f1"), 4);                                  /* one-dimensional */
    is(score("A", "f2"), 4 * e / (e - 1) * (1 - exp(-0.25))); /* must-be at 1 of 4 */
    is(score("A", "reel"), 4 * (exp(0.5) - 1) / (e - 1));     /* attractive at 2 of 4 */
    assert_true(ve_test_said(
        t, "By Kano's classes, scores become satisfaction by the curve of each function's class."));
}

static void gates_what_must_be(void **state) {
    (void)state;
    run("use = 'gate', minimum = 2");
    assert_false(ve_test_truth(t, "A", "feasible")); /* f2 must be, and A has 1 */
    assert_true(ve_test_truth(t, "B", "feasible"));
    assert_true(ve_test_said(t, "A cannot be chosen: its score on f2 is 1.00, and at least 2.00 is asked."));
    run("use = 'gate', minimum = 1");
    assert_true(ve_test_truth(t, "A", "feasible"));
}

static void warns_where_the_winner_rests_on_it(void **state) {
    (void)state;
    static const char model[] =
        "{ kano = { use = '%s', minimum = 2 }, scale = { 0, 4 },\n"
        "  functions = { { id = 'f', kano = { M = 30 } } },\n"
        "  options = { { id = 'A', cost = 1, scores = { 1 } }, { id = 'B', cost = 3, scores = { 2.5 } } } }";
    char text[512];
    snprintf(text, sizeof text, model, "gate");
    assert_int_equal(ve_test_run(t, text), VE_OK);
    assert_true(ve_test_warned(t, VE_W_KANO));
    snprintf(text, sizeof text, model, "report");
    assert_int_equal(ve_test_run(t, text), VE_OK);
    assert_false(ve_test_warned(t, VE_W_KANO));
}

/* ---- messages ---------------------------------------------------------------------------------------- */

static void refused(const char *kano_field, const char *of_model, ve_code code, const char *message) {
    char model[1024];
    snprintf(model, sizeof model,
             "{ %s functions = { { id = 'f', kano = %s }, { id = 'g' } },\n"
             "  options = { { id = 'A', cost = 1, scores = { 1, 1 } }, { id = 'B', cost = 1, scores = { 2, 1 "
             "} } } }",
             of_model, kano_field);
    assert_int_equal(ve_test_study(t, model, "kano", NULL), code);
    assert_true(ve_test_told(t, code, 1, message));
}

static void tells_mistakes(void **state) {
    (void)state;
    refused("{ }", "", VE_E_MISSING_FIELD, "kano says nothing");
    refused("{ A = 0 }", "", VE_E_RANGE, "the counts are all zero");
    refused("{ A = 1, functional = 'x' }", "", VE_E_CONFLICT, "kano has both counts and survey columns");
    refused("{ functional = 'x' }", "", VE_E_MISSING_FIELD, "kano needs both functional and dysfunctional");
    refused("{ functional = 'x', dysfunctional = 'y' }", "", VE_E_NO_SURVEY,
            "kano names survey columns, but the model has no survey");
    refused("{ A = 1 }", "kano = { use = 'gate' },", VE_E_MISSING_FIELD,
            "the gate of must-be functions needs a minimum");
    refused("{ A = 1 }", "kano = { use = 'curve' },", VE_E_MISSING_FIELD,
            "Kano's curves need the model's scale");
    refused("{ A = 1 }", "kano = { use = 'weights' },", VE_E_MISSING_FIELD,
            "weights cannot be adjusted: only 1 of 2 functions have `kano`");
    assert_int_equal(ve_test_study(t, "{ functions = { { id = 'f' }, { id = 'g' }, { id = 'h' } }, " OWN " }",
                                   "kano", NULL),
                     VE_E_MISSING_FIELD);
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 0, "no function of the model has `kano`"));
    assert_int_equal(
        ve_test_check(
            t, "{ kano = { use = 'report' }, functions = { { id = 'f' }, { id = 'g' }, { id = 'h' } }, " OWN
               " }"),
        VE_E_MISSING_FIELD);
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 1, "no function says how customers feel about it"));
    assert_int_equal(ve_test_check(t, "{ functions = { { id = 'f', kano = { A = 1 }, parts = { { id = 'x' } "
                                      "} }, { id = 'g' }, { id = 'h' } }, " OWN " }"),
                     VE_E_CONFLICT);
    assert_true(ve_test_told(t, VE_E_CONFLICT, 1, "kano belongs to functions without parts"));
}

static void tells_wrong_answers(void **state) {
    (void)state;
    ve_test_text(t, "s.csv", "age,f_has,f_lacks,A_f,B_f\n30,1,5,3,2\n40,6,5,3,2\n50,1,2.5,3,2\n");
    assert_int_equal(ve_test_study(t, SURVEYED " }", "kano", NULL), VE_E_CHOICE_NUMBER);
    assert_true(ve_test_told(t, VE_E_CHOICE_NUMBER, 3, "column 'f_has': the answer 6 is not among 1 to 5"));
    assert_true(
        ve_test_told(t, VE_E_CHOICE_NUMBER, 4, "column 'f_lacks': the answer 2.5 is not among 1 to 5"));
    static const char model[] =
        "{ functions = { { id = 'f', kano = { functional = 'x', dysfunctional = 'y' } } },\n"
        "  options = { { id = 'A', cost = 1 }, { id = 'B', cost = 1 } },\n"
        "  survey = ve.answers { { x = 0, y = 4, A = { 3 }, B = { 2 } } } }";
    assert_int_equal(ve_test_study(t, model, "kano", NULL), VE_E_CHOICE_NUMBER);
    assert_true(ve_test_told(t, VE_E_CHOICE_NUMBER, 3, "the answer 0 is not among 1 to 5"));
}

static int begin(void **state) {
    (void)state;
    t = ve_test_begin();
    return 0;
}

static int end(void **state) {
    (void)state;
    ve_test_close(t);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(published_counts),
        TEST(says_how_sure_it_is),
        TEST(ties_go_to_what_must_be),
        TEST(counts_the_table),
        TEST(doubling_customers_changes_no_share),
        TEST(long_layout_and_answers_in_the_model),
        TEST(adjusts_weights),
        TEST(bends_scores),
        TEST(gates_what_must_be),
        TEST(warns_where_the_winner_rests_on_it),
        TEST(tells_mistakes),
        TEST(tells_wrong_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

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

#include "kinds.h"
#include "ve_test_fixture.h"

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
    double p = (82.1 + 2) / 104; /* the replies that count are all 100; two for and two against are added */
    is(of("reel", "better_error"), sqrt(p * (1 - p) / 104));
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

/* Sauerwein and others (1996): where classes cannot be told apart, what must be comes first. */
static void close_classes_go_by_their_order(void **state) {
    (void)state;
    kano("{ kano = { ties = 'close' }, " COUNTS OWN " }");
    assert_string_equal(category("f1"), "must_be"); /* 9 M against 10 O of 25 */
    is(of("f1", "category_strength"), -1 / 25.0);
    assert_string_equal(category("f2"), "must_be");
    assert_string_equal(category("reel"), "attractive"); /* 28.2 O against 53.9 A of 100 */
    assert_true(ve_test_said(t,
                             "Here better and worse are shares of the replies that are M, O, A or I; classes "
                             "that are not told apart go by the order M, O, A, I."));
    /* 1.65 sqrt(100 / 2) = 11.67: M is the first that is as frequent as A; a class that nobody chose is not
     */
    kano("{ kano = { ties = 'close' }, functions = { { id = 'x', kano = { A = 56, M = 44 } },\n"
         "  { id = 'y', kano = { A = 55.6, M = 43.4, O = 1 } }, { id = 'z', kano = { A = 1 } } }, " OWN " }");
    assert_string_equal(category("x"), "attractive");
    assert_string_equal(category("y"), "attractive");
    assert_string_equal(category("z"), "attractive");
    kano("{ kano = { ties = 'close' }, functions = { { id = 'x', kano = { A = 55.8, M = 44.2 } },\n"
         "  { id = 'y' }, { id = 'z' } }, " OWN " }");
    assert_string_equal(category("x"), "must_be");
}

static void its_limits_are_options(void **state) {
    (void)state;
    static const char model[] = "{ " COUNTS OWN " }";
    assert_int_equal(ve_test_study(t, model, "kano", "divided", "0.37", NULL), VE_OK);
    assert_false(ve_test_warned(t, VE_W_KANO_TWO)); /* f1: 40 % and 36 % */
    assert_true(ve_test_warned(t, VE_W_KANO_UNSURE));
    assert_int_equal(ve_test_study(t, model, "kano", "divided", "0.36", NULL), VE_OK);
    assert_true(ve_test_warned(t, VE_W_KANO_TWO));
    assert_int_equal(ve_test_study(t, model, "kano", "few", "26", NULL), VE_OK);
    assert_true(ve_test_warned(t, VE_W_KANO_FEW));
    assert_int_equal(ve_test_study(t, model, "kano", "few", "25", NULL), VE_OK);
    assert_false(ve_test_warned(t, VE_W_KANO_FEW));
    assert_int_equal(ve_test_study(t, model, "kano", "divided", "0.6", NULL), VE_E_RANGE);
    assert_true(ve_test_told(t, VE_E_ARGUMENT, 0, "divided must be at least 0 and at most 0.5, not 0.6"));
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
    assert_true(
        ve_test_said(t, "Here better and worse are shares of the replies that are M, O, A or I; 'must be' "
                        "in both answers is questionable."));
}

static void says_where_targets_differ(void **state) {
    (void)state;
    write_survey(1);
    kano(SURVEYED " }"); /* among all, too, it is attractive */
    for (size_t i = 0; i < t->answer.report->sentences; i++)
        assert_null(strstr(t->answer.report->sentence[i], "customers of"));
    ve_test_text(t, "s.csv",
                 "age,f_has,f_lacks,xA,xB,xC\n70,1,3,3,1,1\n71,1,4,2,1,1\n30,3,3,3,1,1\n31,3,4,3,1,1\n");
    kano("{ attributes = { age = 'years' }, functions = { { id = 'f', kano = { functional = 'f_has',\n"
         "  dysfunctional = 'f_lacks' } } }, survey = ve.csv { file = 's.csv', scores = 'x{option}' "
         "},\n"
         "  options = { { id = 'A', cost = 1, target = ve.uniform { low = 60, high = 80 } },\n"
         "    { id = 'B', cost = 1, target = ve.uniform { low = 20, high = 40 } },\n"
         "    { id = 'C', name = 'Old', cost = 1, target = ve.uniform { low = 65, high = 75 } } } }");
    assert_true(ve_test_said(t, "f: attractive to the customers of A and Old, indifferent to those of B."));
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

/* Rows that have no answer to one of the questions. */
static void missing_answers(void **state) {
    (void)state;
    static const char gaps[] = "age,f_has,f_lacks,A_f,B_f\n30,1,5,3,2\n70,,5,3,2\n70,3,,3,2\n70,3,5,3,2\n";
    ve_test_text(t, "s.csv", gaps);
    assert_int_equal(ve_test_study(t, SURVEYED " }", "kano", NULL), VE_E_GAP);
    assert_true(ve_test_told(t, VE_E_GAP, 3, "column 'f_has': the answer is missing"));
    assert_true(ve_test_told(t, VE_E_GAP, 4, "column 'f_lacks': the answer is missing"));
    kano("{ functions = { { id = 'f', kano = { functional = 'f_has', dysfunctional = 'f_lacks' } } },\n"
         "  options = { { id = 'A', cost = 1 }, { id = 'B', cost = 1 } },\n"
         "  survey = ve.csv { file = 's.csv', scores = '{option}_{function}', missing = 'skip' } }");
    is(of("f", "replies"), 2);
    is(of("f", "must_be"), 1);
    kano("{ functions = { { id = 'f', kano = { functional = 'f_has', dysfunctional = 'f_lacks' } } },\n"
         "  options = { { id = 'A', cost = 1 }, { id = 'B', cost = 1 } },\n"
         "  survey = ve.answers { { f_has = 1, f_lacks = 4, A = { 3 }, B = { 2 } }, { f_has = 1, A = { 3 }, "
         "B = { "
         "2 } }, missing = 'skip' } }");
    is(of("f", "replies"), 1);
    is(of("f", "attractive"), 1);
}

/* A customer answers once, whatever the option. */
static void one_answer_for_all_options(void **state) {
    (void)state;
    ve_test_text(t, "long.csv", "who,option,f_has,f_lacks,f\n1,A,1,5,3\n1,B,2,5,2\n");
    assert_int_equal(
        ve_test_study(
            t,
            "{ functions = { { id = 'f', kano = { functional = 'f_has', dysfunctional = 'f_lacks' } "
            "} },\n"
            "  options = { { id = 'A', cost = 1 }, { id = 'B', cost = 1 } }, survey = ve.csv { file = "
            "'long.csv', customer = 'who', option = 'option', scores = '{function}' } }",
            "kano", NULL),
        VE_E_CUSTOMER);
    assert_true(ve_test_told(t, VE_E_CUSTOMER, 3, "column 'f_has': 2, but this customer has 1 in line 2"));
    assert_int_equal(
        ve_test_study(
            t,
            "{ functions = { { id = 'f', kano = { functional = 'f_has', dysfunctional = 'f_lacks' } "
            "} },\n"
            "  options = { { id = 'A', cost = 1 }, { id = 'B', cost = 1 } },\n"
            "  survey = ve.answers { { f_lacks = 4, A = { f = 3, f_has = 1 }, B = { f = 2, f_has = 2 "
            "} } } }",
            "kano", NULL),
        VE_E_GAP);
    assert_true(ve_test_told(t, VE_E_GAP, 3, "the figure 'f_has' is missing"));
}

/* ---- a second way ------------------------------------------------------------------------------------ */

enum { CUSTOMERS = 30000, CLASSES = 6 };
static struct {
    double age, weight;
    int has[2], lacks[2];
} customer[CUSTOMERS];

static void draw_customers(void) {
    uint64_t random = 7;
    for (int n = 0; n < CUSTOMERS; n++) {
        unsigned pick[6];
        for (int i = 0; i < 6; i++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            pick[i] = (unsigned)(random >> 40);
        }
        customer[n].age = 18 + pick[0] % 140 / 2.0;
        customer[n].weight = 0.25 * (1 + pick[1] % 8);
        for (int f = 0; f < 2; f++) {
            customer[n].has[f] = 1 + (int)(pick[2 + f] % (customer[n].age > 50 ? 5 : 3));
            customer[n].lacks[f] = 1 + (int)(pick[4 + f] % 5);
        }
    }
}

/* As they are, or from the last to the first. */
static void write_customers(bool reversed, bool weighted) {
    static char text[CUSTOMERS * 40];
    size_t used = (size_t)snprintf(text, sizeof text, "age,w,f_has,f_lacks,g_has,g_lacks,A,B\n");
    for (int i = 0; i < CUSTOMERS; i++) {
        int n = reversed ? CUSTOMERS - 1 - i : i;
        used += (size_t)snprintf(text + used, sizeof text - used, "%g,%g,%d,%d,%d,%d,3,2\n", customer[n].age,
                                 weighted ? customer[n].weight : 1, customer[n].has[0], customer[n].lacks[0],
                                 customer[n].has[1], customer[n].lacks[1]);
    }
    ve_test_file(t, "many.csv", text, used);
}

#define MANY                                                                                                 \
    "{ attributes = { age = 'years' }, scale = { 0, 4 }, functions = {\n"                                    \
    "  { id = 'f', kano = { functional = 'f_has', dysfunctional = 'f_lacks' } },\n"                          \
    "  { id = 'g', kano = { functional = 'g_has', dysfunctional = 'g_lacks' } } },\n"                        \
    "  options = { { id = 'A', cost = 1, target = ve.normal { mean = 30, sd = 9 } },\n"                      \
    "    { id = 'B', cost = 1, target = ve.normal { mean = 70, sd = 12.5 } } },\n"                           \
    "  survey = ve.csv { file = 'many.csv', weight = 'w', scores = { f = '{option}', g = '{option}' } } }"

static const char *const class_column[CLASSES] = { "must_be",     "one_dimensional", "attractive",
                                                   "indifferent", "reverse",         "questionable" };

/* Kano's table by its rules, not by its cells. */
static int class_by_rule(int has, int lacks) {
    enum { M, O, A, I, R, Q };
    if (has == lacks && (has == 1 || has == 5)) return Q;
    if (has == 5 || lacks == 1) return R;
    if (has == 1) return lacks == 5 ? O : A;
    return lacks == 5 ? M : I;
}

/* Shares of a function's classes, then effective customers. mean NaN: all alike. */
static void shares_by_rule(int f, long double mean, long double sd, double out[CLASSES + 1]) {
    long double sum[CLASSES] = { 0 }, all = 0, squares = 0;
    for (int n = 0; n < CUSTOMERS; n++) {
        long double z = isnan(mean) ? 0 : (customer[n].age - mean) / sd;
        long double a = customer[n].weight * expl(-z * z / 2);
        sum[class_by_rule(customer[n].has[f], customer[n].lacks[f])] += a;
        all += a;
        squares += a * a;
    }
    for (int c = 0; c < CLASSES; c++)
        out[c] = (double)(sum[c] / all);
    out[CLASSES] = (double)(all * all / squares);
}

static void by_option(const char *option, const char *function, const double wanted[CLASSES + 1]) {
    double valid = wanted[0] + wanted[1] + wanted[2] + wanted[3];
    for (int c = 0; c < CLASSES; c++)
        is(ve_test_number(t, "options", class_column[c], "option", option, "function", function, NULL),
           wanted[c]);
    is(ve_test_number(t, "options", "replies", "option", option, "function", function, NULL),
       wanted[CLASSES]);
    is(ve_test_number(t, "options", "better", "option", option, "function", function, NULL),
       (wanted[1] + wanted[2]) / valid);
    is(ve_test_number(t, "options", "worse", "option", option, "function", function, NULL),
       -(wanted[0] + wanted[1]) / valid);
}

static void a_second_way(void **state) {
    (void)state;
    double wanted[CLASSES + 1];
    draw_customers();
    write_customers(false, true);
    kano(MANY);
    for (int f = 0; f < 2; f++) {
        const char *function = f == 0 ? "f" : "g";
        shares_by_rule(f, NAN, 1, wanted);
        for (int c = 0; c < CLASSES; c++)
            is(of(function, class_column[c]), wanted[c] * wanted[CLASSES]);
        shares_by_rule(f, 30, 9, wanted);
        by_option("A", function, wanted);
        shares_by_rule(f, 70, 12.5L, wanted);
        by_option("B", function, wanted);
    }
}

/* All figures of both tables, in their order. */
static size_t figures(double out[96]) {
    size_t count = 0;
    for (size_t i = 0; i < t->answer.report->tables; i++) {
        const ve_table *table = t->answer.report->table[i];
        for (size_t c = 0; c < table->rows * table->columns; c++)
            if (table->cell[c].kind == VE_CELL_NUMBER) out[count++] = table->cell[c].number;
    }
    return count;
}

static void order_and_threads_change_nothing(void **state) {
    (void)state;
    double first[96], again[96];
    draw_customers();
    write_customers(false, true);
    t->threads = 1;
    kano(MANY);
    size_t count = figures(first);
    assert_true(count > 60);
    for (unsigned threads = 1; threads <= 8; threads++) {
        t->threads = threads;
        write_customers(threads % 2 == 1, true);
        kano(MANY);
        assert_int_equal(figures(again), count);
        assert_memory_equal(again, first, count * sizeof *first); /* to the last bit */
    }
}

/* Customers who all count the same are so many replies. */
static void equal_weights_are_counts(void **state) {
    (void)state;
    int count[CLASSES] = { 0 };
    char model[512];
    draw_customers();
    write_customers(false, false);
    kano(MANY);
    for (int n = 0; n < CUSTOMERS; n++)
        count[class_by_rule(customer[n].has[1], customer[n].lacks[1])]++;
    for (int c = 0; c < CLASSES; c++)
        assert_true(of("g", class_column[c]) == count[c]);
    double better = of("g", "better"), worse = of("g", "worse"), error = of("g", "worse_error");
    snprintf(
        model, sizeof model,
        "{ functions = { { id = 'g', kano = { M = %d, O = %d, A = %d, I = %d, R = %d, Q = %d } } },\n"
        "  options = { { id = 'A', cost = 1, scores = { 1 } }, { id = 'B', cost = 1, scores = { 1 } } } }",
        count[0], count[1], count[2], count[3], count[4], count[5]);
    kano(model);
    is(of("g", "better"), better);
    is(of("g", "worse"), worse);
    is(of("g", "worse_error"), error);
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
    assert_true(
        ve_test_said(t, "By Kano's classes, function weights are adjusted by how much each function moves "
                        "satisfaction, by Tan and Shen (2000)."));
    run("use = 'report'");
    is(weight("f2"), 0.5);
}

/* Where nobody cares the weights stay; a function that customers would rather be without weighs nothing. */
static void weights_of_what_moves_nobody(void **state) {
    (void)state;
    static const char model[] =
        "{ kano = { use = 'weights' }, functions = { { id = 'x', weight = 3, kano = { %s } },\n"
        "  { id = 'y', weight = 1, parts = { { id = 'p', kano = { I = 4 } }, { id = 'q', kano = { O = 3, I = "
        "1 } } } } },\n"
        "  options = { { id = 'A', cost = 1, scores = { 1, 2, 1 } }, { id = 'B', cost = 1, scores = { 2, 1, "
        "1 } "
        "} } }";
    char text[512];
    snprintf(text, sizeof text, model, "R = 5");
    assert_int_equal(ve_test_run(t, text), VE_OK);
    is(weight("x"), 0);
    is(weight("y"), 1);
    is(weight("q"), 1);
    assert_int_equal(
        ve_test_run(t, "{ kano = { use = 'weights' }, functions = { { id = 'x', weight = 3, kano = { I "
                       "= 1 } }, { id = 'y', weight = 1, kano = { I = 2 } } },\n"
                       "  options = { { id = 'A', cost = 1, scores = { 1, 2 } }, { id = 'B', cost = 1, "
                       "scores = { 2, 1 } } } }"),
        VE_OK);
    is(weight("x"), 0.75);
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

static void gates_for_some_options(void **state) {
    (void)state;
    static const char model[] =
        "{ attributes = { age = 'years' }, scale = { 0, 4 }, kano = { use = 'gate', minimum = 2 },\n"
        "  functions = { { id = 'f', kano = { functional = 'f_has', dysfunctional = 'f_lacks' } } },\n"
        "  options = { { id = 'A', cost = 1, target = ve.uniform { low = 60, high = 80 } },\n"
        "    { id = 'B', cost = 1, target = ve.uniform { low = 20, high = 40 } } },\n"
        "  survey = ve.csv { file = 's.csv', scores = '{option}' } }";
    ve_test_text(t, "s.csv", "age,f_has,f_lacks,A,B\n70,3,5,3,1\n71,2,5,2,1\n30,3,3,3,1\n31,3,4,3,1\n");
    assert_int_equal(ve_test_run(t, model), VE_OK);
    assert_true(ve_test_truth(t, "A", "feasible"));
    assert_true(ve_test_truth(t, "B", "feasible")); /* its customers do not mind */
    assert_true(ve_test_said(t, "f is a gate for A only: for their customers it must be."));
    ve_test_text(t, "s.csv", "age,f_has,f_lacks,A,B\n70,3,3,3,1\n71,2,3,2,1\n30,3,5,3,1\n31,3,5,3,1\n");
    assert_int_equal(ve_test_run(t, model), VE_OK);
    assert_false(ve_test_truth(t, "B", "feasible"));
    assert_true(ve_test_said(t, "f is a gate for B only: for their customers it must be."));
}

static const char *warning(ve_code code) {
    for (size_t i = 0; i < t->answer.report->notices; i++)
        if (t->answer.report->notice[i].code == code) return t->answer.report->notice[i].message;
    return NULL;
}

static void warns_where_the_winner_rests_on_it(void **state) {
    (void)state;
    static const char model[] =
        "{ kano = { use = '%s', minimum = 2 }, scale = { 0, 4 },\n"
        "  functions = { { id = 'f', kano = { M = 30, A = %d } } },\n"
        "  options = { { id = 'A', cost = 1, scores = { 1 } }, { id = 'B', cost = 3, scores = { 2.5 } } } }";
    char text[512];
    snprintf(text, sizeof text, model, "gate", 0);
    assert_int_equal(ve_test_run(t, text), VE_OK);
    assert_string_equal(warning(VE_W_KANO),
                        "The winner rests on Kano's classes: B with them, A if they are only reported.");
    snprintf(text, sizeof text, model, "gate", 29);
    assert_int_equal(ve_test_run(t, text), VE_OK);
    assert_string_equal(
        warning(VE_W_KANO),
        "The winner rests on Kano's classes: B with them, A if they are only reported. And the "
        "replies are too few, or too divided, to be certain of the class of f.");
    snprintf(text, sizeof text, model, "report", 29);
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
    static const char no_option[] =
        "kano asks about a function, not about an option: {option} has no place in its columns";
    refused("{ functional = '{option}_x', dysfunctional = 'y' }", "", VE_E_CONFLICT, no_option);
    refused("{ functional = 'x', dysfunctional = '{option}_y' }", "", VE_E_CONFLICT, no_option);
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

/* ---- memory ------------------------------------------------------------------------------------------ */

static void memory_may_run_out_anywhere(void **state) {
    (void)state;
    write_survey(1);
    kano(SURVEYED ", kano = { use = 'weights', ties = 'close' } }");
    assert_true(ve_test_memory(t, "kano", NULL, 20000, 96));
    assert_true(ve_test_memory(t, "run", NULL, 20000, 96));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(published_counts),
        TEST(says_how_sure_it_is),
        TEST(ties_go_to_what_must_be),
        TEST(close_classes_go_by_their_order),
        TEST(its_limits_are_options),
        TEST(counts_the_table),
        TEST(doubling_customers_changes_no_share),
        TEST(says_where_targets_differ),
        TEST(long_layout_and_answers_in_the_model),
        TEST(missing_answers),
        TEST(one_answer_for_all_options),
        TEST(a_second_way),
        TEST(order_and_threads_change_nothing),
        TEST(equal_weights_are_counts),
        TEST(adjusts_weights),
        TEST(weights_of_what_moves_nobody),
        TEST(bends_scores),
        TEST(gates_what_must_be),
        TEST(gates_for_some_options),
        TEST(warns_where_the_winner_rests_on_it),
        TEST(tells_mistakes),
        TEST(tells_wrong_answers),
        TEST(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

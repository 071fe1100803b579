/* Flips against closed forms, Sobol indices against analysis, what is left out against models without it;
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

#include "sobol.h"
#include "kinds.h"
#include "ve_test_fixture.h"
#include "ve_test_lease.h"

static void sensitivity(const char *model) {
    assert_int_equal(ve_test_study(t, model, "sensitivity", NULL), VE_OK);
}

static double of(const char *path, const char *column) {
    return ve_test_number(t, "inputs", column, "path", path, NULL);
}

static const char *word(const char *path, const char *column) {
    return ve_test_word(t, "inputs", column, "path", path, NULL);
}

static void near(double is, double wanted, double tolerance) {
    assert_true(ve_test_near(is, wanted, tolerance));
}

/* ---- flips ------------------------------------------------------------------------------------------- */

#define TWO(scale)                                                                                           \
    "{ functions = { { id = 'x', weight = 3 }, { id = 'y', weight = 2 } }, options = {\n"                    \
    "  { id = 'A', name = 'First', cost = 100" scale ", scores = { 6, 7 } },\n"                              \
    "  { id = 'B', cost = 110" scale ", scores = { 8, 5 } } } }"

/* S* = S_j G_i / G_j. */
static void costs(void **state) {
    (void)state;
    double g = 0.6 * 6 + 0.4 * 7, h = 0.6 * 8 + 0.4 * 5;
    sensitivity(TWO(""));
    assert_string_equal(ve_test_fact(t, "best"), "A");
    near(of("options.A.cost", "flip_at"), 110 * g / h, 1e-13);
    near(of("options.B.cost", "flip_at"), 100 * h / g, 1e-13);
    near(of("options.A.cost", "flip_percent"), 110 * g / h - 100, 1e-11);
    assert_string_equal(word("options.A.cost", "flip_to"), "B");
    assert_true(isnan(of("options.A.cost", "flip_below")));
    near(of("options.A.cost", "flip_above"), 110 * g / h, 1e-13);
}

static void costs_scaled_change_no_distance(void **state) {
    (void)state;
    sensitivity(TWO(""));
    double a = of("options.A.cost", "flip_percent"), low = of("options.A.cost", "value_index_low");
    sensitivity(TWO(" * 7300"));
    near(of("options.A.cost", "flip_percent"), a, 1e-10);
    near(of("options.A.cost", "value_index_low"), low, 1e-13);
}

/* w (6 - 7) + 7 over 100 draws level with w (8 - 5) + 5 over 110. */
static void weights(void **state) {
    (void)state;
    double w = (7 * 110 - 5 * 100.0) / (3 * 100 + 1 * 110);
    sensitivity(TWO(""));
    near(of("functions.x.weight", "flip_at"), 5 * w, 1e-12);
    near(of("functions.y.weight", "flip_at"), 5 * (1 - w), 1e-12);
}

static void scores(void **state) {
    (void)state;
    double g = (0.6 * 8 + 0.4 * 5) * 100 / 110;
    sensitivity(TWO(""));
    near(of("options.A.scores.x", "flip_at"), (g - 0.4 * 7) / 0.6, 1e-12);
}

/* A swing is what the model says with the number set. */
static void swings(void **state) {
    (void)state;
    ve_setting set[] = { { "options.A.cost", "90" } };
    sensitivity(TWO(""));
    double low = of("options.A.cost", "value_index_low"), other = of("options.B.cost", "low");
    near(of("options.A.cost", "low"), 90, 1e-14);
    near(of("options.A.cost", "high"), 110, 1e-14);
    near(other, 99, 1e-14);
    t->set = set;
    t->sets = 1;
    assert_int_equal(ve_test_run(t, TWO("")), VE_OK);
    t->sets = 0;
    near(low, ve_test_option(t, "A", "value_index"), 1e-14);
    assert_int_equal(ve_test_study(t, TWO(""), "sensitivity", "by", "0.5", NULL), VE_OK);
    near(of("options.A.cost", "low"), 50, 1e-14);
}

/* An uncertain number swings between its own quantiles. */
static void own_quantiles(void **state) {
    (void)state;
    sensitivity("{ functions = { { id = 'x' } }, options = {\n"
                "  { id = 'A', cost = ve.normal { mean = 100, sd = 10 }, scores = { 6 } },\n"
                "  { id = 'B', cost = 110, scores = { 5 } } } }");
    near(of("options.A.cost", "low"), 100 - 10 * 1.6448536269514722, 1e-10);
    near(of("options.A.cost", "high"), 100 + 10 * 1.6448536269514722, 1e-10);
}

/* A weight in points takes from the others of its list, which stay at their means. */
static void uncertain_points(void **state) {
    (void)state;
    double low = 3 - 0.3 * 1.6448536269514722, high = 3 + 0.3 * 1.6448536269514722;
    sensitivity(
        "{ functions = { { id = 'x', weight = ve.normal { mean = 3, sd = 0.3 } },\n"
        "    { id = 'y', weight = 2 } }, options = {\n"
        "  { id = 'A', cost = 100, scores = { 6, 7 } }, { id = 'B', cost = 110, scores = { 8, 5 } } } }");
    near(of("functions.x.weight", "low"), 5 * low / (2 + low), 1e-12);
    near(of("functions.x.weight", "high"), 5 * high / (2 + high), 1e-12);
}

/* The better one wins whatever x weighs. */
static void never(void **state) {
    (void)state;
    sensitivity(
        "{ functions = { { id = 'x', weight = 1 }, { id = 'y', weight = 1 } }, options = {\n"
        "  { id = 'A', cost = 10, scores = { 6, 7 } }, { id = 'B', cost = 10, scores = { 5, 5 } } } }");
    assert_true(isnan(of("functions.x.weight", "flip_at")));
    assert_null(word("functions.x.weight", "flip_to"));
    assert_true(isnan(ve_test_fact_number(t, "score_shift")));
    assert_true(ve_test_said(t, "A stays best whichever one function or party is left out."));
}

/* A gate takes the winner out at its minimum, by a jump; a number out of its range is no flip. */
static void gates(void **state) {
    (void)state;
    sensitivity(
        "{ functions = { { id = 'x', minimum = 3 }, { id = 'y' } }, scale = { 0, 10 }, options = {\n"
        "  { id = 'A', cost = 5, scores = { 4.25, 9 } }, { id = 'B', cost = 9, scores = { 6, 7 } } } }");
    near(of("functions.x.minimum", "flip_at"), 4.25, 1e-11);
    assert_string_equal(word("functions.x.minimum", "flip_to"), "B");
    near(of("options.A.scores.x", "flip_at"), 3, 1e-11);
    assert_true(isnan(of("options.A.scores.x", "flip_above")));
}

/* ---- whole numbers ------------------------------------------------------------------------------------- */

/* It moves by whole numbers, by one at least, and the winner changes at one. */
static void whole_numbers(void **state) {
    (void)state;
    ve_test_text(t, "lease.lua", lease);
    sensitivity(LEASED("14", "16.5"));
    near(of("options.A.cost.months", "low"), 13, 0);
    near(of("options.A.cost.months", "high"), 15, 0);
    near(of("options.A.cost.months", "value_index_low"), (13 + 16.5) / 2 / 13, 1e-14);
    near(of("options.A.cost.months", "flip_above"), 17, 0);
    near(of("options.A.cost.months", "flip_percent"), 300 / 14.0, 1e-12);
    assert_true(isnan(of("options.A.cost.months", "flip_below")));
    assert_string_equal(word("options.A.cost.months", "flip_to"), "B");
    sensitivity(LEASED("40", "7.5"));
    near(of("options.A.cost.months", "low"), 36, 0);
    near(of("options.A.cost.months", "flip_below"), 7, 0);
    sensitivity(LEASED("1", "58.5"));
    near(of("options.A.cost.months", "low"), 1, 0);
    near(of("options.A.cost.months", "high"), 2, 0);
    near(of("options.A.cost.months", "flip_above"), 59, 0);
    sensitivity(LEASED("14", "ve.lease { months = 16 }"));
    near(of("options.B.cost.months", "flip_at"), 13, 0);
    assert_true(
        ve_test_said(t, "With the cost months of B 13 or less in place of 16 (-18.8 %), B would be best."));
}

/* ---- a winner that comes and goes ------------------------------------------------------------------------
 */

/* Of customers with incomes from 900 to 1100 one, in the middle, rates A 9, all others 1. */
static double mean_score(double mean) {
    double sum = 0, weights = 0;
    for (int x = 900; x <= 1100; x += 10) {
        double z = (x - mean) / 20, weight = exp(-z * z / 2);
        sum += weight * (x == 1000 ? 9 : 1);
        weights += weight;
    }
    return sum / weights;
}

/* A is best for targets within 0.4 % of 1000, seen from 10. */
static void comes_and_goes(void **state) {
    (void)state;
    char text[2000];
    size_t used = (size_t)snprintf(text, sizeof text, "income,A_x,B_x\n");
    for (int x = 900; x <= 1100; x += 10)
        used += (size_t)snprintf(text + used, sizeof text - used, "%d,%d,4\n", x, x == 1000 ? 9 : 1);
    ve_test_text(t, "s.csv", text);
    sensitivity("{ attributes = { income = 'CNY' }, functions = { { id = 'x' } }, options = {\n"
                "  { id = 'A', cost = 6.45, target = ve.normal { mean = 10, sd = 20 } },\n"
                "  { id = 'B', cost = 10 } }, survey = ve.csv { file = 's.csv' } }");
    double low = 900, high = 1000;
    while (high - low > 1e-12 * high)
        *(mean_score((low + high) / 2) < 4 * 6.45 / 10 ? &low : &high) = (low + high) / 2;
    assert_true(low > 996);
    near(of("options.A.target.mean", "flip_above"), low, 1e-9);
    assert_string_equal(word("options.A.target.mean", "flip_above_to"), "A");
}

static void warns_where_the_winner_is_near(void **state) {
    (void)state;
    sensitivity(TWO(""));
    assert_true(ve_test_warned(t, VE_W_FLIP_NEAR));
    sensitivity("{ functions = { { id = 'x' } }, options = {\n"
                "  { id = 'A', cost = 10, scores = { 9 } }, { id = 'B', cost = 10, scores = { 5 } } } }");
    assert_false(ve_test_warned(t, VE_W_FLIP_NEAR));
}

/* c = (G_o S_b - G_b S_o) / (S_o - S_b). */
static void shifts(void **state) {
    (void)state;
    double g = 0.6 * 6 + 0.4 * 7, h = 0.6 * 8 + 0.4 * 5;
    sensitivity(TWO(""));
    near(ve_test_fact_number(t, "score_shift"), (h * 100 - g * 110) / (110 - 100), 1e-12);
    assert_string_equal(ve_test_fact(t, "score_shift_to"), "B");
}

/* ---- Sobol indices ------------------------------------------------------------------------------------- */

static double chance(uint64_t *state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return ((double)(*state >> 11) + 0.5) / 9007199254740992.0;
}

static double ishigami(const double x[3]) {
    return sin(x[0]) + 7 * sin(x[1]) * sin(x[1]) + 0.1 * pow(x[2], 4) * sin(x[0]);
}

static void is_about(sobol_index is, double wanted) {
    if (!(fabs(is.share - wanted) <= 4.5 * is.error + 1e-12))
        print_error("%g +- %g is not about %g\n", is.share, is.error, wanted);
    assert_true(fabs(is.share - wanted) <= 4.5 * is.error + 1e-12);
    assert_true(is.error < 0.02);
}

/* Ishigami and Homma 1990, a = 7, b = 0.1. */
static void ishigami_function(void **state) {
    (void)state;
    const double pi = acos(-1), p4 = pow(pi, 4), p8 = p4 * p4;
    const double variance = 49 / 8.0 + 0.1 * p4 / 5 + 0.01 * p8 / 18 + 0.5;
    const double first[3] = { 0.5 * pow(1 + 0.1 * p4 / 5, 2) / variance, 49 / 8.0 / variance, 0 };
    const double both = 0.01 * p8 * (1 / 18.0 - 1 / 50.0) / variance;
    const double total[3] = { first[0] + both, first[1], both };
    sobol_sums sums[3] = { 0 };
    uint64_t seed = 11;
    for (int n = 0; n < 200000; n++) {
        double a[3], b[3];
        for (int i = 0; i < 3; i++)
            a[i] = pi * (2 * chance(&seed) - 1), b[i] = pi * (2 * chance(&seed) - 1);
        for (int i = 0; i < 3; i++) {
            double kept = a[i], y = ishigami(a);
            a[i] = b[i];
            sobol_add(&sums[i], y - 3.5, ishigami(b) - 3.5, ishigami(a) - 3.5);
            a[i] = kept;
        }
    }
    for (int i = 0; i < 3; i++) {
        is_about(sobol_first(&sums[i]), first[i]);
        is_about(sobol_total(&sums[i]), total[i]);
    }
}

static sobol_index spread(const char *path, const char *share, const char *error) {
    return (sobol_index){ ve_test_number(t, "spread", share, "path", path, NULL),
                          ve_test_number(t, "spread", error, "path", path, NULL) };
}

/* V of A is F / S times the sum of costs: additive in what the others cost. */
#define ADDITIVE(more)                                                                                       \
    "{ functions = { { id = 'x' } }, options = { { id = 'A', cost = 50, scores = { 9 } },\n"                 \
    "  { id = 'B', cost = ve.normal { mean = 100, sd = 3 }, scores = { 6 } },\n"                             \
    "  { id = 'C', cost = ve.normal { mean = 100, sd = 4 }, scores = { 6 } } }" more " }"

static void additive(void **state) {
    (void)state;
    assert_int_equal(ve_test_study(t, ADDITIVE(""), "sensitivity", "draws", "50000", NULL), VE_OK);
    is_about(spread("options.B.cost", "first", "first_error"), 9 / 25.0);
    is_about(spread("options.C.cost", "first", "first_error"), 16 / 25.0);
    is_about(spread("options.B.cost", "total", "total_error"), 9 / 25.0);
    is_about(spread("options.C.cost", "total", "total_error"), 16 / 25.0);
}

/* What goes together is one group, and then all there is. */
static void correlated(void **state) {
    (void)state;
    sensitivity(ADDITIVE(", correlations = { { 'options.B.cost', 'options.C.cost', 0.5 } }"));
    near(ve_test_number(t, "spread", "first", "path", "options.B.cost", NULL), 1, 1e-12);
    assert_string_equal(ve_test_word(t, "spread", "name", "path", "options.B.cost", NULL),
                        "cost of B and 1 more that go with it");
}

static void lists_are_one_group(void **state) {
    (void)state;
    assert_int_equal(ve_test_study(t, TWO(""), "sensitivity", "concentration", "20", NULL), VE_OK);
    near(ve_test_number(t, "spread", "first", "path", "functions.x.weight", NULL), 1, 1e-12);
    assert_string_equal(ve_test_word(t, "spread", "name", "path", "functions.x.weight", NULL),
                        "weights of the main functions");
}

static void certain_models_have_no_spread(void **state) {
    (void)state;
    sensitivity(TWO(""));
    near(ve_test_fact_number(t, "draws"), 0, 0);
}

static void tells_draws_without_a_result(void **state) {
    (void)state;
    sensitivity("{ functions = { { id = 'x' } }, options = {\n"
                "  { id = 'A', cost = 5, scores = { ve.uniform { low = -2, high = 30 } } },\n"
                "  { id = 'B', cost = 9, scores = { 6 } } } }");
    assert_true(ve_test_warned(t, VE_W_SENSITIVITY_FAILED));
}

/* ---- what is left out ------------------------------------------------------------------------------------
 */

static double without(const char *kind, const char *name) {
    return ve_test_number(t, "left_out", "value_index", "kind", kind, "name", name, NULL);
}

static void functions_left_out(void **state) {
    (void)state;
    sensitivity(TWO(""));
    near(without("function", "x"), 7 / 12.0 / (100 / 210.0), 1e-13);
    near(without("function", "y"), 6 / 14.0 / (100 / 210.0), 1e-13);
    assert_string_equal(ve_test_word(t, "left_out", "best", "name", "y", NULL), "B");
    assert_true(ve_test_said(t, "Without y, B would be best."));
}

static void parties_left_out(void **state) {
    (void)state;
    sensitivity(
        "{ functions = { { id = 'x' }, { id = 'y' },\n"
        "  weights = ve.parties { { name = 'users', share = 3, judgement = ve.direct { x = 1, y = 3 } },\n"
        "                         { name = 'makers', share = 1, judgement = ve.direct { x = 4, y = 1 } } } "
        "},\n"
        "  options = { { id = 'A', cost = 100, scores = { 6, 7 } },\n"
        "              { id = 'B', cost = 100, scores = { 8, 5 } } } }");
    size_t parties = 0;
    for (size_t i = 0; i < t->answer.report->tables; i++) {
        const ve_table *table = t->answer.report->table[i];
        for (size_t r = 0; strcmp(table->key, "left_out") == 0 && r < table->rows; r++)
            if (strcmp(table->cell[r * table->columns].text, "party") == 0) {
                double x =
                    parties++ ? 0.25 : 0.8; /* without the users, the makers' weight of x, then the users' */
                double g = x * 6 + (1 - x) * 7, h = x * 8 + (1 - x) * 5;
                near(table->cell[r * table->columns + 4].number, g / (g + h) * 2, 1e-12);
            }
    }
    assert_int_equal(parties, 2);
}

#define SURVEYED                                                                                             \
    "{ functions = { { id = 'x' } }, survey = ve.answers {\n"                                                \
    "    { income = 30, A = { x = 5 }, B = { x = 4 } }, { income = 50, A = { x = 4 }, B = { x = 5 } },\n"    \
    "    { income = 70, A = { x = 9 }, B = { x = 4 } } },\n"                                                 \
    "  attributes = { income = 'EUR' }, options = { { id = 'A', cost = 10 }, { id = 'B', cost = 9 } } }"

static void customers_left_out(void **state) {
    (void)state;
    sensitivity(SURVEYED);
    double a = (5 + 4) / 2.0, b = (4 + 5) / 2.0;
    near(without("customer", "income 70"), a / (a + b) / (10 / 19.0), 1e-13);
    assert_string_equal(ve_test_word(t, "left_out", "best", "name", "income 70", NULL), "B");
    assert_true(ve_test_warned(t, VE_W_ONE_CUSTOMER));
    assert_true(ve_test_said(t, "Without the customer with income 70, B would be best."));
    near(ve_test_fact_number(t, "customers_left_out"), 3, 0);
}

/* The one customer whom the target is near has nearly all the weight: what remains is no difference of two
 * nearly equal sums. */
static void the_only_customer_left_out(void **state) {
    (void)state;
    static const char model[] =
        "{ functions = { { id = 'x' } }, attributes = { income = 'EUR' }, options = {\n"
        "    { id = 'A', cost = 10, target = ve.normal { mean = 70, sd = 3 } }, { id = 'B', cost = 9 } },\n"
        "  survey = ve.answers { { income = 30, A = { x = 5 }, B = { x = 4 } },\n"
        "    { income = 50, A = { x = 4 }, B = { x = 5 } }%s } }";
    char text[1000];
    snprintf(text, sizeof text, model, ", { income = 70, A = { x = 9 }, B = { x = 4 } }");
    sensitivity(text);
    double found = without("customer", "income 70");
    snprintf(text, sizeof text, model, "");
    assert_int_equal(ve_test_run(t, text), VE_OK);
    near(found, ve_test_option(t, "A", "value_index"), 1e-12);
}

/* Weights that follow from what customers say make each customer less a whole evaluation. */
static void too_many_customers_for_whole_evaluations(void **state) {
    (void)state;
    static char text[20001 * 24];
    size_t used = (size_t)snprintf(text, sizeof text, "income,A_x,A_y,B_x,B_y\n");
    for (int r = 0; r <= 20000; r++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%d,%d,%d,%d,%d\n", r, r % 5, r % 4, r % 3,
                                 r % 7);
    ve_test_file(t, "many.csv", text, used);
    sensitivity(
        "{ functions = { weights = ve.entropy {}, { id = 'x' }, { id = 'y' } },\n"
        "  attributes = { income = 'EUR' }, options = { { id = 'A', cost = 10 }, { id = 'B', cost = 9 } },\n"
        "  survey = ve.csv { file = 'many.csv', scores = '{option}_{function}' } }");
    assert_true(ve_test_said(t, "Customers were not left out one by one: there are too many of them."));
    near(ve_test_fact_number(t, "customers_left_out"), 0, 0);
}

/* ---- what holds ---------------------------------------------------------------------------------------- */

static void threads_do_not_show(void **state) {
    (void)state;
    sensitivity(ADDITIVE(""));
    double one = spread("options.B.cost", "first", "first_error").share, at = of("options.A.cost", "flip_at");
    t->threads = 8;
    sensitivity(ADDITIVE(""));
    assert_true(one == spread("options.B.cost", "first", "first_error").share);
    assert_true(at == of("options.A.cost", "flip_at"));
    t->threads = 1;
}

static void tells_that_nothing_can_be_chosen(void **state) {
    (void)state;
    assert_int_equal(
        ve_test_study(t,
                      "{ functions = { { id = 'x', minimum = 9 } }, options = {\n"
                      "  { id = 'A', cost = 1, scores = { 3 } }, { id = 'B', cost = 1, scores = { 3 } } } }",
                      "sensitivity", NULL),
        VE_E_NOT_FINITE);
    assert_true(ve_test_told(t, VE_E_NOT_FINITE, 0,
                             "no option can be chosen, so there is no choice that could hang on anything"));
}

/* ---- memory ------------------------------------------------------------------------------------------ */

static void memory_may_run_out_anywhere(void **state) {
    (void)state;
    ve_entry draws = { "draws", { .kind = VE_NUMBER, .number = 100 } };
    ve_value params = { .kind = VE_TABLE, .table = { .fields = &draws, .named = 1 } };
    sensitivity(ADDITIVE(""));
    assert_true(ve_test_memory(t, "sensitivity", &params, SIZE_MAX, 8000));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(costs),
        TEST(costs_scaled_change_no_distance),
        TEST(weights),
        TEST(scores),
        TEST(swings),
        TEST(own_quantiles),
        TEST(uncertain_points),
        TEST(never),
        TEST(gates),
        TEST(whole_numbers),
        TEST(comes_and_goes),
        TEST(warns_where_the_winner_is_near),
        TEST(shifts),
        TEST(ishigami_function),
        TEST(additive),
        TEST(correlated),
        TEST(lists_are_one_group),
        TEST(certain_models_have_no_spread),
        TEST(tells_draws_without_a_result),
        TEST(functions_left_out),
        TEST(parties_left_out),
        TEST(customers_left_out),
        TEST(the_only_customer_left_out),
        TEST(too_many_customers_for_whole_evaluations),
        TEST(threads_do_not_show),
        TEST(tells_that_nothing_can_be_chosen),
        TEST(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

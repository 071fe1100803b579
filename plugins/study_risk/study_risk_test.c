/* Probabilities against integrals, resamples against sampling theory, information against an integral; every
 * message. SPDX-License-Identifier: GPL-3.0-or-later */
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

static double of(const char *option, const char *column) {
    return ve_test_number(t, "options", column, "option", option, NULL);
}

static void risk(const char *model, const char *draws, const char *name, const char *value) {
    assert_int_equal(ve_test_study(t, model, "risk", "draws", draws, name, value, NULL), VE_OK);
}

static void is_about(double is, double wanted, double error) {
    if (!(fabs(is - wanted) <= 4.5 * error))
        print_error("%.8g is not about %.8g +- %.3g\n", is, wanted, error);
    assert_true(fabs(is - wanted) <= 4.5 * error);
}

static double phi(double z) {
    return exp(-0.5 * z * z) / sqrt(2 * acos(-1));
}

static double below(double z) {
    return 0.5 * erfc(-z / sqrt(2));
}

/* ---- three options with normal costs ---------------------------------------- */

#define THREE                                                                                                \
    "{ functions = { { id = 'f' } }, options = {\n"                                                          \
    "  { id = 'A', cost = ve.normal { mean = 100, sd = 5 }, scores = { 10 } },\n"                            \
    "  { id = 'B', cost = ve.normal { mean = 81, sd = 8 }, scores = { 8 } },\n"                              \
    "  { id = 'C', cost = ve.normal { mean = 64, sd = 3 }, scores = { 6 } } } }"

static const double mean[3] = { 10, 81 / 8.0, 64 / 6.0 }, sd[3] = { 0.5, 1, 0.5 };

/* The lowest cost of a unit of function wins: an integral over it by Simpson's rule. */
static double p_best(int i) {
    enum { STEPS = 4000 };
    double low = mean[i] - 9 * sd[i], step = 18 * sd[i] / STEPS, sum = 0;
    for (int n = 0; n <= STEPS; n++) {
        double u = low + n * step, p = phi((u - mean[i]) / sd[i]) / sd[i];
        for (int j = 0; j < 3; j++)
            if (j != i) p *= 1 - below((u - mean[j]) / sd[j]);
        sum += p * (n == 0 || n == STEPS ? 1 : n % 2 ? 4 : 2);
    }
    return sum * step / 3;
}

static void probabilities_are_integrals(void **state) {
    (void)state;
    static const char *const id[3] = { "A", "B", "C" };
    risk(THREE, "400000", "seed", "3");
    for (int i = 0; i < 3; i++) {
        double p = p_best(i);
        is_about(of(id[i], "p_best"), p, sqrt(p * (1 - p) / 400000));
        assert_true(ve_test_near(of(id[i], "p_best_error"), sqrt(p * (1 - p) / 400000), 1e-4));
    }
    double pair = below((mean[1] - mean[0]) / hypot(sd[0], sd[1]));
    is_about(ve_test_number(t, "pairs", "p_better", "option", "A", "other", "B", NULL), pair,
             sqrt(pair * (1 - pair) / 400000));
    assert_true(ve_test_near(ve_test_fact_number(t, "draws"), 400000, 0));
    assert_string_equal(ve_test_fact(t, "best"), p_best(0) > p_best(1) ? "A" : "B");
}

static void ranks_add_up(void **state) {
    (void)state;
    risk(THREE, "20000", "seed", "3");
    for (int rank = 0; rank < 3; rank++) {
        double sum = 0;
        const ve_table *table = NULL;
        for (size_t i = 0; i < t->answer.report->tables; i++)
            if (strcmp(t->answer.report->table[i]->key, "ranks") == 0) table = t->answer.report->table[i];
        assert_non_null(table);
        for (size_t r = 0; r < table->rows; r++)
            if (table->cell[r * table->columns + 1].number == rank + 1)
                sum += table->cell[r * table->columns + 2].number;
        assert_true(ve_test_near(sum, 1, 1e-12));
    }
}

/* Many draws go into bins: their quantiles are those of few, within the error of few. */
static void bins_are_as_good(void **state) {
    (void)state;
    risk(THREE, "60000", "seed", "3");
    double few[3] = { of("B", "value_p05"), of("B", "value_p50"), of("B", "value_p95") },
           spread = of("B", "value_sd");
    risk(THREE, "300000", "seed", "3");
    is_about(of("B", "value_p05"), few[0], 2.2 * spread / sqrt(60000));
    is_about(of("B", "value_p50"), few[1], 1.3 * spread / sqrt(60000));
    is_about(of("B", "value_p95"), few[2], 2.2 * spread / sqrt(60000));
}

/* V of A is half of what both cost by what A does: its quantiles are those of B's cost, which spread over
 * twelve powers of ten. */
static void long_tails_do_not_blur_quantiles(void **state) {
    (void)state;
    risk("{ functions = { { id = 'f' } }, options = {\n"
         "  { id = 'A', cost = 1, scores = { 5 } },\n"
         "  { id = 'B', cost = ve.lognormal { median = 1, spread = 3 }, scores = { 5 } } } }",
         "400000", "seed", "3");
    static const double p[] = { 0.05, 0.5, 0.95 }, z[] = { -1.6448536269514722, 0, 1.6448536269514722 };
    static const char *const column[] = { "value_p05", "value_p50", "value_p95" };
    for (int i = 0; i < 3; i++) {
        double cost = exp(3 * z[i]), density = phi(z[i]) / (3 * cost);
        double error = 0.5 * sqrt(p[i] * (1 - p[i]) / 400000) / density;
        char told[40];
        snprintf(told, sizeof told, "%s_error", column[i]);
        is_about(of("A", column[i]), 0.5 * (1 + cost), error);
        assert_true(fabs(of("A", told) / error - 1) < 0.1);
    }
}

/* Everything that is counted or averaged says how sure it is; and people see no digits that it is not. */
static void every_figure_has_its_error(void **state) {
    (void)state;
    risk(THREE, "1000", "seed", "3");
    static const char *const share[] = { "p_best", "p_above_one" };
    for (int i = 0; i < 2; i++) {
        char told[40];
        snprintf(told, sizeof told, "%s_error", share[i]);
        double p = of("A", share[i]);
        is_about(of("A", told), sqrt(p * (1 - p) / 1000), 0.0003);
    }
    double cost = of("A", "cost_p90_error"),
           next = ve_test_number(t, "pairs", "p_better_error", "option", "A", "other", "B", NULL);
    assert_true(cost > 0.1 && cost < 1);
    assert_true(next > 0.01 && next < 0.02);
    assert_true(ve_test_number(t, "ranks", "acceptability_error", "option", "B", NULL) > 0.01);
    for (size_t i = 0; i < t->answer.report->tables; i++) {
        const ve_table *table = t->answer.report->table[i];
        for (size_t c = 0; c < table->columns; c++)
            if (strcmp(table->column[c].key, "cost_p90") == 0) assert_int_equal(table->column[c].digits, 1);
    }
}

/* Two figures and nothing between: bins are fine enough to tell them. */
static void few_figures_stay_what_they_are(void **state) {
    (void)state;
    risk("{ functions = { { id = 'f' } }, options = {\n"
         "  { id = 'A', cost = 3, scores = { 5 } },\n"
         "  { id = 'B', cost = ve.mixture { parts = {\n"
         "      { ve.uniform { low = 1, high = 1.0000001 }, share = 0.8 },\n"
         "      { ve.uniform { low = 7, high = 7.0000001 }, share = 0.2 } } }, scores = { 5 } } } }",
         "100000", "seed", "3");
    assert_true(fabs(of("A", "value_p05") - 0.5 * 4 / 3) < 1e-4);
    assert_true(fabs(of("A", "value_p50") - 0.5 * 4 / 3) < 1e-4);
    assert_true(fabs(of("A", "value_p95") - 0.5 * 10 / 3) < 1e-3);
}

static void stops_when_it_is_precise(void **state) {
    (void)state;
    risk(THREE, "1000000", "precision", "0.002");
    assert_true(ve_test_fact_number(t, "draws") < 100000);
    assert_true(of("A", "p_best_error") <= 0.002);
    assert_true(of("B", "p_best_error") <= 0.002);
}

static void threads_do_not_show(void **state) {
    (void)state;
    risk(THREE, "30000", "seed", "9");
    double one[3] = { of("A", "p_best"), of("A", "value_mean"), of("A", "value_p05") };
    t->threads = 8;
    risk(THREE, "30000", "seed", "9");
    assert_true(one[0] == of("A", "p_best") && one[1] == of("A", "value_mean") &&
                one[2] == of("A", "value_p05"));
    t->threads = 1;
    risk(THREE, "30000", "seed", "10");
    assert_true(one[0] != of("A", "p_best"));
}

/* ---- the cost at which V is 1 ---------------------------------------- */

/* Scores are certain, so V of A is 1 at F / (1 - F) times the cost of the others: 10 / 14 (S_B + S_C). */
static void bearable_cost(void **state) {
    (void)state;
    risk(THREE, "200000", "seed", "3");
    double spread = 10 / 14.0 * hypot(8, 3);
    is_about(of("A", "cost_p90"), 10 / 14.0 * (81 + 64) - 1.2815515655446004 * spread,
             1.71 * spread / sqrt(200000));
}

/* ---- customers ---------------------------------------- */

/* 300 customers: A scores 4 for two in five and 0 else, B always 1.6: the mean of A decides. */
static const char *surveyed(void) {
    static char text[300 * 16];
    size_t used = (size_t)snprintf(text, sizeof text, "A_f,B_f\n");
    for (int j = 0; j < 300; j++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%d,1.6\n", j % 5 < 2 ? 4 : 0);
    ve_test_file(t, "s.csv", text, used);
    return "{ functions = { { id = 'f' } }, options = { { id = 'A', cost = 10 }, { id = 'B', cost = 9.6 } "
           "},\n"
           "  scale = { 0, 4 }, survey = ve.csv { file = 's.csv', scores = '{option}_{function}' } }";
}

static void customers_are_drawn_again(void **state) {
    (void)state;
    const char *model = surveyed();
    double error = 4 * sqrt(0.4 * 0.6 / 300); /* of A's mean, 1.6; A wins from 1.6 * 10 / 9.6 on */
    double wanted = 1 - below((1.6 * 10 / 9.6 - 1.6) / error);
    risk(model, "40000", "seed", "5");
    is_about(of("A", "p_best"), wanted, 0.006); /* counts are whole: half a customer is 0.003 */
    risk(model, "40000", "customers", "bayesian");
    is_about(of("A", "p_best"), wanted, 0.006);
    assert_int_equal(ve_test_study(t, model, "risk", "customers", "as_surveyed", NULL), VE_E_MISSING_FIELD);
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 0, "nothing in this model is uncertain"));
}

/* ---- weights ---------------------------------------- */

#define WEIGHED                                                                                              \
    "{ %s functions = { { id = 'x', weight = 1 }, { id = 'y', weight = 1 } },\n"                             \
    "  options = { { id = 'A', cost = 1, scores = { 3, 1 } }, { id = 'B', cost = 1, scores = { 1, 3 } } } }"

static void central_weights(void **state) {
    (void)state;
    char model[512];
    snprintf(model, sizeof model, WEIGHED,
             "concentration = 2,"); /* weights are uniform: A wins above one half */
    risk(model, "50000", "seed", "2");
    is_about(of("A", "p_best"), 0.5, 0.5 / sqrt(50000));
    is_about(ve_test_number(t, "central", "central_weight", "option", "A", "function", "x", NULL), 0.75,
             0.25 / sqrt(3 * 25000));
    double error = ve_test_number(t, "central", "central_weight_error", "option", "A", "function", "x", NULL);
    assert_true(fabs(error / (0.25 / sqrt(3 * 25000)) - 1) < 0.02);
    assert_true(
        ve_test_near(ve_test_number(t, "central", "confidence", "option", "A", "function", "x", NULL), 1, 0));
    assert_true(ve_test_said(t, "Drawn: 2 uncertain numbers, judged weights among them."));
    snprintf(model, sizeof model, WEIGHED, "");
    assert_int_equal(ve_test_study(t, model, "risk", NULL), VE_E_MISSING_FIELD);
    risk(model, "1000", "concentration", "10");
}

/* Without votes all weight lies on one function, on each as often as it weighs. */
static void weights_without_votes(void **state) {
    (void)state;
    static const char *const votes[] = { "1e-9", "1e-3", "0.02" };
    for (size_t i = 0; i < sizeof votes / sizeof *votes; i++) {
        assert_int_equal(
            ve_test_study(
                t,
                "{ functions = { { id = 'x', weight = 3 }, { id = 'y', weight = 1 } }, options = {\n"
                "  { id = 'A', cost = 1, scores = { 3, 1 } }, { id = 'B', cost = 1, scores = { 1, 3 } } } }",
                "risk", "draws", "50000", "seed", "2", "concentration", votes[i], NULL),
            VE_OK);
        double p = of("A", "p_best"), error = sqrt(0.75 * 0.25 / 50000);
        is_about(p, 0.75, error + (i == 2 ? 0.002 : 0));
        double weight = ve_test_number(t, "central", "central_weight", "option", "A", "function", "x", NULL);
        assert_true(weight > 0.98 && weight <= 1);
    }
}

/* ---- correlations ---------------------------------------- */

#define PAIR                                                                                                 \
    "{ %s functions = { { id = 'f', weight = 1 }, { id = 'g', weight = 1 } }, options = {\n"                 \
    "  { id = 'A', cost = ve.normal { mean = 100, sd = 5 }, scores = { 10, 10 } },\n"                        \
    "  { id = 'B', cost = ve.normal { mean = 102, sd = 5 }, scores = { 10, 10 } }, { id = 'C', cost = 300, " \
    "scores = { 1, 1 } } } }"

static void correlated_costs(void **state) {
    (void)state;
    char model[512];
    snprintf(model, sizeof model, PAIR, "correlations = { { 'options.A.cost', 'options.B.cost', 0.8 } },");
    risk(model, "100000", "seed", "4");
    double p = below(2 / (5 * sqrt(2 - 2 * 0.8)));
    is_about(of("A", "p_best"), p, sqrt(p * (1 - p) / 100000));
}

static void wrong(const char *correlations, ve_code code, const char *message) {
    char model[640];
    snprintf(model, sizeof model, PAIR, correlations);
    assert_int_equal(ve_test_study(t, model, "risk", NULL), code);
    assert_true(ve_test_told(t, code, 1, message));
}

static void tells_wrong_correlations(void **state) {
    (void)state;
    wrong("correlations = { { 'options.A.cost', 'options.C.cost', 0.5 } },", VE_E_CONFLICT,
          "options.C.cost is certain, so nothing can go together with it");
    wrong("correlations = { { 'options.A.cost', 'options.A.cost', 0.5 } },", VE_E_CONFLICT,
          "a number's correlation with itself is always 1");
    wrong("correlations = { { 'options.A.cost', 'options.B.cost', 0.5 }, { 'options.B.cost', "
          "'options.A.cost', 0.4 } },",
          VE_E_CONFLICT, "these two numbers stand in an earlier row");
    wrong("correlations = { { 'options.A.cots', 'options.B.cost', 0.5 } },", VE_E_REFERENCE,
          "'cots' names nothing in options.A");
    wrong("correlations = { { 'options.A.cost', 'options.B.cost', 1 } },", VE_E_RANGE,
          "rho must be above -1 and below 1, not 1");
}

static void tells_contradicting_correlations(void **state) {
    (void)state;
    static const char model[] = "{ correlations = { { 'options.A.cost', 'options.B.cost', 0.9 }, { "
                                "'options.A.cost', 'options.C.cost', 0.9 },\n"
                                "                   { 'options.B.cost', 'options.C.cost', -0.9 } },\n"
                                "  functions = { { id = 'f' } }, options = { { id = 'A', cost = ve.normal { "
                                "mean = 9, sd = 1 }, scores = { 1 } },\n"
                                "  { id = 'B', cost = ve.normal { mean = 9, sd = 1 }, scores = { 1 } }, { id "
                                "= 'C', cost = ve.normal { mean = 9, sd = 1 }, scores = { 1 } } } }";
    assert_int_equal(ve_test_study(t, model, "risk", NULL), VE_E_CONFLICT);
    assert_true(ve_test_told(t, VE_E_CONFLICT, 2, "the correlations contradict each other"));
    assert_int_equal(
        ve_test_study(
            t,
            "{ correlations = { { 'functions.f.weight', 'options.A.cost', 0.5 } },\n"
            "  functions = { { id = 'f', weight = ve.normal { mean = 3, sd = 1 } }, { id = 'g', weight = 1 } "
            "},\n"
            "  options = { { id = 'A', cost = ve.normal { mean = 9, sd = 1 }, scores = { 1, 1 } },\n"
            "              { id = 'B', cost = 1, scores = { 1, 1 } } } }",
            "risk", NULL),
        VE_E_CONFLICT);
    assert_true(ve_test_told(t, VE_E_CONFLICT, 1,
                             "functions.f.weight is a weight, and weights already depend on each other"));
}

/* ---- information ---------------------------------------- */

/* Only A's cost is uncertain: E max V - max E V, by Simpson's rule. */
static void information_is_an_integral(void **state) {
    (void)state;
    enum { STEPS = 4000 };
    static const char model[] = "{ functions = { { id = 'f' } }, options = {\n"
                                "  { id = 'A', cost = ve.normal { mean = 100, sd = 4 }, scores = { 10 } },\n"
                                "  { id = 'B', cost = 99, scores = { 10 } } } }";
    double most = 0, a = 0, b = 0, step = 72.0 / STEPS;
    for (int n = 0; n <= STEPS; n++) {
        double s = 64 + n * step, weight = phi((s - 100) / 4) / 4 * step / 3 *
                                           (n == 0 || n == STEPS ? 1
                                            : n % 2              ? 4
                                                                 : 2);
        double index_a = (s + 99) / (2 * s), index_b = (s + 99) / (2 * 99);
        most += weight * fmax(index_a, index_b);
        a += weight * index_a;
        b += weight * index_b;
    }
    risk(model, "20000", "seed", "6");
    double is = ve_test_number(t, "information", "value", "group", "cost", NULL);
    is_about(is, most - fmax(a, b),
             fmax(0.0003, ve_test_number(t, "information", "error", "group", "cost", NULL)));
    assert_true(ve_test_near(
        is, ve_test_number(t, "information_inputs", "value", "group", "options.A.cost", NULL), 1e-9));
}

/* What cannot be chosen, or has no value index, is no choice that knowledge could lead to. */
static void information_is_about_choices(void **state) {
    (void)state;
    risk("{ functions = { { id = 'f' } }, options = { { id = 'A', cost = 0, scores = { 3 } },\n"
         "  { id = 'B', cost = ve.normal { mean = 9, sd = 1 }, scores = { 3 } } } }",
         "1000", "seed", "1");
    assert_true(ve_test_near(ve_test_number(t, "information", "changes", "group", "cost", NULL), 0, 0));
    risk("{ functions = { { id = 'f', minimum = 9 } }, options = { { id = 'A', cost = 8, scores = { 3 } },\n"
         "  { id = 'B', cost = ve.normal { mean = 9, sd = 3 }, scores = { 3 } } } }",
         "1000", "seed", "1");
    assert_true(ve_test_said(t, "No option can be chosen in any draw."));
    assert_false(ve_test_says(t, "Most worth knowing better"));
    assert_false(ve_test_says(t, "Knowing any of it better"));
    static const char model[] = "{ functions = { { id = 'f' } }, %soptions = { { id = 'A', cost = ve.normal "
                                "{ mean = 100, sd = 10 },\n"
                                "  scores = { 3 } }, { id = 'B', cost = 95, scores = { 3 } }, { id = 'C', "
                                "cost = 120, scores = { 3 } } } }";
    char text[512];
    snprintf(text, sizeof text, model, "choose = ve.max_value {}, ");
    risk(text, "1000", "seed", "1");
    assert_true(ve_test_says(t, "Most worth knowing better: the costs."));
    snprintf(text, sizeof text, model, "choose = ve.closest_to_one {}, ");
    risk(text, "1000", "seed", "1");
    assert_string_equal(ve_test_fact(t, "best"), "A");
    assert_false(ve_test_says(t, "Most worth knowing the choice"));
}

/* ---- warnings ---------------------------------------- */

static void warns(void **state) {
    (void)state;
    /* A is cheapest on average by a few very cheap draws, B is cheaper in most */
    risk("{ functions = { { id = 'f' } }, options = {\n"
         "  { id = 'A', cost = ve.mixture { parts = { { ve.uniform { low = 10, high = 11 }, share = 0.2 }, "
         "{ ve.uniform { low = 100, high = 101 }, share = 0.8 } } }, scores = { 10 } },\n"
         "  { id = 'B', cost = 90, scores = { 10 } } } }",
         "1000", "seed", "1");
    assert_true(
        ve_test_warned_of(t, VE_W_RISK_OTHER, "means of all numbers A is best, but in more draws it is B"));
    risk("{ functions = { { id = 'f' } }, options = { { id = 'A', cost = ve.normal { mean = 2, sd = 2 }, "
         "scores = { 10 } },\n"
         "  { id = 'B', cost = 90, scores = { 10 } } } }",
         "1000", "seed", "1");
    assert_true(ve_test_warned(t, VE_W_RISK_REDRAWN));
    /* customers on one side only: a resample without any has no result for a narrow target */
    ve_test_text(t, "n.csv", "income,A_f,B_f\n1,3,2\n9,2,3\n9,2,3\n");
    risk("{ attributes = { income = 'CNY' }, functions = { { id = 'f' } }, scale = { 0, 4 }, options = {\n"
         "  { id = 'A', cost = 1, target = ve.uniform { low = 0, high = 2 } }, { id = 'B', cost = 1 } },\n"
         "  survey = ve.csv { file = 'n.csv', scores = '{option}_{function}' } }",
         "1000", "seed", "1");
    assert_true(ve_test_warned(t, VE_W_RISK_FAILED));
    assert_true(ve_test_warned_of(t, VE_W_RISK_FEW, "Only 1.0 effective customers stand behind A: so few"));
    risk(surveyed(), "1000", "seed", "1");
    assert_false(ve_test_warned(t, VE_W_RISK_FEW));
}

static void no_draw_at_all(void **state) {
    (void)state;
    assert_int_equal(
        ve_test_study(t,
                      "{ functions = { { id = 'f', minimum = 5 } }, options = {\n"
                      "  { id = 'A', cost = ve.normal { mean = 2, sd = 0.1 }, scores = { 1 } },\n"
                      "  { id = 'B', cost = 90, scores = { 1 } } } }",
                      "risk", NULL),
        VE_OK);
    assert_true(ve_test_said(t, "No option can be chosen in any draw."));
}

/* ---- memory ------------------------------------------------------------------------------------------ */

static void memory_may_run_out_anywhere(void **state) {
    (void)state;
    ve_entry draws = { "draws", { .kind = VE_NUMBER, .number = 100 } };
    ve_value params = { .kind = VE_TABLE, .table = { .fields = &draws, .named = 1 } };
    assert_int_equal(ve_test_study(t, surveyed(), "risk", NULL), VE_OK);
    assert_true(ve_test_memory(t, "risk", &params, SIZE_MAX, 20000));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(probabilities_are_integrals),
        TEST(ranks_add_up),
        TEST(bins_are_as_good),
        TEST(long_tails_do_not_blur_quantiles),
        TEST(few_figures_stay_what_they_are),
        TEST(every_figure_has_its_error),
        TEST(stops_when_it_is_precise),
        TEST(threads_do_not_show),
        TEST(bearable_cost),
        TEST(customers_are_drawn_again),
        TEST(central_weights),
        TEST(weights_without_votes),
        TEST(correlated_costs),
        TEST(tells_wrong_correlations),
        TEST(tells_contradicting_correlations),
        TEST(information_is_an_integral),
        TEST(information_is_about_choices),
        TEST(warns),
        TEST(no_draw_at_all),
        TEST(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Tests of `ve.normal`: densities, spreads, several attributes, mistakes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "eval/eval.h"
#include "ve_test_fixture.h"

/* Two options and the customers of one attribute; `target` is option A's. */
static ve_code run_one(const char *target, const char *more) {
    char model[4000];
    snprintf(model, sizeof model,
             "{ attributes = { income = 'CNY' }, functions = { { id = 'f' } }, scale = { 0, 4 }, %s\n"
             "  options = { { id = 'A', cost = 1, target = %s },\n"
             "              { id = 'B', cost = 1 } },\n"
             "  survey = ve.answers { { income = 1200, A = { 4 }, B = { 1 } }, { income = 2000, A = { 2 }, B "
             "= { 1 } },\n"
             "    { income = 5000, A = { 1 }, B = { 2 } }, { income = 8000, A = { 3 }, B = { 2 } },\n"
             "    { income = 10000, A = { 0 }, B = { 4 } }, { income = 12000, A = { 4 }, B = { 2 } } } }",
             more, target);
    return ve_test_run(t, model);
}

static ve_code run_two(const char *target) {
    char model[4000];
    snprintf(
        model, sizeof model,
        "{ attributes = { income = 'CNY', age = 'years' }, functions = { { id = 'f' } }, scale = { 0, 4 },\n"
        "  aggregate = 'sum',\n"
        "  options = { { id = 'A', cost = 1, target = %s },\n"
        "              { id = 'B', cost = 1 } },\n"
        "  survey = ve.answers { { income = 1, age = 20, A = { 4 }, B = { 1 } },\n"
        "    { income = 2, age = 50, A = { 2 }, B = { 1 } }, { income = 4, age = 30, A = { 1 }, B = { 2 } } "
        "} }",
        target);
    return ve_test_run(t, model);
}

static const double income[] = { 1200, 2000, 5000, 8000, 10000, 12000 }, score[] = { 4, 2, 1, 3, 0, 4 };

static double by_hand(double mean, double sd) {
    long double sum = 0, weights = 0;
    for (int j = 0; j < 6; j++) {
        long double z = ((long double)income[j] - mean) / sd, a = expl(-z * z / 2);
        sum += a * score[j];
        weights += a;
    }
    return (double)(sum / weights);
}

/* The paper's spread, 4364.25 with n-1, which this made-up set of incomes reproduces (published case
 * PAPER-SD-1). */
static void the_spread_of_the_survey_is_taken(void **state) {
    (void)state;
    const double published = 4364.248694410833;
    assert_int_equal(run_one("ve.normal { mean = 10000 }", ""), VE_OK);
    double without = ve_test_option(t, "A", "function_score");
    assert_true(ve_test_near(without, by_hand(10000, published), 1e-12));
    assert_int_equal(run_one("ve.normal { mean = 10000, sd = 4364.25 }", ""), VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"), without, 1e-5));
}

static void scores_are_weighed_by_the_bell(void **state) {
    (void)state;
    const double mean[] = { 3000, 6000, 10000, 12345.5 }, sd[] = { 500, 4364.25, 60000 };
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 3; j++) {
            char target[100];
            snprintf(target, sizeof target, "ve.normal { mean = %.17g, sd = %.17g }", mean[i], sd[j]);
            assert_int_equal(run_one(target, ""), VE_OK);
            assert_true(
                ve_test_near(ve_test_option(t, "A", "function_score"), by_hand(mean[i], sd[j]), 1e-12));
        }
}

static void a_far_target_keeps_the_nearest_customer(void **state) {
    (void)state;
    assert_int_equal(run_one("ve.normal { mean = 1e7, sd = 100 }", ""), VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"), 4, 1e-12));
    assert_true(ve_test_near(ve_test_option(t, "A", "effective_customers"), 1, 1e-12));
    assert_true(ve_test_option(t, "A", "weight_share") == 0);
    assert_int_equal(run_one("ve.normal { mean = 1e7, sd = 100 }", "aggregate = 'peak',"), VE_OK);
    assert_true(ve_test_option(t, "A", "function_coefficient") == 0);
}

static void peak_and_sum_differ_by_the_height(void **state) {
    (void)state;
    const double height = 1 / (2000 * sqrt(2 * 3.14159265358979323846));
    assert_int_equal(run_one("ve.normal { mean = 6000, sd = 2000 }", "aggregate = 'peak',"), VE_OK);
    double peak = ve_test_option(t, "A", "function_score");
    assert_int_equal(run_one("ve.normal { mean = 6000, sd = 2000 }", "aggregate = 'sum',"), VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score") / (peak * height), 1, 1e-12));
}

static void several_attributes(void **state) {
    (void)state;
    const double x[] = { 1, 2, 4 }, y[] = { 20, 50, 30 }, s[] = { 4, 2, 1 };
    const double mx = 2, my = 40, sx = 1.5, sy = 12, rho = 0.3, pi = 3.14159265358979323846;
    double wanted = 0;
    for (int j = 0; j < 3; j++) {
        double u = (x[j] - mx) / sx, v = (y[j] - my) / sy;
        double q = (u * u - 2 * rho * u * v + v * v) / (1 - rho * rho);
        wanted += s[j] * exp(-q / 2) / (2 * pi * sx * sy * sqrt(1 - rho * rho));
    }
    assert_int_equal(run_two("ve.normal { mean = { income = 2, age = 40 }, sd = { income = 1.5, age = 12 },\n"
                             "correlation = { { 'income', 'age', 0.3 } } }"),
                     VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score") / wanted, 1, 1e-12));
}

static void attributes_left_out_do_not_matter(void **state) {
    (void)state;
    double wanted = 0;
    const double y[] = { 20, 50, 30 }, s[] = { 4, 2, 1 };
    for (int j = 0; j < 3; j++)
        wanted += s[j] * exp(-0.5 * pow((y[j] - 40) / 12, 2)) / (12 * sqrt(2 * 3.14159265358979323846));
    assert_int_equal(run_two("ve.normal { mean = { age = 40 }, sd = { age = 12 } }"), VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score") / wanted, 1, 1e-12));
}

static void it_stands_for_a_number(void **state) {
    (void)state;
    assert_int_equal(ve_test_run(t, "{ functions = { { id = 'f' } },\n"
                                    "options = { { id = 'A', cost = ve.normal { mean = 4200, sd = 150 },\n"
                                    "scores = { f = 1 } }, { id = 'B', cost = 1, scores = { f = 1 } } } }"),
                     VE_OK);
    assert_true(ve_test_option(t, "A", "cost") == 4200);
    ve_test_run(t, "{ functions = { { id = 'f' } },\n"
                   "options = { { id = 'A', cost = ve.normal { mean = 4200 },\n"
                   "scores = { f = 1 } }, { id = 'B', cost = 1, scores = { f = 1 } } } }");
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 2, "needs an sd"));
}

/* Bound by hand, as an uncertain number is: without customers. */
static void quantiles(void **state) {
    (void)state;
    const ve_plugin *plugin = ve_registry_get(t->registry, VE_KIND_DISTRIBUTION, "normal");
    const ve_distribution_ops *ops = plugin->ops;
    ve_entry field[] = { { "mean", { .kind = VE_NUMBER, .number = 10 } },
                         { "sd", { .kind = VE_NUMBER, .number = 2 } } };
    ve_value value = { .kind = VE_TABLE, .table = { .fields = field, .named = 2 } };
    ve_binder binder = { .arena = t->arena, .errors = &t->errors };
    void *params = ve_alloc(t->arena, plugin->params->size);
    if (ve_bind(&binder, plugin->params, &value, "cost", params))
        fail_msg("%s", t->errors.list[t->errors.count - 1].message);
    ve_word word = { plugin, params, &value, "cost" };
    double mean;
    assert_int_equal(ve_word_mean(&word, t->arena, &mean, &t->errors), VE_OK);
    assert_true(mean == 10);
    assert_true(ve_test_near(ops->quantile(params, 0.975), 10 + 2 * 1.959963984540054, 1e-14));
    assert_true(ve_test_near(ops->quantile(params, 0.5), 10, 1e-15));
    enum { MANY = 1999 };
    double x[MANY];
    for (int i = 0; i < MANY; i++)
        x[i] = i % 2 ? (i + 1.0) / (MANY + 1) : pow(10, -0.008 * i - 0.1);
    ops->quantiles(params, MANY, x);
    for (int i = 0; i < MANY; i++) {
        double p = i % 2 ? (i + 1.0) / (MANY + 1) : pow(10, -0.008 * i - 0.1);
        assert_true(x[i] == ops->quantile(params, p));
        assert_true(fabs((x[i] - 10) / 2 - gsl_cdf_ugaussian_Pinv(p)) <= 4e-15 * fmax(1, fabs(x[i])));
    }
}

static void mistakes(void **state) {
    (void)state;
    run_one("ve.normal { sd = 3 }", "");
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 2, "mean"));
    run_two("ve.normal { mean = {} }");
    assert_true(ve_test_told(t, VE_E_TYPE, 3, "mean must be a number, not an empty table"));
    run_one("ve.normal { mean = 3, sd = 0 }", "");
    assert_true(ve_test_told(t, VE_E_RANGE, 2, "sd"));
    run_one("ve.normal { mean = 3, sd = -1 }", "");
    assert_true(ve_test_told(t, VE_E_RANGE, 2, "sd"));
    run_one("ve.normal { mean = 0/0 }", "");
    assert_int_not_equal(t->code, VE_OK);
    run_two("ve.normal { mean = { age = 40 }, sd = { income = 2, age = 4 } }");
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 3, "'income' has an sd but no mean"));
    run_two("ve.normal { mean = { age = 40 }, correlation = { { 'income', 'age', 0.3 } } }");
    assert_true(ve_test_told(t, VE_E_REFERENCE, 3, "no mean"));
    run_two("ve.normal { mean = { income = 1, age = 40 }, correlation = { { 'age', 'age', 0.3 } } }");
    assert_true(ve_test_told(t, VE_E_CONFLICT, 3, "with itself"));
    run_two("ve.normal { mean = { income = 1, age = 40 },\n"
            "correlation = { { 'age', 'income', 0.3 }, { 'income', 'age', 0.2 } } }");
    assert_true(ve_test_told(t, VE_E_CONFLICT, 4, "earlier row"));
    run_two("ve.normal { mean = { income = 1, age = 40 }, correlation = { { 'age', 'income', 1 } } }");
    assert_true(ve_test_told(t, VE_E_RANGE, 3, "below 1"));
}

static void correlations_must_be_possible(void **state) {
    (void)state;
    ve_test_run(
        t, "{ attributes = { a = 'x', b = 'y', c = 'z' }, functions = { { id = 'f' } }, scale = { 0, 4 },\n"
           "  options = { { id = 'A', cost = 1, target = ve.normal { mean = { a = 1, b = 1, c = 1 },\n"
           "    correlation = { { 'a', 'b', 0.9 }, { 'b', 'c', 0.9 }, { 'a', 'c', -0.9 } } } },\n"
           "    { id = 'B', cost = 1 } },\n"
           "  survey = ve.answers { { a = 1, b = 2, c = 3, A = { 4 }, B = { 1 } },\n"
           "    { a = 2, b = 1, c = 5, A = { 4 }, B = { 1 } } } }");
    assert_true(ve_test_told(t, VE_E_CONFLICT, 3, "contradict each other"));
}

static void no_spread_to_take(void **state) {
    (void)state;
    ve_test_run(t, "{ attributes = { income = 'CNY' }, functions = { { id = 'f' } }, scale = { 0, 4 },\n"
                   "  options = { { id = 'A', cost = 1, target = ve.normal { mean = 5 } },\n"
                   "              { id = 'B', cost = 1 } },\n"
                   "  survey = ve.answers { { income = 7, A = { 4 }, B = { 1 } }, { income = 7, A = { 4 }, B "
                   "= { 1 } } } }");
    assert_true(ve_test_told(t, VE_E_SPREAD, 2, "do not differ in 'income'"));
}

static void a_target_needs_customers(void **state) {
    (void)state;
    ve_test_run(
        t,
        "{ attributes = { income = 'CNY' }, functions = { { id = 'f' } },\n"
        "  options = { { id = 'A', cost = 1, scores = { f = 1 }, target = ve.normal { mean = 5, sd = 1 } },\n"
        "              { id = 'B', cost = 1, scores = { f = 1 } } } }");
    assert_true(ve_test_told(t, VE_E_NO_SURVEY, 2, "no survey"));
    ve_test_run(t, "{ functions = { { id = 'f' } }, scale = { 0, 4 },\n"
                   "  options = { { id = 'A', cost = 1, target = ve.normal { mean = 5, sd = 1 } },\n"
                   "              { id = 'B', cost = 1 } },\n"
                   "  survey = ve.answers { { A = { 4 }, B = { 1 } }, { A = { 4 }, B = { 1 } } } }");
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 2, "attributes"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_spread_of_the_survey_is_taken),
        cmocka_unit_test(scores_are_weighed_by_the_bell),
        cmocka_unit_test(a_far_target_keeps_the_nearest_customer),
        cmocka_unit_test(peak_and_sum_differ_by_the_height),
        cmocka_unit_test(several_attributes),
        cmocka_unit_test(attributes_left_out_do_not_matter),
        cmocka_unit_test(it_stands_for_a_number),
        cmocka_unit_test(quantiles),
        cmocka_unit_test(mistakes),
        cmocka_unit_test(correlations_must_be_possible),
        cmocka_unit_test(no_spread_to_take),
        cmocka_unit_test(a_target_needs_customers),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

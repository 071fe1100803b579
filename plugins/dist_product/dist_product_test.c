/* Tests of `ve.product`: weights multiplied, peaks, several attributes, mistakes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "target_under_test.h"

#define BOTH                                                                                                 \
    "ve.product { parts = { ve.normal { mean = 8000, sd = 2000 }, ve.above { at = 6000, scale = 500 } } }"

static double both(double x) {
    return exp(-pow((x - 8000) / 2000, 2) / 2) / (1 + exp(-(x - 6000) / 500));
}

static void weights_are_multiplied(void **state) {
    (void)state;
    double greatest = 0, normal = 1 / (2000 * sqrt(2 * acos(-1)));
    for (double x = 7000; x < 10000; x += 0.01)
        greatest = fmax(greatest, both(x));
    for (double x = 1000; x < 14000; x += 1100) {
        assert_true(ve_test_near(density_at(BOTH, x) / (normal * both(x)), 1, 1e-13));
        assert_true(ve_test_near(weight_at(BOTH, x) * greatest / both(x), 1, 1e-9));
    }
}

/* Far from the middle of its bell the product may yet be greatest; a window between two edges; nothing at
 * all. */
static void peaks_that_lie_elsewhere(void **state) {
    (void)state;
    const char *far =
        "ve.product { parts = { ve.normal { mean = 0, sd = 1 }, ve.above { at = 30, scale = 0.01 } } }";
    double greatest = 0, at = 0;
    for (double x = 29; x < 31; x += 1e-5) {
        double here = exp(-(x * x - 900) / 2) / (1 + exp(-(x - 30) / 0.01));
        if (here > greatest) greatest = here, at = x;
    }
    assert_true(ve_test_near(weight_at(far, at), 1, 1e-7));
    const char *window =
        "ve.product { parts = { ve.above { at = 5000, scale = 10 }, ve.below { at = 6000, scale = 10 } } }";
    assert_true(ve_test_near(weight_at(window, 5500), 1, 1e-12));
    assert_true(ve_test_near(weight_at(window, 5000), 0.5, 1e-12));
    assert_true(no_weight_at(
        "ve.product { parts = { ve.uniform { low = 1, high = 2 }, ve.uniform { low = 3, high = 4 } } }",
        1.5));
}

static void in_several_attributes(void **state) {
    (void)state;
    assert_int_equal(
        run_two("ve.product { parts = { ve.normal { mean = { income = 2000 }, sd = { income = 1000 } },\n"
                "ve.below { by = 'age', at = 30, scale = 10 } } }"),
        VE_OK);
    double a = exp(-0.5) / (1 + exp(-1)), b = 0.5, c = exp(-2) / (1 + exp(3));
    assert_true(
        ve_test_near(ve_test_option(t, "A", "function_score"), (4 * a + 2 * b + c) / (a + b + c), 1e-13));
    assert_true(ve_test_near(ve_test_option(t, "A", "weight_share"), (a + b + c) / 3, 1e-12));
}

/* Two factors of the same attribute and one of another. */
static void the_peak_is_found_along_each_attribute(void **state) {
    (void)state;
    assert_int_equal(
        run_two("ve.product { parts = { ve.logistic { by = 'income', mean = 1000, scale = 300 },\n"
                "ve.logistic { by = 'age', mean = 20, scale = 9 },\n"
                "ve.logistic { by = 'income', mean = 3000, scale = 300 } } }"),
        VE_OK);
    double s1 = pow(1 / cosh(1000 / 600.0), 2), s0 = pow(1 / cosh(2000 / 600.0), 2),
           s3 = pow(1 / cosh(3000 / 600.0), 2);
    double a = s0, b = s1 * s1 * pow(1 / cosh(10 / 18.0), 2), c = s3 * s1 * pow(1 / cosh(40 / 18.0), 2);
    double greatest = 0;
    for (double x = 0; x < 4000; x += 0.01)
        greatest = fmax(greatest, pow(1 / (cosh((x - 1000) / 600) * cosh((x - 3000) / 600)), 2));
    assert_true(ve_test_near(ve_test_option(t, "A", "weight_share"), (a + b + c) / (3 * greatest), 1e-9));
}

/* A function may take part; then nobody knows the peak, and the nearest customer counts 1. */
static void with_a_function(void **state) {
    (void)state;
    const double income[] = { 1000, 4000, 7000 }, score[] = { 1, 2, 3 };
    assert_int_equal(run_target("ve.product { parts = { function(c) return c.income > 2000 and 1 or 0 end,\n"
                                "ve.normal { mean = 4000, sd = 3000 } } }",
                                "mean", income, score, 3),
                     VE_OK);
    double a = exp(-0.5);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"), (2 + 3 * a) / (1 + a), 1e-13));
    assert_true(ve_test_near(ve_test_option(t, "A", "weight_share"), (1 + a) / 3, 1e-13));
}

static void what_is_left_out_is_taken_from_the_survey(void **state) {
    (void)state;
    const double income[] = { 1000, 4000, 7000 }, score[] = { 1, 2, 3 };
    assert_int_equal(
        run_target("ve.product { parts = { ve.normal { mean = 4000 } } }", "mean", income, score, 3), VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "effective_customers"),
                             pow(1 + 2 * exp(-0.5), 2) / (1 + 2 * exp(-1)), 1e-13));
}

static void mistakes(void **state) {
    (void)state;
    assert_true(refused("ve.product {}", VE_E_MISSING_FIELD, "parts is missing"));
    assert_true(refused("ve.product { parts = {} }", VE_E_LIST, "parts is empty"));
    assert_true(
        refused("ve.product { parts = { ve.direct { F1 = 1 } } }", VE_E_TYPE, "must be a distribution"));
    assert_true(
        refused("ve.product { parts = { ve.product { parts = { ve.above { at = 1, scale = 0 } } } } }",
                VE_E_RANGE, "scale must be above 0"));
    assert_true(no_number("ve.product { parts = { ve.normal { mean = 1, sd = 1 } } }", VE_E_UNKNOWN_WORD,
                          "ve.product cannot stand for a number"));
    run_two("ve.product { parts = { ve.uniform { by = 'age', low = 2, high = 1 }, ve.uniform { low = 2, high "
            "= 3 } } }");
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 2, "say `by`"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_are_multiplied),
        cmocka_unit_test(peaks_that_lie_elsewhere),
        cmocka_unit_test(in_several_attributes),
        cmocka_unit_test(the_peak_is_found_along_each_attribute),
        cmocka_unit_test(with_a_function),
        cmocka_unit_test(what_is_left_out_is_taken_from_the_survey),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

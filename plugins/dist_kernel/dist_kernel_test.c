/* Tests of `ve.kernel`: bells around points, bandwidths, peaks, mistakes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "target_under_test.h"

static const double point[] = { 4200, 5000, 5600, 6100, 8000, 9500 };

static double bells(double x, double h) {
    double sum = 0;
    for (int i = 0; i < 6; i++)
        sum += exp(-pow((x - point[i]) / h, 2) / 2) / 6;
    return sum / (h * sqrt(2 * acos(-1)));
}

#define POINTS "points = { 9500, 4200, 6100, 5000, 8000, 5600 }"

static void the_mean_of_bells(void **state) {
    (void)state;
    for (double x = 2000; x < 12000; x += 900)
        assert_true(ve_test_near(density_at("ve.kernel { " POINTS ", bandwidth = 700 }", x) / bells(x, 700),
                                 1, 1e-13));
}

/* Silverman: sd 2000.67, quartiles 5150 and 7525, so the middle half over 1.34 is the smaller one. */
static void the_bandwidth_is_silvermans(void **state) {
    (void)state;
    double h = 0.9 * (7525 - 5150) / 1.34 * pow(6, -0.2);
    assert_true(ve_test_near(density_at("ve.kernel { " POINTS " }", 7000) / bells(7000, h), 1, 1e-13));
    double even = 0.9 * sqrt(20) * pow(5, -0.2); /* where the middle half has no width: sd^2 = 20 */
    assert_true(ve_test_near(density_at("ve.kernel { points = { 10, 10, 20, 10, 10 } }", 10) * even *
                                 sqrt(2 * acos(-1)),
                             (4 + exp(-pow(10 / even, 2) / 2)) / 5, 1e-13));
}

/* Two bells that are too near each other to have a valley between them, two that have one, and a lonely one.
 */
static void the_peak_counts_1(void **state) {
    (void)state;
    assert_true(ve_test_near(weight_at("ve.kernel { points = { 40, 60 }, bandwidth = 12 }", 50), 1, 1e-13));
    assert_true(weight_at("ve.kernel { points = { 40, 60 }, bandwidth = 6 }", 50) < 0.9);
    assert_true(
        ve_test_near(weight_at("ve.kernel { points = { 3, 1e6, 1e6, 5e8 }, bandwidth = 1 }", 1e6), 1, 1e-13));
    assert_true(
        ve_test_near(weight_at("ve.kernel { points = { 3, 1e6, 1e6, 5e8 }, bandwidth = 1 }", 3), 0.5, 1e-13));
    assert_true(
        ve_test_near(weight_at("ve.kernel { points = { 5e14, 1e15 }, bandwidth = 1e-3 }", 1e15), 1, 1e-13));
}

/* A thousand bandwidths away the nearest customers still are told apart. */
static void far_customers_are_told_apart(void **state) {
    (void)state;
    const double income[] = { 1000, 1001 }, score[] = { 1, 0 };
    assert_int_equal(run_target("ve.kernel { points = { 0, -1 }, bandwidth = 1 }", "mean", income, score, 2),
                     VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"), 1, 1e-12));
}

static void it_stands_for_a_number(void **state) {
    (void)state;
    assert_true(ve_test_near(number_of("ve.kernel { " POINTS " }"), 6400, 1e-14));
    assert_true(ve_test_near(number_of("ve.kernel { points = { 5 }, bandwidth = 2 }"), 5, 1e-14));
}

static void among_several_attributes(void **state) {
    (void)state;
    assert_by("ve.kernel { points = { 30 }, bandwidth = 10 }",
              "ve.kernel { by = 'age', points = { 30 }, bandwidth = 10 }",
              (double[]){ exp(-0.5), 1, exp(-4.5) });
}

static void mistakes(void **state) {
    (void)state;
    assert_true(refused("ve.kernel { bandwidth = 1 }", VE_E_MISSING_FIELD, "points is missing"));
    assert_true(refused("ve.kernel { points = {}, bandwidth = 1 }", VE_E_LIST, "points is empty"));
    assert_true(
        refused("ve.kernel { points = { 1, 2 }, bandwidth = 0 }", VE_E_RANGE, "bandwidth must be above 0"));
    assert_true(refused("ve.kernel { points = { 1, 'x' } }", VE_E_TYPE, "points[2] must be a number"));
    assert_true(refused("ve.kernel { points = { 7 } }", VE_E_MISSING_FIELD,
                        "bandwidth is left out, and the points do not differ"));
    assert_true(no_number("ve.kernel { points = { 0.1, 0.1, 0.1 } }", VE_E_MISSING_FIELD,
                          "the points do not differ"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_mean_of_bells),
        cmocka_unit_test(the_bandwidth_is_silvermans),
        cmocka_unit_test(the_peak_counts_1),
        cmocka_unit_test(far_customers_are_told_apart),
        cmocka_unit_test(it_stands_for_a_number),
        cmocka_unit_test(among_several_attributes),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

/* Tests of `ve.lognormal`: weights greatest at the median, mean, mistakes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "target_under_test.h"

/* exp(-(ln(x / median) / spread)^2 / 2): greatest at the median, half of it as far away as twice of it. */
static void the_median_counts_most(void **state) {
    (void)state;
    const char *target = "ve.lognormal { median = 8000, spread = 0.5 }";
    assert_true(weight_at(target, 8000) == 1);
    for (double x = 500; x < 40000; x += 3100) {
        double z = log(x / 8000) / 0.5;
        assert_true(ve_test_near(weight_at(target, x) / exp(-z * z / 2), 1, 1e-13));
    }
    assert_true(ve_test_near(weight_at(target, 4000), weight_at(target, 16000), 1e-15));
    assert_true(no_weight_at(target, 0));
    assert_true(no_weight_at(target, -5));
}

/* In a sum the weights have the height of the density, which is greatest at median exp(-spread^2). */
static void in_a_sum_it_is_as_high_as_the_density(void **state) {
    (void)state;
    double mode = 8000 * exp(-0.25), z = log(mode / 8000) / 0.5;
    double peak = exp(-z * z / 2) / (mode * 0.5 * sqrt(2 * acos(-1)));
    assert_true(
        ve_test_near(density_at("ve.lognormal { median = 8000, spread = 0.5 }", 8000) / peak, 1, 1e-13));
}

static void units_do_not_matter(void **state) {
    (void)state;
    const double yuan[] = { 3000, 6000, 20000 }, thousands[] = { 3, 6, 20 }, score[] = { 1, 2, 4 };
    assert_int_equal(run_target("ve.lognormal { median = 8000, spread = 0.7 }", "mean", yuan, score, 3),
                     VE_OK);
    double first = ve_test_option(t, "A", "function_score");
    assert_int_equal(run_target("ve.lognormal { median = 8, spread = 0.7 }", "mean", thousands, score, 3),
                     VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"), first, 1e-13));
}

static void it_stands_for_a_number(void **state) {
    (void)state;
    assert_true(
        ve_test_near(number_of("ve.lognormal { median = 8000, spread = 0.5 }"), 8000 * exp(0.125), 1e-15));
    assert_true(no_number("ve.lognormal { median = 8000, spread = 50 }", VE_E_RANGE,
                          "ve.lognormal has no mean here"));
}

static void among_several_attributes(void **state) {
    (void)state;
    double z = log(1.5), y = log(2);
    assert_by("ve.lognormal { median = 30, spread = 1 }",
              "ve.lognormal { by = 'age', median = 30, spread = 1 }",
              (double[]){ exp(-z * z / 2), 1, exp(-y * y / 2) });
}

static void mistakes(void **state) {
    (void)state;
    assert_true(
        refused("ve.lognormal { median = 0, spread = 1 }", VE_E_RANGE, "median must be above 0, not 0"));
    assert_true(
        refused("ve.lognormal { median = 5, spread = 0 }", VE_E_RANGE, "spread must be above 0, not 0"));
    assert_true(no_number("ve.lognormal { median = 5 }", VE_E_MISSING_FIELD, "spread is missing"));
    assert_true(refused("ve.lognormal { mean = 5, spread = 1 }", VE_E_UNKNOWN_FIELD, "unknown field 'mean'"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_median_counts_most),   cmocka_unit_test(in_a_sum_it_is_as_high_as_the_density),
        cmocka_unit_test(units_do_not_matter),      cmocka_unit_test(it_stands_for_a_number),
        cmocka_unit_test(among_several_attributes), cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

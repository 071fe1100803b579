/* Tests of `ve.student_t`: shape, long arms, mean, mistakes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "target_under_test.h"

/* One degree of freedom is the Cauchy curve, 1 / (pi scale (1 + z^2)); two are 1 / (scale (2 + z^2)^(3/2)).
 */
static void closed_forms(void **state) {
    (void)state;
    for (double x = -3000; x < 20000; x += 2300) {
        double z = (x - 8000) / 1500;
        assert_true(ve_test_near(density_at("ve.student_t { mean = 8000, scale = 1500, df = 1 }", x) *
                                     (1500 * acos(-1) * (1 + z * z)),
                                 1, 1e-13));
        assert_true(ve_test_near(density_at("ve.student_t { mean = 8000, scale = 1500, df = 2 }", x) *
                                     (1500 * pow(2 + z * z, 1.5)),
                                 1, 1e-13));
    }
}

/* (1 + z^2/df)^(-(df+1)/2) with the peak at 1, for any df; a million scales away too. */
static void it_is_a_bell_with_long_arms(void **state) {
    (void)state;
    assert_true(ve_test_near(weight_at("ve.student_t { mean = 8000, scale = 1500, df = 5 }", 11000),
                             pow(1 + 4.0 / 5, -3), 1e-14));
    assert_true(
        ve_test_near(weight_at("ve.student_t { mean = 0, scale = 1, df = 0.5 }", 3), pow(19, -0.75), 1e-14));
    const double income[] = { 1e6, 2e6 }, score[] = { 1, 0 };
    assert_int_equal(run_target("ve.student_t { mean = 0, scale = 1, df = 1 }", "mean", income, score, 2),
                     VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"), 0.8, 1e-11));
}

/* Where the constant is reckoned by its series and where it is not, it is the same. */
static void many_degrees_of_freedom(void **state) {
    (void)state;
    double below = density_at("ve.student_t { mean = 0, scale = 1, df = 119.999999 }", 1);
    double above = density_at("ve.student_t { mean = 0, scale = 1, df = 120.000001 }", 1);
    assert_true(ve_test_near(below / above, 1, 1e-10));
    assert_true(
        ve_test_near(density_at("ve.student_t { mean = 0, scale = 1, df = 1e15 }", 1) * sqrt(2 * acos(-1)),
                     exp(-0.5), 1e-13));
}

static void it_stands_for_a_number(void **state) {
    (void)state;
    assert_true(number_of("ve.student_t { mean = 8000, scale = 1500, df = 5 }") == 8000);
    assert_true(no_number("ve.student_t { mean = 8000, scale = 1500, df = 1 }", VE_E_RANGE,
                          "ve.student_t has no mean here"));
}

static void among_several_attributes(void **state) {
    (void)state;
    assert_by("ve.student_t { mean = 30, scale = 10, df = 1 }",
              "ve.student_t { by = 'age', mean = 30, scale = 10, df = 1 }", (double[]){ 0.5, 1, 0.1 });
}

static void mistakes(void **state) {
    (void)state;
    assert_true(
        refused("ve.student_t { mean = 1, scale = 0, df = 3 }", VE_E_RANGE, "scale must be above 0, not 0"));
    assert_true(
        refused("ve.student_t { mean = 1, scale = 1, df = 0 }", VE_E_RANGE, "df must be above 0, not 0"));
    assert_true(no_number("ve.student_t { mean = 1, scale = 1 }", VE_E_MISSING_FIELD, "df is missing"));
    assert_true(refused("ve.student_t { scale = 1, df = 2 }", VE_E_MISSING_FIELD, "mean is missing"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_forms),
        cmocka_unit_test(it_is_a_bell_with_long_arms),
        cmocka_unit_test(many_degrees_of_freedom),
        cmocka_unit_test(it_stands_for_a_number),
        cmocka_unit_test(among_several_attributes),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

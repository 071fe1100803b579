/* Tests of `ve.logistic`: shape, far customers, mean, mistakes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "target_under_test.h"

/* sech^2((x - mean) / (2 scale)), the peak being 1 / (4 scale). */
static void it_is_a_bell(void **state) {
    (void)state;
    const char *target = "ve.logistic { mean = 8000, scale = 1200 }";
    for (double x = 1000; x < 20000; x += 1700) {
        double wanted = 1 / cosh((x - 8000) / 2400);
        assert_true(ve_test_near(weight_at(target, x) / (wanted * wanted), 1, 1e-13));
        assert_true(ve_test_near(density_at(target, x) * 4800 / (wanted * wanted), 1, 1e-13));
    }
}

/* Its arms fall by e for every scale; a thousand scales away nothing underflows. */
static void far_customers_are_told_apart(void **state) {
    (void)state;
    const double income[] = { 1000, 1001 }, score[] = { 0, 1 };
    assert_int_equal(run_target("ve.logistic { mean = 5000, scale = 1 }", "mean", income, score, 2), VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"), exp(1) / (1 + exp(1)), 1e-12));
}

static void it_stands_for_a_number(void **state) {
    (void)state;
    assert_true(number_of("ve.logistic { mean = 8000, scale = 1200 }") == 8000);
}

static void among_several_attributes(void **state) {
    (void)state;
    double side = pow(1 / cosh(0.5), 2), far = pow(1 / cosh(1.5), 2);
    assert_by("ve.logistic { mean = 30, scale = 10 }", "ve.logistic { by = 'age', mean = 30, scale = 10 }",
              (double[]){ side, 1, far });
}

static void mistakes(void **state) {
    (void)state;
    assert_true(refused("ve.logistic { mean = 1, scale = 0 }", VE_E_RANGE, "scale must be above 0, not 0"));
    assert_true(
        no_number("ve.logistic { mean = 1, scale = -2 }", VE_E_RANGE, "scale must be above 0, not -2"));
    assert_true(refused("ve.logistic { scale = 1 }", VE_E_MISSING_FIELD, "mean is missing"));
    assert_true(refused("ve.logistic { mean = 1 }", VE_E_MISSING_FIELD, "scale is missing"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_a_bell),
        cmocka_unit_test(far_customers_are_told_apart),
        cmocka_unit_test(it_stands_for_a_number),
        cmocka_unit_test(among_several_attributes),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

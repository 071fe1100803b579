/* Tests of `ve.below`: the soft edge, limits, mistakes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "target_under_test.h"

/* 1 / (1 + exp((x - at) / scale)). */
static void customers_count_up_to_a_threshold(void **state) {
    (void)state;
    const char *target = "ve.below { at = 6000, scale = 500 }";
    for (double x = 1000; x < 12000; x += 900) {
        double wanted = 1 / (1 + exp((x - 6000) / 500));
        assert_true(ve_test_near(weight_at(target, x) / wanted, 1, 1e-13));
        assert_true(ve_test_near(density_at(target, x) / wanted, 1, 1e-13));
    }
    assert_true(ve_test_near(weight_at(target, 6000), 0.5, 1e-15));
}

/* Ten thousand scales on the wrong side the nearest customers still are told apart, by e for every scale. */
static void far_customers_are_told_apart(void **state) {
    (void)state;
    const double income[] = { 9999, 10000 }, score[] = { 1, 0 };
    assert_int_equal(run_target("ve.below { at = 0, scale = 1 }", "mean", income, score, 2), VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"), exp(1) / (1 + exp(1)), 1e-12));
}

static void a_hard_edge(void **state) {
    (void)state;
    const double income[] = { 1000, 5999, 6001, 9000 }, score[] = { 1, 2, 3, 4 };
    assert_int_equal(run_target("ve.below { at = 6000, scale = 1e-9 }", "mean", income, score, 4), VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"), 1.5, 1e-15));
}

static void it_cannot_stand_for_a_number(void **state) {
    (void)state;
    assert_true(no_number("ve.below { at = 6000, scale = 500 }", VE_E_UNKNOWN_WORD,
                          "ve.below cannot stand for a number"));
}

static void among_several_attributes(void **state) {
    (void)state;
    double half = 0.5, other = 1 / (1 + exp(-1)), far = 1 / (1 + exp(3));
    assert_by("ve.below { at = 30, scale = 10 }", "ve.below { by = 'age', at = 30, scale = 10 }",
              (double[]){ other, half, far });
}

static void mistakes(void **state) {
    (void)state;
    assert_true(refused("ve.below { at = 1, scale = 0 }", VE_E_RANGE, "scale must be above 0, not 0"));
    assert_true(refused("ve.below { scale = 1 }", VE_E_MISSING_FIELD, "at is missing"));
    assert_true(refused("ve.below { at = 1 }", VE_E_MISSING_FIELD, "scale is missing"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(customers_count_up_to_a_threshold),
        cmocka_unit_test(far_customers_are_told_apart),
        cmocka_unit_test(a_hard_edge),
        cmocka_unit_test(it_cannot_stand_for_a_number),
        cmocka_unit_test(among_several_attributes),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

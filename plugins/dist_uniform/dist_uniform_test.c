/* Tests of `ve.uniform`: height, edges, mean, mistakes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "target_under_test.h"

static void between_its_ends_it_is_level(void **state) {
    (void)state;
    const char *target = "ve.uniform { low = 5000, high = 7000 }";
    const double inside[] = { 5000, 5000.5, 6100, 7000 };
    for (int i = 0; i < 4; i++) {
        assert_true(ve_test_near(density_at(target, inside[i]), 1 / 2000.0, 1e-15));
        assert_true(weight_at(target, inside[i]) == 1);
    }
    assert_true(no_weight_at(target, 4999.999));
    assert_true(no_weight_at(target, 7000.001));
}

/* Of five customers three are in the segment. */
static void a_segment_is_its_customers(void **state) {
    (void)state;
    const double income[] = { 1000, 5000, 6000, 7000, 9000 }, score[] = { 4, 1, 2, 3, 4 };
    assert_int_equal(run_target("ve.uniform { low = 4000, high = 8000 }", "mean", income, score, 5), VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"), 2, 1e-15));
    assert_true(ve_test_near(ve_test_option(t, "A", "effective_customers"), 3, 1e-15));
    assert_true(ve_test_near(ve_test_option(t, "A", "weight_share"), 0.6, 1e-15));
}

static void it_stands_for_a_number(void **state) {
    (void)state;
    assert_true(ve_test_near(number_of("ve.uniform { low = 5000, high = 7000 }"), 6000, 1e-15));
    assert_true(no_number("ve.uniform { low = 5000, high = 7000, by = 'income' }", VE_E_REFERENCE, "income"));
}

static void among_several_attributes(void **state) {
    (void)state;
    assert_by("ve.uniform { low = 25, high = 60 }", "ve.uniform { by = 'age', low = 25, high = 60 }",
              (double[]){ 0, 1, 1 });
}

static void mistakes(void **state) {
    (void)state;
    assert_true(refused("ve.uniform { low = 5000, high = 5000 }", VE_E_RANGE,
                        "high must be above low, which is 5000, not 5000"));
    assert_true(no_number("ve.uniform { low = 9, high = 5 }", VE_E_RANGE,
                          "high must be above low, which is 9, not 5"));
    assert_true(refused("ve.uniform { high = 1 }", VE_E_MISSING_FIELD, "low is missing"));
    assert_true(refused("ve.uniform { low = 1 }", VE_E_MISSING_FIELD, "high is missing"));
    assert_true(refused("ve.uniform { low = 1, high = 2, middle = 1 }", VE_E_UNKNOWN_FIELD, "middle"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(between_its_ends_it_is_level),
        cmocka_unit_test(a_segment_is_its_customers),
        cmocka_unit_test(it_stands_for_a_number),
        cmocka_unit_test(among_several_attributes),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

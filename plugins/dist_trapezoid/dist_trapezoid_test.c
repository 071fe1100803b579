/* Tests of `ve.trapezoid`: shape, upright sides, mean, mistakes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "target_under_test.h"

static void it_rises_stays_and_falls(void **state) {
    (void)state;
    const char *target = "ve.trapezoid { low = 4000, from = 5000, to = 7000, high = 9000 }";
    const double x[] = { 4250, 5000, 6000, 7000, 7500, 8900 }, height[] = { 0.25, 1, 1, 1, 0.75, 0.05 };
    for (int i = 0; i < 6; i++) {
        assert_true(ve_test_near(weight_at(target, x[i]), height[i], 1e-14));
        assert_true(ve_test_near(density_at(target, x[i]) * 3500, height[i], 1e-14));
    }
    assert_true(no_weight_at(target, 4000));
    assert_true(no_weight_at(target, 9000));
}

static void its_sides_may_be_upright(void **state) {
    (void)state;
    assert_true(ve_test_near(weight_at("ve.trapezoid { low = 1, from = 1, to = 2, high = 4 }", 1), 1, 1e-15));
    assert_true(
        ve_test_near(weight_at("ve.trapezoid { low = 0, from = 2, to = 4, high = 4 }", 1), 0.5, 1e-15));
    assert_true(no_weight_at("ve.trapezoid { low = 1, from = 1, to = 2, high = 4 }", 0.9));
}

/* By hand: area 3.5 = 0.5 + 2 + 1, middles 2/3, 2, 3 2/3 above 4. */
static void it_stands_for_a_number(void **state) {
    (void)state;
    double wanted = 4 + (0.5 * 2 / 3 + 2 * 2 + 1 * (3 + 2.0 / 3)) / 3.5;
    assert_true(
        ve_test_near(number_of("ve.trapezoid { low = 4, from = 5, to = 7, high = 9 }"), wanted, 1e-15));
    assert_true(ve_test_near(number_of("ve.trapezoid { low = 1, from = 2, to = 5, high = 6 }"), 3.5, 1e-15));
}

static void among_several_attributes(void **state) {
    (void)state;
    assert_by("ve.trapezoid { low = 10, from = 30, to = 40, high = 80 }",
              "ve.trapezoid { by = 'age', low = 10, from = 30, to = 40, high = 80 }",
              (double[]){ 0.5, 1, 0.5 });
}

static void mistakes(void **state) {
    (void)state;
    assert_true(refused("ve.trapezoid { low = 5, from = 4, to = 7, high = 9 }", VE_E_RANGE,
                        "from must not be below low, which is 5: it is 4"));
    assert_true(refused("ve.trapezoid { low = 1, from = 4, to = 3, high = 9 }", VE_E_RANGE,
                        "to must not be below from, which is 4: it is 3"));
    assert_true(no_number("ve.trapezoid { low = 1, from = 2, to = 3, high = 2.5 }", VE_E_RANGE,
                          "high must not be below to, which is 3: it is 2.5"));
    assert_true(refused("ve.trapezoid { low = 5, from = 5, to = 5, high = 5 }", VE_E_RANGE,
                        "high must be above low, and both are 5"));
    assert_true(refused("ve.trapezoid { low = 5, from = 5, high = 5 }", VE_E_MISSING_FIELD, "to is missing"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_rises_stays_and_falls),
        cmocka_unit_test(its_sides_may_be_upright),
        cmocka_unit_test(it_stands_for_a_number),
        cmocka_unit_test(among_several_attributes),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

/* Tests of `ve.triangular`: shape, right angles, mean, mistakes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "target_under_test.h"

/* The density of the textbooks: 2 (x - a) / ((b - a) (c - a)) up to the mode c, falling likewise to b. */
static void it_rises_and_falls(void **state) {
    (void)state;
    const char *target = "ve.triangular { low = 4000, mode = 6000, high = 9000 }";
    const double a = 4000, c = 6000, b = 9000;
    for (double x = 4100; x < 9000; x += 700) {
        double wanted = x < c ? 2 * (x - a) / ((b - a) * (c - a)) : 2 * (b - x) / ((b - a) * (b - c));
        assert_true(ve_test_near(density_at(target, x) / wanted, 1, 1e-14));
        assert_true(ve_test_near(weight_at(target, x), wanted * (b - a) / 2, 1e-14));
    }
    assert_true(ve_test_near(weight_at(target, 6000), 1, 1e-15));
    assert_true(no_weight_at(target, 4000));
    assert_true(no_weight_at(target, 9000));
    assert_true(no_weight_at(target, 12000));
}

static void the_mode_may_lie_at_an_end(void **state) {
    (void)state;
    assert_true(ve_test_near(weight_at("ve.triangular { low = 2, mode = 2, high = 6 }", 2), 1, 1e-15));
    assert_true(ve_test_near(weight_at("ve.triangular { low = 2, mode = 2, high = 6 }", 5), 0.25, 1e-15));
    assert_true(ve_test_near(weight_at("ve.triangular { low = 2, mode = 6, high = 6 }", 3), 0.25, 1e-15));
    assert_true(no_weight_at("ve.triangular { low = 2, mode = 2, high = 6 }", 1));
    assert_true(no_weight_at("ve.triangular { low = 2, mode = 6, high = 6 }", 7));
}

static void it_stands_for_a_number(void **state) {
    (void)state;
    assert_true(
        ve_test_near(number_of("ve.triangular { low = 4000, mode = 6000, high = 9500 }"), 6500, 1e-15));
}

static void among_several_attributes(void **state) {
    (void)state;
    assert_by("ve.triangular { low = 10, mode = 30, high = 90 }",
              "ve.triangular { by = 'age', low = 10, mode = 30, high = 90 }", (double[]){ 0.5, 1, 0.5 });
}

static void mistakes(void **state) {
    (void)state;
    assert_true(refused("ve.triangular { low = 9, mode = 9, high = 9 }", VE_E_RANGE,
                        "high must be above low, which is 9, not 9"));
    assert_true(refused("ve.triangular { low = 1, mode = 10, high = 9 }", VE_E_RANGE,
                        "mode must lie from low to high, from 1 to 9, not at 10"));
    assert_true(no_number("ve.triangular { low = 1, mode = 0, high = 9 }", VE_E_RANGE, "not at 0"));
    assert_true(refused("ve.triangular { low = 1, high = 9 }", VE_E_MISSING_FIELD, "mode is missing"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_rises_and_falls),
        cmocka_unit_test(the_mode_may_lie_at_an_end),
        cmocka_unit_test(it_stands_for_a_number),
        cmocka_unit_test(among_several_attributes),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

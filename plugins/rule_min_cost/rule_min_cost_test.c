/* Tests of `ve.min_cost`: the cheapest with enough function.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "kinds.h"
#include "ve_test_fixture.h"

static void enough_function(void **state) {
    (void)state;
    assert_int_equal(ve_test_choose(t, "ve.min_cost { minimum_function = 3 }", 3001, 3000, 100), VE_OK);
    assert_true(ve_test_best(t, "B"));
    assert_true(isnan(ve_test_option(t, "C", "rank")));
    assert_true(ve_test_option(t, "A", "rank") == 2);
    assert_int_equal(ve_test_choose(t, "ve.min_cost {}", 3001, 3000, 100), VE_OK);
    assert_true(ve_test_best(t, "C"));
}

static void what_costs_nothing_is_cheapest(void **state) {
    (void)state;
    assert_int_equal(ve_test_choose(t, "ve.min_cost { minimum_function = 3 }", 3, 0, 1), VE_OK);
    assert_true(ve_test_best(t, "B"));
}

static void nothing_does_enough(void **state) {
    (void)state;
    assert_int_equal(ve_test_choose(t, "ve.min_cost { minimum_function = 5 }", 3, 2, 1), VE_OK);
    assert_true(ve_test_best(t, NULL));
    assert_true(ve_test_warned(t, VE_W_NONE_FEASIBLE));
}

static void mistakes(void **state) {
    (void)state;
    ve_test_choose(t, "ve.min_cost { minimum = 1 }", 1, 1, 1);
    assert_true(ve_test_told(t, VE_E_UNKNOWN_FIELD, 2, "minimum"));
    ve_test_choose(t, "ve.min_cost { minimum_function = 'high' }", 1, 1, 1);
    assert_true(ve_test_told(t, VE_E_TYPE, 2, "minimum_function must be a number"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(enough_function),
        cmocka_unit_test(what_costs_nothing_is_cheapest),
        cmocka_unit_test(nothing_does_enough),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

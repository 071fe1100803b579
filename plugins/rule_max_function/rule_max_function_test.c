/* Tests of `ve.max_function`: the most function within a budget.
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

static void within_the_budget(void **state) {
    (void)state;
    assert_int_equal(ve_test_choose(t, "ve.max_function { budget = 3000 }", 3001, 3000, 100), VE_OK);
    assert_true(ve_test_best(t, "B"));
    assert_true(isnan(ve_test_option(t, "A", "rank")));
    assert_true(ve_test_option(t, "C", "rank") == 2);
    assert_true(ve_test_option(t, "C", "value_index") > ve_test_option(t, "B", "value_index"));
    assert_int_equal(ve_test_choose(t, "ve.max_function {}", 3001, 3000, 100), VE_OK);
    assert_true(ve_test_best(t, "A"));
}

static void nothing_is_cheap_enough(void **state) {
    (void)state;
    assert_int_equal(ve_test_choose(t, "ve.max_function { budget = 99 }", 3001, 3000, 100), VE_OK);
    assert_true(ve_test_best(t, NULL));
    assert_true(ve_test_warned(t, VE_W_NONE_FEASIBLE));
    assert_true(ve_test_says(t, "No option can be chosen, so none is best."));
}

static void mistakes(void **state) {
    (void)state;
    ve_test_choose(t, "ve.max_function { budget = -1 }", 1, 1, 1);
    assert_true(ve_test_told(t, VE_E_RANGE, 2, "budget must be at least 0"));
    ve_test_choose(t, "ve.max_function { limit = 1 }", 1, 1, 1);
    assert_true(ve_test_told(t, VE_E_UNKNOWN_FIELD, 2, "limit"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(within_the_budget),
        cmocka_unit_test(nothing_is_cheap_enough),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

/* Tests of `ve.closest_to_one`: the value index nearest to 1, from either side.
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

/* V = 1.176, .882, .882. */
static void nearest_from_either_side(void **state) {
    (void)state;
    assert_int_equal(ve_test_choose(t, "ve.closest_to_one {}", 4, 4, 2), VE_OK);
    assert_true(ve_test_best(t, "B"));
    assert_true(ve_test_option(t, "B", "rank") == 1 && ve_test_option(t, "A", "rank") == 3);
    assert_true(ve_test_option(t, "B", "value_index") < ve_test_option(t, "A", "value_index"));
    assert_int_equal(ve_test_choose(t, "ve.closest_to_one {}", 4.3, 2.9, 1.8), VE_OK);
    assert_true(ve_test_best(t, "A"));
    assert_true(ve_test_option(t, "A", "value_index") < 1 && ve_test_option(t, "B", "value_index") > 1);
    assert_true(ve_test_says(t, "The model's rule puts it before B, whose value index is 1.095"));
}

/* All V are 1, but for rounding. */
static void shares_that_fit(void **state) {
    (void)state;
    assert_int_equal(ve_test_choose(t, "ve.closest_to_one {}", 0.8, 0.6, 0.3), VE_OK);
    assert_true(ve_test_option(t, "A", "rank") == 1 && ve_test_option(t, "B", "rank") == 1);
    assert_true(ve_test_option(t, "C", "rank") == 1);
    assert_true(ve_test_best(t, "A"));
    assert_true(ve_test_warned(t, VE_W_TIE));
}

static void what_costs_nothing_cannot_be_best(void **state) {
    (void)state;
    assert_int_equal(ve_test_choose(t, "ve.closest_to_one {}", 0, 3, 3), VE_OK);
    assert_true(isnan(ve_test_option(t, "A", "rank")));
    assert_true(ve_test_best(t, "B"));
}

static void mistakes(void **state) {
    (void)state;
    ve_test_choose(t, "ve.closest_to_one { budget = 3 }", 1, 1, 1);
    assert_true(ve_test_told(t, VE_E_UNKNOWN_FIELD, 2, "budget"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearest_from_either_side),
        cmocka_unit_test(shares_that_fit),
        cmocka_unit_test(what_costs_nothing_cannot_be_best),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

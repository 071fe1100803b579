/* Tests of `ve.direct`: points are shares.
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

/* Published: NORM-FUEL (Haas & Meixner), normalised direct measures. */
static void points_become_shares(void **state) {
    (void)state;
    assert_int_equal(ve_test_weigh(t, "ve.direct { F1 = 34, F2 = 27, F3 = 24, F4 = 28 }", 4), VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "F1"), 0.3008849557522124, 1e-15));
    assert_true(ve_test_near(ve_test_weight(t, "F2"), 0.23893805309734514, 1e-15));
    assert_true(ve_test_near(ve_test_weight(t, "F3"), 0.21238938053097345, 1e-15));
    assert_true(ve_test_near(ve_test_weight(t, "F4"), 0.24778761061946902, 1e-15));
}

static void any_scale_will_do(void **state) {
    (void)state;
    assert_int_equal(ve_test_weigh(t, "ve.direct { F1 = 3e-9, F2 = 1e-9 }", 2), VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "F1"), 0.75, 1e-15));
    assert_int_equal(ve_test_weigh(t, "ve.direct { F1 = 1.5e14, F2 = 0.5e14 }", 2), VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "F1"), 0.75, 1e-15));
}

static void mistakes(void **state) {
    (void)state;
    ve_test_weigh(t, "ve.direct { F1 = 3 }", 3);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "leaves out 'F2'"));
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "leaves out 'F3'"));
    ve_test_weigh(t, "ve.direct { F1 = 3, F2 = -1 }", 2);
    assert_true(ve_test_told(t, VE_E_RANGE, 2, "F2 must be at least 0"));
    ve_test_weigh(t, "ve.direct { F1 = 0, F2 = 0 }", 2);
    assert_true(ve_test_told(t, VE_E_WEIGHTS, 2, "all weights of ve.direct are zero"));
    ve_test_weigh(t, "ve.direct { F1 = 3, G2 = 1 }", 2);
    assert_int_not_equal(t->code, VE_OK);
    ve_test_weigh(t, "ve.direct {}", 2);
    assert_int_not_equal(t->code, VE_OK);
}

/* Options judged under a function, in place of ratings. */
static void options_can_be_judged(void **state) {
    (void)state;
    assert_int_equal(
        ve_test_run(t, "{ functions = { { id = 'f', weight = 1, scores = ve.direct { A = 3, B = 1 } },\n"
                       "  { id = 'g', weight = 3 } },\n"
                       "  options = { { id = 'A', cost = 1, scores = { g = 1 } },\n"
                       "              { id = 'B', cost = 1, scores = { g = 2 } } } }"),
        VE_OK);
    assert_true(ve_test_near(ve_test_number(t, "scores", "score", "option", "A", "function", "f", NULL), 0.75,
                             1e-15));
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"), 0.25 * 0.75 + 0.75 * 1, 1e-15));
    assert_true(ve_test_near(ve_test_option(t, "B", "function_score"), 0.25 * 0.25 + 0.75 * 2, 1e-15));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_become_shares),
        cmocka_unit_test(any_scale_will_do),
        cmocka_unit_test(mistakes),
        cmocka_unit_test(options_can_be_judged),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

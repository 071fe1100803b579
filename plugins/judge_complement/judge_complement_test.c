/* Tests of `ve.complement`: points shared by pairs, mistakes.
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

/* Published: CN-HOUSE-HIER, points 26 14 10 10. */
static void published(void **state) {
    (void)state;
    const double wanted[] = { 26, 14, 10, 10 };
    assert_int_equal(
        ve_test_weigh(t,
                      "ve.complement { pairs = { { 'F1', 'F2', 8 }, { 'F1', 'F3', 9 }, { 'F1', 'F4', 9 },\n"
                      "{ 'F2', 'F3', 6 }, { 'F4', 'F2', 4 }, { 'F3', 'F4', 5 } } }",
                      4),
        VE_OK);
    assert_true(ve_test_weights(t, wanted, 4, 60, 1e-15));
}

/* With four points it is 0-4 scoring: CN-APARTMENT-04M. */
static void another_total(void **state) {
    (void)state;
    const double wanted[] = { 10, 3, 11, 7, 9 };
    assert_int_equal(
        ve_test_weigh(
            t,
            "ve.complement { total = 4, pairs = { {'F1','F2',4}, {'F1','F3',2}, {'F1','F4',3}, "
            "{'F1','F5',1},\n"
            "{'F2','F3',1}, {'F2','F4',0}, {'F2','F5',2}, {'F3','F4',3}, {'F3','F5',3}, {'F5','F4',3} } }",
            5),
        VE_OK);
    assert_true(ve_test_weights(t, wanted, 5, 40, 1e-15));
    assert_int_equal(ve_test_weigh(t, "ve.complement { total = 1, pairs = { { 'F1', 'F2', 0.75 } } }", 2),
                     VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "F1"), 0.75, 1e-15));
}

static void mistakes(void **state) {
    (void)state;
    ve_test_weigh(
        t, "ve.complement { pairs = { { 'F1', 'F2', 8 },\n{ 'F1', 'F3', 11 }, { 'F2', 'F3', 1 } } }", 3);
    assert_true(ve_test_told(t, VE_E_RANGE, 3, "points must be at most 10, not 11"));
    ve_test_weigh(t, "ve.complement { pairs = { { 'F1', 'F2', 8 }, { 'F1', 'F3', 1 } } }", 3);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "'F2' and 'F3' are not compared"));
    ve_test_weigh(t, "ve.complement { pairs = { { 'F1', 'F2', 8 },\n{ 'F2', 'F1', 2 } } }", 2);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 3, "compared in an earlier row"));
    ve_test_weigh(t, "ve.complement { pairs = { { 'F1', 'F1', 8 } } }", 2);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "with itself"));
    ve_test_weigh(t, "ve.complement { pairs = { { 'F1', 'F2', -1 } } }", 2);
    assert_true(ve_test_told(t, VE_E_RANGE, 2, "points must be at least 0"));
    ve_test_weigh(t, "ve.complement { total = 0, pairs = { { 'F1', 'F2', 0 } } }", 2);
    assert_true(ve_test_told(t, VE_E_RANGE, 2, "total must be above 0"));
    ve_test_weigh(t, "ve.complement {}", 2);
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 2, "pairs is missing"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published),
        cmocka_unit_test(another_total),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

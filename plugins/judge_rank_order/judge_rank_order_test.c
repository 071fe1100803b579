/* Tests of `ve.rank_order`: centroid, sum, reciprocal, mistakes.
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

/* Published: ROC-5 (Barron and Barrett 1996), .4567 .2567 .1567 .0900 .0400. */
static void published(void **state) {
    (void)state;
    const double wanted[] = { 137 / 60., 77 / 60., 47 / 60., 27 / 60., 12 / 60. };
    assert_int_equal(ve_test_weigh(t, "ve.rank_order { 'F1', 'F2', 'F3', 'F4', 'F5' }", 5), VE_OK);
    assert_true(ve_test_weights(t, wanted, 5, 5, 1e-15));
}

static void the_order_counts(void **state) {
    (void)state;
    const double wanted[] = { 5, 2, 11 };
    assert_int_equal(ve_test_weigh(t, "ve.rank_order { 'F3', 'F1', 'F2' }", 3), VE_OK);
    assert_true(ve_test_weights(t, wanted, 3, 18, 1e-15));
}

static void variants(void **state) {
    (void)state;
    const double sum[] = { 4, 3, 2, 1 }, reciprocal[] = { 12, 6, 4, 3 };
    assert_int_equal(ve_test_weigh(t, "ve.rank_order { 'F1', 'F2', 'F3', 'F4', method = 'sum' }", 4), VE_OK);
    assert_true(ve_test_weights(t, sum, 4, 10, 1e-15));
    assert_int_equal(ve_test_weigh(t, "ve.rank_order { 'F1', 'F2', 'F3', 'F4', method = 'reciprocal' }", 4),
                     VE_OK);
    assert_true(ve_test_weights(t, reciprocal, 4, 25, 1e-15));
}

static void mistakes(void **state) {
    (void)state;
    ve_test_weigh(t, "ve.rank_order { 'F1', 'F2' }", 3);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "leaves out 'F3'"));
    ve_test_weigh(t, "ve.rank_order { 'F1', 'F1' }", 2);
    assert_true(ve_test_told(t, VE_E_ID_TWICE, 2, "'F1'"));
    ve_test_weigh(t, "ve.rank_order { 'F1', 'F9' }", 2);
    assert_true(ve_test_told(t, VE_E_REFERENCE, 2, "'F9'"));
    ve_test_weigh(t, "ve.rank_order {}", 2);
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 2, "the list is empty"));
    ve_test_weigh(t, "ve.rank_order { 'F1', 'F2', method = 'centre' }", 2);
    assert_true(ve_test_told(t, VE_E_CHOICE, 2, "centre"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published),
        cmocka_unit_test(the_order_counts),
        cmocka_unit_test(variants),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

/* Tests of `ve.zero_one`: counts, the correction, pairs that make no order, mistakes.
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

/* Published: CN-SHOPHOUSE-01, order F4 > F1 > F3 > F5 > F2, corrected: .267 .067 .200 .333 .133. */
static void an_order(void **state) {
    (void)state;
    const double wanted[] = { 4. / 15, 1. / 15, 3. / 15, 5. / 15, 2. / 15 };
    assert_int_equal(ve_test_weigh(t, "ve.zero_one { order = { 'F4', 'F1', 'F3', 'F5', 'F2' } }", 5), VE_OK);
    assert_true(ve_test_weights(t, wanted, 5, 1, 1e-15));
}

/* Published: CN-FD-8PARTS, the old form without correction: the last one gets nothing. */
static void without_correction(void **state) {
    (void)state;
    assert_int_equal(ve_test_weigh(t, "ve.zero_one { order = { 'F2', 'F1', 'F3' }, corrected = false }", 3),
                     VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "F2"), 2. / 3, 1e-15));
    assert_true(ve_test_near(ve_test_weight(t, "F1"), 1. / 3, 1e-15));
    assert_true(ve_test_weight(t, "F3") == 0);
    assert_true(ve_test_warned(t, VE_W_ZERO_WEIGHT));
}

static void pairs_need_not_make_an_order(void **state) {
    (void)state;
    assert_int_equal(
        ve_test_weigh(t, "ve.zero_one { wins = { { 'F1', 'F2' }, { 'F2', 'F3' }, { 'F3', 'F1' } } }", 3),
        VE_OK);
    for (int k = 1; k <= 3; k++)
        assert_true(ve_test_near(ve_test_weight(t, k == 1 ? "F1" : k == 2 ? "F2" : "F3"), 1. / 3, 1e-15));
    assert_int_equal(
        ve_test_weigh(t, "ve.zero_one { wins = { { 'F1', 'F2' }, { 'F1', 'F3' }, { 'F2', 'F3' } } }", 3),
        VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "F1"), 3. / 6, 1e-15));
}

static void mistakes(void **state) {
    (void)state;
    ve_test_weigh(t, "ve.zero_one { order = { 'F2', 'F1' } }", 3);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "leaves out 'F3'"));
    ve_test_weigh(t, "ve.zero_one { wins = { { 'F1', 'F2' }, { 'F2', 'F3' } } }", 3);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "which of 'F1' and 'F3'"));
    ve_test_weigh(t, "ve.zero_one { wins = { { 'F1', 'F2' }, { 'F2', 'F1' } } }", 2);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "decided in an earlier row"));
    ve_test_weigh(t, "ve.zero_one { wins = { { 'F1', 'F1' } } }", 2);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "'F1' cannot win against itself"));
    ve_test_weigh(t, "ve.zero_one { order = { 'F1', 'F2' }, wins = { { 'F1', 'F2' } } }", 2);
    assert_true(ve_test_told(t, VE_E_CONFLICT, 2, "both order and wins"));
    ve_test_weigh(t, "ve.zero_one {}", 2);
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 2, "neither order nor wins"));
    ve_test_weigh(t, "ve.zero_one { order = { 'F1', 'F7' } }", 2);
    assert_int_not_equal(t->code, VE_OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_order),
        cmocka_unit_test(without_correction),
        cmocka_unit_test(pairs_need_not_make_an_order),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

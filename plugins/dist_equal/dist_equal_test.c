/* Tests of `ve.equal`: every customer counts alike.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ve_test_fixture.h"

static void everybody_counts_alike(void **state) {
    (void)state;
    ve_code code = ve_test_run(
        t, "{ attributes = { income = 'CNY' }, functions = { { id = 'f' } }, scale = { 0, 4 },\n"
           "  options = { { id = 'A', cost = 1, target = ve.equal {} }, { id = 'B', cost = 1 } },\n"
           "  survey = ve.answers { { income = 1, A = { 4 }, B = { 1 } },\n"
           "                        { income = 9e9, A = { 1 }, B = { 3 } } } }");
    assert_int_equal(code, VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"), 2.5, 1e-15));
    assert_true(ve_test_near(ve_test_option(t, "B", "function_score"), 2, 1e-15));
    assert_true(ve_test_near(ve_test_option(t, "A", "effective_customers"), 2, 1e-15));
    assert_true(ve_test_near(ve_test_option(t, "A", "weight_share"), 1, 0));
    assert_true(ve_test_option(t, "A", "value_index") ==
                ve_test_option(t, "A", "undifferentiated_value_index"));
}

static void it_has_no_fields(void **state) {
    (void)state;
    ve_test_run(t,
                "{ functions = { { id = 'f' } },\n"
                "  options = { { id = 'A', cost = 1, scores = { f = 1 }, target = ve.equal { mean = 3 } },\n"
                "              { id = 'B', cost = 1, scores = { f = 1 } } } }");
    assert_true(ve_test_told(t, VE_E_UNKNOWN_FIELD, 2, "mean"));
}

static void it_cannot_stand_for_a_number(void **state) {
    (void)state;
    ve_test_run(t, "{ functions = { { id = 'f' } },\n"
                   "  options = { { id = 'A', cost = ve.equal {}, scores = { f = 1 } },\n"
                   "              { id = 'B', cost = 1, scores = { f = 1 } } } }");
    assert_int_not_equal(t->code, VE_OK);
    assert_int_equal(t->errors.list[0].at.line, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_counts_alike),
        cmocka_unit_test(it_has_no_fields),
        cmocka_unit_test(it_cannot_stand_for_a_number),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

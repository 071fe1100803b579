/* Tests of `ve.max_value`: the greatest value index wins.
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

/* Published: CN-LAB-BUILDINGS, V = .904, 1.135, .989: building B. */
static void published(void **state) {
    (void)state;
    assert_int_equal(
        ve_test_run(
            t,
            "{ functions = { weights = ve.direct { F1 = 0.25, F2 = 0.05, F3 = 0.25, F4 = 0.35, F5 = 0.1 },\n"
            "  { id = 'F1' }, { id = 'F2' }, { id = 'F3' }, { id = 'F4' }, { id = 'F5' } }, choose = "
            "ve.max_value {},\n"
            "  options = { { id = 'A', cost = 1438, scores = { F1 = 10, F2 = 10, F3 = 8, F4 = 9, F5 = 9 } "
            "},\n"
            "              { id = 'B', cost = 1108, scores = { F1 = 10, F2 = 10, F3 = 9, F4 = 8, F5 = 7 } "
            "},\n"
            "              { id = 'C', cost = 1082, scores = { F1 = 8, F2 = 9, F3 = 7, F4 = 7, F5 = 8 } } } "
            "}"),
        VE_OK);
    assert_string_equal(ve_test_fact(t, "best"), "B");
    assert_true(ve_test_near(ve_test_option(t, "A", "value_index"), 0.904264724108016, 1e-14));
    assert_true(ve_test_option(t, "B", "rank") == 1);
    assert_true(ve_test_option(t, "C", "rank") == 2);
    assert_true(ve_test_option(t, "A", "rank") == 3);
}

static void gates_come_first(void **state) {
    (void)state;
    assert_int_equal(
        ve_test_run(t, "{ functions = { { id = 'f', minimum = 2, weight = 1 }, { id = 'g', weight = 1 } },\n"
                       "  options = { { id = 'A', cost = 1, scores = { f = 1, g = 9 } }, { id = 'B', cost = "
                       "1, scores = { f = 2, g = 1 } } } }"),
        VE_OK);
    assert_string_equal(ve_test_fact(t, "best"), "B");
    assert_false(ve_test_truth(t, "A", "feasible"));
    assert_true(ve_test_truth(t, "B", "feasible"));
    assert_true(isnan(ve_test_option(t, "A", "rank")));
    assert_true(ve_test_option(t, "A", "value_index") > ve_test_option(t, "B", "value_index"));
}

static void equals_share_a_rank(void **state) {
    (void)state;
    assert_int_equal(
        ve_test_run(
            t,
            "{ functions = { { id = 'f' } }, options = { { id = 'C', cost = 4, scores = { f = 1 } },\n"
            "{ id = 'A', cost = 0.1, scores = { f = 0.3 } }, { id = 'B', cost = 1, scores = { f = 3 } } } }"),
        VE_OK);
    assert_string_equal(ve_test_fact(t, "best"), "A");
    assert_true(ve_test_option(t, "A", "rank") == 1);
    assert_true(ve_test_option(t, "B", "rank") == 1);
    assert_true(ve_test_option(t, "C", "rank") == 3);
    assert_true(ve_test_warned(t, VE_W_TIE));
}

static void what_costs_nothing_has_no_value_index(void **state) {
    (void)state;
    assert_int_equal(
        ve_test_run(
            t, "{ functions = { { id = 'f' } }, options = { { id = 'A', cost = 0, scores = { f = 1 } },\n"
               "{ id = 'B', cost = 1, scores = { f = 3 } } } }"),
        VE_OK);
    assert_true(isnan(ve_test_option(t, "A", "value_index")));
    assert_string_equal(ve_test_fact(t, "best"), "B");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published),
        cmocka_unit_test(gates_come_first),
        cmocka_unit_test(equals_share_a_rank),
        cmocka_unit_test(what_costs_nothing_has_no_value_index),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

/* Tests of `ve.zero_four`: levels, ways of writing, pairs, mistakes.
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

/* Published: CN-EXPO-04, points 10 5 15 5 5; CN-BRIDGE-LCC-A, points 13 13 8 3 3. */
static void published_relations(void **state) {
    (void)state;
    const double expo[] = { 10, 5, 15, 5, 5 }, bridge[] = { 13, 13, 8, 3, 3 };
    assert_int_equal(
        ve_test_weigh(t, "ve.zero_four { relations = { 'F3 >> F4', 'F3 > F1', 'F2 = F5', 'F4 = F5' } }", 5),
        VE_OK);
    assert_true(ve_test_weights(t, expo, 5, 40, 1e-15));
    assert_int_equal(
        ve_test_weigh(t, "ve.zero_four { relations = { 'F1 = F2', 'F4 = F5', 'F1 >> F4', 'F1 > F3' } }", 5),
        VE_OK);
    assert_true(ve_test_weights(t, bridge, 5, 40, 1e-15));
}

static void the_same_in_many_ways(void **state) {
    (void)state;
    static const char *const ways[] = {
        "{ 'F3 > F1 > F2', 'F2 = F4', 'F4=F5' }",
        "{ 'F3 > F1 > F2 = F4 = F5' }",
        "{ 'F2 < F1 < F3', 'F5 == F4', 'F4 == F2' }",
        "{ 'F3＞F1', 'F1 ＞ F2＝F4', 'F4＝F5' }",
        "{ 'F3≫F2', 'F3>F1', 'F2=F4=F5' }",
        "{ 'F2 ≪ F3', 'F1 ＜ F3', 'F2=F4=F5' }",
        "{ '　F3　＞＞　F2　', 'F1<F3', 'F2=F4=F5' }",
        "{ 'F2 << F3', 'F2 ＜＜ F3', 'F3 》 F2', 'F2 《 F3', 'F3 » F2', 'F2 « F3', 'F1<F3', 'F2=F4=F5' }",
        /* >> is two levels or more: here four, which changes nothing */
        "{ 'F3 >> F2', 'F3 > F1 > F2', 'F2=F4=F5' }",
    };
    const double wanted[] = { 10, 5, 15, 5, 5 };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        char judgement[300];
        snprintf(judgement, sizeof judgement, "ve.zero_four { relations = %s }", ways[i]);
        assert_int_equal(ve_test_weigh(t, judgement, 5), VE_OK);
        assert_true(ve_test_weights(t, wanted, 5, 40, 1e-15));
    }
}

static void far_above_is_two_levels_or_more(void **state) {
    (void)state;
    const double wanted[] = { 8, 4, 0 };
    assert_int_equal(
        ve_test_weigh(t, "ve.zero_four { relations = { 'F1 >> F2', 'F2 >> F3', 'F1 >> F3' } }", 3), VE_OK);
    assert_true(ve_test_weights(t, wanted, 3, 12, 1e-15));
    assert_true(ve_test_warned(t, VE_W_ZERO_WEIGHT));
    assert_int_equal(
        ve_test_weigh(t, "ve.zero_four { relations = { 'F1 >> F3', 'F1 >> F2', 'F2 >> F3' } }", 3), VE_OK);
    assert_true(ve_test_weights(t, wanted, 3, 12, 1e-15));
}

/* Published: CN-APARTMENT-04M, a table that makes no order. */
static void published_pairs(void **state) {
    (void)state;
    const double wanted[] = { 10, 3, 11, 7, 9 };
    assert_int_equal(
        ve_test_weigh(
            t,
            "ve.zero_four { pairs = { {'F1','F2',4}, {'F1','F3',2}, {'F1','F4',3}, {'F1','F5',1},\n"
            "{'F2','F3',1}, {'F2','F4',0}, {'F2','F5',2}, {'F3','F4',3}, {'F3','F5',3}, {'F5','F4',3} } }",
            5),
        VE_OK);
    assert_true(ve_test_weights(t, wanted, 5, 40, 1e-15));
}

static void mistakes_in_relations(void **state) {
    (void)state;
    ve_test_weigh(t, "ve.zero_four { relations = { 'F1 > F2',\n'F2 > F3', 'F1 > F3' } }", 3);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 3,
                             "F1 > F3 contradicts the other relations, which put F1 2 levels above F3"));
    ve_test_weigh(t, "ve.zero_four { relations = { 'F1 = F2', 'F2 = F3', 'F3 < F1' } }", 3);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2,
                             "F3 < F1 contradicts the other relations, which put both on one level"));
    ve_test_weigh(t, "ve.zero_four { relations = { 'F1 >> F2', 'F2 >> F3', 'F3 >> F1' } }", 3);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "closes a circle"));
    ve_test_weigh(t, "ve.zero_four { relations = { 'F1 > F2', 'F1 >> F2' } }", 2);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "F1 >> F2 contradicts"));
    ve_test_weigh(t, "ve.zero_four { relations = { 'F1 > F2', 'F3 > F4' } }", 4);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "nothing tells how 'F1' compares with 'F3'"));
    ve_test_weigh(t, "ve.zero_four { relations = { 'F1 > F2' } }", 3);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "leaves out 'F3'"));
    ve_test_weigh(t, "ve.zero_four { relations = { 'F1 > F1' } }", 2);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "with itself"));
    ve_test_weigh(t, "ve.zero_four { relations = { 'F1 > F9' } }", 2);
    assert_true(ve_test_told(t, VE_E_REFERENCE, 2, "'F9' names nothing"));
    assert_non_null(strstr(t->errors.list[0].hint, "F1, F2"));
    ve_test_run(t, "{ functions = { weights = ve.zero_four { relations = { 'safty > use' } }, { id = "
                   "'safety' }, { id = 'use' } },\n"
                   "options = { { id = 'A', cost = 1, scores = { 1, 1 } }, { id = 'B', cost = 1, scores = { "
                   "1, 2 } } } }");
    assert_true(ve_test_told(t, VE_E_REFERENCE, 1, "'safty' names nothing that is judged here"));
    assert_string_equal(t->errors.list[0].hint, "did you mean 'safety'?");
    ve_test_weigh(t, "ve.zero_four { relations = { 'F1 >' } }", 2);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "missing on one side"));
    ve_test_weigh(t, "ve.zero_four { relations = { 'F1 F2' } }", 2);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "there is no >"));
    ve_test_weigh(t, "ve.zero_four { relations = { 3 } }", 2);
    assert_true(ve_test_told(t, VE_E_TYPE, 2, "must be a text"));
    ve_test_weigh(t, "ve.zero_four { relations = 'F1 > F2' }", 2);
    assert_true(ve_test_told(t, VE_E_TYPE, 2, "list of texts"));
    ve_test_weigh(t, "ve.zero_four { relations = {} }", 2);
    assert_int_not_equal(t->code, VE_OK);
}

static void mistakes_in_pairs(void **state) {
    (void)state;
    ve_test_weigh(t, "ve.zero_four { pairs = { {'F1','F2',4}, {'F2','F3',4} } }", 3);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "'F1' and 'F3' are not compared"));
    ve_test_weigh(t, "ve.zero_four { pairs = { {'F1','F2',4}, {'F2','F1',4} } }", 2);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "compared in an earlier row"));
    ve_test_weigh(t, "ve.zero_four { pairs = { {'F1','F1',4} } }", 2);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "with itself"));
    ve_test_weigh(t, "ve.zero_four { pairs = { {'F1','F2',5} } }", 2);
    assert_true(ve_test_told(t, VE_E_RANGE, 2, "at most 4"));
    ve_test_weigh(t, "ve.zero_four { pairs = { {'F1','F2',4} }, relations = { 'F1 > F2' } }", 2);
    assert_true(ve_test_told(t, VE_E_CONFLICT, 2, "both relations and pairs"));
    ve_test_weigh(t, "ve.zero_four {}", 2);
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 2, "neither relations nor pairs"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_relations),
        cmocka_unit_test(the_same_in_many_ways),
        cmocka_unit_test(far_above_is_two_levels_or_more),
        cmocka_unit_test(published_pairs),
        cmocka_unit_test(mistakes_in_relations),
        cmocka_unit_test(mistakes_in_pairs),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

/* Tests of `ve.ratio_chain`: chains, comparisons besides, mistakes.
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

/* Published: CN-DARE-63145, weights 6 3 1 4 5 of 19. */
static void published(void **state) {
    (void)state;
    const double wanted[] = { 6, 3, 1, 4, 5 };
    assert_int_equal(
        ve_test_weigh(
            t, "ve.ratio_chain { { 'F1', 2 }, { 'F2', 3 }, { 'F3', 0.25 }, { 'F4', 0.8 }, { 'F5' } }", 5),
        VE_OK);
    assert_true(ve_test_weights(t, wanted, 5, 19, 1e-14));
    assert_true(isnan(ve_test_number(t, "judgements", "consistency_ratio", "list", "functions", NULL)));
}

static void any_order_and_a_last_one(void **state) {
    (void)state;
    const double wanted[] = { 1, 6, 3 };
    assert_int_equal(ve_test_weigh(t, "ve.ratio_chain { { 'F2', 2 }, { 'F3', 3 }, { 'F1', 1 } }", 3), VE_OK);
    assert_true(ve_test_weights(t, wanted, 3, 10, 1e-14));
    assert_int_equal(
        ve_test_weigh(t, "ve.ratio_chain { { id = 'F2', ratio = 2 }, { 'F3', 3 }, { 'F1' } }", 3), VE_OK);
    assert_true(ve_test_weights(t, wanted, 3, 10, 1e-14));
}

static void long_chains(void **state) {
    (void)state;
    char chain[2000] = "ve.ratio_chain { ";
    for (int k = 1; k <= 40; k++)
        snprintf(chain + strlen(chain), sizeof chain - strlen(chain), "{ 'F%d', 1e10 }, ", k);
    snprintf(chain + strlen(chain), sizeof chain - strlen(chain), "{ 'F41' } }");
    assert_int_equal(ve_test_weigh(t, chain, 41), VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "F1"), 1, 1e-9));
    assert_true(ve_test_near(ve_test_weight(t, "F2") / ve_test_weight(t, "F1"), 1e-10, 1e-20));
}

/* The chain makes F1 6 times F3. */
static void comparisons_besides(void **state) {
    (void)state;
    assert_int_equal(
        ve_test_weigh(
            t, "ve.ratio_chain { { 'F1', 2 }, { 'F2', 3 }, { 'F3' }, check = { { 'F1', 'F3', 4.01 } } }", 3),
        VE_OK);
    assert_false(ve_test_warned(t, VE_W_INCONSISTENT));
    assert_int_equal(
        ve_test_weigh(t,
                      "ve.ratio_chain { { 'F1', 2 }, { 'F2', 3 }, { 'F3' },\n"
                      "check = { { 'F1', 'F3', 4.01 }, { 'F3', 'F1', 0.5 }, { 'F1', 'F3', 9.1 } } }",
                      3),
        VE_OK);
    assert_true(ve_test_warned(t, VE_W_INCONSISTENT));
    const char *told = t->answer.report->notice[0].message;
    assert_non_null(
        strstr(told, "makes F3 0.167 times as important as F1, while judged by themselves it is 0.5 times"));
    const double wanted[] = { 6, 3, 1 };
    assert_true(ve_test_weights(t, wanted, 3, 10, 1e-14));
}

static void a_party_may_judge_some(void **state) {
    (void)state;
    const double wanted[] = { 1, 2, 1 };
    assert_int_equal(ve_test_weigh(t,
                                   "ve.parties { { 'a', 1, ve.ratio_chain { { 'F2', 2 }, { 'F1' } } },\n"
                                   "{ 'b', 1, ve.ratio_chain { { 'F2', 2 }, { 'F3', 1 }, { 'F1' } } } }",
                                   3),
                     VE_OK);
    (void)wanted;
    assert_true(ve_test_warned(t, VE_W_PARTY_SKIPS));
}

static void mistakes(void **state) {
    (void)state;
    ve_test_weigh(t, "ve.ratio_chain { { 'F1', 2 },\n{ 'F1', 3 }, { 'F2' } }", 2);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 3, "'F1' stands in the chain twice"));
    ve_test_weigh(t, "ve.ratio_chain { { 'F1' }, { 'F2' } }", 2);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "nothing says how 'F1' compares with the next one"));
    ve_test_weigh(t, "ve.ratio_chain { { 'F1', 2 },\n{ 'F2', 3 } }", 2);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 3, "'F2' is the last of the chain"));
    ve_test_weigh(t, "ve.ratio_chain { { 'F1', 0 }, { 'F2' } }", 2);
    assert_true(ve_test_told(t, VE_E_RANGE, 2, "ratio must be above 0"));
    ve_test_weigh(t, "ve.ratio_chain { { 'F1', 2 }, { 'F9' } }", 2);
    assert_true(ve_test_told(t, VE_E_REFERENCE, 2, "'F9'"));
    ve_test_weigh(t, "ve.ratio_chain { { 'F1', 2 }, { 'F2' } }", 3);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "leaves out 'F3'"));
    ve_test_weigh(t, "ve.ratio_chain {}", 2);
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 2, "the list is empty"));
    ve_test_weigh(t, "ve.ratio_chain { { 'F1', 2 }, { 'F2' }, check = { { 'F1', 'F1', 2 } } }", 2);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "'F1' cannot be compared with itself"));
    ve_test_weigh(t, "ve.ratio_chain { { 'F1', 2 }, { 'F2' }, check = { { 'F1', 'F3', 2 } } }", 3);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "'F3' does not stand in the chain"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published),
        cmocka_unit_test(any_order_and_a_last_one),
        cmocka_unit_test(long_chains),
        cmocka_unit_test(comparisons_besides),
        cmocka_unit_test(a_party_may_judge_some),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

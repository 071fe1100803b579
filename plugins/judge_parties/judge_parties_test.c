/* Tests of `ve.parties`: means by share, parties that skip, mistakes.
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

/* Published: CN-MULTIPARTY-DORM, shares 0.6 0.3 0.1; the points that are not printed stand as F7. */
static void published(void **state) {
    (void)state;
    const double wanted[] = { 0.37164, 0.16289, 0.033875, 0.19088, 0.04487, 0.03266 };
    assert_int_equal(
        ve_test_weigh(
            t,
            "ve.parties { { 'users', 0.6, ve.direct { F1=40.25, F2=17.375, F3=2.875, F4=21.25, F5=4.375,\n"
            "F6=2.25, F7=11.625 } }, { 'design', 0.3, ve.direct { F1=31.63, F2=14.38, F3=4.25, F4=14.25,\n"
            "F5=5.25, F6=5.87, F7=24.37 } }, { 'builders', 0.1, ve.direct { F1=35.25, F2=15.5, F3=3.875,\n"
            "F4=20.63, F5=2.87, F6=1.55, F7=20.325 } } }",
            7),
        VE_OK);
    assert_true(ve_test_weights(t, wanted, 6, 1, 1e-12));
}

static void shares_are_scaled(void **state) {
    (void)state;
    assert_int_equal(
        ve_test_weigh(t,
                      "ve.parties { { 'a', 6, ve.direct { F1 = 1, F2 = 1 } }, { 'b', 4, ve.direct { F1 "
                      "= 1, F2 = 0 } } }",
                      2),
        VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "F1"), 0.7, 1e-15));
}

static void geometric(void **state) {
    (void)state;
    assert_int_equal(ve_test_weigh(t,
                                   "ve.parties { { 'a', 1, ve.direct { F1 = 0.8, F2 = 0.2 } },\n"
                                   "{ 'b', 1, ve.direct { F1 = 0.2, F2 = 0.8 } }, combine = 'geometric' }",
                                   2),
                     VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "F1"), 0.5, 1e-15));
    assert_int_equal(ve_test_weigh(t,
                                   "ve.parties { { 'a', 1, ve.direct { F1 = 1, F2 = 0 } },\n"
                                   "{ 'b', 1, ve.direct { F1 = 0.2, F2 = 0.8 } }, combine = 'geometric' }",
                                   2),
                     VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "F1"), 1, 1e-15));
}

/* Of two parties with shares 0.6 and 0.4 only the first judges F3: there its share is the whole. */
static void a_party_may_skip_functions(void **state) {
    (void)state;
    assert_int_equal(ve_test_weigh(t,
                                   "ve.parties { { 'a', 0.6, ve.direct { F1 = 5, F2 = 3, F3 = 2 } },\n"
                                   "{ 'b', 0.4, ve.zero_four { relations = { 'F1 > F2' } } } }",
                                   3),
                     VE_OK);
    double sum = 0.6 * 0.5 + 0.4 * 0.75 + 0.6 * 0.3 + 0.4 * 0.25 + 0.2;
    assert_true(ve_test_near(ve_test_weight(t, "F1"), 0.6 / sum, 1e-15));
    assert_true(ve_test_near(ve_test_weight(t, "F3"), 0.2 / sum, 1e-15));
}

static void parties_within_parties(void **state) {
    (void)state;
    assert_int_equal(
        ve_test_weigh(
            t,
            "ve.parties { { 'a', 0.5, ve.parties { { 'c', 1, ve.zero_one { order = { 'F1', 'F2' } } },\n"
            "{ 'd', 1, ve.zero_one { order = { 'F2', 'F1' } } } } }, { 'b', 0.5, ve.direct { F1 = 1, F2 = "
            "0 } } }",
            2),
        VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "F1"), 0.75, 1e-15));
}

static double agreement(const char *column) {
    return ve_test_number(t, "judgements", column, "list", "functions", NULL);
}

/* Published: ten projects ranked by four judges, W = 12 * 1048 / (16 * 990). Points are 11 less the rank. */
static void kendalls_w(void **state) {
    (void)state;
    static const int rank[4][10] = { { 1, 3, 4, 5, 2, 8, 6, 7, 10, 9 },
                                     { 2, 1, 4, 5, 6, 3, 8, 7, 10, 9 },
                                     { 3, 2, 1, 5, 7, 4, 6, 8, 9, 10 },
                                     { 4, 2, 3, 1, 6, 7, 5, 9, 8, 10 } };
    char word[2000] = "ve.parties { ";
    for (int p = 0; p < 4; p++) {
        snprintf(word + strlen(word), sizeof word - strlen(word), "{ 'p%d', 1, ve.direct { ", p);
        for (int k = 0; k < 10; k++)
            snprintf(word + strlen(word), sizeof word - strlen(word), "F%d = %d, ", k + 1, 11 - rank[p][k]);
        strncat(word, "} },\n", sizeof word - strlen(word) - 1);
    }
    strncat(word, "{ 'nobody', 0, ve.direct { F1 = 1 } } }", sizeof word - strlen(word) - 1);
    assert_int_equal(ve_test_weigh(t, word, 10), VE_OK);
    assert_true(ve_test_near(agreement("kendall_w"), 12 * 1048 / (16. * 990), 1e-14));
    assert_true(ve_test_near(agreement("spread"), 5 / 55., 1e-14));
    assert_false(ve_test_warned(t, VE_W_PARTY_SKIPS));
}

/* Kendall's correction: with ranks 1 2.5 2.5 and 1 2 3 it is 12 * 6.5 / (4 * 24 - 2 * 6). */
static void ties_are_corrected(void **state) {
    (void)state;
    assert_int_equal(ve_test_weigh(t,
                                   "ve.parties { { 'a', 1, ve.direct { F1 = 5, F2 = 1, F3 = 1 } }, { 'b', 1, "
                                   "ve.direct { F1 = 3, F2 = 2, F3 = 1 } } }",
                                   3),
                     VE_OK);
    assert_true(ve_test_near(agreement("kendall_w"), 12 * 6.5 / (4 * 24 - 2 * 6), 1e-14));
    assert_int_equal(ve_test_weigh(t,
                                   "ve.parties { { 'a', 1, ve.direct { F1 = 1, F2 = 1, F3 = 1 } }, { 'b', 1, "
                                   "ve.direct { F1 = 3, F2 = 3, F3 = 3 } } }",
                                   3),
                     VE_OK);
    assert_true(isnan(agreement("kendall_w")));
    assert_true(agreement("spread") == 0);
    assert_int_equal(ve_test_weigh(t,
                                   "ve.parties { { 'a', 1, ve.direct { F1 = 3, F2 = 2, F3 = 1 } }, { 'b', 1, "
                                   "ve.direct { F1 = 1, F2 = 2, F3 = 3 } } }",
                                   3),
                     VE_OK);
    assert_true(agreement("kendall_w") == 0);
    assert_int_equal(ve_test_weigh(t, "ve.parties { { 'a', 1, ve.direct { F1 = 3, F2 = 2, F3 = 1 } } }", 3),
                     VE_OK);
    assert_true(isnan(agreement("kendall_w")) && isnan(agreement("spread")));
}

static const char *warned_of_skipping(void) {
    for (size_t i = 0; i < t->answer.report->notices; i++)
        if (t->answer.report->notice[i].code == VE_W_PARTY_SKIPS) return t->answer.report->notice[i].message;
    return "";
}

static void who_leaves_out_what(void **state) {
    (void)state;
    assert_int_equal(
        ve_test_weigh(t,
                      "ve.parties { { 'owner', 1, ve.direct { F1 = 5, F2 = 3, F3 = 2 } },\n"
                      "{ 'user', 1, ve.direct { F1 = 3, F2 = 1 } }, { 'third', 1, ve.direct { F3 = 1 } } }",
                      3),
        VE_OK);
    assert_string_equal(warned_of_skipping(),
                        "user says nothing about F3; third says nothing about F1, F2: there "
                        "the others count for more.");
    assert_true(isnan(agreement("kendall_w")));
    assert_true(ve_test_near(agreement("spread"), 0.8, 1e-14));
}

static void many_who_leave_out_much(void **state) {
    (void)state;
    char word[4000] = "ve.parties { { 'all', 1, ve.direct { ";
    for (int k = 1; k <= 20; k++)
        snprintf(word + strlen(word), sizeof word - strlen(word), "F%d = 1, ", k);
    strncat(word, "} }", sizeof word - strlen(word) - 1);
    for (int p = 1; p <= 20; p++)
        snprintf(word + strlen(word), sizeof word - strlen(word),
                 ",\n{ 'party %d', 1, ve.direct { F%d = 1 } }", p, p);
    strncat(word, " }", sizeof word - strlen(word) - 1);
    assert_int_equal(ve_test_weigh(t, word, 20), VE_OK);
    const char *told = warned_of_skipping();
    assert_true(strlen(told) > 500 && strlen(told) < 700);
    assert_string_equal(told + strlen(told) - 4, " ...");
}

static void mistakes(void **state) {
    (void)state;
    ve_test_weigh(t, "ve.parties { { 'a', 1, ve.direct { F1 = 1 } }, { 'b', 1, ve.direct { F1 = 1 } } }", 2);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "ve.parties leaves out 'F2'"));
    ve_test_weigh(t, "ve.parties { { 'a', 0, ve.direct { F1 = 1, F2 = 1 } } }", 2);
    assert_true(ve_test_told(t, VE_E_WEIGHTS, 2, "shares of all parties are zero"));
    ve_test_weigh(
        t,
        "ve.parties { { 'a', 1, ve.direct { F1 = 1, F2 = 1 } },\n{ 'a', 1, ve.direct { F1 = 1, F2 = 1 } } }",
        2);
    assert_true(ve_test_told(t, VE_E_ID_TWICE, 3, "'a' stands there twice"));
    ve_test_weigh(t, "ve.parties { { 'a', -1, ve.direct { F1 = 1, F2 = 1 } } }", 2);
    assert_true(ve_test_told(t, VE_E_RANGE, 2, "at least 0"));
    ve_test_weigh(t, "ve.parties { { 'a', 1, ve.direct { F1 = 0, F2 = 0 } } }", 2);
    assert_true(ve_test_told(t, VE_E_WEIGHTS, 2, "all weights of ve.direct are zero"));
    ve_test_weigh(t, "ve.parties {}", 2);
    assert_int_not_equal(t->code, VE_OK);
    ve_test_weigh(t, "ve.parties { { 'a', 1 } }", 2);
    assert_int_not_equal(t->code, VE_OK);
    ve_test_weigh(t, "ve.parties { { 'a', 1, ve.zero_one {} }, { 'b', 1, ve.zero_four {} } }", 2);
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 2, "neither order nor wins"));
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 2, "neither relations nor pairs"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published),
        cmocka_unit_test(shares_are_scaled),
        cmocka_unit_test(geometric),
        cmocka_unit_test(a_party_may_skip_functions),
        cmocka_unit_test(parties_within_parties),
        cmocka_unit_test(kendalls_w),
        cmocka_unit_test(ties_are_corrected),
        cmocka_unit_test(who_leaves_out_what),
        cmocka_unit_test(many_who_leave_out_much),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

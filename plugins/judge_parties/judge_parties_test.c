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

#include "ve_test.h"

static ve_test *t;

static int start(void **state) {
    (void)state;
    t = ve_test_begin();
    return 0;
}

static int stop(void **state) {
    (void)state;
    ve_test_close(t);
    return 0;
}

/* A model of functions F1 .. Fn weighed by the judgement, on line 2. */
static ve_code weigh(const char *judgement, int count) {
    char model[4000], functions[600] = "", scores[600] = "";
    for (int k = 1; k <= count; k++) {
        size_t used = strlen(functions), more = strlen(scores);
        snprintf(functions + used, sizeof functions - used, "{ id = 'F%d' }, ", k);
        snprintf(scores + more, sizeof scores - more, "F%d = 1, ", k);
    }
    snprintf(
        model, sizeof model,
        "{ functions = {\nweights = %s,\n%s },\n"
        "  options = { { id = 'A', cost = 1, scores = { %s } }, { id = 'B', cost = 1, scores = { %s } } } }",
        judgement, functions, scores, scores);
    return ve_test_run(t, model);
}

/* Published: CN-MULTIPARTY-DORM, shares 0.6 0.3 0.1; the points that are not printed stand as F7. */
static void published(void **state) {
    (void)state;
    const double wanted[] = { 0.37164, 0.16289, 0.033875, 0.19088, 0.04487, 0.03266 };
    assert_int_equal(
        weigh("ve.parties { { 'users', 0.6, ve.direct { F1=40.25, F2=17.375, F3=2.875, F4=21.25, F5=4.375,\n"
              "F6=2.25, F7=11.625 } }, { 'design', 0.3, ve.direct { F1=31.63, F2=14.38, F3=4.25, F4=14.25,\n"
              "F5=5.25, F6=5.87, F7=24.37 } }, { 'builders', 0.1, ve.direct { F1=35.25, F2=15.5, F3=3.875,\n"
              "F4=20.63, F5=2.87, F6=1.55, F7=20.325 } } }",
              7),
        VE_OK);
    for (int k = 0; k < 6; k++) {
        char id[8];
        snprintf(id, sizeof id, "F%d", k + 1);
        assert_true(ve_test_near(ve_test_weight(t, id), wanted[k], 1e-12));
    }
}

static void shares_are_scaled(void **state) {
    (void)state;
    assert_int_equal(weigh("ve.parties { { 'a', 6, ve.direct { F1 = 1, F2 = 1 } }, { 'b', 4, ve.direct { F1 "
                           "= 1, F2 = 0 } } }",
                           2),
                     VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "F1"), 0.7, 1e-15));
}

static void geometric(void **state) {
    (void)state;
    assert_int_equal(weigh("ve.parties { { 'a', 1, ve.direct { F1 = 0.8, F2 = 0.2 } },\n"
                           "{ 'b', 1, ve.direct { F1 = 0.2, F2 = 0.8 } }, combine = 'geometric' }",
                           2),
                     VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "F1"), 0.5, 1e-15));
    assert_int_equal(weigh("ve.parties { { 'a', 1, ve.direct { F1 = 1, F2 = 0 } },\n"
                           "{ 'b', 1, ve.direct { F1 = 0.2, F2 = 0.8 } }, combine = 'geometric' }",
                           2),
                     VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "F1"), 1, 1e-15));
}

/* Of two parties with shares 0.6 and 0.4 only the first judges F3: there its share is the whole. */
static void a_party_may_skip_functions(void **state) {
    (void)state;
    assert_int_equal(weigh("ve.parties { { 'a', 0.6, ve.direct { F1 = 5, F2 = 3, F3 = 2 } },\n"
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
        weigh("ve.parties { { 'a', 0.5, ve.parties { { 'c', 1, ve.zero_one { order = { 'F1', 'F2' } } },\n"
              "{ 'd', 1, ve.zero_one { order = { 'F2', 'F1' } } } } }, { 'b', 0.5, ve.direct { F1 = 1, F2 = "
              "0 } } }",
              2),
        VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "F1"), 0.75, 1e-15));
}

static void mistakes(void **state) {
    (void)state;
    weigh("ve.parties { { 'a', 1, ve.direct { F1 = 1 } }, { 'b', 1, ve.direct { F1 = 1 } } }", 2);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "ve.parties leaves out 'F2'"));
    weigh("ve.parties { { 'a', 0, ve.direct { F1 = 1, F2 = 1 } } }", 2);
    assert_true(ve_test_told(t, VE_E_WEIGHTS, 2, "shares of all parties are zero"));
    weigh(
        "ve.parties { { 'a', 1, ve.direct { F1 = 1, F2 = 1 } },\n{ 'a', 1, ve.direct { F1 = 1, F2 = 1 } } }",
        2);
    assert_true(ve_test_told(t, VE_E_ID_TWICE, 3, "'a' stands there twice"));
    weigh("ve.parties { { 'a', -1, ve.direct { F1 = 1, F2 = 1 } } }", 2);
    assert_true(ve_test_told(t, VE_E_RANGE, 2, "at least 0"));
    weigh("ve.parties { { 'a', 1, ve.direct { F1 = 0, F2 = 0 } } }", 2);
    assert_true(ve_test_told(t, VE_E_WEIGHTS, 2, "all weights of ve.direct are zero"));
    weigh("ve.parties {}", 2);
    assert_int_not_equal(t->code, VE_OK);
    weigh("ve.parties { { 'a', 1 } }", 2);
    assert_int_not_equal(t->code, VE_OK);
    weigh("ve.parties { { 'a', 1, ve.zero_one {} }, { 'b', 1, ve.zero_four {} } }", 2);
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
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

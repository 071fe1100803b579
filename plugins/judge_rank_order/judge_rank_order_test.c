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
    char model[8000], functions[1600] = "", scores[1600] = "";
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

static void weights_are(const double *wanted, int count, double sum, double tolerance) {
    for (int k = 0; k < count; k++) {
        char id[8];
        snprintf(id, sizeof id, "F%d", k + 1);
        assert_true(ve_test_near(ve_test_weight(t, id), wanted[k] / sum, tolerance));
    }
}

/* Published: ROC-5 (Barron and Barrett 1996), .4567 .2567 .1567 .0900 .0400. */
static void published(void **state) {
    (void)state;
    const double wanted[] = { 137 / 60., 77 / 60., 47 / 60., 27 / 60., 12 / 60. };
    assert_int_equal(weigh("ve.rank_order { 'F1', 'F2', 'F3', 'F4', 'F5' }", 5), VE_OK);
    weights_are(wanted, 5, 5, 1e-15);
}

static void the_order_counts(void **state) {
    (void)state;
    const double wanted[] = { 5, 2, 11 };
    assert_int_equal(weigh("ve.rank_order { 'F3', 'F1', 'F2' }", 3), VE_OK);
    weights_are(wanted, 3, 18, 1e-15);
}

static void variants(void **state) {
    (void)state;
    const double sum[] = { 4, 3, 2, 1 }, reciprocal[] = { 12, 6, 4, 3 };
    assert_int_equal(weigh("ve.rank_order { 'F1', 'F2', 'F3', 'F4', method = 'sum' }", 4), VE_OK);
    weights_are(sum, 4, 10, 1e-15);
    assert_int_equal(weigh("ve.rank_order { 'F1', 'F2', 'F3', 'F4', method = 'reciprocal' }", 4), VE_OK);
    weights_are(reciprocal, 4, 25, 1e-15);
}

static void mistakes(void **state) {
    (void)state;
    weigh("ve.rank_order { 'F1', 'F2' }", 3);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "leaves out 'F3'"));
    weigh("ve.rank_order { 'F1', 'F1' }", 2);
    assert_true(ve_test_told(t, VE_E_ID_TWICE, 2, "'F1'"));
    weigh("ve.rank_order { 'F1', 'F9' }", 2);
    assert_true(ve_test_told(t, VE_E_REFERENCE, 2, "'F9'"));
    weigh("ve.rank_order {}", 2);
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 2, "the list is empty"));
    weigh("ve.rank_order { 'F1', 'F2', method = 'centre' }", 2);
    assert_true(ve_test_told(t, VE_E_CHOICE, 2, "centre"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published),
        cmocka_unit_test(the_order_counts),
        cmocka_unit_test(variants),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

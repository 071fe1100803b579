/* Tests of `ve.max_function`: the most function within a budget.
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

/* Options A, B, C with the scores 4, 3, 1.5 of one function and these costs; the rule on line 2. */
static ve_code choose(const char *rule, double a, double b, double c) {
    char model[1000];
    snprintf(model, sizeof model,
             "{ functions = { { id = 'f' } }, choose =\n%s,\n"
             "options = { { id = 'A', cost = %.17g, scores = { f = 4 } }, { id = 'B', cost = %.17g, scores = "
             "{ f = 3 } },\n"
             "{ id = 'C', cost = %.17g, scores = { f = 1.5 } } } }",
             rule, a, b, c);
    return ve_test_run(t, model);
}

static void best_is(const char *id) {
    const char *best = ve_test_fact(t, "best");
    assert_true(best && id ? strcmp(best, id) == 0 : best == id);
}

static bool says(const char *words) {
    for (size_t i = 0; i < t->answer.report->sentences; i++)
        if (strstr(t->answer.report->sentence[i], words)) return true;
    return false;
}

static void within_the_budget(void **state) {
    (void)state;
    assert_int_equal(choose("ve.max_function { budget = 3000 }", 3001, 3000, 100), VE_OK);
    best_is("B");
    assert_true(isnan(ve_test_option(t, "A", "rank")));
    assert_true(ve_test_option(t, "C", "rank") == 2);
    assert_true(ve_test_option(t, "C", "value_index") > ve_test_option(t, "B", "value_index"));
    assert_int_equal(choose("ve.max_function {}", 3001, 3000, 100), VE_OK);
    best_is("A");
}

static void nothing_is_cheap_enough(void **state) {
    (void)state;
    assert_int_equal(choose("ve.max_function { budget = 99 }", 3001, 3000, 100), VE_OK);
    best_is(NULL);
    assert_true(ve_test_warned(t, VE_W_NONE_FEASIBLE));
    assert_true(says("No option can be chosen, so none is best."));
}

static void mistakes(void **state) {
    (void)state;
    choose("ve.max_function { budget = -1 }", 1, 1, 1);
    assert_true(ve_test_told(t, VE_E_RANGE, 2, "budget must be at least 0"));
    choose("ve.max_function { limit = 1 }", 1, 1, 1);
    assert_true(ve_test_told(t, VE_E_UNKNOWN_FIELD, 2, "limit"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(within_the_budget),
        cmocka_unit_test(nothing_is_cheap_enough),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

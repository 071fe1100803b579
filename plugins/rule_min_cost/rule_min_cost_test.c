/* Tests of `ve.min_cost`: the cheapest with enough function.
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

static void enough_function(void **state) {
    (void)state;
    assert_int_equal(choose("ve.min_cost { minimum_function = 3 }", 3001, 3000, 100), VE_OK);
    best_is("B");
    assert_true(isnan(ve_test_option(t, "C", "rank")));
    assert_true(ve_test_option(t, "A", "rank") == 2);
    assert_int_equal(choose("ve.min_cost {}", 3001, 3000, 100), VE_OK);
    best_is("C");
}

static void what_costs_nothing_is_cheapest(void **state) {
    (void)state;
    assert_int_equal(choose("ve.min_cost { minimum_function = 3 }", 3, 0, 1), VE_OK);
    best_is("B");
}

static void nothing_does_enough(void **state) {
    (void)state;
    assert_int_equal(choose("ve.min_cost { minimum_function = 5 }", 3, 2, 1), VE_OK);
    best_is(NULL);
    assert_true(ve_test_warned(t, VE_W_NONE_FEASIBLE));
}

static void mistakes(void **state) {
    (void)state;
    choose("ve.min_cost { minimum = 1 }", 1, 1, 1);
    assert_true(ve_test_told(t, VE_E_UNKNOWN_FIELD, 2, "minimum"));
    choose("ve.min_cost { minimum_function = 'high' }", 1, 1, 1);
    assert_true(ve_test_told(t, VE_E_TYPE, 2, "minimum_function must be a number"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(enough_function),
        cmocka_unit_test(what_costs_nothing_is_cheapest),
        cmocka_unit_test(nothing_does_enough),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

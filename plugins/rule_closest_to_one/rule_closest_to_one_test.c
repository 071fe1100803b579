/* Tests of `ve.closest_to_one`: the value index nearest to 1, from either side.
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

/* V = 1.176, .882, .882. */
static void nearest_from_either_side(void **state) {
    (void)state;
    assert_int_equal(choose("ve.closest_to_one {}", 4, 4, 2), VE_OK);
    best_is("B");
    assert_true(ve_test_option(t, "B", "rank") == 1 && ve_test_option(t, "A", "rank") == 3);
    assert_true(ve_test_option(t, "B", "value_index") < ve_test_option(t, "A", "value_index"));
    assert_int_equal(choose("ve.closest_to_one {}", 4.3, 2.9, 1.8), VE_OK);
    best_is("A");
    assert_true(ve_test_option(t, "A", "value_index") < 1 && ve_test_option(t, "B", "value_index") > 1);
    assert_true(says("The model's rule puts it before B, whose value index is 1.095"));
}

/* All V are 1, but for rounding. */
static void shares_that_fit(void **state) {
    (void)state;
    assert_int_equal(choose("ve.closest_to_one {}", 0.8, 0.6, 0.3), VE_OK);
    assert_true(ve_test_option(t, "A", "rank") == 1 && ve_test_option(t, "B", "rank") == 1);
    assert_true(ve_test_option(t, "C", "rank") == 1);
    best_is("A");
    assert_true(ve_test_warned(t, VE_W_TIE));
}

static void what_costs_nothing_cannot_be_best(void **state) {
    (void)state;
    assert_int_equal(choose("ve.closest_to_one {}", 0, 3, 3), VE_OK);
    assert_true(isnan(ve_test_option(t, "A", "rank")));
    best_is("B");
}

static void mistakes(void **state) {
    (void)state;
    choose("ve.closest_to_one { budget = 3 }", 1, 1, 1);
    assert_true(ve_test_told(t, VE_E_UNKNOWN_FIELD, 2, "budget"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearest_from_either_side),
        cmocka_unit_test(shares_that_fit),
        cmocka_unit_test(what_costs_nothing_cannot_be_best),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

/* Tests of `ve.entropy`: scores that differ weigh, mistakes.
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

static ve_code run(const char *weights, const char *scores) {
    char model[3000];
    snprintf(model, sizeof model,
             "{ functions = {\nweights = %s, { id = 'c1' }, { id = 'c2' }, { id = 'c3' }, { id = 'c4' } "
             "},\noptions = { %s } }",
             weights, scores);
    return ve_test_run(t, model);
}

/* Published: ENTROPY-XU2004, .4630 .3992 .1378 .0000. */
static void published(void **state) {
    (void)state;
    assert_int_equal(run("ve.entropy {}", "{ id = 'a', cost = 1, scores = { 30, 30, 38, 29 } },\n"
                                          "{ id = 'b', cost = 1, scores = { 19, 54, 86, 29 } },\n"
                                          "{ id = 'c', cost = 1, scores = { 19, 15, 85, 28.9 } },\n"
                                          "{ id = 'd', cost = 1, scores = { 68, 70, 60, 29 } }"),
                     VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "c1"), 0.4629522868993801, 1e-12));
    assert_true(ve_test_near(ve_test_weight(t, "c2"), 0.39920354898959204, 1e-12));
    assert_true(ve_test_near(ve_test_weight(t, "c3"), 0.13784085613853284, 1e-12));
    assert_true(ve_test_near(ve_test_weight(t, "c4") / 3.307972495039232e-06, 1, 1e-9));
}

/* 0 ln 0 = 0: all in one option leaves no entropy, halves leave all of it; a function without scores tells
 * nothing. */
static void zeros(void **state) {
    (void)state;
    assert_int_equal(run("ve.entropy {}", "{ id = 'a', cost = 1, scores = { 5, 1, 0, 0 } },\n"
                                          "{ id = 'b', cost = 1, scores = { 0, 1, 0, 2 } }"),
                     VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "c1"), 0.5, 1e-15));
    assert_true(ve_test_weight(t, "c2") == 0);
    assert_true(ve_test_weight(t, "c3") == 0);
    assert_true(ve_test_near(ve_test_weight(t, "c4"), 0.5, 1e-15));
    assert_true(ve_test_warned(t, VE_W_ZERO_WEIGHT));
}

static void the_unit_of_scores_does_not_matter(void **state) {
    (void)state;
    run("ve.entropy {}",
        "{ id = 'a', cost = 1, scores = { 5, 1, 3, 2 } }, { id = 'b', cost = 1, scores = { 2, 4, 3, 1 } }");
    double before = ve_test_weight(t, "c1");
    run("ve.entropy {}", "{ id = 'a', cost = 1, scores = { 500, 10, 3e3, .2 } },\n"
                         "{ id = 'b', cost = 1, scores = { 200, 40, 3e3, .1 } }");
    assert_true(ve_test_near(ve_test_weight(t, "c1"), before, 1e-14));
}

static void as_one_of_several_parties(void **state) {
    (void)state;
    assert_int_equal(run("ve.parties { { 'data', 1, ve.entropy {} }, { 'we', 1, ve.direct { c1 = 1, c2 = 1, "
                         "c3 = 1, c4 = 1 } } }",
                         "{ id = 'a', cost = 1, scores = { 5, 1, 1, 1 } }, { id = 'b', cost = 1, scores = { "
                         "0, 1, 1, 1 } }"),
                     VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "c1"), 0.625, 1e-15));
}

static void mistakes(void **state) {
    (void)state;
    run("ve.entropy {}",
        "{ id = 'a', cost = 1, scores = { 5, 1, 3, 2 } }, { id = 'b', cost = 1, scores = { 5, 1, 3, 2 } }");
    assert_true(ve_test_told(t, VE_E_WEIGHTS, 2, "all options score the same"));
    ve_test_check(
        t, "{ functions = {\nweights = ve.entropy {}, { id = 'f', parts = { { id = 'h', weight = 1 },\n"
           "{ id = 'i', weight = 1 } } }, { id = 'g' } }, options = { { id = 'a', cost = 1, scores = { 1, 2, "
           "1 } },\n"
           "{ id = 'b', cost = 1, scores = { 1, 3, 2 } } } }");
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "'f' has parts instead of scores"));
    ve_test_run(t, "{ functions = { { id = 'f',\nscores = ve.entropy {} } },\n"
                   "options = { { id = 'a', cost = 1 }, { id = 'b', cost = 1 } } }");
    assert_true(
        ve_test_told(t, VE_E_UNKNOWN_WORD, 2, "ve.entropy weighs functions; it cannot judge options"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published),
        cmocka_unit_test(zeros),
        cmocka_unit_test(the_unit_of_scores_does_not_matter),
        cmocka_unit_test(as_one_of_several_parties),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

/* Tests of `ve.column`: what an option's own customers pay.
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

static ve_code run(const char *cost, const char *rows) {
    char model[2000];
    ve_test_text(t, "s.csv", rows);
    snprintf(model, sizeof model,
             "{ attributes = { income = 'CNY' }, functions = { { id = 'f' } }, scale = { 0, 4 },\n"
             "  options = { { id = 'A', target = ve.normal { mean = 1, sd = 1 }, cost = %s },\n"
             "              { id = 'B', cost = %s } },\n"
             "  survey = ve.csv { file = 's.csv', scores = '{option}_{function}' } }",
             cost, cost);
    return ve_test_run(t, model);
}

static void the_mean_over_its_customers(void **state) {
    (void)state;
    assert_int_equal(run("ve.column { name = 'paid_{option}' }",
                         "income,A_f,B_f,paid_A,paid_B\n1,4,2,10,1\n2,3,3,20,2\n3,3,3,60,6\n"),
                     VE_OK);
    double wanted = (10 + exp(-0.5) * 20 + exp(-2) * 60) / (1 + exp(-0.5) + exp(-2));
    assert_true(ve_test_near(ve_test_option(t, "A", "cost"), wanted, 1e-14));
    assert_true(ve_test_near(ve_test_option(t, "B", "cost"), 3, 1e-14));
}

static void one_column_for_all(void **state) {
    (void)state;
    assert_int_equal(
        run("ve.column { name = 'paid' }", "income,A_f,B_f,paid\n1,4,2,10\n2,3,3,20\n3,3,3,60\n"), VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "B", "cost"), 30, 1e-14));
}

static void mistakes(void **state) {
    (void)state;
    run("ve.column {}", "income,A_f,B_f,paid\n1,4,2,10\n");
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 2, "name"));
    run("ve.column { name = 'price' }", "income,A_f,B_f,paid\n1,4,2,10\n2,4,2,10\n");
    assert_int_equal(t->code, VE_E_COLUMN);
    run("ve.column { name = 'paid' }", "income,A_f,B_f,paid\n1,4,2,-10\n2,3,3,-20\n");
    assert_true(ve_test_told(t, VE_E_RANGE, 2, "a cost cannot be below zero"));
}

static void it_needs_a_survey(void **state) {
    (void)state;
    ve_test_run(t,
                "{ functions = { { id = 'f' } }, options = { { id = 'A', cost = ve.column { name = 'p' },\n"
                "scores = { f = 1 } }, { id = 'B', cost = 1, scores = { f = 1 } } } }");
    assert_true(ve_test_told(t, VE_E_NO_SURVEY, 1, "column 'p'"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_mean_over_its_customers),
        cmocka_unit_test(one_column_for_all),
        cmocka_unit_test(mistakes),
        cmocka_unit_test(it_needs_a_survey),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

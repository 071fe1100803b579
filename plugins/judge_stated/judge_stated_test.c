/* Tests of `ve.stated`: weights by the option's own customers.
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

static ve_code run(const char *weights, const char *survey) {
    char model[3000];
    snprintf(model, sizeof model,
             "{ attributes = { income = 'CNY' }, scale = { 0, 4 },\n"
             "  functions = { weights = %s, { id = 'f' }, { id = 'g' } },\n"
             "  options = { { id = 'A', cost = 1, target = ve.normal { mean = 1, sd = 1 } },\n"
             "              { id = 'B', cost = 1, target = ve.normal { mean = 3, sd = 1 } } },\n"
             "  %s }",
             weights, survey);
    return ve_test_run(t, model);
}

static const char survey[] = "survey = ve.csv { file = 's.csv', scores = '{option}_{function}' }";
static const char rows[] =
    "income,A_f,A_g,B_f,B_g,imp_f,imp_g\n1,4,2,1,1,9,1\n2,3,3,2,2,5,5\n3,0,1,3,4,2,8\n";

static double weight(const char *option, const char *function) {
    return ve_test_number(t, "functions", "weight", "option", option, "function", function, NULL);
}

static void weights_differ_by_option(void **state) {
    (void)state;
    ve_test_text(t, "s.csv", rows);
    assert_int_equal(run("ve.stated { column = 'imp_{function}' }", survey), VE_OK);
    const double near = 1, mid = exp(-0.5), far = exp(-2);
    double f = near * 9 + mid * 5 + far * 2, g = near * 1 + mid * 5 + far * 8;
    assert_true(ve_test_near(weight("A", "f"), f / (f + g), 1e-14));
    assert_true(ve_test_near(weight("A", "g"), g / (f + g), 1e-14));
    f = far * 9 + mid * 5 + near * 2, g = far * 1 + mid * 5 + near * 8;
    assert_true(ve_test_near(weight("B", "f"), f / (f + g), 1e-14));
    double sf = (far * 1 + mid * 2 + near * 3) / (near + mid + far),
           sg = (far * 1 + mid * 2 + near * 4) / (near + mid + far);
    assert_true(ve_test_near(ve_test_option(t, "B", "function_score"), (f * sf + g * sg) / (f + g), 1e-14));
}

/* Without positioning all customers count alike, in the weights too. */
static void undifferentiated(void **state) {
    (void)state;
    ve_test_text(t, "s.csv", rows);
    assert_int_equal(run("ve.stated { column = 'imp_{function}' }", survey), VE_OK);
    double a = 16. / 30 * 7 / 3 + 14. / 30 * 2, b = 16. / 30 * 2 + 14. / 30 * 7 / 3;
    assert_true(
        ve_test_near(ve_test_option(t, "A", "undifferentiated_function_coefficient"), a / (a + b), 1e-14));
}

static void a_party_may_be_the_customers(void **state) {
    (void)state;
    ve_test_text(t, "s.csv", rows);
    assert_int_equal(run("ve.parties { { 'them', 1, ve.stated { column = 'imp_{function}' } },\n"
                         "{ 'us', 1, ve.direct { f = 1, g = 0 } } }",
                         survey),
                     VE_OK);
    double f = 9 + exp(-0.5) * 5 + exp(-2) * 2, g = 1 + exp(-0.5) * 5 + exp(-2) * 8;
    assert_true(ve_test_near(weight("A", "f"), 0.5 * f / (f + g) + 0.5, 1e-14));
}

static void mistakes(void **state) {
    (void)state;
    ve_test_text(t, "s.csv", rows);
    run("ve.stated { column = 'importance' }", survey);
    assert_true(ve_test_told(t, VE_E_TEXT, 2, "{function} is missing"));
    run("ve.stated {}", survey);
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 2, "column"));
    run("ve.stated { column = 'importance_{function}' }", survey);
    assert_int_equal(t->code, VE_E_COLUMN);
    ve_test_text(t, "s.csv", "income,A_f,A_g,B_f,B_g,imp_f,imp_g\n1,4,2,1,1,-9,1\n2,3,3,2,2,5,5\n");
    run("ve.stated { column = 'imp_{function}' }", survey);
    assert_true(ve_test_told(t, VE_E_RANGE, 2, "mean importance of 'f'"));
    ve_test_text(t, "s.csv", "income,A_f,A_g,B_f,B_g,imp_f,imp_g\n1,4,2,1,1,0,0\n2,3,3,2,2,0,0\n");
    run("ve.stated { column = 'imp_{function}' }", survey);
    assert_true(ve_test_told(t, VE_E_WEIGHTS, 2, "all weights of ve.stated are zero"));
}

static void it_needs_a_survey(void **state) {
    (void)state;
    ve_test_run(
        t,
        "{ functions = { weights = ve.stated { column = 'imp_{function}' }, { id = 'f' }, { id = 'g' } },\n"
        "  options = { { id = 'A', cost = 1, scores = { f = 1, g = 1 } },\n"
        "              { id = 'B', cost = 1, scores = { f = 1, g = 1 } } } }");
    assert_true(ve_test_told(t, VE_E_NO_SURVEY, 1, "the model has none"));
}

static void it_cannot_judge_options(void **state) {
    (void)state;
    ve_test_run(t, "{ functions = { { id = 'f', scores = ve.stated { column = 'imp_{function}' } } },\n"
                   "  options = { { id = 'A', cost = 1 }, { id = 'B', cost = 1 } } }");
    assert_true(ve_test_told(t, VE_E_UNKNOWN_WORD, 1, "cannot judge options"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_differ_by_option),
        cmocka_unit_test(undifferentiated),
        cmocka_unit_test(a_party_may_be_the_customers),
        cmocka_unit_test(mistakes),
        cmocka_unit_test(it_needs_a_survey),
        cmocka_unit_test(it_cannot_judge_options),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

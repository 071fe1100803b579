/* Tests of `ve.parts`: sums, time at a rate, words inside, paths, mistakes.
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

/* Option A costs this, B costs 1; line 2. */
static ve_code run(const char *cost) {
    char model[2000];
    snprintf(model, sizeof model,
             "{ functions = { { id = 'f' } }, options = { { id = 'A', scores = { f = 1 },\ncost = %s },\n"
             "{ id = 'B', cost = 1, scores = { f = 1 } } } }",
             cost);
    return ve_test_run(t, model);
}

static double costs(const char *cost) {
    assert_int_equal(run(cost), VE_OK);
    return ve_test_option(t, "A", "cost");
}

static void sums(void **state) {
    (void)state;
    assert_true(costs("ve.parts { price = 4200, trouble = 300 }") == 4500);
    assert_true(costs("ve.parts { price = 4200, ['old one back'] = -200.5 }") == 3999.5);
    assert_true(costs("ve.parts { price = { amount = 7 } }") == 7);
    assert_true(costs("ve.parts { nothing = 0 }") == 0);
    assert_true(isnan(ve_test_number(t, "options", "value_index", "option", "A", NULL)));
}

static void time_is_money(void **state) {
    (void)state;
    assert_true(costs("ve.parts { price = 4200, time = { hours = 12, rate = 35 }, trouble = 300 }") == 4920);
    assert_true(costs("ve.parts { price = 100, hours = 2, rate = 30 }") == 160);
    assert_true(costs("ve.parts { rate = 30, travel = { hours = 2 }, wait = { hours = 1, rate = 50 }, form = "
                      "{ hours = 0.5 } }") == 125);
}

static void uncertain_numbers(void **state) {
    (void)state;
    assert_true(costs("ve.parts { price = ve.normal { mean = 100, sd = 5 }, t = { hours = ve.normal { mean = "
                      "2, sd = 1 }, rate = 10 } }") == 120);
}

static void words_inside(void **state) {
    (void)state;
    double life = costs("ve.life_cycle { initial = 6500, annual = 340, rate = 0.1, years = 50 }");
    assert_true(ve_test_near(
        costs("ve.parts { owning = ve.life_cycle { initial = 6500, annual = 340, rate = 0.1, years = 50 },\n"
              "inner = ve.parts { a = 1, hours = ve.parts { b = 2, c = 3 }, rate = 10 }, rest = 20 }"),
        life + 71, 1e-15));
}

/* What customers of the target pay, and how long they wait: 10 and 60 at half weight each. */
static void columns_of_the_survey(void **state) {
    (void)state;
    ve_test_text(t, "s.csv", "income,A_f,B_f,paid,wait\n1,4,2,10,1\n1,3,3,60,3\n");
    assert_int_equal(
        ve_test_run(
            t,
            "{ attributes = { income = 'CNY' }, functions = { { id = 'f' } }, scale = { 0, 4 },\n"
            "options = { { id = 'A', target = ve.normal { mean = 1, sd = 1 }, cost = ve.parts {\n"
            "price = ve.column { name = 'paid' }, time = { hours = ve.column { name = 'wait' }, rate = 4 } } "
            "},\n"
            "{ id = 'B', cost = 3 } }, survey = ve.csv { file = 's.csv', scores = '{option}_{function}' } }"),
        VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "cost"), 43, 1e-15));
}

static void too_large(void **state) {
    (void)state;
    char word[1600] = "";
    for (int level = 0; level < 22; level++)
        strncat(word, "ve.parts { rate = 1e15, hours = ", sizeof word - strlen(word) - 1);
    strncat(word, "1", sizeof word - strlen(word) - 1);
    for (int level = 0; level < 22; level++)
        strncat(word, " }", sizeof word - strlen(word) - 1);
    run(word);
    assert_true(ve_test_told(t, VE_E_NOT_FINITE, 2, "too large to compute with"));
}

static double cost_with(const char *path, double number) {
    char value[32];
    snprintf(value, sizeof value, "%.17g", number);
    ve_setting set = { .path = path, .value = value };
    t->set = &set;
    t->sets = 1;
    ve_code code = run("ve.parts { price = 100, hours = 2, rate = 30, wait = { hours = 1, rate = 50 } }");
    t->sets = 0;
    return code ? NAN : ve_test_option(t, "A", "cost");
}

static void paths(void **state) {
    (void)state;
    assert_true(cost_with("options.A.cost.rate", 40) == 230);
    assert_true(cost_with("options.A.cost.hours", 3) == 240);
    assert_true(cost_with("options.A.cost.price", 0) == 110);
    assert_true(cost_with("options.A.cost.wait.rate", 60) == 220);
    assert_true(cost_with("options.A.cost.wait", 1) == 161);
    assert_true(isnan(cost_with("options.A.cost.prise", 1)));
    assert_true(ve_test_told(t, VE_E_PATH, 0, "'prise' names nothing in options.A.cost"));
    assert_non_null(strstr(t->errors.list[0].hint, "did you mean 'price'?"));
}

static void mistakes(void **state) {
    (void)state;
    run("ve.parts {}");
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 2, "nothing to add up"));
    run("ve.parts { price = 3,\ntime = { hours = 3 } }");
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 3, "nothing says what an hour of 'time' costs"));
    run("ve.parts { hours = 3 }");
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 2, "nothing says what an hour costs"));
    run("ve.parts { price = 3, rate = 3 }");
    assert_true(ve_test_told(t, VE_E_CONFLICT, 2, "no item without a rate of its own takes time"));
    run("ve.parts { time = { rate = 3 } }");
    assert_true(
        ve_test_told(t, VE_E_MISSING_FIELD, 2, "'time' says neither what it costs nor how many hours"));
    run("ve.parts { time = { amount = 3, hours = 3, rate = 3 } }");
    assert_true(ve_test_told(t, VE_E_CONFLICT, 2, "'time' is both an amount of money and a time"));
    run("ve.parts { price = 3, back = -4 }");
    assert_true(ve_test_told(t, VE_E_RANGE, 2, "add up to a cost below zero (-1)"));
    run("ve.parts { price = '3' }");
    assert_true(ve_test_told(t, VE_E_TYPE, 2, "price must be a number"));
    run("ve.parts { price = ve.direct { f = 1 } }");
    assert_true(ve_test_told(t, VE_E_TYPE, 2, "ve.direct is a judgement"));
    run("ve.parts { price = ve.nothing {} }");
    assert_true(ve_test_told(t, VE_E_UNKNOWN_WORD, 2, "ve.nothing"));
    run("ve.parts { time = { hours = -1, rate = 3 } }");
    assert_true(ve_test_told(t, VE_E_RANGE, 2, "hours must be at least 0"));
    run("ve.parts { time = { hour = 1, rate = 3 } }");
    assert_true(ve_test_told(t, VE_E_UNKNOWN_FIELD, 2, "unknown field 'hour'"));
    run("ve.parts { 3 }");
    assert_int_not_equal(t->code, VE_OK);
    run("ve.parts { price = ve.column { name = 'paid' } }");
    assert_true(ve_test_told(t, VE_E_NO_SURVEY, 2, "column 'paid'"));
    run("ve.parts { price = ve.life_cycle { initial = 1, rate = 0.1, years = 10, salvage = 1000 } }");
    assert_true(ve_test_told(t, VE_E_RANGE, 2, "below zero"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums),
        cmocka_unit_test(time_is_money),
        cmocka_unit_test(uncertain_numbers),
        cmocka_unit_test(words_inside),
        cmocka_unit_test(columns_of_the_survey),
        cmocka_unit_test(too_large),
        cmocka_unit_test(paths),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

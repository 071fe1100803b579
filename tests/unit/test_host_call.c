/* Target functions: called once per customer, in one protected call, with results that can be used.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "host_room.h"

enum { ROWS = 4 };

static room r;
static double out[ROWS];

/* Calls the function on incomes 1000, 2000, 3000, 4000 and ages 20, 30, 40, 50. */
static ve_code call(const char *function) {
    static const double income[ROWS] = { 1000, 2000, 3000, 4000 }, age[ROWS] = { 20, 30, 40, 50 };
    static const double *const column[] = { income, age };
    static const char *const name[] = { "income", "age" };
    const ve_columns columns = { ROWS, 2, column };
    char text[1024];
    snprintf(text, sizeof text, "return ve.model {\n  target = %s }", function);
    room_begin(&r);
    room_open(&r, text);
    if (r.code) fail_msg("%s", room_error(&r, 0));
    memset(out, 0, sizeof out);
    return ve_host_call(r.host, field(r.model, "target"), "options[1].target", name, &columns, out,
                        &r.errors);
}

static void results_come_row_by_row(void **state) {
    (void)state;
    assert_int_equal(call("function(c) return c.income > 2500 and c.age / 10 or 0 end"), VE_OK);
    assert_true(out[0] == 0 && out[1] == 0 && out[2] == 4 && out[3] == 5);
    room_end(&r);
    assert_int_equal(call("function(c) c.income = nil c.age = c.age * 2 return c.age end"), VE_OK);
    assert_true(out[0] == 40 && out[3] == 100);
    room_end(&r);
    assert_int_equal(call("function(c) return 0 end"), VE_OK);
    room_end(&r);
    assert_int_equal(call("function(c) local s = 0 for k, v in pairs(c) do s = s + v end return s end"),
                     VE_OK);
    assert_true(out[0] == 1020);
    room_end(&r);
}

static void expect_fault(const char *function, const char *error) {
    ve_code code = call(function);
    assert_string_equal(room_error(&r, 0), error);
    assert_int_equal(code, r.errors.list[0].code);
    room_end(&r);
}

static void results_must_be_numbers_from_zero_up(void **state) {
    (void)state;
#define WHERE "model.lua:2:3: VE316 options[1].target: the function gives "
    expect_fault("function(c) return c.income > 5000 end",
                 WHERE "true or false instead of a number for the customer with income = 1000, age = 20 "
                       "(write `(condition) and 1 or 0`)");
    expect_fault("function(c) if c.age < 35 then return 1 end end",
                 WHERE "nothing for the customer with income = 3000, age = 40 (every way through the "
                       "function must return a number)");
    expect_fault("function(c) return '5' end",
                 WHERE "a string instead of a number for the customer with income = 1000, age = 20 (return a "
                       "number that is not negative)");
    expect_fault("function(c) return 35.5 - c.age end",
                 WHERE "-4.5, a negative weight, for the customer with income = 3000, age = 40 (return a "
                       "number that is not negative)");
    expect_fault("function(c) return 0/0 end",
                 WHERE "no number (NaN) for the customer with income = 1000, age = 20 (0/0 and the roots and "
                       "logarithms of negative numbers have no result)");
    expect_fault(
        "function(c) return 1/0 end", WHERE
        "an infinite number for the customer with income = 1000, age = 20 (look for a division by zero)");
}

static void attributes_must_be_the_models(void **state) {
    (void)state;
    expect_fault("function(c) return c.incme end", "model.lua:2:0: VE316 options[1].target: customers have "
                                                   "no attribute 'incme' (did you mean 'income'?)");
    expect_fault("function(c) return c.zzzzzzz end",
                 "model.lua:2:0: VE316 options[1].target: customers have no attribute 'zzzzzzz' (customers "
                 "have the `attributes` that the model names)");
}

static void errors_name_the_customer(void **state) {
    (void)state;
    expect_fault("function(c)\n if c.age > 35 then error('too old') end return 1 end",
                 "model.lua:3:0: VE302 options[1].target: too old (it happened for the customer with income "
                 "= 3000, age = 40)");
}

static void hints_that_say_more_stay(void **state) {
    (void)state;
    expect_fault("function(c) income = 1 return incme end",
                 "model.lua:2:42: VE302 options[1].target: undefined name 'incme' (did you mean 'income'?)");
}

static void a_function_defined_elsewhere_is_named_by_its_line(void **state) {
    (void)state;
    expect_fault("(function()\n return function(c)\n return nil end end)()",
                 "model.lua:3:0: VE316 options[1].target: the function gives nothing for the customer with "
                 "income = 1000, age = 20 (every way through "
                 "the function must return a number)");
}

static void calls_share_one_budget(void **state) {
    (void)state;
    assert_int_equal(call("function(c) for i = 1, 3e6 do end return 1 end"), VE_OK);
    const double income[ROWS] = { 1, 2, 3, 4 }, *const column[] = { income };
    const char *const name[] = { "income" };
    const ve_columns columns = { ROWS, 1, column };
    ve_code code = VE_OK;
    int calls = 0;
    while (!code && calls++ < 10)
        code = ve_host_call(r.host, field(r.model, "target"), "t", name, &columns, out, &r.errors);
    assert_int_equal(code, VE_E_STEPS);
    assert_true(calls == 4);
    room_end(&r);
}

static void no_rows_and_no_columns_are_fine(void **state) {
    (void)state;
    assert_int_equal(call("function(c) return 1 end"), VE_OK);
    const ve_columns none = { 0, 0, NULL }, rows = { ROWS, 0, NULL };
    assert_int_equal(ve_host_call(r.host, field(r.model, "target"), "t", NULL, &none, out, &r.errors), VE_OK);
    assert_int_equal(ve_host_call(r.host, field(r.model, "target"), "t", NULL, &rows, out, &r.errors), VE_OK);
    assert_int_equal(ve_host_call(r.host, r.model, "t", NULL, &rows, out, &r.errors), VE_E_TYPE);
    assert_string_equal(room_error(&r, 0), "model.lua:1:17: VE306 t: this is not a function");
    room_end(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_come_row_by_row),
        cmocka_unit_test(results_must_be_numbers_from_zero_up),
        cmocka_unit_test(attributes_must_be_the_models),
        cmocka_unit_test(errors_name_the_customer),
        cmocka_unit_test(hints_that_say_more_stay),
        cmocka_unit_test(a_function_defined_elsewhere_is_named_by_its_line),
        cmocka_unit_test(calls_share_one_budget),
        cmocka_unit_test(no_rows_and_no_columns_are_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

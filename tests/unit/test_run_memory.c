/* A whole run with the n-th allocation failing, for every n, and with every limit of memory: it ends as out
 * of memory or as it should, and nothing is lost. SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <stdio.h>

#include "ve_test.h"
#include "no_memory.h"

static ve_test *t;

/* Every word that there is, so that every plugin meets the failure. */
static const char model[] =
    "return ve.model { title = 'all words', attributes = { income = 'CNY', age = 'years' }, scale = { 0, 4 "
    "},\n"
    "functions = { weights = ve.parties { { 'a', 1, ve.direct { f = 1, g = 2, h = 1 } },\n"
    "{ 'b', 2, ve.zero_four { relations = { 'f > g', 'g = h' } } },\n"
    "{ 'c', 2, ve.zero_four { pairs = { { 'f', 'g', 3 }, { 'f', 'h', 3 }, { 'g', 'h', 2 } } } },\n"
    "{ 'd', 1, ve.zero_one { wins = { { 'f', 'g' }, { 'g', 'h' }, { 'h', 'f' } } } },\n"
    "{ 'e', 1, ve.stated { column = 'imp_{function}' } } },\n"
    "{ id = 'f', minimum = 0.1, parts = { { id = 'f1', weight = 1 }, { id = 'f2', weight = 2 } } },\n"
    "{ id = 'g' }, { id = 'h', scores = ve.direct { A = 1, B = 2, C = 1 } } },\n"
    "options = { { id = 'A', cost = ve.life_cycle { initial = 9, annual = 1, rate = 0.1, years = 5,\n"
    "overhauls = { { 2, 1 } } }, target = ve.normal { mean = { income = 1, age = 30 },\n"
    "correlation = { { 'income', 'age', 0.2 } } } },\n"
    "{ id = 'B', cost = ve.column { name = 'paid' }, target = function(c) return c.income end },\n"
    "{ id = 'C', cost = ve.normal { mean = 4, sd = 1 }, target = ve.equal {} } }, choose = ve.max_value {},\n"
    "survey = ve.csv { file = 's.csv', scores = '{option}_{function}' },\n"
    "scenarios = { { name = 's', set = { ['functions.g.weight'] = 0.5 } } } }\n";
static const char survey[] = "income,age,A_f1,A_f2,A_g,B_f1,B_f2,B_g,C_f1,C_f2,C_g,imp_f,imp_g,imp_h,paid\n"
                             "1,20,1,2,3,4,3,2,1,2,3,5,4,3,8\n"
                             "2,30,3,2,3,1,3,2,4,2,3,1,4,3,9\n"
                             "3,50,4,2,1,4,3,2,1,1,3,5,4,9,7\n";

/* The model is written before anything fails. */
static ve_code run(ve_arena *arena) {
    char path[512];
    snprintf(path, sizeof path, "%s/model.lua", t->folder);
    ve_request request = { .model = path,
                           .scenario = "s",
                           .study = ve_registry_get(t->registry, VE_KIND_STUDY, "run"),
                           .limits = &ve_limits_default,
                           .threads = 1 };
    t->errors.count = t->errors.dropped = 0;
    return ve_run(&request, t->registry, arena, &t->answer, &t->errors);
}

static void ends_well(ve_code code, bool failed) {
    if (code != VE_OK && code != VE_E_MEMORY)
        fail_msg("%s: %s", ve_code_get(code)->id, t->errors.count ? t->errors.list[0].message : "");
    if (code == VE_E_MEMORY) assert_true(t->errors.count > 0);
    if (!failed) assert_int_equal(code, VE_OK);
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    for (int round = 0; round < 2; round++) {
        sticky = round == 1;
        for (long n = 0;; n++) {
            failures = 0;
            left = n;
            ve_arena *arena = ve_arena_new(0);
            ve_code code = arena ? run(arena) : ve_fail_memory(&t->errors);
            left = -1;
            ends_well(code, failures > 0);
            ve_arena_free(arena);
            if (failures == 0) break;
        }
    }
}

static void every_limit_of_memory(void **state) {
    (void)state;
    ve_code code = VE_E_MEMORY;
    for (size_t limit = 1; code == VE_E_MEMORY; limit += 499) {
        ve_arena *arena = ve_arena_new(limit);
        code = run(arena);
        ends_well(code, true);
        ve_arena_free(arena);
    }
    assert_int_equal(code, VE_OK);
}

static int start(void **state) {
    (void)state;
    t = ve_test_begin();
    ve_test_text(t, "s.csv", survey);
    ve_test_text(t, "model.lua", model);
    return 0;
}

static int stop(void **state) {
    (void)state;
    ve_test_close(t);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(every_limit_of_memory),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

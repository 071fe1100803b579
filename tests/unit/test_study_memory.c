/* Whole studies with the n-th allocation failing, for every n, with words in C and in Lua: each ends as out
 * of memory or as it should, and nothing is lost. SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ve_test.h"
#include "base/number.h"
#include "no_memory.h"

enum { TRIES = 25 };

static ve_test *t;
static long needed; /* allocations of a whole run */

static const char survey[] = "income,profit,tier,paid,imp_f,imp_g,A_f,A_g,B_f,B_g,C_f,C_g\n"
                             "1000,3,gold,9,4,3,1,2,3,4,2,2\n"
                             "2000,9,iron,8,3,3,3,2,4,1,2,3\n"
                             "3000,4,gold,7,5,1,4,4,1,2,1,2\n"
                             "4000,5,lead,9,1,5,2,3,3,3,4,2\n";

/* A bit of everything that studies ask for. */
static const char model[] =
    "return ve.model { attributes = { income = 'CNY' }, scale = { 0, 4 },\n"
    "functions = { { id = 'f', weight = 3 }, { id = 'g', weight = 2 } },\n"
    "options = { { id = 'A', cost = ve.normal { mean = 9, sd = 1 },\n"
    "target = ve.normal { mean = ve.uniform { low = 2000, high = 3000 }, sd = 900 } },\n"
    "{ id = 'B', cost = 8 } }, concentration = 20, tiers = { by = 'profit' },\n"
    "correlations = { { 'options.A.cost', 'options.A.target.mean', 0.5 } },\n"
    "survey = ve.csv { file = 's.csv', scores = '{option}_{function}' },\n"
    "scenarios = { { name = 's', set = { ['options.A.cost'] = 8, ['functions.g.weight'] = 3 } } } }\n";

/* A word in Lua of each kind that a model may use, and a Lua function. */
static const char with_lua[] =
    "ve.use 'bell.lua' ve.use 'own_mixture.lua' ve.use 'own_categories.lua' ve.use 'own_cost.lua'\n"
    "ve.use 'own_parties.lua' ve.use 'own_stated.lua' ve.use 'thrifty.lua'\n"
    "return ve.model { attributes = { income = 'CNY', tier = 'text' }, scale = { 0, 4 },\n"
    "functions = { weights = ve.own_parties { { 'makers', 0.6, ve.direct { f = 3, g = 1 } },\n"
    "{ 'users', 0.4, ve.own_stated { column = 'imp_{function}' } } }, { id = 'f' }, { id = 'g' } },\n"
    "options = { { id = 'A', cost = ve.own_cost { paid = 'paid', parts = { { 'frame', 3 } } },\n"
    "target = ve.own_mixture { { ve.bell { by = 'income', mean = 2000, sd = 900 }, 0.7 },\n"
    "{ ve.uniform { by = 'income', low = 0, high = 9000 }, 0.3 } } },\n"
    "{ id = 'B', cost = 9, target = ve.own_categories { by = 'tier', value = { gold = 1 }, others = 0.5 } "
    "},\n"
    "{ id = 'C', cost = 8, target = function(c) return c.income end } },\n"
    "choose = ve.thrifty { near = 0.5 }, survey = ve.csv { file = 's.csv', scores = '{option}_{function}' "
    "},\n"
    "scenarios = { { name = 's', set = { ['options.B.cost'] = 7 } } } }\n";

static void copy_word(const char *name) {
    char path[512], text[4000];
    snprintf(path, sizeof path, "%s/tests/lua/%s", VE_SOURCE_DIR, name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t length = fread(text, 1, sizeof text, file);
    fclose(file);
    ve_test_file(t, name, text, length);
}

static int start(void **state) {
    (void)state;
    static const char *const word[] = { "bell.lua",     "own_mixture.lua", "own_categories.lua",
                                        "own_cost.lua", "own_parties.lua", "own_stated.lua",
                                        "thrifty.lua" };
    t = ve_test_open(NULL);
    ve_test_text(t, "s.csv", survey);
    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        copy_word(word[i]);
    return 0;
}

static int stop(void **state) {
    (void)state;
    ve_test_close(t);
    return 0;
}

typedef struct trial {
    const char *model, *study, *option, *value; /* option NULL: none */
    unsigned threads;
} trial;

static ve_code run(const trial *of, const ve_value *params, ve_arena *arena) {
    char path[512];
    snprintf(path, sizeof path, "%s/model.lua", t->folder);
    ve_request request = { .model = path,
                           .study = ve_registry_get(t->registry, VE_KIND_STUDY, of->study),
                           .study_params = params,
                           .limits = &ve_limits_default,
                           .threads = of->threads };
    t->errors.count = t->errors.dropped = 0;
    return ve_run(&request, t->registry, arena, &t->answer, &t->errors);
}

/* Returns whether an allocation was refused. */
static bool run_refused(const trial *of, const ve_value *params, long n, bool all_after) {
    sticky = all_after;
    failures = 0;
    left = n;
    ve_arena *arena = ve_arena_new(0);
    ve_code code = arena ? run(of, params, arena) : ve_fail_memory(&t->errors);
    if (n == LONG_MAX) needed = LONG_MAX - left;
    left = -1;
    bool refused_any = failures > 0;
    if (code != VE_OK && (code != VE_E_MEMORY || !refused_any))
        fail_msg("%s, allocation %ld: %s: %s", of->study, n, ve_code_get(code)->id,
                 t->errors.count ? t->errors.list[0].message : "");
    if (code == VE_E_MEMORY) assert_true(t->errors.count > 0);
    ve_arena_free(arena);
    return refused_any;
}

/* One alone, and with all that follow; evenly spread where there are too many for a quick test. */
static void allocations_may_fail(const trial *of) {
    ve_entry option = { of->option, { .kind = VE_TEXT, .at = { "command line", 0, 0 } } };
    ve_value params = { .kind = VE_TABLE, .table = { .fields = &option, .named = of->option != NULL } };
    if (of->option && !ve_number_read(of->value, strlen(of->value), &option.value.number))
        option.value.text.bytes = of->value, option.value.text.length = strlen(of->value);
    else
        option.value.kind = VE_NUMBER;
    ve_test_text(t, "model.lua", of->model);
    assert_false(run_refused(of, &params, LONG_MAX, false));
    long step = 1 + needed / TRIES;
    for (long n = 0; run_refused(of, &params, n, n / step % 2 != 0);)
        n += step;
}

#define STUDY(name, ...)                                                                                     \
    static void name(void **state) {                                                                         \
        (void)state;                                                                                         \
        static const trial of = { __VA_ARGS__ };                                                             \
        allocations_may_fail(&of);                                                                           \
    }

STUDY(segments, model, "segments", NULL, NULL, 1)
STUDY(sweep, model, "sweep", "vary", "options.A.cost=5:12:1", 1)
STUDY(best, model, "sweep", "best", "options.A.target.mean", 1)
STUDY(sensitivity, model, "sensitivity", "draws", "100", 1)
STUDY(risk_with_threads, model, "risk", "draws", "100", 2)
STUDY(compare, model, "compare", NULL, NULL, 1)
STUDY(words_in_lua, with_lua, "run", NULL, NULL, 1)
STUDY(sweep_of_words_in_lua, with_lua, "sweep", "vary", "options.B.cost=5:12:1", 1)
STUDY(words_in_lua_compared, with_lua, "compare", NULL, NULL, 1)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(segments),
        cmocka_unit_test(sweep),
        cmocka_unit_test(best),

        cmocka_unit_test(sensitivity),
        cmocka_unit_test(risk_with_threads),
        cmocka_unit_test(compare),
        cmocka_unit_test(words_in_lua),
        cmocka_unit_test(sweep_of_words_in_lua),
        cmocka_unit_test(words_in_lua_compared),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

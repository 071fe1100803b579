/* How trees differ: what belongs together, what is told as a whole, how it is called; and trees in between.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tree.h"

#include "base/text.h"
#include "model/difference.h"

static int setup(void **state) {
    *state = bench_open(0);
    return 0;
}

static int teardown(void **state) {
    bench_close(*state);
    return 0;
}

static const char base[] =
    "{ title = 'R', attributes = { income = 'CNY' }, scale = { 0, 4 },\n"
    "functions = { weights = ve.parties { { 'owner', 0.4, ve.direct { use = 6, look = 4 } }, { 'user', 0.6, "
    "ve.direct { use = 1 } } },\n"
    "  { id = 'use', parts = { { id = 'layout', weight = 3 }, { id = 'attic', weight = 1 } } }, { id = "
    "'look' } },\n"
    "options = { { id = 'A', cost = 4200, target = ve.normal { mean = 10000 }, scores = { 1, 2, 3 } },\n"
    "  { id = 'B', cost = ve.life_cycle { overhauls = { { 5, 100 } }, rate = 0.06 } } },\n"
    "target = ve.normal { mean = 5, sd = 1 }, survey = ve.csv { file = 'a.csv', attributes = { income = 'x' "
    "} },\n"
    "scenarios = { { name = 'x' } } }";

static ve_differences found(bench *b, const char *from, const char *to, bool data) {
    ve_differences d;
    assert_int_equal(ve_differences_find(&b->binder, tree(b->arena, from), tree(b->arena, to), data, &d),
                     VE_OK);
    return d;
}

/* Differences as "path: from -> to", one a line. */
static const char *told(bench *b, const ve_differences *d) {
    const char *text = "";
    for (size_t i = 0; i < d->count; i++) {
        const char *from = d->list[i].from ? ve_value_written(b->arena, d->list[i].from, 60) : "-";
        const char *to = d->list[i].to ? ve_value_written(b->arena, d->list[i].to, 60) : "-";
        text = ve_format(b->arena, "%s%s: %s -> %s\n", text, d->list[i].path, from, to);
    }
    return text;
}

/* The base with one piece of text replaced. */
static const char *with(bench *b, const char *piece, const char *by) {
    const char *at = strstr(base, piece);
    if (!at) fail_msg("the base has no %s", piece);
    return ve_format(b->arena, "%.*s%s%s", (int)(at - base), base, by, at + strlen(piece));
}

static void differs(bench *b, const char *piece, const char *by, const char *wanted) {
    ve_differences d = found(b, base, with(b, piece, by), false);
    assert_string_equal(told(b, &d), wanted);
}

static void the_same_has_none(void **state) {
    ve_differences d = found(*state, base, base, false);
    assert_int_equal(d.count, 0);
    differs(*state, "name = 'x'", "name = 'y', set = 1", "");
}

static void values_have_the_paths_people_write(void **state) {
    bench *b = *state;
    differs(b, "4200", "4830", "options.A.cost: 4200 -> 4830\n");
    differs(b, "weight = 3", "weight = 5", "functions.layout.weight: 3 -> 5\n");
    differs(b, "{ 0, 4 }", "{ 0, 5 }", "scale.2: 4 -> 5\n");
    differs(b, "0.6, ve", "0.7, ve", "functions.weights.user.share: 0.6 -> 0.7\n");
    differs(b, "{ 1, 2, 3 }", "{ 1, 2, 4 }", "options.A.scores.look: 3 -> 4\n");
    differs(b, "rate = 0.06", "rate = 0.07", "options.B.cost.rate: 0.06 -> 0.07\n");
    differs(b, "{ 5, 100 }", "{ 5, 90 }", "options.B.cost.overhauls.1.cost: 100 -> 90\n");
    differs(b, "'a.csv'", "'b.csv'", "survey.file: \"a.csv\" -> \"b.csv\"\n");
    differs(b, "title = 'R', ", "", "title: \"R\" -> -\n");
    differs(b, "id = 'look'", "id = 'look', minimum = 2", "functions.look.minimum: - -> 2\n");
}

static void words_are_told_whole(void **state) {
    differs(*state, "ve.normal { mean = 10000 }", "ve.equal {}",
            "options.A.target: ve.normal { mean = 10000 } -> ve.equal {}\n");
    differs(*state, "4200", "ve.life_cycle { rate = 0.1 }",
            "options.A.cost: 4200 -> ve.life_cycle { rate = 0.1 }\n");
    differs(*state, "target = ve.normal { mean = 10000 }", "target = fn",
            "options.A.target: ve.normal { mean = 10000 } -> a Lua function\n");
}

static void records_come_and_go(void **state) {
    bench *b = *state;
    differs(b, "{ id = 'look' }", "{ id = 'new' }, { id = 'look' }",
            "functions.new: - -> { id = \"new\" }\n");
    differs(b, ", { id = 'attic', weight = 1 }", "",
            "functions.attic: { id = \"attic\", weight = 1 } -> -\n");
    differs(b, "{ 1, 2, 3 }", "{ 1, 2, 3, 4 }", "options.A.scores: { 1, 2, 3 } -> { 1, 2, 3, 4 }\n");
}

/* An option without a target has the model's. */
static void a_target_of_its_own(void **state) {
    differs(*state, "rate = 0.06 } }", "rate = 0.06 }, target = ve.normal { mean = 6, sd = 1 } }",
            "options.B.target.mean: 5 -> 6\n");
    differs(*state, "target = ve.normal { mean = 10000 }, ", "",
            "options.A.target.mean: 10000 -> 5\noptions.A.target.sd: - -> 1\n");
}

static void texts_of_a_list_are_one_statement(void **state) {
    bench *b = *state;
    ve_differences d = found(b, "{ x = { 'a > b', 'b > c' } }", "{ x = { 'b > a', 'b > c' } }", false);
    assert_string_equal(told(b, &d), "x: { \"a > b\", \"b > c\" } -> { \"b > a\", \"b > c\" }\n");
    d = found(b, "{ survey = ve.csv { { 1, 2 }, { 3, 4 } } }", "{ survey = ve.csv { { 1, 2 }, { 3, 5 } } }",
              false);
    assert_string_equal(told(b, &d),
                        "survey: ve.csv { { 1, 2 }, { 3, 4 } } -> ve.csv { { 1, 2 }, { 3, 5 } }\n");
}

static void other_data_differ_though_they_look_alike(void **state) {
    ve_differences d = found(*state, base, base, true);
    assert_int_equal(d.count, 1);
    assert_string_equal(d.list[0].path, "survey");
}

static void long_values_are_cut(void **state) {
    bench *b = *state;
    const ve_value *v = tree(b->arena, "{ 'one', two = { 3, 4 }, ['a-b'] = true, five = ve.w { 6, 7, 8 } }");
    assert_string_equal(ve_value_written(b->arena, v, 100),
                        "{ \"one\", two = { 3, 4 }, [\"a-b\"] = true, five = ve.w { 6, 7, 8 } }");
    assert_string_equal(ve_value_written(b->arena, v, 20), "{ \"one\", two = { 3, 4 } ... }");
}

static void keys_are_written_as_lua_wants_them(void **state) {
    bench *b = *state;
    const ve_value *v = tree(b->arena, "{ ['抢修'] = 1, ['options.A.cost'] = 2 }");
    assert_string_equal(ve_value_written(b->arena, v, 100), "{ [\"抢修\"] = 1, [\"options.A.cost\"] = 2 }");
}

/* ---- between ------------------------------------------------------------------------------------- */

static const char *mixed(bench *b, const ve_differences *d, unsigned set) {
    bool taken[16];
    ve_value out;
    for (size_t i = 0; i < d->count; i++)
        taken[i] = set >> i & 1;
    assert_int_equal(ve_differences_mix(d, taken, b->arena, &out, &b->errors), VE_OK);
    return ve_value_written(b->arena, &out, 1000);
}

static void trees_in_between(void **state) {
    bench *b = *state;
    static const char from[] = "{ a = 1, options = { { id = 'A', cost = 1 }, { id = 'B', cost = 2 } } }";
    static const char to[] = "{ options = { { id = 'C' }, { id = 'B', cost = 3 } }, b = 4 }";
    ve_differences d = found(b, from, to, false);
    assert_string_equal(told(b, &d), "a: 1 -> -\n"
                                     "options.A: { id = \"A\", cost = 1 } -> -\n"
                                     "options.C: - -> { id = \"C\" }\n"
                                     "options.B.cost: 2 -> 3\n"
                                     "b: - -> 4\n");
    assert_string_equal(mixed(b, &d, 0),
                        "{ a = 1, options = { { id = \"A\", cost = 1 }, { id = \"B\", cost = 2 } } }");
    assert_string_equal(mixed(b, &d, 31),
                        "{ options = { { id = \"C\" }, { id = \"B\", cost = 3 } }, b = 4 }");
    assert_string_equal(
        mixed(b, &d, 4),
        "{ a = 1, options = { { id = \"A\", cost = 1 }, { id = \"C\" }, { id = \"B\", cost = 2 } } }");
    assert_string_equal(mixed(b, &d, 10), "{ a = 1, options = { { id = \"B\", cost = 3 } } }");
}

static void another_order_is_followed_by_name(void **state) {
    bench *b = *state;
    ve_differences d = found(b, "{ x = { { id = 'A', y = 1 }, { id = 'B' } } }",
                             "{ x = { { id = 'B' }, { id = 'C' }, { id = 'A', y = 2 } } }", false);
    assert_string_equal(told(b, &d), "x.A.y: 1 -> 2\nx.C: - -> { id = \"C\" }\n");
    assert_string_equal(mixed(b, &d, 3), "{ x = { { id = \"A\", y = 2 }, { id = \"B\" }, { id = \"C\" } } }");
}

static void memory_may_run_out(void **state) {
    bench *b = *state;
    ve_value *from = tree(b->arena, base), *to = tree(b->arena, with(b, "4200", "4830"));
    for (size_t limit = 64; limit < 4096; limit += 64) {
        ve_arena *small = ve_arena_new(limit);
        ve_differences d;
        ve_binder binder = b->binder;
        if (!small) continue;
        binder.arena = small;
        b->errors = (ve_errors){ 0 };
        ve_code code = ve_differences_find(&binder, from, to, false, &d);
        assert_true(code == VE_E_MEMORY || (code == VE_OK && d.count == 1));
        ve_arena_free(small);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_same_has_none),
        TEST(values_have_the_paths_people_write),
        TEST(words_are_told_whole),
        TEST(records_come_and_go),
        TEST(a_target_of_its_own),
        TEST(texts_of_a_list_are_one_statement),
        TEST(other_data_differ_though_they_look_alike),
        TEST(long_values_are_cut),
        TEST(keys_are_written_as_lua_wants_them),
        TEST(trees_in_between),
        TEST(another_order_is_followed_by_name),
        TEST(memory_may_run_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Paths: every value of a model can be set by one, and what names nothing is told with what would.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tree.h"

#include "model/model.h"
#include "model/path.h"

static const char housing[] =
    "{ title = 'Riverside', attributes = { income = 'CNY' }, scale = { 0, 4 },\n"
    "  functions = { weights = ve.parties { { 'owner', 0.4, ve.direct { use = 6, look = 4 } },\n"
    "      { name = 'user', share = 0.6, judgement = ve.direct { use = 1 } } },\n"
    "    { id = 'use', parts = {\n"
    "        { id = 'layout', weight = 3 }, { id = 'storey', weight = 1 }, { id = 'attic', weight = 4 } } "
    "},\n"
    "    { id = 'look', name = 'Appearance', minimum = 1.5, parts = { weights = ve.direct { paint = 1 }, { "
    "id = 'paint' } } } },\n"
    "  options = { { id = 'A', cost = 4200, target = ve.normal { mean = 10000 } },\n"
    "    { id = 'B', cost = ve.life_cycle { overhauls = { { 5, 100 } }, rate = 0.06 }, target = fn },\n"
    "    { id = 'C', cost = ve.normal { mean = 2100, sd = 9 } } },\n"
    "  target = ve.normal { mean = { income = 5 } },\n"
    "  survey = ve.csv { file = 'a.csv', attributes = { income = 'x' }, scores = { storey = 's', paint = { "
    "column = 'p', worst = 9, best = 0 } } } }";

static int setup(void **state) {
    *state = bench_open(0);
    return 0;
}

static int teardown(void **state) {
    bench_close(*state);
    return 0;
}

static ve_value *set_in(bench *b, const char *text, const char *path, const char *value, ve_code wanted) {
    b->errors = (ve_errors){ 0 };
    ve_value *t = tree(b->arena, text), *to = tree(b->arena, value);
    to->at = (ve_place){ "--set", 0, 0 };
    ve_code code = ve_path_set(&b->binder, t, path, to);
    if (code != wanted) bench_print(b);
    assert_int_equal(code, wanted);
    assert_count(b, wanted != VE_OK);
    return t;
}

/* Set it, and find the number at another spelling of the place. */
static void sets(bench *b, const char *path, const char *at) {
    ve_value *t = set_in(b, housing, path, "77", VE_OK);
    const ve_value *v = ve_value_at(t, at);
    if (v->kind != VE_NUMBER || v->number != 77) fail_msg("%s was not set at %s", path, at);
    assert_string_equal(v->at.file, "--set");
}

static void lost(bench *b, const char *path, const char *message, const char *hint) {
    set_in(b, housing, path, "77", VE_E_PATH);
    assert_error(b, 0, VE_E_PATH, NULL, message, hint);
    assert_string_equal(b->errors.list[0].at.file, "--set");
}

static double fixed(bench *b, const char *text, const char *path, const char *value, const char *at) {
    const ve_value *v = ve_value_at(set_in(b, text, path, value, VE_OK), at);
    assert_int_equal(v->kind, VE_NUMBER);
    return v->number;
}

static void fields_are_set(void **state) {
    bench *b = *state;
    sets(b, "title", "title");
    sets(b, "aggregate", "aggregate"); /* was not written */
    sets(b, "options.A.cost", "options[1].cost");
    sets(b, "options.2.cost", "options[2].cost");
    sets(b, "options[3].cost", "options[3].cost");
    sets(b, "options.C.name", "options[3].name");
    sets(b, "attributes.income", "attributes.income");
    sets(b, "scale.2", "scale[2]");
    sets(b, "scale[1]", "scale[1]");
    sets(b, "survey", "survey");
}

static void words_are_entered(void **state) {
    bench *b = *state;
    sets(b, "options.A.target.mean", "options[1].target.mean");
    sets(b, "options.A.target.mean.income", "options[1].target.mean");
    sets(b, "options.A.target.sd", "options[1].target.sd");
    sets(b, "options.A.target.sd.income", "options[1].target.sd");
    sets(b, "target.mean", "target.mean");
    sets(b, "target.mean.income", "target.mean.income");
    sets(b, "options.B.cost.rate", "options[2].cost.rate");
    sets(b, "options.B.cost.years", "options[2].cost.years");
    sets(b, "options.C.cost.sd", "options[3].cost.sd");
    sets(b, "survey.file", "survey.file");
    sets(b, "survey.attributes.income", "survey.attributes.income");
    sets(b, "survey.scores.paint.worst", "survey.scores.paint.worst");
    sets(b, "survey.scores.attic", "survey.scores.attic");
    sets(b, "options.A.scores.attic", "options[1].scores.attic");
}

static void functions_are_found_at_any_depth(void **state) {
    bench *b = *state;
    sets(b, "functions.use.minimum", "functions[1].minimum");
    sets(b, "functions.storey.minimum", "functions[1].parts[2].minimum");
    sets(b, "functions.2.minimum", "functions[2].minimum");
    sets(b, "functions.use.parts.storey.name", "functions[1].parts[2].name");
    sets(b, "functions[1].parts[2].name", "functions[1].parts[2].name");
    sets(b, "functions.paint.scores", "functions[2].parts[1].scores");
}

static void judgements_are_entered(void **state) {
    bench *b = *state;
    sets(b, "functions.weights.owner.share", "functions.weights[1][2]");
    sets(b, "functions.weights.user.share", "functions.weights[2].share");
    sets(b, "functions.weights.2.share", "functions.weights[2].share");
    sets(b, "functions.weights.owner.judgement.use", "functions.weights[1][3].use");
    sets(b, "functions.weights.user.judgement.look", "functions.weights[2].judgement.look"); /* not written */
    sets(b, "functions.weights.combine", "functions.weights.combine");
    sets(b, "functions.look.weights.paint", "functions[2].parts.weights.paint");
    sets(b, "functions.look.parts.weights.total", "functions[2].parts.weights.total");
    sets(b, "functions.use.weights", "functions[1].parts.weights"); /* not written */
    sets(b, "options.B.cost.overhauls.1.cost", "options[2].cost.overhauls[1][2]");
}

static void the_model_s_target_is_copied_for_one_option(void **state) {
    bench *b = *state;
    ve_value *t = set_in(b, housing, "options.C.target.mean.income", "77", VE_OK);
    assert_true(ve_value_at(t, "options[3].target.mean.income")->number == 77);
    assert_true(ve_value_at(t, "target.mean.income")->number == 5);
}

static void tables_and_words_can_be_set(void **state) {
    bench *b = *state;
    ve_value *t = set_in(b, housing, "options.A.cost", "ve.normal { mean = 3 }", VE_OK);
    assert_string_equal(ve_value_at(t, "options[1].cost")->table.word, "normal");
    ve_model *model;
    assert_int_equal(ve_model_build(&b->binder, "m", t, &model), VE_OK);
    assert_true(model->option[0].cost == 3);
}

static void two_attributes_make_a_table(void **state) {
    bench *b = *state;
    const char *text =
        "{ attributes = { income = 'a', age = 'b' }, options = { { id = 'A', target = ve.normal {} } } }";
    ve_value *t = set_in(b, text, "options.A.target.mean.age", "77", VE_OK);
    assert_true(ve_value_at(t, "options[1].target.mean.age")->number == 77);
    text = "{ attributes = { income = 'a', age = 'b' }, options = { { id = 'A', target = ve.normal { mean = "
           "3 } } } }";
    set_in(b, text, "options.A.target.mean.age", "77", VE_E_PATH);
    assert_error(b, 0, VE_E_PATH, NULL, "options.A.target.mean is a number: there is no 'age' in it",
                 "set options.A.target.mean itself");
}

static void scores_in_order_are_set_by_id(void **state) {
    ve_value *t = set_in(
        *state,
        "{ functions = { { id = 'x' }, { id = 'y' } }, options = { { id = 'A', scores = { 1, 2 } } } }",
        "options.A.scores.y", "77", VE_OK);
    assert_true(ve_value_at(t, "options[1].scores[2]")->number == 77);
}

static void weights_are_kept_as_shares(void **state) {
    bench *b = *state;
    const char *layout = "functions[1].parts[1].fixed_weight";
    assert_true(fixed(b, housing, "functions.layout.weight", "2", layout) ==
                2 / 8.0); /* written to a total of 8 */
    assert_true(fixed(b, housing, "functions.layout.weight", "8", layout) == 1);
    assert_true(fixed(b, housing, "functions.layout.weight", "0", layout) == 0);
    assert_true(fixed(b, housing, "functions.use.weight", "0.7", "functions[1].fixed_weight") ==
                0.7); /* judged */
    assert_true(fixed(b, housing, "functions.use.parts.1.weight", "2", layout) == 0.25);
    const char *equal = "{ functions = { { id = 'a' }, { id = 'b' } } }";
    assert_true(fixed(b, equal, "functions.b.weight", "0.2", "functions[2].fixed_weight") == 0.2);
    const char *uncertain =
        "{ functions = { { id = 'a', weight = ve.normal { mean = 3 } }, { id = 'b', weight = 1 } } }";
    assert_true(fixed(b, uncertain, "functions.b.weight", "2", "functions[2].fixed_weight") == 0.5);
    const char *again = "{ functions = { { id = 'a', fixed_weight = 0.9 }, { id = 'b' } } }";
    assert_true(fixed(b, again, "functions.a.weight", "0.2", "functions[1].fixed_weight") == 0.2);
}

static void fixed_weights_reach_the_model(void **state) {
    bench *b = *state;
    ve_value *t = set_in(b, housing, "functions.storey.weight", "2", VE_OK);
    ve_model *model;
    assert_int_equal(ve_model_build(&b->binder, "m", t, &model), VE_OK);
    assert_true(model->function[2].fixed == 0.25 && model->function[2].weight == 1);
    assert_true(isnan(model->function[1].fixed));
}

static void fixed_weights_cannot_exceed_the_whole(void **state) {
    bench *b = *state;
    ve_model *model;
    ve_value *t = set_in(b, housing, "functions.storey.weight", "6", VE_OK);
    assert_int_equal(ve_path_set(&b->binder, t, "functions.layout.weight", tree(b->arena, "4")), VE_OK);
    assert_int_equal(ve_model_build(&b->binder, "m", t, &model), VE_E_CONFLICT);
    assert_error(b, 0, VE_E_CONFLICT, "functions[1].parts",
                 "the weights set in this list make 1.25 of its whole",
                 "set fewer of them; the others keep their ratios");
    t = set_in(b, housing, "functions.storey.weight", "2", VE_OK);
    ve_path_set(&b->binder, t, "functions.layout.weight", tree(b->arena, "2"));
    ve_path_set(&b->binder, t, "functions.attic.weight", tree(b->arena, "2"));
    assert_int_equal(ve_model_build(&b->binder, "m", t, &model), VE_E_CONFLICT);
    assert_error(b, 0, VE_E_CONFLICT, NULL, "the weights set in this list make 0.75 of its whole", NULL);
}

static void wrong_weights_are_told(void **state) {
    bench *b = *state;
    set_in(b, housing, "functions.layout.weight", "9", VE_E_RANGE);
    assert_error(b, 0, VE_E_RANGE, "functions.layout.weight",
                 "a weight lies between 0 and 8, the total of its list, and this one is 9",
                 "the other functions of the list are rescaled to keep the total");
    set_in(b, housing, "functions.layout.weight", "-1", VE_E_RANGE);
    set_in(b, housing, "functions.use.weight", "1.5", VE_E_RANGE);
    set_in(b, housing, "functions.use.weight", "'x'", VE_E_TYPE);
    assert_error(b, 0, VE_E_TYPE, "functions.use.weight",
                 "a weight set by path must be a number, not the text 'x'", NULL);
}

static void what_names_nothing_is_told(void **state) {
    bench *b = *state;
    lost(b, "options.Z.cost", "'Z' names nothing in options", "possible here: A, B, C");
    lost(b, "options.4.cost", "'4' names nothing in options", NULL);
    lost(b, "optoins.A.cost", "'optoins' names nothing in the model", "did you mean 'options'?");
    lost(b, "options.A.cots", "'cots' names nothing in options.A", "did you mean 'cost'?");
    lost(b, "options.A.target.maen", "'maen' names nothing in options.A.target", "did you mean 'mean'?");
    lost(b, "functions.layuot.weight", "'layuot' names nothing in functions", "did you mean 'layout'?");
    lost(b, "functions.zzzz", "'zzzz' names nothing in functions",
         "possible here: use, layout, storey, attic, look, paint, weights");
    lost(b, "functions.weights.zzzz.share", "'zzzz' names nothing in functions.weights",
         "possible here: combine, owner, user");
    lost(b, "functions.weights.owner.judgement.paint",
         "'paint' names nothing in functions.weights.owner.judgement", "possible here: total, use, look");
    lost(b, "functions.use.fixed_weight", "'fixed_weight' names nothing in functions.use", NULL);
    lost(b, "scale.3", "'3' names nothing in scale", "possible here: 1, 2");
    lost(b, "target.mean.age", "'age' names nothing in target.mean", "possible here: income");
    lost(b, "survey.scores.zzzz", "'zzzz' names nothing in survey.scores",
         "possible here: layout, storey, attic, paint");
    lost(b, "attributes.zzzz", "'zzzz' names nothing in attributes", NULL);
}

static void what_has_nothing_in_it_is_told(void **state) {
    bench *b = *state;
    lost(b, "options.A.cost.rate", "options.A.cost is a number: there is no 'rate' in it",
         "set options.A.cost itself");
    lost(b, "options.B.target.mean", "options.B.target is a Lua function: there is no 'mean' in it",
         "set options.B.target itself");
    lost(b, "title.x", "title is a text: there is no 'x' in it", NULL);
    lost(b, "choose.budget", "choose is not written in the model: there is no 'budget' in it",
         "write choose in the model first");
    lost(b, "options.A.name.x", "options.A.name is not written in the model: there is no 'x' in it", NULL);
    lost(b, "survey.scores.storey.column", "survey.scores.storey is a text: there is no 'column' in it",
         NULL);
}

static void what_is_no_path_is_told(void **state) {
    bench *b = *state;
    const char *const bad[] = { "",         ".",         "options.",  "options..cost", ".options",
                                "options[", "options[]", "options[1", "[1].cost" };
    for (size_t i = 0; i < VE_COUNT(bad); i++) {
        set_in(b, housing, bad[i], "77", VE_E_PATH);
        const char *is = b->errors.list[0].message;
        if (!strstr(is, "is not a path") && !strstr(is, "names nothing")) fail_msg("'%s': %s", bad[i], is);
    }
    set_in(b, housing, "options..cost", "77", VE_E_PATH);
    assert_error(b, 0, VE_E_PATH, NULL, "'options..cost' is not a path", "write a path as options.A.cost");
    set_in(b, "3", "title", "77", VE_E_PATH);
}

static void wrong_trees_do_no_harm(void **state) {
    bench *b = *state;
    const char *const trees[] = {
        "{}",
        "{ options = 3, functions = 3 }",
        "{ options = { 1, 2 }, functions = { 1, { parts = 3 } } }",
        "{ options = ve.zzz {}, functions = { weights = 3 }, scale = 3, survey = 3 }",
        "{ options = { { id = 'A', cost = ve.zzz {}, scores = 3 } } }",
        "{ functions = { { id = 'use', parts = {} } } }"
    };
    const char *const paths[] = { "options.A.cost",
                                  "options.1.cost",
                                  "options.A.cost.x",
                                  "functions.use.weight",
                                  "functions.use.weights.x",
                                  "functions.weights.x",
                                  "functions.1.weight",
                                  "scale.2",
                                  "survey.file",
                                  "options.A.target.mean",
                                  "options.A.scores.use",
                                  "functions.use.parts.x" };
    for (size_t i = 0; i < VE_COUNT(trees); i++)
        for (size_t k = 0; k < VE_COUNT(paths); k++) {
            b->errors = (ve_errors){ 0 };
            ve_code code = ve_path_set(&b->binder, tree(b->arena, trees[i]), paths[k], tree(b->arena, "1"));
            assert_true((code == VE_OK) == (b->errors.count == 0));
        }
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    const char *const paths[] = { "options.C.target.mean", "functions.storey.weight", "options.Z.cost",
                                  "functions.zzz",         "survey.scores.attic",     "aggregate",
                                  "functions.weights.zzz", "options.A.scores.attic" };
    for (size_t k = 0; k < VE_COUNT(paths); k++) {
        for (size_t limit = 16; limit < 8000; limit += 16) {
            bench *b = bench_open(0);
            ve_value *t = tree(b->arena, housing), *to = tree(b->arena, "1");
            b->binder.arena = ve_arena_new(limit);
            ve_code code = ve_path_set(&b->binder, t, paths[k], to);
            assert_true(code == VE_OK || code == VE_E_MEMORY || code == VE_E_PATH);
            ve_arena_free(b->binder.arena);
            bench_close(b);
        }
    }
}

static void texts_of_the_command_line_become_values(void **state) {
    bench *b = *state;
    const ve_place at = { "--set x", 0, 0 };
    ve_value v;
    assert_int_equal(ve_path_value(b->arena, "-1.5e3", at, &v, &b->errors), VE_OK);
    assert_true(v.kind == VE_NUMBER && v.number == -1500);
    assert_int_equal(ve_path_value(b->arena, "true", at, &v, &b->errors), VE_OK);
    assert_true(v.kind == VE_BOOLEAN && v.boolean);
    assert_int_equal(ve_path_value(b->arena, "false", at, &v, &b->errors), VE_OK);
    assert_true(v.kind == VE_BOOLEAN && !v.boolean);
    assert_int_equal(ve_path_value(b->arena, "1,5", at, &v, &b->errors), VE_OK);
    assert_true(v.kind == VE_TEXT && v.text.length == 3);
    assert_int_equal(ve_path_value(b->arena, "nan", at, &v, &b->errors), VE_OK);
    assert_int_equal(v.kind, VE_TEXT);
    assert_int_equal(ve_path_value(b->arena, "a\033b", at, &v, &b->errors), VE_E_ARGUMENT);
    assert_non_null(strstr(b->errors.list[0].message, "this text may not stand here: "));
    assert_int_equal(ve_path_value(b->arena, "-1e-320", at, &v, &b->errors), VE_E_RANGE);
    assert_int_equal(ve_path_value(b->arena, "1e300", at, &v, &b->errors), VE_E_RANGE);
    assert_non_null(strstr(b->errors.list[2].message, "1e300 is neither 0 nor between 1e-12 and 1e15 in size"));
    ve_arena *small = ve_arena_new(1);
    assert_int_equal(ve_path_value(small, "text", at, &v, &b->errors), VE_E_MEMORY);
    ve_arena_free(small);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(fields_are_set),
        TEST(words_are_entered),
        TEST(functions_are_found_at_any_depth),
        TEST(judgements_are_entered),
        TEST(the_model_s_target_is_copied_for_one_option),
        TEST(tables_and_words_can_be_set),
        TEST(two_attributes_make_a_table),
        TEST(scores_in_order_are_set_by_id),
        TEST(weights_are_kept_as_shares),
        TEST(fixed_weights_reach_the_model),
        TEST(fixed_weights_cannot_exceed_the_whole),
        TEST(wrong_weights_are_told),
        TEST(what_names_nothing_is_told),
        TEST(what_has_nothing_in_it_is_told),
        TEST(what_is_no_path_is_told),
        TEST(wrong_trees_do_no_harm),
        cmocka_unit_test(every_allocation_may_fail),
        TEST(texts_of_the_command_line_become_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

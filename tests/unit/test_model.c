/* Building models: what a good one becomes, and every mistake that a tree can hold.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tree.h"

#include "model/model.h"
#include "model/path.h"

static int setup(void **state) {
    *state = bench_open(0);
    return 0;
}

static int teardown(void **state) {
    bench_close(*state);
    return 0;
}

static ve_code build(bench *b, const char *text, ve_model **model) {
    b->errors = (ve_errors){ 0 };
    ve_code code = ve_model_build(&b->binder, "model.lua", tree(b->arena, text), model);
    ve_errors_sort(&b->errors);
    assert_true(*model || code);
    return code;
}

static ve_model *good(bench *b, const char *text) {
    ve_model *model;
    build(b, text, &model);
    assert_count(b, 0);
    assert_non_null(model);
    return model;
}

/* One mistake, told exactly so. */
static void wrong(bench *b, const char *text, ve_code code, const char *path, const char *message,
                  const char *hint) {
    ve_model *model;
    assert_int_not_equal(build(b, text, &model), VE_OK);
    assert_error(b, 0, code, path, message, hint);
    assert_count(b, 1);
}

/* The same for a model that is good but for one part. */
#define OPTIONS                                                                                              \
    "options = { { id = 'A', cost = 3, scores = { use = 1, look = 2 } }, { id = 'B', cost = 2, scores = { "  \
    "1, 3 } } }"
#define FUNCTIONS "functions = { { id = 'use', weight = 3 }, { id = 'look', weight = 1 } }"
#define SURVEYED                                                                                             \
    "survey = ve.csv { file = 'x' }, attributes = { income = 'CNY' }, options = { { id = 'A', cost = 3 }, "  \
    "{ id = 'B', cost = 2 } }"

static void wrong_functions(bench *b, const char *functions, ve_code code, const char *path,
                            const char *message, const char *hint) {
    wrong(b, ve_format(b->arena, "{ %s, functions = %s }", SURVEYED, functions), code, path, message, hint);
}

static void wrong_options(bench *b, const char *options, ve_code code, const char *path, const char *message,
                          const char *hint) {
    wrong(b, ve_format(b->arena, "{ %s, options = %s }", FUNCTIONS, options), code, path, message, hint);
}

/* ---- good models ----------------------------------------------------------------------------- */

static const char housing[] =
    "{ title = 'Riverside housing', currency = 'CNY/m2', attributes = { income = 'CNY/month' },\n"
    "  functions = { weights = ve.direct { use = 6, look = 4 },\n"
    "    { id = 'use', name = 'Applicability', parts = {\n"
    "        { id = 'layout', name = 'Floor plan', weight = 0.6 },\n"
    "        { id = 'storey', weight = 0.4 } } },\n"
    "    { id = 'look', name = 'Appearance', minimum = 1.5 } },\n"
    "  options = { { id = 'A', name = 'High grade', cost = 4200, target = ve.normal { mean = 10000 } },\n"
    "    { id = 'B', cost = ve.life_cycle { initial = 9, rate = 0.06 }, target = fn },\n"
    "    { id = 'C', cost = ve.normal { mean = 2100, sd = 9 } } },\n"
    "  target = ve.normal { mean = 5 }, survey = ve.csv { file = 'survey.csv', attributes = { income = "
    "'monthly' },\n"
    "    scores = { storey = 's' } },\n"
    "  scale = { 0, 4 }, aggregate = 'peak', choose = ve.max_value {},\n"
    "  scenarios = { { name = 'steel', set = { ['options.A.cost'] = 4830 } } } }";

static void the_tree_is_read_depth_first(void **state) {
    ve_model *m = good(*state, housing);
    assert_int_equal(m->functions, 4);
    assert_int_equal(m->leaves, 3);
    assert_int_equal(m->lists, 2);
    const char *const id[] = { "use", "layout", "storey", "look" };
    const int parent[] = { -1, 0, 0, -1 }, list[] = { 0, 1, 1, 0 }, leaf[] = { -1, 0, 1, 2 };
    for (int i = 0; i < 4; i++) {
        assert_string_equal(m->function[i].id, id[i]);
        assert_int_equal(m->function[i].parent, parent[i]);
        assert_int_equal(m->function[i].list, list[i]);
        assert_int_equal(m->function[i].leaf, leaf[i]);
        if (leaf[i] >= 0) assert_int_equal(m->leaf[leaf[i]], i);
    }
    assert_int_equal(m->function[0].parts, 1);
    assert_int_equal(m->function[3].parts, -1);
    assert_string_equal(m->function[2].name, "storey");
    assert_true(m->function[1].weight == 0.6 && isnan(m->function[0].weight) &&
                m->function[3].minimum == 1.5);
    assert_true(isnan(m->function[1].fixed));
}

static void lists_know_how_they_are_weighed(void **state) {
    ve_model *m = good(*state, housing);
    assert_string_equal(m->list[0].id, "functions");
    assert_string_equal(m->list[0].path, "functions");
    assert_string_equal(m->list[0].judgement.plugin->name, "direct");
    assert_true(m->list[0].node[0] == 0 && m->list[0].node[1] == 3);
    const fake_direct *direct = m->list[0].judgement.params;
    assert_true(direct->points.count == 2 && direct->points.v[0] == 6 && direct->points.v[1] == 4);
    assert_string_equal(m->list[1].id, "use");
    assert_string_equal(m->list[1].path, "functions[1].parts");
    assert_null(m->list[1].judgement.plugin);
    assert_false(m->list[1].equal);
}

static void options_have_costs_and_targets(void **state) {
    ve_model *m = good(*state, housing);
    assert_int_equal(m->options, 3);
    assert_true(m->option[0].cost == 4200 && !m->option[0].cost_word.plugin);
    assert_true(isnan(m->option[1].cost));
    assert_string_equal(m->option[1].cost_word.path, "options[2].cost");
    assert_true(m->option[2].cost == 2100 && !m->option[2].cost_word.plugin);
    assert_string_equal(m->option[0].target.path, "options[1].target");
    assert_string_equal(m->option[1].target.plugin->name, "function");
    assert_string_equal(m->option[2].target.path, "target");
    assert_string_equal(m->option[1].name, "B");
    assert_null(m->option[0].score);
}

static void the_rest_of_a_model_is_read(void **state) {
    ve_model *m = good(*state, housing);
    assert_string_equal(m->title, "Riverside housing");
    assert_string_equal(m->currency, "CNY/m2");
    assert_string_equal(m->file, "model.lua");
    assert_int_equal(m->attributes, 1);
    assert_string_equal(m->attribute[0].id, "income");
    assert_string_equal(m->attribute[0].unit, "CNY/month");
    assert_true(isnan(m->attribute[0].mean));
    assert_true(m->scale_low == 0 && m->scale_high == 4);
    assert_int_equal(m->aggregate, VE_AGGREGATE_PEAK);
    assert_string_equal(m->rule.plugin->name, "max_value");
    const fake_csv *csv = m->survey.params;
    assert_string_equal(csv->attributes.v[0], "monthly");
    assert_true(csv->scores.given[1] && !csv->scores.given[0] && csv->scores.count == 3);
}

static void what_is_left_out_has_defaults(void **state) {
    ve_model *m = good(*state, "{ " FUNCTIONS ", " OPTIONS " }");
    assert_string_equal(m->title, "");
    assert_string_equal(m->currency, "");
    assert_true(isnan(m->scale_low) && isnan(m->scale_high));
    assert_int_equal(m->aggregate, VE_AGGREGATE_MEAN);
    assert_string_equal(m->rule.plugin->name, "max_value");
    assert_string_equal(m->option[0].target.plugin->name, "equal");
    assert_null(m->survey.plugin);
    assert_int_equal(m->attributes, 0);
    assert_true(m->option[0].score[0] == 1 && m->option[0].score[1] == 2 && m->option[1].score[1] == 3);
}

static void a_default_target_is_each_option_s_own(void **state) {
    ve_model *m = good(*state, "{ " FUNCTIONS ", " SURVEYED ", target = ve.normal { mean = 3 } }");
    assert_true(m->option[0].target.params != m->option[1].target.params);
    m = good(*state, "{ " FUNCTIONS ", " SURVEYED ", target = fn }");
    assert_string_equal(m->option[1].target.plugin->name, "function");
}

static void nothing_said_about_weights_is_equal_weights(void **state) {
    ve_model *m = good(*state, "{ " SURVEYED
                               ", functions = { { id = 'a', parts = { { id = 'x' } } }, { id = 'b' } } }");
    assert_true(m->list[0].equal);
    assert_false(m->list[1].equal); /* one alone has weight 1 */
}

static void options_may_be_judged_under_a_function(void **state) {
    ve_model *m =
        good(*state, "{ functions = { { id = 'use', weight = 1, scores = ve.direct { A = 1, B = 2 } },"
                     "    { id = 'look', weight = 1 } },"
                     "  options = { { id = 'A', cost = 1, scores = { look = 1 } },"
                     "    { id = 'B', cost = 1, scores = { look = 4 } } } }");
    assert_string_equal(m->function[0].scores.path, "functions[1].scores");
    assert_true(isnan(m->option[0].score[0]) && m->option[1].score[1] == 4);
    m = good(*state, "{ functions = { { id = 'use', scores = ve.direct { A = 1, B = 2 } } },"
                     "  options = { { id = 'A', cost = 1 }, { id = 'B', cost = 1 } } }");
    assert_true(isnan(m->option[0].score[0]));
}

static void names_of_every_kind_are_known_to_words(void **state) {
    bench *b = *state;
    good(b, housing);
    assert_int_equal(b->binder.of[VE_OF_OPTIONS].count, 3);
    assert_int_equal(b->binder.of[VE_OF_FUNCTIONS].count, 3);
    assert_string_equal(b->binder.of[VE_OF_FUNCTIONS].id[2], "look");
    assert_string_equal(b->binder.of[VE_OF_ATTRIBUTES].id[0], "income");
}

/* ---- mistakes: the model itself -------------------------------------------------------------- */

static void what_is_no_model_is_told(void **state) {
    bench *b = *state;
    wrong(b, "3", VE_E_RETURN, "", "the file returns a number, not a model",
          "end the file with `return ve.model { ... }`");
    wrong(b, "nil", VE_E_RETURN, "", "the file returns nothing, not a model", NULL);
    ve_model *model;
    build(b, "{}", &model);
    assert_count(b, 2);
    assert_error(b, 0, VE_E_MISSING_FIELD, "functions", "functions is missing", NULL);
    assert_error(b, 1, VE_E_MISSING_FIELD, "options", "options is missing", NULL);
}

static void wrong_fields_of_the_model_are_told(void **state) {
    bench *b = *state;
    wrong(b, "{ titel = 'x', " FUNCTIONS ", " OPTIONS " }", VE_E_UNKNOWN_FIELD, "titel",
          "unknown field 'titel'", "did you mean 'title'?");
    wrong(b, "{ wishes = {}, " FUNCTIONS ", " OPTIONS " }", VE_E_UNKNOWN_FIELD, "wishes",
          "unknown field 'wishes'", NULL);
    wrong(b, "{ title = 3, " FUNCTIONS ", " OPTIONS " }", VE_E_TYPE, "title",
          "title must be a text, not the number 3", NULL);
    wrong(b, "{ aggregate = 'average', " FUNCTIONS ", " OPTIONS " }", VE_E_CHOICE, "aggregate",
          "aggregate cannot be 'average'", "possible here: mean, sum, peak");
    wrong(b, "{ choose = ve.equal {}, " FUNCTIONS ", " OPTIONS " }", VE_E_TYPE, "choose",
          "choose must be a rule, and ve.equal is a distribution", "possible here: ve.max_value");
    wrong(b,
          "{ survey = 'x.csv', " FUNCTIONS ", options = { { id = 'A', cost = 1 }, { id = 'B', cost = 2 } } }",
          VE_E_TYPE, "survey", "survey must be a survey such as ve.csv { ... }, not the text 'x.csv'", NULL);
}

static void wrong_scales_are_told(void **state) {
    bench *b = *state;
    const char *hint = "write scale = { 0, 4 }";
    wrong(b, "{ scale = { 0 }, " FUNCTIONS ", " OPTIONS " }", VE_E_LIST, "scale",
          "scale must be two numbers, its ends, not 1", hint);
    wrong(b, "{ scale = { 4, 0 }, " FUNCTIONS ", " OPTIONS " }", VE_E_RANGE, "scale",
          "the lower end of scale must be below the upper one", hint);
    wrong(b, "{ scale = { -1, 4 }, " FUNCTIONS ", " OPTIONS " }", VE_E_RANGE, "scale",
          "scale cannot begin below 0: coefficients are shares, and 0 means 'does not serve at all'", hint);
    wrong(b, "{ scale = { 0, 'x' }, " FUNCTIONS ", " OPTIONS " }", VE_E_TYPE, "scale[2]", NULL, NULL);
    wrong(b, "{ scale = 4, " FUNCTIONS ", " OPTIONS " }", VE_E_TYPE, "scale",
          "scale must be a list of numbers { 1, 2 }, not the number 4", NULL);
}

static void wrong_attributes_are_told(void **state) {
    bench *b = *state;
    wrong(b, "{ attributes = 'income', " FUNCTIONS ", " OPTIONS " }", VE_E_TYPE, "attributes",
          "attributes must be a table of attributes and their units, not a text",
          "write attributes = { income = \"CNY/month\" }");
    wrong(b, "{ attributes = { 'income' }, " FUNCTIONS ", " OPTIONS " }", VE_E_TYPE, "attributes",
          "attributes must be a table of attributes and their units, not a list", NULL);
    wrong(b, "{ attributes = { ['a b'] = 'm' }, " FUNCTIONS ", " OPTIONS " }", VE_E_ID, "attributes.a b",
          "'a b' is not an id", NULL);
    wrong(b, "{ attributes = { age = 30 }, " FUNCTIONS ", " OPTIONS " }", VE_E_TYPE, "attributes.age",
          "the unit of an attribute must be a text, not a number", "write it in quotes, like \"CNY/month\"");
    char many[2000] = "{ " FUNCTIONS ", " OPTIONS ", attributes = {";
    for (int i = 0; i < 65; i++)
        snprintf(many + strlen(many), sizeof many - strlen(many), " a%d = 'm',", i);
    snprintf(many + strlen(many), sizeof many - strlen(many), " } }");
    wrong(b, many, VE_E_SIZE, "attributes", "a model has at most 64 attributes, not 65", NULL);
}

static void a_missing_standard_plugin_is_told(void **state) {
    bench *b = *state;
    b->binder.context = "max_value";
    wrong(b, "{ " FUNCTIONS ", " OPTIONS " }", VE_E_PLUGIN_NAME, "choose", "there is no plugin 'max_value'",
          NULL);
}

/* ---- mistakes: functions --------------------------------------------------------------------- */

static void wrong_function_lists_are_told(void **state) {
    bench *b = *state;
    const char *hint = "write functions = { { id = ... }, ... }";
    wrong_functions(b, "3", VE_E_TYPE, "functions", "functions must be a list of functions, not a number",
                    hint);
    wrong_functions(b, "{}", VE_E_LIST, "functions", "functions must list at least one function", hint);
    wrong_functions(b, "{ { id = 'a', parts = {} } }", VE_E_LIST, "functions[1].parts",
                    "parts is an empty list", "name its parts, or leave `parts` out");
    wrong_functions(b, "{ { id = 'a', parts = 'x' } }", VE_E_TYPE, "functions[1].parts",
                    "parts must be a list of functions, not a text", "write parts = { { id = ... }, ... }");
    wrong_functions(b, "{ { id = 'a' }, wieghts = ve.direct { a = 1 } }", VE_E_UNKNOWN_FIELD,
                    "functions.wieghts", "unknown field 'wieghts'", "did you mean 'weights'?");
    wrong_functions(b, "{ 3 }", VE_E_TYPE, "functions[1]",
                    "functions[1] must be a table { ... }, not the number 3", "");
    wrong_functions(b, "ve.direct { { id = 'a' } }", VE_E_TYPE, "functions",
                    "functions must be a table { ... }, not ve.direct", "");
}

static void wrong_functions_are_told(void **state) {
    bench *b = *state;
    wrong_functions(b, "{ { id = 'a', parts = { { id = 'x' },\n { id = 'y', wieght = 1 } } } }",
                    VE_E_UNKNOWN_FIELD, "functions[1].parts[2].wieght", "unknown field 'wieght'",
                    "did you mean 'weight'?");
    assert_place(b, 0, 2, 14);
    wrong_functions(b, "{ { name = 'a' } }", VE_E_MISSING_FIELD, "functions[1].id", "id is missing", NULL);
    wrong_functions(b, "{ { id = '1a' } }", VE_E_ID, "functions[1].id", "'1a' is not an id", NULL);
    wrong_functions(b, "{ { id = 'weights' } }", VE_E_ID, "functions[1]",
                    "a function cannot have the id 'weights': it names the judgement of the list",
                    "choose another id");
    wrong_functions(b, "{ { id = 'a' },\n { id = 'b', parts = { { id = 'a' } } } }", VE_E_ID_TWICE,
                    "functions[2].parts[1].id", "the id 'a' stands twice: it is already used on line 1",
                    "give one of them another id");
    assert_place(b, 0, 2, 26);
    wrong_functions(b, "{ { id = 'a', minimum = '1' } }", VE_E_TYPE, "functions[1].minimum", NULL,
                    "write 1 without quotes");
    wrong_functions(b, "{ { id = 'a', wishes = {} } }", VE_E_UNKNOWN_FIELD, "functions[1].wishes",
                    "unknown field 'wishes'", NULL);
    wrong(b, "{ scale = { 0, 4 }, " SURVEYED ", functions = { { id = 'a', minimum = 5 } } }", VE_E_RANGE,
          "functions[1].minimum", "minimum must lie on the scale from 0 to 4, not 5", NULL);
}

static void wrong_judged_options_are_told(void **state) {
    bench *b = *state;
    wrong_functions(b, "{ { id = 'a', scores = ve.direct { A = 1 }, parts = { { id = 'x' } } } }",
                    VE_E_CONFLICT, "functions[1].scores", "a function with parts takes its scores from them",
                    "judge the options under its parts");
    wrong_functions(b, "{ { id = 'a', scores = ve.direct { Z = 1 } } }", VE_E_UNKNOWN_FIELD,
                    "functions[1].scores.Z", "unknown field 'Z'", "possible here: total, A, B");
}

static void wrong_weights_are_told(void **state) {
    bench *b = *state;
    wrong_functions(b, "{ { id = 'a', weight = -1 }, { id = 'b', weight = 2 } }", VE_E_RANGE,
                    "functions[1].weight", "weight must be at least 0, not -1", "");
    wrong_functions(b, "{ { id = 'a', weight = 0 }, { id = 'b', weight = 0 } }", VE_E_WEIGHTS, "functions",
                    "the weights of this list are all zero", "give at least one of them a weight above zero");
    wrong_functions(b, "{ { id = 'a', weight = 1 }, { id = 'b' } }", VE_E_MISSING_FIELD,
                    "functions[2].weight", "weight is missing: other functions of this list have one",
                    "give every function of a list a weight, or none");
    wrong_functions(
        b, "{ weights = ve.direct { a = 1, b = 2 }, { id = 'a', weight = 1 }, { id = 'b', weight = 1 } }",
        VE_E_CONFLICT, "functions[1].weight",
        "the weights of this list are given twice: by `weights` and by `weight`",
        "keep `weights` on the list, or `weight` on its functions");
    wrong_functions(b, "{ weights = ve.direct { a = 1, c = 2 }, { id = 'a' }, { id = 'b' } }",
                    VE_E_UNKNOWN_FIELD, "functions.weights.c", "unknown field 'c'", NULL);
    wrong_functions(b, "{ { id = 'a', parts = { weights = { x = 1 }, { id = 'x' } } } }", VE_E_TYPE,
                    "functions[1].parts.weights",
                    "weights must be a judgement such as ve.direct { ... }, not a table", NULL);
    wrong_functions(b, "{ weights = ve.csv {}, { id = 'a' } }", VE_E_TYPE, "functions.weights",
                    "weights must be a judgement, and ve.csv is a survey",
                    "possible here: ve.direct, ve.parties");
    wrong_functions(b, "{ { id = 'a', weight = 'x' }, { id = 'b', weight = 0 } }", VE_E_TYPE,
                    "functions[1].weight", "weight must be a number, not the text 'x'", "");
}

static void function_trees_end_somewhere(void **state) {
    bench *b = *state;
    char text[4000] = "{ " SURVEYED ", functions = ";
    size_t room = sizeof text;
    for (int i = 0; i < 33; i++)
        snprintf(text + strlen(text), room - strlen(text), "{ { id = 'f%d', parts = ", i);
    snprintf(text + strlen(text), room - strlen(text), "{ { id = 'x' } }");
    for (int i = 0; i < 33; i++)
        snprintf(text + strlen(text), room - strlen(text), " } }");
    snprintf(text + strlen(text), room - strlen(text), " }");
    ve_model *model;
    build(b, text, &model);
    assert_error(b, 0, VE_E_SIZE, NULL, "functions nest deeper than 32 levels", "join some of its levels");
}

static void there_are_not_too_many_functions_or_options(void **state) {
    bench *b = *state;
    ve_value *t = tree(b->arena, "{ " FUNCTIONS ", " OPTIONS " }");
    ve_model *model;
    for (size_t field = 0; field < 2; field++) {
        ve_value *copy = ve_alloc(b->arena, sizeof *copy);
        assert_int_equal(ve_value_copy(b->arena, t, copy, &b->errors), VE_OK);
        ve_value *list = &copy->table.fields[field].value;
        size_t count = field ? 1001 : 10001;
        ve_value *items = ve_alloc_array(b->arena, count, sizeof *items);
        for (size_t i = 0; i < count; i++)
            items[i] = list->table.items[0];
        list->table.items = items;
        list->table.count = count;
        b->errors = (ve_errors){ 0 };
        assert_int_not_equal(ve_model_build(&b->binder, "m", copy, &model), VE_OK);
        assert_error(b, 0, VE_E_SIZE, field ? "options" : "functions",
                     field ? "a model has at most 1000 options, not 1001"
                           : "a model has at most 10000 functions, not 10001",
                     NULL);
        assert_count(b, 1);
        assert_int_equal(ve_path_set(&b->binder, copy, "options.A.cost", tree(b->arena, "1")),
                         VE_OK); /* told once */
    }
}

/* ---- mistakes: options ----------------------------------------------------------------------- */

static void wrong_option_lists_are_told(void **state) {
    bench *b = *state;
    const char *hint = "write options = { { id = \"A\", cost = ... }, { id = \"B\", cost = ... } }";
    wrong_options(b, "'A'", VE_E_TYPE, "options", "options must be a list of options, not a text", hint);
    wrong_options(b, "{ A = { cost = 1 } }", VE_E_UNKNOWN_FIELD, "options.A",
                  "options is a list and has no field 'A'", hint);
    wrong_options(b, "{ { id = 'A', cost = 1, scores = { 1, 2 } } }", VE_E_LIST, "options",
                  "there must be at least two options, not 1", hint);
    wrong_options(b, "{}", VE_E_LIST, "options", "there must be at least two options, not 0", hint);
}

#define COST(x) "{ { id = 'A', scores = { 1, 2 }, cost = " x " }, { id = 'B', cost = 1, scores = { 1, 2 } } }"

static void wrong_costs_are_told(void **state) {
    bench *b = *state;
    wrong_options(b, COST("-3"), VE_E_RANGE, "options[1].cost", "cost must be at least 0, not -3", "");
    wrong_options(b, COST("'4200'"), VE_E_TYPE, "options[1].cost",
                  "cost must be a number, not the text '4200'", "write 4200 without quotes");
    wrong_options(b, COST("nil"), VE_E_MISSING_FIELD, "options[1].cost", "cost is missing",
                  "cost: what the option costs");
    wrong_options(b, COST("ve.direct {}"), VE_E_TYPE, "options[1].cost",
                  "cost must be a number or a cost word, and ve.direct is a judgement",
                  "possible here: ve.life_cycle");
    wrong_options(b, COST("ve.life_cycel {}"), VE_E_UNKNOWN_WORD, "options[1].cost",
                  "unknown word ve.life_cycel", "did you mean 've.life_cycle'?");
    wrong_options(b, COST("ve.life_cycle { rate = 1 }"), VE_E_RANGE, "options[1].cost.rate",
                  "rate must be above -1 and below 1, not 1", "");
    wrong_options(b, COST("ve.normal { mean = -1 }"), VE_E_RANGE, "options[1].cost",
                  "cost must be at least 0; the mean of ve.normal is -1", "");
    wrong_options(b, COST("ve.life_cycle { overhauls = { { 5 } } }"), VE_E_MISSING_FIELD,
                  "options[1].cost.overhauls[1].cost", NULL, NULL);
}

static void wrong_options_are_told(void **state) {
    bench *b = *state;
    wrong_options(
        b, "{ { id = 'A', cost = 1, scores = { 1, 2 } },\n { id = 'A', cost = 1, scores = { 1, 2 } } }",
        VE_E_ID_TWICE, "options[2].id", "the id 'A' stands twice: it is already used on line 1", NULL);
    wrong_options(b, "{ { cost = 1, scores = { 1, 2 } }, { id = 'B', cost = 1, scores = { 1, 2 } } }",
                  VE_E_MISSING_FIELD, "options[1].id", "id is missing", NULL);
    wrong_options(
        b,
        "{ { id = 'A', price = 1, cost = 1, scores = { 1, 2 } }, { id = 'B', cost = 1, scores = { 1, 2 } } }",
        VE_E_UNKNOWN_FIELD, "options[1].price", "unknown field 'price'", NULL);
}

#define SCORES(x) "{ { id = 'A', cost = 1, " x " }, { id = 'B', cost = 1, scores = { 1, 2 } } }"

static void wrong_scores_are_told(void **state) {
    bench *b = *state;
    wrong_options(b, SCORES("name = 'x'"), VE_E_NO_SCORES, "options[1]", "the option 'A' has no scores",
                  "add `scores` to the option, or a `survey` to the model");
    wrong_options(b, SCORES("scores = { use = 1 }"), VE_E_MISSING_FIELD, "options[1].scores.look",
                  "there is no score for the function 'look'", "every function without parts needs one");
    wrong_options(b, SCORES("scores = { use = 1, look = 1, lok = 2 }"), VE_E_REFERENCE,
                  "options[1].scores.lok", "there is no function 'lok'", "did you mean 'look'?");
    wrong_options(b, SCORES("scores = { 1 }"), VE_E_LIST, "options[1].scores",
                  "scores must have one number per function, 2 in all, not 1", "");
    wrong_options(b, SCORES("scores = { use = 1, look = -1 }"), VE_E_RANGE, "options[1].scores.look",
                  "a score cannot be negative, and this one is -1", NULL);
    wrong_options(b, SCORES("scores = 3"), VE_E_TYPE, "options[1].scores",
                  "scores must be a number per function { ID = 1 }, not the number 3", "");
    wrong(b, "{ scale = { 0, 2 }, " FUNCTIONS ", " OPTIONS " }", VE_E_RANGE, "options[2].scores.look",
          "the score 3 lies outside the scale from 0 to 2", "correct the score, or `scale`");
}

static void a_score_that_is_no_number_is_told_once(void **state) {
    wrong_options(*state, SCORES("scores = { use = 1, look = 'x' }"), VE_E_TYPE, "options[1].scores.look",
                  "look must be a number, not the text 'x'", "");
}

static void places_may_be_unknown(void **state) {
    bench *b = *state;
    ve_value *t = tree(b->arena, "{ " FUNCTIONS ", options = { { id = 'A', cost = 1, scores = { 1, 2 } },"
                                 " { id = 'A', cost = 1, scores = { 1, 2 } } } }");
    ve_value *options = &t->table.fields[1].value;
    options->table.items[0].table.fields[0].value.at = (ve_place){ "model.lua", 0, 0 };
    ve_model *model;
    assert_int_equal(ve_model_build(&b->binder, "m", t, &model), VE_E_ID_TWICE);
    assert_error(b, 0, VE_E_ID_TWICE, "options[2].id", "the id 'A' stands twice",
                 "give one of them another id");
}

static void scores_given_twice_are_told(void **state) {
    bench *b = *state;
    wrong(b,
          "{ survey = ve.csv { file = 'x' }, " FUNCTIONS
          ", options = { { id = 'A', cost = 1, scores = { 1, 2 } }, { id = 'B', cost = 2 } } }",
          VE_E_CONFLICT, "options[1].scores", "the scores are given twice: by the option and by the survey",
          "keep the `scores` of the options, or the `survey`");
    wrong(b,
          "{ functions = { { id = 'use', scores = ve.direct { A = 1 } } },"
          " options = { { id = 'A', cost = 1, scores = { use = 1 } }, { id = 'B', cost = 2 } } }",
          VE_E_CONFLICT, "options[1].scores.use",
          "the options are judged under this function, so it takes no rating",
          "leave the rating out, or the judgement");
}

static void targets_need_customers(void **state) {
    bench *b = *state;
    const char *none = "a target weighs customers, and the model has no survey";
    wrong(b, "{ target = ve.normal { mean = 3 }, " FUNCTIONS ", " OPTIONS " }", VE_E_NO_SURVEY, "target",
          none, "add a `survey` to the model, or leave the target out");
    wrong_options(b, SCORES("scores = { 1, 2 }, target = fn"), VE_E_NO_SURVEY, "options[1].target", none,
                  NULL);
    wrong(b,
          "{ survey = ve.csv { file = 'x' }, " FUNCTIONS
          ", options = { { id = 'A', cost = 1, target = ve.normal { mean = 1 } }, { id = 'B', cost = 1 } } }",
          VE_E_MISSING_FIELD, "options[1].target",
          "a target weighs customers by their attributes, and the model names none", NULL);
    good(b, "{ target = ve.equal {}, " FUNCTIONS ", " OPTIONS " }");
    wrong(b, "{ target = ve.normal {}, " FUNCTIONS ", " SURVEYED " }", VE_E_MISSING_FIELD, "target.mean",
          "mean is missing", NULL);
}

static void all_mistakes_are_told_in_file_order(void **state) {
    bench *b = *state;
    ve_model *model;
    build(b,
          "{ tilte = 'x',\n  functions = { { id = 'use', weight = 1 },\n { id = 'look', wieght = 1 } },\n"
          "  options = { { id = 'A', cost = '4' },\n { id = 'B', cost = -1 } } }",
          &model);
    const char *const path[] = { "tilte",           "functions[2].wieght", "options[1]",
                                 "options[1].cost", "options[2]",          "options[2].cost" };
    assert_count(b, VE_COUNT(path));
    for (size_t i = 0; i < VE_COUNT(path); i++)
        assert_error(b, i, b->errors.list[i].code, path[i], NULL, NULL);
}

/* ---- scenarios ------------------------------------------------------------------------------- */

static void scenarios_are_read(void **state) {
    bench *b = *state;
    ve_scenario *s;
    size_t count;
    const ve_value *t = tree(b->arena, "{ scenarios = { { name = 'a', set = { ['options.A.cost'] = 1 } },"
                                       " { name = 'b', change = fn } } }");
    assert_int_equal(ve_scenarios(&b->binder, t, &s, &count), VE_OK);
    assert_int_equal(count, 2);
    assert_string_equal(s[1].name, "b");
    assert_true(s[0].set && !s[0].change && !s[1].set && s[1].change);
    assert_int_equal(ve_scenarios(&b->binder, tree(b->arena, "{}"), &s, &count), VE_OK);
    assert_int_equal(count, 0);
    assert_int_equal(ve_scenarios(&b->binder, tree(b->arena, "3"), &s, &count), VE_OK);
}

static void wrong_scenarios_are_told(void **state) {
    bench *b = *state;
    const struct {
        const char *text;
        ve_code code;
        const char *path, *message;
    } wrongs[] = {
        { "3", VE_E_TYPE, "scenarios", "scenarios must be a list of scenarios" },
        { "{ a = 1 }", VE_E_TYPE, "scenarios", "scenarios must be a list of scenarios" },
        { "{ { set = { x = 1 } } }", VE_E_MISSING_FIELD, "scenarios[1].name", "name is missing" },
        { "{ { name = 'a' } }", VE_E_MISSING_FIELD, "scenarios[1]", "the scenario changes nothing" },
        { "{ { name = 'a', set = 3 } }", VE_E_TYPE, "scenarios[1]",
          "set must be a table of paths and their values" },
        { "{ { name = 'a', change = 3 } }", VE_E_TYPE, "scenarios[1]", "change must be a Lua function" },
        { "{ { name = 'a', sett = {}, change = fn } }", VE_E_UNKNOWN_FIELD, "scenarios[1].sett",
          "unknown field 'sett'" },
        { "{ { name = 'a', change = fn }, { name = 'a', change = fn } }", VE_E_ID_TWICE, "scenarios[2]",
          "two scenarios have the same name" },
    };
    for (size_t i = 0; i < VE_COUNT(wrongs); i++) {
        ve_scenario *s;
        size_t count;
        b->errors = (ve_errors){ 0 };
        const ve_value *t = tree(b->arena, ve_format(b->arena, "{ scenarios = %s }", wrongs[i].text));
        assert_int_equal(ve_scenarios(&b->binder, t, &s, &count), wrongs[i].code);
        assert_error(b, 0, wrongs[i].code, wrongs[i].path, wrongs[i].message, NULL);
        assert_count(b, 1);
    }
}

static void there_are_not_too_many_scenarios(void **state) {
    bench *b = *state;
    ve_value *t = tree(b->arena, "{ scenarios = {} }");
    t->table.fields[0].value.table.count = 1001;
    t->table.fields[0].value.table.items = ve_alloc_array(b->arena, 1001, sizeof(ve_value));
    ve_scenario *s;
    size_t count;
    assert_int_equal(ve_scenarios(&b->binder, t, &s, &count), VE_E_SIZE);
    assert_error(b, 0, VE_E_SIZE, "scenarios", "a model has at most 1000 scenarios", NULL);
    b->errors = (ve_errors){ 0 };
    t = tree(b->arena, "{ scenarios = { { name = 'a', set = {} } } }");
    ve_table_value *set = &t->table.fields[0].value.table.items[0].table.fields[1].value.table;
    set->named = 1001;
    set->fields = ve_alloc_array(b->arena, 1001, sizeof(ve_entry));
    assert_int_equal(ve_scenarios(&b->binder, t, &s, &count), VE_E_SIZE);
    assert_error(b, 0, VE_E_SIZE, "scenarios[1]", "a scenario sets at most 1000 values", "use `change`");
}

/* ---- robustness ------------------------------------------------------------------------------ */

/* Mistakes of every kind, told or not. */
static const char broken[] = "{ tilte = 'x', attributes = { ['a b'] = 3 }, scale = { 4, 0 }, target = ve.zzz "
                             "{}, functions = { weights = ve.zzz {},\n"
                             "  { id = 'a', weight = 1, scores = ve.direct { Z = 1 }, parts = { { id = 'a' "
                             "}, { wieght = 1 }, { id = 'c', weight = 0 } } },\n"
                             "  { id = 'b', minimum = 'x', parts = {} } }, options = { { id = 'A', cost = "
                             "ve.direct {}, scores = { a = -1 } },\n"
                             "  { id = 'A', cost = 'x', target = { 1 }, scores = { 1 } }, 3 }, scenarios = { "
                             "{ name = 3 }, { set = {} } } }";

static void every_allocation_may_fail_while_mistakes_are_told(void **state) {
    (void)state;
    for (size_t limit = 64; limit < 60000; limit += 64) {
        bench *b = bench_open(0);
        const ve_value *t = tree(b->arena, broken);
        b->binder.arena = ve_arena_new(limit);
        ve_model *model;
        ve_scenario *s;
        size_t count;
        ve_code code = ve_model_build(&b->binder, "m", t, &model);
        assert_int_not_equal(code, VE_OK);
        assert_true(!model || code != VE_E_MEMORY);
        assert_int_not_equal(ve_scenarios(&b->binder, t, &s, &count), VE_OK);
        assert_true(b->errors.count > 0);
        ve_arena_free(b->binder.arena);
        bench_close(b);
    }
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    bool done = false;
    for (size_t limit = 64; limit < 200000 && !done; limit += 64) {
        bench *b = bench_open(0);
        const ve_value *t = tree(b->arena, housing);
        ve_arena *arena = b->arena;
        b->arena = b->binder.arena = ve_arena_new(limit);
        ve_model *model = NULL;
        ve_scenario *s;
        size_t count;
        ve_code code = ve_model_build(&b->binder, "m", t, &model);
        assert_true(code == VE_OK || code == VE_E_MEMORY);
        assert_true(model || code);
        done = code == VE_OK;
        code = ve_scenarios(&b->binder, t, &s, &count);
        assert_true(code == VE_OK || code == VE_E_MEMORY);
        ve_arena_free(arena);
        bench_close(b);
    }
    assert_true(done);
}

/* Random changes to good trees: replace a node by another, take away, exchange. Nothing may crash, and where
 * no model comes out something is told. */
static uint64_t seed = 1;
static size_t pick(size_t below) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return below ? (size_t)(seed >> 33) % below : 0;
}

static ve_value *any_node(ve_value *at) {
    while (at->kind == VE_TABLE && at->table.count + at->table.named > 0 && pick(5) != 0) {
        size_t i = pick(at->table.count + at->table.named);
        at = i < at->table.count ? &at->table.items[i] : &at->table.fields[i - at->table.count].value;
    }
    return at;
}

static void mutate(bench *b, ve_value *t) {
    static const char *const odd[] = { "3",
                                       "-1",
                                       "nan",
                                       "inf",
                                       "'x'",
                                       "'A'",
                                       "true",
                                       "nil",
                                       "{}",
                                       "{ 1, 2 }",
                                       "{ a = 1 }",
                                       "ve.normal { mean = 3 }",
                                       "ve.direct {}",
                                       "ve.equal {}",
                                       "ve.csv {}",
                                       "fn",
                                       "ve.zzz {}" };
    ve_value *node = any_node(t);
    if (node == t) return;
    if (pick(3) == 0) {
        ve_value copy;
        if (ve_value_copy(b->arena, any_node(t), &copy, NULL) == VE_OK) *node = copy;
    } else if (node->kind == VE_TABLE && node->table.named && pick(3) == 0) {
        node->table.fields[pick(node->table.named)].name = pick(2) ? "weights" : "id";
    } else {
        *node = *tree(b->arena, odd[pick(VE_COUNT(odd))]);
    }
}

static void random_trees_do_no_harm(void **state) {
    (void)state;
    static const char *const path[] = { "options.A.cost",
                                        "functions.layout.weight",
                                        "functions.weights.use",
                                        "scale.2",
                                        "options.B.cost.rate",
                                        "options.A.target.mean.income",
                                        "survey.scores.storey",
                                        "title",
                                        "target.mean",
                                        "options.C.scores.look",
                                        "functions.use.parts.storey.weight" };
    size_t built = 0;
    for (int round = 0; round < 4000; round++) {
        bench *b = bench_open(0);
        ve_value *t = tree(b->arena, housing);
        for (size_t n = pick(6); n > 0; n--)
            mutate(b, t);
        if (pick(2))
            ve_path_set(&b->binder, t, path[pick(VE_COUNT(path))], tree(b->arena, pick(2) ? "0.5" : "'x'"));
        size_t told = b->errors.count;
        ve_model *model;
        ve_code code = ve_model_build(&b->binder, "m", t, &model);
        assert_true((code == VE_OK) == (b->errors.count == told && b->errors.dropped == 0));
        assert_true(model || code);
        built += code == VE_OK;
        bench_close(b);
    }
    assert_true(built > 100);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(the_tree_is_read_depth_first),
        TEST(lists_know_how_they_are_weighed),
        TEST(options_have_costs_and_targets),
        TEST(the_rest_of_a_model_is_read),
        TEST(what_is_left_out_has_defaults),
        TEST(a_default_target_is_each_option_s_own),
        TEST(nothing_said_about_weights_is_equal_weights),
        TEST(options_may_be_judged_under_a_function),
        TEST(names_of_every_kind_are_known_to_words),
        TEST(what_is_no_model_is_told),
        TEST(wrong_fields_of_the_model_are_told),
        TEST(wrong_scales_are_told),
        TEST(wrong_attributes_are_told),
        TEST(a_missing_standard_plugin_is_told),
        TEST(wrong_function_lists_are_told),
        TEST(wrong_functions_are_told),
        TEST(wrong_judged_options_are_told),
        TEST(wrong_weights_are_told),
        TEST(function_trees_end_somewhere),
        TEST(there_are_not_too_many_functions_or_options),
        TEST(wrong_option_lists_are_told),
        TEST(wrong_costs_are_told),
        TEST(wrong_options_are_told),
        TEST(wrong_scores_are_told),
        TEST(a_score_that_is_no_number_is_told_once),
        TEST(places_may_be_unknown),
        TEST(scores_given_twice_are_told),
        TEST(targets_need_customers),
        TEST(all_mistakes_are_told_in_file_order),
        TEST(scenarios_are_read),
        TEST(wrong_scenarios_are_told),
        TEST(there_are_not_too_many_scenarios),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(every_allocation_may_fail_while_mistakes_are_told),
        cmocka_unit_test(random_trees_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

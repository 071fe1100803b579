/* Model texts from the file to the messages: places, paths, words and hints as a planner sees them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "ve_test.h"

static int setup(void **state) {
    *state = ve_test_begin();
    return 0;
}

static int teardown(void **state) {
    ve_test_close(*state);
    return 0;
}

/* What is told, one line each: "3:7 functions[1].id: id is missing (hint)". */
static void told(ve_test *t, const char *model, const char *wanted) {
    char is[8192] = "";
    ve_test_check(t, model);
    for (size_t i = 0; i < t->errors.count; i++) {
        const ve_error *e = &t->errors.list[i];
        size_t used = strlen(is);
        snprintf(is + used, sizeof is - used, "%d:%d %s: %s%s%s%s\n", e->at.line, e->at.column, e->path,
                 e->message, e->hint[0] ? " (" : "", e->hint, e->hint[0] ? ")" : "");
    }
    assert_string_equal(is, wanted);
}

#define OPTIONS                                                                                              \
    "options = { { id = 'A', cost = 3, scores = { use = 1, look = 2 } },\n"                                  \
    "            { id = 'B', cost = 2, scores = { 1, 3 } } }"
#define FUNCTIONS "functions = { { id = 'use', weight = 3 }, { id = 'look', weight = 1 } }"

static void a_good_model_passes(void **state) {
    told(*state, "return ve.model {\n" FUNCTIONS ",\n" OPTIONS " }", "");
}

static void every_mistake_has_the_place_where_it_is_written(void **state) {
    told(
        *state,
        "local f = {\n"
        "  { id = 'use', parts = {\n"
        "      { id = 'layout', weight = 0.6 },\n"
        "      { id = 'storey', wieght = 0.4 } } },\n"
        "  { id = 'look', [\"minimum\"] = '1.5' },\n"
        "}\n"
        "return ve.model {\n"
        "  titel = 'x', functions = f,\n"
        "  attributes = { income = 'CNY' },\n"
        "  options = {\n"
        "    { id = 'A', cost = '4200', target = ve.normal { mean = 1, sd = 0 } },\n"
        "    { id = 'B', cost = -1, target = ve.direct { A = 1 } },\n"
        "    { id = 'A', cost = ve.direct { A = 1 } },\n"
        "  },\n"
        "  survey = ve.csv { file = 's.csv', attributes = { incom = 'x' }, scores = '{function}' },\n"
        "  scale = { 4, 0 }, aggregate = 'average',\n"
        "}\n",
        "4:24 functions[1].parts[2].wieght: unknown field 'wieght' (did you mean 'weight'?)\n"
        "5:18 functions[2].minimum: minimum must be a number, not the text '1.5' (write 1.5 without quotes)\n"
        "8:3 titel: unknown field 'titel' (did you mean 'title'?)\n"
        "11:17 options[1].cost: cost must be a number, not the text '4200' (write 4200 without quotes)\n"
        "11:63 options[1].target.sd: sd must be above 0, not 0\n"
        "12:17 options[2].cost: cost must be at least 0, not -1\n"
        "12:28 options[2].target: target must be a distribution, and ve.direct is a judgement (possible "
        "here: "
        "ve.equal, ve.normal, ve.truncated_normal, ve.lognormal, ve.triangular, ve.trapezoid, ve.uniform, "
        "ve.logistic, ve.student_t, ve.above, ve.below, ve.kernel, ve.mixture, ... (15 in all))\n"
        "13:7 options[3].id: the id 'A' stands twice: it is already used on line 11 (give one of them "
        "another id)\n"
        "13:17 options[3].cost: cost must be a number or a cost word, and ve.direct is a judgement (possible "
        "here: "
        "ve.life_cycle, ve.parts, ve.column)\n"
        "15:52 survey.attributes.incom: there is no attribute 'incom' (did you mean 'income'?)\n"
        "16:3 scale: the lower end of scale must be below the upper one (write scale = { 0, 4 })\n"
        "16:21 aggregate: aggregate cannot be 'average' (possible here: mean, sum, peak)\n");
}

static void judgements_name_the_functions_of_their_list(void **state) {
    told(*state,
         "return ve.model {\n"
         "  functions = { weights = ve.parties {\n"
         "      { 'owner', 0.6, ve.direct { use = 6, lok = 4 } },\n"
         "      { 'user', '0.4', ve.direct { use = 1, look = 1 } } },\n"
         "    { id = 'use' }, { id = 'look' } },\n" OPTIONS " }",
         "3:44 functions.weights[1][3].lok: unknown field 'lok' (did you mean 'look'?)\n"
         "4:17 functions.weights[2][2]: share must be a number, not the text '0.4' (write 0.4 without "
         "quotes)\n");
}

static void weights_are_given_once(void **state) {
    told(*state,
         "return ve.model {\n"
         "  functions = { weights = ve.direct { use = 1, look = 2 },\n"
         "    { id = 'use', weight = 1 }, { id = 'look' } },\n" OPTIONS " }",
         "3:19 functions[1].weight: the weights of this list are given twice: by `weights` and by `weight` "
         "(keep "
         "`weights` on the list, or `weight` on its functions)\n");
}

static void scores_are_complete_and_on_the_scale(void **state) {
    told(*state,
         "return ve.model {\n" FUNCTIONS ", scale = { 0, 4 },\n"
         "  options = {\n"
         "    { id = 'A', cost = 3, scores = { use = 5 } },\n"
         "    { id = 'B', cost = 2, scores = { 1, 9 } },\n"
         "    { id = 'C', cost = 2 } } }",
         "4:27 options[1].scores.look: there is no score for the function 'look' (every function without "
         "parts needs "
         "one)\n"
         "4:38 options[1].scores.use: the score 5 lies outside the scale from 0 to 4 (correct the score, or "
         "`scale`)\n"
         "5:41 options[2].scores.look: the score 9 lies outside the scale from 0 to 4 (correct the score, or "
         "`scale`)\n"
         "6:5 options[3]: the option 'C' has no scores (add `scores` to the option, or a `survey` to the "
         "model)\n");
}

static void a_model_that_is_only_begun_says_what_is_missing(void **state) {
    told(*state, "return ve.model {}",
         "1:17 functions: functions is missing (functions: the function tree: what the product does)\n"
         "1:17 options: options is missing (options: the options to choose from, at least two)\n");
}

static void scenarios_tell_their_paths(void **state) {
    told(*state,
         "return ve.model {\n" FUNCTIONS ",\n" OPTIONS ",\n"
         "  scenarios = {\n"
         "    { name = 'a', set = { ['options.A.cots'] = 1 } },\n"
         "    { name = 'b', set = { ['functions.use.weight'] = 9 } },\n"
         "    { name = 'c', set = { ['options.A.cost'] = '9' } },\n"
         "    { name = 'd', change = function(m) m.options.A.cost = -1 end },\n"
         "  } }",
         "6:27 options.A.cots: 'cots' names nothing in options.A (did you mean 'cost'?)\n"
         "7:27 functions.use.weight: a weight lies between 0 and 4, the total of its list, and this one is 9 "
         "(the "
         "other functions of the list are rescaled to keep the total)\n"
         "8:27 options[1].cost: cost must be a number, not the text '9' (write 9 without quotes)\n"
         "9:19 options[1].cost: cost must be at least 0, not -1\n");
}

static void settings_say_what_was_set(void **state) {
    ve_test *t = *state;
    const ve_setting set = { "options.A.cost", "cheap" };
    t->set = &set;
    t->sets = 1;
    ve_test_check(t, "return ve.model {\n" FUNCTIONS ",\n" OPTIONS " }");
    assert_int_equal(t->errors.count, 1);
    assert_string_equal(t->errors.list[0].at.file, "--set options.A.cost=cheap");
    assert_string_equal(t->errors.list[0].message, "cost must be a number, not the text 'cheap'");
}

static void weights_set_by_path_rescale_their_siblings(void **state) {
    ve_test *t = *state;
    const ve_setting set = { "functions.use.weight", "2" };
    t->set = &set;
    t->sets = 1;
    const char *model =
        "return ve.model { functions = { { id = 'use', weight = 3 }, { id = 'look', weight = 1 },\n"
        "  { id = 'more', weight = 4 } }, options = { { id = 'A', cost = 3, scores = { 1, 2, 3 } },\n"
        "  { id = 'B', cost = 2, scores = { 1, 3, 3 } } } }";
    assert_int_equal(ve_test_run(t, model), VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "use"), 2 / 8.0, 1e-15));
    assert_true(ve_test_near(ve_test_weight(t, "look"), 0.75 / 5, 1e-15));
    assert_true(ve_test_near(ve_test_weight(t, "more"), 0.75 * 4 / 5, 1e-15));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_good_model_passes),
        TEST(every_mistake_has_the_place_where_it_is_written),
        TEST(judgements_name_the_functions_of_their_list),
        TEST(weights_are_given_once),
        TEST(scores_are_complete_and_on_the_scale),
        TEST(a_model_that_is_only_begun_says_what_is_missing),
        TEST(scenarios_tell_their_paths),
        TEST(settings_say_what_was_set),
        TEST(weights_set_by_path_rescale_their_siblings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

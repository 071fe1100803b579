/* The study `improve`: published tables, matrices, targets, zone, base point, words, and every mistake.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kinds.h"
#include "ve_test_fixture.h"

/* ---- models ------------------------------------------------------------------------------------ */

/* Two functions of weight 0.6 and 0.4, and two options that do not matter to components. */
#define REST                                                                                                 \
    "functions = { { id = 'use', name = 'Daily use', weight = 6 }, { id = 'look', name = 'Looks', weight = " \
    "4 } },\n"                                                                                               \
    "options = { { id = 'A', name = 'High', cost = 4200, scores = { 3, 4 } },\n"                             \
    "            { id = 'B', name = 'Low', cost = 2800, scores = { 3, 2 } } },\n"

/* CN-EXPO-04: the exhibition quarter. */
#define EXPO                                                                                                 \
    "components = {\n"                                                                                       \
    "  { id = 'base', name = 'Foundation', cost = 2201, score = 21 },\n"                                     \
    "  { id = 'frame', name = 'Main structure', cost = 3669, score = 35 },\n"                                \
    "  { id = 'decor', name = 'Decoration', cost = 3224, score = 28 },\n"                                    \
    "  { id = 'water', name = 'Water', cost = 2835, score = 32 } },\n"

/* CN-OLDPROD-500: an existing product. */
#define OLD                                                                                                  \
    "components = { { id = 'a', cost = 130, score = 0.47 }, { id = 'b', cost = 200, score = 0.32 },\n"       \
    "  { id = 'c', cost = 80, score = 0.16 }, { id = 'd', cost = 90, score = 0.05 } },\n"

/* CN-FD-8PARTS: eight parts by forced decision, the last of them without a point. */
#define PARTS                                                                                                \
    "{ id = 'A', cost = 1818 }, { id = 'B', cost = 3000 }, { id = 'C', cost = 285 }, "                       \
    "{ id = 'D', cost = 284 },\n"                                                                            \
    "{ id = 'E', cost = 612 }, { id = 'F', cost = 407 }, { id = 'G', cost = 82 }, { id = 'H', cost = 720 }"
#define POINTS "weights = ve.direct { A = 6, B = 5, C = 2, D = 4, E = 1, F = 4, G = 6, H = 0 }"

/* QFD-YACHT. */
#define YACHT                                                                                                \
    "{ functions = { { id = 'safety', weight = 33 }, { id = 'styling', weight = 15 },\n"                     \
    "    { id = 'performance', weight = 20 }, { id = 'comfort', weight = 32 } },\n"                          \
    "  options = { { id = 'A', cost = 1, scores = { 1, 1, 1, 1 } },\n"                                       \
    "    { id = 'B', cost = 1, scores = { 1, 1, 1, 1 } } },\n"                                               \
    "  components = {\n"                                                                                     \
    "    { id = 'hull', cost = 36000,\n"                                                                     \
    "      serves = { safety = 0.3, styling = 0.4, performance = 0.5, comfort = 0.3 } },\n"                  \
    "    { id = 'rig', cost = 18000,\n"                                                                      \
    "      serves = { safety = 0.3, styling = 0.2, performance = 0.2, comfort = 0.1 } },\n"                  \
    "    { id = 'sails', cost = 20000,\n"                                                                    \
    "      serves = { safety = 0.1, styling = 0.1, performance = 0.3, comfort = 0.1 } },\n"                  \
    "    { id = 'electrical', cost = 16000, serves = { safety = 0.2, styling = 0.1 } },\n"                   \
    "    { id = 'other', cost = 30000, serves = { safety = 0.1, styling = 0.2, comfort = 0.5 } } } }"

/* Costs by function: use 100 + 60, look 140. */
#define SPENT                                                                                                \
    "components = { { id = 'x', cost = 100, spent_on = { use = 1 } },\n"                                     \
    "  { id = 'y', cost = 200, spent_on = { use = 0.3, look = 0.7 } } },\n"

static void good(const char *model, const char *option, const char *value) {
    ve_code code = option ? ve_test_study(t, model, "improve", option, value, NULL)
                          : ve_test_study(t, model, "improve", NULL);
    if (code) fprintf(stderr, "%s\n", t->errors.list[0].message);
    assert_int_equal(code, VE_OK);
}

static double item(const char *id, const char *column) {
    return ve_test_number(t, "items", column, "item", id, NULL);
}

static void expect(const char *id, const char *column, double wanted) {
    if (!ve_test_near(item(id, column), wanted, 1e-9)) fail_msg("%s of %s", column, id);
}

static void expect_fact(const char *key, double wanted) {
    if (!ve_test_near(ve_test_fact_number(t, key), wanted, 1e-9)) fail_msg("%s", key);
}

static const char *zone(const char *id) {
    return ve_test_word(t, "items", "zone", "item", id, NULL);
}

static void wrong(const char *model, ve_code code, const char *words) {
    assert_int_equal(ve_test_study(t, model, "improve", NULL), code);
    assert_true(ve_test_told(t, code, 0, words));
}

static void wrong_option(const char *model, const char *option, const char *value, ve_code code,
                         const char *words) {
    assert_int_not_equal(ve_test_study(t, model, "improve", option, value, NULL), VE_OK);
    assert_true(ve_test_told(t, code, 0, words));
}

static const ve_notice *warning(ve_code code) {
    for (size_t i = 0; i < t->answer.report->notices; i++)
        if (t->answer.report->notice[i].code == code) return &t->answer.report->notice[i];
    return NULL;
}

static void expect_warning(ve_code code, const char *message) {
    const ve_notice *found = warning(code);
    assert_non_null(found);
    assert_string_equal(found->message, message);
}

static const ve_table *table_of(const char *key) {
    for (size_t i = 0; i < t->answer.report->tables; i++)
        if (strcmp(t->answer.report->table[i]->key, key) == 0) return t->answer.report->table[i];
    return NULL;
}

static void expect_columns(const char *key, const char *wanted) {
    char keys[512] = "";
    const ve_table *table = table_of(key);
    assert_non_null(table);
    for (size_t i = 0; i < table->columns; i++) {
        strncat(keys, i ? " " : "", sizeof keys - strlen(keys) - 1);
        strncat(keys, table->column[i].key, sizeof keys - strlen(keys) - 1);
    }
    assert_string_equal(keys, wanted);
}

/* ---- published --------------------------------------------------------------------------------- */

static void the_exhibition_quarter(void **state) {
    (void)state;
    good("{ " REST EXPO "target_cost = 10000 }", NULL, NULL);
    expect("base", "function_coefficient", 21.0 / 116);
    expect("decor", "cost_coefficient", 3224.0 / 11929);
    expect("decor", "value_index", 28.0 / 116 / (3224.0 / 11929));
    expect("base", "target_cost", 1810.344827586207);
    expect("base", "saving", 390.655172413793);
    expect("water", "saving", 76.37931034482745);
    expect("decor", "priority", 1);
    expect("frame", "priority", 2);
    expect("base", "priority", 3);
    expect("water", "priority", 4);
    expect_fact("total_cost", 11929);
    expect_fact("target_cost", 10000);
    expect_fact("total_saving", 1929);
    expect_columns("items", "item name function_coefficient cost_coefficient value_index cost target_cost "
                            "saving zone priority");
    assert_string_equal(t->answer.report->table[0]->key, "items");
}

static void an_existing_product(void **state) {
    (void)state;
    good("{ " REST OLD "target_cost = 500, existing = true }", NULL, NULL);
    expect("a", "target_cost", 130);
    expect("b", "target_cost", 160);
    expect("c", "target_cost", 80);
    expect("d", "target_cost", 25);
    expect("b", "saving", 40);
    expect("d", "saving", 65);
    expect("d", "priority", 1);
    expect_fact("target_cost", 395);
    expect_fact("total_saving", 105);
    good("{ " REST OLD "existing = true }", NULL, NULL); /* the present total is shared out */
    expect_fact("total_saving", 105);
    good("{ " REST OLD "target_cost = 400, existing = true }", NULL, NULL); /* less is to be shared out */
    expect("b", "target_cost", 128);
    expect("c", "target_cost", 64);
}

static void eight_parts_by_forced_decision(void **state) {
    (void)state;
    good("{ " REST "components = { " POINTS ", " PARTS " }, target_cost = 6000 }", NULL, NULL);
    expect("A", "function_coefficient", 6.0 / 28);
    expect("B", "cost_coefficient", 3000.0 / 7208);
    expect("H", "value_index", 0);
    expect("H", "saving", 720);
    expect("B", "priority", 1);
    expect_warning(VE_W_NO_USE, "H costs 720 and serves no function: its value index is 0.");
    good("{ " REST "components = { weights = ve.zero_one { order = { 'A', 'G', 'B', 'D', 'F', 'C', 'E', "
         "'H' }, corrected = true }, " PARTS " } }",
         NULL, NULL);
    expect("A", "function_coefficient", 8.0 / 36);
    expect("H", "function_coefficient", 1.0 / 36);
}

/* The example of the base-point method: base A, 1818 / (6/28) = 8484 for the whole of function. */
static void eight_parts_by_base_point(void **state) {
    (void)state;
    static const double target[] = { 1818, 1515, 606, 1212, 303, 1212, 1818, 0 };
    good("{ " REST "components = { " POINTS ", " PARTS " } }", "base", "A");
    for (int i = 0; i < 8; i++)
        expect((const char[2]){ (char)('A' + i), '\0' }, "target_cost", target[i]);
    assert_string_equal(ve_test_fact(t, "base"), "A");
    expect_fact("base_unit_cost", 8484);
    expect_fact("target_cost", 8484);
    assert_true(ve_test_near(ve_test_number(t, "base_point", "value_index", "item", "B", NULL), 0.505, 1e-9));
    assert_true(ve_test_said(t, "The 8 components cost 7208 in all. Measured by the base point, A, the whole "
                                "may cost 8484, which leaves 1276 (18 %) to spend."));
}

static void a_yacht_by_qfd(void **state) {
    (void)state;
    static const double importance[] = { 0.355, 0.201, 0.14, 0.081, 0.223 };
    static const char *const id[] = { "hull", "rig", "sails", "electrical", "other" };
    good(YACHT, NULL, NULL);
    for (int i = 0; i < 5; i++)
        expect(id[i], "function_coefficient", importance[i]);
    expect("hull", "cost_coefficient", 0.3);
    expect("sails", "cost_coefficient", 1.0 / 6);
    expect("electrical", "value_index", 0.081 / (16.0 / 120));
    expect_columns("serves", "component name importance serves.safety serves.styling serves.performance "
                             "serves.comfort");
    assert_null(ve_test_fact(t, "option")); /* the weights are everybody's */
}

/* CN-ROOF-2011 ranks by V. */
static void a_roof_in_the_order_of_v(void **state) {
    (void)state;
    static const char model[] =
        "{ " REST "components = { { id = 'level', cost = 16.8, score = 14 }, { id = 'warm', cost = 14.5, "
        "score = 20 }, { id = 'dry', cost = 37.4, score = 40 } }, target_cost = 68.7 }";
    good(model, "order", "value_index");
    expect("level", "value_index", 0.7736486486486487);
    expect("level", "priority", 1);
    expect("dry", "priority", 2);
    expect("warm", "priority", 3);
}

/* ---- targets ----------------------------------------------------------------------------------- */

static void scaling_costs_scales_targets(void **state) {
    (void)state;
    static const char *const id[] = { "base", "frame", "decor", "water" };
    double target[4], value[4];
    for (int step = 0; step < 2; step++) {
        const ve_setting set[] = { { "components.base.cost", "220.1" },
                                   { "components.frame.cost", "366.9" },
                                   { "components.decor.cost", "322.4" },
                                   { "components.water.cost", "283.5" } };
        t->set = set;
        t->sets = step ? 4 : 0;
        good("{ " REST EXPO "}", NULL, NULL);
        for (int i = 0; i < 4; i++) {
            if (step) expect(id[i], "target_cost", target[i] / 10);
            if (step) expect(id[i], "value_index", value[i]);
            target[i] = item(id[i], "target_cost");
            value[i] = item(id[i], "value_index");
        }
        expect_fact("total_saving", 0);
    }
    t->sets = 0;
}

static void the_unit_of_scores_does_not_matter(void **state) {
    (void)state;
    good("{ " REST "components = { { id = 'a', cost = 3, score = 2e14 }, { id = 'b', cost = 1, score = "
         "6e14 } } }",
         NULL, NULL);
    expect("a", "function_coefficient", 0.25);
    expect("b", "target_cost", 3);
}

static void scenarios_change_components(void **state) {
    (void)state;
    t->scenario = "dear";
    good("{ " REST EXPO "scenarios = { { name = 'dear', change = function(m) m.components.decor.cost = 5000 "
         "end, set = { ['target_cost'] = 9000, ['components.base.score'] = 22 } } } }",
         NULL, NULL);
    t->scenario = NULL;
    expect("decor", "cost", 5000);
    expect("base", "function_coefficient", 22.0 / 117);
    expect_fact("target_cost", 9000);
}

static void judgements_of_components_are_set_by_path(void **state) {
    (void)state;
    const ve_setting set = { "components.weights.H", "4" };
    t->set = &set;
    t->sets = 1;
    good("{ " REST "components = { " POINTS ", " PARTS " } }", NULL, NULL);
    t->sets = 0;
    expect("H", "function_coefficient", 4.0 / 32);
}

/* ---- functions --------------------------------------------------------------------------------- */

static void costs_are_allocated_to_functions(void **state) {
    (void)state;
    good("{ " REST SPENT "}", NULL, NULL);
    assert_string_equal(ve_test_fact(t, "items"), "functions");
    expect("use", "cost", 160);
    expect("look", "cost", 140);
    expect("use", "value_index", 0.6 / (160.0 / 300));
    expect("look", "target_cost", 120);
    expect_columns("allocation", "function name function_coefficient cost cost_coefficient value_index "
                                 "cost.x cost.y");
    assert_true(ve_test_near(ve_test_number(t, "allocation", "cost.y", "function", "look", NULL), 140, 1e-9));
    assert_true(isnan(ve_test_number(t, "objects", "value_index", "object", "x", NULL)));
}

static void components_and_functions_of_the_same_model(void **state) {
    (void)state;
    static const char model[] =
        "{ " REST "components = { { id = 'x', cost = 100, score = 1, spent_on = { 1, 0 } },\n"
        "  { id = 'y', cost = 200, score = 1, spent_on = { use = 0.3, look = 0.7 } } } }";
    good(model, NULL, NULL);
    assert_string_equal(ve_test_fact(t, "items"), "components");
    expect("x", "cost_coefficient", 1.0 / 3);
    assert_non_null(table_of("allocation"));
    good(model, "items", "functions");
    expect("use", "cost", 160);
    assert_true(ve_test_near(ve_test_number(t, "objects", "value_index", "object", "x", NULL), 1.5, 1e-9));
}

#define OWN                                                                                                  \
    "{ functions = { { id = 'use', weight = 6 }, { id = 'look', weight = 4 } },\n"                           \
    "options = { { id = 'A', name = 'High', cost = 4200, scores = { 3, 4 }, spent_on = { 0.5, 0.5 } },\n"    \
    "            { id = 'B', name = 'Low', cost = 2800, scores = { 3, 2 }, spent_on = { use = 0.75, "        \
    "look = 0.25 } } },\n"

static void the_functions_of_an_option(void **state) {
    (void)state;
    good(OWN "}", NULL, NULL); /* B is best: 2.6 / 2800 > 3.4 / 4200 */
    assert_string_equal(ve_test_fact(t, "option"), "B");
    expect("use", "cost", 2100);
    good(OWN "}", "option", "A");
    assert_string_equal(ve_test_fact(t, "option"), "A");
    expect("use", "cost", 2100);
    expect("use", "target_cost", 2520);
    expect("look", "saving", 420);
    assert_true(ve_test_said(t,
                             "The 2 functions of High cost 4200 in all. The model gives no target_cost, so "
                             "this total is shared out anew by importance."));
    assert_true(
        ve_test_near(ve_test_number(t, "objects", "cost_coefficient", "object", "A", NULL), 0.6, 1e-9));
}

static void an_option_named_goes_before_components(void **state) {
    (void)state;
    good(OWN SPENT "}", NULL, NULL);
    expect("use", "cost", 160);
    good(OWN SPENT "}", "option", "A");
    expect("use", "cost", 2100);
}

static void targets_without_costs_of_functions(void **state) {
    (void)state;
    good("{ " REST "target_cost = 4000, existing = true }", "option", "A");
    expect("use", "target_cost", 2400);
    assert_true(isnan(item("use", "cost")) && isnan(item("use", "saving")) &&
                isnan(item("use", "value_index")));
    assert_null(zone("use"));
    expect_fact("total_cost", 4200);
    expect_fact("total_saving", 200);
    assert_null(table_of("zone"));
    assert_null(table_of("base_point"));
    expect_warning(VE_W_NO_ALLOCATION,
                   "The model does not say what each function of High costs, so there are "
                   "targets, but no value indices and no savings.");
    assert_string_equal(
        warning(VE_W_NO_ALLOCATION)->hint,
        "add spent_on = { use = ... } to the option, the shares of its cost; or `components` to "
        "the model");
}

static void weights_of_an_option_s_customers(void **state) {
    (void)state;
    static const char model[] =
        "{ attributes = { income = 'CNY' }, functions = { weights = ve.stated { column = 'i_{function}' },\n"
        "  { id = 'use' }, { id = 'look' } },\n"
        "options = { { id = 'A', name = 'High', cost = 2, target = ve.normal { mean = 9, sd = 1 } },\n"
        "  { id = 'B', cost = 1, target = ve.normal { mean = 1, sd = 1 } } },\n"
        "survey = ve.answers { { income = 9, i_use = 1, i_look = 3, A = { 1, 1 }, B = { 1, 1 } },\n"
        "  { income = 1, i_use = 3, i_look = 1, A = { 1, 1 }, B = { 1, 1 } } },\n" SPENT "}";
    good(model, "option", "A");
    assert_true(ve_test_near(item("look", "function_coefficient"), 0.75, 1e-9));
    assert_string_equal(ve_test_fact(t, "option"), "A");
    assert_true(ve_test_said(t, "The function weights are those of the customers of High."));
}

/* ---- zone, base point, objects ----------------------------------------------------------------- */

static double deviation(const char *id) {
    return ve_test_number(t, "zone", "deviation", "item", id, NULL);
}

static void the_zone_holds_the_wanted_share(void **state) {
    (void)state;
    good("{ " REST EXPO "target_cost = 10000 }", NULL, NULL);
    expect_fact("zone", deviation("frame")); /* half of four: base and frame */
    assert_string_equal(zone("base"), "inside");
    assert_string_equal(zone("frame"), "inside");
    assert_string_equal(zone("decor"), "reduce cost");
    assert_string_equal(zone("water"), "raise function");
    assert_true(ve_test_said(t, "Out of proportion: Decoration (too much cost for the function); Water (more "
                                "function than cost)."));
    good("{ " REST EXPO "}", "inside", "1");
    assert_string_equal(zone("decor"), "inside");
    expect_fact("zone", fabs(deviation("water")));
    assert_true(ve_test_said(t, "For all of them cost fits function: none lies outside the zone."));
    good("{ " REST EXPO "}", "inside", "0");
    expect_fact("zone", 0);
    assert_string_equal(zone("base"), "reduce cost");
}

/* S = 50: importance 10 % allows a cost of 0 to 14.1 %, 30 % of 28.3 to 31.6 %. */
static void the_zone_is_wide_for_small_items(void **state) {
    (void)state;
    good("{ " REST
         "components = { { id = 'a', cost = 14.2, score = 10 }, { id = 'b', cost = 31.5, score = 30 "
         "}, { id = 'c', cost = 54.3, score = 60 } } }",
         "zone", "50");
    expect_fact("zone", 50);
    assert_true(ve_test_number(t, "zone", "low", "item", "a", NULL) == 0);
    assert_true(ve_test_near(ve_test_number(t, "zone", "high", "item", "a", NULL), sqrt(200) / 100, 1e-9));
    assert_true(ve_test_near(ve_test_number(t, "zone", "low", "item", "b", NULL), sqrt(800) / 100, 1e-9));
    assert_string_equal(zone("a"), "reduce cost");
    assert_string_equal(zone("b"), "inside");
    assert_string_equal(zone("c"), "raise function");
}

static void cost_that_follows_function_is_inside(void **state) {
    (void)state;
    good("{ " REST
         "components = { { id = 'a', cost = 0.1, score = 1 }, { id = 'b', cost = 0.2, score = 2 }, { "
         "id = 'c', cost = 0.7, score = 7 } } }",
         "inside", "0");
    assert_string_equal(zone("a"), "inside");
    assert_string_equal(zone("c"), "inside");
}

static void the_median_is_the_usual_base(void **state) {
    (void)state;
    good("{ " REST EXPO "}", NULL, NULL);
    assert_string_equal(ve_test_fact(t, "base"), "median");
    double middle = (2201 / (21.0 / 116) + 3669 / (35.0 / 116)) / 2;
    expect_fact("base_unit_cost", middle);
    expect_fact("target_cost", 11929); /* but it sets targets only where it is asked for */
    good("{ " REST EXPO "}", "base", "median");
    expect_fact("target_cost", middle);
    expect("base", "target_cost", middle * 21 / 116);
    assert_true(
        ve_test_near(ve_test_number(t, "base_point", "value_index_low", "item", "water", NULL), 1, 1e-9));
    assert_true(
        ve_test_near(ve_test_number(t, "base_point", "value_index_high", "item", "decor", NULL), 1, 1e-9));
}

static const char *class_of(const char *id) {
    return ve_test_word(t, "objects", "class", "object", id, NULL);
}

static void objects_are_chosen_by_cost_and_value(void **state) {
    (void)state;
    good("{ " REST EXPO "}", NULL, NULL);
    const ve_table *objects = table_of("objects");
    expect_columns("objects", "object name cost cost_coefficient cumulative_share class function_coefficient "
                              "difference forced_coefficient forced_value_index value_index");
    assert_string_equal(objects->cell[0].text, "frame");
    assert_int_equal(objects->marked, 1); /* Decoration */
    assert_true(ve_test_number(t, "objects", "cumulative_share", "object", "base", NULL) == 1);
    assert_string_equal(class_of("water"), "A"); /* 57.8 % stand before it */
    assert_string_equal(class_of("base"), "B");
    assert_true(
        ve_test_near(ve_test_number(t, "objects", "forced_coefficient", "object", "frame", NULL), 0.4, 1e-9));
    assert_true(
        ve_test_said(t, "Where to look first: Decoration takes 27 % of the cost of all components and, of "
                        "those that cost most (class A), has the lowest value index, 0.893."));
    good("{ " REST EXPO "}", "class_a", "0.3");
    assert_string_equal(class_of("frame"), "A");
    assert_string_equal(class_of("decor"), "B");
    assert_true(ve_test_said(t,
                             "Where to look first: Main structure takes 31 % of the cost of all components "
                             "and, of those that cost most (class A), has the lowest value index, 0.981."));
    good("{ " REST SPENT "}", NULL, NULL);
    assert_true(ve_test_said(t, "Where to look first: y costs most, 67 % of the whole."));
}

static void equals_share_a_forced_decision(void **state) {
    (void)state;
    good("{ " REST
         "components = { { id = 'a', cost = 3, score = 5 }, { id = 'b', cost = 2, score = 5 }, { id = "
         "'c', cost = 1, score = 1 } } }",
         NULL, NULL);
    assert_true(
        ve_test_near(ve_test_number(t, "objects", "forced_coefficient", "object", "a", NULL), 2.5 / 6, 1e-9));
    assert_true(
        ve_test_near(ve_test_number(t, "objects", "forced_coefficient", "object", "c", NULL), 1.0 / 6, 1e-9));
}

/* ---- words and warnings ------------------------------------------------------------------------ */

static void what_to_spend_less_and_more_on(void **state) {
    (void)state;
    good("{ currency = 'CNY', " REST EXPO "target_cost = 10000 }", NULL, NULL);
    assert_true(
        ve_test_said(t, "The 4 components cost 11929 CNY in all; the target is 10000, so 1929 (16 %) has "
                        "to go."));
    assert_true(
        ve_test_said(t, "Spend less on Decoration (810.2 less than 3224), Main structure (651.8 less than "
                        "3669), Foundation (390.7 less than 2201) and Water (76.38 less than 2835), in "
                        "this order."));
    good("{ " REST EXPO "target_cost = 11929 }", NULL, NULL);
    assert_true(ve_test_said(t, "The 4 components cost 11929 in all; the target is 11929, just what it costs "
                                "now."));
    assert_true(ve_test_said(t,
                             "Spend more on Water (455.8 more than 2835), but only where the function falls "
                             "short: a low cost may as well be good work, or a function rated higher than "
                             "anyone needs."));
    good("{ " REST OLD "existing = true }", NULL, NULL);
    assert_true(ve_test_said(t,
                             "The 4 components of an existing product cost 500 in all. With none above its "
                             "present cost the targets come to 395, so 105 (21 %) has to go."));
    assert_true(
        ve_test_said(t, "Spend less on d (65 less than 90) and b (40 less than 200), in this order."));
    good("{ " REST OLD "existing = true, target_cost = 5000 }", NULL, NULL);
    assert_true(
        ve_test_said(t, "The 4 components of an existing product cost 500 in all, and none of them costs "
                        "more than its function is worth."));
}

static void scores_that_look_like_shares(void **state) {
    (void)state;
    good("{ " REST
         "components = { { id = 'a', cost = 1, score = 0.5 }, { id = 'b', cost = 1, score = 0.66 } } }",
         NULL, NULL);
    expect_warning(VE_W_SHARES,
                   "The scores of the components look like shares, but add up to 1.16, not 1. They "
                   "are scaled to make 1.");
    expect("a", "function_coefficient", 0.5 / 1.16);
    good("{ " REST OLD "}", NULL, NULL);
    assert_null(warning(VE_W_SHARES));
    good("{ " REST EXPO "}", NULL, NULL);
    assert_null(warning(VE_W_SHARES));
}

static void what_serves_nothing(void **state) {
    (void)state;
    good("{ " REST
         "components = { { id = 'a', cost = 1, score = 3 }, { id = 'b', cost = 2, score = 0 }, { id = "
         "'c', cost = 3, score = 0 }, { id = 'd', cost = 0, score = 0 } } }",
         NULL, NULL);
    expect_warning(VE_W_NO_USE, "b and c cost 5 and serve no function: their value index is 0.");
    assert_true(isnan(item("d", "value_index")));
    assert_string_equal(zone("d"), "inside");
}

static void functions_that_count_alike(void **state) {
    (void)state;
    good("{ functions = { { id = 'use' }, { id = 'look' } }, options = { { id = 'A', cost = 1, scores = { 1, "
         "1 } "
         "}, { id = 'B', cost = 1, scores = { 1, 1 } } }, " SPENT "}",
         NULL, NULL);
    expect_warning(VE_W_EQUAL_WEIGHTS,
                   "Some functions have no weights, so they count alike, and the targets with them.");
}

/* ---- mistakes in the model --------------------------------------------------------------------- */

static void shares_must_make_one(void **state) {
    (void)state;
    wrong("{ " REST "components = { { id = 'x', cost = 1, spent_on = { use = 0.5, look = 0.4 } } } }",
          VE_E_SHARES, "the shares of the cost in spent_on add up to 0.9, not 1");
    assert_string_equal(t->errors.list[0].path, "components[1].spent_on");
    assert_string_equal(t->errors.list[0].hint,
                        "shares are parts of 1, like 0.3; give away the whole, and no more");
    wrong("{ " REST "components = { { id = 'x', cost = 1, spent_on = { use = 60, look = 40 } } } }",
          VE_E_SHARES, "the shares of the cost in spent_on add up to 100, not 1");
    assert_string_equal(t->errors.list[0].hint, "write shares as parts of 1, like 0.3 for 30 %");
    wrong("{ " REST
          "components = { { id = 'x', cost = 1, serves = { use = 0.5, look = 1 } }, { id = 'y', cost = 1, "
          "serves = { use = 0.6 } } } }",
          VE_E_SHARES, "the shares of the function 'use' in `serves` add up to 1.1, not 1");
    wrong("{ " REST "components = { { id = 'x', cost = 1, serves = { use = 1 } } } }", VE_E_SHARES,
          "no component serves the function 'look'");
    wrong("{ functions = { { id = 'use' } }, options = { { id = 'A', cost = 1, scores = { 1 }, spent_on = { "
          "use = "
          "0.5 } }, { id = 'B', cost = 1, scores = { 1 } } } }",
          VE_E_SHARES, "the shares of the cost in spent_on add up to 0.5, not 1");
    good("{ " REST
         "components = { { id = 'x', cost = 1, spent_on = { use = 0.3333333, look = 0.6666667 } } } }",
         NULL, NULL);
    good("{ " REST
         "components = { { id = 'x', cost = 1, serves = { 0.9999999, 1 } }, { id = 'y', cost = 1, serves = "
         "{} } } }",
         NULL, NULL);
    expect("x", "function_coefficient", 1);
}

static void all_components_say_the_same(void **state) {
    (void)state;
    wrong("{ " REST "components = { { id = 'x', cost = 1, score = 1 }, { id = 'y', cost = 1 } } }",
          VE_E_MISSING_FIELD, "score is missing: other components have it");
    wrong("{ " REST "components = { { id = 'x', cost = 1, serves = { 1, 1 } }, { id = 'y', cost = 1 } } }",
          VE_E_MISSING_FIELD, "serves is missing: other components have it");
    wrong("{ " REST
          "components = { { id = 'x', cost = 1, score = 1, spent_on = { 1, 0 } }, { id = 'y', cost = 1, "
          "score = 1 } } }",
          VE_E_MISSING_FIELD, "spent_on is missing: other components have it");
    wrong("{ " REST "components = { { id = 'x', cost = 1 }, { id = 'y', cost = 1 } } }", VE_E_MISSING_FIELD,
          "the components say what they cost, but not what for");
    wrong("{ " REST "components = { { id = 'x', cost = 1, score = 1, serves = { 1, 1 } } } }", VE_E_CONFLICT,
          "the importance of the components is given twice: by `score` and by `serves`");
    wrong("{ " REST "components = { weights = ve.direct { x = 1 }, { id = 'x', cost = 1, score = 1 } } }",
          VE_E_CONFLICT, "the importance of the components is given twice: by `weights` and by `score`");
    wrong("{ " REST
          "components = { weights = ve.direct { x = 1 }, { id = 'x', cost = 1, serves = { 1, 1 } } } }",
          VE_E_CONFLICT, "the importance of the components is given twice: by `weights` and by `serves`");
    wrong("{ " REST "components = { { id = 'x', cost = 1, score = 0 }, { id = 'y', cost = 1, score = 0 } } }",
          VE_E_WEIGHTS, "the scores of the components are all zero");
}

static void lists_of_components_that_are_none(void **state) {
    (void)state;
    wrong("{ " REST "components = {} }", VE_E_LIST, "components is an empty list");
    wrong("{ " REST "components = 3 }", VE_E_TYPE, "components must be a list of components, not a number");
    wrong("{ " REST "components = { { id = 'x', cost = 1, score = 1 }, { id = 'x', cost = 1, score = 1 } } }",
          VE_E_ID_TWICE, "the id 'x' stands twice");
    wrong("{ " REST "components = { { id = 'weights', cost = 1, score = 1 } } }", VE_E_ID,
          "a component cannot have the id 'weights': it names the judgement of the list");
    wrong("{ " REST "components = { { id = 'x', cost = 1, scroe = 1 } } }", VE_E_UNKNOWN_FIELD,
          "unknown field 'scroe'");
    wrong("{ " REST "components = { { id = 'x', cost = 1, serves = { usse = 1 } } } }", VE_E_REFERENCE,
          "there is no function 'usse'");
    wrong("{ " REST "components = { { id = 'x', cost = -1, score = 1 } } }", VE_E_RANGE, "cost");
    wrong("{ " REST "components = { { id = 'x', cost = 1, spent_on = { use = 2, look = -1 } } } }",
          VE_E_RANGE, "look");
    wrong("{ " REST EXPO "target_cost = 0 }", VE_E_RANGE, "target_cost");
    wrong("{ " REST "components = { weights = ve.entropy {}, { id = 'x', cost = 1 } } }", VE_E_UNKNOWN_WORD,
          "ve.entropy weighs functions; it cannot judge components");
    wrong("{ " REST "currency = 5, components = { weights = ve.entropy {}, { id = 'x', cost = 1 } } }",
          VE_E_TYPE, "currency");
    assert_true(ve_test_told(t, VE_E_UNKNOWN_WORD, 0, "it cannot judge components"));
}

static void too_many_components(void **state) {
    (void)state;
    wrong("local c = {}\nfor i = 1, 1001 do c[i] = { id = 'c' .. i, cost = 1, score = 1 } end\n"
          "return ve.model { " REST "components = c }\n",
          VE_E_SIZE, "a model has at most 1000 components, not 1001");
}

/* ---- mistakes on the command line -------------------------------------------------------------- */

static void options_that_name_nothing(void **state) {
    (void)state;
    wrong_option("{ " REST SPENT "}", "option", "X", VE_E_ARGUMENT, "there is no option 'X'");
    assert_string_equal(t->errors.list[0].hint, "possible here: A and B");
    wrong_option("{ " REST SPENT "}", "base", "lok", VE_E_ARGUMENT, "there is no function 'lok'");
    assert_string_equal(t->errors.list[0].hint, "did you mean 'look'?");
    wrong_option("{ " REST EXPO "}", "base", "zzzzzz", VE_E_ARGUMENT, "there is no component 'zzzzzz'");
    assert_string_equal(t->errors.list[0].hint, "possible here: median, base, frame, decor and water");
    wrong_option("{ " REST EXPO "}", "order", "cost", VE_E_ARGUMENT, "cost");
    wrong_option("{ " REST EXPO "}", "inside", "2", VE_E_ARGUMENT, "inside");
    wrong_option("{ " REST EXPO "}", "class_a", "0.95", VE_E_ARGUMENT, "class_a must not be above class_b");
}

static void options_that_cannot_be(void **state) {
    (void)state;
    wrong_option("{ " REST "}", "items", "components", VE_E_ARGUMENT, "the model has no components");
    wrong_option("{ " REST SPENT "}", "items", "components", VE_E_ARGUMENT,
                 "the components say what their cost is spent on, not how important they are");
    wrong_option("{ " REST "}", "base", "use", VE_E_ARGUMENT,
                 "a base needs costs, and the model does not say what each function costs");
    wrong_option("{ " REST
                 "components = { { id = 'a', cost = 1, score = 0 }, { id = 'b', cost = 1, score = 1 } } }",
                 "base", "a", VE_E_ARGUMENT, "'a' serves no function, so it cannot be the base");
    wrong_option("{ " REST
                 "components = { { id = 'a', cost = 0, score = 1 }, { id = 'b', cost = 1, score = 1 } } }",
                 "base", "a", VE_E_ARGUMENT, "'a' costs nothing, so it cannot be the base");
    wrong_option("{ " REST
                 "components = { { id = 'a', cost = 0, score = 1 }, { id = 'b', cost = 0, score = 1 }, { "
                 "id = 'c', cost = 1, score = 1 } } }",
                 "base", "median", VE_E_ARGUMENT,
                 "half of the items cost nothing, so their median cannot be the base");
}

static void costs_that_come_to_nothing(void **state) {
    (void)state;
    wrong("{ " REST "components = { { id = 'a', cost = 0, score = 1 } } }", VE_E_NO_COST,
          "the components cost nothing");
    wrong("local c = {}\nfor i = 1, 99 do c[i] = { id = 'c' .. i, score = 1, cost = ve.lognormal { median = "
          "1e15, "
          "spread = 36.7 } } end\nreturn ve.model { " REST "components = c }\n",
          VE_E_NOT_FINITE, "the costs add up to infinity");
    wrong_option(
        "{ functions = { { id = 'use' } }, options = { { id = 'A', cost = 0, scores = { 1 } }, { id = 'B', "
        "cost = 1, scores = { 1 } } } }",
        "option", "A", VE_E_NO_COST, "the option 'A' costs nothing");
}

static void no_option_is_best(void **state) {
    (void)state;
    static const char model[] = "{ functions = { { id = 'use', minimum = 3 } }, options = { { id = 'A', cost "
                                "= 2, scores = { 1 } }, { id = "
                                "'B', cost = 1, scores = { 1 } } } }";
    wrong(model, VE_E_ARGUMENT, "no option is best, so this needs --option");
    assert_string_equal(t->errors.list[0].hint, "name one, like --option A");
    good(model, "option", "B");
    expect_fact("total_cost", 1);
    good("{ functions = { { id = 'use', minimum = 3 } }, options = { { id = 'A', cost = 2, scores = { 1 } }, "
         "{ id = "
         "'B', cost = 1, scores = { 1 } } }, components = { { id = 'x', cost = 5, serves = { use = 1 } } } }",
         NULL, NULL);
    expect("x", "function_coefficient", 1);
}

/* ---- memory -------------------------------------------------------------------------------------- */

static void memory_may_run_out_anywhere(void **state) {
    (void)state;
    good(YACHT, NULL, NULL);
    assert_true(ve_test_memory(t, "improve", NULL, 24000, 96));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_exhibition_quarter),
        cmocka_unit_test(an_existing_product),
        cmocka_unit_test(eight_parts_by_forced_decision),
        cmocka_unit_test(eight_parts_by_base_point),
        cmocka_unit_test(a_yacht_by_qfd),
        cmocka_unit_test(a_roof_in_the_order_of_v),
        cmocka_unit_test(scaling_costs_scales_targets),
        cmocka_unit_test(the_unit_of_scores_does_not_matter),
        cmocka_unit_test(scenarios_change_components),
        cmocka_unit_test(judgements_of_components_are_set_by_path),
        cmocka_unit_test(costs_are_allocated_to_functions),
        cmocka_unit_test(components_and_functions_of_the_same_model),
        cmocka_unit_test(the_functions_of_an_option),
        cmocka_unit_test(an_option_named_goes_before_components),
        cmocka_unit_test(targets_without_costs_of_functions),
        cmocka_unit_test(weights_of_an_option_s_customers),
        cmocka_unit_test(the_zone_holds_the_wanted_share),
        cmocka_unit_test(the_zone_is_wide_for_small_items),
        cmocka_unit_test(cost_that_follows_function_is_inside),
        cmocka_unit_test(the_median_is_the_usual_base),
        cmocka_unit_test(objects_are_chosen_by_cost_and_value),
        cmocka_unit_test(equals_share_a_forced_decision),
        cmocka_unit_test(what_to_spend_less_and_more_on),
        cmocka_unit_test(scores_that_look_like_shares),
        cmocka_unit_test(what_serves_nothing),
        cmocka_unit_test(functions_that_count_alike),
        cmocka_unit_test(shares_must_make_one),
        cmocka_unit_test(all_components_say_the_same),
        cmocka_unit_test(lists_of_components_that_are_none),
        cmocka_unit_test(too_many_components),
        cmocka_unit_test(options_that_name_nothing),
        cmocka_unit_test(options_that_cannot_be),
        cmocka_unit_test(costs_that_come_to_nothing),
        cmocka_unit_test(no_option_is_best),
        cmocka_unit_test(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

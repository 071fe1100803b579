/* Plugins in Lua that use survey columns, words inside them, and texts: the numbers of the same in C.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ve_test.h"

static ve_test *t;
static ve_shelf *shelf;

static void load(const char *name) {
    char path[512];
    const ve_plugin *plugin;
    snprintf(path, sizeof path, "%s/tests/lua/%s.lua", VE_SOURCE_DIR, name);
    ve_code code = ve_shelf_load(shelf, path, &plugin, &t->errors);
    if (!code) code = ve_registry_add(t->registry, t->plugins, plugin, name, &t->errors);
    if (code) fail_msg("%s: %s", name, t->errors.list[0].message);
}

static int begin(void **state) {
    static const char *const name[] = { "own_stated", "own_parties", "own_cost", "own_categories",
                                        "own_mixture" };
    (void)state;
    t = ve_test_open(NULL);
    shelf = ve_shelf_new(t->plugins, &ve_limits_default, false);
    for (size_t i = 0; i < VE_COUNT(name); i++)
        load(name[i]);
    return 0;
}

static int end(void **state) {
    (void)state;
    ve_shelf_close(shelf);
    ve_test_close(t);
    return 0;
}

/* ---- models ---- */

static void write_survey(void) {
    static const char *const tier[] = { "lead", "gold", "platinum" };
    char data[40000];
    size_t used =
        (size_t)snprintf(data, sizeof data, "income,tier,A_f,A_g,B_f,B_g,w_f,w_g,v_f,v_g,paid_A,paid_B\n");
    for (int i = 0; i < 300; i++)
        used += (size_t)snprintf(data + used, sizeof data - used, "%d,%s,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d\n",
                                 1000 + i * 37 % 9001, tier[i * i % 3], i % 5, i * 3 % 5, i * 7 % 4, i % 3,
                                 1 + i % 4, 1 + i * i % 5, i % 7, i % 2, 90 + i % 11, 100 + i % 17);
    ve_test_text(t, "s.csv", data);
}

/* The parts of a model in which words stand. */
typedef struct pieces {
    const char *weights, *cost, *target;
} pieces;

static ve_code run(pieces p) {
    char model[4000];
    snprintf(
        model, sizeof model,
        "{ attributes = { income = 'CNY', tier = 'text' }, functions = {\nweights = %s,\n{ id = 'f' }, { id "
        "= 'g' } },\noptions = { { id = 'A', target = %s,\ncost = %s },\n{ id = 'B', cost = 110, target = "
        "ve.normal { mean = { income = 6000 }, sd = { income = 1500 } } } },\nsurvey = ve.csv { file = "
        "'s.csv' } }",
        p.weights ? p.weights : "ve.direct { f = 2, g = 1 }", p.target ? p.target : "ve.equal {}",
        p.cost ? p.cost : "100");
    return ve_test_run(t, model);
}

/* Every figure of the options to the last digit, or one in 1e15. */
static void same(pieces lua, pieces c) {
    static const char *const column[] = { "cost", "value_index", "function_score", "effective_customers",
                                          "weight_share" };
    static const char *const option[] = { "A", "B" };
    double first[2][VE_COUNT(column)];
    write_survey();
    if (run(lua)) fail_msg("%s", t->errors.list[0].message);
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < VE_COUNT(column); k++)
            first[i][k] = ve_test_option(t, option[i], column[k]);
    if (run(c)) fail_msg("%s", t->errors.list[0].message);
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < VE_COUNT(column); k++) {
            double is = ve_test_option(t, option[i], column[k]);
            assert_true((isnan(is) && isnan(first[i][k])) || ve_test_near(first[i][k], is, 1e-15));
        }
}

static void columns_of_the_survey(void **state) {
    (void)state;
    same((pieces){ .weights = "ve.own_stated { column = 'w_{function}' }" },
         (pieces){ .weights = "ve.stated { column = 'w_{function}' }" });
    same((pieces){ .cost = "ve.own_cost { paid = 'paid_{option}' }" },
         (pieces){ .cost = "ve.column { name = 'paid_{option}' }" });
    /* two columns at once: the mean of a sum is the sum of means */
    write_survey();
    assert_int_equal(
        run((pieces){ .weights = "ve.own_stated { column = 'w_{function}', other = 'v_{function}' }" }),
        VE_OK);
    double both = ve_test_option(t, "B", "function_score");
    assert_int_equal(run((pieces){ .weights = "ve.own_stated { column = 'w_{function}' }" }), VE_OK);
    assert_false(ve_test_option(t, "B", "function_score") == both);
}

static void words_inside_the_word(void **state) {
    (void)state;
    same((pieces){ .weights =
                       "ve.own_parties { { 'a', 3, ve.direct { f = 3, g = 1 } }, { 'b', 1, ve.stated { "
                       "column = 'w_{function}' } } }" },
         (pieces){ .weights =
                       "ve.parties { { 'a', 3, ve.direct { f = 3, g = 1 } }, { 'b', 1, ve.stated { column = "
                       "'w_{function}' } } }" });
    same((pieces){ .weights =
                       "ve.own_parties { { 'a', 1, ve.direct { f = 3, g = 1 } }, chair = ve.own_parties { { "
                       "'b', 1, ve.direct { f = 1, g = 1 } } } }" },
         (pieces){ .weights = "ve.direct { f = 5, g = 3 }" });
    same(
        (pieces){
            .cost =
                "ve.own_cost { service = ve.column { name = 'paid_{option}' }, parts = { { 'x', 30, 2 }, { "
                "'y', ve.life_cycle { initial = 10, annual = 1, rate = 0.05, years = 5, basis = 'present' }, "
                "0.5 } } }" },
        (pieces){ .cost = "ve.parts { x = 60, y = 0.5 * (10 + (1 - 1.05^-5) / 0.05), z = ve.column { name = "
                          "'paid_{option}' } }" });
    same((pieces){ .cost = "ve.own_cost { parts = { { 'x', 30 } }, service = 12 }" },
         (pieces){ .cost = "42" });
}

static void attributes_that_are_texts(void **state) {
    (void)state;
    same(
        (pieces){
            .target =
                "ve.own_categories { by = 'tier', value = { platinum = 1, gold = 0.25 }, others = 0.1 }" },
        (pieces){ .target =
                      "ve.categories { by = 'tier', value = { platinum = 1, gold = 0.25 }, others = 0.1 }" });
    same((pieces){ .target =
                       "ve.product { parts = { ve.own_categories { by = 'tier', value = { gold = 2 } }, "
                       "ve.normal { mean = { income = 4000 }, sd = { income = 2000 } } } }" },
         (pieces){
             .target =
                 "ve.product { parts = { ve.categories { by = 'tier', value = { gold = 2, lead = 0, "
                 "platinum = 0 } }, ve.normal { mean = { income = 4000 }, sd = { income = 2000 } } } }" });
}

static void distributions_inside(void **state) {
    (void)state;
    same(
        (pieces){
            .target =
                "ve.own_mixture { { ve.normal { mean = { income = 4000 }, sd = { income = 900 } }, 3 }, { "
                "ve.uniform { by = 'income', low = 5000, high = 9000 }, 1 } }" },
        (pieces){
            .target =
                "ve.mixture { parts = { { ve.normal { mean = { income = 4000 }, sd = { income = 900 } }, "
                "share = 0.75 }, { ve.uniform { by = 'income', low = 5000, high = 9000 }, share = 0.25 } "
                "} }" });
    same(
        (pieces){
            .target =
                "ve.own_mixture { { ve.normal { mean = { income = 4000 }, sd = { income = 900 } }, 1 }, "
                "times = ve.own_categories { by = 'tier', value = { gold = 0.5, lead = 0.1 }, others = 1 } "
                "}" },
        (pieces){ .target =
                      "ve.product { parts = { ve.normal { mean = { income = 4000 }, sd = { income = 900 } }, "
                      "ve.categories { by = 'tier', value = { gold = 0.5, lead = 0.1 }, others = 1 } } }" });
}

/* More distinct values than a list may have come in portions, those of the parts as well. */
static void portions(void **state) {
    (void)state;
    enum { ROWS = 20000 };
    static char data[ROWS * 12 + 100];
    size_t used = (size_t)snprintf(data, sizeof data, "income,A_f,B_f\n");
    for (int i = 0; i < ROWS; i++)
        used += (size_t)snprintf(data + used, sizeof data - used, "%d,%d,%d\n", 1000 + i, i % 5, i % 3);
    ve_test_text(t, "s.csv", data);
    static const char *const target[] = { "ve.own_mixture { { ve.normal { mean = 9000, sd = 900 }, 3 }, { "
                                          "ve.normal { mean = 2000, sd = 400 }, 1 } }",
                                          "ve.mixture { parts = { { ve.normal { mean = 9000, sd = 900 }, "
                                          "share = 3 }, { ve.normal { mean = 2000, sd = 400 "
                                          "}, share = 1 } } }" };
    double score[2];
    for (int i = 0; i < 2; i++) {
        char model[2000];
        snprintf(model, sizeof model,
                 "{ attributes = { income = 'CNY' }, functions = { { id = 'f' } }, options = { { id = 'A', "
                 "cost = 1, "
                 "target = %s }, { id = 'B', cost = 1 } }, survey = ve.csv { file = 's.csv' } }",
                 target[i]);
        if (ve_test_run(t, model)) fail_msg("%s", t->errors.list[0].message);
        score[i] = ve_test_option(t, "A", "function_score");
    }
    assert_true(ve_test_near(score[0], score[1], 1e-13));
}

/* ---- what cannot be ---- */

static void mistakes_are_told(void **state) {
    (void)state;
    write_survey();
    run((pieces){ .weights = "ve.own_stated { column = 'w_f' }" });
    assert_true(
        ve_test_told(t, VE_E_TEXT, 2, "'w_f' names one column for all functions: {function} is missing"));
    assert_int_equal(run((pieces){ .weights = "ve.own_stated { column = 'x_{function}' }" }), VE_E_COLUMN);
    assert_int_equal(
        run((pieces){ .weights = "ve.own_stated { column = 'w_{function}', other = 'w_{function}' }" }),
        VE_E_CONFLICT);
    assert_true(ve_test_told(t, VE_E_CONFLICT, 2, "the two are the same columns"));
    assert_int_equal(run((pieces){ .weights = "ve.own_parties { { 'a', 1, ve.direct { f = 0, g = 0 } } }" }),
                     VE_E_WEIGHTS);
    assert_int_equal(run((pieces){ .weights = "ve.own_parties { { 'a', 1, ve.normal { mean = 1 } } }" }),
                     VE_E_TYPE);
    assert_int_equal(run((pieces){ .cost = "ve.own_cost { service = -1 }" }), VE_E_RANGE);
    assert_int_equal(
        run((pieces){ .cost = "ve.own_cost { parts = { { 'a', ve.own_cost { service = 'x' } } } }" }),
        VE_E_TYPE);
    assert_int_equal(run((pieces){ .target = "ve.own_categories { by = 'income', value = { a = 1 } }" }),
                     VE_E_TYPE);
    assert_true(ve_test_told(t, VE_E_TYPE, 6, "'income' is a text, and ve.normal weighs numbers"));
    assert_int_equal(run((pieces){ .target = "ve.own_categories { by = 'tier', value = { gold = -1 } }" }),
                     VE_E_RANGE);
}

/* The message about a description with this kind, this parameter and these functions. */
static void expect(const char *kind, const char *rest, const char *said) {
    char text[1024], path[400];
    const ve_plugin *plugin;
    snprintf(text, sizeof text,
             "return ve.plugin { abi = 1, kind = '%s', name = 'mine', version = '1', summary = 's',\n%s }",
             kind, rest);
    ve_test_text(t, "p.lua", text);
    snprintf(path, sizeof path, "%s/p.lua", t->folder);
    t->errors.count = t->errors.dropped = 0;
    assert_int_equal(ve_shelf_load(shelf, path, &plugin, &t->errors), VE_E_PLUGIN_BROKEN);
    assert_string_equal(t->errors.list[0].message, said);
    assert_int_equal(t->errors.list[0].at.line, 2);
}

static void descriptions_that_cannot_be_are_told(void **state) {
    (void)state;
    expect("rule", "merit = function() end, parameters = { { name = 'a', type = 'column', doc = 'd' } }",
           "parameter 'a': a rule has no means of survey columns");
    expect("judgement", "weigh = function() end, parameters = { { name = 'a', type = 'cost', doc = 'd' } }",
           "parameter 'a': only a cost holds other costs");
    expect("cost", "cost = function() end, parameters = { { name = 'a', type = 'judgement', doc = 'd' } }",
           "parameter 'a': only a judgement holds other judgements");
    expect("cost",
           "cost = function() end, parameters = { { name = 'a', type = 'rows', doc = 'd', fields = { { name "
           "= 'b', type = "
           "'column', doc = 'd' } } } }",
           "parameter 'b' is in rows, which have no survey columns");
    expect("cost",
           "cost = function() end, parameters = { { name = 'a', type = 'by_name', doc = 'd', low = 2, high = "
           "1 } }",
           "no number lies in the range of parameter 'a'");
    expect("distribution", "log_density = function() end, texts = true, joint = true",
           "a joint distribution gets texts where attributes are texts");
    expect("distribution", "log_density = function() end, quantile = function() end, texts = true",
           "a distribution of texts has no quantiles");
    expect("distribution",
           "log_density = function() end, parameters = { { name = 'a', type = 'distribution', doc = 'd' } }",
           "parameter 'a': only a joint distribution holds other distributions");
    expect("rule", "merit = function() end, texts = true", "'texts' means nothing for a rule");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(columns_of_the_survey),
        TEST(words_inside_the_word),
        TEST(attributes_that_are_texts),
        TEST(distributions_inside),
        TEST(portions),
        TEST(mistakes_are_told),
        TEST(descriptions_that_cannot_be_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

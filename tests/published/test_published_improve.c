/* Every published case of function-cost analysis, run through `improve`: the exact values to 1e-9, the
 * printed ones to their digits where plain arithmetic reproduces them, and the order of work.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * published.json says where each case was read. Its `improve` and `qfd` become models here. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ve_test.h"

static ve_test *t;
static size_t checked, printed;

static double number_at(json_t *list, size_t i) {
    return json_number_value(json_array_get(list, i));
}

/* ---- a case as a model ---------------------------------------------------------------------------- */

static void put_improve(ve_buffer *out, json_t *improve) {
    json_t *scores = json_object_get(improve, "scores"), *name;
    size_t i;
    if (!scores) scores = json_object_get(improve, "FI");
    ve_put_text(out,
                "{ functions = { { id = 'all' } }, options = { { id = 'A', cost = 1, scores = { 1 } }, { id "
                "= 'B', cost = 1, scores = { 1 } } }, components = {\n");
    json_array_foreach(json_object_get(improve, "items"), i, name) ve_put_format(
        out, "{ id = 'c%zu', name = '%s', cost = %.17g, score = %.17g },\n", i, json_string_value(name),
        number_at(json_object_get(improve, "current"), i), number_at(scores, i));
    ve_put_format(out, "}, target_cost = %.17g, existing = %s }",
                  json_number_value(json_object_get(improve, "target")),
                  json_object_get(improve, "rule") ? "true" : "false");
}

static void put_serves(ve_buffer *out, json_t *share, size_t component) {
    const char *name;
    json_t *list;
    ve_put_text(out, "serves = { ");
    json_object_foreach(share, name, list)
        ve_put_format(out, "%s = %.17g, ", name, number_at(list, component));
    ve_put_text(out, "} },\n");
}

static void put_qfd(ve_buffer *out, json_t *qfd) {
    const char *name;
    json_t *value;
    size_t i;
    ve_put_text(out, "{ functions = {");
    json_object_foreach(json_object_get(qfd, "criteria"), name, value)
        ve_put_format(out, " { id = '%s', weight = %.17g },", name, json_number_value(value));
    ve_put_text(out, " }, options = { { id = 'A', cost = 1, scores = { 1, 1, 1, 1 } }, { id = 'B', cost = 1, "
                     "scores = { 1, 1, 1, 1 } } }, components = {\n");
    json_array_foreach(json_object_get(qfd, "components"), i, value) {
        ve_put_format(out, "{ id = 'c%zu', name = '%s', cost = %.17g, ", i, json_string_value(value),
                      number_at(json_object_get(qfd, "cost"), i));
        put_serves(out, json_object_get(qfd, "share"), i);
    }
    ve_put_text(out, "} }");
}

/* ---- what came out -------------------------------------------------------------------------------- */

static double item(const char *name, const char *column) {
    return ve_test_number(t, "items", column, "name", name, NULL);
}

/* The figure that a key of the file stands for; NaN for keys of other studies. */
static double figure(const char *key) {
    static const struct {
        const char *prefix, *column;
    } columns[] = {
        { "FI.", "function_coefficient" }, { "CI.", "cost_coefficient" }, { "VI.", "value_index" },
        { "target.", "target_cost" },      { "dC.", "saving" },           { "imp.", "function_coefficient" },
        { "cost%.", "cost_coefficient" }
    };
    if (strcmp(key, "target.sum") == 0) return ve_test_fact_number(t, "target_cost");
    if (strcmp(key, "dC.sum") == 0) return ve_test_fact_number(t, "total_saving");
    for (size_t i = 0; i < VE_COUNT(columns); i++) {
        size_t length = strlen(columns[i].prefix);
        if (strncmp(key, columns[i].prefix, length) == 0) return item(key + length, columns[i].column);
    }
    return NAN;
}

static void check_number(const char *id, json_t *entry, double is) {
    const char *key = json_string_value(json_object_get(entry, "key"));
    double unit = pow(10, -json_number_value(json_object_get(entry, "decimals")));
    double published = json_number_value(json_object_get(entry, "published"));
    if (!ve_test_near(is, json_number_value(json_object_get(entry, "exact")), 1e-9))
        fail_msg("%s %s", id, key);
    checked++;
    if (strcmp(json_string_value(json_object_get(entry, "agreement")), "exact") != 0) return;
    if (fabs(is - published) > 0.5 * unit * (1 + 1e-9))
        fail_msg("%s %s: %.17g is not what was printed", id, key, is);
    printed++;
}

/* "a,b,c": their priorities rise. */
static void check_order(const char *id, const char *order) {
    char names[512], *rest = names;
    double last = 0;
    snprintf(names, sizeof names, "%s", order);
    for (char *name; (name = strsep(&rest, ","));) {
        double priority = item(name, "priority");
        if (!(priority > last)) fail_msg("%s: %s comes too early", id, name);
        last = priority;
    }
    checked++;
    printed++;
}

static void check_figures(const char *id, json_t *expected, const char *order_key) {
    size_t i;
    json_t *entry;
    json_array_foreach(expected, i, entry) {
        const char *key = json_string_value(json_object_get(entry, "key"));
        const char *text = json_string_value(json_object_get(entry, "exact"));
        if (text && strcmp(key, order_key) == 0) check_order(id, text);
        double is = text ? NAN : figure(key);
        if (!isnan(is)) check_number(id, entry, is);
    }
}

static void run(const char *id, const ve_buffer *model, json_t *expected, const char *order) {
    if (ve_test_study(t, model->bytes, "improve", "order", order, NULL) != VE_OK)
        fail_msg("%s: %s\n%s", id, t->errors.list[0].message, model->bytes);
    check_figures(id, expected, strcmp(order, "saving") == 0 ? "order" : "order.V");
}

static void check_case(json_t *entry) {
    const char *id = json_string_value(json_object_get(entry, "id"));
    json_t *inputs = json_object_get(entry, "inputs"), *expected = json_object_get(entry, "expected");
    json_t *improve = json_object_get(inputs, "improve"), *qfd = json_object_get(inputs, "qfd");
    ve_buffer model = { 0 };
    if (!improve && !qfd) return;
    if (improve)
        put_improve(&model, improve);
    else
        put_qfd(&model, qfd);
    assert_false(model.failed);
    run(id, &model, expected, "saving");
    run(id, &model, expected, "value_index");
    ve_buffer_free(&model);
}

static void published_cases(void **state) {
    (void)state;
    size_t i;
    json_error_t error;
    json_t *file = json_load_file(VE_CASES, 0, &error), *entry;
    assert_non_null(file);
    t = ve_test_begin();
    json_array_foreach(json_object_get(file, "cases"), i, entry) check_case(entry);
    ve_test_close(t);
    printf("improve: %zu published values agree to 1e-9, %zu of them to the printed digits as well\n",
           checked, printed);
    assert_true(checked >= 160); /* twice each; a key that is no longer understood must not pass unseen */
    json_decref(file);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(published_cases) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Every published Kano survey, run through `kano`: classes, better and worse, with both denominators in use.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * published.json says where each case was read. Its `kano` becomes functions with counts here. */
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

static void put_model(ve_buffer *out, json_t *kano, const char *denominator) {
    const char *name, *class;
    json_t *counts, *count;
    size_t functions = 0;
    ve_put_format(out, "{ kano = { denominator = '%s' }, functions = {\n", denominator);
    json_object_foreach(kano, name, counts) {
        ve_put_format(out, "{ id = 'f%zu', name = '%s', kano = { ", functions++, name);
        json_object_foreach(counts, class, count)
            ve_put_format(out, "%s = %.17g, ", class, json_number_value(count));
        ve_put_text(out, "} },\n");
    }
    ve_put_text(out, "}, options = { { id = 'A', cost = 1, scores = { ");
    for (size_t i = 0; i < functions; i++)
        ve_put_text(out, "1, ");
    ve_put_text(out, "} }, { id = 'B', cost = 1, scores = { ");
    for (size_t i = 0; i < functions; i++)
        ve_put_text(out, "1, ");
    ve_put_text(out, "} } } }");
}

/* What a key asks for: "better.reel", or "betterT.reel" with all replies as denominator. */
static const char *column_of(const char *key, bool all, char room[32]) {
    size_t length = strcspn(key, ".");
    bool for_all = length > 0 && key[length - 1] == 'T';
    if (strncmp(key, "cat.", 4) == 0) return "category";
    if (for_all != all) return NULL;
    snprintf(room, 32, "%.*s", (int)(length - for_all), key);
    return room;
}

static void check_class(const char *id, const char *name, const char *letter) {
    static const struct {
        const char *letter, *word;
    } class[] = { { "M", "must_be" },     { "O", "one_dimensional" }, { "A", "attractive" },
                  { "I", "indifferent" }, { "R", "reverse" },         { "Q", "questionable" } };
    const char *is = ve_test_word(t, "functions", "category", "name", name, NULL);
    for (size_t i = 0; i < VE_COUNT(class); i++)
        if (strcmp(class[i].letter, letter) == 0 && strcmp(class[i].word, is) != 0)
            fail_msg("%s %s: %s, not %s", id, name, is, class[i].word);
    checked++;
    printed++;
}

static void check_number(const char *id, json_t *entry, double is) {
    const char *key = json_string_value(json_object_get(entry, "key"));
    double unit = pow(10, -json_number_value(json_object_get(entry, "decimals")));
    double published = json_number_value(json_object_get(entry, "published"));
    if (!ve_test_near(is, json_number_value(json_object_get(entry, "exact")), 1e-12))
        fail_msg("%s %s", id, key);
    checked++;
    if (strcmp(json_string_value(json_object_get(entry, "agreement")), "exact") != 0) return;
    if (fabs(is - published) > 0.5 * unit * (1 + 1e-9))
        fail_msg("%s %s: %.17g is not what was printed", id, key, is);
    printed++;
}

static void check_figures(const char *id, json_t *expected, bool all) {
    size_t i;
    json_t *entry;
    json_array_foreach(expected, i, entry) {
        const char *key = json_string_value(json_object_get(entry, "key"));
        const char *name = key + strcspn(key, ".") + 1;
        char room[32];
        const char *column = column_of(key, all, room);
        if (!column) continue;
        if (strcmp(column, "category") == 0)
            check_class(id, name, json_string_value(json_object_get(entry, "exact")));
        else
            check_number(id, entry, ve_test_number(t, "functions", column, "name", name, NULL));
    }
}

static void check_case(json_t *entry, bool all) {
    const char *id = json_string_value(json_object_get(entry, "id"));
    json_t *kano = json_object_get(json_object_get(entry, "inputs"), "kano");
    ve_buffer model = { 0 };
    if (!kano) return;
    put_model(&model, kano, all ? "all" : "valid");
    assert_false(model.failed);
    if (ve_test_study(t, model.bytes, "kano", NULL) != VE_OK)
        fail_msg("%s: %s\n%s", id, t->errors.list[0].message, model.bytes);
    check_figures(id, json_object_get(entry, "expected"), all);
    ve_buffer_free(&model);
}

static void published_cases(void **state) {
    (void)state;
    size_t i;
    json_error_t error;
    json_t *file = json_load_file(VE_CASES, 0, &error), *entry;
    assert_non_null(file);
    t = ve_test_begin();
    json_array_foreach(json_object_get(file, "cases"), i, entry) {
        check_case(entry, false);
        check_case(entry, true);
    }
    ve_test_close(t);
    printf("kano: %zu published values agree to 1e-12, %zu of them to the printed digits as well\n", checked,
           printed);
    assert_int_equal(checked,
                     10);         /* classes twice; a key that is no longer understood must not pass unseen */
    assert_int_equal(printed, 9); /* better of KANO-WARWICK is printed by all replies */
    json_decref(file);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(published_cases) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

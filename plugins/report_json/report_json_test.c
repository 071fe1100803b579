/* JSON reports: the shape, the numbers, hostile texts read back, errors.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report_under_test.h"

#include <float.h>
#include <jansson.h>
#include <locale.h>
#include <stdlib.h>

static void the_shape_is_the_contract(void **state) {
    (void)state;
    room *r = room_new();
    assert_string_equal(room_write(r, sample_report(r), NULL),
                        "{\n"
                        "  \"schema\": \"vescore/1\",\n"
                        "  \"study\": \"run\",\n"
                        "  \"model\": { \"file\": \"housing.lua\", \"title\": \"Riverside housing\", "
                        "\"scenario\": \"steel +15 %\" },\n"
                        "  \"facts\": {\n"
                        "    \"best\": \"A\",\n"
                        "    \"best_undifferentiated\": null,\n"
                        "    \"customers\": 6\n"
                        "  },\n"
                        "  \"tables\": {\n"
                        "    \"options\": [\n"
                        "      { \"option\": \"A\", \"name\": \"High grade\", \"cost\": 4200, "
                        "\"function_coefficient\": 0.4421, "
                        "\"value_index\": 1.04812345678901, \"feasible\": true, \"weight_share\": 0.3125 },\n"
                        "      { \"option\": \"B\", \"name\": \"中档住宅\", \"cost\": 2900.5, "
                        "\"function_coefficient\": 0.331, "
                        "\"value_index\": 1, \"feasible\": true, \"weight_share\": 0.5 },\n"
                        "      { \"option\": \"C\", \"name\": \"Basic 👷🏽\", \"cost\": 1850, "
                        "\"function_coefficient\": 0.2269, "
                        "\"value_index\": 0.91, \"feasible\": false, \"weight_share\": null }\n"
                        "    ],\n"
                        "    \"scores\": [\n"
                        "      { \"option\": \"A\", \"score\": 0.1 }\n"
                        "    ],\n"
                        "    \"judgements\": []\n"
                        "  },\n"
                        "  \"warnings\": [\n"
                        "    { \"code\": \"VE102\", \"message\": \"The winner rests on the targets: High "
                        "grade (1.048) with them, 中档住宅 "
                        "(1.034) if all customers count alike.\", \"hint\": \"that is what positioning does: "
                        "check that the targets are "
                        "the ones you want\" }\n"
                        "  ]\n"
                        "}\n");
    room_free(r);
}

static void an_empty_report_is_whole(void **state) {
    (void)state;
    room *r = room_new();
    json_t *json = json_loads(room_write(r, finish(ve_report_new(r->arena, "check")), NULL), 0, NULL);
    assert_non_null(json);
    assert_true(json_is_null(json_object_get(json_object_get(json, "model"), "scenario")));
    assert_int_equal(json_object_size(json_object_get(json, "facts")), 0);
    assert_int_equal(json_object_size(json_object_get(json, "tables")), 0);
    assert_int_equal(json_array_size(json_object_get(json, "warnings")), 0);
    json_decref(json);
    room_free(r);
}

/* What is not UTF-8 comes back as U+FFFD, byte by byte. */
static void repaired(const char *text, char *out) {
    const char *end = text + strlen(text);
    unsigned code;
    while (text < end) {
        size_t length = ve_utf8_next(text, end, &code);
        memcpy(out, length ? text : "\xef\xbf\xbd", length ? length : 3);
        out += length ? length : 3;
        text += length ? length : 1;
    }
    *out = '\0';
}

static void hostile_texts_come_back(void **state) {
    (void)state;
    for (size_t i = 0; i < VE_COUNT(hostile); i++) {
        room *r = room_new();
        char expected[512];
        repaired(hostile[i], expected);
        const char *written = room_write(r, report_with(r, hostile[i]), NULL);
        assert_harmless(written);
        json_t *json = json_loads(written, JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(json);
        json_t *row = json_array_get(json_object_get(json_object_get(json, "tables"), "options"), 0);
        json_t *warning = json_array_get(json_object_get(json, "warnings"), 0);
        assert_string_equal(json_string_value(json_object_get(row, "option")), expected);
        assert_string_equal(json_string_value(json_object_get(warning, "message")), expected);
        assert_string_equal(json_string_value(json_object_get(json_object_get(json, "model"), "title")),
                            expected);
        json_decref(json);
        room_free(r);
    }
}

static double number_written(double x) {
    room *r = room_new();
    ve_report_builder *b = ve_report_new(r->arena, "run");
    ve_report_fact(b, "x", (ve_cell){ .kind = VE_CELL_NUMBER, .number = x });
    json_t *json = json_loads(room_write(r, finish(b), NULL), JSON_DECODE_INT_AS_REAL, NULL);
    assert_non_null(json);
    json_t *value = json_object_get(json_object_get(json, "facts"), "x");
    double read = json_is_null(value) ? NAN : json_real_value(value);
    json_decref(json);
    room_free(r);
    return read;
}

static void numbers_come_back(void **state) {
    (void)state;
    static const double known[] = {
        0,    1,     -1,      0.1,     1.0 / 3,      2.0 / 3,  1e15, 1e16, 123456789012345678.0,
        1e-7, 1e300, DBL_MAX, DBL_MIN, -DBL_EPSILON, 4.9e-324, 4200
    };
    for (size_t i = 0; i < VE_COUNT(known); i++)
        assert_true(number_written(known[i]) == known[i]);
    uint64_t bits = 88172645463325252u;
    for (int i = 0; i < 2000; i++) {
        double x;
        bits ^= bits << 13, bits ^= bits >> 7, bits ^= bits << 17;
        memcpy(&x, &bits, sizeof x);
        if (isfinite(x)) assert_true(number_written(x) == x);
    }
    assert_true(isnan(number_written(NAN)) && isnan(number_written(INFINITY)) &&
                isnan(number_written(-INFINITY)));
}

static void numbers_are_short_in_every_locale(void **state) {
    (void)state;
    static const char *const locale[] = { "C", "de_DE.UTF-8", "tr_TR.UTF-8", "ar_EG.UTF-8" };
    for (size_t i = 0; i < VE_COUNT(locale); i++) {
        setlocale(LC_ALL, locale[i]); /* those not installed are the C locale again */
        room *r = room_new();
        ve_report_builder *b = ve_report_new(r->arena, "run");
        ve_report_fact(b, "x", VE_CELL_OF_NUMBER(0.1));
        ve_report_fact(b, "y", VE_CELL_OF_NUMBER(1e22));
        ve_report_fact(b, "z", VE_CELL_OF_NUMBER(-12345.678));
        const char *written = room_write(r, finish(b), NULL);
        assert_non_null(strstr(written, "\"x\": 0.1,"));
        assert_non_null(strstr(written, "\"y\": 1e+22,"));
        assert_non_null(strstr(written, "\"z\": -12345.678\n"));
        room_free(r);
    }
    setlocale(LC_ALL, "C");
}

static const char *errors_written(room *r, const ve_errors *errors) {
    const ve_report_ops *ops = plugin_under_test()->ops;
    assert_int_equal(ops->errors(NULL, errors, &r->out), VE_OK);
    return r->written.bytes;
}

static void errors_have_their_own_shape(void **state) {
    (void)state;
    static ve_errors errors;
    room *r = room_new();
    errors.count = 2;
    errors.list[0] = (ve_error){ .code = VE_E_UNKNOWN_FIELD,
                                 .at = { "model.lua", 12, 7 },
                                 .path = "functions[1].wieght",
                                 .message = "unknown field 'wieght'",
                                 .hint = "did you mean 'weight'?" };
    errors.list[1] = (ve_error){ .code = VE_E_MEMORY, .message = "out of \"memory\"" };
    assert_string_equal(
        errors_written(r, &errors),
        "{\n"
        "  \"schema\": \"vescore/1\",\n"
        "  \"errors\": [\n"
        "    { \"code\": \"VE304\", \"file\": \"model.lua\", \"line\": 12, \"column\": 7, \"path\": "
        "\"functions[1].wieght\", \"message\": \"unknown field 'wieght'\", \"hint\": \"did you mean "
        "'weight'?\" },\n"
        "    { \"code\": \"VE801\", \"file\": null, \"line\": null, \"column\": null, \"path\": null, "
        "\"message\": \"out of \\\"memory\\\"\", \"hint\": null }\n"
        "  ]\n"
        "}\n");
    room_free(r);
}

static void at_most_twenty_errors_are_shown(void **state) {
    (void)state;
    static ve_errors errors;
    room *r = room_new();
    errors.count = 30;
    for (size_t i = 0; i < errors.count; i++)
        errors.list[i].code = VE_E_TYPE;
    json_t *json = json_loads(errors_written(r, &errors), 0, NULL);
    assert_int_equal(json_array_size(json_object_get(json, "errors")), VE_ERRORS_SHOWN);
    json_decref(json);
    room_free(r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shape_is_the_contract),         cmocka_unit_test(an_empty_report_is_whole),
        cmocka_unit_test(hostile_texts_come_back),           cmocka_unit_test(numbers_come_back),
        cmocka_unit_test(numbers_are_short_in_every_locale), cmocka_unit_test(errors_have_their_own_shape),
        cmocka_unit_test(at_most_twenty_errors_are_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

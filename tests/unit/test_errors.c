/* Failures: the fixed room, hints, file order, and the one list of codes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/errors.h"
#include "base/text.h"

static ve_errors errors;

static int clear(void **state) {
    (void)state;
    memset(&errors, 0, sizeof errors);
    return 0;
}

static ve_place place(const char *file, int line, int column) {
    return (ve_place){ file, line, column };
}

static void every_code_is_complete_and_its_own(void **state) {
    (void)state;
    for (int i = 1; i < VE_CODES_END; i++) {
        const ve_code_info *info = ve_code_get((ve_code)i);
        assert_int_equal(strlen(info->id), 5);
        assert_int_equal(ve_code_find(info->id), i);
        assert_true(info->meaning[0] && info->way_out[0]);
        assert_int_equal(info->name[0] == 'W', info->status == 0);
        assert_int_equal(info->id[2] == '1', info->status == 0);
        for (int j = 1; j < i; j++)
            assert_string_not_equal(info->id, ve_code_get((ve_code)j)->id);
    }
    assert_int_equal(ve_code_find("VE999"), VE_OK);
    assert_int_equal(ve_code_find(""), VE_OK);
    assert_string_equal(ve_code_get(VE_OK)->id, "VE000");
    assert_string_equal(ve_code_get((ve_code)9999)->id, "VE901");
    assert_string_equal(ve_code_get((ve_code)-1)->id, "VE901");
}

static void a_failure_keeps_what_it_is_told(void **state) {
    (void)state;
    ve_code code = ve_fail(&errors, VE_E_RANGE, place("m.lua", 3, 9), "options.A.cost", "cost is %d", -1);
    ve_hint(&errors, "costs are not %s", "negative");
    assert_int_equal(code, VE_E_RANGE);
    assert_int_equal(errors.count, 1);
    assert_string_equal(errors.list[0].path, "options.A.cost");
    assert_string_equal(errors.list[0].message, "cost is -1");
    assert_string_equal(errors.list[0].hint, "costs are not negative");
    assert_int_equal(errors.list[0].at.line, 3);
    assert_int_equal(ve_errors_status(&errors), 3);
}

static void a_hint_without_a_failure_is_nothing(void **state) {
    (void)state;
    ve_hint(&errors, "nothing");
    assert_int_equal(errors.count, 0);
    assert_int_equal(ve_errors_status(&errors), 0);
    assert_int_equal(ve_fail(NULL, VE_E_RANGE, VE_NOWHERE, NULL, "nobody listens"), VE_E_RANGE);
    assert_int_equal(ve_fail_memory(NULL), VE_E_MEMORY);
    ve_hint(NULL, "nothing");
}

static void beyond_the_room_only_the_number_is_kept(void **state) {
    (void)state;
    for (int i = 0; i < 200; i++) {
        ve_fail(&errors, VE_E_TYPE, place("m.lua", i + 1, 1), NULL, "number %d", i);
        ve_hint(&errors, "hint %d", i);
    }
    assert_int_equal(errors.count, VE_ERRORS_KEPT);
    assert_int_equal(errors.dropped, 200 - VE_ERRORS_KEPT);
    char text[32];
    for (int i = 0; i < VE_ERRORS_KEPT; i++) {
        snprintf(text, sizeof text, "hint %d", i);
        assert_string_equal(errors.list[i].hint, text);
    }
}

static void hostile_texts_are_made_harmless(void **state) {
    (void)state;
    ve_fail(&errors, VE_E_TEXT, VE_NOWHERE, "a\x1b[2J", "bad '%s'", "x\x1b]0;t\x07\n\xe2\x80\xae\xff");
    assert_string_equal(errors.list[0].message, "bad 'x\\x1b]0;t\\x07\\n\\u202e\\xff'");
    assert_string_equal(errors.list[0].path, "a\\x1b[2J");
    char lengthy[5000];
    memset(lengthy, 'x', sizeof lengthy);
    lengthy[sizeof lengthy - 1] = '\0';
    for (size_t start = 0; start < 4;
         start++) { /* cut within a character of three bytes, wherever that falls */
        for (size_t i = start; i + 3 < sizeof lengthy; i += 3)
            memcpy(lengthy + i, "\xe4\xbb\xb7", 3);
        lengthy[4998] = '\0';
        ve_fail(&errors, VE_E_TEXT, VE_NOWHERE, lengthy, "%s", lengthy);
        ve_hint(&errors, "%s", lengthy);
        const ve_error *error = &errors.list[errors.count - 1];
        size_t length = strlen(error->message);
        assert_true(length < VE_MESSAGE_BYTES && length > VE_MESSAGE_BYTES - 8);
        assert_true(ve_utf8_valid(error->message, length));
        assert_true(ve_utf8_valid(error->path, strlen(error->path)));
        assert_true(ve_utf8_valid(error->hint, strlen(error->hint)));
        memset(lengthy, 'x', sizeof lengthy - 1);
    }
}

static void memory_is_told_once(void **state) {
    (void)state;
    assert_int_equal(ve_fail_memory(&errors), VE_E_MEMORY);
    assert_int_equal(ve_fail_memory(&errors), VE_E_MEMORY);
    assert_int_equal(errors.count, 1);
    assert_string_equal(errors.list[0].message, "there is not enough memory");
    assert_int_equal(ve_errors_status(&errors), 8);
}

static void assert_order(const char *wanted) {
    char got[VE_ERRORS_KEPT + 1] = "";
    for (size_t i = 0; i < errors.count; i++)
        got[i] = errors.list[i].message[0];
    assert_string_equal(got, wanted);
}

static void sorting_gives_file_order(void **state) {
    (void)state;
    char same[] = "m.lua"; /* the same file under another pointer */
    ve_fail(&errors, VE_E_TYPE, place("m.lua", 9, 1), NULL, "d");
    ve_fail(&errors, VE_E_TYPE, VE_NOWHERE, NULL, "g");
    ve_fail(&errors, VE_E_TYPE, place("base.lua", 1, 1), NULL, "f");
    ve_fail(&errors, VE_E_TYPE, place(same, 2, 7), NULL, "b");
    ve_fail(&errors, VE_E_TYPE, place("m.lua", 2, 3), NULL, "a");
    ve_fail(&errors, VE_E_TYPE, place("m.lua", 0, 0), NULL, "e");
    ve_fail(&errors, VE_E_TYPE, place("m.lua", 2, 7), NULL, "c");
    ve_fail(&errors, VE_E_TYPE, VE_NOWHERE, NULL, "h");
    ve_errors_sort(&errors);
    assert_order("abcdefgh");
}

static void equal_failures_are_shown_once(void **state) {
    (void)state;
    ve_fail(&errors, VE_E_TYPE, place("m.lua", 2, 3), "p", "same");
    ve_fail(&errors, VE_E_TYPE, place("m.lua", 1, 3), "p", "first");
    ve_fail(&errors, VE_E_TYPE, place("m.lua", 2, 3), "p", "same");
    ve_fail(&errors, VE_E_RANGE, place("m.lua", 2, 3), "p", "same");
    ve_fail(&errors, VE_E_TYPE, place("m.lua", 2, 3), "q", "same");
    ve_fail(&errors, VE_E_TYPE, VE_NOWHERE, "p", "same");
    ve_errors_sort(&errors);
    assert_order("fssss");
    ve_errors_sort(&errors);
    assert_order("fssss");
}

static void a_full_list_is_sorted_too(void **state) {
    (void)state;
    for (int i = 0; i < 100; i++)
        ve_fail(&errors, VE_E_TYPE, place("m.lua", 1 + i * 37 % 64, 1), NULL, "line %d", 1 + i * 37 % 64);
    ve_errors_sort(&errors);
    assert_int_equal(errors.count, VE_ERRORS_KEPT);
    for (int i = 0; i < VE_ERRORS_KEPT; i++)
        assert_int_equal(errors.list[i].at.line, i + 1);
    ve_errors none = { 0 };
    ve_errors_sort(&none);
    assert_int_equal(none.count, 0);
}

#define CASE(name) cmocka_unit_test_setup(name, clear)
int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(every_code_is_complete_and_its_own),
        CASE(a_failure_keeps_what_it_is_told),
        CASE(a_hint_without_a_failure_is_nothing),
        CASE(beyond_the_room_only_the_number_is_kept),
        CASE(hostile_texts_are_made_harmless),
        CASE(memory_is_told_once),
        CASE(sorting_gives_file_order),
        CASE(equal_failures_are_shown_once),
        CASE(a_full_list_is_sorted_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

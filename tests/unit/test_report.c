/* The report builder: what is put in comes out, texts are copied, running out of memory is told at the end.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/errors.h"
#include "report/build.h"
#include "ve/print.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const ve_report *finish(ve_report_builder *builder) {
    static ve_errors errors;
    const ve_report *report = NULL;
    errors.count = 0;
    assert_int_equal(ve_report_finish(builder, &report, &errors), VE_OK);
    assert_int_equal(errors.count, 0);
    return report;
}

static void an_empty_report(void **state) {
    (void)state;
    ve_arena *arena = ve_arena_new(0);
    const ve_report *report = finish(ve_report_new(arena, "check"));
    assert_string_equal(report->study, "check");
    assert_string_equal(report->title, "");
    assert_string_equal(report->model_file, "");
    assert_null(report->scenario);
    assert_int_equal(report->sentences + report->facts + report->tables + report->notices, 0);
    ve_arena_free(arena);
}

static void texts_are_copied(void **state) {
    (void)state;
    char room[32], key[32], *text = room;
    ve_column column[] = { { key, text, 3, VE_COLUMN_BAR } };
    ve_arena *arena = ve_arena_new(0);
    ve_report_builder *b = ve_report_new(arena, "run");
    snprintf(text, sizeof room, "before");
    snprintf(key, sizeof key, "key");
    ve_report_about(b, text, text, text);
    ve_report_say(b, text);
    ve_report_fact(b, key, VE_CELL_OF_TEXT(text));
    ve_report_warn(b, VE_W_TIE, text, text);
    int table = ve_report_table(b, key, text, VE_TABLE_HIDDEN, column, 1);
    ve_report_row(b, table)[0] = VE_CELL_OF_TEXT(text);
    ve_report_say(b, "the row's text lives until now");
    memset(text, 'x', sizeof room - 1);
    memset(key, 'x', sizeof key - 1);
    const ve_report *report = finish(b);
    assert_string_equal(report->title, "before");
    assert_string_equal(report->model_file, "before");
    assert_string_equal(report->scenario, "before");
    assert_string_equal(report->sentence[0], "before");
    assert_string_equal(report->fact[0].key, "key");
    assert_string_equal(report->fact[0].value.text, "before");
    assert_string_equal(report->notice[0].message, "before");
    assert_string_equal(report->notice[0].hint, "before");
    assert_int_equal(report->notice[0].code, VE_W_TIE);
    const ve_table *made = report->table[0];
    assert_string_equal(made->key, "key");
    assert_string_equal(made->title, "before");
    assert_int_equal(made->flags, VE_TABLE_HIDDEN);
    assert_string_equal(made->column[0].key, "key");
    assert_string_equal(made->column[0].title, "before");
    assert_int_equal(made->column[0].digits, 3);
    assert_int_equal(made->column[0].flags, VE_COLUMN_BAR);
    assert_string_equal(made->cell[0].text, "before");
    ve_arena_free(arena);
}

static void many_rows_keep_their_place(void **state) {
    (void)state;
    enum { ROWS = 3000 };
    static const ve_column column[] = { { "a", "a", 0, 0 }, { "b", "b", 0, 0 }, { "c", "c", 0, 0 } };
    ve_arena *arena = ve_arena_new(0);
    ve_report_builder *b = ve_report_new(arena, "sweep");
    int first = ve_report_table(b, "first", "", 0, column, 3);
    int second = ve_report_table(b, "second", "", 0, column, 2);
    char text[16];
    for (int i = 0; i < ROWS; i++) {
        ve_cell *cell = ve_report_row(b, first);
        for (int k = 0; k < 3; k++)
            assert_int_equal(cell[k].kind, VE_CELL_NULL);
        cell[0] = VE_CELL_OF_NUMBER((double)i);
        snprintf(text, sizeof text, "%d", i);
        cell[2] = VE_CELL_OF_TEXT(&text[0]);
        ve_report_row(b, second)[1] = VE_CELL_OF_BOOLEAN(i % 2 == 0);
    }
    ve_report_mark(b, first, 7);
    const ve_report *report = finish(b);
    assert_int_equal(report->table[0]->rows, ROWS);
    assert_int_equal(report->table[0]->marked, 7);
    assert_int_equal(report->table[1]->marked, -1);
    for (int i = 0; i < ROWS; i++) {
        const ve_cell *cell = &report->table[0]->cell[3 * i];
        snprintf(text, sizeof text, "%d", i);
        assert_true(cell[0].number == i);
        assert_int_equal(cell[1].kind, VE_CELL_NULL);
        assert_string_equal(cell[2].text, text);
        assert_int_equal(report->table[1]->cell[2 * i + 1].boolean, i % 2 == 0);
    }
    ve_arena_free(arena);
}

static void many_of_everything(void **state) {
    (void)state;
    static const ve_column column[] = { { "a", "a", 0, 0 } };
    ve_arena *arena = ve_arena_new(0);
    ve_report_builder *b = ve_report_new(arena, "run");
    char text[16];
    for (int i = 0; i < 100; i++) {
        snprintf(text, sizeof text, "%d", i);
        ve_report_say(b, text);
        ve_report_fact(b, text, VE_CELL_OF_NUMBER((double)i));
        ve_report_warn(b, VE_W_CLOSE, text, NULL);
        assert_int_equal(ve_report_table(b, text, text, 0, column, 1), i);
    }
    const ve_report *report = finish(b);
    assert_int_equal(report->sentences, 100);
    for (int i = 0; i < 100; i++) {
        snprintf(text, sizeof text, "%d", i);
        assert_string_equal(report->sentence[i], text);
        assert_string_equal(report->fact[i].key, text);
        assert_string_equal(report->notice[i].message, text);
        assert_string_equal(report->notice[i].hint, ve_code_get(VE_W_CLOSE)->way_out);
        assert_string_equal(report->table[i]->key, text);
    }
    ve_arena_free(arena);
}

static void cells_know_what_is_not_known(void **state) {
    (void)state;
    ve_cell nan = VE_CELL_OF_NUMBER(NAN), none = VE_CELL_OF_TEXT((const char *)NULL);
    assert_int_equal(nan.kind, VE_CELL_NULL);
    assert_int_equal(none.kind, VE_CELL_NULL);
}

/* Everything at once, within so many bytes. */
static ve_code build_within(size_t limit) {
    const char *const text = "text";
    static const ve_column column[] = { { "a", "a", 0, 0 }, { "b", "b", 0, 0 } };
    static ve_errors errors;
    errors.count = 0;
    ve_arena *arena = ve_arena_new(limit);
    ve_report_builder *b = ve_report_new(arena, "run");
    ve_code code = VE_E_MEMORY;
    if (b) {
        const ve_report *report = NULL;
        ve_report_about(b, "model.lua", "title", "scenario");
        for (int i = 0; i < 40; i++) {
            ve_report_say(b, "a sentence");
            ve_report_fact(b, "fact", VE_CELL_OF_TEXT(text));
            int table = ve_report_table(b, "table", "Table", 0, column, 2);
            for (int k = 0; k < 20; k++)
                ve_report_row(b, table)[1] = VE_CELL_OF_TEXT(text);
            ve_report_mark(b, table, 0);
            ve_report_warn(b, VE_W_TIE, "message", "hint");
        }
        code = ve_report_finish(b, &report, &errors);
        assert_int_equal(report != NULL, code == VE_OK);
        assert_int_equal(errors.count, code == VE_OK ? 0 : 1);
    }
    ve_arena_free(arena);
    return code;
}

static void running_out_of_memory_is_told_once(void **state) {
    (void)state;
    size_t limit = 1000;
    while (build_within(limit) == VE_E_MEMORY && limit < 10000000)
        limit += 2500;
    assert_in_range(limit, 50000, 5000000);
}

static void a_table_may_not_be_wider_than_its_rows(void **state) {
    (void)state;
    static ve_column column[VE_REPORT_COLUMNS + 1];
    static ve_errors errors;
    for (size_t i = 0; i < COUNT(column); i++)
        column[i] = (ve_column){ "k", "t", 0, 0 };
    const ve_report *report = NULL;
    ve_arena *arena = ve_arena_new(0);
    ve_report_builder *b = ve_report_new(arena, "run");
    assert_int_equal(ve_report_table(b, "wide", "", 0, column, VE_REPORT_COLUMNS), 0);
    assert_int_equal(ve_report_table(b, "wider", "", 0, column, VE_REPORT_COLUMNS + 1), -1);
    memset(ve_report_row(b, -1), 1, VE_REPORT_COLUMNS * sizeof(ve_cell)); /* there is a row all the same */
    assert_int_equal(ve_report_row(b, 5)[VE_REPORT_COLUMNS - 1].kind, VE_CELL_NULL);
    ve_report_mark(b, -1, 0);
    assert_int_equal(ve_report_finish(b, &report, &errors), VE_E_MEMORY);
    ve_arena_free(arena);
}

/* ---- ve/print.h ---------------------------------------------------------------------------------------- */

static void figures_for_people(void **state) {
    (void)state;
    static const struct {
        double x;
        int places;
        const char *text;
    } known[] = {
        { 0, 3, "0.000" },
        { -0.0001, 3, "0.000" },
        { 1.0005, 3, "1.000" },
        { 4200, VE_PRINT_FREE, "4200" },
        { 2900.5, VE_PRINT_FREE, "2900.5" },
        { 0.1, VE_PRINT_FREE, "0.1" },
        { 1.0 / 3, VE_PRINT_FREE, "0.333333" },
        { 1234567.8, VE_PRINT_FREE, "1234568" },
        { 0.000012345678, VE_PRINT_FREE, "0.0000123457" },
        { 1e-9, VE_PRINT_FREE, "1e-09" },
        { -1e300, VE_PRINT_FREE, "-1e+300" },
        { 1e300, 3, "1e+300" },
        { -12.5, 1, "-12.5" },
        { 0, VE_PRINT_FREE, "0" },
        { 100, VE_PRINT_FREE, "100" },
    };
    char room[VE_PRINT_ROOM];
    for (size_t i = 0; i < COUNT(known); i++) {
        size_t length = ve_print_fixed(known[i].x, known[i].places, room);
        assert_string_equal(room, known[i].text);
        assert_int_equal(length, strlen(room));
    }
}

static void codes_have_their_ids(void **state) {
    (void)state;
    for (int code = VE_OK + 1; code < VE_CODES_END; code++)
        assert_string_equal(ve_print_code((ve_code)code), ve_code_get((ve_code)code)->id);
    assert_string_equal(ve_print_code(VE_OK), "");
    assert_string_equal(ve_print_code(VE_CODES_END), "");
}

static void characters_are_read_strictly(void **state) {
    (void)state;
    static const char *const broken[] = {
        "\x80",         "\xc0\xaf",         "\xc1\x81",         "\xe0\x80\x80",
        "\xed\xa0\x80", "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80",
        "\xff",         "\xe4\xb8"
    };
    unsigned code = 0;
    for (size_t i = 0; i < COUNT(broken); i++)
        assert_int_equal(ve_print_next(broken[i], &code), 0);
    assert_int_equal(ve_print_next("A", &code), 1);
    assert_int_equal(ve_print_next("é", &code), 2);
    assert_int_equal(ve_print_next("中", &code), 3);
    assert_int_equal(code, 0x4e2d);
    assert_int_equal(ve_print_next("🏠", &code), 4);
    assert_int_equal(code, 0x1f3e0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_report),
        cmocka_unit_test(texts_are_copied),
        cmocka_unit_test(many_rows_keep_their_place),
        cmocka_unit_test(many_of_everything),
        cmocka_unit_test(cells_know_what_is_not_known),
        cmocka_unit_test(running_out_of_memory_is_told_once),
        cmocka_unit_test(a_table_may_not_be_wider_than_its_rows),
        cmocka_unit_test(figures_for_people),
        cmocka_unit_test(codes_have_their_ids),
        cmocka_unit_test(characters_are_read_strictly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

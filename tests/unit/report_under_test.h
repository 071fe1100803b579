/* What the tests of reports share: a fixed report, hostile names, somewhere to write to.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_TESTS_REPORT_UNDER_TEST_H
#define VE_TESTS_REPORT_UNDER_TEST_H

#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "plugin_under_test.h"
#include "report/build.h"

typedef struct room {
    ve_services services; /* first */
    ve_out out;
    ve_buffer written;
    ve_arena *arena;
    char told[VE_MESSAGE_BYTES];
    int memory_left; /* pieces that may still be taken; negative: any number */
} room;

static inline void *room_memory(const ve_services *services, size_t bytes) {
    room *r = (room *)services;
    if (r->memory_left == 0) return NULL;
    if (r->memory_left > 0) r->memory_left--;
    return ve_alloc(r->arena, bytes);
}

VE_PRINTF(5, 6)
static inline ve_code room_fail(const ve_services *services, ve_code code, const char *field,
                                const char *hint, const char *format, ...) {
    room *r = (room *)services;
    va_list args;
    va_start(args, format);
    int used = snprintf(r->told, sizeof r->told, "%s: ", field);
    vsnprintf(r->told + used, sizeof r->told - (size_t)used, format, args);
    va_end(args);
    (void)hint;
    return code;
}

static inline void room_put(ve_out *out, const char *bytes, size_t length) {
    ve_put(&((room *)((char *)out - offsetof(room, out)))->written, bytes, length);
}

static inline room *room_new(void) {
    static room r;
    r = (room){ .services = { .size = sizeof(ve_services), .memory = room_memory, .fail = room_fail },
                .out = { .put = room_put },
                .arena = ve_arena_new(0),
                .memory_left = -1 };
    return &r;
}

static inline void room_free(room *r) {
    ve_buffer_free(&r->written);
    ve_arena_free(r->arena);
}

/* What the plugin under test writes for the report, with these parameters. */
static inline const char *room_write(room *r, const ve_report *report, const void *params) {
    const ve_report_ops *ops = plugin_under_test()->ops;
    ve_buffer_free(&r->written);
    r->written = (ve_buffer){ 0 };
    assert_int_equal(ops->report(params, report, &r->out, &r->services), VE_OK);
    assert_false(r->written.failed);
    return r->written.bytes ? r->written.bytes : "";
}

static inline const ve_report *finish(ve_report_builder *builder) {
    static ve_errors errors;
    const ve_report *report = NULL;
    errors.count = 0;
    assert_int_equal(ve_report_finish(builder, &report, &errors), VE_OK);
    return report;
}

static inline void sample_options(ve_report_builder *b) {
    static const ve_column column[] = { { "option", "Id", 0, VE_COLUMN_HIDDEN },
                                        { "name", "Option", 0, 0 },
                                        { "cost", "Cost, CNY/m2", -1, 0 },
                                        { "function_coefficient", "F", 3, 0 },
                                        { "value_index", "V", 3, VE_COLUMN_BAR | VE_COLUMN_ONE },
                                        { "feasible", "Passes", 0, 0 },
                                        { "weight_share", "Reach", 1, VE_COLUMN_PERCENT } };
    static const struct {
        const char *id, *name;
        double cost, f, v, reach;
        bool feasible;
    } row[] = {
        { "A", "High grade", 4200, 0.4421, 1.04812345678901, 0.3125, true },
        { "B", "中档住宅", 2900.5, 0.331, 1, 0.5, true },
        { "C", "Basic 👷🏽", 1850, 0.2269, 0.91, NAN, false },
    };
    int table = ve_report_table(b, "options", "Options", 0, column, VE_COUNT(column));
    for (size_t i = 0; i < VE_COUNT(row); i++) {
        ve_cell *cell = ve_report_row(b, table);
        cell[0] = VE_CELL_OF_TEXT(row[i].id);
        cell[1] = VE_CELL_OF_TEXT(row[i].name);
        cell[2] = VE_CELL_OF_NUMBER(row[i].cost);
        cell[3] = VE_CELL_OF_NUMBER(row[i].f);
        cell[4] = VE_CELL_OF_NUMBER(row[i].v);
        cell[5] = VE_CELL_OF_BOOLEAN(row[i].feasible);
        cell[6] = VE_CELL_OF_NUMBER(row[i].reach);
    }
    ve_report_mark(b, table, 0);
}

static inline void sample_tree(ve_report_builder *b) {
    static const ve_column column[] = { { "depth", "Depth", 0, VE_COLUMN_INDENT },
                                        { "name", "Function", 0, 0 },
                                        { "weight", "Weight", 1, VE_COLUMN_PERCENT } };
    static const struct {
        double depth;
        const char *name;
        double weight;
    } node[] = {
        { 0, "Use", 0.6 }, { 1, "Floor plan", 0.36 }, { 1, "层高", 0.24 }, { 0, "Appearance", 0.4 }
    };
    int table = ve_report_table(b, "tree", "Functions", VE_TABLE_PAPER, column, VE_COUNT(column));
    for (size_t i = 0; i < VE_COUNT(node); i++) {
        ve_cell *cell = ve_report_row(b, table);
        cell[0] = VE_CELL_OF_NUMBER(node[i].depth);
        cell[1] = VE_CELL_OF_TEXT(node[i].name);
        cell[2] = VE_CELL_OF_NUMBER(node[i].weight);
    }
}

/* Three options with a Latin, a Chinese and an emoji name; an empty table; one for programs and one for
 * people. */
static inline const ve_report *sample_report(room *r) {
    static const ve_column scores[] = { { "option", "Option", 0, 0 }, { "score", "Score", 2, 0 } };
    ve_report_builder *b = ve_report_new(r->arena, "run");
    ve_report_about(b, "housing.lua", "Riverside housing", "steel +15 %");
    ve_report_say(b, "High grade is best, with a value index of 1.048: it brings 44.2 % of all function for "
                     "42.2 % of all cost.");
    ve_report_say(b, "It is 4.8 % ahead of 中档住宅 (1.000).");
    ve_report_fact(b, "best", VE_CELL_OF_TEXT("A"));
    ve_report_fact(b, "best_undifferentiated", VE_CELL_OF_TEXT(NULL));
    ve_report_fact(b, "customers", VE_CELL_OF_NUMBER(6.0));
    sample_options(b);
    sample_tree(b);
    int table = ve_report_table(b, "scores", "Scores", VE_TABLE_HIDDEN, scores, VE_COUNT(scores));
    ve_cell *cell = ve_report_row(b, table);
    cell[0] = VE_CELL_OF_TEXT("A");
    cell[1] = VE_CELL_OF_NUMBER(0.1);
    ve_report_table(b, "judgements", "Judgements", 0, scores, VE_COUNT(scores));
    ve_report_warn(
        b, VE_W_POSITIONING,
        "The winner rests on the targets: High grade (1.048) with them, 中档住宅 (1.034) if all customers "
        "count alike.",
        "that is what positioning does: check that the targets are the ones you want");
    return finish(b);
}

/* Names that try to break out of a format, a table, or a terminal. */
static const char *const hostile[] = {
    "plain",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tTAB",
    "\rCR",
    "\nLF",
    "\uff1d1",
    "a,b",
    "a;b",
    "\"",
    "\"\"",
    "'",
    "a\"b,c\r\nd",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "&amp;",
    "\\",
    "\\\"",
    "\\u0041",
    "{{7*7}}",
    "${x}",
    "|",
    "a|b",
    "| --- |",
    "`code`",
    "```",
    "**bold**",
    "_it_",
    "[a](http://evil.example)",
    "![i](x)",
    "# head",
    "- item",
    "1. item",
    "> quote",
    "---",
    "===",
    "http://evil.example",
    "www.evil.example",
    "a@b.example",
    "~~gone~~",
    "$x$",
    "<!--",
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x7f",
    "\xc2\x9b"
    "31m",
    "\xe2\x80\xae"
    "evil",
    "zero\xe2\x80\x8bwidth",
    "\xef\xbb\xbf"
    "bom",
    "line\xe2\x80\xa8sep",
    "bad\xff\xfeutf8",
    "\xc0\xaf",
    "\xed\xa0\x80",
    "half\xe4\xb8",
    "",
    " lead",
    "trail ",
    "中文名称",
    "e\xcc\x81",
    "👩‍👩‍👧‍👦",
    "null",
    "true",
    "NaN",
};

/* A report that carries one text wherever a text can stand. */
static inline const ve_report *report_with(room *r, const char *name) {
    ve_column column[] = { { "option", name, 0, 0 }, { "value", "V", 3, VE_COLUMN_BAR } };
    ve_report_builder *b = ve_report_new(r->arena, "run");
    ve_report_about(b, name, name, name);
    ve_report_say(b, name);
    ve_report_fact(b, "best", VE_CELL_OF_TEXT(name));
    int table = ve_report_table(b, "options", name, 0, column, 2);
    ve_cell *cell = ve_report_row(b, table);
    cell[0] = VE_CELL_OF_TEXT(name);
    cell[1] = VE_CELL_OF_NUMBER(1.5);
    ve_report_warn(b, VE_W_TIE, name, name);
    return finish(b);
}

/* No byte that a terminal acts on, and no text that is not UTF-8. */
static inline void assert_harmless(const char *text) {
    const char *end = text + strlen(text);
    unsigned code = 0;
    while (text < end) {
        size_t length = ve_utf8_next(text, end, &code);
        assert_true(length > 0);
        assert_true(code >= 0x20 || code == '\n' || code == '\r' || code == '\t');
        assert_false(code >= 0x7f && code < 0xa0);
        assert_false((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) ||
                     code == 0x200b);
        text += length;
    }
}

#endif

/* What must hold for studies and reports. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "prove/internal.h"
#include "report/build.h"

typedef struct sink {
    ve_out out; /* first */
    ve_buffer buffer;
} sink;

static void put(ve_out *out, const char *bytes, size_t length) {
    ve_put(&((sink *)out)->buffer, bytes, length);
}

/* A report written by a format with its defaults; false where that fails. */
static bool write_by(ve_proof *p, const ve_plugin *format, const ve_report *report, sink *out) {
    ve_word word = { .plugin = format, .path = "" };
    ve_word_services services;
    *out = (sink){ .out = { .put = put } };
    word.params = ve_alloc(p->arena, format->params->size);
    if (!word.params) return false;
    ve_binder binder = { .arena = p->arena, .errors = &p->own };
    static const ve_value nothing = { .kind = VE_TABLE };
    ve_services_init(&services, p->arena, &p->own, &word);
    if (ve_bind(&binder, format->params, &nothing, "", word.params)) return false;
    ve_code code =
        ((const ve_report_ops *)format->ops)->report(word.params, report, &out->out, &services.base);
    return !code && !out->buffer.failed;
}

static bool same_bytes(const sink *a, const sink *b) {
    return a->buffer.length == b->buffer.length &&
           memcmp(a->buffer.bytes, b->buffer.bytes, a->buffer.length) == 0;
}

/* ---- studies ----------------------------------------------------------------------------------- */

enum { OPTIONS_MOST = 16, EXAMPLE_ROOM = 1024 };

/* "vescore NAME MODEL.lua --step 3 --all" -> { step = 3, all = true } */
static ve_value params_of(char *example, ve_entry *field) {
    ve_value params = { .kind = VE_TABLE, .table = { .fields = field } };
    for (char *at = strstr(example, "--"); at && params.table.named < OPTIONS_MOST; at = strstr(at, "--")) {
        char *name = at + 2, *end = name + strcspn(name, " =");
        at = *end ? end + 1 : end;
        *end = '\0';
        ve_value value = { .kind = VE_BOOLEAN, .boolean = true };
        if (*at && strncmp(at, "--", 2) != 0) {
            size_t length = strcspn(at, " ");
            value = (ve_value){ .kind = VE_TEXT };
            value.text.bytes = at;
            value.text.length = length;
            if (ve_number_read(at, length, &value.number)) value.kind = VE_NUMBER;
            at += length;
            if (*at) *at++ = '\0';
        }
        field[params.table.named++] = (ve_entry){ name, value };
    }
    return params;
}

/* What is wrong with a cell; NULL: nothing. */
static const char *fault_of(const ve_cell *cell, char *room, size_t bytes) {
    if (cell->kind == VE_CELL_NUMBER) return isfinite(cell->number) ? NULL : "it is not finite";
    if (cell->kind != VE_CELL_TEXT || !*cell->text) return NULL;
    return ve_text_fault(cell->text, strlen(cell->text), room, bytes);
}

/* The first cell that is wrong, in words; NULL: none. */
static const char *wrong_cell(ve_proof *p, const ve_report *report) {
    char room[VE_TEXT_MAX];
    for (size_t t = 0; t < report->tables; t++) {
        const ve_table *table = report->table[t];
        for (size_t c = 0; c < table->rows * table->columns; c++) {
            const char *fault = fault_of(&table->cell[c], room, sizeof room);
            if (!fault) continue;
            return ve_format(p->arena, "table '%s', row %zu, column '%s': %s", table->key,
                             c / table->columns + 1, table->column[c % table->columns].key, fault);
        }
    }
    return NULL;
}

static bool study_bytes(ve_proof *p, const char *model, const ve_value *params, unsigned threads, sink *out) {
    *out = (sink){ 0 };
    if (ve_proof_run(p, model, p->plugin->name, params, threads)) return false;
    return write_by(p, ve_registry_get(p->registry, VE_KIND_REPORT, "json"), p->answer.report, out);
}

static void prove_again(ve_proof *p, const char *model, const ve_value *params, const sink *first) {
    unsigned threads = 0, differ = 0;
    while (!differ && ++threads <= 3) {
        sink again;
        bool ran = study_bytes(p, model, params, threads, &again);
        if (!ran || !same_bytes(first, &again)) differ = threads;
        ve_buffer_free(&again.buffer);
    }
    ve_proof_tell(p, "the same answer a second time, and on two and three threads", !differ,
                  "the answer is another one the second time, on %u thread%s", differ,
                  differ == 1 ? "" : "s");
}

/* A study may need what this model lacks; then it says so. */
static void prove_plain(ve_proof *p, const ve_value *params) {
    char model[VE_PROVE_ROOM];
    ve_world_plain(model);
    ve_code code = ve_proof_run(p, model, p->plugin->name, params, 1);
    const char *wrong = code ? NULL : wrong_cell(p, p->answer.report);
    ve_proof_tell(p, "a model without survey and targets gets an answer, or is told what it lacks",
                  !wrong && (ve_prove_is_answer(code) || ve_code_get(code)->status == VE_STATUS_USAGE), "%s",
                  code    ? ve_proof_why(p)
                  : wrong ? wrong
                          : "");
}

void ve_prove_study(ve_proof *p) {
    char model[VE_PROVE_ROOM], example[EXAMPLE_ROOM];
    ve_entry field[OPTIONS_MOST];
    sink one;
    snprintf(example, sizeof example, "%s", p->word ? p->word : "");
    ve_value params = params_of(example, field);
    ve_world_rich(model);
    bool ran = study_bytes(p, model, &params, 1, &one);
    ve_proof_tell(p, "it answers", ran, "%s", ve_proof_why(p));
    if (ran) {
        const char *wrong = wrong_cell(p, p->answer.report);
        ve_proof_tell(p, "its figures are numbers, its texts can be shown", !wrong, "%s", wrong ? wrong : "");
        prove_again(p, model, &params, &one);
        prove_plain(p, &params);
    }
    ve_buffer_free(&one.buffer);
}

/* ---- reports ----------------------------------------------------------------------------------- */

static bool is_printable(const sink *s) {
    for (size_t i = 0; i < s->buffer.length; i++) {
        unsigned char c = (unsigned char)s->buffer.bytes[i];
        if ((c < 32 && c != '\n' && c != '\t' && c != '\r') || c == 127) return false;
    }
    return true;
}

static void prove_bytes(ve_proof *p, const char *const property[3], const ve_report *report) {
    sink first, second;
    bool written = write_by(p, p->plugin, report, &first);
    bool again = written && write_by(p, p->plugin, report, &second);
    ve_proof_tell(p, property[0], written, "%s", ve_proof_why(p));
    if (!written) return;
    ve_proof_tell(p, property[1], again && same_bytes(&first, &second), "they differ");
    ve_proof_tell(p, property[2], is_printable(&first), "it has control characters");
    ve_buffer_free(&first.buffer);
    if (again) ve_buffer_free(&second.buffer);
}

/* Everything that a study may tell: all kinds of cells, columns and tables, none and many, large and small.
 */
static ve_code odd_report(ve_proof *p, const ve_report **out) {
    static const ve_column column[] = {
        { "name", "Name | <b>", 0, 0 },
        { "x", "=x", 3, VE_COLUMN_BAR | VE_COLUMN_ONE },
        { "share", "Share", 1, VE_COLUMN_PERCENT },
        { "own", "Own", -1, VE_COLUMN_HIDDEN },
        { "deep", "", 0, VE_COLUMN_INDENT },
    };
    static const double odd[] = { 0, -0.0, 1e-320, 1.7e308, -1.7e308, 0.1, 1e15, NAN };
    static const char *const warning = "A warning | <of> `all`.";
    static const char *const text[] = { "",         "a,\"b\"", "| `c` **d**",
                                        "@e",       "- 1",     "\xe4\xbd\x8f\xe5\xae\x85",
                                        "</script>" };
    ve_report_builder *builder = ve_report_new(p->arena, "odd");
    if (!builder) return ve_fail_memory(&p->own);
    ve_report_about(builder, "model.lua", NULL, "a scenario");
    ve_report_say(builder, "A sentence | with <marks> & \"quotes\".");
    ve_report_fact(builder, "nothing", VE_CELL_OF_NUMBER(NAN));
    ve_report_fact(builder, "truth", VE_CELL_OF_BOOLEAN(true));
    ve_report_table(builder, "empty", "Empty", 0, column, VE_COUNT(column));
    ve_report_table(builder, "for_programs", "Hidden", VE_TABLE_HIDDEN, column, 1);
    int table = ve_report_table(builder, "odd", "Odd", 0, column, VE_COUNT(column));
    for (size_t i = 0; i < VE_COUNT(odd); i++) {
        ve_cell *cell = ve_report_row(builder, table);
        cell[0] = i < VE_COUNT(text) ? VE_CELL_OF_TEXT(text[i]) : VE_CELL_OF_TEXT(NULL);
        cell[1] = VE_CELL_OF_NUMBER(odd[i]);
        cell[2] = VE_CELL_OF_NUMBER(odd[i]);
        cell[3] = i % 2 ? VE_CELL_OF_BOOLEAN(false) : VE_CELL_OF_NUMBER(odd[i]);
        cell[4] = VE_CELL_OF_NUMBER((double)(i % 3));
    }
    ve_report_mark(builder, table, 2);
    ve_report_warn(builder, VE_W_PLUGIN, warning, NULL);
    return ve_report_finish(builder, out, &p->own);
}

void ve_prove_report(ve_proof *p) {
    static const char *const of_run[] = { "it writes the answer of `run`", "the same bytes a second time",
                                          "nothing in it acts on a terminal" },
                             *const of_odd[] = { "it writes cells of every kind, empty tables and odd texts",
                                                 "the same bytes of those a second time",
                                                 "nothing in those acts on a terminal" };
    char model[VE_PROVE_ROOM];
    const ve_report *odd;
    ve_proof_usual(p);
    ve_world_write(p, &(ve_world){ .title = "=cmd|<b>\"q\"</b> | `x` \xe4\xbd\x8f" }, model);
    ve_code code = ve_proof_run(p, model, "run", NULL, 1);
    if (!code) prove_bytes(p, of_run, p->answer.report);
    if (!code) code = odd_report(p, &odd);
    if (!code) prove_bytes(p, of_odd, odd);
    if (code) ve_proof_tell(p, "it can be tried", false, "%s", ve_proof_why(p));
}

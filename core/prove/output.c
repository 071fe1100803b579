/* What must hold for studies and reports. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "prove/internal.h"

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

static bool is_fine(const ve_cell *cell) {
    char room[VE_TEXT_MAX];
    if (cell->kind == VE_CELL_NUMBER) return isfinite(cell->number);
    return cell->kind != VE_CELL_TEXT || !ve_text_fault(cell->text, strlen(cell->text), room, sizeof room);
}

static const char *wrong_cell(const ve_report *report) {
    for (size_t t = 0; t < report->tables; t++)
        for (size_t c = 0; c < report->table[t]->rows * report->table[t]->columns; c++)
            if (!is_fine(&report->table[t]->cell[c]))
                return report->table[t]->column[c % report->table[t]->columns].key;
    return NULL;
}

static bool study_bytes(ve_proof *p, const char *model, const ve_value *params, unsigned threads, sink *out) {
    *out = (sink){ 0 };
    if (ve_proof_run(p, model, p->plugin->name, params, threads)) return false;
    return write_by(p, ve_registry_get(p->registry, VE_KIND_REPORT, "json"), p->answer.report, out);
}

void ve_prove_study(ve_proof *p) {
    char model[VE_PROVE_ROOM], example[EXAMPLE_ROOM];
    ve_entry field[OPTIONS_MOST];
    sink one, three;
    snprintf(example, sizeof example, "%s", p->word ? p->word : "");
    ve_value params = params_of(example, field);
    ve_world_rich(model);
    bool ran = study_bytes(p, model, &params, 1, &one);
    ve_proof_tell(p, "it answers", ran, "%s", ve_proof_why(p));
    if (ran) {
        const char *wrong = wrong_cell(p->answer.report);
        ve_proof_tell(p, "its figures are numbers, its texts can be shown", !wrong,
                      "a cell in the column '%s' is not finite, or has invisible characters",
                      wrong ? wrong : "");
        bool again = study_bytes(p, model, &params, 3, &three);
        ve_proof_tell(p, "the same answer a second time and on three threads",
                      again && same_bytes(&one, &three), "the answer differs");
        ve_buffer_free(&three.buffer);
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

void ve_prove_report(ve_proof *p) {
    char model[VE_PROVE_ROOM];
    sink first, second;
    ve_proof_usual(p);
    ve_world_write(p, &(ve_world){ .title = "=cmd|<b>\"q\"</b> | `x` 住宅" }, model);
    ve_code code = ve_proof_run(p, model, "run", NULL, 1);
    bool written = !code && write_by(p, p->plugin, p->answer.report, &first);
    ve_proof_tell(p, "it writes the answer of `run`", written && first.buffer.length > 0, "%s",
                  ve_proof_why(p));
    if (!written) return;
    bool again = write_by(p, p->plugin, p->answer.report, &second);
    ve_proof_tell(p, "the same bytes a second time", again && same_bytes(&first, &second), "they differ");
    ve_proof_tell(p, "nothing in it acts on a terminal", is_printable(&first), "it has control characters");
    ve_buffer_free(&first.buffer);
    ve_buffer_free(&second.buffer);
}

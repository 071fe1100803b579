/* Reports and errors as JSON, one shape for every study: what programs read.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ve/plugin.h"
#include "ve/print.h"

static void put(ve_out *out, const char *text) {
    out->put(out, text, strlen(text));
}

/* One character inside quotes; broken UTF-8 becomes the replacement character. Returns the bytes read. */
static size_t put_character(ve_out *out, const char *text) {
    char escape[16];
    unsigned code = 0;
    size_t length = ve_print_next(text, &code);
    if (length == 0)
        put(out, "\\ufffd");
    else if (code == '"' || code == '\\')
        out->put(out, code == '"' ? "\\\"" : "\\\\", 2);
    else if (!ve_print_hidden(code))
        out->put(out, text, length);
    else if (code < 0x10000) {
        snprintf(escape, sizeof escape, "\\u%04x", code);
        put(out, escape);
    } else {
        snprintf(escape, sizeof escape, "\\u%04x\\u%04x", 0xd7c0 + (code >> 10), 0xdc00 + (code & 0x3ff));
        put(out, escape);
    }
    return length ? length : 1;
}

static void put_text(ve_out *out, const char *text) {
    if (!text) {
        put(out, "null");
        return;
    }
    put(out, "\"");
    while (*text)
        text += put_character(out, text);
    put(out, "\"");
}

static void put_number(ve_out *out, double x) {
    char room[VE_PRINT_ROOM];
    if (ve_print_finite(x))
        out->put(out, room, ve_print_exact(x, room));
    else
        put(out, "null");
}

static void put_cell(ve_out *out, const ve_cell *cell) {
    switch (cell->kind) {
    case VE_CELL_NUMBER:
        put_number(out, cell->number);
        break;
    case VE_CELL_TEXT:
        put_text(out, cell->text);
        break;
    case VE_CELL_BOOLEAN:
        put(out, cell->boolean ? "true" : "false");
        break;
    case VE_CELL_NULL:
        put(out, "null");
        break;
    }
}

/* `, "key": `, without the comma for the first of an object. */
static void put_key(ve_out *out, const char *key, bool first) {
    put(out, first ? "" : ", ");
    put_text(out, key);
    put(out, ": ");
}

static void put_model(ve_out *out, const ve_report *report) {
    put(out, "  \"model\": { ");
    put_key(out, "file", true);
    put_text(out, report->model_file);
    put_key(out, "title", false);
    put_text(out, report->title);
    put_key(out, "scenario", false);
    put_text(out, report->scenario);
    put(out, " },\n");
}

static void put_facts(ve_out *out, const ve_report *report) {
    put(out, "  \"facts\": {");
    for (size_t i = 0; i < report->facts; i++) {
        put(out, i ? ",\n    " : "\n    ");
        put_key(out, report->fact[i].key, true);
        put_cell(out, &report->fact[i].value);
    }
    put(out, report->facts ? "\n  },\n" : "},\n");
}

static void put_row(ve_out *out, const ve_table *table, size_t row) {
    put(out, row ? ",\n      { " : "\n      { ");
    for (size_t i = 0; i < table->columns; i++) {
        put_key(out, table->column[i].key, i == 0);
        put_cell(out, &table->cell[row * table->columns + i]);
    }
    put(out, " }");
}

static void put_table(ve_out *out, const ve_table *table, bool first) {
    put(out, first ? "\n    " : ",\n    ");
    put_key(out, table->key, true);
    put(out, "[");
    for (size_t row = 0; row < table->rows; row++)
        put_row(out, table, row);
    put(out, table->rows ? "\n    ]" : "]");
}

static void put_tables(ve_out *out, const ve_report *report) {
    bool first = true;
    put(out, "  \"tables\": {");
    for (size_t i = 0; i < report->tables; i++) {
        if (report->table[i]->flags & VE_TABLE_PAPER) continue;
        put_table(out, report->table[i], first);
        first = false;
    }
    put(out, first ? "},\n" : "\n  },\n");
}

static void put_warnings(ve_out *out, const ve_report *report) {
    put(out, "  \"warnings\": [");
    for (size_t i = 0; i < report->notices; i++) {
        put(out, i ? ",\n    { " : "\n    { ");
        put_key(out, "code", true);
        put_text(out, ve_print_code(report->notice[i].code));
        put_key(out, "message", false);
        put_text(out, report->notice[i].message);
        put_key(out, "hint", false);
        put_text(out, report->notice[i].hint);
        put(out, " }");
    }
    put(out, report->notices ? "\n  ]\n" : "]\n");
}

static ve_code write_report(const void *params, const ve_report *report, ve_out *out,
                            const ve_services *services) {
    (void)params, (void)services;
    put(out, "{\n  \"schema\": \"vescore/1\",\n  \"study\": ");
    put_text(out, report->study);
    put(out, ",\n");
    put_model(out, report);
    put_facts(out, report);
    put_tables(out, report);
    put_warnings(out, report);
    put(out, "}\n");
    return VE_OK;
}

/* Lines and columns count from 1; what is not known is null. */
static void put_position(ve_out *out, int position) {
    if (position > 0)
        put_number(out, position);
    else
        put(out, "null");
}

static void put_place(ve_out *out, const ve_place *at) {
    put_key(out, "file", false);
    put_text(out, at->file);
    put_key(out, "line", false);
    put_position(out, at->line);
    put_key(out, "column", false);
    put_position(out, at->column);
}

static void put_error(ve_out *out, const ve_error *error, bool first) {
    put(out, first ? "\n    { " : ",\n    { ");
    put_key(out, "code", true);
    put_text(out, ve_print_code(error->code));
    put_place(out, &error->at);
    put_key(out, "path", false);
    put_text(out, error->path[0] ? error->path : NULL);
    put_key(out, "message", false);
    put_text(out, error->message);
    put_key(out, "hint", false);
    put_text(out, error->hint[0] ? error->hint : NULL);
    put(out, " }");
}

static ve_code write_errors(const void *params, const ve_errors *errors, ve_out *out) {
    (void)params;
    size_t shown = errors->count < VE_ERRORS_SHOWN ? errors->count : VE_ERRORS_SHOWN;
    put(out, "{\n  \"schema\": \"vescore/1\",\n  \"errors\": [");
    for (size_t i = 0; i < shown; i++)
        put_error(out, &errors->list[i], i == 0);
    put(out, shown ? "\n  ]\n}\n" : "]\n}\n");
    return VE_OK;
}

typedef struct nothing {
    int unused;
} nothing;

static const ve_record record = { .name = "json",
                                  .doc = "JSON for programs: the same shape for every study",
                                  .size = sizeof(nothing) };
static const ve_report_ops ops = { sizeof ops, write_report, write_errors };

VE_PLUGIN(report_json, REPORT, "json", "1.0", "JSON for programs: the same shape for every study", &record,
          &ops)

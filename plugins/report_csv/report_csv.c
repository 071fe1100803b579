/* Reports as CSV for spreadsheets: RFC 4180, with texts that a spreadsheet would run as formulas made
 * harmless. SPDX-License-Identifier: GPL-3.0-or-later */
#include "ve/plugin.h"
#include "ve/print.h"

typedef struct csv_params {
    const char *table;
    bool raw, bom;
} csv_params;

static void put(ve_out *out, const char *text) {
    out->put(out, text, strlen(text));
}

/* Spreadsheets take a text with one of these in front for a formula; in East Asian settings the wide forms
 * too. */
static bool reads_as_formula(const char *text) {
    static const char *const start[] = { "=",  "+",      "-",      "@",      "\t",    "\r",
                                         "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20" };
    for (size_t i = 0; i < VE_COUNT(start); i++)
        if (strncmp(text, start[i], strlen(start[i])) == 0) return true;
    return false;
}

/* One character of a field; quotes are doubled, and other controls than line ends and tabs made visible. */
static size_t put_character(ve_out *out, const char *text) {
    char room[16];
    if (*text == '"') {
        put(out, "\"\"");
        return 1;
    }
    if (*text == '\n' || *text == '\r' || *text == '\t') {
        out->put(out, text, 1);
        return 1;
    }
    size_t length = ve_print_visible(text, room);
    put(out, room);
    return length;
}

static void put_text(ve_out *out, const char *text, bool raw) {
    bool guard = !raw && reads_as_formula(text);
    bool quote = text[0] == '\0' || text[strcspn(text, "\",;\t\r\n")] != '\0' || text[0] == ' ' ||
                 text[strlen(text) - 1] == ' ';
    put(out, quote ? "\"" : "");
    put(out, guard ? "'" : "");
    while (*text)
        text += put_character(out, text);
    put(out, quote ? "\"" : "");
}

/* Nothing is an empty field; an empty text is a quoted one. */
static void put_cell(ve_out *out, const ve_cell *cell, bool raw) {
    char room[VE_PRINT_ROOM];
    if (cell->kind == VE_CELL_TEXT)
        put_text(out, cell->text, raw);
    else if (cell->kind == VE_CELL_BOOLEAN)
        put(out, cell->boolean ? "true" : "false");
    else if (cell->kind == VE_CELL_NUMBER && ve_print_finite(cell->number))
        out->put(out, room, ve_print_exact(cell->number, room));
}

static void put_table(ve_out *out, const ve_table *table, bool raw) {
    for (size_t i = 0; i < table->columns; i++) {
        put(out, i ? "," : "");
        put_text(out, table->column[i].key, raw);
    }
    put(out, "\r\n");
    for (size_t i = 0; i < table->rows * table->columns; i++) {
        put_cell(out, &table->cell[i], raw);
        put(out, (i + 1) % table->columns ? "," : "\r\n");
    }
}

/* Every table: its name on a line of its own, the table, an empty line. */
static void put_all(ve_out *out, const ve_report *report, bool raw) {
    bool first = true;
    for (size_t i = 0; i < report->tables; i++) {
        if (report->table[i]->flags & VE_TABLE_PAPER) continue;
        put(out, first ? "" : "\r\n");
        put_text(out, report->table[i]->key, raw);
        put(out, "\r\n");
        put_table(out, report->table[i], raw);
        first = false;
    }
}

static bool is_wanted(const ve_table *table, const char *key) {
    return !(table->flags & VE_TABLE_PAPER) && (!key || strcmp(table->key, key) == 0);
}

static ve_code no_such_table(const ve_report *report, const char *key, const ve_services *services) {
    char names[400] = "";
    for (size_t i = 0; i < report->tables; i++) {
        size_t used = strlen(names);
        if (!(report->table[i]->flags & VE_TABLE_PAPER))
            snprintf(names + used, sizeof names - used, "%s%s", used ? ", " : "", report->table[i]->key);
    }
    return services->fail(services, VE_E_ARGUMENT, "table",
                          names[0] ? "write --format csv,table=NAME, or table=all" : NULL,
                          "this study has no table '%s', only: %s", key, names[0] ? names : "none");
}

static ve_code write_report(const void *params, const ve_report *report, ve_out *out,
                            const ve_services *services) {
    const csv_params *p = params;
    const char *key = p->table;
    if (p->bom) put(out, "\xef\xbb\xbf");
    if (key && strcmp(key, "all") == 0) {
        put_all(out, report, p->raw);
        return VE_OK;
    }
    for (size_t i = 0; i < report->tables; i++) {
        if (!is_wanted(report->table[i], key)) continue;
        put_table(out, report->table[i], p->raw);
        return VE_OK;
    }
    return key ? no_such_table(report, key, services) : VE_OK;
}

static const ve_field fields[] = {
    VE_FIELD(csv_params, table, VE_T_TEXT, .name = "table",
             .doc = "the table to write, or `all`; left out: the study's main table"),
    VE_FIELD(csv_params, raw, VE_T_BOOLEAN, .name = "raw",
             .doc = "leave texts as they are, also those that a spreadsheet would run as a formula"),
    VE_FIELD(csv_params, bom, VE_T_BOOLEAN, .name = "bom",
             .doc = "begin with the mark by which spreadsheets know UTF-8"),
};
static const ve_record record = {
    .name = "csv",
    .doc = "CSV for spreadsheets and statistics: the study's main table, or any of its tables",
    .size = sizeof(csv_params),
    .fields = fields,
    .count = VE_COUNT(fields)
};
static const ve_report_ops ops = { sizeof ops, write_report, NULL };

VE_PLUGIN(report_csv, REPORT, "csv", "1.0", "CSV for spreadsheets: the study's main table", &record, &ops)

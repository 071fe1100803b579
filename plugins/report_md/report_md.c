/* Reports as Markdown: to paste into a document, a wiki or an issue.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ve/plugin.h"
#include "ve/print.h"

static void put(ve_out *out, const char *text) {
    out->put(out, text, strlen(text));
}

/* ---- the escaper: any text becomes words, never markup ------------------------------------------------- */

static bool starts(const char *text, const char *with) {
    return strncmp(text, with, strlen(with)) == 0;
}

/* Whether the character would begin markup; `first`: at the beginning of a block, where lists and headings
 * begin. */
static bool is_markup(const char *text, const char *start, bool first) {
    if (strchr("\\`*_[]<>|#&~$!{}", *text)) return true;
    if (first && text == start && strchr("-+=", *text)) return true;
    if (first && (*text == '.' || *text == ')') && strspn(start, "0123456789") == (size_t)(text - start))
        return true;
    return starts(text, "://") || (*text == '.' && text - start >= 3 && starts(text - 3, "www")) ||
           *text == '@';
}

static void put_words(ve_out *out, const char *text, bool first) {
    const char *start = text;
    char room[16];
    while (*text) {
        size_t length = 1;
        if (first && text == start && *text == ' ')
            put(out, "&#32;"); /* blanks in front would make code of it */
        else if (is_markup(text, start, first)) {
            char escaped[2] = { '\\', *text };
            out->put(out, escaped, 2);
        } else if (*text == '\n' || *text == '\t' || *text == '\r')
            put(out, " ");
        else {
            length = ve_print_visible(text, room);
            put(out, room[0] == '\\' ? "\\" : "");
            put(out, room);
        }
        text += length;
    }
}

/* ---- tables -------------------------------------------------------------------------------------------- */

static bool is_shown(const ve_column *column) {
    return !(column->flags & (VE_COLUMN_HIDDEN | VE_COLUMN_INDENT));
}

static bool is_number(const ve_table *table, size_t column) {
    for (size_t row = 0; row < table->rows; row++)
        if (table->cell[row * table->columns + column].kind == VE_CELL_NUMBER) return true;
    return false;
}

static void put_number(ve_out *out, double x, const ve_column *column) {
    char room[VE_PRINT_ROOM];
    bool percent = (column->flags & VE_COLUMN_PERCENT) != 0;
    if (!ve_print_finite(x)) {
        put(out, "–");
        return;
    }
    out->put(out, room, ve_print_fixed(percent ? 100 * x : x, column->digits, room));
    put(out, percent ? " %" : "");
}

static void put_cell(ve_out *out, const ve_cell *cell, const ve_column *column) {
    switch (cell->kind) {
    case VE_CELL_NUMBER:
        put_number(out, cell->number, column);
        break;
    case VE_CELL_TEXT:
        put_words(out, cell->text, false);
        break;
    case VE_CELL_BOOLEAN:
        put(out, cell->boolean ? "yes" : "no");
        break;
    case VE_CELL_NULL:
        put(out, "–");
        break;
    }
}

static void put_head(ve_out *out, const ve_table *table) {
    for (size_t i = 0; i < table->columns; i++) {
        if (!is_shown(&table->column[i])) continue;
        put(out, "| ");
        put_words(out, table->column[i].title, false);
        put(out, " ");
    }
    put(out, "|\n");
    for (size_t i = 0; i < table->columns; i++)
        if (is_shown(&table->column[i])) put(out, is_number(table, i) ? "| ---: " : "| --- ");
    put(out, "|\n");
}

static void put_indent(ve_out *out, const ve_cell *depth) {
    for (int i = 0; i < depth->number && i < 32; i++)
        put(out, "&emsp;");
}

static void put_row(ve_out *out, const ve_table *table, size_t row) {
    bool marked = table->marked >= 0 && (size_t)table->marked == row;
    const ve_cell *cell = table->cell + row * table->columns;
    const ve_cell *depth = NULL;
    for (size_t i = 0; i < table->columns; i++) {
        if (table->column[i].flags & VE_COLUMN_INDENT) depth = &cell[i];
        if (!is_shown(&table->column[i])) continue;
        put(out, "| ");
        if (depth) put_indent(out, depth);
        put(out, marked ? "**" : "");
        put_cell(out, &cell[i], &table->column[i]);
        put(out, marked ? "** " : " ");
        depth = NULL;
    }
    put(out, "|\n");
}

static void put_table(ve_out *out, const ve_table *table) {
    put(out, "\n## ");
    put_words(out, table->title, true);
    put(out, "\n\n");
    put_head(out, table);
    for (size_t row = 0; row < table->rows; row++)
        put_row(out, table, row);
}

/* ---- the page ------------------------------------------------------------------------------------------ */

static void put_title(ve_out *out, const ve_report *report) {
    const char *title = report->title[0] ? report->title : report->model_file;
    if (title[0]) {
        put(out, "# ");
        put_words(out, title, true);
        put(out, "\n");
    }
    if (!report->scenario) return;
    put(out, "\nScenario: ");
    put_words(out, report->scenario, false);
    put(out, "\n");
}

static void put_warnings(ve_out *out, const ve_report *report) {
    if (report->notices == 0 || out->quiet) return;
    put(out, "\n## Warnings\n\n");
    for (size_t i = 0; i < report->notices; i++) {
        put(out, "- **");
        put(out, ve_print_code(report->notice[i].code));
        put(out, "** ");
        put_words(out, report->notice[i].message, false);
        put(out, " *Way out:* ");
        put_words(out, report->notice[i].hint ? report->notice[i].hint : "–", false);
        put(out, "\n");
    }
}

static ve_code write_report(const void *params, const ve_report *report, ve_out *out,
                            const ve_services *services) {
    (void)params, (void)services;
    put_title(out, report);
    for (size_t i = 0; i < report->sentences; i++) {
        put(out, "\n");
        put_words(out, report->sentence[i], true);
        put(out, "\n");
    }
    for (size_t i = 0; i < report->tables; i++)
        if (!(report->table[i]->flags & VE_TABLE_HIDDEN)) put_table(out, report->table[i]);
    put_warnings(out, report);
    return VE_OK;
}

typedef struct nothing {
    int unused;
} nothing;

static const ve_record record = { .name = "md",
                                  .doc = "Markdown to paste into a document or a wiki",
                                  .size = sizeof(nothing) };
static const ve_report_ops ops = { sizeof ops, write_report, NULL };

VE_PLUGIN(report_md, REPORT, "md", "1.0", "Markdown to paste into a document or a wiki", &record, &ops)

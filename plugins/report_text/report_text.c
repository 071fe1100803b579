/* Reports as a page for reading: the answer in words, aligned tables, bars, warnings last.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "measure.h"
#include "ve/print.h"

enum {
    WIDTH = 80, /* where there is no terminal to ask */
    WIDTH_LEAST = 40,
    WIDTH_MOST = 120, /* longer lines are hard to read */
    MARGIN = 2,       /* before every row: the place of the winner's mark */
    GAP = 2,          /* between columns */
    BAR_LEAST = 16,
    BAR_MOST = 30,
    FLOW_LEAST = 24, /* a last column of text goes on below itself in no less than this */
    INDENT = 2,      /* per level of a tree */
    INDENT_MOST = 10 /* levels; deeper ones stand below each other */
};

typedef struct page {
    ve_out *out;
    const ve_services *services;
    int width;
    bool begun; /* something stands on it */
} page;

static void put(const page *p, const char *text) {
    p->out->put(p->out, text, strlen(text));
}

/* An empty line between the parts of the page. */
static void put_gap(page *p) {
    put(p, p->begun ? "\n" : "");
    p->begun = true;
}

static void put_times(const page *p, const char *text, int times) {
    for (int i = 0; i < times; i++)
        put(p, text);
}

static void put_style(const page *p, const char *style) {
    if (p->out->color) put(p, style);
}

#define BOLD "\x1b[1m"
#define WINNER "\x1b[1;32m"
#define WARNING "\x1b[33m"
#define PLAIN "\x1b[0m"

/* ---- sentences ----------------------------------------------------------------------------------------- */

/* A word longer than a line is broken wherever the line ends: so is Chinese, which has no blanks. */
static int put_long_word(const page *p, const char *word, size_t length, int column, int indent) {
    int width = 0;
    for (size_t done = 0, bytes; done < length; done += bytes) {
        bytes = report_text_character(word + done, &width);
        if (column + width > p->width) {
            put(p, "\n");
            put_times(p, " ", indent);
            column = indent;
        }
        p->out->put(p->out, word + done, bytes);
        column += width;
    }
    return column;
}

static int width_of(const char *word, size_t length) {
    int total = 0, width = 0;
    for (size_t done = 0; done < length; total += width)
        done += report_text_character(word + done, &width);
    return total;
}

/* Flow clean text from `column` on, further lines indented; ends the last line. */
static void put_flow(const page *p, const char *text, int column, int indent) {
    bool fresh = true;
    while (*text) {
        size_t length = strcspn(text, " ");
        int width = width_of(text, length);
        if (!fresh && column + 1 + width > p->width && indent + width <= p->width) {
            put(p, "\n");
            put_times(p, " ", indent);
            column = indent;
        } else if (!fresh) {
            put(p, " ");
            column++;
        }
        column = put_long_word(p, text, length, column, indent);
        text += length;
        text += strspn(text, " ");
        fresh = false;
    }
    put(p, "\n");
}

static ve_code put_text(const page *p, const char *text, int column, int indent) {
    char *clean = report_text_clean(p->services, text);
    if (!clean) return VE_E_MEMORY;
    put_flow(p, clean, column, indent);
    return VE_OK;
}

/* ---- tables -------------------------------------------------------------------------------------------- */

/* A table as it will be printed: cells as text, columns with their widths. Column 0 is the first shown. */
typedef struct grid {
    const ve_table *table;
    size_t shown;
    size_t *source; /* the table's column */
    int *width;
    bool *left; /* aligned left */
    char **head;
    char **cell; /* rows x shown */
    int indent;  /* the table's column that says how far column 0 is indented, -1 */
} grid;

static bool is_shown(const ve_column *column) {
    return !(column->flags & (VE_COLUMN_HIDDEN | VE_COLUMN_INDENT));
}

static const ve_cell *cell_of(const ve_table *table, size_t row, size_t column) {
    return &table->cell[row * table->columns + column];
}

/* Places after the point for a whole column, so that its points stand below each other. */
static int places_of(const ve_table *table, size_t column) {
    int most = table->column[column].digits;
    if (most >= 0) return most;
    most = 0;
    for (size_t row = 0; row < table->rows; row++) {
        const ve_cell *cell = cell_of(table, row, column);
        int places = cell->kind == VE_CELL_NUMBER ? ve_print_places(cell->number) : 0;
        if (places < 0) return VE_PRINT_FREE;
        most = places > most ? places : most;
    }
    return most;
}

static char *number_text(const page *p, double x, const ve_column *column, int places) {
    char room[VE_PRINT_ROOM];
    bool percent = (column->flags & VE_COLUMN_PERCENT) != 0;
    ve_print_fixed(percent ? 100 * x : x, places, room);
    char *made = p->services->memory(p->services, sizeof room + 2);
    if (made) snprintf(made, sizeof room + 2, "%s%s", room, percent ? " %" : "");
    return made;
}

static char *cell_text(const page *p, const ve_cell *cell, const ve_column *column, int places) {
    if (cell->kind == VE_CELL_TEXT) return report_text_clean(p->services, cell->text);
    if (cell->kind == VE_CELL_BOOLEAN) return report_text_clean(p->services, cell->boolean ? "yes" : "no");
    if (cell->kind == VE_CELL_NUMBER && ve_print_finite(cell->number))
        return number_text(p, cell->number, column, places);
    return report_text_clean(p->services, "–");
}

static int indent_of(const grid *g, size_t row) {
    const ve_cell *depth = g->indent >= 0 ? cell_of(g->table, row, (size_t)g->indent) : NULL;
    if (!depth || depth->kind != VE_CELL_NUMBER || !(depth->number > 0)) return 0;
    return INDENT * (depth->number < INDENT_MOST ? (int)depth->number : INDENT_MOST);
}

static void widen(int *width, int to) {
    if (*width < to) *width = to;
}

/* How much of a text is shown: names take half a line, others what is left beside the name; the last column
 * goes on below itself. */
static int most_of(const page *p, const grid *g, size_t i) {
    if (i == 0) return p->width / 2 - MARGIN;
    return i + 1 == g->shown ? 1 << 20 : p->width - MARGIN - g->width[0] - GAP;
}

static ve_code fill_column(const page *p, grid *g, size_t i) {
    const ve_table *table = g->table;
    const ve_column *column = &table->column[g->source[i]];
    int places = places_of(table, g->source[i]), most = most_of(p, g, i);
    g->head[i] = report_text_clean(p->services, column->title);
    if (!g->head[i]) return VE_E_MEMORY;
    report_text_cut(g->head[i], i + 1 == g->shown ? p->width / 2 : most);
    g->width[i] = report_text_width(g->head[i]);
    for (size_t row = 0; row < table->rows; row++) {
        const ve_cell *cell = cell_of(table, row, g->source[i]);
        char *text = g->cell[row * g->shown + i] = cell_text(p, cell, column, places);
        if (!text) return VE_E_MEMORY;
        report_text_cut(text, most);
        widen(&g->width[i], report_text_width(text) + (i == 0 ? indent_of(g, row) : 0));
        g->left[i] = g->left[i] || cell->kind == VE_CELL_TEXT || cell->kind == VE_CELL_BOOLEAN;
    }
    return VE_OK;
}

static ve_code take_room(const page *p, grid *g) {
    const ve_services *s = p->services;
    g->source = s->memory(s, g->table->columns * sizeof *g->source);
    g->width = s->memory(s, g->table->columns * sizeof *g->width);
    g->left = s->memory(s, g->table->columns * sizeof *g->left);
    g->head = s->memory(s, g->table->columns * sizeof *g->head);
    g->cell = s->memory(s, g->table->rows * g->table->columns * sizeof *g->cell);
    return g->source && g->width && g->left && g->head && g->cell ? VE_OK : VE_E_MEMORY;
}

static ve_code make_grid(const page *p, const ve_table *table, grid *g) {
    *g = (grid){ .table = table, .indent = -1 };
    if (take_room(p, g) != VE_OK) return VE_E_MEMORY;
    for (size_t i = 0; i < table->columns; i++) {
        if (table->column[i].flags & VE_COLUMN_INDENT)
            g->indent = (int)i;
        else if (is_shown(&table->column[i]))
            g->source[g->shown++] = i;
    }
    for (size_t i = 0; i < g->shown; i++)
        if (fill_column(p, g, i) != VE_OK) return VE_E_MEMORY;
    return VE_OK;
}

/* ---- bars ---------------------------------------------------------------------------------------------- */

typedef struct bar {
    size_t column; /* the table's */
    int room;      /* columns of the page */
    double most;   /* value of a full bar */
    int one;       /* where 1 is marked, -1 */
} bar;

static bar make_bar(const ve_table *table, size_t column, int room) {
    bar b = { column, room, 0, -1 };
    bool mark = (table->column[column].flags & VE_COLUMN_ONE) != 0;
    if (mark) b.most = 1;
    for (size_t row = 0; row < table->rows; row++) {
        const ve_cell *cell = cell_of(table, row, column);
        if (cell->kind == VE_CELL_NUMBER && ve_print_finite(cell->number) && cell->number > b.most)
            b.most = cell->number;
    }
    if (mark) b.one = (int)((room - 1) / b.most);
    return b;
}

/* The bar of a value in half columns. One that does not reach 1 ends before the mark, the others reach it. */
static int bar_length(const bar *b, double value) {
    int halves = (int)lround(2 * (b->room - 1) * (value / b->most));
    if (b->one < 0) return halves;
    if (value < 1) return halves < 2 * b->one ? halves : 2 * b->one;
    return halves > 2 * b->one + 1 ? halves : 2 * b->one + 1;
}

static void put_bar(const page *p, const bar *b, const ve_cell *cell) {
    bool drawn =
        cell->kind == VE_CELL_NUMBER && ve_print_finite(cell->number) && cell->number > 0 && b->most > 0;
    int halves = drawn ? bar_length(b, cell->number) : 0;
    int end = (halves + 1) / 2 > b->one + 1 ? (halves + 1) / 2 : b->one + 1;
    put_times(p, " ", end > 0 ? GAP : 0);
    for (int i = 0; i < end; i++) {
        bool full = 2 * i + 1 < halves, half = 2 * i + 1 == halves;
        if (i == b->one)
            put(p, full ? "┿" : half ? "┥" : "│");
        else
            put(p, full ? "━" : half ? "╸" : " ");
    }
}

/* ---- blocks: as many columns as fit side by side, the first one repeated ------------------------------- */

typedef struct block {
    size_t from, to; /* columns from .. to-1, besides column 0 */
    bool flows;      /* the last of them goes on below itself */
    bool barred;
    bar bar;
} block;

static int barred_column(const grid *g, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        if (g->table->column[g->source[i]].flags & VE_COLUMN_BAR) return (int)i;
    return -1;
}

/* Whether column i, which is too wide for what is left of the line, can go on below itself there. */
static bool can_flow(const page *p, const grid *g, size_t i, int used, bool barred) {
    return i + 1 == g->shown && g->left[i] && !barred && p->width - used - GAP >= FLOW_LEAST;
}

static void add_bar(const page *p, const grid *g, block *b, int used) {
    int room = p->width - used - GAP;
    int column = barred_column(g, b->from, b->to);
    b->barred = column >= 0 && room >= BAR_LEAST;
    if (b->barred) b->bar = make_bar(g->table, g->source[column], room < BAR_MOST ? room : BAR_MOST);
}

static block next_block(const page *p, const grid *g, size_t from) {
    block b = { .from = from, .to = from };
    int used = MARGIN + g->width[0];
    bool barred = false;
    while (b.to < g->shown && !b.flows) {
        bool bars = barred || barred_column(g, b.to, b.to + 1) >= 0;
        int wanted = used + GAP + g->width[b.to] + (bars ? GAP + BAR_LEAST : 0);
        b.flows = wanted > p->width && can_flow(p, g, b.to, used, bars);
        if (wanted > p->width && !b.flows && b.to > from) break;
        used += GAP + g->width[b.to++];
        barred = bars;
    }
    add_bar(p, g, &b, used);
    return b;
}

/* Where a cell of a block begins. */
static int start_of(const grid *g, const block *b, size_t i) {
    int column = MARGIN + g->width[0] + GAP;
    for (size_t k = b->from; k < i; k++)
        column += g->width[k] + GAP;
    return column;
}

/* One cell, padded; the last of a line that is aligned left is not. */
static void put_cell(const page *p, const grid *g, size_t i, const char *text, int indent, bool last) {
    int blanks = g->width[i] - report_text_width(text) - indent;
    put_times(p, " ", g->left[i] || i == 0 ? indent : blanks);
    put(p, text);
    if ((g->left[i] || i == 0) && !last) put_times(p, " ", blanks);
}

static void put_head(const page *p, const grid *g, const block *b) {
    put_times(p, " ", MARGIN);
    put_cell(p, g, 0, g->head[0], 0, b->to == b->from);
    for (size_t i = b->from; i < b->to; i++) {
        put_times(p, " ", GAP);
        put_cell(p, g, i, g->head[i], 0, i + 1 == b->to);
    }
    if (b->barred && b->bar.one >= 0) {
        put_times(p, " ", GAP + b->bar.one);
        put(p, "1");
    }
    put(p, "\n");
}

static void put_row(const page *p, const grid *g, const block *b, size_t row) {
    bool marked = g->table->marked >= 0 && (size_t)g->table->marked == row;
    put_style(p, marked ? WINNER : "");
    put(p, marked ? "▸ " : "  ");
    put_cell(p, g, 0, g->cell[row * g->shown], indent_of(g, row), b->to == b->from);
    for (size_t i = b->from; i < b->to; i++) {
        bool last = i + 1 == b->to;
        const char *text = g->cell[row * g->shown + i];
        put_times(p, " ", GAP);
        if (last && b->flows)
            put_flow(p, text, start_of(g, b, i), start_of(g, b, i));
        else
            put_cell(p, g, i, text, 0, last);
    }
    if (b->barred) put_bar(p, &b->bar, cell_of(g->table, row, b->bar.column));
    put_style(p, marked ? PLAIN : "");
    put(p, b->flows ? "" : "\n");
}

static void put_blocks(const page *p, const grid *g) {
    size_t from = 1;
    do {
        block b = next_block(p, g, from);
        put(p, from > 1 ? "\n" : "");
        put_head(p, g, &b);
        for (size_t row = 0; row < g->table->rows; row++)
            put_row(p, g, &b, row);
        from = b.to;
    } while (from < g->shown);
}

static ve_code put_table(page *p, const ve_table *table) {
    grid g;
    if (make_grid(p, table, &g) != VE_OK) return VE_E_MEMORY;
    put_gap(p);
    put_style(p, BOLD);
    ve_code code = put_text(p, table->title, 0, 0);
    put_style(p, PLAIN);
    if (g.shown > 0 && table->rows > 0)
        put_blocks(p, &g);
    else
        put(p, "  none\n");
    return code;
}

/* ---- the page ------------------------------------------------------------------------------------------ */

static ve_code put_title(page *p, const ve_report *report) {
    char *title = report_text_clean(p->services, report->title[0] ? report->title : report->model_file);
    if (!title) return VE_E_MEMORY;
    if (!title[0]) return VE_OK;
    put_gap(p);
    put_style(p, BOLD);
    put_flow(p, title, 0, 0);
    put_style(p, PLAIN);
    int width = report_text_width(title);
    put_times(p, "=", width < p->width ? width : p->width);
    put(p, "\n");
    if (!report->scenario) return VE_OK;
    put(p, "Scenario: ");
    return put_text(p, report->scenario, 10, 10);
}

static ve_code put_sentences(page *p, const ve_report *report) {
    ve_code code = VE_OK;
    for (size_t i = 0; i < report->sentences && code == VE_OK; i++) {
        if (i == 0) put_gap(p);
        put_style(p, i ? "" : BOLD);
        code = put_text(p, report->sentence[i], 0, 0);
        put_style(p, i ? "" : PLAIN);
    }
    return code;
}

static ve_code put_warning(const page *p, const ve_notice *notice) {
    const int indent = 9;
    put(p, "  ");
    put_style(p, WARNING);
    put(p, ve_print_code(notice->code));
    put_style(p, PLAIN);
    put(p, "  ");
    ve_code code = put_text(p, notice->message, indent, indent);
    if (code != VE_OK || !notice->hint || !notice->hint[0]) return code;
    put_times(p, " ", indent);
    put(p, "Way out: ");
    return put_text(p, notice->hint, indent + 9, indent);
}

static ve_code put_warnings(page *p, const ve_report *report) {
    ve_code code = VE_OK;
    if (report->notices == 0) return VE_OK;
    put_gap(p);
    put_style(p, BOLD);
    put(p, report->notices == 1 ? "Warning\n" : "Warnings\n");
    put_style(p, PLAIN);
    for (size_t i = 0; i < report->notices && code == VE_OK; i++)
        code = put_warning(p, &report->notice[i]);
    return code;
}

static int page_width(const ve_out *out) {
    int width = out->columns > 0 ? out->columns : WIDTH;
    return width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : width;
}

static ve_code write_report(const void *params, const ve_report *report, ve_out *out,
                            const ve_services *services) {
    (void)params;
    page p = { out, services, page_width(out), false };
    ve_code code = out->quiet ? VE_OK : put_title(&p, report);
    if (code == VE_OK) code = put_sentences(&p, report);
    for (size_t i = 0; i < report->tables && code == VE_OK; i++)
        if (!(report->table[i]->flags & VE_TABLE_HIDDEN)) code = put_table(&p, report->table[i]);
    if (code == VE_OK && !out->quiet) code = put_warnings(&p, report);
    return code;
}

typedef struct nothing {
    int unused;
} nothing;

static const ve_record record = { .name = "text",
                                  .doc = "a page for reading: the answer in words, tables, bars, warnings",
                                  .size = sizeof(nothing) };
static const ve_report_ops ops = { sizeof ops, write_report, NULL };

VE_PLUGIN(report_text, REPORT, "text", "1.0",
          "a page for reading: the answer in words, tables, bars, warnings", &record, &ops)

/* Tables on a page: columns as wide as they need to be, as many side by side as fit, bars beside them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "page.h"
#include "ve/print.h"

enum {
    MARGIN = 2, /* before every row: the place of the winner's mark */
    GAP = 2,    /* between columns */
    BAR_LEAST = 12,
    BAR_MOST = 30,
    FLOW_LEAST = 24, /* a last column of text goes on below itself in no less than this */
    INDENT = 2,      /* per level of a tree */
    INDENT_MOST = 10 /* levels; deeper ones stand below each other */
};

/* A table as it will be printed: cells as text, columns with their widths. Column 0 is the first shown. */
typedef struct grid {
    const ve_table *table;
    size_t shown;
    size_t *source; /* the table's column */
    int *width;
    int *cell_width; /* of the widest cell, without the heading */
    bool *left;      /* aligned left */
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

static char *number_text(page *p, double x, const ve_column *column, int places) {
    char room[VE_PRINT_ROOM];
    bool percent = (column->flags & VE_COLUMN_PERCENT) != 0;
    ve_print_fixed(percent ? 100 * x : x, places, room);
    char *made = p->services->memory(p->services, sizeof room + 2);
    if (made) snprintf(made, sizeof room + 2, "%s%s", room, percent ? " %" : "");
    return made;
}

static char *cell_text(page *p, const ve_cell *cell, const ve_column *column, int places) {
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
static int most_of(page *p, const grid *g, size_t i) {
    if (i == 0) return p->width / 2 - MARGIN;
    return i + 1 == g->shown ? 1 << 20 : p->width - MARGIN - g->width[0] - GAP;
}

static ve_code fill_column(page *p, grid *g, size_t i) {
    const ve_table *table = g->table;
    const ve_column *column = &table->column[g->source[i]];
    int places = places_of(table, g->source[i]), most = most_of(p, g, i);
    g->head[i] = report_text_clean(p->services, column->title);
    if (!g->head[i]) return VE_E_MEMORY;
    report_text_cut(g->head[i], i + 1 == g->shown ? p->width / 2 : most);
    for (size_t row = 0; row < table->rows; row++) {
        const ve_cell *cell = cell_of(table, row, g->source[i]);
        char *text = g->cell[row * g->shown + i] = cell_text(p, cell, column, places);
        if (!text) return VE_E_MEMORY;
        report_text_cut(text, most);
        widen(&g->cell_width[i], report_text_width(text) + (i == 0 ? indent_of(g, row) : 0));
        g->left[i] = g->left[i] || cell->kind == VE_CELL_TEXT || cell->kind == VE_CELL_BOOLEAN;
    }
    g->width[i] = report_text_width(g->head[i]);
    widen(&g->width[i], g->cell_width[i]);
    return VE_OK;
}

/* ---- headings: of several lines where the table would be too wide otherwise ------------------------------
 */

/* The words of a heading that fit on one line, at least one: their bytes. */
static size_t head_line(const char *head, int width) {
    size_t end = strcspn(head, " ");
    int used = report_text_part(head, end);
    while (head[end] == ' ') {
        size_t word = strcspn(head + end + 1, " ");
        used += 1 + report_text_part(head + end + 1, word);
        if (used > width) break;
        end += 1 + word;
    }
    return end;
}

static int head_lines(const char *head, int width) {
    int lines = 0;
    do {
        head += head_line(head, width);
        head += strspn(head, " ");
        lines++;
    } while (*head);
    return lines;
}

static int widest_word(const char *head) {
    int most = 0;
    while (*head) {
        size_t word = strcspn(head, " ");
        widen(&most, report_text_part(head, word));
        head += word + (head[word] == ' ');
    }
    return most;
}

static int barred_column(const grid *g, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        if (g->table->column[g->source[i]].flags & VE_COLUMN_BAR) return (int)i;
    return -1;
}

static void fit_heads(page *p, grid *g) {
    int wanted = MARGIN - GAP + (barred_column(g, 0, g->shown) >= 0 ? GAP + BAR_LEAST : 0);
    for (size_t i = 0; i < g->shown; i++)
        wanted += GAP + g->width[i];
    for (size_t i = 0; i < g->shown && wanted > p->width; i++) {
        g->width[i] = widest_word(g->head[i]);
        widen(&g->width[i], g->cell_width[i]);
    }
}

static ve_code take_room(page *p, grid *g) {
    const ve_services *s = p->services;
    g->source = s->memory(s, g->table->columns * sizeof *g->source);
    g->width = s->memory(s, g->table->columns * sizeof *g->width);
    g->cell_width = s->memory(s, g->table->columns * sizeof *g->cell_width);
    g->left = s->memory(s, g->table->columns * sizeof *g->left);
    g->head = s->memory(s, g->table->columns * sizeof *g->head);
    g->cell = s->memory(s, g->table->rows * g->table->columns * sizeof *g->cell);
    bool all = g->source && g->width && g->cell_width && g->left && g->head && g->cell;
    return all ? VE_OK : VE_E_MEMORY;
}

static ve_code make_grid(page *p, const ve_table *table, grid *g) {
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
    fit_heads(p, g);
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

static void put_bar(page *p, const bar *b, const ve_cell *cell) {
    bool drawn =
        cell->kind == VE_CELL_NUMBER && ve_print_finite(cell->number) && cell->number > 0 && b->most > 0;
    int halves = drawn ? bar_length(b, cell->number) : 0;
    int end = (halves + 1) / 2 > b->one + 1 ? (halves + 1) / 2 : b->one + 1;
    put_blanks(p, end > 0 ? GAP : 0);
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

/* Whether column i, which is too wide for what is left of the line, can go on below itself there. */
static bool can_flow(page *p, const grid *g, size_t i, int used, bool barred) {
    return i + 1 == g->shown && g->left[i] && !barred && p->width - used - GAP >= FLOW_LEAST;
}

static void add_bar(page *p, const grid *g, block *b, int used) {
    int room = p->width - used - GAP;
    int column = barred_column(g, b->from, b->to);
    b->barred = column >= 0 && room >= BAR_LEAST;
    if (b->barred) b->bar = make_bar(g->table, g->source[column], room < BAR_MOST ? room : BAR_MOST);
}

static block next_block(page *p, const grid *g, size_t from) {
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

/* One cell, padded to its column. */
static void put_cell(page *p, const grid *g, size_t i, const char *text, size_t length, int indent) {
    int blanks = g->width[i] - report_text_part(text, length) - indent;
    bool left = g->left[i] || i == 0;
    put_blanks(p, left ? indent : blanks);
    put_bytes(p, text, length);
    put_blanks(p, left ? blanks : 0);
}

/* One line of a column's heading, counted from the last. */
static void put_head_cell(page *p, const grid *g, size_t i, int line) {
    const char *head = g->head[i];
    int skip = head_lines(head, g->width[i]) - 1 - line;
    for (int k = 0; k < skip; k++) {
        head += head_line(head, g->width[i]);
        head += strspn(head, " ");
    }
    put_cell(p, g, i, head, skip < 0 ? 0 : head_line(head, g->width[i]), 0);
}

static void put_head_line(page *p, const grid *g, const block *b, int line) {
    put_blanks(p, MARGIN);
    put_head_cell(p, g, 0, line);
    for (size_t i = b->from; i < b->to; i++) {
        put_blanks(p, GAP);
        put_head_cell(p, g, i, line);
    }
    if (line == 0 && b->barred && b->bar.one >= 0) {
        put_blanks(p, GAP + b->bar.one);
        put(p, "1");
    }
    put(p, "\n");
}

static void put_head(page *p, const grid *g, const block *b) {
    int lines = head_lines(g->head[0], g->width[0]);
    for (size_t i = b->from; i < b->to; i++)
        widen(&lines, head_lines(g->head[i], g->width[i]));
    while (lines-- > 0)
        put_head_line(p, g, b, lines);
}

static void put_row(page *p, const grid *g, const block *b, size_t row) {
    bool marked = g->table->marked >= 0 && (size_t)g->table->marked == row;
    const char *name = g->cell[row * g->shown];
    put_style(p, marked ? WINNER : "");
    put(p, marked ? "▸" : "");
    put_blanks(p, marked ? MARGIN - 1 : MARGIN);
    put_cell(p, g, 0, name, strlen(name), indent_of(g, row));
    for (size_t i = b->from; i < b->to; i++) {
        const char *text = g->cell[row * g->shown + i];
        put_blanks(p, GAP);
        if (i + 1 == b->to && b->flows)
            report_text_flow(p, text, start_of(g, b, i), start_of(g, b, i));
        else
            put_cell(p, g, i, text, strlen(text), 0);
    }
    if (b->barred) put_bar(p, &b->bar, cell_of(g->table, row, b->bar.column));
    put_style(p, marked ? PLAIN : "");
    put(p, b->flows ? "" : "\n");
}

static void put_blocks(page *p, const grid *g) {
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

ve_code report_text_table(page *p, const ve_table *table) {
    grid g;
    if (make_grid(p, table, &g) != VE_OK) return VE_E_MEMORY;
    put_gap(p);
    put_style(p, BOLD);
    ve_code code = report_text_put(p, table->title, 0, 0);
    put_style(p, PLAIN);
    if (g.shown > 0 && table->rows > 0)
        put_blocks(p, &g);
    else
        put(p, "  none\n");
    return code;
}

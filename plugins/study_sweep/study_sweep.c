/* The command `sweep`: how value indices and the winner move along one number or over two.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "study_sweep.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ve/words.h"

enum { COLUMNS_MOST = 1024 };

typedef struct sweep {
    const char *vary, *best;
} sweep;

static const ve_field fields[] = {
    VE_FIELD(sweep, vary, VE_T_TEXT, .name = "vary", .flags = VE_F_MANY,
             .doc = "PATH=FROM:TO:STEP or FROM:TO/COUNT: the number to vary; twice for a grid"),
    VE_FIELD(sweep, best, VE_T_TEXT, .name = "best",
             .doc = "the number of an option whose best value is looked for, as options.A.target.mean"),
};
static const ve_record record = {
    .name = "sweep",
    .doc = "Value indices and the winner along a line or over a grid.",
    .size = sizeof(sweep),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "vescore sweep MODEL.lua --vary options.A.cost=80:140:5",
};

/* ---- tables -------------------------------------------------------------------------------------- */

static ve_column option_column(const sweep_view *v, const char *figure, size_t option, int digits,
                               unsigned flags) {
    const char *id = v->outline->option[option].id;
    size_t bytes = strlen(figure) + strlen(id) + 2;
    char *key = v->s->base->memory(v->s->base, bytes);
    if (key) snprintf(key, bytes, "%s.%s", figure, id);
    return (ve_column){ key, key, digits, flags };
}

/* The values, V.A, V.B ..., who is best, and for programs rank.A, rank.B ... */
static ve_column *columns_of(const sweep_view *v, size_t *count) {
    size_t m = v->outline->options, n = v->axes;
    ve_column *column = v->s->base->memory(v->s->base, (n + 2 * m + 1) * sizeof *column);
    if (!column) return NULL;
    *count = n + 2 * m + 1 <= COLUMNS_MOST ? n + 2 * m + 1 : n + m + 1;
    for (size_t a = 0; a < n; a++)
        column[a] = (ve_column){ v->axis[a].path, v->axis[a].path, VE_PRINT_FREE, 0 };
    for (size_t i = 0; i < m; i++) {
        column[n + i] = option_column(v, "V", i, 3, 0);
        column[n + m + 1 + i] = option_column(v, "rank", i, 0, VE_COLUMN_HIDDEN);
        if (!column[n + i].key || !column[n + m + 1 + i].key) return NULL;
    }
    column[n + m] = (ve_column){ "best", "Best", 0, 0 };
    return column;
}

static void put_point(const sweep_view *v, int table, size_t columns, size_t r, const char *best) {
    size_t m = v->outline->options, n = v->axes;
    ve_cell *cell = v->s->row(v->s, table);
    for (size_t a = 0; a < n; a++)
        cell[a] = VE_CELL_OF_NUMBER(v->points.value[a][r]);
    for (size_t i = 0; i < m; i++) {
        int rank = v->points.rank[i * v->points.rows + r];
        cell[n + i] = VE_CELL_OF_NUMBER(v->points.index[i * v->points.rows + r]);
        if (columns > n + m + 1) cell[n + m + 1 + i] = VE_CELL_OF_NUMBER(rank ? (double)rank : NAN);
    }
    cell[n + m] = VE_CELL_OF_TEXT(best);
}

/* Programs get every point, people at most so many of a line. */
static ve_code tell_points(const sweep_view *v) {
    enum { ON_PAPER = 25 };
    size_t count, rows = v->points.rows;
    ve_column *column = columns_of(v, &count);
    if (!column) return VE_E_MEMORY;
    int table = v->s->table(v->s, "points", "Points", VE_TABLE_HIDDEN, column, count);
    for (size_t r = 0; table >= 0 && r < rows; r++)
        put_point(v, table, count, r, ve_words_id(v->outline, v->points.best[r]));
    if (table < 0 || v->axes == 2) return table < 0 ? VE_E_MEMORY : VE_OK;
    size_t shown = rows < ON_PAPER ? rows : ON_PAPER;
    int paper = v->s->table(v->s, "line", "Value indices", VE_TABLE_PAPER, column, count);
    for (size_t n = 0; paper >= 0 && n < shown; n++) {
        size_t r = shown > 1 ? n * (rows - 1) / (shown - 1) : 0;
        put_point(v, paper, count, r,
                  v->points.best[r] >= 0 ? ve_words_option(v->outline, v->points.best[r]) : NULL);
    }
    return paper < 0 ? VE_E_MEMORY : VE_OK;
}

static ve_code tell_crossings(const sweep_view *v) {
    const ve_column column[] = { { "path", "Number", 0, VE_COLUMN_HIDDEN },
                                 { "at", "At", VE_PRINT_FREE, 0 },
                                 { "from", "Best before", 0, 0 },
                                 { "to", "Best after", 0, 0 },
                                 { "other_path", "", 0, VE_COLUMN_HIDDEN },
                                 { "other", v->axes == 2 ? v->axis[1].path : "", VE_PRINT_FREE,
                                   v->axes == 2 ? 0 : VE_COLUMN_HIDDEN } };
    unsigned flags = sweep_changes(v) && v->axes == 1 ? 0 : VE_TABLE_HIDDEN;
    int table = v->s->table(v->s, "crossovers", "Where the winner changes", flags, column, VE_COUNT(column));
    for (size_t i = 0; table >= 0 && i < v->crossings; i++) {
        const sweep_crossing *c = &v->crossing[i];
        if (!sweep_is_change(c)) continue;
        ve_cell *cell = v->s->row(v->s, table);
        cell[0] = VE_CELL_OF_TEXT(v->axis[0].path);
        cell[1] = VE_CELL_OF_NUMBER(c->at);
        cell[2] = VE_CELL_OF_TEXT(ve_words_id(v->outline, c->from));
        cell[3] = VE_CELL_OF_TEXT(ve_words_id(v->outline, c->to));
        cell[4] = VE_CELL_OF_TEXT(v->axes == 2 ? v->axis[1].path : NULL);
        cell[5] = VE_CELL_OF_NUMBER(c->other);
    }
    return table < 0 ? VE_E_MEMORY : VE_OK;
}

static void warn_failed(const sweep_view *v) {
    if (v->points.failed)
        v->s->warn(v->s, VE_W_SWEEP_FAILED, NULL, "%zu of %zu points have no result: %s.", v->points.failed,
                   v->points.rows, v->points.why);
}

/* ---- the command --------------------------------------------------------------------------------- */

static void work_until(sweep_view *v, double share) {
    v->begun = v->ended;
    v->ended = share;
}

static ve_code vary(sweep_view *v, const char *text, double whole) {
    ve_code code = sweep_read_axes(v, text);
    work_until(v, 0.8 * whole);
    if (!code) code = sweep_grid(v);
    work_until(v, whole);
    if (!code) code = sweep_cross(v);
    if (code) return code;
    if (v->axes == 1) sweep_say_line(v);
    if (v->axes == 2) sweep_say_grid(v);
    code = tell_points(v);
    if (!code) code = tell_crossings(v);
    if (!code) warn_failed(v);
    return code;
}

static ve_code study(const void *params, const ve_study_services *s) {
    const sweep *p = params;
    sweep_view v = { .s = s, .outline = s->outline };
    if (!p->vary && !p->best)
        return s->base->fail(s->base, VE_E_ARGUMENT, "",
                             "write --vary options.A.cost=4000:5000:50, or --best options.A.target.mean",
                             "sweep needs to know what to vary");
    ve_code code = p->vary ? vary(&v, p->vary, p->best ? 0.8 : 1) : VE_OK;
    work_until(&v, 1);
    return code || !p->best ? code : sweep_peak(&v, p->best);
}

static const ve_study_ops ops = { .size = sizeof ops, .study = study };

VE_PLUGIN(study_sweep, STUDY, "sweep", "1.0",
          "how indices and the winner move with a positioning or any number", &record, &ops)

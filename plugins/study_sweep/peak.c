/* The best value of one number for the value index of its option: a fine line over its range, then finer ones
 * around the best points.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "study_sweep.h"
#include "ve/print.h"

enum { FINE = 1025, ROUNDS = 14, ZOOM = 33 };

typedef struct peak {
    sweep_view *v;
    const ve_input *input;
    double low, high;
    double at, index; /* the best found */
} peak;

/* A target's mean: over the surveyed range; else what its field allows, or half to twice what it is. */
static void find_range(peak *p) {
    const ve_outline *o = p->v->outline;
    double base = p->input->base;
    p->low = p->input->low;
    p->high = p->input->high;
    bool mean =
        p->input->kind == VE_INPUT_TARGET && o->attributes == 1 && strstr(p->input->path, "target.mean");
    if (mean) p->low = o->attribute[0].low, p->high = o->attribute[0].high;
    if (!isfinite(p->low) || (p->low == 0 && !isfinite(p->high))) p->low = fmin(base / 2, base * 2);
    if (!isfinite(p->high)) p->high = fmax(base / 2, base * 2);
}

static ve_code line(peak *p, double low, double high, sweep_points *points) {
    for (size_t r = 0; r < points->rows; r++)
        points->value[0][r] = low + (high - low) * (double)r / (double)(points->rows - 1);
    return sweep_points_ask(p->v, points);
}

static size_t top_of(const peak *p, const sweep_points *points) {
    const double *index = points->index + (size_t)p->input->option * points->rows;
    size_t top = 0;
    for (size_t r = 1; r < points->rows; r++)
        if (index[r] > index[top] || isnan(index[top])) top = r;
    return top;
}

static ve_code climb(peak *p, const sweep_points *coarse) {
    sweep_points fine;
    size_t top = top_of(p, coarse);
    double step = (p->high - p->low) / (double)(coarse->rows - 1);
    p->at = coarse->value[0][top];
    p->index = coarse->index[(size_t)p->input->option * coarse->rows + top];
    ve_code code = sweep_points_make(p->v, ZOOM, &fine);
    for (int round = 0; !code && round < ROUNDS; round++, step *= 2.0 / (ZOOM - 1)) {
        code = line(p, fmax(p->low, p->at - step), fmin(p->high, p->at + step), &fine);
        size_t best = top_of(p, &fine);
        double index = fine.index[(size_t)p->input->option * ZOOM + best];
        if (!code && index >= p->index) p->at = fine.value[0][best], p->index = index;
    }
    return code;
}

/* How far the index stays within 1 % of its best on the coarse line, to either side of the peak. */
static void flat(const peak *p, const sweep_points *coarse, double *from, double *to) {
    const double *index = coarse->index + (size_t)p->input->option * coarse->rows, *x = coarse->value[0];
    *from = *to = p->at;
    for (size_t r = coarse->rows; r-- > 0;)
        if (x[r] <= p->at) {
            if (!(index[r] >= 0.99 * p->index)) break;
            *from = x[r];
        }
    for (size_t r = 0; r < coarse->rows; r++)
        if (x[r] >= p->at) {
            if (!(index[r] >= 0.99 * p->index)) break;
            *to = x[r];
        }
}

static void tell(const peak *p, double base_index, double from, double to) {
    static const ve_column column[] = { { "path", "Number", 0, 0 },
                                        { "base", "Now", VE_PRINT_FREE, 0 },
                                        { "value_index_base", "V now", 3, 0 },
                                        { "at", "Best at", VE_PRINT_FREE, 0 },
                                        { "value_index", "V there", 3, 0 },
                                        { "flat_from", "Within 1 % from", VE_PRINT_FREE, 0 },
                                        { "flat_to", "to", VE_PRINT_FREE, 0 } };
    const ve_study_services *s = p->v->s;
    char at[VE_PRINT_ROOM], one[VE_PRINT_ROOM], two[VE_PRINT_ROOM];
    int table = s->table(s, "best", "The best value of a number", 0, column, VE_COUNT(column));
    if (table < 0) return;
    ve_cell *cell = s->row(s, table);
    cell[0] = VE_CELL_OF_TEXT(p->input->path);
    const double figure[] = { p->input->base, base_index, p->at, p->index, from, to };
    for (size_t i = 0; i < VE_COUNT(figure); i++)
        cell[1 + i] = VE_CELL_OF_NUMBER(figure[i]);
    ve_print_fixed(p->at, VE_PRINT_FREE, at);
    ve_print_fixed(from, VE_PRINT_FREE, one);
    ve_print_fixed(to, VE_PRINT_FREE, two);
    bool end = p->at - p->low < 1e-6 * (p->high - p->low) || p->high - p->at < 1e-6 * (p->high - p->low);
    s->say(s, "The best %s is %s: the value index is %.3f there, and %.3f now.", p->input->label, at,
           p->index, base_index);
    s->say(s, "From %s to %s it stays within 1 %% of that%s.", one, two,
           end ? "; the best lies at the end of the range looked at" : "");
}

static ve_code base_index(const peak *p, double *index) {
    const ve_outcome *outcome;
    ve_code code = p->v->s->evaluate(p->v->s, &p->v->outline->usual, &outcome);
    if (!code) *index = outcome->option[p->input->option].value_index;
    return code;
}

ve_code sweep_peak(sweep_view *v, const char *path) {
    const ve_input *list;
    size_t count, index;
    peak p = { .v = v };
    sweep_points coarse;
    double now = NAN, from, to;
    ve_code code = v->s->input(v->s, "best", path, &index);
    if (!code) code = v->s->inputs(v->s, &list, &count);
    if (code) return code;
    p.input = &list[index];
    if (p.input->option < 0 || isnan(p.input->base))
        return v->s->base->fail(v->s->base, VE_E_ARGUMENT, "best", "write --best options.A.target.mean",
                                "%s is no number of an option that the model states", path);
    v->axes = 1;
    v->axis[0] = (sweep_axis){ .path = p.input->path, .input = index };
    find_range(&p);
    code = sweep_points_make(v, FINE, &coarse);
    if (!code) code = line(&p, p.low, p.high, &coarse);
    if (!code) code = climb(&p, &coarse);
    if (!code) code = base_index(&p, &now);
    if (code) return code;
    flat(&p, &coarse, &from, &to);
    tell(&p, now, from, to);
    return VE_OK;
}

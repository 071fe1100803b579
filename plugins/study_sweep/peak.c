/* The best value of one number for the value index of its option: a fine line over its range, then finer ones
 * around the best point; how far it may be missed; and where the option is best at all.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "study_sweep.h"
#include "ve/words.h"

enum { FINE = 1025, ZOOM = 33, ROUNDS = 9, EDGE_ROUNDS = 10 };
#define FLAT 0.99 /* of the best value index */

typedef struct peak {
    sweep_view v; /* the fine line */
    const ve_input *input;
    double at, index;          /* the best found; NaN: no point has a result */
    double flat_from, flat_to; /* around it, where the index is not below FLAT of it */
    double base_index;
} peak;

/* ---- the range ----------------------------------------------------------------------------------- */

static bool ends_in(const char *text, const char *end) {
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

/* The attribute along which this number says where a target lies; NULL. */
static const ve_outline_attribute *attribute_of(const ve_outline *o, const ve_input *input) {
    static const char *const place[] = { "mean", "median", "mode", "at" };
    bool several = o->attributes > 1;
    char end[256];
    for (size_t d = 0; input->kind == VE_INPUT_TARGET && d < o->attributes; d++)
        for (size_t i = 0; !o->attribute[d].text && i < VE_COUNT(place); i++) {
            snprintf(end, sizeof end, ".%s%s%s", place[i], several ? "." : "",
                     several ? o->attribute[d].id : "");
            if (ends_in(input->path, end)) return &o->attribute[d];
        }
    return NULL;
}

/* Where a target lies: over the surveyed range; else what the field allows, or half to twice what it is. */
static void find_range(const ve_outline *o, const ve_input *input, sweep_axis *axis) {
    const ve_outline_attribute *attribute = attribute_of(o, input);
    double low = attribute ? attribute->low : input->low, high = attribute ? attribute->high : input->high;
    bool open = !isfinite(high);
    if (!isfinite(low) || (low == 0 && open)) low = fmin(input->base / 2, input->base * 2);
    if (open) high = fmax(input->base / 2, input->base * 2);
    axis->from = low < high ? low : fmax(input->low, input->base - 1);
    axis->to = low < high ? high : fmin(input->high, input->base + 1);
}

/* Every whole number of the range, or evenly spread ones. */
static void make_whole(sweep_axis *axis) {
    axis->whole = true;
    axis->from = ceil(axis->from);
    axis->to = floor(axis->to);
    axis->step = fmax(1, ceil(axis->step));
    axis->count = (size_t)fmax(1, floor((axis->to - axis->from) / axis->step) + 1);
}

static void make_axis(const sweep_view *asked, size_t input, peak *p) {
    sweep_axis *axis = &p->v.axis[0];
    *axis = (sweep_axis){ .path = p->input->path, .input = input };
    find_range(asked->outline, p->input, axis);
    for (size_t a = 0; a < asked->axes; a++)
        if (asked->axis[a].input == input && asked->axis[a].from < asked->axis[a].to) {
            axis->from = asked->axis[a].from;
            axis->to = asked->axis[a].to;
        }
    axis->count = FINE;
    axis->step = (axis->to - axis->from) / (FINE - 1);
    if (p->input->whole) make_whole(axis);
    p->v.axes = 1;
}

/* ---- the top ------------------------------------------------------------------------------------- */

static ve_code line(const peak *p, double low, double high, sweep_points *points) {
    for (size_t r = 0; r < points->rows; r++)
        points->value[0][r] =
            sweep_place(&p->v.axis[0], low + (high - low) * (double)r / (double)(points->rows - 1));
    return sweep_points_ask(&p->v, points);
}

static const double *indices(const peak *p, const sweep_points *points) {
    return points->index + (size_t)p->input->option * points->rows;
}

static size_t top_of(const double *index, size_t rows) {
    size_t top = 0;
    for (size_t r = 1; r < rows; r++)
        if (index[r] > index[top] || isnan(index[top])) top = r;
    return top;
}

static ve_code climb(peak *p) {
    const sweep_axis *axis = &p->v.axis[0];
    const sweep_points *coarse = &p->v.points;
    sweep_points fine;
    size_t top = top_of(indices(p, coarse), coarse->rows);
    p->at = coarse->value[0][top];
    p->index = indices(p, coarse)[top];
    double step = axis->step;
    ve_code code = sweep_points_make(&p->v, ZOOM, &fine);
    for (int round = 0; !code && round < ROUNDS; round++, step *= 2.0 / (ZOOM - 1)) {
        code = line(p, fmax(axis->from, p->at - step), fmin(axis->to, p->at + step), &fine);
        size_t best = top_of(indices(p, &fine), ZOOM);
        if (code || !(indices(p, &fine)[best] > p->index)) continue;
        p->at = fine.value[0][best];
        p->index = indices(p, &fine)[best];
    }
    return code;
}

/* ---- how flat it is ------------------------------------------------------------------------------ */

static bool is_flat(const peak *p, double index) {
    return index >= FLAT * p->index;
}

/* The last flat place between `in`, which is flat, and `out`, which is not. */
static ve_code find_edge(const peak *p, double in, double out, double *edge) {
    sweep_points points;
    ve_code code = sweep_points_make(&p->v, ZOOM, &points);
    for (int round = 0; !code && round < EDGE_ROUNDS; round++) {
        code = line(p, in, out, &points);
        size_t r = 1;
        while (r + 1 < ZOOM && is_flat(p, indices(p, &points)[r]))
            r++;
        in = points.value[0][r - 1];
        out = points.value[0][r];
    }
    *edge = in;
    return code;
}

/* Along the fine line from the top to one side; `way` is 1 or -1. */
static ve_code walk(const peak *p, int way, double *edge) {
    const sweep_axis *axis = &p->v.axis[0];
    const double *index = indices(p, &p->v.points), *x = p->v.points.value[0];
    double in = p->at;
    for (size_t n = 0; n < axis->count; n++) {
        size_t r = way > 0 ? n : axis->count - 1 - n;
        if ((x[r] - p->at) * way <= 0) continue;
        if (!is_flat(p, index[r])) return find_edge(p, in, x[r], edge);
        in = x[r];
    }
    *edge = way > 0 ? axis->to : axis->from;
    return VE_OK;
}

/* ---- told ---------------------------------------------------------------------------------------- */

/* Places after the point: a hundredth of the width in which the index hardly changes is enough. */
static int places(const peak *p) {
    double width = p->flat_to - p->flat_from;
    if (p->input->whole) return 0;
    return width > 0 ? (int)fmax(0, fmin(12, ceil(2 - log10(width)))) : VE_PRINT_FREE;
}

static void tell(const peak *p) {
    int digits = places(p);
    const ve_column column[] = { { "path", "Number", 0, 0 },
                                 { "base", "Now", VE_PRINT_FREE, 0 },
                                 { "value_index_base", "V now", 3, 0 },
                                 { "at", "Best at", digits, 0 },
                                 { "value_index", "V there", 3, 0 },
                                 { "flat_from", "Within 1 % from", digits, 0 },
                                 { "flat_to", "to", digits, 0 } };
    const double number[] = { p->input->base, p->base_index, p->at, p->index, p->flat_from, p->flat_to };
    const ve_study_services *s = p->v.s;
    int table = s->table(s, "best", "The best value of a number", 0, column, VE_COUNT(column));
    if (table < 0) return;
    ve_cell *cell = s->row(s, table);
    cell[0] = VE_CELL_OF_TEXT(p->input->path);
    for (size_t i = 0; i < VE_COUNT(number); i++)
        cell[1 + i] = VE_CELL_OF_NUMBER(number[i]);
}

static void say(const peak *p) {
    const ve_study_services *s = p->v.s;
    const sweep_axis *axis = &p->v.axis[0];
    char at[VE_PRINT_ROOM], from[VE_PRINT_ROOM], to[VE_PRINT_ROOM];
    double margin = 1e-6 * (axis->to - axis->from);
    bool end = p->at - axis->from < margin || axis->to - p->at < margin;
    ve_print_fixed(p->at, places(p), at);
    s->say(s, "The best %s, from %s to %s, is %s: the value index is %.3f there, and %.3f now.",
           p->input->label, ve_words_number(axis->from, from), ve_words_number(axis->to, to), at, p->index,
           p->base_index);
    ve_print_fixed(p->flat_from, places(p), from);
    ve_print_fixed(p->flat_to, places(p), to);
    s->say(s, "From %s to %s it stays within 1 %% of that%s.", from, to,
           end ? "; the best lies at the end of the range looked at" : "");
}

/* Where the option is best of all. */
static void tell_reigns(const peak *p) {
    static const ve_column column[] = { { "path", "", 0, 0 },
                                        { "from", "", VE_PRINT_FREE, 0 },
                                        { "to", "", VE_PRINT_FREE, 0 } };
    const ve_study_services *s = p->v.s;
    const char *name = ve_words_option(p->v.outline, p->input->option);
    char from[VE_PRINT_ROOM], to[VE_PRINT_ROOM];
    int table = s->table(s, "best_where", "", VE_TABLE_HIDDEN, column, VE_COUNT(column));
    size_t found = 0;
    for (size_t i = 0; table >= 0 && i <= p->v.crossings; i++) {
        sweep_reign r = sweep_reign_of(&p->v, i);
        if (r.best != p->input->option) continue;
        found++;
        ve_cell *cell = s->row(s, table);
        cell[0] = VE_CELL_OF_TEXT(p->input->path);
        cell[1] = VE_CELL_OF_NUMBER(r.from);
        cell[2] = VE_CELL_OF_NUMBER(r.to);
        s->say(s, "%s is the best option from %s to %s.", name, ve_words_number(r.from, from),
               ve_words_number(r.to, to));
    }
    if (!found) s->say(s, "%s is not the best option anywhere in this range.", name);
}

/* ---- the search ---------------------------------------------------------------------------------- */

static ve_code find_input(const sweep_view *v, const char *path, size_t *index, peak *p) {
    const ve_input *list;
    size_t count;
    ve_code code = v->s->input(v->s, "best", path, index);
    if (!code) code = v->s->inputs(v->s, &list, &count);
    if (code) return code;
    p->input = &list[*index];
    if (p->input->option >= 0 && !isnan(p->input->base)) return VE_OK;
    return v->s->base->fail(v->s->base, VE_E_ARGUMENT, "best", "write --best options.A.target.mean",
                            "%s is no number of an option that the model states", path);
}

static ve_code look(peak *p) {
    const ve_study_services *s = p->v.s;
    const ve_outcome *base;
    ve_code code = s->evaluate(s, &p->v.outline->usual, &base);
    if (!code) p->base_index = base->option[p->input->option].value_index;
    if (!code) code = climb(p);
    if (!code) code = walk(p, -1, &p->flat_from);
    if (!code) code = walk(p, 1, &p->flat_to);
    return code ? code : sweep_cross(&p->v);
}

ve_code sweep_peak(const sweep_view *v, const char *path) {
    peak p = { .v = { .s = v->s, .outline = v->outline, .begun = v->begun, .ended = v->ended } };
    size_t index;
    ve_code code = find_input(v, path, &index, &p);
    if (code) return code;
    make_axis(v, index, &p);
    code = sweep_grid(&p.v);
    if (!code && p.v.points.failed == p.v.points.rows)
        return v->s->base->fail(v->s->base, VE_E_ARGUMENT, "best", NULL,
                                "no value of the %s has a result: %s", p.input->label, p.v.points.why);
    if (!code) code = look(&p);
    if (code) return code;
    say(&p);
    tell_reigns(&p);
    tell(&p);
    return VE_OK;
}

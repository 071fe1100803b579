/* Where to look for changes of the winner: the grid, points between them, and places where another option
 * comes near.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "study_sweep.h"
#include "ve/dip.h"

enum { LOOKS = 2048, ROUNDS = 40, FIRST_ROOM = 64 };
#define NARROW 1e-10 /* of the axis: an option that is best for less is not looked for */

ve_code sweep_spots_add(const sweep_view *v, sweep_spots *to, sweep_spot spot) {
    if (to->count == to->room) {
        size_t room = to->room ? 2 * to->room : FIRST_ROOM;
        sweep_spot *grown = v->s->base->memory(v->s->base, room * sizeof *grown);
        if (!grown) return VE_E_MEMORY;
        if (to->count) memcpy(grown, to->list, to->count * sizeof *grown);
        *to = (sweep_spots){ grown, to->count, room };
    }
    to->list[to->count++] = spot;
    return VE_OK;
}

static int in_order(const void *a, const void *b) {
    const sweep_spot *s = a, *t = b;
    if (s->line != t->line) return s->line < t->line ? -1 : 1;
    return (sweep_x(s) > sweep_x(t)) - (sweep_x(s) < sweep_x(t));
}

void sweep_spots_sort(sweep_spots *spots) {
    if (spots->count) qsort(spots->list, spots->count, sizeof *spots->list, in_order);
}

/* ---- the grid ------------------------------------------------------------------------------------ */

static ve_code add_all(const sweep_view *v, const sweep_points *points, size_t on_line, sweep_spots *out) {
    ve_code code = VE_OK;
    for (size_t r = 0; !code && r < points->rows; r++)
        code = sweep_spots_add(v, out, (sweep_spot){ points, r, r / on_line });
    return code;
}

/* On each line so many between every two neighbours. */
static void put_between(const sweep_view *v, size_t between, sweep_points *p) {
    size_t steps = v->axis[0].count - 1;
    for (size_t r = 0; r < p->rows; r++) {
        size_t step = r / between % steps, line = r / between / steps;
        double low = sweep_value(&v->axis[0], step), high = sweep_value(&v->axis[0], step + 1);
        p->value[0][r] =
            sweep_place(&v->axis[0], low + (high - low) * (double)(r % between + 1) / (double)(between + 1));
        if (v->axes == 2) p->value[1][r] = sweep_value(&v->axis[1], line);
    }
}

static ve_code look_between(const sweep_view *v, sweep_spots *out) {
    size_t lines = v->points.rows / v->axis[0].count, steps = v->axis[0].count - 1;
    size_t between = steps && LOOKS / (steps * lines) > 1 ? LOOKS / (steps * lines) - 1 : 0;
    if (v->axis[0].whole && (double)between > v->axis[0].step - 1) between = (size_t)v->axis[0].step - 1;
    sweep_points *p = v->s->base->memory(v->s->base, sizeof *p);
    if (!p) return VE_E_MEMORY;
    if (!between) return VE_OK;
    ve_code code = sweep_points_make(v, between * steps * lines, p);
    if (!code) put_between(v, between, p);
    if (!code) code = sweep_points_ask(v, p);
    return code ? code : add_all(v, p, between * steps, out);
}

/* ---- dips ---------------------------------------------------------------------------------------- */

/* Three spots, at the middle one of which an option is nearest to the best one. */
typedef struct dip {
    sweep_spot spot[3];
    int rival;
} dip;

typedef struct dips {
    dip *list;
    size_t count, room;
} dips;

static double gap(const sweep_spot *s, int rival) {
    return sweep_merit(s, sweep_best(s)) - sweep_merit(s, rival);
}

static bool may_close(const dip *d) {
    const double gaps[] = { gap(&d->spot[0], d->rival), gap(&d->spot[1], d->rival),
                            gap(&d->spot[2], d->rival) };
    return ve_dip_may_close(gaps, sweep_merit(&d->spot[1], d->rival));
}

static ve_code add_dip(const sweep_view *v, dips *to, dip d) {
    if (to->count == to->room) {
        size_t room = to->room ? 2 * to->room : FIRST_ROOM;
        dip *grown = v->s->base->memory(v->s->base, room * sizeof *grown);
        if (!grown) return VE_E_MEMORY;
        if (to->count) memcpy(grown, to->list, to->count * sizeof *grown);
        *to = (dips){ grown, to->count, room };
    }
    to->list[to->count++] = d;
    return VE_OK;
}

/* At the end of a line there is nobody on the other side. */
static ve_code find_dips(const sweep_view *v, const sweep_spots *spots, dips *out) {
    ve_code code = VE_OK;
    for (size_t i = 0; i < spots->count; i++) {
        const sweep_spot *s = &spots->list[i];
        bool first = i == 0 || s[-1].line != s->line, last = i + 1 == spots->count || s[1].line != s->line;
        dip d = { { first ? *s : s[-1], *s, last ? *s : s[1] }, 0 };
        for (; !code && d.rival < (int)v->outline->options; d.rival++)
            if (may_close(&d)) code = add_dip(v, out, d);
    }
    return code;
}

/* Two new spots of every dip, halfway to its ends. */
static ve_code halve(const sweep_view *v, const dips *of, sweep_points *p) {
    ve_code code = sweep_points_make(v, 2 * of->count, p);
    for (size_t i = 0; !code && i < p->rows; i++) {
        const sweep_spot *s = of->list[i / 2].spot;
        p->value[0][i] = sweep_x(&s[i % 2]) + (sweep_x(&s[i % 2 + 1]) - sweep_x(&s[i % 2])) / 2;
        if (v->axes == 2) p->value[1][i] = s->points->value[1][s->row];
    }
    return code ? code : sweep_points_ask(v, p);
}

/* Around the least gap of five spots. */
static dip narrowed(const dip *d, const sweep_points *p, size_t row) {
    size_t line = d->spot[0].line, least = 0;
    const sweep_spot five[5] = { d->spot[0], { p, row, line }, d->spot[1], { p, row + 1, line }, d->spot[2] };
    for (size_t i = 1; i < 5; i++)
        if (gap(&five[i], d->rival) < gap(&five[least], d->rival)) least = i;
    return (dip){ { five[least ? least - 1 : 0], five[least], five[least < 4 ? least + 1 : 4] }, d->rival };
}

static bool is_wide(const sweep_view *v, const dip *d) {
    return sweep_x(&d->spot[2]) - sweep_x(&d->spot[0]) > NARROW * (v->axis[0].to - v->axis[0].from);
}

/* New spots with another winner are kept; dips go on until they cannot close any more. */
static ve_code sort_out(const sweep_view *v, const dips *of, const sweep_points *p, sweep_spots *found,
                        dips *next) {
    ve_code code = VE_OK;
    next->count = 0;
    for (size_t i = 0; !code && i < of->count; i++) {
        const dip *d = &of->list[i];
        int best = sweep_best(&d->spot[1]);
        for (size_t r = 2 * i; !code && r < 2 * i + 2; r++)
            if (p->best[r] != best) code = sweep_spots_add(v, found, (sweep_spot){ p, r, d->spot[1].line });
        dip smaller = narrowed(d, p, 2 * i);
        if (!code && may_close(&smaller) && is_wide(v, &smaller)) code = add_dip(v, next, smaller);
    }
    return code;
}

static ve_code look_into_dips(const sweep_view *v, sweep_spots *spots) {
    dips now = { 0 }, next = { 0 };
    ve_code code = find_dips(v, spots, &now);
    for (int round = 0; !code && round < ROUNDS && now.count; round++) {
        sweep_points *p = v->s->base->memory(v->s->base, sizeof *p);
        if (!p) return VE_E_MEMORY;
        code = halve(v, &now, p);
        if (!code) code = sort_out(v, &now, p, spots, &next);
        dips swapped = now;
        now = next;
        next = swapped;
    }
    return code;
}

ve_code sweep_spots_find(const sweep_view *v, sweep_spots *out) {
    ve_code code = add_all(v, &v->points, v->axis[0].count, out);
    if (!code) code = look_between(v, out);
    sweep_spots_sort(out);
    if (!code && !v->axis[0].whole) code = look_into_dips(v, out);
    sweep_spots_sort(out);
    return code;
}

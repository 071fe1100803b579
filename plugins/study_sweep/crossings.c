/* Where the winner changes: every stretch between two points with different winners is cut into pieces, all
 * stretches at once, until it is shorter than 1e-12 of itself. Cutting, unlike a root finder, also finds
 * winners that change by a jump, where a gate is passed, and several changes within one stretch.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "study_sweep.h"

enum { PIECES = 32, ROUNDS = 12, STRETCHES_MOST = 4096, LOOKED_AT = 2048 };
#define PRECISION 1e-12

typedef struct stretch {
    double low, high, other;
    int low_best, high_best;
} stretch;

typedef struct stretches {
    stretch *list;
    size_t count;
} stretches;

static ve_code stretches_make(const sweep_view *v, stretches *out) {
    out->list = v->s->base->memory(v->s->base, STRETCHES_MOST * sizeof *out->list);
    return out->list ? VE_OK : VE_E_MEMORY;
}

static void add(stretches *to, stretch s) {
    if (s.low_best != s.high_best && to->count < STRETCHES_MOST) to->list[to->count++] = s;
}

static bool is_short(const stretch *s) {
    return s->high - s->low <= PRECISION * fmax(fabs(s->low), fabs(s->high)) || s->high - s->low < 1e-300;
}

static double within(const stretch *s, size_t piece) {
    return s->low + (s->high - s->low) * (double)piece / PIECES;
}

/* The winners at the inner ends of the pieces of all stretches. */
static ve_code ask(const sweep_view *v, const stretches *from, sweep_points *p) {
    const size_t inner = PIECES - 1;
    p->rows = from->count * inner;
    for (size_t r = 0; r < p->rows; r++) {
        const stretch *s = &from->list[r / inner];
        p->value[0][r] = within(s, r % inner + 1);
        if (v->axes == 2) p->value[1][r] = s->other;
    }
    return sweep_points_ask(v, p);
}

static void cut(const stretch *s, const int *best, stretches *to) {
    int before = s->low_best;
    for (size_t piece = 0; piece < PIECES; piece++) {
        int after = piece + 1 < PIECES ? best[piece] : s->high_best;
        double low = piece ? within(s, piece) : s->low,
               high = piece + 1 < PIECES ? within(s, piece + 1) : s->high;
        add(to, (stretch){ low, high, s->other, before, after });
        before = after;
    }
}

static ve_code narrow(const sweep_view *v, stretches *now, stretches *next, sweep_points *p) {
    ve_code code = ask(v, now, p);
    next->count = 0;
    for (size_t i = 0; !code && i < now->count; i++)
        cut(&now->list[i], p->best + i * (PIECES - 1), next);
    stretches swapped = *now;
    *now = *next;
    *next = swapped;
    return code;
}

static bool all_short(const stretches *s) {
    for (size_t i = 0; i < s->count; i++)
        if (!is_short(&s->list[i])) return false;
    return true;
}

/* Stretches between neighbours of the grid. Of few points, each is looked into as well: winners may change
 * twice. */
static ve_code first_stretches(const sweep_view *v, stretches *out) {
    size_t inner = v->axis[0].count;
    for (size_t r = 0; r + 1 < v->points.rows; r++) {
        if (r % inner + 1 == inner) continue;
        add(out, (stretch){ v->points.value[0][r], v->points.value[0][r + 1],
                            v->axes == 2 ? v->points.value[1][r] : NAN, v->points.best[r],
                            v->points.best[r + 1] });
    }
    return VE_OK;
}

/* A line of few points, with points between them. */
static ve_code look_closer(const sweep_view *v, stretches *out) {
    size_t inner = v->axis[0].count, between = inner > 1 ? LOOKED_AT / (inner - 1) : 0;
    sweep_points p;
    if (v->axes == 2 || between < 2) return first_stretches(v, out);
    size_t rows = (inner - 1) * between + 1;
    ve_code code = sweep_points_make(v, rows, &p);
    for (size_t r = 0; !code && r < rows; r++) {
        double low = sweep_value(&v->axis[0], r / between), share = (double)(r % between) / (double)between;
        double high = r % between ? sweep_value(&v->axis[0], r / between + 1) : low;
        p.value[0][r] = low + share * (high - low);
    }
    if (!code) code = sweep_points_ask(v, &p);
    for (size_t r = 0; !code && r + 1 < rows; r++)
        add(out, (stretch){ p.value[0][r], p.value[0][r + 1], NAN, p.best[r], p.best[r + 1] });
    return code;
}

static ve_code keep(sweep_view *v, const stretches *found) {
    v->crossing = v->s->base->memory(v->s->base, (found->count + 1) * sizeof *v->crossing);
    if (!v->crossing) return VE_E_MEMORY;
    for (size_t i = 0; i < found->count; i++) {
        const stretch *s = &found->list[i];
        v->crossing[v->crossings++] =
            (sweep_crossing){ s->low + (s->high - s->low) / 2, s->other, s->low_best, s->high_best };
    }
    return VE_OK;
}

ve_code sweep_cross(sweep_view *v) {
    stretches now = { 0 }, next = { 0 };
    sweep_points p = { 0 };
    ve_code code = stretches_make(v, &now);
    if (!code) code = stretches_make(v, &next);
    if (!code) code = look_closer(v, &now);
    if (!code && now.count) code = sweep_points_make(v, STRETCHES_MOST * (PIECES - 1), &p);
    for (int round = 0; !code && round < ROUNDS && now.count && !all_short(&now); round++)
        code = narrow(v, &now, &next, &p);
    return code ? code : keep(v, &now);
}

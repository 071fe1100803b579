/* Where the winner changes: between two neighbours with different winners, the root of the difference of
 * their merits; where one of them has none, or the two are level at an end, the place where the winner
 * changes by a jump is found by halving. All stretches are asked about in one call.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "study_sweep.h"
#include "ve/invert.h"

enum { ROUNDS = 200, FIRST_ROOM = 64 };
#define LEVEL 1e-12 /* merits that share a rank */
#define SNAP                                                                                                 \
    1e-9 /* the end of a stretch at which the two are level is the place, if the change is so near           \
          */
#define SHORT 1e-17 /* of the axis: the change lies at 0 */

typedef struct stretch {
    sweep_spot low, high;
    bool smooth, level, done;
    ve_bracket root; /* of merit(winner at low) - merit(winner at high), while smooth */
    double share;    /* of the way from root.x[0] to root.x[1]: where to look next */
    double end;      /* where the two are level, while `level` */
    double at;       /* once done */
} stretch;

typedef struct stretches {
    stretch *list;
    size_t count, room;
} stretches;

/* ---- one stretch --------------------------------------------------------------------------------- */

static double lead(const stretch *s, const sweep_spot *at) {
    return sweep_merit(at, sweep_best(&s->low)) - sweep_merit(at, sweep_best(&s->high));
}

static bool are_level(const stretch *s, const sweep_spot *at) {
    double most =
        fmax(fabs(sweep_merit(at, sweep_best(&s->low))), fabs(sweep_merit(at, sweep_best(&s->high))));
    return fabs(lead(s, at)) <= LEVEL * most;
}

static void begin(const sweep_view *v, stretch *s) {
    double low = sweep_x(&s->low), high = sweep_x(&s->high), before = lead(s, &s->low),
           after = lead(s, &s->high);
    s->level = are_level(s, &s->low) || are_level(s, &s->high);
    s->end = are_level(s, &s->low) ? low : high;
    s->smooth = !s->level && before > 0 && after < 0 && !v->axis[0].whole;
    s->root = (ve_bracket){ { low, high, high }, { before, after, 0 } };
    s->share = 0.5;
}

static double next_x(const sweep_view *v, const stretch *s) {
    if (s->smooth) return s->root.x[0] + s->share * (s->root.x[1] - s->root.x[0]);
    return sweep_place(&v->axis[0], sweep_x(&s->low) + (sweep_x(&s->high) - sweep_x(&s->low)) / 2);
}

static void end(stretch *s, double at) {
    s->done = true;
    s->at = at;
}

/* Halving can only tell where ranks part, a little beside the place where the two are level. */
static void end_if_short(const sweep_view *v, stretch *s) {
    double low = sweep_x(&s->low), high = sweep_x(&s->high), axis = v->axis[0].to - v->axis[0].from;
    if (v->axis[0].whole) {
        if (high - low <= 1) end(s, high);
        return;
    }
    if (high - low > 2 * DBL_EPSILON * fmax(fabs(low), fabs(high)) && high - low > SHORT * axis) return;
    double at = low + (high - low) / 2;
    end(s, s->level && fabs(at - s->end) <= SNAP * fabs(at) + LEVEL * axis ? s->end : at);
}

static void take_root(stretch *s, double x, double d) {
    ve_bracket *b = &s->root;
    ve_bracket_take(b, x, d);
    double best = fabs(b->d[0]) < fabs(b->d[1]) ? b->x[0] : b->x[1];
    double least = (2 * DBL_EPSILON * fabs(best) + DBL_MIN) / fabs(b->x[1] - b->x[0]);
    if (least <= 0.5 && d != 0)
        s->share = ve_bracket_step(b, least);
    else
        end(s, best);
}

/* Is a third option best there, and not merely level with the two? */
static bool is_third(const stretch *s, const sweep_spot *at) {
    int best = sweep_best(at), before = sweep_best(&s->low), after = sweep_best(&s->high);
    if (best == before || best == after) return false;
    double merit = sweep_merit(at, best), most = fmax(sweep_merit(at, before), sweep_merit(at, after));
    return !(merit - most <= LEVEL * fabs(merit));
}

/* Which end a new spot replaces. */
static bool is_before(const stretch *s, const sweep_spot *at) {
    double d = lead(s, at);
    if (s->smooth && !isnan(d)) return d > 0;
    return sweep_best(at) == sweep_best(&s->low);
}

static void take(const sweep_view *v, stretch *s, const sweep_spot *at) {
    double d = lead(s, at);
    bool before = is_before(s, at);
    if (s->smooth && isnan(d)) s->smooth = false;
    /* spots keep the winners that the stretch is about */
    if (before && sweep_best(at) == sweep_best(&s->low)) s->low = *at;
    if (!before && sweep_best(at) == sweep_best(&s->high)) s->high = *at;
    if (s->smooth) {
        take_root(s, sweep_x(at), d);
        return;
    }
    if (!s->level) begin(v, s);
    if (!s->smooth) end_if_short(v, s);
}

/* ---- all of them --------------------------------------------------------------------------------- */

static ve_code add(const sweep_view *v, stretches *to, const sweep_spot *low, const sweep_spot *high) {
    if (to->count == to->room) {
        size_t room = to->room ? 2 * to->room : FIRST_ROOM;
        stretch *grown = v->s->base->memory(v->s->base, room * sizeof *grown);
        if (!grown) return VE_E_MEMORY;
        if (to->count) memcpy(grown, to->list, to->count * sizeof *grown);
        *to = (stretches){ grown, to->count, room };
    }
    to->list[to->count] = (stretch){ .low = *low, .high = *high };
    begin(v, &to->list[to->count]);
    if (v->axis[0].whole) end_if_short(v, &to->list[to->count]);
    to->count++;
    return VE_OK;
}

static ve_code first_stretches(const sweep_view *v, stretches *out) {
    sweep_spots spots = { 0 };
    ve_code code = sweep_spots_find(v, &spots);
    for (size_t i = 0; !code && i + 1 < spots.count; i++) {
        const sweep_spot *s = &spots.list[i];
        if (s[0].line == s[1].line && sweep_best(&s[0]) != sweep_best(&s[1])) code = add(v, out, s, s + 1);
    }
    return code;
}

/* The next place of every stretch that is not done. */
static ve_code ask(const sweep_view *v, const stretches *of, sweep_points *p) {
    size_t rows = 0;
    for (size_t i = 0; i < of->count; i++)
        rows += !of->list[i].done;
    ve_code code = sweep_points_make(v, rows, p);
    for (size_t i = 0, r = 0; !code && i < of->count; i++) {
        const stretch *s = &of->list[i];
        if (s->done) continue;
        p->value[0][r] = next_x(v, s);
        if (v->axes == 2) p->value[1][r] = s->low.points->value[1][s->low.row];
        r++;
    }
    return code || !rows ? code : sweep_points_ask(v, p);
}

static ve_code narrow(const sweep_view *v, stretches *all, const sweep_points *p) {
    size_t count = all->count;
    ve_code code = VE_OK;
    for (size_t i = 0, r = 0; !code && i < count; i++) {
        if (all->list[i].done) continue;
        sweep_spot at = { p, r++, all->list[i].low.line };
        if (!is_third(&all->list[i], &at)) {
            take(v, &all->list[i], &at);
            continue;
        }
        sweep_spot high = all->list[i].high;
        all->list[i].high = at;
        begin(v, &all->list[i]);
        if (v->axis[0].whole) end_if_short(v, &all->list[i]);
        code = add(v, all, &at, &high);
    }
    return code;
}

static int in_order(const void *a, const void *b) {
    const stretch *s = a, *t = b;
    if (s->low.line != t->low.line) return s->low.line < t->low.line ? -1 : 1;
    if (s->at != t->at) return s->at < t->at ? -1 : 1;
    return (sweep_x(&s->low) > sweep_x(&t->low)) - (sweep_x(&s->low) < sweep_x(&t->low));
}

static ve_code keep(sweep_view *v, stretches *found) {
    v->crossing = v->s->base->memory(v->s->base, (found->count + 1) * sizeof *v->crossing);
    if (!v->crossing) return VE_E_MEMORY;
    if (found->count) qsort(found->list, found->count, sizeof *found->list, in_order);
    for (size_t i = 0; i < found->count; i++) {
        const stretch *s = &found->list[i];
        double other = v->axes == 2 ? s->low.points->value[1][s->low.row] : NAN;
        v->crossing[v->crossings++] =
            (sweep_crossing){ s->at, other, sweep_best(&s->low), sweep_best(&s->high) };
    }
    return VE_OK;
}

ve_code sweep_cross(sweep_view *v) {
    stretches all = { 0 };
    ve_code code = first_stretches(v, &all);
    for (int round = 0; !code && round < ROUNDS; round++) {
        sweep_points *p = v->s->base->memory(v->s->base, sizeof *p);
        if (!p) return VE_E_MEMORY;
        code = ask(v, &all, p);
        if (!code && !p->rows) break;
        if (!code) code = narrow(v, &all, p);
    }
    return code ? code : keep(v, &all);
}

bool sweep_is_change(const sweep_crossing *c) {
    return c->from != SWEEP_FAILED && c->to != SWEEP_FAILED;
}

size_t sweep_changes(const sweep_view *v) {
    size_t count = 0;
    for (size_t i = 0; i < v->crossings; i++)
        count += sweep_is_change(&v->crossing[i]);
    return count;
}

sweep_reign sweep_reign_of(const sweep_view *v, size_t i) {
    const sweep_points *p = &v->points;
    double before = v->axis[0].whole ? 1 : 0; /* it ends at the last whole number before the next one's */
    return (sweep_reign){ i ? v->crossing[i - 1].to : p->best[0], i ? v->crossing[i - 1].at : p->value[0][0],
                          i < v->crossings ? v->crossing[i].at - before : p->value[0][p->rows - 1] };
}

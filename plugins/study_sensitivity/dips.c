/* A winner that comes and goes between two steps: where another option comes near the best one, the stretch
 * is halved until the two meet or cannot meet any more. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "probe.h"
#include "ve/dip.h"

enum { DIPS = 64, ROUNDS = 40 };
#define NARROW 1e-8 /* of its distance: an option that is best for less is not looked for */

/* Three values, the nearest to the base first; at the middle one the rival is nearest to the best option. */
typedef struct dip {
    double x[3], gap[3], merit; /* of the rival at the middle */
    int rival, side;
} dip;

typedef struct dips {
    dip list[DIPS]; /* the nearest to the base first, on each side: those that find no room are left out */
    size_t count;
} dips;

static double merit(const probe *p, int option, size_t row) {
    return p->merit[(size_t)option * p->rows + row];
}

static double gap(const probe *p, int rival, size_t row) {
    return merit(p, p->v->leader, row) - merit(p, rival, row);
}

static bool may_close(const dip *d) {
    return ve_dip_may_close(d->gap, d->merit);
}

/* ---- where they are ---------------------------------------------------------------------------------- */

static double value(const probe *p, size_t row) {
    return row == PROBE_BASE ? p->input->of->base : p->value[row];
}

/* Around step k; behind the last one there is nobody. */
static dip around(const probe *p, int side, size_t k, int rival) {
    size_t middle = PROBE_STEPS + (size_t)side * PROBE_SIDE + k;
    const size_t row[] = { k ? middle - 1 : PROBE_BASE, middle, k + 1 < PROBE_SIDE ? middle + 1 : middle };
    dip d = { .merit = merit(p, rival, middle), .rival = rival, .side = side };
    for (int i = 0; i < 3; i++) {
        d.x[i] = value(p, row[i]);
        d.gap[i] = gap(p, rival, row[i]);
    }
    return d;
}

/* Steps before the winner changes, or before there is no result. */
static size_t steps_before(const probe *p, int side) {
    size_t first = PROBE_STEPS + (size_t)side * PROBE_SIDE, k = 0;
    while (k < PROBE_SIDE && probe_has_result(p, first + k) && p->best[first + k] == p->v->leader)
        k++;
    return k;
}

static void find_side(const probe *p, int side, size_t most, dips *out) {
    size_t steps = steps_before(p, side);
    for (size_t k = 0; k < steps; k++)
        for (int rival = 0; rival < (int)p->v->outline->options && out->count < most; rival++) {
            if (rival == p->v->leader) continue;
            dip d = around(p, side, k, rival);
            if (may_close(&d)) out->list[out->count++] = d;
        }
}

/* ---- looking into them ------------------------------------------------------------------------------- */

/* Two new values of each, halfway to its ends. */
static ve_code halve(probe *p, const dips *of) {
    p->rows = 2 * of->count;
    for (size_t r = 0; r < p->rows; r++) {
        const double *x = &of->list[r / 2].x[r % 2];
        p->value[r] = x[0] + (x[1] - x[0]) / 2;
    }
    return probe_ask(p);
}

/* Around the least gap of five. */
static dip narrowed(const probe *p, const dip *d, size_t row) {
    const double x[] = { d->x[0], p->value[row], d->x[1], p->value[row + 1], d->x[2] };
    const double gaps[] = { d->gap[0], gap(p, d->rival, row), d->gap[1], gap(p, d->rival, row + 1),
                            d->gap[2] };
    size_t least = 0;
    for (size_t i = 1; i < 5; i++)
        if (gaps[i] < gaps[least]) least = i;
    size_t before = least ? least - 1 : 0, after = least < 4 ? least + 1 : 4;
    return (dip){ { x[before], x[least], x[after] },
                  { gaps[before], gaps[least], gaps[after] },
                  d->merit,
                  d->rival,
                  d->side };
}

static bool is_wide(const probe *p, const dip *d) {
    return fabs(d->x[2] - d->x[0]) > NARROW * fabs(d->x[1] - p->input->of->base);
}

static double distance(const probe *p, double x) {
    return fabs(x - p->input->of->base);
}

/* Is another option best at one of the two new values of a dip? */
static bool take_change(const probe *p, const dip *d, size_t row, stretch side[SENSITIVITY_SIDES]) {
    stretch *s = &side[d->side];
    for (size_t i = 0; i < 2; i++) {
        size_t r = row + i;
        if (!probe_has_result(p, r) || p->best[r] == p->v->leader) continue;
        if (!s->open || distance(p, p->value[r]) < distance(p, s->far))
            *s = (stretch){ d->x[i], p->value[r], p->best[r], true };
        return true;
    }
    return false;
}

static dips sort_out(const probe *p, const dips *of, stretch side[SENSITIVITY_SIDES]) {
    dips next = { .count = 0 };
    for (size_t i = 0; i < of->count; i++) {
        if (take_change(p, &of->list[i], 2 * i, side)) continue;
        dip smaller = narrowed(p, &of->list[i], 2 * i);
        if (may_close(&smaller) && is_wide(p, &smaller)) next.list[next.count++] = smaller;
    }
    return next;
}

ve_code probe_dips(probe *p, stretch side[SENSITIVITY_SIDES]) {
    dips now = { .count = 0 };
    ve_code code = VE_OK;
    find_side(p, SENSITIVITY_BELOW, DIPS / 2, &now);
    find_side(p, SENSITIVITY_ABOVE, DIPS, &now);
    for (int round = 0; !code && round < ROUNDS && now.count; round++) {
        code = halve(p, &now);
        if (!code) now = sort_out(p, &now, side);
    }
    return code;
}

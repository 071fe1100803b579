/* Every number by itself: how far V swings with it, and the nearest values at which the winner changes. The
 * way out to either side is looked at in steps that grow with the distance, and between them where another
 * option comes near (dips.c); the first step in which the winner changes is cut into pieces. Once it is
 * short, the crossing of the two merits is read off the line between its ends; where they do not cross, the
 * winner changes by a jump, as where a gate is passed, and cutting goes on until it is shorter than 1e-13 of
 * itself. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "probe.h"

enum { PIECES = 16, ROUNDS = 14, INNER = PIECES - 1 };
#define STRAIGHT 1e-7 /* so short that merits are straight lines */
#define PRECISION 1e-13
#define FARTHEST 1000 /* where its field leaves a number open: so many times itself */

ve_code probe_ask(probe *p) {
    const double *const column[] = { p->value };
    ve_trials trials = { .rows = p->rows,
                         .inputs = 1,
                         .input = &p->input->index,
                         .value = column,
                         .assumptions = p->v->outline->usual };
    ve_figures figures = { .value_index = p->index, .merit = p->merit, .best = p->best };
    return p->v->s->evaluate_many(p->v->s, &trials, &figures);
}

/* ---- how far it swings ----------------------------------------------------------------------------- */

static double within(const ve_input *of, double x) {
    double step = of->whole ? 1 : 0; /* the next one to an end that is not itself allowed */
    return fmin(fmax(x, of->low + of->above * step), of->high - of->below * step);
}

static void set_swing(const sensitivity_view *v, sensitivity_input *input) {
    const ve_input *of = input->of;
    double by = v->params->by * fabs(of->base);
    if (of->whole) by = fmax(1, round(by));
    input->low = of->distribution ? v->s->quantile(v->s, input->index, 0.05) : of->base - by;
    input->high = of->distribution ? v->s->quantile(v->s, input->index, 0.95) : of->base + by;
    input->low = within(of, input->low);
    input->high = within(of, input->high);
}

/* ---- looking out ----------------------------------------------------------------------------------- */

/* What lies between the base and the end of the way; *shortest: the first step's share of it. */
static double way(const ve_input *of, int side, double *shortest) {
    double sign = side == SENSITIVITY_ABOVE ? 1 : -1, end = side == SENSITIVITY_ABOVE ? of->high : of->low;
    *shortest = isfinite(end) ? 1e-4 : 1e-7;
    if (isfinite(end)) return end - of->base;
    return sign * FARTHEST * (of->base != 0 ? fabs(of->base) : 1);
}

static double step_value(const ve_input *of, int side, size_t step) {
    double shortest, length = way(of, side, &shortest);
    double x = length * pow(shortest, 1 - (double)step / (PROBE_SIDE - 1));
    if (of->whole) x = copysign(fmax((double)step + 1, round(fabs(x))), side == SENSITIVITY_ABOVE ? 1 : -1);
    return of->base + x;
}

static void set_rows(probe *p) {
    const ve_input *of = p->input->of;
    p->rows = PROBE_ROWS;
    p->value[PROBE_BASE] = NAN;
    p->value[PROBE_LOW] = p->input->low;
    p->value[PROBE_HIGH] = p->input->high;
    for (int side = 0; side < SENSITIVITY_SIDES; side++)
        for (size_t k = 0; k < PROBE_SIDE; k++)
            p->value[PROBE_STEPS + (size_t)side * PROBE_SIDE + k] = step_value(of, side, k);
}

bool probe_has_result(const probe *p, size_t row) {
    return isfinite(p->index[(size_t)p->v->leader * p->rows + row]);
}

/* The first of `count` values from `row` on where the winner is another one; `near` lies before them. */
static stretch first_change(const probe *p, size_t row, size_t count, double near) {
    for (size_t k = row; k < row + count; k++) {
        if (!probe_has_result(p, k)) break;
        if (p->best[k] != p->v->leader) return (stretch){ near, p->value[k], p->best[k], true };
        near = p->value[k];
    }
    return (stretch){ .near = near };
}

static bool is_short(const probe *p, const stretch *s, double precision) {
    double length = fabs(s->far - s->near);
    if (p->input->of->whole) return !s->open || length <= 1;
    return !s->open || length <= precision * fmax(fabs(s->near), fabs(s->far)) || length < 1e-300;
}

/* The sides that are wanted. */
static ve_code cut(probe *p, stretch side[SENSITIVITY_SIDES], const bool wanted[SENSITIVITY_SIDES]) {
    p->rows = SENSITIVITY_SIDES * INNER;
    for (size_t r = 0; r < p->rows; r++) {
        const stretch *s = &side[r / INNER];
        double at = s->near + (s->far - s->near) * (double)(r % INNER + 1) / PIECES;
        if (p->input->of->whole) at = round(at);
        p->value[r] = wanted[r / INNER] ? at : (double)NAN;
    }
    ve_code code = probe_ask(p);
    for (size_t i = 0; !code && i < SENSITIVITY_SIDES; i++) {
        if (!wanted[i]) continue;
        stretch inner = first_change(p, i * INNER, INNER, side[i].near);
        if (inner.open)
            side[i] = inner;
        else
            side[i].near = inner.near;
    }
    return code;
}

static ve_code narrow(probe *p, stretch side[SENSITIVITY_SIDES], double precision) {
    ve_code code = VE_OK;
    for (int round = 0; round < ROUNDS && !code; round++) {
        const bool wanted[] = { !is_short(p, &side[0], precision), !is_short(p, &side[1], precision) };
        if (!wanted[0] && !wanted[1]) break;
        code = cut(p, side, wanted);
    }
    return code;
}

/* How much the winner's merit exceeds that of the option which takes its place. */
static double ahead(const probe *p, const stretch *s, size_t row) {
    if (s->to < 0) return NAN;
    return p->merit[(size_t)p->v->leader * p->rows + row] - p->merit[(size_t)s->to * p->rows + row];
}

static ve_code cross(probe *p, stretch side[SENSITIVITY_SIDES]) {
    p->rows = 2 * SENSITIVITY_SIDES;
    for (size_t i = 0; i < SENSITIVITY_SIDES; i++) {
        p->value[2 * i] = side[i].open ? side[i].near : (double)NAN;
        p->value[2 * i + 1] = side[i].open ? side[i].far : (double)NAN;
    }
    ve_code code = probe_ask(p);
    for (size_t i = 0; !code && i < SENSITIVITY_SIDES; i++) {
        stretch *s = &side[i];
        double near = ahead(p, s, 2 * i), far = ahead(p, s, 2 * i + 1);
        if (s->open && near >= 0 && far <= 0 && near > far)
            s->near = s->far = s->near + (s->far - s->near) * near / (near - far);
    }
    return code;
}

static ve_code look(probe *p, sensitivity_input *input) {
    stretch side[SENSITIVITY_SIDES];
    ve_code code = probe_ask(p);
    if (code) return code;
    input->value_low = p->index[(size_t)p->v->leader * PROBE_ROWS + PROBE_LOW];
    input->value_high = p->index[(size_t)p->v->leader * PROBE_ROWS + PROBE_HIGH];
    for (int i = 0; i < SENSITIVITY_SIDES; i++)
        side[i] = first_change(p, PROBE_STEPS + (size_t)i * PROBE_SIDE, PROBE_SIDE, input->of->base);
    bool whole = input->of->whole; /* its values lie apart, with nothing between them */
    if (!whole) code = probe_dips(p, side);
    if (!code) code = narrow(p, side, STRAIGHT);
    if (!code && !whole) code = cross(p, side);
    if (!code) code = narrow(p, side, PRECISION);
    for (int i = 0; i < SENSITIVITY_SIDES; i++) {
        double at = whole ? side[i].far : side[i].near + (side[i].far - side[i].near) / 2;
        input->flip[i] = (sensitivity_flip){ side[i].open ? at : (double)NAN,
                                             side[i].open ? side[i].to : SENSITIVITY_NONE };
    }
    return code;
}

/* ---- all of them ----------------------------------------------------------------------------------- */

const sensitivity_flip *sensitivity_nearest(const sensitivity_input *input) {
    const sensitivity_flip *below = &input->flip[SENSITIVITY_BELOW], *above = &input->flip[SENSITIVITY_ABOVE];
    if (isnan(below->at) && isnan(above->at)) return NULL;
    if (isnan(below->at)) return above;
    if (isnan(above->at)) return below;
    return input->of->base - below->at <= above->at - input->of->base ? below : above;
}

double sensitivity_flip_percent(const sensitivity_input *input, const sensitivity_flip *flip) {
    double base = input->of->base;
    return flip && base != 0 ? 100 * (flip->at - base) / fabs(base) : NAN;
}

static double swing_of(const sensitivity_input *input) {
    double swing = fabs(input->value_high - input->value_low);
    return isnan(swing) ? -1 : swing;
}

/* By effect, then in the model's order. */
static int compare(const void *a, const void *b) {
    const sensitivity_input *x = a, *y = b;
    double p = swing_of(x), q = swing_of(y);
    return p != q ? (p < q) - (p > q) : (x->index > y->index) - (x->index < y->index);
}

static ve_code look_at_all(sensitivity_view *v, probe *p) {
    ve_code code = VE_OK;
    for (size_t i = 0; !code && i < v->inputs; i++) {
        set_swing(v, &v->input[i]);
        p->input = &v->input[i];
        set_rows(p);
        code = look(p, &v->input[i]);
        v->s->progress(v->s, 0.8 * (double)(i + 1) / (double)v->inputs);
    }
    if (!code && v->inputs) qsort(v->input, v->inputs, sizeof *v->input, compare);
    return code;
}

ve_code sensitivity_inputs(sensitivity_view *v) {
    const ve_services *base = v->s->base;
    const ve_input *list;
    size_t count, cells = v->outline->options * PROBE_ROWS;
    ve_code code = v->s->inputs(v->s, &list, &count);
    if (code) return code;
    v->input = base->memory(base, (count + 1) * sizeof *v->input);
    probe *p = base->memory(base, sizeof *p);
    if (!v->input || !p) return VE_E_MEMORY;
    *p = (probe){ .v = v,
                  .index = base->memory(base, cells * sizeof *p->index),
                  .merit = base->memory(base, cells * sizeof *p->merit) };
    if (!p->index || !p->merit) return VE_E_MEMORY;
    for (size_t i = 0; i < count; i++)
        if (isfinite(list[i].base)) v->input[v->inputs++] = (sensitivity_input){ .index = i, .of = &list[i] };
    return look_at_all(v, p);
}

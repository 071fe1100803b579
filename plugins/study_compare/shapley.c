/* How much each change drives: Shapley values, exact for few changes, else from random orders.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A change brings what the value index gains when it is added to those that are made already, on average
 * over all orders in which they could be made (Shapley 1953). The parts add up to the whole. */
#include <math.h>
#include <string.h>

#include "study_compare.h"

/* ---- rows ------------------------------------------------------------------------------------------- */

static void clear(compare_view *v, size_t rival, size_t rows) {
    memset(v->taken, 0, rows * v->rival[rival].of->changes * sizeof *v->taken);
}

/* The player's changes are made in that row. */
static void join(compare_view *v, const compare_player *player, size_t rows, size_t row) {
    for (size_t c = 0; c < player->count; c++)
        v->taken[player->change[c] * rows + row] = true;
}

/* Value indices of the rows; *whole: all of them can be evaluated. */
static ve_code ask(compare_view *v, size_t rival, size_t rows, bool *whole) {
    ve_figures figures = { .value_index = v->value_index };
    ve_code code = v->s->evaluate_between(v->s, rival, v->taken, rows, &figures);
    *whole = figures.failed == 0;
    return code;
}

/* ---- players ---------------------------------------------------------------------------------------- */

static bool shares_options(const compare_view *v, const compare_rival *rival) {
    for (size_t o = 0; o < v->outline->options; o++)
        if (rival->of->option[o] >= 0) return true;
    return false;
}

/* Row i has the change i alone, row count + i all but it. */
static void fill_alone(compare_view *v, const size_t *change, size_t count) {
    for (size_t i = 0; i < count; i++)
        for (size_t c = 0; c < count; c++)
            v->taken[change[c] * 2 * count + (c == i ? i : count + i)] = true;
}

/* Which changes cannot be made alone, or not be left out: rows that cannot be evaluated have no figures. */
static ve_code find_bound(compare_view *v, size_t rival, const size_t *change, size_t count, bool *bound) {
    size_t rows = 2 * count;
    const int *option = v->rival[rival].of->option;
    ve_figures figures = { .function_coefficient = v->value_index };
    clear(v, rival, rows);
    fill_alone(v, change, count);
    ve_code code = v->s->evaluate_between(v->s, rival, v->taken, rows, &figures);
    for (size_t o = 0; !code && figures.failed && o < v->outline->options; o++)
        for (size_t row = 0; option[o] >= 0 && row < rows; row++)
            if (isnan(v->value_index[o * rows + row])) bound[row % count] = true;
    return code;
}

/* Changes that are bound are one player, the first; every other is one by itself. */
static ve_code make_players(const compare_view *v, const size_t *change, size_t count, const bool *bound,
                            compare_drivers *d) {
    compare_player *player = compare_take(v, count, sizeof *player);
    size_t *joint = compare_take(v, count, sizeof *joint);
    if (!player || !joint) return VE_E_MEMORY;
    size_t bounds = 0;
    for (size_t i = 0; i < count; i++)
        if (bound[i]) joint[bounds++] = change[i];
    if (bounds) player[d->players++] = (compare_player){ bounds, joint };
    for (size_t i = 0; i < count; i++)
        if (!bound[i]) player[d->players++] = (compare_player){ 1, &change[i] };
    d->player = player;
    d->joint = bounds > 1;
    return VE_OK;
}

static size_t changes_that_matter(const compare_rival *rival, size_t *change) {
    size_t count = 0;
    for (size_t c = 0; c < rival->of->changes; c++)
        if (rival->of->change[c].matters) change[count++] = c;
    return count;
}

/* ---- exact ------------------------------------------------------------------------------------------ */

/* |S|! (n - |S| - 1)! / n!: the share of orders in which just those come before. */
static void order_shares(size_t n, double *share) {
    share[0] = 1.0 / (double)n;
    for (size_t s = 1; s < n; s++)
        share[s] = share[s - 1] * (double)s / (double)(n - s);
}

static size_t members(size_t set) {
    size_t count = 0;
    for (; set; set &= set - 1)
        count++;
    return count;
}

static double exact_part(const double *value, size_t n, size_t player, const double *share) {
    size_t own = (size_t)1 << player;
    double part = 0;
    for (size_t set = 0; set < (size_t)1 << n; set++)
        if (!(set & own)) part += share[members(set)] * (value[set | own] - value[set]);
    return part;
}

/* What is known of both ends is put in place of what came out there. */
static void put_ends(const compare_view *v, const compare_rival *rival, size_t option, double *value,
                     size_t rows) {
    value[0] = v->base->option[option].value_index;
    value[rows - 1] = compare_value(rival, option);
}

static ve_code exact(compare_view *v, size_t rival, compare_drivers *d, bool *whole) {
    size_t n = d->players, rows = (size_t)1 << n, options = v->outline->options;
    double share[COMPARE_EXACT], *part = compare_take(v, n * options, sizeof *part);
    if (!part) return VE_E_MEMORY;
    clear(v, rival, rows);
    for (size_t set = 0; set < rows; set++)
        for (size_t p = 0; p < n; p++)
            if (set >> p & 1) join(v, &d->player[p], rows, set);
    ve_code code = ask(v, rival, rows, whole);
    if (code || !*whole) return code;
    order_shares(n, share);
    for (size_t o = 0; o < options; o++) {
        double *value = v->value_index + o * rows;
        put_ends(v, &v->rival[rival], o, value, rows);
        for (size_t p = 0; p < n; p++)
            part[p * options + o] = exact_part(value, n, p, share);
    }
    d->part = part;
    return VE_OK;
}

/* ---- from random orders ----------------------------------------------------------------------------- */

/* Mean and sum of squared deviations so far (Welford 1962). */
typedef struct sample {
    double *mean, *squares;
    size_t *order; /* players, for each order of a block */
    double *uniform;
    size_t drawn;
} sample;

static ve_code sample_make(const compare_view *v, size_t n, size_t most, sample *s) {
    size_t cells = n * v->outline->options;
    *s = (sample){ compare_take(v, cells, sizeof(double)), compare_take(v, cells, sizeof(double)),
                   compare_take(v, n * most, sizeof(size_t)), compare_take(v, n, sizeof(double)), 0 };
    return s->mean && s->squares && s->order && s->uniform ? VE_OK : VE_E_MEMORY;
}

/* Fisher and Yates. */
static void shuffle(const compare_view *v, size_t rival, size_t n, size_t draw, const sample *s,
                    size_t *order) {
    v->s->uniforms(v->s, (uint64_t)v->params->seed, rival, draw * n, n, s->uniform);
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    for (size_t i = n - 1; i > 0; i--) {
        size_t j = (size_t)(s->uniform[i] * (double)(i + 1)), kept = order[i];
        if (j > i) j = i;
        order[i] = order[j];
        order[j] = kept;
    }
}

/* Rows of an order: the first of it, the first two, ... all but the last. */
static void fill_order(compare_view *v, const compare_drivers *d, const size_t *order, size_t rows,
                       size_t first) {
    for (size_t k = 0; k + 1 < d->players; k++)
        for (size_t row = k; row + 1 < d->players; row++)
            join(v, &d->player[order[k]], rows, first + row);
}

static void note(sample *s, size_t cell, double x) {
    double before = x - s->mean[cell];
    s->mean[cell] += before / (double)(s->drawn + 1);
    s->squares[cell] += before * (x - s->mean[cell]);
}

static void take_order(const compare_view *v, const compare_rival *rival, size_t n, const size_t *order,
                       size_t rows, size_t first, sample *s) {
    size_t options = v->outline->options;
    for (size_t o = 0; o < options; o++) {
        double before = v->base->option[o].value_index;
        for (size_t k = 0; k < n; k++) {
            double after = k + 1 < n ? v->value_index[o * rows + first + k] : compare_value(rival, o);
            note(s, order[k] * options + o, after - before);
            before = after;
        }
    }
    s->drawn++;
}

static ve_code take_block(compare_view *v, size_t rival, const compare_drivers *d, size_t orders, sample *s,
                          bool *whole) {
    size_t n = d->players, rows = orders * (n - 1);
    clear(v, rival, rows);
    for (size_t i = 0; i < orders; i++) {
        shuffle(v, rival, n, s->drawn + i, s, s->order + i * n);
        fill_order(v, d, s->order + i * n, rows, i * (n - 1));
    }
    ve_code code = ask(v, rival, rows, whole);
    for (size_t i = 0; !code && *whole && i < orders; i++)
        take_order(v, &v->rival[rival], n, s->order + i * n, rows, i * (n - 1), s);
    return code;
}

static void tell_progress(const compare_view *v, size_t rival, double share) {
    v->s->progress(v->s, ((double)rival + share) / (double)v->count);
}

static ve_code sampled(compare_view *v, size_t rival, compare_drivers *d, bool *whole) {
    size_t n = d->players, draws = (size_t)v->params->draws, cells = n * v->outline->options;
    size_t most = v->rows / (n - 1);
    sample s;
    ve_code code = sample_make(v, n, most, &s);
    while (!code && *whole && s.drawn < draws) {
        size_t left = draws - s.drawn;
        code = take_block(v, rival, d, left < most ? left : most, &s, whole);
        tell_progress(v, rival, (double)s.drawn / (double)draws);
    }
    for (size_t c = 0; !code && c < cells; c++)
        s.squares[c] = sqrt(s.squares[c] / (double)(draws - 1) / (double)draws);
    d->part = s.mean;
    d->error = s.squares;
    return code;
}

/* ---- dividing --------------------------------------------------------------------------------------- */

static ve_code divide(compare_view *v, size_t rival, compare_drivers *d, bool *whole) {
    *whole = true;
    return d->players > COMPARE_EXACT ? sampled(v, rival, d, whole) : exact(v, rival, d, whole);
}

/* Nothing between the two ends is asked. */
static ve_code undivided(const compare_view *v, const compare_rival *rival, compare_drivers *d) {
    size_t options = v->outline->options;
    double *part = compare_take(v, options, sizeof *part);
    if (!part) return VE_E_MEMORY;
    for (size_t o = 0; o < options; o++)
        part[o] = compare_value(rival, o) - v->base->option[o].value_index;
    d->part = part;
    return VE_OK;
}

/* All changes made one by one come to what the alternative is by itself, but where the order of a list
 * counts. */
static ve_code is_reached(compare_view *v, size_t rival, const size_t *change, size_t count, bool *reached) {
    const compare_rival *r = &v->rival[rival];
    clear(v, rival, 1);
    join(v, &(compare_player){ count, change }, 1, 0);
    ve_code code = ask(v, rival, 1, reached);
    for (size_t o = 0; !code && *reached && o < v->outline->options; o++) {
        double is = v->value_index[o], wanted = compare_value(r, o);
        *reached = isnan(wanted) || fabs(is - wanted) <= 1e-9 * fabs(wanted);
    }
    return code;
}

ve_code compare_divide(compare_view *v, size_t rival) {
    compare_rival *r = &v->rival[rival];
    size_t *change = compare_take(v, r->of->changes, sizeof *change);
    bool *bound = compare_take(v, r->of->changes, sizeof *bound), whole = false;
    if (!change || !bound) return VE_E_MEMORY;
    size_t count = changes_that_matter(r, change);
    if (!count || !shares_options(v, r)) return VE_OK;
    ve_code code = count > 1 ? is_reached(v, rival, change, count, &whole) : VE_OK;
    if (!code && whole) code = find_bound(v, rival, change, count, bound);
    if (!code && whole) code = make_players(v, change, count, bound, &r->drivers);
    if (!code && whole && r->drivers.players > 1) code = divide(v, rival, &r->drivers, &whole);
    if (code || (whole && r->drivers.players > 1)) return code;
    memset(bound, 1, count * sizeof *bound);
    r->drivers = (compare_drivers){ 0 };
    code = make_players(v, change, count, bound, &r->drivers);
    return code ? code : undivided(v, r, &r->drivers);
}

/* What options come to among customers who are drawn again: what every customer adds to an option is known
 * beforehand, a resample only says how often. SPDX-License-Identifier: GPL-3.0-or-later */
#include "vary/drawn.h"

#include <math.h>
#include <string.h>

#include "num/dot.h"
#include "num/sum.h"
#include "ve/wide.h"

/* Customers at a time: their columns stay in the nearest memory while several rows pass over them. */
enum { LINE = 64, SOME = 512, LANES = VE_LANES, ROWS = VE_DRAWN_AT_ONCE };

struct ve_drawn {
    const ve_trials *trials;
    const ve_people *people;
    size_t options, means; /* means: those that are asked of an option */
    bool each;             /* leaf by leaf */
    ve_moved *const *moved;
    double **count;  /* by option: what each customer counts, the nearest 1; NULL: all 1, or its target
                        moves */
    double **weight; /* by option: that times the design weight */
    double **score;  /* by option: that times the function score; NULL where `each` */
    double *log_top; /* by option: log of what is 1 in `count`, as the aggregate wants it */
    ve_sum *whole;   /* sums over all customers, as `sum` of a room; only where one is left out */
};

struct ve_drawn_room {
    const ve_drawn *of;
    ve_resample drawn[ROWS];
    double scale[ROWS];
    ve_sum *sum;     /* ROWS x options x (1 + means): of the weights, then for every mean */
    double *log_top; /* ROWS x options */
    double *moved;   /* people: what each counts where a target has moved */
};

static size_t sums_of(const ve_drawn *d) {
    return d->options * (1 + d->means);
}

/* ---- beforehand ------------------------------------------------------------------------------ */

/* What each customer counts for an option, the nearest of those who count being 1. */
static double *counts_of(const ve_drawn *d, size_t option, ve_arena *arena) {
    const ve_groups *g = d->people->groups;
    const double *log_density = d->people->made.log_density[option];
    double *out = ve_alloc_array(arena, g->rows, sizeof *out), top = -HUGE_VAL;
    for (size_t r = 0; r < g->rows; r++)
        if (g->weight[r] > 0 && log_density[r] > top) top = log_density[r];
    for (size_t r = 0; out && r < g->rows; r++)
        out[r] = exp(log_density[r] - top);
    double peak = d->people->made.log_peak[option];
    bool by_peak = d->trials->assumptions.aggregate == VE_AGGREGATE_PEAK;
    d->log_top[option] = by_peak ? top - (peak > top ? peak : top) : top;
    return out;
}

static const double *score_column(const ve_drawn *d, size_t option, size_t leaf) {
    return d->people->groups->score +
           (option * d->people->made.model->leaves + leaf) * d->people->groups->rows;
}

/* The groups' scores have the design weight in them. */
static double *score_of(const ve_drawn *d, size_t option, const double *weight, ve_arena *arena) {
    const ve_model *model = d->people->made.model;
    const double *count = d->count[option];
    size_t rows = d->people->groups->rows;
    double *out = ve_alloc_array(arena, rows, sizeof *out);
    for (size_t k = 0; out && k < model->leaves; k++) {
        const double *score = score_column(d, option, k);
        double w = weight[option * model->functions + (size_t)model->leaf[k]];
        for (size_t r = 0; r < rows; r++)
            out[r] += w * score[r];
    }
    for (size_t r = 0; out && count && r < rows; r++)
        out[r] *= count[r];
    return out;
}

static double *weights_of(const ve_drawn *d, size_t option, ve_arena *arena) {
    const ve_groups *g = d->people->groups;
    const double *count = d->count[option];
    double *out = ve_alloc_array(arena, g->rows, sizeof *out);
    for (size_t r = 0; out && r < g->rows; r++)
        out[r] = count ? count[r] * g->weight[r] : g->weight[r];
    return out;
}

static bool make_option(ve_drawn *d, size_t option, const double *weight, ve_arena *arena) {
    bool counted =
        d->trials->assumptions.positioned && d->people->made.log_density[option] && !d->moved[option];
    d->count[option] = counted ? counts_of(d, option, arena) : NULL;
    if (counted && !d->count[option]) return false;
    d->weight[option] = weights_of(d, option, arena);
    d->score[option] = d->each ? NULL : score_of(d, option, weight, arena);
    return d->weight[option] && (d->each || d->score[option]);
}

/* ---- passing over customers ------------------------------------------------------------------- */

/* Sums of times * a and of times * b over whole lanes; two at a time, as an addition waits for the last. */
VE_WIDE static void dot_two(const double *times, const double *a, const double *b, size_t count,
                            double *out) {
    ve_lanes one[2] = { { 0 } }, two[2] = { { 0 } };
    for (size_t r = 0; r + LANES < count; r += 2 * LANES) {
        const ve_lanes t = *(const ve_lanes *)(times + r), u = *(const ve_lanes *)(times + r + LANES);
        one[0] += t * *(const ve_lanes *)(a + r);
        two[0] += t * *(const ve_lanes *)(b + r);
        one[1] += u * *(const ve_lanes *)(a + r + LANES);
        two[1] += u * *(const ve_lanes *)(b + r + LANES);
    }
    if (count % (2 * LANES)) {
        const ve_lanes t = *(const ve_lanes *)(times + count - LANES);
        one[0] += t * *(const ve_lanes *)(a + count - LANES);
        two[0] += t * *(const ve_lanes *)(b + count - LANES);
    }
    one[0] += one[1];
    two[0] += two[1];
    out[0] = ve_lanes_sum((const double *)&one[0]);
    out[1] = ve_lanes_sum((const double *)&two[0]);
}

VE_WIDE static void multiply(const double *a, const double *b, size_t count, double *out) {
    for (size_t r = 0; r < count; r++)
        out[r] = a[r] * b[r];
}

/* A column ends where the customers do. */
static void add_last(const double *times, const double *a, const double *b, size_t count, double *sum) {
    for (size_t r = 0; r < count; r++) {
        sum[0] += times[r] * a[r];
        sum[1] += times[r] * b[r];
    }
}

static void add_two(ve_sum *one, ve_sum *two, const double *times, const double *a, const double *b,
                    size_t count) {
    double sum[2];
    const size_t whole = count - count % LANES;
    dot_two(times, a, b, whole, sum);
    if (whole < count) add_last(times + whole, a + whole, b + whole, count - whole, sum);
    ve_sum_add(one, sum[0]);
    ve_sum_add(two, sum[1]);
}

/* Leaf by leaf; the weights are added with the first, and two by two the others. */
static void pass_leaves(const ve_drawn *d, size_t option, size_t from, size_t count, const double *times,
                        ve_sum *sum) {
    ve_sum unused = { 0 };
    _Alignas(LINE) double counted[SOME];
    if (d->count[option]) multiply(times, d->count[option] + from, count, counted);
    if (d->count[option]) times = counted;
    const double *weight = d->people->groups->weight + from;
    add_two(&sum[0], &sum[1], times, weight, score_column(d, option, 0) + from, count);
    for (size_t k = 1; k < d->means; k += 2) {
        bool pair = k + 1 < d->means;
        add_two(&sum[1 + k], pair ? &sum[2 + k] : &unused, times, score_column(d, option, k) + from,
                score_column(d, option, pair ? k + 1 : k) + from, count);
    }
}

/* Some customers, each so many times, into the sums of an option. */
static void pass_over(const ve_drawn *d, size_t option, size_t from, size_t count, const double *times,
                      ve_sum *sum) {
    if (d->each)
        pass_leaves(d, option, from, count, times, sum);
    else
        add_two(&sum[0], &sum[1], times, d->weight[option] + from, d->score[option] + from, count);
}

static size_t some_from(const ve_drawn *d, size_t from) {
    size_t rows = d->people->groups->rows;
    return rows - from < SOME ? rows - from : SOME;
}

static ve_sum *sums_at(const ve_drawn_room *room, size_t row, size_t option) {
    return room->sum + row * sums_of(room->of) + option * (1 + room->of->means);
}

/* ---- making ---------------------------------------------------------------------------------- */

/* Sums over all customers as they are, for those of all but one. */
static bool sum_whole(ve_drawn *d, ve_arena *arena) {
    _Alignas(LINE) double once[SOME];
    if (!d->trials->left_out) return true;
    for (size_t r = 0; r < SOME; r++)
        once[r] = 1;
    d->whole = ve_alloc_array(arena, sums_of(d), sizeof *d->whole);
    for (size_t from = 0; d->whole && from < d->people->groups->rows; from += SOME) {
        size_t count = some_from(d, from);
        for (size_t i = 0; i < d->options; i++)
            pass_over(d, i, from, count, once, d->whole + i * (1 + d->means));
    }
    return d->whole != NULL;
}

ve_code ve_drawn_make(const ve_trials *trials, const ve_people *people, bool each, const double *weight,
                      ve_moved *const *moved, ve_arena *arena, ve_drawn **out, ve_errors *errors) {
    const ve_model *model = people->made.model;
    size_t m = model->options;
    ve_drawn *d = *out = ve_alloc(arena, sizeof *d);
    if (!d) return ve_fail_memory(errors);
    *d = (ve_drawn){ .trials = trials, .people = people, .options = m, .each = each, .moved = moved };
    d->means = each ? model->leaves : 1;
    d->count = ve_alloc_array(arena, m, sizeof *d->count);
    d->weight = ve_alloc_array(arena, m, sizeof *d->weight);
    d->score = ve_alloc_array(arena, m, sizeof *d->score);
    d->log_top = ve_alloc_array(arena, m, sizeof *d->log_top);
    bool all = d->count && d->weight && d->score && d->log_top;
    for (size_t i = 0; all && i < m; i++)
        all = make_option(d, i, weight, arena);
    return all && sum_whole(d, arena) ? VE_OK : ve_fail_memory(errors);
}

ve_code ve_drawn_room_make(const ve_drawn *d, ve_arena *arena, ve_drawn_room **out, ve_errors *errors) {
    size_t people = d->people->groups->rows;
    ve_drawn_room *room = *out = ve_alloc(arena, sizeof *room);
    if (!room) return ve_fail_memory(errors);
    room->of = d;
    room->sum = ve_alloc_array(arena, ROWS * sums_of(d), sizeof *room->sum);
    room->log_top = ve_alloc_array(arena, ROWS * d->options, sizeof *room->log_top);
    room->moved = ve_alloc_array(arena, people, sizeof *room->moved);
    if (!room->sum || !room->log_top || !room->moved) return ve_fail_memory(errors);
    ve_code code = VE_OK;
    for (size_t row = 0; !code && row < ROWS; row++)
        code = ve_resample_make(d->trials, people, arena, &room->drawn[row], errors);
    return code;
}

/* ---- targets that move ------------------------------------------------------------------------- */

/* What everybody counts where the target has moved to, as in moved.c; false where nobody does. */
static bool move(const ve_drawn *d, const ve_moved *moved, size_t row, double *out, double *log_top) {
    const ve_groups *g = d->people->groups;
    double mean, sd, least = HUGE_VAL;
    ve_moved_at(moved, row, &mean, &sd);
    if (!(sd > 0) || !isfinite(sd) || !isfinite(mean)) return false;
    for (size_t r = 0; r < g->rows; r++) {
        double z = fabs(g->attribute[r] - mean) / sd;
        if (g->weight[r] > 0 && z < least) least = z;
    }
    if (!isfinite(least * least)) return false;
    for (size_t r = 0; r < g->rows; r++) {
        double z = (g->attribute[r] - mean) / sd;
        out[r] = exp(0.5 * (least * least - z * z));
    }
    bool by_peak = d->trials->assumptions.aggregate == VE_AGGREGATE_PEAK;
    *log_top = -0.5 * least * least + (by_peak ? 0 : ve_moved_log_peak(sd));
    return true;
}

static void ask_moved(ve_drawn_room *room, size_t first, size_t row, size_t option) {
    const ve_drawn *d = room->of;
    _Alignas(LINE) double times[SOME];
    bool any = move(d, d->moved[option], first + row, room->moved, &room->log_top[row * d->options + option]);
    for (size_t from = 0; any && from < d->people->groups->rows; from += SOME) {
        size_t count = some_from(d, from);
        ve_resample_some(&room->drawn[row], from, count, times);
        multiply(times, room->moved + from, count, times);
        pass_over(d, option, from, count, times, sums_at(room, row, option));
    }
}

/* ---- targets that stay ------------------------------------------------------------------------- */

/* all: how often they were drawn all together, where that is not known. */
static void ask_some(ve_drawn_room *room, size_t row, size_t from, ve_sum *all) {
    const ve_drawn *d = room->of;
    _Alignas(LINE) double times[SOME];
    size_t count = some_from(d, from);
    ve_resample_some(&room->drawn[row], from, count, times);
    if (d->trials->bayesian) ve_sum_add(all, ve_total(times, count));
    for (size_t i = 0; i < d->options; i++)
        if (!d->moved[i]) pass_over(d, i, from, count, times, sums_at(room, row, i));
}

/* Of the rows that are open. */
static void ask_all(ve_drawn_room *room, const bool *open) {
    const ve_drawn *d = room->of;
    ve_sum all[ROWS] = { 0 };
    for (size_t from = 0; from < d->people->groups->rows; from += SOME)
        for (size_t row = 0; row < ROWS; row++)
            if (open[row]) ask_some(room, row, from, &all[row]);
    for (size_t row = 0; row < ROWS; row++)
        if (open[row]) room->scale[row] = ve_resample_scale(&room->drawn[row], ve_sum_value(&all[row]));
}

/* ---- all but one -------------------------------------------------------------------------------- */

/* What is left of the sums without customer r: where that is little the difference would be coarse. */
static bool take_out(const ve_drawn *d, size_t option, size_t r, ve_sum *sum) {
    const double *count = d->count[option];
    memcpy(sum, d->whole + option * (1 + d->means), (1 + d->means) * sizeof *sum);
    ve_sum_add(&sum[0], -d->weight[option][r]);
    for (size_t k = 0; k < d->means; k++) {
        double score = d->each ? score_column(d, option, k)[r] * (count ? count[r] : 1) : d->score[option][r];
        ve_sum_add(&sum[1 + k], -score);
    }
    return ve_sum_value(&sum[0]) > 1e-3 * ve_sum_value(&d->whole[option * (1 + d->means)]);
}

static bool leave_out(ve_drawn_room *room, size_t row) {
    const ve_drawn *d = room->of;
    bool all = d->whole != NULL;
    memcpy(room->log_top + row * d->options, d->log_top, d->options * sizeof *room->log_top);
    for (size_t i = 0; all && i < d->options; i++)
        all = !d->moved[i] && take_out(d, i, (size_t)room->drawn[row].number, sums_at(room, row, i));
    room->scale[row] = 1;
    return all;
}

/* ---- a row ----------------------------------------------------------------------------------- */

static void clear(ve_drawn_room *room, size_t row) {
    const ve_drawn *d = room->of;
    memset(sums_at(room, row, 0), 0, sums_of(d) * sizeof *room->sum);
    memcpy(room->log_top + row * d->options, d->log_top, d->options * sizeof *room->log_top);
}

void ve_drawn_ask(ve_drawn_room *room, size_t first, size_t rows) {
    const ve_drawn *d = room->of;
    bool open[ROWS] = { false }, any = false;
    for (size_t row = 0; row < rows; row++) {
        ve_resample_draw(&room->drawn[row], d->trials->resample[first + row]);
        open[row] = !leave_out(room, row);
        if (open[row]) clear(room, row);
        any |= open[row];
    }
    if (any) ask_all(room, open);
    for (size_t row = 0; row < rows; row++)
        for (size_t i = 0; i < d->options; i++)
            if (open[row] && d->moved[i]) ask_moved(room, first, row, i);
}

bool ve_drawn_means(const ve_drawn_room *room, size_t row, size_t option, double *mean, double *log_factor) {
    const ve_drawn *d = room->of;
    const ve_sum *sum = sums_at(room, row, option);
    double weight = ve_sum_value(&sum[0]);
    if (!(weight > 0)) return false;
    for (size_t k = 0; k < d->means; k++)
        mean[k] = ve_sum_value(&sum[1 + k]) / weight;
    bool averaged = d->trials->assumptions.aggregate == VE_AGGREGATE_MEAN;
    *log_factor = averaged ? 0 : room->log_top[row * d->options + option] + log(weight * room->scale[row]);
    return true;
}

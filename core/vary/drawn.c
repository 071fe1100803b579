/* What options come to among customers who are drawn again: every customer's share in an option is known
 * beforehand, a resample only says how often each counts. SPDX-License-Identifier: GPL-3.0-or-later */
#include "vary/drawn.h"

#include <math.h>

#include "num/dot.h"

static const double half_log_2_pi = 0.91893853320467274178;

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

static double *score_of(const ve_drawn *d, size_t option, const double *weight, ve_arena *arena) {
    const ve_model *model = d->people->made.model;
    const ve_groups *g = d->people->groups;
    double *out = ve_alloc_array(arena, g->rows, sizeof *out);
    for (size_t k = 0; out && k < model->leaves; k++) {
        const double *score = g->score + (option * model->leaves + k) * g->rows;
        double w = weight[option * model->functions + (size_t)model->leaf[k]];
        for (size_t r = 0; r < g->rows; r++)
            out[r] += w * score[r];
    }
    return out;
}

ve_code ve_drawn_make(const ve_trials *trials, const ve_people *people, bool each, const double *weight,
                      ve_arena *arena, ve_drawn **out, ve_errors *errors) {
    size_t m = people->made.model->options;
    ve_drawn *d = ve_alloc(arena, sizeof *d);
    if (!d) return ve_fail_memory(errors);
    *d = (ve_drawn){ .trials = trials, .people = people, .each = each };
    d->counts = ve_alloc_array(arena, m, sizeof *d->counts);
    d->score = ve_alloc_array(arena, m, sizeof *d->score);
    d->log_top = ve_alloc_array(arena, m, sizeof *d->log_top);
    bool all = d->counts && d->score && d->log_top;
    for (size_t i = 0; all && i < m; i++) {
        bool counted = trials->assumptions.positioned && people->made.log_density[i];
        d->counts[i] = counted ? counts_of(d, i, arena) : NULL;
        d->score[i] = each ? NULL : score_of(d, i, weight, arena);
        all = (!counted || d->counts[i]) && (each || d->score[i]);
    }
    *out = d;
    return all ? VE_OK : ve_fail_memory(errors);
}

/* ---- a row ----------------------------------------------------------------------------------- */

ve_code ve_drawn_room_make(const ve_drawn *drawn, ve_arena *arena, ve_drawn_room *room, ve_errors *errors) {
    size_t rows = drawn->people->groups->rows;
    *room = (ve_drawn_room){ .times = ve_alloc_array(arena, rows, sizeof(double)),
                             .counted = ve_alloc_array(arena, rows, sizeof(double)),
                             .moved = ve_alloc_array(arena, rows, sizeof(double)) };
    return room->times && room->counted && room->moved ? VE_OK : ve_fail_memory(errors);
}

static void draw(const ve_drawn *d, size_t row, ve_drawn_room *room) {
    uint64_t number = d->trials->resample[row];
    if (room->any && room->number == number) return;
    ve_resample_counts(d->trials, number, d->people->groups->rows, room->times);
    room->number = number;
    room->any = true;
}

/* Where the target has moved to: as in moved.c, customer by customer. */
static const double *move(const ve_drawn *d, const ve_moved *moved, size_t row, double *out,
                          double *log_top) {
    const ve_groups *g = d->people->groups;
    double mean, sd, least = HUGE_VAL;
    ve_moved_at(moved, row, &mean, &sd);
    if (!(sd > 0) || !isfinite(sd) || !isfinite(mean)) return NULL;
    for (size_t r = 0; r < g->rows; r++) {
        double z = fabs(g->attribute[r] - mean) / sd;
        if (g->weight[r] > 0 && z < least) least = z;
    }
    if (!isfinite(least * least)) return NULL;
    for (size_t r = 0; r < g->rows; r++) {
        double z = (g->attribute[r] - mean) / sd;
        out[r] = exp(0.5 * (least * least - z * z));
    }
    bool by_peak = d->trials->assumptions.aggregate == VE_AGGREGATE_PEAK;
    *log_top = -0.5 * least * least - (by_peak ? 0 : log(sd) + half_log_2_pi);
    return out;
}

static void average(const ve_drawn *d, size_t option, const double *counted, double weight, double *mean) {
    const ve_groups *g = d->people->groups;
    size_t leaves = d->people->made.model->leaves;
    if (!d->each) mean[0] = ve_dot(counted, d->score[option], g->rows) / weight;
    for (size_t k = 0; d->each && k < leaves; k++)
        mean[k] = ve_dot(counted, g->score + (option * leaves + k) * g->rows, g->rows) / weight;
}

bool ve_drawn_means(const ve_drawn *d, size_t row, size_t option, const ve_moved *moved, ve_drawn_room *room,
                    double *mean, double *log_factor) {
    const ve_groups *g = d->people->groups;
    const double *counts = d->counts[option], *counted = room->times;
    double log_top = d->log_top[option];
    draw(d, row, room);
    if (moved && !(counts = move(d, moved, row, room->moved, &log_top))) return false;
    for (size_t r = 0; counts && r < g->rows; r++)
        room->counted[r] = room->times[r] * counts[r];
    if (counts) counted = room->counted;
    double weight = ve_dot(counted, g->weight, g->rows);
    if (!(weight > 0)) return false;
    average(d, option, counted, weight, mean);
    *log_factor = d->trials->assumptions.aggregate == VE_AGGREGATE_MEAN ? 0 : log_top + log(weight);
    return true;
}

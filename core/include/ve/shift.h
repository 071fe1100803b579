/* What a constant added to every score would do: where the scale of scores begins is a convention, and an
 * answer that hangs on it is weak. Header only, so that a plugin has no undefined symbol.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_SHIFT_H
#define VE_SHIFT_H

#include <math.h>

#include "ve/outcome.h"

static inline double ve_shift_mean_score(const ve_outline *o, const ve_outcome *outcome, size_t option) {
    double sum = 0;
    for (size_t k = 0; k < o->leaves; k++)
        sum += outcome->weight[option * o->functions + (size_t)o->leaf[k]] *
               outcome->score[option * o->leaves + k];
    return sum;
}

/* With c added to every score, V of an option grows as 1 + c / (its mean score); best and other then tie at
 * this c. For the mean: c = (G_o S_b - G_b S_o) / (S_o - S_b). NaN where they never tie. */
static inline double ve_shift_tie(const ve_outline *o, const ve_outcome *outcome, int best, int other) {
    double g = ve_shift_mean_score(o, outcome, (size_t)best),
           h = ve_shift_mean_score(o, outcome, (size_t)other);
    double a = outcome->option[best].value_index, b = outcome->option[other].value_index;
    double shift = (a - b) / (b / h - a / g);
    return isfinite(shift) && g + shift > 0 && h + shift > 0 ? shift : NAN;
}

/* How far scores reach: the scale, or what there is. */
static inline double ve_shift_scale(const ve_outline *o, const ve_outcome *outcome) {
    double low = INFINITY, high = -INFINITY;
    if (o->scale_high - o->scale_low > 0) return o->scale_high - o->scale_low;
    for (size_t i = 0; i < o->options * o->leaves; i++) {
        low = fmin(low, outcome->score[i]);
        high = fmax(high, outcome->score[i]);
    }
    return high - low;
}

/* Only where the greatest value index wins does the tie say who is best. */
static inline bool ve_shift_decides(const ve_outline *o, const ve_outcome *outcome) {
    size_t ranked = 0;
    if (outcome->best < 0) return false;
    for (size_t i = 0; i < o->options; i++) {
        if (outcome->option[i].rank == 0) continue;
        ranked++;
        if (!(outcome->option[outcome->best].value_index >= outcome->option[i].value_index)) return false;
    }
    return ranked > 1;
}

/* The option that would overtake the best at the smallest shift not above `within`, -1; *shift gets it. */
static inline int ve_shift_nearest(const ve_outline *o, const ve_outcome *outcome, double within,
                                   double *shift) {
    int found = -1;
    *shift = within;
    if (!ve_shift_decides(o, outcome)) return -1;
    for (int i = 0; i < (int)o->options; i++) {
        bool other = outcome->option[i].rank > 0 && i != outcome->best;
        double c = other ? ve_shift_tie(o, outcome, outcome->best, i) : NAN;
        if (!(fabs(c) <= fabs(*shift))) continue;
        *shift = c;
        found = i;
    }
    return found;
}

#endif

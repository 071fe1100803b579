/* Compensated sums (Neumaier): the rounding lost by each addition is kept aside and added back at the end.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_NUM_SUM_H
#define VE_NUM_SUM_H

#include <math.h>
#include <stdbool.h>

/* Start with all zero. Add in a fixed order: the last bit of the value may depend on it. */
typedef struct ve_sum {
    double total, lost;
} ve_sum;

/* Without branches, so that columns of sums are vectors. */
static inline void ve_sum_step(double *total, double *lost, double x) {
    double before = *total, after = before + x;
    bool larger = fabs(before) >= fabs(x);
    *lost += ((larger ? before : x) - after) + (larger ? x : before);
    *total = after;
}

static inline void ve_sum_add(ve_sum *sum, double x) {
    ve_sum_step(&sum->total, &sum->lost, x);
}

/* Beyond the range of doubles what was lost is not a number: the total alone says so. */
static inline double ve_sum_value(const ve_sum *sum) {
    return isfinite(sum->total) ? sum->total + sum->lost : sum->total;
}

#endif

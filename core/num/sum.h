/* Compensated sums (Neumaier): the rounding lost by each addition is kept aside and added back at the end.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_NUM_SUM_H
#define VE_NUM_SUM_H

#include <math.h>

/* Start with all zero. Add in a fixed order: the last bit of the value may depend on it. */
typedef struct ve_sum {
    double total, lost;
} ve_sum;

static inline void ve_sum_add(ve_sum *sum, double x) {
    double total = sum->total + x;
    if (fabs(sum->total) >= fabs(x))
        sum->lost += (sum->total - total) + x;
    else
        sum->lost += (x - total) + sum->total;
    sum->total = total;
}

/* Beyond the range of doubles what was lost is not a number: the total alone says so. */
static inline double ve_sum_value(const ve_sum *sum) {
    return isfinite(sum->total) ? sum->total + sum->lost : sum->total;
}

#endif

/* Customers drawn again: what another survey of the same size might have found.
 * Only core/vary sees it. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_VARY_RESAMPLE_H
#define VE_VARY_RESAMPLE_H

#include "vary/internal.h"

/* The customers one by one, as groups of one each, with the densities of all targets. Kept for all trials. */
typedef struct ve_people {
    ve_groups *groups;
    ve_case made; /* of these groups */
} ve_people;
/* Reads the survey again at the first call. */
ve_code ve_people_make(ve_vary *vary, const ve_people **out, ve_errors *errors);

/* How often each customer is in a resample: with replacement (Efron 1979), or by exponential weights that add
 * up to the number of customers (Rubin 1981), or all once but one. */
typedef struct ve_resample {
    const ve_trials *trials;
    size_t rows;
    uint64_t number;
    unsigned char *count; /* rows, of one with replacement; else NULL */
} ve_resample;
ve_code ve_resample_make(const ve_trials *trials, size_t rows, ve_arena *arena, ve_resample *out,
                         ve_errors *errors);
void ve_resample_draw(ve_resample *resample, uint64_t number);
/* Of some customers; to be multiplied by the scale that the sum over all of them gives. */
void ve_resample_some(const ve_resample *resample, size_t from, size_t count, double *out);
double ve_resample_scale(const ve_resample *resample, double sum);

/* The groups with every customer counted so often. */
ve_code ve_resample_groups(const ve_groups *people, const double *count, ve_arena *arena, ve_groups *out,
                           ve_errors *errors);

#endif

/* Customers of an option whose target moves: a normal curve over one attribute, by its mean and sd.
 * Only core/vary sees it. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_VARY_MOVED_H
#define VE_VARY_MOVED_H

#include "num/series.h"
#include "vary/internal.h"

typedef struct ve_moved ve_moved;

/* Its mean and sd as they stand, and the columns of rows that change them, NULL: not changed. */
typedef struct ve_move {
    double mean, sd;
    const double *mean_column, *sd_column;
    size_t mean_input, sd_input; /* which inputs these are */
} ve_move;

/* A series for one moved number, kept for all trials of a ve_vary: draws ask the same again and again. */
typedef struct ve_kept_series {
    size_t input;
    bool each;     /* of every leaf's mean score */
    bool possible; /* false: no series is precise enough */
    ve_series of;
    struct ve_kept_series *next;
} ve_kept_series;

/* weight: by leaf, as the base has them, NULL. With it the mean function score is made of the leaves' mean
 * scores, without it each is given. Lives in the arena, and no longer than vary. NULL and told: out of
 * memory. */
ve_moved *ve_moved_new(ve_vary *vary, size_t option, const ve_move *move, size_t rows, const double *weight,
                       ve_arena *arena, ve_errors *errors);

/* Columns of means for some rows, at most VE_ROWS_MOST, and log of the sum of customer weights, relative to
 * the curve's peak. done[r] is taken where no customer counts, or the sd is not above 0. sum: room for 1 +
 * means. */
void ve_moved_means(const ve_moved *moved, size_t first, size_t rows, double *mean, double *sum,
                    double *log_sum, bool *done);
/* Where the target is in that row. */
void ve_moved_at(const ve_moved *moved, size_t row, double *mean, double *sd);
double ve_moved_sd(const ve_moved *moved, size_t row);
/* Log of the curve's greatest density. */
double ve_moved_log_peak(double sd);

#endif

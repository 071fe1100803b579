/* Sums over points under a bell: sum of w_j exp(-((x_j - m) / s)^2 / 2) for many m and s, at a cost that does
 * not depend on the number of points. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Points are put into boxes half as wide as the bell's s. Within a box the bell is a series of Hermite
 * polynomials around its middle (Greengard and Strain's fast Gauss transform, 1991), of which the first
 * VE_BELL_TERMS are taken: by Cramer's bound the rest is below 1e-16 of a weight at the peak. */
#ifndef VE_NUM_BELL_H
#define VE_NUM_BELL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum { VE_BELL_TERMS = 16 };

/* What is summed: columns of weights over the same points. */
typedef struct ve_bell_points {
    size_t rows, columns;
    const double *x;
    const double *const *weight; /* columns of rows; weight[0] says which points count: those above 0 */
} ve_bell_points;

/* The points in boxes for one range of s: from `width` to twice that. NULL: out of memory, or too many
 * boxes. */
typedef struct ve_bell ve_bell;
ve_bell *ve_bell_new(const ve_bell_points *points, double width, ve_arena *arena);

/* sum[c] of the columns. False where the nearest box with a point in it is too far from m for the series:
 * then the points must be asked one by one. width <= s <= 2 width. */
bool ve_bell_sum(const ve_bell *bell, double m, double s, double *sum);

#endif

/* What the files of this plugin share: the comparisons, and the two ways of fitting weights to them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JUDGE_BEST_WORST_H
#define JUDGE_BEST_WORST_H

#include "ve/plugin.h"

/* The best is number 0, the worst number n - 1; n is at least 2. */
typedef struct best_worst_case {
    size_t n;
    const double *from_best; /* n: how many times as important the best is as each */
    const double *to_worst;  /* n: how many times as important each is as the worst */
} best_worst_case;

/* Weights, any scale, and xi. linear.c: the one optimum; minmax.c: the middle of the interval of optima. */
ve_code best_worst_linear(const best_worst_case *c, double *weight, double *xi, const ve_services *services);
void best_worst_minmax(const best_worst_case *c, double *weight, double *xi);

#endif

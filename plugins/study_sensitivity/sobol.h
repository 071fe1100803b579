/* Sobol indices of a figure from pairs of draws: how much of its variance an input explains alone (first
 * order), and how much is left where all others are known (total).
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For every draw: the figure from one draw of all inputs (a), from a second one (b), and from the first with
 * this input taken from the second (ab); each less a constant near its mean, which only spares digits. First
 * order after Saltelli et al. 2010, better where it is small, or Jansen 1999, better where it is large: the
 * one with the smaller error; total after Jansen. The standard error, of a ratio of means, by linearization.
 */
#ifndef STUDY_SENSITIVITY_SOBOL_H
#define STUDY_SENSITIVITY_SOBOL_H

#include <math.h>

/* Of a figure over all draws, and of its products with the spread. */
typedef struct sobol_sum {
    double sum, squares, products;
} sobol_sum;

typedef struct sobol_sums {
    double n, mean;
    sobol_sum spread; /* (a^2 + b^2) / 2 */
    sobol_sum first;  /* b (ab - a) */
    sobol_sum rest;   /* (b - ab)^2 / 2 */
    sobol_sum total;  /* (a - ab)^2 / 2 */
} sobol_sums;

typedef struct sobol_index {
    double share, error; /* NaN where the figure does not vary */
} sobol_index;

static inline void sobol_count(sobol_sum *s, double x, double spread) {
    s->sum += x;
    s->squares += x * x;
    s->products += x * spread;
}

static inline void sobol_add(sobol_sums *s, double a, double b, double ab) {
    double spread = (a * a + b * b) / 2;
    s->n++;
    s->mean += (a + b) / 2;
    sobol_count(&s->spread, spread, spread);
    sobol_count(&s->first, b * (ab - a), spread);
    sobol_count(&s->rest, (b - ab) * (b - ab) / 2, spread);
    sobol_count(&s->total, (a - ab) * (a - ab) / 2, spread);
}

static inline double sobol_variance(const sobol_sums *s) {
    double mean = s->mean / s->n;
    return s->spread.sum / s->n - mean * mean;
}

/* The mean of a figure as a share of the variance. */
static inline sobol_index sobol_ratio(const sobol_sums *s, const sobol_sum *of) {
    double n = s->n, variance = sobol_variance(s), share = of->sum / n / variance;
    if (!(n > 1) || !(variance > 1e-24)) return (sobol_index){ NAN, NAN };
    double mean = (of->sum - share * s->spread.sum) / n;
    double square = (of->squares - 2 * share * of->products + share * share * s->spread.squares) / n;
    return (sobol_index){ share, sqrt(fmax(0, square - mean * mean) / n) / variance };
}

static inline sobol_index sobol_first(const sobol_sums *s) {
    sobol_index alone = sobol_ratio(s, &s->first), rest = sobol_ratio(s, &s->rest);
    return rest.error < alone.error ? (sobol_index){ 1 - rest.share, rest.error } : alone;
}

static inline sobol_index sobol_total(const sobol_sums *s) {
    return sobol_ratio(s, &s->total);
}

#endif

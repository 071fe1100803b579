/* Logarithmic least squares, and the linear equations that this plugin has to solve.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ahp.h"

static void swap_rows(double *m, size_t columns, size_t i, size_t j) {
    for (size_t k = 0; i != j && k < columns; k++) {
        double kept = m[i * columns + k];
        m[i * columns + k] = m[j * columns + k];
        m[j * columns + k] = kept;
    }
}

static size_t pivot_of(const double *a, size_t n, size_t column) {
    size_t best = column;
    for (size_t i = column + 1; i < n; i++)
        if (fabs(a[i * n + column]) > fabs(a[best * n + column])) best = i;
    return best;
}

static void take_off(double *row, const double *from, double times, size_t first, size_t columns) {
    for (size_t k = first; k < columns; k++)
        row[k] -= times * from[k];
}

void ahp_equations(double *a, double *b, size_t n, size_t columns) {
    for (size_t c = 0; c < n; c++) {
        size_t pivot = pivot_of(a, n, c);
        swap_rows(a, n, c, pivot);
        swap_rows(b, columns, c, pivot);
        for (size_t i = c + 1; i < n; i++) {
            double times = a[i * n + c] / a[c * n + c];
            take_off(a + i * n, a + c * n, times, c, n);
            take_off(b + i * columns, b + c * columns, times, 0, columns);
        }
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t j = i + 1; j < n; j++)
            take_off(b + i * columns, b + j * columns, a[i * n + j], 0, columns);
        for (size_t k = 0; k < columns; k++)
            b[i * columns + k] /= a[i * n + i];
    }
}

/* The normal equations: for every i the sum over what is said of level(i) - level(j) is the sum of its logs.
 * The first level is 0. */
void ahp_least_squares(ahp_matrix *m) {
    size_t n = m->n, free_ones = n - 1;
    double *a = m->square, *b = m->level + 1;
    for (size_t i = 1; i < n; i++) {
        double *row = a + (i - 1) * free_ones;
        for (size_t j = 0; j < free_ones; j++)
            row[j] = 0;
        b[i - 1] = 0;
        for (size_t j = 0; j < n; j++) {
            double said = m->log_said[i * n + j];
            if (i == j || isnan(said)) continue;
            row[i - 1] += 1;
            if (j > 0) row[j - 1] -= 1;
            b[i - 1] += said;
        }
    }
    m->level[0] = 0;
    ahp_equations(a, b, free_ones, 1);
}

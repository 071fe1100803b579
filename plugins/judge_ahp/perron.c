/* The Perron vectors of a positive matrix, by iteration.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ahp.h"

enum { ITERATIONS = 20000 };

static void write_entries(ahp_matrix *m) {
    for (size_t i = 0; i < m->n; i++) {
        for (size_t j = 0; j < m->n; j++) {
            double said = m->log_said[i * m->n + j];
            m->entry[i * m->n + j] = isnan(said) ? 1 : exp(said + m->level[j] - m->level[i]);
        }
    }
}

/* y = M x, or M' x. */
static void multiply(const double *entry, size_t n, bool turned, const double *x, double *y) {
    for (size_t i = 0; i < n; i++) {
        y[i] = 0;
        for (size_t j = 0; j < n; j++)
            y[i] += entry[turned ? j * n + i : i * n + j] * x[j];
    }
}

/* x becomes the vector. The eigenvalue lies between the least and the greatest y / x (Collatz and Wielandt),
 * so one sees when to stop. Adding the eigenvalue to the diagonal keeps judgements that go round in a circle
 * from turning x with them. */
static void iterate(const double *entry, size_t n, bool turned, double *x, double *y) {
    for (size_t i = 0; i < n; i++)
        x[i] = 1;
    for (int round = 0; round < ITERATIONS; round++) {
        double low = HUGE_VAL, high = 0, top = 0;
        multiply(entry, n, turned, x, y);
        for (size_t i = 0; i < n; i++) {
            low = fmin(low, y[i] / x[i]);
            high = fmax(high, y[i] / x[i]);
        }
        for (size_t i = 0; i < n; i++)
            top = fmax(top, x[i] = y[i] + 0.5 * (low + high) * x[i]);
        for (size_t i = 0; i < n; i++)
            x[i] /= top;
        if (high - low <= 4e-16 * (double)n * high) return;
    }
}

static double product(const double *a, const double *b, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

void ahp_perron(ahp_matrix *m) {
    double *image = m->image;
    write_entries(m);
    iterate(m->entry, m->n, true, m->left, image);
    iterate(m->entry, m->n, false, m->right, image);
    double both = product(m->left, m->right, m->n);
    for (size_t i = 0; i < m->n; i++)
        m->left[i] /= both;
    multiply(m->entry, m->n, false, m->right, image);
    m->lambda = product(m->left, image, m->n);
}

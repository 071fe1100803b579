/* The Cholesky factor of a small matrix of correlations. For plugins and the core alike.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_CHOLESKY_H
#define VE_CHOLESKY_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

/* In place, lower triangle of d x d; false where the matrix is not positive definite. */
static inline bool ve_cholesky(double *m, size_t d) {
    for (size_t j = 0; j < d; j++) {
        for (size_t l = 0; l < j; l++)
            m[j * d + j] -= m[j * d + l] * m[j * d + l];
        if (!(m[j * d + j] > 1e-12)) return false;
        m[j * d + j] = sqrt(m[j * d + j]);
        for (size_t i = j + 1; i < d; i++) {
            for (size_t l = 0; l < j; l++)
                m[i * d + j] -= m[i * d + l] * m[j * d + l];
            m[i * d + j] /= m[j * d + j];
        }
    }
    return true;
}

#endif

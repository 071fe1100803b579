/* Soft edges on one attribute: customers count half at a threshold, fully far on one side of it and hardly
 * far on the other. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One-sided logit: weight 1 / (1 + exp(-way (x - at) / scale)). An edge has no end, hence no density and no
 * middle: the greatest weight is 1. */
#ifndef VE_EDGE_H
#define VE_EDGE_H

#include <math.h>

#include "ve/plugin.h"

typedef struct ve_edge {
    int by;
    double at, scale;
} ve_edge;

/* Logarithms of the weights, which keep apart what is far from the edge; way: +1 rises, -1 falls. */
static inline void ve_edge_log_weights(const ve_edge *edge, double way, const ve_columns *columns,
                                       double *out) {
    for (size_t row = 0; row < columns->rows; row++) {
        double z = way * (columns->column[0][row] - edge->at) / edge->scale;
        out[row] = z < 0 ? z - log1p(exp(z)) : -log1p(exp(-z));
    }
}

static inline double ve_edge_log_peak(const void *params) {
    (void)params;
    return 0;
}

static inline double ve_edge_mean(const void *params, size_t attribute) {
    (void)params;
    (void)attribute;
    return NAN;
}

#endif

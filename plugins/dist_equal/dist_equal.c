/* The distribution `equal`: every customer counts alike.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ve/plugin.h"

static ve_code log_density(const void *params, const ve_columns *columns, double *out,
                           const ve_services *services) {
    (void)params;
    (void)services;
    for (size_t row = 0; row < columns->rows; row++)
        out[row] = 0;
    return VE_OK;
}

static double log_peak(const void *params) {
    (void)params;
    return 0;
}

static double mean(const void *params, size_t attribute) {
    (void)params;
    (void)attribute;
    return NAN;
}

static const ve_record record = {
    .name = "equal",
    .doc = "Every customer counts alike, whoever they are: the target of a product for everybody.",
    .size = sizeof(int),
    .example = "target = ve.equal {}",
};

static const ve_distribution_ops ops = {
    .size = sizeof ops,
    .joint = true,
    .log_density = log_density,
    .log_peak = log_peak,
    .mean = mean,
    .relative = true,
};

VE_PLUGIN(dist_equal, DISTRIBUTION, "equal", "1.0", "every customer counts alike", &record, &ops)

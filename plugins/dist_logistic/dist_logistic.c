/* The distribution `logistic`: a bell like the normal curve, with longer arms.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ve/plugin.h"

typedef struct logistic {
    int by;
    double mean, scale;
} logistic;

static const ve_field fields[] = {
    VE_FIELD(logistic, by, VE_T_REF, .name = "by", .of = VE_OF_ATTRIBUTES,
             .doc = "the attribute it speaks of; may be left out where there is only one"),
    VE_FIELD(logistic, mean, VE_T_NUMBER, .name = "mean", .flags = VE_F_REQUIRED,
             .doc = "the customer aimed at"),
    VE_FIELD(logistic, scale, VE_T_NUMBER, .name = "scale", .flags = VE_F_REQUIRED | VE_F_ABOVE, .low = 0,
             .high = INFINITY,
             .doc = "how far the target reaches; its standard deviation is 1.814 times as large"),
};
static const ve_record record = {
    .name = "logistic",
    .doc = "A bell with longer arms than the normal curve: customers far away still count a little.",
    .size = sizeof(logistic),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "target = ve.logistic { mean = 8000, scale = 1200 }",
};

static double log_peak(const void *params) {
    return -log(4) - log(((const logistic *)params)->scale);
}

static ve_code log_density(const void *params, const ve_columns *columns, double *out,
                           const ve_services *services) {
    (void)services;
    const logistic *own = params;
    const double middle = own->mean, scale = own->scale, constant = -log(scale);
    for (size_t row = 0; row < columns->rows; row++) {
        double z = fabs((columns->column[0][row] - middle) / scale);
        out[row] = constant - z - 2 * log1p(exp(-z));
    }
    return VE_OK;
}

static double mean(const void *params, size_t attribute) {
    (void)attribute;
    return ((const logistic *)params)->mean;
}

static double quantile(const void *params, double p) {
    const logistic *own = params;
    return own->mean + own->scale * (log(p) - log1p(-p));
}

static double cumulative(const void *params, double x) {
    const logistic *own = params;
    return 1 / (1 + exp(-(x - own->mean) / own->scale));
}

static const ve_distribution_ops ops = {
    .size = sizeof ops,
    .log_density = log_density,
    .log_peak = log_peak,
    .mean = mean,
    .quantile = quantile,
    .cumulative = cumulative,
};

VE_PLUGIN(dist_logistic, DISTRIBUTION, "logistic", "1.0", "a bell with longer arms than the normal curve",
          &record, &ops)

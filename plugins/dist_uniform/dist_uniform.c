/* The distribution `uniform`: everybody between two values counts alike, nobody else counts.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ve/plugin.h"
#include "ve/wide.h"

typedef struct uniform {
    int by;
    double low, high;
} uniform;

static const ve_field fields[] = {
    VE_FIELD(uniform, by, VE_T_REF, .name = "by", .of = VE_OF_ATTRIBUTES,
             .doc = "the attribute it speaks of; may be left out where there is only one"),
    VE_FIELD(uniform, low, VE_T_NUMBER, .name = "low", .flags = VE_F_REQUIRED,
             .doc = "the smallest value that counts"),
    VE_FIELD(uniform, high, VE_T_NUMBER, .name = "high", .flags = VE_F_REQUIRED,
             .doc = "the greatest value that counts"),
};
static const ve_record record = {
    .name = "uniform",
    .doc = "A segment: everybody from low to high counts alike, nobody else counts.",
    .size = sizeof(uniform),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "target = ve.uniform { low = 5000, high = 7000 }",
};

static ve_code prepare(void *params, const ve_sample *sample, const ve_services *services) {
    (void)sample;
    const uniform *own = params;
    if (!(own->low < own->high))
        return services->fail(services, VE_E_RANGE, "high", NULL,
                              "high must be above low, which is %.6g, not %.6g", own->low, own->high);
    return VE_OK;
}

static double log_peak(const void *params) {
    const uniform *own = params;
    return -log(own->high - own->low);
}

static ve_code log_density(const void *params, const ve_columns *columns, double *out,
                           const ve_services *services) {
    (void)services;
    const uniform *own = params;
    const double *x = columns->column[0], inside = log_peak(own);
    for (size_t row = 0; row < columns->rows; row++)
        out[row] = x[row] >= own->low && x[row] <= own->high ? inside : -HUGE_VAL;
    return VE_OK;
}

static double mean(const void *params, size_t attribute) {
    (void)attribute;
    const uniform *own = params;
    return own->low + (own->high - own->low) / 2;
}

VE_WIDE static void quantiles(const void *params, size_t count, double *x) {
    const double low = ((const uniform *)params)->low, high = ((const uniform *)params)->high;
    for (size_t i = 0; i < count; i++)
        x[i] = x[i] < 0.5 ? low + x[i] * (high - low) : high - (1 - x[i]) * (high - low);
}

static double quantile(const void *params, double p) {
    quantiles(params, 1, &p);
    return p;
}

static double cumulative(const void *params, double x) {
    const uniform *own = params;
    return fmin(1, fmax(0, (x - own->low) / (own->high - own->low)));
}

static const ve_distribution_ops ops = {
    .size = sizeof ops,
    .prepare = prepare,
    .log_density = log_density,
    .log_peak = log_peak,
    .mean = mean,
    .quantile = quantile,
    .cumulative = cumulative,
    .quantiles = quantiles,
};

VE_PLUGIN(dist_uniform, DISTRIBUTION, "uniform", "1.0", "everybody between two values counts alike", &record,
          &ops)

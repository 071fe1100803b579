/* The distribution `triangular`: customers count the less the farther they are from the mode, and beyond low
 * and high not at all. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ve/plugin.h"

typedef struct triangular {
    int by;
    double low, mode, high;
} triangular;

static const ve_field fields[] = {
    VE_FIELD(triangular, by, VE_T_REF, .name = "by", .of = VE_OF_ATTRIBUTES,
             .doc = "the attribute it speaks of; may be left out where there is only one"),
    VE_FIELD(triangular, low, VE_T_NUMBER, .name = "low", .flags = VE_F_REQUIRED,
             .doc = "where it begins: customers here and below do not count"),
    VE_FIELD(triangular, mode, VE_T_NUMBER, .name = "mode", .flags = VE_F_REQUIRED,
             .doc = "the customer aimed at, or the likeliest value; from low to high"),
    VE_FIELD(triangular, high, VE_T_NUMBER, .name = "high", .flags = VE_F_REQUIRED,
             .doc = "where it ends: customers here and above do not count"),
};
static const ve_record record = {
    .name = "triangular",
    .doc =
        "A target with an end on either side, or a number known by its least, likeliest and greatest value.",
    .size = sizeof(triangular),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "target = ve.triangular { low = 4000, mode = 6000, high = 9000 }",
};

static ve_code prepare(void *params, const ve_sample *sample, const ve_services *services) {
    (void)sample;
    const triangular *own = params;
    if (!(own->low < own->high))
        return services->fail(services, VE_E_RANGE, "high", NULL,
                              "high must be above low, which is %.6g, not %.6g", own->low, own->high);
    if (!(own->low <= own->mode && own->mode <= own->high))
        return services->fail(services, VE_E_RANGE, "mode", NULL,
                              "mode must lie from low to high, from %.6g to %.6g, not at %.6g", own->low,
                              own->high, own->mode);
    return VE_OK;
}

static double log_peak(const void *params) {
    const triangular *own = params;
    return log(2) - log(own->high - own->low);
}

/* The height at x where the mode's is 1. */
static double height(const triangular *own, double x) {
    if (x == own->mode) return 1;
    if (x < own->mode) return fmax(0, (x - own->low) / (own->mode - own->low));
    return fmax(0, (own->high - x) / (own->high - own->mode));
}

static ve_code log_density(const void *params, const ve_columns *columns, double *out,
                           const ve_services *services) {
    (void)services;
    const triangular *own = params;
    const double peak = log_peak(own);
    for (size_t row = 0; row < columns->rows; row++)
        out[row] = log(height(own, columns->column[0][row])) + peak;
    return VE_OK;
}

static double mean(const void *params, size_t attribute) {
    (void)attribute;
    const triangular *own = params;
    return own->low + ((own->mode - own->low) + (own->high - own->low)) / 3;
}

static double quantile(const void *params, double p) {
    const triangular *own = params;
    const double width = own->high - own->low, rise = own->mode - own->low;
    if (p * width < rise) return own->low + sqrt(p * width * rise);
    return own->high - sqrt((1 - p) * width * (own->high - own->mode));
}

static double cumulative(const void *params, double x) {
    const triangular *own = params;
    const double width = own->high - own->low;
    if (x <= own->low) return 0;
    if (x >= own->high) return 1;
    if (x <= own->mode) return (x - own->low) / width * height(own, x);
    return 1 - (own->high - x) / width * height(own, x);
}

static const ve_distribution_ops ops = {
    .size = sizeof ops,
    .prepare = prepare,
    .log_density = log_density,
    .log_peak = log_peak,
    .mean = mean,
    .quantile = quantile,
    .cumulative = cumulative,
};

VE_PLUGIN(dist_triangular, DISTRIBUTION, "triangular", "1.0", "a target that ends on either side", &record,
          &ops)

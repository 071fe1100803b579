/* The distribution `trapezoid`: everybody between two values counts fully, those a little outside count less.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ve/plugin.h"

typedef struct trapezoid {
    int by;
    double low, from, to, high;
} trapezoid;

static const ve_field fields[] = {
    VE_FIELD(trapezoid, by, VE_T_REF, .name = "by", .of = VE_OF_ATTRIBUTES,
             .doc = "the attribute it speaks of; may be left out where there is only one"),
    VE_FIELD(trapezoid, low, VE_T_NUMBER, .name = "low", .flags = VE_F_REQUIRED,
             .doc = "where it begins: customers below do not count"),
    VE_FIELD(trapezoid, from, VE_T_NUMBER, .name = "from", .flags = VE_F_REQUIRED,
             .doc = "from here on customers count fully"),
    VE_FIELD(trapezoid, to, VE_T_NUMBER, .name = "to", .flags = VE_F_REQUIRED, .doc = "up to here"),
    VE_FIELD(trapezoid, high, VE_T_NUMBER, .name = "high", .flags = VE_F_REQUIRED,
             .doc = "where it ends: customers above do not count"),
};
static const ve_record record = {
    .name = "trapezoid",
    .doc = "A segment with soft edges: everybody from `from` to `to` counts fully, those outside it less.",
    .size = sizeof(trapezoid),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "target = ve.trapezoid { low = 4000, from = 5000, to = 7000, high = 9000 }",
};

static ve_code out_of_order(const ve_services *services, const char *field, const char *before, double least,
                            double is) {
    return services->fail(services, VE_E_RANGE, field, "low, from, to and high must ascend",
                          "%s must not be below %s, which is %.6g: it is %.6g", field, before, least, is);
}

static ve_code prepare(void *params, const ve_sample *sample, const ve_services *services) {
    (void)sample;
    const trapezoid *own = params;
    if (!(own->low <= own->from)) return out_of_order(services, "from", "low", own->low, own->from);
    if (!(own->from <= own->to)) return out_of_order(services, "to", "from", own->from, own->to);
    if (!(own->to <= own->high)) return out_of_order(services, "high", "to", own->to, own->high);
    if (!(own->low < own->high))
        return services->fail(services, VE_E_RANGE, "high", NULL, "high must be above low, and both are %.6g",
                              own->low);
    return VE_OK;
}

/* Mean of the base and the top: the area under a height of 1. */
static double area(const trapezoid *own) {
    return (own->high - own->low) / 2 + (own->to - own->from) / 2;
}

static double log_peak(const void *params) {
    return -log(area(params));
}

/* The height at x where the top's is 1. */
static double height(const trapezoid *own, double x) {
    if (x >= own->from && x <= own->to) return 1;
    if (x < own->from) return fmax(0, (x - own->low) / (own->from - own->low));
    return fmax(0, (own->high - x) / (own->high - own->to));
}

static ve_code log_density(const void *params, const ve_columns *columns, double *out,
                           const ve_services *services) {
    (void)services;
    const trapezoid *own = params;
    const double peak = log_peak(own);
    for (size_t row = 0; row < columns->rows; row++)
        out[row] = log(height(own, columns->column[0][row])) + peak;
    return VE_OK;
}

/* From low on: the rising triangle, the top and the falling triangle, each by its area and its middle. */
static double mean(const void *params, size_t attribute) {
    (void)attribute;
    const trapezoid *own = params;
    const double rise = own->from - own->low, top = own->to - own->from, fall = own->high - own->to;
    double moment = rise / 2 * (rise * 2 / 3) + top * (rise + top / 2) + fall / 2 * (rise + top + fall / 3);
    return own->low + moment / area(own);
}

static double quantile(const void *params, double p) {
    const trapezoid *own = params;
    const double whole = area(own), rise = own->from - own->low, fall = own->high - own->to;
    if (p * whole < rise / 2) return own->low + sqrt(2 * p * whole * rise);
    if ((1 - p) * whole < fall / 2) return own->high - sqrt(2 * (1 - p) * whole * fall);
    return own->from + (p * whole - rise / 2);
}

static double cumulative(const void *params, double x) {
    const trapezoid *own = params;
    const double whole = area(own);
    if (x <= own->low) return 0;
    if (x >= own->high) return 1;
    if (x < own->from) return (x - own->low) / 2 * height(own, x) / whole;
    if (x > own->to) return 1 - (own->high - x) / 2 * height(own, x) / whole;
    return ((own->from - own->low) / 2 + (x - own->from)) / whole;
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

VE_PLUGIN(dist_trapezoid, DISTRIBUTION, "trapezoid", "1.0", "a segment with soft edges", &record, &ops)

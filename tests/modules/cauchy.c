/* The plugin of tests/lua/cauchy.lua in C: both give the same numbers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ve/plugin.h"

typedef struct cauchy {
    int by;
    double location, scale;
} cauchy;

static const cauchy defaults = { .by = -1, .location = NAN, .scale = NAN };
static const ve_field fields[] = {
    VE_FIELD(cauchy, location, VE_T_NUMBER, .name = "location", .flags = VE_F_REQUIRED,
             .doc = "centre of the target"),
    VE_FIELD(cauchy, scale, VE_T_NUMBER, .name = "scale", .flags = VE_F_REQUIRED | VE_F_ABOVE, .low = 0,
             .high = INFINITY, .doc = "distance at which a customer counts half"),
    VE_FIELD(cauchy, by, VE_T_REF, .name = "by", .of = VE_OF_ATTRIBUTES, .doc = "the attribute it speaks of"),
};
static const ve_record record = { .name = "cauchy",
                                  .doc = "broad target with long arms",
                                  .size = sizeof(cauchy),
                                  .defaults = &defaults,
                                  .fields = fields,
                                  .count = VE_COUNT(fields),
                                  .example = "ve.cauchy { location = 9000, scale = 2000 }" };

static double pi(void) {
    return acos(-1.0);
}

static ve_code log_density(const void *params, const ve_columns *x, double *out,
                           const ve_services *services) {
    (void)services;
    const cauchy *p = params;
    for (size_t row = 0; row < x->rows; row++) {
        double z = (x->column[0][row] - p->location) / p->scale;
        out[row] = -log(pi() * p->scale) - log(1 + z * z);
    }
    return VE_OK;
}

static double log_peak(const void *params) {
    return -log(pi() * ((const cauchy *)params)->scale);
}

static double mean(const void *params, size_t attribute) {
    (void)params, (void)attribute;
    return NAN;
}

static double quantile(const void *params, double p) {
    const cauchy *c = params;
    return c->location + c->scale * tan(pi() * (p - 0.5));
}

static const ve_distribution_ops ops = {
    .size = sizeof ops, .log_density = log_density, .log_peak = log_peak, .mean = mean, .quantile = quantile
};

VE_PLUGIN(dist_cauchy, DISTRIBUTION, "cauchy", "1.0", "broad target with long arms", &record, &ops)

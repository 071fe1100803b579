/* The distribution `lognormal`: the normal curve over the logarithm, for incomes and other amounts that are
 * never below zero and lean to the small ones. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Customers are weighed by exp(-z^2 / 2), z = ln(x / median) / spread, which is greatest at the median: a
 * target is what the planner calls so. The density has a factor 1/x more and leans below it. */
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "ve/plugin.h"

#define LOG_SQRT_2_PI 0.91893853320467274178

typedef struct lognormal {
    int by;
    double median, spread;
} lognormal;

static const ve_field fields[] = {
    VE_FIELD(lognormal, by, VE_T_REF, .name = "by", .of = VE_OF_ATTRIBUTES,
             .doc = "the attribute it speaks of; may be left out where there is only one"),
    VE_FIELD(lognormal, median, VE_T_NUMBER, .name = "median", .flags = VE_F_REQUIRED | VE_F_ABOVE, .low = 0,
             .high = INFINITY, .doc = "the customer aimed at, who counts the most; of a number the median"),
    VE_FIELD(lognormal, spread, VE_T_NUMBER, .name = "spread", .flags = VE_F_REQUIRED | VE_F_ABOVE, .low = 0,
             .high = INFINITY,
             .doc = "how far it reaches: the standard deviation of the logarithm; 0.5 is about 40 % less to "
                    "65 % more"),
};
static const ve_record record = {
    .name = "lognormal",
    .doc = "A bell over ratios: half of the median is as far away as twice the median.",
    .size = sizeof(lognormal),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "target = ve.lognormal { median = 8000, spread = 0.5 }",
};

static double standardised(const lognormal *own, double x) {
    return x > 0 ? (log(x) - log(own->median)) / own->spread : -HUGE_VAL;
}

static ve_code log_density(const void *params, const ve_columns *columns, double *out,
                           const ve_services *services) {
    (void)services;
    const lognormal *own = params;
    const double constant = -LOG_SQRT_2_PI - log(own->spread);
    for (size_t row = 0; row < columns->rows; row++) {
        double x = columns->column[0][row], z = standardised(own, x);
        out[row] = x > 0 ? constant - log(x) - 0.5 * z * z : -HUGE_VAL;
    }
    return VE_OK;
}

static ve_code log_weight(const void *params, const ve_columns *columns, double *out,
                          const ve_services *services) {
    (void)services;
    const lognormal *own = params;
    for (size_t row = 0; row < columns->rows; row++) {
        double z = standardised(own, columns->column[0][row]);
        out[row] = -0.5 * z * z;
    }
    return VE_OK;
}

/* At the mode, median exp(-spread^2). */
static double log_peak(const void *params) {
    const lognormal *own = params;
    return 0.5 * own->spread * own->spread - log(own->median) - LOG_SQRT_2_PI - log(own->spread);
}

static double mean(const void *params, size_t attribute) {
    (void)attribute;
    const lognormal *own = params;
    return own->median * exp(0.5 * own->spread * own->spread);
}

static double quantile(const void *params, double p) {
    const lognormal *own = params;
    return own->median * exp(own->spread * gsl_cdf_ugaussian_Pinv(p));
}

static double cumulative(const void *params, double x) {
    return x > 0 ? gsl_cdf_ugaussian_P(standardised(params, x)) : 0;
}

static const ve_distribution_ops ops = {
    .size = sizeof ops,
    .log_density = log_density,
    .log_peak = log_peak,
    .mean = mean,
    .quantile = quantile,
    .cumulative = cumulative,
    .log_weight = log_weight,
};

VE_PLUGIN(dist_lognormal, DISTRIBUTION, "lognormal", "1.0", "a bell over ratios, for amounts such as incomes",
          &record, &ops)

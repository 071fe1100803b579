/* The distribution `student_t`: a bell whose arms are the longer the fewer degrees of freedom it has.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * log density = -(df + 1)/2 log(1 + z^2/df) + constant, z = (x - mean) / scale. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

#include "ve/plugin.h"

#define LOG_SQRT_2_PI 0.91893853320467274178

typedef struct student {
    int by;
    double mean, scale, df;
    double constant; /* made by prepare: the log of the greatest density */
} student;

static const ve_field fields[] = {
    VE_FIELD(student, by, VE_T_REF, .name = "by", .of = VE_OF_ATTRIBUTES,
             .doc = "the attribute it speaks of; may be left out where there is only one"),
    VE_FIELD(student, mean, VE_T_NUMBER, .name = "mean", .flags = VE_F_REQUIRED,
             .doc = "the customer aimed at"),
    VE_FIELD(student, scale, VE_T_NUMBER, .name = "scale", .flags = VE_F_REQUIRED | VE_F_ABOVE, .low = 0,
             .high = INFINITY, .doc = "how far the target reaches, like the sd of a normal curve"),
    VE_FIELD(student, df, VE_T_NUMBER, .name = "df", .flags = VE_F_REQUIRED | VE_F_ABOVE, .low = 0,
             .high = INFINITY,
             .doc =
                 "degrees of freedom: 1 has very long arms (Cauchy), beyond 30 it is almost a normal curve"),
};
static const ve_record record = {
    .name = "student_t",
    .doc = "A bell with long arms: customers far away still count, the more the smaller df is.",
    .size = sizeof(student),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "target = ve.student_t { mean = 8000, scale = 1500, df = 5 }",
};

/* log Gamma(a + 1/2) - log Gamma(a) - log(a)/2, where a is large as the series, which does not cancel. */
static double gamma_step(double a) {
    if (a < 60) return gsl_sf_lngamma(a + 0.5) - gsl_sf_lngamma(a) - 0.5 * log(a);
    double b = 1 / a;
    return b * (-1.0 / 8 + b * b * (1.0 / 192 + b * b * (-1.0 / 640)));
}

static ve_code prepare(void *params, const ve_sample *sample, const ve_services *services) {
    (void)sample;
    (void)services;
    student *own = params;
    own->constant = gamma_step(own->df / 2) - LOG_SQRT_2_PI - log(own->scale);
    return VE_OK;
}

static ve_code log_density(const void *params, const ve_columns *columns, double *out,
                           const ve_services *services) {
    (void)services;
    const student *own = params;
    for (size_t row = 0; row < columns->rows; row++) {
        double z = (columns->column[0][row] - own->mean) / own->scale;
        out[row] = own->constant - 0.5 * (own->df + 1) * log1p(z / own->df * z);
    }
    return VE_OK;
}

static double log_peak(const void *params) {
    return ((const student *)params)->constant;
}

static double mean(const void *params, size_t attribute) {
    (void)attribute;
    const student *own = params;
    return own->df > 1 ? own->mean : NAN; /* the arms are too long for one */
}

static double quantile(const void *params, double p) {
    const student *own = params;
    return own->mean + own->scale * gsl_cdf_tdist_Pinv(p, own->df);
}

static double cumulative(const void *params, double x) {
    const student *own = params;
    return gsl_cdf_tdist_P((x - own->mean) / own->scale, own->df);
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

VE_PLUGIN(dist_student_t, DISTRIBUTION, "student_t", "1.0", "a bell with long arms", &record, &ops)

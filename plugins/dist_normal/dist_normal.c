/* The distribution `normal`: customers count the more the nearer they are to the target, in one attribute or
 * several. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * log density = -|M (x - mean)|^2 / 2 + constant, M the inverse of the covariance's Cholesky factor. */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>

#include "ve/cholesky.h"
#include "ve/plugin.h"
#include "ve/wide.h"

#define LOG_2_PI 1.83787706640934548356

typedef struct normal {
    ve_numbers mean, sd;
    ve_rows correlation;
    /* made by prepare: */
    size_t dimensions;
    const int *axis;       /* dimension -> attribute */
    const double *center;  /* dimensions */
    const double *inverse; /* M: dimensions x dimensions, lower triangle */
    double spread;         /* of the first dimension: for a normal that stands for a number */
    double constant;
} normal;

typedef struct correlation {
    int first, second;
    double value;
} correlation;

static const ve_field correlation_fields[] = {
    VE_FIELD(correlation, first, VE_T_REF, .name = "first", .flags = VE_F_REQUIRED, .of = VE_OF_ATTRIBUTES,
             .doc = "an attribute"),
    VE_FIELD(correlation, second, VE_T_REF, .name = "second", .flags = VE_F_REQUIRED, .of = VE_OF_ATTRIBUTES,
             .doc = "another attribute"),
    VE_FIELD(correlation, value, VE_T_NUMBER, .name = "value",
             .flags = VE_F_REQUIRED | VE_F_ABOVE | VE_F_BELOW, .low = -1, .high = 1,
             .doc = "their correlation"),
};
static const ve_record correlation_record = {
    .name = "correlation",
    .doc = "Two attributes and their correlation.",
    .size = sizeof(correlation),
    .fields = correlation_fields,
    .count = VE_COUNT(correlation_fields),
};

static const ve_field fields[] = {
    VE_FIELD(normal, mean, VE_T_VECTOR, .name = "mean", .flags = VE_F_REQUIRED,
             .doc =
                 "the customer aimed at: a number, or one per attribute; attributes left out do not matter"),
    VE_FIELD(
        normal, sd, VE_T_VECTOR, .name = "sd", .flags = VE_F_ABOVE,
        .doc =
            "how far the target reaches: a larger sd is a broader target; left out: the surveyed customers' "
            "standard deviation (n-1)"),
    VE_FIELD(normal, correlation, VE_T_ROWS, .name = "correlation", .record = &correlation_record,
             .doc = "pairs of attributes that go together"),
};
static const ve_record record = {
    .name = "normal",
    .doc = "A target in the shape of a bell, or an uncertain number.",
    .size = sizeof(normal),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "target = ve.normal { mean = 10000, sd = 2000 }",
};

/* ---- prepare ------------------------------------------------------------------------------------ */

/* Room for one value per dimension, and for the matrices while they are made. */
typedef struct axes {
    size_t d;
    int *axis;
    double *center, *sd;
    double *factor;  /* correlation matrix, then its Cholesky factor */
    double *inverse; /* of the factor; then M */
} axes;

static ve_code draft_new(axes *draft, size_t most, const ve_services *services) {
    draft->axis = services->memory(services, most * sizeof *draft->axis);
    draft->center = services->memory(services, most * sizeof *draft->center);
    draft->sd = services->memory(services, most * sizeof *draft->sd);
    draft->factor = services->memory(services, most * most * sizeof *draft->factor);
    draft->inverse = services->memory(services, most * most * sizeof *draft->inverse);
    bool all = draft->axis && draft->center && draft->sd && draft->factor && draft->inverse;
    return all ? VE_OK : VE_E_MEMORY;
}

static ve_code missing_sd(const ve_sample *sample, size_t attribute, const ve_services *services) {
    if (sample->count <= attribute)
        return services->fail(services, VE_E_MISSING_FIELD, "sd", "write ve.normal { mean = ..., sd = ... }",
                              "a normal that stands for a number needs an sd");
    return services->fail(
        services, VE_E_SPREAD, "", "state sd in the target",
        "sd is left out, and the surveyed customers do not differ in '%s', so there is none to take "
        "from them",
        sample->attribute[attribute].id);
}

static ve_code take_sd(const normal *own, const ve_sample *sample, size_t attribute, double *sd,
                       const ve_services *services) {
    if (attribute < own->sd.count && !isnan(own->sd.v[attribute])) return *sd = own->sd.v[attribute], VE_OK;
    *sd = attribute < sample->count ? sample->attribute[attribute].sd : NAN;
    return *sd > 0 ? VE_OK : missing_sd(sample, attribute, services);
}

/* An sd without a mean would be silently without effect. */
static ve_code check_no_sd(const normal *own, const ve_sample *sample, size_t attribute,
                           const ve_services *services) {
    if (attribute >= own->sd.count || isnan(own->sd.v[attribute])) return VE_OK;
    return services->fail(services, VE_E_MISSING_FIELD, "mean", "give its mean, or leave its sd out",
                          "'%s' has an sd but no mean", sample->attribute[attribute].id);
}

static ve_code choose_axes(const normal *own, const ve_sample *sample, axes *draft,
                           const ve_services *services) {
    ve_code first = VE_OK;
    for (size_t a = 0; a < own->mean.count; a++) {
        ve_code code;
        if (isnan(own->mean.v[a])) {
            code = check_no_sd(own, sample, a, services);
        } else {
            draft->axis[draft->d] = (int)a;
            draft->center[draft->d] = own->mean.v[a];
            code = take_sd(own, sample, a, &draft->sd[draft->d], services);
            draft->d++;
        }
        if (!first) first = code;
    }
    return first;
}

static int dimension_of(const axes *draft, int attribute) {
    for (size_t i = 0; i < draft->d; i++)
        if (draft->axis[i] == attribute) return (int)i;
    return -1;
}

static ve_code fail_row(const ve_services *services, ve_code code, size_t row, const char *hint,
                        const char *message) {
    char path[40];
    snprintf(path, sizeof path, "correlation[%zu]", row + 1);
    return services->fail(services, code, path, hint, "%s", message);
}

static ve_code put_correlation(axes *draft, size_t row, const correlation *pair,
                               const ve_services *services) {
    int i = dimension_of(draft, pair->first), j = dimension_of(draft, pair->second);
    if (i < 0 || j < 0)
        return fail_row(services, VE_E_REFERENCE, row, "name both attributes in `mean`",
                        "a correlation with an attribute that has no mean");
    if (i == j)
        return fail_row(services, VE_E_CONFLICT, row, "name two different attributes",
                        "an attribute's correlation with itself is always 1");
    double *at = &draft->factor[(size_t)i * draft->d + (size_t)j];
    if (*at != 0)
        return fail_row(services, VE_E_CONFLICT, row, "keep one of them",
                        "these two attributes stand in an earlier row");
    *at = draft->factor[(size_t)j * draft->d + (size_t)i] = pair->value;
    return VE_OK;
}

static ve_code put_correlations(const normal *own, axes *draft, const ve_services *services) {
    const correlation *pair = own->correlation.v;
    for (size_t i = 0; i < draft->d; i++)
        draft->factor[i * draft->d + i] = 1;
    ve_code first = VE_OK;
    for (size_t row = 0; row < own->correlation.count; row++) {
        ve_code code = put_correlation(draft, row, &pair[row], services);
        if (!first) first = code;
    }
    return first;
}

/* Inverse of a lower triangle, its columns divided by the sd: z = M (x - mean). */
static void invert(const axes *draft) {
    const size_t d = draft->d;
    for (size_t j = 0; j < d; j++) {
        for (size_t i = j; i < d; i++) {
            double sum = i == j ? 1 : 0;
            for (size_t l = j; l < i; l++)
                sum -= draft->factor[i * d + l] * draft->inverse[l * d + j];
            draft->inverse[i * d + j] = sum / draft->factor[i * d + i];
        }
    }
    for (size_t i = 0; i < d; i++)
        for (size_t j = 0; j <= i; j++)
            draft->inverse[i * d + j] /= draft->sd[j];
}

static void finish(normal *own, const axes *draft) {
    own->dimensions = draft->d;
    own->axis = draft->axis;
    own->center = draft->center;
    own->inverse = draft->inverse;
    own->spread = draft->sd[0];
    own->constant = 0;
    for (size_t i = 0; i < draft->d; i++)
        own->constant -= 0.5 * LOG_2_PI + log(draft->sd[i]) + log(draft->factor[i * draft->d + i]);
}

static ve_code prepare(void *params, const ve_sample *sample, const ve_services *services) {
    normal *own = params;
    axes draft = { 0 };
    ve_code code = draft_new(&draft, own->mean.count, services);
    if (!code) code = choose_axes(own, sample, &draft, services);
    if (!code) code = put_correlations(own, &draft, services);
    if (code) return code;
    if (!ve_cholesky(draft.factor, draft.d))
        return services->fail(services, VE_E_CONFLICT, "correlation", "make them smaller, or leave one out",
                              "these correlations contradict each other: no customers can be like that");
    invert(&draft);
    finish(own, &draft);
    return VE_OK;
}

/* ---- what it gives ------------------------------------------------------------------------------ */

enum { BLOCK = 256 };

/* out -= z^2 / 2, z the i-th row of M times (x - mean), for some rows of the columns. */
static void subtract_dimension(const normal *own, size_t i, const ve_columns *columns, size_t from,
                               size_t count, double *out) {
    double z[BLOCK] = { 0 };
    for (size_t l = 0; l <= i; l++) {
        const double *x = columns->column[own->axis[l]] + from;
        const double factor = own->inverse[i * own->dimensions + l], center = own->center[l];
        for (size_t row = 0; row < count; row++)
            z[row] += factor * (x[row] - center);
    }
    for (size_t row = 0; row < count; row++)
        out[row] -= 0.5 * z[row] * z[row];
}

static ve_code log_density(const void *params, const ve_columns *columns, double *out,
                           const ve_services *services) {
    (void)services;
    const normal *own = params;
    for (size_t from = 0; from < columns->rows; from += BLOCK) {
        size_t count = columns->rows - from < BLOCK ? columns->rows - from : BLOCK;
        for (size_t row = 0; row < count; row++)
            out[from + row] = own->constant;
        for (size_t i = 0; i < own->dimensions; i++)
            subtract_dimension(own, i, columns, from, count, out + from);
    }
    return VE_OK;
}

static double log_peak(const void *params) {
    return ((const normal *)params)->constant;
}

static double mean(const void *params, size_t attribute) {
    const normal *own = params;
    return attribute < own->mean.count ? own->mean.v[attribute] : NAN;
}

/* Quantiles of the standard normal between 0.075 and 0.925, where six in seven lie: Wichura's algorithm AS
 * 241 (1988), in operations that vectors have. Others are left to the library. */
#define MIDDLE 0.425

static inline double middle_quantile(double q) {
    double r = 0.180625 - q * q;
    double a = 2.5090809287301226727e+3, b = 5.2264952788528545610e+3;
    a = a * r + 3.3430575583588128105e+4, b = b * r + 2.8729085735721942674e+4;
    a = a * r + 6.7265770927008700853e+4, b = b * r + 3.9307895800092710610e+4;
    a = a * r + 4.5921953931549871457e+4, b = b * r + 2.1213794301586595867e+4;
    a = a * r + 1.3731693765509461125e+4, b = b * r + 5.3941960214247511077e+3;
    a = a * r + 1.9715909503065514427e+3, b = b * r + 6.8718700749205790830e+2;
    a = a * r + 1.3314166789178437745e+2, b = b * r + 4.2313330701600911252e+1;
    a = a * r + 3.3871328727963666080e0, b = b * r + 1;
    return q * a / b;
}

VE_WIDE static void middle_quantiles(const double *p, size_t count, double *out) {
    for (size_t i = 0; i < count; i++)
        out[i] = middle_quantile(p[i] - 0.5);
}

static double quantile(const void *params, double p) {
    const normal *own = params;
    double z = fabs(p - 0.5) <= MIDDLE ? middle_quantile(p - 0.5) : gsl_cdf_ugaussian_Pinv(p);
    return own->center[0] + own->spread * z;
}

static void quantiles(const void *params, size_t count, double *x) {
    const normal *own = params;
    double z[BLOCK];
    for (size_t from = 0; from < count; from += BLOCK) {
        size_t some = count - from < BLOCK ? count - from : BLOCK;
        middle_quantiles(x + from, some, z);
        for (size_t i = 0; i < some; i++) {
            double p = x[from + i];
            if (!(fabs(p - 0.5) <= MIDDLE)) z[i] = gsl_cdf_ugaussian_Pinv(p);
            x[from + i] = own->center[0] + own->spread * z[i];
        }
    }
}

static double cumulative(const void *params, double x) {
    const normal *own = params;
    return gsl_cdf_ugaussian_P((x - own->center[0]) / own->spread);
}

static const ve_distribution_ops ops = {
    .size = sizeof ops,
    .joint = true,
    .prepare = prepare,
    .log_density = log_density,
    .log_peak = log_peak,
    .mean = mean,
    .quantile = quantile,
    .cumulative = cumulative,
    .quantiles = quantiles,
};

VE_PLUGIN(dist_normal, DISTRIBUTION, "normal", "1.0",
          "customers count the more the nearer they are to the target", &record, &ops)

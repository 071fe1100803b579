/* The distribution `truncated_normal`: the normal curve with its ends cut off, below zero unless said
 * otherwise. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything is reckoned from the place between the ends that is nearest to the mean, u sd away from it:
 * density exp(-u (u + 2 c) / 2) / mass, where c is how many sd that place lies beyond the mean. Written so,
 * nothing underflows or cancels where the mean lies far outside the ends. Where both ends are below the mean,
 * u runs downwards. */
#include <gsl/gsl_sf_erf.h>
#include <math.h>

#include "ve/invert.h"
#include "ve/plugin.h"

#define SQRT_HALF_PI 1.25331413731550025121

typedef struct truncated {
    int by;
    double mean, sd, low, high;
    /* made by prepare: */
    double spread;   /* sd, from the survey where left out */
    double origin;   /* the place where u is 0 */
    double way;      /* -1 where u runs downwards, else 1 */
    double from, to; /* the ends as u */
    double beyond;   /* c, not negative */
    double mass;
} truncated;

static const truncated defaults = { .by = -1, .mean = NAN, .sd = NAN, .low = 0, .high = INFINITY };

static const ve_field fields[] = {
    VE_FIELD(truncated, by, VE_T_REF, .name = "by", .of = VE_OF_ATTRIBUTES,
             .doc = "the attribute it speaks of; may be left out where there is only one"),
    VE_FIELD(truncated, mean, VE_T_NUMBER, .name = "mean", .flags = VE_F_REQUIRED,
             .doc = "the customer aimed at: the middle of the curve before its ends are cut off"),
    VE_FIELD(truncated, sd, VE_T_NUMBER, .name = "sd", .flags = VE_F_ABOVE, .low = 0, .high = INFINITY,
             .doc = "how far the target reaches; left out: the surveyed customers' standard deviation (n-1)"),
    VE_FIELD(truncated, low, VE_T_NUMBER, .name = "low", .doc = "customers below do not count"),
    VE_FIELD(truncated, high, VE_T_NUMBER, .name = "high",
             .doc = "customers above do not count; left out: there is no upper end"),
};
static const ve_record record = {
    .name = "truncated_normal",
    .doc = "A bell that ends at low and at high, for amounts that cannot be below zero.",
    .size = sizeof(truncated),
    .defaults = &defaults,
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "target = ve.truncated_normal { mean = 3000, sd = 2500 }",
};

/* ---- masses ------------------------------------------------------------------------------------- */

/* 1 at u = 0. */
static double height(double u, double c) {
    return isinf(u) ? 0 : exp(-0.5 * u * (u + 2 * c));
}

/* Gauss and Legendre's eight places: exact to the last digit where the curve falls little from end to end. */
static double mass_of_piece(double low, double high, double c) {
    static const double place[] = { 0.1834346424956498049, 0.5255324099163289858, 0.7966664774136267396,
                                    0.9602898564975362317 };
    static const double share[] = { 0.3626837833783619830, 0.3137066458778872873, 0.2223810344533744705,
                                    0.1012285362903762592 };
    const double half = (high - low) / 2, middle = low + half;
    double sum = 0;
    for (int i = 0; i < 8; i++)
        sum += share[i / 2] * height(middle + (i & 1 ? half : -half) * place[i / 2], c);
    return half * sum;
}

/* From u to infinity, u + c >= 0. */
static double mass_of_tail(double u, double c) {
    return isinf(u) ? 0 : height(u, c) / gsl_sf_hazard(u + c);
}

/* From low to high, without a difference of nearly equal terms. */
static double mass_between(double low, double high, double c) {
    if (!(high > low)) return 0;
    if (high + c < 0) return mass_between(-high, -low, c); /* then c is 0 */
    if ((high - low) * fmax(1, fmax(-low, high) + c) < 1) return mass_of_piece(low, high, c);
    if (low + c > 0) return mass_of_tail(low, c) - mass_of_tail(high, c);
    return SQRT_HALF_PI * (erf(high / sqrt(2)) + erf(-low / sqrt(2))); /* and here */
}

/* ---- prepare ------------------------------------------------------------------------------------ */

static ve_code take_sd(truncated *own, const ve_sample *sample, const ve_services *services) {
    size_t attribute = own->by < 0 ? 0 : (size_t)own->by;
    own->spread = own->sd;
    if (!isnan(own->sd)) return VE_OK;
    if (!sample->count)
        return services->fail(services, VE_E_MISSING_FIELD, "sd",
                              "write ve.truncated_normal { mean = ..., sd = ... }",
                              "a distribution that stands for a number needs an sd");
    own->spread = sample->attribute[attribute].sd;
    if (own->spread > 0) return VE_OK;
    return services->fail(
        services, VE_E_SPREAD, "", "state sd in the target",
        "sd is left out, and the surveyed customers do not differ in '%s', so there is none to "
        "take from them",
        sample->attribute[attribute].id);
}

static void reckon(truncated *own) {
    own->origin = fmin(own->high, fmax(own->low, own->mean));
    own->way = own->origin < own->mean ? -1 : 1;
    own->beyond = fabs(own->origin - own->mean) / own->spread;
    double low = (own->low - own->origin) / own->spread, high = (own->high - own->origin) / own->spread;
    own->from = own->way < 0 ? -high : low;
    own->to = own->way < 0 ? -low : high;
    own->mass = mass_between(own->from, own->to, own->beyond);
}

static ve_code prepare(void *params, const ve_sample *sample, const ve_services *services) {
    truncated *own = params;
    if (!(own->low < own->high))
        return services->fail(services, VE_E_RANGE, "high",
                              own->low == 0 ? "low is 0 where it is left out" : NULL,
                              "high must be above low, which is %.6g, not %.6g", own->low, own->high);
    ve_code code = take_sd(own, sample, services);
    if (!code) reckon(own);
    return code;
}

/* ---- what it gives ------------------------------------------------------------------------------ */

static double to_u(const truncated *own, double x) {
    return own->way * (x - own->origin) / own->spread;
}

static double to_x(const truncated *own, double u) {
    return fmin(own->high, fmax(own->low, own->origin + own->way * own->spread * u));
}

static double log_peak(const void *params) {
    const truncated *own = params;
    return -log(own->mass) - log(own->spread);
}

static ve_code log_density(const void *params, const ve_columns *columns, double *out,
                           const ve_services *services) {
    (void)services;
    const truncated *own = params;
    const double peak = log_peak(own);
    for (size_t row = 0; row < columns->rows; row++) {
        double x = columns->column[0][row], u = to_u(own, x);
        out[row] = x >= own->low && x <= own->high ? peak - 0.5 * u * (u + 2 * own->beyond) : -HUGE_VAL;
    }
    return VE_OK;
}

static double mean(const void *params, size_t attribute) {
    (void)attribute;
    const truncated *own = params;
    double ends = height(own->from, own->beyond) - height(own->to, own->beyond);
    return to_x(own, ends / own->mass - own->beyond);
}

static double share_before(const void *params, double u) {
    const truncated *own = params;
    return mass_between(own->from, fmin(u, own->to), own->beyond) / own->mass;
}

/* Negative, so that it rises. */
static double share_behind(const void *params, double u) {
    const truncated *own = params;
    return -mass_between(fmax(u, own->from), own->to, own->beyond) / own->mass;
}

static double quantile(const void *params, double p) {
    const truncated *own = params;
    double before = own->way < 0 ? 1 - p : p, behind = own->way < 0 ? p : 1 - p;
    return to_x(own, before < behind ? ve_invert(share_before, own, before, own->from, own->to)
                                     : ve_invert(share_behind, own, -behind, own->from, own->to));
}

static double cumulative(const void *params, double x) {
    const truncated *own = params;
    if (x <= own->low) return 0;
    if (x >= own->high) return 1;
    return own->way < 0 ? -share_behind(own, to_u(own, x)) : share_before(own, to_u(own, x));
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

VE_PLUGIN(dist_truncated_normal, DISTRIBUTION, "truncated_normal", "1.0",
          "a bell with its ends cut off, at zero unless said otherwise", &record, &ops)

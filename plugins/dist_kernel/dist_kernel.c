/* The distribution `kernel`: the shape that given points make, each of them spread out as a little bell.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Density: the mean of normal curves around the points, all with sd = bandwidth. */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "ve/invert.h"
#include "ve/plugin.h"

#define LOG_SQRT_2_PI 0.91893853320467274178

typedef struct kernel {
    int by;
    ve_numbers points;
    double bandwidth;
    /* made by prepare: */
    const double *point; /* ascending */
    double width;        /* bandwidth, from the points where left out */
    double mean, peak;   /* the latter is the log of the greatest density */
} kernel;

static const ve_field fields[] = {
    VE_FIELD(kernel, by, VE_T_REF, .name = "by", .of = VE_OF_ATTRIBUTES,
             .doc = "the attribute it speaks of; may be left out where there is only one"),
    VE_FIELD(kernel, points, VE_T_NUMBERS, .name = "points", .flags = VE_F_REQUIRED,
             .doc = "values of known buyers, or figures seen before"),
    VE_FIELD(kernel, bandwidth, VE_T_NUMBER, .name = "bandwidth", .flags = VE_F_ABOVE, .low = 0,
             .high = INFINITY,
             .doc = "how far each point is spread; left out: Silverman's 0.9 min(sd, IQR/1.34) n^(-1/5)"),
};
static const ve_record record = {
    .name = "kernel",
    .doc = "The shape that given points make: as many bells as there are points.",
    .size = sizeof(kernel),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "target = ve.kernel { points = { 4200, 5000, 5600, 6100, 8000, 9500 } }",
};

/* ---- density ------------------------------------------------------------------------------------ */

/* The first point that is not below x. */
static size_t first_from(const kernel *own, double x) {
    size_t low = 0, high = own->points.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (own->point[middle] < x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* What a point counts at the distance d, where one at the distance `nearest` counts 1; beyond e^-60 nothing.
 */
static double share_of(const kernel *own, double d, double nearest) {
    double falls = 0.5 * ((d - nearest) / own->width) * ((d + nearest) / own->width);
    return falls > 60 ? 0 : exp(-falls);
}

/* From the nearest points outwards, so that nothing underflows and far points cost nothing. */
static double log_at(const kernel *own, double x) {
    const size_t n = own->points.count, right = first_from(own, x);
    double above = right < n ? own->point[right] - x : HUGE_VAL,
           below = right ? x - own->point[right - 1] : HUGE_VAL;
    double nearest = fmin(above, below), z = nearest / own->width, sum = 0, share;
    for (size_t i = right; i < n && (share = share_of(own, own->point[i] - x, nearest)) > 0; i++)
        sum += share;
    for (size_t i = right; i-- > 0 && (share = share_of(own, x - own->point[i], nearest)) > 0;)
        sum += share;
    return log(sum / (double)n) - 0.5 * z * z - log(own->width) - LOG_SQRT_2_PI;
}

static ve_code log_density(const void *params, const ve_columns *columns, double *out,
                           const ve_services *services) {
    (void)services;
    for (size_t row = 0; row < columns->rows; row++)
        out[row] = log_at(params, columns->column[0][row]);
    return VE_OK;
}

/* ---- its peak ----------------------------------------------------------------------------------- */

/* The greatest density between low and high, where it rises and falls at most once. */
static double peak_between(const kernel *own, double low, double high) {
    const double golden = 0.61803398874989484820;
    double a = high - golden * (high - low), b = low + golden * (high - low);
    double at_a = log_at(own, a), at_b = log_at(own, b), best = fmax(at_a, at_b);
    for (int i = 0; i < 60 && a < b; i++) {
        if (at_a > at_b) {
            high = b, b = a, at_b = at_a;
            a = high - golden * (high - low), at_a = log_at(own, a);
        } else {
            low = a, a = b, at_a = at_b;
            b = low + golden * (high - low), at_b = log_at(own, b);
        }
        best = fmax(best, fmax(at_a, at_b));
    }
    return best;
}

/* The next place to look at: a quarter of the bandwidth on, and past the middle of a wide gap. */
static double step(const kernel *own, double x) {
    const double h = own->width;
    size_t next = first_from(own, x);
    bool gap = next > 0 && next < own->points.count && x - own->point[next - 1] > 3 * h &&
               own->point[next] - x > 3 * h;
    double to = gap ? own->point[next] - 3 * h : x + h / 4;
    return to > x ? to : nextafter(x, HUGE_VAL);
}

/* The density's logarithm bends downwards by at most 1/h^2 (h the bandwidth), so its peak is at most 1/128
 * above the nearest of places h/4 apart. */
static double find_peak(const kernel *own) {
    const double from = own->point[0], to = own->point[own->points.count - 1], h = own->width;
    double best = -HUGE_VAL, peak;
    for (double x = from; x < to + h / 4; x = step(own, x))
        best = fmax(best, log_at(own, x));
    peak = best;
    for (double x = from; x < to + h / 4; x = step(own, x))
        if (log_at(own, x) > best - 1.0 / 128) peak = fmax(peak, peak_between(own, x - h / 4, x + h / 4));
    return peak;
}

/* ---- prepare ------------------------------------------------------------------------------------ */

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static ve_code sort_points(kernel *own, const ve_services *services) {
    const size_t n = own->points.count;
    double *point = services->memory(services, n * sizeof *point), sum = 0;
    if (!point) return VE_E_MEMORY;
    for (size_t i = 0; i < n; i++)
        point[i] = own->points.v[i];
    qsort(point, n, sizeof *point, by_value);
    for (size_t i = 0; i < n; i++)
        sum += point[i] / (double)n;
    own->point = point;
    own->mean = sum;
    return VE_OK;
}

/* Between the points beside it, as most programs do (type 7 of Hyndman and Fan). */
static double point_at(const kernel *own, double p) {
    double place = p * (double)(own->points.count - 1);
    size_t before = (size_t)place, after = before + 1 < own->points.count ? before + 1 : before;
    return own->point[before] + (place - (double)before) * (own->point[after] - own->point[before]);
}

/* 0 where the points do not differ. */
static double silverman(const kernel *own) {
    const size_t n = own->points.count;
    double squares = 0, middle = (point_at(own, 0.75) - point_at(own, 0.25)) / 1.34;
    if (own->point[0] == own->point[n - 1]) return 0;
    for (size_t i = 0; i < n; i++)
        squares += (own->point[i] - own->mean) * (own->point[i] - own->mean);
    double sd = sqrt(squares / (double)(n - 1));
    return 0.9 * (middle > 0 ? fmin(sd, middle) : sd) * pow((double)n, -0.2);
}

static ve_code prepare(void *params, const ve_sample *sample, const ve_services *services) {
    (void)sample;
    kernel *own = params;
    if (!own->points.count)
        return services->fail(services, VE_E_LIST, "points", "write points = { 4200, 5000, 5600 }",
                              "points is empty: there is no shape without points");
    ve_code code = sort_points(own, services);
    if (code) return code;
    own->width = isnan(own->bandwidth) ? silverman(own) : own->bandwidth;
    if (!(own->width > 0))
        return services->fail(
            services, VE_E_MISSING_FIELD, "bandwidth", "state it: bandwidth = 500",
            "bandwidth is left out, and the points do not differ, so there is none to take from "
            "them");
    own->peak = find_peak(own);
    return VE_OK;
}

/* ---- as a number -------------------------------------------------------------------------------- */

static double log_peak(const void *params) {
    return ((const kernel *)params)->peak;
}

static double mean(const void *params, size_t attribute) {
    (void)attribute;
    return ((const kernel *)params)->mean;
}

static double cumulative(const void *params, double x) {
    const kernel *own = params;
    size_t below = first_from(own, x - 9 * own->width); /* which count in full */
    double sum = (double)below;
    for (size_t i = below; i < own->points.count && own->point[i] < x + 38 * own->width; i++)
        sum += gsl_cdf_ugaussian_P((x - own->point[i]) / own->width);
    return sum / (double)own->points.count;
}

static double quantile(const void *params, double p) {
    const kernel *own = params;
    double z = gsl_cdf_ugaussian_Pinv(p) * own->width;
    if (isinf(z)) return z;
    return ve_invert(cumulative, own, p, own->point[0] + z, own->point[own->points.count - 1] + z);
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

VE_PLUGIN(dist_kernel, DISTRIBUTION, "kernel", "1.0", "the shape that given points make", &record, &ops)

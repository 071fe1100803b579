/* Shapes with one top and no corners: normal, lognormal, truncated normal, logistic, Student's t.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Scales are fitted as logarithms, so that no step leaves what is possible; errors come from the curvature of
 * the log likelihood at its top, by the delta method. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_psi.h>

#include "study_fit.h"

#define LOG_SQRT_2_PI 0.91893853320467274178

static const char flat[] = "its likelihood has no maximum";

/* theta = location, log of a scale, ...: the first is as it is, the others are logarithms. */
static void read_off(const double *theta, size_t count, const double *covariance, fit_found *found) {
    for (size_t i = 0; i < count; i++) {
        double error = sqrt(covariance[i * count + i]);
        found->value[i] = i ? exp(theta[i]) : theta[i];
        found->error[i] = i ? error * found->value[i] : error;
    }
}

/* ---- normal, lognormal: closed forms ------------------------------------------------------------------- */

static void closed_form(double mean, double sd, double n, fit_found *found) {
    found->value[0] = mean;
    found->value[1] = sd;
    found->error[0] = sd / sqrt(n);
    found->error[1] = sd / sqrt(2 * n);
    found->log_likelihood = -n * (log(sd) + LOG_SQRT_2_PI + 0.5);
}

static void normal_fit(const fit_sample *s, fit_found *found) {
    closed_form(s->mean, s->sd, s->effective, found);
}

static double normal_below(const fit_sample *s, const double *value, double x) {
    (void)s;
    return 0.5 * erfc(-(x - value[0]) / value[1] * M_SQRT1_2);
}

const fit_shape fit_normal = { "normal", 2, false, { "mean", "sd" }, normal_fit, normal_below };

static void lognormal_fit(const fit_sample *s, fit_found *found) {
    double mean = 0, second = 0, near = log(s->x[0]);
    if (!(s->x[0] > 0)) {
        found->why = "some values are not above zero";
        return;
    }
    for (size_t i = 0; i < s->count; i++)
        mean += s->w[i] * (log(s->x[i]) - near);
    mean = near + mean / s->effective;
    for (size_t i = 0; i < s->count; i++) {
        double d = log(s->x[i]) - mean;
        second += s->w[i] * d * d;
    }
    closed_form(mean, sqrt(second / s->effective), s->effective, found);
    found->log_likelihood -= s->effective * mean; /* the density has a factor 1/x */
    found->value[0] = exp(mean);
    found->error[0] *= found->value[0];
}

static double lognormal_below(const fit_sample *s, const double *value, double x) {
    (void)s;
    return 0.5 * erfc(-log(x / value[0]) / value[1] * M_SQRT1_2);
}

const fit_shape fit_lognormal = { "lognormal",    2, false, { "median", "spread" }, lognormal_fit,
                                  lognormal_below };

/* ---- truncated normal, above 0 ------------------------------------------------------------------------- */

static double truncated_term(const double *theta, double x, double *gradient) {
    double sd = exp(theta[1]), z = (x - theta[0]) / sd, a = theta[0] / sd, log_part = fit_log_below(a);
    double hazard = exp(-0.5 * a * a - LOG_SQRT_2_PI - log_part);
    gradient[0] = (z - hazard) / sd;
    gradient[1] = z * z - 1 + a * hazard;
    return -0.5 * z * z - LOG_SQRT_2_PI - theta[1] - log_part;
}

/* Where the sd reaches the mean the likelihood grows for ever as the top moves away below zero (del Castillo
 * 1994). */
static void truncated_fit(const fit_sample *s, fit_found *found) {
    double theta[2] = { s->mean, log(s->sd) }, covariance[4];
    if (s->x[0] < 0)
        found->why = "some values are below zero";
    else if (!(s->sd < s->mean))
        found->why = "the values fall off from zero on: no bell is cut off there";
    else if (!fit_climb_sample(truncated_term, s, theta, 2, covariance, &found->log_likelihood))
        found->why = flat;
    else
        read_off(theta, 2, covariance, found);
}

static double truncated_below(const fit_sample *s, const double *value, double x) {
    (void)s;
    double above = fit_log_below(-(x - value[0]) / value[1]) - fit_log_below(value[0] / value[1]);
    return -expm1(above);
}

const fit_shape fit_truncated_normal = { "truncated_normal", 2, false, { "mean", "sd" }, truncated_fit,
                                         truncated_below };

/* ---- logistic ------------------------------------------------------------------------------------------ */

static double logistic_term(const double *theta, double x, double *gradient) {
    double scale = exp(theta[1]), z = (x - theta[0]) / scale, bend = tanh(z / 2);
    gradient[0] = bend / scale;
    gradient[1] = z * bend - 1;
    return -fabs(z) - 2 * log1p(exp(-fabs(z))) - theta[1];
}

static void logistic_fit(const fit_sample *s, fit_found *found) {
    double theta[2] = { s->mean, log(s->sd * sqrt(3) / M_PI) }, covariance[4];
    if (!fit_climb_sample(logistic_term, s, theta, 2, covariance, &found->log_likelihood))
        found->why = flat;
    else
        read_off(theta, 2, covariance, found);
}

static double logistic_below(const fit_sample *s, const double *value, double x) {
    (void)s;
    return 1 / (1 + exp(-(x - value[0]) / value[1]));
}

const fit_shape fit_logistic = { "logistic", 2, false, { "mean", "scale" }, logistic_fit, logistic_below };

/* ---- Student's t --------------------------------------------------------------------------------------- */

#define DF_MOST 200.0 /* beyond it nothing tells it from a normal curve */
#define DF_LEAST 0.5

/* theta = mean, log of the scale, log of df; the gradient has three parts. */
static double student_sum(const fit_sample *s, const double *theta, double *gradient) {
    double scale = exp(theta[1]), df = exp(theta[2]), sum = 0;
    double constant = gsl_sf_lngamma((df + 1) / 2) - gsl_sf_lngamma(df / 2) - 0.5 * log(df * M_PI) - theta[1];
    double by_df = gsl_sf_psi((df + 1) / 2) - gsl_sf_psi(df / 2) - 1 / df;
    gradient[0] = gradient[1] = gradient[2] = 0;
    for (size_t i = 0; i < s->count; i++) {
        double z = (s->x[i] - theta[0]) / scale, zz = z * z, tail = log1p(zz / df), w = s->w[i];
        double pull = (df + 1) / (df + zz);
        sum += w * (constant - 0.5 * (df + 1) * tail);
        gradient[0] += w * pull * z / scale;
        gradient[1] += w * (pull * zz - 1);
        gradient[2] += w * 0.5 * df * (by_df - tail + pull * zz / df);
    }
    return sum;
}

static double student_total(const void *context, const double *theta, double *gradient, double *hessian) {
    (void)hessian;
    return student_sum(context, theta, gradient);
}

/* The same with the degrees of freedom held. */
typedef struct held {
    const fit_sample *sample;
    double log_df;
} held;

static double held_total(const void *context, const double *theta, double *gradient, double *hessian) {
    const held *h = context;
    double full[3] = { theta[0], theta[1], h->log_df }, slope[3];
    (void)hessian;
    double sum = student_sum(h->sample, full, slope);
    gradient[0] = slope[0];
    gradient[1] = slope[1];
    return sum;
}

/* The best location and scale for some degrees of freedom; theta has room for three. */
static double held_fit(const fit_sample *s, double df, double *theta, double *covariance) {
    held h = { s, log(df) };
    fit_hill hill = { held_total, &h, 2, false };
    double room[FIT_CLIMB_ROOM], slope[2];
    theta[0] = fit_quantile(s, 0.5);
    theta[1] = log(s->sd * (df > 2 ? sqrt(1 - 2 / df) : 0.5));
    theta[2] = h.log_df;
    if (!fit_climb(&hill, theta, covariance, room)) return -INFINITY;
    return held_total(&h, theta, slope, NULL);
}

/* No longer arms than a normal curve: the degrees of freedom stay at the most that is looked at. */
static void student_at_end(const fit_sample *s, fit_found *found) {
    double theta[3], covariance[4];
    found->log_likelihood = held_fit(s, DF_MOST, theta, covariance);
    read_off(theta, 2, covariance, found);
    found->value[2] = DF_MOST;
}

static void student_fit(const fit_sample *s, fit_found *found) {
    static const double df[] = { DF_LEAST, 1, 1.5, 2, 3, 5, 8, 13, 21, 40, 80, DF_MOST };
    double best[3] = { 0, 0, 0 }, theta[3], covariance[9], height = -INFINITY;
    for (size_t i = 0; i < VE_COUNT(df); i++) {
        double one = held_fit(s, df[i], theta, NULL);
        if (!(one > height)) continue;
        height = one;
        for (size_t j = 0; j < 3; j++)
            best[j] = theta[j];
    }
    fit_hill hill = { student_total, s, 3, false };
    double room[FIT_CLIMB_ROOM], slope[3];
    bool found_top = isfinite(height) && fit_climb(&hill, best, covariance, room) && best[2] < log(DF_MOST) &&
                     best[2] > log(DF_LEAST) && 2 * exp(best[1]) >= s->gap;
    found->log_likelihood = student_sum(s, best, slope);
    if (found_top)
        read_off(best, 3, covariance, found);
    else if (isfinite(height) && best[2] > 1)
        student_at_end(s, found);
    else
        found->why = flat;
}

static double student_below(const fit_sample *s, const double *value, double x) {
    (void)s;
    return gsl_cdf_tdist_P((x - value[0]) / value[1], value[2]);
}

const fit_shape fit_student_t = {
    "student_t", 3, false, { "mean", "scale", "df" }, student_fit, student_below
};

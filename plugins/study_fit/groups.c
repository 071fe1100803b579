/* Shapes of several bells: a mixture of two normal curves, and a kernel around every customer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "study_fit.h"

#define LOG_SQRT_2_PI 0.91893853320467274178

static double bell(double x, double mean, double sd) {
    double z = (x - mean) / sd;
    return exp(-0.5 * z * z - LOG_SQRT_2_PI) / sd;
}

/* ---- a mixture of two normal curves -------------------------------------------------------------------- */

enum { SHARE, MEAN_1, SD_1, MEAN_2, SD_2, MIXED };

/* theta: logit of the first one's share, its mean, log of its sd, and the same of the second. */
static double mixture_term(const double *theta, double x, double *gradient) {
    double share = 1 / (1 + exp(-theta[SHARE])), sd1 = exp(theta[SD_1]), sd2 = exp(theta[SD_2]);
    double z1 = (x - theta[MEAN_1]) / sd1, z2 = (x - theta[MEAN_2]) / sd2;
    double l1 = log(share) - 0.5 * z1 * z1 - theta[SD_1], l2 = log1p(-share) - 0.5 * z2 * z2 - theta[SD_2];
    double first = 1 / (1 + exp(l2 - l1)), second = 1 - first;
    gradient[SHARE] = first - share;
    gradient[MEAN_1] = first * z1 / sd1;
    gradient[SD_1] = first * (z1 * z1 - 1);
    gradient[MEAN_2] = second * z2 / sd2;
    gradient[SD_2] = second * (z2 * z2 - 1);
    return fmax(l1, l2) + log1p(exp(-fabs(l1 - l2))) - LOG_SQRT_2_PI;
}

/* One round of expectation and maximisation (Dempster, Laird and Rubin 1977). */
static void em_round(const fit_sample *s, double v[MIXED]) {
    double sum[2] = { 0, 0 }, first[2] = { 0, 0 }, second[2] = { 0, 0 };
    for (size_t i = 0; i < s->count; i++) {
        double a = v[SHARE] * bell(s->x[i], v[MEAN_1], v[SD_1]);
        double b = (1 - v[SHARE]) * bell(s->x[i], v[MEAN_2], v[SD_2]);
        double part = a + b > 0 ? a / (a + b) : 0.5, d = s->x[i] - s->mean;
        for (int k = 0; k < 2; k++) {
            double w = s->w[i] * (k ? 1 - part : part);
            sum[k] += w;
            first[k] += w * d;
            second[k] += w * d * d;
        }
    }
    v[SHARE] = sum[0] / (sum[0] + sum[1]);
    for (int k = 0; k < 2; k++) {
        double mean = first[k] / sum[k];
        v[MEAN_1 + 2 * k] = s->mean + mean;
        v[SD_1 + 2 * k] = fmax(sqrt(fmax(second[k] / sum[k] - mean * mean, 0)), s->gap / 2);
    }
}

static bool mixture_from(const fit_sample *s, double cut, double theta[MIXED], double *covariance,
                         double *height) {
    double v[MIXED] = { cut, fit_quantile(s, cut / 2), s->sd / 2, fit_quantile(s, (1 + cut) / 2), s->sd / 2 };
    for (int i = 0; i < 100; i++)
        em_round(s, v);
    if (!(v[SHARE] > 1e-6 && v[SHARE] < 1 - 1e-6)) return false;
    theta[SHARE] = log(v[SHARE] / (1 - v[SHARE]));
    theta[MEAN_1] = v[MEAN_1];
    theta[SD_1] = log(v[SD_1]);
    theta[MEAN_2] = v[MEAN_2];
    theta[SD_2] = log(v[SD_2]);
    return fit_climb_sample(mixture_term, s, theta, MIXED, covariance, height);
}

/* A bell narrower than half the smallest gap between two values stands on one of them alone. */
static bool is_spike(const fit_sample *s, const double *theta) {
    double share = 1 / (1 + exp(-theta[SHARE])), least = fmin(share, 1 - share) * s->effective;
    return exp(theta[SD_1]) < s->gap / 2 || exp(theta[SD_2]) < s->gap / 2 || !(least >= 2);
}

static void mixture_read(const double *theta, const double *covariance, fit_found *found) {
    double share = 1 / (1 + exp(-theta[SHARE]));
    for (size_t i = 0; i < MIXED; i++) {
        double scale = i == SHARE ? share * (1 - share) : i == SD_1 || i == SD_2 ? exp(theta[i]) : 1;
        found->value[i] = i == SHARE ? share : i == SD_1 || i == SD_2 ? exp(theta[i]) : theta[i];
        found->error[i] = scale * sqrt(covariance[i * MIXED + i]);
    }
}

/* The group with the lower mean comes first. */
static void in_order(double theta[MIXED]) {
    if (theta[MEAN_1] <= theta[MEAN_2]) return;
    double mean = theta[MEAN_1], sd = theta[SD_1];
    theta[SHARE] = -theta[SHARE];
    theta[MEAN_1] = theta[MEAN_2];
    theta[SD_1] = theta[SD_2];
    theta[MEAN_2] = mean;
    theta[SD_2] = sd;
}

static void mixture_fit(const fit_sample *s, fit_found *found) {
    static const double cut[] = { 0.2, 0.5, 0.8 };
    double theta[MIXED], covariance[MIXED * MIXED], height;
    found->log_likelihood = -INFINITY;
    for (size_t i = 0; i < VE_COUNT(cut); i++) {
        if (!mixture_from(s, cut[i], theta, covariance, &height)) continue;
        if (is_spike(s, theta) || !(height > found->log_likelihood)) continue;
        in_order(theta);
        if (!fit_climb_sample(mixture_term, s, theta, MIXED, covariance, &height)) continue;
        found->log_likelihood = height;
        mixture_read(theta, covariance, found);
    }
    if (isinf(found->log_likelihood)) found->why = "two groups cannot be told apart";
}

static double mixture_below(const fit_sample *s, const double *v, double x) {
    (void)s;
    double a = 0.5 * erfc(-(x - v[MEAN_1]) / v[SD_1] * M_SQRT1_2),
           b = 0.5 * erfc(-(x - v[MEAN_2]) / v[SD_2] * M_SQRT1_2);
    return v[SHARE] * a + (1 - v[SHARE]) * b;
}

const fit_shape fit_mixture = { "mixture",   MIXED,        false, { "share", "mean1", "sd1", "mean2", "sd2" },
                                mixture_fit, mixture_below };

/* ---- kernel -------------------------------------------------------------------------------------------- */

enum { KERNEL_MOST = 5000 };

/* Half the range between the quartiles, as the sd of a normal curve with the same (Silverman 1986). */
static double spread(const fit_sample *s) {
    double n = s->effective, sd = s->sd * sqrt(n / (n - 1));
    double quartiles = (fit_quantile(s, 0.75) - fit_quantile(s, 0.25)) / 1.34;
    return quartiles > 0 ? fmin(sd, quartiles) : sd;
}

/* Each customer is judged by the others: a kernel on its own place would flatter it. */
static void kernel_fit(const fit_sample *s, fit_found *found) {
    double h = 0.9 * spread(s) * pow(s->effective, -0.2), sum = 0;
    if (s->count > KERNEL_MOST) {
        found->why = "more than 5000 different values";
        return;
    }
    for (size_t i = 0; i < s->count; i++) {
        double own = s->w[i] / s->c[i], density = -own * bell(0, 0, h);
        for (size_t j = 0; j < s->count; j++)
            density += s->w[j] * bell(s->x[i], s->x[j], h);
        sum += s->w[i] * log(fmax(density, 0) / (s->effective - own));
    }
    found->value[0] = h;
    found->log_likelihood = sum;
}

static double kernel_below(const fit_sample *s, const double *v, double x) {
    double sum = 0;
    for (size_t i = 0; i < s->count; i++)
        sum += s->w[i] * 0.5 * erfc(-(x - s->x[i]) / v[0] * M_SQRT1_2);
    return sum / s->effective;
}

const fit_shape fit_kernel = { "kernel", 1, false, { "bandwidth" }, kernel_fit, kernel_below };

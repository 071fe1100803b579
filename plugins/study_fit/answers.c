/* A bell from what customers say of one option: how likely they are to buy it, or yes and no.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "study_fit.h"

/* ---- answers by value ---------------------------------------------------------------------------------- */

static void add_up(const fit_people *people, const double *answer, const fit_sample *s, double *mean,
                   double *within) {
    double raw = 0, own = 0;
    for (size_t r = 0, i = 0; r < people->rows; r++) {
        if (!(people->w[r] > 0)) continue;
        while (s->x[i] != people->x[r])
            i++;
        mean[i] += people->w[r] * answer[people->row[r]];
        raw += people->w[r];
    }
    double scale = s->effective / raw;
    for (size_t i = 0; i < s->count; i++)
        mean[i] *= scale / s->w[i];
    for (size_t r = 0, i = 0; r < people->rows; r++) {
        if (!(people->w[r] > 0)) continue;
        while (s->x[i] != people->x[r])
            i++;
        double d = answer[people->row[r]] - mean[i];
        own += people->w[r] * scale * d * d;
    }
    *within = own;
}

ve_code fit_answers_make(const ve_study_services *services, const fit_people *people, const double *answer,
                         fit_answers *out) {
    *out = (fit_answers){ .within = 0 };
    ve_code code = fit_sample_make(services, people, NULL, &out->sample);
    if (code) return code;
    double *mean = services->base->memory(services->base, (out->sample.count + 1) * sizeof *mean);
    if (!mean) return VE_E_MEMORY;
    add_up(people, answer, &out->sample, mean, &out->within);
    out->mean = mean;
    return VE_OK;
}

static fit_bell no_bell(const fit_answers *a, const char *why) {
    return (
        fit_bell){ NAN, NAN, NAN, NAN, NAN, NAN, NAN, a->sample.customers, a->sample.effective, .why = why };
}

static double share_of(const fit_answers *a) {
    double sum = 0;
    for (size_t i = 0; i < a->sample.count; i++)
        sum += a->sample.w[i] * a->mean[i];
    return sum / a->sample.effective;
}

/* Why no bell can be looked for; NULL. */
static const char *hopeless(const fit_answers *a, size_t parameters) {
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < a->sample.count; i++) {
        low = fmin(low, a->mean[i]);
        high = fmax(high, a->mean[i]);
    }
    if (a->sample.count < parameters) return "too few different values of the attribute";
    if (a->sample.effective < (double)parameters + 2) return "too few customers";
    return low == high && a->within == 0 ? "all answers are the same" : NULL;
}

/* No bell is narrower than half the smallest gap between two customers: it would stand on one of them. */
static void hold_sd(const fit_sample *s, fit_bell *bell) {
    if (!(bell->sd < s->gap / 2)) return;
    bell->sd = s->gap / 2;
    bell->mean_error = bell->sd_error = NAN;
    bell->held = true;
}

/* A top that may stand anywhere is none. */
static void doubt(const fit_sample *s, fit_bell *bell) {
    if (bell->mean_error > 2 * s->sd)
        bell->why = "the answers hardly change along the attribute, so no bell is seen";
}

/* ---- intention ----------------------------------------------------------------------------------------- */

enum { MEAN, LOG_SD, LOG_HEIGHT };

/* Minus half the sum of squares; theta without LOG_HEIGHT has height 1. */
typedef struct squares {
    const fit_answers *answers;
    bool full; /* the height is at its most */
} squares;

static double squares_total(const void *context, const double *theta, double *gradient, double *hessian) {
    const squares *q = context;
    const fit_sample *s = &q->answers->sample;
    double sd = exp(theta[LOG_SD]), height = q->full ? 1 : exp(theta[LOG_HEIGHT]), sum = 0;
    (void)hessian;
    for (int i = 0; i < 3 - q->full; i++)
        gradient[i] = 0;
    for (size_t i = 0; i < s->count; i++) {
        double z = (s->x[i] - theta[MEAN]) / sd, f = height * exp(-0.5 * z * z);
        double rest = q->answers->mean[i] - f, pull = s->w[i] * rest * f;
        sum -= 0.5 * s->w[i] * rest * rest;
        gradient[MEAN] += pull * z / sd;
        gradient[LOG_SD] += pull * z * z;
        if (!q->full) gradient[LOG_HEIGHT] += pull;
    }
    return sum;
}

/* Where the answers say to begin. */
static void begin(const fit_answers *a, double wide, double theta[3]) {
    const fit_sample *s = &a->sample;
    double sum = 0, first = 0, second = 0;
    for (size_t i = 0; i < s->count; i++) {
        sum += s->w[i] * a->mean[i];
        first += s->w[i] * a->mean[i] * (s->x[i] - s->mean);
    }
    double mean = first / sum;
    for (size_t i = 0; i < s->count; i++)
        second += s->w[i] * a->mean[i] * (s->x[i] - s->mean - mean) * (s->x[i] - s->mean - mean);
    theta[MEAN] = s->mean + mean;
    theta[LOG_SD] = log(wide * fmax(sqrt(second / sum), s->gap));
    theta[LOG_HEIGHT] = log(fmin(fmax(sum / s->effective * 1.5, 0.05), 0.95));
}

/* The best of several beginnings; false: none leads to a top. */
static bool climb_squares(const squares *q, double theta[3], double *height) {
    static const double wide[] = { 1, 0.5, 0.25, 2, 4 };
    double room[FIT_CLIMB_ROOM], one[3], slope[3];
    bool found = false;
    fit_hill hill = { squares_total, q, q->full ? 2 : 3, false };
    for (size_t i = 0; i < VE_COUNT(wide); i++) {
        begin(q->answers, wide[i], one);
        if (!fit_climb(&hill, one, NULL, room)) continue;
        double reached = squares_total(q, one, slope, NULL);
        if (found && !(reached > *height)) continue;
        *height = reached;
        memcpy(theta, one, sizeof one);
        found = true;
    }
    return found;
}

/* From J'J, J the derivatives by mean, sd and height. */
static void square_errors(const squares *q, double height, fit_bell *bell) {
    const fit_sample *s = &q->answers->sample;
    size_t p = q->full ? 2 : 3;
    double sum[9] = { 0 }, room[9];
    for (size_t i = 0; i < s->count; i++) {
        double z = (s->x[i] - bell->mean) / bell->sd, f = bell->height * exp(-0.5 * z * z);
        double j[3] = { f * z / bell->sd, f * z * z / bell->sd, f / bell->height };
        for (size_t k = 0; k < p * p; k++)
            sum[k] += s->w[i] * j[k / p] * j[k % p];
    }
    double variance = (q->answers->within - 2 * height) / (s->effective - (double)p);
    bool known = fit_invert(sum, p, room);
    bell->mean_error = known ? sqrt(variance * sum[0]) : NAN;
    bell->sd_error = known ? sqrt(variance * sum[p + 1]) : NAN;
    bell->height_error = known && !q->full ? sqrt(variance * sum[8]) : NAN;
}

void fit_intention(const fit_answers *answers, fit_bell *out) {
    squares q = { answers, false };
    const fit_sample *s = &answers->sample;
    double theta[3], height = 0;
    *out = no_bell(answers, hopeless(answers, 3));
    if (out->why) return;
    bool found = share_of(answers) > 0 && climb_squares(&q, theta, &height);
    if (found && theta[LOG_HEIGHT] > 0) {
        q.full = true;
        found = climb_squares(&q, theta, &height);
    }
    double range = s->x[s->count - 1] - s->x[0];
    if (!found || exp(theta[LOG_SD]) > 20 * range || fabs(theta[MEAN] - s->mean) > 10 * range) {
        out->why = "the answers show no bell: they hardly change, or change in one direction only";
        return;
    }
    out->mean = theta[MEAN];
    out->sd = exp(theta[LOG_SD]);
    out->height = q.full ? 1 : exp(theta[LOG_HEIGHT]);
    square_errors(&q, height, out);
    doubt(s, out);
    hold_sd(s, out);
}

/* ---- yes or no ----------------------------------------------------------------------------------------- */

typedef struct logit {
    const fit_answers *answers;
    bool firth;
} logit;

static double log_one_plus_exp(double x) {
    return fmax(x, 0) + log1p(exp(-fabs(x)));
}

static double standing(const fit_sample *s, size_t i) {
    return (s->x[i] - s->mean) / s->sd;
}

/* The likelihood, its gradient and the information matrix. */
static double logit_parts(const logit *l, const double *b, double gradient[3], double information[9]) {
    const fit_sample *s = &l->answers->sample;
    double sum = 0;
    memset(gradient, 0, 3 * sizeof *gradient);
    memset(information, 0, 9 * sizeof *information);
    for (size_t i = 0; i < s->count; i++) {
        double z = standing(s, i), row[3] = { 1, z, z * z }, index = b[0] + b[1] * z + b[2] * z * z;
        double share = 1 / (1 + exp(-index)), yes = l->answers->mean[i];
        sum += s->w[i] * (yes * index - log_one_plus_exp(index));
        for (size_t j = 0; j < 3; j++)
            gradient[j] += s->w[i] * (yes - share) * row[j];
        for (size_t k = 0; k < 9; k++)
            information[k] += s->w[i] * share * (1 - share) * row[k / 3] * row[k % 3];
    }
    return sum;
}

static double log_determinant(const double a[9]) {
    double det = a[0] * (a[4] * a[8] - a[5] * a[7]) - a[1] * (a[3] * a[8] - a[5] * a[6]) +
                 a[2] * (a[3] * a[7] - a[4] * a[6]);
    return log(det);
}

/* Half the log of the information's determinant, and its gradient by the leverages (Firth 1993). */
static double penalty(const logit *l, const double *b, const double information[9], double gradient[3]) {
    const fit_sample *s = &l->answers->sample;
    double inverse[9], room[9];
    memcpy(inverse, information, sizeof inverse);
    if (!fit_invert(inverse, 3, room)) return -INFINITY;
    for (size_t i = 0; i < s->count; i++) {
        double z = standing(s, i), row[3] = { 1, z, z * z }, index = b[0] + b[1] * z + b[2] * z * z;
        double share = 1 / (1 + exp(-index)), reach = 0;
        for (size_t k = 0; k < 9; k++)
            reach += inverse[k] * row[k / 3] * row[k % 3];
        double pull = s->w[i] * share * (1 - share) * reach * (0.5 - share);
        for (size_t j = 0; j < 3; j++)
            gradient[j] += pull * row[j];
    }
    return 0.5 * log_determinant(information);
}

static double logit_total(const void *context, const double *b, double *gradient, double *hessian) {
    const logit *l = context;
    double information[9];
    double sum = logit_parts(l, b, gradient, information);
    if (l->firth) sum += penalty(l, b, information, gradient);
    for (size_t k = 0; hessian && k < 9; k++)
        hessian[k] = -information[k];
    return sum;
}

/* Shares of yes that are all but 0 or 1 everywhere: the likelihood grows for ever. */
static bool apart(const fit_sample *s, const double *b) {
    for (size_t i = 0; i < s->count; i++) {
        double z = standing(s, i);
        if (fabs(b[0] + b[1] * z + b[2] * z * z) < 15) return false;
    }
    return true;
}

static bool climb_logit(logit *l, double b[3], double covariance[9]) {
    double room[FIT_CLIMB_ROOM];
    fit_hill hill = { logit_total, l, 3, true };
    memset(b, 0, 3 * sizeof *b);
    if (fit_climb(&hill, b, covariance, room) && !apart(&l->answers->sample, b) && !isnan(covariance[0]))
        return true;
    memset(b, 0, 3 * sizeof *b);
    l->firth = true;
    hill.curved = false;
    return fit_climb(&hill, b, covariance, room);
}

/* mean = -b1 / 2 b2, sd^2 = -1 / 2 b2, in units of the sample; errors by the delta method. */
static void read_bell(const fit_sample *s, const double b[3], const double v[9], fit_bell *out) {
    double mean = -b[1] / (2 * b[2]), sd = sqrt(-1 / (2 * b[2]));
    double by_one = -1 / (2 * b[2]), by_two = b[1] / (2 * b[2] * b[2]), sd_by = sd * sd * sd;
    out->mean = s->mean + s->sd * mean;
    out->sd = s->sd * sd;
    out->mean_error =
        s->sd * sqrt(by_one * by_one * v[4] + 2 * by_one * by_two * v[5] + by_two * by_two * v[8]);
    out->sd_error = s->sd * sd_by * sqrt(v[8]);
}

void fit_yes(const fit_answers *answers, fit_bell *out) {
    logit l = { answers, false };
    double b[3], covariance[9], slope[3], information[9];
    *out = no_bell(answers, hopeless(answers, 3));
    double share = share_of(answers);
    if (!out->why && (share <= 0 || share >= 1)) out->why = share > 0 ? "all say yes" : "all say no";
    if (out->why) return;
    if (!climb_logit(&l, b, covariance))
        out->why = "the answers do not say where the bell stands";
    else if (!(b[2] < 0))
        out->why = "the share of yes has no top: it is greatest at the ends";
    if (out->why) return;
    out->log_likelihood = logit_parts(&l, b, slope, information);
    out->steadied = l.firth;
    read_bell(&answers->sample, b, covariance, out);
    doubt(&answers->sample, out);
    hold_sd(&answers->sample, out);
}

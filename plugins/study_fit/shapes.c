/* The shapes that can be fitted, and what they have in common.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_sf_erf.h>

#include "study_fit.h"

const fit_shape *const fit_shapes[FIT_COUNT] = {
#define FIT_SHAPE_ADDRESS(name) &fit_##name,
    FIT_SHAPES(FIT_SHAPE_ADDRESS)
#undef FIT_SHAPE_ADDRESS
};

double fit_log_below(double z) {
    return z > -5 ? log(0.5 * erfc(-z * M_SQRT1_2)) : gsl_sf_log_erfc(-z * M_SQRT1_2) - M_LN2;
}

/* Greatest distance between the shares below x that are surveyed and those of the shape. */
static double distance(const fit_shape *shape, const fit_sample *s, const double *value) {
    double most = 0, reached = 0;
    for (size_t i = 0; i < s->count; i++) {
        double share = shape->below(s, value, s->x[i]);
        most = fmax(most, fabs(share - reached / s->effective));
        reached += s->w[i];
        most = fmax(most, fabs(share - reached / s->effective));
    }
    return most;
}

/* Akaike 1974, Hurvich and Tsai 1989, Schwarz 1978. */
static void criteria(double n, size_t parameters, fit_found *f) {
    double p = (double)parameters;
    f->aic = 2 * p - 2 * f->log_likelihood;
    f->aicc = n > p + 1 ? f->aic + 2 * p * (p + 1) / (n - p - 1) : NAN;
    f->bic = p * log(n) - 2 * f->log_likelihood;
}

void fit_shape_try(int which, const fit_sample *sample, fit_found *found) {
    const fit_shape *shape = fit_shapes[which];
    *found = (fit_found){ .shape = which, .log_likelihood = NAN, .aic = NAN, .aicc = NAN, .bic = NAN };
    found->ks = NAN;
    for (size_t i = 0; i < FIT_PARAMETERS; i++)
        found->value[i] = found->error[i] = NAN;
    if (sample->count < 3)
        found->why = "fewer than three different values";
    else if (sample->effective < (double)shape->count + 2)
        found->why = "too few customers for so many parameters";
    if (!found->why) shape->fit(sample, found);
    if (!found->why && !isfinite(found->log_likelihood)) found->why = "its likelihood has no maximum";
    if (found->why) return;
    if (which != FIT_kernel) criteria(sample->effective, shape->count, found);
    found->ks = distance(shape, sample, found->value);
}

int fit_best(const fit_found found[FIT_COUNT]) {
    int best = -1;
    for (int i = 0; i < FIT_COUNT; i++)
        if (!found[i].why && isfinite(found[i].aic) && (best < 0 || found[i].aic < found[best].aic)) best = i;
    return best;
}

static bool open_shape(const fit_found *f) {
    return !f->why && isfinite(f->aic) && !fit_shapes[f->shape]->ends;
}

int fit_target_shape(const fit_found found[FIT_COUNT]) {
    double least = INFINITY;
    int best = -1;
    for (int i = 0; i < FIT_COUNT; i++)
        if (open_shape(&found[i])) least = fmin(least, found[i].aic);
    for (int i = 0; i < FIT_COUNT; i++) {
        if (!open_shape(&found[i]) || !(found[i].aic - least < FIT_CLOSE)) continue;
        size_t own = fit_shapes[i]->count, other = best < 0 ? SIZE_MAX : fit_shapes[best]->count;
        if (own < other || (own == other && found[i].aic < found[best].aic)) best = i;
    }
    return best;
}

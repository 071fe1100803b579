/* What must hold for distributions. SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_integration.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "num/random.h"
#include "prove/internal.h"
#include "ve/part.h"

enum { WORKSPACE = 2000, DRAWS = 1000000 };

/* The word in hand. */
typedef struct subject {
    ve_proof *proof;
    const ve_word *word;
    const ve_distribution_ops *ops;
    const ve_case *of;
    ve_arena *arena;
    ve_errors *errors;
    gsl_integration_workspace *workspace;
    double about, power;                         /* of the moment being integrated */
    double (*piece)(double, void *), from, unit; /* of the tail being integrated */
} subject;

/* Shares between which everything is looked at. */
static const double share[] = { 0,   1e-6, 0.001, 0.01, 0.05, 0.1,  0.2,   0.3,      0.4, 0.5,
                                0.6, 0.7,  0.8,   0.9,  0.95, 0.99, 0.999, 1 - 1e-6, 1 };
enum { SHARES = sizeof share / sizeof *share };

/* ---- looking at it --------------------------------------------------------------------------- */

/* log of the weight of customers, on the footing of the density; false where that fails. */
static bool weigh(const subject *s, const double *x, size_t rows, double *out) {
    double zero[256] = { 0 };
    const double *column[] = { x, zero, zero };
    ve_columns columns = { rows, s->of->outline->attributes, column };
    return ve_distribution_weigh(s->word, &columns, out, s->arena, s->errors) == VE_OK;
}

static double log_weight(const subject *s, double x) {
    double out = NAN;
    return weigh(s, &x, 1, &out) ? out : NAN;
}

static double log_density(const subject *s, const ve_word *word, double x) {
    enum { PARTS = 16 };
    const ve_distribution_ops *ops = ve_part_ops(word);
    double part_log[PARTS], out = NAN;
    const double *column[] = { &x };
    ve_columns columns = { 1, 1, column };
    ve_word_services services;
    size_t parts = ve_part_count(word);
    ve_services_init(&services, s->arena, s->errors, word);
    for (size_t p = 0; p < parts && p < PARTS; p++)
        part_log[p] = log_density(s, ve_part_at(word, p), x);
    ve_code code = parts ? ops->combine(word->params, part_log, 1, &out, &services.base)
                         : ops->log_density(word->params, &columns, &out, &services.base);
    return code ? NAN : out;
}

static double density(double x, void *own) {
    return exp(log_density(own, ((subject *)own)->word, x));
}

static double moment_piece(double x, void *own) {
    const subject *s = own;
    return pow(x - s->about, s->power) * density(x, own);
}

/* A tail, in units of how far out it begins: a step of 1 would miss what lies a million away. */
static double tail_piece(double u, void *own) {
    const subject *s = own;
    return s->piece(s->from + s->unit * u, own) * fabs(s->unit);
}

static double tail_in_units(double (*f)(double, void *), subject *s, double from, double unit,
                            double absolute) {
    gsl_function function = { tail_piece, s };
    double result = 0, error;
    s->piece = f;
    s->from = from;
    s->unit = unit;
    gsl_integration_qagiu(&function, 0, absolute, 1e-10, WORKSPACE, s->workspace, &result, &error);
    return result;
}

static double tail(double (*f)(double, void *), subject *s, double from, int way, double absolute) {
    double middle = s->ops->quantile(s->word->params, 0.5);
    return tail_in_units(f, s, from, way * fmax(fabs(from - middle), 1e-300), absolute);
}

/* From a to b, one of which may be infinite. */
static double integral(double (*f)(double, void *), subject *s, double a, double b, double scale) {
    gsl_function function = { f, s };
    double result = 0, error, absolute = 1e-11 * scale;
    if (a == b) return 0;
    if (isinf(a)) return tail(f, s, b, -1, absolute);
    if (isinf(b)) return tail(f, s, a, 1, absolute);
    gsl_integration_qag(&function, a, b, absolute, 1e-10, WORKSPACE, GSL_INTEG_GAUSS31, s->workspace, &result,
                        &error);
    return result;
}

/* So far out that nothing is beyond it is beyond everything. */
static double quantile(const subject *s, double p) {
    double x = s->ops->quantile(s->word->params, p);
    if (p > 0 && p < 1) return x;
    double middle = s->ops->quantile(s->word->params, 0.5),
           width = s->ops->quantile(s->word->params, 0.75) - middle;
    return fabs(x - middle) > 1e9 * width ? (p > 0 ? HUGE_VAL : -HUGE_VAL) : x;
}

static double moment(subject *s, double about, double power) {
    double sum = 0, width = quantile(s, 0.75) - quantile(s, 0.25);
    s->about = about;
    s->power = power;
    for (size_t i = 1; i < SHARES; i++)
        sum += integral(moment_piece, s, quantile(s, share[i - 1]), quantile(s, share[i]), pow(width, power));
    return sum;
}

/* ---- weights --------------------------------------------------------------------------------- */

/* The greatest weight on a fine line, then nearer. */
static double climb(const subject *s, double *at) {
    double greatest = -HUGE_VAL;
    for (double x = -20000; x <= 60000; x += 10) {
        double here = log_weight(s, x);
        if (here > greatest) greatest = here, *at = x;
    }
    for (double step = 5; step > 1e-6; step *= 0.7)
        for (int way = -1; way <= 1; way += 2) {
            double here = log_weight(s, *at + way * step);
            if (here > greatest) greatest = here, *at += way * step;
        }
    return greatest;
}

static void prove_peak(const subject *s) {
    ve_sample sample = { s->of->outline->attributes, s->of->outline->attribute, s->of->groups->customers };
    double peak = NAN, at = 0, known = s->ops->log_peak(s->word->params);
    bool asked = ve_distribution_peak(s->word, &sample, s->arena, &peak, s->errors) == VE_OK;
    if (!asked || isnan(peak)) {
        ve_proof_skip(s->proof, "no customer counts more than its peak",
                      "it does not say where it is greatest");
        return;
    }
    double greatest = climb(s, &at);
    ve_proof_tell(
        s->proof, "no customer counts more than its peak", greatest <= peak + 1e-9 * fmax(1, fabs(peak)),
        "at %.10g the log of the weight is %.10g, above the peak of %.10g", at, greatest + 0.0, peak);
    ve_proof_tell(
        s->proof, "its peak is reached", s->ops->categorical || peak - greatest <= 1e-6 * fmax(1, fabs(peak)),
        "log_peak says %.10g, and the greatest found is %.10g", isnan(known) ? peak : known, greatest + 0.0);
}

static void prove_everywhere(const subject *s) {
    static const double far[] = { -1.7e308, -1e200, -1e9, -1, -5e-324, 0, 5e-324, 1, 1e9, 1e200, 1.7e308 };
    for (size_t i = 0; i < VE_COUNT(far); i++)
        if (!(log_weight(s, far[i]) < HUGE_VAL)) {
            ve_proof_tell(s->proof, "the farthest customers are weighed", false, "no weight for %g: %s",
                          far[i], s->errors->count ? s->errors->list[0].message : "it is not a number");
            return;
        }
    ve_proof_tell(s->proof, "the farthest customers are weighed", true, "%s", "");
}

/* In one column, one by one, and in another order. */
static void prove_rows(const subject *s) {
    enum { ROWS = 200 };
    double x[ROWS], turned[ROWS], together[ROWS], other[ROWS];
    for (int i = 0; i < ROWS; i++)
        x[i] = 150.0 * i - 5000, turned[ROWS - 1 - i] = x[i];
    bool same = weigh(s, x, ROWS, together) && weigh(s, turned, ROWS, other);
    double at = NAN;
    for (int i = 0; same && i < ROWS; i++) {
        double alone = log_weight(s, x[i]);
        bool equal = (alone == together[i] && other[ROWS - 1 - i] == together[i]);
        if (!equal) same = false, at = x[i];
    }
    ve_proof_tell(s->proof, "a customer's weight depends on that customer alone", same,
                  "at %.10g the weight is another when other customers are weighed beside it", at);
}

/* ---- densities -------------------------------------------------------------------------------- */

static void prove_integral(subject *s) {
    double whole = 0, worst = 0, at = 0, below = 0;
    for (size_t i = 1; i < SHARES; i++) {
        double low = quantile(s, share[i - 1]), high = quantile(s, share[i]);
        double part = low < high ? integral(density, s, low, high, 1) : NAN;
        double off = fabs(part - (share[i] - share[i - 1]));
        if (!(off <= worst)) worst = isnan(off) ? HUGE_VAL : off, at = share[i];
        if (s->ops->cumulative && isfinite(high))
            below = fmax(below, fabs(s->ops->cumulative(s->word->params, high) - share[i]));
        whole += part;
    }
    ve_proof_tell(s->proof, "its density integrates to 1", fabs(whole - 1) <= 1e-8, "to %.12g", whole);
    ve_proof_tell(s->proof, "quantiles are the inverse of the integral", worst <= 1e-8,
                  "off by %.3g at a share of %.6g", worst, at);
    if (s->ops->cumulative)
        ve_proof_tell(s->proof, "shares below are the inverse of quantiles", below <= 1e-9, "off by %.3g",
                      below);
}

/* Without quantiles: outwards from where it is greatest, in steps of how far it takes to fall to a half. */
static void prove_whole(subject *s) {
    double at = 0, greatest = climb(s, &at), unit = 1e-9 * fmax(1, fabs(at));
    while (unit < 1e12 && log_weight(s, at + unit) > greatest - log(2) &&
           log_weight(s, at - unit) > greatest - log(2))
        unit *= 2;
    double whole = tail_in_units(density, s, at, -unit, 1e-9) + tail_in_units(density, s, at, unit, 1e-9);
    ve_proof_tell(s->proof, "its density integrates to 1", fabs(whole - 1) <= 1e-4,
                  "the integral is %.6g; where it is to be no density, say relative = true", whole);
}

static void prove_mean(subject *s) {
    double mean = s->ops->mean(s->word->params, 0);
    if (isnan(mean)) return;
    double is = moment(s, 0, 1);
    ve_proof_tell(s->proof, "its mean is that of its density", fabs(is - mean) <= 1e-7 * fmax(1, fabs(mean)),
                  "mean says %.10g, and the density's is %.10g", mean, is);
}

/* A million draws: mean and variance within five standard errors. */
static void prove_draws(subject *s) {
    double mean = s->ops->mean(s->word->params, 0), sum = 0, squares = 0;
    if (isnan(mean)) return;
    for (uint64_t draw = 0; draw < DRAWS; draw++) {
        double d = quantile(s, ve_random_uniform(20261122, 1, draw)) - mean;
        sum += d;
        squares += d * d;
    }
    double variance = moment(s, mean, 2), fourth = moment(s, mean, 4);
    double off_mean = fabs(sum / DRAWS) / sqrt(variance / DRAWS);
    double off_variance = fabs(squares / DRAWS - variance) / sqrt((fourth - variance * variance) / DRAWS);
    ve_proof_tell(s->proof, "a million draws have its mean and variance", off_mean < 5 && off_variance < 5,
                  "off by %.1f and %.1f standard errors", off_mean, off_variance);
}

/* ---- the word ---------------------------------------------------------------------------------- */

static ve_code look(ve_proof *p, const ve_case *of, ve_arena *arena, ve_errors *errors) {
    const ve_word *word = &of->model->option[0].target;
    subject s = {
        .proof = p, .word = word, .ops = word->plugin->ops, .of = of, .arena = arena, .errors = errors
    };
    prove_everywhere(&s);
    prove_rows(&s);
    prove_peak(&s);
    if (s.ops->relative || (!s.ops->quantile && s.ops->joint)) {
        ve_proof_skip(p, "its density integrates to 1",
                      s.ops->relative ? "it has no density" : "it weighs several attributes together");
        return VE_OK;
    }
    s.workspace = gsl_integration_workspace_alloc(WORKSPACE);
    if (!s.workspace) return ve_fail_memory(errors);
    if (s.ops->quantile) {
        prove_integral(&s);
        prove_mean(&s);
        prove_draws(&s);
    } else {
        prove_whole(&s);
    }
    gsl_integration_workspace_free(s.workspace);
    return VE_OK;
}

/* A model that the example fits into: of one number, or of two for words that weigh several together. */
static bool find_world(ve_proof *p, char *model) {
    ve_world world = { .target = p->word, .tier = strstr(p->word, "\"tier\"") != NULL };
    char said[VE_MESSAGE_BYTES];
    ve_world_write(p, &world, model);
    if (ve_proof_run(p, model, NULL, NULL, 1) == VE_OK) return true;
    snprintf(said, sizeof said, "%s", ve_proof_why(p));
    world.age = true;
    ve_world_write(p, &world, model);
    if (ve_proof_run(p, model, NULL, NULL, 1) == VE_OK) return true;
    ve_proof_tell(p, "its example weighs customers", false, "%s", said);
    return false;
}

void ve_prove_distribution(ve_proof *p) {
    char model[VE_PROVE_ROOM];
    ve_proof_usual(p);
    if (!find_world(p, model)) return;
    ve_code code = ve_proof_case(p, model, look);
    ve_proof_tell(p, "its example weighs customers", !code, "%s", ve_proof_why(p));
    if (!code) ve_prove_borders(p, model, "options.A.target");
}

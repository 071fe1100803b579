/* A bell for every option from what customers chose among them: a multinomial logit.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * u = appeal - ((x - mean) / sd)^2 / 2 + theta * g. The square of x is the same for all options, so choices
 * alone tell only how far the means lie apart, as (mean_i - mean_k) / sd^2. The sd within those who chose the
 * same, and the mean of all who chose, put the bells in their place (as in linear discriminant analysis). */
#include <string.h>

#include "study_fit.h"

/* A line for every option but the first that was chosen, at its standing among customers: intercepts, slopes,
 * then theta. */
typedef struct field {
    const fit_people *people;
    const int *pick;        /* people: index into `live`, -1: takes no part */
    const size_t *live;     /* options that somebody chose */
    size_t options, lines;  /* live; live - 1 */
    bool scored;            /* theta is there */
    double ridge;           /* holds the slopes back */
    double mean, sd, scale; /* of those who take part; of weights, to the effective number */
    const double *g;        /* people x options: value scores */
    double *share, *mix;    /* of one customer: options; parameters */
} field;

static size_t parameters(const field *f) {
    return 2 * f->lines + f->scored;
}

/* Shares of one customer among the live options; the log of the chosen one's. */
static double shares(const field *f, const double *b, size_t row) {
    const double *g = f->g + row * f->people->options;
    double z = (f->people->x[row] - f->mean) / f->sd, theta = f->scored ? b[2 * f->lines] : 0;
    double most = -INFINITY, sum = 0;
    for (size_t i = 0; i < f->options; i++) {
        f->share[i] = theta * g[f->live[i]] + (i ? b[i - 1] + b[f->lines + i - 1] * z : 0);
        most = fmax(most, f->share[i]);
    }
    double chosen = f->share[f->pick[row]] - most;
    for (size_t i = 0; i < f->options; i++)
        sum += f->share[i] = exp(f->share[i] - most);
    for (size_t i = 0; i < f->options; i++)
        f->share[i] /= sum;
    return chosen - log(sum);
}

/* Derivative of option i's utility by parameter p. */
static double derivative(const field *f, size_t row, double z, size_t i, size_t p) {
    if (p == 2 * f->lines) return f->g[row * f->people->options + f->live[i]];
    bool slope = p >= f->lines;
    size_t line = slope ? p - f->lines : p;
    return i == line + 1 ? (slope ? z : 1) : 0;
}

static void add_hessian(const field *f, size_t row, double z, double w, double *hessian) {
    size_t n = parameters(f);
    for (size_t i = 0; i < f->options; i++)
        for (size_t p = 0; p < n; p++) {
            double dp = w * f->share[i] * (derivative(f, row, z, i, p) - f->mix[p]);
            for (size_t q = 0; dp != 0 && q <= p; q++)
                hessian[p * n + q] -= dp * (derivative(f, row, z, i, q) - f->mix[q]);
        }
}

static double add_row(const field *f, const double *b, size_t row, double *gradient, double *hessian) {
    size_t n = parameters(f);
    double w = f->people->w[row] * f->scale, z = (f->people->x[row] - f->mean) / f->sd;
    double height = w * shares(f, b, row);
    for (size_t p = 0; p < n; p++) {
        f->mix[p] = 0;
        for (size_t i = 0; i < f->options; i++)
            f->mix[p] += f->share[i] * derivative(f, row, z, i, p);
        gradient[p] += w * (derivative(f, row, z, (size_t)f->pick[row], p) - f->mix[p]);
    }
    if (hessian) add_hessian(f, row, z, w, hessian);
    return height;
}

static double total(const void *context, const double *b, double *gradient, double *hessian) {
    const field *f = context;
    size_t n = parameters(f);
    double sum = 0;
    memset(gradient, 0, n * sizeof *gradient);
    if (hessian) memset(hessian, 0, n * n * sizeof *hessian);
    for (size_t r = 0; r < f->people->rows; r++)
        if (f->pick[r] >= 0) sum += add_row(f, b, r, gradient, hessian);
    for (size_t p = 0; p < n; p++) {
        sum -= 0.5 * f->ridge * b[p] * b[p];
        gradient[p] -= f->ridge * b[p];
        if (hessian) hessian[p * n + p] -= f->ridge;
    }
    for (size_t p = 0; hessian && p < n; p++)
        for (size_t q = 0; q < p; q++)
            hessian[q * n + p] = hessian[p * n + q];
    return sum;
}

/* ---- who takes part ------------------------------------------------------------------------------------ */

static void pick_one(const fit_people *people, const unsigned char *chosen, size_t row, int *pick,
                     fit_choice *out) {
    int found = -1, count = 0;
    for (size_t i = 0; i < people->options; i++)
        if (chosen[i * people->rows + row]) {
            found = (int)i;
            count++;
        }
    pick[row] = count == 1 && people->w[row] > 0 ? found : -1;
    out->several += count > 1;
}

/* Numbers of options become numbers of live ones; the sd within, the mean and share of each. */
static void measure(field *f, int *pick, size_t *live, fit_choice *out) {
    const fit_people *people = f->people;
    double sum = 0, squares = 0, first = 0, all = 0, within = 0;
    for (size_t r = 0; r < people->rows; r++) {
        if (pick[r] < 0) continue;
        double w = people->w[r];
        fit_utility *o = &out->option[pick[r]];
        o->chosen += w;
        o->mean += w * people->x[r];
        sum += w;
        squares += w * w;
        first += w * people->x[r];
        out->customers++;
    }
    out->effective = sum > 0 ? sum * sum / squares : 0;
    f->mean = first / sum;
    f->scale = out->effective / sum;
    for (size_t i = 0; i < people->options; i++) {
        fit_utility *o = &out->option[i];
        o->known = o->chosen > 0;
        o->mean /= o->chosen;
        if (o->known) live[f->options++] = i;
    }
    for (size_t r = 0; r < people->rows; r++) {
        if (pick[r] < 0) continue;
        double d = people->x[r] - f->mean, own = people->x[r] - out->option[pick[r]].mean;
        all += people->w[r] * d * d;
        within += people->w[r] * own * own;
    }
    f->sd = sqrt(all / sum);
    out->sd = sqrt(within / sum * out->effective / fmax(out->effective - (double)f->options, 1));
    f->lines = f->options ? f->options - 1 : 0;
    for (size_t i = 0; i < f->options; i++)
        out->option[live[i]].chosen *= f->scale;
}

static void renumber(const field *f, int *pick) {
    for (size_t r = 0; r < f->people->rows; r++)
        for (size_t i = 0; pick[r] >= 0 && i < f->options; i++)
            if (f->live[i] == (size_t)pick[r]) {
                pick[r] = (int)i;
                break;
            }
}

/* Value scores; whether they differ between options other than by a constant that appeal takes up. */
static bool value_scores(const field *f, const double *weight, double *g) {
    const ve_customer_rows *from = f->people->from;
    size_t m = from->options, first = f->people->rows;
    bool differ = false;
    for (size_t r = 0; r < f->people->rows; r++) {
        for (size_t i = 0; i < m; i++)
            for (size_t k = 0; k < from->leaves; k++)
                g[r * m + i] += weight[i * from->leaves + k] *
                                ve_customer_score(from, i * from->leaves + k, f->people->row[r]);
        if (f->pick[r] < 0) continue;
        if (first == f->people->rows) first = r;
        for (size_t i = 1; i < f->options; i++) {
            double now = g[r * m + f->live[i]] - g[r * m + f->live[0]];
            double then = g[first * m + f->live[i]] - g[first * m + f->live[0]];
            differ = differ || fabs(now - then) > 1e-9 * (fabs(now) + fabs(then));
        }
    }
    return differ;
}

/* ---- the bells ----------------------------------------------------------------------------------------- */

/* Variance of slope i against the mean of all by share. */
static double contrast(const field *f, const fit_choice *c, const double *covariance, size_t i) {
    size_t n = parameters(f), at = f->lines;
    double sum = 0;
    for (size_t a = 0; a < f->lines; a++)
        for (size_t b = 0; b < f->lines; b++) {
            double x = (i == a + 1) - c->option[f->live[a + 1]].chosen / c->effective;
            double y = (i == b + 1) - c->option[f->live[b + 1]].chosen / c->effective;
            sum += x * y * covariance[(at + a) * n + at + b];
        }
    return sum;
}

/* The error is that of the slopes, of the mean of all and of the sd together. */
static void read_bells(const field *f, const double *b, const double *covariance, fit_choice *out) {
    double middle = 0, ratio = out->sd * out->sd / f->sd, n = out->effective, first = 0;
    for (size_t i = 1; i < f->options; i++)
        middle += out->option[f->live[i]].chosen / n * b[f->lines + i - 1];
    for (size_t i = 0; i < f->options; i++) {
        fit_utility *o = &out->option[f->live[i]];
        double away = ratio * ((i ? b[f->lines + i - 1] : 0) - middle);
        o->mean = f->mean + away;
        o->mean_error =
            sqrt(ratio * ratio * contrast(f, out, covariance, i) + f->sd * f->sd / n + 2 * away * away / n);
        double slope = i ? b[f->lines + i - 1] / f->sd : 0, half = o->mean / out->sd;
        o->appeal = (i ? b[i - 1] : 0) - slope * f->mean + half * half / 2;
        if (i == 0) first = o->appeal;
        o->appeal -= first;
    }
    out->theta = f->scored ? b[2 * f->lines] : NAN;
    size_t last = parameters(f) - 1;
    out->theta_error = f->scored ? sqrt(covariance[last * (last + 2)]) : NAN;
}

static bool far_out(const field *f, const double *b, const double *covariance) {
    for (size_t p = 0; p < 2 * f->lines; p++)
        if (!(fabs(b[p]) < 30) || isnan(covariance[0])) return true;
    return false;
}

/* Where the likelihood grows for ever, a penalty of a normal prior with sd 1 holds it. */
static ve_code climb(const ve_study_services *services, field *f, fit_choice *out) {
    size_t n = parameters(f);
    double *b = services->base->memory(services->base, (n + n * n + fit_climb_room(n)) * sizeof *b);
    if (!b) return VE_E_MEMORY;
    double *covariance = b + n, *room = covariance + n * n;
    fit_hill hill = { total, f, n, true };
    out->null_likelihood = total(f, b, room, NULL);
    bool found = fit_climb(&hill, b, covariance, room) && !far_out(f, b, covariance);
    if (!found) {
        f->ridge = 1;
        out->steadied = true;
        memset(b, 0, n * sizeof *b);
        found = fit_climb(&hill, b, covariance, room) && !isnan(covariance[0]);
    }
    if (!found) {
        out->why = "the choices do not say where the options stand";
        return VE_OK;
    }
    f->ridge = 0;
    out->log_likelihood = total(f, b, room, NULL);
    read_bells(f, b, covariance, out);
    return VE_OK;
}

static const char *hopeless(const field *f, const fit_choice *c) {
    if (f->options < 2) return "fewer than two options were chosen by anybody";
    if (!(f->sd > 0)) return "all who chose are alike";
    return c->effective < (double)parameters(f) + 3 ? "too few customers for so many options" : NULL;
}

ve_code fit_choose(const ve_study_services *services, const fit_people *people, const unsigned char *chosen,
                   const double *weight, fit_choice *out) {
    const ve_services *base = services->base;
    size_t m = people->options, n = people->rows;
    *out = (fit_choice){ .theta = NAN, .theta_error = NAN };
    int *pick = base->memory(base, n * sizeof *pick);
    size_t *live = base->memory(base, m * sizeof *live);
    double *g = base->memory(base, n * m * sizeof *g), *room = base->memory(base, (3 * m + 1) * sizeof *room);
    out->option = base->memory(base, m * sizeof *out->option);
    if (!pick || !live || !g || !room || !out->option) return VE_E_MEMORY;
    field f = { .people = people, .pick = pick, .live = live, .g = g, .share = room, .mix = room + m };
    for (size_t r = 0; r < n; r++)
        pick_one(people, chosen, r, pick, out);
    measure(&f, pick, live, out);
    renumber(&f, pick);
    f.scored = f.options > 1 && value_scores(&f, weight, g);
    out->why = hopeless(&f, out);
    return out->why ? VE_OK : climb(services, &f, out);
}

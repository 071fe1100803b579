/* The top of a smooth function: Newton's method, damped.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "study_fit.h"

/* ---- symmetric matrices -------------------------------------------------------------------------------- */

/* Lower Cholesky factor in place; false: not positive definite. */
static bool factor(double *a, size_t n) {
    for (size_t j = 0; j < n; j++) {
        for (size_t k = 0; k < j; k++)
            for (size_t i = j; i < n; i++)
                a[i * n + j] -= a[i * n + k] * a[j * n + k];
        if (!(a[j * n + j] > 0) || isinf(a[j * n + j])) return false;
        double root = sqrt(a[j * n + j]);
        for (size_t i = j; i < n; i++)
            a[i * n + j] /= root;
    }
    return true;
}

/* x becomes the solution of L L' x = x. */
static void solve(const double *l, size_t n, double *x) {
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++)
            x[i] -= l[i * n + k] * x[k];
        x[i] /= l[i * n + i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++)
            x[i] -= l[k * n + i] * x[k];
        x[i] /= l[i * n + i];
    }
}

bool fit_invert(double *a, size_t n, double *room) {
    if (!factor(a, n)) return false;
    memset(room, 0, n * n * sizeof *room);
    for (size_t j = 0; j < n; j++) {
        room[j * n + j] = 1;
        solve(a, n, room + j * n);
    }
    memcpy(a, room, n * n * sizeof *room);
    return true;
}

/* ---- climbing ------------------------------------------------------------------------------------------ */

enum { STEPS_MOST = 300 };

typedef struct climber {
    const fit_hill *hill;
    double *hessian, *matrix, *gradient, *step, *there, *other;
    double height;
} climber;

/* Central differences of the gradient, made symmetric. */
static void differences(const climber *c, const double *theta) {
    size_t n = c->hill->count;
    memcpy(c->there, theta, n * sizeof *theta);
    for (size_t j = 0; j < n; j++) {
        double h = 1e-5 * fmax(1, fabs(theta[j])), up = theta[j] + h, down = theta[j] - h;
        c->there[j] = up;
        c->hill->total(c->hill->context, c->there, c->step, NULL);
        c->there[j] = down;
        c->hill->total(c->hill->context, c->there, c->other, NULL);
        c->there[j] = theta[j];
        for (size_t i = 0; i < n; i++)
            c->hessian[j * n + i] = (c->step[i] - c->other[i]) / (up - down);
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            c->hessian[i * n + j] = c->hessian[j * n + i] =
                (c->hessian[i * n + j] + c->hessian[j * n + i]) / 2;
}

static void look(climber *c, const double *theta) {
    c->height = c->hill->total(c->hill->context, theta, c->gradient, c->hill->curved ? c->hessian : NULL);
    if (!c->hill->curved) differences(c, theta);
}

/* The step where the curvature is raised by `damping`; false: the ground is still not curved like a top. */
static bool find_step(const climber *c, double damping) {
    size_t n = c->hill->count;
    for (size_t i = 0; i < n * n; i++)
        c->matrix[i] = -c->hessian[i];
    for (size_t i = 0; i < n; i++)
        c->matrix[i * n + i] += damping * fmax(fabs(c->hessian[i * n + i]), 1e-8);
    if (!factor(c->matrix, n)) return false;
    memcpy(c->step, c->gradient, n * sizeof *c->step);
    solve(c->matrix, n, c->step);
    return true;
}

/* Twice what a step promises to gain. */
static double promise(const climber *c) {
    double sum = 0;
    for (size_t i = 0; i < c->hill->count; i++)
        sum += c->step[i] * c->gradient[i];
    return sum;
}

/* Take the step if it leads up; what rounding hides counts as up. */
static bool take_step(climber *c, double *theta) {
    size_t n = c->hill->count;
    for (size_t i = 0; i < n; i++)
        c->there[i] = theta[i] + c->step[i];
    double height = c->hill->total(c->hill->context, c->there, c->other, NULL);
    if (!(height >= c->height - 1e-13 * fabs(c->height)) || isinf(height)) return false;
    memcpy(theta, c->there, n * sizeof *theta);
    return true;
}

static bool walk(climber *c, double *theta) {
    double damping = 0;
    for (int i = 0; i < STEPS_MOST; i++) {
        look(c, theta);
        if (!isfinite(c->height)) return false;
        bool solved = find_step(c, damping), arrived = solved && promise(c) < 1e-18 * (1 + fabs(c->height));
        while (!(solved && take_step(c, theta)) && !arrived) {
            damping = damping > 0 ? damping * 10 : 1e-3;
            if (damping > 1e12) return false;
            solved = find_step(c, damping);
        }
        if (arrived) return damping < 1;
        damping = damping > 1e-6 ? damping / 10 : 0;
    }
    return false;
}

bool fit_climb(const fit_hill *hill, double *theta, double *covariance, double *room) {
    size_t n = hill->count;
    climber c = { .hill = hill, .hessian = room, .matrix = room + n * n, .gradient = room + 2 * n * n };
    c.step = c.gradient + n;
    c.there = c.step + n;
    c.other = c.there + n;
    bool found = walk(&c, theta);
    if (!found || !covariance) return found;
    look(&c, theta);
    for (size_t i = 0; i < n * n; i++)
        covariance[i] = -c.hessian[i];
    if (!fit_invert(covariance, n, c.matrix))
        for (size_t i = 0; i < n * n; i++)
            covariance[i] = NAN;
    return true;
}

/* ---- a sample ------------------------------------------------------------------------------------------ */

typedef struct slope {
    fit_term *term;
    const fit_sample *sample;
    size_t count;
} slope;

static double total_of(const void *context, const double *theta, double *gradient, double *hessian) {
    const slope *s = context;
    double sum = 0, one[FIT_PARAMETERS];
    (void)hessian;
    for (size_t i = 0; i < s->count; i++)
        gradient[i] = 0;
    for (size_t r = 0; r < s->sample->count; r++) {
        double w = s->sample->w[r];
        sum += w * s->term(theta, s->sample->x[r], one);
        for (size_t i = 0; i < s->count; i++)
            gradient[i] += w * one[i];
    }
    return sum;
}

bool fit_climb_sample(fit_term *term, const fit_sample *sample, double *theta, size_t count,
                      double *covariance, double *total) {
    slope s = { term, sample, count };
    fit_hill hill = { total_of, &s, count, false };
    double room[FIT_CLIMB_ROOM], gradient[FIT_PARAMETERS];
    bool found = fit_climb(&hill, theta, covariance, room);
    *total = total_of(&s, theta, gradient, NULL);
    return found;
}

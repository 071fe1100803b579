/* Where a rising function reaches a value: quantiles from shares.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_INVERT_H
#define VE_INVERT_H

#include <float.h>
#include <math.h>

typedef double ve_rising(const void *context, double x);

/* Two places around the root of f = y, the one nearer to it first; a third behind one of them. */
typedef struct ve_bracket {
    double x[3], d[3]; /* d = f(x) - y */
} ve_bracket;

/* The next place to look at, as a share of the way from x[0] to x[1]: inverse quadratic interpolation where
 * the three places bend gently, else the middle (Chandrupatla 1997). */
static inline double ve_bracket_step(const ve_bracket *b, double least) {
    const double *x = b->x, *d = b->d;
    double xi = (x[0] - x[1]) / (x[2] - x[1]), phi = (d[0] - d[1]) / (d[2] - d[1]), t = 0.5;
    if (phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi)
        t = d[0] / (d[1] - d[0]) * d[2] / (d[1] - d[2]) +
            (x[2] - x[0]) / (x[1] - x[0]) * d[0] / (d[2] - d[0]) * d[1] / (d[2] - d[1]);
    return t < least ? least : t > 1 - least ? 1 - least : t == t ? t : 0.5;
}

static inline void ve_bracket_take(ve_bracket *b, double x, double d) {
    int behind = (d > 0) == (b->d[0] > 0) ? 0 : 1; /* which end it replaces */
    b->x[2] = b->x[behind];
    b->d[2] = b->d[behind];
    if (behind == 1) {
        b->x[1] = b->x[0];
        b->d[1] = b->d[0];
    }
    b->x[0] = x;
    b->d[0] = d;
}

/* An end at infinity becomes a finite one beyond the root, as far as there are numbers. */
static inline double ve_invert_end(ve_rising *f, const void *context, double y, double from, double way) {
    double step = fmax(1, fabs(from)), x = from + way * step;
    for (int i = 0; i < 2100 && isfinite(x) && (f(context, x) - y) * way < 0; i++) {
        step *= 2;
        x = from + way * step;
    }
    return fmax(-DBL_MAX, fmin(DBL_MAX, x));
}

/* The place in [low, high] where f reaches y, an end where it does not; low and high may be infinite. */
static inline double ve_invert(ve_rising *f, const void *context, double y, double low, double high) {
    if (isinf(low)) low = ve_invert_end(f, context, y, isinf(high) ? 0 : high, -1);
    if (isinf(high)) high = ve_invert_end(f, context, y, low, 1);
    ve_bracket b = { { low, high, high }, { f(context, low) - y, f(context, high) - y, 0 } };
    if (!(b.d[0] < 0)) return low;
    if (!(b.d[1] > 0)) return high;
    double t = 0.5;
    for (int i = 0; i < 2200; i++) {
        double x = b.x[0] + t * (b.x[1] - b.x[0]);
        ve_bracket_take(&b, x, f(context, x) - y);
        double best = fabs(b.d[0]) < fabs(b.d[1]) ? b.x[0] : b.x[1];
        double least = (2 * DBL_EPSILON * fabs(best) + DBL_MIN) / fabs(b.x[1] - b.x[0]);
        if (!(least <= 0.5) || b.d[0] == 0) return best;
        t = ve_bracket_step(&b, least);
    }
    return b.x[0];
}

#endif

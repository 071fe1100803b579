/* Shapes with corners: triangular, trapezoid, uniform.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Given its ends, the likelihood of a corner inside is convex between two values of the sample, so its best
 * place is one of them, and all of them are tried. The ends are found by a simplex (Nelder and Mead 1965).
 *
 * A corner has no second derivative. Its error is the larger of two: by the sum of the squares of the scores
 * (Berndt and others 1974), which is too small for a corner inside while customers are few; and by fitting
 * the shape again to samples drawn from it. */
#include <gsl/gsl_statistics_double.h>

#include "study_fit.h"

/* ---- two ends ------------------------------------------------------------------------------------------ */

/* Ends are looked for as logarithms of how far they lie outside the sample. */
typedef double height_of(const fit_sample *sample, double low, double high, double *corner);

typedef struct point {
    double t[2], height;
} point;

static double low_of(const fit_sample *s, const double *t) {
    return s->x[0] - exp(t[0]);
}

static double high_of(const fit_sample *s, const double *t) {
    return s->x[s->count - 1] + exp(t[1]);
}

static point look(height_of *height, const fit_sample *s, double a, double b) {
    double range = log(s->x[s->count - 1] - s->x[0]), corner[2];
    point p = { { fmin(fmax(a, range - 25), range + 7), fmin(fmax(b, range - 25), range + 7) }, 0 };
    p.height = height(s, low_of(s, p.t), high_of(s, p.t), corner);
    return p;
}

static void sort_three(point p[3]) {
    for (int i = 1; i < 3; i++)
        for (int j = i; j > 0 && p[j].height > p[j - 1].height; j--) {
            point kept = p[j];
            p[j] = p[j - 1];
            p[j - 1] = kept;
        }
}

/* From the middle of the two best through the worst, `factor` times as far. */
static point through(height_of *height, const fit_sample *s, const point p[3], double factor) {
    double middle[2], at[2];
    for (int i = 0; i < 2; i++) {
        middle[i] = (p[0].t[i] + p[1].t[i]) / 2;
        at[i] = middle[i] + factor * (p[2].t[i] - middle[i]);
    }
    return look(height, s, at[0], at[1]);
}

static void shrink(height_of *height, const fit_sample *s, point p[3]) {
    for (int i = 1; i < 3; i++)
        p[i] = look(height, s, (p[0].t[0] + p[i].t[0]) / 2, (p[0].t[1] + p[i].t[1]) / 2);
}

static point climb_from(height_of *height, const fit_sample *s, double a, double b, double size,
                        double close) {
    point p[3] = { look(height, s, a, b), look(height, s, a + size, b), look(height, s, a, b + size) };
    for (int i = 0; i < 400; i++) {
        sort_three(p);
        if (fabs(p[1].t[0] - p[0].t[0]) + fabs(p[2].t[0] - p[0].t[0]) + fabs(p[1].t[1] - p[0].t[1]) +
                fabs(p[2].t[1] - p[0].t[1]) <
            close)
            break;
        point over = through(height, s, p, -1);
        if (over.height > p[0].height) {
            point far = through(height, s, p, -2);
            p[2] = far.height > over.height ? far : over;
        } else if (over.height > p[1].height)
            p[2] = over;
        else {
            point in = through(height, s, p, over.height > p[2].height ? -0.5 : 0.5);
            if (in.height > fmax(p[2].height, over.height))
                p[2] = in;
            else
                shrink(height, s, p);
        }
    }
    sort_three(p);
    return p[0];
}

/* From several places, and from the best of them again until that is no better. */
static point climb_ends(height_of *height, const fit_sample *s) {
    static const double start[] = { 0.02, 0.3 };
    double range = log(s->x[s->count - 1] - s->x[0]);
    point best = { .height = -INFINITY };
    for (size_t i = 0; i < VE_COUNT(start) * VE_COUNT(start); i++) {
        point one = climb_from(height, s, range + log(start[i / VE_COUNT(start)]),
                               range + log(start[i % VE_COUNT(start)]), 0.5, 1e-3);
        if (one.height > best.height) best = one;
    }
    for (int i = 0; i < 20; i++) {
        point again = climb_from(height, s, best.t[0], best.t[1], 0.1, 1e-9);
        bool better = again.height > best.height + 1e-10 * fabs(best.height);
        if (again.height > best.height) best = again;
        if (!better) break;
    }
    return best;
}

/* ---- errors -------------------------------------------------------------------------------------------- */

typedef struct cornered {
    size_t count; /* of corners, in ascending order */
    height_of *height;
    void (*score)(const double *value, double x, double *score); /* slopes of the log density */
    double (*quantile)(const double *value, double share);
} cornered;

static double spread(const fit_sample *s) {
    return s->x[s->count - 1] - s->x[0];
}

/* False: corners meet, and are no corners of their own, or the errors are out of all proportion. */
static bool errors_by_scores(const fit_sample *s, const cornered *shape, fit_found *found) {
    double sum[16] = { 0 }, one[4] = { 0 }, room[16];
    size_t count = shape->count;
    for (size_t r = 0; r < s->count; r++) {
        shape->score(found->value, s->x[r], one);
        for (size_t i = 0; i < count * count; i++)
            sum[i] += s->w[r] * one[i / count] * one[i % count];
    }
    bool known = fit_invert(sum, count, room);
    for (size_t i = 1; i < count; i++)
        known = known && found->value[i] - found->value[i - 1] > 1e-6 * spread(s);
    for (size_t i = 0; i < count; i++)
        known = known && sqrt(sum[i * count + i]) < 10 * spread(s);
    for (size_t i = 0; i < count; i++)
        found->error[i] = known ? sqrt(sum[i * count + i]) : NAN;
    return known;
}

/* Sorted shares have gaps like those of a Poisson process: no sorting. */
static fit_sample draw_again(const fit_sample *s, const cornered *shape, const double *value, size_t count,
                             uint64_t stream) {
    double *x = s->again, *w = s->again + FIT_AGAIN, sum = 0, last;
    s->services->uniforms(s->services, 1, stream, 0, count, x);
    s->services->uniforms(s->services, 1, stream, count, 1, &last);
    for (size_t i = 0; i < count; i++)
        x[i] = sum -= log(x[i]);
    sum -= log(last);
    for (size_t i = 0; i < count; i++) {
        x[i] = shape->quantile(value, x[i] / sum);
        w[i] = 1;
    }
    return (fit_sample){ .count = count, .x = x, .w = w, .effective = (double)count };
}

static void fit_again(const fit_sample *s, const cornered *shape, const double *start, double *value) {
    size_t last = shape->count - 1;
    point top = climb_from(shape->height, s, log(s->x[0] - start[0]), log(start[last] - s->x[s->count - 1]),
                           0.5, 0.03);
    value[0] = low_of(s, top.t);
    value[last] = high_of(s, top.t);
    shape->height(s, value[0], value[last], value + 1);
}

/* The root mean square of how far fits lie from what was drawn from; larger where 1.96 of it would not hold
 * 95 of a hundred. The errors of corners shrink as sqrt(n ln n) (Smith 1985), so few customers can stand for
 * many. */
static void errors_by_drawing(const fit_sample *s, const cornered *shape, fit_found *found) {
    enum { TIMES = 200 };
    double n = s->effective, few = floor(fmin(n, FIT_AGAIN)), away[4][TIMES], value[4], square[4] = { 0 };
    for (size_t i = 0; i < TIMES; i++) {
        fit_sample drawn = draw_again(s, shape, found->value, (size_t)few, i);
        fit_again(&drawn, shape, found->value, value);
        for (size_t k = 0; k < shape->count; k++) {
            away[k][i] = fabs(value[k] - found->value[k]);
            square[k] += away[k][i] * away[k][i];
        }
    }
    double scale = sqrt(few * log(few) / (n * log(n)));
    for (size_t k = 0; k < shape->count; k++) {
        double far = gsl_stats_select(away[k], 1, TIMES, TIMES * 95 / 100);
        double error = scale * fmax(sqrt(square[k] / TIMES), far / 1.96);
        found->error[k] = fmax(found->error[k], error);
    }
}

static void find_errors(const fit_sample *s, const cornered *shape, fit_found *found) {
    if (errors_by_scores(s, shape, found)) errors_by_drawing(s, shape, found);
}

/* ---- triangular ---------------------------------------------------------------------------------------- */

/* The best mode for these ends, and the height there. */
static double triangle_height(const fit_sample *s, double low, double high, double *mode) {
    double right = 0, left = 0, weight = 0, best = -INFINITY;
    for (size_t i = 0; i < s->count; i++)
        right += s->w[i] * log(high - s->x[i]);
    for (size_t i = 0; i < s->count; i++) {
        double x = s->x[i], rise = log(x - low), fall = log(high - x);
        left += s->w[i] * rise;
        right -= s->w[i] * fall;
        weight += s->w[i];
        double height = left - weight * rise + right - (s->effective - weight) * fall;
        if (!(height > best)) continue;
        best = height;
        *mode = x;
    }
    return best + s->effective * (M_LN2 - log(high - low));
}

static void triangle_score(const double *v, double x, double *score) {
    double all = 1 / (v[2] - v[0]);
    bool left = x <= v[1];
    score[0] = all + (left ? 1 / (v[1] - v[0]) - 1 / (x - v[0]) : 0);
    score[1] = left ? -1 / (v[1] - v[0]) : 1 / (v[2] - v[1]);
    score[2] = -all + (left ? 0 : 1 / (v[2] - x) - 1 / (v[2] - v[1]));
}

static double triangle_quantile(const double *v, double share) {
    double width = v[2] - v[0], left = v[1] - v[0];
    if (share * width < left) return v[0] + sqrt(share * width * left);
    return v[2] - sqrt((1 - share) * width * (v[2] - v[1]));
}

/* A mode at the first or last value is an end too: nothing lies beyond it. */
static void triangular_fit(const fit_sample *s, fit_found *found) {
    static const cornered triangle = { 3, triangle_height, triangle_score, triangle_quantile };
    point top = climb_ends(triangle_height, s);
    double *v = found->value;
    v[0] = low_of(s, top.t);
    v[2] = high_of(s, top.t);
    found->log_likelihood = triangle_height(s, v[0], v[2], &v[1]);
    if (v[1] == s->x[0]) v[0] = v[1];
    if (v[1] == s->x[s->count - 1]) v[2] = v[1];
    find_errors(s, &triangle, found);
}

static double triangular_below(const fit_sample *s, const double *v, double x) {
    (void)s;
    if (x <= v[0]) return 0;
    if (x >= v[2]) return 1;
    if (x <= v[1]) return (x - v[0]) * (x - v[0]) / ((v[2] - v[0]) * (v[1] - v[0]));
    return 1 - (v[2] - x) * (v[2] - x) / ((v[2] - v[0]) * (v[2] - v[1]));
}

const fit_shape fit_triangular = { "triangular",    3, true, { "low", "mode", "high" }, triangular_fit,
                                   triangular_below };

/* ---- trapezoid ----------------------------------------------------------------------------------------- */

/* The corner `from` that is best for the other three; the part of the height that depends on it. */
static double best_from(const fit_sample *s, double low, double to, double high, double *from) {
    double left = 0, weight = 0, best = -INFINITY;
    for (size_t i = 0; i < s->count && s->x[i] <= to; i++) {
        double x = s->x[i], rise = log(x - low);
        double height = left - weight * rise - s->effective * log(high + to - low - x);
        if (height > best) {
            best = height;
            *from = x;
        }
        left += s->w[i] * rise;
        weight += s->w[i];
    }
    return best;
}

static double best_to(const fit_sample *s, double low, double from, double high, double *to) {
    double right = 0, weight = 0, best = -INFINITY;
    for (size_t i = s->count; i-- > 0 && s->x[i] >= from;) {
        double x = s->x[i], fall = log(high - x);
        double height = right - weight * fall - s->effective * log(high + x - low - from);
        if (height > best) {
            best = height;
            *to = x;
        }
        right += s->w[i] * fall;
        weight += s->w[i];
    }
    return best;
}

static double trapezoid_total(const fit_sample *s, double low, double from, double to, double high) {
    double sum = s->effective * log(2 / (high + to - low - from));
    for (size_t i = 0; i < s->count; i++) {
        double x = s->x[i];
        if (x < from) sum += s->w[i] * log((x - low) / (from - low));
        if (x > to) sum += s->w[i] * log((high - x) / (high - to));
    }
    return sum;
}

/* One corner after the other until neither moves, `to` first where that share of customers lies below. */
static double trapezoid_from(const fit_sample *s, double low, double high, double share, double *corner) {
    double from = s->x[0], to = fit_quantile(s, share), before = NAN;
    for (int round = 0; round < 20 && from != before; round++) {
        before = from;
        best_from(s, low, to, high, &from);
        best_to(s, low, from, high, &to);
    }
    corner[0] = from;
    corner[1] = to;
    return trapezoid_total(s, low, from, to, high);
}

static double trapezoid_height(const fit_sample *s, double low, double high, double *corner) {
    double other[2], one = trapezoid_from(s, low, high, 0.9, corner);
    double two = trapezoid_from(s, low, high, 0.6, other);
    if (one >= two || isnan(two)) return one;
    corner[0] = other[0];
    corner[1] = other[1];
    return two;
}

/* Good enough for errors. */
static double trapezoid_rough(const fit_sample *s, double low, double high, double *corner) {
    return trapezoid_from(s, low, high, 0.75, corner);
}

static void trapezoid_score(const double *v, double x, double *score) {
    double all = 1 / (v[3] + v[2] - v[0] - v[1]);
    bool left = x<v[1], right = x> v[2];
    score[0] = all + (left ? 1 / (v[1] - v[0]) - 1 / (x - v[0]) : 0);
    score[1] = all - (left ? 1 / (v[1] - v[0]) : 0);
    score[2] = -all + (right ? 1 / (v[3] - v[2]) : 0);
    score[3] = -all + (right ? 1 / (v[3] - x) - 1 / (v[3] - v[2]) : 0);
}

static double trapezoid_quantile(const double *v, double share) {
    double height = 2 / (v[3] + v[2] - v[0] - v[1]), left = height / 2 * (v[1] - v[0]);
    if (share < left) return v[0] + sqrt(2 * share * (v[1] - v[0]) / height);
    if (share < left + height * (v[2] - v[1])) return v[1] + (share - left) / height;
    return v[3] - sqrt(2 * (1 - share) * (v[3] - v[2]) / height);
}

static void trapezoid_fit(const fit_sample *s, fit_found *found) {
    static const cornered trapezoid = { 4, trapezoid_rough, trapezoid_score, trapezoid_quantile };
    point top = climb_ends(trapezoid_height, s);
    double *v = found->value;
    v[0] = low_of(s, top.t);
    v[3] = high_of(s, top.t);
    trapezoid_height(s, v[0], v[3], &v[1]);
    if (v[1] == s->x[0]) v[0] = v[1];
    if (v[2] == s->x[s->count - 1]) v[3] = v[2];
    found->log_likelihood = trapezoid_total(s, v[0], v[1], v[2], v[3]);
    find_errors(s, &trapezoid, found);
}

static double trapezoid_below(const fit_sample *s, const double *v, double x) {
    double height = 2 / (v[3] + v[2] - v[0] - v[1]);
    (void)s;
    if (x <= v[0]) return 0;
    if (x >= v[3]) return 1;
    if (x < v[1]) return height / 2 * (x - v[0]) * (x - v[0]) / (v[1] - v[0]);
    if (x > v[2]) return 1 - height / 2 * (v[3] - x) * (v[3] - x) / (v[3] - v[2]);
    return height * ((v[1] - v[0]) / 2 + x - v[1]);
}

const fit_shape fit_trapezoid = { "trapezoid",    4, true, { "low", "from", "to", "high" }, trapezoid_fit,
                                  trapezoid_below };

/* ---- uniform ------------------------------------------------------------------------------------------- */

/* Ends never reach beyond the sample, and how far the true ones lie outside falls off as e^-x, not as a bell.
 * Beyond range (p^(-1 / (n - 1)) - 1) lies one with probability p: three errors are that far, p being what a
 * bell has beyond three. */
static void uniform_fit(const fit_sample *s, fit_found *found) {
    double low = s->x[0], high = s->x[s->count - 1], n = s->effective;
    found->value[0] = low;
    found->value[1] = high;
    found->error[0] = found->error[1] = (high - low) * (pow(erfc(3 * M_SQRT1_2), -1 / (n - 1)) - 1) / 3;
    found->log_likelihood = -n * log(high - low);
}

static double uniform_below(const fit_sample *s, const double *v, double x) {
    (void)s;
    return fmin(fmax((x - v[0]) / (v[1] - v[0]), 0), 1);
}

const fit_shape fit_uniform = { "uniform", 2, true, { "low", "high" }, uniform_fit, uniform_below };

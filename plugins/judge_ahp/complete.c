/* Missing pairs: filled in so that the greatest eigenvalue is smallest.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * At the minimum every missing pair is level(i) / level(j) for some levels, and the eigenvalue is convex in
 * them (Bozoki, Fulop and Ronyai 2010), so Newton's method finds it; its second derivatives are those of
 * perturbation theory. A function that lacks no pair has no level to be found, and of those that missing
 * pairs join one can stay where it is. */
#include <math.h>
#include <string.h>

#include "ahp.h"

enum { STEPS = 200 };
#define SMALL 1e-13 /* the last step, in logarithms */

typedef struct newton {
    ahp_matrix *m;
    size_t count;
    size_t *place;     /* count: which levels are to be found */
    double *column;    /* n x count: derivative of the matrix by each, times right */
    double *row;       /* n x count: left times the same */
    double *gradient;  /* count */
    double *curvature; /* count x count */
    double *step;      /* count */
    double *before;    /* n: levels before the step */
} newton;

static bool is_missing(const ahp_matrix *m, size_t i, size_t j) {
    return isnan(m->log_said[i * m->n + j]);
}

/* Of every group that missing pairs join, all but the first. */
static void find_places(newton *w, size_t *group) {
    size_t n = w->m->n;
    for (size_t i = 0; i < n; i++)
        group[i] = i;
    for (size_t round = 0; round < n; round++)
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                if (is_missing(w->m, i, j) && group[j] < group[i]) group[i] = group[j];
    w->count = 0;
    for (size_t i = 0; i < n; i++)
        if (group[i] != i) w->place[w->count++] = i;
}

/* Raising level k multiplies what is said in column k and divides what is said in row k. */
static void differentiate(newton *w) {
    const ahp_matrix *m = w->m;
    size_t n = m->n, c = w->count;
    memset(w->column, 0, n * c * sizeof *w->column);
    memset(w->row, 0, n * c * sizeof *w->row);
    for (size_t p = 0; p < c; p++) {
        size_t k = w->place[p];
        for (size_t i = 0; i < n; i++) {
            if (i == k || is_missing(m, i, k)) continue;
            double in = m->entry[i * n + k], out = m->entry[k * n + i];
            w->column[i * c + p] += in * m->right[k];
            w->column[k * c + p] -= out * m->right[i];
            w->row[k * c + p] += m->left[i] * in;
            w->row[i * c + p] -= m->left[k] * out;
        }
        w->gradient[p] = 0;
        for (size_t i = 0; i < n; i++)
            w->gradient[p] += m->left[i] * w->column[i * c + p];
    }
}

/* left * (second derivative of the matrix) * right */
static double bend(const ahp_matrix *m, size_t k, size_t l) {
    size_t n = m->n;
    double sum = 0;
    if (k != l) {
        if (is_missing(m, k, l)) return 0;
        return -(m->left[k] * m->entry[k * n + l] * m->right[l] +
                 m->left[l] * m->entry[l * n + k] * m->right[k]);
    }
    for (size_t i = 0; i < n; i++)
        if (i != k && !is_missing(m, i, k))
            sum += m->left[i] * m->entry[i * n + k] * m->right[k] +
                   m->left[k] * m->entry[k * n + i] * m->right[i];
    return sum;
}

/* The columns become S * column, with S the reduced resolvent (lambda - M + right left')^-1 - right left'. */
static void resolve(newton *w) {
    const ahp_matrix *m = w->m;
    size_t n = m->n, c = w->count;
    double *a = m->square;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            a[i * n + j] = (i == j ? m->lambda : 0) - m->entry[i * n + j] + m->right[i] * m->left[j];
    ahp_equations(a, w->column, n, c);
    for (size_t i = 0; i < n; i++)
        for (size_t p = 0; p < c; p++)
            w->column[i * c + p] -= m->right[i] * w->gradient[p];
}

static void find_curvature(newton *w) {
    size_t n = w->m->n, c = w->count;
    resolve(w);
    for (size_t p = 0; p < c; p++) {
        for (size_t q = 0; q < c; q++) {
            double sum = bend(w->m, w->place[p], w->place[q]);
            for (size_t i = 0; i < n; i++)
                sum += w->row[i * c + p] * w->column[i * c + q] + w->row[i * c + q] * w->column[i * c + p];
            w->curvature[p * c + q] = sum;
        }
    }
}

/* Levels after a step that is shortened by `damping`; the longest change. */
static double take_step(newton *w, double damping) {
    size_t c = w->count;
    double *a = w->m->square, top = 0, longest = 0;
    for (size_t p = 0; p < c; p++)
        top = fmax(top, w->curvature[p * c + p]);
    memcpy(a, w->curvature, c * c * sizeof *a);
    for (size_t p = 0; p < c; p++) {
        a[p * c + p] += damping * top;
        w->step[p] = -w->gradient[p];
    }
    ahp_equations(a, w->step, c, 1);
    for (size_t p = 0; p < c; p++) {
        w->m->level[w->place[p]] = w->before[w->place[p]] + w->step[p];
        longest = fmax(longest, fabs(w->step[p]));
    }
    return longest;
}

static void minimise(newton *w) {
    ahp_matrix *m = w->m;
    double damping = 1e-3;
    for (int round = 0; round < STEPS; round++) {
        double lambda = m->lambda, longest;
        differentiate(w);
        find_curvature(w);
        memcpy(w->before, m->level, m->n * sizeof *w->before);
        do {
            longest = take_step(w, damping);
            ahp_perron(m);
            damping *= 10;
        } while (!(m->lambda <= lambda * (1 + 1e-13)) && damping < 1e12);
        damping = fmax(damping * 1e-3, 1e-15);
        if (longest < SMALL) return;
    }
}

ve_code ahp_complete(ahp_matrix *m, const ve_services *services) {
    size_t n = m->n;
    newton w = { .m = m };
    double *room = services->memory(services, (3 * n * n + 3 * n) * sizeof *room);
    size_t *place = services->memory(services, 2 * n * sizeof *place);
    if (!room || !place) return VE_E_MEMORY;
    w.place = place;
    w.column = room;
    w.row = room + n * n;
    w.curvature = room + 2 * n * n;
    w.gradient = room + 3 * n * n;
    w.step = w.gradient + n;
    w.before = w.step + n;
    find_places(&w, place + n);
    ahp_perron(m);
    if (w.count) minimise(&w);
    return VE_OK;
}

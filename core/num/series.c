/* Chebyshev series: coefficients from the values at the nodes, sums by the polynomials' recurrence.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/series.h"

#include <math.h>
#include <string.h>

#include "ve/wide.h"

enum { MOST = VE_SERIES_MOST, COLUMNS_MOST = VE_SERIES_COLUMNS, CHECKS = 7 };
#define PRECISION 1e-13

static const double pi = 3.14159265358979323846;

/* ---- making ---------------------------------------------------------------------------------- */

static double node(size_t j, size_t terms) {
    return cos(pi * ((double)j + 0.5) / (double)terms);
}

static double from_unit(double low, double high, double u) {
    return 0.5 * (low + high) + 0.5 * (high - low) * u;
}

static bool add_node(ve_series_value *value, const void *context, const ve_series *s, size_t j) {
    double v[COLUMNS_MOST];
    if (!value(context, from_unit(s->low, s->high, node(j, s->terms)), v)) return false;
    for (size_t d = 0; d < s->terms; d++) {
        double t =
            cos(pi * (double)d * ((double)j + 0.5) / (double)s->terms) * (d ? 2 : 1) / (double)s->terms;
        for (size_t c = 0; c < s->columns; c++)
            s->term[d * s->columns + c] += t * v[c];
    }
    return true;
}

/* The series is as good between its nodes as at them. */
static bool is_precise(ve_series_value *value, const void *context, const ve_series *s, const double *size) {
    double is[COLUMNS_MOST], *place[COLUMNS_MOST], wanted[COLUMNS_MOST];
    for (size_t c = 0; c < s->columns; c++)
        place[c] = &is[c];
    for (int i = 0; i < CHECKS; i++) {
        double x = from_unit(s->low, s->high, 2 * ((double)i + 0.37) / CHECKS - 1);
        if (!value(context, x, wanted)) return false;
        ve_series_at(s, &x, 1, place);
        for (size_t c = 0; c < s->columns; c++)
            if (!(fabs(is[c] - wanted[c]) <= PRECISION * size[c])) return false;
    }
    return true;
}

static void sizes(const ve_series *s, double *size) {
    for (size_t c = 0; c < s->columns; c++)
        size[c] = 0;
    for (size_t i = 0; i < s->terms * s->columns; i++)
        size[i % s->columns] = fmax(size[i % s->columns], fabs(s->term[i]));
}

/* Last terms that nobody would miss. */
static void cut(ve_series *s, const double *size) {
    for (; s->terms > 2; s->terms--)
        for (size_t c = 0; c < s->columns; c++)
            if (fabs(s->term[(s->terms - 1) * s->columns + c]) > PRECISION / 100 * size[c]) return;
}

static bool try_terms(ve_series_value *value, const void *context, ve_series *s) {
    double size[COLUMNS_MOST];
    memset(s->term, 0, s->terms * s->columns * sizeof *s->term);
    for (size_t j = 0; j < s->terms; j++)
        if (!add_node(value, context, s, j)) return false;
    sizes(s, size);
    cut(s, size);
    return is_precise(value, context, s, size);
}

bool ve_series_make(ve_series_value *value, const void *context, double low, double high, size_t columns,
                    double *room, ve_series *out) {
    if (!(low < high) || columns > COLUMNS_MOST) return false;
    for (size_t terms = 16; terms <= MOST; terms *= 2) {
        *out = (ve_series){ low, high, columns, terms, room };
        if (try_terms(value, context, out)) return true;
    }
    return false;
}

/* ---- asking ---------------------------------------------------------------------------------- */

enum { LANES = 4 * VE_LANES };

/* Polynomials T_d(u) by their recurrence: terms x LANES. */
VE_WIDE static void polynomials(const ve_series *s, const double *x, double *t) {
    const double sum = s->low + s->high, width = s->high - s->low;
    double twice[LANES];
    for (size_t r = 0; r < LANES; r++) {
        double u = (2 * x[r] - sum) / width;
        t[r] = 1;
        t[LANES + r] = u;
        twice[r] = 2 * u;
    }
    for (size_t d = 2; d < s->terms; d++)
        for (size_t r = 0; r < LANES; r++)
            t[d * LANES + r] = twice[r] * t[(d - 1) * LANES + r] - t[(d - 2) * LANES + r];
}

/* From the last term on: they grow towards the first. Named one by one the sums stay in registers. */
VE_WIDE static void add_up(const ve_series *s, const double *t, size_t column, double *out) {
    ve_lanes a = { 0 }, b = { 0 }, c = { 0 }, d = { 0 }, *to = (ve_lanes *)out;
    for (size_t n = s->terms; n-- > 0;) {
        const double term = s->term[n * s->columns + column];
        const ve_lanes *from = (const ve_lanes *)(t + n * LANES);
        a += term * from[0];
        b += term * from[1];
        c += term * from[2];
        d += term * from[3];
    }
    to[0] = a, to[1] = b, to[2] = c, to[3] = d;
}

void ve_series_at(const ve_series *s, const double *x, size_t rows, double *const *out) {
    _Alignas(64) double t[MOST * LANES];
    _Alignas(64) double last[LANES];
    size_t from = 0;
    for (; from + LANES <= rows; from += LANES) {
        polynomials(s, x + from, t);
        for (size_t c = 0; c < s->columns; c++)
            add_up(s, t, c, out[c] + from);
    }
    if (from == rows) return;
    for (size_t r = 0; r < LANES; r++)
        last[r] = x[from + r < rows ? from + r : from];
    polynomials(s, last, t);
    for (size_t c = 0; c < s->columns; c++) {
        add_up(s, t, c, last);
        memcpy(out[c] + from, last, (rows - from) * sizeof *last);
    }
}

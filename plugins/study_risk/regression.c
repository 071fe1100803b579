/* Least squares by products: the terms are multiplied with each other once for all options.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "study_risk.h"
#include "ve/wide.h"

enum { LANES = VE_LANES };

/* A term that follows from those before it, but for this share of its square, is left out. */
#define DEPENDENT 1e-10

/* Terms of the largest group there can be: all inputs, or the function scores of all options. */
static size_t terms_most(const risk_view *v) {
    size_t m = v->outline->options, columns = v->drawing.inputs > m ? v->drawing.inputs : m;
    return 1 + 2 * (columns < RISK_COLUMNS ? columns : RISK_COLUMNS);
}

bool risk_regression_make(const risk_view *v, risk_regression *out) {
    const ve_services *base = v->s->base;
    size_t m = v->outline->options, terms = terms_most(v), products = terms * (terms + m) * sizeof(double);
    *out = (risk_regression){ .rows = v->kept.rows,
                              .options = m,
                              .value = v->kept.value,
                              .term = base->memory(base, terms * RISK_SAMPLE * sizeof(double)),
                              .product = base->memory(base, products),
                              .left = base->memory(base, products),
                              .fitted = base->memory(base, m * v->kept.rows * sizeof(double)) };
    return out->term && out->product && out->left && out->fitted;
}

/* ---- terms ------------------------------------------------------------------------------------------- */

/* A column that does not vary gives terms of zeros, which are left out. */
VE_WIDE static void put_terms(const double *column, size_t rows, double *linear, double *square) {
    double sum = 0, squares = 0;
    for (size_t r = 0; r < rows; r++)
        sum += column[r];
    const double mean = sum / (double)rows;
    for (size_t r = 0; r < rows; r++)
        squares += (column[r] - mean) * (column[r] - mean);
    const double sd = sqrt(squares / (double)rows);
    for (size_t r = 0; r < rows; r++) {
        linear[r] = sd > 0 ? (column[r] - mean) / sd : 0;
        square[r] = sd > 0 ? linear[r] * linear[r] - 1 : 0;
    }
}

static void set_terms(risk_regression *on, const double *const *column, size_t columns) {
    on->terms = 1 + 2 * columns;
    for (size_t r = 0; r < on->rows; r++)
        on->term[r] = 1;
    for (size_t c = 0; c < columns; c++)
        put_terms(column[c], on->rows, on->term + (1 + 2 * c) * RISK_SAMPLE,
                  on->term + (2 + 2 * c) * RISK_SAMPLE);
}

/* ---- products: row k holds those of term k with every term, then with every option's value ----------------
 */

VE_WIDE static double dot(const double *a, const double *b, size_t count) {
    ve_lanes lane = { 0 };
    double rest = 0;
    size_t whole = count - count % LANES;
    for (size_t i = 0; i < whole; i += LANES)
        lane += *(const ve_lanes *)(a + i) * *(const ve_lanes *)(b + i);
    for (size_t i = whole; i < count; i++)
        rest += a[i] * b[i];
    return ve_lanes_sum((const double *)&lane) + rest;
}

static size_t width(const risk_regression *on) {
    return on->terms + on->options;
}

void risk_regress(risk_regression *on, const double *const *column, size_t columns) {
    set_terms(on, column, columns);
    const size_t wide = width(on);
    for (size_t k = 0; k < on->terms; k++) {
        const double *term = on->term + k * RISK_SAMPLE;
        double *row = on->product + k * wide;
        for (size_t l = 0; l < on->terms; l++)
            row[l] = l < k ? on->product[l * wide + k] : dot(term, on->term + l * RISK_SAMPLE, on->rows);
        for (size_t i = 0; i < on->options; i++)
            row[on->terms + i] = dot(term, on->value + i * RISK_SAMPLE, on->rows);
    }
}

/* ---- solving ----------------------------------------------------------------------------------------- */

/* Take term k out of all behind it; false where it follows from those before. */
static bool eliminate(const risk_regression *on, double own, size_t k, size_t right) {
    double *row = on->left + k * width(on);
    if (!(row[k] > DEPENDENT * own)) return false;
    for (size_t below = k + 1; below < on->terms; below++) {
        double *to = on->left + below * width(on), factor = to[k] / row[k];
        for (size_t l = k; l < on->terms; l++)
            to[l] -= factor * row[l];
        to[right] -= factor * row[right];
    }
    return true;
}

/* Coefficients of one option's value; 0 of a term that is left out. */
static void solve(const risk_regression *on, size_t option, double *coefficient) {
    const size_t wide = width(on), right = on->terms + option;
    bool taken[RISK_TERMS];
    memcpy(on->left, on->product, on->terms * wide * sizeof *on->left);
    for (size_t k = 0; k < on->terms; k++)
        taken[k] = eliminate(on, on->product[k * wide + k], k, right);
    for (size_t k = on->terms; k-- > 0;) {
        const double *row = on->left + k * wide;
        double sum = row[right];
        for (size_t l = k + 1; l < on->terms; l++)
            sum -= row[l] * coefficient[l];
        coefficient[k] = taken[k] ? sum / row[k] : 0;
    }
}

VE_WIDE static void add_times(double *out, double factor, const double *term, size_t rows) {
    for (size_t r = 0; r < rows; r++)
        out[r] += factor * term[r];
}

void risk_fitted(const risk_regression *on, size_t option, double *out) {
    double coefficient[RISK_TERMS];
    solve(on, option, coefficient);
    memset(out, 0, on->rows * sizeof *out);
    for (size_t k = 0; k < on->terms; k++)
        add_times(out, coefficient[k], on->term + k * RISK_SAMPLE, on->rows);
}

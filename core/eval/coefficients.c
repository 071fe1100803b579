/* Coefficients: function score G -> F = G / sum G, cost S -> C = S / sum S, value index V = F / C. Of many
 * rows at once, column by column; one case is a row. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "eval/internal.h"
#include "num/sum.h"
#include "ve/wide.h"

enum { SOME = VE_ROWS_MOST };

/* ---- sums of columns: as ve_sum, row by row --------------------------------------------------------- */

typedef struct column_sum {
    double total[SOME], lost[SOME];
} column_sum;

VE_WIDE static void add_column(column_sum *sum, const double *x, size_t rows) {
    for (size_t r = 0; r < rows; r++)
        ve_sum_step(&sum->total[r], &sum->lost[r], x[r]);
}

VE_WIDE static void add_product(column_sum *sum, const double *a, const double *b, size_t rows) {
    for (size_t r = 0; r < rows; r++)
        ve_sum_step(&sum->total[r], &sum->lost[r], a[r] * b[r]);
}

static void sum_values(const column_sum *sum, size_t rows, double *out) {
    for (size_t r = 0; r < rows; r++)
        out[r] = ve_sum_value(&(ve_sum){ sum->total[r], sum->lost[r] });
}

/* ---- shares ------------------------------------------------------------------------------------------ */

/* The power of two that brings x near 1, as far as there is one. */
static inline double near_one(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    uint64_t exponent = bits >> 52 & 0x7ff, least = exponent < 1 ? 1 : exponent > 2045 ? 2045 : exponent;
    bits = (2046 - least) << 52;
    memcpy(&x, &bits, sizeof x);
    return x;
}

VE_WIDE static void take_top(const double *x, size_t rows, double *top) {
    for (size_t r = 0; r < rows; r++)
        top[r] = x[r] > top[r] ? x[r] : top[r];
}

VE_WIDE static void multiply(const double *x, const double *by, size_t rows, double *out) {
    for (size_t r = 0; r < rows; r++)
        out[r] = x[r] * by[r];
}

VE_WIDE static void divide(double *x, const double *by, size_t rows) {
    for (size_t r = 0; r < rows; r++)
        x[r] /= by[r];
}

/* share[i] = x[i] / sum x. The power of two in front is exact and keeps sums in range. Of a row in which all
 * are zero nothing is said: top is 0 there. */
static void shares(const double *x, size_t options, size_t rows, double *share, double *top) {
    double scale[SOME], total[SOME];
    column_sum sum;
    memset(&sum, 0, sizeof sum);
    memset(top, 0, rows * sizeof *top);
    for (size_t i = 0; i < options; i++)
        take_top(x + i * rows, rows, top);
    for (size_t r = 0; r < rows; r++)
        scale[r] = near_one(top[r]);
    for (size_t i = 0; i < options; i++) {
        multiply(x + i * rows, scale, rows, share + i * rows);
        add_column(&sum, share + i * rows, rows);
    }
    sum_values(&sum, rows, total);
    for (size_t i = 0; i < options; i++)
        divide(share + i * rows, total, rows);
}

/* ---- function scores ------------------------------------------------------------------------------- */

void ve_weighted_scores(const ve_model *model, const double *weight, const double *score, size_t rows,
                        double *out) {
    column_sum sum;
    memset(&sum, 0, sizeof sum);
    for (size_t k = 0; k < model->leaves; k++)
        add_product(&sum, weight + (size_t)model->leaf[k] * rows, score + k * rows, rows);
    sum_values(&sum, rows, out);
}

/* Log of what the mean is multiplied by when customers are added up rather than averaged. */
static double log_audience(const ve_evaluation *e, size_t i) {
    const ve_audience *a = &e->audience[i];
    if (e->assumptions.aggregate == VE_AGGREGATE_MEAN) return 0;
    double top = e->assumptions.aggregate == VE_AGGREGATE_SUM ? a->log_top : a->log_top - a->log_peak;
    return top + log(a->weight);
}

void ve_function_means(ve_evaluation *e) {
    const ve_model *model = e->subject->model;
    for (size_t i = 0; i < model->options; i++) {
        ve_weighted_scores(model, e->weight + i * model->functions, e->score + i * model->leaves, 1,
                           &e->mean_score[i]);
        e->log_factor[i] = log_audience(e, i);
    }
}

/* G of every option, and the same divided by a common factor so that the shares exist even where every G
 * underflows. */
static void multiply_row(const ve_coefficients *c, size_t r, double *scaled) {
    double top = -HUGE_VAL;
    for (size_t at = r; at < c->options * c->rows; at += c->rows) {
        double log_factor = c->log_factor[at];
        c->function_score[at] = scaled[at] > 0 ? scaled[at] * exp(log_factor) : scaled[at];
        if (scaled[at] > 0 && log_factor > top) top = log_factor;
    }
    for (size_t at = r; at < c->options * c->rows; at += c->rows)
        if (scaled[at] > 0 && c->log_factor[at] != top) scaled[at] *= exp(c->log_factor[at] - top);
}

/* In function_coefficient, which they become. */
static void function_scores(const ve_coefficients *c) {
    size_t cells = c->options * c->rows;
    memcpy(c->function_score, c->mean_score, cells * sizeof *c->function_score);
    memcpy(c->function_coefficient, c->mean_score, cells * sizeof *c->function_coefficient);
    for (size_t r = 0; c->log_factor && r < c->rows; r++)
        multiply_row(c, r, c->function_coefficient);
}

/* ---- all of them ------------------------------------------------------------------------------------- */

static void note(ve_fault *fault, size_t row, ve_fault what) {
    if (!fault[row]) fault[row] = what;
}

static void find_large(const double *scaled, const double *score, size_t rows, ve_fault *fault) {
    for (size_t r = 0; r < rows; r++)
        if (!isfinite(scaled[r]) || !isfinite(score[r])) note(fault, r, VE_FAULT_LARGE_SCORE);
}

static void function_coefficients(const ve_coefficients *c) {
    double top[SOME];
    function_scores(c);
    for (size_t i = 0; i < c->options; i++)
        find_large(c->function_coefficient + i * c->rows, c->function_score + i * c->rows, c->rows, c->fault);
    shares(c->function_coefficient, c->options, c->rows, c->function_coefficient, top);
    for (size_t r = 0; r < c->rows; r++)
        if (!(top[r] > 0)) note(c->fault, r, VE_FAULT_NO_FUNCTION);
}

static void cost_coefficients(const ve_coefficients *c) {
    double top[SOME];
    shares(c->cost, c->options, c->rows, c->cost_coefficient, top);
    for (size_t r = 0; r < c->rows; r++)
        if (!(top[r] > 0)) note(c->fault, r, VE_FAULT_NO_COST);
}

VE_WIDE static void put_indices(const double *function, const double *cost, size_t rows, double *index) {
    for (size_t r = 0; r < rows; r++)
        index[r] = cost[r] > 0 ? function[r] / cost[r] : NAN;
}

static void value_indices(const ve_coefficients *c) {
    for (size_t i = 0; i < c->options; i++) {
        double *index = c->value_index + i * c->rows;
        put_indices(c->function_coefficient + i * c->rows, c->cost_coefficient + i * c->rows, c->rows, index);
        for (size_t r = 0; r < c->rows; r++)
            if (isinf(index[r])) note(c->fault, r, VE_FAULT_SMALL_COST);
    }
}

void ve_coefficients_find(const ve_coefficients *c) {
    memset(c->fault, 0, c->rows * sizeof *c->fault);
    function_coefficients(c);
    cost_coefficients(c);
    value_indices(c);
}

/* ---- of one case -------------------------------------------------------------------------------------- */

static ve_code tell(ve_evaluation *e, ve_fault fault) {
    static const struct {
        ve_code code;
        const char *message;
    } of[] = {
        [VE_FAULT_LARGE_SCORE] = { VE_E_NOT_FINITE, "a function score is too large to compute with" },
        [VE_FAULT_NO_FUNCTION] = { VE_E_NO_FUNCTION, "every function score is zero" },
        [VE_FAULT_NO_COST] = { VE_E_NO_COST, "the costs add up to zero" },
        [VE_FAULT_SMALL_COST] = { VE_E_NOT_FINITE,
                                  "a cost is too small beside the others for a value index" },
    };
    const ve_value *source = e->subject->model->source;
    ve_fail(e->errors, of[fault].code, source ? source->at : VE_NOWHERE, "options", "%s", of[fault].message);
    ve_hint(e->errors, "%s", ve_code_get(of[fault].code)->way_out);
    return of[fault].code;
}

static void take(ve_evaluation *e, const ve_coefficients *c) {
    for (size_t i = 0; i < c->options; i++) {
        ve_outcome_option *o = &e->option[i];
        o->function_score = c->function_score[i];
        o->function_coefficient = c->function_coefficient[i];
        o->cost_coefficient = c->cost_coefficient[i];
        o->value_index = c->value_index[i];
    }
}

ve_code ve_coefficients_of(ve_evaluation *e) {
    const size_t m = e->subject->model->options;
    double *cost = ve_alloc_array(e->arena, m, sizeof *cost);
    ve_coefficients c = { .options = m, .rows = 1, .mean_score = e->mean_score, .log_factor = e->log_factor };
    ve_fault fault;
    if (!cost || !ve_coefficients_room(&c, e->arena)) return ve_fail_memory(e->errors);
    for (size_t i = 0; i < m; i++)
        cost[i] = e->option[i].cost;
    c.cost = cost;
    c.fault = &fault;
    ve_coefficients_find(&c);
    if (fault) return tell(e, fault);
    take(e, &c);
    return VE_OK;
}

bool ve_coefficients_room(ve_coefficients *c, ve_arena *arena) {
    size_t cells = c->options * c->rows;
    c->function_score = ve_alloc_array(arena, cells, sizeof *c->function_score);
    c->function_coefficient = ve_alloc_array(arena, cells, sizeof *c->function_coefficient);
    c->cost_coefficient = ve_alloc_array(arena, cells, sizeof *c->cost_coefficient);
    c->value_index = ve_alloc_array(arena, cells, sizeof *c->value_index);
    return c->function_score && c->function_coefficient && c->cost_coefficient && c->value_index;
}

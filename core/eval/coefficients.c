/* Coefficients: function score G -> F = G / sum G, cost S -> C = S / sum S, value index V = F / C.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "eval/internal.h"
#include "num/sum.h"

/* share[i] = x[i] / sum x; false if all are zero. The power of two in front is exact and keeps sums in
 * range. */
static bool shares(const double *x, size_t count, double *share) {
    double top = 0;
    for (size_t i = 0; i < count; i++)
        top = x[i] > top ? x[i] : top;
    if (!(top > 0)) return false;
    int exponent = ilogb(top);
    ve_sum sum = { 0 };
    for (size_t i = 0; i < count; i++)
        ve_sum_add(&sum, share[i] = scalbn(x[i], -exponent));
    double total = ve_sum_value(&sum);
    for (size_t i = 0; i < count; i++)
        share[i] /= total;
    return true;
}

double ve_weighted_score(const ve_model *model, const double *weight, const double *score) {
    ve_sum sum = { 0 };
    for (size_t k = 0; k < model->leaves; k++)
        ve_sum_add(&sum, weight[model->leaf[k]] * score[k]);
    return ve_sum_value(&sum);
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
        e->mean_score[i] =
            ve_weighted_score(model, e->weight + i * model->functions, e->score + i * model->leaves);
        e->log_factor[i] = log_audience(e, i);
    }
}

/* G of every option, and the same divided by a common factor so that the shares exist even where every G
 * underflows. */
static void function_scores(ve_evaluation *e, double *scaled) {
    const size_t m = e->subject->model->options;
    double top = -HUGE_VAL;
    for (size_t i = 0; i < m; i++) {
        scaled[i] = e->mean_score[i];
        double log_factor = e->log_factor[i];
        e->option[i].function_score = scaled[i] > 0 ? scaled[i] * exp(log_factor) : scaled[i];
        if (scaled[i] > 0 && log_factor > top) top = log_factor;
    }
    for (size_t i = 0; i < m; i++) {
        double log_factor = e->log_factor[i];
        if (scaled[i] > 0 && log_factor != top) scaled[i] *= exp(log_factor - top);
    }
}

static ve_code fail_whole(ve_evaluation *e, ve_code code, const char *path, const char *message) {
    const ve_value *source = e->subject->model->source;
    ve_fail(e->errors, code, source ? source->at : VE_NOWHERE, path, "%s", message);
    ve_hint(e->errors, "%s", ve_code_get(code)->way_out);
    return code;
}

static ve_code function_coefficients(ve_evaluation *e, double *scaled, double *share) {
    const size_t m = e->subject->model->options;
    function_scores(e, scaled);
    for (size_t i = 0; i < m; i++)
        if (!isfinite(scaled[i]) || !isfinite(e->option[i].function_score))
            return fail_whole(e, VE_E_NOT_FINITE, "options", "a function score is too large to compute with");
    if (!shares(scaled, m, share))
        return fail_whole(e, VE_E_NO_FUNCTION, "options", "every function score is zero");
    for (size_t i = 0; i < m; i++)
        e->option[i].function_coefficient = share[i];
    return VE_OK;
}

static ve_code cost_coefficients(ve_evaluation *e, double *cost, double *share) {
    const size_t m = e->subject->model->options;
    for (size_t i = 0; i < m; i++)
        cost[i] = e->option[i].cost;
    if (!shares(cost, m, share)) return fail_whole(e, VE_E_NO_COST, "options", "the costs add up to zero");
    for (size_t i = 0; i < m; i++)
        e->option[i].cost_coefficient = share[i];
    return VE_OK;
}

static ve_code value_indices(ve_evaluation *e) {
    for (size_t i = 0; i < e->subject->model->options; i++) {
        ve_outcome_option *o = &e->option[i];
        o->value_index = o->cost_coefficient > 0 ? o->function_coefficient / o->cost_coefficient : NAN;
        if (isinf(o->value_index))
            return fail_whole(e, VE_E_NOT_FINITE, "options",
                              "a cost is too small beside the others for a value index");
    }
    return VE_OK;
}

ve_code ve_coefficients(ve_evaluation *e) {
    const size_t m = e->subject->model->options;
    double *x = ve_alloc_array(e->arena, m, sizeof *x), *share = ve_alloc_array(e->arena, m, sizeof *share);
    if (!x || !share) return ve_fail_memory(e->errors);
    ve_code code = function_coefficients(e, x, share);
    if (!code) code = cost_coefficients(e, x, share);
    return code ? code : value_indices(e);
}

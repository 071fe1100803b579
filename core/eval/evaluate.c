/* One evaluation: customers -> scores -> weights -> costs -> coefficients -> ranks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "eval/internal.h"

static ve_code make_room(ve_evaluation *e) {
    const ve_model *model = e->subject->model;
    const size_t m = model->options;
    e->audience = ve_alloc_array(e->arena, m, sizeof *e->audience);
    e->column_mean = ve_alloc_array(e->arena, e->subject->groups->columns, sizeof *e->column_mean);
    e->score = ve_alloc_array(e->arena, m * model->leaves, sizeof *e->score);
    e->weight = ve_alloc_array(e->arena, m * model->functions, sizeof *e->weight);
    e->local_weight = ve_alloc_array(e->arena, m * model->functions, sizeof *e->local_weight);
    e->mean_score = ve_alloc_array(e->arena, m, sizeof *e->mean_score);
    e->log_factor = ve_alloc_array(e->arena, m, sizeof *e->log_factor);
    e->list = ve_alloc_array(e->arena, model->lists, sizeof *e->list);
    e->scored = ve_alloc_array(e->arena, model->leaves, sizeof *e->scored);
    e->option = ve_alloc_array(e->arena, m, sizeof *e->option);
    bool all = e->audience && e->column_mean && e->score && e->weight && e->local_weight && e->mean_score &&
               e->log_factor && e->list && e->scored && e->option;
    return all ? VE_OK : ve_fail_memory(e->errors);
}

static void tell_audience(ve_evaluation *e, size_t i) {
    const ve_audience *a = &e->audience[i];
    ve_outcome_option *option = &e->option[i];
    option->effective_customers = a->weight * a->weight / a->weight_squared;
    option->nearest = option->weight_share = NAN;
    if (!e->subject->model->survey.plugin) return;
    option->nearest = exp(a->log_nearest - a->log_peak);
    option->weight_share = exp(a->log_top - a->log_peak) * (a->weight / a->everyone);
}

static ve_code ask_customers(ve_evaluation *e) {
    ve_code first = VE_OK;
    for (size_t i = 0; i < e->subject->model->options; i++) {
        ve_code code = ve_target_weigh(e, i);
        if (!first) first = code;
        if (code) continue;
        ve_scores_average(e, i);
        tell_audience(e, i);
    }
    return first;
}

static ve_code conclude(ve_evaluation *e, int *best) {
    ve_code code = ve_coefficients_of(e);
    if (code) return code;
    ve_gates(e);
    return ve_ranks(e, best);
}

static ve_code put_together(ve_evaluation *e, int *best) {
    ve_code code = ve_scores_judged(e);
    if (!code) code = ve_kano_count(e);
    if (!code) ve_kano_bend_scores(e);
    if (!code) code = ve_weights(e);
    if (!code) code = ve_costs(e);
    if (code) return code;
    ve_kano_adjust_weights(e);
    ve_function_means(e);
    return conclude(e, best);
}

static ve_code compute(ve_evaluation *e, int *best) {
    ve_code code = make_room(e);
    if (!code) code = ve_tiers_count(e);
    if (code) return code;
    /* As long as the survey is wide: not for the arena, which would keep it for every evaluation of a
     * study. */
    e->customer_weight = calloc(e->subject->groups->rows + 1, sizeof *e->customer_weight);
    if (!e->customer_weight) return ve_fail_memory(e->errors);
    code = ask_customers(e);
    free(e->customer_weight);
    e->customer_weight = NULL;
    return code ? code : put_together(e, best);
}

ve_code ve_evaluate(const ve_case *subject, const ve_assumptions *assumptions, ve_arena *arena,
                    ve_outcome **out, ve_errors *errors) {
    ve_evaluation e = { .subject = subject, .assumptions = *assumptions, .arena = arena, .errors = errors };
    int best = -1;
    *out = NULL;
    ve_code code = compute(&e, &best);
    if (code) return code;
    ve_outcome *outcome = ve_alloc(arena, sizeof *outcome);
    if (!outcome) return ve_fail_memory(errors);
    *outcome = (ve_outcome){
        .assumptions = *assumptions,
        .best = best,
        .option = e.option,
        .weights_by_option = e.weights_by_option,
        .weight = e.weight,
        .local_weight = e.local_weight,
        .score = e.score,
        .kano = e.kano,
        .list = e.list,
        .scored = e.scored,
    };
    *out = outcome;
    return VE_OK;
}

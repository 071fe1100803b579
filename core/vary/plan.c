/* Which parts of the case each input changes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "vary/plan.h"

#include <math.h>
#include <string.h>

/* ---- what a plan cannot do -------------------------------------------------------------------- */

static bool asks_scores(const ve_model *model) {
    for (size_t l = 0; l < model->lists; l++) {
        const ve_word *word = &model->list[l].judgement;
        if (word->plugin && (ve_judgement_needs(word) & (VE_NEEDS_SCORES | VE_NEEDS_CUSTOMERS))) return true;
    }
    return false;
}

static bool has_judged_scores(const ve_model *model) {
    for (size_t k = 0; k < model->leaves; k++)
        if (model->function[model->leaf[k]].scores.plugin) return true;
    return false;
}

/* Where weights or costs follow from what customers say, everything hangs together. */
static bool is_plain(const ve_case *subject) {
    return !asks_scores(subject->model) && !subject->groups->columns &&
           subject->model->kano.use == VE_KANO_USE_REPORT;
}

/* Customers who are drawn again must score all leaves, and count by nothing but their targets. */
static bool can_draw(const ve_case *subject) {
    return subject->model->survey.plugin && !subject->tiers && !has_judged_scores(subject->model);
}

/* ---- sorting the inputs ---------------------------------------------------------------------- */

static const char *behind_option(const ve_vary *vary, const ve_input *input) {
    const char *id = vary->of.base->model->option[input->option].id;
    return input->path + sizeof "options." - 1 + strlen(id) + 1;
}

static bool take_cost(ve_plan *plan, const ve_input *input, const double *column) {
    const ve_option *option = &plan->vary->of.base->model->option[input->option];
    if (option->cost_word.plugin || strcmp(behind_option(plan->vary, input), "cost") != 0) return false;
    plan->cost[input->option] = column;
    return true;
}

static bool take_weight(ve_plan *plan, const ve_input *input, const double *column) {
    plan->weight[input->node] = column;
    plan->total[input->node] = input->high;
    plan->weighed[input->list] = plan->any_weight = true;
    return true;
}

static bool take_score(ve_plan *plan, const ve_input *input, const double *column) {
    const ve_model *model = plan->vary->of.base->model;
    const char *path = behind_option(plan->vary, input), *dot = strchr(path, '.');
    if (model->survey.plugin || !dot) return false;
    for (size_t k = 0; k < model->leaves; k++)
        if (strcmp(model->function[model->leaf[k]].id, dot + 1) == 0) {
            plan->score[(size_t)input->option * model->leaves + k] = column;
            return plan->any_score = true;
        }
    return false;
}

/* A normal curve over the model's only attribute. */
static bool is_normal(const ve_case *subject, const ve_word *target) {
    const ve_model *model = subject->model;
    return strcmp(target->plugin->name, "normal") == 0 && model->attributes == 1 && !subject->tiers &&
           !has_judged_scores(model);
}

static bool take_target(const ve_vary *vary, const ve_trials *trials, const ve_input *input, size_t i,
                        ve_move *move) {
    if (input->option < 0 || !trials->assumptions.positioned) return false;
    if (!is_normal(vary->of.base, &vary->of.base->model->option[input->option].target)) return false;
    const char *field = behind_option(vary, input);
    bool mean = strcmp(field, "target.mean") == 0;
    if (!mean && strcmp(field, "target.sd") != 0) return false;
    if (mean)
        move[input->option].mean_column = trials->value[i], move[input->option].mean_input = trials->input[i];
    else
        move[input->option].sd_column = trials->value[i], move[input->option].sd_input = trials->input[i];
    return true;
}

static bool take(ve_plan *plan, size_t i, ve_move *move) {
    const ve_input *input = &plan->vary->input[plan->trials->input[i]];
    switch (input->kind) {
    case VE_INPUT_COST:
        return take_cost(plan, input, plan->trials->value[i]);
    case VE_INPUT_WEIGHT:
        return input->list >= 0 && take_weight(plan, input, plan->trials->value[i]);
    case VE_INPUT_SCORE:
        return take_score(plan, input, plan->trials->value[i]);
    case VE_INPUT_TARGET:
        return take_target(plan->vary, plan->trials, input, i, move);
    default:
        return false;
    }
}

static bool take_all(ve_plan *plan, ve_move *move) {
    for (size_t i = 0; i < plan->trials->inputs; i++)
        if (!take(plan, i, move)) return false;
    return true;
}

/* ---- the base -------------------------------------------------------------------------------- */

static ve_code plan_room(ve_plan *plan, ve_arena *arena, ve_errors *errors) {
    const ve_model *model = plan->vary->of.base->model;
    size_t m = model->options;
    plan->log_factor = ve_alloc_array(arena, m, sizeof *plan->log_factor);
    plan->mean_score = ve_alloc_array(arena, m, sizeof *plan->mean_score);
    plan->cost = ve_alloc_array(arena, m, sizeof *plan->cost);
    plan->weight = ve_alloc_array(arena, model->functions, sizeof *plan->weight);
    plan->total = ve_alloc_array(arena, model->functions, sizeof *plan->total);
    plan->score = ve_alloc_array(arena, m * model->leaves, sizeof *plan->score);
    plan->weighed = ve_alloc_array(arena, model->lists, sizeof *plan->weighed);
    plan->moved = ve_alloc_array(arena, m, sizeof *plan->moved);
    bool all = plan->log_factor && plan->mean_score && plan->cost && plan->weight && plan->total &&
               plan->score && plan->weighed && plan->moved;
    return all ? VE_OK : ve_fail_memory(errors);
}

/* Mean function scores, and what they were multiplied by; false where that cannot be seen any more. */
static bool find_factors(ve_plan *plan) {
    const ve_model *model = plan->vary->of.base->model;
    for (size_t i = 0; i < model->options; i++) {
        ve_weighted_scores(model, plan->base->weight + i * model->functions,
                           plan->base->score + i * model->leaves, 1, &plan->mean_score[i]);
        if (plan->trials->assumptions.aggregate == VE_AGGREGATE_MEAN) continue;
        plan->log_factor[i] = log(plan->base->option[i].function_score / plan->mean_score[i]);
        if (!isfinite(plan->log_factor[i])) return false;
    }
    return true;
}

/* *out stays NULL where the base cannot be evaluated. */
static ve_code evaluate_base(ve_vary *vary, const ve_assumptions *under, const ve_outcome **out,
                             ve_errors *errors) {
    *out = ve_vary_known(vary, under);
    if (*out) return VE_OK;
    ve_errors *silent = ve_alloc(vary->of.binder.arena, sizeof *silent); /* each row tells for itself */
    if (!silent) return ve_fail_memory(errors);
    ve_code code = ve_vary_base(vary, under, out, silent);
    return code == VE_E_MEMORY ? ve_fail_memory(errors) : VE_OK;
}

static ve_code find_base(ve_plan *plan, bool *fits, ve_errors *errors) {
    ve_code code = evaluate_base(plan->vary, &plan->trials->assumptions, &plan->base, errors);
    if (code || !plan->base) return code;
    *fits = find_factors(plan);
    return VE_OK;
}

/* ---- targets that move ----------------------------------------------------------------------- */

static double written(const ve_vary *vary, size_t option, const char *field) {
    for (size_t i = 0; i < vary->count; i++) {
        const ve_input *input = &vary->input[i];
        if (input->option == (int)option && strcmp(behind_option(vary, input), field) == 0)
            return input->base;
    }
    return NAN;
}

static void leaf_weights(const ve_plan *plan, size_t option, double *weight) {
    const ve_model *model = plan->vary->of.base->model;
    for (size_t k = 0; k < model->leaves; k++)
        weight[k] = plan->base->weight[option * model->functions + (size_t)model->leaf[k]];
}

static ve_code move_one(ve_plan *plan, size_t option, ve_move *move, double *weight, ve_arena *arena,
                        ve_errors *errors) {
    ve_vary *vary = plan->vary;
    if (!move->mean_column && !move->sd_column) return VE_OK;
    move->mean = written(vary, option, "target.mean");
    move->sd = written(vary, option, "target.sd");
    if (isnan(move->sd)) move->sd = vary->of.base->outline->attribute[0].sd;
    if (weight) leaf_weights(plan, option, weight);
    size_t rows = plan->trials->resample ? 0 : plan->trials->rows;
    plan->moved[option] = ve_moved_new(vary, option, move, rows, weight, arena, errors);
    return plan->moved[option] ? VE_OK : VE_E_MEMORY;
}

static ve_code move_targets(ve_plan *plan, ve_move *move, ve_arena *arena, ve_errors *errors) {
    const ve_model *model = plan->vary->of.base->model;
    plan->each = plan->any_weight || ve_model_has_gates(model);
    double *weight = plan->each ? NULL : ve_alloc_array(arena, model->leaves, sizeof *weight);
    if (!plan->each && !weight) return ve_fail_memory(errors);
    ve_code code = VE_OK;
    for (size_t i = 0; !code && i < model->options; i++)
        code = move_one(plan, i, &move[i], weight, arena, errors);
    return code;
}

ve_code ve_plan_make(ve_vary *vary, const ve_trials *trials, ve_arena *arena, ve_plan *plan, bool *fits,
                     ve_errors *errors) {
    *plan = (ve_plan){ .vary = vary, .trials = trials };
    *fits = false;
    if (!is_plain(vary->of.base) || (trials->resample && !can_draw(vary->of.base))) return VE_OK;
    ve_move *move = ve_alloc_array(arena, vary->of.base->model->options, sizeof *move);
    ve_code code = move ? plan_room(plan, arena, errors) : ve_fail_memory(errors);
    if (code || !take_all(plan, move)) return code;
    code = find_base(plan, fits, errors);
    if (!code && *fits) code = move_targets(plan, move, arena, errors);
    if (!code && *fits && trials->resample)
        code = ve_drawn_make(trials, vary->people, plan->each, plan->base->weight, plan->moved, arena,
                             &plan->drawn, errors);
    return code;
}

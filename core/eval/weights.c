/* Function weights: every sibling list weighed by itself, then multiplied down the tree.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "eval/internal.h"
#include "num/sum.h"

/* ---- one list ----------------------------------------------------------------------------------- */

static ve_code written_weights(const ve_model *model, const ve_list *list, double *weight,
                               ve_errors *errors) {
    ve_sum sum = { 0 };
    for (size_t k = 0; k < list->count; k++) {
        double written = model->function[list->node[k]].weight;
        weight[k] = isnan(written) ? 1 : written;
        ve_sum_add(&sum, weight[k]);
    }
    double total = ve_sum_value(&sum);
    if (!(total > 0))
        return ve_fail(errors, VE_E_WEIGHTS, list->source ? list->source->at : VE_NOWHERE, list->path,
                       "the weights of this list are all zero");
    for (size_t k = 0; k < list->count; k++)
        weight[k] /= total;
    return VE_OK;
}

ve_code ve_list_weights(const ve_model *model, const ve_list *list, const ve_subjects *subjects,
                        const double *mean, ve_arena *arena, double *weight, ve_judged *judged,
                        ve_errors *errors) {
    *judged = ve_judged_nothing();
    if (list->count == 1) return weight[0] = 1, VE_OK;
    if (!list->judgement.plugin) return written_weights(model, list, weight, errors);
    return ve_judgement_weigh(&list->judgement, subjects, mean, arena, weight, judged, errors);
}

typedef struct fixed_sums {
    size_t fixed;
    double set;  /* sum of the weights that are set */
    double rest; /* sum of what the others had */
} fixed_sums;

static fixed_sums sum_fixed(const double *fixed, size_t count, const double *weight) {
    fixed_sums sums = { 0 };
    for (size_t k = 0; k < count; k++) {
        if (isnan(fixed[k]))
            sums.rest += weight[k];
        else
            sums.fixed++, sums.set += fixed[k];
    }
    return sums;
}

void ve_list_fix_to(const double *fixed, size_t count, double *weight) {
    fixed_sums sums = sum_fixed(fixed, count, weight);
    if (!sums.fixed) return;
    double remains = sums.set < 1 ? 1 - sums.set : 0;
    for (size_t k = 0; k < count; k++) {
        if (!isnan(fixed[k]))
            weight[k] = fixed[k];
        else if (sums.rest > 0)
            weight[k] *= remains / sums.rest;
        else
            weight[k] = remains / (double)(count - sums.fixed);
    }
}

ve_code ve_list_fix(const ve_model *model, const ve_list *list, ve_arena *arena, double *weight,
                    ve_errors *errors) {
    double *fixed = ve_alloc_array(arena, list->count, sizeof *fixed);
    if (!fixed) return ve_fail_memory(errors);
    for (size_t k = 0; k < list->count; k++)
        fixed[k] = model->function[list->node[k]].fixed;
    ve_list_fix_to(fixed, list->count, weight);
    return VE_OK;
}

/* ---- the tree, for one option ------------------------------------------------------------------- */

/* Mean scores of the siblings, options x count, where all of them are leaves. */
static ve_code sibling_scores(ve_evaluation *e, const ve_list *list, ve_subjects *subjects) {
    const ve_model *model = e->subject->model;
    for (size_t k = 0; k < list->count; k++)
        if (model->function[list->node[k]].leaf < 0) return VE_OK;
    double *score = ve_alloc_array(e->arena, model->options * list->count, sizeof *score);
    if (!score) return ve_fail_memory(e->errors);
    for (size_t i = 0; i < model->options; i++)
        for (size_t k = 0; k < list->count; k++)
            score[i * list->count + k] =
                e->score[i * model->leaves + (size_t)model->function[list->node[k]].leaf];
    subjects->score = score;
    return VE_OK;
}

static ve_code subjects_for(ve_evaluation *e, const ve_list *list, ve_subjects *subjects) {
    ve_code code = ve_subjects_of_list(e->subject->model, list, e->arena, subjects, e->errors);
    bool scores = list->judgement.plugin && (ve_judgement_needs(&list->judgement) & VE_NEEDS_SCORES);
    return code || !scores ? code : sibling_scores(e, list, subjects);
}

static const double *means_of(const ve_evaluation *e, size_t option) {
    return e->column_mean + option * (e->subject->groups->columns / e->subject->model->options);
}

static ve_code weigh_list(ve_evaluation *e, size_t l, size_t option, double *weight) {
    const ve_model *model = e->subject->model;
    const ve_list *list = &model->list[l];
    ve_subjects subjects;
    ve_judged judged;
    ve_code code = subjects_for(e, list, &subjects);
    if (!code)
        code = ve_list_weights(model, list, &subjects, means_of(e, option), e->arena, weight, &judged,
                               e->errors);
    if (!code) code = ve_list_fix(model, list, e->arena, weight, e->errors);
    if (code) return code;
    for (size_t k = 0; k < list->count; k++)
        e->local_weight[option * model->functions + (size_t)list->node[k]] = weight[k];
    e->list[l] = ve_judged_outcome(&judged);
    return VE_OK;
}

/* Parents stand before their parts, so one pass is enough. */
void ve_multiply_down(const ve_model *model, const double *local, size_t rows, double *whole) {
    for (size_t n = 0; n < model->functions; n++) {
        double *own = whole + n * rows;
        int parent = model->function[n].parent;
        memcpy(own, local + n * rows, rows * sizeof *own);
        for (size_t r = 0; parent >= 0 && r < rows; r++)
            own[r] *= whole[(size_t)parent * rows + r];
    }
}

static ve_code weigh_option(ve_evaluation *e, size_t option) {
    const ve_model *model = e->subject->model;
    double *weight = ve_alloc_array(e->arena, model->functions, sizeof *weight);
    if (!weight) return ve_fail_memory(e->errors);
    for (size_t l = 0; l < model->lists; l++) {
        ve_code code = weigh_list(e, l, option, weight);
        if (code) return code;
    }
    size_t row = option * model->functions;
    ve_multiply_down(model, e->local_weight + row, 1, e->weight + row);
    return VE_OK;
}

/* ---- all options -------------------------------------------------------------------------------- */

static bool asks_customers(const ve_model *model) {
    for (size_t l = 0; l < model->lists; l++) {
        const ve_word *word = &model->list[l].judgement;
        if (word->plugin && (ve_judgement_needs(word) & VE_NEEDS_CUSTOMERS)) return true;
    }
    return false;
}

static void repeat_first_row(double *table, size_t rows, size_t columns) {
    for (size_t i = 1; i < rows; i++)
        memcpy(table + i * columns, table, columns * sizeof *table);
}

ve_code ve_weights(ve_evaluation *e) {
    const ve_model *model = e->subject->model;
    e->weights_by_option = asks_customers(model);
    size_t times = e->weights_by_option ? model->options : 1;
    for (size_t i = 0; i < times; i++) {
        ve_code code = weigh_option(e, i);
        if (code) return code;
    }
    if (e->weights_by_option) return VE_OK;
    repeat_first_row(e->weight, model->options, model->functions);
    repeat_first_row(e->local_weight, model->options, model->functions);
    return VE_OK;
}

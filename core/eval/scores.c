/* What customers think of an option: mean scores and mean columns over its own customers; scores that experts
 * judge. SPDX-License-Identifier: GPL-3.0-or-later */
#include "eval/internal.h"
#include "num/dot.h"

static void average_columns(ve_evaluation *e, size_t option) {
    const ve_groups *groups = e->subject->groups;
    size_t options = e->subject->model->options, handles = options ? groups->columns / options : 0;
    for (size_t c = 0; c < handles; c++) {
        const double *column = groups->column + (c * options + option) * groups->rows;
        e->column_mean[option * handles + c] =
            ve_dot(e->customer_weight, column, groups->rows) / e->audience[option].weight;
    }
}

/* The survey has cells only for the leaves that customers rate, in the order of the leaves. */
void ve_scores_average(ve_evaluation *e, size_t option) {
    const ve_groups *groups = e->subject->groups;
    const ve_model *model = e->subject->model;
    size_t cell = option * (groups->cells / model->options);
    for (size_t k = 0; k < model->leaves; k++) {
        if (model->function[model->leaf[k]].scores.plugin) continue;
        e->score[option * model->leaves + k] =
            ve_dot(e->customer_weight, groups->score + cell++ * groups->rows, groups->rows) /
            e->audience[option].weight;
    }
    average_columns(e, option);
}

static ve_code judged_leaf(ve_evaluation *e, const ve_subjects *options, size_t k, double *share) {
    const ve_model *model = e->subject->model;
    ve_judged judged;
    ve_code code = ve_judgement_weigh(&model->function[model->leaf[k]].scores, options, NULL, e->arena, share,
                                      &judged, e->errors);
    for (size_t i = 0; !code && i < model->options; i++)
        e->score[i * model->leaves + k] = share[i];
    if (!code) e->scored[k] = ve_judged_outcome(&judged);
    return code;
}

ve_code ve_scores_judged(ve_evaluation *e) {
    const ve_model *model = e->subject->model;
    ve_subjects options;
    ve_code code = ve_subjects_of_options(model, e->arena, &options, e->errors);
    double *share = ve_alloc_array(e->arena, model->options, sizeof *share);
    if (!code && !share) code = ve_fail_memory(e->errors);
    for (size_t k = 0; !code && k < model->leaves; k++) {
        ve_judged nothing = ve_judged_nothing();
        e->scored[k] = ve_judged_outcome(&nothing);
        if (model->function[model->leaf[k]].scores.plugin) code = judged_leaf(e, &options, k, share);
    }
    return code;
}

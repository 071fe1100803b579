/* Gates: a function with a `minimum` must be served at least that well, or the option is out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "eval/internal.h"

/* A mean of scores that equals the minimum on paper may miss it by a rounding error. */
#define ROUNDING 1e-12

static bool reaches(double score, double minimum) {
    return score >= minimum - ROUNDING * fmax(1, fabs(minimum));
}

/* Score of a node: of a leaf the mean score, else the mean of its parts, weighed among themselves. */
static double node_score(const ve_evaluation *e, size_t option, int node) {
    const ve_model *model = e->subject->model;
    const ve_function *function = &model->function[node];
    if (function->leaf >= 0) return e->score[option * model->leaves + (size_t)function->leaf];
    const ve_list *parts = &model->list[function->parts];
    double sum = 0;
    for (size_t k = 0; k < parts->count; k++)
        sum += e->local_weight[option * model->functions + (size_t)parts->node[k]] *
               node_score(e, option, parts->node[k]);
    return sum;
}

static bool passes(const ve_evaluation *e, size_t option) {
    const ve_model *model = e->subject->model;
    for (size_t n = 0; n < model->functions; n++) {
        double minimum = model->function[n].minimum;
        if (isnan(minimum)) minimum = ve_kano_minimum(e, option, (int)n);
        if (!isnan(minimum) && !reaches(node_score(e, option, (int)n), minimum)) return false;
    }
    return true;
}

void ve_gates(ve_evaluation *e) {
    for (size_t i = 0; i < e->subject->model->options; i++)
        e->option[i].feasible = passes(e, i);
}

bool ve_model_has_gates(const ve_model *model) {
    for (size_t n = 0; n < model->functions; n++)
        if (!isnan(model->function[n].minimum)) return true;
    return false;
}

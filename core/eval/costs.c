/* What every option costs, in money and as a share of all.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "eval/internal.h"

static ve_code check_cost(const ve_services *services, const ve_word *word, const ve_cost *cost) {
    if (isfinite(cost->cost) && cost->cost >= 0 && !isinf(cost->present) && !isinf(cost->annual))
        return VE_OK;
    return services->fail(services, VE_E_PLUGIN_RESULT, "", NULL,
                          "ve.%s gave a cost that is not a number >= 0", word->plugin->name);
}

static ve_code ask_cost(ve_evaluation *e, size_t i, const ve_word *word, ve_cost *cost) {
    const ve_cost_ops *ops = word->plugin->ops;
    ve_word_services services;
    ve_services_init(&services, e->arena, e->errors, word);
    services.mean = e->column_mean + i * (e->subject->groups->columns / e->subject->model->options);
    ve_code code = ops->cost(word->params, cost, &services.base);
    return code ? code : check_cost(&services.base, word, cost);
}

ve_code ve_costs(ve_evaluation *e) {
    const ve_model *model = e->subject->model;
    ve_code first = VE_OK;
    for (size_t i = 0; i < model->options; i++) {
        const ve_option *option = &model->option[i];
        ve_cost cost = { option->cost, NAN, NAN };
        ve_code code = option->cost_word.plugin ? ask_cost(e, i, &option->cost_word, &cost) : VE_OK;
        if (!first) first = code;
        e->option[i].cost = cost.cost;
        e->option[i].cost_present = cost.present;
        e->option[i].cost_annual = cost.annual;
    }
    return first;
}

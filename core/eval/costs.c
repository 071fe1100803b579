/* What every option costs, in money and as a share of all.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "eval/internal.h"

static const ve_cost_ops *ops_of(const ve_word *word) {
    return word->plugin->ops;
}

static size_t count_parts(const ve_word *word) {
    const ve_word *part;
    return ops_of(word)->parts ? ops_of(word)->parts(word->params, &part, 0) : 0;
}

static const ve_word *part_of(const ve_word *word, size_t index) {
    const ve_word *part = NULL;
    ops_of(word)->parts(word->params, &part, index);
    return part;
}

ve_code ve_cost_prepare(const ve_word *word, ve_arena *arena, ve_wanted *wanted, ve_errors *errors) {
    ve_code first = VE_OK;
    size_t parts = count_parts(word);
    for (size_t p = 0; p < parts; p++) {
        ve_code code = ve_cost_prepare(part_of(word, p), arena, wanted, errors);
        if (!first) first = code;
    }
    ve_word_services services;
    ve_services_init(&services, arena, errors, word);
    services.wanted = wanted;
    ve_code code = ops_of(word)->prepare ? ops_of(word)->prepare(word->params, &services.base) : VE_OK;
    return first ? first : code;
}

static ve_code check_cost(const ve_services *services, const ve_word *word, const ve_cost *cost) {
    if (isfinite(cost->cost) && cost->cost >= 0 && !isinf(cost->present) && !isinf(cost->annual))
        return VE_OK;
    return services->fail(services, VE_E_PLUGIN_RESULT, "", NULL,
                          "ve.%s gave a cost that is not a number >= 0", word->plugin->name);
}

static ve_code ask_cost(ve_evaluation *e, size_t i, const ve_word *word, ve_cost *cost);

static ve_code ask_parts(ve_evaluation *e, size_t i, const ve_word *word, ve_cost *cost,
                         const ve_services *services) {
    size_t parts = count_parts(word);
    double *part_cost = ve_alloc_array(e->arena, parts, sizeof *part_cost);
    if (!part_cost) return ve_fail_memory(e->errors);
    ve_code first = VE_OK;
    for (size_t p = 0; p < parts; p++) {
        ve_cost own;
        ve_code code = ask_cost(e, i, part_of(word, p), &own);
        part_cost[p] = own.cost;
        if (!first) first = code;
    }
    return first ? first : ops_of(word)->combine(word->params, part_cost, cost, services);
}

static ve_code ask_cost(ve_evaluation *e, size_t i, const ve_word *word, ve_cost *cost) {
    ve_word_services services;
    ve_services_init(&services, e->arena, e->errors, word);
    services.mean = e->column_mean + i * (e->subject->groups->columns / e->subject->model->options);
    *cost = (ve_cost){ NAN, NAN, NAN };
    ve_code code = ops_of(word)->parts ? ask_parts(e, i, word, cost, &services.base)
                                       : ops_of(word)->cost(word->params, cost, &services.base);
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

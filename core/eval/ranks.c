/* Who is best: the rule's merit, gates, ranks. Merits that differ by a rounding error share a rank.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "eval/internal.h"

#define ROUNDING 1e-12

static ve_code merits(const ve_word *rule, ve_outcome_option *option, size_t options, double *merit,
                      const ve_services *services) {
    const ve_rule_ops *ops = rule->plugin->ops;
    for (size_t i = 0; i < options; i++)
        merit[i] = NAN;
    ve_code code = ops->merit(rule->params, option, options, merit, services);
    for (size_t i = 0; !code && i < options; i++)
        if (isinf(merit[i]))
            code = services->fail(services, VE_E_PLUGIN_RESULT, "", NULL,
                                  "ve.%s gave an option a merit that is not finite", rule->plugin->name);
    for (size_t i = 0; i < options; i++)
        option[i].merit = merit[i];
    return code;
}

static bool ranked(const ve_outcome_option *option) {
    return option->feasible && !isnan(option->merit);
}

static bool same(double a, double b) {
    double one = fabs(a), two = fabs(b);
    return fabs(a - b) <= ROUNDING * (one > two ? one : two);
}

/* The best that has no rank yet, the first of equals; -1 where all have one. */
static int next_best(const ve_outcome_option *option, size_t count) {
    int best = -1;
    for (size_t i = 0; i < count; i++) {
        if (!ranked(&option[i]) || option[i].rank) continue;
        if (best < 0 || option[i].merit > option[best].merit) best = (int)i;
    }
    return best;
}

static int give_rank(ve_outcome_option *option, size_t count, double merit, int rank) {
    int given = 0;
    for (size_t i = 0; i < count; i++) {
        if (!ranked(&option[i]) || option[i].rank || !same(option[i].merit, merit)) continue;
        option[i].rank = rank;
        given++;
    }
    return given;
}

ve_code ve_rank_options(const ve_word *rule, ve_outcome_option *option, size_t count, double *merit,
                        const ve_services *services, int *best) {
    ve_code code = merits(rule, option, count, merit, services);
    if (code) return code;
    for (size_t i = 0; i < count; i++)
        option[i].rank = 0;
    int rank = 1;
    for (int leader; (leader = next_best(option, count)) >= 0;)
        rank += give_rank(option, count, option[leader].merit, rank);
    *best = -1;
    for (size_t i = 0; i < count && *best < 0; i++)
        if (option[i].rank == 1) *best = (int)i;
    return VE_OK;
}

ve_code ve_ranks(ve_evaluation *e, int *best) {
    const ve_word *rule = &e->subject->model->rule;
    size_t count = e->subject->model->options;
    double *merit = ve_alloc_array(e->arena, count, sizeof *merit);
    if (!merit) return ve_fail_memory(e->errors);
    ve_word_services services;
    ve_services_init(&services, e->arena, e->errors, rule);
    return ve_rank_options(rule, e->option, count, merit, &services.base, best);
}

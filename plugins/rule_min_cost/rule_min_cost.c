/* The rule `min_cost`: the cheapest that does enough.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ve/plugin.h"

typedef struct min_cost {
    double minimum_function;
} min_cost;

static const ve_field fields[] = {
    VE_FIELD(min_cost, minimum_function, VE_T_NUMBER, .name = "minimum_function",
             .doc = "options with a lower function score cannot be chosen; left out: any score"),
};
static const ve_record record = {
    .name = "min_cost",
    .doc = "The lowest cost is best, among the options with enough function.",
    .size = sizeof(min_cost),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "choose = ve.min_cost { minimum_function = 3 }",
};

static ve_code merit(const void *params, const ve_outcome_option *option, size_t options, double *out,
                     const ve_services *services) {
    (void)services;
    const min_cost *own = params;
    for (size_t i = 0; i < options; i++)
        out[i] = option[i].function_score < own->minimum_function ? NAN : -option[i].cost;
    return VE_OK;
}

static const ve_rule_ops ops = { .size = sizeof ops, .merit = merit };

VE_PLUGIN(rule_min_cost, RULE, "min_cost", "1.0", "the cheapest that does enough", &record, &ops)

/* The rule `max_function`: the most function that a budget buys.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ve/plugin.h"

typedef struct max_function {
    double budget;
} max_function;

static const ve_field fields[] = {
    VE_FIELD(max_function, budget, VE_T_NUMBER, .name = "budget", .low = 0, .high = INFINITY, .unit = "money",
             .doc = "options that cost more cannot be chosen; left out: any cost"),
};
static const ve_record record = {
    .name = "max_function",
    .doc = "The greatest function score is best, among the options within the budget.",
    .size = sizeof(max_function),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "choose = ve.max_function { budget = 3000 }",
};

static ve_code merit(const void *params, const ve_outcome_option *option, size_t options, double *out,
                     const ve_services *services) {
    (void)services;
    const max_function *own = params;
    for (size_t i = 0; i < options; i++)
        out[i] = option[i].cost > own->budget ? NAN : option[i].function_score;
    return VE_OK;
}

static const ve_rule_ops ops = { .size = sizeof ops, .merit = merit };

VE_PLUGIN(rule_max_function, RULE, "max_function", "1.0", "the most function that a budget buys", &record,
          &ops)

/* The rule `max_value`: the option with the greatest value index is best.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ve/plugin.h"

static ve_code merit(const void *params, const ve_outcome_option *option, size_t options, double *out,
                     const ve_services *services) {
    (void)params;
    (void)services;
    for (size_t i = 0; i < options; i++)
        out[i] = option[i].value_index;
    return VE_OK;
}

static const ve_record record = {
    .name = "max_value",
    .doc = "The option with the greatest value index V = F / C is best.",
    .size = sizeof(int),
    .example = "choose = ve.max_value {}",
};

static const ve_rule_ops ops = { .size = sizeof ops, .merit = merit };

VE_PLUGIN(rule_max_value, RULE, "max_value", "1.0", "the greatest value index is best", &record, &ops)

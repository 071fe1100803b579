/* The rule `closest_to_one`: the option whose value index is closest to 1 is best.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ve/plugin.h"

#define ROUNDING 1e-12 /* nearer than this is 1 itself */

static ve_code merit(const void *params, const ve_outcome_option *option, size_t options, double *out,
                     const ve_services *services) {
    (void)params;
    (void)services;
    for (size_t i = 0; i < options; i++) {
        double away = fabs(option[i].value_index - 1);
        out[i] = away < ROUNDING ? 0 : -away;
    }
    return VE_OK;
}

static const ve_record record = {
    .name = "closest_to_one",
    .doc =
        "The option whose value index is closest to 1 is best: its share of cost fits its share of function.",
    .size = sizeof(int),
    .example = "choose = ve.closest_to_one {}",
};

static const ve_rule_ops ops = { .size = sizeof ops, .merit = merit };

VE_PLUGIN(rule_closest_to_one, RULE, "closest_to_one", "1.0", "the value index closest to 1 is best", &record,
          &ops)

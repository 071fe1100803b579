/* The command `sensitivity`: what the answer hangs on.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "study_sensitivity.h"

#include <math.h>

#include "ve/shift.h"

static const sensitivity_params defaults = { .by = 0.1, .concentration = NAN, .draws = 10000, .seed = 1 };

static const ve_field fields[] = {
    VE_FIELD(sensitivity_params, by, VE_T_NUMBER, .name = "by", .flags = VE_F_ABOVE, .low = 0, .high = 1,
             .doc = "how far a certain number swings to either side, as a share of itself: 0.1 is ten per "
                    "cent"),
    VE_FIELD(sensitivity_params, draws, VE_T_INTEGER, .name = "draws", .low = 100, .high = 1e7,
             .doc = "how many times the uncertain numbers are drawn"),
    VE_FIELD(sensitivity_params, seed, VE_T_INTEGER, .name = "seed", .low = 0, .high = 2147483647,
             .doc = "where the random numbers begin: the same seed, the same answer"),
    VE_FIELD(sensitivity_params, concentration, VE_T_NUMBER, .name = "concentration",
             .flags = VE_F_ABOVE | VE_F_EXACT, .low = 0, .high = INFINITY,
             .doc = "draw judged function weights too, as if so many votes stood behind each list; the "
                    "model's own where left out"),
};
static const ve_record record = {
    .name = "sensitivity",
    .doc = "What the answer hangs on.",
    .size = sizeof(sensitivity_params),
    .defaults = &defaults,
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "vescore sensitivity MODEL.lua --by 0.2 --draws 1000",
};

static void shift_scores(sensitivity_view *v) {
    v->shift_to = ve_shift_nearest(v->outline, v->base, INFINITY, &v->shift);
    if (v->shift_to < 0) v->shift = NAN;
}

static void tell_facts(const sensitivity_view *v) {
    const ve_study_services *s = v->s;
    s->fact(s, "best", VE_CELL_OF_TEXT(v->outline->option[v->leader].id));
    s->fact(s, "score_shift", VE_CELL_OF_NUMBER(v->shift));
    s->fact(s, "score_shift_to",
            VE_CELL_OF_TEXT(v->shift_to >= 0 ? v->outline->option[v->shift_to].id : NULL));
    s->fact(s, "customers_left_out", VE_CELL_OF_NUMBER((double)v->customers));
    s->fact(s, "draws", VE_CELL_OF_NUMBER((double)v->draws));
    s->fact(s, "seed", VE_CELL_OF_NUMBER(v->params->seed));
}

static ve_code study(const void *params, const ve_study_services *s) {
    sensitivity_params own = *(const sensitivity_params *)params;
    sensitivity_view v = { .s = s, .outline = s->outline, .params = &own };
    if (isnan(own.concentration)) own.concentration = s->outline->concentration;
    ve_code code = s->evaluate(s, &s->outline->usual, &v.base);
    if (code) return code;
    v.leader = v.base->best;
    if (v.leader < 0)
        return s->base->fail(s->base, VE_E_NOT_FINITE, "", "run the model, and see why each option falls out",
                             "no option can be chosen, so there is no choice that could hang on anything");
    code = sensitivity_inputs(&v);
    if (!code) code = sensitivity_variance(&v);
    if (!code) code = sensitivity_leave_out(&v);
    if (code) return code;
    shift_scores(&v);
    tell_facts(&v);
    sensitivity_say(&v);
    code = sensitivity_tables(&v);
    if (!code) sensitivity_warn(&v);
    return code;
}

static const ve_study_ops ops = { .size = sizeof ops, .study = study };

VE_PLUGIN(study_sensitivity, STUDY, "sensitivity", "1.0",
          "what the answer hangs on: every number's effect, and where it changes the winner", &record, &ops)

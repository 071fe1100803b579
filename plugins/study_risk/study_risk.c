/* The command `risk`: how sure the choice is, with uncertain numbers and another sample of customers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "study_risk.h"

#include <math.h>

static const risk_params defaults = { .draws = 10000, .seed = 1, .precision = NAN, .concentration = NAN };

static const ve_field fields[] = {
    VE_FIELD(risk_params, draws, VE_T_INTEGER, .name = "draws", .low = 100, .high = 1e9,
             .doc = "how many times the uncertain numbers are drawn, at the most"),
    VE_FIELD(risk_params, precision, VE_T_NUMBER, .name = "precision", .flags = VE_F_ABOVE | VE_F_EXACT,
             .low = 0, .high = 0.5,
             .doc = "draw only until each probability of being best has this standard error"),
    VE_FIELD(risk_params, seed, VE_T_INTEGER, .name = "seed", .low = 0, .high = 2147483647,
             .doc = "where the random numbers begin: the same seed, the same answer"),
    VE_FIELD(risk_params, customers, VE_T_CHOICE, .name = "customers",
             .choices = "classical|bayesian|as_surveyed",
             .doc = "customers drawn with replacement, weighed by chance, or left as they were surveyed"),
    VE_FIELD(risk_params, concentration, VE_T_NUMBER, .name = "concentration",
             .flags = VE_F_ABOVE | VE_F_EXACT, .low = 0, .high = INFINITY,
             .doc = "draw judged function weights around what they are, as if so many votes stood behind "
                    "each list; the "
                    "model's own where left out"),
};
static const ve_record record = {
    .name = "risk",
    .doc = "How sure the choice is.",
    .size = sizeof(risk_params),
    .defaults = &defaults,
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "vescore risk MODEL.lua --draws 2000 --concentration 50",
};

static void tell_facts(const risk_view *v) {
    const ve_study_services *s = v->s;
    int leader = risk_leader(v);
    s->fact(s, "best", VE_CELL_OF_TEXT(leader >= 0 ? v->outline->option[leader].id : NULL));
    s->fact(s, "draws", VE_CELL_OF_NUMBER((double)v->draws));
    s->fact(s, "seed", VE_CELL_OF_NUMBER(v->params->seed));
    s->fact(s, "close_call", VE_CELL_OF_BOOLEAN(risk_is_close(v)));
}

static ve_code study(const void *params, const ve_study_services *s) {
    risk_params own = *(const risk_params *)params;
    risk_view v = { .s = s, .outline = s->outline, .params = &own };
    if (isnan(own.concentration)) own.concentration = s->outline->concentration;
    ve_code code = risk_find_inputs(&v);
    if (!code) code = s->evaluate(s, &s->outline->usual, &v.base);
    if (!code) code = risk_draw(&v);
    if (code) return code;
    tell_facts(&v);
    risk_say(&v);
    code = risk_tables(&v);
    if (!code) code = risk_information(&v);
    if (!code) risk_warn(&v);
    return code;
}

static const ve_study_ops ops = { .size = sizeof ops, .study = study };

VE_PLUGIN(study_risk, STUDY, "risk", "1.0",
          "how sure the choice is: uncertain numbers, another sample of customers", &record, &ops)

/* What is drawn: whatever is uncertain, and the customers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "study_risk.h"

#include "ve/uncertain.h"

ve_code risk_find_inputs(risk_view *v) {
    size_t count;
    ve_code code = v->s->inputs(v->s, &v->input, &count);
    if (!code)
        code = ve_uncertain_find(v->s, v->params->concentration, (uint64_t)v->params->seed, &v->drawing);
    v->customers = v->outline->customers > 0 && v->params->customers != RISK_AS_SURVEYED;
    if (code || v->drawing.inputs || v->customers) return code;
    return v->s->base->fail(
        v->s->base, VE_E_MISSING_FIELD, "",
        "write a number as a distribution, cost = ve.normal { mean = 4200, sd = 150 }, or give "
        "--concentration",
        "nothing in this model is uncertain");
}

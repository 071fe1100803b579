/* What is drawn: numbers that are distributions, function weights where a concentration is given, customers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "study_risk.h"

/* Some weight of the list is uncertain in points: then that is how the list is drawn. */
static bool in_points(const risk_view *v, size_t count, int list) {
    for (size_t i = 0; i < count; i++)
        if (v->input[i].list == list && v->input[i].distribution) return true;
    return false;
}

static bool is_drawn(const risk_view *v, size_t count, const ve_input *input) {
    if (input->list < 0) return input->distribution != NULL;
    return v->params->concentration > 0 || in_points(v, count, input->list);
}

static ve_code drawn_lists(risk_view *v, size_t count) {
    ve_drawn_list *list = v->s->base->memory(v->s->base, (v->outline->lists + 1) * sizeof *list);
    if (!list) return VE_E_MEMORY;
    for (size_t l = 0; l < v->outline->lists; l++) {
        bool any = false;
        for (size_t i = 0; i < v->inputs; i++)
            any |= v->input[v->drawn[i]].list == (int)l;
        if (any && !in_points(v, count, (int)l))
            list[v->drawing.lists++] = (ve_drawn_list){ (int)l, v->params->concentration };
    }
    v->drawing.list = list;
    return VE_OK;
}

static ve_code correlate(risk_view *v) {
    double *factor = v->s->base->memory(v->s->base, (v->inputs * v->inputs + 1) * sizeof *factor);
    bool independent = true;
    if (!factor) return VE_E_MEMORY;
    ve_code code = v->s->copula(v->s, v->drawn, v->inputs, factor, &independent);
    if (!code && !independent) v->drawing.factor = factor;
    return code;
}

ve_code risk_find_inputs(risk_view *v) {
    size_t count;
    ve_code code = v->s->inputs(v->s, &v->input, &count);
    if (code) return code;
    v->drawn = v->s->base->memory(v->s->base, (count + 1) * sizeof *v->drawn);
    if (!v->drawn) return VE_E_MEMORY;
    for (size_t i = 0; i < count; i++)
        if (is_drawn(v, count, &v->input[i])) v->drawn[v->inputs++] = i;
    v->drawing = (ve_drawing){ .seed = (uint64_t)v->params->seed, .inputs = v->inputs, .input = v->drawn };
    v->customers = v->outline->customers > 0 && v->params->customers != RISK_AS_SURVEYED;
    code = drawn_lists(v, count);
    if (!code) code = correlate(v);
    if (code || v->inputs || v->customers) return code;
    return v->s->base->fail(
        v->s->base, VE_E_MISSING_FIELD, "",
        "write a number as a distribution, cost = ve.normal { mean = 4200, sd = 150 }, or give "
        "--concentration",
        "nothing in this model is uncertain");
}

/* What of a model is drawn by studies of uncertainty: numbers that are distributions, function weights where
 * a concentration is given. Header only, so that a plugin has no undefined symbol.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_UNCERTAIN_H
#define VE_UNCERTAIN_H

#include "ve/plugin.h"

/* Some weight of the list is uncertain in points: then that is how the list is drawn. */
static inline bool ve_uncertain_in_points(const ve_input *input, size_t count, int list) {
    for (size_t i = 0; i < count; i++)
        if (input[i].list == list && input[i].distribution) return true;
    return false;
}

static inline bool ve_uncertain_is(const ve_input *input, size_t count, size_t i, double concentration) {
    if (input[i].list < 0) return input[i].distribution != NULL;
    return concentration > 0 || ve_uncertain_in_points(input, count, input[i].list);
}

/* The lists that are drawn around what is judged. */
static inline ve_code ve_uncertain_lists(const ve_study_services *s, const ve_input *input, size_t count,
                                         double concentration, ve_drawing *d) {
    ve_drawn_list *list = s->base->memory(s->base, (s->outline->lists + 1) * sizeof *list);
    if (!list) return VE_E_MEMORY;
    for (size_t l = 0; l < s->outline->lists; l++) {
        bool any = false;
        for (size_t i = 0; i < d->inputs; i++)
            any |= input[d->input[i]].list == (int)l;
        if (any && !ve_uncertain_in_points(input, count, (int)l))
            list[d->lists++] = (ve_drawn_list){ (int)l, concentration };
    }
    d->list = list;
    return VE_OK;
}

/* As the model says how they go together. */
static inline ve_code ve_uncertain_correlate(const ve_study_services *s, ve_drawing *d) {
    double *factor = s->base->memory(s->base, (d->inputs * d->inputs + 1) * sizeof *factor);
    bool independent = true;
    if (!factor) return VE_E_MEMORY;
    ve_code code = s->copula(s, d->input, d->inputs, factor, &independent);
    if (!code && !independent) d->factor = factor;
    return code;
}

/* All that is drawn; without inputs where all of the model is certain. concentration: NaN or 0: weights are
 * certain. Memory is the run's. */
static inline ve_code ve_uncertain_find(const ve_study_services *s, double concentration, uint64_t seed,
                                        ve_drawing *out) {
    const ve_input *input;
    size_t count;
    ve_code code = s->inputs(s, &input, &count);
    if (code) return code;
    size_t *drawn = s->base->memory(s->base, (count + 1) * sizeof *drawn);
    if (!drawn) return VE_E_MEMORY;
    *out = (ve_drawing){ .seed = seed, .input = drawn };
    for (size_t i = 0; i < count; i++)
        if (ve_uncertain_is(input, count, i, concentration)) drawn[out->inputs++] = i;
    code = ve_uncertain_lists(s, input, count, concentration, out);
    return code ? code : ve_uncertain_correlate(s, out);
}

#endif

/* The components: their judged importance, and shares that add up exactly.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "eval/internal.h"

/* ---- importance that is judged -------------------------------------------------------------------- */

static ve_code subjects_of(const ve_model *model, ve_arena *arena, ve_subjects *out, ve_errors *errors) {
    const char **id = ve_alloc_array(arena, model->components, sizeof *id);
    const char **name = ve_alloc_array(arena, model->components, sizeof *name);
    if (!id || !name) return ve_fail_memory(errors);
    for (size_t c = 0; c < model->components; c++) {
        id[c] = model->component[c].id;
        name[c] = model->component[c].name;
    }
    *out = (ve_subjects){ .count = model->components, .id = id, .name = name, .options = model->options };
    return VE_OK;
}

static ve_code refuse(const ve_word *word, ve_arena *arena, ve_errors *errors) {
    ve_word_services services;
    ve_services_init(&services, arena, errors, word);
    return services.base.fail(&services.base, VE_E_UNKNOWN_WORD, "",
                              "judge the components with ve.direct, ve.zero_one or ve.zero_four",
                              "ve.%s weighs functions; it cannot judge components", word->plugin->name);
}

static ve_code weigh(const ve_model *model, const ve_subjects *subjects, ve_arena *arena, double *share,
                     ve_errors *errors) {
    ve_judged judged;
    return ve_judgement_weigh(&model->component_weights, subjects, NULL, arena, share, &judged, errors);
}

ve_code ve_components_prepare(const ve_model *model, bool sound, ve_arena *arena, ve_errors *errors) {
    const ve_word *word = &model->component_weights;
    if (ve_judgement_needs(word) & (VE_NEEDS_SCORES | VE_NEEDS_CUSTOMERS)) return refuse(word, arena, errors);
    ve_subjects subjects;
    ve_code code = subjects_of(model, arena, &subjects, errors);
    if (!code && !sound && !ve_subjects_told_apart(&subjects, arena)) return VE_OK;
    double *share = ve_alloc_array(arena, model->components, sizeof *share);
    if (!code && !share) code = ve_fail_memory(errors);
    if (!code) code = ve_judgement_prepare(word, &subjects, arena, NULL, errors);
    return code ? code : weigh(model, &subjects, arena, share, errors);
}

static ve_code take_judged(const ve_model *model, ve_arena *arena, ve_outline_component *component,
                           ve_errors *errors) {
    ve_subjects subjects;
    ve_code code = subjects_of(model, arena, &subjects, errors);
    double *share = ve_alloc_array(arena, model->components, sizeof *share);
    if (!code && !share) code = ve_fail_memory(errors);
    if (!code) code = weigh(model, &subjects, arena, share, errors);
    for (size_t c = 0; !code && c < model->components; c++)
        component[c].score = share[c];
    return code;
}

/* ---- shares --------------------------------------------------------------------------------------- */

/* The model has checked that they make 1, but for their last digit. */
static double *whole_shares(const double *given, size_t count, ve_arena *arena) {
    double *share = ve_alloc_array(arena, count, sizeof *share), sum = 0;
    for (size_t k = 0; share && k < count; k++) {
        share[k] = isnan(given[k]) ? 0 : given[k];
        sum += share[k];
    }
    for (size_t k = 0; share && k < count; k++)
        share[k] /= sum;
    return share;
}

static ve_code take_spent_on(const double *given, size_t leaves, ve_arena *arena, const double **out,
                             ve_errors *errors) {
    *out = given ? whole_shares(given, leaves, arena) : NULL;
    return given && !*out ? ve_fail_memory(errors) : VE_OK;
}

/* Over all components the shares of a function make 1. */
static ve_code take_serves(const ve_model *model, ve_arena *arena, ve_outline_component *component,
                           ve_errors *errors) {
    size_t leaves = model->leaves, count = model->components;
    double *share = ve_alloc_array(arena, count * leaves, sizeof *share);
    if (!share) return ve_fail_memory(errors);
    for (size_t k = 0; k < leaves; k++) {
        double sum = 0;
        for (size_t c = 0; c < count; c++) {
            double given = model->component[c].serves[k];
            share[c * leaves + k] = isnan(given) ? 0 : given;
            sum += share[c * leaves + k];
        }
        for (size_t c = 0; c < count; c++)
            share[c * leaves + k] /= sum;
    }
    for (size_t c = 0; c < count; c++)
        component[c].serves = share + c * leaves;
    return VE_OK;
}

static ve_code outline_options(const ve_model *model, ve_arena *arena, ve_outline *outline,
                               ve_errors *errors) {
    const double **spent_on = ve_alloc_array(arena, model->options, sizeof *spent_on);
    if (!spent_on) return ve_fail_memory(errors);
    ve_code code = VE_OK;
    for (size_t i = 0; !code && i < model->options; i++)
        code = take_spent_on(model->option[i].spent_on, model->leaves, arena, &spent_on[i], errors);
    outline->option_spent_on = spent_on;
    return code;
}

ve_code ve_outline_components(const ve_model *model, ve_arena *arena, ve_outline *outline,
                              ve_errors *errors) {
    ve_outline_component *component = ve_alloc_array(arena, model->components, sizeof *component);
    if (!component) return ve_fail_memory(errors);
    ve_code code = outline_options(model, arena, outline, errors);
    for (size_t c = 0; !code && c < model->components; c++) {
        const ve_component *from = &model->component[c];
        component[c] = (ve_outline_component){ from->id, from->name, from->cost, from->score, NULL, NULL };
        code = take_spent_on(from->spent_on, model->leaves, arena, &component[c].spent_on, errors);
    }
    bool judged = model->component_weights.plugin != NULL;
    if (!code && judged) code = take_judged(model, arena, component, errors);
    if (!code && model->components && model->component[0].serves)
        code = take_serves(model, arena, component, errors);
    outline->component = component;
    outline->components = model->components;
    outline->component_method = judged ? model->component_weights.plugin->name : NULL;
    outline->target_cost = model->target_cost;
    outline->existing = model->existing;
    return code;
}

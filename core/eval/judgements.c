/* One judgement: let it check itself, weigh it, put its parts together, and mistrust what comes back.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "eval/internal.h"
#include "num/sum.h"

static const ve_judgement_ops *ops_of(const ve_word *word) {
    return word->plugin->ops;
}

static size_t count_parts(const ve_word *word) {
    const ve_word *part;
    return ops_of(word)->parts ? ops_of(word)->parts(word->params, &part, 0) : 0;
}

static const ve_word *part_of(const ve_word *word, size_t index) {
    const ve_word *part = NULL;
    ops_of(word)->parts(word->params, &part, index);
    return part;
}

unsigned ve_judgement_needs(const ve_word *word) {
    unsigned needs = ops_of(word)->needs;
    size_t parts = count_parts(word);
    for (size_t p = 0; p < parts; p++)
        needs |= ve_judgement_needs(part_of(word, p)) & ~(unsigned)VE_MAY_SKIP;
    return needs;
}

static ve_code prepare_one(const ve_word *word, const ve_subjects *subjects, ve_arena *arena,
                           ve_wanted *wanted, ve_errors *errors) {
    if (!ops_of(word)->prepare) return VE_OK;
    ve_word_services services;
    ve_services_init(&services, arena, errors, word);
    services.wanted = wanted;
    return ops_of(word)->prepare(word->params, subjects, &services.base);
}

ve_code ve_judgement_prepare(const ve_word *word, const ve_subjects *subjects, ve_arena *arena,
                             ve_wanted *wanted, ve_errors *errors) {
    ve_code first = prepare_one(word, subjects, arena, wanted, errors);
    size_t parts = count_parts(word);
    for (size_t p = 0; p < parts; p++) {
        ve_code code = ve_judgement_prepare(part_of(word, p), subjects, arena, wanted, errors);
        if (!first) first = code;
    }
    return first;
}

/* ---- results ------------------------------------------------------------------------------------ */

static ve_code left_out(const ve_services *services, const ve_word *word, const ve_subjects *subjects,
                        size_t k) {
    return services->fail(services, VE_E_JUDGEMENT, "",
                          "judge all of them, or set its weight to 0 with ve.direct", "ve.%s leaves out '%s'",
                          word->plugin->name, subjects->id[k]);
}

static ve_code check_weight(const ve_services *services, const ve_word *word, const ve_subjects *subjects,
                            size_t k, double weight, bool inside) {
    if (isfinite(weight) && weight >= 0) return VE_OK;
    bool skipped = isnan(weight) && (ops_of(word)->needs & VE_MAY_SKIP);
    if (skipped) return inside ? VE_OK : left_out(services, word, subjects, k);
    return services->fail(services, VE_E_PLUGIN_RESULT, "", NULL,
                          "ve.%s gave '%s' a weight that is not a number >= 0", word->plugin->name,
                          subjects->id[k]);
}

/* Scale what is there to add up to 1. The power of two in front keeps huge weights from overflowing,
 * exactly. */
static bool scale_to_one(double *weight, size_t count) {
    double top = 0;
    for (size_t k = 0; k < count; k++)
        top = weight[k] > top ? weight[k] : top;
    if (!(top > 0)) return false;
    int exponent = ilogb(top);
    ve_sum sum = { 0 };
    for (size_t k = 0; k < count; k++) {
        weight[k] = scalbn(weight[k], -exponent);
        if (!isnan(weight[k])) ve_sum_add(&sum, weight[k]);
    }
    double total = ve_sum_value(&sum);
    for (size_t k = 0; k < count; k++)
        weight[k] /= total;
    return true;
}

static ve_code check_weights(const ve_services *services, const ve_word *word, const ve_subjects *subjects,
                             double *weight, bool inside) {
    ve_code first = VE_OK;
    for (size_t k = 0; k < subjects->count; k++) {
        ve_code code = check_weight(services, word, subjects, k, weight[k], inside);
        if (!first) first = code;
    }
    if (first || scale_to_one(weight, subjects->count)) return first;
    return services->fail(services, VE_E_WEIGHTS, "", "give at least one of them a weight above zero",
                          "all weights of ve.%s are zero", word->plugin->name);
}

/* ---- what is said about it ---------------------------------------------------------------------- */

ve_judged ve_judged_nothing(void) {
    return (ve_judged){ .consistency_ratio = NAN, .spread = NAN, .kendall_w = NAN };
}

ve_outcome_list ve_judged_outcome(const ve_judged *judged) {
    return (ve_outcome_list){
        .consistency_ratio = judged->consistency_ratio,
        .note = judged->note,
        .spread = judged->spread,
        .kendall_w = judged->kendall_w,
        .warning = judged->warning,
        .warned = judged->warned,
    };
}

/* A whole is as consistent as the worst of its parts. */
static void add_part(ve_judged *whole, const ve_judged *part) {
    if (!(whole->consistency_ratio >= part->consistency_ratio) && !isnan(part->consistency_ratio))
        whole->consistency_ratio = part->consistency_ratio;
    if (whole->warning || !part->warning) return;
    whole->warning = part->warning;
    whole->warned = part->warned;
}

/* ---- weighing ----------------------------------------------------------------------------------- */

static ve_code weigh(const ve_word *word, const ve_subjects *subjects, const double *mean, ve_arena *arena,
                     double *weight, ve_judged *judged, bool inside, ve_errors *errors);

static ve_code weigh_parts(const ve_word *word, const ve_subjects *subjects, const double *mean,
                           ve_arena *arena, double *weight, ve_judged *judged, const ve_services *services,
                           ve_errors *errors) {
    size_t parts = count_parts(word);
    double *part_weight = ve_alloc_array(arena, parts * subjects->count, sizeof *part_weight);
    ve_judged *own = ve_alloc_array(arena, parts, sizeof *own);
    if (!part_weight || !own) return ve_fail_memory(errors);
    ve_code first = VE_OK;
    for (size_t p = 0; p < parts; p++) {
        ve_code code = weigh(part_of(word, p), subjects, mean, arena, part_weight + p * subjects->count,
                             &own[p], true, errors);
        if (!first) first = code;
    }
    if (!first) first = ops_of(word)->combine(word->params, subjects, part_weight, weight, judged, services);
    for (size_t p = 0; !first && p < parts; p++)
        add_part(judged, &own[p]);
    return first;
}

static ve_code weigh(const ve_word *word, const ve_subjects *subjects, const double *mean, ve_arena *arena,
                     double *weight, ve_judged *judged, bool inside, ve_errors *errors) {
    ve_word_services services;
    ve_services_init(&services, arena, errors, word);
    services.mean = mean;
    *judged = ve_judged_nothing();
    for (size_t k = 0; k < subjects->count; k++)
        weight[k] = NAN;
    ve_code code = ops_of(word)->parts
                       ? weigh_parts(word, subjects, mean, arena, weight, judged, &services.base, errors)
                       : ops_of(word)->weigh(word->params, subjects, weight, judged, &services.base);
    return code ? code : check_weights(&services.base, word, subjects, weight, inside);
}

ve_code ve_judgement_weigh(const ve_word *word, const ve_subjects *subjects, const double *mean,
                           ve_arena *arena, double *weight, ve_judged *judged, ve_errors *errors) {
    return weigh(word, subjects, mean, arena, weight, judged, false, errors);
}

/* ---- whom it is about --------------------------------------------------------------------------- */

static ve_code subjects_new(size_t count, size_t options, ve_arena *arena, const char ***id,
                            const char ***name, ve_subjects *out, ve_errors *errors) {
    *id = ve_alloc_array(arena, count, sizeof **id);
    *name = ve_alloc_array(arena, count, sizeof **name);
    if (!*id || !*name) return ve_fail_memory(errors);
    *out = (ve_subjects){ .count = count, .id = *id, .name = *name, .options = options };
    return VE_OK;
}

ve_code ve_subjects_of_list(const ve_model *model, const ve_list *list, ve_arena *arena, ve_subjects *out,
                            ve_errors *errors) {
    const char **id, **name;
    ve_code code = subjects_new(list->count, model->options, arena, &id, &name, out, errors);
    for (size_t k = 0; !code && k < list->count; k++) {
        id[k] = model->function[list->node[k]].id;
        name[k] = model->function[list->node[k]].name;
    }
    return code;
}

ve_code ve_subjects_of_options(const ve_model *model, ve_arena *arena, ve_subjects *out, ve_errors *errors) {
    const char **id, **name;
    ve_code code = subjects_new(model->options, model->options, arena, &id, &name, out, errors);
    for (size_t i = 0; !code && i < model->options; i++) {
        id[i] = model->option[i].id;
        name[i] = model->option[i].name;
    }
    return code;
}

/* The outline: what studies and reports may know of a case.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "eval/internal.h"

static const char *const aggregate_word[] = {
#define WORD(name, word, doc) word,
    VE_AGGREGATES(WORD)
#undef WORD
};

static const char *method_of(const ve_model *model, const ve_list *list) {
    if (list->judgement.plugin) return list->judgement.plugin->name;
    for (size_t k = 0; k < list->count; k++)
        if (!isnan(model->function[list->node[k]].weight)) return "weight";
    return "equal";
}

static bool is_positioned(const ve_model *model) {
    for (size_t i = 0; i < model->options; i++)
        if (!ve_target_is_equal(&model->option[i].target)) return true;
    return false;
}

static ve_code outline_options(const ve_model *model, ve_arena *arena, ve_outline *outline,
                               ve_errors *errors) {
    ve_outline_option *option = ve_alloc_array(arena, model->options, sizeof *option);
    if (!option) return ve_fail_memory(errors);
    for (size_t i = 0; i < model->options; i++)
        option[i] = (ve_outline_option){ model->option[i].id, model->option[i].name };
    outline->option = option;
    return VE_OK;
}

static const char *scored_by(const ve_function *function) {
    return function->scores.plugin ? function->scores.plugin->name : NULL;
}

static ve_code outline_functions(const ve_model *model, ve_arena *arena, ve_outline *outline,
                                 ve_errors *errors) {
    ve_outline_function *function = ve_alloc_array(arena, model->functions, sizeof *function);
    ve_outline_list *list = ve_alloc_array(arena, model->lists, sizeof *list);
    if (!function || !list) return ve_fail_memory(errors);
    for (size_t n = 0; n < model->functions; n++) {
        const ve_function *f = &model->function[n];
        function[n] = (ve_outline_function){ f->id,   f->name,    f->parent,    f->list,
                                             f->leaf, f->minimum, scored_by(f), f->kano != NULL };
    }
    for (size_t l = 0; l < model->lists; l++)
        list[l] = (ve_outline_list){ model->list[l].id, method_of(model, &model->list[l]) };
    outline->function = function;
    outline->list = list;
    return VE_OK;
}

/* Of customers that an earlier outline speaks of they are known. */
static void find_moments(const ve_groups *groups, const ve_outline *known, size_t count,
                         ve_outline_attribute *attribute) {
    if (!known) ve_groups_moments(groups, attribute);
    for (size_t a = 0; known && a < count; a++) {
        attribute[a].mean = known->attribute[a].mean;
        attribute[a].sd = known->attribute[a].sd;
        attribute[a].low = known->attribute[a].low;
        attribute[a].high = known->attribute[a].high;
    }
}

static ve_code outline_attributes(const ve_model *model, const ve_groups *groups, const ve_outline *known,
                                  ve_arena *arena, ve_outline *outline, ve_errors *errors) {
    ve_outline_attribute *attribute = ve_alloc_array(arena, model->asked, sizeof *attribute);
    if (!attribute) return ve_fail_memory(errors);
    for (size_t a = 0; a < model->asked; a++) {
        attribute[a] = model->attribute[a];
        attribute[a].mean = attribute[a].sd = attribute[a].low = attribute[a].high = NAN;
        if (!groups->labels) continue;
        attribute[a].labels = groups->labels[a].count;
        attribute[a].label = groups->labels[a].label;
    }
    if (model->survey.plugin && model->asked) find_moments(groups, known, model->asked, attribute);
    outline->attribute = attribute;
    return VE_OK;
}

static void outline_rule(const ve_model *model, ve_outline *outline) {
    const ve_plugin *rule = model->rule.plugin;
    if (!rule || strcmp(rule->name, "max_value") == 0) return;
    outline->rule = rule->name;
    outline->rule_summary = rule->summary;
}

ve_code ve_outline_make(const ve_model *model, const ve_groups *groups, const ve_outline *known,
                        ve_arena *arena, ve_outline **out, ve_errors *errors) {
    ve_outline *outline = ve_alloc(arena, sizeof *outline);
    if (!outline) return ve_fail_memory(errors);
    *outline = (ve_outline){
        .usual = { .aggregate = model->aggregate, .positioned = true },
        .title = model->title,
        .currency = model->currency,
        .aggregate = aggregate_word[model->aggregate],
        .options = model->options,
        .functions = model->functions,
        .leaves = model->leaves,
        .lists = model->lists,
        .attributes = model->attributes,
        .leaf = model->leaf,
        .scale_low = model->scale_low,
        .scale_high = model->scale_high,
        .customers = model->survey.plugin ? groups->customers : 0,
        .skipped = model->survey.plugin ? groups->skipped : 0,
        .positioned = is_positioned(model),
        .concentration = model->concentration,
    };
    outline_rule(model, outline);
    ve_code code = ve_kano_outline(model, arena, outline, errors);
    if (!code) code = outline_options(model, arena, outline, errors);
    if (!code) code = outline_functions(model, arena, outline, errors);
    if (!code) code = outline_attributes(model, groups, known, arena, outline, errors);
    if (!code) code = ve_outline_components(model, arena, outline, errors);
    *out = outline;
    return code;
}

/* Customer weights: how much each group of customers counts for an option, in the log domain so that none
 * underflows. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "eval/internal.h"
#include "num/dot.h"
#include "num/sum.h"
#include "ve/part.h"

bool ve_target_is_equal(const ve_word *target) {
    return !target->plugin || strcmp(target->plugin->name, "equal") == 0;
}

static const ve_distribution_ops *ops_of(const ve_word *target) {
    return target->plugin->ops;
}

/* Texts are weighed by words for texts, numbers by all others. */
static ve_code check_text(const ve_word *word, const ve_outline_attribute *attribute,
                          const ve_services *services) {
    const char *name = word->plugin->name, *id = attribute->id;
    if (attribute->text == ops_of(word)->categorical) return VE_OK;
    if (attribute->text)
        return services->fail(services, VE_E_TYPE, "by",
                              "weigh it by ve.categories { by = ..., value = { ... } }",
                              "'%s' is a text, and ve.%s weighs numbers", id, name);
    return services->fail(services, VE_E_TYPE, "by", "name an attribute that is a text",
                          "'%s' is a number, and ve.%s weighs texts", id, name);
}

static ve_code check_by(const ve_model *model, const ve_word *word, const ve_services *services) {
    if (ops_of(word)->joint || model->attributes < 2 || ve_part_by(word) >= 0) return VE_OK;
    return services->fail(services, VE_E_MISSING_FIELD, "", "write by = \"income\"",
                          "the model has several attributes: say `by` which of them this target goes");
}

ve_code ve_target_check(const ve_model *model, const ve_word *word, ve_arena *arena, ve_errors *errors) {
    ve_word_services services;
    ve_services_init(&services, arena, errors, word);
    ve_code first = check_by(model, word, &services.base);
    size_t parts = ve_part_count(word);
    for (size_t p = 0; p < parts; p++) {
        ve_code code = ve_target_check(model, ve_part_at(word, p), arena, errors);
        if (!first) first = code;
    }
    return first;
}

static ve_code check_texts(const ve_word *word, const ve_sample *sample, ve_arena *arena, ve_errors *errors) {
    ve_word_services services;
    ve_services_init(&services, arena, errors, word);
    ve_code first = ops_of(word)->joint
                        ? VE_OK
                        : check_text(word, &sample->attribute[ve_part_attribute(word)], &services.base);
    size_t parts = ve_part_count(word);
    for (size_t p = 0; p < parts; p++) {
        ve_code code = check_texts(ve_part_at(word, p), sample, arena, errors);
        if (!first) first = code;
    }
    return first;
}

/* A word of several attributes says only once it is prepared which of them it speaks of. */
static ve_code check_joint(const ve_word *word, const ve_sample *sample, ve_arena *arena, ve_errors *errors) {
    ve_code first = VE_OK;
    size_t parts = ve_part_count(word);
    for (size_t p = 0; p < parts; p++) {
        ve_code code = check_joint(ve_part_at(word, p), sample, arena, errors);
        if (!first) first = code;
    }
    ve_word_services services;
    ve_services_init(&services, arena, errors, word);
    for (size_t a = 0; !parts && ops_of(word)->joint && a < sample->count; a++) {
        if (!sample->attribute[a].text || !isfinite(ve_part_mean(word, a))) continue;
        ve_code code = check_text(word, &sample->attribute[a], &services.base);
        if (!first) first = code;
    }
    return first;
}

ve_code ve_target_prepare(const ve_model *model, const ve_word *target, const ve_sample *sample,
                          ve_arena *arena, ve_errors *errors) {
    if (ve_target_is_equal(target)) return VE_OK;
    ve_code code = ve_target_check(model, target, arena, errors);
    if (!code) code = check_texts(target, sample, arena, errors);
    if (!code) code = ve_distribution_prepare(target, sample, arena, errors);
    return code ? code : check_joint(target, sample, arena, errors);
}

static void target_centre(const ve_word *target, size_t attributes, double *centre) {
    bool none = ve_target_is_equal(target) || !ops_of(target)->mean;
    for (size_t a = 0; a < attributes; a++)
        centre[a] = none ? NAN : ve_part_mean(target, a);
}

ve_code ve_target_centres(const ve_model *model, ve_outline *outline, ve_arena *arena, ve_errors *errors) {
    double *centre = ve_alloc_array(arena, model->options * model->attributes, sizeof *centre);
    if (!centre) return ve_fail_memory(errors);
    for (size_t i = 0; i < model->options; i++)
        target_centre(&model->option[i].target, model->attributes, centre + i * model->attributes);
    outline->centre = centre;
    return VE_OK;
}

ve_code ve_target_density(const ve_case *subject, const ve_word *target, double *out, double *peak,
                          ve_arena *arena, ve_errors *errors) {
    const ve_groups *groups = subject->groups;
    size_t attributes = subject->outline->attributes; /* what tiers are cut by may follow them */
    const double **column = ve_alloc_array(arena, attributes + 1, sizeof *column);
    if (!column) return ve_fail_memory(errors);
    for (size_t a = 0; a < attributes; a++)
        column[a] = groups->attribute + a * groups->rows;
    ve_columns columns = { groups->rows, attributes, column };
    ve_sample sample = { subject->outline->attributes, subject->outline->attribute, groups->customers };
    ve_code code = ve_distribution_weigh(target, &columns, out, arena, errors);
    return code ? code : ve_distribution_peak(target, &sample, arena, peak, errors);
}

/* Greatest log weight among groups that count at all; -inf where there is none. */
static double top_of(const double *log_weight, const double *count, size_t rows) {
    double top = -HUGE_VAL;
    for (size_t g = 0; g < rows; g++)
        top = count[g] > 0 && log_weight[g] > top ? log_weight[g] : top;
    return top;
}

static void scale_to_top(const double *log_weight, const double *count, double top, size_t rows,
                         double *out) {
    for (size_t g = 0; g < rows; g++)
        out[g] = count[g] > 0 ? log_weight[g] - top : -HUGE_VAL;
    for (size_t g = 0; g < rows; g++)
        out[g] = exp(out[g]);
}

/* Before its tier every customer counts 1. */
static void weigh_alike(const ve_evaluation *e, double *out, ve_audience *audience) {
    for (size_t g = 0; g < e->subject->groups->rows; g++)
        out[g] = e->tiered ? e->tier_factor[e->subject->tiers->kind[g]] : 1;
    audience->log_top = audience->log_peak = audience->log_nearest = 0;
}

/* The nearest customer of a tier that counts; then log weights with those of the tiers. */
static void weigh_tiers(const ve_evaluation *e, double *log_weight, ve_audience *audience) {
    const ve_groups *groups = e->subject->groups;
    const unsigned char *kind = e->subject->tiers->kind;
    double log_factor[2 * VE_TIERS_MOST], nearest = -HUGE_VAL;
    for (size_t c = 0; c < e->subject->tiers->kinds; c++)
        log_factor[c] = log(e->tier_factor[c]);
    for (size_t g = 0; g < groups->rows; g++) {
        bool counts = groups->weight[g] > 0 && e->tier_factor[kind[g]] > 0;
        nearest = counts && log_weight[g] > nearest ? log_weight[g] : nearest;
        log_weight[g] += log_factor[kind[g]];
    }
    audience->log_nearest = nearest;
}

static ve_code density_of(ve_evaluation *e, size_t option, double *out, double *peak) {
    const ve_case *subject = e->subject;
    const double *known = subject->log_density ? subject->log_density[option] : NULL;
    if (!known)
        return ve_target_density(subject, &subject->model->option[option].target, out, peak, e->arena,
                                 e->errors);
    memcpy(out, known, subject->groups->rows * sizeof *out);
    *peak = subject->log_peak[option];
    return VE_OK;
}

static ve_code no_weight(ve_evaluation *e, const ve_option *option) {
    ve_word_services services;
    ve_services_init(&services, e->arena, e->errors, &option->target);
    const char *hint = "widen the target, or survey customers near it";
    int tier = e->assumptions.tier;
    if (tier > 0)
        return services.base.fail(&services.base, VE_E_NO_WEIGHT, "", hint,
                                  "no customer of tier '%s' has any weight for option '%s'",
                                  e->subject->outline->tier[tier - 1].name, option->id);
    if (e->tiered)
        return services.base.fail(
            &services.base, VE_E_NO_WEIGHT, "", "widen the target, or give more tiers a weight above zero",
            "no customer of the tiers that count has any weight for option '%s'", option->id);
    return services.base.fail(&services.base, VE_E_NO_WEIGHT, "", hint,
                              "none of the surveyed customers has any weight for option '%s'", option->id);
}

static ve_code weigh_target(ve_evaluation *e, size_t i, ve_audience *audience) {
    const ve_groups *groups = e->subject->groups;
    const ve_option *option = &e->subject->model->option[i];
    double *a = e->customer_weight, peak = NAN;
    ve_code code = density_of(e, i, a, &peak);
    if (code) return code;
    audience->log_nearest = top_of(a, groups->weight, groups->rows);
    /* A rounding error must not carry the nearest customer above the peak. */
    audience->log_peak = peak > audience->log_nearest ? peak : audience->log_nearest;
    if (e->tiered) weigh_tiers(e, a, audience);
    audience->log_top = e->tiered ? top_of(a, groups->weight, groups->rows) : audience->log_nearest;
    if (audience->log_top == -HUGE_VAL) return no_weight(e, option);
    scale_to_top(a, groups->weight, audience->log_top, groups->rows, a);
    return VE_OK;
}

/* All customers, as much as their tiers count. */
static double everyone(const ve_evaluation *e) {
    const ve_groups *groups = e->subject->groups;
    if (!e->tiered) return ve_total(groups->weight, groups->rows);
    ve_sum sum = { 0 };
    for (size_t g = 0; g < groups->rows; g++)
        ve_sum_add(&sum, groups->weight[g] * e->tier_factor[e->subject->tiers->kind[g]]);
    return ve_sum_value(&sum);
}

ve_code ve_target_weigh(ve_evaluation *e, size_t i) {
    const ve_groups *groups = e->subject->groups;
    ve_audience *audience = &e->audience[i];
    bool alike = !e->assumptions.positioned || ve_target_is_equal(&e->subject->model->option[i].target);
    ve_code code = VE_OK;
    if (alike)
        weigh_alike(e, e->customer_weight, audience);
    else
        code = weigh_target(e, i, audience);
    if (code) return code;
    audience->weight = ve_dot(e->customer_weight, groups->weight, groups->rows);
    audience->weight_squared = ve_dot_squared(e->customer_weight, groups->weight_squared, groups->rows);
    audience->everyone = everyone(e);
    return audience->weight > 0 ? VE_OK : no_weight(e, &e->subject->model->option[i]);
}

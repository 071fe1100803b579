/* Customer weights: how much each group of customers counts for an option, in the log domain so that none
 * underflows. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "eval/internal.h"
#include "num/dot.h"

bool ve_target_is_equal(const ve_word *target) {
    return !target->plugin || strcmp(target->plugin->name, "equal") == 0;
}

static const ve_distribution_ops *ops_of(const ve_word *target) {
    return target->plugin->ops;
}

/* The attribute in the field `by`, -1 where left out. */
static int by_attribute(const ve_word *target) {
    const ve_record *record = target->plugin->params;
    for (size_t i = 0; i < record->count; i++) {
        const ve_field *field = &record->fields[i];
        if (field->type != VE_T_REF || field->of != VE_OF_ATTRIBUTES || strcmp(field->name, "by") != 0)
            continue;
        int index;
        memcpy(&index, (const char *)target->params + field->offset, sizeof index);
        return index;
    }
    return -1;
}

static ve_code check_attributes(const ve_model *model, const ve_word *target, const ve_services *services) {
    if (ve_target_is_equal(target)) return VE_OK;
    if (!model->survey.plugin)
        return services->fail(services, VE_E_NO_SURVEY, "",
                              "add a `survey` to the model, or leave the target out",
                              "a target chooses among surveyed customers, but the model has no survey");
    if (!model->attributes)
        return services->fail(services, VE_E_MISSING_FIELD, "",
                              "write attributes = { income = \"CNY/month\" } in the model",
                              "a target needs customer attributes, but the model names none");
    if (!ops_of(target)->joint && model->attributes > 1 && by_attribute(target) < 0)
        return services->fail(services, VE_E_MISSING_FIELD, "", "write by = \"income\"",
                              "the model has several attributes: say `by` which of them this target goes");
    return VE_OK;
}

ve_code ve_target_prepare(const ve_model *model, const ve_word *target, const ve_sample *sample,
                          ve_arena *arena, ve_errors *errors) {
    if (!target->plugin) return VE_OK;
    ve_word_services services;
    ve_services_init(&services, arena, errors, target);
    ve_code code = check_attributes(model, target, &services.base);
    if (code || !ops_of(target)->prepare) return code;
    return ops_of(target)->prepare(target->params, sample, &services.base);
}

static void target_centre(const ve_word *target, size_t attributes, double *centre) {
    for (size_t a = 0; a < attributes; a++)
        centre[a] = NAN;
    if (ve_target_is_equal(target) || !ops_of(target)->mean || !attributes) return;
    int by = by_attribute(target);
    if (!ops_of(target)->joint) centre[by < 0 ? 0 : by] = ops_of(target)->mean(target->params, 0);
    for (size_t a = 0; ops_of(target)->joint && a < attributes; a++)
        centre[a] = ops_of(target)->mean(target->params, a);
}

ve_code ve_target_centres(const ve_model *model, ve_outline *outline, ve_arena *arena, ve_errors *errors) {
    double *centre = ve_alloc_array(arena, model->options * model->attributes, sizeof *centre);
    if (!centre) return ve_fail_memory(errors);
    for (size_t i = 0; i < model->options; i++)
        target_centre(&model->option[i].target, model->attributes, centre + i * model->attributes);
    outline->centre = centre;
    return VE_OK;
}

/* Does any density there give no number? -inf is "no weight at all", +inf and NaN are not densities. */
static bool all_densities(const double *log_density, size_t rows) {
    size_t bad = 0;
    for (size_t g = 0; g < rows; g++)
        bad += !(log_density[g] < HUGE_VAL);
    return bad == 0;
}

ve_code ve_target_density(const ve_case *subject, const ve_word *target, double *out, ve_arena *arena,
                          ve_errors *errors) {
    const ve_groups *groups = subject->groups;
    ve_word_services services;
    ve_services_init(&services, arena, errors, target);
    const double **column = ve_alloc_array(arena, groups->attributes + 1, sizeof *column);
    if (!column) return ve_fail_memory(errors);
    for (size_t a = 0; a < groups->attributes; a++)
        column[a] = groups->attribute + a * groups->rows;
    ve_columns columns = { groups->rows, groups->attributes, column };
    if (!ops_of(target)->joint && groups->attributes) {
        int by = by_attribute(target);
        columns = (ve_columns){ groups->rows, 1, column + (by < 0 ? 0 : by) };
    }
    ve_code code = ops_of(target)->log_density(target->params, &columns, out, &services.base);
    if (code) return code;
    if (!all_densities(out, groups->rows))
        return services.base.fail(&services.base, VE_E_PLUGIN_RESULT, "", NULL,
                                  "ve.%s gave a customer weight that is not a number", target->plugin->name);
    return VE_OK;
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

static void weigh_alike(const ve_groups *groups, double *out, ve_audience *audience) {
    for (size_t g = 0; g < groups->rows; g++)
        out[g] = 1;
    audience->log_top = audience->log_peak = 0;
}

static ve_code density_of(ve_evaluation *e, size_t option, double *out) {
    const ve_case *subject = e->subject;
    const double *known = subject->log_density ? subject->log_density[option] : NULL;
    if (!known)
        return ve_target_density(subject, &subject->model->option[option].target, out, e->arena, e->errors);
    memcpy(out, known, subject->groups->rows * sizeof *out);
    return VE_OK;
}

static ve_code no_weight(ve_evaluation *e, const ve_option *option) {
    ve_word_services services;
    ve_services_init(&services, e->arena, e->errors, &option->target);
    return services.base.fail(&services.base, VE_E_NO_WEIGHT, "",
                              "widen the target, or survey customers near it",
                              "none of the surveyed customers has any weight for option '%s'", option->id);
}

static ve_code weigh_target(ve_evaluation *e, size_t i, ve_audience *audience) {
    const ve_groups *groups = e->subject->groups;
    const ve_option *option = &e->subject->model->option[i];
    double *a = e->customer_weight;
    ve_code code = density_of(e, i, a);
    if (code) return code;
    audience->log_top = top_of(a, groups->weight, groups->rows);
    if (audience->log_top == -HUGE_VAL) return no_weight(e, option);
    const ve_distribution_ops *ops = ops_of(&option->target);
    double peak = ops->log_peak ? ops->log_peak(option->target.params) : NAN;
    /* A rounding error must not carry the nearest customer above the peak. */
    audience->log_peak = peak > audience->log_top ? peak : audience->log_top;
    scale_to_top(a, groups->weight, audience->log_top, groups->rows, a);
    return VE_OK;
}

ve_code ve_target_weigh(ve_evaluation *e, size_t i) {
    const ve_groups *groups = e->subject->groups;
    ve_audience *audience = &e->audience[i];
    bool alike = !e->assumptions.positioned || ve_target_is_equal(&e->subject->model->option[i].target);
    ve_code code = VE_OK;
    if (alike)
        weigh_alike(groups, e->customer_weight, audience);
    else
        code = weigh_target(e, i, audience);
    if (code) return code;
    audience->weight = ve_dot(e->customer_weight, groups->weight, groups->rows);
    audience->weight_squared = ve_dot_squared(e->customer_weight, groups->weight_squared, groups->rows);
    return VE_OK;
}

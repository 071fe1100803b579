/* Before the first evaluation: every word of the model checks itself, all mistakes are told, and the case is
 * complete. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "eval/internal.h"
#include "ve/part.h"

static ve_code worse(ve_code first, ve_code code) {
    return first ? first : code;
}

/* ---- models that are not sound -------------------------------------------------------------------- */

static bool is_sound(const ve_word *word) {
    return word->plugin && word->params;
}

bool ve_subjects_told_apart(const ve_subjects *subjects, ve_arena *arena) {
    ve_names names;
    if (ve_names_make(arena, subjects->id, subjects->count, &names, NULL)) return false;
    for (size_t i = 0; i < names.count; i++) {
        const char *id = names.id[names.sorted[i]];
        if (!*id || (i && strcmp(id, names.id[names.sorted[i - 1]]) == 0)) return false;
    }
    return names.count > 0;
}

/* ---- words that do not need the survey ---------------------------------------------------------- */

/* Weighing once, to see whether the judgement holds together; not where the survey must be read first. */
static ve_code try_list(const ve_model *model, const ve_list *list, const ve_subjects *subjects,
                        ve_arena *arena, ve_errors *errors) {
    double *weight = ve_alloc_array(arena, list->count, sizeof *weight);
    if (!weight) return ve_fail_memory(errors);
    ve_judged judged;
    return ve_list_weights(model, list, subjects, NULL, arena, weight, &judged, errors);
}

/* Scores are those of leaves. */
static ve_code check_leaves(const ve_model *model, const ve_list *list, ve_arena *arena, ve_errors *errors) {
    ve_word_services services;
    ve_services_init(&services, arena, errors, &list->judgement);
    for (size_t k = 0; k < list->count; k++) {
        const ve_function *function = &model->function[list->node[k]];
        if (function->leaf >= 0) continue;
        return services.base.fail(&services.base, VE_E_JUDGEMENT, "", "weigh this list in another way",
                                  "this judgement weighs by scores, and '%s' has parts instead of scores",
                                  function->id);
    }
    return VE_OK;
}

static ve_code prepare_list(const ve_model *model, bool sound, const ve_list *list, ve_arena *arena,
                            ve_wanted *wanted, ve_errors *errors) {
    ve_subjects subjects;
    ve_code code = ve_subjects_of_list(model, list, arena, &subjects, errors);
    unsigned needs = 0;
    if (!code && !sound && !(is_sound(&list->judgement) && ve_subjects_told_apart(&subjects, arena)))
        return VE_OK;
    if (!code && list->judgement.plugin) {
        code = ve_judgement_prepare(&list->judgement, &subjects, arena, wanted, errors);
        needs = ve_judgement_needs(&list->judgement) & (VE_NEEDS_SCORES | VE_NEEDS_CUSTOMERS);
        if (!code && needs & VE_NEEDS_SCORES) code = check_leaves(model, list, arena, errors);
    }
    return code || needs ? code : try_list(model, list, &subjects, arena, errors);
}

static ve_code refuse_over_options(const ve_word *word, ve_arena *arena, ve_errors *errors) {
    ve_word_services services;
    ve_services_init(&services, arena, errors, word);
    return services.base.fail(&services.base, VE_E_UNKNOWN_WORD, "",
                              "judge the options with ve.ahp, ve.zero_four or ve.direct",
                              "ve.%s weighs functions; it cannot judge options", word->plugin->name);
}

static ve_code prepare_scores(const ve_model *model, bool sound, const ve_word *word, ve_arena *arena,
                              ve_errors *errors) {
    if (ve_judgement_needs(word) & (VE_NEEDS_SCORES | VE_NEEDS_CUSTOMERS))
        return refuse_over_options(word, arena, errors);
    ve_subjects subjects;
    ve_judged judged;
    ve_code code = ve_subjects_of_options(model, arena, &subjects, errors);
    if (!code && !sound && !ve_subjects_told_apart(&subjects, arena)) return VE_OK;
    double *share = ve_alloc_array(arena, model->options, sizeof *share);
    if (!code && !share) code = ve_fail_memory(errors);
    if (!code) code = ve_judgement_prepare(word, &subjects, arena, NULL, errors);
    return code ? code : ve_judgement_weigh(word, &subjects, NULL, arena, share, &judged, errors);
}

static ve_code prepare_rule(const ve_word *word, ve_arena *arena, ve_errors *errors) {
    const ve_rule_ops *ops = word->plugin->ops;
    ve_word_services services;
    ve_services_init(&services, arena, errors, word);
    return ops->prepare ? ops->prepare(word->params, &services.base) : VE_OK;
}

/* Options that left their target to the model's default may share its word. */
static bool prepared(const ve_option *option, size_t i) {
    for (size_t j = 0; j < i; j++)
        if (option[j].target.plugin == option[i].target.plugin &&
            option[j].target.params == option[i].target.params)
            return true;
    return false;
}

static ve_code check_targets(const ve_model *model, ve_arena *arena, ve_errors *errors) {
    ve_code first = VE_OK;
    for (size_t i = 0; i < model->options; i++)
        if (is_sound(&model->option[i].target) && !prepared(model->option, i))
            first = worse(first, ve_target_check(model, &model->option[i].target, arena, errors));
    return first;
}

/* Does anything weigh texts? Which there are, only the survey knows. */
static bool weighs_texts(const ve_word *word) {
    size_t parts = ve_part_count(word);
    for (size_t p = 0; p < parts; p++)
        if (weighs_texts(ve_part_at(word, p))) return true;
    return ve_part_ops(word)->categorical;
}

/* Customers of whom nothing is known but that they differ. */
static ve_code any_customers(const ve_model *model, ve_arena *arena, ve_sample *out, ve_errors *errors) {
    ve_outline_attribute *attribute = ve_alloc_array(arena, model->attributes, sizeof *attribute);
    if (!attribute) return ve_fail_memory(errors);
    for (size_t a = 0; a < model->attributes; a++) {
        attribute[a] = model->attribute[a];
        attribute[a].mean = attribute[a].low = 0;
        attribute[a].sd = attribute[a].high = 1;
    }
    *out = (ve_sample){ model->attributes, attribute, 2 };
    return VE_OK;
}

ve_code ve_foresee_targets(const ve_model *model, ve_arena *arena, ve_errors *errors) {
    ve_sample sample;
    if (!model->attributes) return VE_OK;
    ve_code first = any_customers(model, arena, &sample, errors);
    for (size_t i = 0; i < model->options && first != VE_E_MEMORY; i++) {
        const ve_word *target = &model->option[i].target;
        if (!is_sound(target) || prepared(model->option, i) || weighs_texts(target)) continue;
        first = worse(first, ve_distribution_prepare(target, &sample, arena, errors));
    }
    return first;
}

/* ---- all words ----------------------------------------------------------------------------------- */

ve_code ve_prepare_words(const ve_model *model, bool sound, ve_arena *arena, ve_wanted *wanted,
                         ve_errors *errors) {
    ve_wanted *columns = ve_value_field(model->source, "survey") ? wanted : NULL;
    ve_code first = VE_OK;
    for (size_t l = 0; l < model->lists; l++)
        first = worse(first, prepare_list(model, sound, &model->list[l], arena, columns, errors));
    for (size_t n = 0; n < model->functions; n++)
        if (is_sound(&model->function[n].scores))
            first = worse(first, prepare_scores(model, sound, &model->function[n].scores, arena, errors));
    for (size_t i = 0; i < model->options; i++)
        if (is_sound(&model->option[i].cost_word))
            first = worse(first, ve_cost_prepare(&model->option[i].cost_word, arena, columns, errors));
    if (sound) first = worse(first, ve_kano_prepare(model, arena, columns, errors));
    first = worse(first, check_targets(model, arena, errors));
    if (is_sound(&model->component_weights))
        first = worse(first, ve_components_prepare(model, sound, arena, errors));
    if (is_sound(&model->rule)) first = worse(first, prepare_rule(&model->rule, arena, errors));
    if (first || !sound) first = worse(first, ve_foresee_targets(model, arena, errors));
    return first;
}

/* ---- without a survey --------------------------------------------------------------------------- */

ve_code ve_own_scores(const ve_model *model, ve_arena *arena, ve_groups **groups, ve_errors *errors) {
    double *score = ve_alloc_array(arena, model->options * model->leaves, sizeof *score);
    if (!score) return ve_fail_memory(errors);
    size_t cells = 0;
    for (size_t i = 0; i < model->options; i++)
        for (size_t k = 0; k < model->leaves; k++)
            if (!model->function[model->leaf[k]].scores.plugin) score[cells++] = model->option[i].score[k];
    return ve_groups_single(score, model->options, cells / model->options, arena, groups, errors);
}

/* ---- words that take something from the survey -------------------------------------------------- */

static ve_code prepare_targets(const ve_model *model, const ve_outline *outline, ve_arena *arena,
                               ve_errors *errors) {
    ve_sample sample = { outline->attributes, outline->attribute, outline->customers };
    ve_code first = VE_OK;
    for (size_t i = 0; i < model->options; i++) {
        const ve_word *target = &model->option[i].target;
        if (prepared(model->option, i)) continue;
        first = worse(first, ve_target_prepare(model, target, &sample, arena, errors));
    }
    return first;
}

/* Densities of an earlier case, for an option whose target says what some target there says. */
static bool density_in(const ve_case *like, const ve_word *target, const double **log_density,
                       double *log_peak) {
    for (size_t i = 0; i < like->model->options; i++) {
        const ve_word *before = &like->model->option[i].target;
        if (!like->log_density[i] || before->plugin != target->plugin) continue;
        if (!ve_value_same(before->source, target->source)) continue;
        *log_density = like->log_density[i];
        *log_peak = like->log_peak[i];
        return true;
    }
    return false;
}

/* Cases that came before this one. */
typedef struct earlier {
    const ve_case *const *like;
    size_t count;
} earlier;

/* What an earlier case says of the same customers, NULL. */
static const ve_outline *outline_of(const earlier *e, const ve_groups *groups) {
    for (size_t i = 0; i < e->count; i++)
        if (e->like[i]->groups == groups) return e->like[i]->outline;
    return NULL;
}

static bool known_density(const earlier *e, const ve_groups *groups, const ve_word *target,
                          const double **log_density, double *log_peak) {
    for (size_t i = 0; i < e->count; i++)
        if (e->like[i]->groups->attribute == groups->attribute &&
            density_in(e->like[i], target, log_density, log_peak))
            return true;
    return false;
}

static ve_code option_density(const ve_case *subject, const earlier *before, size_t i,
                              const double **log_density, double *log_peak, ve_arena *arena,
                              ve_errors *errors) {
    const ve_option *option = subject->model->option;
    const ve_groups *groups = subject->groups;
    if (ve_target_is_equal(&option[i].target)) return VE_OK;
    if (known_density(before, groups, &option[i].target, &log_density[i], &log_peak[i])) return VE_OK;
    for (size_t j = 0; j < i; j++)
        if (log_density[j] && option[j].target.plugin == option[i].target.plugin &&
            option[j].target.params == option[i].target.params) {
            log_density[i] = log_density[j];
            log_peak[i] = log_peak[j];
            return VE_OK;
        }
    double *column = ve_alloc_array(arena, groups->rows, sizeof *column);
    if (!column) return ve_fail_memory(errors);
    log_density[i] = column;
    return ve_target_density(subject, &option[i].target, column, &log_peak[i], arena, errors);
}

static ve_code densities(ve_case *subject, const earlier *before, ve_arena *arena, ve_errors *errors) {
    size_t options = subject->model->options;
    const double **log_density = ve_alloc_array(arena, options, sizeof *log_density);
    double *log_peak = ve_alloc_array(arena, options, sizeof *log_peak);
    if (!log_density || !log_peak) return ve_fail_memory(errors);
    ve_code first = VE_OK;
    for (size_t i = 0; i < options; i++)
        first = worse(first, option_density(subject, before, i, log_density, log_peak, arena, errors));
    subject->log_density = log_density;
    subject->log_peak = log_peak;
    return first;
}

ve_code ve_prepare_case_like(const ve_case *const *like, size_t likes, const ve_model *model,
                             const ve_groups *groups, ve_arena *arena, ve_case *out, ve_errors *errors) {
    ve_outline *outline = NULL;
    const earlier before = { like, likes };
    ve_code code = ve_outline_make(model, groups, outline_of(&before, groups), arena, &outline, errors);
    *out = (ve_case){ .model = model, .groups = groups, .outline = outline };
    if (!code) code = ve_tiers_make(model, groups, arena, outline, &out->tiers, errors);
    if (!code) code = prepare_targets(model, outline, arena, errors);
    if (!code) code = ve_target_centres(model, outline, arena, errors);
    if (!code) code = densities(out, &before, arena, errors);
    return code ? code : ve_tiers_reach(out, arena, outline, errors);
}

ve_code ve_prepare_case(const ve_model *model, const ve_groups *groups, ve_arena *arena, ve_case *out,
                        ve_errors *errors) {
    return ve_prepare_case_like(NULL, 0, model, groups, arena, out, errors);
}

/* ---- distributions that stand for a number ------------------------------------------------------ */

static ve_code check_number(const ve_word *word, ve_arena *arena, ve_errors *errors) {
    ve_word_services services;
    ve_services_init(&services, arena, errors, word);
    const ve_distribution_ops *ops = word->plugin->ops;
    if (!ops->quantile || !ops->mean)
        return services.base.fail(&services.base, VE_E_UNKNOWN_WORD, "",
                                  "write a number, or ve.normal { mean = ..., sd = ... }",
                                  "ve.%s cannot stand for a number", word->plugin->name);
    ve_code first = VE_OK;
    size_t parts = ve_part_count(word);
    for (size_t p = 0; p < parts; p++)
        first = worse(first, check_number(ve_part_at(word, p), arena, errors));
    return first;
}

static ve_code take_mean(const ve_word *word, const ve_services *services, double *mean) {
    *mean = ve_part_mean(word, 0);
    if (isfinite(*mean)) return VE_OK;
    return services->fail(services, VE_E_RANGE, "", "state its mean", "ve.%s has no mean here",
                          word->plugin->name);
}

ve_code ve_word_mean(const ve_word *word, ve_arena *arena, double *mean, ve_errors *errors) {
    ve_sample nobody = { 0 };
    ve_word_services services;
    ve_services_init(&services, arena, errors, word);
    *mean = NAN;
    ve_code code = check_number(word, arena, errors);
    if (!code) code = ve_distribution_prepare(word, &nobody, arena, errors);
    return code ? code : take_mean(word, &services.base, mean);
}

/* What the parts of core/model share: the fields as they are bound, and the model while it is built.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_MODEL_INTERNAL_H
#define VE_MODEL_INTERNAL_H

#include "base/errors.h"
#include "model/model.h"

enum {
    VE_OPTIONS_MOST = 1000,
    VE_COMPONENTS_MOST = 1000,
    VE_FUNCTIONS_MOST = 10000,
    VE_ATTRIBUTES_MOST = 64,
    VE_FUNCTION_DEPTH = 32
};

enum { VE_CUT_CUSTOMERS, VE_CUT_PROFIT };

typedef struct ve_tiers_fields {
    const char *by;
    const ve_value *names;
    ve_numbers shares, weights;
    int cut;
} ve_tiers_fields;

typedef struct ve_model_fields {
    const char *title, *currency;
    const ve_value *attributes, *functions, *options, *scenarios, *components;
    ve_word target, survey, rule;
    ve_numbers scale;
    int aggregate;
    double target_cost;
    bool existing;
    ve_tiers_fields tiers;
    ve_kano_rules kano;
    ve_rows correlations; /* ve_correlation */
    double concentration;
} ve_model_fields;

typedef struct ve_function_list_fields {
    ve_word weights;
    const ve_value *functions;
} ve_function_list_fields;

typedef struct ve_function_fields {
    const char *id, *name;
    double weight, minimum, fixed;
    const ve_value *parts;
    ve_word scores;
    ve_kano kano;
} ve_function_fields;

typedef struct ve_option_fields {
    const char *id, *name;
    const ve_value *cost;
    ve_word target;
    ve_numbers scores, spent_on;
} ve_option_fields;

typedef struct ve_component_list_fields {
    ve_word weights;
    const ve_value *components;
} ve_component_list_fields;

typedef struct ve_component_fields {
    const char *id, *name;
    double cost, score;
    ve_numbers serves, spent_on;
} ve_component_fields;

typedef struct ve_scenario_fields {
    const char *name;
    const ve_value *set, *change;
} ve_scenario_fields;

/* A model under construction. The parts of *model that are const for everyone else are made here. */
typedef struct ve_builder {
    ve_binder *binder;
    const ve_value *tree;
    ve_model *model;
    ve_model_fields fields;
    ve_outline_attribute *attribute; /* with room for one more than are declared */
    ve_function *function;
    const char **path; /* functions[1].parts[2], by node */
    ve_list *list;
    ve_option *option;
    const bool *judged; /* by leaf: its `scores` judge the options, so that it needs no ratings */
    bool surveyed;      /* the model has a survey, be it a wrong one */
    ve_code first;      /* the first mistake */
} ve_builder;

void ve_build_note(ve_builder *builder, ve_code code);
/* Tell a mistake and note it. */
void ve_build_fail(ve_builder *builder, ve_code code, const ve_value *value, const char *path,
                   const char *hint, const char *format, ...) VE_PRINTF(6, 7);

typedef struct ve_model_size {
    size_t attributes, functions, lists, options, components; /* functions with and without parts */
} ve_model_size;
ve_model_size ve_model_measure(const ve_value *tree);

/* The ids of attributes, functions without parts and options, as far as they can be read: "" where one
 * cannot. */
ve_code ve_ids_collect(ve_arena *arena, const ve_value *tree, ve_names *of, ve_errors *errors);
bool ve_has_parts(const ve_value *function);
const char *ve_id_of(const ve_value *record); /* its `id` where that is a text, else "" */
/* Tell ids that stand twice: source[i] is the record of id[i]. */
void ve_build_unique(ve_builder *builder, const ve_names *names, const ve_value *const *source,
                     const char *const *path);

void ve_build_attributes(ve_builder *builder);
void ve_build_functions(ve_builder *builder);
void ve_build_options(ve_builder *builder);
void ve_build_components(ve_builder *builder);
void ve_build_tiers(ve_builder *builder);
/* NULL where the function has none. */
const ve_kano *ve_build_function_kano(ve_builder *builder, const ve_kano *fields, const ve_value *source,
                                      const char *path);
void ve_build_kano(ve_builder *builder);
/* Shares of one cost by leaf: they must add up to 1. */
void ve_check_spent_on(ve_builder *builder, const ve_value *source, const ve_numbers *given,
                       const char *path);
void ve_check_scores(ve_builder *builder, size_t option, const ve_value *scores, const ve_numbers *given);

#endif

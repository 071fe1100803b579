/* A model: plain, validated data, as the planner wrote it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_MODEL_MODEL_H
#define VE_MODEL_MODEL_H

#include "schema/bind.h"

/* How customers would feel with a function and without it: by counts of Kano's classes, or by two columns of
 * the survey. */
typedef struct ve_kano {
    double count[VE_KANO_COUNT]; /* NaN where not given */
    const char *functional, *dysfunctional;
} ve_kano;

/* How weights are adjusted. X(NAME, word, what it is) */
#define VE_ADJUSTS(X)                                                                                        \
    X(GREATER, "greater", "times the greater of better and worse")                                           \
    X(TAN_SHEN, "tan_shen", "by Tan and Shen (2000)")                                                        \
    X(CHAUDHA, "chaudha", "by Chaudha and others (2011)")
enum {
#define VE_ADJUST_ENUM(name, word, doc) VE_ADJUST_##name,
    VE_ADJUSTS(VE_ADJUST_ENUM)
#undef VE_ADJUST_ENUM
};

/* What is done with that, and which variants of the method are used. */
typedef struct ve_kano_rules {
    int use;         /* ve_kano_use */
    int denominator; /* of better and worse. 0: replies that are M, O, A or I; 1: all replies */
    int must_be;     /* class of "must be" in both answers. 0: indifferent; 1: questionable */
    int ties;        /* where the order M, O, A, I decides. 0: between equals; 1: where none is certain */
    int adjust;      /* VE_ADJUST_..., of weights */
    double minimum;  /* the gate of must-be functions; NaN where not given */
} ve_kano_rules;

typedef struct ve_function {
    const char *id, *name; /* name defaults to the id */
    int parent;            /* node, -1 at the top */
    int list;              /* the sibling list it stands in */
    int parts;             /* the sibling list it heads, -1 for a leaf */
    int leaf;              /* number among the leaves, -1 */
    double weight;         /* short form, as written; NaN */
    double minimum;        /* gate on its score; NaN */
    double fixed;          /* local weight set by path (0..1), siblings rescaled; NaN */
    const ve_kano *kano;   /* NULL: nobody was asked */
    ve_word scores;        /* a judgement over the options under this function */
    const ve_value *source;
} ve_function;

typedef struct ve_list {
    const char *id;  /* of the node whose parts these are; "functions" at the top */
    const int *node; /* the siblings */
    size_t count;
    ve_word judgement; /* plugin NULL: the short form, or equal weights where no sibling has one */
    bool equal;        /* nothing is said about weights, and there is more than one sibling */
    const char *path;  /* functions[1].parts */
    const ve_value *source;
} ve_list;

typedef struct ve_option {
    const char *id, *name;
    double cost; /* a plain cost; NaN where cost_word stands */
    ve_word cost_word;
    ve_word target; /* never without plugin: `equal` by default */
    const double
        *score; /* without a survey one per leaf, NaN where the function's `scores` give it; else NULL */
    const double *spent_on; /* shares of its cost by leaf, NaN where not named; NULL */
    const ve_value *source;
} ve_option;

typedef struct ve_component {
    const char *id, *name;
    double cost, score;              /* score is NaN where it is not given */
    const double *serves, *spent_on; /* by leaf, NaN where not named; NULL */
    const ve_value *source;
} ve_component;

enum { VE_TIERS_MOST = 32 };

/* Customer tiers, the most profitable first. */
typedef struct ve_tiers {
    size_t count;     /* 0: none */
    size_t attribute; /* what they are cut by, among those asked of the survey */
    const char *const *name;
    const double *share;  /* count - 1; the last takes the rest */
    const double *weight; /* count */
    bool by_profit;       /* the shares are of all profit, not of all customers */
    const ve_value *source;
} ve_tiers;

/* Two uncertain numbers that go together, by their paths. */
typedef struct ve_correlation {
    const char *first, *second;
    double rho; /* of the normal copula between them */
} ve_correlation;

typedef struct ve_model {
    const char *file, *title, *currency; /* "" where not given */
    size_t attributes, functions, leaves, lists, options;
    const ve_outline_attribute *attribute; /* id and unit; moments are NaN until a survey is read */
    size_t asked; /* attributes that the survey must have: those, and the column that tiers are cut by */
    const ve_function *function;
    const int *leaf;     /* leaf number -> node */
    const ve_list *list; /* list 0 is the top */
    const ve_option *option;
    ve_word survey; /* plugin NULL: the options bring their scores */
    double scale_low, scale_high;
    ve_aggregate aggregate;
    ve_word rule;
    size_t components;
    const ve_component *component;
    ve_word component_weights; /* plugin NULL: the components bring their scores */
    double target_cost;        /* NaN */
    bool existing;
    ve_tiers tiers;
    ve_kano_rules kano;
    double concentration; /* of judged function weights; NaN: they are certain */
    const ve_correlation *correlation;
    size_t correlations;
    const ve_value *correlation_source; /* the list, NULL */
    const ve_value *source;
} ve_model;

/* Validate the tree that the model file returned and turn it into a model. All mistakes are told.
 * Where there are some, *out is NULL, or what was made of the rest: ve_prepare_words finds more in it. */
ve_code ve_model_build(ve_binder *binder, const char *file, const ve_value *tree, ve_model **out);

/* The record of the model itself, for the reference and editors. A list of functions has named fields
 * besides. */
extern const ve_record ve_model_record, ve_function_list_record, ve_function_record, ve_option_record,
    ve_scenario_record, ve_component_list_record, ve_component_record, ve_tiers_record, ve_correlation_record,
    ve_kano_record, ve_kano_rules_record;

#endif

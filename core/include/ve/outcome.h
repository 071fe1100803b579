/* What is known about a case, and what an evaluation of it yields. Plain structs, read-only for plugins.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shapes: options m, function nodes n (every node of the tree), leaves k (nodes without parts), attributes
 * d. */
#ifndef VE_OUTCOME_H
#define VE_OUTCOME_H

#include <stdbool.h>
#include <stddef.h>

#include "ve/codes.h"

/* Kano's classes, in the order in which ties are decided: what must be comes first (Kano 1984).
 * X(NAME, word, letter) */
#define VE_KANO_CLASSES(X)                                                                                   \
    X(MUST_BE, "must_be", 'M')                                                                               \
    X(ONE_DIMENSIONAL, "one_dimensional", 'O')                                                               \
    X(ATTRACTIVE, "attractive", 'A')                                                                         \
    X(INDIFFERENT, "indifferent", 'I')                                                                       \
    X(REVERSE, "reverse", 'R')                                                                               \
    X(QUESTIONABLE, "questionable", 'Q')
typedef enum ve_kano_class {
#define VE_KANO_ENUM(name, word, letter) VE_KANO_##name,
    VE_KANO_CLASSES(VE_KANO_ENUM)
#undef VE_KANO_ENUM
        VE_KANO_COUNT
} ve_kano_class;

/* What is done with Kano's classes. X(NAME, word, what it is) */
#define VE_KANO_USES(X)                                                                                      \
    X(REPORT, "report", "Kano's classes are only reported")                                                  \
    X(WEIGHTS, "weights", "function weights are adjusted by how much each function moves satisfaction")      \
    X(CURVE, "curve", "scores become satisfaction by the curve of each function's class")                    \
    X(GATE, "gate", "must-be functions are gates")
typedef enum ve_kano_use {
#define VE_KANO_ENUM(name, word, doc) VE_KANO_USE_##name,
    VE_KANO_USES(VE_KANO_ENUM)
#undef VE_KANO_ENUM
} ve_kano_use;

typedef struct ve_outline_option {
    const char *id, *name;
} ve_outline_option;

typedef struct ve_outline_function {
    const char *id, *name;
    int parent;            /* node, -1 at the top */
    int list;              /* the sibling list it stands in */
    int leaf;              /* its number among the leaves, -1 if it has parts */
    double minimum;        /* the gate on its score, NaN where there is none */
    const char *scored_by; /* of a leaf: name of the judgement over the options that gives its scores, NULL */
    bool kano;             /* customers were asked how they would feel with and without it */
} ve_outline_function;

typedef struct ve_outline_list {
    const char *id;     /* id of the node whose parts these are; "functions" for the top list */
    const char *method; /* name of the judgement that weighs it; "weight" for the short form, "equal" where
                           nothing is said */
} ve_outline_list;

typedef struct ve_outline_attribute {
    const char *id, *unit;
    double mean, sd, low, high; /* of the surveyed customers; sd with n-1; NaN without a survey */
    bool text;                  /* a column of it holds the numbers of its labels, from 0 */
    size_t labels;
    const char *const *label; /* in the order of their bytes */
} ve_outline_attribute;

/* A part of the product that costs money, for function-cost analysis. */
typedef struct ve_outline_component {
    const char *id, *name;
    double cost;            /* finite, not negative */
    double score;           /* its importance, in any unit; NaN where it is not given */
    const double *serves;   /* by leaf: the share of the function that it delivers; NULL. Over all
                               components the shares of a leaf add up to 1 */
    const double *spent_on; /* by leaf: the share of its cost that is spent on it, together 1; NULL */
} ve_outline_component;

/* Customers by the profit that they bring, the most profitable first. */
typedef struct ve_outline_tier {
    const char *name;
    double customers;      /* who answered; those on a border are divided between the tiers that meet there */
    double customer_share; /* of all customers, by design weights */
    double profit_share;   /* of all profit; NaN where that is not above zero */
    double weight;         /* what customer weights are multiplied by */
    double least;          /* the lowest profit in it */
} ve_outline_tier;

/* The least profitable so many of all customers bring so much of all profit. */
typedef struct ve_lorenz_point {
    double customers, profit;
} ve_lorenz_point;

/* How customers are added up. X(NAME, word, what it is) */
#define VE_AGGREGATES(X)                                                                                     \
    X(MEAN, "mean", "weighted mean: sum(a g) / sum(a)")                                                      \
    X(SUM, "sum", "sum(a g), a the target's density")                                                        \
    X(PEAK, "peak", "sum(a g), a scaled to 1 at its peak")
typedef enum ve_aggregate {
#define VE_AGGREGATE_ENUM(name, word, doc) VE_AGGREGATE_##name,
    VE_AGGREGATES(VE_AGGREGATE_ENUM)
#undef VE_AGGREGATE_ENUM
        VE_AGGREGATE_COUNT
} ve_aggregate;

/* Which evaluation is wanted. */
typedef struct ve_assumptions {
    ve_aggregate aggregate;
    bool positioned; /* false: every customer counts alike, whatever the targets */
    bool kano_aside; /* true: Kano's classes are only reported, whatever the model does with them */
    int tier;        /* 0: all customers, multiplied by the weights of their tiers; from 1 on: those of one
                        tier */
} ve_assumptions;

typedef struct ve_outline {
    ve_assumptions usual;         /* as the model says: its aggregate, with targets */
    const char *title, *currency; /* currency is "" where not given */
    const char *aggregate;        /* "mean", "sum", "peak": what the model says */
    size_t options, functions, leaves, lists, attributes;
    const ve_outline_option *option;
    const ve_outline_function *function; /* depth first, in the order written */
    const int *leaf;                     /* leaf number -> node */
    const ve_outline_list *list;
    const ve_outline_attribute *attribute;
    double scale_low, scale_high; /* NaN where open */
    double customers;             /* answered; 0 where scores are the options' own */
    double skipped;               /* left out for missing answers */
    bool positioned;              /* some option has a target of its own that is not `equal` */
    const double *centre;         /* options x attributes: mean of the target, NaN where it has none; NULL:
                                     not known */
    size_t components;
    const ve_outline_component *component; /* all of them have a score, or all serve, or neither */
    const char *component_method;          /* name of the judgement that gives their scores, NULL */
    double target_cost;                    /* NaN where not given */
    bool existing;                         /* no target cost above the present one */
    const double *const *option_spent_on;  /* by option: the share of its cost that is spent on each leaf;
                                              NULL for options that do not say */
    ve_kano_use kano_use;
    const char *kano_effect; /* what is done with Kano's classes, in words: "must-be functions are gates" */
    const char *kano_note;   /* how Kano's figures are reckoned, in words; NULL where no function has any */
    double concentration;    /* of judged function weights; NaN: they are certain */
    size_t tiers;            /* 0: the model has none */
    const ve_outline_tier *tier;
    const char *tiers_by;     /* the attribute, or survey column, that they are cut by */
    bool tiers_weighted;      /* they do not all count alike */
    const bool *tier_reached; /* tiers x options: some customer of the tier has weight for the option */
    double profit;            /* mean over customers */
    double loss_customers;    /* share of customers whose profit is below zero */
    double loss;              /* their losses as a share of all profit; NaN as profit_share */
    double gini, top20_share; /* concentration of profit; NaN as profit_share */
    size_t lorenz_points;     /* from (0, 0) to (1, 1), at most 101 */
    const ve_lorenz_point *lorenz;
    const char *rule, *rule_summary; /* which option is best; NULL: the greatest value index */
} ve_outline;

typedef struct ve_outcome_option {
    double cost;                      /* the figure used */
    double cost_present, cost_annual; /* of a life-cycle cost, else NaN */
    double cost_coefficient;          /* C = S / sum S */
    double function_score;            /* G = sum over leaves of w * s, added up over customers as `aggregate`
                                         says */
    double function_coefficient;      /* F = G / sum G */
    double value_index;               /* V = F / C; NaN where the cost is 0 */
    double merit;                     /* what the rule ranks by: higher is better, NaN: cannot be best */
    int rank;                         /* 1 is best, equal merit shares a rank; 0: not ranked */
    bool feasible;                    /* passes every gate */
    double effective_customers;       /* Kish: (sum a)^2 / sum a^2; 1 where scores are the option's own */
    double weight_share; /* reach: mean customer weight with the target's peak as 1; NaN where it has
                            none */
    double nearest;      /* greatest customer weight with the target's peak as 1 */
} ve_outcome_option;

/* How an option's customers feel about a function. */
typedef struct ve_outcome_kano {
    double share[VE_KANO_COUNT]; /* of all replies; 0 everywhere where nobody was asked */
    double replies;              /* by how many customers: counted where counts are given, else effective */
    ve_kano_class category;      /* the most frequent class; of several the first, or as the model says */
    ve_kano_class second;        /* the most frequent of the others */
    bool significant;            /* more than chance lies between the two (Fong 1996) */
    double minimum;              /* the gate that it is for the option; NaN: none */
    double counted;              /* those of `replies` that better and worse are shares of */
    double better, worse;        /* (A + O) / all that count, -(O + M) / all that count; NaN where none counts
                                    (Berger et al. 1993) */
} ve_outcome_kano;

typedef struct ve_outcome_list {
    double consistency_ratio; /* NaN where the judgement has none */
    const char *note;         /* the variant used ("Saaty 1980"); NULL where there is none */
    double spread, kendall_w; /* how far several parties agree; NaN where there are none */
    ve_code warning;          /* what the judgement wants to be warned of, VE_OK */
    const char *warned;       /* its sentence */
} ve_outcome_list;

typedef struct ve_outcome {
    ve_assumptions assumptions;
    int best;                        /* option, -1 where none is feasible */
    const ve_outcome_option *option; /* m */
    bool weights_by_option;          /* function weights differ by option (`stated`) */
    const double *weight;            /* m x n: share of the whole, product of local weights up the tree */
    const double *local_weight;      /* m x n: share among its siblings */
    const double *score;             /* m x k: mean score over the option's customers */
    const ve_outcome_kano *kano;     /* m x n; NULL where no function has any */
    const ve_outcome_list *list;     /* one per sibling list */
    const ve_outcome_list *scored;   /* k: how each leaf's scores were judged, where `scored_by` says so */
} ve_outcome;

#endif

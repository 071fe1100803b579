/* What the files of this stage share; nobody else includes it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_EVAL_INTERNAL_H
#define VE_EVAL_INTERNAL_H

#include "base/errors.h"
#include "eval/eval.h"

/* The customers of one option, added up; customer weights are scaled so that the greatest of them is 1. */
typedef struct ve_audience {
    double weight;         /* sum of design weight * customer weight */
    double weight_squared; /* sum of their squares */
    double log_top;        /* log of the greatest customer weight before it was scaled to 1 */
    double log_peak;       /* log of the greatest customer weight that the target can give */
    double log_nearest;    /* log of the greatest that it gives to a customer who counts, before tiers */
    double everyone;       /* sum of design weights, times the weights of tiers */
} ve_audience;

/* One evaluation under way. Shapes as in ve/outcome.h. */
typedef struct ve_evaluation {
    const ve_case *subject;
    ve_assumptions assumptions;
    ve_arena *arena;
    ve_errors *errors;
    double *customer_weight;               /* one column of groups: the option in hand */
    bool tiered;                           /* tier_factor is not all 1 */
    double tier_factor[2 * VE_TIERS_MOST]; /* by kind: what customer weights are multiplied by */
    ve_audience *audience;                 /* m */
    double *column_mean;                   /* m x columns, by handle */
    double *score;                         /* m x k */
    double *weight;                        /* m x n */
    double *local_weight;                  /* m x n */
    double *mean_score; /* m: mean function score of the option's customers: sum over leaves of w s */
    double *log_factor; /* m: log of what it is multiplied by where customers are added up */
    bool weights_by_option;
    ve_outcome_kano *kano; /* m x n; NULL: nobody was asked */
    ve_outcome_list *list;
    ve_outcome_list *scored; /* k */
    ve_outcome_option *option;
} ve_evaluation;

/* distributions.c: one distribution with its parts. */
ve_code ve_distribution_prepare(const ve_word *word, const ve_sample *sample, ve_arena *arena,
                                ve_errors *errors);

/* targets.c: customer weights. */
bool ve_target_is_equal(const ve_word *target);
/* Before the survey is read: does it say of which attribute it speaks? */
ve_code ve_target_check(const ve_model *model, const ve_word *target, ve_arena *arena, ve_errors *errors);
ve_code ve_target_prepare(const ve_model *model, const ve_word *target, const ve_sample *sample,
                          ve_arena *arena, ve_errors *errors);
/* Where every target has its middle, once prepared: options x attributes. */
ve_code ve_target_centres(const ve_model *model, ve_outline *outline, ve_arena *arena, ve_errors *errors);
/* One column of groups: log of the target's density, checked, and its peak; NaN where that is not known. */
ve_code ve_target_density(const ve_case *subject, const ve_word *target, double *out, double *peak,
                          ve_arena *arena, ve_errors *errors);
/* Fill customer_weight and the option's audience. */
ve_code ve_target_weigh(ve_evaluation *e, size_t option);

/* tiers.c: who belongs to which tier, and the outline of it; *out is NULL where the model has none. */
ve_code ve_tiers_make(const ve_model *model, const ve_groups *groups, ve_arena *arena, ve_outline *outline,
                      const ve_tiering **out, ve_errors *errors);
/* Which targets reach which tiers, once the densities are there. */
ve_code ve_tiers_reach(const ve_case *subject, ve_arena *arena, ve_outline *outline, ve_errors *errors);
/* Fill tiered and tier_factor. */
ve_code ve_tiers_count(ve_evaluation *e);

/* scores.c: mean scores and mean columns of the option whose customers are in hand; scores that are
 * judged. */
void ve_scores_average(ve_evaluation *e, size_t option);
ve_code ve_scores_judged(ve_evaluation *e);

/* services.c: a survey column that is kept, with that many choices (0: any number); negative: out of memory.
 */
ve_column_handle ve_wanted_column(ve_wanted *wanted, const char *pattern, const char *function, int choices,
                                  ve_arena *arena, ve_errors *errors);

/* kano.c: how customers feel about functions, and what follows from it. */
ve_code ve_kano_prepare(const ve_model *model, ve_arena *arena, ve_wanted *wanted, ve_errors *errors);
/* What the outline says of it; nothing where nobody was asked. */
ve_code ve_kano_outline(const ve_model *model, ve_arena *arena, ve_outline *outline, ve_errors *errors);
/* Fill e->kano. */
ve_code ve_kano_count(ve_evaluation *e);
void ve_kano_bend_scores(ve_evaluation *e);
void ve_kano_adjust_weights(ve_evaluation *e);
/* The gate of a function for an option; NaN: none. */
double ve_kano_minimum(const ve_evaluation *e, size_t option, int node);

/* judgements.c: one judgement, its parts and its result. */
ve_judged ve_judged_nothing(void);
ve_outcome_list ve_judged_outcome(const ve_judged *judged);
ve_code ve_judgement_prepare(const ve_word *word, const ve_subjects *subjects, ve_arena *arena,
                             ve_wanted *wanted, ve_errors *errors);
/* Weights that add up to 1. mean: the option's column means, NULL. */
ve_code ve_judgement_weigh(const ve_word *word, const ve_subjects *subjects, const double *mean,
                           ve_arena *arena, double *weight, ve_judged *judged, ve_errors *errors);
ve_code ve_subjects_of_list(const ve_model *model, const ve_list *list, ve_arena *arena, ve_subjects *out,
                            ve_errors *errors);
/* Does every one of them have an id of its own? Else whatever is judged about them is not looked into. */
bool ve_subjects_told_apart(const ve_subjects *subjects, ve_arena *arena);
ve_code ve_subjects_of_options(const ve_model *model, ve_arena *arena, ve_subjects *out, ve_errors *errors);

/* weights.c: the tree of function weights. */
ve_code ve_weights(ve_evaluation *e);
/* Weights of one list as it is written, before any is set by path; they add up to 1. */
ve_code ve_list_weights(const ve_model *model, const ve_list *list, const ve_subjects *subjects,
                        const double *mean, ve_arena *arena, double *weight, ve_judged *judged,
                        ve_errors *errors);
/* Put the weights set by path in, siblings rescaled to keep their ratios. The model has checked what they add
 * up to. */
ve_code ve_list_fix(const ve_model *model, const ve_list *list, ve_arena *arena, double *weight,
                    ve_errors *errors);

/* costs.c, coefficients.c, gates.c, ranks.c: what each option comes to. */
ve_code ve_cost_prepare(const ve_word *word, ve_arena *arena, ve_wanted *wanted, ve_errors *errors);
ve_code ve_costs(ve_evaluation *e);
/* Fill mean_score and log_factor. */
void ve_function_means(ve_evaluation *e);
ve_code ve_coefficients_of(ve_evaluation *e);
void ve_gates(ve_evaluation *e);
ve_code ve_ranks(ve_evaluation *e, int *best);

/* What keeps a row from having value indices. */
typedef enum ve_fault {
    VE_FAULT_NONE,
    VE_FAULT_LARGE_SCORE,
    VE_FAULT_NO_FUNCTION,
    VE_FAULT_NO_COST,
    VE_FAULT_SMALL_COST
} ve_fault;

/* Of up to VE_ROWS_MOST rows; the column of option i begins at i * rows. */
typedef struct ve_coefficients {
    size_t options, rows;
    const double *mean_score, *log_factor, *cost; /* log_factor: NULL where customers are averaged */
    double *function_score, *function_coefficient, *cost_coefficient, *value_index;
    ve_fault *fault; /* rows */
} ve_coefficients;
/* Room for what is found, but for `fault`; false: out of memory. */
bool ve_coefficients_room(ve_coefficients *c, ve_arena *arena);
void ve_coefficients_find(const ve_coefficients *c);
/* What the rule says of one row; `option` has everything but merit and rank. */
ve_code ve_merits(const ve_word *rule, const ve_outcome_option *option, size_t options, double *merit,
                  const ve_services *services);
/* NaN: out of it, rank 0. The best, -1. */
int ve_rank_by_merit(const double *merit, size_t count, int *rank);
/* The same for up to VE_ROWS_MOST rows. */
typedef struct ve_rank_rows {
    size_t options, rows;
    double *merit, *rank; /* options columns of rows */
    double *own;          /* options: room */
    int *given;           /* likewise */
} ve_rank_rows;
void ve_ranks_find(const ve_rank_rows *of);

/* components.c: what function-cost analysis works on. */
/* Where their judgement is sound; sound: all of the model is. */
ve_code ve_components_prepare(const ve_model *model, bool sound, ve_arena *arena, ve_errors *errors);
ve_code ve_outline_components(const ve_model *model, ve_arena *arena, ve_outline *outline, ve_errors *errors);

/* outline.c */
ve_code ve_outline_make(const ve_model *model, const ve_groups *groups, const ve_outline *known,
                        ve_arena *arena, ve_outline **out, ve_errors *errors);

#endif

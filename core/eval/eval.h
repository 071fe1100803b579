/* From a case to its value indices: weights -> coefficients -> V. Pure: const inputs, one new outcome.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_EVAL_EVAL_H
#define VE_EVAL_EVAL_H

#include "model/model.h"
#include "survey/groups.h"
#include "ve/study.h"

/* Survey columns that words ask for while they are prepared. */
typedef struct ve_wanted {
    ve_survey_column *column;
    size_t count, room;
    ve_survey_pair *pair; /* of Kano's questions, by function in the model's order */
    size_t pairs;
} ve_wanted;

/* To which tier every group of customers belongs. */
typedef struct ve_tiering {
    size_t tiers, kinds; /* kinds: the tiers, then one for each border that runs through customers of one
                            profit; fewer than 2 VE_TIERS_MOST */
    const unsigned char *kind; /* rows */
    const double *share;       /* kinds x tiers: how customers of a kind are divided */
} ve_tiering;

/* Everything an evaluation reads; finished before the first one. */
typedef struct ve_case {
    const ve_model *model;
    const ve_groups *groups;
    const ve_outline *outline;
    /* For each option the log of its target's density at every group; NULL where all customers count alike.
     * An entry that is set to NULL in a copy of the case (its target was changed) is computed anew by the
     * evaluation. */
    const double *const *log_density;
    const double *log_peak;  /* for each option the greatest value that it could have; NaN: not known */
    const ve_tiering *tiers; /* NULL: the model has none */
} ve_case;

/* Let judgements, costs and the rule check themselves and ask for survey columns. Before the survey is
 * read. In a model that is not sound, only words whose own fields are. */
ve_code ve_prepare_words(const ve_model *model, bool sound, ve_arena *arena, ve_wanted *wanted,
                         ve_errors *errors);
/* Where the survey will not be read: let the targets check what they can without it. */
ve_code ve_foresee_targets(const ve_model *model, ve_arena *arena, ve_errors *errors);
/* Without a survey: the options' own scores as those of one customer. */
ve_code ve_own_scores(const ve_model *model, ve_arena *arena, ve_groups **groups, ve_errors *errors);
/* Let the targets check themselves and take what they leave out from the survey; makes the outline. After it
 * is read. */
ve_code ve_prepare_case(const ve_model *model, const ve_groups *groups, ve_arena *arena, ve_case *out,
                        ve_errors *errors);
/* The same for a model that resembles those of `like`: where the groups have the same attributes, densities
 * of targets that say the same are taken from there. */
ve_code ve_prepare_case_like(const ve_case *const *like, size_t likes, const ve_model *model,
                             const ve_groups *groups, ve_arena *arena, ve_case *out, ve_errors *errors);
/* VE_NEEDS_..., of the judgement and of those in it. */
unsigned ve_judgement_needs(const ve_word *word);
/* Mean of a distribution that stands for a number. */
ve_code ve_word_mean(const ve_word *word, ve_arena *arena, double *mean, ve_errors *errors);

ve_code ve_evaluate(const ve_case *subject, const ve_assumptions *assumptions, ve_arena *arena,
                    ve_outcome **out, ve_errors *errors);

/* One distribution with its parts. */
/* Columns of every attribute -> log of the weight in each row, checked; its greatest value is the density's.
 */
ve_code ve_distribution_weigh(const ve_word *word, const ve_columns *columns, double *out, ve_arena *arena,
                              ve_errors *errors);
/* peak.c: the greatest value that weighing can give; NaN where it is not known. */
ve_code ve_distribution_peak(const ve_word *word, const ve_sample *sample, ve_arena *arena, double *peak,
                             ve_errors *errors);

/* ---- many cases that differ in a few parts ------------------------------------------------------ */

enum { VE_ROWS_MOST = 128 };

/* What the first stages of evaluations come to, for those who know it without asking them: columns of
 * `rows`, at most VE_ROWS_MOST. */
typedef struct ve_part_rows {
    size_t rows;
    double *mean_score;   /* m columns: mean function score of the option's customers */
    double *log_factor;   /* m: log of what it is multiplied by where customers are added up */
    double *cost;         /* m */
    double *score;        /* m x k: gates look at them */
    double *local_weight; /* n: for all options; likewise */
} ve_part_rows;

/* What a thread needs for it; lives in the arena. NULL: out of memory. */
typedef struct ve_rows_room ve_rows_room;
ve_rows_room *ve_rows_room_make(const ve_case *subject, const ve_assumptions *assumptions, ve_arena *arena);
/* The last stages: coefficients, gates, ranks. Row r is put into row first + r of the figures, whose columns
 * have `stride` rows; done[r] is taken from rows that have no result. scratch: reset by the caller. */
void ve_evaluate_rows(ve_rows_room *room, const ve_part_rows *parts, ve_arena *scratch, ve_errors *errors,
                      const ve_figures *figures, size_t stride, size_t first, bool *done);
/* Some function has a `minimum`. */
bool ve_model_has_gates(const ve_model *model);
/* Mean function scores: sum over leaves of w s. Columns of weight by node, of score by leaf. */
void ve_weighted_scores(const ve_model *model, const double *weight, const double *score, size_t rows,
                        double *out);

/* Weights of a list with those that are set put in: fixed[k] by sibling, NaN where it is free; siblings keep
 * their ratios. What is set must not add up to more than 1. */
void ve_list_fix_to(const double *fixed, size_t count, double *weight);

/* Local weights by node -> weights of the whole, down the tree: columns of rows. */
void ve_multiply_down(const ve_model *model, const double *local, size_t rows, double *whole);

/* Services for one word; what they tell carries the word's place. wanted and mean may be NULL. */
typedef struct ve_word_services {
    ve_services base;
    ve_arena *arena;
    ve_errors *errors;
    const ve_word *word;
    ve_wanted *wanted;
    const double *mean; /* by column handle, for the option being evaluated */
} ve_word_services;
void ve_services_init(ve_word_services *services, ve_arena *arena, ve_errors *errors, const ve_word *word);

#endif

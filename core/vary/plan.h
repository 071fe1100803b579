/* How rows of trials are evaluated without building the model anew: which parts of the case each input
 * changes. Only core/vary sees it. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_VARY_PLAN_H
#define VE_VARY_PLAN_H

#include "vary/internal.h"
#include "vary/drawn.h"

typedef struct ve_plan {
    ve_vary *vary;
    const ve_trials *trials;
    const ve_outcome *base;
    double *log_factor;    /* m: of the base */
    double *mean_score;    /* m: likewise */
    const double **cost;   /* by option: column of rows, NULL */
    const double **weight; /* by node, likewise: in the units of its list */
    double *total;         /* by node: its list's total */
    const double **score;  /* options x leaves, likewise: own scores */
    bool *weighed;         /* by list: some weight of it is varied */
    bool any_weight, any_score;
    ve_moved **moved; /* by option; NULL: its target stays */
    ve_drawn *drawn;  /* where customers are drawn again; NULL: they stay */
    bool each; /* customers whose target moves are asked for the mean score of every leaf, as weights or gates
           want it; else only for the mean function score */
} ve_plan;

/* *fits is false where some input can only be changed by building the model anew. Lives in the arena. */
ve_code ve_plan_make(ve_vary *vary, const ve_trials *trials, ve_arena *arena, ve_plan *plan, bool *fits,
                     ve_errors *errors);

#endif

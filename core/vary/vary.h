/* The numbers of a model: list them, change some, evaluate again, once or a million times.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_VARY_VARY_H
#define VE_VARY_VARY_H

#include "eval/eval.h"
#include "ve/study.h"

typedef struct ve_vary ve_vary;

/* What is varied. All of it outlives the ve_vary. */
typedef struct ve_varied {
    ve_binder binder;     /* makes models of trees; its arena and errors are the run's */
    const char *file;     /* of the model, for messages */
    const ve_value *tree; /* as the case was made from it */
    const ve_case *base;
    const ve_wanted *wanted; /* the columns that its groups hold */
    unsigned threads;        /* from 1 */
    /* The customers one by one, for resamples. */
    ve_code (*customers)(void *context, const ve_customer_rows **);
    void *customers_context;
} ve_varied;

/* Lives in the arena of the binder. */
ve_code ve_vary_new(const ve_varied *varied, ve_vary **out);
/* See ve/study.h, where studies meet these. */
void ve_vary_inputs(const ve_vary *vary, const ve_input **list, size_t *count);
/* `at` is where the path is named, for messages. */
ve_code ve_vary_find(ve_vary *vary, const char *path, ve_place at, size_t *index);
/* What a path speaks of in a model: option, node, kind and label. False: out of memory. */
bool ve_input_describe(const ve_model *model, const char *path, ve_arena *arena, ve_input *out);
/* What the weights of a list add up to as they are written; 1 where none is. */
double ve_weight_total(const ve_model *model, const ve_list *list);
double ve_vary_quantile(const ve_vary *vary, size_t input, double p);

/* Inputs and what they are set to. */
typedef struct ve_change {
    const size_t *input;
    const double *value; /* NaN: as it is */
    size_t count;
    ve_place at;             /* where they are set, for messages */
    const ve_groups *groups; /* other customers with the same attributes; NULL: those of the base */
} ve_change;

/* The case with some inputs changed, in an arena that may be reset once it is done with. */
ve_code ve_vary_case(const ve_vary *vary, const ve_change *change, ve_arena *arena, ve_case *out,
                     ve_errors *errors);
ve_code ve_vary_copula(ve_vary *vary, const size_t *input, size_t inputs, double *factor, bool *independent,
                       ve_errors *errors);
ve_code ve_vary_draw(const ve_vary *vary, const ve_drawing *drawing, uint64_t first, size_t rows,
                     double *value, uint64_t *redrawn, ve_errors *errors);
/* Fails for want of memory or a broken plugin; rows that cannot be evaluated are in the figures. */
ve_code ve_vary_many(ve_vary *vary, const ve_trials *trials, ve_figures *figures, ve_errors *errors);

#endif

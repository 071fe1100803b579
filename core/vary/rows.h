/* Many evaluations on threads: each is a row of figures, or fails by itself.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_VARY_ROWS_H
#define VE_VARY_ROWS_H

#include "base/arena.h"
#include "base/errors.h"
#include "eval/eval.h"

/* What one thread works with. */
typedef struct ve_bench {
    unsigned worker;
    ve_arena *arena;   /* reset for every row */
    ve_errors *errors; /* of one row */
} ve_bench;

typedef struct ve_row_task {
    size_t rows, options;
    unsigned threads;
    ve_figures *figures;
    void *context;
    /* Evaluate those of some rows that can be evaluated fast, and put their figures: done[r] is set for them.
     * NULL: none can. */
    void (*evaluate_some)(void *context, size_t first, size_t rows, const ve_bench *bench, bool *done);
    /* Evaluate one row: figures of the options in their order, which live as long as the row. */
    ve_code (*evaluate)(void *context, size_t row, const ve_bench *bench, const ve_outcome_option **option,
                        int *best);
} ve_row_task;

/* More threads than blocks of rows have nothing to do. */
unsigned ve_rows_threads(size_t rows, unsigned threads);
/* Fails for want of memory or where a plugin is broken; rows that cannot be evaluated are in the figures. */
ve_code ve_rows_evaluate(const ve_row_task *rows, ve_errors *errors);

#endif

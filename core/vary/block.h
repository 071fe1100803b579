/* Rows of trials by a plan, a block at a time, column by column. Only core/vary sees it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_VARY_BLOCK_H
#define VE_VARY_BLOCK_H

#include "vary/plan.h"

/* What a thread needs for its blocks. */
typedef struct ve_block ve_block;
/* arena: of the thread. */
ve_code ve_block_make(const ve_plan *plan, ve_arena *arena, ve_block **out, ve_errors *errors);

/* Evaluate `rows` rows, at most VE_ROWS_MOST, from `first` on, and put them into the figures; done[r] is true
 * of those. Others must be evaluated by building the model anew: a value that is not allowed, nobody left. */
void ve_block_evaluate(ve_block *block, size_t first, size_t rows, ve_arena *scratch, ve_errors *errors,
                       const ve_figures *figures, bool *done);

#endif

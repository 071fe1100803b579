/* Customers one by one, for those who need each of them: a second reading of the survey, kept in place of
 * collapsed. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_SURVEY_ROWS_H
#define VE_SURVEY_ROWS_H

#include "base/arena.h"
#include "ve/plugin.h"

/* Read the survey of a model into rows (ve/study.h) with the columns of `want`. Rows are sorted, so neither
 * the survey's order nor the number of threads shows. Left to the caller: own_columns, leaf, option_text.
 * `folder` is the model's. */
ve_code ve_rows_read(const ve_word *survey, const ve_survey_want *want, int folder,
                     const ve_services *services, ve_arena *arena, ve_customer_rows *out, ve_errors *errors);

/* A sink that keeps what it is given; finish sorts it. `want` outlives it. */
ve_sink *ve_rows_new(const ve_survey_want *want, ve_errors *errors);
ve_code ve_rows_finish(ve_sink *sink, ve_arena *arena, ve_customer_rows *out);
void ve_rows_free(ve_sink *sink);
ve_code ve_rows_label_fault(const ve_sink *sink, size_t *which); /* see ve_label_set_fault */

#endif

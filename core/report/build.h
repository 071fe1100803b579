/* Build a report piece by piece in an arena; what a study calls ends here.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_REPORT_BUILD_H
#define VE_REPORT_BUILD_H

#include "base/arena.h"
#include "ve/table.h"

enum { VE_REPORT_COLUMNS = 1024 }; /* the most a table may have */

typedef struct ve_report_builder ve_report_builder;
ve_report_builder *ve_report_new(ve_arena *arena, const char *study); /* NULL: out of memory */
void ve_report_about(ve_report_builder *builder, const char *model_file, const char *title,
                     const char *scenario);
void ve_report_say(ve_report_builder *builder, const char *text);
void ve_report_fact(ve_report_builder *builder, const char *key, ve_cell value);
/* Negative: no room, or too many columns; the report will not be finished. */
int ve_report_table(ve_report_builder *builder, const char *key, const char *title, unsigned flags,
                    const ve_column *column, size_t columns);
/* A new row, all null; never NULL. The texts its cells are given are copied at the next call. */
ve_cell *ve_report_row(ve_report_builder *builder, int table);
void ve_report_mark(ve_report_builder *builder, int table, int row);
/* hint NULL: the code's own way out. */
void ve_report_warn(ve_report_builder *builder, ve_code code, const char *message, const char *hint);
/* The finished report; VE_E_MEMORY if anything found no room. */
ve_code ve_report_finish(ve_report_builder *builder, const ve_report **out, ve_errors *errors);

#endif

/* Print field tables: Markdown for the reference, LuaLS annotations for editors, plain text for help.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_SCHEMA_PRINT_H
#define VE_SCHEMA_PRINT_H

#include "base/text.h"
#include "ve/plugin.h"

void ve_print_markdown(ve_buffer *out, const ve_record *record);
void ve_print_annotations(ve_buffer *out, const ve_record *record,
                          const char *class_name); /* LuaLS ---@class */
void ve_print_help(ve_buffer *out, const ve_record *record);
const char *ve_type_words(const ve_field *field, char *room,
                          size_t bytes); /* "number > 0", "list of function ids", ... */
/* How a field is written: its name; "[1], [2], ..." and "ID" where it takes a table's list or other names. */
const char *ve_field_words(const ve_field *field);
/* The default as it would be written, or "required"; empty where leaving it out means something else. */
const char *ve_default_words(const ve_record *record, const ve_field *field, char *room, size_t bytes);

#endif

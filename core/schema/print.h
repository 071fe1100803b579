/* Print field tables: Markdown for the reference, LuaLS annotations for editors, plain text for help.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_SCHEMA_PRINT_H
#define VE_SCHEMA_PRINT_H

#include "base/text.h"
#include "ve/plugin.h"

void ve_print_markdown(ve_buffer *out, const ve_record *record);
void ve_print_annotations(ve_buffer *out, const ve_record *record, const char *class_name); /* LuaLS ---@class */
void ve_print_help(ve_buffer *out, const ve_record *record);
const char *ve_type_words(const ve_field *field, char *room, size_t bytes); /* "number > 0", "list of function ids", ... */
/* What holds where the field is left out: "required", "0.5", "mean"; empty where nothing does. */
const char *ve_default_words(const ve_record *record, const ve_field *field, char *room, size_t bytes);

#endif

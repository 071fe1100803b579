/* How text looks on a terminal: made harmless, and measured in columns.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_TEXT_MEASURE_H
#define REPORT_TEXT_MEASURE_H

#include <stddef.h>

#include "ve/plugin.h"

/* A copy with everything a terminal could act on made visible (\x1b, \u202e). NULL: out of memory, already
 * told. */
char *report_text_clean(const ve_services *services, const char *text);
/* The first character as a reader counts them (with its combining marks; a whole emoji): its bytes, 0 at the
 * end, and its width in columns. The text is clean. */
size_t report_text_character(const char *text, int *width);
int report_text_width(const char *text);
int report_text_part(const char *text, size_t length); /* width of its first bytes */
/* Shorten in place to at most `most` columns, with an ellipsis for what is lost. */
void report_text_cut(char *text, int most);

#endif

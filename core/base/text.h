/* Text: UTF-8, the text policy, a growing buffer, nearest names.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_BASE_TEXT_H
#define VE_BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

enum { VE_TEXT_MAX = 1024, VE_ID_MAX = 64 };

/* Length in bytes of the UTF-8 character at p (p < end), its code point in *code; 0 if it is not valid UTF-8.
 */
size_t ve_utf8_next(const char *p, const char *end, unsigned *code);
bool ve_utf8_valid(const char *bytes, size_t length);

/* Why a text may not stand in a model or name a column: NULL if it may, else words for a message ("it
 * contains a control character (U+0007)"). Policy: valid UTF-8, no C0 / DEL / C1, no bidi controls, no
 * invisible characters, 1..1024 bytes. */
const char *ve_text_fault(const char *bytes, size_t length, char *room, size_t room_bytes);
/* Ids: at most 64 bytes of UTF-8 letters, digits, _ and -, not beginning with a digit or -. */
bool ve_id_valid(const char *bytes, size_t length);

/* Copy into room with everything a terminal could act on made visible (\x1b, \u202e), cut at a character
 * boundary. */
void ve_text_clean(const char *bytes, size_t length, char *room, size_t room_bytes);

/* The candidate nearest to name (edits, swaps, case), or NULL if none is near enough to be meant. */
const char *ve_text_nearest(const char *name, const char *const *candidate, size_t count);

/* A growing buffer; `failed` stays set once memory ran out. Start with all zero. */
typedef struct ve_buffer {
    char *bytes; /* NUL after the last byte, NULL while empty */
    size_t length, room;
    bool failed;
} ve_buffer;
void ve_put(ve_buffer *buffer, const char *bytes, size_t length);
void ve_put_text(ve_buffer *buffer, const char *text);
void ve_put_format(ve_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void ve_buffer_free(ve_buffer *buffer);

#endif

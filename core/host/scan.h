/* Find where the tables and fields of a Lua source are written, without running it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_HOST_SCAN_H
#define VE_HOST_SCAN_H

#include <stdbool.h>

#include "base/arena.h"
#include "ve/error.h"

/* ---- tokens -------------------------------------------------------------------------------------------- */

typedef enum ve_token_kind {
    VE_LEX_END,
    VE_LEX_BAD,
    VE_LEX_NAME,
    VE_LEX_KEYWORD,
    VE_LEX_TEXT,
    VE_LEX_NUMBER,
    VE_LEX_SIGN
} ve_token_kind;

typedef struct ve_token {
    ve_token_kind kind;
    const char *from, *to;
    int line, column; /* of its first character; columns count characters, not bytes */
} ve_token;

typedef struct ve_lexer {
    const char *at, *end;
    const char *counted; /* columns are counted up to here */
    int line, column;
} ve_lexer;

void ve_lex_start(ve_lexer *lexer, const char *bytes, size_t length);
ve_token_kind ve_lex_next(ve_lexer *lexer, ve_token *token);
bool ve_token_is(const ve_token *token, const char *text);

/* ---- marks --------------------------------------------------------------------------------------------- */

typedef struct ve_spot {
    int line, column;
} ve_spot;

typedef struct ve_mark_field {
    const char *name; /* not terminated */
    size_t length;
    ve_spot spot;
} ve_mark_field;

/* One table constructor. */
typedef struct ve_mark {
    ve_spot spot;
    const ve_mark_field *field; /* named fields, sorted by name, then by place */
    size_t fields;
    const ve_spot *item; /* positional entries, in order */
    size_t items;
} ve_mark;

typedef struct ve_scan {
    const ve_mark *mark;
    size_t marks;
    const char *text; /* the source with every constructor passed through the marker; NULL: the scanner is at
                         a loss */
    size_t length;
    ve_spot last_return; /* the last `return` outside of functions; line 0 if there is none */
} ve_scan;

/* `marker` must not occur in the source. VE_E_MEMORY is the only failure, and is not told. */
ve_code ve_scan_source(ve_arena *arena, const char *bytes, size_t length, const char *marker, ve_scan *out);
/* The field of that name, the last one if it is written twice; NULL if it is not written there. */
const ve_mark_field *ve_mark_find(const ve_mark *mark, const char *name, size_t length);

#endif

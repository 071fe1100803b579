/* What Lua's parser complains about, with the column and, where a slip is likely, the way out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "host/room.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

typedef struct fault {
    ve_token token, before; /* where the parser stopped, and the token in front of it */
    int opened;             /* line of the brace or word that is not closed, 0 */
    char hint[VE_MESSAGE_BYTES / 2];
} fault;

/* The parser has read the token it stops at and one character more. */
static void find_token(fault *f, const ve_chunk *chunk, size_t fed) {
    ve_lexer lexer;
    const char *stop = chunk->text + (fed > 0 ? fed - 1 : 0);
    ve_lex_start(&lexer, chunk->text, chunk->source.length);
    f->token = (ve_token){ .kind = VE_LEX_END, .from = chunk->text, .to = chunk->text, .line = 1, .column = 1 };
    do {
        f->before = f->token;
        ve_lex_next(&lexer, &f->token);
    } while (f->token.kind != VE_LEX_END && f->token.kind != VE_LEX_BAD && f->token.to < stop);
}

static bool begins_field(const ve_token *token) {
    return token->kind == VE_LEX_NAME || token->kind == VE_LEX_TEXT || token->kind == VE_LEX_NUMBER ||
           token->kind == VE_LEX_KEYWORD || ve_token_is(token, "{") || ve_token_is(token, "[");
}

static void hint_comma(fault *f) {
    char word[48];
    ve_text_clean(f->token.from, (size_t)(f->token.to - f->token.from), word, sizeof word);
    if (f->before.line < f->token.line)
        snprintf(f->hint, sizeof f->hint, "a comma is probably missing before '%s', at the end of line %d", word,
                 f->before.line);
    else
        snprintf(f->hint, sizeof f->hint, "a comma is probably missing before '%s' in line %d", word, f->token.line);
}

static void hint_keyword(fault *f) {
    static const char *const words[] = { "return", "local", "function", "then", "end", "for", "while", "if" };
    char name[32];
    size_t length = (size_t)(f->before.to - f->before.from);
    if (f->before.kind != VE_LEX_NAME || length >= sizeof name) return;
    memcpy(name, f->before.from, length);
    name[length] = '\0';
    const char *near = ve_text_nearest(name, words, sizeof words / sizeof *words);
    if (near) snprintf(f->hint, sizeof f->hint, "did you mean '%s' instead of '%s'?", near, name);
}

static void hint_end(fault *f, const char *message) {
    char what[16] = "";
    if (sscanf(message, "'%15[^']' expected", what) != 1) return;
    if (f->opened > 0)
        snprintf(f->hint, sizeof f->hint, "add the '%s' that belongs to line %d", what, f->opened);
    else
        snprintf(f->hint, sizeof f->hint, "add the missing '%s'", what);
}

static void hint(fault *f, const char *message) {
    static const struct { const char *start, *hint; } plain[] = {
        { "unfinished string", "close the text with the same quotation mark it begins with" },
        { "unfinished long", "close it with ]] (or ]=] if it begins with [=[)" },
        { "malformed number", "numbers are digits with a point, like 12.5; names do not begin with a digit" },
        { "invalid escape sequence", "write a backslash inside a text as \\\\" },
        { "C stack overflow", "put the inner parts into local variables" },
        { "chunk has too many", "put parts of the model into files of their own (ve.include)" },
    };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (strncmp(message, plain[i].start, strlen(plain[i].start)) == 0)
            snprintf(f->hint, sizeof f->hint, "%s", plain[i].hint);
    if (*f->hint) return;
    if (strstr(message, "near <eof>")) hint_end(f, message);
    else if (strncmp(message, "'}' expected", 12) == 0 && begins_field(&f->token)) hint_comma(f);
    else if (strncmp(message, "syntax error", 12) == 0 || strncmp(message, "'=' expected", 12) == 0) hint_keyword(f);
    else if (ve_token_is(&f->token, ",")) snprintf(f->hint, sizeof f->hint, "a value is missing before the comma");
}

/* Punctuation of Chinese keyboards looks like Lua's own. */
static bool foreign(fault *f, char *words, size_t bytes, const char *end) {
    static const char *const pair[][2] = {
        { "，", "," }, { "、", "," }, { "；", ";" }, { "：", ":" }, { "。", "." },  { "＝", "=" }, { "（", "(" },
        { "）", ")" }, { "｛", "{" }, { "｝", "}" }, { "【", "[" }, { "】", "]" }, { "“", "\"" }, { "”", "\"" },
        { "‘", "'" },  { "’", "'" },  { "－", "-" }, { "＋", "+" }, { "　", " " },
    };
    unsigned code;
    size_t length = ve_utf8_next(f->token.from, end, &code);
    if (f->token.kind != VE_LEX_BAD || length < 2) return false;
    snprintf(words, bytes, "'%.*s' (U+%04X) may stand only inside quotation marks", (int)length, f->token.from, code);
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++)
        if (length == strlen(pair[i][0]) && memcmp(f->token.from, pair[i][0], length) == 0)
            snprintf(f->hint, sizeof f->hint, "write the ASCII character '%s' here", pair[i][1]);
    return true;
}

static void reword(fault *f, const char *message, char *words, size_t bytes) {
    char clean[VE_MESSAGE_BYTES];
    ve_text_clean(message, strlen(message), clean, sizeof clean);
    const char *line = strstr(clean, "at line ");
    f->opened = line ? (int)strtol(line + 8, NULL, 10) : 0;
    hint(f, clean);
    if (strncmp(clean, "C stack overflow", 16) == 0) snprintf(words, bytes, "it is nested too deeply");
    else if (strstr(clean, "near <eof>")) snprintf(words, bytes, "the file ends too early: %.400s", clean);
    else snprintf(words, bytes, "%s", clean);
}

void ve_syntax_raise(lua_State *L, const ve_chunk *chunk, const char *message, int line, size_t fed) {
    fault f = { .opened = 0 };
    char words[VE_MESSAGE_BYTES];
    ve_place at = ve_trouble_prefix(ve_room_of(L), &message);
    find_token(&f, chunk, fed);
    if (at.line > 0) line = at.line;
    at = (ve_place){ chunk->source.file, line, 0 };
    if (f.token.kind == VE_LEX_BAD || f.token.line == line) {
        at.line = f.token.line;
        at.column = f.token.column;
    }
    if (!foreign(&f, words, sizeof words, chunk->text + chunk->source.length))
        reword(&f, message, words, sizeof words);
    ve_room_raise_at(L, VE_E_SYNTAX, at, f.hint, "%s", words);
}

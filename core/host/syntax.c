/* What Lua's parser complains about, with the column and, where a slip is likely, the way out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "host/room.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { OPEN = 256 };

typedef struct fault {
    ve_token token, before; /* where the parser stopped, and the token in front of it */
    ve_token open[OPEN];    /* the braces and words that are not closed up to there */
    size_t depth;
    char hint[VE_MESSAGE_BYTES / 2];
} fault;

static const char *closing(const ve_token *token) {
    static const char *const pair[][2] = { { "{", "}" },          { "(", ")" },    { "[", "]" },
                                           { "function", "end" }, { "do", "end" }, { "if", "end" },
                                           { "repeat", "until" } };
    if (token->kind != VE_LEX_SIGN && token->kind != VE_LEX_KEYWORD) return NULL;
    for (size_t i = 0; i < VE_COUNT(pair); i++)
        if (ve_token_is(token, pair[i][0])) return pair[i][1];
    return NULL;
}

static void follow(fault *f, const ve_token *token) {
    if (closing(token) && f->depth < OPEN)
        f->open[f->depth++] = *token;
    else if (f->depth > 0 && ve_token_is(token, closing(&f->open[f->depth - 1])))
        f->depth--;
}

/* The parser has read the token it stops at and one character more. */
static void find_token(fault *f, const ve_chunk *chunk, const char *stop) {
    ve_lexer lexer;
    ve_lex_start(&lexer, chunk->text, chunk->source.length);
    f->token =
        (ve_token){ .kind = VE_LEX_END, .from = chunk->text, .to = chunk->text, .line = 1, .column = 1 };
    do {
        f->before = f->token;
        ve_lex_next(&lexer, &f->token);
        follow(f, &f->token);
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
        snprintf(f->hint, sizeof f->hint, "a comma is probably missing before '%s', at the end of line %d",
                 word, f->before.line);
    else
        snprintf(f->hint, sizeof f->hint, "a comma is probably missing before '%s' in line %d", word,
                 f->token.line);
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

/* At the end of the file: what is not closed says more than what the parser expected. */
static void reword_end(fault *f, const char *message, char *words, size_t bytes) {
    const ve_token *open = f->depth > 0 ? &f->open[f->depth - 1] : NULL;
    if (!open || strncmp(message, "unfinished", 10) == 0) {
        snprintf(words, bytes, "the file ends too early: %.400s", message);
        return;
    }
    snprintf(words, bytes, "the file ends too early: the '%.*s' of line %d is not closed",
             (int)(open->to - open->from), open->from, open->line);
    snprintf(f->hint, sizeof f->hint, "add the '%s' that belongs to it", closing(open));
}

static void hint(fault *f, const char *message) {
    static const struct {
        const char *start, *hint;
    } plain[] = {
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
    if (strncmp(message, "'}' expected", 12) == 0 && begins_field(&f->token))
        hint_comma(f);
    else if (strncmp(message, "syntax error", 12) == 0 || strncmp(message, "'=' expected", 12) == 0)
        hint_keyword(f);
    else if (ve_token_is(&f->token, ","))
        snprintf(f->hint, sizeof f->hint, "a value is missing before the comma");
}

/* Punctuation of Chinese keyboards looks like Lua's own. */
static bool foreign(fault *f, char *words, size_t bytes, const char *end) {
    static const char *const pair[][2] = {
        { "，", "," }, { "、", "," }, { "；", ";" }, { "：", ":" }, { "。", "." },
        { "＝", "=" }, { "（", "(" }, { "）", ")" }, { "｛", "{" }, { "｝", "}" },
        { "【", "[" }, { "】", "]" }, { "“", "\"" }, { "”", "\"" }, { "‘", "'" },
        { "’", "'" },  { "－", "-" }, { "＋", "+" }, { "　", " " },
    };
    unsigned code;
    size_t length = ve_utf8_next(f->token.from, end, &code);
    if (f->token.kind != VE_LEX_BAD || length < 2) return false;
    snprintf(words, bytes, "'%.*s' (U+%04X) may stand only inside quotation marks", (int)length,
             f->token.from, code);
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++)
        if (length == strlen(pair[i][0]) && memcmp(f->token.from, pair[i][0], length) == 0)
            snprintf(f->hint, sizeof f->hint, "write the ASCII character '%s' here", pair[i][1]);
    if (!*f->hint) snprintf(f->hint, sizeof f->hint, "write [\"...\"] around a name that is not ASCII");
    return true;
}

static void reword(fault *f, const char *message, char *words, size_t bytes) {
    char clean[VE_MESSAGE_BYTES];
    ve_text_clean(message, strlen(message), clean, sizeof clean);
    hint(f, clean);
    if (strncmp(clean, "C stack overflow", 16) == 0)
        snprintf(words, bytes, "it is nested too deeply");
    else if (strstr(clean, "<eof>"))
        reword_end(f, clean, words, bytes);
    else
        snprintf(words, bytes, "%s", clean);
}

void ve_syntax_raise(lua_State *L, const ve_chunk *chunk, const char *message, int line, size_t fed) {
    fault f = { .depth = 0 };
    char words[VE_MESSAGE_BYTES];
    const char *end = chunk->text + chunk->source.length;
    bool at_end = strstr(message, "<eof>") != NULL;
    ve_place at = ve_trouble_prefix(ve_room_of(L), &message);
    find_token(&f, chunk, at_end ? end + 1 : chunk->text + (fed > 0 ? fed - 1 : 0));
    if (at.line > 0) line = at.line;
    at = (ve_place){ chunk->source.file, line, 0 };
    if (f.token.kind == VE_LEX_BAD || (f.token.line == line && !at_end)) {
        at.line = f.token.line;
        at.column = f.token.column;
    }
    if (!foreign(&f, words, sizeof words, end)) reword(&f, message, words, sizeof words);
    bool deep = strncmp(message, "C stack overflow", 16) == 0; /* right, but more than Lua can read */
    ve_room_raise_at(L, deep ? VE_E_SIZE : VE_E_SYNTAX, at, f.hint, "%s", words);
}

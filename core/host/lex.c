/* The tokens of Lua 5.4, with the line and column of each.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "host/scan.h"

#include <string.h>

static const char *const keyword[] = { "and",      "break",  "do",   "else", "elseif", "end",  "false", "for",
                                       "function", "goto",   "if",   "in",   "local",  "nil",  "not",   "or",
                                       "repeat",   "return", "then", "true", "until",  "while" };

/* Lua's own classes, whatever the locale is. */
static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_hex(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_newline(char c) {
    return c == '\n' || c == '\r';
}

static bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static char peek(const ve_lexer *lexer, size_t ahead) {
    return (size_t)(lexer->end - lexer->at) > ahead ? lexer->at[ahead] : '\0';
}

static bool at_end(const ve_lexer *lexer) {
    return lexer->at >= lexer->end;
}

void ve_lex_start(ve_lexer *lexer, const char *bytes, size_t length) {
    *lexer = (ve_lexer){ .at = bytes, .end = bytes + length, .counted = bytes, .line = 1, .column = 1 };
}

/* Lua takes \r\n and \n\r as one line end. */
static void skip_newline(ve_lexer *lexer) {
    char first = *lexer->at++;
    if (!at_end(lexer) && is_newline(*lexer->at) && *lexer->at != first) lexer->at++;
    lexer->line++;
    lexer->column = 1;
    lexer->counted = lexer->at;
}

static void skip_any(ve_lexer *lexer) {
    if (is_newline(*lexer->at))
        skip_newline(lexer);
    else
        lexer->at++;
}

/* The level of a long bracket that opens here ([[ is 0, [=[ is 1); -1 if none does. */
static int long_level(const ve_lexer *lexer) {
    size_t equals = 0;
    while (peek(lexer, 1 + equals) == '=')
        equals++;
    return peek(lexer, 1 + equals) == '[' ? (int)equals : -1;
}

static bool closes(const ve_lexer *lexer, int level) {
    if (peek(lexer, 0) != ']' || peek(lexer, (size_t)level + 1) != ']') return false;
    for (int i = 1; i <= level; i++)
        if (peek(lexer, (size_t)i) != '=') return false;
    return true;
}

static bool skip_long(ve_lexer *lexer, int level) {
    lexer->at += level + 2;
    while (!at_end(lexer)) {
        if (closes(lexer, level)) {
            lexer->at += level + 2;
            return true;
        }
        skip_any(lexer);
    }
    return false;
}

/* false: a comment that does not end. */
static bool skip_comment(ve_lexer *lexer) {
    lexer->at += 2;
    int level = peek(lexer, 0) == '[' ? long_level(lexer) : -1;
    if (level >= 0) return skip_long(lexer, level);
    while (!at_end(lexer) && !is_newline(*lexer->at))
        lexer->at++;
    return true;
}

static bool skip_blanks(ve_lexer *lexer) {
    while (!at_end(lexer)) {
        if (is_blank(*lexer->at))
            skip_any(lexer);
        else if (peek(lexer, 0) != '-' || peek(lexer, 1) != '-')
            return true;
        else if (!skip_comment(lexer))
            return false;
    }
    return true;
}

static void skip_escape(ve_lexer *lexer) {
    lexer->at++;
    if (at_end(lexer)) return;
    bool z = *lexer->at == 'z';
    skip_any(lexer);
    while (z && !at_end(lexer) && is_blank(*lexer->at))
        skip_any(lexer);
}

static ve_token_kind text(ve_lexer *lexer) {
    char quote = *lexer->at++;
    while (!at_end(lexer) && !is_newline(*lexer->at)) {
        if (*lexer->at == '\\') {
            skip_escape(lexer);
        } else if (*lexer->at++ == quote) {
            return VE_LEX_TEXT;
        }
    }
    return VE_LEX_BAD;
}

static ve_token_kind number(ve_lexer *lexer) {
    bool hex = peek(lexer, 0) == '0' && (peek(lexer, 1) == 'x' || peek(lexer, 1) == 'X');
    lexer->at += hex ? 2 : 1;
    for (;;) {
        char c = peek(lexer, 0);
        if (hex ? c == 'p' || c == 'P' : c == 'e' || c == 'E') {
            char sign = peek(lexer, 1);
            lexer->at += sign == '+' || sign == '-' ? 2 : 1;
        } else if (is_hex(c) || c == '.') {
            lexer->at++;
        } else {
            return is_letter(c) ? VE_LEX_BAD : VE_LEX_NUMBER;
        }
    }
}

static ve_token_kind name(ve_lexer *lexer) {
    const char *from = lexer->at;
    while (!at_end(lexer) && (is_letter(*lexer->at) || is_digit(*lexer->at)))
        lexer->at++;
    ve_token token = { .from = from, .to = lexer->at };
    for (size_t i = 0; i < sizeof keyword / sizeof *keyword; i++)
        if (ve_token_is(&token, keyword[i])) return VE_LEX_KEYWORD;
    return VE_LEX_NAME;
}

static ve_token_kind sign(ve_lexer *lexer) {
    static const char *const longer[] = { "...", "..", "==", "~=", "<=", ">=", "//", "::", "<<", ">>" };
    for (size_t i = 0; i < sizeof longer / sizeof *longer; i++) {
        size_t length = strlen(longer[i]);
        if ((size_t)(lexer->end - lexer->at) < length || memcmp(lexer->at, longer[i], length) != 0) continue;
        lexer->at += length;
        return VE_LEX_SIGN;
    }
    return strchr("+-*/%^#&~|<>=(){}[];:,.", *lexer->at++) ? VE_LEX_SIGN : VE_LEX_BAD;
}

static ve_token_kind bracket(ve_lexer *lexer) {
    int level = long_level(lexer);
    if (level >= 0) return skip_long(lexer, level) ? VE_LEX_TEXT : VE_LEX_BAD;
    if (peek(lexer, 1) == '=') return lexer->at++, VE_LEX_BAD;
    return sign(lexer);
}

static ve_token_kind scan(ve_lexer *lexer) {
    char c = *lexer->at;
    if (c == '\0') return lexer->at++, VE_LEX_BAD;
    if (is_letter(c)) return name(lexer);
    if (is_digit(c) || (c == '.' && is_digit(peek(lexer, 1)))) return number(lexer);
    if (c == '"' || c == '\'') return text(lexer);
    if (c == '[') return bracket(lexer);
    return sign(lexer);
}

/* A column counts once, however many tokens stand in its line. */
static int column_here(ve_lexer *lexer) {
    for (; lexer->counted < lexer->at; lexer->counted++)
        if (((unsigned char)*lexer->counted & 0xC0) != 0x80) lexer->column++;
    return lexer->column;
}

ve_token_kind ve_lex_next(ve_lexer *lexer, ve_token *token) {
    bool whole = skip_blanks(lexer);
    token->line = lexer->line;
    token->column = column_here(lexer);
    token->from = lexer->at;
    token->kind = !whole ? VE_LEX_BAD : at_end(lexer) ? VE_LEX_END : scan(lexer);
    token->to = lexer->at;
    return token->kind;
}

bool ve_token_is(const ve_token *token, const char *word) {
    size_t length = strlen(word);
    return (size_t)(token->to - token->from) == length && memcmp(token->from, word, length) == 0;
}

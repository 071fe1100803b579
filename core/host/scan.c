/* Instrument a source: every table constructor `{ }` becomes `marker(N,{ })`; note where its fields stand.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Right for every text that Lua's parser accepts; for others only the parser's own message matters. */
#include "host/scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { DEPTH = 512, FIELDS_ROOM = 64 }; /* Lua itself nests 200 deep */

/* What is open: a brace, a parenthesis, a bracket, a block that `end` closes, or one that `until` closes. */
typedef enum opener { BRACE, PAREN, BRACKET, BLOCK, REPEAT } opener;

/* How far the field that begins in a brace has been read. */
typedef enum field_state { FIELD_START, FIELD_NAME, FIELD_KEY, FIELD_KEY_END, FIELD_VALUE } field_state;

typedef struct frame {
    opener kind;
    bool call;          /* f{ }: the constructor is an argument */
    size_t mark, first; /* its number, and its first field in the scratch list */
    ve_spot spot;
    field_state state;
    ve_mark_field begun; /* the field that may have begun; no name: not a named one */
    size_t key_tokens;
} frame;

typedef struct scanner {
    ve_arena *arena;
    const char *marker, *copied; /* the source is copied up to here */
    ve_buffer text;
    ve_mark_field *field; /* fields of the constructors that are open; positional ones have no name */
    size_t fields, room;
    frame stack[DEPTH];
    size_t depth;
    ve_mark *mark;
    ve_token last;
    bool last_called; /* the last token closed the braces of f{ } */
    bool lost, full;  /* at a loss; out of memory */
    ve_spot last_return;
} scanner;

static frame *top(scanner *s) {
    return s->depth > 0 ? &s->stack[s->depth - 1] : NULL;
}

static frame *open(scanner *s, opener kind) {
    if (s->depth == DEPTH) {
        s->lost = true;
        return NULL;
    }
    s->stack[s->depth] = (frame){ .kind = kind };
    return &s->stack[s->depth++];
}

static void close(scanner *s, opener kind) {
    if (s->depth > 0 && top(s)->kind == kind)
        s->depth--;
    else
        s->lost = true;
}

static void copy_to(scanner *s, const char *to) {
    ve_put(&s->text, s->copied, (size_t)(to - s->copied));
    s->copied = to;
}

static void add_field(scanner *s, ve_mark_field field) {
    if (s->fields == s->room) {
        size_t room = s->room ? 2 * s->room : FIELDS_ROOM;
        ve_mark_field *grown = realloc(s->field, room * sizeof *grown);
        if (!grown) {
            s->full = true;
            return;
        }
        s->field = grown;
        s->room = room;
    }
    s->field[s->fields++] = field;
}

/* ---- fields -------------------------------------------------------------------------------------------- */

/* ["name"] with nothing to decode in it. */
static void take_key(frame *f, const ve_token *token) {
    f->key_tokens++;
    if (f->key_tokens > 1 || token->kind != VE_LEX_TEXT || *token->from == '[') {
        f->begun.name = NULL;
        return;
    }
    f->begun.name = token->from + 1;
    f->begun.length = (size_t)(token->to - token->from) - 2;
    if (memchr(f->begun.name, '\\', f->begun.length)) f->begun.name = NULL;
}

static void begin_field(scanner *s, frame *f, const ve_token *token) {
    f->begun = (ve_mark_field){ .spot = { token->line, token->column } };
    f->state = FIELD_VALUE;
    if (token->kind == VE_LEX_NAME) {
        f->begun.name = token->from;
        f->begun.length = (size_t)(token->to - token->from);
        f->state = FIELD_NAME;
    } else if (ve_token_is(token, "[")) {
        f->state = FIELD_KEY;
        f->key_tokens = 0;
    } else {
        add_field(s, f->begun);
    }
}

/* After the first name of a field: `=` makes it the field's name, anything else a value. */
static void name_or_value(scanner *s, frame *f, const ve_token *token) {
    f->state = FIELD_VALUE;
    if (!ve_token_is(token, "=")) f->begun.name = NULL;
    add_field(s, f->begun);
}

static void field_token(scanner *s, const ve_token *token) {
    frame *f = top(s);
    if (f && f->kind == BRACKET && s->depth > 1) {
        frame *outer = &s->stack[s->depth - 2];
        if (outer->kind == BRACE && outer->state == FIELD_KEY && !ve_token_is(token, "]"))
            take_key(outer, token);
    }
    if (!f || f->kind != BRACE) return;
    if (f->state == FIELD_NAME)
        name_or_value(s, f, token);
    else if (f->state == FIELD_KEY_END) {
        f->state = FIELD_VALUE;
        if (f->begun.name) add_field(s, f->begun);
    }
    if (ve_token_is(token, ",") || ve_token_is(token, ";"))
        f->state = FIELD_START;
    else if (f->state == FIELD_START && !ve_token_is(token, "}"))
        begin_field(s, f, token);
}

static int by_name(const void *a, const void *b) {
    const ve_mark_field *x = a, *y = b;
    size_t least = x->length < y->length ? x->length : y->length;
    int order = least ? memcmp(x->name, y->name, least) : 0;
    if (order != 0) return order;
    if (x->length != y->length) return x->length < y->length ? -1 : 1;
    if (x->spot.line != y->spot.line) return x->spot.line < y->spot.line ? -1 : 1;
    return (x->spot.column > y->spot.column) - (x->spot.column < y->spot.column);
}

/* Move the fields of a closed constructor from the scratch list to its mark. */
static void keep_fields(scanner *s, const frame *f) {
    ve_mark *mark = &s->mark[f->mark];
    size_t named = 0, count = s->fields - f->first;
    for (size_t i = f->first; i < s->fields; i++)
        named += s->field[i].name != NULL;
    ve_mark_field *field = ve_alloc_array(s->arena, named, sizeof *field);
    ve_spot *item = ve_alloc_array(s->arena, count - named, sizeof *item);
    if (!field || !item) {
        s->full = true;
        return;
    }
    *mark = (ve_mark){ .spot = f->spot, .field = field, .item = item };
    for (size_t i = f->first; i < s->fields; i++) {
        if (s->field[i].name)
            field[mark->fields++] = s->field[i];
        else
            item[mark->items++] = s->field[i].spot;
    }
    if (named > 1) qsort(field, named, sizeof *field, by_name);
    s->fields = f->first;
}

/* ---- tokens -------------------------------------------------------------------------------------------- */

/* Whether what stands before a `{` is called with it. */
static bool callable(const scanner *s) {
    const ve_token *t = &s->last;
    if (t->kind == VE_LEX_NAME || t->kind == VE_LEX_TEXT) return true;
    if (t->kind != VE_LEX_SIGN) return false;
    return ve_token_is(t, ")") || ve_token_is(t, "]") || (ve_token_is(t, "}") && s->last_called);
}

static void open_brace(scanner *s, const ve_token *token, size_t number) {
    frame *f = open(s, BRACE);
    if (!f) return;
    f->call = callable(s);
    f->mark = number;
    f->first = s->fields;
    f->spot = (ve_spot){ token->line, token->column };
    copy_to(s, token->from);
    ve_put_format(&s->text, "%s%s(%zu,", f->call ? "(" : "", s->marker, number);
}

static void close_brace(scanner *s, const ve_token *token) {
    frame *f = top(s);
    if (!f || f->kind != BRACE) {
        s->lost = true;
        return;
    }
    keep_fields(s, f);
    copy_to(s, token->to);
    ve_put_text(&s->text, f->call ? "))" : ")");
    s->last_called = f->call;
    s->depth--;
}

/* `x = {} (f)()` is two statements, `x = marker(1,{}) (f)()` would be one: keep them apart. */
static void open_paren(scanner *s, const ve_token *token) {
    if (ve_token_is(&s->last, "}") && s->last.kind == VE_LEX_SIGN && !s->last_called) {
        copy_to(s, token->from);
        ve_put_text(&s->text, ";");
    }
    open(s, PAREN);
}

static void close_bracket(scanner *s) {
    close(s, BRACKET);
    frame *f = top(s);
    if (f && f->kind == BRACE && f->state == FIELD_KEY) f->state = FIELD_KEY_END;
}

static void sign_token(scanner *s, const ve_token *token, size_t *number) {
    if (token->to - token->from > 1) return;
    switch (*token->from) {
    case '{':
        open_brace(s, token, (*number)++);
        break;
    case '}':
        close_brace(s, token);
        break;
    case '(':
        open_paren(s, token);
        break;
    case ')':
        close(s, PAREN);
        break;
    case '[':
        open(s, BRACKET);
        break;
    case ']':
        close_bracket(s);
        break;
    default:
        break;
    }
}

static void keyword_token(scanner *s, const ve_token *token) {
    if (ve_token_is(token, "return") && s->depth == 0)
        s->last_return = (ve_spot){ token->line, token->column };
    if (ve_token_is(token, "function") || ve_token_is(token, "do") || ve_token_is(token, "if"))
        open(s, BLOCK);
    else if (ve_token_is(token, "repeat"))
        open(s, REPEAT);
    else if (ve_token_is(token, "end"))
        close(s, BLOCK);
    else if (ve_token_is(token, "until"))
        close(s, REPEAT);
}

static size_t count_braces(const char *bytes, size_t length) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += bytes[i] == '{';
    return count;
}

static void walk(scanner *s, const char *bytes, size_t length) {
    ve_lexer lexer;
    ve_token token;
    size_t number = 0;
    ve_lex_start(&lexer, bytes, length);
    while (!s->lost && !s->full && ve_lex_next(&lexer, &token) != VE_LEX_END) {
        s->lost = token.kind == VE_LEX_BAD;
        field_token(s, &token);
        if (token.kind == VE_LEX_SIGN)
            sign_token(s, &token, &number);
        else if (token.kind == VE_LEX_KEYWORD)
            keyword_token(s, &token);
        s->last = token;
    }
    if (!s->lost) copy_to(s, bytes + length);
    s->lost = s->lost || s->depth > 0;
}

ve_code ve_scan_source(ve_arena *arena, const char *bytes, size_t length, const char *marker, ve_scan *out) {
    size_t braces = count_braces(bytes, length);
    *out = (ve_scan){ 0 };
    scanner *s = calloc(1, sizeof *s);
    ve_mark *mark = ve_alloc_array(arena, braces, sizeof *mark);
    if (!s || !mark) {
        free(s);
        return VE_E_MEMORY;
    }
    s->arena = arena;
    s->marker = marker;
    s->copied = bytes;
    s->mark = mark;
    ve_put_format(&s->text, "local %s=... ", marker);
    walk(s, bytes, length);
    bool full = s->full || s->text.failed;
    out->last_return = s->last_return;
    if (!full && !s->lost) {
        *out = (ve_scan){
            .mark = mark, .marks = braces, .length = s->text.length, .last_return = s->last_return
        };
        out->text = ve_copy_text(arena, s->text.bytes, s->text.length);
        full = !out->text;
    }
    ve_buffer_free(&s->text);
    free(s->field);
    free(s);
    return full ? VE_E_MEMORY : VE_OK;
}

const ve_mark_field *ve_mark_find(const ve_mark *mark, const char *name, size_t length) {
    ve_mark_field wanted = { .name = name, .length = length, .spot = { 0, 0 } };
    size_t low = 0, high = mark->fields; /* the first field behind all of that name */
    wanted.spot.line = 0x7fffffff;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_name(&mark->field[middle], &wanted) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0) return NULL;
    const ve_mark_field *field = &mark->field[low - 1];
    return field->length == length && memcmp(field->name, name, length) == 0 ? field : NULL;
}

/* Failures inside the room: raise them, catch them, and tell them in words for planners.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "host/room.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "base/text.h"

const char ve_raised = 0;

static _Noreturn void raise(lua_State *L) {
    lua_pushlightuserdata(L, (void *)&ve_raised);
    lua_error(L);
    abort(); /* lua_error does not come back */
}

static void note(ve_trouble *trouble, ve_code code, ve_place at, const char *hint, const char *format,
                 va_list args) {
    trouble->code = code;
    trouble->at = at;
    trouble->told = false;
    vsnprintf(trouble->message, sizeof trouble->message, format, args);
    snprintf(trouble->hint, sizeof trouble->hint, "%s", hint ? hint : "");
}

void ve_room_raise(lua_State *L, ve_code code, const char *hint, const char *format, ...) {
    va_list args;
    va_start(args, format);
    note(&ve_room_of(L)->trouble, code, ve_room_place(L), hint, format, args);
    va_end(args);
    raise(L);
}

void ve_room_raise_at(lua_State *L, ve_code code, ve_place at, const char *hint, const char *format, ...) {
    va_list args;
    va_start(args, format);
    note(&ve_room_of(L)->trouble, code, at, hint, format, args);
    va_end(args);
    raise(L);
}

void ve_room_raise_told(lua_State *L, ve_code code) {
    ve_host *host = ve_room_of(L);
    host->trouble.code = code;
    host->trouble.told = true;
    raise(L);
}

void ve_room_raise_memory(lua_State *L) {
    ve_host *host = ve_room_of(L);
    ve_room_raise_told(L, ve_fail_memory(host->errors));
}

/* ---- places -------------------------------------------------------------------------------------------- */

ve_place ve_trouble_prefix(const ve_host *host, const char **message) {
    char *end;
    long chunk = strtol(*message, &end, 10);
    if (end == *message || *end != ':' || chunk < 0 || chunk >= host->chunks) return VE_NOWHERE;
    char *from = end + 1;
    long line = strtol(from, &end, 10);
    if (end == from || strncmp(end, ": ", 2) != 0 || line < 1 || line > 0x7fffffff) return VE_NOWHERE;
    *message = end + 2;
    return ve_chunk_place(host, (int)chunk, (int)line, 0);
}

static bool runs_at(lua_State *L, ve_place at) {
    lua_Debug ar;
    for (int level = 0; level < 100 && lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "Sl", &ar);
        int chunk = ve_chunk_index(ar.source);
        if (chunk >= 0 && ar.currentline == at.line &&
            ve_chunk_place(ve_room_of(L), chunk, 1, 0).file == at.file)
            return true;
    }
    return false;
}

/* Runs where the error was raised: remember the line. A text that begins with the line of a caller was raised
 * for that caller; one that names any other line is not believed. */
int ve_trouble_handler(lua_State *L) {
    ve_host *host = ve_room_of(L);
    host->seen = ve_room_place(L);
    if (lua_type(L, 1) != LUA_TSTRING) return 1;
    const char *message = lua_tostring(L, 1);
    ve_place said = ve_trouble_prefix(host, &message);
    if (said.line > 0 && runs_at(L, said)) host->seen = said;
    return 1;
}

/* ---- words --------------------------------------------------------------------------------------------- */

/* Lua's "attempt to index a nil value (field 'B')". */
static const struct {
    const char *lua, *words;
} attempt[] = {
    { "index", "it has no fields" },
    { "call", "it cannot be called like a function" },
    { "perform arithmetic on", "one cannot calculate with it" },
    { "perform bitwise operation on", "one cannot calculate with it" },
    { "concatenate", "it cannot be joined to a text with `..`" },
    { "get length of", "it has no length" },
    { "compare", NULL },
};

static const char *kind_words(const char *type, size_t length) {
    static const char *const known[][2] = {
        { "nil", "has no value" }, { "number", "is a number" }, { "boolean", "is true or false" },
        { "string", "is a text" }, { "table", "is a table" },   { "function", "is a function" },
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i][0]) == length && memcmp(known[i][0], type, length) == 0) return known[i][1];
    return NULL;
}

/* The name in "(field 'B')", quoted; "a value here" where Lua knows none. */
static void subject(const char *rest, char *room, size_t bytes) {
    const char *from = strchr(rest, '\''), *to = from ? strrchr(from, '\'') : NULL;
    bool nameless = from && (from[1] == '?' || strncmp(from, "'integer index'", 15) == 0);
    if (*rest == ' ' && to > from && to - from < 80 && !nameless)
        snprintf(room, bytes, "%.*s", (int)(to - from + 1), from);
    else
        snprintf(room, bytes, "a value in this line");
}

/* false: not a message of that form. */
static bool reword_attempt(const char *message, char *room, size_t bytes) {
    char who[100];
    if (strncmp(message, "attempt to ", 11) != 0) return false;
    for (size_t i = 0; i < sizeof attempt / sizeof *attempt; i++) {
        size_t length = strlen(attempt[i].lua);
        const char *type = message + 11 + length;
        if (!attempt[i].words || strncmp(message + 11, attempt[i].lua, length) != 0 ||
            strncmp(type, " a ", 3) != 0)
            continue;
        type += 3;
        const char *rest = strstr(type, " value");
        const char *kind = rest ? kind_words(type, (size_t)(rest - type)) : NULL;
        if (!kind) return false;
        subject(rest + 6, who, sizeof who);
        snprintf(room, bytes, "%s %s, so %s", who, kind, attempt[i].words);
        return true;
    }
    return false;
}

static bool reword_compare(const char *message, char *room, size_t bytes) {
    char a[16], b[16];
    if (sscanf(message, "attempt to compare %15s with %15s", a, b) == 2)
        snprintf(room, bytes, "%s and %s cannot be compared%s", a, b,
                 strstr(message, "nil") ? "; nil means that there is no value" : "");
    else if (sscanf(message, "attempt to compare two %15s values", a) == 1)
        snprintf(room, bytes, "two %s values cannot be compared", a);
    else
        return false;
    return true;
}

static void reword(const char *message, char *room, size_t bytes) {
    if (reword_attempt(message, room, bytes) || reword_compare(message, room, bytes)) return;
    if (strstr(message, "divide by zero") || strstr(message, "'n%"))
        snprintf(room, bytes, "a whole number is divided by zero");
    else if (strstr(message, "stack overflow"))
        snprintf(room, bytes, "calls are nested too deeply");
    else
        snprintf(room, bytes, "%s", message);
}

/* ---- telling ------------------------------------------------------------------------------------------- */

/* No line of the model runs while its result is read: then it is about the model as a whole. */
static ve_place somewhere(const ve_host *host, ve_place at) {
    if (at.file || host->chunks == 0) return at;
    return host->model_made ? host->model_at : (ve_place){ host->chunk[0]->source.file, 0, 0 };
}

static ve_code tell_memory(ve_host *host) {
    ve_place at = somewhere(host, host->refused_at);
    if (host->deep) {
        ve_fail(host->errors, VE_E_MEMORY, at, host->path,
                "functions call each other thousands of times deep");
        ve_hint(host->errors, "look for a function that calls itself without end");
    } else if (host->refused_bytes > host->limits.block) {
        ve_fail(host->errors, VE_E_MEMORY, at, host->path, "one list or text grows beyond %zu KiB",
                host->limits.block / 1024);
        ve_hint(host->errors, "keep data in a survey file, and lists in a model short");
    } else {
        ve_fail(host->errors, VE_E_MEMORY, at, host->path,
                "%s needs more than the %zu KiB of memory it may have", ve_room_who(host),
                host->limits.memory / 1024);
        ve_hint(host->errors, "look for a loop that keeps adding to a list or a text");
    }
    return VE_E_MEMORY;
}

ve_code ve_trouble_limit(ve_host *host) {
    ve_place at = somewhere(host, host->stop_at);
    if (host->stop == VE_E_MEMORY) return tell_memory(host);
    if (host->stop == VE_E_TIME) {
        ve_fail(host->errors, VE_E_TIME, at, host->path, "%s runs for more than %g seconds",
                ve_room_who(host), host->limits.seconds);
    } else {
        ve_fail(host->errors, VE_E_STEPS, at, host->path, "%s takes more than %g million steps",
                ve_room_who(host), host->limits.steps / 1e6);
    }
    ve_hint(host->errors, "look for a loop that does not end; it was here when it was stopped");
    return host->stop;
}

static ve_code tell_raised(ve_host *host) {
    const ve_trouble *trouble = &host->trouble;
    if (trouble->told) return trouble->code;
    ve_fail(host->errors, trouble->code, somewhere(host, trouble->at), host->path, "%s", trouble->message);
    if (*trouble->hint) ve_hint(host->errors, "%s", trouble->hint);
    return trouble->code;
}

/* The column of the name that the message is about: (field 'B'), (local 't'), ... */
static ve_place column_of(const ve_host *host, ve_place at, const char *message) {
    char kind[16], name[80];
    const char *open = strstr(message, "value (");
    if (!open || sscanf(open, "value (%15s '%79[^']'", kind, name) != 2) return at;
    return ve_chunk_find(host, at, name, strcmp(kind, "field") == 0 || strcmp(kind, "method") == 0);
}

static ve_code tell_text(ve_host *host) {
    size_t length;
    char clean[VE_MESSAGE_BYTES], words[VE_MESSAGE_BYTES];
    const char *message = lua_tolstring(host->L, -1, &length);
    const char *text = message;
    ve_place at = ve_trouble_prefix(host, &text);
    if (at.line == 0 || at.line != host->seen.line || at.file != host->seen.file) text = message;
    ve_text_clean(text, length - (size_t)(text - message), clean, sizeof clean);
    reword(clean, words, sizeof words);
    at = column_of(host, host->seen, clean);
    ve_code code = strstr(clean, "stack overflow") ? VE_E_SIZE : VE_E_LUA;
    return ve_fail(host->errors, code, somewhere(host, at), host->path, "%s", words);
}

ve_code ve_trouble_tell(ve_host *host, int status) {
    lua_State *L = host->L;
    if (host->stop) return ve_trouble_limit(host);
    if (status == LUA_ERRMEM) return tell_memory(host);
    if (lua_touserdata(L, -1) == &ve_raised) return tell_raised(host);
    if (lua_type(L, -1) == LUA_TSTRING) return tell_text(host);
    return ve_fail(host->errors, VE_E_LUA, somewhere(host, host->seen), host->path,
                   "%s stops with an error that is not a text (it is a %s value)", ve_room_who(host),
                   luaL_typename(L, -1));
}

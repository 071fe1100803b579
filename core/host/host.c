/* Open a model: read the file, run it in the room, take from it the table it gave to ve.model.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "host/host.h"

#include <lauxlib.h>
#include <string.h>

#include "base/errors.h"
#include "host/room.h"

typedef struct opening {
    ve_host *host;
    ve_value *out;
    ve_code code;
} opening;

/* The last `return` of the model file, or its last line. */
static ve_place end_of_file(const ve_host *host) {
    const ve_chunk *chunk = host->chunk[0];
    ve_spot spot = chunk->scan.last_return;
    if (spot.line > 0) return (ve_place){ chunk->source.file, spot.line, spot.column };
    int line = 1;
    for (size_t i = 0; i + 1 < chunk->source.length; i++)
        line += chunk->source.bytes[i] == '\n';
    return (ve_place){ chunk->source.file, line, 0 };
}

/* The file returned something that is no model, on top of the stack. */
static _Noreturn void refuse(lua_State *L) {
    const ve_host *host = ve_room_of(L);
    const char *word = lua_type(L, -1) == LUA_TTABLE ? ve_words_of(L, -1) : NULL;
    ve_place at = end_of_file(host);
    if (lua_isnil(L, -1) && host->model_made)
        ve_room_raise_at(L, VE_E_RETURN, host->model_at, "write `return` before ve.model",
                         "the file returns nothing");
    const char *hint = "end it with `return ve.model { ... }`";
    if (word) ve_room_raise_at(L, VE_E_RETURN, at, hint, "the file returns ve.%s, not a model", word);
    if (lua_isnil(L, -1)) ve_room_raise_at(L, VE_E_RETURN, at, hint, "the file returns nothing");
    if (lua_type(L, -1) == LUA_TTABLE)
        ve_room_raise_at(L, VE_E_RETURN, at, "write `return ve.model { ... }`",
                         "the file returns a plain table, not a model");
    ve_room_raise_at(L, VE_E_RETURN, at, hint, "the file returns a %s, not a model", luaL_typename(L, -1));
}

static int run(lua_State *L) {
    opening *o = lua_touserdata(L, 1);
    ve_chunk *chunk = o->host->chunk[0];
    ve_chunk_load(L, chunk);
    chunk->running = true;
    lua_call(L, 1, 1);
    chunk->running = false;
    const char *word = lua_type(L, -1) == LUA_TTABLE ? ve_words_of(L, -1) : NULL;
    if (!word || strcmp(word, "model") != 0) refuse(L);
    o->code = ve_read(L, "", VE_NOWHERE, o->out);
    ve_words_check(L);
    return 0;
}

static ve_code open_host(ve_host *host, const char *path, ve_source **sources, ve_errors *errors) {
    ve_code code = ve_chunk_read(host, path, sources, errors);
    if (!code) code = ve_room_open(host, errors);
    ve_value *out = ve_alloc(host->arena, sizeof *out);
    if (!out) return ve_fail_memory(errors);
    opening o = { .host = host, .out = out };
    if (!code) code = ve_room_run(host, run, &o, errors);
    if (code) return code;
    host->model = out;
    return o.code;
}

ve_code ve_host_open(ve_arena *arena, const char *path, int folder, const ve_vocabulary *words,
                     const ve_limits *limits, ve_host **host, const ve_value **model, ve_source **sources,
                     ve_errors *errors) {
    *sources = NULL;
    *model = NULL;
    ve_host *made = *host = ve_alloc(arena, sizeof *made);
    if (!made) return ve_fail_memory(errors);
    made->arena = arena;
    made->limits = *limits;
    made->words = *words;
    made->functions = words->first_function;
    made->folder = folder;
    ve_code code = open_host(made, path, sources, errors);
    *model = made->model;
    return code;
}

void ve_host_close(ve_host *host) {
    if (!host || !host->L) return;
    lua_close(host->L);
    host->L = NULL;
}

/* The table `ve`: one function for every word, which marks the table it is given; and including other files.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <lauxlib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/errors.h"
#include "base/file.h"
#include "base/text.h"
#include "host/room.h"

const char ve_word_key = 0, ve_mark_key = 0;
static const char plain_words = 0, list_words = 0; /* in the registry: word -> metatable */

/* ---- marks --------------------------------------------------------------------------------------------- */

/* marker(N, { }): note which constructor made the table. Called by code of ours, but reachable by the
 * model's. */
int ve_mark_set(lua_State *L) {
    ve_host *host = ve_room_of(L);
    lua_Integer chunk = lua_tointeger(L, lua_upvalueindex(1)), number = lua_tointeger(L, 1);
    lua_settop(L, 2);
    if (lua_type(L, 2) != LUA_TTABLE || chunk >= host->chunks) return 1;
    if (number < 0 || (size_t)number >= host->chunk[chunk]->scan.marks) return 1;
    if (lua_rawgetp(L, 2, &ve_mark_key) != LUA_TNIL) return lua_settop(L, 2), 1;
    lua_pushinteger(L, chunk << 32 | number);
    lua_rawsetp(L, 2, &ve_mark_key);
    lua_settop(L, 2);
    return 1;
}

/* ---- words --------------------------------------------------------------------------------------------- */

const char *ve_words_of(lua_State *L, int table) {
    if (!lua_getmetatable(L, table)) return NULL;
    lua_rawgetp(L, -1, &ve_word_key);
    const char *word = lua_touserdata(L, -1); /* the vocabulary's own text, as a pointer */
    lua_pop(L, 2);
    return word;
}

static void new_metatable(lua_State *L, const char *word, bool list) {
    lua_newtable(L);
    if (word) {
        lua_pushlightuserdata(L, (void *)word);
        lua_rawsetp(L, -2, &ve_word_key);
    }
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    if (!list) return;
    lua_pushcfunction(L, ve_records_index);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, ve_records_newindex);
    lua_setfield(L, -2, "__newindex");
}

/* One metatable per word, kept in the registry. */
void ve_words_set(lua_State *L, int table, const char *word, bool list) {
    const void *key = list ? &list_words : &plain_words;
    table = lua_absindex(L, table);
    if (!word && !list) return;
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, key) != LUA_TTABLE) {
        lua_newtable(L);
        lua_replace(L, -2);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, key);
    }
    if (lua_getfield(L, -1, word ? word : "") != LUA_TTABLE) {
        new_metatable(L, word, list);
        lua_replace(L, -2);
        lua_pushvalue(L, -1);
        lua_setfield(L, -3, word ? word : "");
    }
    lua_setmetatable(L, table);
    lua_pop(L, 1);
}

static void check_argument(lua_State *L, const char *word) {
    char hint[128];
    snprintf(hint, sizeof hint, "write ve.%s { ... }", word);
    int type = lua_type(L, 1);
    if (lua_gettop(L) != 1 || type != LUA_TTABLE)
        ve_room_raise(L, VE_E_TYPE, hint, "ve.%s takes one table in braces, not %s", word,
                      lua_gettop(L) > 1   ? "several values"
                      : type == LUA_TNONE ? "nothing"
                                          : lua_typename(L, type));
    const char *old = ve_words_of(L, 1);
    if (old && strcmp(old, word) != 0)
        ve_room_raise(L, VE_E_TYPE, "write a table of its own for each", "the same table is ve.%s and ve.%s",
                      old, word);
}

/* ve.word { }: the table itself, marked. Upvalue: the word's text, as a pointer. */
static int word(lua_State *L) {
    ve_host *host = ve_room_of(L);
    const char *name = lua_touserdata(L, lua_upvalueindex(1));
    check_argument(L, name);
    if (strcmp(name, "model") == 0) {
        host->model_made = true;
        host->model_at = ve_room_place(L);
    }
    ve_words_set(L, 1, name, false);
    return 1;
}

const char *ve_words_of_function(lua_State *L, int index) {
    if (lua_tocfunction(L, index) != word || !lua_getupvalue(L, index, 1)) return NULL;
    const char *name = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return name;
}

/* ---- words that nobody knows -------------------------------------------------------------------------- */

static ve_unknown *unknown_named(const ve_host *host, const char *name) {
    for (ve_unknown *u = host->unknown; u; u = u->next)
        if (strcmp(u->name, name) == 0) return u;
    return NULL;
}

static const char *note_unknown(lua_State *L, const char *name, ve_place at) {
    ve_host *host = ve_room_of(L);
    ve_unknown *known = unknown_named(host, name);
    if (known) return known->name;
    ve_unknown *made = ve_alloc(host->arena, sizeof *made);
    const char *copy = ve_copy_text(host->arena, name, strlen(name));
    if (!made || !copy) ve_room_raise_memory(L);
    *made = (ve_unknown){ .name = copy, .at = at, .next = host->unknown };
    host->unknown = made;
    return copy;
}

void ve_words_push_unknown(lua_State *L, const char *name, ve_place at) {
    ve_room_charge(L, 100);
    lua_pushlightuserdata(L, (void *)note_unknown(L, name, at));
    lua_pushcclosure(L, word, 1);
}

void ve_words_reach(const ve_host *host, const char *name) {
    for (ve_unknown *u = host->unknown; u && name; u = u->next)
        if (u->name == name) u->reached = true;
}

static bool before(ve_place a, ve_place b) {
    return a.line != b.line ? a.line < b.line : a.column < b.column;
}

/* One that came with ve.use afterwards is known by now. */
static bool has_come(const ve_host *host, const char *name) {
    for (const ve_used *used = host->used_words; used; used = used->next)
        if (strcmp(used->name, name) == 0) return true;
    return false;
}

void ve_words_check(lua_State *L) {
    const ve_host *host = ve_room_of(L);
    const ve_unknown *first = NULL;
    for (const ve_unknown *u = host->unknown; u; u = u->next)
        if (!u->reached && !has_come(host, u->name) && (!first || before(u->at, first->at))) first = u;
    if (!first) return;
    char hint[128] = "`vescore plugins` lists the words; load your own with --plugin FILE or ve.use";
    const char *near = ve_text_nearest(first->name, host->words.word, host->words.count);
    if (near) snprintf(hint, sizeof hint, "did you mean 've.%s'?", near);
    ve_room_raise_at(L, VE_E_UNKNOWN_WORD, first->at, hint, "unknown word 've.%s'", first->name);
}

/* ---- include ------------------------------------------------------------------------------------------- */

/* Names in messages are relative to where the model's own name is. */
const char *ve_room_beside(ve_host *host, const char *name) {
    const char *model = host->chunk[0]->source.file, *slash = strrchr(model, '/');
    return ve_format(host->arena, "%.*s%s", slash ? (int)(slash - model + 1) : 0, model, name);
}

static ve_chunk *known_chunk(ve_host *host, const struct stat *status) {
    for (int i = 0; i < host->chunks; i++)
        if (host->chunk[i]->inode == status->st_ino && host->chunk[i]->device == status->st_dev && i > 0)
            return host->chunk[i];
    return NULL;
}

static ve_code read_chunk(ve_host *host, const char *name, int descriptor, size_t bytes, ve_chunk **out) {
    struct stat status;
    const char *file = ve_room_beside(host, name);
    if (!file) return ve_fail_memory(host->errors);
    if (fstat(descriptor, &status) != 0)
        return ve_fail(host->errors, VE_E_READ, (ve_place){ file, 0, 0 }, NULL, "the file cannot be read");
    *out = known_chunk(host, &status);
    if (*out) return VE_OK;
    ve_code code = ve_chunk_read_open(host, file, descriptor, bytes, out, host->errors);
    if (code) return code;
    (*out)->device = status.st_dev;
    (*out)->inode = status.st_ino;
    return VE_OK;
}

/* No Lua in here: the descriptor must not be lost. */
static ve_code open_chunk(ve_host *host, const char *name, size_t length, ve_place at, ve_chunk **out) {
    int descriptor;
    size_t bytes;
    ve_code code =
        ve_file_open_beneath(host->folder, name, length, at, NULL, &descriptor, &bytes, host->errors);
    if (code) return code;
    code = read_chunk(host, name, descriptor, bytes, out);
    close(descriptor);
    return code;
}

static bool is_model(const ve_host *host, const char *name) {
    const char *model = host->chunk[0]->source.file, *slash = strrchr(model, '/');
    return strcmp(slash ? slash + 1 : model, name) == 0;
}

/* Push the file's function and its argument. */
static void push_function(lua_State *L, ve_chunk *chunk) {
    if (chunk->function >= 0) {
        ve_read_push_function(L, chunk->function);
        lua_pushinteger(L, chunk->index);
        lua_pushcclosure(L, ve_mark_set, 1);
        return;
    }
    ve_chunk_load(L, chunk);
    chunk->function = ve_read_keep_function(L, lua_gettop(L) - 1);
}

static ve_chunk *find_chunk(lua_State *L, const char *name, size_t length) {
    ve_host *host = ve_room_of(L);
    ve_chunk *chunk;
    if (host->includes == VE_INCLUDE_DEPTH)
        ve_room_raise(L, VE_E_INCLUDE, NULL, "files include each other more than %d deep", VE_INCLUDE_DEPTH);
    ve_code code = open_chunk(host, name, length, ve_room_place(L), &chunk);
    if (code) ve_room_raise_told(L, code);
    if (chunk->running || is_model(host, name))
        ve_room_raise(L, VE_E_INCLUDE, "a file cannot include itself, nor a file that includes it",
                      "'%s' is being read already", name);
    return chunk;
}

static int include(lua_State *L) {
    size_t length;
    ve_host *host = ve_room_of(L);
    if (lua_gettop(L) != 1 || lua_type(L, 1) != LUA_TSTRING)
        ve_room_raise(L, VE_E_INCLUDE, "write ve.include \"file.lua\"", "ve.include takes one file name");
    const char *name = lua_tolstring(L, 1, &length);
    ve_chunk *chunk = find_chunk(L, name, length);
    ve_room_charge(L, 1000);
    push_function(L, chunk);
    host->includes++;
    chunk->running = true;
    lua_call(L, 1, 1); /* a failure ends the whole model: nothing to undo */
    chunk->running = false;
    host->includes--;
    if (lua_isnil(L, -1))
        ve_room_raise(L, VE_E_INCLUDE, "end it with `return { ... }`", "the file '%s' returns nothing", name);
    return 1;
}

/* ---- the table ----------------------------------------------------------------------------------------- */

void ve_words_add(lua_State *L, const char *name) {
    lua_pushlightuserdata(L, (void *)name);
    lua_pushcclosure(L, word, 1);
    lua_setfield(L, -2, name);
}

/* A plugin's own file makes nothing but the plugin. */
static void add_words(lua_State *L, const ve_host *host) {
    if (host->is_plugin) {
        ve_words_add(L, "plugin");
        return;
    }
    for (size_t i = 0; i < host->words.count; i++)
        ve_words_add(L, host->words.word[i]);
    ve_words_add(L, "model");
    lua_pushcfunction(L, include);
    lua_setfield(L, -2, "include");
    ve_use_open(L);
}

void ve_words_open(lua_State *L, int env) {
    lua_newtable(L);
    add_words(L, ve_room_of(L));
    ve_library_strict(L, "ve");
    lua_setfield(L, env, "ve");
}

/* The environment of a model: what it may call is listed here one by one, and nothing else is there.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "host/room.h"

enum { NUMERAL_BYTES = 256, NAMES = 160 };

static const char *const base_names[] = { "assert", "error", "ipairs", "select", "type", NULL };
static const char *const math_names[] = { "abs",  "ceil", "floor", "max",        "min",        "sqrt", "exp",
                                          "log",  "fmod", "modf",  "tointeger",  "type",       "ult",  "pi",
                                          "huge", "sin",  "cos",   "maxinteger", "mininteger", "tan",  "asin",
                                          "acos", "atan", "deg",   "rad",        NULL };

/* Parts of Lua that are left out, and what to do without them. */
static const struct {
    const char *library, *name, *hint;
} absent[] = {
    { "", "os", "a model cannot reach the system or the clock" },
    { "", "io", "a model reads data with `survey`, and other model files with ve.include" },
    { "", "require", "other files of the model's folder come with ve.include \"file.lua\"" },
    { "", "dofile", "other files of the model's folder come with ve.include \"file.lua\"" },
    { "", "loadfile", "other files of the model's folder come with ve.include \"file.lua\"" },
    { "", "load", "a model cannot make code from text" },
    { "", "loadstring", "a model cannot make code from text" },
    { "", "print", "a model has no output; put the text into a `name` or `title`" },
    { "", "next", "use pairs" },
    { "", "pcall", "a model stops at its first error" },
    { "", "xpcall", "a model stops at its first error" },
    { "math", "random", "a model gives the same result in every run; `risk` draws random numbers" },
    { "math", "randomseed", "a model gives the same result in every run" },
    { "string", "find", "use contains, startswith or split" },
    { "string", "match", "use contains, startswith or split" },
    { "string", "gmatch", "use split" },
    { "string", "gsub", "use split and table.concat" },
};

/* ---- names that are not there -------------------------------------------------------------------------- */

static const char *absent_hint(const char *library, const char *name) {
    for (size_t i = 0; i < VE_COUNT(absent); i++)
        if (strcmp(absent[i].library, library) == 0 && strcmp(absent[i].name, name) == 0)
            return absent[i].hint;
    return NULL;
}

static int by_name(const void *a, const void *b) {
    const char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

/* The text keys of the table at index, sorted; they stay valid while it does. */
static size_t keys(lua_State *L, int table, const char **name, size_t room) {
    size_t count = 0;
    lua_pushnil(L);
    while (lua_next(L, table)) {
        if (lua_type(L, -2) == LUA_TSTRING && count < room) name[count++] = lua_tostring(L, -2);
        lua_pop(L, 1);
    }
    qsort(name, count, sizeof *name, by_name);
    return count;
}

/* ve.plugin stands in files of its own, so a model has no such function. */
static const char *const own_words[] = { "model", "include", "use", "plugin" };

static bool is_own(const char *name) {
    for (size_t i = 0; i < VE_COUNT(own_words); i++)
        if (strcmp(own_words[i], name) == 0) return true;
    return false;
}

static bool has_word(const ve_host *host, const char *name) {
    for (size_t i = 0; i < host->words.count; i++)
        if (strcmp(host->words.word[i], name) == 0) return true;
    return is_own(name);
}

/* Without the words of models a plugin has little to reach for. */
static const char *told_hint(const ve_host *host, const char *library, const char *name) {
    const char *hint = absent_hint(library, name);
    if (!host->is_plugin || !hint || strncmp(hint, "use ", 4) == 0) return hint;
    return "a plugin has what is handed to it, and answers with what it returns";
}

static void suggest(lua_State *L, const char *library, const char *name, char *hint, size_t bytes) {
    const char *known[NAMES], *told = told_hint(ve_room_of(L), library, name);
    const char *near = ve_text_nearest(name, known, keys(L, 1, known, NAMES));
    if (told)
        snprintf(hint, bytes, "%s", told);
    else if (!*library && has_word(ve_room_of(L), name))
        snprintf(hint, bytes, "did you mean 've.%s'?", name);
    else if (near)
        snprintf(hint, bytes, "did you mean '%s%s%s'?", library, *library ? "." : "", near);
    else if (!*library)
        snprintf(hint, bytes, "texts stand in quotation marks; names need a `local` before their use");
}

/* The name that was meant by an unknown word, NULL. */
static const char *nearest_word(lua_State *L, const char *name) {
    const char *known[NAMES];
    size_t count = keys(L, 1, known, NAMES - VE_COUNT(own_words));
    for (size_t i = 0; i < VE_COUNT(own_words); i++)
        known[count++] = own_words[i];
    return ve_text_nearest(name, known, count);
}

/* An unknown word need not stop the model: who looks at the table finds it, together with other mistakes.
 * Only what is no word for a table stops at once. */
static int missing_word(lua_State *L, const char *name, size_t length, const char *shown) {
    char hint[VE_MESSAGE_BYTES / 2] = "";
    ve_host *host = ve_room_of(L);
    ve_place at = ve_chunk_find(host, ve_room_place(L), name, true);
    if (host->is_plugin && strcmp(name, "model") == 0)
        ve_room_raise_at(L, VE_E_UNKNOWN_WORD, at, "name it where the model is named: vescore run FILE",
                         "ve.model makes a model; this file is read as a plugin");
    if (host->is_plugin)
        ve_room_raise_at(L, VE_E_UNKNOWN_WORD, at, "the words of models are not known in plugins",
                         "plugins have only ve.plugin, not 've.%s'", shown);
    if (strcmp(name, "plugin") == 0)
        ve_room_raise_at(L, VE_E_UNKNOWN_WORD, at,
                         "load the file with --plugin FILE, or with ve.use \"FILE\" in a model",
                         "ve.plugin makes a plugin; this file is read as a model");
    const char *near = length <= VE_ID_MAX ? nearest_word(L, name) : NULL;
    if (near) snprintf(hint, sizeof hint, "did you mean 've.%s'?", near);
    if (!ve_id_valid(name, length) || (near && is_own(near)))
        ve_room_raise_at(L, VE_E_UNKNOWN_WORD, at, hint, "unknown word 've.%s'", shown);
    ve_words_push_unknown(L, name, at);
    return 1;
}

/* __index of the environment and of each library: (table, key), the library's name as upvalue. */
static int missing(lua_State *L) {
    char hint[VE_MESSAGE_BYTES / 2] = "", shown[80];
    size_t length;
    const char *library = lua_tostring(L, lua_upvalueindex(1));
    if (lua_type(L, 2) != LUA_TSTRING || lua_type(L, 1) != LUA_TTABLE) return 0;
    const char *name = lua_tolstring(L, 2, &length);
    ve_text_clean(name, length, shown, sizeof shown);
    if (strcmp(library, "ve") == 0) return missing_word(L, name, length, shown);
    if (length <= VE_ID_MAX) suggest(L, library, name, hint, sizeof hint);
    bool gone = absent_hint(library, name) != NULL;
    const char *who = ve_room_of(L)->is_plugin ? "plugins" : "models";
    ve_place at = ve_chunk_find(ve_room_of(L), ve_room_place(L), name, *library != '\0');
    if (*library) ve_room_raise_at(L, VE_E_LUA, at, hint, "%s do not have '%s.%s'", who, library, shown);
    if (gone) ve_room_raise_at(L, VE_E_LUA, at, hint, "%s do not have '%s'", who, shown);
    ve_room_raise_at(L, VE_E_LUA, at, hint, "undefined name '%s'", shown);
}

void ve_library_strict(lua_State *L, const char *name) {
    lua_createtable(L, 0, 2);
    lua_pushstring(L, name);
    lua_pushcclosure(L, missing, 1);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
}

/* ---- own versions of functions that show addresses, or depend on a random order ------------------------ */

static int own_tostring(lua_State *L) {
    luaL_checkany(L, 1);
    const char *word = lua_type(L, 1) == LUA_TTABLE ? ve_words_of(L, 1) : NULL;
    switch (lua_type(L, 1)) {
    case LUA_TNIL:
    case LUA_TBOOLEAN:
    case LUA_TNUMBER:
    case LUA_TSTRING:
        luaL_tolstring(L, 1, NULL);
        break;
    default:
        if (word)
            lua_pushfstring(L, "ve.%s", word);
        else
            lua_pushstring(L, luaL_typename(L, 1));
    }
    return 1;
}

static int digit_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'z') return c - 'a' + 10;
    if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
    return 99;
}

/* Digits in the given base, blanks around them, a minus in front; wraps around like Lua's own. */
static bool whole_number(const char *text, size_t length, int base, lua_Integer *out) {
    const char *p = text, *end = text + length;
    lua_Unsigned n = 0;
    while (p < end && *p == ' ')
        p++;
    while (end > p && end[-1] == ' ')
        end--;
    bool negative = p < end && *p == '-';
    p += negative;
    if (p == end) return false;
    for (; p < end; p++) {
        int digit = digit_value(*p);
        if (digit >= base) return false;
        n = n * (lua_Unsigned)base + (lua_Unsigned)digit;
    }
    *out = (lua_Integer)(negative ? 0u - n : n);
    return true;
}

static int own_tonumber(lua_State *L) {
    size_t length;
    lua_Integer whole;
    luaL_checkany(L, 1);
    if (lua_type(L, 1) == LUA_TNUMBER && lua_isnoneornil(L, 2)) return lua_settop(L, 1), 1;
    const char *text = lua_type(L, 1) == LUA_TSTRING ? lua_tolstring(L, 1, &length) : NULL;
    lua_Integer base = luaL_optinteger(L, 2, 10);
    luaL_argcheck(L, base >= 2 && base <= 36, 2, "base out of range");
    if (!text || length > NUMERAL_BYTES) return lua_pushnil(L), 1;
    if (lua_isnoneornil(L, 2)) {
        if (lua_stringtonumber(L, text) != length + 1) lua_pushnil(L);
    } else if (whole_number(text, length, (int)base, &whole)) {
        lua_pushinteger(L, whole);
    } else {
        lua_pushnil(L);
    }
    return 1;
}

/* ---- the environment ----------------------------------------------------------------------------------- */

/* Copy the named entries of the table on top into the one below it, and take it off. */
static void copy_names(lua_State *L, const char *const *name) {
    for (; *name; name++) {
        lua_getfield(L, -1, *name);
        lua_setfield(L, -3, *name);
    }
    lua_pop(L, 1);
}

static void open_base(lua_State *L, int env) {
    lua_pushvalue(L, env);
    luaL_requiref(L, "_G", luaopen_base, 0);
    copy_names(L, base_names);
    lua_pop(L, 1);
    lua_pushcfunction(L, own_tostring);
    lua_setfield(L, env, "tostring");
    lua_pushcfunction(L, own_tonumber);
    lua_setfield(L, env, "tonumber");
    lua_pushcfunction(L, ve_library_pairs);
    lua_setfield(L, env, "pairs");
    lua_pushvalue(L, env);
    lua_setfield(L, env, "_G");
}

static void open_math(lua_State *L, int env) {
    lua_newtable(L);
    luaL_requiref(L, "math", luaopen_math, 0);
    copy_names(L, math_names);
    ve_library_strict(L, "math");
    lua_setfield(L, env, "math");
}

/* A table of our own becomes the globals; the libraries that were opened on the way are forgotten. */
void ve_library_open(lua_State *L) {
    lua_newtable(L);
    int env = lua_gettop(L);
    open_base(L, env);
    open_math(L, env);
    ve_library_text(L, env);
    ve_library_lists(L, env);
    ve_words_open(L, env);
    ve_library_strict(L, "");
    lua_pushvalue(L, env);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_pushnil(L);
    lua_setfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_pop(L, 1);
}

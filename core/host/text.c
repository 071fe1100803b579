/* The text functions of a model: Lua's own where they are bounded, else guarded or written anew.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <lauxlib.h>
#include <lualib.h>
#include <string.h>

#include "host/room.h"

enum { REPEATS = 1000000, FORMAT_BYTES = 4096, PIECES = 100000 };

/* ---- types are checked as they are: a number is not a text --------------------------------------------- */

static const char *text_argument(lua_State *L, int index, size_t *length) {
    luaL_checktype(L, index, LUA_TSTRING);
    return lua_tolstring(L, index, length);
}

/* Lua's own function (upvalue 1), after its work has been counted. */
static int counted(lua_State *L) {
    size_t work = 1;
    for (int i = 1; i <= lua_gettop(L); i++)
        if (lua_type(L, i) == LUA_TSTRING) work += lua_rawlen(L, i) / 16;
    ve_room_charge(L, work);
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static int own_rep(lua_State *L) {
    size_t length, gap = 0, block = ve_room_of(L)->limits.block;
    const char *text = text_argument(L, 1, &length);
    luaL_checktype(L, 2, LUA_TNUMBER);
    lua_Integer count = luaL_checkinteger(L, 2);
    const char *between = lua_isnoneornil(L, 3) ? "" : text_argument(L, 3, &gap);
    if (count > REPEATS)
        ve_room_raise(L, VE_E_SIZE, "repeat it less often", "a text is repeated more than %d times", REPEATS);
    if (count <= 0) return lua_pushliteral(L, ""), 1;
    if ((length + gap) * (size_t)count >= block || length + gap >= block)
        ve_room_raise(L, VE_E_SIZE, "repeat it less often", "the repeated text would be larger than %zu KiB",
                      block / 1024);
    ve_room_charge(L, (size_t)count + (length + gap) * (size_t)count / 16);
    luaL_Buffer buffer;
    size_t total = (length + gap) * (size_t)count - gap;
    char *to = luaL_buffinitsize(L, &buffer, total);
    for (lua_Integer i = 0; i < count; i++) {
        memcpy(to, text, length);
        to += length;
        if (i + 1 == count) break;
        memcpy(to, between, gap);
        to += gap;
    }
    luaL_pushresultsize(&buffer, total);
    return 1;
}

/* ---- format -------------------------------------------------------------------------------------------- */

/* The conversion character of the directive that begins at p; '\0' at the end of the format. */
static const char *conversion(const char *p, const char *end) {
    while (p < end && strchr("-+ #0123456789.", *p))
        p++;
    return p;
}

/* A table or function is shown as what it is, without an address. */
static void name_argument(lua_State *L, int index) {
    int type = lua_type(L, index);
    if (type != LUA_TTABLE && type != LUA_TFUNCTION) return;
    lua_pushstring(L, luaL_typename(L, index));
    lua_replace(L, index);
}

static int own_format(lua_State *L) {
    size_t length, work = 1;
    const char *format = text_argument(L, 1, &length), *end = format + length;
    if (length > FORMAT_BYTES) luaL_argerror(L, 1, "the format is longer than 4 KiB");
    int argument = 1;
    for (const char *p = format; p < end; p++) {
        if (*p != '%') continue;
        if (++p < end && *p == '%') continue;
        p = conversion(p, end);
        if (p == end) break;
        if (strchr("paA", *p)) luaL_argerror(L, 1, "%p and %a are not available in models");
        if (++argument > lua_gettop(L)) break;
        if (*p == 's') name_argument(L, argument);
        if (lua_type(L, argument) == LUA_TSTRING) work += lua_rawlen(L, argument) / 16;
    }
    ve_room_charge(L, work + length / 16);
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

/* ---- what models need in place of patterns ------------------------------------------------------------- */

static const char *find(const char *text, size_t length, const char *wanted, size_t bytes) {
    return bytes > length ? NULL : memmem(text, length, wanted, bytes);
}

static int own_contains(lua_State *L) {
    size_t length, bytes;
    const char *text = text_argument(L, 1, &length), *wanted = text_argument(L, 2, &bytes);
    ve_room_charge(L, (length + bytes) / 16 + 1);
    lua_pushboolean(L, bytes == 0 || find(text, length, wanted, bytes) != NULL);
    return 1;
}

static int own_startswith(lua_State *L) {
    size_t length, bytes;
    const char *text = text_argument(L, 1, &length), *wanted = text_argument(L, 2, &bytes);
    ve_room_charge(L, bytes / 16 + 1);
    lua_pushboolean(L, bytes <= length && memcmp(text, wanted, bytes) == 0);
    return 1;
}

static bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static int own_trim(lua_State *L) {
    size_t length;
    const char *text = text_argument(L, 1, &length), *end = text + length;
    ve_room_charge(L, length / 16 + 1);
    while (text < end && is_blank(*text))
        text++;
    while (end > text && is_blank(end[-1]))
        end--;
    lua_pushlstring(L, text, (size_t)(end - text));
    return 1;
}

/* split("a,b", ",") is { "a", "b" }. */
static int own_split(lua_State *L) {
    size_t length, bytes;
    const char *text = text_argument(L, 1, &length), *separator = text_argument(L, 2, &bytes);
    const char *end = text + length, *hit = text;
    luaL_argcheck(L, bytes > 0, 2, "the separator is empty");
    ve_room_charge(L, length / 16 + 1);
    lua_newtable(L);
    for (lua_Integer i = 1; hit; i++) {
        if (i > PIECES) ve_room_raise(L, VE_E_SIZE, NULL, "a text is split into more than %d pieces", PIECES);
        ve_room_charge(L, 4);
        hit = find(text, (size_t)(end - text), separator, bytes);
        lua_pushlstring(L, text, (size_t)((hit ? hit : end) - text));
        lua_rawseti(L, -2, i);
        text = hit ? hit + bytes : end;
    }
    return 1;
}

/* ---- the library --------------------------------------------------------------------------------------- */

static const luaL_Reg own[] = {
    { "rep", own_rep },   { "contains", own_contains }, { "startswith", own_startswith },
    { "trim", own_trim }, { "split", own_split },       { NULL, NULL },
};

/* Copy one of Lua's text functions behind a guard; Lua's library is at index `from`, ours on top. */
static void guard(lua_State *L, int from, const char *name, lua_CFunction guarding) {
    lua_getfield(L, from, name);
    lua_pushcclosure(L, guarding, 1);
    lua_setfield(L, -2, name);
}

/* ("x"):upper() finds its functions by the metatable of texts, which Lua's library has set: replace it too.
 */
static void set_metatable(lua_State *L) {
    lua_pushliteral(L, "");
    lua_createtable(L, 0, 2);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

void ve_library_text(lua_State *L, int env) {
    static const char *const bounded[] = { "len", "sub", "upper", "lower", "reverse", "byte", "char" };
    luaL_requiref(L, "string", luaopen_string, 0);
    int from = lua_gettop(L);
    lua_newtable(L);
    for (size_t i = 0; i < VE_COUNT(bounded); i++)
        guard(L, from, bounded[i], counted);
    guard(L, from, "format", own_format);
    luaL_setfuncs(L, own, 0);
    set_metatable(L);
    ve_library_strict(L, "string");
    lua_setfield(L, env, "string");
    lua_pop(L, 1);
}

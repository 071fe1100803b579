/* Lists of records inside a scenario's `change`, found by id (m.options.A) or by first text.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * These run as __index and __newindex, so only for names that the list itself does not hold. */
#include <lauxlib.h>

#include "base/text.h"
#include "host/room.h"

enum { DEPTH = 32, SLOTS = 8 };

/* Whether the record on top goes by the name at `key`: its id, or its first entry where it has none. */
static bool goes_by(lua_State *L, int key) {
    int record = lua_gettop(L);
    lua_pushliteral(L, "id");
    if (lua_rawget(L, record) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_rawgeti(L, record, 1);
    }
    bool same = lua_type(L, -1) == LUA_TSTRING && lua_rawequal(L, -1, key);
    lua_pop(L, 1);
    return same;
}

/* Find the record in the list at `list` or in the `parts` of its records. On success pushes the list that
 * holds it and returns its position; else pushes nothing and returns 0. */
static lua_Integer find(lua_State *L, int list, int key, int depth) {
    luaL_checkstack(L, SLOTS, NULL);
    for (lua_Integer i = 1; depth < DEPTH; i++) {
        ve_room_charge(L, 2);
        if (lua_rawgeti(L, list, i) != LUA_TTABLE) return lua_pop(L, 1), 0;
        if (goes_by(L, key)) return lua_pop(L, 1), lua_pushvalue(L, list), i;
        lua_pushliteral(L, "parts");
        lua_Integer inner = lua_rawget(L, -2) == LUA_TTABLE ? find(L, lua_gettop(L), key, depth + 1) : 0;
        if (inner) return lua_replace(L, -3), lua_pop(L, 1), inner;
        lua_pop(L, 2);
    }
    return 0;
}

int ve_records_index(lua_State *L) {
    if (lua_type(L, 2) != LUA_TSTRING) return 0;
    lua_Integer i = find(L, 1, 2, 0);
    if (i == 0) return 0;
    lua_rawgeti(L, -1, i);
    return 1;
}

/* Take entry i out of the list on top; those behind it move up. */
static void take_out(lua_State *L, lua_Integer i) {
    int type;
    do {
        ve_room_charge(L, 1);
        type = lua_rawgeti(L, -1, i + 1);
        lua_rawseti(L, -2, i++);
    } while (type != LUA_TNIL);
}

/* Give the new record at `record` the id under which it is put into a list of records with ids. */
static void give_id(lua_State *L, int list, int key, int record) {
    lua_rawgeti(L, list, 1);
    bool ids = false;
    if (lua_type(L, -1) == LUA_TTABLE) {
        lua_pushliteral(L, "id");
        ids = lua_rawget(L, -2) != LUA_TNIL;
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    lua_pushliteral(L, "id");
    if (ids && lua_rawget(L, record) == LUA_TNIL) {
        lua_pushliteral(L, "id");
        lua_pushvalue(L, key);
        lua_rawset(L, record);
    }
    lua_pop(L, 1);
}

static void replace_record(lua_State *L, lua_Integer i) {
    char shown[VE_ID_MAX + 4];
    size_t length;
    if (lua_isnil(L, 3)) {
        take_out(L, i);
        return;
    }
    if (lua_type(L, 3) != LUA_TTABLE) {
        const char *name = lua_tolstring(L, 2, &length);
        ve_text_clean(name, length, shown, sizeof shown);
        ve_room_raise(L, VE_E_TYPE, "set one of its fields, as in m.options.A.cost = 4000",
                      "'%s' is a record, which a %s cannot replace", shown, luaL_typename(L, 3));
    }
    give_id(L, lua_gettop(L), 2, 3);
    lua_pushvalue(L, 3);
    lua_rawseti(L, -2, i);
}

static void append(lua_State *L) {
    give_id(L, 1, 2, 3);
    lua_Integer end = 1;
    while (lua_rawgeti(L, 1, end) != LUA_TNIL) {
        lua_pop(L, 1);
        ve_room_charge(L, 1);
        end++;
    }
    lua_pop(L, 1);
    lua_pushvalue(L, 3);
    lua_rawseti(L, 1, end);
}

/* m.options.A = { }: replaces the record, or appends a new one; = nil takes it out. What is no record is a
 * field. */
int ve_records_newindex(lua_State *L) {
    lua_Integer i = lua_type(L, 2) == LUA_TSTRING ? find(L, 1, 2, 0) : 0;
    if (i > 0) {
        replace_record(L, i);
    } else if (lua_type(L, 2) == LUA_TSTRING && lua_type(L, 3) == LUA_TTABLE && !ve_words_of(L, 3)) {
        append(L);
    } else {
        lua_settop(L, 3);
        lua_rawset(L, 1);
    }
    return 0;
}

/* The list functions of a model, bounded and with one order in every run.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

#include "host/room.h"

enum { LENGTH = 1 << 22, UNPACKED = 250 };

/* ---- pairs: a sorted snapshot -------------------------------------------------------------------------- */

/* Numbers, then texts bytewise, then booleans. */
typedef struct key {
    int order; /* 0 number, 1 text, 2 boolean */
    int index; /* its place in the list of keys */
    union {
        long double number; /* holds every integer and float of Lua */
        struct {
            const char *bytes;
            size_t length;
        } text;
    };
} key;

static int compare_texts(const key *a, const key *b) {
    size_t least = a->text.length < b->text.length ? a->text.length : b->text.length;
    int order = memcmp(a->text.bytes, b->text.bytes, least);
    return order ? order : (a->text.length > b->text.length) - (a->text.length < b->text.length);
}

static int compare_keys(const void *x, const void *y) {
    const key *a = x, *b = y;
    if (a->order != b->order) return a->order - b->order;
    if (a->order == 1) return compare_texts(a, b);
    return (a->number > b->number) - (a->number < b->number);
}

static void take_key(lua_State *L, int index, int number, key *out) {
    *out = (key){ .order = 2, .index = number };
    if (lua_type(L, index) == LUA_TSTRING) {
        out->order = 1;
        out->text.bytes = lua_tolstring(L, index, &out->text.length);
    } else if (lua_type(L, index) == LUA_TNUMBER) {
        out->order = 0;
        out->number = lua_isinteger(L, index) ? (long double)lua_tointeger(L, index)
                                              : (long double)lua_tonumber(L, index);
    } else {
        out->number = lua_toboolean(L, index);
    }
}

/* Number of keys of the table at index; the host's own mark is not one of them. */
static int count_keys(lua_State *L, int table) {
    int count = 0, odd = LUA_NUMTYPES;
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        int type = lua_type(L, -1);
        if (type == LUA_TLIGHTUSERDATA) continue;
        if (type != LUA_TSTRING && type != LUA_TNUMBER && type != LUA_TBOOLEAN && type < odd) odd = type;
        count++;
    }
    if (odd < LUA_NUMTYPES)
        ve_room_raise(L, VE_E_LUA, "name fields with texts or numbers", "a %s is used as the name of a field",
                      lua_typename(L, odd));
    return count;
}

/* Push a list of the keys of the table, unsorted. */
static void list_keys(lua_State *L, int table, int count) {
    lua_createtable(L, count, 0);
    int number = 0;
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) == LUA_TLIGHTUSERDATA) continue;
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, ++number);
    }
}

/* Push the same list, sorted; the unsorted one is on top and stays below it. */
static void sort_keys(lua_State *L, int count) {
    int from = lua_gettop(L);
    key *sorted = lua_newuserdatauv(L, sizeof *sorted * (size_t)(count ? count : 1), 0);
    for (int i = 1; i <= count; i++) {
        lua_rawgeti(L, from, i);
        take_key(L, -1, i, &sorted[i - 1]);
        lua_pop(L, 1);
    }
    qsort(sorted, (size_t)count, sizeof *sorted, compare_keys);
    lua_createtable(L, count, 0);
    for (int i = 1; i <= count; i++) {
        lua_rawgeti(L, from, sorted[i - 1].index);
        lua_rawseti(L, -2, i);
    }
}

/* Iterator: upvalues are the table, its keys (nil: it is a plain list) and how far it got. */
static int next_pair(lua_State *L) {
    lua_Integer i = lua_tointeger(L, lua_upvalueindex(3));
    bool list = lua_isnil(L, lua_upvalueindex(2));
    do {
        lua_settop(L, 0);
        lua_pushinteger(L, ++i);
        if (!list) lua_rawgeti(L, lua_upvalueindex(2), i);
        if (lua_isnil(L, -1)) return 1;
        lua_pushvalue(L, -1);
        lua_rawget(L, lua_upvalueindex(1));
        if (list && lua_isnil(L, -1)) return 1;
    } while (lua_isnil(L, -1)); /* taken away meanwhile */
    lua_pushinteger(L, i);
    lua_replace(L, lua_upvalueindex(3));
    return 2;
}

/* A table with the keys 1 .. count needs no sorting. */
static bool is_list(lua_State *L, int table, int count) {
    lua_Unsigned length = lua_rawlen(L, table);
    if (length != (lua_Unsigned)count) return false;
    for (int i = 1; i <= count; i++) {
        bool there = lua_rawgeti(L, table, i) != LUA_TNIL;
        lua_pop(L, 1);
        if (!there) return false;
    }
    return true;
}

int ve_library_pairs(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    int count = count_keys(L, 1);
    ve_room_charge(L, (size_t)count * 4 + 8);
    if (is_list(L, 1, count)) {
        lua_pushvalue(L, 1);
        lua_pushnil(L);
    } else {
        list_keys(L, 1, count);
        sort_keys(L, count);
        lua_pushvalue(L, 1);
        lua_insert(L, -2);
    }
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_pair, 3);
    return 1;
}

/* ---- guards -------------------------------------------------------------------------------------------- */

/* #t of a list with holes can be 2^61. */
static size_t checked_length(lua_State *L, int index) {
    luaL_checktype(L, index, LUA_TTABLE);
    size_t length = lua_rawlen(L, index);
    if (length > LENGTH)
        ve_room_raise(L, VE_E_SIZE, "lists have no gaps", "a list is longer than %d entries", LENGTH);
    return length;
}

/* Lua's own function (upvalue 1) on a list of checked length. */
static int counted(lua_State *L) {
    ve_room_charge(L, checked_length(L, 1) / 4 + 1);
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static void check_range(lua_State *L, int from, size_t length) {
    lua_Integer first = luaL_optinteger(L, from, 1), last = luaL_optinteger(L, from + 1, (lua_Integer)length);
    if (first < 1 || last > (lua_Integer)length) luaL_error(L, "the range lies outside of the list");
}

static int own_concat(lua_State *L) {
    size_t length = checked_length(L, 1);
    check_range(L, 3, length);
    ve_room_charge(L, length + 1);
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static int own_unpack(lua_State *L) {
    size_t length = checked_length(L, 1);
    check_range(L, 2, length);
    lua_Integer first = luaL_optinteger(L, 2, 1), last = luaL_optinteger(L, 3, (lua_Integer)length);
    if (last - first >= UNPACKED) luaL_error(L, "more than %d values to unpack", UNPACKED);
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

/* ---- sort: a stable merge sort; Lua's own draws its pivots from the clock ------------------------------ */

enum { TABLE = 1, BEFORE = 2, FROM = 3, TO = 4 }; /* what stands where on the stack */

/* Whether list[a] belongs before list[b]. */
static bool before(lua_State *L, int list, lua_Integer a, lua_Integer b) {
    bool less;
    if (lua_isnil(L, BEFORE)) {
        ve_room_charge(L, 4);
        lua_rawgeti(L, list, a);
        lua_rawgeti(L, list, b);
        less = lua_compare(L, -2, -1, LUA_OPLT);
        lua_pop(L, 2);
        return less;
    }
    lua_pushvalue(L, BEFORE);
    lua_rawgeti(L, list, a);
    lua_rawgeti(L, list, b);
    lua_call(L, 2, 1);
    less = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return less;
}

static void move(lua_State *L, int from, lua_Integer i, int to, lua_Integer k) {
    lua_rawgeti(L, from, i);
    lua_rawseti(L, to, k);
}

/* Merge from[low..middle-1] and from[middle..high-1] into to. */
static void merge(lua_State *L, int from, int to, lua_Integer low, lua_Integer middle, lua_Integer high) {
    lua_Integer a = low, b = middle;
    for (lua_Integer k = low; k < high; k++) {
        bool second = a >= middle || (b < high && before(L, from, b, a));
        move(L, from, second ? b : a, to, k);
        if (second)
            b++;
        else
            a++;
    }
}

/* An order function that contradicts itself gives no order at all. */
static void check_order(lua_State *L, int list, lua_Integer n) {
    for (lua_Integer i = 1; i < n && !lua_isnil(L, BEFORE); i++)
        if (before(L, list, i + 1, i))
            ve_room_raise(L, VE_E_LUA, "it must give true only if its first argument comes before its second",
                          "the order function for sorting contradicts itself");
}

/* The comparison may change the table that is sorted: work on copies. */
static int own_sort(lua_State *L) {
    lua_Integer n = (lua_Integer)checked_length(L, TABLE);
    lua_settop(L, 2);
    if (!lua_isnil(L, BEFORE) && (lua_type(L, BEFORE) != LUA_TFUNCTION || lua_iscfunction(L, BEFORE)))
        luaL_argerror(L, BEFORE, "a function of the model expected");
    ve_room_charge(L, (size_t)n + 1);
    lua_createtable(L, (int)n, 0);
    lua_createtable(L, (int)n, 0);
    int from = FROM, to = TO;
    for (lua_Integer i = 1; i <= n; i++)
        move(L, TABLE, i, from, i);
    for (lua_Integer width = 1; width < n; width *= 2) {
        for (lua_Integer low = 1; low <= n; low += 2 * width) {
            lua_Integer middle = low + width <= n ? low + width : n + 1;
            merge(L, from, to, low, middle, low + 2 * width <= n ? low + 2 * width : n + 1);
        }
        int other = from;
        from = to;
        to = other;
    }
    check_order(L, from, n);
    for (lua_Integer i = 1; i <= n; i++)
        move(L, from, i, TABLE, i);
    return 0;
}

/* ---- the library --------------------------------------------------------------------------------------- */

static void guard(lua_State *L, int from, const char *name, lua_CFunction guarding) {
    lua_getfield(L, from, name);
    lua_pushcclosure(L, guarding, 1);
    lua_setfield(L, -2, name);
}

void ve_library_lists(lua_State *L, int env) {
    luaL_requiref(L, "table", luaopen_table, 0);
    int from = lua_gettop(L);
    lua_newtable(L);
    guard(L, from, "insert", counted);
    guard(L, from, "remove", counted);
    guard(L, from, "concat", own_concat);
    guard(L, from, "unpack", own_unpack);
    lua_pushcfunction(L, own_sort);
    lua_setfield(L, -2, "sort");
    ve_library_strict(L, "table");
    lua_setfield(L, env, "table");
    lua_pop(L, 1);
}

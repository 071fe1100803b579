/* Between C's columns and structs and the tables of a Lua plugin.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "host/plugin.h"

enum { SLOTS = 12, SHOWN = 80, WHERE = 160 };

/* ---- into Lua ------------------------------------------------------------------------------------------ */

void ve_plugin_push_list(lua_State *L, const double *v, size_t count) {
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        lua_pushnumber(L, v[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

void ve_plugin_set_number(lua_State *L, const char *name, double x) {
    if (isnan(x)) return;
    lua_pushnumber(L, x);
    lua_setfield(L, -2, name);
}

void ve_plugin_set_text(lua_State *L, const char *name, const char *text) {
    if (!text) return;
    lua_pushstring(L, text);
    lua_setfield(L, -2, name);
}

void ve_plugin_set_boolean(lua_State *L, const char *name, bool is) {
    lua_pushboolean(L, is);
    lua_setfield(L, -2, name);
}

/* The text of a choice: the index-th between the bars. */
static void push_choice(lua_State *L, const char *choices, int index) {
    for (; index > 0; index--)
        choices += strcspn(choices, "|") + 1;
    lua_pushlstring(L, choices, strcspn(choices, "|"));
}

static void push_id(lua_State *L, const ve_texts *ids, int index) {
    if (index < 0 || (size_t)index >= ids->count)
        lua_pushnil(L);
    else
        lua_pushstring(L, ids->v[index]);
}

static void push_ids(lua_State *L, const ve_texts *ids, const ve_ints *list) {
    lua_createtable(L, (int)list->count, 0);
    for (size_t i = 0; i < list->count; i++) {
        push_id(L, ids, list->v[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_map(lua_State *L, const ve_texts *ids, const ve_numbers *map) {
    lua_createtable(L, 0, (int)map->count);
    for (size_t i = 0; i < map->count && i < ids->count; i++)
        ve_plugin_set_number(L, ids->v[i], map->v[i]);
}

static void push_rows(lua_State *L, const ve_record *record, const ve_rows *rows, const ve_texts *ids) {
    const char *row = rows->v;
    lua_createtable(L, (int)rows->count, 0);
    for (size_t i = 0; i < rows->count; i++) {
        ve_room_charge(L, 4);
        ve_plugin_push_params(L, record, row + i * record->size, ids);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_by_name(lua_State *L, const ve_rows *rows) {
    const double *v = rows->v;
    lua_createtable(L, 0, (int)rows->count);
    for (size_t i = 0; i < rows->count; i++)
        ve_plugin_set_number(L, rows->name[i], v[i]);
}

static void push_number(lua_State *L, double x) {
    if (isnan(x))
        lua_pushnil(L);
    else
        lua_pushnumber(L, x);
}

/* A list that was left out is nil; one that is written empty is not. */
static void push_member(lua_State *L, const ve_field *field, const void *member, const ve_texts *ids) {
    const ve_texts *own = &ids[field->of];
    switch (field->type) {
    case VE_T_NUMBER:
        push_number(L, *(const double *)member);
        break;
    case VE_T_INTEGER:
        lua_pushinteger(L, *(const int *)member);
        break;
    case VE_T_BOOLEAN:
        lua_pushboolean(L, *(const bool *)member);
        break;
    case VE_T_TEXT:
        lua_pushstring(L, *(const char *const *)member);
        break;
    case VE_T_CHOICE:
        push_choice(L, field->choices, *(const int *)member);
        break;
    case VE_T_REF:
        push_id(L, own, *(const int *)member);
        break;
    case VE_T_REFS:
        ((const ve_ints *)member)->v ? push_ids(L, own, member) : lua_pushnil(L);
        break;
    case VE_T_MAP:
        ((const ve_numbers *)member)->v ? push_map(L, own, member) : lua_pushnil(L);
        break;
    case VE_T_NUMBERS:
        if (((const ve_numbers *)member)->v)
            ve_plugin_push_list(L, ((const ve_numbers *)member)->v, ((const ve_numbers *)member)->count);
        else
            lua_pushnil(L);
        break;
    case VE_T_ROWS:
        ((const ve_rows *)member)->source ? push_rows(L, field->record, member, ids) : lua_pushnil(L);
        break;
    case VE_T_KEYED:
        ((const ve_rows *)member)->source ? push_by_name(L, member) : lua_pushnil(L);
        break;
    case VE_T_AMOUNT:
        push_number(L, ((const ve_amount *)member)->number);
        break;
    default: /* a word: what it gives comes later */
        lua_pushnil(L);
    }
}

void ve_plugin_push_params(lua_State *L, const ve_record *record, const void *bound, const ve_texts *ids) {
    if (!lua_checkstack(L, SLOTS)) ve_room_raise_memory(L);
    lua_createtable(L, 0, (int)record->count);
    for (size_t i = 0; i < record->count; i++) {
        const ve_field *field = &record->fields[i];
        push_member(L, field, (const char *)bound + field->offset, ids);
        lua_setfield(L, -2, field->name);
    }
}

/* ---- one number back ----------------------------------------------------------------------------------- */

static double take_other(lua_State *L, const ve_plugin_call *call, unsigned how, const char *where) {
    int type = lua_type(L, -1);
    if (type == LUA_TNIL && (how & VE_TAKE_NOTHING)) return NAN;
    if (type == LUA_TBOOLEAN && !lua_toboolean(L, -1) && (how & VE_TAKE_FALSE)) return NAN;
    if (type == LUA_TNIL)
        ve_plugin_refuse(L, call, "every way through the function must return a number", "nothing%s", where);
    if (type == LUA_TBOOLEAN)
        ve_plugin_refuse(L, call, "write `(condition) and 1 or 0`", "true or false instead of a number%s",
                         where);
    ve_plugin_refuse(L, call, NULL, "a %s instead of a number%s", luaL_typename(L, -1), where);
}

double ve_plugin_take(lua_State *L, const ve_plugin_call *call, unsigned how, const char *where) {
    if (lua_type(L, -1) != LUA_TNUMBER) return take_other(L, call, how, where);
    double x = lua_tonumber(L, -1);
    if (isfinite(x)) return x;
    if (isnan(x))
        ve_plugin_refuse(L, call, "0/0 and the roots and logarithms of negative numbers have no result",
                         "no number (NaN)%s", where);
    if (!(how & (x > 0 ? VE_TAKE_INFINITY : VE_TAKE_MINUS_INFINITY)))
        ve_plugin_refuse(L, call, "look for a division by zero", "an infinite number%s", where);
    return x;
}

/* ---- many ---------------------------------------------------------------------------------------------- */

static void say_where(const ve_plugin_call *call, size_t i, char *room, size_t bytes) {
    if (call->where)
        call->where(call, i, room, bytes);
    else
        snprintf(room, bytes, " in place %zu", i + 1);
}

static void need_table(lua_State *L, const ve_plugin_call *call) {
    if (lua_type(L, -1) != LUA_TTABLE)
        ve_plugin_refuse(L, call, "return a list { ... }", "%s%s instead of a list",
                         lua_isnil(L, -1) ? "" : "a ", lua_isnil(L, -1) ? "nothing" : luaL_typename(L, -1));
}

/* How many entries there are before the first gap, one more than `most` at the utmost. */
static size_t count_entries(lua_State *L, size_t most) {
    for (size_t i = 0; i <= most; i++) {
        bool there = lua_rawgeti(L, -1, (lua_Integer)i + 1) != LUA_TNIL;
        lua_pop(L, 1);
        if (!there) return i;
    }
    return most + 1;
}

static _Noreturn void wrong_count(lua_State *L, const ve_plugin_call *call, size_t is, size_t wanted) {
    if (is > wanted)
        ve_plugin_refuse(L, call, "return one number for each, in the same order",
                         "a list of more than %zu numbers, where %zu are wanted", wanted, wanted);
    ve_plugin_refuse(L, call, "return one number for each, in the same order",
                     "a list of %zu numbers, where %zu are wanted", is, wanted);
}

void ve_plugin_take_list(lua_State *L, const ve_plugin_call *call, size_t count, unsigned how, double *out) {
    char where[WHERE];
    need_table(L, call);
    ve_room_charge(L, count / 4);
    for (size_t i = 0; i < count; i++) {
        int type = lua_rawgeti(L, -1, (lua_Integer)i + 1);
        if (type == LUA_TNUMBER && isfinite(lua_tonumber(L, -1))) {
            out[i] = lua_tonumber(L, -1);
        } else {
            if (type == LUA_TNIL && !(how & VE_TAKE_NOTHING)) lua_pop(L, 1), wrong_count(L, call, i, count);
            say_where(call, i, where, sizeof where);
            out[i] = ve_plugin_take(L, call, how, where);
        }
        lua_pop(L, 1);
    }
    if (lua_rawgeti(L, -1, (lua_Integer)count + 1) != LUA_TNIL)
        lua_pop(L, 1), wrong_count(L, call, count_entries(L, count), count);
    lua_pop(L, 1);
}

/* A name in the table on top that is no id: the first by its bytes, so that it is the same in every run. */
static const char *stranger(lua_State *L, const ve_texts *ids) {
    const char *first = NULL;
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) != LUA_TSTRING) continue;
        const char *name = lua_tostring(L, -1);
        bool known = false;
        for (size_t i = 0; i < ids->count && !known; i++)
            known = strcmp(ids->v[i], name) == 0;
        if (!known && (!first || strcmp(name, first) < 0)) first = name;
    }
    return first;
}

static void take_named(lua_State *L, const ve_plugin_call *call, const ve_texts *ids, unsigned how,
                       double *out) {
    char where[WHERE], shown[SHOWN];
    const char *other = stranger(L, ids);
    if (other) {
        ve_text_clean(other, strlen(other), shown, sizeof shown);
        ve_plugin_refuse(L, call, "name what was handed to it", "a number for '%s', which is none of them",
                         shown);
    }
    for (size_t i = 0; i < ids->count; i++) {
        lua_pushstring(L, ids->v[i]);
        lua_rawget(L, -2);
        snprintf(where, sizeof where, " for '%s'", ids->v[i]);
        out[i] = ve_plugin_take(L, call, how, where);
        lua_pop(L, 1);
    }
}

void ve_plugin_take_by_id(lua_State *L, const ve_plugin_call *call, const ve_texts *ids, unsigned how,
                          double *out) {
    need_table(L, call);
    ve_room_charge(L, ids->count * 4);
    bool list = lua_rawgeti(L, -1, 1) != LUA_TNIL;
    lua_pop(L, 1);
    if (list)
        ve_plugin_take_list(L, call, ids->count, how, out);
    else
        take_named(L, call, ids, how, out);
}

/* ---- texts --------------------------------------------------------------------------------------------- */

/* Why the value at index is no text that may be shown; NULL if it is one. */
static const char *text_fault(lua_State *L, int index, char *room, size_t bytes) {
    size_t length;
    if (lua_type(L, index) != LUA_TSTRING) {
        snprintf(room, bytes, "it is a %s", luaL_typename(L, index));
        return room;
    }
    const char *text = lua_tolstring(L, index, &length);
    return ve_text_fault(text, length, room, bytes);
}

const char *ve_plugin_take_text(lua_State *L, int index, const ve_plugin_call *call, const char *what) {
    char room[128];
    size_t length;
    const char *fault = text_fault(L, index, room, sizeof room);
    if (fault && call) ve_plugin_refuse(L, call, NULL, "as %s what is no text to be shown: %s", what, fault);
    if (fault)
        ve_room_raise(L, VE_E_PLUGIN_RESULT, NULL, "%s must be a text that can be shown: %s", what, fault);
    const char *bytes = lua_tolstring(L, index, &length);
    ve_room_charge(L, length / 16 + 1);
    const char *copy = ve_copy_text(ve_room_of(L)->arena, bytes, length);
    if (!copy) ve_room_raise_memory(L);
    return copy;
}

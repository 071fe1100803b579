/* Scenarios: rebuild the model's tables from its tree, let the `change` function at them, and read them back.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <lauxlib.h>

#include "base/errors.h"
#include "host/room.h"

enum { SLOTS = 8 };

typedef struct change {
    const ve_value *function, *model;
    ve_value *out;
    ve_code code;
} change;

static bool is_record(const ve_value *value) {
    return value->kind == VE_TABLE && !value->table.word;
}

static void push_value(lua_State *L, const ve_value *value);

/* Whole numbers as such while their products cannot overflow. */
static void push_number(lua_State *L, double x) {
    if (x >= -2147483648.0 && x <= 2147483647.0 && x == (double)(lua_Integer)x)
        lua_pushinteger(L, (lua_Integer)x);
    else
        lua_pushnumber(L, x);
}

static void push_table(lua_State *L, const ve_value *value) {
    const ve_table_value *table = &value->table;
    luaL_checkstack(L, SLOTS, NULL);
    lua_createtable(L, (int)table->count, (int)table->named + 1);
    lua_pushlightuserdata(L, (void *)value);
    lua_rawsetp(L, -2, &ve_mark_key);
    for (size_t i = 0; i < table->count; i++) {
        push_value(L, &table->items[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    for (size_t i = 0; i < table->named; i++) {
        lua_pushstring(L, table->fields[i].name);
        push_value(L, &table->fields[i].value);
        lua_rawset(L, -3);
    }
    ve_words_set(L, -1, table->word, table->count > 0 && is_record(&table->items[0]));
}

static void push_value(lua_State *L, const ve_value *value) {
    ve_room_charge(L, 1);
    switch (value->kind) {
    case VE_BOOLEAN:
        lua_pushboolean(L, value->boolean);
        break;
    case VE_NUMBER:
        push_number(L, value->number);
        break;
    case VE_TEXT:
        lua_pushlstring(L, value->text.bytes, value->text.length);
        break;
    case VE_TABLE:
        push_table(L, value);
        break;
    case VE_FUNCTION:
        ve_read_push_function(L, value->function);
        break;
    default:
        lua_pushnil(L);
    }
}

/* change(m); what it returns is m itself, or nothing. */
static int run(lua_State *L) {
    change *c = lua_touserdata(L, 1);
    push_table(L, c->model);
    ve_read_push_function(L, c->function->function);
    lua_pushvalue(L, -2);
    lua_call(L, 1, 1);
    if (!lua_isnil(L, -1) && !lua_rawequal(L, -1, -2))
        ve_room_raise_at(L, VE_E_RETURN, c->function->at,
                         "change the model that is handed to it: m.options.A.cost = 4000",
                         "`change` returns a %s instead of changing its argument", luaL_typename(L, -1));
    lua_pop(L, 1);
    c->code = ve_read(L, "", c->function->at, c->out);
    ve_words_check(L);
    return 0;
}

ve_code ve_host_change(ve_host *host, const ve_value *function, const ve_value **model, ve_errors *errors) {
    if (function->kind != VE_FUNCTION)
        return ve_fail(errors, VE_E_TYPE, function->at, NULL, "`change` is not a function");
    ve_value *out = ve_alloc(host->arena, sizeof *out);
    if (!out) return ve_fail_memory(errors);
    change c = { .function = function, .model = host->model, .out = out };
    ve_code code = ve_room_run(host, run, &c, errors);
    if (code || c.code) return code ? code : c.code;
    *model = out;
    return VE_OK;
}

/* Target functions: one protected call over all customers, one argument table for all of them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <lauxlib.h>
#include <math.h>
#include <stdio.h>

#include "base/errors.h"
#include "base/number.h"
#include "base/text.h"
#include "host/room.h"

enum { SLOTS = 16, CUSTOMER_BYTES = 160 };

typedef struct call {
    const ve_value *function;
    const char *path;
    const char *const *name;
    const ve_outline_attribute *attribute; /* NULL: all are numbers */
    const ve_columns *columns;
    double *out;
    size_t row; /* the customer it is about */
} call;

static bool is_text(const call *c, size_t i) {
    return c->attribute && c->attribute[i].text;
}

static const char *label(const call *c, size_t i) {
    double number = c->columns->column[i][c->row];
    bool known = number >= 0 && number < (double)c->attribute[i].labels;
    return known ? c->attribute[i].label[(size_t)number] : "";
}

/* "income = 1200, age = 30" */
static void customer(const call *c, char *room, size_t bytes) {
    size_t used = 0;
    *room = '\0';
    for (size_t i = 0; i < c->columns->count && used < bytes; i++) {
        char number[VE_NUMBER_ROOM];
        ve_number_write(c->columns->column[i][c->row], number);
        const char *quote = is_text(c, i) ? "'" : "";
        int more = snprintf(room + used, bytes - used, "%s%s = %s%s%s", i ? ", " : "", c->name[i], quote,
                            is_text(c, i) ? label(c, i) : number, quote);
        used += more > 0 ? (size_t)more : 0;
    }
}

/* Where the function is defined; the field that holds it where that is in the same line, for its column. */
static ve_place definition(lua_State *L, const call *c, int function) {
    lua_Debug ar;
    lua_pushvalue(L, function);
    lua_getinfo(L, ">S", &ar);
    int chunk = ve_chunk_index(ar.source);
    ve_place at = chunk >= 0 ? ve_chunk_place(ve_room_of(L), chunk, ar.linedefined, 0) : VE_NOWHERE;
    return at.line == 0 || at.line == c->function->at.line ? c->function->at : at;
}

/* c.incme: customers have only the attributes of the model. */
static int no_attribute(lua_State *L) {
    char shown[80], hint[160] = "";
    size_t length;
    const ve_host *host = ve_room_of(L);
    if (lua_type(L, 2) != LUA_TSTRING) return 0;
    const char *name = lua_tolstring(L, 2, &length);
    ve_text_clean(name, length, shown, sizeof shown);
    const char *near = ve_text_nearest(shown, host->attribute, host->attributes);
    if (near)
        snprintf(hint, sizeof hint, "did you mean '%s'?", near);
    else
        snprintf(hint, sizeof hint, "customers have the `attributes` that the model names");
    ve_room_raise(L, VE_E_FUNCTION, hint, "customers have no attribute '%s'", shown);
}

static _Noreturn void refuse(lua_State *L, const call *c, const char *what, const char *hint) {
    char who[CUSTOMER_BYTES];
    customer(c, who, sizeof who);
    ve_room_raise_at(L, VE_E_FUNCTION, definition(L, c, 2), hint,
                     "the function gives %s for the customer with %s", what, who);
}

/* The result is on top. */
static double result(lua_State *L, const call *c) {
    char what[64], number[VE_NUMBER_ROOM];
    if (lua_isboolean(L, -1))
        refuse(L, c, "true or false instead of a number", "write `(condition) and 1 or 0`");
    if (lua_isnil(L, -1)) refuse(L, c, "nothing", "every way through the function must return a number");
    if (lua_type(L, -1) != LUA_TNUMBER) {
        snprintf(what, sizeof what, "a %s instead of a number", luaL_typename(L, -1));
        refuse(L, c, what, "return a number that is not negative");
    }
    double x = lua_tonumber(L, -1);
    if (isnan(x))
        refuse(L, c, "no number (NaN)",
               "0/0 and the roots and logarithms of negative numbers have no result");
    if (isinf(x)) refuse(L, c, "an infinite number", "look for a division by zero");
    if (x < 0) {
        ve_number_write(x, number);
        snprintf(what, sizeof what, "%s, a negative weight,", number);
        refuse(L, c, what, "return a number that is not negative");
    }
    return x;
}

/* The argument table at index 3, the attribute names from index 4 on. */
static void push_argument(lua_State *L, const call *c) {
    lua_createtable(L, 0, (int)c->columns->count);
    lua_createtable(L, 0, 2);
    lua_pushcfunction(L, no_attribute);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    for (size_t i = 0; i < c->columns->count; i++)
        lua_pushstring(L, c->name[i]);
}

/* Behind the names, for each attribute that is a text its labels, by number: each is made once. */
static void push_labels(lua_State *L, const call *c) {
    for (size_t i = 0; i < c->columns->count; i++) {
        size_t labels = is_text(c, i) ? c->attribute[i].labels : 0;
        lua_createtable(L, (int)labels, 0);
        for (size_t k = 0; k < labels; k++) {
            lua_pushstring(L, c->attribute[i].label[k]);
            lua_rawseti(L, -2, (lua_Integer)k);
        }
    }
}

static void push_value(lua_State *L, const call *c, size_t i) {
    double x = c->columns->column[i][c->row];
    if (is_text(c, i))
        lua_rawgeti(L, 4 + (int)(c->columns->count + i), (lua_Integer)x);
    else
        lua_pushnumber(L, x);
}

static void call_row(lua_State *L, call *c) {
    ve_room_charge(L, 1);
    for (size_t i = 0; i < c->columns->count; i++) {
        lua_pushvalue(L, 4 + (int)i);
        push_value(L, c, i);
        lua_rawset(L, 3);
    }
    lua_pushvalue(L, 2);
    lua_pushvalue(L, 3);
    lua_call(L, 1, 1);
    c->out[c->row] = result(L, c);
    lua_pop(L, 1);
}

static int run(lua_State *L) {
    call *c = lua_touserdata(L, 1);
    ve_host *host = ve_room_of(L);
    luaL_checkstack(L, SLOTS + 2 * (int)c->columns->count, NULL);
    host->attribute = c->name;
    host->attributes = c->columns->count;
    ve_read_push_function(L, c->function->function);
    push_argument(L, c);
    push_labels(L, c);
    for (c->row = 0; c->row < c->columns->rows; c->row++)
        call_row(L, c);
    return 0;
}

ve_code ve_host_call(ve_host *host, const ve_value *function, const char *path, const char *const *name,
                     const ve_columns *columns, double *out, ve_errors *errors) {
    return ve_host_call_with(host, function, path, name, NULL, columns, out, errors);
}

ve_code ve_host_call_with(ve_host *host, const ve_value *function, const char *path, const char *const *name,
                          const ve_outline_attribute *attribute, const ve_columns *columns, double *out,
                          ve_errors *errors) {
    if (function->kind != VE_FUNCTION)
        return ve_fail(errors, VE_E_TYPE, function->at, path, "this is not a function");
    call c = { .function = function,
               .path = path,
               .name = name,
               .attribute = attribute,
               .columns = columns,
               .out = out };
    host->path = path;
    ve_code code = ve_room_run(host, run, &c, errors);
    host->path = NULL;
    if (code == VE_E_LUA && errors->count > 0 && !*errors->list[errors->count - 1].hint) {
        char who[CUSTOMER_BYTES];
        customer(&c, who, sizeof who);
        ve_hint(errors, "it happened for the customer with %s", who);
    }
    return code;
}

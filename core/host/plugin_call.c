/* Calling a Lua plugin: one protected call, and what went wrong told as the plugin's fault.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "base/errors.h"
#include "base/text.h"
#include "host/plugin.h"

enum { SLOTS = 20 };

ve_lua_plugin *ve_plugin_self(const void *params) {
    return ((const ve_plugin_head *)params)->self;
}

ve_code ve_plugin_code(ve_code code) {
    return ve_code_get(code)->status == VE_STATUS_MODEL ? VE_E_PLUGIN_LUA : code;
}

/* ---- telling ------------------------------------------------------------------------------------------- */

static ve_code tell(ve_lua_plugin *self, const ve_services *services) {
    ve_errors *trouble = &self->trouble;
    ve_code first = VE_OK;
    for (size_t i = 0; i < trouble->count; i++) {
        const ve_error *error = &trouble->list[i];
        ve_code code = services->fail_at(services, ve_plugin_code(error->code), error->at,
                                         error->hint[0] ? error->hint : NULL, "plugin '%s': %s",
                                         self->plugin.name, error->message);
        if (!first) first = code;
    }
    trouble->count = trouble->dropped = 0;
    return first;
}

ve_code ve_shelf_failure(ve_shelf *shelf, ve_errors *errors) {
    for (ve_lua_plugin *self = shelf ? shelf->plugin : NULL; self; self = self->next) {
        const ve_error *error = &self->trouble.list[0];
        if (!self->trouble.count) continue;
        self->trouble.count = 0;
        ve_fail(errors, ve_plugin_code(error->code), error->at, NULL, "plugin '%s': %s", self->plugin.name,
                error->message);
        if (error->hint[0]) ve_hint(errors, "%s", error->hint);
        return ve_plugin_code(error->code);
    }
    return VE_OK;
}

/* ---- calling ------------------------------------------------------------------------------------------- */

ve_code ve_plugin_ask(ve_lua_plugin *self, lua_CFunction body, void *data, const ve_services *services) {
    if (self->trouble.count) return services ? tell(self, services) : self->trouble.list[0].code;
    if (self->shelf->watchdog) ve_watchdog_start(&self->host.limits);
    ve_code code = ve_room_run(&self->host, body, data, &self->trouble);
    if (self->shelf->watchdog) ve_watchdog_stop();
    if (!code || !services) return code;
    ve_code told = tell(self, services);
    return told ? told : code;
}

void ve_plugin_begin(lua_State *L, const ve_plugin_call *call) {
    const ve_plugin_head *head = call->params;
    if (!lua_checkstack(L, SLOTS)) ve_room_raise_memory(L);
    ve_room_charge(L, 20);
    ve_read_push_function(L, call->function->function);
    ve_plugin_push_params(L, call->self->plugin.params, call->params, head->ids);
}

void ve_plugin_end(lua_State *L, int arguments, int results) {
    lua_call(L, arguments + 1, results);
}

/* Where the function is defined; the field that holds it where that is in the same line, for its column. */
static ve_place definition(lua_State *L, const ve_plugin_call *call) {
    lua_Debug ar;
    ve_place field = call->function->at;
    ve_read_push_function(L, call->function->function);
    lua_getinfo(L, ">S", &ar);
    int chunk = ve_chunk_index(ar.source);
    ve_place at = chunk >= 0 ? ve_chunk_place(ve_room_of(L), chunk, ar.linedefined, 0) : VE_NOWHERE;
    return at.line == 0 || at.line == field.line ? field : at;
}

void ve_plugin_refuse(lua_State *L, const ve_plugin_call *call, const char *hint, const char *format, ...) {
    char what[VE_MESSAGE_BYTES];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    ve_room_raise_at(L, VE_E_PLUGIN_RESULT, definition(L, call), hint, "%s gives %s", call->name, what);
}

/* ---- check --------------------------------------------------------------------------------------------- */

typedef struct checking {
    ve_plugin_call call;
    int (*push)(lua_State *, const void *);
    const void *data;
    char message[VE_MESSAGE_BYTES], field[VE_ID_MAX + 1];
} checking;

static int check(lua_State *L) {
    checking *c = lua_touserdata(L, 1);
    ve_plugin_begin(L, &c->call);
    ve_plugin_end(L, c->push ? c->push(L, c->data) : 0, 2);
    int type = lua_type(L, -2);
    if (type == LUA_TNIL || (type == LUA_TBOOLEAN && lua_toboolean(L, -2))) return 0;
    if (type != LUA_TSTRING || !lua_rawlen(L, -2))
        ve_plugin_refuse(L, &c->call, "return nothing where all is well, else a text that says what is wrong",
                         "%s%s instead of a text", type == LUA_TSTRING ? "" : "a ",
                         type == LUA_TSTRING ? "an empty one" : luaL_typename(L, -2));
    ve_text_clean(lua_tostring(L, -2), lua_rawlen(L, -2), c->message, sizeof c->message);
    if (lua_type(L, -1) == LUA_TSTRING) snprintf(c->field, sizeof c->field, "%s", lua_tostring(L, -1));
    return 0;
}

ve_code ve_plugin_check_params(const void *params, int (*push)(lua_State *, const void *), const void *data,
                               const ve_services *services) {
    ve_lua_plugin *self = ve_plugin_self(params);
    if (!self->file.check) return VE_OK;
    checking c = { .call = { self, params, self->file.check, "check", NULL }, .push = push, .data = data };
    ve_code code = ve_plugin_ask(self, check, &c, services);
    if (code || !c.message[0]) return code;
    return services->fail(services, VE_E_CONFLICT, c.field, NULL, "%s", c.message);
}

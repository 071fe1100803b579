/* ve.use "file.lua": a plugin of the model's own folder, whose word is known from then on.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <unistd.h>

#include "base/errors.h"
#include "base/file.h"
#include "host/room.h"
#include "host/shelf.h"

/* No Lua of the model's in here: the descriptor must not be lost. */
static ve_code open_plugin(ve_host *host, const char *name, size_t length, ve_place at,
                           const ve_plugin **plugin) {
    int descriptor;
    size_t bytes;
    ve_code code =
        ve_file_open_beneath(host->folder, name, length, at, NULL, &descriptor, &bytes, host->errors);
    if (code) return code;
    const char *file = ve_room_beside(host, name);
    code = file ? ve_shelf_load_open(host->words.shelf, file, descriptor, bytes, plugin, host->errors)
                : ve_fail_memory(host->errors);
    close(descriptor);
    return code;
}

/* Commands and formats are chosen before the model is looked at. */
static ve_code check_kind(const ve_host *host, const char *name, ve_place at, const ve_plugin *plugin) {
    bool study = plugin->kind == VE_KIND_STUDY;
    if (!study && plugin->kind != VE_KIND_REPORT) return VE_OK;
    ve_fail(host->errors, VE_E_INCLUDE, at, NULL, "'%s' is a %s, which a model cannot use", name,
            study ? "study" : "format");
    ve_hint(host->errors, "name it on the command line: --plugin %s", name);
    return VE_E_INCLUDE;
}

static ve_code use_file(ve_host *host, const char *name, size_t length, ve_place at,
                        const ve_plugin **plugin) {
    ve_code code = open_plugin(host, name, length, at, plugin);
    if (!code) code = check_kind(host, name, at, *plugin);
    if (code) return code;
    const char *origin = ve_room_beside(host, name);
    ve_used *used = ve_alloc(host->arena, sizeof *used);
    if (!origin || !used) return ve_fail_memory(host->errors);
    *used = (ve_used){ (*plugin)->name, host->used_words };
    host->used_words = used;
    return host->words.use(host->words.context, *plugin, origin, host->errors);
}

/* Upvalue: the table `ve`. */
static int use(lua_State *L) {
    size_t length;
    ve_host *host = ve_room_of(L);
    const ve_plugin *plugin = NULL;
    if (lua_gettop(L) != 1 || lua_type(L, 1) != LUA_TSTRING)
        ve_room_raise(L, VE_E_INCLUDE, "write ve.use \"file.lua\"", "ve.use takes one file name");
    if (!host->words.use)
        ve_room_raise(L, VE_E_INCLUDE, "name it on the command line: --plugin FILE",
                      "no plugins can be used here");
    const char *name = lua_tolstring(L, 1, &length);
    ve_place at = ve_room_place(L);
    ve_room_charge(L, 1000);
    ve_room_leave(host);
    ve_code code = use_file(host, name, length, at, &plugin);
    ve_room_return(host);
    if (code) ve_room_raise_told(L, code);
    lua_pushvalue(L, lua_upvalueindex(1));
    ve_words_add(L, plugin->name);
    return 0;
}

void ve_use_open(lua_State *L) {
    lua_pushvalue(L, -1);
    lua_pushcclosure(L, use, 1);
    lua_setfield(L, -2, "use");
}

/* The plugin files of a run: open each in a room of its own, run it once, keep it for later calls.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "host/shelf.h"

#include <lauxlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/errors.h"
#include "base/pin.h"
#include "host/plugin.h"

ve_shelf *ve_shelf_new(ve_arena *arena, const ve_limits *limits, bool watchdog) {
    ve_shelf *shelf = ve_alloc(arena, sizeof *shelf);
    if (shelf) *shelf = (ve_shelf){ .arena = arena, .limits = *limits, .watchdog = watchdog };
    return shelf;
}

void ve_shelf_close(ve_shelf *shelf) {
    for (ve_lua_plugin *plugin = shelf ? shelf->plugin : NULL; plugin; plugin = plugin->next)
        ve_host_close(&plugin->host);
    if (shelf) shelf->plugin = NULL;
}

bool ve_shelf_takes(const char *path) {
    size_t length = strlen(path);
    return length > 4 && strcmp(path + length - 4, ".lua") == 0;
}

ve_source *ve_shelf_sources(const ve_shelf *shelf) {
    return shelf ? shelf->first : NULL;
}

/* ---- the file ------------------------------------------------------------------------------------------ */

typedef struct opening {
    ve_host *host;
    ve_value *out;
    ve_code code;
} opening;

static _Noreturn void refuse(lua_State *L, const char *word) {
    const ve_chunk *chunk = ve_room_of(L)->chunk[0];
    ve_spot spot = chunk->scan.last_return;
    ve_place at = { chunk->source.file, spot.line, spot.column };
    const char *hint = "end it with `return ve.plugin { ... }`";
    if (lua_isnil(L, -1)) ve_room_raise_at(L, VE_E_PLUGIN_BROKEN, at, hint, "the file returns nothing");
    const char *what = lua_type(L, -1) == LUA_TTABLE && !word ? "plain table" : luaL_typename(L, -1);
    ve_room_raise_at(L, VE_E_PLUGIN_BROKEN, at, hint, "the file returns a %s, not a plugin", what);
}

static int run(lua_State *L) {
    opening *o = lua_touserdata(L, 1);
    ve_chunk_load(L, o->host->chunk[0]);
    lua_call(L, 1, 1);
    const char *word = lua_type(L, -1) == LUA_TTABLE ? ve_words_of(L, -1) : NULL;
    if (!word || strcmp(word, "plugin") != 0) refuse(L, word);
    o->code = ve_read(L, "", VE_NOWHERE, o->out);
    return 0;
}

static ve_code run_file(ve_lua_plugin *self, ve_errors *errors) {
    ve_host *host = &self->host;
    ve_value *tree = ve_alloc(host->arena, sizeof *tree);
    if (!tree) return ve_fail_memory(errors);
    opening o = { host, tree, VE_OK };
    if (self->shelf->watchdog) ve_watchdog_start(&host->limits);
    ve_code code = ve_room_open(host, errors);
    if (!code) code = ve_room_run(host, run, &o, errors);
    if (self->shelf->watchdog) ve_watchdog_stop();
    if (!code) code = o.code;
    return code ? code : ve_plugin_describe(self, tree, errors);
}

/* ---- the shelf ----------------------------------------------------------------------------------------- */

static ve_lua_plugin *new_plugin(ve_shelf *shelf) {
    ve_lua_plugin *self = ve_alloc(shelf->arena, sizeof *self);
    if (!self) return NULL;
    self->shelf = shelf;
    self->host.arena = shelf->arena;
    self->host.limits = shelf->limits;
    self->host.folder = -1;
    self->host.is_plugin = true;
    self->host.last_source = shelf->last;
    return self;
}

/* What a plugin's file does wrong is the plugin's fault, not the model's. */
static ve_code blame(ve_errors *errors, size_t from, ve_code code, bool ran) {
    for (size_t i = from; i < errors->count; i++) {
        ve_error *error = &errors->list[i];
        const int status = ve_code_get(error->code)->status;
        bool own = status == VE_STATUS_PLUGIN || (status != VE_STATUS_MODEL && status != VE_STATUS_FILE);
        if (own) continue;
        error->code = error->code == VE_E_LUA             ? VE_E_PLUGIN_LUA
                      : ran && error->code != VE_E_SYNTAX ? VE_E_PLUGIN_BROKEN
                                                          : VE_E_PLUGIN_LOAD;
    }
    return errors->count > from ? errors->list[from].code : code;
}

/* The file has been read, or could not be. */
static ve_code finish(ve_lua_plugin *self, ve_code code, size_t told, ve_errors *errors) {
    ve_shelf *shelf = self->shelf;
    bool ran = code == VE_OK;
    if (self->host.last_source != shelf->last) {
        shelf->last = self->host.last_source;
        if (!shelf->first) shelf->first = shelf->last;
    }
    if (!code) code = run_file(self, errors);
    if (!code) {
        self->next = shelf->plugin;
        shelf->plugin = self;
        return VE_OK;
    }
    ve_host_close(&self->host);
    ve_sources_complete(shelf->first, errors);
    return blame(errors, told, code, ran);
}

static const ve_lua_plugin *known(const ve_shelf *shelf, const struct stat *status) {
    for (const ve_lua_plugin *plugin = shelf->plugin; plugin; plugin = plugin->next)
        if (plugin->inode == status->st_ino && plugin->device == status->st_dev) return plugin;
    return NULL;
}

static void note_file(ve_lua_plugin *self, const struct stat *status) {
    self->device = status->st_dev;
    self->inode = status->st_ino;
}

/* What was read is what is run. */
static ve_code check_pin(const ve_source *source, const char *pin, ve_errors *errors) {
    ve_sha256 sum;
    ve_sha256_begin(&sum);
    if (pin) ve_sha256_add(&sum, source->bytes, source->length);
    return ve_pin_check(source->file, pin, &sum, errors);
}

ve_code ve_shelf_load_pinned(ve_shelf *shelf, const char *path, const char *pin, const ve_plugin **plugin,
                             ve_errors *errors) {
    struct stat status;
    bool is_there = stat(path, &status) == 0;
    const ve_lua_plugin *old = is_there ? known(shelf, &status) : NULL;
    if (old) return *plugin = &old->plugin, check_pin(&old->host.chunk[0]->source, pin, errors);
    ve_lua_plugin *self = new_plugin(shelf);
    ve_source *source;
    if (!self) return ve_fail_memory(errors);
    if (is_there) note_file(self, &status);
    size_t told = errors->count;
    ve_code code = ve_chunk_read(&self->host, path, &source, errors);
    if (!code) code = check_pin(source, pin, errors);
    code = finish(self, code, told, errors);
    *plugin = &self->plugin;
    return code;
}

ve_code ve_shelf_load(ve_shelf *shelf, const char *path, const ve_plugin **plugin, ve_errors *errors) {
    return ve_shelf_load_pinned(shelf, path, NULL, plugin, errors);
}

ve_code ve_shelf_load_open(ve_shelf *shelf, const char *file, int descriptor, size_t bytes,
                           const ve_plugin **plugin, ve_errors *errors) {
    struct stat status;
    if (fstat(descriptor, &status) != 0)
        return ve_fail(errors, VE_E_READ, (ve_place){ .file = file }, NULL, "the file cannot be read");
    const ve_lua_plugin *old = known(shelf, &status);
    if (old) return *plugin = &old->plugin, VE_OK;
    ve_lua_plugin *self = new_plugin(shelf);
    ve_chunk *chunk;
    if (!self) return ve_fail_memory(errors);
    note_file(self, &status);
    size_t told = errors->count;
    ve_code code = ve_chunk_read_open(&self->host, file, descriptor, bytes, &chunk, errors);
    code = finish(self, code, told, errors);
    *plugin = &self->plugin;
    return code;
}

/* The plugins of a run: the built-in table, then what the command line names.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_PLUG_REGISTRY_H
#define VE_PLUG_REGISTRY_H

#include "base/arena.h"
#include "ve/plugin.h"

/* Written by the build: every built-in plugin, in the order of plugins/CMakeLists.txt; NULL at the end. */
extern const ve_plugin *const ve_plugins_builtin[];

typedef struct ve_registered {
    const ve_plugin *plugin;
    const char *origin; /* "built in", or the file it came from */
} ve_registered;

typedef struct ve_registry {
    size_t count, room;
    ve_registered *list;
} ve_registry;

/* Every plugin passes ve_plugin_check, built-in ones too. `builtin` is ve_plugins_builtin, or a table of a
 * test's. */
ve_code ve_registry_new(ve_arena *arena, const ve_plugin *const *builtin, ve_registry **out,
                        ve_errors *errors);
/* Load a shared object by the plugin policy: owner and mode first, then dlopen, then the descriptor. Never
 * unloaded. */
ve_code ve_registry_load(ve_registry *registry, ve_arena *arena, const char *path, ve_errors *errors);
/* The same, of a file that has this sum (base/pin.h), NULL: any. */
ve_code ve_registry_load_pinned(ve_registry *registry, ve_arena *arena, const char *path, const char *pin,
                                ve_errors *errors);
ve_code ve_registry_add(ve_registry *registry, ve_arena *arena, const ve_plugin *plugin, const char *origin,
                        ve_errors *errors);
/* Magic, ABI (told with both numbers), names, field table, ops. */
ve_code ve_plugin_check(const ve_plugin *plugin, const char *origin, ve_errors *errors);

/* A model writes it as ve.<name>; commands and formats have names of their own, which may be the same. */
bool ve_kind_is_word(ve_kind kind);
const ve_plugin *ve_registry_find(const ve_registry *registry,
                                  const char *name); /* a word: any kind but study, report */
const ve_plugin *ve_registry_get(const ve_registry *registry, ve_kind kind, const char *name);
const char *ve_kind_name(ve_kind kind);

#endif

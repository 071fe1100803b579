/* Plugins written in Lua: each file runs in a closed room of its own and becomes a ve_plugin like any other.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_HOST_SHELF_H
#define VE_HOST_SHELF_H

#include "host/host.h"

/* The plugin files of a run, with their rooms. */
typedef struct ve_shelf ve_shelf;

/* NULL: out of memory. Every file gets these limits for itself: steps for each call, time and memory for
 * being loaded and all later calls together. watchdog: as in ve_request. */
ve_shelf *ve_shelf_new(ve_arena *arena, const ve_limits *limits, bool watchdog);
void ve_shelf_close(ve_shelf *shelf); /* its plugins must not be called any more; NULL is fine */

/* A file that the user named: any path. The same file again gives the same plugin. */
ve_code ve_shelf_load(ve_shelf *shelf, const char *path, const ve_plugin **plugin, ve_errors *errors);
/* The same, of a file that has this sum (base/pin.h), NULL: any. */
ve_code ve_shelf_load_pinned(ve_shelf *shelf, const char *path, const char *pin, const ve_plugin **plugin,
                             ve_errors *errors);
/* A file that is open; `file` is its name in messages. */
ve_code ve_shelf_load_open(ve_shelf *shelf, const char *file, int descriptor, size_t bytes,
                           const ve_plugin **plugin, ve_errors *errors);
bool ve_shelf_takes(const char *path); /* whether a file is a plugin in Lua: its name ends in .lua */

ve_source *ve_shelf_sources(const ve_shelf *shelf); /* for excerpts in messages; NULL: nothing was read */
/* Some functions cannot tell that they failed when they are asked; told here, at the end. NULL is fine. */
ve_code ve_shelf_failure(ve_shelf *shelf, ve_errors *errors);

/* What ve.plugin takes, for the reference and for editors. */
extern const ve_record ve_plugin_file_record;

#endif

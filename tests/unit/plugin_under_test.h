/* The plugin that a plugins/<kind>_<name>/<kind>_<name>_test.c tests: built twice, against the built-in
 * plugin and against its loadable file, so that both ways in are the same.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_TESTS_PLUGIN_UNDER_TEST_H
#define VE_TESTS_PLUGIN_UNDER_TEST_H

#include "plug/registry.h"

#ifdef VE_TEST_MODULE
#include <stdio.h>
#include <stdlib.h>

/* Loaded from VE_TEST_MODULE, by the same check as a stranger's. */
static inline const ve_plugin *plugin_under_test(void) {
    static const ve_plugin *loaded;
    static const ve_plugin *const none[] = { NULL };
    static ve_errors errors;
    if (loaded) return loaded;
    static ve_arena *arena; /* as long-lived as the program */
    arena = ve_arena_new(0);
    ve_registry *registry = NULL;
    if (ve_registry_new(arena, none, &registry, &errors) ||
        ve_registry_load(registry, arena, VE_TEST_MODULE, &errors)) {
        fprintf(stderr, "%s: %s\n", VE_TEST_MODULE, errors.list[0].message);
        exit(1);
    }
    return loaded = registry->list[0].plugin;
}
#else
extern const ve_plugin VE_TEST_PLUGIN;
static inline const ve_plugin *plugin_under_test(void) {
    return &VE_TEST_PLUGIN;
}
#endif

#endif

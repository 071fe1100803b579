/* The list of plugins, by kind and name.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/registry.h"

#include <string.h>

#include "base/errors.h"

const char *ve_kind_name(ve_kind kind) {
    static const char *const word[] = {
#define KIND_WORD(name, word_, doc) word_,
        VE_KINDS(KIND_WORD)
#undef KIND_WORD
    };
    return (int)kind >= 0 && kind < VE_KIND_COUNT ? word[kind] : "unknown";
}

bool ve_kind_is_word(ve_kind kind) {
    return kind != VE_KIND_STUDY && kind != VE_KIND_REPORT;
}

const ve_plugin *ve_registry_find(const ve_registry *registry, const char *name) {
    for (size_t i = 0; i < registry->count; i++) {
        const ve_plugin *plugin = registry->list[i].plugin;
        if (ve_kind_is_word(plugin->kind) && strcmp(plugin->name, name) == 0) return plugin;
    }
    return NULL;
}

const ve_plugin *ve_registry_get(const ve_registry *registry, ve_kind kind, const char *name) {
    for (size_t i = 0; i < registry->count; i++) {
        const ve_plugin *plugin = registry->list[i].plugin;
        if (plugin->kind == kind && strcmp(plugin->name, name) == 0) return plugin;
    }
    return NULL;
}

static const ve_registered *twin(const ve_registry *registry, const ve_plugin *plugin) {
    for (size_t i = 0; i < registry->count; i++) {
        const ve_plugin *other = registry->list[i].plugin;
        bool rivals =
            ve_kind_is_word(plugin->kind) ? ve_kind_is_word(other->kind) : plugin->kind == other->kind;
        if (rivals && strcmp(other->name, plugin->name) == 0) return &registry->list[i];
    }
    return NULL;
}

/* ve.model, ve.include, ve.use and ve.plugin are the language's own; a keyword cannot follow the point. */
static bool name_is_taken(const ve_plugin *plugin) {
    static const char *const taken[] = { "model",  "include", "use",   "plugin", "and",  "break",    "do",
                                         "else",   "elseif",  "end",   "false",  "for",  "function", "goto",
                                         "if",     "in",      "local", "nil",    "not",  "or",       "repeat",
                                         "return", "then",    "true",  "until",  "while" };
    for (size_t i = 0; i < VE_COUNT(taken); i++)
        if (strcmp(plugin->name, taken[i]) == 0) return ve_kind_is_word(plugin->kind);
    return false;
}

static ve_code check_name(const ve_registry *registry, const ve_plugin *plugin, const char *origin,
                          ve_errors *errors) {
    ve_place at = { .file = origin };
    if (name_is_taken(plugin)) {
        ve_fail(errors, VE_E_PLUGIN_TWICE, at, NULL,
                "a plugin may not be called '%s': a model could not write ve.%s", plugin->name, plugin->name);
        ve_hint(errors, "give it another name");
        return VE_E_PLUGIN_TWICE;
    }
    const ve_registered *other = twin(registry, plugin);
    if (!other) return VE_OK;
    ve_fail(errors, VE_E_PLUGIN_TWICE, at, NULL, "there is already a %s plugin called '%s' (%s)",
            ve_kind_name(other->plugin->kind), plugin->name, other->origin);
    ve_hint(errors, "load only one of them, or give this one another name");
    return VE_E_PLUGIN_TWICE;
}

static bool grow(ve_registry *registry, ve_arena *arena) {
    if (registry->count < registry->room) return true;
    size_t room = registry->room ? registry->room * 2 : 64;
    ve_registered *list = ve_alloc_array(arena, room, sizeof *list);
    if (!list) return false;
    if (registry->count) memcpy(list, registry->list, registry->count * sizeof *list);
    registry->list = list;
    registry->room = room;
    return true;
}

ve_code ve_registry_add(ve_registry *registry, ve_arena *arena, const ve_plugin *plugin, const char *origin,
                        ve_errors *errors) {
    ve_code code = ve_plugin_check(plugin, origin, errors);
    if (code == VE_OK) code = check_name(registry, plugin, origin, errors);
    if (code) return code;
    if (!grow(registry, arena)) return ve_fail_memory(errors);
    registry->list[registry->count++] = (ve_registered){ plugin, origin };
    return VE_OK;
}

ve_code ve_registry_new(ve_arena *arena, const ve_plugin *const *builtin, ve_registry **out,
                        ve_errors *errors) {
    ve_registry *registry = ve_alloc(arena, sizeof *registry);
    if (!registry) return ve_fail_memory(errors);
    for (size_t i = 0; builtin[i]; i++) {
        ve_code code = ve_registry_add(registry, arena, builtin[i], "built in", errors);
        if (code) return code;
    }
    *out = registry;
    return VE_OK;
}

/* Setting one value of a model by its path.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/path.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "model/path_internal.h"
#include "ve/print.h"

/* ---- the tree, to be changed ----------------------------------------------------------------- */

ve_value *ve_field_of(ve_value *table, const char *name) {
    for (size_t i = 0; table->kind == VE_TABLE && i < table->table.named; i++)
        if (strcmp(table->table.fields[i].name, name) == 0) return &table->table.fields[i].value;
    return NULL;
}

ve_code ve_field_add(ve_arena *arena, ve_value *table, const char *name, const ve_value *value,
                     ve_value **added, ve_errors *errors) {
    size_t named = table->table.named;
    ve_entry *fields = ve_alloc_array(arena, named + 1, sizeof *fields);
    if (!fields) return ve_fail_memory(errors);
    if (named) memcpy(fields, table->table.fields, named * sizeof *fields);
    fields[named] = (ve_entry){ name, *value };
    table->table.fields = fields;
    table->table.named = named + 1;
    if (added) *added = &fields[named].value;
    return VE_OK;
}

/* ---- the path -------------------------------------------------------------------------------- */

static ve_code malformed(const ve_walk *walk) {
    ve_fail(walk->binder.errors, VE_E_PATH, walk->to->at, NULL, "'%s' is not a path", walk->path);
    ve_hint(walk->binder.errors, "write a path as options.A.cost");
    return VE_E_PATH;
}

/* The next name: up to a point, or a position in brackets as messages write it. */
static ve_code next_name(ve_walk *walk, const char **name) {
    const char *p = walk->rest;
    walk->done = (size_t)(p - walk->path);
    bool bracket = *p == '[';
    if (bracket || (*p == '.' && p > walk->path)) p++;
    size_t length = strcspn(p, bracket ? "]" : ".[");
    const char *end = p + length;
    if (length == 0 || (bracket && *end != ']')) return malformed(walk);
    walk->rest = bracket ? end + 1 : end;
    *name = ve_copy_text(walk->binder.arena, p, length);
    return *name ? VE_OK : ve_fail_memory(walk->binder.errors);
}

ve_code ve_walk_lost(const ve_walk *walk, const char *name, const char *const *possible, size_t count) {
    ve_fail(walk->binder.errors, VE_E_PATH, walk->to->at, walk->path, "'%s' names nothing in %.*s", name,
            walk->done ? (int)walk->done : (int)sizeof "the model" - 1,
            walk->done ? walk->path : "the model");
    ve_hint_names(walk->binder.errors, name, possible, count);
    return VE_E_PATH;
}

ve_code ve_walk_inside(const ve_walk *walk, const ve_spot *spot, const char *name) {
    int done = (int)walk->done;
    if (spot->value)
        ve_fail(walk->binder.errors, VE_E_PATH, walk->to->at, walk->path,
                "%.*s is %s: there is no '%s' in it", done, walk->path, ve_value_kind_name(spot->value),
                name);
    else
        ve_fail(walk->binder.errors, VE_E_PATH, walk->to->at, walk->path,
                "%.*s is not written in the model: there is no '%s' in it", done, walk->path, name);
    ve_hint(walk->binder.errors, spot->value ? "set %.*s itself" : "write %.*s in the model first", done,
            walk->path);
    return VE_E_PATH;
}

static ve_code put(ve_walk *walk, const ve_spot *spot) {
    if (spot->list && spot->name && strcmp(spot->name, "weight") == 0) return ve_set_weight(walk, spot);
    if (!spot->value)
        return ve_field_add(walk->binder.arena, spot->table, spot->name, walk->to, NULL, walk->binder.errors);
    *spot->value = *walk->to;
    return VE_OK;
}

static ve_code walk_and_put(ve_walk *walk) {
    ve_code code = ve_ids_collect(walk->scratch, walk->root, walk->binder.of, walk->binder.errors);
    ve_spot spot = { .value = walk->root, .record = &ve_model_record };
    while (!code && *walk->rest) {
        const char *name;
        code = next_name(walk, &name);
        if (!code) code = ve_walk_into(walk, &spot, name);
    }
    return code ? code : put(walk, &spot);
}

static bool is_too_large(const ve_value *tree) {
    const ve_model_size size = ve_model_measure(tree);
    return size.attributes > VE_ATTRIBUTES_MOST || size.functions > VE_FUNCTIONS_MOST ||
           size.options > VE_OPTIONS_MOST;
}

ve_code ve_path_set(const ve_binder *binder, ve_value *tree, const char *path, const ve_value *value) {
    ve_walk walk = { .binder = *binder, .root = tree, .path = path, .rest = path, .to = value };
    if (*path == '\0' || tree->kind != VE_TABLE) return malformed(&walk);
    if (is_too_large(tree)) return VE_OK; /* told when the model is built */
    walk.scratch = ve_arena_new(0);
    if (!walk.scratch) return ve_fail_memory(binder->errors);
    ve_code code = walk_and_put(&walk);
    ve_arena_free(walk.scratch);
    return code;
}

/* ---- names in place of positions --------------------------------------------------------------- */

static ve_code name_steps(ve_walk *walk, const char **out) {
    ve_spot spot = { .value = walk->root, .record = &ve_model_record };
    ve_code code = ve_ids_collect(walk->scratch, walk->root, walk->binder.of, NULL);
    for (*out = ""; !code && *walk->rest;) {
        const char *name;
        code = next_name(walk, &name);
        if (code) break;
        name = ve_walk_called(walk, &spot, name);
        *out = ve_format(walk->binder.arena, "%s%s%s", *out, **out ? "." : "", name);
        if (!*out) return VE_E_MEMORY;
        if (spot.value) code = ve_walk_into(walk, &spot, name);
    }
    return code;
}

const char *ve_path_named(const ve_binder *binder, const ve_value *tree, const char *path) {
    static const ve_value nothing;
    ve_value *root = (ve_value *)(uintptr_t)tree; /* a walk changes nothing while it is at what is there */
    ve_walk walk = { .binder = *binder, .root = root, .path = path, .rest = path, .to = &nothing };
    walk.scratch = ve_arena_new(0);
    walk.binder.errors = NULL;
    if (!walk.scratch) return NULL;
    const char *named;
    ve_code code = name_steps(&walk, &named);
    ve_arena_free(walk.scratch);
    if (code == VE_E_MEMORY) return NULL;
    return code ? path : named;
}

/* ---- values on the command line -------------------------------------------------------------- */

bool ve_path_begins(const char *path, const char *with) {
    size_t length = strlen(with);
    return strncmp(path, with, length) == 0 && (path[length] == '\0' || path[length] == '.');
}

ve_code ve_path_value(ve_arena *arena, const char *text, ve_place at, ve_value *out, ve_errors *errors) {
    char room[VE_TEXT_MAX];
    size_t length = strlen(text);
    *out = (ve_value){ .kind = VE_NUMBER, .at = at };
    if (ve_number_read(text, length, &out->number)) {
        if (ve_number_fits(out->number)) return VE_OK;
        ve_fail(errors, VE_E_RANGE, at, NULL, "%s is neither 0 nor between 1e-12 and 1e15 in size", text);
        ve_hint(errors, "take another unit for all numbers of this kind");
        return VE_E_RANGE;
    }
    out->kind = VE_BOOLEAN;
    out->boolean = strcmp(text, "true") == 0;
    if (out->boolean || strcmp(text, "false") == 0) return VE_OK;
    const char *fault = ve_text_fault(text, length, room, sizeof room);
    if (fault) return ve_fail(errors, VE_E_ARGUMENT, at, NULL, "this text may not stand here: %s", fault);
    out->kind = VE_TEXT;
    out->text.length = length;
    out->text.bytes = ve_copy_text(arena, text, length);
    return out->text.bytes ? VE_OK : ve_fail_memory(errors);
}

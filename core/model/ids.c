/* The ids of a model, read before anything else, so that every field can name them; and ids that stand twice.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "model/internal.h"

const char *ve_id_of(const ve_value *record) {
    const ve_value *id = ve_value_field(record, "id");
    return id && id->kind == VE_TEXT ? id->text.bytes : "";
}

bool ve_has_parts(const ve_value *function) {
    const ve_value *parts = ve_value_field(function, "parts");
    return parts && parts->kind == VE_TABLE && parts->table.count > 0;
}

static const ve_value *table_at(const ve_value *tree, const char *name) {
    const ve_value *value = ve_value_field(tree, name);
    return value && value->kind == VE_TABLE ? value : NULL;
}

static void measure_list(const ve_value *list, int depth, ve_model_size *size) {
    size->lists++;
    size->functions += list->table.count;
    for (size_t i = 0; i < list->table.count; i++)
        if (ve_has_parts(&list->table.items[i]) && depth < VE_FUNCTION_DEPTH)
            measure_list(ve_value_field(&list->table.items[i], "parts"), depth + 1, size);
}

ve_model_size ve_model_measure(const ve_value *tree) {
    ve_model_size size = { 0 };
    const ve_value *attributes = table_at(tree, "attributes"), *functions = table_at(tree, "functions");
    const ve_value *options = table_at(tree, "options"), *components = table_at(tree, "components");
    if (functions) measure_list(functions, 1, &size);
    size.attributes = attributes ? attributes->table.named : 0;
    size.options = options ? options->table.count : 0;
    size.components = components ? components->table.count : 0;
    return size;
}

/* Leaves of the tree in the order written; id may be NULL, to count them. */
static size_t collect_leaves(const ve_value *list, const char **id, size_t count, int depth) {
    for (size_t i = 0; list && i < list->table.count; i++) {
        const ve_value *function = &list->table.items[i];
        if (ve_has_parts(function) && depth < VE_FUNCTION_DEPTH) {
            count = collect_leaves(ve_value_field(function, "parts"), id, count, depth + 1);
            continue;
        }
        if (id) id[count] = ve_id_of(function);
        count++;
    }
    return count;
}

static ve_code collect_functions(ve_arena *arena, const ve_value *tree, ve_names *out, ve_errors *errors) {
    const ve_value *list = table_at(tree, "functions");
    size_t count = collect_leaves(list, NULL, 0, 1);
    const char **id = ve_alloc_array(arena, count, sizeof *id);
    if (!id) return ve_fail_memory(errors);
    collect_leaves(list, id, 0, 1);
    return ve_names_make(arena, id, count, out, errors);
}

static ve_code collect_options(ve_arena *arena, const ve_value *tree, ve_names *out, ve_errors *errors) {
    const ve_value *list = table_at(tree, "options");
    size_t count = list ? list->table.count : 0;
    const char **id = ve_alloc_array(arena, count, sizeof *id);
    if (!id) return ve_fail_memory(errors);
    for (size_t i = 0; i < count; i++)
        id[i] = ve_id_of(&list->table.items[i]);
    return ve_names_make(arena, id, count, out, errors);
}

static ve_code collect_attributes(ve_arena *arena, const ve_value *tree, ve_names *out, ve_errors *errors) {
    const ve_value *table = table_at(tree, "attributes");
    size_t count = table ? table->table.named : 0;
    const char **id = ve_alloc_array(arena, count, sizeof *id);
    if (!id) return ve_fail_memory(errors);
    for (size_t i = 0; i < count; i++)
        id[i] = table->table.fields[i].name;
    return ve_names_make(arena, id, count, out, errors);
}

ve_code ve_ids_collect(ve_arena *arena, const ve_value *tree, ve_names *of, ve_errors *errors) {
    ve_code code = collect_attributes(arena, tree, &of[VE_OF_ATTRIBUTES], errors);
    if (!code) code = collect_functions(arena, tree, &of[VE_OF_FUNCTIONS], errors);
    if (!code) code = collect_options(arena, tree, &of[VE_OF_OPTIONS], errors);
    return code;
}

static void tell_twice(ve_builder *builder, const char *id, const ve_value *first, const ve_value *second,
                       const char *path) {
    const ve_value *at = ve_value_field(second, "id"), *other = ve_value_field(first, "id");
    char *id_path = ve_format(builder->binder->arena, "%s.id", path);
    if (!id_path) {
        ve_build_note(builder, ve_fail_memory(builder->binder->errors));
        return;
    }
    const char *hint = "give one of them another id";
    if (other->at.line)
        ve_build_fail(builder, VE_E_ID_TWICE, at, id_path, hint,
                      "the id '%s' stands twice: it is already used on line %d", id, other->at.line);
    else
        ve_build_fail(builder, VE_E_ID_TWICE, at, id_path, hint, "the id '%s' stands twice", id);
}

void ve_build_unique(ve_builder *builder, const ve_names *names, const ve_value *const *source,
                     const char *const *path) {
    for (size_t i = 0; i + 1 < names->count; i++) {
        int a = names->sorted[i], b = names->sorted[i + 1];
        if (names->id[a][0] == '\0' || strcmp(names->id[a], names->id[b]) != 0) continue;
        int first = a < b ? a : b, second = a < b ? b : a;
        tell_twice(builder, names->id[a], source[first], source[second], path[second]);
    }
}

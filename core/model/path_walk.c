/* The steps of a walk: into records, words, rows, and values by id or position.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "model/path_internal.h"

enum { WHOLE = VE_F_LIST | VE_F_REST };

/* ---- entries of lists ------------------------------------------------------------------------ */

bool ve_walk_position(const char *name, size_t *position) {
    size_t length = strlen(name);
    if (length == 0 || length > 9 || strspn(name, "0123456789") != length) return false;
    unsigned long n = strtoul(name, NULL, 10);
    *position = n - 1;
    return n > 0;
}

const char *ve_entry_name(const ve_value *entry) {
    const ve_value *id = ve_value_field(entry, "id");
    if (!id && entry->kind == VE_TABLE && entry->table.count) id = &entry->table.items[0];
    if (!id) id = ve_value_field(entry, "name");
    return id && id->kind == VE_TEXT ? id->text.bytes : NULL;
}

static ve_code no_entry(const ve_walk *walk, const ve_value *list, const char *name) {
    const char **possible = ve_alloc_array(walk->scratch, list->table.count, sizeof *possible);
    if (!possible) return ve_fail_memory(walk->binder.errors);
    size_t count = 0;
    for (size_t i = 0; i < list->table.count; i++) {
        const char *entry = ve_entry_name(&list->table.items[i]);
        char *position = entry ? NULL : ve_format(walk->scratch, "%zu", i + 1);
        if (!entry && !position) return ve_fail_memory(walk->binder.errors);
        possible[count++] = entry ? entry : position;
    }
    return ve_walk_lost(walk, name, possible, count);
}

ve_value *ve_walk_entry(const ve_walk *walk, ve_value *list, const char *name, ve_code *code) {
    size_t position;
    if (ve_walk_position(name, &position) && position < list->table.count)
        return &list->table.items[position];
    for (size_t i = 0; i < list->table.count; i++) {
        const char *entry = ve_entry_name(&list->table.items[i]);
        if (entry && strcmp(entry, name) == 0) return &list->table.items[i];
    }
    *code = no_entry(walk, list, name);
    return NULL;
}

static ve_code into_rows(ve_walk *walk, ve_spot *spot, ve_value *list, const ve_record *record,
                         const char *name) {
    if (!list || list->kind != VE_TABLE) return ve_walk_inside(walk, spot, name);
    ve_code code = VE_OK;
    ve_value *entry = ve_walk_entry(walk, list, name, &code);
    *spot = (ve_spot){ .value = entry, .record = record };
    return code;
}

/* ---- records --------------------------------------------------------------------------------- */

static const ve_field *field_with(const ve_record *record, unsigned flag) {
    for (size_t i = 0; i < record->count; i++)
        if (record->fields[i].flags & flag) return &record->fields[i];
    return NULL;
}

/* The named field of a record, and its place in a row that is filled in order. */
static const ve_field *find_field(const ve_record *record, const char *name, size_t *position) {
    *position = 0;
    for (size_t i = 0; i < record->count; i++) {
        const ve_field *field = &record->fields[i];
        if (field->flags & WHOLE) continue;
        if (field->doc && strcmp(field->name, name) == 0) return field;
        ++*position;
    }
    return NULL;
}

static void to_field(ve_spot *spot, const ve_record *record, const ve_field *field, size_t position) {
    ve_value *table = spot->value, *value = ve_field_of(table, field->name);
    bool in_order = !field_with(record, VE_F_LIST) && position < table->table.count;
    if (!value && in_order) value = &table->table.items[position];
    ve_value *list = record == &ve_function_record ? spot->list : NULL;
    *spot = (ve_spot){ .value = value, .table = table, .name = field->name, .field = field, .list = list };
}

static ve_code not_in_record(const ve_walk *walk, const ve_spot *spot, const ve_record *record,
                             const char *name) {
    const ve_field *rest = field_with(record, VE_F_REST), *list = field_with(record, VE_F_LIST);
    const ve_names *ids = rest ? &walk->binder.of[rest->of] : NULL;
    const ve_table_value *table = &spot->value->table;
    size_t count = 0, room = record->count + (ids ? ids->count : 0) + table->count + table->named;
    const char **possible = ve_alloc_array(walk->scratch, room, sizeof *possible);
    if (!possible) return ve_fail_memory(walk->binder.errors);
    for (size_t i = 0; i < record->count; i++)
        if (record->fields[i].doc && !(record->fields[i].flags & WHOLE))
            possible[count++] = record->fields[i].name;
    for (size_t i = 0; rest && rest->of == VE_OF_NOTHING && i < table->named; i++)
        possible[count++] = table->fields[i].name;
    for (size_t i = 0; ids && i < ids->count; i++)
        possible[count++] = ids->id[i];
    for (size_t i = 0; list && i < table->count; i++) {
        const char *entry = ve_entry_name(&table->items[i]);
        if (entry) possible[count++] = entry;
    }
    return ve_walk_lost(walk, name, possible, count);
}

static bool has_entry(const ve_value *table, const char *name) {
    size_t position;
    if (ve_walk_position(name, &position)) return position < table->table.count;
    for (size_t i = 0; i < table->table.count; i++) {
        const char *entry = ve_entry_name(&table->table.items[i]);
        if (entry && strcmp(entry, name) == 0) return true;
    }
    return false;
}

/* Names that are free must be written; ids need not be. */
static bool rest_has(const ve_walk *walk, const ve_field *rest, ve_value *table, const char *name) {
    if (rest->of == VE_OF_NOTHING) return ve_field_of(table, name) != NULL;
    return ve_names_find(&walk->binder.of[rest->of], name) >= 0;
}

static ve_code into_record(ve_walk *walk, ve_spot *spot, const ve_record *record, const char *name) {
    size_t position;
    ve_value *table = spot->value;
    const ve_field *field = find_field(record, name, &position);
    if (field) return to_field(spot, record, field, position), VE_OK;
    const ve_field *rest = field_with(record, VE_F_REST), *list = field_with(record, VE_F_LIST);
    if (rest && rest_has(walk, rest, table, name)) {
        const ve_record *inside = rest->type == VE_T_KEYED ? rest->record : NULL;
        *spot =
            (ve_spot){ .value = ve_field_of(table, name), .table = table, .name = name, .record = inside };
        return VE_OK;
    }
    if (list && has_entry(table, name)) return into_rows(walk, spot, table, list->record, name);
    return not_in_record(walk, spot, record, name);
}

/* ---- values by id ---------------------------------------------------------------------------- */

/* Names that are free: those that are written, no others. */
static ve_code into_free(ve_walk *walk, ve_spot *spot, const char *name) {
    ve_value *table = spot->value, *value = ve_field_of(table, name);
    if (value) {
        *spot = (ve_spot){ .value = value, .table = table, .name = name, .record = spot->field->record };
        return VE_OK;
    }
    const char **written = ve_alloc_array(walk->scratch, table->table.named, sizeof *written);
    if (!written) return ve_fail_memory(walk->binder.errors);
    for (size_t i = 0; i < table->table.named; i++)
        written[i] = table->table.fields[i].name;
    return ve_walk_lost(walk, name, written, table->table.named);
}

static ve_code into_ids(ve_walk *walk, ve_spot *spot, const char *name) {
    const ve_field *field = spot->field;
    const ve_names *names = &walk->binder.of[field->of];
    ve_value *table = spot->value;
    if (table->kind != VE_TABLE) return ve_walk_inside(walk, spot, name);
    if (field->of == VE_OF_NOTHING) return into_free(walk, spot, name);
    int id = ve_names_find(names, name);
    if (id < 0) return ve_walk_lost(walk, name, names->id, names->count);
    ve_value *value = (size_t)id < table->table.count ? &table->table.items[id] : ve_field_of(table, name);
    *spot = (ve_spot){ .value = value,
                       .table = table,
                       .name = name,
                       .record = field->type == VE_T_KEYED ? field->record : NULL };
    return VE_OK;
}

/* With one attribute a bare number is its entry. */
static ve_code into_vector(ve_walk *walk, ve_spot *spot, const char *name) {
    const ve_names *names = &walk->binder.of[VE_OF_ATTRIBUTES];
    bool table = spot->value && spot->value->kind == VE_TABLE && !spot->value->table.word;
    int id = ve_names_find(names, name);
    if (id < 0) return ve_walk_lost(walk, name, names->id, names->count);
    if (!table && names->count == 1) return spot->field = NULL, VE_OK;
    if (!table) return ve_walk_inside(walk, spot, name);
    ve_value *vector = spot->value;
    *spot = (ve_spot){ .value = ve_field_of(vector, name), .table = vector, .name = name };
    return VE_OK;
}

/* Tables of entries that are not written at all begin empty. */
static ve_code begin_table(const ve_walk *walk, ve_spot *spot) {
    const ve_field *field = spot->field;
    if (spot->value || !field) return VE_OK;
    bool table = field->type == VE_T_MAP || field->type == VE_T_TEXTS || field->type == VE_T_KEYED ||
                 field->type == VE_T_RECORD ||
                 (field->type == VE_T_VECTOR && walk->binder.of[VE_OF_ATTRIBUTES].count > 1);
    ve_value empty = { .kind = VE_TABLE, .at = walk->to->at };
    if (!table) return VE_OK;
    return ve_field_add(walk->binder.arena, spot->table, spot->name, &empty, &spot->value,
                        walk->binder.errors);
}

/* An option without a target of its own has the model's: to change it for this option alone, it gets a copy.
 */
static ve_code begin_target(const ve_walk *walk, ve_spot *spot) {
    if (spot->value || !spot->field || spot->field->type != VE_T_WORD || !spot->table) return VE_OK;
    if (strcmp(spot->name, "target") != 0 || spot->table == walk->root) return VE_OK;
    const ve_value *target = ve_value_field(walk->root, "target");
    ve_value copy;
    if (!target) return VE_OK;
    ve_code code = ve_value_copy(walk->binder.arena, target, &copy, walk->binder.errors);
    if (code) return code;
    return ve_field_add(walk->binder.arena, spot->table, spot->name, &copy, &spot->value,
                        walk->binder.errors);
}

/* ---- one step -------------------------------------------------------------------------------- */

/* The record of what stands in the spot: a word brings its own. */
static const ve_record *record_of(const ve_walk *walk, const ve_spot *spot) {
    const ve_value *value = spot->value;
    bool word = value && value->kind == VE_TABLE && value->table.word && spot->record != &ve_model_record;
    if (word) {
        const ve_plugin *plugin = walk->binder.find(&walk->binder, value->table.word);
        return plugin ? plugin->params : NULL;
    }
    if (spot->record) return spot->record;
    bool in_place = spot->field && spot->field->record &&
                    (spot->field->type == VE_T_RECORD || spot->field->record == &ve_function_list_record ||
                     spot->field->record == &ve_component_list_record);
    return in_place ? spot->field->record : NULL;
}

static ve_code into_anything(ve_walk *walk, ve_spot *spot, const char *name) {
    ve_value *table = spot->value;
    if (table->kind != VE_TABLE) return ve_walk_inside(walk, spot, name);
    ve_value *value = ve_field_of(table, name);
    if (!value) return into_rows(walk, spot, table, NULL, name);
    *spot = (ve_spot){ .value = value, .table = table, .name = name };
    return VE_OK;
}

static ve_code into_field(ve_walk *walk, ve_spot *spot, const char *name) {
    const ve_field *field = spot->field;
    if (field && field->type == VE_T_VECTOR) return into_vector(walk, spot, name);
    if (!spot->value) return ve_walk_inside(walk, spot, name);
    if (!field) return into_anything(walk, spot, name);
    switch (field->type) {
    case VE_T_MAP:
    case VE_T_TEXTS:
    case VE_T_KEYED:
        return into_ids(walk, spot, name);
    case VE_T_ROWS:
        return into_rows(walk, spot, spot->value, field->record, name);
    case VE_T_VALUE:
        if (field->record) return into_rows(walk, spot, spot->value, field->record, name);
        return into_anything(walk, spot, name);
    default:
        return into_anything(walk, spot, name);
    }
}

/* The field of a row that is filled in order. */
static const char *field_at(const ve_record *record, size_t position) {
    for (size_t i = 0; i < record->count; i++)
        if (!(record->fields[i].flags & WHOLE) && record->fields[i].doc && position-- == 0)
            return record->fields[i].name;
    return NULL;
}

const char *ve_walk_called(const ve_walk *walk, const ve_spot *spot, const char *name) {
    size_t position;
    if (!ve_walk_position(name, &position) || !spot->value) return name;
    const ve_record *record = record_of(walk, spot);
    const char *called = NULL;
    if (record && !field_with(record, VE_F_LIST)) called = field_at(record, position);
    if (record || !spot->field) return called ? called : name;
    const ve_names *names = &walk->binder.of[spot->field->of];
    ve_type type = spot->field->type;
    bool by_id = type == VE_T_MAP || type == VE_T_TEXTS || type == VE_T_KEYED;
    return by_id && position < names->count ? names->id[position] : name;
}

ve_code ve_walk_into(ve_walk *walk, ve_spot *spot, const char *name) {
    ve_code code = begin_table(walk, spot);
    if (!code) code = begin_target(walk, spot);
    if (code) return code;
    const ve_record *record = record_of(walk, spot);
    if (!record) return into_field(walk, spot, name);
    if (!spot->value || spot->value->kind != VE_TABLE) return ve_walk_inside(walk, spot, name);
    if (record == &ve_function_list_record) return ve_walk_functions(walk, spot, name);
    bool own_weights =
        record == &ve_function_record && strcmp(name, "weights") == 0 && ve_has_parts(spot->value);
    if (record == &ve_component_list_record) code = ve_walk_speak_of(walk, spot->value);
    if (!own_weights) return code ? code : into_record(walk, spot, record, name);
    *spot = (ve_spot){ .value = ve_field_of(spot->value, "parts") };
    return ve_walk_functions(walk, spot, name);
}

/* Lists of records, and records by id.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "schema/internal.h"

/* "a list of rows { { year, cost }, ... }" */
static const char *wanted_rows(const ve_record *record, char *room, size_t bytes) {
    size_t used = (size_t)snprintf(room, bytes, "a list of rows { {");
    for (size_t i = 0; i < record->count && used < bytes; i++) {
        if (!record->fields[i].doc || record->fields[i].flags & (VE_F_LIST | VE_F_REST)) continue;
        used += (size_t)snprintf(room + used, bytes - used, "%s %s", i ? "," : "", record->fields[i].name);
    }
    if (used < bytes) snprintf(room + used, bytes - used, " }, ... }");
    return room;
}

/* A word in place of a row fills its first field, where that takes words. */
static ve_code bind_row(const ve_binder *binder, const ve_record *record, const ve_value *value,
                        const ve_trail *trail, char *out) {
    const ve_field *field = &record->fields[0];
    bool word = ve_value_is_word(value) || value->kind == VE_FUNCTION;
    if (!word || !record->count || field->type != VE_T_WORD)
        return ve_bind_table(binder, record, value, trail, VE_BIND_ROW, out);
    ve_record_defaults(record, out);
    return ve_bind_any(binder, field, value, trail, out + field->offset);
}

ve_code ve_bind_type_rows(const ve_binder *binder, const ve_field *field, const ve_value *value,
                          const ve_trail *trail, void *member) {
    char wanted[VE_SAY_ROOM];
    const ve_record *record = field->record;
    if (!ve_value_is_plain(value) || value->table.named)
        return ve_bind_mismatch(binder, value, trail, wanted_rows(record, wanted, sizeof wanted));
    size_t count = value->table.count;
    char *v = ve_alloc_array(binder->arena, count, record->size);
    if (!v) return ve_fail_memory(binder->errors);
    ve_code first = VE_OK;
    for (size_t i = 0; i < count; i++) {
        ve_trail item = ve_trail_item(trail, i);
        first =
            ve_first(first, bind_row(binder, record, &value->table.items[i], &item, v + i * record->size));
    }
    *(ve_rows *)member = (ve_rows){ .v = v, .count = count, .source = value };
    return first;
}

/* A text or a number in place of the record fills its first field. */
static ve_code bind_entry(const ve_binder *binder, const ve_record *record, const ve_value *value,
                          const ve_trail *trail, char *out) {
    if (ve_value_is_plain(value)) return ve_bind_table(binder, record, value, trail, 0, out);
    const ve_field *field = &record->fields[0];
    return ve_bind_any(binder, field, value, trail, out + field->offset);
}

static ve_code bind_entries(const ve_binder *binder, const ve_field *field, const ve_value *value,
                            const ve_trail *trail, char *v, bool *given) {
    ve_code first = VE_OK;
    for (size_t i = 0; i < value->table.named; i++) {
        const ve_entry *entry = &value->table.fields[i];
        ve_trail named = ve_trail_field(trail, entry->name);
        ve_code code = VE_OK;
        int id = ve_bind_id(binder, field->of, entry->name, &entry->value, &named, &code);
        if (id >= 0) {
            given[id] = true;
            code = bind_entry(binder, field->record, &entry->value, &named,
                              v + (size_t)id * field->record->size);
        }
        first = ve_first(first, code);
    }
    return first;
}

/* One record per name as written. */
static ve_code bind_names(const ve_binder *binder, const ve_field *field, const ve_value *value,
                          const ve_trail *trail, void *member) {
    const ve_record *record = field->record;
    size_t count = value->table.named;
    char *v = ve_alloc_array(binder->arena, count, record->size);
    const char **name = ve_alloc_array(binder->arena, count, sizeof *name);
    if (!v || !name) return ve_fail_memory(binder->errors);
    ve_code first = VE_OK;
    for (size_t i = 0; i < count; i++) {
        const ve_entry *entry = &value->table.fields[i];
        ve_trail named = ve_trail_field(trail, entry->name);
        name[i] = entry->name;
        ve_record_defaults(record, v + i * record->size);
        first =
            ve_first(first, bind_entry(binder, record, &entry->value, &named, v + i * record->size));
    }
    *(ve_rows *)member = (ve_rows){ .v = v, .count = count, .source = value, .name = name };
    return first;
}

static ve_code wrong_keyed(const ve_binder *binder, const ve_field *field, const ve_value *value,
                           const ve_trail *trail) {
    char wanted[96];
    snprintf(wanted, sizeof wanted, "%sa table { ID = ... } with the ids of %ss",
             field->flags & VE_F_TEMPLATE ? "a text, or " : "", ve_of_words(field->of));
    if (field->of == VE_OF_NOTHING) return ve_bind_mismatch(binder, value, trail, "a table { NAME = ... }");
    return ve_bind_mismatch(binder, value, trail, wanted);
}

ve_code ve_bind_type_keyed(const ve_binder *binder, const ve_field *field, const ve_value *value,
                           const ve_trail *trail, void *member) {
    const ve_record *record = field->record;
    bool template = value->kind == VE_TEXT && field->flags & VE_F_TEMPLATE;
    if (!template && (!ve_value_is_plain(value) || value->table.count))
        return wrong_keyed(binder, field, value, trail);
    if (field->of == VE_OF_NOTHING && !template) return bind_names(binder, field, value, trail, member);
    size_t count = binder->of[field->of].count;
    char *v = ve_alloc_array(binder->arena, count, record->size);
    bool *given = ve_alloc_array(binder->arena, count, sizeof *given);
    if (!v || !given) return ve_fail_memory(binder->errors);
    for (size_t i = 0; i < count; i++)
        ve_record_defaults(record, v + i * record->size);
    *(ve_rows *)member = (ve_rows){
        .v = v, .count = count, .given = given, .source = value, .text = template ? value->text.bytes : NULL
    };
    return template ? VE_OK : bind_entries(binder, field, value, trail, v, given);
}

/* Looking into the trees that a model file yields: fields, paths, words for messages, copies.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "schema/internal.h"

bool ve_value_is_word(const ve_value *value) {
    return value && value->kind == VE_TABLE && value->table.word;
}

bool ve_value_is_plain(const ve_value *value) {
    return value && value->kind == VE_TABLE && !value->table.word;
}

static const ve_value *field_of_length(const ve_value *table, const char *name, size_t length) {
    if (!table || table->kind != VE_TABLE) return NULL;
    for (size_t i = 0; i < table->table.named; i++) {
        const ve_entry *entry = &table->table.fields[i];
        if (strncmp(entry->name, name, length) == 0 && entry->name[length] == '\0') return &entry->value;
    }
    return NULL;
}

const ve_value *ve_value_field(const ve_value *table, const char *name) {
    const ve_value *value = field_of_length(table, name, strlen(name));
    return value && value->kind != VE_NIL ? value : NULL;
}

/* ---- paths: names, and "[3]" of lists --------------------------------------------------------- */

/* *path moves behind it; NULL if nothing is there. */
static const ve_value *item_at(const ve_value *value, const char **path) {
    char *end;
    unsigned long long index = strtoull(*path + 1, &end, 10);
    *path = *end == ']' ? end + 1 : end + strlen(end);
    bool there = value->kind == VE_TABLE && index >= 1 && index <= value->table.count;
    return there ? &value->table.items[index - 1] : NULL;
}

static const ve_field *named_field(const ve_record *record, const char *name, size_t length,
                                   size_t *position) {
    *position = 0;
    for (size_t i = 0; record && i < record->count; i++) {
        const ve_field *field = &record->fields[i];
        if (field->flags & (VE_F_LIST | VE_F_REST)) continue;
        if (strncmp(field->name, name, length) == 0 && field->name[length] == '\0') return field;
        ++*position;
    }
    return NULL;
}

static const ve_record *record_of_list(const ve_record *record) {
    for (size_t i = 0; record && i < record->count; i++)
        if (record->fields[i].flags & VE_F_LIST) return record->fields[i].record;
    return NULL;
}

/* A name that is not written may be a field that stands in its place. */
static const ve_value *name_in(const ve_value *value, const ve_record **record, const char **path) {
    const char *p = *path + (**path == '.');
    size_t length = strcspn(p, ".["), position;
    const ve_field *field = named_field(*record, p, length, &position);
    const ve_value *found = field_of_length(value, p, length);
    bool in_place = !found && field && value->kind == VE_TABLE && position < value->table.count;
    *record = field ? field->record : NULL;
    *path = p + length;
    return in_place ? &value->table.items[position] : found;
}

const ve_value *ve_value_in(const ve_record *record, const ve_value *root, const char *path) {
    const ve_value *value = root;
    bool word = true; /* the entries of a word are those of its list */
    while (value && *path) {
        if (*path == '[' && word) record = record_of_list(record);
        const ve_value *next = *path == '[' ? item_at(value, &path) : name_in(value, &record, &path);
        if (!next) break;
        value = next;
        word = false;
    }
    return value;
}

const ve_value *ve_value_at(const ve_value *root, const char *path) {
    return path ? ve_value_in(NULL, root, path) : root;
}

static const char *table_name(const ve_table_value *table) {
    if (table->word) return "a word";
    if (table->count && !table->named) return "a list";
    return table->count || table->named ? "a table" : "an empty table";
}

const char *ve_value_kind_name(const ve_value *value) {
    if (!value) return "nothing";
    switch (value->kind) {
    case VE_BOOLEAN:
        return value->boolean ? "true" : "false";
    case VE_NUMBER:
        return "a number";
    case VE_TEXT:
        return "a text";
    case VE_TABLE:
        return table_name(&value->table);
    case VE_FUNCTION:
        return "a Lua function";
    case VE_NIL:
        break;
    }
    return "nothing";
}

const char *ve_value_say(const ve_value *value, char *room, size_t bytes) {
    char number[VE_NUMBER_ROOM];
    if (ve_value_is_word(value)) {
        snprintf(room, bytes, "ve.%s", value->table.word);
    } else if (value && value->kind == VE_NUMBER) {
        ve_number_write(value->number, number);
        snprintf(room, bytes, "the number %s", number);
    } else if (value && value->kind == VE_TEXT) {
        char text[VE_SAY_ROOM / 2];
        ve_text_clean(value->text.bytes, value->text.length, text, sizeof text);
        snprintf(room, bytes, "the text '%s'", text);
    } else {
        snprintf(room, bytes, "%s", ve_value_kind_name(value));
    }
    return room;
}

/* ---- copies ---------------------------------------------------------------------------------- */

static ve_code copy_at(ve_arena *arena, const ve_value *from, ve_value *to, int depth, ve_errors *errors);

static ve_code copy_table(ve_arena *arena, const ve_table_value *from, ve_table_value *to, int depth,
                          ve_errors *errors) {
    to->items = ve_alloc_array(arena, from->count, sizeof *to->items);
    to->fields = ve_alloc_array(arena, from->named, sizeof *to->fields);
    if (!to->items || !to->fields) return ve_fail_memory(errors);
    for (size_t i = 0; i < from->count; i++) {
        ve_code code = copy_at(arena, &from->items[i], &to->items[i], depth + 1, errors);
        if (code) return code;
    }
    for (size_t i = 0; i < from->named; i++) {
        to->fields[i].name = from->fields[i].name;
        ve_code code = copy_at(arena, &from->fields[i].value, &to->fields[i].value, depth + 1, errors);
        if (code) return code;
    }
    return VE_OK;
}

static ve_code copy_at(ve_arena *arena, const ve_value *from, ve_value *to, int depth, ve_errors *errors) {
    if (depth > VE_BIND_DEPTH)
        return ve_fail(errors, VE_E_SIZE, from->at, NULL, "tables nest deeper than %d levels", VE_BIND_DEPTH);
    *to = *from;
    if (from->kind != VE_TABLE) return VE_OK;
    return copy_table(arena, &from->table, &to->table, depth, errors);
}

ve_code ve_value_copy(ve_arena *arena, const ve_value *from, ve_value *to, ve_errors *errors) {
    return copy_at(arena, from, to, 0, errors);
}

/* ---- the same -------------------------------------------------------------------------------- */

static bool same_table(const ve_table_value *a, const ve_table_value *b) {
    if (a->count != b->count || a->named != b->named || !a->word != !b->word) return false;
    if (a->word && strcmp(a->word, b->word) != 0) return false;
    if (a->items == b->items && a->fields == b->fields) return true;
    for (size_t i = 0; i < a->count; i++)
        if (!ve_value_same(&a->items[i], &b->items[i])) return false;
    for (size_t i = 0; i < a->named; i++)
        if (strcmp(a->fields[i].name, b->fields[i].name) != 0 ||
            !ve_value_same(&a->fields[i].value, &b->fields[i].value))
            return false;
    return true;
}

bool ve_value_same(const ve_value *a, const ve_value *b) {
    if (!a || !b) return a == b;
    if (a == b) return true;
    if (a->kind != b->kind) return false;
    switch (a->kind) {
    case VE_BOOLEAN:
        return a->boolean == b->boolean;
    case VE_NUMBER:
        return a->number == b->number;
    case VE_TEXT:
        return a->text.length == b->text.length && memcmp(a->text.bytes, b->text.bytes, a->text.length) == 0;
    case VE_TABLE:
        return same_table(&a->table, &b->table);
    case VE_FUNCTION:
        return a->function == b->function;
    case VE_NIL:
        break;
    }
    return true;
}

/* Binding a table to a record: defaults, every field by its type, and every name that does not belong.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "schema/internal.h"

/* ---- defaults -------------------------------------------------------------------------------- */

static void default_member(const ve_field *field, void *member) {
    if (field->type == VE_T_NUMBER)
        *(double *)member = NAN;
    else if (field->type == VE_T_AMOUNT)
        *(ve_amount *)member = (ve_amount){ .number = NAN };
    else if (field->type == VE_T_REF)
        *(int *)member = -1;
    else if (field->type == VE_T_RECORD)
        ve_record_defaults(field->record, member);
}

void ve_record_defaults(const ve_record *record, void *out) {
    if (record->size == 0) return;
    if (record->defaults) {
        memcpy(out, record->defaults, record->size);
        return;
    }
    memset(out, 0, record->size);
    for (size_t i = 0; i < record->count; i++)
        default_member(&record->fields[i], (char *)out + record->fields[i].offset);
}

/* ---- one field ------------------------------------------------------------------------------- */

static ve_code bind_type_value(const ve_binder *binder, const ve_field *field, const ve_value *value,
                               const ve_trail *trail, void *member) {
    (void)binder, (void)field, (void)trail;
    *(const ve_value **)member = value;
    return VE_OK;
}

ve_code ve_bind_any(const ve_binder *binder, const ve_field *field, const ve_value *value,
                    const ve_trail *trail, void *member) {
    static ve_bind_type *const by_type[] = {
        [VE_T_NUMBER] = ve_bind_type_number,   [VE_T_INTEGER] = ve_bind_type_integer,
        [VE_T_BOOLEAN] = ve_bind_type_boolean, [VE_T_TEXT] = ve_bind_type_text,
        [VE_T_ID] = ve_bind_type_id,           [VE_T_CHOICE] = ve_bind_type_choice,
        [VE_T_REF] = ve_bind_type_ref,         [VE_T_REFS] = ve_bind_type_refs,
        [VE_T_NUMBERS] = ve_bind_type_numbers, [VE_T_MAP] = ve_bind_type_map,
        [VE_T_VECTOR] = ve_bind_type_vector,   [VE_T_TEXTS] = ve_bind_type_texts,
        [VE_T_RECORD] = ve_bind_type_record,   [VE_T_ROWS] = ve_bind_type_rows,
        [VE_T_KEYED] = ve_bind_type_keyed,     [VE_T_WORD] = ve_bind_type_word,
        [VE_T_AMOUNT] = ve_bind_type_amount,   [VE_T_VALUE] = bind_type_value,
    };
    if (trail->depth > VE_BIND_DEPTH)
        return ve_bind_fail(binder, VE_E_SIZE, value, trail, "this nests deeper than %d levels",
                            VE_BIND_DEPTH);
    if (value->wrong && value->kind != VE_TABLE) return ve_fail_known(binder->errors, VE_E_TYPE);
    return by_type[field->type](binder, field, value, trail, member);
}

ve_code ve_bind_field(const ve_binder *binder, const ve_field *field, const ve_value *value, const char *path,
                      void *member) {
    ve_trail trail = ve_trail_root(path);
    return ve_bind_any(binder, field, value, &trail, member);
}

/* ---- a whole table --------------------------------------------------------------------------- */

typedef struct frame {
    const ve_binder *binder;
    const ve_record *record;
    const ve_value *value;
    const ve_trail *trail;
    unsigned how;
    char *out;
} frame;

enum { WHOLE = VE_F_LIST | VE_F_REST };

static const ve_field *field_named(const ve_record *record, const char *name) {
    for (size_t i = 0; i < record->count; i++)
        if (!(record->fields[i].flags & WHOLE) && strcmp(record->fields[i].name, name) == 0)
            return &record->fields[i];
    return NULL;
}

static const ve_field *field_flagged(const ve_record *record, unsigned flag) {
    for (size_t i = 0; i < record->count; i++)
        if (record->fields[i].flags & flag) return &record->fields[i];
    return NULL;
}

/* A name that neither a field nor the rest takes is a mistake; the rest takes only ids where it speaks of
 * some. */
static bool rest_takes(const frame *f, const char *name) {
    const ve_field *rest = field_flagged(f->record, VE_F_REST);
    if (!rest) return false;
    return rest->of == VE_OF_NOTHING || ve_names_find(&f->binder->of[rest->of], name) >= 0;
}

static bool taken_by_rest(const frame *f, const ve_entry *entry) {
    return !field_named(f->record, entry->name) && entry->value.kind != VE_NIL && rest_takes(f, entry->name);
}

/* The part of the table that a LIST or REST field takes, as a table of its own; NULL in *part where it is
 * empty. */
static ve_code part_of(const frame *f, unsigned flags, const ve_value **part) {
    ve_value *own = ve_alloc(f->binder->arena, sizeof *own);
    if (!own) return ve_fail_memory(f->binder->errors);
    *own = *f->value;
    own->table = (ve_table_value){ 0 };
    if (flags & VE_F_LIST) {
        own->table.items = f->value->table.items;
        own->table.count = f->value->table.count;
    }
    size_t named = flags & VE_F_REST ? f->value->table.named : 0;
    if (named) own->table.fields = ve_alloc_array(f->binder->arena, named, sizeof *own->table.fields);
    if (named && !own->table.fields) return ve_fail_memory(f->binder->errors);
    for (size_t i = 0; i < named; i++)
        if (taken_by_rest(f, &f->value->table.fields[i]))
            own->table.fields[own->table.named++] = f->value->table.fields[i];
    *part = own->table.count || own->table.named ? own : NULL;
    return VE_OK;
}

/* Where the field stands in a row that is filled in order; the position of fields that take the rest is
 * nobody's. */
static size_t position_of(const ve_record *record, const ve_field *field) {
    size_t position = 0;
    for (const ve_field *other = record->fields; other < field; other++)
        position += !(other->flags & WHOLE);
    return position;
}

static const ve_value *item_of(const frame *f, size_t position) {
    if (!(f->how & VE_BIND_ROW) || field_flagged(f->record, VE_F_LIST)) return NULL;
    if (position >= f->value->table.count || f->value->table.items[position].kind == VE_NIL) return NULL;
    return &f->value->table.items[position];
}

static ve_code told_twice(const frame *f, const ve_field *field, const ve_value *named) {
    ve_trail trail = ve_trail_field(f->trail, field->name);
    ve_bind_fail(f->binder, VE_E_CONFLICT, named, &trail,
                 "%s is given twice: by its place in the row and by name", field->name);
    ve_hint(f->binder->errors, "keep one of them");
    return VE_E_CONFLICT;
}

bool ve_bind_misspelt(const ve_record *record, const ve_value *table, const char *field) {
    if (field_flagged(record, VE_F_REST)) return false; /* which may take the name */
    for (size_t i = 0; table->kind == VE_TABLE && i < table->table.named; i++) {
        const ve_entry *entry = &table->table.fields[i];
        if (entry->value.kind == VE_NIL || field_named(record, entry->name)) continue;
        if (ve_text_nearest(entry->name, &field, 1)) return true;
    }
    return false;
}

static ve_code missing(const frame *f, const ve_field *field) {
    ve_trail trail = ve_trail_field(f->trail, field->name);
    if (ve_bind_misspelt(f->record, f->value, field->name)) return VE_E_MISSING_FIELD;
    if (field->flags & VE_F_LIST) {
        ve_bind_fail(f->binder, VE_E_MISSING_FIELD, f->value, f->trail, "%s: the list is empty",
                     f->record->name);
    } else {
        ve_bind_fail(f->binder, VE_E_MISSING_FIELD, f->value, &trail, "%s is missing", field->name);
    }
    if (field->doc) ve_hint(f->binder->errors, "%s: %s", field->name, field->doc);
    return VE_E_MISSING_FIELD;
}

/* Fields that take the rest have no name of their own in the user's file, so the trail leads to the table
 * itself. */
static ve_code bind_whole(const frame *f, const ve_field *field) {
    const ve_value *part = NULL;
    ve_code code = part_of(f, field->flags, &part);
    if (code) return code;
    if (!part) return field->flags & VE_F_REQUIRED ? missing(f, field) : VE_OK;
    return ve_bind_any(f->binder, field, part, f->trail, f->out + field->offset);
}

static ve_code bind_one(const frame *f, const ve_field *field) {
    if (field->flags & WHOLE) return bind_whole(f, field);
    size_t position = position_of(f->record, field);
    const ve_value *named = ve_value_field(f->value, field->name), *item = item_of(f, position);
    if (named && item) return told_twice(f, field, named);
    const ve_value *value = named ? named : item;
    if (!value) return field->flags & VE_F_REQUIRED ? missing(f, field) : VE_OK;
    ve_trail trail = named ? ve_trail_field(f->trail, field->name) : ve_trail_item(f->trail, position);
    trail.called = field->name;
    return ve_bind_any(f->binder, field, value, &trail, f->out + field->offset);
}

/* ---- what does not belong -------------------------------------------------------------------- */

static size_t put_names(const frame *f, const char **name) {
    size_t count = 0;
    for (size_t i = 0; i < f->record->count; i++)
        if (!(f->record->fields[i].flags & WHOLE) && f->record->fields[i].doc)
            name[count++] = f->record->fields[i].name;
    const ve_field *rest = field_flagged(f->record, VE_F_REST);
    const ve_names *ids = rest ? &f->binder->of[rest->of] : NULL;
    for (size_t i = 0; ids && i < ids->count; i++)
        name[count++] = ids->id[i];
    return count;
}

static ve_code unknown_field(const frame *f, const ve_entry *entry) {
    ve_trail trail = ve_trail_field(f->trail, entry->name);
    ve_bind_fail(f->binder, VE_E_UNKNOWN_FIELD, &entry->value, &trail, "unknown field '%s'", entry->name);
    if (ve_bind_full(f->binder)) return VE_E_UNKNOWN_FIELD;
    const ve_field *rest = field_flagged(f->record, VE_F_REST);
    size_t room = f->record->count + (rest ? f->binder->of[rest->of].count : 0);
    const char **name = ve_alloc_array(f->binder->arena, room, sizeof *name);
    if (!name) return ve_fail_memory(f->binder->errors);
    ve_hint_names(f->binder->errors, entry->name, name, put_names(f, name));
    return VE_E_UNKNOWN_FIELD;
}

static ve_code check_names(const frame *f) {
    ve_code first = VE_OK;
    for (size_t i = 0; i < f->value->table.named; i++) {
        const ve_entry *entry = &f->value->table.fields[i];
        if (entry->value.kind == VE_NIL || field_named(f->record, entry->name) || rest_takes(f, entry->name))
            continue;
        first = ve_first(first, unknown_field(f, entry));
    }
    return first;
}

static size_t places_in_row(const frame *f) {
    return f->how & VE_BIND_ROW ? position_of(f->record, f->record->fields + f->record->count) : 0;
}

static ve_code check_items(const frame *f) {
    size_t places = places_in_row(f), count = f->value->table.count;
    if (count <= places || field_flagged(f->record, VE_F_LIST)) return VE_OK;
    const ve_value *item = &f->value->table.items[places];
    ve_trail trail = ve_trail_item(f->trail, places);
    if (places)
        return ve_bind_fail(f->binder, VE_E_LIST, item, &trail, "a row has at most %zu entries, not %zu",
                            places, count);
    ve_bind_fail(f->binder, VE_E_LIST, item, &trail, "%s has named fields, no list entries", f->record->name);
    const ve_field *field = f->record->count ? &f->record->fields[0] : NULL;
    if (field && field->doc && !(field->flags & WHOLE))
        ve_hint(f->binder->errors, "write %s = ...", field->name);
    return VE_E_LIST;
}

static void put_ids(const ve_binder *binder, const ve_record *record, char *out) {
    ve_texts ids[VE_OF_ATTRIBUTES + 1];
    if (!record->ids) return;
    for (int of = VE_OF_NOTHING; of <= VE_OF_ATTRIBUTES; of++)
        ids[of] = (ve_texts){ binder->of[of].id, binder->of[of].count };
    memcpy(out + record->ids, ids, sizeof ids);
}

ve_code ve_bind_table(const ve_binder *binder, const ve_record *record, const ve_value *value,
                      const ve_trail *trail, unsigned how, void *out) {
    frame f = { binder, record, value, trail, how, out };
    ve_record_defaults(record, out);
    put_ids(binder, record, out);
    if (value->kind != VE_TABLE || (value->table.word && !(how & VE_BIND_WORD)))
        return ve_bind_mismatch(binder, value, trail,
                                how & VE_BIND_ROW ? "a row { ... }" : "a table { ... }");
    ve_code first = VE_OK;
    for (size_t i = 0; i < record->count; i++)
        first = ve_first(first, bind_one(&f, &record->fields[i]));
    first = ve_first(first, check_names(&f));
    return ve_first(first, check_items(&f));
}

ve_code ve_bind(const ve_binder *binder, const ve_record *record, const ve_value *value, const char *path,
                void *out) {
    ve_trail trail = ve_trail_root(path);
    bool root = !path || !*path; /* the model itself may carry the word `model` */
    return ve_bind_table(binder, record, value, &trail, root ? VE_BIND_WORD : 0, out);
}

ve_code ve_bind_type_record(const ve_binder *binder, const ve_field *field, const ve_value *value,
                            const ve_trail *trail, void *member) {
    return ve_bind_table(binder, field->record, value, trail, 0, member);
}

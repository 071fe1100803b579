/* Texts, ids, choices, and ids that name something.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "schema/internal.h"

ve_code ve_bind_type_boolean(const ve_binder *binder, const ve_field *field, const ve_value *value,
                             const ve_trail *trail, void *member) {
    (void)field;
    if (value->kind != VE_BOOLEAN) return ve_bind_mismatch(binder, value, trail, "true or false");
    *(bool *)member = value->boolean;
    return VE_OK;
}

ve_code ve_bind_type_text(const ve_binder *binder, const ve_field *field, const ve_value *value,
                          const ve_trail *trail, void *member) {
    (void)field;
    if (value->kind != VE_TEXT) return ve_bind_mismatch(binder, value, trail, "a text");
    *(const char **)member = value->text.bytes;
    return VE_OK;
}

ve_code ve_bind_type_id(const ve_binder *binder, const ve_field *field, const ve_value *value,
                        const ve_trail *trail, void *member) {
    (void)field;
    if (value->kind != VE_TEXT) return ve_bind_mismatch(binder, value, trail, "an id, a text");
    if (!ve_id_valid(value->text.bytes, value->text.length)) {
        ve_bind_fail(binder, VE_E_ID, value, trail, "'%s' is not an id", value->text.bytes);
        ve_hint(binder->errors, "%s", ve_code_get(VE_E_ID)->way_out);
        return VE_E_ID;
    }
    *(const char **)member = value->text.bytes;
    return VE_OK;
}

/* ---- choices --------------------------------------------------------------------------------- */

enum { CHOICES_MOST = 32, CHOICES_ROOM = 256 };

/* Cut "mean|sum|peak" into its words, in room. */
static size_t split_choices(const char *choices, char *room, const char **word) {
    size_t count = 0;
    snprintf(room, CHOICES_ROOM, "%s", choices);
    for (char *p = room; p && count < CHOICES_MOST;) {
        word[count++] = p;
        p = strchr(p, '|');
        if (p) *p++ = '\0';
    }
    return count;
}

static ve_code unknown_choice(const ve_binder *binder, const ve_value *value, const ve_trail *trail,
                              const char *const *word, size_t count) {
    char subject[VE_PATH_ROOM];
    ve_bind_fail(binder, VE_E_CHOICE, value, trail, "%s cannot be '%s'",
                 ve_trail_subject(trail, subject, sizeof subject), value->text.bytes);
    ve_hint_names(binder->errors, value->text.bytes, word, count);
    return VE_E_CHOICE;
}

ve_code ve_bind_type_choice(const ve_binder *binder, const ve_field *field, const ve_value *value,
                            const ve_trail *trail, void *member) {
    char room[CHOICES_ROOM], wanted[CHOICES_ROOM];
    const char *word[CHOICES_MOST];
    size_t count = split_choices(field->choices, room, word);
    if (value->kind != VE_TEXT) {
        size_t used = (size_t)snprintf(wanted, sizeof wanted, "\"%s\"", word[0]);
        for (size_t i = 1; i < count && used < sizeof wanted; i++)
            used += (size_t)snprintf(wanted + used, sizeof wanted - used, " or \"%s\"", word[i]);
        return ve_bind_mismatch(binder, value, trail, wanted);
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(word[i], value->text.bytes)) continue;
        *(int *)member = (int)i;
        return VE_OK;
    }
    return unknown_choice(binder, value, trail, word, count);
}

/* ---- ids that name something ----------------------------------------------------------------- */

ve_code ve_bind_type_ref(const ve_binder *binder, const ve_field *field, const ve_value *value,
                         const ve_trail *trail, void *member) {
    char wanted[64];
    snprintf(wanted, sizeof wanted, "the id of %s %s, a text",
             strchr("aoe", ve_of_words(field->of)[0]) ? "an" : "a", ve_of_words(field->of));
    if (value->kind != VE_TEXT) return ve_bind_mismatch(binder, value, trail, wanted);
    ve_code code = VE_OK;
    int id = ve_bind_id(binder, field->of, value->text.bytes, value, trail, &code);
    if (id >= 0) *(int *)member = id;
    return code;
}

static ve_code add_ref(const ve_binder *binder, const ve_field *field, const ve_value *value,
                       const ve_trail *trail, int *v, bool *there) {
    int id = -1;
    ve_code code = ve_bind_type_ref(binder, field, value, trail, &id);
    if (code) return code;
    if (there[id])
        return ve_bind_fail(binder, VE_E_ID_TWICE, value, trail, "'%s' stands twice in this list",
                            value->text.bytes);
    there[id] = true;
    *v = id;
    return VE_OK;
}

ve_code ve_bind_type_refs(const ve_binder *binder, const ve_field *field, const ve_value *value,
                          const ve_trail *trail, void *member) {
    if (!ve_value_is_plain(value) || value->table.named)
        return ve_bind_mismatch(binder, value, trail, "a list of ids { \"A\", \"B\" }");
    size_t count = value->table.count;
    int *v = ve_alloc_array(binder->arena, count, sizeof *v);
    bool *there = ve_alloc_array(binder->arena, binder->of[field->of].count, sizeof *there);
    if (!v || !there) return ve_fail_memory(binder->errors);
    ve_code first = VE_OK;
    for (size_t i = 0; i < count; i++) {
        ve_trail item = ve_trail_item(trail, i);
        first = ve_first(first, add_ref(binder, field, &value->table.items[i], &item, &v[i], there));
    }
    *(ve_ints *)member = (ve_ints){ v, count };
    return first;
}

ve_code ve_bind_type_texts(const ve_binder *binder, const ve_field *field, const ve_value *value,
                           const ve_trail *trail, void *member) {
    if (!ve_value_is_plain(value) || value->table.count)
        return ve_bind_mismatch(binder, value, trail, "a text per id { A = \"...\" }");
    size_t count = binder->of[field->of].count;
    const char **v = ve_alloc_array(binder->arena, count, sizeof *v);
    if (!v) return ve_fail_memory(binder->errors);
    ve_code first = VE_OK;
    for (size_t i = 0; i < value->table.named; i++) {
        const ve_entry *entry = &value->table.fields[i];
        ve_trail named = ve_trail_field(trail, entry->name);
        ve_code code = VE_OK;
        int id = ve_bind_id(binder, field->of, entry->name, &entry->value, &named, &code);
        if (id >= 0) code = ve_bind_type_text(binder, field, &entry->value, &named, &v[id]);
        first = ve_first(first, code);
    }
    *(ve_texts *)member = (ve_texts){ v, count };
    return first;
}

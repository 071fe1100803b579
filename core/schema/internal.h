/* What the parts of the binder share: trails to a value, told failures, and one function per field type.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_SCHEMA_INTERNAL_H
#define VE_SCHEMA_INTERNAL_H

#include "base/errors.h"
#include "base/text.h"
#include "schema/bind.h"

enum { VE_PATH_ROOM = 256, VE_SAY_ROOM = 160, VE_BIND_DEPTH = 100 };

/* The way to a value, kept on the stack and written out only when something is told about it. */
typedef struct ve_trail {
    const struct ve_trail *up;
    const char *name;   /* a field; NULL for an entry of a list */
    const char *called; /* the field that an entry of a row stands for, NULL */
    size_t index;       /* of the entry, from 0 */
    int depth;
} ve_trail;

ve_trail ve_trail_root(const char *path);
ve_trail ve_trail_field(const ve_trail *up, const char *name);
ve_trail ve_trail_item(const ve_trail *up, size_t index);
void ve_trail_write(const ve_trail *trail, char *room, size_t bytes);
/* The same, but entries of a row go by the field that they stand for: parties[1].share. */
void ve_trail_write_called(const ve_trail *trail, char *room, size_t bytes);
char *ve_trail_copy(const ve_trail *trail, ve_arena *arena); /* NULL: out of memory */
/* What a message calls it: the last field of the path with what follows, "scale[2]"; "the model" at the root.
 */
const char *ve_trail_subject(const ve_trail *trail, char *room, size_t bytes);

/* Tell a failure of the value at the end of the trail. */
ve_code ve_bind_fail(const ve_binder *binder, ve_code code, const ve_value *value, const ve_trail *trail,
                     const char *format, ...) VE_PRINTF(5, 6);
/* "cost must be a number, not the text '4200'", with a hint where one helps. */
ve_code ve_bind_mismatch(const ve_binder *binder, const ve_value *value, const ve_trail *trail,
                         const char *wanted);
/* No more hints are worth working out: the errors have found no room for a while. */
bool ve_bind_full(const ve_binder *binder);
/* The first of two codes that is a failure. */
ve_code ve_first(ve_code a, ve_code b);

bool ve_value_is_plain(const ve_value *value); /* a table without a word */
bool ve_value_is_word(const ve_value *value);

typedef ve_code ve_bind_type(const ve_binder *, const ve_field *, const ve_value *, const ve_trail *,
                             void *member);
ve_bind_type ve_bind_type_number, ve_bind_type_integer, ve_bind_type_numbers, ve_bind_type_map,
    ve_bind_type_vector, ve_bind_type_boolean, ve_bind_type_text, ve_bind_type_id, ve_bind_type_choice,
    ve_bind_type_ref, ve_bind_type_refs, ve_bind_type_texts, ve_bind_type_rows, ve_bind_type_keyed,
    ve_bind_type_record, ve_bind_type_word, ve_bind_type_amount;
ve_code ve_bind_any(const ve_binder *binder, const ve_field *field, const ve_value *value,
                    const ve_trail *trail, void *member);

enum {
    VE_BIND_ROW = 1,
    VE_BIND_WORD = 2
}; /* a list part fills the fields in order; the table may carry a word */
ve_code ve_bind_table(const ve_binder *binder, const ve_record *record, const ve_value *value,
                      const ve_trail *trail, unsigned how, void *out);
ve_code ve_bind_word_at(const ve_binder *binder, ve_kind kind, const ve_value *value, const ve_trail *trail,
                        ve_word *out);

/* The index of the id that a text names; -1 and told if there is none. */
int ve_bind_id(const ve_binder *binder, ve_of of, const char *name, const ve_value *value,
               const ve_trail *trail, ve_code *code);
const char *ve_of_words(ve_of of); /* "option", "function" */

#endif

/* Bind tables of the model to C structs by their field tables; every mistake in them is told, with its place.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_SCHEMA_BIND_H
#define VE_SCHEMA_BIND_H

#include "base/arena.h"
#include "ve/plugin.h"

/* The ids that REF, REFS, MAP, TEXTS and KEYED fields may name. */
typedef struct ve_names {
    const char *const *id;
    size_t count;
    const int *sorted; /* the indices in the order of their ids, for finding one among many; NULL is fine */
} ve_names;
ve_code ve_names_make(ve_arena *arena, const char *const *id, size_t count, ve_names *out, ve_errors *errors);
int ve_names_find(const ve_names *names, const char *name); /* -1 if there is none */

typedef struct ve_binder ve_binder;
struct ve_binder {
    ve_arena *arena;
    ve_errors *errors;
    ve_names of[VE_OF_ATTRIBUTES + 1]; /* by ve_of; set before binding what needs them */
    /* The plugin of that word, any kind; NULL if there is none. */
    const ve_plugin *(*find)(const ve_binder *, const char *name);
    /* All words of a kind, for "did you mean". */
    size_t (*words)(const ve_binder *, ve_kind kind, const char **name, size_t room);
    /* Mean of a distribution that stands for a number. */
    ve_code (*mean)(const ve_binder *, const ve_word *, double *mean);
    /* The word that stands for a Lua function in a field of kind DISTRIBUTION. */
    ve_code (*function)(const ve_binder *, const ve_value *, const char *path, ve_word *);
    const void *context; /* of the callbacks */
    /* Told of every number that is bound and lies in its range; NULL: nobody listens. `path` is as messages
     * write it, but entries of a row go by their fields, and gone afterwards; `uncertain` is the distribution
     * that stands for the number, NULL. */
    ve_code (*number)(void *listener, const ve_field *, const char *path, double x, const ve_word *uncertain);
    void *listener;
};

/* Fill *out (record->size bytes) from defaults and the table. Goes on after a mistake; the first code is
 * returned. */
ve_code ve_bind(const ve_binder *binder, const ve_record *record, const ve_value *value, const char *path,
                void *out);
/* Bind a value to one word of a kind: ve.name { }, or a Lua function for distributions. */
ve_code ve_bind_word(const ve_binder *binder, ve_kind kind, const ve_value *value, const char *path,
                     ve_word *out);
/* A word with nothing set, for defaults: `equal {}`. */
ve_code ve_bind_default_word(const ve_binder *binder, const ve_plugin *plugin, const char *path,
                             ve_word *out);
ve_code ve_bind_number(const ve_binder *binder, const ve_value *value, const char *path, double *out);
/* Bind a value as one field, into the member itself. */
ve_code ve_bind_field(const ve_binder *binder, const ve_field *field, const ve_value *value, const char *path,
                      void *member);
/* Is some name in the table a slip for that field? Then its absence need not be told as well. */
bool ve_bind_misspelt(const ve_record *record, const ve_value *table, const char *field);
/* Defaults of the record, as where nothing is written. */
void ve_record_defaults(const ve_record *record, void *out);
/* How a kind of plugin is called in messages: "judgement". */
const char *ve_kind_words(ve_kind kind);
/* Hint at all words of that kind. */
void ve_hint_words(const ve_binder *binder, ve_kind kind);
/* Hint at the name that was meant, or at all that are possible: "did you mean 'A'?", "possible here: A, B".
 */
void ve_hint_names(ve_errors *errors, const char *name, const char *const *possible, size_t count);

const ve_value *ve_value_field(const ve_value *table, const char *name); /* NULL if there is none */
/* The value at a path inside a word or table ("pairs[2]", "mean.income"), or the nearest one above it. */
const ve_value *ve_value_at(const ve_value *root, const char *path);
/* The same in a word or table of that record, whose rows may leave out the names of their fields. */
const ve_value *ve_value_in(const ve_record *record, const ve_value *root, const char *path);
const char *ve_value_kind_name(const ve_value *value); /* "a number", "a list", "a word", ... */
/* The same with what it says: "the text '4200'", "the number 3", "ve.normal". Returns room. */
const char *ve_value_say(const ve_value *value, char *room, size_t bytes);
/* As a model would write it, at most about `most` bytes: ve.normal { mean = 3 }. NULL: out of memory. */
char *ve_value_written(ve_arena *arena, const ve_value *value, size_t most);
ve_code ve_value_copy(ve_arena *arena, const ve_value *from, ve_value *to, ve_errors *errors);
/* They say the same, wherever they are written. NULL says nothing. */
bool ve_value_same(const ve_value *a, const ve_value *b);

#endif

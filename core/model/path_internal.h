/* A walk along a path through the tree of a model, with what the field tables say about every step.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_MODEL_PATH_INTERNAL_H
#define VE_MODEL_PATH_INTERNAL_H

#include "model/internal.h"
#include "model/path.h"

/* Where a walk has arrived. A value that is not written yet can be added to `table` as `name`. */
typedef struct ve_spot {
    ve_value *value; /* NULL: not written */
    ve_value *table;
    const char *name;
    const ve_field *field;   /* describes the value; NULL where only its record is known, or nothing */
    const ve_record *record; /* describes the table that the value is; NULL where it is none */
    ve_value *list;          /* the list a function stands in */
} ve_spot;

typedef struct ve_walk {
    ve_binder binder;  /* with the ids of this tree */
    ve_arena *scratch; /* gone at the end of the walk */
    ve_value *root;
    const char *path;   /* the whole */
    const char *rest;   /* what is still to be walked */
    size_t done;        /* length of what was walked */
    const ve_value *to; /* what is to be set: its place is told */
} ve_walk;

/* One step, to what `name` names in the spot. */
ve_code ve_walk_into(ve_walk *walk, ve_spot *spot, const char *name);
/* How the entry at a position of the spot is called, where the field tables know; else its position. */
const char *ve_walk_called(const ve_walk *walk, const ve_spot *spot, const char *name);
/* One step from a list of functions: to a function at any depth, or to the judgement of the list. */
ve_code ve_walk_functions(ve_walk *walk, ve_spot *spot, const char *name);
/* The ids of this list are what its judgement may name. */
ve_code ve_walk_speak_of(ve_walk *walk, const ve_value *list);
ve_code ve_set_weight(ve_walk *walk, const ve_spot *spot);

/* Tell that `name` names nothing here; `possible` is what does. */
ve_code ve_walk_lost(const ve_walk *walk, const char *name, const char *const *possible, size_t count);
/* The same for a value that has nothing in it. */
ve_code ve_walk_inside(const ve_walk *walk, const ve_spot *spot, const char *name);
/* The entry of a list by its position ("2") or the name it goes by: its id, or its first text. NULL and told.
 */
ve_value *ve_walk_entry(const ve_walk *walk, ve_value *list, const char *name, ve_code *code);
const char *ve_entry_name(const ve_value *entry);          /* NULL: it has none */
bool ve_walk_position(const char *name, size_t *position); /* "2" is 1 */

ve_value *ve_field_of(ve_value *table, const char *name); /* NULL if it is not written */
ve_code ve_field_add(ve_arena *arena, ve_value *table, const char *name, const ve_value *value,
                     ve_value **added, ve_errors *errors);

#endif

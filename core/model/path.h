/* Paths name any number of a model: options.A.cost, functions.layout.weight, functions.weights.owner.share,
 * scale.2. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_MODEL_PATH_H
#define VE_MODEL_PATH_H

#include "schema/bind.h"

/* Where a weight set by path is kept on its function; not a field for planners. */
#define VE_FIXED_WEIGHT "fixed_weight"

/* Set one value in `tree` (a copy made for it; nodes are replaced in place). `value` carries the place of the
 * setting, for messages. Lists of records are entered by id or position, functions at any depth by id alone,
 * rows by their first text. A field that is not written but exists is added. functions.ID.weight rescales the
 * siblings: it is kept as `fixed_weight` on the function. */
ve_code ve_path_set(const ve_binder *binder, ve_value *tree, const char *path, const ve_value *value);

/* How people write the path of a value that a message or a listener names by position: options[1].cost ->
 * options.A.cost, functions[1].parts[2].weight -> functions.layout.weight. NULL: out of memory. */
const char *ve_path_written(ve_arena *arena, const ve_value *tree, const char *path);

/* The same path with the names of what stands by its position in a row, or in a list by ids:
 * options.A.scores.1 -> options.A.scores.layout. NULL: out of memory. */
const char *ve_path_named(const ve_binder *binder, const ve_value *tree, const char *path);

/* Is it that path, or one below it? */
bool ve_path_begins(const char *path, const char *with);

/* The value a text on the command line stands for: a number, true, false, or a text. */
ve_code ve_path_value(ve_arena *arena, const char *text, ve_place at, ve_value *out, ve_errors *errors);

typedef struct ve_scenario {
    const char *name;
    const ve_value *set;    /* table path -> value, NULL */
    const ve_value *change; /* the Lua function, NULL */
} ve_scenario;

/* The scenarios of a tree, checked. */
ve_code ve_scenarios(const ve_binder *binder, const ve_value *tree, ve_scenario **scenario, size_t *count);

#endif

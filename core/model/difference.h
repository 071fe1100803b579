/* How two trees of models differ, value by value, and the trees that lie between them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_MODEL_DIFFERENCE_H
#define VE_MODEL_DIFFERENCE_H

#include "schema/bind.h"

typedef struct ve_difference {
    const char *path;          /* as people write it: options.A.cost */
    const ve_value *from, *to; /* NULL: not there */
} ve_difference;

typedef struct ve_differences {
    const ve_difference *list;
    size_t count;
    const struct ve_difference_node *root;
} ve_differences;

/* Where `to` says something else than `from`. Records of a list belong together by their id, or first text;
 * lists without names by position where they are equally long, else the whole table differs. A word in place
 * of another differs as a whole. An option without a target of its own is taken to have its model's. What is
 * between the scenarios of the two is not looked at. `data`: their surveys differ, even where they are
 * written alike. The trees must live as long as the differences. */
ve_code ve_differences_find(const ve_binder *binder, const ve_value *from, const ve_value *to, bool data,
                            ve_differences *out);

/* The tree `from` with those differences that are taken, by their number. It shares values with both. */
ve_code ve_differences_mix(const ve_differences *differences, const bool *taken, ve_arena *arena,
                           ve_value *out, ve_errors *errors);

#endif

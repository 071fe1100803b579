/* What a model file says, as plain data: the tree that the host hands on after the model has run.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Read-only for plugins; it lives as long as the run. */
#ifndef VE_VALUE_H
#define VE_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "ve/error.h"

typedef enum ve_value_kind { VE_NIL, VE_BOOLEAN, VE_NUMBER, VE_TEXT, VE_TABLE, VE_FUNCTION } ve_value_kind;

typedef struct ve_entry ve_entry;
typedef struct ve_value ve_value;

typedef struct ve_table_value {
    ve_value *items; /* the list part: 1 .. count */
    size_t count;
    ve_entry *fields; /* the named part, in the order it is written */
    size_t named;
    const char *word; /* the word in front of it, "normal" for ve.normal { }; NULL for a plain table */
} ve_table_value;

struct ve_value {
    ve_value_kind kind;
    bool wrong;  /* a mistake in it was told when the file was read */
    ve_place at; /* where the field that holds it is written */
    union {
        bool boolean;
        double number; /* finite */
        struct {
            const char *bytes; /* ends in NUL, which it does not contain; valid UTF-8 by the text policy */
            size_t length;
        } text;
        ve_table_value table;
        int function; /* the host's handle */
    };
};

struct ve_entry {
    const char *name;
    ve_value value;
};

#endif

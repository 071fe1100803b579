/* Telling failures without allocating, and looking codes up in the one list of them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_BASE_ERRORS_H
#define VE_BASE_ERRORS_H

#include "ve/error.h"

typedef struct ve_code_info {
    const char *name;    /* "E_UNKNOWN_FIELD" */
    const char *id;      /* "VE304" */
    int status;          /* exit status; 0 for warnings */
    const char *meaning; /* one line */
    const char *way_out;
} ve_code_info;

const ve_code_info *ve_code_get(ve_code code); /* never NULL */
ve_code ve_code_find(const char *id);          /* by "VE304"; VE_OK if there is none */

/* Record a failure and return `code`. path may be NULL. The texts are cleaned: one line, no control
 * characters, no bidi controls, cut at a character boundary. */
ve_code ve_fail(ve_errors *errors, ve_code code, ve_place at, const char *path, const char *format, ...)
    VE_PRINTF(5, 6);
ve_code ve_fail_v(ve_errors *errors, ve_code code, ve_place at, const char *path, const char *format,
                  va_list args);
/* The way out of the failure recorded last. */
void ve_hint(ve_errors *errors, const char *format, ...) VE_PRINTF(2, 3);
/* What would be told follows from a mistake that was told: neither it nor its hint is. Returns `code`. */
ve_code ve_fail_known(ve_errors *errors, ve_code code);
ve_code ve_fail_memory(ve_errors *errors); /* VE_E_MEMORY, once */

/* Failures told since `from` (a count) with code `was` (VE_OK: any) get code `now`:
 * the same slip is another's fault. */
void ve_errors_blame(ve_errors *errors, size_t from, ve_code was, ve_code now);

/* In file order: the model file's errors by line and column, then the rest as told; equal ones once. */
void ve_errors_sort(ve_errors *errors);
/* Exit status of the gravest, which is the first error's; 0 if there is none. */
int ve_errors_status(const ve_errors *errors);

#endif

/* What went wrong, where it is written, and the way out.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Telling about a failure never allocates: a ve_errors has fixed room and keeps what is told first.
 * Functions that can fail return a ve_code (VE_OK is 0) and take `ve_errors *` last. */
#ifndef VE_ERROR_H
#define VE_ERROR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "ve/codes.h"

#if defined(__GNUC__)
#define VE_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define VE_PRINTF(f, a)
#endif

/* A place in a file of the user's; line and column count from 1, 0 where unknown. `file` lives as long as
 * the run. */
typedef struct ve_place {
    const char *file;
    int line;
    int column;
} ve_place;

#define VE_NOWHERE ((ve_place){ NULL, 0, 0 })

enum {
    VE_ERRORS_SHOWN = 20, /* as many as a run prints */
    VE_ERRORS_KEPT = 64,  /* as many as are kept to find the first ones in file order */
    VE_MESSAGE_BYTES = 512
};

typedef struct ve_error {
    ve_code code;
    ve_place at;
    char path[VE_MESSAGE_BYTES / 2]; /* functions[1].parts[2].wieght; empty where there is none */
    char message[VE_MESSAGE_BYTES];  /* one line of UTF-8, without control characters */
    char hint[VE_MESSAGE_BYTES / 2]; /* the way out; empty where there is none */
} ve_error;

typedef struct ve_errors {
    size_t count;                      /* errors kept */
    size_t dropped;                    /* errors that found no room */
    bool known;                        /* what is being told was told before: hints go nowhere */
    ve_error list[VE_ERRORS_KEPT + 1]; /* the last one is scratch, so that a hint always has a place */
} ve_errors;

#endif

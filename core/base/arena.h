/* Memory that belongs to a stage: taken piece by piece, given back all at once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_BASE_ARENA_H
#define VE_BASE_ARENA_H

#include <stddef.h>

typedef struct ve_arena ve_arena;

/* NULL: out of memory. `limit` is the most bytes it may ever hold; 0: no limit but the machine's. */
ve_arena *ve_arena_new(size_t limit);
void ve_arena_free(ve_arena *arena);  /* NULL is fine */
void ve_arena_reset(ve_arena *arena); /* everything in it is gone; its blocks are kept for reuse */

/* Zeroed and aligned for any type; NULL when the limit or the machine's memory is reached. 0 bytes is a valid
 * pointer. */
void *ve_alloc(ve_arena *arena, size_t bytes);
void *ve_alloc_array(ve_arena *arena, size_t count, size_t size);      /* NULL on overflow as well */
char *ve_copy_text(ve_arena *arena, const char *bytes, size_t length); /* adds the NUL */
char *ve_format(ve_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif

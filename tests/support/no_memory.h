/* For tests in which allocations are refused: included once, by the test's one source; the build then puts
 * these in the place of malloc, calloc and realloc. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_TESTS_NO_MEMORY_H
#define VE_TESTS_NO_MEMORY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

static atomic_long left = -1; /* allocations until one is refused; negative: none is */
static bool sticky;           /* all that follow are refused as well */
static atomic_uint failures;

static bool refused(void) {
    if (atomic_load(&left) < 0) return false;
    if (atomic_load(&left) > 0 && atomic_fetch_sub(&left, 1) > 0) return false;
    if (!sticky) atomic_store(&left, -1);
    atomic_fetch_add(&failures, 1);
    return true;
}

void *__real_malloc(size_t bytes);
void *__wrap_malloc(size_t bytes);
void *__wrap_malloc(size_t bytes) {
    return refused() ? NULL : __real_malloc(bytes);
}

void *__real_calloc(size_t count, size_t bytes);
void *__wrap_calloc(size_t count, size_t bytes);
void *__wrap_calloc(size_t count, size_t bytes) {
    return refused() ? NULL : __real_calloc(count, bytes);
}

void *__real_realloc(void *old, size_t bytes);
void *__wrap_realloc(void *old, size_t bytes);
void *__wrap_realloc(void *old, size_t bytes) {
    return refused() ? NULL : __real_realloc(old, bytes);
}

#endif

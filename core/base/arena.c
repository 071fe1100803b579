/* Arenas: blocks of memory in a chain, filled from the front, given back together.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The address sanitizer is told what has been handed out, so that it sees a step beyond it. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define VE_ASAN
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define VE_ASAN
#endif
#ifdef VE_ASAN
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(p, bytes) ((void)(p), (void)(bytes))
#define ASAN_UNPOISON_MEMORY_REGION(p, bytes) ((void)(p), (void)(bytes))
#endif

typedef struct block block;
struct block {
    block *next;
    size_t room, used;
    size_t clean; /* bytes from here on were never handed out: still zero, and no memory behind them yet */
    _Alignas(max_align_t) unsigned char bytes[];
};

struct ve_arena {
    block *first, *current;
    size_t limit, held;
};

enum { BLOCK_FIRST = 16 * 1024, BLOCK_MOST = 1024 * 1024 };

ve_arena *ve_arena_new(size_t limit) {
    ve_arena *arena = calloc(1, sizeof *arena);
    if (arena) arena->limit = limit ? limit : SIZE_MAX / 4;
    return arena;
}

void ve_arena_free(ve_arena *arena) {
    if (!arena) return;
    for (block *b = arena->first, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    free(arena);
}

void ve_arena_reset(ve_arena *arena) {
    for (block *b = arena->first; b; b = b->next) {
        ASAN_POISON_MEMORY_REGION(b->bytes, b->room);
        b->used = 0;
    }
    arena->current = arena->first;
}

/* The next block's room: twice the last one's, within the limit, and never less than what is asked for now.
 */
static size_t room_for(const ve_arena *arena, size_t bytes) {
    size_t left = arena->limit - arena->held;
    if (bytes > left) return 0;
    size_t room = arena->current ? arena->current->room * 2 : BLOCK_FIRST;
    if (room > BLOCK_MOST) room = BLOCK_MOST;
    if (room > left) room = left;
    return room > bytes ? room : bytes;
}

static block *add_block(ve_arena *arena, size_t bytes) {
    size_t room = room_for(arena, bytes);
    block *b = room ? calloc(1, sizeof *b + room) : NULL;
    if (!b) return NULL;
    b->room = room;
    b->next = arena->current ? arena->current->next : NULL;
    if (arena->current)
        arena->current->next = b;
    else
        arena->first = b;
    arena->held += room;
    ASAN_POISON_MEMORY_REGION(b->bytes, room);
    return b;
}

/* Bytes to step over so that what begins there lies at a multiple of `unit`. */
static size_t step(const block *b, size_t unit) {
    return (unit - ((uintptr_t)b->bytes + b->used) % unit) % unit;
}

/* A block with room for `bytes`: the current one, one kept from before a reset, or a new one. */
static block *find_block(ve_arena *arena, size_t bytes, size_t unit) {
    for (block *b = arena->current; b; b = b->next)
        if (b->room - b->used >= bytes + step(b, unit)) return b;
    return add_block(arena, bytes + unit - _Alignof(max_align_t));
}

/* Zeroes: only what was in use before a reset needs them. */
static void *hand_out(block *b, size_t bytes, size_t rounded) {
    unsigned char *p = b->bytes + b->used;
    ASAN_UNPOISON_MEMORY_REGION(p, bytes);
    if (b->used < b->clean) memset(p, 0, b->clean - b->used < bytes ? b->clean - b->used : bytes);
    b->used += rounded;
    if (b->used > b->clean) b->clean = b->used;
    return p;
}

/* Whole columns begin at a line of memory: vectors are read from there twice as fast. */
static size_t unit_of(size_t bytes) {
    enum { LINE = 64, COLUMN = 4096 };
    return bytes >= COLUMN ? LINE : _Alignof(max_align_t);
}

void *ve_alloc(ve_arena *arena, size_t bytes) {
    const size_t least = _Alignof(max_align_t), unit = unit_of(bytes);
    if (bytes > SIZE_MAX - 2 * unit) return NULL;
    size_t rounded = bytes ? (bytes + least - 1) / least * least : least;
    block *b = find_block(arena, rounded, unit);
    if (!b) return NULL;
    arena->current = b;
    b->used += step(b, unit);
    return hand_out(b, bytes, rounded);
}

void *ve_alloc_array(ve_arena *arena, size_t count, size_t size) {
    if (size && count > SIZE_MAX / size) return NULL;
    return ve_alloc(arena, count * size);
}

char *ve_copy_text(ve_arena *arena, const char *bytes, size_t length) {
    char *copy = length < SIZE_MAX ? ve_alloc(arena, length + 1) : NULL;
    if (copy && length) memcpy(copy, bytes, length);
    return copy;
}

char *ve_format(ve_arena *arena, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = length < 0 ? NULL : ve_alloc(arena, (size_t)length + 1);
    if (!text) return NULL;
    va_start(args, format);
    vsnprintf(text, (size_t)length + 1, format, args);
    va_end(args);
    return text;
}

/* Order by a radix sort, a byte at a time from the last attribute's lowest to the first one's highest.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "survey/order.h"

#include <stdlib.h>
#include <string.h>

typedef struct item {
    uint64_t key;
    uint32_t row;
} item;

enum { DIGITS = 256 };

static void load_keys(const ve_shard *shard, size_t d, item *list) {
    for (size_t i = 0; i < shard->count; i++)
        list[i].key = ve_ordered_bits(ve_shard_record(shard, list[i].row)[d]);
}

/* Bits in which not all keys are alike. */
static uint64_t differing(const item *list, size_t count) {
    uint64_t any = 0;
    for (size_t i = 1; i < count; i++)
        any |= list[i].key ^ list[0].key;
    return any;
}

static void sort_by_byte(const item *from, item *to, size_t count, unsigned shift) {
    size_t start[DIGITS] = { 0 }, sum = 0;
    for (size_t i = 0; i < count; i++)
        start[from[i].key >> shift & (DIGITS - 1)]++;
    for (size_t d = 0; d < DIGITS; d++) {
        size_t here = start[d];
        start[d] = sum;
        sum += here;
    }
    for (size_t i = 0; i < count; i++)
        to[start[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
}

/* The sorted list is in the one that is returned. */
static item *sort_by_attribute(const ve_shard *shard, size_t d, item *list, item *other) {
    load_keys(shard, d, list);
    uint64_t any = differing(list, shard->count);
    for (unsigned shift = 0; shift < 64; shift += 8) {
        if ((any >> shift & (DIGITS - 1)) == 0) continue;
        sort_by_byte(list, other, shard->count, shift);
        item *sorted = other;
        other = list;
        list = sorted;
    }
    return list;
}

static void sort_all(const ve_shard *shard, item *list, item *other, uint32_t *order) {
    for (size_t i = 0; i < shard->count; i++)
        list[i].row = (uint32_t)i;
    for (size_t d = shard->keys; d-- > 0;) {
        item *sorted = sort_by_attribute(shard, d, list, other);
        other = sorted == list ? other : list;
        list = sorted;
    }
    for (size_t i = 0; i < shard->count; i++)
        order[i] = list[i].row;
}

ve_code ve_shard_order(const ve_shard *shard, uint32_t **order) {
    size_t count = shard->count + 1; /* never nothing */
    item *list = calloc(count, sizeof *list), *other = calloc(count, sizeof *other);
    *order = calloc(count, sizeof **order);
    bool room = list && other && *order;
    if (room) sort_all(shard, list, other, *order);
    free(list);
    free(other);
    if (room) return VE_OK;
    free(*order);
    *order = NULL;
    return VE_E_MEMORY;
}

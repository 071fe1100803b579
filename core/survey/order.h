/* Rows in ascending order of their attribute values.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_SURVEY_ORDER_H
#define VE_SURVEY_ORDER_H

#include "survey/shard.h"

/* Whole numbers in the order of the doubles: the sign turned round, negative ones counted down. */
static inline uint64_t ve_ordered_bits(uint64_t bits) {
    return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}
static inline uint64_t ve_unordered_bits(uint64_t ordered) {
    return ordered >> 63 ? ordered ^ (uint64_t)1 << 63 : ~ordered;
}

/* *order is the caller's to free: shard->count numbers of records, by attribute 0, then 1, ... */
ve_code ve_shard_order(const ve_shard *shard, uint32_t **order);

#endif

/* One thread's share of the collapse: a hash table from attribute values to sums.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_SURVEY_SHARD_H
#define VE_SURVEY_SHARD_H

#include "survey/exact.h"
#include "ve/plugin.h"

/* How the sums of a record are kept; a shard only ever moves to a wider kind, and no sum loses a bit by it.
 */
typedef enum ve_level {
    VE_LEVEL_16,  /* whole scores, weights of 1: sums of 16 bits */
    VE_LEVEL_32,  /* the same, of 32 bits */
    VE_LEVEL_WIDE /* any number: one customer's own figures, exact sums from the second on */
} ve_level;

/* Sums of all terms of a record: in pairs as long as that is exact, what it is not for in `exact` (NULL until
 * needed). */
typedef struct ve_sums {
    uint32_t additions; /* to the pairs */
    double *high, *low; /* one block */
    ve_exact *exact;
} ve_sums;

/* A record is `stride` words: the attribute values as bits, the number of customers, then by level the scores
 * of all cells, or the number of its sums (from 1; 0: one customer) and the terms: weight, its square, cells,
 * columns. Sums are ve_sums. */
typedef struct ve_shard {
    ve_level level;
    size_t keys, cells, columns, stride; /* columns: those asked for, then the classes of pairs, by option */
    const ve_survey_want *want;
    uint64_t *record;
    size_t count, room;
    uint32_t *slot; /* number of a record, from 1; 0: free */
    unsigned slot_bits;
    uint64_t seed[2];
    uint64_t *key;       /* of the customers being added */
    double *term;        /* of one of them, twice */
    uint64_t lane_bound; /* no score added so far is greater */
    uint64_t most;       /* customers of the fullest record */
    ve_sums *sums;
    size_t sums_count, sums_room;
} ve_shard;

/* What comes first in the terms of a wide record. */
enum { VE_TERM_WEIGHT, VE_TERM_SQUARE, VE_TERM_CELLS };

void ve_shard_init(ve_shard *shard, const ve_survey_want *want);
void ve_shard_free(ve_shard *shard);
ve_code ve_shard_add(ve_shard *shard, const ve_customers *customers);
/* Add all that `from` holds. */
ve_code ve_shard_join(ve_shard *shard, ve_shard *from);

static inline size_t ve_shard_terms(const ve_shard *shard) {
    return VE_TERM_CELLS + shard->cells + shard->columns;
}

static inline const uint64_t *ve_shard_record(const ve_shard *shard, size_t row) {
    return shard->record + row * shard->stride;
}

/* Term `t` of a wide record. */
double ve_shard_term(const ve_shard *shard, const uint64_t *record, size_t t);

#endif

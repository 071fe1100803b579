/* A hash table from attribute values to sums that grow wider as the data asks for it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "survey/shard.h"

#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>

enum { PIECE = 256, FIRST_SLOT_BITS = 12, FIRST_RECORDS = 1024, SLOT_BITS_MOST = 31, LANES = 8 };

/* Eight small scores, or their sums. */
typedef uint16_t lanes __attribute__((vector_size(16)));

/* ---- shape and memory ------------------------------------------------------------------------ */

static size_t payload_words(const ve_shard *shard, ve_level level) {
    if (level == VE_LEVEL_16) return (shard->cells + LANES - 1) / LANES * 2;
    if (level == VE_LEVEL_32) return (shard->cells + 1) / 2;
    return 1 + ve_shard_terms(shard);
}

static size_t stride_of(const ve_shard *shard, ve_level level) {
    return shard->keys + 1 + payload_words(shard, level);
}

/* Data written to collide must not find collisions: the hash is not the same in the next process. */
static void seed_hash(uint64_t seed[2]) {
    const void *random = (const void *)getauxval(AT_RANDOM);
    if (random) memcpy(seed, random, 2 * sizeof *seed);
    seed[0] |= 1;
    seed[1] |= 1;
}

void ve_shard_init(ve_shard *shard, const ve_survey_want *want) {
    *shard = (ve_shard){ .keys = want->attributes,
                         .cells = want->options * want->leaves,
                         .columns = want->columns * want->options,
                         .seed = { 0x9e3779b97f4a7c15u, 0xd1342543de82ef95u } };
    shard->stride = stride_of(shard, VE_LEVEL_16);
    seed_hash(shard->seed);
}

void ve_shard_free(ve_shard *shard) {
    free(shard->record);
    free(shard->slot);
    free(shard->sum);
    free(shard->key);
    shard->key = NULL;
    shard->record = NULL;
    shard->slot = NULL;
    shard->sum = NULL;
    shard->count = shard->room = shard->sums = shard->sums_room = 0;
}

static void *resized(void *old, size_t count, size_t size) {
    return count > SIZE_MAX / size ? NULL : realloc(old, count * size);
}

static ve_code make_room(ve_shard *shard, size_t count) {
    if (count <= shard->room) return VE_OK;
    size_t room = shard->room ? shard->room * 2 : FIRST_RECORDS;
    if (room < count) room = count;
    uint64_t *record = resized(shard->record, room, shard->stride * sizeof *record);
    if (!record) return VE_E_MEMORY;
    shard->record = record;
    shard->room = room;
    return VE_OK;
}

/* ---- finding records ------------------------------------------------------------------------- */

/* `keys` is shard->keys, given so that a constant can stand for it. */
static inline size_t hash_keys(const ve_shard *shard, const uint64_t *key, size_t keys) {
    uint64_t h = shard->seed[1];
    for (size_t d = 0; d < keys; d++) {
        h = (h ^ key[d]) * shard->seed[0];
        h ^= h >> 32;
    }
    return (size_t)((h * shard->seed[1]) >> (64 - shard->slot_bits));
}

static size_t hash_of(const ve_shard *shard, const uint64_t *key) {
    return hash_keys(shard, key, shard->keys);
}

static size_t free_slot(const ve_shard *shard, const uint64_t *key) {
    size_t mask = ((size_t)1 << shard->slot_bits) - 1, at = hash_of(shard, key);
    while (shard->slot[at])
        at = (at + 1) & mask;
    return at;
}

static ve_code grow_slots(ve_shard *shard) {
    unsigned bits = shard->slot ? shard->slot_bits + 1 : FIRST_SLOT_BITS;
    if (bits > SLOT_BITS_MOST) return VE_E_MEMORY;
    uint32_t *slot = calloc((size_t)1 << bits, sizeof *slot);
    if (!slot) return VE_E_MEMORY;
    free(shard->slot);
    shard->slot = slot;
    shard->slot_bits = bits;
    for (size_t row = 0; row < shard->count; row++)
        slot[free_slot(shard, ve_shard_record(shard, row))] = (uint32_t)(row + 1);
    return VE_OK;
}

static ve_code new_record(ve_shard *shard, const uint64_t *key, uint32_t *row) {
    ve_code code = make_room(shard, shard->count + 1);
    if (code) return code;
    uint64_t *record = shard->record + shard->count * shard->stride;
    memset(record, 0, shard->stride * sizeof *record);
    if (shard->keys) memcpy(record, key, shard->keys * sizeof *key);
    shard->slot[free_slot(shard, key)] = (uint32_t)(shard->count + 1);
    *row = (uint32_t)shard->count++;
    return VE_OK;
}

static inline bool same_key(const ve_shard *shard, uint32_t row, const uint64_t *key) {
    const uint64_t *record = ve_shard_record(shard, row);
    for (size_t d = 0; d < shard->keys; d++)
        if (record[d] != key[d]) return false;
    return true;
}

/* The record of a key; a new one, all zero, where there is none. */
static ve_code locate(ve_shard *shard, const uint64_t *key, uint32_t *row) {
    if (shard->count * 2 >= (size_t)1 << shard->slot_bits || !shard->slot) {
        ve_code code = grow_slots(shard);
        if (code) return code;
    }
    size_t mask = ((size_t)1 << shard->slot_bits) - 1;
    for (size_t at = hash_of(shard, key); shard->slot[at]; at = (at + 1) & mask) {
        *row = shard->slot[at] - 1;
        if (same_key(shard, *row, key)) return VE_OK;
    }
    return new_record(shard, key, row);
}

static bool is_finite(uint64_t bits) {
    return (bits & 0x7ff0000000000000u) != 0x7ff0000000000000u;
}

/* The keys of a piece and where their slots are; false: not all are finite. */
static inline bool hash_piece(ve_shard *shard, const double *attribute, size_t rows, size_t keys,
                              size_t *slot) {
    bool finite = true;
    uint64_t *key = shard->key;
    for (size_t r = 0; r < rows; r++, attribute += keys, key += keys) {
        for (size_t d = 0; d < keys; d++) {
            double x = attribute[d] + 0.0; /* -0 is 0 */
            memcpy(&key[d], &x, sizeof x);
            finite &= is_finite(key[d]);
        }
        slot[r] = hash_keys(shard, key, keys);
        __builtin_prefetch(&shard->slot[slot[r]]);
    }
    return finite;
}

/* The records that the slots name first: most often they are the ones. */
static void guess_piece(const ve_shard *shard, size_t rows, const size_t *slot, uint32_t *row) {
    for (size_t r = 0; r < rows; r++) {
        row[r] = shard->slot[slot[r]];
        const uint64_t *record = ve_shard_record(shard, row[r] ? row[r] - 1 : 0);
        __builtin_prefetch(record);
        __builtin_prefetch(record + 8);
    }
}

/* The record of every customer of a piece. Memory is asked for some rows ahead of its use. */
static ve_code locate_piece(ve_shard *shard, const double *attribute, size_t rows, uint32_t *row) {
    size_t slot[PIECE];
    ve_code code = shard->slot ? VE_OK : grow_slots(shard);
    if (!code) code = make_room(shard, shard->count + rows);
    if (code) return code;
    bool finite = shard->keys == 1 ? hash_piece(shard, attribute, rows, 1, slot)
                                   : hash_piece(shard, attribute, rows, shard->keys, slot);
    if (!finite) return VE_E_PLUGIN_RESULT;
    guess_piece(shard, rows, slot, row);
    const uint64_t *key = shard->key;
    for (size_t r = 0; r < rows; r++, key += shard->keys) {
        if (row[r] && same_key(shard, row[r] - 1, key)) {
            row[r]--;
            continue;
        }
        code = locate(shard, key, &row[r]);
        if (code) return code;
    }
    return VE_OK;
}

/* ---- wider sums ------------------------------------------------------------------------------ */

static uint64_t sums_most(const ve_shard *shard) {
    uint64_t most = shard->level == VE_LEVEL_16 ? UINT16_MAX : UINT32_MAX;
    return shard->lane_bound ? most / shard->lane_bound : UINT32_MAX;
}

static double small_sum(const uint64_t *payload, ve_level level, size_t cell) {
    if (level == VE_LEVEL_16) {
        uint16_t sum;
        memcpy(&sum, (const char *)payload + cell * sizeof sum, sizeof sum);
        return sum;
    }
    uint32_t sum;
    memcpy(&sum, (const char *)payload + cell * sizeof sum, sizeof sum);
    return sum;
}

static ve_code new_sums(ve_shard *shard, uint64_t *number) {
    size_t terms = ve_shard_terms(shard);
    if (shard->sums == shard->sums_room) {
        size_t room = shard->sums_room ? shard->sums_room * 2 : 64;
        ve_exact *sum = resized(shard->sum, room, terms * sizeof *sum);
        if (!sum) return VE_E_MEMORY;
        shard->sum = sum;
        shard->sums_room = room;
    }
    memset(shard->sum + shard->sums * terms, 0, terms * sizeof *shard->sum);
    *number = ++shard->sums;
    return VE_OK;
}

static ve_exact *sums_of(const ve_shard *shard, const uint64_t *payload) {
    return shard->sum + (payload[0] - 1) * ve_shard_terms(shard);
}

static double own_term(const uint64_t *payload, size_t t) {
    double x;
    memcpy(&x, payload + 1 + t, sizeof x);
    return x;
}

/* Exact sums for a record, which so far is one customer's. */
static ve_code own_to_sums(ve_shard *shard, uint64_t *payload) {
    if (payload[0]) return VE_OK;
    ve_code code = new_sums(shard, &payload[0]);
    if (code) return code;
    ve_exact *sum = sums_of(shard, payload);
    for (size_t t = 0; t < ve_shard_terms(shard); t++)
        ve_exact_add(&sum[t], own_term(payload, t));
    return VE_OK;
}

/* Whole sums are exact in a double, so they become the one term of their exact sum. */
static void widen_record(const ve_shard *shard, const uint64_t *from, uint64_t *to) {
    size_t head = shard->keys + 1;
    memcpy(to, from, head * sizeof *to);
    double count = (double)from[shard->keys];
    uint64_t *payload = to + head;
    memcpy(payload + 1 + VE_TERM_WEIGHT, &count, sizeof count);
    memcpy(payload + 1 + VE_TERM_SQUARE, &count, sizeof count);
    for (size_t c = 0; c < shard->cells; c++) {
        double sum = small_sum(from + head, shard->level, c);
        memcpy(payload + 1 + VE_TERM_CELLS + c, &sum, sizeof sum);
    }
}

static void to_32(const ve_shard *shard, const uint64_t *from, uint64_t *to) {
    size_t head = shard->keys + 1;
    memcpy(to, from, head * sizeof *to);
    for (size_t c = 0; c < shard->cells; c++) {
        uint32_t sum = (uint32_t)small_sum(from + head, VE_LEVEL_16, c);
        memcpy((char *)(to + head) + c * sizeof sum, &sum, sizeof sum);
    }
}

static ve_code raise_level(ve_shard *shard, ve_level level) {
    if (level <= shard->level) return VE_OK;
    size_t stride = stride_of(shard, level);
    if (shard->room > SIZE_MAX / (stride * sizeof(uint64_t))) return VE_E_MEMORY;
    uint64_t *record = shard->room ? calloc(shard->room, stride * sizeof *record) : NULL;
    if (shard->room && !record) return VE_E_MEMORY;
    for (size_t row = 0; row < shard->count; row++) {
        if (level == VE_LEVEL_32)
            to_32(shard, ve_shard_record(shard, row), record + row * stride);
        else
            widen_record(shard, ve_shard_record(shard, row), record + row * stride);
    }
    free(shard->record);
    shard->record = record;
    shard->stride = stride;
    shard->level = level;
    return VE_OK;
}

/* Wide enough for `more` customers in any record. */
static ve_code make_headroom(ve_shard *shard, uint64_t more) {
    while (shard->level < VE_LEVEL_WIDE && shard->most + more > sums_most(shard)) {
        ve_code code = raise_level(shard, shard->level + 1);
        if (code) return code;
    }
    return VE_OK;
}

/* ---- adding ---------------------------------------------------------------------------------- */

/* A bound for the scores of a piece: no score has a bit that none of them has. */
static uint64_t bound_of(const uint16_t *score, size_t stride, size_t rows) {
    lanes any = { 0 }, some;
    for (size_t i = 0; i < rows * stride; i += LANES) {
        memcpy(&some, score + i, sizeof some);
        any |= some;
    }
    uint64_t most = 0;
    for (size_t i = 0; i < LANES; i++)
        most = any[i] > most ? any[i] : most;
    return most;
}

static inline void add_lanes_16(uint64_t *sum, const uint16_t *score, size_t words) {
    for (size_t i = 0; i < words; i += 2, score += LANES) {
        lanes have, more;
        memcpy(&have, sum + i, sizeof have);
        memcpy(&more, score, sizeof more);
        have += more;
        memcpy(sum + i, &have, sizeof have);
    }
}

static void add_lanes_32(uint64_t *payload, const uint16_t *score, size_t cells) {
    for (size_t c = 0; c < cells; c++) {
        uint32_t sum;
        char *at = (char *)payload + c * sizeof sum;
        memcpy(&sum, at, sizeof sum);
        sum += score[c];
        memcpy(at, &sum, sizeof sum);
    }
}

static void add_small(ve_shard *shard, const uint16_t *score, size_t stride, const uint32_t *row,
                      size_t rows) {
    size_t words = payload_words(shard, VE_LEVEL_16);
    uint64_t most = shard->most;
    for (size_t r = 0; r < rows; r++, score += stride) {
        uint64_t *record = shard->record + row[r] * shard->stride + shard->keys;
        uint64_t count = ++record[0];
        most = count > most ? count : most;
        if (shard->level == VE_LEVEL_16)
            add_lanes_16(record + 1, score, words);
        else
            add_lanes_32(record + 1, score, shard->cells);
    }
    shard->most = most;
}

/* The terms of one customer. */
static ve_code terms_of(const ve_shard *shard, const ve_customers *c, size_t r, double *term) {
    double w = c->weight ? c->weight[r] : 1;
    if (!ve_exact_fits(w * w) || w < 0) return VE_E_PLUGIN_RESULT;
    term[VE_TERM_WEIGHT] = w;
    term[VE_TERM_SQUARE] = w * w;
    for (size_t i = 0; i < shard->cells; i++) {
        double s = c->small_score ? c->small_score[r * c->small_stride + i] : c->score[r * shard->cells + i];
        term[VE_TERM_CELLS + i] = w * s;
        if (!ve_exact_fits(w * s)) return VE_E_PLUGIN_RESULT;
    }
    for (size_t i = 0; i < shard->columns; i++) {
        double x = w * c->column[r * shard->columns + i];
        term[VE_TERM_CELLS + shard->cells + i] = x;
        if (!ve_exact_fits(x)) return VE_E_PLUGIN_RESULT;
    }
    return VE_OK;
}

static ve_code add_terms(ve_shard *shard, uint32_t row, const double *term) {
    uint64_t *record = shard->record + row * shard->stride + shard->keys, *payload = record + 1;
    if (record[0]++ == 0) {
        memcpy(payload + 1, term, ve_shard_terms(shard) * sizeof *term);
        return VE_OK;
    }
    ve_code code = own_to_sums(shard, payload);
    if (code) return code;
    ve_exact *sum = sums_of(shard, payload);
    for (size_t t = 0; t < ve_shard_terms(shard); t++)
        ve_exact_add(&sum[t], term[t]);
    return VE_OK;
}

static ve_code add_wide(ve_shard *shard, const ve_customers *c, size_t from, const uint32_t *row,
                        size_t rows) {
    double *term = malloc(ve_shard_terms(shard) * sizeof *term);
    ve_code code = term ? raise_level(shard, VE_LEVEL_WIDE) : VE_E_MEMORY;
    for (size_t r = 0; r < rows && !code; r++) {
        code = terms_of(shard, c, from + r, term);
        if (!code) code = add_terms(shard, row[r], term);
    }
    free(term);
    return code;
}

static ve_code add_piece(ve_shard *shard, const ve_customers *c, size_t from, size_t rows) {
    uint32_t row[PIECE];
    static const double none[1]; /* stands where there are no attributes: nothing of it is read */
    const double *attribute = shard->keys ? c->attribute + from * shard->keys : none;
    ve_code code = locate_piece(shard, attribute, rows, row);
    if (code) return code;
    bool small = c->small_score && !c->weight && shard->columns == 0;
    if (small) {
        uint64_t bound = bound_of(c->small_score + from * c->small_stride, c->small_stride, rows);
        if (bound > shard->lane_bound) shard->lane_bound = bound;
        code = make_headroom(shard, rows);
    }
    if (code) return code;
    if (!small || shard->level == VE_LEVEL_WIDE) return add_wide(shard, c, from, row, rows);
    add_small(shard, c->small_score + from * c->small_stride, c->small_stride, row, rows);
    return VE_OK;
}

ve_code ve_shard_add(ve_shard *shard, const ve_customers *customers) {
    if (!shard->key) shard->key = calloc(PIECE * (shard->keys + 1), sizeof *shard->key);
    ve_code code = shard->key ? VE_OK : VE_E_MEMORY;
    for (size_t from = 0; from < customers->rows && !code; from += PIECE) {
        size_t left = customers->rows - from;
        code = add_piece(shard, customers, from, left < PIECE ? left : PIECE);
    }
    return code;
}

/* ---- joining --------------------------------------------------------------------------------- */

static ve_code join_wide(ve_shard *shard, uint32_t row, const ve_shard *from, const uint64_t *source) {
    uint64_t *record = shard->record + row * shard->stride + shard->keys, *payload = record + 1;
    const uint64_t *theirs = source + from->keys + 1;
    bool first = record[0] == 0;
    record[0] += source[from->keys];
    if (first && !theirs[0]) {
        memcpy(payload, theirs, (1 + ve_shard_terms(shard)) * sizeof *payload);
        return VE_OK;
    }
    ve_code code = own_to_sums(shard, payload);
    if (code) return code;
    ve_exact *sum = sums_of(shard, payload);
    for (size_t t = 0; t < ve_shard_terms(shard); t++) {
        if (theirs[0])
            ve_exact_join(&sum[t], &sums_of(from, theirs)[t]);
        else
            ve_exact_add(&sum[t], own_term(theirs, t));
    }
    return VE_OK;
}

static void join_small(ve_shard *shard, uint32_t row, const uint64_t *source) {
    uint64_t *record = shard->record + row * shard->stride + shard->keys;
    for (size_t i = 0; i < 1 + payload_words(shard, shard->level); i++)
        record[i] += source[shard->keys + i]; /* lanes do not overflow: there is headroom */
    if (record[0] > shard->most) shard->most = record[0];
}

static ve_code same_level(ve_shard *a, ve_shard *b) {
    if (b->lane_bound > a->lane_bound) a->lane_bound = b->lane_bound;
    ve_code code = raise_level(a, b->level);
    if (!code) code = make_headroom(a, b->most);
    return code ? code : raise_level(b, a->level);
}

ve_code ve_shard_join(ve_shard *shard, ve_shard *from) {
    ve_code code = same_level(shard, from);
    for (size_t r = 0; r < from->count && !code; r++) {
        const uint64_t *source = ve_shard_record(from, r);
        uint32_t row;
        code = locate(shard, source, &row);
        if (code) break;
        if (shard->level == VE_LEVEL_WIDE)
            code = join_wide(shard, row, from, source);
        else
            join_small(shard, row, source);
    }
    return code;
}

double ve_shard_term(const ve_shard *shard, const uint64_t *record, size_t t) {
    const uint64_t *payload = record + shard->keys + 1;
    if (shard->level == VE_LEVEL_WIDE)
        return payload[0] ? ve_exact_value(&sums_of(shard, payload)[t]) : own_term(payload, t);
    if (t < VE_TERM_CELLS) return (double)record[shard->keys];
    return small_sum(payload, shard->level, t - VE_TERM_CELLS);
}

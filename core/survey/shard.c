/* A hash table from attribute values to sums that grow wider as the data asks for it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "survey/shard.h"
#include "survey/classes.h"
#include "survey/pair.h"

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
                         .columns = (want->columns + VE_KANO_COUNT * want->pairs) * want->options,
                         .want = want,
                         .seed = { 0x9e3779b97f4a7c15u, 0xd1342543de82ef95u } };
    shard->stride = stride_of(shard, VE_LEVEL_16);
    seed_hash(shard->seed);
}

void ve_shard_free(ve_shard *shard) {
    for (size_t i = 0; i < shard->sums_count; i++) {
        free(shard->sums[i].high);
        free(shard->sums[i].exact);
    }
    free(shard->sums);
    free(shard->record);
    free(shard->slot);
    free(shard->key);
    free(shard->term);
    shard->sums = NULL;
    shard->record = NULL;
    shard->slot = NULL;
    shard->key = NULL;
    shard->term = NULL;
    shard->count = shard->room = shard->sums_count = shard->sums_room = 0;
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

static inline bool same_key(const ve_shard *shard, uint32_t row, const uint64_t *key) {
    const uint64_t *record = ve_shard_record(shard, row);
    for (size_t d = 0; d < shard->keys; d++)
        if (record[d] != key[d]) return false;
    return true;
}

/* The slot of a key, or the free one that it would have. */
static inline size_t find_slot(const ve_shard *shard, const uint64_t *key) {
    size_t mask = ((size_t)1 << shard->slot_bits) - 1, at = hash_of(shard, key);
    while (shard->slot[at] && !same_key(shard, shard->slot[at] - 1, key))
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
    size_t mask = ((size_t)1 << bits) - 1;
    for (size_t row = 0; row < shard->count; row++) {
        size_t at = hash_of(shard, ve_shard_record(shard, row));
        while (slot[at])
            at = (at + 1) & mask; /* no two keys are the same */
        slot[at] = (uint32_t)(row + 1);
    }
    return VE_OK;
}

static void new_record(ve_shard *shard, size_t slot, const uint64_t *key) {
    uint64_t *record = shard->record + shard->count * shard->stride;
    memset(record, 0, shard->stride * sizeof *record);
    if (shard->keys) memcpy(record, key, shard->keys * sizeof *key);
    shard->slot[slot] = (uint32_t)++shard->count;
}

/* Room for as many new records and their slots. */
static ve_code make_ready(ve_shard *shard, size_t more) {
    ve_code code = make_room(shard, shard->count + more);
    while (!code && (!shard->slot || (shard->count + more) * 2 > (size_t)1 << shard->slot_bits))
        code = grow_slots(shard);
    return code;
}

static bool is_finite(uint64_t bits) {
    return (bits & 0x7ff0000000000000u) != 0x7ff0000000000000u;
}

/* -0 is 0. False: not all are finite. */
static bool take_keys(ve_shard *shard, const double *attribute, size_t rows) {
    bool finite = true;
    for (size_t i = 0; i < rows * shard->keys; i++) {
        double x = attribute[i] + 0.0;
        memcpy(&shard->key[i], &x, sizeof x);
        finite &= is_finite(shard->key[i]);
    }
    return finite;
}

/* Where the slots of a piece's keys are. */
static inline void hash_piece(const ve_shard *shard, size_t rows, size_t keys, size_t *slot) {
    const uint64_t *key = shard->key;
    for (size_t r = 0; r < rows; r++, key += keys) {
        slot[r] = hash_keys(shard, key, keys);
        __builtin_prefetch(&shard->slot[slot[r]]);
    }
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

/* The records of a piece's keys; new ones, all zero, where there are none. Memory is asked for some rows
 * ahead of its use. */
static ve_code locate_piece(ve_shard *shard, size_t rows, uint32_t *row) {
    size_t first[PIECE];
    ve_code code = make_ready(shard, rows);
    if (code) return code;
    if (shard->keys == 1)
        hash_piece(shard, rows, 1, first);
    else
        hash_piece(shard, rows, shard->keys, first);
    guess_piece(shard, rows, first, row);
    const uint64_t *key = shard->key;
    for (size_t r = 0; r < rows; r++, key += shard->keys) {
        if (row[r] && same_key(shard, row[r] - 1, key)) {
            row[r]--;
            continue;
        }
        size_t slot = find_slot(shard, key);
        if (!shard->slot[slot]) new_record(shard, slot, key);
        row[r] = shard->slot[slot] - 1;
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

static double own_term(const uint64_t *payload, size_t t) {
    double x;
    memcpy(&x, payload + 1 + t, sizeof x);
    return x;
}

static ve_sums *sums_of(const ve_shard *shard, const uint64_t *payload) {
    return &shard->sums[payload[0] - 1];
}

static ve_code new_sums(ve_shard *shard, uint64_t *number) {
    if (shard->sums_count == shard->sums_room) {
        size_t room = shard->sums_room ? shard->sums_room * 2 : 64;
        ve_sums *sums = resized(shard->sums, room, sizeof *sums);
        if (!sums) return VE_E_MEMORY;
        shard->sums = sums;
        shard->sums_room = room;
    }
    size_t even = ve_pair_even(ve_shard_terms(shard));
    double *parts = calloc(2 * even, sizeof *parts);
    if (!parts) return VE_E_MEMORY;
    shard->sums[shard->sums_count] = (ve_sums){ .high = parts, .low = parts + even };
    *number = ++shard->sums_count;
    return VE_OK;
}

static ve_code make_exact(const ve_shard *shard, ve_sums *sums) {
    if (!sums->exact) sums->exact = calloc(ve_shard_terms(shard), sizeof *sums->exact);
    return sums->exact ? VE_OK : VE_E_MEMORY;
}

static void add_exact(const ve_shard *shard, ve_sums *sums, const double *term) {
    for (size_t t = 0; t < ve_shard_terms(shard); t++)
        ve_exact_add(&sums->exact[t], term[t]);
}

/* What the pairs hold goes to the exact sums. */
static ve_code empty_pairs(const ve_shard *shard, ve_sums *sums) {
    ve_code code = make_exact(shard, sums);
    if (code) return code;
    add_exact(shard, sums, sums->high);
    add_exact(shard, sums, sums->low);
    memset(sums->high, 0, 2 * ve_pair_even(ve_shard_terms(shard)) * sizeof *sums->high);
    sums->additions = 0;
    return VE_OK;
}

/* `term` has room for an even number. */
static ve_code add_to_sums(const ve_shard *shard, ve_sums *sums, const double *term) {
    size_t terms = ve_shard_terms(shard);
    if (!ve_pair_ordinary(term, terms)) {
        ve_code code = make_exact(shard, sums);
        if (!code) add_exact(shard, sums, term);
        return code;
    }
    ve_code code = sums->additions < VE_PAIR_ADDITIONS ? VE_OK : empty_pairs(shard, sums);
    if (code) return code;
    sums->additions++;
    ve_pair_add(sums->high, sums->low, term, terms);
    return VE_OK;
}

static ve_code make_terms(ve_shard *shard) {
    size_t even = ve_pair_even(ve_shard_terms(shard));
    if (!shard->term) shard->term = calloc(2 * even, sizeof *shard->term);
    return shard->term ? VE_OK : VE_E_MEMORY;
}

/* Sums for a record, which so far is one customer's. */
static ve_code own_to_sums(ve_shard *shard, uint64_t *payload) {
    if (payload[0]) return VE_OK;
    ve_code code = new_sums(shard, &payload[0]);
    if (code) return code;
    memcpy(shard->term, payload + 1, ve_shard_terms(shard) * sizeof *shard->term);
    return add_to_sums(shard, sums_of(shard, payload), shard->term);
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

static bool times(double *out, const double *x, size_t count, double w) {
    bool fits = true;
    for (size_t i = 0; i < count; i++) {
        out[i] = w * x[i];
        fits &= ve_exact_fits(out[i]);
    }
    return fits;
}

/* The terms of one customer. */
static bool terms_of(const ve_shard *shard, const ve_customers *c, size_t r, double *term) {
    double w = c->weight ? c->weight[r] : 1;
    term[VE_TERM_WEIGHT] = w;
    term[VE_TERM_SQUARE] = w * w;
    bool fits = w >= 0 && ve_exact_fits(w * w);
    for (size_t i = 0; c->small_score && i < shard->cells; i++)
        term[VE_TERM_CELLS + i] = w * c->small_score[r * c->small_stride + i];
    if (!c->small_score) fits &= times(term + VE_TERM_CELLS, c->score + r * shard->cells, shard->cells, w);
    if (!shard->columns) return fits;
    const size_t asked = shard->want->columns * shard->want->options;
    double *column = term + VE_TERM_CELLS + shard->cells;
    fits &= times(column, c->column + r * asked, asked, w);
    ve_classes_count(shard->want, c->column + r * asked, w, column + asked);
    return fits;
}

static ve_code add_terms(ve_shard *shard, uint32_t row, const double *term) {
    uint64_t *record = shard->record + row * shard->stride + shard->keys, *payload = record + 1;
    if (record[0]++ == 0) {
        memcpy(payload + 1, term, ve_shard_terms(shard) * sizeof *term);
        return VE_OK;
    }
    ve_code code = own_to_sums(shard, payload);
    return code ? code : add_to_sums(shard, sums_of(shard, payload), term);
}

static ve_code add_wide(ve_shard *shard, const ve_customers *c, size_t from, const uint32_t *row,
                        size_t rows) {
    ve_code code = raise_level(shard, VE_LEVEL_WIDE);
    if (!code) code = make_terms(shard);
    if (code) return code;
    double *term = shard->term + ve_pair_even(ve_shard_terms(shard)); /* the first half is own_to_sums' */
    for (size_t r = 0; r < rows && !code; r++)
        code = terms_of(shard, c, from + r, term) ? add_terms(shard, row[r], term) : VE_E_PLUGIN_RESULT;
    return code;
}

static ve_code add_piece(ve_shard *shard, const ve_customers *c, size_t from, size_t rows) {
    uint32_t row[PIECE];
    if (shard->keys && !take_keys(shard, c->attribute + from * shard->keys, rows)) return VE_E_PLUGIN_RESULT;
    ve_code code = locate_piece(shard, rows, row);
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

static ve_code make_keys(ve_shard *shard) {
    if (!shard->key) shard->key = calloc(PIECE * (shard->keys + 1), sizeof *shard->key);
    return shard->key ? VE_OK : VE_E_MEMORY;
}

ve_code ve_shard_add(ve_shard *shard, const ve_customers *customers) {
    ve_code code = make_keys(shard);
    for (size_t from = 0; from < customers->rows && !code; from += PIECE) {
        size_t left = customers->rows - from;
        code = add_piece(shard, customers, from, left < PIECE ? left : PIECE);
    }
    return code;
}

/* ---- joining --------------------------------------------------------------------------------- */

static ve_code join_sums(ve_shard *shard, ve_sums *sums, const ve_shard *from, const ve_sums *theirs) {
    ve_code code = make_exact(shard, sums);
    if (code) return code;
    add_exact(shard, sums, theirs->high);
    add_exact(shard, sums, theirs->low);
    for (size_t t = 0; theirs->exact && t < ve_shard_terms(from); t++)
        ve_exact_join(&sums->exact[t], &theirs->exact[t]);
    return VE_OK;
}

static ve_code join_wide(ve_shard *shard, uint32_t row, const ve_shard *from, const uint64_t *source) {
    uint64_t *record = shard->record + row * shard->stride + shard->keys, *payload = record + 1;
    const uint64_t *theirs = source + from->keys + 1;
    size_t terms = ve_shard_terms(shard);
    bool first = record[0] == 0;
    record[0] += source[from->keys];
    if (first && !theirs[0]) {
        memcpy(payload, theirs, (1 + terms) * sizeof *payload);
        return VE_OK;
    }
    ve_code code = own_to_sums(shard, payload);
    if (code) return code;
    if (theirs[0]) return join_sums(shard, sums_of(shard, payload), from, sums_of(from, theirs));
    memcpy(shard->term, theirs + 1, terms * sizeof *shard->term);
    return add_to_sums(shard, sums_of(shard, payload), shard->term);
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

static ve_code join_piece(ve_shard *shard, const ve_shard *from, size_t first, size_t rows) {
    uint32_t row[PIECE];
    for (size_t r = 0; r < rows && shard->keys; r++)
        memcpy(shard->key + r * shard->keys, ve_shard_record(from, first + r),
               shard->keys * sizeof *shard->key);
    ve_code code = locate_piece(shard, rows, row);
    for (size_t r = 0; r < rows && !code; r++) {
        const uint64_t *source = ve_shard_record(from, first + r);
        if (shard->level == VE_LEVEL_WIDE)
            code = join_wide(shard, row[r], from, source);
        else
            join_small(shard, row[r], source);
    }
    return code;
}

ve_code ve_shard_join(ve_shard *shard, ve_shard *from) {
    ve_code code = make_keys(shard);
    if (!code) code = same_level(shard, from);
    if (!code && shard->level == VE_LEVEL_WIDE) code = make_terms(shard);
    for (size_t first = 0; first < from->count && !code; first += PIECE) {
        size_t left = from->count - first;
        code = join_piece(shard, from, first, left < PIECE ? left : PIECE);
    }
    return code;
}

static double sums_value(const ve_sums *sums, size_t t) {
    if (!sums->exact) return sums->high[t] + sums->low[t]; /* both are exact: this rounds once */
    ve_exact all = sums->exact[t];
    ve_exact_add(&all, sums->high[t]);
    ve_exact_add(&all, sums->low[t]);
    return ve_exact_value(&all);
}

double ve_shard_term(const ve_shard *shard, const uint64_t *record, size_t t) {
    const uint64_t *payload = record + shard->keys + 1;
    if (shard->level == VE_LEVEL_WIDE)
        return payload[0] ? sums_value(sums_of(shard, payload), t) : own_term(payload, t);
    if (t < VE_TERM_CELLS) return (double)record[shard->keys];
    return small_sum(payload, shard->level, t - VE_TERM_CELLS);
}

/* Customers' names in the wide layout: none twice. Names that ascend need no memory; others are kept as
 * hashes. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>

#include "csv.h"

/* ---- names that ascend ----------------------------------------------------------------------- */

/* By length, then byte by byte: 9 comes before 10. */
static int compare(const csv_key *a, const csv_key *b) {
    if (a->length != b->length) return a->length < b->length ? -1 : 1;
    if (a->high != b->high) return a->high < b->high ? -1 : 1;
    return a->low < b->low ? -1 : a->low > b->low;
}

static uint64_t big_endian(const char *bytes, size_t length) {
    uint64_t word = 0;
    for (size_t i = 0; i < length; i++)
        word = word << 8 | (unsigned char)bytes[i];
    return word;
}

static bool see_ascending(csv_span *span, const char *bytes, size_t length) {
    if (length > 16) return false;
    size_t first = length < 8 ? length : 8;
    csv_key key = { big_endian(bytes, first), big_endian(bytes + first, length - first), length };
    if (span->any && compare(&span->last, &key) >= 0) return false;
    if (!span->any) span->first = key;
    span->last = key;
    span->any = true;
    return true;
}

static bool units_ascend(const csv_reader *reader) {
    const csv_span *before = NULL;
    for (size_t u = 0; u < reader->units; u++) {
        const csv_span *span = &reader->span[u];
        if (!span->any) continue;
        if (before && compare(&before->last, &span->first) >= 0) return false;
        before = span;
    }
    return true;
}

/* ---- names as hashes ------------------------------------------------------------------------- */

void csv_seed(uint64_t seed[2]) {
    const void *random = (const void *)getauxval(AT_RANDOM);
    seed[0] = 0x9e3779b97f4a7c15u;
    seed[1] = 0xd1342543de82ef95u;
    if (random) memcpy(seed, random, 2 * sizeof *seed);
}

static uint64_t mix(uint64_t h, uint64_t word) {
    h = (h ^ word) * 0xff51afd7ed558ccdu;
    return h ^ h >> 32;
}

/* Two hashes of 64 bits: among a million names two different ones agree in both with a chance of 1 in 10^26.
 */
void csv_hash(const char *bytes, size_t length, const uint64_t seed[2], uint64_t hash[2]) {
    uint64_t a = seed[0] ^ length, b = seed[1] + length;
    for (size_t i = 0; i < length; i += 8) {
        uint64_t word = big_endian(bytes + i, length - i < 8 ? length - i : 8);
        a = mix(a, word);
        b = mix(b + 0x9e3779b97f4a7c15u, word ^ (b << 32 | b >> 32));
    }
    hash[0] = mix(a, seed[1]);
    hash[1] = mix(b, seed[0]);
}

static ve_code keep(csv_ids *ids, const char *bytes, size_t length, uint64_t at) {
    if (ids->count == ids->room) {
        size_t room = ids->room ? 2 * ids->room : 1024;
        csv_id *list = room > SIZE_MAX / sizeof *list ? NULL : realloc(ids->list, room * sizeof *list);
        if (!list) return VE_E_MEMORY;
        ids->list = list;
        ids->room = room;
    }
    csv_id *id = &ids->list[ids->count++];
    id->at = at;
    csv_hash(bytes, length, ids->seed, id->hash);
    return VE_OK;
}

void csv_ids_see(csv_worker *worker, const char *bytes, size_t length, uint64_t at) {
    if (worker->reader->modes & CSV_AGAIN_NAMES) {
        ve_code code = keep(&worker->ids, bytes, length, at);
        if (!worker->code) worker->code = code;
    } else if (!see_ascending(worker->span, bytes, length)) {
        worker->again |= CSV_AGAIN_NAMES;
    }
}

/* ---- names that stand twice ------------------------------------------------------------------ */

enum { SPREAD_BITS = 12, SPREAD = 1 << SPREAD_BITS };

static int by_hash(const void *a, const void *b) {
    const csv_id *x = a, *y = b;
    for (int i = 0; i < 2; i++)
        if (x->hash[i] != y->hash[i]) return x->hash[i] < y->hash[i] ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

/* All names, sorted by hash: first into some thousand heaps, then each by itself. */
static csv_id *sorted(csv_worker *const *worker, size_t workers, size_t *count) {
    size_t start[SPREAD + 1] = { 0 };
    *count = 0;
    for (size_t w = 0; w < workers; w++)
        for (size_t i = 0; i < worker[w]->ids.count; i++, ++*count)
            start[(worker[w]->ids.list[i].hash[0] >> (64 - SPREAD_BITS)) + 1]++;
    csv_id *all = calloc(*count + 1, sizeof *all);
    if (!all) return NULL;
    for (size_t s = 1; s <= SPREAD; s++)
        start[s] += start[s - 1];
    for (size_t w = 0; w < workers; w++)
        for (size_t i = 0; i < worker[w]->ids.count; i++) {
            const csv_id *id = &worker[w]->ids.list[i];
            all[start[id->hash[0] >> (64 - SPREAD_BITS)]++] = *id;
        }
    for (size_t s = 0, from = 0; s < SPREAD; from = start[s++])
        qsort(all + from, start[s] - from, sizeof *all, by_hash);
    return all;
}

static void fault_twice(csv_reader *reader, const csv_id *first, const csv_id *second) {
    const csv_faults *faults = &reader->faults;
    if (faults->count == CSV_FAULTS_MOST && second->at >= faults->list[CSV_FAULTS_MOST - 1].offset) return;
    csv_window window = { .bytes = NULL };
    const char *name = "";
    int length = 0;
    if (csv_window_load(&window, &reader->source, second->at, 256) == VE_OK) {
        name = window.bytes + (window.bytes[0] == '"');
        const char end[] = { '"', '\r', '\n', reader->header.delimiter, '\0' };
        length = csv_shown(name, strcspn(name, end));
    }
    csv_fault *fault =
        csv_fault_add(&reader->faults, second->at, VE_E_CUSTOMER,
                      "one row for each customer; leave `customer` out if the column is no name",
                      "customer '%.*s' stands here again; first in", length, name);
    if (fault) fault->other = first->at;
    csv_window_free(&window);
}

ve_code csv_ids_check(csv_reader *reader, csv_worker *const *worker, size_t workers, unsigned *again) {
    if (!(reader->modes & CSV_AGAIN_NAMES)) {
        if (reader->span && !units_ascend(reader)) *again |= CSV_AGAIN_NAMES;
        return VE_OK;
    }
    size_t count;
    csv_id *all = sorted(worker, workers, &count);
    if (!all) return VE_E_MEMORY;
    for (size_t i = 1, first = 0; i < count; i++) {
        bool same = memcmp(all[i].hash, all[first].hash, sizeof all[i].hash) == 0;
        if (same)
            fault_twice(reader, &all[first], &all[i]);
        else
            first = i;
    }
    free(all);
    return VE_OK;
}

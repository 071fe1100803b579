/* Texts by hash. Those that are known are found without a lock: what is in the table never changes, and a
 * table that grew too small is kept until the end for those who still look into it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "survey/labels.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>

#include "base/text.h"

enum { FIRST_SLOTS = 64 };

typedef struct label {
    uint64_t hash;
    size_t number, length;
    char bytes[];
} label;

typedef struct table {
    struct table *older;
    size_t slots; /* a power of two; at most half are taken */
    _Atomic(label *) slot[];
} table;

struct ve_labels {
    pthread_mutex_t lock; /* for adding */
    _Atomic(table *) table;
    label **list; /* by number */
    size_t count, room;
    uint64_t seed;
    _Atomic(ve_code) fault;
};

/* Data written to collide must not find collisions: the hash is not the same in the next process. */
static uint64_t random_seed(void) {
    uint64_t seed = 0x9e3779b97f4a7c15u;
    const void *random = (const void *)getauxval(AT_RANDOM);
    if (random) memcpy(&seed, random, sizeof seed);
    return seed | 1;
}

static table *new_table(size_t slots, table *older) {
    table *t = calloc(1, sizeof *t + slots * sizeof t->slot[0]);
    if (!t) return NULL;
    t->slots = slots;
    t->older = older;
    return t;
}

ve_labels *ve_labels_new(void) {
    ve_labels *labels = calloc(1, sizeof *labels);
    table *first = new_table(FIRST_SLOTS, NULL);
    if (labels && first && pthread_mutex_init(&labels->lock, NULL) == 0) {
        labels->seed = random_seed();
        atomic_init(&labels->table, first);
        atomic_init(&labels->fault, VE_OK);
        return labels;
    }
    free(labels);
    free(first);
    return NULL;
}

void ve_labels_free(ve_labels *labels) {
    if (!labels) return;
    for (table *t = atomic_load(&labels->table), *older; t; t = older) {
        older = t->older;
        free(t);
    }
    for (size_t i = 0; i < labels->count; i++)
        free(labels->list[i]);
    free(labels->list);
    pthread_mutex_destroy(&labels->lock);
    free(labels);
}

/* ---- finding --------------------------------------------------------------------------------- */

static uint64_t hash_of(const ve_labels *labels, const char *bytes, size_t length) {
    uint64_t h = length;
    for (size_t i = 0; i < length; i++) {
        h = (h ^ (unsigned char)bytes[i]) * labels->seed;
        h ^= h >> 32;
    }
    return h;
}

static label *find(const table *t, uint64_t hash, const char *bytes, size_t length) {
    for (size_t at = hash & (t->slots - 1);; at = (at + 1) & (t->slots - 1)) {
        label *l = atomic_load_explicit(&t->slot[at], memory_order_acquire);
        if (!l) return NULL;
        if (l->hash == hash && l->length == length && memcmp(l->bytes, bytes, length) == 0) return l;
    }
}

/* ---- adding, under the lock ------------------------------------------------------------------ */

static void put(table *t, label *l) {
    size_t at = l->hash & (t->slots - 1);
    while (atomic_load_explicit(&t->slot[at], memory_order_relaxed))
        at = (at + 1) & (t->slots - 1);
    atomic_store_explicit(&t->slot[at], l, memory_order_release);
}

static ve_code make_room(ve_labels *labels) {
    if (labels->count == labels->room) {
        size_t room = labels->room ? 2 * labels->room : FIRST_SLOTS / 2;
        label **list = realloc(labels->list, room * sizeof *list);
        if (!list) return VE_E_MEMORY;
        labels->list = list;
        labels->room = room;
    }
    table *old = atomic_load(&labels->table);
    if (2 * (labels->count + 1) <= old->slots) return VE_OK;
    table *wider = new_table(2 * old->slots, old);
    if (!wider) return VE_E_MEMORY;
    for (size_t i = 0; i < labels->count; i++)
        put(wider, labels->list[i]);
    atomic_store(&labels->table, wider);
    return VE_OK;
}

static ve_code add(ve_labels *labels, uint64_t hash, const char *bytes, size_t length, size_t *number) {
    if (labels->count >= VE_LABELS_MOST) return VE_E_ATTRIBUTE;
    ve_code code = make_room(labels);
    label *l = code ? NULL : malloc(sizeof *l + length);
    if (!l) return VE_E_MEMORY;
    *l = (label){ .hash = hash, .number = labels->count, .length = length };
    memcpy(l->bytes, bytes, length);
    labels->list[labels->count++] = l;
    put(atomic_load(&labels->table), l);
    *number = l->number;
    return VE_OK;
}

static double add_or_find(ve_labels *labels, uint64_t hash, const char *bytes, size_t length) {
    char room[128];
    if (ve_text_fault(bytes, length, room, sizeof room)) return NAN;
    size_t number = 0;
    ve_code code = VE_OK;
    pthread_mutex_lock(&labels->lock);
    const label *l = find(atomic_load(&labels->table), hash, bytes, length);
    if (l)
        number = l->number;
    else
        code = add(labels, hash, bytes, length, &number);
    pthread_mutex_unlock(&labels->lock);
    if (!code) return (double)number;
    atomic_store(&labels->fault, code);
    return -1;
}

double ve_labels_number(ve_labels *labels, const char *bytes, size_t length) {
    uint64_t hash = hash_of(labels, bytes, length);
    const table *t = atomic_load_explicit(&labels->table, memory_order_acquire);
    const label *l = find(t, hash, bytes, length);
    return l ? (double)l->number : add_or_find(labels, hash, bytes, length);
}

ve_code ve_labels_fault(const ve_labels *labels) {
    return atomic_load(&((ve_labels *)labels)->fault);
}

size_t ve_labels_count(const ve_labels *labels) {
    return labels->count;
}

/* ---- in the end ------------------------------------------------------------------------------ */

static int by_bytes(const void *a, const void *b) {
    const label *x = *(label *const *)a, *y = *(label *const *)b;
    int order = memcmp(x->bytes, y->bytes, x->length < y->length ? x->length : y->length);
    if (order) return order;
    return x->length < y->length ? -1 : x->length > y->length;
}

ve_code ve_labels_rank(const ve_labels *labels, const bool *used, size_t *rank, ve_arena *arena,
                       ve_label_list *out) {
    const label **sorted = ve_alloc_array(arena, labels->count, sizeof *sorted);
    const char **text = ve_alloc_array(arena, labels->count, sizeof *text);
    if (!sorted || !text) return VE_E_MEMORY;
    size_t count = 0;
    for (size_t i = 0; i < labels->count; i++)
        if (used[i]) sorted[count++] = labels->list[i];
    qsort(sorted, count, sizeof *sorted, by_bytes);
    for (size_t i = 0; i < count; i++) {
        rank[sorted[i]->number] = i;
        text[i] = ve_copy_text(arena, sorted[i]->bytes, sorted[i]->length);
        if (!text[i]) return VE_E_MEMORY;
    }
    *out = (ve_label_list){ count, text };
    return VE_OK;
}

/* ---- all of a survey ------------------------------------------------------------------------- */

static bool is_text(const ve_survey_want *want, size_t which) {
    if (which < want->attributes) return want->attribute && want->attribute[which].text;
    return want->asking && want->asking[which - want->attributes].text;
}

void ve_label_set_free(ve_label_set *set) {
    for (size_t i = 0; set->of && i < set->count; i++)
        ve_labels_free(set->of[i]);
    free(set->of);
    *set = (ve_label_set){ 0 };
}

ve_code ve_label_set_open(ve_label_set *set, const ve_survey_want *want) {
    ve_label_set_free(set);
    set->count = want->attributes + want->columns;
    set->of = calloc(set->count + 1, sizeof *set->of);
    if (!set->of) return VE_E_MEMORY;
    for (size_t i = 0; i < set->count; i++) {
        if (!is_text(want, i)) continue;
        set->any = true;
        set->of[i] = ve_labels_new();
        if (!set->of[i]) return VE_E_MEMORY;
    }
    return VE_OK;
}

double ve_label_set_number(const ve_label_set *set, size_t which, const char *bytes, size_t length) {
    bool known = set->of && which < set->count && set->of[which];
    return known ? ve_labels_number(set->of[which], bytes, length) : -1;
}

ve_code ve_label_set_fault(const ve_label_set *set, size_t *which) {
    for (size_t i = 0; set->of && i < set->count; i++) {
        ve_code code = set->of[i] ? ve_labels_fault(set->of[i]) : VE_OK;
        *which = i;
        if (code) return code;
    }
    return VE_OK;
}

/* The sink that collapses customers while they are read, and the groups it ends in.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "survey/groups.h"
#include "survey/labels.h"
#include "survey/order.h"

typedef struct collect {
    ve_sink sink; /* first: a ve_sink * is a collect * */
    ve_survey_want want;
    ve_shard *shard;
    unsigned shards;
    double skipped;
    ve_label_set labels;
} collect;

/* ---- texts ----------------------------------------------------------------------------------- */

static double sink_label(ve_sink *sink, size_t attribute, const char *bytes, size_t length) {
    return ve_label_set_number(&((collect *)sink)->labels, attribute, bytes, length);
}

ve_code ve_collect_label_fault(const ve_sink *sink, size_t *attribute) {
    return ve_label_set_fault(&((const collect *)sink)->labels, attribute);
}

/* ---- customers ------------------------------------------------------------------------------- */

static void free_shards(collect *c) {
    for (unsigned i = 0; i < c->shards; i++)
        ve_shard_free(&c->shard[i]);
    free(c->shard);
    c->shard = NULL;
    c->shards = 0;
}

static ve_code sink_open(ve_sink *sink, unsigned shards) {
    collect *c = (collect *)sink;
    free_shards(c);
    c->skipped = 0;
    c->shard = calloc(shards, sizeof *c->shard);
    if (!c->shard) return VE_E_MEMORY;
    c->shards = shards;
    for (unsigned i = 0; i < shards; i++)
        ve_shard_init(&c->shard[i], &c->want);
    return ve_label_set_open(&c->labels, &c->want);
}

static ve_code sink_add(ve_sink *sink, unsigned shard, const ve_customers *customers) {
    collect *c = (collect *)sink;
    if (shard >= c->shards || (customers->rows > 0 && !customers->small_score && !customers->score))
        return VE_E_PLUGIN_RESULT;
    return ve_shard_add(&c->shard[shard], customers);
}

static void sink_skip(ve_sink *sink, double customers) {
    ((collect *)sink)->skipped += customers;
}

ve_sink *ve_collect_new(const ve_survey_want *want, ve_errors *errors) {
    collect *c = calloc(1, sizeof *c);
    if (!c) {
        ve_fail_memory(errors);
        return NULL;
    }
    c->sink = (ve_sink){ sizeof c->sink, sink_open, sink_add, sink_skip, sink_label };
    c->want = *want;
    return &c->sink;
}

void ve_collect_free(ve_sink *sink) {
    if (!sink) return;
    ve_label_set_free(&((collect *)sink)->labels);
    free_shards((collect *)sink);
    free(sink);
}

/* ---- the groups ------------------------------------------------------------------------------ */

enum { LINE = 8 }; /* rows that share a cache line of every column */

static ve_code join_shards(collect *c) {
    for (unsigned i = 1; i < c->shards; i++) {
        ve_code code = ve_shard_join(&c->shard[0], &c->shard[i]);
        if (code) return code;
        ve_shard_free(&c->shard[i]);
    }
    return VE_OK;
}

static ve_groups *new_groups(const ve_shard *shard, ve_arena *arena) {
    ve_groups *g = ve_alloc(arena, sizeof *g);
    if (!g) return NULL;
    *g = (ve_groups){
        .rows = shard->count, .attributes = shard->keys, .cells = shard->cells, .columns = shard->columns
    };
    g->attribute = ve_alloc_array(arena, g->rows, g->attributes * sizeof *g->attribute);
    g->count = ve_alloc_array(arena, g->rows, sizeof *g->count);
    bool plain = shard->level < VE_LEVEL_WIDE; /* every weight is 1: the sums of weights are the counts */
    g->weight = plain ? g->count : ve_alloc_array(arena, g->rows, sizeof *g->weight);
    g->weight_squared = plain ? g->count : ve_alloc_array(arena, g->rows, sizeof *g->weight_squared);
    g->score = ve_alloc_array(arena, g->rows, g->cells * sizeof *g->score);
    g->column = ve_alloc_array(arena, g->rows, g->columns * sizeof *g->column);
    bool room = g->attribute && g->count && g->weight && g->weight_squared && g->score && g->column;
    return room ? g : NULL;
}

static void fill_head(const ve_shard *shard, const uint64_t *record, size_t row, const ve_groups *g) {
    for (size_t d = 0; d < g->attributes; d++)
        memcpy((double *)g->attribute + d * g->rows + row, &record[d], sizeof(double));
    ((double *)g->count)[row] = (double)record[shard->keys];
    ((double *)g->weight)[row] = ve_shard_term(shard, record, VE_TERM_WEIGHT);
    ((double *)g->weight_squared)[row] = ve_shard_term(shard, record, VE_TERM_SQUARE);
}

/* Terms first, first + 1, ... of some records, each into a column of its own. */
static void fill_terms(const ve_shard *shard, const uint64_t *const *record, size_t records, size_t first,
                       size_t terms, size_t rows, double *out) {
    for (size_t t = 0; t < terms; t++, out += rows)
        for (size_t r = 0; r < records; r++)
            out[r] = ve_shard_term(shard, record[r], first + t);
}

/* The same for the scores of small records, which are most of what there is to fill. */
static void fill_small(const ve_shard *shard, const uint64_t *const *record, size_t records, size_t rows,
                       double *out) {
    size_t offset = (shard->keys + 1) * sizeof(uint64_t);
    for (size_t c = 0; c < shard->cells; c++, out += rows, offset += sizeof(uint16_t))
        for (size_t r = 0; r < records; r++) {
            uint16_t sum;
            memcpy(&sum, (const char *)record[r] + offset, sizeof sum);
            out[r] = sum;
        }
}

static void fill_groups(const ve_shard *shard, const uint32_t *order, ve_groups *g) {
    const uint64_t *record[LINE];
    for (size_t from = 0; from < g->rows; from += LINE) {
        size_t records = from + LINE < g->rows ? LINE : g->rows - from;
        for (size_t r = 0; r < records; r++) {
            record[r] = ve_shard_record(shard, order[from + r]);
            fill_head(shard, record[r], from + r, g);
        }
        double *score = (double *)g->score + from, *column = (double *)g->column + from;
        if (shard->level == VE_LEVEL_16)
            fill_small(shard, record, records, g->rows, score);
        else
            fill_terms(shard, record, records, VE_TERM_CELLS, g->cells, g->rows, score);
        fill_terms(shard, record, records, VE_TERM_CELLS + g->cells, g->columns, g->rows, column);
    }
    for (size_t r = 0; r < g->rows; r++)
        g->customers += g->count[r];
}

/* ---- texts by rank --------------------------------------------------------------------------- */

static double key_of(const ve_shard *shard, size_t row, size_t d) {
    double x;
    memcpy(&x, ve_shard_record(shard, row) + d, sizeof x);
    return x;
}

/* Which provisional numbers are there; false: some are nobody's. */
static bool mark_used(const ve_shard *shard, size_t d, size_t count, bool *used) {
    for (size_t r = 0; r < shard->count; r++) {
        double number = key_of(shard, r, d);
        if (!(number >= 0 && number < (double)count) || number != (double)(size_t)number) return false;
        used[(size_t)number] = true;
    }
    return true;
}

/* Its hash table no longer fits the shard after this. */
static void set_ranks(ve_shard *shard, size_t d, const size_t *rank) {
    for (size_t r = 0; r < shard->count; r++) {
        double x = (double)rank[(size_t)key_of(shard, r, d)];
        memcpy(shard->record + r * shard->stride + d, &x, sizeof x);
    }
}

static ve_code rank_attribute(ve_shard *shard, size_t d, const ve_labels *labels, ve_arena *arena,
                              ve_label_list *out) {
    size_t count = ve_labels_count(labels);
    bool *used = calloc(count + 1, sizeof *used);
    size_t *rank = calloc(count + 1, sizeof *rank);
    ve_code code = used && rank ? VE_OK : VE_E_MEMORY;
    if (!code && !mark_used(shard, d, count, used)) code = VE_E_PLUGIN_RESULT;
    if (!code) code = ve_labels_rank(labels, used, rank, arena, out);
    if (!code) set_ranks(shard, d, rank);
    free(used);
    free(rank);
    return code;
}

/* So far a text's number says when it was first met; in the end it is its rank, whoever read it when. */
static ve_code rank_texts(collect *c, ve_arena *arena, const ve_label_list **out) {
    if (!c->labels.any || !c->shards) return VE_OK;
    ve_label_list *labels = ve_alloc_array(arena, c->want.attributes, sizeof *labels);
    ve_code code = labels ? VE_OK : VE_E_MEMORY;
    for (size_t d = 0; d < c->want.attributes && !code; d++)
        if (c->labels.of[d]) code = rank_attribute(&c->shard[0], d, c->labels.of[d], arena, &labels[d]);
    *out = labels;
    return code;
}

ve_code ve_collect_finish(ve_sink *sink, ve_arena *arena, ve_groups **out) {
    collect *c = (collect *)sink;
    ve_shard none;
    ve_shard_init(&none, &c->want);
    const ve_label_list *labels = NULL;
    ve_code code = join_shards(c);
    if (!code) code = rank_texts(c, arena, &labels);
    if (code) return code;
    const ve_shard *all = c->shards ? &c->shard[0] : &none;
    uint32_t *order;
    code = ve_shard_order(all, &order);
    if (code) return code;
    ve_groups *g = new_groups(all, arena);
    if (g) {
        fill_groups(all, order, g);
        g->skipped = c->skipped;
        g->labels = labels;
        *out = g;
    }
    free(order);
    return g ? VE_OK : VE_E_MEMORY;
}

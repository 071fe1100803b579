/* The sink that keeps customers one by one, and the sorted rows it ends in.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "survey/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "survey/labels.h"
#include "survey/order.h"

/* A record is `head` words (attributes, weight, columns: doubles as whole numbers of the same order), then
 * the scores, as many to a word as their width allows. */
typedef struct shard {
    unsigned width; /* bytes of a score: 1, 2 or 8 */
    size_t stride;  /* words of a record */
    uint64_t *record;
    size_t count, room;
} shard;

typedef struct keep {
    ve_sink sink; /* first: a ve_sink * is a keep * */
    const ve_survey_want *want;
    size_t head, cells;
    shard *shard;
    unsigned shards;
    double skipped;
    ve_label_set labels;
} keep;

enum { FIRST_RECORDS = 1024 };

/* ---- records --------------------------------------------------------------------------------- */

static size_t stride_of(const keep *k, unsigned width) {
    return k->head + (k->cells * width + sizeof(uint64_t) - 1) / sizeof(uint64_t);
}

static uint64_t bits_of(double x) {
    uint64_t bits;
    x += 0.0; /* -0 is 0 */
    memcpy(&bits, &x, sizeof bits);
    return ve_ordered_bits(bits);
}

static double value_of(uint64_t ordered) {
    uint64_t bits = ve_unordered_bits(ordered);
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static double get_score(const uint64_t *record, size_t head, unsigned width, size_t cell) {
    const unsigned char *at = (const unsigned char *)(record + head) + cell * width;
    uint16_t small;
    double x;
    if (width == 1) return *at;
    if (width == 2) return memcpy(&small, at, sizeof small), small;
    return memcpy(&x, at, sizeof x), x;
}

static void put_score(uint64_t *record, size_t head, unsigned width, size_t cell, double x) {
    unsigned char *at = (unsigned char *)(record + head) + cell * width;
    uint16_t small = width == 2 ? (uint16_t)x : 0;
    x += 0.0;
    if (width == 1) *at = (unsigned char)x;
    if (width == 2) memcpy(at, &small, sizeof small);
    if (width == 8) memcpy(at, &x, sizeof x);
}

/* The least width that holds a score as it is. */
static unsigned width_for(double x) {
    if (!(x >= 0 && x <= UINT16_MAX) || x != (double)(uint16_t)x) return 8;
    return x <= UINT8_MAX ? 1 : 2;
}

static ve_code widen(const keep *k, shard *s, unsigned width) {
    shard wide = { .width = width, .stride = stride_of(k, width), .count = s->count, .room = s->room };
    if (width <= s->width) return VE_OK;
    if (s->room) {
        wide.record = calloc(s->room, wide.stride * sizeof *wide.record);
        if (!wide.record) return VE_E_MEMORY;
    }
    for (size_t r = 0; r < s->count; r++) {
        const uint64_t *from = s->record + r * s->stride;
        uint64_t *to = wide.record + r * wide.stride;
        memcpy(to, from, k->head * sizeof *to);
        for (size_t c = 0; c < k->cells; c++)
            put_score(to, k->head, width, c, get_score(from, k->head, s->width, c));
    }
    free(s->record);
    *s = wide;
    return VE_OK;
}

static ve_code make_room(shard *s, size_t more) {
    if (s->count + more <= s->room) return VE_OK;
    size_t room = s->room ? 2 * s->room : FIRST_RECORDS;
    if (room < s->count + more) room = s->count + more;
    if (room > SIZE_MAX / (s->stride * sizeof *s->record)) return VE_E_MEMORY;
    uint64_t *record = realloc(s->record, room * s->stride * sizeof *record);
    if (!record) return VE_E_MEMORY;
    s->record = record;
    s->room = room;
    return VE_OK;
}

/* ---- the sink -------------------------------------------------------------------------------- */

static void free_shards(keep *k) {
    for (unsigned i = 0; i < k->shards; i++)
        free(k->shard[i].record);
    free(k->shard);
    k->shard = NULL;
    k->shards = 0;
}

static ve_code sink_open(ve_sink *sink, unsigned shards) {
    keep *k = (keep *)sink;
    free_shards(k);
    k->skipped = 0;
    k->shard = calloc(shards, sizeof *k->shard);
    if (!k->shard) return VE_E_MEMORY;
    k->shards = shards;
    for (unsigned i = 0; i < shards; i++)
        k->shard[i] = (shard){ .width = 1, .stride = stride_of(k, 1) };
    return ve_label_set_open(&k->labels, k->want);
}

static double given_score(const keep *k, const ve_customers *c, size_t row, size_t cell) {
    if (c->small_score) return c->small_score[row * c->small_stride + cell];
    return c->score[row * k->cells + cell];
}

static unsigned width_of_block(const keep *k, const ve_customers *c) {
    unsigned width = 1;
    for (size_t r = 0; r < c->rows && width < 8; r++)
        for (size_t cell = 0; cell < k->cells; cell++) {
            unsigned one = width_for(given_score(k, c, r, cell));
            if (one > width) width = one;
        }
    return width;
}

static bool put_numbers(uint64_t *to, const double *from, size_t count) {
    bool finite = true;
    for (size_t i = 0; i < count; i++) {
        finite = finite && from[i] - from[i] == 0;
        to[i] = bits_of(from[i]);
    }
    return finite;
}

/* False: not all of it are numbers. */
static bool put_row(const keep *k, const shard *s, const ve_customers *c, size_t row, uint64_t *to) {
    static const double one = 1;
    size_t d = k->want->attributes, columns = k->head - d - 1;
    bool finite = put_numbers(to, d ? c->attribute + row * d : NULL, d);
    finite &= put_numbers(to + d, c->weight ? c->weight + row : &one, 1);
    finite &= put_numbers(to + d + 1, columns ? c->column + row * columns : NULL, columns);
    memset(to + k->head, 0, (s->stride - k->head) * sizeof *to);
    for (size_t cell = 0; cell < k->cells; cell++) {
        double score = given_score(k, c, row, cell);
        finite = finite && score - score == 0;
        put_score(to, k->head, s->width, cell, score);
    }
    return finite;
}

static ve_code sink_add(ve_sink *sink, unsigned which, const ve_customers *customers) {
    keep *k = (keep *)sink;
    if (which >= k->shards || (customers->rows > 0 && !customers->small_score && !customers->score))
        return VE_E_PLUGIN_RESULT;
    shard *s = &k->shard[which];
    ve_code code = widen(k, s, width_of_block(k, customers));
    if (!code) code = make_room(s, customers->rows);
    for (size_t r = 0; r < customers->rows && !code; r++, s->count++)
        if (!put_row(k, s, customers, r, s->record + s->count * s->stride)) code = VE_E_PLUGIN_RESULT;
    return code;
}

static void sink_skip(ve_sink *sink, double customers) {
    ((keep *)sink)->skipped += customers;
}

static double sink_label(ve_sink *sink, size_t which, const char *bytes, size_t length) {
    return ve_label_set_number(&((keep *)sink)->labels, which, bytes, length);
}

ve_code ve_rows_label_fault(const ve_sink *sink, size_t *which) {
    return ve_label_set_fault(&((const keep *)sink)->labels, which);
}

ve_sink *ve_rows_new(const ve_survey_want *want, ve_errors *errors) {
    keep *k = calloc(1, sizeof *k);
    if (!k) {
        ve_fail_memory(errors);
        return NULL;
    }
    k->sink = (ve_sink){ sizeof k->sink, sink_open, sink_add, sink_skip, sink_label };
    k->want = want;
    k->head = want->attributes + 1 + want->columns * want->options;
    k->cells = want->options * want->leaves;
    return &k->sink;
}

void ve_rows_free(ve_sink *sink) {
    if (!sink) return;
    ve_label_set_free(&((keep *)sink)->labels);
    free_shards((keep *)sink);
    free(sink);
}

/* ---- texts by rank --------------------------------------------------------------------------- */

/* The words of a record that hold a text: one of an attribute, of a column one per option. */
typedef struct span {
    size_t first, count;
} span;

static span words_of(const keep *k, size_t which) {
    size_t d = k->want->attributes, m = k->want->options;
    return which < d ? (span){ which, 1 } : (span){ d + 1 + (which - d) * m, m };
}

typedef bool each_text(void *context, uint64_t *word);

static bool for_each(const keep *k, size_t which, each_text *act, void *context) {
    span at = words_of(k, which);
    bool fine = true;
    for (unsigned i = 0; i < k->shards; i++)
        for (size_t r = 0; r < k->shard[i].count && fine; r++)
            for (size_t w = 0; w < at.count && fine; w++)
                fine = act(context, k->shard[i].record + r * k->shard[i].stride + at.first + w);
    return fine;
}

typedef struct ranking {
    size_t count;
    bool *used;
    size_t *rank;
} ranking;

static bool mark_used(void *context, uint64_t *word) {
    ranking *ranks = context;
    double number = value_of(*word);
    if (!(number >= 0 && number < (double)ranks->count) || number != (double)(size_t)number) return false;
    return ranks->used[(size_t)number] = true;
}

static bool set_rank(void *context, uint64_t *word) {
    const ranking *ranks = context;
    *word = bits_of((double)ranks->rank[(size_t)value_of(*word)]);
    return true;
}

/* So far a text's number says when it was first met; in the end it is its rank. */
static ve_code rank_texts(const keep *k, size_t which, ve_arena *arena, ve_label_list *out) {
    const ve_labels *labels = k->labels.of ? k->labels.of[which] : NULL;
    if (!labels) return VE_OK;
    ranking ranks = { .count = ve_labels_count(labels) };
    ranks.used = calloc(ranks.count + 1, sizeof *ranks.used);
    ranks.rank = calloc(ranks.count + 1, sizeof *ranks.rank);
    ve_code code = ranks.used && ranks.rank ? VE_OK : VE_E_MEMORY;
    if (!code && !for_each(k, which, mark_used, &ranks)) code = VE_E_PLUGIN_RESULT;
    if (!code) code = ve_labels_rank(labels, ranks.used, ranks.rank, arena, out);
    if (!code) for_each(k, which, set_rank, &ranks);
    free(ranks.used);
    free(ranks.rank);
    return code;
}

/* ---- sorting --------------------------------------------------------------------------------- */

typedef const uint64_t *record;

static void swap(record *list, size_t a, size_t b) {
    record kept = list[a];
    list[a] = list[b];
    list[b] = kept;
}

static uint64_t middle_of(uint64_t a, uint64_t b, uint64_t c) {
    if (a > b) return b > c ? b : a < c ? a : c;
    return a > c ? a : b < c ? b : c;
}

/* Records that agree in the words before `word` (Bentley and Sedgewick 1997). Those of the larger part are
 * sorted here, so that calls nest no deeper than words and the logarithm of the count. */
static void sort(record *list, size_t count, size_t word, size_t words) {
    while (count > 1 && word < words) {
        uint64_t pivot = middle_of(list[0][word], list[count / 2][word], list[count - 1][word]);
        size_t less = 0, more = count;
        for (size_t i = 0; i < more;) {
            uint64_t key = list[i][word];
            if (key < pivot)
                swap(list, less++, i++);
            else if (key > pivot)
                swap(list, --more, i);
            else
                i++;
        }
        sort(list + less, more - less, word + 1, words);
        bool first = less < count - more; /* the smaller of the two */
        if (first)
            sort(list, less, word, words);
        else
            sort(list + more, count - more, word, words);
        list = first ? list + more : list;
        count = first ? count - more : less;
    }
}

static record *sorted_records(const keep *k, size_t rows, size_t stride) {
    record *list = calloc(rows + 1, sizeof *list);
    size_t n = 0;
    for (unsigned i = 0; list && i < k->shards; i++)
        for (size_t r = 0; r < k->shard[i].count; r++)
            list[n++] = k->shard[i].record + r * stride;
    if (list) sort(list, rows, 0, stride);
    return list;
}

/* ---- the rows -------------------------------------------------------------------------------- */

static const double *number_column(const record *list, size_t rows, size_t word, ve_arena *arena) {
    double *column = ve_alloc_array(arena, rows, sizeof *column);
    for (size_t r = 0; column && r < rows; r++)
        column[r] = value_of(list[r][word]);
    return column;
}

static bool same_words(const record *list, size_t rows, size_t a, size_t b) {
    for (size_t r = 0; r < rows; r++)
        if (list[r][a] != list[r][b]) return false;
    return true;
}

/* A figure that is the same for all options is kept once. */
static ve_code fill_columns(const record *list, ve_arena *arena, ve_customer_rows *out) {
    size_t m = out->options, first = out->attributes + 1;
    const double **column = ve_alloc_array(arena, out->columns * m, sizeof *column);
    if (!column) return VE_E_MEMORY;
    for (size_t c = 0; c < out->columns * m; c++) {
        size_t zero = c / m * m;
        bool same = c > zero && same_words(list, out->rows, first + zero, first + c);
        column[c] = same ? column[zero] : number_column(list, out->rows, first + c, arena);
        if (!column[c]) return VE_E_MEMORY;
    }
    out->column = column;
    return VE_OK;
}

static void copy_score(unsigned char *to, const unsigned char *from, unsigned width) {
    if (width == 1)
        *to = *from;
    else if (width == 2)
        memcpy(to, from, 2);
    else
        memcpy(to, from, 8);
}

/* A few records at a time, as they lie anywhere in memory. */
static void fill_some(const keep *k, const record *list, size_t from, size_t to, unsigned width,
                      unsigned char *score, size_t rows) {
    for (size_t c = 0; c < k->cells; c++)
        for (size_t r = from; r < to; r++)
            copy_score(score + (c * rows + r) * width, (const unsigned char *)(list[r] + k->head) + c * width,
                       width);
}

static ve_code fill_scores(const keep *k, const record *list, ve_arena *arena, ve_customer_rows *out) {
    enum { FEW = 64 };
    unsigned width = out->score_bytes;
    unsigned char *score = ve_alloc_array(arena, out->rows, k->cells * width);
    if (!score) return VE_E_MEMORY;
    out->score = score;
    for (size_t from = 0; from < out->rows; from += FEW)
        fill_some(k, list, from, out->rows - from < FEW ? out->rows : from + FEW, width, score, out->rows);
    return VE_OK;
}

static ve_code fill_rows(const keep *k, const record *list, ve_arena *arena, ve_customer_rows *out) {
    const double **attribute = ve_alloc_array(arena, out->attributes, sizeof *attribute);
    if (!attribute) return VE_E_MEMORY;
    for (size_t d = 0; d < out->attributes; d++)
        if (!(attribute[d] = number_column(list, out->rows, d, arena))) return VE_E_MEMORY;
    out->attribute = attribute;
    out->weight = number_column(list, out->rows, out->attributes, arena);
    if (!out->weight) return VE_E_MEMORY;
    ve_code code = fill_columns(list, arena, out);
    return code ? code : fill_scores(k, list, arena, out);
}

static ve_code one_width(keep *k, unsigned *width) {
    *width = 1;
    for (unsigned i = 0; i < k->shards; i++)
        if (k->shard[i].count && k->shard[i].width > *width) *width = k->shard[i].width;
    ve_code code = VE_OK;
    for (unsigned i = 0; i < k->shards && !code; i++)
        code = widen(k, &k->shard[i], *width);
    return code;
}

static ve_code rank_all(const keep *k, ve_arena *arena, ve_customer_rows *out) {
    ve_label_list *labels = ve_alloc_array(arena, k->labels.count, sizeof *labels);
    ve_code code = labels ? VE_OK : VE_E_MEMORY;
    for (size_t i = 0; i < k->labels.count && !code; i++)
        code = rank_texts(k, i, arena, &labels[i]);
    out->attribute_label = labels;
    if (!code) out->column_label = labels + out->attributes;
    return code;
}

ve_code ve_rows_finish(ve_sink *sink, ve_arena *arena, ve_customer_rows *out) {
    keep *k = (keep *)sink;
    *out = (ve_customer_rows){ .attributes = k->want->attributes,
                               .options = k->want->options,
                               .leaves = k->want->leaves,
                               .columns = k->want->columns,
                               .skipped = k->skipped };
    ve_code code = k->labels.of ? VE_OK : ve_label_set_open(&k->labels, k->want);
    if (!code) code = one_width(k, &out->score_bytes);
    if (!code) code = rank_all(k, arena, out);
    if (code) return code;
    for (unsigned i = 0; i < k->shards; i++)
        out->rows += k->shard[i].count;
    record *list = sorted_records(k, out->rows, stride_of(k, out->score_bytes));
    if (!list) return VE_E_MEMORY;
    code = fill_rows(k, list, arena, out);
    free(list);
    return code;
}

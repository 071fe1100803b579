/* The quick way through a row: digits by the word, and NULL at the first thing that is not plain. It accepts
 * nothing that the full way would not read the same. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "csv.h"

#define TOP_BITS 0x8080808080808080u

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
enum { LANES_IN_ORDER = 1 };
#else
enum { LANES_IN_ORDER = 0 };
#endif

/* ---- steps
 * ---------------------------------------------------------------------------------------------------------
 */

static csv_step step_of(const csv_use *use) {
    csv_step step = { .count = 1, .role = use->role, .index = use->index, .value = use->value };
    if (use->role == CSV_CUSTOMER)
        step.kind = CSV_STEP_CUSTOMER;
    else if (use->role == CSV_SCORE && use->value->plain)
        step.kind = CSV_STEP_SCORES;
    else
        step.kind = CSV_STEP_NUMBER;
    return step;
}

static void add_step(csv_plan *plan, csv_step step) {
    csv_step *before = plan->steps ? &plan->step[plan->steps - 1] : NULL;
    bool run = before && step.kind == CSV_STEP_SCORES && before->kind == CSV_STEP_SCORES &&
               before->index + before->count == step.index;
    if (run)
        before->count++;
    else
        plan->step[plan->steps++] = step;
}

static void set_digits(csv_plan *plan, char delimiter) {
    uint64_t low = plan->small_low < 10 ? plan->small_low : 10,
             high = plan->small_high < 9 ? plan->small_high : 9;
    unsigned char flip[8], add[8], need[8];
    for (int i = 0; i < 8; i++) {
        flip[i] = i % 2 ? (unsigned char)delimiter : '0';
        add[i] = (unsigned char)(i % 2 ? 0x7f : 0x7f - high);
        need[i] = (unsigned char)(i % 2 ? 0x80 : 0x80 - low);
    }
    memcpy(&plan->digit_flip, flip, 8);
    memcpy(&plan->digit_add, add, 8);
    memcpy(&plan->digit_need, need, 8);
}

void csv_plan_steps(csv_reader *reader, csv_step *step) {
    csv_plan *plan = &reader->plan;
    plan->step = step;
    size_t column = 0;
    for (size_t i = 0; i < plan->uses; i++) {
        const csv_use *use = &plan->use[i];
        if (use->column < column) { /* a column with two uses */
            plan->steps = 0;
            return;
        }
        if (use->column > column)
            add_step(plan, (csv_step){ .kind = CSV_STEP_SKIP, .count = use->column - column });
        add_step(plan, step_of(use));
        column = use->column + 1;
    }
    if (column < reader->header.count)
        add_step(plan, (csv_step){ .kind = CSV_STEP_SKIP, .count = reader->header.count - column });
    set_digits(plan, reader->header.delimiter);
}

/* ---- digits
 * -------------------------------------------------------------------------------------------------------- */

static inline uint64_t word_at(const char *p) {
    uint64_t word;
    memcpy(&word, p, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* How many of the eight bytes, from the first on, are digits. */
static inline unsigned leading_digits(uint64_t word) {
    uint64_t value = word ^ 0x3030303030303030u;
    uint64_t other = ((value + 0x7676767676767676u) | value) & TOP_BITS;
    return other ? (unsigned)__builtin_ctzll(other) / 8 : 8;
}

/* The number that eight digits make. */
static inline uint64_t eight_digits(uint64_t word) {
    word = (word & 0x0f0f0f0f0f0f0f0fu) * 2561 >> 8;
    word = (word & 0x00ff00ff00ff00ffu) * 6553601 >> 16;
    return (word & 0x0000ffff0000ffffu) * 42949672960001u >> 32;
}

static const uint64_t power[] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000 };

/* Digits at p, at most 16, appended to *value. */
static inline const char *take_digits(const char *p, uint64_t *value) {
    for (int i = 0; i < 2; i++) {
        uint64_t word = word_at(p);
        unsigned n = leading_digits(word);
        if (n == 0) return p;
        *value = *value * power[n] + eight_digits(word << (64 - 8 * n));
        p += n;
        if (n < 8) return p;
    }
    return p;
}

/* A number of at most 15 digits, so that it and the power of ten are exact and one division rounds once. */
static const char *take_number(const char *p, double *out) {
    static const double ten[] = { 1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                  1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
    bool negative = *p == '-';
    p += negative;
    uint64_t value = 0;
    const char *start = p;
    p = take_digits(p, &value);
    long digits = p - start, places = 0;
    if (*p == '.') {
        if (digits > 15) return NULL;
        start = ++p;
        p = take_digits(p, &value);
        places = p - start;
    }
    if (digits + places < 1 || digits + places > 15) return NULL;
    double x = (double)value / ten[places];
    *out = negative ? -x : x;
    return p;
}

/* ---- fields
 * -------------------------------------------------------------------------------------------------------- */

/* Quotation marks are for the full way as long as rows may begin inside them. */
static inline bool opens(const csv_worker *w, const char *p) {
    return *p == '"' && w->reader->quotes_plain;
}

/* The end of a field that nobody reads, or NULL. */
static inline const char *skip_field(const csv_worker *w, const char *p) {
    const csv_plan *plan = &w->reader->plan;
    const char *start = p;
    unsigned any = 0, class, n = leading_digits(word_at(p)); /* most often a number */
    bool quoted = opens(w, p);
    p += n < 8 ? n : 0;
    if (quoted) p++;
    while ((class = plan->class[(unsigned char)*p]) != CSV_BYTE_STOP ||
           (quoted && *p == w->reader->header.delimiter)) {
        any |= class;
        p++;
    }
    if (p - start > CSV_FIELD_MOST) return NULL;
    if (any & CSV_BYTE_HIGH && csv_utf8_length(start, (size_t)(p - start)) < (size_t)(p - start)) return NULL;
    if (quoted && *p++ != '"') return NULL;
    return p;
}

static const char *skip_fields(const csv_worker *w, const char *p, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && *p++ != w->reader->header.delimiter) return NULL;
        p = skip_field(w, p);
        if (!p) return NULL;
    }
    return p;
}

/* One small whole score. */
static inline const char *small_score(const csv_worker *w, const char *p, uint16_t *out) {
    const csv_plan *plan = &w->reader->plan;
    bool quoted = opens(w, p);
    p += quoted;
    unsigned value = (unsigned char)*p - (unsigned)'0';
    if (value > 9) return NULL;
    unsigned next = (unsigned char)*++p - (unsigned)'0';
    if (next <= 9) {
        value = 10 * value + next;
        p++;
    }
    if (value < plan->small_low || value > plan->small_high) return NULL;
    *out = (uint16_t)value;
    return quoted && *p++ != '"' ? NULL : p;
}

/* `count` scores with separators between them. Four at a time while each is one digit: a word that is flipped
 * by "0,0,0,0," holds the scores and zeros, and they are its 16-bit lanes. */
static const char *small_scores(const csv_worker *w, const char *p, size_t count, uint16_t *out) {
    const csv_plan *plan = &w->reader->plan;
    char delimiter = w->reader->header.delimiter;
    for (; LANES_IN_ORDER && count > 4; count -= 4, p += 8, out += 4) {
        uint64_t word;
        memcpy(&word, p, sizeof word);
        word ^= plan->digit_flip;
        uint64_t over = (word + plan->digit_add) | word, under = ~(word + plan->digit_need);
        if ((over | under) & TOP_BITS) break;
        memcpy(out, &word, sizeof word);
    }
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && *p++ != delimiter) return NULL;
        p = small_score(w, p, &out[i]);
        if (!p) return NULL;
    }
    return p;
}

static const char *wide_scores(const csv_worker *w, const char *p, size_t count, double *out) {
    const csv_plan *plan = &w->reader->plan;
    char delimiter = w->reader->header.delimiter;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && *p++ != delimiter) return NULL;
        bool quoted = opens(w, p);
        p = take_number(p + quoted, &out[i]);
        if (!p || (quoted && *p++ != '"') || out[i] < plan->score_low || out[i] > plan->score_high)
            return NULL;
    }
    return p;
}

static const char *number_field(csv_worker *w, const csv_step *step, const char *p) {
    csv_block *block = &w->block;
    double x;
    bool quoted = opens(w, p);
    p = take_number(p + quoted, &x);
    if (!p || (quoted && *p++ != '"')) return NULL;
    size_t row = block->rows;
    if (step->role == CSV_ATTRIBUTE) {
        block->attribute[row * block->attributes + step->index] = x;
    } else if (step->role == CSV_WEIGHT) {
        if (x < 0) return NULL;
        block->weight[row] = x;
    } else if (step->role == CSV_EXTRA) {
        block->column[row * block->columns + step->index] = x;
    } else { /* a measured score: only where scores are doubles */
        if (!block->wide) return NULL;
        block->score[row * block->cells + step->index] = csv_value_apply(step->value, x);
    }
    return p;
}

static inline const char *take_step(csv_worker *w, const csv_step *step, const char *p) {
    csv_block *block = &w->block;
    if (step->kind == CSV_STEP_NUMBER) return number_field(w, step, p);
    if (step->kind != CSV_STEP_SCORES) return skip_fields(w, p, step->count);
    if (block->wide)
        return wide_scores(w, p, step->count, block->score + block->rows * block->cells + step->index);
    return small_scores(w, p, step->count, block->small + block->rows * block->stride + step->index);
}

/* A customer's name is compared once the whole row is known to be plain. */
static bool see_customer(csv_worker *w, const char *p, const char *end) {
    uint64_t at = csv_offset(w, p);
    if (*p == '"') {
        p++;
        end--;
    }
    while (p < end && (*p == ' ' || *p == '\t'))
        p++;
    while (p < end && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    if (p >= end) return false;
    csv_ids_see(w, p, (size_t)(end - p), at);
    return true;
}

const char *csv_quick(csv_worker *worker, const char *p) {
    const csv_plan *plan = &worker->reader->plan;
    const char *begin = p, *customer = NULL, *customer_end = NULL;
    char delimiter = worker->reader->header.delimiter;
    for (size_t i = 0; i < plan->steps; i++) {
        if (i > 0 && *p++ != delimiter) return NULL;
        const csv_step *step = &plan->step[i];
        const char *start = p;
        p = take_step(worker, step, p);
        if (!p) return NULL;
        if (step->kind != CSV_STEP_CUSTOMER) continue;
        customer = start;
        customer_end = p;
    }
    if (*p == '\r') p++;
    if (*p != '\n' || p - begin >= CSV_LINE_MOST) return NULL;
    if (customer && !see_customer(worker, customer, customer_end)) return NULL;
    worker->block.rows++;
    return p + 1;
}

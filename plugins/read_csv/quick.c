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

/* ---- steps ----------------------------------------------------------------------------------- */

static csv_step step_of(const csv_use *use) {
    csv_step step = { .count = 1,
                      .role = use->role,
                      .index = use->index,
                      .value = use->value,
                      .label = use->label,
                      .choices = use->choices };
    if (use->role == CSV_CUSTOMER)
        step.kind = CSV_STEP_CUSTOMER;
    else if (use->role == CSV_SCORE && use->value->plain)
        step.kind = CSV_STEP_SCORES;
    else if (use->text)
        step.kind = CSV_STEP_TEXT;
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

/* Scores are stored eight at a time: what is stored behind the end of a run must not be an earlier run's. */
static void mark_runs(csv_plan *plan) {
    size_t filled = 0;
    for (size_t i = 0; i < plan->steps; i++) {
        csv_step *step = &plan->step[i];
        if (step->kind != CSV_STEP_SCORES) continue;
        step->lanes = plan->digits && step->index >= filled;
        if (step->index + step->count > filled) filled = step->index + step->count;
    }
}

static void set_digits(csv_plan *plan, char delimiter) {
    unsigned low = plan->small_low < 10 ? plan->small_low : 10,
             high = plan->small_high < 9 ? plan->small_high : 9;
    plan->digits = LANES_IN_ORDER && low <= high;
    for (size_t i = 0; i < sizeof(csv_bytes); i++) {
        plan->flip[i] = (uint8_t)(i % 2 ? delimiter : '0');
        plan->low[i] = (uint8_t)(i % 2 ? 0 : low);
        plan->add[i] = (uint8_t)(0x7f - (i % 2 ? 0 : high - low));
        static const char quoted[] = "\"0\"";
        plan->quoted_flip[i] = (uint8_t)(i % 4 < 3 ? quoted[i % 4] : delimiter);
        plan->quoted_low[i] = (uint8_t)(i % 4 == 1 ? low : 0);
        plan->quoted_add[i] = (uint8_t)(0x7f - (i % 4 == 1 ? high - low : 0));
        for (size_t count = 0; count < CSV_LANES; count++)
            plan->known[count][i] = i + 1 < 2 * count ? 0xff : 0;
    }
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
    mark_runs(plan);
}

/* ---- digits ---------------------------------------------------------------------------------- */

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
static const char *take_long_number(const char *p, double *out) {
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

static inline const char *take_number(const char *p, double *out) {
    uint64_t word = word_at(p);
    unsigned n = leading_digits(word);
    if (n - 1 > 6 || p[n] == '.') return take_long_number(p, out);
    *out = (double)(int64_t)eight_digits(word << (64 - 8 * n));
    return p + n;
}

/* ---- fields ---------------------------------------------------------------------------------- */

/* Quotation marks are for the full way as long as rows may begin inside them. */
static inline bool opens(const csv_worker *w, const char *p) {
    return *p == '"' && w->reader->quotes_plain;
}

/* The end of a field that nobody reads, or NULL. */
static const char *skip_any_field(const csv_worker *w, const char *p) {
    const csv_plan *plan = &w->reader->plan;
    const char *start = p;
    unsigned any = 0, class;
    bool quoted = opens(w, p);
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

static inline const char *skip_field(const csv_worker *w, const char *p, char delimiter) {
    unsigned n = leading_digits(word_at(p)); /* most often a number */
    return n < 8 && p[n] == delimiter ? p + n : skip_any_field(w, p);
}

static inline const char *skip_fields(const csv_worker *w, const char *p, size_t count) {
    char delimiter = w->reader->header.delimiter;
    p = skip_field(w, p, delimiter);
    for (size_t i = 1; i < count && p; i++) {
        if (*p++ != delimiter) return NULL;
        p = skip_field(w, p, delimiter);
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

/* Top bits where a byte of x, which is counted from the least score on, is outside: x + add passes 127, or x
 * itself. */
static inline csv_bytes outside(csv_bytes x, csv_bytes add) {
    return (x + add) | x;
}

static inline bool no_top_bits(csv_bytes x) {
    uint64_t word[2];
    memcpy(word, &x, sizeof word);
    return ((word[0] | word[1]) & TOP_BITS) == 0;
}

/* `count` scores with separators between them, where each is one digit: sixteen bytes of text that are
 * flipped by "0,0,0,0,0,0,0,0," hold eight scores and zeros, and they are 16-bit numbers already. Bytes
 * behind the last score may be anything. False: something else is among them. */
static inline bool digit_scores(const csv_plan *plan, const char *p, size_t count, uint16_t *out) {
    const csv_bytes flip = plan->flip, low = plan->low, add = plan->add;
    csv_bytes text, wrong = { 0 };
    for (; count >= CSV_LANES; count -= CSV_LANES, p += sizeof text, out += CSV_LANES) {
        memcpy(&text, p, sizeof text);
        text ^= flip;
        wrong |= outside(text - low, add);
        memcpy(out, &text, sizeof text);
    }
    if (count > 0) {
        const csv_bytes known = plan->known[count]; /* without what follows the last score */
        memcpy(&text, p, sizeof text);
        text = (text ^ flip) & known;
        wrong |= outside(text - low, add) & known;
        memcpy(out, &text, sizeof text); /* zeros behind them: a later run, or padding */
    }
    return no_top_bits(wrong);
}

/* The same where each score is in quotation marks, four at a time; how many were taken: up to four are left.
 */
static inline size_t quoted_scores(const csv_plan *plan, const char *p, size_t count, uint16_t *out) {
    const csv_bytes flip = plan->quoted_flip, low = plan->quoted_low, add = plan->quoted_add;
    csv_bytes text, wrong = { 0 };
    size_t done = 0;
    for (; done + CSV_LANES / 2 < count; done += CSV_LANES / 2) {
        memcpy(&text, p + 4 * done, sizeof text);
        text ^= flip;
        wrong |= outside(text - low, add);
        for (size_t i = 0; i < CSV_LANES / 2; i++)
            out[done + i] = text[4 * i + 1];
    }
    return no_top_bits(wrong) ? done : 0;
}

/* `count` scores with separators between them. */
static inline const char *small_scores(const csv_worker *w, const char *p, size_t count, uint16_t *out,
                                       bool alone) {
    const csv_plan *plan = &w->reader->plan;
    if (alone && digit_scores(plan, p, count, out)) return p + 2 * count - 1;
    char delimiter = w->reader->header.delimiter;
    size_t done = alone && opens(w, p) ? quoted_scores(plan, p, count, out) : 0;
    p += 4 * done;
    for (size_t i = done; i < count; i++) {
        if (i > done && *p++ != delimiter) return NULL;
        p = small_score(w, p, &out[i]);
        if (!p) return NULL;
    }
    return p;
}

static inline unsigned digit_at(const char *p) {
    return (unsigned char)*p - (unsigned)'0'; /* above 9: none */
}

/* A number as scores are written most often: 3, 3.5. Which of the two must not cost a guess of the
 * processor's. */
static inline const char *take_score(const char *p, double *out) {
    unsigned whole = digit_at(p), point = p[1] == '.', tenths = digit_at(p + 2) * point;
    const char *end = p + 1 + 2 * point;
    if ((whole > 9) | (tenths > 9) | (digit_at(end) <= 9) | (*end == '.')) return take_number(p, out);
    *out = (10 * whole + tenths) / 10.0;
    return end;
}

static const char *wide_scores(const csv_worker *w, const char *p, size_t count, double *out) {
    const csv_plan *plan = &w->reader->plan;
    char delimiter = w->reader->header.delimiter;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && *p++ != delimiter) return NULL;
        bool quoted = opens(w, p);
        p = take_score(p + quoted, &out[i]);
        if (!p || (quoted && *p++ != '"') || out[i] < plan->score_low || out[i] > plan->score_high)
            return NULL;
    }
    return p;
}

static inline const char *number_field(csv_worker *w, const csv_step *step, const char *p) {
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
        if (!csv_is_choice(x, step->choices)) return NULL;
        block->column[row * block->columns + step->index] = x;
    } else { /* a measured score: only where scores are doubles */
        if (!block->wide) return NULL;
        block->score[row * block->cells + step->index] = csv_value_apply(step->value, x);
    }
    return p;
}

static inline const char *take_scores(csv_worker *w, const csv_step *step, const char *p) {
    csv_block *block = &w->block;
    if (block->wide)
        return wide_scores(w, p, step->count, block->score + block->rows * block->cells + step->index);
    uint16_t *out = block->small + block->rows * block->stride + step->index;
    return small_scores(w, p, step->count, out, step->lanes);
}

/* A text that is not empty, without quotes and blanks around it. */
static const char *take_text(const csv_worker *w, const char *p, const char **text, size_t *length) {
    const char *begin = p, *end = skip_field(w, p, w->reader->header.delimiter);
    if (!end) return NULL;
    const char *behind = end;
    if (*begin == '"') {
        begin++;
        end--;
    }
    while (begin < end && (*begin == ' ' || *begin == '\t'))
        begin++;
    while (begin < end && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
        end--;
    *text = begin;
    *length = (size_t)(end - begin);
    return begin < end ? behind : NULL;
}

static const char *take_name(csv_worker *w, const char *p) {
    w->name_at = csv_offset(w, p);
    return take_text(w, p, &w->name, &w->name_length);
}

static const char *text_field(csv_worker *w, const csv_step *step, const char *p) {
    csv_field field = { .start = p };
    ve_sink *sink = w->reader->sink;
    p = take_text(w, p, &field.text, &field.length);
    if (!p || csv_is_missing(&field)) return NULL;
    double number = sink->label(sink, step->label, field.text, field.length);
    csv_block *block = &w->block;
    if (step->role == CSV_EXTRA)
        block->column[block->rows * block->columns + step->index] = number;
    else
        block->attribute[block->rows * block->attributes + step->index] = number;
    return number >= 0 ? p : NULL;
}

static inline const char *take_step(csv_worker *w, const csv_step *step, const char *p) {
    if (step->kind == CSV_STEP_SCORES) return take_scores(w, step, p);
    if (step->kind == CSV_STEP_NUMBER) return number_field(w, step, p);
    if (step->kind == CSV_STEP_SKIP) return skip_fields(w, p, step->count);
    return step->kind == CSV_STEP_TEXT ? text_field(w, step, p) : take_name(w, p);
}

static inline const char *take_row(csv_worker *w, const char *p) {
    const csv_plan *plan = &w->reader->plan;
    const csv_step *step = plan->step, *end = step + plan->steps;
    const char *begin = p;
    char delimiter = w->reader->header.delimiter;
    for (;; p++) {
        p = take_step(w, step, p);
        if (!p) return NULL;
        if (++step == end) break;
        if (*p != delimiter) return NULL;
    }
    if (*p == '\r') p++;
    return *p == '\n' && p - begin < CSV_LINE_MOST ? p + 1 : NULL;
}

const char *csv_quick(csv_worker *worker, const char *p, const char *end) {
    csv_block *block = &worker->block;
    if (worker->reader->plan.steps == 0) return p;
    while (p < end && block->rows < CSV_BLOCK_ROWS) {
        const char *next = take_row(worker, p);
        if (!next) break;
        if (worker->span_kept) csv_ids_see(worker, worker->name, worker->name_length, worker->name_at);
        block->rows++;
        p = next;
    }
    return p;
}

/* Customers drawn again. SPDX-License-Identifier: GPL-3.0-or-later */
#include "vary/resample.h"

#include <math.h>
#include <string.h>

#include "num/random.h"
#include "survey/classes.h"
#include "ve/wide.h"

/* Streams of resamples lie beyond those of inputs. */
#define STREAM ((uint64_t)1 << 44)
/* Beside each of them: those for what is missing, and for what is rare. */
#define STREAM_MORE ((uint64_t)1 << 48)
#define STREAM_RARE ((uint64_t)1 << 49)

/* ---- people as groups ------------------------------------------------------------------------ */

static size_t columns_of(const ve_vary *vary, size_t options) {
    return (vary->of.wanted->count + VE_KANO_COUNT * vary->of.wanted->pairs) * options;
}

/* Weight times what the words ask for, then the classes of Kano's pairs. */
static void fill_columns(const ve_vary *vary, const ve_customer_rows *from, double *asked, double *classes,
                         double *out) {
    const ve_wanted *wanted = vary->of.wanted;
    size_t own = wanted->count * from->options, more = wanted->pairs * VE_KANO_COUNT * from->options;
    ve_survey_want want = { .options = from->options, .pairs = wanted->pairs, .pair = wanted->pair };
    for (size_t r = 0; r < from->rows; r++) {
        for (size_t c = 0; c < own; c++)
            out[c * from->rows + r] = from->weight[r] * (asked[c] = from->column[c][r]);
        if (more) ve_classes_count(&want, asked, from->weight[r], classes);
        for (size_t c = 0; c < more; c++)
            out[(own + c) * from->rows + r] = classes[c];
    }
}

static ve_code fill_groups(const ve_vary *vary, const ve_customer_rows *from, ve_arena *arena, ve_groups *g,
                           ve_errors *errors) {
    size_t rows = from->rows, columns = columns_of(vary, from->options);
    double *attribute = ve_alloc_array(arena, from->attributes * rows, sizeof *attribute);
    double *count = ve_alloc_array(arena, 2 * rows, sizeof *count);
    double *score = ve_alloc_array(arena, from->options * from->leaves * rows, sizeof *score);
    double *column = ve_alloc_array(arena, columns * rows, sizeof *column);
    double *asked = ve_alloc_array(arena, 2 * columns + 1, sizeof *asked);
    if (!attribute || !count || !score || !column || !asked) return ve_fail_memory(errors);
    for (size_t a = 0; a < from->attributes; a++)
        memcpy(attribute + a * rows, from->attribute[a], rows * sizeof *attribute);
    for (size_t r = 0; r < rows; r++)
        count[r] = 1, count[rows + r] = from->weight[r] * from->weight[r];
    for (size_t cell = 0; cell < from->options * from->leaves; cell++)
        for (size_t r = 0; r < rows; r++)
            score[cell * rows + r] = from->weight[r] * ve_customer_score(from, cell, r);
    fill_columns(vary, from, asked, asked + columns, column);
    *g = (ve_groups){ .rows = rows,
                      .attributes = from->attributes,
                      .cells = from->options * from->leaves,
                      .columns = columns,
                      .attribute = attribute,
                      .count = count,
                      .weight = from->weight,
                      .weight_squared = count + rows,
                      .score = score,
                      .column = column,
                      .customers = (double)rows,
                      .skipped = from->skipped,
                      .labels = vary->of.base->groups->labels };
    return VE_OK;
}

/* Words that were prepared once are not prepared again: the model is made anew. */
static ve_code make_case(const ve_vary *vary, ve_people *people, ve_errors *errors) {
    ve_change nothing = { .at = VE_NOWHERE, .groups = people->groups };
    return ve_vary_case(vary, &nothing, vary->of.binder.arena, &people->made, errors);
}

ve_code ve_people_make(ve_vary *vary, const ve_people **out, ve_errors *errors) {
    const ve_customer_rows *rows;
    *out = vary->people;
    if (vary->people) return VE_OK;
    ve_arena *arena = vary->of.binder.arena;
    ve_people *people = ve_alloc(arena, sizeof *people);
    ve_groups *groups = ve_alloc(arena, sizeof *groups);
    if (!people || !groups) return ve_fail_memory(errors);
    ve_code code = vary->of.customers(vary->of.customers_context, &rows);
    if (!code) code = fill_groups(vary, rows, arena, groups, errors);
    people->groups = groups;
    if (!code) code = make_case(vary, people, errors);
    if (!code) *out = vary->people = people;
    return code;
}

/* ---- with replacement ------------------------------------------------------------------------- */

/* Poisson numbers of mean 1 that are made to add up to the number of customers by a few more or fewer, each
 * drawn alike likely, are a draw with replacement: given their sum they are one already. */

enum { PART = 256, PARTS = 8, WHOLE = PARTS * PART, MORE_THAN_ANY = 16 };

/* 16 bits decide: 65536 times the probability of each number, its fraction cut off, added up. What is left, 5
 * of 65536, is shared out by 32 bits more: 2^32 times the probability, among these, of at most so many. */
static const uint16_t at_most[] = { 24109, 48218, 60272, 64290, 65294, 65494, 65527, 65531 };
static const uint32_t rare_at_most[] = { 298119359,  596238719,  1174795128, 1367647264, 1845357028,
                                         2628093748, 3044881021, 3717988817, 4231624021, 4288694599,
                                         4294401657, 4294920480, 4294963716 };
enum { RARE = VE_COUNT(at_most) };

VE_WIDE static void poisson(const uint64_t *bits, unsigned shift, unsigned char *out) {
    uint16_t u[PART], many[PART];
    for (size_t i = 0; i < PART; i++)
        u[i] = (uint16_t)(bits[i] >> shift);
    for (size_t i = 0; i < PART; i++) {
        uint16_t n = 0;
#pragma GCC unroll 8
        for (size_t k = 0; k < VE_COUNT(at_most); k++)
            n = (uint16_t)(n + (u[i] >= at_most[k]));
        many[i] = n;
    }
    for (size_t i = 0; i < PART; i++)
        out[i] = (unsigned char)many[i];
}

static unsigned char rare_number(uint64_t seed, uint64_t stream, size_t customer) {
    uint32_t u = (uint32_t)ve_random(seed, stream ^ STREAM_RARE, customer).bits[0];
    unsigned char n = 0;
    while (n < VE_COUNT(rare_at_most) && u >= rare_at_most[n])
        n++;
    return n;
}

/* The next so many customers. */
static void draw_whole(uint64_t seed, uint64_t stream, size_t from, unsigned char *out) {
    uint64_t bits[2][PART];
    ve_random_column(seed, stream, from / PARTS, PART, bits[0], bits[1]);
    for (unsigned i = 0; i < PARTS; i++)
        poisson(bits[i / 4], i % 4 * 16, out + i * PART);
    for (unsigned char *at = out; (at = memchr(at, RARE, WHOLE - (size_t)(at - out))); at++)
        *at = rare_number(seed, stream, from + (size_t)(at - out));
}

/* So many that 16 bits hold their sum. */
VE_WIDE static uint16_t total_of_part(const unsigned char *count, size_t rows) {
    uint16_t sum = 0;
    for (size_t r = 0; r < rows; r++)
        sum = (uint16_t)(sum + count[r]);
    return sum;
}

static size_t total(const unsigned char *count, size_t rows) {
    size_t sum = 0;
    for (size_t from = 0; from < rows; from += PART)
        sum += total_of_part(count + from, rows - from < PART ? rows - from : PART);
    return sum;
}

static size_t any_of(uint64_t bits, size_t rows) {
    return (size_t)((uint64_t)(uint32_t)bits * rows >> 32);
}

/* One of those drawn is given back: each with the same probability, so a customer by how often it was drawn.
 */
static bool give_back(unsigned char *count, size_t customer, uint64_t bits) {
    if (bits % MORE_THAN_ANY >= count[customer]) return false;
    count[customer]--;
    return true;
}

static void make_exact(uint64_t seed, uint64_t stream, size_t rows, unsigned char *count) {
    enum { SOME = 64 };
    uint64_t one[SOME], two[SOME];
    size_t sum = total(count, rows);
    for (uint64_t n = 0; sum != rows; n++) {
        if (n % SOME == 0) ve_random_column(seed, stream ^ STREAM_MORE, n, SOME, one, two);
        size_t customer = any_of(one[n % SOME], rows);
        if (sum < rows)
            count[customer]++, sum++;
        else
            sum -= give_back(count, customer, two[n % SOME]);
    }
}

static void draw_again(uint64_t seed, uint64_t stream, size_t rows, unsigned char *count) {
    unsigned char last[WHOLE];
    size_t whole = rows - rows % WHOLE;
    for (size_t from = 0; from < whole; from += WHOLE)
        draw_whole(seed, stream, from, count + from);
    draw_whole(seed, stream, whole, last);
    memcpy(count + whole, last, rows - whole);
    make_exact(seed, stream, rows, count);
}

/* ---- counts ---------------------------------------------------------------------------------- */

ve_code ve_resample_make(const ve_trials *trials, size_t rows, ve_arena *arena, ve_resample *out,
                         ve_errors *errors) {
    *out = (ve_resample){ .trials = trials, .rows = rows };
    if (trials->bayesian || trials->left_out) return VE_OK;
    out->count = ve_alloc_array(arena, rows, sizeof *out->count);
    return out->count ? VE_OK : ve_fail_memory(errors);
}

void ve_resample_draw(ve_resample *r, uint64_t number) {
    r->number = number;
    if (r->count) draw_again(r->trials->seed, STREAM + number, r->rows, r->count);
}

VE_WIDE static void take_counts(const unsigned char *from, size_t count, double *out) {
    for (size_t i = 0; i < count; i++)
        out[i] = from[i];
}

void ve_resample_some(const ve_resample *r, size_t from, size_t count, double *out) {
    if (r->trials->bayesian && !r->trials->left_out) {
        ve_exponential_fill(r->trials->seed, STREAM + r->number, from, count, out);
        return;
    }
    if (r->count) {
        take_counts(r->count + from, count, out);
        return;
    }
    for (size_t i = 0; i < count; i++)
        out[i] = from + i != r->number;
}

double ve_resample_scale(const ve_resample *r, double sum) {
    return r->trials->bayesian && !r->trials->left_out ? (double)r->rows / sum : 1;
}

/* ---- a resample as groups -------------------------------------------------------------------- */

static double *times(const double *column, size_t columns, const double *count, size_t rows,
                     ve_arena *arena) {
    double *out = ve_alloc_array(arena, columns * rows, sizeof *out);
    for (size_t c = 0; out && c < columns; c++)
        for (size_t r = 0; r < rows; r++)
            out[c * rows + r] = column[c * rows + r] * count[r];
    return out;
}

ve_code ve_resample_groups(const ve_groups *people, const double *count, ve_arena *arena, ve_groups *out,
                           ve_errors *errors) {
    size_t rows = people->rows;
    *out = *people;
    out->count = times(people->count, 1, count, rows, arena);
    out->weight = times(people->weight, 1, count, rows, arena);
    out->weight_squared = times(people->weight_squared, 1, count, rows, arena);
    out->score = times(people->score, people->cells, count, rows, arena);
    out->column = times(people->column, people->columns, count, rows, arena);
    bool all = out->count && out->weight && out->weight_squared && out->score && out->column;
    return all ? VE_OK : ve_fail_memory(errors);
}

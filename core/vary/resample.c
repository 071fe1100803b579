/* Customers drawn again. SPDX-License-Identifier: GPL-3.0-or-later */
#include "vary/resample.h"

#include <math.h>
#include <string.h>

#include "num/random.h"
#include "survey/classes.h"

/* Streams of resamples lie beyond those of inputs. */
#define STREAM ((uint64_t)1 << 44)

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

/* ---- counts ---------------------------------------------------------------------------------- */

/* Four draws of 32 bits from every 128 that are made. */
static void draw_again(uint64_t seed, uint64_t stream, size_t rows, double *count) {
    memset(count, 0, rows * sizeof *count);
    for (size_t made = 0; made < rows; made += 4) {
        ve_random_bits r = ve_random(seed, stream, made);
        const uint32_t part[4] = { (uint32_t)r.bits[0], (uint32_t)(r.bits[0] >> 32), (uint32_t)r.bits[1],
                                   (uint32_t)(r.bits[1] >> 32) };
        for (size_t i = 0; i < 4 && made + i < rows; i++)
            count[(uint64_t)part[i] * rows >> 32]++;
    }
}

static void weigh_again(uint64_t seed, uint64_t stream, size_t rows, double *count) {
    double sum = 0;
    for (size_t r = 0; r < rows; r++)
        sum += count[r] = -log(ve_random_uniform(seed, stream, r));
    for (size_t r = 0; r < rows; r++)
        count[r] *= (double)rows / sum;
}

static void leave_out(uint64_t number, size_t rows, double *count) {
    for (size_t r = 0; r < rows; r++)
        count[r] = r != number;
}

void ve_resample_counts(const ve_trials *trials, uint64_t number, size_t rows, double *count) {
    if (trials->left_out)
        leave_out(number, rows, count);
    else if (trials->bayesian)
        weigh_again(trials->seed, STREAM + number, rows, count);
    else
        draw_again(trials->seed, STREAM + number, rows, count);
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

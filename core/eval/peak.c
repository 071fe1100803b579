/* Where a distribution made of others is greatest: a search along one attribute after the other, from the
 * middle of each part. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "eval/internal.h"
#include "ve/part.h"

enum {
    QUANTILES = 33, /* places tried for each part */
    BEYOND = 40,    /* and beyond them on either side, each twice as far */
    ROUND = 33,     /* places tried in each round of closing in */
    ROUNDS = 60,
    CYCLES = 60
};

typedef struct search {
    const ve_word *word;
    const ve_sample *sample;
    ve_arena *arena;
    ve_errors *errors;
    double *at;     /* attributes: the place in hand */
    double *x;      /* places along one attribute */
    double *value;  /* the logs of the weights there */
    double *others; /* room for the other attributes' columns */
    const double **column;
    size_t room, axes;
} search;

/* ---- what the parts know ------------------------------------------------------------------------ */

static bool speaks_of(const ve_word *word, size_t attribute) {
    size_t parts = ve_part_count(word);
    for (size_t p = 0; p < parts; p++)
        if (speaks_of(ve_part_at(word, p), attribute)) return true;
    if (parts) return false;
    if (!ve_part_ops(word)->joint) return attribute == ve_part_attribute(word);
    return isfinite(ve_part_mean(word, attribute));
}

/* The peak is known of no part whose own is not. */
static bool all_peaks(const ve_word *word) {
    size_t parts = ve_part_count(word);
    for (size_t p = 0; p < parts; p++)
        if (!all_peaks(ve_part_at(word, p))) return false;
    const ve_distribution_ops *ops = ve_part_ops(word);
    return ops->parts || (ops->log_peak && !isnan(ops->log_peak(word->params)));
}

static size_t leaves(const ve_word *word) {
    size_t parts = ve_part_count(word), count = parts == 0;
    for (size_t p = 0; p < parts; p++)
        count += leaves(ve_part_at(word, p));
    return count;
}

static void note(search *s, size_t *count, double x) {
    if (isfinite(x)) s->x[(*count)++] = x;
}

static void note_part(search *s, const ve_word *word, size_t attribute, size_t *count) {
    size_t parts = ve_part_count(word);
    for (size_t p = 0; p < parts; p++)
        note_part(s, ve_part_at(word, p), attribute, count);
    if (parts || !speaks_of(word, attribute)) return;
    const ve_distribution_ops *ops = ve_part_ops(word);
    note(s, count, ve_part_mean(word, attribute));
    for (int q = 0; ops->quantile && !ops->joint && q < QUANTILES; q++)
        note(s, count, ops->quantile(word->params, (double)q / (QUANTILES - 1)));
}

/* ---- along one attribute ------------------------------------------------------------------------ */

static ve_code weigh(search *s, size_t attribute, const double *x, size_t rows) {
    for (size_t a = 0; a < s->sample->count; a++) {
        double *column = s->others + a * s->room;
        for (size_t row = 0; row < rows; row++)
            column[row] = a == attribute ? x[row] : s->at[a];
        s->column[a] = column;
    }
    ve_columns columns = { rows, s->sample->count, s->column };
    return ve_distribution_weigh(s->word, &columns, s->value, s->arena, s->errors);
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void note_beyond(search *s, size_t *count) {
    double low = s->x[0], high = s->x[0];
    for (size_t i = 1; i < *count; i++) {
        low = fmin(low, s->x[i]);
        high = fmax(high, s->x[i]);
    }
    double width = high > low ? (high - low) / 4 : fmax(fabs(low), 1) / 1024;
    for (int k = 0; k < BEYOND; k++) {
        note(s, count, low - ldexp(width, k));
        note(s, count, high + ldexp(width, k));
    }
}

static size_t places(search *s, size_t attribute) {
    const ve_outline_attribute *a = &s->sample->attribute[attribute];
    size_t count = 0;
    for (size_t i = 0; a->text && i < a->labels; i++)
        note(s, &count, (double)i);
    if (a->text) return count;
    note(s, &count, s->at[attribute]);
    note_part(s, s->word, attribute, &count);
    for (int i = 0; i < ROUND; i++)
        note(s, &count, a->low + (a->high - a->low) * i / (ROUND - 1));
    note_beyond(s, &count);
    qsort(s->x, count, sizeof *s->x, by_value);
    return count;
}

static size_t greatest(const double *value, size_t count) {
    size_t best = 0;
    for (size_t i = 1; i < count; i++)
        if (value[i] > value[best]) best = i;
    return best;
}

/* Round by round, until it is flat as far as numbers go. */
static ve_code close_in(search *s, size_t attribute, double low, double high, double *x, double *peak) {
    ve_code code = VE_OK;
    for (int round = 0; !code && round < ROUNDS && high > low; round++) {
        double own[ROUND];
        for (int i = 0; i < ROUND; i++)
            own[i] = low + (high - low) * i / (ROUND - 1);
        code = weigh(s, attribute, own, ROUND);
        if (code) break;
        size_t best = greatest(s->value, ROUND);
        if (s->value[best] > *peak) {
            *peak = s->value[best];
            *x = own[best];
        }
        double ends = fmin(s->value[0], s->value[ROUND - 1]);
        if (s->value[best] - ends <= 1e-16 * fmax(1, fabs(*peak))) break;
        low = own[best ? best - 1 : 0];
        high = own[best < ROUND - 1 ? best + 1 : best];
    }
    return code;
}

/* Every place that is no lower than its neighbours, and near enough to the greatest that the true peak could
 * be there. */
static ve_code close_in_all(search *s, size_t attribute, size_t count, double *peak) {
    double *x = ve_alloc_array(s->arena, count, sizeof *x);
    double *value = ve_alloc_array(s->arena, count, sizeof *value);
    if (!x || !value) return ve_fail_memory(s->errors);
    memcpy(x, s->x, count * sizeof *x);
    memcpy(value, s->value, count * sizeof *value);
    size_t best = greatest(value, count);
    const double enough = value[best] - 3;
    s->at[attribute] = x[best];
    *peak = value[best];
    ve_code code = VE_OK;
    if (*peak == -HUGE_VAL) return code;
    for (size_t i = 0; !code && !s->sample->attribute[attribute].text && i < count; i++) {
        size_t before = i ? i - 1 : 0, after = i + 1 < count ? i + 1 : i;
        if (!(value[i] >= enough && value[i] >= value[before] && value[i] >= value[after])) continue;
        code = close_in(s, attribute, x[before], x[after], &s->at[attribute], peak);
    }
    return code;
}

static ve_code search_along(search *s, size_t attribute, double *peak) {
    size_t count = places(s, attribute);
    if (!count) return VE_OK;
    ve_code code = weigh(s, attribute, s->x, count);
    return code ? code : close_in_all(s, attribute, count, peak);
}

/* ---- all attributes ----------------------------------------------------------------------------- */

/* From one part's middle: along every attribute in turn, until nothing is gained. */
static ve_code climb(search *s, const ve_word *part, double *peak) {
    for (size_t a = 0; a < s->sample->count; a++) {
        const ve_outline_attribute *own = &s->sample->attribute[a];
        double mean = ve_part_mean(part, a);
        s->at[a] = own->text ? 0 : isfinite(mean) ? mean : isfinite(own->mean) ? own->mean : 0;
    }
    double top = -HUGE_VAL, gain = HUGE_VAL;
    ve_code code = weigh(s, 0, s->at, 1);
    if (!code) top = s->value[0];
    for (int cycle = 0; !code && cycle < CYCLES && gain > 1e-15 * fmax(1, fabs(top)); cycle++) {
        double before = top;
        for (size_t a = 0; !code && a < s->sample->count; a++)
            if (speaks_of(s->word, a)) code = search_along(s, a, &top);
        gain = s->axes > 1 ? top - before : 0;
    }
    if (top > *peak) *peak = top;
    return code;
}

/* Along a single attribute every place is tried from wherever one starts. */
static ve_code climb_all(search *s, const ve_word *word, double *peak) {
    size_t parts = ve_part_count(word);
    if (!parts) return climb(s, word, peak);
    ve_code code = VE_OK;
    for (size_t p = 0; !code && p < (s->axes > 1 ? parts : 1); p++)
        code = climb_all(s, ve_part_at(word, p), peak);
    return code;
}

static bool make_room(search *s) {
    size_t count = s->sample->count, labels = 0;
    for (size_t a = 0; a < count; a++) {
        labels = s->sample->attribute[a].labels > labels ? s->sample->attribute[a].labels : labels;
        s->axes += speaks_of(s->word, a);
    }
    s->room = leaves(s->word) * (QUANTILES + 1) + 2 * BEYOND + ROUND + 1 + labels;
    s->at = ve_alloc_array(s->arena, count + 1, sizeof *s->at);
    s->x = ve_alloc_array(s->arena, s->room, sizeof *s->x);
    s->value = ve_alloc_array(s->arena, s->room, sizeof *s->value);
    s->others = ve_alloc_array(s->arena, s->room * (count + 1), sizeof *s->others);
    s->column = ve_alloc_array(s->arena, count + 1, sizeof *s->column);
    return s->at && s->x && s->value && s->others && s->column;
}

ve_code ve_distribution_peak(const ve_word *word, const ve_sample *sample, ve_arena *arena, double *peak,
                             ve_errors *errors) {
    const ve_distribution_ops *ops = ve_part_ops(word);
    *peak = ops->log_peak ? ops->log_peak(word->params) : NAN;
    if (!isnan(*peak) || !ops->parts || !sample->count || !all_peaks(word)) return VE_OK;
    search s = { .word = word, .sample = sample, .arena = arena, .errors = errors };
    if (!make_room(&s)) return ve_fail_memory(errors);
    *peak = -HUGE_VAL;
    return climb_all(&s, word, peak);
}

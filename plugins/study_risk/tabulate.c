/* Counting what draws came to, column by column.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "study_risk.h"

/* ---- draws without a result ------------------------------------------------------------------------- */

static void move_row(const risk_view *v, risk_block *b, size_t from, size_t to) {
    for (size_t i = 0; i < v->outline->options; i++) {
        const size_t column = i * b->rows;
        b->index[column + to] = b->index[column + from];
        b->cost[column + to] = b->cost[column + from];
        b->share[column + to] = b->share[column + from];
        b->alone[column + to] = b->alone[column + from];
        b->rank[column + to] = b->rank[column + from];
    }
    for (size_t i = 0; i < v->drawing.inputs; i++)
        b->value[i * b->rows + to] = b->value[i * b->rows + from];
    b->best[to] = b->best[from];
}

/* They are taken out, so that all that remain count. */
static size_t move_up(const risk_view *v, risk_block *b) {
    size_t kept = 0;
    for (size_t r = 0; r < b->rows; r++)
        if (!isnan(b->cost[r])) move_row(v, b, r, kept++);
    return kept;
}

/* ---- one option ------------------------------------------------------------------------------------- */

static void add_indices(risk_option *o, const double *index, size_t count) {
    for (size_t r = 0; r < count; r++) {
        if (isnan(index[r])) continue;
        if (isnan(o->shift)) o->shift = index[r];
        double x = index[r] - o->shift;
        o->sum += x;
        o->squares += x * x;
        o->above_one += index[r] >= 1;
    }
}

static void add_ranks(risk_option *o, const int *rank, size_t count) {
    for (size_t r = 0; r < count; r++)
        if (rank[r]) o->rank[rank[r] - 1]++;
}

/* One without a rank is behind all that have one. */
static void add_pair(const risk_view *v, const risk_block *b, size_t i, size_t j, size_t count) {
    const int *mine = b->rank + i * b->rows, *other = b->rank + j * b->rows;
    size_t better = 0, same = 0;
    for (size_t r = 0; r < count; r++) {
        better += mine[r] && (!other[r] || mine[r] < other[r]);
        same += mine[r] == other[r];
    }
    v->option[i].better[j] += (double)better + 0.5 * (double)same;
    v->option[j].better[i] += (double)(count - better - same) + 0.5 * (double)same;
}

/* Where V would be 1: F / (1 - F) times what the others cost together. */
static void find_bearable(const risk_view *v, const risk_block *b, size_t i, size_t count, double *out) {
    const double *share = b->share + i * b->rows;
    memset(out, 0, count * sizeof *out);
    for (size_t j = 0; j < v->outline->options; j++)
        for (size_t r = 0; j != i && r < count; r++)
            out[r] += b->cost[j * b->rows + r];
    for (size_t r = 0; r < count; r++)
        out[r] = share[r] < 1 && !isnan(b->index[i * b->rows + r]) ? out[r] * share[r] / (1 - share[r]) : NAN;
}

static void add_option(const risk_view *v, risk_block *b, size_t i, size_t count) {
    risk_option *o = &v->option[i];
    add_indices(o, b->index + i * b->rows, count);
    add_ranks(o, b->rank + i * b->rows, count);
    risk_sketch_add(&o->value, b->index + i * b->rows, count);
    find_bearable(v, b, i, count, b->bearable);
    risk_sketch_add(&o->bearable, b->bearable, count);
    for (size_t j = 0; j < i; j++)
        add_pair(v, b, i, j, count);
}

/* ---- who is best ------------------------------------------------------------------------------------ */

/* Where the weights that are drawn stand in a block, and what makes shares of them. */
static size_t find_weights(const risk_view *v, const risk_block *b) {
    size_t count = 0;
    for (size_t i = 0; i < v->drawing.inputs; i++) {
        const ve_input *input = &v->input[v->drawing.input[i]];
        if (input->list < 0) continue;
        b->weight[count++] = (risk_weight){ b->value + i * b->rows, (size_t)input->node, 1 / input->high };
    }
    return count;
}

/* Central weights: the mean weights under which an option wins. */
static void add_weights(const risk_view *v, const risk_block *b, size_t count) {
    size_t weights = find_weights(v, b);
    for (size_t r = 0; weights && r < count; r++) {
        if (b->best[r] < 0) continue;
        double *sum = v->option[b->best[r]].weight;
        for (size_t w = 0; w < weights; w++)
            sum[b->weight[w].node] += b->weight[w].column[r] * b->weight[w].by;
    }
}

static void add_best(const risk_view *v, const risk_block *b, size_t count) {
    for (size_t r = 0; r < count; r++)
        if (b->best[r] >= 0) v->option[b->best[r]].best++;
    add_weights(v, b, count);
}

/* ---- all -------------------------------------------------------------------------------------------- */

static void keep(risk_view *v, const risk_block *b, size_t count) {
    size_t at = v->kept.rows, some = RISK_SAMPLE - at < count ? RISK_SAMPLE - at : count;
    for (size_t i = 0; i < v->drawing.inputs; i++)
        memcpy(v->kept.input + i * RISK_SAMPLE + at, b->value + i * b->rows, some * sizeof(double));
    for (size_t i = 0; i < v->outline->options; i++) {
        memcpy(v->kept.value + i * RISK_SAMPLE + at, b->index + i * b->rows, some * sizeof(double));
        memcpy(v->kept.alone + i * RISK_SAMPLE + at, b->alone + i * b->rows, some * sizeof(double));
    }
    v->kept.rows += some;
}

void risk_tabulate(risk_view *v, risk_block *b, size_t failed) {
    size_t count = failed ? move_up(v, b) : b->rows;
    for (size_t i = 0; i < v->outline->options; i++)
        add_option(v, b, i, count);
    add_best(v, b, count);
    keep(v, b, count);
    v->draws += count;
}

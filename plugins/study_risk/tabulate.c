/* Counting what draws came to, column by column.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "study_risk.h"
#include "ve/wide.h"

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

/* Sums in lanes, so that vectors of any width add in the same order. */
enum { LANES = VE_LANES };
typedef struct lanes {
    double sum[LANES], squares[LANES], above_one[LANES];
} lanes;

VE_WIDE static void add_whole(lanes *to, const double *index, size_t count, double shift) {
    lanes own = *to;
    for (size_t r = 0; r < count; r += LANES)
        for (size_t l = 0; l < LANES; l++) {
            double x = isnan(index[r + l]) ? 0 : index[r + l] - shift;
            own.sum[l] += x;
            own.squares[l] += x * x;
            own.above_one[l] += index[r + l] >= 1 ? 1 : 0;
        }
    *to = own;
}

static void add_indices(risk_option *o, const double *index, size_t count) {
    lanes sums = { 0 };
    double rest[LANES];
    const size_t whole = count - count % LANES;
    for (size_t r = 0; isnan(o->shift) && r < count; r++)
        o->shift = index[r];
    if (isnan(o->shift)) return;
    for (size_t l = 0; l < LANES; l++)
        rest[l] = whole + l < count ? index[whole + l] : NAN;
    add_whole(&sums, index, whole, o->shift);
    add_whole(&sums, rest, LANES, o->shift);
    for (size_t l = 0; l < LANES; l++) {
        o->sum += sums.sum[l];
        o->squares += sums.squares[l];
        o->above_one += (size_t)sums.above_one[l];
    }
}

static void add_ranks(risk_option *o, const int *rank, size_t count) {
    for (size_t r = 0; r < count; r++)
        if (rank[r]) o->rank[rank[r] - 1]++;
}

/* One without a rank is behind all that have one. */
VE_WIDE static void count_pair(const int *mine, const int *other, size_t count, int *better, int *same) {
    int before = 0, level = 0;
    for (size_t r = 0; r < count; r++) {
        before += (mine[r] != 0) & ((other[r] == 0) | (mine[r] < other[r]));
        level += mine[r] == other[r];
    }
    *better = before;
    *same = level;
}

static void add_pair(const risk_view *v, const risk_block *b, size_t i, size_t j, size_t count) {
    int better, same;
    count_pair(b->rank + i * b->rows, b->rank + j * b->rows, count, &better, &same);
    v->option[i].better[j] += better + 0.5 * same;
    v->option[j].better[i] += (int)count - better - same + 0.5 * same;
}

VE_WIDE static void add_costs(double *out, const double *cost, size_t count) {
    for (size_t r = 0; r < count; r++)
        out[r] += cost[r];
}

VE_WIDE static void bear(double *others, const double *share, const double *index, size_t count) {
    for (size_t r = 0; r < count; r++)
        others[r] = ((share[r] < 1) & !isnan(index[r])) ? others[r] * share[r] / (1 - share[r]) : NAN;
}

/* Where V would be 1: F / (1 - F) times what the others cost together. */
static void find_bearable(const risk_view *v, const risk_block *b, size_t i, size_t count, double *out) {
    memset(out, 0, count * sizeof *out);
    for (size_t j = 0; j < v->outline->options; j++)
        if (j != i) add_costs(out, b->cost + j * b->rows, count);
    bear(out, b->share + i * b->rows, b->index + i * b->rows, count);
}

static void add_option(const risk_view *v, const risk_block *b, size_t i, size_t count) {
    risk_option *o = &v->option[i];
    add_indices(o, b->index + i * b->rows, count);
    add_ranks(o, b->rank + i * b->rows, count);
    risk_sketch_add(&o->value, b->index + i * b->rows, count);
    find_bearable(v, b, i, count, b->bearable + i * b->rows);
    risk_sketch_add(&o->bearable, b->bearable + i * b->rows, count);
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
        double *sum = v->option[b->best[r]].weight, *square = v->option[b->best[r]].weight_square;
        for (size_t w = 0; w < weights; w++) {
            double share = b->weight[w].column[r] * b->weight[w].by;
            sum[b->weight[w].node] += share;
            square[b->weight[w].node] += share * share;
        }
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

typedef struct tabulation {
    risk_view *v;
    const risk_block *b;
    size_t count;
} tabulation;

/* Every option on its own, then what hangs on who is best. */
static void tabulate_part(void *context, size_t part) {
    const tabulation *t = context;
    if (part < t->v->outline->options)
        add_option(t->v, t->b, part, t->count);
    else
        add_best(t->v, t->b, t->count);
}

void risk_tabulate(risk_view *v, risk_block *b, size_t failed) {
    tabulation t = { v, b, failed ? move_up(v, b) : b->rows };
    v->s->in_parts(v->s, v->outline->options + 1, tabulate_part, &t);
    keep(v, b, t.count);
    v->draws += t.count;
}

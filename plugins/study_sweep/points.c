/* Many points at once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "study_sweep.h"

/* Rows between two reports of progress; few at first, so that the first report comes early. */
enum { FIRST_BLOCK = 1024, BLOCK = 4096 };

static ve_code column(const sweep_view *v, size_t rows, double **out) {
    *out = v->s->base->memory(v->s->base, (rows + 1) * sizeof **out);
    return *out ? VE_OK : VE_E_MEMORY;
}

ve_code sweep_points_make(const sweep_view *v, size_t rows, sweep_points *out) {
    const ve_services *base = v->s->base;
    size_t all = rows * v->outline->options;
    *out = (sweep_points){ .rows = rows };
    ve_code code = VE_OK;
    for (size_t a = 0; !code && a < v->axes; a++)
        code = column(v, rows, &out->value[a]);
    if (!code) code = column(v, all, &out->index);
    if (!code) code = column(v, all, &out->merit);
    if (!code) code = column(v, all, &out->cost);
    if (code) return code;
    out->rank = base->memory(base, (all + 1) * sizeof *out->rank);
    out->best = base->memory(base, (rows + 1) * sizeof *out->best);
    return out->rank && out->best ? VE_OK : VE_E_MEMORY;
}

/* An option behind a gate has a merit, and cannot be best. */
static void leave_out_unranked(const sweep_view *v, sweep_points *points) {
    for (size_t i = 0; i < points->rows * v->outline->options; i++)
        if (!points->rank[i]) points->merit[i] = NAN;
}

/* A row without a result has no best option either, but nothing shuts its options out. */
static void mark_failed(sweep_points *points) {
    for (size_t r = 0; points->failed && r < points->rows; r++)
        if (isnan(points->cost[r])) points->best[r] = SWEEP_FAILED;
}

static ve_code evaluate(const sweep_view *v, sweep_points *points) {
    const size_t input[SWEEP_PATHS] = { v->axis[0].input, v->axis[1].input };
    const double *const value[SWEEP_PATHS] = { points->value[0], points->value[1] };
    ve_trials trials = { .rows = points->rows,
                         .inputs = v->axes,
                         .input = input,
                         .value = value,
                         .assumptions = v->outline->usual };
    ve_figures figures = { .cost = points->cost,
                           .value_index = points->index,
                           .merit = points->merit,
                           .rank = points->rank,
                           .best = points->best };
    ve_code code = v->s->evaluate_many(v->s, &trials, &figures);
    points->failed = figures.failed;
    memcpy(points->why, figures.why, sizeof points->why);
    if (!code) mark_failed(points);
    return code;
}

/* ---- in blocks ----------------------------------------------------------------------------------- */

/* Values of a block of rows go there, its figures come back. */
static void give(const sweep_view *v, const sweep_points *all, size_t first, sweep_points *block) {
    for (size_t a = 0; a < v->axes; a++)
        memcpy(block->value[a], all->value[a] + first, block->rows * sizeof *block->value[a]);
}

static void take(const sweep_view *v, const sweep_points *block, size_t first, sweep_points *all) {
    for (size_t i = 0; i < v->outline->options; i++) {
        size_t to = i * all->rows + first, from = i * block->rows;
        memcpy(all->index + to, block->index + from, block->rows * sizeof *all->index);
        memcpy(all->merit + to, block->merit + from, block->rows * sizeof *all->merit);
        memcpy(all->rank + to, block->rank + from, block->rows * sizeof *all->rank);
    }
    memcpy(all->best + first, block->best, block->rows * sizeof *all->best);
    if (block->failed && !all->failed) memcpy(all->why, block->why, sizeof all->why);
    all->failed += block->failed;
}

static ve_code evaluate_blocks(const sweep_view *v, sweep_points *points) {
    sweep_points block;
    size_t rows = points->rows, most = FIRST_BLOCK;
    ve_code code = sweep_points_make(v, rows < BLOCK ? rows : BLOCK, &block);
    points->failed = 0;
    for (size_t first = 0; !code && first < rows; first += block.rows, most = BLOCK) {
        block.rows = rows - first < most ? rows - first : most;
        give(v, points, first, &block);
        code = evaluate(v, &block);
        if (!code) take(v, &block, first, points);
        double share = (double)(first + block.rows) / (double)rows;
        v->s->progress(v->s, v->begun + (v->ended - v->begun) * share);
    }
    return code;
}

ve_code sweep_points_ask(const sweep_view *v, sweep_points *points) {
    ve_code code = points->rows <= FIRST_BLOCK ? evaluate(v, points) : evaluate_blocks(v, points);
    if (!code) leave_out_unranked(v, points);
    return code;
}

ve_code sweep_grid(sweep_view *v) {
    size_t inner = v->axis[0].count, outer = v->axes == 2 ? v->axis[1].count : 1;
    ve_code code = sweep_points_make(v, inner * outer, &v->points);
    for (size_t r = 0; !code && r < inner * outer; r++) {
        v->points.value[0][r] = sweep_value(&v->axis[0], r % inner);
        if (v->axes == 2) v->points.value[1][r] = sweep_value(&v->axis[1], r / inner);
    }
    return code ? code : sweep_points_ask(v, &v->points);
}

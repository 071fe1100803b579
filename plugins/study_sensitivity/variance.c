/* All that is uncertain at once: which of it the spread of V comes from.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "study_sensitivity.h"
#include "ve/uncertain.h"

enum { BLOCK = 4096 };
/* The second draws of all inputs lie beyond the first ones. */
#define SECOND ((uint64_t)1 << 40)

typedef struct block {
    size_t rows;
    double *first, *second; /* inputs x rows: draws */
    const double **column;  /* inputs */
    double *index;          /* options x rows */
    double *a, *b;          /* rows: V of the option that is best */
    double shift;           /* near the mean of V */
} block;

/* ---- what is drawn together ------------------------------------------------------------------------ */

static bool together(const sensitivity_view *v, const ve_input *list, size_t i, size_t j) {
    const ve_drawing *d = &v->drawing;
    int mine = list[d->input[i]].list, other = list[d->input[j]].list;
    bool correlated = d->factor && d->factor[i * d->inputs + j] != 0;
    return (mine >= 0 && mine == other) || correlated;
}

static void join(sensitivity_view *v, int from, int to) {
    for (size_t i = 0; i < v->drawing.inputs; i++)
        if (v->group_of[i] == from) v->group_of[i] = to;
}

/* Numbered from 0, in the order of their first inputs. */
static void number_groups(sensitivity_view *v) {
    size_t n = v->drawing.inputs;
    for (size_t i = 0; i < n; i++) {
        int old = v->group_of[i], new = -1 - (int)v->groups;
        if (old < 0) continue; /* it has its number, from -1 downwards */
        v->group[v->groups] = (sensitivity_group){ .first = i };
        for (size_t j = i; j < n; j++)
            if (v->group_of[j] == old) v->group_of[j] = new, v->group[v->groups].count++;
        v->groups++;
    }
    for (size_t i = 0; i < n; i++)
        v->group_of[i] = -1 - v->group_of[i];
}

static ve_code find_groups(sensitivity_view *v) {
    const ve_input *list;
    size_t count, n = v->drawing.inputs;
    v->group_of = v->s->base->memory(v->s->base, n * sizeof *v->group_of);
    v->group = v->s->base->memory(v->s->base, n * sizeof *v->group);
    if (!v->group_of || !v->group) return VE_E_MEMORY;
    ve_code code = v->s->inputs(v->s, &list, &count);
    for (size_t i = 0; !code && i < n; i++) {
        v->group_of[i] = (int)i;
        for (size_t j = 0; j < i; j++)
            if (together(v, list, i, j)) join(v, v->group_of[i], v->group_of[j]);
    }
    if (!code) number_groups(v);
    return code;
}

/* ---- draws ----------------------------------------------------------------------------------------- */

static ve_code block_make(const sensitivity_view *v, block *b) {
    const ve_services *base = v->s->base;
    size_t n = v->drawing.inputs;
    *b = (block){ .first = base->memory(base, n * BLOCK * sizeof(double)),
                  .second = base->memory(base, n * BLOCK * sizeof(double)),
                  .column = base->memory(base, n * sizeof *b->column),
                  .index = base->memory(base, v->outline->options * BLOCK * sizeof(double)),
                  .a = base->memory(base, BLOCK * sizeof(double)),
                  .b = base->memory(base, BLOCK * sizeof(double)),
                  .shift = NAN };
    return b->first && b->second && b->column && b->index && b->a && b->b ? VE_OK : VE_E_MEMORY;
}

/* Inputs of one group from the second draw, the others from the first; -1: all from the first, -2: all from
 * the second. */
static ve_code ask(sensitivity_view *v, block *b, int group) {
    for (size_t i = 0; i < v->drawing.inputs; i++)
        b->column[i] = (group == -2 || v->group_of[i] == group ? b->second : b->first) + i * b->rows;
    ve_trials trials = { .rows = b->rows,
                         .inputs = v->drawing.inputs,
                         .input = v->drawing.input,
                         .value = b->column,
                         .assumptions = v->outline->usual };
    ve_figures figures = { .value_index = b->index };
    ve_code code = v->s->evaluate_many(v->s, &trials, &figures);
    if (figures.failed && !v->failed) memcpy(v->why, figures.why, sizeof v->why);
    v->failed += group < 0 ? figures.failed : 0;
    return code;
}

static const double *index_of(const sensitivity_view *v, const block *b) {
    return b->index + (size_t)v->leader * b->rows;
}

static void find_shift(block *b) {
    double sum = 0, count = 0;
    for (size_t r = 0; r < b->rows; r++)
        if (isfinite(b->a[r])) sum += b->a[r], count++;
    if (isnan(b->shift)) b->shift = count > 0 ? sum / count : 0;
}

static void add(sensitivity_view *v, const block *b, sensitivity_group *g) {
    const double *ab = index_of(v, b);
    for (size_t r = 0; r < b->rows; r++)
        if (isfinite(b->a[r]) && isfinite(b->b[r]) && isfinite(ab[r]))
            sobol_add(&g->sums, b->a[r] - b->shift, b->b[r] - b->shift, ab[r] - b->shift);
}

static ve_code take_block(sensitivity_view *v, block *b, uint64_t first) {
    uint64_t redrawn = 0;
    ve_code code = v->s->draw(v->s, &v->drawing, first, b->rows, b->first, &redrawn);
    if (!code) code = v->s->draw(v->s, &v->drawing, SECOND + first, b->rows, b->second, &redrawn);
    if (!code) code = ask(v, b, -1);
    if (!code) memcpy(b->a, index_of(v, b), b->rows * sizeof *b->a);
    if (!code) code = ask(v, b, -2);
    if (!code) memcpy(b->b, index_of(v, b), b->rows * sizeof *b->b);
    if (!code) find_shift(b);
    for (size_t g = 0; !code && g < v->groups; g++) {
        code = ask(v, b, (int)g);
        if (!code) add(v, b, &v->group[g]);
    }
    return code;
}

ve_code sensitivity_variance(sensitivity_view *v) {
    block b;
    size_t wanted = (size_t)v->params->draws;
    ve_code code = ve_uncertain_find(v->s, v->params->concentration, (uint64_t)v->params->seed, &v->drawing);
    if (code || v->drawing.inputs == 0) return code;
    code = find_groups(v);
    if (!code) code = block_make(v, &b);
    while (!code && v->draws < wanted) {
        b.rows = wanted - v->draws < BLOCK ? wanted - v->draws : BLOCK;
        code = take_block(v, &b, v->draws);
        v->draws += b.rows;
        v->s->progress(v->s, 0.8 + 0.15 * (double)v->draws / (double)wanted);
    }
    return code;
}

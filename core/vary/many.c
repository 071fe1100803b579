/* Many evaluations, some numbers changed in each.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "vary/internal.h"

/* What one row needs, used again for the next. */
typedef struct bench {
    const ve_vary *vary;
    const ve_trials *trials;
    ve_figures *figures;
    ve_arena *arena;   /* reset for every row */
    ve_errors *errors; /* of one row */
    double *value;
} bench;

static void put(double *column, size_t at, double x) {
    if (column) column[at] = x;
}

static void put_option(const bench *b, size_t at, const ve_outcome_option *o) {
    ve_figures *f = b->figures;
    put(f->function_score, at, o ? o->function_score : NAN);
    put(f->cost, at, o ? o->cost : NAN);
    put(f->function_coefficient, at, o ? o->function_coefficient : NAN);
    put(f->cost_coefficient, at, o ? o->cost_coefficient : NAN);
    put(f->value_index, at, o ? o->value_index : NAN);
    put(f->merit, at, o ? o->merit : NAN);
    if (f->rank) f->rank[at] = o ? o->rank : 0;
}

static void put_row(const bench *b, size_t row, const ve_outcome *outcome) {
    for (size_t i = 0; i < b->vary->of.base->model->options; i++)
        put_option(b, i * b->trials->rows + row, outcome ? &outcome->option[i] : NULL);
    if (b->figures->best) b->figures->best[row] = outcome ? outcome->best : -1;
}

static void note_failure(const bench *b) {
    ve_figures *f = b->figures;
    if (!f->failed++ && b->errors->count) snprintf(f->why, sizeof f->why, "%s", b->errors->list[0].message);
}

/* What is wrong with a value is wrong with its row; what is wrong with the program ends it all. */
static bool is_fatal(ve_code code) {
    int status = ve_code_get(code)->status;
    return status == VE_STATUS_LIMIT || status == VE_STATUS_PLUGIN || status == VE_STATUS_INTERNAL ||
           status == VE_STATUS_INTERRUPTED;
}

static ve_code evaluate_row(const bench *b, size_t row) {
    const ve_trials *t = b->trials;
    ve_case subject;
    ve_outcome *outcome = NULL;
    ve_arena_reset(b->arena);
    b->errors->count = b->errors->dropped = 0;
    for (size_t i = 0; i < t->inputs; i++)
        b->value[i] = t->value[i][row];
    ve_change change = { t->input, b->value, t->inputs, VE_NOWHERE };
    ve_code code = ve_vary_case(b->vary, &change, b->arena, &subject, b->errors);
    if (!code) code = ve_evaluate(&subject, &t->assumptions, b->arena, &outcome, b->errors);
    put_row(b, row, code ? NULL : outcome);
    if (code) note_failure(b);
    return code && is_fatal(code) ? code : VE_OK;
}

/* The first failure of the rows becomes one of the run. */
static ve_code tell(const bench *b, ve_code code, ve_errors *errors) {
    if (code == VE_E_MEMORY || !b->errors->count) return ve_fail_memory(errors);
    const ve_error *e = &b->errors->list[0];
    ve_fail(errors, code, e->at, e->path, "%s", e->message);
    if (*e->hint) ve_hint(errors, "%s", e->hint);
    return code;
}

static ve_code evaluate_rows(bench *b, ve_errors *errors) {
    ve_code code = VE_OK;
    for (size_t row = 0; !code && row < b->trials->rows; row++)
        code = evaluate_row(b, row);
    return code ? tell(b, code, errors) : VE_OK;
}

ve_code ve_vary_many(const ve_vary *vary, const ve_trials *trials, ve_figures *figures, ve_errors *errors) {
    bench b = { .vary = vary, .trials = trials, .figures = figures };
    figures->failed = 0;
    figures->why[0] = '\0';
    b.arena = ve_arena_new(0);
    b.errors = malloc(sizeof *b.errors);
    b.value = calloc(trials->inputs + 1, sizeof *b.value);
    ve_code code = b.arena && b.errors && b.value ? VE_OK : ve_fail_memory(errors);
    if (!code) code = evaluate_rows(&b, errors);
    ve_arena_free(b.arena);
    free(b.errors);
    free(b.value);
    return code;
}

/* Many evaluations, some numbers changed in each: by the parts that change where a plan fits, else by
 * building the model anew. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/parallel.h"
#include "vary/plan.h"
#include "vary/resample.h"

enum { BLOCK = 128 };

/* What one thread works with. */
typedef struct bench {
    ve_arena *arena; /* reset for every row */
    ve_arena *kept;  /* of the room */
    ve_errors *errors;
    double *value;
    ve_plan_room room;
    size_t failed, first; /* rows that cannot be evaluated, and the first of them */
    char why[VE_MESSAGE_BYTES];
    ve_code fatal; /* what ends it all; told in `end` */
    size_t fatal_row;
    ve_error end;
} bench;

typedef struct job {
    const ve_vary *vary;
    const ve_trials *trials;
    ve_figures *figures;
    const ve_people *people; /* where customers are drawn again */
    const ve_plan *plan;     /* NULL: none fits */
    bench *bench;            /* by thread */
    unsigned threads;
    atomic_bool stop;
} job;

/* ---- figures --------------------------------------------------------------------------------- */

static void put(double *column, size_t at, double x) {
    if (column) column[at] = x;
}

static void put_option(ve_figures *f, size_t at, const ve_outcome_option *o) {
    put(f->function_score, at, o ? o->function_score : NAN);
    put(f->cost, at, o ? o->cost : NAN);
    put(f->function_coefficient, at, o ? o->function_coefficient : NAN);
    put(f->cost_coefficient, at, o ? o->cost_coefficient : NAN);
    put(f->value_index, at, o ? o->value_index : NAN);
    put(f->merit, at, o ? o->merit : NAN);
    if (f->rank) f->rank[at] = o ? o->rank : 0;
}

static void put_row(const job *j, size_t row, const ve_outcome_option *option, int best) {
    for (size_t i = 0; i < j->vary->of.base->model->options; i++)
        put_option(j->figures, i * j->trials->rows + row, option ? &option[i] : NULL);
    if (j->figures->best) j->figures->best[row] = option ? best : -1;
}

/* ---- rows by building the model anew ----------------------------------------------------------- */

static void note_failure(bench *b, size_t row) {
    if (b->failed++ && b->first < row) return;
    b->first = row;
    snprintf(b->why, sizeof b->why, "%s", b->errors->count ? b->errors->list[0].message : "");
}

/* What is wrong with a value is wrong with its row; what is wrong with the program ends it all. */
static bool is_fatal(ve_code code) {
    int status = ve_code_get(code)->status;
    return status == VE_STATUS_LIMIT || status == VE_STATUS_PLUGIN || status == VE_STATUS_INTERNAL ||
           status == VE_STATUS_INTERRUPTED;
}

static void note_fatal(job *j, bench *b, size_t row, ve_code code) {
    if (b->fatal && b->fatal_row < row) return;
    b->fatal = code;
    b->fatal_row = row;
    b->end = b->errors->count ? b->errors->list[0] : (ve_error){ .code = code };
    j->stop = true;
}

static ve_code draw_customers(const job *j, bench *b, size_t row, ve_groups *out) {
    const ve_groups *people = j->people->groups;
    double *count = ve_alloc_array(b->arena, people->rows, sizeof *count);
    if (!count) return ve_fail_memory(b->errors);
    ve_resample_counts(j->trials, j->trials->resample[row], people->rows, count);
    return ve_resample_groups(people, count, b->arena, out, b->errors);
}

static void build_row(job *j, bench *b, size_t row) {
    const ve_trials *t = j->trials;
    ve_case subject;
    ve_outcome *outcome = NULL;
    ve_arena_reset(b->arena);
    b->errors->count = b->errors->dropped = 0;
    for (size_t i = 0; i < t->inputs; i++)
        b->value[i] = t->value[i][row];
    ve_change change = { .input = t->input, .value = b->value, .count = t->inputs, .at = VE_NOWHERE };
    ve_groups drawn;
    ve_code code = t->resample ? draw_customers(j, b, row, &drawn) : VE_OK;
    if (t->resample) change.groups = &drawn;
    if (!code) code = ve_vary_case(j->vary, &change, b->arena, &subject, b->errors);
    if (!code) code = ve_evaluate(&subject, &t->assumptions, b->arena, &outcome, b->errors);
    put_row(j, row, code ? NULL : outcome->option, code ? -1 : outcome->best);
    if (code) note_failure(b, row);
    if (code && is_fatal(code)) note_fatal(j, b, row, code);
}

/* ---- all rows -------------------------------------------------------------------------------- */

static void evaluate_row(job *j, bench *b, size_t row) {
    int best;
    if (j->plan && ve_plan_row(j->plan, row, &b->room, &best))
        put_row(j, row, b->room.option, best);
    else
        build_row(j, b, row);
}

static void evaluate_block(void *context, size_t block, unsigned worker) {
    job *j = context;
    size_t from = block * BLOCK, to = from + BLOCK < j->trials->rows ? from + BLOCK : j->trials->rows;
    for (size_t row = from; row < to && !j->stop; row++)
        evaluate_row(j, &j->bench[worker], row);
}

static ve_code bench_make(const job *j, bench *b, ve_errors *errors) {
    b->arena = ve_arena_new(0);
    b->kept = ve_arena_new(0);
    b->errors = calloc(1, sizeof *b->errors);
    b->value = calloc(j->trials->inputs + 1, sizeof *b->value);
    if (!b->arena || !b->kept || !b->errors || !b->value) return ve_fail_memory(errors);
    b->room.arena = b->arena;
    b->room.errors = b->errors;
    return j->plan ? ve_plan_room_make(j->plan, b->kept, &b->room, errors) : VE_OK;
}

static void bench_free(bench *b) {
    ve_arena_free(b->arena);
    ve_arena_free(b->kept);
    free(b->errors);
    free(b->value);
}

/* The first failure in the order of rows, whoever met it. */
static void tell_failed(const job *j) {
    const bench *first = NULL;
    for (unsigned i = 0; i < j->threads; i++) {
        const bench *b = &j->bench[i];
        j->figures->failed += b->failed;
        if (b->failed && (!first || b->first < first->first)) first = b;
    }
    if (first) snprintf(j->figures->why, sizeof j->figures->why, "%s", first->why);
}

static ve_code tell_fatal(const job *j, ve_errors *errors) {
    const bench *first = NULL;
    for (unsigned i = 0; i < j->threads; i++) {
        const bench *b = &j->bench[i];
        if (b->fatal && (!first || b->fatal_row < first->fatal_row)) first = b;
    }
    if (!first) return VE_OK;
    if (first->fatal == VE_E_MEMORY) return ve_fail_memory(errors);
    ve_fail(errors, first->fatal, first->end.at, first->end.path, "%s", first->end.message);
    if (*first->end.hint) ve_hint(errors, "%s", first->end.hint);
    return first->fatal;
}

static ve_code evaluate_all(job *j, ve_errors *errors) {
    j->bench = calloc(j->threads, sizeof *j->bench);
    ve_code code = j->bench ? VE_OK : ve_fail_memory(errors);
    for (unsigned i = 0; !code && i < j->threads; i++)
        code = bench_make(j, &j->bench[i], errors);
    if (!code) {
        ve_parallel(j->threads, (j->trials->rows + BLOCK - 1) / BLOCK, evaluate_block, j);
        tell_failed(j);
        code = tell_fatal(j, errors);
    }
    for (unsigned i = 0; j->bench && i < j->threads; i++)
        bench_free(&j->bench[i]);
    free(j->bench);
    return code;
}

/* More threads than blocks have nothing to do. */
static unsigned threads_for(const ve_vary *vary, size_t rows) {
    size_t blocks = (rows + BLOCK - 1) / BLOCK;
    unsigned threads = vary->of.single ? 1 : vary->of.threads;
    return blocks < threads ? (blocks ? (unsigned)blocks : 1) : threads;
}

ve_code ve_vary_many(ve_vary *vary, const ve_trials *trials, ve_figures *figures, ve_errors *errors) {
    job j = {
        .vary = vary, .trials = trials, .figures = figures, .threads = threads_for(vary, trials->rows)
    };
    ve_plan plan = { .vary = vary };
    bool fits = false;
    figures->failed = 0;
    figures->why[0] = '\0';
    ve_arena *arena = ve_arena_new(0);
    ve_code code = arena ? VE_OK : ve_fail_memory(errors);
    if (!code && trials->resample) code = ve_people_make(vary, &j.people, errors);
    if (!code) code = ve_plan_make(vary, trials, arena, &plan, &fits, errors);
    if (fits) j.plan = &plan;
    if (!code) code = evaluate_all(&j, errors);
    ve_plan_free(&plan);
    ve_arena_free(arena);
    return code;
}

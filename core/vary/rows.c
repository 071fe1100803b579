/* Many evaluations on threads. Which thread does which row does not show in the figures, nor in what is told
 * of those that fail. SPDX-License-Identifier: GPL-3.0-or-later */
#include "vary/rows.h"

#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/parallel.h"

enum { BLOCK = VE_ROWS_MOST };

typedef struct bench {
    ve_bench of;
    size_t failed, first; /* rows that cannot be evaluated, and the first of them */
    char why[VE_MESSAGE_BYTES];
    ve_code fatal; /* what ends it all; told in `end` */
    size_t fatal_row;
    ve_error end;
} bench;

typedef struct job {
    const ve_row_task *of;
    bench *bench; /* by thread */
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

static void put_row(const ve_row_task *r, size_t row, const ve_outcome_option *option, int best) {
    for (size_t i = 0; i < r->options; i++)
        put_option(r->figures, i * r->rows + row, option ? &option[i] : NULL);
    if (r->figures->best) r->figures->best[row] = option ? best : -1;
}

/* ---- rows ------------------------------------------------------------------------------------ */

static void note_failure(bench *b, size_t row) {
    if (b->failed++ && b->first < row) return;
    b->first = row;
    snprintf(b->why, sizeof b->why, "%s", b->of.errors->count ? b->of.errors->list[0].message : "");
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
    b->end = b->of.errors->count ? b->of.errors->list[0] : (ve_error){ .code = code };
    j->stop = true;
}

static void evaluate_row(job *j, bench *b, size_t row) {
    const ve_outcome_option *option = NULL;
    int best = -1;
    ve_arena_reset(b->of.arena);
    b->of.errors->count = b->of.errors->dropped = 0;
    ve_code code = j->of->evaluate(j->of->context, row, &b->of, &option, &best);
    put_row(j->of, row, code ? NULL : option, best);
    if (code) note_failure(b, row);
    if (code && is_fatal(code)) note_fatal(j, b, row, code);
}

static void evaluate_block(void *context, size_t block, unsigned worker) {
    job *j = context;
    size_t from = block * BLOCK, to = from + BLOCK < j->of->rows ? from + BLOCK : j->of->rows;
    bench *b = &j->bench[worker];
    bool done[BLOCK] = { false };
    ve_arena_reset(b->of.arena);
    if (j->of->evaluate_some && !j->stop) j->of->evaluate_some(j->of->context, from, to - from, &b->of, done);
    for (size_t row = from; row < to && !j->stop; row++)
        if (!done[row - from]) evaluate_row(j, b, row);
}

/* ---- all of them ----------------------------------------------------------------------------- */

static ve_code bench_make(bench *b, unsigned worker, ve_errors *errors) {
    b->of.worker = worker;
    b->of.arena = ve_arena_new(0);
    b->of.errors = calloc(1, sizeof *b->of.errors);
    return b->of.arena && b->of.errors ? VE_OK : ve_fail_memory(errors);
}

static void bench_free(bench *b) {
    ve_arena_free(b->of.arena);
    free(b->of.errors);
}

/* The first failure in the order of rows, whoever met it. */
static void tell_failed(const job *j) {
    const bench *first = NULL;
    for (unsigned i = 0; i < j->of->threads; i++) {
        const bench *b = &j->bench[i];
        j->of->figures->failed += b->failed;
        if (b->failed && (!first || b->first < first->first)) first = b;
    }
    if (first) snprintf(j->of->figures->why, sizeof j->of->figures->why, "%s", first->why);
}

static ve_code tell_fatal(const job *j, ve_errors *errors) {
    const bench *first = NULL;
    for (unsigned i = 0; i < j->of->threads; i++) {
        const bench *b = &j->bench[i];
        if (b->fatal && (!first || b->fatal_row < first->fatal_row)) first = b;
    }
    if (!first) return VE_OK;
    if (first->fatal == VE_E_MEMORY) return ve_fail_memory(errors);
    ve_fail(errors, first->fatal, first->end.at, first->end.path, "%s", first->end.message);
    if (*first->end.hint) ve_hint(errors, "%s", first->end.hint);
    return first->fatal;
}

unsigned ve_rows_threads(size_t rows, unsigned threads) {
    size_t blocks = (rows + BLOCK - 1) / BLOCK;
    return blocks < threads ? (blocks ? (unsigned)blocks : 1) : threads;
}

ve_code ve_rows_evaluate(const ve_row_task *rows, ve_errors *errors) {
    job j = { .of = rows, .bench = calloc(rows->threads, sizeof *j.bench) };
    rows->figures->failed = 0;
    rows->figures->why[0] = '\0';
    ve_code code = j.bench ? VE_OK : ve_fail_memory(errors);
    for (unsigned i = 0; !code && i < rows->threads; i++)
        code = bench_make(&j.bench[i], i, errors);
    if (!code) {
        ve_parallel(rows->threads, (rows->rows + BLOCK - 1) / BLOCK, evaluate_block, &j);
        tell_failed(&j);
        code = tell_fatal(&j, errors);
    }
    for (unsigned i = 0; j.bench && i < rows->threads; i++)
        bench_free(&j.bench[i]);
    free(j.bench);
    return code;
}

/* Many evaluations, some numbers changed in each: by the parts that change where a plan fits, else by
 * building the model anew. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "vary/block.h"
#include "vary/resample.h"
#include "vary/rows.h"

typedef struct job {
    const ve_vary *vary;
    const ve_trials *trials;
    const ve_people *people; /* where customers are drawn again */
    const ve_plan *plan;     /* NULL: none fits */
    const ve_figures *figures;
    ve_block **block; /* by thread, where there is a plan */
    ve_arena **kept;  /* of the blocks */
    double *value;    /* by thread: inputs */
    unsigned threads;
} job;

/* ---- a row ----------------------------------------------------------------------------------- */

static ve_code draw_customers(const job *j, size_t row, const ve_bench *bench, ve_groups *out) {
    const ve_groups *people = j->people->groups;
    double *count = ve_alloc_array(bench->arena, people->rows, sizeof *count), sum = 0;
    ve_resample drawn;
    if (!count) return ve_fail_memory(bench->errors);
    ve_code code = ve_resample_make(j->trials, people->rows, bench->arena, &drawn, bench->errors);
    if (code) return code;
    ve_resample_draw(&drawn, j->trials->resample[row]);
    ve_resample_some(&drawn, 0, people->rows, count);
    for (size_t r = 0; r < people->rows; r++)
        sum += count[r];
    for (size_t r = 0; r < people->rows; r++)
        count[r] *= ve_resample_scale(&drawn, sum);
    return ve_resample_groups(people, count, bench->arena, out, bench->errors);
}

static ve_code build_row(void *context, size_t row, const ve_bench *bench, const ve_outcome_option **option,
                         int *best) {
    const job *j = context;
    const ve_trials *t = j->trials;
    double *value = j->value + bench->worker * t->inputs;
    ve_case subject;
    ve_outcome *outcome = NULL;
    for (size_t i = 0; i < t->inputs; i++)
        value[i] = t->value[i][row];
    ve_change change = { .input = t->input, .value = value, .count = t->inputs, .at = VE_NOWHERE };
    ve_groups drawn;
    ve_code code = t->resample ? draw_customers(j, row, bench, &drawn) : VE_OK;
    if (t->resample) change.groups = &drawn;
    if (!code) code = ve_vary_case(j->vary, &change, bench->arena, &subject, bench->errors);
    if (!code) code = ve_evaluate(&subject, &t->assumptions, bench->arena, &outcome, bench->errors);
    if (code) return code;
    *option = outcome->option;
    *best = outcome->best;
    return VE_OK;
}

static void evaluate_some(void *context, size_t first, size_t rows, const ve_bench *bench, bool *done) {
    const job *j = context;
    ve_block_evaluate(j->block[bench->worker], first, rows, bench->arena, bench->errors, j->figures, done);
}

/* ---- all rows -------------------------------------------------------------------------------- */

static ve_code make_blocks(job *j, ve_errors *errors) {
    j->value = calloc(j->threads * j->trials->inputs + 1, sizeof *j->value);
    j->block = calloc(j->threads, sizeof *j->block);
    j->kept = calloc(j->threads, sizeof *j->kept);
    if (!j->value || !j->block || !j->kept) return ve_fail_memory(errors);
    ve_code code = VE_OK;
    for (unsigned i = 0; !code && j->plan && i < j->threads; i++) {
        j->kept[i] = ve_arena_new(0);
        code = j->kept[i] ? ve_block_make(j->plan, j->kept[i], &j->block[i], errors) : ve_fail_memory(errors);
    }
    return code;
}

static void free_blocks(job *j) {
    for (unsigned i = 0; j->kept && i < j->threads; i++)
        ve_arena_free(j->kept[i]);
    free(j->value);
    free(j->block);
    free(j->kept);
}

static ve_code evaluate_all(job *j, ve_figures *figures, ve_errors *errors) {
    ve_row_task task = { .rows = j->trials->rows,
                         .options = j->vary->of.base->model->options,
                         .threads = j->threads,
                         .figures = figures,
                         .context = j,
                         .evaluate_some = j->plan ? evaluate_some : NULL,
                         .evaluate = build_row };
    ve_code code = make_blocks(j, errors);
    if (!code) code = ve_rows_evaluate(&task, errors);
    free_blocks(j);
    return code;
}

ve_code ve_vary_many(ve_vary *vary, const ve_trials *trials, ve_figures *figures, ve_errors *errors) {
    job j = { .vary = vary,
              .trials = trials,
              .figures = figures,
              .threads = ve_rows_threads(trials->rows, vary->of.threads) };
    ve_plan plan = { .vary = vary };
    bool fits = false;
    ve_arena *arena = ve_arena_new(0);
    ve_code code = arena ? VE_OK : ve_fail_memory(errors);
    if (!code && trials->resample) code = ve_people_make(vary, &j.people, errors);
    if (!code) code = ve_plan_make(vary, trials, arena, &plan, &fits, errors);
    if (fits) j.plan = &plan;
    figures->by_parts = fits;
    if (!code) code = evaluate_all(&j, figures, errors);
    ve_arena_free(arena);
    return code;
}

/* Drawing uncertain numbers: each from its own stream of random numbers, so that any block of draws can be
 * made by any thread. SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/parallel.h"
#include "num/random.h"
#include "ve/part.h"
#include "vary/internal.h"

enum { BLOCK = 1024, TRIES = 1000 };

/* Streams: one for each input, one for all correlated ones and each of them, and beside them those of further
 * tries. */
enum { STREAM_TRY = 1 << 20 };

typedef struct draw_job {
    const ve_vary *vary;
    const ve_drawing *drawing;
    uint64_t first;
    size_t rows;
    double *value; /* inputs x rows */
    double *row;   /* threads x 2 inputs: what is drawn, and by which normal numbers if they are correlated */
    size_t *drawn; /* inputs that are drawn by quantile, as numbers in the drawing */
    size_t count;
    bool *scaled; /* by list: its drawn points are scaled to the total */
    bool *mixed;  /* by input of the drawing: its normal number is in some input that is drawn */
    atomic_uint_fast64_t redrawn;
    atomic_bool failed; /* a distribution that gives nothing that is allowed */
} draw_job;

static const ve_input *input_of(const draw_job *job, size_t i) {
    return &job->vary->input[job->drawing->input[i]];
}

/* ---- what is drawn how ----------------------------------------------------------------------- */

static bool is_drawn_list(const ve_drawing *d, int list) {
    for (size_t l = 0; l < d->lists; l++)
        if (d->list[l].list == list) return true;
    return false;
}

/* A list some weights of which are uncertain in points. */
static void find_scaled(draw_job *job) {
    for (size_t i = 0; i < job->drawing->inputs; i++) {
        const ve_input *input = input_of(job, i);
        if (input->list >= 0 && input->distribution && !is_drawn_list(job->drawing, input->list))
            job->scaled[input->list] = true;
    }
}

static bool is_scaled(const draw_job *job, const ve_input *input) {
    return input->list >= 0 && job->scaled[input->list];
}

static void find_mixed(draw_job *job) {
    const ve_drawing *d = job->drawing;
    for (size_t n = 0; d->factor && n < job->count; n++)
        for (size_t i = job->drawn[n], j = 0; j <= i; j++)
            job->mixed[j] |= d->factor[i * d->inputs + j] != 0;
}

static void find_drawn(draw_job *job) {
    find_scaled(job);
    for (size_t i = 0; i < job->drawing->inputs; i++) {
        const ve_input *input = input_of(job, i);
        bool by_list = input->list >= 0 && is_drawn_list(job->drawing, input->list);
        if (input->distribution && !by_list) job->drawn[job->count++] = i;
    }
    find_mixed(job);
}

/* ---- one draw -------------------------------------------------------------------------------- */

static bool is_allowed(const ve_input *input, double x) {
    if (input->list >= 0) return x >= 0 && isfinite(x); /* points */
    return ve_input_allows(input, x);
}

static double uniform(const draw_job *job, size_t i, uint64_t draw, unsigned attempt) {
    const ve_drawing *d = job->drawing;
    return ve_random_uniform(d->seed, d->input[i] + (uint64_t)attempt * STREAM_TRY, draw);
}

/* The probability by which input i is drawn: through the copula, of one normal number for each input. */
static double probability(const ve_drawing *d, size_t i, const double *normal) {
    double z = 0;
    for (size_t j = 0; j <= i; j++) {
        double factor = d->factor[i * d->inputs + j];
        if (factor != 0) z += factor * normal[j];
    }
    return gsl_cdf_ugaussian_P(z);
}

/* Correlated numbers are drawn again together, or they would not be correlated any more. */
static bool draw_all(draw_job *job, uint64_t draw, unsigned attempt, double *row) {
    double *normal = row + job->drawing->inputs;
    for (size_t j = 0; j < job->drawing->inputs; j++)
        if (job->mixed[j]) normal[j] = gsl_cdf_ugaussian_Pinv(uniform(job, j, draw, attempt));
    for (size_t n = 0; n < job->count; n++) {
        size_t i = job->drawn[n];
        double p = probability(job->drawing, i, normal);
        row[i] = p > 0 && p < 1 ? ve_part_quantile_of(job->vary->uncertain[job->drawing->input[i]], p) : NAN;
        if (!is_allowed(input_of(job, i), row[i])) return false;
    }
    return true;
}

static bool draw_each(draw_job *job, uint64_t draw, double *row) {
    for (size_t n = 0; n < job->count; n++) {
        size_t i = job->drawn[n];
        unsigned attempt = 0;
        do
            row[i] = ve_part_quantile_of(job->vary->uncertain[job->drawing->input[i]],
                                         uniform(job, i, draw, attempt));
        while (!is_allowed(input_of(job, i), row[i]) && ++attempt < TRIES);
        if (attempt) job->redrawn++;
        if (attempt == TRIES) return false;
    }
    return true;
}

static void draw_uncertain(draw_job *job, uint64_t draw, double *row) {
    unsigned attempt = 0;
    if (!job->drawing->factor) {
        if (!draw_each(job, draw, row)) job->failed = true;
        return;
    }
    while (!draw_all(job, draw, attempt, row) && ++attempt < TRIES)
        job->redrawn++;
    if (attempt == TRIES) job->failed = true;
}

/* ---- function weights ------------------------------------------------------------------------ */

/* x of the inputs of a list, scaled to the list's total. */
static void scale_list(const draw_job *job, int list, double *row) {
    double sum = 0;
    for (size_t i = 0; i < job->drawing->inputs; i++)
        if (input_of(job, i)->list == list) sum += row[i];
    for (size_t i = 0; i < job->drawing->inputs; i++)
        if (input_of(job, i)->list == list) row[i] *= input_of(job, i)->high / sum;
}

/* A weight of zero stays zero. */
static void draw_dirichlet(const draw_job *job, const ve_drawn_list *list, uint64_t draw, double *row) {
    for (size_t i = 0; i < job->drawing->inputs; i++) {
        const ve_input *input = input_of(job, i);
        if (input->list != list->list) continue;
        double shape = list->concentration * input->base / input->high;
        row[i] = shape > 0 ? ve_random_gamma(job->drawing->seed, job->drawing->input[i], draw, shape) : 0;
    }
    scale_list(job, list->list, row);
}

static void draw_weights(draw_job *job, uint64_t draw, double *row) {
    for (size_t l = 0; l < job->drawing->lists; l++)
        draw_dirichlet(job, &job->drawing->list[l], draw, row);
    for (size_t l = 0; l < job->vary->of.base->model->lists; l++)
        if (job->scaled[l]) scale_list(job, (int)l, row);
}

/* ---- many draws ------------------------------------------------------------------------------ */

static void draw_row(draw_job *job, size_t r, double *row) {
    size_t inputs = job->drawing->inputs;
    for (size_t i = 0; i < inputs; i++) {
        const ve_input *input = input_of(job, i);
        row[i] = is_scaled(job, input) ? input->points : input->base;
    }
    draw_uncertain(job, job->first + r, row);
    draw_weights(job, job->first + r, row);
    for (size_t i = 0; i < inputs; i++)
        job->value[i * job->rows + r] = row[i];
}

static void draw_block(void *context, size_t block, unsigned worker) {
    draw_job *job = context;
    double *row = job->row + 2 * worker * job->drawing->inputs;
    size_t from = block * BLOCK, to = from + BLOCK < job->rows ? from + BLOCK : job->rows;
    for (size_t r = from; r < to; r++)
        draw_row(job, r, row);
}

static ve_code nothing_allowed(const draw_job *job, ve_errors *errors) {
    const ve_value *source = job->vary->of.tree;
    ve_fail(errors, VE_E_RANGE, source->at, NULL,
            "an uncertain number of the model lies outside its range in %d draws out of %d", TRIES, TRIES);
    ve_hint(errors, "move its mean into the range, or make its spread smaller");
    return VE_E_RANGE;
}

ve_code ve_vary_draw(const ve_vary *vary, const ve_drawing *drawing, uint64_t first, size_t rows,
                     double *value, uint64_t *redrawn, ve_errors *errors) {
    draw_job job = { .vary = vary, .drawing = drawing, .first = first, .rows = rows, .value = value };
    job.drawn = calloc(drawing->inputs + 1, sizeof *job.drawn);
    job.scaled = calloc(vary->of.base->model->lists + 1, sizeof *job.scaled);
    unsigned threads = vary->of.threads;
    job.mixed = calloc(drawing->inputs + 1, sizeof *job.mixed);
    job.row = calloc(2 * threads * drawing->inputs + 1, sizeof *job.row);
    ve_code code = job.row && job.drawn && job.scaled && job.mixed ? VE_OK : ve_fail_memory(errors);
    if (!code) {
        find_drawn(&job);
        ve_parallel(threads, (rows + BLOCK - 1) / BLOCK, draw_block, &job);
        *redrawn += job.redrawn;
        if (job.failed) code = nothing_allowed(&job, errors);
    }
    free(job.row);
    free(job.drawn);
    free(job.scaled);
    free(job.mixed);
    return code;
}

/* Drawing uncertain numbers: each from its own stream of random numbers, so that any block of draws can be
 * made by any thread. SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "ve/wide.h"
#include "num/gamma.h"
#include "num/random.h"
#include "ve/part.h"
#include "vary/internal.h"

enum { BLOCK = 512, TRIES = 1000 };

/* Streams: one for each input, one for all correlated ones and each of them, and beside them those of further
 * tries. */
enum { STREAM_TRY = 1 << 20 };

typedef struct draw_job {
    const ve_vary *vary;
    const ve_drawing *drawing;
    uint64_t first;
    size_t rows;
    double *value; /* inputs x rows */
    double *row;   /* threads x 2 inputs: one draw, and its normal numbers, where they are correlated */
    size_t *drawn; /* inputs that are drawn by quantile, as numbers in the drawing */
    size_t count;
    bool *scaled; /* by list: its drawn points are scaled to the total */
    bool *stays;  /* by input of the drawing: nothing is drawn for it */
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
        job->stays[i] = !input->distribution && !by_list;
        if (input->distribution && !by_list) job->drawn[job->count++] = i;
    }
    find_mixed(job);
}

/* ---- uncertain numbers ------------------------------------------------------------------------- */

/* A block of draws: column i of the drawing holds `count` of them, from draw `first` on. */
typedef struct draws {
    draw_job *job;
    uint64_t first;
    size_t count;
    double *value;    /* column i begins at i * stride */
    size_t stride;    /* rows of all that is drawn */
    double *row;      /* of the thread: inputs, and as many normal numbers */
    uint64_t redrawn; /* numbers drawn again */
} draws;

static double *column_of(const draws *d, size_t i) {
    return d->value + i * d->stride;
}

typedef struct range {
    double low, high;
} range;

/* Points are anything above nothing. */
static range range_of(const ve_input *input) {
    range allowed = { 0, DBL_MAX };
    if (input->list < 0) ve_input_range(input, &allowed.low, &allowed.high);
    return allowed;
}

static bool is_within(const range *allowed, double x) {
    return x >= allowed->low && x <= allowed->high;
}

static uint64_t stream_of(const draw_job *job, size_t i, unsigned attempt) {
    return job->drawing->input[i] + (uint64_t)attempt * STREAM_TRY;
}

static double uniform(const draw_job *job, size_t i, uint64_t draw, unsigned attempt) {
    return ve_random_uniform(job->drawing->seed, stream_of(job, i, attempt), draw);
}

static double quantile_of(const draw_job *job, size_t i, double p) {
    return ve_part_quantile_of(job->vary->uncertain[job->drawing->input[i]], p);
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
static bool draw_all(const draws *d, uint64_t draw, unsigned attempt) {
    draw_job *job = d->job;
    double *row = d->row, *normal = row + job->drawing->inputs;
    for (size_t j = 0; j < job->drawing->inputs; j++)
        if (job->mixed[j]) normal[j] = gsl_cdf_ugaussian_Pinv(uniform(job, j, draw, attempt));
    for (size_t n = 0; n < job->count; n++) {
        size_t i = job->drawn[n];
        double p = probability(job->drawing, i, normal);
        row[i] = p > 0 && p < 1 ? quantile_of(job, i, p) : NAN;
        range allowed = range_of(input_of(job, i));
        if (!is_within(&allowed, row[i])) return false;
    }
    return true;
}

static void draw_together(draws *d) {
    draw_job *job = d->job;
    for (size_t r = 0; r < d->count; r++) {
        unsigned attempt = 0;
        while (!draw_all(d, d->first + r, attempt) && ++attempt < TRIES)
            d->redrawn++;
        if (attempt == TRIES) job->failed = true;
        for (size_t n = 0; n < job->count; n++)
            column_of(d, job->drawn[n])[r] = d->row[job->drawn[n]];
    }
}

/* What the first try was not allowed to be; NaN where no try is. */
static double draw_again(const draws *d, size_t i, const range *allowed, uint64_t draw) {
    for (unsigned attempt = 1; attempt < TRIES; attempt++) {
        double x = quantile_of(d->job, i, uniform(d->job, i, draw, attempt));
        if (is_within(allowed, x)) return x;
    }
    d->job->failed = true;
    return NAN;
}

static void draw_alone(draws *d, size_t i) {
    const draw_job *job = d->job;
    const range allowed = range_of(input_of(job, i));
    double *x = column_of(d, i);
    ve_random_fill(job->drawing->seed, stream_of(job, i, 0), d->first, d->count, x);
    ve_part_quantiles(job->vary->uncertain[job->drawing->input[i]], d->count, x);
    for (size_t r = 0; r < d->count; r++) {
        if (is_within(&allowed, x[r])) continue;
        x[r] = draw_again(d, i, &allowed, d->first + r);
        d->redrawn++;
    }
}

static void draw_uncertain(draws *d) {
    if (d->job->drawing->factor) {
        draw_together(d);
        return;
    }
    for (size_t n = 0; n < d->job->count; n++)
        draw_alone(d, d->job->drawn[n]);
}

/* ---- function weights ------------------------------------------------------------------------ */

VE_WIDE static void add(double *sum, const double *x, size_t count) {
    for (size_t r = 0; r < count; r++)
        sum[r] += x[r];
}

VE_WIDE static void scale(double *x, double total, const double *sum, size_t count) {
    for (size_t r = 0; r < count; r++)
        x[r] *= total / sum[r];
}

/* What the columns of a list's inputs add up to: BLOCK. */
static void sum_list(const draws *d, int list, double *sum) {
    memset(sum, 0, d->count * sizeof *sum);
    for (size_t i = 0; i < d->job->drawing->inputs; i++)
        if (input_of(d->job, i)->list == list) add(sum, column_of(d, i), d->count);
}

/* They are scaled to the list's total. */
static void scale_list(const draws *d, int list, const double *sum) {
    for (size_t i = 0; i < d->job->drawing->inputs; i++)
        if (input_of(d->job, i)->list == list)
            scale(column_of(d, i), input_of(d->job, i)->high, sum, d->count);
}

static void put(double *column, size_t count, double x) {
    for (size_t r = 0; r < count; r++)
        column[r] = x;
}

/* With next to no votes nearly all weight falls on one function, and the others are too small for a number.
 * Where all of them are, one gets it, as often as it weighs: that is the limit. */
#define LOST 1e-290

static void give_to_one(const draws *d, int list, size_t r, double place) {
    double *chosen = NULL;
    for (size_t i = 0; i < d->job->drawing->inputs; i++) {
        const ve_input *input = input_of(d->job, i);
        if (input->list != list) continue;
        column_of(d, i)[r] = 0;
        if (place >= 0 && input->base > 0) chosen = column_of(d, i) + r;
        place -= input->base / input->high;
    }
    if (chosen) *chosen = 1;
}

/* Of the first input of a list, where no gamma number takes its bits. */
static uint64_t stream_beside(const draws *d, int list) {
    size_t i = 0;
    while (input_of(d->job, i)->list != list)
        i++;
    return d->job->drawing->input[i] ^ (uint64_t)0xfffe << 48;
}

static void find_lost(const draws *d, int list, double *sum) {
    for (size_t r = 0; r < d->count; r++) {
        if (sum[r] > LOST) continue;
        give_to_one(d, list, r,
                    ve_random_uniform(d->job->drawing->seed, stream_beside(d, list), d->first + r));
        sum[r] = 1;
    }
}

/* A weight of zero stays zero. */
static void draw_dirichlet(const draws *d, const ve_drawn_list *list) {
    const ve_drawing *drawing = d->job->drawing;
    double sum[BLOCK];
    for (size_t i = 0; i < drawing->inputs; i++) {
        const ve_input *input = input_of(d->job, i);
        if (input->list != list->list) continue;
        double shape = list->concentration * input->base / input->high;
        if (shape > 0)
            ve_gamma_fill(drawing->seed, drawing->input[i], d->first, d->count, shape, column_of(d, i));
        else
            put(column_of(d, i), d->count, 0);
    }
    sum_list(d, list->list, sum);
    find_lost(d, list->list, sum);
    scale_list(d, list->list, sum);
}

static void draw_weights(const draws *d) {
    double sum[BLOCK];
    for (size_t l = 0; l < d->job->drawing->lists; l++)
        draw_dirichlet(d, &d->job->drawing->list[l]);
    for (size_t l = 0; l < d->job->vary->of.base->model->lists; l++) {
        if (!d->job->scaled[l]) continue;
        sum_list(d, (int)l, sum);
        scale_list(d, (int)l, sum);
    }
}

/* ---- many draws ------------------------------------------------------------------------------ */

static void draw_block(void *context, size_t block, unsigned worker) {
    draw_job *job = context;
    size_t inputs = job->drawing->inputs, from = block * BLOCK;
    draws d = { .job = job,
                .first = job->first + from,
                .count = job->rows - from < BLOCK ? job->rows - from : BLOCK,
                .value = job->value + from,
                .stride = job->rows,
                .row = job->row + 2 * worker * inputs };
    for (size_t i = 0; i < inputs; i++) {
        const ve_input *input = input_of(job, i);
        if (job->stays[i])
            put(column_of(&d, i), d.count, is_scaled(job, input) ? input->points : input->base);
    }
    draw_uncertain(&d);
    draw_weights(&d);
    job->redrawn += d.redrawn;
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
    job.stays = calloc(drawing->inputs + 1, sizeof *job.stays);
    job.row = calloc(2 * threads * drawing->inputs + 1, sizeof *job.row);
    ve_code code =
        job.row && job.drawn && job.scaled && job.mixed && job.stays ? VE_OK : ve_fail_memory(errors);
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
    free(job.stays);
    return code;
}

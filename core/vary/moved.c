/* Customers of an option whose target moves. Near the customers by boxes, far from all of them one by one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "vary/moved.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "num/bell.h"

/* So few points are asked one by one at once. */
enum { FEW = 48, OCTAVES = 64, OCTAVE_ZERO = 32 };

/* An option's customers, whatever its target: kept for all trials of a ve_vary. */
typedef struct ve_kept_points {
    size_t option;
    bool each;
    ve_bell_points of;      /* weights, then a column for every mean: sums of weight * score */
    const double **column;  /* of.weight */
    ve_bell *bell[OCTAVES]; /* NULL: not asked for yet */
    struct ve_kept_points *next;
} ve_kept_points;

struct ve_moved {
    ve_move move;
    ve_kept_points *points;
    const ve_series *series; /* NULL: none */
    bool by_sd;              /* it is one of sd, else of the mean */
};

/* ---- asking ---------------------------------------------------------------------------------- */

static double value_of(const double *column, size_t row, double otherwise) {
    return column && !isnan(column[row]) ? column[row] : otherwise;
}

double ve_moved_sd(const ve_moved *m, size_t row) {
    return value_of(m->move.sd_column, row, m->move.sd);
}

double ve_moved_log_peak(double sd) {
    static const double half_log_2_pi = 0.91893853320467274178;
    return -(log(sd) + half_log_2_pi);
}

/* The nearest customer counts 1, so that nothing underflows. */
static double nearest(const ve_bell_points *p, double mean, double sd) {
    double least = HUGE_VAL;
    for (size_t j = 0; j < p->rows; j++) {
        double z = fabs(p->x[j] - mean) / sd;
        if (p->weight[0][j] > 0 && z < least) least = z;
    }
    return least;
}

static bool ask_each(const ve_bell_points *p, double mean, double sd, double *sum, double *log_scale) {
    double least = nearest(p, mean, sd);
    if (!isfinite(least * least)) return false;
    for (size_t c = 0; c < p->columns; c++)
        sum[c] = 0;
    for (size_t j = 0; j < p->rows; j++) {
        double z = (p->x[j] - mean) / sd, a = exp(0.5 * (least * least - z * z));
        for (size_t c = 0; c < p->columns; c++)
            sum[c] += a * p->weight[c][j];
    }
    *log_scale = -0.5 * least * least;
    return true;
}

static int octave_of(double sd) {
    int octave = ilogb(sd) + OCTAVE_ZERO;
    return octave < 0 || octave >= OCTAVES ? -1 : octave;
}

static bool ask(const ve_moved *m, double mean, double sd, double *sum, double *log_scale) {
    int octave = octave_of(sd);
    *log_scale = 0;
    const ve_bell *bell = octave >= 0 ? m->points->bell[octave] : NULL;
    if (bell && ve_bell_sum(bell, mean, sd, sum)) return true;
    return ask_each(&m->points->of, mean, sd, sum, log_scale);
}

/* Mean c at mean[c * stride]. */
static bool means_at(const ve_moved *m, double middle, double sd, size_t stride, double *mean,
                     double *log_sum, double *sum) {
    double log_scale;
    if (!(sd > 0) || !isfinite(sd) || !isfinite(middle)) return false;
    if (!ask(m, middle, sd, sum, &log_scale) || !(sum[0] > 0)) return false;
    for (size_t c = 1; c < m->points->of.columns; c++)
        mean[(c - 1) * stride] = sum[c] / sum[0];
    *log_sum = log_scale + log(sum[0]);
    return true;
}

/* ---- making it ------------------------------------------------------------------------------- */

/* The boxes for all that rows will ask. */
static void make_bells(const ve_vary *vary, const ve_moved *m, size_t rows) {
    ve_kept_points *points = m->points;
    if (points->of.rows <= FEW) return;
    for (size_t row = 0; row < rows; row++) {
        double sd = ve_moved_sd(m, row);
        int octave = sd > 0 && isfinite(sd) ? octave_of(sd) : -1;
        if (octave >= 0 && !points->bell[octave])
            points->bell[octave] =
                ve_bell_new(&points->of, ldexp(1, octave - OCTAVE_ZERO), vary->of.binder.arena);
        if (!m->move.sd_column) return;
    }
}

/* sum over leaves of w_k times the sums of weight * score. */
static void put_together(const ve_groups *groups, size_t first_cell, size_t leaves, const double *weight,
                         double *out) {
    for (size_t k = 0; k < leaves; k++) {
        const double *score = groups->score + (first_cell + k) * groups->rows;
        for (size_t g = 0; g < groups->rows; g++)
            out[g] += weight[k] * score[g];
    }
}

static bool set_columns(ve_kept_points *points, const ve_vary *vary, const double *weight) {
    const ve_groups *groups = vary->of.base->groups;
    ve_arena *arena = vary->of.binder.arena;
    size_t leaves = vary->of.base->model->leaves, means = weight ? 1 : leaves;
    double *own = weight ? ve_alloc_array(arena, groups->rows, sizeof *own) : NULL;
    points->column = ve_alloc_array(arena, 1 + means, sizeof *points->column);
    if (!points->column || (weight && !own)) return false;
    if (weight) put_together(groups, points->option * leaves, leaves, weight, own);
    points->column[0] = groups->weight;
    for (size_t k = 0; k < means; k++)
        points->column[1 + k] = weight ? own : groups->score + (points->option * leaves + k) * groups->rows;
    points->of = (ve_bell_points){ groups->rows, 1 + means, groups->attribute, points->column };
    return true;
}

/* The kept ones, or new ones. NULL: out of memory. */
static ve_kept_points *points_for(ve_vary *vary, size_t option, const double *weight) {
    ve_kept_points *kept = vary->points;
    while (kept && (kept->option != option || kept->each != !weight))
        kept = kept->next;
    if (kept) return kept;
    kept = ve_alloc(vary->of.binder.arena, sizeof *kept);
    if (!kept) return NULL;
    *kept = (ve_kept_points){ .option = option, .each = !weight, .next = vary->points };
    if (!set_columns(kept, vary, weight)) return NULL;
    return vary->points = kept;
}

/* ---- a series for what is drawn many times ----------------------------------------------------- */

enum { MANY = 2048 };

typedef struct asking {
    const ve_moved *moved;
    double *sum;
} asking;

static bool series_value(const void *context, double x, double *out) {
    const asking *a = context;
    const ve_moved *m = a->moved;
    return means_at(m, m->by_sd ? m->move.mean : x, m->by_sd ? x : m->move.sd, 1, out + 1, out, a->sum);
}

/* Nearly all that can be drawn; what lies outside is asked directly. */
static bool make_series(const ve_vary *vary, const ve_moved *m, size_t input, double *room, ve_series *out) {
    const ve_input *of = &vary->input[input];
    double low = fmax(ve_vary_quantile(vary, input, 1e-7), of->low);
    double high = fmin(ve_vary_quantile(vary, input, 1 - 1e-7), of->high);
    double *sum = calloc(m->points->of.columns, sizeof *sum);
    asking a = { m, sum };
    if (m->by_sd) low = fmax(low, high / 1e3);
    bool made = sum && ve_series_make(series_value, &a, low, high, m->points->of.columns, room, out);
    free(sum);
    return made;
}

static ve_kept_series *find_series(const ve_vary *vary, size_t input, bool each) {
    ve_kept_series *kept = vary->series;
    while (kept && (kept->input != input || kept->each != each))
        kept = kept->next;
    return kept;
}

/* The kept one, or a new one. NULL: out of memory. */
static ve_kept_series *series_for(ve_vary *vary, const ve_moved *m, size_t input, bool each) {
    ve_kept_series *kept = find_series(vary, input, each);
    if (kept) return kept;
    ve_arena *arena = vary->of.binder.arena;
    double *room = ve_alloc_array(arena, VE_SERIES_MOST * m->points->of.columns, sizeof *room);
    kept = ve_alloc(arena, sizeof *kept);
    if (!room || !kept) return NULL;
    *kept = (ve_kept_series){ .input = input, .each = each, .next = vary->series };
    kept->possible = make_series(vary, m, input, room, &kept->of);
    return vary->series = kept;
}

/* Where only one number moves, and is drawn many times. */
static bool use_series(ve_vary *vary, ve_moved *m, size_t rows) {
    bool each = m->points->each;
    bool both = m->move.mean_column && m->move.sd_column;
    m->by_sd = m->move.sd_column != NULL;
    size_t input = m->by_sd ? m->move.sd_input : m->move.mean_input;
    bool known = find_series(vary, input, each) != NULL;
    if (both || !vary->uncertain[input] || (rows < MANY && !known)) return true;
    if (!known) make_bells(vary, m, rows);
    const ve_kept_series *kept = series_for(vary, m, input, each);
    if (kept && kept->possible) m->series = &kept->of;
    return kept != NULL;
}

ve_moved *ve_moved_new(ve_vary *vary, size_t option, const ve_move *move, size_t rows, const double *weight,
                       ve_arena *arena, ve_errors *errors) {
    ve_moved *m = ve_alloc(arena, sizeof *m);
    if (m) *m = (ve_moved){ .move = *move, .points = points_for(vary, option, weight) };
    if (!m || !m->points || !use_series(vary, m, rows)) return ve_fail_memory(errors), NULL;
    if (!m->series) make_bells(vary, m, rows);
    return m;
}

/* ---- rows ------------------------------------------------------------------------------------ */

void ve_moved_at(const ve_moved *m, size_t row, double *mean, double *sd) {
    *mean = value_of(m->move.mean_column, row, m->move.mean);
    *sd = ve_moved_sd(m, row);
}

/* mean: the row's place in the first column. */
static bool ask_row(const ve_moved *m, size_t row, size_t rows, double *mean, double *sum, double *log_sum) {
    double middle, sd;
    ve_moved_at(m, row, &middle, &sd);
    return means_at(m, middle, sd, rows, mean, log_sum, sum);
}

/* Where rows lie on the series; the middle of it where they do not. */
static void places(const ve_moved *m, size_t first, size_t rows, double *x, bool *outside) {
    const ve_series *s = m->series;
    for (size_t r = 0; r < rows; r++) {
        double middle, sd;
        ve_moved_at(m, first + r, &middle, &sd);
        x[r] = m->by_sd ? sd : middle;
        outside[r] = !(x[r] >= s->low && x[r] <= s->high);
        if (outside[r]) x[r] = 0.5 * (s->low + s->high);
    }
}

static void ask_series(const ve_moved *m, size_t first, size_t rows, double *mean, double *log_sum,
                       bool *outside) {
    double x[VE_ROWS_MOST] = { 0 }, *column[VE_SERIES_COLUMNS] = { log_sum };
    for (size_t c = 1; c < m->series->columns; c++)
        column[c] = mean + (c - 1) * rows;
    places(m, first, rows, x, outside);
    ve_series_at(m->series, x, rows, column);
}

void ve_moved_means(const ve_moved *m, size_t first, size_t rows, double *mean, double *sum, double *log_sum,
                    bool *done) {
    bool open[VE_ROWS_MOST];
    for (size_t r = 0; r < rows; r++)
        open[r] = true;
    if (m->series) ask_series(m, first, rows, mean, log_sum, open);
    for (size_t r = 0; r < rows; r++)
        if (open[r] && done[r]) done[r] = ask_row(m, first + r, rows, mean + r, sum, &log_sum[r]);
}

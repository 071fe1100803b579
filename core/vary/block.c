/* Rows of trials by a plan, a block at a time. Columns that the plan does not change are filled once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "vary/block.h"

#include <math.h>
#include <string.h>

#include "ve/wide.h"

struct ve_block {
    const ve_plan *plan;
    size_t first, rows; /* of the block in hand; columns have `rows` rows */
    ve_part_rows parts;
    double *weight;              /* by node, columns: of the whole */
    double *fixed, *list_weight; /* by sibling: of one row */
    double *asked;               /* 1 + leaves: of customers in one row */
    ve_drawn_room *drawn;
    ve_rows_room *room;
};

/* ---- making ------------------------------------------------------------------------------------- */

ve_code ve_block_make(const ve_plan *plan, ve_arena *arena, ve_block **out, ve_errors *errors) {
    const ve_model *model = plan->vary->of.base->model;
    const size_t m = model->options, n = model->functions, k = model->leaves, rows = VE_ROWS_MOST;
    ve_block *b = *out = ve_alloc(arena, sizeof *b);
    if (!b) return ve_fail_memory(errors);
    *b = (ve_block){ .plan = plan };
    b->parts.mean_score = ve_alloc_array(arena, m * rows, sizeof(double));
    b->parts.log_factor = ve_alloc_array(arena, m * rows, sizeof(double));
    b->parts.cost = ve_alloc_array(arena, m * rows, sizeof(double));
    b->parts.score = ve_alloc_array(arena, m * k * rows, sizeof(double));
    b->parts.local_weight = ve_alloc_array(arena, n * rows, sizeof(double));
    b->weight = ve_alloc_array(arena, n * rows, sizeof(double));
    b->fixed = ve_alloc_array(arena, n, sizeof(double));
    b->list_weight = ve_alloc_array(arena, n, sizeof(double));
    b->asked = ve_alloc_array(arena, 1 + k, sizeof(double));
    b->room = ve_rows_room_make(plan->vary->of.base, &plan->trials->assumptions, arena);
    if (!b->parts.mean_score || !b->parts.log_factor || !b->parts.cost || !b->parts.score ||
        !b->parts.local_weight || !b->weight || !b->fixed || !b->list_weight || !b->asked || !b->room)
        return ve_fail_memory(errors);
    return plan->drawn ? ve_drawn_room_make(plan->drawn, arena, &b->drawn, errors) : VE_OK;
}

static void fill(double *column, const double *value, size_t columns, size_t rows) {
    for (size_t c = 0; c < columns; c++)
        for (size_t r = 0; r < rows; r++)
            column[c * rows + r] = value[c];
}

/* Columns as the base has them. Those that change are written in every block, the others stay. */
static void set_rows(ve_block *b, size_t rows) {
    const ve_plan *plan = b->plan;
    const ve_model *model = plan->vary->of.base->model;
    if (b->rows == rows) return;
    b->rows = b->parts.rows = rows;
    fill(b->parts.mean_score, plan->mean_score, model->options, rows);
    fill(b->parts.log_factor, plan->log_factor, model->options, rows);
    fill(b->parts.score, plan->base->score, model->options * model->leaves, rows);
    fill(b->parts.local_weight, plan->base->local_weight, model->functions, rows);
    fill(b->weight, plan->base->weight, model->functions, rows);
    for (size_t i = 0; i < model->options; i++)
        fill(b->parts.cost + i * rows, &plan->base->option[i].cost, 1, rows);
}

/* ---- what is allowed ------------------------------------------------------------------------------- */

/* Of scores on a scale the field says nothing. */
static void range_of(const ve_plan *plan, const ve_input *input, double *low, double *high) {
    const ve_model *model = plan->vary->of.base->model;
    ve_input_range(input, low, high);
    if (input->kind != VE_INPUT_SCORE) return;
    *low = fmax(*low, isnan(model->scale_low) ? 0 : model->scale_low);
    *high = fmin(*high, model->scale_high);
}

/* NaN passes: there it stays as it is. */
VE_WIDE static void find_outside(const double *x, size_t rows, double low, double high, double *outside) {
    for (size_t r = 0; r < rows; r++)
        outside[r] = ((x[r] < low) | (x[r] > high)) ? 1 : outside[r];
}

static void refuse(const ve_block *b, bool *done) {
    double outside[VE_ROWS_MOST] = { 0 }, low, high;
    for (size_t i = 0; i < b->plan->trials->inputs; i++) {
        range_of(b->plan, &b->plan->vary->input[b->plan->trials->input[i]], &low, &high);
        find_outside(b->plan->trials->value[i] + b->first, b->rows, low, high, outside);
    }
    for (size_t r = 0; r < b->rows; r++)
        done[r] = outside[r] == 0;
}

/* ---- columns that are set --------------------------------------------------------------------------- */

/* The numbers of a column of trials, what is otherwise there where they leave it. */
static void set_column(const ve_block *b, const double *column, double otherwise, double *out) {
    for (size_t r = 0; r < b->rows; r++) {
        double x = column[b->first + r];
        out[r] = isnan(x) ? otherwise : x;
    }
}

static void set_costs(ve_block *b) {
    const ve_plan *plan = b->plan;
    for (size_t i = 0; i < plan->vary->of.base->model->options; i++)
        if (plan->cost[i])
            set_column(b, plan->cost[i], plan->base->option[i].cost, b->parts.cost + i * b->rows);
}

static void set_scores(ve_block *b) {
    const ve_plan *plan = b->plan;
    const ve_model *model = plan->vary->of.base->model;
    for (size_t c = 0; plan->any_score && c < model->options * model->leaves; c++)
        if (plan->score[c]) set_column(b, plan->score[c], plan->base->score[c], b->parts.score + c * b->rows);
}

/* ---- weights ------------------------------------------------------------------------------------------ */

/* Those of one list in one row; false where those that are set do not fit together. */
static bool weigh_row(ve_block *b, const ve_list *list, size_t r) {
    const ve_plan *plan = b->plan;
    double sum = 0;
    size_t set = 0;
    for (size_t k = 0; k < list->count; k++) {
        size_t node = (size_t)list->node[k];
        const double *column = plan->weight[node];
        bool open = !column || isnan(column[b->first + r]);
        b->fixed[k] = open ? plan->vary->of.base->model->function[node].fixed
                           : column[b->first + r] / plan->total[node];
        b->list_weight[k] = plan->base->local_weight[node];
        if (!isnan(b->fixed[k])) set++, sum += b->fixed[k];
    }
    if (set && (sum > 1 + 1e-9 || (set == list->count && sum < 1 - 1e-9))) return false;
    ve_list_fix_to(b->fixed, list->count, b->list_weight);
    for (size_t k = 0; k < list->count; k++)
        b->parts.local_weight[(size_t)list->node[k] * b->rows + r] = b->list_weight[k];
    return true;
}

static bool sets_all(const ve_plan *plan, const ve_list *list) {
    for (size_t k = 0; k < list->count; k++)
        if (!plan->weight[list->node[k]]) return false;
    return true;
}

/* Where all siblings are set their weights are what they are set to; sum: what they add up to, NaN where one
 * stays. */
static void weigh_all(ve_block *b, const ve_list *list, double *sum) {
    memset(sum, 0, b->rows * sizeof *sum);
    for (size_t k = 0; k < list->count; k++) {
        size_t node = (size_t)list->node[k];
        const double *column = b->plan->weight[node] + b->first, total = b->plan->total[node];
        double *local = b->parts.local_weight + node * b->rows;
        for (size_t r = 0; r < b->rows; r++)
            sum[r] += local[r] = column[r] / total;
    }
}

static void weigh_list(ve_block *b, const ve_list *list, bool *done) {
    double sum[VE_ROWS_MOST];
    bool all = sets_all(b->plan, list);
    if (all) weigh_all(b, list, sum);
    for (size_t r = 0; r < b->rows; r++)
        if (!all || !(fabs(sum[r] - 1) <= 1e-9)) done[r] &= weigh_row(b, list, r);
}

/* The first option's weights are everybody's. */
static void weigh(ve_block *b, bool *done) {
    const ve_model *model = b->plan->vary->of.base->model;
    if (!b->plan->any_weight) return;
    for (size_t l = 0; l < model->lists; l++)
        if (b->plan->weighed[l]) weigh_list(b, &model->list[l], done);
    ve_multiply_down(model, b->parts.local_weight, b->rows, b->weight);
}

/* ---- customers ------------------------------------------------------------------------------------------
 */

/* Where an option's customers' means belong. */
static double *means_of(const ve_block *b, size_t option) {
    size_t leaves = b->plan->vary->of.base->model->leaves;
    return b->plan->each ? b->parts.score + option * leaves * b->rows
                         : b->parts.mean_score + option * b->rows;
}

/* Log of the sum of customer weights -> log of the factor: the same as targets.c and coefficients.c of the
 * evaluation find for a normal curve. */
static void find_factor(const ve_block *b, const ve_moved *moved, double *log_factor) {
    if (b->plan->trials->assumptions.aggregate != VE_AGGREGATE_SUM) return;
    for (size_t r = 0; r < b->rows; r++)
        log_factor[r] += ve_moved_log_peak(ve_moved_sd(moved, b->first + r));
}

static void ask_moved(ve_block *b, size_t option, bool *done) {
    const ve_moved *moved = b->plan->moved[option];
    double *log_factor = b->parts.log_factor + option * b->rows;
    ve_moved_means(moved, b->first, b->rows, means_of(b, option), b->asked, log_factor, done);
    find_factor(b, moved, log_factor);
}

static void put_means(ve_block *b, size_t option, size_t r) {
    size_t means = b->plan->each ? b->plan->vary->of.base->model->leaves : 1;
    for (size_t c = 0; c < means; c++)
        means_of(b, option)[c * b->rows + r] = b->asked[c];
}

static void take_drawn(ve_block *b, size_t from, size_t rows, bool *done) {
    const size_t options = b->plan->vary->of.base->model->options;
    for (size_t r = from; r < from + rows; r++)
        for (size_t i = 0; done[r] && i < options; i++) {
            done[r] = ve_drawn_means(b->drawn, r - from, i, b->asked, &b->parts.log_factor[i * b->rows + r]);
            if (done[r]) put_means(b, i, r);
        }
}

static void ask_drawn(ve_block *b, bool *done) {
    for (size_t from = 0; from < b->rows; from += VE_DRAWN_AT_ONCE) {
        size_t rows = b->rows - from < VE_DRAWN_AT_ONCE ? b->rows - from : VE_DRAWN_AT_ONCE;
        ve_drawn_ask(b->drawn, b->first + from, rows);
        take_drawn(b, from, rows, done);
    }
}

static void ask_customers(ve_block *b, bool *done) {
    if (b->plan->drawn) {
        ask_drawn(b, done);
        return;
    }
    for (size_t i = 0; i < b->plan->vary->of.base->model->options; i++)
        if (b->plan->moved[i]) ask_moved(b, i, done);
}

/* Where they are not asked as a whole. */
static void average(ve_block *b) {
    const ve_plan *plan = b->plan;
    const ve_model *model = plan->vary->of.base->model;
    bool changed = plan->any_weight || plan->any_score || plan->each;
    for (size_t i = 0; changed && i < model->options; i++)
        if (plan->each || !(plan->moved[i] || plan->drawn))
            ve_weighted_scores(model, b->weight, b->parts.score + i * model->leaves * b->rows, b->rows,
                               b->parts.mean_score + i * b->rows);
}

/* ---- all of it ------------------------------------------------------------------------------------------
 */

void ve_block_evaluate(ve_block *b, size_t first, size_t rows, ve_arena *scratch, ve_errors *errors,
                       const ve_figures *figures, bool *done) {
    set_rows(b, rows);
    b->first = first;
    refuse(b, done);
    set_costs(b);
    set_scores(b);
    weigh(b, done);
    ask_customers(b, done);
    average(b);
    ve_evaluate_rows(b->room, &b->parts, scratch, errors, figures, b->plan->trials->rows, first, done);
}

/* The last stages of many evaluations at once. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "eval/internal.h"

struct ve_rows_room {
    const ve_case *subject;
    bool added, gated; /* customers are added up; some function has a gate */
    ve_coefficients found;
    ve_fault fault[VE_ROWS_MOST];
    ve_outcome_option *option;    /* of one row */
    double *merit;                /* m columns: as the rule says */
    ve_rank_rows ranks;           /* of those that are not out by a gate */
    double *score, *local_weight; /* m x k, m x n: of one row, where there are gates */
};

ve_rows_room *ve_rows_room_make(const ve_case *subject, const ve_assumptions *assumptions, ve_arena *arena) {
    const ve_model *model = subject->model;
    const size_t m = model->options;
    ve_rows_room *room = ve_alloc(arena, sizeof *room);
    if (!room) return NULL;
    room->subject = subject;
    room->added = assumptions->aggregate != VE_AGGREGATE_MEAN;
    room->gated = ve_model_has_gates(model);
    room->found = (ve_coefficients){ .options = m, .rows = VE_ROWS_MOST, .fault = room->fault };
    room->option = ve_alloc_array(arena, m, sizeof *room->option);
    room->merit = ve_alloc_array(arena, m * VE_ROWS_MOST, sizeof *room->merit);
    room->ranks = (ve_rank_rows){ .options = m,
                                  .merit = ve_alloc_array(arena, m * VE_ROWS_MOST, sizeof(double)),
                                  .rank = ve_alloc_array(arena, m * VE_ROWS_MOST, sizeof(double)),
                                  .own = ve_alloc_array(arena, m, sizeof(double)),
                                  .given = ve_alloc_array(arena, m, sizeof(int)) };
    room->score = ve_alloc_array(arena, m * model->leaves, sizeof *room->score);
    room->local_weight = ve_alloc_array(arena, m * model->functions, sizeof *room->local_weight);
    bool all = room->option && room->merit && room->score && room->local_weight && room->ranks.merit &&
               room->ranks.rank && room->ranks.own && room->ranks.given;
    return all && ve_coefficients_room(&room->found, arena) ? room : NULL;
}

/* ---- a row ----------------------------------------------------------------------------------------- */

static void take(ve_rows_room *room, const ve_part_rows *parts, size_t r) {
    const ve_coefficients *c = &room->found;
    for (size_t i = 0; i < c->options; i++) {
        ve_outcome_option *o = &room->option[i];
        size_t at = i * c->rows + r;
        o->cost = parts->cost[at];
        o->function_score = c->function_score[at];
        o->function_coefficient = c->function_coefficient[at];
        o->cost_coefficient = c->cost_coefficient[at];
        o->value_index = c->value_index[at];
        o->feasible = true;
    }
}

static void pass_gates(ve_rows_room *room, const ve_part_rows *parts, size_t r) {
    const ve_model *model = room->subject->model;
    size_t n = model->functions;
    ve_evaluation e = { .subject = room->subject,
                        .score = room->score,
                        .local_weight = room->local_weight,
                        .option = room->option };
    for (size_t c = 0; c < model->options * model->leaves; c++)
        room->score[c] = parts->score[c * parts->rows + r];
    for (size_t at = 0; at < model->options * n; at++)
        room->local_weight[at] = parts->local_weight[at % n * parts->rows + r];
    ve_gates(&e);
}

/* False where the row has no result. */
static bool judge(ve_rows_room *room, const ve_part_rows *parts, size_t r, const ve_services *services) {
    const size_t m = room->found.options, rows = room->found.rows;
    double *merit = room->ranks.own;
    if (room->found.fault[r]) return false;
    take(room, parts, r);
    if (room->gated) pass_gates(room, parts, r);
    if (ve_merits(&room->subject->model->rule, room->option, m, merit, services)) return false;
    for (size_t i = 0; i < m; i++) {
        room->merit[i * rows + r] = merit[i];
        room->ranks.merit[i * rows + r] = room->option[i].feasible ? merit[i] : NAN;
    }
    return true;
}

/* ---- figures ----------------------------------------------------------------------------------------- */

static void put_columns(const ve_coefficients *c, const double *from, double *to, size_t stride) {
    for (size_t i = 0; to && i < c->options; i++)
        memcpy(to + i * stride, from + i * c->rows, c->rows * sizeof *to);
}

static double *behind(double *column, size_t first) {
    return column ? column + first : NULL;
}

static void put_ranks(const ve_rank_rows *ranks, const ve_figures *f, size_t stride, size_t first) {
    const double *rank = ranks->rank;
    for (size_t r = 0; f->best && r < ranks->rows; r++)
        f->best[first + r] = -1;
    for (size_t i = ranks->options; i-- > 0;) {
        rank = ranks->rank + i * ranks->rows;
        for (size_t r = 0; f->rank && r < ranks->rows; r++)
            f->rank[i * stride + first + r] = (int)rank[r];
        for (size_t r = 0; f->best && r < ranks->rows; r++)
            if (rank[r] == 1) f->best[first + r] = (int)i;
    }
}

static void put_all(const ve_rows_room *room, const ve_figures *f, size_t stride, size_t first) {
    const ve_coefficients *c = &room->found;
    put_columns(c, c->function_score, behind(f->function_score, first), stride);
    put_columns(c, c->cost, behind(f->cost, first), stride);
    put_columns(c, c->function_coefficient, behind(f->function_coefficient, first), stride);
    put_columns(c, c->cost_coefficient, behind(f->cost_coefficient, first), stride);
    put_columns(c, c->value_index, behind(f->value_index, first), stride);
    put_columns(c, room->merit, behind(f->merit, first), stride);
    put_ranks(&room->ranks, f, stride, first);
}

/* ---- all of them --------------------------------------------------------------------------------------- */

void ve_evaluate_rows(ve_rows_room *room, const ve_part_rows *parts, ve_arena *scratch, ve_errors *errors,
                      const ve_figures *figures, size_t stride, size_t first, bool *done) {
    ve_coefficients *c = &room->found;
    ve_word_services services;
    ve_services_init(&services, scratch, errors, &room->subject->model->rule);
    c->rows = room->ranks.rows = parts->rows;
    c->mean_score = parts->mean_score;
    c->log_factor = room->added ? parts->log_factor : NULL;
    c->cost = parts->cost;
    ve_coefficients_find(c);
    for (size_t r = 0; r < c->rows; r++)
        done[r] = done[r] && judge(room, parts, r, &services.base);
    ve_ranks_find(&room->ranks);
    put_all(room, figures, stride, first);
}

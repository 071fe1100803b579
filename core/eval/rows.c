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
    double *merit;                /* m */
    double *score, *local_weight; /* m x k, m x n: of one row, where there are gates */
};

static bool has_gates(const ve_model *model) {
    for (size_t n = 0; n < model->functions; n++)
        if (!isnan(model->function[n].minimum)) return true;
    return false;
}

ve_rows_room *ve_rows_room_make(const ve_case *subject, const ve_assumptions *assumptions, ve_arena *arena) {
    const ve_model *model = subject->model;
    const size_t m = model->options;
    ve_rows_room *room = ve_alloc(arena, sizeof *room);
    if (!room) return NULL;
    room->subject = subject;
    room->added = assumptions->aggregate != VE_AGGREGATE_MEAN;
    room->gated = has_gates(model);
    room->found = (ve_coefficients){ .options = m, .rows = VE_ROWS_MOST, .fault = room->fault };
    room->option = ve_alloc_array(arena, m, sizeof *room->option);
    room->merit = ve_alloc_array(arena, m, sizeof *room->merit);
    room->score = ve_alloc_array(arena, m * model->leaves, sizeof *room->score);
    room->local_weight = ve_alloc_array(arena, m * model->functions, sizeof *room->local_weight);
    bool all = room->option && room->merit && room->score && room->local_weight;
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

/* ---- figures ----------------------------------------------------------------------------------------- */

static void put_columns(const ve_coefficients *c, const double *from, double *to, size_t stride) {
    for (size_t i = 0; to && i < c->options; i++)
        memcpy(to + i * stride, from + i * c->rows, c->rows * sizeof *to);
}

static double *behind(double *column, size_t first) {
    return column ? column + first : NULL;
}

static void put_all(const ve_coefficients *c, const ve_figures *f, size_t stride, size_t first) {
    put_columns(c, c->function_score, behind(f->function_score, first), stride);
    put_columns(c, c->cost, behind(f->cost, first), stride);
    put_columns(c, c->function_coefficient, behind(f->function_coefficient, first), stride);
    put_columns(c, c->cost_coefficient, behind(f->cost_coefficient, first), stride);
    put_columns(c, c->value_index, behind(f->value_index, first), stride);
}

static void put_ranks(const ve_rows_room *room, const ve_figures *f, size_t stride, size_t row, int best) {
    for (size_t i = 0; i < room->found.options; i++) {
        if (f->merit) f->merit[i * stride + row] = room->option[i].merit;
        if (f->rank) f->rank[i * stride + row] = room->option[i].rank;
    }
    if (f->best) f->best[row] = best;
}

/* ---- all of them --------------------------------------------------------------------------------------- */

void ve_evaluate_rows(ve_rows_room *room, const ve_part_rows *parts, ve_arena *scratch, ve_errors *errors,
                      const ve_figures *figures, size_t stride, size_t first, bool *done) {
    const ve_word *rule = &room->subject->model->rule;
    ve_coefficients *c = &room->found;
    ve_word_services services;
    ve_services_init(&services, scratch, errors, rule);
    c->rows = parts->rows;
    c->mean_score = parts->mean_score;
    c->log_factor = room->added ? parts->log_factor : NULL;
    c->cost = parts->cost;
    ve_coefficients_find(c);
    put_all(c, figures, stride, first);
    for (size_t r = 0; r < c->rows; r++) {
        int best;
        if (!done[r]) continue;
        take(room, parts, r);
        if (room->gated) pass_gates(room, parts, r);
        done[r] = !c->fault[r] && ve_rank_options(rule, room->option, c->options, room->merit, &services.base,
                                                  &best) == VE_OK;
        if (done[r]) put_ranks(room, figures, stride, first + r, best);
    }
}

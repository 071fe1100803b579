/* Who is best: the rule's merit, gates, ranks. Merits that differ by a rounding error share a rank.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "ve/wide.h"
#include "eval/internal.h"

#define ROUNDING 1e-12

ve_code ve_merits(const ve_word *rule, const ve_outcome_option *option, size_t options, double *merit,
                  const ve_services *services) {
    const ve_rule_ops *ops = rule->plugin->ops;
    for (size_t i = 0; i < options; i++)
        merit[i] = NAN;
    ve_code code = ops->merit(rule->params, option, options, merit, services);
    for (size_t i = 0; !code && i < options; i++)
        if (isinf(merit[i]))
            code = services->fail(services, VE_E_PLUGIN_RESULT, "", NULL,
                                  "ve.%s gave an option a merit that is not finite", rule->plugin->name);
    return code;
}

/* ---- ranks of one row ------------------------------------------------------------------------------ */

static bool same(double a, double b) {
    double one = fabs(a), two = fabs(b);
    return fabs(a - b) <= ROUNDING * (one > two ? one : two);
}

/* The best of those that have no rank yet, the first of equals; -1 where none is left. */
static int next_best(const double *merit, const int *rank, size_t count) {
    int best = -1;
    for (size_t i = 0; i < count; i++)
        if (!rank[i] && (best < 0 ? !isnan(merit[i]) : merit[i] > merit[best])) best = (int)i;
    return best;
}

static int give_rank(const double *merit, int *rank, size_t count, double leader, int given) {
    int many = 0;
    for (size_t i = 0; i < count; i++) {
        if (rank[i] || !same(merit[i], leader)) continue;
        rank[i] = given;
        many++;
    }
    return many;
}

static int first_of(const int *rank, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (rank[i] == 1) return (int)i;
    return -1;
}

int ve_rank_by_merit(const double *merit, size_t count, int *rank) {
    int next = 1;
    memset(rank, 0, count * sizeof *rank);
    for (int leader; (leader = next_best(merit, rank, count)) >= 0;)
        next += give_rank(merit, rank, count, merit[leader], next);
    return first_of(rank, count);
}

/* ---- of one case ----------------------------------------------------------------------------------- */

ve_code ve_ranks(ve_evaluation *e, int *best) {
    const ve_word *rule = &e->subject->model->rule;
    size_t count = e->subject->model->options;
    double *merit = ve_alloc_array(e->arena, count, sizeof *merit);
    int *rank = ve_alloc_array(e->arena, count, sizeof *rank);
    if (!merit || !rank) return ve_fail_memory(e->errors);
    ve_word_services services;
    ve_services_init(&services, e->arena, e->errors, rule);
    ve_code code = ve_merits(rule, e->option, count, merit, &services.base);
    if (code) return code;
    for (size_t i = 0; i < count; i++) {
        e->option[i].merit = merit[i];
        if (!e->option[i].feasible) merit[i] = NAN;
    }
    *best = ve_rank_by_merit(merit, count, rank);
    for (size_t i = 0; i < count; i++)
        e->option[i].rank = rank[i];
    return VE_OK;
}

/* ---- of many rows ------------------------------------------------------------------------------------ */

/* close: rows in which some two are too near each other to be told apart like this, or out of it. */
VE_WIDE static void compare(const double *a, const double *b, size_t rows, double *rank_a, double *rank_b,
                            double *close) {
    for (size_t r = 0; r < rows; r++) {
        double one = fabs(a[r]), two = fabs(b[r]);
        bool far = fabs(a[r] - b[r]) > ROUNDING * (one > two ? one : two);
        close[r] = far ? close[r] : 1;
        rank_a[r] += b[r] > a[r] ? 1 : 0;
        rank_b[r] += a[r] > b[r] ? 1 : 0;
    }
}

static void rank_row(const ve_rank_rows *of, size_t r) {
    for (size_t i = 0; i < of->options; i++)
        of->own[i] = of->merit[i * of->rows + r];
    ve_rank_by_merit(of->own, of->options, of->given);
    for (size_t i = 0; i < of->options; i++)
        of->rank[i * of->rows + r] = of->given[i];
}

static void rank_alone(const ve_rank_rows *of, size_t i, double *close) {
    for (size_t r = 0; r < of->rows; r++) {
        of->rank[i * of->rows + r] = 1;
        if (isnan(of->merit[i * of->rows + r])) close[r] = 1;
    }
}

void ve_ranks_find(const ve_rank_rows *of) {
    const size_t rows = of->rows;
    double close[VE_ROWS_MOST] = { 0 };
    for (size_t i = 0; i < of->options; i++) {
        rank_alone(of, i, close);
        for (size_t j = 0; j < i; j++)
            compare(of->merit + i * rows, of->merit + j * rows, rows, of->rank + i * rows,
                    of->rank + j * rows, close);
    }
    for (size_t r = 0; r < rows; r++)
        if (close[r] > 0) rank_row(of, r);
}

/* The linear form (Rezaei 2016): least xi with |w_B - a_Bj w_j| <= xi, |w_j - a_jW w_W| <= xi, sum w = 1, by
 * a dense simplex. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sum need only be at least 1: a smaller xi never needs more. So the tableau begins with w = 0, where
 * nothing but the sum is amiss and no cost is below zero, as the dual simplex wants it. */
#include <math.h>
#include <string.h>

#include "best_worst.h"

#define TINY 1e-11

/* Rows hold w_1 .. w_n, xi, the slacks, and the right side; the last row holds the costs. */
typedef struct tableau {
    size_t rows, columns;
    double *cell;  /* (rows + 1) x (columns + 1) */
    size_t *basic; /* rows: the variable that stands in each */
} tableau;

static double *row_of(const tableau *t, size_t i) {
    return t->cell + i * (t->columns + 1);
}

/* w_i - a w_j - xi <= 0, and the same the other way round. */
static void add_bounds(tableau *t, size_t n, size_t i, double a, size_t j) {
    for (int sign = 1; sign >= -1; sign -= 2) {
        double *row = row_of(t, t->rows);
        row[i] = sign;
        row[j] = -sign * a;
        row[n] = -1;
        row[n + 1 + t->rows] = 1;
        t->basic[t->rows] = n + 1 + t->rows;
        t->rows++;
    }
}

static void add_sum(tableau *t, size_t n) {
    double *row = row_of(t, t->rows);
    for (size_t k = 0; k < n; k++)
        row[k] = -1;
    row[n + 1 + t->rows] = 1;
    row[t->columns] = -1;
    t->basic[t->rows] = n + 1 + t->rows;
    t->rows++;
}

/* The row that leaves: the right side below zero with the first variable, so that nothing goes round in
 * circles. */
static size_t leaving(const tableau *t) {
    size_t found = t->rows;
    for (size_t i = 0; i < t->rows; i++)
        if (row_of(t, i)[t->columns] < -TINY && (found == t->rows || t->basic[i] < t->basic[found]))
            found = i;
    return found;
}

/* The column that enters, by the dual ratio; of equal ones the first. */
static size_t entering(const tableau *t, size_t leaves) {
    const double *row = row_of(t, leaves), *cost = row_of(t, t->rows);
    size_t found = t->columns;
    double least = HUGE_VAL;
    for (size_t j = 0; j < t->columns; j++) {
        if (!(row[j] < -TINY)) continue;
        double ratio = cost[j] / -row[j];
        if (!(ratio < least - TINY)) continue;
        least = ratio;
        found = j;
    }
    return found;
}

static void pivot(tableau *t, size_t i, size_t j) {
    double *row = row_of(t, i), by = row[j];
    for (size_t k = 0; k <= t->columns; k++)
        row[k] /= by;
    for (size_t other = 0; other <= t->rows; other++) {
        double *to = row_of(t, other), times = to[j];
        if (other == i || times == 0) continue;
        for (size_t k = 0; k <= t->columns; k++)
            to[k] -= times * row[k];
        to[j] = 0;
    }
    t->basic[i] = j;
}

static ve_code solve(tableau *t, const ve_services *services) {
    for (size_t step = 0; step < 50 * (t->rows + t->columns); step++) {
        size_t i = leaving(t), j;
        if (i == t->rows) return VE_OK;
        j = entering(t, i);
        if (j == t->columns) break;
        pivot(t, i, j);
    }
    return services->fail(services, VE_E_INTERNAL, "", "check the comparisons for slips",
                          "no weights are found that fit these comparisons"); /* there always are some */
}

static ve_code tableau_new(tableau *t, const best_worst_case *c, const ve_services *services) {
    size_t n = c->n, rows = 4 * n - 5; /* 2 for best and worst, 4 for each of the others, the sum */
    t->columns = n + 1 + rows;
    t->rows = 0;
    t->cell = services->memory(services, (rows + 1) * (t->columns + 1) * sizeof *t->cell);
    t->basic = services->memory(services, rows * sizeof *t->basic);
    if (!t->cell || !t->basic) return VE_E_MEMORY;
    for (size_t j = 1; j < n; j++)
        add_bounds(t, n, 0, c->from_best[j], j);
    for (size_t j = 1; j + 1 < n; j++)
        add_bounds(t, n, j, c->to_worst[j], n - 1);
    add_sum(t, n);
    row_of(t, t->rows)[n] = 1;
    return VE_OK;
}

ve_code best_worst_linear(const best_worst_case *c, double *weight, double *xi, const ve_services *services) {
    tableau t;
    double sum = 0;
    *xi = 0;
    ve_code code = tableau_new(&t, c, services);
    if (!code) code = solve(&t, services);
    if (code) return code;
    memset(weight, 0, c->n * sizeof *weight);
    for (size_t i = 0; i < t.rows; i++) {
        double value = fmax(row_of(&t, i)[t.columns], 0);
        if (t.basic[i] < c->n) sum += weight[t.basic[i]] = value;
        if (t.basic[i] == c->n) *xi = value;
    }
    *xi = *xi > TINY ? *xi / sum : 0;
    return VE_OK;
}

/* Groups that need no reading, and what is known of the customers as a whole.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "survey/groups.h"

#include <math.h>
#include <string.h>

#include "base/errors.h"
#include "num/sum.h"

static const double one = 1;

ve_code ve_groups_single(const double *score, size_t options, size_t leaves, ve_arena *arena, ve_groups **out,
                         ve_errors *errors) {
    size_t cells = options * leaves;
    ve_groups *g = ve_alloc(arena, sizeof *g);
    double *copy = ve_alloc_array(arena, cells, sizeof *copy);
    if (!g || !copy) return ve_fail_memory(errors);
    memcpy(copy, score, cells * sizeof *copy);
    *g = (ve_groups){ .rows = 1,
                      .cells = cells,
                      .count = &one,
                      .weight = &one,
                      .weight_squared = &one,
                      .score = copy,
                      .customers = 1 };
    *out = g;
    return VE_OK;
}

/* sum(weight * (x - shift)^power) */
static double moment(const ve_groups *g, const double *x, double shift, int power) {
    ve_sum sum = { 0, 0 };
    for (size_t r = 0; r < g->rows; r++) {
        double d = x[r] - shift;
        ve_sum_add(&sum, g->weight[r] * (power == 2 ? d * d : d));
    }
    return ve_sum_value(&sum);
}

static double total(const double *x, size_t rows) {
    ve_sum sum = { 0, 0 };
    for (size_t r = 0; r < rows; r++)
        ve_sum_add(&sum, x[r]);
    return ve_sum_value(&sum);
}

/* Customers of weight 0 do not count. */
static void range(const ve_groups *g, const double *x, ve_outline_attribute *a) {
    a->low = INFINITY;
    a->high = -INFINITY;
    for (size_t r = 0; r < g->rows; r++) {
        if (g->weight[r] == 0) continue;
        a->low = fmin(a->low, x[r]);
        a->high = fmax(a->high, x[r]);
    }
}

static double counted(const ve_groups *g) {
    double n = 0;
    for (size_t r = 0; r < g->rows; r++)
        if (g->weight[r] > 0) n += g->count[r];
    return n;
}

void ve_groups_moments(const ve_groups *groups, ve_outline_attribute *attribute) {
    double weight = total(groups->weight, groups->rows), n = counted(groups);
    for (size_t d = 0; d < groups->attributes; d++) {
        const double *x = groups->attribute + d * groups->rows;
        ve_outline_attribute *a = &attribute[d];
        a->mean = a->sd = a->low = a->high = NAN;
        bool text = groups->labels && groups->labels[d].count;
        if (text || !(weight > 0)) continue;
        range(groups, x, a);
        /* The second step takes out what rounding left of the first. */
        double near = a->low + moment(groups, x, a->low, 1) / weight;
        a->mean = near + moment(groups, x, near, 1) / weight;
        double variance = moment(groups, x, a->mean, 2) / weight;
        if (n > 1) a->sd = sqrt(variance * n / (n - 1));
    }
}

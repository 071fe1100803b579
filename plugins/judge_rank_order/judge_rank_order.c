/* The judgement `rank_order`: nothing but the order of importance is known.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ve/plugin.h"

enum { CENTROID, SUM, RECIPROCAL };

typedef struct rank_order {
    ve_ints order;
    int method;
} rank_order;

static const ve_field fields[] = {
    VE_FIELD(rank_order, order, VE_T_REFS, .name = "order", .flags = VE_F_REQUIRED | VE_F_LIST,
             .of = VE_OF_SIBLINGS, .doc = "all of them, the most important first"),
    VE_FIELD(rank_order, method, VE_T_CHOICE, .name = "method", .choices = "centroid|sum|reciprocal",
             .doc = "how the order becomes weights: rank-order centroid, rank sum or rank reciprocal"),
};
static const ve_record record = {
    .name = "rank_order",
    .doc = "The order of importance and nothing else: ve.rank_order { \"safety\", \"use\", \"look\" }.",
    .size = sizeof(rank_order),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "weights = ve.rank_order { \"F3\", \"F1\", \"F2\" }",
};

/* (1/K) * sum of 1/t for t = rank .. K (Barron and Barrett 1996), without the 1/K; the small ones first. */
static double centroid(size_t rank, size_t count) {
    double sum = 0;
    for (size_t t = count; t >= rank; t--)
        sum += 1 / (double)t;
    return sum;
}

static double weight_of(int method, size_t rank, size_t count) {
    if (method == SUM) return (double)(count + 1 - rank);
    return method == RECIPROCAL ? 1 / (double)rank : centroid(rank, count);
}

static ve_code weigh(const void *params, const ve_subjects *subjects, double *weight, ve_judged *judged,
                     const ve_services *services) {
    (void)services;
    static const char *const note[] = { "rank-order centroid", "rank sum", "rank reciprocal" };
    const rank_order *own = params;
    for (size_t k = 0; k < subjects->count; k++)
        weight[k] = NAN;
    for (size_t place = 0; place < own->order.count; place++)
        weight[own->order.v[place]] = weight_of(own->method, place + 1, own->order.count);
    judged->note = note[own->method];
    return VE_OK;
}

static const ve_judgement_ops ops = { .size = sizeof ops, .needs = VE_MAY_SKIP, .weigh = weigh };

VE_PLUGIN(judge_rank_order, JUDGEMENT, "rank_order", "1.0", "the order of importance and nothing else",
          &record, &ops)

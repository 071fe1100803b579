/* The judgement `ratio_chain` (DARE): each function is compared with the next, how many times as important it
 * is. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "ve/pairs.h"

typedef struct link {
    int function;
    double ratio;
} link;

typedef struct ratio_chain {
    ve_rows chain, check;
    /* made by prepare: */
    const double *weight; /* per function, NaN for those that are left out */
    const char *warned;   /* what the checks find, NULL */
} ratio_chain;

static const ve_field link_fields[] = {
    VE_FIELD(link, function, VE_T_REF, .name = "id", .flags = VE_F_REQUIRED, .of = VE_OF_SIBLINGS,
             .doc = "what is compared with the next in the list"),
    VE_FIELD(link, ratio, VE_T_NUMBER, .name = "ratio", .flags = VE_F_ABOVE, .low = 0, .high = INFINITY,
             .doc = "how many times as important as the next it is; the last one has none"),
};
static const ve_record link_record = {
    .name = "link",
    .doc = "A function, and how many times as important as the next one it is.",
    .size = sizeof(link),
    .fields = link_fields,
    .count = VE_COUNT(link_fields),
};
static const ve_field check_fields[] = {
    VE_FIELD(ve_pair, first, VE_T_REF, .name = "first", .flags = VE_F_REQUIRED, .of = VE_OF_SIBLINGS,
             .doc = "one"),
    VE_FIELD(ve_pair, second, VE_T_REF, .name = "second", .flags = VE_F_REQUIRED, .of = VE_OF_SIBLINGS,
             .doc = "another, not its neighbour in the chain"),
    VE_FIELD(ve_pair, value, VE_T_NUMBER, .name = "ratio", .flags = VE_F_REQUIRED | VE_F_ABOVE, .low = 0,
             .high = INFINITY, .doc = "how many times as important the first is"),
};
static const ve_record check_record = {
    .name = "check",
    .doc = "A comparison made besides.",
    .size = sizeof(ve_pair),
    .fields = check_fields,
    .count = VE_COUNT(check_fields),
};

static const ve_field fields[] = {
    VE_FIELD(ratio_chain, chain, VE_T_ROWS, .name = "chain", .flags = VE_F_REQUIRED | VE_F_LIST,
             .record = &link_record,
             .doc = "each against the next, { \"F1\", 2 }; the last alone, { \"F3\" }"),
    VE_FIELD(ratio_chain, check, VE_T_ROWS, .name = "check", .record = &check_record,
             .doc =
                 "comparisons made besides, { \"F1\", \"F3\", 6 }: they change no weight, but a warning says "
                 "where the chain comes to something else"),
};
static const ve_record record = {
    .name = "ratio_chain",
    .doc = "DARE: each function against the next, how many times as important it is.",
    .size = sizeof(ratio_chain),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "weights = ve.ratio_chain { { \"F1\", 1.5 }, { \"F2\", 2.0 }, { \"F3\" } }",
};

/* ---- the chain ---------------------------------------------------------------------------------- */

static ve_code check_link(const ratio_chain *own, size_t row, const ve_subjects *subjects,
                          const ve_services *services) {
    const link *l = own->chain.v;
    const char *id = subjects->id[l[row].function];
    char field[32];
    bool last = row + 1 == own->chain.count;
    snprintf(field, sizeof field, "[%zu]", row + 1);
    for (size_t before = 0; before < row; before++)
        if (l[before].function == l[row].function)
            return services->fail(services, VE_E_JUDGEMENT, field,
                                  "name each once, the last one without a ratio",
                                  "'%s' stands in the chain twice", id);
    if (!last && isnan(l[row].ratio))
        return services->fail(services, VE_E_JUDGEMENT, field,
                              "write { \"F1\", 2 }: twice as important as the next",
                              "nothing says how '%s' compares with the next one", id);
    if (last && !isnan(l[row].ratio) && l[row].ratio != 1)
        return services->fail(services, VE_E_JUDGEMENT, field,
                              "leave its ratio out, or add what it is compared with",
                              "'%s' is the last of the chain and has nothing to be compared with", id);
    return VE_OK;
}

/* Modified ratios from the last upwards: M = 1, then M_k = r_k M_(k+1). In logarithms, so that no chain is
 * too long; the greatest weight is 1. */
static void weigh_chain(const ratio_chain *own, size_t count, double *weight) {
    const link *l = own->chain.v;
    double sum = 0, top = 0;
    for (size_t k = 0; k < count; k++)
        weight[k] = NAN;
    for (size_t row = own->chain.count; row-- > 0;) {
        sum += row + 1 < own->chain.count ? log(l[row].ratio) : 0;
        weight[l[row].function] = sum;
        top = fmax(top, sum);
    }
    for (size_t k = 0; k < count; k++)
        weight[k] = exp(weight[k] - top);
}

/* ---- checks besides ----------------------------------------------------------------------------- */

/* A check and the chain may differ by this factor before it is worth a word. */
#define FACTOR 1.5

/* The check that differs most from the chain, by more than FACTOR; NULL if there is none. */
static const ve_pair *worst_check(const ratio_chain *own, const double *weight) {
    const ve_pair *p = own->check.v, *worst = NULL;
    double most = log(FACTOR) * (1 + 1e-12);
    for (size_t row = 0; row < own->check.count; row++) {
        double apart = fabs(log(weight[p[row].first] / weight[p[row].second]) - log(p[row].value));
        if (!(apart > most)) continue;
        most = apart;
        worst = &p[row];
    }
    return worst;
}

static ve_code check_check(const ratio_chain *own, size_t row, const ve_subjects *subjects,
                           const ve_services *services) {
    const ve_pair *p = (const ve_pair *)own->check.v + row;
    char field[32];
    snprintf(field, sizeof field, "check[%zu]", row + 1);
    if (p->first == p->second)
        return services->fail(services, VE_E_JUDGEMENT, field, "name two different ones",
                              "'%s' cannot be compared with itself", subjects->id[p->first]);
    int missing = isnan(own->weight[p->first]) ? p->first : p->second;
    if (!isnan(own->weight[missing])) return VE_OK;
    return services->fail(services, VE_E_JUDGEMENT, field, "put it into the chain",
                          "'%s' does not stand in the chain", subjects->id[missing]);
}

static ve_code find_misfit(ratio_chain *own, const ve_subjects *subjects, const ve_services *services) {
    const ve_pair *worst = worst_check(own, own->weight);
    if (!worst) return VE_OK;
    const char *first = subjects->name[worst->first], *second = subjects->name[worst->second];
    size_t bytes = strlen(first) + strlen(second) + 200;
    char *text = services->memory(services, bytes);
    if (!text) return VE_E_MEMORY;
    snprintf(text, bytes,
             "The chain of ratios makes %s %.3g times as important as %s, while judged by themselves it is "
             "%.3g times.",
             first, own->weight[worst->first] / own->weight[worst->second], second, worst->value);
    own->warned = text;
    return VE_OK;
}

/* ---- the judgement ------------------------------------------------------------------------------ */

static ve_code prepare(void *params, const ve_subjects *subjects, const ve_services *services) {
    ratio_chain *own = params;
    double *weight = services->memory(services, subjects->count * sizeof *weight);
    if (!weight) return VE_E_MEMORY;
    own->weight = weight;
    ve_code first = VE_OK;
    for (size_t row = 0; row < own->chain.count; row++) {
        ve_code code = check_link(own, row, subjects, services);
        if (!first) first = code;
    }
    if (first) return first;
    weigh_chain(own, subjects->count, weight);
    for (size_t row = 0; row < own->check.count; row++) {
        ve_code code = check_check(own, row, subjects, services);
        if (!first) first = code;
    }
    return first ? first : find_misfit(own, subjects, services);
}

static ve_code weigh(const void *params, const ve_subjects *subjects, double *weight, ve_judged *judged,
                     const ve_services *services) {
    (void)services;
    const ratio_chain *own = params;
    for (size_t k = 0; k < subjects->count; k++)
        weight[k] = own->weight[k];
    judged->warning = own->warned ? VE_W_INCONSISTENT : VE_OK;
    judged->warned = own->warned;
    return VE_OK;
}

static const ve_judgement_ops ops = {
    .size = sizeof ops,
    .needs = VE_MAY_SKIP,
    .prepare = prepare,
    .weigh = weigh,
};

VE_PLUGIN(judge_ratio_chain, JUDGEMENT, "ratio_chain", "1.0",
          "DARE: each against the next, how many times as important", &record, &ops)

/* The judgement `zero_one`: forced decisions, of every two functions one is the more important.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "ve/plugin.h"

typedef struct zero_one {
    ve_ints order;
    ve_rows wins;
    bool corrected;
} zero_one;

typedef struct win {
    int winner, loser;
} win;

static const ve_field win_fields[] = {
    VE_FIELD(win, winner, VE_T_REF, .name = "winner", .flags = VE_F_REQUIRED, .of = VE_OF_SIBLINGS,
             .doc = "the more important one"),
    VE_FIELD(win, loser, VE_T_REF, .name = "loser", .flags = VE_F_REQUIRED, .of = VE_OF_SIBLINGS,
             .doc = "the less important one"),
};
static const ve_record win_record = {
    .name = "win",
    .doc = "Which of two is the more important.",
    .size = sizeof(win),
    .fields = win_fields,
    .count = VE_COUNT(win_fields),
};

static const zero_one defaults = { .corrected = true };
static const ve_field fields[] = {
    VE_FIELD(zero_one, order, VE_T_REFS, .name = "order", .of = VE_OF_SIBLINGS,
             .doc = "all of them, the most important first"),
    VE_FIELD(zero_one, wins, VE_T_ROWS, .name = "wins", .record = &win_record,
             .doc = "or every pair, the winner first; they need not make an order"),
    VE_FIELD(zero_one, corrected, VE_T_BOOLEAN, .name = "corrected",
             .doc = "add 1 to every count, so that the last one keeps a weight"),
};
static const ve_record record = {
    .name = "zero_one",
    .doc = "0-1 forced decision: of every two, the more important one gets a point.",
    .size = sizeof(zero_one),
    .defaults = &defaults,
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "weights = ve.zero_one { order = { \"safety\", \"use\", \"look\" } }",
};

/* Which pairs were decided, either way round. */
typedef struct decided {
    size_t count;
    unsigned char *pair; /* count x count */
    unsigned char *seen; /* count: stands in some pair */
} decided;

static ve_code put_win(decided *table, size_t row, const win *w, const ve_subjects *subjects,
                       const ve_services *services) {
    char field[32];
    snprintf(field, sizeof field, "wins[%zu]", row + 1);
    size_t i = (size_t)w->winner, j = (size_t)w->loser;
    if (i == j)
        return services->fail(services, VE_E_JUDGEMENT, field, "name two different ones",
                              "'%s' cannot win against itself", subjects->id[i]);
    if (table->pair[i * table->count + j])
        return services->fail(services, VE_E_JUDGEMENT, field, "keep one of the two rows",
                              "'%s' and '%s' were decided in an earlier row", subjects->id[i],
                              subjects->id[j]);
    table->pair[i * table->count + j] = table->pair[j * table->count + i] = 1;
    table->seen[i] = table->seen[j] = 1;
    return VE_OK;
}

static ve_code missing_pairs(const decided *table, const ve_subjects *subjects, const ve_services *services) {
    ve_code first = VE_OK;
    for (size_t i = 0; i < table->count; i++) {
        for (size_t j = i + 1; j < table->count; j++) {
            if (!table->seen[i] || !table->seen[j] || table->pair[i * table->count + j]) continue;
            first =
                services->fail(services, VE_E_JUDGEMENT, "wins", "add the row, the more important one first",
                               "nothing says which of '%s' and '%s' is the more important", subjects->id[i],
                               subjects->id[j]);
        }
    }
    return first;
}

static ve_code check_wins(const zero_one *own, const ve_subjects *subjects, const ve_services *services) {
    const win *w = own->wins.v;
    decided table = { .count = subjects->count };
    table.pair = services->memory(services, subjects->count * subjects->count);
    table.seen = services->memory(services, subjects->count);
    if (!table.pair || !table.seen) return VE_E_MEMORY;
    ve_code first = VE_OK;
    for (size_t row = 0; row < own->wins.count; row++) {
        ve_code code = put_win(&table, row, &w[row], subjects, services);
        if (!first) first = code;
    }
    return first ? first : missing_pairs(&table, subjects, services);
}

static ve_code prepare(void *params, const ve_subjects *subjects, const ve_services *services) {
    const zero_one *own = params;
    if (own->order.count && own->wins.count)
        return services->fail(services, VE_E_CONFLICT, "wins", "keep one of them",
                              "both order and wins are given");
    if (!own->order.count && !own->wins.count)
        return services->fail(services, VE_E_MISSING_FIELD, "", "write order = { \"most\", ..., \"least\" }",
                              "neither order nor wins is given");
    return own->wins.count ? check_wins(own, subjects, services) : VE_OK;
}

static ve_code weigh(const void *params, const ve_subjects *subjects, double *weight, ve_judged *judged,
                     const ve_services *services) {
    (void)services;
    const zero_one *own = params;
    const win *w = own->wins.v;
    for (size_t k = 0; k < subjects->count; k++)
        weight[k] = NAN;
    for (size_t place = 0; place < own->order.count; place++)
        weight[own->order.v[place]] = (double)(own->order.count - 1 - place);
    for (size_t row = 0; row < own->wins.count; row++)
        weight[w[row].winner] = weight[w[row].loser] = 0;
    for (size_t row = 0; row < own->wins.count; row++)
        weight[w[row].winner] += 1;
    bool alone = own->order.count == 1; /* a party that names one function gives it everything */
    for (size_t k = 0; k < subjects->count; k++)
        weight[k] += own->corrected || alone ? 1 : 0;
    judged->note = own->corrected ? "1 added to every count" : "counts as they are";
    return VE_OK;
}

static const ve_judgement_ops ops = {
    .size = sizeof ops,
    .needs = VE_MAY_SKIP,
    .prepare = prepare,
    .weigh = weigh,
};

VE_PLUGIN(judge_zero_one, JUDGEMENT, "zero_one", "1.0",
          "0-1 forced decision: of every two, one is the more important", &record, &ops)

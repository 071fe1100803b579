/* The judgement `parties`: several parties judge, each in its own way, and each has a share in the result.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ve/plugin.h"

typedef struct party {
    const char *name;
    double share;
    ve_word judgement;
} party;

enum { ARITHMETIC, GEOMETRIC };

typedef struct parties {
    ve_rows party;
    int combine;
} parties;

static const ve_field party_fields[] = {
    VE_FIELD(party, name, VE_T_TEXT, .name = "name", .flags = VE_F_REQUIRED, .doc = "who judges"),
    VE_FIELD(party, share, VE_T_NUMBER, .name = "share", .flags = VE_F_REQUIRED, .low = 0, .high = INFINITY,
             .doc = "how much this party counts: the shares are scaled to add up to 1"),
    VE_FIELD(party, judgement, VE_T_WORD, .name = "judgement", .flags = VE_F_REQUIRED,
             .kind = VE_KIND_JUDGEMENT, .doc = "how this party judges; it may leave functions out"),
};
static const ve_record party_record = {
    .name = "party",
    .doc = "One party, its share and its judgement.",
    .size = sizeof(party),
    .fields = party_fields,
    .count = VE_COUNT(party_fields),
};

static const ve_field fields[] = {
    VE_FIELD(parties, party, VE_T_ROWS, .name = "parties", .flags = VE_F_REQUIRED | VE_F_LIST,
             .record = &party_record, .doc = "rows { \"owner\", 0.4, ve.direct { ... } }"),
    VE_FIELD(parties, combine, VE_T_CHOICE, .name = "combine", .choices = "arithmetic|geometric",
             .doc = "the mean taken of the parties' weights"),
};
static const ve_record record = {
    .name = "parties",
    .doc = "Several parties judge, each in its own way; the weights are the mean of theirs, by share.",
    .size = sizeof(parties),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "weights = ve.parties { { \"owner\", 0.4, ve.direct { use = 6, look = 4 } }, "
               "{ \"user\", 0.6, ve.zero_one { order = { \"use\", \"look\" } } } }",
};

static ve_code check_name(const party *row, size_t index, const ve_services *services) {
    for (size_t before = 0; before < index; before++) {
        if (strcmp(row[before].name, row[index].name) != 0) continue;
        char field[32];
        snprintf(field, sizeof field, "[%zu][1]", index + 1);
        return services->fail(services, VE_E_ID_TWICE, field, "give one of them another name",
                              "party '%s' stands there twice", row[index].name);
    }
    return VE_OK;
}

static ve_code prepare(void *params, const ve_subjects *subjects, const ve_services *services) {
    (void)subjects;
    const parties *own = params;
    const party *row = own->party.v;
    double shares = 0;
    ve_code first = VE_OK;
    for (size_t p = 0; p < own->party.count; p++) {
        ve_code code = check_name(row, p, services);
        if (!first) first = code;
        shares += row[p].share;
    }
    if (!first && !(shares > 0))
        first = services->fail(services, VE_E_WEIGHTS, "", "give at least one party a share above zero",
                               "the shares of all parties are zero");
    return first;
}

static size_t parts(const void *params, const ve_word **part, size_t index) {
    const parties *own = params;
    const party *row = own->party.v;
    if (index < own->party.count) *part = &row[index].judgement;
    return own->party.count;
}

/* The mean of one function's weights over the parties that judged it; NaN where none did. The greatest share
 * goes in front, so that no share, however small or large, spoils the mean. */
static double mean_of(const parties *own, const double *part_weight, size_t count, size_t k) {
    const party *row = own->party.v;
    double shares = 0, sum = 0;
    for (size_t p = 0; p < own->party.count; p++) {
        double weight = part_weight[p * count + k], share = row[p].share;
        if (isnan(weight) || share == 0) continue;
        shares += share;
        sum += share * (own->combine == GEOMETRIC ? log(weight) : weight);
    }
    if (shares == 0) return NAN;
    return own->combine == GEOMETRIC ? exp(sum / shares) : sum / shares;
}

static ve_code combine(const void *params, const ve_subjects *subjects, const double *part_weight,
                       double *weight, ve_judged *judged, const ve_services *services) {
    (void)services;
    const parties *own = params;
    for (size_t k = 0; k < subjects->count; k++)
        weight[k] = mean_of(own, part_weight, subjects->count, k);
    judged->note = own->combine == GEOMETRIC ? "geometric mean" : "arithmetic mean";
    return VE_OK;
}

static const ve_judgement_ops ops = {
    .size = sizeof ops,
    .needs = VE_MAY_SKIP,
    .prepare = prepare,
    .parts = parts,
    .combine = combine,
};

VE_PLUGIN(judge_parties, JUDGEMENT, "parties", "1.0", "several parties judge, each with a share", &record,
          &ops)

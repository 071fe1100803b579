/* The judgement `ahp`: pairs compared by how many times as important one is, and weights that fit them best.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ahp.h"
#include "ve/pairs.h"

enum { EIGENVECTOR, GEOMETRIC_MEAN };

typedef struct judge {
    const char *name;
    double share;
    ve_rows pairs;
} judge;

typedef struct ahp {
    ve_rows pairs, judges;
    int method, random_index;
    /* made by prepare: */
    const double *weight; /* per function, NaN for those that are left out */
    double consistency_ratio;
    const char *note;
} ahp;

static const ve_field pair_fields[] = {
    VE_FIELD(ve_pair, first, VE_T_REF, .name = "first", .flags = VE_F_REQUIRED, .of = VE_OF_SIBLINGS,
             .doc = "one"),
    VE_FIELD(ve_pair, second, VE_T_REF, .name = "second", .flags = VE_F_REQUIRED, .of = VE_OF_SIBLINGS,
             .doc = "another"),
    VE_FIELD(ve_pair, value, VE_T_NUMBER, .name = "ratio", .flags = VE_F_REQUIRED, .low = 0.001, .high = 1000,
             .doc = "how many times as important the first is: 1 equally, 3 somewhat, 5 clearly, 7 far, 9 "
                    "overwhelmingly more; 1/3 the other way round"),
};
static const ve_record pair_record = {
    .name = "pair",
    .doc = "How many times as important one is as another.",
    .size = sizeof(ve_pair),
    .fields = pair_fields,
    .count = VE_COUNT(pair_fields),
};
static const ve_field judge_fields[] = {
    VE_FIELD(judge, name, VE_T_TEXT, .name = "name", .flags = VE_F_REQUIRED, .doc = "who judges"),
    VE_FIELD(judge, share, VE_T_NUMBER, .name = "share", .flags = VE_F_REQUIRED, .low = 0, .high = INFINITY,
             .doc = "how much this judge counts: the shares are scaled to add up to 1"),
    VE_FIELD(judge, pairs, VE_T_ROWS, .name = "pairs", .flags = VE_F_REQUIRED, .record = &pair_record,
             .doc = "the pairs as this judge compares them; some may be missing"),
};
static const ve_record judge_record = {
    .name = "judge",
    .doc = "One of a group, with a share and comparisons.",
    .size = sizeof(judge),
    .fields = judge_fields,
    .count = VE_COUNT(judge_fields),
};

static const ve_field fields[] = {
    VE_FIELD(ahp, pairs, VE_T_ROWS, .name = "pairs", .record = &pair_record,
             .doc = "{ \"F1\", \"F2\", 3 }: F1 is three times as important as F2; some pairs may be missing"),
    VE_FIELD(
        ahp, judges, VE_T_ROWS, .name = "judges", .record = &judge_record,
        .doc =
            "or a group, { \"owner\", 0.4, pairs = { ... } }: each pair is the geometric mean of what they "
            "say, by share"),
    VE_FIELD(ahp, method, VE_T_CHOICE, .name = "method", .choices = "eigenvector|geometric_mean",
             .doc = "weights are the principal eigenvector, or the geometric means of the rows"),
    VE_FIELD(ahp, random_index, VE_T_CHOICE, .name = "random_index", .choices = AHP_RANDOM_INDEX,
             .doc = "whose table of random indices the consistency ratio is taken with"),
};
static const ve_record record = {
    .name = "ahp",
    .doc = "AHP: pairs compared by how many times as important one is, with a consistency ratio.",
    .size = sizeof(ahp),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "weights = ve.ahp { pairs = { { \"F1\", \"F2\", 3 }, { \"F1\", \"F3\", 5 }, { \"F2\", \"F3\", "
               "2 } } }",
};

/* ---- what is said: a table of logarithms -------------------------------------------------------- */

static ve_code put_rows(ve_pairs *table, const char *field, const ve_rows *rows) {
    const ve_pair *p = rows->v;
    ve_code first = VE_OK;
    for (size_t row = 0; row < rows->count; row++) {
        ve_pair said = { p[row].first, p[row].second, log(p[row].value) };
        ve_code code = ve_pairs_put(table, field, row, &said, -said.value);
        if (!first) first = code;
    }
    return first;
}

static ve_code check_judges(const ahp *own, const ve_services *services) {
    const judge *j = own->judges.v;
    double shares = 0;
    for (size_t p = 0; p < own->judges.count; p++) {
        char field[40];
        snprintf(field, sizeof field, "judges[%zu][1]", p + 1);
        for (size_t before = 0; before < p; before++)
            if (strcmp(j[before].name, j[p].name) == 0)
                return services->fail(services, VE_E_ID_TWICE, field, "give one of them another name",
                                      "judge '%s' stands there twice", j[p].name);
        shares += j[p].share;
    }
    if (shares > 0) return VE_OK;
    return services->fail(services, VE_E_WEIGHTS, "judges", "give at least one judge a share above zero",
                          "the shares of all judges are zero");
}

/* Add one judge's logs, times the share; `shares` counts who said something of a pair. */
static void add_judge(ve_pairs *group, double *shares, const ve_pairs *own, double share) {
    for (size_t i = 0; i < group->count * group->count; i++) {
        if (isnan(own->said[i]) || share == 0) continue;
        group->said[i] = (shares[i] > 0 ? group->said[i] : 0) + share * own->said[i];
        shares[i] += share;
        group->seen[i / group->count] = true;
    }
}

/* Of every pair the geometric mean over those who compare it. */
static ve_code put_judges(ve_pairs *group, const ahp *own) {
    const judge *j = own->judges.v;
    const ve_services *services = group->services;
    size_t cells = group->count * group->count;
    double *shares = services->memory(services, cells * sizeof *shares);
    if (!shares) return VE_E_MEMORY;
    ve_code first = check_judges(own, services);
    for (size_t p = 0; p < own->judges.count; p++) {
        ve_pairs one;
        char field[40];
        snprintf(field, sizeof field, "judges[%zu].pairs", p + 1);
        if (ve_pairs_new(&one, group->subjects, services)) return VE_E_MEMORY;
        ve_code code = put_rows(&one, field, &j[p].pairs);
        if (!first) first = code;
        add_judge(group, shares, &one, j[p].share);
    }
    for (size_t i = 0; i < cells; i++)
        group->said[i] /= shares[i];
    return first;
}

static ve_code read_pairs(const ahp *own, ve_pairs *table) {
    const ve_services *services = table->services;
    if (own->pairs.count && own->judges.count)
        return services->fail(services, VE_E_CONFLICT, "judges", "keep one of them",
                              "both pairs and judges are given");
    if (!own->pairs.count && !own->judges.count)
        return services->fail(services, VE_E_MISSING_FIELD, "", "write pairs = { { \"F1\", \"F2\", 3 } }",
                              "neither pairs nor judges are given");
    return own->pairs.count ? put_rows(table, "pairs", &own->pairs) : put_judges(table, own);
}

/* ---- from the table to the matrix --------------------------------------------------------------- */

/* Do the pairs lead from each to every other? */
static ve_code check_joined(const ve_pairs *table, const size_t *at, size_t n) {
    bool reached[AHP_MOST] = { true };
    for (size_t round = 0; round < n; round++)
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; reached[i] && j < n; j++)
                if (!isnan(table->said[at[i] * table->count + at[j]])) reached[j] = true;
    for (size_t i = 1; i < n; i++)
        if (!reached[i])
            return table->services->fail(
                table->services, VE_E_JUDGEMENT, "", "add a pair between them",
                "nothing tells how '%s' compares with '%s', not even by way of others",
                table->subjects->id[at[0]], table->subjects->id[at[i]]);
    return VE_OK;
}

/* The functions that stand in some pair. */
static ve_code find_seen(const ve_pairs *table, size_t at[AHP_MOST], size_t *n) {
    *n = 0;
    for (size_t k = 0; k < table->count; k++) {
        if (!table->seen[k]) continue;
        if (*n == AHP_MOST)
            return table->services->fail(table->services, VE_E_LIST, "",
                                         "put some of them together under a function of their own",
                                         "AHP compares at most %d of them with each other", AHP_MOST);
        at[(*n)++] = k;
    }
    return check_joined(table, at, *n);
}

ve_code ahp_matrix_new(ahp_matrix *m, size_t n, const ve_services *services) {
    double *room = services->memory(services, (3 * n * n + 4 * n) * sizeof *room);
    if (!room) return VE_E_MEMORY;
    *m = (ahp_matrix){ .n = n,
                       .log_said = room,
                       .entry = room + n * n,
                       .square = room + 2 * n * n,
                       .level = room + 3 * n * n,
                       .right = room + 3 * n * n + n,
                       .left = room + 3 * n * n + 2 * n,
                       .image = room + 3 * n * n + 3 * n };
    return VE_OK;
}

static size_t fill_matrix(ahp_matrix *m, const ve_pairs *table, const size_t *at) {
    size_t missing = 0;
    for (size_t i = 0; i < m->n; i++) {
        for (size_t j = 0; j < m->n; j++) {
            double said = i == j ? 0 : table->said[at[i] * table->count + at[j]];
            m->log_said[i * m->n + j] = said;
            missing += i < j && isnan(said);
        }
    }
    return missing;
}

/* ---- weights and consistency -------------------------------------------------------------------- */

/* CR = ((lambda - n) / (n - 1)) / RI; NaN where the table has no RI. */
static double consistency(const ahp *own, const ahp_matrix *m) {
    double n = (double)m->n, surplus = m->lambda - n;
    if (m->n < 3) return 0;
    if (surplus < 1e-13 * n) surplus = 0;
    return surplus / (n - 1) / ahp_random_index(own->random_index, m->n);
}

static ve_code write_note(ahp *own, size_t n, size_t missing, const ve_services *services) {
    enum { ROOM = 160 };
    char *note = services->memory(services, ROOM), lost[40] = "", group[40] = "";
    if (!note) return VE_E_MEMORY;
    if (missing) snprintf(lost, sizeof lost, ", %zu pair%s missing", missing, missing == 1 ? "" : "s");
    if (own->judges.count) snprintf(group, sizeof group, ", %zu judges", own->judges.count);
    snprintf(note, ROOM, "%s, random index %s%s%s%s",
             own->method == EIGENVECTOR ? "eigenvector" : "geometric mean",
             ahp_random_index_name(own->random_index),
             isnan(ahp_random_index(own->random_index, n)) ? " (none for so many)" : "", group, lost);
    own->note = note;
    return VE_OK;
}

/* Logs of weights up to a constant are turned into weights with 1 as the greatest. */
static void put_weights(double *weight, const size_t *at, const double *level, const double *right,
                        size_t n) {
    double top = -HUGE_VAL;
    for (size_t i = 0; i < n; i++)
        top = fmax(top, level[i]);
    for (size_t i = 0; i < n; i++)
        weight[at[i]] = exp(level[i] - top) * (right ? right[i] : 1);
}

static ve_code solve(ahp *own, const ve_pairs *table, double *weight) {
    size_t at[AHP_MOST], n;
    ahp_matrix m;
    const ve_services *services = table->services;
    ve_code code = find_seen(table, at, &n);
    if (!code) code = ahp_matrix_new(&m, n, services);
    if (code) return code;
    size_t missing = fill_matrix(&m, table, at);
    ahp_least_squares(&m);
    if (own->method == GEOMETRIC_MEAN) put_weights(weight, at, m.level, NULL, n);
    code = ahp_complete(&m, services);
    if (code) return code;
    if (own->method == EIGENVECTOR) put_weights(weight, at, m.level, m.right, n);
    own->consistency_ratio = consistency(own, &m);
    return write_note(own, n, missing, services);
}

static ve_code prepare(void *params, const ve_subjects *subjects, const ve_services *services) {
    ahp *own = params;
    ve_pairs table;
    ve_code code = ve_pairs_new(&table, subjects, services);
    double *weight = services->memory(services, subjects->count * sizeof *weight);
    if (code || !weight) return VE_E_MEMORY;
    for (size_t k = 0; k < subjects->count; k++)
        weight[k] = NAN;
    own->weight = weight;
    code = read_pairs(own, &table);
    return code ? code : solve(own, &table, weight);
}

static ve_code weigh(const void *params, const ve_subjects *subjects, double *weight, ve_judged *judged,
                     const ve_services *services) {
    (void)services;
    const ahp *own = params;
    for (size_t k = 0; k < subjects->count; k++)
        weight[k] = own->weight[k];
    judged->consistency_ratio = own->consistency_ratio;
    judged->note = own->note;
    return VE_OK;
}

static const ve_judgement_ops ops = {
    .size = sizeof ops,
    .needs = VE_MAY_SKIP,
    .prepare = prepare,
    .weigh = weigh,
};

VE_PLUGIN(judge_ahp, JUDGEMENT, "ahp", "1.0", "pairs compared by how many times as important one is", &record,
          &ops)

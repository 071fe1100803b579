/* The judgement `complement`: of every two functions each gets its share of a fixed number of points, as a
 * rule ten. SPDX-License-Identifier: GPL-3.0-or-later */
#include "ve/pairs.h"

typedef struct complement {
    double total;
    ve_rows pairs;
    /* made by prepare: */
    const double *points; /* per function, NaN for those that are left out */
    const char *note;
} complement;

static const ve_field pair_fields[] = {
    VE_FIELD(ve_pair, first, VE_T_REF, .name = "first", .flags = VE_F_REQUIRED, .of = VE_OF_SIBLINGS,
             .doc = "one"),
    VE_FIELD(ve_pair, second, VE_T_REF, .name = "second", .flags = VE_F_REQUIRED, .of = VE_OF_SIBLINGS,
             .doc = "another"),
    VE_FIELD(ve_pair, value, VE_T_NUMBER, .name = "points", .flags = VE_F_REQUIRED, .low = 0,
             .high = INFINITY, .doc = "what the first gets of the points; the second gets the rest"),
};
static const ve_record pair_record = {
    .name = "pair",
    .doc = "How the points are shared between two.",
    .size = sizeof(ve_pair),
    .fields = pair_fields,
    .count = VE_COUNT(pair_fields),
};

static const complement defaults = { .total = 10 };
static const ve_field fields[] = {
    VE_FIELD(complement, total, VE_T_NUMBER, .name = "total", .flags = VE_F_ABOVE | VE_F_EXACT, .low = 0,
             .high = INFINITY, .doc = "the points that every two share"),
    VE_FIELD(complement, pairs, VE_T_ROWS, .name = "pairs", .flags = VE_F_REQUIRED, .record = &pair_record,
             .doc = "every pair: { \"F1\", \"F2\", 7 } gives F1 seven points of ten and F2 three"),
};
static const ve_record record = {
    .name = "complement",
    .doc = "Complementary scoring: every two share ten points.",
    .size = sizeof(complement),
    .defaults = &defaults,
    .fields = fields,
    .count = VE_COUNT(fields),
    .example =
        "weights = ve.complement { total = 10, pairs = { { \"F1\", \"F2\", 7 }, { \"F1\", \"F3\", 6 }, "
        "{ \"F2\", \"F3\", 4 } } }",
};

static ve_code put_row(const complement *own, size_t row, ve_pairs *table, const ve_services *services) {
    const ve_pair *p = own->pairs.v;
    if (p[row].value <= own->total)
        return ve_pairs_put(table, "pairs", row, &p[row], own->total - p[row].value);
    char field[32];
    snprintf(field, sizeof field, "pairs[%zu][3]", row + 1);
    return services->fail(services, VE_E_RANGE, field, "set `total` if every two share another number",
                          "points must be at most %.6g, not %.6g", own->total, p[row].value);
}

static ve_code prepare(void *params, const ve_subjects *subjects, const ve_services *services) {
    complement *own = params;
    ve_pairs table;
    ve_code first = ve_pairs_new(&table, subjects, services);
    double *points = services->memory(services, subjects->count * sizeof *points);
    char *note = services->memory(services, 48);
    if (first || !points || !note) return VE_E_MEMORY;
    for (size_t row = 0; row < own->pairs.count; row++) {
        ve_code code = put_row(own, row, &table, services);
        if (!first) first = code;
    }
    if (!first) first = ve_pairs_complete(&table, "add the row { first, second, points }");
    for (size_t k = 0; k < subjects->count; k++)
        points[k] = ve_pairs_total(&table, k);
    snprintf(note, 48, "every two share %.6g points", own->total);
    own->points = points;
    own->note = note;
    return first;
}

static ve_code weigh(const void *params, const ve_subjects *subjects, double *weight, ve_judged *judged,
                     const ve_services *services) {
    (void)services;
    const complement *own = params;
    for (size_t k = 0; k < subjects->count; k++)
        weight[k] = own->points[k];
    judged->note = own->note;
    return VE_OK;
}

static const ve_judgement_ops ops = {
    .size = sizeof ops,
    .needs = VE_MAY_SKIP,
    .prepare = prepare,
    .weigh = weigh,
};

VE_PLUGIN(judge_complement, JUDGEMENT, "complement", "1.0",
          "complementary scoring: every two share ten points", &record, &ops)

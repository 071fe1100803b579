/* Customer tiers: customers in the order of their profit, cut where the shares say, and how concentrated
 * profit is. Customers of equal profit are treated alike; those on a border are divided between the tiers
 * that meet there, so nothing depends on the order of rows. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "eval/internal.h"
#include "num/sum.h"

enum { LORENZ_STEPS = 100 };

/* A border this near to the edge of a block, as a share of all customers, lies on it. */
#define NEAR 1e-12

typedef struct ranked {
    double profit;
    uint32_t row;
} ranked;

/* Customers of one profit: where they lie between the best, at 0, and the last, at `weight`. */
typedef struct block {
    size_t first, count; /* in the ranking */
    double profit, from, to;
} block;

typedef struct tally {
    ve_sum customers, weight, profit;
    double least;
} tally;

typedef struct tiering {
    const ve_model *model;
    const ve_groups *groups;
    ranked *list;
    double weight, profit; /* of all */
    size_t blocks;
    double border[VE_TIERS_MOST]; /* where each tier but the last ends */
    ve_tiering *out;
    double *share; /* out->share */
    tally tally[VE_TIERS_MOST];
    ve_outline *outline;
} tiering;

/* ---- the ranking ----------------------------------------------------------------------------- */

static int by_profit(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    if (x->profit != y->profit) return x->profit > y->profit ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static bool rank_customers(tiering *t) {
    const ve_groups *g = t->groups;
    const double *profit = g->attribute + t->model->tiers.attribute * g->rows;
    t->list = calloc(g->rows, sizeof *t->list);
    if (!t->list) return false;
    for (size_t row = 0; row < g->rows; row++)
        t->list[row] = (ranked){ profit[row], (uint32_t)row };
    qsort(t->list, g->rows, sizeof *t->list, by_profit);
    return true;
}

/* The block behind *b; false at the end. Begin with all zero. */
static bool next_block(const tiering *t, block *b, ve_sum *position) {
    size_t first = b->first + b->count, end = first;
    if (first == t->groups->rows) return false;
    *b = (block){ .first = first, .profit = t->list[first].profit, .from = ve_sum_value(position) };
    for (; end < t->groups->rows && t->list[end].profit == b->profit; end++)
        ve_sum_add(position, t->groups->weight[t->list[end].row]);
    b->count = end - first;
    b->to = ve_sum_value(position);
    return true;
}

/* ---- all customers together ------------------------------------------------------------------ */

static void add_up(tiering *t) {
    block b = { 0 };
    ve_sum position = { 0 }, profit = { 0 }, lost = { 0 }, losers = { 0 };
    while (next_block(t, &b, &position)) {
        double weight = b.to - b.from;
        t->blocks++;
        ve_sum_add(&profit, weight * b.profit);
        if (b.profit < 0) ve_sum_add(&losers, weight);
        if (b.profit < 0) ve_sum_add(&lost, weight * b.profit);
    }
    t->weight = ve_sum_value(&position);
    t->profit = ve_sum_value(&profit);
    t->outline->profit = t->profit / t->weight;
    t->outline->loss_customers = ve_sum_value(&losers) / t->weight;
    t->outline->loss = t->profit > 0 ? -ve_sum_value(&lost) / t->profit : NAN;
}

/* Twice the area between the Lorenz curve and its diagonal. */
static double gini(const tiering *t) {
    block b = { 0 };
    ve_sum position = { 0 }, sum = { 0 };
    while (next_block(t, &b, &position))
        ve_sum_add(&sum, (b.to - b.from) * b.profit * (t->weight - b.to - b.from));
    return ve_sum_value(&sum) / (t->weight * t->profit);
}

/* What the most profitable customers bring, from the first to the one at `place`: a share of all profit.
 * `places` ascend. */
static void top_shares(const tiering *t, const double *place, size_t places, double *share) {
    block b = { 0 };
    ve_sum position = { 0 }, before = { 0 };
    size_t k = 0;
    while (k < places && next_block(t, &b, &position)) {
        for (; k < places && place[k] <= b.to; k++)
            share[k] = (ve_sum_value(&before) + (place[k] - b.from) * b.profit) / t->profit;
        ve_sum_add(&before, (b.to - b.from) * b.profit);
    }
    for (; k < places; k++)
        share[k] = 1;
}

/* Every block's edge where there are few of them, else every hundredth customer; counted from the best. */
static size_t lorenz_places(const tiering *t, double *place) {
    block b = { 0 };
    ve_sum position = { 0 };
    size_t places = 0;
    if (t->blocks > LORENZ_STEPS) {
        for (places = 0; places + 1 < LORENZ_STEPS; places++)
            place[places] = t->weight * (double)(places + 1) / LORENZ_STEPS;
        return places;
    }
    while (next_block(t, &b, &position))
        if (b.to > b.from && b.to < t->weight) place[places++] = b.to;
    return places;
}

static void draw_lorenz(const tiering *t, ve_lorenz_point *point, size_t *points) {
    double place[LORENZ_STEPS], share[LORENZ_STEPS];
    size_t places = lorenz_places(t, place);
    top_shares(t, place, places, share);
    *points = places + 2;
    point[0] = (ve_lorenz_point){ 0, 0 };
    point[places + 1] = (ve_lorenz_point){ 1, 1 };
    for (size_t k = 0; k < places; k++)
        point[places - k] = (ve_lorenz_point){ 1 - place[k] / t->weight, 1 - share[k] };
}

static ve_code describe(const tiering *t, ve_arena *arena) {
    ve_outline *outline = t->outline;
    outline->gini = outline->top20_share = NAN;
    if (!(t->profit > 0)) return VE_OK;
    double fifth = 0.2 * t->weight;
    outline->gini = gini(t);
    top_shares(t, &fifth, 1, &outline->top20_share);
    ve_lorenz_point *point = ve_alloc_array(arena, LORENZ_STEPS + 1, sizeof *point);
    if (!point) return VE_E_MEMORY;
    draw_lorenz(t, point, &outline->lorenz_points);
    outline->lorenz = point;
    return VE_OK;
}

/* ---- where the tiers end --------------------------------------------------------------------- */

static void cut_customers(tiering *t) {
    double sum = 0;
    for (size_t k = 0; k + 1 < t->out->tiers; k++)
        t->border[k] = (sum += t->model->tiers.share[k]) * t->weight;
}

/* Going down from the best, profit first reaches a share below the whole while customers still bring some. */
static void cut_profit(tiering *t) {
    const double *share = t->model->tiers.share;
    block b = { 0 };
    ve_sum position = { 0 }, before = { 0 };
    size_t k = 0, borders = t->out->tiers - 1;
    double wanted = share[0] * t->profit, reached = share[0];
    while (k < borders && next_block(t, &b, &position)) {
        double own = (b.to - b.from) * b.profit;
        while (k < borders && own > 0 && ve_sum_value(&before) + own >= wanted) {
            double part = (wanted - ve_sum_value(&before)) / b.profit;
            t->border[k++] = b.from + part;
            if (k < borders) wanted = (reached += share[k]) * t->profit;
        }
        ve_sum_add(&before, own);
    }
    for (; k < borders; k++)
        t->border[k] = t->weight;
}

static ve_code cut(tiering *t, ve_errors *errors) {
    const ve_tiers *tiers = &t->model->tiers;
    const ve_value *source = ve_value_field(tiers->source, "cut");
    if (!tiers->by_profit) return cut_customers(t), VE_OK;
    if (t->profit > 0) return cut_profit(t), VE_OK;
    ve_fail(errors, VE_E_ATTRIBUTE, source ? source->at : VE_NOWHERE, "tiers.cut",
            "customers cannot be cut by their shares of all profit, because together they bring none (%.10g "
            "each)",
            t->outline->profit);
    ve_hint(errors, "write cut = \"customers\"");
    return VE_E_ATTRIBUTE;
}

/* ---- who belongs where ----------------------------------------------------------------------- */

/* Borders that only rounding keeps from an edge of the block. */
static void settle_borders(tiering *t, const block *b) {
    for (size_t k = 0; k + 1 < t->out->tiers; k++) {
        if (fabs(t->border[k] - b->from) <= NEAR * t->weight) t->border[k] = b->from;
        if (fabs(t->border[k] - b->to) <= NEAR * t->weight) t->border[k] = b->to;
    }
}

/* The share of the block that lies in a tier. */
static double overlap(const tiering *t, const block *b, size_t k) {
    double low = k ? t->border[k - 1] : 0, high = k + 1 < t->out->tiers ? t->border[k] : t->weight;
    double from = fmax(low, b->from), to = k + 1 < t->out->tiers ? fmin(high, b->to) : b->to;
    return to > from ? (to - from) / (b->to - b->from) : 0;
}

/* The tier of a block without any weight. */
static size_t tier_at(const tiering *t, double place) {
    size_t k = 0;
    while (k + 1 < t->out->tiers && place >= t->border[k])
        k++;
    return k;
}

/* The kind of a block: a tier of its own, or a new kind where a border runs through it. */
static size_t kind_of(tiering *t, const block *b) {
    size_t tiers = t->out->tiers, touched = 0, only = 0, last = 0;
    double *share = t->share + t->out->kinds * tiers, sum = 0;
    if (!(b->to > b->from)) return tier_at(t, b->from);
    for (size_t k = 0; k < tiers; k++) {
        share[k] = overlap(t, b, k);
        if (!(share[k] > 0)) continue;
        if (!touched++) only = k;
        last = k;
    }
    if (touched < 2) return only;
    for (size_t k = 0; k < last; k++)
        sum += share[k];
    share[last] = 1 - sum;
    return t->out->kinds++;
}

static void count_group(tiering *t, size_t row, const double *share, double profit) {
    for (size_t k = 0; k < t->out->tiers; k++) {
        if (!(share[k] > 0)) continue;
        ve_sum_add(&t->tally[k].customers, share[k] * t->groups->count[row]);
        ve_sum_add(&t->tally[k].weight, share[k] * t->groups->weight[row]);
        ve_sum_add(&t->tally[k].profit, share[k] * t->groups->weight[row] * profit);
        t->tally[k].least = profit;
    }
}

static void assign(tiering *t, unsigned char *kind) {
    block b = { 0 };
    ve_sum position = { 0 };
    while (next_block(t, &b, &position)) {
        settle_borders(t, &b);
        size_t own = kind_of(t, &b);
        for (size_t i = b.first; i < b.first + b.count; i++) {
            kind[t->list[i].row] = (unsigned char)own;
            count_group(t, t->list[i].row, t->share + own * t->out->tiers, b.profit);
        }
    }
}

static ve_code make_kinds(tiering *t, ve_arena *arena) {
    size_t tiers = t->model->tiers.count;
    unsigned char *kind = ve_alloc_array(arena, t->groups->rows, sizeof *kind);
    /* A border runs through one block at most, and the last kind may be given up again. */
    t->share = ve_alloc_array(arena, 2 * tiers, tiers * sizeof *t->share);
    if (!kind || !t->share) return VE_E_MEMORY;
    for (size_t k = 0; k < tiers; k++)
        t->share[k * tiers + k] = 1;
    t->out->kinds = tiers;
    assign(t, kind);
    t->out->kind = kind;
    t->out->share = t->share;
    return VE_OK;
}

/* ---- the outline ----------------------------------------------------------------------------- */

static ve_code tell_tiers(const tiering *t, ve_arena *arena) {
    const ve_tiers *tiers = &t->model->tiers;
    ve_outline *outline = t->outline;
    ve_outline_tier *tier = ve_alloc_array(arena, tiers->count, sizeof *tier);
    if (!tier) return VE_E_MEMORY;
    for (size_t k = 0; k < tiers->count; k++) {
        const tally *own = &t->tally[k];
        double profit = ve_sum_value(&own->profit);
        tier[k] = (ve_outline_tier){
            .name = tiers->name[k],
            .customers = ve_sum_value(&own->customers),
            .customer_share = ve_sum_value(&own->weight) / t->weight,
            .profit_share = t->profit > 0 ? profit / t->profit : NAN,
            .weight = tiers->weight[k],
            .least = own->least,
        };
        outline->tiers_weighted = outline->tiers_weighted || tiers->weight[k] != tiers->weight[0];
    }
    outline->tiers = tiers->count;
    outline->tier = tier;
    outline->tiers_by = t->model->attribute[tiers->attribute].id;
    return VE_OK;
}

static ve_code make(tiering *t, ve_arena *arena, ve_errors *errors) {
    add_up(t);
    ve_code code = cut(t, errors);
    if (code) return code;
    code = make_kinds(t, arena);
    if (!code) code = describe(t, arena);
    if (!code) code = tell_tiers(t, arena);
    return code ? ve_fail_memory(errors) : VE_OK;
}

ve_code ve_tiers_make(const ve_model *model, const ve_groups *groups, ve_arena *arena, ve_outline *outline,
                      const ve_tiering **out, ve_errors *errors) {
    outline->gini = outline->top20_share = outline->loss = outline->profit = NAN;
    *out = NULL;
    if (!model->tiers.count) return VE_OK;
    ve_tiering *made = ve_alloc(arena, sizeof *made);
    if (!made) return ve_fail_memory(errors);
    made->tiers = model->tiers.count;
    tiering t = { .model = model, .groups = groups, .out = made, .outline = outline };
    for (size_t k = 0; k < VE_TIERS_MOST; k++)
        t.tally[k].least = NAN;
    ve_code code = rank_customers(&t) ? make(&t, arena, errors) : ve_fail_memory(errors);
    free(t.list);
    *out = made;
    return code;
}

/* ---- whom a target reaches ------------------------------------------------------------------- */

static void reach_kinds(const ve_case *subject, size_t option, bool *reached) {
    const ve_groups *g = subject->groups;
    const double *log_density = subject->log_density[option];
    for (size_t row = 0; row < g->rows; row++)
        if (g->weight[row] > 0 && (!log_density || log_density[row] > -HUGE_VAL))
            reached[subject->tiers->kind[row]] = true;
}

ve_code ve_tiers_reach(const ve_case *subject, ve_arena *arena, ve_outline *outline, ve_errors *errors) {
    const ve_tiering *t = subject->tiers;
    size_t options = subject->model->options;
    if (!t) return VE_OK;
    bool *tier_reached = ve_alloc_array(arena, t->tiers * options, sizeof *tier_reached);
    if (!tier_reached) return ve_fail_memory(errors);
    for (size_t i = 0; i < options; i++) {
        bool kind[2 * VE_TIERS_MOST] = { false };
        reach_kinds(subject, i, kind);
        for (size_t c = 0; c < t->kinds * t->tiers; c++)
            if (kind[c / t->tiers] && t->share[c] > 0) tier_reached[c % t->tiers * options + i] = true;
    }
    outline->tier_reached = tier_reached;
    return VE_OK;
}

/* ---- how much the customers of an evaluation count ------------------------------------------- */

/* Between the weights of the tiers that meet in it; exactly their weight where they have the same. */
static double mixed(const ve_tiering *t, const double *weight, size_t kind) {
    const double *share = t->share + kind * t->tiers;
    double last = 0, sum = 0;
    for (size_t k = 0; k < t->tiers; k++)
        if (share[k] > 0) last = weight[k];
    for (size_t k = 0; k < t->tiers; k++)
        if (share[k] > 0) sum += share[k] * (weight[k] - last);
    return last + sum;
}

static ve_code no_tier(const ve_evaluation *e) {
    size_t tiers = e->subject->tiers ? e->subject->tiers->tiers : 0;
    return ve_fail(e->errors, VE_E_PLUGIN_RESULT, VE_NOWHERE, "tiers",
                   "the study asks for tier %d of a model with %zu", e->assumptions.tier, tiers);
}

ve_code ve_tiers_count(ve_evaluation *e) {
    const ve_tiering *t = e->subject->tiers;
    int tier = e->assumptions.tier;
    if (tier < 0 || (size_t)tier > (t ? t->tiers : 0)) return no_tier(e);
    e->tiered = tier > 0;
    for (size_t c = 0; t && c < t->kinds; c++) {
        e->tier_factor[c] =
            tier ? t->share[c * t->tiers + (size_t)tier - 1] : mixed(t, e->subject->model->tiers.weight, c);
        e->tiered = e->tiered || e->tier_factor[c] != 1;
    }
    return VE_OK;
}

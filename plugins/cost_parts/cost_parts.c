/* The cost `parts`: a sum of named items, time at a rate per hour among them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "ve/plugin.h"

typedef struct item {
    ve_amount amount, hours;
    double rate;
} item;

typedef struct sum {
    ve_amount hours;
    double rate;
    ve_rows items;
} sum;

static const ve_field item_fields[] = {
    VE_FIELD(item, amount, VE_T_AMOUNT, .name = "amount", .kind = VE_KIND_COST, .unit = "money",
             .doc = "what it costs; below zero: what it saves"),
    VE_FIELD(item, hours, VE_T_AMOUNT, .name = "hours", .kind = VE_KIND_COST, .low = 0, .high = INFINITY,
             .doc = "or the time it takes"),
    VE_FIELD(item, rate, VE_T_NUMBER, .name = "rate", .low = 0, .high = INFINITY, .unit = "money per hour",
             .doc = "what an hour of it costs; left out: the rate of the whole"),
};
static const ve_record item_record = {
    .name = "item",
    .doc = "An item that takes time: { hours = 12, rate = 35 }.",
    .size = sizeof(item),
    .fields = item_fields,
    .count = VE_COUNT(item_fields),
};

static const ve_field fields[] = {
    VE_FIELD(sum, hours, VE_T_AMOUNT, .name = "hours", .kind = VE_KIND_COST, .low = 0, .high = INFINITY,
             .doc = "time, where there is only one item of it"),
    VE_FIELD(sum, rate, VE_T_NUMBER, .name = "rate", .low = 0, .high = INFINITY, .unit = "money per hour",
             .doc = "what an hour costs, of every item that says nothing else"),
    VE_FIELD(sum, items, VE_T_KEYED, .name = "items", .flags = VE_F_REST, .record = &item_record,
             .doc = "any names: money, or time as { hours = 12, rate = 35 }"),
};
static const ve_record record = {
    .name = "parts",
    .doc = "A sum of named items, such as price, time and trouble, all in money.",
    .size = sizeof(sum),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "cost = ve.parts { price = 4200, time = { hours = 12, rate = 35 }, trouble = 300 }",
};

static bool is_given(const ve_amount *amount) {
    return amount->word.plugin || !isnan(amount->number);
}

/* ---- checks ------------------------------------------------------------------------------------- */

static ve_code check_item(const sum *own, size_t i, const ve_services *services) {
    const item *one = (const item *)own->items.v + i;
    const char *name = own->items.name[i];
    bool money = is_given(&one->amount), time = is_given(&one->hours);
    if (money && (time || !isnan(one->rate)))
        return services->fail(services, VE_E_CONFLICT, name, "make two items of it",
                              "'%s' is both an amount of money and a time", name);
    if (!money && !time)
        return services->fail(services, VE_E_MISSING_FIELD, name,
                              "write a number, or { hours = 12, rate = 35 }",
                              "'%s' says neither what it costs nor how many hours it takes", name);
    if (money || !isnan(one->rate) || !isnan(own->rate)) return VE_OK;
    return services->fail(services, VE_E_MISSING_FIELD, name, "add rate = ..., here or beside the items",
                          "nothing says what an hour of '%s' costs", name);
}

static bool uses_rate(const sum *own) {
    const item *one = own->items.v;
    bool used = is_given(&own->hours);
    for (size_t i = 0; i < own->items.count; i++)
        used = used || (is_given(&one[i].hours) && isnan(one[i].rate));
    return used;
}

static ve_code check_whole(const sum *own, const ve_services *services) {
    if (!own->items.count && !is_given(&own->hours))
        return services->fail(services, VE_E_MISSING_FIELD, "",
                              "write ve.parts { price = 4200, trouble = 300 }", "there is nothing to add up");
    if (is_given(&own->hours) && isnan(own->rate))
        return services->fail(services, VE_E_MISSING_FIELD, "hours", "add rate = ...",
                              "nothing says what an hour costs");
    if (!isnan(own->rate) && !uses_rate(own))
        return services->fail(services, VE_E_CONFLICT, "rate", "add hours = ..., or leave the rate out",
                              "rate is what an hour costs, and no item without a rate of its own takes time");
    return VE_OK;
}

static ve_code prepare(void *params, const ve_services *services) {
    const sum *own = params;
    ve_code first = check_whole(own, services);
    for (size_t i = 0; i < own->items.count; i++) {
        ve_code code = check_item(own, i, services);
        if (!first) first = code;
    }
    return first;
}

/* ---- adding up ---------------------------------------------------------------------------------- */

/* The hours of the whole, then amount and hours of each item. */
static const ve_amount *amount_at(const sum *own, size_t i) {
    const item *one = own->items.v;
    if (i == 0) return &own->hours;
    return i % 2 ? &one[(i - 1) / 2].amount : &one[(i - 1) / 2].hours;
}

/* The cost words among them. */
static size_t parts(const void *params, const ve_word **part, size_t index) {
    const sum *own = params;
    size_t count = 0;
    for (size_t i = 0; i <= 2 * own->items.count; i++) {
        const ve_amount *amount = amount_at(own, i);
        if (!amount->word.plugin) continue;
        if (count++ == index) *part = &amount->word;
    }
    return count;
}

static double rate_at(const sum *own, size_t i) {
    const item *one = own->items.v;
    if (i % 2) return 1;
    return i == 0 || isnan(one[i / 2 - 1].rate) ? own->rate : one[i / 2 - 1].rate;
}

static ve_code combine(const void *params, const double *part_cost, ve_cost *out,
                       const ve_services *services) {
    const sum *own = params;
    out->cost = 0;
    for (size_t i = 0; i <= 2 * own->items.count; i++) {
        const ve_amount *amount = amount_at(own, i);
        if (is_given(amount))
            out->cost += rate_at(own, i) * (amount->word.plugin ? *part_cost++ : amount->number);
    }
    if (!isfinite(out->cost))
        return services->fail(services, VE_E_NOT_FINITE, "", NULL, "this cost is too large to compute with");
    if (out->cost >= 0) return VE_OK;
    return services->fail(services, VE_E_RANGE, "", "check what is below zero",
                          "the items add up to a cost below zero (%.6g)", out->cost);
}

static const ve_cost_ops ops = { .size = sizeof ops, .prepare = prepare, .parts = parts, .combine = combine };

VE_PLUGIN(cost_parts, COST, "parts", "1.0", "a sum of named items, time among them", &record, &ops)

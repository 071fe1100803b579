/* The cost `life_cycle`: everything a product costs over its life, as one sum today or as a yearly amount.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "ve/plugin.h"

typedef struct overhaul {
    double year, cost;
} overhaul;

enum { ANNUAL, PRESENT };

typedef struct life_cycle {
    double initial, annual, rate, years, salvage, growth;
    ve_rows overhauls;
    int basis;
} life_cycle;

static const ve_field overhaul_fields[] = {
    VE_FIELD(overhaul, year, VE_T_NUMBER, .name = "year", .flags = VE_F_REQUIRED | VE_F_ABOVE,
             .unit = "years after the start", .doc = "when"),
    VE_FIELD(overhaul, cost, VE_T_NUMBER, .name = "cost", .flags = VE_F_REQUIRED, .low = 0, .high = INFINITY,
             .unit = "money", .doc = "what it costs then"),
};
static const ve_record overhaul_record = {
    .name = "overhaul",
    .doc = "A year and what is spent in it.",
    .size = sizeof(overhaul),
    .fields = overhaul_fields,
    .count = VE_COUNT(overhaul_fields),
};

static const life_cycle defaults = { .initial = NAN, .rate = NAN, .years = NAN };
static const ve_field fields[] = {
    VE_FIELD(life_cycle, initial, VE_T_NUMBER, .name = "initial", .flags = VE_F_REQUIRED, .low = 0,
             .high = INFINITY, .unit = "money", .doc = "what is spent at the start"),
    VE_FIELD(life_cycle, annual, VE_T_NUMBER, .name = "annual", .low = 0, .high = INFINITY,
             .unit = "money per year", .doc = "running costs, at the end of every year"),
    VE_FIELD(life_cycle, rate, VE_T_NUMBER, .name = "rate", .flags = VE_F_REQUIRED | VE_F_ABOVE, .low = -1,
             .high = 1, .unit = "per year, 0.08 for 8 %", .doc = "the interest rate"),
    VE_FIELD(life_cycle, years, VE_T_NUMBER, .name = "years", .flags = VE_F_REQUIRED | VE_F_ABOVE, .low = 0,
             .high = 10000, .unit = "years", .doc = "how long it lasts"),
    VE_FIELD(life_cycle, overhauls, VE_T_ROWS, .name = "overhauls", .record = &overhaul_record,
             .doc = "single expenses during its life: { { 10, 3000 }, { 20, 3000 } }"),
    VE_FIELD(life_cycle, salvage, VE_T_NUMBER, .name = "salvage", .unit = "money",
             .doc = "what it still brings at the end of its life; below zero: what removing it costs"),
    VE_FIELD(life_cycle, growth, VE_T_NUMBER, .name = "growth", .flags = VE_F_ABOVE, .low = -1, .high = 1,
             .unit = "per year, 0.02 for 2 %", .doc = "by how much the running costs rise each year"),
    VE_FIELD(life_cycle, basis, VE_T_CHOICE, .name = "basis", .choices = "annual|present",
             .doc = "compare by the yearly amount, which is fair to different lives, or by the sum today"),
};
static const ve_record record = {
    .name = "life_cycle",
    .doc = "Everything a product costs over its life.",
    .size = sizeof(life_cycle),
    .defaults = &defaults,
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "cost = ve.life_cycle { initial = 6500, annual = 340, rate = 0.1, years = 50 }",
};

static ve_code check_overhaul(const life_cycle *own, size_t row, const ve_services *services) {
    const overhaul *o = own->overhauls.v;
    if (o[row].year < own->years) return VE_OK;
    char field[40];
    snprintf(field, sizeof field, "overhauls[%zu]", row + 1);
    return services->fail(services, VE_E_RANGE, field,
                          "leave it out: nothing is overhauled when it is given up",
                          "an overhaul in year %.6g of a life of %.6g years", o[row].year, own->years);
}

static ve_code prepare(void *params, const ve_services *services) {
    const life_cycle *own = params;
    ve_code first = VE_OK;
    for (size_t row = 0; row < own->overhauls.count; row++) {
        ve_code code = check_overhaul(own, row, services);
        if (!first) first = code;
    }
    return first;
}

/* (P/F, r, t) */
static double present_of_future(double rate, double years) {
    return exp(-years * log1p(rate));
}

/* (P/A, r, N) of a yearly amount that grows by g: (1 - ((1+g)/(1+r))^N) / (r - g), N / (1+r) where r = g. */
static double present_of_annual(double rate, double growth, double years) {
    if (rate == growth) return years / (1 + rate);
    return -expm1(years * log1p((growth - rate) / (1 + rate))) / (rate - growth);
}

static double net_present(const life_cycle *own) {
    const overhaul *o = own->overhauls.v;
    double sum = own->initial + own->annual * present_of_annual(own->rate, own->growth, own->years);
    for (size_t row = 0; row < own->overhauls.count; row++)
        sum += o[row].cost * present_of_future(own->rate, o[row].year);
    return sum - own->salvage * present_of_future(own->rate, own->years);
}

static ve_code cost(const void *params, ve_cost *out, const ve_services *services) {
    const life_cycle *own = params;
    out->present = net_present(own);
    out->annual = out->present / present_of_annual(own->rate, 0, own->years);
    out->cost = own->basis == PRESENT ? out->present : out->annual;
    if (!isfinite(out->cost) || !isfinite(out->present) || !isfinite(out->annual))
        return services->fail(services, VE_E_NOT_FINITE, "", "check rate, growth and years",
                              "this life-cycle cost is too large to compute with");
    if (out->cost < 0)
        return services->fail(services, VE_E_RANGE, "salvage",
                              "check salvage: it is more than the whole life costs",
                              "the life-cycle cost is below zero (%.6g)", out->cost);
    return VE_OK;
}

static const ve_cost_ops ops = { .size = sizeof ops, .prepare = prepare, .cost = cost };

VE_PLUGIN(cost_life_cycle, COST, "life_cycle", "1.0", "everything a product costs over its life", &record,
          &ops)

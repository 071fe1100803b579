/* Judgements, costs and rules in Lua.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "host/plugin.h"

/* ---- judgement ----------------------------------------------------------------------------------------- */

typedef struct weighing {
    ve_plugin_call call;
    ve_plugin_given given;
    const ve_subjects *subjects;
    double *weight;
    ve_judged *judged;
} weighing;

static void push_scores(lua_State *L, const ve_subjects *subjects, size_t k) {
    if (!subjects->score) return;
    lua_createtable(L, (int)subjects->options, 0);
    for (size_t i = 0; i < subjects->options; i++) {
        lua_pushnumber(L, subjects->score[i * subjects->count + k]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "scores");
}

/* A list of { id, name, scores }. */
static int push_subjects(lua_State *L, const void *data) {
    const ve_subjects *subjects = data;
    lua_createtable(L, (int)subjects->count, 0);
    for (size_t k = 0; k < subjects->count; k++) {
        ve_room_charge(L, 8);
        lua_createtable(L, 0, 3);
        ve_plugin_set_text(L, "id", subjects->id[k]);
        ve_plugin_set_text(L, "name", subjects->name[k]);
        push_scores(L, subjects, k);
        lua_rawseti(L, -2, (lua_Integer)k + 1);
    }
    return 1;
}

static void subject(const ve_plugin_call *call, size_t k, char *room, size_t bytes) {
    snprintf(room, bytes, " for '%s'", ((const weighing *)call)->subjects->id[k]);
}

/* What is said besides the weights: { consistency_ratio = 0.03, note = "..." }. */
static void take_judged(lua_State *L, weighing *w) {
    if (lua_isnil(L, -1)) return;
    if (lua_type(L, -1) != LUA_TTABLE)
        ve_plugin_refuse(L, &w->call, "return the weights, then { consistency_ratio = ..., note = ... }",
                         "a %s after the weights", luaL_typename(L, -1));
    lua_getfield(L, -1, "consistency_ratio");
    w->judged->consistency_ratio = ve_plugin_take(L, &w->call, VE_TAKE_NOTHING, " as consistency_ratio");
    lua_getfield(L, -2, "note");
    if (!lua_isnil(L, -1)) w->judged->note = ve_plugin_take_text(L, -1, &w->call, "note");
    lua_pop(L, 2);
}

static int ask_weights(lua_State *L) {
    weighing *w = lua_touserdata(L, 1);
    const ve_subjects *subjects = w->subjects;
    ve_texts ids = { subjects->id, subjects->count };
    w->given.by = &ids;
    ve_plugin_begin(L, &w->call);
    ve_plugin_set_given(L, w->call.params, &w->given);
    ve_plugin_end(L, push_subjects(L, subjects), 2);
    take_judged(L, w);
    lua_pop(L, 1);
    unsigned how = w->call.self->file.may_skip ? VE_TAKE_NOTHING | VE_TAKE_FALSE : 0;
    ve_plugin_take_by_id(L, &w->call, &ids, how, w->weight);
    for (size_t k = 0; k < subjects->count; k++)
        if (w->weight[k] < 0)
            ve_plugin_refuse(L, &w->call, "weights are numbers from zero up",
                             "%g, a negative weight, for '%s'", w->weight[k], subjects->id[k]);
    return 0;
}

static ve_code combine_weights(const void *params, const ve_subjects *subjects, const double *part_weight,
                               double *weight, ve_judged *judged, const ve_services *services) {
    ve_lua_plugin *self = ve_plugin_self(params);
    weighing w = { .call = { self, params, self->file.weigh, "weigh", subject },
                   .given = { .part = part_weight, .services = services },
                   .subjects = subjects,
                   .weight = weight,
                   .judged = judged };
    return ve_plugin_ask(self, ask_weights, &w, services);
}

static ve_code weigh(const void *params, const ve_subjects *subjects, double *weight, ve_judged *judged,
                     const ve_services *services) {
    return combine_weights(params, subjects, NULL, weight, judged, services);
}

static ve_code prepare_judgement(void *params, const ve_subjects *subjects, const ve_services *services) {
    ve_code code = ve_plugin_check_params(params, push_subjects, subjects, services);
    return code ? code : ve_plugin_ask_columns(params, subjects, services);
}

void ve_plugin_judgement(ve_lua_plugin *self) {
    self->ops.judgement = (ve_judgement_ops){
        .size = sizeof self->ops.judgement,
        .needs = (self->file.scores ? VE_NEEDS_SCORES : 0u) | (self->file.may_skip ? VE_MAY_SKIP : 0u) |
                 (self->columns ? VE_NEEDS_CUSTOMERS : 0u),
        .prepare = prepare_judgement,
        .weigh = weigh,
    };
    if (!ve_plugin_holds_words(self)) return;
    self->ops.judgement.parts = ve_plugin_parts;
    self->ops.judgement.combine = combine_weights;
}

/* ---- cost ---------------------------------------------------------------------------------------------- */

typedef struct costing {
    ve_plugin_call call;
    ve_plugin_given given;
    ve_cost out;
} costing;

static double take_figure(lua_State *L, const costing *c, const char *name, unsigned how) {
    char where[64];
    snprintf(where, sizeof where, " as %s", name);
    lua_getfield(L, -1, name);
    double x = ve_plugin_take(L, &c->call, how, where);
    lua_pop(L, 1);
    return x;
}

static int ask_cost(lua_State *L) {
    costing *c = lua_touserdata(L, 1);
    ve_plugin_begin(L, &c->call);
    ve_plugin_set_given(L, c->call.params, &c->given);
    ve_plugin_end(L, 0, 1);
    if (lua_type(L, -1) == LUA_TTABLE) {
        c->out.cost = take_figure(L, c, "cost", 0);
        c->out.present = take_figure(L, c, "present", VE_TAKE_NOTHING);
        c->out.annual = take_figure(L, c, "annual", VE_TAKE_NOTHING);
    } else {
        c->out.cost = ve_plugin_take(L, &c->call, 0, "");
    }
    if (c->out.cost < 0)
        ve_plugin_refuse(L, &c->call, "a cost is a number from zero up", "%g, a negative cost", c->out.cost);
    return 0;
}

static ve_code combine_costs(const void *params, const double *part_cost, ve_cost *out,
                             const ve_services *services) {
    ve_lua_plugin *self = ve_plugin_self(params);
    costing c = { .call = { self, params, self->file.cost, "cost", NULL },
                  .given = { .part = part_cost, .services = services },
                  .out = *out };
    ve_code code = ve_plugin_ask(self, ask_cost, &c, services);
    *out = c.out;
    return code;
}

static ve_code cost(const void *params, ve_cost *out, const ve_services *services) {
    return combine_costs(params, NULL, out, services);
}

static ve_code prepare_plain(void *params, const ve_services *services) {
    return ve_plugin_check_params(params, NULL, NULL, services);
}

static ve_code prepare_cost(void *params, const ve_services *services) {
    ve_code code = prepare_plain(params, services);
    return code ? code : ve_plugin_ask_columns(params, NULL, services);
}

void ve_plugin_cost(ve_lua_plugin *self) {
    self->ops.cost = (ve_cost_ops){ .size = sizeof self->ops.cost, .prepare = prepare_cost, .cost = cost };
    if (!ve_plugin_holds_words(self)) return;
    self->ops.cost.parts = ve_plugin_parts;
    self->ops.cost.combine = combine_costs;
}

/* ---- rule ---------------------------------------------------------------------------------------------- */

typedef struct ruling {
    ve_plugin_call call;
    const ve_outcome_option *option;
    size_t options;
    double *merit;
} ruling;

void ve_plugin_push_option(lua_State *L, const ve_outcome_option *o) {
    const struct {
        const char *name;
        double value;
    } figure[] = {
        { "cost", o->cost },
        { "cost_present", o->cost_present },
        { "cost_annual", o->cost_annual },
        { "cost_coefficient", o->cost_coefficient },
        { "function_score", o->function_score },
        { "function_coefficient", o->function_coefficient },
        { "value_index", o->value_index },
        { "effective_customers", o->effective_customers },
        { "reach", o->weight_share },
        { "nearest", o->nearest },
    };
    lua_createtable(L, 0, (int)VE_COUNT(figure) + 4);
    for (size_t i = 0; i < VE_COUNT(figure); i++)
        ve_plugin_set_number(L, figure[i].name, figure[i].value);
    ve_plugin_set_boolean(L, "feasible", o->feasible);
}

static int ask_merits(lua_State *L) {
    ruling *r = lua_touserdata(L, 1);
    ve_plugin_begin(L, &r->call);
    lua_createtable(L, (int)r->options, 0);
    for (size_t i = 0; i < r->options; i++) {
        ve_room_charge(L, 20);
        ve_plugin_push_option(L, &r->option[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    ve_plugin_end(L, 1, 1);
    ve_plugin_take_list(L, &r->call, r->options, VE_TAKE_FALSE, r->merit);
    return 0;
}

static ve_code merit(const void *params, const ve_outcome_option *option, size_t options, double *out,
                     const ve_services *services) {
    ve_lua_plugin *self = ve_plugin_self(params);
    ruling r = { .call = { self, params, self->file.merit, "merit", NULL },
                 .option = option,
                 .options = options,
                 .merit = out };
    return ve_plugin_ask(self, ask_merits, &r, services);
}

void ve_plugin_rule(ve_lua_plugin *self) {
    self->ops.rule = (ve_rule_ops){ .size = sizeof self->ops.rule, .prepare = prepare_plain, .merit = merit };
}

/* Distributions in Lua: columns of attribute values go in, a column of logarithms comes out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "host/plugin.h"
#include "ve/part.h"

enum { CHUNK = 8192 }; /* rows handed over at once: a room's largest block bounds its lists */

/* ---- columns ------------------------------------------------------------------------------------------- */

typedef struct density {
    ve_plugin_call call;
    ve_plugin_given given;
    const ve_columns *columns;
    size_t from, rows; /* of the chunk in hand */
    double *out;
} density;

/* The attribute in column c, NULL where that is of numbers, or it stands for a number. */
static const ve_outline_attribute *text_of(const density *d, size_t c) {
    const ve_lua_plugin *self = d->call.self;
    const ve_plugin_head *head = d->call.params;
    if (!head->attribute) return NULL;
    if (!self->file.joint) {
        const ve_word own = { .plugin = &self->plugin, .params = (void *)(uintptr_t)head };
        c = ve_part_attribute(&own);
    }
    return head->attribute[c].text ? &head->attribute[c] : NULL;
}

static const char *label_of(const ve_outline_attribute *attribute, double x) {
    return x >= 0 && x < (double)attribute->labels ? attribute->label[(size_t)x] : "";
}

/* " for the customer with income = 9000, age = 30" */
static void customer(const ve_plugin_call *call, size_t i, char *room, size_t bytes) {
    const density *d = (const density *)call;
    const ve_texts *ids = &((const ve_plugin_head *)call->params)->ids[VE_OF_ATTRIBUTES];
    bool joint = call->self->file.joint;
    size_t used = (size_t)snprintf(room, bytes, joint ? " for the customer with " : " for ");
    for (size_t c = 0; c < d->columns->count && used < bytes; c++) {
        char number[VE_NUMBER_ROOM];
        double x = d->columns->column[c][d->from + i];
        const ve_outline_attribute *text = text_of(d, c);
        ve_number_write(x, number);
        const char *name = !joint ? "x" : c < ids->count ? ids->v[c] : "?";
        used += (size_t)snprintf(room + used, bytes - used, "%s%s = %s%s%s", c ? ", " : "", name,
                                 text ? "'" : "", text ? label_of(text, x) : number, text ? "'" : "");
    }
}

static void push_column(lua_State *L, const density *d, size_t c) {
    const double *x = d->columns->column[c] + d->from;
    const ve_outline_attribute *text = text_of(d, c);
    if (!text) {
        ve_plugin_push_list(L, x, d->rows);
        return;
    }
    lua_createtable(L, (int)d->rows, 0);
    for (size_t i = 0; i < d->rows; i++) {
        lua_pushstring(L, label_of(text, x[i]));
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_columns(lua_State *L, const density *d) {
    const ve_texts *ids = &((const ve_plugin_head *)d->call.params)->ids[VE_OF_ATTRIBUTES];
    ve_room_charge(L, d->rows * d->columns->count / 4);
    if (!d->call.self->file.joint) {
        d->columns->count ? push_column(L, d, 0) : lua_newtable(L);
        return;
    }
    lua_createtable(L, (int)d->columns->count, (int)ids->count);
    for (size_t c = 0; c < d->columns->count; c++) {
        push_column(L, d, c);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, (lua_Integer)c + 1);
        if (c < ids->count)
            lua_setfield(L, -2, ids->v[c]);
        else
            lua_pop(L, 1);
    }
}

static int ask_density(lua_State *L) {
    density *d = lua_touserdata(L, 1);
    for (d->from = 0; d->from < d->columns->rows; d->from += CHUNK) {
        size_t left = d->columns->rows - d->from;
        d->rows = left < CHUNK ? left : CHUNK;
        ve_plugin_begin(L, &d->call);
        d->given.from = d->from;
        d->given.rows = d->rows;
        ve_plugin_set_given(L, d->call.params, &d->given);
        push_columns(L, d);
        ve_plugin_end(L, 1, 1);
        ve_plugin_take_list(L, &d->call, d->rows, VE_TAKE_MINUS_INFINITY, d->out + d->from);
        lua_settop(L, 1);
    }
    return 0;
}

static ve_code log_density(const void *params, const ve_columns *columns, double *out,
                           const ve_services *services) {
    ve_lua_plugin *self = ve_plugin_self(params);
    density d = { .call = { self, params, self->file.log_density, "log_density", customer },
                  .columns = columns,
                  .out = out };
    return ve_plugin_ask(self, ask_density, &d, services);
}

/* From the distributions inside it; their columns are not its business. */
static ve_code combine(const void *params, const double *part_log, size_t rows, double *out,
                       const ve_services *services) {
    ve_lua_plugin *self = ve_plugin_self(params);
    const ve_columns none = { .rows = rows };
    density d = { .call = { self, params, self->file.log_density, "log_density", NULL },
                  .given = { .part = part_log, .stride = rows },
                  .columns = &none,
                  .out = out };
    return ve_plugin_ask(self, ask_density, &d, services);
}

/* ---- single numbers ------------------------------------------------------------------------------------ */

typedef struct scalar {
    ve_plugin_call call;
    unsigned how;
    bool given; /* there is an argument besides p */
    double argument, out;
} scalar;

static int ask_scalar(lua_State *L) {
    scalar *s = lua_touserdata(L, 1);
    ve_plugin_begin(L, &s->call);
    if (s->given) lua_pushnumber(L, s->argument);
    ve_plugin_end(L, s->given ? 1 : 0, 1);
    s->out = ve_plugin_take(L, &s->call, s->how, "");
    return 0;
}

/* These are asked without a way to tell a failure: it waits, see ve_plugin_ask. */
static double number_of(const void *params, const ve_value *function, const char *name, unsigned how,
                        const double *argument, const ve_services *services, ve_code *code) {
    ve_lua_plugin *self = ve_plugin_self(params);
    scalar s = { .call = { self, params, function, name, NULL }, .how = how, .out = NAN };
    if (argument) {
        s.given = true;
        s.argument = *argument;
    }
    if (function) *code = ve_plugin_ask(self, ask_scalar, &s, services);
    return *code ? NAN : s.out;
}

static double quantile(const void *params, double p) {
    ve_code code = VE_OK;
    return number_of(params, ve_plugin_self(params)->file.quantile, "quantile",
                     VE_TAKE_INFINITY | VE_TAKE_MINUS_INFINITY, &p, NULL, &code);
}

static double cumulative(const void *params, double x) {
    ve_code code = VE_OK;
    return number_of(params, ve_plugin_self(params)->file.cumulative, "cumulative", 0, &x, NULL, &code);
}

/* ---- mean and peak, asked once while the word is prepared ---------------------------------------------- */

typedef struct means {
    ve_plugin_call call;
    const ve_texts *ids;
    double *out;
} means;

static int ask_means(lua_State *L) {
    means *m = lua_touserdata(L, 1);
    ve_plugin_begin(L, &m->call);
    ve_plugin_end(L, 0, 1);
    if (!lua_isnil(L, -1)) ve_plugin_take_by_id(L, &m->call, m->ids, VE_TAKE_NOTHING, m->out);
    return 0;
}

static ve_code prepare_means(ve_plugin_head *head, const ve_services *services) {
    ve_lua_plugin *self = head->self;
    const ve_texts *ids = &head->ids[VE_OF_ATTRIBUTES];
    size_t count = self->file.joint ? ids->count : 1;
    double *mean = services->memory(services, (count + 1) * sizeof *mean);
    ve_code code = VE_OK;
    if (!mean) return VE_E_MEMORY;
    for (size_t i = 0; i < count; i++)
        mean[i] = NAN;
    means m = { .call = { self, head, self->file.mean, "mean", NULL }, .ids = ids, .out = mean };
    if (!self->file.joint)
        mean[0] = number_of(head, self->file.mean, "mean", VE_TAKE_NOTHING, NULL, services, &code);
    else if (self->file.mean)
        code = ve_plugin_ask(self, ask_means, &m, services);
    head->mean = mean;
    head->means = count;
    return code;
}

/* A quantile that cannot be computed is found here, where it can be told. */
static ve_code try_quantile(ve_plugin_head *head, const ve_services *services) {
    static const double share[] = { 0.05, 0.5, 0.95 };
    double before = -HUGE_VAL;
    ve_code code = VE_OK;
    for (size_t i = 0; head->self->file.quantile && i < VE_COUNT(share) && !code; i++) {
        double x = number_of(head, head->self->file.quantile, "quantile", 0, &share[i], services, &code);
        if (!code && x < before)
            code = services->fail_at(services, VE_E_PLUGIN_RESULT, head->self->file.quantile->at, NULL,
                                     "plugin '%s': quantile falls from %g to %g where the share grows to %g",
                                     head->self->plugin.name, before, x, share[i]);
        before = x;
    }
    return code;
}

static ve_code prepare(void *params, const ve_sample *sample, const ve_services *services) {
    ve_plugin_head *head = params;
    const ve_plugin_file *file = &head->self->file;
    head->attribute = sample->count ? sample->attribute : NULL;
    ve_code code = ve_plugin_check_params(params, NULL, NULL, services);
    if (!code) code = prepare_means(head, services);
    if (!code) head->log_peak = number_of(params, file->log_peak, "log_peak", 0, NULL, services, &code);
    if (!code) code = try_quantile(head, services);
    head->prepared = code == VE_OK;
    return code;
}

static double log_peak(const void *params) {
    const ve_plugin_head *head = params;
    ve_code code = VE_OK;
    if (head->prepared) return head->log_peak;
    return number_of(params, head->self->file.log_peak, "log_peak", 0, NULL, NULL, &code);
}

static double mean(const void *params, size_t attribute) {
    const ve_plugin_head *head = params;
    ve_code code = VE_OK;
    if (head->prepared) return attribute < head->means ? head->mean[attribute] : NAN;
    if (head->self->file.joint) return NAN;
    return number_of(params, head->self->file.mean, "mean", VE_TAKE_NOTHING, NULL, NULL, &code);
}

void ve_plugin_distribution(ve_lua_plugin *self) {
    self->ops.distribution = (ve_distribution_ops){
        .size = sizeof self->ops.distribution,
        .joint = self->file.joint,
        .prepare = prepare,
        .log_density = log_density,
        .log_peak = log_peak,
        .mean = mean,
        .quantile = self->file.quantile ? quantile : NULL,
        .cumulative = self->file.cumulative ? cumulative : NULL,
        .categorical = self->file.texts,
        .relative = self->file.relative || self->file.texts,
    };
    if (!ve_plugin_holds_words(self)) return;
    self->ops.distribution.parts = ve_plugin_parts;
    self->ops.distribution.combine = combine;
}

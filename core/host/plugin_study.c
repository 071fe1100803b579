/* Studies in Lua: what `s` offers, call by call the services of a study.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/errors.h"
#include "base/text.h"
#include "host/plugin.h"
#include "schema/bind.h"

enum { COLUMNS = 1024, SHOWN = 80 };

/* A table that the study has made; its handle in Lua is its number. */
typedef struct ve_study_table {
    int number, rows;
    const char *const *key;
    size_t columns;
    struct ve_study_table *next;
} study_table;

static ve_lua_plugin *self_of(lua_State *L) {
    ve_lua_plugin *self = (ve_lua_plugin *)ve_room_of(L);
    if (!self->say) ve_room_raise(L, VE_E_PLUGIN_RESULT, NULL, "the study is over");
    return self;
}

static void need_arguments(lua_State *L, int least, int most, const char *use) {
    int count = lua_gettop(L);
    if (count < least || count > most)
        ve_room_raise(L, VE_E_PLUGIN_RESULT, use, "%d arguments instead of %d", count, least);
}

/* ---- what a call is given as a table ------------------------------------------------------------------- */

/* The table at index, read and bound; what is wrong with it is told. */
static void bind_argument(lua_State *L, int index, const ve_record *record, void *out) {
    ve_host *host = ve_room_of(L);
    ve_value value = { .kind = VE_TABLE };
    ve_binder binder = { .arena = host->arena, .errors = host->errors };
    lua_pushvalue(L, index);
    ve_code code = ve_read(L, "", ve_room_place(L), &value);
    lua_pop(L, 1);
    if (!code) code = ve_bind(&binder, record, &value, "", out);
    if (code) ve_room_raise_told(L, code);
}

/* ---- evaluate ------------------------------------------------------------------------------------------ */

typedef struct assumed {
    int aggregate;
    bool positioned;
} assumed;

static const assumed assumed_defaults = { .aggregate = -1, .positioned = true };
static const ve_field assumed_fields[] = {
    VE_FIELD(assumed, aggregate, VE_T_CHOICE, .name = "aggregate", .choices = "mean|sum|peak",
             .doc = "how customers are added up"),
    VE_FIELD(assumed, positioned, VE_T_BOOLEAN, .name = "positioned", .doc = "false: every customer alike"),
};
static const ve_record assumed_record = { .name = "evaluate",
                                          .doc = "What s.evaluate takes.",
                                          .size = sizeof(assumed),
                                          .defaults = &assumed_defaults,
                                          .fields = assumed_fields,
                                          .count = VE_COUNT(assumed_fields) };

static ve_aggregate aggregate_of_model(const ve_outline *outline) {
    static const char *const word[] = {
#define AGGREGATE_WORD(name, word_, doc) word_,
        VE_AGGREGATES(AGGREGATE_WORD)
#undef AGGREGATE_WORD
    };
    for (size_t i = 0; i < VE_COUNT(word); i++)
        if (strcmp(word[i], outline->aggregate) == 0) return (ve_aggregate)i;
    return VE_AGGREGATE_MEAN;
}

/* Numbers of one option, by the ids of its functions: all nodes, or the leaves only. */
static void set_by_function(lua_State *L, const char *name, const ve_outline *o, const double *v,
                            bool leaves) {
    size_t count = leaves ? o->leaves : o->functions;
    lua_createtable(L, 0, (int)count);
    for (size_t i = 0; i < count; i++)
        ve_plugin_set_number(L, o->function[leaves ? (size_t)o->leaf[i] : i].id, v[i]);
    lua_setfield(L, -2, name);
}

static void push_outcome_option(lua_State *L, const ve_outline *o, const ve_outcome *outcome, size_t i) {
    const ve_outcome_option *option = &outcome->option[i];
    ve_room_charge(L, 20 + 2 * o->functions + o->leaves);
    ve_plugin_push_option(L, option);
    ve_plugin_set_text(L, "id", o->option[i].id);
    ve_plugin_set_number(L, "merit", option->merit);
    if (option->rank > 0) {
        lua_pushinteger(L, option->rank);
        lua_setfield(L, -2, "rank");
    }
    set_by_function(L, "weight", o, outcome->weight + i * o->functions, false);
    set_by_function(L, "local_weight", o, outcome->local_weight + i * o->functions, false);
    set_by_function(L, "score", o, outcome->score + i * o->leaves, true);
}

static void push_outcome(lua_State *L, const ve_outline *o, const ve_outcome *outcome) {
    lua_createtable(L, 0, 3);
    if (outcome->best >= 0) ve_plugin_set_text(L, "best", o->option[outcome->best].id);
    ve_plugin_set_boolean(L, "weights_by_option", outcome->weights_by_option);
    lua_createtable(L, (int)o->options, (int)o->options);
    for (size_t i = 0; i < o->options; i++) {
        push_outcome_option(L, o, outcome, i);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, (lua_Integer)i + 1);
        lua_setfield(L, -2, o->option[i].id);
    }
    lua_setfield(L, -2, "options");
}

static int evaluate(lua_State *L) {
    ve_lua_plugin *self = self_of(L);
    assumed a = assumed_defaults;
    need_arguments(L, 0, 1, "write s.evaluate { aggregate = \"mean\", positioned = true }, or s.evaluate {}");
    if (lua_gettop(L)) bind_argument(L, 1, &assumed_record, &a);
    ve_assumptions assumptions = { .aggregate = a.aggregate < 0 ? aggregate_of_model(self->say->outline)
                                                                : (ve_aggregate)a.aggregate,
                                   .positioned = a.positioned };
    const ve_outcome *outcome = NULL;
    ve_room_leave(&self->host);
    ve_code code = self->say->evaluate(self->say, &assumptions, &outcome);
    ve_room_return(&self->host);
    if (code) ve_room_raise_told(L, code);
    push_outcome(L, self->say->outline, outcome);
    return 1;
}

/* ---- sentences, facts, warnings ------------------------------------------------------------------------ */

static int say(lua_State *L) {
    ve_lua_plugin *self = self_of(L);
    need_arguments(L, 1, 1, "write s.say(\"...\")");
    self->say->say(self->say, "%s", ve_plugin_take_text(L, 1, NULL, "a sentence"));
    return 0;
}

static int warn(lua_State *L) {
    ve_lua_plugin *self = self_of(L);
    need_arguments(L, 1, 2, "write s.warn(\"what\", \"the way out\")");
    const char *text = ve_plugin_take_text(L, 1, NULL, "a warning");
    const char *hint = lua_isnoneornil(L, 2) ? "" : ve_plugin_take_text(L, 2, NULL, "the hint of a warning");
    self->say->warn(self->say, VE_W_PLUGIN, hint, "%s", text);
    return 0;
}

static ve_cell take_cell(lua_State *L, int index, const char *what) {
    switch (lua_type(L, index)) {
    case LUA_TNIL:
    case LUA_TNONE:
        return (ve_cell){ .kind = VE_CELL_NULL };
    case LUA_TBOOLEAN:
        return VE_CELL_OF_BOOLEAN(lua_toboolean(L, index) != 0);
    case LUA_TNUMBER:
        if (isinf(lua_tonumber(L, index)))
            ve_room_raise(L, VE_E_PLUGIN_RESULT, "look for a division by zero", "%s is infinite", what);
        return ve_cell_of_number(lua_tonumber(L, index));
    default:
        return ve_cell_of_text(ve_plugin_take_text(L, index, NULL, what));
    }
}

static int fact(lua_State *L) {
    ve_lua_plugin *self = self_of(L);
    need_arguments(L, 2, 2, "write s.fact(\"best\", \"A\")");
    const char *key = ve_plugin_take_text(L, 1, NULL, "the name of a fact");
    self->say->fact(self->say, key, take_cell(L, 2, "a fact"));
    return 0;
}

/* ---- tables -------------------------------------------------------------------------------------------- */

typedef struct column {
    const char *key, *title;
    int digits;
    bool percent, bar, hidden, one;
} column;

typedef struct asked {
    const char *key, *title;
    bool hidden;
    ve_rows columns;
} asked;

static const column column_defaults = { .digits = -1 };
static const ve_field column_fields[] = {
    VE_FIELD(column, key, VE_T_TEXT, .name = "key", .flags = VE_F_REQUIRED, .doc = "for programs"),
    VE_FIELD(column, title, VE_T_TEXT, .name = "title", .doc = "for people; the key where left out"),
    VE_FIELD(column, digits, VE_T_INTEGER, .name = "digits", .low = -1, .high = 15,
             .doc = "places after the point that people see"),
    VE_FIELD(column, percent, VE_T_BOOLEAN, .name = "percent", .doc = "people see a share as per cent"),
    VE_FIELD(column, bar, VE_T_BOOLEAN, .name = "bar", .doc = "people also see a bar"),
    VE_FIELD(column, one, VE_T_BOOLEAN, .name = "one", .doc = "the bar has a mark at 1"),
    VE_FIELD(column, hidden, VE_T_BOOLEAN, .name = "hidden", .doc = "for programs only"),
};
static const ve_record column_record = { .name = "column",
                                         .doc = "A column of a study's table.",
                                         .size = sizeof(column),
                                         .defaults = &column_defaults,
                                         .fields = column_fields,
                                         .count = VE_COUNT(column_fields) };
static const ve_field asked_fields[] = {
    VE_FIELD(asked, key, VE_T_TEXT, .name = "key", .flags = VE_F_REQUIRED, .doc = "for programs"),
    VE_FIELD(asked, title, VE_T_TEXT, .name = "title", .doc = "for people; the key where left out"),
    VE_FIELD(asked, hidden, VE_T_BOOLEAN, .name = "hidden", .doc = "for programs only"),
    VE_FIELD(asked, columns, VE_T_ROWS, .name = "columns", .flags = VE_F_REQUIRED, .record = &column_record,
             .doc = "its columns"),
};
static const ve_record asked_record = { .name = "table",
                                        .doc = "What s.table takes.",
                                        .size = sizeof(asked),
                                        .fields = asked_fields,
                                        .count = VE_COUNT(asked_fields) };

static ve_column column_of(const column *c) {
    unsigned flags = (c->percent ? VE_COLUMN_PERCENT : 0u) | (c->bar ? VE_COLUMN_BAR : 0u) |
                     (c->one ? VE_COLUMN_BAR | VE_COLUMN_ONE : 0u) | (c->hidden ? VE_COLUMN_HIDDEN : 0u);
    return (ve_column){ c->key, c->title ? c->title : c->key, c->digits, flags };
}

static study_table *make_table(lua_State *L, ve_lua_plugin *self, const asked *a) {
    ve_arena *arena = self->host.arena;
    size_t count = a->columns.count;
    study_table *made = ve_alloc(arena, sizeof *made);
    ve_column *columns = ve_alloc_array(arena, count, sizeof *columns);
    const char **key = ve_alloc_array(arena, count, sizeof *key);
    if (!made || !columns || !key) ve_room_raise_memory(L);
    for (size_t i = 0; i < count; i++) {
        columns[i] = column_of((const column *)a->columns.v + i);
        key[i] = columns[i].key;
    }
    int number = self->say->table(self->say, a->key, a->title ? a->title : a->key,
                                  a->hidden ? VE_TABLE_HIDDEN : 0, columns, count);
    if (number < 0) ve_room_raise_memory(L);
    *made = (study_table){ number, 0, key, count, self->table };
    return self->table = made;
}

static int new_table(lua_State *L) {
    static const char use[] = "write s.table { key = \"points\", columns = { { key = \"cost\" } } }";
    ve_lua_plugin *self = self_of(L);
    asked a;
    need_arguments(L, 1, 1, use);
    bind_argument(L, 1, &asked_record, &a);
    if (!a.columns.count || a.columns.count > COLUMNS)
        ve_room_raise(L, VE_E_PLUGIN_RESULT, use, "a table has 1 to %d columns, not %zu", COLUMNS,
                      a.columns.count);
    lua_pushinteger(L, make_table(L, self, &a)->number);
    return 1;
}

static study_table *table_at(lua_State *L, ve_lua_plugin *self, int index) {
    study_table *table = self->table;
    bool number = lua_type(L, index) == LUA_TNUMBER;
    while (table && number && table->number != (int)lua_tonumber(L, index))
        table = table->next;
    if (!table || !number)
        ve_room_raise(L, VE_E_PLUGIN_RESULT, "hand on what s.table gave", "there is no such table");
    return table;
}

/* A row names its columns, so that a slip is seen. */
static void check_names(lua_State *L, const study_table *table) {
    lua_pushnil(L);
    while (lua_next(L, 2)) {
        lua_pop(L, 1);
        const char *name = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
        bool known = lua_type(L, -1) == LUA_TLIGHTUSERDATA;
        for (size_t i = 0; name && i < table->columns && !known; i++)
            known = strcmp(table->key[i], name) == 0;
        if (known) continue;
        char shown[SHOWN] = "a number",
             hint[160] = "write { COLUMN = value, ... } with the keys of its columns";
        const char *near = name ? ve_text_nearest(name, table->key, table->columns) : NULL;
        if (name) ve_text_clean(name, strlen(name), shown, sizeof shown);
        if (near) snprintf(hint, sizeof hint, "did you mean '%s'?", near);
        ve_room_raise(L, VE_E_PLUGIN_RESULT, hint, "the table has no column '%s'", shown);
    }
}

static int row(lua_State *L) {
    ve_lua_plugin *self = self_of(L);
    need_arguments(L, 2, 2, "write s.row(table, { option = \"A\" })");
    study_table *table = table_at(L, self, 1);
    if (lua_type(L, 2) != LUA_TTABLE)
        ve_room_raise(L, VE_E_PLUGIN_RESULT, NULL, "a row is a table, not a %s", luaL_typename(L, 2));
    ve_room_charge(L, 4 * table->columns);
    check_names(L, table);
    ve_cell cells[COLUMNS];
    for (size_t i = 0; i < table->columns; i++) {
        lua_getfield(L, 2, table->key[i]);
        cells[i] = take_cell(L, -1, "a cell of a table");
        lua_pop(L, 1);
    }
    ve_cell *cell = self->say->row(self->say, table->number);
    memcpy(cell, cells, table->columns * sizeof *cell);
    lua_pushinteger(L, ++table->rows);
    return 1;
}

static int mark(lua_State *L) {
    ve_lua_plugin *self = self_of(L);
    need_arguments(L, 2, 2, "write s.mark(table, row)");
    const study_table *table = table_at(L, self, 1);
    lua_Integer number = lua_type(L, 2) == LUA_TNUMBER ? (lua_Integer)lua_tonumber(L, 2) : 0;
    if (number < 1 || number > table->rows)
        ve_room_raise(L, VE_E_PLUGIN_RESULT, "hand on what s.row gave", "the table has no such row");
    self->say->mark(self->say, table->number, (int)number - 1);
    return 0;
}

/* ---- the outline --------------------------------------------------------------------------------------- */

/* The list on top gets the record on top of it, by number and by id. */
static void add_record(lua_State *L, size_t i, const char *id) {
    lua_pushvalue(L, -1);
    lua_rawseti(L, -3, (lua_Integer)i + 1);
    lua_setfield(L, -2, id);
}

static void set_options(lua_State *L, const ve_outline *o) {
    lua_createtable(L, (int)o->options, (int)o->options);
    for (size_t i = 0; i < o->options; i++) {
        lua_createtable(L, 0, 2);
        ve_plugin_set_text(L, "id", o->option[i].id);
        ve_plugin_set_text(L, "name", o->option[i].name);
        add_record(L, i, o->option[i].id);
    }
    lua_setfield(L, -2, "options");
}

static void set_functions(lua_State *L, const ve_outline *o) {
    lua_createtable(L, (int)o->functions, (int)o->functions);
    for (size_t i = 0; i < o->functions; i++) {
        const ve_outline_function *f = &o->function[i];
        lua_createtable(L, 0, 6);
        ve_plugin_set_text(L, "id", f->id);
        ve_plugin_set_text(L, "name", f->name);
        ve_plugin_set_text(L, "parent", f->parent < 0 ? NULL : o->function[f->parent].id);
        ve_plugin_set_text(L, "method", o->list[f->list].method);
        ve_plugin_set_boolean(L, "leaf", f->leaf >= 0);
        ve_plugin_set_number(L, "minimum", f->minimum);
        add_record(L, i, f->id);
    }
    lua_setfield(L, -2, "functions");
}

static void set_attributes(lua_State *L, const ve_outline *o) {
    lua_createtable(L, (int)o->attributes, (int)o->attributes);
    for (size_t i = 0; i < o->attributes; i++) {
        const ve_outline_attribute *a = &o->attribute[i];
        lua_createtable(L, 0, 6);
        ve_plugin_set_text(L, "id", a->id);
        ve_plugin_set_text(L, "unit", a->unit);
        ve_plugin_set_number(L, "mean", a->mean);
        ve_plugin_set_number(L, "sd", a->sd);
        ve_plugin_set_number(L, "low", a->low);
        ve_plugin_set_number(L, "high", a->high);
        add_record(L, i, a->id);
    }
    lua_setfield(L, -2, "attributes");
}

static void push_outline(lua_State *L, const ve_outline *o) {
    ve_room_charge(L, 10 * (o->options + o->functions + o->attributes));
    lua_createtable(L, 0, 12);
    ve_plugin_set_text(L, "title", o->title);
    ve_plugin_set_text(L, "currency", o->currency);
    ve_plugin_set_text(L, "aggregate", o->aggregate);
    ve_plugin_set_number(L, "customers", o->customers);
    ve_plugin_set_number(L, "skipped", o->skipped);
    ve_plugin_set_boolean(L, "positioned", o->positioned);
    ve_plugin_set_number(L, "scale_low", o->scale_low);
    ve_plugin_set_number(L, "scale_high", o->scale_high);
    set_options(L, o);
    set_functions(L, o);
    set_attributes(L, o);
}

/* ---- the study ----------------------------------------------------------------------------------------- */

static void push_services(lua_State *L, const ve_outline *outline) {
    static const luaL_Reg services[] = { { "evaluate", evaluate }, { "say", say }, { "fact", fact },
                                         { "table", new_table },   { "row", row }, { "mark", mark },
                                         { "warn", warn },         { NULL, NULL } };
    lua_createtable(L, 0, 8);
    luaL_setfuncs(L, services, 0);
    push_outline(L, outline);
    lua_setfield(L, -2, "outline");
    ve_library_strict(L, "s");
}

static int ask_study(lua_State *L) {
    const ve_plugin_call *call = lua_touserdata(L, 1);
    ve_plugin_begin(L, call);
    push_services(L, call->self->say->outline);
    ve_plugin_end(L, 1, 0);
    return 0;
}

static ve_code study(const void *params, const ve_study_services *services) {
    ve_lua_plugin *self = ve_plugin_self(params);
    ve_plugin_call call = { self, params, self->file.study, "study", NULL };
    ve_code code = ve_plugin_check_params(params, NULL, NULL, services->base);
    if (code) return code;
    self->say = services;
    self->table = NULL;
    code = ve_plugin_ask(self, ask_study, &call, services->base);
    self->say = NULL;
    return code;
}

void ve_plugin_study(ve_lua_plugin *self) {
    self->ops.study = (ve_study_ops){ .size = sizeof self->ops.study, .study = study };
}

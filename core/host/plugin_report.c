/* Reports in Lua: the whole report as a table, its text comes back.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "base/errors.h"
#include "base/text.h"
#include "host/plugin.h"

enum { PLACE = 96 };

typedef struct reporting {
    ve_plugin_call call;
    const ve_report *report;
    ve_out *out;
} reporting;

/* ---- the report as a table ----------------------------------------------------------------------------- */

/* Whole numbers without a point: a format shows them so. */
static void push_number(lua_State *L, double x) {
    if (x >= -2147483648.0 && x <= 2147483647.0 && x == (double)(lua_Integer)x)
        lua_pushinteger(L, (lua_Integer)x);
    else
        lua_pushnumber(L, x);
}

/* What is not known is nil, so a row lacks that field. */
static bool push_cell(lua_State *L, const ve_cell *cell) {
    switch (cell->kind) {
    case VE_CELL_NUMBER:
        push_number(L, cell->number);
        return true;
    case VE_CELL_TEXT:
        lua_pushstring(L, cell->text);
        return true;
    case VE_CELL_BOOLEAN:
        lua_pushboolean(L, cell->boolean);
        return true;
    default:
        return false;
    }
}

static void push_columns(lua_State *L, const ve_table *t) {
    lua_createtable(L, (int)t->columns, 0);
    for (size_t c = 0; c < t->columns; c++) {
        const ve_column *column = &t->column[c];
        lua_createtable(L, 0, 8);
        ve_plugin_set_text(L, "key", column->key);
        ve_plugin_set_text(L, "title", column->title);
        if (column->digits >= 0) ve_plugin_set_number(L, "digits", column->digits);
        ve_plugin_set_boolean(L, "hidden", column->flags & VE_COLUMN_HIDDEN);
        ve_plugin_set_boolean(L, "percent", column->flags & VE_COLUMN_PERCENT);
        ve_plugin_set_boolean(L, "bar", column->flags & VE_COLUMN_BAR);
        ve_plugin_set_boolean(L, "one", column->flags & VE_COLUMN_ONE);
        ve_plugin_set_boolean(L, "indent", column->flags & VE_COLUMN_INDENT);
        lua_rawseti(L, -2, (lua_Integer)c + 1);
    }
}

static void push_rows(lua_State *L, const ve_table *t) {
    lua_createtable(L, (int)t->rows, 0);
    for (size_t r = 0; r < t->rows; r++) {
        ve_room_charge(L, t->columns * 2);
        lua_createtable(L, 0, (int)t->columns);
        for (size_t c = 0; c < t->columns; c++)
            if (push_cell(L, &t->cell[r * t->columns + c])) lua_setfield(L, -2, t->column[c].key);
        lua_rawseti(L, -2, (lua_Integer)r + 1);
    }
}

static void push_table(lua_State *L, const ve_table *t) {
    lua_createtable(L, 0, 7);
    ve_plugin_set_text(L, "key", t->key);
    ve_plugin_set_text(L, "title", t->title);
    ve_plugin_set_boolean(L, "hidden", t->flags & VE_TABLE_HIDDEN);
    ve_plugin_set_boolean(L, "paper", t->flags & VE_TABLE_PAPER);
    if (t->marked >= 0) ve_plugin_set_number(L, "marked", t->marked + 1);
    push_columns(L, t);
    lua_setfield(L, -2, "columns");
    push_rows(L, t);
    lua_setfield(L, -2, "rows");
}

static void set_sentences(lua_State *L, const ve_report *r) {
    lua_createtable(L, (int)r->sentences, 0);
    for (size_t i = 0; i < r->sentences; i++) {
        lua_pushstring(L, r->sentence[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "sentences");
}

static void set_facts(lua_State *L, const ve_report *r) {
    lua_createtable(L, (int)r->facts, 0);
    for (size_t i = 0; i < r->facts; i++) {
        lua_createtable(L, 0, 2);
        ve_plugin_set_text(L, "key", r->fact[i].key);
        if (push_cell(L, &r->fact[i].value)) lua_setfield(L, -2, "value");
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "facts");
}

static void set_tables(lua_State *L, const ve_report *r) {
    lua_createtable(L, (int)r->tables, 0);
    for (size_t i = 0; i < r->tables; i++) {
        push_table(L, r->table[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "tables");
}

static void set_warnings(lua_State *L, const ve_report *r) {
    lua_createtable(L, (int)r->notices, 0);
    for (size_t i = 0; i < r->notices; i++) {
        lua_createtable(L, 0, 3);
        ve_plugin_set_text(L, "code", ve_code_get(r->notice[i].code)->id);
        ve_plugin_set_text(L, "message", r->notice[i].message);
        ve_plugin_set_text(L, "hint", r->notice[i].hint);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "warnings");
}

static void push_report(lua_State *L, const ve_report *r, const ve_out *out) {
    lua_createtable(L, 0, 10);
    ve_plugin_set_text(L, "study", r->study);
    ve_plugin_set_text(L, "model_file", r->model_file);
    ve_plugin_set_text(L, "title", r->title);
    ve_plugin_set_text(L, "scenario", r->scenario);
    ve_plugin_set_boolean(L, "quiet", out->quiet);
    set_sentences(L, r);
    set_facts(L, r);
    set_tables(L, r);
    set_warnings(L, r);
}

/* ---- its text ------------------------------------------------------------------------------------------ */

/* A stranger's text may reach a terminal: nothing in it may act there. */
static void check_text(lua_State *L, const reporting *r, const char *bytes, size_t length) {
    const char *end = bytes + length;
    int line = 1;
    for (const char *p = bytes; p < end;) {
        unsigned code;
        size_t step = ve_utf8_next(p, end, &code);
        if (!step) ve_plugin_refuse(L, &r->call, NULL, "a text that is not UTF-8, in its line %d", line);
        bool plain = code == '\n' || code == '\t' || (code == '\r' && p + 1 < end && p[1] == '\n');
        char room[PLACE];
        if (!plain && ve_text_fault(p, step, room, sizeof room))
            ve_plugin_refuse(L, &r->call, "a report is made of lines; leave other control characters out",
                             "a text that may not be shown, in its line %d: %s", line, room);
        line += code == '\n';
        p += step;
    }
}

static int ask_report(lua_State *L) {
    reporting *r = lua_touserdata(L, 1);
    size_t length;
    ve_plugin_begin(L, &r->call);
    push_report(L, r->report, r->out);
    ve_plugin_end(L, 1, 1);
    if (lua_type(L, -1) != LUA_TSTRING)
        ve_plugin_refuse(L, &r->call, "return the whole report as one text", "%s%s instead of a text",
                         lua_isnil(L, -1) ? "" : "a ", lua_isnil(L, -1) ? "nothing" : luaL_typename(L, -1));
    const char *bytes = lua_tolstring(L, -1, &length);
    ve_room_charge(L, length / 4);
    check_text(L, r, bytes, length);
    r->out->put(r->out, bytes, length);
    return 0;
}

static ve_code report(const void *params, const ve_report *made, ve_out *out, const ve_services *services) {
    ve_lua_plugin *self = ve_plugin_self(params);
    reporting r = { .call = { self, params, self->file.report, "report", NULL }, .report = made, .out = out };
    ve_code code = ve_plugin_check_params(params, NULL, NULL, services);
    return code ? code : ve_plugin_ask(self, ask_report, &r, services);
}

void ve_plugin_report(ve_lua_plugin *self) {
    self->ops.report = (ve_report_ops){ .size = sizeof self->ops.report, .report = report };
}

/* What the program finds out for a word before its function in Lua is called: means of survey columns, and
 * the figures of the words inside it. SPDX-License-Identifier: GPL-3.0-or-later */
#include <lauxlib.h>
#include <string.h>

#include "host/plugin.h"

enum { SLOTS = 8 };

/* ---- words inside the word ---- */

/* The word that a member holds, NULL: none, or only a number. */
static const ve_word *word_in(const ve_field *field, const void *member) {
    const ve_word *word = NULL;
    if (field->type == VE_T_WORD) word = member;
    if (field->type == VE_T_AMOUNT) word = &((const ve_amount *)member)->word;
    return word && word->plugin ? word : NULL;
}

static bool holds_words(const ve_record *record) {
    for (size_t i = 0; i < record->count; i++) {
        const ve_field *field = &record->fields[i];
        if (field->type == VE_T_WORD || field->type == VE_T_AMOUNT) return true;
        if (field->record && holds_words(field->record)) return true;
    }
    return false;
}

bool ve_plugin_holds_words(const ve_lua_plugin *self) {
    return holds_words(&self->params);
}

/* In the order of the fields, rows one after the other; `seen` counts them all. */
static void find_word(const ve_record *record, const char *bound, size_t index, size_t *seen,
                      const ve_word **found) {
    for (size_t i = 0; i < record->count; i++) {
        const ve_field *field = &record->fields[i];
        const char *member = bound + field->offset;
        const ve_word *word = word_in(field, member);
        if (word && (*seen)++ == index) *found = word;
        const ve_rows *rows = field->type == VE_T_ROWS ? (const void *)member : NULL;
        for (size_t row = 0; rows && row < rows->count; row++)
            find_word(field->record, (const char *)rows->v + row * field->record->size, index, seen, found);
    }
}

size_t ve_plugin_parts(const void *params, const ve_word **part, size_t index) {
    size_t seen = 0;
    find_word(&ve_plugin_self(params)->params, params, index, &seen, part);
    return seen;
}

/* ---- into Lua ---- */

/* A number, a number by id, or a list of numbers. */
static void push_figure(lua_State *L, const ve_plugin_given *given, const double *v) {
    if (given->stride) {
        ve_plugin_push_list(L, v + given->from, given->rows);
        return;
    }
    if (!given->by) {
        lua_pushnumber(L, *v);
        return;
    }
    lua_createtable(L, 0, (int)given->by->count);
    for (size_t i = 0; i < given->by->count; i++)
        ve_plugin_set_number(L, given->by->v[i], v[i]);
}

static size_t each(const ve_plugin_given *given) {
    if (given->stride) return given->stride;
    return given->by ? given->by->count : 1;
}

static void set_words(lua_State *L, const ve_record *record, const char *bound, const ve_plugin_given *given,
                      const double **next) {
    if (!lua_checkstack(L, SLOTS)) ve_room_raise_memory(L);
    for (size_t i = 0; i < record->count; i++) {
        const ve_field *field = &record->fields[i];
        const char *member = bound + field->offset;
        if (word_in(field, member)) {
            ve_room_charge(L, 4 + (given->stride ? given->rows / 4 : each(given)));
            push_figure(L, given, *next);
            lua_setfield(L, -2, field->name);
            *next += each(given);
        }
        if (field->type != VE_T_ROWS) continue;
        const ve_rows *rows = (const void *)member;
        lua_getfield(L, -1, field->name);
        for (size_t row = 0; row < rows->count; row++) {
            lua_rawgeti(L, -1, (lua_Integer)row + 1);
            set_words(L, field->record, (const char *)rows->v + row * field->record->size, given, next);
            lua_pop(L, 1);
        }
        lua_pop(L, 1);
    }
}

static void set_column(lua_State *L, const ve_field *field, const ve_plugin_column *column,
                       const ve_plugin_given *given) {
    const ve_services *services = given->services;
    ve_room_charge(L, 4 + each(given));
    if (given->by) lua_createtable(L, 0, (int)given->by->count);
    for (size_t i = 0; given->by && i < given->by->count; i++)
        ve_plugin_set_number(L, given->by->v[i], services->column_mean(services, column->handle[i]));
    if (!given->by) lua_pushnumber(L, services->column_mean(services, column->handle[0]));
    lua_setfield(L, -2, field->name);
}

void ve_plugin_set_given(lua_State *L, const void *params, const ve_plugin_given *given) {
    const ve_lua_plugin *self = ve_plugin_self(params);
    const double *next = given->part;
    if (next) set_words(L, &self->params, params, given, &next);
    for (size_t i = 0; i < self->columns; i++) {
        const ve_plugin_column *column = (const void *)((const char *)params + self->column[i]->offset);
        if (column->handle) set_column(L, self->column[i], column, given);
    }
}

/* ---- asking for columns ---- */

static ve_code ask_column(const ve_field *field, ve_plugin_column *column, const ve_subjects *subjects,
                          const ve_services *services) {
    size_t count = subjects ? subjects->count : 1;
    if (count > 1 && !strstr(column->pattern, "{function}"))
        return services->fail(services, VE_E_TEXT, field->name, "write {function} where its id stands",
                              "'%s' names one column for all functions: {function} is missing",
                              column->pattern);
    ve_column_handle *handle = services->memory(services, count * sizeof *handle);
    if (!handle) return VE_E_MEMORY;
    for (size_t i = 0; i < count; i++) {
        handle[i] =
            services->column(services, field->name, column->pattern, subjects ? subjects->id[i] : NULL);
        if (handle[i] < 0) return (ve_code)-handle[i];
    }
    column->handle = handle;
    return VE_OK;
}

ve_code ve_plugin_ask_columns(void *params, const ve_subjects *subjects, const ve_services *services) {
    const ve_lua_plugin *self = ve_plugin_self(params);
    ve_code first = VE_OK;
    for (size_t i = 0; i < self->columns; i++) {
        ve_plugin_column *column = (void *)((char *)params + self->column[i]->offset);
        ve_code code = column->pattern ? ask_column(self->column[i], column, subjects, services) : VE_OK;
        if (!first) first = code;
    }
    return first;
}

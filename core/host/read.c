/* From Lua's tables to a tree of plain values: every entry checked, placed, in the order written.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs inside the protected call. What is wrong with single values is told and reading goes on; what is wrong
 * with the shape (too deep, too large, in a circle) ends it. */
#include <lauxlib.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "base/text.h"
#include "host/room.h"
#include "ve/print.h"

enum { PATH_BYTES = VE_MESSAGE_BYTES / 2, SLOTS = 12, KEY_SHOWN = 60, LEVELS = 200, GAPS_LOOKED_INTO = 16 };

static const char function_list = 0, function_handles = 0; /* in the registry: handle -> function and back */

typedef struct reader {
    lua_State *L;
    ve_host *host;
    ve_place elsewhere;  /* of what no source shows */
    size_t nodes, bytes; /* entries and bytes of text so far */
    ve_code code;        /* of the first mistake */
    char path[PATH_BYTES];
    size_t length; /* of the path */
    const void *open[LEVELS];
    int depth;
    size_t told; /* mistakes */
} reader;

/* Where the entries of one table are written: by its constructor, or by the tree it was rebuilt from. */
typedef struct origin {
    const ve_mark *mark;
    int chunk;
    const ve_value *tree;
    const ve_entry *const *sorted; /* the tree's fields by name */
} origin;

/* A named field on its way into the tree. */
typedef struct named {
    const char *name;
    size_t length;
    ve_place at;
    bool written; /* in the source; else it goes behind those that are */
} named;

/* ---- paths and mistakes -------------------------------------------------------------------------------- */

static void path_cut(reader *r, size_t length) {
    r->length = length;
    r->path[length] = '\0';
}

static void path_put(reader *r, const char *text) {
    size_t bytes = strlen(text);
    if (r->length + bytes >= PATH_BYTES) return;
    memcpy(r->path + r->length, text, bytes + 1);
    r->length += bytes;
}

static void path_field(reader *r, const char *name, size_t length) {
    char clean[KEY_SHOWN], part[KEY_SHOWN + 8];
    ve_text_clean(name, length, clean, sizeof clean);
    if (ve_id_valid(name, length))
        snprintf(part, sizeof part, "%s%s", r->length ? "." : "", clean);
    else
        snprintf(part, sizeof part, "[\"%s\"]", clean);
    path_put(r, part);
}

static void path_item(reader *r, size_t number) {
    char part[32];
    snprintf(part, sizeof part, "[%zu]", number);
    path_put(r, part);
}

static void tell(reader *r, ve_code code, ve_place at, const char *hint, const char *format, ...)
    VE_PRINTF(5, 6);
static void tell(reader *r, ve_code code, ve_place at, const char *hint, const char *format, ...) {
    va_list args;
    va_start(args, format);
    ve_fail_v(r->host->errors, code, at, r->path, format, args);
    va_end(args);
    if (hint) ve_hint(r->host->errors, "%s", hint);
    if (!r->code) r->code = code;
    r->told++;
}

static _Noreturn void give_up(reader *r, ve_code code, ve_place at, const char *hint, const char *message) {
    tell(r, code, at, hint, "%s", message);
    ve_room_raise_told(r->L, code);
}

static void *room_for(reader *r, size_t count, size_t size) {
    void *room = ve_alloc_array(r->host->arena, count, size);
    if (!room) ve_room_raise_memory(r->L);
    return room;
}

/* ---- places -------------------------------------------------------------------------------------------- */

static int by_entry_name(const void *a, const void *b) {
    const ve_entry *const *x = a, *const *y = b;
    return strcmp((*x)->name, (*y)->name);
}

static const ve_entry *const *sort_entries(reader *r, const ve_value *tree) {
    size_t count = tree->table.named;
    const ve_entry **sorted = room_for(r, count, sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = &tree->table.fields[i];
    if (count > 1) qsort(sorted, count, sizeof *sorted, by_entry_name);
    return sorted;
}

/* The constructor or the tree behind the table at index; the names are sorted only where they are asked for.
 */
static origin origin_of(reader *r, int table) {
    origin from = { 0 };
    int type = lua_rawgetp(r->L, table, &ve_mark_key);
    if (type == LUA_TNUMBER) {
        lua_Integer mark = lua_tointeger(r->L, -1);
        from.chunk = (int)(mark >> 32);
        from.mark = &r->host->chunk[from.chunk]->scan.mark[mark & 0xffffffff];
    } else if (type == LUA_TLIGHTUSERDATA) {
        from.tree = lua_touserdata(r->L, -1);
    }
    lua_pop(r->L, 1);
    return from;
}

static ve_place spot_place(const reader *r, const origin *from, ve_spot spot) {
    return ve_chunk_place(r->host, from->chunk, spot.line, spot.column);
}

static ve_place own_place(reader *r, int index) {
    if (lua_type(r->L, index) != LUA_TTABLE) return VE_NOWHERE;
    origin from = origin_of(r, index);
    if (from.tree) return from.tree->at;
    return from.mark ? spot_place(r, &from, from.mark->spot) : VE_NOWHERE;
}

static const ve_value *tree_field(const origin *from, const char *name) {
    ve_entry wanted = { .name = name };
    const ve_entry *key = &wanted;
    if (!from->sorted) return NULL;
    const ve_entry *const *found =
        bsearch(&key, from->sorted, from->tree->table.named, sizeof *from->sorted, by_entry_name);
    return found ? &(*found)->value : NULL;
}

/* Whether the value at index still is what the tree said. */
static bool same_value(lua_State *L, int index, const ve_value *old) {
    size_t length;
    const char *text;
    if (!old) return false;
    switch (old->kind) {
    case VE_BOOLEAN:
        return lua_isboolean(L, index) && (lua_toboolean(L, index) != 0) == old->boolean;
    case VE_NUMBER:
        return lua_type(L, index) == LUA_TNUMBER && lua_tonumber(L, index) == old->number;
    case VE_TEXT:
        if (lua_type(L, index) != LUA_TSTRING) return false;
        text = lua_tolstring(L, index, &length);
        return length == old->text.length && memcmp(text, old->text.bytes, length) == 0;
    default:
        return lua_type(L, index) == LUA_TFUNCTION && old->kind == VE_FUNCTION;
    }
}

/* The place of the value on top: as the source shows it, else the value's own, else as the tree had it. */
static ve_place place_of(reader *r, const origin *from, const ve_spot *spot, const ve_value *old,
                         ve_place holder) {
    if (spot) return spot_place(r, from, *spot);
    ve_place own = own_place(r, -1);
    if (own.file) return own;
    if (same_value(r->L, -1, old)) return old->at;
    return r->elsewhere.file ? r->elsewhere : holder;
}

/* ---- single values ------------------------------------------------------------------------------------- */

static void read_number(reader *r, ve_value *out) {
    lua_State *L = r->L;
    double x = lua_tonumber(L, -1), size = fabs(x);
    out->kind = VE_NUMBER;
    out->number = isfinite(x) ? x + 0.0 : 0;
    if (isnan(x))
        tell(r, VE_E_RANGE, out->at, "0/0 and the like have no result",
             "the calculation gives no number (NaN)");
    else if (isinf(x))
        tell(r, VE_E_RANGE, out->at, "look for a division by zero", "the number is infinite");
    else if (size > VE_NUMBER_MOST)
        tell(r, VE_E_RANGE, out->at, "use a larger unit", "the number %.6g is out of range: at most 1e15", x);
    else if (size > 0 && size < VE_NUMBER_LEAST)
        tell(r, VE_E_RANGE, out->at, "use a smaller unit, or 0",
             "the number %.6g is too near to zero: at least 1e-12", x);
}

/* A tab may separate columns; nowhere else does a control character make sense. */
static bool is_delimiter(const char *name, const char *bytes, size_t length) {
    return name && strcmp(name, "delimiter") == 0 && length == 1 && *bytes == '\t';
}

/* The same long text may stand in many places: what costs Lua little would cost the tree much. */
static void count_bytes(reader *r, ve_place at, size_t length) {
    ve_room_charge(r->L, length / 16 + 1);
    r->bytes += length;
    if (r->bytes > r->host->limits.memory)
        give_up(r, VE_E_SIZE, at, "keep data in a survey file",
                "the texts of the model are too large together");
}

static void read_text(reader *r, const char *name, ve_value *out) {
    char room[128];
    size_t length;
    const char *bytes = lua_tolstring(r->L, -1, &length);
    count_bytes(r, out->at, length);
    const char *fault = ve_text_fault(bytes, length, room, sizeof room);
    out->kind = VE_TEXT;
    out->text.bytes = "";
    if (fault && !is_delimiter(name, bytes, length)) {
        tell(r, VE_E_TEXT, out->at, NULL, "this text may not stand here: %s", fault);
        return;
    }
    out->text.bytes = ve_copy_text(r->host->arena, bytes, length);
    out->text.length = length;
    if (!out->text.bytes) ve_room_raise_memory(r->L);
}

static void read_function(reader *r, ve_value *out) {
    char hint[80];
    const char *word = ve_words_of_function(r->L, -1);
    out->kind = VE_FUNCTION;
    if (word) {
        ve_words_reach(r->host, word);
        snprintf(hint, sizeof hint, "write ve.%s { ... }", word);
        tell(r, VE_E_TYPE, out->at, hint, "ve.%s stands without braces", word);
    } else if (lua_iscfunction(r->L, -1)) {
        tell(r, VE_E_TYPE, out->at, "write function(c) return ... end",
             "a function of Lua's own may not stand here");
    } else {
        out->function = ve_read_keep_function(r->L, -1);
    }
}

static void register_tables(lua_State *L) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &function_list) == LUA_TNIL) {
        lua_newtable(L);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &function_list);
        lua_newtable(L);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &function_handles);
    }
    lua_pop(L, 1);
}

int ve_read_keep_function(lua_State *L, int index) {
    ve_host *host = ve_room_of(L);
    index = lua_absindex(L, index);
    register_tables(L);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &function_handles);
    lua_pushvalue(L, index);
    if (lua_rawget(L, -2) == LUA_TNUMBER) {
        int handle = (int)lua_tointeger(L, -1);
        lua_pop(L, 2);
        return handle;
    }
    lua_pop(L, 1);
    lua_pushvalue(L, index);
    lua_pushinteger(L, host->functions);
    lua_rawset(L, -3);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &function_list);
    lua_pushvalue(L, index);
    lua_rawseti(L, -2, host->functions + 1);
    lua_pop(L, 2);
    return host->functions++;
}

void ve_read_push_function(lua_State *L, int handle) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &function_list);
    lua_rawgeti(L, -1, handle + 1);
    lua_replace(L, -2);
}

/* ---- tables -------------------------------------------------------------------------------------------- */

static void read_value(reader *r, const char *name, ve_value *out);

/* What names the entries of a table. Tables have no order of their own: odd names are told by kind, not as
 * met. */
typedef struct keys {
    size_t items, fields; /* whole numbers, texts */
    size_t odd[LUA_NUMTYPES];
    double number; /* the least that is not whole */
} keys;

static void count_key(lua_State *L, keys *k) {
    int type = lua_type(L, -1);
    if (type == LUA_TSTRING)
        k->fields++;
    else if (lua_isinteger(L, -1))
        k->items++;
    else if (k->odd[type]++ == 0 || (type == LUA_TNUMBER && lua_tonumber(L, -1) < k->number))
        k->number = type == LUA_TNUMBER ? lua_tonumber(L, -1) : k->number;
}

static void tell_odd_keys(reader *r, const keys *k, ve_place at) {
    if (k->odd[LUA_TNUMBER])
        tell(r, VE_E_LIST, at, "lists count 1, 2, 3, ...", "an entry has the number %.6g", k->number);
    for (int type = 0; type < LUA_NUMTYPES; type++)
        if (k->odd[type] && type != LUA_TNUMBER)
            tell(r, VE_E_TYPE, at, "fields have names, like cost = 4200",
                 "a %s is used as the name of a field", lua_typename(r->L, type));
}

static keys count_keys(reader *r, int table, ve_place at) {
    lua_State *L = r->L;
    keys k = { .items = 0 };
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) == LUA_TLIGHTUSERDATA) continue; /* the host's own mark */
        if (++r->nodes > r->host->limits.nodes)
            give_up(r, VE_E_SIZE, at, "keep data in a survey file", "the model has too many entries");
        count_key(L, &k);
    }
    tell_odd_keys(r, &k, at);
    return k;
}

/* The greatest number of an entry, where the gaps below it are few. */
static size_t last_item(reader *r, int table, size_t items) {
    size_t last = items;
    for (size_t i = items + 1; i <= items + GAPS_LOOKED_INTO; i++) {
        if (lua_rawgeti(r->L, table, (lua_Integer)i) != LUA_TNIL) last = i;
        lua_pop(r->L, 1);
    }
    return last;
}

/* Number of entries from 1 on, when `items` have a whole number; a gap is a mistake. Behind the first one
 * they are read all the same, for their own mistakes and for what others say of them. */
static size_t check_list(reader *r, int table, ve_place at, size_t items) {
    size_t count = 0;
    while (count < items) {
        int type = lua_rawgeti(r->L, table, (lua_Integer)count + 1);
        lua_pop(r->L, 1);
        if (type == LUA_TNIL) break;
        count++;
    }
    if (count == items) return count;
    tell(r, VE_E_LIST, at, "lists have no gaps and count from 1; a name without a value (nil) leaves one",
         "entry %zu of the list is missing, but there are later or other ones", count + 1);
    return last_item(r, table, items);
}

static void read_items(reader *r, int table, const origin *from, ve_value *out) {
    size_t path = r->length;
    out->table.items = room_for(r, out->table.count, sizeof *out->table.items);
    for (size_t i = 0; i < out->table.count; i++) {
        ve_value *item = &out->table.items[i];
        const ve_spot *spot = from->mark && i < from->mark->items ? &from->mark->item[i] : NULL;
        const ve_value *old = from->tree && i < from->tree->table.count ? &from->tree->table.items[i] : NULL;
        lua_rawgeti(r->L, table, (lua_Integer)i + 1);
        item->at = place_of(r, from, spot, old, out->at);
        path_item(r, i + 1);
        if (lua_isnil(r->L, -1))
            item->wrong = true; /* a gap, which was told */
        else
            read_value(r, NULL, item);
        path_cut(r, path);
        lua_pop(r->L, 1);
    }
}

static int by_order(const void *a, const void *b) {
    const named *x = a, *y = b;
    if (x->written != y->written) return x->written ? -1 : 1;
    if (x->written && x->at.line != y->at.line) return x->at.line < y->at.line ? -1 : 1;
    if (x->written && x->at.column != y->at.column) return x->at.column < y->at.column ? -1 : 1;
    size_t least = x->length < y->length ? x->length : y->length;
    int order = memcmp(x->name, y->name, least);
    return order ? order : (x->length > y->length) - (x->length < y->length);
}

/* The value of the field is on top. */
static void place_field(reader *r, const origin *from, named *field, ve_place holder) {
    const ve_mark_field *mark = from->mark ? ve_mark_find(from->mark, field->name, field->length) : NULL;
    const ve_value *old = tree_field(from, field->name);
    field->at = place_of(r, from, mark ? &mark->spot : NULL, old, holder);
    field->written = mark || old;
    if (old) field->at = old->at; /* for the order; the place itself is found again */
}

static size_t list_fields(reader *r, int table, const origin *from, ve_place holder, named *field) {
    lua_State *L = r->L;
    size_t count = 0;
    lua_pushnil(L);
    while (lua_next(L, table)) {
        if (lua_type(L, -2) == LUA_TSTRING) {
            named *f = &field[count++];
            f->name = lua_tolstring(L, -2, &f->length);
            place_field(r, from, f, holder);
        }
        lua_pop(L, 1);
    }
    if (count > 1) qsort(field, count, sizeof *field, by_order);
    return count;
}

static bool check_name(reader *r, const named *field, ve_place at) {
    char room[128], clean[KEY_SHOWN];
    const char *fault = ve_text_fault(field->name, field->length, room, sizeof room);
    if (!fault) return true;
    ve_text_clean(field->name, field->length, clean, sizeof clean);
    tell(r, VE_E_TEXT, at, NULL, "the name '%s' of a field may not stand here: %s", clean, fault);
    return false;
}

static void check_twice(reader *r, const origin *from) {
    const ve_mark *mark = from->mark;
    for (size_t i = 1; mark && i < mark->fields; i++) {
        const ve_mark_field *a = &mark->field[i - 1], *b = &mark->field[i];
        if (a->length != b->length || memcmp(a->name, b->name, a->length) != 0) continue;
        size_t path = r->length;
        path_field(r, b->name, b->length);
        tell(r, VE_E_CONFLICT, spot_place(r, from, b->spot), "keep one of them",
             "'%.*s' is written twice, first in line %d", (int)b->length, b->name, a->spot.line);
        path_cut(r, path);
    }
}

/* False: its name may not stand there. */
static bool read_field(reader *r, int table, const origin *from, const named *field, ve_entry *out,
                       ve_place holder) {
    size_t path = r->length;
    const ve_mark_field *mark = from->mark ? ve_mark_find(from->mark, field->name, field->length) : NULL;
    count_bytes(r, holder, field->length);
    out->name = ve_copy_text(r->host->arena, field->name, field->length);
    if (!out->name) ve_room_raise_memory(r->L);
    lua_pushlstring(r->L, field->name, field->length);
    lua_rawget(r->L, table);
    out->value.at = place_of(r, from, mark ? &mark->spot : NULL, tree_field(from, field->name), holder);
    path_field(r, field->name, field->length);
    bool proper = check_name(r, field, out->value.at);
    if (proper) read_value(r, out->name, &out->value);
    path_cut(r, path);
    lua_pop(r->L, 1);
    return proper;
}

static void read_fields(reader *r, int table, origin *from, ve_value *out) {
    if (out->table.named == 0) return;
    if (from->tree) from->sorted = sort_entries(r, from->tree);
    named *field = room_for(r, out->table.named, sizeof *field);
    out->table.fields = room_for(r, out->table.named, sizeof *out->table.fields);
    list_fields(r, table, from, out->at, field);
    for (size_t i = 0; i < out->table.named; i++)
        if (!read_field(r, table, from, &field[i], &out->table.fields[i], out->at)) out->wrong = true;
}

static void enter(reader *r, ve_place at) {
    const void *table = lua_topointer(r->L, -1);
    for (int i = 0; i < r->depth; i++)
        if (r->open[i] == table)
            give_up(r, VE_E_TYPE, at, "write a table of its own here", "this table contains itself");
    if (r->depth >= r->host->limits.depth || r->depth >= LEVELS)
        give_up(r, VE_E_SIZE, at, "models are not nested deeper", "tables are nested too deeply");
    if (!lua_checkstack(r->L, SLOTS)) give_up(r, VE_E_MEMORY, at, NULL, "tables are nested too deeply");
    r->open[r->depth++] = table;
}

static void read_table(reader *r, ve_value *out) {
    int table = lua_gettop(r->L);
    enter(r, out->at);
    origin from = origin_of(r, table);
    out->kind = VE_TABLE;
    out->table.word = ve_words_of(r->L, table);
    ve_words_reach(r->host, out->table.word);
    size_t told = r->told;
    keys k = count_keys(r, table, out->at);
    out->table.named = k.fields;
    out->table.count = check_list(r, table, out->at, k.items);
    check_twice(r, &from);
    out->wrong = r->told > told;
    read_items(r, table, &from, out);
    read_fields(r, table, &from, out);
    r->depth--;
}

/* What may not stand there is there all the same: it is wrong, not missing. */
static void read_other(reader *r, ve_value *out) {
    out->kind = VE_TEXT;
    out->text.bytes = "";
    tell(r, VE_E_TYPE, out->at, NULL, "a %s may not stand here", luaL_typename(r->L, -1));
}

static void read_scalar(reader *r, const char *name, ve_value *out) {
    size_t told = r->told;
    switch (lua_type(r->L, -1)) {
    case LUA_TBOOLEAN:
        out->kind = VE_BOOLEAN;
        out->boolean = lua_toboolean(r->L, -1);
        break;
    case LUA_TNUMBER:
        read_number(r, out);
        break;
    case LUA_TSTRING:
        read_text(r, name, out);
        break;
    case LUA_TFUNCTION:
        read_function(r, out);
        break;
    default:
        read_other(r, out);
    }
    out->wrong = r->told > told;
}

/* The value on top of the stack; out->at is set. */
static void read_value(reader *r, const char *name, ve_value *out) {
    ve_room_charge(r->L, 1);
    if (lua_type(r->L, -1) == LUA_TTABLE)
        read_table(r, out);
    else
        read_scalar(r, name, out);
}

ve_code ve_read(lua_State *L, const char *path, ve_place elsewhere, ve_value *out) {
    reader *r = ve_alloc(ve_room_of(L)->arena, sizeof *r);
    if (!r) ve_room_raise_memory(L);
    r->L = L;
    r->host = ve_room_of(L);
    r->elsewhere = elsewhere;
    path_put(r, path);
    out->at = own_place(r, -1);
    if (!out->at.file) out->at = elsewhere.file ? elsewhere : ve_chunk_place(r->host, 0, 0, 0);
    read_value(r, NULL, out);
    return r->code;
}

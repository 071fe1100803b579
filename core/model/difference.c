/* How two trees of models differ: first a tree of both, whose leaves are the differences; trees in between
 * are read off it. SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/difference.h"

#include <string.h>

#include "model/path.h"
#include "model/path_internal.h"

enum { NONE = -1 };

typedef struct ve_difference_node node;

/* A value of both trees, or of one. Without parts and number it says the same in both. */
struct ve_difference_node {
    const ve_value *a, *b; /* NULL: not there */
    const char *name;      /* of the field that it is, NULL */
    int number;            /* of the difference, NONE */
    node *item, *field;    /* its parts, in the order of both */
    size_t items, fields;
};

typedef struct finder {
    const ve_binder *binder;
    ve_arena *arena;
    const ve_value *a, *b;
    bool data;
    ve_difference *list;
    size_t count, room;
    bool failed; /* out of memory */
} finder;

/* Where a value stands in either tree, by position; NULL: it does not. `survey`: inside one. */
typedef struct spot {
    const char *a, *b;
    bool survey;
} spot;

/* ---- differences ----------------------------------------------------------------------------- */

static void *take(finder *f, size_t count, size_t size) {
    void *block = ve_alloc_array(f->arena, count, size);
    if (!block) f->failed = true;
    return block;
}

static bool grow(finder *f) {
    if (f->count < f->room) return true;
    size_t room = f->room ? 2 * f->room : 16;
    ve_difference *list = take(f, room, sizeof *list);
    if (!list) return false;
    if (f->count) memcpy(list, f->list, f->count * sizeof *list);
    f->list = list;
    f->room = room;
    return true;
}

static void differ(finder *f, spot at, node *n) {
    if (!grow(f)) return;
    const ve_value *tree = at.a ? f->a : f->b;
    const char *path = ve_path_written(f->arena, tree, at.a ? at.a : at.b);
    if (path) path = ve_path_named(f->binder, tree, path);
    if (!path) f->failed = true;
    n->number = (int)f->count;
    f->list[f->count++] = (ve_difference){ path, n->a, n->b };
}

/* ---- places ---------------------------------------------------------------------------------- */

static const char *below(finder *f, const char *path, const char *name) {
    const char *made = path ? ve_format(f->arena, "%s%s%s", path, *path ? "." : "", name) : NULL;
    if (path && !made) f->failed = true;
    return made;
}

static const char *entry(finder *f, const char *path, size_t position) {
    const char *made = path ? ve_format(f->arena, "%s[%zu]", path, position + 1) : NULL;
    if (path && !made) f->failed = true;
    return made;
}

/* ---- lists ----------------------------------------------------------------------------------- */

static const char *name_of(const ve_table_value *table, size_t i) {
    const ve_value *value = &table->items[i];
    return value->kind == VE_TABLE && !value->table.word ? ve_entry_name(value) : NULL;
}

/* Position of the only entry of that name; NONE. */
static int find(const ve_table_value *table, const char *name) {
    int found = NONE;
    for (size_t i = 0; name && i < table->count; i++) {
        const char *other = name_of(table, i);
        if (!other || strcmp(other, name) != 0) continue;
        if (found != NONE) return NONE;
        found = (int)i;
    }
    return found;
}

static bool all_named(const ve_table_value *table) {
    for (size_t i = 0; i < table->count; i++)
        if (find(table, name_of(table, i)) == NONE) return false;
    return true;
}

static bool in_one_order(const ve_table_value *a, const ve_table_value *b) {
    int last = NONE;
    for (size_t i = 0; i < a->count; i++) {
        int at = find(b, name_of(a, i));
        if (at == NONE) continue;
        if (at < last) return false;
        last = at;
    }
    return true;
}

static bool by_name(const ve_table_value *a, const ve_table_value *b) {
    return all_named(a) && all_named(b);
}

/* What is ranked or told in texts is one statement. */
static bool other_texts(const ve_table_value *a, const ve_table_value *b) {
    for (size_t i = 0; i < a->count && i < b->count; i++) {
        bool text = a->items[i].kind == VE_TEXT || b->items[i].kind == VE_TEXT;
        if (text && !ve_value_same(&a->items[i], &b->items[i])) return true;
    }
    return false;
}

static bool is_same_list(const ve_table_value *a, const ve_table_value *b) {
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++)
        same = ve_value_same(&a->items[i], &b->items[i]);
    return same;
}

static void compare(finder *f, spot at, node *n);

/* NONE: not in that tree. */
static void add_item(finder *f, spot at, node *n, int a, int b) {
    node *item = &n->item[n->items++];
    *item = (node){ .number = NONE };
    spot inside = { .survey = at.survey };
    if (a != NONE) item->a = &n->a->table.items[a], inside.a = entry(f, at.a, (size_t)a);
    if (b != NONE) item->b = &n->b->table.items[b], inside.b = entry(f, at.b, (size_t)b);
    compare(f, inside, item);
}

/* In the order of a; what only b has stands at the end. */
static void append_by_name(finder *f, spot at, node *n) {
    const ve_table_value *a = &n->a->table, *b = &n->b->table;
    for (size_t i = 0; i < a->count; i++)
        add_item(f, at, n, (int)i, find(b, name_of(a, i)));
    for (size_t j = 0; j < b->count; j++)
        if (find(a, name_of(b, j)) == NONE) add_item(f, at, n, NONE, (int)j);
}

/* What only b has stands behind what stands before it there. */
static void merge_by_name(finder *f, spot at, node *n) {
    const ve_table_value *a = &n->a->table, *b = &n->b->table;
    size_t j = 0;
    for (size_t i = 0; i < a->count; i++) {
        int there = find(b, name_of(a, i));
        for (; there != NONE && j < (size_t)there; j++)
            add_item(f, at, n, NONE, (int)j);
        add_item(f, at, n, (int)i, there);
        if (there != NONE) j++;
    }
    for (; j < b->count; j++)
        add_item(f, at, n, NONE, (int)j);
}

static void merge_items(finder *f, spot at, node *n) {
    const ve_table_value *a = &n->a->table, *b = &n->b->table;
    n->item = take(f, a->count + b->count, sizeof *n->item);
    if (!n->item) return;
    if (by_name(a, b) && in_one_order(a, b))
        merge_by_name(f, at, n);
    else if (by_name(a, b))
        append_by_name(f, at, n);
    else
        for (size_t i = 0; i < a->count; i++)
            add_item(f, at, n, (int)i, (int)i);
}

/* ---- tables ---------------------------------------------------------------------------------- */

static bool is_option(const char *path) {
    static const char options[] = "options[";
    return path && strncmp(path, options, sizeof options - 1) == 0 && !strchr(path, '.');
}

static void add_field(finder *f, spot at, node *n, const char *name) {
    node *field = &n->field[n->fields];
    *field = (node){ .name = name, .number = NONE };
    field->a = ve_value_field(n->a, name);
    field->b = ve_value_field(n->b, name);
    if (!field->a && !field->b) return;
    bool root = at.a && !*at.a;
    spot inside = { .survey = at.survey || (root && strcmp(name, "survey") == 0) };
    if (field->a) inside.a = below(f, at.a, name);
    if (field->b) inside.b = below(f, at.b, name);
    if (is_option(at.a) && is_option(at.b) && strcmp(name, "target") == 0) {
        if (!field->a && (field->a = ve_value_field(f->a, name))) inside.a = below(f, at.a, name);
        if (!field->b && (field->b = ve_value_field(f->b, name))) inside.b = below(f, at.b, name);
    }
    n->fields++;
    if (root && strcmp(name, "scenarios") == 0) return;
    compare(f, inside, field);
}

static void merge_fields(finder *f, spot at, node *n) {
    const ve_table_value *a = &n->a->table, *b = &n->b->table;
    n->field = take(f, a->named + b->named, sizeof *n->field);
    if (!n->field) return;
    for (size_t i = 0; i < a->named; i++)
        add_field(f, at, n, a->fields[i].name);
    for (size_t i = 0; i < b->named; i++)
        if (!ve_value_field(n->a, b->fields[i].name)) add_field(f, at, n, b->fields[i].name);
}

/* Both are tables whose parts can be compared one by one. */
static bool have_parts(const node *n, spot at) {
    if (!n->a || !n->b || n->a->kind != VE_TABLE || n->b->kind != VE_TABLE) return false;
    const ve_table_value *a = &n->a->table, *b = &n->b->table;
    if (!a->word != !b->word || (a->word && strcmp(a->word, b->word) != 0)) return false;
    if (is_same_list(a, b)) return true;
    if (at.survey) return false; /* nobody wants to see it answer by answer */
    return by_name(a, b) || (a->count == b->count && !other_texts(a, b));
}

static void compare(finder *f, spot at, node *n) {
    bool whole = f->data && at.survey && at.a && strcmp(at.a, "survey") == 0;
    bool above = f->data && at.a && !*at.a;
    if (f->failed || (!whole && !above && ve_value_same(n->a, n->b))) return;
    if (whole || !have_parts(n, at)) {
        differ(f, at, n);
        return;
    }
    merge_items(f, at, n);
    merge_fields(f, at, n);
}

ve_code ve_differences_find(const ve_binder *binder, const ve_value *from, const ve_value *to, bool data,
                            ve_differences *out) {
    ve_errors *errors = binder->errors;
    finder f = { .binder = binder, .arena = binder->arena, .a = from, .b = to, .data = data };
    node *root = take(&f, 1, sizeof *root);
    if (!root) return ve_fail_memory(errors);
    *root = (node){ .a = from, .b = to, .number = NONE };
    compare(&f, (spot){ "", "", false }, root);
    if (f.failed) return ve_fail_memory(errors);
    *out = (ve_differences){ f.list, f.count, root };
    return VE_OK;
}

/* ---- between --------------------------------------------------------------------------------- */

typedef struct mixer {
    const bool *taken;
    ve_arena *arena;
    bool failed;
} mixer;

static bool mix(mixer *m, const node *n, ve_value *out);

static void mix_parts(mixer *m, const node *n, ve_value *out) {
    ve_table_value *table = &out->table;
    table->items = ve_alloc_array(m->arena, n->items, sizeof *table->items);
    table->fields = ve_alloc_array(m->arena, n->fields, sizeof *table->fields);
    table->count = table->named = 0;
    m->failed = m->failed || !table->items || !table->fields;
    for (size_t i = 0; !m->failed && i < n->items; i++)
        table->count += mix(m, &n->item[i], &table->items[table->count]);
    for (size_t i = 0; !m->failed && i < n->fields; i++) {
        table->fields[table->named].name = n->field[i].name;
        table->named += mix(m, &n->field[i], &table->fields[table->named].value);
    }
}

/* False: it is not there. */
static bool mix(mixer *m, const node *n, ve_value *out) {
    const ve_value *chosen = n->number != NONE && m->taken[n->number] ? n->b : n->a;
    if (!chosen) return false;
    *out = *chosen;
    if (n->item || n->field) mix_parts(m, n, out);
    return true;
}

ve_code ve_differences_mix(const ve_differences *differences, const bool *taken, ve_arena *arena,
                           ve_value *out, ve_errors *errors) {
    mixer m = { .taken = taken, .arena = arena };
    mix(&m, differences->root, out);
    return m.failed ? ve_fail_memory(errors) : VE_OK;
}

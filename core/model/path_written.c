/* Paths as people write them: by ids and names in place of positions.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/path_internal.h"

typedef struct writing {
    ve_arena *arena;
    const ve_value *value; /* where the path has arrived; NULL: at something that is not written by name */
    const char *text;      /* written so far; NULL: out of memory */
    bool functions;        /* the value is a list of functions */
} writing;

static void add(writing *w, const char *name, size_t length) {
    w->text = ve_format(w->arena, "%s%s%.*s", w->text, *w->text ? "." : "", (int)length, name);
}

/* A function goes by its id alone, however deep it stands; the lists in between are not named. */
static void into_name(writing *w, const char *name, size_t length) {
    char field[VE_ID_MAX + 1];
    size_t kept = length < sizeof field ? length : sizeof field - 1;
    memcpy(field, name, kept);
    field[kept] = '\0';
    bool parts = strcmp(field, "parts") == 0, top = !*w->text && strcmp(field, "functions") == 0;
    w->functions = parts || top;
    w->value = w->value ? ve_value_field(w->value, field) : NULL;
    if (!parts) add(w, name, length);
}

static bool is_name(const char *name) {
    return name && ve_id_valid(name, strlen(name));
}

/* The only entry of that name, so that it can be found by it. */
static bool is_alone(const ve_value *list, const char *name) {
    size_t count = 0;
    for (size_t i = 0; i < list->table.count; i++) {
        const char *other = ve_entry_name(&list->table.items[i]);
        count += other && strcmp(other, name) == 0;
    }
    return count == 1;
}

static void into_entry(writing *w, size_t position) {
    const ve_value *list = w->value;
    bool there = list && list->kind == VE_TABLE && position < list->table.count;
    const ve_value *entry = there ? &list->table.items[position] : NULL;
    const char *name = entry && entry->kind == VE_TABLE ? ve_entry_name(entry) : NULL;
    bool named = is_name(name) && (w->functions || is_alone(list, name));
    if (w->functions && named) w->text = "functions";
    char *number = named ? NULL : ve_format(w->arena, "%zu", position + 1);
    if (named)
        add(w, name, strlen(name));
    else if (number)
        add(w, number, strlen(number));
    else
        w->text = NULL;
    w->value = entry;
    w->functions = false;
}

const char *ve_path_written(ve_arena *arena, const ve_value *tree, const char *path) {
    writing w = { .arena = arena, .value = tree, .text = "" };
    while (w.text && *path) {
        if (*path == '[') {
            char *end;
            unsigned long position = strtoul(path + 1, &end, 10);
            into_entry(&w, position ? position - 1 : 0);
            path = *end == ']' ? end + 1 : end + strlen(end);
            continue;
        }
        path += *path == '.';
        size_t length = strcspn(path, ".[");
        into_name(&w, path, length);
        path += length;
    }
    return w.text;
}

/* Ids and words by name: finding one among many, and saying which were possible.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schema/internal.h"

/* Heap sort: qsort of the C library may allocate, and takes no context. */
static void sift(int *order, size_t root, size_t count, const char *const *id) {
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && strcmp(id[order[child]], id[order[child + 1]]) < 0) child++;
        if (strcmp(id[order[root]], id[order[child]]) >= 0) return;
        int swap = order[root];
        order[root] = order[child];
        order[child] = swap;
    }
}

static void sort(int *order, size_t count, const char *const *id) {
    for (size_t root = count / 2; root-- > 0;)
        sift(order, root, count, id);
    for (size_t last = count; last-- > 1;) {
        int swap = order[0];
        order[0] = order[last];
        order[last] = swap;
        sift(order, 0, last, id);
    }
}

ve_code ve_names_make(ve_arena *arena, const char *const *id, size_t count, ve_names *out,
                      ve_errors *errors) {
    int *order = ve_alloc_array(arena, count, sizeof *order);
    if (!order) return ve_fail_memory(errors);
    for (size_t i = 0; i < count; i++)
        order[i] = (int)i;
    sort(order, count, id);
    *out = (ve_names){ id, count, order };
    return VE_OK;
}

static int find_sorted(const ve_names *names, const char *name) {
    size_t low = 0, high = names->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int side = strcmp(names->id[names->sorted[middle]], name);
        if (side == 0) return names->sorted[middle];
        if (side < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

int ve_names_find(const ve_names *names, const char *name) {
    if (names->sorted) return find_sorted(names, name);
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->id[i], name) == 0) return (int)i;
    return -1;
}

const char *ve_of_words(ve_of of) {
    static const char *const words[] = { "name", "function of this list", "option", "function", "attribute" };
    return words[of];
}

const char *ve_kind_words(ve_kind kind) {
    static const char *const words[] = {
#define WORD(name, word, doc) word,
        VE_KINDS(WORD)
#undef WORD
    };
    return (unsigned)kind < VE_KIND_COUNT ? words[kind] : "plugin";
}

static void list_names(const char *const *possible, size_t count, char *room, size_t bytes) {
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(possible[i]);
        if (length == 0) continue;
        if (used + length + sizeof ", ... (10000000 in all)" > bytes) {
            snprintf(room + used, bytes - used, ", ... (%zu in all)", count);
            return;
        }
        int more = snprintf(room + used, bytes - used, "%s%s", used ? ", " : "", possible[i]);
        used += more > 0 ? (size_t)more : 0;
    }
}

void ve_hint_names(ve_errors *errors, const char *name, const char *const *possible, size_t count) {
    if (!errors || count == 0) return;
    const char *nearest = name ? ve_text_nearest(name, possible, count) : NULL;
    if (nearest) {
        ve_hint(errors, "did you mean '%s'?", nearest);
        return;
    }
    char room[200] = "";
    list_names(possible, count, room, sizeof room);
    ve_hint(errors, "possible here: %s", room);
}

int ve_bind_id(const ve_binder *binder, ve_of of, const char *name, const ve_value *value,
               const ve_trail *trail, ve_code *code) {
    const ve_names *names = &binder->of[of];
    int index = ve_names_find(names, name);
    if (index >= 0) return index;
    *code = ve_bind_fail(binder, VE_E_REFERENCE, value, trail, "there is no %s '%s'", ve_of_words(of), name);
    if (!ve_bind_full(binder)) ve_hint_names(binder->errors, name, names->id, names->count);
    return -1;
}

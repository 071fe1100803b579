/* Paths into the function tree: functions at any depth by id alone, judgements of a list, and weights set by
 * path. SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/number.h"
#include "model/path_internal.h"

/* ---- finding a function ---------------------------------------------------------------------- */

static ve_value *find_below(ve_value *list, const char *id, int depth, ve_value **found_in) {
    for (size_t i = 0; i < list->table.count; i++) {
        ve_value *function = &list->table.items[i];
        if (strcmp(ve_id_of(function), id) == 0) return *found_in = list, function;
        if (!ve_has_parts(function) || depth >= VE_FUNCTION_DEPTH) continue;
        ve_value *found = find_below(ve_field_of(function, "parts"), id, depth + 1, found_in);
        if (found) return found;
    }
    return NULL;
}

static size_t ids_below(const ve_value *list, const char **id, size_t count, int depth) {
    for (size_t i = 0; i < list->table.count; i++) {
        const ve_value *function = &list->table.items[i];
        if (id) id[count] = ve_id_of(function);
        count++;
        if (ve_has_parts(function) && depth < VE_FUNCTION_DEPTH)
            count = ids_below(ve_value_field(function, "parts"), id, count, depth + 1);
    }
    return count;
}

static ve_code no_function(const ve_walk *walk, const ve_value *list, const char *name) {
    size_t count = ids_below(list, NULL, 0, 1);
    const char **id = ve_alloc_array(walk->scratch, count + 1, sizeof *id);
    if (!id) return ve_fail_memory(walk->binder.errors);
    ids_below(list, id, 0, 1);
    id[count] = "weights";
    return ve_walk_lost(walk, name, id, count + 1);
}

/* ---- steps ----------------------------------------------------------------------------------- */

/* Judgements speak of the functions, or components, of their own list. */
ve_code ve_walk_speak_of(ve_walk *walk, const ve_value *list) {
    ve_arena *arena = walk->scratch;
    const char **id = ve_alloc_array(arena, list->table.count, sizeof *id);
    if (!id) return ve_fail_memory(walk->binder.errors);
    for (size_t i = 0; i < list->table.count; i++)
        id[i] = ve_id_of(&list->table.items[i]);
    return ve_names_make(arena, id, list->table.count, &walk->binder.of[VE_OF_SIBLINGS], walk->binder.errors);
}

static ve_code into_weights(ve_walk *walk, ve_spot *spot, ve_value *list) {
    *spot = (ve_spot){ .value = ve_field_of(list, "weights"),
                       .table = list,
                       .name = "weights",
                       .field = &ve_function_list_record.fields[0] };
    return ve_walk_speak_of(walk, list);
}

ve_code ve_walk_functions(ve_walk *walk, ve_spot *spot, const char *name) {
    size_t position;
    ve_value *list = spot->value, *found_in = list, *function = NULL;
    if (strcmp(name, "weights") == 0) return into_weights(walk, spot, list);
    if (ve_walk_position(name, &position) && position < list->table.count)
        function = &list->table.items[position];
    else
        function = find_below(list, name, 1, &found_in);
    if (!function) return no_function(walk, list, name);
    *spot = (ve_spot){ .value = function, .record = &ve_function_record, .list = found_in };
    walk->binder.of[VE_OF_SIBLINGS] = walk->binder.of[VE_OF_OPTIONS]; /* its `scores` judge the options */
    return VE_OK;
}

/* ---- weights --------------------------------------------------------------------------------- */

/* The total that the weights of a list are written to: shares of 1 where they are judged or equal. */
static double total_of(const ve_walk *walk, const ve_value *list) {
    ve_binder silent = walk->binder; /* what is wrong with the others is told when the model is built */
    silent.errors = NULL;
    double total = 0;
    bool any = false;
    for (size_t i = 0; i < list->table.count; i++) {
        const ve_value *weight = ve_value_field(&list->table.items[i], "weight");
        double x = 0;
        if (!weight) continue;
        any = true;
        if (ve_bind_number(&silent, weight, "", &x) == VE_OK) total += x;
    }
    return any ? total : 1;
}

static ve_code bad_weight(const ve_walk *walk, double total) {
    char is[VE_NUMBER_ROOM], most[VE_NUMBER_ROOM];
    ve_number_write(walk->to->number, is);
    ve_number_print(total, -1, most, sizeof most);
    ve_fail(walk->binder.errors, VE_E_RANGE, walk->to->at, walk->path,
            "a weight lies between 0 and %s, the total of its list, and this one is %s", most, is);
    ve_hint(walk->binder.errors, "the other functions of the list are rescaled to keep the total");
    return VE_E_RANGE;
}

ve_code ve_set_weight(ve_walk *walk, const ve_spot *spot) {
    const ve_value *to = walk->to;
    char said[160];
    if (to->kind != VE_NUMBER)
        return ve_fail(walk->binder.errors, VE_E_TYPE, to->at, walk->path,
                       "a weight set by path must be a number, not %s", ve_value_say(to, said, sizeof said));
    double total = total_of(walk, spot->list);
    if (!(to->number >= 0 && to->number <= total && total > 0)) return bad_weight(walk, total);
    ve_value fixed = *to;
    fixed.number = to->number / total;
    ve_value *there = ve_field_of(spot->table, VE_FIXED_WEIGHT);
    if (there) return *there = fixed, VE_OK;
    return ve_field_add(walk->binder.arena, spot->table, VE_FIXED_WEIGHT, &fixed, NULL, walk->binder.errors);
}

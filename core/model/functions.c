/* The function tree: nodes, the lists they stand in, and what is said about their weights.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "model/internal.h"
#include "model/path.h"

static bool goes_on(const ve_value *function, int depth) {
    return ve_has_parts(function) && depth < VE_FUNCTION_DEPTH;
}

/* ---- nodes ----------------------------------------------------------------------------------- */

static int add_list(ve_builder *b, const ve_value *value, const char *path, int head, int depth);

/* An id that a path could not tell from the list's own field. */
static void check_id(ve_builder *b, const ve_function *function, const char *path) {
    if (!function->id || strcmp(function->id, "weights") != 0) return;
    ve_build_fail(b, VE_E_ID, ve_value_field(function->source, "id"), path, "choose another id",
                  "a function cannot have the id 'weights': it names the judgement of the list");
}

static void check_parts(ve_builder *b, const ve_function_fields *fields, const ve_value *source,
                        const char *path, int depth) {
    const ve_value *parts = fields->parts;
    if (!parts) return;
    if (parts->kind == VE_TABLE && !parts->table.count)
        ve_build_fail(b, VE_E_LIST, parts, path, "name its parts, or leave `parts` out",
                      "parts is an empty list");
    else if (parts->kind != VE_TABLE)
        ve_build_fail(b, VE_E_TYPE, parts, path, "write parts = { { id = ... }, ... }",
                      "parts must be a list of functions, not %s", ve_value_kind_name(parts));
    else if (!goes_on(source, depth))
        ve_build_fail(b, VE_E_SIZE, parts, path, "join some of its levels",
                      "functions nest deeper than %d levels", VE_FUNCTION_DEPTH);
    else if (fields->scores.source)
        ve_build_fail(b, VE_E_CONFLICT, fields->scores.source, fields->scores.path,
                      "judge the options under its parts",
                      "a function with parts takes its scores from them");
}

static void bind_function(ve_builder *b, const ve_value *source, const char *path,
                          ve_function_fields *fields) {
    ve_binder own = *b->binder; /* `scores` judges the options */
    own.of[VE_OF_SIBLINGS] = own.of[VE_OF_OPTIONS];
    ve_build_note(b, ve_bind(&own, &ve_function_record, source, path, fields));
}

static int add_function(ve_builder *b, const ve_value *source, const char *path, int parent, int list,
                        int depth) {
    ve_function_fields fields;
    bind_function(b, source, path, &fields);
    int node = (int)b->model->functions++;
    ve_function *f = &b->function[node];
    b->path[node] = path;
    *f = (ve_function){ .id = fields.id ? fields.id : "",
                        .name = fields.name ? fields.name : fields.id,
                        .parent = parent,
                        .list = list,
                        .parts = -1,
                        .leaf = -1,
                        .weight = fields.weight,
                        .minimum = fields.minimum,
                        .fixed = fields.fixed,
                        .scores = fields.scores,
                        .kano = ve_build_function_kano(b, &fields.kano, source, path),
                        .source = source };
    if (!f->name) f->name = "";
    check_id(b, f, path);
    char *parts_path = ve_format(b->binder->arena, "%s.parts", path);
    if (!parts_path) return ve_build_note(b, ve_fail_memory(b->binder->errors)), node;
    check_parts(b, &fields, source, parts_path, depth);
    if (goes_on(source, depth)) {
        int parts = add_list(b, fields.parts, parts_path, node, depth + 1);
        f->parts = parts;
    } else {
        f->leaf = (int)b->model->leaves++;
    }
    return node;
}

/* ---- lists and their weights ----------------------------------------------------------------- */

static size_t count_weighted(const ve_builder *b, const ve_list *list) {
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        count += ve_value_field(b->function[list->node[i]].source, "weight") != NULL;
    return count;
}

static void tell_weight(ve_builder *b, ve_code code, const ve_list *list, size_t i, const char *hint,
                        const char *message) {
    const ve_value *source = b->function[list->node[i]].source;
    const ve_value *weight = ve_value_field(source, "weight");
    char *path = ve_format(b->binder->arena, "%s[%zu].weight", list->path, i + 1);
    if (!path)
        ve_build_note(b, ve_fail_memory(b->binder->errors));
    else
        ve_build_fail(b, code, weight ? weight : source, path, hint, "%s", message);
}

static void weighed_twice(ve_builder *b, const ve_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        if (!ve_value_field(b->function[list->node[i]].source, "weight")) continue;
        tell_weight(b, VE_E_CONFLICT, list, i, "keep `weights` on the list, or `weight` on its functions",
                    "the weights of this list are given twice: by `weights` and by `weight`");
        return;
    }
}

static void tell_unweighted(ve_builder *b, const ve_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        const ve_value *source = b->function[list->node[i]].source;
        if (ve_value_field(source, "weight") || ve_bind_misspelt(&ve_function_record, source, "weight"))
            continue;
        tell_weight(b, VE_E_MISSING_FIELD, list, i, "give every function of a list a weight, or none",
                    "weight is missing: other functions of this list have one");
    }
}

static void check_not_all_zero(ve_builder *b, const ve_list *list) {
    for (size_t i = 0; i < list->count; i++)
        if (b->function[list->node[i]].weight != 0) return;
    ve_build_fail(b, VE_E_WEIGHTS, list->source, list->path, "give at least one of them a weight above zero",
                  "the weights of this list are all zero");
}

/* Weights set by path are shares of the whole list: together they cannot be more, nor less where all are set.
 */
static void check_fixed(ve_builder *b, const ve_list *list) {
    double sum = 0;
    size_t count = 0;
    const ve_value *last = NULL;
    for (size_t i = 0; i < list->count; i++) {
        const ve_function *f = &b->function[list->node[i]];
        if (isnan(f->fixed)) continue;
        sum += f->fixed;
        last = ve_value_field(f->source, VE_FIXED_WEIGHT);
        count++;
    }
    bool too_much = sum > 1 + 1e-9, too_little = count == list->count && sum < 1 - 1e-9;
    if (count && (too_much || too_little))
        ve_build_fail(b, VE_E_CONFLICT, last, list->path, "set fewer of them; the others keep their ratios",
                      "the weights set in this list make %.6g of its whole", sum);
}

static void check_weights(ve_builder *b, ve_list *list) {
    size_t weighted = count_weighted(b, list);
    list->equal = !weighted && !list->judgement.source && list->count > 1;
    check_fixed(b, list);
    if (!weighted) return;
    if (list->judgement.source)
        weighed_twice(b, list);
    else if (weighted < list->count)
        tell_unweighted(b, list);
    else
        check_not_all_zero(b, list);
}

static void bind_list(ve_builder *b, ve_list *list) {
    ve_binder own = *b->binder;
    const char **id = ve_alloc_array(own.arena, list->count, sizeof *id);
    if (!id) {
        ve_build_note(b, ve_fail_memory(own.errors));
        return;
    }
    for (size_t i = 0; i < list->count; i++)
        id[i] = b->function[list->node[i]].id;
    ve_code code = ve_names_make(own.arena, id, list->count, &own.of[VE_OF_SIBLINGS], own.errors);
    ve_function_list_fields fields = { 0 };
    if (!code) code = ve_bind(&own, &ve_function_list_record, list->source, list->path, &fields);
    if (fields.weights.params)
        list->judgement = fields.weights;
    else
        list->judgement.source = ve_value_field(list->source, "weights");
    ve_build_note(b, code);
}

static int add_list(ve_builder *b, const ve_value *value, const char *path, int head, int depth) {
    int index = (int)b->model->lists++;
    int *node = ve_alloc_array(b->binder->arena, value->table.count, sizeof *node);
    if (!node) return ve_build_note(b, ve_fail_memory(b->binder->errors)), index;
    ve_list *list = &b->list[index];
    *list = (ve_list){
        .id = head < 0 ? "functions" : b->function[head].id, .node = node, .path = path, .source = value
    };
    for (size_t i = 0; i < value->table.count; i++) {
        char *item = ve_format(b->binder->arena, "%s[%zu]", path, i + 1);
        if (!item) return ve_build_note(b, ve_fail_memory(b->binder->errors)), index;
        node[i] = add_function(b, &value->table.items[i], item, head, index, depth);
        list->count++;
    }
    bind_list(b, list);
    check_weights(b, list);
    return index;
}

/* ---- the whole tree -------------------------------------------------------------------------- */

static ve_code make_room(ve_builder *b, const ve_model_size *size) {
    ve_arena *arena = b->binder->arena;
    b->function = ve_alloc_array(arena, size->functions, sizeof *b->function);
    b->list = ve_alloc_array(arena, size->lists, sizeof *b->list);
    b->path = ve_alloc_array(arena, size->functions, sizeof *b->path);
    b->model->function = b->function;
    b->model->list = b->list;
    return b->function && b->list && b->path ? VE_OK : ve_fail_memory(b->binder->errors);
}

static ve_code list_leaves(ve_builder *b) {
    ve_model *model = b->model;
    int *leaf = ve_alloc_array(b->binder->arena, model->leaves, sizeof *leaf);
    bool *judged = ve_alloc_array(b->binder->arena, model->leaves, sizeof *judged);
    if (!leaf || !judged) return ve_fail_memory(b->binder->errors);
    for (size_t i = 0; i < model->functions; i++)
        if (b->function[i].leaf >= 0) leaf[b->function[i].leaf] = (int)i;
    for (size_t k = 0; k < model->leaves; k++)
        judged[k] = ve_value_field(b->function[leaf[k]].source, "scores") != NULL;
    model->leaf = leaf;
    b->judged = judged;
    return VE_OK;
}

/* A gate that nothing, or everything, passes is a slip of the pen. */
static void check_gate(ve_builder *b, size_t node) {
    double low = b->model->scale_low, high = b->model->scale_high;
    const ve_function *f = &b->function[node];
    if (isnan(low) || isnan(f->minimum) || (f->minimum >= low && f->minimum <= high)) return;
    char *path = ve_format(b->binder->arena, "%s.minimum", b->path[node]);
    if (!path)
        ve_build_note(b, ve_fail_memory(b->binder->errors));
    else
        ve_build_fail(b, VE_E_RANGE, ve_value_field(f->source, "minimum"), path, "a gate is a score",
                      "minimum must lie on the scale from %.15g to %.15g, not %.15g", low, high, f->minimum);
}

static ve_code check_ids(ve_builder *b) {
    ve_arena *arena = b->binder->arena;
    size_t count = b->model->functions;
    const char **id = ve_alloc_array(arena, count, sizeof *id);
    const ve_value **source = ve_alloc_array(arena, count, sizeof *source);
    ve_names names;
    if (!id || !source) return ve_fail_memory(b->binder->errors);
    for (size_t i = 0; i < count; i++) {
        id[i] = b->function[i].id;
        source[i] = b->function[i].source;
    }
    ve_code code = ve_names_make(arena, id, count, &names, b->binder->errors);
    if (!code) ve_build_unique(b, &names, source, b->path);
    return code;
}

static bool is_list(ve_builder *b, const ve_value *functions) {
    if (functions->kind == VE_TABLE && functions->table.count > 0) return true;
    if (functions->kind != VE_TABLE)
        ve_build_fail(b, VE_E_TYPE, functions, "functions", "write functions = { { id = ... }, ... }",
                      "functions must be a list of functions, not %s", ve_value_kind_name(functions));
    else
        ve_build_fail(b, VE_E_LIST, functions, "functions", "write functions = { { id = ... }, ... }",
                      "functions must list at least one function");
    return false;
}

void ve_build_functions(ve_builder *b) {
    const ve_value *functions = b->fields.functions;
    if (!functions || !is_list(b, functions)) return;
    const ve_model_size size = ve_model_measure(b->tree);
    ve_code code = make_room(b, &size);
    if (code) {
        ve_build_note(b, code);
        return;
    }
    add_list(b, functions, "functions", -1, 1);
    if (b->first == VE_E_MEMORY) return;
    ve_build_note(b, list_leaves(b));
    ve_build_note(b, check_ids(b));
    for (size_t i = 0; i < b->model->functions; i++)
        check_gate(b, i);
}

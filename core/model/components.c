/* The components: what the product is made of, what each costs, and what it is good for.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "model/internal.h"

/* ---- shares that must add up to 1 ------------------------------------------------------------ */

static bool is_one(double sum) {
    return fabs(sum - 1) <= 1e-6;
}

static const char *share_hint(double sum) {
    return fabs(sum - 100) < 1 ? "write shares as parts of 1, like 0.3 for 30 %"
                               : "shares are parts of 1, like 0.3; give away the whole, and no more";
}

static double sum_of(const ve_numbers *share) {
    double sum = 0;
    for (size_t k = 0; k < share->count; k++)
        sum += isnan(share->v[k]) ? 0 : share->v[k];
    return sum;
}

void ve_check_spent_on(ve_builder *b, const ve_value *source, const ve_numbers *given, const char *path) {
    char said[VE_NUMBER_ROOM];
    double sum = sum_of(given);
    if (!source || !given->v || is_one(sum)) return;
    char *own = ve_format(b->binder->arena, "%s.spent_on", path);
    ve_number_print(sum, -1, said, sizeof said);
    if (!own)
        ve_build_note(b, ve_fail_memory(b->binder->errors));
    else
        ve_build_fail(b, VE_E_SHARES, source, own, share_hint(sum),
                      "the shares of the cost in spent_on add up to %s, not 1", said);
}

static void tell_served(ve_builder *b, const char *function, double sum) {
    char said[VE_NUMBER_ROOM];
    const ve_value *list = b->fields.components;
    ve_number_print(sum, -1, said, sizeof said);
    if (sum == 0)
        ve_build_fail(b, VE_E_SHARES, list, "components",
                      "say in `serves` which components deliver it, with shares that make 1",
                      "no component serves the function '%s'", function);
    else
        ve_build_fail(b, VE_E_SHARES, list, "components", share_hint(sum),
                      "the shares of the function '%s' in `serves` add up to %s, not 1", function, said);
}

/* Every function is delivered by the components together, the whole of it. */
static void check_served(ve_builder *b, const ve_component *component, size_t count) {
    for (size_t k = 0; k < b->model->leaves && b->model->leaf; k++) {
        double sum = 0;
        for (size_t c = 0; c < count; c++)
            if (component[c].serves && !isnan(component[c].serves[k])) sum += component[c].serves[k];
        if (!is_one(sum)) tell_served(b, b->function[b->model->leaf[k]].id, sum);
    }
}

/* ---- one component --------------------------------------------------------------------------- */

/* An id that a path could not tell from the list's own field. */
static void check_id(ve_builder *b, const ve_component *component, const char *path) {
    if (strcmp(component->id, "weights") != 0) return;
    ve_build_fail(b, VE_E_ID, ve_value_field(component->source, "id"), path, "choose another id",
                  "a component cannot have the id 'weights': it names the judgement of the list");
}

static ve_code add_component(ve_builder *b, const ve_value *source, const char *path, ve_component *out) {
    ve_component_fields fields;
    ve_code code = ve_bind(b->binder, &ve_component_record, source, path, &fields);
    *out = (ve_component){ .id = fields.id ? fields.id : "",
                           .name = fields.name ? fields.name : fields.id,
                           .cost = fields.cost,
                           .score = fields.score,
                           .serves = fields.serves.v,
                           .spent_on = fields.spent_on.v,
                           .source = source };
    if (!out->name) out->name = "";
    check_id(b, out, path);
    if (!code) ve_check_spent_on(b, ve_value_field(source, "spent_on"), &fields.spent_on, path);
    return code;
}

/* ---- what all of them must have in common ---------------------------------------------------- */

static bool says(const ve_component *component, const char *field) {
    return ve_value_field(component->source, field) != NULL;
}

static size_t count_saying(const ve_component *component, size_t count, const char *field) {
    size_t found = 0;
    for (size_t c = 0; c < count; c++)
        found += says(&component[c], field);
    return found;
}

static void tell_field(ve_builder *b, ve_code code, const ve_component *component, size_t c,
                       const char *field, const char *hint, const char *message) {
    const ve_value *source = component[c].source, *value = ve_value_field(source, field);
    char *path = ve_format(b->binder->arena, "components[%zu].%s", c + 1, field);
    if (!path)
        ve_build_note(b, ve_fail_memory(b->binder->errors));
    else
        ve_build_fail(b, code, value ? value : source, path, hint, "%s", message);
}

static void check_all_say(ve_builder *b, const ve_component *component, size_t count, const char *field,
                          const char *hint) {
    size_t saying = count_saying(component, count, field);
    if (saying == 0 || saying == count) return;
    char *message = ve_format(b->binder->arena, "%s is missing: other components have it", field);
    if (!message) {
        ve_build_note(b, ve_fail_memory(b->binder->errors));
        return;
    }
    for (size_t c = 0; c < count; c++)
        if (!says(&component[c], field) &&
            !ve_bind_misspelt(&ve_component_record, component[c].source, field))
            tell_field(b, VE_E_MISSING_FIELD, component, c, field, hint, message);
}

static void check_scored(ve_builder *b, const ve_component *component, size_t count) {
    for (size_t c = 0; c < count; c++)
        if (component[c].score != 0) return;
    ve_build_fail(b, VE_E_WEIGHTS, b->fields.components, "components",
                  "give at least one of them a score above zero",
                  "the scores of the components are all zero");
}

/* Told at the first component that gives what another place gives already. */
static void tell_twice(ve_builder *b, const ve_component *component, size_t count, const char *field,
                       const char *message) {
    for (size_t c = 0; c < count; c++)
        if (says(&component[c], field)) {
            tell_field(b, VE_E_CONFLICT, component, c, field, "keep one of them, the same for all components",
                       message);
            return;
        }
}

static void check_importance(ve_builder *b, const ve_component *component, size_t count, bool judged) {
    size_t scored = count_saying(component, count, "score");
    size_t serving = count_saying(component, count, "serves");
    size_t spending = count_saying(component, count, "spent_on");
    if (judged && scored)
        tell_twice(b, component, count, "score",
                   "the importance of the components is given twice: by `weights` and by `score`");
    else if (judged && serving)
        tell_twice(b, component, count, "serves",
                   "the importance of the components is given twice: by `weights` and by `serves`");
    else if (scored && serving)
        tell_twice(b, component, count, "serves",
                   "the importance of the components is given twice: by `score` and by `serves`");
    else if (!judged && !scored && !serving && !spending)
        ve_build_fail(b, VE_E_MISSING_FIELD, b->fields.components, "components",
                      "give each a `score`; or `serves`, its share of each function; or `spent_on`, the "
                      "functions its cost goes to",
                      "the components say what they cost, but not what for");
    else if (scored == count)
        check_scored(b, component, count);
    else if (serving == count)
        check_served(b, component, count);
}

static void check_components(ve_builder *b, const ve_component *component, size_t count, bool judged) {
    check_all_say(b, component, count, "score", "give every component a score, 0 if it is good for nothing");
    check_all_say(b, component, count, "serves", "write serves = {} for a component that serves no function");
    check_all_say(b, component, count, "spent_on", "say of every component what its cost is spent on");
    check_importance(b, component, count, judged);
}

/* ---- the list -------------------------------------------------------------------------------- */

/* The judgement of the list speaks of the components. */
static ve_code bind_list(ve_builder *b, const ve_component *component, size_t count) {
    ve_binder own = *b->binder;
    const char **id = ve_alloc_array(own.arena, count, sizeof *id);
    if (!id) return ve_fail_memory(own.errors);
    for (size_t c = 0; c < count; c++)
        id[c] = component[c].id;
    ve_component_list_fields fields;
    ve_code code = ve_names_make(own.arena, id, count, &own.of[VE_OF_SIBLINGS], own.errors);
    if (!code) code = ve_bind(&own, &ve_component_list_record, b->fields.components, "components", &fields);
    if (!code) b->model->component_weights = fields.weights;
    return code;
}

static ve_code check_ids(ve_builder *b, const ve_component *component, size_t count,
                         const ve_value *const *source, const char *const *path) {
    const char **id = ve_alloc_array(b->binder->arena, count, sizeof *id);
    ve_names names;
    if (!id) return ve_fail_memory(b->binder->errors);
    for (size_t c = 0; c < count; c++)
        id[c] = component[c].id;
    ve_code code = ve_names_make(b->binder->arena, id, count, &names, b->binder->errors);
    if (!code) ve_build_unique(b, &names, source, path);
    return code;
}

static ve_code add_components(ve_builder *b, const ve_value *list) {
    size_t count = list->table.count;
    ve_arena *arena = b->binder->arena;
    ve_component *component = ve_alloc_array(arena, count, sizeof *component);
    const ve_value **source = ve_alloc_array(arena, count, sizeof *source);
    const char **path = ve_alloc_array(arena, count, sizeof *path);
    if (!component || !source || !path) return ve_fail_memory(b->binder->errors);
    ve_code first = VE_OK;
    for (size_t c = 0; c < count; c++) {
        source[c] = &list->table.items[c];
        path[c] = ve_format(arena, "components[%zu]", c + 1);
        if (!path[c]) return ve_fail_memory(b->binder->errors);
        ve_code code = add_component(b, source[c], path[c], &component[c]);
        if (!first) first = code;
    }
    b->model->component = component;
    b->model->components = count;
    ve_code code = bind_list(b, component, count);
    ve_build_note(b, first ? first : code);
    bool judged = ve_value_field(list, "weights") != NULL;
    if (!first) check_components(b, component, count, judged);
    code = check_ids(b, component, count, source, path);
    return first ? first : code;
}

void ve_build_components(ve_builder *b) {
    const ve_value *list = b->fields.components;
    const char *hint = "write components = { { id = \"frame\", cost = ..., score = ... }, ... }";
    if (!list) return;
    if (list->kind != VE_TABLE || list->table.word)
        ve_build_fail(b, VE_E_TYPE, list, "components", hint,
                      "components must be a list of components, not %s", ve_value_kind_name(list));
    else if (!list->table.count)
        ve_build_fail(b, VE_E_LIST, list, "components", hint, "components is an empty list");
    else
        ve_build_note(b, add_components(b, list));
}

/* The case with some of its numbers changed: through the same door as `--set`, so that every rule of a model
 * holds for it. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "ve/part.h"
#include "vary/internal.h"
#include "vary/resample.h"

ve_code ve_vary_new(const ve_varied *varied, ve_vary **out) {
    ve_vary *vary = ve_alloc(varied->binder.arena, sizeof *vary);
    if (!vary) return ve_fail_memory(varied->binder.errors);
    vary->of = *varied;
    *out = vary;
    return ve_inputs_list(vary);
}

void ve_vary_inputs(const ve_vary *vary, const ve_input **list, size_t *count) {
    *list = vary->input;
    *count = vary->count;
}

/* A weight that is written in points, when the others of its list are at their means. */
static double weight_of(const ve_input *input, double points) {
    double others = input->high * input->points / input->base - input->points;
    return input->high * points / (others + points);
}

double ve_vary_quantile(const ve_vary *vary, size_t input, double p) {
    const ve_word *word = input < vary->count ? vary->uncertain[input] : NULL;
    if (!word) return NAN;
    double x = ve_part_quantile_of(word, p);
    const ve_input *of = &vary->input[input];
    return of->list >= 0 && of->points > 0 ? weight_of(of, x) : x;
}

/* ---- the tree, changed ----------------------------------------------------------------------- */

/* No path of an input leads there, and a survey may be long. */
static bool is_shared(const char *name) {
    return strcmp(name, "survey") == 0 || strcmp(name, "scenarios") == 0;
}

static ve_code copy_tree(const ve_value *tree, ve_arena *arena, ve_value *out, ve_errors *errors) {
    *out = *tree;
    out->table.fields = ve_alloc_array(arena, tree->table.named, sizeof *out->table.fields);
    if (!out->table.fields) return ve_fail_memory(errors);
    for (size_t i = 0; i < tree->table.named; i++) {
        const ve_entry *from = &tree->table.fields[i];
        ve_entry *to = &out->table.fields[i];
        *to = *from;
        ve_code code = is_shared(from->name) ? VE_OK : ve_value_copy(arena, &from->value, &to->value, errors);
        if (code) return code;
    }
    return VE_OK;
}

static ve_code change_tree(const ve_vary *vary, const ve_binder *binder, const ve_change *change,
                           ve_value *tree) {
    ve_code code = copy_tree(vary->of.tree, binder->arena, tree, binder->errors);
    for (size_t i = 0; !code && i < change->count; i++) {
        if (isnan(change->value[i])) continue;
        ve_value value = { .kind = VE_NUMBER, .at = change->at, .number = change->value[i] };
        code = ve_path_set(binder, tree, vary->input[change->input[i]].path, &value);
    }
    return code;
}

/* ---- from the tree to the case --------------------------------------------------------------- */

static bool same_columns(const ve_wanted *a, const ve_wanted *b) {
    if (a->count != b->count) return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->column[i].pattern, b->column[i].pattern) != 0) return false;
    return true;
}

/* Densities stay where the customers do: those of resamples are the people's. */
static const ve_case *like_of(const ve_vary *vary, const ve_groups *groups) {
    return groups && vary->people ? &vary->people->made : vary->of.base;
}

static ve_code prepare(const ve_vary *vary, const ve_model *model, const ve_groups *given, ve_arena *arena,
                       ve_case *out, ve_errors *errors) {
    ve_wanted wanted = { 0 };
    ve_groups *own = NULL;
    ve_code code = ve_prepare_words(model, true, arena, &wanted, errors);
    if (!code && model->survey.plugin && !same_columns(&wanted, vary->of.wanted))
        return ve_fail(errors, VE_E_INTERNAL, VE_NOWHERE, NULL, "a changed number asks for other data");
    if (!code && !model->survey.plugin) code = ve_own_scores(model, arena, &own, errors);
    const ve_groups *groups = own ? own : given ? given : vary->of.base->groups;
    const ve_case *like = like_of(vary, given);
    return code ? code : ve_prepare_case_like(&like, 1, model, groups, arena, out, errors);
}

ve_code ve_vary_case(const ve_vary *vary, const ve_change *change, ve_arena *arena, ve_case *out,
                     ve_errors *errors) {
    ve_binder binder = vary->of.binder;
    ve_value *tree = ve_alloc(arena, sizeof *tree);
    ve_model *model;
    if (!tree) return ve_fail_memory(errors);
    binder.arena = arena;
    binder.errors = errors;
    ve_code code = change_tree(vary, &binder, change, tree);
    if (!code) code = ve_model_build(&binder, vary->of.file, tree, &model);
    return code ? code : prepare(vary, model, change->groups, arena, out, errors);
}

/* ---- the base --------------------------------------------------------------------------------- */

struct ve_kept_base {
    ve_assumptions under;
    const ve_outcome *outcome;
    struct ve_kept_base *next;
};

static bool same(const ve_assumptions *a, const ve_assumptions *b) {
    return a->aggregate == b->aggregate && a->positioned == b->positioned && a->kano_aside == b->kano_aside &&
           a->tier == b->tier;
}

const ve_outcome *ve_vary_known(const ve_vary *vary, const ve_assumptions *under) {
    for (const struct ve_kept_base *kept = vary->base; kept; kept = kept->next)
        if (same(&kept->under, under)) return kept->outcome;
    return NULL;
}

ve_code ve_vary_base(ve_vary *vary, const ve_assumptions *under, const ve_outcome **out, ve_errors *errors) {
    ve_arena *arena = vary->of.binder.arena;
    ve_outcome *made = NULL;
    *out = ve_vary_known(vary, under);
    if (*out) return VE_OK;
    struct ve_kept_base *kept = ve_alloc(arena, sizeof *kept);
    if (!kept) return ve_fail_memory(errors);
    ve_code code = ve_evaluate(vary->of.base, under, arena, &made, errors);
    if (code) return code;
    *kept = (struct ve_kept_base){ *under, made, vary->base };
    vary->base = kept;
    *out = made;
    return VE_OK;
}

/* ---- numbers that are not written yet --------------------------------------------------------- */

static ve_code try_path(const ve_vary *vary, const char *path, ve_place at) {
    ve_arena *scratch = ve_arena_new(0);
    ve_binder binder = vary->of.binder;
    ve_value tree, zero = { .kind = VE_NUMBER, .at = at, .number = 0 };
    if (!scratch) return ve_fail_memory(binder.errors);
    binder.arena = scratch;
    ve_code code = copy_tree(vary->of.tree, scratch, &tree, binder.errors);
    if (!code) code = ve_path_set(&binder, &tree, path, &zero);
    ve_arena_free(scratch);
    return code;
}

static ve_code not_varied(const ve_vary *vary, const char *path, ve_place at) {
    ve_fail(vary->of.binder.errors, VE_E_PATH, at, path, "%s does not change a value index", path);
    ve_hint(vary->of.binder.errors, "vary a cost, a target, a weight, a score or a gate");
    return VE_E_PATH;
}

ve_code ve_vary_find(ve_vary *vary, const char *path, ve_place at, size_t *index) {
    for (size_t i = 0; i < vary->count; i++)
        if (strcmp(vary->input[i].path, path) == 0) return *index = i, VE_OK;
    if (is_shared(path) || strncmp(path, "survey.", 7) == 0) return not_varied(vary, path, at);
    ve_code code = try_path(vary, path, at);
    const char *kept = code ? NULL : ve_copy_text(vary->of.binder.arena, path, strlen(path));
    ve_input *input;
    if (code) return code;
    if (!kept) return ve_fail_memory(vary->of.binder.errors);
    *index = vary->count;
    return ve_inputs_add(vary, kept, &input);
}

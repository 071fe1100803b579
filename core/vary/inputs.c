/* Listing the numbers of a model: those that are bound while it is built, and every function weight.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>
#include <string.h>

#include "vary/internal.h"

/* ---- what a path speaks of ------------------------------------------------------------------- */

/* "A" in "options.A.cost": behind the name before, up to the next point. */
static size_t id_behind(const char *path, const char *first, const char **id) {
    size_t length = strlen(first);
    *id = ve_path_begins(path, first) && path[length] == '.' ? path + length + 1 : "";
    return strcspn(*id, ".");
}

static bool is_id(const char *own, const char *id, size_t length) {
    return strlen(own) == length && strncmp(own, id, length) == 0;
}

static int option_of(const ve_model *model, const char *path, const char **rest) {
    const char *id;
    size_t length = id_behind(path, "options", &id);
    for (size_t i = 0; length && i < model->options; i++)
        if (is_id(model->option[i].id, id, length)) return *rest = id + length + (id[length] == '.'), (int)i;
    return -1;
}

static int node_of(const ve_model *model, const char *path, const char **rest) {
    const char *id;
    size_t length = id_behind(path, "functions", &id);
    for (size_t n = 0; length && n < model->functions; n++)
        if (is_id(model->function[n].id, id, length))
            return *rest = id + length + (id[length] == '.'), (int)n;
    return -1;
}

static ve_input_kind kind_of(const char *path, int option, int node, const char *rest) {
    if (option >= 0 && ve_path_begins(rest, "cost")) return VE_INPUT_COST;
    if (ve_path_begins(path, "target") || (option >= 0 && ve_path_begins(rest, "target")))
        return VE_INPUT_TARGET;
    if (option >= 0 && ve_path_begins(rest, "scores")) return VE_INPUT_SCORE;
    if (node >= 0 && ve_path_begins(rest, "weight")) return VE_INPUT_WEIGHT;
    if (node >= 0 && ve_path_begins(rest, "minimum")) return VE_INPUT_GATE;
    if (ve_path_begins(path, "choose")) return VE_INPUT_RULE;
    if (ve_path_begins(path, "tiers.weights")) return VE_INPUT_TIER;
    if (ve_path_begins(path, "functions.weights") ||
        (node >= 0 && (ve_path_begins(rest, "weights") || ve_path_begins(rest, "scores"))))
        return VE_INPUT_JUDGEMENT;
    return VE_INPUT_OTHER;
}

/* The function in "scores.layout", NULL. */
static const char *function_scored(const ve_model *model, const char *rest) {
    const char *id;
    size_t length = id_behind(rest, "scores", &id);
    for (size_t n = 0; length && n < model->functions; n++)
        if (is_id(model->function[n].id, id, length)) return model->function[n].name;
    return NULL;
}

/* "target mean of High grade", "weight of Floor plan"; else the path. */
static const char *label_of(const ve_model *model, const ve_input *input, const char *rest, ve_arena *arena) {
    const char *whose = input->option >= 0 ? model->option[input->option].name
                        : input->node >= 0 ? model->function[input->node].name
                                           : NULL;
    if (!whose) return input->path;
    if (!*rest) return whose;
    const char *function = input->option >= 0 ? function_scored(model, rest) : NULL;
    if (function) return ve_format(arena, "score of %s on %s", whose, function);
    char *label = ve_format(arena, "%s of %s", rest, whose);
    for (size_t i = 0; label && i < strlen(rest); i++)
        if (label[i] == '.' || label[i] == '_') label[i] = ' ';
    return label;
}

void ve_input_range(const ve_input *input, double *low, double *high) {
    *low = fmax(input->above ? nextafter(input->low, HUGE_VAL) : input->low, -DBL_MAX);
    *high = fmin(input->below ? nextafter(input->high, -HUGE_VAL) : input->high, DBL_MAX);
}

bool ve_input_describe(const ve_model *model, const char *path, ve_arena *arena, ve_input *out) {
    const char *rest = "";
    *out = (ve_input){ .path = path, .list = -1, .base = NAN, .points = NAN };
    out->option = option_of(model, path, &rest);
    out->node = out->option < 0 ? node_of(model, path, &rest) : -1;
    out->kind = kind_of(path, out->option, out->node, rest);
    out->low = -HUGE_VAL;
    out->high = HUGE_VAL;
    out->label = label_of(model, out, rest, arena);
    return out->label != NULL;
}

/* ---- the list -------------------------------------------------------------------------------- */

static bool grow(ve_vary *vary) {
    if (vary->count < vary->room) return true;
    size_t room = vary->room ? 2 * vary->room : 64;
    ve_input *input = ve_alloc_array(vary->of.binder.arena, room, sizeof *input);
    const ve_word **uncertain = ve_alloc_array(vary->of.binder.arena, room, sizeof *uncertain);
    if (!input || !uncertain) return false;
    if (vary->count) memcpy(input, vary->input, vary->count * sizeof *input);
    if (vary->count) memcpy(uncertain, vary->uncertain, vary->count * sizeof *uncertain);
    vary->input = input;
    vary->uncertain = uncertain;
    vary->room = room;
    return true;
}

ve_code ve_inputs_add(ve_vary *vary, const char *path, ve_input **out) {
    if (!grow(vary)) return ve_fail_memory(vary->of.binder.errors);
    ve_input *input = &vary->input[vary->count];
    if (!ve_input_describe(vary->of.base->model, path, vary->of.binder.arena, input))
        return ve_fail_memory(vary->of.binder.errors);
    vary->count++;
    *out = input;
    return VE_OK;
}

static ve_input *find(const ve_vary *vary, const char *path) {
    for (size_t i = 0; i < vary->count; i++)
        if (strcmp(vary->input[i].path, path) == 0) return &vary->input[i];
    return NULL;
}

/* Numbers that no value index hangs on, and those that say how data is read. */
static bool is_left_out(const char *path) {
    static const char *const first[] = { "survey",    "scale",        "components",   "target_cost",
                                         "scenarios", "correlations", "concentration" };
    for (size_t i = 0; i < VE_COUNT(first); i++)
        if (ve_path_begins(path, first[i])) return true;
    return strstr(path, ".spent_on") != NULL || strstr(path, ".fixed_weight") != NULL ||
           ve_path_begins(path, "tiers.shares");
}

/* ---- numbers that are bound ------------------------------------------------------------------ */

static void take_range(ve_input *input, const ve_field *field) {
    bool bounded = field->low != 0 || field->high != 0;
    input->above = (field->flags & VE_F_ABOVE) != 0;
    input->below = (field->flags & VE_F_BELOW) != 0;
    if (bounded || input->above) input->low = field->low;
    if (bounded && field->high > field->low) input->high = field->high;
}

static ve_code note(void *listener, const ve_field *field, const char *path, double x,
                    const ve_word *uncertain) {
    ve_vary *vary = listener;
    ve_arena *arena = vary->of.binder.arena;
    const char *written = ve_path_written(arena, vary->of.tree, path);
    if (!written) return ve_fail_memory(vary->of.binder.errors);
    if (is_left_out(written)) return VE_OK;
    if (find(vary, written)) return VE_OK; /* the model's target is bound for every option that has none */
    ve_input *input;
    ve_code code = ve_inputs_add(vary, written, &input);
    if (code) return code;
    take_range(input, field);
    input->whole = field->type == VE_T_INTEGER;
    input->base = x;
    if (!uncertain) return VE_OK;
    ve_word *kept = ve_alloc(arena, sizeof *kept);
    if (!kept) return ve_fail_memory(vary->of.binder.errors);
    *kept = *uncertain;
    vary->uncertain[input - vary->input] = kept;
    input->distribution = uncertain->plugin->name;
    return VE_OK;
}

/* ---- function weights ------------------------------------------------------------------------ */

double ve_weight_total(const ve_model *model, const ve_list *list) {
    double total = 0;
    for (size_t k = 0; k < list->count; k++)
        if (!isnan(model->function[list->node[k]].weight)) total += model->function[list->node[k]].weight;
    return total > 0 ? total : 1;
}

/* By the path of a judged weight there is no number written, so there is none in the list yet. */
static ve_code weight_input(ve_vary *vary, int node, ve_input **out) {
    const char *id = vary->of.base->model->function[node].id;
    const char *path = ve_format(vary->of.binder.arena, "functions.%s.weight", id);
    if (!path) return ve_fail_memory(vary->of.binder.errors);
    *out = find(vary, path);
    if (*out) return (*out)->points = (*out)->base, VE_OK;
    return ve_inputs_add(vary, path, out);
}

static ve_code list_weights(ve_vary *vary, size_t l, const double *local) {
    const ve_model *model = vary->of.base->model;
    const ve_list *list = &model->list[l];
    double total = ve_weight_total(model, list);
    for (size_t k = 0; k < list->count; k++) {
        ve_input *input;
        ve_code code = weight_input(vary, list->node[k], &input);
        if (code) return code;
        input->list = (int)l;
        input->base = local[list->node[k]] * total;
        input->low = 0;
        input->high = total;
    }
    return VE_OK;
}

/* Weights that customers state are data, and differ by option; an only child always weighs all. */
static bool is_weighed(const ve_list *list) {
    bool asks = list->judgement.plugin && (ve_judgement_needs(&list->judgement) & VE_NEEDS_CUSTOMERS);
    return list->count > 1 && !asks;
}

static void drop_unweighed(ve_vary *vary) {
    size_t kept = 0;
    for (size_t i = 0; i < vary->count; i++) {
        if (vary->input[i].kind == VE_INPUT_WEIGHT && vary->input[i].list < 0) continue;
        vary->uncertain[kept] = vary->uncertain[i];
        vary->input[kept++] = vary->input[i];
    }
    vary->count = kept;
}

static ve_code weights(ve_vary *vary) {
    const ve_outcome *outcome;
    ve_code code = ve_vary_base(vary, &vary->of.base->outline->usual, &outcome, vary->of.binder.errors);
    for (size_t l = 0; !code && l < vary->of.base->model->lists; l++)
        if (is_weighed(&vary->of.base->model->list[l])) code = list_weights(vary, l, outcome->local_weight);
    drop_unweighed(vary);
    return code;
}

ve_code ve_inputs_list(ve_vary *vary) {
    ve_binder binder = vary->of.binder;
    ve_model *model;
    binder.number = note;
    binder.listener = vary;
    ve_code code = ve_model_build(&binder, vary->of.file, vary->of.tree, &model);
    return code ? code : weights(vary);
}

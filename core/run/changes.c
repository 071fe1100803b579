/* What is changed from one model to another, told as studies and people see it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/errors.h"
#include "model/path.h"
#include "run/rivals.h"
#include "run/study.h"

enum { WRITTEN = 100 }; /* bytes of a word that people still read */

/* ---- values ---------------------------------------------------------------------------------- */

static ve_cell cell_of(const ve_study_room *room, const ve_value *value) {
    if (!value) return ve_cell_of_text(NULL);
    if (value->kind == VE_NUMBER) return ve_cell_of_number(value->number);
    if (value->kind == VE_BOOLEAN) return VE_CELL_OF_BOOLEAN(value->boolean);
    if (value->kind == VE_TEXT) return ve_cell_of_text(value->text.bytes);
    const char *text = ve_value_written(room->session->arena, value, WRITTEN);
    if (!text) ((ve_study_room *)room)->failed = true;
    return ve_cell_of_text(text);
}

static bool same_text(ve_cell a, ve_cell b) {
    return a.kind == VE_CELL_TEXT && b.kind == VE_CELL_TEXT && strcmp(a.text, b.text) == 0;
}

static ve_cell beside(const ve_study_room *room, ve_cell cell, const char *file) {
    const char *text = ve_format(room->session->arena, "%s beside %s", cell.text, file);
    if (!text) ((ve_study_room *)room)->failed = true;
    return ve_cell_of_text(text);
}

/* Two files that have the same name and are not the same. */
static void tell_apart(const ve_study_room *room, const ve_changed *changed, ve_replaced *change) {
    if (!same_text(change->from, change->to)) return;
    change->from = beside(room, change->from, room->session->request->model);
    change->to = beside(room, change->to, changed->file);
}

/* ---- what is changed ------------------------------------------------------------------------- */

static bool ends(const char *path, const char *with) {
    size_t length = strlen(path), tail = strlen(with);
    return length >= tail && strcmp(path + length - tail, with) == 0;
}

static bool matters(const char *path) {
    static const char *const first[] = { "title",    "currency",     "components",   "target_cost",
                                         "existing", "correlations", "concentration" };
    for (size_t i = 0; i < VE_COUNT(first); i++)
        if (ve_path_begins(path, first[i])) return false;
    return !ends(path, ".name") && !strstr(path, ".spent_on");
}

/* "new option Clay", "option Clay left out" */
static ve_code tell_whole(const ve_study_room *room, ve_replaced *change) {
    bool option = ve_path_begins(change->path, "options"),
         function = ve_path_begins(change->path, "functions");
    const char *id = strchr(change->path, '.');
    bool whole = (option || function) && id && !strchr(id + 1, '.') && strcmp(id, ".weights") != 0;
    change->comes = whole && change->from.kind == VE_CELL_NULL;
    change->goes = whole && change->to.kind == VE_CELL_NULL;
    if (!change->comes && !change->goes) return VE_OK;
    change->label = ve_format(room->session->arena, change->comes ? "new %s %s" : "%s %s left out",
                              option ? "option" : "function", change->label);
    return change->label ? VE_OK : ve_fail_memory(room->session->errors);
}

static ve_code describe(const ve_study_room *room, const ve_changed *changed, ve_replaced *change) {
    ve_arena *arena = room->session->arena;
    ve_input here, there;
    if (!ve_input_describe(changed->here ? changed->here : changed->there, change->path, arena, &here) ||
        !ve_input_describe(changed->there, change->path, arena, &there))
        return ve_fail_memory(room->session->errors);
    bool only_there = here.option < 0 && here.node < 0;
    change->label = only_there ? there.label : here.label;
    change->option = here.option;
    change->node = here.node;
    return tell_whole(room, change);
}

/* ---- weights that are set by their paths ------------------------------------------------------- */

/* As it is written, else as it is judged: that takes the base's numbers. */
static ve_code base_weight(ve_study_room *room, const ve_changed *changed, const char *path, int node,
                           double *weight) {
    const ve_input *input;
    size_t count;
    ve_vary *vary;
    *weight = node < 0 ? NAN : changed->there->function[node].weight;
    if (!isnan(*weight) || !changed->here) return VE_OK;
    ve_code code = ve_study_vary(room, &vary);
    if (code) return code;
    ve_vary_inputs(vary, &input, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(input[i].path, path) == 0) *weight = input[i].base;
    return VE_OK;
}

/* The tree keeps the share that was set; people set a weight in the units of its list. */
static ve_code tell_weight(ve_study_room *room, const ve_changed *changed, const ve_difference *difference,
                           ve_replaced *change) {
    size_t kept = strlen(difference->path) - strlen(VE_FIXED_WEIGHT);
    const ve_model *model = changed->there;
    ve_input there;
    double total = NAN, from;
    change->path = ve_format(room->session->arena, "%.*sweight", (int)kept, difference->path);
    if (!change->path || !ve_input_describe(model, change->path, room->session->arena, &there))
        return ve_fail_memory(room->session->errors);
    if (there.node >= 0) total = ve_weight_total(model, &model->list[model->function[there.node].list]);
    ve_code code = base_weight(room, changed, change->path, there.node, &from);
    change->from = ve_cell_of_number(from);
    change->to = ve_cell_of_number(difference->to ? difference->to->number * total : NAN);
    return code;
}

/* ---- all of them ----------------------------------------------------------------------------- */

static ve_code tell_change(ve_study_room *room, const ve_changed *changed, size_t i, ve_replaced *change) {
    const ve_difference *difference = &changed->differences->list[i];
    *change = (ve_replaced){ .path = difference->path,
                             .from = cell_of(room, difference->from),
                             .to = cell_of(room, difference->to),
                             .matters = matters(difference->path) };
    ve_code code = VE_OK;
    if (ends(difference->path, "." VE_FIXED_WEIGHT)) code = tell_weight(room, changed, difference, change);
    if ((int)i == changed->survey) tell_apart(room, changed, change);
    return code ? code : describe(room, changed, change);
}

ve_code ve_changes_tell(ve_study_room *room, const ve_changed *changed, ve_replaced *out) {
    ve_code code = VE_OK;
    for (size_t i = 0; !code && i < changed->differences->count; i++)
        code = tell_change(room, changed, i, &out[i]);
    return code;
}

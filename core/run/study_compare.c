/* What a study may call to compare the base with scenarios or another model.
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
static void tell_apart(const ve_study_room *room, const ve_rival *rival, ve_replaced *change) {
    if (!same_text(change->from, change->to)) return;
    change->from = beside(room, change->from, room->session->request->model);
    change->to = beside(room, change->to, rival->session->request->model);
}

/* ---- what is changed ------------------------------------------------------------------------- */

static bool ends(const char *path, const char *with) {
    size_t length = strlen(path), tail = strlen(with);
    return length >= tail && strcmp(path + length - tail, with) == 0;
}

static bool begins(const char *path, const char *with) {
    size_t length = strlen(with);
    return strncmp(path, with, length) == 0 && (path[length] == '\0' || path[length] == '.');
}

static bool matters(const char *path) {
    static const char *const first[] = { "title",    "currency",     "components",   "target_cost",
                                         "existing", "correlations", "concentration" };
    for (size_t i = 0; i < VE_COUNT(first); i++)
        if (begins(path, first[i])) return false;
    return !ends(path, ".name") && !strstr(path, ".spent_on");
}

/* "new option Clay", "option Clay left out" */
static ve_code tell_whole(const ve_study_room *room, ve_replaced *change) {
    bool option = begins(change->path, "options"), function = begins(change->path, "functions");
    const char *id = strchr(change->path, '.');
    bool whole = (option || function) && id && !strchr(id + 1, '.') && strcmp(id, ".weights") != 0;
    change->comes = whole && change->from.kind == VE_CELL_NULL;
    change->goes = whole && change->to.kind == VE_CELL_NULL;
    if (!change->comes && !change->goes) return VE_OK;
    change->label = ve_format(room->session->arena, change->comes ? "new %s %s" : "%s %s left out",
                              option ? "option" : "function", change->label);
    return change->label ? VE_OK : ve_fail_memory(room->session->errors);
}

static ve_code describe(const ve_study_room *room, const ve_rival *rival, ve_replaced *change) {
    ve_arena *arena = room->session->arena;
    const ve_model *base = room->subject->made.model;
    ve_input here, there;
    if (!ve_input_describe(base, change->path, arena, &here) ||
        !ve_input_describe(rival->subject.made.model, change->path, arena, &there))
        return ve_fail_memory(room->session->errors);
    bool only_there = here.option < 0 && here.node < 0;
    change->label = only_there ? there.label : here.label;
    change->option = here.option;
    change->node = here.node;
    return tell_whole(room, change);
}

/* ---- weights that are set by their paths ------------------------------------------------------- */

static double base_weight(const ve_vary *vary, const char *path) {
    const ve_input *input;
    size_t count;
    ve_vary_inputs(vary, &input, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(input[i].path, path) == 0) return input[i].base;
    return NAN;
}

/* The tree keeps the share that was set; people set a weight in the units of its list. */
static ve_code tell_weight(ve_study_room *room, const ve_rival *rival, const ve_difference *difference,
                           ve_replaced *change) {
    size_t kept = strlen(difference->path) - strlen(VE_FIXED_WEIGHT);
    ve_vary *vary;
    ve_code code = ve_study_vary(room, &vary);
    if (code) return code;
    change->path = ve_format(room->session->arena, "%.*sweight", (int)kept, difference->path);
    if (!change->path) return ve_fail_memory(room->session->errors);
    const ve_model *model = rival->subject.made.model;
    ve_input there;
    if (!ve_input_describe(model, change->path, room->session->arena, &there))
        return ve_fail_memory(room->session->errors);
    double total =
        there.node < 0 ? NAN : ve_weight_total(model, &model->list[model->function[there.node].list]);
    change->from = ve_cell_of_number(base_weight(vary, change->path));
    change->to = ve_cell_of_number(difference->to ? difference->to->number * total : NAN);
    return VE_OK;
}

/* ---- alternatives ---------------------------------------------------------------------------- */

static ve_code tell_change(ve_study_room *room, const ve_rival *rival, size_t i, ve_replaced *change) {
    const ve_difference *difference = &rival->differences.list[i];
    *change = (ve_replaced){ .path = difference->path,
                             .from = cell_of(room, difference->from),
                             .to = cell_of(room, difference->to),
                             .matters = matters(difference->path) };
    ve_code code = VE_OK;
    if (ends(difference->path, "." VE_FIXED_WEIGHT)) code = tell_weight(room, rival, difference, change);
    if ((int)i == rival->survey) tell_apart(room, rival, change);
    return code ? code : describe(room, rival, change);
}

static const int *nodes_of(const ve_model *base, const ve_model *model, ve_arena *arena) {
    int *node = ve_alloc_array(arena, base->functions, sizeof *node);
    for (size_t i = 0; node && i < base->functions; i++) {
        node[i] = -1;
        for (size_t n = 0; node[i] < 0 && n < model->functions; n++)
            if (strcmp(base->function[i].id, model->function[n].id) == 0) node[i] = (int)n;
    }
    return node;
}

static ve_code tell_rival(ve_study_room *room, const ve_rival *rival, ve_alternative *out) {
    const ve_session *session = room->session;
    const ve_model *base = room->subject->made.model, *model = rival->subject.made.model;
    ve_replaced *change = ve_alloc_array(session->arena, rival->differences.count, sizeof *change);
    *out = (ve_alternative){ .name = rival->name,
                             .model = rival->session != session,
                             .outline = rival->subject.made.outline,
                             .option = ve_rival_options(base, model, session->arena),
                             .node = nodes_of(base, model, session->arena),
                             .changes = rival->differences.count,
                             .change = change };
    if (!change || !out->option || !out->node) return ve_fail_memory(session->errors);
    ve_code code = VE_OK;
    for (size_t i = 0; !code && i < out->changes; i++)
        code = tell_change(room, rival, i, &change[i]);
    return code;
}

static ve_code tell_all(ve_study_room *room, const struct ve_rivals *rivals) {
    ve_alternative *list = ve_alloc_array(room->session->arena, rivals->count, sizeof *list);
    if (!list) return ve_fail_memory(room->session->errors);
    ve_code code = VE_OK;
    for (size_t i = 0; !code && i < rivals->count; i++)
        code = tell_rival(room, &rivals->rival[i], &list[i]);
    room->alternative = list;
    return code;
}

static ve_code alternatives(const ve_study_services *services, const ve_alternative **list, size_t *count) {
    ve_study_room *room = ve_study_room_of(services);
    const struct ve_rivals *rivals = room->session->rivals;
    *count = rivals ? rivals->count : 0;
    ve_code code = rivals && !room->alternative ? tell_all(room, rivals) : VE_OK;
    *list = room->alternative;
    return code;
}

/* ---- evaluating ------------------------------------------------------------------------------ */

static ve_code evaluate_alternative(const ve_study_services *services, size_t alternative,
                                    const ve_outcome **out) {
    const ve_study_room *room = ve_study_room_of(services);
    ve_session *session = room->session;
    const ve_case *made = &session->rivals->rival[alternative].subject.made;
    ve_assumptions own = { .aggregate = made->model->aggregate, .positioned = true };
    ve_outcome *outcome = NULL;
    ve_code code = ve_evaluate(made, &own, session->arena, &outcome, session->errors);
    *out = outcome;
    return code;
}

static ve_code evaluate_between(const ve_study_services *services, size_t alternative, const bool *taken,
                                size_t rows, ve_figures *figures) {
    const ve_study_room *room = ve_study_room_of(services);
    return ve_rival_between(room->session, room->subject, &room->session->rivals->rival[alternative], taken,
                            rows, figures);
}

void ve_study_may_compare(ve_study_services *services) {
    services->alternatives = alternatives;
    services->evaluate_alternative = evaluate_alternative;
    services->evaluate_between = evaluate_between;
}

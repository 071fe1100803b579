/* What a study may call to compare the base with scenarios or another model.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/errors.h"
#include "base/text.h"
#include "run/rivals.h"
#include "run/study.h"

/* ---- alternatives ---------------------------------------------------------------------------- */

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
    ve_changed changed = { .differences = &rival->differences,
                           .here = base,
                           .there = model,
                           .survey = rival->survey,
                           .file = rival->session->request->model };
    return ve_changes_tell(room, &changed, change);
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

/* The scenario that is looked at, against the model as it stands. */
static ve_code changes(const ve_study_services *services, const ve_replaced **list, size_t *count) {
    ve_study_room *room = ve_study_room_of(services);
    const ve_differences *differences = room->session->changes;
    *list = NULL;
    *count = differences ? differences->count : 0;
    if (!*count) return VE_OK;
    ve_changed changed = { .differences = differences, .there = room->subject->made.model, .survey = -1 };
    ve_replaced *made = ve_alloc_array(room->session->arena, *count, sizeof *made);
    if (!made) return ve_fail_memory(room->session->errors);
    *list = made;
    return ve_changes_tell(room, &changed, made);
}

/* ---- evaluating ------------------------------------------------------------------------------ */

/* Its place does not say which scenario of many it was. */
static void name_failures(ve_errors *errors, size_t told, const char *name) {
    for (size_t i = told; i < errors->count; i++) {
        char message[2 * VE_MESSAGE_BYTES];
        char *room = errors->list[i].message;
        int length = snprintf(message, sizeof message, "in '%.200s': %s", name, room);
        ve_text_clean(message, (size_t)length, room, VE_MESSAGE_BYTES);
    }
}

static ve_code evaluate_alternative(const ve_study_services *services, size_t alternative,
                                    const ve_outcome **out) {
    const ve_study_room *room = ve_study_room_of(services);
    ve_session *session = room->session;
    const ve_case *made = &session->rivals->rival[alternative].subject.made;
    ve_outcome *outcome = NULL;
    size_t told = session->errors->count;
    ve_code code = ve_evaluate(made, &made->outline->usual, session->arena, &outcome, session->errors);
    if (code && code != VE_E_MEMORY)
        name_failures(session->errors, told, session->rivals->rival[alternative].name);
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
    services->changes = changes;
    services->evaluate_alternative = evaluate_alternative;
    services->evaluate_between = evaluate_between;
}

/* The scenarios of a model, or another model, as cases of their own beside the base.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/rivals.h"

#include <string.h>

#include "base/errors.h"

static ve_code worse(ve_code first, ve_code code) {
    return first ? first : code;
}

static int survey_in(const ve_differences *differences) {
    for (size_t i = 0; i < differences->count; i++)
        if (strcmp(differences->list[i].path, "survey") == 0) return (int)i;
    return -1;
}

static ve_code compare(ve_session *session, const ve_subject *base, ve_rival *rival) {
    bool data = !ve_same_folder(session->folder, rival->session->folder);
    ve_binder binder = ve_session_binder(session);
    ve_code code = ve_differences_find(&binder, base->tree, rival->subject.tree, data, &rival->differences);
    rival->survey = !code && data ? survey_in(&rival->differences) : -1;
    return code;
}

static ve_code add_scenario(ve_session *session, const ve_subject *base, const ve_scenario *scenario,
                            ve_rival *rival) {
    *rival = (ve_rival){ .name = scenario->name, .session = session };
    ve_code code = ve_check_scenario(session, scenario, base != NULL, &rival->subject);
    return code || !base ? code : compare(session, base, rival);
}

static ve_code add_scenarios(ve_session *session, const ve_subject *base, const ve_scenario *only,
                             struct ve_rivals *rivals) {
    ve_code first = VE_OK;
    for (size_t i = 0; i < session->scenarios; i++) {
        const ve_scenario *scenario = &session->scenario[i];
        if (only && scenario != only) continue;
        first = worse(first, add_scenario(session, base, scenario, &rivals->rival[rivals->count++]));
    }
    return first;
}

static ve_code add_other(ve_session *session, const ve_subject *base, struct ve_rivals *rivals) {
    ve_session *other = session->other;
    ve_rival *rival = &rivals->rival[rivals->count++];
    const ve_scenario *scenario;
    const ve_value *tree;
    *rival = (ve_rival){ .name = other->request->model, .session = other };
    ve_code code = ve_session_scenario(other, &scenario);
    if (!code) code = ve_session_tree(other, scenario, &tree);
    if (!code) code = ve_session_case(other, tree, &rival->subject);
    if (!code) code = other->scenario_fault;
    return code || !base ? code : compare(session, base, rival);
}

ve_code ve_rivals_make(ve_session *session, const ve_subject *base, const ve_scenario *only) {
    struct ve_rivals *rivals = ve_alloc(session->arena, sizeof *rivals);
    if (rivals) rivals->rival = ve_alloc_array(session->arena, session->scenarios + 1, sizeof *rivals->rival);
    if (!rivals || !rivals->rival) return ve_fail_memory(session->errors);
    session->rivals = rivals;
    return session->other ? add_other(session, base, rivals) : add_scenarios(session, base, only, rivals);
}

ve_code ve_changes_find(ve_session *session, const ve_value *tree) {
    ve_session silent = *session;
    ve_differences *found = ve_alloc(session->arena, sizeof *found);
    silent.errors = ve_alloc(session->arena, sizeof *silent.errors);
    if (!found || !silent.errors) return ve_fail_memory(session->errors);
    const ve_value *base;
    ve_binder binder = ve_session_binder(&silent);
    if (ve_session_tree(&silent, NULL, &base) || ve_differences_find(&binder, base, tree, false, found))
        return VE_OK;
    session->changes = found;
    return VE_OK;
}

static int option_of(const ve_model *model, const char *id) {
    for (size_t i = 0; i < model->options; i++)
        if (strcmp(model->option[i].id, id) == 0) return (int)i;
    return -1;
}

const int *ve_rival_options(const ve_model *base, const ve_model *model, ve_arena *arena) {
    int *option = ve_alloc_array(arena, base->options, sizeof *option);
    for (size_t i = 0; option && i < base->options; i++)
        option[i] = option_of(model, base->option[i].id);
    return option;
}

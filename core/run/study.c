/* What a study may call: evaluate the case, and build its report.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/errors.h"
#include "run/session.h"

typedef struct study_room {
    ve_study_services services; /* first: what the study sees of this */
    ve_word_services base;
    ve_session *session;
    const ve_case *subject;
    ve_report_builder *builder;
    bool failed; /* a sentence found no memory */
} study_room;

static const study_room *room_of(const ve_study_services *services) {
    return (const study_room *)services;
}

static ve_code evaluate(const ve_study_services *services, const ve_assumptions *assumptions,
                        const ve_outcome **out) {
    const study_room *room = room_of(services);
    ve_outcome *made = NULL;
    ve_code code =
        ve_evaluate(room->subject, assumptions, room->session->arena, &made, room->session->errors);
    *out = made;
    return code;
}

static const char *words(const study_room *room, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = length < 0 ? NULL : ve_alloc(room->session->arena, (size_t)length + 1);
    if (text)
        vsnprintf(text, (size_t)length + 1, format, args);
    else
        ((study_room *)room)->failed = true;
    return text;
}

static void say(const ve_study_services *services, const char *format, ...) {
    const study_room *room = room_of(services);
    va_list args;
    va_start(args, format);
    const char *text = words(room, format, args);
    va_end(args);
    if (text) ve_report_say(room->builder, text);
}

static void fact(const ve_study_services *services, const char *key, ve_cell value) {
    ve_report_fact(room_of(services)->builder, key, value);
}

static int table(const ve_study_services *services, const char *key, const char *title, unsigned flags,
                 const ve_column *column, size_t columns) {
    return ve_report_table(room_of(services)->builder, key, title, flags, column, columns);
}

static ve_cell *row(const ve_study_services *services, int number) {
    return ve_report_row(room_of(services)->builder, number);
}

static void mark(const ve_study_services *services, int number, int marked) {
    ve_report_mark(room_of(services)->builder, number, marked);
}

static void warn(const ve_study_services *services, ve_code code, const char *hint, const char *format, ...) {
    const study_room *room = room_of(services);
    va_list args;
    va_start(args, format);
    const char *text = words(room, format, args);
    va_end(args);
    if (text) ve_report_warn(room->builder, code, text, hint ? hint : ve_code_get(code)->way_out);
}

/* "platinum 4, gold 2, iron 1, lead 0" */
static const char *tier_weights(const study_room *room) {
    const ve_outline *outline = room->subject->outline;
    const char *text = "";
    for (size_t k = 0; k < outline->tiers && text; k++)
        text = ve_format(room->session->arena, "%s%s%s %.10g", text, k ? ", " : "", outline->tier[k].name,
                         outline->tier[k].weight);
    if (!text) ((study_room *)room)->failed = true;
    return text;
}

/* Whatever the question was: weights by tier are in the answer. */
static void tell_policy(const study_room *room) {
    if (!room->subject->outline->tiers_weighted) return;
    const char *weights = tier_weights(room);
    if (!weights) return;
    say(&room->services, "Customers count by their tier: %s.", weights);
    warn(&room->services, VE_W_TIERS, NULL,
         "Customers count by their tier (%s), which is a policy and not something that the survey says.",
         weights);
}

/* The study's own options: what is wrong with them is wrong with the command line. */
static ve_code bind_params(ve_session *session, const ve_plugin *study, void **params) {
    *params = ve_alloc(session->arena, study->params->size);
    if (!*params) return ve_fail_memory(session->errors);
    ve_binder binder = ve_session_binder(session);
    static const ve_value nothing = { .kind = VE_TABLE };
    const ve_value *given = session->request->study_params;
    size_t told = session->errors->count;
    ve_code code = ve_bind(&binder, study->params, given ? given : &nothing, "", *params);
    if (code && code != VE_E_MEMORY) ve_errors_blame(session->errors, told, VE_OK, VE_E_ARGUMENT);
    return code;
}

ve_code ve_study_run(ve_session *session, const ve_case *subject, const char *scenario) {
    const ve_plugin *study = session->request->study;
    const ve_study_ops *ops = study->ops;
    ve_word word = { .plugin = study, .source = session->request->study_params, .path = "" };
    ve_code code = bind_params(session, study, &word.params);
    if (code) return code;

    study_room room = { .session = session, .subject = subject };
    room.services =
        (ve_study_services){ &room.base.base, subject->outline, evaluate, say, fact, table, row, mark, warn };
    room.builder = ve_report_new(session->arena, study->name);
    if (!room.builder) return ve_fail_memory(session->errors);
    ve_services_init(&room.base, session->arena, session->errors, &word);
    ve_report_about(room.builder, subject->model->file, subject->outline->title, scenario);

    code = ops->study(word.params, &room.services);
    if (code) return code;
    tell_policy(&room);
    if (room.failed) return ve_fail_memory(session->errors);
    return ve_report_finish(room.builder, &session->answer->report, session->errors);
}

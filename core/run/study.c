/* What a study may call: evaluate the case, and build its report.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/errors.h"
#include "run/study.h"

static ve_code evaluate(const ve_study_services *services, const ve_assumptions *assumptions,
                        const ve_outcome **out) {
    const ve_study_room *room = ve_study_room_of(services);
    ve_outcome *made = NULL;
    ve_code code =
        ve_evaluate(&room->subject->made, assumptions, room->session->arena, &made, room->session->errors);
    *out = made;
    return code;
}

static const char *words(const ve_study_room *room, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = length < 0 ? NULL : ve_alloc(room->session->arena, (size_t)length + 1);
    if (text)
        vsnprintf(text, (size_t)length + 1, format, args);
    else
        ((ve_study_room *)room)->failed = true;
    return text;
}

static void say(const ve_study_services *services, const char *format, ...) {
    const ve_study_room *room = ve_study_room_of(services);
    va_list args;
    va_start(args, format);
    const char *text = words(room, format, args);
    va_end(args);
    if (text) ve_report_say(room->builder, text);
}

static void fact(const ve_study_services *services, const char *key, ve_cell value) {
    ve_report_fact(ve_study_room_of(services)->builder, key, value);
}

static int table(const ve_study_services *services, const char *key, const char *title, unsigned flags,
                 const ve_column *column, size_t columns) {
    return ve_report_table(ve_study_room_of(services)->builder, key, title, flags, column, columns);
}

static ve_cell *row(const ve_study_services *services, int number) {
    return ve_report_row(ve_study_room_of(services)->builder, number);
}

static void mark(const ve_study_services *services, int number, int marked) {
    ve_report_mark(ve_study_room_of(services)->builder, number, marked);
}

static void warn(const ve_study_services *services, ve_code code, const char *hint, const char *format, ...) {
    const ve_study_room *room = ve_study_room_of(services);
    va_list args;
    va_start(args, format);
    const char *text = words(room, format, args);
    va_end(args);
    if (text) ve_report_warn(room->builder, code, text, hint ? hint : ve_code_get(code)->way_out);
}

static ve_code no_such_output(const ve_study_room *room, const char *field, const char *hint,
                              const char *message) {
    const ve_services *base = room->services.base;
    return base->fail(base, VE_E_ARGUMENT, field, hint, "%s", message);
}

static ve_code extra_file(const ve_study_services *services, const char *field, const char *path,
                          const char *text) {
    const ve_study_room *room = ve_study_room_of(services);
    ve_answer *answer = room->session->answer;
    ve_arena *arena = room->session->arena;
    if (!*path || strcmp(path, "-") == 0)
        return no_such_output(room, field, "standard output has the report", "a name of a file is wanted");
    ve_extra *grown = ve_alloc_array(arena, answer->extras + 1, sizeof *grown);
    if (!grown) return ve_fail_memory(room->session->errors);
    if (answer->extras) memcpy(grown, answer->extra, answer->extras * sizeof *grown);
    ve_extra *made = &grown[answer->extras];
    *made = (ve_extra){ ve_format(arena, "%s", field), ve_format(arena, "%s", path),
                        ve_copy_text(arena, text, strlen(text)) };
    if (!made->field || !made->path || !made->text) return ve_fail_memory(room->session->errors);
    answer->extra = grown;
    answer->extras++;
    return VE_OK;
}

/* "platinum 4, gold 2, iron 1, lead 0" */
static const char *tier_weights(const ve_study_room *room) {
    const ve_outline *outline = room->subject->made.outline;
    const char *text = "";
    for (size_t k = 0; k < outline->tiers && text; k++)
        text = ve_format(room->session->arena, "%s%s%s %.10g", text, k ? ", " : "", outline->tier[k].name,
                         outline->tier[k].weight);
    if (!text) ((ve_study_room *)room)->failed = true;
    return text;
}

/* Whatever the question was: weights by tier are in the answer. */
static void tell_policy(const ve_study_room *room) {
    if (!room->subject->made.outline->tiers_weighted) return;
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

ve_code ve_study_run(ve_session *session, const ve_subject *subject, const char *scenario) {
    const ve_plugin *study = session->request->study;
    const ve_study_ops *ops = study->ops;
    ve_word word = { .plugin = study, .source = session->request->study_params, .path = "" };
    ve_code code = bind_params(session, study, &word.params);
    if (code) return code;

    ve_study_room room = { .session = session, .subject = subject };
    room.services = (ve_study_services){
        .base = &room.base.base,
        .outline = subject->made.outline,
        .evaluate = evaluate,
        .say = say,
        .fact = fact,
        .table = table,
        .row = row,
        .mark = mark,
        .warn = warn,
        .write = extra_file,
    };
    ve_study_may_vary(&room.services);
    ve_study_may_compare(&room.services);
    room.builder = ve_report_new(session->arena, study->name);
    if (!room.builder) return ve_fail_memory(session->errors);
    ve_services_init(&room.base, session->arena, session->errors, &word);
    ve_report_about(room.builder, subject->made.model->file, subject->made.outline->title, scenario);

    code = ops->study(word.params, &room.services);
    if (code) return code;
    tell_policy(&room);
    if (room.failed) return ve_fail_memory(session->errors);
    return ve_report_finish(room.builder, &session->answer->report, session->errors);
}

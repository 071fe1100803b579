/* Check a model and its data, and all its scenarios, without computing anything.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/errors.h"
#include "run/session.h"

static ve_code check_one(ve_session *session, const ve_scenario *scenario, ve_subject *out) {
    const ve_value *tree;
    ve_code code = ve_session_tree(session, scenario, &tree);
    return code ? code : ve_session_case(session, tree, out);
}

/* Where the model itself is wrong, a scenario would repeat its mistakes: then only what the scenario sets is
 * looked at. */
static ve_code check_settings(ve_session *session, const ve_scenario *scenario) {
    const ve_value *tree;
    return scenario->change ? VE_OK : ve_session_tree(session, scenario, &tree);
}

ve_code ve_check_scenario(ve_session *session, const ve_scenario *scenario, bool sound, ve_subject *out) {
    return sound ? check_one(session, scenario, out) : check_settings(session, scenario);
}

static ve_code check_all(ve_session *session, ve_subject *base) {
    ve_code first = check_one(session, NULL, base);
    bool sound = first == VE_OK;
    for (size_t i = 0; i < session->scenarios; i++) {
        ve_subject subject;
        ve_code code = ve_check_scenario(session, &session->scenario[i], sound, &subject);
        if (!first) first = code;
    }
    return first;
}

static const char *counted(ve_arena *arena, double count, const char *one, const char *many) {
    return ve_format(arena, "%.0f %s", count, count == 1 ? one : many);
}

static const char *sentence(const ve_session *session, const ve_outline *outline) {
    ve_arena *arena = session->arena;
    const char *options = counted(arena, (double)outline->options, "option", "options");
    const char *functions = counted(arena, (double)outline->leaves, "function", "functions");
    const char *customers = counted(arena, outline->customers, "customer", "customers");
    const char *scenarios = counted(arena, (double)session->scenarios, "scenario", "scenarios");
    if (!options || !functions || !customers || !scenarios) return NULL;
    return ve_format(arena, "%s: no mistakes found: %s, %s, %s, %s", session->request->model, options,
                     functions, outline->customers > 0 ? customers : "no survey", scenarios);
}

static void facts(ve_report_builder *builder, const ve_outline *outline, size_t scenarios) {
    ve_report_fact(builder, "options", VE_CELL_OF_NUMBER((double)outline->options));
    ve_report_fact(builder, "functions", VE_CELL_OF_NUMBER((double)outline->leaves));
    ve_report_fact(builder, "customers", VE_CELL_OF_NUMBER(outline->customers));
    ve_report_fact(builder, "skipped", VE_CELL_OF_NUMBER(outline->skipped));
    ve_report_fact(builder, "scenarios", VE_CELL_OF_NUMBER((double)scenarios));
}

ve_code ve_check_run(ve_session *session) {
    ve_subject base = { 0 };
    ve_code code = check_all(session, &base);
    if (!code) code = session->scenario_fault;
    if (code) return code;
    ve_report_builder *builder = ve_report_new(session->arena, "check");
    const char *text = sentence(session, base.made.outline);
    if (!builder || !text) return ve_fail_memory(session->errors);
    ve_report_about(builder, base.made.model->file, base.made.outline->title, NULL);
    ve_report_say(builder, text);
    facts(builder, base.made.outline, session->scenarios);
    return ve_report_finish(builder, &session->answer->report, session->errors);
}

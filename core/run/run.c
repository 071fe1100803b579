/* The one place that calls the stages in order: file -> tree -> model -> survey -> case -> study -> report.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/run.h"

#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/errors.h"
#include "base/file.h"
#include "base/text.h"
#include "num/guard.h"
#include "run/session.h"

static ve_code worse(ve_code first, ve_code code) {
    return first ? first : code;
}

/* ---- what the binder asks -------------------------------------------------------------------- */

static const ve_session *session_of(const ve_binder *binder) {
    return binder->context;
}

static const ve_plugin *find_word(const ve_binder *binder, const char *name) {
    return ve_registry_find(session_of(binder)->registry, name);
}

static size_t words_of_kind(const ve_binder *binder, ve_kind kind, const char **name, size_t room) {
    const ve_registry *registry = session_of(binder)->registry;
    size_t count = 0;
    for (size_t i = 0; i < registry->count && count < room; i++)
        if (registry->list[i].plugin->kind == kind) name[count++] = registry->list[i].plugin->name;
    return count;
}

static ve_code word_mean(const ve_binder *binder, const ve_word *word, double *mean) {
    return ve_word_mean(word, binder->arena, mean, binder->errors);
}

ve_binder ve_session_binder(ve_session *session) {
    return (ve_binder){ .arena = session->arena,
                        .errors = session->errors,
                        .find = find_word,
                        .words = words_of_kind,
                        .mean = word_mean,
                        .function = ve_function_target,
                        .context = session };
}

/* ---- the model file -------------------------------------------------------------------------- */

/* Its registry is this run's own; a plugin that is used twice is there already. */
static ve_code use_plugin(void *context, const ve_plugin *plugin, const char *origin, ve_errors *errors) {
    ve_session *session = context;
    for (size_t i = 0; i < session->registry->count; i++)
        if (session->registry->list[i].plugin == plugin) return VE_OK;
    ve_registry *own = ve_alloc(session->arena, sizeof *own);
    if (!own) return ve_fail_memory(errors);
    *own = *session->registry;
    own->room = own->count; /* its list is another's: adding makes a copy */
    session->registry = own;
    return ve_registry_add(own, session->arena, plugin, origin, errors);
}

static ve_code vocabulary(ve_session *session, ve_vocabulary *words) {
    const ve_registry *registry = session->registry;
    const char **word = ve_alloc_array(session->arena, registry->count, sizeof *word);
    if (!word) return ve_fail_memory(session->errors);
    *words = (ve_vocabulary){ .word = word,
                              .shelf = session->shelf,
                              .use = use_plugin,
                              .context = session,
                              .first_function = session->first_function };
    for (size_t i = 0; i < registry->count; i++)
        if (ve_kind_is_word(registry->list[i].plugin->kind))
            word[words->count++] = registry->list[i].plugin->name;
    return VE_OK;
}

static void add_sources(ve_answer *answer, ve_source *sources) {
    ve_source **end = (ve_source **)(uintptr_t)&answer->sources;
    while (*end)
        end = &(*end)->next;
    *end = sources;
}

static ve_code open_model(ve_session *session) {
    const ve_request *request = session->request;
    ve_vocabulary words;
    if (!session->shelf) session->shelf = ve_shelf_new(session->arena, request->limits, request->watchdog);
    if (!session->shelf) return ve_fail_memory(session->errors);
    ve_code code = vocabulary(session, &words);
    if (!code) code = ve_folder_open(request->model, &session->folder, session->errors);
    if (code) return code;
    ve_source *sources = NULL;
    if (request->watchdog) ve_watchdog_start(request->limits);
    code = ve_host_open(session->arena, request->model, session->folder, &words, request->limits,
                        &session->host, &session->tree, &sources, session->errors);
    ve_watchdog_stop();
    add_sources(session->answer, sources);
    if (!session->tree) return code;
    session->fault = code;
    ve_binder binder = ve_session_binder(session);
    session->scenario_fault = ve_scenarios(&binder, session->tree, &session->scenario, &session->scenarios);
    if (session->scenario_fault) session->scenarios = 0;
    return VE_OK;
}

/* A second model, in the same way; its mistakes are told as well where the first has some. Plugins that
 * either uses are known to both. */
static ve_code open_other(ve_session *session, ve_session *other, ve_request *request) {
    enum { FIRST_FUNCTION = 1 << 24 };
    *request = *session->request;
    request->model = request->other;
    *other = *session;
    other->request = request;
    other->folder = -1;
    other->host = NULL;
    other->first_function = FIRST_FUNCTION;
    ve_code code = open_model(other);
    session->registry = other->registry;
    session->shelf = other->shelf;
    session->other = other;
    return code;
}

static void close_host(ve_session *session) {
    ve_host_close(session->host);
    session->host = NULL;
}

void ve_session_close_hosts(ve_session *session) {
    ve_session *other = session->other;
    if (session->functions || (other && other->functions)) return;
    close_host(session);
    if (other) close_host(other);
}

bool ve_session_asks_lua(const ve_session *session) {
    const ve_session *other = session->other;
    return session->functions || (other && other->functions) || ve_shelf_sources(session->shelf);
}

unsigned ve_session_threads(const ve_session *session) {
    unsigned threads = session->request->threads;
    return threads && !ve_session_asks_lua(session) ? threads : 1;
}

ve_host *ve_session_host(const ve_session *session, const ve_value *function) {
    const ve_session *other = session->other;
    return other && function->function >= other->first_function ? other->host : session->host;
}

static void close_folder(ve_session *session) {
    if (session->folder >= 0) close(session->folder);
    session->folder = -1;
}

/* ---- scenarios and settings ------------------------------------------------------------------ */

ve_code ve_session_scenario(const ve_session *session, const ve_scenario **out) {
    const char *wanted = session->request->scenario;
    *out = NULL;
    if (!wanted || session->scenario_fault) return VE_OK;
    for (size_t i = 0; i < session->scenarios; i++)
        if (strcmp(session->scenario[i].name, wanted) == 0) return *out = &session->scenario[i], VE_OK;
    const char **name = ve_alloc_array(session->arena, session->scenarios, sizeof *name);
    if (!name) return ve_fail_memory(session->errors);
    for (size_t i = 0; i < session->scenarios; i++)
        name[i] = session->scenario[i].name;
    const char *near = ve_text_nearest(wanted, name, session->scenarios);
    ve_place at = session->request->other ? (ve_place){ session->request->model, 0, 0 } : VE_NOWHERE;
    ve_code code =
        ve_fail(session->errors, VE_E_SCENARIO, at, NULL, "the model has no scenario '%s'", wanted);
    if (near)
        ve_hint(session->errors, "did you mean '%s'?", near);
    else if (!session->scenarios)
        ve_hint(session->errors, "it has no scenarios at all");
    else
        ve_hint(session->errors, "its first one is '%s'", name[0]);
    return code;
}

static ve_code set_scenario(const ve_binder *binder, const ve_scenario *scenario, ve_value *tree) {
    ve_code first = VE_OK;
    size_t told = binder->errors->count;
    for (size_t i = 0; scenario && scenario->set && i < scenario->set->table.named; i++) {
        const ve_entry *entry = &scenario->set->table.fields[i];
        ve_code code = ve_path_set(binder, tree, entry->name, &entry->value);
        if (!first) first = code;
    }
    ve_errors_blame(binder->errors, told, VE_E_PATH, VE_E_REFERENCE); /* not the command line's fault here */
    return first;
}

/* With two models it must be said in which. */
static ve_code set_one(const ve_binder *binder, const ve_setting *setting, ve_value *tree) {
    ve_value value;
    const ve_request *request = session_of(binder)->request;
    const char *place = ve_format(binder->arena, "--set %s=%s%s%s", setting->path, setting->value,
                                  request->other ? " in " : "", request->other ? request->model : "");
    if (!place) return ve_fail_memory(binder->errors);
    ve_code code =
        ve_path_value(binder->arena, setting->value, (ve_place){ place, 0, 0 }, &value, binder->errors);
    return code ? code : ve_path_set(binder, tree, setting->path, &value);
}

static ve_code set_all(ve_session *session, const ve_scenario *scenario, ve_value *tree) {
    ve_binder binder = ve_session_binder(session);
    ve_code first = set_scenario(&binder, scenario, tree);
    for (size_t i = 0; i < session->request->sets; i++) {
        ve_code code = set_one(&binder, &session->request->set[i], tree);
        if (!first) first = code;
    }
    return first;
}

static ve_code change_tree(ve_session *session, const ve_scenario *scenario, const ve_value **tree) {
    *tree = session->tree;
    if (!scenario || !scenario->change) return VE_OK;
    if (session->request->watchdog) ve_watchdog_start(session->request->limits);
    ve_code code = ve_host_change(session->host, scenario->change, tree, session->errors);
    ve_watchdog_stop();
    return code;
}

ve_code ve_session_tree(ve_session *session, const ve_scenario *scenario, const ve_value **tree) {
    ve_code code = change_tree(session, scenario, tree);
    if (code) return code;
    if (!session->request->sets && !(scenario && scenario->set)) return VE_OK;
    ve_value *copy = ve_alloc(session->arena, sizeof *copy);
    if (!copy) return ve_fail_memory(session->errors);
    code = ve_value_copy(session->arena, *tree, copy, session->errors);
    *tree = copy;
    return code ? code : set_all(session, scenario, copy);
}

/* ---- from the tree to the case --------------------------------------------------------------- */

ve_code ve_session_case(ve_session *session, const ve_value *tree, ve_subject *out) {
    ve_binder binder = ve_session_binder(session);
    ve_model *model = NULL;
    ve_code code = ve_model_build(&binder, session->request->model, tree, &model);
    if (!model) return code;
    code = worse(session->fault, code);
    *out = (ve_subject){ .tree = tree };
    code = worse(code, ve_prepare_words(model, !code, session->arena, &out->wanted, session->errors));
    if (code) return code;
    const ve_groups *groups = NULL;
    ve_groups *own = NULL;
    code = model->survey.plugin ? ve_session_groups(session, model, &out->wanted, &groups)
                                : ve_own_scores(model, session->arena, &own, session->errors);
    if (code) return worse(code, ve_foresee_targets(model, session->arena, session->errors));
    return ve_prepare_case(model, own ? own : groups, session->arena, &out->made, session->errors);
}

/* ---- a run ----------------------------------------------------------------------------------- */

static ve_code study_scenario(ve_session *session) {
    const ve_scenario *scenario, *only = NULL;
    const ve_value *tree;
    ve_subject subject;
    const ve_request *request = session->request;
    bool compares = request->study && ve_study_flags(request->study->ops) & VE_STUDY_COMPARES;
    ve_code code = ve_session_scenario(session, &scenario);
    if (compares && code) return code;
    if (compares && !session->other) only = scenario, scenario = NULL;
    if (!code) code = ve_session_tree(session, scenario, &tree);
    if (!code) code = ve_session_case(session, tree, &subject);
    if (!code && scenario) code = ve_changes_find(session, tree);
    if (compares) code = worse(code, ve_rivals_make(session, code ? NULL : &subject, only));
    if (!code) code = session->scenario_fault;
    if (code) return code;
    if (request->examine)
        return request->examine(request->examine_context, &subject.made, session->arena, session->errors);
    ve_session_close_hosts(session); /* the folder stays open: a study may ask for customers */
    return ve_study_run(session, &subject, scenario ? scenario->name : NULL);
}

/* Its sources follow the model's: messages may show lines of both. */
static void close_shelf(ve_session *session) {
    add_sources(session->answer, (ve_source *)(uintptr_t)ve_shelf_sources(session->shelf));
    if (!session->request->shelf) ve_shelf_close(session->shelf);
}

static void tell_in_order(const ve_answer *answer, ve_errors *errors) {
    ve_sources_complete(answer->sources, errors);
    ve_errors_sort(errors);
}

ve_code ve_run(const ve_request *request, const ve_registry *registry, ve_arena *arena, ve_answer *answer,
               ve_errors *errors) {
    *answer = (ve_answer){ 0 };
    ve_gsl_guard();
    struct ve_readings *readings = NULL;
    ve_session session = { .request = request,
                           .registry = registry,
                           .shelf = request->shelf,
                           .arena = arena,
                           .answer = answer,
                           .errors = errors,
                           .folder = -1,
                           .readings = &readings },
               other = { .folder = -1 };
    ve_request of_other;
    ve_code code = open_model(&session);
    if (request->other) code = worse(code, open_other(&session, &other, &of_other));
    if (!code) code = request->study || request->examine ? study_scenario(&session) : ve_check_run(&session);
    if (!code) code = ve_shelf_failure(session.shelf, errors);
    close_host(&session);
    close_host(&other);
    close_folder(&session);
    close_folder(&other);
    close_shelf(&session);
    if (code == VE_E_MEMORY) ve_fail_memory(errors); /* also where a plugin said nothing */
    if (code) tell_in_order(answer, errors);
    return code;
}

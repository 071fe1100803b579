/* One plugin, its kind's properties, and the folder that its models are written to.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "prove/internal.h"

/* ---- telling --------------------------------------------------------------------------------- */

void ve_proof_tell(ve_proof *p, const char *property, bool holds, const char *format, ...) {
    va_list args;
    va_start(args, format);
    vsnprintf(p->detail, sizeof p->detail, format, args);
    va_end(args);
    p->prover->tell(p->prover->context, property, holds ? VE_HOLDS : VE_FAILS, holds ? "" : p->detail);
}

void ve_proof_usual(ve_proof *p) {
    for (p->ids = 0; p->ids < 3; p->ids++)
        snprintf(p->id[p->ids], sizeof p->id[0], "F%zu", p->ids + 1);
}

void ve_proof_skip(ve_proof *p, const char *property, const char *why) {
    p->prover->tell(p->prover->context, property, VE_NOT_TRIED, why);
}

const char *ve_proof_why(const ve_proof *p) {
    return p->own.count ? p->own.list[0].message : "";
}

/* ---- running --------------------------------------------------------------------------------- */

typedef struct looking {
    ve_proof *proof;
    ve_proof_look *look;
} looking;

static ve_code look_at(void *context, const ve_case *subject, ve_arena *arena, ve_errors *errors) {
    looking *l = context;
    return l->look(l->proof, subject, arena, errors);
}

static ve_code run(ve_proof *p, const char *model, ve_request *request) {
    char path[160];
    snprintf(path, sizeof path, "%s/model.lua", p->folder);
    ve_arena_reset(p->arena);
    p->own.count = p->own.dropped = 0;
    ve_code code = ve_file_write(path, model, strlen(model), NULL, 0, &p->own);
    if (code) return code;
    request->model = path;
    request->limits = &ve_limits_default;
    request->shelf = p->prover->shelf;
    return ve_run(request, p->registry, p->arena, &p->answer, &p->own);
}

ve_code ve_proof_run(ve_proof *p, const char *model, const char *study, const ve_value *params,
                     unsigned threads) {
    ve_request request = { .study = study ? ve_registry_get(p->registry, VE_KIND_STUDY, study) : NULL,
                           .study_params = params,
                           .threads = threads };
    return run(p, model, &request);
}

ve_code ve_proof_case_on(ve_proof *p, const char *model, ve_proof_look *look, unsigned threads) {
    looking l = { p, look };
    ve_request request = { .examine = look_at, .examine_context = &l, .threads = threads };
    return run(p, model, &request);
}

ve_code ve_proof_case(ve_proof *p, const char *model, ve_proof_look *look) {
    return ve_proof_case_on(p, model, look, 1);
}

ve_code ve_proof_set(ve_proof *p, const char *model, const ve_setting *set, size_t sets) {
    ve_request request = {
        .study = ve_registry_get(p->registry, VE_KIND_STUDY, "run"), .set = set, .sets = sets, .threads = 1
    };
    return run(p, model, &request);
}

/* ---- a folder of its own --------------------------------------------------------------------- */

static ve_code make_folder(ve_proof *p, ve_errors *errors) {
    const char *temporary = getenv("TMPDIR");
    snprintf(p->folder, sizeof p->folder, "%.90s/vescore-prove-XXXXXX",
             temporary && *temporary ? temporary : "/tmp");
    if (mkdtemp(p->folder)) return VE_OK;
    ve_fail(errors, VE_E_WRITE, VE_NOWHERE, NULL, "no folder can be made for the models to try");
    ve_hint(errors, "set TMPDIR to a folder that you may write to");
    return VE_E_WRITE;
}

static void remove_folder(const ve_proof *p) {
    char path[512];
    DIR *entries = opendir(p->folder);
    for (struct dirent *entry; entries && (entry = readdir(entries));) {
        snprintf(path, sizeof path, "%s/%s", p->folder, entry->d_name);
        if (entry->d_name[0] != '.') unlink(path);
    }
    if (entries) closedir(entries);
    rmdir(p->folder);
}

/* ---- the plugin ------------------------------------------------------------------------------ */

static void prove_kind(ve_proof *p) {
    static void (*const kind[VE_KIND_COUNT])(ve_proof *) = {
        [VE_KIND_DISTRIBUTION] = ve_prove_distribution,
        [VE_KIND_JUDGEMENT] = ve_prove_judgement,
        [VE_KIND_COST] = ve_prove_cost,
        [VE_KIND_RULE] = ve_prove_rule,
        [VE_KIND_SURVEY] = ve_prove_survey,
        [VE_KIND_STUDY] = ve_prove_study,
        [VE_KIND_REPORT] = ve_prove_report,
    };
    kind[p->plugin->kind](p);
}

static void find_example(ve_proof *p) {
    const char *example = p->plugin->params->example;
    p->word = example ? strstr(example, ve_kind_is_word(p->plugin->kind) ? "ve." : "") : NULL;
    if (ve_kind_is_word(p->plugin->kind))
        ve_proof_tell(p, "it has an example", p->word != NULL,
                      "the description has no example such as ve.%s { ... }, so that nothing can be tried",
                      p->plugin->name);
}

static ve_code prove(ve_proof *p, ve_errors *errors) {
    ve_code code = make_folder(p, errors);
    if (code) return code;
    ve_proof_usual(p);
    code = ve_world_files(p, errors);
    if (!code) find_example(p);
    if (!code && (p->word || !ve_kind_is_word(p->plugin->kind))) prove_kind(p);
    remove_folder(p);
    return code;
}

ve_code ve_prove(const ve_plugin *plugin, const ve_registry *registry, const ve_prover *prover,
                 ve_errors *errors) {
    ve_proof *p = calloc(1, sizeof *p);
    if (!p) return ve_fail_memory(errors);
    p->plugin = plugin;
    p->registry = registry;
    p->prover = prover;
    p->arena = ve_arena_new(0);
    ve_code code = p->arena ? prove(p, errors) : ve_fail_memory(errors);
    ve_arena_free(p->arena);
    free(p);
    return code;
}

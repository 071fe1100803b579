/* What the tests of several plugins of one kind share: their models, and what they look at.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "kinds.h"

#include <stdio.h>
#include <string.h>

/* ---- judgements ---------------------------------------------------------------------------------- */

ve_code ve_test_weigh(ve_test *t, const char *judgement, int count) {
    char model[8000], functions[1600] = "", scores[1600] = "";
    for (int k = 1; k <= count; k++) {
        size_t used = strlen(functions), more = strlen(scores);
        snprintf(functions + used, sizeof functions - used, "{ id = 'F%d' }, ", k);
        snprintf(scores + more, sizeof scores - more, "F%d = 1, ", k);
    }
    snprintf(
        model, sizeof model,
        "{ functions = {\nweights = %s,\n%s },\n"
        "  options = { { id = 'A', cost = 1, scores = { %s } }, { id = 'B', cost = 1, scores = { %s } } } }",
        judgement, functions, scores, scores);
    return ve_test_run(t, model);
}

bool ve_test_weights(const ve_test *t, const double *wanted, int count, double sum, double tolerance) {
    bool all = true;
    for (int k = 0; k < count; k++) {
        char id[16];
        snprintf(id, sizeof id, "F%d", k + 1);
        all &= ve_test_near(ve_test_weight(t, id), wanted[k] / sum, tolerance);
    }
    return all;
}

/* ---- rules --------------------------------------------------------------------------------------- */

ve_code ve_test_choose(ve_test *t, const char *rule, double a, double b, double c) {
    char model[1000];
    snprintf(model, sizeof model,
             "{ functions = { { id = 'f' } }, choose =\n%s,\n"
             "options = { { id = 'A', cost = %.17g, scores = { f = 4 } }, { id = 'B', cost = %.17g, scores = "
             "{ f = 3 } },\n"
             "{ id = 'C', cost = %.17g, scores = { f = 1.5 } } } }",
             rule, a, b, c);
    return ve_test_run(t, model);
}

bool ve_test_best(const ve_test *t, const char *id) {
    const char *best = ve_test_fact(t, "best");
    bool is = best && id ? strcmp(best, id) == 0 : best == id;
    if (!is) fprintf(stderr, "best is %s, not %s\n", best ? best : "none", id ? id : "none");
    return is;
}

/* ---- studies ------------------------------------------------------------------------------------- */

static ve_code run_within(ve_test *t, const char *study, const ve_value *params, size_t limit) {
    char path[512];
    ve_arena *arena = ve_arena_new(limit);
    t->errors.count = t->errors.dropped = 0;
    if (!arena) return ve_fail_memory(&t->errors);
    snprintf(path, sizeof path, "%s/model.lua", t->folder);
    ve_request request = { .model = path,
                           .study = ve_registry_get(t->registry, VE_KIND_STUDY, study),
                           .study_params = params,
                           .limits = &ve_limits_default,
                           .threads = 1 };
    ve_code code = ve_run(&request, t->registry, arena, &t->answer, &t->errors);
    ve_arena_free(arena);
    return code;
}

bool ve_test_memory(ve_test *t, const char *study, const ve_value *params, size_t depth, size_t step) {
    size_t low = 1024, high = (size_t)64 << 20;
    if (run_within(t, study, params, high)) return false;
    while (high - low > 16) {
        size_t middle = low + (high - low) / 2;
        if (run_within(t, study, params, middle) == VE_OK)
            high = middle;
        else
            low = middle;
    }
    for (size_t less = 16; less < depth && less < high; less += step) {
        ve_code code = run_within(t, study, params, high - less);
        if (code == VE_E_MEMORY && t->errors.count > 0) continue;
        fprintf(stderr, "%zu bytes below the %zu needed: %s\n", less, high, ve_code_get(code)->id);
        return false;
    }
    return true;
}

/* A folder of the fuzzer's own with a model in it, run as the program would.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_FUZZ_ROOM_H
#define VE_FUZZ_ROOM_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/errors.h"
#include "run/run.h"

static char fuzz_folder[] = P_tmpdir "/ve-fuzz-XXXXXX";
static bool fuzz_ready;

static void fuzz_forget(void) {
    char path[128];
    static const char *const names[] = { "model.lua", "data.csv" };
    for (size_t i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s", fuzz_folder, names[i]);
        unlink(path);
    }
    rmdir(fuzz_folder);
}

static inline void fuzz_write(const char *name, const void *bytes, size_t size) {
    char path[128];
    if (!fuzz_ready) {
        if (!mkdtemp(fuzz_folder)) abort();
        atexit(fuzz_forget);
        fuzz_ready = true;
    }
    snprintf(path, sizeof path, "%s/%s", fuzz_folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, size, file) != size || fclose(file) != 0) abort();
}

/* Whatever the input, a run ends with a report, or with at least one error of a known status and clean text.
 */
static inline void fuzz_run(unsigned threads) {
    static ve_errors errors;
    ve_limits limits = ve_limits_default;
    limits.steps = 200000;
    limits.memory = 8 << 20;
    char path[128];
    snprintf(path, sizeof path, "%s/model.lua", fuzz_folder);
    ve_arena *arena = ve_arena_new((size_t)256 << 20);
    ve_registry *registry = NULL;
    errors.count = errors.dropped = 0;
    if (!arena || ve_registry_new(arena, ve_plugins_builtin, &registry, &errors)) abort();
    ve_request request = { .model = path,
                           .study = ve_registry_get(registry, VE_KIND_STUDY, "run"),
                           .limits = &limits,
                           .threads = threads };
    ve_answer answer;
    ve_code code = ve_run(&request, registry, arena, &answer, &errors);
    if ((code == VE_OK) != (errors.count == 0) || (code == VE_OK && !answer.report)) abort();
    if (code && ve_errors_status(&errors) == 70) abort();
    for (size_t i = 0; i < errors.count; i++)
        for (const char *p = errors.list[i].message; *p; p++)
            if ((unsigned char)*p < 0x20 || *p == 0x7f) abort();
    ve_arena_free(arena);
}

#endif

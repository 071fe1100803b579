/* Any bytes as a model file: run in the room, changed, called, checked; memory may run out anywhere.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/errors.h"
#include "base/text.h"
#include "host/host.h"
#include "run/run.h"

enum { FUNCTIONS = 8 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool truth, const char *what) {
    if (truth) return;
    fprintf(stderr, "broken: %s\n", what);
    abort();
}

/* The file lives in memory; the same one every time. */
static const char *put_file(const uint8_t *data, size_t size) {
    static int file = -1;
    static char path[64];
    if (file < 0) file = memfd_create("model.lua", MFD_CLOEXEC);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    demand(ftruncate(file, 0) == 0 && pwrite(file, data, size, 0) == (ssize_t)size, "file");
    lseek(file, 0, SEEK_SET);
    return path;
}

/* One input in four runs short of memory, in the room or outside of it: by the input, so that it does so
 * again. */
static uint64_t hash(const uint8_t *data, size_t size) {
    uint64_t h = 1469598103934665603u;
    for (size_t i = 0; i < size; i++)
        h = (h ^ data[i]) * 1099511628211u;
    return h;
}

static ve_limits limits_for(uint64_t h) {
    ve_limits limits = ve_limits_default;
    limits.memory = 4u << 20;
    limits.block = 1u << 18;
    limits.steps = 200000;
    limits.seconds = 2;
    limits.nodes = 10000;
    if (h % 8 == 0) limits.memory = (size_t)(h >> 32) % 100000;
    return limits;
}

static void check_errors(const ve_errors *errors, ve_code code) {
    demand((code == VE_OK) == (errors->count == 0), "a failure without an error, or the other way round");
    for (size_t i = 0; i < errors->count; i++) {
        const ve_error *e = &errors->list[i];
        demand(*e->message != '\0', "an empty message");
        demand(ve_utf8_valid(e->message, strlen(e->message)), "a message that is not UTF-8");
        demand(ve_utf8_valid(e->hint, strlen(e->hint)), "a hint that is not UTF-8");
        for (const char *p = e->message; *p; p++)
            demand((unsigned char)*p >= 0x20 && *p != 0x7f, "a control byte");
    }
}

/* The first functions of the tree, and that all numbers in it are usable. */
static size_t walk(const ve_value *value, const ve_value **function, size_t count) {
    if (value->kind == VE_NUMBER) demand(isfinite(value->number), "a number that is not finite");
    if (value->kind == VE_TEXT) demand(strlen(value->text.bytes) == value->text.length, "a text with NUL");
    if (value->kind == VE_FUNCTION && count < FUNCTIONS) function[count++] = value;
    if (value->kind != VE_TABLE) return count;
    for (size_t i = 0; i < value->table.count; i++)
        count = walk(&value->table.items[i], function, count);
    for (size_t i = 0; i < value->table.named; i++)
        count = walk(&value->table.fields[i].value, function, count);
    return count;
}

static void use(ve_host *host, const ve_value *function) {
    static const double income[] = { 0, 1000, 2e9 },
                        age[] = { -1, 0.5, 80 }, *const column[] = { income, age };
    static const char *const name[] = { "income", "age" };
    const ve_columns columns = { 3, 2, column };
    double out[3] = { 0, 0, 0 };
    static ve_errors errors;
    const ve_value *changed = NULL;
    memset(&errors, 0, sizeof errors);
    ve_code code = ve_host_change(host, function, &changed, &errors);
    check_errors(&errors, code);
    demand((code == VE_OK) == (changed != NULL), "a changed model without success, or the other way round");
    memset(&errors, 0, sizeof errors);
    code = ve_host_call(host, function, "target", name, &columns, out, &errors);
    check_errors(&errors, code);
    for (size_t i = 0; i < 3 && !code; i++)
        demand(isfinite(out[i]) && out[i] >= 0, "a weight out of range");
}

static const char *const word[] = { "normal", "equal", "direct", "csv", "answers", "parties", "life_cycle" };
static const ve_vocabulary words = { .word = word, .count = sizeof word / sizeof *word };

static bool run_host(ve_arena *arena, const char *path, const ve_limits *limits) {
    static ve_errors errors;
    ve_host *host = NULL;
    ve_source *sources = NULL;
    const ve_value *model = NULL, *function[FUNCTIONS];
    memset(&errors, 0, sizeof errors);
    ve_code code = ve_host_open(arena, path, -1, &words, limits, &host, &model, &sources, &errors);
    check_errors(&errors, code);
    demand(code || model, "success without a model");
    size_t functions = model ? walk(model, function, 0) : 0;
    for (size_t i = 0; i < functions; i++)
        use(host, function[i]);
    ve_host_close(host);
    return model != NULL;
}

/* What is a model, however wrong, goes through all stages. */
static void run_study(ve_arena *arena, const char *path, const ve_limits *limits) {
    static ve_arena *plugins;
    static ve_registry *registry;
    static ve_errors errors;
    ve_answer answer = { 0 };
    memset(&errors, 0, sizeof errors);
    if (!plugins) plugins = ve_arena_new(0);
    if (!registry)
        demand(ve_registry_new(plugins, ve_plugins_builtin, &registry, &errors) == VE_OK, "the plugins");
    ve_request request = { .model = path, .limits = limits, .threads = 1 };
    request.study = ve_registry_get(registry, VE_KIND_STUDY, "run");
    ve_code code = ve_run(&request, registry, arena, &answer, &errors);
    check_errors(&errors, code);
    request.study = NULL;
    memset(&errors, 0, sizeof errors);
    check_errors(&errors, ve_run(&request, registry, arena, &answer, &errors));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    uint64_t h = hash(data, size);
    ve_limits limits = limits_for(h);
    const char *path = put_file(data, size);
    ve_arena *arena = ve_arena_new(h % 8 == 1 ? (size_t)(h >> 40) % 65536 + 1 : (size_t)64 << 20);
    if (arena && run_host(arena, path, &limits)) run_study(arena, path, &limits);
    ve_arena_free(arena);
    return 0;
}

/* What happens when the n-th allocation fails, for every n: told as out of memory, nothing lost, nothing
 * broken. SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/errors.h"
#include "base/file.h"
#include "base/text.h"
#include "plug/registry.h"
#include "no_memory.h"

static ve_errors errors;

static ve_code read_source(ve_arena *arena) {
    char *bytes;
    size_t length;
    return ve_file_read(arena, VE_SOURCE_DIR "/LICENSE", 1 << 20, &bytes, &length, &errors);
}

static ve_code fill_registry(ve_arena *arena) {
    ve_registry *registry;
    return ve_registry_new(arena, ve_plugins_builtin, &registry, &errors);
}

static ve_code load_sample(ve_arena *arena) {
    static const ve_plugin *const nothing[] = { NULL };
    ve_registry *registry;
    ve_code code = ve_registry_new(arena, nothing, &registry, &errors);
    return code ? code
                : ve_registry_load(registry, arena, VE_BINARY_DIR "/tests/samples/missing.so", &errors);
}

static ve_code fill_buffer(ve_arena *arena) {
    (void)arena;
    ve_buffer buffer = { 0 };
    for (int i = 0; i < 2000; i++)
        ve_put_format(&buffer, "%d,", i);
    ve_put_text(&buffer, "end");
    bool failed = buffer.failed;
    ve_buffer_free(&buffer);
    return failed ? ve_fail_memory(&errors) : VE_OK;
}

static ve_code fill_arena(ve_arena *arena) {
    for (size_t i = 1; i < 200; i++)
        if (!ve_alloc(arena, i * 997)) return ve_fail_memory(&errors);
    return ve_format(arena, "%s", "text") ? VE_OK : ve_fail_memory(&errors);
}

/* Every point of failure until the work is done without one. `done` is how it ends then. */
static void sweep(ve_code (*work)(ve_arena *), ve_code done) {
    for (int round = 0; round < 2; round++) {
        sticky = round == 1;
        for (long n = 0;; n++) {
            assert_true(n < 1000);
            memset(&errors, 0, sizeof errors);
            left = n;
            failures = 0;
            ve_arena *arena = ve_arena_new(0);
            ve_code code = arena ? work(arena) : ve_fail_memory(&errors);
            left = -1;
            ve_arena_free(arena);
            if (failures == 0) {
                assert_int_equal(code, done);
                break;
            }
            assert_int_equal(code, VE_E_MEMORY);
            assert_int_equal(errors.count, 1);
            assert_int_equal(errors.list[0].code, VE_E_MEMORY);
        }
    }
}

static void files_are_read_or_not(void **state) {
    (void)state;
    sweep(read_source, VE_OK);
}

static void registries_are_filled_or_not(void **state) {
    (void)state;
    sweep(fill_registry, VE_OK);
}

static void a_missing_plugin_is_told_as_such(void **state) {
    (void)state;
    sweep(load_sample, VE_E_PLUGIN_LOAD);
}

static void buffers_are_filled_or_not(void **state) {
    (void)state;
    sweep(fill_buffer, VE_OK);
}

static void arenas_are_filled_or_not(void **state) {
    (void)state;
    sweep(fill_arena, VE_OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_read_or_not),
        cmocka_unit_test(registries_are_filled_or_not),
        cmocka_unit_test(a_missing_plugin_is_told_as_such),
        cmocka_unit_test(buffers_are_filled_or_not),
        cmocka_unit_test(arenas_are_filled_or_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

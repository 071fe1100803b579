/* Arenas: alignment, zeroes, limits, reuse after a reset.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

static void gives_aligned_zeroes(void **state) {
    (void)state;
    ve_arena *arena = ve_arena_new(0);
    for (size_t bytes = 0; bytes < 3000; bytes++) {
        unsigned char *p = ve_alloc(arena, bytes);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < bytes; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xaa, bytes);
    }
    ve_arena_free(arena);
    ve_arena_free(NULL);
}

static void pieces_do_not_overlap(void **state) {
    (void)state;
    enum { COUNT = 2000 };
    ve_arena *arena = ve_arena_new(0);
    unsigned char *piece[COUNT];
    size_t size[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        size[i] = i * 7919 % 5000;
        piece[i] = ve_alloc(arena, size[i]);
        memset(piece[i], (int)(i & 0xff), size[i]);
    }
    for (size_t i = 0; i < COUNT; i++)
        for (size_t k = 0; k < size[i]; k++)
            assert_int_equal(piece[i][k], i & 0xff);
    ve_arena_free(arena);
}

static void large_pieces_fit(void **state) {
    (void)state;
    ve_arena *arena = ve_arena_new(0);
    char *p = ve_alloc(arena, 50 * 1024 * 1024);
    assert_non_null(p);
    p[50 * 1024 * 1024 - 1] = 1;
    assert_non_null(ve_alloc(arena, 10));
    ve_arena_free(arena);
}

static void the_limit_holds(void **state) {
    (void)state;
    ve_arena *arena = ve_arena_new(1000);
    assert_null(ve_alloc(arena, 1001));
    assert_non_null(ve_alloc(arena, 900));
    assert_null(ve_alloc(arena, 200));
    assert_non_null(ve_alloc(arena, 16)); /* a refusal spoils nothing */
    ve_arena_free(arena);
    arena = ve_arena_new(1024);
    assert_non_null(ve_alloc(arena, 1024));
    assert_null(ve_alloc(arena, 1));
    ve_arena_free(arena);
}

static void sizes_that_overflow_are_refused(void **state) {
    (void)state;
    ve_arena *arena = ve_arena_new(0);
    assert_null(ve_alloc(arena, SIZE_MAX));
    assert_null(ve_alloc(arena, SIZE_MAX - 20));
    assert_null(ve_alloc_array(arena, SIZE_MAX / 2, 3));
    assert_null(ve_alloc_array(arena, 3, SIZE_MAX / 2));
    assert_null(ve_copy_text(arena, "", SIZE_MAX));
    assert_non_null(ve_alloc_array(arena, 0, 8));
    assert_non_null(ve_alloc_array(arena, 8, 0));
    ve_arena_free(arena);
}

static void a_reset_gives_the_same_memory_again(void **state) {
    (void)state;
    ve_arena *arena = ve_arena_new(200 * 1024);
    for (int round = 0; round < 1000; round++) { /* would pass the limit many times over without reuse */
        for (int i = 0; i < 100; i++) {
            unsigned char *p = ve_alloc(arena, 1000);
            assert_non_null(p);
            assert_int_equal(p[0] | p[999], 0);
            memset(p, 0xff, 1000);
        }
        ve_arena_reset(arena);
    }
    ve_arena_free(arena);
}

/* What was written before a reset does not shine through, however the memory is divided now. */
static void memory_is_zero_after_a_reset(void **state) {
    (void)state;
    ve_arena *arena = ve_arena_new(0);
    for (size_t round = 1; round < 60; round++) {
        for (size_t i = 0; i < 1 + round % 7; i++) {
            size_t bytes = 37 * round + 11 * i;
            unsigned char *p = ve_alloc(arena, bytes), any = 0;
            for (size_t b = 0; b < bytes; b++)
                any |= p[b];
            assert_int_equal(any, 0);
            memset(p, 0xff, bytes);
        }
        ve_arena_reset(arena);
    }
    ve_arena_free(arena);
}

static void texts_are_copied_and_formatted(void **state) {
    (void)state;
    ve_arena *arena = ve_arena_new(0);
    assert_string_equal(ve_copy_text(arena, "abcdef", 3), "abc");
    assert_string_equal(ve_copy_text(arena, NULL, 0), "");
    assert_string_equal(ve_format(arena, "%s-%d", "x", 42), "x-42");
    char *wide = ve_format(arena, "%0*d", 40000, 7);
    assert_int_equal(strlen(wide), 40000);
    ve_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_aligned_zeroes),
        cmocka_unit_test(pieces_do_not_overlap),
        cmocka_unit_test(large_pieces_fit),
        cmocka_unit_test(the_limit_holds),
        cmocka_unit_test(sizes_that_overflow_are_refused),
        cmocka_unit_test(a_reset_gives_the_same_memory_again),
        cmocka_unit_test(memory_is_zero_after_a_reset),
        cmocka_unit_test(texts_are_copied_and_formatted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

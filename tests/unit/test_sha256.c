/* SHA-256 against the published examples, and files pinned to their sums.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * FIPS 180-4's examples: csrc.nist.gov, "Examples with Intermediate Values", SHA256.pdf; a million times "a"
 * from FIPS 180-2, appendix B.3. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/pin.h"

/* In pieces of so many bytes. */
static void assert_sum(const char *bytes, size_t length, size_t piece, const char *wanted) {
    ve_sha256 sum;
    char hex[VE_SHA256_HEX];
    ve_sha256_begin(&sum);
    for (size_t at = 0; at < length; at += piece)
        ve_sha256_add(&sum, bytes + at, length - at < piece ? length - at : piece);
    ve_sha256_end(&sum, hex);
    assert_string_equal(hex, wanted);
}

static void published(void **state) {
    (void)state;
    static const char two[] = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    enum { MILLION = 1000000 };
    char *many = malloc(MILLION);
    memset(many, 'a', MILLION);
    static const size_t piece[] = { 1, 3, 55, 56, 63, 64, 65, 4096 };
    for (size_t i = 0; i < sizeof piece / sizeof *piece; i++) {
        assert_sum("", 0, piece[i], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_sum("abc", 3, piece[i], "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_sum(two, 56, piece[i], "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
        assert_sum(many, MILLION, piece[i],
                   "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }
    free(many);
}

/* Of every length around the ends of blocks: all bytes count, and none that is not there. */
static void every_byte_counts(void **state) {
    (void)state;
    char before[VE_SHA256_HEX] = "", hex[VE_SHA256_HEX], other[VE_SHA256_HEX], bytes[200] = { 0 };
    for (size_t length = 0; length < sizeof bytes; length++) {
        ve_sha256 sum;
        ve_sha256_begin(&sum);
        ve_sha256_add(&sum, bytes, length);
        ve_sha256_end(&sum, hex);
        assert_string_not_equal(hex, before);
        memcpy(before, hex, sizeof hex);
        if (!length) continue;
        bytes[length - 1] = 1;
        ve_sha256_begin(&sum);
        ve_sha256_add(&sum, bytes, length);
        ve_sha256_end(&sum, other);
        bytes[length - 1] = 0;
        assert_string_not_equal(hex, other);
    }
}

#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static void names_are_split(void **state) {
    (void)state;
    ve_arena *arena = ve_arena_new(0);
    ve_errors errors = { 0 };
    const char *file, *pin;
    assert_int_equal(ve_pin_split(arena, "a.lua", &file, &pin, &errors), VE_OK);
    assert_string_equal(file, "a.lua");
    assert_null(pin);
    assert_int_equal(ve_pin_split(arena, "x@y/a.so@sha256:" ABC, &file, &pin, &errors), VE_OK);
    assert_string_equal(file, "x@y/a.so");
    assert_string_equal(pin, ABC);
    assert_int_equal(
        ve_pin_split(arena, "a.so@sha256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
                     &file, &pin, &errors),
        VE_OK);
    assert_string_equal(pin, ABC);
    static const char *const wrong[] = { "a@sha256:", "a@sha256:12", "a@sha256:" ABC "0", "a@sha256:" ABC " ",
                                         ("a@sha256:g" ABC) };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        errors.count = 0;
        assert_int_equal(ve_pin_split(arena, wrong[i], &file, &pin, &errors), VE_E_PLUGIN_NAME);
        assert_non_null(strstr(errors.list[0].message, "behind @sha256: stand 64 digits of 0-9 and a-f"));
    }
    ve_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published),
        cmocka_unit_test(every_byte_counts),
        cmocka_unit_test(names_are_split),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

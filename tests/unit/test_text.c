/* UTF-8, the text policy, ids, nearest names, the growing buffer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wctype.h>

#include <cmocka.h>

#include "base/text.h"

static size_t encode(unsigned c, char out[4]) {
    if (c < 0x80) return out[0] = (char)c, 1;
    if (c < 0x800) return out[0] = (char)(0xc0 | c >> 6), out[1] = (char)(0x80 | (c & 63)), 2;
    if (c < 0x10000) {
        out[0] = (char)(0xe0 | c >> 12), out[1] = (char)(0x80 | (c >> 6 & 63)),
        out[2] = (char)(0x80 | (c & 63));
        return 3;
    }
    out[0] = (char)(0xf0 | c >> 18), out[1] = (char)(0x80 | (c >> 12 & 63));
    out[2] = (char)(0x80 | (c >> 6 & 63)), out[3] = (char)(0x80 | (c & 63));
    return 4;
}

static void every_character_is_read_back(void **state) {
    (void)state;
    for (unsigned c = 0; c < 0x120000; c++) {
        char bytes[4];
        unsigned back = 0;
        size_t length = encode(c, bytes);
        bool valid = c < 0x110000 && !(c >= 0xd800 && c < 0xe000);
        assert_int_equal(ve_utf8_next(bytes, bytes + length, &back), valid ? length : 0);
        if (valid) assert_int_equal(back, c);
        if (valid && length > 1) assert_int_equal(ve_utf8_next(bytes, bytes + length - 1, &back), 0);
    }
}

static void broken_sequences_are_refused(void **state) {
    (void)state;
    static const char *const bad[] = { "\x80",
                                       "\xbf",
                                       "\xc0\x80",
                                       "\xc1\xbf",
                                       "\xe0\x80\x80",
                                       "\xe0\x9f\xbf",
                                       "\xed\xa0\x80",
                                       "\xf0\x8f\xbf\xbf",
                                       "\xf4\x90\x80\x80",
                                       "\xf5\x80\x80\x80",
                                       "\xfe",
                                       "\xff",
                                       "a\xc3",
                                       "\xe4\xbb",
                                       "\xc3\x28",
                                       "\xe4\x28\xb7" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(ve_utf8_valid(bad[i], strlen(bad[i])));
    assert_true(ve_utf8_valid("", 0));
    assert_true(ve_utf8_valid("a\0b", 3));
    assert_true(ve_utf8_valid("价值 Größe \xf0\x9f\x8f\xa0", 20));
}

static void assert_fault(const char *bytes, size_t length, const char *wanted) {
    char room[128];
    const char *fault = ve_text_fault(bytes, length, room, sizeof room);
    if (!wanted)
        assert_null(fault);
    else
        assert_string_equal(fault, wanted);
}

static void the_text_policy_says_what_is_wrong(void **state) {
    (void)state;
    static char big[VE_TEXT_MAX + 1];
    memset(big, 'x', sizeof big);
    assert_fault("Storey height 层高 (m²)", 26, NULL);
    assert_fault(big, VE_TEXT_MAX - 1, NULL);
    assert_fault(big, VE_TEXT_MAX, NULL);
    assert_fault(big, VE_TEXT_MAX + 1, "it is 1025 bytes long (at most 1024 are allowed)");
    assert_fault("", 0, "it is empty");
    assert_fault("a\xff", 2, "it is not valid UTF-8 (byte 0xff)");
    assert_fault("a\0b", 3, "it contains a control character (U+0000)");
    assert_fault("a\nb", 3, "it contains a control character (U+000A)");
    assert_fault("\x7f", 1, "it contains a control character (U+007F)");
    assert_fault("\xc2\x9b", 2, "it contains a control character (U+009B)");
    assert_fault("\xe2\x80\xae", 3, "it contains a character that turns the writing direction (U+202E)");
    assert_fault("\xe2\x80\x8b", 3, "it contains an invisible character (U+200B)");
}

static void the_policy_refuses_exactly_its_list(void **state) {
    (void)state;
    char bytes[4], room[128];
    unsigned refused = 0;
    for (unsigned c = 0; c < 0x110000; c++) {
        if (c >= 0xd800 && c < 0xe000) continue;
        if (ve_text_fault(bytes, encode(c, bytes), room, sizeof room)) refused++;
    }
    assert_int_equal(refused, 32 + 33 + 1 + 2 + 5 + 4 + 1 + 2 + 1 + 1);
}

static void ids_are_letters_digits_and_two_signs(void **state) {
    (void)state;
    static const char *const good[] = { "A",     "_",  "F1",   "steel-15", "层高",
                                        "größe", "ёж", "क्षेत्र", "a_b-c",    "x２" };
    static const char *const bad[] = { "",
                                       "1a",
                                       "-a",
                                       "a b",
                                       "a.b",
                                       "a/b",
                                       "a\n",
                                       "a\xff",
                                       "“a”",
                                       "a、b",
                                       "€",
                                       "２x",
                                       "a\xe2\x80\x8b",
                                       "a\xc2\xa0",
                                       "\xf0\x9f\x8f\xa0",
                                       "a+b",
                                       "a→b",
                                       "a×b" };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(ve_id_valid(good[i], strlen(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(ve_id_valid(bad[i], strlen(bad[i])));
    char name[VE_ID_MAX + 1];
    memset(name, 'x', sizeof name);
    assert_true(ve_id_valid(name, VE_ID_MAX));
    assert_false(ve_id_valid(name, VE_ID_MAX + 1));
}

/* The blocks that are refused must not take letters of any script with them. */
static void ids_accept_the_letters_the_c_library_knows(void **state) {
    (void)state;
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    if (!utf8) skip();
    char bytes[5];
    unsigned wrong = 0;
    for (unsigned c = 0x80; c < 0x110000; c++) {
        if ((c >= 0xd800 && c < 0xe000) || (c >= 0x2100 && c < 0x2c00) || !iswalpha_l((wint_t)c, utf8))
            continue;
        bytes[0] = 'a';
        if (!ve_id_valid(bytes, 1 + encode(c, bytes + 1))) wrong++;
    }
    freelocale(utf8);
    assert_true(wrong < 700); /* mathematical alphabets and squared letters, which are pictures of letters */
}

static void cleaning_makes_everything_visible(void **state) {
    (void)state;
    char room[64];
    ve_text_clean("a\tb\x1b[31m\xc2\x85\xe2\x81\xa6\xfe", 14, room, sizeof room);
    assert_string_equal(room, "a\\tb\\x1b[31m\\x85\\u2066\\xfe");
    ve_text_clean("", 0, room, sizeof room);
    assert_string_equal(room, "");
    for (size_t size = 1; size < 30; size++) {
        ve_text_clean("层高\x1b层高层高", 19, room, size);
        assert_true(strlen(room) < size);
        assert_true(ve_utf8_valid(room, strlen(room)));
    }
    ve_text_clean("abcdefgh", 8, room, 8);
    assert_string_equal(room, "abcd...");
    ve_text_clean("abcdefg", 7, room, 8);
    assert_string_equal(room, "abcdefg");
}

static void assert_nearest(const char *name, const char *wanted) {
    static const char *const names[] = { "weight", "weights", "minimum", "parts",    "id", "name", "options",
                                         "target", "survey",  "层高",    "户型布局", "F1", "F2" };
    const char *nearest = ve_text_nearest(name, names, sizeof names / sizeof *names);
    if (!wanted)
        assert_null(nearest);
    else
        assert_string_equal(nearest, wanted);
}

static void nearest_names_are_those_that_were_meant(void **state) {
    (void)state;
    assert_nearest("wieght", "weight");
    assert_nearest("weigth", "weight");
    assert_nearest("Weight", "weight");
    assert_nearest("WEIGHTS", "weights");
    assert_nearest("minimun", "minimum");
    assert_nearest("minmum", "minimum");
    assert_nearest("taget", "target");
    assert_nearest("nmae", "name");
    assert_nearest("ID", "id");
    assert_nearest("f1", "F1");
    assert_nearest("户形布局", "户型布局");
    assert_nearest("F9", NULL);
    assert_nearest("x", NULL);
    assert_nearest("", NULL);
    assert_nearest("cost", NULL);
    assert_nearest("colour", NULL);
    assert_nearest("a\xff", NULL);
}

static void nearest_bounds_its_work(void **state) {
    (void)state;
    char lengthy[200];
    memset(lengthy, 'x', sizeof lengthy - 1);
    lengthy[sizeof lengthy - 1] = '\0';
    const char *const names[] = { lengthy, NULL, "other" };
    assert_null(ve_text_nearest(lengthy, names, 3));
    assert_string_equal(ve_text_nearest("othr", names, 3), "other");
    assert_null(ve_text_nearest("other", NULL, 0));
    lengthy[64] = '\0';
    assert_string_equal(ve_text_nearest(lengthy, names, 1), lengthy);
}

static void buffers_grow(void **state) {
    (void)state;
    ve_buffer buffer = { 0 };
    ve_put(&buffer, NULL, 0);
    assert_null(buffer.bytes);
    for (int i = 0; i < 10000; i++)
        ve_put_format(&buffer, "%d,", i);
    ve_put_text(&buffer, "end");
    assert_false(buffer.failed);
    assert_int_equal(buffer.length, 48890 + 3);
    assert_int_equal(strlen(buffer.bytes), buffer.length);
    assert_memory_equal(buffer.bytes, "0,1,2,3,", 8);
    ve_put(&buffer, "x", SIZE_MAX / 2);
    assert_true(buffer.failed);
    ve_put_text(&buffer, "more");
    assert_int_equal(buffer.length, 48890 + 3);
    ve_buffer_free(&buffer);
    assert_null(buffer.bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_character_is_read_back),
        cmocka_unit_test(broken_sequences_are_refused),
        cmocka_unit_test(the_text_policy_says_what_is_wrong),
        cmocka_unit_test(the_policy_refuses_exactly_its_list),
        cmocka_unit_test(ids_are_letters_digits_and_two_signs),
        cmocka_unit_test(ids_accept_the_letters_the_c_library_knows),
        cmocka_unit_test(cleaning_makes_everything_visible),
        cmocka_unit_test(nearest_names_are_those_that_were_meant),
        cmocka_unit_test(nearest_bounds_its_work),
        cmocka_unit_test(buffers_grow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

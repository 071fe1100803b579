/* Numbers: the grammar, exactness both ways, and the same text in every locale.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/number.h"

enum { ROUNDS = 1000000 };

/* A generator of the test's own, so that a failure comes back. */
static uint64_t seed = 0x9e3779b97f4a7c15u;
static uint64_t next(void) {
    seed += 0x9e3779b97f4a7c15u;
    uint64_t z = seed;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static double any_double(void) {
    double x;
    do {
        uint64_t bits = next();
        memcpy(&x, &bits, sizeof x);
    } while (!isfinite(x));
    return x;
}

static bool same_bits(double a, double b) {
    return memcmp(&a, &b, sizeof a) == 0;
}

static void assert_reads(const char *text, double wanted) {
    double x = -77;
    if (!ve_number_read(text, strlen(text), &x)) fail_msg("'%s' is refused", text);
    if (!same_bits(x, wanted)) fail_msg("'%s' reads as %.17g, not %.17g", text, x, wanted);
}

static void numbers_are_read(void **state) {
    (void)state;
    assert_reads("0", 0.0);
    assert_reads("-0", -0.0);
    assert_reads("+7", 7.0);
    assert_reads("007.50", 7.5);
    assert_reads(".5", 0.5);
    assert_reads("5.", 5.0);
    assert_reads("1e3", 1000.0);
    assert_reads("1E+3", 1000.0);
    assert_reads("-12.5e-1", -1.25);
    assert_reads("0e999999999999999999999", 0.0);
    assert_reads("1e-999999999999999999999", 0.0);
    assert_reads("-1e-400", -0.0);
    assert_reads("9007199254740993", 9007199254740992.0);
    assert_reads("9007199254740993.0000000000000000000000000000000000000001", 9007199254740994.0);
    assert_reads("0.1", 0.1);
    assert_reads("1.7976931348623157e308", DBL_MAX);
    assert_reads("2.2250738585072011e-308", 2.2250738585072011e-308);
    assert_reads("4.9406564584124654e-324", 4.9406564584124654e-324);
    assert_reads("2.4703282292062327208e-324", 0.0);
    assert_reads("2.4703282292062327209e-324", 4.9406564584124654e-324);
    assert_reads("123456789012345e22", 123456789012345e22);
    assert_reads("1e23", 1e23);
}

static void all_else_is_refused(void **state) {
    (void)state;
    static const char *const bad[] = { "",         "+",   "-",     ".",      "e5",    "1e",
                                       "1e+",      "1e-", "nan",   "inf",    "NaN",   "0x10",
                                       "1 ",       " 1",  "1,5",   "1.5.",   "--1",   "1e5.0",
                                       "1_000",    "１",  "1e400", "-1e400", "12abc", "1.e",
                                       "infinity", "1f",  "0b1",   "1e 5",   "\t1",   "1'000" };
    double x = 42;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (ve_number_read(bad[i], strlen(bad[i]), &x)) fail_msg("'%s' is read as %g", bad[i], x);
    assert_false(ve_number_read("1\0", 2, &x));
    assert_true(x == 42);
    assert_true(ve_number_read("123456", 3, &x)); /* only as far as it is told */
    assert_true(x == 123);
}

static void very_long_numerals_are_exact(void **state) {
    (void)state;
    enum { LONG = 30000 };
    static char text[LONG + 40];
    memset(text, '0', LONG);
    memcpy(text + LONG, "12.5", 5);
    assert_reads(text, 12.5);
    memset(text, '9', LONG);
    snprintf(text + LONG, 40, "e-%d", LONG);
    assert_reads(text, 1.0);
    memcpy(text, "0.", 2);
    memset(text + 2, '0', LONG - 2);
    snprintf(text + LONG, 40, "7e%d", LONG - 1);
    assert_reads(text, 7.0);
    /* half way between two doubles, decided by a digit far behind the 767 that are kept as they stand */
    memset(text, '0', LONG);
    memcpy(text, "9007199254740993.", 17);
    memcpy(text + LONG, "1", 2);
    assert_reads(text, 9007199254740994.0);
    text[LONG] = '0';
    assert_reads(text, 9007199254740992.0);
}

static void reading_agrees_with_strtod(void **state) {
    (void)state;
    char text[64];
    double x;
    for (int i = 0; i < ROUNDS; i++) {
        uint64_t r = next();
        int digits = 1 + (int)(r % 19), point = (int)(r >> 8 & 0xff) % 22,
            exponent = (int)(r >> 16 & 0xff) % 60 - 30;
        uint64_t value = next() % 10000000000000000000u;
        char plain[32];
        snprintf(plain, sizeof plain, "%019llu", (unsigned long long)value);
        snprintf(text, sizeof text, "%.*s.%se%d", point < digits ? point : digits, plain,
                 plain + (point < digits ? point : digits), exponent);
        if (!ve_number_read(text, strlen(text), &x)) fail_msg("'%s' is refused", text);
        if (!same_bits(x, strtod(text, NULL))) fail_msg("'%s' reads as %.17g", text, x);
    }
}

static void every_double_comes_back(void **state) {
    (void)state;
    char room[VE_NUMBER_ROOM], plain[64];
    for (int i = 0; i < ROUNDS; i++) {
        double x = any_double(), back;
        if (i % 4 == 1) x = (double)(int64_t)(next() >> (next() & 63));
        if (i % 4 == 2) x = (double)(next() % 1000000) / 100;
        if (i % 4 == 3) x = (double)next() / (double)UINT64_MAX;
        size_t length = ve_number_write(x, room);
        assert_true(length == strlen(room) && length < VE_NUMBER_ROOM);
        if (!ve_number_read(room, length, &back) || !same_bits(x, back))
            fail_msg("%.17g is written %s", x, room);
        snprintf(plain, sizeof plain, "%.17g", x);
        if (strtod(room, NULL) != x) fail_msg("%s is not %s to the C library", room, plain);
    }
}

static size_t significant(const char *text) {
    size_t count = 0, zeros = 0;
    for (; *text && *text != 'e'; text++) {
        if (*text == '0' && count) zeros++;
        if (*text >= '1' && *text <= '9') {
            count += zeros + 1;
            zeros = 0;
        }
    }
    return count;
}

static void no_shorter_text_would_do(void **state) {
    (void)state;
    char room[VE_NUMBER_ROOM], plain[64];
    for (int i = 0; i < ROUNDS / 10; i++) {
        double x = any_double();
        if (i % 3 == 0) x = (double)next() / (double)UINT64_MAX;
        if (i % 3 == 1) x = ldexp((double)(next() >> 12), -1074); /* the smallest ones */
        ve_number_write(x, room);
        int precision = 1;
        do
            snprintf(plain, sizeof plain, "%.*e", precision - 1, x);
        while (strtod(plain, NULL) != x && ++precision <= 17);
        if (significant(room) != significant(plain)) fail_msg("%s could be %s", room, plain);
    }
}

static void assert_writes(double x, const char *wanted) {
    char room[VE_NUMBER_ROOM];
    assert_int_equal(ve_number_write(x, room), strlen(wanted));
    assert_string_equal(room, wanted);
}

static void numbers_are_written(void **state) {
    (void)state;
    assert_writes(0, "0");
    assert_writes(-0.0, "-0");
    assert_writes(1, "1");
    assert_writes(-4200, "-4200");
    assert_writes(0.1, "0.1");
    assert_writes(1.0 / 3, "0.3333333333333333");
    assert_writes(-1234.5, "-1234.5");
    assert_writes(0.00001, "0.00001");
    assert_writes(0.000001, "1e-06");
    assert_writes(-1.5e-7, "-1.5e-07");
    assert_writes(123456789012345, "123456789012345");
    assert_writes(1e15, "1000000000000000");
    assert_writes(1234567890123456, "1234567890123456");
    assert_writes(9007199254740992, "9007199254740992");
    assert_writes(1e16, "1e+16");
    assert_writes(1e300, "1e+300");
    assert_writes(DBL_MAX, "1.7976931348623157e+308");
    assert_writes(-DBL_MIN, "-2.2250738585072014e-308");
    assert_writes(4.9406564584124654e-324, "5e-324");
    assert_writes(NAN, "null");
    assert_writes(INFINITY, "null");
    assert_writes(-INFINITY, "null");
}

static void assert_prints(double x, int digits, const char *wanted) {
    char room[64];
    assert_int_equal(ve_number_print(x, digits, room, sizeof room), strlen(wanted));
    assert_string_equal(room, wanted);
}

static void people_see_rounded_numbers(void **state) {
    (void)state;
    assert_prints(1.02345, 3, "1.023");
    assert_prints(-0.0004, 3, "0.000");
    assert_prints(-0.0, 0, "0");
    assert_prints(-0.0, -1, "0");
    assert_prints(-1.5, 1, "-1.5");
    assert_prints(4200, 0, "4200");
    assert_prints(1234567.4, -1, "1234567");
    assert_prints(3.14159265, -1, "3.14159");
    assert_prints(0.1, -1, "0.1");
    assert_prints(1e-9, -1, "1e-09");
    assert_prints(1e20, 2, "1e+20");
    assert_prints(0.5, 50, "0.50000000000000000000");
    assert_prints(NAN, 2, "-");
    assert_prints(INFINITY, 2, "inf");
    assert_prints(-INFINITY, -1, "-inf");
    char room[4];
    assert_int_equal(ve_number_print(123456, 0, room, sizeof room), 3);
    assert_string_equal(room, "123");
}

/* A locale with a decimal comma, made on the spot where the system has none. */
static bool set_comma_locale(void) {
    if (!setlocale(LC_NUMERIC, "de_DE.UTF-8")) {
        const char *folder = VE_BINARY_DIR "/locales", *target = VE_BINARY_DIR "/locales/de_DE.UTF-8";
        pid_t child = fork();
        if (child == 0) {
            execlp("sh", "sh", "-c", "mkdir -p \"$0\" && localedef -i de_DE -f UTF-8 \"$1\" >/dev/null 2>&1",
                   folder, target, (char *)NULL);
            _exit(127);
        }
        int status;
        if (child < 0 || waitpid(child, &status, 0) < 0) return false;
        setenv("LOCPATH", folder, 1);
        if (!setlocale(LC_NUMERIC, "de_DE.UTF-8")) return false;
    }
    return localeconv()->decimal_point[0] == ',';
}

static void a_decimal_comma_changes_nothing(void **state) {
    if (!set_comma_locale()) skip();
    numbers_are_read(state);
    all_else_is_refused(state);
    very_long_numerals_are_exact(state);
    numbers_are_written(state);
    people_see_rounded_numbers(state);
    char room[VE_NUMBER_ROOM];
    for (int i = 0; i < ROUNDS / 10; i++) {
        double x = any_double(), back;
        assert_true(ve_number_read(room, ve_number_write(x, room), &back));
        assert_true(same_bits(x, back));
    }
    setlocale(LC_NUMERIC, "C");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read),
        cmocka_unit_test(all_else_is_refused),
        cmocka_unit_test(very_long_numerals_are_exact),
        cmocka_unit_test(reading_agrees_with_strtod),
        cmocka_unit_test(every_double_comes_back),
        cmocka_unit_test(no_shorter_text_would_do),
        cmocka_unit_test(numbers_are_written),
        cmocka_unit_test(people_see_rounded_numbers),
        cmocka_unit_test(a_decimal_comma_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Numbers to text and back without a locale: neither direction ever lets the C library see a decimal point.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 767 significant digits decide every double; a nonzero digit behind them stands for all that follow. */
enum { DIGITS = 770, EXPONENT_MOST = 100000 };

/* A numeral taken apart: 0.digits is not meant, the value is the integer `digit` times 10^exponent. */
typedef struct numeral {
    char digit[DIGITS + 1];
    size_t count; /* significant digits kept; 0: the value is zero */
    long exponent;
    unsigned long short_value; /* the digits as an integer, while count <= 15 */
    bool negative, inexact;
} numeral;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static void take_digit(numeral *n, char c, bool behind_point) {
    if (n->count == 0 && c == '0') {
        if (behind_point) n->exponent--;
        return;
    }
    if (n->count == DIGITS) {
        if (c != '0') n->inexact = true;
        if (!behind_point) n->exponent++;
        return;
    }
    n->digit[n->count++] = c;
    if (n->count <= 15) n->short_value = n->short_value * 10 + (unsigned long)(c - '0');
    if (behind_point) n->exponent--;
}

/* digits[.digits]; NULL if there is no digit at all. */
static const char *take_mantissa(const char *p, const char *end, numeral *n) {
    const char *start = p;
    for (; p < end && is_digit(*p); p++)
        take_digit(n, *p, false);
    size_t digits = (size_t)(p - start);
    if (p < end && *p == '.') {
        start = ++p;
        for (; p < end && is_digit(*p); p++)
            take_digit(n, *p, true);
        digits += (size_t)(p - start);
    }
    return digits ? p : NULL;
}

static const char *take_exponent(const char *p, const char *end, numeral *n) {
    if (p == end || (*p != 'e' && *p != 'E')) return p;
    bool negative = ++p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+')) p++;
    if (p == end || !is_digit(*p)) return NULL;
    long exponent = 0;
    for (; p < end && is_digit(*p); p++)
        if (exponent < 1000000000000L) exponent = exponent * 10 + (*p - '0');
    n->exponent += negative ? -exponent : exponent;
    return p;
}

/* Both factors are exact, so the one rounding of the product or quotient gives the nearest double. */
static bool value_fast(const numeral *n, double *out) {
    static const double power[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
    if (n->count > 15 || n->exponent < -22 || n->exponent > 22) return false;
    double value = (double)n->short_value;
    *out = n->exponent < 0 ? value / power[-n->exponent] : value * power[n->exponent];
    return true;
}

/* strtod reads a whole number with an exponent alike in every locale. */
static double value_slow(const numeral *n) {
    char text[DIGITS + 32];
    memcpy(text, n->digit, n->count);
    size_t length = n->count;
    long exponent = n->exponent;
    if (n->inexact) {
        text[length++] = '1';
        exponent--;
    }
    if (exponent > EXPONENT_MOST) exponent = EXPONENT_MOST;
    if (exponent < -EXPONENT_MOST) exponent = -EXPONENT_MOST;
    snprintf(text + length, sizeof text - length, "e%ld", exponent);
    return strtod(text, NULL);
}

bool ve_number_read(const char *bytes, size_t length, double *out) {
    numeral n;
    n.count = 0;
    n.exponent = 0;
    n.short_value = 0;
    n.inexact = false;
    const char *p = bytes, *end = bytes + length;
    n.negative = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+')) p++;
    p = take_mantissa(p, end, &n);
    if (p) p = take_exponent(p, end, &n);
    if (p != end) return false;
    double value = 0;
    if (n.count && !value_fast(&n, &value)) value = value_slow(&n);
    if (isinf(value)) return false;
    *out = n.negative ? -value : value;
    return true;
}

/* ---- writing --------------------------------------------------------------------------------- */

/* x > 0 in `precision` significant digits, without trailing zeros: x = digit[0].digit[1].. times 10^exponent.
 */
static void take_apart(double x, int precision, numeral *n) {
    char text[64];
    snprintf(text, sizeof text, "%.*e", precision - 1, x);
    n->count = 0;
    const char *p = text;
    for (; *p && *p != 'e'; p++) /* whatever the locale's point is, it is no digit */
        if (is_digit(*p)) n->digit[n->count++] = *p;
    n->exponent = *p ? strtol(p + 1, NULL, 10) : 0;
    while (n->count > 1 && n->digit[n->count - 1] == '0')
        n->count--;
}

static bool reads_back(const numeral *n, double x) {
    char text[64];
    snprintf(text, sizeof text, "%.*se%ld", (int)n->count, n->digit, n->exponent - (long)n->count + 1);
    return strtod(text, NULL) == x;
}

/* 1234.5, 0.00012, 1e+300: the layout of %g, with a whole number up to 16 digits written out. */
static size_t lay_out(const numeral *n, bool negative, char room[VE_NUMBER_ROOM]) {
    const char *sign = negative ? "-" : "";
    int count = (int)n->count, exponent = (int)n->exponent;
    int length;
    if (exponent < -5 || exponent > 15)
        length = snprintf(room, VE_NUMBER_ROOM, "%s%c%s%.*se%+03d", sign, n->digit[0], count > 1 ? "." : "",
                          count - 1, n->digit + 1, exponent);
    else if (exponent < 0)
        length = snprintf(room, VE_NUMBER_ROOM, "%s0.%.*s%.*s", sign, -exponent - 1, "0000", count, n->digit);
    else if (count > exponent + 1)
        length = snprintf(room, VE_NUMBER_ROOM, "%s%.*s.%.*s", sign, exponent + 1, n->digit,
                          count - exponent - 1, n->digit + exponent + 1);
    else
        length = snprintf(room, VE_NUMBER_ROOM, "%s%.*s%.*s", sign, count, n->digit, exponent + 1 - count,
                          "000000000000000");
    return (size_t)length;
}

size_t ve_number_write(double x, char room[VE_NUMBER_ROOM]) {
    if (!isfinite(x)) return (size_t)snprintf(room, VE_NUMBER_ROOM, "null");
    if (x == floor(x) && fabs(x) < 1e15 && !(x == 0 && signbit(x)))
        return (size_t)snprintf(room, VE_NUMBER_ROOM, "%lld", (long long)x);
    if (x == 0) return (size_t)snprintf(room, VE_NUMBER_ROOM, "-0");
    double size = fabs(x);
    numeral n;
    int precision = size < 2.3e-308 ? 1 : 15; /* the smallest doubles carry fewer digits than 15 */
    do
        take_apart(size, precision, &n);
    while (!reads_back(&n, size) && ++precision <= 17);
    return lay_out(&n, signbit(x), room);
}

/* ---- for people ------------------------------------------------------------------------------ */

/* Whatever stands for the point in the host program's locale becomes a point. */
static void mend_point(char *text) {
    char *to = text;
    bool within = false;
    for (const char *p = text; *p; p++) {
        bool plain = is_digit(*p) || *p == '-' || *p == '+' || *p == 'e';
        if (plain)
            *to++ = *p;
        else if (!within)
            *to++ = '.';
        within = !plain;
    }
    *to = '\0';
}

static bool all_zero(const char *text) {
    return text[strspn(text, "-0.")] == '\0';
}

size_t ve_number_print(double x, int digits, char *room, size_t room_bytes) {
    char text[64];
    if (isnan(x))
        snprintf(text, sizeof text, "-");
    else if (isinf(x))
        snprintf(text, sizeof text, x < 0 ? "-inf" : "inf");
    else {
        bool large = fabs(x) >= 1e15;
        if (large || (digits < 0 && fabs(x) < 1e6))
            snprintf(text, sizeof text, "%.6g", x);
        else
            snprintf(text, sizeof text, "%.*f", digits < 0 ? 0 : digits > 20 ? 20 : digits, x);
        mend_point(text);
    }
    const char *shown = text[0] == '-' && text[1] && all_zero(text) ? text + 1 : text;
    int length = snprintf(room, room_bytes, "%s", shown);
    return room_bytes && (size_t)length >= room_bytes ? room_bytes - 1 : (size_t)length;
}

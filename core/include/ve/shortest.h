/* The shortest decimal text of a double, by whole numbers: a report may hold a million of them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * |x| = m 2^-s exactly, so x 10^k and the neighbours of x are whole numbers of 128 bits for all x of everyday
 * size. The same texts come out as from printf and reading back with 15, 16 and 17 digits. */
#ifndef VE_SHORTEST_H
#define VE_SHORTEST_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 ve_wide;

enum { VE_SHORTEST_LEAST = -3, VE_SHORTEST_MOST = 13 }; /* powers of ten for which it works */

/* x in parts: m 10^k = digits 2^s + rest, digits having 17 places. */
typedef struct ve_shortest {
    uint64_t m, digits, rest, ten; /* ten: 10^k */
    int s, power;                  /* 10^power <= x < 10^(power + 1) */
} ve_shortest;

static inline uint64_t ve_ten_to(int n) {
    uint64_t ten = 1;
    while (n-- > 0)
        ten *= 10;
    return ten;
}

static inline void ve_shortest_scale(ve_shortest *p) {
    p->ten = ve_ten_to(16 - p->power);
    ve_wide all = (ve_wide)p->m * p->ten;
    p->digits = (uint64_t)(all >> p->s);
    p->rest = (uint64_t)(all & (((ve_wide)1 << p->s) - 1));
}

/* x > 0. False: too large or too small. */
static inline bool ve_shortest_split(double x, ve_shortest *p) {
    uint64_t bits, one = (uint64_t)1 << 52;
    if (!(x >= 1e-3 && x < 9e13)) return false;
    memcpy(&bits, &x, sizeof bits);
    int two = (int)(bits >> 52) - 1023; /* 2^two <= x */
    p->m = (bits & (one - 1)) | one;
    p->s = 52 - two;
    p->power = (1233 * two + 16 * 4096) / 4096 - 16; /* log10(2) = 1233 / 4096, rounded down */
    if (p->power < VE_SHORTEST_LEAST) p->power = VE_SHORTEST_LEAST;
    ve_shortest_scale(p);
    if (p->digits >= 100000000000000000u) p->power++, ve_shortest_scale(p);
    return p->power <= VE_SHORTEST_MOST && p->digits >= 10000000000000000u;
}

/* Rounded to a whole number of `unit` (half to even): does that read back as x? */
static inline bool ve_shortest_round(const ve_shortest *p, uint64_t unit, uint64_t *out) {
    uint64_t whole = p->digits / unit, part = p->digits % unit;
    ve_wide over = ((ve_wide)part << p->s) + p->rest, one = (ve_wide)unit << p->s;
    bool up = 2 * over > one || (2 * over == one && whole % 2);
    ve_wide away = 2 * (up ? one - over : over); /* in halves: neighbours of x are ten apart */
    *out = whole + up;
    if (!up && p->m == (uint64_t)1 << 52) away *= 2; /* the one below is only half as far */
    return away < p->ten || (away == p->ten && p->m % 2 == 0);
}

/* `count` digits of which the first stands for 10^power; text has room. */
static inline size_t ve_shortest_write(uint64_t digits, int count, int power, char *text) {
    char digit[20];
    size_t length = 0;
    for (int i = count; i-- > 0; digits /= 10)
        digit[i] = (char)('0' + digits % 10);
    while (count > 1 && count > power + 1 && digit[count - 1] == '0')
        count--;
    if (power < 0) {
        memcpy(text, "0.0000", 6);
        length = (size_t)(1 - power);
    }
    for (int i = 0; i < count; i++) {
        if (i == power + 1 && power >= 0) text[length++] = '.';
        text[length++] = digit[i];
    }
    text[length] = '\0';
    return length;
}

/* 0: x is none of those for which it works. */
static inline size_t ve_shortest_text(double x, char *text) {
    ve_shortest p;
    uint64_t digits = 0, unit = 100;
    int count = 15;
    size_t sign = x < 0;
    if (!ve_shortest_split(x < 0 ? -x : x, &p)) return 0;
    while (!ve_shortest_round(&p, unit, &digits) && count < 17)
        unit /= 10, count++;
    if (digits == ve_ten_to(count)) digits /= 10, p.power++;
    if (sign) *text = '-';
    return sign + ve_shortest_write(digits, count, p.power, text + sign);
}
#else
static inline size_t ve_shortest_text(double x, char *text) {
    (void)x;
    (void)text;
    return 0;
}
#endif

#endif

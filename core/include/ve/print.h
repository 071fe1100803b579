/* What report plugins share: numbers and codes as text. Header only, so that a plugin has no undefined
 * symbol. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_PRINT_H
#define VE_PRINT_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ve/codes.h"
#include "ve/shortest.h"

enum { VE_PRINT_ROOM = 48, VE_PRINT_FREE = -1 };

/* Whatever a locale puts between the digits becomes a point. */
static inline size_t ve_print_point(char *text) {
    size_t kept = 0;
    for (size_t i = 0; text[i]; i++) {
        bool digit = strchr("0123456789+-e", text[i]) != NULL;
        if (digit)
            text[kept++] = text[i];
        else if (kept > 0 && text[kept - 1] != '.')
            text[kept++] = '.';
    }
    text[kept] = '\0';
    return kept;
}

static inline bool ve_print_finite(double x) {
    return x - x == 0;
}

/* The shortest text that reads back as the same double, the same in every locale. x is finite. */
static inline size_t ve_print_exact(double x, char room[VE_PRINT_ROOM]) {
    size_t length = ve_shortest_text(x, room);
    if (length) return length;
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(room, VE_PRINT_ROOM, "%.*g", digits, x);
        if (strtod(room, NULL) == x) break;
    }
    return ve_print_point(room);
}

/* Whether a number may stand in a model: greater or smaller ones are slips, and powers of them overflow. */
#define VE_NUMBER_MOST 1e15
#define VE_NUMBER_LEAST 1e-12
static inline bool ve_number_fits(double x) {
    double size = x < 0 ? -x : x;
    return size == 0 || (size >= VE_NUMBER_LEAST && size <= VE_NUMBER_MOST);
}

/* A plain decimal number, all of the text, the same in every locale. */
static inline bool ve_print_read(const char *text, size_t length, double *out) {
    char room[64], *end;
    if (length == 0 || length >= sizeof room) return false;
    memcpy(room, text, length);
    room[length] = '\0';
    if (strspn(room, "0123456789+-.eE") != length) return false;
    *out = strtod(room, &end);
    return *end == '\0' && ve_print_finite(*out);
}

/* Places after the point that x needs with at most 6 significant digits; negative where only an exponent will
 * do. */
static inline int ve_print_places(double x) {
    char room[VE_PRINT_ROOM];
    if (x == 0 || !ve_print_finite(x)) return 0;
    snprintf(room, sizeof room, "%.5e", x);
    ve_print_point(room);
    char *exponent = strchr(room, 'e');
    int power = (int)strtol(exponent + 1, NULL, 10);
    if (power < -6 || power > 14) return VE_PRINT_FREE;
    while (exponent[-1] == '0')
        exponent--;
    const char *point = strchr(room, '.');
    int places = (int)(exponent - point) - 1 - power;
    return places > 0 ? places : 0;
}

/* For people: that many places after the point; VE_PRINT_FREE: at most 6 significant digits. No -0. x is
 * finite. */
static inline size_t ve_print_fixed(double x, int places, char room[VE_PRINT_ROOM]) {
    bool plain = x < 1e15 && x > -1e15;
    if (places < 0) places = ve_print_places(x);
    if (plain && places >= 0 && places <= 20)
        snprintf(room, VE_PRINT_ROOM, "%.*f", places, x);
    else
        snprintf(room, VE_PRINT_ROOM, "%.6g", x);
    size_t length = ve_print_point(room);
    if (room[0] != '-' || strspn(room, "-0.") != length) return length;
    memmove(room, room + 1, length);
    return length - 1;
}

/* "VE304"; "" for what is no code. */
static inline const char *ve_print_code(ve_code code) {
    static const char *const id[] = { "",
#define VE_PRINT_ID(name, id_, status, meaning, way_out) id_,
                                      VE_ERRORS_LIST(VE_PRINT_ID)
#undef VE_PRINT_ID
#define VE_PRINT_ID(name, id_, meaning, way_out) id_,
                                          VE_WARNINGS_LIST(VE_PRINT_ID)
#undef VE_PRINT_ID
    };
    return code > VE_OK && code < VE_CODES_END ? id[code] : "";
}

enum { VE_PRINT_KEY_ROOM = 80 };

/* An id as a model writes it before `=`: layout, but ["抢修"] and ["top-floor"]. */
static inline const char *ve_print_key(const char *id, char room[VE_PRINT_KEY_ROOM]) {
    bool plain = true;
    for (const char *p = id; *p; p++)
        plain = plain && (unsigned char)*p < 0x80 && *p != '-';
    snprintf(room, VE_PRINT_KEY_ROOM, plain ? "%s" : "[\"%s\"]", id);
    return room;
}

/* Length in bytes of the UTF-8 character at text, its code point in *code; 0 where it is not valid UTF-8. */
static inline size_t ve_print_next(const char *text, unsigned *code) {
    static const unsigned least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    const unsigned char *p = (const unsigned char *)text;
    size_t length = p[0] < 0x80             ? 1
                    : (p[0] & 0xe0) == 0xc0 ? 2
                    : (p[0] & 0xf0) == 0xe0 ? 3
                    : (p[0] & 0xf8) == 0xf0 ? 4
                                            : 0;
    unsigned c = length == 1 ? p[0] : length ? p[0] & (0x7fu >> length) : 0;
    for (size_t i = 1; i < length; i++) {
        if ((p[i] & 0xc0) != 0x80) return 0;
        c = c << 6 | (p[i] & 0x3fu);
    }
    *code = c;
    return length && c >= least[length] && c <= 0x10ffff && (c < 0xd800 || c > 0xdfff) ? length : 0;
}

/* A character that a terminal or a reader's eye could be misled by: controls, direction marks, invisible
 * ones. */
static inline bool ve_print_hidden(unsigned c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c || c == 0x180e || c == 0x200b ||
           c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
           c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
}

/* The next character as people may see it: itself, or \x1b, \u202e for what is hidden or broken. Returns the
 * bytes read; room gets the text. */
static inline size_t ve_print_visible(const char *text, char room[16]) {
    unsigned code = 0;
    size_t length = ve_print_next(text, &code);
    if (length == 0)
        snprintf(room, 16, "\\x%02x", (unsigned)(unsigned char)text[0]);
    else if (!ve_print_hidden(code))
        snprintf(room, 16, "%.*s", (int)length, text);
    else
        snprintf(room, 16, code < 0x100 ? "\\x%02x" : "\\u%04x", code);
    return length ? length : 1;
}

#endif

/* UTF-8 and the text policy.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef struct range {
    unsigned low, high;
} range;

static bool among(unsigned code, const range *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (code >= list[i].low && code <= list[i].high) return true;
    return false;
}
#define AMONG(code, list) among(code, list, sizeof(list) / sizeof *(list))

static size_t sequence_length(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first <= 0xdf) return 2;
    if (first >= 0xe0 && first <= 0xef) return 3;
    if (first >= 0xf0 && first <= 0xf4) return 4;
    return 0;
}

size_t ve_utf8_next(const char *p, const char *end, unsigned *code) {
    const unsigned char *u = (const unsigned char *)p;
    size_t length = sequence_length(u[0]);
    if (length == 0 || (size_t)(end - p) < length) return 0;
    static const unsigned char mask[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
    static const unsigned least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    unsigned c = u[0] & mask[length];
    for (size_t i = 1; i < length; i++) {
        if ((u[i] & 0xc0) != 0x80) return 0;
        c = c << 6 | (u[i] & 0x3f);
    }
    if (c < least[length] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) return 0;
    *code = c;
    return length;
}

bool ve_utf8_valid(const char *bytes, size_t length) {
    unsigned code;
    for (const char *p = bytes, *end = bytes + length; p < end;) {
        size_t step = ve_utf8_next(p, end, &code);
        if (step == 0) return false;
        p += step;
    }
    return true;
}

/* ---- the text policy ------------------------------------------------------------------------- */

static const range controls[] = { { 0, 0x1f }, { 0x7f, 0x9f } };
static const range directions[] = {
    { 0x61c, 0x61c }, { 0x200e, 0x200f }, { 0x202a, 0x202e }, { 0x2066, 0x2069 }
};
static const range invisible[] = {
    { 0x200b, 0x200b }, { 0x2028, 0x2029 }, { 0x2060, 0x2060 }, { 0xfeff, 0xfeff }
};

static const char *code_fault(unsigned code) {
    if (AMONG(code, controls)) return "a control character";
    if (AMONG(code, directions)) return "a character that turns the writing direction";
    if (AMONG(code, invisible)) return "an invisible character";
    return NULL;
}

const char *ve_text_fault(const char *bytes, size_t length, char *room, size_t room_bytes) {
    if (length == 0) return "it is empty";
    if (length > VE_TEXT_MAX) {
        snprintf(room, room_bytes, "it is %zu bytes long (at most %d are allowed)", length, VE_TEXT_MAX);
        return room;
    }
    for (const char *p = bytes, *end = bytes + length; p < end;) {
        unsigned code;
        size_t step = ve_utf8_next(p, end, &code);
        if (step == 0) {
            snprintf(room, room_bytes, "it is not valid UTF-8 (byte 0x%02x)", (unsigned)(unsigned char)*p);
            return room;
        }
        const char *fault = code_fault(code);
        if (fault) {
            snprintf(room, room_bytes, "it contains %s (U+%04X)", fault, code);
            return room;
        }
        p += step;
    }
    return NULL;
}

/* What is not a letter, a mark on one or a digit, beyond ASCII: spaces, punctuation, symbols, pictures,
 * private and unassigned planes. Refusing these few blocks keeps every script's letters without a table of
 * them all. */
static const range not_letters[] = {
    { 0x80, 0xa9 },     { 0xab, 0xb4 },     { 0xb6, 0xb9 },       { 0xbb, 0xbf },       { 0xd7, 0xd7 },
    { 0xf7, 0xf7 },     { 0x37e, 0x37e },   { 0x387, 0x387 },     { 0x55a, 0x55f },     { 0x589, 0x58f },
    { 0x600, 0x60f },   { 0x61b, 0x61f },   { 0x66a, 0x66d },     { 0x6d4, 0x6d4 },     { 0x964, 0x965 },
    { 0xe3f, 0xe3f },   { 0xe5a, 0xe5b },   { 0x1680, 0x1680 },   { 0x180e, 0x180e },   { 0x2000, 0x2070 },
    { 0x2074, 0x207e }, { 0x2080, 0x208f }, { 0x20a0, 0x2101 },   { 0x2190, 0x2bff },   { 0x2e00, 0x2e7f },
    { 0x2ff0, 0x3004 }, { 0x3008, 0x3020 }, { 0x3030, 0x3030 },   { 0x3036, 0x3037 },   { 0x303d, 0x303f },
    { 0x30a0, 0x30a0 }, { 0x30fb, 0x30fb }, { 0xd800, 0xf8ff },   { 0xfd3e, 0xfd3f },   { 0xfdd0, 0xfdef },
    { 0xfe00, 0xfe1f }, { 0xfe30, 0xfe6f }, { 0xfeff, 0xff0f },   { 0xff1a, 0xff20 },   { 0xff3b, 0xff40 },
    { 0xff5b, 0xff65 }, { 0xffe0, 0xffff }, { 0x1d000, 0x1d3ff }, { 0x1f000, 0x1ffff }, { 0xe0000, 0x10ffff },
};

static bool id_character(unsigned code, bool first) {
    if (code == '_') return true;
    if ((code >= '0' && code <= '9') || code == '-' || (code >= 0xff10 && code <= 0xff19)) return !first;
    if (code < 0x80) return (code | 32) >= 'a' && (code | 32) <= 'z';
    return !AMONG(code, not_letters);
}

bool ve_id_valid(const char *bytes, size_t length) {
    if (length == 0 || length > VE_ID_MAX) return false;
    unsigned code;
    for (const char *p = bytes, *end = bytes + length; p < end;) {
        size_t step = ve_utf8_next(p, end, &code);
        if (step == 0 || code_fault(code) || !id_character(code, p == bytes)) return false;
        p += step;
    }
    return true;
}

/* ---- making text safe to show ---------------------------------------------------------------- */

/* One character of the text as it may be shown; returns the bytes read. */
static size_t clean_one(const char *p, const char *end, char shown[16]) {
    unsigned code;
    size_t step = ve_utf8_next(p, end, &code);
    if (step == 0) {
        snprintf(shown, 16, "\\x%02x", (unsigned)(unsigned char)*p);
        return 1;
    }
    if (!code_fault(code)) {
        memcpy(shown, p, step);
        shown[step] = '\0';
    } else if (code == '\n' || code == '\t' || code == '\r') {
        snprintf(shown, 16, "\\%c", code == '\n' ? 'n' : code == '\t' ? 't' : 'r');
    } else {
        snprintf(shown, 16, code < 0x100 ? "\\x%02x" : "\\u%04x", code);
    }
    return step;
}

void ve_text_clean(const char *bytes, size_t length, char *room, size_t room_bytes) {
    static const char more[] = "...";
    char shown[16];
    size_t used = 0, cut = 0; /* cut: where the dots go if the rest finds no room */
    for (const char *p = bytes, *end = bytes + length; p < end;) {
        p += clean_one(p, end, shown);
        size_t step = strlen(shown);
        if (used + step >= room_bytes) {
            if (cut + sizeof more <= room_bytes)
                memcpy(room + cut, more, sizeof more);
            else
                room[used] = '\0';
            return;
        }
        memcpy(room + used, shown, step);
        used += step;
        if (used + sizeof more <= room_bytes) cut = used;
    }
    if (room_bytes) room[used] = '\0';
}

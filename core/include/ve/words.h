/* Figures, names and lists as people write them, for the sentences of studies. Header only, so that a plugin
 * has no undefined symbol. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_WORDS_H
#define VE_WORDS_H

#include <math.h>

#include "ve/plugin.h"
#include "ve/print.h"

enum {
    VE_WORDS_ROOM = 64, /* bytes that a figure in words may need */
    VE_WORDS_SHOWN = 5  /* of many, as many are told */
};

/* As many digits as it needs, at most 6 significant ones. */
static inline const char *ve_words_number(double x, char room[VE_PRINT_ROOM]) {
    ve_print_fixed(x, VE_PRINT_FREE, room);
    return room;
}

/* At most 4 significant digits, 12345 in full. */
static inline const char *ve_words_figure(double x, char room[VE_WORDS_ROOM]) {
    char digits[VE_PRINT_ROOM];
    if (fabs(x) < 1000) {
        snprintf(digits, sizeof digits, "%.4g", x);
        ve_print_point(digits);
    } else
        ve_print_fixed(fabs(x) < 1e15 ? round(x) : x, fabs(x) < 1e15 ? 0 : VE_PRINT_FREE, digits);
    snprintf(room, VE_WORDS_ROOM, "%s", digits);
    return room;
}

/* 0.0312 -> "3.1 %" */
static inline const char *ve_words_percent(double share, char room[VE_WORDS_ROOM]) {
    double p = 100 * fabs(share);
    char digits[VE_PRINT_ROOM];
    if (p < 0.005) {
        snprintf(room, VE_WORDS_ROOM, "less than 0.01 %%");
        return room;
    }
    ve_print_fixed(100 * share, p >= 9.95 ? 0 : p >= 0.995 ? 1 : 2, digits);
    snprintf(room, VE_WORDS_ROOM, "%s %%", digits);
    return room;
}

/* Of an option; below 0 there is none. */
static inline const char *ve_words_option(const ve_outline *outline, int option) {
    return option >= 0 ? outline->option[option].name : "no option";
}

/* For cells: NULL where there is none. */
static inline const char *ve_words_id(const ve_outline *outline, int option) {
    return option >= 0 ? outline->option[option].id : NULL;
}

/* "A, B and C"; where there are more than one above `most`, "A, B, C and 4 more". "" of none, NULL where
 * there is no memory. */
static inline const char *ve_words_join(const ve_services *base, const char *const *name, size_t count,
                                        size_t most) {
    size_t shown = count > most && count - most > 1 ? most : count, used = 0, room = 32;
    for (size_t i = 0; i < shown; i++)
        room += strlen(name[i]) + sizeof " and ";
    char *text = base->memory(base, room);
    for (size_t i = 0; text && i < shown; i++) {
        const char *link = i == 0 ? "" : i + 1 == count ? " and " : ", ";
        used += (size_t)snprintf(text + used, room - used, "%s%s", link, name[i]);
    }
    if (text && shown < count) snprintf(text + used, room - used, " and %zu more", count - shown);
    return text;
}

#endif

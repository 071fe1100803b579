/* The name that was meant: edit distance over characters, where a wrong case is almost no mistake.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <string.h>

enum { MOST = 64, EDIT = 4, CASE = 1 };

typedef struct letters {
    unsigned code[MOST];
    size_t count;
} letters;

/* false: too long to compare, or not UTF-8. */
static bool spell(const char *text, letters *out) {
    out->count = 0;
    for (const char *p = text, *end = text + strlen(text); p < end;) {
        unsigned code = 0;
        size_t step = ve_utf8_next(p, end, &code);
        if (step == 0 || out->count == MOST) return false;
        out->code[out->count++] = code;
        p += step;
    }
    return true;
}

static unsigned lower(unsigned code) {
    return code >= 'A' && code <= 'Z' ? code + 32 : code;
}

static int change(unsigned a, unsigned b) {
    if (a == b) return 0;
    return lower(a) == lower(b) ? CASE : EDIT;
}

static int least(int a, int b) {
    return a < b ? a : b;
}

/* Insertions, deletions, changes and swaps of neighbours (optimal string alignment). */
static int distance(const letters *a, const letters *b) {
    int rows[3][MOST + 1];
    int *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b->count; j++)
        above[j] = (int)j * EDIT;
    for (size_t i = 1; i <= a->count; i++) {
        row[0] = (int)i * EDIT;
        for (size_t j = 1; j <= b->count; j++) {
            row[j] = above[j - 1] + change(a->code[i - 1], b->code[j - 1]);
            row[j] = least(row[j], least(above[j], row[j - 1]) + EDIT);
            bool swap = i > 1 && j > 1 && lower(a->code[i - 1]) == lower(b->code[j - 2]) &&
                        lower(a->code[i - 2]) == lower(b->code[j - 1]);
            if (swap) row[j] = least(row[j], before[j - 2] + EDIT);
        }
        int *free_row = before;
        before = above;
        above = row;
        row = free_row;
    }
    return above[b->count];
}

/* One edit for every three letters, or any mix-up of upper and lower case. */
static int limit(const letters *a, const letters *b) {
    size_t longer = a->count > b->count ? a->count : b->count;
    int edits = (int)(longer / 3) * EDIT, cases = (int)longer * CASE;
    return longer < 3 ? least(cases, EDIT - 1) : edits;
}

const char *ve_text_nearest(const char *name, const char *const *candidate, size_t count) {
    letters wanted, offered;
    if (!spell(name, &wanted)) return NULL;
    const char *best = NULL;
    int best_distance = 0;
    for (size_t i = 0; i < count; i++) {
        if (!candidate[i] || !spell(candidate[i], &offered)) continue;
        int d = distance(&wanted, &offered);
        if (d > limit(&wanted, &offered) || (best && d >= best_distance)) continue;
        best = candidate[i];
        best_distance = d;
    }
    return best;
}

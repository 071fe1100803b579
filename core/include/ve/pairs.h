/* Tables of pairwise comparisons, for judgements that ask for them: every pair once, none with itself.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_PAIRS_H
#define VE_PAIRS_H

#include <math.h>
#include <stdio.h>

#include "ve/plugin.h"

/* A row { "F1", "F2", 3 } of a field VE_T_ROWS. */
typedef struct ve_pair {
    int first, second;
    double value;
} ve_pair;

typedef struct ve_pairs {
    const ve_subjects *subjects;
    const ve_services *services;
    size_t count;
    double *said; /* count x count: what the row has against the column, NaN where nothing is said */
    bool *seen;   /* count: stands in some pair */
} ve_pairs;

static inline ve_code ve_pairs_new(ve_pairs *pairs, const ve_subjects *subjects,
                                   const ve_services *services) {
    size_t n = subjects->count;
    *pairs = (ve_pairs){ .subjects = subjects, .services = services, .count = n };
    pairs->said = (double *)services->memory(services, n * n * sizeof *pairs->said);
    pairs->seen = (bool *)services->memory(services, n * sizeof *pairs->seen);
    if (!pairs->said || !pairs->seen) return VE_E_MEMORY;
    for (size_t i = 0; i < n * n; i++)
        pairs->said[i] = NAN;
    return VE_OK;
}

/* Put one comparison in; `other` is what the second has against the first. `field` is the list's name in the
 * word ("pairs", "judges[2].pairs"), row counts from 0. */
static inline ve_code ve_pairs_put(ve_pairs *pairs, const char *field, size_t row, const ve_pair *pair,
                                   double other) {
    const ve_services *services = pairs->services;
    const char *const *id = pairs->subjects->id;
    size_t i = (size_t)pair->first, j = (size_t)pair->second;
    char at[64];
    snprintf(at, sizeof at, "%s[%zu]", field, row + 1);
    if (i == j)
        return services->fail(services, VE_E_JUDGEMENT, at, "name two different ones",
                              "'%s' cannot be compared with itself", id[i]);
    if (!isnan(pairs->said[i * pairs->count + j]))
        return services->fail(services, VE_E_JUDGEMENT, at, "keep one of the two rows",
                              "'%s' and '%s' were compared in an earlier row", id[i], id[j]);
    pairs->said[i * pairs->count + j] = pair->value;
    pairs->said[j * pairs->count + i] = other;
    pairs->seen[i] = pairs->seen[j] = true;
    return VE_OK;
}

/* Tell every two of those seen that are not compared. */
static inline ve_code ve_pairs_complete(const ve_pairs *pairs, const char *hint) {
    const ve_services *services = pairs->services;
    const char *const *id = pairs->subjects->id;
    ve_code first = VE_OK;
    for (size_t i = 0; i < pairs->count; i++) {
        for (size_t j = i + 1; j < pairs->count; j++) {
            if (!pairs->seen[i] || !pairs->seen[j] || !isnan(pairs->said[i * pairs->count + j])) continue;
            first = services->fail(services, VE_E_JUDGEMENT, "pairs", hint, "'%s' and '%s' are not compared",
                                   id[i], id[j]);
        }
    }
    return first;
}

/* Row sum of what one has against all others that are seen; NaN for one that is not. In the order of the
 * columns. */
static inline double ve_pairs_total(const ve_pairs *pairs, size_t i) {
    double total = pairs->seen[i] ? 0 : NAN;
    for (size_t j = 0; j < pairs->count; j++)
        if (pairs->seen[j] && i != j) total += pairs->said[i * pairs->count + j];
    return total;
}

#endif

/* Kano's evaluation table (Berger et al. 1993). Two sources in circulation have it wrong: see docs/method.md.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "survey/classes.h"

enum { ANSWERS = 5 };

#define M VE_KANO_MUST_BE
#define O VE_KANO_ONE_DIMENSIONAL
#define A VE_KANO_ATTRACTIVE
#define I VE_KANO_INDIFFERENT
#define R VE_KANO_REVERSE
#define Q VE_KANO_QUESTIONABLE
/* rows: with the function; columns: without it; like, must-be, neutral, live-with, dislike */
static const ve_kano_class evaluation[ANSWERS][ANSWERS] = {
    { Q, A, A, A, O }, { R, I, I, I, M }, { R, I, I, I, M }, { R, I, I, I, M }, { R, R, R, R, Q },
};
#undef M
#undef O
#undef A
#undef I
#undef R
#undef Q

static size_t answer_of(double x) {
    size_t answer = x >= 1 ? (size_t)x - 1 : 0;
    return answer < ANSWERS ? answer : ANSWERS - 1;
}

/* Answers from 1 (like) to 5 (dislike), with the function and without it. */
static ve_kano_class class_of(double functional, double dysfunctional, bool strict) {
    size_t with = answer_of(functional), without = answer_of(dysfunctional);
    if (strict && with == 1 && without == 1) return VE_KANO_QUESTIONABLE;
    return evaluation[with][without];
}

void ve_classes_count(const ve_survey_want *want, const double *asked, double w, double *out) {
    const size_t m = want->options;
    for (size_t i = 0; i < want->pairs * VE_KANO_COUNT * m; i++)
        out[i] = 0;
    for (size_t p = 0; p < want->pairs; p++) {
        const ve_survey_pair *pair = &want->pair[p];
        for (size_t i = 0; i < m; i++) {
            size_t is =
                class_of(asked[pair->functional * m + i], asked[pair->dysfunctional * m + i], pair->strict);
            out[(p * VE_KANO_COUNT + is) * m + i] = w;
        }
    }
}

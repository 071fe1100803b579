/* What a study compares the base with, and what lies between. Only core/run sees it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_RUN_RIVALS_H
#define VE_RUN_RIVALS_H

#include "model/difference.h"
#include "run/session.h"

typedef struct ve_rival {
    const char *name;
    ve_session *session; /* that its survey is read in */
    ve_subject subject;
    ve_differences differences; /* from the base's tree to its own */
    int survey;                 /* the difference that stands for a survey in another folder; -1: none */
} ve_rival;

struct ve_rivals {
    ve_rival *rival;
    size_t count;
};

/* By option of the base: its number in another model, by its id; -1: none. NULL: out of memory. */
const int *ve_rival_options(const ve_model *base, const ve_model *model, ve_arena *arena);

/* Evaluate the base with some of the differences: row r has difference c where taken[c * rows + r]. Figures
 * are of the base's options. */
ve_code ve_rival_between(ve_session *session, const ve_subject *base, const ve_rival *rival,
                         const bool *taken, size_t rows, ve_figures *figures);

#endif

/* What the files of this plugin share: every tier evaluated, and what people are told of it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_SEGMENTS_H
#define STUDY_SEGMENTS_H

#include "ve/plugin.h"

typedef struct segments_tier {
    const ve_outcome
        *outcome;            /* the options for its customers; NULL where some target reaches none of them */
    const ve_outcome *alike; /* the same with all of them alike; NULL where the tier has no customers */
} segments_tier;

typedef struct segments_view {
    const ve_study_services *services;
    const ve_outline *outline;
    ve_aggregate aggregate;
    segments_tier *tier;
    const ve_outcome *all; /* all customers together; NULL where it cannot be told */
} segments_view;

/* The answer for a tier: by its own target customers, or with all alike where those are not to be had. */
const ve_outcome *segments_answer(const segments_view *view, size_t tier);
/* The best option there, -1 where there is none. */
int segments_best(const segments_view *view, size_t tier);

void segments_say(const segments_view *view);
void segments_warn(const segments_view *view);

#endif

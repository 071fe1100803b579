/* A study under way: what stands behind the services that it is handed. Only core/run sees it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_RUN_STUDY_H
#define VE_RUN_STUDY_H

#include "run/session.h"
#include "vary/vary.h"

typedef struct ve_study_room {
    ve_study_services services; /* first: what the study sees of this */
    ve_word_services base;
    ve_session *session;
    const ve_subject *subject;
    ve_report_builder *builder;
    ve_vary *vary;                     /* NULL until the study asks for numbers */
    const ve_alternative *alternative; /* NULL until it asks for them */
    bool failed;                       /* a sentence found no memory */
} ve_study_room;

static inline ve_study_room *ve_study_room_of(const ve_study_services *services) {
    return (ve_study_room *)(uintptr_t)services;
}

/* The services that change numbers. */
void ve_study_may_vary(ve_study_services *services);
/* The numbers of the base, listed at the first question. */
ve_code ve_study_vary(ve_study_room *room, ve_vary **out);
/* The services that compare the base with others. */
void ve_study_may_compare(ve_study_services *services);

#endif

/* A study under way: what stands behind the services that it is handed. Only core/run sees it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_RUN_STUDY_H
#define VE_RUN_STUDY_H

#include "run/rivals.h"
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
/* Differences as they are told. */
typedef struct ve_changed {
    const ve_differences *differences;
    const ve_model *here, *there; /* here: of the base, NULL where nobody has made it */
    int survey;                   /* the difference that stands for a survey in another folder; -1 */
    const char *file;             /* whose that is */
} ve_changed;
/* out: one for each difference. */
ve_code ve_changes_tell(ve_study_room *room, const ve_changed *changed, ve_replaced *out);
/* The services that compare the base with others. */
void ve_study_may_compare(ve_study_services *services);

#endif

/* The study of Kano's classes: what its parts hand to each other.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_STUDY_KANO_H
#define VE_STUDY_KANO_H

#include "ve/plugin.h"

typedef struct kano_params {
    double divided; /* two classes with so much each, which are not told apart, divide the customers */
    double few;     /* fewer customers than this are told */
} kano_params;

typedef struct kano_view {
    const ve_study_services *s;
    const ve_outline *outline;
    const kano_params *params;
    const ve_outcome *alike; /* all customers alike */
    const ve_outcome *own;   /* by target */
} kano_view;

/* Of all customers alike, of the customers of an option. */
const ve_outcome_kano *kano_of_all(const kano_view *v, size_t function);
const ve_outcome_kano *kano_of(const kano_view *v, size_t option, size_t function);

/* Do the options' customers feel differently? Counts that the model gives are the same for everybody. */
bool kano_depends_on_target(const kano_view *v, size_t function);

bool kano_is_bimodal(const kano_view *v, const ve_outcome_kano *k);

/* words.c */
void kano_say(const kano_view *v);
void kano_warn(const kano_view *v);

#endif

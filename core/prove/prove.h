/* What must hold for every plugin of a kind, tried on one plugin: built in or a stranger's.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_PROVE_PROVE_H
#define VE_PROVE_PROVE_H

#include "run/run.h"

typedef enum ve_verdict { VE_HOLDS, VE_FAILS, VE_NOT_TRIED } ve_verdict;

/* Told of every property, once. `detail` says what was found, or why it was not tried; "" where it holds.
 * Texts are gone afterwards. */
typedef struct ve_prover {
    void (*tell)(void *context, const char *property, ve_verdict verdict, const char *detail);
    void *context;
    ve_shelf *shelf; /* where plugins in Lua stand, NULL */
} ve_prover;

/* The plugin is taken from its own example (ve_record.example), in models of the program's that are written
 * to a folder of their own and removed again. Fails where no model can be written, or for want of memory. */
ve_code ve_prove(const ve_plugin *plugin, const ve_registry *registry, const ve_prover *prover,
                 ve_errors *errors);

#endif

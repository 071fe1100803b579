/* What the files of this stage share; nobody else includes it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_VARY_INTERNAL_H
#define VE_VARY_INTERNAL_H

#include "base/errors.h"
#include "model/path.h"
#include "vary/vary.h"

struct ve_vary {
    ve_varied of;
    ve_input *input;
    const ve_word **uncertain; /* by input: the distribution that stands for it, NULL */
    size_t count, room;
    struct ve_people *people;      /* NULL until the first resample */
    struct ve_kept_base *base;     /* outcomes of the base, under the assumptions asked for so far */
    struct ve_kept_points *points; /* customers of moved targets, made when these first move */
    struct ve_kept_series *series; /* of moved targets, made when they are first drawn */
};

/* change.c: the base's outcome, evaluated once for all who ask. */
const ve_outcome *ve_vary_known(const ve_vary *vary, const ve_assumptions *under); /* NULL: not yet */
ve_code ve_vary_base(ve_vary *vary, const ve_assumptions *under, const ve_outcome **out, ve_errors *errors);

/* inputs.c */
/* The least and the greatest number that its field allows. */
void ve_input_range(const ve_input *input, double *low, double *high);
ve_code ve_inputs_list(ve_vary *vary);
/* A place for one more, described by its path. */
ve_code ve_inputs_add(ve_vary *vary, const char *path, ve_input **out);

#endif

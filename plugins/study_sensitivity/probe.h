/* One number and what its values do: shared by the files that look for flips.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_SENSITIVITY_PROBE_H
#define STUDY_SENSITIVITY_PROBE_H

#include "study_sensitivity.h"

enum { PROBE_BASE, PROBE_LOW, PROBE_HIGH, PROBE_STEPS, PROBE_SIDE = 384 };
enum { PROBE_ROWS = PROBE_STEPS + SENSITIVITY_SIDES * PROBE_SIDE };

/* Values of one number, and what they do. */
typedef struct probe {
    sensitivity_view *v;
    const sensitivity_input *input;
    size_t rows;
    double value[PROBE_ROWS]; /* NaN: as the model has it */
    int best[PROBE_ROWS];
    double *index, *merit; /* options x rows; there is room for PROBE_ROWS */
} probe;

typedef struct stretch {
    double near, far; /* the winner is the same at `near`, another one at `far` */
    int to;
    bool open; /* there is one */
} stretch;

/* Evaluate its rows. */
ve_code probe_ask(probe *p);
/* Beyond a value at which it has no value index nothing is looked for. */
bool probe_has_result(const probe *p, size_t row);

/* dips.c: the first step of a side stands at PROBE_STEPS + side * PROBE_SIDE. A winner that comes and goes
 * between two steps becomes the stretch of its side, unless there is a nearer one. */
ve_code probe_dips(probe *p, stretch side[SENSITIVITY_SIDES]);

#endif

/* What the files of this plugin share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_SENSITIVITY_H
#define STUDY_SENSITIVITY_H

#include "ve/plugin.h"

#include "sobol.h"

/* Customers that are left out one by one: as many, where each takes little, and so many where each is a whole
 * evaluation. */
enum { SENSITIVITY_CUSTOMERS_MOST = 1000000, SENSITIVITY_WHOLE_MOST = 20000 };
enum { SENSITIVITY_SHOWN = 15, SENSITIVITY_NONE = -1 };
enum { SENSITIVITY_BELOW, SENSITIVITY_ABOVE, SENSITIVITY_SIDES };

typedef struct sensitivity_params {
    double by, concentration;
    int draws, seed;
} sensitivity_params;

/* The value nearest to the base, to one side, at which another option is best: of a whole number the first
 * with another one, else the border. */
typedef struct sensitivity_flip {
    double at; /* NaN: there is none */
    int to;    /* option, SENSITIVITY_NONE: none can be chosen */
} sensitivity_flip;

/* One number of the model. */
typedef struct sensitivity_input {
    size_t index;
    const ve_input *of;
    double low, high;             /* it swings between them */
    double value_low, value_high; /* V of the option that is best, there */
    sensitivity_flip flip[SENSITIVITY_SIDES];
} sensitivity_input;

/* Inputs that are drawn together: one that is uncertain, the weights of a list, those that are correlated. */
typedef struct sensitivity_group {
    size_t first, count; /* the first of them among those drawn; how many */
    sobol_sums sums;
} sensitivity_group;

/* Something that the model does without. */
typedef struct sensitivity_left_out {
    const char *kind; /* "function", "party", "customer" */
    const char *name, *path;
    double value; /* V of the option that is best with it */
    int best;     /* without it */
} sensitivity_left_out;

typedef struct sensitivity_view {
    const ve_study_services *s;
    const ve_outline *outline;
    const sensitivity_params *params;
    const ve_outcome *base;
    int leader; /* the option that is best */
    sensitivity_input *input;
    size_t inputs;
    ve_drawing drawing;
    int *group_of; /* by input that is drawn */
    sensitivity_group *group;
    size_t groups, draws, failed;
    char why[VE_MESSAGE_BYTES];
    sensitivity_left_out *left_out; /* customers: those that matter most */
    size_t left_outs;
    size_t customers; /* left out one by one */
    double shift;     /* of all scores, at which another option is as good */
    int shift_to;     /* SENSITIVITY_NONE: there is no such shift */
} sensitivity_view;

/* ---- flips.c: every number by itself ---- */
ve_code sensitivity_inputs(sensitivity_view *v);
/* The nearer of the two; NULL where the winner never changes. */
const sensitivity_flip *sensitivity_nearest(const sensitivity_input *input);
double sensitivity_flip_percent(const sensitivity_input *input, const sensitivity_flip *flip);

/* ---- variance.c: all that is uncertain at once ---- */
ve_code sensitivity_variance(sensitivity_view *v);

/* ---- left_out.c: one function, party, customer less ---- */
ve_code sensitivity_leave_out(sensitivity_view *v);

/* ---- words.c ---- */
void sensitivity_say(const sensitivity_view *v);
ve_code sensitivity_tables(const sensitivity_view *v);
void sensitivity_warn(const sensitivity_view *v);

#endif

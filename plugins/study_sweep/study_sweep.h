/* What the files of this plugin share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_SWEEP_H
#define STUDY_SWEEP_H

#include "ve/plugin.h"

enum { SWEEP_PATHS = 2, SWEEP_POINTS_MOST = 1000000, SWEEP_NONE = -1 };

/* One number and the values it goes through. */
typedef struct sweep_axis {
    const char *path;
    size_t input;
    double from, to, step;
    size_t count;
} sweep_axis;

/* Points at which the case is evaluated: columns of `rows` values, one for each axis. */
typedef struct sweep_points {
    size_t rows;
    double *value[SWEEP_PATHS];
    double *index; /* options x rows: value indices */
    int *best;     /* rows; SWEEP_NONE */
    size_t failed;
    char why[VE_MESSAGE_BYTES];
} sweep_points;

/* Where the winner changes along the first axis, the second, if any, at `other`. */
typedef struct sweep_crossing {
    double at, other;
    int from, to; /* options; SWEEP_NONE */
} sweep_crossing;

typedef struct sweep_view {
    const ve_study_services *s;
    const ve_outline *outline;
    sweep_axis axis[SWEEP_PATHS];
    size_t axes;
    sweep_points points; /* the first axis varies fastest */
    sweep_crossing *crossing;
    size_t crossings, crossings_room;
} sweep_view;

/* ---- axes.c ---- */
/* "PATH=FROM:TO:STEP", one or two of them, one to a line. */
ve_code sweep_read_axes(sweep_view *v, const char *text);
double sweep_value(const sweep_axis *axis, size_t i);

/* ---- points.c ---- */
ve_code sweep_points_make(const sweep_view *v, size_t rows, sweep_points *out);
/* Evaluate; values are there. */
ve_code sweep_points_ask(const sweep_view *v, sweep_points *points);
/* Room for rows that are asked again and again. */
ve_code sweep_grid(sweep_view *v);

/* ---- crossings.c ---- */
/* Find where the winner changes along the first axis, for every value of the second. */
ve_code sweep_cross(sweep_view *v);

/* ---- peak.c: --best PATH ---- */
ve_code sweep_peak(sweep_view *v, const char *path);

/* ---- words.c ---- */
const char *sweep_option_name(const sweep_view *v, int option); /* "no option" for SWEEP_NONE */
const char *sweep_option_id(const sweep_view *v, int option);   /* NULL for SWEEP_NONE */
void sweep_say_line(const sweep_view *v);
void sweep_say_grid(const sweep_view *v);

#endif

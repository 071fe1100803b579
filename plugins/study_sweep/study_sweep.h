/* What the files of this plugin share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_SWEEP_H
#define STUDY_SWEEP_H

#include <math.h>

#include "ve/plugin.h"

enum { SWEEP_PATHS = 2, SWEEP_POINTS_MOST = 1000000, SWEEP_NONE = -1, SWEEP_FAILED = -2 };

/* One number and the values it goes through. */
typedef struct sweep_axis {
    const char *path;
    size_t input;
    double from, to, step;
    size_t count;
    bool whole; /* it has a result at whole numbers only: so are all values */
} sweep_axis;

/* Points at which the case is evaluated: columns of `rows` values, one for each axis. */
typedef struct sweep_points {
    size_t rows;
    double *value[SWEEP_PATHS];
    double *index; /* options x rows: value indices */
    double *merit; /* options x rows: what the rule ranks by; NaN of an option that cannot be best */
    int *rank;     /* options x rows: 0 not ranked */
    double *cost;  /* options x rows; only tells rows without a result from others */
    int *best;     /* rows; SWEEP_NONE: all are shut out; SWEEP_FAILED: no result */
    size_t failed;
    char why[VE_MESSAGE_BYTES];
} sweep_points;

/* One of them, and on which line of the grid it lies. */
typedef struct sweep_spot {
    const sweep_points *points;
    size_t row, line;
} sweep_spot;

/* In the order of lines, on each from its beginning to its end, once they are sorted. */
typedef struct sweep_spots {
    sweep_spot *list;
    size_t count, room;
} sweep_spots;

/* Where the winner changes along the first axis, the second, if any, at `other`; or where results end or
 * begin, which is no change of the winner. Of a whole number it is the first with the new winner. */
typedef struct sweep_crossing {
    double at, other;
    int from, to; /* options; SWEEP_NONE; SWEEP_FAILED */
} sweep_crossing;

typedef struct sweep_view {
    const ve_study_services *s;
    const ve_outline *outline;
    sweep_axis axis[SWEEP_PATHS];
    size_t axes;
    sweep_points points; /* the first axis varies fastest */
    sweep_crossing *crossing;
    size_t crossings;
    double begun, ended; /* shares of the study between which the work that is asked for now lies */
} sweep_view;

static inline double sweep_x(const sweep_spot *s) {
    return s->points->value[0][s->row];
}

static inline int sweep_best(const sweep_spot *s) {
    return s->points->best[s->row];
}

/* NaN also of no option. */
static inline double sweep_merit(const sweep_spot *s, int option) {
    return option < 0 ? NAN : s->points->merit[(size_t)option * s->points->rows + s->row];
}

/* ---- axes.c ---- */
/* "PATH=FROM:TO:STEP" or "PATH=FROM:TO/COUNT", one or two of them, one to a line. */
ve_code sweep_read_axes(sweep_view *v, const char *text);
double sweep_value(const sweep_axis *axis, size_t i);
/* The place itself, or of a whole number the nearest one. */
double sweep_place(const sweep_axis *axis, double x);

/* ---- points.c ---- */
ve_code sweep_points_make(const sweep_view *v, size_t rows, sweep_points *out);
/* Evaluate; values are there. */
ve_code sweep_points_ask(const sweep_view *v, sweep_points *points);
/* Evaluate the grid that the axes span. */
ve_code sweep_grid(sweep_view *v);

/* ---- spots.c ---- */
ve_code sweep_spots_add(const sweep_view *v, sweep_spots *to, sweep_spot spot);
void sweep_spots_sort(sweep_spots *spots);
/* The points of the grid and some between them: so many that no option is best for a while unseen where
 * merits bend gently. Sorted. */
ve_code sweep_spots_find(const sweep_view *v, sweep_spots *out);

/* ---- crossings.c ---- */
/* Find where the winner changes along the first axis, for every value of the second. */
ve_code sweep_cross(sweep_view *v);

/* Between changes, from 0 to v->crossings: who is best from where to where. */
typedef struct sweep_reign {
    int best;
    double from, to;
} sweep_reign;
sweep_reign sweep_reign_of(const sweep_view *v, size_t i);
bool sweep_is_change(const sweep_crossing *c);
size_t sweep_changes(const sweep_view *v);

/* ---- peak.c: --best PATH ---- */
ve_code sweep_peak(const sweep_view *v, const char *path);

/* ---- words.c ---- */
void sweep_say_line(const sweep_view *v);
void sweep_say_grid(const sweep_view *v);

#endif

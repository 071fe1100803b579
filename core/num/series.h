/* Functions of one number as Chebyshev series: asked a million times, computed a few dozen times.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_NUM_SERIES_H
#define VE_NUM_SERIES_H

#include <stdbool.h>
#include <stddef.h>

enum { VE_SERIES_MOST = 256 /* terms */, VE_SERIES_COLUMNS = 128 };

/* Several functions of the same number. */
typedef struct ve_series {
    double low, high;
    size_t columns, terms;
    double *term; /* terms x columns */
} ve_series;

/* value(context, x, out): the columns at x; false where they do not exist. */
typedef bool ve_series_value(const void *context, double x, double *out);

/* room: VE_SERIES_MOST x columns. False where so many terms do not reach 1e-13 of each function's size. */
bool ve_series_make(ve_series_value *value, const void *context, double low, double high, size_t columns,
                    double *room, ve_series *out);
/* Column c at x[r] -> out[c][r]; low <= x <= high. */
void ve_series_at(const ve_series *series, const double *x, size_t rows, double *const *out);

#endif

/* Sums of many terms side by side, each in two doubles: as exact as ve_exact and several times as fast, for a
 * while. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_SURVEY_PAIR_H
#define VE_SURVEY_PAIR_H

#include <stdbool.h>
#include <stddef.h>

/* Ordinary terms lie within 2^14 and are whole multiples of 2^-64: figures of surveys from 1/4000 up always
 * are. As many additions of them keep every bit, in a high part of multiples of 2^-24 and a low part of what
 * is left. */
enum { VE_PAIR_ADDITIONS = 16384 };

/* Terms, and each part of their sums, come in an even number, padded with 0. */
static inline size_t ve_pair_even(size_t count) {
    return (count + 1) / 2 * 2;
}
bool ve_pair_ordinary(const double *term, size_t count);
void ve_pair_add(double *high, double *low, const double *term, size_t count);

#endif

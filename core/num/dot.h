/* Sums of products over whole columns: eight lanes, so that they vectorise, in an order that never changes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_NUM_DOT_H
#define VE_NUM_DOT_H

#include <stddef.h>

double ve_dot(const double *a, const double *b, size_t count);         /* sum of a b */
double ve_dot_squared(const double *a, const double *b, size_t count); /* sum of a a b */
double ve_total(const double *a, size_t count);                        /* sum of a */

#endif

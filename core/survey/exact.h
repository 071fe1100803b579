/* Sums without rounding: their bytes do not depend on the order of the terms.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_SURVEY_EXACT_H
#define VE_SURVEY_EXACT_H

#include <stdbool.h>
#include <stdint.h>

/* 256 bits, two's complement, in units of 2^-128: every term from 2^-75 up is kept to its last bit, smaller
 * ones are rounded by themselves, and 2^26 terms of the greatest size fit. Start with all zero. */
typedef struct ve_exact {
    uint64_t limb[4];
} ve_exact;

bool ve_exact_fits(double x); /* finite and below 2^100 */
void ve_exact_add(ve_exact *sum, double x);
void ve_exact_join(ve_exact *sum, const ve_exact *other);
double ve_exact_value(const ve_exact *sum); /* rounded once, to nearest */

#endif

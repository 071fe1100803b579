/* Sums in two doubles.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "survey/pair.h"

#include <float.h>
#include <stdint.h>
#include <string.h>

_Static_assert(FLT_EVAL_METHOD == 0, "sums must round to double at every step");

typedef double two __attribute__((vector_size(16)));
typedef int64_t two_bits __attribute__((vector_size(16)));

/* Adding and taking off again a number of this size rounds to a multiple of 2^-24, of 2^-64. */
static const two round_high = { 0x1.8p28, 0x1.8p28 }, round_low = { 0x1.8p-12, 0x1.8p-12 };
static const two most = { 0x1p14, 0x1p14 }, least = { -0x1p14, -0x1p14 };

static inline two load(const double *x) {
    two v;
    memcpy(&v, x, sizeof v);
    return v;
}

static inline void add_to(double *sum, two x) {
    two v = load(sum) + x;
    memcpy(sum, &v, sizeof v);
}

bool ve_pair_ordinary(const double *term, size_t count) {
    two_bits fine = { -1, -1 };
    for (size_t i = 0; i < count; i += 2) {
        two x = load(term + i), low = x - ((x + round_high) - round_high);
        fine &=
            (two_bits)(x < most) & (two_bits)(x > least) & (two_bits)((low + round_low) - round_low == low);
    }
    return fine[0] && fine[1];
}

void ve_pair_add(double *high, double *low, const double *term, size_t count) {
    for (size_t i = 0; i < count; i += 2) {
        two x = load(term + i), above = (x + round_high) - round_high;
        add_to(high + i, above);
        add_to(low + i, x - above);
    }
}

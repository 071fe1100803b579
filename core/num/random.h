/* Random numbers addressed by seed, stream and draw: any thread can make any of them, in any order, and they
 * are always the same. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Philox4x32 with ten rounds (Salmon and others, 2011). A stream is one quantity that is drawn: an uncertain
 * number, the choice of customers. */
#ifndef VE_NUM_RANDOM_H
#define VE_NUM_RANDOM_H

#include <stddef.h>
#include <stdint.h>

typedef struct ve_random_bits {
    uint64_t bits[2];
} ve_random_bits;
ve_random_bits ve_random(uint64_t seed, uint64_t stream, uint64_t draw);
/* The bits of the draws from `first` on: one[i] and two[i] are bits[0] and bits[1]. */
void ve_random_column(uint64_t seed, uint64_t stream, uint64_t first, size_t count, uint64_t *one,
                      uint64_t *two);
/* 52 of the bits, halfway between steps of 2^-52. */
static inline double ve_uniform_of(uint64_t bits) {
    return ((double)(int64_t)(bits >> 12) + 0.5) * 0x1p-52;
}
/* Above 0 and below 1, halfway between steps of 2^-52. */
double ve_random_uniform(uint64_t seed, uint64_t stream, uint64_t draw);
/* The draws from `first` on. */
void ve_random_fill(uint64_t seed, uint64_t stream, uint64_t first, size_t count, double *out);
/* Exponential numbers of mean 1, two of each draw's bits: number n is of draw n / 2. `first` is even. */
void ve_exponential_fill(uint64_t seed, uint64_t stream, uint64_t first, size_t count, double *out);

#endif

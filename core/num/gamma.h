/* Gamma numbers, for weights that are drawn around judged ones.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Marsaglia and Tsang (2000) from normal numbers by the ziggurat (Marsaglia and Tsang 2000; layers as in
 * Doornik 2005). */
#ifndef VE_NUM_GAMMA_H
#define VE_NUM_GAMMA_H

#include <stddef.h>
#include <stdint.h>

/* The draws from `first` on, addressed like those of random.h; shape > 0, scale 1. */
void ve_gamma_fill(uint64_t seed, uint64_t stream, uint64_t first, size_t count, double shape, double *out);

#endif

/* Random numbers addressed by seed, stream and draw.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/random.h"

#include <Random123/philox.h>

static uint64_t joined(uint32_t low, uint32_t high) {
    return (uint64_t)high << 32 | low;
}

ve_random_bits ve_random(uint64_t seed, uint64_t stream, uint64_t draw) {
    philox4x32_key_t key = { { (uint32_t)seed, (uint32_t)(seed >> 32) } };
    philox4x32_ctr_t counter = { { (uint32_t)draw, (uint32_t)(draw >> 32), (uint32_t)stream,
                                   (uint32_t)(stream >> 32) } };
    philox4x32_ctr_t made = philox4x32_R(10, counter, key);
    return (ve_random_bits){ { joined(made.v[0], made.v[1]), joined(made.v[2], made.v[3]) } };
}

double ve_random_uniform(uint64_t seed, uint64_t stream, uint64_t draw) {
    return ((double)(ve_random(seed, stream, draw).bits[0] >> 12) + 0.5) * 0x1p-52;
}

void ve_random_fill(uint64_t seed, uint64_t stream, uint64_t first, size_t count, double *out) {
    for (size_t i = 0; i < count; i++)
        out[i] = ve_random_uniform(seed, stream, first + i);
}

/* 64 bits as a fraction of 1, times the limit. */
uint32_t ve_random_below(uint64_t seed, uint64_t stream, uint64_t draw, uint32_t limit) {
    uint64_t bits = ve_random(seed, stream, draw).bits[0], low = (bits & 0xffffffff) * limit;
    return (uint32_t)(((bits >> 32) * limit + (low >> 32)) >> 32);
}

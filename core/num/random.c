/* Random numbers addressed by seed, stream and draw.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/random.h"

#include <Random123/philox.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

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

static double uniform_of(uint64_t bits) {
    return ((double)(bits >> 12) + 0.5) * 0x1p-52;
}

double ve_random_uniform(uint64_t seed, uint64_t stream, uint64_t draw) {
    return uniform_of(ve_random(seed, stream, draw).bits[0]);
}

void ve_random_fill(uint64_t seed, uint64_t stream, uint64_t first, size_t count, double *out) {
    for (size_t i = 0; i < count; i++)
        out[i] = ve_random_uniform(seed, stream, first + i);
}

/* ---- gamma ----------------------------------------------------------------------------------- */

/* Streams of further tries lie beside the stream, where nobody counts to. */
static uint64_t try_stream(uint64_t stream, unsigned attempt) {
    return stream ^ ((uint64_t)(attempt + 1) << 48);
}

/* shape >= 1. About one try in thirty is refused. */
static double large_gamma(uint64_t seed, uint64_t stream, uint64_t draw, double shape) {
    double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
    for (unsigned attempt = 0;; attempt++) {
        ve_random_bits r = ve_random(seed, try_stream(stream, attempt), draw);
        double z = gsl_cdf_ugaussian_Pinv(uniform_of(r.bits[0])), u = uniform_of(r.bits[1]);
        double v = (1 + c * z) * (1 + c * z) * (1 + c * z);
        if (v > 0 && log(u) < 0.5 * z * z + d * (1 - v + log(v))) return d * v;
    }
}

double ve_random_gamma(uint64_t seed, uint64_t stream, uint64_t draw, double shape) {
    if (shape >= 1) return large_gamma(seed, stream, draw, shape);
    double u = ve_random_uniform(seed, stream, draw);
    return large_gamma(seed, stream, draw, shape + 1) * exp(log(u) / shape);
}

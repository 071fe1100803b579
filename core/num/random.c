/* Random numbers addressed by seed, stream and draw.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/random.h"

#include <Random123/philox.h>
#include <string.h>

#include "ve/wide.h"

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

/* The same as above, draw beside draw: 32 bits in each lane of 64, so that lanes can be multiplied. */
VE_WIDE void ve_random_column(uint64_t seed, uint64_t stream, uint64_t first, size_t count,
                              uint64_t *restrict one, uint64_t *restrict two) {
    const uint64_t low = 0xffffffffu;
    for (size_t i = 0; i < count; i++) {
        uint64_t a = (first + i) & low, b = (first + i) >> 32, c = stream & low, d = stream >> 32;
        uint32_t key_a = (uint32_t)seed, key_c = (uint32_t)(seed >> 32);
#pragma GCC unroll 10
        for (int round = 0; round < 10; round++) {
            uint64_t by_a = (a & low) * PHILOX_M4x32_0, by_c = (c & low) * PHILOX_M4x32_1;
            a = (by_c >> 32) ^ b ^ key_a;
            b = by_c & low;
            c = (by_a >> 32) ^ d ^ key_c;
            d = by_a & low;
            key_a += PHILOX_W32_0;
            key_c += PHILOX_W32_1;
        }
        one[i] = a | b << 32;
        two[i] = c | d << 32;
    }
}

double ve_random_uniform(uint64_t seed, uint64_t stream, uint64_t draw) {
    return ve_uniform_of(ve_random(seed, stream, draw).bits[0]);
}

VE_WIDE static void uniforms_of(const uint64_t *bits, size_t count, double *out) {
    for (size_t i = 0; i < count; i++)
        out[i] = ve_uniform_of(bits[i]);
}

void ve_random_fill(uint64_t seed, uint64_t stream, uint64_t first, size_t count, double *out) {
    enum { SOME = 512 };
    uint64_t one[SOME], two[SOME];
    for (size_t from = 0; from < count; from += SOME) {
        size_t some = count - from < SOME ? count - from : SOME;
        ve_random_column(seed, stream, first + from, some, one, two);
        uniforms_of(one, some, out + from);
    }
}

/* ---- exponential numbers ------------------------------------------------------------------------- */

/* -log u for 0 < u < 1, to a few units of the last place, in operations that vectors have: u = 2^e m with m
 * from the root of one half to that of two, log m = 2 artanh((m - 1) / (m + 1)) by its series. */
static inline double minus_log(double u) {
    uint64_t bits;
    memcpy(&bits, &u, sizeof bits);
    const uint64_t root = 0x3fe6a09e667f3bcdu; /* of one half */
    uint64_t shifted = bits - root, kept = (shifted & 0x000fffffffffffffu) + root;
    double m, e = (int32_t)(shifted >> 32) >> 20, sum = 0;
    memcpy(&m, &kept, sizeof m);
    double s = (m - 1) / (m + 1), square = s * s;
#pragma GCC unroll 12
    for (int n = 23; n > 1; n -= 2)
        sum = (sum + 1.0 / n) * square;
    return -(e * 0x1.62e42fefa39efp-1 + (2 * s + 2 * s * sum));
}

VE_WIDE static void exponentials_of(const uint64_t *one, const uint64_t *two, size_t pairs, double *out) {
    for (size_t i = 0; i < pairs; i++) {
        out[2 * i] = minus_log(ve_uniform_of(one[i]));
        out[2 * i + 1] = minus_log(ve_uniform_of(two[i]));
    }
}

void ve_exponential_fill(uint64_t seed, uint64_t stream, uint64_t first, size_t count, double *out) {
    enum { PAIRS = 256 };
    uint64_t one[PAIRS], two[PAIRS];
    double some[2 * PAIRS];
    for (size_t from = 0; from < count; from += 2 * PAIRS) {
        size_t left = count - from < 2 * PAIRS ? count - from : 2 * PAIRS;
        ve_random_column(seed, stream, (first + from) / 2, PAIRS, one, two);
        exponentials_of(one, two, PAIRS, some);
        memcpy(out + from, some, left * sizeof *out);
    }
}

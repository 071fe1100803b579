/* SHA-256 as FIPS 180-4 writes it down.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/sha256.h"

#include <stdio.h>
#include <string.h>

enum { ROUNDS = 64, LENGTH_AT = 56 };

/* Section 4.2.2: the first 32 bits of the fractions of the cube roots of the first 64 primes. */
static const uint32_t constant[ROUNDS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

void ve_sha256_begin(ve_sha256 *sum) {
    *sum = (ve_sha256){ .state = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c,
                                   0x1f83d9ab, 0x5be0cd19 } };
}

static uint32_t turn(uint32_t x, int by) {
    return x >> by | x << (32 - by);
}

/* Section 6.2.2, step 1. */
static void schedule(const unsigned char *block, uint32_t w[ROUNDS]) {
    for (int t = 0; t < 16; t++, block += 4)
        w[t] = (uint32_t)block[0] << 24 | (uint32_t)block[1] << 16 | (uint32_t)block[2] << 8 | block[3];
    for (int t = 16; t < ROUNDS; t++) {
        uint32_t s0 = turn(w[t - 15], 7) ^ turn(w[t - 15], 18) ^ w[t - 15] >> 3;
        uint32_t s1 = turn(w[t - 2], 17) ^ turn(w[t - 2], 19) ^ w[t - 2] >> 10;
        w[t] = s1 + w[t - 7] + s0 + w[t - 16];
    }
}

/* Steps 2 to 4; v holds a to h. */
static void take_block(uint32_t state[8], const unsigned char *block) {
    uint32_t w[ROUNDS], v[8];
    schedule(block, w);
    memcpy(v, state, sizeof v);
    for (int t = 0; t < ROUNDS; t++) {
        uint32_t s1 = turn(v[4], 6) ^ turn(v[4], 11) ^ turn(v[4], 25);
        uint32_t s0 = turn(v[0], 2) ^ turn(v[0], 13) ^ turn(v[0], 22);
        uint32_t chosen = (v[4] & v[5]) ^ (~v[4] & v[6]);
        uint32_t most = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
        uint32_t first = v[7] + s1 + chosen + constant[t] + w[t];
        memmove(v + 1, v, 7 * sizeof *v);
        v[4] += first;
        v[0] = first + s0 + most;
    }
    for (int i = 0; i < 8; i++)
        state[i] += v[i];
}

void ve_sha256_add(ve_sha256 *sum, const void *bytes, size_t length) {
    const unsigned char *at = bytes;
    while (length > 0) {
        size_t waiting = sum->bytes % VE_SHA256_BLOCK, room = VE_SHA256_BLOCK - waiting;
        size_t part = length < room ? length : room;
        memcpy(sum->block + waiting, at, part);
        sum->bytes += part;
        at += part;
        length -= part;
        if (part == room) take_block(sum->state, sum->block);
    }
}

/* A bit, zeros, and the length in bits fill the last block. */
void ve_sha256_end(ve_sha256 *sum, char hex[VE_SHA256_HEX]) {
    static const unsigned char padding[VE_SHA256_BLOCK] = { 0x80 };
    uint64_t bits = sum->bytes * 8;
    unsigned char length[8];
    size_t waiting = sum->bytes % VE_SHA256_BLOCK;
    for (int i = 0; i < 8; i++)
        length[i] = (unsigned char)(bits >> (56 - 8 * i));
    ve_sha256_add(sum, padding, (waiting < LENGTH_AT ? LENGTH_AT : LENGTH_AT + VE_SHA256_BLOCK) - waiting);
    ve_sha256_add(sum, length, sizeof length);
    for (int i = 0; i < 8; i++)
        snprintf(hex + 8 * i, 9, "%08x", sum->state[i]);
}

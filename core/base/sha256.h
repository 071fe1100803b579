/* SHA-256 (FIPS 180-4), by which a plugin file is pinned.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_BASE_SHA256_H
#define VE_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

enum { VE_SHA256_BLOCK = 64, VE_SHA256_HEX = 65 };

typedef struct ve_sha256 {
    uint32_t state[8];
    uint64_t bytes;
    unsigned char block[VE_SHA256_BLOCK]; /* of which the last bytes % 64 are waiting */
} ve_sha256;

void ve_sha256_begin(ve_sha256 *sum);
void ve_sha256_add(ve_sha256 *sum, const void *bytes, size_t length);
/* In lower case hexadecimal digits, as sha256sum prints it. */
void ve_sha256_end(ve_sha256 *sum, char hex[VE_SHA256_HEX]);

#endif

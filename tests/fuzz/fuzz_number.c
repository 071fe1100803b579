/* Numbers: what is read is finite, and written again it reads back as the same double.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    double read, again;
    char room[VE_NUMBER_ROOM], clean[64];
    ve_text_clean(text, size, clean, sizeof clean);
    if (!ve_utf8_valid(clean, strlen(clean))) abort();
    if (!ve_number_read(text, size, &read)) return 0;
    if (!isfinite(read)) abort();
    size_t length = ve_number_write(read, room);
    if (!ve_number_read(room, length, &again) || memcmp(&read, &again, sizeof read) != 0) abort();
    if (ve_number_print(read, 3, room, sizeof room) >= 400) abort();
    return 0;
}

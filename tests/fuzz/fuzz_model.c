/* Model files, from the source text to the report.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz_room.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_write("model.lua", data, size);
    fuzz_run(1);
    return 0;
}

/* Surveys: the first byte says how the model reads the file, the rest is the file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz_room.h"

#define HEAD                                                                                                 \
    "return ve.model { functions = { { id = 'f', weight = 1 }, { id = 'g', weight = 2 } },"                  \
    "attributes = { x = 'm' }, scale = { 0, 4 },"                                                            \
    "options = { { id = 'A', cost = 1, target = ve.normal { mean = 2, sd = 1 } }, { id = 'B', cost = 1 } },"

static const char *const models[] = {
    HEAD "survey = ve.csv { file = 'data.csv', scores = '{option}_{function}' } }",
    HEAD "survey = ve.csv { file = 'data.csv', weight = 'w', missing = 'skip' } }",
    HEAD
    "survey = ve.csv { file = 'data.csv', customer = 'c', option = 'o', options = { A = '1', B = '2' } } }",
    HEAD "survey = ve.csv { file = 'data.csv', encoding = 'gb18030', scores = { f = { column = '{option}_f',"
         "worst = 9, best = 0 }, g = '{option}_g' } } }",
    HEAD "survey = ve.csv { file = 'data.csv', delimiter = ';', customer = 'c', option = 'o', missing = "
         "'skip' } }",
    HEAD "survey = ve.csv { file = 'data.csv', encoding = 'utf-16' } }",
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static size_t written = SIZE_MAX;
    if (!size) return 0;
    size_t which = data[0] % (sizeof models / sizeof *models);
    if (which != written) fuzz_write("model.lua", models[which], strlen(models[which]));
    written = which;
    fuzz_write("data.csv", data + 1, size - 1);
    fuzz_run(1 + data[0] / 128);
    return 0;
}

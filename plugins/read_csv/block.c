/* Customers on their way to the sink, some hundred at a time.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "csv.h"

static void *rows_of(size_t per_row, size_t size) {
    return calloc(per_row ? per_row * CSV_BLOCK_ROWS : 1, size);
}

static ve_code make_wide(csv_block *block) {
    if (!block->score) block->score = rows_of(block->cells, sizeof *block->score);
    block->wide = block->score != NULL;
    return block->wide ? VE_OK : VE_E_MEMORY;
}

ve_code csv_block_init(csv_block *block, const ve_survey_want *want, const csv_plan *plan) {
    size_t cells = want->options * want->leaves;
    *block = (csv_block){ .attributes = want->attributes,
                          .cells = cells,
                          .columns = want->columns * want->options,
                          .stride = (cells + CSV_LANES - 1) / CSV_LANES * CSV_LANES };
    block->attribute = rows_of(block->attributes, sizeof *block->attribute);
    block->weight = plan->weighted ? rows_of(1, sizeof *block->weight) : NULL;
    block->column = rows_of(block->columns, sizeof *block->column);
    /* The last run of scores may be stored beyond its row: a little more than the rows need. */
    block->small = calloc(block->stride * CSV_BLOCK_ROWS + CSV_LANES, sizeof *block->small);
    if (!block->attribute || !block->column || !block->small || (plan->weighted && !block->weight))
        return VE_E_MEMORY;
    return plan->measured ? make_wide(block) : VE_OK;
}

void csv_block_free(csv_block *block) {
    free(block->attribute);
    free(block->weight);
    free(block->column);
    free(block->small);
    free(block->score);
    *block = (csv_block){ .rows = 0 };
}

ve_code csv_block_flush(csv_block *block, ve_sink *sink, unsigned shard) {
    ve_customers customers = { .rows = block->rows,
                               .attribute = block->attribute,
                               .weight = block->weight,
                               .small_score = block->wide ? NULL : block->small,
                               .small_stride = block->stride,
                               .score = block->score,
                               .column = block->column };
    block->handed_on += block->rows;
    block->rows = 0;
    return customers.rows ? sink->add(sink, shard, &customers) : VE_OK;
}

/* As small scores, where all are whole; false: they are not. */
static bool add_small(const csv_block *block, const double *score) {
    uint16_t *to = block->small + block->rows * block->stride;
    for (size_t i = 0; i < block->cells; i++) {
        if (!(score[i] >= 0 && score[i] <= UINT16_MAX) || score[i] != floor(score[i])) return false;
        to[i] = (uint16_t)score[i];
    }
    return true;
}

static void copy(double *to, size_t row, const double *from, size_t count) {
    if (count) memcpy(to + row * count, from, count * sizeof *to);
}

ve_code csv_block_add(csv_block *block, const csv_answers *answers, ve_sink *sink, unsigned shard) {
    if (!block->wide && !add_small(block, answers->score)) {
        ve_code code = csv_block_flush(block, sink, shard);
        if (!code) code = make_wide(block);
        if (code) return code;
    }
    if (block->wide) copy(block->score, block->rows, answers->score, block->cells);
    copy(block->attribute, block->rows, answers->attribute, block->attributes);
    copy(block->column, block->rows, answers->column, block->columns);
    if (block->weight) block->weight[block->rows] = answers->weight;
    return ++block->rows == CSV_BLOCK_ROWS ? csv_block_flush(block, sink, shard) : VE_OK;
}

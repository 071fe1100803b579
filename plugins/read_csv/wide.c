/* The wide layout by the full way: one row, one customer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv.h"

static double *place_of(csv_worker *w, const csv_use *use) {
    if (use->role == CSV_ATTRIBUTE) return &w->answers.attribute[use->index];
    if (use->role == CSV_SCORE) return &w->answers.score[use->index];
    if (use->role == CSV_EXTRA) return &w->answers.column[use->index];
    return &w->answers.weight;
}

static bool named(csv_worker *w, const csv_field *field) {
    if (field->length == 0) {
        csv_worker_fault(w, field, VE_E_CUSTOMER, "name every customer, or leave `customer` out of the model",
                         "the customer has no name");
        return false;
    }
    csv_ids_see(w, field->text, field->length, csv_offset(w, field->start));
    return true;
}

void csv_wide_row(csv_worker *worker) {
    const csv_plan *plan = &worker->reader->plan;
    bool gap = false, whole = true;
    for (size_t i = 0; i < plan->uses; i++) {
        const csv_use *use = &plan->use[i];
        const csv_field *field = &worker->record.field[use->column];
        if (use->role == CSV_CUSTOMER)
            whole &= named(worker, field);
        else
            whole &= csv_take(worker, use, field, place_of(worker, use), &gap);
    }
    if (gap) worker->skipped++;
    if (whole)
        worker->code = csv_block_add(&worker->block, &worker->answers, worker->reader->sink, worker->shard);
}

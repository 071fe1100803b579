/* Passes over the file: units of it are handed to threads, each with a shard of its own. A pass that meets
 * something it was not made for is made again, so the result never depends on the number of threads.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "csv.h"

enum { THREADS_MOST = 64 };

/* What the threads of a pass share. */
typedef struct pass {
    csv_reader *reader;
    void (*unit)(csv_worker *, size_t unit, uint64_t *next); /* next: in order, where the next row begins */
    atomic_size_t taken;
    atomic_bool stop;
    csv_worker *worker[THREADS_MOST];
    unsigned workers;
} csv_pass;

typedef struct runner {
    csv_pass *pass;
    csv_worker *worker;
} runner;

/* What became of the customers. */
typedef struct csv_tally {
    uint64_t read;
    double skipped;
} csv_tally;

/* ---- rows ------------------------------------------------------------------------------------ */

static void fault_record(csv_worker *w) {
    const csv_record *r = &w->record;
    if (r->fault_code == VE_E_MEMORY) {
        w->code = VE_E_MEMORY;
        return;
    }
    csv_fault_add(&w->faults, csv_offset(w, r->fault_at), r->fault_code, r->fault_hint, "%s", r->fault);
}

static void fault_ragged(csv_worker *w, const char *p) {
    size_t have = w->record.count, want = w->reader->header.count;
    const char *hint = have > want && w->reader->header.delimiter == ','
                           ? "check its quotes; numbers are written with a decimal point"
                           : NULL;
    csv_fault_add(&w->faults, csv_offset(w, p), VE_E_RAGGED, hint, "%zu field%s where the header has %zu",
                  have, have == 1 ? "" : "s", want);
}

static void full_row(csv_worker *w, const char *p) {
    if (w->record.count != w->reader->header.count)
        fault_ragged(w, p);
    else if (w->people)
        csv_long_row(w);
    else
        csv_wide_row(w);
}

/* One row by the full way; behind it, or NULL where the pass cannot go on. */
static const char *take_full(csv_worker *w, const char *p) {
    csv_reader *reader = w->reader;
    size_t at = (size_t)(p - w->window.bytes);
    csv_outcome outcome;
    while ((outcome = csv_split(&w->record, w->window.bytes + at, &w->window, &reader->plan,
                                reader->header.delimiter)) == CSV_MORE) {
        w->code = csv_window_extend(&w->window, &reader->source, w->window.length);
        if (w->code) return NULL;
    }
    if (w->record.quoted && !reader->quotes_plain) w->again |= CSV_AGAIN_QUOTES;
    bool in_order = reader->threads == 1 || reader->modes & CSV_AGAIN_IN_ORDER;
    if (!in_order && outcome == CSV_LOST) w->again |= CSV_AGAIN_IN_ORDER;
    if (!in_order && outcome == CSV_BROKEN && w->record.fault_code == VE_E_QUOTE)
        w->again |= CSV_AGAIN_IN_ORDER;
    if (w->again) return NULL;
    if (outcome == CSV_BROKEN || outcome == CSV_LOST) fault_record(w);
    if (outcome == CSV_ROW) full_row(w, w->window.bytes + at);
    return outcome == CSV_LOST ? NULL : w->record.next;
}

/* Rows from p on, as long as they begin before `end`; where the next one begins, or CSV_NO_OFFSET. */
static uint64_t take_rows(csv_worker *w, const char *p, uint64_t end) {
    while (csv_offset(w, p) < end && !w->code && !w->again) {
        uint64_t left = end - w->window.at;
        p = csv_quick(w, p, w->window.bytes + (left < w->window.length ? left : w->window.length));
        if (w->block.rows == CSV_BLOCK_ROWS)
            w->code = csv_block_flush(&w->block, w->reader->sink, w->shard);
        else if (csv_offset(w, p) < end && !w->code && !w->again)
            p = take_full(w, p);
        if (!p) return CSV_NO_OFFSET;
    }
    return w->code || w->again ? CSV_NO_OFFSET : csv_offset(w, p);
}

/* ---- units ----------------------------------------------------------------------------------- */

static uint64_t unit_begin(const csv_reader *reader, size_t unit) {
    return reader->header.rows_at + (uint64_t)unit * CSV_UNIT;
}

static uint64_t unit_end(const csv_reader *reader, size_t unit) {
    uint64_t end = unit_begin(reader, unit) + CSV_UNIT;
    return end < reader->source.size ? end : reader->source.size;
}

/* The first row that begins in a unit: behind the first newline from the byte before it on that is not
 * quoted. */
static const char *first_row(csv_worker *w, size_t unit) {
    csv_reader *reader = w->reader;
    if (unit == 0) return w->window.bytes;
    bool inside = reader->inside && reader->inside[unit];
    for (const char *p = w->window.bytes; p < w->window.bytes + w->window.length; p++) {
        if (p > w->window.bytes) inside ^= *p == '"';
        if (*p == '\n' && !inside) return p + 1;
    }
    return NULL;
}

/* A unit by itself: it finds its first row. */
static void unit_alone(csv_worker *w, size_t unit, uint64_t *next) {
    csv_reader *reader = w->reader;
    (void)next;
    uint64_t at = unit_begin(reader, unit) - (unit > 0), end = unit_end(reader, unit);
    w->code = csv_window_load(&w->window, &reader->source, at, end - at + CSV_UNIT_TAIL);
    if (w->code) return;
    w->span = reader->span ? &reader->span[unit] : NULL;
    const char *p = first_row(w, unit);
    if (p) take_rows(w, p, end);
}

/* A unit after the one before it: rows begin where that one left off. */
static void unit_in_order(csv_worker *w, size_t unit, uint64_t *next) {
    csv_reader *reader = w->reader;
    uint64_t end = unit_end(reader, unit);
    if (*next >= end) return; /* also once the way is lost */
    w->code = csv_window_load(&w->window, &reader->source, *next, end - *next + CSV_UNIT_TAIL);
    if (w->code) return;
    w->span = reader->span ? &reader->span[unit] : NULL;
    *next = take_rows(w, w->window.bytes, end);
}

/* How many quotation marks a unit has: odd or even. */
static void unit_quotes(csv_worker *w, size_t unit, uint64_t *next) {
    csv_reader *reader = w->reader;
    (void)next;
    uint64_t at = unit_begin(reader, unit), end = unit_end(reader, unit);
    w->code = csv_window_load(&w->window, &reader->source, at, end - at);
    if (w->code) return;
    csv_bytes odd = { 0 }, text; /* what is behind the window is zero */
    for (size_t i = 0; i < w->window.length; i += sizeof text) {
        memcpy(&text, w->window.bytes + i, sizeof text);
        odd ^= (csv_bytes)(text == '"');
    }
    for (size_t i = 0; i < sizeof odd; i++)
        reader->inside[unit] ^= odd[i] & 1;
}

static void *run(void *argument) {
    runner *r = argument;
    csv_worker *w = r->worker;
    uint64_t next = r->pass->reader->header.rows_at;
    while (!atomic_load_explicit(&r->pass->stop, memory_order_relaxed)) {
        size_t unit = atomic_fetch_add_explicit(&r->pass->taken, 1, memory_order_relaxed);
        if (unit >= r->pass->reader->units) break;
        r->pass->unit(w, unit, &next);
        if (w->code || w->again) atomic_store_explicit(&r->pass->stop, true, memory_order_relaxed);
    }
    return NULL;
}

/* The first worker is this thread. Where a thread cannot be had, the others do its work. */
static void run_all(csv_pass *pass) {
    pthread_t thread[THREADS_MOST];
    runner runners[THREADS_MOST];
    unsigned started = 1;
    for (unsigned i = 0; i < pass->workers; i++)
        runners[i] = (runner){ pass, pass->worker[i] };
    while (started < pass->workers && pthread_create(&thread[started], NULL, run, &runners[started]) == 0)
        started++;
    run(&runners[0]);
    for (unsigned i = 1; i < started; i++)
        pthread_join(thread[i], NULL);
}

/* ---- workers --------------------------------------------------------------------------------- */

static void worker_free(csv_worker *w) {
    if (!w) return;
    csv_window_free(&w->window);
    csv_record_free(&w->record);
    csv_block_free(&w->block);
    csv_people_free(w);
    free(w->values);
    free(w->ids.list);
    free(w);
}

static ve_code worker_values(csv_worker *w) {
    const csv_block *b = &w->block;
    w->values = calloc(b->attributes + b->cells + b->columns + 1, sizeof *w->values);
    if (!w->values) return VE_E_MEMORY;
    w->answers =
        (csv_answers){ w->values, w->values + b->attributes, w->values + b->attributes + b->cells, 1 };
    return VE_OK;
}

static csv_worker *worker_new(csv_reader *reader, unsigned shard) {
    csv_worker *w = calloc(1, sizeof *w);
    if (!w) return NULL;
    w->reader = reader;
    w->span_kept = reader->span != NULL;
    w->shard = shard;
    csv_seed(w->ids.seed);
    ve_code code = csv_record_init(&w->record, reader->header.count);
    if (!code) code = csv_block_init(&w->block, reader->want, &reader->plan);
    if (!code) code = worker_values(w);
    if (!code && reader->params->option) code = csv_people_new(w);
    if (!code) return w;
    worker_free(w);
    return NULL;
}

static ve_code pass_workers(csv_pass *pass, unsigned workers) {
    for (pass->workers = 0; pass->workers < workers; pass->workers++) {
        pass->worker[pass->workers] = worker_new(pass->reader, pass->workers);
        if (!pass->worker[pass->workers]) return VE_E_MEMORY;
    }
    return VE_OK;
}

static void pass_free(csv_pass *pass) {
    for (unsigned i = 0; i < pass->workers; i++)
        worker_free(pass->worker[i]);
    pass->workers = 0;
}

static ve_code first_code(const csv_pass *pass) {
    for (unsigned i = 0; i < pass->workers; i++)
        if (pass->worker[i]->code) return pass->worker[i]->code;
    return VE_OK;
}

/* ---- passes ---------------------------------------------------------------------------------- */

/* Which units begin inside quotation marks. */
static ve_code count_quotes(csv_reader *reader, unsigned workers) {
    const ve_services *base = reader->services->base;
    if (!reader->inside) reader->inside = base->memory(base, reader->units + 1);
    if (!reader->inside) return VE_E_MEMORY;
    memset(reader->inside, 0, reader->units);
    csv_pass pass = { .reader = reader, .unit = unit_quotes };
    ve_code code = pass_workers(&pass, workers);
    if (!code) run_all(&pass);
    if (!code) code = first_code(&pass);
    pass_free(&pass);
    unsigned char inside = 0;
    for (size_t u = 0; u < reader->units; u++) {
        unsigned char odd = reader->inside[u];
        reader->inside[u] = inside;
        inside ^= odd;
    }
    return code;
}

/* The last rows, and what the workers found. */
static ve_code finish_workers(csv_pass *pass, csv_tally *tally, unsigned *again) {
    csv_reader *reader = pass->reader;
    for (unsigned i = 0; i < pass->workers; i++) {
        csv_worker *w = pass->worker[i];
        if (w->people) csv_people_end(w);
        if (!w->code) w->code = csv_block_flush(&w->block, reader->sink, w->shard);
        if (w->code) return w->code;
        csv_faults_join(&reader->faults, &w->faults);
        tally->skipped += w->skipped;
        tally->read += w->block.handed_on;
    }
    if (reader->params->option) return VE_OK;
    return csv_ids_check(reader, pass->worker, pass->workers, again);
}

static ve_code run_pass(csv_pass *pass, unsigned workers, csv_tally *tally, unsigned *again) {
    ve_code code = pass->reader->sink->open(pass->reader->sink, workers);
    if (!code) code = pass_workers(pass, workers);
    if (code) return code;
    run_all(pass);
    for (unsigned i = 0; i < pass->workers; i++)
        *again |= pass->worker[i]->again;
    code = first_code(pass);
    if (code || *again) return code;
    return finish_workers(pass, tally, again);
}

static ve_code one_pass(csv_reader *reader, csv_tally *tally, unsigned *again) {
    bool in_order = reader->threads == 1 || reader->modes & CSV_AGAIN_IN_ORDER;
    unsigned workers = in_order ? 1 : reader->threads;
    reader->quotes_plain = in_order || reader->modes & CSV_AGAIN_QUOTES;
    *again = 0;
    *tally = (csv_tally){ 0 };
    reader->faults.count = 0;
    if (reader->span) memset(reader->span, 0, reader->units * sizeof *reader->span);
    ve_code code = in_order || !(reader->modes & CSV_AGAIN_QUOTES) ? VE_OK : count_quotes(reader, workers);
    if (code) return code;
    csv_pass pass = { .reader = reader, .unit = in_order ? unit_in_order : unit_alone };
    code = run_pass(&pass, workers, tally, again);
    pass_free(&pass);
    return code;
}

static unsigned threads_for(const csv_reader *reader) {
    uint64_t worth = (reader->source.size - reader->header.rows_at) / CSV_THREAD_BYTES;
    if (reader->params->option || worth < 2) return 1; /* a customer's rows may stand anywhere */
    unsigned most = reader->want->threads < THREADS_MOST ? reader->want->threads : THREADS_MOST;
    return worth < most ? (unsigned)worth : most;
}

static ve_code prepare_units(csv_reader *reader) {
    const ve_services *base = reader->services->base;
    uint64_t rows_at = reader->header.rows_at, size = reader->source.size;
    if (rows_at > size) reader->header.rows_at = rows_at = size; /* a header without a newline */
    reader->units = (size_t)((size - rows_at + CSV_UNIT - 1) / CSV_UNIT);
    reader->threads = threads_for(reader);
    reader->modes = reader->header.quoted ? CSV_AGAIN_QUOTES : 0;
    if (!reader->params->customer || reader->params->option) return VE_OK;
    reader->span = base->memory(base, (reader->units + 1) * sizeof *reader->span);
    return reader->span ? VE_OK : VE_E_MEMORY;
}

ve_code csv_pass_all(csv_reader *reader) {
    ve_code code = prepare_units(reader);
    unsigned again = 0;
    csv_tally tally = { 0 };
    while (!code) {
        code = one_pass(reader, &tally, &again);
        if (code || !(again & ~reader->modes)) break;
        reader->modes |= again;
    }
    if (code || reader->faults.count > 0) return code;
    reader->sink->skip(reader->sink, tally.skipped);
    const ve_services *base = reader->services->base;
    ve_place header = { reader->params->file, 1, 1 };
    return tally.read > 0 || tally.skipped > 0
               ? VE_OK
               : base->fail_at(base, VE_E_NO_ROWS, header, NULL, "there are no customers below the header");
}

/* Faults in the data: the first ones of the file are kept, and told with lines and columns at the end.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "csv.h"

/* Where one at this offset belongs; SIZE_MAX: behind those that are kept. */
static size_t fault_place(const csv_faults *faults, uint64_t offset) {
    size_t i = faults->count;
    while (i > 0 && faults->list[i - 1].offset > offset)
        i--;
    return i < CSV_FAULTS_MOST ? i : SIZE_MAX;
}

static csv_fault *fault_insert(csv_faults *faults, uint64_t offset) {
    size_t i = fault_place(faults, offset);
    if (i == SIZE_MAX) return NULL;
    size_t kept = faults->count < CSV_FAULTS_MOST ? faults->count : CSV_FAULTS_MOST - 1;
    memmove(&faults->list[i + 1], &faults->list[i], (kept - i) * sizeof faults->list[0]);
    faults->count = kept + 1;
    return &faults->list[i];
}

csv_fault *csv_fault_add(csv_faults *faults, uint64_t offset, ve_code code, const char *hint,
                         const char *format, ...) {
    csv_fault *fault = fault_insert(faults, offset);
    if (!fault) return NULL;
    *fault = (csv_fault){ .offset = offset, .other = CSV_NO_OFFSET, .code = code };
    va_list args;
    va_start(args, format);
    vsnprintf(fault->message, sizeof fault->message, format, args);
    va_end(args);
    if (hint) snprintf(fault->hint, sizeof fault->hint, "%s", hint);
    return fault;
}

void csv_faults_join(csv_faults *faults, const csv_faults *more) {
    for (size_t i = 0; i < more->count; i++) {
        csv_fault *fault = fault_insert(faults, more->list[i].offset);
        if (fault) *fault = more->list[i];
    }
}

int csv_shown(const char *bytes, size_t length) {
    enum { MOST = 60 };
    if (length <= MOST) return (int)length;
    size_t cut = MOST;
    while (cut > 0 && ((unsigned char)bytes[cut] & 0xc0) == 0x80)
        cut--;
    return (int)cut;
}

/* ---- lines and columns ----------------------------------------------------------------------- */

typedef struct walk {
    const csv_source *source;
    csv_window window;
    uint64_t at; /* the window's bytes before it are counted */
    int line, column;
    ve_code code;
} walk;

static void walk_byte(walk *w, unsigned char byte) {
    if (byte == '\n') {
        w->line++;
        w->column = 1;
    } else if ((byte & 0xc0) != 0x80) {
        w->column++; /* a character, wherever it is wide */
    }
}

static void walk_to(walk *w, uint64_t offset) {
    while (w->at < offset && !w->code) {
        uint64_t end = w->window.at + w->window.length;
        if (w->at >= end) {
            w->code = csv_window_load(&w->window, w->source, w->at, CSV_UNIT);
            continue;
        }
        uint64_t stop = offset < end ? offset : end;
        for (; w->at < stop; w->at++)
            walk_byte(w, (unsigned char)w->window.bytes[w->at - w->window.at]);
    }
}

static uint64_t text_start(const csv_source *source) {
    csv_window window = { .bytes = NULL };
    bool mark = csv_window_load(&window, source, 0, 3) == VE_OK && window.length >= 3 &&
                memcmp(window.bytes, "\xef\xbb\xbf", 3) == 0;
    csv_window_free(&window);
    return mark ? 3 : 0;
}

static ve_place place_of(walk *w, const char *file, uint64_t offset) {
    if (offset < w->at) { /* a place named in a message lies before the fault itself */
        csv_window_free(&w->window);
        *w = (walk){ .source = w->source, .at = text_start(w->source), .line = 1, .column = 1 };
    }
    walk_to(w, offset);
    return (ve_place){ file, w->line, w->column };
}

static void tell_one(const csv_fault *fault, walk *w, const char *file, const ve_services *services) {
    const char *hint = fault->hint[0] ? fault->hint : NULL;
    if (fault->other == CSV_NO_OFFSET) {
        services->fail_at(services, fault->code, place_of(w, file, fault->offset), hint, "%s",
                          fault->message);
        return;
    }
    int line = place_of(w, file, fault->other).line;
    services->fail_at(services, fault->code, place_of(w, file, fault->offset), hint, "%s line %d",
                      fault->message, line);
}

ve_code csv_faults_tell(const csv_faults *faults, const csv_source *source, const char *file,
                        const ve_services *services) {
    if (faults->count == 0) return VE_OK;
    walk w = { .source = source, .at = text_start(source), .line = 1, .column = 1 };
    for (size_t i = 0; i < faults->count; i++)
        tell_one(&faults->list[i], &w, file, services);
    csv_window_free(&w.window);
    return faults->list[0].code;
}

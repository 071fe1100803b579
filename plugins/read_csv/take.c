/* What a field holds: a number in its range, a missing answer, or a fault that says what to do about it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "csv.h"

uint64_t csv_offset(const csv_worker *worker, const char *p) {
    return worker->window.at + (uint64_t)(p - worker->window.bytes);
}

csv_fault *csv_worker_fault(csv_worker *worker, const csv_field *field, ve_code code, const char *hint,
                            const char *format, ...) {
    char message[VE_MESSAGE_BYTES];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return csv_fault_add(&worker->faults, csv_offset(worker, field->start), code, hint, "%s", message);
}

bool csv_is_missing(const csv_field *field) {
    return field->length == 0 || (field->length == 2 && memcmp(field->text, "NA", 2) == 0);
}

/* ---- what is wrong with a number ------------------------------------------------------------- */

static bool only(const csv_field *field, const char *allowed) {
    for (size_t i = 0; i < field->length; i++)
        if (!strchr(allowed, field->text[i])) return false;
    return true;
}

static bool is_word(const csv_field *field, const char *const *word, size_t words) {
    for (size_t i = 0; i < words; i++)
        if (strlen(word[i]) == field->length && strncasecmp(word[i], field->text, field->length) == 0)
            return true;
    return false;
}

static void hint_number(const csv_field *field, char *room, size_t bytes) {
    static const char *const absent[] = { "n/a", "nan", "null", "none", "na",  "-",
                                          "--",  ".",   "?",    "#n/a", "inf", "-inf" };
    const char *comma = memchr(field->text, ',', field->length);
    room[0] = '\0';
    if (is_word(field, absent, VE_COUNT(absent))) {
        snprintf(room, bytes, "leave the field empty where there is no answer");
    } else if (comma && only(field, "0123456789,.+- ")) {
        size_t whole = (size_t)(comma - field->text);
        int rest = csv_shown(comma + 1, field->length - whole - 1);
        bool one = !memchr(comma + 1, ',', (size_t)rest) && !memchr(field->text, '.', field->length);
        if (one)
            snprintf(room, bytes, "a decimal comma? write a point, %.*s.%.*s, and no separators of thousands",
                     csv_shown(field->text, whole), field->text, rest, comma + 1);
        else
            snprintf(room, bytes, "write a decimal point and no separators of thousands");
    } else if (field->text[field->length - 1] == '%') {
        snprintf(room, bytes, "write the number without the %% sign");
    } else if (field->length > 2 && field->text[0] == '0' && (field->text[1] | 0x20) == 'x') {
        snprintf(room, bytes, "write it with decimal digits");
    }
}

static const char *column_name(const csv_worker *w, const csv_use *use) {
    return w->reader->header.name[use->column];
}

static void fault_number(csv_worker *w, const csv_use *use, const csv_field *field) {
    char hint[VE_MESSAGE_BYTES / 2];
    hint_number(field, hint, sizeof hint);
    if (!hint[0] && use->role == CSV_ATTRIBUTE && !memchr("+-.0123456789", field->text[0], 13))
        snprintf(hint, sizeof hint, "if it is meant to be a text, write attributes = { %.64s = \"text\" }",
                 w->reader->want->attribute[use->index].id);
    csv_worker_fault(w, field, VE_E_NUMBER, hint[0] ? hint : NULL, "column '%s': '%.*s' is not a number",
                     column_name(w, use), csv_shown(field->text, field->length), field->text);
}

static void fault_range(csv_worker *w, const csv_use *use, const csv_field *field) {
    const ve_survey_want *want = w->reader->want;
    char scale[96] = "negative";
    if (!isnan(want->scale_low) && !isnan(want->scale_high))
        snprintf(scale, sizeof scale, "outside the scale %.10g to %.10g", want->scale_low, want->scale_high);
    else if (!isnan(want->scale_low))
        snprintf(scale, sizeof scale, "below the scale, which begins at %.10g", want->scale_low);
    csv_worker_fault(w, field, VE_E_SCORE, NULL, "column '%s': %.*s is %s", column_name(w, use),
                     csv_shown(field->text, field->length), field->text, scale);
}

/* ---- taking ---------------------------------------------------------------------------------- */

static bool in_range(csv_worker *w, const csv_use *use, const csv_field *field, double x) {
    const csv_plan *plan = &w->reader->plan;
    if (fabs(x) > CSV_NUMBER_MOST) {
        csv_worker_fault(w, field, VE_E_NUMBER, NULL,
                         "column '%s': %.*s is too large: figures lie within 1e15", column_name(w, use),
                         csv_shown(field->text, field->length), field->text);
        return false;
    }
    if (use->role == CSV_WEIGHT && x < 0) {
        csv_worker_fault(w, field, VE_E_WEIGHT, NULL, "column '%s': the weight %.*s is negative",
                         column_name(w, use), csv_shown(field->text, field->length), field->text);
        return false;
    }
    if (!csv_is_choice(x, use->choices)) {
        csv_worker_fault(w, field, VE_E_CHOICE_NUMBER, NULL,
                         "column '%s': the answer %.*s is not among 1 to %d", column_name(w, use),
                         csv_shown(field->text, field->length), field->text, use->choices);
        return false;
    }
    if (use->role == CSV_SCORE && use->value->plain && (x < plan->score_low || x > plan->score_high)) {
        fault_range(w, use, field);
        return false;
    }
    return true;
}

static bool take_text(csv_worker *w, const csv_use *use, const csv_field *field, double *out) {
    ve_sink *sink = w->reader->sink;
    *out = sink->label(sink, use->label, field->text, field->length);
    if (*out >= 0) return true;
    if (isnan(*out))
        csv_worker_fault(w, field, VE_E_ATTRIBUTE, NULL,
                         "column '%s': '%.*s' %s: it is too long, or has invisible characters",
                         column_name(w, use), csv_shown(field->text, field->length), field->text,
                         use->role == CSV_ATTRIBUTE ? "names no kind of customer" : "names nothing");
    else if (!w->code)
        w->code = VE_E_ATTRIBUTE;
    return false;
}

bool csv_take(csv_worker *worker, const csv_use *use, const csv_field *field, double *out, bool *gap) {
    if (csv_is_missing(field)) {
        *gap = true;
        if (worker->reader->params->missing == CSV_MISSING_ERROR)
            csv_worker_fault(worker, field, VE_E_GAP, NULL, "column '%s': the answer is missing",
                             column_name(worker, use));
        return false;
    }
    if (use->text) return take_text(worker, use, field, out);
    double x;
    if (!worker->reader->services->number(field->text, field->length, &x)) {
        fault_number(worker, use, field);
        return false;
    }
    if (!in_range(worker, use, field, x)) return false;
    *out = use->role == CSV_SCORE ? csv_value_apply(use->value, x) : x;
    return true;
}

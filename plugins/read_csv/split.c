/* The full way to split a row: quotes, line ends, encoding and limits, and what is wrong with them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "csv.h"

ve_code csv_record_init(csv_record *record, size_t columns) {
    *record = (csv_record){ .room = columns };
    record->field = calloc(columns ? columns : 1, sizeof *record->field);
    return record->field ? VE_OK : VE_E_MEMORY;
}

void csv_record_free(csv_record *record) {
    free(record->field);
    free(record->scratch);
    *record = (csv_record){ .field = NULL };
}

typedef struct splitter {
    csv_record *record;
    const unsigned char *class;
    const char *begin, *end;
    char delimiter;
    bool last, high;
} splitter;

static csv_outcome broken(splitter *s, csv_outcome outcome, ve_code code, const char *at, const char *fault,
                          const char *hint) {
    if (s->record->fault) return outcome; /* the first one counts */
    s->record->fault_code = code;
    s->record->fault_at = at;
    s->record->fault = fault;
    s->record->fault_hint = hint;
    return outcome;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static void keep_field(splitter *s, const char *start, const char *text, const char *text_end) {
    while (text < text_end && is_blank(*text))
        text++;
    while (text < text_end && is_blank(text_end[-1]))
        text_end--;
    if (s->record->count < s->record->room)
        s->record->field[s->record->count] = (csv_field){ text, (size_t)(text_end - text), start };
    s->record->count++;
    if (text_end - text > CSV_FIELD_MOST)
        broken(s, CSV_BROKEN, VE_E_SIZE, start, "a field is longer than 64 KiB",
               "see whether a quotation mark is missing");
}

/* Behind the newline at or after p; NULL: the window ends first. */
static const char *next_line(const splitter *s, const char *p) {
    const char *newline = memchr(p, '\n', (size_t)(s->end - p));
    return newline ? newline + 1 : NULL;
}

/* Where a quoted field ends: at its closing quotation mark; NULL: not in this window. */
static const char *closing_quote(splitter *s, const char *p, bool *doubled) {
    *doubled = false;
    for (;;) {
        p = memchr(p, '"', (size_t)(s->end - p));
        if (!p || (p + 1 == s->end && !s->last)) return NULL;
        if (p[1] != '"') return p;
        *doubled = true;
        p += 2;
    }
}

/* The text of a quoted field whose quotation marks are doubled, in memory of the record's. */
static const char *undouble(csv_record *record, const char *p, const char *end, size_t *length) {
    if (!record->scratch) record->scratch = malloc(CSV_LINE_MOST);
    if (!record->scratch || (size_t)(end - p) > CSV_LINE_MOST - record->scratch_used) return NULL;
    char *text = record->scratch + record->scratch_used, *to = text;
    while (p < end) {
        if (*p == '"') p++;
        *to++ = *p++;
    }
    *length = (size_t)(to - text);
    record->scratch_used += *length;
    return text;
}

static void inspect_quoted(splitter *s, const char *p, const char *end) {
    for (; p < end; p++) {
        s->high |= (*p & 0x80) != 0;
        if (*p == 0)
            broken(s, CSV_BROKEN, VE_E_ENCODING, p, "the text contains a NUL byte",
                   "save the file as plain text (UTF-8)");
    }
}

/* A quoted field from its opening mark on; *p is left at the separator or newline behind it. */
static csv_outcome quoted_field(splitter *s, const char **p) {
    const char *open = *p, *text = open + 1;
    bool doubled;
    const char *close = closing_quote(s, text, &doubled);
    s->record->quoted = true;
    if (!close) {
        if (!s->last && s->end - s->begin <= CSV_LINE_MOST) return CSV_MORE;
        return broken(s, CSV_LOST, VE_E_QUOTE, open, "the quotation mark opened here is never closed",
                      "close it, and double quotation marks inside a field");
    }
    const char *after = close + 1;
    if (after == s->end && !s->last) return CSV_MORE;
    if (*after == '\r' && after + 1 == s->end) return CSV_MORE;
    if (*after == '\r' && after[1] == '\n') after++;
    if (after < s->end && *after != s->delimiter && *after != '\n') {
        s->record->next = next_line(s, open);
        if (!s->record->next) return CSV_MORE;
        return broken(s, CSV_BROKEN, VE_E_QUOTE, open,
                      "text follows the closing quotation mark of the field that begins here",
                      "quote the whole field, and double quotation marks inside it");
    }
    if (after >= s->end) return CSV_MORE;
    inspect_quoted(s, text, close);
    size_t length = (size_t)(close - text);
    if (doubled) text = undouble(s->record, text, close, &length);
    if (!text && !s->record->scratch) return broken(s, CSV_LOST, VE_E_MEMORY, open, "", "");
    if (!text) {
        broken(s, CSV_BROKEN, VE_E_SIZE, open, "a field is longer than 64 KiB",
               "see whether a quotation mark is missing");
        text = open;
        length = 0;
    }
    keep_field(s, open, text, text + length);
    *p = after;
    return CSV_ROW;
}

/* A field without quotation marks; *p is left at the separator or newline behind it. */
static csv_outcome bare_field(splitter *s, const char **p) {
    const char *start = *p, *q = start;
    for (; q < s->end; q++) {
        unsigned char class = s->class[(unsigned char)*q];
        if (class == CSV_BYTE_PLAIN) continue;
        if (class == CSV_BYTE_HIGH) {
            s->high = true;
            continue;
        }
        if (*q == s->delimiter || *q == '\n') break;
        if (*q == 0) {
            broken(s, CSV_BROKEN, VE_E_ENCODING, q, "the text contains a NUL byte",
                   "save the file as plain text (UTF-8)");
            continue;
        }
        s->record->quoted = true;
        s->record->next = next_line(s, q);
        if (!s->record->next) return CSV_MORE;
        return broken(s, CSV_BROKEN, VE_E_QUOTE, q,
                      "a quotation mark stands inside a field that does not begin with one",
                      "quote the whole field, and double quotation marks inside it");
    }
    if (q == s->end) return CSV_MORE;
    keep_field(s, start, start, *q == '\n' && q > start && q[-1] == '\r' ? q - 1 : q);
    *p = q;
    return CSV_ROW;
}

static csv_outcome split_fields(splitter *s) {
    const char *p = s->begin;
    for (;; p++) {
        csv_outcome outcome = *p == '"' ? quoted_field(s, &p) : bare_field(s, &p);
        if (outcome != CSV_ROW) return outcome;
        if (*p == '\n') break;
        if (p + 1 == s->end) return CSV_MORE;
    }
    s->record->next = p + 1;
    return CSV_ROW;
}

static csv_outcome check_record(splitter *s) {
    csv_record *r = s->record;
    size_t length = (size_t)(r->next - s->begin);
    if (length > CSV_LINE_MOST)
        return broken(s, CSV_BROKEN, VE_E_SIZE, s->begin, "a row is longer than 1 MiB",
                      "see whether a quotation mark is missing");
    if (s->high) {
        size_t valid = csv_utf8_length(s->begin, length);
        if (valid < length)
            broken(s, CSV_BROKEN, VE_E_ENCODING, s->begin + valid, "the text is not UTF-8",
                   "save the file as UTF-8, or name its encoding, like encoding = \"gb18030\"");
    }
    if (r->fault) return CSV_BROKEN;
    return r->count == 1 && r->field[0].length == 0 && !r->quoted ? CSV_BLANK : CSV_ROW;
}

csv_outcome csv_split(csv_record *record, const char *p, const csv_window *window, const csv_plan *plan,
                      char delimiter) {
    splitter s = { .record = record,
                   .class = plan->class,
                   .begin = p,
                   .end = window->bytes + window->length,
                   .delimiter = delimiter,
                   .last = window->last };
    record->count = 0;
    record->quoted = false;
    record->scratch_used = 0;
    record->fault = NULL;
    record->next = NULL;
    if (p >= s.end) return CSV_MORE;
    csv_outcome outcome = split_fields(&s);
    if (outcome == CSV_ROW) return check_record(&s);
    if (outcome == CSV_MORE && (s.last || s.end - s.begin > CSV_LINE_MOST))
        return broken(&s, CSV_LOST, VE_E_SIZE, s.begin, "a row is longer than 1 MiB",
                      "see whether a quotation mark is missing");
    return outcome;
}

/* The header line: what kind of file this is, what separates its fields, what its columns are called.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "csv.h"

static ve_code fail_first_line(const csv_reader *reader, ve_code code, const char *hint,
                               const char *message) {
    const ve_services *base = reader->services->base;
    return base->fail_at(base, code, (ve_place){ reader->params->file, 1, 1 }, hint, "%s", message);
}

/* ---- files that are no CSV ------------------------------------------------------------------- */

static const struct {
    const char *bytes;
    size_t length;
    const char *message, *hint;
} kinds[] = {
    { "\xff\xfe", 2, "the file looks like UTF-16", "save it as UTF-8, or set encoding = \"utf-16\"" },
    { "\xfe\xff", 2, "the file looks like UTF-16", "save it as UTF-8, or set encoding = \"utf-16\"" },
    { "PK\x03\x04", 4, "the file looks like an Excel workbook or a zip archive",
      "save the sheet as CSV (UTF-8)" },
    { "\xd0\xcf\x11\xe0", 4, "the file looks like an old Excel workbook", "save the sheet as CSV (UTF-8)" },
    { "\x1f\x8b", 2, "the file is compressed (gzip)", "unpack it first" },
    { "%PDF", 4, "the file looks like a PDF document", "export the table as CSV (UTF-8)" },
    { "SQLite format 3", 15, "the file is an SQLite database", "export the table as CSV (UTF-8)" },
    { "{\\rtf", 5, "the file looks like a text document (RTF)", "save the table as CSV (UTF-8)" },
};

static bool looks_like_html(const char *p, size_t length) {
    size_t i = 0;
    while (i < length && (p[i] == ' ' || p[i] == '\t' || p[i] == '\r' || p[i] == '\n'))
        i++;
    const char *const begin[] = { "<!doctype", "<html", "<?xml" };
    for (size_t k = 0; k < VE_COUNT(begin); k++)
        if (length - i >= strlen(begin[k]) && strncasecmp(p + i, begin[k], strlen(begin[k])) == 0)
            return true;
    return false;
}

/* UTF-16 without its mark: every other byte is zero. */
static bool looks_like_utf16(const char *p, size_t length) {
    return length >= 4 && ((p[0] == 0 && p[1] != 0 && p[2] == 0 && p[3] != 0) ||
                           (p[0] != 0 && p[1] == 0 && p[2] != 0 && p[3] == 0));
}

static ve_code check_kind(const csv_reader *reader, const csv_window *window) {
    const char *p = window->bytes;
    for (size_t i = 0; i < VE_COUNT(kinds); i++)
        if (window->length >= kinds[i].length && memcmp(p, kinds[i].bytes, kinds[i].length) == 0)
            return fail_first_line(reader, VE_E_ENCODING, kinds[i].hint, kinds[i].message);
    if (looks_like_utf16(p, window->length))
        return fail_first_line(reader, VE_E_ENCODING, kinds[0].hint, kinds[0].message);
    if (looks_like_html(p, window->length))
        return fail_first_line(reader, VE_E_HEADER, "download or save the table itself, as CSV (UTF-8)",
                               "the file is a web page or an XML document, not a table");
    return VE_OK;
}

/* ---- separator ------------------------------------------------------------------------------- */

static const char separators[] = { ',', ';', '\t', '|' };

/* How often each separator stands outside quotation marks in the first line. */
static void count_separators(const csv_window *window, size_t from, size_t count[sizeof separators]) {
    bool inside = false;
    for (size_t i = from; i < window->length && (inside || window->bytes[i] != '\n'); i++) {
        inside ^= window->bytes[i] == '"';
        for (size_t k = 0; k < sizeof separators && !inside; k++)
            count[k] += window->bytes[i] == separators[k];
    }
}

static char sniff(const csv_window *window, size_t from) {
    size_t count[sizeof separators] = { 0 }, best = 0;
    count_separators(window, from, count);
    for (size_t k = 1; k < sizeof separators; k++)
        if (count[k] > count[best]) best = k;
    return separators[best];
}

static ve_code set_delimiter(csv_reader *reader, const csv_window *window, size_t from) {
    const char *stated = reader->params->delimiter;
    const ve_services *base = reader->services->base;
    reader->header.delimiter = stated ? stated[0] : sniff(window, from);
    if (!stated) return VE_OK;
    if (strcmp(stated, "tab") == 0) {
        reader->header.delimiter = '\t';
        return VE_OK;
    }
    bool usable =
        strlen(stated) == 1 && (strchr(",;|:~^", stated[0]) || stated[0] == '\t' || stated[0] == ' ');
    return usable ? VE_OK
                  : base->fail(base, VE_E_RANGE, "delimiter", "write one of \",\" \";\" \"|\" \"tab\"",
                               "'%s' cannot separate fields", stated);
}

/* ---- names ----------------------------------------------------------------------------------- */

static ve_code header_memory(csv_reader *reader, size_t count) {
    const ve_services *base = reader->services->base;
    csv_header *header = &reader->header;
    header->count = count;
    header->name = base->memory(base, count * sizeof *header->name);
    header->at = base->memory(base, count * sizeof *header->at);
    return header->name && header->at ? VE_OK : VE_E_MEMORY;
}

static ve_code header_names(csv_reader *reader, const csv_window *window, const csv_record *record) {
    const ve_services *base = reader->services->base;
    ve_code code = header_memory(reader, record->count);
    for (size_t i = 0; i < record->count && !code; i++) {
        const csv_field *field = &record->field[i];
        char *name = base->memory(base, field->length + 1);
        if (!name) return VE_E_MEMORY;
        memcpy(name, field->text, field->length);
        reader->header.name[i] = name;
        reader->header.at[i] = window->at + (uint64_t)(field->start - window->bytes);
    }
    reader->header.rows_at = window->at + (uint64_t)(record->next - window->bytes);
    reader->header.quoted = record->quoted;
    return code;
}

/* A line that ends in CR alone runs on to the end of the file. */
static bool has_lone_cr(const csv_record *record, const char *from) {
    for (const char *p = from; p + 1 < record->next; p++)
        if (p[0] == '\r' && p[1] != '\n') return true;
    return false;
}

static ve_code check_header(csv_reader *reader, const csv_record *record, const char *from,
                            csv_outcome outcome) {
    if (outcome == CSV_BROKEN || outcome == CSV_LOST)
        return fail_first_line(reader, record->fault_code, record->fault_hint, record->fault);
    if (outcome == CSV_MORE)
        return fail_first_line(reader, VE_E_SIZE, "the first line names the columns",
                               "the first line is longer than 1 MiB");
    if (has_lone_cr(record, from))
        return fail_first_line(reader, VE_E_HEADER, "save the file with line ends of today (LF or CR LF)",
                               "the lines end in carriage returns only");
    if (outcome == CSV_BLANK)
        return fail_first_line(reader, VE_E_HEADER, "the first line names the columns",
                               "the first line is blank");
    if (record->count > CSV_COLUMNS_MOST)
        return fail_first_line(reader, VE_E_SIZE, "keep the columns that the model uses",
                               "the file has more than 4096 columns");
    return VE_OK;
}

static void classify(csv_plan *plan, char delimiter) {
    memset(plan->class, CSV_BYTE_PLAIN, sizeof plan->class);
    memset(plan->class + 0x80, CSV_BYTE_HIGH, 0x80);
    plan->class[0] = plan->class['\n'] = plan->class['"'] = CSV_BYTE_STOP;
    plan->class[(unsigned char)delimiter] = CSV_BYTE_STOP;
}

static ve_code read_names(csv_reader *reader, csv_window *window, csv_record *record) {
    size_t from = window->length >= 3 && memcmp(window->bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    ve_code code = set_delimiter(reader, window, from);
    if (code) return code;
    classify(&reader->plan, reader->header.delimiter);
    csv_outcome outcome;
    while ((outcome = csv_split(record, window->bytes + from, window, &reader->plan,
                                reader->header.delimiter)) == CSV_MORE &&
           window->length <= CSV_LINE_MOST) {
        code = csv_window_extend(window, &reader->source, window->length);
        if (code) return code;
        if (!reader->params->delimiter) reader->header.delimiter = sniff(window, from);
        classify(&reader->plan, reader->header.delimiter);
    }
    code = check_header(reader, record, window->bytes + from, outcome);
    return code ? code : header_names(reader, window, record);
}

ve_code csv_header_read(csv_reader *reader) {
    if (reader->source.size == 0) return fail_first_line(reader, VE_E_NO_ROWS, NULL, "the file is empty");
    csv_window window = { .bytes = NULL };
    csv_record record;
    ve_code code = csv_record_init(&record, CSV_COLUMNS_MOST);
    if (!code) code = csv_window_load(&window, &reader->source, 0, CSV_UNIT / 4);
    if (!code && reader->source.descriptor >= 0) code = check_kind(reader, &window);
    if (!code) code = read_names(reader, &window, &record);
    csv_window_free(&window);
    csv_record_free(&record);
    return code;
}

/* Show an error: where, what, the line of the source with a caret, the way out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli/cli.h"

enum { WINDOW = 100, TAB = 4, GUTTER = 5 };

/* Columns a character takes on a terminal: East Asian wide ones two, marks that join the one before them
 * none. */
static int width_of(unsigned code) {
    static const struct {
        unsigned first, last;
    } wide[] = {
        { 0x1100, 0x115f }, { 0x2e80, 0x303e },   { 0x3041, 0x4dbf },   { 0x4e00, 0xa4cf },
        { 0xac00, 0xd7a3 }, { 0xf900, 0xfaff },   { 0xfe30, 0xfe6f },   { 0xff00, 0xff60 },
        { 0xffe0, 0xffe6 }, { 0x1f300, 0x1faff }, { 0x20000, 0x3fffd },
    };
    if (code >= 0x300 && code <= 0x36f) return 0;
    for (size_t i = 0; i < VE_COUNT(wide); i++)
        if (code >= wide[i].first && code <= wide[i].last) return 2;
    return 1;
}

/* One character as it is shown: its text, how many bytes of the source it was, how many columns it takes. */
typedef struct shown {
    char text[16];
    size_t bytes;
    int width;
} shown;

static shown show(const char *p, const char *end, int column) {
    shown s = { .bytes = 1 };
    if (*p == '\t') {
        s.width = TAB - column % TAB;
        memset(s.text, ' ', (size_t)s.width);
        return s;
    }
    unsigned code = 0;
    size_t bytes = ve_utf8_next(p, end, &code);
    if (bytes) s.bytes = bytes;
    ve_text_clean(p, s.bytes, s.text, sizeof s.text);
    bool same = bytes && strlen(s.text) == bytes && memcmp(s.text, p, bytes) == 0;
    s.width = same ? width_of(code) : (int)strlen(s.text);
    return s;
}

static bool find_line(const ve_source *sources, ve_place at, const char **start, const char **end) {
    while (sources && strcmp(sources->file, at.file) != 0)
        sources = sources->next;
    if (!sources || at.line < 1) return false;
    const char *p = sources->bytes, *stop = p + sources->length;
    for (int line = 1; line < at.line; line++) {
        p = memchr(p, '\n', (size_t)(stop - p));
        if (!p) return false;
        p++;
    }
    const char *newline = memchr(p, '\n', (size_t)(stop - p));
    *start = p;
    *end = newline ? newline : stop;
    if (*end > *start && (*end)[-1] == '\r') --*end;
    return true;
}

/* Columns that the line takes up to the byte `to`. */
static int columns_to(const char *start, const char *to, const char *end) {
    int column = 0;
    for (const char *p = start; p < to;) {
        shown s = show(p, end, column);
        column += s.width;
        p += s.bytes;
    }
    return column;
}

/* Where the column-th character of the line begins; columns count from 1. */
static const char *character(const char *start, const char *end, int column) {
    for (; column > 1 && start < end; column--)
        do
            start++;
        while (start < end && ((unsigned char)*start & 0xc0) == 0x80);
    return start;
}

/* The part of the line that is shown: all of it, or a window around the caret. */
static void put_window(ve_buffer *out, const char *start, const char *end, int from, int to) {
    int column = 0;
    if (from > 0) ve_put_text(out, "...");
    for (const char *p = start; p < end && column < to;) {
        shown s = show(p, end, column);
        if (column >= from) ve_put_text(out, s.text);
        column += s.width;
        p += s.bytes;
    }
    if (columns_to(start, end, end) > to) ve_put_text(out, "...");
}

void ve_excerpt(ve_buffer *out, const ve_source *sources, ve_place at, bool color) {
    const char *start, *end;
    if (!at.file || !find_line(sources, at, &start, &end)) return;
    const char *mark = character(start, end, at.column);
    int caret = columns_to(start, mark, end), total = columns_to(start, end, end);
    int from = total > WINDOW && caret > WINDOW / 2 ? caret - WINDOW / 2 : 0;
    while (from > 0 && from > caret)
        from--;
    int to = from + WINDOW;

    ve_put_format(out, "%*d | ", GUTTER, at.line);
    put_window(out, start, end, from, to);
    int indent = caret - from + (from > 0 ? 3 : 0);
    if (at.column > 0)
        ve_put_format(out, "\n%*s | %*s%s^%s", GUTTER, "", indent, "", color ? "\x1b[1;31m" : "",
                      color ? "\x1b[0m" : "");
    ve_put_text(out, "\n");
}

static void put_place(ve_buffer *out, ve_place at) {
    char name[VE_TEXT_MAX];
    if (!at.file) {
        ve_put_text(out, "vescore: ");
        return;
    }
    ve_text_clean(at.file, strlen(at.file), name, sizeof name);
    ve_put_text(out, name);
    if (at.line > 0) ve_put_format(out, ":%d", at.line);
    if (at.line > 0 && at.column > 0) ve_put_format(out, ":%d", at.column);
    ve_put_text(out, ": ");
}

void ve_error_print(ve_buffer *out, const ve_error *error, const ve_source *sources, bool color) {
    if (color) ve_put_text(out, "\x1b[1m");
    put_place(out, error->at);
    ve_put_text(out, color ? "\x1b[31merror:\x1b[0m " : "error: ");
    if (error->path[0]) ve_put_format(out, "%s: ", error->path);
    ve_put_format(out, "%s\n", error->message);
    ve_excerpt(out, sources, error->at, color);
    if (error->hint[0]) ve_put_format(out, "%s%s\n", color ? "\x1b[36mhint:\x1b[0m " : "hint: ", error->hint);
}

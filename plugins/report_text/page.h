/* A page being written: where to, how wide, and the few ways to put something on it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_TEXT_PAGE_H
#define REPORT_TEXT_PAGE_H

#include <string.h>

#include "measure.h"

typedef struct page {
    ve_out *out;
    const ve_services *services;
    int width;
    int blanks; /* not written yet */
    bool begun; /* something stands on it */
} page;

#define BOLD "\x1b[1m"
#define WINNER "\x1b[1;32m"
#define WARNING "\x1b[33m"
#define PLAIN "\x1b[0m"

/* Blanks wait until something follows them on their line: no line ends in one. */
static inline void put_blanks(page *p, int count) {
    p->blanks += count > 0 ? count : 0;
}

static inline void put_bytes(page *p, const char *bytes, size_t length) {
    if (length == 0) return;
    for (; p->blanks > 0 && bytes[0] != '\n'; p->blanks--)
        p->out->put(p->out, " ", 1);
    p->blanks = 0;
    p->out->put(p->out, bytes, length);
}

static inline void put(page *p, const char *text) {
    put_bytes(p, text, strlen(text));
}

static inline void put_style(page *p, const char *style) {
    if (p->out->color) p->out->put(p->out, style, strlen(style));
}

/* An empty line between the parts of the page. */
static inline void put_gap(page *p) {
    put(p, p->begun ? "\n" : "");
    p->begun = true;
}

/* Flow clean text from `column` on, further lines indented; ends the last line. */
void report_text_flow(page *p, const char *text, int column, int indent);
/* The same for a text from anywhere. */
ve_code report_text_put(page *p, const char *text, int column, int indent);
ve_code report_text_table(page *p, const ve_table *table);

#endif

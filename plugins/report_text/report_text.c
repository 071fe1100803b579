/* Reports as a page for reading: the answer in words, aligned tables, bars, warnings last.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "page.h"
#include "ve/print.h"

enum {
    WIDTH = 80, /* where there is no terminal to ask */
    WIDTH_LEAST = 40,
    WIDTH_MOST = 120 /* longer lines are hard to read */
};

/* ---- sentences ----------------------------------------------------------------------------------------- */

/* A word longer than a line is broken wherever the line ends: so is Chinese, which has no blanks. */
static int put_long_word(page *p, const char *word, size_t length, int column, int indent) {
    int width = 0;
    for (size_t done = 0, bytes; done < length; done += bytes) {
        bytes = report_text_character(word + done, &width);
        if (column + width > p->width) {
            put(p, "\n");
            put_blanks(p, indent);
            column = indent;
        }
        put_bytes(p, word + done, bytes);
        column += width;
    }
    return column;
}

/* The next word; a figure keeps its %. */
static size_t word_length(const char *text) {
    size_t length = strcspn(text, " ");
    return length > 0 && strncmp(text + length, " %", 2) == 0 ? length + 1 + strcspn(text + length + 1, " ")
                                                              : length;
}

void report_text_flow(page *p, const char *text, int column, int indent) {
    bool fresh = true;
    while (*text) {
        size_t length = word_length(text);
        int width = report_text_part(text, length);
        if (!fresh && column + 1 + width > p->width && indent + width <= p->width) {
            put(p, "\n");
            put_blanks(p, indent);
            column = indent;
        } else if (!fresh) {
            put_blanks(p, 1);
            column++;
        }
        column = put_long_word(p, text, length, column, indent);
        text += length;
        text += strspn(text, " ");
        fresh = false;
    }
    put(p, "\n");
}

ve_code report_text_put(page *p, const char *text, int column, int indent) {
    char *clean = report_text_clean(p->services, text);
    if (!clean) return VE_E_MEMORY;
    report_text_flow(p, clean, column, indent);
    return VE_OK;
}

/* ---- the page ------------------------------------------------------------------------------------------ */

static ve_code put_title(page *p, const ve_report *report) {
    char *title = report_text_clean(p->services, report->title[0] ? report->title : report->model_file);
    if (!title) return VE_E_MEMORY;
    if (!title[0]) return VE_OK;
    put_gap(p);
    put_style(p, BOLD);
    report_text_flow(p, title, 0, 0);
    put_style(p, PLAIN);
    int width = report_text_width(title);
    for (int i = 0; i < width && i < p->width; i++)
        put(p, "=");
    put(p, "\n");
    if (!report->scenario) return VE_OK;
    put(p, "Scenario: ");
    return report_text_put(p, report->scenario, 10, 10);
}

static ve_code put_sentences(page *p, const ve_report *report) {
    ve_code code = VE_OK;
    for (size_t i = 0; i < report->sentences && code == VE_OK; i++) {
        if (i == 0) put_gap(p);
        put_style(p, i ? "" : BOLD);
        code = report_text_put(p, report->sentence[i], 0, 0);
        put_style(p, i ? "" : PLAIN);
    }
    return code;
}

static ve_code put_warning(page *p, const ve_notice *notice) {
    const int indent = 9;
    put(p, "  ");
    put_style(p, WARNING);
    put(p, ve_print_code(notice->code));
    put_style(p, PLAIN);
    put(p, "  ");
    ve_code code = report_text_put(p, notice->message, indent, indent);
    if (code != VE_OK || !notice->hint || !notice->hint[0]) return code;
    put_blanks(p, indent);
    put(p, "Way out: ");
    return report_text_put(p, notice->hint, indent + 9, indent);
}

static ve_code put_warnings(page *p, const ve_report *report) {
    ve_code code = VE_OK;
    if (report->notices == 0) return VE_OK;
    put_gap(p);
    put_style(p, BOLD);
    put(p, report->notices == 1 ? "Warning\n" : "Warnings\n");
    put_style(p, PLAIN);
    for (size_t i = 0; i < report->notices && code == VE_OK; i++)
        code = put_warning(p, &report->notice[i]);
    return code;
}

static int page_width(const ve_out *out) {
    int width = out->columns > 0 ? out->columns : WIDTH;
    return width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : width;
}

static ve_code write_report(const void *params, const ve_report *report, ve_out *out,
                            const ve_services *services) {
    (void)params;
    page p = { out, services, page_width(out), 0, false };
    ve_code code = out->quiet ? VE_OK : put_title(&p, report);
    if (code == VE_OK) code = put_sentences(&p, report);
    for (size_t i = 0; i < report->tables && code == VE_OK; i++)
        if (!(report->table[i]->flags & VE_TABLE_HIDDEN)) code = report_text_table(&p, report->table[i]);
    if (code == VE_OK && !out->quiet) code = put_warnings(&p, report);
    return code;
}

typedef struct nothing {
    int unused;
} nothing;

static const ve_record record = { .name = "text",
                                  .doc = "a page for reading: the answer in words, tables, bars, warnings",
                                  .size = sizeof(nothing) };
static const ve_report_ops ops = { sizeof ops, write_report, NULL };

VE_PLUGIN(report_text, REPORT, "text", "1.0",
          "a page for reading: the answer in words, tables, bars, warnings", &record, &ops)

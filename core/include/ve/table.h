/* What a study yields: facts, tables, sentences, warnings. No file formats in here.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_TABLE_H
#define VE_TABLE_H

#include "ve/error.h"
#include <stdbool.h>

typedef enum ve_cell_kind { VE_CELL_NULL, VE_CELL_NUMBER, VE_CELL_TEXT, VE_CELL_BOOLEAN } ve_cell_kind;

typedef struct ve_cell {
    ve_cell_kind kind;
    double number;
    const char *text;
    bool boolean;
} ve_cell;

/* A NaN is "not known": null in JSON, a dash on paper. */
static inline ve_cell ve_cell_of_number(double x) {
    return (ve_cell){ .kind = x == x ? VE_CELL_NUMBER : VE_CELL_NULL, .number = x };
}
static inline ve_cell ve_cell_of_text(const char *text) {
    return (ve_cell){ .kind = text ? VE_CELL_TEXT : VE_CELL_NULL, .text = text };
}
#define VE_CELL_OF_NUMBER(x) ve_cell_of_number(x)
#define VE_CELL_OF_TEXT(s) ve_cell_of_text(s)
#define VE_CELL_OF_BOOLEAN(b) ((ve_cell){ .kind = VE_CELL_BOOLEAN, .boolean = (b) })

enum {
    VE_COLUMN_HIDDEN = 1,  /* for programs (JSON, CSV): people see it elsewhere or not at all */
    VE_COLUMN_BAR = 2,     /* people also see the number as a bar from 0 */
    VE_COLUMN_PERCENT = 4, /* people see a share as per cent */
    VE_COLUMN_ONE = 8,     /* its bar has a mark at 1 */
    VE_COLUMN_INDENT = 16 /* not shown itself: how far people see the next shown column's text indented, 0 1 2
                             ... */
};

typedef struct ve_column {
    const char *key;   /* for programs; never changes */
    const char *title; /* for people */
    int digits;        /* places after the point that people see; -1: as many as it needs, at most 6
                          significant */
    unsigned flags;
} ve_column;

enum {
    VE_TABLE_HIDDEN = 1, /* for programs only */
    VE_TABLE_PAPER = 2   /* for people only: the same figures arranged for reading */
};

typedef struct ve_table {
    const char *key, *title;
    unsigned flags;
    const ve_column *column;
    size_t columns, rows;
    const ve_cell *cell; /* rows x columns */
    int marked;          /* row to stress (the best option), -1: none */
} ve_table;

typedef struct ve_fact {
    const char *key;
    ve_cell value;
} ve_fact;

typedef struct ve_notice {
    ve_code code;
    const char *message, *hint;
} ve_notice;

typedef struct ve_report {
    const char *study;
    const char *model_file, *title, *scenario; /* scenario is NULL where none was chosen */
    const char *const *sentence;               /* the answer in words, most important first */
    size_t sentences;
    const ve_fact *fact;
    size_t facts;
    const ve_table *const *table;
    size_t tables;
    const ve_notice *notice;
    size_t notices;
} ve_report;

#endif

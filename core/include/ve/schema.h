/* Field tables: one typed line for everything a user can set, from which parsing, ranges, defaults and docs
 * follow.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A record describes a C struct; binding a table of the model to a record fills a fresh copy of the struct's
 * defaults. Whatever a bound struct points to lives as long as the run and is read-only for plugins. */
#ifndef VE_SCHEMA_H
#define VE_SCHEMA_H

#include "ve/value.h"

struct ve_plugin;

/* The kinds of plugin; each has one struct of functions in ve/plugin.h. X(NAME, word for people, what it
 * does) */
#define VE_KINDS(X)                                                                                          \
    X(DISTRIBUTION, "distribution", "weighs customers for a target, or stands for an uncertain number")      \
    X(JUDGEMENT, "judgement", "turns what people say into function weights")                                 \
    X(COST, "cost", "turns a product's costs into one figure")                                               \
    X(RULE, "rule", "says which option is best")                                                             \
    X(SURVEY, "survey", "reads the customers' answers")                                                      \
    X(STUDY, "study", "asks one question of a model: a command")                                             \
    X(REPORT, "report", "writes a study's result: a format")

typedef enum ve_kind {
#define VE_KIND_ENUM(name, word, doc) VE_KIND_##name,
    VE_KINDS(VE_KIND_ENUM)
#undef VE_KIND_ENUM
        VE_KIND_COUNT
} ve_kind;

/* What a bound member is. `of` says whose ids REF, REFS, MAP, TEXTS and KEYED speak of. */
typedef enum ve_type {
    VE_T_NUMBER,  /* double; NaN where left out without a default. A distribution word may stand for it: then
                     its mean */
    VE_T_INTEGER, /* int */
    VE_T_BOOLEAN, /* bool */
    VE_T_TEXT,    /* const char *; NULL where left out */
    VE_T_ID,      /* const char *: an id (see ve_id_valid) */
    VE_T_CHOICE,  /* int: index into `choices` */
    VE_T_REF,     /* int: index of the named id; -1 where left out */
    VE_T_REFS,    /* ve_ints: a list of ids, as indices, none twice */
    VE_T_NUMBERS, /* ve_numbers: a list of numbers */
    VE_T_MAP,     /* ve_numbers: a number per id (`{ F1 = 3 }`, or a list of all in the order of the ids),
                     NaN where an id is not named; count = number of ids */
    VE_T_VECTOR,  /* ve_numbers: a number, or a number per attribute. A bare number with exactly one
                     attribute is its entry; with several it is an error. NaN where not named; count 0 where
                     left out */
    VE_T_TEXTS,   /* ve_texts: a text per id (`{ A = "1" }`), NULL where an id is not named */
    VE_T_RECORD,  /* a struct in place, described by `record` */
    VE_T_ROWS,    /* ve_rows: a list of records; a row's list part fills the record's fields in order: {
                     "F1", "F2", 3 } */
    VE_T_KEYED,   /* ve_rows: one record per id, in the order of the ids, `given` says which are there; a
                     text or number in place of the record fills its first field. With VE_F_TEMPLATE a bare
                     text goes to `text`. With `of` NOTHING one record per name as written, `name` says
                     which */
    VE_T_WORD,    /* ve_word: a word of kind `kind` */
    VE_T_AMOUNT,  /* ve_amount: a number, or a word of kind `kind` that gives one */
    VE_T_VALUE    /* const ve_value *: as it stands, for what no other type fits; `choices` says in words
                     what may stand there, `record` what a list of it holds */
} ve_type;

/* SIBLINGS: the functions being weighed (or the options, where a judgement gives a function's scores).
 * FUNCTIONS: those without parts, in the order written. */
typedef enum ve_of { VE_OF_NOTHING, VE_OF_SIBLINGS, VE_OF_OPTIONS, VE_OF_FUNCTIONS, VE_OF_ATTRIBUTES } ve_of;

typedef struct ve_numbers {
    const double *v;
    size_t count;
} ve_numbers;
typedef struct ve_ints {
    const int *v;
    size_t count;
} ve_ints;
typedef struct ve_texts {
    const char *const *v;
    size_t count;
} ve_texts;
typedef struct ve_rows {
    const void *v; /* count structs of the row's record, one after the other */
    size_t count;
    const bool *given;       /* KEYED: which ids are there; NULL for ROWS */
    const char *text;        /* KEYED with VE_F_TEMPLATE: the bare text, else NULL */
    const ve_value *source;  /* where it is written; NULL where left out */
    const char *const *name; /* KEYED of NOTHING: the names, in the order written */
} ve_rows;

/* A word of the model with its bound parameters. plugin is NULL where it was left out. */
typedef struct ve_word {
    const struct ve_plugin *plugin;
    void *params;           /* the struct of plugin->params; const once its `prepare` has run. NULL where a
                               field of it is wrong, while mistakes are looked for */
    const ve_value *source; /* the word as written, for messages */
    const char *path;       /* options[1].target */
} ve_word;

/* A number; where word.plugin is not NULL the word gives it and `number` is NaN. */
typedef struct ve_amount {
    double number;
    ve_word word;
} ve_amount;

enum {
    VE_F_REQUIRED = 1,  /* leaving it out is an error */
    VE_F_LIST = 2,      /* this field is the record's own list part (ve.rank_order { "F3", "F1" }); REFS,
                           ROWS, VALUE */
    VE_F_REST = 4,      /* this field takes the record's other named fields (ve.direct { F1 = 3 }); MAP, WORD
                           tables */
    VE_F_ABOVE = 8,     /* the number must be > low, not >= */
    VE_F_BELOW = 16,    /* the number must be < high, not <= */
    VE_F_TEMPLATE = 32, /* KEYED: a bare text stands for all */
    VE_F_EXACT = 64,    /* NUMBER: a plain number only, never a distribution */
    VE_F_MANY = 128     /* TEXT: an option that may be given several times: the texts, one to a line */
};

typedef struct ve_record ve_record;

typedef struct ve_field {
    const char *name; /* as the user writes it */
    ve_type type;
    unsigned flags;
    size_t offset;
    const char *doc;     /* one line, for help, reference and editors; English. NULL: the field is not
                            shown */
    double low, high;    /* range of numbers; both 0: any finite number */
    const char *choices; /* CHOICE: "mean|sum|peak" */
    const char *unit;    /* for the reference: "money per year" */
    ve_of of;
    ve_kind kind;            /* WORD */
    const ve_record *record; /* RECORD, ROWS, KEYED */
} ve_field;

struct ve_record {
    const char *name; /* "option", "normal" */
    const char *doc;
    size_t size;          /* sizeof the struct */
    const void *defaults; /* a whole struct; NULL: all bytes zero, then NaN for numbers and -1 for REF */
    const ve_field *fields;
    size_t count;
    const char *example; /* how a model uses it, one line of Lua; NULL */
    size_t ids;          /* where the struct has ve_texts[VE_OF_ATTRIBUTES + 1], by ve_of: the ids that its
                            fields speak of; 0: nowhere */
};

/* VE_FIELD(struct, member, type, ...more designators): the offset, and a compile-time check that the member
 * has the C type which the field type binds. */
#define VE_MEMBER_OK(s, m, t)                                                                                \
    _Generic(((s *)0)->m,                                                                                    \
        double: (t) == VE_T_NUMBER,                                                                          \
        int: (t) == VE_T_INTEGER || (t) == VE_T_CHOICE || (t) == VE_T_REF,                                   \
        bool: (t) == VE_T_BOOLEAN,                                                                           \
        const char *: (t) == VE_T_TEXT || (t) == VE_T_ID,                                                    \
        ve_ints: (t) == VE_T_REFS,                                                                           \
        ve_numbers: (t) == VE_T_NUMBERS || (t) == VE_T_MAP || (t) == VE_T_VECTOR,                            \
        ve_texts: (t) == VE_T_TEXTS,                                                                         \
        ve_rows: (t) == VE_T_ROWS || (t) == VE_T_KEYED,                                                      \
        ve_amount: (t) == VE_T_AMOUNT,                                                                       \
        ve_word: (t) == VE_T_WORD,                                                                           \
        const ve_value *: (t) == VE_T_VALUE,                                                                 \
        default: (t) == VE_T_RECORD)
#define VE_FIELD(s, m, t, ...)                                                                               \
    { .type = (t), .offset = offsetof(s, m) + 0 * sizeof(char[VE_MEMBER_OK(s, m, t) ? 1 : -1]), __VA_ARGS__ }

#define VE_COUNT(array) (sizeof(array) / sizeof *(array))

#endif

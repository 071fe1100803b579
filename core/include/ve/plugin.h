/* The door for plugins: what a plugin is, what it may call, and what each kind must be able to do.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plugin is one const ve_plugin. It has no state and no start-up code; everything it needs is handed to it,
 * so it has no undefined symbol of the program's. Built-in plugins and ones loaded from a file pass the same
 * check. */
#ifndef VE_PLUGIN_H
#define VE_PLUGIN_H

#include <stdint.h>

#include "ve/outcome.h"
#include "ve/schema.h"
#include "ve/study.h"

enum { VE_ABI_MAJOR = 1, VE_ABI_MINOR = 1 };
#define VE_PLUGIN_MAGIC 0x7665706cu /* "vepl" */
#define VE_PLUGIN_SYMBOL "ve_plugin_entry"

typedef struct ve_plugin {
    uint32_t magic;
    uint32_t abi_major, abi_minor;
    uint32_t size; /* sizeof(ve_plugin) as the plugin was built */
    ve_kind kind;
    const char *name; /* the word, command or format: lower case letters, digits, _ */
    const char *version;
    const char *summary;     /* one line */
    const ve_record *params; /* never NULL; a record without fields where there is nothing to set */
    const void *ops;         /* the kind's struct below, whose first member is its size */
} ve_plugin;

/* VE_PLUGIN(dist_normal, DISTRIBUTION, "normal", "1.0", "summary", &record, &ops) stands once in a plugin's
 * source; the build defines VE_PLUGIN_MODULE when it makes a loadable file. */
#define VE_PLUGIN_BODY(kind_, name_, version_, summary_, params_, ops_)                                      \
    {                                                                                                        \
        VE_PLUGIN_MAGIC, VE_ABI_MAJOR, VE_ABI_MINOR, sizeof(ve_plugin), VE_KIND_##kind_, name_, version_,    \
            summary_, params_, ops_                                                                          \
    }
#ifdef VE_PLUGIN_MODULE
#define VE_PLUGIN(symbol, ...)                                                                               \
    extern const ve_plugin ve_plugin_entry;                                                                  \
    const ve_plugin ve_plugin_entry = VE_PLUGIN_BODY(__VA_ARGS__);
#else
#define VE_PLUGIN(symbol, ...)                                                                               \
    extern const ve_plugin ve_plugin_##symbol;                                                               \
    const ve_plugin ve_plugin_##symbol = VE_PLUGIN_BODY(__VA_ARGS__);
#endif

/* ---- services: what a plugin may call -------------------------------------------------------- */

/* Mean of a survey column over the customers who stand behind the option being evaluated. */
typedef int ve_column_handle;

struct ve_services {
    uint32_t size;
    /* Zeroed memory that lives as long as the run. NULL: out of memory, already told; return VE_E_MEMORY. */
    void *(*memory)(const ve_services *, size_t bytes);
    /* Tell a failure of this word and return `code`. `field` is the path inside the word ("pairs[2]"; "" for
     * the word itself): the message then carries its file, line and column. hint may be NULL. */
    ve_code (*fail)(const ve_services *, ve_code code, const char *field, const char *hint,
                    const char *format, ...) VE_PRINTF(5, 6);
    /* Tell a failure in a data file instead: the place is a row of a file. */
    ve_code (*fail_at)(const ve_services *, ve_code code, ve_place at, const char *hint, const char *format,
                       ...) VE_PRINTF(5, 6);
    /* In `prepare` of judgements and costs: ask that a survey column be kept. `pattern` may hold {function},
     * which becomes `function`, and {option}, for one column per option. Negative: refused and already told;
     * return minus that as the code. */
    ve_column_handle (*column)(const ve_services *, const char *field, const char *pattern,
                               const char *function);
    /* In `weigh` and `cost`: the mean of that column for the option's customers; NaN cannot happen. */
    double (*column_mean)(const ve_services *, ve_column_handle);
    const void *context;
    /* The candidate nearest to name, NULL if none is near enough to be meant. */
    const char *(*nearest)(const char *name, const char *const *candidate, size_t count);
};

/* ---- distribution: targets and uncertain numbers --------------------------------------------- */

/* The surveyed customers, one entry per attribute; count 0 where the word stands for an uncertain number. */
typedef struct ve_sample {
    size_t count;
    const ve_outline_attribute *attribute;
    double customers;
} ve_sample;

/* Columns of distinct attribute values. */
typedef struct ve_columns {
    size_t rows, count;
    const double *const *column;
} ve_columns;

typedef struct ve_distribution_ops {
    uint32_t size;
    /* true: log_density gets every attribute, in the model's order. false: the one column of the attribute
     * named in the field `by`, or of the only attribute (the record then has a member `int by`, VE_T_REF of
     * VE_OF_ATTRIBUTES). */
    bool joint;
    /* Check the fields against each other and fill in what is taken from the survey. NULL: nothing to do. */
    ve_code (*prepare)(void *params, const ve_sample *, const ve_services *);
    /* log of the density at every row, -inf where it is zero; no NaN. Unnormalised only where no density
     * exists. */
    ve_code (*log_density)(const void *params, const ve_columns *, double *out, const ve_services *);
    double (*log_peak)(const void *params); /* greatest value log_density can take; NaN: not known, the
                                               sample's is used */
    double (*mean)(const void *params, size_t attribute); /* NaN where it has none */
    double (*quantile)(const void *params, double p);     /* NULL for words that cannot stand for a number */
    /* The distributions inside this one (`mixture`, `product`), or NULL: the engine prepares each before this
     * one and hands the logs of what they weigh, parts x rows, to `combine` in place of calling
     * `log_density`. Such a word is joint; where its log_peak gives NaN the engine searches for the peak. */
    size_t (*parts)(const void *params, const ve_word **part, size_t index);
    ve_code (*combine)(const void *params, const double *part_log, size_t rows, double *out,
                       const ve_services *);
    bool categorical; /* the attribute in `by` is a text: its column holds the numbers of its labels */
    double (*cumulative)(const void *params, double x); /* share of the density below x; NULL: not known */
    /* How customers count, where that is not in proportion to the density: log of the weight, 0 at its
     * greatest. NULL: the density itself. */
    ve_code (*log_weight)(const void *params, const ve_columns *, double *out, const ve_services *);
    bool relative; /* it has no density: only the ratios of its weights mean something */
    /* Since 1.1. The same as `quantile` for many: probabilities become quantiles, in place. NULL: one by one.
     */
    void (*quantiles)(const void *params, size_t count, double *x);
} ve_distribution_ops;

/* ---- judgement: function weights ------------------------------------------------------------- */

/* The siblings being weighed: indices of REF, REFS, MAP members are theirs. */
typedef struct ve_subjects {
    size_t count;
    const char *const *id;
    const char *const *name;
    size_t options;
    const double *score; /* options x count: mean scores; NULL unless VE_NEEDS_SCORES and all siblings are
                            leaves */
} ve_subjects;

typedef struct ve_judged {
    double consistency_ratio; /* leave NaN where there is none */
    const char *note;         /* the variant used, NULL */
    double spread;            /* of several parties: greatest difference between their weights of one of the
                                 siblings; NaN where there is none */
    double kendall_w;         /* of several parties: Kendall's coefficient of concordance; likewise */
    ve_code warning;          /* a warning that this judgement asks for, VE_OK */
    const char *warned;       /* its sentence */
} ve_judged;

enum {
    VE_NEEDS_SCORES = 1,    /* wants ve_subjects.score */
    VE_NEEDS_CUSTOMERS = 2, /* uses column_mean: is asked once per option */
    VE_MAY_SKIP = 4 /* gives NaN to siblings it says nothing about: fine for one of several parties, else an
                       error */
};

typedef struct ve_judgement_ops {
    uint32_t size;
    unsigned needs;
    /* Check the judgement, ask for survey columns. NULL: nothing to do. */
    ve_code (*prepare)(void *params, const ve_subjects *, const ve_services *);
    /* One weight per sibling: finite, not negative, not all zero; they need not add up to 1, the engine
     * scales them. With VE_MAY_SKIP NaN for those left out. */
    ve_code (*weigh)(const void *params, const ve_subjects *, double *weight, ve_judged *,
                     const ve_services *);
    /* The judgements inside this one (`parties`), or NULL: the engine prepares each, weighs it and hands the
     * scaled weights to `combine`, parts x count, in place of calling `weigh`. A part may have left siblings
     * out: NaN. */
    size_t (*parts)(const void *params, const ve_word **part, size_t index);
    ve_code (*combine)(const void *params, const ve_subjects *, const double *part_weight, double *weight,
                       ve_judged *, const ve_services *);
} ve_judgement_ops;

/* ---- cost ------------------------------------------------------------------------------------ */

typedef struct ve_cost {
    double cost;            /* the figure used: finite, not negative */
    double present, annual; /* leave NaN where there is none */
} ve_cost;

typedef struct ve_cost_ops {
    uint32_t size;
    ve_code (*prepare)(void *params, const ve_services *); /* NULL: nothing to do */
    ve_code (*cost)(const void *params, ve_cost *out, const ve_services *);
    /* The cost words inside this one (`parts`), or NULL: the engine prepares each before this one and hands
     * the figures they give to `combine`, in place of calling `cost`. */
    size_t (*parts)(const void *params, const ve_word **part, size_t index);
    ve_code (*combine)(const void *params, const double *part_cost, ve_cost *out, const ve_services *);
} ve_cost_ops;

/* ---- rule ------------------------------------------------------------------------------------ */

typedef struct ve_rule_ops {
    uint32_t size;
    ve_code (*prepare)(void *params, const ve_services *); /* NULL: nothing to do */
    /* merit of every option: higher is better, NaN for one that cannot be best. The engine takes infeasible
     * options out. */
    ve_code (*merit)(const void *params, const ve_outcome_option *option, size_t options, double *merit,
                     const ve_services *);
} ve_rule_ops;

/* ---- survey: readers ------------------------------------------------------------------------- */

/* A column that some word asked for: one per option where `pattern` holds {option} or the layout is long. */
typedef struct ve_survey_column {
    const char *pattern;
    int choices; /* it holds whole numbers from 1 to so many, which the reader checks; every customer has one
                    answer, whatever the option. 0: any number */
} ve_survey_column;

/* Two columns of Kano's questions, answered from 1 (like) to 5 (dislike): with the function, and without it.
 * The program counts their classes; readers need not look at it. */
typedef struct ve_survey_pair {
    size_t functional, dysfunctional; /* among the columns */
    bool strict;                      /* must-be in both answers is questionable, not indifferent */
} ve_survey_pair;

/* What else is to be known of a wanted column. */
typedef struct ve_survey_asking {
    bool text;         /* what it holds are texts: numbers that `label` gives for attribute number
                          `attributes` + that of the column */
    const char *asker; /* who wants it, for messages: "--choice"; NULL: the model */
} ve_survey_asking;

/* What the model wants to know from its customers. Cell (i, k) of option i and leaf k has number i * leaves +
 * k. */
typedef struct ve_survey_want {
    size_t attributes, options, leaves, columns;
    const ve_outline_attribute *attribute;
    const ve_outline_option *option;
    const ve_outline_function *leaf;
    const ve_survey_column *column;
    double scale_low, scale_high;   /* every score must lie in it; NaN where open (then: >= 0) */
    unsigned threads;               /* as many as may be used, at least 1 */
    const ve_survey_asking *asking; /* columns; NULL: all are numbers that the model wants. Since 1.1 */
    size_t pairs;
    const ve_survey_pair *pair;
} ve_survey_want;

/* A block of customers. Row-major. Every value is finite and has been checked by the reader. */
typedef struct ve_customers {
    size_t rows;
    const double *attribute;     /* rows x attributes */
    const double *weight;        /* rows: design weights >= 0; NULL: all 1 */
    const uint16_t *small_score; /* rows x small_stride: options * leaves whole scores, then zeros; else
                                    NULL */
    size_t small_stride;         /* a multiple of 8 */
    const double *score;         /* rows x (options * leaves); where small_score is NULL */
    const double *column;        /* rows x columns x options: the wanted columns, the same for all options
                                    where the layout has one figure per customer */
} ve_customers;

/* Where a reader puts what it read. The order of rows, blocks and shards does not matter: sums are exact. */
typedef struct ve_sink ve_sink;
struct ve_sink {
    uint32_t size;
    /* Number of shards, before the first rows; each is filled by one thread at a time. Called again it
     * forgets all that was added. */
    ve_code (*open)(ve_sink *, unsigned shards);
    /* Its failures are told by the program once `read` has returned them. */
    ve_code (*add)(ve_sink *, unsigned shard, const ve_customers *);
    /* Customers left out for missing answers. */
    void (*skip)(ve_sink *, double customers);
    /* The number that stands for a text of an attribute or column that is one (`text`): what it holds. May
     * be called from any thread, after `open`. NaN: the text may not stand there (it is empty, longer than
     * 1 KiB, or has invisible characters), which the reader tells. Negative: no more can be had; stop, and
     * return VE_E_ATTRIBUTE: the program tells why. */
    double (*label)(ve_sink *, size_t attribute, const char *bytes, size_t length);
};

/* `number` and `nearest` may be called from any thread, all else only from the one that called `read`. */
typedef struct ve_survey_services {
    const ve_services *base;
    /* Open a data file beneath the model's folder for reading, by the file policy; `field` is the word's
     * field that names it. On success *descriptor is the caller's to close, *bytes its size. */
    ve_code (*open)(const struct ve_survey_services *, const char *field, const char *name, int *descriptor,
                    size_t *bytes);
    /* The program's one way from text to number: [+-]?digits[.digits][e[+-]digits], all of the text, in no
     * locale. */
    bool (*number)(const char *bytes, size_t length, double *out);
    /* The candidate nearest to name, NULL if none is near enough to be meant. */
    const char *(*nearest)(const char *name, const char *const *candidate, size_t count);
} ve_survey_services;

typedef struct ve_survey_ops {
    uint32_t size;
    ve_code (*read)(const void *params, const ve_survey_want *, ve_sink *, const ve_survey_services *);
} ve_survey_ops;

/* ---- report ---------------------------------------------------------------------------------- */

/* Where a report is written: bytes are kept until the whole report is there. */
typedef struct ve_out ve_out;
struct ve_out {
    void (*put)(ve_out *, const char *bytes, size_t length);
    bool color;  /* escape codes may be used */
    int columns; /* width of the terminal; 0: no terminal */
    bool quiet;  /* leave out what is not the result itself */
};

typedef struct ve_report_ops {
    uint32_t size;
    ve_code (*report)(const void *params, const ve_report *, ve_out *, const ve_services *);
    /* Errors as this format tells them; NULL: as text on standard error. */
    ve_code (*errors)(const void *params, const ve_errors *, ve_out *);
} ve_report_ops;

#endif

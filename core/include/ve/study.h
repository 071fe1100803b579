/* What a study may ask of a case and tell of it: evaluations, the numbers that can be changed, many
 * evaluations at once, random numbers; and the report. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_STUDY_H
#define VE_STUDY_H

#include <stddef.h>
#include <stdint.h>

#include "ve/outcome.h"
#include "ve/schema.h"
#include "ve/table.h"

typedef struct ve_services ve_services; /* ve/plugin.h */

/* ---- the numbers of a model ------------------------------------------------------------------ */

/* What a number of the model belongs to. X(NAME, word) */
#define VE_INPUTS(X)                                                                                         \
    X(COST, "cost")                                                                                          \
    X(TARGET, "target")                                                                                      \
    X(WEIGHT, "weight")                                                                                      \
    X(SCORE, "score")                                                                                        \
    X(GATE, "gate")                                                                                          \
    X(RULE, "rule")                                                                                          \
    X(TIER, "tier")                                                                                          \
    X(JUDGEMENT, "judgement")                                                                                \
    X(OTHER, "other")
typedef enum ve_input_kind {
#define VE_INPUT_ENUM(name, word) VE_INPUT_##name,
    VE_INPUTS(VE_INPUT_ENUM)
#undef VE_INPUT_ENUM
} ve_input_kind;

/* A number of the model that can be changed. Texts live as long as the run. */
typedef struct ve_input {
    const char *path;  /* as --set takes it: options.A.cost */
    const char *label; /* for people: "cost of High grade" */
    ve_input_kind kind;
    int option, node;  /* the option, the function that it belongs to; -1 */
    int list;          /* of a weight: its sibling list, else -1. A weight that is set rescales its siblings;
                          where all of a list are set they must add up to `high` */
    double base;       /* as the model has it, of an uncertain one the mean; NaN: not written */
    double low, high;  /* what its field allows, infinite where open; of a weight 0 and its list's total */
    bool above, below; /* it must not be low, high itself */
    bool whole;        /* only whole numbers have a result */
    const char *distribution; /* the word that stands for it where it is uncertain, NULL */
    double points; /* of a weight that is written in the short form: that number (of an uncertain one its
                      mean), in the points of its list; NaN */
} ve_input;

/* Many evaluations of the case, some inputs changed in each. */
typedef struct ve_trials {
    size_t rows, inputs;
    const size_t *input;        /* inputs: which, none twice */
    const double *const *value; /* inputs columns of rows: NaN leaves the input as it is */
    ve_assumptions assumptions; /* as for `evaluate` */
    const uint64_t *resample;   /* rows: the number of the resample of customers that stands for the survey
                                   in this row; NULL: the survey as it is in all rows. Row r and row s with
                                   the same number meet the same customers */
    uint64_t seed;              /* of the resamples */
    bool bayesian;              /* resamples give every customer an exponential weight (Rubin 1981) in place
                                   of drawing customers with replacement (Efron 1979) */
    bool left_out;              /* in place of that, resample n is the survey without customer n, as
                                   `customers` counts them from 0 */
} ve_trials;

/* What they yield: columns that the caller brings, each NULL where it is not wanted. Figures of option i in
 * row r stand at i * rows + r. A row that cannot be evaluated (a value out of range, no customer left) has
 * NaN and 0 everywhere and best -1. */
typedef struct ve_figures {
    double *function_score, *cost, *function_coefficient, *cost_coefficient,
        *value_index;           /* options x rows */
    int *rank;                  /* options x rows: 0 not ranked */
    int *best;                  /* rows: option, -1 none */
    double *merit;              /* options x rows: what the rule ranks by; NaN: cannot be best */
    size_t failed;              /* rows that cannot be evaluated */
    char why[VE_MESSAGE_BYTES]; /* the first reason, a sentence; "" */
    bool by_parts;              /* rows took only what changes in them; else each was a whole evaluation */
} ve_figures;

/* Function weights of one list, drawn around those that are judged: Dirichlet with mean w and concentration
 * c, so that weight k has the variance w_k (1 - w_k) / (c + 1). */
typedef struct ve_drawn_list {
    int list;
    double concentration;
} ve_drawn_list;

/* What is drawn. Inputs that are uncertain are drawn from the distribution that stands for them; of a list
 * with weights that are uncertain in points all siblings are inputs, and the points drawn are scaled to the
 * list's total; inputs of `list` are drawn around their base; any other input stays at its base. */
typedef struct ve_drawing {
    uint64_t seed;
    size_t inputs;
    const size_t *input;  /* none twice */
    const double *factor; /* inputs x inputs: lower Cholesky factor of the correlations of a normal copula;
                             NULL: independent. Rows and columns of inputs of a `list` must be those of
                             independent ones */
    size_t lists;
    const ve_drawn_list *list; /* all siblings of each are inputs */
} ve_drawing;

/* ---- customers one by one -------------------------------------------------------------------- */

/* A column of the survey that a study wants besides what the model reads. */
typedef struct ve_asked_column {
    const char *pattern; /* its name; {option} stands for the options */
    bool text;           /* it holds texts, or numbers that are names */
    const char *field;   /* the study's own parameter that names it, for messages */
} ve_asked_column;

typedef struct ve_label_list {
    size_t count;             /* 0: of numbers */
    const char *const *label; /* in the order of their bytes */
} ve_label_list;

/* The customers of the survey in ascending order of their attributes, then weight, columns and scores, so
 * that the order of the survey cannot be seen. A column of numbers is an array of `rows`. */
typedef struct ve_customer_rows {
    size_t rows, attributes, options, leaves, columns;
    const double *const *attribute; /* attributes: of a text the numbers of its labels, from 0 */
    const double *weight;           /* design weights */
    const double *const *column;    /* columns x options: those that the model's words ask for, then the
                                       study's. Column c of option i is column[c * options + i]; where a
                                       customer has one figure for all options these are the same array */
    size_t own_columns;             /* how many of them are the model's */
    unsigned score_bytes;           /* of each score: 1, 2 (whole numbers) or 8 (doubles) */
    const void *score;              /* options x leaves columns: cell (i, k) is column i * leaves + k */
    const int *leaf;                /* leaves: those that customers rate, as leaf numbers of the outline */
    const ve_label_list *attribute_label, *column_label; /* attributes; columns */
    const char *const *option_text;                      /* options: what the survey calls them */
    double skipped; /* left out for missing answers, also in the study's columns */
} ve_customer_rows;

static inline double ve_customer_score(const ve_customer_rows *r, size_t cell, size_t row) {
    size_t at = cell * r->rows + row;
    if (r->score_bytes == 1) return ((const uint8_t *)r->score)[at];
    return r->score_bytes == 2 ? ((const uint16_t *)r->score)[at] : ((const double *)r->score)[at];
}

/* ---- the model against others ---------------------------------------------------------------- */

/* One value that an alternative has otherwise than the base. */
typedef struct ve_replaced {
    const char *path;  /* as --set takes it */
    const char *label; /* for people: "cost of High grade" */
    ve_cell from, to;  /* a number, text or truth; of a table or word a text as a model writes it; null: not
                          there */
    int option, node;  /* of the base, that it belongs to, as in ve_input; -1 */
    bool comes, goes;  /* an option or a function that only one of the two has; the label says so */
    bool matters;      /* false: a title, a name: no value index hangs on it */
} ve_replaced;

/* What the base is compared with: a scenario of the model, or another model. */
typedef struct ve_alternative {
    const char *name; /* of the scenario; the file of the other model */
    bool model;       /* it is another model */
    const ve_outline *outline;
    const int *option; /* by option of the base: which it is here, by its id; -1: none */
    const int *node;   /* by function node of the base, likewise */
    size_t changes;
    const ve_replaced *change;
} ve_alternative;

/* ---- services -------------------------------------------------------------------------------- */

typedef struct ve_study_services ve_study_services;
struct ve_study_services {
    const ve_services *base; /* memory and fail */
    const ve_outline *outline;
    /* Evaluate the case. The outcome lives as long as the run. */
    ve_code (*evaluate)(const ve_study_services *, const ve_assumptions *, const ve_outcome **);
    /* Build the report. Texts are copied; those of a row's cells at the next call. Failures (memory) are told
     * once at the end, so these return nothing to check, except `row`, which never returns NULL, and
     * `table`. */
    void (*say)(const ve_study_services *, const char *format, ...) VE_PRINTF(2, 3);
    void (*fact)(const ve_study_services *, const char *key, ve_cell value);
    int (*table)(const ve_study_services *, const char *key, const char *title, unsigned flags,
                 const ve_column *column, size_t columns); /* columns is read at once and copied; at most
                                                              1024; negative: no room, stop */
    ve_cell *(*row)(const ve_study_services *, int table); /* a new row, all null; valid until the next
                                                              call */
    void (*mark)(const ve_study_services *, int table, int row);
    void (*warn)(const ve_study_services *, ve_code code, const char *hint, const char *format, ...)
        VE_PRINTF(4, 5);

    /* ---- since 1.1 ---- */

    /* Every number that is written in the model and every function weight, in the model's order; the same
     * list at every call. */
    ve_code (*inputs)(const ve_study_services *, const ve_input **list, size_t *count);
    /* The number at a path, also one that is not written but could be; *list may have grown by it. `field` is
     * the study's own parameter that names it, for messages. */
    ve_code (*input)(const ve_study_services *, const char *field, const char *path, size_t *index);
    /* Evaluate with some inputs changed: the full outcome. What is wrong with a value is told as of the
     * study's parameter `field`. The outcome lives as long as the run: for a few, not for many. */
    ve_code (*evaluate_with)(const ve_study_services *, const char *field, const size_t *input,
                             const double *value, size_t inputs, const ve_assumptions *, const ve_outcome **);
    /* Evaluate many times. Rows are spread over threads; results do not depend on how many. Fails only for
     * want of memory, on interruption, or where a plugin is broken. */
    ve_code (*evaluate_many)(const ve_study_services *, const ve_trials *, ve_figures *);
    /* The value below which an uncertain input lies with probability p (0 < p < 1), of a weight when the
     * others of its list are at their means; NaN where it is not uncertain. */
    double (*quantile)(const ve_study_services *, size_t input, double p);
    /* Draw uncertain inputs: value[i * rows + r] is input i of the drawing in draw first + r. Spread over
     * threads; a draw does not depend on how many, nor on which block it is drawn in. `redrawn` is added to:
     * draws outside what their field allows, which are drawn again. */
    ve_code (*draw)(const ve_study_services *, const ve_drawing *, uint64_t first, size_t rows, double *value,
                    uint64_t *redrawn);
    /* The factor for `draw` of the model's correlations between these inputs; *independent: it has none.
     * Tells what is wrong with them. */
    ve_code (*copula)(const ve_study_services *, const size_t *input, size_t inputs, double *factor,
                      bool *independent);
    /* Numbers between 0 and 1 (never 0 or 1), addressed by seed, stream and draw: the draws from `first` on.
     * A stream is one quantity that is drawn. */
    void (*uniforms)(const ve_study_services *, uint64_t seed, uint64_t stream, uint64_t first, size_t count,
                     double *out);
    /* How far a long study is, 0 to 1: shown on a terminal. */
    void (*progress)(const ve_study_services *, double share);
    /* The customers one by one, with as many columns more (0: none). The survey is read at the first call,
     * and again where other columns are asked. They live as long as the run. Fails where the model has no
     * survey. */
    ve_code (*customers)(const ve_study_services *, const ve_asked_column *, size_t columns,
                         const ve_customer_rows **);
    /* Have the program write a file besides the report, by its file policy, once the study and the report
     * have succeeded: all of it or nothing, and never over what was read. `field` is the study's own
     * parameter that names the file. Texts are copied. */
    ve_code (*write)(const ve_study_services *, const char *field, const char *path, const char *text);
    /* What the model is compared with, in the model's order; only for studies with VE_STUDY_COMPARES. Where
     * there is another model it is that one alone; where the command line names a scenario, only that. The
     * base is then the model as it stands, or, with another model, in that scenario. */
    ve_code (*alternatives)(const ve_study_services *, const ve_alternative **list, size_t *count);
    /* Evaluate an alternative, positioned and aggregated as it says itself. */
    ve_code (*evaluate_alternative)(const ve_study_services *, size_t alternative, const ve_outcome **);
    /* Evaluate what lies between the base and an alternative: row r has change c where taken[c * rows + r].
     * Figures are of the base's options; NaN of one that is not there in the row. Spread over threads. */
    ve_code (*evaluate_between)(const ve_study_services *, size_t alternative, const bool *taken, size_t rows,
                                ve_figures *);
    /* What the scenario that is looked at changes in the model as it stands; count 0 without one. */
    ve_code (*changes)(const ve_study_services *, const ve_replaced **list, size_t *count);
    /* The study's own work in parts, spread over threads: no two parts may write the same place, and none may
     * ask any service. */
    void (*in_parts)(const ve_study_services *, size_t parts, void (*work)(void *context, size_t part),
                     void *context);
};

enum {
    VE_STUDY_COMPARES = 1,   /* asks for `alternatives` */
    VE_STUDY_OTHER_MODEL = 2 /* takes a second model file */
};

typedef struct ve_study_ops {
    uint32_t size;
    ve_code (*study)(const void *params, const ve_study_services *);
    unsigned flags; /* VE_STUDY_...; since 1.1 */
} ve_study_ops;

/* Those of a study, also of one that was built before there were any. */
static inline unsigned ve_study_flags(const ve_study_ops *ops) {
    return ops->size > offsetof(ve_study_ops, flags) ? ops->flags : 0;
}

#endif

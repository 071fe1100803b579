/* What the files of this plugin share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_RISK_H
#define STUDY_RISK_H

#include "ve/plugin.h"

enum { RISK_BLOCK = 16384, RISK_SAMPLE = 20000, RISK_KEPT = 65536, RISK_WINDOWS = 3, RISK_NONE = -1 };

typedef struct risk_params {
    int draws, seed, customers;
    double precision, concentration;
} risk_params;
enum { RISK_CLASSICAL, RISK_BAYESIAN, RISK_AS_SURVEYED };

/* Some quantiles of many figures in little room: exact while they are few, then from fine bins. */
typedef struct risk_window {
    double p;
    double low, by; /* where it begins, bins by unit */
} risk_window;
typedef struct risk_sketch {
    double *kept; /* the first RISK_KEPT figures */
    uint32_t *bin;
    bool binned;  /* there were too many to keep all */
    size_t count; /* figures so far */
    size_t windows;
    risk_window window[RISK_WINDOWS];
} risk_sketch;

typedef struct risk_option {
    size_t best, above_one; /* draws in which it is best, in which V >= 1 */
    double sum, squares;    /* of V - shift */
    double shift;           /* the first V */
    risk_sketch value;
    risk_sketch bearable;  /* the cost at which V would be 1 */
    double *rank;          /* options: draws in which it has rank 1, 2 ... */
    double *better;        /* options: draws in which it beats the other; half for a tie */
    double *weight;        /* functions: sums of function weights where it is best */
    double *weight_square; /* likewise of their squares */
} risk_option;

/* Draws that are kept for regressions: as many as RISK_SAMPLE, the first ones. */
typedef struct risk_kept {
    size_t rows;
    double *input; /* inputs x RISK_SAMPLE */
    double *value; /* options x RISK_SAMPLE: V */
    double *alone; /* options x RISK_SAMPLE: function scores where nothing but the customers is drawn */
} risk_kept;

typedef struct risk_view {
    const ve_study_services *s;
    const ve_outline *outline;
    const risk_params *params;
    const ve_outcome *base;
    const ve_input *input; /* all of the model's */
    ve_drawing drawing;    /* what is drawn of them */
    bool customers;        /* they are drawn again */
    size_t draws, failed;  /* draws that were tabulated; those without a result are not */
    char why[VE_MESSAGE_BYTES];
    uint64_t redrawn;
    risk_option *option;
    risk_kept kept;
} risk_view;

/* ---- inputs.c: what is drawn ---- */
ve_code risk_find_inputs(risk_view *v);

/* ---- sketch.c ---- */
/* The quantiles at p in ascending order, at most RISK_WINDOWS. */
ve_code risk_sketch_make(const ve_services *base, const double *p, size_t count, risk_sketch *out);
void risk_sketch_add(risk_sketch *s, const double *x,
                     size_t count);                              /* those that are not finite are left out */
size_t risk_sketch_count(const risk_sketch *s);                  /* of finite figures */
double risk_sketch_quantile(const risk_sketch *s, size_t which); /* NaN where there is nothing */
/* Its standard error: half of what lies between the quantiles an error of the share below and above. */
double risk_sketch_error(const risk_sketch *s, size_t which);
/* Those that are wanted of the value index, and of the cost that is bearable. */
enum { RISK_P05, RISK_P50, RISK_P95, RISK_COST_P90 = 0 };

typedef struct risk_weight {
    const double *column;
    size_t node;
    double by;
} risk_weight;

/* Draws of one turn, and what they come to; the room is used again for the next. */
typedef struct risk_block {
    size_t rows;
    uint64_t first;
    double *value;         /* inputs x rows: what is drawn */
    const double **column; /* inputs */
    uint64_t *resample;
    double *index, *cost, *share; /* options x rows: V, S, F */
    double *alone;                /* options x rows: function scores with nothing but the customers drawn */
    int *rank, *best;
    double *bearable;    /* options x rows: the cost at which V would be 1 */
    risk_weight *weight; /* inputs: those that are weights */
} risk_block;

/* ---- tabulate.c ---- */
void risk_tabulate(risk_view *v, risk_block *b, size_t failed);

/* ---- draws.c ---- */
ve_code risk_draw(risk_view *v);
double risk_share(const risk_view *v, size_t count);       /* of all draws */
double risk_share_error(const risk_view *v, double share); /* standard error of a share */

/* ---- regression.c: value indices of the kept draws by covariates and their squares ---- */

enum { RISK_COLUMNS = 30, RISK_TERMS = 1 + 2 * RISK_COLUMNS };
typedef struct risk_regression {
    size_t rows, options, terms;
    const double *value; /* options x RISK_SAMPLE: what is explained */
    double *term;        /* terms x RISK_SAMPLE: 1, then every covariate and its square, standardised */
    double *product;     /* of the terms with each other and with the values */
    double *left;        /* room for solving */
    double *fitted;      /* options x rows */
} risk_regression;
bool risk_regression_make(const risk_view *v, risk_regression *out); /* false: no memory */
void risk_regress(risk_regression *on, const double *const *column, size_t columns);
/* What an option's value is by the last regression. */
void risk_fitted(const risk_regression *on, size_t option, double *out);

/* ---- information.c: what knowing a group of inputs would be worth ---- */
ve_code risk_information(const risk_view *v);

/* ---- words.c ---- */
void risk_say(risk_view *v);
bool risk_is_close(const risk_view *v);
int risk_leader(const risk_view *v);
int risk_second(const risk_view *v, int leader);
double risk_better(const risk_view *v, int option, int other); /* in what share of draws it beats the other */
void risk_warn(const risk_view *v);

/* ---- tables.c ---- */
ve_code risk_tables(risk_view *v);

#endif

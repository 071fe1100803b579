/* The study `fit`: what its files share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_STUDY_FIT_H
#define VE_STUDY_FIT_H

#include <math.h>

#include "ve/plugin.h"

enum { FIT_PARAMETERS = 5, FIT_ROOM = 48, FIT_AGAIN = 200 };
#define FIT_CLOSE 2.0 /* of AIC: does not tell two shapes apart (Burnham and Anderson 2002) */

/* ---- climb.c: the top of a log likelihood ------------------------------------------------------ */

/* The log likelihood at theta and its gradient. hessian, count x count, is NULL where it is not wanted. */
typedef double fit_total(const void *context, const double *theta, double *gradient, double *hessian);

typedef struct fit_hill {
    fit_total *total;
    const void *context;
    size_t count; /* of theta */
    bool curved;  /* `total` can give the Hessian; else it is taken from differences of the gradient */
} fit_hill;

/* doubles that fit_climb works in */
static inline size_t fit_climb_room(size_t count) {
    return 2 * count * count + 4 * count;
}
enum { FIT_CLIMB_ROOM = 2 * FIT_PARAMETERS * FIT_PARAMETERS + 4 * FIT_PARAMETERS };

/* From theta to the nearest top by Newton's steps, shortened where they lead down (Levenberg 1944). False: no
 * top within reach. covariance (count x count, NULL: not wanted) is the inverse of minus the Hessian there;
 * NaN where the top is flat. */
bool fit_climb(const fit_hill *hill, double *theta, double *covariance, double *room);
/* Invert a symmetric positive definite matrix in place; false: it is none. room: count * count. */
bool fit_invert(double *matrix, size_t count, double *room);

/* ---- sample.c: what is fitted to --------------------------------------------------------------- */

/* Values of one attribute, each once, ascending. Weights are scaled so that they add up to the effective
 * number of customers, (sum w)^2 / sum w^2 (Kish): errors then are those of a survey of that size. */
typedef struct fit_sample {
    size_t count;
    const double *x, *w, *c;     /* value, weight, customers who have it */
    double customers, effective; /* who have a weight above zero */
    double mean, sd;             /* sd by n, as maximum likelihood has it */
    double gap;                  /* the smallest between two values */
    double *again; /* room for FIT_AGAIN values that are drawn from a shape, and their weights */
    const ve_study_services *services; /* where chance comes from */
} fit_sample;

/* Customers in the order of the attribute that is fitted. */
typedef struct fit_people {
    size_t rows, options;
    const double *x, *w;
    const size_t *row; /* of `from` */
    const ve_customer_rows *from;
} fit_people;

ve_code fit_people_make(const ve_study_services *services, const ve_customer_rows *from, size_t attribute,
                        fit_people *out);
/* Those of whom `chosen` (by people's number, NULL: all) is above zero. */
ve_code fit_sample_make(const ve_study_services *services, const fit_people *people,
                        const unsigned char *chosen, fit_sample *out);
double fit_quantile(const fit_sample *sample, double share);

/* ---- shapes: distributions of one attribute ---------------------------------------------------- */

typedef struct fit_found {
    int shape;
    double value[FIT_PARAMETERS], error[FIT_PARAMETERS]; /* NaN: not known */
    double log_likelihood, aic, aicc, bic, ks;           /* NaN where they do not exist */
    const char *why;                                     /* it cannot be fitted, a sentence; NULL */
} fit_found;

typedef struct fit_shape {
    const char *name;
    size_t count;
    bool ends; /* customers beyond its ends have no weight at all */
    const char *parameter[FIT_PARAMETERS];
    /* value, error and log_likelihood, or why not */
    void (*fit)(const fit_sample *sample, fit_found *found);
    double (*below)(const fit_sample *sample, const double *value, double x); /* share below x */
} fit_shape;

#define FIT_SHAPES(X)                                                                                        \
    X(normal)                                                                                                \
    X(lognormal)                                                                                             \
    X(truncated_normal)                                                                                      \
    X(logistic)                                                                                              \
    X(student_t)                                                                                             \
    X(triangular)                                                                                            \
    X(trapezoid)                                                                                             \
    X(uniform)                                                                                               \
    X(mixture)                                                                                               \
    X(kernel)
enum {
#define FIT_SHAPE_ENUM(name) FIT_##name,
    FIT_SHAPES(FIT_SHAPE_ENUM) FIT_COUNT
#undef FIT_SHAPE_ENUM
};
#define FIT_SHAPE_EXTERN(name) extern const fit_shape fit_##name;
FIT_SHAPES(FIT_SHAPE_EXTERN)
#undef FIT_SHAPE_EXTERN
extern const fit_shape *const fit_shapes[FIT_COUNT];

/* All that is known of one shape: fit, criteria, Kolmogorov-Smirnov. */
void fit_shape_try(int shape, const fit_sample *sample, fit_found *found);
/* The best by AIC, -1 where none has one. */
int fit_best(const fit_found found[FIT_COUNT]);
/* The shape for a target: of those without ends the one with the fewest parameters among those that the data
 * do not tell from the best of them; -1. A survey does not say where buyers end. */
int fit_target_shape(const fit_found found[FIT_COUNT]);

/* One term of a log likelihood and its gradient. */
typedef double fit_term(const double *theta, double x, double *gradient);
/* Climb the sum of w * term. */
bool fit_climb_sample(fit_term *term, const fit_sample *sample, double *theta, size_t count,
                      double *covariance, double *total);

double fit_log_below(double z); /* log of the standard normal share below z */

/* ---- answers.c: a bell from what customers say of one option ------------------------------------- */

typedef struct fit_bell {
    double mean, mean_error, sd, sd_error;
    double height, height_error; /* of intention: at the top; NaN */
    double log_likelihood;       /* of yes or no; NaN */
    double customers, effective;
    bool held;       /* the sd is at its least, half the smallest gap */
    bool steadied;   /* answers are apart: likelihood with Firth's penalty */
    const char *why; /* no bell, a sentence; NULL */
} fit_bell;

/* Answers to one question by value of the attribute. */
typedef struct fit_answers {
    fit_sample sample;
    const double *mean; /* of the answers at each value */
    double within;      /* sum of w (answer - mean at its value)^2 */
} fit_answers;

ve_code fit_answers_make(const ve_study_services *services, const fit_people *people, const double *answer,
                         fit_answers *out);
/* Intention between 0 and 1: height exp(-((x - mean) / sd)^2 / 2), height <= 1, by least squares. */
void fit_intention(const fit_answers *answers, fit_bell *out);
/* Yes (1) or no (0): a logit whose index is quadratic is a bell in the odds. */
void fit_yes(const fit_answers *answers, fit_bell *out);

/* ---- choice.c: a bell for every option from what customers chose among them ----------------------- */

typedef struct fit_utility {
    double mean, mean_error, appeal, chosen;
    bool known; /* it was chosen by somebody */
} fit_utility;

typedef struct fit_choice {
    double sd;                 /* of all options: within those who chose the same */
    double theta, theta_error; /* weight of the value score; NaN: scores tell nothing */
    double log_likelihood, null_likelihood;
    double customers, effective, several; /* several: chose more than one, left out */
    bool steadied; /* an option is chosen by one kind of customer only: slopes are held back */
    const char *why;
    fit_utility *option;
} fit_choice;

/* chosen: options x rows, by people's number. weight: options x leaves (of the rows), of the functions. */
ve_code fit_choose(const ve_study_services *services, const fit_people *people, const unsigned char *chosen,
                   const double *weight, fit_choice *out);

/* ---- the view: everything that was asked and found ----------------------------------------------- */

enum { FIT_BUYERS, FIT_UTILITY };                                       /* params.targets */
enum { FIT_BY_CUSTOMERS, FIT_BY_CHOICE, FIT_BY_INTENTION, FIT_BY_YES }; /* view.method */
#define FIT_LEAST 10 /* effective customers behind a target that can be trusted a little */

typedef struct fit_params {
    const char *attribute, *choice, *intention, *yes, *write;
    int distribution; /* 0: the best; else a shape's number + 1 */
    int targets;
} fit_params;

/* Of one option, or of all customers. */
typedef struct fit_group {
    int option; /* -1: all customers */
    const char *id, *name;
    fit_sample sample;
    bool shaped; /* `found` is there */
    fit_found found[FIT_COUNT];
    int best;  /* shape, -1 */
    int shape; /* that of the target, -1 */
    fit_bell bell;
    const char *text; /* what to paste, NULL: nothing */
    const char *why;  /* then: why, part of a sentence */
} fit_group;

typedef struct fit_view {
    const ve_study_services *services;
    const ve_outline *outline;
    const fit_params *params;
    const ve_customer_rows *rows;
    size_t attribute;
    int method;
    const char *column; /* what the method reads, NULL */
    fit_people people;
    unsigned char *chosen; /* options x people; of `choice` */
    fit_group all, *option;
    fit_choice choice;
    bool failed; /* no memory */
} fit_view;

/* ask.c */
ve_code fit_ask(fit_view *view);
/* choices become view->chosen; answer[option * rows + row of the survey] those of the other questions */
ve_code fit_read_choices(fit_view *view);
ve_code fit_read_answers(const fit_view *view, const double **answer);

/* script.c: texts to paste */
const char *fit_text(fit_view *view, const char *format, ...) VE_PRINTF(2, 3); /* "" where there is no room */
/* A value with as many places as its error leaves a meaning, at least three digits. */
const char *fit_number(double value, double error, char room[FIT_ROOM]);
const char *fit_error(double error, char room[FIT_ROOM]);      /* two digits */
const char *fit_shown(fit_view *view, const fit_found *found); /* "mean 41.7 ± 2.5, sd 18.9 ± 1.8" */
const char *fit_shape_text(fit_view *view, const fit_sample *sample, const fit_found *found);
const char *fit_bell_text(fit_view *view, double mean, double mean_error, double sd, double sd_error);
/* A target was estimated; without any there is nothing to write. */
bool fit_has_target(const fit_view *view);
ve_code fit_write(fit_view *view);

/* tell.c, words.c */
void fit_tell(fit_view *view);
void fit_say(fit_view *view);

#endif

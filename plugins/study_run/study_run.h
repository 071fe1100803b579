/* What the files of this plugin share: the evaluations side by side, and figures as people write them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_RUN_H
#define STUDY_RUN_H

#include "ve/words.h"

typedef struct run_view {
    const ve_study_services *services;
    const ve_outline *outline;
    const char **name;                        /* of the options, told apart where two share one */
    ve_aggregate aggregate;                   /* the model's */
    const ve_outcome *outcome;                /* the answer */
    const ve_outcome *alike;                  /* the same with all customers alike */
    const ve_outcome *by[VE_AGGREGATE_COUNT]; /* the answer under every aggregate */
    const ve_outcome *aside;  /* the answer with Kano's classes only reported; NULL: they are */
    const double *node_score; /* options x function nodes: mean scores; of inner nodes the weighted mean of
                                 their parts */
    const int *order;         /* the ranked options, best first */
    size_t ranked;
    bool *failed; /* memory ran out, already told */
    const struct run_list {
        const char *parent; /* name of the function whose parts these are, NULL at the top */
        size_t count;
    } * list;
} run_view;

void *study_run_take(const run_view *view, size_t count,
                     size_t size); /* zeroed; NULL: *view->failed is set */

/* Figures in words, in the caller's room. */
/* Two figures with as many digits as it takes to tell them apart. */
void study_run_pair(double a, double b, int digits, char first[VE_WORDS_ROOM], char second[VE_WORDS_ROOM]);
/* "12 % more cost", "2.4 times the cost", "the same cost" */
const char *study_run_ratio(double ratio, const char *of, char room[VE_WORDS_ROOM]);
/* "A, B and C", of many "A, B, C and 4 more"; "" where memory ran out. */
const char *study_run_join(const run_view *view, const char *const *name, size_t count);

double study_run_value(const ve_outcome *outcome, int option);
/* The gate of a function for an option: its own, or Kano's; NaN: none. */
double study_run_minimum(const run_view *view, size_t option, size_t node);
/* The gate an option misses by most: its node, -1 where none is found. */
int study_run_failed_gate(const run_view *view, size_t option);

void study_run_say(const run_view *view);  /* words.c */
void study_run_warn(const run_view *view); /* warnings.c */

#endif

/* Customers collapsed by distinct attribute values. Customers with equal attributes have equal weights, so
 * their counts and sums are all that any evaluation needs; the sums are exact, hence free of the order of
 * rows and of threads.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_SURVEY_GROUPS_H
#define VE_SURVEY_GROUPS_H

#include "base/arena.h"
#include "ve/plugin.h"

/* Rows are groups, ascending by attribute 0, then 1, ... Column arrays are contiguous, one after the
 * other. */
typedef struct ve_groups {
    /* cells = options x leaves that customers rate, without those whose scores are judged;
     * columns = wanted columns x options */
    size_t rows, attributes, cells, columns;
    const double *attribute;                 /* attributes x rows */
    const double *count;                     /* rows: customers */
    const double *weight;                    /* rows: sum of design weights */
    const double *weight_squared;            /* rows: sum of their squares */
    const double *score;                     /* cells x rows: sum of weight * score */
    const double *column;      /* columns x rows: sum of weight * value; column c of option i is c *
                                  options + i */
    double customers, skipped; /* answered, left out */
    const ve_label_list *labels; /* attributes; count 0 for numbers; NULL: all are */
} ve_groups;

/* Read the survey of a model. `folder` is the model's. */
ve_code ve_survey_read(const ve_word *survey, const ve_survey_want *want, int folder,
                       const ve_services *services, ve_arena *arena, ve_groups **out, ve_errors *errors);
/* One customer of weight 1 whose scores are given: options x leaves. */
ve_code ve_groups_single(const double *score, size_t options, size_t leaves, ve_arena *arena, ve_groups **out,
                         ve_errors *errors);
/* Mean, sd (n-1; with design weights: weighted, times n/(n-1)), low and high of every attribute. */
void ve_groups_moments(const ve_groups *groups, ve_outline_attribute *attribute);

/* A sink that collapses what it is given; finish makes the groups. */
ve_sink *ve_collect_new(const ve_survey_want *want, ve_errors *errors);
ve_code ve_collect_finish(ve_sink *sink, ve_arena *arena, ve_groups **out);
void ve_collect_free(ve_sink *sink);
/* The attribute whose texts found no place, and why; VE_OK where all did. */
ve_code ve_collect_label_fault(const ve_sink *sink, size_t *attribute);

#endif

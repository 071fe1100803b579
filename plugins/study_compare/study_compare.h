/* What the files of this plugin share: the base, what it is compared with, and what drives the differences.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_COMPARE_H
#define STUDY_COMPARE_H

#include "ve/plugin.h"

enum { COMPARE_EXACT = 12, COMPARE_ROOM = 256 };

typedef struct compare_params {
    int draws, seed;
} compare_params;

/* Changes that are told apart from all others: one, or several that only work together. */
typedef struct compare_player {
    size_t count;
    const size_t *change; /* their numbers in the alternative */
} compare_player;

/* Who brings how much of the change of each value index. */
typedef struct compare_drivers {
    size_t players;
    const compare_player *player;
    const double *part;  /* players x options of the base; NaN where there is no change to be divided */
    const double *error; /* likewise: standard errors; NULL: exact */
    bool joint;          /* the first player holds changes that only work together */
} compare_drivers;

typedef struct compare_rival {
    const ve_alternative *of;
    const ve_outcome *outcome;
    compare_drivers drivers;
} compare_rival;

typedef struct compare_view {
    const ve_study_services *s;
    const ve_outline *outline; /* of the base, as what follows */
    const ve_outcome *base;
    const char *const *name; /* by option; no two the same */
    const compare_params *params;
    size_t count;
    compare_rival *rival;
    /* Room for the rows of one question. */
    size_t rows;
    bool *taken;         /* as many changes as any rival has, by rows */
    double *value_index; /* options by rows */
} compare_view;

/* study_compare.c: the option of the base that is best there, -1; and its value index there. */
int compare_best(const compare_view *v, const compare_rival *rival);
double compare_value(const compare_rival *rival, size_t option);
/* Memory of the run, told where there is none. */
void *compare_take(const compare_view *v, size_t count, size_t size);

/* shapley.c */
ve_code compare_divide(compare_view *v, size_t rival);
/* words.c */
void compare_say(const compare_view *v);
void compare_warn(const compare_view *v);
/* How the base is called among what it is compared with. */
const char *compare_base_name(const compare_view *v);
/* For people; texts are cut to about so many bytes. */
void compare_put_value(ve_cell cell, size_t most, char room[COMPARE_ROOM]);
const char *compare_player_label(const compare_view *v, const compare_rival *rival,
                                 const compare_player *player);

#endif

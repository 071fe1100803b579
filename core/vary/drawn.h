/* What options come to among customers who are drawn again. Only core/vary sees it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_VARY_DRAWN_H
#define VE_VARY_DRAWN_H

#include "vary/moved.h"
#include "vary/resample.h"

/* Prepared once for a number of trials. */
typedef struct ve_drawn {
    const ve_trials *trials;
    const ve_people *people;
    bool each;       /* mean scores are asked leaf by leaf; else the mean function score */
    double **counts; /* by option: what each customer counts, the nearest 1; NULL: all 1 */
    double **score;  /* by option: design weight times function score of each; NULL where `each` */
    double *log_top; /* by option: log of what is 1 in `counts`, as the aggregate wants it */
} ve_drawn;

/* weight: by node of the whole, option after option. */
ve_code ve_drawn_make(const ve_trials *trials, const ve_people *people, bool each, const double *weight,
                      ve_arena *arena, ve_drawn **out, ve_errors *errors);

/* What a thread needs. */
typedef struct ve_drawn_room {
    double *times, *counted,
        *moved;      /* people: how often each is drawn; that times what it counts; what it counts */
    uint64_t number; /* the resample in `times` */
    bool any;
} ve_drawn_room;
ve_code ve_drawn_room_make(const ve_drawn *drawn, ve_arena *arena, ve_drawn_room *room, ve_errors *errors);

/* Mean scores of an option in the resample of the row; moved: its target there, NULL. False: no customer
 * counts. */
bool ve_drawn_means(const ve_drawn *drawn, size_t row, size_t option, const ve_moved *moved,
                    ve_drawn_room *room, double *mean, double *log_factor);

#endif

/* What options come to among customers who are drawn again. Only core/vary sees it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_VARY_DRAWN_H
#define VE_VARY_DRAWN_H

#include "vary/moved.h"
#include "vary/resample.h"

/* Prepared once for a number of trials. */
typedef struct ve_drawn ve_drawn;
/* each: mean scores are asked leaf by leaf; else the mean function score. weight: by node of the whole,
 * option after option. moved: by option its target where it moves, NULL. These outlive it. */
ve_code ve_drawn_make(const ve_trials *trials, const ve_people *people, bool each, const double *weight,
                      ve_moved *const *moved, ve_arena *arena, ve_drawn **out, ve_errors *errors);

/* What a thread needs. */
typedef struct ve_drawn_room ve_drawn_room;
ve_code ve_drawn_room_make(const ve_drawn *drawn, ve_arena *arena, ve_drawn_room **out, ve_errors *errors);

/* Meet the customers of some rows, at most VE_DRAWN_AT_ONCE: passing over them once for all of these is what
 * makes it fast. */
enum { VE_DRAWN_AT_ONCE = 8 };
void ve_drawn_ask(ve_drawn_room *room, size_t first, size_t rows);
/* Mean scores of an option in one of these rows, from 0. False: no customer counts. */
bool ve_drawn_means(const ve_drawn_room *room, size_t row, size_t option, double *mean, double *log_factor);

#endif

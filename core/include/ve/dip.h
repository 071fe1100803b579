/* Where one option comes near another between three places: might they meet there, unseen by places so far
 * apart? SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_DIP_H
#define VE_DIP_H

#include <math.h>
#include <stdbool.h>

#define VE_DIP_FLAT 1e-12 /* of the merits: what rounding brings is no dip */

/* Of three neighbouring gaps the middle one is the least. Might it close in between? A gap that bends gently
 * falls by an eighth of what it rises on one side, one with a kink by a half. `merit`: what the gap is a
 * difference of. */
static inline bool ve_dip_may_close(const double gap[3], double merit) {
    double rise = fmax(gap[0], gap[2]) - gap[1];
    if (!(gap[1] > 0 && gap[1] <= gap[0] && gap[1] <= gap[2])) return false;
    return gap[1] <= rise && rise > VE_DIP_FLAT * fabs(merit);
}

#endif

/* How sure a share is. Header only, so that a plugin has no undefined symbol.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_SHARE_H
#define VE_SHARE_H

#include <math.h>

/* Standard error of a share of n: two for and two against are added, so that 0 and 1 do not look certain
 * (Agresti and Coull 1998). NaN of none. */
static inline double ve_share_error(double share, double n) {
    double all = n + 4, p = (share * n + 2) / all;
    return n > 0 ? sqrt(p * (1 - p) / all) : (double)NAN;
}

#endif

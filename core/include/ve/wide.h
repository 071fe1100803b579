/* Loops for vectors of whatever width the machine has. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_WIDE_H
#define VE_WIDE_H

/* Before a function whose loops over columns are the work: it is compiled once for each generation of
 * processors, and the first call chooses. As no operation is fused or put in another order, all of them give
 * the same bits. Sanitizers look at the plain one, as they cannot be there yet when the choice is made. */
#if defined __x86_64__ && defined __GNUC__ && !defined __clang__ && !defined __SANITIZE_ADDRESS__ &&         \
    !defined __SANITIZE_THREAD__
#define VE_WIDE __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define VE_WIDE
#endif

/* Eight numbers side by side, added and multiplied together: sums kept in these have one order of additions,
 * whatever the width of the machine. */
enum { VE_LANES = 8 };
typedef double ve_lanes __attribute__((vector_size(64), aligned(8), may_alias));

static inline double ve_lanes_sum(const double *lane) {
    return ((lane[0] + lane[4]) + (lane[1] + lane[5])) + ((lane[2] + lane[6]) + (lane[3] + lane[7]));
}

#endif

/* Sums of products over whole columns. Lanes and blocks keep both the speed and the precision of long sums.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/dot.h"

#include <string.h>

#include "num/sum.h"
#include "ve/wide.h"

enum { LANES = VE_LANES, BLOCK = 128 * LANES };

/* The last numbers of a column, fewer than LANES. */
static void take_last(const double *x, size_t count, double *last) {
    memset(last, 0, LANES * sizeof *last);
    memcpy(last, x + count - count % LANES, count % LANES * sizeof *last);
}

/* Adds what whole lanes of two columns give to the lanes of the sum. */
typedef void add_lanes(ve_lanes *sum, const double *a, const double *b, size_t count);

VE_WIDE static void add_dots(ve_lanes *sum, const double *a, const double *b, size_t count) {
    ve_lanes own = *sum;
    for (size_t i = 0; i + LANES <= count; i += LANES)
        own += *(const ve_lanes *)(a + i) * *(const ve_lanes *)(b + i);
    *sum = own;
}

VE_WIDE static void add_squares(ve_lanes *sum, const double *a, const double *b, size_t count) {
    ve_lanes own = *sum;
    for (size_t i = 0; i + LANES <= count; i += LANES) {
        const ve_lanes x = *(const ve_lanes *)(a + i);
        own += x * x * *(const ve_lanes *)(b + i);
    }
    *sum = own;
}

/* The second column is not looked at: the same order of additions as a product with ones. */
VE_WIDE static void add_first(ve_lanes *sum, const double *a, const double *unused, size_t count) {
    ve_lanes own = *sum;
    (void)unused;
    for (size_t i = 0; i + LANES <= count; i += LANES)
        own += *(const ve_lanes *)(a + i);
    *sum = own;
}

static double block(add_lanes *add, const double *a, const double *b, size_t count) {
    ve_lanes sum = { 0 };
    double last_a[LANES], last_b[LANES];
    take_last(a, count, last_a);
    take_last(b, count, last_b);
    add(&sum, a, b, count);
    add(&sum, last_a, last_b, LANES);
    return ve_lanes_sum((const double *)&sum);
}

static double blocks(add_lanes *add, const double *a, const double *b, size_t count) {
    ve_sum sum = { 0 };
    for (size_t i = 0; i < count; i += BLOCK)
        ve_sum_add(&sum, block(add, a + i, b + i, count - i < BLOCK ? count - i : BLOCK));
    return ve_sum_value(&sum);
}

double ve_dot(const double *a, const double *b, size_t count) {
    return blocks(add_dots, a, b, count);
}

double ve_dot_squared(const double *a, const double *b, size_t count) {
    return blocks(add_squares, a, b, count);
}

double ve_total(const double *a, size_t count) {
    return blocks(add_first, a, a, count);
}

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

static double sum_of(const ve_lanes *lane) {
    return ve_lanes_sum((const double *)lane);
}

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

VE_WIDE static void add_all(ve_lanes *sum, const double *a, size_t count) {
    ve_lanes own = *sum;
    for (size_t i = 0; i + LANES <= count; i += LANES)
        own += *(const ve_lanes *)(a + i);
    *sum = own;
}

static double block_dot(const double *a, const double *b, size_t count) {
    ve_lanes sum = { 0 };
    double one[LANES], two[LANES];
    take_last(a, count, one);
    take_last(b, count, two);
    add_dots(&sum, a, b, count);
    add_dots(&sum, one, two, LANES);
    return sum_of(&sum);
}

static double block_dot_squared(const double *a, const double *b, size_t count) {
    ve_lanes sum = { 0 };
    double one[LANES], two[LANES];
    take_last(a, count, one);
    take_last(b, count, two);
    add_squares(&sum, a, b, count);
    add_squares(&sum, one, two, LANES);
    return sum_of(&sum);
}

/* The second column is not looked at: the same order of additions as a product with ones. */
static double block_total(const double *a, const double *unused, size_t count) {
    (void)unused;
    ve_lanes sum = { 0 };
    double one[LANES];
    take_last(a, count, one);
    add_all(&sum, a, count);
    add_all(&sum, one, LANES);
    return sum_of(&sum);
}

static double blocks(double (*block)(const double *, const double *, size_t), const double *a,
                     const double *b, size_t count) {
    ve_sum sum = { 0 };
    for (size_t i = 0; i < count; i += BLOCK)
        ve_sum_add(&sum, block(a + i, b + i, count - i < BLOCK ? count - i : BLOCK));
    return ve_sum_value(&sum);
}

double ve_dot(const double *a, const double *b, size_t count) {
    return blocks(block_dot, a, b, count);
}

double ve_dot_squared(const double *a, const double *b, size_t count) {
    return blocks(block_dot_squared, a, b, count);
}

double ve_total(const double *a, size_t count) {
    return blocks(block_total, a, a, count);
}

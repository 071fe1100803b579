/* Sums of products over whole columns. Lanes and blocks keep both the speed and the precision of long sums.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/dot.h"

#include "num/sum.h"

enum { LANES = 8, BLOCK = 128 * LANES };

static double block_dot(const double *a, const double *b, size_t count) {
    double lane[LANES] = { 0 };
    size_t i = 0;
    for (; i + LANES <= count; i += LANES)
        for (size_t l = 0; l < LANES; l++)
            lane[l] += a[i + l] * b[i + l];
    for (size_t l = 0; i < count; i++, l++)
        lane[l] += a[i] * b[i];
    return ((lane[0] + lane[4]) + (lane[1] + lane[5])) + ((lane[2] + lane[6]) + (lane[3] + lane[7]));
}

static double block_dot_squared(const double *a, const double *b, size_t count) {
    double lane[LANES] = { 0 };
    size_t i = 0;
    for (; i + LANES <= count; i += LANES)
        for (size_t l = 0; l < LANES; l++)
            lane[l] += a[i + l] * a[i + l] * b[i + l];
    for (size_t l = 0; i < count; i++, l++)
        lane[l] += a[i] * a[i] * b[i];
    return ((lane[0] + lane[4]) + (lane[1] + lane[5])) + ((lane[2] + lane[6]) + (lane[3] + lane[7]));
}

/* The second column is not looked at: the same order of additions as a product with ones. */
static double block_total(const double *a, const double *unused, size_t count) {
    (void)unused;
    double lane[LANES] = { 0 };
    size_t i = 0;
    for (; i + LANES <= count; i += LANES)
        for (size_t l = 0; l < LANES; l++)
            lane[l] += a[i + l];
    for (size_t l = 0; i < count; i++, l++)
        lane[l] += a[i];
    return ((lane[0] + lane[4]) + (lane[1] + lane[5])) + ((lane[2] + lane[6]) + (lane[3] + lane[7]));
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

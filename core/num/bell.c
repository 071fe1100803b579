/* Sums over points under a bell, by boxes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/bell.h"

#include <math.h>

enum { TERMS = VE_BELL_TERMS, SUMS_MOST = 1 << 17 /* boxes times columns */ };

/* Beyond so many s a point of the sum is too small to be seen beside one within NEAR. */
#define FAR 9.0
#define NEAR 2.0

struct ve_bell {
    size_t columns, boxes;
    double low, width; /* of a box */
    double unit;       /* moments are of (x - middle) / unit */
    double *moment;    /* boxes x columns x TERMS: sum of w d^n / n! */
    bool *occupied;    /* boxes */
};

static double middle_of(const ve_bell *bell, size_t box) {
    return bell->low + ((double)box + 0.5) * bell->width;
}

static void add_point(ve_bell *bell, const ve_bell_points *points, size_t row) {
    size_t box = (size_t)((points->x[row] - bell->low) / bell->width);
    if (box >= bell->boxes) box = bell->boxes - 1;
    double d = (points->x[row] - middle_of(bell, box)) / bell->unit, power[TERMS] = { 1 };
    for (int n = 1; n < TERMS; n++)
        power[n] = power[n - 1] * d / n;
    bell->occupied[box] |= points->weight[0][row] > 0;
    double *moment = bell->moment + box * bell->columns * TERMS;
    for (size_t c = 0; c < points->columns; c++)
        for (int n = 0; n < TERMS; n++)
            moment[c * TERMS + (size_t)n] += points->weight[c][row] * power[n];
}

static bool find_range(const ve_bell_points *points, double *low, double *high) {
    *low = HUGE_VAL;
    *high = -HUGE_VAL;
    for (size_t row = 0; row < points->rows; row++) {
        if (points->x[row] < *low) *low = points->x[row];
        if (points->x[row] > *high) *high = points->x[row];
    }
    return *low <= *high;
}

ve_bell *ve_bell_new(const ve_bell_points *points, double width, ve_arena *arena) {
    double low, high;
    if (!find_range(points, &low, &high)) return NULL;
    double boxes = floor((high - low) / (width / 2)) + 1;
    if (!(boxes * (double)points->columns <= SUMS_MOST)) return NULL;
    ve_bell *bell = ve_alloc(arena, sizeof *bell);
    if (!bell) return NULL;
    *bell = (ve_bell){
        .columns = points->columns, .boxes = (size_t)boxes, .low = low, .width = width / 2, .unit = width
    };
    bell->moment = ve_alloc_array(arena, bell->boxes * bell->columns * TERMS, sizeof *bell->moment);
    bell->occupied = ve_alloc_array(arena, bell->boxes, sizeof *bell->occupied);
    if (!bell->moment || !bell->occupied) return NULL;
    for (size_t row = 0; row < points->rows; row++)
        add_point(bell, points, row);
    return bell;
}

/* exp(-(z + d)^2 / 2) = exp(-z^2 / 2) sum of He_n(z) (-d)^n / n!: the factors of the moments, d in units of
 * s / scale. */
static void factors(double z, double scale, double *factor) {
    double power = exp(-0.5 * z * z), before = 0, he = 1;
    for (int n = 0; n < TERMS; n++) {
        factor[n] = he * power;
        double next = z * he - n * before;
        before = he;
        he = next;
        power *= -scale;
    }
}

static void add_box(const ve_bell *bell, size_t box, const double *factor, double *sum) {
    const double *moment = bell->moment + box * bell->columns * TERMS;
    for (size_t c = 0; c < bell->columns; c++, moment += TERMS) {
        double a = 0, b = 0;
        for (int n = 0; n < TERMS; n += 2) {
            a += factor[n] * moment[n];
            b += factor[n + 1] * moment[n + 1];
        }
        sum[c] += a + b;
    }
}

/* The boxes from `first` to before `end` lie within FAR of m. */
static void near_boxes(const ve_bell *bell, double m, double s, size_t *first, size_t *end) {
    double from = floor((m - FAR * s - bell->low) / bell->width);
    double to = ceil((m + FAR * s - bell->low) / bell->width);
    double boxes = (double)bell->boxes;
    *first = from > 0 ? (size_t)(from < boxes ? from : boxes) : 0;
    *end = to > 0 ? (size_t)(to < boxes ? to : boxes) : 0;
}

bool ve_bell_sum(const ve_bell *bell, double m, double s, double *sum) {
    double factor[TERMS];
    bool near = false;
    size_t first, end;
    near_boxes(bell, m, s, &first, &end);
    for (size_t c = 0; c < bell->columns; c++)
        sum[c] = 0;
    for (size_t box = first; box < end; box++) {
        if (!bell->occupied[box]) continue;
        double z = (middle_of(bell, box) - m) / s;
        near |= fabs(z) <= NEAR;
        factors(z, bell->unit / s, factor);
        add_box(bell, box, factor, sum);
    }
    return near;
}

/* The min-max form (Rezaei 2015): least xi with |w_B / w_j - a_Bj| <= xi, |w_j / w_W - a_jW| <= xi.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With r = w_B / w_W each of the others asks for r between (a_Bj - xi)(a_jW - xi) and (a_Bj + xi)(a_jW + xi),
 * and best and worst themselves for r within xi of a_BW. As xi grows the lower ends sink and the upper ends
 * rise, so the least xi is where the highest lower end meets the lowest upper end. */
#include <math.h>

#include "best_worst.h"

/* Highest lower end and lowest upper end. */
static void ends(const best_worst_case *c, double xi, double *low, double *high) {
    *low = c->from_best[c->n - 1] - xi;
    *high = c->from_best[c->n - 1] + xi;
    for (size_t j = 1; j + 1 < c->n; j++) {
        double a = c->from_best[j], b = c->to_worst[j];
        *low = fmax(*low, fmax(a - xi, 0) * fmax(b - xi, 0));
        *high = fmin(*high, (a + xi) * (b + xi));
    }
}

static double least_xi(const best_worst_case *c) {
    double none = 0, enough = c->from_best[c->n - 1], low, high;
    ends(c, 0, &low, &high);
    if (low <= high * (1 + 1e-14)) return 0;
    for (size_t j = 1; j + 1 < c->n; j++)
        enough = fmax(enough, fmax(c->from_best[j], c->to_worst[j]));
    for (int step = 0; step < 200; step++) {
        double middle = 0.5 * (none + enough);
        ends(c, middle, &low, &high);
        if (low <= high)
            enough = middle;
        else
            none = middle;
    }
    return enough;
}

/* w_j / w_W, from and to. */
static void range_of(const best_worst_case *c, size_t j, double xi, double r, double *from, double *to) {
    double a = c->from_best[j], b = c->to_worst[j];
    *from = *to = j == 0 ? r : 1;
    if (j == 0 || j + 1 == c->n) return;
    *from = fmax(r / (a + xi), b - xi);
    *to = fmax(*from, a > xi ? fmin(r / (a - xi), b + xi) : b + xi); /* rounding may turn them round */
}

void best_worst_minmax(const best_worst_case *c, double *weight, double *xi) {
    double low, high, from, to, all_from = 0, all_to = 0;
    *xi = least_xi(c);
    ends(c, *xi, &low, &high);
    double r = 0.5 * (low + high);
    for (size_t j = 0; j < c->n; j++) {
        range_of(c, j, *xi, r, &from, &to);
        all_from += from;
        all_to += to;
    }
    for (size_t j = 0; j < c->n; j++) {
        range_of(c, j, *xi, r, &from, &to);
        weight[j] = 0.5 * (from / (all_to - to + from) + to / (all_from - from + to));
    }
}

/* Random indices: the mean consistency index of random reciprocal matrices, by their authors.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ahp.h"

/* n = 3 .. 15: Saaty 1980; Saaty, Theory and Applications of the Analytic Network Process, 2005, p. 31. */
static const double saaty_1980[] = { .58,  .90,  1.12, 1.24, 1.32, 1.41, 1.45,
                                     1.49, 1.51, 1.48, 1.56, 1.57, 1.59 };
static const double saaty_2005[] = { .52,  .89,  1.11, 1.25, 1.35, 1.40, 1.45,
                                     1.49, 1.52, 1.54, 1.56, 1.58, 1.59 };

/* n = 3 .. 20, then 25, 30, 40, 50: Donegan and Dodd 1991. */
static const double donegan_dodd[] = {
    .4914,  .8286,  1.0591, 1.1797, 1.2519, 1.3171, 1.3733, 1.4055, 1.4213,
    1.4497, 1.4643, 1.4822, 1.4969, 1.5078, 1.5153, 1.5262, 1.5313, 1.5371
};
static const struct {
    double n, index;
} further[] = { { 20, 1.5371 }, { 25, 1.5619 }, { 30, 1.5772 }, { 40, 1.5976 }, { 50, 1.6102 } };

/* Between the sizes of the table, on the straight line. */
static double between(double n) {
    for (size_t i = 1; i < VE_COUNT(further); i++) {
        double share = (n - further[i - 1].n) / (further[i].n - further[i - 1].n);
        if (n <= further[i].n)
            return further[i - 1].index + share * (further[i].index - further[i - 1].index);
    }
    return NAN;
}

static const struct {
    const char *name;
    const double *index;
    size_t most;
} tables[] = {
    { "saaty-1980", saaty_1980, 15 },
    { "saaty-2005", saaty_2005, 15 },
    { "donegan-dodd", donegan_dodd, 20 },
};

double ahp_random_index(int table, size_t n) {
    if (n < 3) return 0;
    if (n <= tables[table].most) return tables[table].index[n - 3];
    return tables[table].index == donegan_dodd ? between((double)n) : NAN;
}

const char *ahp_random_index_name(int table) {
    return tables[table].name;
}

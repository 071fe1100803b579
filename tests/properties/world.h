/* A random case: it writes itself as a model and a survey, and computes itself a second time, in long double
 * and by the plain formulas.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_TESTS_WORLD_H
#define VE_TESTS_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ve_test.h"

enum { OPTIONS = 6, FUNCTIONS = 7, CUSTOMERS = 64, ATTRIBUTES = 2 };

typedef struct world {
    uint64_t random; /* state of the generator */
    size_t options, functions, customers, attributes;
    const char *aggregate;
    double attribute[CUSTOMERS][ATTRIBUTES];
    double design[CUSTOMERS]; /* design weights */
    double score[CUSTOMERS][OPTIONS][FUNCTIONS];
    double weight[FUNCTIONS]; /* function weights, any scale */
    double cost[OPTIONS];
    double mean[OPTIONS][ATTRIBUTES], sd[OPTIONS][ATTRIBUTES];
    bool equal[OPTIONS]; /* the target is equal{} */
} world;

/* What comes out for one option. */
typedef struct figures {
    double function, cost, value, customers, reach, plain_value;
} figures;

world world_new(uint64_t seed);
double world_uniform(world *w, double low, double high);
size_t world_below(world *w, size_t count);
void world_shuffle_customers(world *w);

/* Run the world through the program; ends the test where that fails. */
void world_run(const world *w, ve_test *t, figures *out);
/* Its own figures, computed here. */
void world_compute(const world *w, figures *out);

#endif

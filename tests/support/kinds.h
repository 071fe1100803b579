/* What the tests of several plugins of one kind share: their models, and what they look at.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_TESTS_KINDS_H
#define VE_TESTS_KINDS_H

#include "ve_test.h"

/* Judgements: functions F1 .. Fn weighed by one, which begins on line 2; two options that score alike. */
ve_code ve_test_weigh(ve_test *t, const char *judgement, int count);
/* Are the weights of F1 .. Fn the wanted ones, divided by `sum`? */
bool ve_test_weights(const ve_test *t, const double *wanted, int count, double sum, double tolerance);

/* Rules: options A, B, C with the scores 4, 3, 1.5 of one function and these costs; the rule on line 2. */
ve_code ve_test_choose(ve_test *t, const char *rule, double a, double b, double c);
/* Is that option best (NULL: is none)? */
bool ve_test_best(const ve_test *t, const char *id);

/* Studies: the last piece of memory that a run takes may be any one. The study, with these parameters (or
 * NULL), is run on the model that lies in the folder, with 16 bytes less than it needs, then with `step` less
 * again and again until `depth` bytes are missing: does each run end as out of memory, and tell it? */
bool ve_test_memory(ve_test *t, const char *study, const ve_value *params, size_t depth, size_t step);

#endif

/* What the tests of distributions share: densities, weights, means and refusals, as a run shows them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_TESTS_TARGET_UNDER_TEST_H
#define VE_TESTS_TARGET_UNDER_TEST_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ve_test.h"

static ve_test *t;

static inline int start(void **state) {
    (void)state;
    t = ve_test_begin();
    return 0;
}

static inline int stop(void **state) {
    (void)state;
    ve_test_close(t);
    return 0;
}

enum { MODEL_ROOM = 8000 };

/* Customers with the given incomes; the j-th scores option A with score[j]. The target stands on line 2. */
static inline ve_code run_target(const char *target, const char *aggregate, const double *income,
                                 const double *score, size_t count) {
    char model[MODEL_ROOM];
    size_t used = (size_t)snprintf(
        model, sizeof model,
        "{ attributes = { income = 'CNY' }, functions = { { id = 'f' } }, aggregate = '%s', options = {\n"
        "  { id = 'A', cost = 1, target = %s },\n"
        "  { id = 'B', cost = 1 } }, survey = ve.answers {\n",
        aggregate, target);
    for (size_t j = 0; j < count; j++)
        used += (size_t)snprintf(model + used, sizeof model - used,
                                 "    { income = %.17g, A = { %.17g }, B = { 1 } },\n", income[j], score[j]);
    snprintf(model + used, sizeof model - used, "} }");
    return ve_test_run(t, model);
}

/* The density at one place: what a single customer there counts in a sum. */
static inline double density_at(const char *target, double x) {
    const double one = 1;
    assert_int_equal(run_target(target, "sum", &x, &one, 1), VE_OK);
    return ve_test_option(t, "A", "function_score");
}

/* The weight at one place, 1 where it is greatest. */
static inline double weight_at(const char *target, double x) {
    const double one = 1;
    assert_int_equal(run_target(target, "peak", &x, &one, 1), VE_OK);
    return ve_test_option(t, "A", "function_score");
}

/* Nobody there has any weight. */
static inline bool no_weight_at(const char *target, double x) {
    const double one = 1;
    run_target(target, "mean", &x, &one, 1);
    return ve_test_told(t, VE_E_NO_WEIGHT, 2, "none of the surveyed customers has any weight for option 'A'");
}

static inline ve_code run_number(const char *word) {
    char model[MODEL_ROOM];
    snprintf(model, sizeof model,
             "{ functions = { { id = 'f' } }, options = { { id = 'A', scores = { f = 1 },\n"
             "  cost = %s }, { id = 'B', cost = 1, scores = { f = 1 } } } }",
             word);
    return ve_test_run(t, model);
}

/* The mean of a word that stands for a number. */
static inline double number_of(const char *word) {
    assert_int_equal(run_number(word), VE_OK);
    return ve_test_option(t, "A", "cost");
}

static inline bool no_number(const char *word, ve_code code, const char *words) {
    run_number(word);
    return ve_test_told(t, code, 2, words);
}

/* Is the target refused with that message? */
static inline bool refused(const char *target, ve_code code, const char *words) {
    const double income[] = { 1000, 2000, 4000 }, score[] = { 1, 1, 1 };
    run_target(target, "mean", income, score, 3);
    return ve_test_told(t, code, 2, words);
}

/* A model with two attributes, on whose line 2 the target of A stands. */
static inline ve_code run_two(const char *target) {
    char model[MODEL_ROOM];
    snprintf(model, sizeof model,
             "{ attributes = { income = 'CNY', age = 'years' }, functions = { { id = 'f' } }, options = {\n"
             "  { id = 'A', cost = 1, target = %s },\n"
             "  { id = 'B', cost = 1 } }, survey = ve.answers {\n"
             "  { income = 1000, age = 20, A = { 4 }, B = { 1 } }, { income = 2000, age = 30, A = { 2 }, B = "
             "{ 1 } },\n"
             "  { income = 4000, age = 60, A = { 1 }, B = { 2 } } } }",
             target);
    return ve_test_run(t, model);
}

/* What every distribution of one attribute does: `target` lacks `by`, `with` has by = "age" and weighs the
 * ages so. */
static inline void assert_by(const char *target, const char *with, const double weight[3]) {
    run_two(target);
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 2, "say `by` which of them this target goes"));
    assert_int_equal(run_two(with), VE_OK);
    double wanted = (4 * weight[0] + 2 * weight[1] + weight[2]) / (weight[0] + weight[1] + weight[2]);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"), wanted, 1e-13));
}

#endif

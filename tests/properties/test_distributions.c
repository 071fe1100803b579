/* What distributions become in a limit, and where they are others.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * VE_TEST_MODULES names a folder of loadable plugins to put in place of those built in. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "eval/internal.h"
#include "ve/part.h"
#include "ve_test.h"

static ve_test *t;
static const char *name; /* of the distribution in hand */

static void hold(bool true_of_it, const char *what) {
    if (true_of_it) return;
    fprintf(stderr, "%s: %s\n", name, what);
    fail();
}

static void near(double is, double wanted, double tolerance, const char *what) {
    hold(ve_test_near(is, wanted, tolerance), what);
}

/* ---- words from their text ---------------------------------------------------------------------- */

/* The case that a run has prepared, taken on its way through. */
static ve_case taken;

ve_code __real_ve_prepare_case(const ve_model *, const ve_groups *, ve_arena *, ve_case *, ve_errors *);
ve_code __wrap_ve_prepare_case(const ve_model *, const ve_groups *, ve_arena *, ve_case *, ve_errors *);
ve_code __wrap_ve_prepare_case(const ve_model *model, const ve_groups *groups, ve_arena *arena, ve_case *out,
                               ve_errors *errors) {
    ve_code code = __real_ve_prepare_case(model, groups, arena, out, errors);
    taken = *out;
    return code;
}

static const char surveyed[] =
    "survey = ve.answers { { income = 2000, tier = 'lead', A = { 1 }, B = { 1 } },\n"
    "  { income = 6000, tier = 'gold', A = { 1 }, B = { 1 } }, { income = 12000, tier = 'platinum', A = { 1 "
    "}, B = { 1 } } }";

/* The targets of options A and B; they live until the next call. */
static void two_targets(const char *a, const char *b, const ve_word **first, const ve_word **second) {
    char model[4000], survey[sizeof surveyed];
    bool tier = strstr(a, "\"tier\"") || strstr(b, "\"tier\"");
    memcpy(survey, surveyed, sizeof survey);
    for (char *at; !tier && (at = strstr(survey, "tier = "));)
        memset(at, ' ', (size_t)(strchr(at, ',') + 1 - at));
    snprintf(model, sizeof model,
             "{ attributes = { income = 'CNY'%s }, functions = { { id = 'f' } }, options = {\n"
             "  { id = 'A', cost = 1, target = %s },\n  { id = 'B', cost = 1, target = %s } }, %s }",
             tier ? ", tier = 'label'" : "", a, b, survey);
    if (ve_test_check(t, model)) {
        fprintf(stderr, "%s\n%s: %s\n", model, t->errors.list[0].path, t->errors.list[0].message);
        fail();
    }
    *first = &taken.model->option[0].target;
    *second = &taken.model->option[1].target;
}

/* ---- looking at them ---------------------------------------------------------------------------- */

/* log of the weight of a customer, on the footing of the density. */
static double log_weight(const ve_word *word, double x) {
    double out = NAN, zero = 0;
    const double *column[] = { &x, &zero };
    ve_columns columns = { 1, taken.outline->attributes, column };
    ve_code code = ve_distribution_weigh(word, &columns, &out, t->arena, &t->errors);
    hold(code == VE_OK, "weighs every customer");
    return out;
}

static double quantile(const ve_word *word, double p) {
    return ve_part_ops(word)->quantile(word->params, p);
}

/* Shares between which everything is looked at. */
static const double share[] = { 0,   1e-6, 0.001, 0.01, 0.05, 0.1,  0.2,   0.3,      0.4, 0.5,
                                0.6, 0.7,  0.8,   0.9,  0.95, 0.99, 0.999, 1 - 1e-6, 1 };
enum { SHARES = sizeof share / sizeof *share };

/* ---- limits ------------------------------------------------------------------------------------- */

static const double places[] = { 100, 900, 2000, 3300, 4000, 5000, 6000, 7500, 9000, 14000 };

/* The same weights, but for a factor: then the same customers count the same. */
static void same_weights(const char *a, const char *b, double tolerance) {
    const ve_word *first, *second;
    two_targets(a, b, &first, &second);
    name = a;
    double factor = NAN;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        double one = log_weight(first, places[i]), other = log_weight(second, places[i]);
        if (one == -HUGE_VAL && other == -HUGE_VAL) continue;
        if (isnan(factor)) factor = one - other;
        near(one - other, factor, tolerance, b);
    }
    hold(!isnan(factor), "weighs somebody");
}

/* The same density, hence the same quantiles. */
static void same_densities(const char *a, const char *b, double tolerance) {
    const ve_word *first, *second;
    two_targets(a, b, &first, &second);
    name = a;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        near(exp(log_weight(first, places[i]) - log_weight(second, 5000)),
             exp(log_weight(second, places[i]) - log_weight(second, 5000)), tolerance, b);
    for (size_t i = 1; i + 1 < SHARES && ve_part_ops(first)->quantile; i++)
        near(quantile(first, share[i]) / quantile(second, share[i]), 1, 10 * tolerance, b);
}

static void without_bounds_all_count_alike(void **state) {
    (void)state;
    static const char *const broad[] = {
        "ve.normal { mean = 5000, sd = 1e12 }",
        "ve.truncated_normal { mean = 5000, sd = 1e12 }",
        "ve.lognormal { median = 5000, spread = 1e7 }",
        "ve.triangular { low = -1e15, mode = 5000, high = 1e15 }",
        "ve.trapezoid { low = -1, from = 0, to = 1e9, high = 2e9 }",
        "ve.uniform { low = 0, high = 1e9 }",
        "ve.logistic { mean = 5000, scale = 1e12 }",
        "ve.student_t { mean = 5000, scale = 1e12, df = 3 }",
        "ve.kernel { points = { 3000, 5000 }, bandwidth = 1e12 }",
        "ve.above { at = -1e6, scale = 100 }",
        "ve.below { at = 1e6, scale = 100 }",
        ("ve.mixture { parts = { ve.normal { mean = 1, sd = 1e12 }, ve.logistic { mean = 9, scale = 1e12 } } "
         "}"),
        "ve.product { parts = { ve.normal { mean = 1, sd = 1e12 }, ve.above { at = -1e6, scale = 100 } } }",
        "ve.product { parts = { ve.equal {} } }",
    };
    for (size_t i = 0; i < sizeof broad / sizeof *broad; i++)
        same_weights(broad[i], "ve.equal {}", 1e-10);
}

#define NORMAL "ve.normal { mean = 5000, sd = 1500 }"
#define BELL "ve.logistic { mean = 4000, scale = 700 }"

static void shapes_become_others(void **state) {
    (void)state;
    same_densities("ve.truncated_normal { mean = 5000, sd = 1500, low = -1e6, high = 1e6 }", NORMAL, 1e-13);
    same_densities("ve.trapezoid { low = 1000, from = 4000, to = 4000, high = 9000 }",
                   "ve.triangular { low = 1000, mode = 4000, high = 9000 }", 1e-13);
    same_densities("ve.trapezoid { low = 2000, from = 2000, to = 9000, high = 9000 }",
                   "ve.uniform { low = 2000, high = 9000 }", 1e-13);
    same_densities("ve.student_t { mean = 5000, scale = 1500, df = 1e12 }", NORMAL, 1e-10);
    same_densities("ve.kernel { points = { 5000 }, bandwidth = 1500 }", NORMAL, 1e-13);
    same_densities("ve.lognormal { median = 5000, spread = 1e-5 }", "ve.normal { mean = 5000, sd = 0.05 }",
                   2e-5);
}

static void one_part_is_the_part(void **state) {
    (void)state;
    same_densities("ve.mixture { parts = { { " BELL ", share = 3 } } }", BELL, 1e-13);
    same_densities("ve.mixture { parts = { " BELL ", " BELL " } }", BELL, 1e-13);
    same_densities("ve.mixture { parts = { { " BELL ", share = 1 }, { " NORMAL ", share = 0 } } }", BELL,
                   1e-13);
    same_densities("ve.mixture { parts = { { ve.mixture { parts = { " BELL " } }, 1 } } }", BELL, 1e-13);
    same_densities("ve.product { parts = { " BELL " } }", BELL, 0);
    same_densities("ve.product { parts = { ve.equal {}, " BELL ", ve.equal {} } }", BELL, 0);
}

static int begin(void **state) {
    (void)state;
    gsl_set_error_handler_off();
    t = ve_test_open(NULL);
    return 0;
}

static int end(void **state) {
    (void)state;
    ve_test_close(t);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_bounds_all_count_alike),
        cmocka_unit_test(shapes_become_others),
        cmocka_unit_test(one_part_is_the_part),
    };
    return cmocka_run_group_tests(tests, begin, end);
}

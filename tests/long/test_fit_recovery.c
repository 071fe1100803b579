/* Does `fit` find what the data was made of? Surveys are drawn from known shapes, and every estimate must lie
 * within three standard errors of the truth as often as it claims. The first argument is the number of
 * surveys. SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "num/random.h"
#include "ve_test_fixture.h"

enum { CUSTOMERS = 400, FILE_ROOM = CUSTOMERS * 64 + 64, PARAMETERS_MOST = 8 };

static int surveys = 16;
static int misses; /* promises that were not kept */
static double uniform[8 * CUSTOMERS];
static char file[FILE_ROOM];
static size_t used;

static double bell(const double *u) {
    return sqrt(-2 * log(u[0])) * cos(2 * M_PI * u[1]);
}

/* ---- shapes ---------------------------------------------------------------------------------- */

typedef struct shape {
    const char *name;
    const char *parameter[5];
    double truth[5];
    double least; /* of a hundred surveys that state an error */
    double (*draw)(const double *truth, const double *u);
} shape;

static double draw_normal(const double *v, const double *u) {
    return v[0] + v[1] * bell(u);
}
static double draw_lognormal(const double *v, const double *u) {
    return v[0] * exp(v[1] * bell(u));
}
/* By the next draw while it is below zero; the last of them almost never is. */
static double draw_truncated(const double *v, const double *u) {
    for (int i = 0; i < 3; i++)
        if (v[0] + v[1] * bell(u + 2 * i) > 0) return v[0] + v[1] * bell(u + 2 * i);
    return v[0];
}
static double draw_logistic(const double *v, const double *u) {
    return v[0] + v[1] * log(u[0] / (1 - u[0]));
}
/* Bailey 1994. */
static double draw_student(const double *v, const double *u) {
    return v[0] + v[1] * sqrt(v[2] * (pow(u[0], -2 / v[2]) - 1)) * cos(2 * M_PI * u[1]);
}
static double draw_triangular(const double *v, const double *u) {
    double cut = (v[1] - v[0]) / (v[2] - v[0]);
    if (u[0] < cut) return v[0] + sqrt(u[0] * (v[2] - v[0]) * (v[1] - v[0]));
    return v[2] - sqrt((1 - u[0]) * (v[2] - v[0]) * (v[2] - v[1]));
}
static double draw_trapezoid(const double *v, const double *u) {
    double height = 2 / (v[3] + v[2] - v[0] - v[1]), left = height * (v[1] - v[0]) / 2,
           right = height * (v[3] - v[2]) / 2;
    if (u[0] < left) return v[0] + sqrt(2 * u[0] * (v[1] - v[0]) / height);
    if (u[0] > 1 - right) return v[3] - sqrt(2 * (1 - u[0]) * (v[3] - v[2]) / height);
    return v[1] + (u[0] - left) / height;
}
static double draw_uniform(const double *v, const double *u) {
    return v[0] + (v[1] - v[0]) * u[0];
}
static double draw_mixture(const double *v, const double *u) {
    return u[2] < v[0] ? v[1] + v[2] * bell(u) : v[3] + v[4] * bell(u);
}

static const shape shapes[] = {
    { "normal", { "mean", "sd" }, { 40, 15 }, 99, draw_normal },
    { "lognormal", { "median", "spread" }, { 30, 0.5 }, 99, draw_lognormal },
    { "truncated_normal", { "mean", "sd" }, { 30, 18 }, 99, draw_truncated },
    { "logistic", { "mean", "scale" }, { 40, 8 }, 99, draw_logistic },
    { "student_t", { "mean", "scale", "df" }, { 40, 10, 4 }, 99, draw_student },
    { "triangular", { "low", "mode", "high" }, { 10, 30, 80 }, 99, draw_triangular },
    { "trapezoid", { "low", "from", "to", "high" }, { 10, 30, 50, 80 }, 98.5, draw_trapezoid },
    { "uniform", { "low", "high" }, { 10, 80 }, 99, draw_uniform },
    { "mixture", { "share", "mean1", "sd1", "mean2", "sd2" }, { 0.4, 20, 5, 55, 8 }, 99, draw_mixture },
};

typedef struct tally {
    int hits, unknown; /* unknown: the fit states no error, as corners meet */
} tally;

static void add(const char *distribution, const char *parameter, double truth, tally *out) {
    double value =
        ve_test_number(t, "parameters", "value", "distribution", distribution, "parameter", parameter, NULL);
    double error =
        ve_test_number(t, "parameters", "error", "distribution", distribution, "parameter", parameter, NULL);
    out->unknown += isnan(error);
    out->hits += fabs(value - truth) <= 3 * error;
}

static void write_incomes(const shape *s, uint64_t survey) {
    ve_random_fill(1, survey, 0, 6 * CUSTOMERS, uniform);
    used = (size_t)snprintf(file, sizeof file, "income,A_f,B_f\n");
    for (int c = 0; c < CUSTOMERS; c++)
        used += (size_t)snprintf(file + used, sizeof file - used, "%.9f,1,2\n",
                                 s->draw(s->truth, uniform + 6 * c));
    ve_test_file(t, "survey.csv", file, used);
}

#define MODEL(columns)                                                                                       \
    "{ attributes = { income = 'EUR' }, functions = { { id = 'f' } }, options = { { id = 'A', cost = 1 }, "  \
    "{ id = 'B', cost = 1 }" columns " }, survey = ve.csv { file = 'survey.csv' } }"

/* A short run may miss a few by chance. */
static void often_enough(const char *what, const char *parameter, const tally *of, double least) {
    int known = surveys - of->unknown;
    printf("%-18s %-8s within 3 standard errors in %.1f %% of %d surveys, no error in %d\n", what, parameter,
           100.0 * of->hits / known, known, of->unknown);
    misses += surveys < 500 ? of->hits < known - 3 : 100 * of->hits < least * known;
    misses += of->unknown > 3 + 0.02 * surveys;
}

static void shapes_are_recovered(void **state) {
    (void)state;
    for (size_t s = 0; s < VE_COUNT(shapes); s++) {
        tally of[5] = { 0 };
        for (int i = 0; i < surveys; i++) {
            write_incomes(&shapes[s], (uint64_t)i * 16 + s);
            assert_int_equal(ve_test_study(t, MODEL(""), "fit", NULL), VE_OK);
            for (int p = 0; p < 5 && shapes[s].parameter[p]; p++)
                add(shapes[s].name, shapes[s].parameter[p], shapes[s].truth[p], &of[p]);
        }
        for (int p = 0; p < 5 && shapes[s].parameter[p]; p++)
            often_enough(shapes[s].name, shapes[s].parameter[p], &of[p], shapes[s].least);
    }
}

/* ---- answers --------------------------------------------------------------------------------- */

/* Incomes from 5 to 75; answers by the bell, for two options alike. */
static void write_answers(uint64_t survey, bool yes) {
    ve_random_fill(2, survey, 0, 4 * CUSTOMERS, uniform);
    used = (size_t)snprintf(file, sizeof file, "income,A_f,B_f,A_q,B_q\n");
    for (int c = 0; c < CUSTOMERS; c++) {
        const double *u = uniform + 4 * c;
        double income = 5 + 70 * u[0], z = (income - 40) / 15, odds = 2 * exp(-0.5 * z * z);
        double q = 0.7 * exp(-0.5 * z * z) + 0.05 * bell(u + 2);
        if (yes) q = u[1] < odds / (1 + odds);
        q = fmin(fmax(q, 0), 1);
        used += (size_t)snprintf(file + used, sizeof file - used, "%.9f,1,2,%.9g,%.9g\n", income, q, q);
    }
    ve_test_file(t, "survey.csv", file, used);
}

static bool bell_within(const char *column, const char *error, double truth) {
    return fabs(ve_test_number(t, "bells", column, "option", "A", NULL) - truth) <=
           3 * ve_test_number(t, "bells", error, "option", "A", NULL);
}

static void bells_are_recovered(bool yes) {
    tally of[2] = { 0 };
    for (int i = 0; i < surveys; i++) {
        write_answers((uint64_t)i, yes);
        assert_int_equal(ve_test_study(t, MODEL(""), "fit", yes ? "yes" : "intention", "{option}_q", NULL),
                         VE_OK);
        of[0].hits += bell_within("mean", "mean_error", 40);
        of[1].hits += bell_within("sd", "sd_error", 15);
    }
    often_enough(yes ? "yes" : "intention", "mean", &of[0], 99);
    often_enough(yes ? "yes" : "intention", "sd", &of[1], 99);
}

static void intentions_are_recovered(void **state) {
    (void)state;
    bells_are_recovered(false);
}

static void yes_and_no_are_recovered(void **state) {
    (void)state;
    bells_are_recovered(true);
}

/* ---- choices --------------------------------------------------------------------------------- */

static const double means[3] = { 25, 40, 50 };

/* Who chose what has incomes around that option's mean, with the same sd. */
static void write_choices(uint64_t survey) {
    ve_random_fill(3, survey, 0, 4 * CUSTOMERS, uniform);
    used = (size_t)snprintf(file, sizeof file, "income,A_f,B_f,C_f,bought\n");
    for (int c = 0; c < CUSTOMERS; c++) {
        const double *u = uniform + 4 * c;
        int option = u[0] < 0.3 ? 0 : u[0] < 0.7 ? 1 : 2;
        used += (size_t)snprintf(file + used, sizeof file - used, "%.9f,1,2,3,%c\n",
                                 means[option] + 12 * bell(u + 1), 'A' + option);
    }
    ve_test_file(t, "survey.csv", file, used);
}

static void utilities_are_recovered(void **state) {
    (void)state;
    static const char *const id[] = { "A", "B", "C" };
    tally of[3] = { 0 };
    for (int i = 0; i < surveys; i++) {
        write_choices((uint64_t)i);
        assert_int_equal(ve_test_study(t, MODEL(", { id = 'C', cost = 1 }"), "fit", "choice", "bought", NULL),
                         VE_OK);
        for (int o = 0; o < 3; o++)
            of[o].hits += fabs(ve_test_number(t, "utilities", "mean", "option", id[o], NULL) - means[o]) <=
                          3 * ve_test_number(t, "utilities", "mean_error", "option", id[o], NULL);
    }
    for (int o = 0; o < 3; o++)
        often_enough("choice", id[o], &of[o], 99);
}

static void all_promises_are_kept(void **state) {
    (void)state;
    assert_int_equal(misses, 0);
}

int main(int argc, char **argv) {
    if (argc > 1) surveys = (int)strtol(argv[1], NULL, 10);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapes_are_recovered),     cmocka_unit_test(intentions_are_recovered),
        cmocka_unit_test(yes_and_no_are_recovered), cmocka_unit_test(utilities_are_recovered),
        cmocka_unit_test(all_promises_are_kept),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

/* Crossovers against closed forms and an independent search; ends of the range; every message.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ve_test.h"

static ve_test *t;

#define OWN                                                                                                  \
    "{ functions = { { id = 'x', weight = 3 }, { id = 'y', weight = 2 } }, scale = { 0, 10 },\n"             \
    "  options = { { id = 'A', name = 'First', cost = 10, scores = { 8, 3 } },\n"                            \
    "              { id = 'B', cost = 9, scores = { 4, 7 } } } }"

static const double income[4] = { 2000, 5000, 8000, 12000 };
static const double score[2][4] = { { 2, 2, 4, 4 }, { 3, 3, 3, 2 } };
#define SURVEYED                                                                                             \
    "{ attributes = { income = 'CNY' }, functions = { { id = 'f' } }, scale = { 0, 4 },\n"                   \
    "  options = { { id = 'A', cost = 10, target = ve.normal { mean = 9000, sd = 3000 } },\n"                \
    "              { id = 'B', cost = 9.5, target = ve.normal { mean = 4000, sd = 2500 } } },\n"             \
    "  survey = ve.answers { { income = 2000, A = { 2 }, B = { 3 } }, { income = 5000, A = { 2 }, B = { 3 "  \
    "} },\n"                                                                                                 \
    "                        { income = 8000, A = { 4 }, B = { 3 } }, { income = 12000, A = { 4 }, B = { 2 " \
    "} } } }"

static void sweep(const char *model, const char *vary) {
    assert_int_equal(ve_test_study(t, model, "sweep", "vary", vary, NULL), VE_OK);
}

/* The first crossing from one option to another. */
static double crossing(const char *from, const char *to) {
    return ve_test_number(t, "crossovers", "at", "from", from, "to", to, NULL);
}

static void near(double is, double wanted, double tolerance) {
    assert_true(ve_test_near(is, wanted, tolerance));
}

/* ---- closed forms ------------------------------------------------------------------------------------ */

/* A and B draw level where S_A = S_B G_A / G_B. */
static void costs(void **state) {
    (void)state;
    sweep(OWN, "options.A.cost=5:20:1");
    near(crossing("A", "B"), 9 * (0.6 * 8 + 0.4 * 3) / (0.6 * 4 + 0.4 * 7), 1e-11);
    assert_true(ve_test_said(t, "The winner depends on the cost of First:"));
    assert_true(ve_test_said(t, "First is best from 5 to 10.3846."));
    assert_true(ve_test_said(t, "B is best from 10.3846 to 20."));
}

/* (8 w + 3 (1 - w)) / 10 = (4 w + 7 (1 - w)) / 9, w being a share of 5 points. */
static void weights(void **state) {
    (void)state;
    sweep(OWN, "functions.x.weight=0:5:0.5");
    near(crossing("B", "A"), 5 * (7 / 9.0 - 0.3) / (0.5 + 3 / 9.0), 1e-11);
}

static double index_of(int option, double mean, double sd) {
    double sum = 0, all = 0;
    for (int j = 0; j < 4; j++) {
        double a = exp(-0.5 * pow((income[j] - mean) / sd, 2));
        sum += a * score[option][j];
        all += a;
    }
    return sum / all / (option ? 9.5 : 10);
}

/* Halving the stretch between two means of A, by the plain formula. */
static void targets(void **state) {
    (void)state;
    sweep(SURVEYED, "options.A.target.mean=2000:12000:1000");
    double low = 2000, high = 12000;
    for (int i = 0; i < 200; i++) {
        double middle = (low + high) / 2;
        if (index_of(0, middle, 3000) > index_of(1, 4000, 2500))
            high = middle;
        else
            low = middle;
    }
    near(crossing("B", "A"), low, 1e-9);
}

/* A target without bounds is none: all customers count alike. */
static void broad_targets(void **state) {
    (void)state;
    sweep(SURVEYED, "options.A.target.sd=1e9:2e9:1e9");
    double a = ve_test_number(t, "points", "V.A", "best", "B", NULL);
    ve_setting set[] = { { "options.A.target.sd", "1e9" } };
    t->set = set;
    t->sets = 1;
    assert_int_equal(ve_test_run(t, SURVEYED), VE_OK);
    t->sets = 0;
    near(a, ve_test_option(t, "A", "value_index"), 1e-14);
    near(ve_test_option(t, "A", "function_score"), 3, 1e-9); /* the plain mean of 2, 2, 4, 4 */
}

/* A winner that leaves by its gate changes by a jump. */
static void gates(void **state) {
    (void)state;
    sweep("{ functions = { { id = 'x', minimum = 1 }, { id = 'y' } }, scale = { 0, 10 },\n"
          "  options = { { id = 'A', cost = 5, scores = { 4.25, 9 } }, { id = 'B', cost = 9, scores = { 6, 7 "
          "} } } }",
          "functions.x.minimum=0:10:2");
    near(crossing("A", "B"), 4.25, 1e-9);
    near(ve_test_number(t, "crossovers", "at", "from", "B", NULL), 6, 1e-9);
    assert_true(ve_test_said(t, "no option is best from 6 to 10."));
}

/* Twice within one step: closest_to_one likes the middle. */
static void twice_in_a_step(void **state) {
    (void)state;
    sweep("{ functions = { { id = 'x' } }, scale = { 0, 10 }, choose = ve.closest_to_one {},\n"
          "  options = { { id = 'A', cost = 5, scores = { 5 } }, { id = 'B', cost = 5, scores = { 6 } },\n"
          "              { id = 'C', cost = 5, scores = { 4 } } } }",
          "options.A.cost=4:8:4");
    assert_true(isfinite(ve_test_number(t, "crossovers", "at", "to", "A", NULL)) != 0);
    assert_true(isfinite(ve_test_number(t, "crossovers", "at", "from", "A", NULL)) != 0);
}

static void nothing_changes(void **state) {
    (void)state;
    sweep(OWN, "options.A.cost=5:6:0.5");
    assert_true(ve_test_said(
        t, "First is best all the way: the cost of First, from 5 to 6, does not change the winner."));
}

/* ---- grids ------------------------------------------------------------------------------------------- */

static void grid(void **state) {
    (void)state;
    sweep(OWN, "options.A.cost=5:20:5\noptions.B.cost=6:12:3");
    /* at B = 6, A draws level at 6 * 6 / 5.2 */
    near(ve_test_number(t, "crossovers", "at", "from", "A", NULL), 6 * 6 / 5.2, 1e-11);
    near(ve_test_number(t, "crossovers", "other", "from", "A", NULL), 6, 0);
    assert_true(ve_test_said(t, "A: First is best at 41.7 % of the points."));
    for (size_t i = 0; i < t->answer.report->tables; i++)
        if (strcmp(t->answer.report->table[i]->key, "points") == 0)
            assert_int_equal(t->answer.report->table[i]->rows, 4 * 3);
}

/* ---- the best value --------------------------------------------------------------------------------------
 */

static void best_target(void **state) {
    (void)state;
    assert_int_equal(ve_test_study(t, SURVEYED, "sweep", "best", "options.B.target.mean", NULL), VE_OK);
    double at = ve_test_number(t, "best", "at", "path", "options.B.target.mean", NULL), top = 0;
    for (double mean = 2000; mean <= 12000; mean += 0.5)
        top = fmax(top, index_of(1, mean, 2500));
    near(index_of(1, at, 2500), top, 1e-9);
    assert_int_equal(ve_test_study(t, OWN, "sweep", "best", "options.A.cost", NULL), VE_OK);
    near(ve_test_number(t, "best", "at", "path", "options.A.cost", NULL), 5,
         1e-9); /* the cheaper the better */
    assert_true(ve_test_said(
        t, "From 5 to 5.07324 it stays within 1 % of that; the best lies at the end of the range looked at."));
}

/* ---- what holds ------------------------------------------------------------------------------------------
 */

static void threads_do_not_show(void **state) {
    (void)state;
    sweep(SURVEYED, "options.A.target.mean=2000:12000:10");
    double one = crossing("B", "A");
    t->threads = 8;
    sweep(SURVEYED, "options.A.target.mean=2000:12000:10");
    assert_true(one == crossing("B", "A"));
    t->threads = 1;
}

static void wrong(const char *vary, const char *message) {
    assert_int_equal(ve_test_study(t, OWN, "sweep", "vary", vary, NULL), VE_E_ARGUMENT);
    assert_true(ve_test_told(t, VE_E_ARGUMENT, 0, message));
}

static void tells_mistakes(void **state) {
    (void)state;
    wrong("options.A.cost", "'options.A.cost' does not say from where to where");
    wrong("options.A.cost=1:2", "'options.A.cost=1:2' is not PATH=FROM:TO:STEP");
    wrong("options.A.cost=1:x:1", "is not PATH=FROM:TO:STEP");
    wrong("options.A.cost=1:2:0", "has a step that is not above 0");
    wrong("options.A.cost=2:1:1", "goes from the greater number to the smaller one");
    wrong("options.A.cost=1:2:1e-9", "has more than a million values");
    wrong("options.A.cost=1:2000:1\noptions.B.cost=1:2000:1",
          "the grid has 4000000 points, and a million is the most");
    wrong("options.A.cost=1:2:1\noptions.A.cost=1:2:1", "the same number is varied twice");
    wrong("options.A.cost=1:2:1\noptions.B.cost=1:2:1\nfunctions.x.weight=1:2:1",
          "at most two numbers can be varied at once");
    assert_int_equal(ve_test_study(t, OWN, "sweep", NULL), VE_E_ARGUMENT);
    assert_true(ve_test_told(t, VE_E_ARGUMENT, 0, "sweep needs to know what to vary"));
    assert_int_equal(ve_test_study(t, OWN, "sweep", "best", "functions.x.weight", NULL), VE_E_ARGUMENT);
    assert_true(ve_test_told(t, VE_E_ARGUMENT, 0,
                             "functions.x.weight is no number of an option that the model states"));
    assert_int_equal(ve_test_study(t, OWN, "sweep", "vary", "options.A.cots=1:2:1", NULL), VE_E_PATH);
}

static void tells_points_without_a_result(void **state) {
    (void)state;
    sweep(OWN, "options.A.cost=-2:2:1");
    assert_true(ve_test_warned(t, VE_W_SWEEP_FAILED));
}

static int begin(void **state) {
    (void)state;
    t = ve_test_begin();
    return 0;
}

static int end(void **state) {
    (void)state;
    ve_test_close(t);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(costs),           TEST(weights),
        TEST(targets),         TEST(broad_targets),
        TEST(gates),           TEST(twice_in_a_step),
        TEST(nothing_changes), TEST(grid),
        TEST(best_target),     TEST(threads_do_not_show),
        TEST(tells_mistakes),  TEST(tells_points_without_a_result),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

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

#include "kinds.h"
#include "ve_test_fixture.h"
#include "ve_test_lease.h"

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

static const ve_table *table_of(const char *key) {
    for (size_t i = 0; i < t->answer.report->tables; i++)
        if (strcmp(t->answer.report->table[i]->key, key) == 0) return t->answer.report->table[i];
    assert_null(key);
    return NULL;
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
    near(crossing("A", "B"), 9 * (0.6 * 8 + 0.4 * 3) / (0.6 * 4 + 0.4 * 7), 1e-13);
    assert_true(ve_test_said(t, "The winner depends on the cost of First:"));
    assert_true(ve_test_said(t, "First is best from 5 to 10.3846."));
    assert_true(ve_test_said(t, "B is best from 10.3846 to 20."));
}

/* (8 w + 3 (1 - w)) / 10 = (4 w + 7 (1 - w)) / 9, w being a share of 5 points. */
static void weights(void **state) {
    (void)state;
    sweep(OWN, "functions.x.weight=0:5:0.5");
    near(crossing("B", "A"), 5 * (7 / 9.0 - 0.3) / (0.5 + 3 / 9.0), 1e-13);
}

/* Two options tie where x's weight grows by -D / (d_x - (D - w_x d_x) / (1 - w_x)), the others keeping their
 * ratios; d_k being what the score of one for its cost is above that of the other. */
static void weights_of_three(void **state) {
    (void)state;
    static const double w[3] = { 0.2, 0.5, 0.3 }, a[3] = { 9, 2, 4 }, b[3] = { 3, 5, 4 };
    double d[3], all = 0;
    for (int k = 0; k < 3; k++)
        all += w[k] * (d[k] = a[k] / 10 - b[k] / 8);
    double change = -all / (d[0] - (all - w[0] * d[0]) / (1 - w[0]));
    sweep("{ functions = { { id = 'x', weight = 2 }, { id = 'y', weight = 5 }, { id = 'z', weight = 3 } },\n"
          "  scale = { 0, 10 }, options = { { id = 'A', cost = 10, scores = { 9, 2, 4 } },\n"
          "                                 { id = 'B', cost = 8, scores = { 3, 5, 4 } } } }",
          "functions.x.weight=0:10:1");
    near(crossing("B", "A"), 10 * (w[0] + change), 1e-13);
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
    near(crossing("B", "A"), low, 1e-13);
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

/* A is nearest to 1 only while its cost is within 1e-4 of its score: steps are five times as long. */
#define NARROW                                                                                               \
    "{ functions = { { id = 'x' } }, scale = { 0, 10 }, choose = ve.closest_to_one {},\n"                    \
    "  options = { { id = 'A', cost = 5, scores = { 5 } }, { id = 'B', cost = 6.9999, scores = { 7 } },\n"   \
    "              { id = 'C', cost = 8.0001, scores = { 8 } } } }"

static double away(double points, double cost, double a) {
    return fabs(points / 20 * (a + 6.9999 + 8.0001) / cost - 1);
}

static double part(double inside, double outside, double points, double cost) {
    for (int i = 0; i < 200; i++) {
        double middle = (inside + outside) / 2;
        if (away(5, middle, middle) < away(points, cost, middle))
            inside = middle;
        else
            outside = middle;
    }
    return inside;
}

static void narrow_reigns(void **state) {
    (void)state;
    sweep(NARROW, "options.A.cost=4.0003:6.0003:0.5");
    near(crossing("A", "C"), part(5, 5.001, 8, 8.0001), 1e-13);
    near(crossing("B", "A"), part(5, 4.999, 7, 6.9999), 1e-13);
    sweep(NARROW, "options.A.cost=4.0003:6.0003:0.001\noptions.B.cost=6.9999:8.9999:1");
    near(crossing("A", "C"), part(5, 5.001, 8, 8.0001), 1e-13);
}

/* B's customers are so many either side of 5000, where it is best liked; A costs so much that B is better by
 * `lead` there. */
static const char *symmetric(double lead) {
    static char model[1024];
    double q = exp(-0.5), top = (3 * 2 * q + 4) / (2 * q + 1);
    snprintf(
        model, sizeof model,
        "{ attributes = { income = 'CNY' }, functions = { { id = 'f' } }, scale = { 0, 4 },\n"
        "  options = { { id = 'A', cost = %.17g },\n"
        "              { id = 'B', cost = 1, target = ve.normal { mean = 2000, sd = 5000 } } },\n"
        "  survey = ve.answers { { income = 0, A = { 3 }, B = { 3 } }, { income = 5000, A = { 3 }, B = { "
        "4 } }, { income = 10000, A = { 3 }, B = { 3 } } } }",
        3 / top * (1 + lead));
    return model;
}

/* B beats A by 1e-11 at its top, which no step meets. */
static void short_reigns(void **state) {
    (void)state;
    sweep(symmetric(1e-11), "options.B.target.mean=3:10003:10");
    double from = crossing("A", "B"), to = crossing("B", "A");
    assert_true(to - from > 0.1 && to - from < 1);
    near((from + to) / 2, 5000, 1e-8);
}

/* On its way from A to B the winner is C for less than a step. */
static void third_in_a_step(void **state) {
    (void)state;
    sweep("{ functions = { { id = 'x', weight = 1 }, { id = 'y', weight = 1 } }, scale = { 0, 10 },\n"
          "  options = { { id = 'A', cost = 1, scores = { 8, 0 } }, { id = 'B', cost = 1, scores = { 0, 8 } "
          "},\n"
          "              { id = 'C', cost = 1, scores = { 4.00001, 4.00001 } } } }",
          "functions.x.weight=0:2:0.9");
    near(crossing("B", "C"), 2 * (1 - 4.00001 / 8), 1e-13);
    near(crossing("C", "A"), 2 * 4.00001 / 8, 1e-13);
    assert_int_equal(table_of("crossovers")->rows, 2);
}

/* Level at a point of the line itself: there, and not a little beside it. */
static void level_at_a_point(void **state) {
    (void)state;
    sweep("{ functions = { { id = 'x' } }, scale = { 0, 10 },\n"
          "  options = { { id = 'A', cost = 5, scores = { 4 } }, { id = 'B', cost = 5, scores = { 4 } } } }",
          "options.A.cost=1:9:1");
    near(crossing("A", "B"), 5, 0);
    assert_true(ve_test_said(t, "A is best from 1 to 5."));
    sweep("{ functions = { { id = 'x' } }, scale = { 0, 10 },\n"
          "  options = { { id = 'A', cost = 5, scores = { 4 } }, { id = 'B', cost = 5, scores = { 4 } } } }",
          "options.B.cost=1:9:1");
    near(crossing("B", "A"), 5, 0);
}

/* Alike for a while, and then the target takes in a customer who likes B less. */
static void level_for_a_while(void **state) {
    (void)state;
    sweep("{ attributes = { x = 'u' }, functions = { { id = 'f' } }, scale = { 0, 10 },\n"
          "  options = { { id = 'B', cost = 5, target = ve.uniform { low = 0, high = 9 } },\n"
          "              { id = 'A', cost = 5 } },\n"
          "  survey = ve.answers { { x = 1, A = { 4 }, B = { 4 } }, { x = 5, A = { 4 }, B = { 4 } },\n"
          "                        { x = 7.25, A = { 4 }, B = { 3 } } } }",
          "options.B.target.high=6:9:3");
    near(crossing("B", "A"), 7.25, 1e-14);
}

static void nothing_changes(void **state) {
    (void)state;
    sweep(OWN, "options.A.cost=5:6:0.5");
    assert_true(ve_test_said(
        t, "First is best all the way: the cost of First, from 5 to 6, does not change the winner."));
}

/* So many values, both ends among them. */
static void counted_values(void **state) {
    (void)state;
    sweep(OWN, "options.A.cost=5:20/4");
    static const double value[] = { 5, 10, 15, 20 };
    const ve_table *points = table_of("points");
    assert_int_equal(points->rows, 4);
    for (int r = 0; r < 4; r++)
        near(points->cell[(size_t)r * points->columns].number, value[r], 0);
    near(ve_test_number(t, "points", "rank.A", "best", "A", NULL), 1, 0);
    near(ve_test_number(t, "points", "rank.A", "best", "B", NULL), 2, 0);
}

/* ---- grids ------------------------------------------------------------------------------------------- */

static void grid(void **state) {
    (void)state;
    sweep(OWN, "options.A.cost=5:20:5\noptions.B.cost=6:12:3");
    /* at B = 6, A draws level at 6 * 6 / 5.2 */
    near(ve_test_number(t, "crossovers", "at", "from", "A", NULL), 6 * 6 / 5.2, 1e-13);
    near(ve_test_number(t, "crossovers", "other", "from", "A", NULL), 6, 0);
    assert_true(ve_test_said(t, "A: First is best at 41.7 % of the points."));
    assert_int_equal(table_of("points")->rows, 4 * 3);
}

/* ---- the best value --------------------------------------------------------------------------------------
 */

static double liked(double mean) {
    double low = exp(-0.5 * pow(mean / 5000, 2)), middle = exp(-0.5 * pow((mean - 5000) / 5000, 2)),
           high = exp(-0.5 * pow((mean - 10000) / 5000, 2));
    return (3 * low + 4 * middle + 3 * high) / (low + middle + high);
}

/* Above 5000, where V_B, which grows as F_B / (3 + F_B), falls to this share of its top. */
static double falls_to(double share) {
    double inside = 5000, outside = 10000;
    for (int i = 0; i < 200; i++) {
        double middle = (inside + outside) / 2;
        if (liked(middle) / (3 + liked(middle)) >= share * liked(5000) / (3 + liked(5000)))
            inside = middle;
        else
            outside = middle;
    }
    return inside;
}

/* A costs 2 % more for what it does: B is best while its score is within 2 % of the top. */
static void best_target(void **state) {
    (void)state;
    assert_int_equal(ve_test_study(t, symmetric(0.02), "sweep", "best", "options.B.target.mean", NULL),
                     VE_OK);
    const char *path = "options.B.target.mean";
    near(ve_test_number(t, "best", "at", "path", path, NULL), 5000, 1e-6);
    near(ve_test_number(t, "best", "flat_from", "path", path, NULL), 10000 - falls_to(0.99), 1e-11);
    near(ve_test_number(t, "best", "flat_to", "path", path, NULL), falls_to(0.99), 1e-11);
    double to = ve_test_number(t, "best_where", "to", "path", path, NULL);
    near(liked(to), liked(5000) / 1.02, 1e-12);
    near(ve_test_number(t, "best_where", "from", "path", path, NULL), 10000 - to, 1e-11);
}

/* The range of --vary on the same number is that of --best. */
static void best_in_a_range(void **state) {
    (void)state;
    assert_int_equal(ve_test_study(t, symmetric(-0.5), "sweep", "best", "options.B.target.mean", "vary",
                                   "options.B.target.mean=6000:9000:1000", NULL),
                     VE_OK);
    near(ve_test_number(t, "best", "at", "path", "options.B.target.mean", NULL), 6000, 1e-9);
    assert_true(ve_test_said(t, "B is not the best option anywhere in this range."));
    assert_int_equal(table_of("points")->rows, 4);
}

static void best_cost(void **state) {
    (void)state;
    assert_int_equal(ve_test_study(t, OWN, "sweep", "best", "options.A.cost", NULL), VE_OK);
    near(ve_test_number(t, "best", "at", "path", "options.A.cost", NULL), 5,
         1e-9); /* the cheaper the better */
    /* V = 6 / 11.2 (c + 9) / c */
    near(ve_test_number(t, "best", "flat_to", "path", "options.A.cost", NULL), 9 / (0.99 * 2.8 - 1), 1e-12);
    assert_true(ve_test_said(t, "The best cost of First, from 5 to 20, is 5.0000: the value index is 1.500 "
                                "there, and 1.018 now."));
    assert_true(ve_test_said(t, "From 5.0000 to 5.0790 it stays within 1 % of that; the best lies at the end "
                                "of the range looked at."));
    assert_true(ve_test_said(t, "First is the best option from 5 to 10.3846."));
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
    wrong("options.A.cost=1:2/2.5", "has a count that is no whole number from 2 on");
    wrong("options.A.cost=1:2/1", "has a count that is no whole number from 2 on");
    wrong("options.A.cost=1:2/1e7", "has more than a million values");
    wrong("options.A.cost=1/2:3", "is not PATH=FROM:TO:STEP");
    wrong("options.A.cost=1:2:0", "has a step that is not above 0");
    wrong("options.A.cost=1:1e300/3", "has an end that is neither 0 nor between 1e-12 and 1e15 in size");
    wrong("options.A.cost=-1e16:0/3", "has an end that is neither 0 nor between 1e-12 and 1e15 in size");
    wrong("options.A.cost=1e-320:1/3", "has an end that is neither 0 nor between 1e-12 and 1e15 in size");
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

/* Scores above the scale are no reason to choose nobody. */
static void no_result_is_no_winner(void **state) {
    (void)state;
    sweep(OWN, "options.A.scores.x=6:12:1");
    assert_true(ve_test_warned(t, VE_W_SWEEP_FAILED));
    assert_true(ve_test_said(t, "There is no result from 10 to 12."));
    assert_false(ve_test_said(t, "no option is best from 10 to 12."));
    const ve_table *crossovers = table_of("crossovers");
    for (size_t r = 0; r < crossovers->rows; r++)
        assert_true(crossovers->cell[r * crossovers->columns + 1].number < 9.9);
    sweep(OWN, "options.A.cost=-3:-1:1");
    assert_true(ve_test_said(t, "There is no result from -3 to -1."));
    assert_int_equal(table_of("crossovers")->rows, 0);
}

static ve_code best_of(const char *path) {
    return ve_test_study(t, OWN, "sweep", "best", path, "vary", "options.A.cost=-3:-1:1", NULL);
}

static void tells_a_best_without_a_result(void **state) {
    (void)state;
    assert_int_equal(best_of("options.A.cost"), VE_E_ARGUMENT);
    assert_true(ve_test_told(t, VE_E_ARGUMENT, 0, "no value of the cost of First has a result: "));
}

/* ---- whole numbers ------------------------------------------------------------------------------------- */

static void whole_numbers(void **state) {
    (void)state;
    ve_test_text(t, "lease.lua", lease);
    static const char *const steps[] = { "options.A.cost.months=5:20:1", "options.A.cost.months=5:20:5",
                                         "options.A.cost.months=5:20/2" };
    for (size_t i = 0; i < 3; i++) {
        sweep(LEASED("14", "16.5"), steps[i]);
        near(crossing("A", "B"), 17, 0);
        assert_true(ve_test_said(t, "A is best from 5 to 16."));
        assert_true(ve_test_said(t, "B is best from 17 to 20."));
        assert_false(ve_test_warned(t, VE_W_SWEEP_FAILED));
    }
    static const char *const parted[] = { "options.A.cost.months=5:20:0.5", "options.A.cost.months=5:20/5",
                                          "options.A.cost.months=5.5:20:1" };
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(ve_test_study(t, LEASED("14", "16.5"), "sweep", "vary", parted[i], NULL),
                         VE_E_ARGUMENT);
        assert_true(ve_test_told(t, VE_E_ARGUMENT, 0, "varies a number that must be whole"));
    }
}

static void best_whole_number(void **state) {
    (void)state;
    ve_test_text(t, "lease.lua", lease);
    assert_int_equal(ve_test_study(t, LEASED("14", "16.5"), "sweep", "best", "options.A.cost.months", NULL),
                     VE_OK);
    near(ve_test_number(t, "best", "at", NULL), 1, 0);
    near(ve_test_number(t, "best", "flat_to", NULL), 1, 0);
    near(ve_test_number(t, "best", "value_index", NULL), (1 + 16.5) / 2, 1e-14);
    assert_true(ve_test_said(t, "A is the best option from 1 to 16."));
}

/* ---- memory ------------------------------------------------------------------------------------------ */

static void memory_may_run_out_anywhere(void **state) {
    (void)state;
    ve_entry option[2] = { { "best", { .kind = VE_TEXT, .text = { "options.A.cost", 14 } } },
                           { "vary", { .kind = VE_TEXT, .text = { "options.A.cost=5:20:1", 21 } } } };
    ve_value params = { .kind = VE_TABLE, .table = { .fields = option, .named = 2 } };
    sweep(OWN, "options.A.cost=5:20:1");
    assert_true(ve_test_memory(t, "sweep", &params, SIZE_MAX, 6000));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(costs),
        TEST(weights),
        TEST(weights_of_three),
        TEST(targets),
        TEST(broad_targets),
        TEST(gates),
        TEST(twice_in_a_step),
        TEST(narrow_reigns),
        TEST(short_reigns),
        TEST(third_in_a_step),
        TEST(level_at_a_point),
        TEST(level_for_a_while),
        TEST(nothing_changes),
        TEST(counted_values),
        TEST(grid),
        TEST(best_target),
        TEST(best_cost),
        TEST(best_in_a_range),
        TEST(threads_do_not_show),
        TEST(tells_mistakes),
        TEST(tells_points_without_a_result),
        TEST(no_result_is_no_winner),
        TEST(tells_a_best_without_a_result),
        TEST(whole_numbers),
        TEST(best_whole_number),
        TEST(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

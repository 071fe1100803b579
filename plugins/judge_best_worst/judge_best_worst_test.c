/* Tests of `ve.best_worst`: both forms, consistency, mistakes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "kinds.h"
#include "ve_test_fixture.h"

static double ratio(void) {
    return ve_test_number(t, "judgements", "consistency_ratio", "list", "functions", NULL);
}

static double weight_of(int k) {
    char id[8];
    snprintf(id, sizeof id, "F%d", k);
    return ve_test_weight(t, id);
}

static const char car[] =
    "best = 'F2', worst = 'F5', best_to_others = { F1 = 2, F2 = 1, F3 = 4, F4 = 2, F5 = 8 },\n"
    "others_to_worst = { F1 = 4, F2 = 8, F3 = 2, F4 = 4, F5 = 1 }";

/* Published: BWM-CAR-CONSISTENT (Rezaei 2015, 2016), .2105 .4211 .1053 .2105 .0526, consistency 0; both forms
 * agree. */
static void published(void **state) {
    (void)state;
    const double wanted[] = { 4, 8, 2, 4, 1 };
    char word[400];
    static const char *const form[] = { "linear", "minmax" };
    for (int i = 0; i < 2; i++) {
        snprintf(word, sizeof word, "ve.best_worst { %s, form = '%s' }", car, form[i]);
        assert_int_equal(ve_test_weigh(t, word, 5), VE_OK);
        assert_true(ve_test_weights(t, wanted, 5, 19, 1e-12));
        assert_true(ratio() == 0);
    }
}

static double linear_xi(const double *a, const double *b, const double *w) {
    double xi = fabs(w[0] - a[2] * w[2]);
    xi = fmax(xi, fabs(w[0] - a[1] * w[1]));
    return fmax(xi, fabs(w[1] - b[1] * w[2]));
}

/* Weights near the optimum are no better: it is one, since the problem is convex. */
static void the_least_xi(void **state) {
    (void)state;
    const double a[] = { 1, 2, 6 }, b[] = { 6, 2, 1 };
    assert_int_equal(
        ve_test_weigh(t,
                      "ve.best_worst { best = 'F1', worst = 'F3', best_to_others = { F2 = 2, F3 = 6 },\n"
                      "others_to_worst = { F1 = 6, F2 = 2 } }",
                      3),
        VE_OK);
    double w[3] = { weight_of(1), weight_of(2), weight_of(3) }, xi = linear_xi(a, b, w);
    assert_true(xi > 0.01);
    assert_true(ve_test_near(ratio(), xi, 1e-12));
    for (int i = -10; i <= 10; i++) {
        for (int j = -10; j <= 10; j++) {
            double near[3] = { w[0] + 1e-3 * i, w[1] + 1e-3 * j, w[2] - 1e-3 * (i + j) };
            assert_true(linear_xi(a, b, near) >= xi * (1 - 1e-12));
        }
    }
}

/* Min-max with three: (a_B2 - xi)(a_2W - xi) = a_BW + xi, here 3 * 4 against 6: xi^2 - 8 xi + 6 = 0. */
static void three_by_hand(void **state) {
    (void)state;
    double xi = 4 - sqrt(10), r = 6 + xi;
    const double wanted[] = { r, r / (3 - xi), 1 };
    assert_int_equal(
        ve_test_weigh(
            t,
            "ve.best_worst { best = 'F1', worst = 'F3', best_to_others = { F1 = 1, F2 = 3, F3 = 6 },\n"
            "others_to_worst = { F1 = 6, F2 = 4, F3 = 1 }, form = 'minmax' }",
            3),
        VE_OK);
    assert_true(ve_test_weights(t, wanted, 3, wanted[0] + wanted[1] + wanted[2], 1e-12));
    assert_true(ve_test_near(ratio(), xi / 3.00, 1e-12));
    assert_true(ve_test_warned(t, VE_W_INCONSISTENT));
}

/* F2 settles xi as above, and leaves F3 some room: the middle of its interval is taken. */
static void intervals(void **state) {
    (void)state;
    assert_int_equal(
        ve_test_weigh(
            t,
            "ve.best_worst { best = 'F1', worst = 'F4', best_to_others = { F2 = 3, F3 = 2, F4 = 6 },\n"
            "others_to_worst = { F1 = 6, F2 = 4, F3 = 3 }, form = 'minmax' }",
            4),
        VE_OK);
    double xi = 4 - sqrt(10), r = 6 + xi, w2 = r / (3 - xi);
    double from = fmax(r / (2 + xi), 3 - xi), to = fmin(r / (2 - xi), 3 + xi);
    assert_true(to > from + 0.1);
    double low = r + w2 + from + 1, high = r + w2 + to + 1;
    double wanted[4] = { 0.5 * (r / low + r / high), 0.5 * (w2 / low + w2 / high),
                         0.5 * (from / low + to / high), 0.5 * (1 / low + 1 / high) };
    assert_true(ve_test_weights(t, wanted, 4, wanted[0] + wanted[1] + wanted[2] + wanted[3], 1e-12));
}

/* Rezaei's table, and what it is made of between and beyond its whole numbers. */
static void consistency_indices(void **state) {
    (void)state;
    static const double table[] = { NAN, NAN, .44, 1.00, 1.63, 2.30, 3.00, 3.73, 4.47, 5.23 };
    char word[300];
    for (int a = 2; a <= 10; a++) {
        double xi = 0.5 * (2 * a + 1 - sqrt(8 * a + 1)); /* the worst that a can lead to */
        snprintf(word, sizeof word,
                 "ve.best_worst { best = 'F1', worst = 'F3', best_to_others = { F2 = %d, F3 = %d },\n"
                 "others_to_worst = { F1 = %d, F2 = %d }, form = 'minmax' }",
                 a, a, a, a);
        assert_int_equal(ve_test_weigh(t, word, 3), VE_OK);
        assert_true(ve_test_near(ratio(), a < 10 ? xi / table[a] : 1, 1e-12));
    }
}

static void many(void **state) {
    (void)state;
    char word[2000] = "ve.best_worst { best = 'F1', worst = 'F30', best_to_others = { F30 = 9";
    for (int k = 2; k < 30; k++)
        snprintf(word + strlen(word), sizeof word - strlen(word), ", F%d = %d", k, 1 + k % 8);
    strncat(word, " }, others_to_worst = { F1 = 9", sizeof word - strlen(word) - 1);
    for (int k = 2; k < 30; k++)
        snprintf(word + strlen(word), sizeof word - strlen(word), ", F%d = %d", k, 1 + k * 5 % 9);
    strncat(word, " } }", sizeof word - strlen(word) - 1);
    assert_int_equal(ve_test_weigh(t, word, 30), VE_OK);
    double xi = fabs(weight_of(1) - 9 * weight_of(30));
    for (int k = 2; k < 30; k++) {
        xi = fmax(xi, fabs(weight_of(1) - (1 + k % 8) * weight_of(k)));
        xi = fmax(xi, fabs(weight_of(k) - (1 + k * 5 % 9) * weight_of(30)));
    }
    assert_true(ve_test_near(ratio(), xi, 1e-9));
}

static void two_are_enough(void **state) {
    (void)state;
    assert_int_equal(ve_test_weigh(t,
                                   "ve.best_worst { best = 'F2', worst = 'F1', best_to_others = { F1 = 3 }, "
                                   "others_to_worst = { F2 = 3 } }",
                                   2),
                     VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "F2"), 0.75, 1e-14));
}

static void mistakes(void **state) {
    (void)state;
    ve_test_weigh(
        t,
        "ve.best_worst { best = 'F1', worst = 'F1', best_to_others = { F2 = 3 }, others_to_worst = { F2 = "
        "3 } }",
        2);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "'F1' is both the best and the worst"));
    ve_test_weigh(
        t,
        "ve.best_worst { best = 'F1', worst = 'F2', best_to_others = { F1 = 2, F2 = 3 }, others_to_worst = "
        "{ F1 = 3 } }",
        2);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "'F1' is the best, and cannot be 2 times"));
    ve_test_weigh(
        t,
        "ve.best_worst { best = 'F1', worst = 'F2', best_to_others = { F2 = 3 }, others_to_worst = { F1 = "
        "3, F2 = 2 } }",
        2);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "'F2' is the worst, and cannot be 2 times"));
    ve_test_weigh(
        t,
        "ve.best_worst { best = 'F1', worst = 'F2', best_to_others = { F2 = 3 }, others_to_worst = { F1 = "
        "4 } }",
        2);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2,
                             "'F1' is 3 times as important as 'F2' in best_to_others, and 4 times here"));
}

static void what_is_left_out(void **state) {
    (void)state;
    ve_test_weigh(
        t,
        "ve.best_worst { best = 'F1', worst = 'F3', best_to_others = { F2 = 3 }, others_to_worst = { F2 = "
        "4 } }",
        3);
    assert_true(
        ve_test_told(t, VE_E_JUDGEMENT, 2, "nothing says how many times as important 'F1' is as 'F3'"));
    ve_test_weigh(
        t,
        "ve.best_worst { best = 'F1', worst = 'F3', best_to_others = { F2 = 3, F3 = 6 }, others_to_worst = "
        "{ F1 = 6 } }",
        3);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "'F2' is compared with the best, but not with the worst"));
    ve_test_weigh(
        t,
        "ve.best_worst { best = 'F1', worst = 'F3', best_to_others = { F3 = 6 }, others_to_worst = { F2 = "
        "6 } }",
        3);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "'F2' is compared with the worst, but not with the best"));
    ve_test_weigh(
        t,
        "ve.best_worst { best = 'F1', worst = 'F3', best_to_others = { F3 = 6 }, others_to_worst = { F1 = "
        "6 } }",
        3);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2, "leaves out 'F2'"));
    ve_test_weigh(
        t,
        "ve.best_worst { best = 'F1', worst = 'F3', best_to_others = { F2 = 0.5, F3 = 6 }, others_to_worst "
        "= { F2 = 2 } }",
        3);
    assert_true(ve_test_told(t, VE_E_RANGE, 2, "must be at least 1"));
    ve_test_weigh(
        t,
        "ve.best_worst { best = 'F1', worst = 'F3', best_to_others = { F2 = 3, F3 = 1 }, others_to_worst = "
        "{ F2 = 1 },\n"
        "form = 'minmax' }",
        3);
    assert_true(ve_test_told(t, VE_E_JUDGEMENT, 2,
                             "'F1' and 'F3' are said to be equally important, but the others are not"));
    ve_test_weigh(t, "ve.best_worst {}", 2);
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 2, "best is missing"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published),           cmocka_unit_test(the_least_xi),
        cmocka_unit_test(three_by_hand),       cmocka_unit_test(intervals),
        cmocka_unit_test(consistency_indices), cmocka_unit_test(many),
        cmocka_unit_test(two_are_enough),      cmocka_unit_test(mistakes),
        cmocka_unit_test(what_is_left_out),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

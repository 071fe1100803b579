/* Tests of `ve.truncated_normal`: ends, far means, sd from the survey, mistakes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "target_under_test.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_erf.h>

/* A tail as GSL has it: cut off below, the mean inside and a little outside. */
static void cut_off_at_zero(void **state) {
    (void)state;
    const double mean[] = { 3000, 0, -4000, -20000 };
    for (int i = 0; i < 4; i++)
        for (double x = 0; x < 12000; x += 1700) {
            char target[100];
            snprintf(target, sizeof target, "ve.truncated_normal { mean = %g, sd = 2500 }", mean[i]);
            double wanted = gsl_ran_gaussian_tail_pdf(x - mean[i], -mean[i] * (1 - 1e-16), 2500);
            if (x == 0) wanted = gsl_ran_gaussian_tail_pdf(-mean[i], nextafter(-mean[i], -HUGE_VAL), 2500);
            assert_true(ve_test_near(density_at(target, x) / wanted, 1, 1e-12));
        }
    assert_true(no_weight_at("ve.truncated_normal { mean = 3000, sd = 2500 }", -1));
}

/* As a bell it is the normal curve between its ends. */
static void between_its_ends_it_is_the_normal_curve(void **state) {
    (void)state;
    const char *target = "ve.truncated_normal { mean = 5000, sd = 2000, low = 4000, high = 9000 }";
    for (double x = 4000; x <= 9000; x += 500)
        assert_true(ve_test_near(weight_at(target, x), exp(-pow((x - 5000) / 2000, 2) / 2), 1e-14));
    assert_true(no_weight_at(target, 3999));
    assert_true(no_weight_at(target, 9001));
}

/* The normal curve's integral between two ends, in small steps (Simpson). */
static long double area(long double mean, long double sd, long double low, long double high,
                        long double top) {
    enum { STEPS = 4000 };
    long double sum = 0, step = (high - low) / STEPS;
    for (int i = 0; i <= STEPS; i++) {
        long double z = (low + step * i - mean) / sd, peak = (top - mean) / sd;
        sum += (i == 0 || i == STEPS ? 1 : i % 2 ? 4 : 2) * expl(-(z * z - peak * peak) / 2);
    }
    return sum * step / 3;
}

/* Wide pieces, narrow ones, far from the mean and on both sides of it: the density at the place that is
 * nearest to the mean is 1 over the integral. */
static void every_piece_integrates_to_1(void **state) {
    (void)state;
    static const struct {
        double mean, sd, low, high, nearest;
    } piece[] = {
        { 5000, 1000, 3000, 9000, 5000 }, { 5000, 1000, 4999, 5001, 5000 },
        { 5000, 1000, 8000, 8001, 8000 }, { 5000, 1000, 8000, 12000, 8000 },
        { 5000, 1000, 1000, 2000, 2000 }, { 5000, 1000, 1999, 2000, 2000 },
        { -50000, 1000, 0, 200, 0 },      { 60000, 1000, 1000, 1100, 1100 },
        { 5000, 1000, 5000, 5500, 5000 }, { 5000, 1000, 4200, 5000, 5000 },
        { 5000, 1000, 4700, 6400, 5000 }, { 5000, 1000, 5400, 6300, 5400 },
    };
    for (size_t i = 0; i < sizeof piece / sizeof *piece; i++) {
        char target[200];
        snprintf(target, sizeof target, "ve.truncated_normal { mean = %g, sd = %g, low = %g, high = %g }",
                 piece[i].mean, piece[i].sd, piece[i].low, piece[i].high);
        long double wanted = area(piece[i].mean, piece[i].sd, piece[i].low, piece[i].high, piece[i].nearest);
        assert_true(ve_test_near(density_at(target, piece[i].nearest) * (double)wanted, 1, 1e-12));
        assert_true(ve_test_near(weight_at(target, piece[i].nearest), 1, 0));
    }
}

/* A thousand sd beyond the end it falls like an exponential. */
static void a_mean_far_outside(void **state) {
    (void)state;
    const char *target = "ve.truncated_normal { mean = -1e6, sd = 1000 }";
    assert_true(ve_test_near(density_at(target, 0) / (gsl_sf_hazard(1000) / 1000), 1, 1e-12));
    assert_true(ve_test_near(weight_at(target, 2), exp(-2 - 2e-6), 1e-13));
    target = "ve.truncated_normal { mean = -1e15, sd = 1e-12 }"; /* as far as models can say */
    assert_true(ve_test_near(weight_at(target, 0), 1, 0));
    assert_true(density_at(target, 0) > 1e38);
}

static void a_mean_above_is_the_mirror_of_one_below(void **state) {
    (void)state;
    for (double x = 1000; x <= 3000; x += 250) {
        double above =
            density_at("ve.truncated_normal { mean = 9000, sd = 700, low = 1000, high = 3000 }", x);
        double below =
            density_at("ve.truncated_normal { mean = -9000, sd = 700, low = -3000, high = -1000 }", -x);
        assert_true(ve_test_near(above / below, 1, 1e-14));
    }
}

static void the_spread_of_the_survey_is_taken(void **state) {
    (void)state;
    const double income[] = { 1200, 2000, 5000, 8000, 10000, 12000 }, score[] = { 4, 2, 1, 3, 0, 4 };
    assert_int_equal(run_target("ve.truncated_normal { mean = 3000 }", "mean", income, score, 6), VE_OK);
    double taken = ve_test_option(t, "A", "function_score");
    assert_int_equal(run_target("ve.normal { mean = 3000 }", "mean", income, score, 6), VE_OK);
    assert_true(ve_test_near(taken, ve_test_option(t, "A", "function_score"), 1e-14));
}

/* The half normal curve has the mean sd sqrt(2/pi). */
static void it_stands_for_a_number(void **state) {
    (void)state;
    assert_true(
        ve_test_near(number_of("ve.truncated_normal { mean = 0, sd = 10 }"), 7.9788456080286535588, 1e-14));
    assert_true(ve_test_near(number_of("ve.truncated_normal { mean = 50, sd = 10, low = 30, high = 70 }"), 50,
                             1e-14));
    assert_true(ve_test_near(number_of("ve.truncated_normal { mean = 90, sd = 1, low = 10, high = 20 }"),
                             20 - (gsl_sf_hazard(70) - 70), 1e-12));
    assert_true(no_number("ve.truncated_normal { mean = 5 }", VE_E_MISSING_FIELD,
                          "a distribution that stands for a number needs an sd"));
}

static void among_several_attributes(void **state) {
    (void)state;
    assert_by("ve.truncated_normal { mean = 30, sd = 10 }",
              "ve.truncated_normal { by = 'age', mean = 30, sd = 10, high = 50 }",
              (double[]){ exp(-0.5), 1, 0 });
}

static void mistakes(void **state) {
    (void)state;
    const double income[] = { 5, 5 }, score[] = { 1, 1 };
    assert_true(refused("ve.truncated_normal { mean = 1, sd = 0 }", VE_E_RANGE, "sd must be above 0, not 0"));
    assert_true(refused("ve.truncated_normal { sd = 1 }", VE_E_MISSING_FIELD, "mean is missing"));
    assert_true(refused("ve.truncated_normal { mean = 1, sd = 1, low = 3, high = 3 }", VE_E_RANGE,
                        "high must be above low, which is 3, not 3"));
    assert_true(refused("ve.truncated_normal { mean = -9, sd = 1, high = -2 }", VE_E_RANGE,
                        "high must be above low, which is 0, not -2"));
    run_target("ve.truncated_normal { mean = 5 }", "mean", income, score, 2);
    assert_true(ve_test_told(t, VE_E_SPREAD, 2, "the surveyed customers do not differ in 'income'"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cut_off_at_zero),
        cmocka_unit_test(between_its_ends_it_is_the_normal_curve),
        cmocka_unit_test(every_piece_integrates_to_1),
        cmocka_unit_test(a_mean_far_outside),
        cmocka_unit_test(a_mean_above_is_the_mirror_of_one_below),
        cmocka_unit_test(the_spread_of_the_survey_is_taken),
        cmocka_unit_test(it_stands_for_a_number),
        cmocka_unit_test(among_several_attributes),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

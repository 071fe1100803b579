/* Tests of `ve.mixture`: densities by share, peaks, means, mistakes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "target_under_test.h"

static double bell(double x, double mean, double sd) {
    return exp(-pow((x - mean) / sd, 2) / 2) / (sd * sqrt(2 * acos(-1)));
}

#define TWO                                                                                                  \
    "ve.mixture { parts = { { ve.normal { mean = 4000, sd = 800 }, share = 7 },\n"                           \
    "  { ve.normal { mean = 9000, sd = 1500 }, 3 } } }"

static void densities_are_added_by_share(void **state) {
    (void)state;
    for (double x = 1000; x < 14000; x += 1100) {
        double wanted = 0.7 * bell(x, 4000, 800) + 0.3 * bell(x, 9000, 1500);
        assert_true(ve_test_near(density_at(TWO, x) / wanted, 1, 1e-13));
    }
}

static void words_alone_have_equal_shares(void **state) {
    (void)state;
    double half = density_at(
        "ve.mixture { parts = { ve.normal { mean = 1, sd = 1 }, ve.normal { mean = 3, sd = 1 } } }", 1);
    assert_true(ve_test_near(half, bell(1, 1, 1) / 2 + bell(1, 3, 1) / 2, 1e-14));
    double named = density_at("ve.mixture { parts = { { part = ve.normal { mean = 1, sd = 1 }, share = 1 },\n"
                              "{ share = 0, part = ve.normal { mean = 3, sd = 1 } } } }",
                              1);
    assert_true(ve_test_near(named, bell(1, 1, 1), 1e-14));
}

/* Two equal bells one sd on either side of 0 just have no valley: their peak is in the middle. Farther apart
 * they have two, of which the higher one counts. */
static void the_peak_counts_1(void **state) {
    (void)state;
    assert_true(ve_test_near(weight_at("ve.mixture { parts = { ve.normal { mean = -1, sd = 1 },\n"
                                       "ve.normal { mean = 1, sd = 1 } } }",
                                       0),
                             1, 1e-12));
    double greatest = 0;
    for (double x = 3990; x < 4010; x += 0.001)
        greatest = fmax(greatest, 0.7 * bell(x, 4000, 800) + 0.3 * bell(x, 9000, 1500));
    assert_true(ve_test_near(weight_at(TWO, 9000),
                             (0.7 * bell(9000, 4000, 800) + 0.3 * bell(9000, 9000, 1500)) / greatest, 1e-9));
    assert_true(
        ve_test_near(weight_at("ve.mixture { parts = { { ve.uniform { low = 0, high = 100 }, 0.999 },\n"
                               "{ ve.normal { mean = 37, sd = 0.001 }, 0.001 } } }",
                               37),
                     1, 1e-12));
}

/* In two attributes: each group has its own middle, and the peak is near the narrower one's. */
static void in_several_attributes(void **state) {
    (void)state;
    assert_int_equal(
        run_two(
            "ve.mixture { parts = {\n"
            "{ ve.normal { mean = { income = 1000, age = 20 }, sd = { income = 400, age = 5 } }, 0.5 },\n"
            "{ ve.normal { mean = { income = 4000, age = 60 }, sd = { income = 400, age = 5 } }, 0.5 } } }"),
        VE_OK);
    double far = exp(-pow(1000 / 400.0, 2) / 2 - 2);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"), (4 + 2 * far + 1) / (2 + far), 1e-12));
    assert_true(ve_test_near(ve_test_option(t, "A", "weight_share"), (2 + far) / 3, 1e-12));
    run_two("ve.mixture { parts = { ve.uniform { low = 1, high = 2 } } }");
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 2, "say `by` which of them this target goes"));
}

static void it_stands_for_a_number(void **state) {
    (void)state;
    assert_true(ve_test_near(
        number_of("ve.mixture { parts = { { ve.triangular { low = 1, mode = 2, high = 3 }, 3 },\n"
                  "{ ve.normal { mean = 10, sd = 2 }, 1 } } }"),
        4, 1e-14));
    assert_true(no_number("ve.mixture { parts = { ve.student_t { mean = 1, scale = 1, df = 1 } } }",
                          VE_E_RANGE, "ve.mixture has no mean here"));
    assert_true(no_number("ve.mixture { parts = { ve.above { at = 1, scale = 1 } } }", VE_E_UNKNOWN_WORD,
                          "ve.above cannot stand for a number"));
    assert_true(no_number("ve.mixture { parts = { function(c) return 1 end } }", VE_E_TYPE,
                          "must be a distribution"));
    assert_true(
        no_number("ve.mixture { parts = { ve.normal { mean = 5 } } }", VE_E_MISSING_FIELD, "needs an sd"));
}

static void mistakes(void **state) {
    (void)state;
    assert_true(refused("ve.mixture {}", VE_E_MISSING_FIELD, "parts is missing"));
    assert_true(refused("ve.mixture { parts = {} }", VE_E_LIST, "parts is empty"));
    assert_true(refused("ve.mixture { parts = { { ve.normal { mean = 1, sd = 1 }, 0 } } }", VE_E_WEIGHTS,
                        "the shares of all parts are zero"));
    assert_true(refused("ve.mixture { parts = { { ve.normal { mean = 1 }, 1 }, ve.normal { mean = 2 } } }",
                        VE_E_MISSING_FIELD, "this part has no share, and others have one"));
    assert_true(refused("ve.mixture { parts = { { ve.normal { mean = 1 }, -1 } } }", VE_E_RANGE,
                        "share must be at least 0, not -1"));
    assert_true(refused("ve.mixture { parts = { ve.equal {}, ve.normal { mean = 1 } } }", VE_E_TYPE,
                        "ve.equal has no density, so it cannot have a share in a mixture"));
    assert_true(refused("ve.mixture { parts = { ve.normal { mean = 1, sd = 0 } } }", VE_E_RANGE,
                        "sd must be above 0"));
    assert_true(refused("ve.mixture { parts = { ve.uniform { low = 2, high = 1 } } }", VE_E_RANGE,
                        "high must be above low"));
    assert_true(refused("ve.mixture { parts = { 3 } }", VE_E_TYPE, "must be a row"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(densities_are_added_by_share),
        cmocka_unit_test(words_alone_have_equal_shares),
        cmocka_unit_test(the_peak_counts_1),
        cmocka_unit_test(in_several_attributes),
        cmocka_unit_test(it_stands_for_a_number),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

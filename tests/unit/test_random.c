/* Tests of random numbers: the same however they are asked for, and distributed as they should be.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "num/gamma.h"
#include "num/random.h"

enum { DRAWS = 100000 };

/* Known answers of Philox4x32 with ten rounds, from the authors' file kat_vectors. */
static void the_published_numbers_come_out(void **state) {
    (void)state;
    ve_random_bits zero = ve_random(0, 0, 0);
    assert_true(zero.bits[0] == 0xe169c58d6627e8d5u);
    assert_true(zero.bits[1] == 0x9b00dbd8bc57ac4cu);
    ve_random_bits ones = ve_random(UINT64_MAX, UINT64_MAX, UINT64_MAX);
    assert_true(ones.bits[0] == 0x41c83b0e408f276du);
    assert_true(ones.bits[1] == 0x6d5451fda20bc7c6u);
}

static void a_column_is_the_numbers_one_by_one(void **state) {
    (void)state;
    static const uint64_t first[] = { 0, 7, 0xfffffff0u, UINT64_MAX - 40 };
    uint64_t one[40], two[40];
    for (size_t f = 0; f < sizeof first / sizeof *first; f++) {
        ve_random_column(0x123456789abcdef0u, 0xfedcba9876543210u, first[f], 40, one, two);
        for (uint64_t i = 0; i < 40; i++) {
            ve_random_bits r = ve_random(0x123456789abcdef0u, 0xfedcba9876543210u, first[f] + i);
            assert_true(one[i] == r.bits[0] && two[i] == r.bits[1]);
        }
    }
}

static void uniforms_are_those_of_the_draws(void **state) {
    (void)state;
    double column[1500];
    ve_random_fill(5, 6, 100, 1500, column);
    for (uint64_t i = 0; i < 1500; i++)
        assert_true(column[i] == ve_random_uniform(5, 6, 100 + i));
    assert_true(ve_uniform_of(0) > 0 && ve_uniform_of(UINT64_MAX) < 1);
}

/* ---- exponential ---------------------------------------------------------------------------------- */

static void exponential_numbers_are_logarithms(void **state) {
    (void)state;
    double x[1500], part[1500];
    ve_exponential_fill(8, 9, 0, 1500, x);
    ve_exponential_fill(8, 9, 700, 800, part);
    for (uint64_t i = 0; i < 1500; i++) {
        ve_random_bits r = ve_random(8, 9, i / 2);
        double wanted = -log(ve_uniform_of(r.bits[i % 2]));
        assert_true(fabs(x[i] - wanted) <= 1e-15 * wanted);
        assert_true(i < 700 || x[i] == part[i - 700]);
    }
}

/* ---- gamma --------------------------------------------------------------------------------------- */

static void gamma_numbers_do_not_depend_on_the_block(void **state) {
    (void)state;
    double all[2000], part[2000];
    ve_gamma_fill(3, 4, 0, 2000, 0.4, all);
    for (uint64_t from = 0; from < 2000; from += 250)
        ve_gamma_fill(3, 4, from, 250, 0.4, part + from);
    for (size_t i = 0; i < 2000; i++)
        assert_true(all[i] == part[i] && all[i] > 0);
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Greatest distance between what is drawn and the distribution, times the root of the number of draws: above
 * 1.95 once in a thousand times (Kolmogorov). */
static double distance(double *x, double shape) {
    double most = 0;
    qsort(x, DRAWS, sizeof *x, ascending);
    for (size_t i = 0; i < DRAWS; i++) {
        double p = gsl_cdf_gamma_P(x[i], shape, 1);
        most = fmax(most, fmax(p - (double)i / DRAWS, (double)(i + 1) / DRAWS - p));
    }
    return most * sqrt(DRAWS);
}

static void gamma_numbers_have_their_distribution(void **state) {
    (void)state;
    static const double shape[] = { 0.05, 0.5, 0.999, 1, 1.3, 2, 4, 18, 300, 1e5 };
    static double x[DRAWS];
    for (uint64_t s = 0; s < sizeof shape / sizeof *shape; s++) {
        ve_gamma_fill(11, s, 0, DRAWS, shape[s], x);
        assert_true(distance(x, shape[s]) < 1.95);
    }
}

/* So far out that a tail which is cut or doubled would show. */
static void the_tails_are_there(void **state) {
    (void)state;
    enum { ROUNDS = 30 };
    static double x[DRAWS];
    double high = gsl_cdf_gamma_Pinv(0.9999, 18, 1), low = gsl_cdf_gamma_Pinv(0.0001, 18, 1);
    double above = 0, below = 0, expected = 1e-4 * DRAWS * ROUNDS;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        ve_gamma_fill(12, 1, round * DRAWS, DRAWS, 18, x);
        for (size_t i = 0; i < DRAWS; i++) {
            above += x[i] > high;
            below += x[i] < low;
        }
    }
    assert_true(fabs(above - expected) < 4 * sqrt(expected));
    assert_true(fabs(below - expected) < 4 * sqrt(expected));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_numbers_come_out),
        cmocka_unit_test(a_column_is_the_numbers_one_by_one),
        cmocka_unit_test(uniforms_are_those_of_the_draws),
        cmocka_unit_test(exponential_numbers_are_logarithms),
        cmocka_unit_test(gamma_numbers_do_not_depend_on_the_block),
        cmocka_unit_test(gamma_numbers_have_their_distribution),
        cmocka_unit_test(the_tails_are_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

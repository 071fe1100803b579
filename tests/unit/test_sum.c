/* Compensated sums, and GSL's statuses.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_gamma.h>

#include "num/guard.h"
#include "num/sum.h"

static void nothing_is_lost(void **state) {
    (void)state;
    ve_sum sum = { 0 };
    assert_true(ve_sum_value(&sum) == 0);
    ve_sum_add(&sum, 1);
    ve_sum_add(&sum, 1e100);
    ve_sum_add(&sum, 1);
    ve_sum_add(&sum, -1e100);
    assert_true(ve_sum_value(&sum) == 2);
    ve_sum many = { 0 };
    for (int i = 0; i < 1000000; i++)
        ve_sum_add(&many, 0.1);
    assert_true(ve_sum_value(&many) == 100000.0);
}

static void the_order_hardly_matters(void **state) {
    (void)state;
    ve_sum up = { 0 }, down = { 0 };
    for (int i = 1; i <= 100000; i++)
        ve_sum_add(&up, 1.0 / i);
    for (int i = 100000; i >= 1; i--)
        ve_sum_add(&down, 1.0 / i);
    assert_true(ve_sum_value(&up) == ve_sum_value(&down));
    assert_true(fabs(ve_sum_value(&up) - 12.090146129863428) < 2e-15);
}

static void beyond_the_range_the_total_says_so(void **state) {
    (void)state;
    ve_sum sum = { 0 };
    ve_sum_add(&sum, DBL_MAX);
    ve_sum_add(&sum, DBL_MAX);
    assert_true(isinf(ve_sum_value(&sum)) && ve_sum_value(&sum) > 0);
    ve_sum below = { 0 };
    ve_sum_add(&below, 5);
    ve_sum_add(&below, -INFINITY);
    assert_true(isinf(ve_sum_value(&below)) && ve_sum_value(&below) < 0);
    ve_sum odd = { 0 };
    ve_sum_add(&odd, NAN);
    ve_sum_add(&odd, 1);
    assert_true(isnan(ve_sum_value(&odd)));
}

/* Without the guard the call below ends the program. */
static void gsl_does_not_end_the_program(void **state) {
    (void)state;
    ve_gsl_guard();
    ve_gsl_guard();
    gsl_sf_result result;
    int status = gsl_sf_gamma_e(-1, &result);
    assert_int_equal(ve_gsl_code(status), VE_E_NOT_FINITE);
    assert_string_equal(ve_gsl_text(status), "input domain error");
    assert_int_equal(ve_gsl_code(GSL_SUCCESS), VE_OK);
    assert_int_equal(ve_gsl_code(GSL_EUNDRFLW), VE_OK);
    assert_int_equal(ve_gsl_code(GSL_ENOMEM), VE_E_MEMORY);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_lost),
        cmocka_unit_test(the_order_hardly_matters),
        cmocka_unit_test(beyond_the_range_the_total_says_so),
        cmocka_unit_test(gsl_does_not_end_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

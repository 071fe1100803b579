/* Tests of `ve.life_cycle`: published annual and present costs, limits, mistakes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ve_test_fixture.h"

static ve_code run(const char *cost) {
    char model[2000];
    snprintf(model, sizeof model,
             "{ functions = { { id = 'f' } }, options = { { id = 'A', scores = { f = 1 },\ncost = %s },\n"
             "  { id = 'B', cost = 1, scores = { f = 1 } } } }",
             cost);
    return ve_test_run(t, model);
}

static double annual(const char *cost) {
    assert_int_equal(run(cost), VE_OK);
    assert_true(ve_test_option(t, "A", "cost") == ve_test_option(t, "A", "cost_annual"));
    return ve_test_option(t, "A", "cost");
}

static double present(const char *cost) {
    assert_int_equal(run(cost), VE_OK);
    assert_true(ve_test_option(t, "A", "cost") == ve_test_option(t, "A", "cost_present"));
    return ve_test_option(t, "A", "cost");
}

/* Published: CN-OFFICE-LCC, annual costs 995.58, 965.67, 1020.71. */
static void published_office(void **state) {
    (void)state;
    assert_true(ve_test_near(annual("ve.life_cycle { initial = 6500, annual = 340, rate = 0.1, years = 50 }"),
                             995.5846312997796, 1e-12));
    assert_true(ve_test_near(annual("ve.life_cycle { initial = 6600, annual = 300, rate = 0.1, years = 50 }"),
                             965.6705487043916, 1e-12));
}

/* Published: CN-BRIDGE-LCC-A, with exact factors 4633.43 and 9042.25. */
static void published_bridge(void **state) {
    (void)state;
    assert_true(
        ve_test_near(annual("ve.life_cycle { initial = 40000, annual = 1000, rate = 0.06, years = 20,\n"
                            "overhauls = { { 10, 3000 } } }"),
                     4633.432482804653, 1e-12));
    assert_true(
        ve_test_near(annual("ve.life_cycle { initial = 120000, annual = 1500, rate = 0.06, years = 60,\n"
                            "overhauls = { { 20, 5000 }, { year = 40, cost = 5000 } }, salvage = 5000 }"),
                     9042.252151710447, 1e-12));
}

/* Published: CN-ROOF-2011, present values 288.42 and 173.16. */
static void published_roof(void **state) {
    (void)state;
    assert_true(
        ve_test_near(present("ve.life_cycle { initial = 260, rate = 0.08, years = 60, basis = 'present',\n"
                             "overhauls = { { 30, 286 } } }"),
                     288.4219171092431, 1e-12));
    assert_true(
        ve_test_near(present("ve.life_cycle { initial = 125, rate = 0.08, years = 60, basis = 'present',\n"
                             "overhauls = { { 15, 108 }, { 30, 108 }, { 45, 108 } } }"),
                     173.1622670644745, 1e-12));
}

static void without_interest(void **state) {
    (void)state;
    assert_true(ve_test_near(
        annual("ve.life_cycle { initial = 100, annual = 7, rate = 0, years = 20, salvage = 20 }"), 11,
        1e-14));
    assert_true(ve_test_near(
        annual("ve.life_cycle { initial = 100, annual = 7, rate = 1e-10, years = 20, salvage = 20 }"), 11,
        1e-9));
}

static void growing_costs(void **state) {
    (void)state;
    double sum = 0;
    for (int year = 1; year <= 10; year++)
        sum += 5 * pow(1.03, year - 1) / pow(1.05, year);
    assert_true(ve_test_near(
        present("ve.life_cycle { initial = 0, annual = 5, rate = 0.05, growth = 0.03, years = 10,\n"
                "basis = 'present' }"),
        sum, 1e-13));
    assert_true(ve_test_near(
        present("ve.life_cycle { initial = 0, annual = 5, rate = 0.05, growth = 0.05, years = 10,\n"
                "basis = 'present' }"),
        50 / 1.05, 1e-13));
    assert_true(
        ve_test_near(present("ve.life_cycle { initial = 0, annual = 5, rate = 0.05, growth = 0.05000000001,\n"
                             "years = 10, basis = 'present' }"),
                     50 / 1.05, 1e-9));
}

static void removing_it_costs(void **state) {
    (void)state;
    assert_true(ve_test_near(present("ve.life_cycle { initial = 10, rate = 0, years = 2, salvage = -3,\n"
                                     "basis = 'present' }"),
                             13, 1e-14));
}

static void mistakes(void **state) {
    (void)state;
    run("ve.life_cycle { initial = 1, rate = 0.1, years = 10, overhauls = { { 5, 1 },\n{ 10, 1 } } }");
    assert_true(ve_test_told(t, VE_E_RANGE, 3, "an overhaul in year 10 of a life of 10 years"));
    run("ve.life_cycle { initial = 1, rate = 0.1, years = 10, salvage = 1000 }");
    assert_true(ve_test_told(t, VE_E_RANGE, 2, "below zero"));
    run("ve.life_cycle { initial = 1, annual = 1, rate = -0.999, years = 1000 }");
    assert_true(ve_test_told(t, VE_E_NOT_FINITE, 2, "too large"));
    run("ve.life_cycle { initial = 1, rate = 8, years = 10 }");
    assert_true(ve_test_told(t, VE_E_RANGE, 2, "rate must be"));
    run("ve.life_cycle { initial = -1, rate = 0, years = 0 }");
    assert_true(ve_test_told(t, VE_E_RANGE, 2, "initial must be"));
    assert_true(ve_test_told(t, VE_E_RANGE, 2, "years must be"));
    run("ve.life_cycle {}");
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 2, "initial"));
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 2, "rate"));
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 2, "years"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_office), cmocka_unit_test(published_bridge),
        cmocka_unit_test(published_roof),   cmocka_unit_test(without_interest),
        cmocka_unit_test(growing_costs),    cmocka_unit_test(removing_it_costs),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

/* The ve_test of a file's tests: one for each, TEST(name) in place of cmocka_unit_test(name), or one for all,
 * cmocka_run_group_tests(tests, ve_test_up, ve_test_down). SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_TESTS_VE_TEST_FIXTURE_H
#define VE_TESTS_VE_TEST_FIXTURE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "ve_test.h"

static ve_test *t;

static int ve_test_up(void **state) {
    (void)state;
    t = ve_test_begin();
    return 0;
}

static int ve_test_down(void **state) {
    (void)state;
    ve_test_close(t);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, ve_test_up, ve_test_down)

#endif

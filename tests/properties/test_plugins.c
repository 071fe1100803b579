/* What must hold for every plugin, merely by its being in the table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "num/guard.h"
#include "prove/prove.h"
#include "ve_test.h"

static ve_test *t;
static size_t tried, failed;

static void note(void *context, const char *property, ve_verdict verdict, const char *detail) {
    const ve_plugin *plugin = context;
    tried += verdict == VE_HOLDS;
    failed += verdict == VE_FAILS;
    if (verdict != VE_HOLDS)
        print_message("%s: %s: %s: %s\n", plugin->name, property, verdict == VE_FAILS ? "fails" : "not tried",
                      detail);
}

/* At least so many properties of each plugin of the kind have been tried. */
static void prove_kind(ve_kind kind, size_t least) {
    size_t seen = 0;
    for (size_t i = 0; i < t->registry->count; i++) {
        const ve_plugin *plugin = t->registry->list[i].plugin;
        if (plugin->kind != kind) continue;
        ve_prover prover = { note, (void *)plugin, NULL };
        tried = failed = 0;
        assert_int_equal(ve_prove(plugin, t->registry, &prover, &t->errors), VE_OK);
        if (tried < least) print_error("%s: only %zu properties tried\n", plugin->name, tried);
        assert_true(tried >= least);
        assert_int_equal(failed, 0);
        seen++;
    }
    assert_true(seen > 0);
}

static void distributions(void **state) {
    (void)state;
    prove_kind(VE_KIND_DISTRIBUTION, 4);
}
static void judgements(void **state) {
    (void)state;
    prove_kind(VE_KIND_JUDGEMENT, 4);
}
static void costs(void **state) {
    (void)state;
    prove_kind(VE_KIND_COST, 4);
}
static void rules(void **state) {
    (void)state;
    prove_kind(VE_KIND_RULE, 4);
}
static void readers(void **state) {
    (void)state;
    prove_kind(VE_KIND_SURVEY, 2);
}
static void studies(void **state) {
    (void)state;
    prove_kind(VE_KIND_STUDY, 3);
}
static void reports(void **state) {
    (void)state;
    prove_kind(VE_KIND_REPORT, 3);
}

static int begin(void **state) {
    (void)state;
    ve_gsl_guard();
    t = ve_test_open(NULL);
    return 0;
}

static int end(void **state) {
    (void)state;
    ve_test_close(t);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distributions), cmocka_unit_test(judgements), cmocka_unit_test(costs),
        cmocka_unit_test(rules),         cmocka_unit_test(readers),    cmocka_unit_test(studies),
        cmocka_unit_test(reports),
    };
    return cmocka_run_group_tests(tests, begin, end);
}

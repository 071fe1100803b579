/* Tests of `ve.categories`: weights by label, labels left out, slips, mistakes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "target_under_test.h"

/* Customers of four tiers, among them two of gold; the target stands on line 2. */
static ve_code run_tiers(const char *attributes, const char *target) {
    char model[MODEL_ROOM];
    snprintf(model, sizeof model,
             "{ attributes = { %s }, functions = { { id = 'f' } }, options = {\n"
             "  { id = 'A', cost = 1, target = %s },\n"
             "  { id = 'B', cost = 1 } }, survey = ve.answers {\n"
             "  { income = 9, tier = 'platinum', A = { 4 }, B = { 1 } }, { income = 4, tier = 'gold', A = { "
             "3 }, B = { 1 } },\n"
             "  { income = 5, tier = 'gold', A = { 1 }, B = { 2 } }, { income = 3, tier = 'lead', A = { 8 }, "
             "B = { 1 } },\n"
             "  { income = 1, tier = 'iron 铁', A = { 5 }, B = { 2 } } } }",
             attributes, target);
    return ve_test_run(t, model);
}

#define TWO "income = 'CNY', tier = 'label'"

static bool told(const char *target, ve_code code, const char *words) {
    run_tiers(TWO, target);
    return ve_test_told(t, code, 2, words);
}

static void customers_count_as_their_label_says(void **state) {
    (void)state;
    assert_int_equal(run_tiers(TWO,
                               "ve.categories { by = 'tier', value = { platinum = 2, gold = 1, lead = 0,\n"
                               "['iron 铁'] = 0.5 } }"),
                     VE_OK);
    assert_true(
        ve_test_near(ve_test_option(t, "A", "function_score"), (2 * 4 + 3 + 1 + 0.5 * 5) / 4.5, 1e-15));
    assert_true(ve_test_near(ve_test_option(t, "A", "weight_share"), 4.5 / 2 / 5, 1e-15));
    assert_true(ve_test_near(ve_test_option(t, "A", "effective_customers"), 4.5 * 4.5 / 6.25, 1e-15));
}

static void all_the_rest(void **state) {
    (void)state;
    assert_int_equal(run_tiers(TWO, "ve.categories { by = 'tier', value = { gold = 1 }, others = 0 }"),
                     VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"), 2, 1e-15));
    assert_int_equal(run_tiers(TWO, "ve.categories { by = 'tier', value = { gold = 1 }, others = 4 }"),
                     VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "weight_share"), (3 + 0.5) / 5, 1e-15));
}

/* A label that nobody has still says what the greatest weight is. */
static void labels_that_nobody_has(void **state) {
    (void)state;
    assert_int_equal(
        run_tiers(TWO, "ve.categories { by = 'tier', value = { gold = 1, diamond = 4 }, others = 0 }"),
        VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "weight_share"), 2 * 0.25 / 5, 1e-15));
    assert_true(told("ve.categories { by = 'tier', value = { diamond = 4 }, others = 0 }", VE_E_NO_WEIGHT,
                     "none of the surveyed customers has any weight for option 'A'"));
}

static void with_one_attribute_it_needs_no_name(void **state) {
    (void)state;
    const char *model =
        "{ attributes = { tier = 'label' }, functions = { { id = 'f' } }, options = {\n"
        "  { id = 'A', cost = 1, target = ve.categories { value = { gold = 1, lead = 3 } } },\n"
        "  { id = 'B', cost = 1 } }, survey = ve.answers { { tier = 'lead', A = { 4 }, B = { 1 } },\n"
        "  { tier = 'gold', A = { 0 }, B = { 1 } } } }";
    assert_int_equal(ve_test_run(t, model), VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"), 3, 1e-15));
}

static void together_with_a_bell(void **state) {
    (void)state;
    assert_int_equal(
        run_tiers(TWO, "ve.product { parts = { ve.logistic { by = 'income', mean = 4, scale = 1 },\n"
                       "ve.categories { by = 'tier', value = { gold = 1, lead = 0.5 }, others = 0 } } }"),
        VE_OK);
    double away = pow(1 / cosh(0.5), 2);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"),
                             (3 + away + 4 * away) / (1 + away + away / 2), 1e-13));
    assert_true(ve_test_near(ve_test_option(t, "A", "weight_share"), (1 + away + away / 2) / 5, 1e-12));
}

static void labels_left_out(void **state) {
    (void)state;
    const char *target = "ve.categories { by = 'tier', value = { gold = 1, lead = 0 } }";
    assert_true(
        told(target, VE_E_MISSING_FIELD,
             "there are customers whose tier is 'platinum', and value does not say how much they count"));
    assert_true(told(target, VE_E_MISSING_FIELD, "there are customers whose tier is 'iron 铁'"));
}

static void slips(void **state) {
    (void)state;
    assert_true(told("ve.categories { by = 'tier', value = { platnum = 1, gold = 1 }, others = 0 }",
                     VE_E_REFERENCE, "there is no customer whose tier is 'platnum'"));
    assert_string_equal(t->errors.list[0].hint, "did you mean 'platinum'?");
    assert_int_equal(
        run_tiers(TWO, "ve.categories { by = 'tier', value = { gold2 = 1, gold = 1 }, others = 0 }"), VE_OK);
}

static void mistakes(void **state) {
    (void)state;
    assert_true(told("ve.categories { by = 'tier' }", VE_E_MISSING_FIELD, "value is missing"));
    assert_true(told("ve.categories { by = 'tier', value = { gold = -1 }, others = 1 }", VE_E_RANGE,
                     "must be at least 0, not -1"));
    assert_true(told("ve.categories { by = 'tier', value = { gold = 0 }, others = 0 }", VE_E_WEIGHTS,
                     "value gives nobody any weight"));
    assert_true(told("ve.categories { by = 'tier', value = 3 }", VE_E_TYPE, "value must be"));
    assert_true(told("ve.categories { value = { gold = 1 } }", VE_E_MISSING_FIELD, "say `by`"));
    assert_true(
        told("ve.mixture { parts = { ve.categories { by = 'tier', value = { gold = 1 }, others = 0 } } }",
             VE_E_TYPE, "ve.categories has no density"));
    assert_true(no_number("ve.categories { value = { gold = 1 } }", VE_E_UNKNOWN_WORD,
                          "ve.categories cannot stand for a number"));
}

static void texts_and_numbers_are_weighed_each_by_its_own(void **state) {
    (void)state;
    assert_true(told("ve.product { parts = { ve.uniform { by = 'tier', low = 0, high = 1 },\n"
                     "ve.categories { by = 'tier', value = { gold = 1 }, others = 0 } } }",
                     VE_E_TYPE, "'tier' is a text, and ve.uniform weighs numbers"));
    assert_true(told("ve.product { parts = { ve.normal { mean = { tier = 1 }, sd = { tier = 1 } },\n"
                     "ve.categories { by = 'tier', value = { gold = 1 }, others = 0 } } }",
                     VE_E_TYPE, "'tier' is a text, and ve.normal weighs numbers"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(customers_count_as_their_label_says),
        cmocka_unit_test(all_the_rest),
        cmocka_unit_test(labels_that_nobody_has),
        cmocka_unit_test(with_one_attribute_it_needs_no_name),
        cmocka_unit_test(together_with_a_bell),
        cmocka_unit_test(labels_left_out),
        cmocka_unit_test(slips),
        cmocka_unit_test(mistakes),
        cmocka_unit_test(texts_and_numbers_are_weighed_each_by_its_own),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

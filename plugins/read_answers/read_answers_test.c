/* Tests of `ve.answers`: what it reads, the same as from a file, and where it says what is wrong.
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

/* Options A and B, functions f and g, attribute x, scores 0 to 4; the rows begin on line 5. */
static ve_code read_rows(const char *rows) {
    char model[2000];
    snprintf(model, sizeof model,
             "{ attributes = { x = 'm' }, scale = { 0, 4 },\n"
             "  functions = { { id = 'f', weight = 1 }, { id = 'g', weight = 3 } },\n"
             "  options = { { id = 'A', cost = 1, target = ve.normal { mean = 3, sd = 2 } }, { id = 'B', "
             "cost = 2 } },\n"
             "  survey = ve.answers {\n%s } }",
             rows);
    return ve_test_run(t, model);
}

static double score(const char *option, const char *function) {
    return ve_test_number(t, "scores", "score", "option", option, "function", function, NULL);
}

static double customers(void) {
    for (size_t i = 0; i < t->answer.report->facts; i++)
        if (strcmp(t->answer.report->fact[i].key, "customers") == 0)
            return t->answer.report->fact[i].value.number;
    return NAN;
}

static void the_same_in_every_dress(void **state) {
    (void)state;
    static const char *const rows[] = {
        "{ x = 5, A = { f = 1, g = 2 }, B = { f = 3, g = 4 } }, { x = 2, A = { f = 4, g = 0 }, B = { f = 1, "
        "g = 3 } }",
        "{ x = 5, A = { 1, 2 }, B = { g = 4, f = 3 } }, { x = 2, A = { 4, 0 }, B = { 1, 3 } }",
        "{ x = 2, A = { 4, 0 }, B = { 1, 3 } }, { x = 5, A = { 1, 2 }, B = { 3, 4 } }",
        "{ x = 5, weight = 7, A = { 1, 2 }, B = { 3, 4 } }, { x = 2, weight = 7, A = { 4, 0 }, B = { 1, 3 } "
        "}",
        "{ x = 5, name = 'Li', A = { 1, 2 }, B = { 3, 4 } }, { x = 2, age = 3, A = { 4, 0 }, B = { 1, 3 } }",
        "missing = 'skip', { x = 5, A = { 1, 2 }, B = { 3, 4 } }, { A = { 1, 1 }, B = { 1, 1 } }, { x = 1, B "
        "= { 1, 1 } },\n"
        "{ x = 1, A = { f = 1 }, B = { 1, 1 } }, { x = 2, A = { 4, 0 }, B = { 1, 3 } }",
    };
    double a = exp(-0.5), b = exp(-0.125);
    for (size_t i = 0; i < VE_COUNT(rows); i++) {
        assert_int_equal(read_rows(rows[i]), VE_OK);
        assert_true(customers() == 2);
        assert_true(ve_test_near(score("B", "f"), 2, 1e-15) && ve_test_near(score("B", "g"), 3.5, 1e-15));
        assert_true(ve_test_near(score("A", "f"), (a * 1 + b * 4) / (a + b), 1e-14));
        assert_true(ve_test_near(score("A", "g"), (a * 2 + b * 0) / (a + b), 1e-14));
        assert_true(ve_test_warned(t, VE_W_SKIPPED) == (i == 5));
    }
}

static void design_weights(void **state) {
    (void)state;
    assert_int_equal(
        read_rows("{ x = 5, A = { 1, 2 }, B = { 3, 4 } }, { x = 2, weight = 3, A = { 4, 0 }, B = { 1, 3 } }"),
        VE_OK);
    assert_true(ve_test_near(score("B", "f"), 1.5, 1e-15));
    assert_true(ve_test_near(score("B", "g"), 3.25, 1e-15));
}

static void columns_for_costs(void **state) {
    (void)state;
    static const char model[] = "{ scale = { 0, 4 }, functions = { { id = 'f', weight = 1 } },\n"
                                "  options = { { id = 'A', cost = ve.column { name = '%s' } },\n"
                                "              { id = 'B', cost = ve.column { name = '%s' } } },\n"
                                "  survey = ve.answers { %s } }";
    static const struct {
        const char *a, *b, *rows;
    } cases[] = {
        { "{option}_paid", "rent",
          "{ rent = 5.5, A_paid = 10, B_paid = 0, A = { 1 }, B = { 2 } },\n"
          "{ rent = 6.5, A_paid = 30, B_paid = 0, A = { 1 }, B = { 2 } }" },
        { "paid", "rent",
          "{ rent = 5.5, A = { f = 1, paid = 10 }, B = { f = 2, paid = 1 } },\n"
          "{ rent = 6.5, A = { f = 1, paid = 30 }, B = { f = 2, paid = 1 } }" },
    };
    char text[700];
    for (size_t i = 0; i < VE_COUNT(cases); i++) {
        snprintf(text, sizeof text, model, cases[i].a, cases[i].b, cases[i].rows);
        assert_int_equal(ve_test_run(t, text), VE_OK);
        assert_true(ve_test_near(ve_test_option(t, "A", "cost"), 20, 1e-15));
        assert_true(ve_test_near(ve_test_option(t, "B", "cost"), 6, 1e-15));
    }
    snprintf(text, sizeof text, model, "paid", "paid", "{ A = { 1 }, B = { 2 } }");
    assert_int_equal(ve_test_run(t, text), VE_E_GAP);
    assert_true(ve_test_told(t, VE_E_GAP, 4, "the figure 'paid' is missing"));
}

static void slips_are_told_in_their_place(void **state) {
    (void)state;
    static const struct {
        const char *rows;
        ve_code code;
        int column;
        const char *path, *message, *hint;
    } cases[] = {
        { "{ A = { 1, 2 }, B = { 3, 4 } }", VE_E_GAP, 1, "survey[1]", "attribute 'x' is missing", NULL },
        { "{ x = 5, A = { 1, 2 } }", VE_E_GAP, 1, "survey[1]", "option 'B' is missing", NULL },
        { "{ x = 5, A = { f = 1 }, B = { 3, 4 } }", VE_E_GAP, 10, "survey[1].A",
          "the score of function 'g' is missing", NULL },
        { "{ x = 5, A = { f = 1, gg = 2 }, B = { 3, 4 } }", VE_E_GAP, 10, "survey[1].A",
          "the score of function 'g' is missing", NULL },
        { "{ x = 5, A = { 1, 2, 3 }, B = { 3, 4 } }", VE_E_LIST, 10, "survey[1].A",
          "3 scores for 2 functions", "one score" },
        { "{ x = 5, A = 3, B = { 3, 4 } }", VE_E_TYPE, 10, "survey[1].A",
          "the scores of an option are a table", NULL },
        { "{ x = 'five', A = { 1, 2 }, B = { 3, 4 } }", VE_E_NUMBER, 3, "survey[1].x",
          "a number is wanted here", NULL },
        { "{ x = 5, A = { 1, 5 }, B = { 3, 4 } }", VE_E_SCORE, 19, "survey[1].A[2]",
          "the score 5 is outside the scale 0 to 4", NULL },
        { "{ x = 5, A = { f = -1, g = 0 }, B = { 3, 4 } }", VE_E_SCORE, 16, "survey[1].A.f",
          "the score -1 is outside the scale 0 to 4", NULL },
        { "{ x = 5, weight = -2, A = { 1, 2 }, B = { 3, 4 } }", VE_E_WEIGHT, 10, "survey[1].weight",
          "the weight is negative", NULL },
        { "{ x = 5, wieght = 2, A = { 1, 2 }, B = { 3, 4 } }", VE_E_UNKNOWN_FIELD, 10, "survey[1].wieght",
          "the model asks for no such field", "did you mean 'weight'?" },
        { "7", VE_E_TYPE, 1, "survey[1]", "a customer is a table", NULL },
        { "{ x = 5, weight = 0, A = { 1, 2 }, B = { 3, 4 } }", VE_E_WEIGHT, 0, "",
          "all design weights are zero", "above zero" },
    };
    for (size_t i = 0; i < VE_COUNT(cases); i++) {
        ve_code code = read_rows(cases[i].rows);
        const ve_error *e = &t->errors.list[0];
        bool well = code == cases[i].code && e->code == cases[i].code &&
                    strncmp(e->message, cases[i].message, strlen(cases[i].message)) == 0 &&
                    (!cases[i].hint || strstr(e->hint, cases[i].hint)) &&
                    (!cases[i].column || (e->at.line == 5 && e->at.column == cases[i].column &&
                                          strcmp(e->path, cases[i].path) == 0));
        if (!well)
            print_message("case %zu: %d:%d %s: %s | %s\n", i, e->at.line, e->at.column, e->path, e->message,
                          e->hint);
        assert_true(well);
    }
}

static void a_near_name_is_hinted_at(void **state) {
    (void)state;
    ve_test_run(t, "{ functions = { { id = 'layout', weight = 1 }, { id = 'light', weight = 1 } },\n"
                   "  options = { { id = 'A', cost = 1 }, { id = 'B', cost = 1 } },\n"
                   "  survey = ve.answers { { A = { layuot = 1, light = 2 }, B = { 1, 2 } } } }");
    assert_true(ve_test_told(t, VE_E_GAP, 3, "the score of function 'layout' is missing"));
    assert_string_equal(t->errors.list[0].hint, "is 'layuot' meant for it?");
}

static void scores_of_an_open_scale(void **state) {
    (void)state;
    static const char model[] = "{ functions = { { id = 'f', weight = 1 } },\n"
                                "  options = { { id = 'A', cost = 1 }, { id = 'B', cost = 1 } },\n"
                                "  survey = ve.answers { { A = { %s }, B = { 1 } } } }";
    char text[300];
    snprintf(text, sizeof text, model, "12345.5");
    assert_int_equal(ve_test_run(t, text), VE_OK);
    assert_true(score("A", "f") == 12345.5);
    snprintf(text, sizeof text, model, "-1");
    assert_int_equal(ve_test_run(t, text), VE_E_SCORE);
    assert_true(ve_test_told(t, VE_E_SCORE, 3, "the score -1 is negative"));
}

static void all_slips_at_once(void **state) {
    (void)state;
    char rows[1800] = "";
    for (size_t i = 0; i < 30; i++) {
        size_t used = strlen(rows);
        snprintf(rows + used, sizeof rows - used, "{ x = 1, A = { 1, 9 }, B = { 3, 4 } },\n");
    }
    assert_int_equal(read_rows(rows), VE_E_SCORE);
    assert_int_equal(t->errors.count, 20);
    for (int i = 0; i < 20; i++)
        assert_int_equal(t->errors.list[i].at.line, 5 + i);
}

static void nobody_answered(void **state) {
    (void)state;
    assert_int_not_equal(read_rows(""), VE_OK);
    assert_int_not_equal(read_rows("missing = 'skip', { x = 1 }"), VE_OK);
    assert_true(ve_test_told(t, VE_E_NO_ROWS, 0, "every customer of the survey has a missing answer"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_in_every_dress),  cmocka_unit_test(design_weights),
        cmocka_unit_test(columns_for_costs),        cmocka_unit_test(slips_are_told_in_their_place),
        cmocka_unit_test(a_near_name_is_hinted_at), cmocka_unit_test(scores_of_an_open_scale),
        cmocka_unit_test(all_slips_at_once),        cmocka_unit_test(nobody_answered),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

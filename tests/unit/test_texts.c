/* Customer attributes that are texts: read by both readers, told apart by their bytes, the same whatever the
 * order of rows and the number of threads, weighed by categories, handed to Lua functions.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "survey/labels.h"
#include "ve_test_fixture.h"

#define MODEL(attributes, a, b, survey)                                                                      \
    "{ attributes = { " attributes " }, functions = { { id = 'f' } }, scale = { 0, 4 },\n"                   \
    "  options = { { id = 'A', cost = 1, target = " a " },\n"                                                \
    "              { id = 'B', cost = 1, target = " b " } },\n"                                              \
    "  survey = " survey " }"
#define TIER "ve.categories { by = 'tier', value = { platinum = 1, lead = 0 } }"
#define EQUAL "ve.equal {}"
#define CSV "ve.csv { file = 's.csv', scores = '{option}_{function}' }"

static double score(const char *option) {
    return ve_test_number(t, "scores", "score", "option", option, "function", "f", NULL);
}

/* ---- end to end ----------------------------------------------------------------------------------- */

static void from_answers(void **state) {
    (void)state;
    assert_int_equal(ve_test_run(t, MODEL("tier = 'kind'", TIER, EQUAL,
                                          "ve.answers { { tier = 'lead', A = { 1 }, B = { 1 } },"
                                          "{ tier = 'platinum', A = { 4 }, B = { 2 } },"
                                          "{ tier = 'platinum', A = { 2 }, B = { 3 } } }")),
                     VE_OK);
    assert_true(score("A") == 3 && score("B") == 2);
}

static void from_a_file(void **state) {
    (void)state;
    ve_test_text(t, "s.csv", "tier,A_f,B_f\nlead,1,1\nplatinum,4,2\n\" platinum\",2,3\n");
    assert_int_equal(ve_test_run(t, MODEL("tier = ''", TIER, EQUAL, CSV)), VE_E_TEXT);
    assert_int_equal(ve_test_run(t, MODEL("tier = 'kind'", TIER, EQUAL, CSV)), VE_OK);
    assert_true(score("A") == 3 && score("B") == 2);
}

static void one_row_for_each_option(void **state) {
    (void)state;
    ve_test_text(t, "s.csv", "who,what,tier,f\n1,A,lead,1\n1,B,lead,1\n2,A,platinum,4\n2,B,platinum,2\n");
    static const char long_layout[] =
        MODEL("tier = 'kind'", TIER, EQUAL, "ve.csv { file = 's.csv', customer = 'who', option = 'what' }");
    assert_int_equal(ve_test_run(t, long_layout), VE_OK);
    assert_true(score("A") == 4 && score("B") == 1.5);
    ve_test_text(t, "s.csv", "who,what,tier,f\n1,A,lead,1\n1,B,platinum,1\n");
    ve_test_run(t, long_layout);
    assert_true(
        ve_test_told(t, VE_E_CUSTOMER, 3, "column 'tier': platinum, but this customer has another text in"));
}

static void functions_get_the_text(void **state) {
    (void)state;
    ve_test_text(t, "s.csv", "income,tier,A_f,B_f\n1,lead,1,1\n2,platinum,4,2\n3,Gold,2,3\n");
    assert_int_equal(ve_test_run(t, MODEL("income = 'CNY', tier = 'text'",
                                          "function(c) return c.tier == 'Gold' and c.income or 0 end",
                                          "function(c) return #c.tier == 4 and 1 or 0 end", CSV)),
                     VE_OK);
    assert_true(score("A") == 2 && score("B") == 2); /* Gold; lead and Gold */
    ve_test_run(t, MODEL("income = 'CNY', tier = 'text'", "function(c) return c.tier end", EQUAL, CSV));
    assert_true(ve_test_told(t, VE_E_FUNCTION, 2,
                             "a string instead of a number for the customer with income = 1, tier = 'lead'"));
}

/* Part of a mixture or a product, the word for texts still makes the attribute one. */
static void parts_say_so_too(void **state) {
    (void)state;
    ve_test_text(t, "s.csv", "income,tier,A_f,B_f\n1,lead,1,1\n2,platinum,4,2\n9,platinum,2,3\n");
    assert_int_equal(
        ve_test_run(t, MODEL("income = 'CNY', tier = 'kind'",
                             "ve.product { parts = { ve.uniform { by = 'income', low = 0, high = 5 }, " TIER
                             " } }",
                             EQUAL, CSV)),
        VE_OK);
    assert_true(score("A") == 4);
}

static void a_label_of_a_customer_left_out_is_none(void **state) {
    (void)state;
    ve_test_text(t, "s.csv", "tier,A_f,B_f\nlead,1,1\nplatinum,4,2\ngold,,3\nNA,2,2\n");
    assert_int_equal(
        ve_test_run(t, MODEL("tier = 'kind'", TIER, EQUAL,
                             "ve.csv { file = 's.csv', scores = '{option}_{function}', missing = 'skip' }")),
        VE_OK); /* gold is not in value, and need not be */
    assert_true(ve_test_warned(t, VE_W_SKIPPED));
}

/* ---- mistakes ------------------------------------------------------------------------------------- */

static void mistakes_in_answers(void **state) {
    (void)state;
    ve_test_run(t, MODEL("tier = 'kind'", TIER, EQUAL, "ve.answers { { tier = 1, A = { 1 }, B = { 1 } } }"));
    assert_true(ve_test_told(t, VE_E_TYPE, 4, "a text is wanted here"));
    ve_test_run(t,
                MODEL("tier = 'kind'", EQUAL, EQUAL, "ve.answers { { tier = 'x', A = { 1 }, B = { 1 } } }"));
    assert_true(ve_test_told(t, VE_E_NUMBER, 4, "a number is wanted here"));
    assert_non_null(strstr(t->errors.list[0].hint, "write attributes = { tier = \"text\" }"));
}

static void mistakes_in_a_file(void **state) {
    (void)state;
    ve_test_text(t, "s.csv", "tier,A_f,B_f\nlead,1,1\na\vb,2,2\n,3,3\n");
    ve_test_run(t, MODEL("tier = 'kind'", TIER, EQUAL, CSV));
    assert_true(ve_test_told(t, VE_E_ATTRIBUTE, 3, "names no kind of customer"));
    assert_true(ve_test_told(t, VE_E_GAP, 4, "column 'tier': the answer is missing"));
    ve_test_text(t, "s.csv", "tier,A_f,B_f\nlead,1,1\n");
    ve_test_run(t, MODEL("tier = 'kind'", EQUAL, EQUAL, CSV));
    assert_true(ve_test_told(t, VE_E_NUMBER, 2, "'lead' is not a number"));
    assert_non_null(strstr(t->errors.list[0].hint, "write attributes = { tier = \"text\" }"));
    ve_test_run(t, MODEL("tier = 'kind'", "ve.categories { value = { laed = 1 }, others = 0 }", EQUAL, CSV));
    assert_true(ve_test_told(t, VE_E_REFERENCE, 2, "there is no customer whose tier is 'laed'"));
    ve_test_run(t, MODEL("tier = 'kind'", "ve.categories { value = { platinum = 1 } }", EQUAL, CSV));
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 2, "there are customers whose tier is 'lead'"));
}

static void too_many_texts(void **state) {
    (void)state;
    size_t room = (VE_LABELS_MOST + 2) * 24, used = 0;
    char *text = malloc(room), *rows = malloc(2 * room);
    assert_true(text && rows);
    used = (size_t)snprintf(text, room, "tier,A_f,B_f\n");
    for (int i = 0; i <= VE_LABELS_MOST; i++)
        used += (size_t)snprintf(text + used, room - used, "t%d,1,1\n", i);
    ve_test_text(t, "s.csv", text);
    ve_test_run(t, MODEL("tier = 'text'", EQUAL, EQUAL, CSV));
    assert_true(ve_test_told(t, VE_E_ATTRIBUTE, 0, "attribute 'tier' has more than 10000 different texts"));
    used = (size_t)snprintf(
        rows, 2 * room,
        "local rows = {} for i = 0, %d do rows[#rows + 1] = { tier = 't' .. i, A = { 1 }, B = "
        "{ 1 } } end\nreturn ve.model " MODEL("tier = 'text'", EQUAL, EQUAL, "ve.answers(rows)"),
        VE_LABELS_MOST);
    ve_test_run(t, rows);
    assert_true(ve_test_told(t, VE_E_ATTRIBUTE, 0, "attribute 'tier' has more than 10000 different texts"));
    free(text);
    free(rows);
}

/* ---- order and threads ---------------------------------------------------------------------------- */

enum { MANY = 200000, KINDS = 300 };

/* Rows forwards or backwards: every thread meets the texts in another order. */
static void write_many(bool backwards) {
    size_t room = MANY * 24 + 64, used;
    char *text = malloc(room);
    assert_non_null(text);
    used = (size_t)snprintf(text, room, "tier,A_f,B_f\n");
    for (unsigned i = 0; i < MANY; i++) {
        unsigned k = backwards ? MANY - 1 - i : i;
        used += (size_t)snprintf(text + used, room - used, "kind %03u,%u,%u\n", k * 7919 % KINDS, k % 5,
                                 k / 3 % 5);
    }
    ve_test_file(t, "s.csv", text, used);
    free(text);
}

static double run_many(unsigned threads) {
    char model[400 + KINDS * 24], value[KINDS * 24] = "";
    for (int i = 0; i < KINDS; i++) {
        size_t used = strlen(value);
        snprintf(value + used, sizeof value - used, "['kind %03d'] = %d, ", i, i % 9);
    }
    snprintf(model, sizeof model, MODEL("tier = 'kind'", "ve.categories { value = { %s } }", EQUAL, CSV),
             value);
    t->threads = threads;
    assert_int_equal(ve_test_run(t, model), VE_OK);
    t->threads = 1;
    return score("A");
}

static void order_and_threads_do_not_show(void **state) {
    (void)state;
    double weight = 0, sum = 0;
    for (unsigned k = 0; k < MANY; k++) {
        weight += k * 7919 % KINDS % 9;
        sum += (double)(k * 7919 % KINDS % 9) * (double)(k % 5);
    }
    write_many(false);
    double first = run_many(1);
    assert_true(ve_test_near(first, sum / weight, 1e-14));
    for (unsigned threads = 2; threads < 5; threads++)
        assert_true(run_many(threads) == first);
    write_many(true);
    for (unsigned threads = 1; threads < 4; threads++)
        assert_true(run_many(threads) == first);
}

static void *ask_for_all(void *labels) {
    char text[16];
    for (unsigned i = 0; i < 20000; i++) {
        int length = snprintf(text, sizeof text, "%u", i * 37 % 997);
        if (!(ve_labels_number(labels, text, (size_t)length) < 997)) return labels;
    }
    return NULL;
}

static void numbers_from_many_threads(void **state) {
    (void)state;
    pthread_t thread[4];
    void *failed;
    ve_labels *labels = ve_labels_new();
    assert_non_null(labels);
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, ask_for_all, labels), 0);
    for (int i = 0; i < 4; i++) {
        pthread_join(thread[i], &failed);
        assert_null(failed);
    }
    assert_int_equal(ve_labels_count(labels), 997);
    assert_int_equal(ve_labels_fault(labels), VE_OK);
    assert_true(isnan(ve_labels_number(labels, "", 0)));
    assert_true(isnan(ve_labels_number(labels, "a\0b", 3)));
    ve_labels_free(labels);
    ve_labels_free(NULL);
}

static void ranks_by_bytes(void **state) {
    (void)state;
    static const char *const text[] = { "b", "a", "ab", "\xc3\xa4", "B", "a b" };
    static const size_t wanted[] = { 4, 1, 3, 5, 0, 2 };
    bool used[6] = { true, true, true, true, true, true };
    size_t rank[6] = { 0 };
    ve_label_list out;
    ve_labels *labels = ve_labels_new();
    assert_non_null(labels);
    for (size_t i = 0; i < 6; i++)
        assert_true(ve_labels_number(labels, text[i], strlen(text[i])) == (double)i);
    assert_int_equal(ve_labels_rank(labels, used, rank, t->plugins, &out), VE_OK);
    assert_memory_equal(rank, wanted, sizeof rank);
    used[1] = false;
    assert_int_equal(ve_labels_rank(labels, used, rank, t->plugins, &out), VE_OK);
    assert_int_equal(out.count, 5);
    assert_string_equal(out.label[1], "a b");
    assert_int_equal(rank[0], 3);
    ve_labels_free(labels);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(from_answers),
        cmocka_unit_test(from_a_file),
        cmocka_unit_test(one_row_for_each_option),
        cmocka_unit_test(functions_get_the_text),
        cmocka_unit_test(parts_say_so_too),
        cmocka_unit_test(a_label_of_a_customer_left_out_is_none),
        cmocka_unit_test(mistakes_in_answers),
        cmocka_unit_test(mistakes_in_a_file),
        cmocka_unit_test(too_many_texts),
        cmocka_unit_test(order_and_threads_do_not_show),
        cmocka_unit_test(numbers_from_many_threads),
        cmocka_unit_test(ranks_by_bytes),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

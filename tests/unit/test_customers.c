/* Customers one by one, as a study is handed them: all of each, in an order that is their own.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ve/plugin.h"
#include "ve_test.h"

static ve_test *t;

/* ---- a study that shows every customer ------------------------------------------------------- */

typedef struct probe {
    const char *column, *texts;
} probe;

static const ve_field probe_fields[] = {
    VE_FIELD(probe, column, VE_T_TEXT, .name = "column", .doc = "a column of the survey"),
    VE_FIELD(probe, texts, VE_T_TEXT, .name = "texts", .doc = "a column of texts"),
};
static const ve_record probe_record = { .name = "probe",
                                        .doc = "Shows customers.",
                                        .size = sizeof(probe),
                                        .fields = probe_fields,
                                        .count = VE_COUNT(probe_fields) };

static void show(const ve_customer_rows *r, size_t row, char *text, size_t room) {
    size_t used = 0;
    for (size_t d = 0; d < r->attributes; d++)
        used += (size_t)snprintf(text + used, room - used, "%g ", r->attribute[d][row]);
    used += (size_t)snprintf(text + used, room - used, "w%g", r->weight[row]);
    for (size_t c = 0; c < r->columns * r->options; c++) {
        const ve_label_list *labels = &r->column_label[c / r->options];
        double x = r->column[c][row];
        if (labels->count)
            used += (size_t)snprintf(text + used, room - used, " '%s'", labels->label[(size_t)x]);
        else
            used += (size_t)snprintf(text + used, room - used, " %g", x);
    }
    for (size_t cell = 0; cell < r->options * r->leaves; cell++)
        used += (size_t)snprintf(text + used, room - used, " %.17g", ve_customer_score(r, cell, row));
}

static ve_code study(const void *params, const ve_study_services *s) {
    const probe *p = params;
    const ve_asked_column asked = { p->texts ? p->texts : p->column, p->texts != NULL, "column" };
    size_t columns = asked.pattern ? 1 : 0;
    const ve_customer_rows *rows, *again;
    ve_code code = s->customers(s, &asked, columns, &rows);
    if (code) return code;
    code = s->customers(s, &asked, columns, &again);
    s->fact(s, "once", VE_CELL_OF_BOOLEAN(again == rows));
    s->fact(s, "bytes", VE_CELL_OF_NUMBER(rows->score_bytes));
    s->fact(s, "skipped", VE_CELL_OF_NUMBER(rows->skipped));
    s->fact(s, "one_figure", VE_CELL_OF_NUMBER(rows->columns && rows->column[0] == rows->column[1]));
    s->fact(s, "names", VE_CELL_OF_TEXT(rows->option_text[0]));
    char text[512];
    for (size_t r = 0; r < rows->rows; r++) {
        show(rows, r, text, sizeof text);
        s->say(s, "%s", text);
    }
    return code;
}

static const ve_study_ops ops = { .size = sizeof ops, .study = study };
static const ve_plugin probe_plugin = VE_PLUGIN_BODY(STUDY, "probe", "1", "for tests", &probe_record, &ops);

static int setup(void **state) {
    (void)state;
    t = ve_test_begin();
    return ve_registry_add(t->registry, t->plugins, &probe_plugin, "test", &t->errors) ? -1 : 0;
}

static int teardown(void **state) {
    (void)state;
    ve_test_close(t);
    return 0;
}

/* ---- what is asked --------------------------------------------------------------------------- */

#define MODEL(survey)                                                                                        \
    "{ attributes = { x = 'm' }, functions = { { id = 'f' }, { id = 'g' } }, options = { { id = 'A', "       \
    "cost = 1 }, { id = 'B', cost = 2 } }, survey = " survey " }"
#define WIDE MODEL("ve.csv { file = 's.csv', weight = 'w', scores = '{option}_{function}' }")

/* All sentences are these, in this order. */
static void said(const char *const *line, size_t lines) {
    const ve_report *report = t->answer.report;
    assert_int_equal(t->code, VE_OK);
    for (size_t i = 0; i < report->sentences && i < lines; i++)
        assert_string_equal(report->sentence[i], line[i]);
    assert_int_equal(report->sentences, lines);
}

static void rows_are_sorted_by_what_they_hold(void **state) {
    (void)state;
    static const char *const file[] = {
        "x,w,A_f,A_g,B_f,B_g,b\n-5,1,1,2,3,4,p\n7,2,9,9,9,9,q\n7,1,2,1,0,0,p\n7,1,1,2,0,0,q\n",
        "x,w,A_f,A_g,B_f,B_g,b\n7,1,1,2,0,0,q\n7,1,2,1,0,0,p\n-5,1,1,2,3,4,p\n7,2,9,9,9,9,q\n",
    };
    static const char *const line[] = { "-5 w1 'p' 'p' 1 2 3 4", "7 w1 'p' 'p' 2 1 0 0",
                                        "7 w1 'q' 'q' 1 2 0 0", "7 w2 'q' 'q' 9 9 9 9" };
    for (size_t i = 0; i < 2 * VE_COUNT(file); i++) {
        t->threads = 1 + (unsigned)i / 2 * 3;
        ve_test_text(t, "s.csv", file[i % 2]);
        ve_test_study(t, WIDE, "probe", "texts", "b", NULL);
        said(line, VE_COUNT(line));
        assert_int_equal(ve_test_fact_number(t, "bytes"), 1);
        assert_int_equal(ve_test_fact_number(t, "one_figure"), 1);
        assert_string_equal(ve_test_fact(t, "names"), "A");
    }
    t->threads = 1;
}

static void scores_are_kept_as_they_are(void **state) {
    (void)state;
    static const struct {
        const char *file, *line[2];
        int bytes;
    } cases[] = {
        { "x,w,A_f,A_g,B_f,B_g\n1,1,255,0,1,2\n", { "1 w1 255 0 1 2" }, 1 },
        { "x,w,A_f,A_g,B_f,B_g\n1,1,255,0,1,2\n2,1,256,0,1,65535\n",
          { "1 w1 255 0 1 2", "2 w1 256 0 1 65535" },
          2 },
        { "x,w,A_f,A_g,B_f,B_g\n1,1,255,0,1,2\n2,1,0.1,0,1,65536\n",
          { "1 w1 255 0 1 2", "2 w1 0.10000000000000001 0 1 65536" },
          8 },
    };
    for (size_t i = 0; i < VE_COUNT(cases); i++) {
        ve_test_text(t, "s.csv", cases[i].file);
        ve_test_study(t, WIDE, "probe", NULL);
        said(cases[i].line, cases[i].line[1] ? 2 : 1);
        assert_int_equal(ve_test_fact_number(t, "bytes"), cases[i].bytes);
    }
}

static void columns_may_be_numbers_or_differ_by_option(void **state) {
    (void)state;
    static const char *const numbers[] = { "1 w1 3 4 1 2 3 4", "2 w1 5 6 1 2 3 4" };
    static const char *const texts[] = { "1 w1 '3' '4' 1 2 3 4", "2 w1 '5' '6' 1 2 3 4" };
    ve_test_text(t, "s.csv", "x,w,A_f,A_g,B_f,B_g,A_p,B_p\n2,1,1,2,3,4,5,6\n1,1,1,2,3,4,3,4\n");
    ve_test_study(t, WIDE, "probe", "column", "{option}_p", NULL);
    said(numbers, 2);
    assert_int_equal(ve_test_fact_number(t, "one_figure"), 0);
    ve_test_study(t, WIDE, "probe", "texts", "{option}_p", NULL);
    said(texts, 2);
}

static void long_layouts_name_options_their_way(void **state) {
    (void)state;
    static const char *const line[] = { "5 w1 'n' 'y' 1 2 3 4", "6 w1 'y' 'n' 3 4 1 2" };
    ve_test_text(t, "s.csv", "c,o,x,f,g,b\n1,2,5,3,4,y\n2,1,6,3,4,y\n1,1,5,1,2,n\n2,2,6,1,2,n\n");
    ve_test_study(t,
                  MODEL("ve.csv { file = 's.csv', customer = 'c', option = 'o', options = { A = '1', B = '2' "
                        "}, scores = '{function}' }"),
                  "probe", "texts", "b", NULL);
    said(line, 2);
    assert_string_equal(ve_test_fact(t, "names"), "1");
}

static void answers_in_the_model_are_customers_too(void **state) {
    (void)state;
    static const char *const line[] = { "1 w1 '2' '2' 1 2 3 4", "2 w0.5 'B' 'B' 1 2 3 4" };
    ve_test_study(t,
                  MODEL("ve.answers { { x = 2, weight = 0.5, b = 'B', A = { 1, 2 }, B = { 3, 4 } }, { x = 1, "
                        "b = 2, A = { 1, 2 }, B = { 3, 4 } } }"),
                  "probe", "texts", "b", NULL);
    said(line, 2);
}

/* ---- what may be wrong ----------------------------------------------------------------------- */

static void columns_that_are_not_there(void **state) {
    (void)state;
    ve_test_text(t, "s.csv", "x,w,A_f,A_g,B_f,B_g,bought\n2,1,1,2,3,4,5\n");
    assert_int_equal(ve_test_study(t, WIDE, "probe", "column", "bougth", NULL), VE_E_COLUMN);
    assert_true(ve_test_told(t, VE_E_COLUMN, 0, "there is no column 'bougth' (--column)"));
    assert_int_equal(ve_test_study(t, WIDE, "probe", "texts", "{option}_f", NULL), VE_OK);
}

static void answers_that_are_missing(void **state) {
    (void)state;
    static const char *const line[] = { "1 w1 'p' 'p' 1 2 3 4" };
    ve_test_text(t, "s.csv", "x,w,A_f,A_g,B_f,B_g,b\n2,1,1,2,3,4,\n1,1,1,2,3,4,p\n");
    assert_int_equal(ve_test_study(t, WIDE, "probe", "texts", "b", NULL), VE_E_GAP);
    ve_test_study(t, MODEL("ve.csv { file = 's.csv', weight = 'w', missing = 'skip' }"), "probe", "texts",
                  "b", NULL);
    said(line, 1);
    assert_int_equal(ve_test_fact_number(t, "skipped"), 1);
    ve_test_text(t, "s.csv", "x,w,A_f,A_g,B_f,B_g,b\n2,1,1,2,3,4,\n");
    ve_test_study(t, MODEL("ve.csv { file = 's.csv', weight = 'w', missing = 'skip' }"), "probe", "column",
                  "b", NULL);
    assert_true(ve_test_told(t, VE_E_NO_ROWS, 0, "every customer of the survey has a missing answer"));
}

static void texts_without_end(void **state) {
    (void)state;
    enum { MANY = 10001, ROOM = 40 * MANY };
    char *file = malloc(ROOM);
    assert_non_null(file);
    size_t used = (size_t)snprintf(file, ROOM, "x,w,A_f,A_g,B_f,B_g,b\n");
    for (int i = 0; i < MANY; i++)
        used += (size_t)snprintf(file + used, ROOM - used, "1,1,1,2,3,4,t%d\n", i);
    ve_test_file(t, "s.csv", file, used);
    free(file);
    ve_test_study(t, WIDE, "probe", "texts", "b", NULL);
    assert_true(ve_test_told(t, VE_E_ATTRIBUTE, 0, "column 'b' has more than 10000 different texts"));
}

static void nobody_to_look_at(void **state) {
    (void)state;
    ve_test_study(t,
                  "{ functions = { { id = 'f' } }, options = { { id = 'A', cost = 1, scores = { 1 } }, { id = "
                  "'B', cost = 2, scores = { 2 } } } }",
                  "probe", NULL);
    assert_true(ve_test_told(t, VE_E_NO_SURVEY, 0, "there are no customers to look at"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_sorted_by_what_they_hold),
        cmocka_unit_test(scores_are_kept_as_they_are),
        cmocka_unit_test(columns_may_be_numbers_or_differ_by_option),
        cmocka_unit_test(long_layouts_name_options_their_way),
        cmocka_unit_test(answers_in_the_model_are_customers_too),
        cmocka_unit_test(columns_that_are_not_there),
        cmocka_unit_test(answers_that_are_missing),
        cmocka_unit_test(texts_without_end),
        cmocka_unit_test(nobody_to_look_at),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}

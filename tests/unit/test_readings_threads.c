/* A survey is read once for all scenarios that want the same from it, and again where they want something
 * else. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "survey/groups.h"
#include "ve_test.h"

static ve_test *t;
static unsigned readings;

/* The build looks for __wrap_ve_survey_read(...); on one line. */
__typeof__(ve_survey_read) __real_ve_survey_read, __wrap_ve_survey_read;
ve_code __wrap_ve_survey_read(const ve_word *survey, const ve_survey_want *want, int folder,
                              const ve_services *services, ve_arena *arena, ve_groups **out,
                              ve_errors *errors) {
    readings++;
    return __real_ve_survey_read(survey, want, folder, services, arena, out, errors);
}

#define MODEL                                                                                                \
    "{ attributes = { income = 'CNY' }, scale = { 0, 4 },\n"                                                 \
    "functions = { { id = 'f', weight = 5 }, { id = 'g', weight = 3 } },\n"                                  \
    "options = { { id = 'A', cost = 50, target = ve.normal { mean = 6000 } }, { id = 'B', cost = 45 } },\n"  \
    "survey = ve.csv { file = 's.csv', scores = '{option}_{function}' }, scenarios = {\n"
#define SAME                                                                                                 \
    "{ name = 'set', set = { ['options.A.cost'] = 55, ['options.A.target.mean'] = 7000,\n"                   \
    "  ['functions.g.weight'] = 4 } },\n"                                                                    \
    "{ name = 'change', change = function(m) m.options.B.target = function(c) return c.income end end },\n"  \
    "{ name = 'sd', set = { ['options.A.target.sd'] = 100, ['options.B.cost'] = 12 } },\n"

static void read_by(const char *model, const char *study, unsigned times) {
    readings = 0;
    ve_code code = study ? ve_test_study(t, model, study, NULL) : ve_test_check(t, model);
    assert_int_equal(code, VE_OK);
    assert_int_equal(readings, times);
}

static void scenarios_share_a_reading(void **state) {
    (void)state;
    read_by(MODEL SAME "} }", "compare", 1);
    read_by(MODEL SAME "} }", NULL, 1);
    read_by(MODEL SAME "} }", "run", 1);
}

/* With two changes what lies between may want what neither end does: here it does not. */
static void another_question_is_asked_again(void **state) {
    (void)state;
    read_by(MODEL SAME "{ name = 'scale', set = { ['scale.2'] = 5, ['options.A.cost'] = 9 } } } }", "compare",
            2);
    read_by(MODEL SAME
            "{ name = 'column', change = function(m) m.options.A.cost = ve.column { name = 'income' } "
            "end } } }",
            "compare", 2);
    read_by(MODEL SAME "{ name = 'file', change = function(m) m.survey.file = 't.csv' end } } }", NULL, 2);
}

/* Two changes that both bear on the survey make four questions, each asked once. */
static void what_lies_between_is_kept_as_well(void **state) {
    (void)state;
    t->threads = 3;
    read_by(MODEL "{ name = 'both', change = function(m) m.scale = { 0, 5 }; m.survey.file = 't.csv'\n"
                  "m.options.A.cost = 3; m.options.B.cost = 4; m.options.A.target.mean = 5000 end } } }",
            "compare", 4);
}

static int begin(void **state) {
    (void)state;
    static const char survey[] = "income,A_f,A_g,B_f,B_g\n1000,1,2,3,3\n3000,2,2,3,2\n9000,4,4,1,2\n";
    t = ve_test_open(NULL);
    ve_test_text(t, "s.csv", survey);
    ve_test_text(t, "t.csv", survey);
    return 0;
}

static int end(void **state) {
    (void)state;
    ve_test_close(t);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void) {
    const struct CMUnitTest tests[] = { TEST(scenarios_share_a_reading),
                                        TEST(another_question_is_asked_again),
                                        TEST(what_lies_between_is_kept_as_well) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Plugins in Lua: every kind once, the same numbers as in C, and every way to be broken.
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
#include <sys/stat.h>
#include <unistd.h>

#include "ve_test.h"

static ve_test *t;
static ve_shelf *shelf;

static int begin(void **state) {
    (void)state;
    t = ve_test_open(NULL);
    shelf = ve_shelf_new(t->plugins, &ve_limits_default, false);
    return shelf ? 0 : 1;
}

static int end(void **state) {
    (void)state;
    ve_shelf_close(shelf);
    ve_test_close(t);
    return 0;
}

/* Load tests/lua/NAME.lua as --plugin does. */
static void load(const char *name) {
    char path[512];
    const ve_plugin *plugin;
    snprintf(path, sizeof path, "%s/tests/lua/%s.lua", VE_SOURCE_DIR, name);
    ve_code code = ve_shelf_load(shelf, path, &plugin, &t->errors);
    if (!code) code = ve_registry_add(t->registry, t->plugins, plugin, name, &t->errors);
    if (code) fail_msg("%s: %s", name, t->errors.list[0].message);
}

/* ---- the same numbers as in C ---------------------------------------------------------------------------
 */

static const char homes[] =
    "{ attributes = { income = 'CNY' }, functions = { { id = 'f', weight = 3 }, { id = 'g', weight = 2 } },\n"
    "options = { { id = 'A', cost = 2500, target = ve.cauchy { location = 10000, scale = 2000 } },\n"
    "{ id = 'B', cost = 2200, target = ve.cauchy { location = 4000, scale = 700 } } },\n"
    "survey = ve.csv { file = 's.csv' } }";

static void write_survey(void) {
    char data[60000];
    size_t used = (size_t)snprintf(data, sizeof data, "income,A_f,A_g,B_f,B_g\n");
    for (int i = 0; i < 2000; i++)
        used += (size_t)snprintf(data + used, sizeof data - used, "%d,%d,%d,%d,%d\n", 1000 + i * 7 % 15001,
                                 i % 5, i * 3 % 5, i * 7 % 4, i % 3);
    ve_test_text(t, "s.csv", data);
}

static void a_plugin_in_lua_gives_the_numbers_of_the_same_in_c(void **state) {
    (void)state;
    static const char *const column[] = { "value_index", "function_score", "effective_customers",
                                          "weight_share" };
    static const char *const option[] = { "A", "B" };
    double lua[2][4];
    load("cauchy");
    write_survey();
    if (ve_test_run(t, homes)) fail_msg("%s", t->errors.list[0].message);
    for (int i = 0; i < 2; i++)
        for (int c = 0; c < 4; c++)
            lua[i][c] = ve_test_option(t, option[i], column[c]);
    end(NULL);
    begin(NULL);
    ve_code code =
        ve_registry_load(t->registry, t->plugins, VE_BINARY_DIR "/tests/samples/cauchy.so", &t->errors);
    if (code) fail_msg("%s", t->errors.list[0].message);
    write_survey();
    assert_int_equal(ve_test_run(t, homes), VE_OK);
    for (int i = 0; i < 2; i++)
        for (int c = 0; c < 4; c++)
            assert_true(ve_test_near(lua[i][c], ve_test_option(t, option[i], column[c]), 1e-15));
}

static double near_line(double income, double age) {
    double z = (income - 9000) / 1000 - (age - 40) / 10;
    return exp(-z * z / 2);
}

static void a_joint_distribution_gets_all_columns(void **state) {
    (void)state;
    load("ridge");
    ve_code code =
        ve_test_run(t, "{ attributes = { income = 'CNY', age = 'years' }, functions = { { id = 'f' } },\n"
                       "options = { { id = 'A', cost = 1, target = ve.ridge { income = 9000, age = 40 } },\n"
                       "{ id = 'B', cost = 1 } },\n"
                       "survey = ve.answers { { income = 8000, age = 35, A = { 1 }, B = { 1 } },\n"
                       "{ income = 9500, age = 40, A = { 4 }, B = { 1 } } } }");
    if (code) fail_msg("%s", t->errors.list[0].message);
    double a = near_line(8000, 35), b = near_line(9500, 40);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"), (a + 4 * b) / (a + b), 1e-14));
    assert_true(ve_test_near(ve_test_option(t, "A", "weight_share"), (a + b) / 2, 1e-14));
}

static void more_rows_than_a_list_may_have_come_in_portions(void **state) {
    (void)state;
    enum { ROWS = 20000 };
    load("cauchy");
    char *text = malloc(64 * ROWS);
    assert_non_null(text);
    size_t used = (size_t)snprintf(text, 64, "income,A_f,B_f\n");
    for (int i = 0; i < ROWS; i++)
        used += (size_t)snprintf(text + used, 64, "%d.%d,%d,1\n", 1000 + i, i % 10, i % 5);
    ve_test_file(t, "s.csv", text, used);
    free(text);
    ve_code code =
        ve_test_run(t, "{ attributes = { income = 'CNY' }, functions = { { id = 'f' } }, options = {\n"
                       "{ id = 'A', cost = 1, target = ve.cauchy { location = 11000, scale = 1000 } },\n"
                       "{ id = 'B', cost = 1 } }, survey = ve.csv { file = 's.csv' } }");
    if (code) fail_msg("%s", t->errors.list[0].message);
    double sum = 0, weighted = 0;
    for (int i = 0; i < ROWS; i++) {
        double z = (1000 + i + i % 10 / 10.0 - 11000) / 1000, a = 1 / (1 + z * z);
        sum += a;
        weighted += a * (i % 5);
    }
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"), weighted / sum, 1e-12));
}

/* ---- every kind ------------------------------------------------------------------------------------------
 */

#define OPTIONS                                                                                              \
    "options = { { id = 'A', cost = 5, scores = { f = 9, g = 6 } }, { id = 'B', cost = 4, scores = { f = "   \
    "8, g = 2 } } }"

static void a_judgement_weighs_by_id(void **state) {
    (void)state;
    load("rank_sum");
    assert_int_equal(ve_test_run(t,
                                 "{ functions = { weights = ve.rank_sum { 'g', 'f' }, { id = 'f' }, { id = "
                                 "'g' } }, " OPTIONS " }"),
                     VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "g"), 2.0 / 3, 1e-15));
    assert_int_equal(ve_test_run(t, "{ functions = { weights = ve.rank_sum { 'g' }, { id = 'f' }, { id = 'g' "
                                    "} },\n" OPTIONS " }"),
                     VE_E_CONFLICT);
    assert_true(ve_test_told(t, VE_E_CONFLICT, 1, "name every function of this list once"));
    assert_int_equal(ve_test_run(t,
                                 "{ functions = { weights = ve.rank_sum { 'g', 'h' }, { id = 'f' }, { id = "
                                 "'g' } },\n" OPTIONS " }"),
                     VE_E_REFERENCE);
}

static void a_judgement_may_look_at_the_scores(void **state) {
    (void)state;
    load("spread");
    assert_int_equal(
        ve_test_run(t, "{ functions = { weights = ve.spread {}, { id = 'f' }, { id = 'g' } }, " OPTIONS " }"),
        VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "f"), 0.2, 1e-15));
    assert_int_equal(ve_test_run(t, "{ functions = { weights = ve.spread { base = 10 }, { id = 'f' }, { id = "
                                    "'g' } }, " OPTIONS " }"),
                     VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "f"), 11.0 / 25, 1e-15));
}

static void a_cost_takes_rows(void **state) {
    (void)state;
    load("unit_cost");
    ve_code code =
        ve_test_run(t, "{ functions = { { id = 'f' } }, options = {\n"
                       "{ id = 'A', scores = { f = 1 }, cost = ve.unit_cost { total = 100, area = 10 } },\n"
                       "{ id = 'B', scores = { f = 1 }, cost = ve.unit_cost { total = 100, area = 10,\n"
                       "extras = { { 'lift', 30 }, { what = 'door', cost = 40, share = 0.5 } } } } } }");
    if (code) fail_msg("%s", t->errors.list[0].message);
    assert_true(ve_test_near(ve_test_option(t, "A", "cost"), 10, 1e-15));
    assert_true(ve_test_near(ve_test_option(t, "B", "cost"), 15, 1e-15));
    assert_true(ve_test_near(ve_test_option(t, "B", "cost_present"), 150, 1e-15));
}

static void a_rule_decides(void **state) {
    (void)state;
    load("thrifty");
    assert_int_equal(ve_test_run(t,
                                 "{ choose = ve.thrifty { near = 0.5 }, functions = { { id = 'f' }, { id = "
                                 "'g' } }, " OPTIONS " }"),
                     VE_OK);
    assert_string_equal(ve_test_fact(t, "best"), "B");
    assert_int_equal(ve_test_run(t, "{ choose = ve.thrifty { }, functions = { { id = 'f' }, { id = 'g' } }, "
                                    "" OPTIONS " }"),
                     VE_OK);
    assert_string_equal(ve_test_fact(t, "best"), "A");
}

/* Thousands of calls may take more steps than one may. */
static void steps_are_counted_for_each_call(void **state) {
    (void)state;
    char path[512];
    const ve_plugin *plugin;
    ve_limits few = ve_limits_default;
    few.steps = 100000;
    few.seconds = 60;
    ve_shelf_close(shelf);
    shelf = ve_shelf_new(t->plugins, &few, false);
    assert_non_null(shelf);
    ve_test_text(t, "p.lua",
                 "return ve.plugin { abi = 1, kind = 'cost', name = 'slow', version = '1', summary = 's',\n"
                 "parameters = { { name = 'of', type = 'number', doc = 'd' } },\n"
                 "cost = function(p) local x = 0 for i = 1, 1000 * p.of do x = x + 1 end return x end }\n");
    snprintf(path, sizeof path, "%s/p.lua", t->folder);
    assert_int_equal(ve_shelf_load(shelf, path, &plugin, &t->errors), VE_OK);
    assert_int_equal(ve_registry_add(t->registry, t->plugins, plugin, "p.lua", &t->errors), VE_OK);
    static const char model[] = "{ functions = { { id = 'f' } }, options = { { id = 'A', cost = ve.slow { of "
                                "= 3 }, scores = { 1 } }, { id = 'B', cost = 3500, scores = { 1 } } } }";
    assert_int_equal(ve_test_study(t, model, "sweep", "vary", "options.A.cost.of=1:9:1", NULL), VE_OK);
    assert_true(ve_test_near(ve_test_number(t, "crossovers", "at", "from", "A", "to", "B", NULL), 3.5, 1e-3));
    static const char endless[] = "{ functions = { { id = 'f' } }, options = { { id = 'A', cost = ve.slow { "
                                  "of = 1e9 }, scores = { 1 } }, { id = 'B', cost = 1, scores = { 1 } } } }";
    assert_int_equal(ve_test_run(t, endless), VE_E_STEPS);
    assert_true(ve_test_told(t, VE_E_STEPS, 0, "the plugin takes more than 0.1 million steps"));
}

static void a_study_evaluates_and_tells(void **state) {
    (void)state;
    load("breakeven");
    ve_code code = ve_test_study(
        t, "{ functions = { { id = 'f', weight = 1 }, { id = 'g', weight = 1 } }, " OPTIONS " }", "breakeven",
        NULL);
    if (code) fail_msg("%s", t->errors.list[0].message);
    assert_string_equal(ve_test_fact(t, "best"), "A");
    assert_true(ve_test_near(ve_test_number(t, "breakeven", "breakeven_cost", "option", "B", NULL),
                             5 * 5 / 7.5, 1e-14));
    assert_true(ve_test_warned(t, VE_W_PLUGIN));
    assert_int_equal(t->answer.report->table[0]->marked, 0);
    assert_string_equal(t->answer.report->sentence[0],
                        "A is best; the others draw level at the costs below.");
}

static char written[8192];
static size_t written_bytes;

static void put(ve_out *out, const char *bytes, size_t length) {
    (void)out;
    assert_true(written_bytes + length < sizeof written);
    memcpy(written + written_bytes, bytes, length);
    written[written_bytes += length] = '\0';
}

static void a_report_writes(void **state) {
    (void)state;
    load("breakeven");
    load("tsv");
    assert_int_equal(
        ve_test_study(t, "{ functions = { { id = 'f' }, { id = 'g' } }, " OPTIONS " }", "breakeven", NULL),
        VE_OK);
    const ve_plugin *tsv = ve_registry_get(t->registry, VE_KIND_REPORT, "tsv");
    const ve_report_ops *ops = tsv->ops;
    ve_out out = { .put = put };
    written_bytes = 0;
    assert_int_equal(ops->report(tsv->params->defaults, t->answer.report, &out, NULL), VE_OK);
    assert_string_equal(written, "option\tcost\tbreakeven_cost\nA\t5\t5\nB\t4\t3.3333333333333\n");
}

/* ---- ve.use ----------------------------------------------------------------------------------------------
 */

#define REST                                                                                                 \
    "return ve.model { functions = { { id = 'f' }, { id = 'g' } }, choose = ve.mine {},\n" OPTIONS " }"
#define RULE(name, body)                                                                                     \
    "return ve.plugin { abi = 1, kind = 'rule', name = '" name "', version = '1', summary = 's',\n"          \
    "merit = " body " }"
#define CHEAPEST                                                                                             \
    "function(p, options) local m = {} for i, o in ipairs(options) do m[i] = -o.cost end return m end"

static void a_model_uses_plugins_of_its_folder(void **state) {
    (void)state;
    ve_test_text(t, "mine.lua", RULE("mine", CHEAPEST));
    ve_test_text(t, "part.lua", "ve.use 'mine.lua' return 'a title'");
    assert_int_equal(ve_test_run(t, "ve.use 'mine.lua'\n" REST), VE_OK);
    assert_string_equal(ve_test_fact(t, "best"), "B");
    assert_int_equal(
        ve_test_run(t, "ve.use 'mine.lua' ve.use 'mine.lua' local t = ve.include 'part.lua'\n" REST), VE_OK);
    /* a word may come before its plugin */
    assert_int_equal(ve_test_run(t, "local early = ve.mine {}\nve.use 'mine.lua'\n" REST), VE_OK);
}

static void the_command_lines_plugin_may_be_used_as_well(void **state) {
    (void)state;
    char path[512];
    const ve_plugin *plugin;
    ve_test_text(t, "mine.lua", RULE("mine", CHEAPEST));
    snprintf(path, sizeof path, "%s/mine.lua", t->folder);
    assert_int_equal(ve_shelf_load(shelf, path, &plugin, &t->errors), VE_OK);
    assert_int_equal(ve_registry_add(t->registry, t->plugins, plugin, path, &t->errors), VE_OK);
    ve_test_text(t, "model.lua", "ve.use 'mine.lua'\n" REST);
    snprintf(path, sizeof path, "%s/model.lua", t->folder);
    ve_request request = { .model = path,
                           .study = ve_registry_get(t->registry, VE_KIND_STUDY, "run"),
                           .limits = &ve_limits_default,
                           .threads = 1,
                           .shelf = shelf };
    t->code = ve_run(&request, t->registry, t->arena, &t->answer, &t->errors);
    if (t->code) fail_msg("%s", t->errors.list[0].message);
    assert_string_equal(ve_test_fact(t, "best"), "B");
}

/* What the study was handed is of no use to it afterwards. */
static void a_study_that_is_over_says_nothing(void **state) {
    (void)state;
    char path[512];
    const ve_plugin *plugin;
    ve_test_text(t, "late.lua",
                 "local kept\nreturn ve.plugin { abi = 1, kind = 'study', name = 'late', version = '1', "
                 "summary = 's',\n"
                 "check = function(p) if kept then kept.say('once more') end end,\n"
                 "study = function(p, s) kept = s s.say('once') end }");
    snprintf(path, sizeof path, "%s/late.lua", t->folder);
    assert_int_equal(ve_shelf_load(shelf, path, &plugin, &t->errors), VE_OK);
    assert_int_equal(ve_registry_add(t->registry, t->plugins, plugin, path, &t->errors), VE_OK);
    assert_int_equal(
        ve_test_study(t, "{ functions = { { id = 'f' }, { id = 'g' } }, " OPTIONS " }", "late", NULL), VE_OK);
    assert_true(ve_test_said(t, "once"));
    assert_int_not_equal(
        ve_test_study(t, "{ functions = { { id = 'f' }, { id = 'g' } }, " OPTIONS " }", "late", NULL), VE_OK);
    assert_true(ve_test_told(t, VE_E_PLUGIN_RESULT, 0, "the study is over"));
}

static void what_cannot_be_used_is_told_where_it_is_written(void **state) {
    (void)state;
    static const struct {
        const char *use;
        ve_code code;
        const char *words;
    } cases[] = {
        { "ve.use '../mine.lua'", VE_E_FILE_NAME, "" },
        { "ve.use '/mine.lua'", VE_E_FILE_NAME, "" },
        { "ve.use ''", VE_E_FILE_NAME, "" },
        { "ve.use '-'", VE_E_FILE_NAME, "" },
        { "ve.use 'none.lua'", VE_E_READ, "cannot be read: No such file" },
        { "ve.use 'folder'", VE_E_NOT_A_FILE, "this is a folder, not a file" },
        { "ve.use 'link.lua'", VE_OK, "" },
        { "ve.use()", VE_E_INCLUDE, "ve.use takes one file name" },
        { "ve.use(5)", VE_E_INCLUDE, "ve.use takes one file name" },
        { "ve.use { 'mine.lua' }", VE_E_INCLUDE, "ve.use takes one file name" },
        { "ve.use 'study.lua'", VE_E_INCLUDE, "'study.lua' is a study, which a model cannot use" },
        { "ve.use 'format.lua'", VE_E_INCLUDE, "'format.lua' is a format, which a model cannot use" },
    };
    char path[512];
    ve_test_text(t, "study.lua",
                 "return ve.plugin { abi = 1, kind = 'study', name = 'mine', version = '1', "
                 "summary = 's', study = function() end }");
    ve_test_text(t, "format.lua",
                 "return ve.plugin { abi = 1, kind = 'report', name = 'mine', version = '1', "
                 "summary = 's', report = function() return '' end }");
    snprintf(path, sizeof path, "%s/folder", t->folder);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/link.lua", t->folder);
    assert_int_equal(symlink("study.lua", path), 0);
    for (size_t i = 0; i < VE_COUNT(cases); i++) {
        char text[256];
        snprintf(text, sizeof text, "\n%s return ve.model {}", cases[i].use);
        ve_code code = ve_test_run(t, text);
        if (!code || (cases[i].code && code != cases[i].code))
            fail_msg("%s: %s", cases[i].use, t->errors.list[0].message);
        assert_true(ve_test_told(t, code, 2, cases[i].words));
    }
    snprintf(path, sizeof path, "%s/folder", t->folder);
    rmdir(path);
}

static void a_name_that_is_taken_is_told(void **state) {
    (void)state;
    ve_test_text(t, "a.lua", RULE("max_value", CHEAPEST));
    assert_int_equal(ve_test_run(t, "ve.use 'a.lua'\n" REST), VE_E_PLUGIN_TWICE);
    assert_true(ve_test_told(t, VE_E_PLUGIN_TWICE, 0, "there is already a rule plugin called 'max_value'"));
    ve_test_text(t, "a.lua", RULE("plugin", CHEAPEST));
    assert_int_equal(ve_test_run(t, "ve.use 'a.lua'\n" REST), VE_E_PLUGIN_TWICE);
    assert_true(ve_test_told(t, VE_E_PLUGIN_TWICE, 0, "a plugin may not be called 'plugin'"));
}

/* ---- descriptions that are wrong -------------------------------------------------------------------------
 */

/* The first mistake of a plugin file: "line: code message (hint)". */
static const char *fault(const char *text) {
    static char said[3 * VE_MESSAGE_BYTES];
    char path[512];
    const ve_plugin *plugin;
    ve_test_text(t, "p.lua", text);
    snprintf(path, sizeof path, "%s/p.lua", t->folder);
    t->errors.count = t->errors.dropped = 0;
    ve_code code = ve_shelf_load(shelf, path, &plugin, &t->errors);
    if (!code) code = ve_registry_add(t->registry, t->plugins, plugin, path, &t->errors);
    if (!code) return "";
    ve_errors_sort(&t->errors);
    const ve_error *e = &t->errors.list[0];
    assert_int_equal(ve_errors_status(&t->errors), ve_code_get(code)->status);
    snprintf(said, sizeof said, "%d: %s %s%s%s%s%s%s", e->at.line, ve_code_get(e->code)->id, e->path,
             e->path[0] ? ": " : "", e->message, e->hint[0] ? " (" : "", e->hint, e->hint[0] ? ")" : "");
    return said;
}

static void expect(const char *text, const char *said) {
    const char *is = fault(text);
    if (strncmp(is, said, strlen(said)) != 0 || !*said) fail_msg("%s\n is: %s\nnot: %s", text, is, said);
}

#define HEAD "return ve.plugin { abi = 1, kind = 'rule', name = 'x', version = '1', summary = 's',\n"
#define WITH_PARAMETER(p) HEAD "merit = function() end, parameters = {\n" p " } }"

static void files_that_are_no_plugin_are_told(void **state) {
    (void)state;
    expect("return ve.plugin {", "1: VE501 ");
    expect("\nlocal x = nil + 1", "2: VE508 ");
    expect("\nerror('no luck')", "2: VE508 no luck");
    expect("\nlocal x = os.time()",
           "2: VE508 plugins do not have 'os' (a plugin has what is handed to it, and "
           "answers with what it returns)");
    expect("local x = string.find('a', 'b')", "1: VE508 plugins do not have 'string.find' (use contains,");
    expect("return {}",
           "1: VE504 the file returns a plain table, not a plugin (end it with `return ve.plugin "
           "{ ... }`)");
    expect("local x = 1", "0: VE504 the file returns nothing");
    expect("return 'x'", "1: VE504 the file returns a string, not a plugin");
    expect("return ve.model {}", "1: VE504 ve.model makes a model; this file is read as a plugin");
    expect("local x = ve.normal {}",
           "1: VE504 plugins have only ve.plugin, not 've.normal' (the words of models "
           "are not known in plugins)");
    expect("\xff", "1: VE501 not UTF-8 text");
    expect("while true do end", "1: VE80");
    expect("local s = 'x' while true do s = s .. s end", "1: VE801 ");
    char path[64];
    snprintf(path, sizeof path, "%s", "/nowhere/p.lua");
    const ve_plugin *plugin;
    t->errors.count = 0;
    assert_int_equal(ve_shelf_load(shelf, path, &plugin, &t->errors), VE_E_PLUGIN_LOAD);
}

static void another_interface_is_told_with_both_numbers(void **state) {
    (void)state;
    expect("return ve.plugin { abi = 7, kinds = 1 }",
           "1: VE502 the plugin is written for interface 7, this program offers 1");
    expect("return ve.plugin { abi = 1.5 }",
           "1: VE502 the plugin is written for interface 1.5, this program offers 1");
    expect("return ve.plugin { kind = 'rule' }", "1: VE504 abi: abi is missing");
    expect("return ve.plugin { abi = '1', kind = 'rule', name = 'x', version = '1', summary = 's' }",
           "1: VE504 abi: abi must be a number, not the text '1'");
}

static void wrong_descriptions_are_told_with_their_place(void **state) {
    (void)state;
    expect(HEAD "merti = 1 }", "2: VE504 merti: unknown field 'merti' (did you mean 'merit'?)");
    expect(HEAD "}", "1: VE504 the function 'merit' is missing, which makes it a rule");
    expect("return ve.plugin { abi = 1, name = 'x', version = '1', summary = 's',\nkind = 'survey' }",
           "2: VE504 kind: kind cannot be 'survey'");
    expect("return ve.plugin { abi = 1,\nkindd = 'rule' }", "1: VE504 ");
    expect(HEAD "merit = 5 }", "2: VE504 merit must be a function, not a number");
    expect(HEAD "merit = function() end, check = 5 }", "2: VE504 check must be a function, not a number");
    expect(HEAD "merit = function() end, weigh = function() end }",
           "2: VE504 a rule has no function 'weigh' (docs/plugins.md shows one of each kind)");
    expect(HEAD "merit = function() end, joint = true }", "2: VE504 'joint' means nothing for a rule");
    expect("return ve.plugin { abi = 1, kind = 'rule', name = 'X y', version = '1', summary = 's',\n"
           "merit = function() end }",
           "0: VE504 the plugin's name is not made of lower case letters, digits and _");
    end(NULL); /* that file is known by now */
    begin(NULL);
    expect("return ve.plugin { abi = 1, kind = 'distribution', name = 'x', version = '1', summary = 's',\n"
           "log_density = function() end, parameters = { { name = 'by', type = 'text', doc = 'd' } } }",
           "0: VE504 plugin 'x': field 'by' of 'x' stands twice");
}

static void wrong_parameters_are_told_with_their_place(void **state) {
    (void)state;
    expect(WITH_PARAMETER("{ type = 'number', doc = 'd' }"), "3: VE504 parameters[1].name: name is missing");
    expect(WITH_PARAMETER("{ name = 'a', type = 'nmber', doc = 'd' }"),
           "3: VE504 parameters[1].type: type cannot be 'nmber' (did you mean 'number'?)");
    expect(WITH_PARAMETER("{ name = 'a', type = 'text' }"), "3: VE504 parameters[1].doc: doc is missing");
    expect(WITH_PARAMETER("{ name = 'a', type = 'text', doc = 'd', low = 1 }"),
           "3: VE504 parameter 'a' is no number, so it has no range");
    expect(WITH_PARAMETER("{ name = 'a', type = 'number', doc = 'd', low = 1, above = 1 }"),
           "3: VE504 parameter 'a' has two limits on the same side (keep one of them)");
    expect(WITH_PARAMETER("{ name = 'a', type = 'number', doc = 'd', low = 2, high = 1 }"),
           "3: VE504 no number lies in the range of parameter 'a'");
    expect(WITH_PARAMETER("{ name = 'a', type = 'number', doc = 'd', low = 2, default = 1 }"),
           "3: VE504 default: default must be at least 2, not 1");
    expect(WITH_PARAMETER("{ name = 'a', type = 'choice', doc = 'd' }"),
           "3: VE504 parameter 'a' has nothing to choose among (write choices = { \"a\", \"b\" })");
    expect(WITH_PARAMETER("{ name = 'a', type = 'choice', doc = 'd', choices = { 'x|y' } }"),
           "3: VE504 the choices of parameter 'a' are texts without a bar");
    expect(WITH_PARAMETER("{ name = 'a', type = 'choice', doc = 'd', choices = { 'x' }, default = 'y' }"),
           "3: VE504 default: default cannot be 'y'");
    expect(WITH_PARAMETER("{ name = 'a', type = 'text', doc = 'd', choices = { 'x' } }"),
           "3: VE504 parameter 'a' is no choice (write type = \"choice\")");
    expect(WITH_PARAMETER("{ name = 'a', type = 'integer', doc = 'd', required = false }"),
           "3: VE504 parameter 'a' may be left out, so it needs a default (write default = ...)");
    expect(WITH_PARAMETER("{ name = 'a', type = 'map', doc = 'd', default = {} }"),
           "3: VE504 parameter 'a' is of a type that has no default");
    expect(WITH_PARAMETER("{ name = 'a', type = 'rows', doc = 'd' }"),
           "3: VE504 parameter 'a' does not say what its rows hold");
    expect(
        WITH_PARAMETER("{ name = 'a', type = 'text', doc = 'd', fields = { { name = 'b', type = 'text', doc "
                       "= 'd' } } }"),
        "3: VE504 parameter 'a' is no rows, so it has no fields");
    expect(
        WITH_PARAMETER("{ name = 'a', type = 'rows', doc = 'd', fields = { { name = 'b', type = 'ids', doc "
                       "= 'd', list = true } } }"),
        "3: VE504 parameters[1].fields[1].list: unknown field 'list'");
    expect(WITH_PARAMETER("{ name = 'a', type = 'text', doc = 'd', list = true }"),
           "3: VE504 parameter 'a' cannot take the list part of the word");
    expect(WITH_PARAMETER("{ name = 'a', type = 'text', doc = 'd', rest = true }"),
           "3: VE504 parameter 'a' cannot take the other names of the word");
    expect("return ve.plugin { abi = 1, kind = 'study', name = 'x', version = '1', summary = 's', study = "
           "function() end,\nparameters = { { name = 'a', type = 'ids', doc = 'd' } } }",
           "2: VE504 parameter 'a' cannot be given on the command line");
}

/* ---- results that are wrong ------------------------------------------------------------------------------
 */

/* Run a model that uses p.lua; the first error as above, with the file's name in front. */
static const char *run_fault(const char *plugin, const char *model) {
    static char said[2 * VE_MESSAGE_BYTES];
    ve_test_text(t, "p.lua", plugin);
    if (!ve_test_run(t, model)) return "";
    const ve_error *e = &t->errors.list[0];
    const char *slash = e->at.file ? strrchr(e->at.file, '/') : NULL;
    snprintf(said, sizeof said, "%s:%d: %s %s", slash ? slash + 1 : "", e->at.line, ve_code_get(e->code)->id,
             e->message);
    return said;
}

static void expect_run(const char *plugin, const char *model, const char *said) {
    const char *is = run_fault(plugin, model);
    if (strncmp(is, said, strlen(said)) != 0 || (!*said && *is))
        fail_msg("%s\n is: %s\nnot: %s", plugin, is, said);
}

static const char rule_model[] = "ve.use 'p.lua'\n" REST;

static void wrong_merits_are_told(void **state) {
    (void)state;
    static const struct {
        const char *body, *said;
    } cases[] = {
        { "function() return { 1, 2 } end", "" },
        { "function() return { 1, false } end", "" },
        { "function() return { 1, 0/0 } end",
          "p.lua:2: VE506 plugin 'mine': merit gives no number (NaN) in place 2" },
        { "function() return { 1/0, 2 } end",
          "p.lua:2: VE506 plugin 'mine': merit gives an infinite number in place 1" },
        { "function() return { 1 } end",
          "p.lua:2: VE506 plugin 'mine': merit gives a list of 1 numbers, where 2 are wanted" },
        { "function() return { 1, 2, 3 } end",
          "p.lua:2: VE506 plugin 'mine': merit gives a list of more than 2 numbers, where 2 are wanted" },
        { "function() return { 1, 'x' } end",
          "p.lua:2: VE506 plugin 'mine': merit gives a string instead of a number in place 2" },
        { "function() return { 1, true } end",
          "p.lua:2: VE506 plugin 'mine': merit gives true or false instead of a number in place 2" },
        { "function() end", "p.lua:2: VE506 plugin 'mine': merit gives nothing instead of a list" },
        { "function() return 5 end", "p.lua:2: VE506 plugin 'mine': merit gives a number instead of a list" },
        { "function()\nerror('no luck') end", "p.lua:3: VE508 plugin 'mine': no luck" },
        { "function()\nreturn nil + 1 end", "p.lua:3: VE508 plugin 'mine': " },
        { "function()\nwhile true do end end", "p.lua:3: VE80" },
        { "function()\nlocal t = {} while true do t[#t + 1] = { 1 } end end", "p.lua:3: VE80" },
    };
    for (size_t i = 0; i < VE_COUNT(cases); i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "return ve.plugin { abi = 1, kind = 'rule', name = 'mine', version = '1', summary = 's',\n"
                 "merit = %s }",
                 cases[i].body);
        expect_run(text, rule_model, cases[i].said);
    }
}

static const char target_model[] =
    "ve.use 'p.lua' return ve.model { attributes = { income = 'CNY' }, functions = { { id = 'f' } }, options "
    "= {\n{ id = 'A', cost = 1, target = ve.mine {} }, { id = 'B', cost = 1 } },\n"
    "survey = ve.answers { { income = 8, A = { 1 }, B = { 1 } }, { income = 9, A = { 4 }, B = { 1 } } } }";

static void wrong_densities_are_told(void **state) {
    (void)state;
    static const struct {
        const char *body, *said;
    } cases[] = {
        { "log_density = function(p, x) return { 0, -math.huge } end", "" },
        { "log_density = function(p, x) return { 0, math.huge } end",
          "p.lua:2: VE506 plugin 'mine': log_density gives an infinite number for x = 9" },
        { "log_density = function(p, x) return { 0/0, 1 } end",
          "p.lua:2: VE506 plugin 'mine': log_density gives no number (NaN) for x = 8" },
        { "log_density = function(p, x) return { 0 } end",
          "p.lua:2: VE506 plugin 'mine': log_density gives a list of 1 numbers, where 2 are wanted" },
        { "log_density = function(p, x) return { 0, 0 } end, mean = function() return 'x' end",
          "p.lua:2: VE506 plugin 'mine': mean gives a string instead of a number" },
        { "log_density = function(p, x) return { 0, 0 } end, mean = function() end", "" },
        { "log_density = function(p, x) return { 0, 0 } end, log_peak = function() end",
          "p.lua:2: VE506 plugin 'mine': log_peak gives nothing" },
        { "log_density = function(p, x) return { 0, 0 } end, quantile = function(p, q) return -q end",
          "p.lua:2: VE506 plugin 'mine': quantile falls from -0.05 to -0.5 where the share grows to 0.5" },
        { "log_density = function(p, x) return { 0, 0 } end, check = function() return 'too wide', 'by' end",
          "model.lua:2: VE312 too wide" },
        { "log_density = function(p, x) return { 0, 0 } end, check = function() return 5 end",
          "p.lua:2: VE506 plugin 'mine': check gives a number instead of a text" },
        { "joint = true, log_density = function(p, x) return { 0, 0 } end, mean = function() return { size = "
          "1 "
          "} end",
          "p.lua:2: VE506 plugin 'mine': mean gives a number for 'size', which is none of them" },
        { "joint = true, log_density = function(p, x) return { 0, 0/0 } end",
          "p.lua:2: VE506 plugin 'mine': log_density gives no number (NaN) for the customer with income = "
          "9" },
    };
    for (size_t i = 0; i < VE_COUNT(cases); i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "return ve.plugin { abi = 1, kind = 'distribution', name = 'mine', version = '1', summary = "
                 "'s',\n%s }",
                 cases[i].body);
        expect_run(text, target_model, cases[i].said);
    }
}

static const char judged_model[] = "ve.use 'p.lua' return ve.model { functions = { weights = ve.mine {}, { "
                                   "id = 'f' }, { id = 'g' } },\n" OPTIONS " }";

static void wrong_weights_are_told(void **state) {
    (void)state;
    static const struct {
        const char *body, *said;
    } cases[] = {
        { "return { 1, 2 }", "" },
        { "return { g = 1, f = 0 }, { consistency_ratio = 0.05, note = 'n' }", "" },
        { "return { g = 1 }", "p.lua:2: VE506 plugin 'mine': weigh gives nothing for 'f'" },
        { "return { g = 1, f = 1, h = 1 }",
          "p.lua:2: VE506 plugin 'mine': weigh gives a number for 'h', which is none of them" },
        { "return { 1, -2 }", "p.lua:2: VE506 plugin 'mine': weigh gives -2, a negative weight, for 'g'" },
        { "return { 1, 0/0 }", "p.lua:2: VE506 plugin 'mine': weigh gives no number (NaN) for 'g'" },
        { "return { 1, 2 }, 5", "p.lua:2: VE506 plugin 'mine': weigh gives a number after the weights" },
        { "return { 1, 2 }, { note = '\\27' }",
          "p.lua:2: VE506 plugin 'mine': weigh gives as note what is no text to be shown: it contains" },
        { "return { 0, 0 }", "model.lua:1: VE313 all weights of ve.mine are zero" },
    };
    for (size_t i = 0; i < VE_COUNT(cases); i++) {
        char text[512];
        snprintf(
            text, sizeof text,
            "return ve.plugin { abi = 1, kind = 'judgement', name = 'mine', version = '1', summary = 's',\n"
            "weigh = function(p, subjects) %s end }",
            cases[i].body);
        expect_run(text, judged_model, cases[i].said);
    }
}

static void wrong_costs_are_told(void **state) {
    (void)state;
    static const struct {
        const char *body, *said;
    } cases[] = {
        { "5", "" },
        { "{ cost = 5, annual = 2 }", "" },
        { "-5", "p.lua:2: VE506 plugin 'mine': cost gives -5, a negative cost" },
        { "nil", "p.lua:2: VE506 plugin 'mine': cost gives nothing" },
        { "1/0", "p.lua:2: VE506 plugin 'mine': cost gives an infinite number" },
        { "{ present = 5 }", "p.lua:2: VE506 plugin 'mine': cost gives nothing as cost" },
        { "{ cost = 5, present = 'x' }",
          "p.lua:2: VE506 plugin 'mine': cost gives a string instead of a number as present" },
    };
    for (size_t i = 0; i < VE_COUNT(cases); i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "return ve.plugin { abi = 1, kind = 'cost', name = 'mine', version = '1', summary = 's',\n"
                 "cost = function(p) return %s end }",
                 cases[i].body);
        expect_run(
            text,
            "ve.use 'p.lua' return ve.model { functions = { { id = 'f' } }, options = {\n"
            "{ id = 'A', cost = ve.mine {}, scores = { f = 1 } }, { id = 'B', cost = 1, scores = { f = 1 "
            "} } } }",
            cases[i].said);
    }
}

/* ---- studies and reports that go wrong -------------------------------------------------------------------
 */

static const char *study_fault(const char *body) {
    static char said[2 * VE_MESSAGE_BYTES], text[1024];
    snprintf(text, sizeof text,
             "return ve.plugin { abi = 1, kind = 'study', name = 'mine', version = '1', summary = 's',\n"
             "study = function(p, s)\n%s end }",
             body);
    end(NULL);
    begin(NULL);
    if (*fault(text)) return fault(text);
    if (!ve_test_study(t, "{ functions = { { id = 'f' }, { id = 'g' } }, " OPTIONS " }", "mine", NULL))
        return "";
    const ve_error *e = &t->errors.list[0];
    snprintf(said, sizeof said, "%d: %s %s (%s)", e->at.line, ve_code_get(e->code)->id, e->message, e->hint);
    return said;
}

static void expect_study(const char *body, const char *said) {
    const char *is = study_fault(body);
    if (strncmp(is, said, strlen(said)) != 0 || (!*said && *is))
        fail_msg("%s\n is: %s\nnot: %s", body, is, said);
}

static void a_study_sees_the_case(void **state) {
    (void)state;
    expect_study(
        "local o = s.outline assert(o.options[1].id == 'A' and o.options.B.name == 'B')\n"
        "assert(o.functions.f.leaf and o.functions[2].id == 'g' and o.functions.f.method == 'equal')\n"
        "assert(o.customers == 0 and not o.positioned and o.aggregate == 'mean')",
        "");
    expect_study("local e = s.evaluate() assert(e.options.A.weight.f == 0.5 and e.options.B.score.g == 2)\n"
                 "assert(e.options.A.rank == 1 and e.options.A.feasible and e.best == 'A' and not "
                 "e.options.A.cost_present)\n"
                 "for i = 1, 50 do s.evaluate { aggregate = 'peak', positioned = false } end",
                 "");
}

static void wrong_calls_of_a_study_are_told(void **state) {
    (void)state;
    expect_study("s.sya('x')", "3: VE508 plugin 'mine': plugins do not have 's.sya' (did you mean 's.say'?)");
    expect_study("s.say()", "3: VE506 plugin 'mine': 0 arguments instead of 1 (write s.say(\"...\"))");
    expect_study("s.say(5)",
                 "3: VE506 plugin 'mine': a sentence must be a text that can be shown: it is a number");
    expect_study("s.say('\\27[2J')",
                 "3: VE506 plugin 'mine': a sentence must be a text that can be shown: it contains a ");
    expect_study("s.evaluate { agregate = 'mean' }",
                 "3: VE508 plugin 'mine': unknown field 'agregate' (did you mean 'aggregate'?)");
    expect_study("s.evaluate { aggregate = 'median' }",
                 "3: VE508 plugin 'mine': aggregate cannot be 'median'");
    expect_study("s.fact('x', 1/0)", "3: VE506 plugin 'mine': a fact is infinite");
    expect_study("s.fact('x', {})",
                 "3: VE506 plugin 'mine': a fact must be a text that can be shown: it is a table");
    expect_study("s.table { key = 'x' }", "3: VE508 plugin 'mine': columns is missing");
    expect_study("s.table { key = 'x', columns = {} }",
                 "3: VE506 plugin 'mine': a table has 1 to 1024 columns, not 0");
    expect_study("s.row(1, {})",
                 "3: VE506 plugin 'mine': there is no such table (hand on what s.table gave)");
    expect_study("local t = s.table { key = 'x', columns = { { key = 'cost' } } }\ns.row(t, { csot = 1 })",
                 "4: VE506 plugin 'mine': the table has no column 'csot' (did you mean 'cost'?)");
    expect_study("local t = s.table { key = 'x', columns = { { key = 'cost' } } }\ns.mark(t, 1)",
                 "4: VE506 plugin 'mine': the table has no such row");
    expect_study("local t = s.table { key = 'x', columns = { { key = 'cost' } } }\ns.row(t, 5)",
                 "4: VE506 plugin 'mine': a row is a table, not a number");
    expect_study("while true do s.say('x') end", "3: VE80");
}

static ve_errors told; /* by a report, through its services */

static ve_code tell_at(const ve_services *services, ve_code code, ve_place at, const char *hint,
                       const char *format, ...) {
    (void)services;
    va_list args;
    va_start(args, format);
    ve_fail_v(&told, code, at, NULL, format, args);
    va_end(args);
    if (hint) ve_hint(&told, "%s", hint);
    return code;
}

static void wrong_reports_are_told(void **state) {
    (void)state;
    static const struct {
        const char *body, *said;
    } cases[] = {
        { "'fine\\r\\n\\tyes\\n'", NULL },
        { "nil", "plugin 'mine': report gives nothing instead of a text" },
        { "5", "plugin 'mine': report gives a number instead of a text" },
        { "'a\\n\\27[2J'", "plugin 'mine': report gives a text that may not be shown, in its line 2: " },
        { "'a\\255'", "plugin 'mine': report gives a text that is not UTF-8, in its line 1" },
    };
    const ve_services services = { .fail_at = tell_at };
    const ve_report nothing = { .study = "run", .model_file = "m", .title = "t" };
    for (size_t i = 0; i < VE_COUNT(cases); i++) {
        char text[512];
        ve_out out = { .put = put };
        snprintf(text, sizeof text,
                 "return ve.plugin { abi = 1, kind = 'report', name = 'mine', version = '1', summary = 's',\n"
                 "report = function(p, r) return %s end }",
                 cases[i].body);
        end(NULL);
        begin(NULL);
        assert_string_equal(fault(text), "");
        const ve_plugin *plugin = ve_registry_get(t->registry, VE_KIND_REPORT, "mine");
        told.count = 0;
        written_bytes = 0;
        ve_code code =
            ((const ve_report_ops *)plugin->ops)->report(plugin->params->defaults, &nothing, &out, &services);
        assert_int_equal(code, cases[i].said ? VE_E_PLUGIN_RESULT : VE_OK);
        if (cases[i].said && strncmp(told.list[0].message, cases[i].said, strlen(cases[i].said)) != 0)
            fail_msg("%s: %s", cases[i].body, told.list[0].message);
        assert_int_equal(written_bytes > 0, !cases[i].said);
    }
}

static void a_failure_that_could_not_be_told_is_told_in_the_end(void **state) {
    (void)state;
    const ve_plugin *plugin;
    char path[512];
    ve_test_text(
        t, "p.lua",
        "return ve.plugin { abi = 1, kind = 'distribution', name = 'mine', version = '1', summary = 's',\n"
        "log_density = function(p, x) return {} end,\nquantile = function(p, q) return 0/0 end }");
    snprintf(path, sizeof path, "%s/p.lua", t->folder);
    assert_int_equal(ve_shelf_load(shelf, path, &plugin, &t->errors), VE_OK);
    const ve_distribution_ops *ops = plugin->ops;
    assert_true(isnan(ops->quantile(plugin->params->defaults, 0.3)));
    assert_true(isnan(ops->quantile(plugin->params->defaults, 0.4)));
    assert_int_equal(ve_shelf_failure(shelf, &t->errors), VE_E_PLUGIN_RESULT);
    assert_string_equal(t->errors.list[0].message, "plugin 'mine': quantile gives no number (NaN)");
    assert_int_equal(t->errors.list[0].at.line, 3);
    assert_int_equal(ve_shelf_failure(shelf, &t->errors), VE_OK);
    assert_int_equal(ve_shelf_failure(NULL, &t->errors), VE_OK);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_plugin_in_lua_gives_the_numbers_of_the_same_in_c),
        TEST(a_joint_distribution_gets_all_columns),
        TEST(more_rows_than_a_list_may_have_come_in_portions),
        TEST(a_judgement_weighs_by_id),
        TEST(a_judgement_may_look_at_the_scores),
        TEST(a_cost_takes_rows),
        TEST(a_rule_decides),
        TEST(steps_are_counted_for_each_call),
        TEST(a_study_evaluates_and_tells),
        TEST(a_report_writes),
        TEST(a_model_uses_plugins_of_its_folder),
        TEST(the_command_lines_plugin_may_be_used_as_well),
        TEST(what_cannot_be_used_is_told_where_it_is_written),
        TEST(a_study_that_is_over_says_nothing),
        TEST(a_name_that_is_taken_is_told),
        TEST(files_that_are_no_plugin_are_told),
        TEST(another_interface_is_told_with_both_numbers),
        TEST(wrong_descriptions_are_told_with_their_place),
        TEST(wrong_parameters_are_told_with_their_place),
        TEST(wrong_merits_are_told),
        TEST(wrong_densities_are_told),
        TEST(wrong_weights_are_told),
        TEST(wrong_costs_are_told),
        TEST(a_study_sees_the_case),
        TEST(wrong_calls_of_a_study_are_told),
        TEST(wrong_reports_are_told),
        TEST(a_failure_that_could_not_be_told_is_told_in_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

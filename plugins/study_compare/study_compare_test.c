/* Scenarios beside the base, what they change, and what drives it: against runs of each scenario, closed
 * forms and a computation of our own over all orders. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kinds.h"
#include "ve_test_fixture.h"

/* ---- looking --------------------------------------------------------------------------------------- */

static void compare(const char *model) {
    assert_int_equal(ve_test_study(t, model, "compare", NULL), VE_OK);
}

static double value(const char *scenario, const char *option) {
    return ve_test_number(t, "scenarios", "value_index", "scenario", scenario, "option", option, NULL);
}

/* The rows of the base come first. */
static double base_value(const char *option) {
    return ve_test_number(t, "scenarios", "value_index", "option", option, NULL);
}

static double part(const char *scenario, const char *option, const char *path) {
    return ve_test_number(t, "drivers", "value_index_change", "scenario", scenario, "option", option, "path",
                          path, NULL);
}

static double part_error(const char *scenario, const char *option, const char *path) {
    return ve_test_number(t, "drivers", "value_index_change_error", "scenario", scenario, "option", option,
                          "path", path, NULL);
}

static const ve_table *table_of(const char *key) {
    for (size_t i = 0; i < t->answer.report->tables; i++)
        if (strcmp(t->answer.report->table[i]->key, key) == 0) return t->answer.report->table[i];
    fail_msg("there is no table %s", key);
    return NULL;
}

/* Changes of a scenario as "path: from -> to", one a line. */
static const char *changes(const char *scenario) {
    static char text[4096];
    const ve_table *table = table_of("changes");
    size_t used = 0;
    text[0] = '\0';
    for (size_t r = 0; r < table->rows; r++) {
        const ve_cell *cell = table->cell + r * table->columns;
        if (strcmp(cell[0].text, scenario) != 0) continue;
        used += (size_t)snprintf(text + used, sizeof text - used, "%s:", cell[4].text);
        for (int c = 2; c <= 3; c++)
            if (cell[c].kind == VE_CELL_NUMBER)
                used += (size_t)snprintf(text + used, sizeof text - used, " %.12g", cell[c].number);
            else
                used += (size_t)snprintf(text + used, sizeof text - used, " %s",
                                         cell[c].kind == VE_CELL_TEXT      ? cell[c].text
                                         : cell[c].kind == VE_CELL_BOOLEAN ? "truth"
                                                                           : "-");
        used += (size_t)snprintf(text + used, sizeof text - used, "\n");
    }
    return text;
}

/* Parts of an option add up to its whole change. */
static double sum_of_parts(const char *scenario, const char *option) {
    const ve_table *table = table_of("drivers");
    double sum = 0;
    for (size_t r = 0; r < table->rows; r++) {
        const ve_cell *cell = table->cell + r * table->columns;
        if (strcmp(cell[0].text, scenario) == 0 && strcmp(cell[1].text, option) == 0) sum += cell[3].number;
    }
    return sum;
}

static void is(double x, double wanted) {
    assert_true(ve_test_near(x, wanted, 1e-12));
}

/* ---- side by side ---------------------------------------------------------------------------------- */

#define KETTLES                                                                                              \
    "functions = { { id = 'boil', name = 'Boils fast', weight = 3 }, { id = 'look', name = 'Looks good', "   \
    "weight = 1 } },\n"                                                                                      \
    "options = { { id = 'A', name = 'Steel', cost = 40, scores = { 4, 2 } },\n"                              \
    "            { id = 'B', name = 'Glass', cost = 30, scores = { 2, 4 } } }, scale = { 0, 4 }"

static void every_scenario_is_its_run(void **state) {
    (void)state;
    static const char model[] = "{ " KETTLES ", scenarios = {\n"
                                "{ name = 'dear', set = { ['options.A.cost'] = 48 } },\n"
                                "{ name = 'even', set = { ['functions.look.weight'] = 2 } },\n"
                                "{ name = 'clay', change = function(m) m.options[3] =\n"
                                "  { id = 'C', name = 'Clay', cost = 20, scores = { 3, 3 } } end } } }";
    static const char *const scenario[] = { "dear", "even", "clay" }, *const option[] = { "A", "B", "C" };
    double wanted[3][3], rank[3][3];
    for (int s = 0; s < 3; s++) {
        t->scenario = scenario[s];
        assert_int_equal(ve_test_run(t, model), VE_OK);
        for (int o = 0; o < (s == 2 ? 3 : 2); o++) {
            wanted[s][o] = ve_test_option(t, option[o], "value_index");
            rank[s][o] = ve_test_option(t, option[o], "rank");
        }
    }
    t->scenario = NULL;
    compare(model);
    for (int s = 0; s < 3; s++)
        for (int o = 0; o < (s == 2 ? 3 : 2); o++) {
            is(value(scenario[s], option[o]), wanted[s][o]);
            is(ve_test_number(t, "scenarios", "rank", "scenario", scenario[s], "option", option[o], NULL),
               rank[s][o]);
        }
    assert_string_equal(ve_test_fact(t, "best"), "A");
    assert_true(ve_test_said(t, "Steel is best as the model stands, and in 0 of 3 scenarios."));
    assert_true(ve_test_said(t, "In 'clay' Clay becomes best, which is not among the options of the base."));
}

static void one_scenario_alone(void **state) {
    (void)state;
    t->scenario = "dear";
    compare("{ " KETTLES ", scenarios = { { name = 'dear', set = { ['options.A.cost'] = 48 } },\n"
            "{ name = 'x', set = { ['options.A.cost'] = 49 } } } }");
    assert_string_equal(changes("x"), "");
    assert_string_equal(changes("dear"), "options.A.cost: 40 48\n");
    assert_true(ve_test_said(t, "Steel is best as the model stands, but not in 'dear'."));
    t->scenario = "deer";
    assert_int_equal(ve_test_study(t, "{ " KETTLES " }", "compare", NULL), VE_E_SCENARIO);
}

static void says_why(void **state) {
    (void)state;
    compare("{ " KETTLES ", scenarios = { { name = 'dear', set = { ['options.A.cost'] = 48 } } } }");
    assert_true(ve_test_said(t, "In 'dear' Glass becomes best: cost of Steel (40 -> 48) takes 0.073 from the "
                                "value index of Steel and adds 0.111 to that of Glass."));
    compare("{ functions = { { id = 'boil', weight = 3 }, { id = 'look', weight = 1 } },\n"
            "options = { { id = 'A', cost = 40, scores = { 4, 2 } }, { id = 'B', cost = 30, scores = { 2, 4 "
            "} } },\n"
            "scenarios = { { name = 'gate', change = function(m) m.functions.look.minimum = 3 end },\n"
            "  { name = 'none', change = function(m) m.functions.look.minimum = 5 end },\n"
            "  { name = 'left', change = function(m) m.options = { m.options.B,\n"
            "     { id = 'C', cost = 50, scores = { 1, 1 } } } end } } }");
    assert_true(ve_test_said(t, "In 'gate' B becomes best: A does not pass its gates there."));
    assert_true(ve_test_said(t, "In 'none' no option can be chosen."));
    assert_true(ve_test_said(t, "In 'left' B becomes best: A is not there."));
}

/* ---- what changes ---------------------------------------------------------------------------------- */

static void write_survey(const char *name) {
    ve_test_text(t, name, "income,A_f,A_g,B_f,B_g\n1000,1,2,3,3\n3000,2,2,3,2\n5000,3,4,2,2\n9000,4,4,1,2\n");
}

#define HOMES                                                                                                \
    "attributes = { income = 'CNY' }, scale = { 0, 4 },\n"                                                   \
    "functions = { { id = 'f', name = 'Floor', weight = 5 }, { id = 'g', name = 'Quiet', weight = 3 } },\n"  \
    "options = { { id = 'A', name = 'High', cost = 50, target = ve.normal { mean = 6000, sd = 3000 } },\n"   \
    "            { id = 'B', name = 'Middle', cost = 45 } }, target = ve.normal { mean = 3000 },\n"          \
    "survey = ve.csv { file = 's.csv', scores = '{option}_{function}' }"

static void numbers_words_and_weights(void **state) {
    (void)state;
    write_survey("s.csv");
    compare("{ title = 'Homes', " HOMES ", scenarios = {\n"
            "{ name = 'numbers', set = { ['options.A.cost'] = 55, ['options.A.target.mean'] = 7000,\n"
            "  ['functions.g.weight'] = 4, ['options.B.target.mean'] = 2500, ['scale.2'] = 5 } },\n"
            "{ name = 'words', change = function(m)\n"
            "  m.options.A.target = ve.lognormal { median = 6000, spread = 2 }; m.aggregate = 'peak'\n"
            "  m.title = 'Other'; m.options.A.name = 'Highest' end } } }");
    assert_string_equal(changes("numbers"), "scale.2: 4 5\n"
                                            "functions.g.weight: 3 4\n"
                                            "options.A.cost: 50 55\n"
                                            "options.A.target.mean: 6000 7000\n"
                                            "options.B.target.mean: 3000 2500\n");
    assert_string_equal(changes("words"), "title: Homes Other\n"
                                          "options.A.name: High Highest\n"
                                          "options.A.target: ve.normal { mean = 6000, sd = 3000 } "
                                          "ve.lognormal { median = 6000, spread = 2 }\n"
                                          "aggregate: - peak\n");
    is(sum_of_parts("words", "A"), value("words", "A") - base_value("A"));
    is(sum_of_parts("numbers", "B"), value("numbers", "B") - base_value("B"));
    assert_string_equal(
        ve_test_word(t, "changes", "label", "scenario", "numbers", "path", "options.A.target.mean", NULL),
        "target mean of High");
}

static void texts_lists_and_records(void **state) {
    (void)state;
    write_survey("s.csv");
    write_survey("t.csv");
    compare(
        "{ " HOMES ", scenarios = {\n"
        "{ name = 'data', change = function(m) m.survey.file = 't.csv' end },\n"
        "{ name = 'cost', change = function(m) m.options.B.cost = ve.life_cycle { initial = 40, annual = 1, "
        "years = 9, rate = 0.05 } end },\n"
        "{ name = 'judged', change = function(m) m.functions.f.weight = nil; m.functions.g.weight = nil\n"
        "  m.functions.weights = ve.direct { f = 1, g = 1 } end } } }");
    assert_string_equal(changes("data"), "survey.file: s.csv t.csv\n");
    assert_string_equal(changes("cost"), "options.B.cost: 45 ve.life_cycle { initial = 40, annual = 1, years "
                                         "= 9, rate = 0.05 }\n");
    assert_string_equal(changes("judged"), "functions.f.weight: 5 -\n"
                                           "functions.g.weight: 3 -\n"
                                           "functions.weights: - ve.direct { f = 1, g = 1 }\n");
    is(part("data", "A", "survey.file"), 0);
    assert_true(ve_test_warned(t, VE_W_JOINT)); /* weights here and there exclude each other */
    is(part("judged", "A", "functions.f.weight, functions.g.weight, functions.weights"),
       value("judged", "A") - base_value("A"));
}

static void nothing_changes(void **state) {
    (void)state;
    compare("{ " KETTLES ", scenarios = { { name = 'same', set = { ['options.A.cost'] = 40 } } } }");
    assert_string_equal(changes("same"), "");
    assert_true(ve_test_warned_of(t, VE_W_SAME, "'same' changes nothing: every value is as in the base"));
    assert_true(ve_test_said(t, "Steel is best as the model stands, and in 'same'."));
}

/* ---- what drives it: our own way ------------------------------------------------------------------- */

enum { OPTIONS = 7, LEAVES = 3, PLAYERS = 14 };

/* A model of costs, scores and weights, and what a scenario makes of it, one number after the other. */
typedef struct made {
    size_t options, players;
    double cost[2][OPTIONS], score[2][OPTIONS][LEAVES], weight[2][LEAVES];
    int kind[PLAYERS]; /* 0 cost, 1 score, 2 weight */
    size_t option[PLAYERS], leaf[PLAYERS];
} made;

static unsigned state_of_random;

static double drawn(double low, double high) {
    state_of_random = state_of_random * 1664525u + 1013904223u;
    return low + (high - low) * (double)(state_of_random >> 8) / (double)(1u << 24);
}

static void make(made *m, unsigned seed, size_t options) {
    state_of_random = seed;
    *m = (made){ .options = options };
    for (size_t i = 0; i < options; i++) {
        m->cost[0][i] = m->cost[1][i] = drawn(10, 50);
        for (size_t k = 0; k < LEAVES; k++)
            m->score[0][i][k] = m->score[1][i][k] = drawn(1, 4);
    }
    for (size_t k = 0; k < LEAVES; k++)
        m->weight[0][k] = m->weight[1][k] = drawn(1, 5);
}

static void change_number(made *m, int kind, size_t option, size_t leaf) {
    size_t p = m->players++;
    m->kind[p] = kind;
    m->option[p] = option;
    m->leaf[p] = leaf;
    if (kind == 0) m->cost[1][option] = drawn(10, 50);
    if (kind == 1) m->score[1][option][leaf] = drawn(1, 4);
    if (kind == 2) m->weight[1][leaf] = drawn(1, 5);
}

/* Value index of an option where the players in `set` have changed their numbers. */
static double value_of(const made *m, size_t set, size_t option) {
    made x = *m;
    double function[OPTIONS], functions = 0, costs = 0;
    for (size_t p = 0; p < m->players; p++) {
        size_t now = set >> p & 1, o = m->option[p], k = m->leaf[p];
        if (m->kind[p] == 0) x.cost[0][o] = m->cost[now][o];
        if (m->kind[p] == 1) x.score[0][o][k] = m->score[now][o][k];
        if (m->kind[p] == 2) x.weight[0][k] = m->weight[now][k];
    }
    double total = x.weight[0][0] + x.weight[0][1] + x.weight[0][2];
    for (size_t i = 0; i < m->options; i++) {
        function[i] = 0;
        for (size_t k = 0; k < LEAVES; k++)
            function[i] += x.weight[0][k] / total * x.score[0][i][k];
        functions += function[i];
        costs += x.cost[0][i];
    }
    return function[option] / functions / (x.cost[0][option] / costs);
}

/* Player by player in every order that begins with `done`, `orders` of them behind each choice. */
static void every_order(const made *m, size_t set, double orders, size_t option, double *part) {
    size_t left = m->players;
    for (size_t p = 0; p < m->players; p++)
        left -= set >> p & 1;
    for (size_t p = 0; p < m->players; p++) {
        if (set >> p & 1) continue;
        size_t with = set | (size_t)1 << p;
        part[p] += orders / (double)left * (value_of(m, with, option) - value_of(m, set, option));
        every_order(m, with, orders / (double)left, option, part);
    }
}

static size_t put_numbers(const made *m, char *room, size_t bytes) {
    size_t used = (size_t)snprintf(room, bytes, "{ functions = {");
    for (size_t k = 0; k < LEAVES; k++)
        used += (size_t)snprintf(room + used, bytes - used, "{ id = 'f%zu', weight = %.17g }, ", k,
                                 m->weight[0][k]);
    used += (size_t)snprintf(room + used, bytes - used, "}, options = {");
    for (size_t i = 0; i < m->options; i++)
        used += (size_t)snprintf(room + used, bytes - used,
                                 "{ id = 'o%zu', cost = %.17g, scores = { f0 = %.17g, f1 = %.17g, f2 = %.17g "
                                 "} },\n",
                                 i, m->cost[0][i], m->score[0][i][0], m->score[0][i][1], m->score[0][i][2]);
    return used + (size_t)snprintf(room + used, bytes - used,
                                   "}, scenarios = { { name = 's', change = "
                                   "function(m)\n");
}

static void path_of(const made *m, size_t p, char path[40]) {
    if (m->kind[p] == 0) snprintf(path, 40, "options.o%zu.cost", m->option[p]);
    if (m->kind[p] == 1) snprintf(path, 40, "options.o%zu.scores.f%zu", m->option[p], m->leaf[p]);
    if (m->kind[p] == 2) snprintf(path, 40, "functions.f%zu.weight", m->leaf[p]);
}

static const char *text_of(const made *m) {
    static char room[8192];
    char path[40];
    size_t used = put_numbers(m, room, sizeof room);
    for (size_t p = 0; p < m->players; p++) {
        double to = m->kind[p] == 0   ? m->cost[1][m->option[p]]
                    : m->kind[p] == 1 ? m->score[1][m->option[p]][m->leaf[p]]
                                      : m->weight[1][m->leaf[p]];
        path_of(m, p, path);
        used += (size_t)snprintf(room + used, sizeof room - used, "m.%s = %.17g\n", path, to);
    }
    snprintf(room + used, sizeof room - used, "end } } }");
    return room;
}

static void two_changes_in_closed_form(void **state) {
    (void)state;
    made m;
    make(&m, 7, 2);
    change_number(&m, 0, 0, 0);
    change_number(&m, 0, 1, 0);
    compare(text_of(&m));
    double none = value_of(&m, 0, 0), first = value_of(&m, 1, 0), second = value_of(&m, 2, 0),
           both = value_of(&m, 3, 0);
    is(part("s", "o0", "options.o0.cost"), (first - none + both - second) / 2);
    is(part("s", "o0", "options.o1.cost"), (second - none + both - first) / 2);
    assert_true(isnan(part_error("s", "o0", "options.o0.cost")));
}

static void parts_are_those_of_all_orders(void **state) {
    (void)state;
    for (unsigned seed = 1; seed <= 10; seed++) {
        made m;
        char path[40], option[8];
        make(&m, seed, 3);
        change_number(&m, 0, 0, 0);
        change_number(&m, 0, 2, 0);
        change_number(&m, 1, 0, 1);
        change_number(&m, 1, 1, 2);
        change_number(&m, 2, 0, 0);
        change_number(&m, 2, 0, 1);
        compare(text_of(&m));
        for (size_t o = 0; o < 3; o++) {
            double wanted[PLAYERS] = { 0 };
            every_order(&m, 0, 1, o, wanted);
            snprintf(option, sizeof option, "o%zu", o);
            for (size_t p = 0; p < m.players; p++) {
                path_of(&m, p, path);
                is(part("s", option, path), wanted[p]);
            }
            is(sum_of_parts("s", option), value("s", option) - base_value(option));
        }
    }
}

static void equals_get_the_same(void **state) {
    (void)state;
    compare("{ functions = { { id = 'f' }, { id = 'g' } }, options = {\n"
            "{ id = 'A', cost = 10, scores = { 2, 2 } }, { id = 'B', cost = 12, scores = { 3, 1 } } },\n"
            "scenarios = { { name = 's', set = { ['options.A.scores.f'] = 3, ['options.A.scores.g'] = 3,\n"
            "  ['options.B.cost'] = 11 } } } }");
    is(part("s", "A", "options.A.scores.f"), part("s", "A", "options.A.scores.g"));
    is(part("s", "B", "options.A.scores.f"), part("s", "B", "options.A.scores.g"));
    assert_true(part("s", "A", "options.A.scores.f") > 0.1);
}

/* ---- from random orders ---------------------------------------------------------------------------- */

static void make_many(made *m) {
    make(m, 99, OPTIONS);
    for (size_t o = 0; o < OPTIONS; o++) {
        change_number(m, 0, o, 0);
        change_number(m, 1, o, o % LEAVES);
    }
}

/* Exact parts of the first option, by subsets. */
static void exact_parts(const made *m, double *part) {
    size_t n = m->players;
    double *known = malloc(sizeof *known << n), share[PLAYERS];
    assert_non_null(known);
    for (size_t set = 0; set < (size_t)1 << n; set++)
        known[set] = value_of(m, set, 0);
    for (size_t s = 0; s < n; s++)
        share[s] = tgamma((double)s + 1) * tgamma((double)(n - s)) / tgamma((double)n + 1);
    for (size_t set = 0; set < (size_t)1 << n; set++)
        for (size_t p = 0; p < n; p++)
            if (!(set >> p & 1))
                part[p] += share[__builtin_popcountl(set)] * (known[set | (size_t)1 << p] - known[set]);
    free(known);
}

static void drawn_orders_come_near(void **state) {
    (void)state;
    made m;
    double wanted[PLAYERS] = { 0 }, once[PLAYERS];
    char path[40];
    make_many(&m);
    exact_parts(&m, wanted);
    assert_int_equal(ve_test_study(t, text_of(&m), "compare", "draws", "400", NULL), VE_OK);
    for (size_t p = 0; p < PLAYERS; p++) {
        path_of(&m, p, path);
        double error = part_error("s", "o0", path);
        once[p] = part("s", "o0", path);
        if (fabs(once[p] - wanted[p]) > 4 * error + 1e-12)
            fail_msg("%s: %.6f +- %.6f, not %.6f", path, once[p], error, wanted[p]);
        assert_true(error < 0.02);
    }
    is(sum_of_parts("s", "o0"), value("s", "o0") - base_value("o0"));
    t->threads = 3;
    assert_int_equal(ve_test_study(t, text_of(&m), "compare", "draws", "400", "seed", "1", NULL), VE_OK);
    for (size_t p = 0; p < PLAYERS; p++)
        path_of(&m, p, path), assert_true(part("s", "o0", path) == once[p]);
    assert_int_equal(ve_test_study(t, text_of(&m), "compare", "draws", "400", "seed", "2", NULL), VE_OK);
    path_of(&m, 0, path);
    assert_true(part("s", "o0", path) != once[0]);
}

static void draws_are_checked(void **state) {
    (void)state;
    assert_int_equal(ve_test_study(t, "{ " KETTLES " }", "compare", "draws", "1", NULL), VE_E_RANGE);
    assert_true(ve_test_told(t, VE_E_ARGUMENT, 0, "draws"));
    assert_int_equal(ve_test_study(t, "{ " KETTLES " }", "compare", "seed", "-1", NULL), VE_E_RANGE);
    assert_true(ve_test_told(t, VE_E_ARGUMENT, 0, "seed"));
}

/* ---- changes that only work together --------------------------------------------------------------- */

static void a_new_function_needs_its_scores(void **state) {
    (void)state;
    compare(
        "{ " KETTLES ", scenarios = { { name = 's', change = function(m)\n"
        "m.functions[3] = { id = 'safe', weight = 2 }; m.options.A.scores[3] = 4; m.options.B.scores[3] = 1\n"
        "m.options.A.cost = 44 end } } }");
    static const char joint[] = "functions.safe, options.A.scores, options.B.scores";
    assert_true(ve_test_warned(t, VE_W_JOINT));
    is(part("s", "A", joint) + part("s", "A", "options.A.cost"), value("s", "A") - base_value("A"));
    assert_true(part("s", "A", "options.A.cost") < 0 && part("s", "A", joint) > 0);
}

/* Two orders of the same functions and scores by position: what is in between would mean something else. */
static void order_counts(void **state) {
    (void)state;
    compare("{ functions = { { id = 'f', weight = 1 }, { id = 'g', weight = 3 } }, options = {\n"
            "{ id = 'A', cost = 1, scores = { 1, 3 } }, { id = 'B', cost = 1, scores = { 2, 2 } } },\n"
            "scenarios = { { name = 's', change = function(m)\n"
            "  m.functions = { { id = 'g', weight = 3 }, { id = 'f', weight = 2 } }; m.options.B.cost = 2 "
            "end } } }");
    assert_true(ve_test_warned(t, VE_W_JOINT));
    is(sum_of_parts("s", "A"), value("s", "A") - base_value("A"));
}

/* ---- two models ------------------------------------------------------------------------------------ */

static void second(const char *text) {
    ve_test_text(t, "other.lua", text);
    t->other = "other.lua";
}

static void two_models(void **state) {
    (void)state;
    second("return ve.model { functions = { { id = 'boil', weight = 3 }, { id = 'safe', weight = 2 } },\n"
           "options = { { id = 'A', name = 'Steel', cost = 40, scores = { 4, 4 } },\n"
           "            { id = 'C', cost = 20, scores = { 2, 2 } } } }");
    compare("{ " KETTLES ", scenarios = { { name = 'x', set = { ['options.A.cost'] = 1 } } } }");
    const ve_table *table = table_of("scenarios");
    assert_int_equal(table->rows, 4);
    const char *name = table->cell[2 * table->columns].text;
    assert_non_null(strstr(name, "/other.lua"));
    is(value(name, "C"), (2.0 / 6) / (20.0 / 60));
    is(value(name, "A"), 1);
    is(sum_of_parts(name, "A"), 1 - base_value("A"));
    assert_true(ve_test_said(t, "Only the first model has the option B."));
    assert_true(ve_test_said(t, "Only the second model has the option C."));
    assert_true(ve_test_said(t, "Only the first model has the function look."));
    assert_true(ve_test_said(t, "Only the second model has the function safe."));
    assert_true(ve_test_number(t, "matches", "in_base", "id", "A", NULL) != 1);
}

static void models_that_share_nothing(void **state) {
    (void)state;
    second("return ve.model { functions = { { id = 'boil', weight = 3 }, { id = 'look', weight = 1 } },\n"
           "options = { { id = 'C', cost = 40, scores = { 4, 4 } }, { id = 'D', cost = 20, scores = { 2, 2 } "
           "} } }");
    compare("{ " KETTLES " }");
    assert_true(ve_test_warned(t, VE_W_NOTHING_COMMON));
    assert_true(ve_test_said(t, "Both models speak of the same functions, by their ids."));
    assert_int_equal(table_of("drivers")->rows, 0);
}

static void functions_of_lua_in_both(void **state) {
    (void)state;
    write_survey("s.csv");
    second(
        "return ve.model { attributes = { income = 'CNY' }, scale = { 0, 4 },\n"
        "functions = { { id = 'f', weight = 5 }, { id = 'g', weight = 3 } },\n"
        "options = { { id = 'A', cost = 50, target = function(c) return c.income > 4000 and 1 or 0 end },\n"
        "            { id = 'B', cost = 45, target = function(c) return c.income < 4000 and 1 or 0 end } },\n"
        "survey = ve.csv { file = 's.csv', scores = '{option}_{function}' } }");
    compare(
        "{ attributes = { income = 'CNY' }, scale = { 0, 4 },\n"
        "functions = { { id = 'f', weight = 5 }, { id = 'g', weight = 3 } },\n"
        "options = { { id = 'A', cost = 50, target = function(c) return 1 end }, { id = 'B', cost = 45 } },\n"
        "survey = ve.csv { file = 's.csv', scores = '{option}_{function}' } }");
    const ve_table *table = table_of("scenarios");
    const char *name = table->cell[2 * table->columns].text;
    double g[2] = { (5 * 3.5 + 3 * 4) / 8, (5 * 3 + 3 * 2.5) / 8 };
    is(value(name, "A"), g[0] / (g[0] + g[1]) / (50.0 / 95));
    double mean[2] = { (5 * 2.5 + 3 * 3) / 8, (5 * 2.25 + 3 * 2.25) / 8 };
    double none = mean[0] / (mean[0] + mean[1]), first = g[0] / (g[0] + mean[1]),
           last = mean[0] / (mean[0] + g[1]), both = g[0] / (g[0] + g[1]);
    is(part(name, "A", "options.A.target"), ((first - none) + (both - last)) / 2 / (50.0 / 95));
}

static void surveys_in_two_folders(void **state) {
    (void)state;
    char folder[512], path[600];
    write_survey("s.csv");
    snprintf(folder, sizeof folder, "%s/sub", t->folder);
    snprintf(path, sizeof path, "mkdir %s", folder);
    assert_int_equal(system(path), 0);
    ve_test_text(t, "sub/s.csv", "income,A_f,A_g,B_f,B_g\n1000,4,4,1,1\n3000,4,3,1,2\n5000,3,4,2,2\n");
    ve_test_text(t, "sub/other.lua", "return ve.model { " HOMES " }");
    t->other = "sub/other.lua";
    compare("{ " HOMES " }");
    const ve_table *table = table_of("scenarios");
    const char *name = table->cell[2 * table->columns].text;
    assert_true(value(name, "A") > base_value("A") + 0.1);
    is(part(name, "A", "survey"), value(name, "A") - base_value("A"));
    assert_non_null(strstr(changes(name), "/sub/other.lua"));
    snprintf(path, sizeof path, "rm -r %s", folder);
    assert_int_equal(system(path), 0);
}

/* ---- mistakes -------------------------------------------------------------------------------------- */

static void mistakes_of_both_models(void **state) {
    (void)state;
    second(
        "return ve.model { functions = { { id = 'f' } },\n"
        "options = { { id = 'A', cost = 'x', scores = { 1 } }, { id = 'B', cost = 1, scores = { 1 } } } }");
    assert_int_equal(ve_test_study(t,
                                   "{ functions = { { id = 'f' } }, options = { { id = 'A', cost = 1, scores "
                                   "= { 1 } }, { id = 'B', cots = 2, cost = 1, scores = { 1 } } } }",
                                   "compare", NULL),
                     VE_E_UNKNOWN_FIELD);
    assert_true(ve_test_told(t, VE_E_UNKNOWN_FIELD, 1, "cots"));
    assert_true(ve_test_told(t, VE_E_TYPE, 2, "cost"));
    bool named = false;
    for (size_t i = 0; i < t->errors.count; i++)
        named =
            named || (t->errors.list[i].code == VE_E_TYPE && strstr(t->errors.list[i].at.file, "/other.lua"));
    assert_true(named);
}

static void mistakes_of_scenarios(void **state) {
    (void)state;
    ve_test_study(t,
                  "{ " KETTLES ", scenarios = {\n"
                  "{ name = 'a', set = { ['options.A.cots'] = 1 } },\n"
                  "{ name = 'b', set = { ['options.A.cost'] = -1 } } } }",
                  "compare", NULL);
    assert_int_not_equal(t->code, VE_OK);
    assert_true(ve_test_told(t, VE_E_REFERENCE, 0, "'cots' names nothing"));
    assert_true(ve_test_told(t, VE_E_RANGE, 0, "-1"));
}

static void nothing_to_compare(void **state) {
    (void)state;
    assert_int_equal(ve_test_study(t, "{ " KETTLES " }", "compare", NULL), VE_E_MISSING_FIELD);
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 0, "the model has no scenarios to compare"));
}

/* ---- memory ---------------------------------------------------------------------------------------- */

static void memory_may_run_out_anywhere(void **state) {
    (void)state;
    write_survey("s.csv");
    compare("{ " HOMES ", scenarios = { { name = 's', set = { ['options.A.cost'] = 55,\n"
            "['options.A.target.mean'] = 7000, ['functions.g.weight'] = 4, ['scale.2'] = 5 } } } }");
    assert_true(ve_test_memory(t, "compare", NULL, 150000, 800));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(every_scenario_is_its_run),
        TEST(one_scenario_alone),
        TEST(says_why),
        TEST(numbers_words_and_weights),
        TEST(texts_lists_and_records),
        TEST(nothing_changes),
        TEST(two_changes_in_closed_form),
        TEST(parts_are_those_of_all_orders),
        TEST(equals_get_the_same),
        TEST(drawn_orders_come_near),
        TEST(draws_are_checked),
        TEST(a_new_function_needs_its_scores),
        TEST(order_counts),
        TEST(two_models),
        TEST(models_that_share_nothing),
        TEST(functions_of_lua_in_both),
        TEST(surveys_in_two_folders),
        TEST(mistakes_of_both_models),
        TEST(mistakes_of_scenarios),
        TEST(nothing_to_compare),
        TEST(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

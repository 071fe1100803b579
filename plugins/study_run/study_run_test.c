/* The study `run`, on cases made by hand: its tables, its words, and every warning.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "plugin_under_test.h"
#include "report/build.h"
#include "ve_test.h"

enum { M = 3, N = 4, K = 3 }; /* options, function nodes, leaves: "use" with two parts, and "look" */

/* A case: what an evaluation yields is computed by the plain formulas, from weights, scores and costs. */
typedef struct fixture {
    ve_study_services services; /* first */
    ve_services base;
    ve_arena *arena;
    ve_report_builder *builder;
    ve_outline outline;
    ve_outline_option option[M];
    ve_outline_function function[N];
    ve_outline_list list[2];
    ve_outline_attribute attribute[1];
    int leaf[K];
    double centre[M];
    double local[M][N], weight[M][N];
    double score[M][K], alike_score[M][K]; /* with the targets, and with all customers alike */
    double cost[M];
    double reach[M]; /* what sum and peak multiply by */
    double cr[2];
    ve_outcome_option extra[M]; /* effective_customers, nearest, cost_present ... as the test sets them */
    bool by_option;
    size_t changes;
    ve_replaced change[1];
    int memory_left;
    int evaluations_left;
    const ve_report *report;
    ve_errors errors;
} fixture;

static void *take(const ve_services *services, size_t bytes) {
    fixture *f = (fixture *)services->context;
    if (f->memory_left == 0) return NULL;
    if (f->memory_left > 0) f->memory_left--;
    return ve_alloc(f->arena, bytes);
}

static fixture *of(const ve_study_services *services) {
    return (fixture *)services;
}

static void derive_weights(fixture *f) {
    for (size_t i = 0; i < M; i++)
        for (size_t n = 0; n < N; n++) {
            int parent = f->function[n].parent;
            f->weight[i][n] = f->local[i][n] * (parent < 0 ? 1 : f->weight[i][parent]);
        }
}

static bool passes(const fixture *f, size_t i, double (*score)[K]) {
    double use = f->local[i][1] * score[i][0] + f->local[i][2] * score[i][1];
    double node[N] = { use, score[i][0], score[i][1], score[i][2] };
    for (size_t n = 0; n < N; n++)
        if (node[n] < f->function[n].minimum) return false;
    return true;
}

static void rank_options(ve_outcome_option *option, int *best) {
    *best = -1;
    for (int i = 0; i < M; i++) {
        option[i].rank = option[i].feasible && !isnan(option[i].merit);
        for (int j = 0; j < M && option[i].rank; j++)
            option[i].rank += option[j].feasible && option[j].merit > option[i].merit;
        if (option[i].rank == 1 && *best < 0) *best = i;
    }
}

static void compute(fixture *f, const ve_assumptions *a, ve_outcome_option *option, double (*score)[K],
                    int *best) {
    double cost = 0, function = 0;
    for (size_t i = 0; i < M; i++) {
        option[i] = f->extra[i];
        option[i].cost = f->cost[i];
        option[i].function_score = 0;
        for (size_t k = 0; k < K; k++)
            option[i].function_score += f->weight[i][f->leaf[k]] * score[i][k];
        if (a->positioned && a->aggregate != VE_AGGREGATE_MEAN) option[i].function_score *= f->reach[i];
        cost += f->cost[i];
        function += option[i].function_score;
    }
    for (size_t i = 0; i < M; i++) {
        option[i].cost_coefficient = f->cost[i] / cost;
        option[i].function_coefficient = option[i].function_score / function;
        option[i].value_index =
            f->cost[i] > 0 ? option[i].function_coefficient / option[i].cost_coefficient : NAN;
        option[i].merit = isnan(f->extra[i].merit) ? option[i].value_index : f->extra[i].merit;
        if (isinf(f->extra[i].merit)) option[i].merit = NAN; /* left out by the rule */
        option[i].feasible = passes(f, i, score);
    }
    rank_options(option, best);
}

static ve_code evaluate(const ve_study_services *services, const ve_assumptions *assumptions,
                        const ve_outcome **out) {
    fixture *f = of(services);
    if (f->evaluations_left == 0) return VE_E_NO_FUNCTION;
    f->evaluations_left--;
    ve_outcome *made = ve_alloc(f->arena, sizeof *made);
    ve_outcome_option *option = ve_alloc_array(f->arena, M, sizeof *option);
    ve_outcome_list *list = ve_alloc_array(f->arena, 2, sizeof *list);
    double(*score)[K] = assumptions->positioned ? f->score : f->alike_score;
    derive_weights(f);
    *made = (ve_outcome){ .assumptions = *assumptions,
                          .option = option,
                          .weights_by_option = f->by_option,
                          .weight = &f->weight[0][0],
                          .local_weight = &f->local[0][0],
                          .score = &score[0][0],
                          .list = list };
    for (size_t l = 0; l < 2; l++)
        list[l] = (ve_outcome_list){ .consistency_ratio = f->cr[l], .spread = NAN, .kendall_w = NAN };
    compute(f, assumptions, option, score, &made->best);
    *out = made;
    return VE_OK;
}

static const char *text(fixture *f, const char *format, va_list args) {
    char *room = ve_alloc(f->arena, 2048);
    vsnprintf(room, 2048, format, args);
    return room;
}

VE_PRINTF(2, 3)
static void say(const ve_study_services *services, const char *format, ...) {
    va_list args;
    va_start(args, format);
    ve_report_say(of(services)->builder, text(of(services), format, args));
    va_end(args);
}

static void fact(const ve_study_services *services, const char *key, ve_cell value) {
    ve_report_fact(of(services)->builder, key, value);
}

static int table(const ve_study_services *services, const char *key, const char *title, unsigned flags,
                 const ve_column *column, size_t columns) {
    return ve_report_table(of(services)->builder, key, title, flags, column, columns);
}

static ve_cell *row(const ve_study_services *services, int number) {
    return ve_report_row(of(services)->builder, number);
}

static void mark(const ve_study_services *services, int number, int marked) {
    ve_report_mark(of(services)->builder, number, marked);
}

VE_PRINTF(4, 5)
static void warn(const ve_study_services *services, ve_code code, const char *hint, const char *format, ...) {
    va_list args;
    va_start(args, format);
    ve_report_warn(of(services)->builder, code, text(of(services), format, args), hint);
    va_end(args);
}

static ve_code changes(const ve_study_services *services, const ve_replaced **list, size_t *count) {
    *list = of(services)->change;
    *count = of(services)->changes;
    return VE_OK;
}

static ve_study_services services_of(fixture *f) {
    return (ve_study_services){ .base = &f->base,
                                .outline = &f->outline,
                                .changes = changes,
                                .evaluate = evaluate,
                                .say = say,
                                .fact = fact,
                                .table = table,
                                .row = row,
                                .mark = mark,
                                .warn = warn };
}

/* High grade wins with the targets, and without them; nothing to warn of. */
static fixture *fixture_new(void) {
    static fixture f;
    memset(&f, 0, sizeof f);
    f.arena = ve_arena_new(0);
    f.builder = ve_report_new(f.arena, "run");
    f.base = (ve_services){ .size = sizeof f.base, .memory = take, .context = &f };
    f.services = services_of(&f);
    f.memory_left = f.evaluations_left = -1;
    memcpy(f.option, (ve_outline_option[M]){ { "A", "High grade" }, { "B", "Middle" }, { "C", "Basic" } },
           sizeof f.option);
    memcpy(f.function,
           (ve_outline_function[N]){ { "use", "Use", -1, 0, -1, NAN, NULL, false },
                                     { "layout", "Floor plan", 0, 1, 0, NAN, NULL, false },
                                     { "storey", "Storey height", 0, 1, 1, NAN, NULL, false },
                                     { "look", "Appearance", -1, 0, 2, NAN, NULL, false } },
           sizeof f.function);
    memcpy(f.list, (ve_outline_list[2]){ { "functions", "zero_four" }, { "use", "weight" } }, sizeof f.list);
    f.attribute[0] = (ve_outline_attribute){ "income", "CNY/month", 6000, 4000, 1200, 12000, false, 0, NULL };
    memcpy(f.leaf, (int[K]){ 1, 2, 3 }, sizeof f.leaf);
    memcpy(f.centre, (double[M]){ 10000, 6000, 3000 }, sizeof f.centre);
    memcpy(f.cost, (double[M]){ 4000, 3000, 2000 }, sizeof f.cost);
    memcpy(f.reach, (double[M]){ 1, 1, 1 }, sizeof f.reach);
    for (size_t i = 0; i < M; i++) {
        memcpy(f.local[i], (double[N]){ 0.75, 0.6, 0.4, 0.25 }, sizeof f.local[i]);
        f.extra[i] = (ve_outcome_option){ .cost_present = NAN,
                                          .cost_annual = NAN,
                                          .merit = NAN,
                                          .effective_customers = 4.5,
                                          .weight_share = 0.4,
                                          .nearest = 0.9 };
    }
    static const double score[M][K] = { { 4, 4, 4 }, { 2.5, 2.5, 2.5 }, { 1, 1, 1 } };
    memcpy(f.score, score, sizeof score);
    memcpy(f.alike_score, score, sizeof score);
    f.cr[0] = f.cr[1] = NAN;
    f.outline = (ve_outline){ .title = "Housing",
                              .currency = "CNY/m2",
                              .aggregate = "mean",
                              .options = M,
                              .functions = N,
                              .leaves = K,
                              .lists = 2,
                              .attributes = 1,
                              .option = f.option,
                              .function = f.function,
                              .leaf = f.leaf,
                              .list = f.list,
                              .attribute = f.attribute,
                              .scale_low = 0,
                              .scale_high = 4,
                              .customers = 6,
                              .positioned = true,
                              .centre = f.centre };
    return &f;
}

static void set_scores(fixture *f, double a, double b, double c) {
    const double value[M] = { a, b, c };
    for (size_t i = 0; i < M; i++)
        for (size_t k = 0; k < K; k++)
            f->score[i][k] = f->alike_score[i][k] = value[i];
}

static const ve_report *run(fixture *f) {
    const ve_study_ops *ops = plugin_under_test()->ops;
    assert_int_equal(ops->study(NULL, &f->services), VE_OK);
    assert_int_equal(ve_report_finish(f->builder, &f->report, &f->errors), VE_OK);
    return f->report;
}

static const ve_table *table_of(const ve_report *report, const char *key) {
    for (size_t i = 0; i < report->tables; i++)
        if (strcmp(report->table[i]->key, key) == 0) return report->table[i];
    return NULL;
}

static const ve_cell *cell_of(const ve_table *t, size_t at, const char *key) {
    for (size_t i = 0; i < t->columns; i++)
        if (strcmp(t->column[i].key, key) == 0) return &t->cell[at * t->columns + i];
    return NULL;
}

static const ve_cell *fact_of(const ve_report *report, const char *key) {
    for (size_t i = 0; i < report->facts; i++)
        if (strcmp(report->fact[i].key, key) == 0) return &report->fact[i].value;
    return NULL;
}

static void expect_columns(const ve_table *t, const char *wanted) {
    char keys[512] = "";
    for (size_t i = 0; i < t->columns; i++) {
        strncat(keys, i ? " " : "", sizeof keys - strlen(keys) - 1);
        strncat(keys, t->column[i].key, sizeof keys - strlen(keys) - 1);
    }
    assert_string_equal(keys, wanted);
}

static const ve_notice *warning(const ve_report *report, ve_code code) {
    for (size_t i = 0; i < report->notices; i++)
        if (report->notice[i].code == code) return &report->notice[i];
    return NULL;
}

static size_t warnings(const ve_report *report, ve_code code) {
    size_t count = 0;
    for (size_t i = 0; i < report->notices; i++)
        count += report->notice[i].code == code;
    return count;
}

static void expect_warning(fixture *f, ve_code code, const char *message, const char *hint) {
    const ve_notice *found = warning(run(f), code);
    assert_non_null(found);
    assert_string_equal(found->message, message);
    assert_string_equal(found->hint, hint);
    ve_arena_free(f->arena);
}

static void expect_said(const ve_report *report, const char *wanted) {
    for (size_t i = 0; i < report->sentences; i++)
        if (strcmp(report->sentence[i], wanted) == 0) return;
    for (size_t i = 0; i < report->sentences; i++)
        print_message("said: %s\n", report->sentence[i]);
    fail_msg("not said: %s", wanted);
}

/* ---- tables and facts ---------------------------------------------------------------------------------- */

static void tables_are_those_of_the_contract(void **state) {
    (void)state;
    fixture *f = fixture_new();
    const ve_report *report = run(f);
    const ve_table *options = table_of(report, "options");
    expect_columns(options,
                   "option name cost cost_coefficient function_score function_coefficient value_index rank "
                   "feasible effective_customers weight_share undifferentiated_function_coefficient "
                   "undifferentiated_value_index undifferentiated_rank");
    expect_columns(table_of(report, "functions"), "function name parent weight local_weight");
    expect_columns(table_of(report, "scores"), "option function score");
    expect_columns(table_of(report, "judgements"),
                   "list judged method consistency_ratio spread kendall_w variant");
    assert_string_equal(report->table[0]->key, "options");
    assert_int_equal(options->rows, M);
    assert_int_equal(options->marked, 0);
    assert_int_equal(table_of(report, "functions")->rows, N);
    assert_int_equal(table_of(report, "scores")->rows, M * K);
    assert_int_equal(table_of(report, "judgements")->rows, 2);
    assert_string_equal(fact_of(report, "best")->text, "A");
    assert_string_equal(fact_of(report, "best_undifferentiated")->text, "A");
    assert_string_equal(fact_of(report, "aggregate")->text, "mean");
    assert_true(fact_of(report, "customers")->number == 6);
    assert_int_equal(report->facts, 4);
    ve_arena_free(f->arena);
}

static void changes_of_a_scenario(void **state) {
    (void)state;
    fixture *f = fixture_new();
    f->changes = 1;
    f->change[0] = (ve_replaced){ .path = "options.A.cost",
                                  .label = "cost of A",
                                  .from = VE_CELL_OF_NUMBER(3),
                                  .to = VE_CELL_OF_TEXT("ve.normal { mean = 4 }") };
    const ve_table *made = table_of(run(f), "changes");
    expect_columns(made, "label from to path");
    assert_int_equal(made->rows, 1);
    assert_string_equal(made->cell[0].text, "cost of A");
    assert_true(made->cell[1].number == 3);
    assert_string_equal(made->cell[2].text, "ve.normal { mean = 4 }");
    assert_string_equal(made->cell[3].text, "options.A.cost");
    ve_arena_free(f->arena);
}

static void cells_are_the_evaluations(void **state) {
    (void)state;
    fixture *f = fixture_new();
    f->alike_score[0][0] = 0;
    f->cr[0] = 0.05;
    const ve_report *report = run(f);
    const ve_table *options = table_of(report, "options"), *functions = table_of(report, "functions");
    assert_true(fabs(cell_of(options, 0, "value_index")->number - 4 / 7.5 / (4.0 / 9)) < 1e-12);
    assert_true(cell_of(options, 2, "rank")->number == 3);
    assert_true(cell_of(options, 0, "feasible")->boolean);
    assert_true(fabs(cell_of(options, 0, "undifferentiated_function_coefficient")->number - 2.2 / 5.7) <
                1e-12);
    assert_string_equal(cell_of(functions, 1, "parent")->text, "use");
    assert_int_equal(cell_of(functions, 0, "parent")->kind, VE_CELL_NULL);
    assert_true(fabs(cell_of(functions, 1, "weight")->number - 0.45) < 1e-12);
    assert_true(cell_of(functions, 1, "local_weight")->number == 0.6);
    assert_string_equal(cell_of(table_of(report, "scores"), 5, "function")->text, "look");
    assert_true(cell_of(table_of(report, "scores"), 5, "score")->number == 2.5);
    assert_string_equal(cell_of(table_of(report, "judgements"), 0, "method")->text, "zero_four");
    assert_true(cell_of(table_of(report, "judgements"), 0, "consistency_ratio")->number == 0.05);
    assert_int_equal(cell_of(table_of(report, "judgements"), 1, "consistency_ratio")->kind, VE_CELL_NULL);
    ve_arena_free(f->arena);
}

static void the_tree_is_for_people(void **state) {
    (void)state;
    fixture *f = fixture_new();
    const ve_table *tree = table_of(run(f), "function_tree");
    assert_int_equal(tree->flags, VE_TABLE_PAPER);
    assert_true(cell_of(tree, 2, "depth")->number == 1);
    assert_true(fabs(cell_of(tree, 0, "A")->number - 4) <
                1e-12); /* an inner node: the weighted mean of its parts */
    assert_string_equal(cell_of(tree, 3, "name")->text, "Appearance");
    ve_arena_free(f->arena);
}

static void weights_may_differ_by_option(void **state) {
    (void)state;
    fixture *f = fixture_new();
    f->by_option = true;
    memcpy(f->local[2], (double[N]){ 0.5, 0.2, 0.8, 0.5 }, sizeof f->local[2]);
    const ve_report *report = run(f);
    const ve_table *functions = table_of(report, "functions");
    expect_columns(functions, "function option name parent weight local_weight");
    assert_int_equal(functions->rows, M * N);
    assert_string_equal(cell_of(functions, 2 * N + 1, "option")->text, "C");
    assert_string_equal(cell_of(functions, 2 * N + 1, "function")->text, "layout");
    assert_true(fabs(cell_of(functions, 2 * N + 1, "weight")->number - 0.1) < 1e-12);
    assert_null(table_of(report, "function_tree"));
    assert_true(fabs(cell_of(table_of(report, "weight_tree"), 1, "C")->number - 0.1) < 1e-12);
    assert_true(cell_of(table_of(report, "score_tree"), 1, "B")->number == 2.5);
    ve_arena_free(f->arena);
}

static void life_cycle_costs_have_columns(void **state) {
    (void)state;
    fixture *f = fixture_new();
    f->extra[1].cost_present = 50000;
    f->extra[1].cost_annual = 3000;
    const ve_table *options = table_of(run(f), "options");
    expect_columns(
        options, "option name cost cost_present cost_annual cost_coefficient function_score "
                 "function_coefficient value_index rank feasible effective_customers weight_share "
                 "undifferentiated_function_coefficient undifferentiated_value_index undifferentiated_rank");
    assert_true(cell_of(options, 1, "cost_present")->number == 50000);
    assert_true(cell_of(options, 1, "cost_annual")->number == 3000);
    assert_int_equal(cell_of(options, 0, "cost_present")->kind, VE_CELL_NULL);
    assert_true(fabs(cell_of(options, 0, "cost_coefficient")->number - 4.0 / 9) < 1e-12);
    ve_arena_free(f->arena);
}

/* ---- words --------------------------------------------------------------------------------------------- */

static void the_answer_in_words(void **state) {
    (void)state;
    fixture *f = fixture_new();
    const ve_report *report = run(f);
    assert_int_equal(report->notices, 0);
    assert_string_equal(
        report->sentence[0],
        "High grade is best, with a value index of 1.200: it brings 53.3 % of all function for 44.4 % of "
        "all cost.");
    assert_string_equal(
        report->sentence[1],
        "It is 20 % ahead of Middle (1.000): it brings 60 % more function for 33 % more cost.");
    expect_said(
        report,
        "Positioning does not change the winner: if all customers counted alike, High grade would be best "
        "too, with the same value index.");
    expect_said(
        report,
        "A value index above 1 only means: better than the average of these three options, weighted by "
        "cost. Every option is judged by its own target customers, so the figures do not say which option "
        "one and the same customer would prefer.");
    ve_arena_free(f->arena);
}

static void what_positioning_moves(void **state) {
    (void)state;
    fixture *f = fixture_new();
    f->alike_score[2][2] = 3;
    expect_said(
        run(f),
        "Positioning does not change the winner: if all customers counted alike, High grade would be best "
        "too, with 1.125 in place of 1.200. It moves Basic from 0.844 to 0.600.");
    ve_arena_free(f->arena);
}

static void less_function_for_less_cost(void **state) {
    (void)state;
    fixture *f = fixture_new();
    set_scores(f, 3, 2.8, 2.7);
    const ve_report *report = run(f);
    assert_string_equal(report->sentence[0],
                        "Basic is best, with a value index of 1.429: it brings 31.8 % of all function "
                        "for 22.2 % of all cost.");
    assert_string_equal(
        report->sentence[1],
        "It is 45 % ahead of Middle (0.988): it brings 3.6 % less function, but for 33 % less cost.");
    ve_arena_free(f->arena);
}

static void far_ahead(void **state) {
    (void)state;
    fixture *f = fixture_new();
    set_scores(f, 4, 0.5, 0.5);
    assert_string_equal(run(f)->sentence[1], "Its value index is 4.0 times that of Basic (0.450): it brings "
                                             "8.0 times the function for 2.0 times the cost.");
    ve_arena_free(f->arena);
}

static void costs_are_money(void **state) {
    (void)state;
    static const struct {
        double cost;
        int digits;
    } known[] = { { 4000, -1 }, { 4000.5, -1 }, { 40.0 / 3, 2 }, { 10.0 / 3, 3 }, { 1.0 / 3, -1 } };
    for (size_t i = 0; i < VE_COUNT(known); i++) {
        fixture *f = fixture_new();
        for (size_t k = 0; k < M; k++)
            f->cost[k] = known[i].cost;
        const ve_table *options = table_of(run(f), "options");
        assert_int_equal(options->column[2].digits, known[i].digits);
        assert_string_equal(options->column[2].title, "Cost, CNY/m2");
        ve_arena_free(f->arena);
    }
}

static void no_survey_no_positioning(void **state) {
    (void)state;
    fixture *f = fixture_new();
    f->outline.customers = 0;
    f->outline.positioned = false;
    const ve_report *report = run(f);
    expect_said(report, "There is no survey: the scores stand in the model, and positioning plays no part.");
    expect_said(report, "A value index above 1 only means: better than the average of these three options, "
                        "weighted by cost.");
    ve_arena_free(f->arena);
}

static void no_targets(void **state) {
    (void)state;
    fixture *f = fixture_new();
    f->outline.positioned = false;
    const ve_report *report = run(f);
    expect_said(report, "No option has a target, so all customers count alike.");
    assert_int_equal(report->notices, 0);
    ve_arena_free(f->arena);
}

static void gates_are_named(void **state) {
    (void)state;
    fixture *f = fixture_new();
    f->function[3].minimum = 2;
    f->function[0].minimum = 2.5001;
    const ve_report *report = run(f);
    expect_said(report, "Middle cannot be chosen: its score on Use is 2.5000, and at least 2.5001 is asked.");
    expect_said(report, "Basic cannot be chosen: its score on Use is 1.00, and at least 2.50 is asked.");
    expect_said(report, "No other option can be chosen.");
    assert_int_equal(cell_of(table_of(report, "options"), 1, "rank")->kind, VE_CELL_NULL);
    ve_arena_free(f->arena);
}

static void another_rule_is_told(void **state) {
    (void)state;
    fixture *f = fixture_new();
    for (size_t i = 0; i < M; i++)
        f->extra[i].merit = -f->cost[i]; /* the cheapest wins */
    const ve_report *report = run(f);
    assert_int_equal(strncmp(report->sentence[0], "Basic is best", 13), 0);
    assert_string_equal(report->sentence[1],
                        "The model's rule puts it before Middle, whose value index is 1.000.");
    assert_int_equal(warnings(report, VE_W_SHIFT), 0);
    ve_arena_free(f->arena);
}

static void a_rule_says_what_it_leaves_out(void **state) {
    (void)state;
    fixture *f = fixture_new();
    f->outline.rule = "min_cost", f->outline.rule_summary = "the cheapest that does enough";
    f->extra[0].merit = INFINITY;
    const ve_report *report = run(f);
    expect_said(report, "The model chooses by min_cost: the cheapest that does enough.");
    expect_said(report, "High grade cannot be chosen: this rule leaves it out.");
    ve_arena_free(f->arena);
}

static void a_gift_has_no_value_index(void **state) {
    (void)state;
    fixture *f = fixture_new();
    f->cost[0] = 0;
    f->extra[0].merit = 9;
    const ve_report *report = run(f);
    assert_string_equal(report->sentence[0],
                        "High grade is best. It costs nothing, so it has no value index.");
    assert_string_equal(report->sentence[1], "Second is Middle.");
    assert_int_equal(cell_of(table_of(report, "options"), 0, "value_index")->kind, VE_CELL_NULL);
    ve_arena_free(f->arena);
}

static void namesakes_are_told_apart(void **state) {
    (void)state;
    fixture *f = fixture_new();
    f->option[1].name = "High grade";
    assert_string_equal(
        run(f)->sentence[1],
        "It is 20 % ahead of High grade (B) (1.000): it brings 60 % more function for 33 % more cost.");
    ve_arena_free(f->arena);
}

/* ---- warnings ------------------------------------------------------------------------------------------ */

static void the_aggregate_changes_the_winner(void **state) {
    (void)state;
    fixture *f = fixture_new();
    memcpy(f->reach, (double[M]){ 0.5, 1, 0.2 }, sizeof f->reach);
    expect_warning(
        f, VE_W_AGGREGATE,
        "The winner depends on how customers are added up: by mean it is High grade (1.200), by sum Middle "
        "(1.596), by peak Middle (1.596). This answer uses mean.",
        "set `aggregate` to the one you mean: \"mean\" asks how well an option suits its target; \"sum\" and "
        "\"peak\" also ask how many of the surveyed customers are near it");
}

static void positioning_changes_the_winner(void **state) {
    (void)state;
    fixture *f = fixture_new();
    for (size_t k = 0; k < K; k++)
        f->alike_score[0][k] = 2.5;
    const ve_report *report = run(f);
    expect_said(
        report,
        "Positioning decides: if all customers counted alike, Middle would be best, with 1.250; High grade "
        "would have 0.938.");
    assert_string_equal(fact_of(report, "best_undifferentiated")->text, "B");
    assert_string_equal(
        warning(report, VE_W_POSITIONING)->message,
        "The winner rests on the targets: High grade (1.200) with them, Middle (1.250) if all customers "
        "count alike.");
    assert_string_equal(warning(report, VE_W_POSITIONING)->hint,
                        "that is what positioning does: check that the targets are the ones you want");
    ve_arena_free(f->arena);
}

static void positioning_decides_the_gates(void **state) {
    (void)state;
    for (int lost = 0; lost < 2; lost++) {
        fixture *f = fixture_new();
        f->function[3].minimum = 3;
        (lost ? f->score : f->alike_score)[0][2] = 2;
        const ve_report *report = run(f);
        expect_said(
            report,
            lost
                ? "Positioning decides: if all customers counted alike, High grade would be best, with 1.200."
                : "Positioning decides: if all customers counted alike, no option would pass its gates.");
        assert_string_equal(
            warning(report, VE_W_POSITIONING)->message,
            lost ? "The winner rests on the targets: none (no value index) with them, High grade (1.200) if "
                   "all customers count alike."
                 : "The winner rests on the targets: High grade (1.200) with them, none (no value index) if "
                   "all customers count alike.");
        ve_arena_free(f->arena);
    }
}

static void the_winner_would_not_pass(void **state) {
    (void)state;
    fixture *f = fixture_new();
    f->function[3].minimum = 1.5;
    f->alike_score[0][2] = 1;
    const ve_report *report = run(f);
    expect_said(
        report,
        "Positioning decides: if all customers counted alike, Middle would be best, with 1.111; High grade "
        "would not pass its gates.");
    ve_arena_free(f->arena);
}

static void figures_have_sensible_digits(void **state) {
    (void)state;
    static const struct {
        double b;
        const char *said;
    } known[] = {
        { 2.7, "It is 11 % ahead of Middle (1.052): it brings 48 % more function for 33 % more cost." },
        { 2.727272, "It is 10 % ahead of Middle (1.059): it brings 47 % more function for 33 % more cost." },
        { 2.73, "It is 9.9 % ahead of Middle (1.060): it brings 47 % more function for 33 % more cost." },
        { 2.97, "It is 1.0 % ahead of Middle (1.118): it brings 35 % more function for 33 % more cost." },
        { 2.99995, "It is less than 0.01 % ahead of Middle (1.125): it brings 33 % more function for 33 % "
                   "more cost." },
    };
    for (size_t i = 0; i < VE_COUNT(known); i++) {
        fixture *f = fixture_new();
        set_scores(f, 4, known[i].b, 1);
        assert_string_equal(run(f)->sentence[1], known[i].said);
        ve_arena_free(f->arena);
    }
}

static void few_customers(void **state) {
    (void)state;
    fixture *f = fixture_new();
    f->extra[2].effective_customers = 1.2345;
    expect_warning(f, VE_W_FEW,
                   "The result of Basic rests on the answers of only 1.23 effective customers, of 6 asked.",
                   "survey more customers near this target, or widen it (a larger sd)");
}

static void a_target_nobody_is_near(void **state) {
    (void)state;
    fixture *f = fixture_new();
    f->extra[0].nearest = 0.031;
    f->centre[0] = 30000; /* told once */
    assert_int_equal(warnings(run(f), VE_W_OUTSIDE), 1);
    assert_string_equal(
        warning(f->report, VE_W_OUTSIDE)->message,
        "No surveyed customer is near the target of High grade: the nearest one has 3.1 % of the weight of "
        "a customer in its middle.");
    assert_string_equal(
        warning(f->report, VE_W_OUTSIDE)->hint,
        "survey customers near this target, move it or widen it: now its scores come from others");
    ve_arena_free(f->arena);
}

static void a_target_nobody_reaches(void **state) {
    (void)state;
    fixture *f = fixture_new();
    f->extra[0].nearest = 0;
    assert_string_equal(
        warning(run(f), VE_W_OUTSIDE)->message,
        "No surveyed customer is near the target of High grade: the nearest one has less than 0.01 % of "
        "the weight of a customer in its middle.");
    ve_arena_free(f->arena);
}

static void a_target_beyond_the_survey(void **state) {
    (void)state;
    fixture *f = fixture_new();
    f->centre[0] = 13500;
    f->centre[1] = NAN;
    expect_warning(f, VE_W_OUTSIDE,
                   "The target of High grade has its middle at income = 13500, outside the survey, which "
                   "goes from 1200 to "
                   "12000.",
                   "survey customers there, or move the target");
}

static void labels_have_no_middle(void **state) {
    (void)state;
    fixture *f = fixture_new();
    f->centre[0] = 13500;
    f->attribute[0].text = true;
    assert_int_equal(warnings(run(f), VE_W_OUTSIDE), 0);
    ve_arena_free(f->arena);
}

static void a_weight_of_zero(void **state) {
    (void)state;
    fixture *f = fixture_new();
    for (size_t i = 0; i < M; i++)
        memcpy(f->local[i], (double[N]){ 1, 1, 0, 0 }, sizeof f->local[i]);
    expect_warning(f, VE_W_ZERO_WEIGHT,
                   "Storey height and Appearance have a weight of 0, so their scores change nothing.",
                   "leave it out, or judge it again: with 0-1 scoring, `corrected = true` keeps every weight "
                   "above zero");
}

static void options_close_together(void **state) {
    (void)state;
    fixture *f = fixture_new();
    set_scores(f, 4, 2.5, 1.660);
    expect_warning(f, VE_W_CLOSE, "Middle (0.919) and Basic (0.915) are only 0.40 % apart.",
                   "treat them as equal until better data tells them apart");
    f = fixture_new(); /* equal ones that are not first */
    set_scores(f, 4, 2.5, 2.5 / 3 * 2);
    f->extra[1].merit = 5, f->extra[2].merit = 5, f->extra[0].merit = 6;
    assert_int_equal(warnings(run(f), VE_W_CLOSE), 1);
    ve_arena_free(f->arena);
}

static void a_shift_of_the_scale(void **state) {
    (void)state;
    fixture *f = fixture_new();
    set_scores(f, 3.6, 2.5, 1); /* tie of A and B at c = (2.5 * 4000 - 3.6 * 3000) / (3000 - 4000) = 0.8 */
    expect_warning(f, VE_W_SHIFT,
                   "The answer hangs on where the scale begins: with every score more than 0.8 higher, "
                   "Middle would beat "
                   "High grade.",
                   "make sure that a score of 0 means 'does not serve at all'; a scale that begins at 1 may "
                   "be moved to 0");
    f = fixture_new();
    set_scores(f, 3.6, 2.8, 1); /* now B leads; they tie at c = -0.4 */
    expect_warning(f, VE_W_SHIFT,
                   "The answer hangs on where the scale begins: with every score more than 0.4 lower, High "
                   "grade would beat "
                   "Middle.",
                   "make sure that a score of 0 means 'does not serve at all'; a scale that begins at 1 may "
                   "be moved to 0");
}

/* The closed form, held against evaluating with every score shifted. */
static void the_shift_is_where_they_tie(void **state) {
    (void)state;
    for (int peak = 0; peak < 2; peak++) {
        fixture *f = fixture_new();
        set_scores(f, 3.6, 2.5, 1);
        memcpy(f->reach, (double[M]){ 0.9, 0.91, 0.9 }, sizeof f->reach);
        f->outline.aggregate = peak ? "peak" : "mean";
        f->outline.usual.aggregate = peak ? VE_AGGREGATE_PEAK : VE_AGGREGATE_MEAN;
        const char *told = strstr(warning(run(f), VE_W_SHIFT)->message, "more than ");
        double shift = strtod(told + 10, NULL);
        for (int side = -1; side <= 1; side += 2) {
            ve_assumptions a = { .aggregate = peak ? VE_AGGREGATE_PEAK : VE_AGGREGATE_MEAN,
                                 .positioned = true };
            const ve_outcome *outcome;
            set_scores(f, 3.6 + shift + side * 0.01, 2.5 + shift + side * 0.01, 1 + shift + side * 0.01);
            assert_int_equal(evaluate(&f->services, &a, &outcome), VE_OK);
            assert_int_equal(outcome->best, side < 0 ? 0 : 1);
        }
        ve_arena_free(f->arena);
    }
}

static void a_far_shift_is_not_told(void **state) {
    (void)state;
    fixture *f = fixture_new();
    set_scores(f, 3.8, 2.5, 1); /* tie at 1.4, more than a quarter of 4 */
    assert_int_equal(warnings(run(f), VE_W_SHIFT), 0);
    ve_arena_free(f->arena);
    f = fixture_new();
    set_scores(f, 3.6, 2.5, 1);
    f->outline.scale_low = f->outline.scale_high =
        NAN; /* then the range of the scores counts: 2.6 / 4 < 0.8 */
    assert_int_equal(warnings(run(f), VE_W_SHIFT), 0);
    ve_arena_free(f->arena);
}

static void weights_nobody_gave(void **state) {
    (void)state;
    fixture *f = fixture_new();
    f->list[1].method = "equal";
    expect_warning(f, VE_W_EQUAL_WEIGHTS, "No weights are given for the parts of Use, so they count alike.",
                   "give them `weight`, or judge them in `weights`");
    f = fixture_new();
    f->list[0].method = f->list[1].method = "equal";
    expect_warning(f, VE_W_EQUAL_WEIGHTS,
                   "No weights are given for the main functions and the parts of Use, so they count alike.",
                   "give them `weight`, or judge them in `weights`");
}

static void customers_left_out(void **state) {
    (void)state;
    fixture *f = fixture_new();
    f->outline.skipped = 2;
    expect_warning(f, VE_W_SKIPPED, "2 of 8 customers (25 %) were left out, because an answer is missing.",
                   "compare them with the rest before you trust the result");
}

static void judgements_that_contradict(void **state) {
    (void)state;
    fixture *f = fixture_new();
    f->cr[0] = 0.1754;
    f->cr[1] = 0.0999;
    assert_int_equal(warnings(run(f), VE_W_INCONSISTENT), 1);
    assert_string_equal(
        warning(f->report, VE_W_INCONSISTENT)->message,
        "The pairwise judgements of the main functions contradict each other: their consistency ratio is "
        "0.175, and should stay below 0.1.");
    assert_string_equal(warning(f->report, VE_W_INCONSISTENT)->hint,
                        "judge the pairs again, beginning with the boldest ones");
    ve_arena_free(f->arena);
    f = fixture_new();
    f->cr[1] = 0.2;
    expect_warning(f, VE_W_INCONSISTENT,
                   "The pairwise judgements of the parts of Use contradict each other: their consistency "
                   "ratio is 0.200, and "
                   "should stay below 0.1.",
                   "judge the pairs again, beginning with the boldest ones");
}

static void a_tie(void **state) {
    (void)state;
    fixture *f = fixture_new();
    set_scores(f, 4, 3, 1);
    const ve_report *report = run(f);
    assert_string_equal(report->sentence[1],
                        "Middle is just as good; the first of the two in the model is named.");
    assert_string_equal(
        warning(report, VE_W_TIE)->message,
        "High grade and Middle share the first place, with a value index of 1.125; the first of them in the "
        "model is named.");
    assert_string_equal(warning(report, VE_W_TIE)->hint,
                        "look for a function or a cost that tells them apart");
    assert_int_equal(warnings(report, VE_W_CLOSE), 0);
    ve_arena_free(f->arena);
}

static void no_option_passes(void **state) {
    (void)state;
    fixture *f = fixture_new();
    f->function[1].minimum = 4.5;
    const ve_report *report = run(f);
    assert_string_equal(report->sentence[0], "No option passes its gates, so none is best.");
    assert_int_equal(fact_of(report, "best")->kind, VE_CELL_NULL);
    assert_int_equal(table_of(report, "options")->marked, -1);
    assert_string_equal(
        warning(report, VE_W_NONE_FEASIBLE)->message,
        "No option passes its gates. High grade comes nearest: it scores 4.00 on Floor plan, where 4.50 is "
        "asked.");
    assert_string_equal(warning(report, VE_W_NONE_FEASIBLE)->hint, "lower a `minimum`, or improve an option");
    ve_arena_free(f->arena);
    f = fixture_new(); /* the rule ranks none of them */
    for (size_t i = 0; i < M; i++)
        f->cost[i] = 0;
    assert_string_equal(run(f)->sentence[0], "No option can be chosen, so none is best.");
    ve_arena_free(f->arena);
    f = fixture_new();
    for (size_t i = 0; i < M; i++)
        f->cost[i] = 0;
    expect_warning(f, VE_W_NONE_FEASIBLE, "No option can be chosen.",
                   "lower a `minimum`, or improve an option");
}

/* ---- published ----------------------------------------------------------------------------------------- */

/* An exam case (meibinglu.com, 2012): three designs of an exhibition quarter. Printed: F .324 .329 .348; C
 * .336 .3465 .3176; V .9643 .9495 1.096 from coefficients that were rounded before dividing; C is chosen. */
static void the_exhibition_quarter(void **state) {
    (void)state;
    static const double printed[3][4] = { { 8.375, 0.324, 0.336, 0.9643 },
                                          { 8.5, 0.329, 0.3465, 0.9495 },
                                          { 9.0, 0.348, 0.3176, 1.096 } };
    static const char *const option[] = { "A", "B", "C" };
    ve_test *t = ve_test_begin();
    assert_int_equal(
        ve_test_run(t,
                    "return ve.model { functions = { "
                    "weights = ve.zero_four { relations = { 'F3 >> F4', 'F3 > F1', 'F2 = F5', 'F4 = F5' } },"
                    "{ id = 'F1' }, { id = 'F2' }, { id = 'F3' }, { id = 'F4' }, { id = 'F5' } }, options = {"
                    "{ id = 'A', cost = 2560, scores = { F1 = 9, F2 = 8, F3 = 8,  F4 = 7, F5 = 10 } },"
                    "{ id = 'B', cost = 2640, scores = { F1 = 8, F2 = 7, F3 = 10, F4 = 6, F5 = 9 } },"
                    "{ id = 'C', cost = 2420, scores = { F1 = 9, F2 = 8, F3 = 10, F4 = 8, F5 = 8 } } } }"),
        VE_OK);
    for (size_t i = 0; i < 3; i++) {
        assert_true(ve_test_near(ve_test_option(t, option[i], "function_score"), printed[i][0], 1e-12));
        assert_true(fabs(ve_test_option(t, option[i], "function_coefficient") - printed[i][1]) < 0.0005);
        assert_true(fabs(ve_test_option(t, option[i], "cost_coefficient") - printed[i][2]) < 0.0005);
        assert_true(fabs(ve_test_option(t, option[i], "value_index") - printed[i][3]) < 0.0015);
    }
    assert_true(ve_test_near(ve_test_option(t, "C", "value_index"), 9.0 / 25.875 / (2420.0 / 7620), 1e-12));
    assert_string_equal(ve_test_fact(t, "best"), "C");
    ve_test_close(t);
}

/* The shift of VE107 in the engine itself: a little less, and the winner stays; a little more, and it
 * changes. */
static void the_shift_holds_in_the_engine(void **state) {
    (void)state;
    static const char *const model =
        "local by = %.4f return ve.model { attributes = { x = 'm' }, functions = { { id = 'F' } }, scale = { "
        "0, 5 },"
        "options = { { id = 'A', cost = 4000, target = ve.normal { mean = 3, sd = 1 } },"
        "{ id = 'B', cost = 3000, target = ve.normal { mean = 1, sd = 1 } } },"
        "survey = ve.answers { { x = 1, A = { 3.5 + by }, B = { 2.4 + by } }, { x = 2, A = { 3.6 + by }, B = "
        "{ 2.6 + by } },"
        "{ x = 3, A = { 3.7 + by }, B = { 2.5 + by } } } }";
    char text[1024];
    double shift = 0;
    for (int step = 0; step < 3; step++) {
        ve_test *t = ve_test_begin();
        snprintf(text, sizeof text, model, step == 0 ? 0 : shift + (step == 1 ? -0.002 : 0.002));
        assert_int_equal(ve_test_run(t, text), VE_OK);
        assert_string_equal(ve_test_fact(t, "best"), step < 2 ? "A" : "B");
        if (step == 0)
            shift = strtod(strstr(warning(t->answer.report, VE_W_SHIFT)->message, "more than ") + 10, NULL);
        ve_test_close(t);
    }
}

/* ---- failures ------------------------------------------------------------------------------------------ */

static void failures_go_back(void **state) {
    (void)state;
    const ve_study_ops *ops = plugin_under_test()->ops;
    for (int left = 0; left < 4; left++) {
        fixture *f = fixture_new();
        f->evaluations_left = left;
        assert_int_equal(ops->study(NULL, &f->services), VE_E_NO_FUNCTION);
        ve_arena_free(f->arena);
    }
    ve_code code = VE_E_MEMORY;
    for (int left = 0; code != VE_OK; left++) { /* whichever piece of memory is missing */
        fixture *f = fixture_new();
        f->memory_left = left;
        f->list[1].method = "equal";
        f->local[0][3] = f->local[1][3] = f->local[2][3] = 0;
        code = ops->study(NULL, &f->services);
        assert_true(code == VE_OK || code == VE_E_MEMORY);
        assert_true(left < 100 && (code == VE_E_MEMORY || left > 6));
        ve_arena_free(f->arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_those_of_the_contract),
        cmocka_unit_test(changes_of_a_scenario),
        cmocka_unit_test(cells_are_the_evaluations),
        cmocka_unit_test(the_tree_is_for_people),
        cmocka_unit_test(weights_may_differ_by_option),
        cmocka_unit_test(life_cycle_costs_have_columns),
        cmocka_unit_test(the_answer_in_words),
        cmocka_unit_test(what_positioning_moves),
        cmocka_unit_test(less_function_for_less_cost),
        cmocka_unit_test(far_ahead),
        cmocka_unit_test(costs_are_money),
        cmocka_unit_test(no_survey_no_positioning),
        cmocka_unit_test(no_targets),
        cmocka_unit_test(gates_are_named),
        cmocka_unit_test(another_rule_is_told),
        cmocka_unit_test(a_rule_says_what_it_leaves_out),
        cmocka_unit_test(a_gift_has_no_value_index),
        cmocka_unit_test(namesakes_are_told_apart),
        cmocka_unit_test(the_aggregate_changes_the_winner),
        cmocka_unit_test(positioning_changes_the_winner),
        cmocka_unit_test(positioning_decides_the_gates),
        cmocka_unit_test(the_winner_would_not_pass),
        cmocka_unit_test(figures_have_sensible_digits),
        cmocka_unit_test(few_customers),
        cmocka_unit_test(a_target_nobody_is_near),
        cmocka_unit_test(a_target_nobody_reaches),
        cmocka_unit_test(a_target_beyond_the_survey),
        cmocka_unit_test(labels_have_no_middle),
        cmocka_unit_test(a_weight_of_zero),
        cmocka_unit_test(options_close_together),
        cmocka_unit_test(a_shift_of_the_scale),
        cmocka_unit_test(the_shift_is_where_they_tie),
        cmocka_unit_test(a_far_shift_is_not_told),
        cmocka_unit_test(weights_nobody_gave),
        cmocka_unit_test(customers_left_out),
        cmocka_unit_test(judgements_that_contradict),
        cmocka_unit_test(a_tie),
        cmocka_unit_test(no_option_passes),
        cmocka_unit_test(the_exhibition_quarter),
        cmocka_unit_test(the_shift_holds_in_the_engine),
        cmocka_unit_test(failures_go_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

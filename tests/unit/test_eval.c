/* The evaluation seen from inside: plugins that misbehave, gates, ranks, fixed weights, figures that
 * overflow. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "eval/eval.h"
#include "ve_test.h"

static ve_test *t;

/* ---- plugins that give whatever the test wants ----------------------------------------------------- */

typedef struct bad {
    double gives;
} bad;
static const ve_field bad_fields[] = {
    VE_FIELD(bad, gives, VE_T_NUMBER, .name = "gives", .doc = "what comes out"),
};
static const bad bad_defaults = { NAN };
#define BAD(word)                                                                                            \
    {                                                                                                        \
        .name = word, .doc = "Gives what it is told.", .size = sizeof(bad), .defaults = &bad_defaults,       \
        .fields = bad_fields, .count = VE_COUNT(bad_fields)                                                  \
    }

/* A model cannot write these, so numbers stand for them. */
static double meant(const void *params) {
    double gives = ((const bad *)params)->gives;
    return gives == 1001 ? NAN : gives == 1002 ? INFINITY : gives == 1003 ? -INFINITY : gives;
}

static ve_code bad_density(const void *params, const ve_columns *columns, double *out,
                           const ve_services *services) {
    (void)services;
    for (size_t row = 0; row < columns->rows; row++)
        out[row] = meant(params);
    return VE_OK;
}

static double no_peak(const void *params) {
    (void)params;
    return NAN;
}

static double no_mean(const void *params, size_t attribute) {
    (void)params;
    (void)attribute;
    return NAN;
}

static const ve_distribution_ops bad_target_ops = {
    .size = sizeof bad_target_ops,
    .joint = true,
    .log_density = bad_density,
    .log_peak = no_peak,
    .mean = no_mean,
};
static const ve_record bad_target_record = BAD("bad_target");
static const ve_plugin bad_target =
    VE_PLUGIN_BODY(DISTRIBUTION, "bad_target", "1", "for tests", &bad_target_record, &bad_target_ops);

static ve_code bad_weigh(const void *params, const ve_subjects *subjects, double *weight, ve_judged *judged,
                         const ve_services *services) {
    (void)services;
    judged->note = "for tests";
    for (size_t k = 0; k < subjects->count; k++)
        weight[k] = meant(params);
    return VE_OK;
}

static const ve_judgement_ops bad_judgement_ops = { .size = sizeof bad_judgement_ops, .weigh = bad_weigh };
static const ve_record bad_judgement_record = BAD("bad_judgement");
static const ve_plugin bad_judgement =
    VE_PLUGIN_BODY(JUDGEMENT, "bad_judgement", "1", "for tests", &bad_judgement_record, &bad_judgement_ops);

static ve_code bad_cost_of(const void *params, ve_cost *out, const ve_services *services) {
    (void)services;
    out->cost = meant(params);
    return VE_OK;
}

static const ve_cost_ops bad_cost_ops = { .size = sizeof bad_cost_ops, .cost = bad_cost_of };
static const ve_record bad_cost_record = BAD("bad_cost");
static const ve_plugin bad_cost =
    VE_PLUGIN_BODY(COST, "bad_cost", "1", "for tests", &bad_cost_record, &bad_cost_ops);

static ve_code bad_merit_of(const void *params, const ve_outcome_option *option, size_t options,
                            double *merit, const ve_services *services) {
    (void)option;
    (void)services;
    for (size_t i = 0; i < options; i++)
        merit[i] = meant(params);
    return VE_OK;
}

static const ve_rule_ops bad_rule_ops = { .size = sizeof bad_rule_ops, .merit = bad_merit_of };
static const ve_record bad_rule_record = BAD("bad_rule");
static const ve_plugin bad_rule =
    VE_PLUGIN_BODY(RULE, "bad_rule", "1", "for tests", &bad_rule_record, &bad_rule_ops);

/* Weighs by the scores it is shown. */
static ve_code score_weigh(const void *params, const ve_subjects *subjects, double *weight, ve_judged *judged,
                           const ve_services *services) {
    (void)params;
    (void)judged;
    (void)services;
    for (size_t k = 0; k < subjects->count; k++) {
        weight[k] = 1;
        for (size_t i = 0; subjects->score && i < subjects->options; i++)
            weight[k] += subjects->score[i * subjects->count + k];
    }
    return VE_OK;
}

static const ve_judgement_ops by_score_ops = {
    .size = sizeof by_score_ops,
    .needs = VE_NEEDS_SCORES,
    .weigh = score_weigh,
};
static const ve_record by_score_record = BAD("by_score");
static const ve_plugin by_score =
    VE_PLUGIN_BODY(JUDGEMENT, "by_score", "1", "for tests", &by_score_record, &by_score_ops);

/* One column, chosen by `by`: the log density is the attribute itself. */
typedef struct single {
    int by;
} single;
static const ve_field single_fields[] = {
    VE_FIELD(single, by, VE_T_REF, .name = "by", .of = VE_OF_ATTRIBUTES, .doc = "the attribute"),
};
static const ve_record single_record = {
    .name = "single",
    .doc = "One attribute.",
    .size = sizeof(single),
    .fields = single_fields,
    .count = 1,
};

static ve_code single_density(const void *params, const ve_columns *columns, double *out,
                              const ve_services *services) {
    (void)params;
    (void)services;
    for (size_t row = 0; row < columns->rows; row++)
        out[row] = columns->column[0][row];
    return columns->count == 1 ? VE_OK : VE_E_INTERNAL;
}

static const ve_distribution_ops single_ops = {
    .size = sizeof single_ops,
    .log_density = single_density,
    .log_peak = no_peak,
    .mean = no_mean,
};
static const ve_plugin single_target =
    VE_PLUGIN_BODY(DISTRIBUTION, "single", "1", "for tests", &single_record, &single_ops);

static int start(void **state) {
    (void)state;
    static const ve_plugin *const more[] = {
        &bad_target, &bad_judgement, &bad_cost, &bad_rule, &by_score, &single_target,
    };
    t = ve_test_begin();
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        if (ve_registry_add(t->registry, t->plugins, more[i], "the test", &t->errors)) return 1;
    return 0;
}

static int stop(void **state) {
    (void)state;
    ve_test_close(t);
    return 0;
}

/* ---- mistrust --------------------------------------------------------------------------------------- */

static ve_code run_with(const char *weights, const char *cost, const char *rule) {
    char model[1000];
    snprintf(model, sizeof model,
             "{ functions = { weights = %s, { id = 'f' }, { id = 'g' } }, choose = %s, options = {\n"
             "{ id = 'A', cost = %s, scores = { f = 1, g = 2 } }, { id = 'B', cost = 2, scores = { f = 2, g "
             "= 2 } } } }",
             weights, rule, cost);
    return ve_test_run(t, model);
}

static ve_code run_target(const char *target, const char *aggregate) {
    char model[1000];
    snprintf(
        model, sizeof model,
        "{ attributes = { x = 'm', y = 'm' }, aggregate = '%s', functions = { { id = 'f' } }, options = {\n"
        "{ id = 'A', cost = 1, target = %s }, { id = 'B', cost = 2 } },\n"
        "survey = ve.answers { { x = 1, y = -1, A = { 1 }, B = { 2 } }, { x = 2, y = -700, A = { 4 }, B = { "
        "2 } } } }",
        aggregate, target);
    return ve_test_run(t, model);
}

static void plugins_that_give_no_numbers(void **state) {
    (void)state;
    static const char *const given[] = { "1001", "1002", "-1" };
    char word[100];
    for (size_t i = 0; i < 3; i++) {
        snprintf(word, sizeof word, "ve.bad_judgement { gives = %s }", given[i]);
        run_with(word, "1", "ve.max_value {}");
        assert_true(ve_test_told(t, VE_E_PLUGIN_RESULT, 1,
                                 "ve.bad_judgement gave 'f' a weight that is not a number"));
        snprintf(word, sizeof word, "ve.bad_cost { gives = %s }", given[i]);
        run_with("ve.direct { f = 1, g = 1 }", word, "ve.max_value {}");
        assert_true(ve_test_told(t, VE_E_PLUGIN_RESULT, 2, "ve.bad_cost gave a cost that is not a number"));
    }
    run_with("ve.direct { f = 1, g = 1 }", "1", "ve.bad_rule { gives = 1002 }");
    assert_true(
        ve_test_told(t, VE_E_PLUGIN_RESULT, 1, "ve.bad_rule gave an option a merit that is not finite"));
    run_target("ve.bad_target { gives = 1001 }", "mean");
    assert_true(
        ve_test_told(t, VE_E_PLUGIN_RESULT, 2, "ve.bad_target gave a customer weight that is not a number"));
    run_target("ve.bad_target { gives = 1002 }", "mean");
    assert_true(
        ve_test_told(t, VE_E_PLUGIN_RESULT, 2, "ve.bad_target gave a customer weight that is not a number"));
}

static void weights_all_zero(void **state) {
    (void)state;
    run_with("ve.bad_judgement { gives = 0 }", "1", "ve.max_value {}");
    assert_true(ve_test_told(t, VE_E_WEIGHTS, 1, "all weights of ve.bad_judgement are zero"));
    ve_test_run(t,
                "{ functions = { { id = 'f', weight = 0 }, { id = 'g', weight = 0 } }, options = {\n"
                "{ id = 'A', cost = 1, scores = { 1, 2 } }, { id = 'B', cost = 2, scores = { 1, 2 } } } }");
    assert_true(ve_test_told(t, VE_E_WEIGHTS, 1, "the weights of this list are all zero"));
}

static void nobody_has_weight(void **state) {
    (void)state;
    run_target("ve.bad_target { gives = 1003 }", "mean");
    assert_true(
        ve_test_told(t, VE_E_NO_WEIGHT, 2, "none of the surveyed customers has any weight for option 'A'"));
}

static void nobody_is_best(void **state) {
    (void)state;
    assert_int_equal(run_with("ve.direct { f = 1, g = 1 }", "1", "ve.bad_rule { gives = 1001 }"), VE_OK);
    assert_null(ve_test_fact(t, "best"));
    assert_true(isnan(ve_test_option(t, "A", "rank")));
}

static void everything_zero(void **state) {
    (void)state;
    ve_test_run(t, "{ functions = { { id = 'f' } }, options = {\n"
                   "{ id = 'A', cost = 1, scores = { 0 } }, { id = 'B', cost = 2, scores = { 0 } } } }");
    assert_true(ve_test_told(t, VE_E_NO_FUNCTION, 0, "every function score is zero"));
    ve_test_run(t, "{ functions = { { id = 'f' } }, options = {\n"
                   "{ id = 'A', cost = 0, scores = { 1 } }, { id = 'B', cost = 0, scores = { 1 } } } }");
    assert_true(ve_test_told(t, VE_E_NO_COST, 0, "the costs add up to zero"));
}

static void costs_worlds_apart(void **state) {
    (void)state;
    run_with("ve.direct { f = 1, g = 1 }",
             "ve.life_cycle { initial = 1, annual = 9, rate = -0.999, years = 102, basis = 'present' }",
             "ve.max_value {}");
    assert_int_equal(t->code, VE_OK);
    ve_test_run(
        t, "{ functions = { { id = 'f' } }, options = { { id = 'A', scores = { 1 }, cost = ve.life_cycle {\n"
           "initial = 1, annual = 9, rate = -0.999, years = 102, basis = 'present' } },\n"
           "{ id = 'B', cost = 1e-12, scores = { 1 } } } }");
    assert_true(ve_test_told(t, VE_E_NOT_FINITE, 0, "a cost is too small beside the others"));
}

/* ---- targets ------------------------------------------------------------------------------------------ */

static void a_target_of_one_attribute(void **state) {
    (void)state;
    assert_int_equal(run_target("ve.single { by = 'x' }", "mean"), VE_OK);
    assert_true(
        ve_test_near(ve_test_option(t, "A", "function_score"), (exp(-1) * 1 + 4) / (exp(-1) + 1), 1e-14));
    run_target("ve.single {}", "mean");
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 2, "several attributes"));
}

/* exp(-700) still is a number, its square is not: nothing of this may be computed outside of logarithms. */
static void sums_in_logarithms(void **state) {
    (void)state;
    assert_int_equal(run_target("ve.bad_target { gives = -900 }", "sum"), VE_OK);
    assert_true(ve_test_option(t, "A", "function_score") == 0);
    assert_int_equal(run_target("ve.single { by = 'y' }", "peak"), VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"), 1, 1e-14));
    assert_int_equal(
        ve_test_run(
            t, "{ attributes = { x = 'm' }, aggregate = 'sum', functions = { { id = 'f' } }, options = {\n"
               "{ id = 'A', cost = 1, target = ve.bad_target { gives = -900 } },\n"
               "{ id = 'B', cost = 1, target = ve.bad_target { gives = -901 } } },\n"
               "survey = ve.answers { { x = 1, A = { 1 }, B = { 1 } }, { x = 2, A = { 1 }, B = { 1 } } } }"),
        VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_coefficient"), 1 / (1 + exp(-1)), 1e-14));
    ve_test_run(t,
                "{ attributes = { x = 'm' }, aggregate = 'sum', functions = { { id = 'f' } }, options = {\n"
                "{ id = 'A', cost = 1, target = ve.bad_target { gives = 900 } }, { id = 'B', cost = 1 } },\n"
                "survey = ve.answers { { x = 1, A = { 1 }, B = { 1 } }, { x = 2, A = { 1 }, B = { 1 } } } }");
    assert_true(ve_test_told(t, VE_E_NOT_FINITE, 0, "a function score is too large to compute with"));
}

static void functions_as_targets(void **state) {
    (void)state;
    assert_int_equal(run_target("function(c) return c.x > 1.5 and 3 or 1 end", "mean"), VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"), (1 + 3 * 4) / 4.0, 1e-14));
    assert_int_equal(run_target("function(c) return c.x > 1.5 and 3 or 1 end", "sum"), VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"), 13, 1e-14));
    assert_int_equal(run_target("function(c) return c.x > 1.5 and 3 or 1 end", "peak"), VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"), 13 / 3.0, 1e-14));
    assert_true(ve_test_near(ve_test_option(t, "A", "weight_share"), 4 / 6.0, 1e-14));
    run_target("function(c) return 0 end", "mean");
    assert_true(ve_test_told(t, VE_E_NO_WEIGHT, 2, "any weight for option 'A'"));
}

/* ---- weights ------------------------------------------------------------------------------------------ */

static void judgements_may_look_at_scores(void **state) {
    (void)state;
    assert_int_equal(run_with("ve.by_score {}", "1", "ve.max_value {}"), VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "f"), 4 / 9.0, 1e-15));
    ve_test_run(t, "{ functions = { { id = 'f', scores = ve.by_score {} } }, options = {\n"
                   "{ id = 'A', cost = 1 }, { id = 'B', cost = 2 } } }");
    assert_true(
        ve_test_told(t, VE_E_UNKNOWN_WORD, 1, "ve.by_score weighs functions; it cannot judge options"));
}

static void some_scores_judged_some_rated(void **state) {
    (void)state;
    assert_int_equal(
        ve_test_run(
            t, "{ functions = { { id = 'f', weight = 1 }, { id = 'g', weight = 1, scores = ve.direct { A = "
               "3, B = 1 } },\n"
               "{ id = 'h', weight = 2 } }, options = { { id = 'A', cost = 1 }, { id = 'B', cost = 1 } },\n"
               "survey = ve.answers { { A = { f = 1, h = 2 }, B = { f = 3, h = 4 } }, { A = { 2, 2 }, B = { "
               "3, 3 } } } }"),
        VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"), (1.5 + 0.75 + 2 * 2) / 4, 1e-15));
    assert_true(ve_test_near(ve_test_option(t, "B", "function_score"), (3 + 0.25 + 2 * 3.5) / 4, 1e-15));
    assert_int_equal(
        ve_test_run(t, "{ functions = { { id = 'f', weight = 1, scores = ve.direct { A = 1, B = 1 } },\n"
                       "{ id = 'g', weight = 1, scores = ve.direct { A = 3, B = 1 } } },\n"
                       "options = { { id = 'A', cost = 1 }, { id = 'B', cost = 1 } } }"),
        VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "function_score"), 0.625, 1e-15));
}

static const char tree[] =
    "{ functions = { { id = 'f', weight = 6, parts = { { id = 'f1', weight = 3 }, { id = 'f2', weight = 1 } "
    "} },\n"
    "{ id = 'g', weight = 3 }, { id = 'h', weight = 1 } }, options = {\n"
    "{ id = 'A', cost = 1, scores = { 1, 2, 3, 4 } }, { id = 'B', cost = 2, scores = { 4, 3, 2, 1 } } } }";

static ve_code run_set(const ve_setting *set, size_t sets) {
    t->set = set;
    t->sets = sets;
    ve_code code = ve_test_run(t, tree);
    t->set = NULL;
    t->sets = 0;
    return code;
}

static void weights_set_by_path(void **state) {
    (void)state;
    const ve_setting one[] = { { "functions.g.weight", "5" } };
    assert_int_equal(run_set(one, 1), VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "g"), 0.5, 1e-15));
    assert_true(ve_test_near(ve_test_weight(t, "f"), 0.5 * 6 / 7, 1e-15));
    assert_true(ve_test_near(ve_test_weight(t, "f1"), 0.5 * 6 / 7 * 0.75, 1e-15));
    const ve_setting all_of_it[] = { { "functions.g.weight", "10" } };
    assert_int_equal(run_set(all_of_it, 1), VE_OK);
    assert_true(ve_test_weight(t, "f") == 0);
    const ve_setting two[] = { { "functions.g.weight", "5" }, { "functions.f.weight", "1" } };
    assert_int_equal(run_set(two, 2), VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "h"), 0.4, 1e-15));
    const ve_setting nothing[] = { { "functions.f1.weight", "0" } };
    assert_int_equal(run_set(nothing, 1), VE_OK);
    assert_true(ve_test_weight(t, "f1") == 0);
    assert_true(ve_test_near(ve_test_weight(t, "f2"), 0.6, 1e-15));
}

static void weights_set_too_high(void **state) {
    (void)state;
    const ve_setting both[] = { { "functions.g.weight", "6" }, { "functions.f.weight", "6" } };
    run_set(both, 2);
    assert_true(ve_test_told(t, VE_E_CONFLICT, 0, "the weights set in this list make 1.2 of its whole"));
    const ve_setting all[] = {
        { "functions.f.weight", "1" },
        { "functions.g.weight", "1" },
        { "functions.h.weight", "1" },
    };
    run_set(all, 3);
    assert_true(ve_test_told(t, VE_E_CONFLICT, 0, "the weights set in this list make 0.3 of its whole"));
}

/* Where the others have nothing to keep a ratio of, they share what remains. */
static void siblings_without_weight(void **state) {
    (void)state;
    const ve_setting set[] = { { "functions.f.weight", "0.4" } };
    t->set = set;
    t->sets = 1;
    ve_code code = ve_test_run(t, "{ functions = { { id = 'f', weight = 1 }, { id = 'g', weight = 0 },\n"
                                  "{ id = 'h', weight = 0 } }, options = {\n"
                                  "{ id = 'A', cost = 1, scores = { 1, 2, 3 } },\n"
                                  "{ id = 'B', cost = 2, scores = { 4, 3, 2 } } } }");
    t->set = NULL;
    t->sets = 0;
    assert_int_equal(code, VE_OK);
    assert_true(ve_test_near(ve_test_weight(t, "g"), 0.3, 1e-15));
}

/* ---- gates -------------------------------------------------------------------------------------------- */

static void gates_at_any_depth(void **state) {
    (void)state;
    assert_int_equal(
        ve_test_run(
            t,
            "{ functions = { { id = 'f', weight = 1, minimum = 2.5, parts = { { id = 'f1', weight = 0.75 },\n"
            "{ id = 'f2', weight = 0.25 } } }, { id = 'g', weight = 1 } }, options = {\n"
            "{ id = 'A', cost = 1, scores = { 3, 1, 9 } }, { id = 'B', cost = 2, scores = { 3, 0.9, 1 } },\n"
            "{ id = 'C', cost = 1, scores = { 0, 0, 99 } } } }"),
        VE_OK);
    assert_true(ve_test_truth(t, "A", "feasible"));
    assert_false(ve_test_truth(t, "B", "feasible"));
    assert_false(ve_test_truth(t, "C", "feasible"));
    assert_string_equal(ve_test_fact(t, "best"), "A");
    assert_true(ve_test_option(t, "C", "value_index") > ve_test_option(t, "A", "value_index"));
}

/* 0.1 three times, on average, is not quite 0.1 in doubles. */
static void gates_forgive_rounding(void **state) {
    (void)state;
    assert_int_equal(
        ve_test_run(
            t,
            "{ attributes = { x = 'm' }, functions = { { id = 'f', minimum = 0.7 } }, options = {\n"
            "{ id = 'A', cost = 1, target = ve.normal { mean = 3, sd = 0.7 } }, { id = 'B', cost = 2 } },\n"
            "survey = ve.answers { { x = 1, A = { 0.7 }, B = { 0.7 } }, { x = 2.2, A = { 0.7 }, B = { 0.7 } "
            "},\n"
            "{ x = 3.1, A = { 0.7 }, B = { 0.7 } } } }"),
        VE_OK);
    assert_true(ve_test_truth(t, "A", "feasible"));
    assert_true(ve_test_truth(t, "B", "feasible"));
}

static void no_option_passes(void **state) {
    (void)state;
    assert_int_equal(
        ve_test_run(t, "{ functions = { { id = 'f', minimum = 3 } }, options = {\n"
                       "{ id = 'A', cost = 1, scores = { 1 } }, { id = 'B', cost = 2, scores = { 1 } } } }"),
        VE_OK);
    assert_null(ve_test_fact(t, "best"));
    assert_true(ve_test_warned(t, VE_W_NONE_FEASIBLE));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plugins_that_give_no_numbers),
        cmocka_unit_test(weights_all_zero),
        cmocka_unit_test(nobody_has_weight),
        cmocka_unit_test(nobody_is_best),
        cmocka_unit_test(everything_zero),
        cmocka_unit_test(costs_worlds_apart),
        cmocka_unit_test(a_target_of_one_attribute),
        cmocka_unit_test(sums_in_logarithms),
        cmocka_unit_test(functions_as_targets),
        cmocka_unit_test(judgements_may_look_at_scores),
        cmocka_unit_test(some_scores_judged_some_rated),
        cmocka_unit_test(weights_set_by_path),
        cmocka_unit_test(weights_set_too_high),
        cmocka_unit_test(siblings_without_weight),
        cmocka_unit_test(gates_at_any_depth),
        cmocka_unit_test(gates_forgive_rounding),
        cmocka_unit_test(no_option_passes),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

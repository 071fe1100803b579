/* Tests of `segments`: tiers, Gini and Lorenz against hand cases and closed forms, the value for every tier
 * against a survey of that tier alone. SPDX-License-Identifier: GPL-3.0-or-later */
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

enum { MOST = 1200 };

/* ---- customers ------------------------------------------------------------------------------------ */

typedef struct customer {
    double income, profit, weight;
    int score[4]; /* A_f, A_g, B_f, B_g */
} customer;

static customer people[MOST];
static size_t persons;

static void write_people(const size_t *order) {
    static char text[MOST * 64];
    size_t used = (size_t)snprintf(text, sizeof text, "income,profit,w,A_f,A_g,B_f,B_g\n");
    for (size_t i = 0; i < persons; i++) {
        const customer *c = &people[order ? order[i] : i];
        used +=
            (size_t)snprintf(text + used, sizeof text - used, "%.17g,%.17g,%.17g,%d,%d,%d,%d\n", c->income,
                             c->profit, c->weight, c->score[0], c->score[1], c->score[2], c->score[3]);
    }
    ve_test_text(t, "s.csv", text);
}

/* Scores that differ along incomes, so that targets and tiers matter. */
static void make_people(size_t count, double (*profit)(size_t, size_t)) {
    persons = count;
    for (size_t i = 0; i < count; i++)
        people[i] = (customer){ (double)(i * 7 % count),
                                profit(i, count),
                                1,
                                { (int)(i % 5), (int)(i % 3), 4 - (int)(i % 4), (int)(i * i % 5) } };
    write_people(NULL);
}

static const char *model(const char *targets, const char *more) {
    static char text[2000];
    snprintf(text, sizeof text,
             "{ attributes = { income = 'CNY' }, functions = { { id = 'f', weight = 3 }, { id = 'g', weight "
             "= 2 } },\n"
             "  options = { { id = 'A', cost = 10%s }, { id = 'B', cost = 9%s } }, scale = { 0, 4 },\n"
             "  survey = ve.csv { file = 's.csv', scores = '{option}_{function}', weight = 'w' }, %s }",
             targets, targets, more);
    return text;
}

static ve_code segments(const char *targets, const char *tiers) {
    return ve_test_study(t, model(targets, tiers), "segments", NULL);
}

static double fact(const char *key) {
    for (size_t i = 0; i < t->answer.report->facts; i++)
        if (strcmp(t->answer.report->fact[i].key, key) == 0) {
            const ve_cell *cell = &t->answer.report->fact[i].value;
            return cell->kind == VE_CELL_NUMBER ? cell->number : NAN;
        }
    fail_msg("no fact %s", key);
    return NAN;
}

static const ve_table *table(const char *key) {
    for (size_t i = 0; i < t->answer.report->tables; i++)
        if (strcmp(t->answer.report->table[i]->key, key) == 0) return t->answer.report->table[i];
    fail_msg("no table %s", key);
    return NULL;
}

static double tier(const char *name, const char *column) {
    return ve_test_number(t, "tiers", column, "tier", name, NULL);
}

static double value(const char *name, const char *option, const char *column) {
    return ve_test_number(t, "values", column, "tier", name, "option", option, NULL);
}

static bool warned_of(const char *words) {
    for (size_t i = 0; i < t->answer.report->notices; i++)
        if (strstr(t->answer.report->notice[i].message, words)) return true;
    return false;
}

#define NEAR(is, wanted) assert_true(ve_test_near(is, wanted, 1e-12))
#define TIERS "tiers = { by = 'profit' }"
#define HALVES "tiers = { by = 'profit', names = { 'best', 'rest' }, shares = { 0.5 } }"

/* ---- concentration -------------------------------------------------------------------------------- */

static double ascending(size_t i, size_t n) {
    (void)n;
    return (double)(i + 1);
}

static void by_hand(void **state) {
    (void)state;
    make_people(4,
                ascending); /* 1 2 3 4: sum of (2i - n - 1) x = -3 - 2 + 3 + 12 = 10, over n * sum x = 40 */
    assert_int_equal(segments("", HALVES), VE_OK);
    NEAR(fact("gini"), 0.25);
    NEAR(fact("top20_share"), 0.8 * 4 / 10);
    const ve_table *lorenz = table("lorenz");
    static const double wanted[][2] = { { 0, 0 }, { 0.25, 0.1 }, { 0.5, 0.3 }, { 0.75, 0.6 }, { 1, 1 } };
    assert_int_equal(lorenz->rows, VE_COUNT(wanted));
    for (size_t i = 0; i < 2 * VE_COUNT(wanted); i++)
        NEAR(lorenz->cell[i].number, wanted[i / 2][i % 2]);
    NEAR(tier("best", "profit_share"), 0.7);
    NEAR(tier("best", "customers"), 2);
    NEAR(tier("best", "least"), 3);
    assert_true(ve_test_says(
        t, "bring 32.0 % of all profit, the Gini coefficient is 0.250: profit is somewhat concentrated"));
    assert_false(ve_test_warned(t, VE_W_TIERS));
}

static double middle_of_uniform(size_t i, size_t n) {
    return ((double)i + 0.5) / (double)n;
}

static double middle_of_exponential(size_t i, size_t n) {
    return -log1p(-middle_of_uniform(i, n));
}

static void closed_forms(void **state) {
    (void)state;
    make_people(1000, middle_of_uniform); /* (n^2 - 1) / (3 n^2), 1/3 in the limit */
    assert_int_equal(segments("", TIERS), VE_OK);
    NEAR(fact("gini"), (1e6 - 1) / 3e6);
    NEAR(fact("top20_share"), 0.36);
    assert_int_equal(table("lorenz")->rows, 101);
    for (size_t i = 0; i <= 100; i++) {
        double p = (double)i / 100;
        NEAR(table("lorenz")->cell[2 * i].number, p);
        NEAR(table("lorenz")->cell[2 * i + 1].number, p * p);
    }
    make_people(1000, middle_of_exponential); /* 1/2; the top share 0.2 (1 - ln 0.2) */
    assert_int_equal(segments("", TIERS), VE_OK);
    assert_true(fabs(fact("gini") - 0.5) < 1e-3);
    assert_true(fabs(fact("top20_share") - 0.2 * (1 - log(0.2))) < 1e-3);
}

static double alike(size_t i, size_t n) {
    (void)i, (void)n;
    return 7;
}

static void all_alike(void **state) {
    (void)state;
    make_people(10, alike);
    assert_int_equal(segments("", TIERS), VE_OK);
    NEAR(fact("gini"), 0);
    NEAR(fact("top20_share"), 0.2);
    assert_true(ve_test_says(t, "spread rather evenly"));
    static const char *const name[] = { "platinum", "gold", "iron", "lead" };
    static const double share[] = { 0.01, 0.04, 0.15, 0.8 };
    for (size_t k = 0; k < 4; k++) { /* divided as the shares say: nobody is before anybody else */
        NEAR(tier(name[k], "customers"), 10 * share[k]);
        NEAR(tier(name[k], "profit_share"), share[k]);
        NEAR(value(name[k], "A", "function_coefficient"), value("lead", "A", "function_coefficient"));
    }
}

static double one_brings_all(size_t i, size_t n) {
    (void)n;
    return i == 3 ? 100 : 0;
}

static void one_for_all(void **state) {
    (void)state;
    make_people(50, one_brings_all);
    assert_int_equal(segments("", TIERS), VE_OK);
    NEAR(fact("gini"), 49.0 / 50);
    NEAR(fact("top20_share"), 1);
    assert_true(ve_test_says(t, "as concentrated as the 80/20 rule says, or more"));
    assert_int_equal(table("lorenz")->rows, 3);
}

/* ---- losses --------------------------------------------------------------------------------------- */

static double some_lose(size_t i, size_t n) {
    (void)n;
    static const double profit[] = { -3, 1, 10, -1 };
    return profit[i];
}

static double all_lose(size_t i, size_t n) {
    (void)n;
    return i == 0 ? 1 : -2;
}

static void losses(void **state) {
    (void)state;
    make_people(4, some_lose); /* -3 -1 1 10: (9 + 1 + 1 + 30) / (4 * 7) is above 1 */
    assert_int_equal(segments("", HALVES), VE_OK);
    NEAR(fact("gini"), 41.0 / 28);
    NEAR(table("lorenz")->cell[3].number, -3.0 / 7);
    NEAR(table("lorenz")->cell[5].number, -4.0 / 7);
    NEAR(fact("top20_share"), 8.0 / 7);
    NEAR(tier("best", "profit_share"), 11.0 / 7);
    NEAR(tier("rest", "profit_share"), -4.0 / 7);
    assert_true(ve_test_says(t, "50.0 % of customers bring losses, together 57.1 % of all profit"));
}

static void no_profit(void **state) {
    (void)state;
    make_people(4, all_lose);
    assert_int_equal(segments("", HALVES), VE_OK);
    assert_true(isnan(fact("gini")) && isnan(fact("top20_share")));
    assert_int_equal(table("lorenz")->rows, 0);
    NEAR(tier("best", "customers"), 2);
    assert_int_equal(table("tiers")->cell[3].kind, VE_CELL_NULL);
    assert_true(ve_test_says(t, "All customers together bring no profit (-1.25 each, by profit)"));
    segments("", "tiers = { by = 'profit', cut = 'profit' }");
    assert_true(ve_test_told(t, VE_E_ATTRIBUTE, 3, "because together they bring none (-1.25 each)"));
}

/* ---- tiers ---------------------------------------------------------------------------------------- */

static void usual_shares(void **state) {
    (void)state;
    make_people(100, ascending);
    assert_int_equal(segments("", TIERS), VE_OK);
    NEAR(tier("platinum", "customers"), 1);
    NEAR(tier("gold", "customers"), 4);
    NEAR(tier("iron", "customers"), 15);
    NEAR(tier("lead", "customers"), 80);
    NEAR(tier("platinum", "profit_share"), 100.0 / 5050);
    NEAR(tier("gold", "profit_share"), (99 + 98 + 97 + 96) / 5050.0);
    NEAR(tier("lead", "profit_share"), 80 * 81 / 2 / 5050.0);
    NEAR(tier("lead", "least"), 1);
    NEAR(tier("platinum", "profit_share") + tier("gold", "profit_share") + tier("iron", "profit_share"),
         fact("top20_share"));
}

static void border_through_a_customer(void **state) {
    (void)state;
    make_people(4, ascending);
    assert_int_equal(
        segments("", "tiers = { by = 'profit', names = { 'a', 'b', 'c' }, shares = { 0.1, 0.3 } }"), VE_OK);
    NEAR(tier("a", "customers"), 0.4);
    NEAR(tier("b", "customers"), 1.2);
    NEAR(tier("c", "customers"), 2.4);
    NEAR(tier("b", "profit_share"), (0.6 * 4 + 0.6 * 3) / 10);
    NEAR(tier("a", "customers") + tier("b", "customers") + tier("c", "customers"), 4);
    assert_true(
        warned_of("a has 0.4 customers: its result for A rests on the answers of only 1.00 effective"));
}

static void cut_by_profit(void **state) {
    (void)state;
    make_people(4, ascending); /* 4 + 1/3 of 3 brings half, then all but 1 of 10 */
    assert_int_equal(
        segments(
            "",
            "tiers = { by = 'profit', names = { 'a', 'b', 'c' }, shares = { 0.5, 0.4 }, cut = 'profit' }"),
        VE_OK);
    NEAR(tier("a", "customers"), 1 + 1.0 / 3);
    NEAR(tier("b", "customers"), 1 + 2.0 / 3);
    NEAR(tier("c", "customers"), 1);
    NEAR(tier("a", "profit_share"), 0.5);
    NEAR(tier("b", "profit_share"), 0.4);
    make_people(4, some_lose); /* 10 of 7 in all: the first brings both shares, losses are in the rest */
    assert_int_equal(
        segments(
            "",
            "tiers = { by = 'profit', names = { 'a', 'b', 'c' }, shares = { 0.5, 0.4 }, cut = 'profit' }"),
        VE_OK);
    NEAR(tier("a", "customers"), 0.35);
    NEAR(tier("b", "customers"), 0.28);
    NEAR(tier("c", "profit_share"), 0.1);
}

static void design_weights(void **state) {
    (void)state;
    make_people(4, ascending);
    people[0].weight = 3;
    people[2].weight = 0;
    write_people(NULL); /* as 1 1 1 2 4: customers who stand for others */
    assert_int_equal(segments("", HALVES), VE_OK);
    NEAR(fact("gini"), (-4 - 2 + 0 + 2 * 2 + 4 * 4) / (5.0 * 9));
    NEAR(tier("best", "customer_share"), 0.5);
    NEAR(tier("best", "profit_share"), (4 + 2 + 0.5) / 9);
    NEAR(tier("best", "customers") + tier("rest", "customers"), 4);
}

/* ---- values --------------------------------------------------------------------------------------- */

static double steps(size_t i, size_t n) {
    return (double)(i * 37 % n / 4); /* four customers of each profit */
}

static void shuffle(size_t *order, unsigned seed) {
    for (size_t i = 0; i < persons; i++)
        order[i] = i;
    for (size_t i = persons; i-- > 1;) {
        seed = seed * 1103515245u + 12345u;
        size_t j = seed / 65536 % (i + 1), kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
}

static void same_report(const ve_report *a, const ve_report *b) {
    assert_int_equal(a->tables, b->tables);
    for (size_t k = 0; k < a->tables; k++) {
        size_t cells = a->table[k]->rows * a->table[k]->columns;
        assert_int_equal(cells, b->table[k]->rows * b->table[k]->columns);
        for (size_t i = 0; i < cells; i++) {
            const ve_cell *x = &a->table[k]->cell[i], *y = &b->table[k]->cell[i];
            assert_int_equal(x->kind, y->kind);
            if (x->kind == VE_CELL_NUMBER) assert_memory_equal(&x->number, &y->number, sizeof x->number);
        }
    }
}

#define TARGET ", target = ve.normal { mean = 50, sd = 40 }"
#define WEIGHTED "tiers = { by = 'profit', weights = { 4, 2, 1, 0.5 } }"

static void order_of_rows(void **state) {
    (void)state;
    size_t order[MOST];
    make_people(90, steps);
    for (size_t i = 0; i < persons; i++)
        people[i].weight = 1 + (double)(i % 7) / 10;
    write_people(NULL);
    assert_int_equal(segments(TARGET, WEIGHTED), VE_OK);
    const ve_report *base = t->answer.report;
    ve_arena *kept = t->arena;
    t->arena = ve_arena_new(0); /* the next run must not take the first report away */
    for (unsigned seed = 1; seed < 6; seed++) {
        shuffle(order, seed);
        write_people(order);
        t->threads = 1 + seed % 3;
        assert_int_equal(segments(TARGET, WEIGHTED), VE_OK);
        same_report(base, t->answer.report);
    }
    t->threads = 1;
    ve_arena_free(kept);
}

/* What a tier's own customers say, and nobody else. */
static void as_a_survey_of_its_own(void **state) {
    (void)state;
    double f[2], v[2];
    make_people(100, ascending);
    assert_int_equal(segments(TARGET, TIERS), VE_OK);
    for (int i = 0; i < 2; i++) {
        f[i] = value("iron", i ? "B" : "A", "function_coefficient");
        v[i] = value("iron", i ? "B" : "A", "undifferentiated_value_index");
    }
    for (size_t i = 0; i < persons; i++)
        people[i].weight = people[i].profit <= 95 && people[i].profit > 80 ? 1 : 0;
    write_people(NULL);
    assert_int_equal(ve_test_run(t, model(TARGET, "")), VE_OK);
    for (int i = 0; i < 2; i++) {
        NEAR(f[i], ve_test_option(t, i ? "B" : "A", "function_coefficient"));
        NEAR(v[i], ve_test_option(t, i ? "B" : "A", "undifferentiated_value_index"));
    }
}

static const char *const figure[] = {
    "function_score",      "function_coefficient",        "value_index", "rank", "weight_share",
    "effective_customers", "undifferentiated_value_index"
};

enum { FIGURES = 2 * VE_COUNT(figure) };

static void take_figures(double out[FIGURES]) {
    for (size_t c = 0; c < FIGURES; c++)
        out[c] = ve_test_option(t, c % 2 ? "B" : "A", figure[c / 2]);
}

static void equal_weights_change_nothing(void **state) {
    (void)state;
    static const char *const aggregate[] = { "mean", "sum", "peak" };
    double before[FIGURES], after[FIGURES];
    make_people(90, steps); /* borders run through customers of equal profit */
    for (int i = 0; i < 3; i++) {
        char text[200];
        snprintf(text, sizeof text, "aggregate = '%s'", aggregate[i]);
        assert_int_equal(ve_test_run(t, model(TARGET, text)), VE_OK);
        take_figures(before);
        snprintf(text, sizeof text, "aggregate = '%s', tiers = { by = 'profit', weights = { 1, 1, 1, 1 } }",
                 aggregate[i]);
        assert_int_equal(ve_test_run(t, model(TARGET, text)), VE_OK);
        take_figures(after);
        assert_memory_equal(after, before, sizeof after); /* to the last bit */
        assert_false(ve_test_warned(t, VE_W_TIERS));
    }
}

/* A tier's weight is one more factor of the customer weight: as if it were a design weight. */
static void weights_multiply(void **state) {
    (void)state;
    double with[FIGURES], wanted[FIGURES];
    make_people(100, ascending);
    assert_int_equal(ve_test_run(t, model(TARGET, "tiers = { by = 'profit', weights = { 4, 2, 1, 0 } }")),
                     VE_OK);
    assert_true(ve_test_warned(t, VE_W_TIERS));
    assert_true(ve_test_says(t, "Customers count by their tier: platinum 4, gold 2, iron 1, lead 0."));
    assert_true(warned_of("(platinum 4, gold 2, iron 1, lead 0), which is a policy and not something that"));
    take_figures(with);
    for (size_t i = 0; i < persons; i++) {
        double profit = people[i].profit;
        people[i].weight = profit > 99 ? 4 : profit > 95 ? 2 : profit > 80 ? 1 : 0;
    }
    write_people(NULL);
    assert_int_equal(ve_test_run(t, model(TARGET, "")), VE_OK);
    take_figures(wanted);
    for (size_t c = 0; c < FIGURES; c++)
        NEAR(with[c], wanted[c]);
}

/* A broad enough target is none, in every tier. */
static void broad_targets(void **state) {
    (void)state;
    make_people(100, steps);
    assert_int_equal(segments(", target = ve.normal { mean = 50, sd = 1e12 }", TIERS), VE_OK);
    static const char *const name[] = { "platinum", "gold", "iron", "lead" };
    for (size_t k = 0; k < 4; k++)
        for (int i = 0; i < 2; i++)
            NEAR(value(name[k], i ? "B" : "A", "value_index"),
                 value(name[k], i ? "B" : "A", "undifferentiated_value_index"));
}

/* An attribute that is declared, or a column that is not: the same. */
static void declared_or_not(void **state) {
    (void)state;
    make_people(50, steps);
    assert_int_equal(
        segments(", target = ve.normal { mean = { income = 20 }, sd = { income = 9 } }", WEIGHTED), VE_OK);
    double v = value("gold", "A", "value_index"), gini = fact("gini");
    char text[2000];
    snprintf(text, sizeof text, "%s",
             model(", target = ve.normal { mean = { income = 20 }, sd = { income = 9 } }", WEIGHTED));
    char *at = strstr(text, "{ income = 'CNY' }");
    assert_non_null(at);
    char declared[2100];
    snprintf(declared, sizeof declared, "%.*s{ income = 'CNY', profit = 'CNY' }%s", (int)(at - text), text,
             at + strlen("{ income = 'CNY' }"));
    assert_int_equal(ve_test_study(t, declared, "segments", NULL), VE_OK);
    NEAR(value("gold", "A", "value_index"), v);
    NEAR(fact("gini"), gini);
}

static void out_of_reach(void **state) {
    (void)state;
    make_people(10, ascending);
    for (size_t i = 0; i < persons; i++)
        people[i].income = people[i].profit;
    write_people(NULL);
    assert_int_equal(segments(", target = ve.uniform { low = 0, high = 4.5 }", HALVES), VE_OK);
    assert_true(ve_test_warned(t, VE_W_OUTSIDE));
    assert_true(warned_of("No customer of best has any weight for A and B"));
    assert_true(value("best", "A", "undifferentiated_value_index") > 0);
    ve_test_run(
        t, model(", target = ve.uniform { low = 0, high = 4.5 }",
                 "tiers = { by = 'profit', names = { 'a', 'b' }, shares = { 0.5 }, weights = { 1, 0 } }"));
    assert_true(ve_test_told(t, VE_E_NO_WEIGHT, 2, "no customer of the tiers that count has any weight"));
}

/* All within the targets score 0: that has no result, and names no option that nobody reaches. */
static void targets_without_a_result(void **state) {
    (void)state;
    make_people(10, ascending);
    for (size_t i = 0; i < persons; i++) {
        people[i].income = people[i].profit;
        for (size_t c = 0; c < 4 && i < 8; c++)
            people[i].score[c] = i >= 5 ? 0 : 2;
    }
    write_people(NULL);
    assert_int_equal(segments(", target = ve.uniform { low = 0, high = 7.5 }", HALVES), VE_OK);
    assert_true(ve_test_said(t, "best: every function score is zero, so all its customers count alike."));
    assert_false(ve_test_warned(t, VE_W_OUTSIDE));
    assert_true(isnan(value("best", "A", "value_index")) != 0);
    assert_true(value("best", "A", "undifferentiated_value_index") > 0);
}

static void in_words(void **state) {
    (void)state;
    make_people(10, ascending);
    for (size_t i = 0; i < persons; i++) {
        int rich = i >= 5;
        memcpy(people[i].score, (int[4]){ 1 + 3 * rich, 1 + 3 * rich, 3, 3 }, sizeof people[i].score);
    }
    write_people(NULL);
    assert_int_equal(segments("", HALVES), VE_OK);
    assert_true(ve_test_says(t, "A is best for best, B for rest."));
    assert_string_equal(ve_test_fact(t, "by"), "profit");
    assert_int_equal(
        segments("", "tiers = { by = 'profit', names = { 'x', 'y', 'z' }, shares = { 0.2, 0.3 } }"), VE_OK);
    assert_true(ve_test_says(t, "A is best for x and y, B for z."));
    assert_true(ve_test_says(t, "Over all customers B is best."));
    assert_int_equal(segments("", "choose = ve.min_cost { minimum_function = 100 }, " HALVES), VE_OK);
    assert_true(ve_test_says(t, "No option can be chosen for best and rest."));
    for (size_t i = 0; i < persons; i++)
        people[i].score[0] = people[i].score[1] = 4;
    write_people(NULL);
    assert_int_equal(segments("", HALVES), VE_OK);
    assert_true(ve_test_says(t, "A is best for every tier."));
}

/* ---- mistakes ------------------------------------------------------------------------------------- */

static void wrong(const char *tiers, ve_code code, const char *words) {
    segments("", tiers);
    assert_true(ve_test_told(t, code, 0, words));
}

static void mistakes(void **state) {
    (void)state;
    make_people(10, ascending);
    wrong("", VE_E_MISSING_FIELD, "the model has no `tiers`");
    wrong("tiers = {}", VE_E_MISSING_FIELD, "by");
    wrong("tiers = { by = 'proft' }", VE_E_COLUMN, "there is no column 'proft'");
    wrong("tiers = { by = 'profit', names = { 'a' } }", VE_E_LIST, "names must be a list of 2 to 32 texts");
    wrong("tiers = { by = 'profit', names = 'a' }", VE_E_LIST, "names must be a list of 2 to 32 texts");
    wrong("tiers = { by = 'profit', names = { 'a', 1 } }", VE_E_TYPE, "the name of a tier must be a text");
    wrong("tiers = { by = 'profit', names = { 'a', 'a' }, shares = { 0.1 } }", VE_E_ID_TWICE,
          "two tiers are called 'a'");
    wrong("tiers = { by = 'profit', names = { 'a', 'b' } }", VE_E_MISSING_FIELD, "need `shares`");
    wrong("tiers = { by = 'profit', shares = { 0.1, 0.2 } }", VE_E_LIST,
          "shares must have one number for each tier but the last, 3 in all, not 2");
    wrong("tiers = { by = 'profit', shares = { 0.5, 0.3, 0.2 } }", VE_E_RANGE,
          "the shares add up to 1, so nothing is left for 'lead'");
    wrong("tiers = { by = 'profit', shares = { 0.5, 0, 0.2 } }", VE_E_RANGE, "shares[2]");
    wrong("tiers = { by = 'profit', weights = { 4, 2, 1 } }", VE_E_LIST,
          "weights must have one number for each of the 4 tiers, not 3");
    wrong("tiers = { by = 'profit', weights = { 0, 0, 0, 0 } }", VE_E_WEIGHTS,
          "weights of the tiers are all zero");
    wrong("tiers = { by = 'profit', weights = { 4, 2, 1, -1 } }", VE_E_RANGE, "weights[4]");
    wrong("tiers = { by = 'profit', cut = 'money' }", VE_E_CHOICE, "cut");
    ve_test_study(
        t,
        "{ functions = { { id = 'f' } }, tiers = { by = 'profit' }, options = {\n"
        "{ id = 'A', cost = 1, scores = { f = 1 } }, { id = 'B', cost = 1, scores = { f = 1 } } } }",
        "segments", NULL);
    assert_true(ve_test_told(t, VE_E_NO_SURVEY, 1, "tiers are made of surveyed customers"));
    ve_test_study(t,
                  "{ attributes = { kind = 'text' }, functions = { { id = 'f' } }, tiers = { by = 'kind' },\n"
                  "  options = { { id = 'A', cost = 1 }, { id = 'B', cost = 1 } },\n"
                  "  survey = ve.answers { { kind = 'x', A = { 1 }, B = { 2 } } } }",
                  "segments", NULL);
    assert_true(ve_test_told(t, VE_E_TYPE, 1, "tiers are cut by a number, and 'kind' is a text"));
}

static void set_by_path(void **state) {
    (void)state;
    make_people(100, ascending);
    t->set = (ve_setting[]){ { "tiers.weights.4", "0" }, { "tiers.shares.1", "0.02" } };
    t->sets = 2;
    ve_code code =
        segments("", "tiers = { by = 'profit', shares = { 0.01, 0.04, 0.15 }, weights = { 4, 2, 1, 1 } }");
    t->sets = 0;
    assert_int_equal(code, VE_OK);
    NEAR(tier("platinum", "customers"), 2);
    NEAR(tier("lead", "weight"), 0);
}

/* To the two most profitable customers no option means anything: the other tiers are answered all the same.
 */
static void a_tier_that_scores_nothing(void **state) {
    (void)state;
    make_people(100, ascending);
    for (size_t i = 98; i < 100; i++)
        for (size_t c = 0; c < 4; c++)
            people[i].score[c] = 0;
    write_people(NULL);
    assert_int_equal(segments("", "tiers = { by = 'profit', shares = { 0.02, 0.04, 0.14 } }"), VE_OK);
    assert_true(ve_test_said(t, "platinum: every function score is zero."));
    assert_false(ve_test_warned(t, VE_W_FEW));
    assert_true(isnan(ve_test_number(t, "values", "value_index", "tier", "platinum", "option", "A", NULL)) !=
                0);
    assert_true(ve_test_number(t, "values", "value_index", "tier", "gold", "option", "A", NULL) > 0);
}

/* ---- memory ------------------------------------------------------------------------------------------ */

static void memory_may_run_out_anywhere(void **state) {
    (void)state;
    make_people(40, ascending);
    segments(", target = ve.normal { mean = 20, sd = 9 }", "tiers = { by = 'profit' }");
    assert_true(ve_test_memory(t, "segments", NULL, 80000, 400));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tier_that_scores_nothing),
        cmocka_unit_test(by_hand),
        cmocka_unit_test(closed_forms),
        cmocka_unit_test(all_alike),
        cmocka_unit_test(one_for_all),
        cmocka_unit_test(losses),
        cmocka_unit_test(no_profit),
        cmocka_unit_test(usual_shares),
        cmocka_unit_test(border_through_a_customer),
        cmocka_unit_test(cut_by_profit),
        cmocka_unit_test(design_weights),
        cmocka_unit_test(order_of_rows),
        cmocka_unit_test(as_a_survey_of_its_own),
        cmocka_unit_test(equal_weights_change_nothing),
        cmocka_unit_test(weights_multiply),
        cmocka_unit_test(broad_targets),
        cmocka_unit_test(declared_or_not),
        cmocka_unit_test(out_of_reach),
        cmocka_unit_test(targets_without_a_result),
        cmocka_unit_test(in_words),
        cmocka_unit_test(mistakes),
        cmocka_unit_test(set_by_path),
        cmocka_unit_test(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

/* Does the interval that `risk` draws from a survey hold the truth as often as it says? Surveys are simulated
 * from a population whose value indices are known by integration; the first argument is their number.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "num/random.h"
#include "ve/plugin.h"
#include "ve_test_fixture.h"

enum { OPTIONS = 3, FUNCTIONS = 2, RESAMPLES = 1999, MOST = 1200, LINE = 160, NUMBERS = 12 };

static int surveys = 16;
static bool long_run;
static int misses; /* promises that were not kept */

/* ---- how it is surveyed ----------------------------------------------------------------------- */

typedef struct design {
    const char *name;
    int customers;
    bool weighted; /* those with more than the median answer less often, and count for more */
    bool paid;     /* what C costs is what its customers pay */
    bool sds;      /* the model states its targets' sds */
    double narrow; /* which are so many times as wide as usual */
    const char *drawn;
    double slack; /* of the share covered in a long run, besides chance; NaN: only told */
} design;

/* ---- the population -------------------------------------------------------------------------- */

/* Income is lognormal; an option's score on a function rises with income towards high, and differs between
 * customers by how generous each is and by chance. What C costs rises with income too. */
#define MEDIAN 40.0
#define SPREAD 0.5
static const double weight[FUNCTIONS] = { 0.6, 0.4 };
static const double low[OPTIONS][FUNCTIONS] = { { 6, 4 }, { 4, 3 }, { 3, 4 } };
static const double high[OPTIONS][FUNCTIONS] = { { 4, 5 }, { 7, 6 }, { 7, 8 } };
static const double cost[OPTIONS] = { 10, 12, 14 };
static const double mean[OPTIONS] = { 30, 45, 60 }, sd[OPTIONS] = { 15, 20, 25 };

static double score_at(int i, int k, double income) {
    return high[i][k] + (low[i][k] - high[i][k]) * exp(-income / 30);
}

static double paid_at(double income) {
    return 9 + income / 10;
}

/* Of a customer's target weight under option i, with the sd that the case has. */
static double counts(int i, double income, double spread) {
    double z = (income - mean[i]) / spread;
    return exp(-0.5 * z * z);
}

/* The sd of all incomes: what a target without one takes. */
static double income_sd(void) {
    return MEDIAN * exp(SPREAD * SPREAD / 2) * sqrt(expm1(SPREAD * SPREAD));
}

/* Value indices of the whole population: sums over z = ln(income / median) / spread, of functions so smooth
 * that equal steps are exact to all digits. */
static void find_truth(const design *d, double *truth) {
    enum { STEPS = 4000 };
    double score[OPTIONS], price[OPTIONS], all_scores = 0, all_costs = 0;
    for (int i = 0; i < OPTIONS; i++) {
        double sum = 0, paid = 0, of = 0;
        for (int n = 0; n <= STEPS; n++) {
            double z = -12 + 24.0 * n / STEPS, income = MEDIAN * exp(SPREAD * z);
            double a = exp(-0.5 * z * z) * counts(i, income, d->sds ? sd[i] * d->narrow : income_sd());
            for (int k = 0; k < FUNCTIONS; k++)
                sum += a * weight[k] * score_at(i, k, income);
            paid += a * paid_at(income);
            of += a;
        }
        score[i] = sum / of;
        price[i] = i == 2 && d->paid ? paid / of : cost[i];
        all_scores += score[i];
        all_costs += price[i];
    }
    for (int i = 0; i < OPTIONS; i++)
        truth[i] = score[i] / all_scores / (price[i] / all_costs);
}

/* ---- a survey -------------------------------------------------------------------------------- */

static double uniform[NUMBERS];

/* Another customer of the population. */
static void meet(uint64_t survey, uint64_t *met) {
    ve_random_fill(5, survey, NUMBERS * (*met)++, NUMBERS, uniform);
}

static double income_met(void) {
    return MEDIAN * exp(SPREAD * sqrt(-2 * log(uniform[0])) * cos(2 * M_PI * uniform[1]));
}

static bool answers(const design *d, double income) {
    return !d->weighted || income < MEDIAN || uniform[2] < 0.4;
}

static size_t write_customer(const design *d, double income, char *line) {
    double generous = 2 * uniform[3] - 1;
    size_t used =
        (size_t)snprintf(line, LINE, "%.9f,%g,%.9f", income, d->weighted && income >= MEDIAN ? 2.5 : 1,
                         paid_at(income) + 4 * (uniform[4] - 0.5));
    for (int i = 0; i < OPTIONS; i++)
        for (int k = 0; k < FUNCTIONS; k++)
            used += (size_t)snprintf(line + used, LINE - used, ",%.9f",
                                     score_at(i, k, income) + generous +
                                         4 * (uniform[5 + i * FUNCTIONS + k] - 0.5));
    return used + (size_t)snprintf(line + used, LINE - used, "\n");
}

static void write_survey(const design *d, uint64_t survey) {
    static char file[MOST * LINE + LINE];
    uint64_t met = 0;
    size_t used = (size_t)snprintf(file, LINE, "income,q,paid,A_f,A_g,B_f,B_g,C_f,C_g\n");
    for (int c = 0; c < d->customers; c++) {
        double income;
        do {
            meet(survey, &met);
            income = income_met();
        } while (!answers(d, income));
        used += write_customer(d, income, file + used);
    }
    ve_test_file(t, "survey.csv", file, used);
}

static const char *model_of(const design *d) {
    static char text[1024];
    char own[OPTIONS][32], price[64];
    snprintf(price, sizeof price, d->paid ? "ve.column { name = 'paid' }" : "%g", cost[2]);
    for (int i = 0; i < OPTIONS; i++)
        snprintf(own[i], sizeof own[i], d->sds ? ", sd = %g" : "", sd[i] * d->narrow);
    snprintf(text, sizeof text,
             "{ attributes = { income = 'EUR' }, scale = { 0, 12 },\n"
             "  functions = { { id = 'f', weight = 6 }, { id = 'g', weight = 4 } }, options = {\n"
             "  { id = 'A', cost = %g, target = ve.normal { mean = %g%s } },\n"
             "  { id = 'B', cost = %g, target = ve.normal { mean = %g%s } },\n"
             "  { id = 'C', cost = %s, target = ve.normal { mean = %g%s } } },\n"
             "  survey = ve.csv { file = 'survey.csv', weight = 'q', scores = '{option}_{function}' } }",
             cost[0], mean[0], own[0], cost[1], mean[1], own[1], price, mean[2], own[2]);
    return text;
}

/* ---- resamples, as `risk` asks for them ------------------------------------------------------ */

typedef struct resampling {
    int seed, bayesian;
} resampling;
static const ve_field fields[] = {
    VE_FIELD(resampling, seed, VE_T_INTEGER, .name = "seed", .high = 1e9, .doc = "of the resamples"),
    VE_FIELD(resampling, bayesian, VE_T_CHOICE, .name = "customers", .choices = "classical|bayesian",
             .doc = "how they are drawn"),
};
static const ve_record record = { .name = "resamples",
                                  .doc = "Value indices of resamples.",
                                  .size = sizeof(resampling),
                                  .fields = fields,
                                  .count = VE_COUNT(fields) };

static double drawn[OPTIONS * RESAMPLES];

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static ve_code study(const void *params, const ve_study_services *s) {
    const resampling *p = params;
    static uint64_t number[RESAMPLES];
    for (size_t r = 0; r < RESAMPLES; r++)
        number[r] = r;
    ve_trials trials = { .rows = RESAMPLES,
                         .assumptions = s->outline->usual,
                         .resample = number,
                         .seed = (uint64_t)p->seed,
                         .bayesian = p->bayesian != 0 };
    ve_figures figures = { .value_index = drawn };
    ve_code code = s->evaluate_many(s, &trials, &figures);
    assert_int_equal(figures.failed, 0);
    for (size_t i = 0; i < OPTIONS; i++)
        qsort(drawn + i * RESAMPLES, RESAMPLES, sizeof *drawn, ascending);
    return code;
}

static const ve_study_ops ops = { .size = sizeof ops, .study = study };
static const ve_plugin plugin = VE_PLUGIN_BODY(STUDY, "resamples", "1", "for tests", &record, &ops);

static double quantile(int option, double p) {
    const double *x = drawn + option * RESAMPLES;
    double at = p * (RESAMPLES - 1);
    size_t below = (size_t)at;
    return x[below] + (at - (double)below) * (x[below + 1 < RESAMPLES ? below + 1 : below] - x[below]);
}

/* What is judged here is what `risk` reports. */
static void is_as_risk_reports(const design *d, const char *seed) {
    static const char *const id[OPTIONS] = { "A", "B", "C" };
    char draws[16];
    snprintf(draws, sizeof draws, "%d", RESAMPLES);
    assert_int_equal(
        ve_test_study(t, model_of(d), "risk", "seed", seed, "customers", d->drawn, "draws", draws, NULL),
        VE_OK);
    for (int i = 0; i < OPTIONS; i++) {
        assert_true(ve_test_near(ve_test_option(t, id[i], "value_p05"), quantile(i, 0.05), 1e-12));
        assert_true(ve_test_near(ve_test_option(t, id[i], "value_p50"), quantile(i, 0.50), 1e-12));
        assert_true(ve_test_near(ve_test_option(t, id[i], "value_p95"), quantile(i, 0.95), 1e-12));
    }
}

/* ---- counting -------------------------------------------------------------------------------- */

typedef struct tally {
    int below, above; /* surveys whose interval lies below or above the truth */
} tally;

static void count(double low_end, double high_end, double truth, tally *out) {
    out->below += high_end < truth;
    out->above += low_end > truth;
}

/* In a long run within its slack; in a short one chance is allowed for besides. */
static bool is_kept(double share, double level, double slack) {
    if (!long_run) slack += 4.5 * sqrt(level * (1 - level) / surveys);
    return isnan(slack) || fabs(share - level) <= slack;
}

static void judge(const design *d, int option, const tally of[2]) {
    static const double level[2] = { 0.90, 0.95 };
    printf("%-26s %-9s V of %c", d->name, d->drawn, 'A' + option);
    for (int l = 0; l < 2; l++) {
        double share = 1 - (double)(of[l].below + of[l].above) / surveys;
        bool kept = is_kept(share, level[l], d->slack);
        printf("  %2.0f %%: %5.2f %% (%.2f lie below, %.2f above)%s", 100 * level[l], 100 * share,
               100.0 * of[l].below / surveys, 100.0 * of[l].above / surveys, kept ? "" : " NOT KEPT");
        misses += !kept;
    }
    printf("\n");
}

static void cover(const design *d) {
    double truth[OPTIONS];
    tally of[OPTIONS][2] = { 0 };
    char seed[16];
    find_truth(d, truth);
    for (int n = 0; n < surveys; n++) {
        write_survey(d, (uint64_t)n);
        snprintf(seed, sizeof seed, "%d", n);
        assert_int_equal(
            ve_test_study(t, model_of(d), "resamples", "seed", seed, "customers", d->drawn, NULL), VE_OK);
        for (int i = 0; i < OPTIONS; i++) {
            count(quantile(i, 0.05), quantile(i, 0.95), truth[i], &of[i][0]);
            count(quantile(i, 0.025), quantile(i, 0.975), truth[i], &of[i][1]);
        }
        if (n == 0) is_as_risk_reports(d, seed);
    }
    for (int i = 0; i < OPTIONS; i++)
        judge(d, i, of[i]);
    fflush(stdout);
}

static void intervals_hold_the_truth(void **state) {
    (void)state;
    static const design designs[] = {
        { "300 customers", 300, false, false, true, 1, "classical", 0.01 },
        { "300 customers", 300, false, false, true, 1, "bayesian", 0.01 },
        { "50 customers", 50, false, false, true, 1, "classical", NAN },
        { "50 customers", 50, false, false, true, 1, "bayesian", NAN },
        { "300, with design weights", 300, true, false, true, 1, "classical", 0.01 },
        { "300, sds of the survey", 300, false, false, false, 1, "classical", NAN },
        { "300, narrow targets", 300, false, false, true, 0.1, "classical", NAN },
        { "50, narrow targets", 50, false, false, true, 0.2, "classical", NAN },
        { "50, very narrow targets", 50, false, false, true, 0.1, "classical", NAN },
        { "300, costs of the survey", 300, false, true, true, 1, "classical", 0.01 },
    };
    for (size_t d = 0; d < VE_COUNT(designs); d++)
        cover(&designs[d]);
    assert_int_equal(misses, 0);
}

static int up(void **state) {
    ve_test_up(state);
    return ve_registry_add(t->registry, t->plugins, &plugin, "test", &t->errors) != VE_OK;
}

int main(int argc, char **argv) {
    if (argc > 1) surveys = (int)strtol(argv[1], NULL, 10);
    long_run = surveys >= 1000;
    const struct CMUnitTest tests[] = { cmocka_unit_test(intervals_hold_the_truth) };
    return cmocka_run_group_tests(tests, up, ve_test_down);
}

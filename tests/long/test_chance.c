/* Do the errors of what is drawn hold what they say? Studies are run with many seeds, and the truth, an
 * integral, must lie within 1.96 standard errors 95 times of a hundred. The first argument is the number of
 * seeds. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "../../plugins/study_sensitivity/sobol.h"
#include "num/random.h"
#include "ve_test_fixture.h"

static int seeds = 40;
static bool long_run;
static int misses; /* promises that were not kept */

enum { OPTIONS = 3, DRAWS = 2000, PAIRS = 4096 };
static const char *const id[OPTIONS] = { "A", "B", "C" };
static const char *const path[OPTIONS] = { "options.A.cost", "options.B.cost", "options.C.cost" };

/* ---- counting -------------------------------------------------------------------------------- */

typedef struct tally {
    const char *what, *of;
    double truth;
    double slack; /* of the share that is held, in a long run; NaN: only told */
    bool rare;    /* drawn less than twenty times */
    double sum, squares, errors;
    int below, above, count;
} tally;

/* An estimate and its standard error. */
static void add(double is, double error, tally *out) {
    out->below += is + 1.96 * error < out->truth;
    out->above += is - 1.96 * error > out->truth;
    out->sum += is - out->truth;
    out->squares += (is - out->truth) * (is - out->truth);
    out->errors += error;
    out->count++;
}

/* In a short run chance is allowed for besides. What is hardly ever drawn may be held too often. */
static bool is_kept(const tally *of, double share) {
    double slack = of->slack + (long_run ? 0 : 4.5 * sqrt(0.95 * 0.05 / of->count));
    if (isnan(slack)) return true;
    return share >= 0.95 - slack && (of->rare || share <= 0.95 + slack);
}

static void judge(const tally *of) {
    double n = of->count, share = 1 - (of->below + of->above) / n;
    double bias = of->sum / n, sd = sqrt(of->squares / n - bias * bias);
    bool kept = is_kept(of, share);
    printf("%-12s %-12s %9.6f  95 %%: %6.2f %% of %d (%.2f lie below, %.2f above); off by %.1e, sd %.2e, "
           "stated %.2e%s\n",
           of->what, of->of, of->truth, 100 * share, of->count, 100 * of->below / n, 100 * of->above / n,
           bias, sd, of->errors / n, kept ? "" : " NOT KEPT");
    fflush(stdout);
    misses += !kept;
}

/* ---- three options with normal costs --------------------------------------------------------- */

static const double score[OPTIONS] = { 10, 8, 6 };
typedef struct costs {
    double mean[OPTIONS], sd[OPTIONS];
} costs;
static const costs even = { { 100, 81, 64 }, { 5, 8, 3 } };
static const costs uneven = { { 100, 83, 71 }, { 5, 4, 3 } };

static const char *model_of(const costs *c) {
    static char text[512];
    size_t used = (size_t)snprintf(text, sizeof text, "{ functions = { { id = 'f' } }, options = {\n");
    for (int i = 0; i < OPTIONS; i++)
        used +=
            (size_t)snprintf(text + used, sizeof text - used,
                             "  { id = '%s', cost = ve.normal { mean = %g, sd = %g }, scores = { %g } },\n",
                             id[i], c->mean[i], c->sd[i], score[i]);
    snprintf(text + used, sizeof text - used, "} }");
    return text;
}

static double density(double z) {
    return exp(-0.5 * z * z) / sqrt(2 * M_PI);
}

static double above(double z) {
    return 0.5 * erfc(z / sqrt(2));
}

/* Values of a normal cost at equal steps, and their weights: exact to all digits for what is smooth. */
enum { STEPS = 200 };
static double cost_at(const costs *c, int i, int step) {
    return c->mean[i] + c->sd[i] * (18.0 * step / STEPS - 9);
}
static double weight_at(int step) {
    return density(18.0 * step / STEPS - 9) * 18 / STEPS;
}

/* The lowest cost of a unit of function wins. */
static double p_best(const costs *c, int i) {
    double sum = 0;
    for (int n = 0; n <= STEPS; n++) {
        double unit = cost_at(c, i, n) / score[i], p = weight_at(n);
        for (int j = 0; j < OPTIONS; j++)
            if (j != i) p *= above((unit * score[j] - c->mean[j]) / c->sd[j]);
        sum += p;
    }
    return sum;
}

static double inverse_mean(const costs *c, int i) {
    double sum = 0;
    for (int n = 0; n <= STEPS; n++)
        sum += weight_at(n) / cost_at(c, i, n);
    return sum;
}

/* V = F S / s of the sum S of all costs. */
static double index_of(int i, double own, double others) {
    return score[i] / 24 * (1 + others / own);
}

static double others_mean(const costs *c, int i) {
    double sum = -c->mean[i];
    for (int j = 0; j < OPTIONS; j++)
        sum += c->mean[j];
    return sum;
}

static double value_mean(const costs *c, int i) {
    return score[i] / 24 * (1 + others_mean(c, i) * inverse_mean(c, i));
}

static void shares_and_means(const costs *c, const char *what) {
    tally best[OPTIONS], value[OPTIONS];
    for (int i = 0; i < OPTIONS; i++) {
        double p = p_best(c, i);
        best[i] = (tally){ .what = what, .of = "p_best", .truth = p, .slack = 0.01, .rare = p * DRAWS < 20 };
        value[i] = (tally){ .what = what, .of = "value_mean", .truth = value_mean(c, i), .slack = 0.01 };
    }
    for (int n = 0; n < seeds; n++) {
        char seed[16], draws[16];
        snprintf(seed, sizeof seed, "%d", n);
        snprintf(draws, sizeof draws, "%d", DRAWS);
        assert_int_equal(ve_test_study(t, model_of(c), "risk", "seed", seed, "draws", draws, NULL), VE_OK);
        for (int i = 0; i < OPTIONS; i++) {
            add(ve_test_option(t, id[i], "p_best"), ve_test_option(t, id[i], "p_best_error"), &best[i]);
            add(ve_test_option(t, id[i], "value_mean"), ve_test_option(t, id[i], "value_mean_error"),
                &value[i]);
        }
    }
    for (int i = 0; i < OPTIONS; i++)
        judge(&best[i]), judge(&value[i]);
}

static void shares_and_means_are_within_their_errors(void **state) {
    (void)state;
    shares_and_means(&even, "even costs");
    shares_and_means(&uneven, "uneven costs");
}

/* ---- what certainty is worth ----------------------------------------------------------------- */

/* E max_i E[V_i | cost of `known`] - max_i E V_i. */
static double worth_of(const costs *c, int known) {
    double sum = 0, most = 0;
    for (int i = 0; i < OPTIONS; i++)
        most = fmax(most, value_mean(c, i));
    for (int n = 0; n <= STEPS; n++) {
        double top = 0, own = cost_at(c, known, n);
        for (int i = 0; i < OPTIONS; i++) {
            double v = i == known ? index_of(i, own, others_mean(c, i))
                                  : score[i] / 24 *
                                        (1 + (others_mean(c, i) - c->mean[known] + own) * inverse_mean(c, i));
            top = fmax(top, v);
        }
        sum += weight_at(n) * top;
    }
    return sum - most;
}

static double worth_of_all(const costs *c) {
    double sum = 0, most = 0;
    for (int i = 0; i < OPTIONS; i++)
        most = fmax(most, value_mean(c, i));
    for (int n = 0; n <= STEPS; n++)
        for (int m = 0; m <= STEPS; m++)
            for (int k = 0; k <= STEPS; k++) {
                double own[OPTIONS] = { cost_at(c, 0, n), cost_at(c, 1, m), cost_at(c, 2, k) };
                double all = own[0] + own[1] + own[2], top = 0;
                for (int i = 0; i < OPTIONS; i++)
                    top = fmax(top, score[i] / 24 * all / own[i]);
                sum += weight_at(n) * weight_at(m) * weight_at(k) * top;
            }
    return sum - most;
}

static void worth(const costs *c, const char *what) {
    tally one[OPTIONS], all = { .what = what, .of = "costs known", .truth = worth_of_all(c), .slack = 0.02 };
    for (int i = 0; i < OPTIONS; i++) {
        double truth = worth_of(c, i);
        one[i] =
            (tally){ .what = what, .of = "cost known", .truth = truth, .slack = truth > 1e-5 ? 0.02 : NAN };
    }
    for (int n = 0; n < seeds / 10; n++) {
        char seed[16];
        snprintf(seed, sizeof seed, "%d", n);
        assert_int_equal(ve_test_study(t, model_of(c), "risk", "seed", seed, NULL), VE_OK);
        add(ve_test_number(t, "information", "value", "group", "cost", NULL),
            ve_test_number(t, "information", "error", "group", "cost", NULL), &all);
        for (int i = 0; i < OPTIONS; i++)
            add(ve_test_number(t, "information_inputs", "value", "group", path[i], NULL),
                ve_test_number(t, "information_inputs", "error", "group", path[i], NULL), &one[i]);
    }
    judge(&all);
    for (int i = 0; i < OPTIONS; i++)
        judge(&one[i]);
}

static void worths_are_within_their_errors(void **state) {
    (void)state;
    worth(&even, "even costs");
    worth(&uneven, "uneven costs");
}

/* ---- shares of the spread -------------------------------------------------------------------- */

typedef struct shares {
    double first[OPTIONS], total[OPTIONS];
    tally alone[OPTIONS], all[OPTIONS];
} shares;

static void begin_shares(const char *what, shares *out) {
    for (int i = 0; i < OPTIONS; i++) {
        out->alone[i] = (tally){ .what = what, .of = "first order", .truth = out->first[i], .slack = 0.01 };
        out->all[i] = (tally){ .what = what, .of = "total", .truth = out->total[i], .slack = 0.01 };
    }
}

static void judge_shares(const shares *of) {
    for (int i = 0; i < OPTIONS; i++) {
        judge(&of->alone[i]);
        judge(&of->all[i]);
    }
}

/* V of A is 9/21 (1 + (b + c) / a), all three uniform. */
#define PRODUCT                                                                                              \
    "{ functions = { { id = 'f' } }, options = {\n"                                                          \
    "  { id = 'A', cost = ve.uniform { low = 30, high = 70 }, scores = { 9 } },\n"                           \
    "  { id = 'B', cost = ve.uniform { low = 40, high = 160 }, scores = { 6 } },\n"                          \
    "  { id = 'C', cost = ve.uniform { low = 70, high = 130 }, scores = { 6 } } } }"

static shares product_shares(void) {
    double first = log(70 / 30.0) / 40, second = 1 / (30.0 * 70), spread = second - first * first;
    double b = 120 * 120 / 12.0, c = 60 * 60 / 12.0, mean = 200, square = mean * mean + b + c;
    double all = square * second - mean * mean * first * first;
    return (
        shares){ .first = { mean * mean * spread / all, b * first * first / all, c * first * first / all },
                 .total = { square * spread / all, b * second / all, c * second / all } };
}

static void spread_of_a_product(void **state) {
    (void)state;
    shares of = product_shares();
    char seed[16], draws[16];
    begin_shares("product", &of);
    snprintf(draws, sizeof draws, "%d", PAIRS);
    for (int n = 0; n < seeds / 2; n++) {
        snprintf(seed, sizeof seed, "%d", n);
        assert_int_equal(ve_test_study(t, PRODUCT, "sensitivity", "seed", seed, "draws", draws, NULL), VE_OK);
        for (int i = 0; i < OPTIONS; i++) {
            add(ve_test_number(t, "spread", "first", "path", path[i], NULL),
                ve_test_number(t, "spread", "first_error", "path", path[i], NULL), &of.alone[i]);
            add(ve_test_number(t, "spread", "total", "path", path[i], NULL),
                ve_test_number(t, "spread", "total_error", "path", path[i], NULL), &of.all[i]);
        }
    }
    judge_shares(&of);
}

/* Ishigami and Homma 1990, a = 7, b = 0.1. */
static double ishigami(const double x[OPTIONS]) {
    return sin(x[0]) + 7 * sin(x[1]) * sin(x[1]) + 0.1 * pow(x[2], 4) * sin(x[0]);
}

static shares ishigami_shares(void) {
    const double p4 = pow(M_PI, 4), p8 = p4 * p4, all = 49 / 8.0 + 0.1 * p4 / 5 + 0.01 * p8 / 18 + 0.5;
    double one = 0.5 * pow(1 + 0.1 * p4 / 5, 2) / all, two = 49 / 8.0 / all;
    double both = 0.01 * p8 * (1 / 18.0 - 1 / 50.0) / all;
    return (shares){ .first = { one, two, 0 }, .total = { one + both, two, both } };
}

static void add_pair(const double *uniform, sobol_sums *sums) {
    double a[OPTIONS], b[OPTIONS];
    for (int i = 0; i < OPTIONS; i++)
        a[i] = M_PI * (2 * uniform[i] - 1), b[i] = M_PI * (2 * uniform[OPTIONS + i] - 1);
    double first = ishigami(a), second = ishigami(b);
    for (int i = 0; i < OPTIONS; i++) {
        double kept = a[i];
        a[i] = b[i];
        sobol_add(&sums[i], first - 3.5, second - 3.5, ishigami(a) - 3.5);
        a[i] = kept;
    }
}

static void spread_of_ishigami(void **state) {
    (void)state;
    static double uniform[2 * OPTIONS * PAIRS];
    shares of = ishigami_shares();
    begin_shares("ishigami", &of);
    for (int n = 0; n < seeds; n++) {
        sobol_sums sums[OPTIONS] = { 0 };
        ve_random_fill(7, (uint64_t)n, 0, VE_COUNT(uniform), uniform);
        for (size_t r = 0; r < PAIRS; r++)
            add_pair(uniform + 2 * OPTIONS * r, sums);
        for (int i = 0; i < OPTIONS; i++) {
            sobol_index alone = sobol_first(&sums[i]), all = sobol_total(&sums[i]);
            add(alone.share, alone.error, &of.alone[i]);
            add(all.share, all.error, &of.all[i]);
        }
    }
    judge_shares(&of);
}

/* ---- */

static void all_promises_are_kept(void **state) {
    (void)state;
    assert_int_equal(misses, 0);
}

int main(int argc, char **argv) {
    if (argc > 1) seeds = (int)strtol(argv[1], NULL, 10);
    long_run = seeds >= 1000;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_and_means_are_within_their_errors),
        cmocka_unit_test(worths_are_within_their_errors),
        cmocka_unit_test(spread_of_a_product),
        cmocka_unit_test(spread_of_ishigami),
        cmocka_unit_test(all_promises_are_kept),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

/* What `risk` tells after very many draws: probabilities against integrals, quantiles against closed forms,
 * and that it needs no more memory for them. The first argument is the number of draws.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <gsl/gsl_integration.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "ve_test_fixture.h"

static const char *draws = "1000000";
static double close_to; /* how near a probability has to be */
static double nearest;  /* the largest distance that was met */

/* ---- three options with normal costs --------------------------------------------------------- */

#define THREE                                                                                                \
    "{ functions = { { id = 'f' } }, options = {\n"                                                          \
    "  { id = 'A', cost = ve.normal { mean = 100, sd = 5 }, scores = { 10 } },\n"                            \
    "  { id = 'B', cost = ve.normal { mean = 81, sd = 8 }, scores = { 8 } },\n"                              \
    "  { id = 'C', cost = ve.normal { mean = 64, sd = 3 }, scores = { 6 } } } }"

enum { OPTIONS = 3 };
static const char *const id[OPTIONS] = { "A", "B", "C" };
static const double mean[OPTIONS] = { 100, 81, 64 }, sd[OPTIONS] = { 5, 8, 3 }, score[OPTIONS] = { 10, 8, 6 };

static double below(double z) {
    return 0.5 * erfc(-z * M_SQRT1_2);
}

/* Which option, and whether the others are to be dearer by unit of function (it is best) or cheaper (last).
 */
typedef struct place {
    int option;
    bool best;
} place;

static double height(double z, void *context) {
    const place *p = context;
    double unit = (mean[p->option] + sd[p->option] * z) / score[p->option];
    double density = exp(-0.5 * z * z) * M_SQRT1_2 / sqrt(M_PI);
    for (int j = 0; j < OPTIONS; j++)
        if (j != p->option) density *= below((p->best ? -1 : 1) * (unit * score[j] - mean[j]) / sd[j]);
    return density;
}

static double p_place(int option, bool best) {
    place p = { option, best };
    gsl_function function = { height, &p };
    gsl_integration_workspace *room = gsl_integration_workspace_alloc(1000);
    double sum, error;
    assert_non_null(room);
    assert_int_equal(gsl_integration_qagi(&function, 0, 1e-11, 1000, room, &sum, &error), 0);
    gsl_integration_workspace_free(room);
    assert_true(error < 1e-10);
    return sum;
}

/* V_i <= v where the others together cost at most (v / F_i - 1) times what it costs itself. */
static double p_value_below(int i, double v) {
    double times = v * 24 / score[i] - 1, middle = -times * mean[i], square = times * times * sd[i] * sd[i];
    for (int j = 0; j < OPTIONS; j++)
        if (j != i) middle += mean[j], square += sd[j] * sd[j];
    return below(-middle / sqrt(square));
}

/* The cost at which V_i is 1 is F_i / (1 - F_i) times what the others cost together. */
static double p_bearable_below(int i, double cost) {
    double middle = 0, square = 0;
    for (int j = 0; j < OPTIONS; j++)
        if (j != i) middle += mean[j], square += sd[j] * sd[j];
    return below((cost * (24 - score[i]) / score[i] - middle) / sqrt(square));
}

static void near(const char *what, int option, double is, double wanted) {
    double distance = fabs(is - wanted);
    if (!(distance <= close_to)) print_error("%s of %s: %.8f is not %.8f\n", what, id[option], is, wanted);
    assert_true(distance <= close_to);
    nearest = fmax(nearest, distance);
}

static double rank_share(int option, const char *column) {
    return ve_test_number(t, "places", column, "option", id[option], NULL);
}

/* Of the run before. */
static void probabilities_are_integrals(void **state) {
    (void)state;
    for (int i = 0; i < OPTIONS; i++) {
        near("probability of being best", i, ve_test_option(t, id[i], "p_best"), p_place(i, true));
        near("probability of place 1", i, rank_share(i, "Place 1"), p_place(i, true));
        near("probability of place 3", i, rank_share(i, "Place 3"), p_place(i, false));
        near("5 %", i, p_value_below(i, ve_test_option(t, id[i], "value_p05")), 0.05);
        near("50 %", i, p_value_below(i, ve_test_option(t, id[i], "value_p50")), 0.50);
        near("95 %", i, p_value_below(i, ve_test_option(t, id[i], "value_p95")), 0.95);
        near("V >= 1", i, 1 - ve_test_option(t, id[i], "p_above_one"), p_value_below(i, 1));
        near("cost for V >= 1", i, p_bearable_below(i, ve_test_option(t, id[i], "cost_p90")), 0.1);
    }
    printf("%s draws: no probability is off by more than %.2g\n", draws, nearest);
}

/* ---- memory ---------------------------------------------------------------------------------- */

/* The most that this program has held so far, in KiB. */
static long peak(void) {
    struct rusage usage;
    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
    return usage.ru_maxrss;
}

/* The first 65,536 draws and the first 20,000 are kept; what comes after them only counts, in some 12,000
 * bins of four bytes for each option's value index and the cost that it bears: the system gives memory for a
 * bin when it is first met, all of them in the end. */
enum { BINS = OPTIONS * 2 * 12290 * 4 / 1024 };

static void draws_need_no_memory(void **state) {
    (void)state;
    assert_int_equal(ve_test_study(t, THREE, "risk", "draws", "100000", NULL), VE_OK);
    long before = peak();
    assert_int_equal(ve_test_study(t, THREE, "risk", "draws", draws, NULL), VE_OK);
    printf("at most %ld KiB after 100000 draws, %ld KiB after %s\n", before, peak(), draws);
    assert_true(peak() <= before + BINS + 512);
}

int main(int argc, char **argv) {
    if (argc > 1) draws = argv[1];
    /* four standard errors of a probability of one half; 0.0001 of 400 million draws */
    close_to = 4 * 0.5 / sqrt(strtod(draws, NULL));
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_need_no_memory),
        cmocka_unit_test(probabilities_are_integrals),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

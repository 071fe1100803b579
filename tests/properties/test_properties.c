/* What must hold for every model, over thousands of random ones.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * VE_PROPERTY_MODELS sets how many models each property sees; a failure names the seed of its model. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "world.h"

static ve_test *t;
static uint64_t seed; /* of the model in hand */

static uint64_t models(void) {
    const char *wanted = getenv("VE_PROPERTY_MODELS");
    return wanted ? strtoull(wanted, NULL, 10) : 300;
}

static void hold(bool true_of_it, const char *what) {
    if (true_of_it) return;
    fprintf(stderr, "model %llu: %s\n", (unsigned long long)seed, what);
    fail();
}

static void near_values(const figures *a, const figures *b, size_t count, double tolerance,
                        const char *what) {
    for (size_t i = 0; i < count; i++) {
        hold(ve_test_near(a[i].function, b[i].function, tolerance), what);
        hold(ve_test_near(a[i].value, b[i].value, tolerance), what);
    }
}

typedef void property(world *w, const figures *base);

static void for_all(property *check) {
    for (seed = 1; seed <= models(); seed++) {
        world w = world_new(seed);
        figures base[OPTIONS] = { 0 };
        world_run(&w, t, base);
        check(&w, base);
    }
}

/* ---- one by one ---------------------------------------------------------------------------------- */

static void check_second_way(world *w, const figures *base) {
    figures own[OPTIONS] = { 0 };
    world_compute(w, own);
    near_values(base, own, w->options, 1e-12, "the plain formula in long double gives the same");
    for (size_t i = 0; i < w->options; i++) {
        hold(ve_test_near(base[i].customers / own[i].customers, 1, 1e-11), "effective customers");
        hold(ve_test_near(base[i].reach, own[i].reach, 1e-12), "reach");
        hold(ve_test_near(base[i].plain_value, own[i].plain_value, 1e-12), "without positioning");
    }
}

static void second_way(void **state) {
    (void)state;
    for_all(check_second_way);
}

static void check_mean_value(world *w, const figures *base) {
    double functions = 0, costs = 0, product = 0;
    for (size_t i = 0; i < w->options; i++) {
        functions += base[i].function;
        costs += base[i].cost;
        product += base[i].cost * base[i].value;
        hold(base[i].customers >= 1 - 1e-12 && base[i].customers <= (double)w->customers * (1 + 1e-12),
             "effective customers lie between 1 and all");
    }
    hold(ve_test_near(functions, 1, 1e-12), "the F add up to 1");
    hold(ve_test_near(costs, 1, 1e-12), "the C add up to 1");
    hold(ve_test_near(product, 1, 1e-12), "the C V add up to 1");
}

static void coefficients_add_up(void **state) {
    (void)state;
    for_all(check_mean_value);
}

static void check_broad_target(world *w, const figures *base) {
    (void)base;
    figures out[OPTIONS];
    w->aggregate = world_below(w, 2) ? "mean" : "peak";
    for (size_t i = 0; i < w->options; i++)
        w->sd[i][0] = w->sd[i][1] = 1e12;
    world_run(w, t, out);
    for (size_t i = 0; i < w->options; i++)
        hold(ve_test_near(out[i].value, out[i].plain_value, 1e-12), "a target without end counts all alike");
}

static void a_broad_target_counts_all_alike(void **state) {
    (void)state;
    for_all(check_broad_target);
}

static void check_equal_targets(world *w, const figures *base) {
    (void)base;
    figures mean[OPTIONS], sum[OPTIONS], peak[OPTIONS];
    for (size_t i = 0; i < w->options; i++)
        w->equal[i] = true;
    w->aggregate = "mean";
    world_run(w, t, mean);
    w->aggregate = "sum";
    world_run(w, t, sum);
    w->aggregate = "peak";
    world_run(w, t, peak);
    near_values(mean, sum, w->options, 1e-13, "mean and sum agree where all count alike");
    near_values(mean, peak, w->options, 1e-13, "mean and peak agree where all count alike");
}

static void aggregates_agree_where_all_count_alike(void **state) {
    (void)state;
    for_all(check_equal_targets);
}

/* A density has a unit, so with `sum` an equal{} beside it means something else in other units. */
static bool has_density_beside_equal(const world *w) {
    size_t equal = 0;
    for (size_t i = 0; i < w->options; i++)
        equal += w->equal[i];
    return strcmp(w->aggregate, "sum") == 0 && equal > 0 && equal < w->options;
}

static void check_units(world *w, const figures *base) {
    figures out[OPTIONS];
    double money = world_uniform(w, 0.001, 1000), unit = world_uniform(w, 0.001, 1000);
    double points = world_uniform(w, 0.1, 25), importance = world_uniform(w, 0.01, 100);
    if (has_density_beside_equal(w)) return;
    for (size_t i = 0; i < w->options; i++) {
        w->cost[i] *= money;
        w->mean[i][0] *= unit;
        w->sd[i][0] *= unit;
    }
    for (size_t k = 0; k < w->functions; k++)
        w->weight[k] *= importance;
    for (size_t j = 0; j < w->customers; j++) {
        w->attribute[j][0] *= unit;
        for (size_t c = 0; c < OPTIONS * FUNCTIONS; c++)
            w->score[j][c / FUNCTIONS][c % FUNCTIONS] *= points;
    }
    world_run(w, t, out);
    near_values(out, base, w->options, 1e-11, "units change nothing");
}

static void units_change_nothing(void **state) {
    (void)state;
    for_all(check_units);
}

static void check_order(world *w, const figures *base) {
    figures out[OPTIONS];
    world_shuffle_customers(w);
    world_run(w, t, out);
    hold(memcmp(out, base, w->options * sizeof *out) == 0, "the order of customers changes no bit");
}

static void the_order_of_customers_changes_no_bit(void **state) {
    (void)state;
    for_all(check_order);
}

static void check_twice(world *w, const figures *base) {
    figures out[OPTIONS];
    size_t count = w->customers;
    if (2 * count > CUSTOMERS || strcmp(w->aggregate, "mean") != 0) return;
    memcpy(w->attribute + count, w->attribute, count * sizeof *w->attribute);
    memcpy(w->score + count, w->score, count * sizeof *w->score);
    memcpy(w->design + count, w->design, count * sizeof *w->design);
    w->customers = 2 * count;
    world_run(w, t, out);
    near_values(out, base, w->options, 1e-13, "every customer twice changes nothing");
    for (size_t i = 0; i < w->options; i++)
        hold(ve_test_near(out[i].customers, 2 * base[i].customers, 1e-12), "but there are twice as many");
}

static void every_customer_twice_changes_nothing(void **state) {
    (void)state;
    for_all(check_twice);
}

static void check_new_option(world *w, const figures *base) {
    figures out[OPTIONS];
    if (w->options == OPTIONS) return;
    size_t last = w->options++;
    w->cost[last] = world_uniform(w, 500, 9000);
    w->equal[last] = true;
    for (size_t j = 0; j < w->customers; j++)
        for (size_t k = 0; k < w->functions; k++)
            w->score[j][last][k] = (double)world_below(w, 5);
    world_run(w, t, out);
    for (size_t i = 1; i < last; i++)
        hold(ve_test_near(out[i].value * base[0].value, base[i].value * out[0].value, 1e-12),
             "another option leaves the ratios of the others as they were");
}

static void another_option_reverses_nothing(void **state) {
    (void)state;
    for_all(check_new_option);
}

static void check_cost(world *w, const figures *base) {
    figures out[OPTIONS];
    size_t dearer = world_below(w, w->options);
    w->cost[dearer] *= 1.5;
    world_run(w, t, out);
    hold(base[dearer].function == 0 || out[dearer].value < base[dearer].value, "a dearer option loses value");
    hold(out[dearer].function == base[dearer].function, "costs do not change functions");
}

static void a_dearer_option_loses_value(void **state) {
    (void)state;
    for_all(check_cost);
}

/* Targets so far away that every density is zero in doubles, and in long doubles too. */
static void check_far(world *w, const figures *base) {
    (void)base;
    figures out[OPTIONS];
    double far = 1e9 * (1 + (double)world_below(w, 5));
    if (strcmp(w->aggregate, "mean") != 0) return;
    for (size_t i = 0; i < w->options; i++)
        w->mean[i][0] = far;
    world_run(w, t, out);
    double sum = 0;
    for (size_t i = 0; i < w->options; i++) {
        hold(isfinite(out[i].value), "a far target still gives a value");
        hold(out[i].customers >= 1 - 1e-9, "a far target keeps its nearest customer");
        sum += out[i].cost * out[i].value;
    }
    hold(ve_test_near(sum, 1, 1e-12), "the C V add up to 1");
}

static void far_targets_do_not_underflow(void **state) {
    (void)state;
    for_all(check_far);
}

/* ---- a big survey, and threads ------------------------------------------------------------------- */

/* Long enough to be split among threads. */
static void big_survey(uint64_t start, bool backwards, ve_buffer *out) {
    enum { ROWS = 60000 };
    static char row[ROWS][64];
    world w = { .random = start };
    for (size_t j = 0; j < ROWS; j++)
        snprintf(row[j], sizeof row[j], "%zu,%.3f,%zu,%zu,%.1f,%zu\n", 1000 + 10 * world_below(&w, 900),
                 world_uniform(&w, 0.5, 2), world_below(&w, 5), world_below(&w, 5), world_uniform(&w, 0, 4),
                 world_below(&w, 5));
    ve_put_text(out, "income,q,A_f,A_g,B_f,B_g\n");
    for (size_t j = 0; j < ROWS; j++)
        ve_put_text(out, row[backwards ? ROWS - 1 - j : j]);
}

static const char big_model[] =
    "{ attributes = { income = 'CNY' }, functions = { { id = 'f', weight = 2 }, { id = 'g', weight = 3 } },\n"
    "options = { { id = 'A', cost = 3, target = ve.normal { mean = 4000 } },\n"
    "{ id = 'B', cost = 2, target = ve.normal { mean = 8000, sd = 1500 } } }, scale = { 0, 4 },\n"
    "survey = ve.csv { file = 's.csv', weight = 'q', scores = '{option}_{function}' } }";

static void read_big(double figure[8]) {
    static const char *const column[] = { "value_index", "effective_customers", "weight_share",
                                          "undifferentiated_value_index" };
    assert_int_equal(ve_test_run(t, big_model), VE_OK);
    for (size_t c = 0; c < 4; c++) {
        figure[c] = ve_test_option(t, "A", column[c]);
        figure[4 + c] = ve_test_option(t, "B", column[c]);
    }
}

static void threads_change_no_bit(void **state) {
    (void)state;
    for (uint64_t start = 1; start <= 3; start++) {
        double one[8], many[8];
        for (unsigned run = 0; run < 8; run++) {
            ve_buffer survey = { 0 };
            big_survey(start, run & 1, &survey);
            ve_test_file(t, "s.csv", survey.bytes, survey.length);
            ve_buffer_free(&survey);
            t->threads = run < 2 ? 1 : run < 4 ? 2 : run < 6 ? 3 : 8;
            read_big(run ? many : one);
            if (run) assert_memory_equal(one, many, sizeof one);
        }
        t->threads = 1;
    }
}

static int start(void **state) {
    (void)state;
    t = ve_test_begin();
    return 0;
}

static int stop(void **state) {
    (void)state;
    ve_test_close(t);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(second_way),
        cmocka_unit_test(coefficients_add_up),
        cmocka_unit_test(a_broad_target_counts_all_alike),
        cmocka_unit_test(aggregates_agree_where_all_count_alike),
        cmocka_unit_test(units_change_nothing),
        cmocka_unit_test(the_order_of_customers_changes_no_bit),
        cmocka_unit_test(every_customer_twice_changes_nothing),
        cmocka_unit_test(another_option_reverses_nothing),
        cmocka_unit_test(a_dearer_option_loses_value),
        cmocka_unit_test(far_targets_do_not_underflow),
        cmocka_unit_test(threads_change_no_bit),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

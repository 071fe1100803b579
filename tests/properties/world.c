/* A random case: it writes itself as a model and a survey, and computes itself a second time.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* ---- chance -------------------------------------------------------------------------------------- */

static uint64_t next(world *w) {
    uint64_t z = w->random += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

double world_uniform(world *w, double low, double high) {
    return low + (high - low) * ((double)(next(w) >> 11) * 0x1p-53);
}

size_t world_below(world *w, size_t count) {
    return (size_t)(next(w) % count);
}

/* Incomes repeat, so that customers collapse; some are not whole numbers. */
static double some_income(world *w) {
    double income = floor(exp(world_uniform(w, 7, 10)) / 500) * 500;
    return world_below(w, 4) ? income : income + world_uniform(w, 0, 1);
}

static void some_customers(world *w) {
    bool designed = world_below(w, 3) == 0, decimals = world_below(w, 3) == 0;
    for (size_t j = 0; j < w->customers; j++) {
        w->attribute[j][0] = some_income(w);
        w->attribute[j][1] = (double)(20 + world_below(w, 50));
        w->design[j] = designed ? world_uniform(w, 0.1, 3) : 1;
        for (size_t i = 0; i < w->options; i++)
            for (size_t k = 0; k < w->functions; k++)
                w->score[j][i][k] =
                    decimals ? floor(world_uniform(w, 0, 40)) / 10 : (double)world_below(w, 5);
    }
    for (size_t i = 0; i < w->options; i++)
        w->score[0][i][0] = 3; /* nobody serves nothing */
}

static void some_options(world *w) {
    for (size_t i = 0; i < w->options; i++) {
        w->cost[i] = world_uniform(w, 500, 9000);
        w->equal[i] = world_below(w, 6) == 0;
        w->mean[i][0] = world_uniform(w, 1000, 20000);
        w->sd[i][0] = world_uniform(w, 800, 6000);
        w->mean[i][1] = world_uniform(w, 20, 70);
        w->sd[i][1] = world_uniform(w, 4, 30);
    }
}

world world_new(uint64_t seed) {
    static const char *const aggregate[] = { "mean", "mean", "sum", "peak" };
    world w = { .random = seed * 0x2545f4914f6cdd1du };
    w.options = 2 + world_below(&w, OPTIONS - 2);
    w.functions = 1 + world_below(&w, FUNCTIONS);
    w.customers = 2 + world_below(&w, CUSTOMERS - 2);
    w.attributes = 1 + world_below(&w, ATTRIBUTES);
    w.aggregate = aggregate[world_below(&w, 4)];
    for (size_t k = 0; k < w.functions; k++)
        w.weight[k] = world_uniform(&w, 0.1, 5);
    some_customers(&w);
    some_options(&w);
    return w;
}

static void swap_customers(world *w, size_t a, size_t b) {
    double row[ATTRIBUTES], scores[OPTIONS][FUNCTIONS], design = w->design[a];
    memcpy(row, w->attribute[a], sizeof row);
    memcpy(scores, w->score[a], sizeof scores);
    memcpy(w->attribute[a], w->attribute[b], sizeof row);
    memcpy(w->score[a], w->score[b], sizeof scores);
    w->design[a] = w->design[b];
    memcpy(w->attribute[b], row, sizeof row);
    memcpy(w->score[b], scores, sizeof scores);
    w->design[b] = design;
}

void world_shuffle_customers(world *w) {
    for (size_t j = w->customers - 1; j > 0; j--)
        swap_customers(w, j, world_below(w, j + 1));
}

/* ---- as a model ---------------------------------------------------------------------------------- */

static void put_target(ve_buffer *out, const world *w, size_t i) {
    if (w->equal[i])
        ve_put_text(out, "ve.equal {}");
    else if (w->attributes == 1)
        ve_put_format(out, "ve.normal { mean = %.17g, sd = %.17g }", w->mean[i][0], w->sd[i][0]);
    else
        ve_put_format(out, "ve.normal { mean = { a1 = %.17g, a2 = %.17g }, sd = { a1 = %.17g, a2 = %.17g } }",
                      w->mean[i][0], w->mean[i][1], w->sd[i][0], w->sd[i][1]);
}

static void put_model(ve_buffer *out, const world *w) {
    ve_put_format(out, "{ aggregate = '%s', attributes = { a1 = 'CNY'%s }, functions = {\n", w->aggregate,
                  w->attributes > 1 ? ", a2 = 'years'" : "");
    for (size_t k = 0; k < w->functions; k++)
        ve_put_format(out, "{ id = 'f%zu', weight = %.17g },\n", k + 1, w->weight[k]);
    ve_put_text(out, "}, options = {\n");
    for (size_t i = 0; i < w->options; i++) {
        ve_put_format(out, "{ id = 'o%zu', cost = %.17g, target = ", i + 1, w->cost[i]);
        put_target(out, w, i);
        ve_put_text(out, " },\n");
    }
    ve_put_text(out, "}, survey = ve.csv { file = 's.csv', weight = 'q', scores = '{option}_{function}' } }");
}

static void put_header(ve_buffer *out, const world *w) {
    ve_put_text(out, "q,a1");
    if (w->attributes > 1) ve_put_text(out, ",a2");
    for (size_t i = 0; i < w->options; i++)
        for (size_t k = 0; k < w->functions; k++)
            ve_put_format(out, ",o%zu_f%zu", i + 1, k + 1);
    ve_put_text(out, "\n");
}

static void put_survey(ve_buffer *out, const world *w) {
    put_header(out, w);
    for (size_t j = 0; j < w->customers; j++) {
        ve_put_format(out, "%.17g", w->design[j]);
        for (size_t a = 0; a < w->attributes; a++)
            ve_put_format(out, ",%.17g", w->attribute[j][a]);
        for (size_t i = 0; i < w->options; i++)
            for (size_t k = 0; k < w->functions; k++)
                ve_put_format(out, ",%.17g", w->score[j][i][k]);
        ve_put_text(out, "\n");
    }
}

static void read_figures(const world *w, const ve_test *t, figures *out) {
    for (size_t i = 0; i < w->options; i++) {
        char id[32];
        snprintf(id, sizeof id, "o%zu", i + 1);
        out[i] = (figures){
            .function = ve_test_option(t, id, "function_coefficient"),
            .cost = ve_test_option(t, id, "cost_coefficient"),
            .value = ve_test_option(t, id, "value_index"),
            .customers = ve_test_option(t, id, "effective_customers"),
            .reach = ve_test_option(t, id, "weight_share"),
            .plain_value = ve_test_option(t, id, "undifferentiated_value_index"),
        };
    }
}

void world_run(const world *w, ve_test *t, figures *out) {
    ve_buffer model = { 0 }, survey = { 0 };
    put_model(&model, w);
    put_survey(&survey, w);
    if (model.failed || survey.failed) exit(1);
    ve_test_file(t, "s.csv", survey.bytes, survey.length);
    if (ve_test_run(t, model.bytes) != VE_OK) fprintf(stderr, "%s\n%s\n", model.bytes, survey.bytes);
    read_figures(w, t, out);
    ve_buffer_free(&model);
    ve_buffer_free(&survey);
}

/* ---- a second time ------------------------------------------------------------------------------- */

static long double exponent(const world *w, size_t i, size_t j) {
    long double sum = 0;
    for (size_t a = 0; a < w->attributes && !w->equal[i]; a++) {
        long double z = ((long double)w->attribute[j][a] - w->mean[i][a]) / w->sd[i][a];
        sum -= z * z / 2;
    }
    return sum;
}

/* What the aggregate multiplies exp(exponent) by: 1 / (sd sqrt(2 pi)) for each attribute of a density. */
static long double height(const world *w, size_t i) {
    const long double root = 2.506628274631000502415765284811L;
    long double product = 1;
    if (strcmp(w->aggregate, "sum") != 0 || w->equal[i]) return product;
    for (size_t a = 0; a < w->attributes; a++)
        product /= w->sd[i][a] * root;
    return product;
}

static long double customer_score(const world *w, size_t i, size_t j) {
    long double sum = 0, weights = 0;
    for (size_t k = 0; k < w->functions; k++) {
        sum += (long double)w->weight[k] * w->score[j][i][k];
        weights += w->weight[k];
    }
    return sum / weights;
}

static long double option_score(const world *w, size_t i, bool positioned, figures *out) {
    long double g = 0, a = 0, squares = 0, all = 0;
    for (size_t j = 0; j < w->customers; j++) {
        long double weight = w->design[j] * (positioned ? expl(exponent(w, i, j)) : 1);
        g += weight * customer_score(w, i, j);
        a += weight;
        squares += weight * weight;
        all += w->design[j];
    }
    if (positioned) {
        out->customers = (double)(a * a / squares);
        out->reach = (double)(a / all);
    }
    return strcmp(w->aggregate, "mean") == 0 ? g / a : positioned ? g * height(w, i) : g;
}

void world_compute(const world *w, figures *out) {
    long double score[OPTIONS], plain[OPTIONS], scores = 0, plains = 0, costs = 0;
    for (size_t i = 0; i < w->options; i++) {
        scores += score[i] = option_score(w, i, true, &out[i]);
        plains += plain[i] = option_score(w, i, false, &out[i]);
        costs += w->cost[i];
    }
    for (size_t i = 0; i < w->options; i++) {
        out[i].function = (double)(score[i] / scores);
        out[i].cost = (double)(w->cost[i] / costs);
        out[i].value = (double)(score[i] / scores / (w->cost[i] / costs));
        out[i].plain_value = (double)(plain[i] / plains / (w->cost[i] / costs));
    }
}

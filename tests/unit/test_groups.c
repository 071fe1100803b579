/* Tests of the collapse: exact sums, whatever the order, the shards and how wide the sums must be.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/errors.h"
#include "survey/exact.h"
#include "survey/groups.h"
#include "survey/pair.h"

static ve_arena *arena;
static ve_errors errors;

static int start(void **state) {
    (void)state;
    arena = ve_arena_new(0);
    memset(&errors, 0, sizeof errors);
    return arena ? 0 : -1;
}

static int stop(void **state) {
    (void)state;
    ve_arena_free(arena);
    return 0;
}

static uint64_t random_state = 1;

static unsigned draw(unsigned below) {
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)((random_state >> 33) % below);
}

/* ---- exact sums ------------------------------------------------------------------------------ */

static double exact_sum(const double *x, size_t count) {
    ve_exact sum = { { 0 } };
    for (size_t i = 0; i < count; i++)
        ve_exact_add(&sum, x[i]);
    return ve_exact_value(&sum);
}

static void exact_sums_keep_every_bit(void **state) {
    (void)state;
    static const struct {
        double x[4], sum;
    } sums[] = {
        { { 0 }, 0 },
        { { 1, -1 }, 0 },
        { { 0x1p90, 1, -0x1p90 }, 1 },
        { { 0x1p90, 0x1p-60, -0x1p90, 0x1p-60 }, 0x1p-59 },
        { { -0x1p90, -0x1p-70 }, -0x1p90 },
        { { 0.1, 0.2, -0.3 }, 0x1p-55 },
        { { 0x1p53, 1, 1 }, 0x1p53 + 2 },
        { { 0x1p53, 1 }, 0x1p53 },              /* half way: to the even one */
        { { 0x1p53, 1, 0x1p-74 }, 0x1p53 + 2 }, /* a little more */
        { { -0x1p53, -1, -0x1p-74 }, -0x1p53 - 2 },
        { { 0x1.fffffffffffffp0, 0x1p-53 }, 2 },
        { { -1e30, 1e30, -5e-324 }, 0 }, /* below the quantum */
        { { 0x1p-128, 0x1p-128 }, 0x1p-127 },
        { { 0x1p-129, 0x1p-129 }, 0x1p-127 }, /* each rounds by itself */
        { { 0x1p-130 }, 0 },
        { { -0x1.8p-64, 0x1p-64 }, -0x1p-65 },
    };
    for (size_t i = 0; i < VE_COUNT(sums); i++) {
        double sum = exact_sum(sums[i].x, 4);
        if (sum != sums[i].sum) print_message("sum %zu is %a\n", i, sum);
        assert_true(sum == sums[i].sum);
    }
}

static void exact_sums_join(void **state) {
    (void)state;
    for (int round = 0; round < 2000; round++) {
        ve_exact all = { { 0 } }, part[2] = { { { 0 } } };
        for (int i = 0; i < 20; i++) {
            double x = ldexp((double)draw(1u << 30) - (1 << 29), (int)draw(120) - 80);
            ve_exact_add(&all, x);
            ve_exact_add(&part[draw(2)], x);
        }
        ve_exact_join(&part[0], &part[1]);
        assert_memory_equal(&all, &part[0], sizeof all);
    }
}

static void exact_sums_of_random_terms(void **state) {
    (void)state;
    for (int round = 0; round < 2000; round++) {
        double x[50];
        long double sum = 0;
        for (int i = 0; i < 50; i++) {
            x[i] = ldexp((double)draw(1u << 20) - (1 << 19), (int)draw(30) - 15);
            sum += x[i]; /* within 64 bits: exact */
        }
        assert_true(exact_sum(x, 50) == (double)sum);
    }
}

static void pairs_keep_every_bit(void **state) {
    (void)state;
    enum { TERMS = 4 };
    double high[TERMS] = { 0 }, low[TERMS] = { 0 };
    ve_exact sum[TERMS] = { { { 0 } } };
    for (int i = 0; i < VE_PAIR_ADDITIONS; i++) {
        /* The greatest, the finest, some of either sign, one and the same. */
        double term[TERMS] = { nextafter(0x1p14, 0), ldexp((double)(draw(1u << 30) | 1), -64) + 0x1p-13,
                               ((double)draw(1u << 30) - (1 << 29)) / 1000003, 0.1 };
        assert_true(ve_pair_ordinary(term, TERMS));
        ve_pair_add(high, low, term, TERMS);
        for (int t = 0; t < TERMS; t++)
            ve_exact_add(&sum[t], term[t]);
    }
    for (int t = 0; t < TERMS; t++) {
        assert_true(high[t] + low[t] == ve_exact_value(&sum[t]));
        ve_exact_add(&sum[t], -high[t]);
        ve_exact_add(&sum[t], -low[t]);
        assert_true(ve_exact_value(&sum[t]) == 0);
    }
}

static void terms_that_are_not_ordinary(void **state) {
    (void)state;
    static const double ordinary[] = { 0,          -0.0, 0x1p-64, -0x1p-64, 16383.999,
                                       -16383.999, 0.1,  1.0 / 3, 0x1.8p-63 };
    static const double other[] = {
        0x1p14, -0x1p14, 0x1p-65, 0x1.4p-63, 1e300, -1e300, 1e-10, 5e-324, 0x1p53
    };
    for (size_t i = 0; i < VE_COUNT(ordinary); i++)
        for (size_t k = 0; k < VE_COUNT(other); k++) {
            const double both[] = { ordinary[i], ordinary[(i + 1) % VE_COUNT(ordinary)], other[k],
                                    ordinary[i] };
            assert_true(ve_pair_ordinary(both, 2));
            assert_false(ve_pair_ordinary(both, 4) || ve_pair_ordinary(both + 2, 2) ||
                         ve_pair_ordinary(both + 1, 2));
        }
}

static void what_fits(void **state) {
    (void)state;
    assert_true(ve_exact_fits(1e30) && ve_exact_fits(-1e30) && ve_exact_fits(0));
    assert_false(ve_exact_fits(1e31) || ve_exact_fits(INFINITY) || ve_exact_fits(NAN));
}

/* ---- random customers against plain sums ----------------------------------------------------- */

enum { CELLS_MOST = 24, KEYS_MOST = 3, COLUMNS_MOST = 4, PEOPLE_MOST = 3000 };

typedef struct person {
    double key[KEYS_MOST], weight, score[CELLS_MOST], column[COLUMNS_MOST];
} person;

typedef struct kind {
    size_t keys, options, leaves, columns, people;
    unsigned values; /* of each attribute */
    bool weighted;
    double step;      /* of scores: 1 is whole */
    unsigned highest; /* score / step */
} kind;

static person people[PEOPLE_MOST];

static ve_survey_want want_of(const kind *k) {
    return (ve_survey_want){ .attributes = k->keys,
                             .options = k->options,
                             .leaves = k->leaves,
                             .columns = k->columns,
                             .scale_low = NAN,
                             .scale_high = NAN,
                             .threads = 1 };
}

static void make_people(const kind *k) {
    size_t cells = k->options * k->leaves, columns = k->columns * k->options;
    for (size_t i = 0; i < k->people; i++) {
        person *p = &people[i];
        for (size_t d = 0; d < k->keys; d++)
            p->key[d] = ((double)draw(k->values) - 3) * 0.25;
        p->weight = k->weighted ? draw(1000) / 64.0 : 1;
        for (size_t c = 0; c < cells; c++)
            p->score[c] = draw(k->highest + 1) * k->step;
        for (size_t c = 0; c < columns; c++)
            p->column[c] = draw(1u << 20) / 1024.0;
    }
}

static void shuffle(size_t count) {
    for (size_t i = count; i > 1; i--) {
        size_t other = draw((unsigned)i);
        person p = people[i - 1];
        people[i - 1] = people[other];
        people[other] = p;
    }
}

typedef struct row_space {
    double attribute[PEOPLE_MOST * KEYS_MOST], weight[PEOPLE_MOST], score[PEOPLE_MOST * CELLS_MOST],
        column[PEOPLE_MOST * COLUMNS_MOST];
    uint16_t small[PEOPLE_MOST * CELLS_MOST];
} row_space;

static row_space r;

static void fill_row(const kind *k, const person *p, size_t i) {
    size_t cells = k->options * k->leaves, columns = k->columns * k->options, stride = (cells + 7) / 8 * 8;
    memset(r.small + i * stride, 0, stride * sizeof *r.small);
    for (size_t d = 0; d < k->keys; d++)
        r.attribute[i * k->keys + d] = p->key[d];
    for (size_t c = 0; c < cells; c++)
        r.score[i * cells + c] = p->score[c];
    for (size_t c = 0; c < cells; c++)
        r.small[i * stride + c] = (uint16_t)p->score[c];
    for (size_t c = 0; c < columns; c++)
        r.column[i * columns + c] = p->column[c];
    r.weight[i] = p->weight;
}

/* Hand people on in blocks of random sizes, in random dress, to random shards. */
static ve_groups *collapse(const kind *k, unsigned shards) {
    ve_survey_want want = want_of(k);
    ve_sink *sink = ve_collect_new(&want, &errors);
    assert_non_null(sink);
    assert_int_equal(sink->open(sink, shards), VE_OK);
    for (size_t from = 0, count; from < k->people; from += count) {
        count = 1 + draw(shards == 1 ? PEOPLE_MOST : 700);
        if (count > k->people - from) count = k->people - from;
        for (size_t i = 0; i < count; i++)
            fill_row(k, &people[from + i], i);
        bool small = k->step == 1 && draw(4) > 0;
        ve_customers block = { .rows = count,
                               .attribute = r.attribute,
                               .weight = k->weighted ? r.weight : NULL,
                               .small_score = small ? r.small : NULL,
                               .small_stride = (k->options * k->leaves + 7) / 8 * 8,
                               .score = r.score,
                               .column = r.column };
        assert_int_equal(sink->add(sink, draw(shards), &block), VE_OK);
    }
    (sink->skip)(sink, 2);
    ve_groups *groups = NULL;
    assert_int_equal(ve_collect_finish(sink, arena, &groups), VE_OK);
    ve_collect_free(sink);
    return groups;
}

static bool in_group(const ve_groups *g, size_t row, const person *p) {
    for (size_t d = 0; d < g->attributes; d++)
        if (g->attribute[d * g->rows + row] != p->key[d]) return false;
    return true;
}

static bool ascends(const ve_groups *g, size_t row) {
    for (size_t d = 0; d < g->attributes; d++) {
        double before = g->attribute[d * g->rows + row - 1], now = g->attribute[d * g->rows + row];
        if (before != now) return before < now;
    }
    return false;
}

/* All figures are multiples of 2^-16 and small: plain sums are exact as well. */
static void assert_plain_sums(const kind *k, const ve_groups *g) {
    assert_true(g->customers == (double)k->people && g->skipped == 2);
    for (size_t row = 0; row < g->rows; row++) {
        double count = 0, weight = 0, squared = 0, score[CELLS_MOST] = { 0 }, column[COLUMNS_MOST] = { 0 };
        for (size_t i = 0; i < k->people; i++) {
            const person *p = &people[i];
            if (!in_group(g, row, p)) continue;
            count++;
            weight += p->weight;
            squared += p->weight * p->weight;
            for (size_t c = 0; c < g->cells; c++)
                score[c] += p->weight * p->score[c];
            for (size_t c = 0; c < g->columns; c++)
                column[c] += p->weight * p->column[c];
        }
        assert_true(count > 0 && (row == 0 || ascends(g, row)));
        assert_true(g->count[row] == count && g->weight[row] == weight && g->weight_squared[row] == squared);
        for (size_t c = 0; c < g->cells; c++)
            assert_true(g->score[c * g->rows + row] == score[c]);
        for (size_t c = 0; c < g->columns; c++)
            assert_true(g->column[c * g->rows + row] == column[c]);
    }
}

static void the_collapse_is_the_plain_sums(void **state) {
    (void)state;
    static const kind kinds[] = {
        { 1, 3, 5, 0, 2000, 40, false, 1, 4 },       { 0, 2, 1, 0, 500, 1, false, 1, 4 },
        { 2, 2, 4, 0, 1000, 6, false, 1, 4 },        { 3, 2, 3, 2, 800, 3, false, 1, 9 },
        { 1, 4, 6, 0, 3000, 3, false, 1, 60000 },    { 1, 2, 2, 0, 3000, 2, false, 1, 255 },
        { 1, 3, 3, 0, 1500, 200, false, 0.125, 32 }, { 1, 3, 3, 1, 1500, 50, true, 1, 4 },
        { 1, 2, 2, 2, 700, 2000, true, 0.25, 16 },   { 2, 2, 8, 0, 1, 5, false, 1, 0 },
    };
    for (size_t i = 0; i < VE_COUNT(kinds); i++) {
        make_people(&kinds[i]);
        assert_plain_sums(&kinds[i], collapse(&kinds[i], 1));
        assert_plain_sums(&kinds[i], collapse(&kinds[i], 3));
    }
}

static void assert_same(const ve_groups *a, const ve_groups *b) {
    assert_int_equal(a->rows, b->rows);
    assert_memory_equal(a->attribute, b->attribute, a->rows * a->attributes * sizeof(double));
    assert_memory_equal(a->count, b->count, a->rows * sizeof(double));
    assert_memory_equal(a->weight, b->weight, a->rows * sizeof(double));
    assert_memory_equal(a->weight_squared, b->weight_squared, a->rows * sizeof(double));
    assert_memory_equal(a->score, b->score, a->rows * a->cells * sizeof(double));
    if (a->columns) assert_memory_equal(a->column, b->column, a->rows * a->columns * sizeof(double));
}

/* Figures that no sum of doubles adds up exactly. */
static void any_order_gives_the_same_bytes(void **state) {
    (void)state;
    static const kind k = { 2, 3, 4, 1, 3000, 12, true, 0.1, 40 };
    make_people(&k);
    for (size_t i = 0; i < k.people; i++)
        people[i].weight = ldexp(1.0 / (1 + draw(99)), (int)draw(60) - 30);
    ve_groups *first = collapse(&k, 1);
    for (unsigned round = 0; round < 10; round++) {
        shuffle(k.people);
        assert_same(first, collapse(&k, 1 + round % 5));
    }
}

/* ---- large sums ------------------------------------------------------------------------------ */

static ve_sink *sink_of_two_cells(void) {
    static ve_survey_want want = {
        .attributes = 1, .options = 2, .leaves = 1, .scale_low = NAN, .scale_high = NAN
    };
    return ve_collect_new(&want, &errors);
}

static void add_same(ve_sink *sink, unsigned shard, double key, uint16_t score, size_t times) {
    enum { ROWS = 1000 };
    static double attribute[ROWS];
    static uint16_t small[ROWS * 8];
    for (size_t i = 0; i < ROWS; i++) {
        attribute[i] = key;
        small[8 * i] = score;
        small[8 * i + 1] = 1;
    }
    for (size_t left = times; left > 0;) {
        ve_customers block = {
            .rows = left < ROWS ? left : ROWS, .attribute = attribute, .small_score = small, .small_stride = 8
        };
        assert_int_equal(sink->add(sink, shard, &block), VE_OK);
        left -= block.rows;
    }
}

static void sums_grow_wider(void **state) {
    (void)state;
    static const struct {
        uint16_t score;
        size_t times;
    } sums[] = { { 4, 16383 },     { 4, 16384 },     { 4, 16400 }, { 255, 257 },
                 { 255, 258 },     { 65535, 1 },     { 65535, 2 }, { 65535, 65537 },
                 { 65535, 65538 }, { 65535, 70000 }, { 0, 100000 } };
    for (size_t i = 0; i < VE_COUNT(sums); i++) {
        for (unsigned shards = 1; shards <= 2; shards++) {
            ve_sink *sink = sink_of_two_cells();
            assert_int_equal(sink->open(sink, shards), VE_OK);
            add_same(sink, 0, 5, sums[i].score, sums[i].times);
            add_same(sink, shards - 1, 7, 1, 3);
            if (shards == 2) add_same(sink, 1, 5, sums[i].score, sums[i].times);
            ve_groups *g = NULL;
            assert_int_equal(ve_collect_finish(sink, arena, &g), VE_OK);
            ve_collect_free(sink);
            double times = (double)sums[i].times * shards;
            assert_int_equal(g->rows, 2);
            assert_true(g->count[0] == times && g->weight[0] == times && g->weight_squared[0] == times);
            assert_true(g->score[0] == times * sums[i].score && g->score[2] == times);
            assert_true(g->count[1] == 3 && g->score[1] == 3 && g->score[3] == 3);
        }
    }
}

/* More customers of one kind than pairs can take, and now and then a figure that they cannot. */
static void many_of_one_kind(void **state) {
    (void)state;
    enum { ROWS = 500, BLOCKS = 100 };
    static double attribute[ROWS], score[ROWS * 2], weight[ROWS];
    ve_exact sum = { { 0 } }, weights = { { 0 } };
    ve_sink *sink = sink_of_two_cells();
    assert_int_equal(sink->open(sink, 3), VE_OK);
    for (unsigned b = 0; b < BLOCKS; b++) {
        for (size_t i = 0; i < ROWS; i++) {
            weight[i] = (1 + draw(1000)) / 700.0;
            score[2 * i] = draw(1000) ? draw(100) / 7.0 : 1e12 / 7;
            score[2 * i + 1] = draw(1000) ? 0.1 : 1e-12;
            ve_exact_add(&sum, weight[i] * score[2 * i]);
            ve_exact_add(&weights, weight[i] * weight[i]);
        }
        ve_customers block = { .rows = ROWS, .attribute = attribute, .weight = weight, .score = score };
        assert_int_equal(sink->add(sink, b % 3, &block), VE_OK);
    }
    ve_groups *g = NULL;
    assert_int_equal(ve_collect_finish(sink, arena, &g), VE_OK);
    ve_collect_free(sink);
    assert_true(g->rows == 1 && g->count[0] == (double)ROWS * BLOCKS);
    assert_true(g->score[0] == ve_exact_value(&sum) && g->weight_squared[0] == ve_exact_value(&weights));
}

static void zeros_of_either_sign_are_one(void **state) {
    (void)state;
    ve_sink *sink = sink_of_two_cells();
    assert_int_equal(sink->open(sink, 2), VE_OK);
    add_same(sink, 0, -0.0, 1, 1);
    add_same(sink, 0, 0.0, 1, 1);
    add_same(sink, 1, -0.0, 1, 1);
    add_same(sink, 1, -1, 1, 1);
    ve_groups *g = NULL;
    assert_int_equal(ve_collect_finish(sink, arena, &g), VE_OK);
    ve_collect_free(sink);
    assert_int_equal(g->rows, 2);
    assert_true(g->attribute[0] == -1 && g->attribute[1] == 0 && !signbit(g->attribute[1]) &&
                g->count[1] == 3);
}

static void figures_that_cannot_be(void **state) {
    (void)state;
    static const double good[] = { 1 }, weight[] = { -1 }, nan_[] = { NAN }, endless[] = { INFINITY },
                        two[] = { 1, 2 }, wrong[] = { 1, NAN };
    static const uint16_t small[8] = { 1, 2 };
    const ve_customers bad[] = {
        { .rows = 1, .attribute = nan_, .small_score = small, .small_stride = 8 },
        { .rows = 1, .attribute = endless, .score = two },
        { .rows = 1, .attribute = good, .score = wrong },
        { .rows = 1, .attribute = good, .score = two, .weight = weight },
        { .rows = 1, .attribute = good, .score = two, .weight = endless },
        { .rows = 1, .attribute = good },
    };
    for (size_t i = 0; i < VE_COUNT(bad); i++) {
        ve_sink *sink = sink_of_two_cells();
        assert_int_equal(sink->open(sink, 1), VE_OK);
        assert_int_equal(sink->add(sink, 0, &bad[i]), VE_E_PLUGIN_RESULT);
        assert_int_equal(sink->add(sink, 1, &bad[1]), VE_E_PLUGIN_RESULT); /* no such shard */
        ve_collect_free(sink);
    }
}

static void opened_again_it_forgets(void **state) {
    (void)state;
    ve_sink *sink = sink_of_two_cells();
    assert_int_equal(sink->open(sink, 2), VE_OK);
    add_same(sink, 1, 5, 1, 10);
    (sink->skip)(sink, 3);
    assert_int_equal(sink->open(sink, 1), VE_OK);
    add_same(sink, 0, 6, 2, 1);
    ve_groups *g = NULL;
    assert_int_equal(ve_collect_finish(sink, arena, &g), VE_OK);
    ve_collect_free(sink);
    assert_true(g->rows == 1 && g->attribute[0] == 6 && g->customers == 1 && g->skipped == 0);
}

static void nobody(void **state) {
    (void)state;
    ve_sink *sink = sink_of_two_cells();
    ve_groups *g = NULL;
    assert_int_equal(ve_collect_finish(sink, arena, &g), VE_OK); /* not even opened */
    ve_collect_free(sink);
    assert_true(g->rows == 0 && g->customers == 0);
    ve_collect_free(NULL);
}

/* ---- groups that are not read ---------------------------------------------------------------- */

static void one_customer(void **state) {
    (void)state;
    static const double score[] = { 1, 2, 3, 4, 5, 6 };
    ve_groups *g = NULL;
    assert_int_equal(ve_groups_single(score, 2, 3, arena, &g, &errors), VE_OK);
    assert_true(g->rows == 1 && g->cells == 6 && g->attributes == 0 && g->columns == 0);
    assert_true(g->count[0] == 1 && g->weight[0] == 1 && g->weight_squared[0] == 1 && g->customers == 1);
    assert_memory_equal(g->score, score, sizeof score);
}

static ve_outline_attribute moments(const double *x, const double *weight, const double *count, size_t rows) {
    ve_groups g = { .rows = rows, .attributes = 1, .attribute = x, .weight = weight, .count = count };
    ve_outline_attribute a = { .id = "x" };
    ve_groups_moments(&g, &a);
    return a;
}

/* The founding paper's sd, from incomes that reproduce it. */
static void moments_of_the_paper(void **state) {
    (void)state;
    static const double x[] = { 1200, 2000, 5000, 8000, 10000, 12000 }, one[] = { 1, 1, 1, 1, 1, 1 };
    ve_outline_attribute a = moments(x, one, one, 6);
    assert_true(a.low == 1200 && a.high == 12000);
    assert_true(fabs(a.mean - 38200.0 / 6) < 1e-11);
    assert_true(fabs(a.sd - 4364.25) < 0.005);
}

static void moments_with_weights(void **state) {
    (void)state;
    static const double x[] = { 1, 3, 99 }, weight[] = { 3, 1, 0 }, count[] = { 2, 1, 5 };
    ve_outline_attribute a = moments(x, weight, count, 3);
    assert_true(a.low == 1 && a.high == 3 && a.mean == 1.5);
    assert_true(fabs(a.sd - sqrt((3 * 0.25 + 2.25) / 4 * 3 / 2)) < 1e-15);
}

static void moments_far_from_zero(void **state) {
    (void)state;
    static const double x[] = { 1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16 }, one[] = { 1, 1, 1, 1 };
    ve_outline_attribute a = moments(x, one, one, 4);
    assert_true(a.mean == 1e9 + 10 && fabs(a.sd - sqrt(30)) < 1e-12);
}

static void moments_of_one_or_none(void **state) {
    (void)state;
    static const double x[] = { 7 }, one[] = { 1 }, zero[] = { 0 };
    ve_outline_attribute a = moments(x, one, one, 1);
    assert_true(a.mean == 7 && isnan(a.sd) && a.low == 7 && a.high == 7);
    a = moments(x, zero, one, 1);
    assert_true(isnan(a.mean) && isnan(a.sd) && isnan(a.low));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_sums_keep_every_bit),
        cmocka_unit_test(exact_sums_join),
        cmocka_unit_test(exact_sums_of_random_terms),
        cmocka_unit_test(pairs_keep_every_bit),
        cmocka_unit_test(terms_that_are_not_ordinary),
        cmocka_unit_test(what_fits),
        cmocka_unit_test(many_of_one_kind),
        cmocka_unit_test(the_collapse_is_the_plain_sums),
        cmocka_unit_test(any_order_gives_the_same_bytes),
        cmocka_unit_test(sums_grow_wider),
        cmocka_unit_test(zeros_of_either_sign_are_one),
        cmocka_unit_test(figures_that_cannot_be),
        cmocka_unit_test(opened_again_it_forgets),
        cmocka_unit_test(nobody),
        cmocka_unit_test(one_customer),
        cmocka_unit_test(moments_of_the_paper),
        cmocka_unit_test(moments_with_weights),
        cmocka_unit_test(moments_far_from_zero),
        cmocka_unit_test(moments_of_one_or_none),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

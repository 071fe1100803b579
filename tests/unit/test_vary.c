/* The numbers of a model: which there are, what they are called, and that changing them is the same as --set.
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

#include "ve/plugin.h"
#include "vary/resample.h"
#include "ve_test.h"

static ve_test *t;

/* ---- a study that tells all it can find out ---------------------------------------------------------- */

enum { MOST_OPTIONS = 4 };

typedef struct probe {
    const char *path;
    double to;
} probe;

static const ve_field probe_fields[] = {
    VE_FIELD(probe, path, VE_T_TEXT, .name = "path", .doc = "a number to look at"),
    VE_FIELD(probe, to, VE_T_NUMBER, .name = "to", .doc = "what it is set to"),
};
static const ve_record probe_record = { .name = "probe",
                                        .doc = "Shows the numbers of a model.",
                                        .size = sizeof(probe),
                                        .fields = probe_fields,
                                        .count = VE_COUNT(probe_fields) };

static void tell_input(const ve_study_services *s, int table, const ve_input *input, const double *value,
                       size_t rows, size_t row) {
    ve_cell *cell = s->row(s, table);
    cell[0] = VE_CELL_OF_TEXT(input->path);
    cell[1] = VE_CELL_OF_TEXT(input->label);
    cell[2] = VE_CELL_OF_NUMBER(input->base);
    cell[3] = VE_CELL_OF_NUMBER(isinf(input->low) ? NAN : input->low);
    cell[4] = VE_CELL_OF_NUMBER(isinf(input->high) ? NAN : input->high);
    cell[5] = VE_CELL_OF_TEXT(input->distribution);
    cell[6] = VE_CELL_OF_NUMBER(input->points);
    cell[7] = VE_CELL_OF_NUMBER(value[row]);
    cell[8] = VE_CELL_OF_NUMBER(value[rows + row]);
}

/* Every row sets one input to what it is multiplied by. */
static ve_code one_at_a_time(const ve_study_services *s, const ve_input *list, size_t count, double times,
                             double *value) {
    size_t *index = s->base->memory(s->base, count * sizeof *index);
    double **column = s->base->memory(s->base, count * sizeof *column);
    if (!index || !column) return VE_E_MEMORY;
    for (size_t i = 0; i < count; i++) {
        index[i] = i;
        column[i] = s->base->memory(s->base, count * sizeof **column);
        if (!column[i]) return VE_E_MEMORY;
        for (size_t row = 0; row < count; row++)
            column[i][row] = row == i ? list[i].base * times : NAN;
    }
    ve_trials trials = { .rows = count,
                         .inputs = count,
                         .input = index,
                         .value = (const double *const *)column,
                         .assumptions = { .positioned = true } };
    ve_figures figures = { .value_index = value };
    ve_code code = s->evaluate_many(s, &trials, &figures);
    if (!code) s->fact(s, "failed", VE_CELL_OF_NUMBER((double)figures.failed));
    if (!code) s->fact(s, "why", VE_CELL_OF_TEXT(figures.why));
    return code;
}

static ve_code tell_one(const probe *p, const ve_study_services *s) {
    size_t index;
    const ve_outcome *outcome;
    const ve_assumptions plain = { .positioned = true };
    if (!p->path) return VE_OK;
    ve_code code = s->input(s, "path", p->path, &index);
    if (!code) code = s->evaluate_with(s, "to", &index, &p->to, 1, &plain, &outcome);
    if (code) return code;
    s->fact(s, "value", VE_CELL_OF_NUMBER(outcome->option[0].value_index));
    double median = s->quantile(s, index, 0.5);
    s->fact(s, "median", VE_CELL_OF_NUMBER(isnan(median) ? -1 : median));
    return VE_OK;
}

static ve_code study(const void *params, const ve_study_services *s) {
    static const ve_column column[] = { { "path", "", 0, 0 },   { "label", "", 0, 0 }, { "base", "", 0, 0 },
                                        { "low", "", 0, 0 },    { "high", "", 0, 0 },  { "word", "", 0, 0 },
                                        { "points", "", 0, 0 }, { "V", "", 0, 0 },     { "V2", "", 0, 0 } };
    const ve_input *list;
    size_t count;
    ve_code code = s->inputs(s, &list, &count);
    if (code) return code;
    int table = s->table(s, "inputs", "", 0, column, VE_COUNT(column));
    double *value = s->base->memory(s->base, MOST_OPTIONS * count * sizeof *value);
    if (!value) return VE_E_MEMORY;
    code = one_at_a_time(s, list, count, 1.1, value);
    for (size_t i = 0; !code && i < count; i++)
        tell_input(s, table, &list[i], value, count, i);
    if (!code) s->fact(s, "inputs", VE_CELL_OF_NUMBER((double)count));
    return code ? code : tell_one(params, s);
}

static const ve_study_ops ops = { .size = sizeof ops, .study = study };
static const ve_plugin probe_plugin = VE_PLUGIN_BODY(STUDY, "probe", "1", "for tests", &probe_record, &ops);

/* ---- a study that draws ------------------------------------------------------------------------------- */

enum { DRAWS = 20000, DRAWN = 4 };
static const char *const drawn[DRAWN] = { "options.A.cost", "options.B.cost", "functions.x.weight",
                                          "functions.y.weight" };
static double sample[DRAWN * DRAWS];
static uint64_t redrawn;

/* The draws in blocks of different sizes: that must not show. */
static ve_code draw_sample(const ve_study_services *s, const ve_drawing *drawing) {
    redrawn = 0;
    static double block[DRAWN * DRAWS];
    for (size_t first = 0, rows = 1; first < DRAWS; first += rows, rows = 2 * rows + 7) {
        if (rows > DRAWS - first) rows = DRAWS - first;
        ve_code code = s->draw(s, drawing, first, rows, block, &redrawn);
        if (code) return code;
        for (size_t i = 0; i < DRAWN; i++)
            memcpy(sample + i * DRAWS + first, block + i * rows, rows * sizeof *block);
    }
    return VE_OK;
}

static ve_code study_draw(const void *params, const ve_study_services *s) {
    static const double factor[DRAWN * DRAWN] = { 1, 0, 0, 0, 0.6, 0.8, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1 };
    const ve_input *list;
    size_t count, index[DRAWN] = { 0 };
    ve_code code = s->inputs(s, &list, &count);
    for (size_t i = 0; !code && i < DRAWN; i++)
        code = s->input(s, "", drawn[i], &index[i]);
    if (code) return code;
    ve_drawn_list weights = { list[index[2]].list, 50 };
    bool dirichlet = ((const probe *)params)->to == 1;
    ve_drawing drawing = { .seed = 7, .inputs = DRAWN, .input = index, .factor = factor };
    if (dirichlet) drawing.lists = 1, drawing.list = &weights;
    return draw_sample(s, &drawing);
}

static const ve_study_ops draw_ops = { .size = sizeof draw_ops, .study = study_draw };
static const ve_plugin draw_plugin =
    VE_PLUGIN_BODY(STUDY, "draw", "1", "for tests", &probe_record, &draw_ops);

static double mean_of(size_t i) {
    double sum = 0;
    for (size_t r = 0; r < DRAWS; r++)
        sum += sample[i * DRAWS + r];
    return sum / DRAWS;
}

static double covariance(size_t i, size_t j) {
    double a = mean_of(i), b = mean_of(j), sum = 0;
    for (size_t r = 0; r < DRAWS; r++)
        sum += (sample[i * DRAWS + r] - a) * (sample[j * DRAWS + r] - b);
    return sum / (DRAWS - 1);
}

/* ---- a study that does everything twice --------------------------------------------------------------- */

enum { ROWS = 4000, COMPARED = 40, PAIR = 2, FIGURES = 5 };

typedef struct twice {
    const char *first, *second;
    double low, high, low2, high2;
    int aggregate;
} twice;

static const ve_field twice_fields[] = {
    VE_FIELD(twice, first, VE_T_TEXT, .name = "first", .doc = "a number"),
    VE_FIELD(twice, second, VE_T_TEXT, .name = "second", .doc = "another"),
    VE_FIELD(twice, low, VE_T_NUMBER, .name = "low", .doc = "from"),
    VE_FIELD(twice, high, VE_T_NUMBER, .name = "high", .doc = "to"),
    VE_FIELD(twice, low2, VE_T_NUMBER, .name = "low2", .doc = "from"),
    VE_FIELD(twice, high2, VE_T_NUMBER, .name = "high2", .doc = "to"),
    VE_FIELD(twice, aggregate, VE_T_CHOICE, .name = "aggregate", .choices = "mean|sum|peak", .doc = "how"),
};
static const ve_record twice_record = { .name = "twice",
                                        .doc = "Compares two ways.",
                                        .size = sizeof(twice),
                                        .fields = twice_fields,
                                        .count = VE_COUNT(twice_fields) };

static double worst; /* greatest relative difference between the two ways */
static size_t rows_compared;

static void differ(double a, double b) {
    double size = fmax(fabs(a), fabs(b)),
           difference = isnan(a) && isnan(b) ? 0 : fabs(a - b) / (size > 0 ? size : 1);
    if (!(difference <= worst)) worst = isnan(difference) ? HUGE_VAL : difference;
}

static void compare_option(const ve_figures *f, size_t at, const ve_outcome_option *o) {
    differ(f->function_score[at], o->function_score);
    differ(f->cost[at], o->cost);
    differ(f->function_coefficient[at], o->function_coefficient);
    differ(f->cost_coefficient[at], o->cost_coefficient);
    differ(f->value_index[at], o->value_index);
    differ(f->merit[at], o->merit);
    assert_int_equal(f->rank[at], o->rank);
    rows_compared++;
}

static ve_code compare_row(const ve_study_services *s, const ve_trials *trials, const ve_figures *f,
                           size_t row) {
    double value[PAIR] = { 0 };
    const ve_outcome *outcome;
    for (size_t i = 0; i < trials->inputs; i++)
        value[i] = trials->value[i][row];
    ve_code code =
        s->evaluate_with(s, "first", trials->input, value, trials->inputs, &trials->assumptions, &outcome);
    for (size_t i = 0; !code && i < s->outline->options; i++)
        compare_option(f, i * trials->rows + row, &outcome->option[i]);
    if (!code) assert_int_equal(f->best[row], outcome->best);
    return code;
}

static ve_code study_twice(const void *params, const ve_study_services *s) {
    const twice *p = params;
    static double value[PAIR][ROWS], figure[FIGURES + 1][MOST_OPTIONS * ROWS];
    static int rank[MOST_OPTIONS * ROWS], best[ROWS];
    const double *column[PAIR] = { value[0], value[1] };
    size_t input[PAIR] = { 0 };
    ve_trials trials = { .rows = ROWS,
                         .inputs = p->second ? 2 : 1,
                         .input = input,
                         .value = column,
                         .assumptions = { .aggregate = (ve_aggregate)p->aggregate, .positioned = true } };
    ve_figures figures = { figure[0], figure[1], figure[2], figure[3], figure[4], rank,
                           best,      figure[5], 0,         "",        false };
    ve_code code = s->input(s, "first", p->first, &input[0]);
    if (!code && p->second) code = s->input(s, "second", p->second, &input[1]);
    for (size_t r = 0; r < ROWS; r++) {
        value[0][r] = p->low + (p->high - p->low) * (double)r / (ROWS - 1);
        value[1][r] = p->low2 + (p->high2 - p->low2) * (double)((r * 7) % ROWS) / (ROWS - 1);
    }
    if (!code) code = s->evaluate_many(s, &trials, &figures);
    for (size_t row = 0; !code && row < ROWS; row += ROWS / COMPARED)
        code = compare_row(s, &trials, &figures, row);
    return code;
}

/* ---- resamples: the short way against the long one, which a gate that stays forces ----------------------
 */

enum { RESAMPLES = 24, RESAMPLED = 3 };

/* With replacement, by exponential weights, all but one; and the same where no target moves. */
enum { REPLACED, BAYESIAN, LEFT_OUT, HOWS, STAYS = HOWS, MODES = 2 * HOWS };

static ve_code resample_by(const ve_study_services *s, const twice *p, size_t inputs, double *index,
                           double *score) {
    static const char *const path[RESAMPLED] = { "options.A.target.mean", "options.B.cost",
                                                 "functions.y.minimum" };
    static double value[RESAMPLED][RESAMPLES];
    static uint64_t number[RESAMPLES];
    const double *column[RESAMPLED] = { value[0], value[1], value[2] };
    size_t input[RESAMPLED] = { 0 };
    ve_code code = VE_OK;
    int mode = (int)p->low, how = mode % HOWS;
    size_t first = mode >= STAYS;
    for (size_t i = first; !code && i < inputs; i++)
        code = s->input(s, "first", path[i], &input[i]);
    for (size_t r = 0; r < RESAMPLES; r++) {
        value[0][r] = r % 3 ? 2500 + 100 * (double)r : NAN;
        value[1][r] = 400 + (double)r;
        value[2][r] = NAN;
        number[r] = r / 2; /* two rows meet the same customers */
    }
    ve_trials trials = { .rows = RESAMPLES,
                         .inputs = inputs - first,
                         .input = input + first,
                         .value = column + first,
                         .assumptions = { .aggregate = (ve_aggregate)p->aggregate, .positioned = true },
                         .resample = number,
                         .seed = 5,
                         .bayesian = how == BAYESIAN,
                         .left_out = how == LEFT_OUT };
    ve_figures figures = { .value_index = index, .function_score = score };
    if (!code) code = s->evaluate_many(s, &trials, &figures);
    assert_int_equal(figures.failed, 0);
    assert_int_equal(figures.by_parts, inputs < RESAMPLED);
    return code;
}

static ve_code study_resample(const void *params, const ve_study_services *s) {
    static double index[2][MOST_OPTIONS * RESAMPLES], score[2][MOST_OPTIONS * RESAMPLES];
    ve_code code = resample_by(s, params, 2, index[0], score[0]);
    if (!code) code = resample_by(s, params, 3, index[1], score[1]);
    for (size_t i = 0; !code && i < 3 * RESAMPLES; i++) {
        differ(index[0][i], index[1][i]);
        differ(score[0][i], score[1][i]);
        rows_compared++;
    }
    return code;
}

static const ve_study_ops resample_ops = { .size = sizeof resample_ops, .study = study_resample };
static const ve_plugin resample_plugin =
    VE_PLUGIN_BODY(STUDY, "resample", "1", "for tests", &twice_record, &resample_ops);

static const ve_study_ops twice_ops = { .size = sizeof twice_ops, .study = study_twice };
static const ve_plugin twice_plugin =
    VE_PLUGIN_BODY(STUDY, "twice", "1", "for tests", &twice_record, &twice_ops);

/* ---- models ------------------------------------------------------------------------------------------ */

static const char surveyed[] =
    "{ title = 'T', attributes = { income = 'CNY' }, scale = { 0, 4 }, target = ve.normal { mean = 5000, sd "
    "= 2500 },\n"
    "  functions = { { id = 'use', weight = 6, parts = {\n"
    "      weights = ve.parties { { 'owner', 0.4, ve.direct { a = 3, b = 1 } },\n"
    "                             { 'user', 0.6, ve.direct { a = 1, b = 2 } } },\n"
    "      { id = 'a', name = 'First' }, { id = 'b', minimum = 1 } } }, { id = 'look', weight = 4 } },\n"
    "  options = { { id = 'A', name = 'High', cost = ve.life_cycle { initial = 100, annual = 7, rate = 0.05, "
    "years = 20 },\n"
    "                target = ve.normal { mean = 10000, sd = 3000 } },\n"
    "              { id = 'B', cost = ve.normal { mean = 14, sd = 2 } } },\n"
    "  choose = ve.max_function { budget = 100 },\n"
    "  survey = ve.answers { { income = 2000, A = { 2, 1, 2 }, B = { 3, 3, 2 } },\n"
    "                        { income = 5000, A = { 2, 3, 2 }, B = { 3, 3, 3 } },\n"
    "                        { income = 8000, A = { 4, 3, 3 }, B = { 3, 2, 3 } },\n"
    "                        { income = 12000, A = { 4, 4, 4 }, B = { 2, 2, 2 } } } }";

static const char own[] =
    "{ functions = { weights = ve.zero_four { relations = { 'x >> y' } }, { id = 'x' }, { id = 'y' } },\n"
    "  options = { { id = 'A', cost = 10, scores = { x = 3, y = 2 } }, { id = 'B', cost = 9, scores = { 2, 3 "
    "} } } }";

static void probe_with(const char *model, const char *path, const char *to) {
    ve_code code = path ? ve_test_study(t, model, "probe", "path", path, "to", to, NULL)
                        : ve_test_study(t, model, "probe", NULL);
    assert_int_equal(code, VE_OK);
}

static double of_input(const char *path, const char *column) {
    return ve_test_number(t, "inputs", column, "path", path, NULL);
}

/* ---- tests ------------------------------------------------------------------------------------------- */

static const char *const paths[] = {
    "target.mean",
    "target.sd",
    "options.A.cost.initial",
    "options.A.cost.annual",
    "options.A.cost.rate",
    "options.A.cost.years",
    "options.A.target.mean",
    "options.A.target.sd",
    "options.B.cost",
    "functions.use.weight",
    "functions.look.weight",
    "functions.a.weight",
    "functions.b.weight",
    "functions.b.minimum",
    "functions.use.weights.owner.share",
    "functions.use.weights.user.share",
    "choose.budget",
};

static void lists_every_number(void **state) {
    (void)state;
    probe_with(surveyed, NULL, NULL);
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        assert_true(of_input(paths[i], "base") >= 0);
    /* and those of the parties' own judgements: four */
    assert_int_equal(ve_test_fact_number(t, "inputs"), sizeof paths / sizeof *paths + 4);
}

static void tells_what_they_are(void **state) {
    (void)state;
    probe_with(surveyed, NULL, NULL);
    assert_string_equal(ve_test_word(t, "inputs", "label", "path", "options.A.target.mean", NULL),
                        "target mean of High");
    assert_string_equal(ve_test_word(t, "inputs", "label", "path", "functions.a.weight", NULL),
                        "weight of First");
    assert_string_equal(ve_test_word(t, "inputs", "word", "path", "options.B.cost", NULL), "normal");
    assert_true(ve_test_near(of_input("options.B.cost", "base"), 14, 1e-15));
    assert_true(ve_test_near(of_input("options.B.cost", "low"), 0, 1e-15));
    assert_true(isnan(of_input("options.B.cost", "high")));
    assert_true(ve_test_near(of_input("functions.use.weight", "points"), 6, 1e-15));
    assert_true(ve_test_near(of_input("functions.use.weight", "base"), 6, 1e-12));
    assert_true(ve_test_near(of_input("functions.use.weight", "high"), 10, 1e-15));
    assert_true(ve_test_near(of_input("functions.a.weight", "base"), 0.4 * 0.75 + 0.6 / 3, 1e-12));
    assert_true(isnan(of_input("functions.a.weight", "points")) != 0);
}

/* One input is set on the command line, all others stay. */
static void same_as_set(const char *model, const char *path) {
    char text[40];
    probe_with(model, NULL, NULL);
    double base = of_input(path, "base"), value = of_input(path, "V"), other = of_input(path, "V2");
    snprintf(text, sizeof text, "%.17g", base * 1.1);
    ve_setting set = { path, text };
    t->set = &set;
    t->sets = 1;
    ve_code code = ve_test_run(t, model);
    t->sets = 0;
    if (code) {
        assert_true(isnan(value));
        return;
    }
    assert_true(ve_test_near(value, ve_test_option(t, "A", "value_index"), 1e-15));
    assert_true(ve_test_near(other, ve_test_option(t, "B", "value_index"), 1e-15));
}

static void changes_as_set_does(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        same_as_set(surveyed, paths[i]);
    same_as_set(own, "options.A.scores.x");
    same_as_set(own, "functions.y.weight");
    same_as_set(own, "options.B.cost");
}

static void says_why_a_row_fails(void **state) {
    (void)state;
    probe_with(own, NULL, NULL); /* x has all of the weight, and cannot have more */
    assert_true(ve_test_near(ve_test_fact_number(t, "failed"), 1, 0));
    assert_string_equal(ve_test_fact(t, "why"),
                        "a weight lies between 0 and 1, the total of its list, and this one is 1.1");
    assert_true(isnan(of_input("functions.x.weight", "V")) != 0);
    assert_true(of_input("functions.y.weight", "V") > 0);
}

static void finds_by_path(void **state) {
    (void)state;
    probe_with(surveyed, "options.B.cost", "14");
    assert_true(ve_test_near(ve_test_fact_number(t, "median"), 14, 1e-12));
    double value = ve_test_fact_number(t, "value");
    assert_int_equal(ve_test_run(t, surveyed), VE_OK);
    assert_true(ve_test_near(value, ve_test_option(t, "A", "value_index"), 1e-15));
}

static void finds_what_is_not_written(void **state) {
    (void)state;
    probe_with(surveyed, "options.B.target.sd", "1000");
    double value = ve_test_fact_number(t, "value");
    assert_true(ve_test_near(ve_test_fact_number(t, "median"), -1, 0)); /* it is not uncertain */
    ve_setting set = { "options.B.target.sd", "1000" };
    t->set = &set;
    t->sets = 1;
    assert_int_equal(ve_test_run(t, surveyed), VE_OK);
    t->sets = 0;
    assert_true(ve_test_near(value, ve_test_option(t, "A", "value_index"), 1e-15));
}

static void tells_wrong_paths(void **state) {
    (void)state;
    assert_int_equal(ve_test_study(t, surveyed, "probe", "path", "options.A.cots", "to", "1", NULL),
                     VE_E_PATH);
    assert_true(ve_test_told(t, VE_E_PATH, 0, "'cots' names nothing in options.A"));
    assert_int_equal(ve_test_study(t, surveyed, "probe", "path", "survey.file", "to", "1", NULL), VE_E_PATH);
    assert_true(ve_test_told(t, VE_E_PATH, 0, "survey.file does not change a value index"));
    assert_int_equal(ve_test_study(t, surveyed, "probe", "path", "options.A.target.sd", "to", "-1", NULL),
                     VE_E_RANGE);
    assert_true(ve_test_told(t, VE_E_RANGE, 0, "sd must be above 0, not -1"));
}

static const char uncertain[] =
    "{ functions = { { id = 'x', weight = ve.uniform { low = 2, high = 4 } }, { id = 'y', weight = 1 } },\n"
    "  options = { { id = 'A', cost = ve.normal { mean = 10, sd = 2 }, scores = { x = 3, y = 2 } },\n"
    "              { id = 'B', cost = ve.normal { mean = 2, sd = 2 }, scores = { 2, 3 } } } }";

/* Within 4.5 standard errors. */
static bool is_about(double is, double wanted, double error) {
    if (fabs(is - wanted) <= 4.5 * error) return true;
    print_error("%.17g is not about %.17g +- %g\n", is, wanted, error);
    return false;
}

static void draws_what_is_uncertain(void **state) {
    (void)state;
    assert_int_equal(ve_test_study(t, uncertain, "draw", NULL), VE_OK);
    double root = sqrt(DRAWS);
    /* B's cost cannot be below 0; both are drawn again then, and so A, which goes with B, moves too */
    double cut = 0.15865525393145707 / 0.8413447460685429, hazard = 0.24197072451914337 / 0.8413447460685429;
    assert_true(is_about(mean_of(1), 2 + 2 * hazard, 2 / root));
    assert_true(is_about(mean_of(0), 10 + 0.6 * 2 * hazard, 2 / root));
    assert_true(is_about((double)redrawn / DRAWS, cut, sqrt(cut * (1 + cut)) / root));
    /* x has 2 to 4 points beside y's 1: between 2/3 and 4/5 of the list's total, which is 4 by its means */
    assert_true(is_about(mean_of(2), 4 * (1 - log(5.0 / 3) / 2), 4 * 0.04 / root));
    assert_true(ve_test_near(mean_of(2) + mean_of(3), 4, 1e-12));
}

static void draws_weights_around_the_judged(void **state) {
    (void)state;
    assert_int_equal(ve_test_study(t, uncertain, "draw", "to", "1", NULL), VE_OK);
    double sd = 4 * sqrt(0.75 * 0.25 / 51);
    assert_true(is_about(mean_of(2), 3, sd / sqrt(DRAWS)));
    assert_true(is_about(covariance(2, 2), sd * sd, sd * sd * sqrt(2.0 / DRAWS)));
}

static void draws_do_not_depend_on_threads(void **state) {
    (void)state;
    static double alone[DRAWN * DRAWS];
    t->threads = 1;
    assert_int_equal(ve_test_study(t, uncertain, "draw", "to", "1", NULL), VE_OK);
    memcpy(alone, sample, sizeof alone);
    t->threads = 8;
    assert_int_equal(ve_test_study(t, uncertain, "draw", "to", "1", NULL), VE_OK);
    assert_memory_equal(alone, sample, sizeof alone);
}

static void tells_what_cannot_be_drawn(void **state) {
    (void)state;
    static const char never[] =
        "{ functions = { { id = 'x', weight = 1 }, { id = 'y', weight = 1 } },\n"
        "  options = { { id = 'A', cost = ve.mixture { parts = { { ve.uniform { low = -2, high = -1 }, share "
        "= 1 },\n"
        "                { ve.uniform { low = 4e9, high = 5e9 }, share = 1e-9 } } }, scores = { 3, 2 } },\n"
        "              { id = 'B', cost = 2, scores = { 2, 3 } } } }";
    assert_int_equal(ve_test_study(t, never, "draw", NULL), VE_E_RANGE);
    assert_true(ve_test_told(t, VE_E_RANGE, 1, "lies outside its range in 1000 draws out of 1000"));
}

/* A survey of 400 customers, their incomes between 1,000 and 20,000. */
static void write_survey(bool gap) {
    static char text[400 * 64];
    size_t used = (size_t)snprintf(text, sizeof text, "income,A_x,A_y,B_x,B_y,C_x,C_y\n");
    uint32_t random = 12345;
    for (int i = 0; i < 400; i++) {
        int score[7];
        for (int k = 0; k < 7; k++)
            score[k] = (int)((random = random * 1664525u + 1013904223u) >> 16) % (k ? 5 : 19000);
        int income = 1000 + (gap && score[0] > 4000 ? 15000 + score[0] / 5 : score[0]);
        used += (size_t)snprintf(text + used, sizeof text - used, "%d,%d,%d,%d,%d,%d,%d\n", income, score[1],
                                 score[2], score[3], score[4], score[5], score[6]);
    }
    ve_test_file(t, "s.csv", text, used);
}

static const char many[] =
    "{ attributes = { income = 'CNY' }, scale = { 0, 4 }, functions = { { id = 'x', weight = 2 }, { id = "
    "'y', weight = 3%s } },\n"
    "  options = { { id = 'A', cost = 360, target = ve.normal { mean = 3000, sd = 1000 } },\n"
    "              { id = 'B', cost = 410, target = ve.normal { mean = 5500 } },\n"
    "              { id = 'C', cost = 450, target = ve.normal { mean = ve.normal { mean = 9000, sd = 1500 "
    "},\n"
    "                sd = ve.uniform { low = 1500, high = 3500 } } } },\n"
    "  survey = ve.csv { file = 's.csv', attributes = { income = 'income' }, scores = '{option}_{function}' "
    "} }";

static void both_ways(const char *model, const char *aggregate, const char *first, const char *low,
                      const char *high, const char *second, const char *low2, const char *high2) {
    worst = 0;
    rows_compared = 0;
    ve_code code = second
                       ? ve_test_study(t, model, "twice", "aggregate", aggregate, "first", first, "low", low,
                                       "high", high, "second", second, "low2", low2, "high2", high2, NULL)
                       : ve_test_study(t, model, "twice", "aggregate", aggregate, "first", first, "low", low,
                                       "high", high, NULL);
    assert_int_equal(code, VE_OK);
    assert_int_equal(rows_compared, 3 * COMPARED);
    if (worst > 1e-12) print_error("%s, %s: %g\n", first, second ? second : "", worst);
    assert_true(worst <= 1e-12);
}

static void all_both_ways(const char *model, const char *aggregate) {
    both_ways(model, aggregate, "options.A.cost", "0", "900", NULL, NULL, NULL);
    both_ways(model, aggregate, "functions.x.weight", "0", "5", NULL, NULL, NULL);
    both_ways(model, aggregate, "options.A.target.mean", "-20000", "60000", NULL, NULL, NULL);
    both_ways(model, aggregate, "options.A.target.sd", "90", "40000", NULL, NULL, NULL);
    both_ways(model, aggregate, "options.B.target.mean", "1000", "20000", NULL, NULL, NULL);
    both_ways(model, aggregate, "options.A.target.mean", "1000", "20000", "options.A.target.sd", "300",
              "4000");
    both_ways(model, aggregate, "options.A.target.mean", "1000", "20000", "functions.y.weight", "0", "5");
    both_ways(model, aggregate, "options.B.target.mean", "1000", "20000", "options.C.cost", "1", "2000");
    both_ways(model, aggregate, "options.C.target.mean", "-3000", "21000", "functions.y.weight", "0", "5");
    both_ways(model, aggregate, "options.C.target.sd", "1000", "4000", NULL, NULL, NULL);
}

static void parts_are_as_the_whole(void **state) {
    (void)state;
    static const char *const aggregate[] = { "mean", "sum", "peak" };
    char model[2 * sizeof many];
    for (int gates = 0; gates < 2; gates++) {
        snprintf(model, sizeof model, many, gates ? ", minimum = 2" : "");
        for (int gap = 0; gap < 2; gap++) {
            write_survey(gap);
            for (size_t a = 0; a < 3; a++)
                all_both_ways(model, aggregate[a]);
        }
    }
}

static void resamples_are_the_same_both_ways(void **state) {
    (void)state;
    static const char *const aggregate[] = { "mean", "sum", "peak" };
    char model[2 * sizeof many];
    write_survey(false);
    for (int gates = 0; gates < 2; gates++) {
        snprintf(model, sizeof model, many, gates ? ", minimum = 2" : "");
        for (int a = 0; a < 3 * MODES; a++) {
            char mode[] = { (char)('0' + a / 3), '\0' };
            worst = 0;
            rows_compared = 0;
            assert_int_equal(
                ve_test_study(t, model, "resample", "aggregate", aggregate[a % 3], "low", mode, NULL), VE_OK);
            assert_int_equal(rows_compared, 3 * RESAMPLES);
            if (worst > 1e-12) print_error("%s, mode %s: %g\n", aggregate[a % 3], mode, worst);
            assert_true(worst <= 1e-12);
        }
    }
}

/* ---- how often customers are drawn ------------------------------------------------------------------- */

/* What resampling with replacement is: n draws of n, so that one customer's number has the mean 1 and the
 * variance 1 - 1/n, and is k with the probability of a binomial number; two customers' have -1/n in common.
 */
static void resamples_are_multinomial(void **state) {
    (void)state;
    enum { PEOPLE = 37, TIMES = 40000, CLASSES = 6 };
    ve_trials trials = { .seed = 3 };
    ve_errors *errors = &t->errors;
    ve_resample again;
    double sum = 0, squares = 0, products = 0, of[CLASSES] = { 0 }, count[PEOPLE];
    assert_int_equal(ve_resample_make(&trials, PEOPLE, t->arena, &again, errors), VE_OK);
    for (uint64_t n = 0; n < TIMES; n++) {
        double all = 0;
        ve_resample_draw(&again, n);
        ve_resample_some(&again, 0, PEOPLE, count);
        for (size_t r = 0; r < PEOPLE; r++)
            all += count[r];
        assert_true(all == PEOPLE);
        size_t one = n % PEOPLE, other = (n + 1 + n / PEOPLE % (PEOPLE - 1)) % PEOPLE;
        sum += count[one];
        squares += (count[one] - 1) * (count[one] - 1);
        products += (count[one] - 1) * (count[other] - 1);
        of[count[one] < CLASSES - 1 ? (int)count[one] : CLASSES - 1]++;
    }
    assert_true(fabs(sum / TIMES - 1) < 4 / sqrt(TIMES));
    assert_true(fabs(squares / TIMES - (1 - 1.0 / PEOPLE)) < 4 * sqrt(3.0 / TIMES));
    assert_true(fabs(products / TIMES + 1.0 / PEOPLE) < 4 / sqrt(TIMES));
    double chi = 0, left = 1, p = pow(1 - 1.0 / PEOPLE, PEOPLE);
    for (int k = 0; k < CLASSES; k++) {
        double wanted = TIMES * (k < CLASSES - 1 ? p : left);
        chi += (of[k] - wanted) * (of[k] - wanted) / wanted;
        left -= p;
        p *= (PEOPLE - k) / (k + 1.0) / (PEOPLE - 1.0);
    }
    assert_true(chi < 20.5); /* five degrees of freedom: once in a thousand times */
}

/* Many customers, so that numbers are met that one in 100,000 has. */
static void rare_numbers_are_as_often_as_they_should_be(void **state) {
    (void)state;
    enum { PEOPLE = 5000, TIMES = 4000, CLASSES = 10 };
    static double count[PEOPLE];
    ve_trials trials = { .seed = 4 };
    ve_resample again;
    double of[CLASSES] = { 0 }, chi = 0, left = 1, p = pow(1 - 1.0 / PEOPLE, PEOPLE);
    assert_int_equal(ve_resample_make(&trials, PEOPLE, t->arena, &again, &t->errors), VE_OK);
    for (uint64_t n = 0; n < TIMES; n++) {
        ve_resample_draw(&again, n);
        ve_resample_some(&again, 0, PEOPLE, count);
        for (size_t r = 0; r < PEOPLE; r++)
            of[count[r] < CLASSES - 1 ? (int)count[r] : CLASSES - 1]++;
    }
    for (int k = 0; k < CLASSES; k++) {
        double wanted = (double)TIMES * PEOPLE * (k < CLASSES - 1 ? p : left);
        chi += (of[k] - wanted) * (of[k] - wanted) / wanted;
        left -= p;
        p *= (PEOPLE - k) / (k + 1.0) / (PEOPLE - 1.0);
    }
    assert_true(chi < 27.9); /* nine degrees of freedom: once in a thousand times */
}

/* As many are again for few customers as for many, whole blocks of them and parts. */
static void resamples_have_as_many(void **state) {
    (void)state;
    static const size_t people[] = { 1, 2, 7, 1023, 2047, 2048, 2049, 5000 };
    ve_trials trials = { .seed = 9 };
    for (size_t i = 0; i < VE_COUNT(people); i++) {
        ve_resample again;
        double count[5000], sum = 0;
        assert_int_equal(ve_resample_make(&trials, people[i], t->arena, &again, &t->errors), VE_OK);
        ve_resample_draw(&again, 1);
        ve_resample_some(&again, 0, people[i], count);
        for (size_t r = 0; r < people[i]; r++)
            sum += count[r];
        assert_true(sum == (double)people[i]);
    }
}

static int begin(void **state) {
    (void)state;
    t = ve_test_begin();
    ve_code code = ve_registry_add(t->registry, t->plugins, &probe_plugin, "test", &t->errors);
    if (!code) code = ve_registry_add(t->registry, t->plugins, &draw_plugin, "test", &t->errors);
    if (!code) code = ve_registry_add(t->registry, t->plugins, &twice_plugin, "test", &t->errors);
    if (!code) code = ve_registry_add(t->registry, t->plugins, &resample_plugin, "test", &t->errors);
    return code != VE_OK;
}

static int end(void **state) {
    (void)state;
    ve_test_close(t);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(lists_every_number),
        TEST(tells_what_they_are),
        TEST(changes_as_set_does),
        TEST(says_why_a_row_fails),
        TEST(finds_by_path),
        TEST(finds_what_is_not_written),
        TEST(tells_wrong_paths),
        TEST(draws_what_is_uncertain),
        TEST(draws_weights_around_the_judged),
        TEST(draws_do_not_depend_on_threads),
        TEST(tells_what_cannot_be_drawn),
        TEST(parts_are_as_the_whole),
        TEST(resamples_are_the_same_both_ways),
        TEST(resamples_are_multinomial),
        TEST(rare_numbers_are_as_often_as_they_should_be),
        TEST(resamples_have_as_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Risk in words and tables.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "study_risk.h"
#include "ve/words.h"

/* The leader beats the second in fewer draws than this: a close call. */
#define CLOSE 0.9
/* Effective customers. */
#define FEW 10

/* ---- who leads ------------------------------------------------------------------------------------- */

int risk_leader(const risk_view *v) {
    int leader = RISK_NONE;
    for (size_t i = 0; i < v->outline->options; i++)
        if (v->option[i].best && (leader < 0 || v->option[i].best > v->option[leader].best)) leader = (int)i;
    return leader;
}

int risk_second(const risk_view *v, int leader) {
    int second = RISK_NONE;
    for (size_t i = 0; i < v->outline->options; i++)
        if ((int)i != leader && (second < 0 || v->option[i].best > v->option[second].best)) second = (int)i;
    return second;
}

static double p_better(const risk_view *v, int option, int other) {
    return option >= 0 && other >= 0 ? v->option[option].better[other] / (double)v->draws : NAN;
}

bool risk_is_close(const risk_view *v) {
    int leader = risk_leader(v);
    return leader < 0 || p_better(v, leader, risk_second(v, leader)) < CLOSE;
}

/* ---- sentences ------------------------------------------------------------------------------------- */

/* As many digits as its error leaves: 83 %, 83.4 %. */
static const char *percent(const risk_view *v, double share, char room[VE_PRINT_ROOM]) {
    int digits = risk_share_error(v, share) < 0.0005 ? 1 : 0;
    snprintf(room, VE_PRINT_ROOM, "%.*f %%", digits, 100 * share);
    return room;
}

static void say_leader(risk_view *v, int leader, int second) {
    char one[VE_PRINT_ROOM], two[VE_PRINT_ROOM];
    double share = risk_share(v, v->option[leader].best);
    v->s->say(v->s, "%s is best in %s of %zu draws (standard error %.2f %%).",
              ve_words_option(v->outline, leader), percent(v, share, one), v->draws,
              100 * risk_share_error(v, share));
    if (second >= 0)
        v->s->say(v->s, "%s%s is best in %s; %s beats it in %s.",
                  risk_is_close(v) ? "It is a close call: " : "", ve_words_option(v->outline, second),
                  percent(v, risk_share(v, v->option[second].best), one), ve_words_option(v->outline, leader),
                  percent(v, p_better(v, leader, second), two));
}

static void say_value(risk_view *v, int leader) {
    risk_sketch *value = &v->option[leader].value;
    v->s->say(v->s, "Its value index lies between %.3f and %.3f in nine draws out of ten.",
              risk_sketch_quantile(value, RISK_P05), risk_sketch_quantile(value, RISK_P95));
}

static void say_drawn(const risk_view *v) {
    static const char *const how[] = { "customers drawn with replacement", "customers weighed by chance" };
    bool weights = v->drawing.lists > 0;
    v->s->say(v->s, "Drawn: %zu uncertain number%s%s%s%s.", v->drawing.inputs,
              v->drawing.inputs == 1 ? "" : "s", weights ? ", judged weights among them" : "",
              v->customers ? ", " : "", v->customers ? how[v->params->customers] : "");
}

void risk_say(risk_view *v) {
    int leader = risk_leader(v);
    if (leader < 0) {
        v->s->say(v->s, "No option can be chosen in any draw.");
        return;
    }
    say_leader(v, leader, risk_second(v, leader));
    say_value(v, leader);
    say_drawn(v);
}

/* ---- tables ---------------------------------------------------------------------------------------- */

static double mean_of(const risk_option *o) {
    return o->shift + o->sum / (double)risk_sketch_count(&o->value);
}

static double sd_of(const risk_option *o) {
    double n = (double)risk_sketch_count(&o->value);
    return n > 1 ? sqrt(fmax(0, (o->squares - o->sum * o->sum / n) / (n - 1))) : NAN;
}

static int table_options(risk_view *v) {
    static const ve_column column[] = { { "option", "", 0, VE_COLUMN_HIDDEN },
                                        { "name", "Option", 0, 0 },
                                        { "p_best", "Best", 1, VE_COLUMN_PERCENT | VE_COLUMN_BAR },
                                        { "p_best_error", "+-", 2, VE_COLUMN_PERCENT },
                                        { "value_mean", "V mean", 3, 0 },
                                        { "value_sd", "sd", 3, 0 },
                                        { "value_p05", "5 %", 3, 0 },
                                        { "value_p50", "50 %", 3, 0 },
                                        { "value_p95", "95 %", 3, 0 },
                                        { "p_above_one", "V >= 1 in", 0, VE_COLUMN_PERCENT },
                                        { "cost_p90", "Cost for it", VE_PRINT_FREE, 0 },
                                        { "value_mean_error", "", 4, VE_COLUMN_HIDDEN } };
    int table = v->s->table(v->s, "options", "How often each option is best, and its value index", 0, column,
                            VE_COUNT(column));
    for (size_t i = 0; table >= 0 && i < v->outline->options; i++) {
        risk_option *o = &v->option[i];
        double share = risk_share(v, o->best);
        ve_cell *cell = v->s->row(v->s, table);
        cell[0] = VE_CELL_OF_TEXT(v->outline->option[i].id);
        cell[1] = VE_CELL_OF_TEXT(v->outline->option[i].name);
        const double figure[] = { share,
                                  risk_share_error(v, share),
                                  mean_of(o),
                                  sd_of(o),
                                  risk_sketch_quantile(&o->value, RISK_P05),
                                  risk_sketch_quantile(&o->value, RISK_P50),
                                  risk_sketch_quantile(&o->value, RISK_P95),
                                  risk_share(v, o->above_one),
                                  risk_sketch_quantile(&o->bearable, RISK_COST_P90),
                                  sd_of(o) / sqrt((double)risk_sketch_count(&o->value)) };
        for (size_t c = 0; c < VE_COUNT(figure); c++)
            cell[2 + c] = VE_CELL_OF_NUMBER(figure[c]);
    }
    if (table >= 0 && risk_leader(v) >= 0) v->s->mark(v->s, table, risk_leader(v));
    return table;
}

static int table_ranks(const risk_view *v) {
    static const ve_column column[] = { { "option", "option", 0, 0 },
                                        { "rank", "rank", 0, 0 },
                                        { "acceptability", "share", 3, 0 } };
    size_t m = v->outline->options;
    int table = v->s->table(v->s, "ranks", "Rank acceptability", VE_TABLE_HIDDEN, column, VE_COUNT(column));
    for (size_t c = 0; table >= 0 && c < m * m; c++) {
        ve_cell *cell = v->s->row(v->s, table);
        cell[0] = VE_CELL_OF_TEXT(v->outline->option[c / m].id);
        cell[1] = VE_CELL_OF_NUMBER((double)(c % m + 1));
        cell[2] = VE_CELL_OF_NUMBER(v->option[c / m].rank[c % m] / (double)v->draws);
    }
    return table;
}

static int table_pairs(const risk_view *v) {
    static const ve_column column[] = { { "option", "option", 0, 0 },
                                        { "other", "other", 0, 0 },
                                        { "p_better", "beats it in", 3, 0 } };
    size_t m = v->outline->options;
    int table = v->s->table(v->s, "pairs", "Pairs", VE_TABLE_HIDDEN, column, VE_COUNT(column));
    for (size_t c = 0; table >= 0 && c < m * m; c++) {
        if (c / m == c % m) continue;
        ve_cell *cell = v->s->row(v->s, table);
        cell[0] = VE_CELL_OF_TEXT(v->outline->option[c / m].id);
        cell[1] = VE_CELL_OF_TEXT(v->outline->option[c % m].id);
        cell[2] = VE_CELL_OF_NUMBER(p_better(v, (int)(c / m), (int)(c % m)));
    }
    return table;
}

/* For people: who takes which place how often. */
static int table_places(const risk_view *v) {
    enum { PLACES = 6 };
    static const char *const title[PLACES] = { "Place 1", "Place 2", "Place 3",
                                               "Place 4", "Place 5", "Place 6" };
    ve_column column[1 + PLACES] = { { "option", "Option", 0, 0 } };
    size_t m = v->outline->options, places = m < PLACES ? m : PLACES;
    for (size_t p = 0; p < places; p++)
        column[1 + p] = (ve_column){ title[p], title[p], 0, VE_COLUMN_PERCENT };
    int table =
        v->s->table(v->s, "places", "Which place each option takes", VE_TABLE_PAPER, column, 1 + places);
    for (size_t i = 0; table >= 0 && i < m; i++) {
        ve_cell *cell = v->s->row(v->s, table);
        cell[0] = VE_CELL_OF_TEXT(v->outline->option[i].name);
        for (size_t p = 0; p < places; p++)
            cell[1 + p] = VE_CELL_OF_NUMBER(v->option[i].rank[p] / (double)v->draws);
    }
    return table;
}

/* ---- central weights ------------------------------------------------------------------------------- */

/* Best in how many draws if its own central weights were the true ones: a small run of its own. */
static ve_code confidence(const risk_view *v, size_t option, double *out) {
    enum { ROWS = 4096 };
    const ve_services *base = v->s->base;
    double *value = base->memory(base, (v->drawing.inputs + 1) * ROWS * sizeof *value);
    const double **column = base->memory(base, (v->drawing.inputs + 1) * sizeof *column);
    int *best = base->memory(base, ROWS * sizeof *best);
    uint64_t redrawn = 0, *number = base->memory(base, ROWS * sizeof *number);
    if (!value || !column || !best || !number) return VE_E_MEMORY;
    ve_code code = v->s->draw(v->s, &v->drawing, 0, ROWS, value, &redrawn);
    for (size_t i = 0; i < v->drawing.inputs; i++) {
        const ve_input *input = &v->input[v->drawing.input[i]];
        column[i] = value + i * ROWS;
        if (input->list < 0) continue; /* it weighs no function */
        double central = v->option[option].weight[input->node] / (double)v->option[option].best * input->high;
        for (size_t r = 0; r < ROWS; r++)
            value[i * ROWS + r] = central;
    }
    for (size_t r = 0; r < ROWS; r++)
        number[r] = r;
    ve_trials trials = { .rows = ROWS,
                         .inputs = v->drawing.inputs,
                         .input = v->drawing.input,
                         .value = column,
                         .assumptions = v->outline->usual,
                         .resample = v->customers ? number : NULL,
                         .seed = (uint64_t)v->params->seed,
                         .bayesian = v->params->customers == RISK_BAYESIAN };
    ve_figures figures = { .best = best };
    size_t won = 0;
    if (!code) code = v->s->evaluate_many(v->s, &trials, &figures);
    for (size_t r = 0; r < ROWS; r++)
        won += best[r] == (int)option;
    *out = (double)won / ROWS;
    return code;
}

static bool draws_weights(const risk_view *v) {
    for (size_t i = 0; i < v->drawing.inputs; i++)
        if (v->input[v->drawing.input[i]].list >= 0) return true;
    return false;
}

static ve_code central_of(const risk_view *v, int table, size_t option, double sure) {
    for (size_t i = 0; i < v->drawing.inputs; i++) {
        const ve_input *input = &v->input[v->drawing.input[i]];
        if (input->list < 0) continue;
        ve_cell *cell = v->s->row(v->s, table);
        cell[0] = VE_CELL_OF_TEXT(v->outline->option[option].id);
        cell[1] = VE_CELL_OF_TEXT(v->outline->option[option].name);
        cell[2] = VE_CELL_OF_TEXT(v->outline->function[input->node].id);
        cell[3] = VE_CELL_OF_TEXT(v->outline->function[input->node].name);
        cell[4] = VE_CELL_OF_NUMBER(v->option[option].weight[input->node] / (double)v->option[option].best);
        cell[5] = VE_CELL_OF_NUMBER(input->base / input->high);
        cell[6] = VE_CELL_OF_NUMBER(sure);
    }
    return VE_OK;
}

/* For people: a row for each function, a column for each option. */
static ve_code paper_central(const risk_view *v, const double *sure) {
    enum { SHOWN = 6 };
    ve_column column[2 + SHOWN] = { { "function", "Function", 0, 0 },
                                    { "weight", "Judged", 1, VE_COLUMN_PERCENT } };
    size_t columns = 2, option[SHOWN];
    for (size_t i = 0; i < v->outline->options && columns < 2 + SHOWN; i++) {
        const char *name = v->outline->option[i].name;
        if (!v->option[i].best) continue;
        option[columns - 2] = i;
        column[columns++] = (ve_column){ v->outline->option[i].id, name, 1, VE_COLUMN_PERCENT };
    }
    int table = v->s->table(v->s, "central_weights",
                            "Mean function weights in the draws in which each option is best", VE_TABLE_PAPER,
                            column, columns);
    for (size_t n = 0; table >= 0 && n < v->drawing.inputs; n++) {
        const ve_input *input = &v->input[v->drawing.input[n]];
        if (input->list < 0) continue;
        ve_cell *cell = v->s->row(v->s, table);
        cell[0] = VE_CELL_OF_TEXT(v->outline->function[input->node].name);
        cell[1] = VE_CELL_OF_NUMBER(input->base / input->high);
        for (size_t c = 2; c < columns; c++) {
            const risk_option *o = &v->option[option[c - 2]];
            cell[c] = VE_CELL_OF_NUMBER(o->weight[input->node] / (double)o->best);
        }
    }
    if (table < 0) return VE_E_MEMORY;
    ve_cell *cell = v->s->row(v->s, table);
    cell[0] = VE_CELL_OF_TEXT("Best in, if these held");
    for (size_t c = 2; c < columns; c++)
        cell[c] = VE_CELL_OF_NUMBER(sure[option[c - 2]]);
    return VE_OK;
}

static ve_code table_central(const risk_view *v) {
    static const ve_column column[] = { { "option", "", 0, VE_COLUMN_HIDDEN },
                                        { "name", "Best where", 0, 0 },
                                        { "function", "", 0, VE_COLUMN_HIDDEN },
                                        { "function_name", "function", 0, 0 },
                                        { "central_weight", "weighs", 1, VE_COLUMN_PERCENT },
                                        { "weight", "judged", 1, VE_COLUMN_PERCENT },
                                        { "confidence", "Then best in", 0, VE_COLUMN_PERCENT } };
    if (!draws_weights(v)) return VE_OK;
    int table = v->s->table(v->s, "central", "Central weights", VE_TABLE_HIDDEN, column, VE_COUNT(column));
    double *sure = v->s->base->memory(v->s->base, v->outline->options * sizeof *sure);
    ve_code code = table < 0 || !sure ? VE_E_MEMORY : VE_OK;
    for (size_t i = 0; !code && i < v->outline->options; i++) {
        if (!v->option[i].best) continue;
        code = confidence(v, i, &sure[i]);
        if (!code) code = central_of(v, table, i, sure[i]);
    }
    return code ? code : paper_central(v, sure);
}

ve_code risk_tables(risk_view *v) {
    if (table_options(v) < 0 || table_places(v) < 0 || table_ranks(v) < 0 || table_pairs(v) < 0)
        return VE_E_MEMORY;
    return table_central(v);
}

/* ---- warnings -------------------------------------------------------------------------------------- */

/* Long tests: behind the interval of nine in ten stand 8.5 with five effective customers, 8.8 with fifty. */
static void warn_few(const risk_view *v) {
    int fewest = RISK_NONE;
    double least = FEW;
    for (size_t i = 0; v->customers && i < v->outline->options; i++) {
        const ve_outcome_option *o = &v->base->option[i];
        bool surveyed = !isnan(o->weight_share);
        if (surveyed && o->effective_customers < least) least = o->effective_customers, fewest = (int)i;
    }
    if (fewest >= 0)
        v->s->warn(
            v->s, VE_W_RISK_FEW, NULL,
            "Only %.1f effective customers stand behind %s: so few, drawn again, show less chance than "
            "there is.",
            least, ve_words_option(v->outline, fewest));
}

void risk_warn(const risk_view *v) {
    int leader = risk_leader(v);
    char share[VE_PRINT_ROOM];
    if (leader >= 0 && v->base->best >= 0 && leader != v->base->best)
        v->s->warn(v->s, VE_W_RISK_OTHER, NULL,
                   "By the means of all numbers %s is best, but in more draws it is %s.",
                   ve_words_option(v->outline, v->base->best), ve_words_option(v->outline, leader));
    if (v->failed)
        v->s->warn(v->s, VE_W_RISK_FAILED, NULL, "%zu draws have no result and were left out: %s.", v->failed,
                   v->why);
    double again = (double)v->redrawn / (double)(v->draws + v->failed);
    if (again > 0.01)
        v->s->warn(v->s, VE_W_RISK_REDRAWN, NULL,
                   "In %s of the draws an uncertain number lay outside its range and was drawn again.",
                   percent(v, again, share));
    warn_few(v);
}

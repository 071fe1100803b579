/* Risk in tables, every figure with its error.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "study_risk.h"
#include "ve/share.h"

enum { CONFIDENCE_DRAWS = 4096 };

/* ---- options ---------------------------------------------------------------------------------------- */

static double mean_of(const risk_option *o) {
    return o->shift + o->sum / (double)risk_sketch_count(&o->value);
}

static double sd_of(const risk_option *o) {
    double n = (double)risk_sketch_count(&o->value);
    return n > 1 ? sqrt(fmax(0, (o->squares - o->sum * o->sum / n) / (n - 1))) : NAN;
}

static double mean_error(const risk_option *o) {
    return sd_of(o) / sqrt((double)risk_sketch_count(&o->value));
}

/* Places after the point that errors leave: down to the first digit that the greatest of them touches. */
static int digits_for(double error, int most) {
    if (!(error > 0) || !isfinite(error)) return most;
    double places = ceil(-log10(error));
    return places < 0 ? 0 : places < most ? (int)places : most;
}

typedef struct errors {
    double mean, quantile, cost;
} errors;

static errors greatest_errors(const risk_view *v) {
    errors out = { 0 };
    for (size_t i = 0; i < v->outline->options; i++) {
        const risk_option *o = &v->option[i];
        out.mean = fmax(out.mean, mean_error(o));
        for (size_t which = RISK_P05; which <= RISK_P95; which++)
            out.quantile = fmax(out.quantile, risk_sketch_error(&o->value, which));
        out.cost = fmax(out.cost, risk_sketch_error(&o->bearable, RISK_COST_P90));
    }
    return out;
}

static void put_option(const risk_view *v, const risk_option *o, ve_cell *cell) {
    double share = risk_share(v, o->best), above = risk_share(v, o->above_one);
    const double figure[] = { share,
                              risk_share_error(v, share),
                              mean_of(o),
                              sd_of(o),
                              risk_sketch_quantile(&o->value, RISK_P05),
                              risk_sketch_quantile(&o->value, RISK_P50),
                              risk_sketch_quantile(&o->value, RISK_P95),
                              above,
                              risk_sketch_quantile(&o->bearable, RISK_COST_P90),
                              mean_error(o),
                              risk_sketch_error(&o->value, RISK_P05),
                              risk_sketch_error(&o->value, RISK_P50),
                              risk_sketch_error(&o->value, RISK_P95),
                              risk_share_error(v, above),
                              risk_sketch_error(&o->bearable, RISK_COST_P90) };
    for (size_t c = 0; c < VE_COUNT(figure); c++)
        cell[c] = VE_CELL_OF_NUMBER(figure[c]);
}

static int table_options(risk_view *v) {
    const errors most = greatest_errors(v);
    const int mean = digits_for(most.mean, 3), quantile = digits_for(most.quantile, 3);
    const ve_column column[] = { { "option", "", 0, VE_COLUMN_HIDDEN },
                                 { "name", "Option", 0, 0 },
                                 { "p_best", "Best", 1, VE_COLUMN_PERCENT | VE_COLUMN_BAR },
                                 { "p_best_error", "+-", 2, VE_COLUMN_PERCENT },
                                 { "value_mean", "V mean", mean, 0 },
                                 { "value_sd", "sd", mean, 0 },
                                 { "value_p05", "5 %", quantile, 0 },
                                 { "value_p50", "50 %", quantile, 0 },
                                 { "value_p95", "95 %", quantile, 0 },
                                 { "p_above_one", "V >= 1 in", 0, VE_COLUMN_PERCENT },
                                 { "cost_p90", "Cost for it", digits_for(most.cost, 4), 0 },
                                 { "value_mean_error", "", 4, VE_COLUMN_HIDDEN },
                                 { "value_p05_error", "", 4, VE_COLUMN_HIDDEN },
                                 { "value_p50_error", "", 4, VE_COLUMN_HIDDEN },
                                 { "value_p95_error", "", 4, VE_COLUMN_HIDDEN },
                                 { "p_above_one_error", "", 4, VE_COLUMN_HIDDEN },
                                 { "cost_p90_error", "", 4, VE_COLUMN_HIDDEN } };
    int table = v->s->table(v->s, "options", "How often each option is best, and its value index", 0, column,
                            VE_COUNT(column));
    for (size_t i = 0; table >= 0 && i < v->outline->options; i++) {
        ve_cell *cell = v->s->row(v->s, table);
        cell[0] = VE_CELL_OF_TEXT(v->outline->option[i].id);
        cell[1] = VE_CELL_OF_TEXT(v->outline->option[i].name);
        put_option(v, &v->option[i], cell + 2);
    }
    if (table >= 0 && risk_leader(v) >= 0) v->s->mark(v->s, table, risk_leader(v));
    return table;
}

static int table_ranks(const risk_view *v) {
    static const ve_column column[] = { { "option", "option", 0, 0 },
                                        { "rank", "rank", 0, 0 },
                                        { "acceptability", "share", 3, 0 },
                                        { "acceptability_error", "+-", 3, 0 } };
    size_t m = v->outline->options;
    int table = v->s->table(v->s, "ranks", "Rank acceptability", VE_TABLE_HIDDEN, column, VE_COUNT(column));
    for (size_t c = 0; table >= 0 && c < m * m; c++) {
        double share = v->option[c / m].rank[c % m] / (double)v->draws;
        ve_cell *cell = v->s->row(v->s, table);
        cell[0] = VE_CELL_OF_TEXT(v->outline->option[c / m].id);
        cell[1] = VE_CELL_OF_NUMBER((double)(c % m + 1));
        cell[2] = VE_CELL_OF_NUMBER(share);
        cell[3] = VE_CELL_OF_NUMBER(risk_share_error(v, share));
    }
    return table;
}

static int table_pairs(const risk_view *v) {
    static const ve_column column[] = { { "option", "option", 0, 0 },
                                        { "other", "other", 0, 0 },
                                        { "p_better", "beats it in", 3, 0 },
                                        { "p_better_error", "+-", 3, 0 } };
    size_t m = v->outline->options;
    int table = v->s->table(v->s, "pairs", "Pairs", VE_TABLE_HIDDEN, column, VE_COUNT(column));
    for (size_t c = 0; table >= 0 && c < m * m; c++) {
        if (c / m == c % m) continue;
        double share = risk_better(v, (int)(c / m), (int)(c % m));
        ve_cell *cell = v->s->row(v->s, table);
        cell[0] = VE_CELL_OF_TEXT(v->outline->option[c / m].id);
        cell[1] = VE_CELL_OF_TEXT(v->outline->option[c % m].id);
        cell[2] = VE_CELL_OF_NUMBER(share);
        cell[3] = VE_CELL_OF_NUMBER(risk_share_error(v, share));
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
    enum { ROWS = CONFIDENCE_DRAWS };
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

/* Of the mean of a weight over the draws in which the option is best. */
static double central_error(const risk_option *o, int node) {
    double n = (double)o->best, mean = o->weight[node] / n;
    return n > 1 ? sqrt(fmax(0, o->weight_square[node] / n - mean * mean) / (n - 1)) : NAN;
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
        cell[7] = VE_CELL_OF_NUMBER(ve_share_error(sure, CONFIDENCE_DRAWS));
        cell[8] = VE_CELL_OF_NUMBER(central_error(&v->option[option], input->node));
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
                                        { "confidence", "Then best in", 0, VE_COLUMN_PERCENT },
                                        { "confidence_error", "+-", 2, VE_COLUMN_PERCENT },
                                        { "central_weight_error", "+-", 2, VE_COLUMN_PERCENT } };
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

/* The expected value of perfect information about a group of inputs: how much greater the value index of the
 * choice would be on average if they were known before choosing. What the indices are given a group is found
 * by regression on its inputs and their squares (Strong, Oakley and Brennan 2014); then every draw says what
 * that choice gains. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "study_risk.h"
#include "ve/print.h"

enum { LEAST = 400 };

/* Covariates of one group: columns of the kept draws. */
typedef struct group {
    const char *key, *name;
    const double *column[RISK_COLUMNS];
    size_t columns;
} group;

typedef struct information {
    double value, error; /* of perfect information */
    double changes;      /* share of draws in which the choice would be another */
} information;

/* ---- the gain -------------------------------------------------------------------------------------- */

/* One that is best in no draw is no choice: it is behind a gate, has no index, or would never pay. */
static bool is_choice(const risk_view *v, size_t option) {
    return v->option[option].best > 0;
}

static size_t top_of(const risk_view *v, const double *figure, size_t stride, size_t usual) {
    size_t top = usual;
    for (size_t i = 0; i < v->outline->options; i++)
        if (is_choice(v, i) && figure[i * stride] > figure[top * stride]) top = i;
    return top;
}

/* The option that is chosen if nothing is known. */
static size_t usual_choice(const risk_view *v) {
    size_t m = v->outline->options, rows = v->kept.rows, best = 0;
    double most = -HUGE_VAL;
    for (size_t i = 0; i < m; i++) {
        double sum = 0;
        if (!is_choice(v, i)) continue;
        for (size_t r = 0; r < rows; r++)
            sum += v->kept.value[i * RISK_SAMPLE + r];
        if (sum > most) most = sum, best = i;
    }
    return best;
}

/* In every draw the choice by the fitted indices against the usual one, both by the drawn indices: where a
 * fit is a little off, the wrong one of two nearly equal options is chosen, which costs next to nothing. */
static void gain(const risk_view *v, const double *fitted, size_t usual, information *out) {
    size_t rows = v->kept.rows;
    double n = (double)rows, sum = 0, squares = 0, changed = 0;
    for (size_t r = 0; r < rows; r++) {
        size_t top = top_of(v, fitted + r, rows, usual);
        double more = v->kept.value[top * RISK_SAMPLE + r] - v->kept.value[usual * RISK_SAMPLE + r];
        sum += more;
        squares += more * more;
        changed += top != usual;
    }
    out->value = fmax(0, sum / n);
    out->error = sqrt(fmax(0, squares - sum * sum / n) / (n - 1) / n);
    out->changes = changed / n;
}

static information inform(const risk_view *v, const group *g, size_t usual, risk_regression *on) {
    information out;
    risk_regress(on, g->column, g->columns);
    for (size_t i = 0; i < v->outline->options; i++)
        risk_fitted(on, i, on->fitted + i * on->rows);
    gain(v, on->fitted, usual, &out);
    return out;
}

/* ---- groups ---------------------------------------------------------------------------------------- */

static void add_input(const risk_view *v, group *g, size_t i) {
    if (g->columns < VE_COUNT(g->column)) g->column[g->columns++] = v->kept.input + i * RISK_SAMPLE;
}

static group group_of(const risk_view *v, ve_input_kind kind) {
    static const char *const key[] = {
#define RISK_KEY(name, word) word,
        VE_INPUTS(RISK_KEY)
#undef RISK_KEY
    };
    static const char *const name[] = { "the costs",  "the targets",    "the function weights",
                                        "the scores", "the gates",      "the rule's numbers",
                                        "the tiers",  "the judgements", "other numbers" };
    group g = { .key = key[kind], .name = name[kind] };
    for (size_t i = 0; i < v->drawing.inputs; i++)
        if (v->input[v->drawing.input[i]].kind == kind) add_input(v, &g, i);
    return g;
}

static group customers(const risk_view *v) {
    group g = { .key = "customers", .name = "what all customers think" };
    for (size_t i = 0; i < v->outline->options && g.columns < VE_COUNT(g.column); i++)
        g.column[g.columns++] = (v->drawing.inputs ? v->kept.alone : v->kept.value) + i * RISK_SAMPLE;
    return g;
}

static void tell(const risk_view *v, int table, const char *key, const char *name, const information *found) {
    ve_cell *cell = v->s->row(v->s, table);
    cell[0] = VE_CELL_OF_TEXT(key);
    cell[1] = VE_CELL_OF_TEXT(name);
    cell[2] = VE_CELL_OF_NUMBER(found->value);
    cell[3] = VE_CELL_OF_NUMBER(found->error);
    cell[4] = VE_CELL_OF_NUMBER(found->changes);
}

/* Groups first, then every input of its own, for programs. */
static void tell_groups(const risk_view *v, int table, size_t usual, risk_regression *on) {
    double most = 0;
    const char *worth = NULL;
    for (int kind = 0; kind <= VE_INPUT_OTHER + 1; kind++) {
        group g = kind <= VE_INPUT_OTHER ? group_of(v, (ve_input_kind)kind) : customers(v);
        if (kind > VE_INPUT_OTHER && !v->customers) continue;
        if (!g.columns) continue;
        information found = inform(v, &g, usual, on);
        tell(v, table, g.key, g.name, &found);
        if (found.value > most && found.value > 2 * found.error) most = found.value, worth = g.name;
    }
    if (worth)
        v->s->say(v->s,
                  "Most worth knowing better: %s. To know it for sure would add %.4f to the value index of "
                  "the choice.",
                  worth, most);
    else
        v->s->say(v->s, "Knowing any of it better would hardly change the choice.");
}

static void tell_inputs(const risk_view *v, int table, size_t usual, risk_regression *on) {
    for (size_t i = 0; i < v->drawing.inputs; i++) {
        group g = { .columns = 0 };
        add_input(v, &g, i);
        information found = inform(v, &g, usual, on);
        tell(v, table, v->input[v->drawing.input[i]].path, v->input[v->drawing.input[i]].label, &found);
    }
}

/* By another rule the choice is not the option with the greatest index, and the gain is not its own. */
static bool chooses_by_value(const risk_view *v) {
    return !v->outline->rule || strcmp(v->outline->rule, "max_value") == 0;
}

ve_code risk_information(const risk_view *v) {
    static const ve_column column[] = { { "group", "", 0, VE_COLUMN_HIDDEN },
                                        { "name", "If one knew", 0, 0 },
                                        { "value", "V gained", 4, 0 },
                                        { "error", "+-", 4, 0 },
                                        { "changes", "Choice changes", 0, VE_COLUMN_PERCENT } };
    if (v->kept.rows < LEAST || v->outline->options < 2 || risk_leader(v) == RISK_NONE) return VE_OK;
    if (!chooses_by_value(v)) return VE_OK;
    const size_t usual = usual_choice(v);
    risk_regression on;
    if (!risk_regression_make(v, &on)) return VE_E_MEMORY;
    int table =
        v->s->table(v->s, "information", "What certainty would be worth", 0, column, VE_COUNT(column));
    if (table < 0) return VE_E_MEMORY;
    tell_groups(v, table, usual, &on);
    int each = v->s->table(v->s, "information_inputs", "The same for every number", VE_TABLE_HIDDEN, column,
                           VE_COUNT(column));
    if (each < 0) return VE_E_MEMORY;
    tell_inputs(v, each, usual, &on);
    return VE_OK;
}

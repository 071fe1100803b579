/* The command `run`: function, cost and value coefficients of every option, the best one, and the same
 * without positioning. SPDX-License-Identifier: GPL-3.0-or-later */
#include "study_run.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- the view: everything evaluated once --------------------------------------------------------------- */

static ve_code evaluate_all(run_view *v) {
    for (int i = 0; i < VE_AGGREGATE_COUNT; i++) {
        ve_assumptions assumptions = { .aggregate = (ve_aggregate)i, .positioned = true };
        ve_code code = v->services->evaluate(v->services, &assumptions, &v->by[i]);
        if (code != VE_OK) return code;
    }
    v->outcome = v->by[v->aggregate];
    if (v->outline->kano_note && v->outline->kano_use != VE_KANO_USE_REPORT) {
        ve_assumptions aside = { .aggregate = v->aggregate, .positioned = true, .kano_aside = true };
        ve_code code = v->services->evaluate(v->services, &aside, &v->aside);
        if (code != VE_OK) return code;
    }
    return v->services->evaluate(v->services, &(ve_assumptions){ .aggregate = v->aggregate }, &v->alike);
}

typedef struct named {
    const char *name;
    size_t option;
} named;

static int by_name(const void *a, const void *b) {
    return strcmp(((const named *)a)->name, ((const named *)b)->name);
}

static const char *name_with_id(const run_view *v, const ve_outline_option *option) {
    size_t bytes = strlen(option->name) + strlen(option->id) + 4;
    char *text = study_run_take(v, bytes, 1);
    if (text) snprintf(text, bytes, "%s (%s)", option->name, option->id);
    return text;
}

/* Options that share a name carry their id as well. */
static ve_code name_options(run_view *v) {
    size_t m = v->outline->options;
    named *sorted = study_run_take(v, m, sizeof *sorted);
    v->name = study_run_take(v, m, sizeof *v->name);
    if (!sorted || !v->name) return VE_E_MEMORY;
    for (size_t i = 0; i < m; i++)
        sorted[i] = (named){ v->outline->option[i].name, i };
    qsort(sorted, m, sizeof *sorted, by_name);
    for (size_t i = 0; i < m; i++) {
        bool twice = (i > 0 && by_name(&sorted[i - 1], &sorted[i]) == 0) ||
                     (i + 1 < m && by_name(&sorted[i + 1], &sorted[i]) == 0);
        size_t o = sorted[i].option;
        v->name[o] = twice ? name_with_id(v, &v->outline->option[o]) : sorted[i].name;
        if (!v->name[o]) return VE_E_MEMORY;
    }
    return VE_OK;
}

/* The outline stands parents before parts, so that going backwards every part is there before its parent. */
static ve_code score_nodes(run_view *v) {
    const ve_outline *o = v->outline;
    double *score = study_run_take(v, o->options * o->functions, sizeof *score);
    if (!score) return VE_E_MEMORY;
    for (size_t i = 0; i < o->options; i++) {
        double *node = score + i * o->functions;
        for (size_t n = o->functions; n-- > 0;) {
            const ve_outline_function *function = &o->function[n];
            if (function->leaf >= 0) node[n] = v->outcome->score[i * o->leaves + (size_t)function->leaf];
            if (function->parent >= 0)
                node[function->parent] += v->outcome->local_weight[i * o->functions + n] * node[n];
        }
    }
    v->node_score = score;
    return VE_OK;
}

static ve_code describe_lists(run_view *v) {
    struct run_list *list = study_run_take(v, v->outline->lists, sizeof *list);
    if (!list) return VE_E_MEMORY;
    for (size_t n = 0; n < v->outline->functions; n++) {
        const ve_outline_function *function = &v->outline->function[n];
        list[function->list].count++;
        if (function->parent >= 0) list[function->list].parent = v->outline->function[function->parent].name;
    }
    v->list = list;
    return VE_OK;
}

typedef struct ranked {
    int rank, option;
} ranked;

static int by_rank(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    return x->rank != y->rank ? (x->rank > y->rank) - (x->rank < y->rank) : x->option - y->option;
}

static ve_code order_options(run_view *v) {
    size_t m = v->outline->options;
    ranked *sorted = study_run_take(v, m, sizeof *sorted);
    int *order = study_run_take(v, m, sizeof *order);
    if (!sorted || !order) return VE_E_MEMORY;
    for (size_t i = 0; i < m; i++)
        if (v->outcome->option[i].rank > 0)
            sorted[v->ranked++] = (ranked){ v->outcome->option[i].rank, (int)i };
    qsort(sorted, v->ranked, sizeof *sorted, by_rank);
    for (size_t i = 0; i < v->ranked; i++)
        order[i] = sorted[i].option;
    v->order = order;
    return VE_OK;
}

static ve_code make_view(run_view *v, const ve_study_services *services, bool *failed) {
    *v = (run_view){ .services = services, .outline = services->outline, .failed = failed };
    v->aggregate = v->outline->usual.aggregate;
    ve_code code = evaluate_all(v);
    if (code == VE_OK) code = name_options(v);
    if (code == VE_OK) code = score_nodes(v);
    if (code == VE_OK) code = describe_lists(v);
    return code == VE_OK ? order_options(v) : code;
}

/* ---- facts --------------------------------------------------------------------------------------------- */

static ve_cell option_cell(const run_view *v, int option) {
    return VE_CELL_OF_TEXT(option >= 0 ? v->outline->option[option].id : NULL);
}

static void tell_facts(const run_view *v) {
    const ve_study_services *s = v->services;
    s->fact(s, "best", option_cell(v, v->outcome->best));
    s->fact(s, "best_undifferentiated", option_cell(v, v->alike->best));
    s->fact(s, "aggregate", VE_CELL_OF_TEXT(v->outline->aggregate));
    s->fact(s, "customers", VE_CELL_OF_NUMBER(v->outline->customers));
}

/* ---- the options --------------------------------------------------------------------------------------- */

static ve_cell rank_cell(int rank) {
    return VE_CELL_OF_NUMBER(rank > 0 ? (double)rank : NAN);
}

/* The columns in their order; those under LIFE only where some option has a life-cycle cost.
 * X(NAME, key, title, digits, cell) */
#define RUN_COLUMNS(X, LIFE)                                                                                 \
    X(OPTION, "option", "Option id", 0, VE_CELL_OF_TEXT(v->outline->option[i].id))                           \
    X(NAME, "name", "Option", 0, VE_CELL_OF_TEXT(v->outline->option[i].name))                                \
    X(COST, "cost", "Cost", -1, VE_CELL_OF_NUMBER(o->cost))                                                  \
    LIFE(PRESENT, "cost_present", "Present value", -1, VE_CELL_OF_NUMBER(o->cost_present))                   \
    LIFE(ANNUAL, "cost_annual", "Per year", -1, VE_CELL_OF_NUMBER(o->cost_annual))                           \
    X(C, "cost_coefficient", "C", 3, VE_CELL_OF_NUMBER(o->cost_coefficient))                                 \
    X(SCORE, "function_score", "Score", -1, VE_CELL_OF_NUMBER(o->function_score))                            \
    X(F, "function_coefficient", "F", 3, VE_CELL_OF_NUMBER(o->function_coefficient))                         \
    X(V, "value_index", "V", 3, VE_CELL_OF_NUMBER(o->value_index))                                           \
    X(RANK, "rank", "Rank", 0, rank_cell(o->rank))                                                           \
    X(FEASIBLE, "feasible", "Passes gates", 0, VE_CELL_OF_BOOLEAN(o->feasible))                              \
    X(EFFECTIVE, "effective_customers", "Effective customers", 1, VE_CELL_OF_NUMBER(o->effective_customers)) \
    X(REACH, "weight_share", "Reach", 1, VE_CELL_OF_NUMBER(o->weight_share))                                 \
    X(F_ALIKE, "undifferentiated_function_coefficient", "F without targets", 3,                              \
      VE_CELL_OF_NUMBER(u->function_coefficient))                                                            \
    X(V_ALIKE, "undifferentiated_value_index", "V without targets", 3, VE_CELL_OF_NUMBER(u->value_index))    \
    X(RANK_ALIKE, "undifferentiated_rank", "Rank without targets", 0, rank_cell(u->rank))

enum {
#define RUN_COLUMN_ENUM(name, key, title, digits, cell) COLUMN_##name,
    RUN_COLUMNS(RUN_COLUMN_ENUM, RUN_COLUMN_ENUM) COLUMNS
#undef RUN_COLUMN_ENUM
};

static const char *cost_title(const run_view *v) {
    size_t bytes = strlen(v->outline->currency) + 8;
    char *title = study_run_take(v, bytes, 1);
    if (!title || !v->outline->currency[0]) return "Cost";
    snprintf(title, bytes, "Cost, %s", v->outline->currency);
    return title;
}

/* Costs as they are written where that takes no more than two places, else as money. */
static int cost_digits(const run_view *v) {
    double most = 0;
    bool fine = false;
    for (size_t i = 0; i < v->outline->options; i++) {
        double cost = v->outcome->option[i].cost;
        fine = fine || ve_print_places(cost) > 2;
        most = fmax(most, cost);
    }
    return !fine || most < 1 ? VE_PRINT_FREE : most < 10 ? 3 : 2;
}

static bool has_gates(const ve_outline *outline) {
    for (size_t n = 0; n < outline->functions; n++)
        if (!isnan(outline->function[n].minimum) || outline->kano_use == VE_KANO_USE_GATE) return true;
    return false;
}

static bool has_life_cycle(const run_view *v) {
    for (size_t i = 0; i < v->outline->options; i++)
        if (!isnan(v->outcome->option[i].cost_present) || !isnan(v->outcome->option[i].cost_annual))
            return true;
    return false;
}

/* What people see: what says nothing about this model is left to programs. */
static void dress_columns(const run_view *v, ve_column column[COLUMNS]) {
    bool positioned = v->outline->positioned && v->outline->customers > 0;
    for (int i = COLUMN_EFFECTIVE; i < COLUMNS && !positioned; i++)
        column[i].flags |= VE_COLUMN_HIDDEN;
    column[COLUMN_COST].title = cost_title(v);
    column[COLUMN_COST].digits = column[COLUMN_PRESENT].digits = column[COLUMN_ANNUAL].digits =
        cost_digits(v);
    column[COLUMN_OPTION].flags |= VE_COLUMN_HIDDEN;
    column[COLUMN_F_ALIKE].flags |= VE_COLUMN_HIDDEN;
    column[COLUMN_FEASIBLE].flags |= has_gates(v->outline) ? 0u : VE_COLUMN_HIDDEN;
    column[COLUMN_V].flags |= VE_COLUMN_BAR | VE_COLUMN_ONE;
    column[COLUMN_REACH].flags |= VE_COLUMN_PERCENT;
    if (v->aggregate == VE_AGGREGATE_MEAN) column[COLUMN_SCORE].digits = 3;
}

/* "Bus" of the id `bus` says it. */
static bool names_id(const ve_outline_option *option) {
    return strcasecmp(option->name, option->id) == 0;
}

/* For people, who need the id for --set: "High standard (A)". */
static const char *name_and_id(const run_view *v, size_t i) {
    const ve_outline_option *option = &v->outline->option[i];
    size_t bytes = strlen(option->name) + strlen(option->id) + 4;
    if (names_id(option)) return option->name;
    char *both = study_run_take(v, bytes, 1);
    if (!both) return option->name;
    snprintf(both, bytes, "%s (%s)", option->name, option->id);
    return both;
}

static bool has_names(const run_view *v) {
    for (size_t i = 0; i < v->outline->options; i++)
        if (!names_id(&v->outline->option[i])) return true;
    return false;
}

static void fill_option(const run_view *v, size_t i, bool life, ve_cell *cell) {
    const ve_outcome_option *o = &v->outcome->option[i], *u = &v->alike->option[i];
#define RUN_CELL(name, key, title, digits, value) *cell++ = value;
#define RUN_LIFE_CELL(name, key, title, digits, value)                                                       \
    if (life) *cell++ = value;
    RUN_COLUMNS(RUN_CELL, RUN_LIFE_CELL)
#undef RUN_CELL
#undef RUN_LIFE_CELL
}

/* Once for programs, once for people. */
static ve_code tell_options_to(const run_view *v, unsigned whom) {
    const ve_study_services *s = v->services;
    ve_column column[COLUMNS] = {
#define RUN_COLUMN(name, key, title, digits, cell) { key, title, digits, 0 },
        RUN_COLUMNS(RUN_COLUMN, RUN_COLUMN)
#undef RUN_COLUMN
    };
    bool life = has_life_cycle(v);
    size_t columns = COLUMNS;
    dress_columns(v, column);
    if (has_names(v)) column[COLUMN_NAME].title = "Option (id)";
    if (!life) {
        columns = COLUMNS - 2;
        memmove(&column[COLUMN_PRESENT], &column[COLUMN_C], (COLUMNS - COLUMN_C) * sizeof *column);
    }
    int table = s->table(s, "options", "Options: F share of function, C share of cost, value index V = F / C",
                         whom, column, columns);
    for (size_t i = 0; i < v->outline->options && table >= 0; i++) {
        ve_cell *cell = s->row(s, table);
        fill_option(v, i, life, cell);
        if (whom == VE_TABLE_PAPER) cell[COLUMN_NAME] = VE_CELL_OF_TEXT(name_and_id(v, i));
    }
    s->mark(s, table, v->outcome->best);
    return table >= 0 ? VE_OK : VE_E_MEMORY;
}

static ve_code tell_options(const run_view *v) {
    ve_code code = tell_options_to(v, VE_TABLE_HIDDEN);
    return code ? code : tell_options_to(v, VE_TABLE_PAPER);
}

/* ---- functions, scores and judgements for programs ----------------------------------------------------- */

static void fill_function(const run_view *v, size_t option, size_t n, ve_cell *cell) {
    const ve_outline_function *function = &v->outline->function[n];
    size_t at = option * v->outline->functions + n;
    *cell++ = VE_CELL_OF_TEXT(function->id);
    if (v->outcome->weights_by_option) *cell++ = VE_CELL_OF_TEXT(v->outline->option[option].id);
    *cell++ = VE_CELL_OF_TEXT(function->name);
    *cell++ = VE_CELL_OF_TEXT(function->parent >= 0 ? v->outline->function[function->parent].id : NULL);
    *cell++ = VE_CELL_OF_NUMBER(v->outcome->weight[at]);
    *cell++ = VE_CELL_OF_NUMBER(v->outcome->local_weight[at]);
}

static ve_code tell_functions(const run_view *v) {
    const ve_study_services *s = v->services;
    static const ve_column every[] = { { "function", "Function", 0, 0 },
                                       { "option", "Option", 0, 0 },
                                       { "name", "Name", 0, 0 },
                                       { "parent", "Part of", 0, 0 },
                                       { "weight", "Weight", 1, VE_COLUMN_PERCENT },
                                       { "local_weight", "In its group", 1, VE_COLUMN_PERCENT } };
    ve_column column[VE_COUNT(every)];
    bool by_option = v->outcome->weights_by_option;
    size_t columns = 0;
    for (size_t i = 0; i < VE_COUNT(every); i++)
        if (i != 1 || by_option) column[columns++] = every[i];
    int table = s->table(s, "functions", "Function weights", VE_TABLE_HIDDEN, column, columns);
    for (size_t i = 0; table >= 0 && i < (by_option ? v->outline->options : 1); i++)
        for (size_t n = 0; n < v->outline->functions; n++)
            fill_function(v, i, n, s->row(s, table));
    return table >= 0 ? VE_OK : VE_E_MEMORY;
}

static ve_code tell_scores(const run_view *v) {
    static const ve_column column[] = { { "option", "Option", 0, 0 },
                                        { "function", "Function", 0, 0 },
                                        { "score", "Score", 3, 0 } };
    const ve_study_services *s = v->services;
    const ve_outline *o = v->outline;
    int table = s->table(s, "scores", "Mean scores", VE_TABLE_HIDDEN, column, VE_COUNT(column));
    for (size_t i = 0; i < o->options * o->leaves && table >= 0; i++) {
        ve_cell *cell = s->row(s, table);
        cell[0] = VE_CELL_OF_TEXT(o->option[i / o->leaves].id);
        cell[1] = VE_CELL_OF_TEXT(o->function[o->leaf[i % o->leaves]].id);
        cell[2] = VE_CELL_OF_NUMBER(v->outcome->score[i]);
    }
    return table >= 0 ? VE_OK : VE_E_MEMORY;
}

/* What was judged: first the weights of every list, then the scores of every function that has them judged.
 */
typedef struct judged {
    const char *id, *what, *method;
    const ve_outcome_list *how;
} judged;

static size_t count_scored(const run_view *v) {
    size_t count = 0;
    for (size_t n = 0; n < v->outline->functions; n++)
        count += v->outline->function[n].scored_by != NULL;
    return count;
}

static const judged *list_judged(const run_view *v, size_t count) {
    const ve_outline *o = v->outline;
    judged *all = study_run_take(v, count, sizeof *all), *next = all;
    for (size_t l = 0; all && l < o->lists; l++)
        *next++ = (judged){ o->list[l].id, "weights", o->list[l].method, &v->outcome->list[l] };
    for (size_t n = 0; all && n < o->functions; n++) {
        const ve_outline_function *f = &o->function[n];
        if (f->scored_by) *next++ = (judged){ f->id, "scores", f->scored_by, &v->outcome->scored[f->leaf] };
    }
    return all;
}

#define RUN_JUDGED(X)                                                                                        \
    X(LIST, "list", "Parts of", 0, VE_CELL_OF_TEXT(j->id))                                                   \
    X(JUDGED, "judged", "Judged", 0, VE_CELL_OF_TEXT(j->what))                                               \
    X(METHOD, "method", "Method", 0, VE_CELL_OF_TEXT(j->method))                                             \
    X(CR, "consistency_ratio", "Consistency ratio", 3, VE_CELL_OF_NUMBER(j->how->consistency_ratio))         \
    X(SPREAD, "spread", "Spread of parties", 3, VE_CELL_OF_NUMBER(j->how->spread))                           \
    X(KENDALL, "kendall_w", "Kendall's W", 3, VE_CELL_OF_NUMBER(j->how->kendall_w))                          \
    X(VARIANT, "variant", "Variant", 0, VE_CELL_OF_TEXT(j->how->note))

enum {
#define RUN_JUDGED_ENUM(name, key, title, digits, cell) JUDGED_##name,
    RUN_JUDGED(RUN_JUDGED_ENUM) JUDGED_COLUMNS
#undef RUN_JUDGED_ENUM
};

/* The planner wrote the methods down; what people may not know is how consistent and how much of one mind the
 * judgements are. */
static unsigned dress_judged(const judged *all, size_t count, bool scored, ve_column column[JUDGED_COLUMNS]) {
    bool ratio = false, parties = false;
    for (size_t i = 0; i < count; i++) {
        ratio = ratio || !isnan(all[i].how->consistency_ratio);
        parties = parties || !isnan(all[i].how->spread) || !isnan(all[i].how->kendall_w);
    }
    column[JUDGED_JUDGED].flags |= scored ? 0u : VE_COLUMN_HIDDEN;
    column[JUDGED_LIST].title = scored ? "Of" : "Parts of";
    column[JUDGED_CR].flags |= ratio ? 0u : VE_COLUMN_HIDDEN;
    column[JUDGED_SPREAD].flags |= parties ? 0u : VE_COLUMN_HIDDEN;
    column[JUDGED_KENDALL].flags |= parties ? 0u : VE_COLUMN_HIDDEN;
    return ratio || parties ? 0u : VE_TABLE_HIDDEN;
}

static void fill_judged(const judged *j, ve_cell *cell) {
#define RUN_JUDGED_CELL(name, key, title, digits, value) *cell++ = value;
    RUN_JUDGED(RUN_JUDGED_CELL)
#undef RUN_JUDGED_CELL
}

static ve_code tell_judgements(const run_view *v) {
    ve_column column[JUDGED_COLUMNS] = {
#define RUN_JUDGED_COLUMN(name, key, title, digits, cell) { key, title, digits, 0 },
        RUN_JUDGED(RUN_JUDGED_COLUMN)
#undef RUN_JUDGED_COLUMN
    };
    const ve_study_services *s = v->services;
    size_t scored = count_scored(v), count = v->outline->lists + scored;
    const judged *all = list_judged(v, count);
    if (!all) return VE_E_MEMORY;
    unsigned flags = dress_judged(all, count, scored > 0, column);
    const char *title = scored ? "How weights and scores were judged" : "How the weights were judged";
    int table = s->table(s, "judgements", title, flags, column, JUDGED_COLUMNS);
    for (size_t i = 0; i < count && table >= 0; i++)
        fill_judged(&all[i], s->row(s, table));
    return table >= 0 ? VE_OK : VE_E_MEMORY;
}

/* ---- the same for people: one tree with weights, and the score of every option on every function ------- */

static int depth_of(const ve_outline *outline, size_t n) {
    int depth = 0;
    for (int up = outline->function[n].parent; up >= 0; up = outline->function[up].parent)
        depth++;
    return depth;
}

static bool is_deep(const ve_outline *outline) {
    return outline->leaves < outline->functions;
}

/* Columns: indent, name, then `before` fixed ones, then one per option. */
static ve_column *tree_columns(const run_view *v, const ve_column *fixed, size_t before, int digits,
                               unsigned flags) {
    size_t m = v->outline->options;
    ve_column *column = study_run_take(v, before + m, sizeof *column);
    if (!column) return NULL;
    memcpy(column, fixed, before * sizeof *column);
    for (size_t i = 0; i < m; i++)
        column[before + i] = (ve_column){ v->outline->option[i].id, v->name[i], digits, flags };
    return column;
}

static void fill_tree_head(const run_view *v, size_t n, ve_cell *cell) {
    cell[0] = VE_CELL_OF_NUMBER((double)depth_of(v->outline, n));
    cell[1] = VE_CELL_OF_TEXT(v->outline->function[n].name);
}

/* The gate of a function. One that Kano's classes make may hold for some options only, with one minimum. */
static double asked_of_any(const run_view *v, size_t node) {
    double asked = NAN;
    for (size_t i = 0; i < v->outline->options && isnan(asked); i++)
        asked = study_run_minimum(v, i, node);
    return asked;
}

/* Figures of every option and function, options x functions. */
static ve_code tell_tree(const run_view *v, const char *key, const char *title, const ve_column *fixed,
                         size_t before, int digits, unsigned flags, const double *figure) {
    enum { INDENT, NAME, WEIGHT, LOCAL, MINIMUM };
    const ve_study_services *s = v->services;
    size_t m = v->outline->options, n = v->outline->functions;
    if (before + m > 1024) /* no table is that wide; programs have the figures */
        return VE_OK;
    ve_column *column = tree_columns(v, fixed, before, digits, flags);
    int table = column ? s->table(s, key, title, VE_TABLE_PAPER, column, before + m) : -1;
    for (size_t k = 0; k < n && table >= 0; k++) {
        ve_cell *cell = s->row(s, table);
        fill_tree_head(v, k, cell);
        if (before > WEIGHT) {
            cell[WEIGHT] = VE_CELL_OF_NUMBER(v->outcome->weight[k]);
            cell[LOCAL] = VE_CELL_OF_NUMBER(v->outcome->local_weight[k]);
            cell[MINIMUM] = VE_CELL_OF_NUMBER(asked_of_any(v, k));
        }
        for (size_t i = 0; i < m; i++)
            cell[before + i] = VE_CELL_OF_NUMBER(figure[i * n + k]);
    }
    return table >= 0 ? VE_OK : VE_E_MEMORY;
}

static ve_code tell_trees(const run_view *v) {
    ve_column fixed[] = { { "depth", "Depth", 0, VE_COLUMN_INDENT },
                          { "name", "Function", 0, 0 },
                          { "weight", "Weight", 1, VE_COLUMN_PERCENT },
                          { "local_weight", "In its group", 1, VE_COLUMN_PERCENT },
                          { "minimum", "At least", -1, 0 } };
    if (!is_deep(v->outline)) fixed[3].flags |= VE_COLUMN_HIDDEN;
    if (!has_gates(v->outline)) fixed[4].flags |= VE_COLUMN_HIDDEN;
    if (!v->outcome->weights_by_option)
        return tell_tree(v, "function_tree", "Functions: weights, and the mean score of every option", fixed,
                         5, 2, 0, v->node_score);
    ve_code code = tell_tree(v, "weight_tree", "Functions: weights for the customers of every option", fixed,
                             2, 1, VE_COLUMN_PERCENT, v->outcome->weight);
    return code == VE_OK ? tell_tree(v, "score_tree", "Functions: mean score of every option", fixed, 2, 2, 0,
                                     v->node_score)
                         : code;
}

/* What the chosen scenario changes. */
static ve_code tell_changes(const run_view *v) {
    static const ve_column column[] = { { "label", "Input", 0, 0 },
                                        { "from", "From", VE_PRINT_FREE, 0 },
                                        { "to", "To", VE_PRINT_FREE, 0 },
                                        { "path", "Path", 0, 0 } };
    const ve_study_services *s = v->services;
    const ve_replaced *change;
    size_t count;
    ve_code code = s->changes(s, &change, &count);
    if (code != VE_OK || count == 0) return code;
    int table = s->table(s, "changes", "What the scenario changes", 0, column, VE_COUNT(column));
    for (size_t i = 0; i < count && table >= 0; i++) {
        ve_cell *cell = s->row(s, table);
        cell[0] = VE_CELL_OF_TEXT(change[i].label);
        cell[1] = change[i].from;
        cell[2] = change[i].to;
        cell[3] = VE_CELL_OF_TEXT(change[i].path);
    }
    return table >= 0 ? VE_OK : VE_E_MEMORY;
}

static ve_code study(const void *params, const ve_study_services *services) {
    static ve_code (*const part[])(const run_view *) = { tell_options, tell_functions,  tell_trees,
                                                         tell_scores,  tell_judgements, tell_changes };
    run_view view;
    bool failed = false;
    (void)params;
    ve_code code = make_view(&view, services, &failed);
    if (code != VE_OK) return code;
    study_run_say(&view);
    tell_facts(&view);
    for (size_t i = 0; i < VE_COUNT(part) && code == VE_OK; i++)
        code = part[i](&view);
    if (code == VE_OK) study_run_warn(&view);
    return code == VE_OK && failed ? VE_E_MEMORY : code;
}

typedef struct nothing {
    int unused;
} nothing;

static const ve_record record = {
    .name = "run",
    .doc = "function, cost and value coefficients of every option, and the best one",
    .size = sizeof(nothing)
};
static const ve_study_ops ops = { .size = sizeof ops, .study = study };

VE_PLUGIN(study_run, STUDY, "run", "1.0",
          "function, cost and value coefficients of every option, and the best one", &record, &ops)

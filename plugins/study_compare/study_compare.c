/* The command `compare`: the base beside its scenarios, or another model; what each changes, and what of it
 * drives the value indices. SPDX-License-Identifier: GPL-3.0-or-later */
#include "study_compare.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ve/print.h"

enum { BLOCK = 4096 };

void *compare_take(const compare_view *v, size_t count, size_t size) {
    return v->s->base->memory(v->s->base, count * size);
}

int compare_best(const compare_view *v, const compare_rival *rival) {
    for (size_t o = 0; o < v->outline->options; o++)
        if (rival->of->option[o] >= 0 && rival->of->option[o] == rival->outcome->best) return (int)o;
    return -1;
}

double compare_value(const compare_rival *rival, size_t option) {
    int there = rival->of->option[option];
    return there < 0 ? NAN : rival->outcome->option[there].value_index;
}

/* ---- the view: everything evaluated ----------------------------------------------------------------- */

static ve_code name_options(compare_view *v) {
    size_t m = v->outline->options;
    const char **name = compare_take(v, m, sizeof *name);
    if (!name) return VE_E_MEMORY;
    for (size_t i = 0; i < m; i++) {
        const ve_outline_option *option = &v->outline->option[i];
        bool twice = false;
        for (size_t j = 0; j < m && !twice; j++)
            twice = j != i && strcmp(v->outline->option[j].name, option->name) == 0;
        name[i] = twice ? option->id : option->name;
    }
    v->name = name;
    return VE_OK;
}

static ve_code evaluate_all(compare_view *v, const ve_alternative *list) {
    ve_code code = v->s->evaluate(v->s, &v->outline->usual, &v->base);
    v->rival = compare_take(v, v->count, sizeof *v->rival);
    if (!v->rival) return VE_E_MEMORY;
    for (size_t i = 0; !code && i < v->count; i++) {
        v->rival[i].of = &list[i];
        code = v->s->evaluate_alternative(v->s, i, &v->rival[i].outcome);
    }
    return code;
}

static ve_code make_room(compare_view *v) {
    size_t changes = 0;
    for (size_t i = 0; i < v->count; i++)
        if (v->rival[i].of->changes > changes) changes = v->rival[i].of->changes;
    v->rows = 2 * changes > BLOCK ? 2 * changes : BLOCK;
    v->taken = compare_take(v, v->rows * changes, sizeof *v->taken);
    v->value_index = compare_take(v, v->rows * v->outline->options, sizeof *v->value_index);
    return v->taken && v->value_index ? VE_OK : VE_E_MEMORY;
}

static ve_code nothing_to_compare(const ve_study_services *s) {
    return s->base->fail(
        s->base, VE_E_MISSING_FIELD, "",
        "write scenarios = { { name = \"...\", set = { [\"options.A.cost\"] = 4830 } } }, or "
        "name a second model: vescore compare MODEL.lua OTHER.lua",
        "the model has no scenarios to compare");
}

static ve_code make_view(compare_view *v) {
    const ve_alternative *list;
    ve_code code = v->s->alternatives(v->s, &list, &v->count);
    if (!code && !v->count) return nothing_to_compare(v->s);
    if (!code) code = name_options(v);
    if (!code) code = evaluate_all(v, list);
    if (!code) code = make_room(v);
    for (size_t i = 0; !code && i < v->count; i++) {
        code = compare_divide(v, i);
        v->s->progress(v->s, (double)(i + 1) / (double)v->count);
    }
    return code;
}

/* ---- all options of all of them --------------------------------------------------------------------- */

static const ve_column scenario_column[] = {
    { "scenario", "Scenario", 0, 0 },
    { "option", "Option", 0, 0 },
    { "name", "Name", 0, 0 },
    { "cost", "Cost", VE_PRINT_FREE, 0 },
    { "cost_coefficient", "C", 3, 0 },
    { "function_score", "Score", VE_PRINT_FREE, 0 },
    { "function_coefficient", "F", 3, 0 },
    { "value_index", "V", 3, 0 },
    { "rank", "Rank", 0, 0 },
    { "feasible", "Passes gates", 0, 0 },
};

static void fill_options(const compare_view *v, int table, const char *scenario, const ve_outline *outline,
                         const ve_outcome *outcome) {
    for (size_t i = 0; i < outline->options; i++) {
        const ve_outcome_option *o = &outcome->option[i];
        ve_cell *cell = v->s->row(v->s, table);
        *cell++ = VE_CELL_OF_TEXT(scenario);
        *cell++ = VE_CELL_OF_TEXT(outline->option[i].id);
        *cell++ = VE_CELL_OF_TEXT(outline->option[i].name);
        *cell++ = VE_CELL_OF_NUMBER(o->cost);
        *cell++ = VE_CELL_OF_NUMBER(o->cost_coefficient);
        *cell++ = VE_CELL_OF_NUMBER(o->function_score);
        *cell++ = VE_CELL_OF_NUMBER(o->function_coefficient);
        *cell++ = VE_CELL_OF_NUMBER(o->value_index);
        *cell++ = VE_CELL_OF_NUMBER(o->rank > 0 ? (double)o->rank : NAN);
        *cell++ = VE_CELL_OF_BOOLEAN(o->feasible);
    }
}

static ve_code tell_scenarios(const compare_view *v) {
    int table = v->s->table(v->s, "scenarios", "All options in all scenarios", VE_TABLE_HIDDEN,
                            scenario_column, VE_COUNT(scenario_column));
    if (table < 0) return VE_E_MEMORY;
    fill_options(v, table, NULL, v->outline, v->base);
    for (size_t i = 0; i < v->count; i++)
        fill_options(v, table, v->rival[i].of->name, v->rival[i].of->outline, v->rival[i].outcome);
    return VE_OK;
}

/* ---- side by side ----------------------------------------------------------------------------------- */

/* Options of the base, then those that only others have, each once. */
typedef struct all_options {
    const ve_outline_option **option;
    size_t count;
} all_options;

static bool holds(const all_options *all, const char *id) {
    for (size_t i = 0; i < all->count; i++)
        if (strcmp(all->option[i]->id, id) == 0) return true;
    return false;
}

static void add_options(all_options *all, const ve_outline *outline) {
    for (size_t i = 0; i < outline->options; i++)
        if (!holds(all, outline->option[i].id)) all->option[all->count++] = &outline->option[i];
}

static ve_code collect_options(const compare_view *v, all_options *all) {
    size_t most = v->outline->options;
    for (size_t i = 0; i < v->count; i++)
        most += v->rival[i].of->outline->options;
    *all = (all_options){ compare_take(v, most, sizeof *all->option), 0 };
    if (!all->option) return VE_E_MEMORY;
    add_options(all, v->outline);
    for (size_t i = 0; i < v->count; i++)
        add_options(all, v->rival[i].of->outline);
    return VE_OK;
}

static const char *title_of(const all_options *all, size_t a) {
    for (size_t i = 0; i < all->count; i++)
        if (i != a && strcmp(all->option[i]->name, all->option[a]->name) == 0) return all->option[a]->id;
    return all->option[a]->name;
}

static void fill_side(const compare_view *v, int table, const char *name, const ve_outline *outline,
                      const ve_outcome *outcome, const all_options *all) {
    ve_cell *cell = v->s->row(v->s, table);
    *cell++ = VE_CELL_OF_TEXT(name);
    *cell++ = VE_CELL_OF_TEXT(outcome->best >= 0 ? outline->option[outcome->best].name : "none");
    for (size_t a = 0; a < all->count; a++, cell++)
        for (size_t i = 0; i < outline->options; i++)
            if (strcmp(outline->option[i].id, all->option[a]->id) == 0)
                *cell = VE_CELL_OF_NUMBER(outcome->option[i].value_index);
}

static ve_code tell_side_by_side(const compare_view *v) {
    enum { BEFORE = 2 };
    all_options all;
    ve_code code = collect_options(v, &all);
    ve_column *column = code ? NULL : compare_take(v, BEFORE + all.count, sizeof *column);
    if (!column) return VE_E_MEMORY;
    column[0] = (ve_column){ "scenario", v->rival[0].of->model ? "Model" : "Scenario", 0, 0 };
    column[1] = (ve_column){ "best", "Best", 0, 0 };
    for (size_t a = 0; a < all.count; a++)
        column[BEFORE + a] = (ve_column){ all.option[a]->id, title_of(&all, a), 3, 0 };
    int table = v->s->table(v->s, "side_by_side", "Value indices side by side", VE_TABLE_PAPER, column,
                            BEFORE + all.count);
    if (table < 0) return VE_E_MEMORY;
    fill_side(v, table, compare_base_name(v), v->outline, v->base, &all);
    for (size_t i = 0; i < v->count; i++)
        fill_side(v, table, v->rival[i].of->name, v->rival[i].of->outline, v->rival[i].outcome, &all);
    return VE_OK;
}

/* ---- what is changed -------------------------------------------------------------------------------- */

static ve_code tell_changes(const compare_view *v) {
    static const ve_column column[] = { { "scenario", "Scenario", 0, 0 },
                                        { "label", "What changes", 0, 0 },
                                        { "from", "From", VE_PRINT_FREE, 0 },
                                        { "to", "To", VE_PRINT_FREE, 0 },
                                        { "path", "Path", 0, 0 } };
    int table = v->s->table(v->s, "changes", "What each changes", VE_TABLE_HIDDEN, column, VE_COUNT(column));
    if (table < 0) return VE_E_MEMORY;
    for (size_t i = 0; i < v->count; i++)
        for (size_t c = 0; c < v->rival[i].of->changes; c++) {
            const ve_replaced *change = &v->rival[i].of->change[c];
            ve_cell *cell = v->s->row(v->s, table);
            cell[0] = VE_CELL_OF_TEXT(v->rival[i].of->name);
            cell[1] = VE_CELL_OF_TEXT(change->label);
            cell[2] = change->from;
            cell[3] = change->to;
            cell[4] = VE_CELL_OF_TEXT(change->path);
        }
    return VE_OK;
}

/* ---- what drives it --------------------------------------------------------------------------------- */

/* Paths of changes that only work together stand side by side. */
static const char *paths_of(const compare_view *v, const compare_rival *rival, const compare_player *player) {
    size_t bytes = 1, used = 0;
    for (size_t c = 0; c < player->count; c++)
        bytes += strlen(rival->of->change[player->change[c]].path) + 2;
    char *text = compare_take(v, bytes, 1);
    for (size_t c = 0; text && c < player->count; c++)
        used += (size_t)snprintf(text + used, bytes - used, "%s%s", c ? ", " : "",
                                 rival->of->change[player->change[c]].path);
    return text;
}

static void fill_drivers(const compare_view *v, const compare_rival *rival, int table) {
    const compare_drivers *d = &rival->drivers;
    size_t options = v->outline->options;
    for (size_t p = 0; p < d->players; p++) {
        const char *path = paths_of(v, rival, &d->player[p]);
        for (size_t o = 0; o < options; o++) {
            if (rival->of->option[o] < 0) continue;
            ve_cell *cell = v->s->row(v->s, table);
            cell[0] = VE_CELL_OF_TEXT(rival->of->name);
            cell[1] = VE_CELL_OF_TEXT(v->outline->option[o].id);
            cell[2] = VE_CELL_OF_TEXT(path);
            cell[3] = VE_CELL_OF_NUMBER(d->part[p * options + o]);
            cell[4] = VE_CELL_OF_NUMBER(d->error ? d->error[p * options + o] : NAN);
        }
    }
}

static ve_code tell_drivers(const compare_view *v) {
    static const ve_column column[] = { { "scenario", "Scenario", 0, 0 },
                                        { "option", "Option", 0, 0 },
                                        { "path", "Path", 0, 0 },
                                        { "value_index_change", "Change of V", 4, 0 },
                                        { "value_index_change_error", "+-", 4, 0 } };
    int table = v->s->table(v->s, "drivers", "What each change does to the value indices", VE_TABLE_HIDDEN,
                            column, VE_COUNT(column));
    if (table < 0) return VE_E_MEMORY;
    for (size_t i = 0; i < v->count; i++)
        fill_drivers(v, &v->rival[i], table);
    return VE_OK;
}

/* ---- the same on paper: every change with what it drives -------------------------------------------- */

enum { DEPTH, LABEL, CHANGE, FIRST_OPTION };

static ve_cell *paper_row(const compare_view *v, int table, int depth, const char *label) {
    ve_cell *cell = v->s->row(v->s, table);
    cell[DEPTH] = VE_CELL_OF_NUMBER(depth);
    cell[LABEL] = VE_CELL_OF_TEXT(label);
    cell[CHANGE] = VE_CELL_OF_TEXT("");
    return cell;
}

/* "4200 -> 4830"; what comes or goes is told by its label. */
static ve_cell change_cell(const compare_view *v, const ve_replaced *change) {
    enum { SHORT = 10 };
    char from[COMPARE_ROOM], to[COMPARE_ROOM];
    size_t bytes = 2 * COMPARE_ROOM + 5;
    char *text = change->comes || change->goes ? NULL : compare_take(v, bytes, 1);
    if (!text) return VE_CELL_OF_TEXT("");
    compare_put_value(change->from, SHORT, from);
    compare_put_value(change->to, SHORT, to);
    snprintf(text, bytes, "%s -> %s", from, to);
    return VE_CELL_OF_TEXT(text);
}

static ve_cell *change_row(const compare_view *v, int table, int depth, const ve_replaced *change) {
    ve_cell *cell = paper_row(v, table, depth, change->label);
    cell[CHANGE] = change_cell(v, change);
    return cell;
}

static void fill_part(const compare_view *v, const compare_drivers *d, size_t player, ve_cell *cell) {
    size_t options = v->outline->options;
    for (size_t o = 0; o < options; o++)
        cell[FIRST_OPTION + o] = VE_CELL_OF_NUMBER(d->part[player * options + o]);
}

/* Changes that only work together stand below what they do together. */
static void fill_player(const compare_view *v, const compare_rival *rival, size_t player, int table) {
    const compare_player *p = &rival->drivers.player[player];
    const ve_replaced *change = rival->of->change;
    if (p->count == 1) {
        fill_part(v, &rival->drivers, player, change_row(v, table, 1, &change[p->change[0]]));
        return;
    }
    fill_part(v, &rival->drivers, player, paper_row(v, table, 1, "only together:"));
    for (size_t c = 0; c < p->count; c++)
        change_row(v, table, 2, &change[p->change[c]]);
}

static bool is_played(const compare_drivers *d, size_t change) {
    for (size_t p = 0; p < d->players; p++)
        for (size_t c = 0; c < d->player[p].count; c++)
            if (d->player[p].change[c] == change) return true;
    return false;
}

/* The whole change, and below it the parts that add up to it. */
static void fill_paper(const compare_view *v, const compare_rival *rival, int table) {
    ve_cell *cell = paper_row(v, table, 0, rival->of->name);
    for (size_t o = 0; o < v->outline->options; o++)
        cell[FIRST_OPTION + o] = VE_CELL_OF_NUMBER(compare_value(rival, o) - v->base->option[o].value_index);
    for (size_t p = 0; p < rival->drivers.players; p++)
        fill_player(v, rival, p, table);
    for (size_t c = 0; c < rival->of->changes; c++)
        if (!is_played(&rival->drivers, c)) change_row(v, table, 1, &rival->of->change[c]);
}

/* Three places, fewer where the last would be noise. */
static int digits(const compare_view *v) {
    double most = 0;
    for (size_t i = 0; i < v->count; i++) {
        const compare_drivers *d = &v->rival[i].drivers;
        for (size_t c = 0; d->error && c < d->players * v->outline->options; c++)
            most = fmax(most, d->error[c]);
    }
    return most < 0.001 ? 3 : most < 0.01 ? 2 : 1;
}

static ve_code tell_paper(const compare_view *v) {
    size_t options = v->outline->options;
    ve_column *column = compare_take(v, FIRST_OPTION + options, sizeof *column);
    if (!column) return VE_E_MEMORY;
    column[DEPTH] = (ve_column){ "depth", "", 0, VE_COLUMN_INDENT };
    column[LABEL] = (ve_column){ "label", "What changes", 0, 0 };
    column[CHANGE] = (ve_column){ "change", "From -> to", 0, 0 };
    for (size_t o = 0; o < options; o++)
        column[FIRST_OPTION + o] = (ve_column){ v->outline->option[o].id, v->name[o], digits(v), 0 };
    int table = v->s->table(v->s, "effects", "What each changes, and what that does to the value indices",
                            VE_TABLE_PAPER, column, FIRST_OPTION + options);
    if (table < 0) return VE_E_MEMORY;
    for (size_t i = 0; i < v->count; i++)
        fill_paper(v, &v->rival[i], table);
    return VE_OK;
}

/* ---- which belong together -------------------------------------------------------------------------- */

static void fill_match(const compare_view *v, int table, const char *kind, const char *id, const char *name,
                       bool here, bool there) {
    ve_cell *cell = v->s->row(v->s, table);
    cell[0] = VE_CELL_OF_TEXT(kind);
    cell[1] = VE_CELL_OF_TEXT(id);
    cell[2] = VE_CELL_OF_TEXT(name);
    cell[3] = VE_CELL_OF_BOOLEAN(here);
    cell[4] = VE_CELL_OF_BOOLEAN(there);
}

static bool is_among(const int *there, size_t count, size_t number) {
    for (size_t i = 0; i < count; i++)
        if (there[i] == (int)number) return true;
    return false;
}

static void fill_matches(const compare_view *v, int table) {
    const ve_alternative *of = v->rival[0].of;
    const ve_outline *a = v->outline, *b = of->outline;
    for (size_t i = 0; i < a->options; i++)
        fill_match(v, table, "option", a->option[i].id, a->option[i].name, true, of->option[i] >= 0);
    for (size_t i = 0; i < b->options; i++)
        if (!is_among(of->option, a->options, i))
            fill_match(v, table, "option", b->option[i].id, b->option[i].name, false, true);
    for (size_t n = 0; n < a->functions; n++)
        fill_match(v, table, "function", a->function[n].id, a->function[n].name, true, of->node[n] >= 0);
    for (size_t n = 0; n < b->functions; n++)
        if (!is_among(of->node, a->functions, n))
            fill_match(v, table, "function", b->function[n].id, b->function[n].name, false, true);
}

static ve_code tell_matches(const compare_view *v) {
    static const ve_column column[] = { { "kind", "", 0, 0 },
                                        { "id", "Id", 0, 0 },
                                        { "name", "Name", 0, 0 },
                                        { "in_base", "In the first", 0, 0 },
                                        { "in_other", "In the second", 0, 0 } };
    if (!v->rival[0].of->model) return VE_OK;
    int table = v->s->table(v->s, "matches", "What belongs together, by its id", VE_TABLE_HIDDEN, column,
                            VE_COUNT(column));
    if (table >= 0) fill_matches(v, table);
    return table >= 0 ? VE_OK : VE_E_MEMORY;
}

/* ---- the study -------------------------------------------------------------------------------------- */

static ve_code study(const void *params, const ve_study_services *s) {
    static ve_code (*const part[])(const compare_view *) = {
        tell_scenarios, tell_side_by_side, tell_changes, tell_paper, tell_drivers, tell_matches
    };
    compare_view view = { .s = s, .outline = s->outline, .params = params };
    ve_code code = make_view(&view);
    if (code) return code;
    compare_say(&view);
    s->fact(s, "best", VE_CELL_OF_TEXT(view.base->best >= 0 ? s->outline->option[view.base->best].id : NULL));
    for (size_t i = 0; !code && i < VE_COUNT(part); i++)
        code = part[i](&view);
    if (!code) compare_warn(&view);
    return code;
}

static const compare_params defaults = { .draws = 500, .seed = 1 };
static const ve_field fields[] = {
    VE_FIELD(compare_params, draws, VE_T_INTEGER, .name = "draws", .low = 2, .high = 1000000,
             .doc = "orders that are drawn where more than 12 values change"),
    VE_FIELD(compare_params, seed, VE_T_INTEGER, .name = "seed", .low = 0, .high = 2147483647,
             .doc = "where the random numbers begin"),
};
static const ve_record record = {
    .name = "compare",
    .doc = "All scenarios side by side, or two models.",
    .size = sizeof(compare_params),
    .defaults = &defaults,
    .fields = fields,
    .count = VE_COUNT(fields),
};
static const ve_study_ops ops = { .size = sizeof ops,
                                  .study = study,
                                  .flags = VE_STUDY_COMPARES | VE_STUDY_OTHER_MODEL };

VE_PLUGIN(study_compare, STUDY, "compare", "1.0",
          "all scenarios side by side, or two models, and why the winner changes", &record, &ops)

/* What the answer hangs on, in words and tables.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "study_sensitivity.h"
#include "ve/words.h"

#define NEAR 5 /* per cent: nearer than this, a number is told as one that the winner hangs on */

static double value_now(const sensitivity_view *v) {
    return v->base->option[v->leader].value_index;
}

/* ---- the nearest flips ----------------------------------------------------------------------------- */

/* How far it is, for comparing numbers of different kinds; infinite where the winner never changes. */
static double distance(const sensitivity_input *input) {
    const sensitivity_flip *flip = sensitivity_nearest(input);
    double percent = sensitivity_flip_percent(input, flip);
    return flip && !isnan(percent) ? fabs(percent) : INFINITY;
}

/* The input whose flip is the nearest of those beyond `beyond` (and, at the same distance, later). */
static const sensitivity_input *next_flip(const sensitivity_view *v, const sensitivity_input *after) {
    const sensitivity_input *found = NULL;
    double beyond = after ? distance(after) : -1;
    for (const sensitivity_input *i = v->input; i < v->input + v->inputs; i++) {
        double d = distance(i);
        bool later = d > beyond || (d == beyond && after && i > after);
        if (later && isfinite(d) && (!found || d < distance(found))) found = i;
    }
    return found;
}

static void say_flip(const sensitivity_view *v, const sensitivity_input *input) {
    char at[VE_PRINT_ROOM], base[VE_PRINT_ROOM];
    const sensitivity_flip *flip = sensitivity_nearest(input);
    double percent = sensitivity_flip_percent(input, flip);
    bool below = flip->at < input->of->base;
    v->s->say(v->s, "With the %s %s%s%s in place of %s (%+.1f %%), %s would be best.", input->of->label,
              input->of->whole ? ""
              : below          ? "below "
                               : "above ",
              ve_words_number(flip->at, at),
              !input->of->whole ? ""
              : below           ? " or less"
                                : " or more",
              ve_words_number(input->of->base, base), percent, ve_words_option(v->outline, flip->to));
}

static void say_flips(const sensitivity_view *v) {
    const sensitivity_input *input = next_flip(v, NULL);
    size_t flips = 0;
    for (const sensitivity_input *i = v->input; i < v->input + v->inputs; i++)
        flips += sensitivity_nearest(i) != NULL;
    v->s->say(v->s,
              "%s is best, with a value index of %.3f. Of %zu numbers, %zu can change that by themselves%s",
              ve_words_option(v->outline, v->leader), value_now(v), v->inputs, flips,
              input ? "; the nearest:" : ".");
    for (int told = 0; input && told < 3; told++, input = next_flip(v, input))
        say_flip(v, input);
}

/* ---- what is left out ------------------------------------------------------------------------------- */

static const char *without(const sensitivity_left_out *l, char room[300]) {
    bool customer = strcmp(l->kind, "customer") == 0;
    snprintf(room, 300, "%s%.250s",
             !customer    ? ""
             : l->name[0] ? "the customer with "
                          : "one customer",
             l->name);
    return room;
}

static void say_left_out(const sensitivity_view *v) {
    char room[300];
    size_t told = 0;
    for (size_t i = 0; i < v->left_outs; i++) {
        const sensitivity_left_out *l = &v->left_out[i];
        if (l->best == v->leader) continue;
        if (told++ < 5)
            v->s->say(v->s, "Without %s, %s would be best.", without(l, room),
                      ve_words_option(v->outline, l->best));
    }
    if (told == 0 && v->left_outs)
        v->s->say(v->s, "%s stays best whichever one function%s is left out.",
                  ve_words_option(v->outline, v->leader), v->customers ? ", party or customer" : " or party");
    if (v->outline->customers > 1 && !v->customers)
        v->s->say(v->s, "Customers were not left out one by one: there are too many of them.");
}

static void say_shift(const sensitivity_view *v) {
    char by[VE_PRINT_ROOM];
    if (v->shift_to >= 0)
        v->s->say(v->s, "With every score more than %s %s, %s would be best.",
                  ve_words_number(fabs(v->shift), by), v->shift > 0 ? "higher" : "lower",
                  ve_words_option(v->outline, v->shift_to));
}

/* ---- where the spread comes from ---------------------------------------------------------------------- */

static const char *group_name(const sensitivity_view *v, const sensitivity_group *g) {
    enum { ROOM = 400 };
    const ve_input *list;
    size_t count;
    char *room =
        v->s->base->memory(v->s->base, ROOM); /* cells are read when the next row begins, so it must last */
    if (!room || v->s->inputs(v->s, &list, &count)) return "";
    const ve_input *first = &list[v->drawing.input[g->first]];
    int parent = first->list >= 0 ? v->outline->function[first->node].parent : SENSITIVITY_NONE;
    if (first->list >= 0 && parent < 0)
        snprintf(room, ROOM, "weights of the main functions");
    else if (first->list >= 0)
        snprintf(room, ROOM, "weights in %s", v->outline->function[parent].name);
    else if (g->count == 1)
        snprintf(room, ROOM, "%s", first->label);
    else
        snprintf(room, ROOM, "%s and %zu more that go with it", first->label, g->count - 1);
    return room;
}

static const sensitivity_group *widest(const sensitivity_view *v) {
    const sensitivity_group *found = NULL;
    for (size_t i = 0; i < v->groups; i++) {
        const sensitivity_group *g = &v->group[i];
        double share = sobol_total(&g->sums).share;
        if (!isnan(share) && (!found || share > sobol_total(&found->sums).share)) found = g;
    }
    return found;
}

static void say_spread(const sensitivity_view *v) {
    const sensitivity_group *g = widest(v);
    if (!g) return;
    sobol_index first = sobol_first(&g->sums);
    v->s->say(v->s,
              "Of the spread of its value index, %.0f %% (standard error %.1f %%) comes from the %s alone.",
              100 * fmax(0, first.share), 100 * first.error, group_name(v, g));
}

void sensitivity_say(const sensitivity_view *v) {
    say_flips(v);
    say_left_out(v);
    say_shift(v);
    say_spread(v);
}

/* ---- tables ------------------------------------------------------------------------------------------- */

static void put_input(const sensitivity_view *v, ve_cell *cell, const sensitivity_input *input) {
    const sensitivity_flip *flip = sensitivity_nearest(input);
    const sensitivity_flip *below = &input->flip[SENSITIVITY_BELOW], *above = &input->flip[SENSITIVITY_ABOVE];
    const double figures[] = { input->of->base,
                               input->low,
                               input->high,
                               input->value_low,
                               input->value_high,
                               flip ? flip->at : (double)NAN,
                               sensitivity_flip_percent(input, flip),
                               below->at,
                               above->at };
    cell[0] = VE_CELL_OF_TEXT(input->of->path);
    cell[1] = VE_CELL_OF_TEXT(input->of->label);
    for (size_t i = 0; i < VE_COUNT(figures); i++)
        cell[2 + i] = VE_CELL_OF_NUMBER(figures[i]);
    cell[11] = VE_CELL_OF_TEXT(flip ? ve_words_id(v->outline, flip->to) : NULL);
    cell[12] = VE_CELL_OF_TEXT(ve_words_id(v->outline, below->to));
    cell[13] = VE_CELL_OF_TEXT(ve_words_id(v->outline, above->to));
}

static int table_inputs(const sensitivity_view *v) {
    static const ve_column column[] = {
        { "path", "", 0, 0 },
        { "name", "", 0, 0 },
        { "base", "", VE_PRINT_FREE, 0 },
        { "low", "", VE_PRINT_FREE, 0 },
        { "high", "", VE_PRINT_FREE, 0 },
        { "value_index_low", "", 3, 0 },
        { "value_index_high", "", 3, 0 },
        { "flip_at", "", VE_PRINT_FREE, 0 },
        { "flip_percent", "", 1, 0 },
        { "flip_below", "", VE_PRINT_FREE, 0 },
        { "flip_above", "", VE_PRINT_FREE, 0 },
        { "flip_to", "", 0, 0 },
        { "flip_below_to", "", 0, 0 },
        { "flip_above_to", "", 0, 0 },
    };
    int table = v->s->table(v->s, "inputs", "Every number", VE_TABLE_HIDDEN, column, VE_COUNT(column));
    for (size_t i = 0; table >= 0 && i < v->inputs; i++)
        put_input(v, v->s->row(v->s, table), &v->input[i]);
    return table;
}

/* People get those that matter most: a table of swings, and one of turns. */
static int table_swings(const sensitivity_view *v) {
    static const ve_column column[] = {
        { "name", "Number", 0, 0 },         { "low", "From", VE_PRINT_FREE, 0 },
        { "high", "to", VE_PRINT_FREE, 0 }, { "value_index_low", "V", 3, 0 },
        { "value_index_high", "V", 3, 0 },  { "effect", "Swing", 3, VE_COLUMN_BAR }
    };
    char title[160];
    snprintf(title, sizeof title, "How far the value index of %.80s swings with each number",
             ve_words_option(v->outline, v->leader));
    int table = v->s->table(v->s, "swings", title, VE_TABLE_PAPER, column, VE_COUNT(column));
    for (size_t i = 0; table >= 0 && i < v->inputs && i < SENSITIVITY_SHOWN; i++) {
        const sensitivity_input *input = &v->input[i];
        const double figures[] = { input->low, input->high, input->value_low, input->value_high,
                                   fabs(input->value_high - input->value_low) };
        ve_cell *cell = v->s->row(v->s, table);
        cell[0] = VE_CELL_OF_TEXT(input->of->label);
        for (size_t c = 0; c < VE_COUNT(figures); c++)
            cell[1 + c] = VE_CELL_OF_NUMBER(figures[c]);
    }
    return table;
}

static int table_turns(const sensitivity_view *v) {
    static const ve_column column[] = { { "name", "Number", 0, 0 },
                                        { "base", "Now", VE_PRINT_FREE, 0 },
                                        { "flip_at", "Turns at", VE_PRINT_FREE, 0 },
                                        { "flip_percent", "by %", 1, 0 },
                                        { "flip_to", "Best then", 0, 0 } };
    const sensitivity_input *input = next_flip(v, NULL);
    if (!input) return 0;
    int table = v->s->table(v->s, "turns", "Where the winner changes, the nearest first", VE_TABLE_PAPER,
                            column, VE_COUNT(column));
    for (int rows = 0; table >= 0 && input && rows < SENSITIVITY_SHOWN; rows++, input = next_flip(v, input)) {
        const sensitivity_flip *flip = sensitivity_nearest(input);
        ve_cell *cell = v->s->row(v->s, table);
        cell[0] = VE_CELL_OF_TEXT(input->of->label);
        cell[1] = VE_CELL_OF_NUMBER(input->of->base);
        cell[2] = VE_CELL_OF_NUMBER(flip->at);
        cell[3] = VE_CELL_OF_NUMBER(sensitivity_flip_percent(input, flip));
        cell[4] = VE_CELL_OF_TEXT(ve_words_option(v->outline, flip->to));
    }
    return table;
}

static int table_left_out(const sensitivity_view *v) {
    static const ve_column column[] = {
        { "kind", "Without the", 0, 0 },     { "name", "", 0, 0 },
        { "path", "", 0, VE_COLUMN_HIDDEN }, { "best", "", 0, VE_COLUMN_HIDDEN },
        { "value_index", "V", 3, 0 },        { "change", "changes by", 4, 0 },
        { "best_name", "Best", 0, 0 }
    };
    char title[160];
    snprintf(title, sizeof title, "What if something were left out: V of %.80s",
             ve_words_option(v->outline, v->leader));
    int table =
        v->s->table(v->s, "left_out", title, v->left_outs ? 0 : VE_TABLE_HIDDEN, column, VE_COUNT(column));
    for (size_t i = 0; table >= 0 && i < v->left_outs; i++) {
        const sensitivity_left_out *l = &v->left_out[i];
        ve_cell *cell = v->s->row(v->s, table);
        cell[0] = VE_CELL_OF_TEXT(l->kind);
        cell[1] = VE_CELL_OF_TEXT(l->name);
        cell[2] = VE_CELL_OF_TEXT(l->path);
        cell[3] = VE_CELL_OF_TEXT(ve_words_id(v->outline, l->best));
        cell[4] = VE_CELL_OF_NUMBER(l->value);
        cell[5] = VE_CELL_OF_NUMBER(l->value - value_now(v));
        cell[6] = VE_CELL_OF_TEXT(ve_words_option(v->outline, l->best));
    }
    return table;
}

static int table_spread(const sensitivity_view *v) {
    static const ve_column column[] = { { "path", "", 0, VE_COLUMN_HIDDEN },
                                        { "name", "Uncertain", 0, 0 },
                                        { "first", "Alone", 1, VE_COLUMN_PERCENT | VE_COLUMN_BAR },
                                        { "first_error", "+-", 1, VE_COLUMN_PERCENT },
                                        { "total", "In all", 1, VE_COLUMN_PERCENT },
                                        { "total_error", "+-", 1, VE_COLUMN_PERCENT } };
    const ve_input *list;
    size_t count;
    if (v->s->inputs(v->s, &list, &count)) return -1;
    int table = v->s->table(v->s, "spread", "Where the spread of V comes from",
                            v->groups ? 0 : VE_TABLE_HIDDEN, column, VE_COUNT(column));
    for (size_t n = 0; table >= 0 && n < v->groups; n++) {
        const sensitivity_group *g = &v->group[n];
        sobol_index first = sobol_first(&g->sums), total = sobol_total(&g->sums);
        const double figures[] = { first.share, first.error, total.share, total.error };
        const char *name = group_name(v, g);
        ve_cell *cell = v->s->row(v->s, table);
        cell[0] = VE_CELL_OF_TEXT(list[v->drawing.input[g->first]].path);
        cell[1] = VE_CELL_OF_TEXT(name);
        for (size_t i = 0; i < VE_COUNT(figures); i++)
            cell[2 + i] = VE_CELL_OF_NUMBER(figures[i]);
    }
    return table;
}

ve_code sensitivity_tables(const sensitivity_view *v) {
    bool all = table_inputs(v) >= 0 && table_swings(v) >= 0 && table_turns(v) >= 0 &&
               table_left_out(v) >= 0 && table_spread(v) >= 0;
    return all ? VE_OK : VE_E_MEMORY;
}

/* ---- warnings ----------------------------------------------------------------------------------------- */

static void warn_near(const sensitivity_view *v) {
    const sensitivity_input *input = next_flip(v, NULL);
    if (!input || distance(input) >= NEAR) return;
    v->s->warn(v->s, VE_W_FLIP_NEAR, NULL, "the winner hangs on the %s: a change of %+.2g %% makes %s best.",
               input->of->label, sensitivity_flip_percent(input, sensitivity_nearest(input)),
               ve_words_option(v->outline, sensitivity_nearest(input)->to));
}

static void warn_customer(const sensitivity_view *v) {
    char room[300];
    for (size_t i = 0; i < v->left_outs; i++) {
        const sensitivity_left_out *l = &v->left_out[i];
        if (strcmp(l->kind, "customer") != 0 || l->best == v->leader) continue;
        v->s->warn(v->s, VE_W_ONE_CUSTOMER, NULL, "one customer decides: without %s, %s would be best.",
                   without(l, room), ve_words_option(v->outline, l->best));
        return;
    }
}

void sensitivity_warn(const sensitivity_view *v) {
    warn_near(v);
    warn_customer(v);
    if (v->failed)
        v->s->warn(v->s, VE_W_SENSITIVITY_FAILED, NULL, "%zu of %zu draws have no result: %s.", v->failed,
                   2 * v->draws, v->why);
}

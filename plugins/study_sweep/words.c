/* A sweep in words.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "study_sweep.h"
#include "ve/words.h"

enum { SHOWN = 12, MAP_MOST = 60 };

static const ve_input *input_of(const sweep_view *v, size_t axis) {
    const ve_input *list;
    size_t count;
    return v->s->inputs(v->s, &list, &count) ? NULL : &list[v->axis[axis].input];
}

static const char *label_of(const sweep_view *v, size_t axis) {
    const ve_input *input = input_of(v, axis);
    return input ? input->label : v->axis[axis].path;
}

/* The same wherever there is a result? SWEEP_FAILED: there is none anywhere. */
static bool is_one_winner(const sweep_view *v, int *winner) {
    *winner = SWEEP_FAILED;
    for (size_t i = 0; i <= v->crossings; i++) {
        int best = sweep_reign_of(v, i).best;
        if (best == SWEEP_FAILED) continue;
        if (*winner != SWEEP_FAILED && best != *winner) return false;
        *winner = best;
    }
    return true;
}

static void say_reign(const sweep_view *v, sweep_reign r) {
    char low[VE_PRINT_ROOM], high[VE_PRINT_ROOM];
    ve_words_number(r.from, low);
    ve_words_number(r.to, high);
    if (r.best == SWEEP_FAILED)
        v->s->say(v->s, "There is no result from %s to %s.", low, high);
    else
        v->s->say(v->s, "%s is best from %s to %s.", ve_words_option(v->outline, r.best), low, high);
}

static void say_reigns(const sweep_view *v) {
    for (size_t i = 0; i <= v->crossings && i < SHOWN; i++)
        say_reign(v, sweep_reign_of(v, i));
    if (v->crossings >= SHOWN) v->s->say(v->s, "And so on: the winner changes %zu times.", sweep_changes(v));
}

void sweep_say_line(const sweep_view *v) {
    const sweep_points *p = &v->points;
    char low[VE_PRINT_ROOM], high[VE_PRINT_ROOM];
    int winner;
    bool one = is_one_winner(v, &winner);
    if (one && !v->crossings && winner != SWEEP_FAILED) {
        v->s->say(v->s, "%s is best all the way: the %s, from %s to %s, does not change the winner.",
                  ve_words_option(v->outline, winner), label_of(v, 0), ve_words_number(p->value[0][0], low),
                  ve_words_number(p->value[0][p->rows - 1], high));
        return;
    }
    if (!one) v->s->say(v->s, "The winner depends on the %s:", label_of(v, 0));
    if (one && winner != SWEEP_FAILED)
        v->s->say(v->s, "The %s does not change the winner where there is a result:", label_of(v, 0));
    say_reigns(v);
}

/* ---- a map of winners ---------------------------------------------------------------------------- */

static char letter(int option) {
    return option == SWEEP_FAILED ? '-'
           : option < 0           ? '.'
           : option < 26          ? (char)('A' + option)
           : option < 52          ? (char)('a' + option - 26)
                                  : '?';
}

static size_t thin(size_t count, size_t most, size_t i) {
    return count <= most ? i : (size_t)((double)i * (double)(count - 1) / (double)(most - 1) + 0.5);
}

static void say_failed(const sweep_view *v) {
    double all = (double)v->points.rows;
    if (v->points.failed)
        v->s->say(v->s, "-: there is no result at %.1f %% of the points.",
                  100.0 * (double)v->points.failed / all);
}

static void say_legend(const sweep_view *v) {
    for (size_t i = 0; i < v->outline->options && i < 52; i++) {
        size_t seen = 0;
        for (size_t r = 0; r < v->points.rows; r++)
            seen += v->points.best[r] == (int)i;
        if (seen)
            v->s->say(v->s, "%c: %s is best at %.1f %% of the points.", letter((int)i),
                      v->outline->option[i].name, 100.0 * (double)seen / (double)v->points.rows);
    }
}

void sweep_say_grid(const sweep_view *v) {
    static const ve_column column[] = { { "value", "", VE_PRINT_FREE, 0 }, { "map", "", 0, 0 } };
    size_t inner = v->axis[0].count, outer = v->axis[1].count;
    size_t wide = inner < MAP_MOST ? inner : MAP_MOST, high = outer < MAP_MOST / 2 ? outer : MAP_MOST / 2;
    char title[512], low[VE_PRINT_ROOM], up[VE_PRINT_ROOM];
    say_legend(v);
    say_failed(v);
    snprintf(title, sizeof title, "Who is best: %.150s from %s to %s across, %.150s down", label_of(v, 0),
             ve_words_number(v->axis[0].from, low), ve_words_number(v->axis[0].to, up), label_of(v, 1));
    int table = v->s->table(v->s, "map", title, VE_TABLE_PAPER, column, VE_COUNT(column));
    for (size_t y = high; table >= 0 && y-- > 0;) {
        size_t row = thin(outer, high, y);
        char *map = v->s->base->memory(v->s->base, wide + 1); /* kept until the next row is begun */
        if (!map) return;
        for (size_t x = 0; x < wide; x++)
            map[x] = letter(v->points.best[row * inner + thin(inner, wide, x)]);
        ve_cell *cell = v->s->row(v->s, table);
        cell[0] = VE_CELL_OF_NUMBER(sweep_value(&v->axis[1], row));
        cell[1] = VE_CELL_OF_TEXT(map);
    }
}

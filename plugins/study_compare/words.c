/* The answer in words: where the winner changes, and why.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "study_compare.h"
#include "ve/print.h"

enum { SENTENCES = 10, REASONS = 3 };

/* ---- names ------------------------------------------------------------------------------------------ */

const char *compare_player_label(const compare_view *v, const compare_rival *rival,
                                 const compare_player *player) {
    const ve_replaced *change = rival->of->change;
    const char *first = change[player->change[0]].label;
    if (player->count == 1) return first;
    char room[COMPARE_ROOM];
    const char *second = change[player->change[1]].label;
    if (player->count == 2)
        snprintf(room, sizeof room, "%s and %s together", first, second);
    else
        snprintf(room, sizeof room, "%s, %s and %zu more together", first, second, player->count - 2);
    size_t bytes = strlen(room) + 1;
    char *text = compare_take(v, bytes, 1);
    return text ? memcpy(text, room, bytes) : first;
}

const char *compare_base_name(const compare_view *v) {
    return v->rival[0].of->model ? "the first" : "as it stands";
}

/* Cut between characters. */
static void put_text(const char *text, size_t most, char room[COMPARE_ROOM]) {
    size_t used = 0;
    unsigned code;
    while (text[used]) {
        size_t next = ve_print_next(text + used, &code);
        if (!next || used + next > most) break;
        used += next;
    }
    snprintf(room, COMPARE_ROOM, "%.*s%s", (int)used, text, text[used] ? "..." : "");
}

void compare_put_value(ve_cell cell, size_t most, char room[COMPARE_ROOM]) {
    char number[VE_PRINT_ROOM];
    if (cell.kind == VE_CELL_NUMBER) {
        ve_print_fixed(cell.number, VE_PRINT_FREE, number);
        snprintf(room, COMPARE_ROOM, "%s", number);
    } else if (cell.kind == VE_CELL_BOOLEAN) {
        snprintf(room, COMPARE_ROOM, "%s", cell.boolean ? "true" : "false");
    } else {
        put_text(cell.kind == VE_CELL_TEXT ? cell.text : "nothing", most, room);
    }
}

/* "cost of High grade (4200 -> 4830)"; what comes or goes is named by its label. */
static void put_player(const compare_view *v, const compare_rival *rival, const compare_player *player,
                       char *room, size_t bytes) {
    enum { SHORT = 40 };
    const ve_replaced *change = &rival->of->change[player->change[0]];
    char from[COMPARE_ROOM], to[COMPARE_ROOM];
    const char *label = compare_player_label(v, rival, player);
    compare_put_value(change->from, SHORT, from);
    compare_put_value(change->to, SHORT, to);
    if (player->count > 1 || change->comes || change->goes)
        snprintf(room, bytes, "%s", label);
    else
        snprintf(room, bytes, "%s (%s -> %s)", label, from, to);
}

/* ---- why the winner changes ------------------------------------------------------------------------- */

/* What a player does for the new winner against the old one. */
static double pull(const compare_view *v, const compare_drivers *d, size_t player, int old, int new) {
    const double *part = d->part + player * v->outline->options;
    return part[new] - part[old];
}

/* The strongest pull that is not told yet, at least a twentieth of all; -1. */
static int next_reason(const compare_view *v, const compare_drivers *d, int old, int new, const bool *told) {
    int found = -1;
    double all = 0, most = 0.0005;
    for (size_t p = 0; p < d->players; p++)
        all += fmax(pull(v, d, p, old, new), 0);
    most = fmax(most, all / 20);
    for (size_t p = 0; p < d->players; p++)
        if (!told[p] && pull(v, d, p, old, new) > most) most = pull(v, d, p, old, new), found = (int)p;
    return found;
}

static size_t put_effect(char *room, size_t bytes, double part, const char *name, bool again) {
    const char *what = part < 0 ? "takes" : "adds", *link = part < 0 ? "from" : "to";
    int used = snprintf(room, bytes, "%s%s %.3f %s %s %s", again ? " and " : " ", what, fabs(part), link,
                        again ? "that of" : "the value index of", name);
    return used > 0 && (size_t)used < bytes ? (size_t)used : bytes - 1;
}

/* "the cost of A (4200 -> 4830) takes 0.071 from the value index of A and adds 0.031 to that of B": where one
 * effect is a fifth of the other it is left out. */
static size_t put_reason(const compare_view *v, const compare_rival *rival, size_t player, int old, int new,
                         char *room, size_t bytes) {
    const compare_drivers *d = &rival->drivers;
    const double *part = d->part + player * v->outline->options;
    put_player(v, rival, &d->player[player], room, bytes);
    size_t used = strlen(room);
    bool one = fabs(part[old]) >= 0.2 * fabs(part[new]), other = fabs(part[new]) >= 0.2 * fabs(part[old]);
    if (one) used += put_effect(room + used, bytes - used, part[old], v->name[old], false);
    if (other) used += put_effect(room + used, bytes - used, part[new], v->name[new], one);
    return used;
}

static void put_reasons(const compare_view *v, const compare_rival *rival, int old, int new, char *room,
                        size_t bytes) {
    const compare_drivers *d = &rival->drivers;
    bool *told = compare_take(v, d->players, sizeof *told);
    size_t used = 0;
    room[0] = '\0';
    for (int n = 0; told && n < REASONS && used + 2 < bytes; n++) {
        int player = next_reason(v, d, old, new, told);
        if (player < 0) break;
        told[player] = true;
        if (n) used += (size_t)snprintf(room + used, bytes - used, "; ");
        used += put_reason(v, rival, (size_t)player, old, new, room + used, bytes - used);
    }
}

/* ---- the winner ------------------------------------------------------------------------------------- */

static const char *best_name(const compare_rival *rival) {
    const ve_outline *outline = rival->of->outline;
    return rival->outcome->best >= 0 ? outline->option[rival->outcome->best].name : NULL;
}

static bool keeps_winner(const compare_view *v, const compare_rival *rival) {
    if (v->base->best < 0 || rival->outcome->best < 0) return v->base->best == rival->outcome->best;
    return compare_best(v, rival) == v->base->best;
}

/* What is in the way of the old winner, besides its value index; NULL: nothing. */
static const char *barred(const compare_view *v, const compare_rival *rival) {
    if (v->base->best < 0) return NULL;
    int there = rival->of->option[v->base->best];
    if (there < 0) return "is not there";
    return rival->outcome->option[there].feasible ? NULL : "does not pass its gates there";
}

static void say_change(const compare_view *v, const compare_rival *rival) {
    char why[4 * COMPARE_ROOM];
    const char *name = rival->of->name, *best = best_name(rival), *bar = barred(v, rival);
    int old = v->base->best, new = compare_best(v, rival);
    if (!best) {
        v->s->say(v->s, "In '%s' no option can be chosen.", name);
    } else if (bar) {
        v->s->say(v->s, "In '%s' %s becomes best: %s %s.", name, best, v->name[old], bar);
    } else if (old < 0) {
        v->s->say(v->s, "In '%s' %s becomes best; as the model stands no option can be chosen.", name, best);
    } else if (new < 0) {
        v->s->say(v->s, "In '%s' %s becomes best, which is not among the options of the base.", name, best);
    } else {
        put_reasons(v, rival, old, new, why, sizeof why);
        v->s->say(v->s, "In '%s' %s becomes best%s%s.", name, best, *why ? ": " : "", why);
    }
}

static void say_changes(const compare_view *v) {
    size_t told = 0, more = 0;
    for (size_t i = 0; i < v->count; i++) {
        if (keeps_winner(v, &v->rival[i])) continue;
        if (told < SENTENCES)
            say_change(v, &v->rival[i]), told++;
        else
            more++;
    }
    if (more) v->s->say(v->s, "The winner changes in %zu more.", more);
}

static void say_base(const compare_view *v) {
    size_t keep = 0;
    for (size_t i = 0; i < v->count; i++)
        keep += keeps_winner(v, &v->rival[i]);
    if (v->base->best < 0) {
        v->s->say(v->s, "As the model stands no option can be chosen.");
        return;
    }
    const char *name = v->name[v->base->best];
    if (v->rival[0].of->model)
        v->s->say(v->s, "%s is best in the first model%s.", name, keep ? ", and in the second" : "");
    else if (v->count == 1)
        v->s->say(v->s, "%s is best as the model stands, %s in '%s'.", name, keep ? "and" : "but not",
                  v->rival[0].of->name);
    else if (keep == v->count)
        v->s->say(v->s, "%s is best as the model stands, and in all %zu scenarios.", name, v->count);
    else
        v->s->say(v->s, "%s is best as the model stands, and in %zu of %zu scenarios.", name, keep, v->count);
}

/* ---- how it was found ------------------------------------------------------------------------------- */

static void say_errors(const compare_view *v) {
    double most = 0;
    bool drawn = false;
    for (size_t i = 0; i < v->count; i++) {
        const compare_drivers *d = &v->rival[i].drivers;
        drawn = drawn || d->error;
        for (size_t c = 0; d->error && c < d->players * v->outline->options; c++)
            most = fmax(most, d->error[c]);
    }
    if (drawn)
        v->s->say(v->s,
                  "Where more than %d values change, what each does is estimated from %d random orders: the "
                  "standard errors are at most %.1g.",
                  COMPARE_EXACT, v->params->draws, most);
}

/* ---- two models ------------------------------------------------------------------------------------- */

typedef struct text {
    char bytes[2 * COMPARE_ROOM];
    size_t used, count;
} text;

static void add_name(text *t, const char *name) {
    enum { SHOWN = 8 };
    size_t room = sizeof t->bytes - t->used;
    if (t->count++ >= SHOWN || strlen(name) + 3 > room) return;
    t->used += (size_t)snprintf(t->bytes + t->used, room, "%s%s", t->used ? ", " : "", name);
}

static void say_only(const compare_view *v, const text *t, const char *what, const char *where) {
    if (t->count) v->s->say(v->s, "Only the %s model has the %s %s.", where, what, t->bytes);
}

static bool is_there(const int *there, size_t count, size_t number) {
    for (size_t i = 0; i < count; i++)
        if (there[i] == (int)number) return true;
    return false;
}

static void say_options(const compare_view *v, const ve_alternative *of) {
    text here = { .used = 0 }, there = { .used = 0 };
    for (size_t i = 0; i < v->outline->options; i++)
        if (of->option[i] < 0) add_name(&here, v->outline->option[i].id);
    for (size_t i = 0; i < of->outline->options; i++)
        if (!is_there(of->option, v->outline->options, i)) add_name(&there, of->outline->option[i].id);
    say_only(v, &here, here.count > 1 ? "options" : "option", "first");
    say_only(v, &there, there.count > 1 ? "options" : "option", "second");
}

static void say_functions(const compare_view *v, const ve_alternative *of) {
    text here = { .used = 0 }, there = { .used = 0 };
    for (size_t n = 0; n < v->outline->functions; n++)
        if (of->node[n] < 0) add_name(&here, v->outline->function[n].id);
    for (size_t n = 0; n < of->outline->functions; n++)
        if (!is_there(of->node, v->outline->functions, n)) add_name(&there, of->outline->function[n].id);
    say_only(v, &here, here.count > 1 ? "functions" : "function", "first");
    say_only(v, &there, there.count > 1 ? "functions" : "function", "second");
    if (!here.count && !there.count)
        v->s->say(v->s, "Both models speak of the same functions, by their ids.");
}

void compare_say(const compare_view *v) {
    say_base(v);
    say_changes(v);
    say_errors(v);
    if (!v->rival[0].of->model) return;
    say_options(v, v->rival[0].of);
    say_functions(v, v->rival[0].of);
}

/* ---- warnings --------------------------------------------------------------------------------------- */

static bool has_common(const compare_view *v, const compare_rival *rival) {
    for (size_t o = 0; o < v->outline->options; o++)
        if (rival->of->option[o] >= 0) return true;
    return false;
}

static void warn_rival(const compare_view *v, const compare_rival *rival) {
    const compare_drivers *d = &rival->drivers;
    const char *name = rival->of->name;
    if (!rival->of->changes)
        v->s->warn(v->s, VE_W_SAME, NULL, "'%s' changes nothing: every value is as in the base.", name);
    if (!has_common(v, rival))
        v->s->warn(v->s, VE_W_NOTHING_COMMON, NULL,
                   "No option stands in both '%s' and the base, so their value indices cannot be compared.",
                   name);
    if (d->joint)
        v->s->warn(v->s, VE_W_JOINT, NULL, "In '%s' %zu changes only work together: %s.", name,
                   d->player[0].count, compare_player_label(v, rival, &d->player[0]));
}

void compare_warn(const compare_view *v) {
    for (size_t i = 0; i < v->count; i++)
        warn_rival(v, &v->rival[i]);
}

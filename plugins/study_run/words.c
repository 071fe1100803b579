/* The answer in words: who wins and why, how far ahead, and what positioning changed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "study_run.h"

static void say_winner(const run_view *v) {
    const ve_outcome_option *best = &v->outcome->option[v->outcome->best];
    const char *name = v->name[v->outcome->best];
    char function[VE_WORDS_ROOM], cost[VE_WORDS_ROOM];
    if (!ve_print_finite(best->value_index)) {
        v->services->say(v->services, "%s is best. It costs nothing, so it has no value index.", name);
        return;
    }
    study_run_pair(100 * best->function_coefficient, 100 * best->cost_coefficient, 1, function, cost);
    v->services->say(
        v->services,
        "%s is best, with a value index of %.3f: it brings %s %% of all function for %s %% of all cost.",
        name, best->value_index, function, cost);
}

static const char *lead_words(double ratio, char room[2 * VE_WORDS_ROOM]) {
    char by[VE_WORDS_ROOM];
    if (ratio < 2)
        snprintf(room, 2 * VE_WORDS_ROOM, "It is %s ahead of", ve_words_percent(ratio - 1, by));
    else
        snprintf(room, 2 * VE_WORDS_ROOM, "Its value index is %.1f times that of", ratio);
    return room;
}

/* Why the best beats the second: value is function for cost, so the two ratios say it all. */
static void say_why(const run_view *v, int second) {
    const ve_outcome_option *b = &v->outcome->option[v->outcome->best], *o = &v->outcome->option[second];
    double function = b->function_coefficient / o->function_coefficient, cost = b->cost / o->cost;
    char lead[2 * VE_WORDS_ROOM], more[VE_WORDS_ROOM], price[VE_WORDS_ROOM];
    const char *link = function < 1 - 5e-5 && cost < 1 - 5e-5 ? ", but" : "";
    if (!ve_print_finite(function) || !ve_print_finite(cost) || cost <= 0) return;
    v->services->say(v->services, "%s %s (%.3f): it brings %s%s for %s.",
                     lead_words(b->value_index / o->value_index, lead), v->name[second], o->value_index,
                     study_run_ratio(function, "function", more), link, study_run_ratio(cost, "cost", price));
}

static void say_second(const run_view *v) {
    if (v->ranked < 2) {
        v->services->say(v->services, "No other option can be chosen.");
        return;
    }
    int second = v->order[1];
    double best = study_run_value(v->outcome, v->outcome->best), other = study_run_value(v->outcome, second);
    if (v->outcome->option[second].rank == 1)
        v->services->say(v->services, "%s is just as good; the first of the two in the model is named.",
                         v->name[second]);
    else if (best > other && other > 0)
        say_why(v, second);
    else if (other > best)
        v->services->say(v->services, "The model's rule puts it before %s, whose value index is %.3f.",
                         v->name[second], other);
    else
        v->services->say(v->services, "Second is %s.", v->name[second]);
}

static void say_gates(const run_view *v) {
    char reached[VE_WORDS_ROOM], asked[VE_WORDS_ROOM];
    size_t told = 0;
    for (size_t i = 0; i < v->outline->options && told < VE_WORDS_SHOWN; i++) {
        int gate = v->outcome->option[i].feasible ? -1 : study_run_failed_gate(v, i);
        if (gate < 0) continue;
        told++;
        study_run_pair(v->node_score[i * v->outline->functions + (size_t)gate],
                       study_run_minimum(v, i, (size_t)gate), 2, reached, asked);
        v->services->say(v->services, "%s cannot be chosen: its score on %s is %s, and at least %s is asked.",
                         v->name[i], v->outline->function[gate].name, reached, asked);
    }
}

static void say_rule(const run_view *v) {
    size_t told = 0;
    if (!v->outline->rule) return;
    v->services->say(v->services, "The model chooses by %s: %s.", v->outline->rule, v->outline->rule_summary);
    for (size_t i = 0; i < v->outline->options && told < VE_WORDS_SHOWN; i++) {
        const ve_outcome_option *option = &v->outcome->option[i];
        if (!option->feasible || option->rank > 0) continue;
        told++;
        v->services->say(v->services, "%s cannot be chosen: this rule leaves it out.", v->name[i]);
    }
}

/* The option that positioning moves most, other than the winner. */
static int most_moved(const run_view *v) {
    int found = -1;
    double most = 0.0005;
    for (size_t i = 0; i < v->outline->options; i++) {
        double moved = fabs(study_run_value(v->outcome, (int)i) - study_run_value(v->alike, (int)i));
        if ((int)i != v->outcome->best && moved > most) {
            most = moved;
            found = (int)i;
        }
    }
    return found;
}

static void say_same_winner(const run_view *v) {
    int best = v->outcome->best, moved = most_moved(v);
    double now = study_run_value(v->outcome, best), then = study_run_value(v->alike, best);
    char with[VE_WORDS_ROOM], other[VE_WORDS_ROOM] = "";
    if (!ve_print_finite(now) || !ve_print_finite(then)) return;
    if (fabs(now - then) < 0.0005)
        snprintf(with, sizeof with, "the same value index");
    else
        snprintf(with, sizeof with, "%.3f in place of %.3f", then, now);
    if (moved >= 0)
        snprintf(other, sizeof other, "from %.3f to %.3f", study_run_value(v->alike, moved),
                 study_run_value(v->outcome, moved));
    v->services->say(
        v->services,
        "Positioning does not change the winner: if all customers counted alike, %s would be best too, "
        "with %s.%s%s%s%s%s",
        v->name[best], with, moved >= 0 ? " It moves " : "", moved >= 0 ? v->name[moved] : "",
        moved >= 0 ? " " : "", other, moved >= 0 ? "." : "");
}

static void say_other_winner(const run_view *v) {
    int now = v->outcome->best, then = v->alike->best;
    char fate[VE_WORDS_ROOM];
    if (v->alike->option[now].feasible)
        snprintf(fate, sizeof fate, "would have %.3f", study_run_value(v->alike, now));
    else
        snprintf(fate, sizeof fate, "would not pass its gates");
    v->services->say(
        v->services,
        "Positioning decides: if all customers counted alike, %s would be best, with %.3f; %s %s.",
        v->name[then], study_run_value(v->alike, then), v->name[now], fate);
}

static void say_positioning(const run_view *v) {
    int now = v->outcome->best, then = v->alike->best;
    if (now == then)
        say_same_winner(v);
    else if (then < 0)
        v->services->say(
            v->services,
            "Positioning decides: if all customers counted alike, no option would pass its gates.");
    else if (now < 0)
        v->services->say(v->services,
                         "Positioning decides: if all customers counted alike, %s would be best, with %.3f.",
                         v->name[then], study_run_value(v->alike, then));
    else
        say_other_winner(v);
}

static void say_customers(const run_view *v) {
    if (!(v->outline->customers > 0))
        v->services->say(v->services,
                         "There is no survey: the scores stand in the model, and positioning plays no part.");
    else if (!v->outline->positioned)
        v->services->say(v->services, "No option has a target, so all customers%s count alike.",
                         v->outline->tiers_weighted ? " of a tier" : "");
    else if (v->outcome->best >= 0 || v->alike->best >= 0)
        say_positioning(v);
}

static void say_meaning(const run_view *v) {
    static const char *const number[] = { "",    "",      "two",   "three", "four", "five",
                                          "six", "seven", "eight", "nine",  "ten" };
    char digits[24];
    size_t m = v->outline->options;
    snprintf(digits, sizeof digits, "%zu", m);
    v->services->say(
        v->services,
        "A value index above 1 only means: better than the average of these %s options, weighted by cost.%s",
        m < VE_COUNT(number) ? number[m] : digits,
        v->outline->positioned && v->outline->customers > 0
            ? " Every option is judged by its own target customers, so the figures do not say which option "
              "one and the same customer would prefer."
            : "");
}

static bool any_gate_failed(const run_view *v) {
    for (size_t i = 0; i < v->outline->options; i++)
        if (study_run_failed_gate(v, i) >= 0) return true;
    return false;
}

/* The table has one minimum for all options. */
static void say_kano_gate(const run_view *v, size_t node, const char **name) {
    size_t gated = 0;
    for (size_t i = 0; i < v->outline->options; i++)
        if (!isnan(study_run_minimum(v, i, node))) name[gated++] = v->name[i];
    if (gated > 0 && gated < v->outline->options)
        v->services->say(v->services, "%s is a gate for %s only: for their customers it must be.",
                         v->outline->function[node].name, study_run_join(v, name, gated));
}

static void say_kano(const run_view *v) {
    if (!v->aside) return;
    v->services->say(v->services, "By Kano's classes, %s.", v->outline->kano_effect);
    const char **name = study_run_take(v, v->outline->options, sizeof *name);
    for (size_t n = 0; name && n < v->outline->functions; n++)
        say_kano_gate(v, n, name);
}

void study_run_say(const run_view *v) {
    if (v->outcome->best >= 0) {
        say_winner(v);
        say_second(v);
    } else
        v->services->say(v->services, "No option %s, so none is best.",
                         any_gate_failed(v) ? "passes its gates" : "can be chosen");
    say_gates(v);
    say_rule(v);
    say_customers(v);
    say_kano(v);
    say_meaning(v);
}

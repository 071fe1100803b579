/* What a planner should know before trusting the answer: every warning with its figures and a way out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "study_run.h"
#include "ve/shift.h"

static const char *const aggregate_name[] = {
#define RUN_AGGREGATE_NAME(name, word, doc) word,
    VE_AGGREGATES(RUN_AGGREGATE_NAME)
#undef RUN_AGGREGATE_NAME
};

static bool surveyed(const run_view *v) {
    return v->outline->customers > 0;
}

static bool has_targets(const run_view *v) {
    return v->outline->positioned && surveyed(v);
}

static const char *winner(const run_view *v, const ve_outcome *outcome) {
    return outcome->best >= 0 ? v->name[outcome->best] : "none";
}

static void warn_aggregate(const run_view *v) {
    const ve_outcome *mean = v->by[VE_AGGREGATE_MEAN], *sum = v->by[VE_AGGREGATE_SUM],
                     *peak = v->by[VE_AGGREGATE_PEAK];
    if (!has_targets(v) || (mean->best == sum->best && mean->best == peak->best)) return;
    v->services->warn(
        v->services, VE_W_AGGREGATE,
        "set `aggregate` to the one you mean: \"mean\" asks how well an option suits its target; \"sum\" and "
        "\"peak\" also ask how many of the surveyed customers are near it",
        "The winner depends on how customers are added up: by mean it is %s (%.3f), by sum %s (%.3f), by "
        "peak %s (%.3f). This answer uses %s.",
        winner(v, mean), study_run_value(mean, mean->best), winner(v, sum), study_run_value(sum, sum->best),
        winner(v, peak), study_run_value(peak, peak->best), aggregate_name[v->aggregate]);
}

static void warn_positioning(const run_view *v) {
    int now = v->outcome->best, then = v->alike->best;
    if (!has_targets(v) || now == then) return;
    char first[VE_WORDS_ROOM], second[VE_WORDS_ROOM];
    study_run_pair(study_run_value(v->outcome, now), study_run_value(v->alike, then), 3, first, second);
    v->services->warn(
        v->services, VE_W_POSITIONING,
        "that is what positioning does: check that the targets are the ones you want",
        "The winner rests on the targets: %s (%s) with them, %s (%s) if all customers count alike.",
        winner(v, v->outcome), now >= 0 ? first : "no value index", winner(v, v->alike),
        then >= 0 ? second : "no value index");
}

static void warn_few(const run_view *v) {
    for (size_t i = 0; i < v->outline->options && has_targets(v); i++) {
        double effective = v->outcome->option[i].effective_customers;
        if (effective < 2)
            v->services->warn(
                v->services, VE_W_FEW, "survey more customers near this target, or widen it (a larger sd)",
                "The result of %s rests on the answers of only %.2f effective customers, of %.0f asked.",
                v->name[i], effective, v->outline->customers);
    }
}

static bool warn_far(const run_view *v, size_t option) {
    char share[VE_WORDS_ROOM];
    double nearest = v->outcome->option[option].nearest;
    if (!(nearest < exp(-2))) return false;
    v->services->warn(
        v->services, VE_W_OUTSIDE,
        "survey customers near this target, move it or widen it: now its scores come from others",
        "No surveyed customer is near the target of %s: the nearest one has %s of the weight of a customer "
        "in its middle.",
        v->name[option], ve_words_percent(nearest, share));
    return true;
}

static void warn_beyond(const run_view *v, size_t option, size_t a) {
    const ve_outline_attribute *attribute = &v->outline->attribute[a];
    double centre = v->outline->centre ? v->outline->centre[option * v->outline->attributes + a] : NAN;
    char at[VE_WORDS_ROOM], low[VE_WORDS_ROOM], high[VE_WORDS_ROOM];
    if (attribute->text || !(centre < attribute->low || centre > attribute->high)) return;
    v->services->warn(
        v->services, VE_W_OUTSIDE, "survey customers there, or move the target",
        "The target of %s has its middle at %s = %s, outside the survey, which goes from %s to %s.",
        v->name[option], attribute->id, ve_words_figure(centre, at), ve_words_figure(attribute->low, low),
        ve_words_figure(attribute->high, high));
}

static void warn_outside(const run_view *v) {
    for (size_t i = 0; i < v->outline->options && has_targets(v); i++)
        if (!warn_far(v, i))
            for (size_t a = 0; a < v->outline->attributes; a++)
                warn_beyond(v, i, a);
}

/* Weight zero for every option, where weights differ by option. */
static bool weighs_nothing(const run_view *v, size_t node) {
    size_t n = v->outline->functions;
    for (size_t i = 0; i < v->outline->options; i++)
        if (v->outcome->local_weight[i * n + node] > 0) return false;
    return true;
}

static void warn_zero(const run_view *v) {
    const char **name = study_run_take(v, v->outline->functions, sizeof *name);
    size_t found = 0;
    for (size_t n = 0; name && n < v->outline->functions; n++)
        if (weighs_nothing(v, n)) name[found++] = v->outline->function[n].name;
    if (found == 0) return;
    v->services->warn(
        v->services, VE_W_ZERO_WEIGHT,
        "leave it out, or judge it again: with 0-1 scoring, `corrected = true` keeps every weight above zero",
        "%s %s a weight of 0, so %s scores change nothing.", study_run_join(v, name, found),
        found == 1 ? "has" : "have", found == 1 ? "its" : "their");
}

static void warn_close(const run_view *v) {
    char apart[VE_WORDS_ROOM], first[VE_WORDS_ROOM], second[VE_WORDS_ROOM];
    size_t told = 0;
    for (size_t r = 1; r < v->ranked && told < VE_WORDS_SHOWN; r++) {
        int upper = v->order[r - 1], lower = v->order[r];
        double a = study_run_value(v->outcome, upper), b = study_run_value(v->outcome, lower);
        bool tied = v->outcome->option[upper].rank == v->outcome->option[lower].rank;
        if ((tied && v->outcome->option[lower].rank == 1) || !(fabs(a - b) < 0.01 * fmax(a, b))) continue;
        told++;
        study_run_pair(a, b, 3, first, second);
        ve_words_percent(fabs(a - b) / fmin(a, b), apart);
        v->services->warn(v->services, VE_W_CLOSE, "treat them as equal until better data tells them apart",
                          "%s (%s) and %s (%s) are only %s apart.", v->name[upper], first, v->name[lower],
                          second, a == b ? "0 %" : apart);
    }
}

/* ---- shifted scores ------------------------------------------------------------------------------------ */

static void warn_shift(const run_view *v) {
    double shift, within = ve_shift_scale(v->outline, v->outcome) / 4;
    char by[VE_WORDS_ROOM];
    int other = ve_shift_nearest(v->outline, v->outcome, within, &shift);
    if (other < 0 || v->outcome->option[other].rank == 1) return;
    v->services->warn(
        v->services, VE_W_SHIFT,
        "make sure that a score of 0 means 'does not serve at all'; a scale that begins at 1 may be moved to "
        "0",
        "The answer hangs on where the scale begins: with every score more than %s %s, %s would beat %s.",
        ve_words_figure(fabs(shift), by), shift > 0 ? "higher" : "lower", v->name[other],
        v->name[v->outcome->best]);
}

/* ---- weights, gaps, ties, gates ------------------------------------------------------------------------ */

static void warn_equal(const run_view *v) {
    const char **name = study_run_take(v, v->outline->lists, sizeof *name);
    bool top = false;
    size_t found = 0;
    for (size_t l = 0; name && l < v->outline->lists; l++) {
        if (strcmp(v->outline->list[l].method, "equal") != 0 || v->list[l].count < 2) continue;
        const char *parent = v->list[l].parent;
        if (parent) name[found++] = parent;
        top = top || !parent;
    }
    if (!top && found == 0) return;
    v->services->warn(v->services, VE_W_EQUAL_WEIGHTS, "give them `weight`, or judge them in `weights`",
                      "No weights are given for %s%s%s%s, so they count alike.",
                      top ? "the main functions" : "", top && found ? " and " : "",
                      found ? "the parts of " : "", found ? study_run_join(v, name, found) : "");
}

static void warn_skipped(const run_view *v) {
    double skipped = v->outline->skipped, all = skipped + v->outline->customers;
    char share[VE_WORDS_ROOM];
    if (skipped > 0)
        v->services->warn(v->services, VE_W_SKIPPED, "compare them with the rest before you trust the result",
                          "%.0f of %.0f customers (%s) %s left out, because an answer is missing.", skipped,
                          all, ve_words_percent(skipped / all, share), skipped > 1 ? "were" : "was");
}

static void warn_ratio(const run_view *v, double ratio, const char *before, const char *what) {
    if (ratio >= 0.1)
        v->services->warn(v->services, VE_W_INCONSISTENT,
                          "judge the pairs again, beginning with the boldest ones",
                          "The pairwise judgements of %s%s contradict each other: their consistency ratio is "
                          "%.3f, and should stay below 0.1.",
                          before, what, ratio);
}

static void warn_inconsistent(const run_view *v) {
    for (size_t l = 0; l < v->outline->lists; l++) {
        const char *parent = v->list[l].parent;
        warn_ratio(v, v->outcome->list[l].consistency_ratio, parent ? "the parts of " : "the main functions",
                   parent ? parent : "");
    }
    for (size_t n = 0; n < v->outline->functions; n++) {
        const ve_outline_function *f = &v->outline->function[n];
        if (f->scored_by)
            warn_ratio(v, v->outcome->scored[f->leaf].consistency_ratio, "the options on ", f->name);
    }
}

static void warn_judged(const run_view *v, const ve_outcome_list *judged) {
    if (judged->warning)
        v->services->warn(v->services, judged->warning, NULL, "%s", judged->warned ? judged->warned : "");
}

/* What the judgements have to say themselves. */
static void warn_judgements(const run_view *v) {
    for (size_t l = 0; l < v->outline->lists; l++)
        warn_judged(v, &v->outcome->list[l]);
    for (size_t n = 0; n < v->outline->functions; n++)
        if (v->outline->function[n].scored_by)
            warn_judged(v, &v->outcome->scored[v->outline->function[n].leaf]);
}

static void warn_tie(const run_view *v) {
    const char **name = study_run_take(v, v->outline->options, sizeof *name);
    size_t tied = 0;
    for (size_t r = 0; name && r < v->ranked; r++)
        if (v->outcome->option[v->order[r]].rank == 1) name[tied++] = v->name[v->order[r]];
    if (tied > 1)
        v->services->warn(
            v->services, VE_W_TIE, "look for a function or a cost that tells them apart",
            "%s share the first place, with a value index of %.3f; the first of them in the model is named.",
            study_run_join(v, name, tied), study_run_value(v->outcome, v->outcome->best));
}

/* The infeasible option that misses its worst gate by least. */
static size_t nearest_to_pass(const run_view *v) {
    size_t n = v->outline->functions, found = 0;
    double least = INFINITY;
    for (size_t i = 0; i < v->outline->options; i++) {
        int gate = study_run_failed_gate(v, i);
        double missing =
            gate < 0 ? INFINITY : study_run_minimum(v, i, (size_t)gate) - v->node_score[i * n + (size_t)gate];
        if (missing < least) {
            least = missing;
            found = i;
        }
    }
    return found;
}

static void warn_none(const run_view *v) {
    char reached[VE_WORDS_ROOM], asked[VE_WORDS_ROOM];
    if (v->outcome->best >= 0) return;
    size_t i = nearest_to_pass(v);
    int gate = study_run_failed_gate(v, i);
    if (gate < 0) {
        v->services->warn(v->services, VE_W_NONE_FEASIBLE, NULL, "No option can be chosen.");
        return;
    }
    const ve_outline_function *function = &v->outline->function[gate];
    study_run_pair(v->node_score[i * v->outline->functions + (size_t)gate],
                   study_run_minimum(v, i, (size_t)gate), 2, reached, asked);
    v->services->warn(v->services, VE_W_NONE_FEASIBLE, "lower a `minimum`, or improve an option",
                      "No option passes its gates. %s comes nearest: it scores %s on %s, where %s is asked.",
                      v->name[i], reached, function->name, asked);
}

static bool is_unsure(const run_view *v, size_t node) {
    for (size_t i = 0; v->outline->function[node].kano && i < v->outline->options; i++)
        if (!v->outcome->kano[i * v->outline->functions + node].significant) return true;
    return false;
}

/* The functions of a class that is not certain for the customers of some option; "" where there are none. */
static const char *unsure_classes(const run_view *v) {
    const char **name = study_run_take(v, v->outline->functions, sizeof *name);
    size_t unsure = 0;
    for (size_t n = 0; name && n < v->outline->functions; n++)
        if (is_unsure(v, n)) name[unsure++] = v->outline->function[n].name;
    return unsure > 0 ? study_run_join(v, name, unsure) : "";
}

static void warn_kano(const run_view *v) {
    static const char more[] = " And the replies are too few, or too divided, to be certain of the class of ";
    if (!v->aside || v->aside->best == v->outcome->best || v->aside->best < 0 || v->outcome->best < 0) return;
    const char *unsure = unsure_classes(v);
    v->services->warn(v->services, VE_W_KANO, NULL,
                      "The winner rests on Kano's classes: %s with them, %s if they are only reported.%s%s%s",
                      v->name[v->outcome->best], v->name[v->aside->best], *unsure ? more : "", unsure,
                      *unsure ? "." : "");
}

void study_run_warn(const run_view *v) {
    warn_aggregate(v);
    warn_positioning(v);
    warn_few(v);
    warn_outside(v);
    warn_zero(v);
    warn_close(v);
    warn_shift(v);
    warn_equal(v);
    warn_skipped(v);
    warn_inconsistent(v);
    warn_judgements(v);
    warn_kano(v);
    warn_tie(v);
    warn_none(v);
}

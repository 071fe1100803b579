/* What a planner should know before acting on the targets.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "study_improve.h"

/* ---- nothing for something --------------------------------------------------------------------- */

static void warn_no_use(const improve_view *v) {
    const char **name = improve_take(v, v->items, sizeof *name);
    char room[VE_WORDS_ROOM];
    double cost = 0;
    size_t found = 0;
    for (size_t i = 0; name && i < v->items; i++) {
        if (v->item[i].importance != 0 || !(v->item[i].cost > 0)) continue;
        name[found++] = v->item[i].name;
        cost += v->item[i].cost;
    }
    if (found)
        v->services->warn(v->services, VE_W_NO_USE,
                          "leave it out, or judge again: with 0-1 scoring the last one gets 0 unless "
                          "`corrected = true`",
                          "%s cost%s %s and serve%s no function: %s value index is 0.",
                          improve_join(v, name, found), found == 1 ? "s" : "", ve_words_figure(cost, room),
                          found == 1 ? "s" : "", found == 1 ? "its" : "their");
}

/* ---- scores that are meant to be shares -------------------------------------------------------- */

static double sum_of_scores(const ve_outline *o) {
    double sum = 0;
    for (size_t c = 0; c < o->components; c++) {
        double score = o->component[c].score;
        if (!(score < 1)) return NAN;
        sum += score;
    }
    return sum;
}

static void warn_shares(const improve_view *v) {
    char room[VE_PRINT_ROOM];
    double sum = v->functions || v->outline->component_method ? NAN : sum_of_scores(v->outline);
    if (v->outline->components < 2 || !(sum > 0.8 && sum < 1.25) || fabs(sum - 1) <= 0.005) return;
    ve_print_fixed(sum, VE_PRINT_FREE, room);
    v->services->warn(
        v->services, VE_W_SHARES,
        "look for a slip of the pen; where the scores are no shares, write them in larger units",
        "The scores of the components look like shares, but add up to %s, not 1. They are scaled "
        "to make 1.",
        room);
}

/* ---- what is not said -------------------------------------------------------------------------- */

static void warn_no_allocation(const improve_view *v) {
    if (v->known) return;
    const char *name = v->outline->option[v->option].name;
    char key[VE_PRINT_KEY_ROOM];
    v->services->warn(v->services, VE_W_NO_ALLOCATION,
                      improve_text(v,
                                   "add spent_on = { %s = ... } to the option, the shares of its cost; or "
                                   "`components` to the model",
                                   ve_print_key(v->item[0].id, key)),
                      "The model does not say what each function of %s costs, so there are targets, but no "
                      "value indices and no savings.",
                      name);
}

static size_t siblings(const ve_outline *o, size_t list) {
    size_t count = 0;
    for (size_t n = 0; n < o->functions; n++)
        count += o->function[n].list == (int)list;
    return count;
}

/* Only where function weights decide who is important. */
static void warn_equal(const improve_view *v) {
    const ve_outline *o = v->outline;
    bool used = v->functions || (o->components && o->component[0].serves);
    for (size_t l = 0; used && l < o->lists; l++) {
        if (strcmp(o->list[l].method, "equal") != 0 || siblings(o, l) < 2) continue;
        v->services->warn(v->services, VE_W_EQUAL_WEIGHTS, "give them `weight`, or judge them in `weights`",
                          "Some functions have no weights, so they count alike, and the targets with them.");
        return;
    }
}

void improve_warn(const improve_view *v) {
    warn_no_allocation(v);
    warn_no_use(v);
    warn_shares(v);
    warn_equal(v);
}

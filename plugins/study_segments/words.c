/* The answer in words: how concentrated profit is, and which option serves which tier best.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "study_segments.h"

enum { ROOM = 512 };

/* ---- lists of names ---------------------------------------------------------------------------- */

typedef struct list {
    char text[ROOM];
    const char *last; /* not in the text yet */
} list;

static void append(list *l, const char *before, const char *text) {
    size_t used = strlen(l->text);
    snprintf(l->text + used, ROOM - used, "%s%s", before, text);
}

static void add(list *l, const char *name) {
    if (l->last) append(l, l->text[0] ? ", " : "", l->last);
    l->last = name;
}

static const char *close_list(list *l) {
    if (l->last) append(l, l->text[0] ? " and " : "", l->last);
    l->last = NULL;
    return l->text;
}

/* ---- how concentrated -------------------------------------------------------------------------- */

static const char *judge(double top20) {
    if (top20 >= 0.8) return "as concentrated as the 80/20 rule says, or more";
    if (top20 >= 0.5) return "concentrated on few";
    if (top20 >= 0.3) return "somewhat concentrated";
    return "spread rather evenly";
}

static void say_losses(const segments_view *v) {
    const ve_outline *o = v->outline;
    if (!(o->loss_customers > 0)) return;
    v->services->say(
        v->services,
        "%.1f %% of customers bring losses, together %.1f %% of all profit: up to them the Lorenz "
        "curve goes down below zero, and the Gini coefficient could be above 1.",
        100 * o->loss_customers, 100 * o->loss);
}

static void say_concentration(const segments_view *v) {
    const ve_outline *o = v->outline;
    if (isnan(o->gini)) {
        v->services->say(
            v->services,
            "All customers together bring no profit (%.6g each, by %s), so there are no shares of it, "
            "no Lorenz curve and no Gini coefficient.",
            o->profit, o->tiers_by);
        return;
    }
    v->services->say(
        v->services,
        "The most profitable 20 %% of customers bring %.1f %% of all profit, the Gini coefficient is "
        "%.3f: profit is %s.",
        100 * o->top20_share, o->gini, judge(o->top20_share));
    say_losses(v);
}

/* ---- who serves whom --------------------------------------------------------------------------- */

static size_t tiers_of(const segments_view *v, int option, list *names) {
    size_t count = 0;
    for (size_t k = 0; k < v->outline->tiers; k++) {
        if (!segments_answer(v, k) || segments_best(v, k) != option) continue;
        add(names, v->outline->tier[k].name);
        count++;
    }
    return count;
}

/* No tier before this one has the same best option. */
static bool is_first(const segments_view *v, size_t tier) {
    for (size_t k = 0; k < tier; k++)
        if (segments_best(v, k) == segments_best(v, tier)) return false;
    return true;
}

static void say_best(const segments_view *v) {
    char text[2 * ROOM] = "";
    for (size_t k = 0; k < v->outline->tiers; k++) {
        list names = { "", NULL };
        int best = segments_best(v, k);
        size_t used = strlen(text);
        if (best < 0 || !is_first(v, k)) continue;
        const char *name = v->outline->option[best].name;
        if (tiers_of(v, best, &names) == v->outline->tiers) {
            v->services->say(v->services, "%s is best for every tier.", name);
            return;
        }
        snprintf(text + used, sizeof text - used, "%s%s%s for %s", used ? ", " : "", name,
                 used ? "" : " is best", close_list(&names));
    }
    if (text[0]) v->services->say(v->services, "%s.", text);
}

static void say_none(const segments_view *v) {
    list names = { "", NULL };
    if (tiers_of(v, -1, &names))
        v->services->say(v->services, "No option can be chosen for %s.", close_list(&names));
}

/* Tiers whose answer would be another if all their customers counted alike. */
static void say_alike(const segments_view *v) {
    for (size_t k = 0; k < v->outline->tiers; k++) {
        const segments_tier *own = &v->tier[k];
        if (!own->outcome || !own->alike || own->outcome->best == own->alike->best || own->alike->best < 0)
            continue;
        v->services->say(v->services, "If all customers of %s counted alike, %s would be best for them.",
                         v->outline->tier[k].name, v->outline->option[own->alike->best].name);
    }
}

static void say_all(const segments_view *v) {
    bool differs = false;
    if (!v->all || v->all->best < 0) return;
    for (size_t k = 0; k < v->outline->tiers; k++)
        differs = differs || segments_best(v, k) != v->all->best;
    if (differs)
        v->services->say(v->services, "Over all customers%s %s is best.",
                         v->outline->tiers_weighted ? ", as much as their tiers count," : "",
                         v->outline->option[v->all->best].name);
}

void segments_say(const segments_view *view) {
    say_concentration(view);
    say_best(view);
    say_none(view);
    say_all(view);
    say_alike(view);
    view->services->say(
        view->services,
        "A value index compares the options for the customers of one tier; it does not say what a "
        "tier is worth.");
}

/* ---- warnings ---------------------------------------------------------------------------------- */

static void warn_tier(const segments_view *v, size_t k) {
    const ve_outline_tier *tier = &v->outline->tier[k];
    const ve_outcome *outcome = segments_answer(v, k);
    if (!outcome && tier->customers > 0) return; /* why it has no answer is said already */
    if (!outcome) {
        v->services->warn(v->services, VE_W_FEW, "give it a greater share", "No customer belongs to %s.",
                          tier->name);
        return;
    }
    size_t fewest = 0;
    for (size_t i = 1; i < v->outline->options; i++)
        if (outcome->option[i].effective_customers < outcome->option[fewest].effective_customers) fewest = i;
    double effective = outcome->option[fewest].effective_customers;
    if (tier->customers < 2 || effective < 2)
        v->services->warn(
            v->services, VE_W_FEW, "survey more customers of this tier, or give it a greater share",
            "%s has %.4g customers: its result for %s rests on the answers of only %.2f effective "
            "customers.",
            tier->name, tier->customers, v->outline->option[fewest].name, effective);
}

static void warn_out_of_reach(const segments_view *v, size_t k) {
    list names = { "", NULL };
    if (v->tier[k].outcome || !v->tier[k].alike) return;
    for (size_t i = 0; i < v->outline->options; i++)
        if (!v->outline->tier_reached[k * v->outline->options + i]) add(&names, v->outline->option[i].name);
    if (!names.last) return; /* why its targets have no result is said already */
    v->services->warn(
        v->services, VE_W_OUTSIDE, "widen the target, or leave the option out for this tier",
        "No customer of %s has any weight for %s: its options are compared with all its customers "
        "counting alike.",
        v->outline->tier[k].name, close_list(&names));
}

void segments_warn(const segments_view *view) {
    for (size_t k = 0; k < view->outline->tiers; k++) {
        warn_tier(view, k);
        warn_out_of_reach(view, k);
    }
}

/* The answer in words: how much has to go, where to spend less and more, what is out of proportion.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "study_improve.h"

static const char *plural(const improve_view *v) {
    return v->functions ? "functions" : "components";
}

static const char *with_currency(const improve_view *v, double x) {
    char room[VE_WORDS_ROOM];
    const char *currency = v->outline->currency;
    return improve_text(v, "%s%s%s", ve_words_figure(x, room), currency[0] ? " " : "", currency);
}

/* "The 4 components", "The 5 functions of High grade" */
static const char *subject(const improve_view *v) {
    if (!v->by_option) return improve_text(v, "The %zu %s", v->items, plural(v));
    return improve_text(v, "The %zu functions of %s", v->items, v->outline->option[v->option].name);
}

/* ---- the whole --------------------------------------------------------------------------------- */

/* ", so 1929 (16 %) has to go" */
static const char *consequence(const improve_view *v) {
    char by[VE_WORDS_ROOM], share[VE_WORDS_ROOM];
    ve_words_figure(fabs(v->total_saving), by);
    ve_words_percent(fabs(v->total_saving) / v->total_cost, share);
    if (improve_counts(v, v->total_saving)) return improve_text(v, "so %s (%s) has to go", by, share);
    if (improve_counts(v, -v->total_saving))
        return improve_text(v, "which leaves %s (%s) to spend", by, share);
    return "just what it costs now";
}

static void say_base(const improve_view *v) {
    char target[VE_WORDS_ROOM];
    const char *base = v->base.item >= 0 ? v->item[v->base.item].name : "the median of all";
    v->services->say(v->services,
                     "%s cost %s in all. Measured by the base point, %s, the whole may cost %s, %s.",
                     subject(v), with_currency(v, v->total_cost), base,
                     ve_words_figure(v->target_cost, target), consequence(v));
}

static void say_existing(const improve_view *v) {
    char target[VE_WORDS_ROOM];
    const char *start = improve_text(v, "%s of an existing product cost %s in all", subject(v),
                                     with_currency(v, v->total_cost));
    ve_words_figure(v->target_cost, target);
    if (improve_counts(v, v->total_saving))
        v->services->say(v->services, "%s. With none above its present cost the targets come to %s, %s.",
                         start, target, consequence(v));
    else
        v->services->say(v->services, "%s, and none of them costs more than its function is worth.", start);
}

static void say_shared(const improve_view *v) {
    char target[VE_WORDS_ROOM];
    if (isnan(v->outline->target_cost))
        v->services->say(
            v->services,
            "%s cost %s in all. The model gives no target_cost, so this total is shared out anew "
            "by importance.",
            subject(v), with_currency(v, v->total_cost));
    else
        v->services->say(v->services, "%s cost %s in all; the target is %s, %s.", subject(v),
                         with_currency(v, v->total_cost), ve_words_figure(v->wanted, target), consequence(v));
}

static void say_whole(const improve_view *v) {
    if (v->params->base)
        say_base(v);
    else if (v->outline->existing && v->known)
        say_existing(v);
    else
        say_shared(v);
}

/* ---- item by item ------------------------------------------------------------------------------ */

/* The items whose saving has that sign, in the order of work. */
static size_t pick(const improve_view *v, double sign, const char **text) {
    size_t found = 0;
    char by[VE_WORDS_ROOM], of[VE_WORDS_ROOM];
    for (size_t i = 0; i < v->items; i++) {
        size_t at = sign > 0 || v->params->order == IMPROVE_ORDER_VALUE ? i : v->items - 1 - i;
        const improve_item *item = &v->item[v->order[at]];
        if (!improve_counts(v, sign * item->saving)) continue;
        text[found] =
            found > VE_WORDS_SHOWN + 1 /* not told */
                ? item->name
                : improve_text(v, sign > 0 ? "%s (%s less than %s)" : "%s (%s more than %s)", item->name,
                               ve_words_figure(fabs(item->saving), by), ve_words_figure(item->cost, of));
        found++;
    }
    return found;
}

static void say_less(const improve_view *v, const char **text) {
    size_t found = pick(v, 1, text);
    if (found)
        v->services->say(v->services, "Spend less on %s%s.", improve_join(v, text, found),
                         found > 1 ? ", in this order" : "");
}

static void say_more(const improve_view *v, const char **text) {
    size_t found = pick(v, -1, text);
    if (found)
        v->services->say(v->services,
                         "Spend more on %s, but only where the function falls short: a low cost may as well "
                         "be good work, or a function rated higher than anyone needs.",
                         improve_join(v, text, found));
}

static const char *in_zone(const improve_view *v, improve_zone zone, const char **text) {
    size_t found = 0;
    for (size_t i = 0; i < v->items; i++)
        if (v->item[v->order[i]].zone == zone) text[found++] = v->item[v->order[i]].name;
    return found ? improve_join(v, text, found) : NULL;
}

static void say_zone(const improve_view *v, const char **text) {
    const char *reduce = in_zone(v, IMPROVE_ZONE_REDUCE, text);
    const char *raise = in_zone(v, IMPROVE_ZONE_RAISE, text);
    if (!reduce && !raise)
        v->services->say(v->services, "For all of them cost fits function: none lies outside the zone.");
    else
        v->services->say(v->services, "Out of proportion: %s%s%s%s%s.", reduce ? reduce : "",
                         reduce ? " (too much cost for the function)" : "", reduce && raise ? "; " : "",
                         raise ? raise : "", raise ? " (more function than cost)" : "");
}

static void say_weights(const improve_view *v) {
    if (v->outcome && v->outcome->weights_by_option)
        v->services->say(v->services, "The function weights are those of the customers of %s.",
                         v->outline->option[v->option].name);
}

void improve_say(const improve_view *v) {
    const char **text = improve_take(v, v->items, sizeof *text);
    if (!text) return;
    say_whole(v);
    if (v->known) {
        say_less(v, text);
        say_more(v, text);
        say_zone(v, text);
    }
    say_weights(v);
}

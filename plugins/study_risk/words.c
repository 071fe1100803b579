/* Risk in words.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "study_risk.h"
#include "ve/words.h"

/* The leader beats the second in fewer draws than this: a close call. */
#define CLOSE 0.9
/* Effective customers. */
#define FEW 10

/* ---- who leads ------------------------------------------------------------------------------------- */

int risk_leader(const risk_view *v) {
    int leader = RISK_NONE;
    for (size_t i = 0; i < v->outline->options; i++)
        if (v->option[i].best && (leader < 0 || v->option[i].best > v->option[leader].best)) leader = (int)i;
    return leader;
}

int risk_second(const risk_view *v, int leader) {
    int second = RISK_NONE;
    for (size_t i = 0; i < v->outline->options; i++)
        if ((int)i != leader && (second < 0 || v->option[i].best > v->option[second].best)) second = (int)i;
    return second;
}

double risk_better(const risk_view *v, int option, int other) {
    return option >= 0 && other >= 0 ? v->option[option].better[other] / (double)v->draws : NAN;
}

bool risk_is_close(const risk_view *v) {
    int leader = risk_leader(v);
    return leader < 0 || risk_better(v, leader, risk_second(v, leader)) < CLOSE;
}

/* ---- sentences ------------------------------------------------------------------------------------- */

/* As many digits as its error leaves: 83 %, 83.4 %. */
static const char *percent(const risk_view *v, double share, char room[VE_PRINT_ROOM]) {
    int digits = risk_share_error(v, share) < 0.0005 ? 1 : 0;
    snprintf(room, VE_PRINT_ROOM, "%.*f %%", digits, 100 * share);
    return room;
}

static void say_leader(risk_view *v, int leader, int second) {
    char one[VE_PRINT_ROOM], two[VE_PRINT_ROOM];
    double share = risk_share(v, v->option[leader].best);
    v->s->say(v->s, "%s is best in %s of %zu draws (standard error %.2f %%).",
              ve_words_option(v->outline, leader), percent(v, share, one), v->draws,
              100 * risk_share_error(v, share));
    if (second >= 0)
        v->s->say(v->s, "%s%s is best in %s; %s beats it in %s.",
                  risk_is_close(v) ? "It is a close call: " : "", ve_words_option(v->outline, second),
                  percent(v, risk_share(v, v->option[second].best), one), ve_words_option(v->outline, leader),
                  percent(v, risk_better(v, leader, second), two));
}

static void say_value(risk_view *v, int leader) {
    risk_sketch *value = &v->option[leader].value;
    v->s->say(v->s, "Its value index lies between %.3f and %.3f in nine draws out of ten.",
              risk_sketch_quantile(value, RISK_P05), risk_sketch_quantile(value, RISK_P95));
}

static void say_drawn(const risk_view *v) {
    static const char *const how[] = { "customers drawn with replacement", "customers weighed by chance" };
    bool weights = v->drawing.lists > 0;
    v->s->say(v->s, "Drawn: %zu uncertain number%s%s%s%s.", v->drawing.inputs,
              v->drawing.inputs == 1 ? "" : "s", weights ? ", judged weights among them" : "",
              v->customers ? ", " : "", v->customers ? how[v->params->customers] : "");
}

void risk_say(risk_view *v) {
    int leader = risk_leader(v);
    if (leader < 0) {
        v->s->say(v->s, "No option can be chosen in any draw.");
        return;
    }
    say_leader(v, leader, risk_second(v, leader));
    say_value(v, leader);
    say_drawn(v);
}

/* ---- warnings -------------------------------------------------------------------------------------- */

/* Long tests: behind the interval of nine in ten stand 8.5 with five effective customers, 8.8 with fifty. */
static void warn_few(const risk_view *v) {
    int fewest = RISK_NONE;
    double least = FEW;
    for (size_t i = 0; v->customers && i < v->outline->options; i++) {
        const ve_outcome_option *o = &v->base->option[i];
        bool surveyed = !isnan(o->weight_share);
        if (surveyed && o->effective_customers < least) least = o->effective_customers, fewest = (int)i;
    }
    if (fewest >= 0)
        v->s->warn(
            v->s, VE_W_RISK_FEW, NULL,
            "Only %.1f effective customers stand behind %s: so few, drawn again, show less chance than "
            "there is.",
            least, ve_words_option(v->outline, fewest));
}

void risk_warn(const risk_view *v) {
    int leader = risk_leader(v);
    char share[VE_PRINT_ROOM];
    if (leader >= 0 && v->base->best >= 0 && leader != v->base->best)
        v->s->warn(v->s, VE_W_RISK_OTHER, NULL,
                   "By the means of all numbers %s is best, but in more draws it is %s.",
                   ve_words_option(v->outline, v->base->best), ve_words_option(v->outline, leader));
    if (v->failed)
        v->s->warn(v->s, VE_W_RISK_FAILED, NULL, "%zu draws have no result and were left out: %s.", v->failed,
                   v->why);
    double again = (double)v->redrawn / (double)(v->draws + v->failed);
    if (again > 0.01)
        v->s->warn(v->s, VE_W_RISK_REDRAWN, NULL,
                   "In %s of the draws an uncertain number lay outside its range and was drawn again.",
                   percent(v, again, share));
    warn_few(v);
}

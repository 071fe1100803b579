/* What `fit` says in sentences, and what it warns of. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "study_fit.h"
#include "ve/words.h"

static const char *attribute_name(const fit_view *v) {
    return v->outline->attribute[v->attribute].id;
}

/* ---- the answer ---------------------------------------------------------------------------------------- */

static void say_all(fit_view *v) {
    char customers[VE_PRINT_ROOM];
    if (v->all.best < 0) {
        v->services->say(v->services, "No shape can be fitted to %s: %s.", attribute_name(v),
                         v->all.found[0].why ? v->all.found[0].why : "the survey says too little");
        return;
    }
    const fit_group *g = &v->all;
    v->services->say(v->services, "The %s of all %s customers is best described by %s: %s.",
                     attribute_name(v), ve_words_number(g->sample.customers, customers),
                     fit_shapes[g->best]->name, fit_shown(v, &g->found[g->best]));
}

/* Where the likeliest shape has ends. */
static void say_ends(const fit_view *v) {
    bool any = v->method == FIT_BY_CUSTOMERS && v->all.text && v->all.shape != v->all.best;
    for (size_t i = 0; v->method == FIT_BY_CHOICE && i < v->outline->options; i++)
        any = any || (v->option[i].text && v->option[i].shape != v->option[i].best);
    if (any && v->params->distribution == 0 && v->params->targets == FIT_BUYERS)
        v->services->say(
            v->services,
            "A survey does not say where customers end, so a target is the likeliest shape "
            "without ends, the simplest where several are alike; `--distribution` takes another.");
}

static void say_buyers(fit_view *v, const fit_group *g) {
    char customers[VE_PRINT_ROOM], mean[FIT_ROOM];
    if (g->text && v->params->targets == FIT_BUYERS)
        v->services->say(v->services, "%s was chosen by %s customers, whose %s is %s: %s.", g->name,
                         ve_words_number(g->sample.customers, customers), attribute_name(v),
                         fit_shapes[g->shape]->name, fit_shown(v, &g->found[g->shape]));
    else if (g->text)
        v->services->say(
            v->services, "%s was chosen by %s customers and is worth the most to those around %s.", g->name,
            ve_words_number(g->sample.customers, customers),
            fit_number(v->choice.option[g->option].mean, v->choice.option[g->option].mean_error, mean));
    else
        v->services->say(v->services, "%s has no target: %s.", g->name, g->why);
}

static void say_bell(fit_view *v, const fit_group *g) {
    char mean[FIT_ROOM], error[FIT_ROOM];
    const fit_bell *b = &g->bell;
    if (!g->text) {
        v->services->say(v->services, "%s has no target: %s.", g->name, g->why);
        return;
    }
    fit_number(b->mean, b->mean_error, mean);
    fit_error(b->mean_error, error);
    v->services->say(v->services, "%s suits customers with a%s %s around %s%s%s best.", g->name,
                     strchr("aeiou", attribute_name(v)[0]) ? "n" : "", attribute_name(v), mean,
                     isfinite(b->mean_error) ? " ± " : "", isfinite(b->mean_error) ? error : "");
}

static void say_theta(const fit_view *v) {
    const fit_choice *c = &v->choice;
    char theta[FIT_ROOM], error[FIT_ROOM];
    if (c->why) {
        v->services->say(v->services, "What the options are worth cannot be told from the choices: %s.",
                         c->why);
        return;
    }
    if (isnan(c->theta)) return;
    fit_number(c->theta, c->theta_error, theta);
    fit_error(c->theta_error, error);
    bool sure = fabs(c->theta) > 2 * c->theta_error;
    v->services->say(v->services, "The scores %s: theta is %s ± %s for one point of the function score.",
                     !sure          ? "do not visibly move the choices"
                     : c->theta > 0 ? "agree with the choices"
                                    : "go against the choices, so look again at scores and weights",
                     theta, error);
}

static void say_written(const fit_view *v) {
    if (!v->params->write) return;
    if (fit_has_target(v))
        v->services->say(v->services, "The targets are written to %s, for ve.include.", v->params->write);
    else
        v->services->say(v->services, "No target could be estimated, so %s is not written.",
                         v->params->write);
}

/* ---- warnings ------------------------------------------------------------------------------------------ */

/* Shapes whose AIC is within 2 of the best. */
static const char *rivals(fit_view *v, const fit_group *g) {
    const char *text = "";
    for (int i = 0; i < FIT_COUNT; i++) {
        const fit_found *f = &g->found[i];
        if (i == g->best || f->why || !(f->aic - g->found[g->best].aic < FIT_CLOSE)) continue;
        text = fit_text(v, "%s%s%s", text, *text ? ", " : "", fit_shapes[i]->name);
    }
    return text;
}

static void warn_close(fit_view *v, const fit_group *g) {
    const char *others = g->shaped && g->best >= 0 ? rivals(v, g) : "";
    if (*others)
        v->services->warn(v->services, VE_W_FIT_CLOSE, NULL,
                          "%s: %s and %s differ by less than 2 in AIC: the data do not tell them apart.",
                          g->name, fit_shapes[g->best]->name, others);
}

static void warn_few(fit_view *v, const fit_group *g) {
    if (g->text && g->sample.effective < FIT_LEAST)
        v->services->warn(v->services, VE_W_FIT_FEW, NULL,
                          "%s: only %.3g effective customers stand behind the target.", g->name,
                          g->sample.effective);
}

/* Kolmogorov's 1 % point: too strict, as parameters are fitted, so what fails it fails surely. */
static void warn_poor(fit_view *v, const fit_group *g) {
    if (!g->shaped || g->best < 0) return;
    double ks = g->found[g->best].ks;
    if (ks * sqrt(g->sample.effective) > 1.63)
        v->services->warn(
            v->services, VE_W_FIT_POOR, NULL,
            "%s: even %s, the likeliest shape, is %.0f %% of the customers away from the survey.", g->name,
            fit_shapes[g->best]->name, 100 * ks);
}

static void warn_bell(fit_view *v, const fit_group *g) {
    const fit_bell *b = &g->bell;
    if (!g->text || g->shaped) return;
    if (b->steadied)
        v->services->warn(v->services, VE_W_FIT_HELD, NULL,
                          "%s: yes and no lie wholly apart, so the bell is held by Firth's penalty.",
                          g->name);
    if (b->held)
        v->services->warn(v->services, VE_W_FIT_HELD, NULL,
                          "%s: the sd is held at half the smallest gap between two customers.", g->name);
    if (b->mean_error > g->sample.sd)
        v->services->warn(v->services, VE_W_FIT_FEW, NULL,
                          "%s: where its bell stands is hardly known: the error is larger than the spread of "
                          "the customers.",
                          g->name);
    if (b->mean < g->sample.x[0] || b->mean > g->sample.x[g->sample.count - 1])
        v->services->warn(v->services, VE_W_OUTSIDE, NULL,
                          "%s: the top of its bell lies outside the survey, where nobody was asked.",
                          g->name);
}

static void warn_choice(const fit_view *v) {
    const fit_choice *c = &v->choice;
    if (c->several > 0)
        v->services->warn(v->services, VE_W_FIT_LEFT_OUT, NULL,
                          "%.10g customers chose several options and take no part in the utilities.",
                          c->several);
    if (c->steadied && !c->why)
        v->services->warn(v->services, VE_W_FIT_HELD, NULL,
                          "Some option is chosen by one kind of customer only, so the utilities are held "
                          "back by a penalty.");
}

static void warn_skipped(const fit_view *v) {
    if (v->rows->skipped > 0)
        v->services->warn(v->services, VE_W_SKIPPED, NULL,
                          "%.10g customers with missing answers were left out.", v->rows->skipped);
}

static void warn_group(fit_view *v, const fit_group *g) {
    warn_few(v, g);
    warn_close(v, g);
    warn_poor(v, g);
    warn_bell(v, g);
}

/* ---- all of it ----------------------------------------------------------------------------------------- */

void fit_say(fit_view *v) {
    for (size_t i = 0; v->method != FIT_BY_CUSTOMERS && i < v->outline->options; i++)
        (v->option[i].shaped ? say_buyers : say_bell)(v, &v->option[i]);
    if (v->method == FIT_BY_CHOICE) say_theta(v);
    say_all(v);
    say_ends(v);
    say_written(v);
    warn_skipped(v);
    warn_group(v, &v->all);
    for (size_t i = 0; v->method != FIT_BY_CUSTOMERS && i < v->outline->options; i++)
        warn_group(v, &v->option[i]);
    if (v->method == FIT_BY_CHOICE) warn_choice(v);
}

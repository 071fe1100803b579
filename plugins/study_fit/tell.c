/* The tables of `fit`. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "study_fit.h"
#include "ve/print.h"

static ve_cell option_cell(const fit_group *g) {
    return VE_CELL_OF_TEXT(g->option < 0 ? NULL : g->id);
}

/* ---- shapes -------------------------------------------------------------------------------------------- */

/* By AIC, those without one at the end. Returns how many were fitted. */
static size_t ranked(const fit_group *g, int order[FIT_COUNT]) {
    size_t count = 0;
    for (int i = 0; i < FIT_COUNT; i++) {
        if (g->found[i].why) continue;
        size_t at = count++;
        double own = isnan(g->found[i].aic) ? INFINITY : g->found[i].aic;
        for (; at > 0 && own < (isnan(g->found[order[at - 1]].aic) ? INFINITY : g->found[order[at - 1]].aic);
             at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return count;
}

static const char *exact_parameters(fit_view *v, const fit_found *f) {
    const fit_shape *shape = fit_shapes[f->shape];
    char room[VE_PRINT_ROOM];
    const char *text = "";
    for (size_t i = 0; i < shape->count; i++) {
        ve_print_exact(f->value[i], room);
        text = fit_text(v, "%s%s%s=%s", text, i ? ", " : "", shape->parameter[i], room);
    }
    return text;
}

static void tell_candidate(fit_view *v, int table, const fit_group *g, const fit_found *f) {
    const char *exact = exact_parameters(v, f);
    double best = g->best < 0 ? NAN : g->found[g->best].aic;
    ve_cell *cell = v->services->row(v->services, table);
    *cell++ = option_cell(g);
    *cell++ = VE_CELL_OF_TEXT(g->name);
    *cell++ = VE_CELL_OF_TEXT(fit_shapes[f->shape]->name);
    *cell++ = VE_CELL_OF_TEXT(exact);
    *cell++ = VE_CELL_OF_NUMBER(f->log_likelihood);
    *cell++ = VE_CELL_OF_NUMBER(f->aic);
    *cell++ = VE_CELL_OF_NUMBER(f->aic - best);
    *cell++ = VE_CELL_OF_NUMBER(f->aicc);
    *cell++ = VE_CELL_OF_NUMBER(f->bic);
    *cell = VE_CELL_OF_NUMBER(f->ks);
}

static void tell_fitted(fit_view *v, int table, const fit_group *g) {
    int order[FIT_COUNT];
    size_t count = g->shaped ? ranked(g, order) : 0;
    for (size_t i = 0; i < count; i++)
        tell_candidate(v, table, g, &g->found[order[i]]);
}

static void tell_candidates(fit_view *v) {
    static const ve_column column[] = {
        { "option", "Option", 0, 0 },
        { "name", "Name", 0, 0 },
        { "distribution", "Distribution", 0, 0 },
        { "parameters", "Parameters", 0, 0 },
        { "log_likelihood", "Log likelihood", 1, 0 },
        { "aic", "AIC", 1, 0 },
        { "aic_difference", "AIC +", 1, 0 },
        { "aicc", "AICc", 1, 0 },
        { "bic", "BIC", 1, 0 },
        { "ks", "KS", 3, 0 },
    };
    int table =
        v->services->table(v->services, "candidates", "Shapes", VE_TABLE_HIDDEN, column, VE_COUNT(column));
    if (table < 0) return;
    tell_fitted(v, table, &v->all);
    for (size_t i = 0; i < v->outline->options; i++)
        tell_fitted(v, table, &v->option[i]);
}

enum { SHOWN = 3 };

static void show_shape(fit_view *v, int table, const fit_group *g, const fit_found *f, bool first) {
    const char *shown = fit_shown(v, f);
    ve_cell *cell = v->services->row(v->services, table);
    *cell++ = VE_CELL_OF_TEXT(first ? g->name : "");
    *cell++ = VE_CELL_OF_TEXT(fit_shapes[f->shape]->name);
    *cell++ = VE_CELL_OF_NUMBER(f->aic - g->found[g->best].aic);
    *cell++ = VE_CELL_OF_NUMBER(f->ks);
    *cell = VE_CELL_OF_TEXT(shown);
}

/* The likeliest, and the one that becomes the target. */
static void show_group(fit_view *v, int table, const fit_group *g) {
    int order[FIT_COUNT];
    size_t count = g->shaped && g->best >= 0 ? ranked(g, order) : 0;
    for (size_t i = 0; i < count; i++)
        if (i < SHOWN || order[i] == g->shape) show_shape(v, table, g, &g->found[order[i]], i == 0);
}

static void show_shapes(fit_view *v) {
    static const ve_column column[] = { { "name", "Of", 0, 0 },
                                        { "distribution", "Shape", 0, 0 },
                                        { "aic_difference", "AIC +", 1, 0 },
                                        { "ks", "KS", 2, 0 },
                                        { "shown", "Fitted", 0, 0 } };
    int table = v->services->table(v->services, "shapes",
                                   "Shapes, the likeliest first: AIC above that of the best, KS greatest "
                                   "distance from the survey",
                                   VE_TABLE_PAPER, column, VE_COUNT(column));
    if (table < 0) return;
    show_group(v, table, &v->all);
    for (size_t i = 0; i < v->outline->options; i++)
        show_group(v, table, &v->option[i]);
}

static void tell_values(fit_view *v, int table, const fit_group *g) {
    for (int s = 0; g->shaped && s < FIT_COUNT; s++)
        for (size_t i = 0; !g->found[s].why && i < fit_shapes[s]->count; i++) {
            ve_cell *cell = v->services->row(v->services, table);
            *cell++ = option_cell(g);
            *cell++ = VE_CELL_OF_TEXT(fit_shapes[s]->name);
            *cell++ = VE_CELL_OF_TEXT(fit_shapes[s]->parameter[i]);
            *cell++ = VE_CELL_OF_NUMBER(g->found[s].value[i]);
            *cell = VE_CELL_OF_NUMBER(g->found[s].error[i]);
        }
}

static void tell_parameters(fit_view *v) {
    static const ve_column column[] = { { "option", "Option", 0, 0 },
                                        { "distribution", "Distribution", 0, 0 },
                                        { "parameter", "Parameter", 0, 0 },
                                        { "value", "Value", -1, 0 },
                                        { "error", "Standard error", -1, 0 } };
    int table = v->services->table(v->services, "parameters", "Parameters and their standard errors",
                                   VE_TABLE_HIDDEN, column, VE_COUNT(column));
    if (table < 0) return;
    tell_values(v, table, &v->all);
    for (size_t i = 0; i < v->outline->options; i++)
        tell_values(v, table, &v->option[i]);
}

static void tell_why(fit_view *v, int table, const fit_group *g) {
    for (int s = 0; g->shaped && s < FIT_COUNT; s++) {
        if (!g->found[s].why) continue;
        ve_cell *cell = v->services->row(v->services, table);
        *cell++ = option_cell(g);
        *cell++ = VE_CELL_OF_TEXT(fit_shapes[s]->name);
        *cell = VE_CELL_OF_TEXT(g->found[s].why);
    }
}

static void tell_left_out(fit_view *v) {
    static const ve_column column[] = { { "option", "Option", 0, 0 },
                                        { "distribution", "Distribution", 0, 0 },
                                        { "why", "Why", 0, 0 } };
    int table = v->services->table(v->services, "left_out", "Shapes that cannot be fitted", VE_TABLE_HIDDEN,
                                   column, VE_COUNT(column));
    if (table < 0) return;
    tell_why(v, table, &v->all);
    for (size_t i = 0; i < v->outline->options; i++)
        tell_why(v, table, &v->option[i]);
}

/* ---- targets ------------------------------------------------------------------------------------------- */

static void tell_target(fit_view *v, int table, const fit_group *g) {
    ve_cell *cell = v->services->row(v->services, table);
    *cell++ = option_cell(g);
    *cell++ = VE_CELL_OF_TEXT(g->name);
    *cell++ = VE_CELL_OF_NUMBER(g->sample.customers);
    *cell++ = VE_CELL_OF_NUMBER(g->sample.effective);
    *cell++ = VE_CELL_OF_TEXT(g->text);
    *cell = VE_CELL_OF_TEXT(g->text ? NULL : g->why);
}

static void tell_targets(fit_view *v) {
    ve_column column[] = { { "option", "Option id", 0, VE_COLUMN_HIDDEN },
                           { "name", "Of", 0, 0 },
                           { "customers", "Customers", -1, 0 },
                           { "effective_customers", "Effective", 1, VE_COLUMN_HIDDEN },
                           { "target", "Target to paste", 0, 0 },
                           { "why", "Why none", 0, VE_COLUMN_HIDDEN } };
    for (size_t i = 0; i < v->outline->options; i++)
        if (v->option[i].sample.effective < 0.999 * v->option[i].sample.customers) column[3].flags = 0;
    int table = v->services->table(v->services, "targets", "Targets", 0, column, VE_COUNT(column));
    if (table < 0) return;
    if (v->method == FIT_BY_CUSTOMERS) tell_target(v, table, &v->all);
    for (size_t i = 0; v->method != FIT_BY_CUSTOMERS && i < v->outline->options; i++)
        tell_target(v, table, &v->option[i]);
}

/* Places for a column of estimates with these errors. */
static int places_of(double error) {
    return error > 0 && isfinite(error) ? (int)fmax(0, 1 - floor(log10(error))) : VE_PRINT_FREE;
}

static void tell_bells(fit_view *v) {
    ve_column column[] = { { "option", "Option id", 0, VE_COLUMN_HIDDEN },
                           { "name", "Option", 0, 0 },
                           { "mean", "Mean", -1, 0 },
                           { "mean_error", "±", -1, 0 },
                           { "sd", "sd", -1, 0 },
                           { "sd_error", "±", -1, 0 },
                           { "height", "Height", 2, 0 },
                           { "height_error", "±", 2, 0 } };
    double least = INFINITY;
    for (size_t i = 0; i < v->outline->options; i++)
        least = fmin(least, isfinite(v->option[i].bell.mean_error) ? v->option[i].bell.mean_error : least);
    for (int i = 2; i < 6; i++)
        column[i].digits = places_of(least);
    if (v->method == FIT_BY_YES) column[6].flags = column[7].flags = VE_COLUMN_HIDDEN;
    int table = v->services->table(v->services, "bells", "Bells, and their standard errors", 0, column,
                                   VE_COUNT(column));
    for (size_t i = 0; table >= 0 && i < v->outline->options; i++) {
        const fit_bell *b = &v->option[i].bell;
        ve_cell *cell = v->services->row(v->services, table);
        *cell++ = VE_CELL_OF_TEXT(v->option[i].id);
        *cell++ = VE_CELL_OF_TEXT(v->option[i].name);
        const double figure[] = { b->mean, b->mean_error, b->sd, b->sd_error, b->height, b->height_error };
        for (size_t k = 0; k < VE_COUNT(figure); k++)
            *cell++ = VE_CELL_OF_NUMBER(figure[k]);
    }
}

static void tell_utilities(fit_view *v) {
    ve_column column[] = { { "option", "Option id", 0, VE_COLUMN_HIDDEN },
                           { "name", "Option", 0, 0 },
                           { "chosen", "Chosen by", 1, VE_COLUMN_HIDDEN },
                           { "mean", "Mean", -1, 0 },
                           { "mean_error", "±", -1, 0 },
                           { "sd", "sd", -1, 0 },
                           { "appeal", "Appeal", 2, 0 } };
    double least = INFINITY;
    for (size_t i = 0; i < v->outline->options; i++)
        if (v->choice.option[i].known) least = fmin(least, v->choice.option[i].mean_error);
    column[3].digits = column[4].digits = column[5].digits = places_of(least);
    int table =
        v->services->table(v->services, "utilities",
                           "What options are worth along the attribute: appeal - ((x - mean) / sd)^2 / 2", 0,
                           column, VE_COUNT(column));
    for (size_t i = 0; table >= 0 && i < v->outline->options; i++) {
        const fit_utility *u = &v->choice.option[i];
        ve_cell *cell = v->services->row(v->services, table);
        *cell++ = VE_CELL_OF_TEXT(v->option[i].id);
        *cell++ = VE_CELL_OF_TEXT(v->option[i].name);
        *cell++ = VE_CELL_OF_NUMBER(u->chosen);
        *cell++ = VE_CELL_OF_NUMBER(u->known ? u->mean : NAN);
        *cell++ = VE_CELL_OF_NUMBER(u->known ? u->mean_error : NAN);
        *cell++ = VE_CELL_OF_NUMBER(u->known ? v->choice.sd : NAN);
        *cell = VE_CELL_OF_NUMBER(u->known ? u->appeal : NAN);
    }
}

static void tell_facts(const fit_view *v) {
    static const char *const method[] = { "customers", "choice", "intention", "yes" };
    const ve_study_services *s = v->services;
    s->fact(s, "best", VE_CELL_OF_TEXT(v->all.best < 0 ? NULL : fit_shapes[v->all.best]->name));
    s->fact(s, "attribute", VE_CELL_OF_TEXT(v->outline->attribute[v->attribute].id));
    s->fact(s, "method", VE_CELL_OF_TEXT(method[v->method]));
    s->fact(s, "customers", VE_CELL_OF_NUMBER(v->all.sample.customers));
    s->fact(s, "effective_customers", VE_CELL_OF_NUMBER(v->all.sample.effective));
    if (v->method != FIT_BY_CHOICE || v->choice.why) return;
    s->fact(s, "theta", VE_CELL_OF_NUMBER(v->choice.theta));
    s->fact(s, "theta_error", VE_CELL_OF_NUMBER(v->choice.theta_error));
    s->fact(s, "choice_log_likelihood", VE_CELL_OF_NUMBER(v->choice.log_likelihood));
}

void fit_tell(fit_view *v) {
    tell_facts(v);
    tell_targets(v);
    if (v->method == FIT_BY_INTENTION || v->method == FIT_BY_YES) tell_bells(v);
    if (v->method == FIT_BY_CHOICE && !v->choice.why) tell_utilities(v);
    show_shapes(v);
    tell_candidates(v);
    tell_parameters(v);
    tell_left_out(v);
}

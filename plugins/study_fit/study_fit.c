/* The command `fit`: the form of targets from data. SPDX-License-Identifier: GPL-3.0-or-later */
#include "study_fit.h"

#include <gsl/gsl_errno.h>
#include <string.h>

/* ---- options ------------------------------------------------------------------------------------------- */

#define SHAPE_CHOICE(name) "|" #name
static const ve_field fields[] = {
    VE_FIELD(fit_params, attribute, VE_T_TEXT, .name = "attribute",
             .doc = "the attribute to fit; left out: the first that is a number"),
    VE_FIELD(fit_params, choice, VE_T_TEXT, .name = "choice",
             .doc = "column that says which option a customer chose, or, one for each option, 1 or 0"),
    VE_FIELD(fit_params, intention, VE_T_TEXT, .name = "intention",
             .doc = "column for each option: how likely a customer buys it, 0 to 1"),
    VE_FIELD(fit_params, yes, VE_T_TEXT, .name = "yes", .doc = "column for each option: 1 for yes, 0 for no"),
    VE_FIELD(fit_params, distribution, VE_T_CHOICE, .name = "distribution",
             .choices = "best" FIT_SHAPES(SHAPE_CHOICE),
             .doc = "shape of the targets; best: the likeliest of those without ends"),
    VE_FIELD(fit_params, targets, VE_T_CHOICE, .name = "targets", .choices = "buyers|utility",
             .doc =
                 "with --choice: targets from those who chose, or from what options are worth to customers"),
    VE_FIELD(fit_params, write, VE_T_TEXT, .name = "write", .doc = "file to write: targets for ve.include"),
};
static const ve_record record = {
    .name = "fit",
    .doc = "Estimates the form of targets from the survey: who the customers, or the buyers of each option, "
           "are.",
    .size = sizeof(fit_params),
    .fields = fields,
    .count = VE_COUNT(fields),
};

/* ---- fitting ------------------------------------------------------------------------------------------- */

static void fit_shapes_of(fit_group *g) {
    for (int i = 0; i < FIT_COUNT; i++)
        fit_shape_try(i, &g->sample, &g->found[i]);
    g->best = fit_best(g->found);
    g->shape = fit_target_shape(g->found);
    g->shaped = true;
}

static void choose_text(fit_view *v, fit_group *g) {
    int shape = v->params->distribution ? v->params->distribution - 1 : g->shape;
    g->shape = shape;
    g->why = shape < 0 ? "no shape can be fitted" : g->found[shape].why;
    if (g->sample.customers == 0) g->why = "nobody chose it";
    if (!g->why) g->text = fit_shape_text(v, &g->sample, &g->found[shape]);
}

static ve_code fit_group_of(fit_view *v, const unsigned char *chosen, fit_group *g) {
    ve_code code = fit_sample_make(v->services, &v->people, chosen, &g->sample);
    if (code) return code;
    fit_shapes_of(g);
    choose_text(v, g);
    return VE_OK;
}

static ve_code function_weights(fit_view *v, double *weight) {
    const ve_outcome *outcome;
    const ve_assumptions plain = { .positioned = true };
    size_t n = v->outline->functions, leaves = v->rows->leaves;
    ve_code code = v->services->evaluate(v->services, &plain, &outcome);
    if (code) return code;
    for (size_t i = 0; i < v->rows->options; i++)
        for (size_t k = 0; k < leaves; k++)
            weight[i * leaves + k] = outcome->weight[i * n + (size_t)v->outline->leaf[v->rows->leaf[k]]];
    return VE_OK;
}

static void utility_text(fit_view *v, fit_group *g, const fit_utility *u) {
    g->text = NULL;
    g->why = v->choice.why ? v->choice.why : u->known ? NULL : "nobody chose it";
    if (!g->why)
        g->text = fit_bell_text(v, u->mean, u->mean_error, v->choice.sd,
                                v->choice.sd / sqrt(2 * v->choice.effective));
}

static ve_code fit_utilities(fit_view *v) {
    double *weight =
        v->services->base->memory(v->services->base, v->rows->options * v->rows->leaves * sizeof *weight);
    if (!weight) return VE_E_MEMORY;
    ve_code code = function_weights(v, weight);
    if (!code) code = fit_choose(v->services, &v->people, v->chosen, weight, &v->choice);
    for (size_t i = 0; !code && v->params->targets == FIT_UTILITY && i < v->rows->options; i++)
        utility_text(v, &v->option[i], &v->choice.option[i]);
    return code;
}

static ve_code fit_choices(fit_view *v) {
    ve_code code = fit_read_choices(v);
    for (size_t i = 0; i < v->rows->options && !code; i++)
        code = fit_group_of(v, v->chosen + i * v->people.rows, &v->option[i]);
    return code ? code : fit_utilities(v);
}

static ve_code fit_bells(fit_view *v) {
    const double **answer = v->services->base->memory(v->services->base, v->rows->options * sizeof *answer);
    ve_code code = answer ? fit_read_answers(v, answer) : VE_E_MEMORY;
    for (size_t i = 0; i < v->rows->options && !code; i++) {
        fit_group *g = &v->option[i];
        fit_answers answers;
        code = fit_answers_make(v->services, &v->people, answer[i], &answers);
        if (code) return code;
        g->sample = answers.sample;
        (v->method == FIT_BY_YES ? fit_yes : fit_intention)(&answers, &g->bell);
        const fit_bell *b = &g->bell;
        g->why = b->why;
        if (!b->why) g->text = fit_bell_text(v, b->mean, b->mean_error, b->sd, b->sd_error);
    }
    return code;
}

static ve_code fit_all(fit_view *v) {
    v->option = v->services->base->memory(v->services->base, v->outline->options * sizeof *v->option);
    if (!v->option) return VE_E_MEMORY;
    v->all = (fit_group){ .option = -1, .id = "all", .name = "All" };
    for (size_t i = 0; i < v->outline->options; i++) {
        v->option[i].option = (int)i;
        v->option[i].id = v->outline->option[i].id;
        v->option[i].name = v->outline->option[i].name;
        v->option[i].best = -1;
    }
    ve_code code = fit_people_make(v->services, v->rows, v->attribute, &v->people);
    if (!code) code = fit_group_of(v, NULL, &v->all);
    if (code || v->method == FIT_BY_CUSTOMERS) return code;
    return v->method == FIT_BY_CHOICE ? fit_choices(v) : fit_bells(v);
}

static ve_code study(const void *params, const ve_study_services *services) {
    fit_view view = { .services = services, .outline = services->outline, .params = params };
    gsl_error_handler_t *before = gsl_set_error_handler_off();
    ve_code code = fit_ask(&view);
    if (!code) code = fit_all(&view);
    gsl_set_error_handler(before);
    if (code) return code;
    fit_say(&view);
    fit_tell(&view);
    code = fit_write(&view);
    return view.failed ? VE_E_MEMORY : code;
}

static const ve_study_ops ops = { .size = sizeof ops, .study = study };

VE_PLUGIN(study_fit, STUDY, "fit", "1.0", "estimates the form of targets from the survey", &record, &ops)

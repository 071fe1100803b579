/* What must hold for judgements, costs, rules and readers. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "prove/internal.h"

static bool near(double a, double b) {
    return (isnan(a) && isnan(b)) || fabs(a - b) <= 1e-12 * fmax(1, fmax(fabs(a), fabs(b)));
}

/* ---- judgements ------------------------------------------------------------------------------ */

static ve_code look_weights(ve_proof *p, const ve_case *subject, ve_arena *arena, ve_errors *errors) {
    ve_assumptions plain = { .positioned = true };
    ve_outcome *outcome, *again;
    double sum = 0;
    ve_code code = ve_evaluate(subject, &plain, arena, &outcome, errors);
    if (!code) code = ve_evaluate(subject, &plain, arena, &again, errors);
    if (code) return code;
    p->fine = true;
    memset(p->found, 0, sizeof p->found);
    for (size_t n = 0; n < subject->model->functions; n++) {
        double w = outcome->weight[n];
        sum += w;
        p->fine &= isfinite(w) && w >= 0 && memcmp(&w, &again->weight[n], sizeof w) == 0;
        for (size_t k = 0; k < p->ids; k++)
            if (strcmp(p->id[k], subject->model->function[n].id) == 0) p->found[k] = w;
    }
    p->fine &= near(sum, 1);
    return VE_OK;
}

void ve_prove_judgement(ve_proof *p) {
    char model[VE_PROVE_ROOM];
    ve_world_functions(p);
    ve_world_write(p, &(ve_world){ .weights = p->word }, model);
    ve_code code = ve_proof_case(p, model, look_weights);
    ve_proof_tell(p, "its example weighs functions", !code, "%s", ve_proof_why(p));
    if (code) return;
    double first[VE_PROVE_IDS];
    memcpy(first, p->found, sizeof first);
    ve_proof_tell(p, "weights are shares, and the same when asked again", p->fine,
                  "the weights are not finite, below zero, do not make 1, or are others the second time");
    ve_world_write(p, &(ve_world){ .weights = p->word, .reversed = true }, model);
    code = ve_proof_case(p, model, look_weights);
    size_t wrong = 0;
    while (!code && wrong < p->ids && fabs(first[wrong] - p->found[wrong]) <= 1e-9)
        wrong++;
    ve_proof_tell(p, "the order in which functions are written does not matter", !code && wrong == p->ids,
                  "%s: %.10g, and %.10g where the functions stand the other way round",
                  wrong < p->ids ? p->id[wrong] : "", wrong < p->ids ? first[wrong] : 0,
                  wrong < p->ids ? p->found[wrong] : 0);
    ve_world_write(p, &(ve_world){ .weights = p->word }, model);
    ve_prove_borders(p, model, "functions.weights");
}

/* ---- costs ------------------------------------------------------------------------------------- */

static ve_code look_cost(ve_proof *p, const ve_case *subject, ve_arena *arena, ve_errors *errors) {
    ve_outcome *outcome;
    ve_code code = VE_OK;
    for (int i = 0; !code && i < 2; i++) {
        code = ve_evaluate(subject, &(ve_assumptions){ .positioned = true }, arena, &outcome, errors);
        if (!code) p->found[i] = outcome->option[0].cost;
    }
    return code;
}

/* The cost of the first option as `run` tells it. */
static double cost_told(const ve_proof *p) {
    const ve_report *report = p->answer.report;
    for (size_t t = 0; t < report->tables; t++)
        for (size_t c = 0; strcmp(report->table[t]->key, "options") == 0 && c < report->table[t]->columns;
             c++)
            if (strcmp(report->table[t]->column[c].key, "cost") == 0) return report->table[t]->cell[c].number;
    return NAN;
}

void ve_prove_cost(ve_proof *p) {
    char model[VE_PROVE_ROOM];
    ve_proof_usual(p);
    ve_world_write(p, &(ve_world){ .cost = p->word }, model);
    ve_code code = ve_proof_case(p, model, look_cost);
    ve_proof_tell(p, "its example gives a cost", !code, "%s", ve_proof_why(p));
    if (code) return;
    ve_proof_tell(p, "the cost is a number from 0 up", isfinite(p->found[0]) && p->found[0] >= 0,
                  "it is %.10g", p->found[0]);
    ve_proof_tell(p, "the cost is the same when asked again", p->found[0] == p->found[1], "%.17g, then %.17g",
                  p->found[0], p->found[1]);
    ve_prove_money(p, model, p->found[0], cost_told);
    ve_prove_borders(p, model, "options.A.cost");
}

/* ---- rules ------------------------------------------------------------------------------------- */

/* Ask the rule about the options in another order: their merits go with them. */
static ve_code ask(const ve_case *subject, const ve_outcome *outcome, size_t from, double *merit,
                   ve_arena *arena, ve_errors *errors) {
    const ve_word *rule = &subject->model->rule;
    ve_outcome_option turned[VE_PROVE_OPTIONS];
    double own[VE_PROVE_OPTIONS];
    ve_word_services services;
    ve_services_init(&services, arena, errors, rule);
    for (size_t i = 0; i < VE_PROVE_OPTIONS; i++) {
        turned[i] = outcome->option[(i + from) % VE_PROVE_OPTIONS];
        own[i] = NAN;
    }
    ve_code code = ((const ve_rule_ops *)rule->plugin->ops)
                       ->merit(rule->params, turned, VE_PROVE_OPTIONS, own, &services.base);
    for (size_t i = 0; i < VE_PROVE_OPTIONS; i++)
        merit[(i + from) % VE_PROVE_OPTIONS] = own[i];
    return code;
}

static ve_code look_rule(ve_proof *p, const ve_case *subject, ve_arena *arena, ve_errors *errors) {
    ve_outcome *outcome;
    double merit[VE_PROVE_OPTIONS], turned[VE_PROVE_OPTIONS];
    bool finite = true, same = true;
    ve_code code = ve_evaluate(subject, &(ve_assumptions){ .positioned = true }, arena, &outcome, errors);
    if (!code) code = ask(subject, outcome, 0, merit, arena, errors);
    for (size_t from = 0; !code && from < VE_PROVE_OPTIONS; from++) {
        code = ask(subject, outcome, from, turned, arena, errors);
        for (size_t i = 0; i < VE_PROVE_OPTIONS; i++) {
            finite &= !isinf(merit[i]);
            same &= near(merit[i], turned[i]);
        }
    }
    if (code) return code;
    ve_proof_tell(p, "merits are numbers, or NaN for who cannot be best", finite, "a merit is infinite");
    ve_proof_tell(p, "the order of options does not matter, nor asking again", same,
                  "an option has another merit where the options stand in another order");
    return VE_OK;
}

void ve_prove_rule(ve_proof *p) {
    char model[VE_PROVE_ROOM];
    ve_proof_usual(p);
    ve_world_write(p, &(ve_world){ .choose = p->word }, model);
    ve_code code = ve_proof_case(p, model, look_rule);
    ve_proof_tell(p, "its example chooses", !code, "%s", ve_proof_why(p));
    if (!code) ve_prove_borders(p, model, "choose");
}

/* ---- readers ----------------------------------------------------------------------------------- */

/* The two figures by which readings are compared. */
static ve_code look_survey(ve_proof *p, const ve_case *subject, ve_arena *arena, ve_errors *errors) {
    ve_outcome *outcome;
    ve_code code = ve_evaluate(subject, &(ve_assumptions){ .positioned = true }, arena, &outcome, errors);
    if (code) return code;
    p->found[0] = subject->groups->customers;
    p->found[1] = outcome->option[0].function_score;
    return VE_OK;
}

/* Some neighbours of the list as functions, for all options or two of them. */
static ve_code try_reader(ve_proof *p, size_t from, bool two, unsigned threads) {
    static const char *const functions[] = { "layout", "storey", "look", "F1", "F2", "F3" };
    char model[VE_PROVE_ROOM];
    ve_code code = VE_E_MISSING_FIELD;
    for (p->ids = 0; code && p->ids < 3 && from + p->ids < VE_COUNT(functions);) {
        memcpy(p->id[p->ids], functions[from + p->ids], strlen(functions[from + p->ids]) + 1);
        p->ids++;
        ve_world_write(p, &(ve_world){ .survey = p->word, .two = two }, model);
        code = ve_proof_case_on(p, model, look_survey, threads);
    }
    return code;
}

/* An example speaks of data that only its author has; the program's own survey.csv is there. */
void ve_prove_survey(ve_proof *p) {
    ve_code code = VE_E_MISSING_FIELD;
    size_t from = 0;
    bool two = false;
    for (size_t attempt = 0; code && attempt < 12; attempt++) {
        from = attempt / 2;
        two = attempt % 2;
        code = try_reader(p, from, two, 1);
    }
    if (code) {
        ve_proof_skip(p, "its example is read", ve_proof_why(p));
        return;
    }
    double customers = p->found[0], score = p->found[1];
    ve_proof_tell(p, "its example is read", customers > 0, "no customers");
    for (unsigned threads = 1; !code && threads <= 3; threads++) {
        code = try_reader(p, from, two, threads);
        if (customers != p->found[0] || score != p->found[1]) break;
    }
    ve_proof_tell(p, "a second reading finds the same, also on two and three threads",
                  !code && customers == p->found[0] && score == p->found[1],
                  "%.10g customers and a score of %.17g, then %.10g and %.17g", customers, score, p->found[0],
                  p->found[1]);
}

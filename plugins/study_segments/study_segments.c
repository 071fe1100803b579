/* The command `segments`: customers in tiers by the profit that they bring, and the value of every option for
 * each tier. SPDX-License-Identifier: GPL-3.0-or-later */
#include "study_segments.h"

#include <math.h>
#include <string.h>

/* ---- the view: every tier evaluated ------------------------------------------------------------ */

const ve_outcome *segments_answer(const segments_view *view, size_t tier) {
    return view->tier[tier].outcome ? view->tier[tier].outcome : view->tier[tier].alike;
}

int segments_best(const segments_view *view, size_t tier) {
    const ve_outcome *outcome = segments_answer(view, tier);
    return outcome ? outcome->best : -1;
}

static bool reached(const ve_outline *outline, size_t tier) {
    for (size_t i = 0; i < outline->options; i++)
        if (!outline->tier_reached[tier * outline->options + i]) return false;
    return true;
}

/* A tier that cannot be evaluated, one to which no option means anything, must not take the others with it.
 */
static ve_code evaluate_if(const segments_view *v, size_t tier, const ve_assumptions *assumptions,
                           const ve_outcome **out) {
    ve_trials once = { .rows = 1, .assumptions = *assumptions };
    ve_figures figures = { 0 };
    ve_code code = v->services->evaluate_many(v->services, &once, &figures);
    if (!code && !figures.failed) return v->services->evaluate(v->services, assumptions, out);
    const char *instead = assumptions->positioned ? ", so all its customers count alike" : "";
    if (!code) v->services->say(v->services, "%s: %s%s.", v->outline->tier[tier].name, figures.why, instead);
    return code;
}

static ve_code evaluate_tier(const segments_view *v, size_t tier) {
    ve_assumptions assumptions = { .aggregate = v->aggregate, .tier = (int)tier + 1 };
    segments_tier *own = &v->tier[tier];
    if (!(v->outline->tier[tier].customer_share > 0)) return VE_OK;
    ve_code code = evaluate_if(v, tier, &assumptions, &own->alike);
    if (code || !own->alike || !reached(v->outline, tier)) return code;
    assumptions.positioned = true;
    return evaluate_if(v, tier, &assumptions, &own->outcome);
}

/* Some customer who counts has weight for every option. */
static bool can_tell_all(const ve_outline *outline) {
    for (size_t i = 0; i < outline->options; i++) {
        bool any = false;
        for (size_t k = 0; k < outline->tiers; k++)
            any = any || (outline->tier[k].weight > 0 && outline->tier_reached[k * outline->options + i]);
        if (!any) return false;
    }
    return true;
}

static ve_code make_view(const ve_study_services *services, segments_view *v) {
    const ve_outline *outline = services->outline;
    *v = (segments_view){ .services = services, .outline = outline };
    v->aggregate = outline->usual.aggregate;
    v->tier = services->base->memory(services->base, outline->tiers * sizeof *v->tier);
    if (!v->tier) return VE_E_MEMORY;
    ve_code code = VE_OK;
    for (size_t k = 0; k < outline->tiers && !code; k++)
        code = evaluate_tier(v, k);
    ve_assumptions all = { .aggregate = v->aggregate, .positioned = true };
    if (code || !can_tell_all(outline)) return code;
    return services->evaluate(services, &all, &v->all);
}

/* ---- tables ------------------------------------------------------------------------------------ */

static const char *option_name(const segments_view *v, int option) {
    return option < 0 ? NULL : v->outline->option[option].name;
}

static const char *option_id(const segments_view *v, int option) {
    return option < 0 ? NULL : v->outline->option[option].id;
}

static bool all_whole(const ve_outline *outline) {
    for (size_t k = 0; k < outline->tiers; k++)
        if (fabs(outline->tier[k].customers - round(outline->tier[k].customers)) > 1e-9) return false;
    return true;
}

static int tell_tiers(const segments_view *v) {
    ve_column column[] = {
        { "tier", "Tier", 0, 0 },
        { "customers", "Customers", -1, 0 },
        { "customer_share", "Of all", 1, VE_COLUMN_PERCENT },
        { "profit_share", "Profit", 1, VE_COLUMN_PERCENT | VE_COLUMN_BAR },
        { "least", "From", -1, 0 },
        { "weight", "Weight", -1, 0 },
        { "best", "Best option id", 0, VE_COLUMN_HIDDEN },
        { "best_name", "Best option", 0, 0 },
    };
    const ve_study_services *s = v->services;
    if (!all_whole(v->outline)) column[1].digits = 2;
    int table =
        s->table(s, "tiers", "Tiers: share of all customers and of all profit, and the lowest profit in each",
                 0, column, VE_COUNT(column));
    for (size_t k = 0; k < v->outline->tiers && table >= 0; k++) {
        const ve_outline_tier *tier = &v->outline->tier[k];
        ve_cell *cell = s->row(s, table);
        *cell++ = VE_CELL_OF_TEXT(tier->name);
        *cell++ = VE_CELL_OF_NUMBER(tier->customers);
        *cell++ = VE_CELL_OF_NUMBER(tier->customer_share);
        *cell++ = VE_CELL_OF_NUMBER(tier->profit_share);
        *cell++ = VE_CELL_OF_NUMBER(tier->least);
        *cell++ = VE_CELL_OF_NUMBER(tier->weight);
        *cell++ = VE_CELL_OF_TEXT(option_id(v, segments_best(v, k)));
        *cell = VE_CELL_OF_TEXT(option_name(v, segments_best(v, k)));
    }
    return table;
}

static void fill_value(const segments_view *v, size_t tier, size_t option, ve_cell *cell) {
    const segments_tier *own = &v->tier[tier];
    const ve_outcome_option *o = own->outcome ? &own->outcome->option[option] : NULL;
    const ve_outcome_option *u = own->alike ? &own->alike->option[option] : NULL;
    *cell++ = VE_CELL_OF_TEXT(v->outline->tier[tier].name);
    *cell++ = VE_CELL_OF_TEXT(v->outline->option[option].id);
    *cell++ = VE_CELL_OF_NUMBER(o ? o->function_coefficient : NAN);
    *cell++ = VE_CELL_OF_NUMBER(o ? o->value_index : NAN);
    *cell++ = VE_CELL_OF_NUMBER(o && o->rank > 0 ? (double)o->rank : NAN);
    *cell++ = VE_CELL_OF_NUMBER(o ? o->effective_customers : NAN);
    *cell++ = VE_CELL_OF_NUMBER(u ? u->function_coefficient : NAN);
    *cell++ = VE_CELL_OF_NUMBER(u ? u->value_index : NAN);
    *cell = VE_CELL_OF_NUMBER(u && u->rank > 0 ? (double)u->rank : NAN);
}

static int tell_values(const segments_view *v) {
    static const ve_column column[] = {
        { "tier", "Tier", 0, 0 },
        { "option", "Option", 0, 0 },
        { "function_coefficient", "F", 3, 0 },
        { "value_index", "V", 3, 0 },
        { "rank", "Rank", 0, 0 },
        { "effective_customers", "Effective customers", 1, 0 },
        { "undifferentiated_function_coefficient", "F without targets", 3, 0 },
        { "undifferentiated_value_index", "V without targets", 3, 0 },
        { "undifferentiated_rank", "Rank without targets", 0, 0 },
    };
    const ve_study_services *s = v->services;
    int table = s->table(s, "values", "Value of every option for every tier", VE_TABLE_HIDDEN, column,
                         VE_COUNT(column));
    for (size_t k = 0; k < v->outline->tiers && table >= 0; k++)
        for (size_t i = 0; i < v->outline->options; i++)
            fill_value(v, k, i, s->row(s, table));
    return table;
}

/* The same for people: a row for each option, a column for each tier. */
static int tell_matrix(const segments_view *v, const char *key, const char *title, bool alike) {
    ve_column column[1 + 32] = { { "option", "Option", 0, 0 } };
    const ve_study_services *s = v->services;
    size_t tiers = v->outline->tiers < 32 ? v->outline->tiers : 32;
    for (size_t k = 0; k < tiers; k++)
        column[1 + k] = (ve_column){ v->outline->tier[k].name, v->outline->tier[k].name, 3, 0 };
    int table = s->table(s, key, title, VE_TABLE_PAPER, column, 1 + tiers);
    for (size_t i = 0; i < v->outline->options && table >= 0; i++) {
        ve_cell *cell = s->row(s, table);
        cell[0] = VE_CELL_OF_TEXT(v->outline->option[i].name);
        for (size_t k = 0; k < tiers; k++) {
            const ve_outcome *outcome = alike ? v->tier[k].alike : v->tier[k].outcome;
            cell[1 + k] = VE_CELL_OF_NUMBER(outcome ? outcome->option[i].value_index : NAN);
        }
    }
    return table;
}

static int tell_matrices(const segments_view *v) {
    if (!v->outline->positioned)
        return tell_matrix(v, "value_by_tier", "Value index of every option for every tier", true);
    int table = tell_matrix(v, "value_by_tier",
                            "Value index for every tier, by the option's own target customers", false);
    if (table < 0) return table;
    return tell_matrix(v, "value_by_tier_alike", "The same if all customers of a tier counted alike", true);
}

static int tell_lorenz(const segments_view *v) {
    static const ve_column column[] = { { "customers", "Customers", 1, VE_COLUMN_PERCENT },
                                        { "profit", "Profit", 1, VE_COLUMN_PERCENT } };
    const ve_study_services *s = v->services;
    int table = s->table(s, "lorenz", "Lorenz curve: the least profitable customers and what they bring",
                         VE_TABLE_HIDDEN, column, VE_COUNT(column));
    for (size_t i = 0; i < v->outline->lorenz_points && table >= 0; i++) {
        ve_cell *cell = s->row(s, table);
        cell[0] = VE_CELL_OF_NUMBER(v->outline->lorenz[i].customers);
        cell[1] = VE_CELL_OF_NUMBER(v->outline->lorenz[i].profit);
    }
    return table;
}

static void tell_facts(const segments_view *v) {
    const ve_study_services *s = v->services;
    s->fact(s, "gini", VE_CELL_OF_NUMBER(v->outline->gini));
    s->fact(s, "top20_share", VE_CELL_OF_NUMBER(v->outline->top20_share));
    s->fact(s, "by", VE_CELL_OF_TEXT(v->outline->tiers_by));
    s->fact(s, "best", VE_CELL_OF_TEXT(option_id(v, v->all ? v->all->best : -1)));
    s->fact(s, "customers", VE_CELL_OF_NUMBER(v->outline->customers));
}

/* ---- the command ------------------------------------------------------------------------------- */

static ve_code study(const void *params, const ve_study_services *services) {
    static int (*const part[])(const segments_view *) = { tell_tiers, tell_values, tell_matrices,
                                                          tell_lorenz };
    segments_view view;
    (void)params;
    if (!services->outline->tiers)
        return services->base->fail(
            services->base, VE_E_MISSING_FIELD, "",
            "add tiers = { by = \"profit\" } to the model, profit being a column of its survey",
            "the model has no `tiers`, which say how customers are divided");
    ve_code code = make_view(services, &view);
    if (code) return code;
    segments_say(&view);
    tell_facts(&view);
    for (size_t i = 0; i < VE_COUNT(part); i++)
        if (part[i](&view) < 0) return VE_E_MEMORY;
    segments_warn(&view);
    return VE_OK;
}

typedef struct nothing {
    int unused;
} nothing;

static const ve_record record = { .name = "segments",
                                  .doc =
                                      "customers in tiers by profit, and the value of every option for each",
                                  .size = sizeof(nothing) };
static const ve_study_ops ops = { .size = sizeof ops, .study = study };

VE_PLUGIN(study_segments, STUDY, "segments", "1.0",
          "customers in tiers by profit, and the value of every option for each tier", &record, &ops)

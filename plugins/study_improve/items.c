/* Who is worked on: the components, or the functions; how important each is, and what it costs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "study_improve.h"

/* ---- what the model says ----------------------------------------------------------------------- */

/* The model has checked that all components say the same things. */
static bool have_scores(const ve_outline *o) {
    return o->components && !isnan(o->component[0].score);
}

static bool serve(const ve_outline *o) {
    return o->components && o->component[0].serves;
}

static bool spend(const ve_outline *o) {
    return o->components && o->component[0].spent_on;
}

/* ---- whose function weights, and whose cost ---------------------------------------------------- */

static ve_aggregate aggregate_of(const ve_outline *outline) {
    static const char *const name[] = {
#define IMPROVE_NAME(name, word, doc) word,
        VE_AGGREGATES(IMPROVE_NAME)
#undef IMPROVE_NAME
    };
    for (int i = 0; i < VE_AGGREGATE_COUNT; i++)
        if (strcmp(outline->aggregate, name[i]) == 0) return (ve_aggregate)i;
    return VE_AGGREGATE_MEAN;
}

/* Tell that the option of the command `field` names nothing, with what it could have named. */
static ve_code no_such(const improve_view *v, const char *field, const char *noun, const char *name,
                       const char *const *id, size_t count) {
    const ve_services *s = v->services->base;
    const char *near = s->nearest ? s->nearest(name, id, count) : NULL;
    const char *hint = near ? improve_text(v, "did you mean '%s'?", near)
                            : improve_text(v, "possible here: %s", improve_join(v, id, count));
    return s->fail(s, VE_E_ARGUMENT, field, hint, "there is no %s '%s'", noun, name);
}

static ve_code find_option(improve_view *v) {
    const ve_outline *o = v->outline;
    const char **id = improve_take(v, o->options, sizeof *id);
    if (!id) return VE_E_MEMORY;
    for (size_t i = 0; i < o->options; i++) {
        id[i] = o->option[i].id;
        if (strcmp(id[i], v->params->option) == 0) return v->option = (int)i, VE_OK;
    }
    return no_such(v, "option", "option", v->params->option, id, o->options);
}

static ve_code no_best(const improve_view *v) {
    const ve_services *s = v->services->base;
    return s->fail(s, VE_E_ARGUMENT, "",
                   improve_text(v, "name one, like --option %s", v->outline->option[0].id),
                   "no option is best, so this needs --option");
}

/* Where the scores of the components say all, no evaluation is needed. */
static ve_code evaluate(improve_view *v) {
    const ve_outline *o = v->outline;
    v->option = -1;
    ve_code code = v->params->option ? find_option(v) : VE_OK;
    bool needed = v->functions || serve(o) || spend(o) || !o->components;
    if (code || !needed) return code;
    code = v->services->evaluate(
        v->services, &(ve_assumptions){ .aggregate = aggregate_of(o), .positioned = true }, &v->outcome);
    if (code || v->option >= 0) return code;
    bool anyone = spend(o) || !v->functions;
    v->option = v->outcome->best;
    if (v->option >= 0) return VE_OK;
    v->option = 0;
    return anyone && !v->outcome->weights_by_option ? VE_OK : no_best(v);
}

double improve_weight(const improve_view *v, size_t leaf) {
    size_t node = (size_t)v->outline->leaf[leaf];
    return v->outcome->weight[(size_t)v->option * v->outline->functions + node];
}

/* ---- functions --------------------------------------------------------------------------------- */

static ve_code add_function_costs(improve_view *v) {
    const ve_outline *o = v->outline;
    if (!spend(o)) return VE_OK;
    double *cost = improve_take(v, o->leaves, sizeof *cost);
    if (!cost) return VE_E_MEMORY;
    for (size_t c = 0; c < o->components; c++)
        for (size_t k = 0; k < o->leaves; k++)
            cost[k] += o->component[c].cost * o->component[c].spent_on[k];
    v->function_cost = cost;
    return VE_OK;
}

/* An option that is asked for by name and says what it is spent on goes before the components. */
static double function_cost(improve_view *v, size_t leaf) {
    const ve_outline *o = v->outline;
    const double *own = o->option_spent_on ? o->option_spent_on[v->option] : NULL;
    v->by_option = !v->function_cost || (own && v->params->option);
    if (!v->by_option) return v->function_cost[leaf];
    return own ? v->outcome->option[v->option].cost * own[leaf] : NAN;
}

static void take_functions(improve_view *v) {
    const ve_outline *o = v->outline;
    for (size_t k = 0; k < v->items; k++) {
        const ve_outline_function *f = &o->function[o->leaf[k]];
        v->item[k] = (improve_item){
            .id = f->id, .name = f->name, .importance = improve_weight(v, k), .cost = function_cost(v, k)
        };
    }
}

/* ---- components -------------------------------------------------------------------------------- */

static double delivered(const improve_view *v, const ve_outline_component *component) {
    double sum = 0;
    for (size_t k = 0; k < v->outline->leaves; k++)
        sum += improve_weight(v, k) * component->serves[k];
    return sum;
}

/* Scores may be in any unit, and as large as numbers go. */
static void scale_scores(const ve_outline *o, double *importance) {
    double most = 0, sum = 0;
    for (size_t c = 0; c < o->components; c++)
        most = fmax(most, o->component[c].score);
    for (size_t c = 0; c < o->components; c++)
        sum += o->component[c].score / most;
    for (size_t c = 0; c < o->components; c++)
        importance[c] = o->component[c].score / most / sum;
}

static ve_code weigh_components(improve_view *v) {
    const ve_outline *o = v->outline;
    if (!have_scores(o) && !serve(o)) return VE_OK;
    double *importance = improve_take(v, o->components, sizeof *importance);
    if (!importance) return VE_E_MEMORY;
    if (have_scores(o)) scale_scores(o, importance);
    for (size_t c = 0; c < o->components && serve(o); c++)
        importance[c] = delivered(v, &o->component[c]);
    v->component_importance = importance;
    return VE_OK;
}

static void take_components(improve_view *v) {
    for (size_t c = 0; c < v->items; c++) {
        const ve_outline_component *from = &v->outline->component[c];
        v->item[c] = (improve_item){
            .id = from->id, .name = from->name, .importance = v->component_importance[c], .cost = from->cost
        };
    }
}

/* ---- the choice -------------------------------------------------------------------------------- */

static ve_code choose(improve_view *v) {
    const ve_outline *o = v->outline;
    const ve_services *s = v->services->base;
    bool weighed = have_scores(o) || serve(o);
    v->functions =
        v->params->items == IMPROVE_ITEMS_FUNCTIONS || (v->params->items == IMPROVE_ITEMS_AUTO && !weighed);
    if (v->functions || weighed) return VE_OK;
    if (!o->components)
        return s->fail(s, VE_E_ARGUMENT, "items", "add `components` to the model, or leave --items out",
                       "the model has no components");
    return s->fail(s, VE_E_ARGUMENT, "items", "give them `score` or `serves`, or leave --items out",
                   "the components say what their cost is spent on, not how important they are");
}

static ve_code no_cost(const improve_view *v) {
    const ve_services *s = v->services->base;
    if (v->by_option)
        return s->fail(s, VE_E_NO_COST, "", "state its cost", "the option '%s' costs nothing",
                       v->outline->option[v->option].id);
    return s->fail(s, VE_E_NO_COST, "", "at least one of them must cost something",
                   "the components cost nothing");
}

static ve_code add_costs(improve_view *v) {
    const ve_services *s = v->services->base;
    double sum = 0;
    for (size_t i = 0; i < v->items; i++)
        sum += v->item[i].cost;
    v->known = !isnan(sum);
    v->total_cost = v->by_option ? v->outcome->option[v->option].cost : sum;
    if (!(v->total_cost > 0)) return no_cost(v);
    if (!ve_print_finite(v->total_cost))
        return s->fail(s, VE_E_NOT_FINITE, "", "state costs in a larger unit",
                       "the costs add up to infinity");
    for (size_t i = 0; i < v->items; i++) {
        improve_item *item = &v->item[i];
        item->cost_share = item->cost / v->total_cost;
        item->value = item->cost > 0 ? item->importance / item->cost_share : NAN;
    }
    return VE_OK;
}

ve_code improve_items(improve_view *v) {
    ve_code code = choose(v);
    if (!code) code = evaluate(v);
    if (!code && v->outcome) code = add_function_costs(v);
    if (!code) code = weigh_components(v);
    if (code) return code;
    v->items = v->functions ? v->outline->leaves : v->outline->components;
    v->item = improve_take(v, v->items, sizeof *v->item);
    if (!v->item) return VE_E_MEMORY;
    if (v->functions)
        take_functions(v);
    else
        take_components(v);
    return add_costs(v);
}

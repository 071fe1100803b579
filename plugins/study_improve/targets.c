/* What each item may cost, how far it is from there, and which to work on first.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "study_improve.h"

/* ---- the base point ---------------------------------------------------------------------------- */

static ve_code unit_costs(improve_view *v) {
    double *key = improve_take(v, v->items, sizeof *key);
    if (!key) return VE_E_MEMORY;
    size_t known = 0;
    for (size_t i = 0; i < v->items; i++) {
        improve_item *item = &v->item[i];
        key[i] = item->unit_cost = item->importance > 0 ? item->cost / item->importance : NAN;
        if (!isnan(key[i])) known++;
    }
    int *order = improve_sorted(v, key, v->items);
    if (!order) return VE_E_MEMORY;
    v->base = (improve_base){ -1, NAN, NAN, NAN };
    if (!known) return VE_OK;
    v->base.low = key[order[0]];
    v->base.high = key[order[known - 1]];
    v->base.unit_cost = (key[order[(known - 1) / 2]] + key[order[known / 2]]) / 2;
    return VE_OK;
}

static ve_code bad_base(const improve_view *v, const char *hint, const char *message) {
    const ve_services *s = v->services->base;
    return s->fail(s, VE_E_ARGUMENT, "base", hint, "%s", message);
}

static ve_code take_base(improve_view *v, int i) {
    const improve_item *item = &v->item[i];
    const char *hint = "choose an item whose cost and function go well together, or median";
    if (!(item->importance > 0))
        return bad_base(v, hint,
                        improve_text(v, "'%s' serves no function, so it cannot be the base", item->id));
    if (!(item->cost > 0))
        return bad_base(v, hint, improve_text(v, "'%s' costs nothing, so it cannot be the base", item->id));
    v->base.item = i;
    v->base.unit_cost = item->unit_cost;
    return VE_OK;
}

static ve_code no_base(improve_view *v) {
    const ve_services *s = v->services->base;
    const char *name = v->params->base, *near = NULL;
    const char **id = improve_take(v, v->items + 1, sizeof *id);
    if (!id) return VE_E_MEMORY;
    for (size_t i = 0; i < v->items; i++)
        id[i] = v->item[i].id;
    id[v->items] = "median";
    if (s->nearest) near = s->nearest(name, id, v->items + 1);
    const char *hint = near ? improve_text(v, "did you mean '%s'?", near)
                            : improve_text(v, "possible here: median, %s", improve_join(v, id, v->items));
    return bad_base(v, hint,
                    improve_text(v, "there is no %s '%s'", v->functions ? "function" : "component", name));
}

static ve_code choose_base(improve_view *v) {
    const char *name = v->params->base;
    if (!name) return VE_OK;
    if (!v->known)
        return bad_base(v, "add `spent_on` to the option, or to components",
                        "a base needs costs, and the model does not say what each function costs");
    for (size_t i = 0; i < v->items; i++)
        if (strcmp(v->item[i].id, name) == 0) return take_base(v, (int)i);
    if (strcmp(name, "median") != 0) return no_base(v);
    if (v->base.unit_cost > 0) return VE_OK;
    return bad_base(v, "name an item that costs something",
                    "half of the items cost nothing, so their median cannot be the base");
}

/* ---- targets ----------------------------------------------------------------------------------- */

/* T_k = F_k T, or F_k times the base; of an existing product never above the present cost. */
static void set_targets(improve_view *v) {
    double per_function = v->params->base ? v->base.unit_cost : v->wanted, sum = 0;
    for (size_t i = 0; i < v->items; i++) {
        improve_item *item = &v->item[i];
        item->target = item->importance * per_function;
        if (v->outline->existing && item->cost < item->target) item->target = item->cost;
        item->saving = item->cost - item->target;
        sum += item->target;
    }
    v->target_cost = v->outline->existing && v->known ? sum : per_function;
    v->total_saving = v->total_cost - v->target_cost;
}

/* ---- the zone ---------------------------------------------------------------------------------- */

/* The smallest S with the wanted share of items inside. */
static ve_code choose_zone(improve_view *v) {
    double *key = improve_take(v, v->items, sizeof *key);
    if (!key) return VE_E_MEMORY;
    for (size_t i = 0; i < v->items; i++)
        key[i] = fabs(v->item[i].deviation);
    int *order = improve_sorted(v, key, v->items);
    if (!order) return VE_E_MEMORY;
    size_t wanted = (size_t)ceil(v->params->inside * (double)v->items - 1e-9);
    v->zone = wanted ? key[order[wanted - 1]] : 0;
    return VE_OK;
}

/* The last digits of shares do not count. */
static improve_zone zone_of(double deviation, double limit) {
    if (isnan(deviation)) return IMPROVE_ZONE_UNKNOWN;
    if (fabs(deviation) <= limit * (1 + 1e-9) + 1e-9) return IMPROVE_ZONE_INSIDE;
    return deviation > 0 ? IMPROVE_ZONE_REDUCE : IMPROVE_ZONE_RAISE;
}

static ve_code set_zone(improve_view *v) {
    for (size_t i = 0; i < v->items; i++) {
        double x = 100 * v->item[i].importance, y = 100 * v->item[i].cost_share;
        v->item[i].deviation = (y - x) * (y + x) / 2;
    }
    v->zone = v->params->zone;
    ve_code code = isnan(v->zone) && v->known ? choose_zone(v) : VE_OK;
    for (size_t i = 0; i < v->items && !code; i++)
        v->item[i].zone = zone_of(v->item[i].deviation, v->zone);
    return code;
}

/* ---- the order of work ------------------------------------------------------------------------- */

static ve_code set_order(improve_view *v) {
    double *key = improve_take(v, v->items, sizeof *key);
    if (!key) return VE_E_MEMORY;
    bool by_value = v->params->order == IMPROVE_ORDER_VALUE;
    for (size_t i = 0; i < v->items; i++)
        key[i] = by_value ? v->item[i].value : -v->item[i].saving;
    int *order = improve_sorted(v, key, v->items);
    if (!order) return VE_E_MEMORY;
    for (size_t i = 0; i < v->items; i++)
        v->item[order[i]].priority = (int)i + 1;
    v->order = order;
    return VE_OK;
}

ve_code improve_targets(improve_view *v) {
    v->wanted = isnan(v->outline->target_cost) ? v->total_cost : v->outline->target_cost;
    ve_code code = unit_costs(v);
    if (!code) code = choose_base(v);
    if (!code) set_targets(v);
    if (!code) code = set_zone(v);
    return code ? code : set_order(v);
}

/* Choosing the object: which component, or option, to work on at all. ABC by cost share, percentages, forced
 * decision and value index side by side.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "study_improve.h"

typedef struct object {
    const char *id, *name;
    double cost, cost_share;
    double above, together; /* share of cost of the dearer ones, and with this one */
    double function;        /* share; NaN where it is not known */
    double forced;          /* share by forced decision */
} object;

typedef struct objects {
    object *list; /* dearest first */
    size_t count;
    int start; /* where to begin */
} objects;

/* ---- what may be chosen ------------------------------------------------------------------------ */

static object component(const improve_view *v, size_t c) {
    const ve_outline_component *from = &v->outline->component[c];
    double importance = v->component_importance ? v->component_importance[c] : NAN;
    return (object){ .id = from->id, .name = from->name, .cost = from->cost, .function = importance };
}

static object option(const improve_view *v, size_t i) {
    const ve_outline_option *from = &v->outline->option[i];
    const ve_outcome_option *o = &v->outcome->option[i];
    return (
        object){ .id = from->id, .name = from->name, .cost = o->cost, .function = o->function_coefficient };
}

static object any(const improve_view *v, size_t i) {
    return v->outline->components ? component(v, i) : option(v, i);
}

/* Everyone against everyone: a point for the more important, half for equals, and one for everyone so that
 * nobody is left with none. */
static void decide(objects *all) {
    double points = (double)all->count * ((double)all->count + 1) / 2;
    for (size_t i = 0; i < all->count; i++) {
        object *one = &all->list[i];
        double won = 1;
        for (size_t j = 0; j < all->count; j++) {
            double other = all->list[j].function;
            won += one->function > other ? 1 : one->function == other && i != j ? 0.5 : 0;
        }
        one->forced = isnan(one->function) ? NAN : won / points;
    }
}

/* Dearest first; running totals in that order, so that the last one is the whole. */
static void share_cost(objects *all) {
    double sum = 0;
    for (size_t i = 0; i < all->count; i++) {
        all->list[i].above = sum;
        sum += all->list[i].cost;
        all->list[i].together = sum;
    }
    for (size_t i = 0; i < all->count; i++) {
        all->list[i].cost_share = all->list[i].cost / sum;
        all->list[i].above /= sum;
        all->list[i].together /= sum;
    }
}

static ve_code collect(const improve_view *v, objects *all) {
    all->count = v->outline->components ? v->outline->components : v->outline->options;
    double *key = improve_take(v, all->count, sizeof *key);
    all->list = improve_take(v, all->count, sizeof *all->list);
    if (!key || !all->list) return VE_E_MEMORY;
    for (size_t i = 0; i < all->count; i++)
        key[i] = -any(v, i).cost;
    int *order = improve_sorted(v, key, all->count);
    if (!order) return VE_E_MEMORY;
    for (size_t i = 0; i < all->count; i++)
        all->list[i] = any(v, (size_t)order[i]);
    share_cost(all);
    decide(all);
    return VE_OK;
}

/* ---- which of them ----------------------------------------------------------------------------- */

static double over_cost(const object *one, double share) {
    return one->cost > 0 ? share / one->cost_share : NAN;
}

static const char *class_of(const improve_view *v, const object *one) {
    if (one->above < v->params->class_a - 1e-12) return "A";
    return one->above < v->params->class_b - 1e-12 ? "B" : "C";
}

/* Of those that cost most the one with the lowest value index: there is most to be won. */
static void choose(const improve_view *v, objects *all) {
    double least = INFINITY;
    all->start = 0;
    for (size_t i = 0; i < all->count && class_of(v, &all->list[i])[0] == 'A'; i++) {
        double value = over_cost(&all->list[i], all->list[i].function);
        if (!(value < least)) continue;
        least = value;
        all->start = (int)i;
    }
}

static void say_start(const improve_view *v, const objects *all) {
    const object *one = &all->list[all->start];
    char share[VE_WORDS_ROOM];
    double value = over_cost(one, one->function);
    ve_words_percent(one->cost_share, share);
    if (all->count < 2) return;
    if (isnan(value))
        v->services->say(v->services, "Where to look first: %s costs most, %s of the whole.", one->name,
                         share);
    else
        v->services->say(v->services,
                         "Where to look first: %s takes %s of the cost of all %s and, of those that cost "
                         "most (class A), has the lowest value index, %.3f.",
                         one->name, share, v->outline->components ? "components" : "options", value);
}

/* ---- the table --------------------------------------------------------------------------------- */

static void fill(const improve_view *v, const object *one, ve_cell *cell) {
    cell[0] = VE_CELL_OF_TEXT(one->id);
    cell[1] = VE_CELL_OF_TEXT(one->name);
    cell[2] = VE_CELL_OF_NUMBER(one->cost);
    cell[3] = VE_CELL_OF_NUMBER(one->cost_share);
    cell[4] = VE_CELL_OF_NUMBER(one->together);
    cell[5] = VE_CELL_OF_TEXT(class_of(v, one));
    cell[6] = VE_CELL_OF_NUMBER(one->function);
    cell[7] = VE_CELL_OF_NUMBER(one->cost_share - one->function);
    cell[8] = VE_CELL_OF_NUMBER(one->forced);
    cell[9] = VE_CELL_OF_NUMBER(over_cost(one, one->forced));
    cell[10] = VE_CELL_OF_NUMBER(over_cost(one, one->function));
}

static int put_table(const improve_view *v, const objects *all) {
    const ve_study_services *s = v->services;
    const char *kind = v->outline->components ? "components" : "options";
    /* nothing is known of what they are good for */
    unsigned known = isnan(all->list[0].function) ? (unsigned)VE_COLUMN_HIDDEN : 0;
    const ve_column column[] = {
        { "object", "Id", 0, VE_COLUMN_HIDDEN },
        { "name", v->outline->components ? "Component" : "Option", 0, 0 },
        { "cost", "Cost", improve_money_digits(all->list[0].cost), 0 },
        { "cost_coefficient", "Share", 1, VE_COLUMN_PERCENT },
        { "cumulative_share", "Sum", 1, VE_COLUMN_PERCENT },
        { "class", "Class", 0, 0 },
        { "function_coefficient", "F", 1, VE_COLUMN_PERCENT | known },
        { "difference", "Excess", 1, VE_COLUMN_PERCENT | known },
        { "forced_coefficient", "Forced decision", 1, VE_COLUMN_PERCENT | VE_COLUMN_HIDDEN },
        { "forced_value_index", "V 0-1", 3, known },
        { "value_index", "V", 3, known },
    };
    return s->table(s, "objects", improve_text(v, "Choosing the object: %s, dearest first", kind), 0, column,
                    VE_COUNT(column));
}

ve_code improve_objects(const improve_view *v) {
    objects all;
    ve_code code = collect(v, &all);
    if (code) return code;
    choose(v, &all);
    say_start(v, &all);
    int table = put_table(v, &all);
    for (size_t i = 0; i < all.count && table >= 0; i++)
        fill(v, &all.list[i], v->services->row(v->services, table));
    if (table >= 0) v->services->mark(v->services, table, all.start);
    return table >= 0 ? VE_OK : VE_E_MEMORY;
}

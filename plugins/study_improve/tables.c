/* The tables: items in the model's order for programs and in the order of work for people, zone, base point,
 * matrices. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "study_improve.h"

enum { COLUMNS_MOST = 1024 /* of a table */, MATRIX_SHOWN = 8 /* columns of a matrix that people see */ };

static const char *const zone_word[] = { NULL,
#define IMPROVE_WORD(name, word) word,
                                         IMPROVE_ZONES(IMPROVE_WORD)
#undef IMPROVE_WORD
};

static const char *noun(const improve_view *v) {
    return v->functions ? "Function" : "Component";
}

static int money_digits(const improve_view *v) {
    double most = 0;
    for (size_t i = 0; i < v->items; i++)
        most = fmax(most, fmax(v->item[i].target, v->item[i].cost));
    return improve_money_digits(most);
}

static ve_code done(int table) {
    return table >= 0 ? VE_OK : VE_E_MEMORY;
}

/* ---- items; X(key, title, digits, flags, cell) ------------------------------------------------- */

#define ITEM_SHARES(X)                                                                                       \
    X("function_coefficient", "F", 3, 0, VE_CELL_OF_NUMBER(item->importance))                                \
    X("cost_coefficient", "C", 3, 0, VE_CELL_OF_NUMBER(item->cost_share))                                    \
    X("value_index", "V", 3, 0, VE_CELL_OF_NUMBER(item->value))
#define ITEM_MONEY(X, digits)                                                                                \
    X("cost", "Cost", digits, 0, VE_CELL_OF_NUMBER(item->cost))                                              \
    X("target_cost", "Target", digits, 0, VE_CELL_OF_NUMBER(item->target))                                   \
    X("saving", "Saving", digits, 0, VE_CELL_OF_NUMBER(item->saving))
#define ITEM_ZONE(X) X("zone", "Zone", 0, 0, VE_CELL_OF_TEXT(zone_word[item->zone]))
#define ITEM_COLUMN(key, title, digits, flags, cell) { key, title, digits, flags },
#define ITEM_CELL(key, title, digits, flags, value) *cell++ = value;

static ve_code tell_items(const improve_view *v) {
    const ve_study_services *s = v->services;
    const ve_column column[] = { { "item", noun(v), 0, 0 },
                                 { "name", "Name", 0, 0 },
                                 ITEM_SHARES(ITEM_COLUMN) ITEM_MONEY(ITEM_COLUMN, -1)
                                     ITEM_ZONE(ITEM_COLUMN){ "priority", "Priority", 0, 0 } };
    int table = s->table(s, "items", "Items", VE_TABLE_HIDDEN, column, VE_COUNT(column));
    for (size_t i = 0; i < v->items && table >= 0; i++) {
        const improve_item *item = &v->item[i];
        ve_cell *cell = s->row(s, table);
        *cell++ = VE_CELL_OF_TEXT(item->id);
        *cell++ = VE_CELL_OF_TEXT(item->name);
        ITEM_SHARES(ITEM_CELL)
        ITEM_MONEY(ITEM_CELL, 0)
        ITEM_ZONE(ITEM_CELL)
        *cell = VE_CELL_OF_NUMBER(item->priority);
    }
    return done(table);
}

/* Where nothing is to be saved there is no work. */
static double work_number(const improve_view *v, const improve_item *item) {
    bool by_value = v->params->order == IMPROVE_ORDER_VALUE;
    return by_value || improve_counts(v, item->saving) ? (double)item->priority : NAN;
}

static ve_code tell_work(const improve_view *v) {
    const ve_study_services *s = v->services;
    int money = money_digits(v);
    const ve_column column[] = { { "priority", "No", 0, 0 },
                                 { "name", noun(v), 0, 0 },
                                 ITEM_MONEY(ITEM_COLUMN, money) ITEM_SHARES(ITEM_COLUMN)
                                     ITEM_ZONE(ITEM_COLUMN) };
    const char *title = "Order of work: F share of function, C share of cost, value index V = F / C";
    int table = s->table(s, "work", title, VE_TABLE_PAPER, column, VE_COUNT(column));
    for (size_t i = 0; i < v->items && table >= 0; i++) {
        const improve_item *item = &v->item[v->order[i]];
        ve_cell *cell = s->row(s, table);
        *cell++ = VE_CELL_OF_NUMBER(work_number(v, item));
        *cell++ = VE_CELL_OF_TEXT(item->name);
        ITEM_MONEY(ITEM_CELL, 0)
        ITEM_SHARES(ITEM_CELL)
        ITEM_ZONE(ITEM_CELL)
    }
    return done(table);
}

/* ---- the zone ---------------------------------------------------------------------------------- */

/* Where the cost share may lie: y = sqrt(x^2 -+ 2 S), in per cent. */
static double bound(const improve_view *v, const improve_item *item, double side) {
    double x = 100 * item->importance;
    return sqrt(fmax(0, x * x + side * 2 * v->zone)) / 100;
}

static ve_code tell_zone(const improve_view *v) {
    static const ve_column column[] = { { "item", "Id", 0, VE_COLUMN_HIDDEN },
                                        { "name", "Item", 0, 0 },
                                        { "function_coefficient", "Function", 1, VE_COLUMN_PERCENT },
                                        { "cost_coefficient", "Cost", 1, VE_COLUMN_PERCENT },
                                        { "low", "May be from", 1, VE_COLUMN_PERCENT },
                                        { "high", "To", 1, VE_COLUMN_PERCENT },
                                        { "deviation", "Deviation", 1, VE_COLUMN_HIDDEN },
                                        { "zone", "Zone", 0, 0 } };
    const ve_study_services *s = v->services;
    char limit[VE_WORDS_ROOM];
    if (!v->known) return VE_OK;
    int table = s->table(s, "zone",
                         improve_text(v, "Where cost fits function: S = %s", ve_words_figure(v->zone, limit)),
                         0, column, VE_COUNT(column));
    for (size_t i = 0; i < v->items && table >= 0; i++) {
        const improve_item *item = &v->item[i];
        ve_cell *cell = s->row(s, table);
        cell[0] = VE_CELL_OF_TEXT(item->id);
        cell[1] = VE_CELL_OF_TEXT(item->name);
        cell[2] = VE_CELL_OF_NUMBER(item->importance);
        cell[3] = VE_CELL_OF_NUMBER(item->cost_share);
        cell[4] = VE_CELL_OF_NUMBER(bound(v, item, -1));
        cell[5] = VE_CELL_OF_NUMBER(bound(v, item, 1));
        cell[6] = VE_CELL_OF_NUMBER(item->deviation);
        cell[7] = VE_CELL_OF_TEXT(zone_word[item->zone]);
    }
    return done(table);
}

/* ---- the base point ---------------------------------------------------------------------------- */

static double value_under(const improve_item *item, double unit_cost) {
    return item->cost > 0 ? item->importance * unit_cost / item->cost : NAN;
}

static const char *base_title(const improve_view *v) {
    const char *base = v->base.item >= 0 ? v->item[v->base.item].name : "the median";
    return improve_text(
        v, "Base point: %s; V if the base were the cheapest item, the base itself, the dearest", base);
}

static ve_code tell_base(const improve_view *v) {
    const ve_study_services *s = v->services;
    int money = money_digits(v);
    const ve_column column[] = { { "item", "Id", 0, VE_COLUMN_HIDDEN },
                                 { "name", "Item", 0, 0 },
                                 { "cost_per_function", "Cost per function",
                                   improve_money_digits(v->base.high), 0 },
                                 { "target_cost", "Target", money, 0 },
                                 { "saving", "Saving", money, 0 },
                                 { "value_index_low", "V low", 3, 0 },
                                 { "value_index", "V", 3, 0 },
                                 { "value_index_high", "V high", 3, 0 } };
    if (isnan(v->base.unit_cost)) return VE_OK;
    int table = s->table(s, "base_point", base_title(v), 0, column, VE_COUNT(column));
    for (size_t i = 0; i < v->items && table >= 0; i++) {
        const improve_item *item = &v->item[i];
        double target = item->importance * v->base.unit_cost;
        ve_cell *cell = s->row(s, table);
        cell[0] = VE_CELL_OF_TEXT(item->id);
        cell[1] = VE_CELL_OF_TEXT(item->name);
        cell[2] = VE_CELL_OF_NUMBER(item->unit_cost);
        cell[3] = VE_CELL_OF_NUMBER(target);
        cell[4] = VE_CELL_OF_NUMBER(item->cost - target);
        cell[5] = VE_CELL_OF_NUMBER(value_under(item, v->base.low));
        cell[6] = VE_CELL_OF_NUMBER(value_under(item, v->base.unit_cost));
        cell[7] = VE_CELL_OF_NUMBER(value_under(item, v->base.high));
    }
    if (table >= 0) s->mark(s, table, v->base.item);
    return done(table);
}

/* ---- matrices ---------------------------------------------------------------------------------- */

/* `fixed` columns, then one per entry whose key is "<key>.<id>". */
static ve_column *matrix_columns(const improve_view *v, const ve_column *fixed, size_t before, size_t count) {
    ve_column *column = improve_take(v, before + count, sizeof *column);
    for (size_t i = 0; column && i < before; i++)
        column[i] = fixed[i];
    return column;
}

static void fill_allocation(const improve_view *v, size_t k, ve_cell *cell) {
    const ve_outline *o = v->outline;
    const ve_outline_function *f = &o->function[o->leaf[k]];
    double total = 0, cost = v->function_cost[k], weight = improve_weight(v, k);
    for (size_t c = 0; c < o->components; c++)
        total += o->component[c].cost;
    *cell++ = VE_CELL_OF_TEXT(f->id);
    *cell++ = VE_CELL_OF_TEXT(f->name);
    *cell++ = VE_CELL_OF_NUMBER(weight);
    *cell++ = VE_CELL_OF_NUMBER(cost);
    *cell++ = VE_CELL_OF_NUMBER(cost / total);
    *cell++ = VE_CELL_OF_NUMBER(cost > 0 ? weight / (cost / total) : NAN);
    for (size_t c = 0; c < o->components; c++)
        *cell++ = VE_CELL_OF_NUMBER(o->component[c].cost * o->component[c].spent_on[k]);
}

static ve_code tell_allocation(const improve_view *v) {
    const ve_study_services *s = v->services;
    const ve_outline *o = v->outline;
    unsigned again = v->functions ? VE_COLUMN_HIDDEN : 0; /* people see it in the order of work */
    int money = money_digits(v);
    const ve_column fixed[] = { { "function", "Id", 0, VE_COLUMN_HIDDEN }, { "name", "Function", 0, 0 },
                                { "function_coefficient", "F", 3, again }, { "cost", "Cost", money, 0 },
                                { "cost_coefficient", "C", 3, again },     { "value_index", "V", 3, again } };
    size_t before = VE_COUNT(fixed);
    if (!v->function_cost || before + o->components > COLUMNS_MOST) return VE_OK;
    ve_column *column = matrix_columns(v, fixed, before, o->components);
    if (!column) return VE_E_MEMORY;
    for (size_t c = 0; c < o->components; c++)
        column[before + c] =
            (ve_column){ improve_text(v, "cost.%s", o->component[c].id), o->component[c].name, money,
                         c < MATRIX_SHOWN ? 0 : VE_COLUMN_HIDDEN };
    int table =
        s->table(s, "allocation", improve_titled(v, "What each function costs, and through which component"),
                 0, column, before + o->components);
    for (size_t k = 0; k < o->leaves && table >= 0; k++)
        fill_allocation(v, k, s->row(s, table));
    return done(table);
}

static void fill_serves(const improve_view *v, size_t c, ve_cell *cell) {
    const ve_outline *o = v->outline;
    double sum = 0;
    for (size_t k = 0; k < o->leaves; k++)
        sum += improve_weight(v, k) * o->component[c].serves[k];
    *cell++ = VE_CELL_OF_TEXT(o->component[c].id);
    *cell++ = VE_CELL_OF_TEXT(o->component[c].name);
    *cell++ = VE_CELL_OF_NUMBER(sum);
    for (size_t k = 0; k < o->leaves; k++)
        *cell++ = VE_CELL_OF_NUMBER(o->component[c].serves[k]);
}

static ve_code tell_serves(const improve_view *v) {
    static const ve_column fixed[] = { { "component", "Id", 0, VE_COLUMN_HIDDEN },
                                       { "name", "Component", 0, 0 },
                                       { "importance", "Importance", 1, VE_COLUMN_PERCENT } };
    const ve_study_services *s = v->services;
    const ve_outline *o = v->outline;
    size_t before = VE_COUNT(fixed);
    if (!o->components || !o->component[0].serves || before + o->leaves > COLUMNS_MOST) return VE_OK;
    ve_column *column = matrix_columns(v, fixed, before, o->leaves);
    if (!column) return VE_E_MEMORY;
    for (size_t k = 0; k < o->leaves; k++)
        column[before + k] = (ve_column){ improve_text(v, "serves.%s", o->function[o->leaf[k]].id),
                                          o->function[o->leaf[k]].name, 1,
                                          VE_COLUMN_PERCENT | (k < MATRIX_SHOWN ? 0u : VE_COLUMN_HIDDEN) };
    int table = s->table(s, "serves", "Share of each function that a component delivers", 0, column,
                         before + o->leaves);
    for (size_t c = 0; c < o->components && table >= 0; c++)
        fill_serves(v, c, s->row(s, table));
    return done(table);
}

ve_code improve_tables(const improve_view *v) {
    static ve_code (*const part[])(const improve_view *) = { tell_items, tell_work, improve_objects,
                                                             tell_zone,  tell_base, tell_allocation,
                                                             tell_serves };
    ve_code code = VE_OK;
    for (size_t i = 0; i < VE_COUNT(part) && !code; i++)
        code = part[i](v);
    return code;
}

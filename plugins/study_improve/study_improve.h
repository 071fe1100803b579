/* What the files of this plugin share: the items that are worked on, with all that is found out about them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_IMPROVE_H
#define STUDY_IMPROVE_H

#include "ve/words.h"

/* X(NAME, word) */
#define IMPROVE_ITEMS(X) X(AUTO, "auto") X(COMPONENTS, "components") X(FUNCTIONS, "functions")
#define IMPROVE_ORDERS(X) X(SAVING, "saving") X(VALUE, "value_index")
#define IMPROVE_ZONES(X) X(INSIDE, "inside") X(REDUCE, "reduce cost") X(RAISE, "raise function")

enum {
#define IMPROVE_ENUM(name, word) IMPROVE_ITEMS_##name,
    IMPROVE_ITEMS(IMPROVE_ENUM)
#undef IMPROVE_ENUM
};
enum {
#define IMPROVE_ENUM(name, word) IMPROVE_ORDER_##name,
    IMPROVE_ORDERS(IMPROVE_ENUM)
#undef IMPROVE_ENUM
};
typedef enum improve_zone {
    IMPROVE_ZONE_UNKNOWN, /* what it costs is not known */
#define IMPROVE_ENUM(name, word) IMPROVE_ZONE_##name,
    IMPROVE_ZONES(IMPROVE_ENUM)
#undef IMPROVE_ENUM
} improve_zone;

typedef struct improve_params {
    const char *option, *base;
    int items, order;
    double zone, inside, class_a, class_b;
} improve_params;

/* A component, or a function. What depends on its cost is NaN where that is not known. */
typedef struct improve_item {
    const char *id, *name;
    double importance; /* F; over all items 1 */
    double cost;
    double cost_share; /* C */
    double value;      /* V = F / C; NaN where the cost is 0 */
    double target, saving;
    double unit_cost; /* cost per function: cost / F; NaN where F is 0 */
    double deviation; /* (y^2 - x^2) / 2, x = 100 F, y = 100 C */
    improve_zone zone;
    int priority; /* from 1 */
} improve_item;

/* The base point: what a whole unit of function costs if all of it is made as the base item is. */
typedef struct improve_base {
    int item;         /* -1: the median */
    double unit_cost; /* NaN where there is none */
    double low, high; /* of all items */
} improve_base;

typedef struct improve_view {
    const ve_study_services *services;
    const ve_outline *outline;
    const improve_params *params;
    const ve_outcome *outcome; /* NULL where the scores of the components say all */
    int option;                /* whose function weights, and cost, are used; -1: nobody's */
    bool functions;            /* the items are the functions */
    bool known;                /* what each item costs is known */
    bool by_option;            /* the cost is the option's */
    improve_item *item;
    size_t items;
    const int *order;  /* items by priority */
    double total_cost; /* of all items */
    double wanted;     /* the target that is shared out */
    double target_cost, total_saving;
    double zone; /* S, in squared per cent; NaN where costs are not known */
    improve_base base;
    const double *component_importance; /* shares; NULL where components have none */
    const double *function_cost;        /* by leaf, where components say what they are spent on; else NULL */
    bool *failed;                       /* memory ran out, already told */
} improve_view;

/* items.c: who is worked on, how important each is and what it costs. */
ve_code improve_items(improve_view *view);
double improve_weight(const improve_view *view, size_t leaf);

/* targets.c: targets, zone, base point, order of work. */
ve_code improve_targets(improve_view *view);

/* tables.c, objects.c */
ve_code improve_tables(const improve_view *view);
ve_code improve_objects(const improve_view *view);

/* words.c, warnings.c */
void improve_say(const improve_view *view);
void improve_warn(const improve_view *view);

/* figures.c: small things that all need. */
void *improve_take(const improve_view *view, size_t count, size_t size); /* zeroed; NULL: *failed is set */
const char *improve_text(const improve_view *view, const char *format, ...) VE_PRINTF(2, 3); /* never NULL */
/* "A, B and C", of many "A, B, C and 4 more". */
const char *improve_join(const improve_view *view, const char *const *name, size_t count);
int improve_money_digits(double most);
const char *improve_titled(const improve_view *view, const char *title); /* "Cost, CNY/m2" */
bool improve_counts(const improve_view *view, double saving);            /* more than a rounding error */

/* Indices by key, smallest first, NaN last; equals keep their order. NULL: out of memory. */
int *improve_sorted(const improve_view *view, const double *key, size_t count);

#endif

/* The command `improve`: where the money goes against what it is for, what each part may cost, and where to
 * begin. SPDX-License-Identifier: GPL-3.0-or-later */
#include "study_improve.h"

#include <math.h>

/* ---- facts ------------------------------------------------------------------------------------- */

static const char *base_name(const improve_view *v) {
    if (isnan(v->base.unit_cost)) return NULL;
    return v->base.item >= 0 ? v->item[v->base.item].id : "median";
}

static void tell_facts(const improve_view *v) {
    const ve_study_services *s = v->services;
    bool one = v->by_option || (v->outcome && v->outcome->weights_by_option);
    s->fact(s, "total_cost", VE_CELL_OF_NUMBER(v->total_cost));
    s->fact(s, "target_cost", VE_CELL_OF_NUMBER(v->target_cost));
    s->fact(s, "total_saving", VE_CELL_OF_NUMBER(v->total_saving));
    s->fact(s, "items", VE_CELL_OF_TEXT(v->functions ? "functions" : "components"));
    s->fact(s, "option", VE_CELL_OF_TEXT(one ? v->outline->option[v->option].id : NULL));
    s->fact(s, "zone", VE_CELL_OF_NUMBER(v->zone));
    s->fact(s, "base", VE_CELL_OF_TEXT(base_name(v)));
    s->fact(s, "base_unit_cost", VE_CELL_OF_NUMBER(v->base.unit_cost));
}

/* ---- the study --------------------------------------------------------------------------------- */

static ve_code check(const improve_params *p, const ve_services *s) {
    if (p->class_a <= p->class_b) return VE_OK;
    return s->fail(s, VE_E_ARGUMENT, "class_a", "class A ends before class B does",
                   "class_a must not be above class_b");
}

static ve_code study(const void *params, const ve_study_services *services) {
    bool failed = false;
    improve_view view = {
        .services = services, .outline = services->outline, .params = params, .option = -1, .failed = &failed
    };
    ve_code code = check(params, services->base);
    if (!code) code = improve_items(&view);
    if (!code) code = improve_targets(&view);
    if (code) return code;
    improve_say(&view);
    tell_facts(&view);
    code = improve_tables(&view);
    if (!code) improve_warn(&view);
    return !code && failed ? VE_E_MEMORY : code;
}

/* ---- its options ------------------------------------------------------------------------------- */

#define IMPROVE_CHOICE(name, word) "|" word
static const char items_choices[] = IMPROVE_ITEMS(IMPROVE_CHOICE);
static const char order_choices[] = IMPROVE_ORDERS(IMPROVE_CHOICE);
#undef IMPROVE_CHOICE

static const ve_field fields[] = {
    VE_FIELD(improve_params, option, VE_T_TEXT, .name = "option",
             .doc = "the option whose cost and function weights are used; the best where left out"),
    VE_FIELD(improve_params, items, VE_T_CHOICE, .name = "items", .choices = items_choices + 1,
             .doc = "what is worked on; auto: components with score or serves, else functions"),
    VE_FIELD(improve_params, order, VE_T_CHOICE, .name = "order", .choices = order_choices + 1,
             .doc = "what comes first: the greatest saving, or the lowest value index"),
    VE_FIELD(improve_params, base, VE_T_TEXT, .name = "base",
             .doc = "targets by base point: the id of the base item, or median; shares of the target cost "
                    "where left out"),
    VE_FIELD(improve_params, zone, VE_T_NUMBER, .name = "zone", .flags = VE_F_EXACT, .low = 0,
             .high = INFINITY, .unit = "squared per cent",
             .doc = "S of the zone where cost fits function; chosen by `inside` where left out"),
    VE_FIELD(improve_params, inside, VE_T_NUMBER, .name = "inside", .flags = VE_F_EXACT, .low = 0, .high = 1,
             .doc = "share of the items that the zone is to hold, at the least"),
    VE_FIELD(improve_params, class_a, VE_T_NUMBER, .name = "class_a", .flags = VE_F_EXACT, .low = 0,
             .high = 1, .doc = "class A holds the dearest, up to this share of all cost"),
    VE_FIELD(improve_params, class_b, VE_T_NUMBER, .name = "class_b", .flags = VE_F_EXACT, .low = 0,
             .high = 1, .doc = "class B the next, up to this share; class C the rest"),
};

static const improve_params defaults = { .zone = NAN, .inside = 0.5, .class_a = 0.7, .class_b = 0.9 };

static const ve_record record = {
    .name = "improve",
    .doc = "function-cost analysis of components, or of the functions of an option",
    .size = sizeof(improve_params),
    .defaults = &defaults,
    .fields = fields,
    .count = VE_COUNT(fields),
};

static const ve_study_ops ops = { .size = sizeof ops, .study = study };

VE_PLUGIN(study_improve, STUDY, "improve", "1.0",
          "function-cost analysis: what each part may cost, and which to work on first", &record, &ops)

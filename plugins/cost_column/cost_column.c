/* The cost `column`: what an option's own customers pay, the mean of a survey column over them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ve/plugin.h"

typedef struct column {
    const char *name;
    /* made by prepare: */
    ve_column_handle handle;
} column;

static const ve_field fields[] = {
    VE_FIELD(column, name, VE_T_TEXT, .name = "name", .flags = VE_F_REQUIRED,
             .doc = "the survey column; {option} in it stands for the option's id"),
};
static const ve_record record = {
    .name = "column",
    .doc = "The mean of a survey column over the option's own customers: what they pay.",
    .size = sizeof(column),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "cost = ve.column { name = \"paid_{option}\" }",
};

static ve_code prepare(void *params, const ve_services *services) {
    column *own = params;
    own->handle = services->column(services, "name", own->name, NULL);
    return own->handle < 0 ? (ve_code)-own->handle : VE_OK;
}

static ve_code cost(const void *params, ve_cost *out, const ve_services *services) {
    const column *own = params;
    out->cost = services->column_mean(services, own->handle);
    if (out->cost >= 0) return VE_OK;
    return services->fail(services, VE_E_RANGE, "name", "costs are numbers from zero up",
                          "the mean of column '%s' is %.6g, and a cost cannot be below zero", own->name,
                          out->cost);
}

static const ve_cost_ops ops = { .size = sizeof ops, .prepare = prepare, .cost = cost };

VE_PLUGIN(cost_column, COST, "column", "1.0", "what the option's customers pay, from the survey", &record,
          &ops)

/* The judgement `stated`: the importance that the option's own customers state in the survey.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "ve/plugin.h"

typedef struct stated {
    const char *column;
    /* made by prepare: */
    const ve_column_handle *handle; /* one per sibling */
} stated;

static const ve_field fields[] = {
    VE_FIELD(stated, column, VE_T_TEXT, .name = "column", .flags = VE_F_REQUIRED,
             .doc = "the survey columns, such as \"importance_{function}\""),
};
static const ve_record record = {
    .name = "stated",
    .doc = "Each customer's own importance, averaged over the option's customers: weights then differ by "
           "option.",
    .size = sizeof(stated),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "weights = ve.stated { column = \"importance_{function}\" }",
};

static ve_code prepare(void *params, const ve_subjects *subjects, const ve_services *services) {
    stated *own = params;
    if (subjects->count > 1 && !strstr(own->column, "{function}"))
        return services->fail(services, VE_E_TEXT, "column", "write column = \"importance_{function}\"",
                              "'%s' names one column for all functions: {function} is missing", own->column);
    ve_column_handle *handle = services->memory(services, subjects->count * sizeof *handle);
    if (!handle) return VE_E_MEMORY;
    for (size_t k = 0; k < subjects->count; k++) {
        handle[k] = services->column(services, "column", own->column, subjects->id[k]);
        if (handle[k] < 0) return (ve_code)-handle[k];
    }
    own->handle = handle;
    return VE_OK;
}

static ve_code weigh(const void *params, const ve_subjects *subjects, double *weight, ve_judged *judged,
                     const ve_services *services) {
    (void)judged;
    const stated *own = params;
    for (size_t k = 0; k < subjects->count; k++) {
        weight[k] = services->column_mean(services, own->handle[k]);
        if (weight[k] < 0)
            return services->fail(services, VE_E_RANGE, "column", "importance is a number from zero up",
                                  "the mean importance of '%s' is %.6g", subjects->id[k], weight[k]);
    }
    return VE_OK;
}

static const ve_judgement_ops ops = {
    .size = sizeof ops,
    .needs = VE_NEEDS_CUSTOMERS,
    .prepare = prepare,
    .weigh = weigh,
};

VE_PLUGIN(judge_stated, JUDGEMENT, "stated", "1.0", "the importance that an option's own customers state",
          &record, &ops)

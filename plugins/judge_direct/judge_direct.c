/* The judgement `direct`: points are given to each function straight away.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ve/plugin.h"

typedef struct direct {
    ve_numbers points;
} direct;

static const ve_field fields[] = {
    VE_FIELD(direct, points, VE_T_MAP, .name = "points", .flags = VE_F_REQUIRED | VE_F_REST,
             .of = VE_OF_SIBLINGS, .low = 0, .high = INFINITY,
             .doc = "points for each: any scale, the shares are what counts"),
};
static const ve_record record = {
    .name = "direct",
    .doc = "Points given straight away: ve.direct { use = 6, look = 4 }.",
    .size = sizeof(direct),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "weights = ve.direct { use = 6, look = 4 }",
};

static ve_code weigh(const void *params, const ve_subjects *subjects, double *weight, ve_judged *judged,
                     const ve_services *services) {
    (void)judged;
    (void)services;
    const direct *own = params;
    for (size_t k = 0; k < subjects->count; k++)
        weight[k] = own->points.v[k];
    return VE_OK;
}

static const ve_judgement_ops ops = { .size = sizeof ops, .needs = VE_MAY_SKIP, .weigh = weigh };

VE_PLUGIN(judge_direct, JUDGEMENT, "direct", "1.0", "points given straight away", &record, &ops)

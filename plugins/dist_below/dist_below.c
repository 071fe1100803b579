/* The distribution `below`: customers count up to some value, with a soft edge.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ve/edge.h"

static const ve_field fields[] = {
    VE_FIELD(ve_edge, by, VE_T_REF, .name = "by", .of = VE_OF_ATTRIBUTES,
             .doc = "the attribute it speaks of; may be left out where there is only one"),
    VE_FIELD(ve_edge, at, VE_T_NUMBER, .name = "at", .flags = VE_F_REQUIRED,
             .doc = "the threshold: customers here count half, far below it fully"),
    VE_FIELD(ve_edge, scale, VE_T_NUMBER, .name = "scale", .flags = VE_F_REQUIRED | VE_F_ABOVE, .low = 0,
             .high = INFINITY,
             .doc = "how soft the edge is: one scale above it 27 % count, one below it 73 %"),
};
static const ve_record record = {
    .name = "below",
    .doc = "Who has no more: customers count up to a threshold, with a soft edge.",
    .size = sizeof(ve_edge),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "target = ve.below { at = 6000, scale = 500 }",
};

static ve_code log_density(const void *params, const ve_columns *columns, double *out,
                           const ve_services *services) {
    (void)services;
    ve_edge_log_weights(params, -1, columns, out);
    return VE_OK;
}

static const ve_distribution_ops ops = {
    .size = sizeof ops,
    .log_density = log_density,
    .log_peak = ve_edge_log_peak,
    .mean = ve_edge_mean,
    .relative = true,
};

VE_PLUGIN(dist_below, DISTRIBUTION, "below", "1.0", "customers count up to a threshold", &record, &ops)

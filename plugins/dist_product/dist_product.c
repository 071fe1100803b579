/* The distribution `product`: customers count as several conditions together let them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ve/part.h"

typedef struct factor {
    ve_word part;
} factor;

typedef struct product {
    ve_rows parts;
} product;

static const ve_field factor_fields[] = {
    VE_FIELD(factor, part, VE_T_WORD, .name = "part", .flags = VE_F_REQUIRED, .kind = VE_KIND_DISTRIBUTION,
             .doc = "one condition"),
};
static const ve_record factor_record = {
    .name = "part",
    .doc = "One condition.",
    .size = sizeof(factor),
    .fields = factor_fields,
    .count = VE_COUNT(factor_fields),
};

static const ve_field fields[] = {
    VE_FIELD(product, parts, VE_T_ROWS, .name = "parts", .flags = VE_F_REQUIRED, .record = &factor_record,
             .doc = "the conditions, one word each: { ve.normal { ... }, ve.above { ... } }"),
};
static const ve_record record = {
    .name = "product",
    .doc = "Several conditions at once: a customer's weights under each are multiplied.",
    .size = sizeof(product),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "target = ve.product { parts = { ve.normal { mean = 8000, sd = 2000 }, "
               "ve.above { at = 6000, scale = 500 } } }",
};

static const ve_word *part_at(const product *own, size_t index) {
    return &((const factor *)own->parts.v)[index].part;
}

static ve_code prepare(void *params, const ve_sample *sample, const ve_services *services) {
    (void)sample;
    const product *own = params;
    if (own->parts.count) return VE_OK;
    return services->fail(services, VE_E_LIST, "parts",
                          "write parts = { ve.normal { ... }, ve.above { ... } }", "parts is empty");
}

static size_t parts(const void *params, const ve_word **part, size_t index) {
    const product *own = params;
    if (index < own->parts.count) *part = part_at(own, index);
    return own->parts.count;
}

static ve_code combine(const void *params, const double *part_log, size_t rows, double *out,
                       const ve_services *services) {
    (void)services;
    const product *own = params;
    for (size_t row = 0; row < rows; row++)
        out[row] = 0;
    for (size_t i = 0; i < own->parts.count; i++)
        for (size_t row = 0; row < rows; row++)
            out[row] += part_log[i * rows + row];
    return VE_OK;
}

static double log_peak(const void *params) {
    (void)params;
    return NAN; /* the engine searches for it */
}

/* Where one part alone speaks of the attribute its mean holds; two of them would move it to a place that
 * neither knows. */
static double mean(const void *params, size_t attribute) {
    const product *own = params;
    double known = NAN;
    size_t speakers = 0;
    for (size_t i = 0; i < own->parts.count; i++) {
        const ve_word *part = part_at(own, i);
        double x = ve_part_mean(part, attribute);
        if (!isnan(x)) known = x;
        speakers += !isnan(x) || (!ve_part_ops(part)->joint && attribute == ve_part_attribute(part));
    }
    return speakers == 1 ? known : NAN;
}

static const ve_distribution_ops ops = {
    .size = sizeof ops,
    .joint = true,
    .prepare = prepare,
    .log_peak = log_peak,
    .mean = mean,
    .parts = parts,
    .combine = combine,
};

VE_PLUGIN(dist_product, DISTRIBUTION, "product", "1.0", "several conditions at once", &record, &ops)

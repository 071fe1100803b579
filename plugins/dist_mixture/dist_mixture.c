/* The distribution `mixture`: several groups of customers at once, each with its share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "ve/part.h"

typedef struct component {
    ve_word part;
    double share;
} component;

typedef struct mixture {
    ve_rows parts;
    const double *share; /* made by prepare: adds up to 1 */
} mixture;

static const ve_field component_fields[] = {
    VE_FIELD(component, part, VE_T_WORD, .name = "part", .flags = VE_F_REQUIRED, .kind = VE_KIND_DISTRIBUTION,
             .doc = "the distribution of one group"),
    VE_FIELD(component, share, VE_T_NUMBER, .name = "share", .low = 0, .high = INFINITY,
             .doc = "how many belong to this group: shares are scaled to add up to 1; left out everywhere: "
                    "all alike"),
};
static const ve_record component_record = {
    .name = "part",
    .doc = "One group and its share.",
    .size = sizeof(component),
    .fields = component_fields,
    .count = VE_COUNT(component_fields),
};

static const ve_field fields[] = {
    VE_FIELD(mixture, parts, VE_T_ROWS, .name = "parts", .flags = VE_F_REQUIRED, .record = &component_record,
             .doc = "rows { ve.normal { ... }, share = 0.6 }"),
};
static const ve_record record = {
    .name = "mixture",
    .doc = "Several groups of customers at once, each with its share; or a number that may come about in "
           "several ways.",
    .size = sizeof(mixture),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "target = ve.mixture { parts = { { ve.normal { mean = 4000, sd = 800 }, share = 0.7 }, "
               "{ ve.normal { mean = 9000, sd = 1500 }, share = 0.3 } } }",
};

static const component *component_at(const mixture *own, size_t index) {
    return (const component *)own->parts.v + index;
}

/* ---- prepare ------------------------------------------------------------------------------------ */

/* The path inside the word, for messages. */
static const char *path_of(size_t index, char room[40]) {
    snprintf(room, 40, "parts[%zu]", index + 1);
    return room;
}

/* Densities are added; a weight without one has no height to add. */
static ve_code check_densities(const mixture *own, const ve_services *services) {
    ve_code first = VE_OK;
    char path[40];
    for (size_t i = 0; i < own->parts.count; i++) {
        const ve_word *part = &component_at(own, i)->part;
        if (!ve_part_ops(part)->relative) continue;
        ve_code code = services->fail(
            services, VE_E_TYPE, path_of(i, path), "multiply it instead: ve.product { parts = { ... } }",
            "ve.%s has no density, so it cannot have a share in a mixture", part->plugin->name);
        if (!first) first = code;
    }
    return first;
}

static ve_code check_given(const mixture *own, size_t given, const ve_services *services) {
    ve_code first = VE_OK;
    char path[40];
    for (size_t i = 0; given && i < own->parts.count; i++) {
        if (!isnan(component_at(own, i)->share)) continue;
        ve_code code =
            services->fail(services, VE_E_MISSING_FIELD, path_of(i, path), "give every part a share, or none",
                           "this part has no share, and others have one");
        if (!first) first = code;
    }
    return first;
}

/* NaN: no part has a share. */
static ve_code add_shares(const mixture *own, double *total, const ve_services *services) {
    size_t given = 0;
    double sum = 0;
    for (size_t i = 0; i < own->parts.count; i++) {
        double share = component_at(own, i)->share;
        given += isnan(share) ? 0 : 1;
        sum += isnan(share) ? 0 : share;
    }
    *total = given ? sum : NAN;
    ve_code code = check_given(own, given, services);
    if (code || !given || sum > 0) return code;
    return services->fail(services, VE_E_WEIGHTS, "parts", "give at least one part a share above zero",
                          "the shares of all parts are zero");
}

static ve_code prepare(void *params, const ve_sample *sample, const ve_services *services) {
    (void)sample;
    mixture *own = params;
    double total;
    if (!own->parts.count)
        return services->fail(services, VE_E_LIST, "parts",
                              "write parts = { { ve.normal { ... }, share = 0.6 }, ... }", "parts is empty");
    ve_code code = check_densities(own, services), other = add_shares(own, &total, services);
    if (code || other) return code ? code : other;
    double *share = services->memory(services, own->parts.count * sizeof *share);
    if (!share) return VE_E_MEMORY;
    for (size_t i = 0; i < own->parts.count; i++)
        share[i] = isnan(total) ? 1 / (double)own->parts.count : component_at(own, i)->share / total;
    own->share = share;
    return VE_OK;
}

/* ---- what it gives ------------------------------------------------------------------------------ */

static size_t parts(const void *params, const ve_word **part, size_t index) {
    const mixture *own = params;
    if (index < own->parts.count) *part = &component_at(own, index)->part;
    return own->parts.count;
}

/* log of the sum of shares times densities, the greatest of them in front so that none underflows. */
static double log_sum(const mixture *own, const double *part_log, size_t rows) {
    double top = -HUGE_VAL, sum = 0;
    for (size_t i = 0; i < own->parts.count; i++)
        if (own->share[i] > 0) top = fmax(top, part_log[i * rows]);
    if (top == -HUGE_VAL) return top;
    for (size_t i = 0; i < own->parts.count; i++)
        if (own->share[i] > 0) sum += own->share[i] * exp(part_log[i * rows] - top);
    return top + log(sum);
}

static ve_code combine(const void *params, const double *part_log, size_t rows, double *out,
                       const ve_services *services) {
    (void)services;
    for (size_t row = 0; row < rows; row++)
        out[row] = log_sum(params, part_log + row, rows);
    return VE_OK;
}

static double log_peak(const void *params) {
    (void)params;
    return NAN; /* the engine searches for it */
}

static double mean(const void *params, size_t attribute) {
    const mixture *own = params;
    double sum = 0;
    for (size_t i = 0; i < own->parts.count; i++)
        if (own->share[i] > 0) sum += own->share[i] * ve_part_mean(&component_at(own, i)->part, attribute);
    return sum;
}

static double cumulative(const void *params, double x) {
    const mixture *own = params;
    double sum = 0;
    for (size_t i = 0; i < own->parts.count; i++)
        if (own->share[i] > 0) sum += own->share[i] * ve_part_cumulative(&component_at(own, i)->part, x);
    return sum;
}

/* It lies between the least and the greatest of the parts' quantiles. */
static double quantile(const void *params, double p) {
    const mixture *own = params;
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (size_t i = 0; i < own->parts.count; i++) {
        if (!(own->share[i] > 0)) continue;
        double x = ve_part_quantile_of(&component_at(own, i)->part, p);
        low = fmin(low, x);
        high = fmax(high, x);
    }
    if (p <= 0 || p >= 1) return p <= 0 ? low : high;
    return low < high ? ve_invert(cumulative, own, p, low, high) : low;
}

static const ve_distribution_ops ops = {
    .size = sizeof ops,
    .joint = true,
    .prepare = prepare,
    .log_peak = log_peak,
    .mean = mean,
    .quantile = quantile,
    .parts = parts,
    .combine = combine,
    .cumulative = cumulative,
};

VE_PLUGIN(dist_mixture, DISTRIBUTION, "mixture", "1.0", "several groups of customers, each with its share",
          &record, &ops)

/* The distribution `categories`: a customer counts as the label of a text attribute says.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ve/plugin.h"

typedef struct category {
    double weight;
} category;

typedef struct categories {
    int by;
    ve_rows value;
    double others;
    /* made by prepare: */
    const double *log_weight; /* by the number of the label */
    size_t labels;
    double peak;
} categories;

static const ve_field category_fields[] = {
    VE_FIELD(category, weight, VE_T_NUMBER, .name = "weight", .flags = VE_F_REQUIRED, .low = 0,
             .high = INFINITY, .doc = "how much customers with this label count"),
};
static const ve_record category_record = {
    .name = "category",
    .doc = "A label and how much it counts.",
    .size = sizeof(category),
    .fields = category_fields,
    .count = VE_COUNT(category_fields),
};

static const ve_field fields[] = {
    VE_FIELD(categories, by, VE_T_REF, .name = "by", .of = VE_OF_ATTRIBUTES,
             .doc = "the attribute, a text; may be left out where there is only one"),
    VE_FIELD(categories, value, VE_T_KEYED, .name = "value", .flags = VE_F_REQUIRED,
             .record = &category_record,
             .doc = "how much customers with each label count: { platinum = 1, gold = 0.5, lead = 0 }"),
    VE_FIELD(categories, others, VE_T_NUMBER, .name = "others", .low = 0, .high = INFINITY,
             .doc = "how much customers with any other label count; left out, every label must be named"),
};
static const ve_record record = {
    .name = "categories",
    .doc = "Customers count as their label says: a tier, a region, a trade.",
    .size = sizeof(categories),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "target = ve.categories { by = \"tier\", value = { platinum = 1, gold = 0.5, lead = 0 } }",
};

static double weight_at(const categories *own, size_t index) {
    return ((const category *)own->value.v)[index].weight;
}

/* NaN where value does not name it. */
static double weight_of(const categories *own, const char *label) {
    for (size_t i = 0; i < own->value.count; i++)
        if (strcmp(own->value.name[i], label) == 0) return weight_at(own, i);
    return NAN;
}

static bool is_surveyed(const ve_outline_attribute *attribute, const char *name) {
    for (size_t i = 0; i < attribute->labels; i++)
        if (strcmp(attribute->label[i], name) == 0) return true;
    return false;
}

static ve_code no_weight_for(const ve_outline_attribute *attribute, const char *label,
                             const ve_services *services) {
    return services->fail(services, VE_E_MISSING_FIELD, "value",
                          "name it in value, or say how much all the rest count: others = 0",
                          "there are customers whose %s is '%s', and value does not say how much they count",
                          attribute->id, label);
}

static ve_code slip(const ve_outline_attribute *attribute, const char *name, const char *near,
                    const ve_services *services) {
    char field[80], hint[160];
    snprintf(field, sizeof field, "value.%s", name);
    snprintf(hint, sizeof hint, "did you mean '%s'?", near);
    return services->fail(services, VE_E_REFERENCE, field, hint, "there is no customer whose %s is '%s'",
                          attribute->id, name);
}

/* A label may stand here though nobody has it, but a slip would go unseen where `others` takes what is not
 * named. Labels with digits differ by a digit on purpose. */
static ve_code check_names(const categories *own, const ve_outline_attribute *attribute,
                           const ve_services *services) {
    ve_code first = VE_OK;
    for (size_t i = 0; i < own->value.count; i++) {
        const char *name = own->value.name[i];
        if (is_surveyed(attribute, name) || strpbrk(name, "0123456789")) continue;
        const char *near = services->nearest(name, attribute->label, attribute->labels);
        ve_code code = near && isnan(weight_of(own, near)) ? slip(attribute, name, near, services) : VE_OK;
        if (!first) first = code;
    }
    return first;
}

static ve_code take_weights(categories *own, const ve_outline_attribute *attribute,
                            const ve_services *services) {
    double *log_weight = services->memory(services, attribute->labels * sizeof *log_weight);
    if (!log_weight) return VE_E_MEMORY;
    own->log_weight = log_weight;
    own->labels = attribute->labels;
    ve_code first = VE_OK;
    for (size_t l = 0; l < attribute->labels; l++) {
        double weight = weight_of(own, attribute->label[l]);
        if (isnan(weight)) weight = own->others;
        ve_code code = isnan(weight) ? no_weight_for(attribute, attribute->label[l], services) : VE_OK;
        if (!first) first = code;
        log_weight[l] = log(weight);
    }
    return first;
}

static ve_code prepare(void *params, const ve_sample *sample, const ve_services *services) {
    categories *own = params;
    const ve_outline_attribute *attribute = &sample->attribute[own->by < 0 ? 0 : own->by];
    double greatest = isnan(own->others) ? 0 : own->others;
    for (size_t i = 0; i < own->value.count; i++)
        greatest = fmax(greatest, weight_at(own, i));
    own->peak = log(greatest);
    if (!(greatest > 0))
        return services->fail(services, VE_E_WEIGHTS, "value", "give at least one label a weight above zero",
                              "value gives nobody any weight");
    ve_code code = check_names(own, attribute, services);
    return code ? code : take_weights(own, attribute, services);
}

static ve_code log_density(const void *params, const ve_columns *columns, double *out,
                           const ve_services *services) {
    (void)services;
    const categories *own = params;
    for (size_t row = 0; row < columns->rows; row++) {
        double label = columns->column[0][row];
        bool known = label >= 0 && label < (double)own->labels;
        out[row] = known ? own->log_weight[(size_t)label] : -HUGE_VAL;
    }
    return VE_OK;
}

static double log_peak(const void *params) {
    return ((const categories *)params)->peak;
}

static double mean(const void *params, size_t attribute) {
    (void)params;
    (void)attribute;
    return NAN;
}

static const ve_distribution_ops ops = {
    .size = sizeof ops,
    .prepare = prepare,
    .log_density = log_density,
    .log_peak = log_peak,
    .mean = mean,
    .categorical = true,
    .relative = true,
};

VE_PLUGIN(dist_categories, DISTRIBUTION, "categories", "1.0", "customers count as their label says", &record,
          &ops)

/* Customer tiers as the model states them: what customers are cut by, the tiers' names, shares and weights.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "model/internal.h"

static const char *const usual_name[] = { "platinum", "gold", "iron", "lead" };
static const double usual_share[] = { 0.01, 0.04, 0.15 };

static const ve_value *source_of(const ve_builder *b, const char *field) {
    const ve_value *tiers = ve_value_field(b->tree, "tiers");
    const ve_value *value = field ? ve_value_field(tiers, field) : NULL;
    return value ? value : tiers;
}

/* ---- names ----------------------------------------------------------------------------------- */

static bool is_twice(ve_builder *b, const ve_value *list, const char *const *name, size_t i) {
    for (size_t j = 0; j < i; j++)
        if (strcmp(name[i], name[j]) == 0) {
            ve_build_fail(b, VE_E_ID_TWICE, &list->table.items[i], "tiers.names",
                          "give one of them another name", "two tiers are called '%s'", name[i]);
            return true;
        }
    return false;
}

static bool take_names(ve_builder *b, const ve_value *list, const char **name) {
    for (size_t i = 0; i < list->table.count; i++) {
        const ve_value *value = &list->table.items[i];
        if (value->kind != VE_TEXT) {
            ve_build_fail(b, VE_E_TYPE, value, "tiers.names", "write the names in quotes",
                          "the name of a tier must be a text, not %s", ve_value_kind_name(value));
            return false;
        }
        name[i] = value->text.bytes;
        if (is_twice(b, list, name, i)) return false;
    }
    return true;
}

static bool build_names(ve_builder *b, ve_tiers *tiers) {
    const ve_value *list = b->fields.tiers.names;
    tiers->name = usual_name;
    tiers->count = VE_COUNT(usual_name);
    if (!list) return true;
    bool fits = list->kind == VE_TABLE && !list->table.word && !list->table.named && list->table.count >= 2 &&
                list->table.count <= VE_TIERS_MOST;
    if (!fits) {
        ve_build_fail(b, VE_E_LIST, list, "tiers.names", "write names = { \"best\", \"middle\", \"rest\" }",
                      "names must be a list of 2 to %d texts, the most profitable tier first", VE_TIERS_MOST);
        return false;
    }
    const char **name = ve_alloc_array(b->binder->arena, list->table.count, sizeof *name);
    if (!name) {
        ve_build_note(b, ve_fail_memory(b->binder->errors));
        return false;
    }
    tiers->name = name;
    tiers->count = list->table.count;
    return take_names(b, list, name);
}

/* ---- shares ---------------------------------------------------------------------------------- */

static void check_rest(ve_builder *b, const ve_tiers *tiers) {
    double sum = 0;
    for (size_t t = 0; t + 1 < tiers->count; t++)
        sum += tiers->share[t];
    if (sum < 1 - 1e-9) return; /* also where one of them is no number, which is told */
    if (!isnan(sum))
        ve_build_fail(b, VE_E_RANGE, source_of(b, "shares"), "tiers.shares",
                      "the shares of all tiers but the last add up to less than 1",
                      "the shares add up to %.10g, so nothing is left for '%s'", sum,
                      tiers->name[tiers->count - 1]);
}

static void build_shares(ve_builder *b, ve_tiers *tiers) {
    const ve_numbers *shares = &b->fields.tiers.shares;
    const ve_value *source = source_of(b, "shares");
    size_t wanted = tiers->count - 1;
    tiers->share = usual_share;
    if (!ve_value_field(source_of(b, NULL), "shares")) {
        if (wanted != VE_COUNT(usual_share))
            ve_build_fail(b, VE_E_MISSING_FIELD, source, "tiers.shares", "write shares = { 0.05, 0.2 }",
                          "tiers with names of their own need `shares`: one for each name but the last");
        return;
    }
    if (!shares->v && shares->count == 0 && wanted) return; /* told already */
    if (shares->count != wanted) {
        ve_build_fail(b, VE_E_LIST, source, "tiers.shares", "the last tier takes the rest",
                      "shares must have one number for each tier but the last, %zu in all, not %zu", wanted,
                      shares->count);
        return;
    }
    tiers->share = shares->v;
    check_rest(b, tiers);
}

/* ---- weights --------------------------------------------------------------------------------- */

static void check_weights(ve_builder *b, const ve_numbers *weights) {
    for (size_t t = 0; t < weights->count; t++)
        if (weights->v[t] != 0) return;
    ve_build_fail(b, VE_E_WEIGHTS, source_of(b, "weights"), "tiers.weights",
                  "give at least one tier a weight above zero", "the weights of the tiers are all zero");
}

static void build_weights(ve_builder *b, ve_tiers *tiers) {
    const ve_numbers *weights = &b->fields.tiers.weights;
    if (weights->v && weights->count == tiers->count) {
        tiers->weight = weights->v;
        check_weights(b, weights);
        return;
    }
    if (weights->v)
        ve_build_fail(b, VE_E_LIST, source_of(b, "weights"), "tiers.weights", NULL,
                      "weights must have one number for each of the %zu tiers, not %zu", tiers->count,
                      weights->count);
    double *alike = ve_alloc_array(b->binder->arena, tiers->count, sizeof *alike);
    if (!alike) ve_build_note(b, ve_fail_memory(b->binder->errors));
    for (size_t t = 0; alike && t < tiers->count; t++)
        alike[t] = 1;
    tiers->weight = alike;
}

/* ---- what they are cut by -------------------------------------------------------------------- */

/* A survey column becomes one more attribute, which no target speaks of. */
static void ask_for(ve_builder *b, const char *by) {
    b->attribute[b->model->attributes] =
        (ve_outline_attribute){ .id = by, .unit = "", .mean = NAN, .sd = NAN, .low = NAN, .high = NAN };
    b->model->asked = b->model->attributes + 1;
}

static void build_by(ve_builder *b, ve_tiers *tiers) {
    const char *by = b->fields.tiers.by;
    for (size_t a = 0; a < b->model->attributes; a++) {
        if (strcmp(b->attribute[a].id, by) != 0) continue;
        tiers->attribute = a;
        if (b->attribute[a].text)
            ve_build_fail(b, VE_E_TYPE, source_of(b, "by"), "tiers.by", "name an attribute that is a number",
                          "tiers are cut by a number, and '%s' is a text", by);
        return;
    }
    tiers->attribute = b->model->attributes;
    ask_for(b, by);
}

void ve_build_tiers(ve_builder *b) {
    const ve_value *source = ve_value_field(b->tree, "tiers");
    const ve_tiers_fields *fields = &b->fields.tiers;
    ve_tiers *tiers = &b->model->tiers;
    if (!source || !fields->by || !b->attribute) return;
    if (!b->surveyed)
        ve_build_fail(b, VE_E_NO_SURVEY, source, "tiers", "add a `survey` to the model, or leave `tiers` out",
                      "tiers are made of surveyed customers, but the model has no survey");
    if (!build_names(b, tiers)) return;
    tiers->by_profit = fields->cut == VE_CUT_PROFIT;
    tiers->source = source;
    build_shares(b, tiers);
    build_weights(b, tiers);
    build_by(b, tiers);
}

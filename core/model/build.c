/* From the tree of a model file to a model: ids first, then fields, functions, options, and what spans them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/internal.h"
#include "ve/part.h"

void ve_build_note(ve_builder *builder, ve_code code) {
    if (!builder->first || code == VE_E_MEMORY) builder->first = code;
}

void ve_build_fail(ve_builder *builder, ve_code code, const ve_value *value, const char *path,
                   const char *hint, const char *format, ...) {
    ve_build_note(builder, code);
    if (value && value->wrong) {
        ve_fail_known(builder->binder->errors, code);
        return;
    }
    va_list args;
    va_start(args, format);
    ve_fail_v(builder->binder->errors, code, value ? value->at : VE_NOWHERE, path, format, args);
    va_end(args);
    if (hint) ve_hint(builder->binder->errors, "%s", hint);
}

/* ---- attributes ------------------------------------------------------------------------------ */

static void add_attribute(ve_builder *b, const ve_entry *entry, ve_outline_attribute *out) {
    char path[VE_TEXT_MAX];
    snprintf(path, sizeof path, "attributes.%s", entry->name);
    *out = (ve_outline_attribute){ entry->name, "", NAN, NAN, NAN, NAN, false, 0, NULL };
    if (!ve_id_valid(entry->name, strlen(entry->name)))
        ve_build_fail(b, VE_E_ID, &entry->value, path, ve_code_get(VE_E_ID)->way_out, "'%s' is not an id",
                      entry->name);
    if (entry->value.kind == VE_TEXT && strcmp(entry->value.text.bytes, "text") == 0)
        out->text = true;
    else if (entry->value.kind == VE_TEXT)
        out->unit = entry->value.text.bytes;
    else
        ve_build_fail(b, VE_E_TYPE, &entry->value, path, "write it in quotes, like \"CNY/month\"",
                      "the unit of an attribute must be a text, not %s", ve_value_kind_name(&entry->value));
}

static bool is_attributes(ve_builder *b, const ve_value *value) {
    bool table = value->kind == VE_TABLE && !value->table.word && !value->table.count;
    if (!table)
        ve_build_fail(b, VE_E_TYPE, value, "attributes", "write attributes = { income = \"CNY/month\" }",
                      "attributes must be a table of attributes and their units, not %s",
                      ve_value_kind_name(value));
    return table;
}

void ve_build_attributes(ve_builder *b) {
    const ve_value *value = b->fields.attributes;
    size_t count = value && is_attributes(b, value) ? value->table.named : 0;
    b->attribute = ve_alloc_array(b->binder->arena, count + 1, sizeof *b->attribute);
    if (!b->attribute) {
        ve_build_note(b, ve_fail_memory(b->binder->errors));
        return;
    }
    for (size_t i = 0; i < count; i++)
        add_attribute(b, &value->table.fields[i], &b->attribute[i]);
    b->model->attribute = b->attribute;
    b->model->attributes = b->model->asked = count;
}

/* An attribute is a text where a word for texts goes by it. */
static void mark_text(ve_builder *b, const ve_word *word) {
    if (!word->plugin || !word->params) return; /* what is wrong with it has been told */
    size_t parts = ve_part_count(word);
    for (size_t p = 0; p < parts; p++)
        mark_text(b, ve_part_at(word, p));
    size_t attribute = ve_part_attribute(word);
    if (ve_part_ops(word)->categorical && attribute < b->model->attributes)
        b->attribute[attribute].text = true;
}

static void mark_texts(ve_builder *b) {
    for (size_t i = 0; i < b->model->options; i++)
        if (b->model->option[i].target.plugin) mark_text(b, &b->model->option[i].target);
}

/* ---- the scale ------------------------------------------------------------------------------- */

static void build_scale(ve_builder *b) {
    const ve_value *source = ve_value_field(b->tree, "scale");
    const ve_numbers *scale = &b->fields.scale;
    b->model->scale_low = b->model->scale_high = NAN;
    if (!source || !scale->v) return;
    const char *hint = "write scale = { 0, 4 }";
    if (scale->count != 2) {
        ve_build_fail(b, VE_E_LIST, source, "scale", hint, "scale must be two numbers, its ends, not %zu",
                      scale->count);
    } else if (scale->v[0] < 0) {
        ve_build_fail(
            b, VE_E_RANGE, source, "scale", hint,
            "scale cannot begin below 0: coefficients are shares, and 0 means 'does not serve at all'");
    } else if (scale->v[0] >= scale->v[1]) {
        ve_build_fail(b, VE_E_RANGE, source, "scale", hint,
                      "the lower end of scale must be below the upper one");
    } else if (!isnan(scale->v[0]) && !isnan(scale->v[1])) {
        b->model->scale_low = scale->v[0];
        b->model->scale_high = scale->v[1];
    }
}

/* ---- words that stand where nothing is said -------------------------------------------------- */

static void default_word(ve_builder *b, const char *name, const char *field, ve_word *out) {
    if (out->plugin || ve_value_field(b->tree, field)) return;
    const ve_plugin *plugin = b->binder->find(b->binder, name);
    if (plugin)
        ve_build_note(b, ve_bind_default_word(b->binder, plugin, field, out));
    else
        ve_build_fail(b, VE_E_PLUGIN_NAME, NULL, field, NULL, "there is no plugin '%s'", name);
}

static bool is_model(ve_builder *b) {
    if (b->tree && b->tree->kind == VE_TABLE) return true;
    ve_build_fail(b, VE_E_RETURN, b->tree, NULL, "end the file with `return ve.model { ... }`",
                  "the file returns %s, not a model", ve_value_kind_name(b->tree));
    return false;
}

/* Nothing else is looked at in a model that is too large to be one. */
static bool is_small_enough(ve_builder *b) {
    static const char *const hint = "leave some of them out";
    const ve_model_size size = ve_model_measure(b->tree);
    if (size.attributes > VE_ATTRIBUTES_MOST)
        ve_build_fail(b, VE_E_SIZE, ve_value_field(b->tree, "attributes"), "attributes", hint,
                      "a model has at most %d attributes, not %zu", VE_ATTRIBUTES_MOST, size.attributes);
    if (size.functions > VE_FUNCTIONS_MOST)
        ve_build_fail(b, VE_E_SIZE, ve_value_field(b->tree, "functions"), "functions", hint,
                      "a model has at most %d functions, not %zu", VE_FUNCTIONS_MOST, size.functions);
    if (size.options > VE_OPTIONS_MOST)
        ve_build_fail(b, VE_E_SIZE, ve_value_field(b->tree, "options"), "options", hint,
                      "a model has at most %d options, not %zu", VE_OPTIONS_MOST, size.options);
    if (size.components > VE_COMPONENTS_MOST)
        ve_build_fail(b, VE_E_SIZE, ve_value_field(b->tree, "components"), "components", hint,
                      "a model has at most %d components, not %zu", VE_COMPONENTS_MOST, size.components);
    return !b->first;
}

/* Is there a model, however wrong? */
static bool build(ve_builder *b, const char *file) {
    if (!is_model(b) || !is_small_enough(b)) return false;
    ve_build_note(b, ve_ids_collect(b->binder->arena, b->tree, b->binder->of, b->binder->errors));
    if (b->first) return false;
    ve_build_note(b, ve_bind(b->binder, &ve_model_record, b->tree, "", &b->fields));
    b->surveyed = ve_value_field(b->tree, "survey") != NULL;
    default_word(b, "equal", "target", &b->fields.target);
    default_word(b, "max_value", "choose", &b->fields.rule);
    build_scale(b);
    ve_build_attributes(b);
    ve_build_functions(b);
    ve_build_options(b);
    ve_build_components(b);
    mark_texts(b);
    ve_build_tiers(b);
    ve_build_kano(b);
    b->model->file = file;
    b->model->title = b->fields.title;
    b->model->currency = b->fields.currency;
    b->model->aggregate = (ve_aggregate)b->fields.aggregate;
    b->model->survey = b->fields.survey;
    b->model->rule = b->fields.rule;
    b->model->target_cost = b->fields.target_cost;
    b->model->existing = b->fields.existing;
    b->model->concentration = b->fields.concentration;
    b->model->correlation = b->fields.correlations.v;
    b->model->correlations = b->fields.correlations.count;
    b->model->correlation_source = b->fields.correlations.source;
    b->model->source = b->tree;
    return b->first != VE_E_MEMORY;
}

ve_code ve_model_build(ve_binder *binder, const char *file, const ve_value *tree, ve_model **out) {
    *out = NULL;
    ve_model *model = ve_alloc(binder->arena, sizeof *model);
    if (!model) return ve_fail_memory(binder->errors);
    ve_builder builder = { .binder = binder, .tree = tree, .model = model };
    if (build(&builder, file)) *out = model;
    return builder.first;
}

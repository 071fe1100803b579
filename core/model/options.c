/* The options: their costs, targets and own scores.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/internal.h"

/* ---- cost ------------------------------------------------------------------------------------ */

static const ve_plugin *word_of(const ve_builder *b, const ve_value *cost) {
    bool word = cost->kind == VE_TABLE && cost->table.word;
    return word ? b->binder->find(b->binder, cost->table.word) : NULL;
}

static void wrong_cost(ve_builder *b, const ve_value *cost, ve_kind is, const char *path) {
    ve_build_fail(b, VE_E_TYPE, cost, path, NULL, "cost must be a number or a cost word, and ve.%s is a %s",
                  cost->table.word, ve_kind_words(is));
    ve_hint_words(b->binder, VE_KIND_COST);
}

static void bind_cost(ve_builder *b, ve_option *option, const ve_value *cost, const char *path) {
    static const ve_field number = { .name = "cost", .type = VE_T_NUMBER, .low = 0, .high = INFINITY };
    option->cost = NAN;
    char *own = cost ? ve_format(b->binder->arena, "%s.cost", path) : NULL;
    if (!own) {
        if (cost) ve_build_note(b, ve_fail_memory(b->binder->errors));
        return;
    }
    const ve_plugin *word = word_of(b, cost);
    bool distribution = word && word->kind == VE_KIND_DISTRIBUTION;
    if (word && word->kind != VE_KIND_COST && !distribution)
        wrong_cost(b, cost, word->kind, own);
    else if (distribution || cost->kind != VE_TABLE || !cost->table.word)
        ve_build_note(b, ve_bind_field(b->binder, &number, cost, own, &option->cost));
    else
        ve_build_note(b, ve_bind_word(b->binder, VE_KIND_COST, cost, own, &option->cost_word));
}

/* ---- target ---------------------------------------------------------------------------------- */

static bool is_equal(const ve_word *target) {
    return !target->plugin || strcmp(target->plugin->name, "equal") == 0;
}

/* Any target but `equal` weighs customers by their attributes. */
static void check_target(ve_builder *b, const ve_word *target, const ve_value *source, const char *path) {
    if (!source || is_equal(target)) return;
    if (!b->surveyed)
        ve_build_fail(b, VE_E_NO_SURVEY, source, path, "add a `survey` to the model, or leave the target out",
                      "a target weighs customers, and the model has no survey");
    else if (b->binder->of[VE_OF_ATTRIBUTES].count == 0)
        ve_build_fail(b, VE_E_MISSING_FIELD, source, path,
                      "add attributes = { income = \"CNY/month\" } to the model, and to its survey",
                      "a target weighs customers by their attributes, and the model names none");
}

/* A word of its own for every option, since a target may take what it leaves out from the survey; a Lua
 * function has nothing to take. The model's target was bound before, so what is wrong with it has been told.
 */
static void default_target(ve_builder *b, ve_option *option) {
    const ve_value *target = ve_value_field(b->tree, "target");
    if (!target || target->kind == VE_FUNCTION || !b->fields.target.params) {
        option->target = b->fields.target;
        return;
    }
    if (b->first) return;
    ve_build_note(b, ve_bind_word(b->binder, VE_KIND_DISTRIBUTION, target, "target", &option->target));
}

static void bind_target(ve_builder *b, ve_option *option, const ve_option_fields *fields, const char *path) {
    const ve_value *source = ve_value_field(option->source, "target");
    if (!source) {
        default_target(b, option);
        return;
    }
    option->target = fields->target;
    char *own = ve_format(b->binder->arena, "%s.target", path);
    if (own)
        check_target(b, &fields->target, source, own);
    else
        ve_build_note(b, ve_fail_memory(b->binder->errors));
}

/* ---- options --------------------------------------------------------------------------------- */

static void add_option(ve_builder *b, size_t i, const ve_value *source, const char *path) {
    ve_option_fields fields;
    ve_code code = ve_bind(b->binder, &ve_option_record, source, path, &fields);
    ve_build_note(b, code);
    ve_option *option = &b->option[i];
    *option = (ve_option){ .id = fields.id ? fields.id : "",
                           .name = fields.name ? fields.name : fields.id,
                           .source = source };
    if (!option->name) option->name = "";
    bind_cost(b, option, fields.cost, path);
    bind_target(b, option, &fields, path);
    option->spent_on = fields.spent_on.v;
    if (!code) ve_check_spent_on(b, ve_value_field(source, "spent_on"), &fields.spent_on, path);
    ve_check_scores(b, i, ve_value_field(source, "scores"), &fields.scores);
}

static void named_option(ve_builder *b, const ve_entry *entry, const char *hint) {
    char path[VE_TEXT_MAX];
    snprintf(path, sizeof path, "options.%s", entry->name);
    ve_build_fail(b, VE_E_UNKNOWN_FIELD, &entry->value, path, hint, "options is a list and has no field '%s'",
                  entry->name);
}

static bool is_list(ve_builder *b, const ve_value *options) {
    const char *hint = "write options = { { id = \"A\", cost = ... }, { id = \"B\", cost = ... } }";
    if (options->kind != VE_TABLE || options->table.word)
        ve_build_fail(b, VE_E_TYPE, options, "options", hint, "options must be a list of options, not %s",
                      ve_value_kind_name(options));
    else if (options->table.named)
        named_option(b, &options->table.fields[0], hint);
    else if (options->table.count < 2)
        ve_build_fail(b, VE_E_LIST, options, "options", hint, "there must be at least two options, not %zu",
                      options->table.count);
    else
        return true;
    return options->kind == VE_TABLE && !options->table.word;
}

static ve_code add_options(ve_builder *b, const ve_value *options) {
    size_t count = options->table.count;
    ve_arena *arena = b->binder->arena;
    const char **path = ve_alloc_array(arena, count, sizeof *path);
    const ve_value **source = ve_alloc_array(arena, count, sizeof *source);
    b->option = ve_alloc_array(arena, count, sizeof *b->option);
    if (!path || !source || !b->option) return ve_fail_memory(b->binder->errors);
    b->model->option = b->option;
    b->model->options = count;
    for (size_t i = 0; i < count; i++) {
        source[i] = &options->table.items[i];
        path[i] = ve_format(arena, "options[%zu]", i + 1);
        if (!path[i]) return ve_fail_memory(b->binder->errors);
        add_option(b, i, source[i], path[i]);
    }
    ve_build_unique(b, &b->binder->of[VE_OF_OPTIONS], source, path);
    return VE_OK;
}

void ve_build_options(ve_builder *b) {
    check_target(b, &b->fields.target, ve_value_field(b->tree, "target"), "target");
    const ve_value *options = b->fields.options;
    if (options && is_list(b, options)) ve_build_note(b, add_options(b, options));
}

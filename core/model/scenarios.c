/* The scenarios of a model: named, each changing something.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "model/internal.h"
#include "model/path.h"

enum { SCENARIOS_MOST = 1000, SETS_MOST = 1000 };

static ve_code wrong(const ve_binder *binder, ve_code code, const ve_value *value, const char *path,
                     const char *hint, const char *message) {
    if (value->wrong) return ve_fail_known(binder->errors, code);
    ve_fail(binder->errors, code, value->at, path, "%s", message);
    ve_hint(binder->errors, "%s", hint);
    return code;
}

static ve_code check_fields(const ve_binder *binder, const ve_scenario_fields *fields, const ve_value *source,
                            const char *path) {
    const char *set_hint = "write set = { [\"options.A.cost\"] = 4830 }";
    const ve_value *set = fields->set, *change = fields->change;
    if (set && (set->kind != VE_TABLE || set->table.word || set->table.count))
        return wrong(binder, VE_E_TYPE, set, path, set_hint, "set must be a table of paths and their values");
    if (set && set->table.named > SETS_MOST)
        return wrong(binder, VE_E_SIZE, set, path, "use `change`", "a scenario sets at most 1000 values");
    if (change && change->kind != VE_FUNCTION)
        return wrong(binder, VE_E_TYPE, change, path,
                     "write change = function(m) m.options.A.cost = 4830 end",
                     "change must be a Lua function");
    if (!set && !change)
        return wrong(binder, VE_E_MISSING_FIELD, source, path, set_hint, "the scenario changes nothing");
    return VE_OK;
}

static ve_code check_name(const ve_binder *binder, const ve_scenario *scenario, size_t i,
                          const ve_value *source, const char *path) {
    for (size_t other = 0; other < i && scenario[i].name; other++)
        if (scenario[other].name && strcmp(scenario[other].name, scenario[i].name) == 0)
            return wrong(binder, VE_E_ID_TWICE, ve_value_field(source, "name"), path,
                         "give one of them another name", "two scenarios have the same name");
    return VE_OK;
}

static ve_code read_one(const ve_binder *binder, const ve_value *source, size_t i, ve_scenario *scenario) {
    char *path = ve_format(binder->arena, "scenarios[%zu]", i + 1);
    if (!path) return ve_fail_memory(binder->errors);
    ve_scenario_fields fields;
    ve_code code = ve_bind(binder, &ve_scenario_record, source, path, &fields);
    if (!code) code = check_fields(binder, &fields, source, path);
    if (!code) scenario[i] = (ve_scenario){ fields.name, fields.set, fields.change };
    return code ? code : check_name(binder, scenario, i, source, path);
}

static ve_code check_list(const ve_binder *binder, const ve_value *list) {
    const char *hint = "write scenarios = { { name = \"...\", set = { ... } } }";
    if (list->kind != VE_TABLE || list->table.word || list->table.named)
        return wrong(binder, VE_E_TYPE, list, "scenarios", hint, "scenarios must be a list of scenarios");
    if (list->table.count > SCENARIOS_MOST)
        return wrong(binder, VE_E_SIZE, list, "scenarios", "leave some out",
                     "a model has at most 1000 scenarios");
    return VE_OK;
}

ve_code ve_scenarios(const ve_binder *binder, const ve_value *tree, ve_scenario **scenario, size_t *count) {
    *scenario = NULL;
    *count = 0;
    const ve_value *list = ve_value_field(tree, "scenarios");
    if (!list) return VE_OK;
    ve_code first = check_list(binder, list);
    if (first) return first;
    ve_scenario *v = ve_alloc_array(binder->arena, list->table.count, sizeof *v);
    if (!v) return ve_fail_memory(binder->errors);
    for (size_t i = 0; i < list->table.count; i++) {
        ve_code code = read_one(binder, &list->table.items[i], i, v);
        if (!first) first = code;
    }
    *scenario = v;
    *count = list->table.count;
    return first;
}

/* What a plugin file says about itself, checked, becomes a ve_plugin.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/errors.h"
#include "base/number.h"
#include "host/plugin.h"
#include "schema/bind.h"

/* The kinds that Lua can have, in the order of the choices of `kind`. Readers open files and use threads. */
static const struct {
    ve_kind kind;
    const char *name;
    void (*fill)(ve_lua_plugin *);
} kinds[] = {
    { VE_KIND_DISTRIBUTION, "distribution", ve_plugin_distribution },
    { VE_KIND_JUDGEMENT, "judgement", ve_plugin_judgement },
    { VE_KIND_COST, "cost", ve_plugin_cost },
    { VE_KIND_RULE, "rule", ve_plugin_rule },
    { VE_KIND_STUDY, "study", ve_plugin_study },
    { VE_KIND_REPORT, "report", ve_plugin_report },
};

static const ve_field fields[] = {
    VE_FIELD(ve_plugin_file, abi, VE_T_NUMBER, .name = "abi", .flags = VE_F_REQUIRED | VE_F_EXACT,
             .doc = "the interface it is written for: 1"),
    VE_FIELD(ve_plugin_file, kind, VE_T_CHOICE, .name = "kind", .flags = VE_F_REQUIRED,
             .choices = "distribution|judgement|cost|rule|study|report", .doc = "what it is"),
    VE_FIELD(ve_plugin_file, name, VE_T_TEXT, .name = "name", .flags = VE_F_REQUIRED,
             .doc = "the word, command or format: lower case letters, digits and _"),
    VE_FIELD(ve_plugin_file, version, VE_T_TEXT, .name = "version", .flags = VE_F_REQUIRED,
             .doc = "its own version"),
    VE_FIELD(ve_plugin_file, summary, VE_T_TEXT, .name = "summary", .flags = VE_F_REQUIRED,
             .doc = "one line for planners"),
    VE_FIELD(ve_plugin_file, example, VE_T_TEXT, .name = "example",
             .doc = "one whole word, as in ve.cauchy { location = 9000, scale = 2000 }"),
    VE_FIELD(ve_plugin_file, parameters, VE_T_ROWS, .name = "parameters",
             .record = &ve_plugin_parameter_record, .doc = "what a planner can set"),
    VE_FIELD(ve_plugin_file, joint, VE_T_BOOLEAN, .name = "joint",
             .doc = "of a distribution: it weighs all attributes together; x is then a list of columns"),
    VE_FIELD(ve_plugin_file, relative, VE_T_BOOLEAN, .name = "relative",
             .doc = "of a distribution: it is no density, only the ratios of its weights mean something"),
    VE_FIELD(ve_plugin_file, texts, VE_T_BOOLEAN, .name = "texts",
             .doc = "of a distribution: it weighs an attribute that is a text; x is then a list of texts"),
    VE_FIELD(ve_plugin_file, scores, VE_T_BOOLEAN, .name = "scores",
             .doc = "of a judgement: it wants every subject's mean scores, option by option"),
    VE_FIELD(ve_plugin_file, may_skip, VE_T_BOOLEAN, .name = "may_skip",
             .doc = "of a judgement: it may give no weight to some, as one of several parties"),
    VE_FIELD(ve_plugin_file, check, VE_T_VALUE, .name = "check",
             .choices = "function(p): nothing, or a text and the field's name",
             .doc = "says what is wrong with the parameters together, before anything is computed"),
#define FUNCTION_FIELD(name_, kind_, must_, call_, doc_)                                                     \
    VE_FIELD(ve_plugin_file, name_, VE_T_VALUE, .name = #name_, .choices = call_, .doc = doc_),
    VE_PLUGIN_FUNCTIONS(FUNCTION_FIELD)
#undef FUNCTION_FIELD
};
const ve_record ve_plugin_file_record = {
    .name = "plugin",
    .doc = "What a plugin file in Lua returns.",
    .size = sizeof(ve_plugin_file),
    .fields = fields,
    .count = VE_COUNT(fields),
};

/* ---- its functions ------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    size_t offset;
    ve_kind kind;
    bool must;
} functions[] = {
#define FUNCTION_LINE(name_, kind_, must_, call_, doc_)                                                      \
    { #name_, offsetof(ve_plugin_file, name_), VE_KIND_##kind_, must_ },
    VE_PLUGIN_FUNCTIONS(FUNCTION_LINE)
#undef FUNCTION_LINE
};

static const ve_value *function_at(const ve_plugin_file *file, size_t offset) {
    const ve_value *value;
    memcpy(&value, (const char *)file + offset, sizeof value);
    return value;
}

static ve_code broken(ve_errors *errors, ve_place at, const char *hint, const char *format, ...)
    VE_PRINTF(4, 5);
static ve_code broken(ve_errors *errors, ve_place at, const char *hint, const char *format, ...) {
    va_list args;
    va_start(args, format);
    ve_fail_v(errors, VE_E_PLUGIN_BROKEN, at, NULL, format, args);
    va_end(args);
    if (hint) ve_hint(errors, "%s", hint);
    return VE_E_PLUGIN_BROKEN;
}

static ve_code check_function(const ve_value *value, const char *name, ve_errors *errors) {
    if (!value || value->kind == VE_FUNCTION) return VE_OK;
    return broken(errors, value->at, "write function(p, ...) ... end", "%s must be a function, not %s", name,
                  ve_value_kind_name(value));
}

static ve_code check_functions(const ve_lua_plugin *self, const ve_value *tree, ve_errors *errors) {
    const char *kind = ve_kind_words(self->plugin.kind);
    ve_code first = check_function(self->file.check, "check", errors);
    for (size_t i = 0; i < VE_COUNT(functions); i++) {
        const ve_value *value = function_at(&self->file, functions[i].offset);
        bool own = functions[i].kind == self->plugin.kind;
        ve_code code = VE_OK;
        if (own && functions[i].must && !value)
            code = broken(errors, tree->at, "docs/plugins.md shows one of each kind",
                          "the function '%s' is missing, which makes it a %s", functions[i].name, kind);
        else if (!own && value)
            code = broken(errors, value->at, "docs/plugins.md shows one of each kind",
                          "a %s has no function '%s'", kind, functions[i].name);
        else
            code = check_function(value, functions[i].name, errors);
        if (!first) first = code;
    }
    return first;
}

/* What is said of another kind would be passed over in silence. */
static ve_code check_flags(const ve_lua_plugin *self, const ve_value *tree, ve_errors *errors) {
    const ve_plugin_file *file = &self->file;
    const struct {
        const char *name;
        bool is;
        ve_kind kind;
    } flags[] = { { "joint", file->joint, VE_KIND_DISTRIBUTION },
                  { "relative", file->relative, VE_KIND_DISTRIBUTION },
                  { "texts", file->texts, VE_KIND_DISTRIBUTION },
                  { "scores", file->scores, VE_KIND_JUDGEMENT },
                  { "may_skip", file->may_skip, VE_KIND_JUDGEMENT } };
    for (size_t i = 0; i < VE_COUNT(flags); i++)
        if (flags[i].is && flags[i].kind != self->plugin.kind)
            return broken(errors, ve_value_at(tree, flags[i].name)->at, NULL, "'%s' means nothing for a %s",
                          flags[i].name, ve_kind_words(self->plugin.kind));
    if (file->texts && (file->joint || file->quantile))
        return broken(errors, ve_value_at(tree, "texts")->at, "leave out 'texts'",
                      file->joint ? "a joint distribution gets texts where attributes are texts"
                                  : "a distribution of texts has no quantiles");
    return VE_OK;
}

/* ---- the whole ----------------------------------------------------------------------------------------- */

/* Before anything else is looked at: the rest may mean something else in another interface. */
static ve_code check_abi(const ve_value *tree, ve_errors *errors) {
    char room[VE_NUMBER_ROOM];
    const ve_value *abi = ve_value_field(tree, "abi");
    if (!abi || abi->kind != VE_NUMBER || abi->number == VE_ABI_MAJOR) return VE_OK;
    ve_number_write(abi->number, room);
    ve_fail(errors, VE_E_PLUGIN_ABI, abi->at, NULL,
            "the plugin is written for interface %s, this program offers %d", room, VE_ABI_MAJOR);
    ve_hint(errors, "take a version of the plugin, or of vescore, that fits");
    return VE_E_PLUGIN_ABI;
}

static void fill(ve_lua_plugin *self) {
    const ve_plugin_file *file = &self->file;
    self->plugin = (ve_plugin){ .magic = VE_PLUGIN_MAGIC,
                                .abi_major = VE_ABI_MAJOR,
                                .abi_minor = VE_ABI_MINOR,
                                .size = sizeof self->plugin,
                                .kind = kinds[file->kind].kind,
                                .name = file->name,
                                .version = file->version,
                                .summary = file->summary,
                                .params = &self->params,
                                .ops = &self->ops };
}

ve_code ve_plugin_describe(ve_lua_plugin *self, const ve_value *tree, ve_errors *errors) {
    ve_binder binder = { .arena = self->host.arena, .errors = errors };
    ve_code code = check_abi(tree, errors);
    if (!code) code = ve_bind(&binder, &ve_plugin_file_record, tree, "", &self->file);
    if (code) return code;
    fill(self);
    code = check_functions(self, tree, errors);
    ve_code flags = check_flags(self, tree, errors), own = ve_plugin_fields(self, errors);
    if (!code) code = flags ? flags : own;
    if (!code) kinds[self->file.kind].fill(self);
    return code;
}

/* Is this a plugin that can be used? Everything that is told about it is checked before any of it is.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/registry.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/errors.h"
#include "base/text.h"

/* The plugin being checked, for messages. */
typedef struct subject {
    const ve_plugin *plugin;
    const char *origin;
    ve_errors *errors;
} subject;

static ve_code broken(const subject *s, const char *format, ...) VE_PRINTF(2, 3);
static ve_code broken(const subject *s, const char *format, ...) {
    va_list args;
    va_start(args, format);
    ve_fail_v(s->errors, VE_E_PLUGIN_BROKEN, (ve_place){ .file = s->origin }, NULL, format, args);
    va_end(args);
    ve_hint(s->errors, "docs/plugins.md says what a plugin must describe; its author can mend this");
    return VE_E_PLUGIN_BROKEN;
}

static bool is_line(const char *text) {
    char room[128];
    return text && !ve_text_fault(text, strlen(text), room, sizeof room);
}

static bool is_name(const char *text) {
    if (!text || !(text[0] >= 'a' && text[0] <= 'z')) return false;
    return strlen(text) <= VE_ID_MAX && text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

/* ---- the head -------------------------------------------------------------------------------- */

static ve_code check_head(const subject *s) {
    const ve_plugin *p = s->plugin;
    if (p->magic != VE_PLUGIN_MAGIC) return broken(s, "this is not a plugin of vescore");
    if (p->abi_major != VE_ABI_MAJOR || p->abi_minor > VE_ABI_MINOR) {
        ve_fail(s->errors, VE_E_PLUGIN_ABI, (ve_place){ .file = s->origin }, NULL,
                "the plugin was built for interface %u.%u, this program offers %d.%d", (unsigned)p->abi_major,
                (unsigned)p->abi_minor, VE_ABI_MAJOR, VE_ABI_MINOR);
        ve_hint(s->errors, "build the plugin again with this version's headers");
        return VE_E_PLUGIN_ABI;
    }
    if (p->size < sizeof *p)
        return broken(s, "the plugin's description is %u bytes long, %zu are needed", (unsigned)p->size,
                      sizeof *p);
    if ((int)p->kind < 0 || p->kind >= VE_KIND_COUNT)
        return broken(s, "the plugin is of unknown kind %d", (int)p->kind);
    if (!is_name(p->name))
        return broken(s, "the plugin's name is not made of lower case letters, digits and _");
    if (!is_line(p->version)) return broken(s, "plugin '%s' has no version", p->name);
    if (!is_line(p->summary)) return broken(s, "plugin '%s' has no summary of one line", p->name);
    return VE_OK;
}

/* ---- the field table ------------------------------------------------------------------------- */

static size_t member_size(const ve_field *f) {
    switch (f->type) {
    case VE_T_NUMBER:
        return sizeof(double);
    case VE_T_INTEGER:
    case VE_T_CHOICE:
    case VE_T_REF:
        return sizeof(int);
    case VE_T_BOOLEAN:
        return sizeof(bool);
    case VE_T_TEXT:
    case VE_T_ID:
    case VE_T_VALUE:
        return sizeof(const char *);
    case VE_T_REFS:
        return sizeof(ve_ints);
    case VE_T_NUMBERS:
    case VE_T_MAP:
    case VE_T_VECTOR:
        return sizeof(ve_numbers);
    case VE_T_TEXTS:
        return sizeof(ve_texts);
    case VE_T_ROWS:
    case VE_T_KEYED:
        return sizeof(ve_rows);
    case VE_T_WORD:
        return sizeof(ve_word);
    case VE_T_AMOUNT:
        return sizeof(ve_amount);
    case VE_T_RECORD:
        return f->record ? f->record->size : 0;
    }
    return 0;
}

static bool type_known(ve_type type) {
    return (int)type >= 0 && type <= VE_T_VALUE;
}

static bool needs_record(ve_type type) {
    return type == VE_T_RECORD || type == VE_T_ROWS || type == VE_T_KEYED;
}

static bool needs_of(ve_type type) {
    return type == VE_T_REF || type == VE_T_REFS || type == VE_T_MAP || type == VE_T_TEXTS;
}

static bool choices_fine(const char *choices) {
    if (!choices || !choices[0]) return false;
    size_t length = strlen(choices);
    return choices[0] != '|' && choices[length - 1] != '|' && !strstr(choices, "||");
}

static bool range_fine(const ve_field *f) {
    return !isnan(f->low) && !isnan(f->high) && f->low <= f->high;
}

/* What is wrong with a field whose name is fine; NULL: nothing. */
static const char *field_fault(const ve_record *record, const ve_field *f) {
    size_t size = type_known(f->type) ? member_size(f) : 0;
    if (!type_known(f->type)) return "has an unknown type";
    if (!is_line(f->doc)) return "has no documentation of one line";
    if (needs_record(f->type) && !f->record) return "does not say what its records are made of";
    if ((int)f->of < 0 || f->of > VE_OF_ATTRIBUTES || (needs_of(f->type) && f->of == VE_OF_NOTHING))
        return "does not say whose ids it takes";
    if (f->type == VE_T_CHOICE && !choices_fine(f->choices)) return "has no choices";
    if ((f->type == VE_T_WORD || f->type == VE_T_AMOUNT) && ((int)f->kind < 0 || f->kind >= VE_KIND_COUNT))
        return "takes words of an unknown kind";
    if (!range_fine(f)) return "has an empty range";
    if (f->offset > record->size || size > record->size - f->offset) return "lies outside its struct";
    return NULL;
}

static ve_code check_record(const subject *s, const ve_record *record, int depth);

static ve_code check_field(const subject *s, const ve_record *record, size_t index, int depth) {
    const ve_field *f = &record->fields[index];
    if (!f->name || !ve_id_valid(f->name, strlen(f->name)))
        return broken(s, "plugin '%s': field %zu of '%s' has no usable name", s->plugin->name, index + 1,
                      record->name);
    const char *fault = field_fault(record, f);
    if (fault)
        return broken(s, "plugin '%s': field '%s' of '%s' %s", s->plugin->name, f->name, record->name, fault);
    for (size_t i = 0; i < index; i++)
        if (strcmp(record->fields[i].name, f->name) == 0)
            return broken(s, "plugin '%s': field '%s' of '%s' stands twice", s->plugin->name, f->name,
                          record->name);
    return f->record ? check_record(s, f->record, depth + 1) : VE_OK;
}

static ve_code check_record(const subject *s, const ve_record *record, int depth) {
    enum { DEPTH_MOST = 6 }; /* a record may hold records of its own kind */
    if (depth > DEPTH_MOST) return VE_OK;
    if (!is_line(record->name)) return broken(s, "plugin '%s' has a record without a name", s->plugin->name);
    if (!is_line(record->doc))
        return broken(s, "plugin '%s': record '%s' has no documentation of one line", s->plugin->name,
                      record->name);
    if (record->example && !is_line(record->example))
        return broken(s, "plugin '%s': the example of '%s' is not one line", s->plugin->name, record->name);
    if (record->count && !record->fields)
        return broken(s, "plugin '%s': record '%s' has no fields", s->plugin->name, record->name);
    ve_code code = VE_OK;
    for (size_t i = 0; i < record->count && code == VE_OK; i++)
        code = check_field(s, record, i, depth);
    return code;
}

/* ---- what it can do -------------------------------------------------------------------------- */

typedef struct op {
    const char *name;
    size_t offset;
} op;
#define OP(type, member)                                                                                     \
    { #member, offsetof(type, member) }

/* The functions that every plugin of a kind must have. */
static const struct {
    size_t size;
    op must[4];
} duties[VE_KIND_COUNT] = {
    [VE_KIND_DISTRIBUTION] = { offsetof(ve_distribution_ops, quantiles),
                               { OP(ve_distribution_ops, log_peak), OP(ve_distribution_ops, mean) } },
    [VE_KIND_JUDGEMENT] = { sizeof(ve_judgement_ops), { { 0 } } },
    [VE_KIND_COST] = { sizeof(ve_cost_ops), { { 0 } } },
    [VE_KIND_RULE] = { sizeof(ve_rule_ops), { OP(ve_rule_ops, merit) } },
    [VE_KIND_SURVEY] = { sizeof(ve_survey_ops), { OP(ve_survey_ops, read) } },
    [VE_KIND_STUDY] = { offsetof(ve_study_ops, flags), { OP(ve_study_ops, study) } },
    [VE_KIND_REPORT] = { sizeof(ve_report_ops), { OP(ve_report_ops, report) } },
};

static bool has(const void *ops, size_t offset) {
    void (*function)(void);
    memcpy(&function, (const char *)ops + offset, sizeof function);
    return function != NULL;
}

static ve_code lacks(const subject *s, const char *name) {
    return broken(s, "plugin '%s' lacks the function '%s', which a %s needs", s->plugin->name, name,
                  ve_kind_name(s->plugin->kind));
}

static ve_code check_judgement(const subject *s, const ve_judgement_ops *ops) {
    if (ops->parts) return ops->combine ? VE_OK : lacks(s, "combine");
    return ops->weigh ? VE_OK : lacks(s, "weigh");
}

static ve_code check_cost(const subject *s, const ve_cost_ops *ops) {
    if (ops->parts) return ops->combine ? VE_OK : lacks(s, "combine");
    return ops->cost ? VE_OK : lacks(s, "cost");
}

static bool has_by(const ve_record *record) {
    for (size_t i = 0; i < record->count; i++) {
        const ve_field *f = &record->fields[i];
        if (strcmp(f->name, "by") == 0 && f->type == VE_T_REF && f->of == VE_OF_ATTRIBUTES) return true;
    }
    return false;
}

/* A distribution of one attribute at a time needs a way to say which. */
static ve_code check_distribution(const subject *s, const ve_distribution_ops *ops) {
    if (ops->parts && !ops->combine) return lacks(s, "combine");
    if (!ops->parts && !ops->log_density) return lacks(s, "log_density");
    if (ops->parts && !ops->joint)
        return broken(s, "plugin '%s' has parts, which may speak of any attribute, but is not joint",
                      s->plugin->name);
    if (ops->joint && ops->categorical)
        return broken(s, "plugin '%s' takes texts, so it can have only one attribute, but is joint",
                      s->plugin->name);
    if (ops->joint || has_by(s->plugin->params)) return VE_OK;
    return broken(s, "plugin '%s' takes one attribute but has no field 'by' that names it", s->plugin->name);
}

static ve_code check_ops(const subject *s) {
    const ve_plugin *p = s->plugin;
    uint32_t size;
    if (!p->ops) return broken(s, "plugin '%s' has no functions", p->name);
    memcpy(&size, p->ops, sizeof size);
    if (size < duties[p->kind].size)
        return broken(s, "plugin '%s': its table of functions is %u bytes long, %zu are needed", p->name,
                      (unsigned)size, duties[p->kind].size);
    for (const op *must = duties[p->kind].must; must->name; must++)
        if (!has(p->ops, must->offset)) return lacks(s, must->name);
    if (p->kind == VE_KIND_JUDGEMENT) return check_judgement(s, p->ops);
    if (p->kind == VE_KIND_COST) return check_cost(s, p->ops);
    if (p->kind == VE_KIND_DISTRIBUTION) return check_distribution(s, p->ops);
    return VE_OK;
}

ve_code ve_plugin_check(const ve_plugin *plugin, const char *origin, ve_errors *errors) {
    const subject s = { plugin, origin, errors };
    ve_code code = check_head(&s);
    if (code) return code;
    if (!plugin->params) return broken(&s, "plugin '%s' has no table of fields", plugin->name);
    code = check_record(&s, plugin->params, 0);
    return code ? code : check_ops(&s);
}

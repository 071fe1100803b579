/* Field tables on paper: types in words, Markdown tables, LuaLS annotations, help.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "schema/print.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "schema/bind.h"
#include "schema/internal.h"

enum { TYPE_ROOM = 256, NEST_MOST = 4, RECORDS_MOST = 32 };

/* ---- types in words -------------------------------------------------------------------------- */

/* " > 0", " 0 .. 1"; empty without a range. */
static void put_range(const ve_field *field, char *room, size_t bytes) {
    char low[VE_NUMBER_ROOM], high[VE_NUMBER_ROOM];
    bool above = field->flags & VE_F_ABOVE, below = field->flags & VE_F_BELOW;
    bool any = field->low == 0 && field->high == 0;
    bool from = any ? above : isfinite(field->low),
         to = any ? below : field->high > field->low && isfinite(field->high);
    ve_number_write(field->low, low);
    ve_number_write(field->high, high);
    if (from && to && !above && !below)
        snprintf(room, bytes, " from %s to %s", low, high);
    else if (from && to)
        snprintf(room, bytes, " %s %s and %s %s", above ? ">" : ">=", low, below ? "<" : "<=", high);
    else if (from)
        snprintf(room, bytes, " %s %s", above ? ">" : ">=", low);
    else if (to)
        snprintf(room, bytes, " %s %s", below ? "<" : "<=", high);
    else
        room[0] = '\0';
}

/* "{ year, cost }" */
static void put_row(const ve_record *record, char *room, size_t bytes) {
    size_t used = (size_t)snprintf(room, bytes, "{");
    for (size_t i = 0, shown = 0; i < record->count && used < bytes; i++) {
        if (!record->fields[i].doc || record->fields[i].flags & (VE_F_LIST | VE_F_REST)) continue;
        used +=
            (size_t)snprintf(room + used, bytes - used, "%s %s", shown++ ? "," : "", record->fields[i].name);
    }
    if (used < bytes) snprintf(room + used, bytes - used, " }");
}

static void put_choices(const char *choices, char *room, size_t bytes) {
    size_t used = 0;
    for (const char *p = choices; p && used < bytes;) {
        size_t length = strcspn(p, "|");
        used += (size_t)snprintf(room + used, bytes - used, "%s\"%.*s\"", p > choices ? " or " : "",
                                 (int)length, p);
        p = p[length] ? p + length + 1 : NULL;
    }
}

static void put_value(const ve_field *field, char *room, size_t bytes) {
    if (field->choices)
        snprintf(room, bytes, "%s", field->choices);
    else if (field->record && field->flags & VE_F_LIST)
        snprintf(room, bytes, "%s", field->record->name);
    else if (field->record)
        snprintf(room, bytes, "list of %ss", field->record->name);
    else
        snprintf(room, bytes, "any value");
}

static void put_number(const ve_field *field, const char *noun, char *room, size_t bytes) {
    char range[3 * VE_NUMBER_ROOM];
    put_range(field, range, sizeof range);
    snprintf(room, bytes, "%s%s%s%s", noun, range, field->unit ? ", " : "", field->unit ? field->unit : "");
}

/* "number or cost word" */
static void put_word(const ve_field *field, char *room, size_t bytes) {
    snprintf(room, bytes, "%s%s word", field->type == VE_T_AMOUNT ? "number or " : "",
             ve_kind_words(field->kind));
}

static const char *id_of(ve_of of) {
    static const char *const words[] = { "name", "function", "option", "function", "attribute" };
    return words[of];
}

/* The types whose words need no more than the kind of id they speak of. */
static bool put_simple(const ve_field *field, char *room, size_t bytes) {
    static const struct {
        const char *before, *after;
        bool id;
    } words[] = {
        [VE_T_BOOLEAN] = { "true or false", "", false },
        [VE_T_TEXT] = { "text", "", false },
        [VE_T_ID] = { "id", "", false },
        [VE_T_REF] = { "", " id", true },
        [VE_T_REFS] = { "list of ", " ids", true },
        [VE_T_TEXTS] = { "text per ", "", true },
        [VE_T_VALUE] = { NULL, NULL, false },
    };
    if (!words[field->type].before) return false;
    snprintf(room, bytes, "%s%s%s", words[field->type].before, words[field->type].id ? id_of(field->of) : "",
             words[field->type].after);
    return true;
}

static bool put_numeric(const ve_field *field, char *room, size_t bytes) {
    static const char *const nouns[] = { [VE_T_NUMBER] = "number",
                                         [VE_T_INTEGER] = "whole number",
                                         [VE_T_NUMBERS] = "list of numbers",
                                         [VE_T_VECTOR] = "number",
                                         [VE_T_VALUE] = NULL };
    char per[64];
    snprintf(per, sizeof per, "number per %s", id_of(field->of));
    const char *noun = field->type == VE_T_MAP ? per : nouns[field->type];
    if (noun) put_number(field, noun, room, bytes);
    size_t used = strlen(room);
    if (field->type == VE_T_VECTOR) snprintf(room + used, bytes - used, ", or one per attribute");
    return noun != NULL;
}

/* An entry is a row, or what its first field takes. */
static void put_named(const ve_field *field, const char *row, char *room, size_t bytes) {
    char first[TYPE_ROOM / 2] = "";
    ve_type_words(&field->record->fields[0], first, sizeof first);
    snprintf(room, bytes, "%s, or %s", first, row);
}

static void put_rows(const ve_field *field, char *room, size_t bytes) {
    char row[TYPE_ROOM / 2];
    put_row(field->record, row, sizeof row);
    if (field->type == VE_T_KEYED && field->of == VE_OF_NOTHING)
        put_named(field, row, room, bytes);
    else if (field->type == VE_T_KEYED)
        snprintf(room, bytes, "%s%s per %s", field->flags & VE_F_TEMPLATE ? "text, or " : "", row,
                 id_of(field->of));
    else
        snprintf(room, bytes, "%s%s", field->type == VE_T_ROWS ? "list of " : "", row);
}

/* A field that is a table's own list is shown entry by entry. */
static const char *of_entry(const char *words) {
    size_t prefix = sizeof "list of " - 1;
    return strncmp(words, "list of ", prefix) == 0 ? words + prefix : words;
}

const char *ve_type_words(const ve_field *field, char *room, size_t bytes) {
    room[0] = '\0';
    bool done = put_simple(field, room, bytes) || put_numeric(field, room, bytes);
    if (!done && field->type == VE_T_CHOICE)
        put_choices(field->choices, room, bytes);
    else if (!done && (field->type == VE_T_WORD || field->type == VE_T_AMOUNT))
        put_word(field, room, bytes);
    else if (!done && field->type == VE_T_VALUE)
        put_value(field, room, bytes);
    else if (!done)
        put_rows(field, room, bytes);
    return field->flags & VE_F_LIST ? of_entry(room) : room;
}

static bool shown(const ve_field *field) {
    return field->doc != NULL;
}

const char *ve_field_words(const ve_field *field) {
    if (field->flags & VE_F_LIST && field->flags & VE_F_REST) return "{ ... }";
    if (field->flags & VE_F_LIST) return "[1], [2], ...";
    if (field->flags & VE_F_REST) return field->of == VE_OF_NOTHING ? "NAME" : "ID";
    return field->name;
}

/* ---- Markdown -------------------------------------------------------------------------------- */

/* A bar would end the cell. */
static void put_cell(ve_buffer *out, const char *text) {
    for (; *text; text++) {
        if (*text == '|')
            ve_put_text(out, "\\|");
        else
            ve_put(out, text, 1);
    }
}

static void markdown_row(ve_buffer *out, const ve_record *record, const ve_field *field) {
    char type[TYPE_ROOM], room[TYPE_ROOM];
    const char *standard = ve_default_words(record, field, room, sizeof room);
    bool code = standard[0] && !(field->flags & VE_F_REQUIRED);
    ve_put_format(out, "| `%s` | ", ve_field_words(field));
    put_cell(out, ve_type_words(field, type, sizeof type));
    ve_put_text(out, code ? " | `" : " | ");
    put_cell(out, standard);
    ve_put_text(out, code ? "` | " : " | ");
    put_cell(out, field->doc);
    ve_put_text(out, " |\n");
}

static bool has_own_table(const ve_field *field) {
    bool nested = field->type == VE_T_RECORD || field->type == VE_T_ROWS || field->type == VE_T_KEYED;
    return shown(field) && nested && field->record;
}

/* Records that were printed already: a function's parts are functions again. */
typedef struct printed {
    const ve_record *record[RECORDS_MOST];
    size_t count;
} printed;

static bool is_new(printed *before, const ve_record *record) {
    for (size_t i = 0; i < before->count; i++)
        if (before->record[i] == record) return false;
    if (before->count == RECORDS_MOST) return false;
    before->record[before->count++] = record;
    return true;
}

static void markdown(ve_buffer *out, const ve_record *record, printed *before) {
    bool any = false;
    for (size_t i = 0; i < record->count; i++)
        any |= shown(&record->fields[i]);
    if (!any) {
        ve_put_text(out, "No fields.\n");
        return;
    }
    ve_put_text(out, "| Field | Type | Default | Meaning |\n|---|---|---|---|\n");
    for (size_t i = 0; i < record->count; i++)
        if (shown(&record->fields[i])) markdown_row(out, record, &record->fields[i]);
    for (size_t i = 0; i < record->count; i++) {
        const ve_record *nested = record->fields[i].record;
        if (!nested || !shown(&record->fields[i]) || !is_new(before, nested)) continue;
        ve_put_format(out, "\n**%s**: %s\n\n", nested->name,
                      nested->doc ? nested->doc : record->fields[i].doc);
        markdown(out, nested, before);
    }
}

void ve_print_markdown(ve_buffer *out, const ve_record *record) {
    printed before = { .record = { record }, .count = 1 };
    markdown(out, record, &before);
}

/* ---- LuaLS annotations ----------------------------------------------------------------------- */

static void put_class_of(ve_buffer *out, const ve_field *field, const char *class_name) {
    if (field->flags & (VE_F_LIST | VE_F_REST))
        ve_put_format(out, "%s.entry", class_name);
    else
        ve_put_format(out, "%s.%s", class_name, field->name);
}

static bool has_list(const ve_record *record) {
    for (size_t i = 0; i < record->count; i++)
        if (record->fields[i].flags & VE_F_LIST) return true;
    return false;
}

static void lua_choices(ve_buffer *out, const char *choices) {
    for (const char *p = choices; p;) {
        size_t length = strcspn(p, "|");
        ve_put_format(out, "%s\"%.*s\"", p > choices ? "|" : "", (int)length, p);
        p = p[length] ? p + length + 1 : NULL;
    }
}

static void lua_value(ve_buffer *out, const ve_field *field) {
    bool one = field->flags & VE_F_LIST; /* the entry is meant */
    if (!field->record)
        ve_put_text(out, "any");
    else
        ve_put_format(out, "ve.%s%s", field->record->name, one || has_list(field->record) ? "" : "[]");
}

static const char *lua_word(const ve_field *field) {
    return field->kind == VE_KIND_DISTRIBUTION ? "|fun(customer: table<string, number>): number" : "";
}

static const char *lua_number(const ve_field *field) {
    return field->flags & VE_F_EXACT ? "number" : "number|ve.distribution";
}

/* The types that are the same for every field; of one entry where the field takes a table's list or rest. */
static const char *lua_simple(const ve_field *field) {
    static const struct {
        const char *type, *entry;
    } words[] = {
        [VE_T_INTEGER] = { "integer", "integer" },
        [VE_T_BOOLEAN] = { "boolean", "boolean" },
        [VE_T_TEXT] = { "string", "string" },
        [VE_T_ID] = { "string", "string" },
        [VE_T_REF] = { "string", "string" },
        [VE_T_REFS] = { "string[]", "string" },
        [VE_T_NUMBERS] = { "number[]", "number" },
        [VE_T_MAP] = { "table<string, number>|number[]", "number" },
        [VE_T_VECTOR] = { "number|table<string, number>", "number" },
        [VE_T_TEXTS] = { "table<string, string>", "string" },
        [VE_T_VALUE] = { NULL, NULL },
    };
    bool entry = field->flags & (VE_F_LIST | VE_F_REST);
    return entry ? words[field->type].entry : words[field->type].type;
}

static void lua_type(ve_buffer *out, const ve_field *field, const char *class_name);

static void lua_rows(ve_buffer *out, const ve_field *field, const char *class_name) {
    bool entry = field->flags & (VE_F_LIST | VE_F_REST), keyed = field->type == VE_T_KEYED && !entry;
    if (keyed && field->flags & VE_F_TEMPLATE) ve_put_text(out, "string|");
    if (keyed) ve_put_text(out, "table<string, ");
    if (field->type == VE_T_KEYED && field->of == VE_OF_NOTHING)
        lua_type(out, &field->record->fields[0], class_name), ve_put_text(out, "|");
    else if (keyed)
        ve_put_text(out, "string|");
    put_class_of(out, field, class_name);
    if (keyed) ve_put_text(out, ">");
    if (field->type == VE_T_ROWS && !entry) ve_put_text(out, "[]");
}

static void lua_type(ve_buffer *out, const ve_field *field, const char *class_name) {
    const char *simple = lua_simple(field);
    if (simple)
        ve_put_text(out, simple);
    else if (field->type == VE_T_NUMBER)
        ve_put_text(out, lua_number(field));
    else if (field->type == VE_T_CHOICE)
        lua_choices(out, field->choices);
    else if (field->type == VE_T_AMOUNT)
        ve_put_format(out, "%s|ve.%s", lua_number(field), ve_kind_words(field->kind));
    else if (field->type == VE_T_WORD)
        ve_put_format(out, "ve.%s%s", ve_kind_words(field->kind), lua_word(field));
    else if (field->type == VE_T_VALUE)
        lua_value(out, field);
    else
        lua_rows(out, field, class_name);
}

static void annotation(ve_buffer *out, const ve_field *field, const char *class_name) {
    if (field->flags & VE_F_LIST)
        ve_put_text(out, "---@field [integer] ");
    else if (field->flags & VE_F_REST)
        ve_put_text(out, "---@field [string] ");
    else
        ve_put_format(out, "---@field %s%s ", field->name, field->flags & VE_F_REQUIRED ? "" : "?");
    lua_type(out, field, class_name);
    ve_put_format(out, " %s\n", field->doc);
}

static void annotations(ve_buffer *out, const ve_record *record, const char *class_name, int depth) {
    for (size_t i = 0; i < record->count && depth < NEST_MOST; i++) {
        ve_buffer name = { 0 };
        if (!has_own_table(&record->fields[i])) continue;
        put_class_of(&name, &record->fields[i], class_name);
        if (name.failed)
            out->failed = true;
        else
            annotations(out, record->fields[i].record, name.bytes, depth + 1);
        ve_buffer_free(&name);
    }
    ve_put_format(out, "---@class %s\n", class_name);
    for (size_t i = 0; i < record->count; i++)
        if (shown(&record->fields[i])) annotation(out, &record->fields[i], class_name);
    ve_put_text(out, "\n");
}

void ve_print_annotations(ve_buffer *out, const ve_record *record, const char *class_name) {
    annotations(out, record, class_name, 0);
}

/* ---- help ------------------------------------------------------------------------------------ */

void ve_print_help(ve_buffer *out, const ve_record *record) {
    int widest = 0;
    for (size_t i = 0; i < record->count; i++) {
        int length = (int)strlen(ve_field_words(&record->fields[i]));
        if (shown(&record->fields[i]) && length > widest) widest = length;
    }
    for (size_t i = 0; i < record->count; i++) {
        const ve_field *field = &record->fields[i];
        char type[TYPE_ROOM], room[TYPE_ROOM];
        if (!shown(field)) continue;
        const char *standard = ve_default_words(record, field, room, sizeof room);
        bool required = field->flags & VE_F_REQUIRED;
        ve_put_format(out, "  %-*s  %s\n", widest, ve_field_words(field), field->doc);
        ve_put_format(out, "  %-*s  (%s%s%s)\n", widest, "", ve_type_words(field, type, sizeof type),
                      required      ? ", "
                      : standard[0] ? "; default "
                                    : "",
                      standard);
    }
}

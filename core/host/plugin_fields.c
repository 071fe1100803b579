/* The parameters of a Lua plugin: from its list of them to a field table, and a struct laid out by it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/errors.h"
#include "host/plugin.h"
#include "schema/bind.h"

typedef struct parameter {
    const char *name, *doc, *unit;
    int type, of;
    double low, high, above, below;
    const ve_value *fallback, *choices;
    bool required, list, rest;
    ve_rows fields;
} parameter;

enum {
    NUMBER,
    INTEGER,
    BOOLEAN,
    TEXT,
    CHOICE,
    ID,
    IDS,
    MAP,
    NUMBERS,
    ROWS,
    BY_NAME,
    COLUMN,
    COST,
    JUDGEMENT,
    DISTRIBUTION
};

/* By the order of the choices of `type`. */
static const struct {
    ve_type type;
    size_t size;
    bool simple; /* the command line can give it */
    unsigned list, rest;
} kinds[] = {
    [NUMBER] = { VE_T_NUMBER, sizeof(double), true, 0, 0 },
    [INTEGER] = { VE_T_INTEGER, sizeof(int), true, 0, 0 },
    [BOOLEAN] = { VE_T_BOOLEAN, sizeof(bool), true, 0, 0 },
    [TEXT] = { VE_T_TEXT, sizeof(const char *), true, 0, 0 },
    [CHOICE] = { VE_T_CHOICE, sizeof(int), true, 0, 0 },
    [ID] = { VE_T_REF, sizeof(int), false, 0, 0 },
    [IDS] = { VE_T_REFS, sizeof(ve_ints), false, VE_F_LIST, 0 },
    [MAP] = { VE_T_MAP, sizeof(ve_numbers), false, 0, VE_F_REST },
    [NUMBERS] = { VE_T_NUMBERS, sizeof(ve_numbers), false, 0, 0 },
    [ROWS] = { VE_T_ROWS, sizeof(ve_rows), false, VE_F_LIST, 0 },
    [BY_NAME] = { VE_T_KEYED, sizeof(ve_rows), false, 0, 0 },
    [COLUMN] = { VE_T_TEXT, sizeof(ve_plugin_column), false, 0, 0 },
    [COST] = { VE_T_AMOUNT, sizeof(ve_amount), false, 0, 0 },
    [JUDGEMENT] = { VE_T_WORD, sizeof(ve_word), false, 0, 0 },
    [DISTRIBUTION] = { VE_T_WORD, sizeof(ve_word), false, 0, 0 },
};

static const parameter defaults = { .low = NAN, .high = NAN, .above = NAN, .below = NAN, .required = true };

static const ve_record row_record;
static const ve_field fields[] = {
    VE_FIELD(parameter, name, VE_T_ID, .name = "name", .flags = VE_F_REQUIRED,
             .doc = "as the planner writes it, and as the functions find it in p"),
    VE_FIELD(
        parameter, type, VE_T_CHOICE, .name = "type", .flags = VE_F_REQUIRED,
        .choices = "number|integer|boolean|text|choice|id|ids|map|numbers|rows|by_name|column|cost|judgement|"
                   "distribution",
        .doc = "what stands there; id, ids and map speak of functions, options or attributes, by_name of "
               "names that the planner chooses"),
    VE_FIELD(parameter, doc, VE_T_TEXT, .name = "doc", .flags = VE_F_REQUIRED,
             .doc = "one line for planners, shown by `vescore plugins NAME`"),
    VE_FIELD(parameter, unit, VE_T_TEXT, .name = "unit", .doc = "of a number, for planners"),
    VE_FIELD(parameter, low, VE_T_NUMBER, .name = "low", .flags = VE_F_EXACT,
             .doc = "the least number that may stand there"),
    VE_FIELD(parameter, high, VE_T_NUMBER, .name = "high", .flags = VE_F_EXACT,
             .doc = "the greatest number that may stand there"),
    VE_FIELD(parameter, above, VE_T_NUMBER, .name = "above", .flags = VE_F_EXACT,
             .doc = "the number must be greater than this"),
    VE_FIELD(parameter, below, VE_T_NUMBER, .name = "below", .flags = VE_F_EXACT,
             .doc = "the number must be less than this"),
    VE_FIELD(parameter, fallback, VE_T_VALUE, .name = "default", .choices = "a value of that type",
             .doc = "what counts where the planner leaves it out"),
    VE_FIELD(parameter, required, VE_T_BOOLEAN, .name = "required",
             .doc = "without a default: whether it must be there; p.NAME is nil where it is left out"),
    VE_FIELD(parameter, choices, VE_T_VALUE, .name = "choices", .choices = "a list of texts",
             .doc = "of a choice: the texts to choose among"),
    VE_FIELD(parameter, of, VE_T_CHOICE, .name = "of", .choices = "siblings|options|functions|attributes",
             .doc = "of id, ids, map: whose ids; siblings are the functions being weighed"),
    VE_FIELD(parameter, list, VE_T_BOOLEAN, .name = "list",
             .doc = "of ids, rows: the list part of the word is meant, as in ve.word { \"F1\", \"F2\" }"),
    VE_FIELD(parameter, rest, VE_T_BOOLEAN, .name = "rest",
             .doc = "of a map: all other names in the word are meant, as in ve.word { F1 = 3 }"),
    VE_FIELD(parameter, fields, VE_T_ROWS, .name = "fields", .record = &row_record,
             .doc = "of rows: what each row holds"),
};
/* What a row holds is no rows, and the word's own parts are not its. */
enum { IN_ROWS = VE_COUNT(fields) - 3 };
static const ve_record row_record = {
    .name = "parameter_of_rows",
    .doc = "One entry of each row.",
    .size = sizeof(parameter),
    .defaults = &defaults,
    .fields = fields,
    .count = IN_ROWS,
};
const ve_record ve_plugin_parameter_record = {
    .name = "parameter",
    .doc = "One parameter of a Lua plugin.",
    .size = sizeof(parameter),
    .defaults = &defaults,
    .fields = fields,
    .count = VE_COUNT(fields),
};

/* ---- one field ----------------------------------------------------------------------------------------- */

typedef struct maker {
    ve_lua_plugin *self;
    ve_errors *errors;
    ve_binder binder;
} maker;

static ve_code wrong(const maker *m, const ve_value *at, const char *hint, const char *format, ...)
    VE_PRINTF(4, 5);
static ve_code wrong(const maker *m, const ve_value *at, const char *hint, const char *format, ...) {
    va_list args;
    va_start(args, format);
    ve_fail_v(m->errors, VE_E_PLUGIN_BROKEN, at ? at->at : VE_NOWHERE, NULL, format, args);
    va_end(args);
    if (hint) ve_hint(m->errors, "%s", hint);
    return VE_E_PLUGIN_BROKEN;
}

static bool has_range(const parameter *p) {
    return !isnan(p->low) || !isnan(p->high) || !isnan(p->above) || !isnan(p->below);
}

static bool takes_range(int type) {
    return type == NUMBER || type == INTEGER || type == NUMBERS || type == MAP || type == BY_NAME ||
           type == COST;
}

static ve_code set_range(const maker *m, const parameter *p, const ve_value *source, ve_field *out) {
    if (!has_range(p)) return VE_OK;
    if (!takes_range(p->type))
        return wrong(m, source, NULL, "parameter '%s' is no number, so it has no range", p->name);
    bool above = !isnan(p->above), below = !isnan(p->below);
    out->low = above ? p->above : isnan(p->low) ? -INFINITY : p->low;
    out->high = below ? p->below : isnan(p->high) ? INFINITY : p->high;
    out->flags |= (above ? VE_F_ABOVE : 0u) | (below ? VE_F_BELOW : 0u);
    if ((above && !isnan(p->low)) || (below && !isnan(p->high)))
        return wrong(m, source, "keep one of them", "parameter '%s' has two limits on the same side",
                     p->name);
    if (out->low < out->high || (out->low == out->high && !above && !below)) return VE_OK;
    return wrong(m, source, NULL, "no number lies in the range of parameter '%s'", p->name);
}

/* { "a", "b" } -> "a|b" */
static ve_code set_choices(const maker *m, const parameter *p, const ve_value *source, ve_field *out) {
    const ve_value *list = p->choices;
    const char *joined = NULL;
    if (p->type != CHOICE) {
        if (!list) return VE_OK;
        return wrong(m, source, "write type = \"choice\"", "parameter '%s' is no choice", p->name);
    }
    for (size_t i = 0; list && list->kind == VE_TABLE && i < list->table.count; i++) {
        const ve_value *text = &list->table.items[i];
        if (text->kind != VE_TEXT || strchr(text->text.bytes, '|'))
            return wrong(m, text, NULL, "the choices of parameter '%s' are texts without a bar", p->name);
        joined =
            joined ? ve_format(m->self->host.arena, "%s|%s", joined, text->text.bytes) : text->text.bytes;
        if (!joined) return ve_fail_memory(m->errors);
    }
    if (!joined)
        return wrong(m, source, "write choices = { \"a\", \"b\" }",
                     "parameter '%s' has nothing to choose among", p->name);
    out->choices = joined;
    return VE_OK;
}

static ve_code set_default(const maker *m, const parameter *p, const ve_value *source, ve_field *field,
                           void *member) {
    if (!p->fallback && p->required && p->type != BOOLEAN) {
        field->flags |= VE_F_REQUIRED;
        return VE_OK;
    }
    if (!p->fallback) {
        if (p->type != INTEGER && p->type != CHOICE) return VE_OK;
        return wrong(m, source, "write default = ...",
                     "parameter '%s' may be left out, so it needs a default", p->name);
    }
    if (!kinds[p->type].simple && p->type != NUMBERS)
        return wrong(m, p->fallback, NULL, "parameter '%s' is of a type that has no default", p->name);
    return ve_bind_field(&m->binder, field, p->fallback, "default", member);
}

/* { gold = 1, lead = 0.5 }: each a record of one number, which has the range. */
static ve_code set_by_name(const maker *m, const parameter *p, ve_field *out) {
    if (p->type != BY_NAME) return VE_OK;
    ve_field *number = ve_alloc(m->self->host.arena, sizeof *number);
    ve_record *record = ve_alloc(m->self->host.arena, sizeof *record);
    if (!number || !record) return ve_fail_memory(m->errors);
    *number = (ve_field){ .name = "number",
                          .type = VE_T_NUMBER,
                          .flags = out->flags | VE_F_REQUIRED,
                          .doc = p->doc,
                          .low = out->low,
                          .high = out->high,
                          .unit = p->unit };
    *record =
        (ve_record){ .name = p->name, .doc = p->doc, .size = sizeof(double), .fields = number, .count = 1 };
    out->flags = 0;
    out->low = out->high = 0;
    out->of = VE_OF_NOTHING;
    out->record = record;
    return VE_OK;
}

static ve_code make_record(const maker *m, const ve_rows *rows, size_t head, ve_record *out);

static ve_code set_rows(const maker *m, const parameter *p, const ve_value *source, ve_field *out) {
    if (p->type != ROWS)
        return p->fields.count
                   ? wrong(m, source, NULL, "parameter '%s' is no rows, so it has no fields", p->name)
                   : VE_OK;
    if (!p->fields.count)
        return wrong(m, source, "write fields = { { name = ..., type = ..., doc = ... } }",
                     "parameter '%s' does not say what its rows hold", p->name);
    ve_record *record = ve_alloc(m->self->host.arena, sizeof *record);
    if (!record) return ve_fail_memory(m->errors);
    record->name = p->name;
    record->doc = p->doc;
    out->record = record;
    return make_record(m, &p->fields, 0, record);
}

static ve_code set_whole(const maker *m, const parameter *p, const ve_value *source, ve_field *out) {
    out->flags |= (p->list ? kinds[p->type].list : 0) | (p->rest ? kinds[p->type].rest : 0);
    bool fits = (!p->list || kinds[p->type].list) && (!p->rest || kinds[p->type].rest);
    if (fits) return VE_OK;
    return wrong(m, source, NULL, "parameter '%s' cannot take the %s of the word", p->name,
                 p->list ? "list part" : "other names");
}

/* What the program finds out before it calls: only some kinds are called behind it. */
static ve_code check_given(const maker *m, const parameter *p, bool in_rows, const ve_value *source) {
    ve_kind kind = m->self->plugin.kind;
    if (p->type == COLUMN && kind != VE_KIND_COST && kind != VE_KIND_JUDGEMENT)
        return wrong(m, source, NULL, "parameter '%s': a %s has no means of survey columns", p->name,
                     ve_kind_words(kind));
    if (p->type == COLUMN && in_rows)
        return wrong(m, source, "let the word itself name it",
                     "parameter '%s' is in rows, which have no survey columns", p->name);
    return VE_OK;
}

static ve_code check_word(const maker *m, const parameter *p, const ve_value *source) {
    ve_kind kind = m->self->plugin.kind;
    if (p->type == COST && kind != VE_KIND_COST)
        return wrong(m, source, "write type = \"number\"", "parameter '%s': only a cost holds other costs",
                     p->name);
    if (p->type == JUDGEMENT && kind != VE_KIND_JUDGEMENT)
        return wrong(m, source, NULL, "parameter '%s': only a judgement holds other judgements", p->name);
    if (p->type == DISTRIBUTION && !m->self->file.joint)
        return wrong(m, source, "write joint = true: they may speak of any attribute",
                     "parameter '%s': only a joint distribution holds other distributions", p->name);
    return VE_OK;
}

static ve_kind kind_of_word(int type) {
    if (type == JUDGEMENT) return VE_KIND_JUDGEMENT;
    return type == DISTRIBUTION ? VE_KIND_DISTRIBUTION : VE_KIND_COST;
}

/* Values of a study and a format come from the command line. */
static ve_code check_place(const maker *m, const parameter *p, const ve_value *source) {
    ve_kind kind = m->self->plugin.kind;
    if ((kind != VE_KIND_STUDY && kind != VE_KIND_REPORT) || kinds[p->type].simple) return VE_OK;
    return wrong(m, source, "use number, integer, boolean, text or choice",
                 "parameter '%s' cannot be given on the command line", p->name);
}

static ve_code make_field(const maker *m, const parameter *p, const ve_value *source, ve_field *out,
                          size_t head, char *fallback) {
    size_t offset = out->offset;
    *out = (ve_field){ .name = p->name,
                       .type = kinds[p->type].type,
                       .offset = offset,
                       .doc = p->doc,
                       .unit = p->unit,
                       .of = (ve_of)(p->of + VE_OF_SIBLINGS),
                       .kind = kind_of_word(p->type) };
    ve_code code = check_place(m, p, source);
    if (!code) code = check_given(m, p, head == 0, source);
    if (!code) code = check_word(m, p, source);
    if (!code) code = set_range(m, p, source, out);
    if (!code) code = set_by_name(m, p, out);
    if (!code) code = set_choices(m, p, source, out);
    if (!code) code = set_rows(m, p, source, out);
    if (!code) code = set_whole(m, p, source, out);
    return code ? code : set_default(m, p, source, out, fallback + offset);
}

/* ---- a record of them ---------------------------------------------------------------------------------- */

/* Lay the members out behind `head` bytes: where each lies, and how long the struct is. */
static size_t lay_out(const parameter *p, size_t count, size_t head, ve_field *field) {
    size_t at = head;
    for (size_t i = 0; i < count; i++) {
        field[i].offset = at;
        at += (kinds[p[i].type].size + 7) & ~(size_t)7;
    }
    return at;
}

static void empty_member(const ve_field *field, void *member) {
    if (field->type == VE_T_NUMBER) *(double *)member = NAN;
    if (field->type == VE_T_REF) *(int *)member = -1;
    if (field->type == VE_T_AMOUNT) ((ve_amount *)member)->number = NAN;
}

static ve_code make_record(const maker *m, const ve_rows *rows, size_t head, ve_record *out) {
    const parameter *p = rows->v;
    ve_arena *arena = m->self->host.arena;
    ve_field *field = ve_alloc_array(arena, rows->count + 1, sizeof *field); /* room for `by` */
    if (!field) return ve_fail_memory(m->errors);
    out->size = lay_out(p, rows->count, head, field) + sizeof(double); /* likewise */
    char *fallback = ve_alloc(arena, out->size);
    if (!fallback) return ve_fail_memory(m->errors);
    ve_code first = VE_OK;
    for (size_t i = 0; i < rows->count; i++) {
        const ve_value *source = &rows->source->table.items[i];
        field[i].type = kinds[p[i].type].type;
        empty_member(&field[i], fallback + field[i].offset);
        ve_code code = make_field(m, &p[i], source, &field[i], head, fallback);
        if (!first) first = code;
    }
    out->fields = field;
    out->count = rows->count;
    out->defaults = fallback;
    return first;
}

/* Which of the word's own fields name survey columns. */
static ve_code note_columns(const maker *m) {
    ve_lua_plugin *self = m->self;
    const parameter *p = self->file.parameters.v;
    self->column = ve_alloc_array(self->host.arena, self->file.parameters.count, sizeof(const ve_field *));
    if (!self->column) return ve_fail_memory(m->errors);
    for (size_t i = 0; i < self->file.parameters.count; i++)
        if (p[i].type == COLUMN) self->column[self->columns++] = &self->params.fields[i];
    return VE_OK;
}

/* A distribution of one attribute lets the planner say which. */
static void add_by(ve_record *record) {
    ve_field *by = (ve_field *)&record->fields[record->count++];
    *by = (ve_field){ .name = "by",
                      .type = VE_T_REF,
                      .offset = record->size - sizeof(double),
                      .doc = "the attribute it speaks of; may be left out where there is only one",
                      .of = VE_OF_ATTRIBUTES };
    *(int *)((char *)record->defaults + by->offset) = -1;
}

ve_code ve_plugin_fields(ve_lua_plugin *self, ve_errors *errors) {
    maker m = { self, errors, { .arena = self->host.arena, .errors = errors } };
    ve_record *record = &self->params;
    record->name = self->file.name;
    record->doc = self->file.summary;
    record->example = self->file.example;
    record->ids = offsetof(ve_plugin_head, ids);
    ve_code code = make_record(&m, &self->file.parameters, sizeof(ve_plugin_head), record);
    if (!code) code = note_columns(&m);
    if (code) return code;
    if (self->plugin.kind == VE_KIND_DISTRIBUTION && !self->file.joint) add_by(record);
    ((ve_plugin_head *)(void *)(uintptr_t)record->defaults)->self = self;
    return VE_OK;
}

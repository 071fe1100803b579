/* A plugin at the ends of what its parameters allow, and with money in another unit.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "prove/internal.h"
#include "schema/bind.h"

enum { FAR = 1000000000, MANY = 1000, PATH = 160, SETTINGS = 32 };

/* ---- the ends of ranges ---------------------------------------------------------------------- */

bool ve_prove_is_answer(ve_code code) {
    const int status = ve_code_get(code)->status;
    return status == VE_STATUS_DONE || status == VE_STATUS_MODEL || status == VE_STATUS_DATA ||
           status == VE_STATUS_NUMERIC;
}

/* Figures are numbers, or not known. */
static bool is_finite_report(const ve_report *report) {
    for (size_t t = 0; t < report->tables; t++)
        for (size_t c = 0; c < report->table[t]->rows * report->table[t]->columns; c++) {
            const ve_cell *cell = &report->table[t]->cell[c];
            if (cell->kind == VE_CELL_NUMBER && !isfinite(cell->number)) return false;
        }
    return true;
}

typedef struct trying {
    ve_proof *proof;
    const char *model, *word; /* "options.A.target" */
    const ve_field *field;
    size_t tried;
    char wrong[VE_MESSAGE_BYTES]; /* the first value that failed, and how */
} trying;

static void try_value(trying *t, double value) {
    char path[PATH], text[VE_NUMBER_ROOM];
    ve_number_write(value, text);
    snprintf(path, sizeof path, "%s.%s", t->word, t->field->name);
    ve_setting setting = { path, text };
    ve_code code = ve_proof_set(t->proof, t->model, &setting, 1);
    const char *said = code ? ve_proof_why(t->proof) : "a figure is infinite or no number";
    bool fine = code ? ve_prove_is_answer(code) : is_finite_report(t->proof->answer.report);
    t->tried++;
    if (!fine && !t->wrong[0])
        snprintf(t->wrong, sizeof t->wrong, "with %s = %s: %.300s", t->field->name, text, said);
}

/* The end itself where it belongs to the range, else a place just inside; far out where there is no end. */
static double end_of_range(const ve_field *field, bool upper) {
    bool none = field->low == 0 && field->high == 0;
    double end = upper ? field->high : field->low, way = upper ? -1 : 1;
    if (none || isinf(end)) return -way * (field->type == VE_T_INTEGER ? MANY : FAR);
    bool outside = (field->flags & (upper ? VE_F_BELOW : VE_F_ABOVE)) != 0;
    if (!outside) return end;
    return field->type == VE_T_INTEGER ? end + way : end + way * 1e-6 * fmax(1, fabs(end));
}

void ve_prove_borders(ve_proof *p, const char *model, const char *word) {
    const ve_record *record = p->plugin->params;
    trying t = { .proof = p, .model = model, .word = word };
    for (size_t i = 0; i < record->count; i++) {
        t.field = &record->fields[i];
        bool number = t.field->type == VE_T_NUMBER || t.field->type == VE_T_INTEGER ||
                      t.field->type == VE_T_VECTOR || t.field->type == VE_T_AMOUNT;
        if (!number || !t.field->doc) continue;
        try_value(&t, end_of_range(t.field, false));
        try_value(&t, end_of_range(t.field, true));
    }
    if (t.tried)
        ve_proof_tell(p, "at the ends of its numbers' ranges it answers, or says what is wrong", !t.wrong[0],
                      "%s", t.wrong);
}

/* ---- another unit of money ------------------------------------------------------------------- */

/* Every amount of money that the word names, a thousand times as much. */
typedef struct amounts {
    const ve_registry *registry;
    ve_arena *arena;
    ve_setting setting[SETTINGS];
    size_t count;
    bool lost; /* one of them has no path, or there is no room */
} amounts;

static void add(amounts *a, const char *path, double amount) {
    char text[VE_NUMBER_ROOM];
    ve_number_write(1000 * amount, text);
    const char *value = ve_format(a->arena, "%s", text);
    a->lost |= a->count == SETTINGS || !path || !value;
    if (!a->lost) a->setting[a->count++] = (ve_setting){ path, value };
}

static const ve_field *field_named(const ve_record *record, const char *name) {
    for (size_t i = 0; i < record->count; i++)
        if (strcmp(record->fields[i].name, name) == 0) return &record->fields[i];
    return NULL;
}

/* The field that takes the word's other names. */
static const ve_field *rest_of(const ve_record *record) {
    for (size_t i = 0; i < record->count; i++)
        if (record->fields[i].flags & VE_F_REST) return &record->fields[i];
    return NULL;
}

static void find_amounts(amounts *a, const ve_record *record, const ve_value *value, const char *path,
                         int depth);

static bool is_money(const ve_field *field) {
    return field->unit && strncmp(field->unit, "money", strlen("money")) == 0;
}

static void find_in(amounts *a, const ve_field *field, const ve_value *value, const char *path, int depth) {
    if (value->kind == VE_NUMBER) {
        /* of a record a number alone is its first field */
        const ve_field *own = field->record ? &field->record->fields[0] : field;
        if (is_money(own)) add(a, path, value->number);
        return;
    }
    if (value->kind != VE_TABLE) return;
    const ve_plugin *word = value->table.word ? ve_registry_find(a->registry, value->table.word) : NULL;
    const ve_record *record = word ? word->params : field->record;
    if (record && field->type == VE_T_ROWS && !word)
        for (size_t i = 0; i < value->table.count; i++)
            find_amounts(a, record, &value->table.items[i], ve_format(a->arena, "%s[%zu]", path, i + 1),
                         depth + 1);
    else if (record)
        find_amounts(a, record, value, path, depth + 1);
}

static void find_amounts(amounts *a, const ve_record *record, const ve_value *value, const char *path,
                         int depth) {
    a->lost |= depth > 8 || !path || value->kind != VE_TABLE;
    if (a->lost) return;
    for (size_t i = 0; i < value->table.named; i++) {
        const ve_entry *entry = &value->table.fields[i];
        const ve_field *own = field_named(record, entry->name), *field = own ? own : rest_of(record);
        if (field) find_in(a, field, &entry->value, ve_format(a->arena, "%s.%s", path, entry->name), depth);
    }
    /* what stands without a name has a path only where it is a row */
    for (size_t i = 0; i < value->table.count && i < record->count; i++)
        a->lost |= value->table.items[i].kind == VE_NUMBER && is_money(&record->fields[i]);
}

/* Amounts that are not written and yet not zero. */
static void find_defaults(amounts *a, const ve_record *record, const ve_value *value, const char *path) {
    for (size_t i = 0; record->defaults && i < record->count; i++) {
        const ve_field *field = &record->fields[i];
        double amount;
        if (field->type != VE_T_NUMBER || !is_money(field) || ve_value_field(value, field->name)) continue;
        memcpy(&amount, (const char *)record->defaults + field->offset, sizeof amount);
        if (amount < 0 || amount > 0) add(a, ve_format(a->arena, "%s.%s", path, field->name), amount);
    }
}

static ve_code look_source(ve_proof *p, const ve_case *subject, ve_arena *arena, ve_errors *errors) {
    (void)arena;
    (void)errors;
    static const char path[] = "options.A.cost";
    amounts *a = p->look_at;
    const ve_word *word = &subject->model->option[0].cost_word;
    find_amounts(a, p->plugin->params, word->source, path, 0);
    find_defaults(a, p->plugin->params, word->source, path);
    return VE_OK;
}

void ve_prove_money(ve_proof *p, const char *model, double cost, double (*figure)(const ve_proof *p)) {
    static const char property[] = "a thousand times the money is a thousand times the cost";
    amounts a = { .registry = p->registry, .arena = ve_arena_new(0) };
    if (!a.arena) return;
    p->look_at = &a;
    ve_code code = ve_proof_case(p, model, look_source);
    if (code || a.lost || !a.count) {
        ve_proof_skip(p, property,
                      a.lost ? "an amount in the example has no name by which it could be set"
                             : "no parameter of the example has unit = \"money\"");
    } else {
        code = ve_proof_set(p, model, a.setting, a.count);
        double is = code ? NAN : figure(p);
        ve_proof_tell(p, property, !code && fabs(is - 1000 * cost) <= 1e-9 * fmax(1, 1000 * fabs(cost)),
                      "the cost goes from %.10g to %.10g%s%s; every amount of money needs unit = \"money\"",
                      cost, is, code ? ": " : "", ve_proof_why(p));
    }
    ve_arena_free(a.arena);
}

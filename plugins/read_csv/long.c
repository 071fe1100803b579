/* The long layout: a row for each customer and option, in any order. A customer is handed on once every
 * option is there. SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "csv.h"

#define NOBODY SIZE_MAX

typedef struct person {
    uint64_t hash[2];
    uint64_t at;   /* of the name in the first row */
    size_t sheet;  /* NOBODY: handed on, or left out */
    size_t seen;   /* options so far */
    bool gap, bad; /* an answer is missing; a row is at fault */
} person;

/* A sheet is what is known of a customer who is not complete: attributes, weight, scores, columns, then per
 * option where its row is (offset + 1; 0: not there yet). */
typedef struct csv_people {
    person *list;
    size_t count, room;
    size_t *slot; /* number of a person, from 1 */
    unsigned slot_bits;
    double *sheet;
    size_t sheets, sheets_room, sheet_words;
    size_t *spare; /* sheets that are free again */
    size_t spares;
    uint64_t seed[2];
} csv_people;

ve_code csv_people_new(csv_worker *worker) {
    csv_people *people = calloc(1, sizeof *people);
    if (!people) return VE_E_MEMORY;
    const csv_block *b = &worker->block;
    people->sheet_words = b->attributes + 1 + b->cells + b->columns + worker->reader->want->options;
    csv_seed(people->seed);
    worker->people = people;
    return VE_OK;
}

void csv_people_free(csv_worker *worker) {
    csv_people *people = worker->people;
    if (!people) return;
    free(people->list);
    free(people->slot);
    free(people->sheet);
    free(people->spare);
    free(people);
    worker->people = NULL;
}

/* ---- finding a customer ---------------------------------------------------------------------- */

static size_t slot_of(const csv_people *people, const uint64_t hash[2]) {
    size_t mask = ((size_t)1 << people->slot_bits) - 1, at = hash[0] & mask;
    while (people->slot[at] && memcmp(people->list[people->slot[at] - 1].hash, hash, 2 * sizeof *hash) != 0)
        at = (at + 1) & mask;
    return at;
}

static ve_code grow_slots(csv_people *people) {
    unsigned bits = people->slot ? people->slot_bits + 1 : 10;
    size_t *slot = calloc((size_t)1 << bits, sizeof *slot);
    if (!slot) return VE_E_MEMORY;
    free(people->slot);
    people->slot = slot;
    people->slot_bits = bits;
    for (size_t i = 0; i < people->count; i++)
        slot[slot_of(people, people->list[i].hash)] = i + 1;
    return VE_OK;
}

static ve_code grow_list(csv_people *people) {
    size_t room = people->room ? 2 * people->room : 512;
    person *list = realloc(people->list, room * sizeof *list);
    if (!list) return VE_E_MEMORY;
    people->list = list;
    people->room = room;
    return VE_OK;
}

static ve_code grow_sheets(csv_people *people) {
    size_t room = people->sheets_room ? 2 * people->sheets_room : 64;
    double *sheet = realloc(people->sheet, room * people->sheet_words * sizeof *sheet);
    if (!sheet) return VE_E_MEMORY;
    people->sheet = sheet;
    size_t *spare = realloc(people->spare, room * sizeof *spare);
    if (!spare) return VE_E_MEMORY;
    people->spare = spare;
    people->sheets_room = room;
    return VE_OK;
}

static double *sheet_of(const csv_people *people, const person *who) {
    return people->sheet + who->sheet * people->sheet_words;
}

static ve_code new_sheet(csv_people *people, size_t *number) {
    if (people->spares > 0) {
        *number = people->spare[--people->spares];
    } else {
        ve_code code = people->sheets == people->sheets_room ? grow_sheets(people) : VE_OK;
        if (code) return code;
        *number = people->sheets++;
    }
    memset(people->sheet + *number * people->sheet_words, 0, people->sheet_words * sizeof *people->sheet);
    return VE_OK;
}

static ve_code find_person(csv_people *people, const csv_field *name, uint64_t at, size_t *number) {
    uint64_t hash[2];
    csv_hash(name->text, name->length, people->seed, hash);
    ve_code code =
        !people->slot || people->count * 2 >= (size_t)1 << people->slot_bits ? grow_slots(people) : VE_OK;
    if (!code && people->count == people->room) code = grow_list(people);
    if (code) return code;
    size_t slot = slot_of(people, hash);
    if (!people->slot[slot]) {
        person *who = &people->list[people->count];
        *who = (person){ .hash = { hash[0], hash[1] }, .at = at };
        code = new_sheet(people, &who->sheet);
        if (code) return code;
        people->slot[slot] = ++people->count;
    }
    *number = people->slot[slot] - 1;
    return VE_OK;
}

/* ---- a row ----------------------------------------------------------------------------------- */

static const char *option_name(const csv_reader *reader, size_t option) {
    const ve_texts *options = &reader->params->options;
    return option < options->count && options->v[option] ? options->v[option]
                                                         : reader->want->option[option].id;
}

static ve_code fault_option(csv_worker *w, const csv_field *field) {
    const csv_reader *reader = w->reader;
    const ve_services *base = reader->services->base;
    const char **name = base->memory(base, reader->want->options * sizeof *name);
    if (!name) return VE_E_MEMORY;
    for (size_t i = 0; i < reader->want->options; i++)
        name[i] = option_name(reader, i);
    char value[128], hint[VE_MESSAGE_BYTES / 2] = "";
    snprintf(value, sizeof value, "%.*s", csv_shown(field->text, field->length), field->text);
    const char *near = reader->services->nearest(value, name, reader->want->options);
    if (near) snprintf(hint, sizeof hint, "did you mean '%s'?", near);
    csv_worker_fault(w, field, VE_E_ROW_OPTION, hint[0] ? hint : NULL,
                     "column '%s': '%s' is no option of the model", reader->params->option, value);
    return VE_OK;
}

/* The option a row speaks of; SIZE_MAX: none. */
static size_t find_option(csv_worker *w, const csv_field *field) {
    const csv_reader *reader = w->reader;
    for (size_t i = 0; i < reader->want->options; i++) {
        const char *name = option_name(reader, i);
        if (strlen(name) == field->length && memcmp(name, field->text, field->length) == 0) return i;
    }
    if (w->faults.count < CSV_FAULTS_MOST) /* the file is read from front to end: later ones are not kept */
        w->code = fault_option(w, field);
    return SIZE_MAX;
}

static const csv_field *field_of(const csv_worker *w, csv_role role) {
    const csv_plan *plan = &w->reader->plan;
    for (size_t i = 0; i < plan->uses; i++)
        if (plan->use[i].role == role) return &w->record.field[plan->use[i].column];
    return NULL;
}

/* Where a use's value stands in a sheet. */
static double *place_in(const csv_worker *w, double *sheet, const csv_use *use) {
    const csv_block *b = &w->block;
    if (use->role == CSV_ATTRIBUTE) return sheet + use->index;
    if (use->role == CSV_WEIGHT) return sheet + b->attributes;
    if (use->role == CSV_SCORE) return sheet + b->attributes + 1 + use->index;
    return sheet + b->attributes + 1 + b->cells + use->index;
}

/* What does not depend on the option must be the same in all of a customer's rows. */
static bool agrees(csv_worker *w, const csv_use *use, const csv_field *field, const person *who, double had,
                   double x) {
    char other[32] = "another text";
    if (had == x) return true;
    if (!use->text) snprintf(other, sizeof other, "%.10g", had);
    csv_fault *fault = csv_worker_fault(w, field, VE_E_CUSTOMER, "a customer has one figure for all options",
                                        "column '%s': %.*s, but this customer has %s in",
                                        w->reader->header.name[use->column],
                                        csv_shown(field->text, field->length), field->text, other);
    if (fault) fault->other = who->at;
    return false;
}

static void take_use(csv_worker *w, const csv_use *use, person *who) {
    const csv_field *field = &w->record.field[use->column];
    double *place = place_in(w, sheet_of(w->people, who), use), x;
    bool gap = false;
    if (!csv_take(w, use, field, &x, &gap)) {
        who->gap |= gap;
        who->bad |= !gap;
        return;
    }
    if (use->option == SIZE_MAX && who->seen > 0 && !who->gap && !who->bad &&
        !agrees(w, use, field, who, *place, x))
        who->bad = true;
    *place = x;
}

static uint64_t *row_places(const csv_worker *w, const person *who) {
    double *sheet = sheet_of(w->people, who);
    return (uint64_t *)(void *)(sheet + w->people->sheet_words - w->reader->want->options);
}

static void fault_twice(csv_worker *w, const csv_field *field, uint64_t first) {
    csv_fault *fault =
        csv_worker_fault(w, field, VE_E_CUSTOMER, "one row for each customer and option",
                         "this customer has a row for option '%.*s' already%s",
                         csv_shown(field->text, field->length), field->text, first ? ", in" : "");
    if (fault && first) fault->other = first;
}

/* ---- a whole customer ------------------------------------------------------------------------ */

static void release(csv_people *people, person *who) {
    people->spare[people->spares++] = who->sheet;
    who->sheet = NOBODY;
}

static void hand_on(csv_worker *w, person *who) {
    const csv_block *b = &w->block;
    double *sheet = sheet_of(w->people, who);
    csv_answers answers = { .attribute = sheet,
                            .weight = w->reader->plan.weighted ? sheet[b->attributes] : 1,
                            .score = sheet + b->attributes + 1,
                            .column = sheet + b->attributes + 1 + b->cells };
    if (who->gap)
        w->skipped++;
    else if (!who->bad)
        w->code = csv_block_add(&w->block, &answers, w->reader->sink, w->shard);
    release(w->people, who);
}

static void take_row(csv_worker *w, person *who, size_t option) {
    const csv_plan *plan = &w->reader->plan;
    for (size_t i = 0; i < plan->uses; i++) {
        const csv_use *use = &plan->use[i];
        bool here = use->option == SIZE_MAX || use->option == option;
        if (here && use->role != CSV_CUSTOMER && use->role != CSV_OPTION) take_use(w, use, who);
    }
    if (++who->seen == w->reader->want->options) hand_on(w, who);
}

void csv_long_row(csv_worker *worker) {
    const csv_field *name = field_of(worker, CSV_CUSTOMER), *value = field_of(worker, CSV_OPTION);
    if (csv_is_missing(name)) {
        csv_worker_fault(worker, name, VE_E_CUSTOMER, NULL, "the row does not say whose answer it is");
        return;
    }
    size_t option = find_option(worker, value), number;
    if (option == SIZE_MAX) return;
    uint64_t at = csv_offset(worker, name->start);
    worker->code = find_person(worker->people, name, at, &number);
    if (worker->code) return;
    person *who = &worker->people->list[number];
    uint64_t *row = who->sheet == NOBODY ? NULL : row_places(worker, who);
    if (!row || row[option]) {
        fault_twice(worker, value, row ? row[option] - 1 : 0);
        return;
    }
    row[option] = at + 1;
    take_row(worker, who, option);
}

static void fault_incomplete(csv_worker *w, const person *who) {
    const uint64_t *row = row_places(w, who);
    size_t option = 0;
    while (row[option])
        option++;
    csv_fault_add(&w->faults, who->at, VE_E_GAP, NULL, "the customer of this row has no row for option '%s'",
                  option_name(w->reader, option));
}

void csv_people_end(csv_worker *worker) {
    csv_people *people = worker->people;
    bool skip = worker->reader->params->missing == CSV_MISSING_SKIP;
    for (size_t i = 0; i < people->count; i++) {
        person *who = &people->list[i];
        if (who->sheet == NOBODY) continue;
        if (skip)
            worker->skipped++;
        else
            fault_incomplete(worker, who);
    }
}

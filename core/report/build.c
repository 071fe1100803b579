/* Build a report piece by piece in an arena; a lack of memory is remembered and told once, at the end.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/build.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "base/errors.h"

typedef struct built_table {
    ve_table table;
    ve_column *column;
    ve_cell *cell;
    size_t room; /* rows */
} built_table;

struct ve_report_builder {
    ve_arena *arena;
    bool failed;
    ve_report report;
    const char **sentence;
    ve_fact *fact;
    built_table **table;
    ve_notice *notice;
    size_t sentence_room, fact_room, table_room, notice_room;
    built_table *open;                /* its last row may hold texts that are not copied yet */
    ve_cell spare[VE_REPORT_COLUMNS]; /* what `row` returns once memory ran out */
};

ve_report_builder *ve_report_new(ve_arena *arena, const char *study) {
    ve_report_builder *builder = ve_alloc(arena, sizeof *builder);
    if (!builder) return NULL;
    builder->arena = arena;
    builder->report.study = study;
    builder->report.model_file = builder->report.title = "";
    return builder;
}

static const char *copy(ve_report_builder *builder, const char *text) {
    char *made = text ? ve_copy_text(builder->arena, text, strlen(text)) : NULL;
    if (!made) builder->failed = true;
    return made;
}

/* The list, or where it is full a larger copy; the old one stays in the arena. Check `room` afterwards. */
static void *roomy(ve_report_builder *builder, void *list, size_t count, size_t *room, size_t size) {
    if (count < *room) return list;
    size_t wanted = *room ? *room * 2 : 8;
    void *made = *room < SIZE_MAX / 2 ? ve_alloc_array(builder->arena, wanted, size) : NULL;
    if (!made) {
        builder->failed = true;
        return list;
    }
    if (count > 0) memcpy(made, list, count * size);
    *room = wanted;
    return made;
}

/* Append to one of the builder's lists; what finds no room is left out. */
#define APPEND(builder, list, count, ...)                                                                    \
    do {                                                                                                     \
        (builder)->list =                                                                                    \
            roomy((builder), (builder)->list, (count), &(builder)->list##_room, sizeof *(builder)->list);    \
        if ((count) < (builder)->list##_room) (builder)->list[(count)++] = __VA_ARGS__;                      \
    } while (0)

static void copy_cell(ve_report_builder *builder, ve_cell *cell) {
    if (cell->kind != VE_CELL_TEXT) return;
    cell->text = copy(builder, cell->text);
    if (!cell->text) cell->kind = VE_CELL_NULL;
}

/* The caller's texts live until now. */
static void close_row(ve_report_builder *builder) {
    built_table *open = builder->open;
    builder->open = NULL;
    if (!open) return;
    size_t columns = open->table.columns;
    ve_cell *cell = open->cell + (open->table.rows - 1) * columns;
    for (size_t i = 0; i < columns; i++)
        copy_cell(builder, &cell[i]);
}

void ve_report_about(ve_report_builder *builder, const char *model_file, const char *title,
                     const char *scenario) {
    close_row(builder);
    builder->report.model_file = copy(builder, model_file ? model_file : "");
    builder->report.title = copy(builder, title ? title : "");
    builder->report.scenario = scenario ? copy(builder, scenario) : NULL;
}

void ve_report_say(ve_report_builder *builder, const char *text) {
    close_row(builder);
    const char *copied = copy(builder, text);
    if (copied) APPEND(builder, sentence, builder->report.sentences, copied);
}

void ve_report_fact(ve_report_builder *builder, const char *key, ve_cell value) {
    close_row(builder);
    copy_cell(builder, &value);
    const char *copied = copy(builder, key);
    if (copied) APPEND(builder, fact, builder->report.facts, (ve_fact){ copied, value });
}

void ve_report_warn(ve_report_builder *builder, ve_code code, const char *message, const char *hint) {
    close_row(builder);
    const char *text = copy(builder, message);
    const char *way_out = copy(builder, hint ? hint : ve_code_get(code)->way_out);
    if (text && way_out) APPEND(builder, notice, builder->report.notices, (ve_notice){ code, text, way_out });
}

static bool copy_columns(ve_report_builder *builder, built_table *made, const ve_column *column,
                         size_t columns) {
    made->column = ve_alloc_array(builder->arena, columns, sizeof *column);
    if (!made->column) return false;
    for (size_t i = 0; i < columns; i++) {
        made->column[i] = column[i];
        made->column[i].key = copy(builder, column[i].key);
        made->column[i].title = copy(builder, column[i].title);
    }
    return !builder->failed;
}

static built_table *make_table(ve_report_builder *builder, const ve_column *column, size_t columns) {
    built_table *made = ve_alloc(builder->arena, sizeof *made);
    if (!made || !copy_columns(builder, made, column, columns)) return NULL;
    made->table.column = made->column;
    made->table.columns = columns;
    made->table.marked = -1;
    return made;
}

int ve_report_table(ve_report_builder *builder, const char *key, const char *title, unsigned flags,
                    const ve_column *column, size_t columns) {
    close_row(builder);
    size_t number = builder->report.tables;
    built_table *made = columns <= VE_REPORT_COLUMNS ? make_table(builder, column, columns) : NULL;
    if (!made || number >= INT_MAX) {
        builder->failed = true;
        return -1;
    }
    made->table.key = copy(builder, key);
    made->table.title = copy(builder, title);
    made->table.flags = flags;
    APPEND(builder, table, builder->report.tables, made);
    return builder->report.tables > number ? (int)number : -1;
}

static built_table *table_at(const ve_report_builder *builder, int table) {
    return table >= 0 && (size_t)table < builder->report.tables ? builder->table[table] : NULL;
}

static bool grow_rows(ve_report_builder *builder, built_table *into) {
    size_t columns = into->table.columns;
    into->cell = roomy(builder, into->cell, into->table.rows, &into->room, columns * sizeof *into->cell);
    into->table.cell = into->cell;
    return into->table.rows < into->room;
}

ve_cell *ve_report_row(ve_report_builder *builder, int table) {
    close_row(builder);
    built_table *into = table_at(builder, table);
    if (!into || into->table.columns == 0 || into->table.rows >= INT_MAX || !grow_rows(builder, into)) {
        builder->failed = true;
        memset(builder->spare, 0, sizeof builder->spare);
        return builder->spare;
    }
    builder->open = into;
    return into->cell + into->table.rows++ * into->table.columns;
}

void ve_report_mark(ve_report_builder *builder, int table, int row) {
    close_row(builder);
    built_table *into = table_at(builder, table);
    if (into) into->table.marked = row;
}

ve_code ve_report_finish(ve_report_builder *builder, const ve_report **out, ve_errors *errors) {
    close_row(builder);
    const ve_table **table = ve_alloc_array(builder->arena, builder->report.tables, sizeof *table);
    if (!table || builder->failed) return ve_fail_memory(errors);
    for (size_t i = 0; i < builder->report.tables; i++)
        table[i] = &builder->table[i]->table;
    builder->report.sentence = builder->sentence;
    builder->report.fact = builder->fact;
    builder->report.table = table;
    builder->report.notice = builder->notice;
    *out = &builder->report;
    return VE_OK;
}

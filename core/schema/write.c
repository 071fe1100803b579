/* Writing values as a model would.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/number.h"
#include "ve/print.h"
#include "schema/internal.h"

typedef struct writer {
    ve_buffer out;
    size_t most;
    bool full;
} writer;

static void write_value(writer *w, const ve_value *value);

/* False: there is no room left, which dots stand for. */
static bool begin_entry(writer *w, const char *join) {
    if (w->full) return false;
    w->full = w->out.length >= w->most;
    ve_put_text(&w->out, w->full ? " ..." : join);
    return !w->full;
}

static void write_name(writer *w, const char *name) {
    char key[VE_PRINT_KEY_ROOM];
    bool id = ve_id_valid(name, strlen(name));
    ve_put_format(&w->out, id ? "%s = " : "[\"%s\"] = ", id ? ve_print_key(name, key) : name);
}

static void write_table(writer *w, const ve_table_value *table) {
    const char *join = " ";
    if (table->word) ve_put_format(&w->out, "ve.%s ", table->word);
    ve_put_text(&w->out, "{");
    for (size_t i = 0; i < table->count && begin_entry(w, join); i++, join = ", ")
        write_value(w, &table->items[i]);
    for (size_t i = 0; i < table->named && begin_entry(w, join); i++, join = ", ") {
        write_name(w, table->fields[i].name);
        write_value(w, &table->fields[i].value);
    }
    ve_put_text(&w->out, table->count || table->named ? " }" : "}");
}

static void write_value(writer *w, const ve_value *value) {
    char number[VE_NUMBER_ROOM];
    if (value->kind == VE_TABLE) {
        write_table(w, &value->table);
    } else if (value->kind == VE_NUMBER) {
        ve_number_write(value->number, number);
        ve_put_text(&w->out, number);
    } else if (value->kind == VE_TEXT) {
        ve_put_format(&w->out, "\"%s\"", value->text.bytes);
    } else {
        ve_put_text(&w->out, ve_value_kind_name(value));
    }
}

char *ve_value_written(ve_arena *arena, const ve_value *value, size_t most) {
    writer w = { .most = most };
    write_value(&w, value);
    char *text = w.out.failed ? NULL : ve_copy_text(arena, w.out.bytes, w.out.length);
    ve_buffer_free(&w.out);
    return text;
}

/* What a word's plugin may call while it is prepared and evaluated.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "eval/internal.h"
#include "schema/bind.h"

enum { PATH_ROOM = VE_MESSAGE_BYTES / 2 };

static const ve_word_services *of(const ve_services *services) {
    return (const ve_word_services *)services->context;
}

static void *memory(const ve_services *services, size_t bytes) {
    const ve_word_services *own = of(services);
    void *block = ve_alloc(own->arena, bytes);
    if (!block) ve_fail_memory(own->errors);
    return block;
}

static ve_place place(const ve_word *word, const char *field) {
    if (!word->source) return VE_NOWHERE;
    const ve_value *value =
        *field ? ve_value_in(word->plugin ? word->plugin->params : NULL, word->source, field) : word->source;
    return value ? value->at : word->source->at;
}

static ve_code fail(const ve_services *services, ve_code code, const char *field, const char *hint,
                    const char *format, ...) {
    const ve_word_services *own = of(services);
    char path[PATH_ROOM];
    snprintf(path, sizeof path, "%s%s%s", own->word->path ? own->word->path : "",
             *field && *field != '[' && own->word->path && *own->word->path ? "." : "", field);
    va_list args;
    va_start(args, format);
    ve_fail_v(own->errors, code, place(own->word, field), path, format, args);
    va_end(args);
    if (hint) ve_hint(own->errors, "%s", hint);
    return code;
}

static ve_code fail_at(const ve_services *services, ve_code code, ve_place at, const char *hint,
                       const char *format, ...) {
    const ve_word_services *own = of(services);
    va_list args;
    va_start(args, format);
    ve_fail_v(own->errors, code, at, NULL, format, args);
    va_end(args);
    if (hint) ve_hint(own->errors, "%s", hint);
    return code;
}

static bool wanted_grow(ve_wanted *wanted, ve_arena *arena) {
    if (wanted->count < wanted->room) return true;
    size_t room = wanted->room ? 2 * wanted->room : 8;
    ve_survey_column *column = ve_alloc_array(arena, room, sizeof *column);
    if (!column) return false;
    if (wanted->count) memcpy(column, wanted->column, wanted->count * sizeof *column);
    wanted->column = column;
    wanted->room = room;
    return true;
}

/* pattern with every {function} replaced. */
static char *filled(ve_arena *arena, const char *pattern, const char *function) {
    static const char mark[] = "{function}";
    const char *found = function ? strstr(pattern, mark) : NULL;
    if (!found) return ve_copy_text(arena, pattern, strlen(pattern));
    const char *rest = filled(arena, found + sizeof mark - 1, function);
    return rest ? ve_format(arena, "%.*s%s%s", (int)(found - pattern), pattern, function, rest) : NULL;
}

static ve_column_handle keep(ve_wanted *wanted, const char *name, ve_arena *arena, ve_errors *errors) {
    for (size_t i = 0; i < wanted->count; i++)
        if (strcmp(wanted->column[i].pattern, name) == 0) return (ve_column_handle)i;
    if (!wanted_grow(wanted, arena)) return -(ve_column_handle)ve_fail_memory(errors);
    wanted->column[wanted->count] = (ve_survey_column){ .pattern = name };
    return (ve_column_handle)wanted->count++;
}

ve_column_handle ve_wanted_column(ve_wanted *wanted, const char *pattern, const char *function, int choices,
                                  ve_arena *arena, ve_errors *errors) {
    const char *name = filled(arena, pattern, function);
    if (!name) return -(ve_column_handle)ve_fail_memory(errors);
    ve_column_handle handle = keep(wanted, name, arena, errors);
    if (handle >= 0 && choices) wanted->column[handle].choices = choices;
    return handle;
}

static ve_column_handle column(const ve_services *services, const char *field, const char *pattern,
                               const char *function) {
    const ve_word_services *own = of(services);
    if (!own->wanted) {
        fail(services, VE_E_NO_SURVEY, field, "add a `survey` to the model",
             "column '%s' is to come from a survey, but the model has none", pattern);
        return -(ve_column_handle)VE_E_NO_SURVEY;
    }
    return ve_wanted_column(own->wanted, pattern, function, 0, own->arena, own->errors);
}

static double column_mean(const ve_services *services, ve_column_handle handle) {
    const ve_word_services *own = of(services);
    return own->mean && handle >= 0 ? own->mean[handle] : 0;
}

void ve_services_init(ve_word_services *services, ve_arena *arena, ve_errors *errors, const ve_word *word) {
    *services = (ve_word_services){
        .base = { .size = sizeof services->base,
                  .memory = memory,
                  .fail = fail,
                  .fail_at = fail_at,
                  .column = column,
                  .column_mean = column_mean,
                  .context = services,
                  .nearest = ve_text_nearest },
        .arena = arena,
        .errors = errors,
        .word = word,
    };
}

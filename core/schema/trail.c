/* Trails to values, and failures told about what stands at their end.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "schema/internal.h"

ve_trail ve_trail_root(const char *path) {
    return (ve_trail){ .name = path ? path : "" };
}

ve_trail ve_trail_field(const ve_trail *up, const char *name) {
    return (ve_trail){ .up = up, .name = name, .depth = up->depth + 1 };
}

ve_trail ve_trail_item(const ve_trail *up, size_t index) {
    return (ve_trail){ .up = up, .index = index, .depth = up->depth + 1 };
}

/* called: entries of a row go by the field that they stand for. */
static size_t write_part(const ve_trail *trail, bool called, char *room, size_t bytes) {
    size_t used = trail->up ? write_part(trail->up, called, room, bytes) : 0;
    if (used >= bytes - 1) return used;
    const char *name = called && trail->called ? trail->called : trail->name;
    int more = name ? snprintf(room + used, bytes - used, "%s%s", used ? "." : "", name)
                    : snprintf(room + used, bytes - used, "[%zu]", trail->index + 1);
    return more > 0 ? used + (size_t)more : used;
}

void ve_trail_write(const ve_trail *trail, char *room, size_t bytes) {
    room[0] = '\0';
    write_part(trail, false, room, bytes);
}

void ve_trail_write_called(const ve_trail *trail, char *room, size_t bytes) {
    room[0] = '\0';
    write_part(trail, true, room, bytes);
}

char *ve_trail_copy(const ve_trail *trail, ve_arena *arena) {
    char room[4 * VE_PATH_ROOM];
    ve_trail_write(trail, room, sizeof room);
    return ve_copy_text(arena, room, strlen(room));
}

const char *ve_trail_subject(const ve_trail *trail, char *room, size_t bytes) {
    if (trail->called) return trail->called;
    ve_trail_write(trail, room, bytes);
    const char *dot = strrchr(room, '.');
    if (dot) return dot + 1;
    return room[0] ? room : "the model";
}

bool ve_bind_full(const ve_binder *binder) {
    return binder->errors && binder->errors->dropped > 0;
}

ve_code ve_first(ve_code a, ve_code b) {
    return a ? a : b;
}

ve_code ve_bind_fail(const ve_binder *binder, ve_code code, const ve_value *value, const ve_trail *trail,
                     const char *format, ...) {
    char path[VE_PATH_ROOM];
    if (value && value->wrong) return ve_fail_known(binder->errors, code);
    ve_trail_write(trail, path, sizeof path);
    va_list args;
    va_start(args, format);
    ve_fail_v(binder->errors, code, value ? value->at : VE_NOWHERE, path, format, args);
    va_end(args);
    return code;
}

static bool wants(const char *wanted, const char *what) {
    return strstr(wanted, what) != NULL;
}

static void hint_mismatch(const ve_binder *binder, const ve_value *value, const char *wanted) {
    double number;
    if (value->kind == VE_TEXT && wants(wanted, "number") &&
        ve_number_read(value->text.bytes, value->text.length, &number))
        ve_hint(binder->errors, "write %s without quotes", value->text.bytes);
    if (value->kind == VE_NUMBER && wants(wanted, "text")) {
        char room[VE_NUMBER_ROOM];
        ve_number_write(value->number, room);
        ve_hint(binder->errors, "write it in quotes: \"%s\"", room);
    }
    if (value->kind == VE_TEXT && wants(wanted, "true or false") &&
        (!strcmp(value->text.bytes, "true") || !strcmp(value->text.bytes, "false")))
        ve_hint(binder->errors, "write %s without quotes", value->text.bytes);
}

ve_code ve_bind_mismatch(const ve_binder *binder, const ve_value *value, const ve_trail *trail,
                         const char *wanted) {
    char subject[VE_PATH_ROOM], said[VE_SAY_ROOM];
    ve_bind_fail(binder, VE_E_TYPE, value, trail, "%s must be %s, not %s",
                 ve_trail_subject(trail, subject, sizeof subject), wanted,
                 ve_value_say(value, said, sizeof said));
    hint_mismatch(binder, value, wanted);
    return VE_E_TYPE;
}

/* The fixed room for failures, and the one list of codes as a table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/errors.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

static const ve_code_info infos[VE_CODES_END] = { [VE_OK] = { "OK", "VE000", 0, "no error", "" },
#define INFO(name, id, status, meaning, way_out) [VE_##name] = { #name, id, status, meaning, way_out },
                                                  VE_ERRORS_LIST(INFO)
#undef INFO
#define INFO(name, id, meaning, way_out) [VE_##name] = { #name, id, 0, meaning, way_out },
                                                      VE_WARNINGS_LIST(INFO)
#undef INFO
};

const ve_code_info *ve_code_get(ve_code code) {
    bool known = (int)code >= 0 && code < VE_CODES_END;
    return &infos[known ? code : VE_E_INTERNAL];
}

ve_code ve_code_find(const char *id) {
    for (int i = 1; i < VE_CODES_END; i++)
        if (strcmp(infos[i].id, id) == 0) return (ve_code)i;
    return VE_OK;
}

/* The place of the failure recorded last: the scratch one at the end once room has run out. */
static ve_error *last(ve_errors *errors) {
    if (errors->dropped) return &errors->list[VE_ERRORS_KEPT];
    return errors->count ? &errors->list[errors->count - 1] : NULL;
}

static void put_clean(char *room, size_t room_bytes, const char *format, va_list args) {
    char raw[2 * VE_MESSAGE_BYTES];
    int length = vsnprintf(raw, sizeof raw, format, args);
    if (length < 0) length = 0;
    ve_text_clean(raw, (size_t)length < sizeof raw ? (size_t)length : sizeof raw - 1, room, room_bytes);
}

ve_code ve_fail_v(ve_errors *errors, ve_code code, ve_place at, const char *path, const char *format,
                  va_list args) {
    if (!errors) return code;
    if (errors->count < VE_ERRORS_KEPT && !errors->dropped)
        errors->count++;
    else
        errors->dropped++;
    errors->known = false;
    ve_error *error = last(errors);
    error->code = code;
    error->at = at;
    error->hint[0] = '\0';
    ve_text_clean(path ? path : "", path ? strlen(path) : 0, error->path, sizeof error->path);
    put_clean(error->message, sizeof error->message, format, args);
    return code;
}

ve_code ve_fail(ve_errors *errors, ve_code code, ve_place at, const char *path, const char *format, ...) {
    va_list args;
    va_start(args, format);
    ve_fail_v(errors, code, at, path, format, args);
    va_end(args);
    return code;
}

void ve_hint(ve_errors *errors, const char *format, ...) {
    ve_error *error = errors ? last(errors) : NULL;
    if (!error || errors->known) return;
    va_list args;
    va_start(args, format);
    put_clean(error->hint, sizeof error->hint, format, args);
    va_end(args);
}

ve_code ve_fail_known(ve_errors *errors, ve_code code) {
    if (errors) errors->known = true;
    return code;
}

ve_code ve_fail_memory(ve_errors *errors) {
    if (!errors) return VE_E_MEMORY;
    for (size_t i = 0; i < errors->count; i++)
        if (errors->list[i].code == VE_E_MEMORY) return VE_E_MEMORY;
    ve_fail(errors, VE_E_MEMORY, VE_NOWHERE, NULL, "there is not enough memory");
    ve_hint(errors, "%s", infos[VE_E_MEMORY].way_out);
    return VE_E_MEMORY;
}

/* ---- file order ------------------------------------------------------------------------------ */

static bool same_text(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Files stand in the order in which they were first told of; failures without a file stand at the end. */
static size_t file_rank(const ve_errors *errors, size_t index) {
    const char *file = errors->list[index].at.file;
    if (!file) return VE_ERRORS_KEPT;
    size_t i = 0;
    while (!same_text(errors->list[i].at.file, file))
        i++;
    return i;
}

static bool comes_before(const ve_error *a, size_t a_rank, const ve_error *b, size_t b_rank) {
    if (a_rank != b_rank) return a_rank < b_rank;
    if (!a->at.line != !b->at.line) return a->at.line != 0;
    if (a->at.line != b->at.line) return a->at.line < b->at.line;
    return a->at.column < b->at.column;
}

static bool same_error(const ve_error *a, const ve_error *b) {
    return a->code == b->code && same_text(a->at.file, b->at.file) && a->at.line == b->at.line &&
           a->at.column == b->at.column && !strcmp(a->path, b->path) && !strcmp(a->message, b->message);
}

/* Stable, in place: the scratch error at the end is the only spare room there is. */
static void insertion_sort(ve_errors *errors, size_t *rank) {
    ve_error *spare = &errors->list[VE_ERRORS_KEPT];
    for (size_t i = 1; i < errors->count; i++) {
        size_t spare_rank = rank[i], j = i;
        *spare = errors->list[i];
        for (; j && comes_before(spare, spare_rank, &errors->list[j - 1], rank[j - 1]); j--) {
            errors->list[j] = errors->list[j - 1];
            rank[j] = rank[j - 1];
        }
        errors->list[j] = *spare;
        rank[j] = spare_rank;
    }
}

static bool told_before(const ve_errors *errors, size_t kept, const ve_error *error) {
    for (size_t i = 0; i < kept; i++)
        if (same_error(&errors->list[i], error)) return true;
    return false;
}

void ve_errors_sort(ve_errors *errors) {
    size_t rank[VE_ERRORS_KEPT];
    for (size_t i = 0; i < errors->count; i++)
        rank[i] = file_rank(errors, i);
    insertion_sort(errors, rank);
    size_t kept = 0;
    for (size_t i = 0; i < errors->count; i++) {
        if (told_before(errors, kept, &errors->list[i])) continue;
        if (kept != i) errors->list[kept] = errors->list[i];
        kept++;
    }
    errors->count = kept;
}

int ve_errors_status(const ve_errors *errors) {
    return errors->count ? ve_code_get(errors->list[0].code)->status : 0;
}

void ve_errors_blame(ve_errors *errors, size_t from, ve_code was, ve_code now) {
    for (size_t i = from; i < errors->count; i++)
        if (was == VE_OK || errors->list[i].code == was) errors->list[i].code = now;
}

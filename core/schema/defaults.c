/* What holds where a field is left out, in words.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "schema/print.h"

/* The word at `index` of "mean|sum|peak". */
static const char *choice_word(const char *choices, int index, char *room, size_t bytes) {
    for (; index > 0 && choices; index--) {
        choices = strchr(choices, '|');
        if (choices) choices++;
    }
    if (!choices) return "";
    snprintf(room, bytes, "\"%.*s\"", (int)strcspn(choices, "|"), choices);
    return room;
}

static const char *number_word(double x, char *room, size_t bytes) {
    if (x != x) return "";
    ve_number_print(x, -1, room, bytes);
    return room;
}

static const char *text_word(const char *text, char *room, size_t bytes) {
    if (!text || !*text) return "";
    snprintf(room, bytes, "\"%s\"", text);
    return room;
}

static const char *value_word(const ve_field *field, const void *at, char *room, size_t bytes) {
    switch (field->type) {
    case VE_T_NUMBER:
        return number_word(*(const double *)at, room, bytes);
    case VE_T_INTEGER:
        return number_word(*(const int *)at, room, bytes);
    case VE_T_BOOLEAN:
        return *(const bool *)at ? "true" : "false";
    case VE_T_CHOICE:
        return choice_word(field->choices, *(const int *)at, room, bytes);
    case VE_T_TEXT:
        return text_word(*(const char *const *)at, room, bytes);
    default:
        return "";
    }
}

const char *ve_default_words(const ve_record *record, const ve_field *field, char *room, size_t bytes) {
    if (field->flags & VE_F_REQUIRED) return "required";
    if (record->defaults)
        return value_word(field, (const char *)record->defaults + field->offset, room, bytes);
    if (field->type == VE_T_BOOLEAN) return "false";
    return field->type == VE_T_CHOICE ? choice_word(field->choices, 0, room, bytes) : "";
}

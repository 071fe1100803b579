/* Numbers: plain ones and distributions that stand for one, ranges, lists, numbers per id and per attribute.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "schema/internal.h"
#include "ve/print.h"

/* ---- ranges ---------------------------------------------------------------------------------- */

static bool has_low(const ve_field *field) {
    if (field->low == 0 && field->high == 0) return (field->flags & VE_F_ABOVE) != 0;
    return isfinite(field->low);
}

static bool has_high(const ve_field *field) {
    if (field->flags & VE_F_BELOW) return isfinite(field->high);
    return field->high > field->low && isfinite(field->high);
}

static bool in_range(const ve_field *field, double x) {
    if (has_low(field) && (field->flags & VE_F_ABOVE ? x <= field->low : x < field->low)) return false;
    if (has_high(field) && (field->flags & VE_F_BELOW ? x >= field->high : x > field->high)) return false;
    return isfinite(x);
}

/* "at least 0 and below 1"; "finite" where there is no range. */
static void say_range(const ve_field *field, char *room, size_t bytes) {
    char low[VE_NUMBER_ROOM] = "", high[VE_NUMBER_ROOM] = "";
    bool from = has_low(field), to = has_high(field);
    if (from) ve_number_write(field->low, low);
    if (to) ve_number_write(field->high, high);
    snprintf(room, bytes, "%s%s%s%s%s", from ? field->flags & VE_F_ABOVE ? "above " : "at least " : "", low,
             from && to ? " and " : "", to ? field->flags & VE_F_BELOW ? "below " : "at most " : "", high);
    if (!from && !to) snprintf(room, bytes, "a finite number");
}

static ve_code check_range(const ve_binder *binder, const ve_field *field, double x, const ve_value *value,
                           const ve_trail *trail) {
    if (in_range(field, x)) return VE_OK;
    char subject[VE_PATH_ROOM], range[2 * VE_NUMBER_ROOM + 32], is[VE_NUMBER_ROOM], said[VE_SAY_ROOM];
    const char *name = ve_trail_subject(trail, subject, sizeof subject);
    say_range(field, range, sizeof range);
    if (isfinite(x))
        ve_number_write(x, is);
    else
        snprintf(is, sizeof is, "%s", isnan(x) ? "NaN" : x > 0 ? "infinity" : "-infinity");
    if (!ve_value_is_word(value))
        return ve_bind_fail(binder, VE_E_RANGE, value, trail, "%s must be %s, not %s", name, range, is);
    return ve_bind_fail(binder, VE_E_RANGE, value, trail, "%s must be %s; the mean of %s is %s", name, range,
                        ve_value_say(value, said, sizeof said), is);
}

/* ---- one number ------------------------------------------------------------------------------ */

/* A distribution that stands for a number knows no customers, so its parameters are single numbers, and a Lua
 * function of theirs has no place in it. */
static ve_code mean_of_word(const ve_binder *binder, const ve_value *value, const ve_trail *trail,
                            ve_word *word, double *out) {
    ve_binder own = *binder;
    own.of[VE_OF_ATTRIBUTES] = (ve_names){ 0 };
    own.function = NULL;
    own.number = NULL; /* its parameters are no numbers of the model */
    ve_code code = ve_bind_word_at(&own, VE_KIND_DISTRIBUTION, value, trail, word);
    return code ? code : binder->mean(binder, word, out);
}

static ve_code tell_listener(const ve_binder *binder, const ve_field *field, const ve_trail *trail, double x,
                             const ve_word *word) {
    char path[VE_PATH_ROOM];
    if (!binder->number) return VE_OK;
    ve_trail_write_called(trail, path, sizeof path);
    return binder->number(binder->listener, field, path, x, word->plugin ? word : NULL);
}

static ve_code read_number(const ve_binder *binder, const ve_field *field, const ve_value *value,
                           const ve_trail *trail, double *out) {
    ve_code code = VE_OK;
    ve_word word = { 0 };
    if (value->kind == VE_NUMBER)
        *out = value->number;
    else if (ve_value_is_word(value) && binder->mean && !(field->flags & VE_F_EXACT))
        code = mean_of_word(binder, value, trail, &word, out);
    else
        code =
            ve_bind_mismatch(binder, value, trail, ve_value_is_word(value) ? "a plain number" : "a number");
    if (!code) code = check_range(binder, field, *out, value, trail);
    return code ? code : tell_listener(binder, field, trail, *out, &word);
}

ve_code ve_bind_type_number(const ve_binder *binder, const ve_field *field, const ve_value *value,
                            const ve_trail *trail, void *member) {
    double x = NAN;
    ve_code code = read_number(binder, field, value, trail, &x);
    if (!code) *(double *)member = x;
    return code;
}

ve_code ve_bind_number(const ve_binder *binder, const ve_value *value, const char *path, double *out) {
    static const ve_field field = { .name = "", .type = VE_T_NUMBER };
    return ve_bind_field(binder, &field, value, path, out);
}

ve_code ve_bind_type_integer(const ve_binder *binder, const ve_field *field, const ve_value *value,
                             const ve_trail *trail, void *member) {
    if (value->kind != VE_NUMBER || value->number != floor(value->number) || !isfinite(value->number))
        return ve_bind_mismatch(binder, value, trail, "a whole number");
    ve_field limits = *field;
    if (!has_low(field)) limits.low = INT_MIN;
    if (!has_high(field)) limits.high = INT_MAX;
    ve_code code = check_range(binder, &limits, value->number, value, trail);
    if (code) return code;
    *(int *)member = (int)value->number;
    return tell_listener(binder, field, trail, value->number, &(ve_word){ 0 });
}

/* ---- many numbers ---------------------------------------------------------------------------- */

static ve_code new_numbers(const ve_binder *binder, size_t count, double **v, void *member) {
    *v = ve_alloc_array(binder->arena, count, sizeof **v);
    if (!*v) return ve_fail_memory(binder->errors);
    for (size_t i = 0; i < count; i++)
        (*v)[i] = NAN;
    *(ve_numbers *)member = (ve_numbers){ *v, count };
    return VE_OK;
}

/* The list part, entry by entry, into v; where entries stand for ids, they go by them. */
static ve_code read_list(const ve_binder *binder, const ve_field *field, const ve_names *ids,
                         const ve_value *value, const ve_trail *trail, double *v) {
    ve_code first = VE_OK;
    for (size_t i = 0; i < value->table.count; i++) {
        ve_trail item = ve_trail_item(trail, i);
        if (ids) item.called = ids->id[i];
        first = ve_first(first, read_number(binder, field, &value->table.items[i], &item, &v[i]));
    }
    return first;
}

ve_code ve_bind_type_numbers(const ve_binder *binder, const ve_field *field, const ve_value *value,
                             const ve_trail *trail, void *member) {
    if (!ve_value_is_plain(value) || value->table.named)
        return ve_bind_mismatch(binder, value, trail, "a list of numbers { 1, 2 }");
    double *v;
    ve_code code = new_numbers(binder, value->table.count, &v, member);
    return code ? code : read_list(binder, field, NULL, value, trail, v);
}

static ve_code read_named(const ve_binder *binder, const ve_field *field, ve_of of, const ve_value *value,
                          const ve_trail *trail, double *v) {
    ve_code first = VE_OK;
    for (size_t i = 0; i < value->table.named; i++) {
        const ve_entry *entry = &value->table.fields[i];
        ve_trail named = ve_trail_field(trail, entry->name);
        ve_code code = VE_OK;
        int id = ve_bind_id(binder, of, entry->name, &entry->value, &named, &code);
        if (id >= 0) code = read_number(binder, field, &entry->value, &named, &v[id]);
        first = ve_first(first, code);
    }
    return first;
}

static ve_code wrong_count(const ve_binder *binder, ve_of of, const ve_value *value, const ve_trail *trail) {
    char subject[VE_PATH_ROOM];
    return ve_bind_fail(binder, VE_E_LIST, value, trail,
                        "%s must have one number per %s, %zu in all, not %zu",
                        ve_trail_subject(trail, subject, sizeof subject), ve_of_words(of),
                        binder->of[of].count, value->table.count);
}

ve_code ve_bind_type_map(const ve_binder *binder, const ve_field *field, const ve_value *value,
                         const ve_trail *trail, void *member) {
    if (!ve_value_is_plain(value) || (value->table.count && value->table.named)) {
        char wanted[64];
        snprintf(wanted, sizeof wanted, "a number per %s { ID = 1 }", ve_of_words(field->of));
        return ve_bind_mismatch(binder, value, trail, wanted);
    }
    double *v;
    size_t count = binder->of[field->of].count;
    if (value->table.count && value->table.count != count)
        return wrong_count(binder, field->of, value, trail);
    ve_code code = new_numbers(binder, count, &v, member);
    if (code) return code;
    if (value->table.count == 0) return read_named(binder, field, field->of, value, trail, v);
    return read_list(binder, field, &binder->of[field->of], value, trail, v);
}

static ve_code one_for_many(const ve_binder *binder, const ve_value *value, const ve_trail *trail) {
    char subject[VE_PATH_ROOM], first[VE_PRINT_KEY_ROOM], second[VE_PRINT_KEY_ROOM];
    const ve_names *names = &binder->of[VE_OF_ATTRIBUTES];
    ve_bind_fail(binder, VE_E_TYPE, value, trail,
                 "%s must be a number per attribute, since the model has %zu of them",
                 ve_trail_subject(trail, subject, sizeof subject), names->count);
    ve_hint(binder->errors, "write { %s = ..., %s = ... }", ve_print_key(names->id[0], first),
            ve_print_key(names->id[1], second));
    return VE_E_TYPE;
}

ve_code ve_bind_type_vector(const ve_binder *binder, const ve_field *field, const ve_value *value,
                            const ve_trail *trail, void *member) {
    size_t attributes = binder->of[VE_OF_ATTRIBUTES].count;
    bool per_attribute = ve_value_is_plain(value) && value->table.named && !value->table.count;
    if (!per_attribute && attributes > 1 && (value->kind == VE_NUMBER || ve_value_is_word(value)))
        return one_for_many(binder, value, trail);
    double *v;
    ve_code code = new_numbers(binder, attributes ? attributes : 1, &v, member);
    if (code) return code;
    if (per_attribute && attributes) return read_named(binder, field, VE_OF_ATTRIBUTES, value, trail, v);
    return read_number(binder, field, value, trail, v);
}

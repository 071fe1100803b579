/* Kano's questions: what a function may say of them, and what the model does with it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "model/internal.h"

static bool has_counts(const ve_kano *kano) {
    for (int c = 0; c < VE_KANO_COUNT; c++)
        if (!isnan(kano->count[c])) return true;
    return false;
}

static void wrong(ve_builder *b, ve_code code, const ve_value *source, const char *path, const char *hint,
                  const char *message) {
    char *own = ve_format(b->binder->arena, "%s.kano", path);
    if (own)
        ve_build_fail(b, code, source, own, hint, "%s", message);
    else
        ve_build_note(b, ve_fail_memory(b->binder->errors));
}

static void check_counts(ve_builder *b, const ve_kano *kano, const ve_value *source, const char *path) {
    double sum = 0;
    for (int c = 0; c < VE_KANO_COUNT; c++)
        sum += isnan(kano->count[c]) ? 0 : kano->count[c];
    if (!(sum > 0))
        wrong(b, VE_E_RANGE, source, path, "count how many gave each answer", "the counts are all zero");
}

static bool names_option(const char *column) {
    return column && strstr(column, "{option}");
}

static void check_columns(ve_builder *b, const ve_kano *kano, const ve_value *source, const char *path) {
    if (!kano->functional || !kano->dysfunctional)
        wrong(b, VE_E_MISSING_FIELD, source, path, "name the columns of both questions",
              "kano needs both functional and dysfunctional");
    else if (names_option(kano->functional) || names_option(kano->dysfunctional))
        wrong(b, VE_E_CONFLICT, source, path, "name one column for all options",
              "kano asks about a function, not about an option: {option} has no place in its columns");
    else if (!ve_value_field(b->tree, "survey"))
        wrong(b, VE_E_NO_SURVEY, source, path, "give counts, or add a `survey` to the model",
              "kano names survey columns, but the model has no survey");
}

static void check_function(ve_builder *b, const ve_kano *kano, const ve_value *function, const char *path) {
    static const char *const hint =
        "write kano = { A = 9, O = 10, M = 1, I = 2, R = 3, Q = 0 }, or functional and dysfunctional";
    const ve_value *source = ve_value_field(function, "kano");
    bool columns = kano->functional || kano->dysfunctional;
    if (ve_has_parts(function))
        wrong(b, VE_E_CONFLICT, source, path, "ask for its parts", "kano belongs to functions without parts");
    else if (columns && has_counts(kano))
        wrong(b, VE_E_CONFLICT, source, path, "keep one of them", "kano has both counts and survey columns");
    else if (columns)
        check_columns(b, kano, source, path);
    else if (source->table.named == 0)
        wrong(b, VE_E_MISSING_FIELD, source, path, hint, "kano says nothing");
    else if (has_counts(kano))
        check_counts(b, kano, source, path);
}

const ve_kano *ve_build_function_kano(ve_builder *b, const ve_kano *fields, const ve_value *function,
                                      const char *path) {
    const ve_value *source = ve_value_field(function, "kano");
    if (!source || source->kind != VE_TABLE) return NULL;
    ve_kano *kano = ve_alloc(b->binder->arena, sizeof *kano);
    if (!kano) return ve_build_note(b, ve_fail_memory(b->binder->errors)), NULL;
    *kano = *fields;
    check_function(b, kano, function, path);
    return kano;
}

/* ---- the model's ----------------------------------------------------------------------------- */

static size_t count_asked(const ve_builder *b) {
    size_t count = 0;
    for (size_t n = 0; n < b->model->functions; n++)
        count += b->function[n].kano != NULL;
    return count;
}

static void check_gate(ve_builder *b, const ve_value *source) {
    if (isnan(b->model->kano.minimum))
        ve_build_fail(b, VE_E_MISSING_FIELD, source, "kano", "write kano = { use = \"gate\", minimum = 2 }",
                      "the gate of must-be functions needs a minimum");
}

static void check_curve(ve_builder *b, const ve_value *source) {
    if (isnan(b->model->scale_low) || isnan(b->model->scale_high))
        ve_build_fail(b, VE_E_MISSING_FIELD, source, "kano", "write scale = { 0, 4 }",
                      "Kano's curves need the model's scale: they begin and end with it");
}

void ve_build_kano(ve_builder *b) {
    const ve_value *source = ve_value_field(b->tree, "kano");
    b->model->kano = b->fields.kano;
    if (!source || !b->function) return;
    size_t asked = count_asked(b);
    if (!asked)
        ve_build_fail(b, VE_E_MISSING_FIELD, source, "kano", "give functions their `kano`, or leave this out",
                      "no function says how customers feel about it");
    else if (b->model->kano.use == VE_KANO_USE_WEIGHTS && asked < b->model->leaves)
        ve_build_fail(b, VE_E_MISSING_FIELD, source, "kano", "ask for every function without parts",
                      "weights cannot be adjusted: only %zu of %zu functions have `kano`", asked,
                      b->model->leaves);
    else if (b->model->kano.use == VE_KANO_USE_GATE)
        check_gate(b, source);
    else if (b->model->kano.use == VE_KANO_USE_CURVE)
        check_curve(b, source);
}

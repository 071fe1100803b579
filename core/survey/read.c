/* Drives a read plugin: files beneath the model's folder in, groups or rows out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/errors.h"
#include "base/file.h"
#include "base/number.h"
#include "base/text.h"
#include "schema/bind.h"
#include "survey/groups.h"
#include "survey/labels.h"
#include "survey/rows.h"

typedef struct reading {
    ve_survey_services services; /* first: the plugin's ve_survey_services * is a reading * */
    const ve_word *survey;
    int folder;
    ve_arena *arena;
    ve_errors *errors;
} reading;

static ve_code open_file(const ve_survey_services *services, const char *field, const char *name,
                         int *descriptor, size_t *bytes) {
    const reading *r = (const reading *)services;
    const ve_value *value = r->survey->source ? ve_value_at(r->survey->source, field) : NULL;
    const char *path = ve_format(r->arena, "%s.%s", r->survey->path ? r->survey->path : "survey", field);
    if (!path) return ve_fail_memory(r->errors);
    size_t length = value && value->kind == VE_TEXT ? value->text.length : strlen(name);
    return ve_file_open_beneath(r->folder, name, length, value ? value->at : VE_NOWHERE, path, descriptor,
                                bytes, r->errors);
}

/* ---- failures -------------------------------------------------------------------------------- */

/* What a sink can say of its texts. */
typedef ve_code label_fault(const ve_sink *sink, size_t *which);

static ve_code too_many_texts(const reading *r, const ve_survey_want *want, size_t which) {
    const ve_services *base = r->services.base;
    bool column = which >= want->attributes;
    return base->fail(base, VE_E_ATTRIBUTE, "", "name a column that says what kind of customer it is",
                      "%s '%s' has more than %d different texts", column ? "column" : "attribute",
                      column ? want->column[which - want->attributes].pattern : want->attribute[which].id,
                      VE_LABELS_MOST);
}

/* A failure that the reader got from its sink has not been told. */
static ve_code told(const reading *r, const ve_survey_want *want, const ve_sink *sink, label_fault *fault,
                    size_t before, ve_code code) {
    if (!code || r->errors->count + r->errors->dropped > before) return code;
    size_t which = 0;
    ve_code label = fault(sink, &which);
    if (code == VE_E_MEMORY || label == VE_E_MEMORY) return ve_fail_memory(r->errors);
    if (label) return too_many_texts(r, want, which);
    const ve_services *base = r->services.base;
    return base->fail(base, code, "", NULL, "the survey reader '%s' gave figures that cannot be used",
                      r->survey->plugin->name);
}

static ve_code no_customers(const reading *r, double skipped) {
    const ve_services *base = r->services.base;
    return base->fail(base, VE_E_NO_ROWS, "", NULL,
                      skipped > 0 ? "every customer of the survey has a missing answer"
                                  : "the survey has no customers");
}

static ve_code check_weights(const reading *r, const double *weight, size_t rows) {
    const ve_services *base = r->services.base;
    for (size_t i = 0; i < rows; i++)
        if (weight[i] > 0) return VE_OK;
    return base->fail(base, VE_E_WEIGHT, "weight", "give at least one customer a weight above zero",
                      "all design weights are zero");
}

/* ---- reading --------------------------------------------------------------------------------- */

static ve_code drive(const reading *r, const ve_survey_want *want, ve_sink *sink) {
    const ve_survey_ops *ops = r->survey->plugin->ops;
    return ops->read(r->survey->params, want, sink, &r->services);
}

static ve_code read_groups(const reading *r, const ve_survey_want *want, ve_sink *sink, ve_groups **out) {
    size_t before = r->errors->count + r->errors->dropped;
    ve_code code = drive(r, want, sink);
    if (!code) code = ve_collect_finish(sink, r->arena, out);
    if (code) return told(r, want, sink, ve_collect_label_fault, before, code);
    if ((*out)->rows == 0) return no_customers(r, (*out)->skipped);
    return check_weights(r, (*out)->weight, (*out)->rows);
}

static ve_code read_rows(const reading *r, const ve_survey_want *want, ve_sink *sink, ve_customer_rows *out) {
    size_t before = r->errors->count + r->errors->dropped;
    ve_code code = drive(r, want, sink);
    if (!code) code = ve_rows_finish(sink, r->arena, out);
    if (code) return told(r, want, sink, ve_rows_label_fault, before, code);
    if (out->rows == 0) return no_customers(r, out->skipped);
    return check_weights(r, out->weight, out->rows);
}

static reading reading_of(const ve_word *survey, int folder, const ve_services *services, ve_arena *arena,
                          ve_errors *errors) {
    return (reading){ .services = { services, open_file, ve_number_read, ve_text_nearest },
                      .survey = survey,
                      .folder = folder,
                      .arena = arena,
                      .errors = errors };
}

ve_code ve_survey_read(const ve_word *survey, const ve_survey_want *want, int folder,
                       const ve_services *services, ve_arena *arena, ve_groups **out, ve_errors *errors) {
    reading r = reading_of(survey, folder, services, arena, errors);
    ve_sink *sink = ve_collect_new(want, errors);
    if (!sink) return VE_E_MEMORY;
    ve_code code = read_groups(&r, want, sink, out);
    ve_collect_free(sink);
    return code;
}

ve_code ve_rows_read(const ve_word *survey, const ve_survey_want *want, int folder,
                     const ve_services *services, ve_arena *arena, ve_customer_rows *out, ve_errors *errors) {
    reading r = reading_of(survey, folder, services, arena, errors);
    ve_sink *sink = ve_rows_new(want, errors);
    if (!sink) return VE_E_MEMORY;
    ve_code code = read_rows(&r, want, sink, out);
    ve_rows_free(sink);
    return code;
}

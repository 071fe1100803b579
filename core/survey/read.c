/* Drives a read plugin: files beneath the model's folder in, groups out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/errors.h"
#include "base/file.h"
#include "base/number.h"
#include "base/text.h"
#include "schema/bind.h"
#include "survey/groups.h"
#include "survey/labels.h"

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

static ve_code too_many_texts(const reading *r, const ve_outline_attribute *attribute) {
    const ve_services *base = r->services.base;
    return base->fail(base, VE_E_ATTRIBUTE, "", "name a column that says what kind of customer it is",
                      "attribute '%s' has more than %d different texts", attribute->id, VE_LABELS_MOST);
}

/* A failure that the reader got from its sink has not been told. */
static ve_code told(const reading *r, const ve_survey_want *want, const ve_sink *sink, size_t before,
                    ve_code code) {
    if (!code || r->errors->count + r->errors->dropped > before) return code;
    size_t attribute = 0;
    ve_code label = ve_collect_label_fault(sink, &attribute);
    if (code == VE_E_MEMORY || label == VE_E_MEMORY) return ve_fail_memory(r->errors);
    if (label) return too_many_texts(r, &want->attribute[attribute]);
    const ve_services *base = r->services.base;
    return base->fail(base, code, "", NULL, "the survey reader '%s' gave figures that cannot be used",
                      r->survey->plugin->name);
}

static ve_code check_groups(const reading *r, const ve_groups *groups) {
    const ve_services *base = r->services.base;
    if (groups->rows == 0)
        return base->fail(base, VE_E_NO_ROWS, "", NULL,
                          groups->skipped > 0 ? "every customer of the survey has a missing answer"
                                              : "the survey has no customers");
    for (size_t g = 0; g < groups->rows; g++)
        if (groups->weight[g] > 0) return VE_OK;
    return base->fail(base, VE_E_WEIGHT, "weight", "give at least one customer a weight above zero",
                      "all design weights are zero");
}

static ve_code read_into(const reading *r, const ve_survey_want *want, ve_sink *sink, ve_groups **out) {
    const ve_survey_ops *ops = r->survey->plugin->ops;
    size_t before = r->errors->count + r->errors->dropped;
    ve_code code = ops->read(r->survey->params, want, sink, &r->services);
    if (!code) code = ve_collect_finish(sink, r->arena, out);
    if (code) return told(r, want, sink, before, code);
    return check_groups(r, *out);
}

ve_code ve_survey_read(const ve_word *survey, const ve_survey_want *want, int folder,
                       const ve_services *services, ve_arena *arena, ve_groups **out, ve_errors *errors) {
    reading r = { .services = { services, open_file, ve_number_read, ve_text_nearest },
                  .survey = survey,
                  .folder = folder,
                  .arena = arena,
                  .errors = errors };
    ve_sink *sink = ve_collect_new(want, errors);
    if (!sink) return VE_E_MEMORY;
    ve_code code = read_into(&r, want, sink, out);
    ve_collect_free(sink);
    return code;
}

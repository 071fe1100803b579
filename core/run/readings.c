/* The customers in groups: a survey is read once for all cases that want the same from it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/stat.h>

#include "base/errors.h"
#include "run/session.h"

/* What was asked, and the answer. */
typedef struct ve_readings ve_readings;
struct ve_readings {
    ve_readings *next;
    const ve_value *survey;
    int folder;
    ve_survey_want want;
    const ve_groups *groups;
};

/* ---- the same question ----------------------------------------------------------------------- */

static bool same_text(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_number(double a, double b) {
    return a == b || (a != a && b != b);
}

static bool same_attributes(const ve_survey_want *a, const ve_survey_want *b) {
    bool same = a->attributes == b->attributes;
    for (size_t i = 0; same && i < a->attributes; i++)
        same =
            same_text(a->attribute[i].id, b->attribute[i].id) && a->attribute[i].text == b->attribute[i].text;
    return same;
}

static bool same_cells(const ve_survey_want *a, const ve_survey_want *b) {
    bool same = a->options == b->options && a->leaves == b->leaves;
    for (size_t i = 0; same && i < a->options; i++)
        same = same_text(a->option[i].id, b->option[i].id);
    for (size_t i = 0; same && i < a->leaves; i++)
        same = same_text(a->leaf[i].id, b->leaf[i].id);
    return same && same_number(a->scale_low, b->scale_low) && same_number(a->scale_high, b->scale_high);
}

static bool same_columns(const ve_survey_want *a, const ve_survey_want *b) {
    bool same = a->columns == b->columns;
    for (size_t i = 0; same && i < a->columns; i++)
        same = same_text(a->column[i].pattern, b->column[i].pattern) &&
               a->column[i].choices == b->column[i].choices;
    return same;
}

static bool same_pairs(const ve_survey_want *a, const ve_survey_want *b) {
    bool same = a->pairs == b->pairs;
    for (size_t i = 0; same && i < a->pairs; i++)
        same = a->pair[i].functional == b->pair[i].functional &&
               a->pair[i].dysfunctional == b->pair[i].dysfunctional && a->pair[i].strict == b->pair[i].strict;
    return same;
}

static bool same_want(const ve_survey_want *a, const ve_survey_want *b) {
    return same_attributes(a, b) && same_cells(a, b) && same_columns(a, b) && same_pairs(a, b);
}

bool ve_same_folder(int a, int b) {
    struct stat x, y;
    return a == b || (fstat(a, &x) == 0 && fstat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino);
}

static const ve_groups *find(const ve_session *session, const ve_value *survey, const ve_survey_want *want) {
    for (const ve_readings *r = *session->readings; r; r = r->next)
        if (ve_same_folder(r->folder, session->folder) && ve_value_same(r->survey, survey) &&
            same_want(&r->want, want))
            return r->groups;
    return NULL;
}

/* ---- reading --------------------------------------------------------------------------------- */

/* Every text of the survey word may name a file: none of them is to be overwritten. */
static ve_code note_data_files(ve_session *session, const ve_value *survey) {
    if (!survey || survey->kind != VE_TABLE) return VE_OK;
    ve_answer *answer = session->answer;
    const char *model = session->request->model, *slash = strrchr(model, '/');
    int folder = slash ? (int)(slash + 1 - model) : 0;
    const char **file =
        ve_alloc_array(session->arena, answer->data_files + survey->table.named, sizeof *file);
    if (!file) return ve_fail_memory(session->errors);
    size_t count = answer->data_files;
    if (count) memcpy(file, answer->data_file, count * sizeof *file);
    for (size_t i = 0; i < survey->table.named; i++) {
        const ve_value *value = &survey->table.fields[i].value;
        if (value->kind != VE_TEXT) continue;
        file[count] = ve_format(session->arena, "%.*s%s", folder, model, value->text.bytes);
        if (!file[count++]) return ve_fail_memory(session->errors);
    }
    answer->data_file = file;
    answer->data_files = count;
    return VE_OK;
}

static ve_code want_of(const ve_session *session, const ve_model *model, const ve_wanted *wanted,
                       ve_survey_want *want) {
    ve_code code = ve_session_want(session, model, wanted->column, wanted->count, want);
    want->pairs = wanted->pairs;
    want->pair = wanted->pair;
    return code;
}

static ve_code read(ve_session *session, const ve_model *model, const ve_survey_want *want,
                    const ve_groups **out) {
    ve_word_services services;
    ve_groups *groups = NULL;
    ve_readings *reading = ve_alloc(session->arena, sizeof *reading);
    if (!reading) return ve_fail_memory(session->errors);
    ve_code code = note_data_files(session, model->survey.source);
    if (code) return code;
    ve_services_init(&services, session->arena, session->errors, &model->survey);
    code = ve_survey_read(&model->survey, want, session->folder, &services.base, session->arena, &groups,
                          session->errors);
    if (code) return code;
    *reading = (ve_readings){ *session->readings, model->survey.source, session->folder, *want, groups };
    *session->readings = reading;
    *out = groups;
    return VE_OK;
}

ve_code ve_session_groups(ve_session *session, const ve_model *model, const ve_wanted *wanted,
                          const ve_groups **out) {
    ve_survey_want want;
    ve_code code = want_of(session, model, wanted, &want);
    if (code) return code;
    *out = find(session, model->survey.source, &want);
    return *out ? VE_OK : read(session, model, &want, out);
}

ve_code ve_session_known_groups(const ve_session *session, const ve_model *model, const ve_wanted *wanted,
                                const ve_groups **out) {
    ve_survey_want want;
    ve_code code = want_of(session, model, wanted, &want);
    *out = code ? NULL : find(session, model->survey.source, &want);
    return code;
}

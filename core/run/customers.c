/* The customers one by one: the survey read again for a study that needs each of them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/errors.h"
#include "run/session.h"
#include "schema/bind.h"
#include "survey/rows.h"

/* What was asked for, and the answer. */
typedef struct ve_customers_kept {
    struct ve_customers_kept *next;
    const ve_asked_column *asked;
    size_t count;
    ve_customer_rows rows;
} kept;

/* ---- what the survey is asked ---------------------------------------------------------------- */

ve_code ve_session_want(const ve_session *session, const ve_model *model, const ve_survey_column *column,
                        size_t columns, ve_survey_want *want) {
    ve_outline_option *option = ve_alloc_array(session->arena, model->options, sizeof *option);
    ve_outline_function *leaf = ve_alloc_array(session->arena, model->leaves, sizeof *leaf);
    if (!option || !leaf) return ve_fail_memory(session->errors);
    for (size_t i = 0; i < model->options; i++)
        option[i] = (ve_outline_option){ model->option[i].id, model->option[i].name };
    size_t rated = 0;
    for (size_t k = 0; k < model->leaves; k++) {
        const ve_function *f = &model->function[model->leaf[k]];
        if (f->scores.plugin) continue; /* judged by experts, not rated by customers */
        leaf[rated++] = (ve_outline_function){ .id = f->id,
                                               .name = f->name,
                                               .parent = f->parent,
                                               .list = f->list,
                                               .leaf = f->leaf,
                                               .minimum = f->minimum };
    }
    *want = (ve_survey_want){
        .attributes = model->asked,
        .options = model->options,
        .leaves = rated,
        .columns = columns,
        .attribute = model->attribute,
        .option = option,
        .leaf = leaf,
        .column = column,
        .scale_low = model->scale_low,
        .scale_high = model->scale_high,
        .threads = session->request->threads,
    };
    if (!want->threads) want->threads = 1;
    return VE_OK;
}

/* The model's own columns first. */
static ve_code want_columns(const ve_session *session, const ve_subject *subject, const kept *k,
                            ve_survey_want *want) {
    size_t own = subject->wanted.count, columns = own + k->count;
    ve_survey_column *column = ve_alloc_array(session->arena, columns, sizeof *column);
    ve_survey_asking *asking = ve_alloc_array(session->arena, columns, sizeof *asking);
    if (!column || !asking) return ve_fail_memory(session->errors);
    if (own) memcpy(column, subject->wanted.column, own * sizeof *column);
    for (size_t c = 0; c < k->count; c++) {
        column[own + c].pattern = k->asked[c].pattern;
        asking[own + c].text = k->asked[c].text;
        asking[own + c].asker = ve_format(session->arena, "--%s", k->asked[c].field);
        if (!asking[own + c].asker) return ve_fail_memory(session->errors);
    }
    ve_code code = ve_session_want(session, subject->made.model, column, columns, want);
    want->asking = asking;
    return code;
}

/* ---- what else is to be said of the rows ----------------------------------------------------- */

/* The long layout names the options in its own way: `options` of the survey word. */
static const char *text_of_option(const ve_session *session, const ve_model *model, size_t option) {
    const char *id = model->option[option].id;
    const char *path = ve_format(session->arena, "options.%s", id);
    const ve_value *survey = model->survey.source;
    const ve_value *value = path && survey ? ve_value_at(survey, path) : NULL;
    return value && value->kind == VE_TEXT ? value->text.bytes : id;
}

static ve_code describe(const ve_session *session, const ve_subject *subject, const ve_survey_want *want,
                        ve_customer_rows *rows) {
    const ve_model *model = subject->made.model;
    const char **text = ve_alloc_array(session->arena, model->options, sizeof *text);
    int *leaf = ve_alloc_array(session->arena, want->leaves, sizeof *leaf);
    if (!text || !leaf) return ve_fail_memory(session->errors);
    for (size_t i = 0; i < model->options; i++)
        text[i] = text_of_option(session, model, i);
    for (size_t k = 0; k < want->leaves; k++)
        leaf[k] = want->leaf[k].leaf;
    rows->option_text = text;
    rows->leaf = leaf;
    rows->own_columns = subject->wanted.count;
    return VE_OK;
}

/* ---- asking ---------------------------------------------------------------------------------- */

static bool same_column(const ve_asked_column *a, const ve_asked_column *b) {
    return a->text == b->text && strcmp(a->pattern, b->pattern) == 0;
}

static const kept *found(const ve_session *session, const ve_asked_column *asked, size_t count) {
    for (const kept *k = session->customers; k; k = k->next) {
        bool same = k->count == count;
        for (size_t c = 0; same && c < count; c++)
            same = same_column(&k->asked[c], &asked[c]);
        if (same) return k;
    }
    return NULL;
}

static ve_code ask(ve_session *session, const ve_subject *subject, kept *k) {
    const ve_word *survey = &subject->made.model->survey;
    ve_survey_want want;
    ve_code code = want_columns(session, subject, k, &want);
    if (code) return code;
    ve_word_services services;
    ve_services_init(&services, session->arena, session->errors, survey);
    code = ve_rows_read(survey, &want, session->folder, &services.base, session->arena, &k->rows,
                        session->errors);
    return code ? code : describe(session, subject, &want, &k->rows);
}

static ve_code no_survey(ve_session *session) {
    ve_fail(session->errors, VE_E_NO_SURVEY, VE_NOWHERE, NULL,
            "there are no customers to look at: the scores stand in the model");
    ve_hint(session->errors, "add a `survey` to the model");
    return VE_E_NO_SURVEY;
}

ve_code ve_session_customers(ve_session *session, const ve_subject *subject, const ve_asked_column *asked,
                             size_t count, const ve_customer_rows **out) {
    if (!subject->made.model->survey.plugin) return no_survey(session);
    const kept *before = found(session, asked, count);
    if (before) return *out = &before->rows, VE_OK;
    kept *k = ve_alloc(session->arena, sizeof *k);
    ve_asked_column *copy = ve_alloc_array(session->arena, count, sizeof *copy);
    if (!k || !copy) return ve_fail_memory(session->errors);
    if (count) memcpy(copy, asked, count * sizeof *copy);
    *k = (kept){ .next = session->customers, .asked = copy, .count = count };
    ve_code code = ask(session, subject, k);
    if (code) return code;
    session->customers = k;
    *out = &k->rows;
    return VE_OK;
}

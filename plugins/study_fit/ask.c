/* What the survey is asked, and what its answers mean.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "study_fit.h"

static void *take(const fit_view *v, size_t count, size_t size) {
    return v->services->base->memory(v->services->base, count * size);
}

/* ---- the attribute ------------------------------------------------------------------------------------- */

static ve_code no_attribute(const fit_view *v, const char *near, bool text) {
    const ve_services *base = v->services->base;
    char hint[160];
    snprintf(hint, sizeof hint, near ? "did you mean '%.100s'?" : "its attributes are in `attributes`", near);
    if (text)
        return base->fail(base, VE_E_ARGUMENT, "attribute", "name one that is a number",
                          "attribute '%s' is a text: it has no distribution along a line",
                          v->params->attribute);
    return base->fail(base, VE_E_ARGUMENT, "attribute", hint, "the model has no attribute '%s'",
                      v->params->attribute);
}

static ve_code named_attribute(fit_view *v, const char *name) {
    const ve_services *base = v->services->base;
    const char **id = take(v, v->outline->attributes, sizeof *id);
    if (!id) return VE_E_MEMORY;
    for (size_t d = 0; d < v->outline->attributes; d++) {
        id[d] = v->outline->attribute[d].id;
        if (strcmp(id[d], name) != 0) continue;
        v->attribute = d;
        return v->outline->attribute[d].text ? no_attribute(v, NULL, true) : VE_OK;
    }
    return no_attribute(v, base->nearest(name, id, v->outline->attributes), false);
}

static ve_code find_attribute(fit_view *v) {
    const ve_services *base = v->services->base;
    if (v->params->attribute) return named_attribute(v, v->params->attribute);
    for (size_t d = 0; d < v->outline->attributes; d++)
        if (!v->outline->attribute[d].text) return v->attribute = d, VE_OK;
    return base->fail(base, VE_E_ATTRIBUTE, "",
                      "name one in the model, like attributes = { income = \"EUR/year\" }",
                      "there is no attribute of customers that is a number, so there is nothing to fit");
}

/* ---- the question -------------------------------------------------------------------------------------- */

typedef struct question {
    const char *field, *column;
    int method;
} question;

static ve_code find_question(fit_view *v, question *out) {
    const ve_services *base = v->services->base;
    const question asked[] = { { "choice", v->params->choice, FIT_BY_CHOICE },
                               { "intention", v->params->intention, FIT_BY_INTENTION },
                               { "yes", v->params->yes, FIT_BY_YES } };
    *out = (question){ NULL, NULL, FIT_BY_CUSTOMERS };
    for (size_t i = 0; i < VE_COUNT(asked); i++) {
        if (!asked[i].column) continue;
        if (out->field)
            return base->fail(base, VE_E_ARGUMENT, asked[i].field, "ask one after the other",
                              "--%s and --%s are two questions", out->field, asked[i].field);
        *out = asked[i];
    }
    if (v->params->targets == FIT_UTILITY && out->method != FIT_BY_CHOICE)
        return base->fail(base, VE_E_ARGUMENT, "targets", "say who chose what with --choice COLUMN",
                          "targets from utility need choices");
    return VE_OK;
}

ve_code fit_ask(fit_view *v) {
    question asked;
    ve_code code = find_question(v, &asked);
    if (!code && v->outline->customers > 0) code = find_attribute(v);
    if (code) return code;
    v->method = asked.method;
    v->column = asked.column;
    ve_asked_column column = { asked.column, asked.method == FIT_BY_CHOICE, asked.field };
    return v->services->customers(v->services, &column, asked.column ? 1 : 0, &v->rows);
}

/* ---- choices ------------------------------------------------------------------------------------------- */

static const double *asked_column(const fit_view *v, size_t option) {
    return v->rows->column[v->rows->own_columns * v->rows->options + option];
}

static bool one_for_all(const fit_view *v) {
    for (size_t i = 1; i < v->rows->options; i++)
        if (asked_column(v, i) != asked_column(v, 0)) return false;
    return !strstr(v->column, "{option}");
}

enum { NOBODY = -1, UNKNOWN = -2 };

/* The option that a text names: as the survey, the model or people call it. */
static int option_named(const fit_view *v, const char *text) {
    for (size_t i = 0; i < v->rows->options; i++)
        if (strcmp(text, v->rows->option_text[i]) == 0) return (int)i;
    for (size_t i = 0; i < v->rows->options; i++)
        if (strcmp(text, v->outline->option[i].id) == 0 || strcmp(text, v->outline->option[i].name) == 0)
            return (int)i;
    return strcmp(text, "0") == 0 || strcmp(text, "none") == 0 ? NOBODY : UNKNOWN;
}

static ve_code unknown_option(const fit_view *v, const char *text) {
    const ve_services *base = v->services->base;
    const char *near = base->nearest(text, v->rows->option_text, v->rows->options);
    char hint[200];
    if (near)
        snprintf(hint, sizeof hint, "did you mean '%.100s'?", near);
    else
        snprintf(hint, sizeof hint, "write the id of an option, like '%.100s', or none",
                 v->rows->option_text[0]);
    return base->fail(base, VE_E_ROW_OPTION, "choice", hint,
                      "column '%s': '%.100s' is no option of the model", v->column, text);
}

static ve_code read_names(fit_view *v) {
    const ve_label_list *labels = &v->rows->column_label[v->rows->own_columns];
    const double *number = asked_column(v, 0);
    int *option = take(v, labels->count, sizeof *option);
    if (!option) return VE_E_MEMORY;
    for (size_t l = 0; l < labels->count; l++) {
        option[l] = option_named(v, labels->label[l]);
        if (option[l] == UNKNOWN) return unknown_option(v, labels->label[l]);
    }
    for (size_t r = 0; r < v->people.rows; r++) {
        int named = option[(size_t)number[v->people.row[r]]];
        if (named >= 0) v->chosen[(size_t)named * v->people.rows + r] = 1;
    }
    return VE_OK;
}

/* A figure for each option: 1 was chosen, 0 was not. */
static ve_code read_marks(fit_view *v) {
    const ve_services *base = v->services->base;
    const ve_label_list *labels = &v->rows->column_label[v->rows->own_columns];
    for (size_t l = 0; l < labels->count; l++)
        if (strcmp(labels->label[l], "0") != 0 && strcmp(labels->label[l], "1") != 0)
            return base->fail(base, VE_E_CHOICE_NUMBER, "choice",
                              "a column for each option says 1 where it was chosen and 0 where not",
                              "column '%s': '%.100s' is neither 0 nor 1", v->column, labels->label[l]);
    for (size_t i = 0; i < v->rows->options; i++)
        for (size_t r = 0; r < v->people.rows; r++)
            v->chosen[i * v->people.rows + r] =
                labels->label[(size_t)asked_column(v, i)[v->people.row[r]]][0] == '1';
    return VE_OK;
}

ve_code fit_read_choices(fit_view *v) {
    v->chosen = take(v, v->rows->options * v->people.rows, sizeof *v->chosen);
    if (!v->chosen) return VE_E_MEMORY;
    return one_for_all(v) ? read_names(v) : read_marks(v);
}

/* ---- intention, yes or no ------------------------------------------------------------------------------ */

static ve_code wrong_answer(const fit_view *v, double x) {
    const ve_services *base = v->services->base;
    if (v->method == FIT_BY_YES)
        return base->fail(base, VE_E_CHOICE_NUMBER, "yes", "1 is yes and 0 is no",
                          "column '%s': %.10g is neither 0 nor 1", v->column, x);
    return base->fail(base, VE_E_CHOICE_NUMBER, "intention",
                      "an intention is a probability: divide a scale by its greatest value",
                      "column '%s': %.10g does not lie between 0 and 1", v->column, x);
}

ve_code fit_read_answers(const fit_view *v, const double **answer) {
    const ve_services *base = v->services->base;
    const char *field = v->method == FIT_BY_YES ? "yes" : "intention";
    if (v->rows->options > 1 && one_for_all(v))
        return base->fail(base, VE_E_ARGUMENT, field, "write {option} into it, like \"{option}_buy\"",
                          "column '%s' says the same of every option", v->column);
    for (size_t i = 0; i < v->rows->options; i++) {
        answer[i] = asked_column(v, i);
        for (size_t r = 0; r < v->rows->rows; r++) {
            double x = answer[i][r];
            if (!(x >= 0 && x <= 1) || (v->method == FIT_BY_YES && x != 0 && x != 1))
                return wrong_answer(v, x);
        }
    }
    return VE_OK;
}

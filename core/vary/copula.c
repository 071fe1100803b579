/* Correlations of uncertain numbers, as the model states them: checked, and made into a factor to draw by.
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ve/cholesky.h"
#include "vary/internal.h"

typedef struct pairing {
    ve_vary *vary;
    const size_t *input;
    size_t inputs;
    double *factor;
    ve_errors *errors;
} pairing;

/* The row of the list in which a mistake is. */
static ve_code wrong(const pairing *p, size_t row, ve_code code, const char *hint, const char *format, ...) {
    const ve_value *list = p->vary->of.base->model->correlation_source;
    const ve_value *at = list && row < list->table.count ? &list->table.items[row] : list;
    char *path = ve_format(p->vary->of.binder.arena, "correlations[%zu]", row + 1);
    va_list args;
    va_start(args, format);
    ve_fail_v(p->errors, code, at ? at->at : VE_NOWHERE, path, format, args);
    va_end(args);
    ve_hint(p->errors, "%s", hint);
    return code;
}

static ve_code find(const pairing *p, size_t row, const char *path, size_t *index) {
    const ve_value *list = p->vary->of.base->model->correlation_source;
    size_t number, told = p->errors->count;
    ve_code code = ve_vary_find(p->vary, path, list->table.items[row].at, &number);
    ve_errors_blame(p->errors, told, VE_E_PATH, VE_E_REFERENCE); /* not the command line's fault here */
    if (code) return code == VE_E_PATH ? VE_E_REFERENCE : code;
    if (!p->vary->uncertain[number])
        return wrong(p, row, VE_E_CONFLICT, "write it as a distribution: ve.normal { mean = ..., sd = ... }",
                     "%s is certain, so nothing can go together with it", path);
    if (p->vary->input[number].list >= 0)
        return wrong(p, row, VE_E_CONFLICT, "state correlations between costs, targets, scores",
                     "%s is a weight, and weights already depend on each other", path);
    for (*index = 0; *index < p->inputs; ++*index)
        if (p->input[*index] == number) return VE_OK;
    return wrong(p, row, VE_E_INTERNAL, "", "%s is not drawn", path);
}

static ve_code put_row(const pairing *p, size_t row) {
    const ve_correlation *pair = &p->vary->of.base->model->correlation[row];
    size_t a, b;
    ve_code code = find(p, row, pair->first, &a);
    if (!code) code = find(p, row, pair->second, &b);
    if (code) return code;
    if (a == b)
        return wrong(p, row, VE_E_CONFLICT, "name two different numbers",
                     "a number's correlation with itself is always 1");
    double *at = &p->factor[a * p->inputs + b];
    if (*at != 0)
        return wrong(p, row, VE_E_CONFLICT, "keep one of them", "these two numbers stand in an earlier row");
    *at = p->factor[b * p->inputs + a] = pair->rho;
    return VE_OK;
}

ve_code ve_vary_copula(ve_vary *vary, const size_t *input, size_t inputs, double *factor, bool *independent,
                       ve_errors *errors) {
    const ve_model *model = vary->of.base->model;
    pairing p = { vary, input, inputs, factor, errors };
    ve_code first = VE_OK;
    *independent = model->correlations == 0;
    for (size_t i = 0; i < inputs * inputs; i++)
        factor[i] = i % (inputs + 1) == 0;
    for (size_t row = 0; row < model->correlations; row++) {
        ve_code code = put_row(&p, row);
        if (!first) first = code;
    }
    if (first || *independent || ve_cholesky(factor, inputs)) return first;
    return wrong(&p, model->correlations - 1, VE_E_CONFLICT, "make them smaller, or leave one out",
                 "the correlations contradict each other: no numbers can go together like that");
}

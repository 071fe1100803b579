/* Cases between the base and a rival: the base with some of the differences, many of them at once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <pthread.h>
#include <string.h>

#include "run/rivals.h"
#include "vary/rows.h"

typedef struct between {
    ve_session *session;
    const ve_subject *base;
    const ve_rival *rival;
    const ve_case *like[2]; /* the base and the rival: most of their customers' densities can be used again */
    const bool *taken;
    size_t rows;
    pthread_mutex_t reading; /* held while surveys are looked up or read */
} between;

/* ---- the tree of a row ----------------------------------------------------------------------- */

static ve_code mix(const between *b, size_t row, ve_session *view, ve_value *tree) {
    size_t count = b->rival->differences.count;
    bool *taken = ve_alloc_array(view->arena, count, sizeof *taken);
    if (!taken) return ve_fail_memory(view->errors);
    for (size_t c = 0; c < count; c++)
        taken[c] = b->taken[c * b->rows + row];
    if (b->rival->survey >= 0 && taken[b->rival->survey]) view->folder = b->rival->session->folder;
    return ve_differences_mix(&b->rival->differences, taken, view->arena, tree, view->errors);
}

/* ---- its customers --------------------------------------------------------------------------- */

/* Of a survey that nobody has wanted in this way yet: read it for all rows to come. */
static ve_code read(const between *b, const ve_session *view, const ve_value *tree,
                    const ve_groups **groups) {
    ve_session lasting = *b->session;
    ve_subject subject;
    ve_value *copy = ve_alloc(lasting.arena, sizeof *copy);
    if (!copy) return ve_fail_memory(view->errors);
    lasting.folder = view->folder;
    lasting.errors = view->errors;
    ve_code code = ve_value_copy(lasting.arena, tree, copy, view->errors);
    if (!code) code = ve_session_case(&lasting, copy, &subject);
    if (!code) *groups = subject.made.groups;
    return code;
}

static ve_code ask_customers(between *b, ve_session *view, const ve_value *tree, const ve_model *model,
                             const ve_wanted *wanted, const ve_groups **groups) {
    pthread_mutex_lock(&b->reading);
    ve_code code = ve_session_known_groups(view, model, wanted, groups);
    if (!code && !*groups) code = read(b, view, tree, groups);
    pthread_mutex_unlock(&b->reading);
    return code;
}

/* ---- a row ----------------------------------------------------------------------------------- */

static ve_code make_case(between *b, size_t row, ve_session *view, ve_case *out) {
    ve_binder binder = ve_session_binder(view);
    ve_value *tree = ve_alloc(view->arena, sizeof *tree);
    ve_model *model;
    ve_wanted wanted = { 0 };
    ve_groups *own = NULL;
    const ve_groups *groups = NULL;
    ve_code code = tree ? mix(b, row, view, tree) : ve_fail_memory(view->errors);
    if (!code) code = ve_model_build(&binder, view->request->model, tree, &model);
    if (!code) code = ve_prepare_words(model, true, view->arena, &wanted, view->errors);
    if (code) return code;
    code = model->survey.plugin ? ask_customers(b, view, tree, model, &wanted, &groups)
                                : ve_own_scores(model, view->arena, &own, view->errors);
    if (code) return code;
    return ve_prepare_case_like(b->like, VE_COUNT(b->like), model, own ? own : groups, view->arena, out,
                                view->errors);
}

static const ve_outcome_option nothing = { .cost = NAN,
                                           .cost_present = NAN,
                                           .cost_annual = NAN,
                                           .cost_coefficient = NAN,
                                           .function_score = NAN,
                                           .function_coefficient = NAN,
                                           .value_index = NAN,
                                           .merit = NAN };

/* Figures of the base's options, by their ids. */
static ve_code sort_out(const between *b, const ve_model *model, const ve_outcome *outcome,
                        const ve_session *view, const ve_outcome_option **out, int *best) {
    const ve_model *base = b->base->made.model;
    const int *number = ve_rival_options(base, model, view->arena);
    ve_outcome_option *option = ve_alloc_array(view->arena, base->options, sizeof *option);
    if (!number || !option) return ve_fail_memory(view->errors);
    *best = -1;
    for (size_t i = 0; i < base->options; i++) {
        option[i] = number[i] < 0 ? nothing : outcome->option[number[i]];
        if (number[i] >= 0 && number[i] == outcome->best) *best = (int)i;
    }
    *out = option;
    return VE_OK;
}

static ve_code evaluate_row(void *context, size_t row, const ve_bench *bench,
                            const ve_outcome_option **option, int *best) {
    between *b = context;
    ve_session view = *b->session;
    view.arena = bench->arena;
    view.errors = bench->errors;
    ve_case made;
    ve_outcome *outcome = NULL;
    ve_code code = make_case(b, row, &view, &made);
    if (code) return code;
    code = ve_evaluate(&made, &made.outline->usual, view.arena, &outcome, view.errors);
    return code ? code : sort_out(b, made.model, outcome, &view, option, best);
}

ve_code ve_rival_between(ve_session *session, const ve_subject *base, const ve_rival *rival,
                         const bool *taken, size_t rows, ve_figures *figures) {
    between b = { .session = session,
                  .base = base,
                  .rival = rival,
                  .like = { &base->made, &rival->subject.made },
                  .taken = taken,
                  .rows = rows };
    ve_row_task task = { .rows = rows,
                         .options = base->made.model->options,
                         .threads = ve_rows_threads(rows, ve_session_threads(session)),
                         .figures = figures,
                         .context = &b,
                         .evaluate = evaluate_row };
    if (pthread_mutex_init(&b.reading, NULL) != 0) return ve_fail_memory(session->errors);
    ve_code code = ve_rows_evaluate(&task, session->errors);
    pthread_mutex_destroy(&b.reading);
    return code;
}

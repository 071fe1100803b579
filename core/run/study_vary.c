/* What a study may call to change numbers of the model: they are listed at the first question.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/errors.h"
#include "base/parallel.h"
#include "num/random.h"
#include "run/study.h"

static ve_code people_of(void *context, const ve_customer_rows **rows) {
    const ve_study_room *room = context;
    return ve_session_customers(room->session, room->subject, NULL, 0, rows);
}

ve_code ve_study_vary(ve_study_room *room, ve_vary **out) {
    ve_session *session = room->session;
    *out = room->vary;
    if (room->vary) return VE_OK;
    ve_varied varied = {
        .binder = ve_session_binder(session),
        .file = room->subject->made.model->file,
        .tree = room->subject->tree,
        .base = &room->subject->made,
        .wanted = &room->subject->wanted,
        .threads = ve_session_threads(session),
        .customers = people_of,
        .customers_context = room,
    };
    ve_code code = ve_vary_new(&varied, &room->vary);
    *out = room->vary;
    return code;
}

static ve_place place_of(const ve_study_room *room, const char *field) {
    const ve_value *params = room->session->request->study_params;
    const ve_value *value = params && field ? ve_value_at(params, field) : NULL;
    return value ? value->at : VE_NOWHERE;
}

static ve_code inputs(const ve_study_services *services, const ve_input **list, size_t *count) {
    ve_vary *vary;
    ve_code code = ve_study_vary(ve_study_room_of(services), &vary);
    if (!code) ve_vary_inputs(vary, list, count);
    return code;
}

static ve_code input(const ve_study_services *services, const char *field, const char *path, size_t *index) {
    ve_study_room *room = ve_study_room_of(services);
    ve_vary *vary;
    ve_code code = ve_study_vary(room, &vary);
    return code ? code : ve_vary_find(vary, path, place_of(room, field), index);
}

static ve_code evaluate_with(const ve_study_services *services, const char *field, const size_t *index,
                             const double *value, size_t count, const ve_assumptions *assumptions,
                             const ve_outcome **out) {
    ve_study_room *room = ve_study_room_of(services);
    ve_session *session = room->session;
    ve_vary *vary;
    ve_case changed;
    ve_outcome *made = NULL;
    ve_change change = { .input = index, .value = value, .count = count, .at = place_of(room, field) };
    ve_code code = ve_study_vary(room, &vary);
    if (!code) code = ve_vary_case(vary, &change, session->arena, &changed, session->errors);
    if (!code) code = ve_evaluate(&changed, assumptions, session->arena, &made, session->errors);
    *out = made;
    return code;
}

static ve_code evaluate_many(const ve_study_services *services, const ve_trials *trials,
                             ve_figures *figures) {
    ve_study_room *room = ve_study_room_of(services);
    ve_vary *vary;
    ve_code code = ve_study_vary(room, &vary);
    return code ? code : ve_vary_many(vary, trials, figures, room->session->errors);
}

static ve_code draw(const ve_study_services *services, const ve_drawing *drawing, uint64_t first, size_t rows,
                    double *value, uint64_t *redrawn) {
    ve_study_room *room = ve_study_room_of(services);
    ve_vary *vary;
    ve_code code = ve_study_vary(room, &vary);
    return code ? code : ve_vary_draw(vary, drawing, first, rows, value, redrawn, room->session->errors);
}

static ve_code copula(const ve_study_services *services, const size_t *index, size_t count, double *factor,
                      bool *independent) {
    ve_study_room *room = ve_study_room_of(services);
    ve_vary *vary;
    ve_code code = ve_study_vary(room, &vary);
    return code ? code : ve_vary_copula(vary, index, count, factor, independent, room->session->errors);
}

static double quantile(const ve_study_services *services, size_t index, double p) {
    ve_vary *vary = ve_study_room_of(services)->vary;
    return vary ? ve_vary_quantile(vary, index, p) : NAN;
}

static void uniforms(const ve_study_services *services, uint64_t seed, uint64_t stream, uint64_t first,
                     size_t count, double *out) {
    (void)services;
    ve_random_fill(seed, stream, first, count, out);
}

typedef struct own_work {
    void (*work)(void *context, size_t part);
    void *context;
} own_work;

static void do_part(void *context, size_t part, unsigned worker) {
    const own_work *own = context;
    (void)worker;
    own->work(own->context, part);
}

static void in_parts(const ve_study_services *services, size_t parts,
                     void (*work)(void *context, size_t part), void *context) {
    own_work own = { work, context };
    ve_parallel(ve_session_threads(ve_study_room_of(services)->session), parts, do_part, &own);
}

static void progress(const ve_study_services *services, double share) {
    const ve_request *request = ve_study_room_of(services)->session->request;
    if (request->progress) request->progress(request->progress_context, share);
}

static ve_code customers(const ve_study_services *services, const ve_asked_column *column, size_t columns,
                         const ve_customer_rows **out) {
    ve_study_room *room = ve_study_room_of(services);
    return ve_session_customers(room->session, room->subject, column, columns, out);
}

void ve_study_may_vary(ve_study_services *services) {
    services->inputs = inputs;
    services->input = input;
    services->evaluate_with = evaluate_with;
    services->evaluate_many = evaluate_many;
    services->quantile = quantile;
    services->draw = draw;
    services->copula = copula;
    services->uniforms = uniforms;
    services->progress = progress;
    services->in_parts = in_parts;
    services->customers = customers;
}

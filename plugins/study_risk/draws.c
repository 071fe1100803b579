/* Block by block: draw, evaluate, tabulate. Memory does not grow with the number of draws.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "study_risk.h"
#include "ve/share.h"

static ve_code block_make(const risk_view *v, risk_block *b) {
    const ve_services *base = v->s->base;
    size_t m = v->outline->options, cells = m * RISK_BLOCK;
    *b = (risk_block){ .value = base->memory(base, (v->drawing.inputs + 1) * RISK_BLOCK * sizeof *b->value),
                       .column = base->memory(base, (v->drawing.inputs + 1) * sizeof *b->column),
                       .resample = base->memory(base, RISK_BLOCK * sizeof *b->resample),
                       .index = base->memory(base, cells * sizeof *b->index),
                       .cost = base->memory(base, cells * sizeof *b->cost),
                       .share = base->memory(base, cells * sizeof *b->share),
                       .alone = base->memory(base, cells * sizeof *b->alone),
                       .weight = base->memory(base, (v->drawing.inputs + 1) * sizeof *b->weight),
                       .bearable = base->memory(base, cells * sizeof *b->bearable),
                       .rank = base->memory(base, cells * sizeof *b->rank),
                       .best = base->memory(base, RISK_BLOCK * sizeof *b->best) };
    bool all = b->value && b->column && b->resample && b->index && b->cost && b->share && b->alone &&
               b->bearable && b->weight && b->rank && b->best;
    return all ? VE_OK : VE_E_MEMORY;
}

static ve_code options_make(risk_view *v) {
    static const double value[] = { [RISK_P05] = 0.05, [RISK_P50] = 0.50, [RISK_P95] = 0.95 };
    static const double bearable[] = { [RISK_COST_P90] = 0.10 };
    const ve_services *base = v->s->base;
    size_t m = v->outline->options, n = v->outline->functions;
    v->option = base->memory(base, m * sizeof *v->option);
    v->kept.input = base->memory(base, (v->drawing.inputs + 1) * RISK_SAMPLE * sizeof *v->kept.input);
    v->kept.value = base->memory(base, m * RISK_SAMPLE * sizeof *v->kept.value);
    v->kept.alone = base->memory(base, m * RISK_SAMPLE * sizeof *v->kept.alone);
    if (!v->option || !v->kept.input || !v->kept.value || !v->kept.alone) return VE_E_MEMORY;
    ve_code code = VE_OK;
    for (size_t i = 0; !code && i < m; i++) {
        risk_option *o = &v->option[i];
        o->rank = base->memory(base, m * sizeof *o->rank);
        o->better = base->memory(base, m * sizeof *o->better);
        o->weight = base->memory(base, n * sizeof *o->weight);
        o->weight_square = base->memory(base, n * sizeof *o->weight_square);
        o->shift = NAN;
        if (!o->rank || !o->better || !o->weight || !o->weight_square) return VE_E_MEMORY;
        code = risk_sketch_make(base, value, VE_COUNT(value), &o->value);
        if (!code) code = risk_sketch_make(base, bearable, VE_COUNT(bearable), &o->bearable);
    }
    return code;
}

/* ---- a block --------------------------------------------------------------------------------------- */

static ve_trials trials_of(const risk_view *v, const risk_block *b, size_t inputs) {
    return (ve_trials){ .rows = b->rows,
                        .inputs = inputs,
                        .input = v->drawing.input,
                        .value = b->column,
                        .assumptions = v->outline->usual,
                        .resample = v->customers ? b->resample : NULL,
                        .seed = (uint64_t)v->params->seed,
                        .bayesian = v->params->customers == RISK_BAYESIAN };
}

/* Only the first draws are asked a second time, with nothing but the customers drawn. */
static ve_code ask_alone(const risk_view *v, risk_block *b) {
    if (!v->customers || !v->drawing.inputs || v->kept.rows >= RISK_SAMPLE) return VE_OK;
    ve_trials trials = trials_of(v, b, 0);
    ve_figures figures = { .function_score = b->alone };
    return v->s->evaluate_many(v->s, &trials, &figures);
}

static ve_code fill(risk_view *v, risk_block *b, size_t *failed) {
    for (size_t i = 0; i < v->drawing.inputs; i++)
        b->column[i] = b->value + i * b->rows;
    for (size_t r = 0; r < b->rows; r++)
        b->resample[r] = b->first + r;
    ve_trials trials = trials_of(v, b, v->drawing.inputs);
    ve_figures figures = { .cost = b->cost,
                           .function_coefficient = b->share,
                           .value_index = b->index,
                           .rank = b->rank,
                           .best = b->best };
    ve_code code =
        v->drawing.inputs ? v->s->draw(v->s, &v->drawing, b->first, b->rows, b->value, &v->redrawn) : VE_OK;
    if (!code) code = v->s->evaluate_many(v->s, &trials, &figures);
    if (!code) code = ask_alone(v, b);
    if (figures.failed && !v->failed) memcpy(v->why, figures.why, sizeof v->why);
    v->failed += *failed = figures.failed;
    return code;
}

/* ---- all of them ----------------------------------------------------------------------------------- */

double risk_share(const risk_view *v, size_t count) {
    return v->draws ? (double)count / (double)v->draws : NAN;
}

double risk_share_error(const risk_view *v, double share) {
    return ve_share_error(share, (double)v->draws);
}

static bool is_precise(const risk_view *v) {
    if (!(v->params->precision > 0) || !v->draws) return false;
    for (size_t i = 0; i < v->outline->options; i++)
        if (risk_share_error(v, risk_share(v, v->option[i].best)) > v->params->precision) return false;
    return true;
}

ve_code risk_draw(risk_view *v) {
    risk_block b;
    size_t wanted = (size_t)v->params->draws, done = 0, failed;
    ve_code code = block_make(v, &b);
    if (!code) code = options_make(v);
    while (!code && done < wanted && !is_precise(v)) {
        b.first = done;
        b.rows = wanted - done < RISK_BLOCK ? wanted - done : RISK_BLOCK;
        code = fill(v, &b, &failed);
        if (!code) risk_tabulate(v, &b, failed);
        done += b.rows;
        v->s->progress(v->s, (double)done / (double)wanted);
    }
    if (!code && !v->draws)
        return v->s->base->fail(v->s->base, VE_E_NOT_FINITE, "", "see the reason", "no draw has a result: %s",
                                v->why);
    return code;
}

/* Many points at once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "study_sweep.h"

ve_code sweep_points_make(const sweep_view *v, size_t rows, sweep_points *out) {
    const ve_services *base = v->s->base;
    *out = (sweep_points){ .rows = rows };
    for (size_t a = 0; a < v->axes; a++) {
        out->value[a] = base->memory(base, (rows + 1) * sizeof *out->value[a]);
        if (!out->value[a]) return VE_E_MEMORY;
    }
    out->index = base->memory(base, (rows * v->outline->options + 1) * sizeof *out->index);
    out->best = base->memory(base, (rows + 1) * sizeof *out->best);
    return out->index && out->best ? VE_OK : VE_E_MEMORY;
}

ve_code sweep_points_ask(const sweep_view *v, sweep_points *points) {
    const size_t input[SWEEP_PATHS] = { v->axis[0].input, v->axis[1].input };
    const double *const value[SWEEP_PATHS] = { points->value[0], points->value[1] };
    ve_trials trials = { .rows = points->rows,
                         .inputs = v->axes,
                         .input = input,
                         .value = value,
                         .assumptions = v->outline->usual };
    ve_figures figures = { .value_index = points->index, .best = points->best };
    ve_code code = v->s->evaluate_many(v->s, &trials, &figures);
    points->failed = figures.failed;
    memcpy(points->why, figures.why, sizeof points->why);
    return code;
}

ve_code sweep_grid(sweep_view *v) {
    size_t inner = v->axis[0].count, outer = v->axes == 2 ? v->axis[1].count : 1;
    ve_code code = sweep_points_make(v, inner * outer, &v->points);
    for (size_t r = 0; !code && r < inner * outer; r++) {
        v->points.value[0][r] = sweep_value(&v->axis[0], r % inner);
        if (v->axes == 2) v->points.value[1][r] = sweep_value(&v->axis[1], r / inner);
    }
    return code ? code : sweep_points_ask(v, &v->points);
}

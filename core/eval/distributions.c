/* One distribution with those inside it: let them check themselves, weigh columns of customers, mistrust what
 * comes back. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "eval/internal.h"
#include "ve/part.h"

/* ---- preparing ---------------------------------------------------------------------------------- */

ve_code ve_distribution_prepare(const ve_word *word, const ve_sample *sample, ve_arena *arena,
                                ve_errors *errors) {
    ve_code first = VE_OK;
    size_t parts = ve_part_count(word);
    for (size_t p = 0; p < parts; p++) {
        ve_code code = ve_distribution_prepare(ve_part_at(word, p), sample, arena, errors);
        if (!first) first = code;
    }
    if (first || !ve_part_ops(word)->prepare) return first;
    ve_word_services services;
    ve_services_init(&services, arena, errors, word);
    return ve_part_ops(word)->prepare(word->params, sample, &services.base);
}

/* ---- weighing columns --------------------------------------------------------------------------- */

/* Does any density there give no number? -inf is "no weight at all", +inf and NaN are not densities. */
static bool all_densities(const double *log_density, size_t rows) {
    size_t bad = 0;
    for (size_t g = 0; g < rows; g++)
        bad += !(log_density[g] < HUGE_VAL);
    return bad == 0;
}

static ve_code check_densities(const ve_word *word, const double *log_density, size_t rows,
                               const ve_services *services) {
    if (all_densities(log_density, rows)) return VE_OK;
    return services->fail(services, VE_E_PLUGIN_RESULT, "", NULL,
                          "ve.%s gave a customer weight that is not a number", word->plugin->name);
}

static ve_code weigh_parts(const ve_word *word, const ve_columns *columns, double *out, ve_arena *arena,
                           const ve_services *services, ve_errors *errors) {
    size_t parts = ve_part_count(word);
    double *part_log = ve_alloc_array(arena, parts * columns->rows, sizeof *part_log);
    if (!part_log) return ve_fail_memory(errors);
    ve_code first = VE_OK;
    for (size_t p = 0; p < parts; p++) {
        ve_code code =
            ve_distribution_weigh(ve_part_at(word, p), columns, part_log + p * columns->rows, arena, errors);
        if (!first) first = code;
    }
    return first ? first : ve_part_ops(word)->combine(word->params, part_log, columns->rows, out, services);
}

/* A weight is put on the footing of the densities: its greatest value is theirs. */
static ve_code weigh_self(const ve_word *word, const ve_columns *columns, double *out,
                          const ve_services *services) {
    const ve_distribution_ops *ops = ve_part_ops(word);
    ve_columns own = *columns;
    if (!ops->joint && columns->count)
        own = (ve_columns){ columns->rows, 1, columns->column + ve_part_attribute(word) };
    if (!ops->log_weight) return ops->log_density(word->params, &own, out, services);
    ve_code code = ops->log_weight(word->params, &own, out, services);
    double peak = ops->log_peak(word->params);
    for (size_t row = 0; row < columns->rows; row++)
        out[row] += peak;
    return code;
}

ve_code ve_distribution_weigh(const ve_word *word, const ve_columns *columns, double *out, ve_arena *arena,
                              ve_errors *errors) {
    ve_word_services services;
    ve_services_init(&services, arena, errors, word);
    ve_code code = ve_part_ops(word)->parts ? weigh_parts(word, columns, out, arena, &services.base, errors)
                                            : weigh_self(word, columns, out, &services.base);
    return code ? code : check_densities(word, out, columns->rows, &services.base);
}

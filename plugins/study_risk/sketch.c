/* Quantiles of many figures in little room. While they are few all are kept. Then they go into fine bins over
 * a range set by the first of them, four times as wide: the width of a bin is far below the Monte Carlo error
 * of the quantile. SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include "study_risk.h"

ve_code risk_sketch_make(const ve_services *base, risk_sketch *out) {
    *out = (risk_sketch){ .least = HUGE_VAL, .greatest = -HUGE_VAL };
    out->kept = base->memory(base, RISK_BINS * sizeof *out->kept);
    out->bin = base->memory(base, RISK_BINS * sizeof *out->bin);
    return out->kept && out->bin ? VE_OK : VE_E_MEMORY;
}

/* Where it goes; the range is that of what lies beyond the bins, as inside their edges say enough. */
static void put(risk_sketch *s, const double *x, size_t count) {
    const double by = 1 / s->width, low = s->low;
    size_t finite = 0;
    for (size_t i = 0; i < count; i++) {
        double at = (x[i] - low) * by;
        if (!isfinite(x[i])) continue;
        finite++;
        if (at >= 1 && at < RISK_BINS - 1) {
            s->bin[(size_t)at]++;
            continue;
        }
        s->bin[at >= 1 ? RISK_BINS - 1 : 0]++;
        if (x[i] < s->least) s->least = x[i];
        if (x[i] > s->greatest) s->greatest = x[i];
    }
    s->count += finite;
}

static void begin_bins(risk_sketch *s) {
    double middle = gsl_stats_select(s->kept, 1, RISK_BINS, RISK_BINS / 2);
    double reach = 2 * fmax(s->greatest - middle, middle - s->least);
    s->low = middle - reach;
    s->width = reach > 0 ? 2 * reach / RISK_BINS : 1;
    s->count = 0;
    s->binned = true;
    put(s, s->kept, RISK_BINS);
}

/* How many of them were used: all but those for which there is no room any more. */
static size_t keep(risk_sketch *s, const double *x, size_t count) {
    size_t used = 0;
    for (; used < count && s->count < RISK_BINS; used++) {
        if (!isfinite(x[used])) continue;
        s->kept[s->count++] = x[used];
        if (x[used] < s->least) s->least = x[used];
        if (x[used] > s->greatest) s->greatest = x[used];
    }
    return used;
}

void risk_sketch_add(risk_sketch *s, const double *x, size_t count) {
    size_t used = s->binned ? 0 : keep(s, x, count);
    if (used == count) return;
    if (!s->binned) begin_bins(s);
    put(s, x + used, count - used);
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Type 7: linear between the figures on both sides. */
static double exact(risk_sketch *s, double p) {
    qsort(s->kept, s->count, sizeof *s->kept, ascending);
    double at = p * (double)(s->count - 1);
    size_t below = (size_t)at;
    if (below + 1 >= s->count) return s->kept[s->count - 1];
    return s->kept[below] + (at - (double)below) * (s->kept[below + 1] - s->kept[below]);
}

static double from_bins(const risk_sketch *s, double p) {
    double before = 0, wanted = p * (double)s->count;
    for (size_t i = 0; i < RISK_BINS; i++) {
        if (before + s->bin[i] >= wanted && s->bin[i] > 0) {
            double x = s->low + s->width * ((double)i + (wanted - before) / s->bin[i]);
            return fmin(fmax(x, s->least), s->greatest);
        }
        before += s->bin[i];
    }
    return s->greatest;
}

double risk_sketch_quantile(risk_sketch *s, double p) {
    if (!s->count) return NAN;
    return s->binned ? from_bins(s, p) : exact(s, p);
}

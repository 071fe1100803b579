/* Some quantiles of many figures in little room. While they are few all are kept. Then only those near the
 * quantiles that are wanted are looked at closely: the first figures tell within what window each lies, wide
 * enough for six standard errors, and a window has 4,096 bins. How far the tails reach does not matter.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "study_risk.h"
#include "ve/wide.h"

/* Bins from the lowest window on, one for all above the highest, one for what is no number. */
enum { WIDTH = 4096, TOP = RISK_WINDOWS * WIDTH, NO_NUMBER, BINS, SOME = 512 };

ve_code risk_sketch_make(const ve_services *base, const double *p, size_t count, risk_sketch *out) {
    *out = (risk_sketch){ .kept = base->memory(base, RISK_KEPT * sizeof *out->kept),
                          .bin = base->memory(base, BINS * sizeof *out->bin),
                          .windows = count };
    for (size_t w = 0; w < count; w++)
        out->window[w].p = p[w];
    return out->kept && out->bin ? VE_OK : VE_E_MEMORY;
}

/* ---- bins -------------------------------------------------------------------------------------------- */

/* How far into the window, in bins: from 0 below it to WIDTH above it. Added up over the windows that is the
 * number of the bin. */
VE_WIDE static void add_window(const double *x, size_t count, double low, double by, double *sum) {
    for (size_t i = 0; i < count; i++) {
        double at = (x[i] - low) * by;
        at = at > 0 ? at : 0;
        sum[i] += at < WIDTH ? at : WIDTH;
    }
}

VE_WIDE static void take_bins(const double *x, const double *sum, size_t count, int32_t *at) {
    for (size_t i = 0; i < count; i++)
        at[i] = fabs(x[i]) <= DBL_MAX ? (int32_t)sum[i] : NO_NUMBER;
}

static void put_some(risk_sketch *s, const double *x, size_t count) {
    double sum[SOME] = { 0 };
    int32_t at[SOME];
    for (size_t w = 0; w < s->windows; w++)
        add_window(x, count, s->window[w].low, s->window[w].by, sum);
    take_bins(x, sum, count, at);
    for (size_t i = 0; i < count; i++)
        s->bin[at[i]]++;
}

static void put(risk_sketch *s, const double *x, size_t count) {
    for (size_t from = 0; from < count; from += SOME)
        put_some(s, x + from, count - from < SOME ? count - from : SOME);
    s->count += count;
}

/* Where all figures are alike the window is as wide as their rounding. */
static void open_window(risk_sketch *s, risk_window *window) {
    const double first = 8192, middle = first * window->p, reach = 6 * sqrt(middle * (1 - window->p));
    const size_t from = (size_t)fmax(0, middle - reach), to = (size_t)fmin(first - 1, middle + reach);
    double low = gsl_stats_select(s->kept, 1, (size_t)first, from);
    double high = gsl_stats_select(s->kept, 1, (size_t)first, to);
    double margin = 1e-9 * fmax(fabs(low), fabs(high)) + DBL_MIN;
    window->low = low - margin;
    window->by = WIDTH / (high - low + 2 * margin);
}

static void begin_bins(risk_sketch *s) {
    for (size_t w = 0; w < s->windows; w++)
        open_window(s, &s->window[w]);
    s->count = 0;
    s->binned = true;
    put(s, s->kept, RISK_KEPT);
}

static double from_bins(const risk_sketch *s, size_t window, double p) {
    const risk_window *in = &s->window[window];
    double before = 0, wanted = p * (double)(s->count - s->bin[NO_NUMBER]);
    size_t i = 0, first = window * WIDTH;
    while (i < first + WIDTH && before + s->bin[i] < wanted)
        before += s->bin[i++];
    double share = s->bin[i] ? (wanted - before) / s->bin[i] : 0;
    return in->low + fmin(fmax((double)i + share - (double)first, 0), WIDTH) / in->by;
}

/* ---- figures ------------------------------------------------------------------------------------------ */

/* How many of them were used: all but those for which there is no room any more. */
static size_t keep(risk_sketch *s, const double *x, size_t count) {
    size_t used = 0;
    for (; used < count && s->count < RISK_KEPT; used++)
        if (isfinite(x[used])) s->kept[s->count++] = x[used];
    return used;
}

void risk_sketch_add(risk_sketch *s, const double *x, size_t count) {
    size_t used = s->binned ? 0 : keep(s, x, count);
    if (used == count) return;
    if (!s->binned) begin_bins(s);
    put(s, x + used, count - used);
}

size_t risk_sketch_count(const risk_sketch *s) {
    return s->binned ? s->count - s->bin[NO_NUMBER] : s->count;
}

/* Type 7: linear between the figures on both sides. */
static double exact(const risk_sketch *s, double p) {
    double at = p * (double)(s->count - 1);
    size_t below = (size_t)at;
    double low = gsl_stats_select(s->kept, 1, s->count, below);
    if (below + 1 >= s->count) return low;
    return low + (at - (double)below) * (gsl_stats_select(s->kept, 1, s->count, below + 1) - low);
}

static double quantile_at(const risk_sketch *s, size_t which, double p) {
    return s->binned ? from_bins(s, which, p) : exact(s, p);
}

double risk_sketch_quantile(const risk_sketch *s, size_t which) {
    return risk_sketch_count(s) ? quantile_at(s, which, s->window[which].p) : NAN;
}

double risk_sketch_error(const risk_sketch *s, size_t which) {
    double n = (double)risk_sketch_count(s), p = s->window[which].p, error = sqrt(p * (1 - p) / n);
    if (!(n > 1)) return NAN;
    return (quantile_at(s, which, fmin(p + error, 1)) - quantile_at(s, which, fmax(p - error, 0))) / 2;
}

/* Quantiles of many figures in little room. While they are few all are kept. Then they go into fine bins over
 * a range set by the first of them, four times as wide: the width of a bin is far below the Monte Carlo error
 * of the quantile. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study_risk.h"

ve_code risk_sketch_make(const ve_services *base, risk_sketch *out) {
    *out = (risk_sketch){ .least = HUGE_VAL, .greatest = -HUGE_VAL };
    out->kept = base->memory(base, RISK_BINS * sizeof *out->kept);
    return out->kept ? VE_OK : VE_E_MEMORY;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void put(risk_sketch *s, double x, double *bin) {
    double at = (x - s->low) / s->width;
    bin[at > 0 ? at < RISK_BINS - 1 ? (size_t)at : RISK_BINS - 1 : 0]++;
}

/* The kept figures become bins in place: sorted, each is read before its bin is written behind it. */
static void begin_bins(risk_sketch *s) {
    qsort(s->kept, RISK_BINS, sizeof *s->kept, ascending);
    double middle = s->kept[RISK_BINS / 2], reach = 2 * fmax(s->greatest - middle, middle - s->least);
    s->low = middle - reach;
    s->width = reach > 0 ? 2 * reach / RISK_BINS : 1;
    s->binned = true;
}

static bool rebin(risk_sketch *s) {
    double *bin = calloc(RISK_BINS, sizeof *bin);
    if (!bin) return false; /* then the first figures stand for all */
    begin_bins(s);
    for (size_t i = 0; i < RISK_BINS; i++)
        put(s, s->kept[i], bin);
    memcpy(s->kept, bin, RISK_BINS * sizeof *bin);
    free(bin);
    return true;
}

void risk_sketch_add(risk_sketch *s, double x) {
    if (!isfinite(x)) return;
    s->least = fmin(s->least, x);
    s->greatest = fmax(s->greatest, x);
    if (s->count < RISK_BINS) {
        s->kept[s->count++] = x;
        return;
    }
    if (!s->binned && !rebin(s)) return;
    put(s, x, s->kept);
    s->count++;
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
        if (before + s->kept[i] >= wanted && s->kept[i] > 0) {
            double x = s->low + s->width * ((double)i + (wanted - before) / s->kept[i]);
            return fmin(fmax(x, s->least), s->greatest);
        }
        before += s->kept[i];
    }
    return s->greatest;
}

double risk_sketch_quantile(risk_sketch *s, double p) {
    if (!s->count) return NAN;
    return s->binned ? from_bins(s, p) : exact(s, p);
}

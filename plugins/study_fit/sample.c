/* What is fitted to: the customers in the order of one attribute, and the distinct values of some of them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "study_fit.h"

static void *take(const ve_study_services *services, size_t count, size_t size) {
    return services->base->memory(services->base, count * size);
}

typedef struct placed {
    double x;
    size_t row;
} placed;

/* Rows are sorted already: those with the same value stay in their order. */
static int by_value(const void *a, const void *b) {
    const placed *p = a, *q = b;
    if (p->x != q->x) return p->x < q->x ? -1 : 1;
    return p->row < q->row ? -1 : p->row > q->row;
}

ve_code fit_people_make(const ve_study_services *services, const ve_customer_rows *from, size_t attribute,
                        fit_people *out) {
    placed *sorted = take(services, from->rows, sizeof *sorted);
    double *x = take(services, from->rows, sizeof *x), *w = take(services, from->rows, sizeof *w);
    size_t *row = take(services, from->rows, sizeof *row);
    if (!sorted || !x || !w || !row) return VE_E_MEMORY;
    for (size_t r = 0; r < from->rows; r++)
        sorted[r] = (placed){ from->attribute[attribute][r], r };
    if (attribute > 0) qsort(sorted, from->rows, sizeof *sorted, by_value);
    for (size_t r = 0; r < from->rows; r++) {
        x[r] = sorted[r].x;
        row[r] = sorted[r].row;
        w[r] = from->weight[row[r]];
    }
    *out = (fit_people){ from->rows, from->options, x, w, row, from };
    return VE_OK;
}

typedef struct columns {
    double *x, *w, *c;
} columns;

/* Every value once. */
static size_t collapse(const fit_people *people, const unsigned char *chosen, columns *out, double *squares) {
    size_t n = 0;
    *squares = 0;
    for (size_t r = 0; r < people->rows; r++) {
        if ((chosen && !chosen[r]) || !(people->w[r] > 0)) continue;
        if (n == 0 || out->x[n - 1] != people->x[r]) {
            out->x[n] = people->x[r];
            out->w[n] = out->c[n] = 0;
            n++;
        }
        out->w[n - 1] += people->w[r];
        out->c[n - 1]++;
        *squares += people->w[r] * people->w[r];
    }
    return n;
}

static void measure(fit_sample *s) {
    double near = s->count ? s->x[0] : NAN, first = 0, second = 0;
    for (size_t i = 0; i < s->count; i++)
        first += s->w[i] * (s->x[i] - near);
    near += first / s->effective;
    first = 0;
    for (size_t i = 0; i < s->count; i++)
        first += s->w[i] * (s->x[i] - near);
    s->mean = near + first / s->effective;
    for (size_t i = 0; i < s->count; i++)
        second += s->w[i] * (s->x[i] - s->mean) * (s->x[i] - s->mean);
    s->sd = sqrt(second / s->effective);
    s->gap = INFINITY;
    for (size_t i = 1; i < s->count; i++)
        s->gap = fmin(s->gap, s->x[i] - s->x[i - 1]);
}

ve_code fit_sample_make(const ve_study_services *services, const fit_people *people,
                        const unsigned char *chosen, fit_sample *out) {
    columns made = { take(services, people->rows, sizeof(double)),
                     take(services, people->rows, sizeof(double)),
                     take(services, people->rows, sizeof(double)) };
    double squares, sum = 0, *again = take(services, 2 * FIT_AGAIN, sizeof *again);
    if (!made.x || !made.w || !made.c || !again) return VE_E_MEMORY;
    *out = (fit_sample){ .x = made.x, .w = made.w, .c = made.c, .again = again, .services = services };
    out->count = collapse(people, chosen, &made, &squares);
    for (size_t i = 0; i < out->count; i++) {
        sum += made.w[i];
        out->customers += made.c[i];
    }
    out->effective = squares > 0 ? sum * sum / squares : 0;
    for (size_t i = 0; i < out->count; i++)
        made.w[i] *= out->effective / sum;
    measure(out);
    return VE_OK;
}

double fit_quantile(const fit_sample *s, double share) {
    double reached = 0;
    for (size_t i = 0; i < s->count; i++) {
        reached += s->w[i];
        if (reached >= share * s->effective) return s->x[i];
    }
    return s->count ? s->x[s->count - 1] : NAN;
}

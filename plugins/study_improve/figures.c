/* Figures, lists and orders that all parts of the study need.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdarg.h>

#include "study_improve.h"

void *improve_take(const improve_view *view, size_t count, size_t size) {
    void *made = view->services->base->memory(view->services->base, (count ? count : 1) * size);
    if (!made) *view->failed = true;
    return made;
}

const char *improve_text(const improve_view *view, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = length < 0 ? NULL : improve_take(view, (size_t)length + 1, 1);
    if (!text) return "";
    va_start(args, format);
    vsnprintf(text, (size_t)length + 1, format, args);
    va_end(args);
    return text;
}

const char *improve_join(const improve_view *view, const char *const *name, size_t count) {
    const char *text = ve_words_join(view->services->base, name, count, VE_WORDS_SHOWN);
    if (!text) *view->failed = true;
    return text ? text : "";
}

int improve_money_digits(double most) {
    return most >= 1000 ? 0 : most >= 100 ? 1 : most >= 10 ? 2 : most >= 1 ? 3 : VE_PRINT_FREE;
}

const char *improve_titled(const improve_view *view, const char *title) {
    const char *currency = view->outline->currency;
    return currency[0] ? improve_text(view, "%s, %s", title, currency) : title;
}

bool improve_counts(const improve_view *view, double saving) {
    return saving > 1e-9 * view->total_cost;
}

typedef struct sorted {
    double key;
    int index;
} sorted;

static int compare(const void *a, const void *b) {
    const sorted *x = a, *y = b;
    bool no_x = isnan(x->key), no_y = isnan(y->key);
    if (no_x != no_y) return no_x ? 1 : -1;
    if (!no_x && x->key != y->key) return x->key < y->key ? -1 : 1;
    return x->index - y->index;
}

int *improve_sorted(const improve_view *view, const double *key, size_t count) {
    sorted *entry = improve_take(view, count, sizeof *entry);
    int *order = improve_take(view, count, sizeof *order);
    if (!entry || !order) return NULL;
    for (size_t i = 0; i < count; i++)
        entry[i] = (sorted){ key[i], (int)i };
    qsort(entry, count, sizeof *entry, compare);
    for (size_t i = 0; i < count; i++)
        order[i] = entry[i].index;
    return order;
}

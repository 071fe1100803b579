/* One function, party or customer less.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study_sensitivity.h"
#include "ve/print.h"

enum { BLOCK = 64, PEOPLE_FIRST = 64, PEOPLE_BLOCK = 65536, PEOPLE_KEPT = 5 };

/* ---- functions and parties: what they count is set to nothing ----------------------------------------- */

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), own = strlen(end);
    return length >= own && strcmp(text + length - own, end) == 0;
}

static const char *kind_of(const ve_input *of) {
    if (of->list >= 0 && of->base > 0 && of->base < of->high) return "function";
    bool party = of->kind == VE_INPUT_JUDGEMENT && ends_with(of->path, ".share") && of->base > 0;
    return party ? "party" : NULL;
}

static const char *name_of(const sensitivity_view *v, const ve_input *of) {
    return of->list >= 0 && of->node >= 0 ? v->outline->function[of->node].name : of->label;
}

/* The inputs given, each in a row of its own. */
static ve_code leave_block(sensitivity_view *v, const size_t *input, size_t count, double *room) {
    const ve_input *list;
    const double *column[BLOCK];
    int best[BLOCK];
    size_t all;
    double *index = room + BLOCK * BLOCK;
    for (size_t i = 0; i < count; i++) {
        column[i] = room + i * count;
        for (size_t r = 0; r < count; r++)
            room[i * count + r] = r == i ? 0 : (double)NAN;
    }
    ve_trials trials = { count, count, input, column, v->outline->usual, NULL, 0, false, false };
    ve_figures figures = { .value_index = index, .best = best };
    ve_code code = v->s->evaluate_many(v->s, &trials, &figures);
    if (!code) code = v->s->inputs(v->s, &list, &all);
    for (size_t r = 0; !code && r < count; r++) {
        const ve_input *of = &list[input[r]];
        double value = index[(size_t)v->leader * count + r];
        if (isnan(value) && best[r] < 0) continue; /* the model cannot do without it */
        v->left_out[v->left_outs++] =
            (sensitivity_left_out){ kind_of(of), name_of(v, of), of->path, value, best[r] };
    }
    return code;
}

static ve_code leave_parts(sensitivity_view *v, const ve_input *list, size_t count) {
    const ve_services *base = v->s->base;
    size_t input[BLOCK], taken = 0;
    double *room = base->memory(base, (BLOCK + v->outline->options) * BLOCK * sizeof *room);
    ve_code code = room ? VE_OK : VE_E_MEMORY;
    for (size_t i = 0; !code && i <= count; i++) {
        if (i < count && kind_of(&list[i])) input[taken++] = i;
        if (taken == 0 || (taken < BLOCK && i < count)) continue;
        code = leave_block(v, input, taken, room);
        taken = 0;
    }
    return code;
}

/* ---- customers ---------------------------------------------------------------------------------------- */

typedef struct person {
    size_t row;
    double value;
    int best;
} person;

static double weight_of(const sensitivity_view *v, const person *p) {
    double apart = fabs(p->value - v->base->option[v->leader].value_index);
    return (p->best != v->leader ? 1e300 : 0) + (isnan(apart) ? 0 : apart);
}

/* Those who change the winner first, then by what they do to V, then in their order. */
static void keep(const sensitivity_view *v, person kept[PEOPLE_KEPT], size_t *count, person p) {
    size_t at = *count;
    while (at > 0 && weight_of(v, &p) > weight_of(v, &kept[at - 1]))
        at--;
    if (at == PEOPLE_KEPT) return;
    size_t moved = *count - at - (*count == PEOPLE_KEPT);
    memmove(&kept[at + 1], &kept[at], moved * sizeof *kept);
    kept[at] = p;
    *count += *count < PEOPLE_KEPT;
}

static ve_code leave_people(sensitivity_view *v, size_t first, size_t rows, double *index, uint64_t *number,
                            int *best, bool *by_parts) {
    for (size_t r = 0; r < rows; r++)
        number[r] = first + r;
    ve_trials trials = {
        .rows = rows, .assumptions = v->outline->usual, .resample = number, .left_out = true
    };
    ve_figures figures = { .value_index = index, .best = best };
    ve_code code = v->s->evaluate_many(v->s, &trials, &figures);
    *by_parts = figures.by_parts;
    return code;
}

/* "income 3000, region north"; "" where nothing is known of customers. */
static const char *describe(const sensitivity_view *v, const ve_customer_rows *rows, size_t row) {
    char text[240] = "", room[VE_PRINT_ROOM];
    for (size_t a = 0; a < rows->attributes && strlen(text) < 120; a++) {
        double x = rows->attribute[a][row];
        const ve_label_list *label = &rows->attribute_label[a];
        if (label->count == 0) ve_print_fixed(x, VE_PRINT_FREE, room);
        size_t at = strlen(text);
        snprintf(text + at, sizeof text - at, "%s%.40s %.60s", a ? ", " : "", v->outline->attribute[a].id,
                 label->count ? label->label[(size_t)x] : room);
    }
    char *kept = v->s->base->memory(v->s->base, sizeof text);
    if (!kept) return "";
    memcpy(kept, text, sizeof text);
    return kept;
}

/* *done stays false where each of so many is a whole evaluation. */
static ve_code find_people(sensitivity_view *v, const ve_customer_rows *rows, person *kept, size_t *count,
                           bool *done) {
    const ve_services *base = v->s->base;
    size_t all = rows->rows, room = all < PEOPLE_BLOCK ? all : PEOPLE_BLOCK, part;
    double *index = base->memory(base, v->outline->options * room * sizeof *index);
    uint64_t *number = base->memory(base, room * sizeof *number);
    int *best = base->memory(base, room * sizeof *best);
    bool by_parts = true;
    ve_code code = index && number && best ? VE_OK : VE_E_MEMORY;
    for (size_t first = 0; !code && first < all; first += part) {
        size_t most = first ? PEOPLE_BLOCK : PEOPLE_FIRST;
        part = all - first < most ? all - first : most;
        code = leave_people(v, first, part, index, number, best, &by_parts);
        if (!by_parts && all > SENSITIVITY_WHOLE_MOST) return code;
        for (size_t r = 0; !code && r < part; r++)
            keep(v, kept, count, (person){ first + r, index[(size_t)v->leader * part + r], best[r] });
        v->s->progress(v->s, 0.95 + 0.05 * (double)(first + part) / (double)all);
    }
    *done = !code;
    return code;
}

static ve_code leave_customers(sensitivity_view *v) {
    const ve_customer_rows *rows;
    person kept[PEOPLE_KEPT];
    size_t count = 0;
    bool done = false;
    if (!(v->outline->customers > 1) || v->outline->customers > SENSITIVITY_CUSTOMERS_MOST) return VE_OK;
    ve_code code = v->s->customers(v->s, NULL, 0, &rows);
    if (!code) code = find_people(v, rows, kept, &count, &done);
    for (size_t i = 0; done && i < count; i++)
        v->left_out[v->left_outs++] = (sensitivity_left_out){ "customer", describe(v, rows, kept[i].row),
                                                              NULL, kept[i].value, kept[i].best };
    if (done) v->customers = rows->rows;
    return code;
}

ve_code sensitivity_leave_out(sensitivity_view *v) {
    const ve_input *list;
    size_t count;
    ve_code code = v->s->inputs(v->s, &list, &count);
    if (code) return code;
    v->left_out = v->s->base->memory(v->s->base, (count + PEOPLE_KEPT) * sizeof *v->left_out);
    if (!v->left_out) return VE_E_MEMORY;
    code = leave_parts(v, list, count);
    return code ? code : leave_customers(v);
}

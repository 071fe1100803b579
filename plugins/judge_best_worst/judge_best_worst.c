/* The judgement `best_worst`: the most important function is compared with all others, and all others with
 * the least important. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "best_worst.h"

enum { LINEAR, MINMAX };

typedef struct best_worst {
    int best, worst;
    ve_numbers best_to_others, others_to_worst;
    int form;
    /* made by prepare: */
    const double *weight; /* per function, NaN for those that are left out */
    double consistency_ratio;
    const char *note;
} best_worst;

static const ve_field fields[] = {
    VE_FIELD(best_worst, best, VE_T_REF, .name = "best", .flags = VE_F_REQUIRED, .of = VE_OF_SIBLINGS,
             .doc = "the most important one"),
    VE_FIELD(best_worst, worst, VE_T_REF, .name = "worst", .flags = VE_F_REQUIRED, .of = VE_OF_SIBLINGS,
             .doc = "the least important one"),
    VE_FIELD(best_worst, best_to_others, VE_T_MAP, .name = "best_to_others", .flags = VE_F_REQUIRED,
             .of = VE_OF_SIBLINGS, .low = 1, .high = 1000,
             .doc = "how many times as important the best is as each other, as a rule from 1 to 9"),
    VE_FIELD(best_worst, others_to_worst, VE_T_MAP, .name = "others_to_worst", .flags = VE_F_REQUIRED,
             .of = VE_OF_SIBLINGS, .low = 1, .high = 1000,
             .doc = "how many times as important each other is as the worst"),
    VE_FIELD(best_worst, form, VE_T_CHOICE, .name = "form", .choices = "linear|minmax",
             .doc = "the linear form, or the first one, with ratios, and the middle of its interval weights"),
};
static const ve_record record = {
    .name = "best_worst",
    .doc = "Best-worst method: the best against all others, all others against the worst.",
    .size = sizeof(best_worst),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example =
        "weights = ve.best_worst { best = \"F1\", worst = \"F3\", best_to_others = { F2 = 2, F3 = 6 }, "
        "others_to_worst = { F1 = 6, F2 = 3 } }",
};

/* ---- what is said ------------------------------------------------------------------------------- */

static ve_code check_itself(const best_worst *own, const ve_subjects *subjects, const ve_services *services) {
    const char *const *id = subjects->id;
    double best = own->best_to_others.v[own->best], worst = own->others_to_worst.v[own->worst];
    if (own->best == own->worst)
        return services->fail(services, VE_E_JUDGEMENT, "worst", "name two different ones",
                              "'%s' is both the best and the worst", id[own->best]);
    if (!isnan(best) && best != 1)
        return services->fail(services, VE_E_JUDGEMENT, "best_to_others", "leave it out, or write 1",
                              "'%s' is the best, and cannot be %.6g times as important as itself",
                              id[own->best], best);
    if (!isnan(worst) && worst != 1)
        return services->fail(services, VE_E_JUDGEMENT, "others_to_worst", "leave it out, or write 1",
                              "'%s' is the worst, and cannot be %.6g times as important as itself",
                              id[own->worst], worst);
    return VE_OK;
}

/* Best against worst stands in both lists; one of them is enough. */
static ve_code find_span(const best_worst *own, const ve_subjects *subjects, const ve_services *services,
                         double *span) {
    const char *const *id = subjects->id;
    double one = own->best_to_others.v[own->worst], other = own->others_to_worst.v[own->best];
    *span = isnan(one) ? other : one;
    if (isnan(*span))
        return services->fail(services, VE_E_JUDGEMENT, "best_to_others", "add it to best_to_others",
                              "nothing says how many times as important '%s' is as '%s'", id[own->best],
                              id[own->worst]);
    if (isnan(other) || other == *span) return VE_OK;
    return services->fail(services, VE_E_JUDGEMENT, "others_to_worst", "write the same number in both",
                          "'%s' is %.6g times as important as '%s' in best_to_others, and %.6g times here",
                          id[own->best], *span, id[own->worst], other);
}

static ve_code check_both(const best_worst *own, size_t k, const ve_subjects *subjects,
                          const ve_services *services) {
    bool from = !isnan(own->best_to_others.v[k]), to = !isnan(own->others_to_worst.v[k]);
    if (from == to) return VE_OK;
    return services->fail(services, VE_E_JUDGEMENT, from ? "others_to_worst" : "best_to_others",
                          "compare each with the best and with the worst",
                          "'%s' is compared with the %s, but not with the %s", subjects->id[k],
                          from ? "best" : "worst", from ? "worst" : "best");
}

/* Room for a case of as many as there are: where each stands, and its two comparisons. */
typedef struct room {
    size_t *at;
    double *from_best, *to_worst, *found;
    double *weight;
    char *note;
} room;

enum { NOTE = 80 };

static ve_code room_new(room *r, size_t count, const ve_services *services) {
    r->at = services->memory(services, count * sizeof *r->at);
    r->from_best = services->memory(services, 3 * count * sizeof *r->from_best);
    r->weight = services->memory(services, count * sizeof *r->weight);
    r->note = services->memory(services, NOTE);
    if (!r->at || !r->from_best || !r->weight || !r->note) return VE_E_MEMORY;
    r->to_worst = r->from_best + count;
    r->found = r->to_worst + count;
    return VE_OK;
}

/* Best first, worst last, those that are left out not at all. */
static ve_code make_case(const best_worst *own, room *r, best_worst_case *c, const ve_subjects *subjects,
                         const ve_services *services) {
    size_t n = 1;
    double span;
    ve_code first = find_span(own, subjects, services, &span);
    for (size_t k = 0; k < subjects->count; k++) {
        if ((int)k == own->best || (int)k == own->worst) continue;
        ve_code code = check_both(own, k, subjects, services);
        if (!first) first = code;
        if (isnan(own->best_to_others.v[k])) continue;
        r->at[n] = k;
        r->from_best[n] = own->best_to_others.v[k];
        r->to_worst[n++] = own->others_to_worst.v[k];
    }
    r->at[0] = (size_t)own->best;
    r->at[n] = (size_t)own->worst;
    r->from_best[0] = r->to_worst[n] = 1;
    r->to_worst[0] = r->from_best[n] = span;
    *c = (best_worst_case){ n + 1, r->from_best, r->to_worst };
    return first;
}

/* ---- weights and consistency -------------------------------------------------------------------- */

/* The greatest xi that best against worst = a can lead to: Rezaei's table for whole numbers up to 9, to its
 * two places; else what the table is made of, xi^2 - (1 + 2 a) xi + a^2 - a = 0. */
static double consistency_index(double a) {
    static const double table[] = { 0, .44, 1.00, 1.63, 2.30, 3.00, 3.73, 4.47, 5.23 };
    if (a == floor(a) && a <= 9) return table[(int)a - 1];
    return 0.5 * (1 + 2 * a - sqrt(8 * a + 1));
}

static ve_code put_minmax(best_worst *own, double xi, double span, const ve_subjects *subjects, char *note,
                          const ve_services *services) {
    const char *const *id = subjects->id;
    snprintf(note, NOTE, "min-max, middle of the intervals: xi %.6g", xi);
    own->consistency_ratio = xi > 0 ? xi / consistency_index(span) : 0;
    if (isfinite(own->consistency_ratio)) return VE_OK;
    return services->fail(services, VE_E_JUDGEMENT, "",
                          "where the best is as important as the worst, all are",
                          "'%s' and '%s' are said to be equally important, but the others are not",
                          id[own->best], id[own->worst]);
}

static ve_code fit(best_worst *own, const best_worst_case *c, room *r, const ve_subjects *subjects,
                   const ve_services *services) {
    double xi;
    ve_code code = VE_OK;
    if (own->form == LINEAR) {
        code = best_worst_linear(c, r->found, &xi, services);
        snprintf(r->note, NOTE, "linear: the ratio is xi");
        own->consistency_ratio = xi;
    } else {
        best_worst_minmax(c, r->found, &xi);
        code = put_minmax(own, xi, c->from_best[c->n - 1], subjects, r->note, services);
    }
    for (size_t i = 0; !code && i < c->n; i++)
        r->weight[r->at[i]] = r->found[i];
    own->note = r->note;
    return code;
}

static ve_code prepare(void *params, const ve_subjects *subjects, const ve_services *services) {
    best_worst *own = params;
    room r;
    best_worst_case c;
    ve_code code = check_itself(own, subjects, services);
    if (!code) code = room_new(&r, subjects->count, services);
    if (!code) code = make_case(own, &r, &c, subjects, services);
    if (code) return code;
    for (size_t k = 0; k < subjects->count; k++)
        r.weight[k] = NAN;
    own->weight = r.weight;
    return fit(own, &c, &r, subjects, services);
}

static ve_code weigh(const void *params, const ve_subjects *subjects, double *weight, ve_judged *judged,
                     const ve_services *services) {
    (void)services;
    const best_worst *own = params;
    for (size_t k = 0; k < subjects->count; k++)
        weight[k] = own->weight[k];
    judged->consistency_ratio = own->consistency_ratio;
    judged->note = own->note;
    return VE_OK;
}

static const ve_judgement_ops ops = {
    .size = sizeof ops,
    .needs = VE_MAY_SKIP,
    .prepare = prepare,
    .weigh = weigh,
};

VE_PLUGIN(judge_best_worst, JUDGEMENT, "best_worst", "1.0",
          "the best against all others, all others against the worst", &record, &ops)

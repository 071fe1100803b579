/* The judgement `parties`: several parties judge, each in its own way, and each has a share in the result.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ve/plugin.h"

typedef struct party {
    const char *name;
    double share;
    ve_word judgement;
} party;

enum { ARITHMETIC, GEOMETRIC };

typedef struct parties {
    ve_rows party;
    int combine;
} parties;

static const ve_field party_fields[] = {
    VE_FIELD(party, name, VE_T_TEXT, .name = "name", .flags = VE_F_REQUIRED, .doc = "who judges"),
    VE_FIELD(party, share, VE_T_NUMBER, .name = "share", .flags = VE_F_REQUIRED, .low = 0, .high = INFINITY,
             .doc = "how much this party counts: the shares are scaled to add up to 1"),
    VE_FIELD(party, judgement, VE_T_WORD, .name = "judgement", .flags = VE_F_REQUIRED,
             .kind = VE_KIND_JUDGEMENT, .doc = "how this party judges; it may leave functions out"),
};
static const ve_record party_record = {
    .name = "party",
    .doc = "One party, its share and its judgement.",
    .size = sizeof(party),
    .fields = party_fields,
    .count = VE_COUNT(party_fields),
};

static const ve_field fields[] = {
    VE_FIELD(parties, party, VE_T_ROWS, .name = "parties", .flags = VE_F_REQUIRED | VE_F_LIST,
             .record = &party_record, .doc = "rows { \"owner\", 0.4, ve.direct { ... } }"),
    VE_FIELD(parties, combine, VE_T_CHOICE, .name = "combine", .choices = "arithmetic|geometric",
             .doc = "the mean taken of the parties' weights"),
};
static const ve_record record = {
    .name = "parties",
    .doc = "Several parties judge, each in its own way; the weights are the mean of theirs, by share.",
    .size = sizeof(parties),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "weights = ve.parties { { \"owner\", 0.4, ve.direct { use = 6, look = 4 } }, "
               "{ \"user\", 0.6, ve.zero_one { order = { \"use\", \"look\" } } } }",
};

static ve_code check_name(const party *row, size_t index, const ve_services *services) {
    for (size_t before = 0; before < index; before++) {
        if (strcmp(row[before].name, row[index].name) != 0) continue;
        char field[32];
        snprintf(field, sizeof field, "[%zu][1]", index + 1);
        return services->fail(services, VE_E_ID_TWICE, field, "give one of them another name",
                              "party '%s' stands there twice", row[index].name);
    }
    return VE_OK;
}

static ve_code prepare(void *params, const ve_subjects *subjects, const ve_services *services) {
    (void)subjects;
    const parties *own = params;
    const party *row = own->party.v;
    double shares = 0;
    ve_code first = VE_OK;
    for (size_t p = 0; p < own->party.count; p++) {
        ve_code code = check_name(row, p, services);
        if (!first) first = code;
        shares += row[p].share;
    }
    if (!first && !(shares > 0))
        first = services->fail(services, VE_E_WEIGHTS, "", "give at least one party a share above zero",
                               "the shares of all parties are zero");
    return first;
}

static size_t parts(const void *params, const ve_word **part, size_t index) {
    const parties *own = params;
    const party *row = own->party.v;
    if (index < own->party.count) *part = &row[index].judgement;
    return own->party.count;
}

/* The mean of one function's weights over the parties that judged it; NaN where none did. The greatest share
 * goes in front, so that no share, however small or large, spoils the mean. */
static double mean_of(const parties *own, const double *part_weight, size_t count, size_t k) {
    const party *row = own->party.v;
    double shares = 0, sum = 0;
    for (size_t p = 0; p < own->party.count; p++) {
        double weight = part_weight[p * count + k], share = row[p].share;
        if (isnan(weight) || share == 0) continue;
        shares += share;
        sum += share * (own->combine == GEOMETRIC ? log(weight) : weight);
    }
    if (shares == 0) return NAN;
    return own->combine == GEOMETRIC ? exp(sum / shares) : sum / shares;
}

/* ---- how far they agree ------------------------------------------------------------------------- */

/* The parties' weights, parties x count; parties without a share do not count. */
typedef struct opinions {
    const party *party;
    size_t parties, count;
    const double *weight;
} opinions;

static double opinion(const opinions *o, size_t p, size_t k) {
    return o->party[p].share > 0 ? o->weight[p * o->count + k] : NAN;
}

/* Greatest less smallest weight of one function; NaN where fewer than two judged it. */
static double spread_of(const opinions *o, size_t k) {
    double low = HUGE_VAL, high = -HUGE_VAL;
    size_t judged = 0;
    for (size_t p = 0; p < o->parties; p++) {
        double weight = opinion(o, p, k);
        if (isnan(weight)) continue;
        low = fmin(low, weight);
        high = fmax(high, weight);
        judged++;
    }
    return judged > 1 ? high - low : NAN;
}

static double spread(const opinions *o) {
    double most = NAN;
    for (size_t k = 0; k < o->count; k++)
        most = fmax(most, spread_of(o, k));
    return most;
}

/* Do all that have a share judge it? */
static bool is_common(const opinions *o, size_t k) {
    for (size_t p = 0; p < o->parties; p++)
        if (o->party[p].share > 0 && isnan(opinion(o, p, k))) return false;
    return true;
}

static bool same(double a, double b) {
    return fabs(a - b) <= 1e-12 * fmax(a, b);
}

/* The rank of a function with one party, among those that all judge, 1 for the greatest weight; equals share
 * the mean of their ranks. *tied gets how many equals there are. */
static double rank_of(const opinions *o, const bool *common, size_t p, size_t k, double *tied) {
    double weight = opinion(o, p, k), above = 0;
    *tied = 0;
    for (size_t l = 0; l < o->count; l++) {
        if (!common[l]) continue;
        bool equal = same(opinion(o, p, l), weight);
        *tied += equal;
        above += !equal && opinion(o, p, l) > weight;
    }
    return above + 0.5 * (*tied + 1);
}

/* 12 S / (m^2 (n^3 - n) - m T): S the squares of the rank sums about their mean, T = sum of t^3 - t over
 * groups of t equals (Kendall and Babington Smith 1939, with Kendall's correction for ties). */
static double concordance(const opinions *o, const bool *common) {
    double m = 0, n = 0, squares = 0, ties = 0;
    for (size_t p = 0; p < o->parties; p++)
        m += o->party[p].share > 0;
    for (size_t k = 0; k < o->count; k++)
        n += common[k];
    for (size_t k = 0; k < o->count; k++) {
        double sum = 0, tied;
        for (size_t p = 0; common[k] && p < o->parties; p++) {
            if (!(o->party[p].share > 0)) continue;
            sum += rank_of(o, common, p, k, &tied) - 0.5 * (n + 1);
            ties += tied * tied - 1;
        }
        squares += sum * sum;
    }
    double most = m * m * (n * n * n - n) - m * ties;
    return m > 1 && n > 1 && most > 0 ? 12 * squares / most : NAN;
}

/* ---- who leaves out what ------------------------------------------------------------------------ */

enum { SENTENCE = 700 };

typedef struct sentence {
    char *text;
    size_t used;
    bool full;
} sentence;

/* Whole words only. */
static void add(sentence *s, const char *link, const char *words) {
    if (s->full || s->used + strlen(link) + strlen(words) + sizeof " ..." > SENTENCE) {
        if (!s->full) snprintf(s->text + s->used, SENTENCE - s->used, " ...");
        s->full = true;
        return;
    }
    s->used += (size_t)snprintf(s->text + s->used, SENTENCE - s->used, "%s%s", link, words);
}

static bool skips(const opinions *o, size_t p) {
    for (size_t k = 0; k < o->count; k++)
        if (o->party[p].share > 0 && isnan(opinion(o, p, k))) return true;
    return false;
}

static void add_party(sentence *s, const opinions *o, size_t p, const ve_subjects *subjects) {
    const char *link = " says nothing about ";
    add(s, s->used ? "; " : "", o->party[p].name);
    for (size_t k = 0; k < o->count; k++) {
        if (!isnan(opinion(o, p, k))) continue;
        add(s, link, subjects->name[k]);
        link = ", ";
    }
}

static ve_code tell_skips(const opinions *o, const ve_subjects *subjects, ve_judged *judged,
                          const ve_services *services) {
    sentence s = { 0 };
    for (size_t p = 0; p < o->parties; p++) {
        if (!skips(o, p)) continue;
        if (!s.text) s.text = services->memory(services, SENTENCE);
        if (!s.text) return VE_E_MEMORY;
        add_party(&s, o, p, subjects);
    }
    if (!s.text) return VE_OK;
    if (!s.full) add(&s, "", ": there the others count for more.");
    judged->warning = VE_W_PARTY_SKIPS;
    judged->warned = s.text;
    return VE_OK;
}

/* ---- together ----------------------------------------------------------------------------------- */

static ve_code compare(const opinions *o, ve_judged *judged, const ve_services *services) {
    bool *common = services->memory(services, o->count * sizeof *common);
    if (!common) return VE_E_MEMORY;
    for (size_t k = 0; k < o->count; k++)
        common[k] = is_common(o, k);
    judged->spread = spread(o);
    judged->kendall_w = concordance(o, common);
    return VE_OK;
}

static ve_code combine(const void *params, const ve_subjects *subjects, const double *part_weight,
                       double *weight, ve_judged *judged, const ve_services *services) {
    const parties *own = params;
    const opinions o = { own->party.v, own->party.count, subjects->count, part_weight };
    for (size_t k = 0; k < subjects->count; k++)
        weight[k] = mean_of(own, part_weight, subjects->count, k);
    judged->note = own->combine == GEOMETRIC ? "geometric mean" : "arithmetic mean";
    ve_code code = compare(&o, judged, services);
    return code ? code : tell_skips(&o, subjects, judged, services);
}

static const ve_judgement_ops ops = {
    .size = sizeof ops,
    .needs = VE_MAY_SKIP,
    .prepare = prepare,
    .parts = parts,
    .combine = combine,
};

VE_PLUGIN(judge_parties, JUDGEMENT, "parties", "1.0", "several parties judge, each with a share", &record,
          &ops)

/* The judgement `zero_four`: of every two functions the more important one gets 4 or 3 of four points, equals
 * get 2. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Relations fill the table by levels: `=` is the same level, `>` one above, `>>` two or more above. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ve/pairs.h"

typedef struct zero_four {
    const ve_value *relations;
    ve_rows pairs;
    /* made by prepare: */
    const double *points; /* per function, NaN for those that are left out */
} zero_four;

static const ve_field pair_fields[] = {
    VE_FIELD(ve_pair, first, VE_T_REF, .name = "first", .flags = VE_F_REQUIRED, .of = VE_OF_SIBLINGS,
             .doc = "one"),
    VE_FIELD(ve_pair, second, VE_T_REF, .name = "second", .flags = VE_F_REQUIRED, .of = VE_OF_SIBLINGS,
             .doc = "another"),
    VE_FIELD(ve_pair, value, VE_T_NUMBER, .name = "points", .flags = VE_F_REQUIRED, .low = 0, .high = 4,
             .doc = "what the first gets of the four points; the second gets the rest"),
};
static const ve_record pair_record = {
    .name = "pair",
    .doc = "How four points are shared between two.",
    .size = sizeof(ve_pair),
    .fields = pair_fields,
    .count = VE_COUNT(pair_fields),
};

static const ve_field fields[] = {
    VE_FIELD(zero_four, relations, VE_T_VALUE, .name = "relations",
             .doc = "texts such as \"F3 >> F4\", \"F3 > F1 > F2\", \"F2 = F5\" that put all in one order"),
    VE_FIELD(zero_four, pairs, VE_T_ROWS, .name = "pairs", .record = &pair_record,
             .doc = "or every pair: { \"F1\", \"F2\", 3 } gives F1 three points and F2 one"),
};
static const ve_record record = {
    .name = "zero_four",
    .doc = "0-4 scoring: four points for every two, 4:0, 3:1, 2:2, 1:3 or 0:4.",
    .size = sizeof(zero_four),
    .fields = fields,
    .count = VE_COUNT(fields),
    .example = "weights = ve.zero_four { relations = { \"use >> look\", \"use > safety\" } }",
};

/* ---- pairs, one by one -------------------------------------------------------------------------- */

static const double *totals(const ve_pairs *table) {
    double *total = table->services->memory(table->services, table->count * sizeof *total);
    for (size_t i = 0; total && i < table->count; i++)
        total[i] = ve_pairs_total(table, i);
    return total;
}

static ve_code read_pairs(zero_four *own, const ve_subjects *subjects, const ve_services *services) {
    ve_pairs table;
    const ve_pair *p = own->pairs.v;
    ve_code first = ve_pairs_new(&table, subjects, services);
    if (first) return first;
    for (size_t row = 0; row < own->pairs.count; row++) {
        ve_code code = ve_pairs_put(&table, "pairs", row, &p[row], 4 - p[row].value);
        if (!first) first = code;
    }
    if (!first) first = ve_pairs_complete(&table, "add the row { first, second, points }");
    own->points = totals(&table);
    return !first && !own->points ? VE_E_MEMORY : first;
}

/* ---- relations: reading them -------------------------------------------------------------------- */

/* upper is `gap` levels above lower: 0, 1, or 2 and more. */
typedef struct relation {
    size_t upper, lower;
    int gap;
    bool turned; /* written with < or << */
    size_t text; /* which of the texts says so */
} relation;

typedef struct sign {
    const char *text;
    int gap;
    bool turned;
} sign;

/* As typed, with full-width and typographic forms; the longer ones first. */
static const sign signs[] = {
    { ">>", 2, false },
    { "\xef\xbc\x9e\xef\xbc\x9e", 2, false },
    { "\xe2\x89\xab", 2, false },
    { "\xe3\x80\x8b", 2, false },
    { "\xc2\xbb", 2, false },
    { ">", 1, false },
    { "\xef\xbc\x9e", 1, false },
    { "==", 0, false },
    { "=", 0, false },
    { "\xef\xbc\x9d", 0, false },
    { "<<", 2, true },
    { "\xef\xbc\x9c\xef\xbc\x9c", 2, true },
    { "\xe2\x89\xaa", 2, true },
    { "\xe3\x80\x8a", 2, true },
    { "\xc2\xab", 2, true },
    { "<", 1, true },
    { "\xef\xbc\x9c", 1, true },
};

typedef struct reading {
    const ve_subjects *subjects;
    const ve_services *services;
    relation *list;
    size_t count;
    size_t text; /* being read */
} reading;

static const sign *sign_at(const char *p) {
    for (size_t i = 0; i < VE_COUNT(signs); i++)
        if (strncmp(p, signs[i].text, strlen(signs[i].text)) == 0) return &signs[i];
    return NULL;
}

static const char *next_sign(const char *p, const sign **found) {
    for (*found = NULL; *p; p++)
        if ((*found = sign_at(p))) return p;
    return p;
}

/* Length of a blank at p, 0 if it is none: space, tab, and the wide space of Chinese text. */
static size_t blank(const char *p, const char *end) {
    if (p < end && (*p == ' ' || *p == '\t')) return 1;
    return end - p >= 3 && memcmp(p, "\xe3\x80\x80", 3) == 0 ? 3 : 0;
}

static void trim(const char **from, const char **to) {
    for (size_t n; (n = blank(*from, *to));)
        *from += n;
    while (*to > *from) {
        if ((*to)[-1] == ' ' || (*to)[-1] == '\t')
            *to -= 1;
        else if (*to - *from >= 3 && memcmp(*to - 3, "\xe3\x80\x80", 3) == 0)
            *to -= 3;
        else
            break;
    }
}

static const char *text_field(const reading *r, char *room, size_t bytes) {
    snprintf(room, bytes, "relations[%zu]", r->text + 1);
    return room;
}

/* The one that was meant, or all that are possible. */
static void hint_ids(const reading *r, const char *name, size_t length, char *room, size_t bytes) {
    const ve_subjects *subjects = r->subjects;
    char text[80];
    snprintf(text, sizeof text, "%.*s", (int)(length < sizeof text ? length : sizeof text - 1), name);
    const char *meant = r->services->nearest(text, subjects->id, subjects->count);
    if (meant) {
        snprintf(room, bytes, "did you mean '%s'?", meant);
        return;
    }
    size_t used = (size_t)snprintf(room, bytes, "those judged here are");
    for (size_t k = 0; k < subjects->count && used + 80 < bytes; k++)
        used += (size_t)snprintf(room + used, bytes - used, "%s %s", k ? "," : "", subjects->id[k]);
}

/* The function named between from and to; -1 and told. */
static int named(const reading *r, const char *from, const char *to) {
    char field[40], hint[240];
    trim(&from, &to);
    size_t length = (size_t)(to - from);
    for (size_t k = 0; k < r->subjects->count; k++)
        if (strlen(r->subjects->id[k]) == length && memcmp(r->subjects->id[k], from, length) == 0)
            return (int)k;
    hint_ids(r, from, length, hint, sizeof hint);
    text_field(r, field, sizeof field);
    if (length == 0)
        r->services->fail(r->services, VE_E_JUDGEMENT, field,
                          "write \"F1 > F2\", \"F1 >> F2\" or \"F1 = F2\"", "an id is missing on one side");
    else
        r->services->fail(r->services, VE_E_REFERENCE, field, hint,
                          "'%.*s' names nothing that is judged here", (int)(length < 200 ? length : 200),
                          from);
    return -1;
}

static ve_code add_relation(reading *r, int left, int right, const sign *s) {
    char field[40];
    if (left == right)
        return r->services->fail(r->services, VE_E_JUDGEMENT, text_field(r, field, sizeof field),
                                 "name two different ones", "'%s' cannot be compared with itself",
                                 r->subjects->id[left]);
    r->list[r->count++] = (relation){ (size_t)(s->turned ? right : left), (size_t)(s->turned ? left : right),
                                      s->gap, s->turned, r->text };
    return VE_OK;
}

/* "F3 > F1 > F2" gives two relations. */
static ve_code read_text(reading *r, const char *text) {
    const sign *s, *next;
    char field[40];
    const char *end = next_sign(text, &s);
    if (!s)
        return r->services->fail(r->services, VE_E_JUDGEMENT, text_field(r, field, sizeof field),
                                 "write \"F1 > F2\", \"F1 >> F2\" or \"F1 = F2\"",
                                 "there is no >, >> or = in it");
    int left = named(r, text, end);
    while (s) {
        const char *from = end + strlen(s->text);
        end = next_sign(from, &next);
        int right = named(r, from, end);
        if (left < 0 || right < 0) return VE_E_JUDGEMENT;
        ve_code code = add_relation(r, left, right, s);
        if (code) return code;
        left = right;
        s = next;
    }
    return VE_OK;
}

static size_t count_signs(const ve_value *texts) {
    size_t count = 0;
    for (size_t i = 0; i < texts->table.count; i++) {
        if (texts->table.items[i].kind != VE_TEXT) continue;
        const sign *s;
        for (const char *p = next_sign(texts->table.items[i].text.bytes, &s); s; p = next_sign(p, &s)) {
            p += strlen(s->text);
            count++;
        }
    }
    return count;
}

static ve_code read_texts(reading *r, const ve_value *texts) {
    char field[40];
    ve_code first = VE_OK;
    for (r->text = 0; r->text < texts->table.count; r->text++) {
        const ve_value *item = &texts->table.items[r->text];
        ve_code code = item->kind == VE_TEXT
                           ? read_text(r, item->text.bytes)
                           : r->services->fail(r->services, VE_E_TYPE, text_field(r, field, sizeof field),
                                               NULL, "a relation must be a text such as \"F1 > F2\"");
        if (!first) first = code;
    }
    return first;
}

/* ---- relations: levels -------------------------------------------------------------------------- */

/* Functions that relations join are of one group; levels count within it. */
typedef struct levels {
    size_t count;
    size_t *group;
    int *level;
    int *lift; /* per group, while groups are moved against each other */
} levels;

static ve_code levels_new(levels *l, size_t count, const ve_services *services) {
    l->count = count;
    l->group = services->memory(services, count * sizeof *l->group);
    l->level = services->memory(services, count * sizeof *l->level);
    l->lift = services->memory(services, count * sizeof *l->lift);
    return l->group && l->level && l->lift ? VE_OK : VE_E_MEMORY;
}

static void levels_start(levels *l) {
    for (size_t i = 0; i < l->count; i++) {
        l->group[i] = i;
        l->level[i] = l->lift[i] = 0;
    }
}

/* Join the groups of the two so that they stand `gap` apart; false if they are joined already and stand
 * otherwise. */
static bool join(levels *l, const relation *r) {
    size_t from = l->group[r->lower], to = l->group[r->upper];
    int is = l->level[r->upper] - l->level[r->lower];
    if (from == to) return r->gap < 2 ? is == r->gap : is >= 2;
    for (size_t i = 0; i < l->count; i++) {
        if (l->group[i] != from) continue;
        l->group[i] = to;
        l->level[i] += is - r->gap;
    }
    return true;
}

/* The first relation that does not fit; NULL if all do. `far` says whether it is about = and >, or about
 * >>. */
static const relation *join_all(levels *l, const relation *list, size_t count, bool far) {
    const relation *misfit = NULL;
    for (size_t i = 0; i < count; i++)
        if ((list[i].gap == 2) == far && !join(l, &list[i]) && !misfit) misfit = &list[i];
    return misfit;
}

/* Lift whole groups until every >> has its two levels; the relation that never gets them, NULL if all do. */
static const relation *lift_groups(levels *l, const relation *list, size_t count) {
    const relation *short_of = NULL;
    for (size_t round = 0; round <= l->count; round++) {
        short_of = NULL;
        for (size_t i = 0; i < count; i++) {
            const relation *r = &list[i];
            if (r->gap < 2) continue;
            size_t up = l->group[r->upper], low = l->group[r->lower];
            int lack = 2 - (l->level[r->upper] + l->lift[up] - l->level[r->lower] - l->lift[low]);
            if (lack <= 0) continue;
            short_of = r;
            if (up != low) l->lift[up] += lack;
        }
        if (!short_of) return NULL;
    }
    return short_of;
}

static const char *sign_words(const relation *r) {
    static const char *const straight[] = { "=", ">", ">>" }, *const turned[] = { "=", "<", "<<" };
    return (r->turned ? turned : straight)[r->gap];
}

static ve_code contradiction(const levels *l, const relation *r, const ve_subjects *subjects,
                             const ve_services *services) {
    char field[40];
    const char *upper = subjects->id[r->upper], *lower = subjects->id[r->lower];
    const char *left = r->turned ? lower : upper, *right = r->turned ? upper : lower;
    int is = l->level[r->upper] - l->level[r->lower];
    bool joined = l->group[r->upper] == l->group[r->lower];
    snprintf(field, sizeof field, "relations[%zu]", r->text + 1);
    const char *hint =
        "= is the same level, > one level, >> two or more; where they make no order, give `pairs`";
    if (joined && is)
        return services->fail(services, VE_E_JUDGEMENT, field, hint,
                              "%s %s %s contradicts the other relations, which put %s %d level%s %s %s", left,
                              sign_words(r), right, upper, is < 0 ? -is : is, is == 1 || is == -1 ? "" : "s",
                              is < 0 ? "below" : "above", lower);
    if (joined)
        return services->fail(services, VE_E_JUDGEMENT, field, hint,
                              "%s %s %s contradicts the other relations, which put both on one level", left,
                              sign_words(r), right);
    return services->fail(services, VE_E_JUDGEMENT, field, hint,
                          "%s %s %s closes a circle: each would be above the other", left, sign_words(r),
                          right);
}

/* `>>` is taken as two levels; only where that does not fit, because other relations put more between, as at
 * least two. */
static const relation *find_levels(levels *l, const reading *r) {
    levels_start(l);
    const relation *misfit = join_all(l, r->list, r->count, false);
    if (misfit || !join_all(l, r->list, r->count, true)) return misfit;
    levels_start(l);
    join_all(l, r->list, r->count, false);
    misfit = lift_groups(l, r->list, r->count);
    if (misfit) return misfit;
    for (size_t i = 0; i < l->count; i++)
        l->level[i] += l->lift[l->group[i]];
    return NULL;
}

static ve_code check_joined(const reading *r, const bool *seen) {
    levels joined;
    ve_code code = levels_new(&joined, r->subjects->count, r->services);
    if (code) return code;
    levels_start(&joined);
    join_all(&joined, r->list, r->count, false);
    join_all(&joined, r->list, r->count, true);
    size_t first = joined.count;
    for (size_t k = 0; k < joined.count; k++) {
        if (!seen[k]) continue;
        if (first == joined.count) first = k;
        if (joined.group[k] == joined.group[first]) continue;
        return r->services->fail(r->services, VE_E_JUDGEMENT, "relations", "add a relation between them",
                                 "nothing tells how '%s' compares with '%s'", r->subjects->id[first],
                                 r->subjects->id[k]);
    }
    return VE_OK;
}

static double points_for(int gap) {
    return gap >= 2 ? 4 : gap == 1 ? 3 : gap == 0 ? 2 : gap == -1 ? 1 : 0;
}

static ve_code fill_table(zero_four *own, const reading *r, const levels *l) {
    ve_pairs table;
    ve_code code = ve_pairs_new(&table, r->subjects, r->services);
    if (code) return code;
    for (size_t i = 0; i < r->count; i++)
        table.seen[r->list[i].upper] = table.seen[r->list[i].lower] = true;
    code = check_joined(r, table.seen);
    for (size_t i = 0; i < l->count; i++)
        for (size_t j = 0; j < l->count; j++)
            table.said[i * l->count + j] = points_for(l->level[i] - l->level[j]);
    own->points = totals(&table);
    return !code && !own->points ? VE_E_MEMORY : code;
}

static ve_code read_relations(zero_four *own, const ve_subjects *subjects, const ve_services *services) {
    if (own->relations->kind != VE_TABLE || own->relations->table.named || own->relations->table.word)
        return services->fail(services, VE_E_TYPE, "relations",
                              "write relations = { \"F3 >> F4\", \"F2 = F5\" }",
                              "relations must be a list of texts");
    reading r = { .subjects = subjects, .services = services };
    r.list = services->memory(services, count_signs(own->relations) * sizeof *r.list);
    levels l;
    if (!r.list) return VE_E_MEMORY;
    ve_code code = read_texts(&r, own->relations);
    if (!code) code = levels_new(&l, subjects->count, services);
    if (code) return code;
    const relation *misfit = find_levels(&l, &r);
    return misfit ? contradiction(&l, misfit, subjects, services) : fill_table(own, &r, &l);
}

/* ---- the judgement ------------------------------------------------------------------------------ */

static ve_code prepare(void *params, const ve_subjects *subjects, const ve_services *services) {
    zero_four *own = params;
    if (own->relations && own->pairs.count)
        return services->fail(services, VE_E_CONFLICT, "pairs", "keep one of them",
                              "both relations and pairs are given");
    if (!own->relations && !own->pairs.count)
        return services->fail(services, VE_E_MISSING_FIELD, "",
                              "write relations = { \"F3 >> F4\", \"F2 = F5\" }",
                              "neither relations nor pairs are given");
    return own->relations ? read_relations(own, subjects, services) : read_pairs(own, subjects, services);
}

static ve_code weigh(const void *params, const ve_subjects *subjects, double *weight, ve_judged *judged,
                     const ve_services *services) {
    (void)judged;
    (void)services;
    const zero_four *own = params;
    for (size_t k = 0; k < subjects->count; k++)
        weight[k] = own->points[k];
    return VE_OK;
}

static const ve_judgement_ops ops = {
    .size = sizeof ops,
    .needs = VE_MAY_SKIP,
    .prepare = prepare,
    .weigh = weigh,
};

VE_PLUGIN(judge_zero_four, JUDGEMENT, "zero_four", "1.0", "0-4 scoring: four points for every two", &record,
          &ops)

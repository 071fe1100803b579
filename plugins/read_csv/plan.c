/* The plan of a file: what each column is read for, found by name.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "csv.h"

typedef struct planner {
    csv_reader *reader;
    csv_plan *plan;
    const ve_services *base;
    bool long_layout;
    const char **spare; /* names of columns that are free; NULL until needed */
    ve_code code;       /* the first one */
} planner;

static ve_code note(planner *p, ve_code code) {
    if (!p->code) p->code = code;
    return code;
}

/* ---- names ----------------------------------------------------------------------------------- */

static const char *option_name(const csv_reader *reader, size_t option) {
    const ve_texts *options = &reader->params->options;
    if (option < options->count && options->v[option]) return options->v[option];
    return reader->want->option[option].id;
}

static size_t put(char *to, size_t used, const char *text, size_t length) {
    if (to) memcpy(to + used, text, length);
    return used + length;
}

/* The pattern with {option} and {function} filled in; to NULL: only its length. */
static size_t fill(char *to, const char *pattern, const char *option, const char *function) {
    static const char option_mark[] = "{option}", function_mark[] = "{function}";
    size_t used = 0;
    for (const char *p = pattern; *p;) {
        if (option && strncmp(p, option_mark, sizeof option_mark - 1) == 0) {
            used = put(to, used, option, strlen(option));
            p += sizeof option_mark - 1;
        } else if (function && strncmp(p, function_mark, sizeof function_mark - 1) == 0) {
            used = put(to, used, function, strlen(function));
            p += sizeof function_mark - 1;
        } else {
            used = put(to, used, p++, 1);
        }
    }
    if (to) to[used] = '\0';
    return used;
}

static char *filled(planner *p, const char *pattern, const char *option, const char *function) {
    char *text = p->base->memory(p->base, fill(NULL, pattern, option, function) + 1);
    if (!text)
        note(p, VE_E_MEMORY);
    else
        fill(text, pattern, option, function);
    return text;
}

/* ---- columns --------------------------------------------------------------------------------- */

/* The nearest name among the columns that are not read for something else. */
static const char *nearest_free(planner *p, const char *name) {
    const csv_header *header = &p->reader->header;
    if (!p->spare) p->spare = p->base->memory(p->base, header->count * sizeof *p->spare);
    if (!p->spare) {
        note(p, VE_E_MEMORY);
        return NULL;
    }
    size_t spares = 0;
    for (size_t i = 0; i < header->count; i++) {
        bool used = false;
        for (size_t u = 0; u < p->plan->uses && !used; u++)
            used = p->plan->use[u].column == i;
        if (!used) p->spare[spares++] = header->name[i];
    }
    return p->reader->services->nearest(name, p->spare, spares);
}

static void hint_columns(planner *p, const char *name, char *room, size_t bytes) {
    const csv_header *header = &p->reader->header;
    const char *near = nearest_free(p, name);
    if (near) {
        snprintf(room, bytes, "did you mean '%s'?", near);
        return;
    }
    if (header->count == 1 && p->reader->params->delimiter) {
        snprintf(room, bytes,
                 "'%s' does not separate the fields of this file; leave `delimiter` out to have it found",
                 p->reader->params->delimiter);
        return;
    }
    size_t used = (size_t)snprintf(room, bytes, "the columns of the file are");
    for (size_t i = 0; i < header->count && used < bytes; i++) {
        int shown = csv_shown(header->name[i], strlen(header->name[i]));
        used += (size_t)snprintf(room + used, bytes - used, "%s %.*s", i ? "," : "", shown, header->name[i]);
    }
}

static ve_code no_column(planner *p, const char *name, const char *purpose) {
    char hint[VE_MESSAGE_BYTES / 2];
    hint_columns(p, name, hint, sizeof hint);
    ve_place at = { p->reader->params->file, 1, 1 };
    return note(
        p, p->base->fail_at(p->base, VE_E_COLUMN, at, hint, "there is no column '%s' (%s)", name, purpose));
}

static ve_code column_twice(planner *p, const char *name, size_t second) {
    csv_faults *faults = &p->reader->faults;
    const char *hint = "give one of them another name";
    for (size_t i = 0; i < faults->count; i++)
        if (faults->list[i].offset == p->reader->header.at[second]) return VE_E_HEADER; /* known already */
    csv_fault_add(faults, p->reader->header.at[second], VE_E_HEADER, hint, "two columns are called '%s'",
                  name);
    return VE_E_HEADER;
}

/* The one column of that name. */
static ve_code find_column(planner *p, const char *name, const char *purpose, size_t *column) {
    const csv_header *header = &p->reader->header;
    size_t found = 0;
    for (size_t i = 0; i < header->count; i++) {
        if (strcmp(header->name[i], name) != 0) continue;
        if (found++) return note(p, column_twice(p, name, i));
        *column = i;
    }
    return found ? VE_OK : no_column(p, name, purpose);
}

static csv_use *add_use(planner *p, csv_use use) {
    csv_plan *plan = p->plan;
    if (plan->uses == plan->room) {
        size_t room = plan->room ? 2 * plan->room : 64;
        csv_use *grown = p->base->memory(p->base, room * sizeof *grown);
        if (!grown) {
            note(p, VE_E_MEMORY);
            return NULL;
        }
        if (plan->uses) memcpy(grown, plan->use, plan->uses * sizeof *grown);
        plan->use = grown;
        plan->room = room;
    }
    plan->use[plan->uses] = use;
    return &plan->use[plan->uses++];
}

static void use_column(planner *p, const char *name, const char *purpose, csv_use use) {
    if (name && !find_column(p, name, purpose, &use.column)) add_use(p, use);
}

/* ---- value functions ------------------------------------------------------------------------- */

static ve_code fail_score(planner *p, ve_code code, size_t leaf, const char *part, const char *hint,
                          const char *message) {
    char field[160];
    snprintf(field, sizeof field, "scores.%s%s", p->reader->want->leaf[leaf].id, part);
    return note(p, p->base->fail(p->base, code, field, hint, "%s", message));
}

static void check_points(planner *p, size_t leaf, const csv_value *value) {
    char part[48];
    for (size_t i = 0; i < value->points; i++) {
        const csv_point *point = &value->point[i];
        snprintf(part, sizeof part, ".points[%zu]", i + 1);
        if (i > 0 && !(point->x > point[-1].x)) {
            fail_score(p, VE_E_RANGE, leaf, part, "list the points from the least figure to the greatest",
                       "the figures of the points must ascend");
            return;
        }
        if (point->y < (isnan(value->low) ? 0 : value->low) || point->y > value->high) {
            fail_score(p, VE_E_RANGE, leaf, part, "scores lie on the model's `scale`",
                       "the score lies outside the scale");
            return;
        }
    }
}

static void check_value(planner *p, size_t leaf, const csv_score *score, const csv_value *value) {
    bool line = !isnan(score->worst) || !isnan(score->best);
    if (line && score->points.source)
        fail_score(p, VE_E_CONFLICT, leaf, ".points", "keep one of them",
                   "`points` and `worst`, `best` exclude each other");
    else if (line && (isnan(score->worst) || isnan(score->best)))
        fail_score(p, VE_E_MISSING_FIELD, leaf, "", "say both: worst = ..., best = ...",
                   isnan(score->best) ? "`best` is missing" : "`worst` is missing");
    else if (line && score->worst == score->best)
        fail_score(p, VE_E_CONFLICT, leaf, ".best", NULL, "`worst` and `best` are the same");
    else if (line && (isnan(value->low) || isnan(value->high)))
        fail_score(p, VE_E_MISSING_FIELD, leaf, "", "add `scale = { 0, 4 }` to the model",
                   "a value function needs the model's scale");
    else if (score->points.source && value->points < 2)
        fail_score(p, VE_E_LIST, leaf, ".points", "write points = { { 0, 4 }, { 30, 0 } }",
                   "at least two points are needed");
    else
        check_points(p, leaf, value);
}

static const csv_value *value_of(planner *p, size_t leaf, const csv_score *score) {
    csv_value *value = p->base->memory(p->base, sizeof *value);
    if (!value) {
        note(p, VE_E_MEMORY);
        return NULL;
    }
    *value = (csv_value){ .plain = true,
                          .worst = NAN,
                          .best = NAN,
                          .low = p->reader->want->scale_low,
                          .high = p->reader->want->scale_high };
    if (!score) return value;
    value->plain = isnan(score->worst) && isnan(score->best) && !score->points.source;
    value->worst = score->worst;
    value->best = score->best;
    value->point = score->points.v;
    value->points = score->points.count;
    if (!value->plain) p->plan->measured = true;
    check_value(p, leaf, score, value);
    return value;
}

double csv_value_apply(const csv_value *value, double x) {
    if (value->plain) return x;
    if (value->points == 0) {
        double t = (x - value->worst) / (value->best - value->worst);
        t = t < 0 ? 0 : t > 1 ? 1 : t;
        double score = value->low + t * (value->high - value->low);
        return score > value->high ? value->high : score;
    }
    const csv_point *p = value->point, *end = p + value->points - 1;
    if (x <= p->x) return p->y;
    while (p < end && x >= p[1].x)
        p++;
    if (p == end) return end->y;
    return p->y + (x - p->x) / (p[1].x - p->x) * (p[1].y - p->y);
}

/* ---- what the model asks for ----------------------------------------------------------------- */

static const csv_score *score_of(const csv_params *params, size_t leaf) {
    if (params->scores.text || !params->scores.given || !params->scores.given[leaf]) return NULL;
    return (const csv_score *)params->scores.v + leaf;
}

static const char *score_pattern(const planner *p, size_t leaf) {
    const csv_params *params = p->reader->params;
    if (params->scores.text) return params->scores.text;
    const csv_score *score = score_of(params, leaf);
    if (score && score->column) return score->column;
    return p->long_layout ? "{function}" : "{option}_{function}";
}

/* One layout names the option in the column, the other in the row. */
static ve_code check_pattern(planner *p, size_t leaf, const char *pattern) {
    char field[160] = "scores";
    bool named = strstr(pattern, "{option}") != NULL;
    if (named != p->long_layout) return VE_OK;
    if (score_of(p->reader->params, leaf))
        snprintf(field, sizeof field, "scores.%s", p->reader->want->leaf[leaf].id);
    if (named)
        return note(p,
                    p->base->fail(
                        p->base, VE_E_CONFLICT, field, "leave {option} out, or leave out `option`",
                        "each row speaks of one option (`option`), so a column cannot be named by {option}"));
    return note(
        p, p->base->fail(p->base, VE_E_CONFLICT, field,
                         "write {option} into it, or name the column that says the option: option = \"...\"",
                         "column '%s' would score every option alike", pattern));
}

static void use_score(planner *p, size_t option, size_t leaf, const char *pattern, const csv_value *value) {
    const ve_survey_want *want = p->reader->want;
    char purpose[192];
    snprintf(purpose, sizeof purpose,
             p->long_layout ? "scores of function '%s'" : "scores of function '%s', option '%s'",
             want->leaf[leaf].id, want->option[option].id);
    use_column(p, filled(p, pattern, option_name(p->reader, option), want->leaf[leaf].id), purpose,
               (csv_use){ .role = CSV_SCORE,
                          .index = option * want->leaves + leaf,
                          .option = p->long_layout ? option : SIZE_MAX,
                          .value = value });
}

static void use_scores(planner *p) {
    const ve_survey_want *want = p->reader->want;
    for (size_t leaf = 0; leaf < want->leaves; leaf++) {
        const char *pattern = score_pattern(p, leaf);
        const csv_value *value = value_of(p, leaf, score_of(p->reader->params, leaf));
        if (!value || check_pattern(p, leaf, pattern)) continue;
        for (size_t option = 0; option < want->options; option++) {
            size_t before = p->reader->faults.count;
            ve_code was = p->code;
            use_score(p, option, leaf, pattern, value);
            /* In the long layout the column is the same for every option: missing, it is told once. */
            if (p->long_layout && (p->code != was || p->reader->faults.count != before)) break;
        }
    }
}

static void use_extra(planner *p, size_t c, bool text, const char *purpose) {
    const ve_survey_want *want = p->reader->want;
    bool named = strstr(want->column[c].pattern, "{option}") != NULL, once = want->column[c].choices > 0;
    for (size_t option = 0; option < want->options; option++) {
        ve_code was = p->code;
        use_column(p, filled(p, want->column[c].pattern, option_name(p->reader, option), NULL), purpose,
                   (csv_use){ .role = CSV_EXTRA,
                              .index = c * want->options + option,
                              .option = p->long_layout && !once ? option : SIZE_MAX,
                              .text = text,
                              .label = want->attributes + c,
                              .choices = want->column[c].choices });
        if (!named && p->code != was) break;
    }
}

static void use_extras(planner *p) {
    const ve_survey_want *want = p->reader->want;
    for (size_t c = 0; c < want->columns; c++) {
        ve_survey_asking asking = want->asking ? want->asking[c] : (ve_survey_asking){ false, NULL };
        use_extra(p, c, asking.text, asking.asker ? asking.asker : "a column that the model asks for");
    }
}

static void use_customer(planner *p) {
    const csv_params *params = p->reader->params;
    const ve_survey_want *want = p->reader->want;
    csv_use every = { .option = SIZE_MAX };
    for (size_t d = 0; d < want->attributes; d++) {
        bool named = d < params->attributes.count && params->attributes.v[d];
        char purpose[128];
        snprintf(purpose, sizeof purpose, "attribute '%s'", want->attribute[d].id);
        every.role = CSV_ATTRIBUTE;
        every.index = d;
        every.label = d;
        every.text = want->attribute[d].text;
        use_column(p, named ? params->attributes.v[d] : want->attribute[d].id, purpose, every);
    }
    every.index = 0;
    every.text = false;
    every.role = CSV_CUSTOMER;
    use_column(p, params->customer, "`customer`", every);
    every.role = CSV_OPTION;
    use_column(p, params->option, "`option`", every);
    every.role = CSV_WEIGHT;
    use_column(p, params->weight, "`weight`", every);
    p->plan->weighted = params->weight != NULL;
}

/* By column; those of one column stay in the order found. */
static int by_column(const void *a, const void *b) {
    const csv_use *x = a, *y = b;
    if (x->column != y->column) return x->column < y->column ? -1 : 1;
    if (x->role != y->role) return x->role < y->role ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static void set_scale(csv_plan *plan, const ve_survey_want *want) {
    double low = isnan(want->scale_low) ? 0 : want->scale_low;
    double high = isnan(want->scale_high) ? CSV_NUMBER_MOST : want->scale_high;
    plan->score_low = low;
    plan->score_high = high;
    plan->small_low = low <= 0 ? 0 : low < UINT16_MAX ? (unsigned)ceil(low) : UINT16_MAX;
    plan->small_high = high < 0 ? 0 : high < UINT16_MAX ? (unsigned)floor(high) : UINT16_MAX;
    if (high < 0) plan->small_low = 1; /* no small score fits */
}

static ve_code check_options(planner *p) {
    const csv_reader *reader = p->reader;
    for (size_t i = 0; i < reader->want->options; i++)
        for (size_t k = i + 1; k < reader->want->options; k++)
            if (strcmp(option_name(reader, i), option_name(reader, k)) == 0)
                return note(p, p->base->fail(p->base, VE_E_CONFLICT, "options",
                                             "every option has a value of its own",
                                             "options '%s' and '%s' are both called '%s' in the data",
                                             reader->want->option[i].id, reader->want->option[k].id,
                                             option_name(reader, i)));
    return VE_OK;
}

ve_code csv_plan_make(csv_reader *reader) {
    planner p = { .reader = reader,
                  .plan = &reader->plan,
                  .base = reader->services->base,
                  .long_layout = reader->params->option != NULL };
    if (p.long_layout && !reader->params->customer)
        note(&p, p.base->fail(p.base, VE_E_MISSING_FIELD, "option",
                              "name the column that says whose answer a row is: customer = \"...\"",
                              "a row for each customer and option needs `customer` as well"));
    check_options(&p);
    use_customer(&p);
    use_scores(&p);
    use_extras(&p);
    if (p.code) return p.code;
    if (reader->plan.uses) qsort(reader->plan.use, reader->plan.uses, sizeof *reader->plan.use, by_column);
    set_scale(&reader->plan, reader->want);
    csv_step *step = p.base->memory(p.base, (2 * reader->plan.uses + 1) * sizeof *step);
    if (!step) return VE_E_MEMORY;
    if (!p.long_layout) csv_plan_steps(reader, step);
    return VE_OK;
}

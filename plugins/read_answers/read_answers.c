/* The survey source `answers`: customers' answers written in the model itself.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ve/plugin.h"
#include "ve/print.h"

typedef struct answers_params {
    const ve_value *rows; /* the word itself: its list part */
    int missing;          /* missing_error, missing_skip */
} answers_params;

enum { MISSING_ERROR, MISSING_SKIP };
enum { PATH_ROOM = 256, FAULTS_MOST = 20 };

static const ve_field fields[] = {
    VE_FIELD(answers_params, rows, VE_T_VALUE, .name = "rows", .flags = VE_F_LIST | VE_F_REQUIRED,
             .choices = "a list of customers { income = 1200, A = { layout = 3, ... }, B = { ... } }",
             .doc = "the customers: attributes, `weight` if they do not count alike, and for each option its "
                    "scores, by "
                    "function or as a list in their order"),
    VE_FIELD(answers_params, missing, VE_T_CHOICE, .name = "missing", .choices = "error|skip",
             .doc = "what to do with customers who left an answer out: stop, or leave them out"),
};
static const ve_record record = { .name = "answers",
                                  .doc = "customers' answers, written in the model",
                                  .size = sizeof(answers_params),
                                  .fields = fields,
                                  .count = VE_COUNT(fields),
                                  .example = "survey = ve.answers { { income = 1200, A = { layout = 3 }, "
                                             "B = { layout = 2 } } }" };

/* One customer under way. */
typedef struct reading {
    const answers_params *params;
    const ve_survey_want *want;
    const ve_survey_services *services;
    const ve_services *base;
    ve_sink *sink;
    double *attribute, *score, *column, weight;
    char path[PATH_ROOM]; /* of the value under way: [3].A.layout */
    bool gap, bad;
    double skipped;
    size_t faults;
    ve_code code; /* the first fault's */
} reading;

/* ---- paths and faults ------------------------------------------------------------------------ */

/* Add a step to the path; what it was before is cut off again with path_end. */
static size_t path_step(reading *r, const char *name, size_t index) {
    size_t used = strlen(r->path);
    if (name)
        snprintf(r->path + used, PATH_ROOM - used, ".%s", name);
    else
        snprintf(r->path + used, PATH_ROOM - used, "[%zu]", index + 1);
    return used;
}

static void path_end(reading *r, size_t used) {
    r->path[used] = '\0';
}

static void fault(reading *r, ve_code code, const char *hint, const char *message) {
    r->bad = true;
    if (!r->code) r->code = code;
    if (r->faults++ < FAULTS_MOST) r->base->fail(r->base, code, r->path, hint, "%s", message);
}

static void fault_missing(reading *r, const char *what, const char *name) {
    char message[PATH_ROOM + 64];
    r->gap = true;
    if (r->params->missing == MISSING_SKIP) return;
    snprintf(message, sizeof message, "%s '%s' is missing", what, name);
    fault(r, VE_E_GAP, NULL, message);
}

/* ---- values ---------------------------------------------------------------------------------- */

static const ve_value *field_of(const ve_value *table, const char *name) {
    for (size_t i = 0; i < table->table.named; i++)
        if (strcmp(table->table.fields[i].name, name) == 0) return &table->table.fields[i].value;
    return NULL;
}

static bool is_table(const ve_value *value) {
    return value && value->kind == VE_TABLE && !value->table.word;
}

/* A number; NAN and a fault where it is none. */
static double number_of(reading *r, const ve_value *value) {
    if (value->kind == VE_NUMBER) return value->number;
    fault(r, VE_E_NUMBER, NULL, "a number is wanted here");
    return NAN;
}

static double score_of(reading *r, const ve_value *value) {
    double x = number_of(r, value), low = r->want->scale_low, high = r->want->scale_high;
    char message[128];
    if (isnan(x)) return x;
    if (x >= (isnan(low) ? 0 : low) && !(x > high)) return x;
    if (isnan(low))
        snprintf(message, sizeof message, "the score %.10g is negative", x);
    else if (isnan(high))
        snprintf(message, sizeof message, "the score %.10g is below the scale, which begins at %.10g", x,
                 low);
    else
        snprintf(message, sizeof message, "the score %.10g is outside the scale %.10g to %.10g", x, low,
                 high);
    fault(r, VE_E_SCORE, NULL, message);
    return NAN;
}

/* ---- an option's answers --------------------------------------------------------------------- */

/* A function without a score, and the name in the table that may be meant for it. */
static void fault_no_score(reading *r, const ve_value *scores, const char *id) {
    char hint[128] = "", message[160];
    r->gap = true;
    if (r->params->missing == MISSING_SKIP) return;
    for (size_t i = 0; i < scores->table.named && !hint[0]; i++) {
        const char *name = scores->table.fields[i].name;
        if (r->services->nearest(name, &id, 1)) snprintf(hint, sizeof hint, "is '%.60s' meant for it?", name);
    }
    snprintf(message, sizeof message, "the score of function '%s' is missing", id);
    fault(r, VE_E_GAP, hint[0] ? hint : NULL, message);
}

static void take_named(reading *r, const ve_value *scores, double *out) {
    const ve_survey_want *want = r->want;
    for (size_t k = 0; k < want->leaves; k++) {
        const char *id = want->leaf[k].id;
        const ve_value *value = field_of(scores, id);
        if (!value) {
            fault_no_score(r, scores, id);
            continue;
        }
        size_t used = path_step(r, id, 0);
        out[k] = score_of(r, value);
        path_end(r, used);
    }
}

static void take_list(reading *r, const ve_value *scores, double *out) {
    char message[128];
    const ve_survey_want *want = r->want;
    if (scores->table.count != want->leaves) {
        snprintf(message, sizeof message, "%zu scores for %zu functions", scores->table.count, want->leaves);
        fault(r, VE_E_LIST, "one score for each function without parts, in their order", message);
        return;
    }
    for (size_t k = 0; k < want->leaves; k++) {
        size_t used = path_step(r, NULL, k);
        out[k] = score_of(r, &scores->table.items[k]);
        path_end(r, used);
    }
}

static void take_option(reading *r, const ve_value *row, size_t option) {
    const char *id = r->want->option[option].id;
    const ve_value *scores = field_of(row, id);
    if (!scores) {
        fault_missing(r, "option", id);
        return;
    }
    size_t used = path_step(r, id, 0);
    if (!is_table(scores))
        fault(r, VE_E_TYPE, NULL,
              "the scores of an option are a table, by function or as a list in their order");
    else if (scores->table.count > 0)
        take_list(r, scores, r->score + option * r->want->leaves);
    else
        take_named(r, scores, r->score + option * r->want->leaves);
    path_end(r, used);
}

static void fault_choice(reading *r, int choices, double x) {
    char message[128];
    snprintf(message, sizeof message, "the answer %.10g is not among 1 to %d", x, choices);
    fault(r, VE_E_CHOICE_NUMBER, NULL, message);
}

/* ---- columns --------------------------------------------------------------------------------- */

/* The number of a text; NAN and a fault where there is none. */
static double label_of(reading *r, size_t d, const ve_value *value) {
    if (value->kind != VE_TEXT) {
        fault(r, VE_E_TYPE, "write it in quotes", "a text is wanted here");
        return NAN;
    }
    double number = r->sink->label(r->sink, d, value->text.bytes, value->text.length);
    if (!(number >= 0)) r->bad = true, r->code = VE_E_ATTRIBUTE; /* the model's texts may all stand here */
    return number;
}

/* A column of texts may hold numbers that are names. */
static double name_of(reading *r, size_t which, const ve_value *value) {
    char room[VE_PRINT_ROOM];
    if (value->kind != VE_NUMBER) return label_of(r, which, value);
    double number = r->sink->label(r->sink, which, room, ve_print_exact(value->number, room));
    if (!(number >= 0)) r->bad = true, r->code = VE_E_ATTRIBUTE;
    return number;
}

/* A wanted column is a field of the customer, or of each option's table. */
static void take_column(reading *r, const ve_value *row, const ve_value *owner, const char *name, size_t c,
                        double *out) {
    bool text = r->want->asking && r->want->asking[c].text;
    const ve_value *value = owner ? field_of(owner, name) : NULL;
    bool own = value != NULL;
    if (!value) value = field_of(row, name);
    if (!value) {
        fault_missing(r, "the figure", name);
        return;
    }
    size_t used = own ? strlen(r->path) : path_step(r, name, 0);
    const int choices = r->want->column[c].choices;
    *out = text ? name_of(r, r->want->attributes + c, value) : number_of(r, value);
    bool fits = choices == 0 || isnan(*out) || (*out >= 1 && *out <= choices && *out == (int)*out);
    if (!fits) fault_choice(r, choices, *out);
    path_end(r, used);
}

static void fill_option(const char *pattern, const char *option, char room[PATH_ROOM]) {
    static const char mark[] = "{option}";
    size_t used = 0;
    while (*pattern && used + 1 < PATH_ROOM) {
        if (strncmp(pattern, mark, sizeof mark - 1) == 0) {
            int more = snprintf(room + used, PATH_ROOM - used, "%s", option);
            used += more > 0 ? (size_t)more : 0;
            pattern += sizeof mark - 1;
        } else {
            room[used++] = *pattern++;
        }
    }
    room[used < PATH_ROOM ? used : PATH_ROOM - 1] = '\0';
}

static void take_columns(reading *r, const ve_value *row) {
    const ve_survey_want *want = r->want;
    char name[PATH_ROOM];
    for (size_t c = 0; c < want->columns; c++)
        for (size_t i = 0; i < want->options; i++) {
            const ve_value *owner = field_of(row, want->option[i].id);
            fill_option(want->column[c].pattern, want->option[i].id, name);
            size_t used = strlen(r->path);
            bool own = is_table(owner) && want->column[c].choices == 0 && field_of(owner, name);
            if (own) {
                path_step(r, want->option[i].id, 0);
                path_step(r, name, 0);
            }
            take_column(r, row, own ? owner : NULL, name, c, &r->column[c * want->options + i]);
            path_end(r, used);
        }
}

/* ---- customers ------------------------------------------------------------------------------- */

static void fault_text(reading *r, const char *id) {
    char hint[160];
    snprintf(hint, sizeof hint, "if it is meant to be a text, write attributes = { %.64s = \"text\" }", id);
    fault(r, VE_E_NUMBER, hint, "a number is wanted here");
}

static void take_attributes(reading *r, const ve_value *row) {
    for (size_t d = 0; d < r->want->attributes; d++) {
        const char *id = r->want->attribute[d].id;
        const ve_value *value = field_of(row, id);
        if (!value) {
            fault_missing(r, "attribute", id);
            continue;
        }
        size_t used = path_step(r, id, 0);
        if (r->want->attribute[d].text)
            r->attribute[d] = label_of(r, d, value);
        else if (value->kind == VE_TEXT)
            fault_text(r, id);
        else
            r->attribute[d] = number_of(r, value);
        path_end(r, used);
    }
}

/* Is it an attribute, an option or a wanted column? */
static bool is_wanted(const reading *r, const char *name) {
    char filled[PATH_ROOM];
    for (size_t d = 0; d < r->want->attributes; d++)
        if (strcmp(name, r->want->attribute[d].id) == 0) return true;
    for (size_t i = 0; i < r->want->options; i++) {
        if (strcmp(name, r->want->option[i].id) == 0) return true;
        for (size_t c = 0; c < r->want->columns; c++) {
            fill_option(r->want->column[c].pattern, r->want->option[i].id, filled);
            if (strcmp(name, filled) == 0) return true;
        }
    }
    return false;
}

static void take_weight(reading *r, const ve_value *row) {
    const ve_value *value = field_of(row, "weight");
    r->weight = 1;
    if (!value) return;
    size_t used = path_step(r, "weight", 0);
    r->weight = number_of(r, value);
    if (r->weight < 0) fault(r, VE_E_WEIGHT, NULL, "the weight is negative");
    path_end(r, used);
}

/* A weight that is misspelt would go unnoticed: every other field is needed, or of no use. */
static void check_weight_name(reading *r, const ve_value *row) {
    const char *weight = "weight";
    if (field_of(row, weight)) return;
    for (size_t i = 0; i < row->table.named; i++) {
        const char *name = row->table.fields[i].name;
        if (is_wanted(r, name) || !r->services->nearest(name, &weight, 1)) continue;
        size_t used = path_step(r, name, 0);
        fault(r, VE_E_UNKNOWN_FIELD, "did you mean 'weight'?", "the model asks for no such field");
        path_end(r, used);
    }
}

static void take_row(reading *r, const ve_value *row) {
    if (!is_table(row)) {
        fault(r, VE_E_TYPE, NULL, "a customer is a table: { income = 1200, A = { ... }, B = { ... } }");
        return;
    }
    take_attributes(r, row);
    take_weight(r, row);
    check_weight_name(r, row);
    for (size_t i = 0; i < r->want->options; i++)
        take_option(r, row, i);
    take_columns(r, row);
}

static ve_code hand_on(reading *r) {
    ve_customers customers = { .rows = 1,
                               .attribute = r->attribute,
                               .weight = r->weight == 1 ? NULL : &r->weight,
                               .score = r->score,
                               .column = r->column };
    return r->sink->add(r->sink, 0, &customers);
}

static ve_code read_rows(reading *r) {
    const ve_value *rows = r->params->rows;
    for (size_t i = 0; i < rows->table.count; i++) {
        r->gap = r->bad = false;
        r->path[0] = '\0';
        path_step(r, NULL, i);
        take_row(r, &rows->table.items[i]);
        if (r->gap) r->skipped++;
        if (r->code || r->gap || r->bad) continue;
        ve_code code = hand_on(r);
        if (code) return code;
    }
    r->sink->skip(r->sink, r->skipped);
    return r->code;
}

static ve_code read_answers(const void *params, const ve_survey_want *want, ve_sink *sink,
                            const ve_survey_services *services) {
    reading r = {
        .params = params, .want = want, .services = services, .base = services->base, .sink = sink
    };
    const ve_services *base = services->base;
    r.attribute = base->memory(base, (want->attributes + 1) * sizeof *r.attribute);
    r.score = base->memory(base, want->options * want->leaves * sizeof *r.score);
    r.column = base->memory(base, (want->columns * want->options + 1) * sizeof *r.column);
    if (!r.attribute || !r.score || !r.column) return VE_E_MEMORY;
    if (!r.params->rows || r.params->rows->kind != VE_TABLE || r.params->rows->table.count == 0)
        return base->fail(base, VE_E_NO_ROWS, "", "write a table for each customer",
                          "the survey has no customers");
    ve_code code = sink->open(sink, 1);
    return code ? code : read_rows(&r);
}

static const ve_survey_ops ops = { sizeof ops, read_answers };

VE_PLUGIN(read_answers, SURVEY, "answers", "1.0", "customers' answers, written in the model", &record, &ops)

/* The command `kano`: how customers feel about each function, and what follows from it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Classes, better and worse come from the evaluation; this adds how sure they are. */
#include "study_kano.h"
#include "ve/share.h"

#include <math.h>
#include <string.h>

static const char *const word[] = {
#define KANO_WORD(name, word, letter) word,
    VE_KANO_CLASSES(KANO_WORD)
#undef KANO_WORD
};

const ve_outcome_kano *kano_of_all(const kano_view *v, size_t function) {
    return &v->alike->kano[function];
}

const ve_outcome_kano *kano_of(const kano_view *v, size_t option, size_t function) {
    return &v->own->kano[option * v->outline->functions + function];
}

bool kano_depends_on_target(const kano_view *v, size_t function) {
    const double *all = kano_of_all(v, function)->share;
    for (size_t i = 0; i < v->outline->options; i++)
        if (memcmp(kano_of(v, i, function)->share, all, VE_KANO_COUNT * sizeof *all) != 0) return true;
    return false;
}

/* ---- how sure ------------------------------------------------------------------------------------------ */

bool kano_is_bimodal(const kano_view *v, const ve_outcome_kano *k) {
    return !k->significant && k->share[k->category] >= v->params->divided &&
           k->share[k->second] >= v->params->divided;
}

/* Of a share of the replies that count. */
static double error_of(const ve_outcome_kano *k, double share) {
    return ve_share_error(fabs(share), k->counted);
}

static double strength(const ve_outcome_kano *k) {
    return k->share[VE_KANO_MUST_BE] + k->share[VE_KANO_ONE_DIMENSIONAL] + k->share[VE_KANO_ATTRACTIVE];
}

/* ---- tables -------------------------------------------------------------------------------------------- */

static const ve_column function_column[] = {
    { "function", "", 0, VE_COLUMN_HIDDEN },
    { "name", "Function", 0, 0 },
    { "must_be", "M", 1, 0 },
    { "one_dimensional", "O", 1, 0 },
    { "attractive", "A", 1, 0 },
    { "indifferent", "I", 1, 0 },
    { "reverse", "R", 1, 0 },
    { "questionable", "Q", 1, 0 },
    { "category", "Class", 0, 0 },
    { "strength", "Strength", 0, VE_COLUMN_PERCENT },
    { "better", "Better", 2, 0 },
    { "better_error", "+-", 2, 0 },
    { "worse", "Worse", 2, 0 },
    { "worse_error", "+-", 2, 0 },
    { "category_strength", "Lead", 0, VE_COLUMN_PERCENT | VE_COLUMN_HIDDEN },
    { "significant", "", 0, VE_COLUMN_HIDDEN },
    { "bimodal", "", 0, VE_COLUMN_HIDDEN },
    { "replies", "", 0, VE_COLUMN_HIDDEN },
};

static void put_kano(const kano_view *v, const ve_outcome_kano *k, double times, ve_cell *cell) {
    for (int c = 0; c < VE_KANO_COUNT; c++)
        cell[c] = VE_CELL_OF_NUMBER(times * k->share[c]);
    cell[6] = VE_CELL_OF_TEXT(word[k->category]);
    cell[7] = VE_CELL_OF_NUMBER(strength(k));
    cell[8] = VE_CELL_OF_NUMBER(k->better);
    cell[9] = VE_CELL_OF_NUMBER(error_of(k, k->better));
    cell[10] = VE_CELL_OF_NUMBER(k->worse);
    cell[11] = VE_CELL_OF_NUMBER(error_of(k, k->worse));
    cell[12] = VE_CELL_OF_NUMBER(k->share[k->category] - k->share[k->second]);
    cell[13] = VE_CELL_OF_BOOLEAN(k->significant);
    cell[14] = VE_CELL_OF_BOOLEAN(kano_is_bimodal(v, k));
    cell[15] = VE_CELL_OF_NUMBER(k->replies);
}

static void table_functions(const kano_view *v) {
    int table = v->s->table(v->s, "functions", "Replies by class, and what they mean", 0, function_column,
                            VE_COUNT(function_column));
    for (size_t n = 0; table >= 0 && n < v->outline->functions; n++) {
        if (!v->outline->function[n].kano) continue;
        ve_cell *cell = v->s->row(v->s, table);
        cell[0] = VE_CELL_OF_TEXT(v->outline->function[n].id);
        cell[1] = VE_CELL_OF_TEXT(v->outline->function[n].name);
        put_kano(v, kano_of_all(v, n), kano_of_all(v, n)->replies, cell + 2);
    }
}

static const ve_column option_column[] = {
    { "option", "", 0, VE_COLUMN_HIDDEN },
    { "option_name", "Customers of", 0, 0 },
    { "function", "", 0, VE_COLUMN_HIDDEN },
    { "name", "Function", 0, 0 },
    { "must_be", "M", 0, VE_COLUMN_PERCENT },
    { "one_dimensional", "O", 0, VE_COLUMN_PERCENT },
    { "attractive", "A", 0, VE_COLUMN_PERCENT },
    { "indifferent", "I", 0, VE_COLUMN_PERCENT },
    { "reverse", "R", 0, VE_COLUMN_PERCENT },
    { "questionable", "Q", 0, VE_COLUMN_PERCENT },
    { "category", "Class", 0, 0 },
    { "strength", "Strength", 0, VE_COLUMN_PERCENT | VE_COLUMN_HIDDEN },
    { "better", "Better", 2, 0 },
    { "better_error", "+-", 2, 0 },
    { "worse", "Worse", 2, 0 },
    { "worse_error", "+-", 2, 0 },
    { "category_strength", "", 0, VE_COLUMN_HIDDEN },
    { "significant", "", 0, VE_COLUMN_HIDDEN },
    { "bimodal", "", 0, VE_COLUMN_HIDDEN },
    { "replies", "", 0, VE_COLUMN_HIDDEN },
};

static bool any_depends(const kano_view *v) {
    for (size_t n = 0; n < v->outline->functions; n++)
        if (v->outline->function[n].kano && kano_depends_on_target(v, n)) return true;
    return false;
}

static void table_options(const kano_view *v) {
    const ve_outline *o = v->outline;
    if (!any_depends(v)) return;
    int table = v->s->table(v->s, "options", "The same among the customers that each option is meant for", 0,
                            option_column, VE_COUNT(option_column));
    for (size_t c = 0; table >= 0 && c < o->functions * o->options; c++) {
        size_t n = c / o->options, i = c % o->options;
        if (!o->function[n].kano || !kano_depends_on_target(v, n)) continue;
        ve_cell *cell = v->s->row(v->s, table);
        cell[0] = VE_CELL_OF_TEXT(o->option[i].id);
        cell[1] = VE_CELL_OF_TEXT(o->option[i].name);
        cell[2] = VE_CELL_OF_TEXT(o->function[n].id);
        cell[3] = VE_CELL_OF_TEXT(o->function[n].name);
        put_kano(v, kano_of(v, i, n), 1, cell + 4);
    }
}

/* ---- the study ----------------------------------------------------------------------------------------- */

static ve_code nobody_asked(const ve_study_services *s) {
    return s->base->fail(
        s->base, VE_E_MISSING_FIELD, "",
        "write kano = { A = 9, O = 10, M = 1, I = 2, R = 3 } in a function, or the survey columns: "
        "kano = { functional = \"...\", dysfunctional = \"...\" }",
        "no function of the model has `kano`");
}

static ve_code study(const void *params, const ve_study_services *s) {
    kano_view v = { .s = s, .outline = s->outline, .params = params };
    if (!s->outline->kano_note) return nobody_asked(s);
    ve_code code = s->evaluate(s, &(ve_assumptions){ .positioned = false }, &v.alike);
    if (!code) code = s->evaluate(s, &(ve_assumptions){ .positioned = true }, &v.own);
    if (code) return code;
    kano_say(&v);
    table_functions(&v);
    table_options(&v);
    kano_warn(&v);
    return VE_OK;
}

static const ve_field fields[] = {
    VE_FIELD(kano_params, divided, VE_T_NUMBER, .name = "divided", .flags = VE_F_EXACT, .low = 0, .high = 0.5,
             .doc =
                 "two classes divide the customers where each has this share of the replies and Fong's test "
                 "does not tell them apart"),
    VE_FIELD(kano_params, few, VE_T_NUMBER, .name = "few", .flags = VE_F_EXACT, .low = 0, .high = INFINITY,
             .doc = "a class that fewer customers stand behind is warned of"),
};
static const kano_params defaults = { .divided = 0.25, .few = 20 };
static const ve_record record = {
    .name = "kano",
    .doc = "How customers feel about each function.",
    .size = sizeof(kano_params),
    .defaults = &defaults,
    .fields = fields,
    .count = VE_COUNT(fields),
};
static const ve_study_ops ops = { .size = sizeof ops, .study = study };

VE_PLUGIN(study_kano, STUDY, "kano", "1.0",
          "how customers feel with and without each function: Kano's classes", &record, &ops)

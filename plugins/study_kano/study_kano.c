/* The command `kano`: how customers feel about each function, and what follows from it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Classes, better and worse come from the evaluation; this adds how sure they are. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ve/plugin.h"

/* Two classes with so much each, which their difference does not tell apart, are two kinds of customers. */
#define BIMODAL 0.25
#define FONG 1.65 /* 90 % two-sided */
enum { FEW = 20 };

typedef struct kano_view {
    const ve_study_services *s;
    const ve_outline *outline;
    const ve_outcome *alike; /* all customers alike */
    const ve_outcome *own;   /* by target */
} kano_view;

static const char *const word[] = {
#define KANO_WORD(name, word, letter) word,
    VE_KANO_CLASSES(KANO_WORD)
#undef KANO_WORD
};

/* For people: "must-be". */
static const char *const called[] = { "must-be",     "one-dimensional", "attractive",
                                      "indifferent", "reverse",         "questionable" };

/* ---- how sure ------------------------------------------------------------------------------------------ */

static int second_class(const ve_outcome_kano *k) {
    int second = -1;
    for (int c = 0; c < VE_KANO_COUNT; c++)
        if (c != (int)k->category && (second < 0 || k->share[c] > k->share[second])) second = c;
    return second;
}

/* Fong's test: the two most frequent classes differ by more than chance. */
static bool is_significant(const ve_outcome_kano *k) {
    double n = k->replies, a = n * k->share[k->category], b = n * k->share[second_class(k)];
    return n > 0 && fabs(a - b) >= FONG * sqrt((a + b) * (2 * n - a - b) / (2 * n));
}

static bool is_bimodal(const ve_outcome_kano *k) {
    return !is_significant(k) && k->share[second_class(k)] >= BIMODAL;
}

/* Standard error of a share of the replies that count; two replies for and two against are added, so that few
 * replies of one mind do not look certain (Agresti and Coull 1998). */
static double error_of(const ve_outcome_kano *k, double share) {
    double valid = k->share[VE_KANO_MUST_BE] + k->share[VE_KANO_ONE_DIMENSIONAL] +
                   k->share[VE_KANO_ATTRACTIVE] + k->share[VE_KANO_INDIFFERENT];
    double n = k->replies * valid + 4, p = (fabs(share) * (n - 4) + 2) / n;
    return n > 4 ? sqrt(p * (1 - p) / n) : NAN;
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

static void put_kano(const ve_outcome_kano *k, double times, ve_cell *cell) {
    for (int c = 0; c < VE_KANO_COUNT; c++)
        cell[c] = VE_CELL_OF_NUMBER(times * k->share[c]);
    cell[6] = VE_CELL_OF_TEXT(word[k->category]);
    cell[7] = VE_CELL_OF_NUMBER(strength(k));
    cell[8] = VE_CELL_OF_NUMBER(k->better);
    cell[9] = VE_CELL_OF_NUMBER(error_of(k, k->better));
    cell[10] = VE_CELL_OF_NUMBER(k->worse);
    cell[11] = VE_CELL_OF_NUMBER(error_of(k, k->worse));
    cell[12] = VE_CELL_OF_NUMBER(k->share[k->category] - k->share[second_class(k)]);
    cell[13] = VE_CELL_OF_BOOLEAN(is_significant(k));
    cell[14] = VE_CELL_OF_BOOLEAN(is_bimodal(k));
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
        put_kano(&v->alike->kano[n], v->alike->kano[n].replies, cell + 2);
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

/* Counts that the model gives are the same for everybody. */
static bool depends_on_target(const kano_view *v, size_t n) {
    for (size_t i = 0; i < v->outline->options; i++)
        if (memcmp(v->own->kano[i * v->outline->functions + n].share, v->alike->kano[n].share,
                   sizeof v->alike->kano[n].share) != 0)
            return true;
    return false;
}

static bool any_depends(const kano_view *v) {
    for (size_t n = 0; n < v->outline->functions; n++)
        if (v->outline->function[n].kano && depends_on_target(v, n)) return true;
    return false;
}

static void table_options(const kano_view *v) {
    const ve_outline *o = v->outline;
    if (!any_depends(v)) return;
    int table = v->s->table(v->s, "options", "The same among the customers that each option is meant for", 0,
                            option_column, VE_COUNT(option_column));
    for (size_t c = 0; table >= 0 && c < o->functions * o->options; c++) {
        size_t n = c / o->options, i = c % o->options;
        if (!o->function[n].kano || !depends_on_target(v, n)) continue;
        ve_cell *cell = v->s->row(v->s, table);
        cell[0] = VE_CELL_OF_TEXT(o->option[i].id);
        cell[1] = VE_CELL_OF_TEXT(o->option[i].name);
        cell[2] = VE_CELL_OF_TEXT(o->function[n].id);
        cell[3] = VE_CELL_OF_TEXT(o->function[n].name);
        put_kano(&v->own->kano[i * o->functions + n], 1, cell + 4);
    }
}

/* ---- words --------------------------------------------------------------------------------------------- */

static bool is_of(const kano_view *v, size_t n, int class) {
    return v->outline->function[n].kano && (int)v->alike->kano[n].category == class;
}

/* "A, B and C" of the functions in a class; "" where there is none. */
static const char *functions_of(const kano_view *v, int class) {
    size_t bytes = 1, count = 0, done = 0, used = 0;
    for (size_t n = 0; n < v->outline->functions; n++)
        if (is_of(v, n, class)) bytes += strlen(v->outline->function[n].name) + sizeof " and ", count++;
    char *text = v->s->base->memory(v->s->base, bytes);
    for (size_t n = 0; text && n < v->outline->functions; n++) {
        if (!is_of(v, n, class)) continue;
        const char *join = done == 0 ? "" : done + 1 == count ? " and " : ", ";
        used += (size_t)snprintf(text + used, bytes - used, "%s%s", join, v->outline->function[n].name);
        done++;
    }
    return text ? text : "";
}

static void say_class(const kano_view *v, int class, const char *meaning) {
    const char *names = functions_of(v, class);
    if (*names)
        v->s->say(v->s, "%c%s: %s. %s", called[class][0] - 'a' + 'A', called[class] + 1, names, meaning);
}

static void say_use(const kano_view *v) {
    static const char *const use[] = {
#define KANO_USE(name, word, doc) doc,
        VE_KANO_USES(KANO_USE)
#undef KANO_USE
    };
    v->s->say(v->s, "In this model, %s.", use[v->outline->kano_use]);
    v->s->say(v->s, "Here %s.", v->outline->kano_note);
}

static void say(const kano_view *v) {
    say_class(v, VE_KANO_MUST_BE, "Without them customers leave; more than enough of them wins nobody.");
    say_class(v, VE_KANO_ONE_DIMENSIONAL, "The more, the better: here products are compared.");
    say_class(v, VE_KANO_ATTRACTIVE, "Nobody misses them, and they delight: here a product can stand out.");
    say_class(v, VE_KANO_INDIFFERENT, "Customers do not care: look for savings here.");
    say_class(v, VE_KANO_REVERSE, "Customers would rather be without them.");
    say_class(v, VE_KANO_QUESTIONABLE,
              "The answers contradict themselves: look at how the questions were put.");
    say_use(v);
}

/* ---- warnings ------------------------------------------------------------------------------------------ */

static void warn_function(const kano_view *v, size_t n) {
    const ve_outcome_kano *k = &v->alike->kano[n];
    const char *name = v->outline->function[n].name, *other = called[second_class(k)];
    if (is_bimodal(k))
        v->s->warn(v->s, VE_W_KANO_TWO, NULL, "%s divides the customers: %.0f %% %s, %.0f %% %s.", name,
                   100 * k->share[k->category], called[k->category], 100 * k->share[second_class(k)], other);
    else if (!is_significant(k))
        v->s->warn(
            v->s, VE_W_KANO_UNSURE, NULL,
            "The class of %s is not certain: %s leads %s by less than chance may do (Fong's test, 90 %%).",
            name, called[k->category], other);
}

/* The fewest customers behind any class. */
static void warn_few(const kano_view *v) {
    double fewest = INFINITY;
    size_t least = 0;
    for (size_t n = 0; n < v->outline->functions; n++)
        if (v->outline->function[n].kano && v->alike->kano[n].replies < fewest)
            fewest = v->alike->kano[n].replies, least = n;
    if (fewest < FEW)
        v->s->warn(v->s, VE_W_KANO_FEW, NULL, "Only %.0f customers stand behind the class of %s.", fewest,
                   v->outline->function[least].name);
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
    (void)params;
    kano_view v = { .s = s, .outline = s->outline };
    if (!s->outline->kano_note) return nobody_asked(s);
    ve_code code = s->evaluate(s, &(ve_assumptions){ .positioned = false }, &v.alike);
    if (!code) code = s->evaluate(s, &(ve_assumptions){ .positioned = true }, &v.own);
    if (code) return code;
    say(&v);
    table_functions(&v);
    table_options(&v);
    for (size_t n = 0; n < s->outline->functions; n++)
        if (s->outline->function[n].kano) warn_function(&v, n);
    warn_few(&v);
    return VE_OK;
}

static const ve_record record = {
    .name = "kano",
    .doc = "How customers feel about each function.",
    .size = sizeof(int),
};
static const ve_study_ops ops = { .size = sizeof ops, .study = study };

VE_PLUGIN(study_kano, STUDY, "kano", "1.0",
          "how customers feel with and without each function: Kano's classes", &record, &ops)

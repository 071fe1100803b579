/* What the study says in sentences: which functions belong to which class, what is done with it, and where to
 * be careful. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "study_kano.h"
#include "ve/words.h"

/* For people: "must-be". */
static const char *const called[] = { "must-be",     "one-dimensional", "attractive",
                                      "indifferent", "reverse",         "questionable" };

/* "A, B and C"; fails silently: the text is then "". */
static const char *joined(const kano_view *v, const char *const *name, size_t count) {
    const char *text = name ? ve_words_join(v->s->base, name, count, SIZE_MAX) : NULL;
    return text ? text : "";
}

static const char **names_make(const kano_view *v, size_t count) {
    return v->s->base->memory(v->s->base, count * sizeof(const char *));
}

/* ---- what each class holds ----------------------------------------------------------------------------- */

static bool is_of(const kano_view *v, size_t n, int class) {
    return v->outline->function[n].kano && (int)kano_of_all(v, n)->category == class;
}

/* "" where there is none. */
static const char *functions_of(const kano_view *v, int class) {
    const char **name = names_make(v, v->outline->functions);
    size_t count = 0;
    for (size_t n = 0; name && n < v->outline->functions; n++)
        if (is_of(v, n, class)) name[count++] = v->outline->function[n].name;
    return joined(v, name, count);
}

static void say_class(const kano_view *v, int class, const char *meaning) {
    const char *functions = functions_of(v, class);
    if (*functions)
        v->s->say(v->s, "%c%s: %s. %s", called[class][0] - 'a' + 'A', called[class] + 1, functions, meaning);
}

static void say_classes(const kano_view *v) {
    say_class(v, VE_KANO_MUST_BE, "Without them customers leave; more than enough of them wins nobody.");
    say_class(v, VE_KANO_ONE_DIMENSIONAL, "The more, the better: here products are compared.");
    say_class(v, VE_KANO_ATTRACTIVE, "Nobody misses them, and they delight: here a product can stand out.");
    say_class(v, VE_KANO_INDIFFERENT, "Customers do not care: look for savings here.");
    say_class(v, VE_KANO_REVERSE, "Customers would rather be without them.");
    say_class(v, VE_KANO_QUESTIONABLE,
              "The answers contradict themselves: look at how the questions were put.");
}

/* ---- by target ----------------------------------------------------------------------------------------- */

static bool feels(const kano_view *v, size_t i, size_t n, int class) {
    return (int)kano_of(v, i, n)->category == class;
}

static const char *options_of(const kano_view *v, size_t n, int class) {
    const char **name = names_make(v, v->outline->options);
    size_t count = 0;
    for (size_t i = 0; name && i < v->outline->options; i++)
        if (feels(v, i, n, class)) name[count++] = v->outline->option[i].name;
    return joined(v, name, count);
}

static bool all_feel_alike(const kano_view *v, size_t n) {
    for (size_t i = 1; i < v->outline->options; i++)
        if (!feels(v, i, n, (int)kano_of(v, 0, n)->category)) return false;
    return true;
}

/* "A seat: must-be to the customers of Comfort, indifferent to those of Plain." */
static void say_target(const kano_view *v, size_t n) {
    const char *part[VE_KANO_COUNT];
    size_t bytes = 1, used = 0;
    for (int c = 0; c < VE_KANO_COUNT; c++) {
        part[c] = options_of(v, n, c);
        bytes += *part[c] ? strlen(part[c]) + sizeof ", one-dimensional to the customers of " : 0;
    }
    char *text = v->s->base->memory(v->s->base, bytes);
    for (int c = 0; text && c < VE_KANO_COUNT; c++)
        if (*part[c])
            used += (size_t)snprintf(text + used, bytes - used, "%s%s to %s of %s", used ? ", " : "",
                                     called[c], used ? "those" : "the customers", part[c]);
    if (text) v->s->say(v->s, "%s: %s.", v->outline->function[n].name, text);
}

static void say_targets(const kano_view *v) {
    for (size_t n = 0; n < v->outline->functions; n++)
        if (v->outline->function[n].kano && !all_feel_alike(v, n)) say_target(v, n);
}

void kano_say(const kano_view *v) {
    say_classes(v);
    say_targets(v);
    v->s->say(v->s, "In this model, %s.", v->outline->kano_effect);
    v->s->say(v->s, "Here %s.", v->outline->kano_note);
}

/* ---- warnings ------------------------------------------------------------------------------------------ */

static void warn_function(const kano_view *v, size_t n) {
    const ve_outcome_kano *k = kano_of_all(v, n);
    const char *name = v->outline->function[n].name, *other = called[k->second];
    if (kano_is_bimodal(v, k))
        v->s->warn(v->s, VE_W_KANO_TWO, NULL, "%s divides the customers: %.0f %% %s, %.0f %% %s.", name,
                   100 * k->share[k->category], called[k->category], 100 * k->share[k->second], other);
    else if (!k->significant)
        v->s->warn(
            v->s, VE_W_KANO_UNSURE, NULL,
            "The class of %s is not certain: %s and %s differ by less than chance may do (Fong's test, "
            "90 %%).",
            name, called[k->category], other);
}

/* The fewest customers behind any class, all alike or those of an option. */
static void warn_few(const kano_view *v) {
    const ve_outcome_kano *fewest = NULL;
    size_t function = 0, option = SIZE_MAX;
    for (size_t n = 0; n < v->outline->functions; n++) {
        if (!v->outline->function[n].kano) continue;
        size_t options = kano_depends_on_target(v, n) ? v->outline->options : 0;
        for (size_t i = 0; i <= options; i++) {
            const ve_outcome_kano *k = i < options ? kano_of(v, i, n) : kano_of_all(v, n);
            if (fewest && k->replies >= fewest->replies) continue;
            fewest = k;
            function = n;
            option = i < options ? i : SIZE_MAX;
        }
    }
    if (!fewest || fewest->replies >= v->params->few) return;
    const char *name = v->outline->function[function].name;
    if (option == SIZE_MAX)
        v->s->warn(v->s, VE_W_KANO_FEW, NULL, "Only %.3g customers stand behind the class of %s.",
                   fewest->replies, name);
    else
        v->s->warn(v->s, VE_W_KANO_FEW, NULL, "Only %.3g customers of %s stand behind the class of %s.",
                   fewest->replies, v->outline->option[option].name, name);
}

void kano_warn(const kano_view *v) {
    for (size_t n = 0; n < v->outline->functions; n++)
        if (v->outline->function[n].kano) warn_function(v, n);
    warn_few(v);
}

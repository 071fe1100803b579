/* Figures and lists as people write them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "study_run.h"

void *study_run_take(const run_view *view, size_t count, size_t size) {
    void *made = view->services->base->memory(view->services->base, count * size);
    if (!made) *view->failed = true;
    return made;
}

void study_run_pair(double a, double b, int digits, char first[VE_WORDS_ROOM], char second[VE_WORDS_ROOM]) {
    char one[VE_PRINT_ROOM], two[VE_PRINT_ROOM];
    do {
        ve_print_fixed(a, digits, one);
        ve_print_fixed(b, digits, two);
    } while (strcmp(one, two) == 0 && a != b && ++digits <= 9);
    snprintf(first, VE_WORDS_ROOM, "%s", one);
    snprintf(second, VE_WORDS_ROOM, "%s", two);
}

const char *study_run_ratio(double ratio, const char *of, char room[VE_WORDS_ROOM]) {
    char share[VE_WORDS_ROOM], digits[VE_PRINT_ROOM];
    if (fabs(ratio - 1) < 5e-5)
        snprintf(room, VE_WORDS_ROOM, "the same %s", of);
    else if (ratio >= 2) {
        ve_print_fixed(ratio, ratio < 10 ? 1 : 0, digits);
        snprintf(room, VE_WORDS_ROOM, "%s times the %s", digits, of);
    } else {
        ve_words_percent(fabs(ratio - 1), share);
        snprintf(room, VE_WORDS_ROOM, "%.20s %s %s", share, ratio > 1 ? "more" : "less", of);
    }
    return room;
}

const char *study_run_join(const run_view *view, const char *const *name, size_t count) {
    const char *text = ve_words_join(view->services->base, name, count, VE_WORDS_SHOWN);
    if (!text) *view->failed = true;
    return text ? text : "";
}

double study_run_value(const ve_outcome *outcome, int option) {
    return option >= 0 ? outcome->option[option].value_index : NAN;
}

double study_run_minimum(const run_view *view, size_t option, size_t node) {
    const ve_outline_function *function = &view->outline->function[node];
    bool kano = function->kano && isnan(function->minimum);
    return kano ? view->outcome->kano[option * view->outline->functions + node].minimum : function->minimum;
}

int study_run_failed_gate(const run_view *view, size_t option) {
    const ve_outline *outline = view->outline;
    int worst = -1;
    double most = 0;
    for (size_t n = 0; n < outline->functions; n++) {
        double missing =
            study_run_minimum(view, option, n) - view->node_score[option * outline->functions + n];
        if (missing > most) {
            most = missing;
            worst = (int)n;
        }
    }
    return worst;
}

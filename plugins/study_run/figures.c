/* Figures and lists as people write them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "study_run.h"
#include "ve/print.h"

void *study_run_take(const run_view *view, size_t count, size_t size) {
    void *made = view->services->base->memory(view->services->base, count * size);
    if (!made) *view->failed = true;
    return made;
}

const char *study_run_percent(double share, char room[RUN_ROOM]) {
    double p = 100 * fabs(share);
    char digits[VE_PRINT_ROOM];
    if (p < 0.005) {
        snprintf(room, RUN_ROOM, "less than 0.01 %%");
        return room;
    }
    ve_print_fixed(100 * share, p >= 9.95 ? 0 : p >= 0.995 ? 1 : 2, digits);
    snprintf(room, RUN_ROOM, "%s %%", digits);
    return room;
}

const char *study_run_figure(double x, char room[RUN_ROOM]) {
    char digits[VE_PRINT_ROOM];
    double rounded = x;
    if (fabs(x) < 1000) {
        snprintf(digits, sizeof digits, "%.4g", x);
        ve_print_point(digits);
        snprintf(room, RUN_ROOM, "%s", digits);
        return room;
    }
    if (fabs(x) < 1e15) rounded = round(x);
    ve_print_fixed(rounded, fabs(x) < 1e15 ? 0 : VE_PRINT_FREE, digits);
    snprintf(room, RUN_ROOM, "%s", digits);
    return room;
}

void study_run_pair(double a, double b, int digits, char first[RUN_ROOM], char second[RUN_ROOM]) {
    char one[VE_PRINT_ROOM], two[VE_PRINT_ROOM];
    do {
        ve_print_fixed(a, digits, one);
        ve_print_fixed(b, digits, two);
    } while (strcmp(one, two) == 0 && a != b && ++digits <= 9);
    snprintf(first, RUN_ROOM, "%s", one);
    snprintf(second, RUN_ROOM, "%s", two);
}

const char *study_run_ratio(double ratio, const char *of, char room[RUN_ROOM]) {
    char share[RUN_ROOM], digits[VE_PRINT_ROOM];
    if (fabs(ratio - 1) < 5e-5)
        snprintf(room, RUN_ROOM, "the same %s", of);
    else if (ratio >= 2) {
        ve_print_fixed(ratio, ratio < 10 ? 1 : 0, digits);
        snprintf(room, RUN_ROOM, "%s times the %s", digits, of);
    } else {
        study_run_percent(fabs(ratio - 1), share);
        snprintf(room, RUN_ROOM, "%.20s %s %s", share, ratio > 1 ? "more" : "less", of);
    }
    return room;
}

static size_t joined_length(const char *const *name, size_t shown) {
    size_t bytes = 32;
    for (size_t i = 0; i < shown; i++)
        bytes += strlen(name[i]) + 8;
    return bytes;
}

const char *study_run_join(const run_view *view, const char *const *name, size_t count) {
    size_t shown = count > RUN_SHOWN + 1 ? RUN_SHOWN : count, used = 0;
    size_t room = joined_length(name, shown);
    char *text = study_run_take(view, room, 1);
    if (!text) return "";
    text[0] = '\0';
    for (size_t i = 0; i < shown; i++) {
        const char *link = i == 0 ? "" : i + 1 == count ? " and " : ", ";
        used += (size_t)snprintf(text + used, room - used, "%s%s", link, name[i]);
    }
    if (shown < count) snprintf(text + used, room - used, " and %zu more", count - shown);
    return text;
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

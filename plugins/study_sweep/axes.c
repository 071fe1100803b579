/* Reading --vary PATH=FROM:TO:STEP.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "study_sweep.h"
#include "ve/print.h"

static const char *const hint = "write --vary options.A.target.mean=3000:12000:500";

static ve_code wrong(const sweep_view *v, const char *message, const char *text, size_t length) {
    return v->s->base->fail(v->s->base, VE_E_ARGUMENT, "vary", hint, "'%.*s' %s", (int)length, text, message);
}

/* A number up to ':' or the end; false where there is none. */
static bool number(const char **at, const char *end, double *out) {
    size_t length = 0;
    while (*at + length < end && (*at)[length] != ':')
        length++;
    if (!ve_print_read(*at, length, out)) return false;
    *at += length;
    if (*at < end) ++*at;
    return true;
}

static ve_code count_values(const sweep_view *v, sweep_axis *axis, const char *text, size_t length) {
    if (!(axis->step > 0)) return wrong(v, "has a step that is not above 0", text, length);
    if (axis->from > axis->to)
        return wrong(v, "goes from the greater number to the smaller one", text, length);
    double count = floor((axis->to - axis->from) / axis->step * (1 + 1e-12) + 1e-9) + 1;
    if (!(count <= SWEEP_POINTS_MOST)) return wrong(v, "has more than a million values", text, length);
    axis->count = (size_t)count;
    return VE_OK;
}

static ve_code read_axis(sweep_view *v, const char *text, size_t length, sweep_axis *axis) {
    const char *equals = memchr(text, '=', length), *end = text + length;
    if (!equals || equals == text) return wrong(v, "does not say from where to where", text, length);
    const char *at = equals + 1;
    if (!number(&at, end, &axis->from) || !number(&at, end, &axis->to) || !number(&at, end, &axis->step) ||
        at != end)
        return wrong(v, "is not PATH=FROM:TO:STEP", text, length);
    size_t path = (size_t)(equals - text);
    char *kept = v->s->base->memory(v->s->base, path + 1);
    if (!kept) return VE_E_MEMORY;
    memcpy(kept, text, path);
    axis->path = kept;
    ve_code code = count_values(v, axis, text, length);
    return code ? code : v->s->input(v->s, "vary", axis->path, &axis->input);
}

ve_code sweep_read_axes(sweep_view *v, const char *text) {
    while (*text) {
        size_t length = strcspn(text, "\n");
        if (v->axes == SWEEP_PATHS)
            return v->s->base->fail(v->s->base, VE_E_ARGUMENT, "vary", "keep two of them",
                                    "at most two numbers can be varied at once");
        ve_code code = read_axis(v, text, length, &v->axis[v->axes]);
        if (code) return code;
        v->axes++;
        text += length + (text[length] == '\n');
    }
    if (v->axes == 2 && v->axis[0].input == v->axis[1].input)
        return v->s->base->fail(v->s->base, VE_E_ARGUMENT, "vary", "vary two different ones",
                                "the same number is varied twice");
    if (v->axes == 2 && v->axis[0].count > SWEEP_POINTS_MOST / v->axis[1].count)
        return v->s->base->fail(v->s->base, VE_E_ARGUMENT, "vary", "take larger steps",
                                "the grid has %.0f points, and a million is the most",
                                (double)v->axis[0].count * (double)v->axis[1].count);
    return VE_OK;
}

double sweep_value(const sweep_axis *axis, size_t i) {
    return i + 1 == axis->count && fabs(axis->from + (double)i * axis->step - axis->to) < 1e-9 * axis->step
               ? axis->to
               : axis->from + (double)i * axis->step;
}

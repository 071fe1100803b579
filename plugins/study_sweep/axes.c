/* Reading --vary PATH=FROM:TO:STEP or PATH=FROM:TO/COUNT.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "study_sweep.h"
#include "ve/print.h"

static const char *const hint = "write --vary options.A.target.mean=3000:12000:500";

static ve_code wrong(const sweep_view *v, const char *message, const char *text, size_t length) {
    return v->s->base->fail(v->s->base, VE_E_ARGUMENT, "vary", hint, "'%.*s' %s", (int)length, text, message);
}

/* A number up to one of the marks or the end; *mark: which, 0 at the end. False where there is none. */
static bool number(const char **at, const char *end, char *mark, double *out) {
    size_t length = 0;
    while (*at + length < end && (*at)[length] != ':' && (*at)[length] != '/')
        length++;
    if (!ve_print_read(*at, length, out)) return false;
    *at += length;
    *mark = '\0';
    if (*at < end) *mark = *(*at)++;
    return true;
}

static ve_code count_steps(const sweep_view *v, sweep_axis *axis, double step, const char *text,
                           size_t length) {
    if (!(step > 0)) return wrong(v, "has a step that is not above 0", text, length);
    double count = floor((axis->to - axis->from) / step * (1 + 1e-12) + 1e-9) + 1;
    if (!(count <= SWEEP_POINTS_MOST)) return wrong(v, "has more than a million values", text, length);
    axis->count = (size_t)count;
    axis->step = step;
    return VE_OK;
}

static ve_code take_count(const sweep_view *v, sweep_axis *axis, double count, const char *text,
                          size_t length) {
    if (!(count >= 2 && count == floor(count)))
        return wrong(v, "has a count that is no whole number from 2 on", text, length);
    if (!(count <= SWEEP_POINTS_MOST)) return wrong(v, "has more than a million values", text, length);
    axis->count = axis->from < axis->to ? (size_t)count : 1;
    axis->step = (axis->to - axis->from) / (count - 1);
    return VE_OK;
}

/* What stands behind '='. */
static ve_code read_range(const sweep_view *v, sweep_axis *axis, const char *at, const char *text,
                          size_t length) {
    const char *end = text + length;
    char first, second, third;
    double last;
    if (!number(&at, end, &first, &axis->from) || first != ':' || !number(&at, end, &second, &axis->to) ||
        !second || !number(&at, end, &third, &last) || third)
        return wrong(v, "is not PATH=FROM:TO:STEP", text, length);
    if (!ve_number_fits(axis->from) || !ve_number_fits(axis->to))
        return wrong(v, "has an end that is neither 0 nor between 1e-12 and 1e15 in size", text, length);
    if (axis->from > axis->to)
        return wrong(v, "goes from the greater number to the smaller one", text, length);
    return second == ':' ? count_steps(v, axis, last, text, length) : take_count(v, axis, last, text, length);
}

/* Nothing else has a result. */
static ve_code check_whole(sweep_view *v, sweep_axis *axis, const char *text, size_t length) {
    const ve_input *list;
    size_t count;
    ve_code code = v->s->inputs(v->s, &list, &count);
    if (code) return code;
    axis->whole = list[axis->input].whole;
    if (!axis->whole || (axis->from == floor(axis->from) && axis->step == floor(axis->step))) return VE_OK;
    return v->s->base->fail(v->s->base, VE_E_ARGUMENT, "vary", "begin and step with whole numbers",
                            "'%.*s' varies a number that must be whole", (int)length, text);
}

static ve_code read_axis(sweep_view *v, const char *text, size_t length, sweep_axis *axis) {
    size_t path = length;
    while (path > 0 && text[path] != '=') /* the last one: a label may hold others */
        path--;
    if (path == 0) return wrong(v, "does not say from where to where", text, length);
    ve_code code = read_range(v, axis, text + path + 1, text, length);
    if (code) return code;
    char *kept = v->s->base->memory(v->s->base, path + 1);
    if (!kept) return VE_E_MEMORY;
    memcpy(kept, text, path);
    axis->path = kept;
    code = v->s->input(v->s, "vary", axis->path, &axis->input);
    return code ? code : check_whole(v, axis, text, length);
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
    double value = axis->from + (double)i * axis->step;
    return i + 1 == axis->count && fabs(value - axis->to) < 1e-9 * axis->step ? axis->to : value;
}

double sweep_place(const sweep_axis *axis, double x) {
    return axis->whole ? round(x) : x;
}

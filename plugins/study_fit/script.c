/* Targets as text to paste into a model, and as a file that a model includes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "study_fit.h"
#include "ve/print.h"

const char *fit_text(fit_view *v, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = length < 0 ? NULL : v->services->base->memory(v->services->base, (size_t)length + 1);
    if (!text) return v->failed = true, "";
    va_start(args, format);
    vsnprintf(text, (size_t)length + 1, format, args);
    va_end(args);
    return text;
}

/* ---- numbers ------------------------------------------------------------------------------------------- */

static int places_for(double x, int digits) {
    return x > 0 ? digits - 1 - (int)floor(log10(x)) : 0;
}

const char *fit_number(double value, double error, char room[FIT_ROOM]) {
    int places = VE_PRINT_FREE;
    if (isfinite(error) && error > 0) {
        places = places_for(error, 2);
        if (places < places_for(fabs(value), 3)) places = places_for(fabs(value), 3);
        places = places < 0 ? 0 : places > 20 ? 20 : places;
    }
    ve_print_fixed(value, places, room);
    return room;
}

const char *fit_error(double error, char room[FIT_ROOM]) {
    int places = places_for(error, 2);
    ve_print_fixed(error, places < 0 ? 0 : places, room);
    return room;
}

/* ---- for people ---------------------------------------------------------------------------------------- */

/* "7.7 (15 %), 39.3 (85 %)" */
static const char *shown_mixture(fit_view *v, const fit_found *f) {
    char one[FIT_ROOM], two[FIT_ROOM];
    return fit_text(v, "%s (%.0f %%), %s (%.0f %%)", fit_number(f->value[1], f->error[1], one),
                    100 * f->value[0], fit_number(f->value[3], f->error[3], two), 100 - 100 * f->value[0]);
}

const char *fit_shown(fit_view *v, const fit_found *f) {
    const fit_shape *shape = fit_shapes[f->shape];
    char value[FIT_ROOM], error[FIT_ROOM];
    const char *text = "";
    if (f->shape == FIT_mixture) return shown_mixture(v, f);
    for (size_t i = 0; i < shape->count; i++) {
        bool known = isfinite(f->error[i]) && f->error[i] > 0;
        text = fit_text(v, "%s%s%s %s", text, i ? ", " : "", shape->parameter[i],
                        fit_number(f->value[i], f->error[i], value));
        if (known && shape->count < 3) text = fit_text(v, "%s ± %s", text, fit_error(f->error[i], error));
    }
    return text;
}

/* ---- words of the model -------------------------------------------------------------------------------- */

/* The word says of which attribute it speaks where there are several. */
static const char *by_text(fit_view *v) {
    if (v->outline->attributes < 2) return "";
    return fit_text(v, "by = \"%s\", ", v->outline->attribute[v->attribute].id);
}

const char *fit_bell_text(fit_view *v, double mean, double mean_error, double sd, double sd_error) {
    char m[FIT_ROOM], s[FIT_ROOM];
    const char *id = v->outline->attribute[v->attribute].id;
    fit_number(mean, mean_error, m);
    fit_number(sd, sd_error, s);
    if (v->outline->attributes < 2) return fit_text(v, "ve.normal { mean = %s, sd = %s }", m, s);
    return fit_text(v, "ve.normal { mean = { [\"%s\"] = %s }, sd = { [\"%s\"] = %s } }", id, m, id, s);
}

static const char *mixture_text(fit_view *v, const fit_found *f) {
    char share[FIT_ROOM], rest[FIT_ROOM];
    fit_number(f->value[0], f->error[0], share);
    fit_number(1 - f->value[0], f->error[0], rest);
    return fit_text(v, "ve.mixture { parts = { { %s, share = %s }, { %s, share = %s } } }",
                    fit_bell_text(v, f->value[1], f->error[1], f->value[2], f->error[2]), share,
                    fit_bell_text(v, f->value[3], f->error[3], f->value[4], f->error[4]), rest);
}

enum { POINTS_MOST = 99 };

/* The points themselves where they are few, else quantiles: the shape is the same to the eye. */
static const char *kernel_text(fit_view *v, const fit_sample *s, const fit_found *f) {
    char *list = v->services->base->memory(v->services->base, POINTS_MOST * (VE_PRINT_ROOM + 2) + 1);
    char room[VE_PRINT_ROOM];
    if (!list) return v->failed = true, "";
    bool all = s->customers <= POINTS_MOST && s->customers == s->effective;
    size_t used = 0, count = all ? (size_t)s->customers : POINTS_MOST;
    for (size_t i = 0; i < count; i++) {
        ve_print_exact(fit_quantile(s, ((double)i + 0.5) / (double)count), room);
        used += (size_t)snprintf(list + used, VE_PRINT_ROOM + 2, "%s%s", i ? ", " : "", room);
    }
    ve_print_fixed(f->value[0], VE_PRINT_FREE, room);
    return fit_text(v, "ve.kernel { %spoints = { %s }, bandwidth = %s }", by_text(v), list, room);
}

const char *fit_shape_text(fit_view *v, const fit_sample *sample, const fit_found *f) {
    const fit_shape *shape = fit_shapes[f->shape];
    char room[FIT_ROOM];
    const char *fields = "";
    if (f->shape == FIT_normal) return fit_bell_text(v, f->value[0], f->error[0], f->value[1], f->error[1]);
    if (f->shape == FIT_mixture) return mixture_text(v, f);
    if (f->shape == FIT_kernel) return kernel_text(v, sample, f);
    bool corners = f->shape == FIT_triangular || f->shape == FIT_trapezoid || f->shape == FIT_uniform;
    for (size_t i = 0; i < shape->count; i++)
        fields = fit_text(v, "%s%s%s = %s", fields, i ? ", " : "", shape->parameter[i],
                          fit_number(f->value[i], corners ? NAN : f->error[i], room));
    return fit_text(v, "ve.%s { %s%s }", shape->name, by_text(v), fields);
}

/* ---- a file to include --------------------------------------------------------------------------------- */

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static const char *entry(fit_view *v, const fit_group *g) {
    char customers[VE_PRINT_ROOM];
    if (!g->text) return fit_text(v, "  -- [\"%s\"]: none, %s\n", g->id, g->why);
    ve_print_fixed(g->sample.customers, VE_PRINT_FREE, customers);
    return fit_text(v, "  [\"%s\"] = %s, -- %s customers\n", g->id, g->text, customers);
}

bool fit_has_target(const fit_view *v) {
    if (v->method == FIT_BY_CUSTOMERS) return v->all.text != NULL;
    for (size_t i = 0; i < v->outline->options; i++)
        if (v->option[i].text) return true;
    return false;
}

ve_code fit_write(fit_view *v) {
    const char *path = v->params->write, *entries = "";
    if (!path || !fit_has_target(v)) return VE_OK;
    if (v->method == FIT_BY_CUSTOMERS)
        entries = entry(v, &v->all);
    else
        for (size_t i = 0; i < v->outline->options; i++)
            entries = fit_text(v, "%s%s", entries, entry(v, &v->option[i]));
    const char *first = v->method == FIT_BY_CUSTOMERS ? v->all.id : v->outline->option[0].id;
    const char *text = fit_text(v,
                                "-- Targets estimated from the survey by `vescore fit`, of attribute %s.\n"
                                "-- In a model beside this file:\n"
                                "--   local targets = ve.include \"%s\"\n"
                                "--   ... target = targets[\"%s\"]\n"
                                "return {\n%s}\n",
                                v->outline->attribute[v->attribute].id, base_name(path), first, entries);
    return v->failed ? VE_E_MEMORY : v->services->write(v->services, "write", path, text);
}

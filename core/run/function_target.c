/* The word that stands for a Lua function as a target: a distribution which asks the model's own function.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/errors.h"
#include "run/session.h"

typedef struct function_params {
    ve_session *session;
    const ve_value *function;
    const char *path;
    ve_names attribute;
    const ve_outline_attribute *known; /* what the survey says of the attributes */
} function_params;

static ve_code ask(const function_params *params, const ve_columns *columns, double *out) {
    ve_session *session = params->session;
    if (session->request->watchdog) ve_watchdog_start(session->request->limits);
    ve_code code =
        ve_host_call_with(ve_session_host(session, params->function), params->function, params->path,
                          params->attribute.id, params->known, columns, out, session->errors);
    ve_watchdog_stop();
    if (code) return code;
    for (size_t row = 0; row < columns->rows; row++)
        out[row] = log(out[row]);
    return VE_OK;
}

static ve_code prepare(void *bound, const ve_sample *sample, const ve_services *services) {
    (void)services;
    function_params *params = bound;
    params->known = sample->attribute;
    return VE_OK;
}

static ve_code log_density(const void *bound, const ve_columns *columns, double *out,
                           const ve_services *services) {
    (void)services;
    return ask(bound, columns, out);
}

static double log_peak(const void *params) {
    (void)params;
    return NAN; /* nobody knows where a function of the planner's is greatest: the sample's peak is used */
}

static double mean(const void *params, size_t attribute) {
    (void)params;
    (void)attribute;
    return NAN;
}

static const ve_distribution_ops ops = {
    .size = sizeof ops,
    .joint = true,
    .prepare = prepare,
    .log_density = log_density,
    .log_peak = log_peak,
    .mean = mean,
    .relative = true,
};
static const ve_record record = {
    .name = "function",
    .doc = "A Lua function of the customer's attributes.",
    .size = sizeof(function_params),
};
static const ve_plugin function_plugin = VE_PLUGIN_BODY(
    DISTRIBUTION, "function", "1.0", "a Lua function of the customer's attributes", &record, &ops);

ve_code ve_function_target(const ve_binder *binder, const ve_value *function, const char *path,
                           ve_word *out) {
    function_params *params = ve_alloc(binder->arena, sizeof *params);
    if (!params) return ve_fail_memory(binder->errors);
    ve_session *session = (ve_session *)binder->context;
    *params = (function_params){ session, function, path, binder->of[VE_OF_ATTRIBUTES], NULL };
    *out = (ve_word){ &function_plugin, params, function, path };
    session->functions++;
    return VE_OK;
}

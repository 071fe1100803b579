/* One small plugin in many broken ways: the build compiles this file once per way.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ve/plugin.h"

#include <stdlib.h>

typedef struct sample {
    double factor;
} sample;

static const ve_field fields[] = {
    VE_FIELD(sample, factor, VE_T_NUMBER, .name = "factor", .doc = "what the index is multiplied by"),
};
static const ve_record record = { .name = "sample",
                                  .doc = "a rule for tests",
                                  .size = sizeof(sample),
                                  .fields = fields,
                                  .count = VE_COUNT(fields) };

#ifdef SAMPLE_UNDEFINED
ve_code nobody_has_this_function(void);
#endif

static ve_code merit(const void *params, const ve_outcome_option *option, size_t options, double *out,
                     const ve_services *services) {
    (void)services;
    const sample *self = params;
    for (size_t i = 0; i < options; i++)
        out[i] = option[i].value_index * self->factor;
#ifdef SAMPLE_UNDEFINED
    return nobody_has_this_function();
#else
    return VE_OK;
#endif
}

static const ve_rule_ops ops = { .size = sizeof ops, .merit = merit };

/* Start-up code runs before anything can be checked: the test looks whether it did. */
__attribute__((constructor)) static void start_up(void) {
    setenv("VE_TEST_SAMPLE_RAN", "1", 1);
}

#ifndef SAMPLE_NAME
#define SAMPLE_NAME "sample"
#endif
#ifndef SAMPLE_MAGIC
#define SAMPLE_MAGIC VE_PLUGIN_MAGIC
#endif
#ifndef SAMPLE_MAJOR
#define SAMPLE_MAJOR VE_ABI_MAJOR
#endif
#ifndef SAMPLE_MINOR
#define SAMPLE_MINOR VE_ABI_MINOR
#endif
#ifndef SAMPLE_SIZE
#define SAMPLE_SIZE sizeof(ve_plugin)
#endif

#if defined SAMPLE_NO_ENTRY
extern const ve_rule_ops *some_other_symbol;
const ve_rule_ops *some_other_symbol = &ops;
const ve_record *some_record = &record;
#elif defined SAMPLE_SHORT_ENTRY
#ifdef __clang__ /* whose sanitizer would make the symbol as long as its guard */
__attribute__((no_sanitize("address")))
#endif
extern const uint32_t ve_plugin_entry;
const uint32_t ve_plugin_entry = VE_PLUGIN_MAGIC;
const void *some_other_symbol[] = { &record, &ops };
#else
extern const ve_plugin ve_plugin_entry;
const ve_plugin ve_plugin_entry = { SAMPLE_MAGIC, SAMPLE_MAJOR, SAMPLE_MINOR,       SAMPLE_SIZE, VE_KIND_RULE,
                                    SAMPLE_NAME,  "1.0",        "a rule for tests", &record,     &ops };
#endif

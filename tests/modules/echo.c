/* A study of a stranger's: it says what its options are. Its command's options come from its field table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ve/plugin.h"

typedef struct echo {
    int times;
    double weight;
    bool loud;
    const char *word;
    int mood;
} echo;

static const ve_field fields[] = {
    VE_FIELD(echo, times, VE_T_INTEGER, .name = "times", .low = 1, .high = 3, .doc = "how often it says it"),
    VE_FIELD(echo, weight, VE_T_NUMBER, .name = "weight", .doc = "a number it repeats"),
    VE_FIELD(echo, loud, VE_T_BOOLEAN, .name = "loud", .doc = "say it louder"),
    VE_FIELD(echo, word, VE_T_TEXT, .name = "word", .doc = "what it says"),
    VE_FIELD(echo, mood, VE_T_CHOICE, .name = "mood", .choices = "calm|eager", .doc = "how it says it"),
};
static const echo usual = { .times = 1, .weight = 0.5, .word = "hello" };
static const ve_record record = {
    .name = "echo",
    .doc = "What the echo says.",
    .size = sizeof(echo),
    .defaults = &usual,
    .fields = fields,
    .count = VE_COUNT(fields),
};

static ve_code study(const void *params, const ve_study_services *services) {
    const echo *p = params;
    for (int i = 0; i < p->times; i++)
        services->say(services, "%s%s %s %g", p->word, p->loud ? "!" : "", p->mood ? "eagerly" : "calmly",
                      p->weight);
    services->fact(services, "title", VE_CELL_OF_TEXT(services->outline->title));
    return VE_OK;
}

static const ve_study_ops ops = { .size = sizeof ops, .study = study };

VE_PLUGIN(study_echo, STUDY, "echo", "0.1", "what its own options are", &record, &ops)

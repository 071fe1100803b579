/* The one place that calls the stages in order.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_RUN_RUN_H
#define VE_RUN_RUN_H

#include "host/shelf.h"
#include "plug/registry.h"

struct ve_case; /* eval/eval.h */

typedef struct ve_setting {
    const char *path, *value;
} ve_setting; /* --set PATH=VALUE */

typedef struct ve_request {
    const char *model;    /* path of the model file */
    const char *other;    /* path of a second model, for a study that compares; NULL */
    const char *scenario; /* NULL: the model as it stands */
    const ve_setting *set;
    size_t sets;
    const ve_plugin *study;       /* NULL: check only, base and every scenario */
    const ve_value *study_params; /* options of the study, NULL */
    /* In place of a study: called with the finished case. NULL: nobody looks. */
    ve_code (*examine)(void *context, const struct ve_case *subject, ve_arena *arena, ve_errors *errors);
    void *examine_context;
    const ve_limits *limits;
    bool watchdog; /* end the process if Lua cannot be stopped otherwise: for programs, not libraries */
    unsigned threads;
    void (*progress)(void *context, double share); /* of a long study, 0 to 1; NULL: nobody looks */
    void *progress_context;
    ve_shelf *shelf; /* the command line's plugins in Lua; the model's own join them. NULL: it has none */
} ve_request;

/* A file that a study wants written; the caller of ve_run does it. */
typedef struct ve_extra {
    const char *field; /* the study's parameter that names it */
    const char *path, *text;
} ve_extra;

typedef struct ve_answer {
    const ve_report *report;
    const ve_source *sources;     /* also where the run failed */
    const char *const *data_file; /* files that were read, besides the sources: not to be overwritten */
    size_t data_files;
    const ve_extra *extra; /* besides the report */
    size_t extras;
} ve_answer;

/* answer lives in the arena. */
ve_code ve_run(const ve_request *request, const ve_registry *registry, ve_arena *arena, ve_answer *answer,
               ve_errors *errors);

#endif

/* The closed room: run a model file once, within limits, and hand back what it says as plain data.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_HOST_HOST_H
#define VE_HOST_HOST_H

#include "base/arena.h"
#include "ve/plugin.h"

typedef struct ve_limits {
    size_t source_bytes; /* 1 MiB */
    size_t memory;       /* 64 MiB */
    size_t block;        /* 2 MiB: the largest single allocation */
    double steps;   /* 50e6: of a model one budget for load and all later calls, of a plugin each call's */
    double seconds; /* 2 */
    size_t nodes;   /* 1e6 values in the result */
    int depth;      /* 32 */
} ve_limits;
extern const ve_limits ve_limits_default;

/* A source text that was read: for excerpts in messages. */
typedef struct ve_source {
    const char *file; /* as messages name it: the path given on the command line, includes relative to it */
    const char *bytes;
    size_t length;
    struct ve_source *next;
} ve_source;

struct ve_shelf;

/* The words of the language, name by name (`ve.<name>`), without `model`, `include` and `use`, which are the
 * host's own. */
typedef struct ve_vocabulary {
    const char *const *word;
    size_t count;
    /* Where ve.use puts the plugins it opens, and who is told of each, again where it is used again. NULL:
     * this model cannot use any. */
    struct ve_shelf *shelf;
    ve_code (*use)(void *context, const ve_plugin *plugin, const char *origin, ve_errors *errors);
    void *context;
    int first_function; /* Lua functions are numbered from here: hosts that are open side by side differ */
} ve_vocabulary;

typedef struct ve_host ve_host;

/* Run the file. *model is the table given to ve.model; on failure NULL, or the same with what is wrong in it
 * marked, and *host may still be set: close it. *sources lists the files read, on failure too. `folder` is
 * the model's folder (for includes). */
ve_code ve_host_open(ve_arena *arena, const char *path, int folder, const ve_vocabulary *words,
                     const ve_limits *limits, ve_host **host, const ve_value **model, ve_source **sources,
                     ve_errors *errors);
/* Run a scenario's `change` function on a fresh copy of the model; the result is a tree of its own. */
ve_code ve_host_change(ve_host *host, const ve_value *change, const ve_value **model, ve_errors *errors);
/* Call a target function once for every row of the columns; out gets finite numbers >= 0. path, at: for
 * messages. */
ve_code ve_host_call(ve_host *host, const ve_value *function, const char *path, const char *const *name,
                     const ve_columns *columns, double *out, ve_errors *errors);
/* The same; what is a text by `attribute`, one per column, the function gets as one. */
ve_code ve_host_call_with(ve_host *host, const ve_value *function, const char *path, const char *const *name,
                          const ve_outline_attribute *attribute, const ve_columns *columns, double *out,
                          ve_errors *errors);
void ve_host_close(ve_host *host); /* NULL is fine */

/* Where only the line of a mistake is known, its column is where the line's text begins. */
void ve_sources_complete(const ve_source *sources, ve_errors *errors);

/* The watchdog of the command line: the process ends with the limit status if a model cannot be stopped
 * otherwise. Started twice, it is stopped twice. */
void ve_watchdog_start(const ve_limits *limits);
void ve_watchdog_stop(void);

#endif

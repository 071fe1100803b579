/* The command line: what its commands share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_CLI_CLI_H
#define VE_CLI_CLI_H

#include "base/errors.h"
#include "base/text.h"
#include "report/build.h"
#include "run/run.h"

/* Options that several commands take; a command names those it has a use for. */
enum {
    VE_O_FORMAT = 1,
    VE_O_OUTPUT = 2,
    VE_O_SET = 4,
    VE_O_SCENARIO = 8,
    VE_O_PLUGIN = 16,
    VE_O_QUIET = 32,
    VE_O_COLOR = 64,
    VE_O_THREADS = 128,
    VE_O_ALL = 255, /* of a study */
    VE_O_TEST = 256
};

typedef enum ve_color { VE_COLOR_AUTO, VE_COLOR_ALWAYS, VE_COLOR_NEVER } ve_color;

typedef struct ve_command ve_command;

typedef struct ve_cli {
    ve_arena *arena;
    ve_errors *errors;
    ve_registry *registry;
    ve_shelf *shelf; /* plugins in Lua that the command line names; NULL until there is one */
    const ve_command *command;
    const ve_plugin *study;  /* what a study's command runs */
    const ve_plugin *format; /* the report plugin, never NULL once options are read */
    void *format_params;     /* NULL: its defaults */
    ve_value format_source;  /* as given, for messages */
    const char *output;      /* -o, NULL: standard output */
    const char *scenario;
    const char *test; /* a plugin file to try, NULL */
    int status;       /* where nothing has failed, and yet the answer is no */
    ve_setting *set;
    size_t sets;
    ve_value params; /* the study's own options, a table */
    ve_color color;
    unsigned threads;
    bool quiet, help;
    const char **argument; /* what is not an option */
    size_t arguments;
    ve_answer answer; /* for excerpts, and for what -o may not overwrite */
} ve_cli;

/* A command: a file that ends in one of these. */
struct ve_command {
    const char *name, *summary;
    const char *arguments; /* for the usage line: "MODEL.lua" */
    size_t least, most;    /* how many arguments it takes */
    unsigned options;      /* VE_O_... */
    ve_code (*run)(ve_cli *cli);
};
extern const ve_command ve_cmd_study, ve_cmd_check, ve_cmd_plugins, ve_cmd_explain, ve_cmd_help;
const ve_command *ve_command_of_study(const ve_plugin *study); /* it may take a second model */
extern const ve_command *const ve_commands[]; /* without studies; NULL at the end */

/* ---- options.c ---- */
/* Read a command's arguments; argument[0] is its name. */
ve_code ve_options_read(ve_cli *cli, int count, const char **argument);
/* Load a plugin that the user named. */
ve_code ve_plugin_load(ve_cli *cli, const char *named);
/* What must be known before the command is: plugins, the format of error messages, colour. */
ve_code ve_options_early(ve_cli *cli, int count, const char **argument);
/* The options of a command as lines for its help. */
void ve_options_help(const ve_cli *cli, const ve_command *command, const ve_plugin *study, ve_buffer *out);

/* ---- names.c ---- */
const ve_command *ve_command_find(const ve_cli *cli, const char *name, const ve_plugin **study);
ve_code ve_command_unknown(const ve_cli *cli, const char *name);
/* hint: "did you mean 'x'?", or the way out if nothing is near. */
void ve_hint_nearest(const ve_cli *cli, const char *name, const char *const *candidate, size_t count,
                     const char *otherwise);
size_t ve_names_of_kind(const ve_cli *cli, ve_kind kind, const char **name); /* room for the whole registry */

/* ---- output.c ---- */
ve_code ve_output_report(ve_cli *cli, const ve_report *report);
ve_code ve_output_text(ve_cli *cli, const ve_buffer *text);
/* Tell all errors, in the way of the format, and give the exit status. */
int ve_output_errors(ve_cli *cli);

/* ---- progress.c ---- */
typedef struct ve_progress {
    const char *study;
    double begun, drawn; /* seconds of a clock */
    double share;        /* the greatest so far: it never goes back */
} ve_progress;
/* From now on a study that lasts shows how far it is, where standard error is a terminal. */
void ve_progress_of(const ve_cli *cli, ve_progress *progress, ve_request *request);
/* Take the line away. May be called in a signal handler. */
void ve_progress_wipe(void);

/* ---- excerpt.c ---- */
/* The source line of a place with a caret under its column; nothing where the line is not known. */
void ve_excerpt(ve_buffer *out, const ve_source *sources, ve_place at, bool color);
void ve_error_print(ve_buffer *out, const ve_error *error, const ve_source *sources, bool color);

/* ---- reference.c ---- */
void ve_reference_print(const ve_cli *cli, ve_buffer *out);   /* docs/reference.md */
void ve_annotations_print(const ve_cli *cli, ve_buffer *out); /* models/ve.d.lua */
void ve_codes_print(ve_buffer *out);                          /* docs/errors.md */

#endif

/* Options of the command line: one table of the common ones, and those of a study from its field table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <popt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"
#include "base/pin.h"
#include "cli/cli.h"
#include "schema/bind.h"
#include "schema/print.h"

enum { HELP_VALUE = 512, STUDY_VALUE = 1024, MOST_THREADS = 256, ROOM = 64 };

/* One line for each common option. `value` is the bit that a command names it by. */
static const struct poptOption common[] = {
    { "format", 0, POPT_ARG_STRING, NULL, VE_O_FORMAT,
      "how the result is written; csv,table=all sets a field", "text|json|csv|md" },
    { "output", 'o', POPT_ARG_STRING, NULL, VE_O_OUTPUT, "write the result to a file", "FILE" },
    { "set", 0, POPT_ARG_STRING, NULL, VE_O_SET, "set a number of the model; may be repeated", "PATH=VALUE" },
    { "scenario", 0, POPT_ARG_STRING, NULL, VE_O_SCENARIO, "take this scenario of the model", "NAME" },
    { "plugin", 0, POPT_ARG_STRING, NULL, VE_O_PLUGIN,
      "load a plugin: FILE or FILE@sha256:HEX; may be repeated", "FILE" },
    { "jobs", 'j', POPT_ARG_STRING, NULL, VE_O_THREADS, "threads to use; the result does not depend on it",
      "N" },
    { "test", 0, POPT_ARG_STRING, NULL, VE_O_TEST, "try whether a plugin keeps what its kind must keep",
      "FILE" },
    { "quiet", 'q', POPT_ARG_NONE, NULL, VE_O_QUIET, "leave out what is not the result itself", NULL },
    { "color", 0, POPT_ARG_STRING, NULL, VE_O_COLOR, "colour the output", "auto|always|never" },
    { "help", 'h', POPT_ARG_NONE, NULL, HELP_VALUE, "show this help", NULL },
};

typedef struct table {
    struct poptOption option[ROOM]; /* ends in zeros */
    const char *name[ROOM];         /* with dashes, for "did you mean" */
    size_t count;
} table;

static void add_option(table *t, ve_arena *arena, struct poptOption option) {
    if (t->count + 1 >= ROOM) return;
    t->name[t->count] = ve_format(arena, "--%s", option.longName);
    if (t->name[t->count]) t->option[t->count++] = option;
}

static bool fits_on_command_line(const ve_field *field) {
    if (!field->doc) return false;
    return field->type == VE_T_NUMBER || field->type == VE_T_INTEGER || field->type == VE_T_BOOLEAN ||
           field->type == VE_T_TEXT || field->type == VE_T_CHOICE;
}

/* What stands for the value in the help: "a|b" for a choice, else the kind of value. */
static const char *value_word(const ve_field *field) {
    if (field->type == VE_T_CHOICE) return field->choices;
    return field->type == VE_T_TEXT ? "TEXT" : "N";
}

static table table_of(ve_arena *arena, const ve_command *command, const ve_plugin *study) {
    table t = { .count = 0 };
    for (size_t i = 0; study && i < study->params->count; i++) {
        const ve_field *f = &study->params->fields[i];
        bool flag = f->type == VE_T_BOOLEAN;
        if (fits_on_command_line(f))
            add_option(&t, arena,
                       (struct poptOption){ f->name, 0, flag ? POPT_ARG_NONE : POPT_ARG_STRING, NULL,
                                            STUDY_VALUE + (int)i, f->doc, flag ? NULL : value_word(f) });
    }
    for (size_t i = 0; i < VE_COUNT(common); i++)
        if (common[i].val == HELP_VALUE || (command->options & (unsigned)common[i].val))
            add_option(&t, arena, common[i]);
    return t;
}

/* ---- values ---------------------------------------------------------------------------------- */

static ve_code VE_PRINTF(2, 3) wrong(const ve_cli *cli, const char *format, ...) {
    va_list args;
    va_start(args, format);
    ve_code code = ve_fail_v(cli->errors, VE_E_ARGUMENT, VE_NOWHERE, NULL, format, args);
    va_end(args);
    return code;
}

static ve_code set_color(ve_cli *cli, const char *word) {
    static const char *const words[] = {
        [VE_COLOR_AUTO] = "auto", [VE_COLOR_ALWAYS] = "always", [VE_COLOR_NEVER] = "never"
    };
    for (size_t i = 0; i < VE_COUNT(words); i++)
        if (strcmp(word, words[i]) == 0) return cli->color = (ve_color)i, VE_OK;
    ve_code code = wrong(cli, "--color cannot be '%s'", word);
    ve_hint_nearest(cli, word, words, VE_COUNT(words), "it is auto, always or never");
    return code;
}

static ve_code set_output(ve_cli *cli, const char *name) {
    cli->output = name;
    if (*name) return VE_OK;
    ve_code code = wrong(cli, "-o needs the name of a file");
    ve_hint(cli->errors, "leave -o out to write to standard output");
    return code;
}

static ve_code set_threads(ve_cli *cli, const char *text) {
    double n;
    if (!ve_number_read(text, strlen(text), &n) || n < 1 || n > MOST_THREADS || n != (unsigned)n) {
        ve_code code = wrong(cli, "-j cannot be '%s'", text);
        ve_hint(cli->errors, "give a whole number from 1 to %d", MOST_THREADS);
        return code;
    }
    cli->threads = (unsigned)n;
    return VE_OK;
}

static ve_code add_setting(ve_cli *cli, const char *text) {
    const char *equals = strchr(text, '=');
    if (!equals || equals == text || !equals[1]) {
        ve_code code = wrong(cli, "--set cannot be '%s'", text);
        ve_hint(cli->errors, "write PATH=VALUE, like --set options.A.cost=4200");
        return code;
    }
    const char *path = ve_copy_text(cli->arena, text, (size_t)(equals - text));
    ve_setting *grown = ve_alloc_array(cli->arena, cli->sets + 1, sizeof *grown);
    if (!path || !grown) return ve_fail_memory(cli->errors);
    if (cli->sets) memcpy(grown, cli->set, cli->sets * sizeof *grown);
    grown[cli->sets++] = (ve_setting){ path, equals + 1 };
    cli->set = grown;
    return VE_OK;
}

/* A text of the command line as the value of a field; none: true. `place` names the option in messages. */
static ve_value value_of(const ve_field *field, const char *text, const char *place) {
    ve_value out = { .kind = VE_BOOLEAN, .at = { place, 0, 0 }, .boolean = true };
    double number;
    if (!text) return out;
    ve_type type = field ? field->type : VE_T_TEXT;
    bool numeric = type == VE_T_NUMBER || type == VE_T_INTEGER;
    if (type == VE_T_BOOLEAN && (strcmp(text, "true") == 0 || strcmp(text, "false") == 0)) {
        out.boolean = text[0] == 't';
    } else if (numeric && ve_number_read(text, strlen(text), &number)) {
        out.kind = VE_NUMBER;
        out.number = number;
    } else {
        out.kind = VE_TEXT;
        out.text.bytes = text;
        out.text.length = strlen(text);
    }
    return out;
}

/* Put a field into a table that stands for a record. The same field given again: the last one counts. */
static ve_code put_field(ve_cli *cli, ve_table_value *params, const char *name, ve_value value) {
    size_t i = 0;
    while (i < params->named && strcmp(params->fields[i].name, name) != 0)
        i++;
    if (i == params->named) {
        ve_entry *grown = ve_alloc_array(cli->arena, i + 1, sizeof *grown);
        if (!grown) return ve_fail_memory(cli->errors);
        if (i) memcpy(grown, params->fields, i * sizeof *grown);
        params->fields = grown;
        params->named++;
    }
    params->fields[i] = (ve_entry){ name, value };
    return VE_OK;
}

static ve_code add_study_option(ve_cli *cli, const ve_field *field, const char *text) {
    const char *place = ve_format(cli->arena, "--%s%s%s", field->name, text ? " " : "", text ? text : "");
    const ve_value *before = ve_value_field(&cli->params, field->name);
    if (before && field->flags & VE_F_MANY) text = ve_format(cli->arena, "%s\n%s", before->text.bytes, text);
    if (!place || (field->flags & VE_F_MANY && !text)) return ve_fail_memory(cli->errors);
    return put_field(cli, &cli->params.table, field->name, value_of(field, text, place));
}

/* ---- --format NAME,FIELD=VALUE,FIELD: a report plugin and its fields -------------------------- */

static ve_code unknown_format(const ve_cli *cli, const char *name) {
    const char **known = ve_alloc_array(cli->arena, cli->registry->count, sizeof *known);
    if (!known) return ve_fail_memory(cli->errors);
    ve_code code = wrong(cli, "there is no format '%s'", name);
    ve_hint_nearest(cli, name, known, ve_names_of_kind(cli, VE_KIND_REPORT, known),
                    "the formats are text, json, csv and md");
    return code;
}

static const ve_plugin *format_named(const ve_cli *cli, const char *text, const char **name) {
    *name = ve_copy_text(cli->arena, text, strcspn(text, ","));
    return *name ? ve_registry_get(cli->registry, VE_KIND_REPORT, *name) : NULL;
}

static const ve_field *field_named(const ve_record *record, const char *name) {
    for (size_t i = 0; i < record->count; i++)
        if (strcmp(record->fields[i].name, name) == 0) return &record->fields[i];
    return NULL;
}

/* One FIELD=VALUE, or FIELD for true. */
static ve_code add_format_field(ve_cli *cli, ve_value *params, const char *text, size_t length) {
    size_t name_length = 0;
    while (name_length < length && text[name_length] != '=')
        name_length++;
    bool flag = name_length == length;
    const char *name = ve_copy_text(cli->arena, text, name_length), *value = NULL;
    if (!flag) value = ve_copy_text(cli->arena, text + name_length + 1, length - name_length - 1);
    if (!name || (!flag && !value)) return ve_fail_memory(cli->errors);
    return put_field(cli, &params->table, name,
                     value_of(field_named(cli->format->params, name), value, params->at.file));
}

static ve_code bind_format(ve_cli *cli, const ve_value *params) {
    ve_binder binder = { .arena = cli->arena, .errors = cli->errors };
    cli->format_params = ve_alloc(cli->arena, cli->format->params->size);
    if (!cli->format_params) return ve_fail_memory(cli->errors);
    size_t told = cli->errors->count;
    ve_code code = ve_bind(&binder, cli->format->params, params, "", cli->format_params);
    if (code && code != VE_E_MEMORY) ve_errors_blame(cli->errors, told, VE_OK, VE_E_ARGUMENT);
    return code;
}

static ve_code set_format(ve_cli *cli, const char *text) {
    const char *name, *place = ve_format(cli->arena, "--format %s", text);
    const ve_plugin *found = format_named(cli, text, &name);
    if (!name || !place) return ve_fail_memory(cli->errors);
    if (!found) return unknown_format(cli, name);
    cli->format = found;
    ve_value params = { .kind = VE_TABLE, .at = { place, 0, 0 } };
    for (const char *p = strchr(text, ','); p; p = strchr(p, ',')) {
        p++;
        ve_code code = add_format_field(cli, &params, p, strcspn(p, ","));
        if (code) return code;
    }
    cli->format_source = params;
    return bind_format(cli, &params);
}

static ve_code take(ve_cli *cli, int which, const char *text) {
    if (which >= STUDY_VALUE)
        return add_study_option(cli, &cli->study->params->fields[which - STUDY_VALUE], text);
    switch (which) {
    case VE_O_FORMAT:
        return set_format(cli, text);
    case VE_O_OUTPUT:
        return set_output(cli, text);
    case VE_O_SET:
        return add_setting(cli, text);
    case VE_O_SCENARIO:
        return cli->scenario = text, VE_OK;
    case VE_O_PLUGIN:
        return VE_OK; /* loaded before the command was known */
    case VE_O_TEST:
        return cli->test = text, VE_OK;
    case VE_O_QUIET:
        return cli->quiet = true, VE_OK;
    case VE_O_COLOR:
        return set_color(cli, text);
    case VE_O_THREADS:
        return set_threads(cli, text);
    default:
        return cli->help = true, VE_OK;
    }
}

/* ---- reading --------------------------------------------------------------------------------- */

/* What the contract names but this version has no use for. */
static const char *later(const char *name) {
    if (strcmp(name, "--seed") == 0) return "nothing is drawn at random here: leave it out";
    if (strcmp(name, "--lang") == 0) return "this version speaks English only";
    return NULL;
}

static const char *command_name(const ve_cli *cli) {
    return cli->study ? cli->study->name : cli->command->name;
}

static ve_code unknown_option(const ve_cli *cli, const char *name, const table *t) {
    ve_code code =
        ve_fail(cli->errors, VE_E_OPTION, VE_NOWHERE, NULL, "`%s` has no option %s", command_name(cli), name);
    const char *otherwise = ve_format(cli->arena, "`vescore help %s` lists its options", command_name(cli));
    if (later(name))
        ve_hint(cli->errors, "%s", later(name));
    else
        ve_hint_nearest(cli, name, t->name, t->count, otherwise ? otherwise : "");
    return code;
}

static ve_code bad_option(ve_cli *cli, poptContext popt, int status, const table *t) {
    const char *option = poptBadOption(popt, POPT_BADOPTION_NOALIAS);
    char name[VE_ID_MAX];
    ve_text_clean(option, strcspn(option, "="), name, sizeof name);
    if (status == POPT_ERROR_BADOPT) return unknown_option(cli, name, t);
    const char *what = status == POPT_ERROR_NOARG         ? "needs a value"
                       : status == POPT_ERROR_UNWANTEDARG ? "takes no value"
                                                          : "cannot be used like this";
    ve_code code = wrong(cli, "%s %s", name, what);
    ve_hint(cli->errors, "`vescore help %s` shows how it is written", command_name(cli));
    return code;
}

static ve_code keep_arguments(ve_cli *cli, poptContext popt) {
    const char **rest = poptGetArgs(popt);
    size_t count = 0;
    while (rest && rest[count])
        count++;
    cli->argument = ve_alloc_array(cli->arena, count + 1, sizeof *cli->argument);
    if (!cli->argument) return ve_fail_memory(cli->errors);
    for (; cli->arguments < count; cli->arguments++) {
        const char *text = rest[cli->arguments];
        cli->argument[cli->arguments] = ve_copy_text(cli->arena, text, strlen(text));
        if (!cli->argument[cli->arguments]) return ve_fail_memory(cli->errors);
    }
    return VE_OK;
}

static ve_code take_next(ve_cli *cli, poptContext popt, int which) {
    char *given = poptGetOptArg(popt);
    bool flag = which == VE_O_QUIET || which == HELP_VALUE;
    if (which >= STUDY_VALUE) flag = cli->study->params->fields[which - STUDY_VALUE].type == VE_T_BOOLEAN;
    const char *text = NULL;
    if (!flag) text = ve_copy_text(cli->arena, given ? given : "", given ? strlen(given) : 0);
    free(given);
    if (!flag && !text) return ve_fail_memory(cli->errors);
    return take(cli, which, text);
}

static ve_code read_all(ve_cli *cli, poptContext popt, const table *t) {
    ve_code first = VE_OK;
    int which;
    while ((which = poptGetNextOpt(popt)) > 0) {
        ve_code code = take_next(cli, popt, which);
        if (!first) first = code;
    }
    if (which < -1) return bad_option(cli, popt, which, t);
    return first ? first : keep_arguments(cli, popt);
}

static ve_code count_arguments(const ve_cli *cli) {
    const ve_command *command = cli->command;
    const char *name = command_name(cli);
    if (cli->help || (cli->arguments >= command->least && cli->arguments <= command->most)) return VE_OK;
    ve_code code;
    if (cli->arguments < command->least)
        code =
            ve_fail(cli->errors, VE_E_ARGUMENT, VE_NOWHERE, NULL, "`%s` needs %s", name, command->arguments);
    else
        code = ve_fail(cli->errors, VE_E_ARGUMENT, VE_NOWHERE, NULL, "'%s' is one argument too many",
                       cli->argument[command->most]);
    ve_hint(cli->errors, "write: vescore %s %s [options]", name, command->arguments);
    return code;
}

ve_code ve_options_read(ve_cli *cli, int count, const char **argument) {
    table t = table_of(cli->arena, cli->command, cli->study);
    poptContext popt = poptGetContext(NULL, count, argument, t.option, 0);
    if (!popt) return ve_fail_memory(cli->errors);
    ve_code code = read_all(cli, popt, &t);
    poptFreeContext(popt);
    return code ? code : count_arguments(cli);
}

/* ---- what must be known first ---------------------------------------------------------------- */

/* The value of `--name VALUE` or `--name=VALUE` at argument i; NULL if it is something else. */
static const char *early_value(const char *name, int i, int count, const char **argument) {
    size_t length = strlen(name);
    if (strncmp(argument[i], name, length) != 0) return NULL;
    if (argument[i][length] == '=') return argument[i] + length + 1;
    return !argument[i][length] && i + 1 < count ? argument[i + 1] : NULL;
}

/* A plugin in Lua runs in a closed room, so any path will do;
 * a loadable file has the rights of the program. */
ve_code ve_plugin_load(ve_cli *cli, const char *named) {
    const ve_plugin *plugin = NULL;
    const char *file, *pin;
    ve_code split = ve_pin_split(cli->arena, named, &file, &pin, cli->errors);
    if (split) return split;
    if (!ve_shelf_takes(file))
        return ve_registry_load_pinned(cli->registry, cli->arena, file, pin, cli->errors);
    if (!cli->shelf) cli->shelf = ve_shelf_new(cli->arena, &ve_limits_default, true);
    if (!cli->shelf) return ve_fail_memory(cli->errors);
    ve_code code = ve_shelf_load_pinned(cli->shelf, file, pin, &plugin, cli->errors);
    return code ? code : ve_registry_add(cli->registry, cli->arena, plugin, file, cli->errors);
}

ve_code ve_options_early(ve_cli *cli, int count, const char **argument) {
    const char *format = NULL;
    ve_code first = VE_OK;
    for (int i = 1; i < count && strcmp(argument[i], "--") != 0; i++) {
        const char *file = early_value("--plugin", i, count, argument), *value;
        if ((value = early_value("--format", i, count, argument))) format = value;
        ve_code code = file ? ve_plugin_load(cli, file) : VE_OK;
        if (!first) first = code;
        if ((value = early_value("--color", i, count, argument)))
            cli->color = strcmp(value, "always") == 0  ? VE_COLOR_ALWAYS
                         : strcmp(value, "never") == 0 ? VE_COLOR_NEVER
                                                       : cli->color;
    }
    const char *name;
    const ve_plugin *found = format ? format_named(cli, format, &name) : NULL;
    if (found) cli->format = found;
    return first;
}

/* ---- help ------------------------------------------------------------------------------------ */

static void option_line(const struct poptOption *option, ve_buffer *out) {
    char left[VE_TEXT_MAX / 4];
    const char *value = option->argDescrip ? option->argDescrip : "";
    const char *space = *value ? " " : "";
    if (option->shortName)
        snprintf(left, sizeof left, "-%c, --%s%s%s", option->shortName, option->longName, space, value);
    else
        snprintf(left, sizeof left, "    --%s%s%s", option->longName, space, value);
    ve_put_format(out, "  %-32s  %s\n", left, option->descrip);
}

void ve_options_help(const ve_cli *cli, const ve_command *command, const ve_plugin *study, ve_buffer *out) {
    table t = table_of(cli->arena, command, study);
    for (size_t i = 0; i < t.count; i++)
        option_line(&t.option[i], out);
}

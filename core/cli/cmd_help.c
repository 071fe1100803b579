/* vescore help [COMMAND]: what there is; and the pages that are printed from the field tables.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static void one_line(ve_buffer *out, const char *name, const char *arguments, const char *summary) {
    char left[VE_TEXT_MAX / 4];
    snprintf(left, sizeof left, "%s %s", name, arguments);
    ve_put_format(out, "  %-20s  %s\n", left, summary);
}

static void overview(const ve_cli *cli, ve_buffer *out) {
    ve_put_text(
        out,
        "vescore finds the product positioning with the best value: for each option, what customers get\n"
        "for what it costs, every customer counting by how near he is to the option's target.\n\n"
        "usage: vescore COMMAND MODEL.lua [options]\n\ncommands:\n");
    for (size_t i = 0; i < cli->registry->count; i++) {
        const ve_plugin *plugin = cli->registry->list[i].plugin;
        if (plugin->kind == VE_KIND_STUDY)
            one_line(out, plugin->name, ve_command_of_study(plugin)->arguments, plugin->summary);
    }
    for (size_t i = 0; ve_commands[i]; i++)
        one_line(out, ve_commands[i]->name, ve_commands[i]->arguments, ve_commands[i]->summary);
    ve_put_text(out, "\noptions of most commands:\n");
    ve_options_help(cli, &ve_cmd_study, NULL, out);
    ve_put_text(out,
                "\nmore: vescore help COMMAND | reference | annotations | errors; vescore plugins NAME\n");
}

static ve_code of_command(ve_cli *cli, const char *name, ve_buffer *out) {
    const ve_plugin *study;
    const ve_command *command = ve_command_find(cli, name, &study);
    if (!command) return ve_command_unknown(cli, name);
    ve_put_format(out, "usage: vescore %s %s [options]\n\nanswers: %s.\n\noptions:\n", name,
                  command->arguments, study ? study->summary : command->summary);
    ve_options_help(cli, command, study, out);
    return VE_OK;
}

static ve_code page(ve_cli *cli, const char *name, ve_buffer *out) {
    if (strcmp(name, "reference") == 0)
        ve_reference_print(cli, out);
    else if (strcmp(name, "annotations") == 0)
        ve_annotations_print(cli, out);
    else if (strcmp(name, "errors") == 0)
        ve_codes_print(out);
    else
        return of_command(cli, name, out);
    return VE_OK;
}

static ve_code run(ve_cli *cli) {
    ve_buffer text = { 0 };
    ve_code code = VE_OK;
    if (cli->arguments)
        code = page(cli, cli->argument[0], &text);
    else
        overview(cli, &text);
    if (!code) code = ve_output_text(cli, &text);
    ve_buffer_free(&text);
    return code;
}

const ve_command ve_cmd_help = {
    "help", "the commands; one command's options", "[COMMAND]", 0, 1, VE_O_OUTPUT | VE_O_PLUGIN, run
};

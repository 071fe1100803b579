/* Finding commands by name, and what was meant by a name that is none.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli/cli.h"

const ve_command *const ve_commands[] = { &ve_cmd_check, &ve_cmd_plugins, &ve_cmd_explain, &ve_cmd_help,
                                          NULL };

const ve_command *ve_command_find(const ve_cli *cli, const char *name, const ve_plugin **study) {
    *study = NULL;
    for (size_t i = 0; ve_commands[i]; i++)
        if (strcmp(ve_commands[i]->name, name) == 0) return ve_commands[i];
    *study = ve_registry_get(cli->registry, VE_KIND_STUDY, name);
    return *study ? ve_command_of_study(*study) : NULL;
}

size_t ve_names_of_kind(const ve_cli *cli, ve_kind kind, const char **name) {
    size_t count = 0;
    for (size_t i = 0; i < cli->registry->count; i++)
        if (cli->registry->list[i].plugin->kind == kind) name[count++] = cli->registry->list[i].plugin->name;
    return count;
}

void ve_hint_nearest(const ve_cli *cli, const char *name, const char *const *candidate, size_t count,
                     const char *otherwise) {
    const char *near = ve_text_nearest(name, candidate, count);
    if (near)
        ve_hint(cli->errors, "did you mean '%s'?", near);
    else
        ve_hint(cli->errors, "%s", otherwise);
}

ve_code ve_command_unknown(const ve_cli *cli, const char *name) {
    const char **known =
        ve_alloc_array(cli->arena, cli->registry->count + VE_COUNT(ve_commands), sizeof *known);
    if (!known) return ve_fail_memory(cli->errors);
    size_t count = ve_names_of_kind(cli, VE_KIND_STUDY, known);
    for (size_t i = 0; ve_commands[i]; i++)
        known[count++] = ve_commands[i]->name;
    ve_code code =
        name[0] == '-'
            ? ve_fail(cli->errors, VE_E_OPTION, VE_NOWHERE, NULL, "'%s' stands before the command", name)
            : ve_fail(cli->errors, VE_E_COMMAND, VE_NOWHERE, NULL, "there is no command '%s'", name);
    if (name[0] == '-')
        ve_hint(cli->errors, "write: vescore COMMAND MODEL.lua [options]");
    else
        ve_hint_nearest(cli, name, known, count, "`vescore help` lists the commands");
    return code;
}

/* vescore explain CODE: what an error or warning means, and the way out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <string.h>

#include "cli/cli.h"

/* The code as the list spells it: ve304 and 304 are taken as well. */
static void spell(const char *given, char *room, size_t bytes) {
    size_t length = 0;
    if (isdigit((unsigned char)given[0])) length = 2, memcpy(room, "VE", 2);
    for (; *given && length + 1 < bytes; given++)
        room[length++] = (char)toupper((unsigned char)*given);
    room[length] = 0;
}

static ve_code unknown(const ve_cli *cli) {
    ve_code code =
        ve_fail(cli->errors, VE_E_ARGUMENT, VE_NOWHERE, NULL, "there is no code '%s'", cli->argument[0]);
    ve_hint(cli->errors, "codes look like VE304; `vescore help errors` lists them");
    return code;
}

static ve_code run(ve_cli *cli) {
    char id[16];
    spell(cli->argument[0], id, sizeof id);
    ve_code found = ve_code_find(id);
    if (!found) return unknown(cli);
    const ve_code_info *info = ve_code_get(found);
    ve_buffer text = { 0 };
    ve_put_format(&text, "%s: %s.\nWay out: %s.\n", info->id, info->meaning, info->way_out);
    if (info->status)
        ve_put_format(&text, "An error; the exit status is %d.\n", info->status);
    else
        ve_put_text(&text, "A warning; the result stands.\n");
    ve_code code = ve_output_text(cli, &text);
    ve_buffer_free(&text);
    return code;
}

const ve_command ve_cmd_explain = {
    "explain", "what an error or warning code means, and the way out", "CODE", 1, 1, VE_O_OUTPUT, run
};

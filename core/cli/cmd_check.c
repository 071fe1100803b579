/* vescore check MODEL.lua: every mistake in the model and its data, without computing.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

static ve_code run(ve_cli *cli) {
    ve_request request = {
        .model = cli->argument[0],
        .set = cli->set,
        .sets = cli->sets,
        .limits = &ve_limits_default,
        .watchdog = true,
        .shelf = cli->shelf,
        .threads = cli->threads,
    };
    ve_code code = ve_run(&request, cli->registry, cli->arena, &cli->answer, cli->errors);
    return code ? code : ve_output_report(cli, cli->answer.report);
}

const ve_command ve_cmd_check = { "check",     "every mistake in a model and its data, without computing",
                                  "MODEL.lua", 1,
                                  1,           VE_O_ALL & ~(unsigned)VE_O_SCENARIO,
                                  run };

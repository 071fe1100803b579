/* Every study plugin is a command: `vescore run MODEL.lua`.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

static ve_code run(ve_cli *cli) {
    ve_request request = {
        .model = cli->argument[0],
        .scenario = cli->scenario,
        .set = cli->set,
        .sets = cli->sets,
        .study = cli->study,
        .study_params = &cli->params,
        .limits = &ve_limits_default,
        .watchdog = true,
        .shelf = cli->shelf,
        .threads = cli->threads,
    };
    ve_code code = ve_run(&request, cli->registry, cli->arena, &cli->answer, cli->errors);
    return code ? code : ve_output_report(cli, cli->answer.report);
}

const ve_command ve_cmd_study = { "study", "ask one question of a model", "MODEL.lua", 1, 1, VE_O_ALL, run };

/* Every study plugin is a command: `vescore run MODEL.lua`.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

static ve_code run(ve_cli *cli) {
    ve_request request = {
        .model = cli->argument[0],
        .other = cli->arguments > 1 ? cli->argument[1] : NULL,
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
    ve_progress progress;
    ve_progress_of(cli, &progress, &request);
    ve_code code = ve_run(&request, cli->registry, cli->arena, &cli->answer, cli->errors);
    ve_progress_wipe();
    return code ? code : ve_output_report(cli, cli->answer.report);
}

const ve_command ve_cmd_study = { "study", "ask one question of a model", "MODEL.lua", 1, 1, VE_O_ALL, run };
static const ve_command of_two = {
    "study", "ask one question of two models", "MODEL.lua [OTHER.lua]", 1, 2, VE_O_ALL, run
};

const ve_command *ve_command_of_study(const ve_plugin *study) {
    return ve_study_flags(study->ops) & VE_STUDY_OTHER_MODEL ? &of_two : &ve_cmd_study;
}

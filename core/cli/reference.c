/* The pages that are printed from tables: docs/reference.md, models/ve.d.lua, docs/errors.md.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "model/model.h"
#include "schema/print.h"

static const struct {
    ve_kind kind;
    const char *title;
} chapters[] = {
    { VE_KIND_DISTRIBUTION, "Targets and uncertain numbers" },
    { VE_KIND_JUDGEMENT, "Function weights" },
    { VE_KIND_COST, "Costs" },
    { VE_KIND_RULE, "Decision rules" },
    { VE_KIND_SURVEY, "Surveys" },
};

static const ve_record *const records[] = { &ve_model_record,          &ve_function_list_record,
                                            &ve_function_record,       &ve_option_record,
                                            &ve_component_list_record, &ve_component_record,
                                            &ve_tiers_record,          &ve_correlation_record,
                                            &ve_scenario_record };

/* A summary as a sentence. */
static void sentence(ve_buffer *out, const char *text) {
    ve_put_format(out, "%c%s.\n\n", toupper((unsigned char)text[0]), text + 1);
}

static void word(ve_buffer *out, const ve_plugin *plugin) {
    ve_put_format(out, "### ve.%s\n\n", plugin->name);
    sentence(out, plugin->summary);
    if (plugin->params->example) ve_put_format(out, "    %s\n\n", plugin->params->example);
    ve_print_markdown(out, plugin->params);
    ve_put_text(out, "\n");
}

static void words_of(const ve_cli *cli, ve_kind kind, ve_buffer *out) {
    for (size_t i = 0; i < cli->registry->count; i++)
        if (cli->registry->list[i].plugin->kind == kind) word(out, cli->registry->list[i].plugin);
}

static void command_line(const ve_cli *cli, const char *name, const ve_command *command,
                         const ve_plugin *study, ve_buffer *out) {
    ve_put_format(out, "\n### vescore %s %s\n\n", name, command->arguments);
    sentence(out, study ? study->summary : command->summary);
    ve_put_text(out, "```text\n");
    ve_options_help(cli, command, study, out);
    ve_put_text(out, "```\n");
}

static void commands(const ve_cli *cli, ve_buffer *out) {
    for (size_t i = 0; i < cli->registry->count; i++) {
        const ve_plugin *plugin = cli->registry->list[i].plugin;
        if (plugin->kind == VE_KIND_STUDY)
            command_line(cli, plugin->name, ve_command_of_study(plugin), plugin, out);
    }
    for (size_t i = 0; ve_commands[i]; i++)
        command_line(cli, ve_commands[i]->name, ve_commands[i], NULL, out);
}

void ve_reference_print(const ve_cli *cli, ve_buffer *out) {
    ve_put_text(
        out,
        "# Reference\n\n"
        "Printed by `vescore help reference` from the tables that the program itself reads models with.\n"
        "Do not edit it.\n\n"
        "Every number may be a distribution: `run` uses its mean.\n\n"
        "## The model\n\n");
    ve_print_markdown(out, &ve_model_record);
    ve_put_text(out, "\n");
    for (size_t i = 0; i < VE_COUNT(chapters); i++) {
        ve_put_format(out, "## %s\n\n", chapters[i].title);
        words_of(cli, chapters[i].kind, out);
    }
    ve_put_text(out, "## Plugins in Lua\n\nA file that returns `ve.plugin { }` is a plugin: "
                     "`--plugin FILE.lua`, or `ve.use \"FILE.lua\"` in a model.\n"
                     "[plugins.md](plugins.md) shows one of each kind.\n\n");
    ve_print_markdown(out, &ve_plugin_file_record);
    ve_put_text(out, "\n## Commands\n");
    commands(cli, out);
}

/* ---- annotations ----------------------------------------------------------------------------- */

static void word_annotation(ve_buffer *out, const ve_plugin *plugin) {
    char class_name[VE_TEXT_MAX / 4];
    snprintf(class_name, sizeof class_name, "ve.word.%s", plugin->name);
    ve_print_annotations(out, plugin->params, class_name);
    ve_put_format(out, "---%s\n---@param fields %s\n---@return ve.%s\nfunction ve.%s(fields) end\n\n",
                  plugin->summary, class_name, ve_kind_name(plugin->kind), plugin->name);
}

void ve_annotations_print(const ve_cli *cli, ve_buffer *out) {
    ve_put_text(out,
                "---@meta\n-- The words of model files, for editors that know LuaLS annotations. Written by\n"
                "-- `vescore help annotations`. Do not edit it.\n\n---@class ve\nve = {}\n\n");
    for (size_t i = 0; i < VE_COUNT(chapters); i++)
        ve_put_format(out, "---@class ve.%s\n", ve_kind_name(chapters[i].kind));
    ve_put_text(out, "\n");
    for (size_t i = 0; i < VE_COUNT(records); i++) {
        char class_name[VE_TEXT_MAX / 4];
        snprintf(class_name, sizeof class_name, "ve.%s", records[i]->name);
        ve_print_annotations(out, records[i], class_name);
    }
    ve_put_text(
        out, "---What a model file returns.\n---@param model ve.model\n---@return ve.model\n"
             "function ve.model(model) end\n\n---What another file beside the model, or below it, returns.\n"
             "---@param file string\n---@return any\nfunction ve.include(file) end\n\n"
             "---Use a plugin in Lua that stands beside the model, or below it.\n---@param file string\n"
             "function ve.use(file) end\n\n");
    ve_print_annotations(out, &ve_plugin_file_record, "ve.plugin_file");
    ve_put_text(out, "---What a plugin file in Lua returns.\n---@param fields ve.plugin_file\n"
                     "function ve.plugin(fields) end\n\n");
    for (size_t i = 0; i < cli->registry->count; i++) {
        ve_kind kind = cli->registry->list[i].plugin->kind;
        if (kind != VE_KIND_STUDY && kind != VE_KIND_REPORT)
            word_annotation(out, cli->registry->list[i].plugin);
    }
}

/* ---- errors ---------------------------------------------------------------------------------- */

static void codes_of(int status, ve_buffer *out) {
    for (int code = VE_OK + 1; code < VE_CODES_END; code++) {
        const ve_code_info *info = ve_code_get((ve_code)code);
        if (info->status == status)
            ve_put_format(out, "| %s | %s | %s |\n", info->id, info->meaning, info->way_out);
    }
}

void ve_codes_print(ve_buffer *out) {
    static const struct {
        int status;
        const char *meaning;
    } statuses[] = {
#define STATUS_ROW(name, value, meaning_) { value, meaning_ },
        VE_STATUSES(STATUS_ROW)
#undef STATUS_ROW
    };
    ve_put_text(out, "# Errors and warnings\n\nPrinted by `vescore help errors` from the one list of them. "
                     "`vescore explain VE304` shows one.\n\nThe exit status says what kind of thing went "
                     "wrong; 0 is done.\n");
    for (size_t i = 1; i < VE_COUNT(statuses); i++) {
        ve_put_format(out, "\n## Exit status %d: %s\n\n| code | what | way out |\n|---|---|---|\n",
                      statuses[i].status, statuses[i].meaning);
        codes_of(statuses[i].status, out);
    }
    ve_put_text(
        out,
        "\n## Warnings\n\nThe result stands; think about it.\n\n| code | what | way out |\n|---|---|---|\n");
    codes_of(0, out);
}

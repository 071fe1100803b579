/* vescore plugins [NAME]: what is loaded and from where; one plugin's fields.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "prove/prove.h"
#include "schema/print.h"

enum { DEEPEST = 4 };

static ve_code list_all(ve_cli *cli, ve_report_builder *builder) {
    static const ve_column column[] = {
        { "name", "name", 0, 0 },
        { "kind", "kind", 0, 0 },
        { "version", "version", 0, 0 },
        { "origin", "origin", 0, 0 },
        { "summary", "what it does", 0, 0 },
    };
    int table = ve_report_table(builder, "plugins", "Plugins", 0, column, VE_COUNT(column));
    for (size_t i = 0; i < cli->registry->count; i++) {
        const ve_registered *entry = &cli->registry->list[i];
        ve_cell *cell = ve_report_row(builder, table);
        cell[0] = VE_CELL_OF_TEXT(entry->plugin->name);
        cell[1] = VE_CELL_OF_TEXT(ve_kind_name(entry->plugin->kind));
        cell[2] = VE_CELL_OF_TEXT(entry->plugin->version);
        cell[3] = VE_CELL_OF_TEXT(entry->origin);
        cell[4] = VE_CELL_OF_TEXT(entry->plugin->summary);
    }
    ve_report_fact(builder, "plugins", VE_CELL_OF_NUMBER((double)cli->registry->count));
    return VE_OK;
}

/* How a model, or the command line, names it. */
static const char *written(ve_arena *arena, const ve_plugin *plugin) {
    if (plugin->kind == VE_KIND_STUDY) return ve_format(arena, "vescore %s MODEL.lua", plugin->name);
    if (plugin->kind == VE_KIND_REPORT) return ve_format(arena, "--format %s", plugin->name);
    return ve_format(arena, "ve.%s { }", plugin->name);
}

/* Two tables of the same fields: one for programs, one for people, who read a field's type below what it
 * says. */
typedef struct listing {
    ve_cli *cli;
    ve_report_builder *builder;
    int table, paper;
    bool failed;
} listing;

static const char *for_people(ve_arena *arena, const ve_field *field, const char *type, const char *usual) {
    if (field->flags & VE_F_REQUIRED) return ve_format(arena, "%s (%s; required)", field->doc, type);
    if (*usual) return ve_format(arena, "%s (%s; %s where left out)", field->doc, type, usual);
    return ve_format(arena, "%s (%s)", field->doc, type);
}

static void list_field(listing *to, const ve_record *record, const ve_field *field, const char *name) {
    char words[VE_MESSAGE_BYTES], room[VE_MESSAGE_BYTES];
    const char *type = ve_type_words(field, words, sizeof words);
    const char *usual = ve_default_words(record, field, room, sizeof room);
    const char *doc = for_people(to->cli->arena, field, type, usual);
    ve_cell *cell = ve_report_row(to->builder, to->table);
    cell[0] = VE_CELL_OF_TEXT(name);
    cell[1] = VE_CELL_OF_TEXT(type);
    cell[2] = VE_CELL_OF_BOOLEAN((field->flags & VE_F_REQUIRED) != 0);
    cell[3] = VE_CELL_OF_TEXT(*usual && !(field->flags & VE_F_REQUIRED) ? usual : NULL);
    cell[4] = VE_CELL_OF_TEXT(field->doc);
    cell = ve_report_row(to->builder, to->paper);
    cell[0] = VE_CELL_OF_TEXT(name);
    cell[1] = VE_CELL_OF_TEXT(doc);
    to->failed |= !doc;
}

static void list_fields(listing *to, const ve_record *record, const char *above, int depth) {
    for (size_t i = 0; i < record->count && depth < DEEPEST; i++) {
        const ve_field *field = &record->fields[i];
        if (!field->doc) continue;
        const char *name = ve_format(to->cli->arena, "%s%s", above, ve_field_words(field));
        const char *below = ve_format(to->cli->arena, "%s%s.", above, ve_field_words(field));
        if (!name || !below) {
            to->failed = true;
            return;
        }
        list_field(to, record, field, name);
        if (field->record) list_fields(to, field->record, below, depth + 1);
    }
}

static ve_code list_params(ve_cli *cli, ve_report_builder *builder, const ve_plugin *plugin) {
    static const ve_column column[] = { { "field", "field", 0, 0 },
                                        { "type", "type", 0, 0 },
                                        { "required", "required", 0, 0 },
                                        { "default", "default", 0, 0 },
                                        { "doc", "meaning", 0, 0 } };
    static const ve_column paper[] = { { "field", "field", 0, 0 }, { "doc", "meaning", 0, 0 } };
    listing to = { .cli = cli, .builder = builder };
    const char *key = ve_format(cli->arena, "%s_%s", ve_kind_name(plugin->kind), plugin->name);
    if (!key) return ve_fail_memory(cli->errors);
    to.table = ve_report_table(builder, key, plugin->name, VE_TABLE_HIDDEN, column, VE_COUNT(column));
    to.paper = ve_report_table(builder, "paper", "Fields", VE_TABLE_PAPER, paper, VE_COUNT(paper));
    list_fields(&to, plugin->params, "", 0);
    return to.failed ? ve_fail_memory(cli->errors) : VE_OK;
}

static ve_code show_one(ve_cli *cli, ve_report_builder *builder, const ve_registered *entry) {
    const ve_plugin *plugin = entry->plugin;
    const char *use = plugin->params->example ? plugin->params->example : written(cli->arena, plugin);
    if (!use) return ve_fail_memory(cli->errors);
    const char *about = ve_format(cli->arena, "%s: %s (%s, version %s, %s)", plugin->name, plugin->summary,
                                  ve_kind_name(plugin->kind), plugin->version, entry->origin);
    const char *example = ve_format(cli->arena, "Example: %s", use);
    if (!about || !example) return ve_fail_memory(cli->errors);
    ve_report_say(builder, about);
    ve_report_say(builder, example);
    return plugin->params->count ? list_params(cli, builder, plugin) : VE_OK;
}

static ve_code unknown(ve_cli *cli, const char *name) {
    const char **known = ve_alloc_array(cli->arena, cli->registry->count, sizeof *known);
    if (!known) return ve_fail_memory(cli->errors);
    for (size_t i = 0; i < cli->registry->count; i++)
        known[i] = cli->registry->list[i].plugin->name;
    ve_code code = ve_fail(cli->errors, VE_E_PLUGIN_NAME, VE_NOWHERE, NULL, "there is no plugin '%s'", name);
    ve_hint_nearest(cli, name, known, cli->registry->count, "`vescore plugins` lists them");
    return code;
}

/* All of that name: a reader and a format may share one. */
static ve_code show_named(ve_cli *cli, ve_report_builder *builder, const char *name) {
    size_t found = 0;
    for (size_t i = 0; i < cli->registry->count; i++) {
        const ve_registered *entry = &cli->registry->list[i];
        if (strcmp(entry->plugin->name, name) != 0) continue;
        ve_code code = show_one(cli, builder, entry);
        if (code) return code;
        found++;
    }
    return found ? VE_OK : unknown(cli, name);
}

/* ---- vescore plugins --test FILE ------------------------------------------------------------- */

typedef struct trial {
    ve_cli *cli;
    ve_report_builder *builder;
    const char *plugin;
    int table, paper, tried, failed;
    bool no_memory;
} trial;

/* Programs get columns; people read below each property what was found. */
static void note(void *context, const char *property, ve_verdict verdict, const char *detail) {
    static const char *const word[] = { "holds", "fails", "not tried" };
    trial *t = context;
    const char *text = ve_format(t->cli->arena, "%s%s%s", property, *detail ? ": " : "", detail);
    ve_cell *cell = ve_report_row(t->builder, t->table);
    cell[0] = VE_CELL_OF_TEXT(t->plugin);
    cell[1] = VE_CELL_OF_TEXT(property);
    cell[2] = VE_CELL_OF_TEXT(word[verdict]);
    cell[3] = VE_CELL_OF_TEXT(*detail ? detail : NULL);
    cell = ve_report_row(t->builder, t->paper);
    cell[0] = VE_CELL_OF_TEXT(word[verdict]);
    cell[1] = VE_CELL_OF_TEXT(text);
    t->no_memory |= !text;
    t->tried += verdict != VE_NOT_TRIED;
    t->failed += verdict == VE_FAILS;
}

static ve_code try_all(ve_cli *cli, size_t from, trial *t) {
    ve_prover prover = { note, t, cli->shelf };
    ve_code code = VE_OK;
    for (size_t i = from; !code && i < cli->registry->count; i++) {
        t->plugin = cli->registry->list[i].plugin->name;
        code = ve_prove(cli->registry->list[i].plugin, cli->registry, &prover, cli->errors);
    }
    return code;
}

static ve_code test_file(ve_cli *cli, ve_report_builder *builder) {
    static const ve_column column[] = { { "plugin", "plugin", 0, 0 },
                                        { "property", "property", 0, 0 },
                                        { "result", "result", 0, 0 },
                                        { "detail", "detail", 0, 0 } };
    static const ve_column paper[] = { { "result", "result", 0, 0 }, { "property", "what must hold", 0, 0 } };
    size_t before = cli->registry->count;
    ve_code code = ve_plugin_load(cli, cli->test);
    trial t = { .cli = cli, .builder = builder };
    if (!code)
        t.table = ve_report_table(builder, "properties", "Tried", VE_TABLE_HIDDEN, column, VE_COUNT(column));
    if (!code) t.paper = ve_report_table(builder, "paper", "Tried", VE_TABLE_PAPER, paper, VE_COUNT(paper));
    if (!code) code = try_all(cli, before, &t);
    if (code) return code;
    const char *said = t.failed ? ve_format(cli->arena, "%s: %d of %d properties %s not hold", cli->test,
                                            t.failed, t.tried, t.failed == 1 ? "does" : "do")
                                : ve_format(cli->arena, "%s: all %d properties hold", cli->test, t.tried);
    if (!said || t.no_memory) return ve_fail_memory(cli->errors);
    ve_report_say(builder, said);
    ve_report_fact(builder, "holds", VE_CELL_OF_BOOLEAN(t.failed == 0));
    if (t.failed) cli->status = VE_STATUS_PLUGIN;
    return VE_OK;
}

static ve_code answer(ve_cli *cli, ve_report_builder *builder) {
    if (cli->test) return test_file(cli, builder);
    return cli->arguments ? show_named(cli, builder, cli->argument[0]) : list_all(cli, builder);
}

static ve_code run(ve_cli *cli) {
    ve_report_builder *builder = ve_report_new(cli->arena, "plugins");
    if (!builder) return ve_fail_memory(cli->errors);
    ve_code code = answer(cli, builder);
    const ve_report *report = NULL;
    if (!code) code = ve_report_finish(builder, &report, cli->errors);
    return code ? code : ve_output_report(cli, report);
}

const ve_command ve_cmd_plugins = {
    "plugins", "what is loaded and from where; one plugin's fields",
    "[NAME]",  0,
    1,         VE_O_FORMAT | VE_O_OUTPUT | VE_O_PLUGIN | VE_O_QUIET | VE_O_COLOR | VE_O_TEST,
    run
};

/* Run a model text from beginning to end inside a test, and look at what it yields.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ve_test.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"

static const ve_plugin *const nothing[] = { NULL };

static void give_up(const char *what, const ve_errors *errors) {
    fprintf(stderr, "test: %s\n", what);
    for (size_t i = 0; errors && i < errors->count; i++)
        fprintf(stderr, "    %s: %s\n", ve_code_get(errors->list[i].code)->id, errors->list[i].message);
    exit(1);
}

/* ---- plugins ------------------------------------------------------------------------------------ */

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void load_folder(ve_test *t, const char *folder) {
    char *file[256];
    size_t count = 0;
    DIR *entries = opendir(folder);
    if (!entries) give_up("the folder in VE_TEST_MODULES cannot be read", NULL);
    for (struct dirent *entry; (entry = readdir(entries)) && count < 256;) {
        const char *dot = strrchr(entry->d_name, '.');
        if (!dot || strcmp(dot, ".so") != 0) continue;
        file[count] = malloc(strlen(folder) + strlen(entry->d_name) + 2);
        if (!file[count]) give_up("no memory", NULL);
        snprintf(file[count], strlen(folder) + strlen(entry->d_name) + 2, "%s/%s", folder, entry->d_name);
        count++;
    }
    closedir(entries);
    qsort(file, count, sizeof *file, by_name);
    for (size_t i = 0; i < count; i++) {
        if (ve_registry_load(t->registry, t->plugins, file[i], &t->errors)) give_up(file[i], &t->errors);
        free(file[i]);
    }
}

/* Every built-in plugin but the one that comes from the file. */
static void load_one(ve_test *t, const char *module) {
    ve_registry *alone;
    if (ve_registry_new(t->plugins, nothing, &alone, &t->errors) ||
        ve_registry_load(alone, t->plugins, module, &t->errors))
        give_up(module, &t->errors);
    const ve_plugin *own = alone->list[0].plugin;
    ve_code code = VE_OK;
    bool replaced = false;
    for (const ve_plugin *const *p = ve_plugins_builtin; *p && !code; p++) {
        bool same = (*p)->kind == own->kind && strcmp((*p)->name, own->name) == 0;
        code =
            ve_registry_add(t->registry, t->plugins, same ? own : *p, same ? module : "built in", &t->errors);
        replaced |= same;
    }
    if (!code && !replaced) code = ve_registry_add(t->registry, t->plugins, own, module, &t->errors);
    if (code) give_up(module, &t->errors);
}

static void load_plugins(ve_test *t, const char *module) {
    const char *folder = getenv("VE_TEST_MODULES");
    bool builtin = !folder && !module;
    if (ve_registry_new(t->plugins, builtin ? ve_plugins_builtin : nothing, &t->registry, &t->errors))
        give_up("the built-in plugins do not pass the check", &t->errors);
    if (folder)
        load_folder(t, folder);
    else if (module)
        load_one(t, module);
}

/* ---- files -------------------------------------------------------------------------------------- */

static void make_folder(ve_test *t) {
    const char *temporary = getenv("TMPDIR");
    snprintf(t->folder, sizeof t->folder, "%s/ve_test_XXXXXX", temporary && *temporary ? temporary : "/tmp");
    if (!mkdtemp(t->folder)) give_up("no temporary folder", NULL);
}

static void remove_folder(const ve_test *t) {
    char path[600];
    DIR *entries = opendir(t->folder);
    for (struct dirent *entry; entries && (entry = readdir(entries));) {
        snprintf(path, sizeof path, "%s/%s", t->folder, entry->d_name);
        if (entry->d_name[0] != '.') unlink(path);
    }
    if (entries) closedir(entries);
    rmdir(t->folder);
}

ve_test *ve_test_open(const char *module) {
    ve_test *t = calloc(1, sizeof *t);
    if (!t) give_up("no memory", NULL);
    t->plugins = ve_arena_new(0);
    t->arena = ve_arena_new(0);
    t->threads = 1;
    if (!t->plugins || !t->arena) give_up("no memory", NULL);
    load_plugins(t, module);
    make_folder(t);
    return t;
}

void ve_test_close(ve_test *t) {
    remove_folder(t);
    ve_arena_free(t->arena);
    ve_arena_free(t->plugins);
    free(t);
}

void ve_test_file(ve_test *t, const char *name, const char *bytes, size_t length) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", t->folder, name);
    FILE *file = fopen(path, "wb");
    bool written = file && fwrite(bytes, 1, length, file) == length;
    if (!file || fclose(file) != 0 || !written) give_up(path, NULL);
}

void ve_test_text(ve_test *t, const char *name, const char *text) {
    ve_test_file(t, name, text, strlen(text));
}

/* ---- running ------------------------------------------------------------------------------------ */

static void write_model(ve_test *t, const char *model) {
    if (*model != '{') {
        ve_test_text(t, "model.lua", model);
        return;
    }
    size_t length = strlen(model) + 32;
    char *text = malloc(length);
    if (!text) give_up("no memory", NULL);
    snprintf(text, length, "return ve.model %s\n", model);
    ve_test_text(t, "model.lua", text);
    free(text);
}

static ve_code run_with(ve_test *t, const char *model, const ve_plugin *study, const ve_value *params) {
    char path[512], other[512];
    write_model(t, model);
    ve_arena_reset(t->arena);
    t->errors.count = t->errors.dropped = 0;
    snprintf(path, sizeof path, "%s/model.lua", t->folder);
    snprintf(other, sizeof other, "%s/%s", t->folder, t->other ? t->other : "");
    ve_request request = { .model = ve_copy_text(t->arena, path, strlen(path)),
                           .other = t->other ? ve_copy_text(t->arena, other, strlen(other)) : NULL,
                           .scenario = t->scenario,
                           .set = t->set,
                           .sets = t->sets,
                           .study = study,
                           .study_params = params,
                           .limits = &ve_limits_default,
                           .threads = t->threads };
    return t->code = ve_run(&request, t->registry, t->arena, &t->answer, &t->errors);
}

static ve_code run(ve_test *t, const char *model, const ve_plugin *study) {
    return run_with(t, model, study, NULL);
}

/* As the command line does it: a number where it is one. */
static ve_value option_value(const char *text) {
    ve_value value = { .kind = VE_NUMBER, .at = { "command line", 0, 0 } };
    if (ve_number_read(text, strlen(text), &value.number)) return value;
    value.kind = VE_TEXT;
    value.text.bytes = text;
    value.text.length = strlen(text);
    return value;
}

ve_code ve_test_study(ve_test *t, const char *model, const char *study, ...) {
    ve_entry field[16];
    ve_value params = { .kind = VE_TABLE, .table = { .fields = field } };
    va_list pairs;
    va_start(pairs, study);
    for (const char *name; params.table.named < 16 && (name = va_arg(pairs, const char *));)
        field[params.table.named++] = (ve_entry){ name, option_value(va_arg(pairs, const char *)) };
    va_end(pairs);
    return run_with(t, model, ve_registry_get(t->registry, VE_KIND_STUDY, study), &params);
}

ve_code ve_test_run(ve_test *t, const char *model) {
    return run(t, model, ve_registry_get(t->registry, VE_KIND_STUDY, "run"));
}

ve_code ve_test_check(ve_test *t, const char *model) {
    return run(t, model, NULL);
}

/* ---- looking ------------------------------------------------------------------------------------ */

static const ve_table *find_table(const ve_test *t, const char *key) {
    if (t->code) give_up("the run failed", &t->errors);
    for (size_t i = 0; i < t->answer.report->tables; i++)
        if (strcmp(t->answer.report->table[i]->key, key) == 0) return t->answer.report->table[i];
    give_up(key, NULL);
    return NULL;
}

static size_t find_column(const ve_table *table, const char *key) {
    for (size_t c = 0; c < table->columns; c++)
        if (strcmp(table->column[c].key, key) == 0) return c;
    give_up(key, NULL);
    return 0;
}

static bool row_matches(const ve_table *table, size_t row, va_list pairs) {
    for (const char *column; (column = va_arg(pairs, const char *));) {
        const char *wanted = va_arg(pairs, const char *);
        const ve_cell *cell = &table->cell[row * table->columns + find_column(table, column)];
        if (cell->kind != VE_CELL_TEXT || strcmp(cell->text, wanted) != 0) return false;
    }
    return true;
}

static const ve_cell *find_cell(const ve_test *t, const char *key, const char *column, va_list pairs) {
    const ve_table *table = find_table(t, key);
    for (size_t row = 0; row < table->rows; row++) {
        va_list again;
        va_copy(again, pairs);
        bool found = row_matches(table, row, again);
        va_end(again);
        if (found) return &table->cell[row * table->columns + find_column(table, column)];
    }
    give_up("no such row", NULL);
    return NULL;
}

static const ve_cell *cell_of(const ve_test *t, const char *table, const char *column, ...) {
    va_list pairs;
    va_start(pairs, column);
    const ve_cell *cell = find_cell(t, table, column, pairs);
    va_end(pairs);
    return cell;
}

double ve_test_number(const ve_test *t, const char *table, const char *column, ...) {
    va_list pairs;
    va_start(pairs, column);
    const ve_cell *cell = find_cell(t, table, column, pairs);
    va_end(pairs);
    return cell->kind == VE_CELL_NUMBER ? cell->number : NAN;
}

const char *ve_test_word(const ve_test *t, const char *table, const char *column, ...) {
    va_list pairs;
    va_start(pairs, column);
    const ve_cell *cell = find_cell(t, table, column, pairs);
    va_end(pairs);
    return cell->kind == VE_CELL_TEXT ? cell->text : NULL;
}

double ve_test_option(const ve_test *t, const char *option, const char *column) {
    return ve_test_number(t, "options", column, "option", option, NULL);
}

double ve_test_weight(const ve_test *t, const char *function) {
    return ve_test_number(t, "functions", "weight", "function", function, NULL);
}

bool ve_test_truth(const ve_test *t, const char *option, const char *column) {
    const ve_cell *cell = cell_of(t, "options", column, "option", option, NULL);
    return cell->kind == VE_CELL_BOOLEAN && cell->boolean;
}

static const ve_cell *find_fact(const ve_test *t, const char *key) {
    if (t->code) give_up("the run failed", &t->errors);
    for (size_t i = 0; i < t->answer.report->facts; i++)
        if (strcmp(t->answer.report->fact[i].key, key) == 0) return &t->answer.report->fact[i].value;
    give_up(key, NULL);
    return NULL;
}

const char *ve_test_fact(const ve_test *t, const char *key) {
    return find_fact(t, key)->text;
}

double ve_test_fact_number(const ve_test *t, const char *key) {
    const ve_cell *fact = find_fact(t, key);
    return fact->kind == VE_CELL_NUMBER ? fact->number : NAN;
}

static bool found(const ve_test *t, const char *words, bool whole) {
    if (t->code) give_up("the run failed", &t->errors);
    const ve_report *report = t->answer.report;
    for (size_t i = 0; i < report->sentences; i++)
        if (whole ? strcmp(report->sentence[i], words) == 0 : strstr(report->sentence[i], words) != NULL)
            return true;
    for (size_t i = 0; i < report->sentences; i++)
        fprintf(stderr, "said: %s\n", report->sentence[i]);
    fprintf(stderr, "not said: %s\n", words);
    return false;
}

bool ve_test_said(const ve_test *t, const char *sentence) {
    return found(t, sentence, true);
}

bool ve_test_says(const ve_test *t, const char *words) {
    return found(t, words, false);
}

bool ve_test_warned(const ve_test *t, ve_code code) {
    return ve_test_warned_of(t, code, "");
}

bool ve_test_warned_of(const ve_test *t, ve_code code, const char *words) {
    for (size_t i = 0; !t->code && i < t->answer.report->notices; i++)
        if (t->answer.report->notice[i].code == code && strstr(t->answer.report->notice[i].message, words))
            return true;
    return false;
}

bool ve_test_told(const ve_test *t, ve_code code, int line, const char *words) {
    for (size_t i = 0; i < t->errors.count; i++) {
        const ve_error *error = &t->errors.list[i];
        if (error->code == code && (!line || error->at.line == line) && strstr(error->message, words))
            return true;
    }
    fprintf(stderr, "wanted %s at line %d: ... %s ...\n", ve_code_get(code)->id, line, words);
    for (size_t i = 0; i < t->errors.count; i++) {
        const ve_error *error = &t->errors.list[i];
        fprintf(stderr, "   got %s at line %d: %s: %s\n", ve_code_get(error->code)->id, error->at.line,
                error->path, error->message);
    }
    if (!t->errors.count) fprintf(stderr, "   got no error\n");
    return false;
}

bool ve_test_near(double is, double wanted, double tolerance) {
    if (fabs(is - wanted) <= tolerance * fmax(1, fabs(wanted))) return true;
    fprintf(stderr, "got %.17g, wanted %.17g\n", is, wanted);
    return false;
}

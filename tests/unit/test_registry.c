/* Plugins: the check of every descriptor, the names of a run, and what is loaded from where.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/errors.h"
#include "plug/registry.h"

#define SAMPLES VE_BINARY_DIR "/tests/samples/"

static ve_arena *arena;
static ve_errors errors;
static ve_registry *registry;
static char folder[64];
static const ve_plugin *const nothing[] = { NULL };

static int enter(void **state) {
    (void)state;
    memset(&errors, 0, sizeof errors);
    unsetenv("VE_TEST_SAMPLE_RAN");
    arena = ve_arena_new(0);
    strncpy(folder, P_tmpdir "/ve-registry-XXXXXX", sizeof folder - 1);
    if (!arena || !mkdtemp(folder)) return -1;
    return ve_registry_new(arena, nothing, &registry, &errors) == VE_OK ? 0 : -1;
}

static int leave(void **state) {
    (void)state;
    char command[100];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    ve_arena_free(arena);
    return system(command);
}

static void assert_told(ve_code got, ve_code wanted, const char *part) {
    if (got != wanted) print_message("'%s' '%s'\n", errors.list[0].message, errors.list[0].hint);
    assert_int_equal(got, wanted);
    assert_int_equal(errors.count, wanted == VE_OK ? 0 : 1);
    if (wanted == VE_OK) return;
    assert_int_equal(errors.list[0].code, wanted);
    if (!strstr(errors.list[0].message, part))
        fail_msg("'%s' does not say '%s'", errors.list[0].message, part);
    assert_true(errors.list[0].hint[0] != '\0');
    memset(&errors, 0, sizeof errors);
}

/* ---- descriptors ----------------------------------------------------------------------------- */

typedef struct room {
    double number;
    int by;
    ve_rows rows;
    ve_word word;
} room;

#define RECORD(name_, doc_, fields_, count_)                                                                 \
    { .name = (name_), .doc = (doc_), .size = sizeof(room), .fields = (fields_), .count = (count_) }

static const ve_field fine_fields[] = {
    VE_FIELD(room, number, VE_T_NUMBER, .name = "number", .doc = "a number"),
    VE_FIELD(room, by, VE_T_REF, .name = "by", .doc = "the attribute", .of = VE_OF_ATTRIBUTES),
};
static const ve_record fine_record = RECORD("fine", "a fine record", fine_fields, 2);

static ve_code merit(const void *params, const ve_outcome_option *option, size_t options, double *out,
                     const ve_services *services) {
    (void)params, (void)option, (void)services;
    for (size_t i = 0; i < options; i++)
        out[i] = 0;
    return VE_OK;
}
static const ve_rule_ops rule_ops = { .size = sizeof rule_ops, .merit = merit };

static ve_plugin rule(const char *name) {
    return (ve_plugin){ VE_PLUGIN_MAGIC, VE_ABI_MAJOR, VE_ABI_MINOR, sizeof(ve_plugin),
                        VE_KIND_RULE,    name,         "1.0",        "a plugin for tests",
                        &fine_record,    &rule_ops };
}

static void assert_checks(const ve_plugin *plugin, ve_code wanted, const char *part) {
    assert_told(ve_plugin_check(plugin, "the test", &errors), wanted, part);
}

static void heads_are_checked(void **state) {
    (void)state;
    ve_plugin p = rule("fine");
    assert_checks(&p, VE_OK, "");
    p = rule("fine"), p.magic++;
    assert_checks(&p, VE_E_PLUGIN_BROKEN, "this is not a plugin of vescore");
    p = rule("fine"), p.abi_major = 3, p.abi_minor = 4;
    assert_checks(&p, VE_E_PLUGIN_ABI, "the plugin was built for interface 3.4, this program offers 1.1");
    p = rule("fine"), p.abi_minor = VE_ABI_MINOR + 1;
    assert_checks(&p, VE_E_PLUGIN_ABI, "the plugin was built for interface 1.2, this program offers 1.1");
    p = rule("fine"), p.size--;
    assert_checks(&p, VE_E_PLUGIN_BROKEN, "the plugin's description is 63 bytes long, 64 are needed");
    p = rule("fine"), p.kind = VE_KIND_COUNT;
    assert_checks(&p, VE_E_PLUGIN_BROKEN, "the plugin is of unknown kind 7");
    p = rule("fine"), p.version = "";
    assert_checks(&p, VE_E_PLUGIN_BROKEN, "plugin 'fine' has no version");
    p = rule("fine"), p.summary = "two\nlines";
    assert_checks(&p, VE_E_PLUGIN_BROKEN, "plugin 'fine' has no summary of one line");
    p = rule("fine"), p.params = NULL;
    assert_checks(&p, VE_E_PLUGIN_BROKEN, "plugin 'fine' has no table of fields");
    p = rule("fine"), p.ops = NULL;
    assert_checks(&p, VE_E_PLUGIN_BROKEN, "plugin 'fine' has no functions");
}

static void names_are_checked(void **state) {
    (void)state;
    static const char *const bad[] = { NULL, "", "Upper", "1st", "_x", "a-b", "a b", "größe", "a.b" };
    for (size_t i = 0; i < VE_COUNT(bad); i++) {
        ve_plugin p = rule(bad[i]);
        assert_checks(&p, VE_E_PLUGIN_BROKEN,
                      "the plugin's name is not made of lower case letters, digits and _");
    }
    char lengthy[66];
    memset(lengthy, 'x', sizeof lengthy);
    lengthy[65] = '\0';
    ve_plugin p = rule(lengthy);
    assert_checks(&p, VE_E_PLUGIN_BROKEN, "the plugin's name");
    lengthy[64] = '\0';
    assert_checks(&p, VE_OK, "");
}

static void assert_field(ve_field field, const char *part) {
    const ve_field fields[] = { fine_fields[0], field };
    const ve_record record = RECORD("outer", "a record", fields, 2);
    ve_plugin p = rule("fine");
    p.params = &record;
    assert_checks(&p, part ? VE_E_PLUGIN_BROKEN : VE_OK, part);
}

static void fields_are_checked(void **state) {
    (void)state;
    const ve_field plain = {
        .name = "x", .doc = "a field", .type = VE_T_INTEGER, .offset = offsetof(room, by)
    };
    ve_field f = plain;
    assert_field(f, NULL);
    f.name = NULL;
    assert_field(f, "plugin 'fine': field 2 of 'outer' has no usable name");
    f.name = "a b";
    assert_field(f, "field 2 of 'outer' has no usable name");
    f.name = "number";
    assert_field(f, "field 'number' of 'outer' stands twice");
    f = plain, f.type = (ve_type)99;
    assert_field(f, "field 'x' of 'outer' has an unknown type");
    f = plain, f.doc = NULL;
    assert_field(f, "field 'x' of 'outer' has no documentation of one line");
    f = plain, f.low = 2, f.high = 1;
    assert_field(f, "has an empty range");
    f.low = NAN;
    assert_field(f, "has an empty range");
    f = plain, f.type = VE_T_CHOICE;
    assert_field(f, "has no choices");
    static const char *const choices[] = { "", "|a", "a|", "a||b" };
    for (size_t i = 0; i < VE_COUNT(choices); i++) {
        f.choices = choices[i];
        assert_field(f, "has no choices");
    }
    f.choices = "mean|sum";
    assert_field(f, NULL);
    f = plain, f.type = VE_T_WORD, f.offset = offsetof(room, word), f.kind = VE_KIND_COUNT;
    assert_field(f, "takes words of an unknown kind");
    f.type = VE_T_AMOUNT;
    assert_field(f, "takes words of an unknown kind");
}

static void ids_and_records_must_be_named(void **state) {
    (void)state;
    static const ve_type types[] = { VE_T_REF, VE_T_REFS, VE_T_MAP, VE_T_TEXTS };
    for (size_t i = 0; i < VE_COUNT(types); i++)
        assert_field((ve_field){ .name = "x", .doc = "d", .type = types[i], .record = &fine_record },
                     "does not say whose ids it takes");
    assert_field((ve_field){ .name = "x", .doc = "d", .type = VE_T_KEYED, .record = &fine_record }, NULL);
    assert_field((ve_field){ .name = "x", .doc = "d", .type = VE_T_VALUE, .of = (ve_of)99 },
                 "does not say whose ids it takes");
    static const ve_type outer[] = { VE_T_RECORD, VE_T_ROWS, VE_T_KEYED };
    for (size_t i = 0; i < VE_COUNT(outer); i++)
        assert_field((ve_field){ .name = "x", .doc = "d", .type = outer[i], .of = VE_OF_OPTIONS },
                     "does not say what its records are made of");
}

static void fields_lie_inside_their_struct(void **state) {
    (void)state;
    for (int type = 0; type <= VE_T_VALUE; type++) {
        if (type == VE_T_RECORD) continue;
        ve_field f = { .name = "x",
                       .doc = "d",
                       .type = (ve_type)type,
                       .of = VE_OF_OPTIONS,
                       .record = &fine_record,
                       .choices = "a|b",
                       .kind = VE_KIND_COST,
                       .offset = sizeof(room) };
        assert_field(f, "lies outside its struct");
        f.offset = sizeof(room) - 1;
        if (type != VE_T_BOOLEAN) assert_field(f, "lies outside its struct");
        f.offset = SIZE_MAX;
        assert_field(f, "lies outside its struct");
        f.offset = 0;
        assert_field(f, NULL);
    }
    assert_field(
        (ve_field){ .name = "x", .doc = "d", .type = VE_T_RECORD, .record = &fine_record, .offset = 8 },
        "lies outside its struct");
}

static void records_are_checked_within_records(void **state) {
    (void)state;
    static const ve_field nameless_field[] = { { .doc = "d" } };
    const ve_record nameless = RECORD("inner", "d", nameless_field, 1);
    ve_field f = {
        .name = "x", .doc = "d", .type = VE_T_ROWS, .offset = offsetof(room, rows), .record = &nameless
    };
    assert_field(f, "field 1 of 'inner' has no usable name");
    const ve_record undocumented = RECORD("inner", NULL, fine_fields, 2);
    f.record = &undocumented;
    assert_field(f, "record 'inner' has no documentation of one line");
    const ve_record anonymous = RECORD(NULL, "d", fine_fields, 2);
    f.record = &anonymous;
    assert_field(f, "plugin 'fine' has a record without a name");
    const ve_record two_lines = { .name = "inner", .doc = "d", .example = "a\nb" };
    f.record = &two_lines;
    assert_field(f, "plugin 'fine': the example of 'inner' is not one line");
    const ve_record hollow = RECORD("inner", "d", NULL, 2);
    f.record = &hollow;
    assert_field(f, "record 'inner' has no fields");
}

static void a_record_may_hold_its_own_kind(void **state) {
    (void)state;
    static ve_field fields[1];
    static const ve_record tree = RECORD("tree", "a tree", fields, 1);
    fields[0] = (ve_field){
        .name = "parts", .doc = "d", .type = VE_T_ROWS, .offset = offsetof(room, rows), .record = &tree
    };
    ve_plugin p = rule("tree");
    p.params = &tree;
    assert_checks(&p, VE_OK, "");
}

/* Every kind with all its functions, then with each of them taken away. */
static void assert_needs(ve_kind kind, void *ops, size_t size, size_t offset, const char *name) {
    void *kept, *none = NULL;
    ve_plugin p = rule("fine");
    p.kind = kind;
    p.ops = ops;
    *(uint32_t *)ops = (uint32_t)size;
    assert_checks(&p, VE_OK, "");
    memcpy(&kept, (char *)ops + offset, sizeof kept);
    memcpy((char *)ops + offset, &none, sizeof none);
    char text[80];
    snprintf(text, sizeof text, "plugin 'fine' lacks the function '%s', which a %s needs", name,
             ve_kind_name(kind));
    assert_checks(&p, VE_E_PLUGIN_BROKEN, text);
    memcpy((char *)ops + offset, &kept, sizeof kept);
    *(uint32_t *)ops = (uint32_t)size - 1;
    snprintf(text, sizeof text, "its table of functions is %zu bytes long, %zu are needed", size - 1, size);
    assert_checks(&p, VE_E_PLUGIN_BROKEN, text);
}
#define NEEDS(kind, ops, member)                                                                             \
    assert_needs(kind, &(ops), sizeof(ops), offsetof(__typeof__(ops), member), #member)

static void fill(void *ops, size_t size) {
    void (*some)(void) = (void (*)(void))merit;
    for (size_t at = sizeof some; at + sizeof some <= size; at += sizeof some)
        memcpy((char *)ops + at, &some, sizeof some);
}

static void every_kind_has_its_functions(void **state) {
    (void)state;
    ve_cost_ops cost;
    ve_rule_ops any_rule;
    ve_survey_ops survey;
    ve_study_ops study;
    ve_report_ops report;
    fill(&cost, sizeof cost), fill(&any_rule, sizeof any_rule), fill(&survey, sizeof survey);
    fill(&study, sizeof study), fill(&report, sizeof report);
    NEEDS(VE_KIND_COST, cost, combine);
    cost.parts = NULL;
    NEEDS(VE_KIND_COST, cost, cost);
    NEEDS(VE_KIND_RULE, any_rule, merit);
    NEEDS(VE_KIND_SURVEY, survey, read);
    /* one that was built before studies had flags is as good */
    assert_needs(VE_KIND_STUDY, &study, offsetof(ve_study_ops, flags), offsetof(ve_study_ops, study),
                 "study");
    NEEDS(VE_KIND_REPORT, report, report);
    report.errors = NULL;
    NEEDS(VE_KIND_REPORT, report, report);
}

/* One that was built before distributions had many quantiles at once is as good. */
#define DISTRIBUTION_NEEDS(member)                                                                           \
    assert_needs(VE_KIND_DISTRIBUTION, &ops, offsetof(ve_distribution_ops, quantiles),                       \
                 offsetof(ve_distribution_ops, member), #member)

static void distributions_have_their_functions(void **state) {
    (void)state;
    ve_distribution_ops ops;
    fill(&ops, sizeof ops);
    ops.joint = true;
    ops.categorical = false;
    ops.prepare = NULL;
    ops.quantile = NULL;
    DISTRIBUTION_NEEDS(combine);
    ops.parts = NULL;
    DISTRIBUTION_NEEDS(log_density);
    DISTRIBUTION_NEEDS(log_peak);
    DISTRIBUTION_NEEDS(mean);
    ops.size = sizeof ops;
    ops.joint = false;
    ve_plugin p = rule("fine");
    p.kind = VE_KIND_DISTRIBUTION;
    p.ops = &ops;
    assert_checks(&p, VE_OK, "");
    static const ve_record without = RECORD("fine", "a fine record", fine_fields, 1);
    p.params = &without;
    assert_checks(&p, VE_E_PLUGIN_BROKEN,
                  "plugin 'fine' takes one attribute but has no field 'by' that names it");
}

static void distributions_of_parts_and_of_texts(void **state) {
    (void)state;
    ve_distribution_ops ops;
    fill(&ops, sizeof ops);
    ops.size = sizeof ops;
    ops.joint = ops.categorical = false;
    ve_plugin p = rule("fine");
    p.kind = VE_KIND_DISTRIBUTION;
    p.ops = &ops;
    assert_checks(&p, VE_E_PLUGIN_BROKEN,
                  "plugin 'fine' has parts, which may speak of any attribute, but is not joint");
    ops.parts = NULL;
    ops.joint = ops.categorical = true;
    assert_checks(&p, VE_E_PLUGIN_BROKEN,
                  "plugin 'fine' takes texts, so it can have only one attribute, but is joint");
}

static void judgements_weigh_or_combine(void **state) {
    (void)state;
    ve_judgement_ops ops;
    fill(&ops, sizeof ops);
    NEEDS(VE_KIND_JUDGEMENT, ops, combine);
    ops.parts = NULL;
    NEEDS(VE_KIND_JUDGEMENT, ops, weigh);
}

/* ---- names of a run -------------------------------------------------------------------------- */

static ve_code add(const ve_plugin *plugin) {
    return ve_registry_add(registry, arena, plugin, "the test", &errors);
}

static void built_in_plugins_pass_the_check(void **state) {
    (void)state;
    ve_registry *all;
    assert_told(ve_registry_new(arena, ve_plugins_builtin, &all, &errors), VE_OK, "");
    size_t count = 0;
    while (ve_plugins_builtin[count])
        count++;
    assert_int_equal(all->count, count);
    for (size_t i = 0; i < count; i++) {
        const ve_plugin *p = ve_plugins_builtin[i];
        assert_ptr_equal(ve_registry_get(all, p->kind, p->name), p);
        bool word = p->kind != VE_KIND_STUDY && p->kind != VE_KIND_REPORT;
        if (word) assert_ptr_equal(ve_registry_find(all, p->name), p);
        assert_string_equal(all->list[i].origin, "built in");
    }
    assert_null(ve_registry_find(all, "nothing"));
    assert_null(ve_registry_find(all, "run"));
    assert_null(ve_registry_get(all, VE_KIND_COST, "normal"));
}

static void kinds_have_names(void **state) {
    (void)state;
    assert_string_equal(ve_kind_name(VE_KIND_DISTRIBUTION), "distribution");
    assert_string_equal(ve_kind_name(VE_KIND_REPORT), "report");
    assert_string_equal(ve_kind_name(VE_KIND_COUNT), "unknown");
}

static void words_have_one_meaning(void **state) {
    (void)state;
    static ve_report_ops report_ops;
    fill(&report_ops, sizeof report_ops);
    report_ops.size = sizeof report_ops;
    ve_plugin first = rule("same"), twin = rule("same"), report = rule("same"), report_twin;
    report.kind = VE_KIND_REPORT;
    report.ops = &report_ops;
    report_twin = report;
    assert_told(add(&first), VE_OK, "");
    assert_told(add(&twin), VE_E_PLUGIN_TWICE, "there is already a rule plugin called 'same' (the test)");
    assert_told(add(&report), VE_OK, ""); /* a format may be called like a word */
    assert_told(add(&report_twin), VE_E_PLUGIN_TWICE, "there is already a report plugin called 'same'");
    static ve_cost_ops cost_ops;
    fill(&cost_ops, sizeof cost_ops);
    cost_ops.size = sizeof cost_ops;
    ve_plugin cost = rule("same");
    cost.kind = VE_KIND_COST;
    cost.ops = &cost_ops;
    assert_told(add(&cost), VE_E_PLUGIN_TWICE, "there is already a rule plugin called 'same'");
    assert_int_equal(registry->count, 2);
}

static void the_languages_own_words_are_taken(void **state) {
    (void)state;
    static const char *const taken[] = { "model", "include", "use", "plugin", "while", "end", "nil", "goto" };
    for (size_t i = 0; i < VE_COUNT(taken); i++) {
        ve_plugin p = rule(taken[i]);
        char text[80];
        snprintf(text, sizeof text, "a plugin may not be called '%s': a model could not write ve.%s",
                 taken[i], taken[i]);
        assert_told(add(&p), VE_E_PLUGIN_TWICE, text);
    }
}

static void many_plugins_fit(void **state) {
    (void)state;
    enum { MANY = 500 };
    static ve_plugin list[MANY];
    for (int i = 0; i < MANY; i++) {
        list[i] = rule(ve_format(arena, "rule_%d", i));
        assert_told(add(&list[i]), VE_OK, "");
    }
    assert_ptr_equal(ve_registry_find(registry, "rule_0"), &list[0]);
    assert_ptr_equal(ve_registry_find(registry, "rule_499"), &list[MANY - 1]);
    ve_arena *small = ve_arena_new(64);
    ve_registry *cramped;
    assert_told(ve_registry_new(small, nothing, &cramped, &errors), VE_OK, "");
    assert_told(ve_registry_add(cramped, small, &list[0], "the test", &errors), VE_E_MEMORY, "memory");
    ve_arena_free(small);
}

/* ---- loading --------------------------------------------------------------------------------- */

static ve_code load(const char *path) {
    return ve_registry_load(registry, arena, path, &errors);
}

/* A copy of a sample in the test's own folder, `edit` bytes changed at `offset`, cut to `size` where that is
 * not 0. */
static const char *copy(const char *sample, off_t offset, const char *edit, size_t bytes, off_t size) {
    const char *path = ve_format(arena, "%s/%s-%zu.so", folder, sample, (size_t)offset + (size_t)size);
    char command[400];
    snprintf(command, sizeof command, "cp '%s%s.so' '%s' && chmod 644 '%s'", SAMPLES, sample, path, path);
    assert_int_equal(system(command), 0);
    int fd = open(path, O_WRONLY);
    assert_int_equal(pwrite(fd, edit, bytes, offset), bytes);
    if (size) assert_int_equal(ftruncate(fd, size), 0);
    close(fd);
    return path;
}

static const char *plain_copy(const char *sample) {
    return copy(sample, 0, "", 0, 0);
}

static void assert_not_run(const char *path, ve_code wanted, const char *part) {
    assert_told(load(path), wanted, part);
    assert_null(getenv("VE_TEST_SAMPLE_RAN"));
    assert_int_equal(registry->count, 0);
}

static void a_good_file_is_loaded(void **state) {
    (void)state;
    const char *path = plain_copy("good");
    assert_told(load(path), VE_OK, "");
    assert_non_null(getenv("VE_TEST_SAMPLE_RAN"));
    const ve_plugin *p = ve_registry_find(registry, "sample");
    assert_non_null(p);
    assert_string_equal(registry->list[0].origin, path);
    double out[2];
    ve_outcome_option options[2] = { { .value_index = 1 }, { .value_index = 2 } };
    const double factor = 3;
    assert_int_equal(((const ve_rule_ops *)p->ops)->merit(&factor, options, 2, out, NULL), VE_OK);
    assert_true(out[0] == 3 && out[1] == 6);
    assert_told(load(path), VE_E_PLUGIN_TWICE, "there is already a rule plugin called 'sample'");
    const char *second = plain_copy("second"); /* the loader must not take it for the first one */
    assert_told(load(second), VE_OK, "");
    assert_non_null(ve_registry_find(registry, "second"));
}

static void only_the_pinned_file_is_loaded(void **state) {
    (void)state;
    const char *path = plain_copy("good"), *other = plain_copy("second");
    char hex[65] = "";
    FILE *sum = popen(ve_format(arena, "sha256sum '%s'", path), "r");
    assert_int_equal(fread(hex, 1, 64, sum), 64);
    pclose(sum);
    assert_told(ve_registry_load_pinned(registry, arena, other, hex, &errors), VE_E_PLUGIN_PIN,
                "this is not the file that was pinned: its sum is ");
    assert_null(getenv("VE_TEST_SAMPLE_RAN"));
    assert_int_equal(registry->count, 0);
    assert_told(ve_registry_load_pinned(registry, arena, path, hex, &errors), VE_OK, "");
    assert_int_equal(registry->count, 1);
}

static void broken_descriptions_are_told(void **state) {
    (void)state;
    assert_told(load(plain_copy("magic")), VE_E_PLUGIN_BROKEN, "this is not a plugin of vescore");
    assert_told(load(plain_copy("major")), VE_E_PLUGIN_ABI,
                "the plugin was built for interface 7.1, this program offers 1.1");
    assert_told(load(plain_copy("minor")), VE_E_PLUGIN_ABI,
                "the plugin was built for interface 1.99, this program offers 1.1");
    assert_told(load(plain_copy("size_small")), VE_E_PLUGIN_BROKEN, "24 bytes long");
    assert_told(load(plain_copy("size_large")), VE_E_PLUGIN_BROKEN,
                "the plugin's description is shorter than it says");
    assert_told(load(plain_copy("short_entry")), VE_E_PLUGIN_BROKEN, "this is not a plugin of vescore");
    assert_told(load(plain_copy("no_entry")), VE_E_PLUGIN_LOAD,
                "this library is no plugin: it has no 've_plugin_entry'");
    assert_told(load(plain_copy("keyword")), VE_E_PLUGIN_TWICE, "a plugin may not be called 'while'");
    assert_told(load(plain_copy("undefined")), VE_E_PLUGIN_LOAD,
                "the plugin cannot be loaded: undefined symbol: nobody_has_this_function");
    assert_int_equal(registry->count, 0);
}

static void what_is_no_library_is_told(void **state) {
    (void)state;
    const char *text = ve_format(arena, "%s/text.so", folder),
               *pipe_name = ve_format(arena, "%s/pipe.so", folder);
    FILE *f = fopen(text, "w");
    fputs("return ve.model {}\n", f);
    fclose(f);
    chmod(text, 0644);
    assert_not_run(text, VE_E_PLUGIN_LOAD, "this is not a shared library");
    assert_not_run(copy("good", 0, "", 0, 30), VE_E_PLUGIN_LOAD, "this is not a shared library");
    assert_not_run(copy("good", 0, "", 0, 2000), VE_E_PLUGIN_LOAD, "the plugin file is cut or damaged");
    assert_not_run(copy("good", 18, "\x28\x01", 2, 0), VE_E_PLUGIN_LOAD,
                   "another kind of machine (296; this one is");
    assert_not_run(copy("good", 4, "\x01", 1, 0), VE_E_PLUGIN_LOAD, "another kind of machine");
    assert_not_run(copy("good", 5, "\x02", 1, 0), VE_E_PLUGIN_LOAD, "another kind of machine");
    assert_not_run(copy("good", 16, "\x01", 1, 0), VE_E_PLUGIN_LOAD, "this is not a shared library");
    assert_not_run(copy("good", 54, "\x01", 1, 0), VE_E_PLUGIN_LOAD, "the plugin file is cut or damaged");
    assert_not_run(copy("good", 32, "\xff\xff\xff\xff\xff\xff\xff\x7f", 8, 0), VE_E_PLUGIN_LOAD,
                   "cut or damaged");
    assert_int_equal(mkfifo(pipe_name, 0600), 0);
    assert_not_run(pipe_name, VE_E_PLUGIN_LOAD, "this is not a regular file");
    assert_not_run(folder, VE_E_PLUGIN_LOAD, "this is not a regular file");
    assert_not_run("/dev/null", VE_E_PLUGIN_LOAD, "this is not a regular file");
    assert_not_run(ve_format(arena, "%s/missing.so", folder), VE_E_PLUGIN_LOAD,
                   "cannot be read: No such file");
    assert_not_run(ve_format(arena, "%s/nowhere/x.so", folder), VE_E_PLUGIN_LOAD,
                   "cannot be read: No such file");
    assert_not_run(ve_format(arena, "%s/", folder), VE_E_PLUGIN_LOAD, "cannot be read: No such file");
    assert_not_run(ve_format(arena, "/%05000d/x", 0), VE_E_PLUGIN_LOAD, "File name too long");
}

static void files_that_others_may_write_are_refused(void **state) {
    (void)state;
    const char *path = plain_copy("good");
    static const mode_t modes[] = { 0666, 0664, 0646, 0622 };
    for (size_t i = 0; i < VE_COUNT(modes); i++) {
        chmod(path, modes[i]);
        assert_not_run(path, VE_E_PLUGIN_UNSAFE, "others may write the plugin file");
    }
    chmod(path, 0644);
    const char *link_name = ve_format(arena, "%s/link.so", folder);
    assert_int_equal(symlink(path, link_name), 0);
    assert_not_run(link_name, VE_E_PLUGIN_UNSAFE, "the plugin file is a link");
    if (geteuid() != 0) return;
    assert_int_equal(chown(path, 65534, 65534), 0);
    assert_not_run(path, VE_E_PLUGIN_UNSAFE, "the plugin file belongs to another user (65534)");
}

static const char *others_write_in(const char *name) {
    static char text[200];
    snprintf(text, sizeof text, "others may write in the folder %s", name ? name : "");
    return text;
}

static void folders_that_others_may_write_are_refused(void **state) {
    (void)state;
    const char *path = plain_copy("good");
    const char *above = ve_format(arena, "%s/a", folder), *below = ve_format(arena, "%s/a/b", folder);
    const char *moved = ve_format(arena, "%s/a/b/good.so", folder);
    assert_true(mkdir(above, 0755) == 0 && mkdir(below, 0755) == 0 && rename(path, moved) == 0);
    static const mode_t modes[] = { 0777, 0775, 0757 };
    for (size_t i = 0; i < VE_COUNT(modes); i++) {
        chmod(above, modes[i]);
        assert_not_run(moved, VE_E_PLUGIN_UNSAFE, others_write_in(above));
        chmod(above, 0755);
        chmod(below, modes[i]);
        assert_not_run(moved, VE_E_PLUGIN_UNSAFE, others_write_in(below));
        chmod(below, 0755);
    }
    if (geteuid() == 0) {
        assert_int_equal(chown(above, 65534, 65534), 0);
        assert_not_run(moved, VE_E_PLUGIN_UNSAFE, others_write_in(above));
        assert_int_equal(chown(above, 0, 0), 0);
    }
    chmod(below, 01777); /* as /tmp is: only owners can replace what is theirs */
    assert_told(load(moved), VE_OK, "");
}

static void bare_names_are_looked_for_where_plugins_are_installed(void **state) {
    (void)state;
    assert_not_run("good.so", VE_E_PLUGIN_NAME, "no plugin 'good.so' is installed in");
    const char *path = plain_copy("good");
    const char *installed = ve_format(arena, "%s/vescore/plugins", folder);
    assert_int_equal(
        system(ve_format(arena, "mkdir -p '%s' && mv '%s' '%s/mine.so'", installed, path, installed)), 0);
    if (geteuid() == 0) assert_int_equal(system(ve_format(arena, "chown -R 65534 '%s'", folder)), 0);
    setenv("XDG_DATA_HOME", folder, 1);
    if (geteuid() == 0) assert_not_run("mine", VE_E_PLUGIN_NAME, "no plugin 'mine' is installed in");
    pid_t child = fork();
    if (child == 0) {
        if (getuid() == 0 && setresuid(65534, 65534, 65534) < 0) _exit(2);
        ve_code code = load("mine");
        _exit(code == VE_OK && ve_registry_find(registry, "sample") ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    unsetenv("XDG_DATA_HOME");
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void nothing_is_loaded_with_anothers_rights(void **state) {
    (void)state;
    if (geteuid() != 0) skip();
    const char *path = plain_copy("good");
    assert_int_equal(seteuid(65534), 0);
    ve_code code = load(path);
    assert_int_equal(seteuid(0), 0);
    assert_told(code, VE_E_PLUGIN_UNSAFE,
                "plugins are not loaded while the program runs with another user's rights");
    assert_null(getenv("VE_TEST_SAMPLE_RAN"));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, enter, leave)
int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(heads_are_checked),
        CASE(names_are_checked),
        CASE(fields_are_checked),
        CASE(ids_and_records_must_be_named),
        CASE(fields_lie_inside_their_struct),
        CASE(records_are_checked_within_records),
        CASE(a_record_may_hold_its_own_kind),
        CASE(every_kind_has_its_functions),
        CASE(distributions_have_their_functions),
        CASE(distributions_of_parts_and_of_texts),
        CASE(judgements_weigh_or_combine),
        CASE(built_in_plugins_pass_the_check),
        CASE(kinds_have_names),
        CASE(words_have_one_meaning),
        CASE(the_languages_own_words_are_taken),
        CASE(many_plugins_fit),
        CASE(only_the_pinned_file_is_loaded),
        CASE(what_is_no_library_is_told),
        CASE(files_that_others_may_write_are_refused),
        CASE(folders_that_others_may_write_are_refused),
        CASE(bare_names_are_looked_for_where_plugins_are_installed),
        CASE(nothing_is_loaded_with_anothers_rights),
        CASE(a_good_file_is_loaded),
        CASE(broken_descriptions_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

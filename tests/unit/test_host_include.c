/* Including other files of the model's folder: their values, their places, and what may not be included.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/stat.h>

#include "host_room.h"

static room r;

static void put(const char *name, const char *text) {
    room_file(&r, name, text, strlen(text));
}

static void expect_first(const char *text, const char *error) {
    room_open(&r, text);
    assert_string_equal(room_error(&r, 0), error);
    assert_int_equal(r.code, r.errors.list[0].code);
    room_end(&r);
}

static void values_and_places_come_from_the_file(void **state) {
    (void)state;
    room_begin(&r);
    put("base.lua", "local x = ...\nreturn {\n  cost = 5,\n  target = ve.normal { mean = 0 } }");
    assert_int_equal(room_open(&r, "local b = ve.include 'base.lua'\nb.cost = b.cost + 1 return ve.model { a "
                                   "= b,\n c = ve.include('base.lua') }"),
                     VE_OK);
    const ve_value *mean = at_path(r.model, "a.target.mean");
    assert_string_equal(room_base(mean->at.file), "base.lua");
    assert_int_equal(mean->at.line, 4);
    assert_int_equal(mean->at.column, 24);
    assert_true(at_path(r.model, "a.cost")->number == 6);
    assert_true(at_path(r.model, "c.cost")->number == 5); /* a table of its own each time */
    assert_string_equal(room_base(at_path(r.model, "a")->at.file), "model.lua");
    assert_non_null(r.sources->next);
    assert_null(r.sources->next->next);
    char name[128];
    snprintf(name, sizeof name, "%s/base.lua", r.folder);
    assert_string_equal(r.sources->next->file, name);
    room_end(&r);
}

static void errors_in_the_file_name_it(void **state) {
    (void)state;
    room_begin(&r);
    put("base.lua", "\nreturn { cost = nothing }");
    expect_first(
        "return ve.model(ve.include 'base.lua')",
        "base.lua:2:17: VE302 undefined name 'nothing' (texts stand in quotation marks; names need a "
        "`local` before their use)");
    room_begin(&r);
    put("base.lua", "\nreturn { cost 5 }");
    expect_first(
        "return ve.model(ve.include 'base.lua')",
        "base.lua:2:15: VE301 '}' expected near '5' (a comma is probably missing before '5' in line 2)");
    room_begin(&r);
    put("base.lua", "\nreturn { cost = '\xff' }");
    expect_first("return ve.model(ve.include 'base.lua')",
                 "base.lua:2:18: VE315 not UTF-8 text (byte 0xFF) (save the file as UTF-8)");
    room_begin(&r);
    put("base.lua", "\nreturn { cost = 0/0 }");
    expect_first(
        "return ve.model(ve.include 'base.lua')",
        "base.lua:2:10: VE307 cost: the calculation gives no number (NaN) (0/0 and the like have no result)");
    room_begin(&r);
    put("base.lua", "local x");
    expect_first("\nreturn ve.model(ve.include 'base.lua')",
                 "model.lua:2:0: VE317 the file 'base.lua' returns nothing (end it with `return { ... }`)");
    room_begin(&r);
    put("base.lua", "while true do end");
    expect_first(
        "\nreturn ve.model(ve.include 'base.lua')",
        "base.lua:1:0: VE802 the model takes more than 50 million steps (look for a loop that does not "
        "end; it was here when it was stopped)");
}

static void circles_are_refused(void **state) {
    (void)state;
    const char *hint = "(a file cannot include itself, nor a file that includes it)";
    char error[200];
    room_begin(&r);
    put("a.lua", "return ve.include 'b.lua'");
    put("b.lua", "return\nve.include 'a.lua'");
    snprintf(error, sizeof error, "b.lua:2:0: VE317 'a.lua' is being read already %s", hint);
    expect_first("return ve.include 'a.lua'", error);
    room_begin(&r);
    snprintf(error, sizeof error, "model.lua:1:0: VE317 'model.lua' is being read already %s", hint);
    expect_first("return ve.include 'model.lua'", error);
}

static void depth_ends_at_its_limit(void **state) {
    (void)state;
    char name[16], text[64];
    for (int deep = 16; deep <= 17; deep++) {
        room_begin(&r);
        for (int i = 1; i <= deep; i++) {
            snprintf(name, sizeof name, "f%d.lua", i);
            if (i < deep)
                snprintf(text, sizeof text, "return ve.include 'f%d.lua'", i + 1);
            else
                snprintf(text, sizeof text, "return 5");
            put(name, text);
        }
        room_open(&r, "return ve.model { a = ve.include 'f1.lua' }");
        if (deep == 16)
            assert_int_equal(r.code, VE_OK);
        else
            assert_string_equal(room_error(&r, 0),
                                "f16.lua:1:0: VE317 files include each other more than 16 deep");
        room_end(&r);
    }
}

static void only_files_beneath_the_model_are_included(void **state) {
    (void)state;
    static const struct {
        const char *name;
        ve_code code;
    } cases[] = {
        { "../x.lua", VE_E_FILE_NAME }, { "/etc/passwd", VE_E_FILE_NAME },
        { "", VE_E_FILE_NAME },         { "-", VE_E_FILE_NAME },
        { "a//b", VE_E_FILE_NAME },     { "http://x/y.lua", VE_E_FILE_NAME },
        { "a\\0b", VE_E_FILE_NAME },    { "none.lua", VE_E_READ },
        { "folder", VE_E_NOT_A_FILE },  { "pipe", VE_E_NOT_A_FILE },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[128], path[128];
        room_begin(&r);
        snprintf(path, sizeof path, "%s/folder", r.folder);
        mkdir(path, 0700);
        snprintf(path, sizeof path, "%s/pipe", r.folder);
        mkfifo(path, 0600);
        snprintf(text, sizeof text, "\nreturn ve.model { a = ve.include '%s' }", cases[i].name);
        room_open(&r, text);
        if (r.code != cases[i].code) fail_msg("%s: %s", cases[i].name, room_error(&r, 0));
        assert_string_equal(room_base(r.errors.list[0].at.file), "model.lua");
        assert_int_equal(r.errors.list[0].at.line, 2);
        unlinkat(r.descriptor, "folder", AT_REMOVEDIR);
        room_end(&r);
    }
}

static void links_are_not_followed(void **state) {
    (void)state;
    room_begin(&r);
    assert_int_equal(symlinkat("/etc/passwd", r.descriptor, "link.lua"), 0);
    room_open(&r, "return ve.model { a = ve.include 'link.lua' }");
    assert_true(r.code != VE_OK);
    assert_int_equal(r.errors.list[0].at.line, 1);
    room_end(&r);
}

static void include_takes_one_name(void **state) {
    (void)state;
    const char *error = "model.lua:1:0: VE317 ve.include takes one file name (write ve.include \"file.lua\")";
    expect_error("ve.include()", error);
    expect_error("ve.include(5)", error);
    expect_error("ve.include({})", error);
    expect_error("ve.include('a', 'b')", error);
}

static void large_files_are_refused(void **state) {
    (void)state;
    room_begin(&r);
    put("base.lua",
        "return 5 --------------------------------------------------------------------------------");
    r.limits.source_bytes = 64;
    room_open(&r, "return ve.model { a = ve.include 'base.lua' }");
    assert_string_equal(room_error(&r, 0), "base.lua:0:0: VE804 the file is larger than 64 bytes");
    room_end(&r);
}

static void including_without_end_reaches_a_limit(void **state) {
    (void)state;
    room_begin(&r);
    put("base.lua", "return 5");
    room_open(&r, "while true do ve.include 'base.lua' end");
    assert_true(r.code == VE_E_STEPS || r.code == VE_E_TIME);
    room_end(&r);
}

static void so_many_files_may_be_included(void **state) {
    (void)state;
    char name[32];
    room_begin(&r);
    for (int i = 0; i < 1024; i++) {
        snprintf(name, sizeof name, "f%d.lua", i);
        put(name, "return 5");
    }
    assert_int_equal(
        room_open(&r, "for i = 1, 1023 do ve.include('f' .. i .. '.lua') end return ve.model {}"), VE_OK);
    room_end(&r);
    room_begin(&r);
    for (int i = 0; i < 1024; i++) {
        snprintf(name, sizeof name, "f%d.lua", i);
        put(name, "return 5");
    }
    room_open(&r, "for i = 0, 1023 do ve.include('f' .. i .. '.lua') end return ve.model {}");
    assert_string_equal(room_error(&r, 0), "f1023.lua:0:0: VE317 more than 1024 files are included");
    room_end(&r);
}

static void no_plugins_where_nobody_takes_them(void **state) {
    (void)state;
    room_begin(&r);
    room_open(&r, "ve.use 'mine.lua'");
    assert_string_equal(
        room_error(&r, 0),
        "model.lua:1:0: VE317 no plugins can be used here (name it on the command line: --plugin FILE)");
    room_end(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_and_places_come_from_the_file),
        cmocka_unit_test(errors_in_the_file_name_it),
        cmocka_unit_test(circles_are_refused),
        cmocka_unit_test(depth_ends_at_its_limit),
        cmocka_unit_test(only_files_beneath_the_model_are_included),
        cmocka_unit_test(links_are_not_followed),
        cmocka_unit_test(include_takes_one_name),
        cmocka_unit_test(large_files_are_refused),
        cmocka_unit_test(including_without_end_reaches_a_limit),
        cmocka_unit_test(so_many_files_may_be_included),
        cmocka_unit_test(no_plugins_where_nobody_takes_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

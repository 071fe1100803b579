/* What a model file says becomes a tree: values, order, places, and what may not stand in it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "host_room.h"

static room r;

static void begin(const char *text) {
    room_begin(&r);
    if (room_open(&r, text) != VE_OK) print_error("%s\n", room_error(&r, 0));
    assert_int_equal(r.code, VE_OK);
}

static void expect_place(const char *path, int line, int column) {
    const ve_value *value = at_path(r.model, path);
    if (!value) fail_msg("%s: not there", path);
    if (value->at.line != line || value->at.column != column)
        fail_msg("%s: at %d:%d, not %d:%d", path, value->at.line, value->at.column, line, column);
    assert_string_equal(room_base(value->at.file), "model.lua");
}

static void values_arrive_as_written(void **state) {
    (void)state;
    begin("return ve.model { title = 'T', n = 1.5, i = 3, no = -0.0, yes = true, f = function() end, l = { "
          "1, 'b', { c = 2 } },\n"
          " t = ve.normal { mean = 1 }, e = {}, ['an other'] = 1 }");
    assert_int_equal(r.model->kind, VE_TABLE);
    assert_string_equal(r.model->table.word, "model");
    assert_string_equal(field(r.model, "title")->text.bytes, "T");
    assert_int_equal(field(r.model, "title")->text.length, 1);
    assert_true(field(r.model, "n")->number == 1.5);
    assert_true(field(r.model, "i")->number == 3);
    assert_true(1 / field(r.model, "no")->number > 0);
    assert_true(field(r.model, "yes")->boolean);
    assert_int_equal(field(r.model, "f")->kind, VE_FUNCTION);
    assert_int_equal(field(r.model, "l")->table.count, 3);
    assert_string_equal(at_path(r.model, "l.2")->text.bytes, "b");
    assert_true(at_path(r.model, "l.3.c")->number == 2);
    assert_null(field(r.model, "l")->table.word);
    assert_string_equal(field(r.model, "t")->table.word, "normal");
    assert_int_equal(field(r.model, "e")->table.count + field(r.model, "e")->table.named, 0);
    room_end(&r);
}

static void fields_keep_the_order_they_are_written_in(void **state) {
    (void)state;
    begin("local t = { z = 1, a = 2,\n m = 3, ['b'] = 4 } t.y = 5 t.c = 6\nreturn ve.model { t = t }");
    const ve_value *t = field(r.model, "t");
    const char *order[] = { "z", "a", "m", "b", "c", "y" };
    assert_int_equal(t->table.named, 6);
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(t->table.fields[i].name, order[i]);
    room_end(&r);
}

static void places_are_those_of_the_fields(void **state) {
    (void)state;
    begin("local a = { id = 'A',\n"                                       /* 1 */
          "            cost = 1 }\n"                                      /* 2 */
          "local function make(id)\n"                                     /* 3 */
          "  return { id = id, target = ve.normal { mean = 1 } }\n"       /* 4 */
          "end\n"                                                         /* 5 */
          "local list = { a, make 'B' }\n"                                /* 6 */
          "for i = 1, 2 do list[#list + 1] = { id = 'C' .. i,\n"          /* 7 */
          "  cost = i } end\n"                                            /* 8 */
          "list[2].cost = 7\n"                                            /* 9 */
          "return ve.model {\n"                                           /* 10 */
          "  options = list, --[[ x = 1 ]] x = { 5, ['y'] = 'x = {' },\n" /* 11 */
          "  t = '{', [ 'z' ] = ve.equal{ }\n"                            /* 12 */
          "}\n");
    assert_int_equal(r.model->at.line, 10);
    assert_int_equal(r.model->at.column, 17);
    expect_place("options", 11, 3);
    expect_place("options.1", 6, 16);
    expect_place("options.1.id", 1, 13);
    expect_place("options.1.cost", 2, 13);
    expect_place("options.2", 6, 19);
    expect_place("options.2.target", 4, 21);
    expect_place("options.2.target.mean", 4, 42);
    expect_place("options.2.cost", 6, 19); /* no constructor holds it: the record's own place */
    expect_place("options.3", 7, 35);
    expect_place("options.4.cost", 8, 3);
    expect_place("x", 11, 33);
    expect_place("x.1", 11, 39);
    expect_place("x.y", 11, 42);
    expect_place("z", 12, 12);
    room_end(&r);
}

static void places_survive_calls_of_all_forms(void **state) {
    (void)state;
    begin("local function f(t) return function(u) return { t, u } end end\n"
          "local o = { m = function(self, t) return t end }\n"
          "return ve.model { a = f{ x = 1 }{ y = 2 },\n"
          "  b = o:m{ z = 3 }, c = (function(...) return { ... } end)({ w = 4 }) }");
    expect_place("a", 3, 19);
    expect_place("a.1.x", 3, 26);
    expect_place("a.2.y", 3, 35);
    expect_place("b.z", 4, 12);
    expect_place("c.1.w", 4, 62);
    expect_place("c.1", 4, 49);
    room_end(&r);
}

static void columns_count_characters(void **state) {
    (void)state;
    begin("return ve.model { title = '高档住宅', x = 1,\r\n\ty = 2 }");
    expect_place("x", 1, 35);
    expect_place("y", 2, 2);
    room_end(&r);
}

static void a_byte_order_mark_and_a_first_line_with_a_hash_are_skipped(void **state) {
    (void)state;
    begin("\xEF\xBB\xBF#!/usr/bin/env vescore\nreturn ve.model { x = 1 }");
    expect_place("x", 2, 19);
    room_end(&r);
    begin("\xEF\xBB\xBFreturn ve.model { x = 1 }");
    assert_int_equal(field(r.model, "x")->at.line, 1);
    room_end(&r);
}

static void a_name_that_looks_like_the_marker_is_no_trouble(void **state) {
    (void)state;
    begin("local __ve_at, __ve_at_ = 1, 2 local t = { x = __ve_at + __ve_at_ } return ve.model { t = t }");
    expect_place("t.x", 1, 44);
    assert_true(at_path(r.model, "t.x")->number == 3);
    room_end(&r);
}

static void very_long_names_are_no_trouble(void **state) {
    (void)state;
    static char text[1 << 20];
    memset(text, '_', sizeof text - 1);
    memcpy(text, "local __ve_at", 13);
    room_begin(&r);
    room_open(&r, text); /* in no time: the marker is not sought by trying */
    room_end(&r);
    memcpy(text, "return ve.", 10);
    room_begin(&r);
    assert_int_equal(room_open(&r, text), VE_E_UNKNOWN_WORD);
    assert_int_equal(r.errors.list[0].at.column, 11);
    room_end(&r);
}

static void what_the_marker_is_called_with_does_no_harm(void **state) {
    (void)state;
    begin("local m = ... m() m(1) m(99, {}) m(-1, {}) m(1, 2) m('x', {}) m(0.5, {}) m(0, 0, 0)\n"
          "local t = { a = 1 } m(0, t) return ve.model { t = t }");
    assert_int_equal(at_path(r.model, "t.a")->at.line, 2);
    room_end(&r);
}

/* More local variables than Lua allows beside the marker: the model runs all the same, without places. */
static void without_marks_the_file_is_named_at_least(void **state) {
    (void)state;
    char text[8192];
    size_t used = 0;
    for (int i = 0; i < 200; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "local a%d = %d\n", i, i);
    snprintf(text + used, sizeof text - used, "return ve.model { x = 0/0 }");
    room_begin(&r);
    assert_int_equal(room_open(&r, text), VE_E_RANGE);
    assert_string_equal(room_base(r.errors.list[0].at.file), "model.lua");
    assert_int_equal(r.errors.list[0].at.line, 0);
    assert_string_equal(r.errors.list[0].path, "x");
    room_end(&r);
}

static void a_file_must_return_a_model(void **state) {
    (void)state;
    const char *hint = "(end it with `return ve.model { ... }`)";
    char text[256];
    const struct {
        const char *text, *at, *message;
    } cases[] = {
        { "", "1:0", "the file returns nothing" },
        { "-- only a comment\n\n", "2:0", "the file returns nothing" },
        { "local x = 1\nreturn nil", "2:1", "the file returns nothing" },
        { "return 5", "1:1", "the file returns a number, not a model" },
        { "return 'x'", "1:1", "the file returns a string, not a model" },
        { "return ve.model", "1:1", "the file returns a function, not a model" },
        { "return ve.csv {}", "1:1", "the file returns ve.csv, not a model" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(text, sizeof text, "model.lua:%s: VE303 %s %s", cases[i].at, cases[i].message, hint);
        expect_error(cases[i].text, text);
    }
    expect_error(
        "return {}",
        "model.lua:1:1: VE303 the file returns a plain table, not a model (write `return ve.model { ... }`)");
    expect_error("\nve.model { x = 1 }",
                 "model.lua:2:0: VE303 the file returns nothing (write `return` before ve.model)");
}

static void numbers_are_checked(void **state) {
    (void)state;
    expect_error("return ve.model { a = { 1, 0/0 } }", "model.lua:1:28: VE307 a[2]: the calculation gives no "
                                                       "number (NaN) (0/0 and the like have no result)");
    expect_error("return ve.model { a = 1/0 }",
                 "model.lua:1:19: VE307 a: the number is infinite (look for a division by zero)");
    expect_error("return ve.model { a = -math.huge }",
                 "model.lua:1:19: VE307 a: the number is infinite (look for a division by zero)");
    expect_error(
        "return ve.model { a = -1.1e15 }",
        "model.lua:1:19: VE307 a: the number -1.1e+15 is out of range: at most 1e15 (use a larger unit)");
    expect_error(
        "return ve.model { a = math.mininteger }",
        "model.lua:1:19: VE307 a: the number -9.22337e+18 is out of range: at most 1e15 (use a larger unit)");
    expect_error("return ve.model { a = 5e-324 }",
                 "model.lua:1:19: VE307 a: the number 4.94066e-324 is too near to zero: "
                 "at least 1e-12 (use a smaller unit, or 0)");
    expect_fine("return ve.model { 1e15, -1e15, 1000000000000000, 1e-12, -1e-12, 0 }");
}

static void texts_are_checked(void **state) {
    (void)state;
    room_begin(&r);
    assert_int_equal(
        room_open(
            &r, "return ve.model { a = 'x\\0y', b = '', c = '\\xff', d = '\\u{202e}', e = ('x'):rep(1025),\n"
                "  f = 'a\\tb', ['k\\n'] = 1, [''] = 1, g = ('x'):rep(1024), delimiter = '\\t' }"),
        VE_E_TEXT);
    assert_int_equal(r.errors.count, 8);
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(r.errors.list[i].code, VE_E_TEXT);
    assert_string_equal(r.errors.list[0].path, "a");
    assert_non_null(strstr(r.errors.list[0].message, "this text may not stand here: "));
    assert_string_equal(r.errors.list[6].path, "[\"\"]");
    assert_non_null(strstr(r.errors.list[7].message, "of a field may not stand here: "));
    room_end(&r);
}

static void lists_have_no_gaps(void **state) {
    (void)state;
    const char *hint = " (lists have no gaps and count from 1; a name without a value (nil) leaves one)";
    char text[256];
    snprintf(text, sizeof text,
             "model.lua:1:19: VE314 a: entry 2 of the list is missing, but there are later or other ones%s",
             hint);
    expect_error("return ve.model { a = { 1, nil, 3 } }", text);
    expect_error("return ve.model { a = { 1, [3] = 3 } }", text);
    expect_error("return ve.model { a = { 1, [0] = 3 } }", text);
    expect_error("return ve.model { a = { 1, [math.maxinteger] = 3 } }", text);
    expect_error("return ve.model { a = { [1.5] = 3 } }",
                 "model.lua:1:19: VE314 a: an entry has the number 1.5 (lists count 1, 2, 3, ...)");
    expect_error("return ve.model { a = { [true] = 3 } }",
                 "model.lua:1:19: VE306 a: a boolean is used as the name of a field (fields have names, like "
                 "cost = 4200)");
    expect_error("return ve.model { a = { [{}] = 3 } }",
                 "model.lua:1:19: VE306 a: a table is used as the name of a field (fields have names, like "
                 "cost = 4200)");
    expect_fine(
        "return ve.model { a = { 1, 2, nil }, b = { nil }, c = { [2] = 2, [1] = 1 }, d = { [1.0] = 1 } }");
}

static const ve_value *field_of(const ve_value *table, size_t i) {
    return &table->table.fields[i].value;
}

static void what_is_wrong_is_marked_and_the_rest_is_there(void **state) {
    (void)state;
    room own;
    room_begin(&own);
    room_open(&own, "return ve.model { a = 0 / 0, b = 2, c = math.sin, d = { 1, nil, { x = 1 / 0 } },\n"
                    "e = { 1, [40] = 2 }, f = { y = 3, y = 4 } }");
    assert_non_null(own.model);
    assert_int_equal(own.errors.count, 6);
    assert_true(field_of(own.model, 0)->wrong && field_of(own.model, 2)->wrong);
    assert_true(!own.model->wrong && !field_of(own.model, 1)->wrong && field_of(own.model, 1)->number == 2);
    const ve_value *list = field_of(own.model, 3);
    assert_true(list->wrong && list->table.count == 3);
    assert_true(list->table.items[1].wrong && list->table.items[1].kind == VE_NIL);
    assert_true(!list->table.items[2].wrong && field_of(&list->table.items[2], 0)->wrong);
    assert_true(field_of(own.model, 4)->wrong &&
                field_of(own.model, 4)->table.count == 2); /* far ones are lost */
    assert_true(field_of(own.model, 5)->wrong && field_of(field_of(own.model, 5), 0)->number == 4);
    room_end(&own);
}

static void functions_must_be_the_models_own(void **state) {
    (void)state;
    expect_error("return ve.model { target = ve.normal }",
                 "model.lua:1:19: VE306 target: ve.normal stands without braces (write ve.normal { ... })");
    expect_error("return ve.model { target = math.abs }",
                 "model.lua:1:19: VE306 target: a function of Lua's own may not "
                 "stand here (write function(c) return ... end)");
}

static void a_field_stands_once(void **state) {
    (void)state;
    expect_error(
        "return ve.model {\n  o = { { cost = 1,\n    cost = 2 } } }",
        "model.lua:3:5: VE312 o[1].cost: 'cost' is written twice, first in line 2 (keep one of them)");
}

static void trees_have_an_end(void **state) {
    (void)state;
    expect_error("local t = {} t.self = t return ve.model { t = t }",
                 "model.lua:1:11: VE306 t.self: this table contains itself (write a table of its own here)");
    room_begin(&r); /* 2^25 leaves in 25 tables */
    assert_int_equal(
        room_open(&r, "local t = { 'x' } for i = 1, 25 do t = { t, t } end return ve.model { t = t }"),
        VE_E_SIZE);
    assert_string_equal(r.errors.list[0].message, "the model has too many entries");
    assert_string_equal(r.errors.list[0].hint, "keep data in a survey file");
    room_end(&r);
}

static void nesting_ends_exactly_at_its_limit(void **state) {
    (void)state;
    for (int depth = 30; depth <= 34; depth++) {
        char text[256];
        snprintf(text, sizeof text, "local t = {} for i = 1, %d do t = { t } end return ve.model { t = t }",
                 depth - 2);
        room_begin(&r);
        assert_int_equal(room_open(&r, text), depth <= 32 ? VE_OK : VE_E_SIZE);
        if (depth > 32) assert_string_equal(r.errors.list[0].message, "tables are nested too deeply");
        if (depth > 32) assert_string_equal(r.errors.list[0].hint, "models are not nested deeper");
        room_end(&r);
    }
}

static void entries_end_exactly_at_their_limit(void **state) {
    (void)state;
    for (size_t nodes = 8; nodes <= 10; nodes++) {
        room_begin(&r);
        r.limits.nodes = nodes;
        assert_int_equal(
            room_open(&r, "return ve.model { a = { 1, 2, 3 }, b = { c = { d = 1 } }, e = { {} } }"),
            nodes < 9 ? VE_E_SIZE : VE_OK);
        room_end(&r);
    }
}

static void texts_end_at_the_memory_limit(void **state) {
    (void)state;
    room_begin(&r);
    r.limits.seconds = 60;
    assert_int_equal(room_open(&r, "local s, t = ('x'):rep(1024), {} for i = 1, 70000 do t[i] = s end "
                                   "return ve.model { t = t }"),
                     VE_E_SIZE);
    assert_string_equal(r.errors.list[0].message, "the texts of the model are too large together");
    assert_string_equal(r.errors.list[0].hint, "keep data in a survey file");
    room_end(&r);
}

static void all_mistakes_are_told(void **state) {
    (void)state;
    room_begin(&r);
    assert_int_equal(room_open(&r, "return ve.model { a = 0/0, b = { 1, nil, 3 }, c = '' }"), VE_E_RANGE);
    assert_int_equal(r.errors.count, 3);
    room_end(&r);
}

static void a_table_may_stand_in_several_places(void **state) {
    (void)state;
    begin("local t = ve.normal { mean = 1 }\nreturn ve.model { a = t,\n b = t }");
    expect_place("a", 2, 19);
    expect_place("b", 3, 2);
    expect_place("b.mean", 1, 23);
    room_end(&r);
}

static void words_take_one_table(void **state) {
    (void)state;
    const char *hint = "(write ve.normal { ... })";
    char text[256];
    const struct {
        const char *text, *what;
    } cases[] = {
        { "ve.normal(5)", "number" },  { "ve.normal()", "nothing" },
        { "ve.normal 'x'", "string" }, { "ve.normal({}, 1)", "several values" },
        { "ve.normal(nil)", "nil" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(text, sizeof text, "model.lua:1:0: VE306 ve.normal takes one table in braces, not %s %s",
                 cases[i].what, hint);
        expect_error(cases[i].text, text);
    }
    expect_error(
        "local t = {}\nve.normal(t)\nve.equal(t)",
        "model.lua:3:0: VE306 the same table is ve.normal and ve.equal (write a table of its own for each)");
    expect_fine("local t = {} ve.normal(ve.normal(t)) return ve.model { t }");
}

static void an_unknown_word_in_the_model_does_not_stop_it(void **state) {
    (void)state;
    begin("return ve.model { t = ve.nrmal { mean = 1 }, u = { ve.nrmal {} }, v = ve.qqqqqq { 1 } }");
    assert_string_equal(field(r.model, "t")->table.word, "nrmal");
    assert_string_equal(at_path(r.model, "u.1")->table.word, "nrmal");
    assert_string_equal(field(r.model, "v")->table.word, "qqqqqq");
    expect_place("t.mean", 1, 34);
    room_end(&r);
}

static void unknown_words_and_names_are_told_with_the_nearest(void **state) {
    (void)state;
    expect_error("local t = ve.nrmal {}\nreturn ve.model {}",
                 "model.lua:1:14: VE305 unknown word 've.nrmal' (did you mean 've.normal'?)");
    expect_error("\nlocal a, b = ve.qqqqqq {}, ve.zzzzzz {}\nreturn ve.model {}",
                 "model.lua:2:17: VE305 unknown word 've.qqqqqq' "
                 "(`vescore plugins` lists the words; load your own with --plugin FILE or ve.use)");
    expect_error("return ve.model { t = ve.zzzzzz }",
                 "model.lua:1:19: VE306 t: ve.zzzzzz stands without braces (write ve.zzzzzz { ... })");
    expect_error("return ve.modle {}",
                 "model.lua:1:11: VE305 unknown word 've.modle' (did you mean 've.model'?)");
    expect_error("local t = ve.inclde 'x.lua' return ve.model {}",
                 "model.lua:1:14: VE305 unknown word 've.inclde' (did you mean 've.include'?)");
    expect_error("local t = ve['a b'] {}", "model.lua:1:0: VE305 unknown word 've.a b'");
    expect_error("return ve.plugin { abi = 1 }",
                 "model.lua:1:11: VE305 ve.plugin makes a plugin; this file is read as a model "
                 "(load the file with --plugin FILE, or with ve.use \"FILE\" in a model)");
    expect_error("return model {}", "model.lua:1:8: VE302 undefined name 'model' (did you mean 've.model'?)");
    expect_error("local weight = 1\nreturn ve.model { w = weigth }",
                 "model.lua:2:23: VE302 undefined name 'weigth' "
                 "(texts stand in quotation marks; names need a `local` before their use)");
    expect_error("weight = 1\nreturn ve.model { w = weigth }",
                 "model.lua:2:23: VE302 undefined name 'weigth' (did you mean 'weight'?)");
    expect_error(
        "local x = os.time()",
        "model.lua:1:11: VE302 models do not have 'os' (a model cannot reach the system or the clock)");
    expect_error("local x = math.random()",
                 "model.lua:1:16: VE302 models do not have 'math.random' (a model gives the same result in "
                 "every run; `risk` draws random numbers)");
    expect_error(
        "local x = ('a'):find('b')",
        "model.lua:1:17: VE302 models do not have 'string.find' (use contains, startswith or split)");
    expect_error("local x = string.uper('b')",
                 "model.lua:1:18: VE302 models do not have 'string.uper' (did you mean 'string.upper'?)");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_arrive_as_written),
        cmocka_unit_test(fields_keep_the_order_they_are_written_in),
        cmocka_unit_test(places_are_those_of_the_fields),
        cmocka_unit_test(places_survive_calls_of_all_forms),
        cmocka_unit_test(columns_count_characters),
        cmocka_unit_test(a_byte_order_mark_and_a_first_line_with_a_hash_are_skipped),
        cmocka_unit_test(a_name_that_looks_like_the_marker_is_no_trouble),
        cmocka_unit_test(very_long_names_are_no_trouble),
        cmocka_unit_test(what_the_marker_is_called_with_does_no_harm),
        cmocka_unit_test(without_marks_the_file_is_named_at_least),
        cmocka_unit_test(a_file_must_return_a_model),
        cmocka_unit_test(numbers_are_checked),
        cmocka_unit_test(texts_are_checked),
        cmocka_unit_test(lists_have_no_gaps),
        cmocka_unit_test(what_is_wrong_is_marked_and_the_rest_is_there),
        cmocka_unit_test(functions_must_be_the_models_own),
        cmocka_unit_test(a_field_stands_once),
        cmocka_unit_test(trees_have_an_end),
        cmocka_unit_test(nesting_ends_exactly_at_its_limit),
        cmocka_unit_test(entries_end_exactly_at_their_limit),
        cmocka_unit_test(texts_end_at_the_memory_limit),
        cmocka_unit_test(all_mistakes_are_told),
        cmocka_unit_test(a_table_may_stand_in_several_places),
        cmocka_unit_test(words_take_one_table),
        cmocka_unit_test(an_unknown_word_in_the_model_does_not_stop_it),
        cmocka_unit_test(unknown_words_and_names_are_told_with_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

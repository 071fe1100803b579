/* Scenarios: a fresh copy of the model for every `change`, records by id, and places in what comes back.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "host_room.h"

static room r;
static const ve_value *changed;

static const char model[] =
    "local names = { 'x', 'y' }\n"                                                                  /* 1 */
    "return ve.model {\n"                                                                           /* 2 */
    "  functions = { weights = ve.parties { { 'owner', 0.4 }, { 'user', 0.6 } },\n"                 /* 3 */
    "    { id = 'use', parts = { { id = 'layout', weight = 3 }, { id = 'look', weight = 1 } } },\n" /* 4 */
    "    { id = 'fit' } },\n"                                                                       /* 5 */
    "  options = {\n"                                                                               /* 6 */
    "    { id = 'A', cost = 4200, target = ve.normal { mean = 10000 } },\n"                         /* 7 */
    "    { id = 'B', cost = 2900, target = function(c) return c.income end },\n"                    /* 8 */
    "  },\n"                                                                                        /* 9 */
    "  scale = { 0, 4 }, flag = true, title = 'T',\n"                                               /* 10 */
    "  change = function(m)\n";                                                                     /* 11 */

/* Runs the statements as the model's change function. */
static ve_code change(const char *statements) {
    char text[4096];
    snprintf(text, sizeof text, "%s%s\nend }", model, statements);
    room_begin(&r);
    room_open(&r, text);
    if (r.code) fail_msg("%s", room_error(&r, 0));
    changed = NULL;
    return ve_host_change(r.host, field(r.model, "change"), &changed, &r.errors);
}

static void changed_to(const char *statements) {
    if (change(statements) != VE_OK) fail_msg("%s: %s", statements, room_error(&r, 0));
}

static double number(const ve_value *tree, const char *path) {
    const ve_value *value = at_path(tree, path);
    if (!value || value->kind != VE_NUMBER) fail_msg("%s is no number", path);
    return value->number;
}

static const char *text_at(const ve_value *tree, const char *path) {
    const ve_value *value = at_path(tree, path);
    if (!value || value->kind != VE_TEXT) fail_msg("%s is no text", path);
    return value->text.bytes;
}

static bool same(const ve_value *a, const ve_value *b) {
    if (a->kind != b->kind || a->at.line != b->at.line || a->at.column != b->at.column) return false;
    if (a->kind == VE_NUMBER) return !(a->number < b->number) && !(a->number > b->number);
    if (a->kind == VE_TEXT) return strcmp(a->text.bytes, b->text.bytes) == 0;
    if (a->kind == VE_BOOLEAN) return a->boolean == b->boolean;
    if (a->kind == VE_FUNCTION) return a->function == b->function;
    const ve_table_value *x = &a->table, *y = &b->table;
    if (x->count != y->count || x->named != y->named || (x->word != y->word && strcmp(x->word, y->word) != 0))
        return false;
    for (size_t i = 0; i < x->count; i++)
        if (!same(&x->items[i], &y->items[i])) return false;
    for (size_t i = 0; i < x->named; i++)
        if (strcmp(x->fields[i].name, y->fields[i].name) != 0 ||
            !same(&x->fields[i].value, &y->fields[i].value))
            return false;
    return true;
}

static void a_change_that_changes_nothing_gives_the_same_tree(void **state) {
    (void)state;
    changed_to("");
    assert_true(same(r.model, changed));
    assert_ptr_not_equal(r.model, changed);
    room_end(&r);
    changed_to("return m");
    assert_true(same(r.model, changed));
    room_end(&r);
}

static void records_are_found_by_id_and_by_position(void **state) {
    (void)state;
    changed_to("m.options.A.cost = m.options.A.cost * 1.5 m.options[2].cost = 1\n"
               "m.options.A.target.mean = 12000 m.functions.layout.weight = 5 m.functions.use.name = 'U'\n"
               "m.functions.weights.owner[2] = 0.5 m.scale[2] = 9 m.title = m.title .. '!' m.flag = false "
               "m.new = { 1 }");
    assert_true(number(changed, "options.1.cost") == 6300);
    assert_true(number(changed, "options.2.cost") == 1);
    assert_true(number(changed, "options.1.target.mean") == 12000);
    assert_string_equal(at_path(changed, "options.1.target")->table.word, "normal");
    assert_true(number(changed, "functions.1.parts.1.weight") == 5);
    assert_string_equal(text_at(changed, "functions.1.name"), "U");
    assert_true(number(changed, "functions.weights.1.2") == 0.5);
    assert_string_equal(at_path(changed, "functions.weights")->table.word, "parties");
    assert_true(number(changed, "scale.2") == 9);
    assert_string_equal(text_at(changed, "title"), "T!");
    assert_false(field(changed, "flag")->boolean);
    assert_int_equal(field(changed, "new")->table.count, 1);
    assert_int_equal(field(changed, "options")->table.count, 2);
    assert_int_equal(field(changed, "options")->table.named, 0);
    assert_true(number(r.model, "options.1.cost") == 4200); /* the model itself stays */
    room_end(&r);
}

static void places_of_what_was_changed_are_those_of_the_change(void **state) {
    (void)state;
    changed_to("m.options.A.cost = 1\nm.options.B.target = ve.normal { mean = 3 }");
    assert_int_equal(at_path(changed, "options.1.cost")->at.line, 11);
    assert_int_equal(at_path(changed, "options.1.cost")->at.column, 3);
    assert_int_equal(at_path(changed, "options.2.cost")->at.line, 8);
    assert_int_equal(at_path(changed, "options.2.target")->at.line, 13);
    assert_int_equal(at_path(changed, "options.2.target.mean")->at.line, 13);
    assert_int_equal(at_path(changed, "options.2.target.mean")->at.column, 34);
    assert_int_equal(at_path(changed, "scale.1")->at.line, 10);
    room_end(&r);
}

static void records_can_be_added_replaced_and_taken_out(void **state) {
    (void)state;
    changed_to("m.options.C = { cost = 7 }");
    assert_int_equal(field(changed, "options")->table.count, 3);
    assert_string_equal(text_at(changed, "options.3.id"), "C");
    room_end(&r);
    changed_to("m.options.B = { cost = 7 }");
    assert_int_equal(field(changed, "options")->table.count, 2);
    assert_string_equal(text_at(changed, "options.2.id"), "B");
    assert_true(number(changed, "options.2.cost") == 7);
    assert_null(at_path(changed, "options.2.target"));
    room_end(&r);
    changed_to("m.options.A = nil");
    assert_int_equal(field(changed, "options")->table.count, 1);
    assert_string_equal(text_at(changed, "options.1.id"), "B");
    assert_int_equal(at_path(changed, "options.1")->at.line, 8);
    assert_int_equal(at_path(changed, "options.1.cost")->at.line, 8);
    room_end(&r);
    changed_to("m.functions.look = nil m.functions.layout = { weight = 9 } m.functions.none = nil");
    assert_int_equal(at_path(changed, "functions.1.parts")->table.count, 1);
    assert_string_equal(text_at(changed, "functions.1.parts.1.id"), "layout");
    assert_true(number(changed, "functions.1.parts.1.weight") == 9);
    room_end(&r);
    changed_to("table.insert(m.options, { id = 'D', cost = 1 }) table.remove(m.options, 1) m.options[3] = { "
               "id = 'E' }");
    assert_string_equal(text_at(changed, "options.1.id"), "B");
    assert_string_equal(text_at(changed, "options.2.id"), "D");
    assert_string_equal(text_at(changed, "options.3.id"), "E");
    room_end(&r);
    changed_to("m.functions.weights.other = { 'other', 0.1 }");
    assert_int_equal(at_path(changed, "functions.weights")->table.count, 3);
    room_end(&r);
}

static void words_and_plain_values_under_a_new_name_are_fields(void **state) {
    (void)state;
    changed_to("m.functions.use.parts.weights = ve.direct { layout = 1, look = 2 } m.options.note = 5");
    assert_string_equal(at_path(changed, "functions.1.parts.weights")->table.word, "direct");
    assert_int_equal(at_path(changed, "functions.1.parts")->table.count, 2);
    assert_true(number(changed, "options.note") == 5);
    room_end(&r);
}

static void a_record_keeps_the_id_it_brings(void **state) {
    (void)state;
    changed_to("m.options.C = { id = 'Z', cost = 7 }");
    assert_string_equal(text_at(changed, "options.3.id"), "Z");
    room_end(&r);
}

static void every_change_begins_with_the_model_as_written(void **state) {
    (void)state;
    changed_to("m.options.A.cost = m.options.A.cost + 1");
    assert_true(number(changed, "options.1.cost") == 4201);
    assert_int_equal(ve_host_change(r.host, field(r.model, "change"), &changed, &r.errors), VE_OK);
    assert_true(number(changed, "options.1.cost") == 4201);
    room_end(&r);
}

static void functions_stay_callable_and_new_ones_are_kept(void **state) {
    (void)state;
    changed_to("m.options.A.target = function(c) return 2 * c.income end");
    double income[] = { 1, 2 }, out[2];
    const double *column[] = { income };
    const char *name[] = { "income" };
    ve_columns columns = { 2, 1, column };
    assert_int_equal(
        ve_host_call(r.host, at_path(changed, "options.1.target"), "p", name, &columns, out, &r.errors),
        VE_OK);
    assert_true(out[1] == 4);
    assert_int_equal(
        ve_host_call(r.host, at_path(changed, "options.2.target"), "p", name, &columns, out, &r.errors),
        VE_OK);
    assert_true(out[1] == 2);
    assert_int_equal(at_path(changed, "options.2.target")->function,
                     at_path(r.model, "options.2.target")->function);
    room_end(&r);
}

static void expect_fault(const char *statements, const char *error) {
    ve_code code = change(statements);
    assert_string_equal(room_error(&r, 0), error);
    assert_int_equal(code, r.errors.list[0].code);
    assert_null(changed);
    room_end(&r);
}

static void mistakes_are_told_where_they_happen(void **state) {
    (void)state;
    expect_fault("m.options.C.cost = 5", "model.lua:12:11: VE302 'C' has no value, so it has no fields");
    expect_fault("m.options.A.cost = 0/0", "model.lua:11:3: VE307 options[1].cost: the calculation gives no "
                                           "number (NaN) (0/0 and the like have no result)");
    expect_fault("m.options.A = 5", "model.lua:12:0: VE306 'A' is a record, which a number cannot replace "
                                    "(set one of its fields, as in m.options.A.cost = 4000)");
    expect_fault("return {}", "model.lua:11:3: VE303 `change` returns a table instead of changing its "
                              "argument (change the model that is handed to it: "
                              "m.options.A.cost = 4000)");
    expect_fault("m.functions[1].parts = m.functions local x = m.functions.nothing",
                 "model.lua:3:3: VE306 functions[1].parts: this table contains itself (write a table of its "
                 "own here)");
    expect_fault("while true do end", "model.lua:12:0: VE802 the model takes more than 50 million steps "
                                      "(look for a loop that does not end; it was "
                                      "here when it was stopped)");
}

static void only_functions_can_change_a_model(void **state) {
    (void)state;
    changed_to("");
    const ve_value *again = NULL;
    assert_int_equal(ve_host_change(r.host, field(r.model, "title"), &again, &r.errors), VE_E_TYPE);
    assert_string_equal(room_error(&r, 0), "model.lua:10:34: VE306 `change` is not a function");
    assert_null(again);
    room_end(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_that_changes_nothing_gives_the_same_tree),
        cmocka_unit_test(records_are_found_by_id_and_by_position),
        cmocka_unit_test(places_of_what_was_changed_are_those_of_the_change),
        cmocka_unit_test(records_can_be_added_replaced_and_taken_out),
        cmocka_unit_test(words_and_plain_values_under_a_new_name_are_fields),
        cmocka_unit_test(a_record_keeps_the_id_it_brings),
        cmocka_unit_test(every_change_begins_with_the_model_as_written),
        cmocka_unit_test(functions_stay_callable_and_new_ones_are_kept),
        cmocka_unit_test(mistakes_are_told_where_they_happen),
        cmocka_unit_test(only_functions_can_change_a_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

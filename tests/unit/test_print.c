/* Field tables on paper: types in words, Markdown, annotations, help.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tree.h"

#include "model/model.h"
#include "schema/print.h"
#include "ve/print.h"

/* ---- numbers --------------------------------------------------------------------------------------- */

/* By printf and reading back. */
static void assert_shortest(double x) {
    char room[VE_PRINT_ROOM], wanted[VE_PRINT_ROOM];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(wanted, sizeof wanted, "%.*g", digits, x);
        if (strtod(wanted, NULL) == x) break;
    }
    assert_int_equal(ve_print_exact(x, room), strlen(wanted));
    assert_string_equal(room, wanted);
}

static void numbers_are_shortest(void **state) {
    (void)state;
    static const double some[] = { 0,    1,    -1,   0.1,    1e-3, 0.00099999999999999,
                                   9e13, 1e14, 1e15, 123456, 1e22, 5e-324 };
    for (size_t i = 0; i < VE_COUNT(some); i++)
        assert_shortest(some[i]);
    for (int e = -30; e < 60; e++)
        for (int i = 0; i < 4; i++) { /* around powers of two, where neighbours are not equally far */
            assert_shortest(ldexp(1, e) * (1 + i * 0x1p-52));
            assert_shortest(ldexp(1 - i * 0x1p-53, e));
            assert_shortest(-ldexp(1 + i * 0x1p-10, e));
        }
    for (int p = -5; p < 16; p++)
        for (int i = 0; i < 4; i++) { /* and of ten, where rounding carries */
            assert_shortest(pow(10, p) * (1 - i * 0x1p-53));
            assert_shortest(pow(10, p) * (1 + i * 0x1p-52));
        }
    for (uint64_t i = 1; i <= 200000; i++) {
        uint64_t bits = i * 0x9e3779b97f4a7c15u;
        double unit = (double)(bits >> 11) * 0x1p-53;
        assert_shortest(unit * pow(10, (double)(i % 19) - 4));
        assert_shortest((double)(bits % 100000000) / 100000);
    }
}

static void types_have_words(void **state) {
    (void)state;
    char room[256];
#define WORDS(record, i) ve_type_words(&record.fields[i], room, sizeof room)
    assert_string_equal(WORDS(fake_cost_record, 0), "number >= 0");
    assert_string_equal(WORDS(fake_cost_record, 1), "number > -1 and < 1");
    assert_string_equal(WORDS(fake_cost_record, 2), "list of { year, cost }");
    assert_string_equal(WORDS(fake_cost_record, 3), "whole number from 1 to 200");
    assert_string_equal(WORDS(fake_normal_record, 1), "number > 0, or one per attribute");
    assert_string_equal(WORDS(fake_direct_record, 0), "number per function >= 0");
    assert_string_equal(WORDS(fake_parties_record, 0), "{ name, share, judgement }");
    assert_string_equal(WORDS(fake_parties_record, 1), "\"arithmetic\" or \"geometric\"");
    assert_string_equal(WORDS(fake_party_record, 2), "judgement word");
    assert_string_equal(WORDS(fake_csv_record, 0), "text");
    assert_string_equal(WORDS(fake_csv_record, 1), "text per attribute");
    assert_string_equal(WORDS(fake_csv_record, 2), "text, or { column, worst, best } per function");
    assert_string_equal(WORDS(fake_csv_record, 3), "true or false");
    assert_string_equal(WORDS(ve_function_list_record, 1), "function");
    assert_string_equal(WORDS(ve_scenario_record, 2), "Lua function");
#undef WORDS
}

static void other_types_have_words(void **state) {
    (void)state;
    char room[256];
    const struct {
        ve_field field;
        const char *words;
    } all[] = {
        { { .type = VE_T_NUMBER, .unit = "years" }, "number, years" },
        { { .type = VE_T_NUMBER, .low = -INFINITY, .high = 1 }, "number <= 1" },
        { { .type = VE_T_NUMBER, .high = 1, .flags = VE_F_ABOVE }, "number > 0 and <= 1" },
        { { .type = VE_T_NUMBER, .high = 1, .flags = VE_F_BELOW }, "number >= 0 and < 1" },
        { { .type = VE_T_NUMBERS }, "list of numbers" },
        { { .type = VE_T_ID }, "id" },
        { { .type = VE_T_REF, .of = VE_OF_OPTIONS }, "option id" },
        { { .type = VE_T_REFS, .of = VE_OF_SIBLINGS }, "list of function ids" },
        { { .type = VE_T_REFS, .of = VE_OF_SIBLINGS, .flags = VE_F_LIST }, "function ids" },
        { { .type = VE_T_RECORD, .record = &fake_overhaul_record }, "{ year, cost }" },
        { { .type = VE_T_VALUE }, "any value" },
        { { .type = VE_T_VALUE, .record = &fake_overhaul_record }, "list of overhauls" },
    };
    for (size_t i = 0; i < VE_COUNT(all); i++)
        assert_string_equal(ve_type_words(&all[i].field, room, sizeof room), all[i].words);
}

static void assert_printed(ve_buffer *out, const char *wanted) {
    assert_false(out->failed);
    assert_string_equal(out->bytes, wanted);
    ve_buffer_free(out);
}

static void markdown_is_a_table_per_record(void **state) {
    (void)state;
    ve_buffer out = { 0 };
    ve_print_markdown(&out, &fake_cost_record);
    assert_printed(&out, "| Field | Type | Default | Meaning |\n|---|---|---|---|\n"
                         "| `initial` | number >= 0 | `0` | at the start |\n"
                         "| `rate` | number > -1 and < 1 | `0.05` | interest |\n"
                         "| `overhauls` | list of { year, cost } |  | repairs |\n"
                         "| `years` | whole number from 1 to 200 | `20` | life |\n"
                         "\n**overhaul**: one overhaul\n\n"
                         "| Field | Type | Default | Meaning |\n|---|---|---|---|\n"
                         "| `year` | whole number from 1 to 200 | required | when |\n"
                         "| `cost` | number >= 0 | required | how much |\n");
    ve_print_markdown(&out, &fake_nothing_record);
    assert_printed(&out, "No fields.\n");
}

static void bars_do_not_end_a_cell(void **state) {
    (void)state;
    static const ve_field field = { .name = "x", .type = VE_T_TEXT, .doc = "a|b" };
    const ve_record record = { .name = "r", .fields = &field, .count = 1 };
    ve_buffer out = { 0 };
    ve_print_markdown(&out, &record);
    assert_non_null(strstr(out.bytes, "| a\\|b |\n"));
    ve_buffer_free(&out);
}

static void every_record_of_the_model_is_printed_once(void **state) {
    (void)state;
    ve_buffer out = { 0 };
    ve_print_markdown(&out, &ve_model_record);
    const char *const names[] = { "**functions**", "**function**", "**option**", "**scenario**" };
    for (size_t i = 0; i < VE_COUNT(names); i++) {
        const char *at = strstr(out.bytes, names[i]);
        assert_non_null(at);
        assert_null(strstr(at + 1, names[i]));
    }
    assert_null(strstr(out.bytes, "fixed_weight"));
    ve_buffer_free(&out);
}

static void annotations_are_classes(void **state) {
    (void)state;
    ve_buffer out = { 0 };
    ve_print_annotations(&out, &fake_parties_record, "ve.word.parties");
    assert_printed(&out, "---@class ve.word.parties.entry\n"
                         "---@field name string who\n"
                         "---@field share number|ve.distribution how much\n"
                         "---@field judgement? ve.judgement what\n\n"
                         "---@class ve.word.parties\n"
                         "---@field [integer] ve.word.parties.entry the parties\n"
                         "---@field combine? \"arithmetic\"|\"geometric\" how\n\n");
    ve_print_annotations(&out, &fake_cost_record, "c");
    assert_non_null(strstr(out.bytes, "---@field overhauls? c.overhauls[] repairs\n"));
    assert_non_null(strstr(out.bytes, "---@class c.overhauls\n---@field year integer when\n"));
    ve_buffer_free(&out);
    ve_print_annotations(&out, &fake_csv_record, "csv");
    assert_non_null(
        strstr(out.bytes, "---@field scores? string|table<string, string|csv.scores> columns of scores\n"));
    assert_non_null(strstr(out.bytes, "---@field worst? number what is worst\n"));
    ve_buffer_free(&out);
    ve_print_annotations(&out, &fake_direct_record, "d");
    assert_non_null(strstr(out.bytes, "---@field [string] number points of each\n"));
    ve_buffer_free(&out);
}

static void the_model_s_annotations_name_its_records(void **state) {
    (void)state;
    ve_buffer out = { 0 };
    ve_print_annotations(&out, &ve_model_record, "ve.model");
    assert_non_null(strstr(out.bytes, "---@field functions ve.functions "));
    assert_non_null(strstr(out.bytes, "---@field options ve.option[] "));
    assert_non_null(
        strstr(out.bytes, "---@field target? ve.distribution|fun(customer: table<string, number>): number "));
    assert_non_null(strstr(out.bytes, "---@field attributes? any "));
    ve_buffer_free(&out);
    ve_print_annotations(&out, &ve_function_list_record, "ve.functions");
    assert_non_null(strstr(out.bytes, "---@field [integer] ve.function "));
    ve_buffer_free(&out);
}

static void help_is_aligned(void **state) {
    (void)state;
    ve_buffer out = { 0 };
    ve_print_help(&out, &fake_overhaul_record);
    assert_printed(&out, "  year  when\n        (whole number from 1 to 200, required)\n"
                         "  cost  how much\n        (number >= 0, required)\n");
    ve_print_help(&out, &fake_parties_record);
    assert_non_null(strstr(out.bytes, "(\"arithmetic\" or \"geometric\"; default \"arithmetic\")\n"));
    ve_buffer_free(&out);
}

static void ids_are_written_as_keys(void **state) {
    (void)state;
    char room[VE_PRINT_KEY_ROOM];
    assert_string_equal(ve_print_key("layout_2", room), "layout_2");
    assert_string_equal(ve_print_key("抢修", room), "[\"抢修\"]");
    assert_string_equal(ve_print_key("top-floor", room), "[\"top-floor\"]");
}

static void kinds_have_words(void **state) {
    (void)state;
    assert_string_equal(ve_kind_words(VE_KIND_JUDGEMENT), "judgement");
    assert_string_equal(ve_kind_words(VE_KIND_COUNT), "plugin");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_shortest),
        cmocka_unit_test(types_have_words),
        cmocka_unit_test(other_types_have_words),
        cmocka_unit_test(markdown_is_a_table_per_record),
        cmocka_unit_test(bars_do_not_end_a_cell),
        cmocka_unit_test(every_record_of_the_model_is_printed_once),
        cmocka_unit_test(annotations_are_classes),
        cmocka_unit_test(the_model_s_annotations_name_its_records),
        cmocka_unit_test(help_is_aligned),
        cmocka_unit_test(ids_are_written_as_keys),
        cmocka_unit_test(kinds_have_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

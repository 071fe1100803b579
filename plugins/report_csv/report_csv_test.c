/* CSV reports: which table, hostile texts read back, formulas made harmless.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report_under_test.h"

/* The plugin's own parameters, as the field table describes them. */
typedef struct params {
    const char *table;
    bool raw, bom;
} params;

static void the_main_table_is_the_first(void **state) {
    (void)state;
    room *r = room_new();
    assert_string_equal(room_write(r, sample_report(r), &(params){ 0 }),
                        "option,name,cost,function_coefficient,value_index,feasible,weight_share\r\n"
                        "A,High grade,4200,0.4421,1.04812345678901,true,0.3125\r\n"
                        "B,中档住宅,2900.5,0.331,1,true,0.5\r\n"
                        "C,Basic 👷🏽,1850,0.2269,0.91,false,\r\n");
    room_free(r);
}

static void any_table_can_be_had(void **state) {
    (void)state;
    room *r = room_new();
    const ve_report *report = sample_report(r);
    assert_string_equal(room_write(r, report, &(params){ .table = "scores" }), "option,score\r\nA,0.1\r\n");
    assert_string_equal(room_write(r, report, &(params){ .table = "judgements" }), "option,score\r\n");
    assert_string_equal(room_write(r, report, &(params){ .table = "scores", .bom = true }),
                        "\xef\xbb\xbfoption,score\r\nA,0.1\r\n");
    const char *all = room_write(r, report, &(params){ .table = "all" });
    assert_true(strncmp(all, "options\r\noption,name,", 21) == 0);
    assert_non_null(
        strstr(all, ",false,\r\n\r\nscores\r\noption,score\r\nA,0.1\r\n\r\njudgements\r\noption,score\r\n"));
    assert_null(strstr(all, "tree"));
    room_free(r);
}

static void an_unknown_table_is_told(void **state) {
    (void)state;
    room *r = room_new();
    const ve_report_ops *ops = plugin_under_test()->ops;
    assert_int_equal(ops->report(&(params){ .table = "tree" }, sample_report(r), &r->out, &r->services),
                     VE_E_ARGUMENT);
    assert_string_equal(r->told, "table: this study has no table 'tree', only: options, scores, judgements");
    assert_int_equal(ops->report(&(params){ .table = "x" }, finish(ve_report_new(r->arena, "check")), &r->out,
                                 &r->services),
                     VE_E_ARGUMENT);
    assert_string_equal(r->told, "table: this study has no table 'x', only: none");
    assert_string_equal(room_write(r, finish(ve_report_new(r->arena, "check")), &(params){ 0 }), "");
    room_free(r);
}

/* A parser of its own: one field from p, in out; returns what follows its separator. */
static const char *read_field(const char *p, char *out, bool *quoted) {
    *quoted = *p == '"';
    for (p += *quoted; *p; p++) {
        if (*quoted && p[0] == '"' && p[1] != '"') {
            p++;
            break;
        }
        if (!*quoted && (*p == ',' || *p == '\r')) break;
        p += *quoted && *p == '"';
        *out++ = *p;
    }
    *out = '\0';
    assert_true(*p == ',' || (p[0] == '\r' && p[1] == '\n'));
    return p + (*p == ',' ? 1 : 2);
}

/* The text as it must come back: hidden characters visible, line ends and tabs kept. */
static void expect(const char *text, bool guarded, char *out) {
    *out = '\'';
    out += guarded;
    for (; *text; text++) {
        size_t plain = strspn(text, "\r\n\t");
        memcpy(out, text, plain);
        out += plain;
        text += plain;
        size_t rest = strcspn(text, "\r\n\t");
        if (rest == 0) break;
        ve_text_clean(text, rest, out, 400);
        out += strlen(out);
        text += rest - 1;
    }
    *out = '\0';
}

static bool is_formula(const char *text) {
    return (*text && strchr("=+-@\t\r\n", *text)) || strncmp(text, "\uff1d", 3) == 0;
}

static void hostile_texts_come_back(void **state) {
    (void)state;
    for (size_t i = 0; i < 2 * VE_COUNT(hostile); i++) {
        room *r = room_new();
        const char *name = hostile[i / 2];
        bool raw = i % 2, quoted;
        char expected[512], read[512];
        expect(name, !raw && is_formula(name), expected);
        const char *written = room_write(r, report_with(r, name), &(params){ .raw = raw });
        assert_harmless(written);
        const char *p = read_field(written, read, &quoted);
        assert_string_equal(read, "option");
        p = read_field(p, read, &quoted);
        assert_string_equal(read, "value");
        p = read_field(p, read, &quoted);
        assert_string_equal(read, expected);
        p = read_field(p, read, &quoted);
        assert_string_equal(read, "1.5");
        assert_string_equal(p, "");
        room_free(r);
    }
}

static void nothing_and_an_empty_text_differ(void **state) {
    (void)state;
    static const ve_column column[] = {
        { "a", "", 0, 0 }, { "b", "", 0, 0 }, { "c", "", 0, 0 }, { "d", "", 0, 0 }
    };
    room *r = room_new();
    ve_report_builder *b = ve_report_new(r->arena, "run");
    int table = ve_report_table(b, "t", "t", 0, column, 4);
    ve_cell *cell = ve_report_row(b, table);
    cell[0] = VE_CELL_OF_TEXT("");
    cell[1] = VE_CELL_OF_TEXT(NULL);
    cell[2] = VE_CELL_OF_NUMBER(NAN);
    cell[3] = VE_CELL_OF_NUMBER(-0.5); /* a number of ours is no formula */
    assert_string_equal(room_write(r, finish(b), &(params){ 0 }), "a,b,c,d\r\n\"\",,,-0.5\r\n");
    room_free(r);
}

static void the_parameters_are_described(void **state) {
    (void)state;
    const ve_record *record = plugin_under_test()->params;
    assert_int_equal(record->size, sizeof(params));
    assert_int_equal(record->count, 3);
    assert_string_equal(record->fields[0].name, "table");
    assert_int_equal(record->fields[1].offset, offsetof(params, raw));
    assert_int_equal(record->fields[2].offset, offsetof(params, bom));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_main_table_is_the_first),      cmocka_unit_test(any_table_can_be_had),
        cmocka_unit_test(an_unknown_table_is_told),         cmocka_unit_test(hostile_texts_come_back),
        cmocka_unit_test(nothing_and_an_empty_text_differ), cmocka_unit_test(the_parameters_are_described),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

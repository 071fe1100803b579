/* Pages for reading: how they look, how wide they are, and that nothing in them acts on the terminal.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report_under_test.h"

static void the_page(void **state) {
    (void)state;
    room *r = room_new();
    assert_string_equal(room_write(r, sample_report(r), NULL),
                        "Riverside housing\n"
                        "=================\n"
                        "Scenario: steel +15 %\n"
                        "\n"
                        "High grade is best, with a value index of 1.048: it brings 44.2 % of all\n"
                        "function for 42.2 % of all cost.\n"
                        "It is 4.8 % ahead of 中档住宅 (1.000).\n"
                        "\n"
                        "Options\n"
                        "  Option      Cost, CNY/m2      F      V  Passes   Reach                      1\n"
                        "▸ High grade        4200.0  0.442  1.048  yes     31.2 %  ━━━━━━━━━━━━━━━━━━━━┿\n"
                        "  中档住宅          2900.5  0.331  1.000  yes     50.0 %  ━━━━━━━━━━━━━━━━━━━━┥\n"
                        "  Basic 👷🏽          1850.0  0.227  0.910  no           –  "
                        "━━━━━━━━━━━━━━━━━━ "
                        " "
                        "│\n"
                        "\n"
                        "Functions\n"
                        "  Function      Weight\n"
                        "  Use           60.0 %\n"
                        "    Floor plan  36.0 %\n"
                        "    层高        24.0 %\n"
                        "  Appearance    40.0 %\n"
                        "\n"
                        "Judgements\n"
                        "  none\n"
                        "\n"
                        "Warning\n"
                        "  VE102  The winner rests on the targets: High grade (1.048) with them, 中档住宅\n"
                        "         (1.034) if all customers count alike.\n"
                        "         Way out: that is what positioning does: check that the targets are the\n"
                        "         ones you want\n");
    room_free(r);
}

static void quiet_is_the_answer_alone(void **state) {
    (void)state;
    room *r = room_new();
    r->out.quiet = true;
    const char *written = room_write(r, sample_report(r), NULL);
    assert_true(strncmp(written, "High grade is best", 18) == 0);
    assert_null(strstr(written, "VE102"));
    assert_non_null(strstr(written, "Options"));
    room_free(r);
}

static void escape_codes_only_where_wanted(void **state) {
    (void)state;
    room *r = room_new();
    assert_null(strchr(room_write(r, sample_report(r), NULL), '\x1b'));
    r->out.color = true;
    const char *written = room_write(r, sample_report(r), NULL);
    assert_non_null(strstr(written, "\x1b[1mRiverside housing\n"));
    assert_non_null(strstr(written, "\x1b[1;32m▸ High grade"));
    assert_non_null(strstr(written, "\x1b[33mVE102\x1b[0m"));
    size_t begun = 0, ended = 0;
    for (const char *p = written; (p = strchr(p, '\x1b')); p++) {
        ended += strncmp(p, "\x1b[0m", 4) == 0;
        begun++;
    }
    assert_int_equal(begun, 2 * ended);
    room_free(r);
}

/* One row of one name and a number after it: how many blanks stand between them says how wide the name is
 * taken for. */
static int width_taken(const char *name) {
    static const ve_column column[] = { { "name", "123456789012345678901234567890", 0, 0 },
                                        { "n", "n", 0, 0 } };
    room *r = room_new();
    ve_report_builder *b = ve_report_new(r->arena, "run");
    int table = ve_report_table(b, "t", "t", 0, column, 2);
    ve_cell *cell = ve_report_row(b, table);
    cell[0] = VE_CELL_OF_TEXT(name);
    cell[1] = VE_CELL_OF_NUMBER(7);
    const char *written = room_write(r, finish(b), NULL);
    const char *end = strstr(written, " 7\n"), *blank = end;
    assert_non_null(end);
    while (blank[-1] == ' ')
        blank--;
    int width = 30 + 1 - (int)(end - blank);
    room_free(r);
    return width;
}

static void widths_are_those_of_a_terminal(void **state) {
    (void)state;
    static const struct {
        const char *name;
        int width;
    } known[] = {
        { "plain", 5 },
        { "中文", 4 },
        { "ｆｕｌｌ", 8 },
        { "e\xcc\x81", 1 },
        { "한국", 4 },
        { "👩‍👩‍👧‍👦", 2 },
        { "👷🏽", 2 },
        { "🇨🇳", 2 },
        { "❤️", 2 },
        { "🏠", 2 },
        { "a\xcc\x88\xcc\xa3", 1 },
        { "·", 1 },
        { "\x1b[31m", 8 },
        { "\xe2\x80\xae", 6 },
        { "\xff", 4 },
        { "\xf3\xa0\x81\xa1", 7 },
        { "\xc2\xad", 4 },
        { "mixed 中 e\xcc\x81 x", 12 },
    };
    for (size_t i = 0; i < VE_COUNT(known); i++)
        if (width_taken(known[i].name) != known[i].width)
            fail_msg("'%s' taken for %d columns, not %d", known[i].name, width_taken(known[i].name),
                     known[i].width);
}

static void hostile_texts_are_made_visible(void **state) {
    (void)state;
    for (size_t i = 0; i < VE_COUNT(hostile); i++) {
        room *r = room_new();
        const char *written = room_write(r, report_with(r, hostile[i]), NULL);
        assert_harmless(written);
        assert_null(strpbrk(written, "\r\t"));
        for (int columns = 1; columns < 100; columns += 7) {
            r->out.columns = columns;
            assert_harmless(room_write(r, report_with(r, hostile[i]), NULL));
        }
        room_free(r);
    }
}

static void no_line_ends_in_a_blank(void **state) {
    (void)state;
    room *r = room_new();
    for (int columns = 40; columns < 120; columns += 3) {
        r->out.columns = columns;
        assert_null(strstr(room_write(r, sample_report(r), NULL), " \n"));
    }
    room_free(r);
}

/* Bytes that are not the first of a character take no room; good enough for texts without wide ones. */
static size_t longest_line(const char *text) {
    size_t most = 0, length = 0;
    for (; *text; text++) {
        length = *text == '\n' ? 0 : length + ((*text & 0xc0) != 0x80);
        most = length > most ? length : most;
    }
    return most;
}

static const ve_report *wide_report(room *r, size_t columns, const char *name) {
    ve_column column[32] = { { "name", "Name", 0, 0 } };
    ve_report_builder *b = ve_report_new(r->arena, "run");
    for (size_t i = 1; i < columns; i++)
        column[i] = (ve_column){ "x", "Heading", 2, i == 1 ? VE_COLUMN_BAR : 0 };
    ve_report_say(
        b, "A sentence of some length, so that it has to go on on the next line where the page is narrow.");
    int table = ve_report_table(b, "t", "A table", 0, column, columns);
    for (int row = 0; row < 3; row++) {
        ve_cell *cell = ve_report_row(b, table);
        cell[0] = VE_CELL_OF_TEXT(name);
        for (size_t i = 1; i < columns; i++)
            cell[i] = VE_CELL_OF_NUMBER((double)i * row);
    }
    return finish(b);
}

static void lines_fit_the_terminal(void **state) {
    (void)state;
    static const char *const name[] = {
        "x", "a name of middling length",
        "a name that is longer than any table could reasonably show in one of its columns"
    };
    for (size_t n = 0; n < VE_COUNT(name); n++)
        for (size_t columns = 1; columns < 32; columns++)
            for (int width = 40; width <= 120; width += 8) {
                room *r = room_new();
                r->out.columns = width;
                assert_in_range(longest_line(room_write(r, wide_report(r, columns, name[n]), NULL)), 1,
                                width);
                room_free(r);
            }
}

static void the_page_is_neither_narrow_nor_endless(void **state) {
    (void)state;
    room *r = room_new();
    r->out.columns = 5;
    assert_in_range(longest_line(room_write(r, wide_report(r, 3, "x"), NULL)), 30, 40);
    r->out.columns = 500;
    assert_in_range(longest_line(room_write(r, wide_report(r, 31, "x"), NULL)), 100, 120);
    room_free(r);
}

static void wide_tables_go_on_below(void **state) {
    (void)state;
    room *r = room_new();
    r->out.columns = 40;
    const char *written = room_write(r, wide_report(r, 6, "x"), NULL);
    assert_non_null(strstr(written, "\nA table\n"
                                    "  Name  Heading  Heading\n"
                                    "  x        0.00     0.00\n"
                                    "  x        1.00     2.00  ━━━━━━╸\n"
                                    "  x        2.00     4.00  ━━━━━━━━━━━━━\n"
                                    "\n"
                                    "  Name  Heading  Heading  Heading\n"
                                    "  x        0.00     0.00     0.00\n"
                                    "  x        3.00     4.00     5.00\n"
                                    "  x        6.00     8.00    10.00\n"));
    room_free(r);
}

static void headings_go_on_below_where_room_is_short(void **state) {
    (void)state;
    static const ve_column column[] = { { "name", "Function", 0, 0 },
                                        { "a", "High standard of living", 2, 0 },
                                        { "b", "中 档住宅", 2, 0 },
                                        { "c", "C", 2, VE_COLUMN_BAR | VE_COLUMN_ONE },
                                        { "d", "Said in words", 0, 0 } };
    room *r = room_new();
    ve_report_builder *b = ve_report_new(r->arena, "run");
    int table = ve_report_table(b, "t", "t", 0, column, VE_COUNT(column));
    ve_cell *cell = ve_report_row(b, table);
    cell[0] = VE_CELL_OF_TEXT(column[0].title);
    for (int i = 1; i < 4; i++)
        cell[i] = VE_CELL_OF_NUMBER((double)i);
    cell[4] = VE_CELL_OF_TEXT(column[0].key);
    const ve_report *report = finish(b);
    assert_string_equal(room_write(r, report, NULL),
                        "t\n"
                        "                High\n"
                        "            standard                Said\n"
                        "                  of      中        in\n"
                        "  Function    living  档住宅     C  words           1\n"
                        "  Function      1.00    2.00  3.00  name   ━━━━━━━━━┿━━━━━━━━━━━━━━━━━━━\n");
    r->out.columns = 120;
    assert_string_equal(room_write(r, report, NULL),
                        "t\n"
                        "  Function  High standard of living  中 档住宅     C  Said in words           1\n"
                        "  Function                     1.00       2.00  3.00  name           "
                        "━━━━━━━━━┿━━━━━━━━━━━━━━━━━━━\n");
    room_free(r);
}

static void a_last_text_goes_on_below_itself(void **state) {
    (void)state;
    static const ve_column column[] = { { "name", "Name", 0, 0 }, { "text", "What it does", 0, 0 } };
    room *r = room_new();
    ve_report_builder *b = ve_report_new(r->arena, "plugins");
    int table = ve_report_table(b, "t", "Plugins", 0, column, 2);
    ve_cell *cell = ve_report_row(b, table);
    cell[0] = VE_CELL_OF_TEXT("normal");
    cell[1] = VE_CELL_OF_TEXT(
        "customers near a mean count most, those further away less and less, as the bell curve says");
    cell = ve_report_row(b, table);
    cell[0] = VE_CELL_OF_TEXT("价值");
    cell[1] = VE_CELL_OF_TEXT(
        "中文的句子没有空格所以一行放不下的时候可以在任何一个字后面换行就像书里的文字那样一直写下去直到结束");
    assert_string_equal(room_write(r, finish(b), NULL),
                        "Plugins\n"
                        "  Name    What it does\n"
                        "  normal  customers near a mean count most, those further away less and less, as\n"
                        "          the bell curve says\n"
                        "  价值    中文的句子没有空格所以一行放不下的时候可以在任何一个字后面换行就像书里\n"
                        "          的文字那样一直写下去直到结束\n");
    room_free(r);
}

static void a_figure_keeps_its_percent_sign(void **state) {
    (void)state;
    room *r = room_new();
    r->out.columns = 40;
    ve_report_builder *b = ve_report_new(r->arena, "run");
    ve_report_say(b, "It brings 21 more function for about 14 % more cost, and a lot less 100 %");
    assert_string_equal(room_write(r, finish(b), NULL), "It brings 21 more function for about\n"
                                                        "14 % more cost, and a lot less 100 %\n");
    room_free(r);
}

static void numbers_stand_below_each_other(void **state) {
    (void)state;
    static const ve_column column[] = { { "name", "N", 0, 0 }, { "x", "x", -1, 0 }, { "y", "y", -1, 0 } };
    static const double x[] = { 1234567, 0.25, -0.0, 12.125 }, y[] = { 1e-9, 0, 1e20, 5 };
    room *r = room_new();
    ve_report_builder *b = ve_report_new(r->arena, "run");
    ve_report_about(b, "m.lua", "T", NULL);
    int table = ve_report_table(b, "t", "t", 0, column, 3);
    for (size_t i = 0; i < 4; i++) {
        ve_cell *cell = ve_report_row(b, table);
        cell[0] = VE_CELL_OF_TEXT("r");
        cell[1] = VE_CELL_OF_NUMBER(x[i]);
        cell[2] = VE_CELL_OF_NUMBER(y[i]);
    }
    assert_string_equal(room_write(r, finish(b), NULL), "T\n=\n\nt\n"
                                                        "  N            x      y\n"
                                                        "  r  1234567.000  1e-09\n"
                                                        "  r        0.250      0\n"
                                                        "  r        0.000  1e+20\n"
                                                        "  r       12.125      5\n");
    room_free(r);
}

static void bars_without_values_are_empty(void **state) {
    (void)state;
    static const ve_column column[] = { { "name", "N", 0, 0 },
                                        { "v", "V", 2, VE_COLUMN_BAR | VE_COLUMN_ONE } };
    static const double value[] = { NAN, 0, -1, 0.5, INFINITY };
    room *r = room_new();
    ve_report_builder *b = ve_report_new(r->arena, "run");
    ve_report_about(b, "m.lua", "T", NULL);
    int table = ve_report_table(b, "t", "t", 0, column, 2);
    for (size_t i = 0; i < VE_COUNT(value); i++) {
        ve_cell *cell = ve_report_row(b, table);
        cell[0] = VE_CELL_OF_TEXT("r");
        cell[1] = (ve_cell){ .kind = VE_CELL_NUMBER, .number = value[i] };
    }
    r->out.columns = 40;
    assert_string_equal(room_write(r, finish(b), NULL), "T\n=\n\nt\n"
                                                        "  N      V                             1\n"
                                                        "  r      –                             │\n"
                                                        "  r   0.00                             │\n"
                                                        "  r  -1.00                             │\n"
                                                        "  r   0.50  ━━━━━━━━━━━━━╸             │\n"
                                                        "  r      –                             │\n");
    room_free(r);
}

static void running_out_of_memory_is_told(void **state) {
    (void)state;
    const ve_report_ops *ops = plugin_under_test()->ops;
    room *r = room_new();
    const ve_report *report = sample_report(r);
    int left = 0;
    do {
        r->memory_left = left++;
        ve_buffer_free(&r->written);
        r->written = (ve_buffer){ 0 };
    } while (ops->report(NULL, report, &r->out, &r->services) == VE_E_MEMORY && left < 1000);
    assert_in_range(left, 20, 999);
    room_free(r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page),
        cmocka_unit_test(quiet_is_the_answer_alone),
        cmocka_unit_test(escape_codes_only_where_wanted),
        cmocka_unit_test(widths_are_those_of_a_terminal),
        cmocka_unit_test(hostile_texts_are_made_visible),
        cmocka_unit_test(lines_fit_the_terminal),
        cmocka_unit_test(no_line_ends_in_a_blank),
        cmocka_unit_test(the_page_is_neither_narrow_nor_endless),
        cmocka_unit_test(wide_tables_go_on_below),
        cmocka_unit_test(headings_go_on_below_where_room_is_short),
        cmocka_unit_test(a_last_text_goes_on_below_itself),
        cmocka_unit_test(a_figure_keeps_its_percent_sign),
        cmocka_unit_test(numbers_stand_below_each_other),
        cmocka_unit_test(bars_without_values_are_empty),
        cmocka_unit_test(running_out_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

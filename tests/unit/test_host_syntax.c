/* Syntax errors: the place where the parser stopped, and the way out for the slips that planners make.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "host_room.h"

static void missing_commas_are_guessed(void **state) {
    (void)state;
    expect_error("return ve.model {\n  title = 'x'\n  cost = 5 }",
                 "model.lua:3:3: VE301 '}' expected (to close '{' at line 1) near 'cost' (a comma is "
                 "probably missing before 'cost', at the end of line 2)");
    expect_error("return ve.model { title = 'x' cost = 5 }",
                 "model.lua:1:31: VE301 '}' expected near 'cost' (a comma is probably missing before 'cost' "
                 "in line 1)");
    expect_error(
        "return { { 1 } { 2 } }",
        "model.lua:1:16: VE301 '}' expected near '{' (a comma is probably missing before '{' in line 1)");
    expect_error("return { 1 \"two\" }", "model.lua:1:12: VE301 '}' expected near '\"two\"' (a comma is "
                                         "probably missing before '\"two\"' in line 1)");
    expect_error("return { '名', 1\n   2 }",
                 "model.lua:2:4: VE301 '}' expected (to close '{' at line 1) near '2' (a comma is probably "
                 "missing before '2', at the end of line 1)");
    expect_error(
        "return { a b, c }",
        "model.lua:1:12: VE301 '}' expected near 'b' (a comma is probably missing before 'b' in line 1)");
    expect_error("return { f = 1) }", "model.lua:1:15: VE301 '}' expected near ')'");
}

static void what_is_not_closed_is_named(void **state) {
    (void)state;
    expect_error("return ve.model {\n  a = 1,\n", "model.lua:3:0: VE301 the file ends too early: the '{' of "
                                                  "line 1 is not closed (add the '}' that belongs to it)");
    expect_error("return {", "model.lua:1:0: VE301 the file ends too early: the '{' of line 1 is not closed "
                             "(add the '}' that belongs to it)");
    expect_error("local function f()\n  return g(1\n",
                 "model.lua:3:0: VE301 the file ends too early: the '(' of line 2 is not closed (add the ')' "
                 "that belongs to it)");
    expect_error("local function f()\n  return { 1 }\n",
                 "model.lua:3:0: VE301 the file ends too early: the 'function' of line 1 is not closed (add "
                 "the 'end' that belongs to it)");
    expect_error("x =", "model.lua:1:0: VE301 the file ends too early: unexpected symbol near <eof>");
    expect_error("return 'abc", "model.lua:1:8: VE301 the file ends too early: unfinished string near <eof> "
                                "(close the text with the same quotation mark it begins with)");
    expect_error("return { a = 'abc,\n }", "model.lua:1:14: VE301 unfinished string near ''abc,' (close the "
                                           "text with the same quotation mark it begins with)");
    expect_error("return [[abc",
                 "model.lua:1:8: VE301 the file ends too early: unfinished long string (starting at line 1) "
                 "near <eof> (close it with ]] (or ]=] if it begins with [=[))");
}

static void misspelled_keywords_are_guessed(void **state) {
    (void)state;
    expect_error("retrun ve.model {}",
                 "model.lua:1:8: VE301 syntax error near 've' (did you mean 'return' instead of 'retrun'?)");
    expect_error("locl x = 1",
                 "model.lua:1:6: VE301 syntax error near 'x' (did you mean 'local' instead of 'locl'?)");
    expect_error("a b", "model.lua:1:3: VE301 syntax error near 'b'");
}

static void numbers_and_texts_are_explained(void **state) {
    (void)state;
    expect_error("return { 12x }", "model.lua:1:10: VE301 malformed number near '12x' (numbers are digits "
                                   "with a point, like 12.5; names do not begin with a digit)");
    expect_error("return { 'a\\q' }", "model.lua:1:10: VE301 invalid escape sequence near ''a\\q' (write a "
                                      "backslash inside a text as \\\\)");
    expect_error("return { a = , }",
                 "model.lua:1:14: VE301 unexpected symbol near ',' (a value is missing before the comma)");
    expect_error("return { a == }", "model.lua:1:15: VE301 unexpected symbol near '}'");
}

static void chinese_punctuation_is_named(void **state) {
    (void)state;
    expect_error("return { a = 1， b = 2 }", "model.lua:1:15: VE301 '，' (U+FF0C) may stand only inside "
                                             "quotation marks (write the ASCII character ',' here)");
    expect_error("return { a = “x” }", "model.lua:1:14: VE301 '“' (U+201C) may stand only inside quotation "
                                       "marks (write the ASCII character '\"' here)");
    expect_error("return { 名 = 1 }", "model.lua:1:10: VE301 '名' (U+540D) may stand only inside quotation "
                                      "marks (write [\"...\"] around a name that is not ASCII)");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(missing_commas_are_guessed),      cmocka_unit_test(what_is_not_closed_is_named),
        cmocka_unit_test(misspelled_keywords_are_guessed), cmocka_unit_test(numbers_and_texts_are_explained),
        cmocka_unit_test(chinese_punctuation_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Tests of `ve.csv`: what it reads, in every shape the same, and what it says about broken files.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ve_test_fixture.h"

/* Options A and B, functions f and g, attribute x, scores 0 to 4; the survey's other fields are given. */
static ve_code read_bytes(const char *survey, const char *bytes, size_t length) {
    char model[2000];
    snprintf(model, sizeof model,
             "{ attributes = { x = 'm' }, scale = { 0, 4 },\n"
             "  functions = { { id = 'f', weight = 1 }, { id = 'g', weight = 3 } },\n"
             "  options = { { id = 'A', cost = 1, target = ve.normal { mean = 3, sd = 2 } }, { id = 'B', "
             "cost = 2 } },\n"
             "  survey = ve.csv { file = 's.csv', %s } }",
             survey);
    ve_test_file(t, "s.csv", bytes, length);
    return ve_test_run(t, model);
}

static ve_code read_text(const char *survey, const char *text) {
    return read_bytes(survey, text, strlen(text));
}

static double fact(const char *key) {
    for (size_t i = 0; i < t->answer.report->facts; i++)
        if (strcmp(t->answer.report->fact[i].key, key) == 0) return t->answer.report->fact[i].value.number;
    return NAN;
}

/* Mean score where all customers count alike is not told, so B, which has no target, is looked at. */
static double mean_b(const char *function) {
    return ve_test_number(t, "scores", "score", "option", "B", "function", function, NULL);
}

static double mean_a(const char *function) {
    return ve_test_number(t, "scores", "score", "option", "A", "function", function, NULL);
}

/* ---- broken files ---------------------------------------------------------------------------- */

#define HEAD "x,A_f,A_g,B_f,B_g\n"
#define ROW "5,1,2,3,4\n"
#define LONG "customer = 'c', option = 'o', "
#define LONG_HEAD "c,o,x,f,g\n"

typedef struct broken {
    const char *what;
    const char *survey;
    const char *bytes;
    size_t length; /* 0: as long as the text */
    ve_code code;
    int line, column;
    const char *message; /* its beginning */
    const char *hint;    /* words of it; NULL: none */
} broken;

static const broken list[] = {
    { "nothing at all", "", "", 0, VE_E_NO_ROWS, 1, 1, "the file is empty", NULL },
    { "a header alone", "", HEAD, 0, VE_E_NO_ROWS, 1, 1, "there are no customers below the header", NULL },
    { "a header without a newline", "", "x,A_f,A_g,B_f,B_g", 0, VE_E_NO_ROWS, 1, 1,
      "there are no customers below the header", NULL },
    { "a blank first line", "", "\n" HEAD ROW, 0, VE_E_HEADER, 1, 1, "the first line is blank",
      "names the columns" },
    { "no header", "", ROW ROW, 0, VE_E_COLUMN, 1, 1, "there is no column 'x' (attribute 'x')",
      "the columns of the file are 5, 1, 2, 3, 4" },
    { "a column missing", "", "x,A_f,A_g,B_f\n5,1,2,3\n", 0, VE_E_COLUMN, 1, 1,
      "there is no column 'B_g' (scores of function 'g', option 'B')",
      "the columns of the file are x, A_f, A_g, B_f" },
    { "a column misspelt", "", "x,A_f,A_g,B_f,B_gg\n5,1,2,3,4\n", 0, VE_E_COLUMN, 1, 1,
      "there is no column 'B_g'", "did you mean 'B_gg'?" },
    { "a column twice", "", "x,A_f,A_g,B_f,B_g,A_g\n5,1,2,3,4,0\n", 0, VE_E_HEADER, 1, 19,
      "two columns are called 'A_g'", "another name" },
    { "a customer column missing", "customer = 'id', ", HEAD ROW, 0, VE_E_COLUMN, 1, 1,
      "there is no column 'id' (`customer`)", "the columns of the file are x, A_f" },
    { "a weight column missing", "weight = 'w', ", HEAD ROW, 0, VE_E_COLUMN, 1, 1,
      "there is no column 'w' (`weight`)", NULL },
    { "the stated separator is another", "delimiter = ';', ", HEAD ROW, 0, VE_E_COLUMN, 1, 1,
      "there is no column 'x'", "';' does not separate the fields of this file; leave `delimiter` out" },
    { "a field too many", "", HEAD ROW "5,1,2,3,4,4\n", 0, VE_E_RAGGED, 3, 1,
      "6 fields where the header has 5", "decimal point" },
    { "a field too few", "", HEAD "5,1,2,3\n" ROW, 0, VE_E_RAGGED, 2, 1, "4 fields where the header has 5",
      NULL },
    { "a comma at the end", "", HEAD "5,1,2,3,4,\n", 0, VE_E_RAGGED, 2, 1, "6 fields where", NULL },
    { "only one field", "", HEAD "hello\n", 0, VE_E_RAGGED, 2, 1, "1 field where the header has 5", NULL },
    { "a decimal comma between commas", "", HEAD "5,1,2,3,3,5\n", 0, VE_E_RAGGED, 2, 1, "6 fields",
      "decimal point" },
    { "a decimal comma between semicolons", "", "x;A_f;A_g;B_f;B_g\n5;1;2,5;3;4\n", 0, VE_E_NUMBER, 2, 5,
      "column 'A_g': '2,5' is not a number", "write a point, 2.5" },
    { "a decimal comma in quotes", "", HEAD "5,1,\"2,5\",3,4\n", 0, VE_E_NUMBER, 2, 5,
      "column 'A_g': '2,5' is not a number", "write a point, 2.5" },
    { "thousands", "", HEAD "\"1,000,000\",1,2,3,4\n", 0, VE_E_NUMBER, 2, 1,
      "column 'x': '1,000,000' is not a number", "no separators of thousands" },
    { "per cent", "", HEAD "5,1,2%,3,4\n", 0, VE_E_NUMBER, 2, 5, "column 'A_g': '2%' is not a number",
      "without the % sign" },
    { "hexadecimal", "", HEAD "5,1,0x2,3,4\n", 0, VE_E_NUMBER, 2, 5, "column 'A_g': '0x2' is not a number",
      "decimal digits" },
    { "nan", "", HEAD "5,1,nan,3,4\n", 0, VE_E_NUMBER, 2, 5, "column 'A_g': 'nan' is not a number",
      "leave the field empty" },
    { "infinity", "", HEAD "inf,1,2,3,4\n", 0, VE_E_NUMBER, 2, 1, "column 'x': 'inf' is not a number",
      "leave the field" },
    { "too large for a double", "", HEAD "1e400,1,2,3,4\n", 0, VE_E_NUMBER, 2, 1,
      "column 'x': '1e400' is not a number", NULL },
    { "too large for a survey", "", HEAD "1e16,1,2,3,4\n", 0, VE_E_NUMBER, 2, 1,
      "column 'x': 1e16 is too large", NULL },
    { "words", "", HEAD "5,1,two,3,4\n", 0, VE_E_NUMBER, 2, 5, "column 'A_g': 'two' is not a number", NULL },
    { "a blank within a number", "", HEAD "5,1,1 2,3,4\n", 0, VE_E_NUMBER, 2, 5,
      "column 'A_g': '1 2' is not a number", NULL },
    { "a blank that does not break", "", HEAD "5,1,2\xc2\xa0,3,4\n", 0, VE_E_NUMBER, 2, 5, "column 'A_g': '2",
      NULL },
    { "escape codes", "", HEAD "5,1,\x1b]0;owned\a,3,4\n", 0, VE_E_NUMBER, 2, 5,
      "column 'A_g': '\\x1b]0;owned\\x07'", NULL },
    { "a score above the scale", "", HEAD ROW "5,1,7,3,4\n", 0, VE_E_SCORE, 3, 5,
      "column 'A_g': 7 is outside the scale 0 to 4", NULL },
    { "a score below the scale", "", HEAD "5,1,-1,3,4\n", 0, VE_E_SCORE, 2, 5,
      "column 'A_g': -1 is outside the scale 0 to 4", NULL },
    { "a score between", "", HEAD "5,1,4.5,3,4\n", 0, VE_E_SCORE, 2, 5,
      "column 'A_g': 4.5 is outside the scale", NULL },
    { "an answer left out", "", HEAD ROW "5,1,,3,4\n", 0, VE_E_GAP, 3, 5,
      "column 'A_g': the answer is missing", NULL },
    { "NA", "", HEAD "NA,1,2,3,4\n", 0, VE_E_GAP, 2, 1, "column 'x': the answer is missing", NULL },
    { "a negative weight", "weight = 'w', ", "w," HEAD "-1," ROW, 0, VE_E_WEIGHT, 2, 1,
      "column 'w': the weight -1 is negative", NULL },
    { "a quotation mark not closed", "", HEAD ROW "\"5,1,2,3,4\n" ROW ROW, 0, VE_E_QUOTE, 3, 1,
      "the quotation mark opened here is never closed", "close it" },
    { "one that a later one closes", "", HEAD "5,1,2,3,\"4\n5,1,2,3,\"4\"\n" ROW, 0, VE_E_QUOTE, 2, 9,
      "text follows the closing quotation mark of the field that begins here", "double" },
    { "text after the closing mark", "", HEAD "\"5\"x,1,2,3,4\n" ROW, 0, VE_E_QUOTE, 2, 1,
      "text follows the closing quotation mark", "quote the whole field" },
    { "a blank before the opening mark", "", HEAD "5, \"1\",2,3,4\n", 0, VE_E_QUOTE, 2, 4,
      "a quotation mark stands inside a field", "quote the whole field" },
    { "a NUL byte", "", HEAD "5,1,\0002,3,4\n", sizeof(HEAD "5,1,\0002,3,4\n") - 1, VE_E_ENCODING, 2, 5,
      "the text contains a NUL byte", "plain text" },
    { "a NUL byte in a column nobody reads", "", "n," HEAD "a\0b,5,1,2,3,4\n",
      sizeof("n," HEAD "a\0b,5,1,2,3,4\n") - 1, VE_E_ENCODING, 2, 2, "the text contains a NUL byte",
      "plain text" },
    { "Latin-1", "", "n," HEAD ROW "Zo\xeb,5,1,2,3,4\n", 0, VE_E_RAGGED, 2, 1, "5 fields", NULL },
    { "bytes that are no UTF-8", "", "n," HEAD "Zo\xeb,5,1,2,3,4\n", 0, VE_E_ENCODING, 2, 3,
      "the text is not UTF-8", "encoding = \"gb18030\"" },
    { "an overlong comma", "", HEAD "5\xc0\xac\x31,2,3,4\n", 0, VE_E_ENCODING, 2, 2, "the text is not UTF-8",
      "save the file" },
    { "a surrogate", "", "n," HEAD "\xed\xa0\x80,5,1,2,3,4\n", 0, VE_E_ENCODING, 2, 1,
      "the text is not UTF-8", "save the file" },
    { "GB18030 that is none", "encoding = 'gb18030', ", HEAD ROW "\xff,1,2,3,4\n", 0, VE_E_ENCODING, 3, 1,
      "the text is not in the stated encoding", "`encoding`" },
    { "UTF-16", "", "\xff\xfex\0,\0A\0", 8, VE_E_ENCODING, 1, 1, "the file looks like UTF-16",
      "encoding = \"utf-16\"" },
    { "UTF-16 without its mark", "", "x\0,\0A\0_\0f\0", 10, VE_E_ENCODING, 1, 1, "the file looks like UTF-16",
      "UTF-8" },
    { "a workbook", "", "PK\x03\x04 and so on", 0, VE_E_ENCODING, 1, 1,
      "the file looks like an Excel workbook", "save the sheet as CSV" },
    { "an old workbook", "", "\xd0\xcf\x11\xe0\xa1\xb1", 0, VE_E_ENCODING, 1, 1,
      "the file looks like an old Excel workbook", "CSV" },
    { "gzip", "", "\x1f\x8b\x08", 0, VE_E_ENCODING, 1, 1, "the file is compressed (gzip)", "unpack" },
    { "a PDF", "", "%PDF-1.7\n", 0, VE_E_ENCODING, 1, 1, "the file looks like a PDF document", "export" },
    { "a database", "", "SQLite format 3\0", 16, VE_E_ENCODING, 1, 1, "the file is an SQLite database",
      "export" },
    { "rich text", "", "{\\rtf1\n", 0, VE_E_ENCODING, 1, 1, "the file looks like a text document (RTF)",
      "save" },
    { "a web page", "", "\n <!DOCTYPE html>\n<html>", 0, VE_E_HEADER, 1, 1,
      "the file is a web page or an XML document", "download" },
    { "lines that end in CR", "", "x,A_f,A_g,B_f,B_g\r5,1,2,3,4\r", 0, VE_E_HEADER, 1, 1,
      "the lines end in carriage returns only", "LF" },
    { "a customer twice", "customer = 'c', ", "c," HEAD "a," ROW "b," ROW "a," ROW, 0, VE_E_CUSTOMER, 4, 1,
      "customer 'a' stands here again; first in line 2", "one row for each customer" },
    { "a customer twice in a row", "customer = 'c', ", "c," HEAD "7," ROW "7," ROW, 0, VE_E_CUSTOMER, 3, 1,
      "customer '7' stands here again; first in line 2", NULL },
    { "a customer without a name", "customer = 'c', ", "c," HEAD "1," ROW "," ROW, 0, VE_E_CUSTOMER, 3, 1,
      "the customer has no name", "leave `customer` out" },
    { "long: an unknown option", LONG, LONG_HEAD "1,A,5,1,2\n1,a,5,3,4\n", 0, VE_E_GAP, 2, 1,
      "the customer of this row has no row for option 'B'", NULL },
    { "long: an option in other words", LONG "options = { A = 'Air', B = 'Bus' }, ",
      LONG_HEAD "1,Air,5,1,2\n1,bus,5,3,4\n1,Bus,5,3,4\n", 0, VE_E_ROW_OPTION, 3, 3,
      "column 'o': 'bus' is no option of the model", "did you mean 'Bus'?" },
    { "long: a row too few", LONG, LONG_HEAD "1,A,5,1,2\n1,B,5,3,4\n2,B,5,1,2\n", 0, VE_E_GAP, 4, 1,
      "the customer of this row has no row for option 'A'", NULL },
    { "long: a row too many", LONG, LONG_HEAD "1,A,5,1,2\n1,A,5,1,2\n1,B,5,3,4\n", 0, VE_E_CUSTOMER, 3, 3,
      "this customer has a row for option 'A' already, in line 2", "one row for each" },
    { "long: another row at the end", LONG, LONG_HEAD "1,A,5,1,2\n1,B,5,3,4\n1,A,5,1,2\n", 0, VE_E_CUSTOMER,
      4, 3, "this customer has a row for option 'A' already", "one row for each" },
    { "long: two incomes", LONG, LONG_HEAD "1,A,5,1,2\n1,B,6,3,4\n", 0, VE_E_CUSTOMER, 3, 5,
      "column 'x': 6, but this customer has 5 in line 2", "one figure for all options" },
    { "long: nobody's row", LONG, LONG_HEAD "1,A,5,1,2\n1,B,5,3,4\n,B,5,3,4\n", 0, VE_E_CUSTOMER, 4, 1,
      "the row does not say whose answer it is", NULL },
    { "long: a gap", LONG, LONG_HEAD "1,A,5,1,\n1,B,5,3,4\n", 0, VE_E_GAP, 2, 9,
      "column 'g': the answer is missing", NULL },
    { "all weights zero", "weight = 'w', ", "w," HEAD "0," ROW "0," ROW, 0, VE_E_WEIGHT, -1, 0,
      "all design weights are zero", "above zero" },
    { "everybody left out", "missing = 'skip', ", HEAD "5,1,,3,4\n", 0, VE_E_NO_ROWS, -1, 0,
      "every customer of the survey has a missing answer", NULL },
};

static void show(const char *what) {
    fprintf(stderr, "%s:\n", what);
    for (size_t i = 0; i < t->errors.count; i++) {
        const ve_error *e = &t->errors.list[i];
        fprintf(stderr, "  %s:%d:%d: %s %s | %s\n", e->at.file ? e->at.file : "-", e->at.line, e->at.column,
                ve_code_get(e->code)->name, e->message, e->hint);
    }
}

static bool as_told(const broken *b, const ve_error *e) {
    bool place = b->line < 0 || (e->at.file && strcmp(e->at.file, "s.csv") == 0 && e->at.line == b->line &&
                                 e->at.column == b->column);
    return e->code == b->code && place && strncmp(e->message, b->message, strlen(b->message)) == 0 &&
           (!b->hint || strstr(e->hint, b->hint));
}

static void broken_files_are_told(void **state) {
    (void)state;
    unsigned wrong = 0;
    for (size_t i = 0; i < VE_COUNT(list); i++) {
        const broken *b = &list[i];
        ve_code code = read_bytes(b->survey, b->bytes, b->length ? b->length : strlen(b->bytes));
        bool one = t->errors.count > 0 && as_told(b, &t->errors.list[0]);
        if (code && one) continue;
        wrong++;
        show(b->what);
    }
    assert_int_equal(wrong, 0);
}

static void all_faults_are_told_in_order(void **state) {
    (void)state;
    read_text("", HEAD "5,9,2,3,4\n5,1,2,3\n5,1,,3,4\n5,1,2,3,x\n5,9,9,3,4\n");
    assert_int_equal(t->errors.count, 6);
    static const int line[] = { 2, 3, 4, 5, 6, 6 }, column[] = { 3, 1, 5, 9, 3, 5 };
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(t->errors.list[i].at.line, line[i]);
        assert_int_equal(t->errors.list[i].at.column, column[i]);
    }
}

static void at_most_twenty_faults(void **state) {
    (void)state;
    char text[2000] = HEAD;
    for (size_t i = 0; i < 50; i++)
        memcpy(text + strlen(text), "5,1,2,3,9\n", 11);
    read_text("", text);
    assert_int_equal(t->errors.count, 20);
    assert_int_equal(t->errors.list[19].at.line, 21);
}

/* Lines count as an editor shows them, also behind quoted newlines; columns count characters. */
static void places_are_those_of_an_editor(void **state) {
    (void)state;
    read_text("", "n," HEAD "\"two\nlines\",5,1,2,3,4\n收入,5,1,2,3,9\n");
    assert_int_equal(t->errors.count, 1);
    assert_int_equal(t->errors.list[0].at.line, 4);
    assert_int_equal(t->errors.list[0].at.column, 12);
    read_text("", "\xef\xbb\xbf" HEAD "9,9,2,3,4\n");
    assert_int_equal(t->errors.list[0].at.column, 3);
    read_text("", "n," HEAD "\"two\nlines\",5,1,2,3,9\n");
    assert_int_equal(t->errors.list[0].at.line, 3);
    assert_int_equal(t->errors.list[0].at.column, 16);
}

static void fill(char *to, size_t count, const char *head, const char *tail) {
    size_t used = strlen(head);
    memcpy(to, head, used);
    memset(to + used, 'a', count);
    memcpy(to + used + count, tail, strlen(tail) + 1);
}

static void limits(void **state) {
    (void)state;
    char *text = malloc(3 << 20);
    fill(text, 64 * 1024, "n," HEAD, "," ROW);
    assert_int_equal(read_text("", text), VE_OK);
    fill(text, 64 * 1024 + 1, "n," HEAD, "," ROW);
    assert_int_equal(read_text("", text), VE_E_SIZE);
    assert_true(ve_test_told(t, VE_E_SIZE, 0, "a field is longer than 64 KiB"));
    fill(text, 2 << 20, "n," HEAD, "," ROW);
    assert_int_equal(read_text("", text), VE_E_SIZE);
    assert_true(ve_test_told(t, VE_E_SIZE, 0, "a row is longer than 1 MiB"));
    fill(text, 2 << 20, "n", "," HEAD);
    assert_int_equal(read_text("", text), VE_E_SIZE);
    assert_true(ve_test_told(t, VE_E_SIZE, 0, "a row is longer than 1 MiB"));
    fill(text, 2 << 20, "n," HEAD "\"", "\"," ROW);
    assert_int_equal(read_text("", text), VE_E_QUOTE);
    assert_true(ve_test_told(t, VE_E_QUOTE, 0, "never closed"));
    size_t used = (size_t)snprintf(text, 64, "x,A_f,A_g,B_f,B_g");
    for (int i = 0; i < 4092; i++)
        used += (size_t)snprintf(text + used, 16, ",c%d", i);
    memcpy(text + used, "\n", 2);
    assert_int_equal(read_text("", text), VE_E_SIZE);
    assert_true(ve_test_told(t, VE_E_SIZE, 0, "more than 4096 columns"));
    free(text);
}

/* ---- fields of the word ---------------------------------------------------------------------- */

static void fields_of_the_word(void **state) {
    (void)state;
    static const struct {
        const char *survey;
        ve_code code;
        const char *path, *message;
    } list_of[] = {
        { "delimiter = 'ab'", VE_E_RANGE, "survey.delimiter", "'ab' cannot separate fields" },
        { "delimiter = '\"'", VE_E_RANGE, "survey.delimiter", "'\"' cannot separate fields" },
        { "option = 'o'", VE_E_MISSING_FIELD, "survey.option",
          "a row for each customer and option needs `customer`" },
        { LONG "scores = '{option}_{function}'", VE_E_CONFLICT, "survey.scores",
          "each row speaks of one option" },
        { "scores = '{function}'", VE_E_CONFLICT, "survey.scores",
          "column '{function}' would score every option alike" },
        { "scores = { f = 'A_f' }", VE_E_CONFLICT, "survey.scores.f",
          "column 'A_f' would score every option alike" },
        { "options = { A = 'B' }", VE_E_CONFLICT, "survey.options",
          "options 'A' and 'B' are both called 'B'" },
        { "scores = { f = { worst = 1 } }", VE_E_MISSING_FIELD, "survey.scores.f", "`best` is missing" },
        { "scores = { f = { best = 1 } }", VE_E_MISSING_FIELD, "survey.scores.f", "`worst` is missing" },
        { "scores = { f = { best = 1, worst = 1 } }", VE_E_CONFLICT, "survey.scores.f.best", "are the same" },
        { "scores = { f = { best = 1, worst = 0, points = { { 0, 1 }, { 1, 2 } } } }", VE_E_CONFLICT,
          "survey.scores.f.points", "exclude each other" },
        { "scores = { f = { points = { { 0, 1 } } } }", VE_E_LIST, "survey.scores.f.points",
          "at least two points" },
        { "scores = { f = { points = { { 1, 1 }, { 1, 2 } } } }", VE_E_RANGE, "survey.scores.f.points[2]",
          "must ascend" },
        { "scores = { f = { points = { { 0, 1 }, { 1, 5 } } } }", VE_E_RANGE, "survey.scores.f.points[2]",
          "outside the scale" },
    };
    for (size_t i = 0; i < VE_COUNT(list_of); i++) {
        read_text(list_of[i].survey, HEAD ROW);
        bool found = false;
        for (size_t e = 0; e < t->errors.count; e++)
            found |= t->errors.list[e].code == list_of[i].code &&
                     strcmp(t->errors.list[e].path, list_of[i].path) == 0 &&
                     strstr(t->errors.list[e].message, list_of[i].message) && t->errors.list[e].at.line == 4;
        if (!found) show(list_of[i].survey);
        assert_true(found);
    }
}

static void value_functions_need_a_scale(void **state) {
    (void)state;
    ve_test_text(t, "s.csv", "A_f,B_f\n1,2\n");
    assert_int_equal(
        ve_test_run(t, "{ functions = { { id = 'f', weight = 1 } },\n"
                       "  options = { { id = 'A', cost = 1 }, { id = 'B', cost = 2 } },\n"
                       "  survey = ve.csv { file = 's.csv', scores = { f = { worst = 9, best = 0 } } } }"),
        VE_E_MISSING_FIELD);
    assert_true(ve_test_told(t, VE_E_MISSING_FIELD, 3, "needs the model's scale"));
}

static void scores_of_an_open_scale(void **state) {
    (void)state;
    static const char model[] = "{ %s functions = { { id = 'f', weight = 1 } },\n"
                                "  options = { { id = 'A', cost = 1 }, { id = 'B', cost = 2 } },\n"
                                "  survey = ve.csv { file = 's.csv' } }";
    char text[400];
    snprintf(text, sizeof text, model, "");
    ve_test_text(t, "s.csv", "A_f,B_f\n100000,2\n");
    assert_int_equal(ve_test_run(t, text), VE_OK);
    assert_true(ve_test_near(mean_a("f"), 100000, 0));
    ve_test_text(t, "s.csv", "A_f,B_f\n-1,2\n");
    assert_int_equal(ve_test_run(t, text), VE_E_SCORE);
    assert_true(ve_test_told(t, VE_E_SCORE, 0, "column 'A_f': -1 is negative"));
}

/* ---- what is read ---------------------------------------------------------------------------- */

/* Customers (5; A 1 2; B 3 4) and (2; A 4 0; B 1 3). */
static void assert_two_customers(ve_code code) {
    if (code) show("two customers");
    assert_int_equal(code, VE_OK);
    assert_true(ve_test_near(fact("customers"), 2, 0));
    assert_true(ve_test_near(mean_b("f"), 2, 0));
    assert_true(ve_test_near(mean_b("g"), 3.5, 0));
    double a = exp(-0.5 * 1 * 1), b = exp(-0.5 * 0.5 * 0.5);
    assert_true(ve_test_near(mean_a("f"), (a * 1 + b * 4) / (a + b), 1e-14));
    assert_true(ve_test_near(mean_a("g"), (a * 2 + b * 0) / (a + b), 1e-14));
}

static void the_same_in_every_dress(void **state) {
    (void)state;
    static const struct {
        const char *survey, *text;
    } dress[] = {
        { "", HEAD "5,1,2,3,4\n2,4,0,1,3\n" },
        { "", HEAD "5,1,2,3,4\n2,4,0,1,3" },
        { "", HEAD "5,1,2,3,4\r\n2,4,0,1,3\r\n" },
        { "", "\xef\xbb\xbf" HEAD "5,1,2,3,4\n2,4,0,1,3\n\n\n" },
        { "", "\xef\xbb\xbf\"x\",\"A_f\",A_g,B_f,\"B_g\"\n5,1,2,3,4\n\n2,4,0,1,3\r\n" },
        { "", "x;A_f;A_g;B_f;B_g\n5;1;2;3;4\n2;4;0;1;3\n" },
        { "", "x\tA_f\tA_g\tB_f\tB_g\n5\t1\t2\t3\t4\n2\t4\t0\t1\t3\n" },
        { "delimiter = 'tab'", "x\tA_f\tA_g\tB_f\tB_g\n5\t1\t2\t3\t4\n2\t4\t0\t1\t3\n" },
        { "delimiter = '\\t'", "x\tA_f\tA_g\tB_f\tB_g\n5\t1\t2\t3\t4\n2\t4\t0\t1\t3\n" },
        { "", "x|A_f|A_g|B_f|B_g\n5|1|2|3|4\n2|4|0|1|3\n" },
        { "delimiter = ' '", "x A_f A_g B_f B_g\n5 1 2 3 4\n2 4 0 1 3\n" },
        { "", "B_g,B_f,A_g,A_f,x\n4,3,2,1,5\n3,1,0,4,2\n" },
        { "", "B_g,note,B_f,A_g,,A_f,x,\n4,,3,2,a b,1,5,\n3,\"a, \"\"b\"\"\nc\",1,0,,4,2,\n" },
        { "", "\"x\",\"A_f\",\"A_g\",\"B_f\",\"B_g\"\n\"5\",\"1\",\"2\",\"3\",\"4\"\n\"2\",\"4\",\"0\",\"1\","
              "\"3\"\n" },
        { "", HEAD " 5 , 1,2 ,3,4\n2,4,0 ,1, 3\n" },
        { "", HEAD "5.0,1.0,2.,+3,4e0\n20e-1,004,.0,1,3.000000000000000000\n" },
        { "weight = 'w'", "w," HEAD "1,5,1,2,3,4\n1,2,4,0,1,3\n" },
        { "weight = 'w'", "w," HEAD "0.25,5,1,2,3,4\n.25,2,4,0,1,3\n" },
        { "customer = 'c'", "c," HEAD "1,5,1,2,3,4\n2,2,4,0,1,3\n" },
        { "customer = 'c'", "c," HEAD "b,5,1,2,3,4\na,2,4,0,1,3\n" },
        { "customer = 'c'", "c," HEAD "\"李雷\",5,1,2,3,4\n韩梅梅,2,4,0,1,3\n" },
        { "customer = 'c', attributes = { x = 'income' }",
          "c,income,A_f,A_g,B_f,B_g\nanna,5,1,2,3,4\nbert,2,4,0,1,3\n" },
        { "scores = '{function} of {option}'", "x,f of A,g of A,f of B,g of B\n5,1,2,3,4\n2,4,0,1,3\n" },
        { "scores = { f = '{option}1', g = { column = '{option}2' } }",
          "x,A1,A2,B1,B2\n5,1,2,3,4\n2,4,0,1,3\n" },
        { "options = { A = 'Hochhaus' }", "x,Hochhaus_f,Hochhaus_g,B_f,B_g\n5,1,2,3,4\n2,4,0,1,3\n" },
        { "scores = { f = { worst = 40, best = 0 } }", HEAD "5,30,2,10,4\n2,-9,0,30,3\n" },
        { "scores = { f = { worst = 0, best = 4 } }", HEAD "5,1,2,3,4\n2,99,0,1,3\n" },
        { "scores = { f = { points = { { 0, 4 }, { 10, 3 }, { 99, 0 } } } }",
          HEAD "5,69.333333333333333,2,10,4\n2,0,0,69.333333333333333,3\n" },
        { LONG, LONG_HEAD "1,A,5,1,2\n1,B,5,3,4\n2,A,2,4,0\n2,B,2,1,3\n" },
        { LONG, LONG_HEAD "2,B,2,1,3\n1,A,5,1,2\n2,A,2,4,0\n1,B,5,3,4\n" },
        { LONG "options = { A = '1', B = 'zwei' }",
          LONG_HEAD "x,1,5,1,2\nx,zwei,5,3,4\ny,1,2,4,0\ny,zwei,2,1,3\n" },
        { LONG "scores = { f = 'F', g = { column = 'G', worst = 0, best = 8 } }",
          "c;o;x;F;G\n1;A;5;1;4\n1;B;5;3;8\n2;A;2;4;0\n2;B;2;1;6\n" },
        { "missing = 'skip'", HEAD "5,1,2,3,4\n,1,1,1,1\n7,1,1,1,\n2,4,0,1,3\n7,NA,1,1,1\n" },
        { LONG "missing = 'skip'",
          LONG_HEAD "3,A,5,1,2\n1,A,5,1,2\n1,B,5,3,4\n2,A,2,4,0\n4,A,2,4,0\n4,B,2,4,\n2,B,2,1,3\n" },
    };
    for (size_t i = 0; i < VE_COUNT(dress); i++) {
        ve_code code = read_text(dress[i].survey, dress[i].text);
        if (code || fact("customers") != 2) print_message("dress %zu\n", i);
        assert_two_customers(code);
    }
}

static void encodings(void **state) {
    (void)state;
    assert_two_customers(
        read_text("encoding = 'gb18030', attributes = { x = '收入' }",
                  "\xca\xd5\xc8\xeb,A_f,A_g,B_f,B_g,\xb1\xb8\xd7\xa2\n5,1,2,3,4,\x81\x7c\n2,4,0,1,3,\n"));
    assert_two_customers(read_text("encoding = 'gb18030'", "\x84\x31\x95\x33" HEAD "5,1,2,3,4\n2,4,0,1,3\n"));
    assert_two_customers(read_text("encoding = 'latin1', attributes = { x = 'h\xc3\xb6he' }",
                                   "h\xf6he,A_f,A_g,B_f,B_g\n5,1,2,3,4\n2,4,0,1,3\n"));
    static const char text[] = HEAD "5,1,2,3,4\n2,4,0,1,3\n";
    char wide[2 * sizeof text + 2] = { (char)0xff, (char)0xfe };
    for (size_t i = 0; i + 1 < sizeof text; i++)
        wide[2 + 2 * i] = text[i];
    assert_two_customers(read_bytes("encoding = 'utf-16'", wide, 2 * sizeof text));
}

static void skipped_customers_are_counted(void **state) {
    (void)state;
    assert_two_customers(read_text("missing = 'skip'", HEAD "5,1,2,3,4\n,1,1,1,1\n7,1,1,1,\n2,4,0,1,3\n"));
    assert_true(ve_test_warned(t, VE_W_SKIPPED));
    assert_int_equal(read_text("missing = 'skip'", HEAD "5,1,2,3,4\n,1,1,1,9\n"), VE_E_SCORE);
}

static void design_weights(void **state) {
    (void)state;
    assert_int_equal(read_text("weight = 'w'", "w," HEAD "1,5,1,2,3,4\n3,2,4,0,1,3\n0,9,0,0,0,0\n"), VE_OK);
    assert_true(ve_test_near(mean_b("f"), 1.5, 1e-15));
    assert_true(ve_test_near(mean_b("g"), 3.25, 1e-15));
    assert_true(ve_test_near(fact("customers"), 3, 0));
}

static void columns_for_costs(void **state) {
    (void)state;
    static const char model[] = "{ scale = { 0, 4 }, functions = { { id = 'f', weight = 1 } },\n"
                                "  options = { { id = 'A', cost = ve.column { name = '%s' } },\n"
                                "              { id = 'B', cost = ve.column { name = '%s' } } },\n"
                                "  survey = ve.csv { file = 's.csv', %s } }";
    char text[600];
    snprintf(text, sizeof text, model, "{option} paid", "rent", "");
    ve_test_text(t, "s.csv", "A_f,B_f,A paid,B paid,rent\n1,2,10,20,5.5\n3,4,30,60,6.5\n");
    assert_int_equal(ve_test_run(t, text), VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "cost"), 20, 1e-15));
    assert_true(ve_test_near(ve_test_option(t, "B", "cost"), 6, 1e-15));
    snprintf(text, sizeof text, model, "paid", "paid", LONG);
    ve_test_text(t, "s.csv", "c,o,f,paid\n1,A,1,10\n1,B,2,20\n2,A,3,30\n2,B,4,60\n");
    assert_int_equal(ve_test_run(t, text), VE_OK);
    assert_true(ve_test_near(ve_test_option(t, "A", "cost"), 20, 1e-15));
    assert_true(ve_test_near(ve_test_option(t, "B", "cost"), 40, 1e-15));
    ve_test_text(t, "s.csv", "c,o,f,pais\n1,A,1,10\n1,B,2,20\n");
    assert_int_equal(ve_test_run(t, text), VE_E_COLUMN);
    assert_int_equal(t->errors.count, 1);
    assert_string_equal(t->errors.list[0].hint, "did you mean 'pais'?");
}

/* ---- large files: threads, units, quotes ----------------------------------------------------- */

typedef struct text_file {
    char *bytes;
    size_t length;
} text_file;

static uint64_t random_state = 1;

static unsigned draw(unsigned below) {
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)((random_state >> 33) % below);
}

enum { ROWS = 60000, ROW_ROOM = 160 };

typedef struct shape {
    const char *survey, *head;
    /* One row. */
    int (*row)(char *to, unsigned number);
} shape;

static int plain_row(char *to, unsigned number) {
    return snprintf(to, ROW_ROOM, "%u,%u,%u,%u,%u,%u,some words to make it longer\n", number,
                    1000 + draw(5000), draw(5), draw(5), draw(5), draw(5));
}

static int notes_row(char *to, unsigned number) {
    static const char *const note[] = {
        "\"a\nb\"", "\"1,2,3,4,5,6,7\n1,5,1,2,3,4,x\n\"", "\"say \"\"yes\"\"\"", "plain, not", "\"\"", ""
    };
    unsigned which = draw(6);
    return snprintf(to, ROW_ROOM, "\"%u\",%u,%u,\"%u\",%u,%u,%s\n", number, draw(100), draw(5), draw(5),
                    draw(5), draw(5),
                    which == 3 ? "\"plain, not a word less than sixty letters in this note\"" : note[which]);
}

static int late_quote_row(char *to, unsigned number) {
    if (number % 50000 == 49999) return notes_row(to, number);
    return plain_row(to, number);
}

static int names_row(char *to, unsigned number) {
    unsigned scattered = number * 2654435761u;
    return snprintf(to, ROW_ROOM, "P%08x,%u.%02u,%u,%u.5,%u,%u,to make it longer, much\n", scattered,
                    draw(5000), draw(100), draw(5), draw(4), draw(5), draw(5));
}

static text_file make(const shape *s, bool backwards) {
    text_file out = { malloc((size_t)ROWS * ROW_ROOM), 0 };
    char(*row)[ROW_ROOM] = calloc(ROWS, ROW_ROOM);
    random_state = 7;
    for (unsigned i = 0; i < ROWS; i++)
        s->row(row[i], i + 1);
    out.length = (size_t)snprintf(out.bytes, 200, "%s\n", s->head);
    for (unsigned i = 0; i < ROWS; i++) {
        const char *line = row[backwards ? ROWS - 1 - i : i];
        memcpy(out.bytes + out.length, line, strlen(line));
        out.length += strlen(line);
    }
    free(row);
    return out;
}

/* Every figure of a report. */
static size_t figures(double *to, size_t room) {
    size_t count = 0;
    for (size_t i = 0; i < t->answer.report->tables; i++) {
        const ve_table *table = t->answer.report->table[i];
        for (size_t c = 0; c < table->rows * table->columns && count < room; c++)
            if (table->cell[c].kind == VE_CELL_NUMBER) to[count++] = table->cell[c].number;
    }
    return count;
}

static void assert_same_for_threads(const shape *s) {
    enum { ROOM = 400 };
    static double first[ROOM], again[ROOM];
    size_t count = 0;
    for (unsigned round = 0; round < 5; round++) {
        text_file text = make(s, round == 4);
        t->threads = round == 4 ? 3 : 1 + 2 * round;
        ve_code code = read_bytes(s->survey, text.bytes, text.length);
        free(text.bytes);
        if (code) show(s->head);
        assert_int_equal(code, VE_OK);
        assert_true(ve_test_near(fact("customers"), ROWS, 0));
        size_t now = figures(round ? again : first, ROOM);
        assert_true(now > 20 && (!round || now == count));
        count = now;
        if (round) assert_memory_equal(first, again, count * sizeof *first);
    }
    t->threads = 1;
}

static void the_same_for_any_number_of_threads(void **state) {
    (void)state;
    static const shape shapes[] = {
        { "", "id,x,A_f,A_g,B_f,B_g,note", plain_row },
        { "customer = 'id'", "id,x,A_f,A_g,B_f,B_g,note", plain_row },
        { "", "id,x,A_f,A_g,B_f,B_g,note", notes_row },
        { "customer = 'id'", "id,x,A_f,A_g,B_f,B_g,note", late_quote_row },
        { "customer = 'id'", "id,x,A_f,A_g,B_f,B_g,a,b", names_row },
        { "weight = 'x', attributes = { x = 'A_f' }", "id,x,A_f,A_g,B_f,B_g,note", notes_row },
    };
    for (size_t i = 0; i < VE_COUNT(shapes); i++)
        assert_same_for_threads(&shapes[i]);
}

/* The same faults, whoever finds them. */
static void the_same_faults_for_any_number_of_threads(void **state) {
    (void)state;
    static const shape s = { "", "id,x,A_f,A_g,B_f,B_g,note", plain_row };
    static const char *const fault[] = { "7,1,1,1,1,9,\n",        "7,1,1,1\n",     "7,1,1,1,1,1,a\"b\n",
                                         "7,1,\"1\"1,1,1,1,\n",   "7,1,,1,1,1,\n", "7,1,1,1,1,1,\xff\n",
                                         "7,1,1,1,1,1,\"a\nb\"\n" };
    for (unsigned round = 0; round < 6; round++) {
        text_file text = make(&s, false);
        random_state = round;
        for (unsigned i = 0; i < 30; i++) {
            const char *bad = fault[draw(round % 2 ? 7 : 3)];
            char *at = memchr(text.bytes + draw((unsigned)text.length - 1000), '\n', 1000);
            memcpy(at + 1, bad, strlen(bad)); /* the rest of that row is a ragged one */
        }
        static ve_errors first;
        for (unsigned threads = 1; threads < 8; threads += 3) {
            t->threads = threads;
            assert_int_not_equal(read_bytes(round < 3 ? "customer = 'id'" : "", text.bytes, text.length),
                                 VE_OK);
            if (threads == 1) first = t->errors;
            assert_int_equal(t->errors.count, first.count);
            for (size_t i = 0; i < first.count; i++) {
                assert_int_equal(t->errors.list[i].at.line, first.list[i].at.line);
                assert_int_equal(t->errors.list[i].at.column, first.list[i].at.column);
                assert_string_equal(t->errors.list[i].message, first.list[i].message);
            }
        }
        free(text.bytes);
    }
    t->threads = 1;
}

/* The quick way and the full way read the same: a row in a dress that only the full way takes. */
static void both_ways_read_the_same(void **state) {
    (void)state;
    static const char *const number[] = { "12",
                                          "0012",
                                          "12.25",
                                          "-3.5",
                                          "1234567",
                                          "12345678",
                                          "123456789012345",
                                          "0.1",
                                          ".5",
                                          "7.",
                                          "1234567.12345678",
                                          "123456789.123456",
                                          "0.000001",
                                          "99999999.9999999",
                                          "3.00000000000001",
                                          "100000000",
                                          "-0" };
    for (size_t i = 0; i < VE_COUNT(number); i++) {
        double first[2];
        for (int full = 0; full < 2; full++) {
            char row[200], model[700];
            snprintf(row, sizeof row, "A_f,B_f,x,y\n1,2,%s%s,1\n3,3,1,1\n", full ? " " : "", number[i]);
            ve_test_text(t, "s.csv", row);
            snprintf(model, sizeof model,
                     "{ scale = { 0, 4 }, functions = { { id = 'f', weight = 1 } }, options = {\n"
                     "  { id = 'A', cost = 1 }, { id = 'B', cost = 2 } }, attributes = { x = 'm' },\n"
                     "  survey = ve.csv { file = 's.csv' }, target = ve.normal { mean = 1, sd = 3 } }");
            assert_int_equal(ve_test_run(t, model), VE_OK);
            first[full] = mean_a("f");
        }
        assert_memory_equal(&first[0], &first[1], sizeof first[0]);
    }
}

/* Many functions, so that scores are taken by the handful: whoever takes them, they are the same. */
enum { FUNCTIONS = 11, CELLS = 3 * FUNCTIONS, CUSTOMERS = 40 };

typedef struct dress {
    const char *before, *after; /* of every field */
    char separator;
    bool backwards; /* columns */
    int highest;
    bool halves;
} dress;

static size_t put(char *to, const dress *d, bool first, const char *text) {
    char separator[2] = { first ? '\0' : d->separator, '\0' };
    return (size_t)snprintf(to, 64, "%s%s%s%s", separator, d->before, text, d->after);
}

static size_t put_header(char *to, const dress *shown) {
    const dress *d = shown, plain = { "", "", shown->separator, shown->backwards, 0, false };
    if (*d->before == '0' || *d->after == '.') d = &plain;
    size_t used = put(to, d, true, "x");
    for (int i = 0; i < CELLS; i++) {
        int c = d->backwards ? CELLS - 1 - i : i;
        char name[16];
        snprintf(name, sizeof name, "%c_f%d", "ABC"[c / FUNCTIONS], c % FUNCTIONS);
        used += put(to + used, d, false, name);
    }
    to[used++] = '\n';
    return used;
}

static size_t put_customer(char *to, const dress *d) {
    char text[16];
    int score[CELLS];
    snprintf(text, sizeof text, "%u", draw(9));
    size_t used = put(to, d, true, text);
    for (int i = 0; i < CELLS; i++)
        score[i] = (int)draw((unsigned)d->highest + 1);
    for (int i = 0; i < CELLS; i++) {
        int x = score[d->backwards ? CELLS - 1 - i : i];
        snprintf(text, sizeof text, d->halves && x == 1 ? "%d.5" : "%d", x);
        used += put(to + used, d, false, text);
    }
    to[used++] = '\n';
    return used;
}

static void read_dress(const dress *d) {
    static char text[CUSTOMERS * CELLS * 12 + 1000];
    static const char head[] =
        "{ attributes = { x = 'm' }, scale = { 0, %d }, target = ve.normal { mean = 4, sd = 2 }, options = {"
        "{ id = 'A', cost = 1 }, { id = 'B', cost = 2 }, { id = 'C', cost = 3 } },"
        "survey = ve.csv { file = 's.csv' }, functions = { ";
    char model[1500];
    random_state = 5;
    size_t used = put_header(text, d);
    for (int i = 0; i < CUSTOMERS; i++)
        used += put_customer(text + used, d);
    ve_test_file(t, "s.csv", text, used);
    size_t length = (size_t)snprintf(model, sizeof model, head, d->highest);
    for (int k = 0; k < FUNCTIONS; k++)
        length +=
            (size_t)snprintf(model + length, sizeof model - length, "{ id = 'f%d', weight = %d },", k, k + 1);
    snprintf(model + length, sizeof model - length, "} }");
    assert_int_equal(ve_test_run(t, model), VE_OK);
}

static void many_functions_in_every_dress(void **state) {
    (void)state;
    static const dress dresses[] = {
        { "", "", ',', false, 0, false },    { "\"", "\"", ',', false, 0, false },
        { " ", "", ';', false, 0, false },   { "", "", '|', true, 0, false },
        { "\"", "\"", ';', true, 0, false }, { "\" ", " \"", ',', false, 0, false },
        { "", ".0", ',', false, 0, false },  { "0", "", '\t', false, 0, false }
    };
    static const int highest[] = { 4, 9, 12, 200 };
    static double first[400], again[400];
    for (size_t h = 0; h < 2 * VE_COUNT(highest); h++)
        for (size_t i = 0; i < VE_COUNT(dresses); i++) {
            dress d = dresses[i];
            d.highest = highest[h / 2];
            d.halves = h % 2 && strcmp(d.after, ".0") != 0;
            if (h % 2 && !d.halves) continue;
            read_dress(&d);
            size_t count = figures(i ? again : first, 400);
            if (i) assert_memory_equal(first, again, count * sizeof *first);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(broken_files_are_told),
        cmocka_unit_test(all_faults_are_told_in_order),
        cmocka_unit_test(at_most_twenty_faults),
        cmocka_unit_test(places_are_those_of_an_editor),
        cmocka_unit_test(limits),
        cmocka_unit_test(fields_of_the_word),
        cmocka_unit_test(value_functions_need_a_scale),
        cmocka_unit_test(scores_of_an_open_scale),
        cmocka_unit_test(the_same_in_every_dress),
        cmocka_unit_test(encodings),
        cmocka_unit_test(skipped_customers_are_counted),
        cmocka_unit_test(design_weights),
        cmocka_unit_test(columns_for_costs),
        cmocka_unit_test(the_same_for_any_number_of_threads),
        cmocka_unit_test(the_same_faults_for_any_number_of_threads),
        cmocka_unit_test(both_ways_read_the_same),
        cmocka_unit_test(many_functions_in_every_dress),
    };
    return cmocka_run_group_tests(tests, ve_test_up, ve_test_down);
}

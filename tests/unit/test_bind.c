/* Binding tables to structs: every type, every flag, every message.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tree.h"

/* ---- a record with a field of every type ----------------------------------------------------- */

typedef struct inner {
    double a;
    int of;
} inner;
typedef struct all {
    double number, exact, share, above, upto;
    int integer, small;
    bool boolean;
    const char *text, *id;
    int choice, ref;
    ve_ints refs;
    ve_numbers numbers, map, vector;
    ve_texts texts;
    inner record;
    ve_rows rows, keyed;
    ve_word word, judgement;
    const ve_value *value;
} all;

static const ve_field inner_fields[] = {
    VE_FIELD(inner, a, VE_T_NUMBER, .name = "a", .doc = "a"),
    VE_FIELD(inner, of, VE_T_REF, .name = "of", .of = VE_OF_OPTIONS, .doc = "whose"),
};
static const ve_record inner_record = {
    .name = "inner", .doc = "inner", .size = sizeof(inner), .fields = inner_fields, .count = 2
};
static const ve_field all_fields[] = {
    VE_FIELD(all, number, VE_T_NUMBER, .name = "number", .low = 0, .high = INFINITY, .doc = "a number"),
    VE_FIELD(all, exact, VE_T_NUMBER, .name = "exact", .flags = VE_F_EXACT, .doc = "an exact number"),
    VE_FIELD(all, share, VE_T_NUMBER, .name = "share", .low = 0, .high = 1, .doc = "a share"),
    VE_FIELD(all, above, VE_T_NUMBER, .name = "above", .flags = VE_F_ABOVE, .doc = "above 0"),
    VE_FIELD(all, upto, VE_T_NUMBER, .name = "upto", .low = -INFINITY, .high = 1, .flags = VE_F_BELOW,
             .doc = "below 1"),
    VE_FIELD(all, integer, VE_T_INTEGER, .name = "integer", .doc = "a whole number"),
    VE_FIELD(all, small, VE_T_INTEGER, .name = "small", .low = 1, .high = 9, .doc = "from 1 to 9"),
    VE_FIELD(all, boolean, VE_T_BOOLEAN, .name = "boolean", .doc = "yes or no"),
    VE_FIELD(all, text, VE_T_TEXT, .name = "text", .doc = "a text"),
    VE_FIELD(all, id, VE_T_ID, .name = "id", .doc = "an id"),
    VE_FIELD(all, choice, VE_T_CHOICE, .name = "choice", .choices = "mean|sum|peak", .doc = "a choice"),
    VE_FIELD(all, ref, VE_T_REF, .name = "ref", .of = VE_OF_OPTIONS, .doc = "an option"),
    VE_FIELD(all, refs, VE_T_REFS, .name = "refs", .of = VE_OF_OPTIONS, .doc = "options"),
    VE_FIELD(all, numbers, VE_T_NUMBERS, .name = "numbers", .low = 0, .high = 10, .doc = "numbers"),
    VE_FIELD(all, map, VE_T_MAP, .name = "map", .of = VE_OF_OPTIONS, .doc = "a number per option"),
    VE_FIELD(all, vector, VE_T_VECTOR, .name = "vector", .doc = "a number per attribute"),
    VE_FIELD(all, texts, VE_T_TEXTS, .name = "texts", .of = VE_OF_OPTIONS, .doc = "a text per option"),
    VE_FIELD(all, record, VE_T_RECORD, .name = "record", .record = &inner_record, .doc = "a record"),
    VE_FIELD(all, rows, VE_T_ROWS, .name = "rows", .record = &fake_overhaul_record, .doc = "rows"),
    VE_FIELD(all, keyed, VE_T_KEYED, .name = "keyed", .of = VE_OF_OPTIONS, .record = &fake_score_record,
             .doc = "keyed"),
    VE_FIELD(all, word, VE_T_WORD, .name = "word", .kind = VE_KIND_DISTRIBUTION, .doc = "a target"),
    VE_FIELD(all, judgement, VE_T_WORD, .name = "judgement", .kind = VE_KIND_JUDGEMENT, .doc = "a judgement"),
    VE_FIELD(all, value, VE_T_VALUE, .name = "value", .doc = "anything"),
};
static const ve_record all_record = {
    .name = "all", .doc = "all", .size = sizeof(all), .fields = all_fields, .count = VE_COUNT(all_fields)
};

static const char *const option_ids[] = { "A", "B", "C" };
static const char *const function_ids[] = { "use", "look" };
static const char *const attribute_ids[] = { "income", "age" };

static int setup(void **state) {
    bench *b = bench_open(0);
    b->binder.of[VE_OF_OPTIONS] = (ve_names){ option_ids, 3, NULL };
    b->binder.of[VE_OF_FUNCTIONS] = b->binder.of[VE_OF_SIBLINGS] = (ve_names){ function_ids, 2, NULL };
    b->binder.of[VE_OF_ATTRIBUTES] = (ve_names){ attribute_ids, 1, NULL };
    *state = b;
    return 0;
}

static int teardown(void **state) {
    bench_close(*state);
    return 0;
}

static ve_code bind(bench *b, const char *text, all *out) {
    b->errors = (ve_errors){ 0 };
    return ve_bind(&b->binder, &all_record, tree(b->arena, text), "m", out);
}

static all good(bench *b, const char *text) {
    all out;
    if (bind(b, text, &out)) bench_print(b);
    assert_count(b, 0);
    return out;
}

static void wrong(bench *b, const char *text, ve_code code, const char *path, const char *message,
                  const char *hint) {
    all out;
    assert_int_equal(bind(b, text, &out), code);
    assert_error(b, 0, code, path, message, hint);
    assert_count(b, 1);
}

/* ---- what can be bound ----------------------------------------------------------------------- */

static void nothing_written_gives_the_defaults(void **state) {
    all a = good(*state, "{}");
    assert_true(isnan(a.number) && isnan(a.exact) && isnan(a.record.a));
    assert_int_equal(a.ref, -1);
    assert_int_equal(a.record.of, -1);
    assert_null(a.text);
    assert_null(a.word.plugin);
    assert_int_equal(a.rows.count + a.map.count + a.vector.count + a.refs.count, 0);
}

static void a_struct_of_defaults_is_copied(void **state) {
    bench *b = *state;
    fake_cost c;
    assert_int_equal(ve_bind(&b->binder, &fake_cost_record, tree(b->arena, "{ initial = 7 }"), "c", &c),
                     VE_OK);
    assert_true(c.initial == 7 && c.rate == 0.05 && c.years == 20);
}

static void plain_values_are_bound(void **state) {
    all a =
        good(*state, "{ number = 3.5, exact = -1, integer = -4, small = 9, boolean = true, text = 'hello',"
                     "  id = 'F_1', choice = 'peak', ref = 'B', value = { 1 } }");
    assert_true(a.number == 3.5 && a.exact == -1 && a.integer == -4 && a.small == 9 && a.boolean);
    assert_string_equal(a.text, "hello");
    assert_string_equal(a.id, "F_1");
    assert_int_equal(a.choice, 2);
    assert_int_equal(a.ref, 1);
    assert_int_equal(a.value->table.count, 1);
}

static void lists_are_bound(void **state) {
    all a = good(*state, "{ refs = { 'C', 'A' }, numbers = { 1, 2, 3 }, map = { C = 3, A = 1 },"
                         "  texts = { B = 'b' }, vector = 5 }");
    assert_true(a.refs.count == 2 && a.refs.v[0] == 2 && a.refs.v[1] == 0);
    assert_true(a.numbers.count == 3 && a.numbers.v[2] == 3);
    assert_true(a.map.count == 3 && a.map.v[0] == 1 && isnan(a.map.v[1]) && a.map.v[2] == 3);
    assert_true(a.texts.count == 3 && !a.texts.v[0]);
    assert_string_equal(a.texts.v[1], "b");
    assert_true(a.vector.count == 1 && a.vector.v[0] == 5);
}

static void a_map_may_be_a_list_in_the_order_of_the_ids(void **state) {
    all a = good(*state, "{ map = { 7, 8, 9 } }");
    assert_true(a.map.count == 3 && a.map.v[0] == 7 && a.map.v[2] == 9);
}

static void a_vector_is_a_number_per_attribute(void **state) {
    bench *b = *state;
    all a = good(b, "{ vector = { income = 4 } }");
    assert_true(a.vector.count == 1 && a.vector.v[0] == 4);
    b->binder.of[VE_OF_ATTRIBUTES].count = 2;
    a = good(b, "{ vector = { age = 30 } }");
    assert_true(a.vector.count == 2 && isnan(a.vector.v[0]) && a.vector.v[1] == 30);
    b->binder.of[VE_OF_ATTRIBUTES].count = 0;
    a = good(b, "{ vector = 3 }");
    assert_true(a.vector.count == 1 && a.vector.v[0] == 3);
}

static void records_and_rows_are_bound(void **state) {
    all a = good(*state, "{ record = { a = 1, of = 'C' }, rows = { { 5, 100 }, { year = 10, cost = 50 }, { "
                         "15, cost = 1 } } }");
    assert_true(a.record.a == 1 && a.record.of == 2);
    const fake_overhaul *row = a.rows.v;
    assert_int_equal(a.rows.count, 3);
    assert_true(row[0].year == 5 && row[0].cost == 100 && row[1].year == 10 && row[2].cost == 1);
    assert_null(a.rows.given);
    assert_non_null(a.rows.source);
}

static void a_word_may_stand_for_its_row(void **state) {
    typedef struct part {
        ve_word word;
        double share;
    } part;
    typedef struct mixture {
        ve_rows parts;
    } mixture;
    static const ve_field part_fields[] = {
        VE_FIELD(part, word, VE_T_WORD, .name = "word", .kind = VE_KIND_DISTRIBUTION, .doc = "what"),
        VE_FIELD(part, share, VE_T_NUMBER, .name = "share", .doc = "how much"),
    };
    static const ve_record part_record = {
        .name = "part", .size = sizeof(part), .fields = part_fields, .count = 2
    };
    static const ve_field fields[] = { VE_FIELD(mixture, parts, VE_T_ROWS, .name = "parts",
                                                .flags = VE_F_LIST, .record = &part_record, .doc = "parts") };
    static const ve_record record = {
        .name = "mixture", .size = sizeof(mixture), .fields = fields, .count = 1
    };
    bench *b = *state;
    mixture m;
    const ve_value *t = tree(b->arena, "{ ve.normal { mean = 3 }, { fn, 0.5 }, fn }");
    assert_int_equal(ve_bind(&b->binder, &record, t, "m", &m), VE_OK);
    const part *row = m.parts.v;
    assert_string_equal(row[0].word.plugin->name, "normal");
    assert_true(isnan(row[0].share) && row[1].share == 0.5 && isnan(row[2].share));
    assert_string_equal(row[2].word.plugin->name, "function");
}

static void keyed_records_have_a_shorthand(void **state) {
    all a = good(*state, "{ keyed = { C = 'ttme', A = { column = 'wait', worst = 99, best = 0 } } }");
    const fake_score *score = a.keyed.v;
    assert_int_equal(a.keyed.count, 3);
    assert_true(a.keyed.given[0] && !a.keyed.given[1] && a.keyed.given[2]);
    assert_string_equal(score[0].column, "wait");
    assert_string_equal(score[2].column, "ttme");
    assert_true(score[0].worst == 99 && isnan(score[2].worst) && isnan(score[1].best));
    assert_null(a.keyed.text);
}

static void a_template_stands_for_all(void **state) {
    bench *b = *state;
    ve_word w;
    assert_int_equal(ve_bind_word(&b->binder, VE_KIND_SURVEY,
                                  tree(b->arena, "ve.csv { file = 'a', scores = '{option}_{function}' }"),
                                  "survey", &w),
                     VE_OK);
    const fake_csv *csv = w.params;
    assert_string_equal(csv->scores.text, "{option}_{function}");
    assert_int_equal(csv->scores.count, 2);
    assert_false(csv->scores.given[0]);
}

static void words_are_bound_with_their_path(void **state) {
    all a = good(*state, "{ word = ve.normal { mean = 5 }, judgement = ve.parties { { 'owner', 1, ve.direct "
                         "{ use = 1 } } } }");
    assert_string_equal(a.word.plugin->name, "normal");
    assert_string_equal(a.word.path, "m.word");
    assert_non_null(a.word.source);
    const fake_parties *parties = a.judgement.params;
    const fake_party *party = parties->party.v;
    assert_string_equal(party->judgement.path, "m.judgement[1][3]");
    const fake_direct *direct = party->judgement.params;
    assert_true(direct->points.count == 2 && direct->points.v[0] == 1 && isnan(direct->points.v[1]));
}

static void the_rest_of_a_record_is_a_map(void **state) {
    all a = good(*state, "{ judgement = ve.direct { look = 3, use = 2, total = 5 } }");
    const fake_direct *direct = a.judgement.params;
    assert_true(direct->points.v[0] == 2 && direct->points.v[1] == 3 && direct->total == 5);
}

static void a_lua_function_is_a_distribution(void **state) {
    all a = good(*state, "{ word = fn }");
    assert_string_equal(a.word.plugin->name, "function");
    assert_string_equal(a.word.path, "m.word");
}

static void a_distribution_stands_for_a_number(void **state) {
    bench *b = *state;
    all a = good(b, "{ number = ve.normal { mean = 42 }, map = { A = ve.normal { mean = 2 } }, numbers = { "
                    "1, ve.normal { mean = 3 } } }");
    assert_true(a.number == 42 && a.map.v[0] == 2 && a.numbers.v[1] == 3);
    b->binder.of[VE_OF_ATTRIBUTES].count = 2; /* a number knows no customers */
    a = good(b, "{ number = ve.normal { mean = 42 } }");
    assert_true(a.number == 42);
}

static void nil_is_left_out(void **state) {
    all a = good(*state, "{ number = nil, other = nil, rows = { { nil, year = 3, cost = 1 } } }");
    assert_true(isnan(a.number));
    assert_int_equal(((const fake_overhaul *)a.rows.v)->year, 3);
}

static void a_default_word_has_default_parameters(void **state) {
    bench *b = *state;
    ve_word w;
    assert_int_equal(ve_bind_default_word(&b->binder, fake_find(&b->binder, "life_cycle"), "cost", &w),
                     VE_OK);
    assert_true(((const fake_cost *)w.params)->years == 20);
    assert_null(w.source);
    assert_string_equal(w.path, "cost");
}

/* ---- what is told ---------------------------------------------------------------------------- */

static void wrong_types_are_told(void **state) {
    bench *b = *state;
    wrong(b, "{ number = '4200' }", VE_E_TYPE, "m.number", "number must be a number, not the text '4200'",
          "write 4200 without quotes");
    wrong(b, "{ number = '4,200' }", VE_E_TYPE, "m.number", "number must be a number, not the text '4,200'",
          "");
    wrong(b, "{ number = { 1 } }", VE_E_TYPE, "m.number", "number must be a number, not a list", "");
    wrong(b, "{ number = fn }", VE_E_TYPE, "m.number", "number must be a number, not a Lua function", "");
    wrong(b, "{ exact = ve.normal { mean = 1 } }", VE_E_TYPE, "m.exact",
          "exact must be a plain number, not ve.normal", "");
    wrong(b, "{ integer = 1.5 }", VE_E_TYPE, "m.integer",
          "integer must be a whole number, not the number 1.5", "");
    wrong(b, "{ integer = '3' }", VE_E_TYPE, "m.integer", "integer must be a whole number, not the text '3'",
          "write 3 without quotes");
    wrong(b, "{ boolean = 1 }", VE_E_TYPE, "m.boolean", "boolean must be true or false, not the number 1",
          "");
    wrong(b, "{ boolean = 'true' }", VE_E_TYPE, "m.boolean",
          "boolean must be true or false, not the text 'true'", "write true without quotes");
    wrong(b, "{ text = 3 }", VE_E_TYPE, "m.text", "text must be a text, not the number 3",
          "write it in quotes: \"3\"");
    wrong(b, "{ text = {} }", VE_E_TYPE, "m.text", "text must be a text, not an empty table", "");
    wrong(b, "{ id = true }", VE_E_TYPE, "m.id", "id must be an id, a text, not true", "");
    wrong(b, "{ choice = 3 }", VE_E_TYPE, "m.choice",
          "choice must be \"mean\" or \"sum\" or \"peak\", not the number 3", "");
    wrong(b, "{ ref = 1 }", VE_E_TYPE, "m.ref", "ref must be the id of an option, a text, not the number 1",
          "write it in quotes: \"1\"");
}

static void wrong_lists_are_told(void **state) {
    bench *b = *state;
    wrong(b, "{ refs = 'A' }", VE_E_TYPE, "m.refs",
          "refs must be a list of ids { \"A\", \"B\" }, not the text 'A'", "");
    wrong(b, "{ numbers = 3 }", VE_E_TYPE, "m.numbers",
          "numbers must be a list of numbers { 1, 2 }, not the number 3", "");
    wrong(b, "{ numbers = { 1, 'x' } }", VE_E_TYPE, "m.numbers[2]",
          "numbers[2] must be a number, not the text 'x'", "");
    wrong(b, "{ map = 3 }", VE_E_TYPE, "m.map",
          "map must be a number per option { ID = 1 }, not the number 3", "");
    wrong(b, "{ map = { 1, A = 2 } }", VE_E_TYPE, "m.map",
          "map must be a number per option { ID = 1 }, not a table", "");
    wrong(b, "{ map = { 1, 2 } }", VE_E_LIST, "m.map", "map must have one number per option, 3 in all, not 2",
          "");
    wrong(b, "{ map = { A = '1' } }", VE_E_TYPE, "m.map.A", "A must be a number, not the text '1'",
          "write 1 without quotes");
    wrong(b, "{ texts = { 'a' } }", VE_E_TYPE, "m.texts",
          "texts must be a text per id { A = \"...\" }, not a list", "");
    wrong(b, "{ texts = { A = 1 } }", VE_E_TYPE, "m.texts.A", "A must be a text, not the number 1",
          "write it in quotes: \"1\"");
    wrong(b, "{ record = 3 }", VE_E_TYPE, "m.record", "record must be a table { ... }, not the number 3", "");
    wrong(b, "{ record = ve.normal {} }", VE_E_TYPE, "m.record",
          "record must be a table { ... }, not ve.normal", "");
    wrong(b, "{ rows = 5 }", VE_E_TYPE, "m.rows",
          "rows must be a list of rows { { year, cost }, ... }, not the number 5", "");
    wrong(b, "{ rows = { 5 } }", VE_E_TYPE, "m.rows[1]", "rows[1] must be a row { ... }, not the number 5",
          "");
    wrong(b, "{ rows = { { 1, 2, 3 } } }", VE_E_LIST, "m.rows[1][3]", "a row has at most 2 entries, not 3",
          "");
    wrong(b, "{ rows = { { 1, 2, cost = 3 } } }", VE_E_CONFLICT, "m.rows[1].cost",
          "cost is given twice: by its place in the row and by name", "keep one of them");
    wrong(b, "{ rows = { { 1 } } }", VE_E_MISSING_FIELD, "m.rows[1].cost", "cost is missing",
          "cost: how much");
    wrong(b, "{ keyed = { 'x' } }", VE_E_TYPE, "m.keyed",
          "keyed must be a table { ID = ... } with the ids of options, not a list", "");
    wrong(b, "{ keyed = 'x' }", VE_E_TYPE, "m.keyed",
          "keyed must be a table { ID = ... } with the ids of options, not the text 'x'", "");
    wrong(b, "{ keyed = { A = 3 } }", VE_E_TYPE, "m.keyed.A", "A must be a text, not the number 3",
          "write it in quotes: \"3\"");
    wrong(b, "{ 7 }", VE_E_LIST, "m[1]", "all has named fields, no list entries", "write number = ...");
    wrong(b, "{ record = { 7 } }", VE_E_LIST, "m.record[1]", "inner has named fields, no list entries",
          "write a = ...");
}

static void wrong_vectors_are_told(void **state) {
    bench *b = *state;
    wrong(b, "{ vector = { age = 3 } }", VE_E_REFERENCE, "m.vector.age", "there is no attribute 'age'",
          "possible here: income");
    b->binder.of[VE_OF_ATTRIBUTES].count = 2;
    wrong(b, "{ vector = 3 }", VE_E_TYPE, "m.vector",
          "vector must be a number per attribute, since the model has 2 of them",
          "write { income = ..., age = ... }");
    wrong(b, "{ vector = true }", VE_E_TYPE, "m.vector", "vector must be a number, not true", "");
    b->binder.of[VE_OF_ATTRIBUTES].count = 0;
    wrong(b, "{ vector = { age = 3 } }", VE_E_TYPE, "m.vector", "vector must be a number, not a table", "");
}

static void numbers_outside_their_range_are_told(void **state) {
    bench *b = *state;
    wrong(b, "{ number = -3 }", VE_E_RANGE, "m.number", "number must be at least 0, not -3", "");
    wrong(b, "{ share = 1.5 }", VE_E_RANGE, "m.share", "share must be at least 0 and at most 1, not 1.5", "");
    wrong(b, "{ share = -0.5 }", VE_E_RANGE, "m.share", "share must be at least 0 and at most 1, not -0.5",
          "");
    wrong(b, "{ above = 0 }", VE_E_RANGE, "m.above", "above must be above 0, not 0", "");
    wrong(b, "{ upto = 1 }", VE_E_RANGE, "m.upto", "upto must be below 1, not 1", "");
    wrong(b, "{ exact = nan }", VE_E_RANGE, "m.exact", "exact must be a finite number, not NaN", "");
    wrong(b, "{ number = inf }", VE_E_RANGE, "m.number", "number must be at least 0, not infinity", "");
    wrong(b, "{ small = 0 }", VE_E_RANGE, "m.small", "small must be at least 1 and at most 9, not 0", "");
    wrong(b, "{ integer = 3e9 }", VE_E_RANGE, "m.integer",
          "integer must be at least -2147483648 and at most 2147483647, not 3000000000", "");
    wrong(b, "{ numbers = { 11 } }", VE_E_RANGE, "m.numbers[1]",
          "numbers[1] must be at least 0 and at most 10, not 11", "");
    wrong(b, "{ number = ve.normal { mean = -3 } }", VE_E_RANGE, "m.number",
          "number must be at least 0; the mean of ve.normal is -3", "");
    all a = good(b, "{ share = 1, above = 1e-9, upto = -1e9, small = 1 }");
    assert_true(a.share == 1 && a.upto == -1e9);
}

static void names_that_do_not_exist_are_told(void **state) {
    bench *b = *state;
    wrong(b, "{ nubmer = 3 }", VE_E_UNKNOWN_FIELD, "m.nubmer", "unknown field 'nubmer'",
          "did you mean 'number'?");
    wrong(b, "{ ref = 'D' }", VE_E_REFERENCE, "m.ref", "there is no option 'D'", NULL);
    wrong(b, "{ refs = { 'A', 'zzz' } }", VE_E_REFERENCE, "m.refs[2]", "there is no option 'zzz'",
          "possible here: A, B, C");
    wrong(b, "{ refs = { 'A', 'A' } }", VE_E_ID_TWICE, "m.refs[2]", "'A' stands twice in this list", "");
    wrong(b, "{ map = { zzz = 1 } }", VE_E_REFERENCE, "m.map.zzz", "there is no option 'zzz'",
          "possible here: A, B, C");
    wrong(b, "{ texts = { zzz = 'x' } }", VE_E_REFERENCE, "m.texts.zzz", "there is no option 'zzz'", NULL);
    wrong(b, "{ keyed = { zzz = 'x' } }", VE_E_REFERENCE, "m.keyed.zzz", "there is no option 'zzz'", NULL);
    wrong(b, "{ choice = 'peek' }", VE_E_CHOICE, "m.choice", "choice cannot be 'peek'",
          "did you mean 'peak'?");
    wrong(b, "{ choice = 'zzzzzz' }", VE_E_CHOICE, "m.choice", "choice cannot be 'zzzzzz'",
          "possible here: mean, sum, peak");
    wrong(b, "{ id = '1st' }", VE_E_ID, "m.id", "'1st' is not an id",
          "ids are letters, digits, _ and -, and do not begin with a digit or -");
}

static void words_that_do_not_fit_are_told(void **state) {
    bench *b = *state;
    wrong(b, "{ word = ve.nromal {} }", VE_E_UNKNOWN_WORD, "m.word", "unknown word ve.nromal",
          "did you mean 've.normal'?");
    wrong(b, "{ judgement = ve.zzzz {} }", VE_E_UNKNOWN_WORD, "m.judgement", "unknown word ve.zzzz",
          "`vescore plugins` lists the words; load your own with --plugin FILE or ve.use");
    wrong(b, "{ word = ve.direct {} }", VE_E_TYPE, "m.word",
          "word must be a distribution, and ve.direct is a judgement", "possible here: ve.equal, ve.normal");
    wrong(b, "{ number = ve.life_cycle {} }", VE_E_TYPE, "m.number",
          "number must be a distribution, and ve.life_cycle is a cost", "possible here: ve.equal, ve.normal");
    wrong(b, "{ word = { mean = 3 } }", VE_E_TYPE, "m.word",
          "word must be a distribution such as ve.equal { ... }, not a table",
          "possible here: ve.equal, ve.normal");
    wrong(b, "{ word = 'normal' }", VE_E_TYPE, "m.word",
          "word must be a distribution such as ve.equal { ... }, not the text 'normal'",
          "write ve.normal { ... }");
    wrong(b, "{ judgement = fn }", VE_E_TYPE, "m.judgement",
          "judgement must be a judgement such as ve.direct { ... }, not a Lua function",
          "possible here: ve.direct, ve.parties");
    wrong(b, "{ word = ve.normal {} }", VE_E_MISSING_FIELD, "m.word.mean", "mean is missing",
          "mean: where it lies");
    wrong(b, "{ word = ve.normal { 3, mean = 1 } }", VE_E_LIST, "m.word[1]",
          "normal has named fields, no list entries", "write mean = ...");
    wrong(b, "{ word = ve.normal { mean = 1, sd = 0 } }", VE_E_RANGE, "m.word.sd",
          "sd must be above 0, not 0", "");
    wrong(b, "{ judgement = ve.parties {} }", VE_E_MISSING_FIELD, "m.judgement", "parties: the list is empty",
          "parties: the parties");
    wrong(b, "{ number = ve.equal {} }", VE_E_TYPE, "m.number", "ve.equal has no mean", "");
}

static void the_rest_takes_only_ids(void **state) {
    bench *b = *state;
    wrong(b, "{ judgement = ve.direct { lock = 1 } }", VE_E_UNKNOWN_FIELD, "m.judgement.lock",
          "unknown field 'lock'", "did you mean 'look'?");
    wrong(b, "{ judgement = ve.direct { zzzz = 1 } }", VE_E_UNKNOWN_FIELD, "m.judgement.zzzz",
          "unknown field 'zzzz'", "possible here: total, use, look");
    wrong(b, "{ judgement = ve.direct { use = -1 } }", VE_E_RANGE, "m.judgement.use",
          "use must be at least 0, not -1", "");
}

static void the_rest_may_take_anything(void **state) {
    typedef struct rest {
        const ve_value *value;
    } rest;
    static const ve_field field[] = { VE_FIELD(rest, value, VE_T_VALUE, .name = "rows",
                                               .flags = VE_F_REST | VE_F_LIST, .doc = "all") };
    static const ve_record record = { .name = "rest", .size = sizeof(rest), .fields = field, .count = 1 };
    bench *b = *state;
    rest r;
    assert_int_equal(ve_bind(&b->binder, &record, tree(b->arena, "{ 1, 2, x = 3 }"), "r", &r), VE_OK);
    assert_true(r.value->table.count == 2 && r.value->table.named == 1);
    assert_int_equal(ve_bind(&b->binder, &record, tree(b->arena, "{}"), "r", &r), VE_OK);
    assert_null(r.value);
}

static void every_mistake_is_told_with_its_place(void **state) {
    bench *b = *state;
    all out;
    assert_int_equal(
        bind(b, "{ number = 'x',\n  rows = { { 0, 'y' },\n    { yaer = 1 } },\n  bad = 1 }", &out),
        VE_E_TYPE);
    ve_errors_sort(&b->errors);
    assert_count(b, 6);
    assert_error(b, 0, VE_E_TYPE, "m.number", NULL, NULL);
    assert_place(b, 0, 1, 3);
    assert_error(b, 1, VE_E_RANGE, "m.rows[1][1]", "year must be at least 1 and at most 200, not 0", NULL);
    assert_place(b, 1, 2, 14);
    assert_error(b, 2, VE_E_TYPE, "m.rows[1][2]", NULL, NULL);
    assert_error(b, 3, VE_E_MISSING_FIELD, "m.rows[2].cost", NULL, NULL);
    assert_error(b, 4, VE_E_UNKNOWN_FIELD, "m.rows[2].yaer", "unknown field 'yaer'", "did you mean 'year'?");
    assert_place(b, 4, 3, 7);
    assert_error(b, 5, VE_E_UNKNOWN_FIELD, "m.bad", NULL, NULL);
    assert_place(b, 5, 4, 3);
}

static void more_mistakes_than_have_room_do_no_harm(void **state) {
    bench *b = *state;
    char text[4000] = "{ ";
    for (int i = 0; i < 150; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "bad%d = 1, ", i);
    snprintf(text + strlen(text), sizeof text - strlen(text), "}");
    all out;
    assert_int_equal(bind(b, text, &out), VE_E_UNKNOWN_FIELD);
    assert_true(b->errors.dropped > 0);
}

static void depth_is_limited(void **state) {
    bench *b = *state;
    char text[8000] = "";
    for (int i = 0; i < 120; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "ve.parties { { 'p', 1, ");
    snprintf(text + strlen(text), sizeof text - strlen(text), "ve.direct { use = 1 }");
    for (int i = 0; i < 120; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), " } }");
    ve_word w;
    ve_code code = ve_bind_word(&b->binder, VE_KIND_JUDGEMENT, tree(b->arena, text), "w", &w);
    assert_int_equal(code, VE_E_SIZE);
    assert_error(b, 0, VE_E_SIZE, NULL, "this nests deeper than 100 levels", NULL);
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    for (size_t limit = 1; limit < 60000; limit += 16) {
        bench *b = bench_open(0);
        ve_arena *arena = b->arena;
        const ve_value *value =
            tree(arena, "{ refs = { 'A' }, numbers = { 1 }, map = { A = 1 }, texts = { A = 'x' }, vector = 1,"
                        " rows = { { 1, 2 } }, keyed = { A = 'x' }, word = ve.normal { mean = 3 }, judgement "
                        "= ve.direct { use = 1, bad = 2 } }");
        b->binder.arena = ve_arena_new(limit);
        b->binder.of[VE_OF_OPTIONS] = (ve_names){ option_ids, 3, NULL };
        b->binder.of[VE_OF_SIBLINGS] = (ve_names){ function_ids, 2, NULL };
        b->binder.of[VE_OF_ATTRIBUTES] = (ve_names){ attribute_ids, 1, NULL };
        all out;
        ve_code code = ve_bind(&b->binder, &all_record, value, "m", &out);
        assert_true(code == VE_E_MEMORY || code == VE_E_UNKNOWN_FIELD);
        ve_arena_free(b->binder.arena);
        bench_close(b);
    }
}

/* ---- values and names ------------------------------------------------------------------------ */

static void values_are_found_by_path(void **state) {
    bench *b = *state;
    const ve_value *t =
        tree(b->arena, "{ pairs = { { 'A', 'B', 3 }, { 'C' } }, mean = { income = 7 }, n = 1 }");
    assert_true(ve_value_at(t, "") == t);
    assert_true(ve_value_at(t, "mean.income")->number == 7);
    assert_true(ve_value_at(t, "pairs[1][3]")->number == 3);
    assert_true(ve_value_at(t, "pairs[9]") == ve_value_field(t, "pairs"));
    assert_true(ve_value_at(t, "pairs[2].score") == &ve_value_field(t, "pairs")->table.items[1]);
    assert_true(ve_value_at(t, "n.x[1]")->number == 1);
    assert_true(ve_value_at(t, "zzz") == t);
    assert_null(ve_value_field(t, "me"));
    assert_null(ve_value_field(ve_value_field(t, "n"), "x"));
    assert_null(ve_value_field(NULL, "x"));
}

static void values_are_said_in_words(void **state) {
    bench *b = *state;
    char room[64];
    const char *const said[][2] = { { "3", "the number 3" },    { "'x'", "the text 'x'" },
                                    { "true", "true" },         { "false", "false" },
                                    { "{ 1 }", "a list" },      { "{ a = 1 }", "a table" },
                                    { "{}", "an empty table" }, { "ve.normal {}", "ve.normal" },
                                    { "fn", "a Lua function" }, { "nil", "nothing" } };
    for (size_t i = 0; i < VE_COUNT(said); i++)
        assert_string_equal(ve_value_say(tree(b->arena, said[i][0]), room, sizeof room), said[i][1]);
    assert_string_equal(ve_value_kind_name(tree(b->arena, "3")), "a number");
    assert_string_equal(ve_value_kind_name(tree(b->arena, "'x'")), "a text");
    assert_string_equal(ve_value_kind_name(tree(b->arena, "ve.x {}")), "a word");
    assert_string_equal(ve_value_kind_name(NULL), "nothing");
}

static void copies_are_deep(void **state) {
    bench *b = *state;
    ve_value *t = tree(b->arena, "{ a = { 1, { b = 2 } } }"), copy;
    assert_int_equal(ve_value_copy(b->arena, t, &copy, &b->errors), VE_OK);
    copy.table.fields[0].value.table.items[1].table.fields[0].value.number = 9;
    assert_true(t->table.fields[0].value.table.items[1].table.fields[0].value.number == 2);
}

static void copies_end_where_tables_nest_too_deep(void **state) {
    bench *b = *state;
    char text[600] = "";
    for (int i = 0; i < 120; i++)
        strncat(text, "{ ", sizeof text - strlen(text) - 1);
    for (int i = 0; i < 120; i++)
        strncat(text, "}", sizeof text - strlen(text) - 1);
    ve_value copy;
    assert_int_equal(ve_value_copy(b->arena, tree(b->arena, text), &copy, &b->errors), VE_E_SIZE);
    assert_error(b, 0, VE_E_SIZE, NULL, "tables nest deeper than 100 levels", NULL);
}

static void names_are_found_among_many(void **state) {
    bench *b = *state;
    enum { MANY = 500 };
    const char **id = ve_alloc_array(b->arena, MANY, sizeof *id);
    for (int i = 0; i < MANY; i++)
        id[i] = ve_format(b->arena, "n%d", (i * 7919) % MANY);
    ve_names names;
    assert_int_equal(ve_names_make(b->arena, id, MANY, &names, &b->errors), VE_OK);
    for (int i = 0; i < MANY; i++)
        assert_int_equal(ve_names_find(&names, id[i]), i);
    assert_int_equal(ve_names_find(&names, "n"), -1);
    for (int i = 1; i < MANY; i++)
        assert_true(strcmp(id[names.sorted[i - 1]], id[names.sorted[i]]) < 0);
    ve_fail(&b->errors, VE_E_PATH, VE_NOWHERE, NULL, "x");
    ve_hint_names(&b->errors, NULL, id, MANY);
    assert_non_null(strstr(b->errors.list[0].hint, "(500 in all)"));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(nothing_written_gives_the_defaults),
        TEST(a_struct_of_defaults_is_copied),
        TEST(plain_values_are_bound),
        TEST(lists_are_bound),
        TEST(a_map_may_be_a_list_in_the_order_of_the_ids),
        TEST(a_vector_is_a_number_per_attribute),
        TEST(records_and_rows_are_bound),
        TEST(a_word_may_stand_for_its_row),
        TEST(keyed_records_have_a_shorthand),
        TEST(a_template_stands_for_all),
        TEST(words_are_bound_with_their_path),
        TEST(the_rest_of_a_record_is_a_map),
        TEST(a_lua_function_is_a_distribution),
        TEST(a_distribution_stands_for_a_number),
        TEST(nil_is_left_out),
        TEST(a_default_word_has_default_parameters),
        TEST(wrong_types_are_told),
        TEST(wrong_lists_are_told),
        TEST(wrong_vectors_are_told),
        TEST(numbers_outside_their_range_are_told),
        TEST(names_that_do_not_exist_are_told),
        TEST(words_that_do_not_fit_are_told),
        TEST(the_rest_takes_only_ids),
        TEST(the_rest_may_take_anything),
        TEST(every_mistake_is_told_with_its_place),
        TEST(more_mistakes_than_have_room_do_no_harm),
        TEST(depth_is_limited),
        cmocka_unit_test(every_allocation_may_fail),
        TEST(values_are_found_by_path),
        TEST(values_are_said_in_words),
        TEST(copies_are_deep),
        TEST(copies_end_where_tables_nest_too_deep),
        TEST(names_are_found_among_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

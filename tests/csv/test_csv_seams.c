/* Random surveys, whole and broken, read by one thread and by several from pieces of some rows: the same
 * customers, or the same faults in the same places. SPDX-License-Identifier: GPL-3.0-or-later */
#include "tree.h"

#include <fcntl.h>
#include <unistd.h>

#include "eval/eval.h"
#include "survey/groups.h"

extern const ve_plugin ve_plugin_read_csv;

enum { TEXTS = 3000, ROOM = 40000 };

static uint64_t random_state;

static unsigned draw(unsigned below) {
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)((random_state >> 33) % below);
}

/* ---- a survey -------------------------------------------------------------------------------- */

static char text[ROOM];
static size_t length;

static void put(const char *bytes) {
    size_t more = strlen(bytes);
    memcpy(text + length, bytes, more);
    length += more;
}

static void put_number(unsigned x, bool quoted) {
    char digits[24];
    snprintf(digits, sizeof digits, quoted ? "\"%u\"" : "%u", x);
    put(digits);
}

/* One thing in so many is odd, or in quotation marks; 0: nothing. */
typedef struct flavour {
    unsigned odd, quoted, people;
    bool ascending;
} flavour;

static bool one_in(unsigned many) {
    return many && draw(many) == 0;
}

static const char *one_of(const char *const *list, size_t count) {
    return list[draw((unsigned)count)];
}

static void put_score(const flavour *f) {
    static const char *const odd[] = { "\"3\"", "",    "9",      "2.5", " 1 ", "x",  "NA",
                                       "0,",    "1\"", "\"2\"3", "\"",  "10",  "1e0" };
    put(",");
    if (one_in(f->odd * 3))
        put(one_of(odd, VE_COUNT(odd)));
    else
        put_number(draw(5), one_in(f->quoted));
}

static void put_note(const flavour *f) {
    static const char *const note[] = { "",
                                        "plain",
                                        "\"a\nb\"",
                                        "\"1,1,1,1,1,1,x\n2,2,2,2,2,2,y\n\"",
                                        "\"\"\"\"",
                                        "\"say \"\"hi\"\"\"",
                                        "\"\"",
                                        "\"\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\"",
                                        "\xe6\x94\xb6" };
    static const char *const odd[] = {
        "\"",
        "\xff",
        "x\"y",
        ",",
        "\n\n",
        "\"unfinished",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    };
    put(",");
    put(one_in(f->quoted) ? one_of(note, VE_COUNT(note)) : draw(2) ? "" : "pl");
    if (one_in(f->odd * 4)) put(one_of(odd, VE_COUNT(odd)));
}

static void make_text(void) {
    flavour f = { draw(2) ? 2 + draw(30) : 0, draw(2) ? 3 : 0, draw(2) ? 40 : 100000, draw(2) };
    length = 0;
    put("c,x,A_f,A_g,B_f,B_g,n\n");
    unsigned rows = draw(60);
    for (unsigned i = 0; i < rows; i++) {
        put_number(1 + (f.ascending ? i : draw(f.people)), one_in(f.quoted));
        put(",");
        put_number(draw(5), false);
        for (int k = 0; k < 4; k++)
            put_score(&f);
        put_note(&f);
        put(draw(4) ? "\n" : "\r\n");
    }
    if (draw(3) == 0) length--;
}

/* ---- reading it ------------------------------------------------------------------------------ */

static const char *const option_ids[] = { "A", "B" }, *const function_ids[] = { "f", "g" },
                         *const attribute_ids[] = { "x" };
static int folder = -1;
static char folder_name[1024];

static ve_code read_survey(ve_arena *arena, const char *word, unsigned threads, ve_groups **groups,
                           ve_errors *errors) {
    static const ve_outline_attribute attribute = { .id = "x" };
    static const ve_outline_option option[] = { { .id = "A" }, { .id = "B" } };
    static const ve_outline_function leaf[] = { { .id = "f" }, { .id = "g" } };
    const ve_survey_want want = { .attributes = 1,
                                  .options = 2,
                                  .leaves = 2,
                                  .attribute = &attribute,
                                  .option = option,
                                  .leaf = leaf,
                                  .scale_low = 0,
                                  .scale_high = 4,
                                  .threads = threads };
    const ve_plugin *plugin = &ve_plugin_read_csv;
    ve_binder binder = { .arena = arena, .errors = errors };
    binder.of[VE_OF_OPTIONS] = (ve_names){ option_ids, 2, NULL };
    binder.of[VE_OF_FUNCTIONS] = (ve_names){ function_ids, 2, NULL };
    binder.of[VE_OF_ATTRIBUTES] = (ve_names){ attribute_ids, 1, NULL };
    ve_word survey = { .plugin = plugin, .path = "survey", .source = tree(arena, word) };
    survey.params = ve_alloc(arena, plugin->params->size);
    ve_code code = ve_bind(&binder, plugin->params, survey.source, "survey", survey.params);
    if (code) return code;
    ve_word_services services;
    ve_services_init(&services, arena, errors, &survey);
    return ve_survey_read(&survey, &want, folder, &services.base, arena, groups, errors);
}

static bool same_faults(const ve_errors *a, const ve_errors *b) {
    bool same = a->count == b->count;
    for (size_t i = 0; i < a->count && same; i++) {
        const ve_error *x = &a->list[i], *y = &b->list[i];
        same = x->code == y->code && x->at.line == y->at.line && x->at.column == y->at.column &&
               strcmp(x->message, y->message) == 0 && strcmp(x->hint, y->hint) == 0;
    }
    return same;
}

static bool same_customers(const ve_groups *a, const ve_groups *b) {
    return a->rows == b->rows && a->customers == b->customers && a->skipped == b->skipped &&
           memcmp(a->attribute, b->attribute, a->rows * sizeof(double)) == 0 &&
           memcmp(a->count, b->count, a->rows * sizeof(double)) == 0 &&
           memcmp(a->score, b->score, a->rows * a->cells * sizeof(double)) == 0;
}

static void show(const ve_errors *errors) {
    for (size_t i = 0; i < errors->count; i++)
        print_message("  %d:%d: %s\n", errors->list[i].at.line, errors->list[i].at.column,
                      errors->list[i].message);
}

/* True where the survey could be read at all. */
static bool compare(const char *word, unsigned threads) {
    static ve_errors one, many;
    memset(&one, 0, sizeof one);
    memset(&many, 0, sizeof many);
    ve_arena *arena = ve_arena_new(0);
    ve_groups *a = NULL, *b = NULL;
    ve_code code = read_survey(arena, word, 1, &a, &one),
            other = read_survey(arena, word, threads, &b, &many);
    bool same = code == other && same_faults(&one, &many) && (code || same_customers(a, b));
    if (!same) {
        print_message("%s, %u threads:\n%.*s\n", word, threads, (int)length, text);
        show(&one);
        print_message("but\n");
        show(&many);
    }
    ve_arena_free(arena);
    assert_true(same);
    return code == VE_OK;
}

static void any_number_of_threads(void **state) {
    (void)state;
    static const char *const word[] = { "{ file = 's.csv' }", "{ file = 's.csv', customer = 'c' }",
                                        "{ file = 's.csv', customer = 'c', missing = 'skip' }",
                                        "{ file = 's.csv', missing = 'skip' }" };
    unsigned read = 0;
    for (uint64_t i = 0; i < TEXTS; i++) {
        random_state = i;
        make_text();
        int file = openat(folder, "s.csv", O_WRONLY | O_CREAT | O_TRUNC, 0600);
        assert_true(file >= 0 && write(file, text, length) == (ssize_t)length && close(file) == 0);
        const char *how = word[draw(4)];
        read += compare(how, 2 + draw(4));
    }
    assert_true(read > TEXTS / 4 && read < TEXTS * 3 / 4);
}

static int setup(void **state) {
    (void)state;
    snprintf(folder_name, sizeof folder_name, "%s/seams-XXXXXX", VE_BINARY_DIR);
    if (!mkdtemp(folder_name)) return -1;
    folder = open(folder_name, O_RDONLY | O_DIRECTORY);
    return folder < 0;
}

static int teardown(void **state) {
    (void)state;
    unlinkat(folder, "s.csv", 0);
    close(folder);
    return rmdir(folder_name);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(any_number_of_threads) };
    return cmocka_run_group_tests(tests, setup, teardown);
}

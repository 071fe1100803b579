/* Tests of reading surveys: what the machine may do in the middle of it, and readers that fail.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tree.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "eval/eval.h"
#include "plug/registry.h"
#include "survey/groups.h"
#include "survey/rows.h"

#include "no_memory.h"

/* ---- a machine that fails -------------------------------------------------------------------- */

static atomic_long reads = -1; /* until one goes wrong */
static enum { READ_EIO, READ_NOTHING, READ_INTERRUPTED, READ_SHORT } read_fault;
static bool threads_fail;

ssize_t __real_pread(int descriptor, void *to, size_t bytes, off_t at);
ssize_t __wrap_pread(int descriptor, void *to, size_t bytes, off_t at);
ssize_t __wrap_pread(int descriptor, void *to, size_t bytes, off_t at) {
    if (atomic_load(&reads) < 0 || atomic_fetch_sub(&reads, 1) > 0)
        return __real_pread(descriptor, to, bytes, at);
    atomic_fetch_add(&failures, 1);
    if (read_fault == READ_NOTHING) return 0;
    if (read_fault == READ_SHORT) return __real_pread(descriptor, to, bytes > 1 ? bytes / 2 : bytes, at);
    errno = read_fault == READ_EIO ? EIO : EINTR;
    return -1;
}

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*run)(void *), void *argument);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*run)(void *), void *argument);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*run)(void *),
                          void *argument) {
    return threads_fail ? EAGAIN : __real_pthread_create(thread, how, run, argument);
}

/* ---- reading by hand ------------------------------------------------------------------------- */

static const char *const option_ids[] = { "A", "B" }, *const function_ids[] = { "f", "g" },
                         *const attribute_ids[] = { "x" };
static char folder_name[1024];
static int folder = -1;
static bool one_by_one; /* rows, whose column holds texts, in place of groups */

static void write_file(const char *name, const char *bytes, size_t length) {
    int file = openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(file >= 0 && write(file, bytes, length) == (ssize_t)length && close(file) == 0);
}

static ve_survey_want want_of(unsigned threads, size_t columns) {
    static const ve_outline_attribute attribute = { .id = "x" };
    static const ve_outline_option option[] = { { .id = "A" }, { .id = "B" } };
    static const ve_outline_function leaf[] = { { .id = "f" }, { .id = "g" } };
    static const ve_survey_column column = { .pattern = "paid" };
    static const ve_survey_asking asking = { .text = true };
    return (ve_survey_want){ 1,    2,       2, columns, &attribute, option,
                             leaf, &column, 0, 4,       threads,    one_by_one ? &asking : NULL,
                             0,    NULL };
}

static const ve_plugin *plugin_named(const char *name) {
    for (size_t i = 0; ve_plugins_builtin[i]; i++)
        if (strcmp(ve_plugins_builtin[i]->name, name) == 0) return ve_plugins_builtin[i];
    return NULL;
}

/* The sum of all scores. */
static ve_code sum_rows(const ve_word *survey, const ve_survey_want *want, const ve_services *services,
                        ve_arena *arena, ve_errors *errors, double *sum) {
    ve_customer_rows rows;
    ve_code code = ve_rows_read(survey, want, folder, services, arena, &rows, errors);
    for (size_t i = 0; !code && i < rows.rows * rows.options * rows.leaves; i++)
        *sum += ve_customer_score(&rows, i / rows.rows, i % rows.rows) * rows.weight[i % rows.rows];
    return code;
}

/* The reader as the model would call it. */
static ve_code read_with(ve_arena *arena, ve_errors *errors, const ve_plugin *plugin, const char *word,
                         const ve_survey_want *want, double *sum) {
    ve_binder binder = { .arena = arena, .errors = errors };
    binder.of[VE_OF_OPTIONS] = (ve_names){ option_ids, 2, NULL };
    binder.of[VE_OF_FUNCTIONS] = (ve_names){ function_ids, 2, NULL };
    binder.of[VE_OF_ATTRIBUTES] = (ve_names){ attribute_ids, 1, NULL };
    long armed = atomic_exchange(&left, -1); /* the tree of the word cannot do without memory */
    ve_word survey = { .plugin = plugin, .path = "survey", .source = tree(arena, word) };
    survey.params = ve_alloc(arena, plugin->params->size);
    ve_code code = ve_bind(&binder, plugin->params, survey.source, "survey", survey.params);
    atomic_store(&left, armed);
    if (code) return code;
    ve_word_services services;
    ve_services_init(&services, arena, errors, &survey);
    *sum = 0;
    if (one_by_one) return sum_rows(&survey, want, &services.base, arena, errors, sum);
    ve_groups *groups = NULL;
    code = ve_survey_read(&survey, want, folder, &services.base, arena, &groups, errors);
    for (size_t i = 0; !code && i < groups->rows * groups->cells; i++)
        *sum += groups->score[i];
    return code;
}

static ve_errors errors;

static ve_code read_csv(const char *word, unsigned threads, size_t columns, double *sum) {
    ve_arena *arena = ve_arena_new(0);
    memset(&errors, 0, sizeof errors);
    if (!arena) return VE_E_MEMORY;
    ve_survey_want want = want_of(threads, columns);
    ve_code code = read_with(arena, &errors, plugin_named("csv"), word, &want, sum);
    ve_arena_free(arena);
    return code;
}

static const char wide[] =
    "c,x,A_f,A_g,B_f,B_g,w,paid\n1,5,1,2,3,4,1,7\n3,6,1,2,3.5,4,2,\"\"\"7\"\"\"\n2,6,1,2,3,4,1,8\n";
static const char wide_plain[] =
    "c,x,A_f,A_g,B_f,B_g,w,paid\n1,5,1,2,3,4,1,7\n3,6,1,2,3.5,4,2,9\n2,6,1,2,3,4,1,8\n";
static const char long_[] =
    "c,o,x,f,g,paid\n1,A,5,1,2,3\n2,A,5,1,2,3\n1,B,5,3,4,4\n2,B,5,1,2,3\n3,B,5,1,2,3\n3,A,5,1,2,3\n";
static char *many;
static size_t many_length;

static void make_many(void) {
    enum { ROWS = 120000 };
    many = __real_malloc((size_t)ROWS * 40);
    many_length = (size_t)snprintf(many, 40, "c,x,A_f,A_g,B_f,B_g\n");
    for (int i = 0; i < ROWS; i++)
        many_length += (size_t)snprintf(many + many_length, 39, "%d,%d.%d,%d,2,3,%d\n",
                                        (i * 7919) % ROWS + 100000, i % 500, i % 10, i % 5, i % 3);
}

static int setup(void **state) {
    (void)state;
    snprintf(folder_name, sizeof folder_name, "%s/survey-XXXXXX", VE_BINARY_DIR);
    if (!mkdtemp(folder_name)) return -1;
    folder = open(folder_name, O_RDONLY | O_DIRECTORY);
    write_file("wide.csv", wide, sizeof wide - 1);
    write_file("plain.csv", wide_plain, sizeof wide_plain - 1);
    write_file("long.csv", long_, sizeof long_ - 1);
    make_many();
    write_file("many.csv", many, many_length);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    static const char *const name[] = { "wide.csv", "plain.csv", "long.csv", "many.csv" };
    for (size_t i = 0; i < VE_COUNT(name); i++)
        unlinkat(folder, name[i], 0);
    close(folder);
    free(many);
    return rmdir(folder_name);
}

#define WIDE "{ file = 'plain.csv', customer = 'c', weight = 'w' }"
#define LONG "{ file = 'long.csv', customer = 'c', option = 'o' }"
#define DECODED "{ file = 'plain.csv', encoding = 'gb18030' }"
#define BROKEN "{ file = 'wide.csv', customer = 'c', weight = 'w' }"
#define MANY "{ file = 'many.csv', customer = 'c' }"

/* ---- memory ---------------------------------------------------------------------------------- */

/* Every n-th allocation fails, for n = 0, 1, ... until none is left to fail. */
static void sweep(const char *word, unsigned threads, size_t columns, long step) {
    double sum, whole;
    ve_code usual = read_csv(word, threads, columns, &whole);
    for (int round = 0; round < 2; round++) {
        sticky = round == 1;
        for (long n = 0;; n += step) {
            atomic_store(&failures, 0);
            atomic_store(&left, n);
            ve_code code = read_csv(word, threads, columns, &sum);
            atomic_store(&left, -1);
            if (atomic_load(&failures) == 0) break;
            assert_true(code == VE_E_MEMORY || (code == usual && sum == whole));
            if (code == VE_E_MEMORY && errors.count)
                assert_int_equal(errors.list[errors.count - 1].code, VE_E_MEMORY);
        }
    }
    sticky = false;
}

static void sweep_all(void) {
    sweep(WIDE, 1, 0, 1);
    sweep(WIDE, 1, 1, 1);
    sweep(LONG, 1, 1, 1);
    sweep(DECODED, 1, 0, 1);
    sweep(BROKEN, 1, 1, 1);
    sweep(MANY, 2, 0, 1);
}

static void memory_may_end_anywhere(void **state) {
    (void)state;
    sweep_all();
    one_by_one = true;
    sweep_all();
    one_by_one = false;
}

static void rows_hold_what_groups_add_up(void **state) {
    (void)state;
    static const char *const word[] = { WIDE, LONG, DECODED, MANY };
    for (size_t i = 0; i < VE_COUNT(word); i++) {
        double sum, by_row;
        assert_int_equal(read_csv(word[i], 2, 0, &sum), VE_OK);
        one_by_one = true;
        assert_int_equal(read_csv(word[i], 2, 0, &by_row), VE_OK);
        one_by_one = false;
        assert_true(sum == by_row);
    }
}

/* ---- files ----------------------------------------------------------------------------------- */

static void read_sweep(const char *word, unsigned threads, bool harmless) {
    double sum, whole;
    assert_int_equal(read_csv(word, threads, 0, &whole), VE_OK);
    for (long n = 0;; n++) {
        atomic_store(&failures, 0);
        atomic_store(&reads, n);
        ve_code code = read_csv(word, threads, 0, &sum);
        atomic_store(&reads, -1);
        if (atomic_load(&failures) == 0) break;
        assert_int_equal(code, harmless ? VE_OK : VE_E_READ);
        if (harmless)
            assert_true(sum == whole);
        else
            assert_true(strstr(errors.list[0].message, "cannot be read to its end") != NULL);
    }
}

static void files_may_fail_while_they_are_read(void **state) {
    (void)state;
    static const char *const word[] = { WIDE, LONG, DECODED, MANY };
    for (size_t i = 0; i < VE_COUNT(word); i++) {
        for (read_fault = READ_EIO; read_fault <= READ_SHORT; read_fault++)
            read_sweep(word[i], i == 3 ? 2 : 1, read_fault >= READ_INTERRUPTED);
    }
}

static void without_threads_it_takes_longer(void **state) {
    (void)state;
    double sum, alone;
    assert_int_equal(read_csv(MANY, 4, 0, &sum), VE_OK);
    threads_fail = true;
    assert_int_equal(read_csv(MANY, 4, 0, &alone), VE_OK);
    threads_fail = false;
    assert_true(sum == alone);
}

static void files_that_are_not_there(void **state) {
    (void)state;
    double sum;
    assert_int_equal(read_csv("{ file = 'none.csv' }", 1, 0, &sum), VE_E_READ);
    assert_string_equal(errors.list[0].path, "survey.file");
    assert_int_equal(errors.list[0].at.column, 3);
    assert_int_equal(read_csv("{ file = '../plain.csv' }", 1, 0, &sum), VE_E_FILE_NAME);
}

/* ---- readers that fail ----------------------------------------------------------------------- */

static ve_code code_of_reader;

static ve_code fake_read(const void *params, const ve_survey_want *want, ve_sink *sink,
                         const ve_survey_services *services) {
    (void)params;
    (void)want;
    (void)services;
    sink->open(sink, 1);
    return code_of_reader;
}

static const ve_survey_ops fake_ops = { sizeof fake_ops, fake_read };
static const ve_record fake_record = { .name = "fake", .doc = "fake", .size = 1 };
static const ve_plugin fake = { VE_PLUGIN_MAGIC, VE_ABI_MAJOR, VE_ABI_MINOR, sizeof fake,  VE_KIND_SURVEY,
                                "fake",          "1.0",        "fake",       &fake_record, &fake_ops };

static void a_reader_that_says_nothing(void **state) {
    (void)state;
    static const struct {
        ve_code code, told;
        const char *message;
    } cases[] = {
        { VE_OK, VE_E_NO_ROWS, "the survey has no customers" },
        { VE_E_MEMORY, VE_E_MEMORY, "" },
        { VE_E_PLUGIN_RESULT, VE_E_PLUGIN_RESULT,
          "the survey reader 'fake' gave figures that cannot be used" },
    };
    ve_survey_want want = want_of(1, 0);
    for (size_t i = 0; i < 2 * VE_COUNT(cases); i++) {
        ve_arena *arena = ve_arena_new(0);
        double sum;
        memset(&errors, 0, sizeof errors);
        one_by_one = i >= VE_COUNT(cases);
        code_of_reader = cases[i % VE_COUNT(cases)].code;
        assert_int_equal(read_with(arena, &errors, &fake, "{}", &want, &sum),
                         cases[i % VE_COUNT(cases)].told);
        assert_int_equal(errors.count, 1);
        assert_int_equal(errors.list[0].code, cases[i % VE_COUNT(cases)].told);
        assert_true(strstr(errors.list[0].message, cases[i % VE_COUNT(cases)].message) != NULL);
        ve_arena_free(arena);
    }
    one_by_one = false;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_may_end_anywhere),
        cmocka_unit_test(rows_hold_what_groups_add_up),
        cmocka_unit_test(files_may_fail_while_they_are_read),
        cmocka_unit_test(without_threads_it_takes_longer),
        cmocka_unit_test(files_that_are_not_there),
        cmocka_unit_test(a_reader_that_says_nothing),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}

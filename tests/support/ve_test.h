/* Run a model text from beginning to end inside a test, and look at what it yields.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plugin's test is built twice: against the built-in plugin, and with VE_TEST_MODULE against its loadable
 * file; then that one plugin comes from the file. The environment variable VE_TEST_MODULES names a folder:
 * then every plugin comes from there and none is built in. */
#ifndef VE_TESTS_VE_TEST_H
#define VE_TESTS_VE_TEST_H

#include "base/errors.h"
#include "run/run.h"

typedef struct ve_test {
    ve_arena *plugins, *arena;
    ve_registry *registry;
    char folder[256]; /* of model.lua and its data files; removed at the end */
    ve_answer answer; /* of the last run */
    ve_errors errors;
    ve_code code;
    unsigned threads;
    const char *other;     /* file of a second model in the folder, for the next runs, NULL */
    const char *scenario;  /* for the next runs, NULL */
    const ve_setting *set; /* likewise */
    size_t sets;
} ve_test;

/* module: the plugin that is to come from a file, NULL. Ends the program where that fails. */
ve_test *ve_test_open(const char *module);
void ve_test_close(ve_test *t);
#ifdef VE_TEST_MODULE
#define ve_test_begin() ve_test_open(VE_TEST_MODULE)
#else
#define ve_test_begin() ve_test_open(NULL)
#endif

void ve_test_file(ve_test *t, const char *name, const char *bytes, size_t length);
void ve_test_text(ve_test *t, const char *name, const char *text);
/* Write model.lua, run the study `run` (or check it). The model may be given as the table alone: "{ ...
 * }". */
ve_code ve_test_run(ve_test *t, const char *model);
ve_code ve_test_check(ve_test *t, const char *model);
/* Another study, with its options as on the command line, by pairs, NULL at the end:
 * ve_test_study(t, model, "improve", "option", "A", NULL). */
ve_code ve_test_study(ve_test *t, const char *model, const char *study, ...);

/* A cell of the row whose columns have the texts given, by pairs, NULL at the end:
 * ve_test_number(t, "scores", "score", "option", "A", "function", "F1", NULL). A wrong name ends the test. */
double ve_test_number(const ve_test *t, const char *table, const char *column, ...);
/* The text of a cell, NULL where it has none. */
const char *ve_test_word(const ve_test *t, const char *table, const char *column, ...);
double ve_test_option(const ve_test *t, const char *option, const char *column);
double ve_test_weight(const ve_test *t, const char *function);
bool ve_test_truth(const ve_test *t, const char *option, const char *column);
const char *ve_test_fact(const ve_test *t, const char *key);   /* text of a fact, NULL */
double ve_test_fact_number(const ve_test *t, const char *key); /* NaN where it is none */
bool ve_test_said(const ve_test *t, const char *sentence);     /* Prints what was said where not. */
bool ve_test_says(const ve_test *t, const char *words);        /* the same, within a sentence */
bool ve_test_warned(const ve_test *t, ve_code code);
bool ve_test_warned_of(const ve_test *t, ve_code code, const char *words); /* within the warning */
/* Is there an error of that code whose message holds the words, at that line of the model (0: any)? Prints
 * what there is where not. */
bool ve_test_told(const ve_test *t, ve_code code, int line, const char *words);

/* Are two numbers equal to `digits` relative (and absolute, near zero)? Prints both where not. */
bool ve_test_near(double is, double wanted, double tolerance);

#endif

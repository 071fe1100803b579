/* Trees of values for tests, written as a model writes them, without Lua: { id = 'A', cost = ve.normal { mean
 * = 3 } }. SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers, 'texts' or "texts", true, false, nil, fn (a Lua function), tables and words; -- comments. Every
 * field knows its line and column. Also fake plugins with a parameter of every type, and a binder that knows
 * them. */
#ifndef VE_TESTS_TREE_H
#define VE_TESTS_TREE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/errors.h"
#include "base/number.h"
#include "schema/bind.h"

/* ---- reading trees --------------------------------------------------------------------------- */

typedef struct tree_reader {
    ve_arena *arena;
    const char *p, *line_start;
    int line;
} tree_reader;

static inline void tree_skip(tree_reader *r) {
    for (;; r->p++) {
        if (r->p[0] == '-' && r->p[1] == '-') r->p += strcspn(r->p, "\n");
        if (*r->p == '\n') {
            r->line++;
            r->line_start = r->p + 1;
        }
        if (*r->p == '\0' || !strchr(" \n\t,;", *r->p)) return;
    }
}

static inline ve_place tree_place(const tree_reader *r) {
    return (ve_place){ "model.lua", r->line, (int)(r->p - r->line_start) + 1 };
}

static inline size_t tree_word(const char *p) {
    size_t n = 0;
    while (p[n] && (strchr("_-.", p[n]) || (p[n] >= '0' && p[n] <= '9') || (p[n] >= 'A' && p[n] <= 'Z') ||
                    (p[n] >= 'a' && p[n] <= 'z') || (unsigned char)p[n] >= 0x80))
        n++;
    return n;
}

static ve_value tree_value(tree_reader *r);

static inline const char *tree_quoted(tree_reader *r) {
    char quote = *r->p++;
    size_t n = (size_t)(strchr(r->p, quote) - r->p);
    const char *text = ve_copy_text(r->arena, r->p, n);
    r->p += n + 1;
    return text;
}

/* The name of a field, where one begins here; else NULL and nothing is read. */
static inline const char *tree_name(tree_reader *r) {
    tree_reader at = *r;
    const char *name = NULL;
    if (*r->p == '[') {
        r->p++;
        name = tree_quoted(r);
        r->p++;
    } else {
        size_t n = tree_word(r->p);
        if (n == 0) return NULL;
        name = ve_copy_text(r->arena, r->p, n);
        r->p += n;
    }
    tree_skip(r);
    if (*r->p != '=') return *r = at, NULL;
    r->p++;
    return name;
}

static inline void tree_table(tree_reader *r, ve_table_value *table) {
    enum { MOST = 256 };
    ve_value *items = ve_alloc_array(r->arena, MOST, sizeof *items);
    ve_entry *fields = ve_alloc_array(r->arena, MOST, sizeof *fields);
    table->items = items;
    table->fields = fields;
    for (r->p++;;) {
        tree_skip(r);
        if (*r->p == '\0') fail_msg("a table of the test does not end");
        if (*r->p == '}') break;
        ve_place at = tree_place(r);
        const char *name = tree_name(r);
        tree_skip(r);
        ve_value value = tree_value(r);
        value.at = at;
        if (name)
            fields[table->named++] = (ve_entry){ name, value };
        else
            items[table->count++] = value;
        assert_true(table->named < MOST && table->count < MOST);
    }
    r->p++;
}

static ve_value tree_value(tree_reader *r) {
    tree_skip(r);
    ve_value v = { .kind = VE_NIL, .at = tree_place(r) };
    size_t n = tree_word(r->p);
    const char *word = ve_copy_text(r->arena, r->p, n);
    if (*r->p == '\'' || *r->p == '"') {
        v.kind = VE_TEXT;
        v.text.bytes = tree_quoted(r);
        v.text.length = strlen(v.text.bytes);
        return v;
    }
    r->p += n;
    tree_skip(r);
    if (strncmp(word, "ve.", 3) == 0 || (n == 0 && *r->p == '{')) {
        v.kind = VE_TABLE;
        v.table.word = n ? word + 3 : NULL;
        tree_table(r, &v.table);
    } else if (strcmp(word, "true") == 0 || strcmp(word, "false") == 0) {
        v.kind = VE_BOOLEAN;
        v.boolean = *word == 't';
    } else if (strcmp(word, "fn") == 0) {
        v.kind = VE_FUNCTION;
    } else if (strcmp(word, "nan") == 0 || strcmp(word, "inf") == 0) {
        v.kind = VE_NUMBER;
        v.number = *word == 'n' ? NAN : INFINITY;
    } else if (strcmp(word, "nil") != 0) {
        if (n == 0) fail_msg("a value of the test cannot be read: %.20s", r->p);
        v.kind = VE_NUMBER;
        if (!ve_number_read(word, n, &v.number)) fail_msg("not a number in the test: %s", word);
    }
    return v;
}

static inline ve_value *tree(ve_arena *arena, const char *text) {
    tree_reader r = { arena, text, text, 1 };
    ve_value *value = ve_alloc(arena, sizeof *value);
    *value = tree_value(&r);
    return value;
}

/* ---- fake plugins ---------------------------------------------------------------------------- */

typedef struct fake_normal {
    ve_numbers mean, sd;
} fake_normal;
static const ve_field fake_normal_fields[] = {
    VE_FIELD(fake_normal, mean, VE_T_VECTOR, .name = "mean", .flags = VE_F_REQUIRED, .doc = "where it lies"),
    VE_FIELD(fake_normal, sd, VE_T_VECTOR, .name = "sd", .flags = VE_F_ABOVE, .doc = "how wide it is"),
};
static const ve_record fake_normal_record = {
    .name = "normal", .doc = "a bell", .size = sizeof(fake_normal), .fields = fake_normal_fields, .count = 2
};

static const ve_record fake_nothing_record = { .name = "nothing", .doc = "nothing to set", .size = 0 };

typedef struct fake_direct {
    ve_numbers points;
    double total;
} fake_direct;
static const ve_field fake_direct_fields[] = {
    VE_FIELD(fake_direct, points, VE_T_MAP, .name = "points", .flags = VE_F_REST, .of = VE_OF_SIBLINGS,
             .low = 0, .high = INFINITY, .doc = "points of each"),
    VE_FIELD(fake_direct, total, VE_T_NUMBER, .name = "total", .doc = "what they add up to"),
};
static const ve_record fake_direct_record = {
    .name = "direct", .doc = "points", .size = sizeof(fake_direct), .fields = fake_direct_fields, .count = 2
};

typedef struct fake_party {
    const char *name;
    double share;
    ve_word judgement;
} fake_party;
static const ve_field fake_party_fields[] = {
    VE_FIELD(fake_party, name, VE_T_TEXT, .name = "name", .flags = VE_F_REQUIRED, .doc = "who"),
    VE_FIELD(fake_party, share, VE_T_NUMBER, .name = "share", .flags = VE_F_REQUIRED, .low = 0,
             .high = INFINITY, .doc = "how much"),
    VE_FIELD(fake_party, judgement, VE_T_WORD, .name = "judgement", .kind = VE_KIND_JUDGEMENT, .doc = "what"),
};
static const ve_record fake_party_record = {
    .name = "party", .doc = "one party", .size = sizeof(fake_party), .fields = fake_party_fields, .count = 3
};
typedef struct fake_parties {
    ve_rows party;
    int combine;
} fake_parties;
static const ve_field fake_parties_fields[] = {
    VE_FIELD(fake_parties, party, VE_T_ROWS, .name = "parties", .flags = VE_F_LIST | VE_F_REQUIRED,
             .record = &fake_party_record, .doc = "the parties"),
    VE_FIELD(fake_parties, combine, VE_T_CHOICE, .name = "combine", .choices = "arithmetic|geometric",
             .doc = "how"),
};
static const ve_record fake_parties_record = { .name = "parties",
                                               .doc = "parties",
                                               .size = sizeof(fake_parties),
                                               .fields = fake_parties_fields,
                                               .count = 2 };

typedef struct fake_cost {
    double initial, rate;
    ve_rows overhauls;
    int years;
} fake_cost;
typedef struct fake_overhaul {
    int year;
    double cost;
} fake_overhaul;
static const ve_field fake_overhaul_fields[] = {
    VE_FIELD(fake_overhaul, year, VE_T_INTEGER, .name = "year", .flags = VE_F_REQUIRED, .low = 1, .high = 200,
             .doc = "when"),
    VE_FIELD(fake_overhaul, cost, VE_T_NUMBER, .name = "cost", .flags = VE_F_REQUIRED, .low = 0,
             .high = INFINITY, .doc = "how much"),
};
static const ve_record fake_overhaul_record = { .name = "overhaul",
                                                .doc = "one overhaul",
                                                .size = sizeof(fake_overhaul),
                                                .fields = fake_overhaul_fields,
                                                .count = 2 };
static const ve_field fake_cost_fields[] = {
    VE_FIELD(fake_cost, initial, VE_T_NUMBER, .name = "initial", .low = 0, .high = INFINITY,
             .doc = "at the start"),
    VE_FIELD(fake_cost, rate, VE_T_NUMBER, .name = "rate", .low = -1, .high = 1,
             .flags = VE_F_ABOVE | VE_F_BELOW, .doc = "interest"),
    VE_FIELD(fake_cost, overhauls, VE_T_ROWS, .name = "overhauls", .record = &fake_overhaul_record,
             .doc = "repairs"),
    VE_FIELD(fake_cost, years, VE_T_INTEGER, .name = "years", .low = 1, .high = 200, .doc = "life"),
};
static const fake_cost fake_cost_defaults = { .initial = 0, .rate = 0.05, .years = 20 };
static const ve_record fake_cost_record = { .name = "life_cycle",
                                            .doc = "costs over the years",
                                            .size = sizeof(fake_cost),
                                            .defaults = &fake_cost_defaults,
                                            .fields = fake_cost_fields,
                                            .count = 4 };

typedef struct fake_score {
    const char *column;
    double worst, best;
} fake_score;
static const ve_field fake_score_fields[] = {
    VE_FIELD(fake_score, column, VE_T_TEXT, .name = "column", .flags = VE_F_REQUIRED, .doc = "the column"),
    VE_FIELD(fake_score, worst, VE_T_NUMBER, .name = "worst", .flags = VE_F_EXACT, .doc = "what is worst"),
    VE_FIELD(fake_score, best, VE_T_NUMBER, .name = "best", .flags = VE_F_EXACT, .doc = "what is best"),
};
static const ve_record fake_score_record = {
    .name = "score", .doc = "a score", .size = sizeof(fake_score), .fields = fake_score_fields, .count = 3
};
typedef struct fake_csv {
    const char *file;
    ve_texts attributes;
    ve_rows scores;
    bool header;
} fake_csv;
static const ve_field fake_csv_fields[] = {
    VE_FIELD(fake_csv, file, VE_T_TEXT, .name = "file", .flags = VE_F_REQUIRED, .doc = "the file"),
    VE_FIELD(fake_csv, attributes, VE_T_TEXTS, .name = "attributes", .of = VE_OF_ATTRIBUTES,
             .doc = "columns"),
    VE_FIELD(fake_csv, scores, VE_T_KEYED, .name = "scores", .of = VE_OF_FUNCTIONS, .flags = VE_F_TEMPLATE,
             .record = &fake_score_record, .doc = "columns of scores"),
    VE_FIELD(fake_csv, header, VE_T_BOOLEAN, .name = "header", .doc = "has a header"),
};
static const ve_record fake_csv_record = {
    .name = "csv", .doc = "a file", .size = sizeof(fake_csv), .fields = fake_csv_fields, .count = 4
};

#define FAKE(kind_, name_, record_)                                                                          \
    {                                                                                                        \
        .magic = VE_PLUGIN_MAGIC, .kind = VE_KIND_##kind_, .name = name_, .summary = "fake",                 \
        .params = &(record_), .ops = &fake_word_ops                                                          \
    }
/* Nobody calls them here; a distribution is looked into, though. */
static const ve_distribution_ops fake_word_ops = { .size = sizeof(ve_distribution_ops) };
static const ve_plugin fake_plugins[] = {
    FAKE(DISTRIBUTION, "equal", fake_nothing_record),
    FAKE(DISTRIBUTION, "normal", fake_normal_record),
    FAKE(JUDGEMENT, "direct", fake_direct_record),
    FAKE(JUDGEMENT, "parties", fake_parties_record),
    FAKE(COST, "life_cycle", fake_cost_record),
    FAKE(RULE, "max_value", fake_nothing_record),
    FAKE(SURVEY, "csv", fake_csv_record),
};

/* ---- a binder that knows them ---------------------------------------------------------------- */

static inline const ve_plugin *fake_find(const ve_binder *binder, const char *name) {
    const char *without = binder->context;
    for (size_t i = 0; i < VE_COUNT(fake_plugins); i++)
        if (strcmp(fake_plugins[i].name, name) == 0 && !(without && strcmp(without, name) == 0))
            return &fake_plugins[i];
    return NULL;
}

static inline size_t fake_words(const ve_binder *binder, ve_kind kind, const char **name, size_t room) {
    (void)binder;
    size_t count = 0;
    for (size_t i = 0; i < VE_COUNT(fake_plugins) && count < room; i++)
        if (fake_plugins[i].kind == kind) name[count++] = fake_plugins[i].name;
    return count;
}

static inline ve_code fake_mean(const ve_binder *binder, const ve_word *word, double *mean) {
    if (strcmp(word->plugin->name, "normal") != 0)
        return ve_fail(binder->errors, VE_E_TYPE, VE_NOWHERE, word->path, "ve.%s has no mean",
                       word->plugin->name);
    const fake_normal *params = word->params;
    *mean = params->mean.v[0];
    return VE_OK;
}

static inline ve_code fake_function(const ve_binder *binder, const ve_value *value, const char *path,
                                    ve_word *out) {
    static const ve_plugin plugin = FAKE(DISTRIBUTION, "function", fake_nothing_record);
    (void)binder;
    *out = (ve_word){ .plugin = &plugin, .source = value, .path = path };
    return VE_OK;
}

/* A binder, its arena and its errors, made anew for every test. */
typedef struct bench {
    ve_arena *arena;
    ve_errors errors;
    ve_binder binder;
} bench;

static inline bench *bench_open(size_t limit) {
    bench *b = calloc(1, sizeof *b);
    b->arena = ve_arena_new(limit);
    b->binder = (ve_binder){ .arena = b->arena,
                             .errors = &b->errors,
                             .find = fake_find,
                             .words = fake_words,
                             .mean = fake_mean,
                             .function = fake_function };
    return b;
}

static inline void bench_close(bench *b) {
    ve_arena_free(b->arena);
    free(b);
}

static inline void bench_print(const bench *b) {
    for (size_t i = 0; i < b->errors.count; i++) {
        const ve_error *e = &b->errors.list[i];
        print_message("%d:%d: [%s] %s: %s (hint: %s)\n", e->at.line, e->at.column, ve_code_get(e->code)->id,
                      e->path, e->message, e->hint);
    }
}

/* Error `i`, in file order, says exactly this. NULL: not looked at. */
static inline void assert_error(const bench *b, size_t i, ve_code code, const char *path, const char *message,
                                const char *hint) {
    const ve_error *e = &b->errors.list[i];
    bool same = i < b->errors.count && e->code == code && (!path || !strcmp(path, e->path)) &&
                (!message || !strcmp(message, e->message)) && (!hint || !strcmp(hint, e->hint));
    if (same) return;
    bench_print(b);
    fail_msg("error %zu is not [%s] %s: %s (hint: %s)", i, ve_code_get(code)->id, path ? path : "*",
             message ? message : "*", hint ? hint : "*");
}

static inline void assert_place(const bench *b, size_t i, int line, int column) {
    assert_int_equal(b->errors.list[i].at.line, line);
    assert_int_equal(b->errors.list[i].at.column, column);
}

static inline void assert_count(const bench *b, size_t count) {
    if (b->errors.count != count) bench_print(b);
    assert_int_equal(b->errors.count, count);
}

#endif

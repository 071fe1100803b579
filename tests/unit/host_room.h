/* For tests of the host: a model opened in a folder of its own, what it says and complains about.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_TESTS_HOST_ROOM_H
#define VE_TESTS_HOST_ROOM_H

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/errors.h"
#include "host/host.h"

typedef struct room {
    ve_arena *arena;
    ve_host *host;
    const ve_value *model;
    ve_source *sources;
    ve_errors errors;
    ve_limits limits;
    ve_code code;
    char folder[64], path[96];
    int descriptor;
} room;

static const char *const room_words[] = { "normal",  "equal",   "direct",    "csv",
                                          "answers", "parties", "rank_order" };
static const ve_vocabulary room_vocabulary = { .word = room_words,
                                               .count = sizeof room_words / sizeof *room_words };

__attribute__((unused)) static void room_begin(room *r) {
    memset(r, 0, sizeof *r);
    snprintf(r->folder, sizeof r->folder, P_tmpdir "/ve-host-XXXXXX");
    assert_non_null(mkdtemp(r->folder));
    r->descriptor = open(r->folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    snprintf(r->path, sizeof r->path, "%s/model.lua", r->folder);
    r->arena = ve_arena_new(0);
    r->limits = ve_limits_default;
    r->limits.seconds = 20; /* a sanitized build is slow; tests of the time limit set their own */
    assert_non_null(r->arena);
}

__attribute__((unused)) static void room_file(room *r, const char *name, const char *bytes, size_t length) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", r->folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

__attribute__((unused)) static ve_code room_open_bytes(room *r, const char *bytes, size_t length) {
    room_file(r, "model.lua", bytes, length);
    return r->code = ve_host_open(r->arena, r->path, r->descriptor, &room_vocabulary, &r->limits, &r->host,
                                  &r->model, &r->sources, &r->errors);
}

__attribute__((unused)) static ve_code room_open(room *r, const char *text) {
    return room_open_bytes(r, text, strlen(text));
}

__attribute__((unused)) static void room_end(room *r) {
    ve_host_close(r->host);
    ve_arena_free(r->arena);
    DIR *list = opendir(r->folder);
    for (struct dirent *entry; list && (entry = readdir(list));)
        unlinkat(dirfd(list), entry->d_name, 0);
    if (list) closedir(list);
    close(r->descriptor);
    rmdir(r->folder);
}

/* The last part of a file name in a message: the folder of a test is a new one each time. */
static const char *room_base(const char *file) {
    const char *slash = file ? strrchr(file, '/') : NULL;
    return slash ? slash + 1 : file ? file : "";
}

/* "model.lua:3:7: VE307 functions[1].weight: message (hint)" */
__attribute__((unused)) static const char *room_error(const room *r, size_t number) {
    static char text[2048];
    if (number >= r->errors.count) return "";
    const ve_error *e = &r->errors.list[number];
    snprintf(text, sizeof text, "%s:%d:%d: %s %s%s%s%s%s%s", room_base(e->at.file), e->at.line, e->at.column,
             ve_code_get(e->code)->id, e->path, *e->path ? ": " : "", e->message, *e->hint ? " (" : "",
             e->hint, *e->hint ? ")" : "");
    return text;
}

/* Opens the text and expects exactly this first error. */
__attribute__((unused)) static void expect_error(const char *text, const char *error) {
    room r;
    room_begin(&r);
    ve_code code = room_open(&r, text);
    if (strcmp(room_error(&r, 0), error) != 0) print_error("in: %s\n", text);
    assert_string_equal(room_error(&r, 0), error);
    assert_int_equal(code, r.errors.list[0].code);
    assert_int_not_equal(code, VE_OK);
    room_end(&r);
}

/* Opens the text and expects it to be a model. */
__attribute__((unused)) static void expect_fine(const char *text) {
    room r;
    room_begin(&r);
    if (room_open(&r, text) != VE_OK) print_error("in: %s\n%s\n", text, room_error(&r, 0));
    assert_int_equal(r.code, VE_OK);
    assert_non_null(r.model);
    room_end(&r);
}

__attribute__((unused)) static const ve_value *field(const ve_value *table, const char *name) {
    assert_int_equal(table->kind, VE_TABLE);
    for (size_t i = 0; i < table->table.named; i++)
        if (strcmp(table->table.fields[i].name, name) == 0) return &table->table.fields[i].value;
    return NULL;
}

/* A path like "options.1.cost". */
__attribute__((unused)) static const ve_value *at_path(const ve_value *value, const char *path) {
    char part[64];
    for (const char *p = path; *p && value;) {
        size_t length = strcspn(p, ".");
        memcpy(part, p, length);
        part[length] = '\0';
        size_t number = (size_t)strtoul(part, NULL, 10);
        if (number > 0)
            value = number <= value->table.count ? &value->table.items[number - 1] : NULL;
        else
            value = field(value, part);
        p += length + (p[length] == '.');
    }
    return value;
}

#endif

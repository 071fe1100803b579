/* From a file to a function of Lua: read within the cap, check that it is harmless text, instrument, compile.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "host/room.h"

#include <errno.h>
#include <fcntl.h>
#include <lauxlib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/errors.h"
#include "base/file.h"
#include "base/text.h"

const char *const ve_chunk_marker = "__ve_at";

enum { CHUNK_NAME = 16, MARKER_BYTES = 64 };

ve_place ve_chunk_place(const ve_host *host, int chunk, int line, int column) {
    if (chunk < 0 || chunk >= host->chunks) return VE_NOWHERE;
    return (ve_place){ host->chunk[chunk]->source.file, line, column };
}

/* Chunks are named =0, =1, ... */
int ve_chunk_index(const char *source) {
    int index = 0;
    if (*source++ != '=' || *source == '\0') return -1;
    for (; *source >= '0' && *source <= '9' && index < VE_CHUNKS; source++)
        index = 10 * index + (*source - '0');
    return *source == '\0' && index < VE_CHUNKS ? index : -1;
}

static const ve_chunk *chunk_of(const ve_host *host, const char *file) {
    for (int i = 0; i < host->chunks; i++)
        if (host->chunk[i]->source.file == file) return host->chunk[i];
    return NULL;
}

ve_place ve_chunk_find(const ve_host *host, ve_place at, const char *name, bool after_dot) {
    const ve_chunk *chunk = chunk_of(host, at.file);
    ve_lexer lexer;
    ve_token token;
    bool dot = false;
    if (!chunk || !chunk->text) return at;
    ve_lex_start(&lexer, chunk->text, chunk->source.length);
    while (ve_lex_next(&lexer, &token) != VE_LEX_END && token.line <= at.line) {
        if (token.line == at.line && token.kind == VE_LEX_NAME && dot == after_dot &&
            ve_token_is(&token, name))
            return (ve_place){ at.file, at.line, token.column };
        dot = ve_token_is(&token, ".") || ve_token_is(&token, ":");
    }
    return at;
}

/* ---- text policy --------------------------------------------------------------------------------------- */

/* The place of a byte. Line ends as Lua counts them. */
static ve_place place_of(const ve_source *source, const char *at) {
    int line = 1, column = 1;
    for (const char *p = source->bytes; p < at; p++) {
        if (*p == '\n' || (*p == '\r' && (p + 1 == at || p[1] != '\n'))) {
            line++;
            column = 1;
        } else if (((unsigned char)*p & 0xC0) != 0x80) {
            column++;
        }
    }
    return (ve_place){ source->file, line, column };
}

static bool is_bidi(unsigned code) {
    return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0x200E ||
           code == 0x200F || code == 0x061C;
}

static bool starts(const ve_source *source, const char *bytes, size_t length) {
    return source->length >= length && memcmp(source->bytes, bytes, length) == 0;
}

static ve_code check_kind(const ve_source *source, ve_errors *errors) {
    ve_place at = { source->file, 1, 1 };
    if (starts(source, LUA_SIGNATURE, sizeof LUA_SIGNATURE - 1)) {
        ve_fail(errors, VE_E_SYNTAX, at, NULL, "this is compiled Lua, not text");
        ve_hint(errors, "give the text from which it was compiled");
        return VE_E_SYNTAX;
    }
    if (starts(source, "\xFF\xFE", 2) || starts(source, "\xFE\xFF", 2)) {
        ve_fail(errors, VE_E_TEXT, at, NULL, "the file looks like UTF-16");
        ve_hint(errors, "save it as UTF-8");
        return VE_E_TEXT;
    }
    return VE_OK;
}

static ve_code check_text(const ve_source *source, ve_errors *errors) {
    const char *end = source->bytes + source->length;
    for (const char *p = source->bytes; p < end;) {
        unsigned code;
        size_t bytes = ve_utf8_next(p, end, &code);
        if (bytes == 0) {
            ve_fail(errors, VE_E_TEXT, place_of(source, p), NULL, "not UTF-8 text (byte 0x%02X)",
                    (unsigned)(unsigned char)*p);
            ve_hint(errors, "save the file as UTF-8");
            return VE_E_TEXT;
        }
        if (code == 0 || is_bidi(code)) {
            ve_fail(errors, VE_E_TEXT, place_of(source, p), NULL, "an invisible control character (U+%04X)",
                    code);
            ve_hint(errors, "delete it: it can make a text look different from what it is");
            return VE_E_TEXT;
        }
        p += bytes;
    }
    return VE_OK;
}

/* ---- reading ------------------------------------------------------------------------------------------- */

/* A byte order mark and a first line that begins with # are for others than Lua; lines keep their numbers. */
static void blank_start(char *bytes, size_t length) {
    size_t i = 0;
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        for (; i < 3; i++)
            bytes[i] = ' ';
    if (i < length && bytes[i] == '#')
        for (; i < length && bytes[i] != '\n' && bytes[i] != '\r'; i++)
            bytes[i] = ' ';
}

/* A marker that does not occur in the source: longer than every name that begins like it. false: that would
 * be too long. */
static bool make_marker(const ve_source *source, char name[MARKER_BYTES]) {
    size_t base = strlen(ve_chunk_marker), tail = 0;
    const char *end = source->bytes + source->length, *hit = source->bytes;
    while ((hit = memmem(hit, (size_t)(end - hit), ve_chunk_marker, base))) {
        size_t more = 1;
        for (hit += base; hit < end && *hit == '_'; hit++)
            more++;
        if (more > tail) tail = more;
    }
    if (base + tail >= MARKER_BYTES) return false;
    memcpy(name, ve_chunk_marker, base);
    memset(name + base, '_', tail);
    name[base + tail] = '\0';
    return true;
}

static ve_code scan(ve_host *host, ve_chunk *chunk, ve_errors *errors) {
    const ve_source *source = &chunk->source;
    char *text = ve_copy_text(host->arena, source->bytes, source->length);
    char name[MARKER_BYTES];
    if (!text) return ve_fail_memory(errors);
    blank_start(text, source->length);
    chunk->text = text;
    if (!make_marker(source, name)) return VE_OK;
    return ve_scan_source(host->arena, text, source->length, name, &chunk->scan) ? ve_fail_memory(errors)
                                                                                 : VE_OK;
}

static ve_code new_chunk(ve_host *host, const char *file, ve_chunk **out, ve_errors *errors) {
    if (host->chunks == VE_CHUNKS)
        return ve_fail(errors, VE_E_INCLUDE, (ve_place){ file, 0, 0 }, NULL,
                       "more than %d files are included", VE_CHUNKS);
    ve_chunk *chunk = ve_alloc(host->arena, sizeof *chunk);
    if (!chunk) return ve_fail_memory(errors);
    chunk->source.file = file;
    chunk->function = -1;
    chunk->index = host->chunks;
    host->chunk[host->chunks++] = chunk;
    *out = chunk;
    return VE_OK;
}

static ve_code finish(ve_host *host, ve_chunk *chunk, ve_errors *errors) {
    if (host->last_source) host->last_source->next = &chunk->source;
    host->last_source = &chunk->source;
    ve_code code = check_kind(&chunk->source, errors);
    if (!code) code = check_text(&chunk->source, errors);
    return code ? code : scan(host, chunk, errors);
}

ve_code ve_chunk_read(ve_host *host, const char *path, ve_source **sources, ve_errors *errors) {
    ve_chunk *chunk;
    char *bytes;
    const char *file = ve_copy_text(host->arena, path, strlen(path));
    if (!file) return ve_fail_memory(errors);
    ve_code code = new_chunk(host, file, &chunk, errors);
    if (!code)
        code =
            ve_file_read(host->arena, path, host->limits.source_bytes, &bytes, &chunk->source.length, errors);
    if (code) return code;
    chunk->source.bytes = bytes;
    *sources = &chunk->source;
    return finish(host, chunk, errors);
}

/* Read until the end or until the room is full; the length read, -1 on failure. */
static long read_all(int descriptor, char *room, size_t bytes) {
    size_t length = 0;
    while (length < bytes) {
        ssize_t got = read(descriptor, room + length, bytes - length);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return -1;
        if (got == 0) break;
        length += (size_t)got;
    }
    return (long)length;
}

ve_code ve_chunk_read_open(ve_host *host, const char *file, int descriptor, size_t bytes, ve_chunk **out,
                           ve_errors *errors) {
    ve_place at = { file, 0, 0 };
    size_t most = host->limits.source_bytes;
    if (bytes > most) return ve_fail(errors, VE_E_SIZE, at, NULL, "the file is larger than %zu bytes", most);
    char *room = ve_alloc(host->arena, bytes + 1);
    if (!room) return ve_fail_memory(errors);
    ve_code code = new_chunk(host, file, out, errors);
    if (code) return code;
    long length = read_all(descriptor, room, bytes);
    if (length < 0)
        return ve_fail(errors, VE_E_READ, at, NULL, "the file cannot be read: %s", strerror(errno));
    (*out)->source.bytes = room;
    (*out)->source.length = (size_t)length;
    return finish(host, *out, errors);
}

/* ---- compiling ----------------------------------------------------------------------------------------- */

typedef struct feed {
    const char *at, *end;
    int line;     /* of the piece handed out last */
    size_t fed;   /* bytes handed out */
    bool by_byte; /* to know where the parser stopped */
} feed;

/* One line per call: parts of the parser know no line when they fail. */
static const char *next_piece(lua_State *L, void *data, size_t *length) {
    (void)L;
    feed *f = data;
    const char *from = f->at;
    if (from == f->end) return *length = 0, NULL;
    if (!f->by_byte) f->line++;
    while (f->at < f->end) {
        char c = *f->at++;
        if (f->by_byte || c == '\n' || c == '\r') break;
    }
    *length = (size_t)(f->at - from);
    f->fed += *length;
    return from;
}

static int compile(lua_State *L, const ve_chunk *chunk, const char *text, size_t length, feed *f) {
    char name[CHUNK_NAME];
    snprintf(name, sizeof name, "=%d", chunk->index);
    f->at = text;
    f->end = text + length;
    return lua_load(L, next_piece, f, name, "t");
}

/* Lua's parser does not say in which line it ran out of memory. */
static void check_memory(lua_State *L, const ve_chunk *chunk, int status, int line) {
    if (status != LUA_ERRMEM) return;
    ve_host *host = ve_room_of(L);
    host->refused_at = (ve_place){ chunk->source.file, line, 0 };
    ve_room_stop(host, VE_E_MEMORY);
    ve_room_charge(L, 0);
}

/* The text does not compile: once more, byte by byte, to see where the parser stops. */
static _Noreturn void refuse(lua_State *L, const ve_chunk *chunk, int line) {
    feed f = { .by_byte = true };
    lua_pop(L, 1);
    int status = compile(L, chunk, chunk->text, chunk->source.length, &f);
    check_memory(L, chunk, status, line);
    ve_syntax_raise(L, chunk, lua_tostring(L, -1), line, f.fed);
}

/* The text itself must compile first: that gives the true message, and then the marked text means the same.
 */
void ve_chunk_load(lua_State *L, const ve_chunk *chunk) {
    feed plain = { 0 }, marked = { 0 };
    const ve_scan *scanned = &chunk->scan;
    ve_room_charge(L, chunk->source.length / 4);
    int status = compile(L, chunk, chunk->text, chunk->source.length, &plain);
    check_memory(L, chunk, status, plain.line);
    if (status != LUA_OK) refuse(L, chunk, plain.line);
    if (scanned->text) {
        status = compile(L, chunk, scanned->text, scanned->length, &marked);
        check_memory(L, chunk, status, marked.line);
        if (status == LUA_OK)
            lua_replace(L, -2);
        else
            lua_pop(L, 1);
    }
    lua_pushinteger(L, chunk->index);
    lua_pushcclosure(L, ve_mark_set, 1);
}

/* ---- places for readers -------------------------------------------------------------------------------- */

static void complete_place(const ve_source *source, ve_place *at) {
    while (source && (!at->file || strcmp(source->file, at->file) != 0))
        source = source->next;
    if (!source || at->line < 1 || at->column > 0) return;
    const char *p = source->bytes, *end = p + source->length;
    for (int line = 1; p && line < at->line; line++)
        if ((p = memchr(p, '\n', (size_t)(end - p)))) p++;
    if (!p) return;
    for (at->column = 1; p < end && (*p == ' ' || *p == '\t'); p++)
        at->column++;
}

void ve_sources_complete(const ve_source *sources, ve_errors *errors) {
    for (size_t i = 0; i < errors->count; i++)
        complete_place(sources, &errors->list[i].at);
}

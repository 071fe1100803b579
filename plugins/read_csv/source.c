/* The bytes of the data: read at an offset from the file, or from memory where its encoding is not UTF-8.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "csv.h"

/* Read exactly `length` bytes: the file must not have become shorter. */
static ve_code read_at(const csv_source *source, char *to, size_t length, uint64_t at) {
    if (length == 0) return VE_OK; /* then there may be no bytes at all */
    if (source->descriptor < 0) {
        memcpy(to, source->bytes + at, length);
        return VE_OK;
    }
    while (length > 0) {
        ssize_t got = pread(source->descriptor, to, length, (off_t)at);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return VE_E_READ;
        to += got;
        at += (uint64_t)got;
        length -= (size_t)got;
    }
    return VE_OK;
}

static ve_code window_room(csv_window *window, size_t length) {
    size_t need = length + 1 + CSV_PADDING; /* 1: a newline at the end */
    if (need <= window->room) return VE_OK;
    char *bytes = realloc(window->bytes, need);
    if (!bytes) return VE_E_MEMORY;
    window->bytes = bytes;
    window->room = need;
    return VE_OK;
}

static void window_close(csv_window *window, const csv_source *source) {
    window->last = window->at + window->length >= source->size;
    if (window->last && (window->length == 0 || window->bytes[window->length - 1] != '\n'))
        window->bytes[window->length++] = '\n';
    memset(window->bytes + window->length, 0, CSV_PADDING);
}

ve_code csv_window_load(csv_window *window, const csv_source *source, uint64_t at, uint64_t length) {
    uint64_t left = source->size - at;
    size_t take = (size_t)(length < left ? length : left);
    ve_code code = window_room(window, take);
    if (!code) code = read_at(source, window->bytes, take, at);
    if (code) return code;
    window->at = at;
    window->length = take;
    window_close(window, source);
    return VE_OK;
}

ve_code csv_window_extend(csv_window *window, const csv_source *source, size_t more) {
    uint64_t end = window->at + window->length;
    size_t take = (size_t)(more < source->size - end ? more : source->size - end);
    ve_code code = window_room(window, window->length + take);
    if (!code) code = read_at(source, window->bytes + window->length, take, end);
    if (code) return code;
    window->length += take;
    window_close(window, source);
    return VE_OK;
}

void csv_window_free(csv_window *window) {
    free(window->bytes);
    *window = (csv_window){ .bytes = NULL };
}

void csv_source_close(csv_source *source) {
    if (source->descriptor >= 0) close(source->descriptor);
    free((void *)source->bytes);
    *source = (csv_source){ .descriptor = -1 };
}

/* ---- UTF-8 ----------------------------------------------------------------------------------- */

/* Bytes of the character at p, 0 if it is none. */
static size_t character(const unsigned char *p, size_t left) {
    if (p[0] < 0x80) return 1;
    size_t length = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
    if (p[0] < 0xc2 || p[0] > 0xf4 || left < length) return 0;
    for (size_t i = 1; i < length; i++)
        if ((p[i] & 0xc0) != 0x80) return 0;
    bool overlong = (p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xf0 && p[1] < 0x90);
    bool outside = (p[0] == 0xed && p[1] > 0x9f) || (p[0] == 0xf4 && p[1] > 0x8f);
    return overlong || outside ? 0 : length;
}

size_t csv_utf8_length(const char *bytes, size_t length) {
    size_t at = 0;
    while (at < length) {
        size_t step = character((const unsigned char *)bytes + at, length - at);
        if (step == 0) return at;
        at += step;
    }
    return at;
}

/* ---- other encodings ------------------------------------------------------------------------- */

typedef struct decoder {
    iconv_t how;
    char *in; /* the whole file */
    size_t left;
    char *out;
    size_t used, room;
} decoder;

static ve_code decoder_room(decoder *d) {
    if (d->room - d->used >= 1024) return VE_OK;
    size_t room = d->room + d->room / 2 + 64 * 1024;
    char *out = realloc(d->out, room);
    if (!out) return VE_E_MEMORY;
    d->out = out;
    d->room = room;
    return VE_OK;
}

/* VE_E_ENCODING: `used` bytes of text came before what cannot be decoded. */
static ve_code decode_all(decoder *d) {
    while (d->left > 0) {
        ve_code code = decoder_room(d);
        if (code) return code;
        char *to = d->out + d->used;
        size_t room = d->room - d->used;
        size_t done = iconv(d->how, &d->in, &d->left, &to, &room);
        d->used = (size_t)(to - d->out);
        if (done == (size_t)-1 && errno != E2BIG) return VE_E_ENCODING;
    }
    return VE_OK;
}

static ve_code decode(const csv_source *source, const char *name, decoder *d) {
    char *in = malloc((size_t)source->size + 1);
    if (!in) return VE_E_MEMORY;
    ve_code code = read_at(source, in, (size_t)source->size, 0);
    if (!code) {
        d->in = in;
        d->left = (size_t)source->size;
        d->how = iconv_open("UTF-8", name);
        code = d->how == (iconv_t)-1 ? VE_E_INTERNAL : decode_all(d);
        if (d->how != (iconv_t)-1) iconv_close(d->how);
    }
    free(in);
    return code;
}

ve_code csv_source_decode(csv_source *source, csv_encoding encoding, uint64_t *fault_at) {
    static const char *const name[] = { "UTF-8", "GB18030", "ISO-8859-1", "UTF-16" };
    decoder d = { .in = NULL };
    ve_code code = decode(source, name[encoding], &d);
    *fault_at = d.used;
    if (code && code != VE_E_ENCODING) {
        free(d.out);
        return code;
    }
    csv_source_close(source);
    *source = (csv_source){ -1, d.out, d.used };
    return code;
}

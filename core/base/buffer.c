/* The growing buffer: doubles its room, remembers that memory ran out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool make_room(ve_buffer *buffer, size_t more) {
    if (buffer->failed) return false;
    if (more < buffer->room - buffer->length) return true;
    bool sane = more < SIZE_MAX / 8 && buffer->length < SIZE_MAX / 8;
    size_t room = buffer->room ? buffer->room : 256;
    while (sane && room - buffer->length <= more)
        room *= 2;
    char *bytes = sane ? realloc(buffer->bytes, room) : NULL;
    if (!bytes) {
        buffer->failed = true;
        return false;
    }
    buffer->bytes = bytes;
    buffer->room = room;
    return true;
}

void ve_put(ve_buffer *buffer, const char *bytes, size_t length) {
    if (length == 0 || !make_room(buffer, length)) return;
    memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
    buffer->bytes[buffer->length] = '\0';
}

void ve_put_text(ve_buffer *buffer, const char *text) {
    ve_put(buffer, text, strlen(text));
}

void ve_put_format(ve_buffer *buffer, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0) buffer->failed = true;
    if (length <= 0 || !make_room(buffer, (size_t)length)) return;
    va_start(args, format);
    vsnprintf(buffer->bytes + buffer->length, (size_t)length + 1, format, args);
    va_end(args);
    buffer->length += (size_t)length;
}

void ve_buffer_free(ve_buffer *buffer) {
    free(buffer->bytes);
    *buffer = (ve_buffer){ 0 };
}

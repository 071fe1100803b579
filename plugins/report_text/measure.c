/* How text looks on a terminal: made harmless, and measured in columns.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure.h"

#include <utf8proc.h>

#include "ve/print.h"

/* The longest escape of one byte is \x1b: four times its length; longer characters grow less. */
char *report_text_clean(const ve_services *services, const char *text) {
    char room[16];
    char *made = services->memory(services, 4 * strlen(text) + 1);
    size_t length = 0;
    while (made && *text) {
        text += ve_print_visible(text, room);
        size_t bytes = strlen(room);
        memcpy(made + length, room, bytes);
        length += bytes;
    }
    return made;
}

static bool is_plain(unsigned char c) {
    return c >= 0x20 && c < 0x7f;
}

/* Add one code point to the width of the character it belongs to. The emoji sign makes any character two
 * columns wide, and no character is wider, however many code points it joins. */
static int add_width(int width, unsigned code) {
    width = code == 0xfe0f ? 2 : width + utf8proc_charwidth((utf8proc_int32_t)code);
    return width < 2 ? width : 2;
}

size_t report_text_character(const char *text, int *width) {
    unsigned code = 0, next = 0;
    utf8proc_int32_t state = 0;
    *width = 1;
    if (is_plain((unsigned char)text[0]) && (unsigned char)text[1] < 0x80) return 1;
    size_t bytes = text[0] ? ve_print_next(text, &code) : 0;
    *width = add_width(0, code);
    while (bytes > 0 && text[bytes]) {
        size_t more = ve_print_next(text + bytes, &next);
        if (more == 0 ||
            utf8proc_grapheme_break_stateful((utf8proc_int32_t)code, (utf8proc_int32_t)next, &state))
            break;
        *width = add_width(*width, next);
        bytes += more;
        code = next;
    }
    return bytes;
}

int report_text_part(const char *text, size_t length) {
    int total = 0, width = 0;
    for (size_t done = 0; done < length; total += width)
        done += report_text_character(text + done, &width);
    return total;
}

int report_text_width(const char *text) {
    return report_text_part(text, strlen(text));
}

void report_text_cut(char *text, int most) {
    static const char ellipsis[] = "…";
    int total = 0, width = 0;
    size_t kept = 0, bytes;
    if (report_text_width(text) <= most) return;
    while ((bytes = report_text_character(text + kept, &width)) > 0 && total + width < most) {
        total += width;
        kept += bytes;
    }
    if (strlen(text + kept) >= sizeof ellipsis - 1)
        memcpy(text + kept, ellipsis, sizeof ellipsis);
    else
        text[kept] = '\0';
}

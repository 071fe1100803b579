/* Files pinned to their SHA-256 sum. SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pin.h"

#include <string.h>

static const char mark[] = "@sha256:";

static ve_code no_sum(const char *file, size_t digits, ve_errors *errors) {
    ve_fail(errors, VE_E_PLUGIN_NAME, (ve_place){ .file = file }, NULL,
            "behind @sha256: stand 64 digits of 0-9 and a-f, and here are %zu", digits);
    ve_hint(errors, "`sha256sum FILE` prints them");
    return VE_E_PLUGIN_NAME;
}

ve_code ve_pin_split(ve_arena *arena, const char *text, const char **file, const char **pin,
                     ve_errors *errors) {
    const char *at = strstr(text, mark);
    *file = text;
    *pin = NULL;
    if (!at) return VE_OK;
    const char *digit = at + strlen(mark);
    char *name = ve_copy_text(arena, text, (size_t)(at - text));
    char *sum = ve_copy_text(arena, digit, strlen(digit));
    if (!name || !sum) return ve_fail_memory(errors);
    size_t digits = strspn(digit, "0123456789abcdefABCDEF");
    if (digits != VE_SHA256_HEX - 1 || digit[digits]) return no_sum(name, digits, errors);
    for (char *c = sum; *c; c++)
        if (*c >= 'A' && *c <= 'F') *c = (char)(*c - 'A' + 'a');
    *file = name;
    *pin = sum;
    return VE_OK;
}

ve_code ve_pin_check(const char *file, const char *pin, ve_sha256 *sum, ve_errors *errors) {
    char is[VE_SHA256_HEX];
    if (!pin) return VE_OK;
    ve_sha256_end(sum, is);
    if (strcmp(is, pin) == 0) return VE_OK;
    ve_fail(errors, VE_E_PLUGIN_PIN, (ve_place){ .file = file }, NULL,
            "this is not the file that was pinned: its sum is %s", is);
    ve_hint(errors, "find out who changed it; if the change is wanted, pin the new sum");
    return VE_E_PLUGIN_PIN;
}

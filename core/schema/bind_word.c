/* Words: `ve.normal { }` becomes a plugin with its bound parameters.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "schema/internal.h"

enum { WORDS_MOST = 256 };

static size_t words_of(const ve_binder *binder, ve_kind kind, const char **name) {
    size_t count = binder->words ? binder->words(binder, kind, name, WORDS_MOST) : 0;
    return count < WORDS_MOST ? count : WORDS_MOST;
}

static const char *article(const char *noun) {
    return strchr("aeiou", noun[0]) ? "an" : "a";
}

void ve_hint_words(const ve_binder *binder, ve_kind kind) {
    const char *word[WORDS_MOST];
    if (ve_bind_full(binder)) return;
    size_t count = words_of(binder, kind, word);
    for (size_t i = 0; i < count; i++) {
        word[i] = ve_format(binder->arena, "ve.%s", word[i]);
        if (!word[i]) return; /* a hint less */
    }
    ve_hint_names(binder->errors, NULL, word, count);
}

static ve_code unknown_word(const ve_binder *binder, ve_kind kind, const ve_value *value,
                            const ve_trail *trail) {
    ve_bind_fail(binder, VE_E_UNKNOWN_WORD, value, trail, "unknown word ve.%s", value->table.word);
    const char *word[WORDS_MOST];
    if (ve_bind_full(binder)) return VE_E_UNKNOWN_WORD;
    const char *nearest = ve_text_nearest(value->table.word, word, words_of(binder, kind, word));
    if (nearest)
        ve_hint(binder->errors, "did you mean 've.%s'?", nearest);
    else
        ve_hint(binder->errors,
                "`vescore plugins` lists the words; load your own with --plugin FILE or ve.use");
    return VE_E_UNKNOWN_WORD;
}

static ve_code wrong_kind(const ve_binder *binder, ve_kind kind, ve_kind is, const ve_value *value,
                          const ve_trail *trail) {
    char subject[VE_PATH_ROOM];
    const char *wanted = ve_kind_words(kind), *found = ve_kind_words(is);
    ve_bind_fail(binder, VE_E_TYPE, value, trail, "%s must be %s %s, and ve.%s is %s %s",
                 ve_trail_subject(trail, subject, sizeof subject), article(wanted), wanted, value->table.word,
                 article(found), found);
    ve_hint_words(binder, kind);
    return VE_E_TYPE;
}

/* A text that is a word's name, or a table without its word, are the usual slips. */
static ve_code not_a_word(const ve_binder *binder, ve_kind kind, const ve_value *value,
                          const ve_trail *trail) {
    char wanted[VE_SAY_ROOM];
    const char *word[WORDS_MOST];
    size_t count = words_of(binder, kind, word);
    const char *first = count ? word[0] : "word";
    snprintf(wanted, sizeof wanted, "%s %s such as ve.%s { ... }", article(ve_kind_words(kind)),
             ve_kind_words(kind), first);
    ve_bind_mismatch(binder, value, trail, wanted);
    const char *meant = value->kind == VE_TEXT ? ve_text_nearest(value->text.bytes, word, count) : NULL;
    if (meant)
        ve_hint(binder->errors, "write ve.%s { ... }", meant);
    else
        ve_hint_words(binder, kind);
    return VE_E_TYPE;
}

static ve_code bind_function(const ve_binder *binder, const ve_value *value, const ve_trail *trail,
                             ve_word *out) {
    const char *path = ve_trail_copy(trail, binder->arena);
    if (!path) return ve_fail_memory(binder->errors);
    return binder->function(binder, value, path, out);
}

static ve_code new_word(const ve_binder *binder, const ve_plugin *plugin, const ve_value *source,
                        const ve_trail *trail, ve_word *out) {
    *out = (ve_word){ .plugin = plugin, .source = source };
    out->params = ve_alloc(binder->arena, plugin->params->size);
    out->path = ve_trail_copy(trail, binder->arena);
    return out->params && out->path ? VE_OK : ve_fail_memory(binder->errors);
}

ve_code ve_bind_word_at(const ve_binder *binder, ve_kind kind, const ve_value *value, const ve_trail *trail,
                        ve_word *out) {
    *out = (ve_word){ 0 };
    if (value->kind == VE_FUNCTION && kind == VE_KIND_DISTRIBUTION && binder->function)
        return bind_function(binder, value, trail, out);
    if (!ve_value_is_word(value)) return not_a_word(binder, kind, value, trail);
    const ve_plugin *plugin = binder->find(binder, value->table.word);
    if (!plugin) return unknown_word(binder, kind, value, trail);
    if (plugin->kind != kind) return wrong_kind(binder, kind, plugin->kind, value, trail);
    ve_code code = new_word(binder, plugin, value, trail, out);
    if (code) return code;
    code = ve_bind_table(binder, plugin->params, value, trail, VE_BIND_WORD, out->params);
    if (code) out->params = NULL; /* nobody looks into it */
    return code;
}

ve_code ve_bind_word(const ve_binder *binder, ve_kind kind, const ve_value *value, const char *path,
                     ve_word *out) {
    ve_trail trail = ve_trail_root(path);
    return ve_bind_word_at(binder, kind, value, &trail, out);
}

ve_code ve_bind_default_word(const ve_binder *binder, const ve_plugin *plugin, const char *path,
                             ve_word *out) {
    ve_trail trail = ve_trail_root(path);
    ve_code code = new_word(binder, plugin, NULL, &trail, out);
    if (!code) ve_record_defaults(plugin->params, out->params);
    return code;
}

ve_code ve_bind_type_word(const ve_binder *binder, const ve_field *field, const ve_value *value,
                          const ve_trail *trail, void *member) {
    return ve_bind_word_at(binder, field->kind, value, trail, member);
}

/* A distribution stands for a number. */
ve_code ve_bind_type_amount(const ve_binder *binder, const ve_field *field, const ve_value *value,
                            const ve_trail *trail, void *member) {
    ve_amount *amount = member;
    *amount = (ve_amount){ .number = NAN };
    bool word = ve_value_is_word(value);
    const ve_plugin *plugin = word ? binder->find(binder, value->table.word) : NULL;
    if (!word || (plugin && plugin->kind == VE_KIND_DISTRIBUTION))
        return ve_bind_type_number(binder, field, value, trail, &amount->number);
    return ve_bind_word_at(binder, field->kind, value, trail, &amount->word);
}

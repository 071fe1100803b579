/* Markdown reports: the page, and hostile texts that must stay words.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report_under_test.h"

static void the_page(void **state) {
    (void)state;
    room *r = room_new();
    assert_string_equal(
        room_write(r, sample_report(r), NULL),
        "# Riverside housing\n\n"
        "Scenario: steel +15 %\n\n"
        "High grade is best, with a value index of 1.048: it brings 44.2 % of all function for 42.2 % of "
        "all cost.\n\n"
        "It is 4.8 % ahead of 中档住宅 (1.000).\n\n"
        "## Options\n\n"
        "| Option | Cost, CNY/m2 | F | V | Passes | Reach |\n"
        "| --- | ---: | ---: | ---: | --- | ---: |\n"
        "| **High grade** | **4200** | **0.442** | **1.048** | **yes** | **31.2 %** |\n"
        "| 中档住宅 | 2900.5 | 0.331 | 1.000 | yes | 50.0 % |\n"
        "| Basic 👷🏽 | 1850 | 0.227 | 0.910 | no | – |\n\n"
        "## Functions\n\n"
        "| Function | Weight |\n"
        "| --- | ---: |\n"
        "| Use | 60.0 % |\n"
        "| &emsp;Floor plan | 36.0 % |\n"
        "| &emsp;层高 | 24.0 % |\n"
        "| Appearance | 40.0 % |\n\n"
        "## Judgements\n\n"
        "| Option | Score |\n"
        "| --- | --- |\n\n"
        "## Warnings\n\n"
        "- **VE102** The winner rests on the targets: High grade (1.048) with them, 中档住宅 (1.034) if all "
        "customers count alike. *Way out:* that is what positioning does: check that the targets are the "
        "ones you want\n");
    r->out.quiet = true;
    assert_null(strstr(room_write(r, sample_report(r), NULL), "VE102"));
    room_free(r);
}

/* Read Markdown words back: a backslash takes the meaning from the character after it. */
static const char *read_words(const char *p, const char *end, char *out) {
    while (strncmp(p, end, strlen(end)) != 0) {
        assert_int_not_equal(*p, '\0');
        if (strncmp(p, "&#32;", 5) == 0) {
            *out++ = ' ';
            p += 5;
            continue;
        }
        assert_null(memchr("`*_[]<>|#&~$!{}@", *p, 16)); /* markup that was not made harmless */
        p += *p == '\\';
        *out++ = *p++;
    }
    *out = '\0';
    return p + strlen(end);
}

static void expect(const char *text, char *out) {
    char copy[256];
    size_t length = strlen(text);
    memcpy(copy, text, length + 1);
    for (size_t i = 0; i < length; i++)
        if (strchr("\n\r\t", copy[i])) copy[i] = ' ';
    ve_text_clean(copy, length, out, 512);
}

static void hostile_texts_stay_words(void **state) {
    (void)state;
    for (size_t i = 0; i < VE_COUNT(hostile); i++) {
        char expected[512], read[512];
        if (!hostile[i][0]) continue;
        room *r = room_new();
        expect(hostile[i], expected);
        const char *written = room_write(r, report_with(r, hostile[i]), NULL);
        assert_harmless(written);
        assert_true(strncmp(written, "# ", 2) == 0);
        const char *p = read_words(written + 2, "\n\nScenario: ", read);
        assert_string_equal(read, expected);
        p = read_words(p, "\n\n", read);
        assert_string_equal(read, expected);
        p = read_words(p, "\n\n", read);
        assert_string_equal(read, expected);
        p = strstr(p, "| --- | ---: |\n| ") + 17;
        p = read_words(p, " | 1.500 |\n", read);
        assert_string_equal(read, expected);
        room_free(r);
    }
}

static void blocks_and_links_do_not_begin(void **state) {
    (void)state;
    static const char *const pair[][2] = {
        { "1. item", "1\\. item" },         { "12) item", "12\\) item" },
        { "- item", "\\- item" },           { "    code", "&#32;   code" },
        { "http://a", "http\\://a" },       { "www.a.example", "www\\.a.example" },
        { "a@b.example", "a\\@b.example" }, { "-5 % in 2.5 years", "\\-5 % in 2.5 years" },
    };
    for (size_t i = 0; i < VE_COUNT(pair); i++) {
        room *r = room_new();
        char wanted[64];
        snprintf(wanted, sizeof wanted, "# %s\n", pair[i][1]);
        assert_true(strncmp(room_write(r, report_with(r, pair[i][0]), NULL), wanted, strlen(wanted)) == 0);
        room_free(r);
    }
}

static void a_page_without_a_title_has_the_files_name(void **state) {
    (void)state;
    room *r = room_new();
    ve_report_builder *b = ve_report_new(r->arena, "run");
    ve_report_about(b, "my_model.lua", "", NULL);
    assert_string_equal(room_write(r, finish(b), NULL), "# my\\_model.lua\n");
    room_free(r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page),
        cmocka_unit_test(hostile_texts_stay_words),
        cmocka_unit_test(blocks_and_links_do_not_begin),
        cmocka_unit_test(a_page_without_a_title_has_the_files_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

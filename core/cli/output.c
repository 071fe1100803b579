/* Results to standard output or -o, everything else to standard error.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/cli.h"
#include "eval/eval.h"

typedef struct sink {
    ve_out out; /* first: what a report plugin sees of this */
    ve_buffer buffer;
} sink;

static void put(ve_out *out, const char *bytes, size_t length) {
    ve_put(&((sink *)out)->buffer, bytes, length);
}

static bool colored(const ve_cli *cli, int descriptor) {
    if (cli->color != VE_COLOR_AUTO) return cli->color == VE_COLOR_ALWAYS;
    const char *never = getenv("NO_COLOR"), *terminal = getenv("TERM");
    if ((never && *never) || !terminal || strcmp(terminal, "dumb") == 0) return false;
    return isatty(descriptor);
}

static bool to_file(const ve_cli *cli) {
    return cli->output && strcmp(cli->output, "-") != 0;
}

static sink sink_of(const ve_cli *cli) {
    sink made = { .out = { .put = put, .quiet = cli->quiet } };
    made.out.color = to_file(cli) ? cli->color == VE_COLOR_ALWAYS : colored(cli, STDOUT_FILENO);
    struct winsize window;
    if (!to_file(cli) && isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0)
        made.out.columns = window.ws_col;
    return made;
}

/* Files that were read: -o may not name one of them. */
static const char **kept(const ve_cli *cli, size_t *count) {
    size_t room = cli->arguments + cli->answer.data_files + cli->registry->count;
    for (const ve_source *s = cli->answer.sources; s; s = s->next)
        room++;
    const char **keep = ve_alloc_array(cli->arena, room + 1, sizeof *keep);
    *count = 0;
    if (!keep) return NULL;
    for (size_t i = 0; i < cli->arguments; i++)
        keep[(*count)++] = cli->argument[i];
    for (size_t i = 0; i < cli->answer.data_files; i++)
        keep[(*count)++] = cli->answer.data_file[i];
    for (size_t i = 0; i < cli->registry->count; i++)
        keep[(*count)++] = cli->registry->list[i].origin;
    for (const ve_source *s = cli->answer.sources; s; s = s->next)
        keep[(*count)++] = s->file;
    return keep;
}

/* What a study wants written besides its report. */
static ve_code write_extra(ve_cli *cli, const ve_extra *extra, const char *const *keep, size_t keeps) {
    ve_code code = ve_file_write(extra->path, extra->text, strlen(extra->text), keep, keeps, cli->errors);
    if (code == VE_E_OVERWRITE) ve_hint(cli->errors, "choose another name for --%s", extra->field);
    return code;
}

static ve_code same_name(ve_cli *cli, const ve_extra *extra) {
    ve_fail(cli->errors, VE_E_OVERWRITE, (ve_place){ .file = extra->path }, NULL,
            "--%s and -o name the same file", extra->field);
    ve_hint(cli->errors, "choose another name for one of them");
    return VE_E_OVERWRITE;
}

static ve_code write_all_files(ve_cli *cli, const ve_buffer *buffer, const char *const *keep, size_t keeps) {
    ve_code code = VE_OK;
    for (size_t i = 0; i < cli->answer.extras; i++)
        if (to_file(cli) && strcmp(cli->output, cli->answer.extra[i].path) == 0)
            return same_name(cli, &cli->answer.extra[i]);
    for (size_t i = 0; i < cli->answer.extras && !code; i++)
        code = write_extra(cli, &cli->answer.extra[i], keep, keeps);
    if (code) return code;
    return ve_file_write(cli->output, buffer->bytes ? buffer->bytes : "", buffer->length, keep, keeps,
                         cli->errors);
}

static ve_code write_out(ve_cli *cli, const ve_buffer *buffer) {
    if (buffer->failed) return ve_fail_memory(cli->errors);
    size_t keeps;
    const char **keep = kept(cli, &keeps);
    if (!keep) return ve_fail_memory(cli->errors);
    sigset_t interrupt, before; /* a half-written file beside the target would stay behind */
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    sigaddset(&interrupt, SIGTERM);
    sigprocmask(SIG_BLOCK, &interrupt, &before);
    ve_code code = write_all_files(cli, buffer, keep, keeps);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return code;
}

ve_code ve_output_text(ve_cli *cli, const ve_buffer *text) {
    return write_out(cli, text);
}

ve_code ve_output_report(ve_cli *cli, const ve_report *report) {
    const ve_report_ops *ops = cli->format->ops;
    sink made = sink_of(cli);
    ve_binder binder = { .arena = cli->arena, .errors = cli->errors };
    ve_word word = {
        .plugin = cli->format, .params = cli->format_params, .source = &cli->format_source, .path = ""
    };
    ve_code code = word.params ? VE_OK : ve_bind_default_word(&binder, cli->format, "", &word);
    ve_word_services services;
    ve_services_init(&services, cli->arena, cli->errors, &word);
    if (!code) code = ops->report(word.params, report, &made.out, &services.base);
    if (!code) code = write_out(cli, &made.buffer);
    ve_buffer_free(&made.buffer);
    return code;
}

static void write_all(int descriptor, const ve_buffer *buffer) {
    for (size_t done = 0; done < buffer->length;) {
        ssize_t count = write(descriptor, buffer->bytes + done, buffer->length - done);
        if (count <= 0) return;
        done += (size_t)count;
    }
}

/* A run has put the plugins' sources behind the model's; without one there are only these. */
static const ve_source *sources(const ve_cli *cli) {
    return cli->answer.sources ? cli->answer.sources : ve_shelf_sources(cli->shelf);
}

static void print_errors(const ve_cli *cli, ve_buffer *out) {
    const ve_errors *errors = cli->errors;
    bool color = colored(cli, STDERR_FILENO);
    for (size_t i = 0; i < errors->count && i < VE_ERRORS_SHOWN; i++)
        ve_error_print(out, &errors->list[i], sources(cli), color);
    size_t more = errors->dropped + (errors->count > VE_ERRORS_SHOWN ? errors->count - VE_ERRORS_SHOWN : 0);
    if (more) ve_put_format(out, "and %zu more\n", more);
}

int ve_output_errors(ve_cli *cli) {
    if (!cli->errors->count) return 0;
    ve_sources_complete(sources(cli), cli->errors);
    const ve_report_ops *ops = cli->format ? cli->format->ops : NULL;
    sink made = { .out = { .put = put } };
    ve_code code = VE_E_INTERNAL;
    if (ops && ops->errors) code = ops->errors(cli->format_params, cli->errors, &made.out);
    if (!code && !made.buffer.failed) {
        write_all(STDOUT_FILENO, &made.buffer);
    } else {
        ve_buffer_free(&made.buffer);
        made.buffer = (ve_buffer){ 0 };
        print_errors(cli, &made.buffer);
        write_all(STDERR_FILENO, &made.buffer);
        if (made.buffer.failed)
            write_all(STDERR_FILENO,
                      &(ve_buffer){ .bytes = "vescore: error: out of memory\n", .length = 30 });
    }
    ve_buffer_free(&made.buffer);
    return ve_errors_status(cli->errors);
}

/* vescore: from a planner's model to the best positioning.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cli/cli.h"

/* A file opened later must not become standard input, output or error. A closed one stays unusable the way it
 * is used, so that a result which goes nowhere is told as such. */
static void keep_standard_descriptors(void) {
    for (int fd = 0; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) >= 0 || errno != EBADF) continue;
        if (open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0) _exit(VE_STATUS_FILE);
    }
}

static void on_interrupt(int signal_number) {
    (void)signal_number;
    static const char message[] = "vescore: error: interrupted\n";
    ve_progress_wipe();
    if (write(STDERR_FILENO, message, sizeof message - 1) < 0) { /* nobody listens */
    }
    _exit(VE_STATUS_INTERRUPTED);
}

static void quiet_end(void) {
    setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
    signal(SIGPIPE, SIG_IGN); /* writing then fails with its own message */
    signal(SIGXFSZ, SIG_IGN);
    struct sigaction was;
    if (sigaction(SIGINT, NULL, &was) == 0 && was.sa_handler != SIG_IGN) signal(SIGINT, on_interrupt);
}

/* As many threads as there are processors for us. */
static unsigned processors(void) {
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? (unsigned)CPU_COUNT(&set) : 1;
}

static ve_code print_version(ve_cli *cli) {
    ve_buffer text = { 0 };
    ve_put_format(&text, "vescore %s\nplugin interface %d.%d\nGPL-3.0-or-later\n", VE_VERSION, VE_ABI_MAJOR,
                  VE_ABI_MINOR);
    ve_code code = ve_output_text(cli, &text);
    ve_buffer_free(&text);
    return code;
}

static bool is_one_of(const char *text, const char *a, const char *b) {
    return strcmp(text, a) == 0 || strcmp(text, b) == 0;
}

/* Without a command: what there is. */
static ve_code no_command(ve_cli *cli) {
    ve_code code = ve_fail(cli->errors, VE_E_COMMAND, VE_NOWHERE, NULL, "a command is missing");
    ve_hint(cli->errors, "write: vescore run MODEL.lua; `vescore help` lists the commands");
    return code;
}

static ve_code run_command(ve_cli *cli, int count, const char **argument) {
    cli->command = ve_command_find(cli, argument[0], &cli->study);
    if (!cli->command) return ve_command_unknown(cli, argument[0]);
    ve_code code = ve_options_read(cli, count, argument);
    if (code) return code;
    if (!cli->help) return cli->command->run(cli);
    cli->argument = argument;
    cli->arguments = 1;
    return ve_cmd_help.run(cli);
}

static ve_code dispatch(ve_cli *cli, int count, const char **argument) {
    ve_code code = ve_registry_new(cli->arena, ve_plugins_builtin, &cli->registry, cli->errors);
    if (code) return code;
    cli->format = ve_registry_get(cli->registry, VE_KIND_REPORT, "text");
    if (count < 2) return no_command(cli);
    code = ve_options_early(cli, count, argument);
    if (code) return code;
    if (is_one_of(argument[1], "--version", "-V")) return print_version(cli);
    if (is_one_of(argument[1], "--help", "-h")) return ve_cmd_help.run(cli);
    return run_command(cli, count - 1, argument + 1);
}

int main(int count, char **argument) {
    keep_standard_descriptors();
    quiet_end();
    static ve_errors errors;
    ve_cli cli = {
        .arena = ve_arena_new(0), .errors = &errors, .params = { .kind = VE_TABLE }, .threads = processors()
    };
    ve_code code = cli.arena ? dispatch(&cli, count, (const char **)argument) : ve_fail_memory(&errors);
    int status = code ? ve_output_errors(&cli) : cli.status;
    ve_shelf_close(cli.shelf);
    ve_arena_free(cli.arena);
    return status;
}

/* How far a long study is: one line on standard error while somebody watches, wiped away at the end.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only carriage returns and spaces are used, no escape codes. The line is drawn and wiped by the thread that
 * runs the study; a signal handler may wipe it as well. */
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"

#define LATE 0.5  /* seconds that pass before anything is shown */
#define AGAIN 0.1 /* between two drawings */

enum { LINE = 80, ECHO = 2 /* a terminal shows ^C behind the line */ };

static volatile sig_atomic_t shown; /* columns of the line that stands there */

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void to_terminal(const char *bytes, size_t length) {
    if (write(STDERR_FILENO, bytes, length) < 0) { /* nobody watches any more */
    }
}

void ve_progress_wipe(void) {
    char line[LINE + ECHO + 3];
    if (!shown) return;
    size_t columns = (size_t)shown + ECHO;
    line[0] = '\r';
    memset(line + 1, ' ', columns);
    line[columns + 1] = '\r';
    shown = 0;
    to_terminal(line, columns + 2);
}

/* The columns that may be written to, so that the line never wraps and can be wiped. */
static int room(void) {
    struct winsize window;
    bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 0;
    int columns = known ? window.ws_col : LINE;
    return (columns < LINE ? columns : LINE) - ECHO - 1;
}

static void put_left(double seconds, ve_buffer *out) {
    if (seconds >= 5940)
        ve_put_format(out, ", about %.0f h left", seconds / 3600);
    else if (seconds >= 99)
        ve_put_format(out, ", about %.0f min left", seconds / 60);
    else if (seconds >= 1)
        ve_put_format(out, ", about %.0f s left", seconds);
}

static void draw(const ve_progress *p, double share, double elapsed) {
    ve_buffer line = { 0 };
    ve_put_format(&line, "\r%s: %.0f %%", p->study, floor(100 * share));
    if (share > 0) put_left(elapsed / share * (1 - share), &line);
    int columns = line.failed ? 0 : (int)line.length - 1, was = shown;
    for (int i = columns; i < was; i++) /* over the end of a longer one */
        ve_put(&line, " ", 1);
    if (was > columns) columns = was;
    if (!line.failed && columns <= room()) {
        shown = columns;
        to_terminal(line.bytes, line.length);
    }
    ve_buffer_free(&line);
}

static void show(void *context, double share) {
    ve_progress *p = context;
    double time = now();
    if (!(share <= 1)) return;
    if (share > p->share) p->share = share;
    if (time - p->begun < LATE || time - p->drawn < AGAIN) return;
    p->drawn = time;
    draw(p, p->share, time - p->begun);
}

static bool is_watched(const ve_cli *cli) {
    const char *terminal = getenv("TERM");
    if (cli->quiet || !terminal || strcmp(terminal, "dumb") == 0) return false;
    return isatty(STDERR_FILENO);
}

void ve_progress_of(const ve_cli *cli, ve_progress *progress, ve_request *request) {
    *progress = (ve_progress){ .study = cli->study->name, .begun = now() };
    if (!is_watched(cli)) return;
    request->progress = show;
    request->progress_context = progress;
}

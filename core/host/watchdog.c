/* The watchdog: ends the process where one long step inside Lua itself cannot be stopped.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/text.h"
#include "host/room.h"

enum { MESSAGE = 1024 };

/* How many want it: the command line does; a library must not take the process's timer unasked. */
static atomic_int on;

static char message[MESSAGE]; /* ready made: signal handlers may do little more than write and leave */

static void bite(int number) {
    (void)number;
    if (write(STDERR_FILENO, message, strlen(message)) < 0) _exit(8);
    _exit(8);
}

static void set_timer(double seconds) {
    struct itimerval timer;
    memset(&timer, 0, sizeof timer);
    timer.it_value.tv_sec = (time_t)seconds;
    timer.it_value.tv_usec = (suseconds_t)((seconds - (double)timer.it_value.tv_sec) * 1e6);
    setitimer(ITIMER_REAL, &timer, NULL);
}

void ve_watchdog_start(const ve_limits *limits) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = bite;
    sigaction(SIGALRM, &action, NULL);
    if (limits->seconds > 0) atomic_fetch_add(&on, 1);
}

void ve_watchdog_stop(void) {
    if (atomic_load(&on) > 0 && atomic_fetch_sub(&on, 1) > 1) return; /* others still want it */
    set_timer(0);
}

void ve_watchdog_arm(double seconds, const char *file, const char *who) {
    char clean[MESSAGE / 2];
    if (!atomic_load(&on)) return;
    ve_text_clean(file, strlen(file), clean, sizeof clean);
    snprintf(message, sizeof message,
             "%s: error: %s takes too long and could not be stopped gently\n"
             "hint: look for a loop that does not end, or for a very large list\n",
             clean, who);
    set_timer(seconds > 0.5 ? seconds : 0.5);
}

void ve_watchdog_disarm(void) {
    if (atomic_load(&on)) set_timer(0);
}

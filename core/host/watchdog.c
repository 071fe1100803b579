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

static atomic_bool on; /* the command line wants it; a library must not take the process's timer unasked */

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
    atomic_store(&on, limits->seconds > 0);
}

void ve_watchdog_stop(void) {
    atomic_store(&on, false);
    set_timer(0);
}

void ve_watchdog_arm(double seconds, const char *file) {
    char clean[MESSAGE / 2];
    if (!atomic_load(&on)) return;
    ve_text_clean(file, strlen(file), clean, sizeof clean);
    snprintf(message, sizeof message,
             "%s: error: the model takes too long and could not be stopped gently\n"
             "hint: look for a loop that does not end, or for a very large list\n",
             clean);
    set_timer(seconds > 0.5 ? seconds : 0.5);
}

void ve_watchdog_disarm(void) {
    if (atomic_load(&on)) set_timer(0);
}

/* The watchdog: ends the process where one long step inside Lua itself cannot be stopped.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "host/room.h"

static atomic_bool on; /* the command line wants it; a library must not take the process's timer unasked */

/* Signal handlers may do little more than write and leave. */
static void bite(int number) {
    static const char message[] = "error: the model takes too long and could not be stopped gently\n"
                                  "hint: look for a loop that does not end, or for a very large list\n";
    (void)number;
    if (write(STDERR_FILENO, message, sizeof message - 1) < 0) _exit(8);
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

void ve_watchdog_arm(double seconds) {
    if (atomic_load(&on)) set_timer(seconds > 0.5 ? seconds : 0.5);
}

void ve_watchdog_disarm(void) {
    if (atomic_load(&on)) set_timer(0);
}

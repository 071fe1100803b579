/* The watchdog: a process whose model cannot be stopped ends with the limit status; others are left alone.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <sys/wait.h>

#include "host_room.h"
#include "host/room.h"

/* What a child prints and how it ends, when the watchdog waits for `seconds` and the child sleeps for
 * `sleep`. */
static int run_child(bool start, double seconds, unsigned sleep_ms, bool disarm, char *said, size_t bytes) {
    int ends[2], status = -1;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        if (start) ve_watchdog_start(&ve_limits_default);
        ve_watchdog_arm(seconds, "a\x1b.lua", "the model");
        if (disarm) ve_watchdog_disarm();
        for (unsigned i = 0; i < sleep_ms; i++)
            usleep(1000);
        ve_watchdog_stop();
        _exit(0);
    }
    close(ends[1]);
    ssize_t got = read(ends[0], said, bytes - 1);
    said[got > 0 ? got : 0] = '\0';
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void it_ends_the_process_with_the_limit_status(void **state) {
    (void)state;
    char said[512];
    assert_int_equal(run_child(true, 0.5, 60000, false, said, sizeof said), 8);
    assert_string_equal(said, "a\\x1b.lua: error: the model takes too long and could not be stopped gently\n"
                              "hint: look for a loop that does not end, or for a very large list\n");
}

static void it_sleeps_where_it_is_not_wanted(void **state) {
    (void)state;
    char said[512];
    assert_int_equal(run_child(false, 0.5, 700, false, said, sizeof said), 0);
    assert_int_equal(run_child(true, 0.5, 700, true, said, sizeof said), 0);
    assert_string_equal(said, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_ends_the_process_with_the_limit_status),
        cmocka_unit_test(it_sleeps_where_it_is_not_wanted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

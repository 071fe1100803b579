/* Run a command and print its wall seconds and peak kilobytes: measure OUTPUT COMMAND ...
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A script's own memory would count as the command's, which begins as a copy of it. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void become(char **word) {
    int out = open(word[1], O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (out < 0 || dup2(out, STDOUT_FILENO) < 0) _exit(126);
    execvp(word[2], word + 2);
    _exit(127);
}

int main(int count, char **word) {
    if (count < 3) return fputs("usage: measure OUTPUT COMMAND ...\n", stderr), 2;
    double start = now();
    pid_t child = fork();
    if (child == 0) become(word);
    int status;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) < 0) return perror("measure"), 1;
    printf("%.6f %ld\n", now() - start, usage.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

/* Writing files: all of it or nothing, and never over the model or its data.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/errors.h"

static ve_code fail_write(const char *path, int cause, ve_errors *errors) {
    ve_fail(errors, VE_E_WRITE, (ve_place){ .file = path }, NULL, "the result cannot be written: %s",
            strerror(cause));
    ve_hint(errors, "%s",
            cause == ENOSPC  ? "make room, or choose another folder with -o"
            : cause == EPIPE ? "the program that reads the output has ended"
                             : "check the folder and its rights");
    return VE_E_WRITE;
}

/* 0, or what went wrong. */
static int write_all(int descriptor, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t done = write(descriptor, bytes, length);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return errno;
        bytes += done;
        length -= (size_t)done;
    }
    return 0;
}

static bool same_file(const struct stat *a, const struct stat *b) {
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static ve_code check_keep(const char *path, const struct stat *target, const char *const *keep, size_t keeps,
                          ve_errors *errors) {
    struct stat info;
    for (size_t i = 0; i < keeps; i++) {
        if (stat(keep[i], &info) < 0 || !same_file(&info, target)) continue;
        ve_fail(errors, VE_E_OVERWRITE, (ve_place){ .file = path }, NULL,
                "the result would overwrite '%s', which the model is made of", keep[i]);
        ve_hint(errors, "choose another name for -o");
        return VE_E_OVERWRITE;
    }
    return VE_OK;
}

/* A device or pipe: there is nothing to replace, so it is written as it stands. */
static int write_through(const char *path, const char *bytes, size_t length) {
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) return errno;
    int cause = write_all(fd, bytes, length);
    if (close(fd) < 0 && cause == 0) cause = errno;
    return cause;
}

/* A new file beside `target`; its name goes to `name`. Made with the rights that the user's umask asks for.
 */
static int make_beside(const char *target, char name[PATH_MAX]) {
    const char *slash = strrchr(target, '/');
    int folder = slash ? (int)(slash - target) + 1 : 0;
    for (unsigned try = 0; try < 1000; try++) {
        int length = snprintf(name, PATH_MAX, "%.*s.vescore-%ld-%u", folder, target, (long)getpid(), try);
        if (length < 0 || length >= PATH_MAX) break;
        int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (fd >= 0 || errno != EEXIST) return fd;
    }
    errno = ENAMETOOLONG;
    return -1;
}

static int fill(int descriptor, const char *bytes, size_t length, const struct stat *old) {
    int cause = write_all(descriptor, bytes, length);
    if (cause == 0 && old && fchmod(descriptor, old->st_mode & 0777) < 0) cause = errno;
    if (cause == 0 && fsync(descriptor) < 0) cause = errno;
    if (close(descriptor) < 0 && cause == 0) cause = errno;
    return cause;
}

/* `old` is what stands there now, or NULL. */
static int replace(const char *target, const char *bytes, size_t length, const struct stat *old) {
    char name[PATH_MAX];
    int fd = make_beside(target, name);
    if (fd < 0) return errno;
    int cause = fill(fd, bytes, length, old);
    if (cause == 0 && rename(name, target) < 0) cause = errno;
    if (cause != 0) unlink(name);
    return cause;
}

ve_code ve_file_write(const char *path, const char *bytes, size_t length, const char *const *keep,
                      size_t keeps, ve_errors *errors) {
    int cause;
    if (!path || strcmp(path, "-") == 0) {
        cause = write_all(STDOUT_FILENO, bytes, length);
        return cause ? fail_write("standard output", cause, errors) : VE_OK;
    }
    struct stat old;
    bool there = stat(path, &old) == 0;
    ve_code code = there ? check_keep(path, &old, keep, keeps, errors) : VE_OK;
    if (code) return code;
    char target[PATH_MAX]; /* a link keeps pointing at what it points at */
    if (there && (!realpath(path, target) || access(path, W_OK) < 0)) return fail_write(path, errno, errors);
    if (!there)
        cause = replace(path, bytes, length, NULL);
    else if (S_ISREG(old.st_mode))
        cause = replace(target, bytes, length, &old);
    else
        cause = S_ISDIR(old.st_mode) ? EISDIR : write_through(path, bytes, length);
    return cause ? fail_write(path, cause, errors) : VE_OK;
}

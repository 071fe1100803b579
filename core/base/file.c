/* Reading files: whole with a cap, or beneath a folder by name.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/errors.h"
#include "base/folder.h"
#include "base/text.h"

static ve_place file_place(const char *path) {
    return (ve_place){ .file = path };
}

/* ---- whole files the user named -------------------------------------------------------------- */

static ve_code read_to_end(int descriptor, size_t most, ve_buffer *into, ve_place at, ve_errors *errors) {
    char block[16384];
    for (;;) {
        ssize_t got = read(descriptor, block, sizeof block);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0)
            return ve_fail(errors, VE_E_READ, at, NULL, "the file cannot be read: %s", strerror(errno));
        if (got == 0) return VE_OK;
        if ((size_t)got > most - into->length) {
            ve_fail(errors, VE_E_SIZE, at, NULL, "the file is larger than %zu bytes", most);
            ve_hint(errors, "make it smaller");
            return VE_E_SIZE;
        }
        ve_put(into, block, (size_t)got);
        if (into->failed) return ve_fail_memory(errors);
    }
}

static ve_code fail_open(ve_place at, const char *field, int cause, ve_errors *errors) {
    ve_fail(errors, VE_E_READ, at, field, "the file cannot be read: %s", strerror(cause));
    if (cause == ENOENT) ve_hint(errors, "check its name and folder");
    if (cause == EACCES) ve_hint(errors, "check the rights of the file and of its folder");
    return VE_E_READ;
}

static ve_code fail_kind(ve_place at, const char *field, mode_t mode, ve_errors *errors) {
    const char *what = S_ISDIR(mode)    ? "a folder"
                       : S_ISFIFO(mode) ? "a pipe"
                       : S_ISSOCK(mode) ? "a socket"
                                        : "a device";
    ve_fail(errors, VE_E_NOT_A_FILE, at, field, "this is %s, not a file", what);
    ve_hint(errors, "name a file");
    return VE_E_NOT_A_FILE;
}

/* The folder a path lies in; -1 with errno. */
static int open_folder(const char *path) {
    char name[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) : 0;
    if (length >= sizeof name) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(name, path, length);
    name[length] = '\0';
    return open(length ? name : slash ? "/" : ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
}

static ve_code fail_named(const char *path, ve_place at, int cause, ve_errors *errors) {
    fail_open(at, NULL, cause, errors);
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    int folder = cause == ENOENT ? open_folder(path) : -1;
    if (folder < 0) return VE_E_READ;
    char found[VE_NAME_ROOM];
    if (ve_folder_nearest(folder, name, found))
        ve_hint(errors, "did you mean '%.*s%s'?", (int)(name - path), path, found);
    close(folder);
    return VE_E_READ;
}

static ve_code open_named(const char *path, ve_place at, int *descriptor, ve_errors *errors) {
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) return fail_named(path, at, errno, errors);
    if (fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
        close(fd);
        return fail_kind(at, NULL, info.st_mode, errors);
    }
    *descriptor = fd;
    return VE_OK;
}

ve_code ve_file_read(ve_arena *arena, const char *path, size_t most, char **bytes, size_t *length,
                     ve_errors *errors) {
    bool standard = strcmp(path, "-") == 0;
    ve_place at = file_place(standard ? "standard input" : path);
    int descriptor = STDIN_FILENO;
    ve_code code = standard ? VE_OK : open_named(path, at, &descriptor, errors);
    if (code) return code;
    ve_buffer read_bytes = { 0 };
    code = read_to_end(descriptor, most, &read_bytes, at, errors);
    if (!standard) close(descriptor);
    if (code == VE_OK) {
        *bytes = ve_copy_text(arena, read_bytes.bytes, read_bytes.length);
        *length = read_bytes.length;
        if (!*bytes) code = ve_fail_memory(errors);
    }
    ve_buffer_free(&read_bytes);
    return code;
}

ve_code ve_folder_open(const char *path_of_file, int *folder, ve_errors *errors) {
    *folder = open_folder(path_of_file);
    return *folder < 0 ? fail_open(file_place(path_of_file), NULL, errno, errors) : VE_OK;
}

/* ---- files beneath the model's folder -------------------------------------------------------- */

static const char *component_fault(const char *name) {
    for (const char *p = name;; p++) {
        size_t length = strcspn(p, "/");
        if (length == 0) return "it has a / too many";
        if (length == 2 && p[0] == '.' && p[1] == '.') return "it leads out of the model's folder with ..";
        p += length;
        if (*p == '\0') return NULL;
    }
}

/* Why a model may not name this file: NULL if it may. The name is known to be a whole text without NUL. */
static const char *name_fault(const char *name) {
    if (name[0] == '/' || name[0] == '~') return "it does not begin in the model's folder";
    if (name[0] == '-' || name[0] == '|' || name[0] == ':')
        return "it begins with a character that may not stand there";
    if (strchr(name, '\\')) return "it has a backslash; folders are separated by /";
    if (strstr(name, "://") || strncmp(name, "file:", 5) == 0) return "it is an address, not a file name";
    return component_fault(name);
}

enum { NAME_BYTES = 256 };

/* A copy of the name that ends in NUL, once it is known to be one that may stand here. */
static ve_code take_name(const char *bytes, size_t length, char name[NAME_BYTES], ve_place at,
                         const char *field, ve_errors *errors) {
    char room[128];
    const char *fault = length >= NAME_BYTES ? "it is longer than 255 bytes"
                                             : ve_text_fault(bytes, length, room, sizeof room);
    if (!fault) {
        memcpy(name, bytes, length);
        name[length] = '\0';
        fault = name_fault(name);
    }
    if (!fault) return VE_OK;
    ve_fail(errors, VE_E_FILE_NAME, at, field, "this file name is not allowed: %s", fault);
    ve_hint(errors, "name a file beside the model or in a folder below it, like \"data/survey.csv\"");
    return VE_E_FILE_NAME;
}

static int open_part(int folder, const char *name, int flags) {
    int fd = openat(folder, name, O_CLOEXEC | O_NOFOLLOW | flags);
    struct stat info;
    if (fd >= 0 && (flags & O_PATH) && fstat(fd, &info) == 0 && S_ISLNK(info.st_mode)) {
        close(fd);
        errno = ELOOP;
        return -1;
    }
    return fd;
}

enum { OPEN_FLAGS = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY };

/* Where the kernel cannot keep to a folder by itself: one component at a time, none of them a link. */
static int open_walking(int folder, const char *name) {
    char rest[NAME_BYTES];
    memcpy(rest, name, strlen(name) + 1);
    int at = folder;
    for (char *p = rest;;) {
        char *slash = strchr(p, '/');
        if (slash) *slash = '\0';
        int next = open_part(at, p, slash ? O_PATH : OPEN_FLAGS);
        int cause = errno;
        if (at != folder) close(at);
        errno = cause;
        if (next < 0 || !slash) return next;
        at = next;
        p = slash + 1;
    }
}

static int open_beneath(int folder, const char *name) {
    struct open_how how = { .flags = OPEN_FLAGS,
                            .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS };
    long fd = syscall(SYS_openat2, folder, name, &how, sizeof how);
    if (fd < 0 && (errno == ENOSYS || errno == EPERM)) return open_walking(folder, name);
    return (int)fd;
}

static void hint_nearest(int folder, const char *name, ve_errors *errors) {
    char inner[NAME_BYTES], found[VE_NAME_ROOM];
    const char *slash = strrchr(name, '/'), *last = slash ? slash + 1 : name;
    int at = folder;
    if (slash) {
        memcpy(inner, name, (size_t)(slash - name));
        inner[slash - name] = '\0';
        at = open_beneath(folder, inner);
    }
    if (at >= 0 && ve_folder_nearest(at, last, found))
        ve_hint(errors, "did you mean '%.*s%s'?", (int)(last - name), name, found);
    if (at >= 0 && at != folder) close(at);
}

static ve_code fail_missing(int folder, const char *name, ve_place at, const char *field, int cause,
                            ve_errors *errors) {
    ve_fail(errors, VE_E_READ, at, field, "the file '%s' cannot be read: %s", name, strerror(cause));
    ve_hint(errors, "it is looked for in the model's folder; check its name and rights");
    if (cause == ENOENT) hint_nearest(folder, name, errors);
    return VE_E_READ;
}

static ve_code fail_beneath(int folder, const char *name, ve_place at, const char *field, ve_errors *errors) {
    int cause = errno;
    struct stat info;
    if (cause == ENXIO && fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0)
        return fail_kind(at, field, info.st_mode, errors);
    if (cause != ELOOP && cause != EXDEV) return fail_missing(folder, name, at, field, cause, errors);
    ve_fail(errors, VE_E_FILE_NAME, at, field, "the file '%s' is a link, or lies behind one", name);
    ve_hint(errors, "put the file itself into the model's folder");
    return VE_E_FILE_NAME;
}

ve_code ve_file_open_beneath(int folder, const char *name, size_t length, ve_place at, const char *path,
                             int *descriptor, size_t *bytes, ve_errors *errors) {
    char file[NAME_BYTES];
    *descriptor = -1;
    ve_code code = take_name(name, length, file, at, path, errors);
    if (code) return code;
    int fd = open_beneath(folder, file);
    if (fd < 0) return fail_beneath(folder, file, at, path, errors);
    struct stat info;
    if (fstat(fd, &info) < 0)
        code = fail_open(at, path, errno, errors);
    else if (!S_ISREG(info.st_mode))
        code = fail_kind(at, path, info.st_mode, errors);
    if (code) {
        close(fd);
        return code;
    }
    *descriptor = fd;
    *bytes = (size_t)info.st_size;
    return VE_OK;
}

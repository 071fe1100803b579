/* Files: the policy for names, what is no file, and every call that can fail. The build wraps the calls named
 * __wrap_* here, so that the n-th of them fails when a test asks for it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/errors.h"
#include "base/file.h"

/* ---- calls that fail on demand --------------------------------------------------------------- */

typedef enum call { NO_CALL, READ, WRITE, FSYNC, RENAME, CLOSE, FCHMOD, CALLS } call;
static struct {
    call which;
    int nth, cause;
    bool forever;
} fault;
static bool no_openat2, short_counts;

static bool fails(call which) {
    if (fault.which != which || fault.nth <= 0) return false;
    if (--fault.nth > 0) return false;
    if (fault.forever) fault.nth = 1;
    errno = fault.cause;
    return true;
}

ssize_t __real_read(int fd, void *into, size_t bytes);
ssize_t __wrap_read(int fd, void *into, size_t bytes);
ssize_t __wrap_read(int fd, void *into, size_t bytes) {
    return fails(READ) ? -1 : __real_read(fd, into, short_counts && bytes > 3 ? 3 : bytes);
}

ssize_t __real_write(int fd, const void *from, size_t bytes);
ssize_t __wrap_write(int fd, const void *from, size_t bytes);
ssize_t __wrap_write(int fd, const void *from, size_t bytes) {
    return fails(WRITE) ? -1 : __real_write(fd, from, short_counts && bytes > 3 ? 3 : bytes);
}

int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __wrap_fsync(int fd) {
    return fails(FSYNC) ? -1 : __real_fsync(fd);
}

int __real_fchmod(int fd, mode_t mode);
int __wrap_fchmod(int fd, mode_t mode);
int __wrap_fchmod(int fd, mode_t mode) {
    return fails(FCHMOD) ? -1 : __real_fchmod(fd, mode);
}

int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to) {
    return fails(RENAME) ? -1 : __real_rename(from, to);
}

int __real_close(int fd);
int __wrap_close(int fd);
int __wrap_close(int fd) {
    int result = __real_close(fd);
    return fails(CLOSE) ? -1 : result;
}

long __real_syscall(long number, long a, long b, long c, long d, long e, long f);
long __wrap_syscall(long number, long a, long b, long c, long d, long e, long f);
long __wrap_syscall(long number, long a, long b, long c, long d, long e, long f) {
    if (number == SYS_openat2 && no_openat2) return errno = ENOSYS, -1;
    return __real_syscall(number, a, b, c, d, e, f);
}

/* ---- a folder to play in --------------------------------------------------------------------- */

static char folder_name[256];
static int folder, open_before;
static ve_arena *arena;
static ve_errors errors;

static int open_descriptors(void) {
    int count = 0;
    DIR *list = opendir("/proc/self/fd");
    while (list && readdir(list))
        count++;
    if (list) closedir(list);
    return count;
}

static void make(const char *name, const char *text) {
    int fd = openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    assert_true(fd >= 0);
    assert_int_equal(__real_write(fd, text, strlen(text)), strlen(text));
    __real_close(fd);
}

static void make_socket(void) {
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int old = open(".", O_RDONLY), fd = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(fchdir(folder), 0);
    memcpy(address.sun_path, "socket", sizeof "socket");
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(fchdir(old), 0);
    __real_close(fd);
    __real_close(old);
}

static int enter(void **state) {
    (void)state;
    memset(&fault, 0, sizeof fault);
    memset(&errors, 0, sizeof errors);
    no_openat2 = short_counts = false;
    snprintf(folder_name, sizeof folder_name, "%s/file-XXXXXX", VE_BINARY_DIR);
    if (!mkdtemp(folder_name)) return -1;
    folder = open(folder_name, O_PATH | O_DIRECTORY);
    arena = ve_arena_new(0);
    make("survey.csv", "income\n1200\n");
    mkdirat(folder, "data", 0755);
    make("data/deep.csv", "deep\n");
    make("层高.csv", "x\n");
    assert_int_equal(symlinkat("survey.csv", folder, "link.csv"), 0);
    assert_int_equal(symlinkat("loop.csv", folder, "loop.csv"), 0);
    assert_int_equal(symlinkat("data", folder, "linked"), 0);
    assert_int_equal(symlinkat("/etc", folder, "outside"), 0);
    assert_int_equal(mkfifoat(folder, "pipe", 0644), 0);
    make_socket();
    open_before = open_descriptors();
    return 0;
}

static int leave(void **state) {
    (void)state;
    int open_now = open_descriptors();
    char command[300];
    snprintf(command, sizeof command, "rm -rf '%s'", folder_name);
    int gone = system(command);
    ve_arena_free(arena);
    __real_close(folder);
    return gone || open_now != open_before; /* nothing stays open, whatever failed */
}

static const char *in_folder(const char *name) {
    return ve_format(arena, "%s/%s", folder_name, name);
}

static void assert_told(ve_code got, ve_code wanted, const char *part) {
    assert_int_equal(got, wanted);
    if (wanted == VE_OK) return;
    assert_int_equal(errors.count, 1);
    assert_int_equal(errors.list[0].code, wanted);
    if (!strstr(errors.list[0].message, part))
        fail_msg("'%s' does not say '%s'", errors.list[0].message, part);
    if (wanted != VE_E_MEMORY && wanted != VE_E_READ) assert_true(errors.list[0].hint[0] != '\0');
    memset(&errors, 0, sizeof errors);
}

/* ---- beneath the model's folder -------------------------------------------------------------- */

static void assert_opens(const char *name, size_t size) {
    int fd;
    size_t bytes = 0;
    assert_told(
        ve_file_open_beneath(folder, name, strlen(name), VE_NOWHERE, "survey.file", &fd, &bytes, &errors),
        VE_OK, "");
    assert_int_equal(bytes, size);
    __real_close(fd);
}

static void assert_refuses(const char *name, size_t length, ve_code wanted, const char *part) {
    int fd = 7;
    size_t bytes;
    ve_code code =
        ve_file_open_beneath(folder, name, length, VE_NOWHERE, "survey.file", &fd, &bytes, &errors);
    assert_string_equal(errors.list[0].path, "survey.file");
    assert_told(code, wanted, part);
    assert_int_equal(fd, -1);
}
#define REFUSES(name, code, part) assert_refuses(name, sizeof(name) - 1, code, part)

static void names_are_checked_before_anything_is_opened(void **state) {
    (void)state;
    char lengthy[300];
    memset(lengthy, 'x', sizeof lengthy);
    REFUSES("", VE_E_FILE_NAME, "it is empty");
    assert_refuses(lengthy, 256, VE_E_FILE_NAME, "longer than 255 bytes");
    assert_refuses(lengthy, 255, VE_E_READ, "No such file");
    REFUSES("/etc/passwd", VE_E_FILE_NAME, "does not begin in the model's folder");
    REFUSES("~/survey.csv", VE_E_FILE_NAME, "does not begin in the model's folder");
    REFUSES("-", VE_E_FILE_NAME, "begins with a character");
    REFUSES("|ls", VE_E_FILE_NAME, "begins with a character");
    REFUSES(":memory:", VE_E_FILE_NAME, "begins with a character");
    REFUSES("..", VE_E_FILE_NAME, "with ..");
    REFUSES("../survey.csv", VE_E_FILE_NAME, "with ..");
    REFUSES("data/../survey.csv", VE_E_FILE_NAME, "with ..");
    REFUSES("data/..", VE_E_FILE_NAME, "with ..");
    REFUSES("data//deep.csv", VE_E_FILE_NAME, "a / too many");
    REFUSES("data/", VE_E_FILE_NAME, "a / too many");
    REFUSES("data\\deep.csv", VE_E_FILE_NAME, "backslash");
    REFUSES("http://x/y", VE_E_FILE_NAME, "an address");
    REFUSES("file:survey.csv", VE_E_FILE_NAME, "an address");
    REFUSES("survey.csv\0.png", VE_E_FILE_NAME, "control character (U+0000)");
    REFUSES("a\nb", VE_E_FILE_NAME, "control character (U+000A)");
    REFUSES("a\xff", VE_E_FILE_NAME, "not valid UTF-8");
    REFUSES("a\xe2\x80\xae", VE_E_FILE_NAME, "writing direction");
}

static void files_beneath_the_folder_open(void) {
    assert_opens("survey.csv", 12);
    assert_opens("./survey.csv", 12);
    assert_opens("data/deep.csv", 5);
    assert_opens("data/./deep.csv", 5);
    assert_opens("层高.csv", 2);
    make("..odd", "1");
    assert_opens("..odd", 1);
}

static void what_is_no_file_is_refused(void) {
    REFUSES("missing.csv", VE_E_READ, "the file 'missing.csv' cannot be read: No such file");
    REFUSES("survey.csv/x", VE_E_READ, "Not a directory");
    REFUSES("link.csv", VE_E_FILE_NAME, "is a link, or lies behind one");
    REFUSES("loop.csv", VE_E_FILE_NAME, "is a link, or lies behind one");
    REFUSES("pipe", VE_E_NOT_A_FILE, "this is a pipe, not a file");
    REFUSES("socket", VE_E_NOT_A_FILE, "this is a socket, not a file");
    REFUSES("data", VE_E_NOT_A_FILE, "this is a folder, not a file");
    REFUSES(".", VE_E_NOT_A_FILE, "this is a folder, not a file");
}

static void assert_hints(const char *name, const char *hint) {
    int fd;
    size_t bytes, length;
    char *text;
    ve_code code = ve_file_open_beneath(folder, name, strlen(name), VE_NOWHERE, NULL, &fd, &bytes, &errors);
    assert_string_equal(errors.list[0].hint, ve_format(arena, hint, ""));
    assert_told(code, VE_E_READ, "No such file");
    code = ve_file_read(arena, in_folder(name), 100, &text, &length, &errors);
    assert_string_equal(errors.list[0].hint, ve_format(arena, hint, in_folder("")));
    assert_told(code, VE_E_READ, "No such file");
}

static void the_name_that_was_meant_is_told(void **state) {
    (void)state;
    make("survey1.csv", "");
    make(".hidden.csv", "");
    assert_hints("surwey.csv", "did you mean '%ssurvey.csv'?");
    assert_hints("Survey.CSV", "did you mean '%ssurvey.csv'?");
    assert_hints("data/depe.csv", "did you mean '%sdata/deep.csv'?");
    make("survez.csv", "");
    for (int i = 0; i < 5; i++)
        assert_hints("surveq.csv", "did you mean '%ssurvey.csv'?");
    int fd;
    size_t bytes;
    ve_code code = ve_file_open_beneath(folder, "hidden.csv", 10, VE_NOWHERE, NULL, &fd, &bytes, &errors);
    assert_string_equal(errors.list[0].hint,
                        "it is looked for in the model's folder; check its name and rights");
    assert_told(code, VE_E_READ, "the file 'hidden.csv' cannot be read");
    code = ve_file_open_beneath(folder, "dat/deep.csv", 12, VE_NOWHERE, NULL, &fd, &bytes, &errors);
    assert_told(code, VE_E_READ, "the file 'dat/deep.csv' cannot be read: No such file");
}

static void the_kernel_keeps_to_the_folder(void **state) {
    (void)state;
    files_beneath_the_folder_open();
    what_is_no_file_is_refused();
    REFUSES("linked/deep.csv", VE_E_FILE_NAME, "is a link, or lies behind one");
    REFUSES("outside/passwd", VE_E_FILE_NAME, "is a link, or lies behind one");
}

static void old_kernels_are_walked_through(void **state) {
    (void)state;
    no_openat2 = true;
    files_beneath_the_folder_open();
    what_is_no_file_is_refused();
    REFUSES("linked/deep.csv", VE_E_FILE_NAME, "is a link, or lies behind one");
    REFUSES("outside/passwd", VE_E_FILE_NAME, "is a link, or lies behind one");
}

static void devices_are_no_files(void **state) {
    (void)state;
    __real_close(folder);
    folder = open("/dev", O_PATH | O_DIRECTORY);
    REFUSES("null", VE_E_NOT_A_FILE, "this is a device, not a file");
    REFUSES("zero", VE_E_NOT_A_FILE, "this is a device, not a file");
}

/* Another user's eyes: root can read everything. */
static void unreadable_files_say_so(void **state) {
    (void)state;
    make("secret.csv", "x");
    assert_int_equal(fchmodat(folder, "secret.csv", 0, 0), 0);
    pid_t child = fork();
    if (child == 0) {
        if (getuid() == 0 && setresuid(65534, 65534, 65534) < 0) _exit(2);
        int fd;
        size_t bytes;
        ve_code code = ve_file_open_beneath(folder, "secret.csv", 10, VE_NOWHERE, NULL, &fd, &bytes, &errors);
        _exit(code == VE_E_READ && strstr(errors.list[0].message, "Permission denied") ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* ---- whole files the user names -------------------------------------------------------------- */

static ve_code read_named(const char *name, size_t most, char **bytes, size_t *length) {
    return ve_file_read(arena, in_folder(name), most, bytes, length, &errors);
}

static void whole_files_are_read(void **state) {
    (void)state;
    char *bytes;
    size_t length;
    for (int i = 0; i < 2; i++) {
        short_counts = i == 1;
        assert_told(read_named("survey.csv", 12, &bytes, &length), VE_OK, "");
        assert_int_equal(length, 12);
        assert_string_equal(bytes, "income\n1200\n");
        assert_told(read_named("link.csv", 100, &bytes, &length), VE_OK, "");
    }
    make("empty", "");
    assert_told(read_named("empty", 0, &bytes, &length), VE_OK, "");
    assert_int_equal(length, 0);
    assert_string_equal(bytes, "");
}

static void the_cap_holds_whatever_the_size_says(void **state) {
    (void)state;
    char *bytes;
    size_t length;
    assert_told(read_named("survey.csv", 11, &bytes, &length), VE_E_SIZE, "the file is larger than 11 bytes");
    int fd = openat(folder, "sparse", O_WRONLY | O_CREAT, 0644);
    assert_int_equal(ftruncate(fd, (off_t)8 << 30), 0);
    __real_close(fd);
    assert_told(read_named("sparse", 1 << 20, &bytes, &length), VE_E_SIZE, "larger than 1048576 bytes");
    assert_told(ve_file_read(arena, "/dev/zero", 100000, &bytes, &length, &errors), VE_E_SIZE,
                "larger than 100000");
    assert_told(ve_file_read(arena, "/dev/null", 100000, &bytes, &length, &errors), VE_OK, "");
}

static void reading_failures_are_told(void **state) {
    (void)state;
    char *bytes;
    size_t length;
    assert_told(read_named("missing", 100, &bytes, &length), VE_E_READ,
                "the file cannot be read: No such file");
    assert_told(read_named("loop.csv", 100, &bytes, &length), VE_E_READ, "symbolic links");
    assert_told(read_named("data", 100, &bytes, &length), VE_E_NOT_A_FILE, "this is a folder, not a file");
    assert_told(read_named("survey.csv/x", 100, &bytes, &length), VE_E_READ, "Not a directory");
    fault.which = READ, fault.nth = 1, fault.cause = EIO;
    assert_told(read_named("survey.csv", 100, &bytes, &length), VE_E_READ, "Input/output error");
    fault.nth = 1, fault.cause = EINTR;
    assert_told(read_named("survey.csv", 100, &bytes, &length), VE_OK, "");
    ve_arena *small = ve_arena_new(8);
    assert_told(ve_file_read(small, in_folder("survey.csv"), 100, &bytes, &length, &errors), VE_E_MEMORY,
                "memory");
    ve_arena_free(small);
}

static void a_dash_is_standard_input(void **state) {
    (void)state;
    int kept = dup(STDIN_FILENO), fd = openat(folder, "survey.csv", O_RDONLY);
    dup2(fd, STDIN_FILENO);
    char *bytes;
    size_t length;
    assert_told(ve_file_read(arena, "-", 100, &bytes, &length, &errors), VE_OK, "");
    assert_string_equal(bytes, "income\n1200\n");
    __real_close(STDIN_FILENO);
    ve_code code = ve_file_read(arena, "-", 100, &bytes, &length, &errors);
    assert_string_equal(errors.list[0].at.file, "standard input");
    assert_told(code, VE_E_READ, "Bad file descriptor");
    dup2(kept, STDIN_FILENO);
    __real_close(kept);
    __real_close(fd);
}

static void pipes_named_by_the_user_are_read(void **state) {
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        int fd = openat(folder, "pipe", O_WRONLY);
        _exit(__real_write(fd, "through", 7) == 7 ? 0 : 1);
    }
    char *bytes;
    size_t length;
    assert_told(read_named("pipe", 100, &bytes, &length), VE_OK, "");
    assert_string_equal(bytes, "through");
    waitpid(child, NULL, 0);
}

static void the_folder_of_a_file_is_opened(void **state) {
    (void)state;
    int fd, bytes_fd;
    size_t bytes;
    assert_told(ve_folder_open(in_folder("survey.csv"), &fd, &errors), VE_OK, "");
    assert_told(ve_file_open_beneath(fd, "survey.csv", 10, VE_NOWHERE, NULL, &bytes_fd, &bytes, &errors),
                VE_OK, "");
    __real_close(bytes_fd);
    __real_close(fd);
    assert_told(ve_folder_open("model.lua", &fd, &errors), VE_OK, "");
    __real_close(fd);
    assert_told(ve_folder_open("/model.lua", &fd, &errors), VE_OK, "");
    __real_close(fd);
    assert_told(ve_folder_open(in_folder("nowhere/model.lua"), &fd, &errors), VE_E_READ, "No such file");
    assert_int_equal(fd, -1);
    assert_told(ve_folder_open(in_folder("survey.csv/model.lua"), &fd, &errors), VE_E_READ,
                "Not a directory");
    char *lengthy = ve_format(arena, "%05000d/model.lua", 0);
    assert_told(ve_folder_open(lengthy, &fd, &errors), VE_E_READ, "File name too long");
}

/* ---- writing --------------------------------------------------------------------------------- */

static void assert_holds(const char *name, const char *text) {
    char *bytes;
    size_t length;
    assert_told(read_named(name, 1 << 20, &bytes, &length), VE_OK, "");
    assert_int_equal(length, strlen(text));
    assert_string_equal(bytes, text);
}

static int entries(void) {
    int count = 0;
    DIR *list = opendir(folder_name);
    while (readdir(list))
        count++;
    closedir(list);
    return count;
}

static ve_code write_named(const char *name, const char *text) {
    const char *keep[] = { in_folder("survey.csv"), in_folder("missing-too") };
    return ve_file_write(in_folder(name), text, strlen(text), keep, 2, &errors);
}

static mode_t mode_of(const char *name) {
    struct stat info;
    assert_int_equal(fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW), 0);
    return info.st_mode & 07777;
}

static void files_are_written_whole(void **state) {
    (void)state;
    mode_t old = umask(027);
    for (int i = 0; i < 2; i++) {
        short_counts = i == 1;
        assert_told(write_named("out.html", "first"), VE_OK, "");
        assert_holds("out.html", "first");
        assert_told(write_named("out.html", "second one"), VE_OK, "");
        assert_holds("out.html", "second one");
        assert_told(write_named("out.html", ""), VE_OK, "");
        assert_holds("out.html", "");
    }
    assert_int_equal(mode_of("out.html"), 0640);
    umask(0777);
    assert_told(write_named("dark", "x"), VE_OK, "");
    assert_int_equal(mode_of("dark"), 0);
    umask(old);
    assert_int_equal(fchmodat(folder, "out.html", 0604, 0), 0);
    assert_told(write_named("out.html", "again"), VE_OK, "");
    assert_int_equal(mode_of("out.html"), 0604);
}

static void a_link_keeps_its_target(void **state) {
    (void)state;
    make("real.txt", "old");
    assert_int_equal(symlinkat("real.txt", folder, "to-real"), 0);
    assert_told(write_named("to-real", "new"), VE_OK, "");
    assert_holds("real.txt", "new");
    struct stat info;
    fstatat(folder, "to-real", &info, AT_SYMLINK_NOFOLLOW);
    assert_true(S_ISLNK(info.st_mode));
}

static void the_model_is_never_overwritten(void **state) {
    (void)state;
    static const char *const names[] = { "survey.csv", "link.csv", "data/../survey.csv", "hard" };
    assert_int_equal(linkat(folder, "survey.csv", folder, "hard", 0), 0);
    for (size_t i = 0; i < 4; i++)
        assert_told(write_named(names[i], "gone"), VE_E_OVERWRITE, "would overwrite");
    assert_holds("survey.csv", "income\n1200\n");
}

/* Whatever fails: told, the old file whole, nothing left behind. */
static void each_failing_call_leaves_all_as_it_was(void **state) {
    (void)state;
    static const int causes[] = { EIO, ENOSPC, EDQUOT };
    make("kept", "old text");
    int before = entries();
    for (int which = WRITE; which < CALLS; which++) {
        for (size_t i = 0; i < 3; i++) {
            for (int there = 0; there < 2; there++) {
                if (which == FCHMOD && !there) continue;
                fault.which = (call)which, fault.nth = 1, fault.cause = causes[i];
                ve_code code = write_named(there ? "kept" : "fresh", "a new text");
                assert_told(code, VE_E_WRITE, strerror(causes[i]));
                assert_int_equal(entries(), before);
            }
        }
    }
    fault.which = NO_CALL;
    assert_holds("kept", "old text");
}

static void interrupted_writes_go_on(void **state) {
    (void)state;
    fault.which = WRITE, fault.nth = 1, fault.cause = EINTR;
    assert_told(write_named("out", "text"), VE_OK, "");
    assert_holds("out", "text");
}

static void places_that_cannot_be_written_are_told(void **state) {
    (void)state;
    int before = entries();
    assert_told(write_named("data", "x"), VE_E_WRITE, "Is a directory");
    assert_told(write_named("nowhere/out", "x"), VE_E_WRITE, "No such file");
    assert_told(write_named("survey.csv/out", "x"), VE_E_WRITE, "Not a directory");
    assert_told(write_named("loop.csv/out", "x"), VE_E_WRITE, "symbolic links");
    assert_int_equal(entries(), before);
    assert_told(ve_file_write("/dev/full", "x", 1, NULL, 0, &errors), VE_E_WRITE, "No space left");
    assert_told(ve_file_write("/dev/null", "x", 1, NULL, 0, &errors), VE_OK, "");
    char *lengthy = ve_format(arena, "%s/%0250d", folder_name, 0);
    assert_told(ve_file_write(lengthy, "x", 1, NULL, 0, &errors), VE_OK, "");
    lengthy = ve_format(arena, "%s/%0256d", folder_name, 0);
    assert_told(ve_file_write(lengthy, "x", 1, NULL, 0, &errors), VE_E_WRITE, "File name too long");
    lengthy = ve_format(arena, "%05000d", 0);
    assert_told(ve_file_write(lengthy, "x", 1, NULL, 0, &errors), VE_E_WRITE, "File name too long");
}

static void files_without_the_right_to_write_stay(void **state) {
    (void)state;
    make("fixed", "old");
    assert_int_equal(fchmodat(folder, "fixed", 0444, 0), 0);
    const char *fixed = in_folder("fixed"), *fresh = in_folder("fresh");
    pid_t child = fork();
    if (child == 0) {
        if (getuid() == 0 && setresuid(65534, 65534, 65534) < 0) _exit(2);
        ve_code one = ve_file_write(fixed, "x", 1, NULL, 0, &errors);
        bool told = strstr(errors.list[0].message, "Permission denied") != NULL;
        ve_code two = getuid() == 65534 ? ve_file_write(fresh, "x", 1, NULL, 0, &errors) : VE_E_WRITE;
        _exit(one == VE_E_WRITE && two == VE_E_WRITE && told ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_holds("fixed", "old");
}

/* In a child, whose standard output is the one given. */
static void assert_output(int output, const char *part) {
    pid_t child = fork();
    if (child == 0) {
        if (output >= 0)
            dup2(output, STDOUT_FILENO);
        else
            __real_close(STDOUT_FILENO);
        signal(SIGPIPE, SIG_IGN);
        ve_code code = ve_file_write(NULL, "text", 4, NULL, 0, &errors);
        if (!part) _exit(code == VE_OK ? 0 : 1);
        _exit(code == VE_E_WRITE && strstr(errors.list[0].message, part) ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void standard_output_is_written_too(void **state) {
    (void)state;
    int fd = openat(folder, "captured", O_RDWR | O_CREAT, 0644), full = open("/dev/full", O_WRONLY), ends[2];
    assert_output(fd, NULL);
    assert_holds("captured", "text");
    assert_output(full, "No space left");
    assert_output(-1, "Bad file descriptor");
    assert_int_equal(pipe(ends), 0);
    __real_close(ends[0]);
    assert_output(ends[1], "Broken pipe");
    __real_close(ends[1]);
    __real_close(fd);
    __real_close(full);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, enter, leave)
int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(names_are_checked_before_anything_is_opened),
        CASE(the_name_that_was_meant_is_told),
        CASE(the_kernel_keeps_to_the_folder),
        CASE(old_kernels_are_walked_through),
        CASE(devices_are_no_files),
        CASE(unreadable_files_say_so),
        CASE(whole_files_are_read),
        CASE(the_cap_holds_whatever_the_size_says),
        CASE(reading_failures_are_told),
        CASE(a_dash_is_standard_input),
        CASE(pipes_named_by_the_user_are_read),
        CASE(the_folder_of_a_file_is_opened),
        CASE(files_are_written_whole),
        CASE(a_link_keeps_its_target),
        CASE(the_model_is_never_overwritten),
        CASE(each_failing_call_leaves_all_as_it_was),
        CASE(interrupted_writes_go_on),
        CASE(places_that_cannot_be_written_are_told),
        CASE(files_without_the_right_to_write_stay),
        CASE(standard_output_is_written_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Loading a plugin from a shared object. Its start-up code runs before anything in it can be looked at, so
 * who could have written the file is checked first. SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug/registry.h"

#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/errors.h"
#include "base/pin.h"

#ifndef VE_PLUGIN_FOLDER
#define VE_PLUGIN_FOLDER "/usr/local/lib/vescore/plugins"
#endif

static ve_code fail(ve_errors *errors, ve_code code, const char *origin, const char *hint, const char *format,
                    ...) VE_PRINTF(5, 6);
static ve_code fail(ve_errors *errors, ve_code code, const char *origin, const char *hint, const char *format,
                    ...) {
    va_list args;
    va_start(args, format);
    ve_fail_v(errors, code, (ve_place){ .file = origin }, NULL, format, args);
    va_end(args);
    ve_hint(errors, "%s", hint);
    return code;
}

/* ---- who could have written it --------------------------------------------------------------- */

static bool trusted_owner(const struct stat *info) {
    return info->st_uid == 0 || info->st_uid == geteuid();
}

/* In a folder like /tmp only the owner of an entry can replace it, and the entry's owner is checked as well.
 */
static bool trusted_folder(const struct stat *info) {
    bool open_to_others = (info->st_mode & 022) != 0;
    return trusted_owner(info) && (!open_to_others || (info->st_mode & S_ISVTX));
}

static ve_code fail_folder(int folder, const char *origin, ve_errors *errors) {
    char link[64], name[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t length = readlink(link, name, sizeof name - 1);
    name[length > 0 ? length : 0] = '\0';
    return fail(errors, VE_E_PLUGIN_UNSAFE, origin,
                "keep plugins where only you can write: chmod go-w FOLDER",
                "others may write in the folder %s, so they could have changed the plugin", name);
}

static bool same_place(const struct stat *a, const struct stat *b) {
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Every folder from here up to the root. Takes the descriptor. */
static ve_code check_folders(int folder, const char *origin, ve_errors *errors) {
    struct stat info, above;
    ve_code code = VE_OK;
    bool known = fstat(folder, &info) == 0;
    while (code == VE_OK) {
        if (!known || !trusted_folder(&info)) {
            code = fail_folder(folder, origin, errors);
            break;
        }
        int up = openat(folder, "..", O_PATH | O_DIRECTORY | O_CLOEXEC);
        known = up >= 0 && fstat(up, &above) == 0;
        close(folder);
        folder = up;
        if (known && same_place(&info, &above)) break;
        info = above;
    }
    if (folder >= 0) close(folder);
    return code;
}

static ve_code check_file(int fd, const char *origin, ve_errors *errors) {
    struct stat info;
    if (fstat(fd, &info) < 0 || !S_ISREG(info.st_mode))
        return fail(errors, VE_E_PLUGIN_LOAD, origin, "name the plugin's .so file",
                    "this is not a regular file");
    if (!trusted_owner(&info))
        return fail(errors, VE_E_PLUGIN_UNSAFE, origin, "own the file yourself: make a copy of it",
                    "the plugin file belongs to another user (%u)", (unsigned)info.st_uid);
    if (info.st_mode & 022)
        return fail(errors, VE_E_PLUGIN_UNSAFE, origin, "let only yourself write it: chmod go-w FILE",
                    "others may write the plugin file, so they could have changed it");
    return VE_OK;
}

/* ---- is it made for this machine ------------------------------------------------------------- */

static bool read_at(int fd, void *into, size_t bytes, off_t offset) {
    return pread(fd, into, bytes, offset) == (ssize_t)bytes;
}

/* The program's own head says what this machine runs. */
static bool own_head(ElfW(Ehdr) * head) {
    int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    bool done = read_at(fd, head, sizeof *head, 0);
    close(fd);
    return done;
}

/* A cut file would be mapped beyond its end, and end the program on first touch. */
static bool is_whole(int fd, const ElfW(Ehdr) * head) {
    struct stat info;
    if (fstat(fd, &info) < 0 || head->e_phentsize != sizeof(ElfW(Phdr))) return false;
    for (unsigned i = 0; i < head->e_phnum; i++) {
        ElfW(Phdr) part;
        if (!read_at(fd, &part, sizeof part, (off_t)(head->e_phoff + i * sizeof part))) return false;
        if (part.p_type != PT_LOAD) continue;
        if (part.p_offset > (size_t)info.st_size || part.p_filesz > (size_t)info.st_size - part.p_offset)
            return false;
    }
    return true;
}

static ve_code check_machine(int fd, const char *origin, ve_errors *errors) {
    ElfW(Ehdr) head, own;
    if (!read_at(fd, &head, sizeof head, 0) || memcmp(head.e_ident, ELFMAG, SELFMAG) != 0)
        return fail(errors, VE_E_PLUGIN_LOAD, origin, "name the plugin's .so file",
                    "this is not a shared library");
    bool fits =
        !own_head(&own) || (head.e_ident[EI_CLASS] == own.e_ident[EI_CLASS] &&
                            head.e_ident[EI_DATA] == own.e_ident[EI_DATA] && head.e_machine == own.e_machine);
    if (!fits)
        return fail(errors, VE_E_PLUGIN_LOAD, origin, "build the plugin on this machine",
                    "the plugin was built for another kind of machine (%u; this one is %u)", head.e_machine,
                    own.e_machine);
    if (head.e_type != ET_DYN)
        return fail(errors, VE_E_PLUGIN_LOAD, origin, "build it with -shared -fPIC",
                    "this is not a shared library");
    if (!is_whole(fd, &head))
        return fail(errors, VE_E_PLUGIN_LOAD, origin, "copy or build it again",
                    "the plugin file is cut or damaged");
    return VE_OK;
}

/* ---- opening it ------------------------------------------------------------------------------ */

static ve_code fail_open(const char *path, ve_errors *errors) {
    int cause = errno;
    if (cause == ELOOP)
        return fail(errors, VE_E_PLUGIN_UNSAFE, path, "name the file that the link leads to",
                    "the plugin file is a link");
    return fail(errors, VE_E_PLUGIN_LOAD, path, "check its name and rights", "the plugin cannot be read: %s",
                strerror(cause));
}

/* The file is opened through the folder that was checked, so that it cannot be exchanged in between. */
static ve_code open_trusted(const char *path, int *out, ve_errors *errors) {
    const char *name = strrchr(path, '/') + 1;
    char folder_name[PATH_MAX];
    if ((size_t)(name - path) >= sizeof folder_name) {
        errno = ENAMETOOLONG;
        return fail_open(path, errors);
    }
    memcpy(folder_name, path, (size_t)(name - path));
    folder_name[name - path] = '\0';
    int folder = open(folder_name, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return fail_open(path, errors);
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        close(folder);
        return fail_open(path, errors);
    }
    ve_code code = check_file(fd, path, errors);
    if (code)
        close(folder);
    else
        code = check_folders(folder, path, errors);
    if (code == VE_OK) code = check_machine(fd, path, errors);
    if (code)
        close(fd);
    else
        *out = fd;
    return code;
}

/* Takes the descriptor where it fails. */
static ve_code check_pin(int fd, const char *origin, const char *pin, ve_errors *errors) {
    char block[65536];
    ve_sha256 sum;
    ssize_t got = 0;
    off_t at = 0;
    ve_sha256_begin(&sum);
    while (pin && (got = pread(fd, block, sizeof block, at)) > 0) {
        ve_sha256_add(&sum, block, (size_t)got);
        at += got;
    }
    ve_code code = got < 0 ? fail_open(origin, errors) : ve_pin_check(origin, pin, &sum, errors);
    if (code) close(fd);
    return code;
}

/* The descriptor stays open where this succeeds: the loader knows the library by the descriptor's name, and
 * another plugin under the same number would be taken for this one. */
static ve_code open_library(int fd, const char *origin, void **handle, ve_errors *errors) {
    char name[64];
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    *handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (*handle) return VE_OK;
    const char *cause = dlerror();
    if (!cause) cause = "no reason is known";
    if (strncmp(cause, name, strlen(name)) == 0 && cause[strlen(name)] == ':') cause += strlen(name) + 2;
    fail(errors, VE_E_PLUGIN_LOAD, origin,
         "a plugin calls only the services handed to it, and its own libraries",
         "the plugin cannot be loaded: %s", cause);
    close(fd);
    return VE_E_PLUGIN_LOAD;
}

static ve_code find_entry(void *handle, const char *origin, const ve_plugin **out, ve_errors *errors) {
    const ve_plugin *plugin = dlsym(handle, VE_PLUGIN_SYMBOL);
    if (!plugin)
        return fail(errors, VE_E_PLUGIN_LOAD, origin, "a plugin's source has the line VE_PLUGIN(...)",
                    "this library is no plugin: it has no '%s'", VE_PLUGIN_SYMBOL);
    Dl_info info;
    const ElfW(Sym) *symbol = NULL;
    void *extra = NULL;
    if (dladdr1((const void *)plugin, &info, &extra, RTLD_DL_SYMENT)) symbol = extra;
    size_t head = offsetof(ve_plugin, kind); /* what is read before the interface's number is known to fit */
    if (symbol && symbol->st_size < head)
        return fail(errors, VE_E_PLUGIN_BROKEN, origin, "a plugin's source has the line VE_PLUGIN(...)",
                    "this is not a plugin of vescore");
    if (symbol && plugin->magic == VE_PLUGIN_MAGIC && plugin->abi_major == VE_ABI_MAJOR &&
        plugin->size > symbol->st_size)
        return fail(errors, VE_E_PLUGIN_BROKEN, origin, "a plugin's source has the line VE_PLUGIN(...)",
                    "the plugin's description is shorter than it says");
    *out = plugin;
    return VE_OK;
}

/* ---- finding it ------------------------------------------------------------------------------ */

static bool in_folder(const char *folder, const char *between, const char *name, char path[PATH_MAX]) {
    int length = snprintf(path, PATH_MAX, "%s%s/%s.so", folder, between, name);
    return length > 0 && length < PATH_MAX && access(path, F_OK) == 0;
}

/* A bare name is looked for where plugins are installed, never in the current folder or the model's. */
static bool find_installed(const char *name, char path[PATH_MAX]) {
    if (in_folder(VE_PLUGIN_FOLDER, "", name, path)) return true;
    if (geteuid() == 0) return false;
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (data && data[0] == '/') return in_folder(data, "/vescore/plugins", name, path);
    return home && home[0] == '/' && in_folder(home, "/.local/share/vescore/plugins", name, path);
}

static ve_code resolve(ve_arena *arena, const char *name, const char **path, ve_errors *errors) {
    char installed[PATH_MAX];
    bool bare = !strchr(name, '/');
    if (bare && !find_installed(name, installed)) {
        ve_fail(errors, VE_E_PLUGIN_NAME, VE_NOWHERE, NULL, "no plugin '%s' is installed in %s", name,
                VE_PLUGIN_FOLDER);
        ve_hint(errors, "for a file of your own give its path with a slash: --plugin ./%s", name);
        return VE_E_PLUGIN_NAME;
    }
    *path = ve_format(arena, "%s", bare ? installed : name);
    return *path ? VE_OK : ve_fail_memory(errors);
}

/* With the rights of another user no code is loaded at all. */
static ve_code check_rights(const char *path, ve_errors *errors) {
    if (geteuid() == getuid() && getegid() == getgid() && !getauxval(AT_SECURE)) return VE_OK;
    return fail(errors, VE_E_PLUGIN_UNSAFE, path, "run the program with your own rights",
                "plugins are not loaded while the program runs with another user's rights");
}

ve_code ve_registry_load_pinned(ve_registry *registry, ve_arena *arena, const char *path, const char *pin,
                                ve_errors *errors) {
    const char *origin = NULL;
    const ve_plugin *plugin = NULL;
    void *handle = NULL;
    int fd = -1;
    ve_code code = check_rights(path, errors);
    if (code == VE_OK) code = resolve(arena, path, &origin, errors);
    if (code == VE_OK) code = open_trusted(origin, &fd, errors);
    if (code == VE_OK) code = check_pin(fd, origin, pin, errors);
    if (code == VE_OK) code = open_library(fd, origin, &handle, errors);
    if (code == VE_OK) code = find_entry(handle, origin, &plugin, errors);
    if (code == VE_OK) code = ve_registry_add(registry, arena, plugin, origin, errors);
    return code;
}

ve_code ve_registry_load(ve_registry *registry, ve_arena *arena, const char *path, ve_errors *errors) {
    return ve_registry_load_pinned(registry, arena, path, NULL, errors);
}

/* What a folder holds: the name that was meant where a file is not there.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

/* The nearer of two names; of two equally near ones always the same, whatever order a folder gives them in.
 */
static const char *nearer(const char *wanted, const char *a, const char *b) {
    bool ordered = !a || strcmp(a, b) <= 0;
    const char *const both[] = { ordered ? a : b, ordered ? b : a };
    return ve_text_nearest(wanted, both, 2);
}

static void search(DIR *list, const char *wanted, char found[VE_NAME_ROOM]) {
    enum { ENTRIES_MOST = 10000 };
    const struct dirent *entry;
    for (int i = 0; i < ENTRIES_MOST && (entry = readdir(list)); i++) {
        if (entry->d_name[0] == '.') continue;
        const char *best = nearer(wanted, found[0] ? found : NULL, entry->d_name);
        if (best == entry->d_name) memcpy(found, best, strlen(best) + 1);
    }
}

bool ve_folder_nearest(int folder, const char *name, char found[VE_NAME_ROOM]) {
    int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *list = fd < 0 ? NULL : fdopendir(fd);
    found[0] = '\0';
    if (!list) {
        if (fd >= 0) close(fd);
        return false;
    }
    search(list, name, found);
    closedir(list);
    return found[0] != '\0';
}

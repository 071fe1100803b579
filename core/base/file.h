/* Files by the file policy: read whole with a cap, opened only beneath a folder, written all or nothing.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_BASE_FILE_H
#define VE_BASE_FILE_H

#include "base/arena.h"
#include "ve/error.h"

/* Read a file the user named on the command line (any path; "-" is standard input). `most` bytes, else
 * VE_E_SIZE. */
ve_code ve_file_read(ve_arena *arena, const char *path, size_t most, char **bytes, size_t *length,
                     ve_errors *errors);

/* The folder a path lies in, opened for ve_file_open_beneath; -1 and an error if it cannot be. */
ve_code ve_folder_open(const char *path_of_file, int *folder, ve_errors *errors);
/* Open `name` (length bytes) beneath `folder`: relative, no .., no links, a regular file. `at` and `path`
 * name the field for the message. */
ve_code ve_file_open_beneath(int folder, const char *name, size_t length, ve_place at, const char *path,
                             int *descriptor, size_t *bytes, ve_errors *errors);

/* Write beside the target and rename over it; refuses to overwrite any of `keep` (same device and inode). "-"
 * or NULL is standard output. */
ve_code ve_file_write(const char *path, const char *bytes, size_t length, const char *const *keep,
                      size_t keeps, ve_errors *errors);

#endif

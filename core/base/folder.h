/* What a folder holds, for the hint where a file is not there.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_BASE_FOLDER_H
#define VE_BASE_FOLDER_H

#include <stdbool.h>

enum { VE_NAME_ROOM = 256 };

/* The entry of the folder whose name is nearest to `name`; false if none is near enough to be meant. */
bool ve_folder_nearest(int folder, const char *name, char found[VE_NAME_ROOM]);

#endif

/* A file that is named together with its sum: FILE@sha256:HEX.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_BASE_PIN_H
#define VE_BASE_PIN_H

#include "base/arena.h"
#include "base/errors.h"
#include "base/sha256.h"

/* What stands in front of @sha256:, and the 64 digits behind it in lower case; the pin is NULL where there is
 * none. VE_E_PLUGIN_NAME where it is no such sum. */
ve_code ve_pin_split(ve_arena *arena, const char *text, const char **file, const char **pin,
                     ve_errors *errors);

/* Is this its sum? VE_E_PLUGIN_PIN where not. A NULL pin fits every file. */
ve_code ve_pin_check(const char *file, const char *pin, ve_sha256 *sum, ve_errors *errors);

#endif

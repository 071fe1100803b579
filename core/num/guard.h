/* GSL without its habit of ending the program: call ve_gsl_guard before anything of GSL's.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_NUM_GUARD_H
#define VE_NUM_GUARD_H

#include "ve/error.h"

/* Turn GSL's error handler off, for the whole process; as often as you like, from any thread. */
void ve_gsl_guard(void);
/* VE_OK, VE_E_MEMORY or VE_E_NOT_FINITE for a status that GSL returned. */
ve_code ve_gsl_code(int status);
/* GSL's words for it. */
const char *ve_gsl_text(int status);

#endif

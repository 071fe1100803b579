/* GSL's default error handler aborts; this one does nothing, and statuses become codes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/guard.h"

#include <gsl/gsl_errno.h>
#include <pthread.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void turn_off(void) {
    gsl_set_error_handler_off();
}

void ve_gsl_guard(void) {
    pthread_once(&once, turn_off);
}

ve_code ve_gsl_code(int status) {
    if (status == GSL_SUCCESS || status == GSL_EUNDRFLW) return VE_OK;
    return status == GSL_ENOMEM ? VE_E_MEMORY : VE_E_NOT_FINITE;
}

const char *ve_gsl_text(int status) {
    return gsl_strerror(status);
}

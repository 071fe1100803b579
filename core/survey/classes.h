/* Kano's evaluation table: from the answers to a pair of questions to the class of the function.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_SURVEY_CLASSES_H
#define VE_SURVEY_CLASSES_H

#include "ve/plugin.h"

/* One customer of weight w: `asked` holds the columns by option, `out` gets w at the class of every pair and
 * option, 0 elsewhere: (pair * classes + class) * options + option. */
void ve_classes_count(const ve_survey_want *want, const double *asked, double w, double *out);

#endif

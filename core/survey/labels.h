/* The texts of one customer attribute and the numbers that stand for them: provisional ones while customers
 * are read, by any number of threads; in the end their ranks in the order of their bytes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_SURVEY_LABELS_H
#define VE_SURVEY_LABELS_H

#include "survey/groups.h"

enum { VE_LABELS_MOST = 10000 };

typedef struct ve_labels ve_labels;

ve_labels *ve_labels_new(void); /* NULL: no memory */
void ve_labels_free(ve_labels *labels);
/* As ve_sink's `label`; from any thread. */
double ve_labels_number(ve_labels *labels, const char *bytes, size_t length);
/* Why it gave a negative number: VE_E_MEMORY, VE_E_ATTRIBUTE where there are too many, VE_OK. */
ve_code ve_labels_fault(const ve_labels *labels);
/* Once all are read: those that are used, by provisional number; rank[number] is what stands for it now. */
ve_code ve_labels_rank(const ve_labels *labels, const bool *used, size_t *rank, ve_arena *arena,
                       ve_label_list *out);
size_t ve_labels_count(const ve_labels *labels);

/* The texts of everything that a survey has of them: attributes, then wanted columns. */
typedef struct ve_label_set {
    ve_labels **of; /* NULL for numbers */
    size_t count;
    bool any; /* some are texts */
} ve_label_set;

ve_code ve_label_set_open(ve_label_set *set, const ve_survey_want *want); /* forgets what it held */
void ve_label_set_free(ve_label_set *set);
double ve_label_set_number(const ve_label_set *set, size_t which, const char *bytes, size_t length);
/* Those whose texts found no place, and why; VE_OK where all did. */
ve_code ve_label_set_fault(const ve_label_set *set, size_t *which);

#endif

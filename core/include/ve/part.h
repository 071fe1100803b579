/* Looking into a distribution word: of which attribute it speaks, its mean there, shares and quantiles. For
 * words that hold others, and for whoever asks them. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_PART_H
#define VE_PART_H

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "ve/invert.h"
#include "ve/plugin.h"

static inline const ve_distribution_ops *ve_part_ops(const ve_word *word) {
    return word->plugin->ops;
}

/* How many distributions it holds. */
static inline size_t ve_part_count(const ve_word *word) {
    const ve_word *part = NULL;
    return ve_part_ops(word)->parts ? ve_part_ops(word)->parts(word->params, &part, 0) : 0;
}

static inline const ve_word *ve_part_at(const ve_word *word, size_t index) {
    const ve_word *part = NULL;
    ve_part_ops(word)->parts(word->params, &part, index);
    return part;
}

/* The attribute in the field `by`, -1 where it is left out. */
static inline int ve_part_by(const ve_word *word) {
    const ve_record *record = word->plugin->params;
    for (size_t i = 0; i < record->count; i++) {
        const ve_field *field = &record->fields[i];
        bool by = field->type == VE_T_REF && field->of == VE_OF_ATTRIBUTES && strcmp(field->name, "by") == 0;
        int attribute;
        if (!by) continue;
        memcpy(&attribute, (const char *)word->params + field->offset, sizeof attribute);
        return attribute;
    }
    return -1;
}

/* The one attribute of a word that is not joint; where it may be left out there is only one. */
static inline size_t ve_part_attribute(const ve_word *word) {
    int by = ve_part_by(word);
    return by < 0 ? 0 : (size_t)by;
}

/* NaN where it has no mean there, or says nothing of the attribute. */
static inline double ve_part_mean(const ve_word *word, size_t attribute) {
    const ve_distribution_ops *ops = ve_part_ops(word);
    if (ops->joint) return ops->mean(word->params, attribute);
    return attribute == ve_part_attribute(word) ? ops->mean(word->params, 0) : NAN;
}

static inline double ve_part_quantile_of(const void *word, double p) {
    const ve_word *part = (const ve_word *)word;
    return ve_part_ops(part)->quantile(part->params, p);
}

/* Probabilities become quantiles. */
static inline void ve_part_quantiles(const ve_word *word, size_t count, double *x) {
    const ve_distribution_ops *ops = ve_part_ops(word);
    if (ops->size > offsetof(ve_distribution_ops, quantiles) && ops->quantiles) {
        ops->quantiles(word->params, count, x);
        return;
    }
    for (size_t i = 0; i < count; i++)
        x[i] = ops->quantile(word->params, x[i]);
}

/* Only for words that have quantiles. */
static inline double ve_part_cumulative(const ve_word *word, double x) {
    const ve_distribution_ops *ops = ve_part_ops(word);
    if (ops->cumulative) return ops->cumulative(word->params, x);
    return ve_invert(ve_part_quantile_of, word, x, 0, 1);
}

#endif

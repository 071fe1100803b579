/* The options' own scores: there where no survey is, complete, and on the scale.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "model/internal.h"

static const ve_function *leaf_at(const ve_builder *b, size_t k) {
    return &b->function[b->model->leaf[k]];
}

static bool all_judged(const ve_builder *b) {
    for (size_t k = 0; k < b->model->leaves; k++)
        if (!b->judged[k]) return false;
    return b->model->leaves > 0;
}

/* The entry of one leaf, by id or in the order of the leaves; the whole where it is not there. */
static const ve_value *entry_of(const ve_value *scores, const char *id, size_t k) {
    const ve_value *entry = ve_value_field(scores, id);
    if (entry) return entry;
    return k < scores->table.count ? &scores->table.items[k] : scores;
}

static void tell(ve_builder *b, ve_code code, const ve_value *scores, size_t option, size_t k,
                 const char *hint, const char *message) {
    const char *id = leaf_at(b, k)->id;
    char *path = ve_format(b->binder->arena, "options[%zu].scores.%s", option + 1, id);
    if (!path)
        ve_build_note(b, ve_fail_memory(b->binder->errors));
    else
        ve_build_fail(b, code, entry_of(scores, id, k), path, hint, "%s", message);
}

static void off_scale(ve_builder *b, const ve_value *scores, size_t option, size_t k, double score) {
    const ve_model *model = b->model;
    char is[VE_NUMBER_ROOM], low[VE_NUMBER_ROOM], high[VE_NUMBER_ROOM], message[160];
    ve_number_write(score, is);
    ve_number_write(model->scale_low, low);
    ve_number_write(model->scale_high, high);
    if (isnan(model->scale_low))
        snprintf(message, sizeof message, "a score cannot be negative, and this one is %s", is);
    else
        snprintf(message, sizeof message, "the score %s lies outside the scale from %s to %s", is, low, high);
    tell(b, VE_E_RANGE, scores, option, k, isnan(model->scale_low) ? NULL : "correct the score, or `scale`",
         message);
}

static void check_one(ve_builder *b, const ve_value *scores, size_t option, size_t k, double score) {
    const ve_model *model = b->model;
    char message[160];
    if (b->binder->errors && b->binder->errors->dropped) return; /* more are not shown */
    bool outside =
        isnan(model->scale_low) ? score < 0 : score < model->scale_low || score > model->scale_high;
    if (b->judged[k] && !isnan(score)) {
        tell(b, VE_E_CONFLICT, scores, option, k, "leave the rating out, or the judgement",
             "the options are judged under this function, so it takes no rating");
    } else if (!b->judged[k] && isnan(score)) {
        if (entry_of(scores, leaf_at(b, k)->id, k) != scores)
            return; /* written, but no number: that was told */
        snprintf(message, sizeof message, "there is no score for the function '%s'", leaf_at(b, k)->id);
        tell(b, VE_E_MISSING_FIELD, scores, option, k, "every function without parts needs one", message);
    } else if (outside) {
        off_scale(b, scores, option, k, score);
    }
}

static void no_scores(ve_builder *b, size_t option) {
    char *path = ve_format(b->binder->arena, "options[%zu]", option + 1);
    if (!path)
        ve_build_note(b, ve_fail_memory(b->binder->errors));
    else
        ve_build_fail(b, VE_E_NO_SCORES, b->option[option].source, path,
                      "add `scores` to the option, or a `survey` to the model",
                      "the option '%s' has no scores", b->option[option].id);
}

static void twice(ve_builder *b, const ve_value *scores, size_t option) {
    char *path = ve_format(b->binder->arena, "options[%zu].scores", option + 1);
    if (!path)
        ve_build_note(b, ve_fail_memory(b->binder->errors));
    else
        ve_build_fail(b, VE_E_CONFLICT, scores, path, "keep the `scores` of the options, or the `survey`",
                      "the scores are given twice: by the option and by the survey");
}

static void judged_only(ve_builder *b, size_t option) {
    double *score = ve_alloc_array(b->binder->arena, b->model->leaves, sizeof *score);
    if (!score) ve_build_note(b, ve_fail_memory(b->binder->errors));
    for (size_t k = 0; score && k < b->model->leaves; k++)
        score[k] = NAN;
    b->option[option].score = score;
}

void ve_check_scores(ve_builder *b, size_t option, const ve_value *scores, const ve_numbers *given) {
    if (!b->model->leaf) return; /* the function tree could not be read */
    if (b->surveyed) {
        if (scores) twice(b, scores, option);
    } else if (!scores) {
        if (all_judged(b))
            judged_only(b, option);
        else
            no_scores(b, option);
    } else if (given->v && given->count == b->model->leaves && scores->kind == VE_TABLE) {
        b->option[option].score = given->v;
        for (size_t k = 0; k < given->count; k++)
            check_one(b, scores, option, k, given->v[k]);
    }
}

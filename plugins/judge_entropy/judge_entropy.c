/* The judgement `entropy`: a function weighs the more, the more the options differ in it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ve/plugin.h"

typedef struct entropy {
    int unused;
} entropy;

static const ve_record record = {
    .name = "entropy",
    .doc = "Entropy weights: a function weighs the more, the more the options differ in it.",
    .size = sizeof(entropy),
    .example = "weights = ve.entropy {}",
};

/* (1 + z) ln(1 + z) - z >= 0, by its series where the difference would lose its digits. */
static double surplus(double z) {
    if (fabs(z) < 1e-3) return z * z * (0.5 - z * (1 / 6. - z * (1 / 12. - z / 20.)));
    return z > -1 ? (1 + z) * log1p(z) - z : 1; /* 0 ln 0 = 0 */
}

/* 1 - E = sum p ln(m p) / ln m, with p = x / sum x. The z = m p - 1 add up to 0, so taking one off each term
 * changes nothing and keeps all of them from cancelling. The 1 / (m ln m) is common to all functions. */
static double divergence(const double *score, size_t options, size_t stride) {
    double sum = 0, result = 0;
    for (size_t i = 0; i < options; i++)
        sum += score[i * stride];
    for (size_t i = 0; sum > 0 && i < options; i++)
        result += surplus((score[i * stride] * (double)options - sum) / sum);
    return result > 1e-28 ? result : 0; /* what rounding leaves of scores that are all the same */
}

static ve_code weigh(const void *params, const ve_subjects *subjects, double *weight, ve_judged *judged,
                     const ve_services *services) {
    (void)params;
    double most = 0;
    for (size_t k = 0; k < subjects->count; k++) {
        weight[k] = divergence(subjects->score + k, subjects->options, subjects->count);
        most = fmax(most, weight[k]);
    }
    judged->note = "from the options' scores";
    if (most > 0) return VE_OK;
    return services->fail(
        services, VE_E_WEIGHTS, "", "weigh these functions in another way",
        "on each of these functions all options score the same, so entropy tells them nothing "
        "apart");
}

static const ve_judgement_ops ops = { .size = sizeof ops, .needs = VE_NEEDS_SCORES, .weigh = weigh };

VE_PLUGIN(judge_entropy, JUDGEMENT, "entropy", "1.0",
          "a function weighs the more, the more the options differ in it", &record, &ops)

/* Kano's classes: counted among each option's customers; what they do to weights, scores and gates.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sources of the formulas: docs/method.md, "How customers feel: Kano". */
#include <math.h>

#include "eval/internal.h"

enum { ANSWERS = 5 };

/* ---- before the survey is read --------------------------------------------------------------- */

static ve_code want_pair(const ve_model *model, const ve_function *f, ve_arena *arena, ve_wanted *wanted,
                         ve_errors *errors) {
    ve_column_handle with = ve_wanted_column(wanted, f->kano->functional, f->id, ANSWERS, arena, errors);
    ve_column_handle without =
        ve_wanted_column(wanted, f->kano->dysfunctional, f->id, ANSWERS, arena, errors);
    if (with < 0 || without < 0) return VE_E_MEMORY;
    wanted->pair[wanted->pairs++] =
        (ve_survey_pair){ (size_t)with, (size_t)without, model->kano.must_be == 1 };
    return VE_OK;
}

ve_code ve_kano_prepare(const ve_model *model, ve_arena *arena, ve_wanted *wanted, ve_errors *errors) {
    ve_code code = VE_OK;
    if (!wanted) return VE_OK;
    wanted->pair = ve_alloc_array(arena, model->functions, sizeof *wanted->pair);
    if (!wanted->pair) return ve_fail_memory(errors);
    for (size_t n = 0; !code && n < model->functions; n++)
        if (model->function[n].kano && model->function[n].kano->functional)
            code = want_pair(model, &model->function[n], arena, wanted, errors);
    return code;
}

static bool is_asked(const ve_model *model) {
    for (size_t n = 0; n < model->functions; n++)
        if (model->function[n].kano) return true;
    return false;
}

static const char *note(const ve_kano_rules *rules, ve_arena *arena) {
    return ve_format(arena, "better and worse are shares of %s%s%s",
                     rules->denominator == 1 ? "all replies" : "the replies that are M, O, A or I",
                     rules->must_be == 1 ? "; 'must be' in both answers is questionable" : "",
                     rules->ties == 1 ? "; classes that are not told apart go by the order M, O, A, I" : "");
}

static const char *effect(const ve_kano_rules *rules, ve_arena *arena) {
    static const char *const use[] = {
#define KANO_USE(name, word, doc) doc,
        VE_KANO_USES(KANO_USE)
#undef KANO_USE
    };
    static const char *const adjust[] = {
#define KANO_ADJUST(name, word, doc) doc,
        VE_ADJUSTS(KANO_ADJUST)
#undef KANO_ADJUST
    };
    if (rules->use != VE_KANO_USE_WEIGHTS) return use[rules->use];
    return ve_format(arena, "%s, %s", use[rules->use], adjust[rules->adjust]);
}

ve_code ve_kano_outline(const ve_model *model, ve_arena *arena, ve_outline *outline, ve_errors *errors) {
    if (!is_asked(model)) return VE_OK;
    outline->kano_use = (ve_kano_use)model->kano.use;
    outline->kano_effect = effect(&model->kano, arena);
    outline->kano_note = note(&model->kano, arena);
    return outline->kano_effect && outline->kano_note ? VE_OK : ve_fail_memory(errors);
}

/* ---- counting -------------------------------------------------------------------------------- */

static size_t columns_of(const ve_evaluation *e) {
    return e->subject->groups->columns / e->subject->model->options;
}

/* The classes of pairs stand behind all other columns. */
static size_t first_class(const ve_evaluation *e) {
    const ve_model *model = e->subject->model;
    size_t pairs = 0;
    for (size_t n = 0; n < model->functions; n++)
        pairs += model->function[n].kano && model->function[n].kano->functional;
    return columns_of(e) - pairs * VE_KANO_COUNT;
}

static void take_counts(const ve_kano *kano, ve_outcome_kano *out) {
    for (int c = 0; c < VE_KANO_COUNT; c++)
        out->replies += isnan(kano->count[c]) ? 0 : kano->count[c];
    for (int c = 0; c < VE_KANO_COUNT; c++)
        out->share[c] = isnan(kano->count[c]) ? 0 : kano->count[c] / out->replies;
}

static void take_columns(const ve_evaluation *e, size_t option, size_t column, ve_outcome_kano *out) {
    for (size_t c = 0; c < VE_KANO_COUNT; c++)
        out->share[c] = e->column_mean[option * columns_of(e) + column + c];
    out->replies = e->option[option].effective_customers;
}

/* The most frequent class but one; of equally frequent ones the first. */
static ve_kano_class most_frequent(const ve_outcome_kano *k, int but) {
    int most = but == 0;
    for (int c = most + 1; c < VE_KANO_COUNT; c++)
        if (c != but && k->share[c] > k->share[most]) most = c;
    return (ve_kano_class)most;
}

/* Fong (1996), at 90 %. */
static bool is_told_apart(const ve_outcome_kano *k, int one, int other) {
    double n = k->replies, a = k->share[one], b = k->share[other];
    return n * fabs(a - b) >= 1.65 * sqrt(n * (a + b) * (2 - a - b) / 2);
}

/* The first class that is as frequent as the most frequent one, for all that one can tell. */
static ve_kano_class first_of_close(const ve_outcome_kano *k, ve_kano_class most) {
    for (int c = 0; c < (int)most; c++)
        if (k->share[c] > 0 && !is_told_apart(k, (int)most, c)) return (ve_kano_class)c;
    return most;
}

static void classify(const ve_kano_rules *rules, ve_outcome_kano *k) {
    k->category = most_frequent(k, -1);
    if (rules->ties == 1) k->category = first_of_close(k, k->category);
    k->second = most_frequent(k, (int)k->category);
    k->significant = is_told_apart(k, (int)k->category, (int)k->second);
}

static void conclude(const ve_kano_rules *rules, ve_outcome_kano *k) {
    classify(rules, k);
    double m = k->share[VE_KANO_MUST_BE], o = k->share[VE_KANO_ONE_DIMENSIONAL];
    double a = k->share[VE_KANO_ATTRACTIVE], i = k->share[VE_KANO_INDIFFERENT];
    double all = rules->denominator == 1 ? 1 : m + o + a + i;
    k->counted = all * k->replies;
    k->better = all > 0 ? (a + o) / all : NAN;
    k->worse = all > 0 ? -(o + m) / all : NAN;
}

static bool uses(const ve_evaluation *e, ve_kano_use use) {
    return e->kano && !e->assumptions.kano_aside && e->subject->model->kano.use == (int)use;
}

static void count_option(ve_evaluation *e, size_t option) {
    const ve_model *model = e->subject->model;
    size_t column = first_class(e);
    for (size_t n = 0; n < model->functions; n++) {
        const ve_kano *kano = model->function[n].kano;
        ve_outcome_kano *out = &e->kano[option * model->functions + n];
        if (!kano) continue;
        if (kano->functional) {
            take_columns(e, option, column, out);
            column += VE_KANO_COUNT;
        } else {
            take_counts(kano, out);
        }
        conclude(&model->kano, out);
        bool gate = uses(e, VE_KANO_USE_GATE) && out->category == VE_KANO_MUST_BE &&
                    isnan(model->function[n].minimum);
        out->minimum = gate ? model->kano.minimum : NAN;
    }
}

ve_code ve_kano_count(ve_evaluation *e) {
    const ve_model *model = e->subject->model;
    if (!is_asked(model)) return VE_OK;
    e->kano = ve_alloc_array(e->arena, model->options * model->functions, sizeof *e->kano);
    if (!e->kano) return ve_fail_memory(e->errors);
    for (size_t i = 0; i < model->options; i++)
        count_option(e, i);
    return VE_OK;
}

static const ve_outcome_kano *kano_of(const ve_evaluation *e, size_t option, int node) {
    bool asked = e->kano && e->subject->model->function[node].kano;
    return asked ? &e->kano[option * e->subject->model->functions + (size_t)node] : NULL;
}

/* ---- scores into satisfaction ---------------------------------------------------------------- */

/* Wang and Ji (2010): satisfaction at fulfilment x, 0 at x = 0 and 1 at x = 1; nothing moves who is
 * indifferent. */
static double satisfaction(ve_kano_class category, double x) {
    if (category == VE_KANO_ATTRACTIVE) return expm1(x) / expm1(1);
    if (category == VE_KANO_MUST_BE) return expm1(-x) / expm1(-1);
    if (category == VE_KANO_INDIFFERENT) return 0;
    return x;
}

void ve_kano_bend_scores(ve_evaluation *e) {
    const ve_model *model = e->subject->model;
    double low = model->scale_low, range = model->scale_high - low;
    if (!uses(e, VE_KANO_USE_CURVE)) return;
    for (size_t c = 0; c < model->options * model->leaves; c++) {
        int node = model->leaf[c % model->leaves];
        const ve_outcome_kano *kano = kano_of(e, c / model->leaves, node);
        if (!kano || model->function[node].scores.plugin) continue;
        e->score[c] = low + range * satisfaction(kano->category, (e->score[c] - low) / range);
    }
}

/* ---- weights --------------------------------------------------------------------------------- */

static double greater(const ve_outcome_kano *kano) {
    return isnan(kano->better) ? 0 : fmax(fabs(kano->better), fabs(kano->worse));
}

static double adjusted(const ve_outcome_kano *kano, int adjust, double weight) {
    static const double chaudha[VE_KANO_COUNT] = { 0.5, 1, 1.5, 0, 0, 0 };
    static const double tan_shen[VE_KANO_COUNT] = { 0.5, 1, 2, 1, 1, 1 };
    if (adjust == VE_ADJUST_TAN_SHEN) return pow(weight, 1 / tan_shen[kano->category]);
    if (adjust == VE_ADJUST_CHAUDHA) return weight * pow(1 + greater(kano), chaudha[kano->category]);
    return weight * greater(kano);
}

/* Parents stand before their parts: what the leaves have is added up from the last node to the first. */
static void add_up(const ve_model *model, double *weight, double *local) {
    for (size_t n = model->functions; n-- > 0;)
        if (model->function[n].parent >= 0) weight[model->function[n].parent] += weight[n];
    for (size_t n = 0; n < model->functions; n++) {
        int parent = model->function[n].parent;
        double above = parent < 0 ? 1 : weight[parent];
        local[n] = above > 0 ? weight[n] / above : 0;
    }
}

/* Leaves are adjusted and scaled to 1 again. Where nothing is left, the weights stay as they are. */
static void adjust_option(ve_evaluation *e, size_t option) {
    const ve_model *model = e->subject->model;
    double *weight = e->weight + option * model->functions;
    double sum = 0;
    for (size_t k = 0; k < model->leaves; k++)
        sum += adjusted(kano_of(e, option, model->leaf[k]), model->kano.adjust, weight[model->leaf[k]]);
    if (!(sum > 0)) return;
    for (size_t n = 0; n < model->functions; n++) {
        bool leaf = model->function[n].leaf >= 0;
        weight[n] = leaf ? adjusted(kano_of(e, option, (int)n), model->kano.adjust, weight[n]) / sum : 0;
    }
    add_up(model, weight, e->local_weight + option * model->functions);
}

void ve_kano_adjust_weights(ve_evaluation *e) {
    if (!uses(e, VE_KANO_USE_WEIGHTS)) return;
    for (size_t i = 0; i < e->subject->model->options; i++)
        adjust_option(e, i);
    e->weights_by_option |= columns_of(e) > first_class(e);
}

/* ---- gates ----------------------------------------------------------------------------------- */

double ve_kano_minimum(const ve_evaluation *e, size_t option, int node) {
    const ve_outcome_kano *kano = kano_of(e, option, node);
    return kano ? kano->minimum : NAN;
}

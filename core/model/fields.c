/* The fields of a model file: the one place where they are named, typed and explained.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "model/internal.h"
#include "model/path.h"

static const ve_field function_list_fields[] = {
    VE_FIELD(ve_function_list_fields, weights, VE_T_WORD, .name = "weights", .kind = VE_KIND_JUDGEMENT,
             .doc = "how the functions of this list are weighed against each other"),
    VE_FIELD(ve_function_list_fields, functions, VE_T_VALUE, .name = "functions", .flags = VE_F_LIST,
             .record = &ve_function_record, .doc = "the functions themselves, one table each"),
};
const ve_record ve_function_list_record = {
    .name = "functions",
    .doc = "a list of functions that stand side by side",
    .size = sizeof(ve_function_list_fields),
    .fields = function_list_fields,
    .count = VE_COUNT(function_list_fields),
};

#define COUNT(index, letter, what)                                                                           \
    VE_FIELD(ve_kano, count[index], VE_T_NUMBER, .name = letter, .low = 0, .high = INFINITY,                 \
             .doc = "replies that make it " what)
static const ve_field kano_fields[] = {
    COUNT(VE_KANO_ATTRACTIVE, "A", "attractive"),
    COUNT(VE_KANO_ONE_DIMENSIONAL, "O", "one-dimensional"),
    COUNT(VE_KANO_MUST_BE, "M", "a must-be"),
    COUNT(VE_KANO_INDIFFERENT, "I", "indifferent"),
    COUNT(VE_KANO_REVERSE, "R", "reverse"),
    COUNT(VE_KANO_QUESTIONABLE, "Q", "questionable"),
    VE_FIELD(ve_kano, functional, VE_T_TEXT, .name = "functional",
             .doc =
                 "instead: the survey column of the answers with the function, from 1 (like) to 5 (dislike); "
                 "{function} stands for its id"),
    VE_FIELD(ve_kano, dysfunctional, VE_T_TEXT, .name = "dysfunctional",
             .doc = "the column of the answers without it"),
};
#undef COUNT
static const ve_kano kano_defaults = { .count = { NAN, NAN, NAN, NAN, NAN, NAN } };
const ve_record ve_kano_record = {
    .name = "kano",
    .doc = "how customers would feel with a function and without it",
    .size = sizeof(ve_kano),
    .defaults = &kano_defaults,
    .fields = kano_fields,
    .count = VE_COUNT(kano_fields),
};

#define USE(name, word, doc) "|" word
static const char uses[] = VE_KANO_USES(USE);
static const char adjusts[] = VE_ADJUSTS(USE);
#undef USE

static const ve_field kano_rules_fields[] = {
    VE_FIELD(ve_kano_rules, use, VE_T_CHOICE, .name = "use", .choices = uses + 1,
             .doc = "what is done with Kano's classes: they are reported; they adjust function weights; they "
                    "bend scores into satisfaction; must-be functions become gates"),
    VE_FIELD(ve_kano_rules, denominator, VE_T_CHOICE, .name = "denominator", .choices = "valid|all",
             .doc = "what better and worse are shares of: replies that are M, O, A or I, or all replies"),
    VE_FIELD(ve_kano_rules, must_be, VE_T_CHOICE, .name = "must_be_twice",
             .choices = "indifferent|questionable",
             .doc = "the class of who answers 'must be' both with and without the function"),
    VE_FIELD(ve_kano_rules, ties, VE_T_CHOICE, .name = "ties", .choices = "equal|close",
             .doc = "where the order M, O, A, I decides: between classes with equally many replies, or "
                    "between all that Fong's test does not tell apart from the most frequent one"),
    VE_FIELD(ve_kano_rules, adjust, VE_T_CHOICE, .name = "adjust", .choices = adjusts + 1,
             .doc = "how weights are adjusted: times the greater of better and worse; by Tan and Shen "
                    "(2000); by Chaudha and others (2011)"),
    VE_FIELD(ve_kano_rules, minimum, VE_T_NUMBER, .name = "minimum",
             .doc = "for use = \"gate\": the score that a must-be function must reach, where it has no "
                    "minimum of its own"),
};
static const ve_kano_rules kano_rules_defaults = { .minimum = NAN };
const ve_record ve_kano_rules_record = {
    .name = "kano of the model",
    .doc = "what is done with Kano's classes",
    .size = sizeof(ve_kano_rules),
    .defaults = &kano_rules_defaults,
    .fields = kano_rules_fields,
    .count = VE_COUNT(kano_rules_fields),
};

static const ve_field function_fields[] = {
    VE_FIELD(ve_function_fields, id, VE_T_ID, .name = "id", .flags = VE_F_REQUIRED,
             .doc = "short name, used in judgements, scores, paths and columns; unique in the whole tree"),
    VE_FIELD(ve_function_fields, name, VE_T_TEXT, .name = "name",
             .doc = "name in reports; the id where left out"),
    VE_FIELD(ve_function_fields, weight, VE_T_NUMBER, .name = "weight", .low = 0, .high = INFINITY,
             .doc =
                 "weight among its siblings, in any unit; short for weights = ve.direct { ... } on the list"),
    VE_FIELD(
        ve_function_fields, minimum, VE_T_NUMBER, .name = "minimum",
        .doc =
            "must-be gate: an option whose score here is lower cannot be best; on the scale of the scores"),
    VE_FIELD(ve_function_fields, parts, VE_T_VALUE, .name = "parts", .record = &ve_function_list_record,
             .choices = "list of functions", .doc = "the functions that this one consists of, to any depth"),
    VE_FIELD(ve_function_fields, scores, VE_T_WORD, .name = "scores", .kind = VE_KIND_JUDGEMENT,
             .doc = "the options judged against each other under this function, in place of ratings"),
    VE_FIELD(ve_function_fields, kano, VE_T_RECORD, .name = "kano", .record = &ve_kano_record,
             .doc = "how customers would feel with it and without it: counts of Kano's classes, or two "
                    "columns of the "
                    "survey; for functions without parts"),
    VE_FIELD(ve_function_fields, fixed, VE_T_NUMBER, .name = VE_FIXED_WEIGHT, .flags = VE_F_EXACT, .low = 0,
             .high = 1, .doc = NULL),
};
const ve_record ve_function_record = {
    .name = "function",
    .doc = "what the product does for its customers",
    .size = sizeof(ve_function_fields),
    .fields = function_fields,
    .count = VE_COUNT(function_fields),
};

static const ve_field option_fields[] = {
    VE_FIELD(ve_option_fields, id, VE_T_ID, .name = "id", .flags = VE_F_REQUIRED,
             .doc = "short name, used in scores, paths and columns; unique among the options"),
    VE_FIELD(ve_option_fields, name, VE_T_TEXT, .name = "name",
             .doc = "name in reports; the id where left out"),
    VE_FIELD(ve_option_fields, cost, VE_T_VALUE, .name = "cost", .flags = VE_F_REQUIRED,
             .choices = "number >= 0, or a cost word", .doc = "what the option costs"),
    VE_FIELD(ve_option_fields, target, VE_T_WORD, .name = "target", .kind = VE_KIND_DISTRIBUTION,
             .doc = "the customers it is meant for: a distribution, or a Lua function of their attributes"),
    VE_FIELD(ve_option_fields, scores, VE_T_MAP, .name = "scores", .of = VE_OF_FUNCTIONS,
             .doc = "its scores, where there is no survey: one per function without parts"),
    VE_FIELD(ve_option_fields, spent_on, VE_T_MAP, .name = "spent_on", .of = VE_OF_FUNCTIONS, .low = 0,
             .high = INFINITY,
             .doc = "for `improve`: the shares of its cost that are spent on each function, together 1"),
};
const ve_record ve_option_record = {
    .name = "option",
    .doc = "one of the products or plans to choose from",
    .size = sizeof(ve_option_fields),
    .fields = option_fields,
    .count = VE_COUNT(option_fields),
};

static const ve_field component_fields[] = {
    VE_FIELD(ve_component_fields, id, VE_T_ID, .name = "id", .flags = VE_F_REQUIRED,
             .doc = "short name, used in judgements, paths and --base; unique among the components"),
    VE_FIELD(ve_component_fields, name, VE_T_TEXT, .name = "name",
             .doc = "name in reports; the id where left out"),
    VE_FIELD(ve_component_fields, cost, VE_T_NUMBER, .name = "cost", .flags = VE_F_REQUIRED, .low = 0,
             .high = INFINITY, .doc = "what it costs at present"),
    VE_FIELD(ve_component_fields, score, VE_T_NUMBER, .name = "score", .low = 0, .high = INFINITY,
             .doc = "how important it is, in any unit, for all components the same"),
    VE_FIELD(ve_component_fields, serves, VE_T_MAP, .name = "serves", .of = VE_OF_FUNCTIONS, .low = 0,
             .high = INFINITY,
             .doc = "instead of score: the share of each function that it delivers; over all components the "
                    "shares of a function make 1"),
    VE_FIELD(ve_component_fields, spent_on, VE_T_MAP, .name = "spent_on", .of = VE_OF_FUNCTIONS, .low = 0,
             .high = INFINITY,
             .doc = "the shares of its cost that are spent on each function, together 1; gives a cost per "
                    "function"),
};
const ve_record ve_component_record = {
    .name = "component",
    .doc = "a part of the product that costs money",
    .size = sizeof(ve_component_fields),
    .fields = component_fields,
    .count = VE_COUNT(component_fields),
};

static const ve_field component_list_fields[] = {
    VE_FIELD(ve_component_list_fields, weights, VE_T_WORD, .name = "weights", .kind = VE_KIND_JUDGEMENT,
             .doc = "the components judged against each other, in place of scores"),
    VE_FIELD(ve_component_list_fields, components, VE_T_VALUE, .name = "components", .flags = VE_F_LIST,
             .record = &ve_component_record, .doc = "the components themselves, one table each"),
};
const ve_record ve_component_list_record = {
    .name = "components",
    .doc = "what the product is made of, for `improve`",
    .size = sizeof(ve_component_list_fields),
    .fields = component_list_fields,
    .count = VE_COUNT(component_list_fields),
};

static const ve_field tiers_fields[] = {
    VE_FIELD(ve_tiers_fields, by, VE_T_TEXT, .name = "by", .flags = VE_F_REQUIRED,
             .doc =
                 "what customers are ranked by, from high to low: an attribute, or a column of the survey"),
    VE_FIELD(ve_tiers_fields, names, VE_T_VALUE, .name = "names", .choices = "list of texts",
             .doc = "the tiers, the most profitable first; platinum, gold, iron, lead where left out"),
    VE_FIELD(
        ve_tiers_fields, shares, VE_T_NUMBERS, .name = "shares", .flags = VE_F_ABOVE, .low = 0, .high = 1,
        .doc = "the share of each tier but the last, which takes the rest; 0.01, 0.04, 0.15 where there are "
               "four"),
    VE_FIELD(ve_tiers_fields, weights, VE_T_NUMBERS, .name = "weights", .low = 0, .high = INFINITY,
             .doc = "what the customers of each tier are multiplied by, a policy of yours; 1 where left out"),
    VE_FIELD(ve_tiers_fields, cut, VE_T_CHOICE, .name = "cut", .choices = "customers|profit",
             .doc = "what the shares are of: of all customers, or of all profit"),
};
const ve_record ve_tiers_record = {
    .name = "tiers",
    .doc = "customers by the profit that they bring",
    .size = sizeof(ve_tiers_fields),
    .fields = tiers_fields,
    .count = VE_COUNT(tiers_fields),
};

static const ve_field correlation_fields[] = {
    VE_FIELD(ve_correlation, first, VE_T_TEXT, .name = "first", .flags = VE_F_REQUIRED,
             .doc = "path of an uncertain number"),
    VE_FIELD(ve_correlation, second, VE_T_TEXT, .name = "second", .flags = VE_F_REQUIRED,
             .doc = "path of another"),
    VE_FIELD(ve_correlation, rho, VE_T_NUMBER, .name = "rho",
             .flags = VE_F_REQUIRED | VE_F_EXACT | VE_F_ABOVE | VE_F_BELOW, .low = -1, .high = 1,
             .doc = "how they go together: 0 not at all, near 1 they rise and fall together"),
};
const ve_record ve_correlation_record = {
    .name = "correlation",
    .doc = "two uncertain numbers that go together, for `risk`",
    .size = sizeof(ve_correlation),
    .fields = correlation_fields,
    .count = VE_COUNT(correlation_fields),
};

static const ve_field scenario_fields[] = {
    VE_FIELD(ve_scenario_fields, name, VE_T_TEXT, .name = "name", .flags = VE_F_REQUIRED,
             .doc = "what --scenario and reports call it"),
    VE_FIELD(ve_scenario_fields, set, VE_T_VALUE, .name = "set", .choices = "table path = value",
             .doc = "the values it sets: { [\"options.A.cost\"] = 4830 }"),
    VE_FIELD(ve_scenario_fields, change, VE_T_VALUE, .name = "change", .choices = "Lua function",
             .doc = "a function that changes the model: function(m) m.options.A.cost = 4830 end"),
};
const ve_record ve_scenario_record = {
    .name = "scenario",
    .doc = "the model with something changed",
    .size = sizeof(ve_scenario_fields),
    .fields = scenario_fields,
    .count = VE_COUNT(scenario_fields),
};

#define AGGREGATE(name, word, doc) "|" word
static const char aggregates[] = VE_AGGREGATES(AGGREGATE);
#undef AGGREGATE

static const ve_field model_fields[] = {
    VE_FIELD(ve_model_fields, title, VE_T_TEXT, .name = "title", .doc = "what reports are headed with"),
    VE_FIELD(ve_model_fields, currency, VE_T_TEXT, .name = "currency",
             .doc = "a label, printed beside costs"),
    VE_FIELD(
        ve_model_fields, attributes, VE_T_VALUE, .name = "attributes", .choices = "table attribute = unit",
        .doc = "the customer attributes that targets are stated in, with their units; the unit of one that "
               "is a text is \"text\""),
    VE_FIELD(ve_model_fields, functions, VE_T_VALUE, .name = "functions", .flags = VE_F_REQUIRED,
             .record = &ve_function_list_record, .choices = "list of functions",
             .doc = "the function tree: what the product does"),
    VE_FIELD(ve_model_fields, options, VE_T_VALUE, .name = "options", .flags = VE_F_REQUIRED,
             .record = &ve_option_record, .choices = "list of options",
             .doc = "the options to choose from, at least two"),
    VE_FIELD(ve_model_fields, target, VE_T_WORD, .name = "target", .kind = VE_KIND_DISTRIBUTION,
             .doc = "target of the options that have none of their own; ve.equal {} where left out"),
    VE_FIELD(ve_model_fields, survey, VE_T_WORD, .name = "survey", .kind = VE_KIND_SURVEY,
             .doc = "the customers' answers; without it every option brings its scores"),
    VE_FIELD(ve_model_fields, scale, VE_T_NUMBERS, .name = "scale", .flags = VE_F_EXACT,
             .doc =
                 "{ low, high }: the range that every score must lie in; any score from 0 up where left out"),
    VE_FIELD(ve_model_fields, aggregate, VE_T_CHOICE, .name = "aggregate", .choices = aggregates + 1,
             .doc =
                 "how customers are added up: mean of their scores, sum, or sum with the target's peak as 1"),
    VE_FIELD(ve_model_fields, rule, VE_T_WORD, .name = "choose", .kind = VE_KIND_RULE,
             .doc = "which option is best; ve.max_value {} where left out"),
    VE_FIELD(ve_model_fields, components, VE_T_VALUE, .name = "components",
             .record = &ve_component_list_record, .choices = "list of components",
             .doc = "for `improve`: what the product is made of, and what each part costs"),
    VE_FIELD(ve_model_fields, target_cost, VE_T_NUMBER, .name = "target_cost", .flags = VE_F_ABOVE, .low = 0,
             .high = INFINITY,
             .doc = "for `improve`: what the whole may cost; the present total where left out"),
    VE_FIELD(ve_model_fields, existing, VE_T_BOOLEAN, .name = "existing",
             .doc = "for `improve`: an existing product, no part of which may cost more than now"),
    VE_FIELD(ve_model_fields, tiers, VE_T_RECORD, .name = "tiers", .record = &ve_tiers_record,
             .doc = "customers by the profit that they bring, for `segments`; with weights they count by it"),
    VE_FIELD(ve_model_fields, kano, VE_T_RECORD, .name = "kano", .record = &ve_kano_rules_record,
             .doc = "what is done with the Kano answers of the functions"),
    VE_FIELD(
        ve_model_fields, concentration, VE_T_NUMBER, .name = "concentration",
        .flags = VE_F_ABOVE | VE_F_EXACT, .low = 0, .high = INFINITY,
        .doc = "for `risk`: how firm the judged function weights are, as if so many votes stood behind each "
               "list; without it they are certain"),
    VE_FIELD(ve_model_fields, correlations, VE_T_ROWS, .name = "correlations",
             .record = &ve_correlation_record,
             .doc = "for `risk`: pairs of uncertain numbers that go together: { path, path, rho }"),
    VE_FIELD(ve_model_fields, scenarios, VE_T_VALUE, .name = "scenarios", .record = &ve_scenario_record,
             .choices = "list of scenarios", .doc = "the model with something changed, side by side"),
};
static const ve_model_fields model_defaults = {
    .title = "", .currency = "", .aggregate = VE_AGGREGATE_MEAN, .target_cost = NAN, .concentration = NAN
};
const ve_record ve_model_record = {
    .name = "model",
    .doc = "what `ve.model` takes",
    .size = sizeof(ve_model_fields),
    .defaults = &model_defaults,
    .fields = model_fields,
    .count = VE_COUNT(model_fields),
};

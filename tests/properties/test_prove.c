/* Whether each property sees what it should: a plugin that breaks it, and nothing else, is found out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "num/guard.h"
#include "prove/prove.h"
#include "ve_test.h"

typedef struct seen {
    const char *property;
    bool fails;
    size_t others; /* that fail as well */
    char detail[VE_MESSAGE_BYTES], other[VE_MESSAGE_BYTES];
} seen;

static void note(void *context, const char *property, ve_verdict verdict, const char *detail) {
    seen *s = context;
    if (verdict != VE_FAILS) return;
    bool own = strcmp(property, s->property) == 0;
    s->fails |= own;
    s->others += !own;
    snprintf(own ? s->detail : s->other, VE_MESSAGE_BYTES, "%s%s%s", own ? "" : property, own ? "" : ": ",
             detail);
}

/* The plugin's file around its own part. */
static void write_plugin(ve_test *t, const char *kind, const char *rest) {
    char text[4000];
    snprintf(text, sizeof text,
             "return ve.plugin { abi = 1, kind = '%s', name = 'mine', version = '1', summary = 's', %s }",
             kind, rest);
    ve_test_text(t, "mine.lua", text);
}

static void found_out(const char *kind, const char *rest, const char *property, const char *detail) {
    ve_test *t = ve_test_open(NULL);
    ve_limits patient =
        ve_limits_default; /* a million draws, on a busy machine, with a sanitizer looking on */
    patient.seconds = 20;
    ve_shelf *shelf = ve_shelf_new(t->plugins, &patient, false);
    const ve_plugin *plugin = NULL;
    char path[400];
    seen s = { .property = property };
    write_plugin(t, kind, rest);
    snprintf(path, sizeof path, "%s/mine.lua", t->folder);
    ve_code code = ve_shelf_load(shelf, path, &plugin, &t->errors);
    if (!code) code = ve_registry_add(t->registry, t->plugins, plugin, path, &t->errors);
    if (code) fail_msg("%s: %s", rest, t->errors.list[0].message);
    ve_prover prover = { note, &s, shelf };
    assert_int_equal(ve_prove(plugin, t->registry, &prover, &t->errors), VE_OK);
    if (!s.fails) fail_msg("%s\nnot found out by: %s\nbut: %s", rest, property, s.other);
    if (s.others) fail_msg("%s\nfails as well: %s", rest, s.other);
    if (!strstr(s.detail, detail)) fail_msg("%s\n   is: %s\n  not: %s", property, s.detail, detail);
    ve_shelf_close(shelf);
    ve_test_close(t);
}

#define EACH(body) "local o = {} for i = 1, #x do o[i] = " body " end return o"
/* A uniform distribution from 4000 to 6000, of which one piece is replaced. */
#define BOX(density, peak, mean, quantile, cumulative)                                                       \
    "example = 've.mine { }', log_density = function(p, x) " density                                         \
    " end, log_peak = function(p) return " peak " end, mean = function(p) return " mean                      \
    " end, quantile = function(p, q) return " quantile                                                       \
    " end, cumulative = function(p, x) return " cumulative " end"
#define INSIDE "x[i] >= 4000 and x[i] <= 6000 and -math.log(2000) or -math.huge"
#define PEAK "-math.log(2000)"
#define QUANTILE "4000 + 2000 * q"
#define CUMULATIVE "math.min(1, math.max(0, (x - 4000) / 2000))"

static void distributions(void **state) {
    (void)state;
    found_out("distribution", "log_density = function(p, x) " EACH("0") " end", "it has an example",
              "no example such as ve.mine { ... }");
    found_out("distribution",
              "example = 've.mine { at = 1 }', log_density = function(p, x) " EACH("0") " end",
              "its example weighs customers", "unknown field 'at'");
    found_out("distribution", "example = 've.mine { }', log_density = function(p, x) while true do end end",
              "its example weighs customers", "takes more than ");
    found_out("distribution",
              "example = 've.mine { }', relative = true, log_density = function(p, x) " EACH(
                  "x[i] > 1e100 and 0/0 or 0") " end, log_peak = function() return 0 end",
              "the farthest customers are weighed", "no weight for 1e+200: ");
    found_out("distribution",
              "example = 've.mine { }', relative = true, log_density = function(p, x) " EACH("-#x") " end",
              "a customer's weight depends on that customer alone", "at -5000 the weight is another");
    found_out("distribution", BOX(EACH(INSIDE), "-8", "5000", QUANTILE, CUMULATIVE),
              "no customer counts more than its peak", "above the peak of -8");
    found_out("distribution", BOX(EACH(INSIDE), "-7", "5000", QUANTILE, CUMULATIVE), "its peak is reached",
              "log_peak says -7, and the greatest found is -7.60090246");
    found_out("distribution",
              "example = 've.mine { }', log_density = function(p, x) " EACH(
                  "-math.log(2000) - ((x[i] - 5000) / 1000)^2") " end",
              "its density integrates to 1",
              "the integral is 0.886227; where it is to be no density, say relative = true");
    found_out("distribution",
              BOX(EACH(INSIDE), PEAK, "5000", "4000 + 2000 * q^1.001",
                  "math.min(1, math.max(0, (x - "
                  "4000) / 2000))^(1 / 1.001)"),
              "quantiles are the inverse of the integral", "off by 0.000104 at a share of 0.05");
    found_out("distribution", BOX(EACH(INSIDE), PEAK, "5001", QUANTILE, CUMULATIVE),
              "its mean is that of its density", "mean says 5001, and the density's is 5000");
    found_out("distribution", BOX(EACH(INSIDE), PEAK, "5000", QUANTILE, CUMULATIVE " ^ 1.001"),
              "shares below are the inverse of quantiles", "off by 0.0003");
    found_out("distribution",
              "example = 've.mine { width = 1 }', relative = true, parameters = { { name = 'width', type = "
              "'number', low = 0, doc = 'd' } }, log_density = function(p, x) " EACH(
                  "0 * (x[i] / p.width)") " end, log_peak = function() return 0 end",
              "at the ends of its numbers' ranges it answers, or says what is wrong",
              "with width = 0: plugin 'mine': ");
}

#define WEIGH(body)                                                                                          \
    "weigh = function(p, subjects) local w = {} for k, s in ipairs(subjects) do w[k] = " body                \
    " end return w end"

static void judgements(void **state) {
    (void)state;
    found_out("judgement", "example = 've.mine { }', " WEIGH("k"),
              "the order in which functions are written does not matter",
              "F1: 0.1666666667, and 0.5 where the functions stand the other way round");
    found_out("judgement", "example = 've.mine { F9 }', " WEIGH("1"), "its example weighs functions", "");
    found_out("judgement",
              "example = 've.mine { n = 1 }', parameters = { { name = 'n', type = 'number', low = 0, doc = "
              "'d' } }, " WEIGH("1 / p.n"),
              "at the ends of its numbers' ranges it answers, or says what is wrong",
              "with n = 0: plugin 'mine': weigh gives an infinite number");
}

static void costs(void **state) {
    (void)state;
#define TWO                                                                                                  \
    "example = 've.mine { price = 40, extra = 2 }', parameters = { { name = 'price', type = 'number', low "  \
    "= 0, unit "                                                                                             \
    "= 'money', doc = 'd' }, { name = 'extra', type = 'number', low = 0, doc = 'd' } }, "
    found_out("cost", TWO "cost = function(p) return p.price + p.extra end",
              "a thousand times the money is a thousand times the cost", "the cost goes from 42 to 40002");
    found_out("cost", TWO "cost = function(p) return p.price / p.extra end",
              "at the ends of its numbers' ranges it answers, or says what is wrong", "with extra = 0: ");
    found_out("cost", "example = 've.mine { }', cost = function(p) return -1 end", "its example gives a cost",
              "cost gives -1, a negative cost");
}

static void rules(void **state) {
    (void)state;
    found_out("rule",
              "example = 've.mine { }', merit = function(p, options) local m = {} for i = 1, #options do "
              "m[i] = i end "
              "return m end",
              "the order of options does not matter, nor asking again", "another merit");
    found_out("rule", "example = 've.mine { }', merit = function(p, options) return {} end",
              "its example chooses", "a list of 0 numbers, where 3 are wanted");
}

static void studies(void **state) {
    (void)state;
    found_out("study", "study = function(p, s) error('no') end", "it answers", "no");
    found_out("study",
              "study = function(p, s) if s.outline.customers == 0 then error('nobody') end s.say('well') end",
              "a model without survey and targets gets an answer, or is told what it lacks", "nobody");
}

static void reports(void **state) {
    (void)state;
    found_out("report", "report = function(p, r) return r.study == 'run' and 5 or 'x' end",
              "it writes the answer of `run`", "");
    found_out("report", "report = function(p, r) return r.study == 'odd' and 5 or 'x' end",
              "it writes cells of every kind, empty tables and odd texts", "");
}

static int begin(void **state) {
    (void)state;
    ve_gsl_guard();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distributions), cmocka_unit_test(judgements), cmocka_unit_test(costs),
        cmocka_unit_test(rules),         cmocka_unit_test(studies),    cmocka_unit_test(reports),
    };
    return cmocka_run_group_tests(tests, begin, NULL);
}

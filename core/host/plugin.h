/* What the files of Lua plugins share: one plugin file with its room, its description and its functions.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plugin file describes itself in a table; from that follow a field table, a struct laid out by it, and
 * functions in C that call those in Lua inside the room. */
#ifndef VE_HOST_PLUGIN_H
#define VE_HOST_PLUGIN_H

#include "host/room.h"
#include "host/shelf.h"

/* The functions of a plugin: X(name, kind, must it be there, how it is called, what it is). `check` belongs
 * to all kinds. */
#define VE_PLUGIN_FUNCTIONS(X)                                                                               \
    X(log_density, DISTRIBUTION, true, "function(p, x): a list of numbers, one for each x",                  \
      "of a distribution, needed: the log of its density; -math.huge where it is zero")                      \
    X(log_peak, DISTRIBUTION, false, "function(p): a number",                                                \
      "of a distribution: the greatest value that log_density can give")                                     \
    X(mean, DISTRIBUTION, false, "function(p): a number; where it is joint a number per attribute",          \
      "of a distribution: its mean, which stands for it where a number is wanted")                           \
    X(quantile, DISTRIBUTION, false, "function(p, q): a number",                                             \
      "of a distribution: the value below which the share q lies; with it it can stand for a number")        \
    X(cumulative, DISTRIBUTION, false, "function(p, x): a number",                                           \
      "of a distribution: the share that lies below x")                                                      \
    X(weigh, JUDGEMENT, true, "function(p, subjects): a list of numbers, or a number by id",                 \
      "of a judgement, needed: a weight for each of them; they need not add up to 1")                        \
    X(cost, COST, true, "function(p): a number, or { cost = ..., present = ..., annual = ... }",             \
      "of a cost, needed: the figure")                                                                       \
    X(merit, RULE, true, "function(p, options): a list of numbers, one for each option",                     \
      "of a rule, needed: the greater the better; false for one that cannot be best")                        \
    X(study, STUDY, true, "function(p, s): nothing",                                                         \
      "of a study, needed: it evaluates and tells by the functions of s")                                    \
    X(report, REPORT, true, "function(p, r): a text", "of a report, needed: the whole of it as it is written")

/* What the file says, bound. */
typedef struct ve_plugin_file {
    double abi;
    int kind; /* of those that Lua can have */
    const char *name, *version, *summary, *example;
    bool joint, relative, texts, scores, may_skip;
    ve_rows parameters;
    const ve_value *check;
#define VE_PLUGIN_FUNCTION_MEMBER(name_, kind_, must_, call_, doc_) const ve_value *name_;
    VE_PLUGIN_FUNCTIONS(VE_PLUGIN_FUNCTION_MEMBER)
#undef VE_PLUGIN_FUNCTION_MEMBER
} ve_plugin_file;

typedef struct ve_lua_plugin {
    ve_host host; /* first: the room knows its plugin by it */
    ve_shelf *shelf;
    unsigned long long device, inode; /* of the file; 0: not known */
    ve_plugin_file file;
    ve_plugin plugin;
    ve_record params;
    const ve_field **column; /* parameters that name survey columns */
    size_t columns;
    union {
        ve_distribution_ops distribution;
        ve_judgement_ops judgement;
        ve_cost_ops cost;
        ve_rule_ops rule;
        ve_study_ops study;
        ve_report_ops report;
    } ops;
    ve_errors trouble;            /* of the call under way, or of one that could not tell it */
    const ve_study_services *say; /* of the study under way, NULL */
    struct ve_study_table *table; /* which it has made */
    struct ve_lua_plugin *next;
} ve_lua_plugin;

struct ve_shelf {
    ve_arena *arena;
    ve_limits limits;
    bool watchdog;
    ve_lua_plugin *plugin;
    ve_source *first, *last;
};

/* How every params struct of a Lua plugin begins. */
typedef struct ve_plugin_head {
    ve_lua_plugin *self;                /* from the defaults */
    ve_texts ids[VE_OF_ATTRIBUTES + 1]; /* from the binder: what its fields speak of */
    bool prepared;                      /* a distribution's: the rest is known */
    double log_peak;
    const double *mean;
    size_t means;
    const ve_outline_attribute
        *attribute; /* as many as ids[VE_OF_ATTRIBUTES]; NULL: it stands for a number */
} ve_plugin_head;

/* plugin_describe.c: from what the file returned to a ve_plugin. */
ve_code ve_plugin_describe(ve_lua_plugin *self, const ve_value *tree, ve_errors *errors);
/* plugin_fields.c: its field table and the defaults struct. */
ve_code ve_plugin_fields(ve_lua_plugin *self, ve_errors *errors);
extern const ve_record ve_plugin_parameter_record;

/* plugin_distribution.c, plugin_words.c, plugin_study.c, plugin_report.c: fill in self->ops. */
void ve_plugin_distribution(ve_lua_plugin *self);
void ve_plugin_judgement(ve_lua_plugin *self);
void ve_plugin_cost(ve_lua_plugin *self);
void ve_plugin_rule(ve_lua_plugin *self);
void ve_plugin_study(ve_lua_plugin *self);
void ve_plugin_report(ve_lua_plugin *self);

/* ---- calls: plugin_call.c ------------------------------------------------------------------------------ */

/* One call of a function of the plugin's; first member of what a body works on. */
typedef struct ve_plugin_call {
    ve_lua_plugin *self;
    const void *params;
    const ve_value *function;
    const char *name; /* "log_density" */
    /* What entry i of a list of results stands for: " for 'look'"; NULL: " in place 3". */
    void (*where)(const struct ve_plugin_call *, size_t i, char *room, size_t bytes);
} ve_plugin_call;

ve_lua_plugin *ve_plugin_self(const void *params);
/* Run body(L) in the room. What goes wrong is told through the services; without them it waits for the next
 * call that has some, or for ve_shelf_failure. */
ve_code ve_plugin_ask(ve_lua_plugin *self, lua_CFunction body, void *data, const ve_services *services);
/* In a body: push the function and its parameters, and with the arguments pushed behind them call it. */
void ve_plugin_begin(lua_State *L, const ve_plugin_call *call);
void ve_plugin_end(lua_State *L, int arguments, int results);
/* A result that cannot be used, at the place of the function: "weigh gives " what. */
_Noreturn void ve_plugin_refuse(lua_State *L, const ve_plugin_call *call, const char *hint,
                                const char *format, ...) VE_PRINTF(4, 5);
/* Let `check` look at the parameters; `push` pushes what it gets besides (NULL: nothing) and says how many.
 */
ve_code ve_plugin_check_params(const void *params, int (*push)(lua_State *, const void *), const void *data,
                               const ve_services *services);
/* From status 3, a model's, to a plugin's. */
ve_code ve_plugin_code(ve_code code);

/* ---- what is found out before the call: plugin_given.c --------------------------------------------------
 */

/* A parameter that names survey columns. */
typedef struct ve_plugin_column {
    const char *pattern;
    const ve_column_handle *handle; /* one, or one for each subject; from ve_plugin_ask_columns */
} ve_plugin_column;

typedef struct ve_plugin_given {
    const ve_texts *by; /* every figure is a number for each of these ids; NULL: one number */
    size_t stride;      /* or, where not 0: a list of `rows` numbers from `from` on, of so many */
    size_t from, rows;
    const double *part; /* figures of the words inside, as ve_plugin_parts counts them; NULL: none */
    const ve_services *services;
} ve_plugin_given;

/* In `prepare` of judgements (a column for each subject) and costs (NULL: one). */
ve_code ve_plugin_ask_columns(void *params, const ve_subjects *subjects, const ve_services *services);
bool ve_plugin_holds_words(const ve_lua_plugin *self);
size_t ve_plugin_parts(const void *params, const ve_word **part, size_t index);
/* In a body, right behind ve_plugin_begin: into the parameters on top. */
void ve_plugin_set_given(lua_State *L, const void *params, const ve_plugin_given *given);

/* ---- values: plugin_values.c --------------------------------------------------------------------------- */

void ve_plugin_push_params(lua_State *L, const ve_record *record, const void *bound, const ve_texts *ids);
void ve_plugin_push_list(lua_State *L, const double *v, size_t count);
/* Set a field of the table on top; not-a-number and NULL are left out. */
void ve_plugin_set_number(lua_State *L, const char *name, double x);
void ve_plugin_set_text(lua_State *L, const char *name, const char *text);
void ve_plugin_set_boolean(lua_State *L, const char *name, bool is);
void ve_plugin_push_option(lua_State *L, const ve_outcome_option *option); /* plugin_words.c */

enum {
    VE_TAKE_MINUS_INFINITY = 1, /* is a number here */
    VE_TAKE_INFINITY = 2,
    VE_TAKE_NOTHING = 4, /* nil is not-a-number here */
    VE_TAKE_FALSE = 8    /* so is false */
};
/* The value on top as a number; `where` follows in the message: " for 'look'", "". */
double ve_plugin_take(lua_State *L, const ve_plugin_call *call, unsigned how, const char *where);
/* The list on top, of exactly `count` numbers. */
void ve_plugin_take_list(lua_State *L, const ve_plugin_call *call, size_t count, unsigned how, double *out);
/* The same, or a table with the ids as names. */
void ve_plugin_take_by_id(lua_State *L, const ve_plugin_call *call, const ve_texts *ids, unsigned how,
                          double *out);
/* The text at index, kept in the arena; raises where it may not stand in a report: at the line that runs, or,
 * as a result of the call, at its function. */
const char *ve_plugin_take_text(lua_State *L, int index, const ve_plugin_call *call, const char *what);

#endif

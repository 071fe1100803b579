/* One run under way: what its stages share. Only core/run sees it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_RUN_SESSION_H
#define VE_RUN_SESSION_H

#include "eval/eval.h"
#include "model/path.h"
#include "report/build.h"
#include "run/run.h"

typedef struct ve_session ve_session;
struct ve_session {
    const ve_request *request;
    const ve_registry *registry; /* with the plugins that the model uses */
    ve_shelf *shelf;             /* where these stand */
    ve_arena *arena;
    ve_answer *answer;
    ve_errors *errors;
    int folder;            /* the model's, -1 while closed */
    ve_host *host;         /* NULL once nothing needs Lua any more */
    const ve_value *tree;  /* as the file returned it */
    ve_code fault;         /* something in it is wrong; told already, and the rest is looked at as well */
    ve_scenario *scenario; /* all of them */
    size_t scenarios;
    ve_code scenario_fault; /* they are wrong; told already, so that the model's own mistakes can be told as
                               well */
    size_t functions;       /* Lua functions that later stages call */
    struct ve_customers_kept *customers;  /* that studies asked for, NULL */
    struct ve_readings **readings;        /* of surveys, shared with `other` */
    ve_session *other;                    /* of a second model, NULL */
    const struct ve_differences *changes; /* of the scenario that is looked at, NULL */
    struct ve_rivals *rivals;             /* what the base is compared with, NULL */
    int first_function;                   /* the handles of its Lua functions begin here */
};

/* What a study works on: a case, and what it was made from. */
typedef struct ve_subject {
    const ve_value *tree;
    ve_wanted wanted; /* the survey columns that its words ask for */
    ve_case made;
} ve_subject;

/* A binder of this run, for one model. */
ve_binder ve_session_binder(ve_session *session);
/* The scenario that the command line names; NULL: none, or they are wrong, which is told. */
ve_code ve_session_scenario(const ve_session *session, const ve_scenario **out);
/* The tree of a scenario (NULL: the model as it stands), with everything that is set on the command line. */
ve_code ve_session_tree(ve_session *session, const ve_scenario *scenario, const ve_value **tree);
/* Every stage up to the first evaluation. */
ve_code ve_session_case(ve_session *session, const ve_value *tree, ve_subject *out);
/* The room that a Lua function of either model runs in. */
ve_host *ve_session_host(const ve_session *session, const ve_value *function);
/* Nothing needs Lua any more, unless some target is a function. */
void ve_session_close_hosts(ve_session *session);
/* Some word of the model asks Lua: one thread only. */
bool ve_session_asks_lua(const ve_session *session);
/* For evaluations, from 1: Lua is asked by one thread only. */
unsigned ve_session_threads(const ve_session *session);

/* The customers in groups. Each survey is read once for all that want the same from it: scenarios, as a
 * rule. */
ve_code ve_session_groups(ve_session *session, const ve_model *model, const ve_wanted *wanted,
                          const ve_groups **out);
/* Those that were read already, NULL. May be called from any thread, the session being a copy whose arena is
 * that thread's. */
ve_code ve_session_known_groups(const ve_session *session, const ve_model *model, const ve_wanted *wanted,
                                const ve_groups **out);

/* The customers one by one, with more columns than the model asks for. Kept in the session: the same question
 * has the same answer. */
ve_code ve_session_customers(ve_session *session, const ve_subject *subject, const ve_asked_column *asked,
                             size_t count, const ve_customer_rows **out);
/* What a model wants to know from its survey, in `columns`. */
ve_code ve_session_want(const ve_session *session, const ve_model *model, const ve_survey_column *column,
                        size_t columns, ve_survey_want *want);

/* A distribution that asks a Lua function of the model. */
ve_code ve_function_target(const ve_binder *binder, const ve_value *function, const char *path, ve_word *out);

ve_code ve_study_run(ve_session *session, const ve_subject *subject, const char *scenario);
ve_code ve_check_run(ve_session *session);
/* A scenario's case. Where the model itself is not sound, only what the scenario sets is looked at. */
ve_code ve_check_scenario(ve_session *session, const ve_scenario *scenario, bool sound, ve_subject *out);

/* What a study compares the base with: `only` that scenario, all of them, or the other model. Made while Lua
 * is there. base: NULL where it is not sound; then only mistakes are looked for. */
ve_code ve_rivals_make(ve_session *session, const ve_subject *base, const ve_scenario *only);
/* What the scenario changes in the model as it stands, for the session to keep; whatever is wrong with that
 * is not told. */
ve_code ve_changes_find(ve_session *session, const ve_value *tree);
/* Two descriptors of the same folder. */
bool ve_same_folder(int a, int b);

#endif

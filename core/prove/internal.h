/* What the files of this stage share; nobody else includes it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_PROVE_INTERNAL_H
#define VE_PROVE_INTERNAL_H

#include "base/errors.h"
#include "eval/eval.h"
#include "prove/prove.h"

enum { VE_PROVE_ROOM = 16384, VE_PROVE_IDS = 8, VE_PROVE_OPTIONS = 3 };

typedef struct ve_proof {
    const ve_plugin *plugin;
    const ve_registry *registry;
    const ve_prover *prover;
    ve_arena *arena; /* of the run in hand; reset for each */
    ve_errors own;   /* of the run in hand */
    ve_answer answer;
    char folder[128];
    const char *word;          /* the example, from "ve." on; NULL */
    char id[VE_PROVE_IDS][80]; /* functions that the example speaks of */
    size_t ids;
    double found[VE_PROVE_IDS]; /* what the look under way has found */
    void *look_at;              /* what the look under way fills in, NULL */
    bool fine;
    char detail[VE_MESSAGE_BYTES]; /* of the property in hand */
} ve_proof;

/* ---- prove.c ---- */
void ve_proof_tell(ve_proof *p, const char *property, bool holds, const char *format, ...) VE_PRINTF(4, 5);
/* The usual three functions: F1, F2, F3. */
void ve_proof_usual(ve_proof *p);
void ve_proof_skip(ve_proof *p, const char *property, const char *why);

/* Looks at a case while its run is under way; what it finds is told by ve_proof_tell. */
typedef ve_code ve_proof_look(ve_proof *p, const ve_case *subject, ve_arena *arena, ve_errors *errors);
/* Run a model with a study (NULL: check), or look at its case. */
ve_code ve_proof_run(ve_proof *p, const char *model, const char *study, const ve_value *params,
                     unsigned threads);
ve_code ve_proof_case(ve_proof *p, const char *model, ve_proof_look *look);
ve_code ve_proof_case_on(ve_proof *p, const char *model, ve_proof_look *look, unsigned threads);
/* Run `run` with some of the model's numbers set. */
ve_code ve_proof_set(ve_proof *p, const char *model, const ve_setting *set, size_t sets);
/* The message of the first failure. */
const char *ve_proof_why(const ve_proof *p);

/* ---- world.c: models around a word ---- */
/* Where the example stands in the model. */
typedef struct ve_world {
    const char *target, *cost, *choose, *weights, *survey; /* NULL: the usual one */
    bool reversed;                                         /* functions in the other order */
    bool tier;                                             /* the text attribute `tier` */
    bool age;                                              /* a second number, `age` */
    bool two;                                              /* only A and B */
    const char *title;
} ve_world;
void ve_world_write(const ve_proof *p, const ve_world *world, char room[VE_PROVE_ROOM]);
/* Everything a study may ask about: own target, components, tiers, Kano, uncertain numbers, scenarios. */
void ve_world_rich(char room[VE_PROVE_ROOM]);
/* As little as a model may have: its own scores, no survey, no names. */
void ve_world_plain(char room[VE_PROVE_ROOM]);
ve_code ve_world_files(const ve_proof *p, ve_errors *errors);
/* Find the functions that the example speaks of. */
void ve_world_functions(ve_proof *p);

/* ---- borders.c ---- */
/* What a planner may be told: an answer, or that the model or its data do not go together. */
bool ve_prove_is_answer(ve_code code);
/* Every number among the parameters at both ends of its range; `word` is where the word stands. */
void ve_prove_borders(ve_proof *p, const char *model, const char *word);
/* All amounts of a cost in another unit of money; `figure` reads the cost from the answer of `run`. */
void ve_prove_money(ve_proof *p, const char *model, double cost, double (*figure)(const ve_proof *p));

/* ---- one file for each group of kinds ---- */
void ve_prove_distribution(ve_proof *p);
void ve_prove_judgement(ve_proof *p);
void ve_prove_cost(ve_proof *p);
void ve_prove_rule(ve_proof *p);
void ve_prove_survey(ve_proof *p);
void ve_prove_study(ve_proof *p);
void ve_prove_report(ve_proof *p);

#endif

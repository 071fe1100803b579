/* Small models around a word, and the data they read. SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "prove/internal.h"

/* ---- data ------------------------------------------------------------------------------------ */

enum { CUSTOMERS = 24 };

/* Scores, importances and payments follow a fixed pattern, so that nothing is alike by chance. */
static size_t write_line(const ve_proof *p, int j, char *out, size_t room) {
    static const char *const tier[] = { "lead", "gold", "platinum" };
    size_t used = (size_t)snprintf(out, room, "%d,%d,%s,%d,%d", 2000 + 437 * j, 2000 + 437 * j, tier[j % 3],
                                   20 + j * 5 % 50, 10 * (j * 7 % 13) - 20);
    for (int i = 0; i < VE_PROVE_OPTIONS; i++)
        for (size_t k = 0; k < p->ids; k++)
            used += (size_t)snprintf(out + used, room - used, ",%d", (j * (i + 2) + (int)k * 3 + i) % 5);
    for (size_t k = 0; k < p->ids; k++)
        used += (size_t)snprintf(out + used, room - used, ",%d", 1 + (j + (int)k) % 4);
    for (int i = 0; i < VE_PROVE_OPTIONS; i++)
        used += (size_t)snprintf(out + used, room - used, ",%d", 90 + 10 * i + j);
    return used + (size_t)snprintf(out + used, room - used, ",%d,%d\n", 1 + j % 5, 1 + (j / 5) % 5);
}

static size_t write_header(const ve_proof *p, char *out, size_t room) {
    size_t used = (size_t)snprintf(out, room, "income,monthly_income,tier,age,profit");
    for (int i = 0; i < VE_PROVE_OPTIONS; i++)
        for (size_t k = 0; k < p->ids; k++)
            used += (size_t)snprintf(out + used, room - used, ",%c_%s", 'A' + i, p->id[k]);
    for (size_t k = 0; k < p->ids; k++)
        used += (size_t)snprintf(out + used, room - used, ",importance_%s", p->id[k]);
    for (int i = 0; i < VE_PROVE_OPTIONS; i++)
        used += (size_t)snprintf(out + used, room - used, ",paid_%c", 'A' + i);
    return used + (size_t)snprintf(out + used, room - used, ",has,lacks\n");
}

static ve_code write_survey(const ve_proof *p, ve_errors *errors) {
    static const size_t room = 2 * VE_PROVE_ROOM;
    char text[2 * VE_PROVE_ROOM], path[160];
    size_t used = write_header(p, text, room);
    for (int j = 0; j < CUSTOMERS; j++)
        used += write_line(p, j, text + used, room - used);
    snprintf(path, sizeof path, "%s/survey.csv", p->folder);
    return ve_file_write(path, text, used, NULL, 0, errors);
}

ve_code ve_world_files(const ve_proof *p, ve_errors *errors) {
    return write_survey(p, errors);
}

/* ---- a model around a word ---------------------------------------------------------------------- */

static size_t write_functions(const ve_proof *p, const ve_world *w, char *out, size_t room) {
    size_t used = (size_t)snprintf(out, room, "  functions = { ");
    if (w->weights) used += (size_t)snprintf(out + used, room - used, "weights = %s, ", w->weights);
    for (size_t n = 0; n < p->ids; n++) {
        size_t k = w->reversed ? p->ids - 1 - n : n;
        used += (size_t)snprintf(out + used, room - used, "{ id = '%s' }, ", p->id[k]);
    }
    return used + (size_t)snprintf(out + used, room - used, "},\n");
}

void ve_world_write(const ve_proof *p, const ve_world *w, char room[VE_PROVE_ROOM]) {
    const size_t bytes = VE_PROVE_ROOM;
    size_t used = (size_t)snprintf(
        room, bytes,
        "return ve.model {\n  title = '%s', scale = { 0, 4 }, attributes = { income = 'CNY'%s%s },\n",
        w->title ? w->title : "tried", w->tier ? ", tier = 'text'" : "", w->age ? ", age = 'years'" : "");
    used += write_functions(p, w, room + used, bytes - used);
    used += (size_t)snprintf(room + used, bytes - used,
                             "  options = { { id = 'A', cost = %s, target = %s },\n"
                             "              { id = 'B', cost = 110, target = ve.normal { mean = { income = "
                             "6000 }, sd = { income = 2000 } } },\n"
                             "%s },\n",
                             w->cost ? w->cost : "100", w->target ? w->target : "ve.equal {}",
                             w->two ? "" : "              { id = 'C', cost = 120 }");
    if (w->choose) used += (size_t)snprintf(room + used, bytes - used, "  choose = %s,\n", w->choose);
    snprintf(room + used, bytes - used, "  survey = %s,\n}\n",
             w->survey ? w->survey : "ve.csv { file = 'survey.csv', scores = '{option}_{function}' }");
}

void ve_world_rich(char room[VE_PROVE_ROOM]) {
    snprintf(
        room, VE_PROVE_ROOM, "%s",
        "return ve.model {\n"
        "  title = 'tried', currency = 'CNY', scale = { 0, 4 }, attributes = { income = 'CNY' },\n"
        "  functions = { { id = 'F1', weight = 3, kano = { functional = 'has', dysfunctional = 'lacks' } },\n"
        "    { id = 'F2', weight = 2, kano = { A = 9, O = 10, M = 1, I = 2 } }, { id = 'F3', weight = 1 } "
        "},\n"
        "  options = {\n"
        "    { id = 'A', name = 'High', cost = ve.normal { mean = 100, sd = 10 },\n"
        "      target = ve.normal { mean = 9000, sd = 3000 }, spent_on = { F1 = 0.5, F2 = 0.3, F3 = 0.2 } "
        "},\n"
        "    { id = 'B', cost = 110, target = ve.normal { mean = 5000 } }, { id = 'C', cost = 120 } },\n"
        "  components = { { id = 'c', cost = 60, score = 5 }, { id = 'd', cost = 40, score = 4 } }, "
        "target_cost = 90,\n"
        "  tiers = { by = 'profit' },\n"
        "  scenarios = { { name = 'dearer', set = { ['options.A.cost'] = 130 } },\n"
        "    { name = 'moved', change = function(m) m.options.A.target.mean = 7000 end } },\n"
        "  survey = ve.csv { file = 'survey.csv', scores = '{option}_{function}' },\n"
        "}\n");
}

void ve_world_plain(char room[VE_PROVE_ROOM]) {
    snprintf(room, VE_PROVE_ROOM, "%s",
             "return ve.model {\n"
             "  functions = { { id = 'f' } },\n"
             "  options = { { id = 'A', cost = 2, scores = { f = 3 } }, { id = 'B', cost = 1, scores = { f = "
             "0 } } "
             "},\n"
             "}\n");
}

/* ---- the functions of an example ---------------------------------------------------------------- */

static bool in_record(const ve_record *record, const char *name, int depth) {
    for (size_t i = 0; record && depth < 4 && i < record->count; i++) {
        if (strcmp(record->fields[i].name, name) == 0) return true;
        if (in_record(record->fields[i].record, name, depth + 1)) return true;
    }
    return false;
}

static bool known(const ve_proof *p, const char *name, size_t ids) {
    for (size_t i = 0; i < ids; i++)
        if (strcmp(p->id[i], name) == 0) return true;
    return false;
}

/* A name at `at`, its length; 0 where none begins there. */
static size_t name_at(const char *at) {
    size_t length = 0;
    while (isalnum((unsigned char)at[length]) || at[length] == '_')
        length++;
    return isalpha((unsigned char)*at) ? length : 0;
}

/* The length of a text in quotes that names survey columns: "importance_{function}". 0: it is no such text.
 */
static size_t column_at(const char *at) {
    if (*at != '"' && *at != '\'') return 0;
    size_t length = 1 + strcspn(at + 1, "\"'");
    bool names = at[length] && memchr(at, '{', length) && !memchr(at, ' ', length);
    return names ? length + 1 : 0;
}

/* Names that are no words and no fields: as many as could be functions. */
static size_t candidates(ve_proof *p) {
    size_t count = 0;
    for (const char *at = p->word; *at && count < VE_PROVE_IDS;) {
        size_t length = name_at(at), column = column_at(at);
        char name[80];
        if (column) {
            at += column;
            continue;
        }
        bool word = at >= p->word + 3 && strncmp(at - 3, "ve.", 3) == 0;
        snprintf(name, sizeof name, "%.*s", (int)length, at);
        bool free = length && !word && strcmp(name, "ve") != 0 && !in_record(p->plugin->params, name, 0);
        if (free && !known(p, name, count)) memcpy(p->id[count++], name, sizeof name);
        at += length ? length : 1;
    }
    return count;
}

static bool fits(ve_proof *p) {
    char model[VE_PROVE_ROOM];
    ve_errors errors = { 0 };
    if (p->ids < 2 || ve_world_files(p, &errors)) return false;
    ve_world_write(p, &(ve_world){ .weights = p->word }, model);
    return ve_proof_run(p, model, "run", NULL, 1) == VE_OK;
}

/* The largest part of them that the word accepts as its siblings: examples also name parties and the like. */
void ve_world_functions(ve_proof *p) {
    char all[VE_PROVE_IDS][80];
    size_t count = candidates(p);
    memcpy(all, p->id, sizeof all);
    for (size_t size = count; size >= 2; size--)
        for (unsigned set = (1u << count) - 1; set > 0; set--) {
            if ((size_t)__builtin_popcount(set) != size) continue;
            p->ids = 0;
            for (size_t i = 0; i < count; i++)
                if (set & 1u << i) memcpy(p->id[p->ids++], all[i], sizeof all[i]);
            if (fits(p)) return;
        }
    ve_proof_usual(p);
    fits(p);
}

/* The survey source `csv`: customers' answers in a text file, a row for each customer, or for each customer
 * and option. SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "csv.h"

static const ve_field point_fields[] = {
    VE_FIELD(csv_point, x, VE_T_NUMBER, .name = "x", .flags = VE_F_REQUIRED | VE_F_EXACT,
             .doc = "the measured figure"),
    VE_FIELD(csv_point, y, VE_T_NUMBER, .name = "y", .flags = VE_F_REQUIRED | VE_F_EXACT, .doc = "its score"),
};
static const ve_record point_record = { .name = "point",
                                        .doc = "a point of a value function",
                                        .size = sizeof(csv_point),
                                        .fields = point_fields,
                                        .count = VE_COUNT(point_fields) };

static const ve_field score_fields[] = {
    VE_FIELD(csv_score, column, VE_T_TEXT, .name = "column",
             .doc = "the column; {option} and {function} stand for their ids"),
    VE_FIELD(csv_score, worst, VE_T_NUMBER, .name = "worst", .flags = VE_F_EXACT,
             .doc =
                 "the measured figure that scores the low end of the scale; beyond it the score stays there"),
    VE_FIELD(csv_score, best, VE_T_NUMBER, .name = "best", .flags = VE_F_EXACT,
             .doc = "the measured figure that scores the high end of the scale"),
    VE_FIELD(csv_score, points, VE_T_ROWS, .name = "points", .record = &point_record,
             .doc =
                 "in place of worst and best: figures, ascending, with their scores, straight lines between"),
};
static const ve_record score_record = {
    .name = "score",
    .doc = "where the scores of a function are, and what a measured figure is worth",
    .size = sizeof(csv_score),
    .fields = score_fields,
    .count = VE_COUNT(score_fields)
};

static const ve_field fields[] = {
    VE_FIELD(csv_params, file, VE_T_TEXT, .name = "file", .flags = VE_F_REQUIRED,
             .doc = "the file, in the model's folder or below"),
    VE_FIELD(csv_params, customer, VE_T_TEXT, .name = "customer",
             .doc = "column with the customer's name or number; with `option` it must be there"),
    VE_FIELD(csv_params, attributes, VE_T_TEXTS, .name = "attributes", .of = VE_OF_ATTRIBUTES,
             .doc = "column of each customer attribute; left out, it has the attribute's id"),
    VE_FIELD(csv_params, weight, VE_T_TEXT, .name = "weight",
             .doc = "column with design weights; left out, every customer counts once"),
    VE_FIELD(csv_params, scores, VE_T_KEYED, .name = "scores", .flags = VE_F_TEMPLATE, .of = VE_OF_FUNCTIONS,
             .record = &score_record,
             .doc = "columns of the scores: a pattern for all, \"{option}_{function}\" (with `option`: "
                    "\"{function}\") if "
                    "left out, or a column, or more about it, for each function"),
    VE_FIELD(csv_params, option, VE_T_TEXT, .name = "option",
             .doc = "column that names the option: the file then has a row for each customer and option"),
    VE_FIELD(csv_params, options, VE_T_TEXTS, .name = "options", .of = VE_OF_OPTIONS,
             .doc = "what the data calls each option, where not by its id"),
    VE_FIELD(csv_params, missing, VE_T_CHOICE, .name = "missing", .choices = "error|skip",
             .doc = "what to do with customers who left an answer empty (or NA): stop, or leave them out"),
    VE_FIELD(csv_params, delimiter, VE_T_TEXT, .name = "delimiter",
             .doc = "what separates fields; left out, the first line shows whether it is , ; tab or |"),
    VE_FIELD(csv_params, encoding, VE_T_CHOICE, .name = "encoding", .choices = "utf-8|gb18030|latin1|utf-16",
             .doc = "how the file writes its characters"),
};
static const ve_record record = { .name = "csv",
                                  .doc = "customers' answers in a CSV file",
                                  .size = sizeof(csv_params),
                                  .fields = fields,
                                  .count = VE_COUNT(fields),
                                  .example =
                                      "survey = ve.csv { file = \"survey.csv\", attributes = { income = "
                                      "\"monthly_income\" }, scores = \"{option}_{function}\" }" };

/* The text of a file in another encoding, in memory. */
static ve_code decode(csv_reader *reader) {
    const ve_services *base = reader->services->base;
    uint64_t at;
    ve_code code = csv_source_decode(&reader->source, (csv_encoding)reader->params->encoding, &at);
    if (code != VE_E_ENCODING) return code;
    csv_fault_add(&reader->faults, at, VE_E_ENCODING, "check `encoding`",
                  "the text is not in the stated encoding");
    return csv_faults_tell(&reader->faults, &reader->source, reader->params->file, base);
}

static ve_code read_all(csv_reader *reader) {
    const ve_services *base = reader->services->base;
    ve_code code = reader->params->encoding == CSV_UTF_8 ? VE_OK : decode(reader);
    if (code) return code;
    code = csv_header_read(reader);
    if (!code) code = csv_plan_make(reader);
    if (!code) code = csv_pass_all(reader);
    if (code == VE_E_MEMORY || code == VE_E_READ) return code; /* and not what was found before */
    ve_code told = csv_faults_tell(&reader->faults, &reader->source, reader->params->file, base);
    return code ? code : told;
}

static ve_code read_file(csv_reader *reader) {
    const ve_services *base = reader->services->base;
    size_t bytes;
    ve_code code = reader->services->open(reader->services, "file", reader->params->file,
                                          &reader->source.descriptor, &bytes);
    if (code) return code;
    reader->source.size = bytes;
    code = read_all(reader);
    if (code == VE_E_READ)
        base->fail(base, VE_E_READ, "file", NULL, "'%s' cannot be read to its end", reader->params->file);
    return code;
}

static ve_code read_csv(const void *params, const ve_survey_want *want, ve_sink *sink,
                        const ve_survey_services *services) {
    csv_reader *reader = calloc(1, sizeof *reader);
    if (!reader) return VE_E_MEMORY;
    reader->params = params;
    reader->want = want;
    reader->services = services;
    reader->sink = sink;
    reader->source.descriptor = -1;
    ve_code code = read_file(reader);
    csv_source_close(&reader->source);
    free(reader);
    return code;
}

static const ve_survey_ops ops = { sizeof ops, read_csv };

VE_PLUGIN(read_csv, SURVEY, "csv", "1.0", "customers' answers in a CSV file, wide or long", &record, &ops)

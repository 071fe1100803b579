/* What the parts of the CSV reader share.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * source (bytes at an offset) -> header (names, separator) -> plan (which column means what) -> pass (units
 * of the file, by threads) -> quick or split (a row's fields) -> wide or long (a customer) -> block -> the
 * program's sink. */
#ifndef READ_CSV_CSV_H
#define READ_CSV_CSV_H

#include "ve/plugin.h"

/* Sizes; a test makes them small, so that every seam is met in a few rows. */
#ifndef CSV_SIZES
enum {
    CSV_FIELD_MOST = 64 * 1024,
    CSV_LINE_MOST = 1024 * 1024,
    CSV_UNIT = 256 * 1024,          /* bytes of the file that are worked on at a time */
    CSV_UNIT_TAIL = 4096,           /* read behind a unit, for the end of its last row */
    CSV_THREAD_BYTES = 1024 * 1024, /* worth a thread */
    CSV_BLOCK_ROWS = 256
};
#else
enum { CSV_SIZES };
#endif

enum {
    CSV_COLUMNS_MOST = 4096,
    CSV_FAULTS_MOST = 20,
    CSV_LANES = 8, /* scores in csv_bytes */
    CSV_PADDING =
        64 /* zero bytes behind a window, so that eight bytes can be looked at from any of its own */
};

/* No figure of a survey is larger. */
#define CSV_NUMBER_MOST 1e15

/* ---- what the model says --------------------------------------------------------------------- */

typedef struct csv_point {
    double x, y;
} csv_point;

typedef struct csv_score {
    const char *column;
    double worst, best;
    ve_rows points; /* csv_point */
} csv_score;

typedef enum csv_encoding { CSV_UTF_8, CSV_GB18030, CSV_LATIN1, CSV_UTF_16 } csv_encoding;
typedef enum csv_missing { CSV_MISSING_ERROR, CSV_MISSING_SKIP } csv_missing;

typedef struct csv_params {
    const char *file, *customer;
    ve_texts attributes;
    const char *weight;
    ve_rows scores; /* csv_score */
    const char *option;
    ve_texts options;
    int missing; /* csv_missing */
    const char *delimiter;
    int encoding; /* csv_encoding */
} csv_params;

/* ---- bytes ----------------------------------------------------------------------------------- */

/* The data: a file, or its text in memory where it had to be decoded. */
typedef struct csv_source {
    int descriptor;    /* -1: memory */
    const char *bytes; /* owned */
    uint64_t size;
} csv_source;

/* A piece of the source, followed by CSV_PADDING zero bytes. Where it reaches the end, the last line has its
 * newline. */
typedef struct csv_window {
    char *bytes;
    size_t length, room;
    uint64_t at;
    bool last;
} csv_window;

ve_code csv_source_decode(csv_source *source, csv_encoding encoding, uint64_t *fault_at);
void csv_source_close(csv_source *source);
ve_code csv_window_load(csv_window *window, const csv_source *source, uint64_t at, uint64_t length);
ve_code csv_window_extend(csv_window *window, const csv_source *source, size_t more);
void csv_window_free(csv_window *window);
/* Bytes from the start that are valid UTF-8. */
size_t csv_utf8_length(const char *bytes, size_t length);

/* ---- faults in the data ---------------------------------------------------------------------- */

#define CSV_NO_OFFSET UINT64_MAX

typedef struct csv_fault {
    uint64_t offset; /* where in the source */
    uint64_t other;  /* a place that the message ends in: "... line 12"; CSV_NO_OFFSET: none */
    ve_code code;
    char message[VE_MESSAGE_BYTES];
    char hint[VE_MESSAGE_BYTES / 2];
} csv_fault;

/* The first ones of the file, in its order. */
typedef struct csv_faults {
    size_t count;
    csv_fault list[CSV_FAULTS_MOST];
} csv_faults;

/* A new fault, or NULL where there are enough earlier ones. hint may be NULL. */
csv_fault *csv_fault_add(csv_faults *faults, uint64_t offset, ve_code code, const char *hint,
                         const char *format, ...) VE_PRINTF(5, 6);
void csv_faults_join(csv_faults *faults, const csv_faults *more);
/* Tell them with their lines and columns; the first one's code. */
ve_code csv_faults_tell(const csv_faults *faults, const csv_source *source, const char *file,
                        const ve_services *services);
/* `length` bytes for a message: at most 60, cut between characters. */
int csv_shown(const char *bytes, size_t length);

/* ---- header and plan ------------------------------------------------------------------------- */

typedef struct csv_header {
    char delimiter;
    size_t count;
    const char **name;
    uint64_t *at;     /* where in the source */
    uint64_t rows_at; /* where the rows begin */
    bool quoted;      /* it has quotation marks */
} csv_header;

/* How a measured figure becomes a score. */
typedef struct csv_value {
    bool plain; /* it is the score */
    double worst, best;
    const csv_point *point;
    size_t points;
    double low, high; /* of the scale; NaN where open */
} csv_value;

typedef enum csv_role { CSV_CUSTOMER, CSV_OPTION, CSV_ATTRIBUTE, CSV_WEIGHT, CSV_SCORE, CSV_EXTRA } csv_role;

/* What a column is read for. */
typedef struct csv_use {
    size_t column;
    csv_role role;
    size_t index;           /* attribute, cell, extra column * options + option */
    size_t option;          /* long layout: read in this option's rows only; SIZE_MAX: in every row */
    const csv_value *value; /* of scores */
    bool text;              /* what it holds is a text */
    size_t label;           /* then: what the sink's `label` calls it */
    int choices;            /* of extra columns: whole numbers from 1 to so many; 0: any */
} csv_use;

typedef enum csv_step_kind {
    CSV_STEP_SKIP,
    CSV_STEP_CUSTOMER,
    CSV_STEP_NUMBER,
    CSV_STEP_TEXT,
    CSV_STEP_SCORES
} csv_step_kind;

/* A row as the quick way walks it: a few columns at a time. */
typedef struct csv_step {
    csv_step_kind kind;
    size_t count; /* columns: SKIP, SCORES */
    csv_role role;
    size_t index; /* SCORES: the first cell */
    const csv_value *value;
    bool lanes; /* SCORES: eight at a time */
    size_t label; /* of texts */
    int choices;
} csv_step;

/* Is it one of the choices of a column that has some? */
static inline bool csv_is_choice(double x, int choices) {
    return choices == 0 || (x >= 1 && x <= choices && x == (int)x);
}

/* Eight one-digit scores and their separators. */
typedef uint8_t csv_bytes __attribute__((vector_size(16)));

typedef struct csv_plan {
    csv_use *use; /* by column, then in the order found */
    size_t uses, room;
    csv_step *step;
    size_t steps;                 /* 0: every row goes the full way */
    bool weighted, measured;      /* some scores go through a value function */
    double score_low, score_high; /* of the scale; where open: 0 and the greatest number */
    unsigned small_low, small_high;
    bool digits; /* there are one-digit scores on the scale; then, see quick.c: */
    csv_bytes flip, low, add, known[CSV_LANES], quoted_flip, quoted_low, quoted_add;
    unsigned char class[256];
} csv_plan;

enum { CSV_BYTE_PLAIN, CSV_BYTE_HIGH, CSV_BYTE_STOP };

/* ---- rows ------------------------------------------------------------------------------------ */

typedef struct csv_field {
    const char *text; /* without quotes and blanks around it */
    size_t length;
    const char *start; /* its first byte in the window */
} csv_field;

typedef enum csv_outcome {
    CSV_ROW,    /* fields are there */
    CSV_BLANK,  /* nothing but blanks */
    CSV_MORE,   /* the window ends first */
    CSV_BROKEN, /* see fault; the next row begins at `next` */
    CSV_LOST    /* see fault; where the next row begins cannot be known */
} csv_outcome;

typedef struct csv_record {
    csv_field *field;
    size_t room;
    size_t count;     /* may be more than there is room for */
    const char *next; /* behind its newline */
    bool quoted;      /* it has quotation marks */
    char *scratch;    /* CSV_LINE_MOST bytes for fields with doubled quotes; NULL until needed */
    size_t scratch_used;
    ve_code fault_code; /* of a broken record, with its place and message */
    const char *fault_at, *fault_hint;
    const char *fault;
} csv_record;

ve_code csv_record_init(csv_record *record, size_t columns);
void csv_record_free(csv_record *record);
csv_outcome csv_split(csv_record *record, const char *p, const csv_window *window, const csv_plan *plan,
                      char delimiter);

/* Customers on their way to the sink. */
typedef struct csv_block {
    size_t rows;
    uint64_t handed_on; /* rows that the sink has */
    size_t attributes, cells, columns, stride;
    bool wide; /* scores as doubles from here on */
    double *attribute, *weight, *column, *score;
    uint16_t *small;
} csv_block;

/* Values of one customer as the full way reads them. */
typedef struct csv_answers {
    double *attribute, *score, *column, weight;
} csv_answers;

ve_code csv_block_init(csv_block *block, const ve_survey_want *want, const csv_plan *plan);
void csv_block_free(csv_block *block);
ve_code csv_block_add(csv_block *block, const csv_answers *answers, ve_sink *sink, unsigned shard);
ve_code csv_block_flush(csv_block *block, ve_sink *sink, unsigned shard);

/* ---- reading --------------------------------------------------------------------------------- */

/* A customer's name as something that can be compared. */
typedef struct csv_key {
    uint64_t high, low;
    size_t length;
} csv_key;

typedef struct csv_id {
    uint64_t hash[2];
    uint64_t at;
} csv_id;

/* Customers' names seen by one worker. */
typedef struct csv_ids {
    csv_id *list;
    size_t count, room;
    uint64_t seed[2];
} csv_ids;

/* First and last customer of a unit, while their names ascend. */
typedef struct csv_span {
    csv_key first, last;
    bool any;
} csv_span;

/* Why a pass over the file must be made again, in another way. */
enum {
    CSV_AGAIN_QUOTES = 1,  /* newlines may be quoted: count quotation marks first */
    CSV_AGAIN_NAMES = 2,   /* customers are in no order: keep all names */
    CSV_AGAIN_IN_ORDER = 4 /* quotation marks are out of place: one thread, from the start */
};

typedef struct csv_reader {
    const csv_params *params;
    const ve_survey_want *want;
    const ve_survey_services *services;
    ve_sink *sink;
    csv_source source;
    csv_header header;
    csv_plan plan;
    csv_faults faults;
    unsigned modes;    /* CSV_AGAIN_* that hold in this pass */
    bool quotes_plain; /* no row of this pass begins inside quotation marks */
    unsigned threads;
    size_t units;
    unsigned char *inside; /* per unit: it begins inside quotation marks */
    csv_span *span;        /* per unit, where customers are named */
} csv_reader;

/* One thread's part of a pass. */
typedef struct csv_worker {
    csv_reader *reader;
    unsigned shard;
    csv_window window;
    csv_record record;
    csv_block block;
    csv_answers answers;
    double *values; /* what answers point into */
    csv_faults faults;
    csv_ids ids;
    csv_span *span;   /* of the unit under way */
    bool span_kept;   /* customers are named */
    const char *name; /* the customer of the row that the quick way is in */
    size_t name_length;
    uint64_t name_at;
    double skipped;
    unsigned again;
    ve_code code;
    struct csv_people *people; /* long layout */
} csv_worker;

ve_code csv_header_read(csv_reader *reader);
ve_code csv_plan_make(csv_reader *reader);
void csv_plan_steps(csv_reader *reader, csv_step *step);
ve_code csv_pass_all(csv_reader *reader);

/* Rows that begin in p .. end by the quick way, into the block until it is full: where the first row begins
 * that it did not take. */
const char *csv_quick(csv_worker *worker, const char *p, const char *end);
void csv_wide_row(csv_worker *worker);
void csv_long_row(csv_worker *worker);
ve_code csv_people_new(csv_worker *worker);
void csv_people_end(csv_worker *worker);
void csv_people_free(csv_worker *worker);

/* What a field holds for a use; false: missing or at fault, and *gap or a fault says which. */
bool csv_take(csv_worker *worker, const csv_use *use, const csv_field *field, double *out, bool *gap);
bool csv_is_missing(const csv_field *field);
double csv_value_apply(const csv_value *value, double x);
uint64_t csv_offset(const csv_worker *worker, const char *p);
csv_fault *csv_worker_fault(csv_worker *worker, const csv_field *field, ve_code code, const char *hint,
                            const char *format, ...) VE_PRINTF(5, 6);

/* A customer's name in the wide layout. */
void csv_ids_see(csv_worker *worker, const char *bytes, size_t length, uint64_t at);
/* Customers that stand twice become faults. */
ve_code csv_ids_check(csv_reader *reader, csv_worker *const *worker, size_t workers, unsigned *again);
void csv_hash(const char *bytes, size_t length, const uint64_t seed[2], uint64_t hash[2]);
void csv_seed(uint64_t seed[2]);

#endif

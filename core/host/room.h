/* What the files of the host share: the room a model runs in, its limits, its trouble, its texts.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_HOST_ROOM_H
#define VE_HOST_ROOM_H

#include <lua.h>
#include <time.h>

#include "host/host.h"
#include "host/scan.h"

enum {
    VE_HOOK_STEPS = 1000,     /* steps between two looks at the budget */
    VE_CLOCK_STEPS = 5000,    /* steps between two looks at the clock, which is slow to read */
    VE_CLOCK_BYTES = 1 << 25, /* ... or bytes allocated between them: few steps can do much work */
    VE_INCLUDE_DEPTH = 16,
    VE_CHUNKS = 1024 /* files of one model */
};

/* One file of the model, as read and as run. */
typedef struct ve_chunk {
    int index;
    ve_source source;
    const char *text; /* the source without what only others read: a byte order mark, a first line with # */
    ve_scan scan;
    unsigned long long device, inode;
    int function; /* of an included file, once compiled: its handle */
    bool running;
} ve_chunk;

/* The failure under way, kept outside of Lua. */
typedef struct ve_trouble {
    ve_code code;
    ve_place at;
    bool told; /* it is among the errors already */
    char message[VE_MESSAGE_BYTES];
    char hint[VE_MESSAGE_BYTES / 2];
} ve_trouble;

/* A word that nobody knows, met while the model ran. */
typedef struct ve_unknown {
    const char *name;
    ve_place at;  /* where it was met first */
    bool reached; /* it stands in the model, so whoever looks at it there will tell it */
    struct ve_unknown *next;
} ve_unknown;

/* A word that came with ve.use. */
typedef struct ve_used {
    const char *name;
    struct ve_used *next;
} ve_used;

struct ve_host {
    ve_arena *arena;
    ve_limits limits;
    ve_vocabulary words;
    bool is_plugin; /* the file is no model but a plugin: other words, other messages */
    int folder;
    lua_State *L;
    ve_errors *errors; /* of the call under way */

    size_t used;         /* bytes Lua holds */
    size_t since_clock;  /* bytes allocated since the last look at the clock */
    const void *refused; /* the last request that was refused */
    size_t refused_bytes;
    ve_place refused_at;
    bool deep;                /* ... from within thousands of calls */
    double steps;             /* of the call under way; of a model of all calls together */
    double steps_since_clock; /* ... of all calls, since the last look at the clock */
    double spent;             /* seconds of the calls before this one */
    struct timespec entered;
    ve_code stop; /* the limit that was reached: final */
    ve_place stop_at;

    ve_trouble trouble;
    ve_place seen;     /* the innermost line of the model when the error was raised */
    ve_place model_at; /* where ve.model was last called */
    bool model_made;

    ve_unknown *unknown;
    ve_used *used_words;
    ve_chunk *chunk[VE_CHUNKS];
    int chunks;
    int includes;                 /* files being included right now */
    ve_source *last_source;       /* of the list the caller sees */
    const char *path;             /* of the field whose function runs, for messages; NULL */
    int functions;                /* handles given out */
    const ve_value *model;        /* the tree the file returned */
    const char *const *attribute; /* names of the customer's fields while a target function runs */
    size_t attributes;
};

/* room.c */
ve_code ve_room_open(ve_host *host, ve_errors *errors);
/* Run body(L) with `data` as its light userdata argument, protected and within the budget. */
ve_code ve_room_run(ve_host *host, lua_CFunction body, void *data, ve_errors *errors);
/* While C code of ours does something else on behalf of a function that runs in the room, its clock stands
 * still. */
void ve_room_leave(ve_host *host);
void ve_room_return(ve_host *host);
const char *ve_room_who(const ve_host *host); /* "the model" */
ve_host *ve_room_of(lua_State *L);
void ve_room_charge(lua_State *L, size_t work); /* count work of C code as steps */
void ve_room_stop(ve_host *host, ve_code code); /* a limit is reached: the model goes no further */
ve_place ve_room_place(lua_State *L);           /* the innermost line of the model being run */

/* trouble.c */
/* Raise a failure at the model's innermost line; hint may be NULL. */
_Noreturn void ve_room_raise(lua_State *L, ve_code code, const char *hint, const char *format, ...)
    VE_PRINTF(4, 5);
_Noreturn void ve_room_raise_at(lua_State *L, ve_code code, ve_place at, const char *hint, const char *format,
                                ...) VE_PRINTF(5, 6);
_Noreturn void ve_room_raise_told(lua_State *L, ve_code code); /* it is among host->errors already */
_Noreturn void ve_room_raise_memory(lua_State *L);             /* the arena is full */
int ve_trouble_handler(lua_State *L);                          /* the message handler */
ve_code ve_trouble_tell(ve_host *host, int status); /* after a protected call; the error is on top */
ve_code ve_trouble_limit(ve_host *host);            /* tell the limit in host->stop */
ve_place ve_trouble_prefix(const ve_host *host, const char **message); /* "0:12: text" -> its place, text */
extern const char ve_raised; /* its address is the error value of ve_room_raise */

/* load.c */
/* The model, or the plugin, itself. */
ve_code ve_chunk_read(ve_host *host, const char *path, ve_source **sources, ve_errors *errors);
ve_code ve_chunk_read_open(ve_host *host, const char *file, int descriptor, size_t bytes, ve_chunk **out,
                           ve_errors *errors);
void ve_chunk_load(lua_State *L, const ve_chunk *chunk); /* pushes the function and its argument */
ve_place ve_chunk_place(const ve_host *host, int chunk, int line, int column);
/* The place with the column where the name stands in its line, after a dot or not; unchanged if it does not.
 */
ve_place ve_chunk_find(const ve_host *host, ve_place at, const char *name, bool after_dot);
int ve_chunk_index(const char *source); /* of lua_Debug.source; -1 for none of ours */
extern const char *const ve_chunk_marker;

/* syntax.c: a message of Lua's parser, in words for planners */
_Noreturn void ve_syntax_raise(lua_State *L, const ve_chunk *chunk, const char *message, int line,
                               size_t fed);

/* library.c: leaves the environment as the globals of L */
void ve_library_open(lua_State *L);
void ve_library_text(lua_State *L, int env);  /* text.c */
void ve_library_lists(lua_State *L, int env); /* lists.c */
int ve_library_pairs(lua_State *L);           /* lists.c */
/* A metatable for table `name`, on top: reading what is not there raises a failure that says so. */
void ve_library_strict(lua_State *L, const char *name);

/* words.c */
void ve_words_open(lua_State *L, int env);
const char *ve_words_of(lua_State *L, int table); /* the word a table was made by, NULL */
const char *ve_words_of_function(lua_State *L,
                                 int index); /* "normal" for the function ve.normal itself, NULL */
void ve_words_set(lua_State *L, int table, const char *word,
                  bool list); /* list: records are found by id too */
/* Push the function of a word that nobody knows, so that the rest of the model can be looked at as well. */
void ve_words_push_unknown(lua_State *L, const char *name, ve_place at);
void ve_words_reach(const ve_host *host, const char *word); /* it stands in what is read */
/* After reading: raise the failure of an unknown word that stands nowhere in it. */
void ve_words_check(lua_State *L);
extern const char ve_word_key;

/* marks: where a table is written */
extern const char ve_mark_key;
int ve_mark_set(lua_State *L); /* the marker: (number, table) -> table; upvalue: the chunk */

/* read.c: the value on top of the stack, as a tree; `elsewhere` is the place of what the source does not show
 */
ve_code ve_read(lua_State *L, const char *path, ve_place elsewhere, ve_value *out);
void ve_read_push_function(lua_State *L, int handle);
int ve_read_keep_function(lua_State *L, int index); /* its handle */

/* records.c */
int ve_records_index(lua_State *L);    /* __index of lists of records */
int ve_records_newindex(lua_State *L); /* __newindex */

/* use.c: ve.use, on top of the table `ve`; names of files as messages show them */
void ve_words_add(lua_State *L, const char *name); /* a word, to the table on top */
void ve_use_open(lua_State *L);
const char *ve_room_beside(ve_host *host, const char *name);

/* watchdog.c; who: "the model" */
void ve_watchdog_arm(double seconds, const char *file, const char *who);
void ve_watchdog_disarm(void);

#endif

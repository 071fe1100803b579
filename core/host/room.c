/* The room's walls: a limited allocator, a budget of steps and seconds, and the one protected call.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "host/room.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    DEEP = 5000,        /* so many calls inside each other are a recursion that does not end */
    COLLECT_BYTES = 100 /* bytes of garbage collection that count as one step */
};

const ve_limits ve_limits_default = {
    .source_bytes = 1u << 20,
    .memory = 64u << 20,
    .block = 2u << 20,
    .steps = 50e6,
    .seconds = 2,
    .nodes = 1000000,
    .depth = 32,
};

ve_host *ve_room_of(lua_State *L) {
    ve_host *host;
    memcpy(&host, lua_getextraspace(L), sizeof host);
    return host;
}

static void hook(lua_State *L, lua_Debug *ar);

/* ---- budget -------------------------------------------------------------------------------------------- */

static double seconds_inside(const ve_host *host) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return host->spent + (double)(now.tv_sec - host->entered.tv_sec) +
           (double)(now.tv_nsec - host->entered.tv_nsec) * 1e-9;
}

/* A limit is final: from now on the hook fires at every step, so that no code of the model goes on. */
void ve_room_stop(ve_host *host, ve_code code) {
    if (host->stop) return;
    host->stop = code;
    if (host->L) lua_sethook(host->L, hook, LUA_MASKCOUNT, 1);
}

static void look_at_clock(ve_host *host) {
    host->since_clock = 0;
    host->steps_since_clock = 0;
    if (seconds_inside(host) > host->limits.seconds) ve_room_stop(host, VE_E_TIME);
}

static void spend(ve_host *host, double steps) {
    host->steps += steps;
    host->steps_since_clock += steps;
    if (host->steps > host->limits.steps)
        ve_room_stop(host, VE_E_STEPS);
    else if (host->steps_since_clock >= VE_CLOCK_STEPS)
        look_at_clock(host);
}

/* ---- allocator ----------------------------------------------------------------------------------------- */

/* Lua asks again after a full collection; the second refusal of the same request is final. A script must not
 * go on then: parts of Lua live with a refusal and would collect in full at every further allocation. */
static void *refuse(ve_host *host, const void *pointer, size_t bytes) {
    lua_Debug ar;
    bool again = host->refused == pointer && host->refused_bytes == bytes;
    host->refused = pointer;
    host->refused_bytes = bytes;
    if (!host->L) return NULL;
    host->refused_at = ve_room_place(host->L);
    host->deep = lua_getstack(host->L, DEEP, &ar);
    if (again)
        ve_room_stop(host, VE_E_MEMORY);
    else if (!host->stop)
        spend(host, VE_CLOCK_STEPS + (double)(host->used / COLLECT_BYTES));
    return NULL;
}

static void *allocate(void *ud, void *pointer, size_t old, size_t bytes) {
    ve_host *host = ud;
    if (!pointer) old = 0; /* it is a type tag then */
    if (bytes == 0) {
        free(pointer);
        host->used -= old;
        return NULL;
    }
    if (bytes > old && (bytes > host->limits.block || bytes - old > host->limits.memory - host->used))
        return refuse(host, pointer, bytes);
    void *grown = realloc(pointer, bytes);
    if (!grown) return bytes <= old ? pointer : refuse(host, pointer, bytes);
    host->used = host->used - old + bytes;
    host->since_clock += bytes;
    if (host->since_clock > VE_CLOCK_BYTES && !host->stop) look_at_clock(host);
    return grown;
}

/* ---- steps --------------------------------------------------------------------------------------------- */

static void leave_if_stopped(lua_State *L, ve_host *host) {
    if (!host->stop) return;
    if (!host->stop_at.file) host->stop_at = ve_room_place(L);
    lua_pushlightuserdata(L, (void *)&ve_raised);
    lua_error(L);
}

static void hook(lua_State *L, lua_Debug *ar) {
    (void)ar;
    ve_host *host = ve_room_of(L);
    if (!host->stop) spend(host, VE_HOOK_STEPS);
    leave_if_stopped(L, host);
}

void ve_room_charge(lua_State *L, size_t work) {
    ve_host *host = ve_room_of(L);
    if (!host->stop) spend(host, (double)work);
    leave_if_stopped(L, host);
}

ve_place ve_room_place(lua_State *L) {
    ve_host *host = ve_room_of(L);
    lua_Debug ar;
    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "Sl", &ar);
        int chunk = ve_chunk_index(ar.source);
        if (chunk >= 0 && ar.currentline > 0) return ve_chunk_place(host, chunk, ar.currentline, 0);
    }
    return VE_NOWHERE;
}

/* ---- calls --------------------------------------------------------------------------------------------- */

const char *ve_room_who(const ve_host *host) {
    return host->is_plugin ? "the plugin" : "the model";
}

void ve_room_return(ve_host *host) {
    clock_gettime(CLOCK_MONOTONIC, &host->entered);
    ve_watchdog_arm(2 * (host->limits.seconds - host->spent) + 0.5, host->chunk[0]->source.file,
                    ve_room_who(host));
}

void ve_room_leave(ve_host *host) {
    ve_watchdog_disarm();
    host->spent = seconds_inside(host);
}

/* Nothing runs outside of a protected call, so this is a fault of the program. */
static int panic(lua_State *L) {
    static const char message[] =
        "vescore: internal error: Lua raised an error outside of a protected call\n";
    (void)L;
    if (write(STDERR_FILENO, message, sizeof message - 1) < 0) _exit(70);
    _exit(70);
}

static ve_code enter(ve_host *host, lua_CFunction body, void *data) {
    lua_State *L = host->L;
    ve_room_return(host);
    lua_pushcfunction(L, ve_trouble_handler);
    lua_pushcfunction(L, body);
    lua_pushlightuserdata(L, data);
    int status = lua_pcall(L, 1, 0, 1);
    ve_room_leave(host);
    ve_code code = status == LUA_OK && !host->stop ? VE_OK : ve_trouble_tell(host, status);
    lua_settop(L, 0);
    return code;
}

ve_code ve_room_run(ve_host *host, lua_CFunction body, void *data, ve_errors *errors) {
    host->errors = errors;
    host->trouble = (ve_trouble){ .code = VE_OK };
    host->seen = VE_NOWHERE;
    if (host->is_plugin) host->steps = 0;
    return host->stop ? ve_trouble_limit(host) : enter(host, body, data);
}

/* "error in error handling" is made by Lua where an error could not be caught: have it there before. */
static int prepare(lua_State *L) {
    lua_pushliteral(L, "error in error handling");
    luaL_ref(L, LUA_REGISTRYINDEX);
    ve_library_open(L);
    return 0;
}

ve_code ve_room_open(ve_host *host, ve_errors *errors) {
    clock_gettime(CLOCK_MONOTONIC, &host->entered);
    host->errors = errors;
    host->L = NULL;
    lua_State *L = lua_newstate(allocate, host);
    if (!L) {
        host->stop = VE_E_MEMORY;
        return ve_trouble_limit(host);
    }
    host->L = L;
    host->refused = NULL;
    host->refused_bytes = 0;
    memcpy(lua_getextraspace(L), &host, sizeof host);
    lua_atpanic(L, panic);
    lua_sethook(L, hook, LUA_MASKCOUNT, VE_HOOK_STEPS);
    return ve_room_run(host, prepare, NULL, errors);
}

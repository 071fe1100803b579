/* The room with the n-th allocation failing, for every n: out of memory is told as such, and nothing is lost.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "host_room.h"

static long left = -1; /* allocations until one fails; negative: none does */
static bool sticky;    /* all that follow fail as well */
static unsigned failures;
static long alive;

static bool refused(void) {
    if (left < 0) return false;
    if (left > 0) return left--, false;
    if (!sticky) left = -1;
    failures++;
    return true;
}

static void *count(void *made) {
    alive += made != NULL;
    return made;
}

void *__real_malloc(size_t bytes);
void *__wrap_malloc(size_t bytes);
void *__wrap_malloc(size_t bytes) {
    return refused() ? NULL : count(__real_malloc(bytes));
}

void *__real_calloc(size_t number, size_t bytes);
void *__wrap_calloc(size_t number, size_t bytes);
void *__wrap_calloc(size_t number, size_t bytes) {
    return refused() ? NULL : count(__real_calloc(number, bytes));
}

void *__real_realloc(void *old, size_t bytes);
void *__wrap_realloc(void *old, size_t bytes);
void *__wrap_realloc(void *old, size_t bytes) {
    if (refused()) return NULL;
    void *made = __real_realloc(old, bytes);
    alive += !old && made;
    return made;
}

void __real_free(void *old);
void __wrap_free(void *old);
void __wrap_free(void *old) {
    alive -= old != NULL;
    __real_free(old);
}

static const char part[] =
    "local t = ... return { { id = 'A', cost = 5, target = function(c) return c.income end } }";

static const char *const models[] = {
    "return ve.model { change = function(m) m.options.A.cost = 7 m.options.B = { name = 'n' } end,\n"
    "  options = ve.include 'part.lua', scale = { 0, 4 }, ['a b'] = ve.normal { mean = 1 } }",
    "local t = {} for k, v in pairs { b = 1, a = 2, [1] = 3, [2.5] = 4 } do t[#t + 1] = tostring(k) .. v "
    "end\n"
    "table.sort(t) table.sort(t, function(a, b) return a > b end) table.insert(t, 1, ('x'):rep(100))\n"
    "local s = table.concat(t, ',') t = s:split(',') assert(('%s %q'):format({}, s):upper():trim())\n"
    "return ve.model { title = s, list = t, change = function(m) table.remove(m.list) end }",
    "local function f(n) if n == 0 then return {} end return { f(n - 1) } end\n"
    "return ve.model { deep = f(20), nan = 0/0, twice = 1, twice = 2, [true] = 1, gap = { 1, nil, 3 } }",
    "return ve.model {\n a = 1\n b = 2 }",
    "local x = nothing",
    "local x = ('a') + {}",
    "error { 1 }",
    "return 5",
    "local s = 'x' while true do s = s .. s end",
    "return ve.include 'missing.lua'",
    "return ve.model { x = ve.include 'model.lua' }",
};

/* Opens the model, changes it and calls its function; the first code that is not VE_OK. */
static ve_code use(room *r) {
    static const double income[] = { 1, 2 }, *const column[] = { income };
    static const char *const name[] = { "income" };
    const ve_columns columns = { 2, 1, column };
    const ve_value *changed;
    double out[2];
    ve_code code = ve_host_open(r->arena, r->path, r->descriptor, &room_vocabulary, &r->limits, &r->host,
                                &r->model, &r->sources, &r->errors);
    const ve_value *change = code ? NULL : field(r->model, "change");
    if (change) code = ve_host_change(r->host, change, &changed, &r->errors);
    const ve_value *target = code ? NULL : at_path(r->model, "options.1.target");
    if (target) code = ve_host_call(r->host, target, "target", name, &columns, out, &r->errors);
    return code;
}

/* One try, with what it makes taken down again. */
static ve_code try(room *r, size_t arena) {
    r->errors.count = r->errors.dropped = 0;
    r->host = NULL;
    r->model = NULL;
    r->arena = ve_arena_new(arena);
    ve_code code = r->arena ? use(r) : VE_E_MEMORY;
    ve_host_close(r->host);
    ve_arena_free(r->arena);
    r->host = NULL;
    r->arena = NULL;
    return code;
}

/* Memory may run out, or the mistake of the model comes first: nothing else. */
static void ends_well(const room *r, ve_code code, ve_code fine) {
    if (code == fine || code == VE_E_MEMORY) return;
    fail_msg("%s instead of %s: %s", ve_code_get(code)->id, ve_code_get(fine)->id, room_error(r, 0));
}

static void with_every_allocation_failing(room *r, ve_code fine) {
    long before = alive;
    for (long n = 0;; n++) {
        failures = 0;
        left = n;
        ve_code code = try(r, 0);
        left = -1;
        ends_well(r, code, fine);
        assert_int_equal(alive, before);
        if (failures == 0) return;
    }
}

static void with_every_limit(room *r, ve_code fine) {
    const ve_limits all = r->limits;
    long before = alive;
    ve_code code = VE_E_MEMORY;
    for (size_t limit = 0; limit < 120000 && (code == VE_E_MEMORY || limit < 40000); limit += 97) {
        r->limits.memory = limit;
        code = try(r, 0);
        ends_well(r, code, fine);
    }
    r->limits = all;
    for (size_t limit = 1; limit < 60000; limit += 307)
        ends_well(r, try(r, limit), fine);
    for (size_t block = 16; block < 20000; block += block / 8 + 1) {
        r->limits.block = block;
        ends_well(r, try(r, 0), fine);
    }
    r->limits = all;
    assert_int_equal(alive, before);
}

static void for_every_model(void (*sweep)(room *, ve_code)) {
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        room r;
        room_begin(&r);
        ve_arena_free(r.arena);
        room_file(&r, "part.lua", part, strlen(part));
        room_file(&r, "model.lua", models[i], strlen(models[i]));
        ve_code fine = try(&r, 0);
        if (i < 2) assert_int_equal(fine, VE_OK);
        sweep(&r, fine);
        room_end(&r);
    }
}

static void any_allocation_may_fail_once(void **state) {
    (void)state;
    sticky = false;
    for_every_model(with_every_allocation_failing);
}

static void all_allocations_may_fail_from_one_on(void **state) {
    (void)state;
    sticky = true;
    for_every_model(with_every_allocation_failing);
}

static void every_limit_of_memory_holds(void **state) {
    (void)state;
    for_every_model(with_every_limit);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_allocation_may_fail_once),
        cmocka_unit_test(all_allocations_may_fail_from_one_on),
        cmocka_unit_test(every_limit_of_memory_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

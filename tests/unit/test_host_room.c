/* The room: what a model can reach, and that no loop, bomb or trick gets out of its limits.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <time.h>

#include "host_room.h"

static room r;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* ---- the allow-list ------------------------------------------------------------------------------------ */

/* Everything that can be reached from the globals and from texts, name by name. */
static const char walk[] =
    "local seen, list = {}, {}\n"
    "local function visit(path, t, depth)\n"
    "  for k, v in pairs(t) do\n"
    "    local name = path .. tostring(k)\n"
    "    list[#list + 1] = name .. ' ' .. type(v)\n"
    "    if type(v) == 'table' and not seen[path] and v ~= _G then visit(name .. '.', v, depth + 1) end\n"
    "  end\n"
    "end\n"
    "visit('', _G, 0)\n"
    "return ve.model { list = list }\n";

static const char *const golden[] = {
    "_G table",
    "assert function",
    "error function",
    "ipairs function",
    "math table",
    "math.abs function",
    "math.acos function",
    "math.asin function",
    "math.atan function",
    "math.ceil function",
    "math.cos function",
    "math.deg function",
    "math.exp function",
    "math.floor function",
    "math.fmod function",
    "math.huge number",
    "math.log function",
    "math.max function",
    "math.maxinteger number",
    "math.min function",
    "math.mininteger number",
    "math.modf function",
    "math.pi number",
    "math.rad function",
    "math.sin function",
    "math.sqrt function",
    "math.tan function",
    "math.tointeger function",
    "math.type function",
    "math.ult function",
    "pairs function",
    "select function",
    "string table",
    "string.byte function",
    "string.char function",
    "string.contains function",
    "string.format function",
    "string.len function",
    "string.lower function",
    "string.rep function",
    "string.reverse function",
    "string.split function",
    "string.startswith function",
    "string.sub function",
    "string.trim function",
    "string.upper function",
    "table table",
    "table.concat function",
    "table.insert function",
    "table.remove function",
    "table.sort function",
    "table.unpack function",
    "tonumber function",
    "tostring function",
    "type function",
    "ve table",
    "ve.answers function",
    "ve.csv function",
    "ve.direct function",
    "ve.equal function",
    "ve.include function",
    "ve.model function",
    "ve.normal function",
    "ve.parties function",
    "ve.rank_order function",
    "ve.use function",
};

static void a_model_reaches_these_names_and_no_others(void **state) {
    (void)state;
    room_begin(&r);
    assert_int_equal(room_open(&r, walk), VE_OK);
    const ve_value *list = field(r.model, "list");
    for (size_t i = 0; i < sizeof golden / sizeof *golden; i++) {
        if (i >= list->table.count) fail_msg("%s is missing", golden[i]);
        assert_string_equal(list->table.items[i].text.bytes, golden[i]);
    }
    assert_int_equal(list->table.count, sizeof golden / sizeof *golden);
    room_end(&r);
}

static void what_lua_has_besides_is_not_there(void **state) {
    (void)state;
    static const char *const absent[] = {
        "load",
        "loadstring",
        "loadfile",
        "dofile",
        "require",
        "package",
        "os",
        "io",
        "debug",
        "coroutine",
        "utf8",
        "print",
        "warn",
        "collectgarbage",
        "next",
        "rawget",
        "rawset",
        "rawequal",
        "rawlen",
        "getmetatable",
        "setmetatable",
        "pcall",
        "xpcall",
        "math.random",
        "math.randomseed",
        "string.dump",
        "string.find",
        "string.match",
        "string.gmatch",
        "string.gsub",
        "string.pack",
        "string.unpack",
        "string.packsize",
        "table.move",
        "table.pack",
        "arg",
        "_VERSION",
    };
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        char text[128];
        room_begin(&r);
        snprintf(text, sizeof text, "local x = %s return ve.model {}", absent[i]);
        assert_int_equal(room_open(&r, text), VE_E_LUA);
        assert_int_equal(r.errors.list[0].at.line, 1);
        room_end(&r);
    }
}

static void texts_have_no_other_functions(void **state) {
    (void)state;
    expect_error("local x = ('a'):dump()", "model.lua:1:17: VE302 models do not have 'string.dump'");
    expect_error("local x = '5' + 1", "model.lua:1:0: VE302 '5' is a text, so one cannot calculate with it");
    expect_error("local x = ('').x.y", "model.lua:1:16: VE302 models do not have 'string.x'");
    expect_fine(
        "assert(#'abc' == 3 and ('x'):upper() == 'X' and ('%5.1f'):format(2) == '  2.0') return ve.model {}");
}

static void what_a_model_overwrites_is_its_own_copy(void **state) {
    (void)state;
    expect_fine("tostring = nil type = 5 pairs = nil _G.assert = nil string.upper = nil ve.csv = nil _G = "
                "nil error = 1\n"
                "return ve.model { a = ve.normal { mean = 1 } }");
    expect_error("ve.model = function(t) return t end return ve.model {}",
                 "model.lua:1:37: VE303 the file returns a plain table, not a model (write `return ve.model "
                 "{ ... }`)");
    expect_error("local _ENV = {} return ve.model {}",
                 "model.lua:1:24: VE302 've' has no value, so it has no fields");
}

/* ---- functions ----------------------------------------------------------------------------------------- */

static void own_functions_do_what_their_names_say(void **state) {
    (void)state;
    expect_fine(
        "assert(tostring(nil) == 'nil' and tostring(true) == 'true' and tostring(1.5) == '1.5' and "
        "tostring('x') == 'x')\n"
        "assert(tostring({}) == 'table' and tostring(type) == 'function' and tostring(ve.normal {}) == "
        "'ve.normal')\n"
        "assert(tonumber('12.5') == 12.5 and tonumber(' 0x10 ') == 16 and tonumber('1e2') == 100 and "
        "tonumber(7) == 7)\n"
        "assert(tonumber('x') == nil and tonumber('') == nil and tonumber('1 2') == nil and tonumber({}) == "
        "nil)\n"
        "assert(tonumber('ff', 16) == 255 and tonumber('-Z', 36) == -35 and tonumber('2', 2) == nil and "
        "tonumber(' ', 10) == nil)\n"
        "assert(tonumber('nan') == nil and tonumber('inf') == nil and tonumber(('1'):rep(300)) == nil)\n"
        "assert(('ab'):rep(3) == 'ababab' and ('ab'):rep(2, '-') == 'ab-ab' and ('x'):rep(0) == '' and "
        "('x'):rep(-1) == '')\n"
        "assert((''):rep(1000000) == '')\n"
        "assert(('a,b,,c'):split(',')[4] == 'c' and #('a,b,,c'):split(',') == 4 and #(''):split(',') == 1)\n"
        "assert(('a--b'):split('--')[2] == 'b' and ('  x y\\t\\n'):trim() == 'x y' and (' '):trim() == '')\n"
        "assert(('steel'):startswith('st') and not ('steel'):startswith('el') and ('x'):startswith('') and "
        "not ('x'):startswith('xx'))\n"
        "assert(('steel'):contains('tee') and not ('steel'):contains('x') and ('x'):contains('') and not "
        "('x'):contains('xx'))\n"
        "assert(('%d %s %s %5.2f%%'):format(3, {}, type, 1.5) == '3 table function  1.50%')\n"
        "assert(('%s'):format(nil) == 'nil' and ('%q'):format('a') == '\"a\"')\n"
        "return ve.model {}");
}

static void list_functions_do_what_their_names_say(void **state) {
    (void)state;
    expect_fine(
        "local t = { 3, 1, 2 } table.sort(t) assert(table.concat(t, ',') == '1,2,3')\n"
        "table.sort(t, function(a, b) return a > b end) assert(table.concat(t) == '321')\n"
        "local s = {} for i = 1, 1000 do s[i] = { k = i % 7, i = i } end\n"
        "table.sort(s, function(a, b) return a.k < b.k end)\n"
        "for i = 2, 1000 do assert(s[i - 1].k < s[i].k or s[i - 1].k == s[i].k and s[i - 1].i < s[i].i) end\n"
        "table.sort({}) table.sort({ 1 }) local w = { 'b', 'a', 'B' } table.sort(w) assert(w[1] == 'B')\n"
        "local u = { 5, 4 } table.insert(u, 6) table.insert(u, 1, 7) assert(table.concat(u, ' ') == '7 5 4 "
        "6')\n"
        "assert(table.remove(u) == 6 and table.remove(u, 1) == 7 and #u == 2)\n"
        "local a, b = table.unpack({ 1, 2, 3 }, 2) assert(a == 2 and b == 3 and select('#', "
        "table.unpack({})) == 0)\n"
        "assert(table.concat({}) == '' and table.concat({ 1, 2, 3 }, ', ', 2, 3) == '2, 3')\n"
        "return ve.model {}");
}

static void pairs_go_in_one_order(void **state) {
    (void)state;
    expect_fine("local t = { z = 1, a = 1, [true] = 1, [false] = 1, [10] = 1, [-1] = 1, [2.5] = 1, [2] = 1, "
                "ab = 1, ['\\0'] = 1 }\n"
                "local s = {} for k in pairs(t) do s[#s + 1] = tostring(k) end\n"
                "assert(table.concat(s, ' ') == '-1 2 2.5 10 \\0 a ab z false true', table.concat(s, ' '))\n"
                "local n = 0 for i, v in pairs { 5, 6, 7 } do n = n + i * v end assert(n == 38)\n"
                "for k in pairs(t) do t[k] = nil end for k in pairs(t) do error('left') end\n"
                "local u = { a = 1, b = 2, c = 3 } s = {}\n"
                "for k in pairs(u) do u.b = nil u.d = 4 s[#s + 1] = k end assert(table.concat(s) == 'ac')\n"
                "for k, v in pairs { 1, nil, 3 } do s[k] = v end assert(s[3] == 3)\n"
                "return ve.model {}");
    expect_error(
        "for k in pairs({ [{}] = 1 }) do end",
        "model.lua:1:0: VE302 a table is used as the name of a field (name fields with texts or numbers)");
}

static void functions_refuse_what_they_cannot_take(void **state) {
    (void)state;
    expect_error("local x = (5):rep(2)",
                 "model.lua:1:0: VE302 a value in this line is a number, so it has no fields");
    expect_error("string.rep(5, 2)",
                 "model.lua:1:0: VE302 bad argument #1 to 'rep' (string expected, got number)");
    expect_error("string.rep('x', '2')",
                 "model.lua:1:0: VE302 bad argument #2 to 'rep' (number expected, got string)");
    expect_error("string.split('x', '')",
                 "model.lua:1:0: VE302 bad argument #2 to 'split' (the separator is empty)");
    expect_error("string.format('%p', {})",
                 "model.lua:1:0: VE302 bad argument #1 to 'format' (%p and %a are not available in models)");
    expect_error("string.format(('x'):rep(4097))",
                 "model.lua:1:0: VE302 bad argument #1 to 'format' (the format is longer than 4 KiB)");
    expect_error("tonumber('1', 99)",
                 "model.lua:1:0: VE302 bad argument #2 to 'tonumber' (base out of range)");
    expect_error("table.sort({ 1, 'x' })", "model.lua:1:0: VE302 string and number cannot be compared");
    expect_error("table.sort({ {}, {} })", "model.lua:1:0: VE302 two table values cannot be compared");
    expect_error("table.sort({ 1, 2 }, math.max)",
                 "model.lua:1:0: VE302 bad argument #2 to 'sort' (a function of the model expected)");
    expect_error("table.sort({ 1, 1 }, function(a, b) return a <= b end)",
                 "model.lua:1:0: VE302 the order function for sorting contradicts itself (it must give true "
                 "only if its first "
                 "argument comes before its second)");
    expect_error("table.concat({ 1 }, '', 1, 2)", "model.lua:1:0: VE302 the range lies outside of the list");
    expect_error("table.unpack({ 1 }, 1, 2)", "model.lua:1:0: VE302 the range lies outside of the list");
    expect_error("local t = {} for i = 1, 251 do t[i] = i end table.unpack(t)",
                 "model.lua:1:0: VE302 more than 250 values to unpack");
    expect_fine("local t = {} for i = 1, 250 do t[i] = i end table.unpack(t) return ve.model {}");
    expect_error("table.insert(5, 1)",
                 "model.lua:1:0: VE302 bad argument #1 to 'insert' (table expected, got number)");
}

static void lengths_are_bounded(void **state) {
    (void)state;
    expect_error("('x'):rep(1000001)",
                 "model.lua:1:0: VE804 a text is repeated more than 1000000 times (repeat it less often)");
    expect_error("('x'):rep(1 << 40)",
                 "model.lua:1:0: VE804 a text is repeated more than 1000000 times (repeat it less often)");
    expect_error(
        "('abc'):rep(1000000)",
        "model.lua:1:0: VE804 the repeated text would be larger than 2048 KiB (repeat it less often)");
    expect_error(
        "('x'):rep(3, ('y'):rep(1000000))",
        "model.lua:1:0: VE804 the repeated text would be larger than 2048 KiB (repeat it less often)");
    expect_error("(','):rep(100001):split(',')",
                 "model.lua:1:0: VE804 a text is split into more than 100000 pieces");
    expect_error(
        "local t = { 1, 1, 1, 1 } for i = 4, 61 do t[1 << i] = 1 end t[8] = 1 t[5] = 1 table.remove(t, 1)",
        "model.lua:1:0: VE804 a list is longer than 4194304 entries (lists have no gaps)");
}

/* ---- limits -------------------------------------------------------------------------------------------- */

static void expect_limit(const char *text, ve_code code) {
    room_begin(&r);
    r.limits.seconds = 0.4;
    r.limits.steps = 1e7;
    double start = now();
    room_open(&r, text);
    double taken = now() - start;
    bool limit = r.code == VE_E_STEPS || r.code == VE_E_TIME || r.code == VE_E_MEMORY;
    if (code ? r.code != code : !limit) fail_msg("%s: %s", text, room_error(&r, 0));
    if (taken > 15) fail_msg("%s: %.1f s", text, taken);
    assert_string_equal(room_base(r.errors.list[0].at.file), "model.lua");
    assert_int_equal(r.errors.count, 1);
    room_end(&r);
}

static void loops_end(void **state) {
    (void)state;
    static const char *const loops[] = {
        "while true do end",
        "repeat until false",
        "for i = 1, math.huge do end",
        "for i = 1, math.maxinteger do end",
        "::a:: goto a",
        "local function f() return f() end f()",
        "local function f(n) if n > 0 then f(n - 1) f(n - 1) end end f(100)",
        "local t = { 3, 1, 2 } table.sort(t, function(a, b) while true do end end)",
        "while true do local x = ('x'):rep(100000):upper() end",
        "while true do local t = { 1, 2, 3 } end",
        "while true do pairs({ a = 1 }) end",
        "local s = ('x'):rep(1000000) while true do local x = s:contains('y') end",
        "local s = ('x'):rep(1000000) while true do local x = s:byte(-1) end",
        "local s = ('x'):rep(1000000) while true do local x = s == ('x'):rep(999999) end",
        ("local t = {} for i = 1, 100000 do t[i] = i end while true do table.insert(t, 1, 0) table.remove(t, "
         "1) end"),
        "local t = {} for i = 1, 10000 do t['a' .. i] = i end while true do for k in pairs(t) do end end",
        "local t = {} for i = 1, 10000 do t[i] = -i end while true do table.sort(t) end",
        "local a = 'x' for i = 1, 17 do a = a .. a end while true do local b = a .. a .. a .. a end",
        "for x in function() return 1 end do end",
        "while true do local s = ('%s'):format(('x'):rep(100000)) end",
    };
    for (size_t i = 0; i < sizeof loops / sizeof *loops; i++)
        expect_limit(loops[i], VE_OK);
}

static void bombs_are_defused(void **state) {
    (void)state;
    static const char *const bombs[] = {
        "local s = 'x' while true do s = s .. s end",
        "local t = {} while true do t[#t + 1] = {} end",
        "local t = {} for i = 1, math.huge do t[i] = i end",
        "local t = {} for i = 1, math.huge do t['k' .. i] = i end",
        "local function f() return 1 + f() end f()",
        "local function f(...) return f(1, ...) end f()",
        "local t = {} while true do t = { t } end",
        "local t = {} while true do t = { t, ('x'):rep(1000) } end",
        "local t = {} for i = 1, math.huge do t[i * 1024] = i end",
        "local f = function() end while true do local g = f f = function() return g end end",
        ("local s = '' while true do s = s .. "
         "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' end"),
        "local t = {} for i = 1, 400 do t[i] = ('x'):rep(200000) end",
    };
    for (size_t i = 0; i < sizeof bombs / sizeof *bombs; i++)
        expect_limit(bombs[i], VE_OK);
}

/* Keys that all land in one place of the table: each insertion looks at all others. No hook can stop a single
 * one. */
static void colliding_keys_stay_within_the_watchdogs_time(void **state) {
    (void)state;
    expect_limit("local t = {} for i = 1, math.huge do t[i << 32] = i end", VE_OK);
    expect_limit("local t = {} for i = 1, 65000 do t[(i << 40) + 0.0] = i end while true do end", VE_OK);
}

static void limits_are_told_with_the_way_out(void **state) {
    (void)state;
    room_begin(&r);
    r.limits.steps = 100000;
    room_open(&r, "local x\nwhile true do x = 1 end");
    assert_string_equal(
        room_error(&r, 0),
        "model.lua:2:0: VE802 the model takes more than 0.1 million steps (look for a loop that does not "
        "end; it was here when it was stopped)");
    room_end(&r);
    room_begin(&r);
    r.limits.seconds = 0.05;
    r.limits.steps = 1e12;
    room_open(&r, "local x\nwhile true do x = 1 end");
    assert_string_equal(
        room_error(&r, 0),
        "model.lua:2:0: VE803 the model runs for more than 0.05 seconds (look for a loop that does not "
        "end; it was here when it was stopped)");
    room_end(&r);
    expect_error("local s = 'x'\nwhile true do s = s .. s end",
                 "model.lua:2:0: VE801 one list or text grows beyond 2048 KiB (keep data in "
                 "a survey file, and lists in a model short)");
    expect_error("local t = {}\nwhile true do\nt = { t }\nend",
                 "model.lua:3:0: VE801 the model needs more than the 65536 KiB of memory it may "
                 "have (look for a loop that keeps adding to a list or a text)");
    expect_error("local function f()\nreturn 1 + f() end f()",
                 "model.lua:2:0: VE801 functions call each other thousands of times deep (look for a "
                 "function that calls itself without end)");
}

static void memory_ends_at_its_limit(void **state) {
    (void)state;
    size_t least = 0, low = 1, high = 1 << 20;
    while (low < high) {
        least = low + (high - low) / 2;
        room_begin(&r);
        r.limits.memory = least;
        room_open(&r, "local t = {} for i = 1, 100 do t[i] = { i } end return ve.model { n = #t }");
        if (r.code != VE_OK) assert_int_equal(r.code, VE_E_MEMORY);
        if (r.code == VE_OK)
            high = least;
        else
            low = least + 1;
        room_end(&r);
    }
    assert_true(low > 10000 && low < 100000);
}

static void steps_end_at_their_limit(void **state) {
    (void)state;
    for (int steps = 1000; steps <= 1000000; steps *= 10) {
        char text[128];
        room_begin(&r);
        r.limits.steps = steps;
        snprintf(text, sizeof text, "for i = 1, %d do end return ve.model {}", steps - 900);
        assert_int_equal(room_open(&r, text), VE_OK);
        room_end(&r);
        room_begin(&r);
        r.limits.steps = steps;
        snprintf(text, sizeof text, "for i = 1, %d do end return ve.model {}", steps + 1100);
        assert_int_equal(room_open(&r, text), VE_E_STEPS);
        room_end(&r);
    }
}

static void source_ends_at_its_limit(void **state) {
    (void)state;
    const char *text = "return ve.model {}";
    for (size_t spare = 0; spare < 3; spare++) {
        room_begin(&r);
        r.limits.source_bytes = strlen(text) - 1 + spare;
        assert_int_equal(room_open(&r, text), spare == 0 ? VE_E_SIZE : VE_OK);
        room_end(&r);
    }
}

static void a_limit_that_was_reached_stays_reached(void **state) {
    (void)state;
    room_begin(&r);
    assert_int_equal(room_open(&r, "return ve.model { f = function(m) while true do end end }"), VE_OK);
    const ve_value *again, *f = field(r.model, "f");
    assert_int_equal(ve_host_change(r.host, f, &again, &r.errors), VE_E_STEPS);
    assert_int_equal(ve_host_change(r.host, f, &again, &r.errors), VE_E_STEPS);
    room_end(&r);
}

/* ---- texts that are no models -------------------------------------------------------------------------- */

static void expect_bytes(const char *bytes, size_t length, const char *error) {
    room_begin(&r);
    room_open_bytes(&r, bytes, length);
    assert_string_equal(room_error(&r, 0), error);
    room_end(&r);
}

static void files_must_be_harmless_text(void **state) {
    (void)state;
    expect_bytes(
        "\x1bLua\x54\0\x19", 7,
        "model.lua:1:1: VE301 this is compiled Lua, not text (give the text from which it was compiled)");
    expect_bytes("\xFF\xFEr\0e\0", 6, "model.lua:1:1: VE315 the file looks like UTF-16 (save it as UTF-8)");
    expect_bytes("\xFE\xFF\0r", 4, "model.lua:1:1: VE315 the file looks like UTF-16 (save it as UTF-8)");
    expect_bytes("-- x\nx = '\xB8\xDF'", 14,
                 "model.lua:2:6: VE315 not UTF-8 text (byte 0xB8) (save the file as UTF-8)");
    expect_bytes(
        "-- x\n\nx = '\0'", 13,
        "model.lua:3:6: VE315 an invisible control character (U+0000) (delete it: it can make a text look "
        "different from what it is)");
    expect_error(
        "-- \xE2\x80\xAE x",
        "model.lua:1:4: VE315 an invisible control character (U+202E) (delete it: it can make a text look "
        "different from what it is)");
    expect_bytes("#!/x\n\x1bLua", 9, "model.lua:2:1: VE301 unexpected symbol near '<\\27>'");
    expect_bytes("\xEF\xBB\xBF\x1bLua", 7, "model.lua:1:4: VE301 unexpected symbol near '<\\27>'");
    room_begin(&r);
    assert_int_equal(ve_host_open(r.arena, "/nowhere/model.lua", r.descriptor, &room_vocabulary, &r.limits,
                                  &r.host, &r.model, &r.sources, &r.errors),
                     VE_E_READ);
    room_end(&r);
}

static void parsers_own_limits_are_told(void **state) {
    (void)state;
    char text[4096];
    snprintf(text, sizeof text, "%s", "return ");
    for (size_t i = 0; i < 300; i++)
        snprintf(text + 7 + i, sizeof text - 7 - i, "(");
    room_begin(&r);
    assert_int_equal(room_open(&r, text), VE_E_SIZE);
    assert_string_equal(r.errors.list[0].message, "it is nested too deeply");
    assert_string_equal(r.errors.list[0].hint, "put the inner parts into local variables");
    assert_int_equal(r.errors.list[0].at.line, 1);
    room_end(&r);
}

/* ---- errors of the model ------------------------------------------------------------------------------- */

static void errors_name_their_line_in_plain_words(void **state) {
    (void)state;
    expect_error("local m = {}\nm.options.A.cost = 1",
                 "model.lua:2:3: VE302 'options' has no value, so it has no fields");
    expect_error("local t\nt.x = 1", "model.lua:2:1: VE302 't' has no value, so it has no fields");
    expect_error("local t = {}\nlocal x = t.cost + 1",
                 "model.lua:2:13: VE302 'cost' has no value, so one cannot calculate with it");
    expect_error("local t = {}\nlocal x = t[1] + 1",
                 "model.lua:2:0: VE302 a value in this line has no value, so one cannot calculate with it");
    expect_error("local t = {}\nt.x()",
                 "model.lua:2:3: VE302 'x' has no value, so it cannot be called like a function");
    expect_error("local t = {}\nt:x()",
                 "model.lua:2:3: VE302 'x' has no value, so it cannot be called like a function");
    expect_error("local t = {}\nlocal s = 'a' .. t",
                 "model.lua:2:18: VE302 't' is a table, so it cannot be joined to a text with `..`");
    expect_error("local t = 5\nlocal s = #t", "model.lua:2:12: VE302 't' is a number, so it has no length");
    expect_error("local t = true\nlocal s = t | 1",
                 "model.lua:2:11: VE302 't' is true or false, so one cannot calculate with it");
    expect_error("local s = 1 < nil",
                 "model.lua:1:0: VE302 number and nil cannot be compared; nil means that there is no value");
    expect_error("local s = 1 // 0", "model.lua:1:0: VE302 a whole number is divided by zero");
    expect_error("local s = 1 % 0", "model.lua:1:0: VE302 a whole number is divided by zero");
    expect_error("local s = 1.5 | 1", "model.lua:1:0: VE302 number has no integer representation");
    expect_error("for i = 'x', 2 do end",
                 "model.lua:1:0: VE302 bad 'for' initial value (number expected, got string)");
    expect_error("assert(false)", "model.lua:1:0: VE302 assertion failed!");
    expect_error("assert(nil, 'no steel')", "model.lua:1:0: VE302 no steel");
}

static void errors_raised_by_the_model_are_told(void **state) {
    (void)state;
    expect_error("\nerror('no steel')", "model.lua:2:0: VE302 no steel");
    expect_error("local function f()\n error('bad use', 2) end\nf()", "model.lua:3:0: VE302 bad use");
    expect_error("\nerror('/etc/shadow:1: fine', 0)", "model.lua:2:0: VE302 /etc/shadow:1: fine");
    expect_error("\nerror('0:7: fine', 0)", "model.lua:2:0: VE302 0:7: fine");
    expect_error(
        "error({})",
        "model.lua:1:0: VE302 the model stops with an error that is not a text (it is a table value)");
    expect_error("error(nil)",
                 "model.lua:1:0: VE302 the model stops with an error that is not a text (it is a nil value)");
    expect_error("error('a\\0b\\27[31m\\nc', 0)", "model.lua:1:0: VE302 a\\x00b\\x1b[31m\\nc");
    room_begin(&r);
    room_open(&r, "error(('x'):rep(100000))");
    assert_int_equal(r.code, VE_E_LUA);
    room_end(&r);
}

/* ---- known defects of Lua 5.4.4 ------------------------------------------------------------------------ */

/* What the linked Lua gets wrong; none of it can be reached from a model, or it gives a clear error. */
static void known_defects_of_lua(void **state) {
    (void)state;
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    bool indexed = luaL_dostring(L, "local t = {} return t[1 < 2]") != LUA_OK;
    print_message("%s: comparison as index: %s\n", LUA_RELEASE, indexed ? "defect" : "fine");
    lua_settop(L, 0);
    luaL_Buffer text;
    luaL_buffinit(L, &text);
    luaL_addstring(&text, "local t = {");
    for (int i = 0; i < 300; i++) {
        lua_pushfstring(L, "%d.5,", i);
        luaL_addvalue(&text);
    }
    luaL_addstring(&text, "} return 1 | (2 or 3)");
    luaL_pushresult(&text);
    bool wrong = luaL_dostring(L, lua_tostring(L, -1)) != LUA_OK || lua_tointeger(L, -1) != 3;
    print_message("%s: bitwise or with a constant `or`: %s\n", LUA_RELEASE, wrong ? "defect" : "fine");
    lua_close(L);
    static const char *const unreachable[] = {
        "local t = setmetatable({}, { __concat = function() end })",
        "coroutine.wrap(function() end)()",
        "setmetatable({}, { __mode = 'k' })",
        "local x <close> = {}",
        "setmetatable({}, { __gc = function() end })",
        "('').x = 1",
        "local a = { _ENV = {} } local x = a._ENV.x + 1",
    };
    for (size_t i = 0; i < sizeof unreachable / sizeof *unreachable; i++) {
        room_begin(&r);
        assert_int_equal(room_open(&r, unreachable[i]), VE_E_LUA);
        assert_int_equal(r.errors.list[0].at.line, 1);
        room_end(&r);
    }
}

static void sources_are_kept_for_excerpts(void **state) {
    (void)state;
    room_begin(&r);
    room_open(&r, "syntax error here");
    assert_non_null(r.sources);
    assert_string_equal(r.sources->file, r.path);
    assert_string_equal(r.sources->bytes, "syntax error here");
    room_end(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_model_reaches_these_names_and_no_others),
        cmocka_unit_test(what_lua_has_besides_is_not_there),
        cmocka_unit_test(texts_have_no_other_functions),
        cmocka_unit_test(what_a_model_overwrites_is_its_own_copy),
        cmocka_unit_test(own_functions_do_what_their_names_say),
        cmocka_unit_test(list_functions_do_what_their_names_say),
        cmocka_unit_test(pairs_go_in_one_order),
        cmocka_unit_test(functions_refuse_what_they_cannot_take),
        cmocka_unit_test(lengths_are_bounded),
        cmocka_unit_test(loops_end),
        cmocka_unit_test(bombs_are_defused),
        cmocka_unit_test(colliding_keys_stay_within_the_watchdogs_time),
        cmocka_unit_test(limits_are_told_with_the_way_out),
        cmocka_unit_test(memory_ends_at_its_limit),
        cmocka_unit_test(steps_end_at_their_limit),
        cmocka_unit_test(source_ends_at_its_limit),
        cmocka_unit_test(a_limit_that_was_reached_stays_reached),
        cmocka_unit_test(files_must_be_harmless_text),
        cmocka_unit_test(parsers_own_limits_are_told),
        cmocka_unit_test(errors_name_their_line_in_plain_words),
        cmocka_unit_test(errors_raised_by_the_model_are_told),
        cmocka_unit_test(known_defects_of_lua),
        cmocka_unit_test(sources_are_kept_for_excerpts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The scanner: tokens, places of fields, and a marked text that means the same as the source.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <lauxlib.h>
#include <lua.h>

#include "host/scan.h"
#include "host_room.h"

static ve_scan scan_text(ve_arena *arena, const char *text) {
    ve_scan scan;
    assert_int_equal(ve_scan_source(arena, text, strlen(text), "__ve_at", &scan), VE_OK);
    return scan;
}

/* The text after the line that declares the marker. */
static void expect_marked(const char *text, const char *marked) {
    ve_arena *arena = ve_arena_new(0);
    ve_scan scan = scan_text(arena, text);
    assert_non_null(scan.text);
    assert_memory_equal(scan.text, "local __ve_at=... ", 18);
    assert_string_equal(scan.text + 18, marked);
    ve_arena_free(arena);
}

static void expect_lost(const char *text) {
    ve_arena *arena = ve_arena_new(0);
    assert_null(scan_text(arena, text).text);
    ve_arena_free(arena);
}

static void constructors_pass_through_the_marker(void **state) {
    (void)state;
    expect_marked("return {}", "return __ve_at(0,{})");
    expect_marked("f{1}{2}", "f(__ve_at(0,{1}))(__ve_at(1,{2}))");
    expect_marked("o:m{ {} }", "o:m(__ve_at(0,{ __ve_at(1,{}) }))");
    expect_marked("f'x'{}", "f'x'(__ve_at(0,{}))");
    expect_marked("t[1]{}", "t[1](__ve_at(0,{}))");
    expect_marked("(f){}", "(f)(__ve_at(0,{}))");
    expect_marked("f\n{}", "f\n(__ve_at(0,{}))");
    expect_marked("return f --{\n{}", "return f --{\n(__ve_at(0,{}))");
    expect_marked("x = {} (f)()", "x = __ve_at(0,{}) ;(f)()");
    expect_marked("x = y{} (f)()", "x = y(__ve_at(0,{})) (f)()");
    expect_marked("x = '{' .. \"}\" .. [[{]] .. [==[{]]}]==]", "x = '{' .. \"}\" .. [[{]] .. [==[{]]}]==]");
    expect_marked("--[[ { ]] --[==[ { ]] ]==] x = {}", "--[[ { ]] --[==[ { ]] ]==] x = __ve_at(0,{})");
    expect_marked("x = 'a\\'{\\z  \n {' y = {}", "x = 'a\\'{\\z  \n {' y = __ve_at(0,{})");
    expect_marked("for k in pairs{} do local t <const> = {} end",
                  "for k in pairs(__ve_at(0,{})) do local t <const> = __ve_at(1,{}) end");
    expect_marked("repeat until {}", "repeat until __ve_at(0,{})");
    expect_marked("x = not {} == {}", "x = not __ve_at(0,{}) == __ve_at(1,{})");
}

static void broken_texts_are_left_alone(void **state) {
    (void)state;
    expect_lost("{");
    expect_lost("}");
    expect_lost("(}");
    expect_lost("x = [=");
    expect_lost("--[[");
    expect_lost("'");
    expect_lost("'a\nb'");
    expect_lost("[[");
    expect_lost("3x");
    expect_lost("end");
    expect_lost("repeat end");
    expect_lost("do until");
    expect_lost("\xE4\xBD\xA0 = 1");
    expect_lost("x = @");
    char deep[2000];
    memset(deep, '(', sizeof deep);
    deep[sizeof deep - 1] = '\0';
    expect_lost(deep);
}

static void expect_field(const ve_mark *mark, const char *name, int line, int column) {
    const ve_mark_field *found = ve_mark_find(mark, name, strlen(name));
    if (line == 0) {
        assert_null(found);
        return;
    }
    assert_non_null(found);
    assert_int_equal(found->spot.line, line);
    assert_int_equal(found->spot.column, column);
}

static void fields_know_their_places(void **state) {
    (void)state;
    ve_arena *arena = ve_arena_new(0);
    ve_scan scan = scan_text(
        arena,
        "return { a = 1, ['b c'] = 2, -- d = 3\n  e = function(x, y) local t = { f = 1 } return x, y end,\n"
        "  { 7 }, x.y, \"名\", 名 = nil }");
    assert_null(scan.text); /* Lua's names are ASCII */
    scan = scan_text(
        arena,
        "return { a = 1, ['b c'] = 2, -- d = 3\n  e = function(x, y) local t = { f = 1 } return x, y end,\n"
        "  { 7 }, x.y, '名', f = 2; g == 3, [\"h\\n\"] = 1, [1 .. 'i'] = 1, [3] = 1 }");
    const ve_mark *mark = &scan.mark[0];
    expect_field(mark, "a", 1, 10);
    expect_field(mark, "b c", 1, 17);
    expect_field(mark, "d", 0, 0);
    expect_field(mark, "e", 2, 3);
    expect_field(mark, "f", 3, 20);
    expect_field(mark, "g", 0, 0);
    expect_field(mark, "h\n", 0, 0);
    assert_int_equal(mark->fields, 4);
    assert_int_equal(mark->items, 4); /* { 7 }, x.y, '...', g == 3 */
    assert_int_equal(mark->item[1].column, 10);
    assert_int_equal(mark->item[2].column, 15);
    assert_int_equal(mark->item[3].column, 27);
    expect_field(&scan.mark[1], "f", 2, 34);
    assert_int_equal(scan.mark[2].spot.line, 3);
    assert_int_equal(scan.last_return.line, 1);
    ve_arena_free(arena);
}

static void a_field_written_twice_is_the_last_one(void **state) {
    (void)state;
    ve_arena *arena = ve_arena_new(0);
    ve_scan scan = scan_text(arena, "return { aa = 1, a = 2,\n a = 3, ab = 4 }");
    expect_field(&scan.mark[0], "a", 2, 2);
    expect_field(&scan.mark[0], "aa", 1, 10);
    expect_field(&scan.mark[0], "b", 0, 0);
    ve_arena_free(arena);
}

static void lines_end_as_in_lua(void **state) {
    (void)state;
    ve_arena *arena = ve_arena_new(0);
    ve_scan scan = scan_text(arena, "\r\n\n\r\n\r\r\nreturn { [[\n\r\n]],\r\n a = 1 }");
    assert_int_equal(scan.last_return.line, 5);
    expect_field(&scan.mark[0], "a", 8, 2);
    ve_arena_free(arena);
}

/* ---- against Lua's own parser -------------------------------------------------------------------------- */

static uint64_t seed = 1;
static unsigned draw(unsigned below) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % below;
}

static const char *const soup[] = {
    "{",     "}",        "{",     "}",      "{}",         "(",         ")",          "[",
    "]",     ",",        ";",     "=",      "==",         "a",         "b",          "f",
    "f",     "'x'",      "\"{\"", "[[}]]",  "[=[ ]] ]=]", "--[[ { ]]", "--{\n",      "\n",
    "\r\n",  "1",        "2.5e3", "0x1p4",  "..",         "...",       "::",         "return",
    "local", "function", "end",   "do",     "if",         "then",      "else",       "elseif",
    "for",   "in",       "while", "repeat", "until",      "not",       "and",        "nil",
    "true",  "goto",     "break", "a.b",    ":m",         "-",         "#",          "<const>",
    "f{",    "f(",       "= {",   "a = ",   "['k'] =",    "return {",  "function()", "local a = {",
    "3..2",  "x'",       "~",     "//",     ">>",
};

static void make_soup(char *out, size_t bytes) {
    size_t used = 0, words = 1 + draw(14);
    out[0] = '\0';
    for (size_t i = 0; i < words && used + 20 < bytes; i++)
        used += (size_t)snprintf(out + used, bytes - used, "%s ", soup[draw(sizeof soup / sizeof *soup)]);
}

/* Statements that are right more often than not. */
static void make_expression(char *out, size_t bytes, int depth);

static void add(char *out, size_t bytes, const char *text) {
    size_t used = strlen(out);
    snprintf(out + used, bytes - used, "%s", text);
}

static void make_table(char *out, size_t bytes, int depth) {
    static const char *const start[] = { "", "", "a = ", "['k'] = ", "[1] = ", "b=" };
    add(out, bytes, "{");
    for (unsigned n = draw(3); n > 0; n--) {
        add(out, bytes, start[draw(6)]);
        make_expression(out, bytes, depth + 1);
        add(out, bytes, draw(2) ? "," : ";\n");
    }
    add(out, bytes, "}");
}

static void make_expression(char *out, size_t bytes, int depth) {
    static const char *const plain[] = { "1", "'x'", "a", "nil", "a.b", "[[s]]", "...", "f'x'", "(a)" };
    switch (depth > 4 ? 0 : draw(7)) {
    case 0:
    case 1:
        add(out, bytes, plain[draw(9)]);
        break;
    case 2:
    case 3:
        make_table(out, bytes, depth);
        break;
    case 4:
        add(out, bytes, draw(2) ? "f" : "a.b");
        for (unsigned n = 1 + draw(2); n > 0; n--)
            make_table(out, bytes, depth);
        break;
    case 5:
        add(out, bytes, "function(...) return ");
        make_expression(out, bytes, depth + 1);
        add(out, bytes, " end");
        break;
    default:
        make_table(out, bytes, depth);
        add(out, bytes, draw(2) ? "\n(f)(" : " == f(");
        make_expression(out, bytes, depth + 1);
        add(out, bytes, ")");
    }
}

static void make_program(char *out, size_t bytes) {
    static const char *const start[] = {
        "local a = ", "a = ", "return ", "if ", "local f, b = 1, ", "f(", ""
    };
    static const char *const finish[] = { "\n", "\n", "", " then end", "\n", ")", "" };
    out[0] = '\0';
    for (unsigned n = 1 + draw(3); n > 0; n--) {
        unsigned kind = draw(7);
        add(out, bytes, start[kind]);
        make_expression(out, bytes, 0);
        add(out, bytes, finish[kind]);
        add(out, bytes, " ");
    }
}

static bool compiles(lua_State *L, const char *text, size_t length) {
    int status = luaL_loadbufferx(L, text, length, "=x", "t");
    lua_pop(L, 1);
    return status == LUA_OK;
}

/* What compiles is understood and compiles when marked. The host relies on no more. */
static void marked_texts_compile_when_their_sources_do(void **state) {
    (void)state;
    char text[8192];
    int fine = 0;
    lua_State *L = luaL_newstate();
    ve_arena *arena = ve_arena_new(0);
    for (int i = 0; i < 40000; i++) {
        if (i % 4)
            make_program(text, sizeof text);
        else
            make_soup(text, sizeof text);
        size_t length = strlen(text);
        ve_scan scan = scan_text(arena, text);
        if (compiles(L, text, length)) {
            fine++;
            if (!scan.text || !compiles(L, scan.text, scan.length)) fail_msg("%s\n->\n%s", text, scan.text);
        }
        ve_arena_reset(arena);
    }
    assert_true(fine > 5000);
    ve_arena_free(arena);
    lua_close(L);
}

/* Running both gives the same: a marker that does nothing, and a result that tells what was called with what.
 */
static int trace(lua_State *L) {
    lua_settop(L, 1);
    lua_getfield(L, LUA_REGISTRYINDEX, "trace");
    lua_pushstring(L, luaL_typename(L, 1));
    lua_concat(L, 2);
    lua_setfield(L, LUA_REGISTRYINDEX, "trace");
    lua_getglobal(L, "f");
    return 1;
}

static int nothing(lua_State *L) {
    lua_settop(L, 2);
    return 1;
}

static int run_traced(lua_State *L, const char *text, size_t length, char *out, size_t bytes) {
    lua_pushliteral(L, "");
    lua_setfield(L, LUA_REGISTRYINDEX, "trace");
    luaL_loadbufferx(L, text, length, "=x", "t");
    lua_pushcfunction(L, nothing);
    int status = lua_pcall(L, 1, 1, 0);
    lua_getfield(L, LUA_REGISTRYINDEX, "trace");
    const char *message = status ? lua_tostring(L, -2) : NULL;
    snprintf(out, bytes, "%s|%s|%s", lua_tostring(L, -1), luaL_typename(L, -2), message ? message : "");
    lua_settop(L, 0);
    return status;
}

static void marked_texts_do_the_same(void **state) {
    (void)state;
    char text[8192], plain[4096], marked[4096];
    ve_arena *arena = ve_arena_new(0);
    lua_State *L = luaL_newstate();
    lua_register(L, "f", trace);
    int fine = 0;
    for (int i = 0; i < 30000; i++) {
        make_program(text, sizeof text);
        if (!compiles(L, text, strlen(text))) continue;
        ve_scan scan = scan_text(arena, text);
        lua_newtable(L);
        lua_pushcfunction(L, trace);
        lua_setfield(L, -2, "b");
        lua_setglobal(L, "a");
        fine += !run_traced(L, text, strlen(text), plain, sizeof plain);
        lua_newtable(L);
        lua_pushcfunction(L, trace);
        lua_setfield(L, -2, "b");
        lua_setglobal(L, "a");
        run_traced(L, scan.text, scan.length, marked, sizeof marked);
        if (strcmp(plain, marked) != 0) fail_msg("%s\n->\n%s\n%s\n%s", text, scan.text, plain, marked);
        ve_arena_reset(arena);
    }
    assert_true(fine > 1000);
    lua_close(L);
    ve_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(constructors_pass_through_the_marker),
        cmocka_unit_test(broken_texts_are_left_alone),
        cmocka_unit_test(fields_know_their_places),
        cmocka_unit_test(a_field_written_twice_is_the_last_one),
        cmocka_unit_test(lines_end_as_in_lua),
        cmocka_unit_test(marked_texts_compile_when_their_sources_do),
        cmocka_unit_test(marked_texts_do_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

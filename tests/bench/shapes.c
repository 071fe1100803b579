/* Surveys of other shapes than the plain one, for scripts/bench: shapes SHAPE ROWS > file.csv
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every row depends only on its number, so the first rows are the same for every size. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct shape {
    const char *name;
    int functions;
    int decimals; /* of the income */
    int age;      /* there is a second attribute */
    int quoted;   /* every field is */
    int halves;   /* scores may be 0.5, 1.5, ... */
} shape;

static const shape shapes[] = {
    { "decimals", 10, 2, 0, 0, 0 }, { "functions", 100, 0, 0, 0, 0 }, { "quoted", 10, 0, 0, 1, 0 },
    { "attributes", 10, 0, 1, 0, 0 }, { "halves", 10, 0, 0, 0, 1 },
};

static uint64_t next(uint64_t *state) {
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static void put_field(const shape *s, char separator, const char *text) {
    if (separator) putchar_unlocked(separator);
    if (s->quoted) putchar_unlocked('"');
    fputs_unlocked(text, stdout);
    if (s->quoted) putchar_unlocked('"');
}

static void put_head(const shape *s) {
    char name[32];
    put_field(s, 0, "id");
    put_field(s, ',', "income");
    if (s->age) put_field(s, ',', "age");
    for (int i = 0; i < 3; i++)
        for (int k = 1; k <= s->functions; k++) {
            snprintf(name, sizeof name, "%c_f%d", "ABC"[i], k);
            put_field(s, ',', name);
        }
    putchar_unlocked('\n');
}

/* Hump-shaped around 6000. */
static long income(uint64_t *state, long unit) {
    uint64_t sum = 0;
    for (int i = 0; i < 4; i++) sum += next(state) % (uint64_t)(4500 * unit);
    return (long)sum / 3 + 1000 * unit;
}

static void put_row(const shape *s, uint64_t number) {
    char text[32];
    uint64_t state = number * 0xd1342543de82ef95u + 0x2545f4914f6cdd1du;
    long unit = s->decimals ? 100 : 1, x = income(&state, unit);
    snprintf(text, sizeof text, "%llu", (unsigned long long)number);
    put_field(s, 0, text);
    if (s->decimals)
        snprintf(text, sizeof text, "%ld.%02ld", x / 100, x % 100);
    else
        snprintf(text, sizeof text, "%ld", x);
    put_field(s, ',', text);
    snprintf(text, sizeof text, "%d", 18 + (int)(next(&state) % 70));
    if (s->age) put_field(s, ',', text);
    for (int c = 0; c < 3 * s->functions; c++) {
        uint64_t r = next(&state);
        snprintf(text, sizeof text, s->halves && r >> 60 < 4 && r % 5 < 4 ? "%d.5" : "%d", (int)(r % 5));
        put_field(s, ',', text);
    }
    putchar_unlocked('\n');
}

int main(int count, char **word) {
    const shape *s = NULL;
    for (size_t i = 0; count == 3 && i < sizeof shapes / sizeof *shapes; i++)
        if (strcmp(shapes[i].name, word[1]) == 0) s = &shapes[i];
    if (!s) return fputs("usage: shapes decimals|functions|quoted|attributes|halves ROWS > file.csv\n", stderr), 2;
    static char buffer[1 << 20];
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    put_head(s);
    uint64_t rows = strtoull(word[2], NULL, 10);
    for (uint64_t i = 1; i <= rows; i++) put_row(s, i);
    return fflush(stdout) || ferror(stdout);
}

/* Gamma numbers. SPDX-License-Identifier: GPL-3.0-or-later */
#include "num/gamma.h"

#include <math.h>
#include <pthread.h>
#include <stdbool.h>

#include "ve/wide.h"
#include "num/random.h"

/* ---- normal numbers: layers of equal area under the bell --------------------------------------- */

enum { LAYERS = 128, SOME = 512 };
#define TAIL 3.442619855899
#define AREA 9.91256303526217e-3

/* edge[i]: where layer i ends; ratio[i]: how much of it lies under the bell at any height. */
static double edge[LAYERS + 1], ratio[LAYERS];
static pthread_once_t made = PTHREAD_ONCE_INIT;

static double bell(double x) {
    return exp(-0.5 * x * x);
}

static void make_layers(void) {
    edge[0] = AREA / bell(TAIL);
    edge[1] = TAIL;
    for (int i = 2; i < LAYERS; i++)
        edge[i] = sqrt(-2 * log(AREA / edge[i - 1] + bell(edge[i - 1])));
    edge[LAYERS] = 0;
    for (int i = 0; i < LAYERS; i++)
        ratio[i] = edge[i + 1] / edge[i];
}

/* Bits of one draw, more whenever they are wanted: from streams beside its own, where nobody counts to. */
typedef struct supply {
    uint64_t seed, stream, draw;
    uint64_t turn;
} supply;

static ve_random_bits more(supply *s) {
    s->turn++;
    return ve_random(s->seed, s->stream ^ s->turn << 48, s->draw);
}

static double uniform(supply *s) {
    return ve_uniform_of(more(s).bits[0]);
}

/* The lowest bits choose the layer, the highest say where in it: -1 to 1. */
static size_t layer_of(uint64_t bits) {
    return bits & (LAYERS - 1);
}

static double place_of(uint64_t bits) {
    return 2 * ve_uniform_of(bits) - 1;
}

static double beyond_tail(supply *s, bool below) {
    double x, y;
    do {
        x = log(uniform(s)) / TAIL;
        y = log(uniform(s));
    } while (-2 * y < x * x);
    return below ? x - TAIL : TAIL - x;
}

static double normal(supply *s, uint64_t bits) {
    for (;; bits = more(s).bits[0]) {
        size_t layer = layer_of(bits);
        double place = place_of(bits), x = place * edge[layer];
        if (fabs(place) < ratio[layer]) return x;
        if (layer == 0) return beyond_tail(s, place < 0);
        double outer = bell(edge[layer]), inner = bell(edge[layer + 1]);
        if (outer + uniform(s) * (inner - outer) < bell(x)) return x;
    }
}

/* ---- gamma numbers of shape 1 or more ----------------------------------------------------------- */

typedef struct shaped {
    double d, c;
} shaped;

static shaped shaped_of(double shape) {
    double d = shape - 1.0 / 3;
    return (shaped){ d, 1 / sqrt(9 * d) };
}

static double cubed(double x) {
    return x * x * x;
}

static double carefully(const shaped *g, supply *s, ve_random_bits bits) {
    for (;; bits = more(s)) {
        double z = normal(s, bits.bits[0]), u = ve_uniform_of(bits.bits[1]), v = cubed(1 + g->c * z);
        if (v > 0 && log(u) < 0.5 * z * z + g->d * (1 - v + log(v))) return g->d * v;
    }
}

/* Nearly all are found at once; the others are left at -1. What is found here is what is found carefully:
 * with t = c z >= -0.6 the logarithm there is at least -z^2/2 - 1.5 d t^4, so that u < 1 - 1.5 d t^4 is
 * enough. */
VE_WIDE static void quickly(const shaped *g, const uint64_t *one, const uint64_t *two, size_t count,
                            double *out) {
    for (size_t i = 0; i < count; i++) {
        size_t layer = one[i] & (LAYERS - 1);
        double place = 2 * ve_uniform_of(one[i]) - 1, t = g->c * (place * edge[layer]);
        bool inside = fabs(place) < ratio[layer];
        bool taken = ve_uniform_of(two[i]) < 1 - 1.5 * g->d * (t * t * t * t);
        out[i] = (inside & taken & (t >= -0.6)) ? g->d * cubed(1 + t) : -1;
    }
}

static void fill_some(uint64_t seed, uint64_t stream, uint64_t first, size_t count, double shape,
                      double *out) {
    const shaped g = shaped_of(shape);
    uint64_t one[SOME], two[SOME];
    ve_random_column(seed, stream, first, count, one, two);
    quickly(&g, one, two, count, out);
    for (size_t i = 0; i < count; i++) {
        supply s = { seed, stream, first + i, 0 };
        if (out[i] < 0) out[i] = carefully(&g, &s, (ve_random_bits){ { one[i], two[i] } });
    }
}

/* ---- of any shape -------------------------------------------------------------------------------- */

/* A number of a shape above 1, made smaller by a power of another: from a stream of its own. */
static void make_smaller(uint64_t seed, uint64_t stream, uint64_t first, size_t count, double shape,
                         double *out) {
    double u[SOME];
    ve_random_fill(seed, stream ^ (uint64_t)0xffff << 48, first, count, u);
    for (size_t i = 0; i < count; i++)
        out[i] *= exp(log(u[i]) / shape);
}

void ve_gamma_fill(uint64_t seed, uint64_t stream, uint64_t first, size_t count, double shape, double *out) {
    pthread_once(&made, make_layers);
    for (size_t from = 0; from < count; from += SOME) {
        size_t some = count - from < SOME ? count - from : SOME;
        fill_some(seed, stream, first + from, some, shape < 1 ? shape + 1 : shape, out + from);
        if (shape < 1) make_smaller(seed, stream, first + from, some, shape, out + from);
    }
}

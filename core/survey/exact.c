/* Sums without rounding, in 256-bit fixed point.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "survey/exact.h"

#include <math.h>
#include <string.h>

enum { QUANTUM = -128, LIMBS = 4, MANTISSA_BITS = 52, BIAS = 1075 };

bool ve_exact_fits(double x) {
    return fabs(x) < 0x1p100;
}

static void add_at(ve_exact *sum, int limb, uint64_t low, uint64_t high) {
    uint64_t carry = 0;
    for (int i = limb; i < LIMBS; i++) {
        uint64_t term = i == limb ? low : i == limb + 1 ? high : 0;
        if (i > limb + 1 && carry == 0) return;
        uint64_t with_carry = term + carry;
        carry = with_carry < term;
        sum->limb[i] += with_carry;
        carry += sum->limb[i] < with_carry;
    }
}

static void subtract_at(ve_exact *sum, int limb, uint64_t low, uint64_t high) {
    uint64_t borrow = 0;
    for (int i = limb; i < LIMBS; i++) {
        uint64_t term = i == limb ? low : i == limb + 1 ? high : 0;
        if (i > limb + 1 && borrow == 0) return;
        uint64_t old = sum->limb[i];
        sum->limb[i] = old - term - borrow;
        borrow = old < term || (old == term && borrow);
    }
}

/* m * 2^-drop, to the nearest whole number, halves away from zero. */
static uint64_t drop_bits(uint64_t m, int drop) {
    return drop > MANTISSA_BITS + 2 ? 0 : (m + ((uint64_t)1 << (drop - 1))) >> drop;
}

void ve_exact_add(ve_exact *sum, double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    int exponent = (int)(bits >> MANTISSA_BITS & 0x7ff);
    uint64_t m = bits & (((uint64_t)1 << MANTISSA_BITS) - 1);
    if (exponent == 0)
        exponent = 1;
    else
        m |= (uint64_t)1 << MANTISSA_BITS;
    int shift = exponent - BIAS - QUANTUM;
    if (shift < 0) {
        m = drop_bits(m, -shift);
        shift = 0;
    }
    int limb = shift / 64, offset = shift % 64;
    uint64_t low = m << offset, high = offset == 0 ? 0 : m >> (64 - offset);
    if (bits >> 63)
        subtract_at(sum, limb, low, high);
    else
        add_at(sum, limb, low, high);
}

void ve_exact_join(ve_exact *sum, const ve_exact *other) {
    uint64_t carry = 0;
    for (int i = 0; i < LIMBS; i++) {
        uint64_t with_carry = other->limb[i] + carry;
        carry = with_carry < carry;
        sum->limb[i] += with_carry;
        carry += sum->limb[i] < with_carry;
    }
}

static ve_exact negated(const ve_exact *sum) {
    ve_exact out = { { 0 } };
    uint64_t carry = 1;
    for (int i = 0; i < LIMBS; i++) {
        out.limb[i] = ~sum->limb[i] + carry;
        carry = carry != 0 && out.limb[i] == 0;
    }
    return out;
}

/* The 64 bits from the first set one down; what lies below them only decides which way to round. */
static double positive_value(const ve_exact *sum) {
    int top = LIMBS - 1;
    while (top >= 0 && sum->limb[top] == 0)
        top--;
    if (top < 0) return 0;
    uint64_t leading = sum->limb[top], next = top > 0 ? sum->limb[top - 1] : 0;
    int zeros = __builtin_clzll(leading);
    uint64_t value = zeros == 0 ? leading : leading << zeros | next >> (64 - zeros);
    bool rest = zeros == 0 ? next != 0 : next << zeros != 0;
    for (int i = top - 2; i >= 0; i--)
        rest = rest || sum->limb[i] != 0;
    return ldexp((double)(value | (rest ? 1 : 0)), top * 64 - zeros + QUANTUM);
}

double ve_exact_value(const ve_exact *sum) {
    if (sum->limb[LIMBS - 1] >> 63) {
        ve_exact positive = negated(sum);
        return -positive_value(&positive);
    }
    return positive_value(sum);
}

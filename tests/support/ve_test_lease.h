/* A cost with a whole number, for tests of studies that move it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_TEST_LEASE_H
#define VE_TEST_LEASE_H

/* A word in Lua with a whole number. */
static const char lease[] =
    "return ve.plugin { abi = 1, kind = 'cost', name = 'lease', version = '1.0', summary = 'months of a "
    "rent',\n"
    "  example = 've.lease { months = 10 }', parameters = {\n"
    "  { name = 'months', type = 'integer', low = 1, high = 60, doc = 'how many' } },\n"
    "  cost = function(p) return p.months end }\n";

#define LEASED(months, other)                                                                                \
    "ve.use 'lease.lua'\nreturn ve.model { functions = { { id = 'x' } }, options = {\n"                      \
    "  { id = 'A', cost = ve.lease { months = " months " }, scores = { 6 } },\n"                             \
    "  { id = 'B', cost = " other ", scores = { 6 } } } }"

#endif

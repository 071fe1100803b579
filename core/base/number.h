/* Numbers to text and back, the same in every locale.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_BASE_NUMBER_H
#define VE_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

enum { VE_NUMBER_ROOM = 32 };

/* Grammar [+-]?digits[.digits][e[+-]digits] (also .5 and 5.), the whole of the text; false for anything else:
 * nan, inf, hex, blanks, overflow to infinity. */
bool ve_number_read(const char *bytes, size_t length, double *out);
/* Shortest text that reads back as the same double; "null" where it is not finite. Returns its length. */
size_t ve_number_write(double x, char room[VE_NUMBER_ROOM]);
/* For people: fixed places after the point (digits >= 0), or at most 6 significant ones (digits < 0); -0 as
 * 0. */
size_t ve_number_print(double x, int digits, char *room, size_t room_bytes);

#endif

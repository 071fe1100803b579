/* Work in blocks on several threads. Who does which block must not show in the result.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VE_BASE_PARALLEL_H
#define VE_BASE_PARALLEL_H

#include <stddef.h>

/* Call `work` once for every block, on up to `threads` threads, of which the caller is one; `worker` is below
 * `threads` and never at work on two blocks at a time. Where no thread can be had, fewer do the same. */
void ve_parallel(unsigned threads, size_t blocks, void (*work)(void *context, size_t block, unsigned worker),
                 void *context);

#endif

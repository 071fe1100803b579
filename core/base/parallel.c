/* Work in blocks on several threads: whoever is free takes the next block.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>

enum { MOST = 256 };

typedef struct job {
    void (*work)(void *, size_t, unsigned);
    void *context;
    size_t blocks;
    atomic_size_t next;
} job;

typedef struct worker {
    job *of;
    unsigned number;
} worker;

static void *take_blocks(void *own) {
    const worker *w = own;
    for (size_t block; (block = atomic_fetch_add(&w->of->next, 1)) < w->of->blocks;)
        w->of->work(w->of->context, block, w->number);
    return NULL;
}

void ve_parallel(unsigned threads, size_t blocks, void (*work)(void *context, size_t block, unsigned worker),
                 void *context) {
    job all = { .work = work, .context = context, .blocks = blocks };
    pthread_t thread[MOST];
    worker own[MOST];
    unsigned started = 0;
    if (threads > MOST) threads = MOST;
    while (started + 1 < threads && started + 1 < blocks) {
        own[started] = (worker){ &all, started + 1 };
        if (pthread_create(&thread[started], NULL, take_blocks, &own[started]) != 0) break;
        started++;
    }
    take_blocks(&(worker){ &all, 0 });
    for (unsigned i = 0; i < started; i++)
        pthread_join(thread[i], NULL);
}
